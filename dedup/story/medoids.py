"""The medoid of a cluster, and the pairs that show why its members are one story.

The *medoid* is the member that resembles the others most: with the greatest sum of Jaccard similarities to those it
matches; of equal ones the first. As evidence each other member shows one pair: with the medoid, or, where these two do
not match, its strongest. All pairs would grow with the square of the size.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from dedup.match.verdicts import Verdicts
from dedup.model import SAME_STORY


@dataclass(frozen=True, slots=True)
class Exhibit:
    """Of one cluster: its medoid (a row) and the positions in the verdicts of one pair for every other member."""

    medoid: int
    pairs: list[int]


def exhibits(clusters: Sequence[Sequence[int]], articles: int, verdicts: Verdicts) -> list[Exhibit]:
    """Medoid and shown pairs of each cluster, given as rows of ``articles`` articles."""
    cluster_of = np.full(articles, -1, np.int64)
    for number, rows in enumerate(clusters):
        cluster_of[rows] = number
    pairs = verdicts.pairs
    same = verdicts.relation < len(SAME_STORY)
    inside = np.flatnonzero(same & (cluster_of[pairs.a] == cluster_of[pairs.b]) & (cluster_of[pairs.a] >= 0))
    jaccard = pairs.jaccard()
    agreement = np.zeros(articles)
    np.add.at(agreement, pairs.a[inside], jaccard[inside])
    np.add.at(agreement, pairs.b[inside], jaccard[inside])
    of_row: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for p in inside.tolist():
        a, b = int(pairs.a[p]), int(pairs.b[p])
        of_row[a].append((-float(jaccard[p]), b, p))
        of_row[b].append((-float(jaccard[p]), a, p))
    return [_exhibit(rows, agreement[rows].tolist(), of_row) for rows in clusters]


def _exhibit(rows: Sequence[int], agreement: list[float], of_row: dict[int, list[tuple[float, int, int]]]) -> Exhibit:
    medoid = rows[max(range(len(rows)), key=lambda n: (agreement[n], -n))]
    chosen = set()
    for row in rows:
        if row != medoid and of_row[row]:
            with_medoid = [p for _, other, p in of_row[row] if other == medoid]
            chosen.add(with_medoid[0] if with_medoid else min(of_row[row])[2])
    return Exhibit(medoid, sorted(chosen))
