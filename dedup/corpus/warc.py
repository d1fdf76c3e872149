"""Web archives: the pages among the records of a WARC, each read like an HTML file.

Records are counted as they stand, so ``crawl.warc#17`` is the archive's eighteenth record whatever it is; what is no
page (images, requests, robots.txt, answers other than 200) is counted and said in one notice. ``collected`` is the
record's WARC-Date. Needs the ``warc`` extra.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any, NamedTuple

import pyarrow as pa

from dedup.corpus.fields import OWN
from dedup.corpus.json_pieces import Read, Sifted, too_long
from dedup.corpus.json_values import columns
from dedup.corpus.pages import read_page
from dedup.corpus.records import Reading, Rows, finish
from dedup.corpus.source import Source
from dedup.corpus.streams import Unreadable, blocks
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
    """The blocks of a source as a file that can be read forwards."""

    def __init__(self, stream: Iterator[bytes]) -> None:
        self._stream = stream
        self._held = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        while not self._held:
            block = next(self._stream, None)
            if block is None:
                return 0
            self._held = memoryview(block)
        count = min(len(into), len(self._held))
        into[:count] = self._held[:count]
        self._held = self._held[count:]
        return count


class Pages:
    """The records of a web archive in groups of about a batch; ``others`` counts those that are no pages."""

    def __init__(self, source: Source, limit: int) -> None:
        self.others = 0
        self.count = 0
        self._source = source
        self._limit = limit

    def groups(self) -> Iterator[list[Stored]]:
        """Groups of pages; records before a fault are given before it is raised."""
        group: list[Stored] = []
        size = 0
        try:
            for record in self._records():
                stored = self._stored(record)
                self.count += 1
                if stored is None:
                    self.others += 1
                    continue
                group.append(stored)
                size += len(stored.data or b"")
                if size > BATCH_BYTES:
                    yield group
                    group, size = [], 0
        except Unreadable:
            if group:
                yield group
            raise
        if group:
            yield group

    def _records(self) -> Iterator[Any]:
        try:
            from warcio.archiveiterator import ArchiveIterator
        except ImportError:
            raise Unreadable("reading web archives needs warcio: pip install 'arabic-news-dedup[warc]'") from None
        logging.getLogger("warcio").setLevel(logging.CRITICAL)
        stream = io.BufferedReader(_Blocks(blocks(self._source)), 1 << 16)
        try:
            records = ArchiveIterator(stream)
            records.INC_RECORD = ""  # what it would write to the terminal of a record that ends early
            yield from records
        except Unreadable:
            raise
        except Exception as error:  # damaged headers show up as whatever the library raises
            said = str(error).strip().split("\n")[0][:120] or type(error).__name__
            raise Unreadable(f"it is no web archive, or damaged from here on ({said})") from None

    def _stored(self, record: Any) -> Stored | None:
        """The page in a record, or None."""
        if record.rec_type not in ("response", "resource") or not _is_page(record):
            return None
        address = record.rec_headers.get_header("WARC-Target-URI")
        day = record.rec_headers.get_header("WARC-Date")
        try:
            data = record.content_stream().read(self._limit + 1)
        except Unreadable:
            raise
        except Exception as error:  # a broken content encoding shows up as whatever its decoder raises
            return Stored(self.count, address, day, None, f"the page could not be unpacked ({type(error).__name__})")
        if len(data) > self._limit:
            return Stored(self.count, address, day, None, too_long(len(data), self._limit))
        return Stored(self.count, address, day, data)


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
