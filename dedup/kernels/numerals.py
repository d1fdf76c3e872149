"""A number is one word however it is written: 5,820 and 5.820 and 5 820 are what the next desk writes 5820, and 2.1 is
neither 2 nor 1.

Folding makes several tokens of such a number, since it looks at one code point at a time. Where words follow each
other, they become one word:

    thousands   up to three digits and the groups of three behind them, with the hash that the number has where it is
                written in one. No group follows a number that begins with 0: of 0.820 the next desk makes 0.82.
    decimals    a number, and other digits right behind a point or comma: 2.1 and 2,1 and 2.10. Not where several
                follow each other so, as in 21.7.2015 and 1,2,3. Behind a colon too: one desk has a match begin at
                20:30, the next at 20.30 (of 306 such pairs of numbers in 22,683 articles all are times).

:mod:`dedup.kernels.hashing` tells the digits of a number from its hash, so no letter is looked at.

What stands between the groups of thousands is not asked. In 22,953 newspaper articles 1,650 such runs of 1,790 are
numbers, set apart by points (890) or commas (780); of the rest most are ranges, 100-200, which become 100200 for every
desk that writes them so. A decimal of three digits, 9.940, becomes 9940, likewise. Decimals stand in a tenth of the
articles, 12,700 of them, one in 24 with a comma. What may be a year is no exception: four times such a number stands
before a point and digits, each time as part of a figure (2071.97), and nowhere are two years joined so.

Marks and credits are found in tokens, shingles are made of tokens; numbers, phrases and passages are compared in words.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, int64, kernel, uint8, uint64
from dedup.kernels.hashing import FULL, GROUP, hash_decimal, hash_number, opens, read_number, with_group
from dedup.kernels.parts import inlined, part

POINT = 4
"""Bit of what stands before a token (:class:`dedup.arabic.fold.Folded`): a point, comma or colon alone, right behind
another token."""
_TEN = np.uint64(110)
"""10 with a 1 before it."""
_WHOLE, _DECIMALS = np.uint64(2 * 10**12), np.uint64(2 * 10**6)
"""Twelve digits before a point and six behind it, with a 1 before each; other tokens that begin with a digit are read
as more."""
_NONE, _SOME = np.uint64(0), np.uint64(1)
"""Before a word stands no number; one that no decimals may follow."""


@inlined
def behind_point(word, before):
    """Whether a word is a number right behind a point, comma or colon."""
    return before & POINT != 0 and word & np.uint64(1) != np.uint64(0)


@inlined
def grown(opened, whole, word, point, another):
    """One word on: the hash of the number that it goes on with, 0 if it begins another word; and, behind it, the number
    that groups of three may follow (0: none), and the number that decimals may follow (0: no number stands here).
    ``point``: one of those signs stands between the two; ``another``: and between it and digits that follow it."""
    if word & np.uint64(1) == np.uint64(0):
        return np.uint64(0), np.uint64(0), _NONE
    digits = read_number(word)
    longer = with_group(opened, digits)
    if longer != np.uint64(0):
        return hash_number(longer), longer, longer if whole > _SOME else _SOME
    follows = point and whole != _NONE
    if follows and whole > _SOME and not another and digits < _DECIMALS:
        return hash_decimal(whole, digits), np.uint64(0), _SOME
    return np.uint64(0), opens(digits), _SOME if follows or digits >= _WHOLE else digits


@part
def rounded(word):
    """The first group of a number of thousands or millions, as a word: of 363,378 another desk keeps "363 thousand". 0
    where it has one digit (that is "five thousand", in letters), and of other words."""
    digits = read_number(word)
    if digits < _TEN * GROUP or digits >= FULL:
        return np.uint64(0)
    while digits >= np.uint64(2) * GROUP:
        digits //= GROUP
    return hash_number(digits) if digits >= _TEN else np.uint64(0)


@kernel(int64(uint64[::1], int32[::1], uint8[::1], int64[::1]))
def join_numbers(words, place, before, first):
    """Make one word of each number in several, in texts ``words[first[i]:first[i+1]]``, where words follow each other
    if their ``place`` differs by 1; ``before`` is what stands before each (:class:`dedup.arabic.fold.Folded`). The
    first of them becomes the number, those behind it become 0. Returns how many became 0."""
    zeros = np.int64(0)
    for text in range(len(first) - 1):
        opened, whole, head = np.uint64(0), _NONE, first[text]
        for at in range(first[text], first[text + 1]):
            if at > first[text] and place[at] - place[at - 1] != 1:
                opened, whole = np.uint64(0), _NONE
            behind = at + 1
            another = behind < first[text + 1] and place[behind] - place[at] == 1
            another = another and behind_point(words[behind], before[behind])
            number, opened, whole = grown(opened, whole, words[at], before[at] & POINT != 0, another)
            if number == np.uint64(0):
                head = at
                continue
            words[head], words[at] = number, np.uint64(0)
            zeros += 1
    return zeros
