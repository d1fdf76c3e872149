"""Parquet files: row group by row group, only the columns of interest, every type turned to strings as JSON's are.

A column of text may be of any string type; numbers and times become what JSON would have written for them. A row group
that cannot be read is skipped with the number of its first record, and the next is tried.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dedup.corpus.json_pieces import Read, Sifted, too_long
from dedup.corpus.json_values import as_string
from dedup.corpus.records import Reading, Rows, finish
from dedup.corpus.source import Source
from dedup.corpus.streams import Unreadable, opened, whole

ROWS = 1024
"""Rows of a batch: about a megabyte of news."""

_FAILURES = (pa.ArrowException, OSError, ValueError, MemoryError)


def parquet_reads(source: Source, reading: Reading, names: set[str]) -> Iterator[Read | str]:
    """The articles of a parquet file; a string when it has no text column. ``names`` receives the field names."""
    from pyarrow import parquet as pq

    handle = _opened(source)
    try:
        try:
            file = pq.ParquetFile(handle)
        except _FAILURES as error:
            raise Unreadable(f"it is no parquet file, or cut short ({_first_line(error)})") from None
        names.update(file.schema_arrow.names)
        wanted = [
            column.name
            for column in file.schema_arrow
            if reading.fields.role_of(column.name) and file.schema_arrow.names.count(column.name) == 1
        ]
        if not reading.fields.chosen(wanted)["text"]:
            yield reading.fields.lacking_text()
            return
        for group in range(file.num_row_groups):
            yield from _group_reads(file, group, wanted, source, reading)
    finally:
        handle.close()


def _opened(source: Source) -> Any:
    """The file itself where it lies open, its bytes where it is packed."""
    if source.member is not None or source.gzipped:
        data, fault = whole(source)
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
            yield _read(batch, source, reading)
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
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        role = reading.fields.role_of(name)
        is_text = role is not None and role[0] == "text"
        if is_text and not _texts(column.type):
            reason = f"its text (field '{name}') is of type {column.type}, not a text"
            sifted.broken = [(n, reason) for n in range(batch.num_rows)]
            return Read(None, sifted)
        held[name], valid = strings(column)
        if is_text:
            sound = pc.and_(sound, valid)
            limit = reading.settings.max_record
            length = pc.fill_null(pc.cast(pc.binary_length(held[name]), pa.int64()), 0)
            fits = pc.less_equal(length, limit)
            for n in _where_not(fits):
                sifted.broken.append((n, too_long(length[n].as_py(), limit)))
            for n in _where_not(valid):
                sifted.broken.append((n, "the record's text is not valid UTF-8"))
            sound = pc.and_(sound, fits)
    numbers = pa.array(range(batch.num_rows), pa.int64())
    sifted.broken.sort()
    if not pc.all(sound).as_py():
        held = {name: column.filter(sound) for name, column in held.items()}
        numbers = numbers.filter(sound)
    if len(numbers) == 0:
        return Read(None, sifted)
    return Read(finish(Rows(held, numbers, [source]), reading), sifted)


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


def strings(column: pa.Array) -> tuple[pa.Array, pa.Array]:
    """A column as strings, and where it was valid."""
    kind = column.type
    fine = _repeated_true(len(column))
    if pa.types.is_timestamp(kind):
        column = pc.cast(column, pa.timestamp("s", kind.tz), safe=False)
    elif pa.types.is_floating(kind) or pa.types.is_nested(kind) or pa.types.is_boolean(kind):
        return pa.array([as_string(value) for value in column.to_pylist()], pa.string()), fine
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
    valid = [value is None or _is_utf8(value) for value in raw]
    return pa.array(texts, pa.string()), pa.array(valid)


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _first_line(error: BaseException) -> str:
    return str(error).strip().split("\n")[0][:120].rstrip(".") or type(error).__name__
