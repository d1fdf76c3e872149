"""Cross-validation: every labelled pair judged by a model that was fitted without it, and how sure the score is.

Folds are made of connected components of the labelled pairs (two pairs that share an article are in one), so no story
is on both sides; every model learns from the further labels too (:mod:`benchmarks.labelled`), none of which is tested.
A *seed* is one way to deal the components out to ten folds; scores are means over ten seeds. The
interval is that of a bootstrap: components are drawn again with replacement a thousand times, the mean over the seeds
taken of each draw, and the middle 95 % are given. It says how far the score would move with other stories of the same
kind; it does not know other newspapers.

What the folds cannot undo: which features there are, the penalty and the caution of the fit were chosen by looking at
these same labels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from benchmarks.fit_judge import fit
from benchmarks.labelled import Labelled
from benchmarks.quality_views import View
from benchmarks.results import Figures
from dedup.evaluate.labels import Label
from dedup.evaluate.same_story import Score, score
from dedup.match.judge import Model
from dedup.settings import Settings

FOLDS, SEEDS = 10, 10
_DRAWS = 1_000
_DIGITS = 6
"""Digits of a probability, as the pipeline rounds it."""
MEASURES = ("precision", "recall", "f1", "weighted_precision", "weighted_recall", "weighted_f1")


@dataclass(frozen=True, slots=True)
class Folded:
    """One seed: the fold of each labelled pair, and the model of each fold, fitted on the others."""

    fold: npt.NDArray[np.int64]
    models: list[Model]

    def probability(self, view: View) -> npt.NDArray[np.float64]:
        """What each pair's own model says of it, in this view; 0 for a pair that is no suspect."""
        probability = np.zeros(len(self.fold))
        for number, model in enumerate(self.models):
            held_out = self.fold == number
            probability[held_out] = model.probability(view.features[held_out])
        return np.where(view.equal, 1.0, np.where(view.suspected, np.round(probability, _DIGITS), 0.0))


def folded(
    labelled: Labelled, features: npt.NDArray[np.float64], more: Labelled, features_more: npt.NDArray[np.float64],
    seeds: int = SEEDS,
) -> list[Folded]:  # fmt: skip
    """Deal out and fit, for each seed; ``features`` are those of ``labelled``, ``features_more`` those of ``more``."""
    made = []
    extra = more.scored()
    for seed in range(seeds):
        of_component = np.random.default_rng(seed).integers(0, FOLDS, labelled.component.max() + 1)
        fold = of_component[labelled.component]
        models = []
        for number in range(FOLDS):
            rows = labelled.scored() & (fold != number)
            seen = np.concatenate([features[rows], features_more[extra]])
            same, counts, narrow = (
                np.concatenate([of[rows], of_more[extra]])
                for of, of_more in (
                    (labelled.same(), more.same()), (labelled.counts, more.counts), (labelled.narrow, more.narrow),
                )
            )  # fmt: skip
            models.append(fit(seen, same, counts, narrow))
        made.append(Folded(fold, models))
    return made


def called(probability: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_]:
    """Which pairs are the same story at the default threshold."""
    return probability >= Settings().threshold


def mean_score(labels: Sequence[Label], calls: Sequence[npt.NDArray[np.bool_]]) -> Figures:
    """The means of the scores over the seeds."""
    scores = [score(labels, said.tolist()) for said in calls]
    figures: Figures = {"pairs": scores[0].pairs, "same": scores[0].same}
    return figures | {name: _mean([_value(found, name) for found in scores]) for name in MEASURES}


def _value(found: Score, name: str) -> float | None:
    value: float | None = getattr(found, name)
    return value


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(float(np.mean(known)), 4) if known else None


def scores_by(
    labels: Sequence[Label], calls: Sequence[npt.NDArray[np.bool_]], column: Callable[[Label], str | None]
) -> dict[str, Figures]:
    """The mean scores of the labels with each value of a column."""
    values = sorted({column(label) or "" for label in labels})
    found = {}
    for value in values:
        of_it = np.array([(column(label) or "") == value for label in labels])
        part = [label for label, yes in zip(labels, of_it, strict=True) if yes]
        found[value] = mean_score(part, [said[of_it] for said in calls])
    return found


def interval(
    labelled: Labelled, calls: Sequence[npt.NDArray[np.bool_]], counted: npt.NDArray[np.bool_]
) -> tuple[float, float]:
    """The middle 95 % of F1 when components are drawn again; ``counted`` are the pairs scored.

    F1 = 2 TP / (called + same), and each of the three is a sum over components: so a draw is a vector of how often
    each component was drawn, and all draws at once are a product of matrices.
    """
    size = int(labelled.component.max()) + 1
    same = labelled.same() & counted

    def sums(pairs: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        return np.bincount(labelled.component, pairs, size).astype(np.float64)

    said = np.array([sums(call & counted) for call in calls]).T
    right = np.array([sums(call & same) for call in calls]).T
    drawn = np.random.default_rng(0).multinomial(size, np.full(size, 1 / size), _DRAWS).astype(np.float64)
    f1 = (2 * (drawn @ right) / (drawn @ said + (drawn @ sums(same))[:, None])).mean(axis=1)
    low, high = np.quantile(f1, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)
