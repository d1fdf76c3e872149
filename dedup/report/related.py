"""Articles that agree with a member of a story and are not in it.

A cluster is made on the evidence of all pairs (:mod:`dedup.story.clusters`), so a far rewrite may be one story with
some members and stay outside, and an article that prints two stories is in one of them at most. Neither is lost: each
cluster names them, with the member that they agree with most. Round-ups are listed apart.

Cost: a few passes over the listed pairs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from dedup.match.verdicts import Verdicts
from dedup.story.groups import Groups

Rows = npt.NDArray[np.int64]


def related(
    verdicts: Verdicts, clusters: Sequence[Sequence[int]], round_ups: Mapping[int, object], articles: int,
    threshold: float,
) -> tuple[Groups, Rows, Rows, npt.NDArray[np.float64]]:  # fmt: skip
    """For each of the ``clusters`` (rows) the articles outside that are one story with a member, by row: their rows,
    those of the members (of equally likely ones the first), and the probability of the pair."""
    story = np.full(articles, -1, np.int64)
    for number, rows in enumerate(clusters):
        story[rows] = number
    kept = verdicts.probability >= threshold
    a, b = verdicts.pairs.a[kept].astype(np.int64), verdicts.pairs.b[kept].astype(np.int64)
    member, outside = np.concatenate([a, b]), np.concatenate([b, a])
    probability = np.tile(verdicts.probability[kept], 2)
    apart = (story[member] >= 0) & (story[member] != story[outside])
    apart &= ~np.isin(outside, np.array([*round_ups], np.int64))
    member, outside, probability = member[apart], outside[apart], probability[apart]
    order = np.lexsort((member, -probability, outside, story[member]))
    member, outside, probability = member[order], outside[order], probability[order]
    first = np.ones(len(order), np.bool_)
    first[1:] = (np.diff(story[member]) != 0) | (np.diff(outside) != 0)
    groups = Groups.of_numbers(story[member[first]], len(clusters))
    return groups, outside[first], member[first], probability[first]
