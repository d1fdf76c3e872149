"""The distinct phrases of a text, without a list of them: one byte a place of its stream says which are new there.

A phrase of two words can only have stood in a text before if its first word has, and one of three words if the pair it
begins with has. So a table of the text's words is asked at every place, one of its pairs only where the word is a
repeated one (one place in three), one of its triples only where the pair is (one in twenty). What began at the first
place of a repeated word or pair is put into the next table when the first repetition comes.

All else about a phrase follows from the stream: its hash is joined again whenever it is counted or written. For 6.2 M
phrases of three words that is 0.02 s a time. The lists of all phrases of 6.6 M words would take 132 MB instead of 6.6,
and 0.04 s to write where memory has been used before, 0.3 s where every page is fresh.

Every step runs over a whole text before the next begins, and writes what it passes on without a branch: then the
processor waits for many counters at a time, and not for the outcome of a comparison.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int32, int64, kernel, uint8, void
from dedup.kernels.parts import part
from dedup.kernels.sets import FIRST, STREAM, join, room_of

BYTES = uint8[::1]
RARE, USEFUL, EVERY = 0, 1, 2
"""Which phrases :func:`take_first` writes."""
_BIT = np.uint64(1)
_SPREAD = np.uint64(0x94D049BB133111EB)
_WORD, _PAIR, _TRIPLE = np.uint8(1), np.uint8(2), np.uint8(4)


@part
def _first_place(table, place, mask, key, at):
    """The first place of a key in the text, which is ``at`` if the table does not have it yet."""
    slot = (key >> np.uint64(20)) & mask
    while table[slot] != np.uint64(0) and table[slot] != key:
        slot = (slot + np.uint64(1)) & mask
    first = at if table[slot] == np.uint64(0) else place[slot]
    table[slot], place[slot] = key, first
    return first


@part
def _key(stream, at, words):
    """The phrase of so many words at a place where there is one, bit 0 cleared."""
    phrase = stream[np.uint64(at)]
    for n in range(1, words):
        phrase = join(phrase, stream[np.uint64(at + n)])
    return phrase & ~_BIT


@part
def _repeats(stream, words, new, table, place, places, before, count):
    """Of ``count`` places whose phrase of one word less stood ``before`` in the text, those whose phrase of ``words``
    words did, with its first place; at these the bit of the phrase in ``new`` is cleared. Returns how many."""
    bit = np.uint8(1 << (words - 1))
    room = room_of(2 * count)
    mask = np.uint64(room - 1)
    table[:room] = np.uint64(0)
    repeated = np.int64(0)
    for n in range(count):
        at, first = places[n], before[n]
        if not new[at] & bit:
            continue
        if new[first] & bit:
            _first_place(table, place, mask, _key(stream, first, words), first)
        first = _first_place(table, place, mask, _key(stream, at, words), at)
        places[repeated], before[repeated] = at, first
        new[at] &= ~(bit * np.uint8(first != at))
        repeated += np.int64(first != at)
    return repeated


@kernel(void(STREAM, FIRST, boolean[::1], int64, int64, BYTES, int32[:, ::1]))
def first_seen(stream, first_word, wanted, begin, end, new, distinct):
    """Which phrases stand for the first time at each place of the texts ``begin:end``: bits 0, 1, 2 of ``new`` for
    those of one, two, three words (all 0 in texts that are not wanted). ``distinct[i]`` counts the phrases of each
    length."""
    longest = np.int64(0)
    for text in range(begin, end):
        longest = max(longest, first_word[text + 1] - first_word[text])
    table, place = np.empty(room_of(2 * longest), np.uint64), np.empty(room_of(2 * longest), np.int64)
    places, before = np.empty(longest + 1, np.int64), np.empty(longest + 1, np.int64)
    for text in range(begin, end):
        start, stop = first_word[text], first_word[text + 1]
        distinct[text] = 0
        new[start:stop] = 0
        if not wanted[text]:
            continue
        room = room_of(stop - start)
        mask = np.uint64(room - 1)
        table[:room] = np.uint64(0)
        repeated = np.int64(0)
        following, second = np.uint8(0), np.uint8(0)
        for at in range(stop - 1, start - 1, -1):
            word = np.uint8(stream[at] != np.uint64(0))
            new[at] = word * (_WORD | following * (_PAIR | second * _TRIPLE))
            following, second = word, following
        for at in range(start, stop):
            key = stream[at] & ~_BIT
            if key != np.uint64(0):
                first = _first_place(table, place, mask, key, at)
                places[repeated], before[repeated] = at, first
                new[at] &= ~(_WORD * np.uint8(first != at))
                repeated += np.int64(first != at)
        repeated = _repeats(stream, 2, new, table, place, places, before, repeated)
        _repeats(stream, 3, new, table, place, places, before, repeated)
        for at in range(start, stop):
            distinct[text, 0] += np.int32(new[at] & _WORD)
            distinct[text, 1] += np.int32((new[at] & _PAIR) >> 1)
            distinct[text, 2] += np.int32((new[at] & _TRIPLE) >> 2)


@part
def _phrases_of(stream, new, words, start, stop, out):
    """The distinct phrases of the text ``start:stop`` in order, bit 0 cleared unless it says that a word is a number;
    returns how many."""
    bit = np.uint8(1 << (words - 1))
    found = np.uint64(0)
    last = stop - words + 1
    if words == 1:
        for at in range(np.uint64(start), np.uint64(max(last, start))):
            out[found] = stream[at]
            found += np.uint64(new[at] & bit)
    elif words == 2:
        for at in range(np.uint64(start), np.uint64(max(last, start))):
            out[found] = join(stream[at], stream[at + np.uint64(1)]) & ~_BIT
            found += np.uint64((new[at] & bit) != np.uint8(0))
    else:
        for at in range(np.uint64(start), np.uint64(max(last, start))):
            pair = join(stream[at], stream[at + np.uint64(1)])
            out[found] = join(pair, stream[at + np.uint64(2)]) & ~_BIT
            found += np.uint64((new[at] & bit) != np.uint8(0))
    return np.int64(found)


@part
def _shift_of(counters):
    shift = np.uint64(64)
    size = len(counters)
    while size > 1:
        size >>= 1
        shift -= np.uint64(1)
    return shift


@part
def _longest(first_word):
    longest = np.int64(0)
    for text in range(len(first_word) - 1):
        longest = max(longest, first_word[text + 1] - first_word[text])
    return longest


@kernel(void(STREAM, FIRST, BYTES, FIRST, int64, BYTES))
def count_first(stream, first_word, new, texts, words, counters):
    """Add 1 to the counter of every distinct phrase of ``words`` (1 to 3) words of ``texts`` (saturating)."""
    shift = _shift_of(counters)
    phrases = np.empty(_longest(first_word) + 1, np.uint64)
    for i in range(len(texts)):
        found = _phrases_of(stream, new, words, first_word[texts[i]], first_word[texts[i] + 1], phrases)
        for n in range(np.uint64(found)):
            counter = ((phrases[n] & ~_BIT) * _SPREAD) >> shift
            counters[counter] += np.uint8(counters[counter] != np.uint8(0xFF))


@kernel(int64(STREAM, FIRST, BYTES, int64, BYTES, int64, BYTES, int64, STREAM, FIRST, int32[::1]))
def take_first(stream, first_word, new, words, counters, limit, others, kind, out, first_out, rare):
    """Write distinct phrases of ``words`` (1 to 3) words, bit 0 set for rare ones, bit 1 of a word for a number.

    Rare is what is counted at most ``limit`` times. A rare phrase is written if another text may have it: it is counted
    twice, or ``others``, counters of the texts that were not counted, know it. Of kind :data:`RARE` that is all. Of
    kind :data:`USEFUL` the frequent ones are written too, and a 0 where phrases are left out between; of :data:`EVERY`
    all are.
    ``out[first_out[i]:first_out[i+1]]`` are those of text i in order of first appearance; ``rare[i]`` counts its rare
    phrases, left out or not. Returns the number written.
    """
    shift, shift_others = _shift_of(counters), _shift_of(others)
    phrases = np.empty(_longest(first_word) + 1, np.uint64)
    counts, known = np.empty(len(phrases), np.uint8), np.empty(len(phrases), np.uint8)
    written = np.uint64(0)
    frequent_too, every = np.uint8(kind != RARE), np.uint8(kind == EVERY)
    flags = np.uint64(3) if words == 1 else _BIT
    for text in range(len(first_word) - 1):
        first_out[text] = written
        found = np.uint64(_phrases_of(stream, new, words, first_word[text], first_word[text + 1], phrases))
        for n in range(found):
            spread = (phrases[n] & ~_BIT) * _SPREAD
            counts[n], known[n] = counters[spread >> shift], others[spread >> shift_others]
        few = np.int32(0)
        kept = np.uint8(1)
        for n in range(found):
            is_rare = np.uint8(counts[n] <= limit)
            few += np.int32(is_rare)
            left_out = kept ^ np.uint8(1)
            shared = every | np.uint8(counts[n] > np.uint8(1)) | np.uint8(known[n] > np.uint8(0))
            kept = (is_rare & shared) | (frequent_too & (is_rare ^ np.uint8(1)))
            out[written] = np.uint64(0)
            written += np.uint64(left_out & kept & frequent_too)
            out[written] = phrases[n] & ~flags | (phrases[n] & _BIT) << _BIT | np.uint64(is_rare)
            written += np.uint64(kept)
        rare[text] = few
    first_out[len(first_word) - 1] = written
    return np.int64(written)
