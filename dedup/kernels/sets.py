"""Sets of hashes: joining words to phrases, an open-addressing table, a sieve in front of it.

A table has a power of two of slots, at least four times as many as keys; a key begins to look at ``key >> 20`` and
goes on to the next slot until it finds itself or an empty one (0; no key is 0). With twice as many slots as keys one
search in four ends otherwise than the processor foresaw (to find 5 M words of 71,316 pairs took 0.036 s, now 0.019 s).
A sieve has four bits for each slot and keeps out most keys that are not in the table, without a look at it. Its bits
are taken from another part of the key.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, int64, uint64
from dedup.kernels.parts import part

STREAM, FIRST = uint64[::1], int64[::1]
COUNTS = int32[::1]
_MIX1, _MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@part
def join(phrase, word):
    """The hash of a phrase and the word behind it."""
    x = (phrase + np.uint64(0x9E3779B97F4A7C15) + (word << np.uint64(1))) * _MIX1
    x = (x ^ (x >> np.uint64(29)) ^ word) * _MIX2
    return x ^ (x >> np.uint64(32))


@part
def phrase_at(stream, at, words):
    """Hash of the phrase of ``words`` words that begins at ``at``; 0 where it crosses a break."""
    phrase = stream[at]
    if phrase == np.uint64(0):
        return phrase
    for n in range(1, words):
        word = stream[at + n]
        if word == np.uint64(0):
            return word
        phrase = join(phrase, word)
    return phrase


@part
def bit_of(word):
    """One of 64 bits, by which most words are known not to be one of a few."""
    return np.uint64(1) << (word >> np.uint64(58))


@part
def room_of(keys):
    """Slots of a table for so many keys: a power of two, at most a quarter of them used."""
    room = np.int64(16)
    while room < 4 * keys:
        room *= 2
    return room


@part
def room_for(first_word, text):
    """Slots of a table that takes all words of a text."""
    return room_of(first_word[text + 1] - first_word[text])


@part
def texts_of(pair):
    """The two texts of a pair ``a << 32 | b``."""
    return np.int64(pair >> np.uint64(32)), np.int64(pair & np.uint64(0xFFFFFFFF))


@part
def most_room(first_word, pairs):
    """Slots of a table that takes the words of the first text of each pair ``a << 32 | b``."""
    most = np.int64(16)
    for p in range(len(pairs)):
        a, _ = texts_of(pairs[p])
        most = max(most, room_for(first_word, a))
    return most


@part
def add(table, mask, key):
    """Put a key into an open-addressing table; False if it is there already."""
    slot = (key >> np.uint64(20)) & mask
    while table[slot] != np.uint64(0):
        if table[slot] == key:
            return False
        slot = (slot + np.uint64(1)) & mask
    table[slot] = key
    return True


@part
def find(table, mask, key):
    """The slot of a key, or -1."""
    slot = (key >> np.uint64(20)) & mask
    while table[slot] != np.uint64(0):
        if table[slot] == key:
            return np.int64(slot)
        slot = (slot + np.uint64(1)) & mask
    return np.int64(-1)


@part
def seek(table, mask, key):
    """The slot where a key stands, or the empty one where it would."""
    slot = (key >> np.uint64(20)) & mask
    while table[slot] != np.uint64(0) and table[slot] != key:
        slot = (slot + np.uint64(1)) & mask
    return slot


@part
def put(table, mask, key):
    """Put a key into an open-addressing table; the slot where it stands now."""
    slot = seek(table, mask, key)
    table[slot] = key
    return np.int64(slot)


@part
def note(sieve, mask, key):
    """Set the key's bit in a sieve of 4 * (mask + 1) bits."""
    bit = (key >> np.uint64(40)) & (np.uint64(4) * mask + np.uint64(3))
    sieve[bit >> np.uint64(6)] |= np.uint64(1) << (bit & np.uint64(63))


@part
def passes(sieve, mask, key):
    """False only for a key that was not noted."""
    bit = (key >> np.uint64(40)) & (np.uint64(4) * mask + np.uint64(3))
    return (sieve[bit >> np.uint64(6)] >> (bit & np.uint64(63))) & np.uint64(1) != np.uint64(0)


@part
def fill(table, place, sieve, keys, first, text):
    """Make table and sieve hold the keys of a text (a 0 is none), and ``place`` where each stands in it; the mask of
    this table."""
    room = room_for(first, text)
    mask = np.uint64(room - 1)
    table[:room] = np.uint64(0)
    sieve[: room // 16] = np.uint64(0)
    begin = np.uint64(first[text])
    for at in range(begin, np.uint64(first[text + 1])):
        if keys[at] != np.uint64(0):
            slot = seek(table, mask, keys[at])
            table[slot], place[slot] = keys[at], at - begin
            note(sieve, mask, keys[at])
    return mask


@part
def sifted(keys, start, stop, sieve, mask, places):
    """The places among ``start:stop`` whose key the sieve lets pass, in ``places``; returns how many.

    Written without a branch: one key in three passes, and a mispredicted branch costs more than the question.
    """
    found = np.uint64(0)
    for at in range(np.uint64(start), np.uint64(stop)):
        places[found] = at
        found += np.uint64(passes(sieve, mask, keys[at]))
    return found


@part
def most_behind(first, pairs):
    """Keys of the longest second text of the pairs ``a << 32 | b``."""
    most = np.int64(0)
    for p in range(len(pairs)):
        _, b = texts_of(pairs[p])
        most = max(most, first[b + 1] - first[b])
    return most


@part
def room_beside(first, pairs):
    """Room for comparing pairs whose second texts are held against the first: table, places and sieve for :func:`fill`,
    places for :func:`sifted`."""
    longest = most_room(first, pairs)
    table, place, sieve = np.zeros(longest, np.uint64), np.zeros(longest, np.uint64), np.zeros(longest // 16, np.uint64)
    return table, place, sieve, np.empty(most_behind(first, pairs) + 1, np.uint64)
