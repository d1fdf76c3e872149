"""The medoid of a cluster, and the pairs that show why its members are one story.

The *medoid* is the member that resembles the others most: with the greatest sum of Jaccard similarities to those it
matches; of equal ones the first. As evidence each other member shows one pair: with the medoid, or, where these two do
not match, its strongest. All pairs would grow with the square of the size.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.match.verdicts import Verdicts
from dedup.model import SAME_STORY
from dedup.story.groups import Groups


@dataclass(frozen=True, slots=True)
class Exhibits:
    """Of each cluster its medoid, and of each other member one pair: ``medoids`` int64 are positions among all members,
    ``pairs`` int64 those in the verdicts, ascending within a cluster; a pair that shows two members stands once."""

    medoids: npt.NDArray[np.int64]
    clusters: Groups
    pairs: npt.NDArray[np.int64]


def exhibits(clusters: Groups, rows: npt.NDArray[np.int64], articles: int, verdicts: Verdicts) -> Exhibits:
    """Medoid and shown pairs of each cluster, whose members are ``rows`` (ascending in each) of ``articles``."""
    cluster_of = np.full(articles, -1, np.int64)
    cluster_of[rows] = clusters.number()
    pairs = verdicts.pairs
    same = verdicts.relation < len(SAME_STORY)
    inside = np.flatnonzero(same & (cluster_of[pairs.a] == cluster_of[pairs.b]) & (cluster_of[pairs.a] >= 0))
    one, other = pairs.a[inside], pairs.b[inside]
    one, other = np.concatenate([one, other]), np.concatenate([other, one])
    jaccard = np.tile(pairs.jaccard()[inside], 2)
    agreement = np.bincount(one, jaccard, articles)
    medoids = clusters.best(agreement[rows])
    medoid = rows[medoids][cluster_of[one]]
    order = np.lexsort((other, -jaccard, other != medoid, one))
    strongest = order[np.flatnonzero(np.diff(one[order], prepend=-1))]
    shown = strongest[one[strongest] != medoid[strongest]]
    packed = np.sort(cluster_of[one[shown]] << 32 | inside[shown % len(inside)])
    packed = packed[np.flatnonzero(np.diff(packed, prepend=-1))]
    return Exhibits(medoids, Groups.of_numbers(packed >> 32, len(clusters)), packed & 0xFFFFFFFF)
