"""How deep and how wide JSON is: what is too deep to be read at all, and what is too wide to be read as columns.

A parser goes down one call a level, and how far down it can go depends on the parser, the interpreter, the thread, and
who called it: Python's give up at some 1,000 levels less what is above them, and Arrow's takes the process with it
somewhere between 5,000 and 20,000. So the depth is looked at before any of them sees the record, and is the same for
all: :data:`NESTED`. Brackets inside strings are none.

>>> [nested_too_deeply(b"[" * levels + b"]" * levels) for levels in (NESTED, NESTED + 1)]
[False, True]

Arrow makes a column of every key it meets, at any depth, and fills it for every record. Where keys are data (an object
keyed by the ids of what it holds) there are as many columns as records, and the cost is the square of their number: 3
MB of 10,000 records with 20 keys of their own took 79 s and 13 GB, record by record 0.5 s and 0.1 GB. Such pieces are
told by a sample: if its second half still brings :data:`NEW_KEYS` that the first did not have, the others will too.

Cost: a flat piece 0.13 ms a megabyte, one whose records hold lists 0.4, where Arrow takes 2 (measured on 640 records of
3 kB); a record by itself 3 microseconds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

NESTED = 200
"""Levels of lists and objects that a record may have. Set by hand: block editors' documents have some 30, most JSON
libraries refuse 64 to 512; and a fifth of what Python's parsers can do, so that none of them is ever at its end."""

SAMPLED = 16
"""Records looked at for their keys, spread over a piece."""

FEW_RECORDS = 64
"""Records up to which a piece is not looked at for its keys: they are large, a sample would be most of them, and the
square of their number is small."""

NEW_KEYS = SAMPLED // 2
"""Keys that the second half of the sample brings if each record has one of its own. Fields that only some records
have are a few dozen, and most of these are in the first half."""

_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*(?:"|\\?\Z)', re.DOTALL)
"""A string, or one that does not end, up to the end: so every quote that opens matches, and nothing is read twice."""


def nested_too_deeply(record: bytes) -> bool:
    """Whether a record has more than :data:`NESTED` levels of lists and objects."""
    if record.count(b"[") + record.count(b"{") <= NESTED:
        return False
    bare = _STRING.sub(b"", record)
    steps = _are("[{", bare).astype(np.int8) - _are("]}", bare).astype(np.int8)
    return bool(np.cumsum(steps, dtype=np.int32).max(initial=0) > NESTED)


def fit_for_columns(data: bytes, records: Sequence[Any] | None, count: int) -> bool:
    """Whether Arrow may read ``count`` records, an array's or lines: none is too deep, and their keys are not data."""
    openings = _are("[{", data)
    if np.count_nonzero(openings) >= NESTED + count:
        suspects = _many_openings(data, np.flatnonzero(openings), records)
        if any(map(nested_too_deeply, suspects)):
            return False
    return count <= FEW_RECORDS or not _keys_are_data(_spread(data, records, count))


def _are(signs: str, data: bytes) -> npt.NDArray[np.bool_]:
    """Where one of two signs stands that differ in the bit 0x20 alone, as "[{" and "]}" do.

    The answer takes the place of the bytes it was found in: with a second array of a megabyte, fresh from the system
    each time, the question takes 0.75 ms a megabyte instead of 0.08.
    """
    low = np.frombuffer(data, np.uint8) | np.uint8(0x20)
    found: npt.NDArray[np.bool_] = low.view(np.bool_)
    np.equal(low, np.uint8(ord(signs[1])), out=found)
    return found


def _many_openings(data: bytes, opening: npt.NDArray[np.int64], records: Sequence[Any] | None) -> Iterator[bytes]:
    """The records with more than :data:`NESTED` of the openings, which may stand in strings."""
    if records is None:
        stops = np.append(np.flatnonzero(np.frombuffer(data, np.uint8) == ord("\n")), len(data))
    else:
        stops = np.cumsum([memoryview(record).nbytes + 1 for record in records]) - 1
    of = np.searchsorted(stops, opening)
    for n in np.unique(of[NESTED:][of[NESTED:] == of[:-NESTED]]).tolist():
        yield data[stops[n - 1] + 1 if n else 0 : stops[n]]


def _spread(data: bytes, records: Sequence[Any] | None, count: int) -> Iterator[Any]:
    """A sample of the records, spread over them."""
    if records is not None:
        yield from (records[n * count // SAMPLED] for n in range(SAMPLED))
        return
    for n in range(SAMPLED):
        start = data.rfind(b"\n", 0, n * len(data) // SAMPLED) + 1
        stop = data.find(b"\n", start)
        yield data[start : stop if stop >= 0 else len(data)]


def _keys_are_data(sample: Iterator[Any]) -> bool:
    """Whether the second half of a sample brings many keys that the first did not have."""
    known: set[str] = set()
    new = 0
    for n, record in enumerate(sample):
        try:
            keys = set(_keys(msgspec.json.decode(record)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            continue
        new += len(keys - known) if n >= SAMPLED // 2 else 0
        known |= keys
    return new >= NEW_KEYS


def _keys(value: Any, above: str = "") -> Iterator[str]:
    """The keys in a value, each behind those it lies under: keys of one name in two objects are two columns."""
    if isinstance(value, dict):
        for key, held in value.items():
            path = f"{above}/{key}"
            yield path
            if isinstance(held, dict | list):
                yield from _keys(held, path)
    elif isinstance(value, list):
        for held in value:
            if isinstance(held, dict | list):
                yield from _keys(held, above)
