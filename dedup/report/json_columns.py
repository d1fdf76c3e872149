"""JSON text column by column: many objects of the same fields at once, byte for byte as orjson writes them one by one.

A column becomes pieces of text, one a row, and Arrow joins those of a row:

    {"a":[   120,   340   ],"similarity":   0.97   }

Numbers are written by orjson, all of a column in one call, ``[120,5,87]``; cut behind each comma that text is already a
column of pieces (``120,`` ``5,`` ``87,``), and nothing is copied. The pieces of the last field of an object lose the
comma. No Python value is made of any number, and Arrow joins without Python's lock, so threads share the work.

Cost: 32,035 pairs with their features and passages, 20 MB: 0.13 s of processor time, most of it where threads can
share it; one value and one call of orjson for each pair takes 0.28 s of one thread.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import orjson
import pyarrow as pa
import pyarrow.compute as pc

Column: TypeAlias = pa.Array
"""Pieces of JSON text, one a row."""
_COMMA = ord(",")


def numbers(values: npt.NDArray[Any], last: bool = False) -> Column:
    """The numbers (n,), NaN as null, each with a comma behind it unless the field is the ``last`` of its object.

    >>> numbers(np.array([0.5, np.nan, 1.0])).to_pylist()
    ['0.5,', 'null,', '1.0,']
    """
    if not len(values):
        return pa.array([], pa.string())
    text = np.frombuffer(
        bytearray(orjson.dumps(np.ascontiguousarray(values), option=orjson.OPT_SERIALIZE_NUMPY)), np.uint8
    )
    text[-1] = _COMMA
    ends = np.flatnonzero(text == _COMMA) + 1
    offsets = np.concatenate([[1], ends]).astype(np.int32)
    pieces = pa.StringArray.from_buffers(len(values), pa.py_buffer(offsets), pa.py_buffer(text))
    return pc.utf8_rtrim(pieces, ",") if last else pieces


def strings(values: Sequence[str]) -> Column:
    """The strings, each as orjson writes it. (No line break stands in the text of one, so all are written at once.)"""
    one_a_line = orjson.dumps(values, option=orjson.OPT_INDENT_2)[4:-2]
    return pa.array(one_a_line.split(b",\n  ") if values else [], pa.binary()).cast(pa.string())


def chosen(pieces: Sequence[str], which: npt.NDArray[Any]) -> Column:
    """For each row the piece at its number."""
    return pa.array(pieces, pa.string()).take(pa.array(which))


def joined(*parts: Column | str) -> Column:
    """The pieces of each row end to end; a ``str`` is the same in all."""
    return pc.binary_join_element_wise(*(part if isinstance(part, pa.Array) else pa.scalar(part) for part in parts), "")


def listed(items: Column, first: npt.NDArray[np.int64]) -> Column:
    """Lists of ``items``, those of row i ``items[first[i]:first[i+1]]``."""
    rows = pa.ListArray.from_arrays(pa.array(first.astype(np.int32)), items)
    return joined("[", pc.binary_join(rows, ","), "]")


def as_bytes(column: Column) -> bytes:
    """All rows end to end."""
    _, offsets, data = column.buffers()
    if data is None:
        return b""
    ends = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    return bytes(memoryview(data)[ends[0] : ends[-1]])
