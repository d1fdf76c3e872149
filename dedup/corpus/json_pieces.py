"""A megabyte of JSON records -> articles: by Arrow's parser, and record by record where that is not sure.

The fast way must never give another result than the slow one, so it takes a piece only whole and only when sure:

* the bytes are valid UTF-8 (Arrow's JSON parser does not look);
* each line is exactly one object: in a piece of n lines "}", line break, "{" stands n - 1 times, there are n - 1 line
  breaks, and the parser finds n objects. A line with two objects, or an object over two lines, breaks one of these:
  after "}" the parser takes "{" only where a record ends;
* every field has the type seen in the piece's first record, or was not in it and is of no interest;
* no field is asked for by a path into a record;
* no record is nested too deeply, and keys are no data (:mod:`dedup.corpus.json_shape`);
* every record has a text that is not null. (Absent and null look the same to Arrow; one is skipped, the other empty.)

Arrow itself refuses a field given twice and a lone surrogate. Whatever is refused costs time, never a record: the piece
is read again by :mod:`dedup.corpus.json_values`. Measured on 80 MB of real articles, two threads: fast 0.11 s,
slow 0.9 s.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from dedup.corpus.json_envelopes import articles_in
from dedup.corpus.json_shape import fit_for_columns
from dedup.corpus.json_values import EMBEDDED, Broken, columns, description, record, strings
from dedup.corpus.records import Finished, Reading, Rows, finish
from dedup.corpus.source import Source
from dedup.kernels.utf8 import LOOSE_BREAK, NOT_UTF8, check_lines

Hints = dict[str, Any]
"""Field -> Arrow type, as pieces of the same file had it. Saves a second parse, never changes a result."""

Columns = dict[str, Any]
"""Field -> Arrow strings."""

_SNIFFED = 3
"""Records looked at for the types of fields. Later ones may differ; that costs a second reading, nothing else."""


@dataclass
class Piece:
    """Consecutive records of one file: lines in one buffer, or cut out of an array (``sound``: all of it is JSON;
    ``single``: the file is itself one record)."""

    lines: bytes = b""
    records: Sequence[Any] | None = None
    sound: bool = True
    longest: int = 0
    too_long: int = 0
    single: bool = False

    def split(self) -> list[Any]:
        """The records one by one; a blank line is none, and a byte order mark before one (of files put together) or
        a comma behind it (of an array cut into lines) no part of it."""
        if self.records is not None:
            return list(self.records)
        lines = (line.removeprefix(BOM_UTF8) for line in self.lines.split(b"\n"))
        return [_without_comma(line) for line in lines if line and not line.isspace()]


def _without_comma(line: bytes) -> bytes:
    bare = line.rstrip()
    return bare[:-1] if bare.endswith(b"},") else line


@dataclass
class Sifted:
    """Records read one by one: those with a text field as strings with their numbers, and what became of the rest."""

    count: int
    rows: list[dict[str, str | None]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    broken: list[tuple[int, str]] = field(default_factory=list)
    textless: list[int] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    beside: Counter[str] = field(default_factory=Counter)
    """Records in lists that were left out, by the lists' names."""

    def add(self, behind: Sifted) -> None:
        """Put records behind these."""
        self.rows += behind.rows
        self.numbers += [self.count + number for number in behind.numbers]
        self.broken += [(self.count + number, reason) for number, reason in behind.broken]
        self.textless += [self.count + number for number in behind.textless]
        self.names |= behind.names
        self.count += behind.count


@dataclass
class Read:
    """What a piece held: articles without ids, and the records that are none (numbered from the piece's start)."""

    finished: Finished | None
    rest: Sifted


def read_piece(piece: Piece, source: Source, reading: Reading, hints: Hints) -> Read:
    """The articles of a piece."""
    limit = reading.settings.max_record
    if piece.too_long:
        return Read(None, Sifted(1, broken=[(0, too_long(piece.too_long, limit))]))
    if piece.records is None:
        fast = fast_table(piece.lines, None, reading, hints) if len(piece.lines) <= limit else None
    else:
        sure = piece.sound and piece.longest <= limit
        fast = fast_table(b"\n".join(piece.records), piece.records, reading, hints) if sure else None
    if fast is not None:
        held, names = fast
        count = len(next(iter(held.values())))
        return Read(finish(_rows(held, range(count), piece, source), reading), Sifted(count, names=names))
    sifted = sift(piece.split(), reading, lines=piece.records is None)
    if not sifted.rows:
        return Read(None, sifted)
    held = {name: pa.array(values, pa.string()) for name, values in columns(sifted.rows).items()}
    return Read(finish(_rows(held, sifted.numbers, piece, source), reading), sifted)


def _rows(held: Columns, numbers: Sequence[int], piece: Piece, source: Source) -> Rows:
    return Rows(held, None if piece.single else pa.array(numbers, pa.int64()), [source])


def sift(records: Sequence[Any], reading: Reading, lines: bool = False) -> Sifted:
    """Records given one by one as strings. ``lines``: one without a text may be an object around others that have one,
    each of which then counts as one."""
    sifted = Sifted(0)
    limit = reading.settings.max_record
    for line in records:
        try:
            size = memoryview(line).nbytes
            if size > limit:
                raise Broken(too_long(size, limit))
            found = record(line, reading.fields)
            sifted.names.update(found)
            row = strings(found, reading.fields)
        except Broken as broken:
            sifted.broken.append((sifted.count, str(broken)))
            sifted.count += 1
            continue
        inside = articles_in(line, reading.fields) if lines and row is None else None
        if inside is not None:
            within = sift(inside.records, reading)
            sifted.names |= within.names
            if within.rows or within.broken:
                sifted.add(within)
                sifted.beside.update(inside.beside)
                continue
        row = row or description(found, reading.fields)
        if row is None:
            sifted.textless.append(sifted.count)
        else:
            sifted.rows.append(row)
            sifted.numbers.append(sifted.count)
        sifted.count += 1
    return sifted


def too_long(size: int, limit: int) -> str:
    """Why a record over the limit is skipped."""
    return f"the record is {size:,} bytes long, more than the {limit:,} allowed (--max-record)"


def fast_table(
    data: bytes, records: Sequence[Any] | None, reading: Reading, hints: Hints
) -> tuple[Columns, set[str]] | None:
    """The fields of interest as string columns and the names of all fields, or None where the fast way is not sure.

    ``records`` are those of an array, joined in ``data``; None for lines.
    """
    start, end = _bounds(data)
    breaks = check_lines(np.frombuffer(data, np.uint8), start, end) if start < end else NOT_UTF8
    if breaks == NOT_UTF8 or (records is None and breaks == LOOSE_BREAK) or reading.fields.paths:
        return None
    count = len(records) if records is not None else breaks + 1
    if not fit_for_columns(data, records, count):
        return None
    first = records[:_SNIFFED] if records is not None else _first_lines(data, start, end)
    types = {**hints, **_types(first, reading)}
    for _ in range(2):
        if not types or any(kind is None for kind in types.values()):
            return None
        table = _parse(data, pa.schema(sorted(types.items())))
        if table is None or table.num_rows != count:
            return None
        new = _unforeseen(table, types, reading)
        hints.update(types)
        if not new:
            held = _string_columns(table.select(sorted(types)), reading)
            return None if held is None else (held, set(table.column_names))
        types.update(new)
    return None


def _bounds(data: bytes) -> tuple[int, int]:
    """Where the first record starts and the last ends; white space is around them."""
    start, end = 0, len(data)
    while start < end and data[start] in b" \t\r\n":
        start += 1
    while end > start and data[end - 1] in b" \t\r\n":
        end -= 1
    return start, end


def _first_lines(data: bytes, start: int, end: int) -> list[bytes]:
    """The lines looked at for types. (``split`` would copy all that follows: 0.03 s on 97 MB.)"""
    lines: list[bytes] = []
    while len(lines) < _SNIFFED and start < end:
        stop = data.find(b"\n", start, end)
        stop = end if stop < 0 else stop
        lines.append(data[start:stop])
        start = stop + 1
    return lines


def _types(records: Sequence[Any], reading: Reading) -> dict[str, pa.DataType | None]:
    """Types of the fields of interest in the first records; None for one that the fast way does not take."""
    types: dict[str, pa.DataType | None] = {}
    for line in records:
        try:
            found = msgspec.json.decode(line)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
        if not isinstance(found, dict):
            return {}
        if isinstance(found.get(EMBEDDED), dict):
            return {}
        for name, value in found.items():
            role = reading.fields.role_of(name)
            if role is not None and (value is not None or name not in types):
                types[name] = _arrow_type(value, role[0])
    return types


def _unforeseen(table: pa.Table, types: dict[str, Any], reading: Reading) -> dict[str, pa.DataType | None]:
    """Fields of interest that were not in the first records, with the type Arrow found."""
    if EMBEDDED in table.column_names and pa.types.is_struct(table.schema.field(EMBEDDED).type):
        return {EMBEDDED: None}
    found = {}
    for field_ in table.schema:
        role = None if field_.name in types else reading.fields.role_of(field_.name)
        if role is None:
            continue
        kind = field_.type
        if pa.types.is_null(kind) or pa.types.is_timestamp(kind):
            kind = pa.string()
        taken = kind in (pa.string(), pa.int64(), pa.list_(pa.string())) and (role[0] != "text" or kind == pa.string())
        found[field_.name] = kind if taken else None
    return found


def _arrow_type(value: object, role: str) -> pa.DataType | None:
    if value is None or isinstance(value, str):
        return pa.string()
    if role == "text":
        return None
    if isinstance(value, int) and not isinstance(value, bool):
        return pa.int64()
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        return pa.list_(pa.string())
    return None


def _parse(data: bytes, schema: pa.Schema) -> pa.Table | None:
    options = pj.ReadOptions(use_threads=False, block_size=min(len(data) + 1, (1 << 31) - 1))
    parsing = pj.ParseOptions(explicit_schema=schema, unexpected_field_behavior="infer")
    try:
        table = pj.read_json(pa.BufferReader(data), read_options=options, parse_options=parsing)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError, pa.ArrowCapacityError):
        return None
    return table.combine_chunks()


def _string_columns(table: pa.Table, reading: Reading) -> Columns | None:
    """Numbers and lists as strings; None when a record has no text or a list holds null."""
    arrays: dict[str, pa.Array] = {}
    missing = None
    for name in table.column_names:
        column = table.column(name).chunk(0)
        role = reading.fields.role_of(name)
        if pa.types.is_list(column.type):
            if column.values.null_count:
                return None
            column = pc.binary_join(column, ", ")
        elif not pa.types.is_string(column.type):
            column = pc.cast(column, pa.string())
        arrays[name] = column
        if role is not None and role[0] == "text":
            missing = pc.is_null(column) if missing is None else pc.and_(missing, pc.is_null(column))
    if missing is None or pc.any(missing).as_py():
        return None
    return arrays
