"""Small files, many at once: each is read whole, and the articles of a group make one batch.

A file of text or a page is one article; a small JSON file may be one or hold several. The file is closed before its
bytes are looked at, and whatever is wrong with one file says so in its own line and leaves its neighbours alone.
"""

from __future__ import annotations

import codecs
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import pyarrow as pa

from dedup.corpus.encodings import TELLING, as_utf8, decode, encoding_note, stream_encoding
from dedup.corpus.fields import OWN
from dedup.corpus.json_files import are_lines, document
from dedup.corpus.json_pieces import Piece, Read, sift
from dedup.corpus.json_values import columns
from dedup.corpus.own_outputs import own_output
from dedup.corpus.plain import title_of, title_of_bytes
from dedup.corpus.records import Item, Reading, Rows, finish
from dedup.corpus.source import Source
from dedup.corpus.streams import Unreadable, small, whole
from dedup.corpus.tally import FileTally, OddDates
from dedup.model import Notice, Skipped

SMALL_KINDS = {"text", "html", "json", "lines"}
"""Kinds that can be read in a group."""

_ONE_READER = Lock()
"""Many short calls to the system from two threads at once cost more than they gain: 22,683 warm files in 1.3 s, one
thread at a time 0.5 s."""


@dataclass
class _Group:
    """Rows gathered from several files, with the file, the number within it and the body start of each."""

    reading: Reading
    careful: bool = False
    rows: list[dict[str, Any]] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    sources: list[Source] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)

    def add(self, source: Source, row: dict[str, Any], number: int | None = None, start: int = 0) -> None:
        self.rows.append(row)
        self.numbers.append(number)
        self.sources.append(source)
        self.starts.append(start)


def read_group(sources: Sequence[Source], reading: Reading, careful: bool = False) -> list[Item]:
    """One batch of the articles of small files, and what was skipped or noteworthy among them.

    Texts stay bytes, and Arrow checks all at once that they are UTF-8; where one is not, all are decoded one by one.
    """
    group = _Group(reading, careful)
    with _ONE_READER:
        said = [item for source in sources for item in _said_of(source, group)]
    if not group.rows:
        return said
    try:
        held = {name: _strings(values) for name, values in columns(group.rows).items()}
    except pa.ArrowInvalid:
        if careful:
            raise
        return read_group(sources, reading, careful=True)
    starts = pa.array(group.starts, pa.int32())
    finished = finish(Rows(held, pa.array(group.numbers, pa.int64()), group.sources, starts), reading)
    odd = OddDates()
    for row, why, written in finished.odd_dates:
        odd.add(group.sources[row].place, why, written)
    return [finished.batch(), *said, *odd.notices()]


def _said_of(source: Source, group: _Group) -> list[Item]:
    """Read one file into the group; what there is to say of it."""
    try:
        return _READERS.get(source.kind, _json_file)(source, group)
    except Unreadable as fault:
        return [Skipped(source.place, None, str(fault))]


def _strings(values: Sequence[str | bytes | None]) -> pa.Array:
    """A string column. Where all are bytes they are joined and checked at once (72 MB: 0.14 s, one by one 0.27 s)."""
    if not all(type(value) is bytes for value in values):
        return pa.array(values, pa.string())
    ends = np.zeros(len(values) + 1, np.int32)
    np.cumsum([len(value) for value in values if value is not None], out=ends[1:])
    joined = pa.StringArray.from_buffers(len(values), pa.py_buffer(ends), pa.py_buffer(b"".join(values)))  # type: ignore[arg-type]
    joined.validate(full=True)
    return joined


def _check_length(data: bytes, group: _Group) -> None:
    """A file that is one article must hold something, and no more than a record may."""
    limit = group.reading.settings.max_record
    if not data:
        raise Unreadable("the file is empty")
    if len(data) > limit:
        raise Unreadable(f"it is {len(data):,} bytes long, more than the {limit:,} allowed for a record (--max-record)")


def _text_file(source: Source, group: _Group) -> list[Item]:
    """A file of text is one article."""
    notes: list[str] = []
    data = small(source, notes.append)
    _check_length(data, group)
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    if not group.careful and data and data[:1] not in TELLING and b"\0" not in data:
        title, start = title_of_bytes(data)
        group.add(source, {OWN + "text": data, OWN + "title": title}, start=start)
        return _notices(source, *notes)
    text, note = decode(data)
    title, start = title_of(text)
    group.add(source, {OWN + "text": text, OWN + "title": title}, start=start)
    return _notices(source, note, *notes)


def _notices(source: Source, *notes: str | None) -> list[Item]:
    return [Notice(source.place, None, note) for note in notes if note]


def _json_file(source: Source, group: _Group) -> list[Item]:
    """A small JSON file: one record, or several."""
    tally = FileTally(source, group.reading)
    data, fault = whole(source, tally.note)
    if not data:
        raise fault or Unreadable("the file is empty")
    note = own_output(data)
    if note:
        return [Notice(source.place, None, note)]
    encoding = stream_encoding(data)
    if encoding:
        tally.note(encoding_note(encoding))
        data = b"".join(as_utf8([data], encoding))
    data = data.removeprefix(b"\xef\xbb\xbf")
    if are_lines(data, named=source.kind == "lines"):
        sifted = sift(Piece(data).split(), group.reading, lines=True)
    else:
        found = document(data, group.reading.fields)
        tally.single = found.single
        tally.beside(found.beside)
        sifted = sift(found.records, group.reading)
    for row, number in zip(sifted.rows, sifted.numbers, strict=True):
        group.add(source, row, None if tally.single else number)
    said = list(tally.settle(Read(None, sifted)))
    if fault is not None:
        said.append(tally.fault(str(fault)))
    return [*said, *tally.close()]


def _page_file(source: Source, group: _Group) -> list[Item]:
    """A page is one article."""
    from dedup.corpus.pages import read_page

    notes: list[str] = []
    data = small(source, notes.append)
    _check_length(data, group)
    page = read_page(data, group.reading.outlets)
    group.add(source, page.row, start=page.start)
    return _notices(source, page.note, *notes)


_READERS = {"text": _text_file, "html": _page_file}
