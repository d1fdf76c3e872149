"""The vocabulary of a corpus: the phrases by which texts are compared, rare ones flagged.

Counted are the distinct phrases of one, two and three words, in one article of each story (:mod:`dedup.match.rarity`).
Most of the longer ones are never asked for again: of the rare ones only those matter that a second text has, and of
frequent pairs no feature speaks. They are left out, which halves the work of every comparison; how many there were is
kept.

    words       all, numbers flagged
    pairs       the rare ones that another text may have
    triples     the same and all frequent ones, with a 0 where some are left out (runs must not jump over them)
    openings    what the first sentences hold (:mod:`dedup.match.openings`)
    headlines   the words of the headlines (:mod:`dedup.match.headlines`)

"May have" is decided by the counters: a phrase counted once, and not known from the articles that are not counted (the
prints of others), stands in one text alone. Two that share a counter are kept without need, one in five.

Cost, 22,953 articles (6.6 M words), processor time: 0.05 s to find what is distinct, 0.27 s to count and write; 140 MB,
of which 84 stay. Lists of all phrases, counted in tables of two bytes, took 0.55 s and 300 MB, of which 133 stayed, and
comparing them nearly twice as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.kernels.firsts import ELSEWHERE, EVERY, RARE, USEFUL, count_first, first_seen, take_first
from dedup.match.headlines import Headlines
from dedup.match.openings import Openings, told
from dedup.match.rarity import Background, Phrases, borrow, no_counts
from dedup.settings import RARE_PHRASE, RARE_WORD
from dedup.sketch.lsh import distinct
from dedup.sketch.minhash import Words

_KINDS = (EVERY, RARE, USEFUL)
"""Which words, pairs and triples are kept."""
_PIECE = 1 << 16
"""Phrases looked at at a time, so that what is asked of them stays in the cache. (Of 3.7 M phrases at once, in memory
that is fresh: 0.05 s; in pieces 0.01 s.)"""
_TEXTS = 1_024
"""Texts a worker looks through at a time: some 6 ms of work."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The distinct phrases of all texts that may be judged, rare ones flagged: of one, two and three words (bit 1 of a
    word is set for a number); ``numbers`` and ``rare_numbers``, int32 (n,), how many of its words are such; how the
    texts open, and their headlines. The head of the module says which phrases are left out."""

    words: Phrases
    pairs: Phrases
    triples: Phrases
    numbers: npt.NDArray[np.int32]
    rare_numbers: npt.NDArray[np.int32]
    openings: Openings
    headlines: Headlines

    def frequent(self) -> Phrases:
        """Only the frequent phrases of three words, each once: all that an alignment asks for."""
        every = self.triples.sets
        pieces = [every[start : start + _PIECE] for start in range(0, len(every), _PIECE)]
        frequent = [piece[np.flatnonzero((piece & np.uint64(1) == 0) & (piece != 0))] for piece in pieces]
        sets = distinct(np.concatenate([np.zeros(0, np.uint64), *frequent]))
        return Phrases(sets, np.array([0, len(sets)]), np.array([len(sets)], np.int32), np.zeros(1, np.int32))


def vocabulary(
    words: Words, headlines: Headlines, texts: npt.NDArray[np.int64], counting: npt.NDArray[np.int64],
    background: Background | None, mapper: Callable[..., Iterable[Any]] = map,
) -> Vocabulary:  # fmt: skip
    """The phrases of ``texts`` (rows), counted in those of them that are in ``counting``, one article of each story."""
    wanted = np.zeros(len(words.first_word) - 1, np.bool_)
    wanted[texts] = True
    new, numbers = _first_seen(words, wanted, mapper)
    others = np.setdiff1d(texts, counting)

    def of_length(length: int) -> Phrases:
        counts = numbers[length - 1]
        total = int(counts.sum())
        counters = no_counts(total, length)
        half, cells, places = counters.half, counters.cells, (words.stream, words.first_word, new)
        count_first(*places, counting, length, 1, counters.full, half, cells)
        borrow(counters, background, length, len(counting))
        if half:
            count_first(*places, others, length, ELSEWHERE, 2, half, cells)
        sets, first = np.empty(2 * total + 1, np.uint64), np.empty(len(words.first_word), np.int64)
        rare, limit, kind = np.empty_like(counts), RARE_WORD if length == 1 else RARE_PHRASE, _KINDS[length - 1]
        written = take_first(*places, length, half, cells, limit, kind, sets, first, rare)
        return Phrases(sets[:written], first, counts, rare)

    triples, pairs, single = mapper(of_length, (3, 2, 1))
    return Vocabulary(single, pairs, triples, *told(single, words), headlines)


def _first_seen(
    words: Words, wanted: npt.NDArray[np.bool_], mapper: Callable[..., Iterable[Any]]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    """Which phrases are new at each place of the stream, uint8; distinct phrases of each text by length, (3, n)."""
    new, distinct = np.empty(len(words.stream), np.uint8), np.empty((3, len(wanted)), np.int32)

    def look(begin: int) -> None:
        end = min(begin + _TEXTS, len(wanted))
        first_seen(words.stream, words.first_word, wanted, begin, end, new, distinct)

    list(mapper(look, range(0, len(wanted), _TEXTS)))
    return new, distinct
