"""The distinct phrases of a text, without a list of them: one byte a place of its stream says which are new there.

A phrase of two words can only stand in a text twice if both of its words do, and one of three words if both of the
pairs that it is made of do. So a table of the text's words is asked at every place, one of its pairs only where both
words are there more than once (one place in four), one of its triples only where both pairs are. A table holds numbers
of places, and a pair is known by the two places where its words stand first: no phrase is hashed for it. (6.6 M words,
processor time: 0.12 s with hashes of phrases in the tables, asked wherever the first word was a repeated one; 0.05 s.)

All else about a phrase follows from the stream: its hash is joined again whenever it is counted or written. For 6.2 M
phrases of three words that is 0.02 s a time. The lists of all phrases of 6.6 M words would take 132 MB instead of 6.6,
and 0.04 s to write where memory has been used before, 0.3 s where every page is fresh.

Every step runs over a whole text before the next begins, and writes what it passes on without a branch: then the
processor waits for many counters at a time, and not for the outcome of a comparison. Counters are asked for while the
phrases are joined (to count all: 0.20 s, then 0.12 s, together with counters of half the size).
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int32, int64, kernel, uint8, uint64, void
from dedup.kernels.memory import fetch
from dedup.kernels.parts import part
from dedup.kernels.sets import FIRST, STREAM, join, room_of

BYTES = uint8[::1]
RARE, USEFUL, EVERY = 0, 1, 2
"""Which phrases :func:`take_first` writes."""
ELSEWHERE = 12
"""Added to a counter of half a byte that is 0 or 1 if a text that is not counted has the phrase. So counts end at 11,
which is more than any limit of rarity of phrases."""
_BIT = np.uint64(1)
_SPREAD = np.uint64(0x94D049BB133111EB)
_WORD, _PAIR, _TRIPLE, _EVERY = np.uint8(1), np.uint8(2), np.uint8(4), np.uint8(7)
_NOWHERE = np.uint32(0xFFFFFFFF)


@part
def _first_of_each(keys, count, table, first):
    """``first[n]``: the first of ``count`` places that has the key of place n."""
    room = room_of(count)
    mask = np.uint64(room - 1)
    table[:room] = _NOWHERE
    for n in range(np.uint64(count)):
        slot = ((keys[n] * _SPREAD) >> np.uint64(32)) & mask
        place = n if table[slot] == _NOWHERE else np.uint64(table[slot])
        while keys[place] != keys[n]:
            slot = (slot + np.uint64(1)) & mask
            place = n if table[slot] == _NOWHERE else np.uint64(table[slot])
        table[slot] = first[n] = place


@part
def _repeats(keys, places, count, bit, new, table, first, several):
    """Clear ``bit`` of ``new`` at each of ``count`` places where a phrase stands that stood before. What is left in
    ``keys`` and ``places`` are those where a longer phrase may be repeated: where this one and the next are there more
    than once. Returns how many."""
    _first_of_each(keys, count, table, first)
    several[:count] = 0
    for n in range(np.uint64(count)):
        again = np.uint8(first[n] != n)
        several[np.uint64(first[n])] |= again
        new[np.uint64(places[n])] &= ~(bit * again)
    kept = np.uint64(0)
    for n in range(np.uint64(max(count - 1, 0))):
        one, next_one = np.uint64(first[n]), np.uint64(first[n + np.uint64(1)])
        follows = np.uint8(places[n + np.uint64(1)] == places[n] + np.uint32(1))
        keys[kept], places[kept] = one << np.uint64(32) | next_one, places[n]
        kept += np.uint64(several[one] & several[next_one] & follows)
    return np.int64(kept)


@kernel(void(STREAM, FIRST, boolean[::1], int64, int64, BYTES, int32[:, ::1]))
def first_seen(stream, first_word, wanted, begin, end, new, distinct):
    """Which phrases stand for the first time at each place of the texts ``begin:end``: bits 0, 1, 2 of ``new`` for
    those of one, two, three words (all 0 in texts that are not wanted). ``distinct[:, i]`` counts the phrases of each
    length."""
    longest = np.int64(0)
    for text in range(begin, end):
        longest = max(longest, first_word[text + 1] - first_word[text])
    keys, several = np.empty(longest + 1, np.uint64), np.empty(longest + 1, np.uint8)
    places, first = np.empty(longest + 1, np.uint32), np.empty(longest + 1, np.uint32)
    table = np.empty(room_of(longest), np.uint32)
    for text in range(begin, end):
        start, stop = first_word[text], first_word[text + 1]
        theirs = new[start:stop]
        theirs[:] = 0
        words = stream[start : stop if wanted[text] else start]
        count, behind = np.uint64(0), np.uint8(0)
        for at in range(np.uint64(len(words))):
            keys[count], places[count] = words[at] & ~_BIT, at
            count += np.uint64(words[at] != np.uint64(0))
        for n in range(np.uint64(len(words))):
            at = np.uint64(len(words)) - np.uint64(1) - n
            behind = np.uint8(words[at] != np.uint64(0)) * ((behind << np.uint8(1) | np.uint8(1)) & _EVERY)
            theirs[at] = behind
        left = np.int64(count)
        for length in range(3):
            left = _repeats(keys, places, left, np.uint8(1 << length), theirs, table, first, several)
        ones, twos, threes = np.int32(0), np.int32(0), np.int32(0)
        for at in range(np.uint64(len(theirs))):
            ones += np.int32(theirs[at] & _WORD)
            twos += np.int32((theirs[at] & _PAIR) >> np.uint8(1))
            threes += np.int32((theirs[at] & _TRIPLE) >> np.uint8(2))
        distinct[0, text], distinct[1, text], distinct[2, text] = ones, twos, threes


@part
def _counter_of(phrase, shift):
    return ((phrase & ~_BIT) * _SPREAD) >> shift


@part
def _shift_of(cells, half):
    shift = np.uint64(64) - half
    size = len(cells)
    while size > 1:
        size >>= 1
        shift -= np.uint64(1)
    return shift


@part
def _value(cells, half, counter):
    """A counter: a byte, or half of one."""
    return (np.uint64(cells[counter >> half]) >> ((counter & half) << np.uint64(2))) & _most(half)


@part
def _most(half):
    return np.uint64(0xFF) >> (half << np.uint64(2))


@part
def _add(cells, half, counter, more):
    cells[counter >> half] += np.uint8(more << ((counter & half) << np.uint64(2)))


@part
def _full(half):
    """What a counter stays at: the most a byte holds, or a number under the marks of half a byte."""
    return np.uint64(ELSEWHERE - 1) if half else np.uint64(0xFF)


@part
def _phrases_of(stream, new, words, start, stop, cells, half, shift, out):
    """The distinct phrases of the text ``start:stop`` in order, bit 0 cleared unless it says that a word is a number;
    returns how many. Their counters are on the way when it does."""
    bit = np.uint8(1 << (words - 1))
    found = np.uint64(0)
    for at in range(np.uint64(start), np.uint64(max(stop - words + 1, start))):
        phrase = stream[at]
        if words > 1:
            phrase = join(phrase, stream[at + np.uint64(1)])
            if words > 2:
                phrase = join(phrase, stream[at + np.uint64(2)])
            phrase &= ~_BIT
        out[found] = phrase
        fetch(cells, _counter_of(phrase, shift) >> half)
        found += np.uint64((new[at] & bit) != np.uint8(0))
    return found


@part
def _longest(first_word):
    longest = np.int64(0)
    for text in range(len(first_word) - 1):
        longest = max(longest, first_word[text + 1] - first_word[text])
    return longest


@kernel(void(STREAM, FIRST, BYTES, FIRST, int64, int64, int64, uint64, BYTES))
def count_first(stream, first_word, new, texts, words, step, below, half, cells):
    """Add ``step`` to the counter of every distinct phrase of ``words`` (1 to 3) words of ``texts`` that is under
    ``below``. A counter is a byte of ``cells``, with ``half`` (0 or 1) half of one."""
    shift = _shift_of(cells, half)
    phrases = np.empty(_longest(first_word) + 1, np.uint64)
    for i in range(len(texts)):
        begin, end = first_word[texts[i]], first_word[texts[i] + 1]
        for n in range(_phrases_of(stream, new, words, begin, end, cells, half, shift, phrases)):
            counter = _counter_of(phrases[n], shift)
            _add(cells, half, counter, np.uint64(step) * np.uint64(_value(cells, half, counter) < np.uint64(below)))


@kernel(void(FIRST, FIRST, uint64, BYTES))
def add_counts(counters, counts, half, cells):
    """Add each of ``counts`` to its counter, which stays at the most it can be."""
    for n in range(len(counters)):
        counter = np.uint64(counters[n])
        value = _value(cells, half, counter)
        _add(cells, half, counter, min(value + np.uint64(counts[n]), _full(half)) - value)


@kernel(int64(STREAM, FIRST, BYTES, int64, uint64, BYTES, int64, int64, STREAM, FIRST, int32[::1]))
def take_first(stream, first_word, new, words, half, cells, limit, kind, out, first_out, rare):
    """Write distinct phrases of ``words`` (1 to 3) words, bit 0 set for rare ones, bit 1 of a word for a number.

    Rare is what is counted at most ``limit`` times (one or more). A rare phrase is written if another text may have it:
    it is counted twice, or marked as known elsewhere. Of kind :data:`RARE` that is all. Of kind :data:`USEFUL` the
    frequent ones are written too, and a 0 where phrases are left out between; of :data:`EVERY` all are.
    ``out[first_out[i]:first_out[i+1]]`` are those of text i in order of first appearance; ``rare[i]`` counts its rare
    phrases, left out or not. Returns the number written.
    """
    shift, full = _shift_of(cells, half), _full(half)
    phrases = np.empty(_longest(first_word) + 1, np.uint64)
    written = np.uint64(0)
    frequent_too, every = np.uint64(kind != RARE), np.uint64(kind == EVERY)
    flags = np.uint64(3) if words == 1 else _BIT
    for text in range(len(first_word) - 1):
        first_out[text] = written
        few, kept = np.uint64(0), _BIT
        begin, end = first_word[text], first_word[text + 1]
        for n in range(_phrases_of(stream, new, words, begin, end, cells, half, shift, phrases)):
            count = _value(cells, half, _counter_of(phrases[n], shift))
            is_rare = np.uint64(count <= np.uint64(limit)) | np.uint64(count > full)
            few += is_rare
            left_out = kept ^ _BIT
            kept = is_rare & (every | np.uint64(count > _BIT)) | frequent_too & (is_rare ^ _BIT)
            out[written] = np.uint64(0)
            written += left_out & kept & frequent_too
            out[written] = phrases[n] & ~flags | (phrases[n] & _BIT) << _BIT | is_rare
            written += kept
        rare[text] = few
    first_out[len(first_word) - 1] = written
    return np.int64(written)
