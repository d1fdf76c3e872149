"""Lists of plain words that rules ask about, kept in ``data/words.toml`` so that code holds rules only."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources


@functools.cache
def words(name: str) -> tuple[str, ...]:
    """One list, in its order."""
    raw = (resources.files("dedup.arabic") / "data" / "words.toml").read_text("utf-8")
    lists: dict[str, str] = tomllib.loads(raw)
    return tuple(lists[name].split())
