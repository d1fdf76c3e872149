"""Story frequency: in how many stories a word or a phrase occurs.

Overlap alone cannot tell a copy from a formula; rarity can. What two texts share is worth the more, the fewer other
stories have it. Frequencies are counted in *stories*, not articles: prints of one text are grouped first, so a
sentence that a hundred outlets took from one dispatch stays rare, and a sentence of a hundred dispatches is a formula.

Groups of prints are tight. An article belongs to the earliest article it resembles at Jaccard
:data:`~dedup.settings.TIGHT_JACCARD` *that is itself the first of a group*; groups are never chained, because bulletins
and telegrams form chains, and a chain taken for one story would make its formulas look rare. Phrases are counted in
the first article of each group.

A small corpus cannot know its formulas: in two files every phrase is rare. So a background table is part of the
package: the words and phrases that are frequent in a month of news, with their frequencies (hashes only; made by
``benchmarks/background.py``). The frequency of a phrase is the *larger* of the corpus's own count and the
background's. A large corpus thus decides for itself and the background merely agrees; a small one borrows.

Cost: one pass over the words of the stories for each length of phrase. Counters are explained in
:mod:`dedup.kernels.rarity`.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from dedup.kernels.rarity import count_phrases, flag_rare, phrase_sets
from dedup.match.compare import Pairs
from dedup.settings import TIGHT_JACCARD
from dedup.sketch.minhash import Words

Counters = npt.NDArray[np.uint16]
"""Counters of stories, a power of two in number, addressed by the top bits of a phrase's hash."""
LENGTHS = (1, 2, 3)
"""Words in the phrases that are counted."""
_LEAST_BITS, _MOST_BITS = 22, 28
"""Counters a table has at least (so that the background's 100,000 entries fill 2 % of it) and at most (512 MB)."""


@dataclass(frozen=True, slots=True)
class Phrases:
    """The distinct phrases of n texts: ``sets`` uint64, those of text i ``sets[first[i]:first[i+1]]`` in order of first
    appearance, bit 0 set for a rare one; ``distinct`` and ``rare`` int32 (n,): how many there are."""

    sets: npt.NDArray[np.uint64]
    first: npt.NDArray[np.int64]
    distinct: npt.NDArray[np.int32]
    rare: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Background:
    """Frequent phrases of a reference corpus: for each length the top 32 bits of counter addresses, and counts."""

    addresses: tuple[npt.NDArray[np.uint32], ...]
    counts: tuple[npt.NDArray[np.uint16], ...]


def prints(alike: Pairs, rows: int) -> npt.NDArray[np.int64]:
    """``story[row]``: the first article of row's group of prints; ``alike`` are compared pairs."""
    story = np.arange(rows, dtype=np.int64)
    tight = alike.where(alike.jaccard() >= TIGHT_JACCARD)
    order = np.lexsort((tight.a, tight.b))
    for a, b in zip(tight.a[order].tolist(), tight.b[order].tolist(), strict=True):
        if story[a] == a and story[b] == b:
            story[b] = a
    return story


def phrases(words: Words, wanted: npt.NDArray[np.bool_], length: int, counters: Counters, limit: int) -> Phrases:
    """The phrases of the wanted texts, rare where ``counters`` say at most ``limit``."""
    return flagged(*distinct_phrases(words, wanted, length), counters, limit)


def distinct_phrases(
    words: Words, wanted: npt.NDArray[np.bool_], length: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """Sets of phrases of ``length`` words, none flagged: (sets, first)."""
    sets, first = np.empty(len(words.stream), np.uint64), np.empty(len(words.first_word), np.int64)
    written = phrase_sets(words.stream, words.first_word, wanted, length, sets, first)
    return sets[:written], first


def flagged(sets: npt.NDArray[np.uint64], first: npt.NDArray[np.int64], counters: Counters, limit: int) -> Phrases:
    """Flag the rare phrases (in place)."""
    rare = np.empty(len(first) - 1, np.int32)
    flag_rare(sets, first, counters, limit, rare)
    return Phrases(sets, first, np.diff(first).astype(np.int32), rare)


def counted(
    sets: npt.NDArray[np.uint64], first: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64], length: int,
    background: Background | None,
) -> Counters:  # fmt: skip
    """Story frequencies: count the phrases of the articles ``firsts`` (one of each story), at least as often as the
    background says."""
    bits = min(max((4 * len(sets)).bit_length(), _LEAST_BITS), _MOST_BITS)
    counters = np.zeros(1 << min(bits, 20 + 4 * length), np.uint16)
    count_phrases(sets, first, firsts, counters)
    if background is not None:
        _raise_to(counters, background.addresses[length - 1], background.counts[length - 1])
    return counters


def _raise_to(counters: Counters, addresses: npt.NDArray[np.uint32], counts: npt.NDArray[np.uint16]) -> None:
    places = addresses >> np.uint32(33 - len(counters).bit_length())
    np.maximum.at(counters, places, counts)


@functools.cache
def background() -> Background:
    """The table shipped with the package."""
    with files("dedup.match").joinpath("data/background.npz").open("rb") as stored, np.load(stored) as table:
        return Background(
            tuple(table[f"addresses{length}"] for length in LENGTHS),
            tuple(table[f"counts{length}"] for length in LENGTHS),
        )
