"""The shipped lexicon as it is searched, so that a process need not build it from the TOML.

``data/lexicon.npz`` holds what :func:`dedup.arabic.lexicon.built` makes of the TOML files: the entries, the phrase
table and what each phrase means. It is made by

    python -m dedup.arabic.lexicon

and carries the hash of the files it was made from. Those stay the source of truth: the table of other files is passed
over, and the lexicon built, which takes longer and finds the same. tests/test_lexicon.py holds the two equal.

Stored is what cannot be told from something else: of the open addressing table the filled slots, of the words' hashes
the distinct ones, of the meanings likewise (1,700 for 31,000 phrases); the bitmap follows from the keys.

Cost: at the start of a process lexicon and fold table (:mod:`dedup.arabic.compiled_fold`) take 21 ms of processor time
to read, the lexicon nearly all of it. To build them would take 360: fold table 34, phrase table 270, the rest TOML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import orjson
import xxhash

from dedup.arabic.phrase_table import Agency, Furniture, Meaning, PhraseTable, bitmap_of

SOURCES = ("agencies.toml", "furniture.toml", "places.toml", "words.toml")
_FILE = "lexicon.npz"

Parts = tuple[dict[str, Agency], dict[str, Furniture], PhraseTable]


def data() -> Traversable:
    """The folder of the lexicon's files."""
    return resources.files("dedup.arabic") / "data"


def fingerprint() -> str:
    """A hash of the files that the lexicon is made from."""
    hashed = xxhash.xxh3_128()
    for name in SOURCES:
        hashed.update((data() / name).read_bytes().replace(b"\r\n", b"\n"))
    return hashed.hexdigest()


def stored() -> Parts | None:
    """Agencies and furniture by id, and their phrase table; None if none is stored for these very files."""
    file = data() / _FILE
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as arrays:
        entries = orjson.loads(arrays["entries"].tobytes())
        if entries["fingerprint"] != fingerprint():
            return None
        agencies = {one[0]: Agency(*_frozen(one)) for one in entries["agencies"]}
        furniture = {one[0]: Furniture(*_frozen(one)) for one in entries["furniture"]}
        meanings = [
            Meaning(what, sure, words, agencies.get(agency), furniture.get(kind))
            for what, sure, words, agency, kind in entries["meanings"]
        ]
        return agencies, furniture, _table(dict(arrays), entries["slots"], meanings)


def _frozen(entry: list[Any]) -> Iterator[Any]:
    return (tuple(value) if isinstance(value, list) else value for value in entry)


def _table(arrays: dict[str, npt.NDArray[np.uint64]], slots: int, meanings: list[Meaning]) -> PhraseTable:
    keys, group = np.zeros(slots, np.uint64), np.zeros(slots, np.int32)
    keys[arrays["slot"]] = arrays["key"]
    group[arrays["slot"]] = arrays["group"]
    return PhraseTable(
        bitmap_of(arrays["key"]), keys, group, arrays["group_at"].astype(np.int32),
        arrays["phrase_at"].astype(np.int32), arrays["distinct"][arrays["word"]], arrays["place"].astype(np.uint8),
        arrays["announcing"], tuple(map(meanings.__getitem__, arrays["meaning"].tolist())),
    )  # fmt: skip


def store(path: Path, agencies: dict[str, Agency], furniture: dict[str, Furniture], table: PhraseTable) -> None:
    """Write what :func:`stored` reads."""
    slot = np.flatnonzero(table.keys)
    distinct, word = np.unique(table.words, return_inverse=True)
    columns = [
        (one.what, one.sure, one.words, one.agency and one.agency.id, one.furniture and one.furniture.id)
        for one in table.meanings
    ]
    number = {column: n for n, column in enumerate(dict.fromkeys(columns))}
    entries = {
        "fingerprint": fingerprint(),
        "slots": len(table.keys),
        "agencies": [astuple(one) for one in agencies.values()],
        "furniture": [astuple(one) for one in furniture.values()],
        "meanings": list(number),
    }
    np.savez_compressed(
        path / _FILE, entries=np.frombuffer(orjson.dumps(entries), np.uint8), slot=slot.astype(np.uint32),
        key=table.keys[slot], group=table.group[slot].astype(np.uint16), group_at=table.group_at.astype(np.uint16),
        phrase_at=table.phrase_at, distinct=distinct, word=word.astype(np.uint16), place=table.place,
        announcing=table.announcing, meaning=np.array([number[column] for column in columns], np.uint16),
    )  # fmt: skip
