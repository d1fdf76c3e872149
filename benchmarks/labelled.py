"""Labelled pairs of real articles, with what the judge sees of each.

The labels are ``gold/pairs.tsv`` of the shared folder: 588 pairs drawn from strata of overlap, each with its weight.
Folds are cut by connected component of the labelled pairs, so no story is on both sides. ``labels/pairs-more.tsv`` of
this folder are pairs to learn from and never to be tested on: drawn where an earlier judge hesitated, of articles that
are neither labelled in the first file nor listed with one that is.
"""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.articles import ROOT, days
from dedup import intake, pipeline
from dedup.match.compare import exact, packed
from dedup.match.features import Suspects, among, evidence, first_look, mates_of
from dedup.match.moulds import Mates
from dedup.match.rarity import background
from dedup.match.vocabulary import Vocabulary
from dedup.near import Distinct, distinct_texts, near_identical
from dedup.settings import Settings

MORE = ROOT / "benchmarks" / "labels" / "pairs-more.tsv"


@dataclass(frozen=True, slots=True)
class Labelled:
    """n labelled pairs: rows a < b, relation, confidence, stratum, weight; ``features`` (n, k) and whether the
    pipeline would judge the pair at all (``suspected``); ``component``: number of the labels' connected component."""

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

    def scored(self) -> npt.NDArray[np.bool_]:
        """Pairs that count for same-story scores: all but ``part``."""
        return np.not_equal(self.relation, "part")

    def same(self) -> npt.NDArray[np.bool_]:
        """Pairs labelled the same story."""
        return np.equal(self.relation, "same")


@dataclass(frozen=True, slots=True)
class Corpus:
    """The real corpus, read and compared once: what all quality benchmarks start from."""

    read: intake.Corpus
    distinct: Distinct
    suspects: npt.NDArray[np.uint64]
    labelled: Labelled
    more: Labelled


def load(shared: Path) -> Corpus:
    """Read the corpus and look at its labelled pairs as the pipeline would."""
    with ThreadPoolExecutor() as pool:
        read = intake.read_corpus(days(shared), Settings(), (), None, pool)
        distinct = distinct_texts(read.sketches)
        near = near_identical(read.sketches, distinct, Settings().jaccard, pool)
        suspected = pipeline.suspected(read, distinct, near, background(), pool)
        suspects, known, story = suspected.suspects, suspected.phrases, suspected.story
        rows = {name: row for row, name in enumerate(read.articles["id"].to_pylist())}
        first = np.arange(len(read.sketches), dtype=np.int64)
        for group in distinct.copies:
            first[group] = group[0]
        day = pipeline.days(read.articles)
        mates = suspects_mates(read, suspects, known, story, pool)

        def seen(path: Path) -> Labelled:
            labels = labels_of(path)
            a, b = (np.array([rows[label[side]] for label in labels], np.int64) for side in "ab")
            low, high = np.minimum(first[a], first[b]), np.maximum(first[a], first[b])
            wanted, place = np.unique(packed(low, high), return_inverse=True)
            looked_at = Suspects.of(known, wanted, pool.map)
            features = evidence(read.sketches, day, known, looked_at, pool.map).features[place]
            features = among(mates, low, high, features)
            return _labelled(labels, a, b, features, np.isin(packed(low, high), suspects.pairs) | (low == high))

        return Corpus(read, distinct, suspects.pairs, seen(shared / "gold" / "pairs.tsv"), seen(MORE))


def suspects_mates(
    read: intake.Corpus, suspects: Suspects, known: Vocabulary, story: npt.NDArray[np.int64],
    pool: ThreadPoolExecutor,
) -> Mates:  # fmt: skip
    """The mates among the suspects of a corpus, as the pipeline finds them."""
    seen = first_look(pipeline.days(read.articles), known, suspects, pool.map)
    return mates_of(exact(read.sketches, suspects.pairs, pool.map), seen.features, story)


def labels_of(path: Path) -> list[dict[str, str]]:
    """The lines of a file of labelled pairs."""
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t"))


def _labelled(
    labels: list[dict[str, str]], a: npt.NDArray[np.int64], b: npt.NDArray[np.int64],
    features: npt.NDArray[np.float64], suspected: npt.NDArray[np.bool_],
) -> Labelled:  # fmt: skip
    def column(name: str) -> npt.NDArray[np.str_]:
        return np.array([label[name] for label in labels])

    return Labelled(
        np.minimum(a, b), np.maximum(a, b), column("relation"), column("confidence"), column("stratum"),
        column("weight").astype(np.float64), [label["note"] for label in labels],
        [(label["a"], label["b"]) for label in labels], features, suspected, components(a.tolist(), b.tolist()),
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
