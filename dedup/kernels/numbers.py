"""Numbers in equal surroundings and in others: another price, another day's count; or the same figures, told anew.

A number's place in a text is known three times over: by the two words before it, the word on either side of it, the two
words behind it. Where two texts both fill a place with numbers and share none of them, they *conflict* (but not where
only the words behind agree: "seven people", "twelve people" may be other people). Where both have a number and it fills
no place of both, it is *kept*: its sentence was written anew around it. Desks that reword a dispatch change its verbs
and keep its figures. A bulletin of another day keeps the sentences and changes the figures, and those it has in common
with the day before (a year, a distance, a telephone) stand in the sentences of both. Works on streams of word hashes,
in which bit 0 says that a word is a number.

Of 363,378 another desk keeps "363 thousand", so a number of five digits or more fills the place behind two words with
its first group too (:func:`dedup.kernels.numerals.rounded`). That group is compared with what is written as a number,
never with another's first group: 363,901 is not the same figure.

Cost: only numbers are looked at, the first :data:`MOST` of a text, so a pair costs three microseconds and is bounded,
tables of figures included.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import kernel, uint64, void
from dedup.kernels.numerals import rounded
from dedup.kernels.parts import part
from dedup.kernels.sets import COUNTS, FIRST, STREAM, join, texts_of

MOST = 64
"""Numbers of a text that are looked at, three places each; one of five digits or more takes a fourth, so of such 48
are. An article has 10 numbers, one in a hundred more than 60."""
_KIND, _BEHIND = np.uint64(3), np.uint64(2)
_SPREAD = np.uint64(0x94D049BB133111EB)


@part
def _places(stream, start, stop, places, numbers, written):
    """Write the places of the first numbers of the text ``start:stop``, three of each and the first one once more with
    its first group, what fills them, and whether it is written so; returns how many. None reaches over a break; the
    lowest bits of a place are its kind."""
    found = np.int64(0)
    for at in range(start, stop):
        if stream[at] & np.uint64(1) == np.uint64(0):
            continue
        if found > len(places) - 4:
            break
        for first in range(3):
            one, other = at - 2 + first + (first == 2), at - 1 + first + (first > 0)
            if one < start or other >= stop or stream[one] == np.uint64(0) or stream[other] == np.uint64(0):
                continue
            place = join(stream[one], stream[other]) & ~_KIND | np.uint64(first)
            places[found], numbers[found], written[found] = place, stream[at], True
            found += 1
            group = rounded(stream[at]) if first == 0 else np.uint64(0)
            if group != np.uint64(0):
                places[found], numbers[found], written[found] = place, group, False
                found += 1
    return found


@part
def _bit_of(value):
    """Where a value is looked for in a sieve: a word and a bit of it."""
    place = (value * _SPREAD) >> np.uint64(52)
    return place >> np.uint64(6), np.uint64(1) << (place & np.uint64(63))


@part
def _sift(values, count, sieve):
    for at in range(len(sieve)):
        sieve[at] = np.uint64(0)
    for n in range(count):
        at, bit = _bit_of(values[n])
        sieve[at] |= bit


@part
def _apart(ours, with_ours, our_writing, here, sieve, theirs, with_theirs, their_writing, there):
    """How many distinct values stand in both lists, but never with the same companion; what neither text has written
    does not count. Places before two words are left out ("seven people", "twelve people" may be other people); no
    number is, whose lowest bit is set. ``sieve`` holds the bits of ``ours``: most values of theirs are not among them,
    and are done with."""
    count = 0
    for n in range(there):
        value = theirs[n]
        at, bit = _bit_of(value)
        if sieve[at] & bit == np.uint64(0) or value & _KIND == _BEHIND:
            continue
        seen = False
        for before in range(n):
            seen |= theirs[before] == value
        if seen:
            continue
        both, alike = False, False
        for m in range(here):
            if ours[m] == value:
                for k in range(n, there):
                    if theirs[k] == value and (our_writing[m] or their_writing[k]):
                        both = True
                        alike |= with_theirs[k] == with_ours[m]
        count += both and not alike
    return count


@kernel(void(STREAM, FIRST, uint64[::1], COUNTS, COUNTS))
def compare_numbers(stream, first_word, pairs, conflicting, kept):
    """For each pair (sorted ``a << 32 | b``) the places of numbers in common that conflict, and the numbers kept."""
    places, others = np.empty(3 * MOST, np.uint64), np.empty(3 * MOST, np.uint64)
    numbers, fillers = np.empty(3 * MOST, np.uint64), np.empty(3 * MOST, np.uint64)
    written, theirs = np.empty(3 * MOST, np.bool_), np.empty(3 * MOST, np.bool_)
    of_places, of_numbers = np.empty(64, np.uint64), np.empty(64, np.uint64)
    held, here = np.int64(-1), np.int64(0)
    for p in range(len(pairs)):
        a, b = texts_of(pairs[p])
        if a != held:
            held, here = a, _places(stream, first_word[a], first_word[a + 1], places, numbers, written)
            _sift(places, here, of_places)
            _sift(numbers, here, of_numbers)
        there = _places(stream, first_word[b], first_word[b + 1], others, fillers, theirs)
        conflicting[p] = _apart(places, numbers, written, here, of_places, others, fillers, theirs, there)
        kept[p] = _apart(numbers, places, written, here, of_numbers, fillers, others, theirs, there)
