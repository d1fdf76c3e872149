"""The lexicon: agencies, furniture and places, from TOML files to checked entries.

Four files lie in ``data/``; their heads explain the fields. Agencies, furniture, places and some of the plain words
(:mod:`dedup.arabic.words`) make the table of known phrases. A user's own file (``--lexicon``) holds entries of the same
form as agencies and furniture; an entry with an id that exists adds its names or phrases to it. The shipped files are
also kept ready for use (:mod:`dedup.arabic.compiled_lexicon`); after a change to them, ``python -m
dedup.arabic.lexicon`` makes that anew. Whatever is not understood is refused with the file and the entry: a misspelt
field that is silently passed over would look like an agency that never occurs.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dedup.arabic.compiled_lexicon import data, store, stored
from dedup.arabic.phrase_table import AGENCY, AT, FURNITURE, Agency, Furniture, PhraseTable, phrase_table
from dedup.arabic.words import words
from dedup.errors import LexiconUnreadable
from dedup.settings import digits_of

LABELS = frozenset(words("labels"))
EXTENTS = frozenset(words("extents"))
KINDS = frozenset({"agency", "wire", "press-release", "outlet", "pictures"})
_AGENCY_FIELDS = {"id", "name", "latin", "country", "kind", "names", "short", "letters", "sites", "example", "world"}
_FURNITURE_FIELDS = {"id", "label", "phrases", "at", "colon", "extent", "example"}
_OUTLET = "outlet"
"""Entries of the same file that :mod:`dedup.corpus.outlets` reads and checks."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Agencies by id, the kinds of furniture, and the table that finds their words."""

    agencies: dict[str, Agency]
    furniture: tuple[Furniture, ...]
    table: PhraseTable = field(repr=False)
    own: str | None = None
    """16 hex digits of the user's file, as it was read."""


def load(extra: Path | None = None) -> Lexicon:
    """The shipped lexicon, with the entries of ``extra`` added. Raises LexiconUnreadable."""
    ready = stored() if extra is None else None
    if ready is None:
        return built(extra)
    agencies, furniture, table = ready
    return Lexicon(agencies, tuple(furniture.values()), table)


def built(extra: Path | None = None) -> Lexicon:
    """The same, out of the TOML files."""
    agencies: dict[str, Agency] = {}
    furniture: dict[str, Furniture] = {}
    for name in ("agencies.toml", "furniture.toml"):
        _add(_parsed(name, (data() / name).read_bytes()), name, agencies, furniture)
    own = None
    if extra is not None:
        try:
            raw = extra.read_bytes()
        except OSError as error:
            raise LexiconUnreadable(str(extra), None, f"could not be read ({error.strerror})") from None
        _add(_parsed(str(extra), raw), str(extra), agencies, furniture)
        own = digits_of(raw)
    places = tuple(tomllib.loads((data() / "places.toml").read_text("utf-8"))["names"])
    return Lexicon(agencies, tuple(furniture.values()), phrase_table(agencies, furniture, places), own)


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
            where = f"{key} {entry.get('id', number)!s}" if isinstance(entry, dict) else f"{key} {number}"
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
    kind = entry.get("kind", known.kind if known else "agency")
    if kind not in KINDS:
        raise LexiconUnreadable(path, where, f"kind '{kind}' is none of {', '.join(sorted(KINDS))}")
    world = entry.get("world", known.world if known else False)
    if not isinstance(world, bool):
        raise LexiconUnreadable(path, where, "'world' is neither true nor false")
    if known:
        lists = {key: (*getattr(known, key), *value) for key, value in lists.items()}
    texts = {
        key: str(entry.get(key, getattr(known, key) if known else ""))
        for key in ("name", "latin", "country", "example")
    }
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
    chosen = {key: entry.get(key, getattr(known, key) if known else "") for key in ("label", "at", "extent", "example")}
    for key, allowed in (("label", LABELS), ("at", AT), ("extent", EXTENTS)):
        if chosen[key] not in allowed:
            raise LexiconUnreadable(path, where, f"{key} '{chosen[key]}' is none of {', '.join(sorted(allowed))}")
    colon = bool(entry.get("colon", known.colon if known else False))
    furniture[entry["id"]] = Furniture(id=entry["id"], phrases=phrases, colon=colon, **chosen)


def _check(entry: Any, allowed: set[str], needed: set[str], path: str, where: str) -> None:
    if not isinstance(entry, dict):
        raise LexiconUnreadable(path, where, "is not a table")
    unknown, missing = sorted(entry.keys() - allowed), sorted(needed - entry.keys())
    if unknown:
        raise LexiconUnreadable(path, where, f"unknown field '{unknown[0]}'; there are {', '.join(sorted(allowed))}")
    if missing or not isinstance(entry["id"], str):
        raise LexiconUnreadable(path, where, f"field '{(missing or ['id'])[0]}' is missing or no text")


def _strings(entry: dict[str, Any], key: str, path: str, where: str) -> tuple[str, ...]:
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise LexiconUnreadable(path, where, f"'{key}' is not a list of texts")
    return tuple(values)


def main() -> None:
    """Store the shipped lexicon ready for use."""
    lexicon = built()
    furniture = {one.id: one for one in lexicon.furniture}
    store(Path(str(data())), lexicon.agencies, furniture, lexicon.table)


if __name__ == "__main__":
    main()
