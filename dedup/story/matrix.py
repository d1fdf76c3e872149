"""The outlet matrix: who runs whose stories.

One cell for every ordered pair of outlets with a story in common: how many articles of the second stand in a story that
the first published earlier, and how long after. Only publication gives direction; a tie within the precision gives
none. Where no publication is known, ``after`` and the lag are None, and ``stories`` is what can be said: it is the same
in both directions. An outlet is never compared with itself, so its own copies are in no cell.

How long after an outlet an article came is the greatest of its lags behind that outlet's articles. Of those of one
precision, with or without a zone, that is the lag behind the earliest, by instant or by clock: only these, the outlet's
*heralds* in the story, are compared, twelve at most.

Cost: members times outlets of a story, all stories at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.model import OutletPair
from dedup.story.groups import Groups
from dedup.story.moments import Moments
from dedup.story.ranges import LOW, Numbers


def outlet_pairs(
    totals: Mapping[str, tuple[int, int]], stories: Groups, rows: Numbers, outlets: pa.ChunkedArray, moments: Moments
) -> tuple[OutletPair, ...]:
    """The cells of the matrix, by the names of the two outlets. ``totals``: articles and words of each outlet, by name;
    ``rows``: the members of all stories; ``outlets`` and ``moments`` of all articles."""
    names = list(totals)
    code = pc.fill_null(pc.index_in(outlets, pa.array(names, pa.string())), -1).to_numpy()[rows]
    rows, number = rows[code >= 0], (stories.number() << 32 | code)[code >= 0]
    party, of_row, articles = np.unique(number, return_inverse=True, return_counts=True)
    story, outlet = party >> 32, party & LOW
    parties = Groups.of_numbers(story, len(stories))
    second = np.repeat(np.arange(len(party)), parties.sizes()[story])
    first = parties.items(story)
    first, second = first[first != second], second[first != second]
    cells, cell = np.unique(outlet[first] << 32 | outlet[second], return_inverse=True)
    shared, together = np.bincount(cell), np.bincount(cell, articles[second]).astype(np.int64)
    first, second, lag = _lags(rows, of_row, story, moments)
    cell = np.searchsorted(cells, outlet[first] << 32 | outlet[second])
    comparable = np.bincount(cell, minlength=len(cells)) > 0
    order = np.argsort(cell, kind="stable")
    order = order[lag[order] > 0]
    later = Groups.of_numbers(cell[order], len(cells)).first.tolist()
    columns = zip(cells.tolist(), shared.tolist(), together.tolist(), comparable.tolist(), strict=True)
    return tuple(
        _pair(names[key >> 32], names[key & LOW], both, carried, dated, lag[order[begin:end]].tolist(), totals)
        for (key, both, carried, dated), begin, end in zip(columns, later, later[1:], strict=False)
    )


def _pair(
    first: str, second: str, stories: int, together: int, comparable: bool, lags: list[int],
    totals: Mapping[str, tuple[int, int]],
) -> OutletPair:  # fmt: skip
    articles, after = totals[second][0], len(lags) if comparable else None
    return OutletPair(
        first, second, stories, together, share(together, articles), after,
        None if after is None else share(after, articles), median(lags) / 60 if lags else None,
    )  # fmt: skip


def _lags(rows: Numbers, party: Numbers, story: Numbers, moments: Moments) -> tuple[Numbers, Numbers, Numbers]:
    """How long after each other party of its story an article was published, where both say when: the other party, its
    own, and the lag in seconds. ``party`` is that of each of ``rows``, ``story`` that of each party."""
    dated = moments.unit[rows] > 0
    rows, party = rows[dated], party[dated]
    heralds = _heralds(rows, party, moments)
    of_story = Groups.of_numbers(story[party[heralds]], int(story.max(initial=-1)) + 1)
    theirs = story[party]
    follower = np.repeat(np.arange(len(rows)), of_story.sizes()[theirs])
    herald = heralds[of_story.items(theirs)]
    apart = party[herald] != party[follower]
    follower, herald = follower[apart], herald[apart]
    begins = np.flatnonzero(np.diff(follower << 32 | party[herald], prepend=-1))
    lags = moments.lags(rows[herald], rows[follower])
    most = np.maximum.reduceat(lags, begins) if len(begins) else lags
    return party[herald[begins]], party[follower[begins]], most


def _heralds(rows: Numbers, party: Numbers, moments: Moments) -> Numbers:
    """The articles that decide whether a party was earlier, as positions, by party: the first of each precision, with a
    zone and without."""
    found: list[npt.NDArray[np.int64]] = []
    for when in (moments.clock, moments.instant):
        order = np.lexsort((when[rows], moments.zoned[rows], moments.unit[rows], party))
        kind = np.column_stack([party, moments.unit[rows], moments.zoned[rows]])[order]
        found.append(order[np.any(np.diff(kind, axis=0, prepend=-1), axis=1)])
    both = np.unique(np.concatenate(found))
    return both[np.argsort(party[both], kind="stable")]


def share(part: int, whole: int) -> float:
    """As the tables give it."""
    return round(part / max(whole, 1), 4)
