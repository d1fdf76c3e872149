"""Alignment: the passages of a pair of texts, from seeds to boxes that are kept.

**Two looks.** Seeds are clustered within ``gap`` first. Then, without what touches a box whose words stand in the same
order in both texts, they are clustered within the wider ``reach``: words of a paragraph shuffled as a whole lie far
apart. Such a box must be nearly all matched (``dense``), so that chance, which a wide look meets more often, gives
none.

**Which stay.** Boxes that are long and similar enough are taken strongest first; one stays if it has ``least`` words,
in a or in b, that none before it covers. So what one text says twice and the other once is two passages, and a chance
likeness across two true passages is none.

Nothing here depends on which text is a: stretches are trimmed by turns from one state, ranks are symmetrical, and boxes
of equal rank are kept or dropped together.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from dedup.kernels.boxes import (
    A0,
    A1,
    ANCHORS,
    B0,
    B1,
    COLUMNS,
    MATCHED,
    SHARED,
    Pair,
    Stamps,
    extend,
    in_order,
    measure,
    merged,
    trim,
)
from dedup.kernels.door import float64, int32, int64, kernel, uint64
from dedup.kernels.parts import numbers, part
from dedup.kernels.passages import TRIPLE, clusters, index, probe, seed_of, seeds
from dedup.kernels.sets import FIRST, STREAM, texts_of

Rules = namedtuple("Rules", "gap, reach, chance, anchors, similar, dense, ordered")
_RANKS = 5


@part
def _copy(rows, source, target):
    for column in range(COLUMNS):
        rows[target, column] = rows[source, column]


@part
def _boxes(pair, found, stamps, rules, reach, similar):
    """The boxes of one look that are long and similar enough."""
    if len(found) < rules.anchors:
        return np.empty((0, COLUMNS), np.int64)
    grouped, first = clusters(found, pair.place_a, pair.place_b, reach)
    boxes = np.zeros((len(first) - 1, COLUMNS), np.int64)
    count = 0
    for c in range(len(first) - 1):
        if first[c + 1] - first[c] >= rules.anchors:
            trim(pair, grouped[first[c] : first[c + 1]], stamps, rules.chance, rules.anchors, boxes[count])
            count += boxes[count, ANCHORS] >= rules.anchors
    boxes = merged(boxes[:count], pair.place_a, pair.place_b, rules.gap)
    count = 0
    for n in range(len(boxes)):
        box = boxes[n]
        extend(pair, box)
        words_a, words_b = box[A1] - box[A0], box[B1] - box[B0]
        if min(words_a, words_b) >= pair.least and 2 * box[ANCHORS] >= pair.least:
            measure(pair, stamps.bag, box)
            if 2 * box[MATCHED] >= similar * (words_a + words_b):
                _copy(boxes, n, count)
                count += 1
    return boxes[:count]


@part
def _cover(covered, begin, end):
    """Cover words; returns how many were not covered before."""
    new = np.int64(0)
    for at in range(begin, end):
        new += not covered[at]
        covered[at] = True
    return new


@part
def _uncovered(covered, begin, end):
    free = np.int64(0)
    for at in range(begin, end):
        free += not covered[at]
    return free


@part
def _without_ordered(found, boxes, words_a, words_b, ordered):
    """The seeds that touch no box whose words stand in the same order in both texts."""
    if len(boxes) == 0:
        return found
    taken_a, taken_b = np.zeros(words_a, np.bool_), np.zeros(words_b, np.bool_)
    for n in range(len(boxes)):
        if boxes[n, SHARED] >= ordered * boxes[n, MATCHED]:
            _cover(taken_a, boxes[n, A0], boxes[n, A1])
            _cover(taken_b, boxes[n, B0], boxes[n, B1])
    left = np.empty(len(found), np.uint64)
    count = np.uint64(0)
    for p in range(np.uint64(len(found))):
        i, j, _ = seed_of(found[p])
        left[count] = found[p]
        count += np.uint64(not (taken_a[i] or taken_b[j]))
    return left[:count]


@part
def _by_strength(boxes):
    """Boxes strongest first, and what makes their strength: numbers that stay the same when a and b change sides."""
    rank = np.empty((len(boxes), _RANKS), np.int64)
    for n in range(len(boxes)):
        box = boxes[n]
        words_a, words_b = box[A1] - box[A0], box[B1] - box[B0]
        rank[n, 0], rank[n, 1], rank[n, 2] = -box[MATCHED], words_a + words_b, box[A0] + box[B0]
        rank[n, 3], rank[n, 4] = abs(box[A0] - box[B0]), abs(words_a - words_b)
    order = numbers(len(boxes))
    for column in range(_RANKS - 1, -1, -1):
        order = in_order(rank, column, order)
    return order, rank


@part
def _same(rows, one, other, columns):
    same = True
    for column in range(columns):
        same &= rows[one, column] == rows[other, column]
    return same


@part
def _kept(boxes, words_a, words_b, least):
    """Whether each box stays: it has ``least`` words, in a or in b, that no stronger one covers."""
    keep = np.ones(len(boxes), np.bool_)
    if len(boxes) < 2:
        return keep
    covered_a, covered_b = np.zeros(words_a, np.bool_), np.zeros(words_b, np.bool_)
    order, rank = _by_strength(boxes)
    begin = 0
    while begin < len(order):
        end = begin
        while end < len(order) and _same(rank, order[end], order[begin], _RANKS):
            box = boxes[order[end]]
            free = max(_uncovered(covered_a, box[A0], box[A1]), _uncovered(covered_b, box[B0], box[B1]))
            keep[order[end]] = free >= least
            for n in order[begin:end]:
                if keep[n] and _same(boxes, n, order[end], ANCHORS):
                    keep[order[end]] = False
            end += 1
        for n in order[begin:end]:
            if keep[n]:
                _cover(covered_a, boxes[n, A0], boxes[n, A1])
                _cover(covered_b, boxes[n, B0], boxes[n, B1])
        begin = end
    return keep


@part
def _joined(one, other):
    both = np.empty((len(one) + len(other), COLUMNS), np.int64)
    for n in range(len(both)):
        for column in range(COLUMNS):
            both[n, column] = one[n, column] if n < len(one) else other[n - len(one), column]
    return both


@part
def _passages(pair, limits, rules):
    """The passages of one pair: boxes, and those that stay by their place in a."""
    words_a, words_b, room = len(pair.place_a), len(pair.place_b), len(pair.known.keys)
    stamps = Stamps(
        np.zeros(1, np.int32), np.zeros(words_a, np.int32), np.zeros(words_b, np.int32),
        np.empty(words_a, np.int8), np.empty(words_b, np.int8),
        np.zeros(words_a + 1, np.int32), np.zeros(words_a + 1, np.int32), np.zeros(room, np.int32),
    )  # fmt: skip
    found = seeds(pair.known, pair.other, limits)
    near = _boxes(pair, found, stamps, rules, rules.gap, rules.similar)
    left = _without_ordered(found, near, words_a, words_b, rules.ordered)
    boxes = _joined(near, _boxes(pair, left, stamps, rules, rules.reach, rules.dense))
    keep = _kept(boxes, words_a, words_b, pair.least)
    count = 0
    for n in range(len(boxes)):
        if keep[n]:
            _copy(boxes, n, count)
            count += 1
    order = numbers(count)
    for column in (B1, B0, A1, A0):
        order = in_order(boxes, column, order)
    return boxes, order


@kernel(
    int64(
        STREAM, int32[::1], FIRST, uint64[::1], uint64[::1], int64[::1], int64, int64, float64,
        int64, int64, int64, float64, float64, float64, int64[:, ::1], int64[::1],
    ),
)  # fmt: skip
def find_passages(
    hashes, place, first, pairs, frequent, limits, gap, reach, chance,
    anchors, least, shortest, similar, dense, ordered, out, first_out,
):  # fmt: skip
    """Passages of each pair ``a << 32 | b`` of texts; pairs of one a next to each other share its index.

    A passage has ``least`` words, or half of the shorter text's where that is less (at least ``shortest``).
    ``out[first_out[p]:first_out[p+1]]`` are those of pair p. Rare phrases of a passage are counted up to as many as one
    of ``least`` words has phrases. Returns their number; what is beyond the end of ``out`` is
    counted but not written.
    """
    rules = Rules(gap, reach, chance, anchors, similar, dense, ordered)
    written = p = np.int64(0)
    while p < len(pairs):
        a, _ = texts_of(pairs[p])
        known = index(hashes, place, first[a], first[a + 1])
        while p < len(pairs) and texts_of(pairs[p])[0] == a:
            _, b = texts_of(pairs[p])
            other = probe(hashes, place, first[b], first[b + 1], known)
            place_a, place_b = place[first[a] : first[a + 1]], place[first[b] : first[b + 1]]
            wanted = min(least, max(shortest, min(len(place_a), len(place_b)) // 2))
            pair = Pair(known, other, place_a, place_b, frequent, wanted, least - TRIPLE)
            boxes, order = _passages(pair, limits, rules)
            first_out[p] = written
            for n in order:
                for column in range(COLUMNS if written < len(out) else 0):
                    out[written, column] = boxes[n, column]
                written += 1
            p += 1
    first_out[len(pairs)] = written
    return written
