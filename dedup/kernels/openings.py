"""Openings: the first words of a text, and how many of them another text has.

News says who, what, where and when in its first sentences. Two stories from one mould open with other names, figures
and days; an excerpt opens with words that the dispatch has somewhere. Works on streams of word hashes (bit 0: a number)
and on sets of words (bit 0: a rare one), see :mod:`dedup.kernels.rarity`.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int8, int64, kernel, uint64, void
from dedup.kernels.sets import COUNTS, FIRST, STREAM, emptied, find, most_room, note, passes, put

_KIND = np.uint64(1)
_DAY = int8[::1]


@kernel(
    int64(STREAM, FIRST, STREAM, FIRST, STREAM, int64, int64, int64, STREAM, FIRST, COUNTS, COUNTS, _DAY)
)  # fmt: skip
def openings(
    sets, first, stream, first_word, weekdays, words, numbers, days, out, first_out, rare, figures, day
):  # fmt: skip
    """What opens each text that has a set: the rare ones of its first ``words`` distinct words, bit 0 cleared, then the
    distinct numbers among its first ``numbers`` words, bit 0 set; ``out[first_out[i]:first_out[i+1]]`` are those of
    text i, ``rare[i]`` and ``figures[i]`` count them. ``day[i]`` is the place in ``weekdays`` of the first one among
    its first ``days`` words, -1 if there is none. Returns the number written."""
    written = np.int64(0)
    for text in range(len(rare)):
        first_out[text] = written
        rare[text] = figures[text] = np.int32(0)
        day[text] = np.int8(-1)
        if first[text] == first[text + 1]:
            continue
        for at in range(first[text], min(first[text] + words, first[text + 1])):
            if sets[at] & _KIND:
                out[written] = sets[at] & ~_KIND
                written += 1
                rare[text] += np.int32(1)
        begin = written
        for at in range(first_word[text], min(first_word[text] + numbers, first_word[text + 1])):
            word = stream[at]
            new = word & _KIND != np.uint64(0)
            for known in range(begin, written):
                new = new and out[known] != word
            if new:
                out[written] = word
                written += 1
                figures[text] += np.int32(1)
        for at in range(first_word[text], min(first_word[text] + days, first_word[text + 1])):
            for place in range(len(weekdays)):
                if day[text] < 0 and stream[at] == weekdays[place]:
                    day[text] = np.int8(place)
    first_out[len(rare)] = written
    return written


@kernel(void(STREAM, FIRST, STREAM, FIRST, uint64[::1], COUNTS, COUNTS))
def count_found(opening, first_opening, sets, first, pairs, words, numbers):
    """For each pair (sorted ``text << 32 | opener``) how much of the opener's opening stands anywhere in the text:
    words and numbers apart."""
    longest = most_room(first, pairs)
    table = np.zeros(longest, np.uint64)
    sieve = np.zeros(longest // 16, np.uint64)
    held = np.int64(-1)
    mask = np.uint64(0)
    for p in range(len(pairs)):
        text = np.int64(pairs[p] >> np.uint64(32))
        opener = np.int64(pairs[p] & np.uint64(0xFFFFFFFF))
        if text != held:
            held = text
            mask = emptied(table, sieve, first, text)
            for at in range(first[text], first[text + 1]):
                put(table, mask, sets[at] & ~_KIND)
                note(sieve, mask, sets[at] & ~_KIND)
        words[p] = numbers[p] = np.int32(0)
        for at in range(first_opening[opener], first_opening[opener + 1]):
            key = opening[at] & ~_KIND
            if passes(sieve, mask, key) and find(table, mask, key) >= 0:
                if opening[at] & _KIND:
                    numbers[p] += np.int32(1)
                else:
                    words[p] += np.int32(1)
