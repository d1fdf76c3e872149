"""From signatures to candidate pairs, from candidate pairs to exact overlap.

A band's keys are packed with the number of their article into one uint64 each, so that one plain sort (numpy's is
vectorised) brings equal keys together and keeps the articles of a bucket in ascending order:

    packed = key << bits | number,  number < 2**bits

The key is cut to 64 - bits bits; articles whose cut keys agree by accident become a candidate pair too many (for a
million articles 2**-44 a pair), which the exact comparison then drops: precision is not touched and recall only gains.

A pair travels as one uint64 ``a << 32 | b`` with a < b, so a sort removes pairs found by several bands.

Exact overlap probes instead of merging: the shingles of one article are put in an open-addressing table once, and
those of each of its partners looked up. Every look-up is independent of the one before, where a merge of two sorted
lists mispredicts at each step; the sets need not be sorted at all. A sieve (:mod:`dedup.kernels.sets`) stops most
shingles that are not there. 0 marks an empty slot, so a hash of 0 counts as 1
(one more way in 2**64 for two shingles to be taken for one). Cost: O(shingles of the partners).
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, int64, kernel, uint32, uint64, void
from dedup.kernels.sets import note, passes

_SIGNATURES = uint32[:, ::1]
_MIX = np.uint64(0x9E3779B97F4A7C15)


@kernel(void(_SIGNATURES, int64[::1], int64, int64, int64, uint64[::1]))
def band_keys(signatures, articles, first, rows, bits, packed):
    """Pack key and position of the band of ``rows`` minima from ``first``, for each of ``articles``."""
    shift = np.uint64(bits)
    for i in range(len(articles)):
        key = np.uint64(0)
        for r in range(rows):
            key = (key ^ np.uint64(signatures[articles[i], first + r])) * _MIX
            key ^= key >> np.uint64(32)
        packed[i] = (key * _MIX >> shift << shift) | np.uint64(i)


@kernel(int64(uint64[::1], int64, int64, int64, uint64[::1]))
def bucket_pairs(packed, bits, limit, reach, pairs):
    """Write the pairs of positions within each bucket of sorted ``packed``; returns their number.

    In a bucket of more than ``limit`` each position is paired with the ``reach`` that follow it only. Nothing is
    written beyond the end of ``pairs``, so a call with an empty array counts.
    """
    shift = np.uint64(bits)
    mask = (np.uint64(1) << shift) - np.uint64(1)
    n = len(packed)
    count = np.int64(0)
    begin = np.int64(0)
    while begin < n:
        end = begin + 1
        while end < n and packed[end] >> shift == packed[begin] >> shift:
            end += 1
        for i in range(begin, end - 1):
            last = end if end - begin <= limit else min(end, i + 1 + reach)
            for j in range(i + 1, last):
                if count < len(pairs):
                    pairs[count] = (packed[i] & mask) << np.uint64(32) | (packed[j] & mask)
                count += 1
        begin = end
    return count


@kernel(void(uint64[::1], int64[::1], uint64[::1], int32[::1]))
def shared_shingles(shingles, first_shingle, pairs, shared):
    """``shared[p]``: distinct shingles that articles a and b of pair p have in common; pairs sorted."""
    longest = np.int64(1)
    for p in range(len(pairs)):
        a = np.int64(pairs[p] >> np.uint64(32))
        longest = max(longest, first_shingle[a + 1] - first_shingle[a])
    size = np.int64(16)
    while size < 2 * longest:
        size *= 2
    table = np.zeros(size, np.uint64)
    sieve = np.zeros(size // 16, np.uint64)
    mask = np.uint64(15)
    held = np.int64(-1)
    for p in range(len(pairs)):
        a = np.int64(pairs[p] >> np.uint64(32))
        b = np.int64(pairs[p] & np.uint64(0xFFFFFFFF))
        if a != held:
            held = a
            size = np.int64(16)
            while size < 2 * (first_shingle[a + 1] - first_shingle[a]):
                size *= 2
            mask = np.uint64(size - 1)
            table[:size] = np.uint64(0)
            sieve[: size // 16] = np.uint64(0)
            for s in range(first_shingle[a], first_shingle[a + 1]):
                key = max(shingles[s], np.uint64(1))
                slot = key >> np.uint64(20) & mask
                while table[slot] != np.uint64(0):
                    slot = (slot + np.uint64(1)) & mask
                table[slot] = key
                note(sieve, mask, key)
        count = np.int32(0)
        for s in range(first_shingle[b], first_shingle[b + 1]):
            key = max(shingles[s], np.uint64(1))
            if not passes(sieve, mask, key):
                continue
            slot = key >> np.uint64(20) & mask
            while table[slot] != np.uint64(0) and table[slot] != key:
                slot = (slot + np.uint64(1)) & mask
            count += np.int32(table[slot] == key)
        shared[p] = count


@kernel(void(uint64[::1], int64[::1], int64[::1], uint64[::1], int64[::1]))
def gather(values, begin, end, out, starts):
    """Copy the stretches ``values[begin[i]:end[i]]`` to ``out[starts[i]:]``."""
    for i in range(len(begin)):
        at = starts[i]
        for v in range(begin[i], end[i]):
            out[at] = values[v]
            at += 1
