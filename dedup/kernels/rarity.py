"""Phrases and how rare they are: winnowed fingerprints, phrase counts, overlap of two texts by rarity.

All of it runs on streams of word hashes (see ``hash_words`` in :mod:`dedup.kernels.text`). A *phrase* of n words is a
run of n stream values without a 0; its hash joins theirs in order:

    phrase(w) = w        phrase(w1 .. wn) = join(phrase(w1 .. wn-1), wn)

How often a phrase occurs is kept in a table of saturating counters addressed by the top bits of its hash. Two phrases
may share a counter, then both look more frequent than they are: with four counters a phrase this happens to about one
phrase in five, and adds to a rare one nearly always 1 (most phrases occur once). A table is one memory access where an
exact dictionary is several, and needs a quarter of the room.

Most phrases of a text are not in the other. So before the table a *sieve* is asked, eight bits for a phrase (1 kB for
a text of 500 words, never out of the nearest cache): seven of eight strangers end there, without a mispredicted branch.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int64, kernel, uint16, uint64, void
from dedup.kernels.parts import part
from dedup.kernels.sets import COUNTS, FIRST, STREAM, add, find, most_room, note, passes, phrase_at, put, room_for


@kernel(void(STREAM, int64, uint64[::1]))
def phrases(stream, words, out):
    """``out[t]``: hash of the phrase of ``words`` words at stream position t, 0 where there is none."""
    for at in range(len(out)):
        out[at] = phrase_at(stream, at, words) if at + words <= len(stream) else np.uint64(0)


@kernel(int64(STREAM, FIRST, int64, int64, uint64[::1], FIRST))
def winnow(stream, first_word, words, window, out, first_out):
    """Fingerprints of each text: the smallest phrase hash of every ``window`` neighbouring phrases.

    ``out[first_out[i]:first_out[i+1]]`` are those of text i in order, neighbours never equal; a run shorter than a
    window gives its smallest. Of equal hashes the rightmost is taken, so the choice is the same wherever the run
    stands. Returns the number written.
    """
    written = np.int64(0)
    for text in range(len(first_word) - 1):
        first_out[text] = written
        end = first_word[text + 1]
        begin = first_word[text]
        while begin < end:
            stop = begin
            while stop < end and stream[stop] != np.uint64(0):
                stop += 1
            grams = stop - begin - words + 1
            best = np.int64(-1)
            best_hash = np.uint64(0)
            for g in range(max(grams, 0)):
                h = phrase_at(stream, begin + g, words)
                if best >= 0 and best <= g - window:
                    best = g - window + 1
                    best_hash = phrase_at(stream, begin + best, words)
                    for other in range(best + 1, g):
                        candidate = phrase_at(stream, begin + other, words)
                        if candidate <= best_hash:
                            best, best_hash = other, candidate
                if best < 0 or h <= best_hash:
                    best, best_hash = g, h
                if (g >= window - 1 or g == grams - 1) and (
                    written == first_out[text] or out[written - 1] != best_hash
                ):
                    out[written] = best_hash
                    written += 1
            begin = stop + 1
    first_out[len(first_word) - 1] = written
    return written


@part
def _shift_of(counters):
    shift = np.uint64(64)
    size = len(counters)
    while size > 1:
        size >>= 1
        shift -= np.uint64(1)
    return shift


_COUNTERS = uint16[::1]
_RARE = np.uint64(1)
_SPREAD = np.uint64(0x94D049BB133111EB)


@kernel(int64(STREAM, FIRST, boolean[::1], int64, STREAM, FIRST))
def phrase_sets(stream, first_word, wanted, words, out, first_out):
    """The distinct phrases of each wanted text in order of first appearance, bit 0 cleared.

    ``out[first_out[i]:first_out[i+1]]`` are those of text i (none if it is not wanted). Returns the number written.
    """
    longest = np.int64(0)
    for text in range(len(wanted)):
        if wanted[text]:
            longest = max(longest, room_for(first_word, text))
    seen = np.zeros(longest, np.uint64)
    written = np.int64(0)
    for text in range(len(wanted)):
        first_out[text] = written
        if not wanted[text]:
            continue
        room = room_for(first_word, text)
        seen[:room] = np.uint64(0)
        for at in range(first_word[text], first_word[text + 1] - words + 1):
            phrase = phrase_at(stream, at, words) & ~_RARE
            if phrase != np.uint64(0) and add(seen, np.uint64(room - 1), phrase):
                out[written] = phrase
                written += 1
    first_out[len(wanted)] = written
    return written


@kernel(void(STREAM, FIRST, FIRST, _COUNTERS))
def count_phrases(sets, first, texts, counters):
    """Add 1 to the counter of every phrase of the sets of ``texts`` (saturating)."""
    shift = _shift_of(counters)
    for i in range(len(texts)):
        for at in range(first[texts[i]], first[texts[i] + 1]):
            counter = np.int64((sets[at] * _SPREAD) >> shift)
            counters[counter] += np.uint16(counters[counter] != np.uint16(0xFFFF))


@kernel(void(STREAM, FIRST, _COUNTERS, int64, COUNTS))
def flag_rare(sets, first, counters, limit, rare):
    """Set bit 0 of every phrase counted at most ``limit`` times; ``rare[i]`` counts those of text i."""
    shift = _shift_of(counters)
    for text in range(len(rare)):
        rare[text] = 0
        for at in range(first[text], first[text + 1]):
            is_rare = np.int64(counters[np.int64((sets[at] * _SPREAD) >> shift)]) <= limit
            sets[at] |= np.uint64(is_rare)
            rare[text] += np.int32(is_rare)


@kernel(void(STREAM, FIRST, uint64[::1], COUNTS, COUNTS, COUNTS))
def shared_phrases(sets, first, pairs, shared, rare, run):
    """For each pair (sorted ``a << 32 | b``) the phrases in common, the rare ones (bit 0) among them, and the longest
    run of rare ones that follow each other in both sets (so it is the same whichever article is a)."""
    longest = most_room(first, pairs)
    table = np.zeros(longest, np.uint64)
    place = np.zeros(longest, np.int64)
    sieve = np.zeros(longest // 16, np.uint64)
    held = np.int64(-1)
    mask = np.uint64(0)
    for p in range(len(pairs)):
        a = np.int64(pairs[p] >> np.uint64(32))
        b = np.int64(pairs[p] & np.uint64(0xFFFFFFFF))
        if a != held:
            held = a
            room = room_for(first, a)
            mask = np.uint64(room - 1)
            table[:room] = np.uint64(0)
            sieve[: room // 16] = np.uint64(0)
            for at in range(first[a], first[a + 1]):
                place[put(table, mask, sets[at])] = at
                note(sieve, mask, sets[at])
        in_both = np.int32(0)
        rare_ones = np.int32(0)
        longest_run = np.int32(0)
        current = np.int32(0)
        before = np.int64(-2)
        for at in range(first[b], first[b + 1]):
            key = sets[at]
            if not passes(sieve, mask, key):
                current = np.int32(0)
                continue
            slot = find(table, mask, key)
            if slot < 0:
                current = np.int32(0)
                continue
            in_both += np.int32(1)
            is_rare = np.int32(key & _RARE)
            rare_ones += is_rare
            current = (current * np.int32(place[slot] == before + 1) + 1) * is_rare
            before = place[slot]
            longest_run = max(longest_run, current)
        shared[p], rare[p], run[p] = in_both, rare_ones, longest_run


@kernel(void(STREAM, FIRST, uint64[::1], int64, boolean[::1]))
def share_rare(sets, first, pairs, least, enough):
    """``enough[p]``: whether the two of pair p (sorted ``a << 32 | b``) share at least so many rare phrases."""
    longest = most_room(first, pairs)
    table = np.zeros(longest, np.uint64)
    sieve = np.zeros(longest // 16, np.uint64)
    held = np.int64(-1)
    mask = np.uint64(0)
    for p in range(len(pairs)):
        a = np.int64(pairs[p] >> np.uint64(32))
        b = np.int64(pairs[p] & np.uint64(0xFFFFFFFF))
        if a != held:
            held = a
            room = room_for(first, a)
            mask = np.uint64(room - 1)
            table[:room] = np.uint64(0)
            sieve[: room // 16] = np.uint64(0)
            for at in range(first[a], first[a + 1]):
                if sets[at] & _RARE:
                    put(table, mask, sets[at])
                    note(sieve, mask, sets[at])
        found = np.int64(0)
        for at in range(first[b], first[b + 1]):
            if passes(sieve, mask, sets[at]) and find(table, mask, sets[at]) >= 0:
                found += 1
                if found >= least:
                    break
        enough[p] = found >= least
