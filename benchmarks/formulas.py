"""The formulas of ``dedup/match/data/formulas.toml`` as phrases: what a desk writes whatever has happened.

    python -m benchmarks.formulas            counts the formulas and their phrases

A line is a formula with choices in braces; ``...`` is a slot, which no phrase crosses. The lines are never written out
(some stand for millions of sentences): only what precedes a word matters for the phrases that end with it, so a line is
walked with the set of all its last two words,

    (word before last, last word, letters of the word begun)

and every choice is taken from every such state. Cost: states times choices, a few seconds for the whole file.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from benchmarks.articles import ROOT

FILE = ROOT / "dedup" / "match" / "data" / "formulas.toml"
_SLOT = "..."
_CHOICE = re.compile(r"\{([^{}]*)\}")
State = tuple[tuple[str, ...], str]
"""The last words (two at most, none across a slot) and the letters of the word that is begun."""


def read(path: Path = FILE) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The lists by name and the lines by kind."""
    content: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    lists = {name: _parted(text.replace("\n", "|")) for name, text in content["lists"].items()}
    lines = {
        kind: [line for line in table["lines"].splitlines() if line.strip()] for kind, table in content["kinds"].items()
    }
    return lists, lines


def _parted(text: str) -> list[str]:
    return [part.strip() for part in text.split("|") if part.strip()]


def phrases(lists: dict[str, list[str]], lines: dict[str, list[str]]) -> set[tuple[str, ...]]:
    """The phrases of two and three words of all lines."""
    found: set[tuple[str, ...]] = set()
    for kind in lines.values():
        for line in kind:
            _walk(_pieces(line.strip(), lists), found)
    return found


def _pieces(line: str, lists: dict[str, list[str]]) -> list[list[str]]:
    """A line as pieces that follow each other, each the list of what may stand there."""
    pieces = []
    for number, text in enumerate(_CHOICE.split(f"{line} ")):
        if number % 2 == 0:
            pieces.append([text])
        else:
            pieces.append([word for choice in text.split("|") for word in lists.get(choice.strip(), [choice])])
    return pieces


def _walk(pieces: list[list[str]], found: set[tuple[str, ...]]) -> None:
    states: set[State] = {((), "")}
    for choices in pieces:
        states = {_read_on(state, choice, found) for state in states for choice in choices}


def _read_on(state: State, text: str, found: set[tuple[str, ...]]) -> State:
    """The state after ``text``; phrases that end in it are added to ``found``."""
    last, begun = state
    *words, begun = (begun + text).split(" ")
    for word in words:
        if word == _SLOT:
            last = ()
        elif word:
            found.update((*last[start:], word) for start in range(len(last)))
            last = (*last, word)[-2:]
    return last, begun


def main() -> None:
    """Say how many there are."""
    lists, lines = read()
    found = phrases(lists, lines)
    for kind, of_kind in lines.items():
        print(f"{len(of_kind):5} lines, {len(phrases(lists, {kind: of_kind})):7} phrases: {kind}")
    print(f"{sum(map(len, lines.values())):5} lines, {len(found):7} phrases")


if __name__ == "__main__":
    main()
