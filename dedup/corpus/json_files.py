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
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import msgspec

from dedup.corpus.fields import Fields
from dedup.corpus.json_envelopes import HEADS, LISTS, RAW_LIST, RAW_OBJECT, REFUSED, list_inside, text_in
from dedup.corpus.json_pieces import Piece
from dedup.corpus.json_recovery import CLOSED, STRING, Elements, past
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


def _complete(line: bytes | memoryview) -> bool:
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
    return _sound(data, fields) or recovered(data, fields)


def _sound(data: bytes, fields: Fields) -> Document | None:
    """The same of a sound one; None of others."""
    try:
        if data.lstrip()[:1] == b"[":
            return Document(RAW_LIST.decode(data), False, True)
        inside = list_inside(RAW_OBJECT.decode(data), fields)
    except REFUSED:
        return None
    return Document([data], True, True) if inside is None else Document(inside.records, False, True, inside.beside)


def _sound_within(data: bytes, start: int, end: int, fields: Fields) -> Document | None:
    """The same of a part of a file. An object without a list of objects is a record, sound or not."""
    part = data[start:end]
    return Document([part], True, False) if part[:1] == b"{" and not _OBJECTS.search(part) else _sound(part, fields)


def recovered(data: bytes, fields: Fields) -> Document:
    """The elements of a broken document, or of several one behind another; a broken element is given as it stands, for
    its reason to be found."""
    elements = Elements(data)
    found: list[Any] = []
    beside: Counter[str] = Counter()
    envelope: _Opening | None = None
    single, position = True, 0
    while not CLOSED.match(data, position := past(data, position)):
        if elements.begins_document(position):
            end = elements.end(position, looked_into=True)
            if end and (sound := _sound_within(data, position, end, fields)):
                found += sound.records
                beside.update(sound.beside)
                single &= sound.single
                elements.forget(position)
                position = end
                continue
            if opening := _opening_at(data, position, end, elements, fields):
                envelope, position, single = opening if opening.around else None, opening.end, False
                continue
        elif data[position] in b"]}":
            if envelope and data[position] == ord("]") and (end := elements.rest(envelope.around, position + 1)):
                emptied = data[envelope.around[0] : envelope.end] + b"{}" + data[position:end]
                beside.update(held.beside if (held := _sound(emptied, fields)) else {})
                envelope, position = None, end - 1
            position += 1
            continue
        stop = elements.stop(position, envelope.around if envelope else ())
        found.append(data[position:stop])
        position = stop
    return Document(found or [data], single and len(found) <= 1, False, beside)


class _Opening(NamedTuple):
    """What stands before the records of a document: where it ends, the name of their list, where the objects around it
    open."""

    end: int
    name: str
    around: tuple[int, ...]


def _opening_at(data: bytes, position: int, end: int | None, elements: Elements, fields: Fields) -> _Opening | None:
    """Where the records of a broken document begin; None where it is itself one."""
    opening = _opening(data, position, elements)
    if opening is None or not opening.around:
        return opening
    unnamed = opening.name not in LISTS
    if unnamed and end and data[end - 1] == ord("}") and _is_json(data[position:end]):
        return None
    return opening if _opens_records(data[position : opening.end], len(opening.around), fields) else None


def _opening(data: bytes, at: int, elements: Elements, around: tuple[int, ...] = ()) -> _Opening | None:
    """Where the records of a broken document begin: a bare list, or in an object the list of objects that has a known
    name; else what is no JSON, be it a list of objects or an object with one. What is broken has nothing behind it."""
    if data[at : at + 1] == b"[":
        return _Opening(at + 1, "", around)
    if len(around) == _LEVELS:
        return None
    around, at = (*around, at), at + 1
    others: list[_Opening] = []
    while key := _KEY.match(data, at):
        at = key.end()
        if data[at : at + 1] not in (b"{", b"["):
            scalar = _SCALAR.match(data, at)
            if scalar is None:
                break
            at = scalar.end()
            continue
        name, objects = key[1][1:-1].decode(errors="replace"), _OBJECTS.match(data, at)
        if objects and name in LISTS:
            return _Opening(at + 1, name, around)
        end = elements.end(at, looked_into=True)
        if end is None or not _complete(memoryview(data)[at:end]):
            if objects:
                others.append(_Opening(at + 1, name, around))
            elif data[at] == ord("{") and (deeper := _opening(data, at, elements, around)):
                others.append(deeper)
        if end is None:
            break
        at = end
    return min(others, key=lambda opening: opening.name not in LISTS, default=None)


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
