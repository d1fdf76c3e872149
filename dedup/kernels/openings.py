"""Words that two texts share, and how many of them stand in what opens either.

News says who, what, where and when in its first sentences. Two stories from one mould open with other names, figures
and days; an excerpt opens with words that the dispatch has somewhere. Works on sets of the words of texts in order of
first appearance, bit 0 of a word set for a rare one, bit 1 for a number (:func:`dedup.kernels.firsts.take_first`).

The order says what opens a text: of its first n different words the rare ones, and the numbers among those that its
first places hold. So one look at the words of a pair tells what it shares and what of both openings; looking for each
opening in the other text, with a table of the words made again for it, took as long again (71,316 pairs: 0.13 s of
processor time, in one look 0.08 s).
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int8, int32, int64, kernel, uint64, void
from dedup.kernels.parts import part
from dedup.kernels.sets import COUNTS, FIRST, STREAM, bit_of, fill, note, passes, room_beside, seek, sifted, texts_of

_FLAGS = np.uint64(3)


@part
def _rare(word):
    return np.int32(word & np.uint64(1))


@part
def _number(word):
    return np.int32((word >> np.uint64(1)) & np.uint64(1))


@kernel(void(STREAM, FIRST, STREAM, FIRST, STREAM, int64, int64, int64, int32[:, ::1], int8[::1]))
def openings(sets, first, stream, first_word, weekdays, words, places, days, counts, day):
    """Of each text ``counts[:, i]``: its numbers; the rare ones among them; the rare ones among its first ``words``
    words; how many words its first ``places`` places hold, and the numbers among these. ``day[i]`` is the place in
    ``weekdays`` of the first one among its first ``days`` places, -1 if there is none, or no word at all."""
    named = np.uint64(0)
    for place in range(len(weekdays)):
        named |= bit_of(weekdays[place])
    for text in range(len(day)):
        counts[:, text] = 0
        day[text] = np.int8(-1)
        begin, end = np.uint64(first[text]), np.uint64(first[text + 1])
        if begin == end:
            continue
        figures = rare_figures = rare = in_places = np.int32(0)
        for at in range(begin, end):
            figures += _number(sets[at])
            rare_figures += _number(sets[at]) & _rare(sets[at])
        for at in range(begin, min(begin + np.uint64(words), end)):
            rare += _rare(sets[at])
        start, stop = first_word[text], first_word[text + 1]
        known = begin
        for at in range(start, min(start + places, stop)):
            if known < end and (stream[at] ^ sets[known]) & ~_FLAGS == np.uint64(0):  # what is new is the next one
                in_places += _number(sets[known])
                known += np.uint64(1)
        for at in range(start, min(start + days, stop)):
            if named & bit_of(stream[at]):
                for place in range(len(weekdays)):
                    if day[text] < 0 and stream[at] == weekdays[place]:
                        day[text] = np.int8(place)
        counts[0, text], counts[1, text], counts[2, text] = figures, rare_figures, rare
        counts[3, text], counts[4, text] = known - begin, in_places


@part
def _phrase_at(stream, at, stop, phrases):
    """The row of the first of ``phrases`` that stands at a place, -1 if none does."""
    for row in range(len(phrases)):
        word = 0
        while word < phrases.shape[1] and phrases[row, word] != np.uint64(0):
            if at + word >= stop or phrases[row, word] != stream[at + word]:
                break
            word += 1
        if word == phrases.shape[1] or phrases[row, word] == np.uint64(0):
            return row
    return np.int64(-1)


@kernel(void(STREAM, FIRST, uint64[:, ::1], int8[::1], int64, int8[::1]))
def periods(stream, first_word, phrases, numbers, words, period):
    """``period[i]`` is the number of the first of ``phrases``, (m, k) word hashes with 0 behind those of shorter
    ones, that begins among the first ``words`` words of text i, those numbered -1 passed over; -1 if none does."""
    leads, mask = np.zeros(64, np.uint64), np.uint64(1023)  # 4,096 bits: hardly a word but these is looked at
    for row in range(len(phrases)):
        note(leads, mask, phrases[row, 0])
    for text in range(len(period)):
        period[text] = np.int8(-1)
        start, stop = first_word[text], first_word[text + 1]
        for at in range(start, min(start + words, stop)):
            if passes(leads, mask, stream[at]):
                row = _phrase_at(stream, at, stop, phrases)
                if row >= 0 and numbers[row] >= 0:
                    period[text] = numbers[row]
                    break


@kernel(void(STREAM, FIRST, int64, COUNTS, uint64[::1], *(COUNTS,) * 7))
def shared_words(
    sets, first, words, places, pairs, shared, rare, numbers, rare_numbers, opening_a, opening_b, opening_numbers
):  # fmt: skip
    """For each pair (sorted ``a << 32 | b``) the words in common, the rare ones among them, the numbers, the rare
    numbers; the rare ones among the first ``words`` words of a, and of b; the numbers among the first ``places[a]`` of
    a and the first ``places[b]`` of b, together."""
    table, place, sieve, passing = room_beside(first, pairs)
    held = np.int64(-1)
    mask = np.uint64(0)
    for p in range(len(pairs)):
        a, b = texts_of(pairs[p])
        if a != held:
            held = a
            mask = fill(table, place, sieve, sets, first, a)
        before = np.uint64(first[b])
        in_both = rare_ones = figures = rare_figures = in_a = in_b = in_either = np.int32(0)
        for n in range(sifted(sets, first[b], first[b + 1], sieve, mask, passing)):
            word = sets[passing[n]]
            slot = seek(table, mask, word)
            if table[slot] == word:
                at_a, at_b = np.int64(place[slot]), np.int64(passing[n] - before)
                is_rare, is_number = _rare(word), _number(word)
                in_both += np.int32(1)
                rare_ones += is_rare
                figures += is_number
                rare_figures += is_rare & is_number
                in_a += is_rare & np.int32(at_a < words)
                in_b += is_rare & np.int32(at_b < words)
                in_either += is_number * (np.int32(at_a < places[a]) + np.int32(at_b < places[b]))
        shared[p], rare[p], numbers[p], rare_numbers[p] = in_both, rare_ones, figures, rare_figures
        opening_a[p], opening_b[p], opening_numbers[p] = in_a, in_b, in_either
