"""Labelled pairs, with what the judge sees of each.

The labels are ``gold/pairs.tsv`` of the shared folder: 588 pairs drawn from strata of overlap, each with its weight.
Folds are cut by connected component of the labelled pairs, so no story is on both sides. ``labels/pairs-more.tsv`` of
this folder are pairs to learn from and never to be tested on: drawn where an earlier judge hesitated, of articles that
are neither labelled in the first file nor listed with one that is. And so are the pairs of four small corpora that were
written for this (``labels/invented-*.jsonl``): formulas and rewrites of other countries, which the newspapers of one
summer do not have, seen as a corpus of some ninety articles sees them. ``labels/pairs-unsure.tsv`` are pairs to be
tested on only: drawn like those of ``pairs-more.tsv``, most of little overlap or where the judge hesitates.
"""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.articles import ROOT, days
from dedup import intake, pipeline
from dedup.match.compare import exact
from dedup.match.features import Suspects, among, evidence, first_look, mates_of
from dedup.match.moulds import Mates
from dedup.match.rarity import background
from dedup.match.vocabulary import Vocabulary
from dedup.near import Distinct, distinct_texts, near_identical
from dedup.settings import Settings
from dedup.sketch.lsh import packed

LABELS = ROOT / "benchmarks" / "labels"
MORE = LABELS / "pairs-more.tsv"
UNSURE = LABELS / "pairs-unsure.tsv"
INVENTED = ("invented-east", "invented-west", "invented-crises", "invented-markets", "invented-officials")
"""Corpora to learn from: NAME.jsonl, and NAME-pairs.tsv."""
PERIODS = "invented-periods"
"""One more, of nothing but bulletins of two months or quarters: only what is said of these is learned from it."""
OF_INVENTED = 0.35
"""What a pair of theirs counts beside a real one. With 0, 0.2, 0.35, 0.5, 0.7, 1 cross-validated F1 of the real pairs
is 0.984, 0.987, 0.986, 0.985, 0.984, 0.981, without dates 0.969, 0.971, 0.972, 0.972, 0.969, 0.967; F1 of all pairs of
two of the corpora that are only tested (:mod:`benchmarks.quality_elsewhere`) 0.78, 0.88, 0.90, 0.90, 0.90, 0.91 and
0.92, 0.95, 0.95, 0.95, 0.95, 0.96."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """n labelled pairs: rows a < b, relation, confidence, stratum, weight; ``features`` (n, k) and whether the
    pipeline would judge the pair at all (``suspected``); ``component``: number of the labels' connected component;
    ``counts``: how much of a pair each is when a judge is fitted, ``narrow``: for one of its coefficients alone."""

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    relation: npt.NDArray[np.str_]
    confidence: npt.NDArray[np.str_]
    stratum: npt.NDArray[np.str_]
    weight: npt.NDArray[np.float64]
    note: list[str]
    names: list[tuple[str, str]]
    features: npt.NDArray[np.float64]
    suspected: npt.NDArray[np.bool_]
    component: npt.NDArray[np.int64]
    counts: npt.NDArray[np.float64]
    narrow: npt.NDArray[np.bool_]

    def scored(self) -> npt.NDArray[np.bool_]:
        """Pairs that count for same-story scores: all but ``part``."""
        return np.not_equal(self.relation, "part")

    def same(self) -> npt.NDArray[np.bool_]:
        """Pairs labelled the same story."""
        return np.equal(self.relation, "same")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The real corpus, read and compared once: what all quality benchmarks start from; ``more``: what is learned from
    beside its labels; ``unsure``: labels on pairs of little overlap, to be tested on."""

    read: intake.Corpus
    distinct: Distinct
    suspects: npt.NDArray[np.uint64]
    labelled: Labelled
    more: Labelled
    unsure: Labelled


def load(shared: Path) -> Corpus:
    """Read the corpus and look at its labelled pairs as the pipeline would."""
    with ThreadPoolExecutor() as pool:
        real = _Looked.at(days(shared), pool)
        invented = [
            _Looked.at([LABELS / f"{name}.jsonl"], pool).seen(LABELS / f"{name}-pairs.tsv", OF_INVENTED)
            for name in (*INVENTED, PERIODS)
        ]
        invented[-1].narrow[:] = True
        more = _together([real.seen(MORE), *invented])
        gold = real.seen(shared / "gold" / "pairs.tsv")
        return Corpus(real.read, real.distinct, real.suspects.pairs, gold, more, real.seen(UNSURE))


@dataclass(frozen=True, slots=True)
class _Looked:
    """A corpus as the pipeline has it when it judges."""

    read: intake.Corpus
    distinct: Distinct
    suspects: Suspects
    known: Vocabulary
    mates: Mates
    pool: ThreadPoolExecutor

    @staticmethod
    def at(paths: list[Path], pool: ThreadPoolExecutor) -> _Looked:
        """Read and compare."""
        read = intake.read_corpus(paths, Settings(), (), None, pool)
        distinct = distinct_texts(read.sketches)
        near = near_identical(read.sketches, distinct, Settings().jaccard, pool)
        found = pipeline.suspected(read, distinct, near, pipeline.days(read), background(), pool)
        mates = suspects_mates(read, found.suspects, found.phrases, found.story, pool)
        return _Looked(read, distinct, found.suspects, found.phrases, mates, pool)

    def seen(self, path: Path, counts: float = 1.0) -> Labelled:
        """The labelled pairs of a file. Days in datelines are left out: writers of moulds give each cast another, so
        it would be learned that no two casts are alike without one. What another day says is learned from weekdays."""
        labels, sketches, mapper = labels_of(path), self.read.sketches, self.pool.map
        rows = {name: row for row, name in enumerate(self.read.articles["id"].to_pylist())}
        first = np.arange(len(sketches), dtype=np.int64)
        for group in self.distinct.copies:
            first[group] = group[0]
        a, b = (np.array([rows[label[side]] for label in labels], np.int64) for side in "ab")
        low, high = np.minimum(first[a], first[b]), np.maximum(first[a], first[b])
        wanted, place = np.unique(packed(low, high), return_inverse=True)
        looked_at = Suspects.of(self.known, wanted, mapper)
        day = replace(pipeline.days(self.read), named=np.full(len(sketches), -1, np.int16))
        features = evidence(sketches, day, self.known, looked_at, mapper).features[place]
        features = among(self.mates, low, high, features)
        suspected = np.isin(packed(low, high), self.suspects.pairs) | (low == high)
        return _labelled(labels, a, b, features, suspected, counts)


def _together(parts: list[Labelled]) -> Labelled:
    """The pairs of all parts; no component is in two of them."""
    columns: dict[str, Any] = {}
    for field in fields(Labelled):
        values = [getattr(part, field.name) for part in parts]
        together = [one for value in values for one in value]
        columns[field.name] = together if isinstance(values[0], list) else np.concatenate(values)
    shifts = np.cumsum([0, *(part.component.max() + 1 for part in parts[:-1])])
    columns["component"] = np.concatenate([part.component + n for part, n in zip(parts, shifts, strict=True)])
    return Labelled(**columns)


def suspects_mates(
    read: intake.Corpus, suspects: Suspects, known: Vocabulary, story: npt.NDArray[np.int64],
    pool: ThreadPoolExecutor,
) -> Mates:  # fmt: skip
    """The mates among the suspects of a corpus, as the pipeline finds them."""
    seen = first_look(pipeline.days(read), known, suspects, pool.map)
    return mates_of(exact(read.sketches, suspects.pairs, pool.map), seen.features, story)


def labels_of(path: Path) -> list[dict[str, str]]:
    """The lines of a file of labelled pairs."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _labelled(
    labels: list[dict[str, str]], a: npt.NDArray[np.int64], b: npt.NDArray[np.int64],
    features: npt.NDArray[np.float64], suspected: npt.NDArray[np.bool_], counts: float,
) -> Labelled:  # fmt: skip
    def column(name: str) -> npt.NDArray[np.str_]:
        return np.array([label[name] for label in labels])

    return Labelled(
        np.minimum(a, b), np.maximum(a, b), column("relation"), column("confidence"), column("stratum"),
        column("weight").astype(np.float64), [label["note"] for label in labels],
        [(label["a"], label["b"]) for label in labels], features, suspected, components(a.tolist(), b.tolist()),
        np.full(len(labels), counts), np.zeros(len(labels), np.bool_),
    )  # fmt: skip


def components(a: list[int], b: list[int]) -> npt.NDArray[np.int64]:
    """For each pair the number of its connected component, numbered by first appearance."""
    parent: dict[int, int] = {}

    def root(node: int) -> int:
        while parent.setdefault(node, node) != node:
            parent[node] = node = parent[parent[node]]
        return node

    for one, other in zip(a, b, strict=True):
        parent[root(one)] = root(other)
    numbers: dict[int, int] = {}
    return np.array([numbers.setdefault(root(one), len(numbers)) for one in a], np.int64)
