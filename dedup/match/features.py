"""Features: what a judge looks at when two texts overlap.

Seventeen numbers for a pair, each a sentence a person could say. *Rare* is defined by story frequency
(:mod:`dedup.match.rarity`); a *slot* is a word's place between its two neighbours (:mod:`dedup.kernels.slots`), a
number's place the same or that beside two words (:mod:`dedup.kernels.numbers`);
openings are explained in :mod:`dedup.match.openings`, headlines in :mod:`dedup.match.headlines`, mates in
:mod:`dedup.match.moulds`. "The poorer text" is the one
that has less of what is counted, so that an excerpt is not blamed for being short.

Only numbers that many stories have count as missing: a day, a degree, a price. A rare one (a total, a phone number) is
rounded or spelt otherwise by the next desk, so its lack says little, while its presence is nearly proof.

Counts enter as log(1 + n): the step from 0 to 1 rare phrase says more than that from 50 to 51.

Cost: the phrases of a text are found and flagged once (:mod:`dedup.match.vocabulary`); then a pair costs a pass of
hash probes over its second text for triples, for pairs and for words, 2.5 microseconds of one core together. Slots cost
and headlines as much again each, so the judge asks for both only where they may decide (:mod:`dedup.match.verdicts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.kernels.numbers import compare_numbers
from dedup.kernels.slots import compare_slots
from dedup.match.compare import Pairs, in_pieces
from dedup.match.days import Days
from dedup.match.headlines import lacking
from dedup.match.moulds import Mates, mates
from dedup.match.openings import agreement, shared
from dedup.match.rarity import of_one_outlet, overlaps
from dedup.match.vocabulary import Vocabulary
from dedup.settings import LEAST_RARE_PHRASES, MOST_DAYS
from dedup.sketch.lsh import distinct, sides
from dedup.sketch.minhash import Sketches

SENTENCES = {
    "rare_pairs": "how many rare phrases of two words both have (log): survives rewriting",
    "formula_share": "which part of the poorer text's phrases is frequent elsewhere: such a text proves little",
    "word_share": "which part of the poorer text's words the other has, names and all",
    "missing_words": "how many rare words of the poorer text the other lacks (log): other names, other places",
    "missing_numbers": "how many everyday numbers of the poorer text the other lacks (log): other days, other figures",
    "rare_numbers": "how many rare numbers both have (log): one such figure is nearly proof",
    "slot_conflicts": "which part of the slots they share is filled differently: the mark of a template",
    "number_conflicts": "how many places of numbers both have and fill with others (log): figures of another day",
    "kept_numbers": "how many numbers both have, in other words (log): a rewrite keeps its figures",
    "lacking_headline": "which part of a headline the other text lacks, times word_share, to the fourth",
    "opening_words": "which part of the rare words in one's opening the other has, the better of both ways",
    "own_opening": "of two texts of one outlet: which part of the rare words in one's opening the other lacks",
    "opening_numbers": "how many numbers of their first lines the other lacks (log): another toll, another price",
    "named_days": "the day in each dateline, or first weekday: the same (0), one names none (0.5), another "
    "(0.5 + word_share)",
    "named_periods": "the month, quarter or half that each reports on: another (word_share), else 0",
    "days_apart": "days between the two, 14 at most (log); where no date is known it speaks neither for nor against",
    "mould_mates": "how many further stories share the wording of both, numbers apart (log): a mould's mark",
}
"""The features in the order of the columns, and what each says."""
_CONFLICTS = {"slot_conflicts": 1.0, "number_conflicts": np.log1p(2**31), "lacking_headline": 1.0}
"""Conflicts, and the most that they can be."""
CONFLICTS = [list(SENTENCES).index(name) for name in _CONFLICTS]
LAST = [*CONFLICTS, list(SENTENCES).index("kept_numbers")]
"""The columns of conflicts, and of all features that are looked at last."""
_SHARE = list(SENTENCES).index("word_share")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Of n pairs: ``features`` float64 (n, len(SENTENCES)), ``rare_containment`` float64 (n,): which part of the rare
    phrases of the poorer text the other has, ``rare_share`` float64 (n,): which part of the phrases they share is rare,
    ``rare_run`` int64 (n,): rare phrases in the longest shared run."""

    features: npt.NDArray[np.float64]
    rare_containment: npt.NDArray[np.float64]
    rare_share: npt.NDArray[np.float64]
    rare_run: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Suspects:
    """n suspected ``pairs`` (sorted uint64 ``a << 32 | b``), and what each shares in phrases of three words, int32
    (n,): all, rare ones, the longest run of these."""

    pairs: npt.NDArray[np.uint64]
    shared: npt.NDArray[np.int32]
    shared_rare: npt.NDArray[np.int32]
    run: npt.NDArray[np.int32]

    @staticmethod
    def of(known: Vocabulary, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map) -> Suspects:
        """Look for the phrases."""
        return Suspects(pairs, *overlaps(known.triples.sets, known.triples.first, pairs, mapper))

    def __len__(self) -> int:
        return len(self.pairs)

    def where(self, kept: npt.NDArray[np.bool_]) -> Suspects:
        """Only the pairs where ``kept`` is true."""
        return Suspects(self.pairs[kept], self.shared[kept], self.shared_rare[kept], self.run[kept])


def promising(
    known: Vocabulary, related: npt.NDArray[np.uint64], near: npt.NDArray[np.uint64],
    mapper: Callable[..., Iterable[Any]] = map,
) -> Suspects:  # fmt: skip
    """The ``related`` pairs that share enough rare phrases to be looked at further, and all that are ``near``.

    Of 162,990 suspected pairs of 14 days 91,677 do not; none of those would reach a probability of one half.
    """
    every = Suspects.of(known, distinct(np.concatenate([related, near])), mapper)
    kept = every.shared_rare >= LEAST_RARE_PHRASES
    kept[np.searchsorted(every.pairs, near)] = True
    return every.where(kept)


def evidence(
    sketches: Sketches, days: Days, known: Vocabulary, suspects: Suspects,
    mapper: Callable[..., Iterable[Any]] = map,
) -> Evidence:  # fmt: skip
    """Look at ``suspects``.

    Mates are known when all suspects have been looked at; see :func:`among`.
    """
    seen = first_look(days, known, suspects, mapper)
    seen.features[:, LAST] = last_look(sketches, known, suspects.pairs, seen.features, mapper)
    return seen


def first_look(
    days: Days, known: Vocabulary, suspects: Suspects, mapper: Callable[..., Iterable[Any]] = map
) -> Evidence:
    """The same without the features that cost most: those of :data:`LAST` are the most that they can be."""
    pairs = suspects.pairs
    a, b = sides(pairs)

    def poorer(counts: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        return np.minimum(counts[a], counts[b])

    triples, words = known.triples, shared(known.words, known.openings, pairs, mapper)
    _, rare_pairs, _ = overlaps(known.pairs.sets, known.pairs.first, pairs, mapper)
    word_share = _part(words.words, poorer(known.words.distinct), 0.0)
    opening = agreement(known.openings, words, days.named, a, b, word_share)
    everyday = poorer(known.numbers - known.rare_numbers) - (words.numbers - words.rare_numbers)
    columns = {
        "rare_pairs": np.log1p(rare_pairs),
        "formula_share": _part(poorer(triples.distinct - triples.rare), poorer(triples.distinct), 0.0),
        "word_share": word_share,
        "missing_words": np.log1p(poorer(known.words.rare) - words.rare),
        "missing_numbers": np.log1p(everyday),
        "rare_numbers": np.log1p(words.rare_numbers),
        **{name: np.full(len(pairs), most) for name, most in _CONFLICTS.items()},
        "kept_numbers": np.log1p(words.numbers),
        "opening_words": opening.words,
        "own_opening": (1 - opening.words) * of_one_outlet(known.headlines.outlet, a, b),
        "opening_numbers": np.log1p(opening.numbers),
        "named_days": opening.days,
        "named_periods": opening.periods,
        "days_apart": np.log1p(np.minimum(days.apart(a, b), MOST_DAYS)),
        "mould_mates": np.zeros(len(pairs)),
    }
    features = np.column_stack([columns[name] for name in SENTENCES])
    contained = _part(suspects.shared_rare, poorer(triples.rare), 0.0)
    share = _part(suspects.shared_rare, suspects.shared, 0.0)
    return Evidence(features, contained, share, suspects.run.astype(np.int64))


def last_look(
    sketches: Sketches, known: Vocabulary, pairs: npt.NDArray[np.uint64], features: npt.NDArray[np.float64],
    mapper: Callable[..., Iterable[Any]] = map,
) -> npt.NDArray[np.float64]:  # fmt: skip
    """The features of :data:`LAST`, of each of ``pairs`` (sorted uint64 ``a << 32 | b``) with these ``features`` at
    first look: (pairs, 4)."""
    words = sketches.stream, sketches.first_word
    alike, conflicting = in_pieces(partial(compare_slots, *words), pairs, 2, mapper)
    numbers, kept = in_pieces(partial(compare_numbers, *words), pairs, 2, mapper)
    slots = conflicting / np.maximum(alike + conflicting, 1)
    headline = (lacking(known.headlines, sketches.running(), pairs, mapper) * features[:, _SHARE]) ** 4
    return np.column_stack([slots, np.log1p(numbers), headline, np.log1p(kept)])


def mates_of(pairs: Pairs, features: npt.NDArray[np.float64], story: npt.NDArray[np.int64]) -> Mates:
    """The mates among all suspects, by their features; ``story`` (n,) is the story of each text."""
    missing = features[:, list(SENTENCES).index("missing_numbers")]
    return mates(pairs.a, pairs.b, pairs.jaccard(), missing, story)


def among(
    known: Mates, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64], features: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    """The features of pairs with their mates filled in."""
    filled = features.copy()
    filled[:, list(SENTENCES).index("mould_mates")] = np.log1p(known.beside(a, b))
    return filled


def _part(part: npt.NDArray[np.int32], whole: npt.NDArray[np.int32], of_nothing: float) -> npt.NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), of_nothing)
