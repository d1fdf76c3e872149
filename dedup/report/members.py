"""The members of stories as the report names them: article, times, credits, shares.

All members are made at once: each column of the articles becomes a list, and a member is one item of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from dedup.arabic.annotation import Annotation
from dedup.intake import Corpus
from dedup.model import Member
from dedup.report.passages import rounded
from dedup.story.groups import Groups
from dedup.story.moments import Moments
from dedup.story.telling import Told
from dedup.story.texts import encoded_of

_ARTICLE = ("id", "path", "outlet", "title", "url", "byline")
_WHEN = ("published", "published_zone", "published_precision")


def member_values(corpus: Corpus, rows: npt.NDArray[np.int64], told: Sequence[Told]) -> Iterator[Member]:
    """The members at ``rows``, those of each story of ``told`` in turn."""
    taken = corpus.articles.select([*_ARTICLE, *_WHEN, "collected"]).take(pa.array(rows))
    columns = taken.drop_columns(["published", "collected"]).to_pydict()
    moments = Moments.of(taken)
    clock = pa.chunked_array([pa.array(moments.clock, pa.timestamp("s"), mask=moments.unit == 0)])
    notes = [corpus.annotations.get(row) for row in rows.tolist()]
    return map(
        Member,
        *(columns[name] for name in ("id", "path", "outlet", "title")),
        map(_published, _times(clock), columns["published_zone"], columns["published_precision"]),
        columns["published_precision"],
        _times(taken["collected"]),
        columns["url"],
        columns["byline"],
        corpus.sketches.words[rows].tolist(),
        map(credits_of, notes),
        [_segment(corpus, row) for row in rows.tolist()],
        _rounded(one.shared for one in told),
        _rounded(one.own for one in told),
        chain.from_iterable(one.derived for one in told),
        map(xxhash.xxh64_hexdigest, encoded_of(corpus.articles["text"], rows)),
    )


def _rounded(shares: Iterable[Sequence[float]]) -> list[float]:
    short: list[float] = rounded(np.fromiter(chain.from_iterable(shares), np.float64)).tolist()
    return short


def first_and_last(
    articles: pa.Table, stories: Groups, rows: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Who of the members of each story (at ``rows``) was published first, and who last: as positions in ``rows``, see
    :meth:`~dedup.story.moments.Moments.first_and_last`."""
    return Moments.of(articles.select(_WHEN).take(pa.array(rows))).first_and_last(stories)


def credits_of(one: Annotation | None) -> tuple[str, ...]:
    """The sources that an article names, mentions left out."""
    if one is None or not one.credits:
        return ()
    return tuple(dict.fromkeys([c.agency or c.name for c in one.credits if c.kind != "mention"]))


def _segment(corpus: Corpus, row: int) -> dict[str, object] | None:
    host = corpus.segments.get(row)
    if host is None:
        return None
    return {"of": host.of, "start": host.start, "end": host.end}


def _times(times: pa.ChunkedArray) -> list[str | None]:
    """Timestamps in seconds as ISO 8601."""
    written: list[str | None] = pc.utf8_replace_slice(times.cast(pa.string()), 10, 11, "T").to_pylist()
    return written


def _published(moment: str | None, zone: str | None, precision: str | None) -> str | None:
    """What the outlet's clock showed, in the zone it names, cut to the precision that is known."""
    if moment is None or precision == "day":
        return moment and moment[:10]
    return (moment[:16] if precision == "minute" else moment) + (zone or "")
