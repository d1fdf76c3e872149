"""Verdicts: compared and judged pairs, ready to be listed.

Most suspects (40,700 of 71,100 in 14 days) are not worth listing whatever their slots are. So slots, the dearest
features, are looked at only where the pair would be listed with the most favourable ones (processor time 0.18 s, then
0.06 s). For the others conflicts stay unknown (NaN), which counts as the mean, and so for no more than the most
favourable value; of the numbers kept, the most there can be is said.

The judged pairs are between the firsts of groups of copies; :func:`for_articles` says them of every article.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.match.compare import Pairs, exact, spread, with_counts
from dedup.match.days import Days
from dedup.match.features import CONFLICTS, LAST, SENTENCES, Suspects, among, first_look, last_look, mates_of
from dedup.match.judge import Model, relations
from dedup.match.moulds import Mates
from dedup.match.vocabulary import Vocabulary
from dedup.model import RELATIONS
from dedup.settings import PASSAGE_WORDS, PROBABILITY_FLOOR, Settings
from dedup.sketch.lsh import most_pairs, sides
from dedup.sketch.minhash import Sketches

_DIGITS = 6
"""Digits of a probability. It is rounded before it is compared with any threshold, so that cutting a saved pairs file
gives what a run would have given, and the last bit of a machine's exp() decides nothing."""


@dataclass(frozen=True, slots=True)
class Verdicts:
    """n judged pairs: ``pairs``, ``probability`` float64, ``relation`` int8 (position in RELATIONS),
    ``rare_containment`` float64, ``rare_run`` int64 (see Evidence; 0 for texts that are equal), and ``features``
    (n, len(SENTENCES)), NaN for texts that are equal."""

    pairs: Pairs
    probability: npt.NDArray[np.float64]
    relation: npt.NDArray[np.int8]
    rare_containment: npt.NDArray[np.float64]
    rare_run: npt.NDArray[np.int64]
    features: npt.NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.pairs)

    def where(self, kept: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Verdicts:
        """Only the pairs where ``kept`` is true, or those at its positions."""
        return Verdicts(
            self.pairs.where(kept),
            self.probability[kept],
            self.relation[kept],
            self.rare_containment[kept],
            self.rare_run[kept],
            self.features[kept],
        )


def judged(
    sketches: Sketches, days: Days, known: Vocabulary, suspects: Suspects,
    model: Model, settings: Settings, mapper: Callable[..., Iterable[Any]] = map,
) -> Verdicts:  # fmt: skip
    """Compare and judge ``suspects``, each text a story; keeps those worth listing."""
    alone = np.arange(len(sketches), dtype=np.int64)
    return listed(all_judged(sketches, days, known, alone, suspects, model, settings, None, mapper), settings)


def all_judged(
    sketches: Sketches, days: Days, known: Vocabulary, story: npt.NDArray[np.int64],
    suspects: Suspects, model: Model, settings: Settings, mates: Mates | None,
    mapper: Callable[..., Iterable[Any]] = map,
) -> Verdicts:  # fmt: skip
    """Compare and judge ``suspects``, and keep them all: formulas, too, say something of each other.

    ``story`` (n,) is the story each text is a print of; ``mates`` those of an earlier look, None to find them here.
    """
    pairs = exact(sketches, suspects.pairs, mapper)
    seen = first_look(days, known, suspects, mapper)
    mates = mates or mates_of(pairs, seen.features, story)
    features = among(mates, pairs.a, pairs.b, seen.features)
    most = features[:, LAST]
    features[:, LAST] = np.where(model.weight[LAST] > 0, most, 0)
    asked = _worth_listing(pairs, _probability(model, features), seen.rare_run, settings)
    features[:, LAST] = most
    features[:, CONFLICTS] = np.nan
    features[np.ix_(asked, np.array(LAST))] = last_look(sketches, known, suspects.pairs[asked], features[asked], mapper)
    probability = _probability(model, features)
    words = sketches.words.astype(np.int64)
    relation = relations(pairs, words[pairs.a], words[pairs.b], probability, seen, settings.threshold)
    return Verdicts(pairs, probability, relation, seen.rare_containment, seen.rare_run, features)


def _probability(model: Model, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.round(model.probability(features), _DIGITS)


def merged(one: Verdicts, other: Verdicts) -> Verdicts:
    """The verdicts of both, in the order of their pairs; none is in both. (Columns laid end to end and then ordered are
    twice the memory, and 13 ms more of 71,129 pairs where it is fresh.)"""
    places = np.searchsorted(one.pairs.packed(), other.pairs.packed())

    def both(column: Callable[[Verdicts], npt.NDArray[Any]]) -> npt.NDArray[Any]:
        return np.insert(column(one), places, column(other), axis=0)

    pairs = Pairs(
        both(lambda v: v.pairs.a),
        both(lambda v: v.pairs.b),
        both(lambda v: v.pairs.shared),
        both(lambda v: v.pairs.shingles_a),
        both(lambda v: v.pairs.shingles_b),
    )
    return Verdicts(
        pairs,
        both(lambda v: v.probability),
        both(lambda v: v.relation),
        both(lambda v: v.rare_containment),
        both(lambda v: v.rare_run),
        both(lambda v: v.features),
    )


def undecided(verdicts: Verdicts) -> Verdicts:
    """The same figures with nothing said of one story: of texts too short to be compared."""
    unrelated = np.full_like(verdicts.relation, RELATIONS.index("unrelated"))
    return replace(verdicts, probability=np.zeros(len(verdicts)), relation=unrelated)


def listed(verdicts: Verdicts, settings: Settings) -> Verdicts:
    """The verdicts worth listing: alike, possibly one story, or with a passage that is no formula."""
    return verdicts.where(_worth_listing(verdicts.pairs, verdicts.probability, verdicts.rare_run, settings))


def _worth_listing(
    pairs: Pairs, probability: npt.NDArray[np.float64], rare_run: npt.NDArray[np.int64], settings: Settings
) -> npt.NDArray[np.bool_]:
    possible: npt.NDArray[np.bool_] = probability >= min(PROBABILITY_FLOOR, settings.threshold)
    return possible | (pairs.jaccard() >= settings.jaccard) | (rare_run >= PASSAGE_WORDS)


def for_articles(sketches: Sketches, between: Verdicts, groups: list[npt.NDArray[np.int64]]) -> tuple[Verdicts, int]:
    """What the verdicts between the firsts of ``groups`` of equal texts say of every article of these, and how many
    pairs that would be more if it were not too many."""
    found = spread(between.pairs.packed(), groups, within=True, most=most_pairs(len(sketches)))
    articles, origin = found.pairs, found.origin
    equal = origin < 0
    first, _ = sides(articles)
    if len(between) == 0:
        between, origin = _nothing(), np.zeros(len(origin), np.int64)
    shared = np.where(equal, sketches.shingle_counts()[first], between.pairs.shared[origin])
    pairs = with_counts(sketches, articles, shared)
    turned = _turned(between, pairs, origin) & ~equal
    relation = np.where(equal, np.int8(RELATIONS.index("copy")), between.relation[origin])
    every = Verdicts(
        pairs,
        np.where(equal, 1.0, between.probability[origin]),
        np.where(turned, _mirrored(relation), relation).astype(np.int8),
        np.where(equal, 1.0, between.rare_containment[origin]),
        np.where(equal, 0, between.rare_run[origin]),
        np.where(equal[:, None], np.nan, between.features[origin]),
    )
    return every, found.left_out


def _turned(between: Verdicts, pairs: Pairs, origin: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Pairs in which the copies stand in the other order than their firsts, so that excerpt means expansion."""
    return np.not_equal(pairs.shingles_a, between.pairs.shingles_a[origin])


def _mirrored(relation: npt.NDArray[np.int8]) -> npt.NDArray[np.int8]:
    mirror = np.arange(len(RELATIONS), dtype=np.int8)
    excerpt, expansion = RELATIONS.index("excerpt"), RELATIONS.index("expansion")
    mirror[excerpt], mirror[expansion] = expansion, excerpt
    return mirror[relation]


def _nothing() -> Verdicts:
    """One meaningless verdict to index into where there is none."""
    zero = np.zeros(1, np.int64)
    figures = np.zeros(1, np.float64)
    return Verdicts(
        Pairs(zero, zero, zero, zero, zero), figures, np.zeros(1, np.int8), figures, zero, np.zeros((1, len(SENTENCES)))
    )
