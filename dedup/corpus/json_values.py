"""One JSON record -> strings: the slow, forgiving way, and the meaning the fast way must agree with.

A record is decoded by msgspec; what that refuses (a lone surrogate escape, NaN, a raw line break inside a string) goes
to the standard library's parser. Then every field of interest becomes a string or null:

* a number becomes its digits, so that numeric ids and epoch dates work; true and false become nothing;
* a list becomes its strings joined by ", " (several authors), an object the string it names itself by
  (``{"name": "Reuters"}``, ``{"$oid": "5f..."}``), and what lies deeper than names do becomes nothing;
* of a text nothing is guessed: a text that is no string makes the record unreadable;
* a lone surrogate becomes U+FFFD, one for one, so offsets stay what they were.

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

from dedup.corpus.fields import Fields
from dedup.corpus.json_shape import nested_too_deeply

SURROGATES = re.compile("[\ud800-\udfff]")
_ESCAPED_KEY = re.compile(rb'\\u[0-9a-fA-F]{4}[^"\\]*"\s*:')
_NAMED_BY = ("name", "title", "$oid", "$date", "$numberLong", "text", "value", "@value", "id")
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
    return found


def _maybe_twice(line: bytes, found: dict[str, Any], fields: Fields) -> bool:
    """A key of interest that does not stand in the line exactly once, or any key written with escapes."""
    for name in found:
        if fields.role_of(name) is not None and line.count(f'"{name}"'.encode(errors="replace")) != 1:
            return True
    return _ESCAPED_KEY.search(line) is not None


def _forgiving(line: bytes, fields: Fields) -> Any:
    """Decode with the standard library, watching for keys given twice at the top of the record."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken(f"the record is not valid UTF-8 (byte {error.start + 1} of the record)") from None
    twice: list[list[str]] = []

    def pairs(held: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(held)
        differing = [name for name, value in held if made[name] != value and value == value]
        twice.append(differing)
        return made

    try:
        found = json.loads(text, object_pairs_hook=pairs, strict=False)
    except RecursionError:
        raise Broken("the record is nested too deeply") from None
    except ValueError as error:
        raise Broken(f"the record is not valid JSON ({_cause(error)})") from None
    if isinstance(found, dict) and twice:
        for name in twice[-1]:
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


def strings(found: dict[str, Any], fields: Fields) -> dict[str, str | None] | None:
    """The fields of interest as strings; None when there is no text field at all."""
    row: dict[str, str | None] = {}
    wrong = None
    has_text = has_string = False
    for name, value in found.items():
        role = fields.role_of(name)
        if role is None:
            continue
        if role[0] == "text":
            has_text = True
            row[name] = None
            if isinstance(value, str):
                has_string = True
                row[name] = sound(value)
            elif value is not None:
                wrong = f"its text (field '{name}') is {_kind(value)}, not a text"
        else:
            row[name] = as_string(value)
    if wrong and not has_string:
        raise Broken(wrong)
    return row if has_text else None


def columns(rows: Iterable[dict[str, Any]]) -> dict[str, list[Any]]:
    """Rows turned into columns, names sorted so that nothing depends on which record came first."""
    held = list(rows)
    names = sorted({name for row in held for name in row})
    return {name: [row.get(name) for row in held] for name in names}
