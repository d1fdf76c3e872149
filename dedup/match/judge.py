"""The judge: how likely two overlapping articles are one story, and what they are to each other.

    probability = 1 / (1 + exp(-(intercept + sum of weight * (feature - mean) / scale)))

A logistic model of seventeen features (:data:`dedup.match.features.SENTENCES`), small enough to be read: its
coefficients stand in ``data/judge.json`` with what they were fitted on, written by ``benchmarks/fit_judge.py``. The
contribution of a feature to a verdict is its summand, so a verdict can be explained to the person who doubts it.

Relations, for a pair whose probability reaches the threshold (the kinds of *same story*):

    copy        Jaccard >= 0.95
    edited      containment >= 0.8 both ways
    excerpt     containment of a >= 0.8, and a is under 0.7 of b's length       (a was cut out of b)
    expansion   the reverse                                                     (a adds to b)
    rewrite     none of these

and for the others

    shared-passage   a run of at least PASSAGE_WORDS rare phrases in common
    formula          they share phrases, fewer than half of them rare, or a fifth of their wording: what little corpora
                     cannot know to be frequent (of 112 such pairs of 14 days, and of three corpora with labels, all
                     that are labelled are templates)
    unrelated        neither

Identical texts are one story whatever their features say.
"""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from dedup.match.compare import Pairs
from dedup.match.features import SENTENCES, Evidence
from dedup.model import RELATIONS
from dedup.settings import PASSAGE_WORDS

_COPY, _CONTAINED, _SHORTER, _FORMULA, _MOULD = 0.95, 0.8, 0.7, 0.5, 0.2
"""The figures of the relations' definitions above."""


@dataclass(frozen=True, slots=True)
class Model:
    """Coefficients, one of each feature in the order of SENTENCES."""

    mean: npt.NDArray[np.float64]
    scale: npt.NDArray[np.float64]
    weight: npt.NDArray[np.float64]
    intercept: float

    def contributions(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Summands of the log-odds, (n, features); a feature that is not known (NaN) adds nothing."""
        return self._summands(slice(None), features)

    def probability(self, features: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Probability of the same story, (n,). Summed in the order of the columns, so the same on every machine; and
        column by column, so that no table of summands is made (71,129 pairs: 13 ms of fresh memory, then 4)."""
        odds = np.full(len(features), self.intercept)
        for number, column in enumerate(features.T):
            odds += self._summands(number, column)
        probability: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return probability

    def _summands(self, columns: int | slice, values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        weighed = self.weight[columns] * (values - self.mean[columns]) / self.scale[columns]
        summands: npt.NDArray[np.float64] = np.nan_to_num(weighed, nan=0.0)
        return summands


@functools.cache
def model() -> Model:
    """The model shipped with the package."""
    stored = json.loads(files("dedup.match").joinpath("data/judge.json").read_text("utf-8"))
    rows = [stored["features"][name] for name in SENTENCES]
    mean, scale, weight = (np.array([row[key] for row in rows], np.float64) for key in ("mean", "scale", "weight"))
    return Model(mean, scale, weight, float(stored["intercept"]))


def relations(
    pairs: Pairs, words_a: npt.NDArray[np.int64], words_b: npt.NDArray[np.int64],
    probability: npt.NDArray[np.float64], evidence: Evidence, threshold: float,
) -> npt.NDArray[np.int8]:  # fmt: skip
    """The relation of each pair, as a position in RELATIONS."""
    in_b, in_a = pairs.containment_a() >= _CONTAINED, pairs.containment_b() >= _CONTAINED
    same = probability >= threshold
    cases = {
        "copy": same & (pairs.jaccard() >= _COPY),
        "edited": same & in_a & in_b,
        "excerpt": same & in_b & (words_a < _SHORTER * words_b),
        "expansion": same & in_a & (words_b < _SHORTER * words_a),
        "rewrite": same,
        "shared-passage": evidence.rare_run >= PASSAGE_WORDS,
        "formula": (pairs.shared > 0) & ((evidence.rare_share < _FORMULA) | (pairs.jaccard() >= _MOULD)),
    }
    codes = np.arange(len(cases), dtype=np.int8)
    return np.select(list(cases.values()), list(codes), np.int8(RELATIONS.index("unrelated"))).astype(np.int8)
