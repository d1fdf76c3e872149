"""Clusters of the whole real corpus, judged fold by fold with models that do not know the labelled pairs.

The features of all suspects are computed once, and of all pairs that a common neighbour makes suspects under the model
of any fold; for each fold the whole corpus is judged and clustered with that fold's model, and the labelled pairs of
the fold are looked up. No component of labelled pairs is in two folds, so the clusters
that its articles got there are all that is needed for B-cubed and ARI too.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from benchmarks.labelled import Labelled
from benchmarks.quality_folds import Folded, called
from benchmarks.quality_views import View
from benchmarks.results import Figures
from dedup import pipeline
from dedup.evaluate.groups import compare, groups_of
from dedup.evaluate.labels import Label
from dedup.evaluate.same_story import same_story
from dedup.intake import Corpus
from dedup.match.features import Suspects, mates_of
from dedup.match.judge import Model, model
from dedup.match.moulds import Mates
from dedup.match.neighbours import through_neighbours
from dedup.match.verdicts import Verdicts, all_judged, listed, merged
from dedup.near import Distinct, distinct_texts, near_identical
from dedup.settings import Settings

SEEDS = 3
_DIGITS = 6


@dataclass(frozen=True, slots=True)
class Everything:
    """``verdicts`` on the suspects (``first`` says which) and on whatever their neighbours may make suspects; their
    probabilities are to be replaced by a fold's own. ``distinct``: the groups of equal texts."""

    verdicts: Verdicts
    first: npt.NDArray[np.bool_]
    distinct: Distinct

    @staticmethod
    def of(read: Corpus, models: Sequence[Model], pool: ThreadPoolExecutor) -> Everything:
        """Look at the whole corpus with all that any of the models would look at."""
        distinct = distinct_texts(read.sketches)
        near = near_identical(read.sketches, distinct, Settings().jaccard, pool)
        day = pipeline.days(read)
        suspected = pipeline.suspected(read, distinct, near, day, None, pool)
        suspects, phrases, story = suspected.suspects, suspected.phrases, suspected.story

        everything = Settings(jaccard=0)  # another model may ask for what this one need not look at

        def look(pairs: Suspects, mates: Mates | None) -> Verdicts:
            return all_judged(read.sketches, day, phrases, story, pairs, model(), everything, mates, pool.map)

        seen = look(suspects, None)
        mates = mates_of(seen.pairs, seen.features, story)
        asked = [_asked(suspects.pairs, one.probability(seen.features)) for one in models]
        further = Suspects.of(phrases, np.unique(np.concatenate(asked)), pool.map)
        verdicts = merged(seen, look(further, mates))
        return Everything(verdicts, np.isin(verdicts.pairs.packed(), suspects.pairs), distinct)

    def cluster_of_rows(self, judge: Model, rows: int) -> npt.NDArray[np.int64]:
        """The number of each article's cluster under a model, -1 for none."""
        probability = np.round(judge.probability(self.verdicts.features), _DIGITS)
        pairs = self.verdicts.pairs.packed()
        asked = _asked(pairs[self.first], probability[self.first])
        seen = replace(self.verdicts, probability=probability).where(self.first | np.isin(pairs, asked))
        found = np.full(rows, -1, np.int64)
        stories = pipeline._stories(listed(seen, Settings()), self.distinct.copies, Settings().threshold)
        for number, members in enumerate(stories.clusters):
            found[members] = number
        return found


def _asked(suspects: npt.NDArray[np.uint64], probability: npt.NDArray[np.float64]) -> npt.NDArray[np.uint64]:
    return through_neighbours(suspects, np.round(probability, _DIGITS))


def measure(
    read: Corpus,
    labelled: Labelled,
    labels: Sequence[Label],
    dealt: Sequence[Folded],
    seen: View,
    pool: ThreadPoolExecutor,
) -> Figures:
    """Shares of labelled pairs in one cluster, and scores of the clusters, means over the seeds."""
    everything = Everything.of(read, [model for seed in dealt[:SEEDS] for model in seed.models], pool)
    runs = [_of_seed(read, labelled, labels, seed, seen, everything) for seed in dealt[:SEEDS]]
    return {
        "seeds": len(runs),
        "suspects": int(everything.first.sum()),
        "articles": len(read.sketches),
        **{name: _mean(runs, name) for name in runs[0]},
    }


def _mean(runs: list[dict[str, float]], name: str) -> float:
    return round(float(np.mean([run[name] for run in runs])), 4)


def _of_seed(
    read: Corpus, labelled: Labelled, labels: Sequence[Label], seed: Folded, seen: View, everything: Everything
) -> dict[str, float]:
    together = np.zeros(len(labels), np.bool_)
    home: dict[str, str] = {}
    for number, judge in enumerate(seed.models):
        cluster = everything.cluster_of_rows(judge, len(read.sketches))
        mine = np.flatnonzero(seed.fold == number)
        a, b = cluster[labelled.a[mine]], cluster[labelled.b[mine]]
        together[mine] = (a == b) & (a >= 0)
        rows = np.unique(np.concatenate([labelled.a[mine], labelled.b[mine]]))
        names = read.articles["id"].take(rows).to_pylist()
        home |= {
            name: f"{number}/{place}" for name, place in zip(names, cluster[rows].tolist(), strict=True) if place >= 0
        }
    derived = groups_of(labels)
    scored = compare(home, derived.groups, derived.conflicts, {label.key for label in labels})
    shares = same_story(labels, together.tolist(), {})
    figures = {relation: share.share or 0.0 for relation, share in shares.by_relation.items()}
    figures |= {f"weighted_{relation}": share.weighted_share or 0.0 for relation, share in shares.by_relation.items()}
    for name in ("bcubed_precision", "bcubed_recall", "bcubed_f1", "ari"):
        figures[name] = getattr(scored, name)
    return figures | _against_the_pairs(labelled, together, called(seed.probability(seen)))


def _against_the_pairs(
    labelled: Labelled, together: npt.NDArray[np.bool_], said: npt.NDArray[np.bool_]
) -> dict[str, float]:
    """How many labelled pairs clustering parted although they were called the same story, and joined although not."""
    same, template = labelled.same(), labelled.relation == "template"
    return {
        "same_called_but_parted": int((same & said & ~together).sum()),
        "same_joined_though_not_called": int((same & ~said & together).sum()),
        "template_called_but_parted": int((template & said & ~together).sum()),
        "template_joined_though_not_called": int((template & ~said & together).sum()),
    }
