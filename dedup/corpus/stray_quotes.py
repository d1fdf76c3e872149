"""Records of a table that stray quotes made one of.

A table written without quoting may have a cell that begins with a quote (a headline that quotes somebody), and rows
later one that ends with a quote. By the rules of CSV all between is one cell, and the articles in it one article.

Told by this: each line of the record has as many separators as the header. A text of several lines hardly has tabs, but
it may well have a comma in each line; so with other separators each line must also begin with an id, all of one kind,
and no separator be followed by a blank, as a comma between words is. Limit: a table of ids and titles or the like
without ids in front stays as the rules of CSV have it.

>>> each_alone([b'7,"He said', b'8,No comment"'], ",", 2)
[['7', '"He said'], ['8', 'No comment"']]
>>> each_alone([b'7,"He said', b'8, no comment"'], ",", 2) is None
True

Cost: records without a line break inside quotes are not looked at; 1.5 MB of others take 2 ms, and 8 where each of
their lines has a comma.
"""

from __future__ import annotations

import re

import numpy as np

_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_ID = re.compile(r"[^\W\d]*\d+|\d+[^\W\d]*")
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
    if len(rows) < 2 or fields < 2 or any(len(row) != fields for row in rows):
        return None
    if separator != "\t":
        kinds = {re.sub(r"\d+", "0", row[0]) if _ID.fullmatch(row[0]) else None for row in rows}
        if None in kinds or len(kinds) > 1 or any(cell.startswith(" ") for row in rows for cell in row):
            return None
    return [[_unquoted(cell) for cell in row] for row in rows]


def _unquoted(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if _QUOTED.fullmatch(cell) else cell
