"""Parquet files: row group by row group, only the columns of interest, every type turned to strings as JSON's are.

A column of text may be of any string type; numbers and times become what JSON would have written for them, and so do
those inside lists, maps and structs. What a row holds beside its text in a column that is called like one (a number, a
flag) is passed over, as in JSON. A row group that cannot be read is skipped with the number of its first record, and
the next is tried.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from datetime import date, time
from decimal import Decimal
from functools import reduce
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dedup.corpus.encodings import is_utf8
from dedup.corpus.json_pieces import Read, Sifted, too_long
from dedup.corpus.json_values import as_string, text_of
from dedup.corpus.records import Reading, Rows, blank, finish
from dedup.corpus.source import Source
from dedup.corpus.streams import Note, Unreadable, opened, whole

ROWS = 1024
"""Rows of a batch: about a megabyte of news."""

_FAILURES = (pa.ArrowException, OSError, ValueError, MemoryError)


def parquet_reads(source: Source, reading: Reading, names: set[str], note: Note) -> Iterator[Read | str]:
    """The articles of a parquet file; a string when it has no text column. ``names`` receives the field names, ``note``
    what is to be said of the file."""
    from pyarrow import parquet as pq

    handle = _opened(source, note)
    try:
        try:
            file = pq.ParquetFile(handle)
        except _FAILURES as error:
            raise Unreadable(f"it is no parquet file, or cut short ({_first_line(error)})") from None
        schema = _with_paths(pa.RecordBatch.from_pylist([], file.schema_arrow), reading.fields.paths).schema
        names.update(schema.names)
        wanted = [
            name for name in schema.names if reading.fields.role_of(name) is not None and schema.names.count(name) == 1
        ]
        if not reading.fields.chosen(wanted)["text"]:
            for name in reading.fields.chosen(names)["text"]:
                raise Unreadable(f"its column '{name}' stands there twice, and which is meant cannot be known")
            yield reading.fields.lacking_text()
            return
        for group in range(file.num_row_groups):
            yield from _group_reads(file, group, wanted, source, reading)
    finally:
        handle.close()


def _with_paths(batch: pa.RecordBatch, paths: list[str]) -> pa.RecordBatch:
    """Some rows with one more column for each path that leads into a struct; parquet names it in the same way."""
    for path in paths:
        name, *further = path.split(".")
        if path not in batch.schema.names and batch.schema.names.count(name) == 1:
            try:
                held = pc.struct_field(batch.column(name), further)
            except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError):
                continue
            batch = pa.RecordBatch.from_arrays([*batch.columns, held], [*batch.schema.names, path])
    return batch


def _opened(source: Source, note: Note) -> Any:
    """The file itself where it lies open, its bytes where it is packed."""
    if source.member is not None or source.gzipped:
        data, fault = whole(source, note)
        if fault is not None:
            raise fault
        return io.BytesIO(data)
    return os.fdopen(opened(source.location), "rb")


def _group_reads(file: Any, group: int, wanted: list[str], source: Source, reading: Reading) -> Iterator[Read]:
    """The articles of one row group."""
    given = 0
    total = file.metadata.row_group(group).num_rows
    try:
        for batch in file.iter_batches(ROWS, row_groups=[group], columns=wanted):
            yield _read(_with_paths(batch, reading.fields.paths).select(wanted), source, reading)
            given += batch.num_rows
    except _FAILURES as error:
        left = max(total - given, 1)
        reason = f"{left:,} records from this one on could not be read ({_first_line(error)})"
        yield Read(None, Sifted(left, broken=[(0, reason)]))


def _read(batch: pa.RecordBatch, source: Source, reading: Reading) -> Read:
    """The articles of some rows; a row whose text is no valid text is broken."""
    sifted = Sifted(batch.num_rows)
    held: dict[str, pa.Array] = {}
    sound = _repeated_true(batch.num_rows)
    texts = reading.fields.chosen(batch.schema.names)["text"]
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if name not in texts:
            held[name], _ = strings(column)
            continue
        held[name], valid = strings(column) if _texts(column.type) else (_other_texts(column), sound)
        limit = reading.settings.max_record
        length = pc.fill_null(pc.cast(pc.binary_length(held[name]), pa.int64()), 0)
        fits = pc.less_equal(length, limit)
        for n in _where_not(fits):
            sifted.broken.append((n, too_long(length[n].as_py(), limit)))
        for n in _where_not(valid):
            sifted.broken.append((n, "the record's text is not valid UTF-8"))
        sound = pc.and_(pc.and_(sound, valid), fits)
    for name in [name for name in texts if not _texts(batch.column(name).type)]:
        wrong = _settle_others(name, batch.column(name), texts, held)
        reason = f"its text (field '{name}') is of type {batch.column(name).type}, not a text"
        sifted.broken += [(n, reason) for n in _where_not(pc.invert(wrong))]
        sound = pc.and_not(sound, wrong)
    numbers = pa.array(range(batch.num_rows), pa.int64())
    sifted.broken.sort()
    if not pc.all(sound).as_py():
        held = {name: column.filter(sound) for name, column in held.items()}
        numbers = numbers.filter(sound)
    if len(numbers) == 0:
        return Read(None, sifted)
    return Read(finish(Rows(held, numbers, [source]), reading), sifted)


def _settle_others(name: str, column: pa.Array, texts: list[str], held: dict[str, pa.Array]) -> pa.Array:
    """Where a row has no text, but something that is none in a column called like one. Where it has a text, that is
    believed before a list or struct that may hold another."""
    others = [blank(held[other]) for other in texts if other != name]
    alone = reduce(pc.and_, others, _repeated_true(len(column)))
    held[name] = pc.if_else(alone, held[name], pa.scalar(None, pa.string()))
    nothing = reduce(pc.and_, [pc.is_null(held[other]) for other in texts])
    return pc.and_(nothing, pc.is_valid(column))


def _repeated_true(length: int) -> pa.Array:
    return pa.repeat(pa.scalar(True), length)


def _where_not(mask: pa.Array) -> list[int]:
    return [] if pc.all(mask).as_py() else [n for n, fine in enumerate(mask.to_pylist()) if not fine]


def _texts(kind: pa.DataType) -> bool:
    value = kind.value_type if pa.types.is_dictionary(kind) else kind
    return bool(
        pa.types.is_string(value) or pa.types.is_large_string(value) or pa.types.is_binary(value)
        or pa.types.is_large_binary(value) or pa.types.is_null(value) or "string_view" in str(value)
    )  # fmt: skip


def _other_texts(column: pa.Array) -> pa.Array:
    """The texts in a column that is not of texts: a list of paragraphs, a struct that holds one."""
    if not pa.types.is_nested(column.type):
        return pa.nulls(len(column), pa.string())
    return pa.array([text_of(value) for value in _values(column)], pa.string())


def strings(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """A column as strings, and where it was valid."""
    kind = column.type
    fine = _repeated_true(len(column))
    if pa.types.is_timestamp(kind):
        column = _to_seconds(column)
    elif pa.types.is_floating(kind) or pa.types.is_nested(kind) or pa.types.is_boolean(kind):
        return pa.array([as_string(value) for value in _values(column)], pa.string()), fine
    try:
        made = pc.cast(column, pa.string())
        made.validate(full=True)
        return made, fine
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        pass
    if not _texts(kind):
        return pa.nulls(len(column), pa.string()), fine
    raw = pc.cast(column, pa.binary()).to_pylist()
    texts = [None if value is None else value.decode("utf-8", "replace") for value in raw]
    valid = [value is None or is_utf8(value) for value in raw]
    return pa.array(texts, pa.string()), pa.array(valid)


def _to_seconds(column: pa.Array) -> pa.Array:
    """Times to the second, in UTC where the system does not know their zone: what lies in the file is UTC anyway."""
    seconds = pc.cast(column, pa.timestamp("s", column.type.tz), safe=False)
    try:
        pc.cast(seconds[:1], pa.string())
    except pa.ArrowInvalid:
        return pc.cast(seconds, pa.timestamp("s", "UTC"))
    return seconds


def _values(column: pa.Array) -> list[Any]:
    """Values as JSON has them, None for one that Python cannot hold (a time before the year 1, an unknown zone)."""
    try:
        return [_as_json(value) for value in column.to_pylist()]
    except Exception:  # times raise whatever the libraries of zones and dates raise
        return [_value(scalar) for scalar in column]


def _value(scalar: pa.Scalar) -> Any:
    try:
        return _as_json(scalar.as_py())
    except Exception:  # as above
        return None


def _as_json(value: Any) -> Any:
    """A value of Python as JSON would have given it; a map, which comes as pairs, is an object."""
    if isinstance(value, list) and value and all(isinstance(part, tuple) for part in value):
        value = dict(value)
    if isinstance(value, dict):
        return {name: _as_json(held) for name, held in value.items()}
    if isinstance(value, list):
        return [_as_json(part) for part in value]
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, date | time):
        return value.isoformat()
    if value is None or isinstance(value, str | int | float):
        return value
    return f"{value:f}" if isinstance(value, Decimal) else None


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0][:120].rstrip(".") or type(error).__name__
