"""Tables: CSV and TSV, by pyarrow where it is sure and by Python's csv module where it is not.

The file is cut into pieces behind a line break that no open quote spans (an even number of quotes before it), and each
piece goes to Arrow. The first piece that Arrow refuses ends the fast way; from its first byte on Python's parser reads
record by record to the end. A record with another number of fields than the header, or with a quote that never closes,
is skipped *by its first line only* and reading goes on with the next line: a forgotten quote costs one record, not all
up to the next quote. Encodings are recognised as for all text; the separator is the one of ``, ; tab |`` that the
header has most of outside its quotes.

Lines end with a line feed, with or without a carriage return before it. Where a carriage return alone ends the header,
as in tables of Excel for the Mac, it ends the records too, and is read as a line feed wherever it stands alone.
"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
import pyarrow as pa

from dedup.corpus.json_pieces import Read, Sifted, too_long
from dedup.corpus.json_values import columns
from dedup.corpus.records import Reading, Rows, finish
from dedup.corpus.source import Source
from dedup.settings import BATCH_BYTES

SEPARATORS = ",;\t|"
QUOTE = ord('"')
_HEADER = re.compile(rb'(?:[^"\r\n]+|"[^"]*")*')
"""Up to the first line break that no quote spans, or a quote that does not close."""
_LINE = re.compile(rb"[^\r\n]*")
_BREAKS = re.compile(rb"[\r\n]*")
_LONE_RETURN = re.compile(rb"\r(?!\n)")
_BREAK_IN_NAME = re.compile(r"\s*[\r\n]\s*")


class Layout:
    """The header of a table: its field names, which of them are of interest, and the separator."""

    def __init__(self, header: str, kind: str, reading: Reading) -> None:
        csv.field_size_limit((1 << 31) - 1)
        first = header.rstrip("\r\n")
        self.separator = _separator(first, kind)
        names = next(csv.reader(io.StringIO(first, newline=None), delimiter=self.separator), [])
        self.names = [_BREAK_IN_NAME.sub(" ", name.strip()) or f"column {n + 1}" for n, name in enumerate(names)]
        self.places = {
            name: n
            for n, name in reversed([*enumerate(self.names)])
            if reading.fields.role_of(name) is not None and not name.startswith("\0")
        }
        self.has_text = bool(reading.fields.chosen(self.places)["text"])


def _separator(header: str, kind: str) -> str:
    """The sign between the fields of a header."""
    unquoted = re.sub('"[^"]*"', "", header)
    counts = {sign: unquoted.count(sign) for sign in SEPARATORS}
    best = max(SEPARATORS, key=lambda sign: counts[sign])
    return "\t" if kind == "tsv" and counts["\t"] else best if counts[best] else ","


def header_end(data: bytes, kind: str) -> int:
    """Where the header at the start of a table ends: at the first line break that no quote spans. If the quotes up to
    there are not in order, one of them is a sign like any other, and the header ends at the first line break."""
    header = _matched(_HEADER, data)
    if _quotes_in_order(header, _separator(header.decode("utf-8", "replace"), kind)):
        return len(header)
    return len(_matched(_LINE, data))


def _matched(pattern: re.Pattern[bytes], data: bytes) -> bytes:
    found = pattern.match(data)
    return found[0] if found else b""


def with_line_feeds(stream: Iterator[bytes], kind: str) -> Iterator[bytes]:
    """A table whose lines end with line feeds; no empty line is before its header."""
    first = next(filter(None, stream), b"").lstrip(b"\r\n")
    behind = _matched(_BREAKS, first[header_end(first, kind) :])
    stream = chain([first], stream)
    if not behind or b"\n" in behind:
        yield from stream
        return
    held = b""
    for block in stream:
        whole = held + block
        held = b"\r" if whole.endswith(b"\r") else b""
        yield _LONE_RETURN.sub(b"\n", whole.removesuffix(b"\r"))
    yield held.replace(b"\r", b"\n")


def records_of(stream: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Pieces that end behind a line break outside quotes; the rest as it stands once one would be over the limit."""
    held = b""
    for block in stream:
        held += block
        signs = np.frombuffer(held, np.uint8)
        breaks = np.flatnonzero(signs == ord("\n"))
        quotes = np.flatnonzero(signs == QUOTE)
        outside = breaks[np.searchsorted(quotes, breaks) % 2 == 0]
        if len(outside):
            cut = int(outside[-1]) + 1
            yield held[:cut]
            held = held[cut:]
        elif len(held) > limit:
            yield held
            yield from stream
            return
    if held:
        yield held


def fast_rows(piece: bytes, layout: Layout, limit: int) -> dict[str, pa.Array] | None:
    """The columns of interest by Arrow, or None where it refuses or a record is too long."""
    from pyarrow import csv as pacsv

    if len(piece) > limit or not _quotes_in_order(piece, layout.separator):
        return None
    named = [f"{n}" for n in range(len(layout.names))]
    wanted = [f"{n}" for n in layout.places.values()]
    try:
        table = pacsv.read_csv(
            pa.BufferReader(piece),
            pacsv.ReadOptions(use_threads=False, block_size=len(piece) + 1, column_names=named),
            pacsv.ParseOptions(delimiter=layout.separator, newlines_in_values=True),
            pacsv.ConvertOptions(
                column_types={n: pa.string() for n in wanted}, include_columns=wanted, strings_can_be_null=False
            ),
        ).combine_chunks()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowCapacityError):
        return None
    if table.num_rows == 0:
        return None
    return {name: table.column(f"{n}").chunk(0) for name, n in layout.places.items()}


def _quotes_in_order(piece: bytes, separator: str) -> bool:
    """Whether each quote that opens stands behind a separator or a break, and each that closes before one.

    A doubled quote inside a field closes and opens again with nothing between. Arrow would read on past a quote that
    is not in order, and take what follows for one field.
    """
    signs = np.frombuffer(piece, np.uint8)
    quotes = np.flatnonzero(signs == QUOTE)
    if len(quotes) % 2:
        return False
    edges = np.zeros(256, bool)
    edges[[ord(separator), ord("\n"), ord("\r"), QUOTE]] = True
    opening, closing = quotes[::2], quotes[1::2]
    before, behind = opening[opening > 0] - 1, closing[closing < len(signs) - 1] + 1
    return bool(edges[signs[before]].all() and edges[signs[behind]].all())


class _Taken:
    """Lines handed to the parser for one record; ``starved``: it wanted more, so a quote is still open."""

    def __init__(self, lines: Iterator[bytes], ahead: deque[bytes], limit: int) -> None:
        self.lines: list[bytes] = []
        self.size = 0
        self.starved = False
        self._source = lines
        self._ahead = ahead
        self._limit = limit

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = None
        if self.size <= self._limit:
            line = self._ahead.popleft() if self._ahead else next(self._source, None)
        if line is None:
            self.starved = bool(self.lines)
            raise StopIteration
        self.lines.append(line)
        self.size += len(line)
        return line.decode("utf-8", "surrogateescape")


def slow_records(stream: Iterable[bytes], layout: Layout, limit: int) -> Iterator[list[str] | str]:
    """Records as lists of fields, or the reason why one cannot be read."""
    lines = _lines(stream)
    ahead: deque[bytes] = deque()
    while True:
        taken = _Taken(lines, ahead, limit)
        fields = _parsed(taken, layout)
        if not taken.lines:
            return
        if fields == []:
            continue
        if fields is None and len(taken.lines) == 1 and not taken.starved:
            fields = _parsed(taken.lines, layout, strict=False)
        reason = _wrong(fields, taken, layout, limit)
        if reason is not None and (fields is None or _hides_records(taken.lines, layout)):
            ahead.extendleft(reversed(taken.lines[1:]))
        yield fields or [] if reason is None else reason


def _parsed(lines: Iterable[bytes] | _Taken, layout: Layout, strict: bool = True) -> list[str] | None:
    """The fields of the first record in some lines; None when its quotes are not in order."""
    texts = lines if isinstance(lines, _Taken) else (line.decode("utf-8", "surrogateescape") for line in lines)
    try:
        return next(csv.reader(texts, delimiter=layout.separator, strict=strict), [])
    except csv.Error:
        return None


def _wrong(fields: list[str] | None, taken: _Taken, layout: Layout, limit: int) -> str | None:
    """What is wrong with a record."""
    if taken.size > limit:
        return too_long(taken.size, limit)
    if fields is None:
        return "a quote opens in the record and does not close"
    if len(fields) != len(layout.names):
        return f"the record has {len(fields)} fields where the header has {len(layout.names)}"
    try:
        "".join(fields).encode()
    except UnicodeEncodeError:
        return "the record is not valid UTF-8"
    return None


def _hides_records(lines: list[bytes], layout: Layout) -> bool:
    """Whether a record of several lines, wrong as a whole, holds a line that is a right record by itself."""
    return any(len(_parsed([line], layout) or []) == len(layout.names) for line in lines[1:])


def _lines(stream: Iterable[bytes]) -> Iterator[bytes]:
    """Lines with their breaks."""
    held = b""
    for block in stream:
        *whole, held = (held + block).split(b"\n")
        for line in whole:
            yield line + b"\n"
    if held:
        yield held


def slow_reads(stream: Iterable[bytes], layout: Layout, source: Source, reading: Reading) -> Iterator[Read]:
    """The articles of a table read record by record, in batches."""
    sifted = Sifted(0)
    size = 0
    for found in slow_records(stream, layout, reading.settings.max_record):
        if isinstance(found, str):
            sifted.broken.append((sifted.count, found))
        else:
            row: dict[str, str | None] = {name: found[n] for name, n in layout.places.items()}
            sifted.rows.append(row)
            sifted.numbers.append(sifted.count)
            size += sum(map(len, found))
        sifted.count += 1
        if size > BATCH_BYTES // 2:
            yield _finished(sifted, source, reading)
            sifted, size = Sifted(0), 0
    if sifted.count:
        yield _finished(sifted, source, reading)


def _finished(sifted: Sifted, source: Source, reading: Reading) -> Read:
    if not sifted.rows:
        return Read(None, sifted)
    held = {name: pa.array(values, pa.string()) for name, values in columns(sifted.rows).items()}
    return Read(finish(Rows(held, pa.array(sifted.numbers, pa.int64()), [source]), reading), sifted)


def table_reads(stream: Iterator[bytes], source: Source, reading: Reading, names: set[str]) -> Iterator[Read | str]:
    """The articles of a table; a string when it has no text column. ``names`` receives the field names."""
    limit = reading.settings.max_record
    pieces = records_of(with_line_feeds(stream, source.kind), limit)
    first = next(pieces, b"")
    end = header_end(first, source.kind)
    header, rest = first[:end], first[end:].lstrip(b"\r\n")
    if not header.strip():
        return
    layout = Layout(header.decode("utf-8", "replace"), source.kind, reading)
    names.update(layout.names)
    if not layout.has_text:
        yield reading.fields.lacking_text()
        return
    pieces = chain([rest] if rest else [], pieces)
    for piece in pieces:
        held = fast_rows(piece, layout, limit)
        if held is None:
            yield from slow_reads(chain([piece], pieces), layout, source, reading)
            return
        count = len(next(iter(held.values())))
        rows = Rows(held, pa.array(range(count), pa.int64()), [source])
        yield Read(finish(rows, reading), Sifted(count))
