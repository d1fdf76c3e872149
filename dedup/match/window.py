"""A window of days: which pairs and groups of equal texts it leaves.

With ``--window`` two articles published further apart are no pair, whatever they have in common, and an article without
a date never bridges two that are: what the window takes away stands as a denial where clusters are made.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.match.compare import Pairs
from dedup.match.days import publication_days
from dedup.match.verdicts import Verdicts
from dedup.model import Notice

Group = npt.NDArray[np.int64]


def windowed(
    articles: pa.Table, every: Verdicts, groups: list[Group], window: int
) -> tuple[Verdicts, Verdicts, list[Group], list[Notice]]:
    """What a window leaves: the verdicts that are listed, those that clusters are made of, the groups of equal texts,
    and what is said of articles without a date."""
    within, undated = _within_window(articles, every.pairs, window)
    groups = _by_window(groups, publication_days(articles), window)
    return every.where(within), _between_firsts(_denied(every, ~within), groups), groups, undated


def _within_window(articles: pa.Table, pairs: Pairs, window: int) -> tuple[npt.NDArray[np.bool_], list[Notice]]:
    """Which pairs were published at most ``window`` days apart; one of which one has no date stays, and is counted."""
    published = publication_days(articles)
    apart = np.abs(published[pairs.a] - published[pairs.b])
    unknown = np.isnat(apart)
    notices = []
    if unknown.any():
        note = f"pairs kept regardless of --window, one article of which has no date of publication: {unknown.sum()}"
        notices.append(Notice("", None, note))
    return unknown | (apart <= np.timedelta64(window, "D")), notices


def _denied(every: Verdicts, apart: npt.NDArray[np.bool_]) -> Verdicts:
    """All verdicts, those on pairs ``apart`` as sure denials: an article without a date, which may agree with two
    printings of a story months apart, must not make them one."""
    return replace(every, probability=np.where(apart, 0.0, every.probability))


def _by_window(groups: list[Group], published: npt.NDArray[np.datetime64], window: int) -> list[Group]:
    """Groups of equal texts cut where one was published more than ``window`` days after the first of its piece; an
    article without a date is a piece of its own."""
    pieces = []
    for group in groups:
        rows = group[np.argsort(published[group], kind="stable")]
        day = published[rows]
        begin = 0
        for n in range(1, len(rows) + 1):
            if n == len(rows) or not day[n] - day[begin] <= np.timedelta64(window, "D"):
                if n - begin > 1:
                    pieces.append(np.sort(rows[begin:n]))
                begin = n
    return pieces


def _between_firsts(verdicts: Verdicts, groups: list[Group]) -> Verdicts:
    """The verdicts without the pairs that follow from those of a group's first."""
    rows = int(verdicts.pairs.b.max(initial=0)) + 1
    follows = np.zeros(max([rows, *(int(group[-1]) + 1 for group in groups)]), np.bool_)
    for group in groups:
        follows[group[1:]] = True
    return verdicts.where(~(follows[verdicts.pairs.a] | follows[verdicts.pairs.b]))
