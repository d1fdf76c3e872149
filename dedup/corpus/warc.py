"""Web archives: the pages among the records of a WARC, each read like an HTML file.

Records are counted as they stand, so ``crawl.warc#17`` is the archive's eighteenth record whatever it is; what is no
page (images, requests, robots.txt, answers other than 200) is counted and said in one notice. ``collected`` is the
record's WARC-Date. Needs the ``warc`` extra.

A record says how long it is, and warcio believes it: one that is cut short or says so wrongly would give a part of a
page, or a page with the next ones inside. So its bytes are counted, and an empty line must stand behind it; else it is
broken. After a wrong length the next record is seldom found, and reading ends; behind damaged packed bytes it goes on
with the next record that is packed by itself, and what lies between counts as one.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, NamedTuple

import pyarrow as pa

from dedup.corpus.fields import OWN
from dedup.corpus.gzip_members import unpacked
from dedup.corpus.json_pieces import Read, Sifted, too_long
from dedup.corpus.json_values import columns
from dedup.corpus.pages import read_page
from dedup.corpus.records import Reading, Rows, finish
from dedup.corpus.source import Source
from dedup.corpus.streams import BLOCK, Damage, Note, Unreadable, blocks
from dedup.settings import BATCH_BYTES

PAGE_TYPES = ("text/html", "application/xhtml+xml")


class Stored(NamedTuple):
    """A record as it lies in the archive: a page with its address and day, or (data None) what is wrong with it."""

    number: int
    address: str | None
    day: str | None
    data: bytes | None
    wrong: str | None = None


class _Blocks(io.RawIOBase):
    """The blocks of a source as a file that can be read forwards.

    Empty lines before the first record are left out, for warcio takes them for a record.

    It ends where a fault is, which is kept in ``fault``: a buffer around it would throw away what it holds when an
    exception comes through. Behind ``damage`` there is more, once that is set to None.
    """

    def __init__(self, source: Source, note: Note) -> None:
        stored = blocks(replace(source, gzipped=False), BLOCK, note)
        stream: Iterator[bytes | Damage] = unpacked(stored, b"WARC/", note) if source.gzipped else stored
        self.fault: Unreadable | None = None
        self.damage: Damage | None = None
        self._stream = stream
        self._held = memoryview(b"")
        self._begun = False

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._held:
            try:
                block = self.damage or next(self._stream, None)
            except Unreadable as fault:
                self.fault, block = fault, None
            if isinstance(block, Damage):
                self.damage, block = block, None
            if block is None:
                return 0
            if not self._begun:
                block = block.lstrip(b"\r\n")
                self._begun = bool(block)
            self._held = memoryview(block)
        count = min(len(into), len(self._held))
        into[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


class _Behind:
    """Takes the place of what warcio would write to the terminal of a record without an empty line behind it.

    ``wrong``: what stands there is no next record either, so the length that the record says is not its own.
    """

    def __init__(self) -> None:
        self.wrong = False

    def format(self, _: int, line: bytes) -> str:
        """Nothing to write."""
        self.wrong = not line.startswith(b"WARC/")
        return ""


class Pages:
    """The records of a web archive in groups of about a batch; ``others`` counts those that are no pages."""

    def __init__(self, source: Source, limit: int, note: Note) -> None:
        self.others = 0
        self.count = 0
        self._source = source
        self._limit = limit
        self._note = note
        self._behind = _Behind()
        self._ended: Unreadable | None = None
        """Where the bytes ended before the archive did."""

    def groups(self) -> Iterator[list[Stored]]:
        """Groups of pages; records before a fault are given before it is raised."""
        group: list[Stored] = []
        size = 0
        try:
            for record in self._records():
                self._look_behind(group)
                if isinstance(record, Damage):
                    self._damaged(group, record)
                    continue
                if size > BATCH_BYTES:
                    yield group
                    group, size = [], 0
                stored = self._stored(record)
                self.count += 1
                if stored is None:
                    self.others += 1
                else:
                    group.append(stored)
                    size += len(stored.data or b"")
        except Unreadable as fault:
            self._look_behind(group)
            told = fault is self._ended and self._told_of_the_last(group, fault)
            if group:
                yield group
            if told:
                return
            raise
        self._look_behind(group)
        if group:
            yield group

    def _look_behind(self, group: list[Stored]) -> None:
        """Break the page that was read last if its length turned out to be wrong."""
        if self._behind.wrong and group and group[-1].number == self.count - 1 and group[-1].data is not None:
            wrong = "it is longer or shorter than its Content-Length says: no empty line stands behind it"
            group[-1] = group[-1]._replace(data=None, wrong=wrong)
        self._behind.wrong = False

    def _told_of_the_last(self, group: list[Stored], fault: Unreadable) -> bool:
        """Whether the record that was read last is broken because the archive ends there; behind damage there was more,
        which is told of by itself."""
        if isinstance(fault, Damage) or not group or group[-1].number != self.count - 1 or group[-1].data is not None:
            return False
        group[-1] = group[-1]._replace(wrong=str(fault))
        return True

    def _damaged(self, group: list[Stored], damage: Damage) -> None:
        """Break the record that damage cut, or count one for what it took away whole."""
        if self.count == 0 or not damage.begun:
            self.count += 1
        elif group and group[-1].number == self.count - 1:
            group.pop()
        group.append(Stored(self.count - 1, None, None, None, str(damage)))

    def _records(self) -> Iterator[Any]:
        """The records, and the damage between them."""
        try:
            from warcio.archiveiterator import ArchiveIterator
        except ImportError:
            raise Unreadable("reading web archives needs warcio: pip install 'arabic-news-dedup[warc]'") from None
        logging.getLogger("warcio").setLevel(logging.CRITICAL)
        if sys.stderr is None:  # where warcio writes, though what it writes is nothing
            sys.stderr = io.StringIO()
        stream = _Blocks(self._source, self._note)
        buffer = io.BufferedReader(stream, 1 << 16)
        while True:
            try:
                records = ArchiveIterator(buffer)
                records.INC_RECORD = self._behind
                yield from records
            except Exception as error:  # damaged headers show up as whatever the library raises
                said = str(error).strip().split("\n")[0][:120] or type(error).__name__
                self._ended = stream.fault
                if stream.damage is None:
                    wrong = f"it is no web archive, or damaged from here on ({said})"
                    raise stream.fault or Unreadable(wrong) from None
            if stream.damage is None:
                break
            yield stream.damage
            while buffer.read(1 << 16):
                pass
            stream.damage = None
        self._ended = stream.fault
        if stream.fault is not None:
            raise stream.fault

    def _stored(self, record: Any) -> Stored | None:
        """The page in a record, None for another record; what is wrong with either if it is not whole."""
        address = record.rec_headers.get_header("WARC-Target-URI")
        day = record.rec_headers.get_header("WARC-Date")
        data = wrong = None
        is_page = record.rec_type in ("response", "resource") and _is_page(record)
        if is_page:
            try:
                data = record.content_stream().read(self._limit + 1)
            except Exception as error:  # a broken content encoding shows up as whatever its decoder raises
                wrong = f"the page could not be unpacked ({type(error).__name__})"
        cut = _cut_short(record)
        if cut or wrong:
            return Stored(self.count, address, day, None, cut or wrong)
        if data is not None and len(data) > self._limit:
            return Stored(self.count, address, day, None, too_long(len(data), self._limit))
        return Stored(self.count, address, day, data) if is_page else None


def _cut_short(record: Any) -> str | None:
    """What is wrong with a record that has fewer bytes than it says, or does not say how many."""
    stream = record.raw_stream
    while stream.read(1 << 16):
        pass
    missing = getattr(stream, "limit", None)
    if missing is None:
        return "it is cut short: its head does not say how long it is"
    if missing == 0 or record.length is None:
        return None
    there, length = record.length - missing, record.length
    return (
        f"the archive ends after {there:,} of its {length:,} bytes: it is cut short, or its Content-Length is wrong "
        "and what stands behind it was taken for a part of it"
    )


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None:
        kind = record.rec_headers.get_header("Content-Type") or ""
        return bool(kind.split(";")[0].strip().lower() in PAGE_TYPES)
    kind = (headers.get_header("Content-Type") or "").split(";")[0].strip().lower()
    return kind in PAGE_TYPES and headers.get_statuscode() == "200"


def read_stored(group: list[Stored], source: Source, reading: Reading) -> Read:
    """The articles of a group of pages, numbered from the archive's start."""
    sifted = Sifted(0)
    starts: list[int] = []
    for stored in group:
        try:
            if stored.data is None:
                raise Unreadable(stored.wrong or "the record is empty")
            page = read_page(stored.data, reading.outlets, stored.address)
        except Unreadable as fault:
            sifted.broken.append((stored.number, str(fault)))
            continue
        sifted.rows.append({**page.row, OWN + "collected": stored.day})
        sifted.numbers.append(stored.number)
        starts.append(page.start)
    if not sifted.rows:
        return Read(None, sifted)
    held = {name: pa.array(values, pa.string()) for name, values in columns(sifted.rows).items()}
    rows = Rows(held, pa.array(sifted.numbers, pa.int64()), [source], pa.array(starts, pa.int32()))
    return Read(finish(rows, reading), sifted)
