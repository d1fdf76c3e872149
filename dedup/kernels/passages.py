"""Shared passages of two texts: the seeds they have in common, and the clusters these make.

Works on the words of texts: ``hashes`` (:mod:`dedup.kernels.hashing`, never 0) and ``place``, a word's number among all
tokens of its text, so that a stretch of marked tokens is a gap of its length and no phrase crosses it.

A *seed* (i, j) says that the phrase at word i of a stands at word j of b too. Phrases are one word, two neighbours in
either order, three neighbours in order. A phrase that stands p times in a and q times in b gives p * q seeds if these
are at most the limit of its length; above the limit a phrase of three words gives min(p, q) seeds, its n-th place in
a with its n-th in b, and a shorter one none. Where a longer phrase begins at both places, the shorter gives no seed of
its own. Since p * q <= limit means p * q <= (p + q) * sqrt(limit) / 2, limits of
4, 16, 64 leave at most 1 + 2 + 4 seeds a word, whatever the texts repeat: seeds grow with the words, not with their
square.

Phrases are numbered as text a says them, and what is known of one lies by its number: a copied run reads neighbours,
not slots all over a table. A word of b is first held against the word of a behind the one before; so in a copied run no
phrase is looked up. (15,783 pairs of articles, from words to boxes: 0.40 s of processor time; 0.62 s when all was known
by slots of one table.)

Two seeds are neighbours if neither i nor j (as places) differ by more than ``reach``; a *cluster* is what hangs
together by neighbours, in whatever order, so shuffled phrases make a cluster just like a verbatim copy. This is exact
single linkage in one pass. Seeds come by rising j, and of each column i only the last seed matters, since an earlier
one within reach is tied to it already: so a seed looks at 2 * reach + 1 columns. Those in the left half (i - reach to
i) that lie within reach are all neighbours of one another, and tied already; so are those in the right half. One of
each half is enough, and the latest is: the greatest number among the columns, found with vector instructions. If the
seed before it on its diagonal has just done so, what is left to see is one column: a verbatim copy costs two look-ups a
seed. (Clusters of 18,754 pairs: 0.25 s with a look at every column, 0.12 s so.)
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np
import numpy.typing as npt

from dedup.kernels.door import kernel, uint64, void
from dedup.kernels.parts import inlined, part
from dedup.kernels.sets import join, put, room_of

WORD, COUPLE, TRIPLE = 0, 1, 2
"""Kinds of phrase: each is one word longer than its number."""
KINDS = 3
_NOWHERE = -(1 << 30)
"""A row far from all others."""

Index = namedtuple("Index", "table, keys, names, after, count, stride")
"""Phrases of text a. That of a kind at word i has the *number* ``kind * stride + i + 1``; its *name* is the number of
the first phrase that is the same; 0 is none. By number: ``keys``, ``names``, ``after`` (the next of that name),
``count`` (of a name). ``table`` finds the name of a key."""
Probe = namedtuple("Probe", "names, count")
"""Those of text b: ``names[kind, j]`` is a's name of the phrase at word j, ``count`` how often b has it."""


@part
def _couple(one, other):
    """Key of two neighbours in either order. (Which order it is, no processor can foresee; so there is no branch.)"""
    return ~join(min(one, other), max(one, other))


@part
def _slot(table, keys, key):
    """Where a key's name stands or would stand in the table. (``keys[0]`` makes an empty slot end the search, too.)"""
    mask = np.uint64(len(table) - 1)
    slot = (key >> np.uint64(20)) & mask
    keys[0] = key
    while keys[table[slot]] != key:
        slot = (slot + np.uint64(1)) & mask
    return slot


@inlined
def _noted(known, last, number, key):
    """Give the phrase ``number`` its name."""
    known.keys[number] = key
    slot = _slot(known.table, known.keys, key)
    name = np.uint64(known.table[slot])
    name = name if name != 0 else number
    known.table[slot] = name
    known.after[last[name]] = number
    last[name] = number
    known.names[number] = name
    known.count[name] += np.uint32(1)


@part
def _named(known, key):
    """The name of a phrase, 0 if a has it not."""
    return known.table[_slot(known.table, known.keys, key)]


@part
def index(hashes, place, start, end):
    """The phrases of the text ``start:end``; none crosses marked tokens or the text's end."""
    stride = np.uint64(end - start + 1)
    room = KINDS * (end - start + 1) + 1
    names, after, count = np.zeros(room, np.uint32), np.zeros(room, np.uint32), np.zeros(room, np.uint32)
    known = Index(np.zeros(2 * room_of(room), np.uint32), np.empty(room, np.uint64), names, after, count, stride)
    last = np.zeros(room, np.uint32)
    end = np.uint64(end)
    for at in range(np.uint64(start), end):
        number = at - np.uint64(start) + np.uint64(1)
        _noted(known, last, number, hashes[at])
        if at + np.uint64(1) < end and place[at + np.uint64(1)] - place[at] == 1:
            _noted(known, last, number + stride, _couple(hashes[at], hashes[at + np.uint64(1)]))
            if at + np.uint64(2) < end and place[at + np.uint64(2)] - place[at] == 2:
                key = join(join(hashes[at], hashes[at + np.uint64(1)]), hashes[at + np.uint64(2)])
                _noted(known, last, number + stride + stride, key)
    return known


@part
def probe(hashes, place, start, end, known):
    """Where the phrases of an index stand in the text ``start:end``; one is there only if its shorter ones are.

    The word of a behind the one before is looked at first, and what follows it in a then follows here: in a copied run
    nothing is looked up.
    """
    stride = known.stride
    names, count = np.zeros((KINDS, end - start), np.uint32), np.zeros(len(known.keys), np.uint32)
    word, couple, triple = names[WORD], names[COUPLE], names[TRIPLE]
    number, run = np.uint64(0), np.uint64(0)
    for j in range(np.uint64(end - start)):
        at = np.uint64(start) + j
        number, run = number + np.uint64(1), run + np.uint64(1)
        if number >= stride or known.keys[number] != hashes[at]:
            run = np.uint64(0)
            name = np.uint64(_named(known, hashes[at]))
            if name == 0:
                continue
            number = name
        word[j] = known.names[number]
        count[word[j]] += np.uint32(1)
        if j < 1 or word[j - np.uint64(1)] == 0 or place[at] - place[at - np.uint64(1)] != 1:
            continue
        name = known.names[number - np.uint64(1) + stride] if run >= 1 else np.uint32(0)
        if name == 0:
            name = _named(known, _couple(hashes[at - np.uint64(1)], hashes[at]))
            if name == 0:
                continue
        couple[j - np.uint64(1)] = name
        count[name] += np.uint32(1)
        if j < 2 or couple[j - np.uint64(2)] == 0:
            continue
        name = known.names[number - np.uint64(2) + stride + stride] if run >= 2 else np.uint32(0)
        if name == 0:
            name = _named(known, join(join(hashes[at - np.uint64(2)], hashes[at - np.uint64(1)]), hashes[at]))
        triple[j - np.uint64(2)] = name
        count[name] += np.uint32(1)
    return Probe(names, count)


@part
def _most_seeds(words, limits):
    """At least as many as there can be, see above."""
    roots = np.int64(0)
    for kind in range(KINDS):
        root = np.int64(1)
        while root * root < limits[kind]:
            root += 1
        roots += root
    return words * roots // 2 + 1


@part
def seed_of(seed):
    """What is packed in a seed: i, j, and the words of the phrase."""
    return (seed >> np.uint64(2)) & np.uint64(0xFFFFFFFF), seed >> np.uint64(34), seed & np.uint64(3)


@part
def seeds(known, other, limits):
    """All seeds of a pair by rising j, packed ``j << 34 | i << 2 | length``."""
    words = other.names.shape[1]
    found = np.empty(_most_seeds(words + np.int64(known.stride), limits), np.uint64)
    cursor = known.names.copy()
    n = np.uint64(0)
    for j in range(np.uint64(words)):
        longer = np.uint32(0)
        for kind in range(KINDS - 1, -1, -1):
            name = other.names[kind, j]
            few = np.int64(known.count[name]) * np.int64(other.count[name]) <= limits[kind]
            number = name if few else cursor[name] if kind == TRIPLE else np.uint32(0)
            base = np.uint64(kind) * known.stride + np.uint64(1)
            while number != 0:
                if longer == 0 or known.names[number + known.stride] != longer:
                    found[n] = j << np.uint64(34) | (number - base) << np.uint64(2) | np.uint64(kind + 1)
                    n += np.uint64(1)
                number = known.after[number]
                if not few:
                    cursor[name] = number
                    break
            longer = name
    return found[:n]


@part
def _latest(last, begin, end):
    """The greatest of ``last[begin:end]``. (Unsigned indices and a conditional expression are what LLVM turns into
    vector instructions: 4 ns for 26 columns, not 26.)"""
    latest = np.uint32(0)
    for at in range(np.uint64(begin), np.uint64(end)):
        seed = last[at]
        latest = seed if seed > latest else latest
    return latest


@part
def _root(parent, seed):
    node = parent[seed]
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@part
def _linked(found, place_a, place_b, reach):
    """``parent[p]`` of seed p, counted from 1, in a forest: each tree is a cluster, its root the first of its seeds."""
    parent, rows = np.empty(len(found) + 1, np.uint32), np.empty(len(found) + 1, np.int32)
    columns = place_a[-1] - place_a[0] + 1 if len(place_a) else 0
    last = np.zeros(columns + 2 * reach, np.uint32)
    wide = np.uint64(reach)
    rows[0] = _NOWHERE
    for p in range(np.uint64(1), np.uint64(len(found) + 1)):
        i, j, _ = seed_of(found[p - np.uint64(1)])
        row, column = place_b[j], np.uint64(place_a[i] - place_a[0]) + wide
        rows[p] = row
        parent[p] = p
        q = np.uint64(last[column - np.uint64(1)])
        left = column + wide
        if rows[q] != row - 1:
            left = column
            q = np.uint64(_latest(last, column - wide, column + np.uint64(1)))
            q = q if row - rows[q] <= reach else p
        one = parent[p] = _root(parent, q)
        q = np.uint64(_latest(last, left, column + wide + np.uint64(1)))
        other = _root(parent, q if row - rows[q] <= reach else p)
        parent[max(one, other)] = min(one, other)
        last[column] = p
    return parent


@part
def clusters(found, place_a, place_b, reach):
    """``grouped[first[c]:first[c+1]]`` are the seeds of cluster c by rising j; clusters by their first seed."""
    number = _linked(found, place_a, place_b, reach)
    first = np.zeros(len(found) + 2, np.int64)
    count = np.uint32(0)
    for p in range(np.uint64(1), np.uint64(len(number))):
        if number[p] == p:
            number[p] = count
            count += np.uint32(1)
        else:
            number[p] = number[number[p]]
        first[number[p] + np.uint64(2)] += 1
    for c in range(1, np.int64(count)):
        first[c + 1] += first[c]
    grouped = np.empty(len(found), np.uint64)
    for p in range(np.uint64(1), np.uint64(len(number))):
        after = number[p] + np.uint64(1)
        grouped[np.uint64(first[after])] = found[p - np.uint64(1)]
        first[after] += 1
    return grouped, first[: np.int64(count) + 1]


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
