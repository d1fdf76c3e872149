"""Records of a table that stray quotes made one of.

A table written without quoting may have a cell that begins with a quote (a headline that quotes somebody), and rows
later one that ends with a quote. By the rules of CSV all between is one cell, and the articles in it one article.

Told by this: each line of the record has as many separators as the header; a text of several lines hardly has two tabs
in each. With one tab, or other separators, each line must also begin with an id, all of one kind and rising; and commas
and the like must be two or more ("5,820" on a further line of a text looks like an id and a text) and none be followed
by a blank, as a comma between words is. Limit: other tables of two columns, or without ids in front, stay as the rules
of CSV have them.

>>> each_alone([b'7,"He said,x', b'8,No comment",y'], ",", 3)
[['7', '"He said', 'x'], ['8', 'No comment"', 'y']]
>>> each_alone([b'7,"He said,x', b'8, no comment",y'], ",", 3) is None
True

Cost: records without a line break inside quotes are not looked at; 1.5 MB of others take 2 ms, and 8 where each of
their lines has a comma.
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_FIELDS = 3
"""Columns from which lines that look like records are hardly a text's."""
_NUMBER = re.compile(r"\d{1,18}")
_ID = re.compile(r"[^\W\d]*\d{1,18}|\d{1,18}[^\W\d]*")
"""A number, with letters before or behind it: ids of one kind differ in the number alone."""


def joins_records(piece: bytes, separator: str, fields: int) -> bool:
    """Whether one of the records in some bytes is several by :func:`each_alone`."""
    signs = np.frombuffer(piece, np.uint8)
    breaks = np.flatnonzero(signs == ord("\n"))
    inside = np.searchsorted(np.flatnonzero(signs == ord('"')), breaks) % 2 == 1
    if not inside.any():
        return False
    separators = np.flatnonzero(signs == ord(separator))
    counts = np.diff(np.searchsorted(separators, np.append(breaks, len(piece))))
    records = np.cumsum(~inside)[inside]
    suspected = np.setdiff1d(records, records[counts[inside] != fields - 1])
    edges = np.concatenate(([-1], breaks[~inside], [len(piece) - 1]))
    lines = (piece[edges[n] + 1 : edges[n + 1] + 1].rstrip(b"\n").split(b"\n") for n in suspected)
    return any(each_alone(held, separator, fields) is not None for held in lines)


def each_alone(lines: list[bytes], separator: str, fields: int) -> list[list[str]] | None:
    """The records that the lines of one record are, each by itself; None if it is one."""
    rows = [line.decode("utf-8", "surrogateescape").rstrip("\r\n").split(separator) for line in lines]
    least = 2 if separator == "\t" else _FIELDS
    if len(rows) < 2 or fields < least or any(len(row) != fields for row in rows):
        return None
    if separator != "\t" or fields < _FIELDS:
        kinds = {re.sub(r"\d+", "0", row[0]) if _ID.fullmatch(row[0]) else None for row in rows}
        if None in kinds or len(kinds) > 1 or any(cell.startswith(" ") for row in rows for cell in row):
            return None
        numbers = [int(_NUMBER.search(row[0])[0]) for row in rows]  # type: ignore[index]  # an id has one
        if any(one >= other for one, other in pairwise(numbers)):
            return None
    return [[_unquoted(cell) for cell in row] for row in rows]


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell
