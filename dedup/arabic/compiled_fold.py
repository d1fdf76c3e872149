"""The fold table as it is used, so that a process need not ask for 33,000 code points one by one.

``data/fold.npz`` holds what the rules of :mod:`dedup.arabic.fold` make of them under one version of Unicode and one of
pyarabic; it is made by

    python -m dedup.arabic.compiled_fold

Where either is another, the table is built, so that what a letter folds to is always a matter of the rules, of pyarabic
and of the interpreter. tests/test_fold.py holds the two equal.

Cost: see :mod:`dedup.arabic.compiled_lexicon`.
"""

from __future__ import annotations

import unicodedata
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_FILE = "fold.npz"


class Asked(NamedTuple):
    """The entries of the code points that rules were asked about: ``codes`` int32, ascending, ``entries`` uint64; the
    expansions' UTF-8 end to end (uint8), and where each begins (int32, one longer than there are)."""

    codes: npt.NDArray[np.int32]
    entries: npt.NDArray[np.uint64]
    expansion_bytes: npt.NDArray[np.uint8]
    expansion_at: npt.NDArray[np.int32]


def stored(rules: bytes) -> Asked | None:
    """What is stored, None if that is nothing, or of another version of Unicode, or made by other ``rules`` (a hash of
    pyarabic's)."""
    file = resources.files("dedup.arabic") / "data" / _FILE
    if not file.is_file():
        return None
    with file.open("rb") as opened, np.load(opened) as arrays:
        if arrays["made_from"].tobytes() != _made_from(rules):
            return None
        codes = np.cumsum(arrays["gaps"], dtype=np.int32)
        return Asked(codes, arrays["entries"], arrays["expansion_bytes"], arrays["expansion_at"])


def store(path: Path, asked: Asked, rules: bytes) -> None:
    """Write what :func:`stored` reads into a folder."""
    version = np.frombuffer(_made_from(rules), np.uint8)
    gaps = np.diff(asked.codes, prepend=0).astype(np.uint16)
    np.savez_compressed(path / _FILE, made_from=version, gaps=gaps, **{n: getattr(asked, n) for n in Asked._fields[1:]})


def _made_from(rules: bytes) -> bytes:
    return unicodedata.unidata_version.encode() + b" " + rules


def main() -> None:
    """Store the table of this Python's Unicode and this pyarabic."""
    from dedup.arabic.fold import asked_entries, rules

    store(Path(str(resources.files("dedup.arabic") / "data")), asked_entries(), rules())


if __name__ == "__main__":
    main()
