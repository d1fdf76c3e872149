"""Plagdet: how well passages found agree with passages that are known, counted in characters.

A *case* is a known stretch of a text and the stretch of a source it was made from; a *detection* is what a tool says.
A detection r sees a case s if they are about the same two documents and overlap on both sides. With |s| the characters
of both stretches, and "s with R" those of them that the detections that see s cover:

    recall       mean over the cases S of |s with R| / |s|
    precision    mean over the detections R of |r with S| / |r|
    granularity  mean number of detections that see a case, over the cases that are seen at all; 1 if none is
    plagdet      F1 / log2(1 + granularity), F1 the harmonic mean of precision and recall

All of it is *macro*-averaged: a short case weighs as much as a long one, and a short false detection as much as a
long true one. Source: Potthast, Stein, Barrón-Cedeño, Rosso, "An evaluation framework for plagiarism detection",
COLING 2010, section 3.

>>> whole = Reuse("a", "b", (0, 100), (50, 150))
>>> half = Reuse("a", "b", (0, 50), (50, 100))
>>> scored([whole], [half])
Score(plagdet=0.6667, precision=1.0, recall=0.5, granularity=1.0, cases=1, detections=1, unseen=0, false=0)
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

Stretch = tuple[int, int]


class Reuse(NamedTuple):
    """``text[start:end]`` of one document and what it was made from in another: a case, or a detection."""

    document: str
    source: str
    here: Stretch
    there: Stretch

    def characters(self) -> int:
        """Of both stretches."""
        return self.here[1] - self.here[0] + self.there[1] - self.there[0]

    def sees(self, other: Reuse) -> bool:
        """Same documents, and an overlap on both sides."""
        same = (self.document, self.source) == (other.document, other.source)
        return same and overlap(self.here, other.here) > 0 and overlap(self.there, other.there) > 0


class Score(NamedTuple):
    """The four figures, and the counts behind them: cases nothing sees, detections that see no case."""

    plagdet: float
    precision: float
    recall: float
    granularity: float
    cases: int
    detections: int
    unseen: int
    false: int


def overlap(one: Stretch, other: Stretch) -> int:
    """Characters in common."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def covered(stretch: Stretch, by: Iterable[Stretch]) -> int:
    """Characters of a stretch that lie in any of several others."""
    count, end = 0, stretch[0]
    for start, stop in sorted(by):
        start, stop = max(start, end), min(stop, stretch[1])
        if start < stop:
            count += stop - start
            end = stop
    return count


def _share(one: Reuse, seen: Sequence[Reuse]) -> float:
    here, there = covered(one.here, (r.here for r in seen)), covered(one.there, (r.there for r in seen))
    return (here + there) / one.characters()


def _seeing(ones: Sequence[Reuse], others: Sequence[Reuse]) -> list[list[Reuse]]:
    """For each of ``ones`` those of ``others`` that see it."""
    of_pair: dict[tuple[str, str], list[Reuse]] = defaultdict(list)
    for other in others:
        of_pair[other.document, other.source].append(other)
    return [[other for other in of_pair[one.document, one.source] if other.sees(one)] for one in ones]


def _mean(values: Sequence[float], of_none: float) -> float:
    return sum(values) / len(values) if values else of_none


def scored(cases: Sequence[Reuse], detections: Sequence[Reuse]) -> Score:
    """The score of ``detections``; without cases recall is 0, without detections precision is."""
    seeing, seen = _seeing(cases, detections), _seeing(detections, cases)
    recall = _mean([_share(case, found) for case, found in zip(cases, seeing, strict=True)], 0.0)
    precision = _mean([_share(one, found) for one, found in zip(detections, seen, strict=True)], 0.0)
    granularity = _mean([len(found) for found in seeing if found], 1.0)
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return Score(
        plagdet=round(f1 / math.log2(1 + granularity), 4),
        precision=round(precision, 4),
        recall=round(recall, 4),
        granularity=round(granularity, 4),
        cases=len(cases),
        detections=len(detections),
        unseen=sum(not found for found in seeing),
        false=sum(not found for found in seen),
    )
