"""JSON files cut into pieces: lines by line breaks, arrays by msgspec, what neither can cut by the standard library.

The name's ending is only a hint: many a ``.json`` holds one object a line, and some ``.jsonl`` an array, an object with
its records inside or one over several lines. The first bytes decide. Lines are streamed, so memory is bounded by the
longest record; a line longer than the limit is dropped while it passes by, never held. An array (or an object with an
array of objects inside) is held whole as bytes; its records are cut out without decoding (msgspec's ``Raw``: 81 MB in
0.05 s), so a huge array costs its own size and little more.

When one record inside an array is broken msgspec refuses the whole; then :mod:`dedup.corpus.json_recovery` looks for
the elements one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import msgspec

from dedup.corpus.fields import Fields
from dedup.corpus.json_pieces import Piece
from dedup.corpus.json_recovery import Elements
from dedup.corpus.json_values import INNER, opened, text_of
from dedup.settings import BATCH_BYTES

LISTS = (
    "articles", "items", "data", "results", "news", "documents", "docs", "hits", "records", "entries", "posts", "rows",
)  # fmt: skip
"""Names under which an object holds its list of records, best first; otherwise the only list of objects counts."""

HEADS = ("title", "byline", "url", "id", "published")
"""What an article has and an envelope around articles has not: where an object has one of these, a list of objects
without a known name is that of its pictures or comments, and so is one further in."""
NEVER = ("comments", "replies", "related", "related_articles", "relatedarticles")
"""Names of lists beside an article that are none of articles."""

_RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])
_RAW_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
_OPENING = re.compile(rb"\s*(\{[^\[{]{0,2000}?:\s*)?\[")
_HEADED = re.compile(rb'"(?:title|headline|text|id|url)"\s*:')
"""A field that an article has and what stands around articles has not."""
_REFUSED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


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
    except _REFUSED:
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
    """The records of a JSON document as bytes; ``single``: it is itself one record; ``sound``: all of it is JSON."""

    records: list[Any]
    single: bool
    sound: bool


def document(data: bytes, fields: Fields) -> Document:
    """The records of a JSON document."""
    try:
        if data.lstrip()[:1] == b"[":
            return Document(_RAW_LIST.decode(data), False, True)
        inside = _list_inside(_RAW_OBJECT.decode(data), fields)
    except _REFUSED:
        return recovered(data, fields)
    return Document([data], True, True) if inside is None else Document(inside, False, True)


def _list_inside(document: dict[str, msgspec.Raw], fields: Fields) -> list[Any] | None:
    """The list of records an object holds under one of its keys, or one of a known name a level deeper
    (``response.docs``). None for an object that is itself a record: it has a text, with a title, id, day or address of
    its own, or without a list of a known name that holds longer ones (of comments the texts are shorter)."""
    lists = _lists_of_objects(document)
    found, headed = _of_known_name(lists), any(fields.fills(name, *HEADS) for name in document)
    own = _text(document, lists, fields)
    if own:
        around = found is not None and not headed and any(_longer(raw, own, fields) for raw in found)
        return found if around else None
    if found is not None or headed:
        return found
    if any(_longer(raw, "", fields) for name, raw in document.items() if name not in lists):
        return None
    for name in sorted(name for name, raw in document.items() if bytes(memoryview(raw)[:1]) == b"{"):
        found = _of_known_name(_lists_of_objects(_RAW_OBJECT.decode(document[name])))
        if found is not None:
            return found
    lists = {name: parts for name, parts in lists.items() if name.lower() not in NEVER}
    return next(iter(lists.values())) if len(lists) == 1 else None


def _longer(raw: msgspec.Raw, text: str, fields: Fields) -> bool:
    """Whether a value is an object with a text of its own, longer than another."""
    if bytes(memoryview(raw)[:1]) != b"{":
        return False
    inside = _RAW_OBJECT.decode(raw)
    return len(_text(inside, _lists_of_objects(inside), fields)) > len(text)


def _of_known_name(lists: dict[str, list[Any]]) -> list[Any] | None:
    lowered = {name.lower(): name for name in sorted(lists, reverse=True)}
    return next((lists[lowered[name]] for name in LISTS if name in lowered), None)


def _text(document: dict[str, msgspec.Raw], lists: dict[str, list[Any]], fields: Fields) -> str:
    """The longest text of an object's own, in a field that is no list of objects; empty if it has none."""
    looked_into = {INNER, *(path.partition(".")[0] for path in fields.paths)}
    texts = {name: raw for name, raw in document.items() if name in looked_into or fields.fills(name, "text")}
    found = opened({name: msgspec.json.decode(raw) for name, raw in texts.items() if name not in lists}, fields)
    texts_of = [(text_of(value) or "").strip() for name, value in found.items() if fields.fills(name, "text")]
    return max(texts_of, key=len, default="")


def _lists_of_objects(document: dict[str, msgspec.Raw]) -> dict[str, list[Any]]:
    """The lists of an object that hold objects, and nothing else but null."""
    lists = {}
    for name, raw in document.items():
        if bytes(memoryview(raw)[:1]) == b"[":
            parts = _RAW_LIST.decode(raw)
            kinds = {bytes(memoryview(part)[:1]) for part in parts}
            if b"{" in kinds and kinds <= {b"{", b"n"}:
                lists[name] = parts
    return lists


def recovered(data: bytes, fields: Fields) -> Document:
    """The elements of a broken document; a broken element is given as it stands, for its reason to be found."""
    elements = Elements(data)
    position = max(data.find(b"{"), 0)
    opening = None if elements.one_ends(position) else _OPENING.match(data)
    opening = opening if opening and _opens_records(opening[0], fields) else None
    found: list[Any] = list(elements.cut(opening.end() if opening else position))
    return Document(found or [data], opening is None and len(found) <= 1, False)


def _opens_records(opening: bytes, fields: Fields) -> bool:
    """Whether what stands before a list is that of an object around records, not of a record that has a text."""
    if opening.lstrip().startswith(b"["):
        return True
    try:
        held = _RAW_OBJECT.decode(opening + b"]}")
        return not _text(held, {}, fields) and not any(fields.fills(name, *HEADS) for name in held)
    except _REFUSED:
        return True


def element_pieces(document: Document) -> Iterator[Piece]:
    """Records of an array in pieces of about a batch."""
    records, single, sound = document
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
