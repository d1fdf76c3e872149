"""Features: what a judge looks at when two texts overlap.

Twelve numbers for a pair, each a sentence a person could say. *Rare* is defined by story frequency
(:mod:`dedup.match.rarity`); a *slot* is a word's place between its two neighbours (:mod:`dedup.kernels.slots`). "The
poorer text" is the one that has less of what is counted, so that an excerpt is not blamed for being short.

Counts enter as log(1 + n): the step from 0 to 1 rare phrase says more than that from 50 to 51.

Cost: the distinct phrases of each text are collected and flagged once; then a pair costs six passes of hash probes
over its second text, about 8 microseconds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.kernels.rarity import shared_phrases
from dedup.kernels.slots import compare_slots
from dedup.match.rarity import Background, Counters, Phrases, counted, distinct_phrases, flagged, phrases
from dedup.settings import LEAST_RARE_PHRASES, RARE_PHRASE, RARE_TITLE_WORD, RARE_WORD
from dedup.sketch.minhash import Sketches, Words

SENTENCES = {
    "rare_phrases": "how many rare phrases of three words both have (log)",
    "rare_share": "which part of the phrases they share is rare: low for formulas",
    "rare_pairs": "how many rare phrases of two words both have (log): survives rewriting",
    "missing_words": "how many rare words of the poorer text the other lacks (log): other names, other places",
    "missing_numbers": "how many numbers of the poorer text the other lacks (log): other figures",
    "number_share": "which part of the poorer text's numbers the other has; one half where it has none",
    "rare_numbers": "how many rare numbers both have (log): one such figure is nearly proof",
    "rare_run": "the longest run of rare phrases they share (log)",
    "slot_conflicts": "which part of the slots they share is filled differently: the mark of a template",
    "number_conflicts": "the same for slots that hold numbers; 0.3 (the mean of all pairs) where there are none",
    "title_words": "how many rare words both titles have (log)",
    "days_apart": "days between the two, 14 at most (log); where no date is known it speaks neither for nor against",
}
"""The features in the order of the columns, and what each says."""

_NO_NUMBERS, _NO_NUMBER_SLOTS = 0.5, 0.3
_MOST_DAYS = 14
_PIECE = 2_048


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of n pairs: ``features`` float64 (n, len(SENTENCES)), ``rare_containment`` float64 (n,): which part of the rare
    phrases of the poorer text the other has, ``rare_run`` int64 (n,): rare phrases in the longest shared run."""

    features: npt.NDArray[np.float64]
    rare_containment: npt.NDArray[np.float64]
    rare_run: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The distinct phrases of all texts that may be judged, rare ones flagged: of one, two and three words, the numbers
    among the words, and the words of the titles."""

    words: Phrases
    pairs: Phrases
    triples: Phrases
    numbers: Phrases
    titles: Phrases


def vocabulary(
    sketches: Sketches, titles: Words, texts: npt.NDArray[np.int64], firsts: npt.NDArray[np.int64],
    background: Background | None, mapper: Callable[..., Iterable[Any]] = map,
) -> Vocabulary:  # fmt: skip
    """Collect and count the phrases of ``texts`` (rows); ``firsts`` are those that count, one of each story."""
    wanted = np.zeros(len(sketches), np.bool_)
    wanted[texts] = True
    words = Words(sketches.stream, sketches.first_word)

    def of_length(length: int) -> tuple[Phrases, Counters]:
        sets, first = distinct_phrases(words, wanted, length)
        counters = counted(sets, first, firsts, length, background)
        return flagged(sets, first, counters, RARE_WORD if length == 1 else RARE_PHRASE), counters

    (triples, _), (pairs, _), (single, counters) = mapper(of_length, (3, 2, 1))
    numbers = phrases(_numbers(words), wanted, 1, counters, RARE_WORD)
    return Vocabulary(single, pairs, triples, numbers, phrases(titles, wanted, 1, counters, RARE_TITLE_WORD))


def promising(
    known: Vocabulary, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map
) -> npt.NDArray[np.bool_]:
    """Whether a pair shares enough rare phrases to be looked at further.

    Of 160,241 suspected pairs of 14 days half share fewer than two; of those 2 reach a probability of one half.
    """
    return _overlap(known.triples, pairs, mapper).shared_rare >= LEAST_RARE_PHRASES


@dataclass(frozen=True, slots=True)
class _Overlap:
    """Of n pairs and one kind of phrase: distinct and rare phrases of the poorer text, shared, shared and rare, run."""

    distinct: npt.NDArray[np.int32]
    rare: npt.NDArray[np.int32]
    shared: npt.NDArray[np.int32]
    shared_rare: npt.NDArray[np.int32]
    run: npt.NDArray[np.int32]


def evidence(
    sketches: Sketches,
    day: npt.NDArray[np.datetime64],
    known: Vocabulary,
    pairs: npt.NDArray[np.uint64],
    mapper: Callable[..., Iterable[Any]] = map,
) -> Evidence:
    """Look at ``pairs`` (sorted uint64 ``a << 32 | b``); ``day`` (n,) is NaT where none is known."""
    kinds = (known.words, known.numbers, known.pairs, known.triples, known.titles)
    words, numbers, couples, triples, titles = (_overlap(kind, pairs, mapper) for kind in kinds)
    alike, conflicting, numbers_alike, numbers_conflicting = _slots(sketches, pairs, mapper)
    columns = {
        "rare_phrases": np.log1p(triples.shared_rare),
        "rare_share": triples.shared_rare / np.maximum(triples.shared, 1),
        "rare_pairs": np.log1p(couples.shared_rare),
        "missing_words": np.log1p(words.rare - words.shared_rare),
        "missing_numbers": np.log1p(numbers.distinct - numbers.shared),
        "number_share": _part(numbers.shared, numbers.distinct, _NO_NUMBERS),
        "rare_numbers": np.log1p(numbers.shared_rare),
        "rare_run": np.log1p(triples.run),
        "slot_conflicts": conflicting / np.maximum(alike + conflicting, 1),
        "number_conflicts": _part(numbers_conflicting, numbers_alike + numbers_conflicting, _NO_NUMBER_SLOTS),
        "title_words": np.log1p(titles.shared_rare),
        "days_apart": _days_apart(day, pairs),
    }
    features = np.column_stack([columns[name] for name in SENTENCES]).astype(np.float64)
    return Evidence(features, _part(triples.shared_rare, triples.rare, 0.0), triples.run.astype(np.int64))


def _days_apart(day: npt.NDArray[np.datetime64], pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.float64]:
    """log(1 + days), NaN where one of the two has no date."""
    a, b = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    apart = np.abs(day[a] - day[b])
    known = ~np.isnat(apart)
    days = np.where(known, apart, np.timedelta64(0, "D")).astype(np.float64)
    return np.where(known, np.log1p(np.minimum(days, _MOST_DAYS)), np.nan)


def _part(part: npt.NDArray[np.int32], whole: npt.NDArray[np.int32], of_nothing: float) -> npt.NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), of_nothing)


def _numbers(words: Words) -> Words:
    """The numbers among the words."""
    is_number = (words.stream & np.uint64(1)).astype(np.bool_)
    before = np.concatenate([[0], np.cumsum(is_number, dtype=np.int64)])
    return Words(words.stream[is_number], before[words.first_word])


def _pieces(pairs: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint64]]:
    return [pairs[start : start + _PIECE] for start in range(0, len(pairs), _PIECE)]


def _overlap(known: Phrases, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]]) -> _Overlap:
    def compare(piece: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        found = np.empty((3, len(piece)), np.int32)
        shared_phrases(known.sets, known.first, piece, *found)
        return found

    a, b = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    found = np.concatenate([np.zeros((3, 0), np.int32), *mapper(compare, _pieces(pairs))], axis=1)
    poorer = (np.minimum(counts[a], counts[b]) for counts in (known.distinct, known.rare))
    return _Overlap(*poorer, *found)


def _slots(
    sketches: Sketches, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]]
) -> npt.NDArray[np.int32]:
    def compare(piece: npt.NDArray[np.uint64]) -> npt.NDArray[np.int32]:
        found = np.empty((4, len(piece)), np.int32)
        compare_slots(sketches.stream, sketches.first_word, piece, *found)
        return found

    return np.concatenate([np.zeros((4, 0), np.int32), *mapper(compare, _pieces(pairs))], axis=1)
