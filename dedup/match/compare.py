"""Exact overlap: what two articles share, counted and not estimated.

With the sets of distinct shingles A and B of two articles

    jaccard       = |A & B| / |A | B|
    containment_a = |A & B| / |A|          the share of a that b has too
    containment_b = |A & B| / |B|

Texts that are equal to the letter (after folding) are *copies* of each other. Only the first of a group of copies goes
through banding and comparison; what holds for it holds for each of the group, figure by figure, because figures depend
on the set of shingles alone. So a thousand prints of one dispatch cost one comparison, and :func:`spread` writes their
pairs afterwards. A group of more than :data:`~dedup.settings.COPY_PAIRS_LIMIT` is spread as a star, each copy with the
first, and two groups that have more pairs between them than one of that size inside as a ladder, each copy with the one
of its number in the other. (A star between them would tie its middle to the other group, and no one else.) That bounds
what each may cost; for all together the caller gives a limit, and where it is passed the largest are cut, too. No
article is lost by that, since every copy has its pair with the first; :class:`Spread` says how many pairs are.

Texts under :data:`~dedup.settings.MIN_WORDS` words are too short to be compared: "the ministry did not comment" is not
a story. They only meet when text *and* title are equal.

Cost: O(shingles of the candidates) for :func:`exact`, O(pairs) for :func:`spread`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.kernels.overlap import shared_shingles
from dedup.settings import COPY_PAIRS_LIMIT
from dedup.sketch.lsh import packed, sides
from dedup.sketch.minhash import Sketches

_PIECE = 2_048
"""Pairs a worker looks at at a time: some milliseconds of work, whatever is compared."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Compared pairs as arrays of one length, sorted by (a, b), a < b.

    ``a, b`` int64: rows of the corpus. ``shared, shingles_a, shingles_b`` int64: distinct shingles in common and
    of each.
    """

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    shared: npt.NDArray[np.int64]
    shingles_a: npt.NDArray[np.int64]
    shingles_b: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.a)

    def jaccard(self) -> npt.NDArray[np.float64]:
        """Shared over all; two texts without any shingle (equal short texts) have Jaccard 1."""
        return _share(self.shared, self.shingles_a + self.shingles_b - self.shared)

    def containment_a(self) -> npt.NDArray[np.float64]:
        """The share of a's shingles that b has."""
        return _share(self.shared, self.shingles_a)

    def containment_b(self) -> npt.NDArray[np.float64]:
        """The share of b's shingles that a has."""
        return _share(self.shared, self.shingles_b)

    def packed(self) -> npt.NDArray[np.uint64]:
        """The pairs as ``a << 32 | b``."""
        return packed(self.a, self.b)

    def where(self, kept: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> Pairs:
        """Only the pairs where ``kept`` is true, or those at its positions."""
        return Pairs(self.a[kept], self.b[kept], self.shared[kept], self.shingles_a[kept], self.shingles_b[kept])


def _share(part: npt.NDArray[np.int64], whole: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), 1.0)


def in_pieces(
    look: Callable[..., Any], pairs: npt.NDArray[np.uint64], figures: int, mapper: Callable[..., Iterable[Any]] = map,
    dtype: npt.DTypeLike = np.int32,
) -> npt.NDArray[Any]:  # fmt: skip
    """What ``look(piece, *found)`` writes of the pairs of each piece into as many arrays as there are ``figures``:
    (figures, pairs). Workers share the pieces."""

    def looked(piece: npt.NDArray[np.uint64]) -> npt.NDArray[Any]:
        found = np.empty((figures, len(piece)), dtype)
        look(piece, *found)
        return found

    pieces = [pairs[start : start + _PIECE] for start in range(0, len(pairs), _PIECE)]
    return np.concatenate([np.zeros((figures, 0), dtype), *mapper(looked, pieces)], axis=1)


def exact(sketches: Sketches, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map) -> Pairs:
    """Compare candidate pairs (sorted uint64 ``a << 32 | b``) exactly."""
    look = partial(shared_shingles, sketches.shingles.addresses(), sketches.shingle_counts())
    (shared,) = in_pieces(look, pairs, 1, mapper)
    return with_counts(sketches, pairs, shared.astype(np.int64))


@dataclass(frozen=True, slots=True)
class Copies:
    """Groups of articles with equal text: ``first[row]`` is the first article of row's group (int64)."""

    first: npt.NDArray[np.int64]

    def groups(self) -> list[npt.NDArray[np.int64]]:
        """The groups of two and more, each ascending, by their first article."""
        order = np.argsort(self.first, kind="stable")
        starts = np.flatnonzero(np.diff(self.first[order], prepend=-1))
        sizes = np.diff(starts, append=len(order))
        several = sizes > 1
        bounds = zip(starts[several].tolist(), sizes[several].tolist(), strict=True)
        return [order[start : start + size] for start, size in bounds]


def copies(keys: npt.NDArray[np.uint64], articles: npt.NDArray[np.int64]) -> Copies:
    """Group ``articles`` (ascending) by equal keys; every other article is alone."""
    first = np.arange(len(keys), dtype=np.int64)
    _, earliest, group = np.unique(keys[articles], return_index=True, return_inverse=True)
    first[articles] = articles[earliest[group]]
    return Copies(first)


@dataclass(frozen=True, slots=True)
class Spread:
    """``pairs`` of articles, sorted uint64 ``a << 32 | b``; ``origin`` int64: the position of the pair each comes from,
    -1 for one inside a group; ``left_out``: how many more there would be if nothing were cut but groups of more than
    COPY_PAIRS_LIMIT."""

    pairs: npt.NDArray[np.uint64]
    origin: npt.NDArray[np.int64]
    left_out: int


def spread(between: npt.NDArray[np.uint64], groups: list[npt.NDArray[np.int64]], within: bool, most: int) -> Spread:
    """The pairs of articles that pairs between the firsts of ``groups`` stand for, and with ``within`` those inside
    each group. ``between`` is sorted ``a << 32 | b``.

    If they are more than ``most``, the largest are cut: of a group the first is paired with each, of two groups the
    first with the first, the second with the second and so on; where that is not enough, only the two firsts. Of the
    pairs ``between`` none is left out.
    """
    if not groups:
        return Spread(between, np.arange(len(between), dtype=np.int64), 0)
    a, b = sides(between)
    rows = 1 + max(int(b.max(initial=0)), *(int(group[-1]) for group in groups))
    begin, size = np.arange(rows), np.ones(rows, np.int64)
    firsts, sizes = np.array([(group[0], len(group)) for group in groups], np.int64).T
    begin[firsts], size[firsts] = rows + np.cumsum(sizes) - sizes, sizes
    member = np.concatenate([np.arange(rows), *groups])
    product, inside = size[a] * size[b], sizes if within else sizes[:0]
    every = int(product.sum() + _inside_sizes(inside).sum())
    count, whole = _cut(product, np.minimum(size[a], size[b]), inside, most)
    origin = np.repeat(np.arange(len(between)), count)
    place = np.arange(len(origin)) - np.repeat(np.cumsum(count) - count, count)
    each, right = (count == product)[origin], size[b][origin]
    one = member[begin[a[origin]] + np.where(each, place // right, place)]
    other = member[begin[b[origin]] + np.where(each, place % right, place)]
    made, source = [packed(np.minimum(one, other), np.maximum(one, other))], [origin]
    made += _inside(groups, whole.tolist()) if within else []
    source += [np.full(len(pairs), -1) for pairs in made[1:]]
    everything, origin = np.concatenate(made), np.concatenate(source)
    order = np.argsort(everything)
    return Spread(everything[order], origin[order], every - len(everything))


def _inside_sizes(sizes: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """How many pairs there are inside groups of these sizes, of which a huge one is a star."""
    return np.where(sizes > COPY_PAIRS_LIMIT, sizes - 1, sizes * (sizes - 1) // 2)


def _cut(
    product: npt.NDArray[np.int64], ladder: npt.NDArray[np.int64], inside: npt.NDArray[np.int64], most: int
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.bool_]]:
    """How many pairs there are to be between two groups: all (``product``), a ``ladder`` or one; and which groups, of
    sizes ``inside``, have all their pairs; for at most so many in all (if stars inside the groups leave room)."""
    n = len(product)
    least = np.concatenate([ladder, inside - 1])
    whole = np.concatenate([np.where(product > COPY_PAIRS_LIMIT**2 // 2, ladder, product), _inside_sizes(inside)])
    cost = np.where(_kept(whole, least, most), whole, least)
    single = ~_kept(cost, np.concatenate([np.ones_like(ladder), cost[n:]]), most)[:n]
    return np.where(single, 1, cost[:n]), whole[n:] == cost[n:]


def _kept(cost: npt.NDArray[np.int64], less: npt.NDArray[np.int64], most: int) -> npt.NDArray[np.bool_]:
    """Which may have their full ``cost``, while the others have ``less``, so that all together have at most ``most``:
    the smallest, and of equal ones the first."""
    order = np.argsort(cost, kind="stable")
    total = int(less.sum()) + np.cumsum((cost - less)[order])
    kept = np.zeros(len(cost), np.bool_)
    kept[order[: np.searchsorted(total, most, side="right")]] = True
    return kept


def _inside(groups: list[npt.NDArray[np.int64]], whole: list[bool]) -> list[npt.NDArray[np.uint64]]:
    """The pairs inside groups: all of them in one that is ``whole`` and not huge, else each with the first. Groups of
    one size are paired together, for most are of two or three."""
    by_size: dict[tuple[int, bool], list[npt.NDArray[np.int64]]] = {}
    for group, every in zip(groups, whole, strict=True):
        by_size.setdefault((len(group), every and len(group) <= COPY_PAIRS_LIMIT), []).append(group)
    made = []
    for (size, every), alike in by_size.items():
        i, j = np.triu_indices(size, 1) if every else (np.zeros(size - 1, np.int64), np.arange(1, size))
        rows = np.stack(alike)
        made.append(packed(rows[:, i].ravel(), rows[:, j].ravel()))
    return made


def with_counts(sketches: Sketches, pairs: npt.NDArray[np.uint64], shared: npt.NDArray[np.int64]) -> Pairs:
    """Pairs of which the shared shingles are known already."""
    counts = sketches.shingle_counts()
    a, b = sides(pairs)
    return Pairs(a, b, shared, counts[a], counts[b])
