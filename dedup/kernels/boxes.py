"""Boxes: what a cluster of seeds says about two texts.

A *box* is a stretch of a and a stretch of b. The words of a cluster's seeds inside its box are *anchors*. A box is

    trimmed    to the best-scoring stretch of either side: an anchor scores 1, a word the other stretch has 0, a word
               it lacks minus a penalty. Both shrink by turns, since what is cut off one side takes away partners on
               the other
    merged     with boxes that together cover one stretch of a and one of b, at most ``gap`` places apart: phrases in
               another order. The coarsest such sets are unique
    extended   while the word before it, or the word behind it, is the same in a and in b
    measured   words matched, distinct phrases of three words in common, and the rare ones among these

**The penalty** is what log-odds say: if a share p of a passage's words are anchors, and a share c of the words of any
two stretches by chance, an anchor is worth log(p / c) and a foreign word log((1 - p) / (1 - c)). It begins at p = 1/2;
when the box is stable, p is taken from the box itself and it is trimmed once more: a copy ends sharply, a paraphrase
softly. Scores are whole thousandths, so that equal sums are equal.

Cost: a cluster is trimmed in at most ``_ROUNDS`` passes over its seeds and its box, and a box is at most ``reach``
times as long as its seeds are many. While a box stands, its anchors stand too and are not drawn again.
"""

from __future__ import annotations

from collections import namedtuple

import numpy as np

from dedup.kernels.parts import numbers, part
from dedup.kernels.passages import TRIPLE, WORD, seed_of
from dedup.kernels.sets import find

A0, A1, B0, B1, ANCHORS, MATCHED, SHARED, RARE = range(8)
"""Columns of a box: words ``A0:A1`` of a, ``B0:B1`` of b; anchors on the poorer side; words matched; distinct phrases
of three words in common, rare ones among these (no more than :class:`Pair` says are enough)."""
COLUMNS = 8
_ROUNDS = 16
"""Passes of trimming. A box only shrinks; of the 22,359 passages between articles of one story in 14 days none would
change with more, and 40 would with 8."""
_LEAST_DENSITY, _MOST_DENSITY = 0.5, 0.98
"""Limits of p: below one half the penalty would fall until everything is a passage, at 1 it would be infinite."""
_ANCHOR = 1_000

Pair = namedtuple("Pair", "known, other, place_a, place_b, frequent, least, enough")
"""Two texts: index, probe, places of their words, the table of frequent phrases, words a passage must have, and the
number of rare phrases beyond which nobody asks."""
Stamps = namedtuple("Stamps", "clock, a, b, grade_a, grade_b, in_a, in_b, bag")
"""Scratch. ``a, b`` per word (that it is an anchor) and ``in_a, in_b`` per name (that the stretch has it) hold the
round that last set them (``clock[0]`` is the round now), so nothing is ever cleared; ``grade_a, grade_b`` per word are
made by :func:`_graded`; ``bag`` counts by name and is all zero between uses."""
_FOREIGN, _PRESENT, _ANCHORED = 0, 1, 2


@part
def _anchor(seeds, now, box, in_a, in_b):
    """Make anchors of the words of all seeds inside the box: always three, of which some may be the same."""
    a0, a1, b0, b1 = np.uint64(box[A0]), np.uint64(box[A1]), np.uint64(box[B0]), np.uint64(box[B1])
    for p in range(np.uint64(len(seeds))):
        i, j, length = seed_of(seeds[p])
        if i >= a0 and i + length <= a1 and j >= b0 and j + length <= b1:
            half, last = length >> np.uint64(1), length - np.uint64(1)
            in_a[i] = in_a[i + half] = in_a[i + last] = now
            in_b[j] = in_b[j + half] = in_b[j + last] = now


@part
def _present(names, begin, end, stamp, now):
    """Note which words stand in a stretch."""
    for at in range(np.uint64(begin), np.uint64(end)):
        stamp[names[at]] = now


@part
def _graded(names, begin, end, anchors, present, now, grade):
    """Whether each word of a stretch is an anchor, one the other stretch has, or foreign. (No word waits for the one
    before it, so LLVM makes vector instructions of this: 0.04 s less in 15,783 pairs.)"""
    for at in range(np.uint64(begin), np.uint64(end)):
        held = _PRESENT if present[names[at]] == now else _FOREIGN
        grade[at] = _ANCHORED if anchors[at] == now else held


@part
def _best_stretch(grade, begin, end, penalty):
    """The stretch of the largest sum; of equal ones that which ends first, then the shortest. (Without branches: where
    a stretch begins no processor can foresee.)"""
    best = score = least = np.int64(0)
    best_begin = best_end = start = np.int64(begin)
    for at in range(np.uint64(begin), np.uint64(end)):
        start = np.int64(at) if score <= least else start
        least = score if score <= least else least
        held = np.int64(0) if grade[at] == _PRESENT else -penalty
        score += _ANCHOR if grade[at] == _ANCHORED else held
        gain = score - least
        best_begin = start if gain > best else best_begin
        best_end = np.int64(at) if gain > best else best_end
        best = gain if gain > best else best
    return best_begin, best_end + np.int64(best > 0)


@part
def _penalty(density, chance):
    density = min(max(density, _LEAST_DENSITY), _MOST_DENSITY)
    return np.int64(np.round(_ANCHOR * np.log((1 - chance) / (1 - density)) / np.log(density / chance)))


@part
def _around(seeds, box):
    """Draw the box around seeds."""
    a0 = b0 = np.int64(1) << 40
    a1 = b1 = np.int64(0)
    for p in range(np.uint64(len(seeds))):
        i, j, length = seed_of(seeds[p])
        a0, a1 = min(a0, np.int64(i)), max(a1, np.int64(i + length))
        b0, b1 = min(b0, np.int64(j)), max(b1, np.int64(j + length))
    box[A0], box[A1], box[B0], box[B1] = a0, a1, b0, b1


@part
def _anchored(grade, begin, end):
    count = np.int64(0)
    for at in range(np.uint64(begin), np.uint64(end)):
        count += grade[at] == _ANCHORED
    return count


@part
def trim(pair, seeds, stamps, chance, least, box):
    """The box around seeds, cut to its best stretches; it has no anchors if they are under ``least``.

    A box only shrinks, and so do its anchors: one that has too few before it is stable is left at once. (Most clusters
    are chance and are left in the first round.)
    """
    a, b = pair.known.names[1 : len(pair.place_a) + 1], pair.other.names[WORD]
    _around(seeds, box)
    now = stamps.clock[0]
    penalty = _penalty(_LEAST_DENSITY, chance)
    by_density = stable = False
    for _ in range(_ROUNDS):
        if not stable:
            stamps.clock[0] += 1
            now = stamps.clock[0]
            _anchor(seeds, now, box, stamps.a, stamps.b)
            _present(a, box[A0], box[A1], stamps.in_a, now)
            _present(b, box[B0], box[B1], stamps.in_b, now)
            _graded(a, box[A0], box[A1], stamps.a, stamps.in_b, now, stamps.grade_a)
            _graded(b, box[B0], box[B1], stamps.b, stamps.in_a, now, stamps.grade_b)
        a0, a1 = _best_stretch(stamps.grade_a, box[A0], box[A1], penalty)
        b0, b1 = _best_stretch(stamps.grade_b, box[B0], box[B1], penalty)
        stable = a0 == box[A0] and a1 == box[A1] and b0 == box[B0] and b1 == box[B1]
        box[A0], box[A1], box[B0], box[B1] = a0, a1, b0, b1
        if stable or not by_density:
            in_a, in_b = _anchored(stamps.grade_a, a0, a1), _anchored(stamps.grade_b, b0, b1)
            if min(in_a, in_b) < least and not by_density:
                break
        if stable:
            box[ANCHORS] = min(in_a, in_b)
            if by_density:
                break
            by_density = True
            penalty = _penalty((in_a + in_b) / max(a1 - a0 + b1 - b0, 1), chance)


@part
def in_order(rows, column, order):
    """``order`` rearranged so that ``rows[order, column]`` rises, equal ones as they were; the one given is spoilt. (A
    merge sort of our own: numpy's costs the compiler seconds.)"""
    if len(order) < 2:
        return order
    source, target = order, np.empty(len(order), np.int64)
    width = 1
    while width < len(order):
        for start in range(0, len(order), 2 * width):
            middle, end = min(start + width, len(order)), min(start + 2 * width, len(order))
            left, right = start, middle
            for n in range(start, end):
                if left < middle and (right >= end or rows[source[left], column] <= rows[source[right], column]):
                    target[n] = source[left]
                    left += 1
                else:
                    target[n] = source[right]
                    right += 1
        source, target = target, source
        width *= 2
    return source


@part
def _cut(boxes, label, place, low, high, gap):
    """Part boxes of one label that lie more than ``gap`` apart on one side; returns the number of labels.

    Columns come as numbers, not as constants, of each of which numba would make a version of its own (0.3 s).
    """
    count = before = np.int64(-1)
    end = np.int64(0)
    for n in in_order(label, np.int64(0), in_order(boxes, low, numbers(len(boxes)))):
        if label[n, 0] != before or place[boxes[n, low]] - place[end - 1] > gap:
            count += 1
            before, end = label[n, 0], boxes[n, high]
        end = max(end, boxes[n, high])
        label[n, 0] = count
    return count + 1


@part
def merged(boxes, place_a, place_b, gap):
    """The coarsest sets of boxes that leave no gap on either side, each as one box."""
    if len(boxes) < 2:
        return boxes
    label = np.zeros((len(boxes), 1), np.int64)
    count = np.int64(1)
    while True:
        _cut(boxes, label, place_a, np.int64(A0), np.int64(A1), gap)
        now = _cut(boxes, label, place_b, np.int64(B0), np.int64(B1), gap)
        if now == count:
            break
        count = now
    result = np.zeros((count, COLUMNS), np.int64)
    for n in range(len(boxes)):
        box, into = boxes[n], result[label[n, 0]]
        if into[A1] == 0:
            into[A0], into[B0] = box[A0], box[B0]
        into[A0], into[A1] = min(into[A0], box[A0]), max(into[A1], box[A1])
        into[B0], into[B1] = min(into[B0], box[B0]), max(into[B1], box[B1])
        into[ANCHORS] += box[ANCHORS]
    return result


@part
def extend(pair, box):
    """Take in the words before and behind the box as long as a and b agree."""
    place_a, place_b = pair.place_a, pair.place_b
    a, b = pair.known.names[1 : len(place_a) + 1], pair.other.names[WORD]
    while (
        box[A0] > 0 and box[B0] > 0 and a[box[A0] - 1] == b[box[B0] - 1]
        and place_a[box[A0]] - place_a[box[A0] - 1] == 1 and place_b[box[B0]] - place_b[box[B0] - 1] == 1
    ):  # fmt: skip
        box[A0] -= 1
        box[B0] -= 1
    while (
        box[A1] < len(a) and box[B1] < len(b) and a[box[A1]] == b[box[B1]]
        and place_a[box[A1]] - place_a[box[A1] - 1] == 1 and place_b[box[B1]] - place_b[box[B1] - 1] == 1
    ):  # fmt: skip
        box[A1] += 1
        box[B1] += 1


@part
def _matched(words_a, words_b, bag, box):
    """Words that both stretches have, each as often as the poorer one has it."""
    matched = np.int64(0)
    for j in range(np.uint64(box[B0]), np.uint64(box[B1])):
        bag[words_b[j]] += 1
    bag[0] = 0
    for i in range(np.uint64(box[A0]), np.uint64(box[A1])):
        more = np.int32(bag[words_a[i]] > 0)
        bag[words_a[i]] -= more
        matched += more
    for j in range(np.uint64(box[B0]), np.uint64(box[B1])):
        bag[words_b[j]] = 0
    return matched


@part
def measure(pair, bag, box):
    """Count words matched, phrases in common, and rare ones."""
    known, b = pair.known, pair.other.names[TRIPLE]
    begin = np.uint64(TRIPLE) * known.stride + np.uint64(1)
    box[MATCHED] = _matched(known.names[1:], pair.other.names[WORD], bag, box)
    last_a, last_b = max(box[A0], box[A1] - TRIPLE), max(box[B0], box[B1] - TRIPLE)
    for j in range(np.uint64(box[B0]), np.uint64(last_b)):
        bag[b[j]] = 1
    bag[0] = 0
    shared = rare = np.int64(0)
    for i in range(np.uint64(box[A0]), np.uint64(last_a)):
        name = known.names[begin + i]
        if bag[name] > 0:
            bag[name] = 0
            shared += 1
            if rare < pair.enough:
                rare += find(pair.frequent, np.uint64(len(pair.frequent) - 1), known.keys[name] & ~np.uint64(1)) < 0
    box[SHARED], box[RARE] = shared, rare
    for j in range(np.uint64(box[B0]), np.uint64(last_b)):
        bag[b[j]] = 0
