"""One JSON record -> strings: the slow, forgiving way, and the meaning the fast way must agree with.

A record is decoded by msgspec; what that refuses (a lone surrogate escape, NaN, a raw line break inside a string) goes
to the standard library's parser. Then every field of interest becomes a string or null:

* a number becomes its digits, so that numeric ids and epoch dates work; true and false become nothing;
* a list becomes its strings joined by ", " (several authors), an object the string it names itself by
  (``{"name": "Reuters"}``, ``{"$oid": "5f..."}``), and what lies deeper than names do becomes nothing;
* of a text nothing is guessed: a string, or where no field has one a list of strings (its paragraphs), the pieces of
  a Telegram post (strings, and objects with a ``type`` and a ``text``), the ``rendered`` of WordPress, or the longest
  ``value`` of Atom; anything else makes the record unreadable;
* a record without a text field has its description for a text, if that is long enough to be compared;
* a lone surrogate becomes U+FFFD, one for one, so offsets stay what they were.

What Elasticsearch writes around a record (``_source``) is taken off; the author whom WordPress puts in beside the
number it knows him by (``_embedded``) becomes the field ``author_name``; a path that the user asks for
(``content.rendered``, ``content.0.value``) becomes a field of that name. In a record out of a list a path may begin
with the list's name (``messages.text``).

The same key twice in a record with two values: which is meant cannot be known, so the record is unreadable. JSON
parsers keep the last and say nothing; so a record is parsed pair by pair whenever a key of interest does not stand in
it exactly once, or any key is written with escapes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from math import isfinite
from typing import Any

import msgspec

from dedup.corpus.fields import OWN, Fields, plain
from dedup.corpus.json_shape import nested_too_deeply
from dedup.corpus.markup import shown
from dedup.settings import MIN_WORDS

SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED_KEY = re.compile(rb'\\u[0-9a-fA-F]{4}[^"\\]*"\s*:')
_NAMED_BY = ("name", "title", "rendered", "$oid", "$date", "$numberLong", "text", "value", "@value", "id")
EMBEDDED = "_embedded"
"""Under which WordPress puts in what a post only names by numbers."""
INNER = "_source"
"""Under which a hit of Elasticsearch holds the record itself."""

DESCRIPTIONS = frozenset({"description", "summary"})
"""Plain names of what feeds hold a whole article in as often as its beginning."""
_DIGITS = 9
"""No list has a number of so many digits."""

_KINDS = {type(None): "null", str: "a text", bool: "true or false", int: "a number", float: "a number"}
_KINDS |= {list: "a list", dict: "an object"}


_DEEP = 32
"""Levels of lists and objects in which a field's strings are looked for, well above what any field has: a list of
persons, each with a name that is an object of its spellings, has four. (Each costs up to three of Python's calls, of
which there may be 1,000.)"""


class Broken(Exception):
    """A record cannot be read; its text says why."""


def record(line: bytes | memoryview, fields: Fields) -> dict[str, Any]:
    """The record in a line of JSON as a dict of its fields, unconverted."""
    line = bytes(line)
    if nested_too_deeply(line):
        raise Broken("the record is nested too deeply")
    try:
        found = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        found = _forgiving(line, fields)
    if not isinstance(found, dict):
        raise Broken(f"the record is {_kind(found)}, not an object with fields")
    if _maybe_twice(line, found, fields):
        found = _forgiving(line, fields)
        assert isinstance(found, dict)
    return opened(found, fields)


def opened(found: dict[str, Any], fields: Fields) -> dict[str, Any]:
    """A record with the fields that paths lead to; for a hit of Elasticsearch without a text, the record in it."""
    found = _with_author(_with_paths(found, fields))
    inner = found.get(INNER)
    if not isinstance(inner, dict) or any(fields.fills(name, "text") for name in found):
        return found
    named = any(fields.fills(name, "id") for name in inner)
    return _with_paths(inner if named else {"_id": found.get("_id"), **inner}, fields)


def _with_paths(found: dict[str, Any], fields: Fields) -> dict[str, Any]:
    for path in fields.paths:
        names = path.split(".")
        value = _at(found, names)
        if value is None:
            value = _at(found, names[1:])
        if value is not None:
            found.setdefault(path, value)
    return found


def _at(value: Any, names: list[str]) -> Any:
    """What lies at the end of a path of names, and numbers in lists; None where nothing does."""
    for name in names:
        if isinstance(value, list) and name.isdecimal() and len(name) < _DIGITS:
            value = value[int(name)] if int(name) < len(value) else None
        else:
            value = value.get(name) if isinstance(value, dict) else None
    return value


def _with_author(found: dict[str, Any]) -> dict[str, Any]:
    embedded = found.get(EMBEDDED)
    if isinstance(embedded, dict) and embedded.get("author") is not None:
        found.setdefault("author_name", embedded["author"])
    return found


def _maybe_twice(line: bytes, found: dict[str, Any], fields: Fields) -> bool:
    """A key of interest that does not stand in the line exactly once, or any key written with escapes."""
    inner = found.get(INNER)
    for name in (*found, *(inner if isinstance(inner, dict) else ())):
        if fields.role_of(name) is not None and line.count(f'"{name}"'.encode(errors="replace")) != 1:
            return True
    return _ESCAPED_KEY.search(line) is not None


def _forgiving(line: bytes, fields: Fields) -> Any:
    """Decode with the standard library, watching for keys given twice at the top of the record, or of one inside."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken(f"the record is not valid UTF-8 (byte {error.start + 1} of the record)") from None
    twice: dict[int, list[str]] = {}

    def pairs(held: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(held)
        twice[id(made)] = [name for name, value in held if made[name] != value and value == value]
        return made

    try:
        found = json.loads(text, object_pairs_hook=pairs, strict=False)
    except RecursionError:
        raise Broken("the record is nested too deeply") from None
    except ValueError as error:
        raise Broken(f"the record is not valid JSON ({_cause(error)})") from None
    if isinstance(found, dict):
        for name in twice[id(found)] + twice.get(id(found.get(INNER)), []):
            if fields.role_of(name) is not None:
                raise Broken(f"the key '{name}' stands twice in the record with different values")
    return found


def _cause(error: ValueError) -> str:
    """The parser's complaint without its line number, which would be that of the record."""
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg[0].lower()}{error.msg[1:].removesuffix(' at')}, character {error.pos + 1}"
    return "a number with too many digits"


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "something else")


def as_string(value: Any, deep: int = _DEEP) -> str | None:
    """A field other than the text as a string, or None; ``deep``: how many levels of it are looked at."""
    if isinstance(value, str):
        return sound(value)
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return None if not isfinite(value) else str(int(value)) if value.is_integer() else repr(value)
    if not deep:
        return None
    if isinstance(value, list):
        return ", ".join(part for one in value if (part := as_string(one, deep - 1)) is not None)
    return next((named for key in _NAMED_BY if (named := as_string(value.get(key), deep - 1)) is not None), None)


def sound(text: str) -> str:
    """A string that can be UTF-8: each lone surrogate becomes U+FFFD."""
    return text if text.isascii() else SURROGATES.sub("\ufffd", text)


def text_of(value: Any) -> str | None:
    """A text that is no string itself; None if there is none."""
    if isinstance(value, dict):
        value = value.get("rendered", value.get("value"))
    elif isinstance(value, list) and value:
        value = _of_list(value)
    return sound(value) if isinstance(value, str) else None


def _of_list(parts: list[Any]) -> str | None:
    """The text that a list holds: paragraphs, pieces of a post, or kinds of one text (plain, HTML)."""
    if all(isinstance(part, str) for part in parts):
        return "\n".join(parts)
    pieces = [part["text"] if isinstance(part, dict) and {"type", "text"} <= part.keys() else part for part in parts]
    if all(isinstance(piece, str) for piece in pieces):
        return "".join(pieces)
    kinds = [part.get("value") if isinstance(part, dict) else None for part in parts]
    return max(map(str, kinds), key=len) if all(isinstance(kind, str) for kind in kinds) else None


def description(found: dict[str, Any], fields: Fields) -> dict[str, str | None] | None:
    """The fields of interest of a record without a text field, its description being the text; None where it has none
    that is long enough."""
    described = [value for name, value in sorted(found.items()) if plain(name) in DESCRIPTIONS]
    texts = [text for value in described if (text := text_of(value) or as_string(value)) and _is_long(text)]
    return strings({**found, OWN + "text": max(texts, key=len)}, fields) if texts else None


def _is_long(text: str) -> bool:
    return len(shown(text).split()) >= MIN_WORDS


def strings(found: dict[str, Any], fields: Fields) -> dict[str, str | None] | None:
    """The fields of interest as strings; None when there is no text field at all."""
    row: dict[str, str | None] = {}
    texts: dict[str, Any] = {}
    for name, value in found.items():
        role = fields.role_of(name)
        if role is None:
            continue
        if role[0] == "text":
            texts[name] = value
            row[name] = sound(value) if isinstance(value, str) else None
        else:
            row[name] = as_string(value)
    if not any((row[name] or "").strip() for name in texts):
        row |= {name: text_of(value) for name, value in texts.items()}
    if all(row[name] is None for name in texts):
        for name, value in reversed(texts.items()):
            if value is not None:
                raise Broken(f"its text (field '{name}') is {_kind(value)}, not a text")
    return row if texts else None


def columns(rows: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    """Rows turned into columns, names sorted so that nothing depends on which record came first."""
    held = list(rows)
    names = sorted({name for row in held for name in row})
    return {name: [row.get(name) for row in held] for name in names}
