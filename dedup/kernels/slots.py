"""Slots: the same surroundings, another word.

A *slot* of a text is a word's place between its two neighbours: (left, right). Where two texts have the same slot, they
either fill it alike (the phrase left-word-right stands in both) or they conflict. Copies and rewrites of one text share
most fillers; two bulletins made from one template share the slots and differ in what fills them. Works on streams of
word hashes.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from dedup.kernels.parts import part
from dedup.kernels.sets import COUNTS, FIRST, STREAM, find, join, most_room, note, passes, phrase_at, put, room_for

_AGREE, _CONFLICT = np.int8(2), np.int8(1)


@part
def _slot(stream, at):
    """Hash of the slot around ``at``; 0 where a break is among the three words."""
    left, word, right = stream[at - 1], stream[at], stream[at + 1]
    if left == np.uint64(0) or word == np.uint64(0) or right == np.uint64(0):
        return np.uint64(0)
    return join(left, right)


@nb.njit(nb.void(STREAM, FIRST, nb.uint64[::1], COUNTS, COUNTS), nogil=True, cache=True)
def compare_slots(stream, first_word, pairs, alike, conflicting):
    """For each pair (sorted ``a << 32 | b``) the slots in common that are filled alike and that conflict.

    A slot that occurs several times in a text is alike if any of its fillers is shared.
    """
    longest = most_room(first_word, pairs)
    slots, phrases = np.zeros(longest, np.uint64), np.zeros(longest, np.uint64)
    sieve = np.zeros(longest // 16, np.uint64)
    looked_at = np.zeros(longest, np.int64)
    state = np.zeros(longest, np.int8)
    touched = np.empty(longest, np.int64)
    held = np.int64(-1)
    mask = np.uint64(0)
    for p in range(len(pairs)):
        a = np.int64(pairs[p] >> np.uint64(32))
        b = np.int64(pairs[p] & np.uint64(0xFFFFFFFF))
        if a != held:
            held = a
            room = room_for(first_word, a)
            mask = np.uint64(room - 1)
            slots[:room] = phrases[:room] = np.uint64(0)
            sieve[: room // 16] = np.uint64(0)
            looked_at[:room] = -1
            for at in range(first_word[a] + 1, first_word[a + 1] - 1):
                slot = _slot(stream, at)
                if slot != np.uint64(0):
                    put(slots, mask, slot)
                    note(sieve, mask, slot)
                    put(phrases, mask, phrase_at(stream, at - 1, 3))
        count = 0
        for at in range(first_word[b] + 1, first_word[b + 1] - 1):
            slot = _slot(stream, at)
            if slot == np.uint64(0) or not passes(sieve, mask, slot):
                continue
            place = find(slots, mask, slot)
            if place < 0:
                continue
            verdict = _AGREE if find(phrases, mask, phrase_at(stream, at - 1, 3)) >= 0 else _CONFLICT
            if looked_at[place] != p:
                looked_at[place] = p
                state[place] = np.int8(0)
                touched[count] = place
                count += 1
            state[place] = max(state[place], verdict)
        alike[p] = conflicting[p] = 0
        for t in range(count):
            alike[p] += np.int32(state[touched[t]] == _AGREE)
            conflicting[p] += np.int32(state[touched[t]] == _CONFLICT)
