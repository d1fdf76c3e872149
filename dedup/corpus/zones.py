"""What the clocks of outlets showed: the instant of publication, and the zone that the source names.

``published`` is UTC where a zone is named and the outlet's own clock where none is (:mod:`dedup.corpus.schema`), so the
clock is

    clock = published + offset of published_zone    (0 without a zone)

>>> zone_offset("-04:30")
-16200
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.corpus.dates import Moment


def offsets(articles: pa.Table) -> npt.NDArray[np.int64]:
    """Seconds east of Greenwich by the column ``published_zone``, int64 (n,); 0 where none is named."""
    zones = articles["published_zone"]
    found = np.zeros(len(zones), np.int64)
    for zone in filter(None, pc.unique(zones).to_pylist()):
        found[pc.fill_null(pc.equal(zones, zone), False).to_numpy()] = zone_offset(zone)
    return found


def clock(moment: Moment) -> int:
    """What the clock showed at a moment, in seconds since 1970."""
    return moment.seconds + (zone_offset(moment.zone) if moment.zone else 0)


def zone_offset(zone: str) -> int:
    """Seconds east of Greenwich of "+03:00"."""
    hours, minutes = zone.lstrip("+-").split(":")
    return (-1 if zone.startswith("-") else 1) * (int(hours) * 3600 + int(minutes) * 60)
