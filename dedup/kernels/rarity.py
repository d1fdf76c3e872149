"""Phrases and how rare they are: winnowed fingerprints, sets of phrases, overlap of two texts by rarity.

All of it runs on streams of word hashes (see :mod:`dedup.kernels.hashing`). A *phrase* of n words is a
run of n stream values without a 0; its hash joins theirs in order:

    phrase(w) = w        phrase(w1 .. wn) = join(phrase(w1 .. wn-1), wn)

Most phrases of a text are not in the other. So before the table a *sieve* is asked, sixteen bits or more for a phrase
(1 kB for a text of 500 words, never out of the nearest cache): fifteen of sixteen strangers end there, without a
mispredicted branch.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int64, kernel, uint64, void
from dedup.kernels.parts import part
from dedup.kernels.sets import (
    COUNTS,
    FIRST,
    STREAM,
    add,
    fill,
    join,
    phrase_at,
    room_beside,
    room_for,
    seek,
    sifted,
    texts_of,
)


@kernel(void(STREAM, int64, uint64[::1]))
def phrases(stream, words, out):
    """``out[t]``: hash of the phrase of ``words`` words at stream position t, 0 where there is none."""
    for at in range(len(out)):
        out[at] = phrase_at(stream, at, words) if at + words <= len(stream) else np.uint64(0)


@part
def _smallest_of_windows(hashes, count, window):
    """Write the smallest of each ``window`` neighbours over the first of them; returns how many windows there are.

    The smallest of 2 n neighbours is the smaller of two that were found of n, so no step waits for another.
    """
    window = min(window, count)
    span = np.int64(1)
    while span < window:
        step = min(span, window - span)
        for g in range(np.uint64(count - span - step + 1)):
            hashes[g] = min(hashes[g], hashes[g + np.uint64(step)])
        span += step
    return count - window + np.int64(count > 0)


@kernel(int64(STREAM, FIRST, FIRST, int64, int64, int64, uint64[::1], FIRST))
def winnow(stream, first_word, number, bits, words, window, out, first_out):
    """Fingerprints of each text: the smallest phrase hash of every ``window`` neighbouring phrases, its lowest ``bits``
    replaced by the ``number`` of the text. A text whose number is negative has none.

    ``out[first_out[i]:first_out[i+1]]`` are those of text i in order, hashes of neighbours never equal; a run shorter
    than a window gives its smallest. Returns the number written.
    """
    longest = np.int64(0)
    for text in range(len(first_word) - 1):
        longest = max(longest, first_word[text + 1] - first_word[text])
    hashes = np.empty(longest + 1, np.uint64)
    written = np.uint64(0)
    for text in range(len(first_word) - 1):
        first_out[text] = written
        begin = np.uint64(first_word[text])
        end = np.uint64(first_word[text + 1]) if number[text] >= 0 else begin
        before = np.uint64(0)
        while begin < end:
            stop = begin
            while stop < end and stream[stop] != np.uint64(0):
                stop += np.uint64(1)
            count = max(np.int64(stop - begin) - words + 1, 0)
            for g in range(np.uint64(count)):
                hashes[g] = stream[begin + g]
            for n in range(np.uint64(1), np.uint64(words)):
                for g in range(np.uint64(count)):
                    hashes[g] = join(hashes[g], stream[begin + g + n])
            for g in range(np.uint64(_smallest_of_windows(hashes, count, window))):
                best = hashes[g]
                out[written] = best >> np.uint64(bits) << np.uint64(bits) | np.uint64(number[text])
                written += np.uint64(best != before)
                before = best
            begin = stop + np.uint64(1)
    first_out[len(first_word) - 1] = written
    return np.int64(written)


_RARE = np.uint64(1)


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


@kernel(void(STREAM, FIRST, uint64[::1], COUNTS, COUNTS, COUNTS))
def shared_phrases(sets, first, pairs, shared, rare, run):
    """For each pair (sorted ``a << 32 | b``) the phrases in common, the rare ones (bit 0) among them, and the longest
    run of rare ones that follow each other in both sets (so it is the same whichever article is a). A 0 is no phrase;
    it keeps its neighbours apart."""
    table, place, sieve, places = room_beside(first, pairs)
    held = np.int64(-1)
    mask = np.uint64(0)
    for p in range(len(pairs)):
        a, b = texts_of(pairs[p])
        if a != held:
            held = a
            mask = fill(table, place, sieve, sets, first, a)
        in_both = np.int32(0)
        rare_ones = np.int32(0)
        longest_run = np.int32(0)
        current = np.int32(0)
        after, behind = np.uint64(0), np.uint64(0)
        for n in range(sifted(sets, first[b], first[b + 1], sieve, mask, places)):
            at = places[n]
            key = sets[at]
            slot = seek(table, mask, key)
            if key == np.uint64(0) or table[slot] != key:
                continue
            in_both += np.int32(1)
            is_rare = np.int32(key & _RARE)
            rare_ones += is_rare
            follows = np.int32(place[slot] == after) & np.int32(at == behind)
            current = (current * follows + 1) * is_rare
            after, behind = place[slot] + np.uint64(1), at + np.uint64(1)
            longest_run = max(longest_run, current)
        shared[p], rare[p], run[p] = in_both, rare_ones, longest_run
