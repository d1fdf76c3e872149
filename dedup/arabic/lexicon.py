"""The lexicon: agencies, furniture and places, from TOML files to checked entries.

Four files lie in ``data/``; their heads explain the fields. Agencies, furniture, places and some of the plain words
(:mod:`dedup.arabic.words`) make the table of known phrases. A user's own file (``--lexicon``) holds entries of the same
form as agencies and furniture; an entry with an id that exists adds its names or phrases to it. The shipped files are
also kept ready for use (:mod:`dedup.arabic.compiled_lexicon`); after a change to them, ``python -m
dedup.arabic.lexicon`` makes that anew. Whatever is not understood is refused with the file and the entry: a misspelt
field that is silently passed over would look like an agency that never occurs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dedup.arabic.compiled_lexicon import data, store, stored
from dedup.arabic.fold import fold
from dedup.arabic.phrase_table import AGENCY, AT, FURNITURE, Agency, Furniture, PhraseTable, phrase_table
from dedup.arabic.words import words
from dedup.corpus.outlets import Outlets, lexicon_bytes, shipped
from dedup.errors import LexiconUnreadable
from dedup.settings import digits_of

LABELS = frozenset(words("labels"))
EXTENTS = frozenset(words("extents"))
KINDS = frozenset({"agency", "wire", "press-release", "outlet", "pictures"})
_AGENCY_FIELDS = {"id", "name", "latin", "country", "kind", "names", "short", "letters", "sites", "example", "world"}
_FURNITURE_FIELDS = {"id", "label", "phrases", "at", "colon", "extent", "example"}
_PLAIN = re.compile(r"[A-Za-z0-9\u0621-\u063a\u0641-\u064a]")
"""A letter or number that folding keeps; asked before folding, which takes 60 us a text."""
_NO_HOST = re.compile(r"^www\.|[^a-z0-9.\-]")
"""In a site: a host as outlets have it, or its first labels."""
_OUTLET = "outlet"
"""Entries of the same file that :mod:`dedup.corpus.outlets` reads and checks."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Agencies by id, the kinds of furniture, the table that finds their words, and the outlets by name and host."""

    agencies: dict[str, Agency]
    furniture: tuple[Furniture, ...]
    table: PhraseTable = field(repr=False)
    outlets: Outlets = field(repr=False)
    own: str | None = None
    """16 hex digits of the user's file, as it was read."""


def load(extra: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the entries of ``extra`` added. Raises LexiconUnreadable."""
    ready = stored() if extra is None else None
    if ready is None:
        return built(extra)
    agencies, furniture, table = ready
    return Lexicon(agencies, tuple(furniture.values()), table, shipped())


def built(extra: Path | None = None) -> Lexicon:
    """The same, out of the TOML files."""
    agencies: dict[str, Agency] = {}
    furniture: dict[str, Furniture] = {}
    for name in ("agencies.toml", "furniture.toml"):
        _add(_parsed(name, (data() / name).read_bytes()), name, agencies, furniture)
    own = None
    if extra is not None:
        try:
            raw = lexicon_bytes(str(extra))
        except OSError as error:
            raise LexiconUnreadable(str(extra), None, f"could not be read ({error.strerror})") from None
        _add(_parsed(str(extra), raw), str(extra), agencies, furniture)
        own = digits_of(raw)
    places = tuple(tomllib.loads((data() / "places.toml").read_text("utf-8"))["names"])
    outlets = shipped() if extra is None else Outlets(str(extra))
    return Lexicon(agencies, tuple(furniture.values()), phrase_table(agencies, furniture, places), outlets, own)


def _parsed(path: str, raw: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(raw.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconUnreadable(path, None, f"is not TOML in UTF-8 ({error})") from None


def _add(parsed: dict[str, Any], path: str, agencies: dict[str, Agency], furniture: dict[str, Furniture]) -> None:
    for key, entries in parsed.items():
        if key == _OUTLET and isinstance(entries, list):
            continue
        if key not in (AGENCY, FURNITURE) or not isinstance(entries, list):
            raise LexiconUnreadable(path, None, f"'{key}' is none of [[agency]], [[furniture]], [[outlet]]")
        for number, entry in enumerate(entries, 1):
            if not isinstance(entry, dict):
                raise LexiconUnreadable(path, f"{key} {number}", "is not a table")
            where = f"{key} {entry.get('id') or number!s}"
            if key == AGENCY:
                _add_agency(entry, path, where, agencies)
            else:
                _add_furniture(entry, path, where, furniture)


def _add_agency(entry: dict[str, Any], path: str, where: str, agencies: dict[str, Agency]) -> None:
    known = agencies.get(str(entry.get("id", "")))
    _check(entry, _AGENCY_FIELDS, {"id"} if known else {"id", "name"}, path, where)
    lists = {key: _strings(entry, key, path, where) for key in ("names", "short", "letters", "sites")}
    if not any(lists[key] for key in ("names", "short", "letters")):
        raise LexiconUnreadable(path, where, "has none of names, short, letters")
    for site in lists["sites"]:
        if _NO_HOST.search(site):
            raise LexiconUnreadable(path, where, f"site '{site}' is no host such as 'example.com', without www")
    kind = _one_of(entry, "kind", KINDS, known.kind if known else "agency", path, where)
    world = _truth(entry, "world", known.world if known else False, path, where)
    if known:
        lists = {key: (*getattr(known, key), *value) for key, value in lists.items()}
    texts = {
        key: _text(entry, key, getattr(known, key) if known else "", path, where)
        for key in ("name", "latin", "country", "example")
    }
    if not texts["name"].strip():
        raise LexiconUnreadable(path, where, "'name' is empty")
    agencies[entry["id"]] = Agency(
        entry["id"], texts["name"], texts["latin"], texts["country"], kind,
        lists["names"], lists["short"], lists["letters"], lists["sites"], texts["example"],
        world,
    )  # fmt: skip


def _add_furniture(entry: dict[str, Any], path: str, where: str, furniture: dict[str, Furniture]) -> None:
    known = furniture.get(str(entry.get("id", "")))
    _check(
        entry,
        _FURNITURE_FIELDS,
        {"id", "phrases"} if known else {"id", "label", "phrases", "at", "extent"},
        path,
        where,
    )
    phrases = _strings(entry, "phrases", path, where)
    if not phrases:
        raise LexiconUnreadable(path, where, "has no phrases")
    if known:
        phrases = (*known.phrases, *phrases)
    chosen = {
        key: _one_of(entry, key, allowed, getattr(known, key) if known else "", path, where)
        for key, allowed in (("label", LABELS), ("at", AT), ("extent", EXTENTS))
    }
    example = _text(entry, "example", known.example if known else "", path, where)
    colon = _truth(entry, "colon", known.colon if known else False, path, where)
    furniture[entry["id"]] = Furniture(id=entry["id"], phrases=phrases, colon=colon, example=example, **chosen)


def _check(entry: dict[str, Any], allowed: set[str], needed: set[str], path: str, where: str) -> None:
    unknown, missing = sorted(entry.keys() - allowed), sorted(needed - entry.keys())
    if unknown:
        raise LexiconUnreadable(path, where, f"unknown field '{unknown[0]}'; there are {', '.join(sorted(allowed))}")
    if missing or not isinstance(entry["id"], str) or not entry["id"].strip():
        raise LexiconUnreadable(path, where, f"field '{(missing or ['id'])[0]}' is missing or no text")


def _strings(entry: dict[str, Any], key: str, path: str, where: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise LexiconUnreadable(path, where, f"'{key}' is not a list of texts")
    for value in values:
        if key != "sites" and not _PLAIN.search(value) and not any(token.folded for token in fold(value)):
            raise LexiconUnreadable(
                path, where, f"'{value}' in '{key}' holds no letter or number that a text is read by"
            )
    return tuple(values)


def _text(entry: dict[str, Any], key: str, known: str, path: str, where: str) -> str:
    value = entry.get(key, known)
    if not isinstance(value, str):
        raise LexiconUnreadable(path, where, f"'{key}' is {value!r}, and no text in quotation marks")
    return value


def _truth(entry: dict[str, Any], key: str, known: bool, path: str, where: str) -> bool:
    value = entry.get(key, known)
    if not isinstance(value, bool):
        raise LexiconUnreadable(path, where, f"'{key}' is neither true nor false")
    return value


def _one_of(entry: dict[str, Any], key: str, allowed: Collection[str], known: str, path: str, where: str) -> str:
    value = entry.get(key, known)
    if not isinstance(value, str) or value not in allowed:
        raise LexiconUnreadable(path, where, f"{key} '{value}' is none of {', '.join(sorted(allowed))}")
    return value


def main() -> None:
    """Store the shipped lexicon ready for use."""
    lexicon = built()
    furniture = {one.id: one for one in lexicon.furniture}
    store(Path(str(data())), lexicon.agencies, furniture, lexicon.table)


if __name__ == "__main__":
    main()
