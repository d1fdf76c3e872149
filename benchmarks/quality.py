"""How often is the tool right? Everything it decides, held against labelled pairs of real articles.

    python -m benchmarks.quality                  measure, print, compare with the floors
    python -m benchmarks.quality --write-floors   measure, print, and raise the floors to what was reached

End to end: a labelled pair counts as called the same story when the pipeline suspects it *and* a model that was fitted
without its story says so (:mod:`benchmarks.quality_folds`). Words and phrases that are frequent elsewhere come from the
corpus itself or, in small corpora, from a background table made without the articles under test. Pairs labelled
``part`` are neither right nor wrong; how many share a cluster is told.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import numpy.typing as npt

from benchmarks import quality_clusters, quality_elsewhere, quality_floors, quality_seeds
from benchmarks.articles import days, parser
from benchmarks.labelled import UNSURE, Corpus, Labelled, load
from benchmarks.quality_folds import FOLDS, SEEDS, Folded, called, folded, interval, mean_score, scores_by
from benchmarks.quality_tables import table
from benchmarks.quality_targets import SIZES, groups
from benchmarks.quality_views import (
    OUTLETS_MORE,
    Records,
    Reference,
    View,
    light_desk,
    paragraph_desk,
    records,
    reprints,
    rewording_desk,
    sample,
    unmarked,
    view,
)
from benchmarks.results import Figures, save
from dedup.evaluate.labels import Label
from dedup.intake import read_corpus
from dedup.match.features import SENTENCES
from dedup.match.judge import model
from dedup.settings import Settings

_LABELLED_AT_MOST = 0.8
"""Part of a sample that may be labelled articles; the rest is chance."""
DESKS = {"light": light_desk, "paragraph": paragraph_desk, "rewording": rewording_desk}
"""What 30 more outlets do to a dispatch. Each copy must still count as a print of it: a paragraph left out leaves all
phrases of the copy in the dispatch, 2 % of words changed 0.94 of them (0.89 where both were changed)."""
GROUPS = {
    "rare pairs": ("rare_pairs",),
    "formula share": ("formula_share",),
    "words": ("word_share", "missing_words"),
    "numbers": ("missing_numbers", "rare_numbers", "opening_numbers", "number_conflicts", "kept_numbers"),
    "slots": ("slot_conflicts", "number_conflicts"),
    "headlines": ("lacking_headline",),
    "outlets": ("own_opening",),
    "openings": ("opening_words", "own_opening", "opening_numbers", "named_days", "named_periods"),
    "days": ("named_days", "named_periods", "days_apart"),
    "mates": ("mould_mates",),
}
"""Features that fall together in the ablation."""


@dataclass(frozen=True, slots=True)
class Bench:
    """What all measurements share: corpus, labels in the order of ``corpus.labelled``, its view, ten seeds, a pool."""

    corpus: Corpus
    labels: Sequence[Label]
    held: Records
    view: View
    dealt: list[Folded]
    pool: ThreadPoolExecutor

    @property
    def labelled(self) -> Labelled:
        """The labelled pairs with their components."""
        return self.corpus.labelled

    def calls(self, seen: View, dealt: Sequence[Folded] | None = None) -> list[npt.NDArray[np.bool_]]:
        """For each seed the pairs called the same story, in a view."""
        return [called(seed.probability(seen)) for seed in dealt or self.dealt]

    def score(self, seen: View, dealt: Sequence[Folded] | None = None) -> Figures:
        """The mean scores of a view."""
        return mean_score(self.labels, self.calls(seen, dealt))


def pairs(bench: Bench) -> Figures:
    """All labels and each kind of them, with what remains wrong."""
    calls = bench.calls(bench.view)
    sure = bench.labelled.confidence == "h"
    scored = bench.labelled.scored()
    found = _in_all_and_by_kind(bench.labels, calls)
    return {
        **found,
        "all": found["all"] | {"interval": interval(bench.labelled, calls, scored)},
        "confident_interval": interval(bench.labelled, calls, scored & sure),
        "called": _shares_called(bench, calls),
        "errors": _errors(bench, calls),
    }


def _in_all_and_by_kind(labels: Sequence[Label], calls: Sequence[npt.NDArray[np.bool_]]) -> Figures:
    """Scores of all pairs, by confidence and by stratum."""
    return {
        "all": mean_score(labels, calls),
        "by_confidence": scores_by(labels, calls, lambda label: label.confidence),
        "by_stratum": scores_by(labels, calls, lambda label: label.stratum),
    }


def _shares_called(bench: Bench, calls: Sequence[npt.NDArray[np.bool_]]) -> dict[str, float]:
    """Which part of the pairs of each relation is called the same story."""
    said, relation = np.mean(calls, axis=0), bench.labelled.relation
    return {str(name): round(float(said[relation == name].mean()), 4) for name in np.unique(relation)}


def _errors(bench: Bench, calls: Sequence[npt.NDArray[np.bool_]]) -> list[Figures]:
    """Pairs wrong in more than half of the seeds, and the two features that spoke loudest for the wrong side."""
    said, same = np.mean(calls, axis=0), bench.labelled.same()
    wrong = np.flatnonzero(bench.labelled.scored() & ((said > 0.5) != same))
    probability = np.mean([seed.probability(bench.view) for seed in bench.dealt], axis=0)
    towards = model().contributions(bench.view.features) * np.where(same, -1, 1)[:, None]
    names = np.array(list(SENTENCES))
    return [
        {
            "a": bench.labelled.names[n][0], "b": bench.labelled.names[n][1],
            "labelled": bench.labels[n].relation, "confidence": bench.labels[n].confidence,
            "stratum": bench.labels[n].stratum, "probability": round(float(probability[n]), 3),
            "misled_by": names[np.argsort(-towards[n])[:2]].tolist(), "note": bench.labelled.note[n],
        }
        for n in wrong.tolist()
    ]  # fmt: skip


def unsure(bench: Bench) -> Figures:
    """The shipped judge on pairs of little overlap or that it hesitates about, of stories it has not learned from."""
    labels = quality_seeds.pairs_of(UNSURE)
    found = bench.corpus.unsure
    said = called(np.where(found.suspected, model().probability(found.features), 0))
    return _in_all_and_by_kind(labels, [said])


def candidates(bench: Bench) -> Figures:
    """Which labelled pairs of one story become suspects, and what that costs."""
    found = bench.view.suspected | bench.view.equal
    same = bench.labelled.same()
    articles = len(bench.corpus.read.sketches)
    return {
        "recall": round(float(found[same].mean()), 4),
        "weighted_recall": round(float(np.average(found[same], weights=bench.labelled.weight[same])), 4),
        "pairs": len(bench.corpus.suspects),
        "articles": articles,
        "pairs_an_article": round(len(bench.corpus.suspects) / articles, 2),
    }


def samples(bench: Bench, reference: Reference, folder: Path) -> Figures:
    """F1 in small corpora: every labelled pair once in a sample of each size, with its fold's background table."""
    seed = bench.dealt[0]
    tables = [reference.without(_articles(bench, np.flatnonzero(seed.fold == number))) for number in range(FOLDS)]
    labelled_articles = _articles(bench, np.arange(len(bench.labels)))
    others = sorted(bench.held.keys() - labelled_articles)
    figures = {}
    for size in SIZES:
        seen = _unseen(bench)
        parts = [(number, part) for number in range(FOLDS) for part in _parts(bench, seed.fold == number, size)]
        for draw, (number, part) in enumerate(parts):
            path = folder / "sample.jsonl"
            names = [bench.labelled.names[n] for n in part.tolist()]
            sample(bench.held, names, size, others, Random(draw), path)
            found = view(read_corpus([path], Settings(), pool=bench.pool), names, tables[number], bench.pool)
            seen.features[part], seen.suspected[part], seen.equal[part] = found.features, found.suspected, found.equal
        figures[str(size)] = bench.score(seen, [seed]) | {"samples": len(parts)}
    return figures


def _articles(bench: Bench, numbers: npt.NDArray[np.int64]) -> set[str]:
    return {article for n in numbers.tolist() for article in bench.labelled.names[n]}


def _unseen(bench: Bench) -> View:
    """A view to be filled part by part."""
    unknown = np.full_like(bench.view.features, np.nan)
    return View(unknown, np.zeros(len(unknown), np.bool_), np.zeros(len(unknown), np.bool_))


def _parts(bench: Bench, in_fold: npt.NDArray[np.bool_], size: int) -> list[npt.NDArray[np.int64]]:
    """A fold's labelled pairs cut into parts, whole components each, that leave room for others in a sample."""
    parts: list[list[int]] = [[]]
    for component in np.unique(bench.labelled.component[in_fold]):
        of_it = np.flatnonzero(bench.labelled.component == component).tolist()
        together = _articles(bench, np.array(parts[-1] + of_it, np.int64))
        if parts[-1] and len(together) > _LABELLED_AT_MOST * size:
            parts.append([])
        parts[-1] += of_it
    return [np.array(part, np.int64) for part in parts if part]


def reprinted(bench: Bench, zips: list[Path], folder: Path) -> Figures:
    """F1 when thirty more outlets run every labelled article, counted in stories and in articles."""
    articles = sorted(_articles(bench, np.arange(len(bench.labels))))
    figures: Figures = {"copies": len(articles) * OUTLETS_MORE}
    for name, desk in DESKS.items():
        path = folder / "reprints.jsonl"
        reprints(bench.held, articles, desk, Random(1), path)
        read = read_corpus([*zips, path], Settings(), pool=bench.pool)
        figures[name] = bench.score(view(read, bench.labelled.names, None, bench.pool))
        if name == "light":
            by_article = view(read, bench.labelled.names, None, bench.pool, by_story=False)
            figures["by_article"] = bench.score(by_article)
    return figures


def ablation(bench: Bench) -> Figures:
    """F1 without each group of features, by articles in place of stories, and without marks (None: there are none)."""
    figures: Figures = {"all": _scores_without(bench, bench.view, ())}
    for name, group in GROUPS.items():
        figures[f"without {name}"] = _scores_without(bench, bench.view, group)
    by_article = view(bench.corpus.read, bench.labelled.names, None, bench.pool, by_story=False)
    figures["article frequency"] = _scores_without(bench, by_article, ())
    bare = unmarked(bench.corpus.read)
    seen = None if bare is None else view(bare, bench.labelled.names, None, bench.pool)
    figures["without marks"] = None if seen is None else _scores_without(bench, seen, ())
    return figures


def _scores_without(bench: Bench, seen: View, group: Sequence[str]) -> Figures:
    """Fitted and judged anew with the same number everywhere in these columns, so that they say nothing."""
    features, more = seen.features.copy(), bench.corpus.more.features.copy()
    for known in (features, more):
        known[:, [list(SENTENCES).index(name) for name in group]] = 0
    blind = View(features, seen.suspected, seen.equal)
    return bench.score(blind, folded(bench.labelled, features, bench.corpus.more, more))


def measure(shared: Path) -> Figures:
    """Everything."""
    zips = days(shared)
    corpus = load(shared)
    labels = quality_seeds.pairs_of(shared / "gold" / "pairs.tsv")
    with ThreadPoolExecutor() as pool, tempfile.TemporaryDirectory() as folder:
        seen = view(corpus.read, corpus.labelled.names, None, pool)
        dealt = folded(corpus.labelled, seen.features, corpus.more, corpus.more.features)
        bench = Bench(corpus, labels, records(zips), seen, dealt, pool)
        steps: dict[str, Callable[[], Figures]] = {
            "pairs": lambda: pairs(bench),
            "unsure": lambda: unsure(bench),
            "candidates": lambda: candidates(bench),
            "clusters": lambda: quality_clusters.measure(corpus.read, corpus.labelled, labels, dealt, seen, pool),
            "samples": lambda: samples(bench, Reference.of(corpus.read, pool), Path(folder)),
            "reprinted": lambda: reprinted(bench, zips, Path(folder)),
            "undated": lambda: bench.score(seen.undated()),
            "ablation": lambda: ablation(bench),
            "seeds": lambda: quality_seeds.measure(shared / "seeds"),
            "elsewhere": quality_elsewhere.measure,
        }
        figures: Figures = {"seeds_dealt": SEEDS}
        for name, step in steps.items():
            print(name, file=sys.stderr, flush=True)
            figures[name] = step()
    return figures


def main() -> None:
    """Measure, print, save; exit code 1 where a target is missed or a figure is behind its floor."""
    options = parser(__doc__)
    options.add_argument("--write-floors", action="store_true", help="raise the floors to what is measured")
    arguments = options.parse_args()
    shared = arguments.shared.resolve()
    figures = measure(shared)
    measured = groups(figures, shared)
    figures["targets"] = [
        {"name": one.name, "value": round(one.value, 4), "target": one.target, "more": one.more, "met": one.reached()}
        for _, group in measured.values()
        for one in group
    ]
    save("quality", days(shared), figures)
    print(table(figures))
    if arguments.write_floors:
        quality_floors.write(measured)
    behind = quality_floors.complaints(measured)
    missed = [f"missed: {one['name']}" for one in figures["targets"] if not one["met"]]
    if behind or missed:
        sys.exit("\n".join([*behind, *missed]))


if __name__ == "__main__":
    main()
