"""Banding: the articles whose signatures agree somewhere.

Comparing all signatures with each other is quadratic. Instead the NUM_PERM minima are laid out as ``bands`` groups of
``rows``, and only articles that have one whole group in common meet. A minimum agrees with probability *s*, the Jaccard
similarity; a group with s**rows; none of the groups with (1 - s**rows)**bands. So two articles meet with

    collision_probability(s) = 1 - (1 - s**rows)**bands

>>> [round(collision_probability(s, bands=42, rows=3), 3) for s in (0.2, 0.4, 0.5, 0.7)]
[0.286, 0.938, 0.996, 1.0]

More rows in a band mean fewer chance candidates, more bands fewer misses, and their product is at most the signature.
So for a wanted Jaccard and recall the best choice is the *largest* number of rows whose bands still reach the recall:

>>> choose(0.5, 0.995), choose(0.8, 0.995), choose(0.3, 0.995)
((42, 3), (21, 6), (64, 2))

A candidate is a suspicion, settled by :mod:`dedup.match.compare`. Texts that are equal to the letter share every band;
the caller passes one of each. A bucket that still overflows (a template with a changing number) is cut to a strip, see
:data:`~dedup.settings.BUCKET_LIMIT`.

Cost: O(articles) memory a band. An article that is alone in its bucket, as nearly all are, is dropped before the rest
is sorted: 0.019 s for the 21,461 texts of 14 days, and 0.022 s if all are sorted. Source: Indyk, Motwani, "Approximate
nearest neighbors", STOC 1998; the layout in bands is that of Leskovec, Rajaraman, Ullman, Mining of Massive Datasets,
section 3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import numpy.typing as npt

from dedup.kernels.overlap import band_keys, bucket_pairs, drop_single, sort_distinct
from dedup.settings import BUCKET_LIMIT, BUCKET_REACH, NUM_PERM

Mapper = Callable[[Callable[[int], npt.NDArray[np.uint64]], Iterable[int]], Iterable[npt.NDArray[np.uint64]]]
"""``map`` or a pool's: applies a function to each number, results in order."""


def collision_probability(similarity: float, bands: int, rows: int) -> float:
    """The chance that two articles of this Jaccard similarity share a band."""
    return float(1 - (1 - similarity**rows) ** bands)


def choose(jaccard: float, recall: float) -> tuple[int, int]:
    """Bands and rows: the most rows with which a pair at ``jaccard`` is found with probability ``recall``.

    Where even single rows do not reach it (Jaccard under about 0.04) single rows are the best there is.
    """
    for rows in range(NUM_PERM, 1, -1):
        bands = NUM_PERM // rows
        if collision_probability(jaccard, bands, rows) >= recall:
            return bands, rows
    return NUM_PERM, 1


def distinct(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The distinct values in ascending order (numpy's own ``unique`` hashes, forty times slower here)."""
    ordered = values.copy()
    return ordered[: sort_distinct(ordered, np.empty_like(ordered))]


def candidate_pairs(
    signatures: npt.NDArray[np.uint32],
    articles: npt.NDArray[np.int64],
    bands: int,
    rows: int,
    mapper: Mapper = map,
) -> npt.NDArray[np.uint64]:
    """Pairs of ``articles`` (ascending rows of signatures) that share a band: sorted uint64 ``a << 32 | b``, a < b."""
    bits = max(1, len(articles).bit_length())

    def pairs_of_band(band: int) -> npt.NDArray[np.uint64]:
        packed = np.empty(len(articles), np.uint64)
        band_keys(signatures, articles, band * rows, rows, bits, packed)
        packed = distinct(packed[: drop_single(packed, bits, packed)])
        none = np.empty(0, np.uint64)
        found = np.empty(bucket_pairs(packed, bits, BUCKET_LIMIT, BUCKET_REACH, none), np.uint64)
        bucket_pairs(packed, bits, BUCKET_LIMIT, BUCKET_REACH, found)
        return found

    positions = distinct(np.concatenate(list(mapper(pairs_of_band, range(bands)))))
    low = np.uint64(0xFFFFFFFF)
    first, second = (
        articles[(positions >> np.uint64(32)).astype(np.int64)],
        articles[(positions & low).astype(np.int64)],
    )
    return first.astype(np.uint64) << np.uint64(32) | second.astype(np.uint64)
