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

A template that floods a corpus also fills buckets under that limit, others in each band, and their pairs can be
hundreds an article. So there is a limit to the pairs of all bands together, :func:`most_pairs`. Where it is passed, the
texts of overfull buckets count as flooded, and all their buckets are cut, to narrower and narrower strips; if that is
not enough, buckets count as overfull from half of the size on, and so on until it holds. So a story of hundreds of
prints stays whole beside a flood of thousands. What is cut is a star as well as a strip: each text also has its pair
with the first of the bucket, so that a flood is one family of formulas and not hundreds. Of flooded texts the recall
above is not promised; :class:`Candidates` says how many they are.

Cost: O(articles) memory a band, and at most :func:`most_pairs` pairs, or two an article and band if that is more; those
of some bands lie beside each other before they are joined. An article that is alone in its bucket, as nearly
all are, is dropped before the rest is sorted: 0.019 s for the 21,461 texts of 14 days, and 0.022 s if all are sorted.
20,000 pages of one template: 1.2 s, and 79 pairs a page. Source: Indyk, Motwani, "Approximate nearest neighbors",
STOC 1998; the layout in bands is that of Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, section 3.4.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.kernels.overlap import band_keys, bucket_pairs, drop_single, sort_distinct
from dedup.settings import BUCKET_LIMIT, BUCKET_REACH, LEAST_REACH, NUM_PERM, PAIRS_AN_ARTICLE, PAIRS_LEAST

Mapper = Callable[[Callable[[int], npt.NDArray[np.uint64]], Iterable[int]], Iterable[npt.NDArray[np.uint64]]]
"""``map`` or a pool's: applies a function to each number, results in order."""
_LOW = np.uint64(0xFFFFFFFF)
_BANDS = 8
"""Bands whose pairs lie beside each other, at most, once they are more than may be."""


@dataclass(frozen=True, slots=True)
class Candidates:
    """n ``pairs``: sorted uint64 ``a << 32 | b``, a < b; ``star`` (n,): which of them are there only because a is the
    first of a cut bucket; ``cut``: how many articles are in such a bucket."""

    pairs: npt.NDArray[np.uint64]
    star: npt.NDArray[np.bool_]
    cut: int


def most_pairs(articles: int) -> int:
    """How many pairs one step may make of a corpus of so many articles."""
    return max(PAIRS_LEAST, PAIRS_AN_ARTICLE * articles)


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


def packed(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    """Rows a < b as one uint64 each: ``a << 32 | b``."""
    return a.astype(np.uint64) << np.uint64(32) | b.astype(np.uint64)


def sides(pairs: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The rows a and b of pairs that are :func:`packed`."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)


def candidate_pairs(
    signatures: npt.NDArray[np.uint32],
    articles: npt.NDArray[np.int64],
    bands: int,
    rows: int,
    mapper: Mapper = map,
    most: int | None = None,
) -> Candidates:
    """Pairs of ``articles`` (ascending rows of signatures) that share a band: all of them, or if these are more than
    ``most`` (:func:`most_pairs` where nothing is said; at least two an article and band) those of cut buckets."""
    most = max(most_pairs(len(articles)) if most is None else most, 2 * bands * len(articles))
    buckets = _Buckets(signatures, articles, bands, rows, mapper)
    for limit, reach, flooded in _cuts(buckets):
        candidates = buckets.candidates(limit, reach, flooded, most)
        if len(candidates.pairs) <= most:
            break
    first, second = sides(candidates.pairs)
    return Candidates(packed(articles[first], articles[second]), candidates.star, candidates.cut)


@dataclass(frozen=True, slots=True)
class _Buckets:
    """The buckets of all bands. Articles are meant by their position among ``articles``."""

    signatures: npt.NDArray[np.uint32]
    articles: npt.NDArray[np.int64]
    bands: int
    rows: int
    mapper: Mapper

    def candidates(self, limit: int, reach: int, flooded: npt.NDArray[np.bool_], most: int) -> Candidates:
        """The pairs in buckets, cut above ``limit`` and where the first is ``flooded`` to a star and a strip of
        ``reach``; once they are more than ``most``, those there are so far."""
        bits, none = self._bits(), np.empty(0, np.uint64)
        cut = np.zeros(len(self.articles), np.bool_)

        def pairs_of_band(band: int) -> npt.NDArray[np.uint64]:
            keys = self._keys(band)
            number, size, first = _sizes(keys, bits)
            cut[number[(size > reach + 1) & ((size > limit) | flooded[first])]] = True
            pairs = np.empty(min(bucket_pairs(keys, bits, limit, reach, flooded, none), most + 1), np.uint64)
            bucket_pairs(keys, bits, limit, reach, flooded, pairs)
            return pairs

        found = [none]
        for begin in range(0, self.bands, _BANDS):
            found += self.mapper(pairs_of_band, range(begin, min(begin + _BANDS, self.bands)))
            if sum(map(len, found)) > most:
                found = [distinct(np.concatenate(found))]
                if len(found[0]) > most:
                    break
        pairs = distinct(np.concatenate(found))
        if not cut.any():
            return Candidates(pairs, np.zeros(len(pairs), np.bool_), 0)
        every = distinct(np.concatenate([pairs, *self._stars(limit, reach, flooded)]))
        return Candidates(every, ~np.isin(every, pairs, assume_unique=True), int(cut.sum()))

    def _stars(self, limit: int, reach: int, flooded: npt.NDArray[np.bool_]) -> Iterator[npt.NDArray[np.uint64]]:
        """The pairs of each band that the first of a cut bucket is in."""
        for band in range(self.bands):
            number, size, first = _sizes(self._keys(band), self._bits())
            ends = (size > reach + 1) & ((size > limit) | flooded[first]) & (number != first)
            yield packed(first[ends], number[ends])

    def overfull(self, limit: int) -> npt.NDArray[np.bool_]:
        """Which articles are in a bucket of more than ``limit``."""
        found = np.zeros(len(self.articles), np.bool_)
        for band in range(self.bands):
            number, size, _ = _sizes(self._keys(band), self._bits())
            found[number[size > limit]] = True
        return found

    def _keys(self, band: int) -> npt.NDArray[np.uint64]:
        """The band's keys and articles, without most of those that are alone."""
        keys, bits = np.empty(len(self.articles), np.uint64), self._bits()
        band_keys(self.signatures, self.articles, band * self.rows, self.rows, bits, keys)
        return distinct(keys[: drop_single(keys, bits, keys)])

    def _bits(self) -> int:
        return max(1, len(self.articles).bit_length())


def _cuts(buckets: _Buckets) -> Iterator[tuple[int, int, npt.NDArray[np.bool_]]]:
    """How buckets are cut, each time to fewer pairs: above which size, to which reach, and who is flooded."""
    yield BUCKET_LIMIT, BUCKET_REACH, np.zeros(len(buckets.articles), np.bool_)
    for limit in _halved(BUCKET_LIMIT, 1):
        flooded = buckets.overfull(limit)
        for reach in _halved(min(limit, BUCKET_REACH), LEAST_REACH):
            yield limit, reach, flooded


def _halved(number: int, least: int) -> Iterator[int]:
    """The number, and its halves that are not under ``least``."""
    yield number
    while number >= 2 * least:
        number //= 2
        yield number


def _sizes(
    keys: npt.NDArray[np.uint64], bits: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The numbers in the sorted buckets, and for each the size and the first number of its bucket."""
    key, number = keys >> np.uint64(bits), (keys & np.uint64((1 << bits) - 1)).astype(np.int64)
    begin = np.flatnonzero(np.diff(key, prepend=~key[:1]))
    size = np.diff(begin, append=len(key))
    return number, np.repeat(size, size), np.repeat(number[begin], size)
