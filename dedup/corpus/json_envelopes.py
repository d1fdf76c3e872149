"""An object around records: which of its lists holds them.

The lists are told by their names and by what stands beside them, for a record may have lists too: of pictures, tags, or
comments. One list is read. Where others hold texts as well they are counted, and a notice says so: as often as not they
are the same articles once more (``latest``, ``popular``), which would be found to copy each other. Where the user asks
for a path into a list (``messages.text``), that list is read.

A Telegram export names its channel once, beside the messages; each record is given that name as its outlet.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import msgspec

from dedup.corpus.fields import Fields
from dedup.corpus.json_values import INNER, opened, text_of

LISTS = (
    "articles", "items", "data", "results", "news", "documents", "docs", "hits", "records", "entries", "posts", "rows",
    "messages",
)  # fmt: skip
"""Names under which an object holds its list of records, best first; otherwise the only list of objects counts."""

HEADS = ("title", "byline", "url", "id", "published")
"""What an article has and an envelope around articles has not: where an object has one of these, a list of objects
without a known name is that of its pictures or comments, and so is one further in."""
NEVER = ("comments", "replies", "related", "related_articles", "relatedarticles")
"""Names of lists beside an article that are none of articles."""

RAW_LIST = msgspec.json.Decoder(list[msgspec.Raw])
RAW_OBJECT = msgspec.json.Decoder(dict[str, msgspec.Raw])
REFUSED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What these raise where bytes are no such JSON."""


class Inside(NamedTuple):
    """The records of an object as bytes; ``beside``: its other lists of records, by name, and how many each holds."""

    records: list[Any]
    beside: dict[str, int]


def articles_in(line: bytes, fields: Fields) -> Inside | None:
    """:func:`list_inside` of a record without a text of its own, as bytes; None where it is no object around others."""
    try:
        return list_inside(RAW_OBJECT.decode(line), fields)
    except REFUSED:
        return None


def list_inside(document: dict[str, msgspec.Raw], fields: Fields) -> Inside | None:
    """The list of records an object holds under one of its keys, or one of a known name a level deeper
    (``response.docs``). None for an object that is itself a record: it has a text, with a title, id, day or address of
    its own, or without a list of a known name that holds longer ones (of comments the texts are shorter)."""
    lists = _lists_of_objects(document)
    for path in fields.paths:
        name, _, inner = path.partition(".")
        if name in lists and not inner[:1].isdecimal():
            return _inside(lists, name, fields)
    if "messages" in lists and "name" in document and "type" in document:
        lists["messages"] = [_of_channel(raw, document["name"]) for raw in lists["messages"]]
    found, headed = _of_known_name(lists), any(fields.fills(name, *HEADS) for name in document)
    own = text_in(document, lists, fields)
    if own:
        around = found is not None and not headed and any(_longer(raw, own, fields) for raw in lists[found])
        return _inside(lists, found, fields) if around else None
    if found is not None or headed:
        return _inside(lists, found, fields)
    if any(_longer(raw, "", fields) for name, raw in document.items() if name not in lists):
        return None
    for name in sorted(name for name, raw in document.items() if bytes(memoryview(raw)[:1]) == b"{"):
        deeper = _lists_of_objects(RAW_OBJECT.decode(document[name]))
        if (found := _of_known_name(deeper)) is not None:
            return _inside({**lists, **deeper}, found, fields)
    lists = {name: parts for name, parts in lists.items() if name.lower() not in NEVER}
    return Inside(next(iter(lists.values())), {}) if len(lists) == 1 else None


def _inside(lists: dict[str, list[Any]], chosen: str | None, fields: Fields) -> Inside | None:
    """One of an object's lists, and which others hold texts that are no comments."""
    if chosen is None:
        return None
    others = {name: lists[name] for name in sorted(lists) if name != chosen and name.lower() not in NEVER}
    texts = (name for name, parts in others.items() if any(_longer(raw, "", fields) for raw in parts))
    return Inside(lists[chosen], {name: len(others[name]) for name in texts})


def _of_channel(raw: msgspec.Raw, channel: msgspec.Raw) -> msgspec.Raw:
    """A message with the name of its channel as outlet."""
    held = RAW_OBJECT.decode(raw) if bytes(memoryview(raw)[:1]) == b"{" else None
    return raw if not held else msgspec.Raw(msgspec.json.encode({"outlet": channel, **held}))


def _longer(raw: msgspec.Raw, text: str, fields: Fields) -> bool:
    """Whether a value is an object with a text of its own, longer than another."""
    if bytes(memoryview(raw)[:1]) != b"{":
        return False
    inside = RAW_OBJECT.decode(raw)
    return len(text_in(inside, _lists_of_objects(inside), fields)) > len(text)


def _of_known_name(lists: dict[str, list[Any]]) -> str | None:
    """The name of the list that has the best of the known ones."""
    lowered = {name.lower(): name for name in sorted(lists, reverse=True)}
    return next((lowered[name] for name in LISTS if name in lowered), None)


def text_in(document: dict[str, msgspec.Raw], lists: dict[str, list[Any]], fields: Fields) -> str:
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
            parts = RAW_LIST.decode(raw)
            kinds = {bytes(memoryview(part)[:1]) for part in parts}
            if b"{" in kinds and kinds <= {b"{", b"n"}:
                lists[name] = parts
    return lists
