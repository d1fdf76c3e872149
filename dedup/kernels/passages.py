"""Shared passages of two texts: the seeds they have in common, and the clusters these make.

Works on the words of texts: ``hashes`` (as in :mod:`dedup.kernels.text`, never 0) and ``place``, a word's number among
all tokens of its text, so that a stretch of marked tokens is a gap of its length and no phrase crosses it.

A *seed* (i, j) says that the phrase at word i of a stands at word j of b too. Phrases are one word, two neighbours in
either order, three neighbours in order. A phrase that stands p times in a and q times in b gives p * q seeds if these
are at most the limit of its length; above the limit a phrase of three words gives min(p, q) seeds, its n-th place in
a with its n-th in b, and a shorter one none. Where a longer phrase begins at both places, the shorter gives no seed of
its own. Since p * q <= limit means p * q <= (p + q) * sqrt(limit) / 2, limits of
4, 16, 64 leave at most 1 + 2 + 4 seeds a word, whatever the texts repeat: seeds grow with the words, not with their
square.

Two seeds are neighbours if neither i nor j (as places) differ by more than ``reach``; a *cluster* is what hangs
together by neighbours, in whatever order, so shuffled phrases make a cluster just like a verbatim copy. This is exact
single linkage in one pass. Seeds come by rising i, and of each column j only the last seed matters, since an earlier
one within reach is tied to it already: so a seed looks at 2 * reach + 1 columns. Those in the left half (j - reach to
j) that lie within reach are all neighbours of one another, and tied already; so are those in the right half. One of
each half is enough, and the latest is: the greatest number among the columns, found with vector instructions. If the
seed before it on its diagonal has just done so, what is left to see is one column: a verbatim copy costs two look-ups a
seed. (Clusters of 18,754 pairs: 0.25 s with a look at every column, 0.12 s so.)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np
import numpy.typing as npt

from dedup.kernels.door import kernel, uint64, void
from dedup.kernels.parts import nowhere, nowhere_in, numbers, part
from dedup.kernels.sets import find, join, put, room_of

WORD, COUPLE, TRIPLE = 0, 1, 2
"""Kinds of phrase: each is one word longer than its number."""
KINDS = 3

Index = namedtuple("Index", "table, ids, count")
"""Phrases of text a: open-addressing ``table`` of keys, ``ids[kind, i]`` slot of the phrase at word i or -1, ``count``
per slot."""
Probe = namedtuple("Probe", "ids, count, head, after")
"""Those of text b, by the slots of a's table: ``head[slot]`` is the first place in b, ``after[kind, j]`` the next."""
Seeds = namedtuple("Seeds", "i, j, length")
"""Seeds by rising i; ``length`` is the number of words of the phrase."""


@part
def _couple(one, other, joined):
    """Key of two neighbours in either order; ``joined`` is that of the phrase they make."""
    return ~(joined if one <= other else join(other, one))


@part
def _noted(table, count, key):
    slot = put(table, np.uint64(len(table) - 1), key)
    count[np.uint64(slot)] += 1
    return slot


@part
def index(hashes, place, start, end):
    """The phrases of the text ``start:end``; none crosses marked tokens or the text's end."""
    words = end - start
    table = np.zeros(room_of(KINDS * words), np.uint64)
    count = np.zeros(len(table), np.int32)
    ids = nowhere_in(KINDS, words)
    word, couple, triple = ids[WORD], ids[COUPLE], ids[TRIPLE]
    for n in range(np.uint64(words)):
        at = np.uint64(start) + n
        word[n] = _noted(table, count, hashes[at])
        if at + 1 < end and place[at + 1] - place[at] == 1:
            joined = join(hashes[at], hashes[at + 1])
            couple[n] = _noted(table, count, _couple(hashes[at], hashes[at + 1], joined))
            if at + 2 < end and place[at + 2] - place[at] == 2:
                triple[n] = _noted(table, count, join(joined, hashes[at + 2]))
    return Index(table, ids, count)


@part
def _found(key, at, table, ids, count, head, after):
    """Whether the index has the phrase; if so, its place ``at`` is the first from here on."""
    slot = find(table, np.uint64(len(table) - 1), key)
    if slot < 0:
        return False
    ids[at] = slot
    count[np.uint64(slot)] += 1
    after[at] = head[np.uint64(slot)]
    head[np.uint64(slot)] = at
    return True


@part
def probe(hashes, place, start, end, known):
    """Where the phrases of an index stand in the text ``start:end``; one is there only if its shorter ones are."""
    words, room = end - start, len(known.table)
    ids, after = nowhere_in(KINDS, words), nowhere_in(KINDS, words)
    count, head, table = np.zeros(room, np.int32), nowhere(room), known.table
    word, couple, triple = ids[WORD], ids[COUPLE], ids[TRIPLE]
    after_word, after_couple, after_triple = after[WORD], after[COUPLE], after[TRIPLE]
    for back in range(np.uint64(words)):
        n = np.uint64(words) - back - np.uint64(1)
        at = np.uint64(start) + n
        if not _found(hashes[at], n, table, word, count, head, after_word):
            continue
        if at + 1 < end and place[at + 1] - place[at] == 1:
            joined = join(hashes[at], hashes[at + 1])
            key = _couple(hashes[at], hashes[at + 1], joined)
            if not _found(key, n, table, couple, count, head, after_couple):
                continue
            if at + 2 < end and place[at + 2] - place[at] == 2:
                _found(join(joined, hashes[at + 2]), n, table, triple, count, head, after_triple)
    return Probe(ids, count, head, after)


@part
def _most_seeds(known, other, limits):
    most = np.int64(0)
    for i in range(known.ids.shape[1]):
        for kind in range(KINDS):
            slot = known.ids[kind, i]
            if slot >= 0:
                few = np.int64(known.count[slot]) * other.count[slot] <= limits[kind]
                most += other.count[slot] if few else np.int64(kind == TRIPLE)
    return most


@part
def seeds(known, other, limits):
    """All seeds of a pair by rising i."""
    most = _most_seeds(known, other, limits)
    found = Seeds(np.empty(most, np.int32), np.empty(most, np.int32), np.empty(most, np.int32))
    in_a, in_b, cursor = known.ids, other.ids, other.head.copy()
    n = np.int64(0)
    for i in range(in_a.shape[1]):
        longer = np.int32(-1)
        for kind in range(KINDS - 1, -1, -1):
            slot = in_a[kind, i]
            few = slot >= 0 and np.int64(known.count[slot]) * other.count[slot] <= limits[kind]
            j = cursor[slot] if slot >= 0 and (few or kind == TRIPLE) else np.int32(-1)
            while j >= 0:
                if longer < 0 or in_b[kind + 1, j] != longer:
                    found.i[n], found.j[n], found.length[n] = i, j, kind + 1
                    n += 1
                j = other.after[kind, j]
                if not few:
                    cursor[slot] = j
                    break
            longer = slot
    return Seeds(found.i[:n], found.j[:n], found.length[:n])


@part
def _root(parent, node):
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@part
def _latest(last, begin, end):
    """The greatest of ``last[begin:end]``. (Unsigned indices and a conditional expression are what LLVM turns into
    vector instructions: 4 ns for 26 columns, not 26.)"""
    latest = np.int32(-1)
    for at in range(np.uint64(begin), np.uint64(end)):
        seed = last[at]
        latest = seed if seed > latest else latest
    return latest


@part
def _linked(found, place_a, place_b, reach):
    """``parent[p]`` of each seed in a forest of which each tree is a cluster, its root the first of its seeds."""
    parent = numbers(len(found.i)).astype(np.int32)
    columns = place_b[-1] - place_b[0] + 1 if len(place_b) else 0
    last = nowhere(columns + 2 * reach)
    for p in range(len(parent)):
        row, column = place_a[found.i[p]], place_b[found.j[p]] - place_b[0] + reach
        q = last[column]
        if q >= 0 and place_a[found.i[q]] == row:
            parent[p] = _root(parent, q)
            continue
        left = column
        q = last[column - 1]
        if q >= 0 and place_a[found.i[q]] == row - 1:
            parent[p] = _root(parent, q)
            left = column + reach
        else:
            q = _latest(last, column - reach, column + 1)
            if q >= 0 and row - place_a[found.i[q]] <= reach:
                parent[p] = _root(parent, q)
        q = _latest(last, left, column + reach + 1)
        if q >= 0 and row - place_a[found.i[q]] <= reach:
            one, other = _root(parent, p), _root(parent, q)
            parent[max(one, other)] = min(one, other)
        last[column] = p
    return parent


@part
def clusters(found, place_a, place_b, reach):
    """``order[first[c]:first[c+1]]`` are the seeds of cluster c by rising i; clusters by their first seed."""
    parent = _linked(found, place_a, place_b, reach)
    first = np.zeros(len(parent) + 1, np.int64)
    number = np.empty(len(parent), np.int32)
    count = np.int32(0)
    for p in range(len(parent)):
        root = _root(parent, p)
        if root == p:
            number[p] = count
            count += 1
        number[p] = number[root]
        first[number[p] + 1] += 1
    for c in range(count):
        first[c + 1] += first[c]
    at = first[:count].copy()
    order = np.empty(len(parent), np.int64)
    for p in range(len(parent)):
        order[at[number[p]]] = p
        at[number[p]] += 1
    return order, first[: count + 1]


@kernel(void(uint64[::1], uint64[::1]))
def fill_set(table, keys):
    """Put ``keys`` (never 0) into an open-addressing table."""
    for key in keys:
        put(table, np.uint64(len(table) - 1), key)


def hash_set(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The distinct ``keys`` (uint64, never 0) as an open-addressing table."""
    table = np.zeros(1 << max(4, (2 * len(keys) - 1).bit_length()), np.uint64)
    fill_set(table, keys)
    return table
