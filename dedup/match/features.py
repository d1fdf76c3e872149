"""Features: what a judge looks at when two texts overlap.

Twelve numbers for a pair, each a sentence a person could say. *Rare* is defined by story frequency
(:mod:`dedup.match.rarity`); a *slot* is a word's place between its two neighbours (:mod:`dedup.kernels.slots`). "The
poorer text" is the one that has less of what is counted, so that an excerpt is not blamed for being short.

Counts enter as log(1 + n): the step from 0 to 1 rare phrase says more than that from 50 to 51.

Cost: the phrases of a text are found and flagged once (:mod:`dedup.match.vocabulary`); then a pair costs six passes of
hash probes over its second text, about 5 microseconds of one core.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.kernels.rarity import share_rare
from dedup.kernels.slots import compare_slots
from dedup.match.rarity import Phrases, overlaps
from dedup.match.vocabulary import Vocabulary
from dedup.settings import LEAST_RARE_PHRASES
from dedup.sketch.minhash import Sketches

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


def promising(
    known: Vocabulary, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map
) -> npt.NDArray[np.bool_]:
    """Whether a pair shares enough rare phrases to be looked at further.

    Of 163,128 suspected pairs of 14 days 91,566 do not; of those 6 would reach a probability of one half.
    """

    def look(piece: npt.NDArray[np.uint64]) -> npt.NDArray[np.bool_]:
        enough = np.empty(len(piece), np.bool_)
        share_rare(known.triples.sets, known.triples.first, piece, LEAST_RARE_PHRASES, enough)
        return enough

    return np.concatenate([np.zeros(0, np.bool_), *mapper(look, _pieces(pairs))])


@dataclass(frozen=True, slots=True)
class _Overlap:
    """Of n pairs and one kind of phrase: distinct and rare phrases of the poorer text, shared, shared and rare, run.
    What is shared counts phrases of the :class:`Vocabulary` only: of pairs the rare ones."""

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


def _pieces(pairs: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint64]]:
    return [pairs[start : start + _PIECE] for start in range(0, len(pairs), _PIECE)]


def _overlap(known: Phrases, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]]) -> _Overlap:
    a, b = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    found = overlaps(known.sets, known.first, pairs, mapper)
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
