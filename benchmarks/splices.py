"""News with a passage put in: real articles of one day, one of which got a stretch of another.

What :mod:`benchmarks.exara` cannot show, since it holds no news: whether the same settings find short passages between
short texts about the same things, and end where the passage ends. A stretch of 20 to 120 words is taken from one
article, changed, and put into another of the same day at a random word. Pairs that have five word 5-grams in common
beforehand are left out: they may share a passage already.

A hole is 40 words of the host between two halves, and these are two passages.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from random import Random

from benchmarks.plagdet import Reuse
from dedup.arabic.fold import fold

SEED = 20150726
SHORTEST, LONGEST = 20, 120
"""Words of a stretch."""
_HOST_WORDS = range(120, 700)
_HOLE = 40
_SHARED_BEFORE = 5

Pieces = list[tuple[list[str], int, int]]
"""Words as they are put in, and the words ``start:end`` of the stretch they were made from; none: filling."""
Change = Callable[[list[str], list[str], Random], Pieces]


def _verbatim(stretch: list[str], host: list[str], random: Random) -> Pieces:
    return [(stretch, 0, len(stretch))]


def _edited(share: float) -> Change:
    def change(stretch: list[str], host: list[str], random: Random) -> Pieces:
        made: list[str] = []
        for word in stretch:
            kind = random.random() / share
            if kind < 0.6:
                made.append(random.choice(host))
            elif kind < 0.8:
                continue
            elif kind < 1:
                made += [word, random.choice(host)]
            else:
                made.append(word)
        return [(made, 0, len(stretch))]

    return change


def _phrases(stretch: list[str], host: list[str], random: Random) -> Pieces:
    cuts = [0, *sorted(random.sample(range(1, len(stretch)), 3)), len(stretch)]
    phrases = [stretch[start:end] for start, end in pairwise(cuts)]
    return [([word for phrase in random.sample(phrases, 4) for word in phrase], 0, len(stretch))]


def _hole(stretch: list[str], host: list[str], random: Random) -> Pieces:
    middle = len(stretch) // 2
    filling = [random.choice(host) for _ in range(_HOLE)]
    return [(stretch[:middle], 0, middle), (filling, 0, 0), (stretch[middle:], middle, len(stretch))]


CHANGES: dict[str, Change] = {
    "verbatim": _verbatim,
    "one word in ten changed": _edited(0.1),
    "one word in four changed": _edited(0.25),
    "phrases shuffled": _phrases,
    "a hole inside": _hole,
}


def splice(host: str, donor: str, change: Change, random: Random, name: str) -> tuple[str, list[Reuse]]:
    """The host with a changed stretch of the donor in it, and what a tool should find."""
    here, there = fold(host), fold(donor)
    words = [donor[token.start : token.end] for token in there]
    shortest = 2 * SHORTEST if change is _hole else SHORTEST
    length = random.randint(shortest, min(LONGEST, len(words)))
    begin = random.randint(0, len(words) - length)
    at = here[random.randint(0, len(here) - 1)].start
    own = [host[token.start : token.end] for token in here]
    made, known = host[:at], []
    for piece, start, end in change(words[begin : begin + length], own, random):
        stretch = (len(made), len(made) + len(" ".join(piece)))
        made += " ".join(piece) + " "
        if start < end:
            source = (there[begin + start].start, there[begin + end - 1].end)
            known.append(Reuse(name, name, stretch, source))
    return made + host[at:], known


def _fivegrams(text: str) -> set[tuple[str, ...]]:
    words = [token.folded for token in fold(text)]
    return {tuple(words[n : n + 5]) for n in range(len(words) - 4)}


def spliced(days: Sequence[Sequence[str]], count: int) -> list[tuple[str, str, str, list[Reuse]]]:
    """``count`` pairs of each change and as many without any, from the texts of several days: (name of the change,
    text, donor, known passages)."""
    random = Random(SEED)
    fitting = [[text for text in texts if len(fold(text)) in _HOST_WORDS] for texts in days]
    made: list[tuple[str, str, str, list[Reuse]]] = []
    changes: dict[str, Change | None] = {**CHANGES, "nothing put in": None}
    while len(made) < count * len(changes):
        name, change = list(changes.items())[len(made) % len(changes)]
        host, donor = random.sample(random.choice(fitting), 2)
        if len(_fivegrams(host) & _fivegrams(donor)) >= _SHARED_BEFORE:
            continue
        pair = str(len(made))
        text, known = (host, []) if change is None else splice(host, donor, change, random, pair)
        made.append((name, text, donor, known))
    return made
