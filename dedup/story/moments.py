"""When articles were published, and which of two was first.

Two moments can only be compared as precisely as the coarser of them is known: a day with a minute of the same day is a
tie, and a tie gives no direction. Where both name their zone and are finer than a day, instants are compared; else what
the outlets' clocks showed, since a day, or a time without a zone, is told by the clock of the place.

    earlier(a, b)   whole units of the coarser precision lie between the two

The day of collection plays no part here: a crawler's visit says nothing about who was first. Limit: two clocks without
zones are taken for one; outlets of the Arab countries are four hours apart at most. And where times with and without
zones meet, "earlier" need not be an order: of 10:30+03:00, 08:00+00:00 and 09:00 each is before the next. Then the
clocks decide who is told as first.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.corpus.zones import offsets
from dedup.story.groups import Groups

_NEVER = -(1 << 62)
_SECONDS = {"second": 1, "minute": 60, "day": 86_400}


@dataclass(frozen=True, slots=True)
class Moments:
    """Of n articles: ``instant`` and ``clock`` int64 seconds since 1970 (UTC, and as the outlet's clock showed it),
    ``zoned`` bool, ``unit`` int64: seconds of the precision, 0 where no publication is known."""

    instant: npt.NDArray[np.int64]
    clock: npt.NDArray[np.int64]
    zoned: npt.NDArray[np.bool_]
    unit: npt.NDArray[np.int64]

    @classmethod
    def of(cls, articles: pa.Table) -> Moments:
        """From the columns ``published``, ``published_precision`` and ``published_zone``."""
        instant = pc.fill_null(articles["published"].cast(pa.int64()), 0).to_numpy()
        known = pc.is_valid(articles["published"]).to_numpy()
        unit = np.ones(len(known), np.int64)
        for name, seconds in _SECONDS.items():
            unit[pc.fill_null(pc.equal(articles["published_precision"], name), False).to_numpy()] = seconds
        zoned = pc.is_valid(articles["published_zone"]).to_numpy()
        return cls(instant, instant + offsets(articles), zoned, unit * known)

    def known(self, row: int) -> bool:
        """Whether the article says when it was published."""
        return bool(self.unit[row])

    def lag(self, a: int, b: int) -> int:
        """Seconds from a to b in whole units of the coarser precision; both must be known."""
        unit = max(int(self.unit[a]), int(self.unit[b]))
        by = self.instant if self.zoned[a] and self.zoned[b] and unit < _SECONDS["day"] else self.clock
        return (int(by[b]) // unit - int(by[a]) // unit) * unit

    def lags(self, a: npt.NDArray[np.int64], b: npt.NDArray[np.int64] | np.int64) -> npt.NDArray[np.int64]:
        """:meth:`lag` of many at once, also from many to one."""
        unit = np.maximum(self.unit[a], self.unit[b])
        by_instant = self.zoned[a] & self.zoned[b] & (unit < _SECONDS["day"])
        then, now = (np.where(by_instant, self.instant[rows], self.clock[rows]) for rows in (a, b))
        whole: npt.NDArray[np.int64] = (now // unit - then // unit) * unit
        return whole

    def earlier(self, a: int, b: int) -> bool:
        """Whether a was certainly published before b."""
        return self.known(a) and self.known(b) and self.lag(a, b) > 0

    def first_of(self, rows: list[int]) -> int | None:
        """The one published before all others of ``rows``, if all are known."""
        if len(rows) < 2 or not all(self.known(row) for row in rows):
            return None
        first = min(rows, key=lambda row: (int(self.clock[row]), row))
        exact = [row for row in rows if self.zoned[row] and self.unit[row] < _SECONDS["day"]]
        by_instant = min(exact, key=lambda row: (int(self.instant[row]), row), default=first)
        for candidate in dict.fromkeys((first, by_instant)):
            if all(self.earlier(candidate, other) for other in rows if other != candidate):
                return candidate
        return None

    def first_and_last(self, stories: Groups) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Of each of the stories that the articles make up end to end, one that none is earlier than, and one that is
        earlier than none: as positions. Of several those that the clocks showed first and last. One whose publication
        is not known is neither, unless none is."""
        known = self.unit > 0
        first = stories.best(np.where(known, -self.clock, _NEVER))
        last = stories.best(np.where(known, self.clock, _NEVER))
        exact = known & self.zoned & (self.unit < _SECONDS["day"])
        offset = self.clock - self.instant
        east, west = (stories.greatest(np.where(exact, far, _NEVER)) for far in (offset, -offset))
        for story in np.flatnonzero(east > -west):  # else clocks are in the order of instants
            rows = np.arange(stories.first[story], stories.first[story + 1])
            told = rows[known[rows]]
            by = (self.instant if exact[told].all() else self.clock)[told]
            begins, ends = (told[np.argsort(way * by, kind="stable")] for way in (1, -1))
            first[story] = next((row for row in begins if not (self.lags(told, row) > 0).any()), first[story])
            last[story] = next((row for row in ends if not (self.lags(told, row) < 0).any()), last[story])
        return first, last
