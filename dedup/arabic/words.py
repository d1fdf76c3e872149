"""Lists of plain words that rules ask about, kept in ``data/words.toml`` so that code holds rules only."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """One list, in its order."""
    return tuple(_lists()[name].split())


@functools.cache
def _lists() -> dict[str, str]:
    lists: dict[str, str] = tomllib.loads((resources.files("dedup.arabic") / "data" / "words.toml").read_text("utf-8"))
    return lists
