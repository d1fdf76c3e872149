"""Numbers in equal surroundings: another price, another toll, another day's count.

A number's place in a text is known twice over: by the two words before it, and by the word on either side of it. Where
two texts both fill a place with numbers and share none of them, they conflict. Desks that reword a dispatch change its
verbs and leave its figures; a bulletin of another day keeps the sentences and changes the figures. Works on streams of
word hashes, in which bit 0 says that a word is a number.

Cost: only numbers are looked at, the first :data:`MOST` of a text, so a pair costs a microsecond and is bounded, tables
of figures included.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import kernel, uint64, void
from dedup.kernels.parts import part
from dedup.kernels.sets import COUNTS, FIRST, STREAM, join, texts_of

MOST = 64
"""Numbers of a text that are looked at; an article has 10, one in a hundred more than 60."""


@part
def _places(stream, start, stop, places, numbers):
    """Write the places of the first numbers of the text ``start:stop``, two of each, and what fills them; returns how
    many. None reaches over a break."""
    found = np.int64(0)
    for at in range(start + 1, stop):
        left = stream[at - 1]
        if stream[at] & np.uint64(1) == np.uint64(0) or left == np.uint64(0):
            continue
        if found > len(places) - 2:
            break
        if at - 2 >= start and stream[at - 2] != np.uint64(0):
            places[found], numbers[found] = join(stream[at - 2], left), stream[at]
            found += 1
        if at + 1 < stop and stream[at + 1] != np.uint64(0):
            places[found], numbers[found] = ~join(left, stream[at + 1]), stream[at]
            found += 1
    return found


@part
def _conflicts(places, numbers, others, fillers):
    """How many distinct places both have, none of them filled with a number of both."""
    count = 0
    for n in range(len(others)):
        seen = False
        for before in range(n):
            seen |= others[before] == others[n]
        if seen:
            continue
        there, alike = False, False
        for m in range(len(places)):
            if places[m] == others[n]:
                there = True
                for k in range(n, len(others)):
                    alike |= others[k] == others[n] and fillers[k] == numbers[m]
        count += there and not alike
    return count


@kernel(void(STREAM, FIRST, uint64[::1], COUNTS))
def compare_numbers(stream, first_word, pairs, conflicting):
    """For each pair (sorted ``a << 32 | b``) the places of numbers in common that conflict."""
    places, others = np.empty(2 * MOST, np.uint64), np.empty(2 * MOST, np.uint64)
    numbers, fillers = np.empty(2 * MOST, np.uint64), np.empty(2 * MOST, np.uint64)
    held, here = np.int64(-1), np.int64(0)
    for p in range(len(pairs)):
        a, b = texts_of(pairs[p])
        if a != held:
            held, here = a, _places(stream, first_word[a], first_word[a + 1], places, numbers)
        there = _places(stream, first_word[b], first_word[b + 1], others, fillers)
        conflicting[p] = _conflicts(places[:here], numbers[:here], others[:there], fillers[:there])
