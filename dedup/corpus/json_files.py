"""JSON files cut into pieces: lines by line breaks, arrays by msgspec, what neither can cut by the standard library.

The name's ending is only a hint: many a ``.json`` holds one object a line, and some ``.jsonl`` an array, an object with
its records inside or one over several lines. The first bytes decide. Lines are streamed, so memory is bounded by the
longest record; a line longer than the limit is dropped while it passes by, never held. An array (or an object with an
array of objects inside) is held whole as bytes; its records are cut out without decoding (msgspec's ``Raw``: 81 MB in
0.05 s), so a huge array costs its own size and little more. Where lines hold such objects, each is taken apart when it
is read (:func:`~dedup.corpus.json_pieces.sift`).

When one record inside an array is broken msgspec refuses the whole; then :mod:`dedup.corpus.json_recovery` looks for
the elements one by one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from dedup.corpus.fields import Fields
from dedup.corpus.json_envelopes import HEADS, LISTS, RAW_LIST, RAW_OBJECT, REFUSED, list_inside, text_in
from dedup.corpus.json_pieces import Piece
from dedup.corpus.json_recovery import CLOSED, STRING, Elements
from dedup.settings import BATCH_BYTES

_KEY = re.compile(rb"\s*+,?+\s*+(%b)\s*+:\s*+" % STRING, re.DOTALL)
_SCALAR = re.compile(rb"%b|[^\",:{}\[\]]++" % STRING, re.DOTALL)
_OBJECTS = re.compile(rb"\[\s*+\{")
_LEVELS = 3
"""Objects around a list of records: ``rss.channel.item`` is in two, ``response.docs`` in two."""
_HEADED = re.compile(rb'"(?:title|headline|text|id|url)"\s*:')
"""A field that an article has and what stands around articles has not."""


def are_lines(head: bytes, named: bool = False) -> bool:
    """Whether bytes at the start of a file are those of one record a line, rather than of one document.

    ``named``: the file's name says lines. A first line that is no whole record is the start of a longer one, or of an
    object around the records, where it ends as such a line does and has no field of an article; else it is a damaged
    record.

    >>> are_lines(b'{"a": 1}\\n{"a": 2}\\n'), are_lines(b'[{"a": 1},\\n{"a": 2}]'), are_lines(b'{\\n "a": 1}')
    (True, False, False)
    >>> are_lines(b'{"articles": [\\n{"a": 1},\\n{"a": 2}]}'), are_lines(b'{"a": 1},\\n{"a": 2},')
    (False, True)
    """
    lines = [line for line in head.split(b"\n", 20) if line.strip()]
    first = lines[0].strip() if lines else b""
    if len(lines) < 2:
        return named and not first.startswith(b"[")
    if first.startswith(b"["):
        return _complete(first) and lines[1].lstrip().startswith((b"[", b"{"))
    if _complete(first[:-1] if first.endswith(b"},") else first):
        return True
    if named and _HEADED.search(first) and _complete(lines[1].strip()):
        return True
    return not first.endswith((b"{", b"[", b",")) and (named or lines[1].startswith(b"{"))


def _complete(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except REFUSED:
        return False
    return True


def line_pieces(blocks: Iterable[bytes], limit: int) -> Iterator[Piece]:
    """Pieces of whole lines, each about a block long; a record longer than a block is a piece of its own."""
    held: list[bytes | memoryview] = []
    size = dropped = 0
    for block in blocks:
        view = memoryview(block)
        start = 0
        if size or dropped:
            start = block.find(b"\n") + 1
            if not start:
                held.append(block)
                size += len(block)
                if dropped or size > limit:
                    dropped, held, size = dropped + size, [], 0
                continue
            if dropped or size + start - 1 > limit:
                yield Piece(too_long=dropped + size + start - 1)
            elif size > BATCH_BYTES:
                yield Piece(b"".join([*held, view[:start]]))
            else:
                start = -1
            if start > 0:
                dropped, held, size = 0, [], 0
        start = max(start, 0)
        cut = block.rfind(b"\n") + 1
        if cut > start:
            yield Piece(b"".join([*held, view[start:cut]]))
            held, size = [], 0
        if max(cut, start) < len(block):
            held.append(view[max(cut, start) :])
            size += len(held[-1])
    if dropped or size > limit:
        yield Piece(too_long=dropped + size)
    elif size:
        yield Piece(b"".join(held))


class Document(NamedTuple):
    """The records of a JSON document as bytes; ``single``: it is itself one record; ``sound``: all of it is JSON;
    ``beside``: its other lists of records, by name, and how many each holds."""

    records: list[Any]
    single: bool
    sound: bool
    beside: Mapping[str, int] = MappingProxyType({})


def document(data: bytes, fields: Fields) -> Document:
    """The records of a JSON document."""
    try:
        if data.lstrip()[:1] == b"[":
            return Document(RAW_LIST.decode(data), False, True)
        inside = list_inside(RAW_OBJECT.decode(data), fields)
    except REFUSED:
        return recovered(data, fields)
    return Document([data], True, True) if inside is None else Document(inside.records, False, True, inside.beside)


def recovered(data: bytes, fields: Fields) -> Document:
    """The elements of a broken document; a broken element is given as it stands, for its reason to be found."""
    elements = Elements(data)
    position = max(data.find(b"{"), 0)
    opening = _opening(data, Elements(data))  # what is found out on the way there may be otherwise seen from within
    if opening is not None:
        unnamed = opening.levels > 0 and opening.name not in LISTS
        record = unnamed and _is_json(data[position : elements.end(position)])
        opening = None if record or not _opens_records(data[: opening.end], opening.levels, fields) else opening
    found: list[Any] = list(elements.cut(opening.end if opening else position))
    return Document(found or [data], opening is None and len(found) <= 1, False)


class _Opening(NamedTuple):
    """What stands before the records of a document: where it ends, the name of their list, the objects around it."""

    end: int
    name: str
    levels: int


def _opening(data: bytes, elements: Elements) -> _Opening | None:
    """Where the records of a broken document begin: a bare list, or the first list of objects in an object that has a
    known name or is broken itself. What is whole before it is passed over; what is not, or is last, is looked into."""
    start = re.match(rb"\s*", data)
    at = start.end() if start else 0
    if data[at : at + 1] == b"[":
        return _Opening(at + 1, "", 0)
    for levels in range(1, 1 + _LEVELS):
        if data[at : at + 1] != b"{":
            return None
        at += 1
        while key := _KEY.match(data, at):
            at = key.end()
            if data[at : at + 1] not in (b"{", b"["):
                scalar = _SCALAR.match(data, at)
                if scalar is None:
                    return None
                at = scalar.end()
                continue
            name, objects = key[1][1:-1].decode(errors="replace"), _OBJECTS.match(data, at)
            end = None if objects and name in LISTS else elements.end(at)
            if objects and (end is None or end == len(data)):
                return _Opening(at + 1, name, levels)
            if end is None or CLOSED.match(data, end):
                break
            at = end
        else:
            return None
    return None


def _is_json(text: bytes) -> bool:
    """Whether the standard library takes it, which takes more than msgspec does."""
    try:
        json.loads(text.decode("latin-1"), strict=False)
    except (ValueError, RecursionError):
        return False
    return True


def _opens_records(opening: bytes, levels: int, fields: Fields) -> bool:
    """Whether what stands before a list is that of objects around records, not of a record that has a text."""
    if not levels:
        return True
    try:
        held = RAW_OBJECT.decode(opening + b"]" + b"}" * levels)
        return not text_in(held, {}, fields) and not any(fields.fills(name, *HEADS) for name in held)
    except REFUSED:
        return True


def element_pieces(document: Document) -> Iterator[Piece]:
    """Records of an array in pieces of about a batch."""
    records, single, sound, _ = document
    start = size = longest = 0
    for number, part in enumerate(records):
        length = memoryview(part).nbytes
        if size and size + length > BATCH_BYTES:
            yield Piece(records=records[start:number], sound=sound, longest=longest, single=single)
            start, size, longest = number, 0, 0
        size += length
        longest = max(longest, length)
    if records:
        yield Piece(records=records[start:], sound=sound, longest=longest, single=single)
