"""Headlines: which of their words another text has, with whatever Arabic writes onto their front.

"The minister" of a headline is "to a minister" or "and by the minister" in the story. So each word is looked for in
every form that it may take there: bare of the article, the conjunction and the prepositions it begins with, and with
each of their combinations before that. Such forms are asked for only of the few words of a headline; texts keep their
words as they are.

    strip    while a word has FORM_BYTES or more, take the first of ``openings`` that it begins with off it, the article
             last
    forms    the word itself, and each of ``prefixes`` before what is left

Cost: the headlines of 22,953 articles have 31,749 different words, 17 forms each: 36 ms of one core. A pair takes two
tables of words and some 150 probes, most of them ended by a sieve: 2.1 microseconds, as much as its slots.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, int64, kernel, uint8, uint64, void
from dedup.kernels.hashing import token_hash
from dedup.kernels.parts import part
from dedup.kernels.sets import COUNTS, FIRST, STREAM, bit_of, fill, find, passes, room_beside, texts_of

FORM_BYTES = np.int64(10)
"""Five Arabic letters in UTF-8: of a shorter word the first letter is as often its own."""
LETTER = np.int64(2)
"""Bytes of one; behind a longer opening, the article, the word itself begins."""
_BYTES = uint8[::1]


@part
def _begins(letters, at, end, opening, first, last):
    """Whether ``letters[at:end]`` begin with ``opening[first:last]``."""
    size = last - first
    n = np.int64(0)
    while n < size and at + n < end and letters[at + n] == opening[first + n]:
        n += 1
    return n == size


@part
def _stripped(letters, at, end, openings, opening_at):
    """Where what is left of the word ``letters[at:end]`` begins."""
    taken = np.int64(LETTER)
    while taken == LETTER and end - at >= FORM_BYTES:
        taken = np.int64(0)
        for n in range(len(opening_at) - 1):
            if taken == 0 and _begins(letters, at, end, openings, opening_at[n], opening_at[n + 1]):
                taken = np.int64(opening_at[n + 1] - opening_at[n])
        at += taken
    return at


@part
def _copied(letters, first, last, form, at):
    """Write ``letters[first:last]`` into a form; where its next letter comes."""
    for n in range(last - first):
        form[at + n] = letters[first + n]
    return at + last - first


@part
def _row(words, word):
    """Where a word stands in ascending ``words``; their number or another word's row if it is none of them."""
    low, high = np.int64(0), np.int64(len(words))
    while low < high:
        middle = (low + high) // 2
        if words[middle] < word:
            low = middle + 1
        else:
            high = middle
    return low


@kernel(
    void(
        _BYTES, uint64[::1], int32[::1], int32[::1], STREAM, STREAM, _BYTES, int64[::1], _BYTES, int64[::1], int64,
        uint64[:, ::1],
    )
)  # fmt: skip
def forms_of(
    letters, masks, token_start, token_end, hashes, words, openings, opening_at, prefixes, prefix_at, longest, forms
):  # fmt: skip
    """``forms[i]``: the hashes of the forms that ``words[i]`` (ascending) may take, itself first; of a number, and of a
    word that is none of the tokens, only itself, and zeros.

    Tokens are as :class:`dedup.arabic.fold.Folded` has them, none of more than ``longest`` bytes; opening n is
    ``openings[opening_at[n]:opening_at[n + 1]]``, and so are the prefixes.
    """
    form = np.zeros(longest + len(prefixes) + 32, np.uint8)
    for n in range(len(words)):
        forms[n, 0] = words[n]
        forms[n, 1:] = np.uint64(0)
    for t in range(len(token_start)):
        n = _row(words, hashes[t])
        if n == len(words) or words[n] != hashes[t] or hashes[t] & np.uint64(1) or forms[n, 1] != np.uint64(0):
            continue
        end = np.int64(token_end[t])
        begin = _stripped(letters, np.int64(token_start[t]), end, openings, opening_at)
        for p in range(len(prefix_at) - 1):
            size = _copied(prefixes, prefix_at[p], prefix_at[p + 1], form, np.int64(0))
            size = _copied(letters, begin, end, form, size)
            forms[n, p + 1] = token_hash(form, masks, np.int64(0), size)


@part
def _is_one(word, forms, words):
    """Whether a word is one of a headline's, ``words`` as they stand there."""
    n = 0
    while n < len(words) and forms[words[n], 0] != word:
        n += 1
    return n < len(words)


@kernel(void(STREAM, FIRST, uint64[:, ::1], COUNTS, COUNTS, FIRST, uint64[::1], COUNTS))
def headline_found(stream, first_word, forms, weight, words, first, pairs, found):
    """For each pair (sorted ``a << 32 | b``) the weight of those words of b's headline that a's text or headline has in
    some form; words ``words[first[i]:first[i+1]]`` of headline i are rows of ``forms`` and ``weight``."""
    table, place, sieve, _ = room_beside(first_word, pairs)
    held = np.int64(-1)
    mask, bits = np.uint64(0), np.uint64(0)
    for p in range(len(pairs)):
        a, b = texts_of(pairs[p])
        own = words[first[a] : first[a + 1]]
        if a != held:
            held = a
            mask = fill(table, place, sieve, stream, first_word, a)
            bits = np.uint64(0)
            for n in range(len(own)):
                bits |= bit_of(forms[own[n], 0])
        found[p] = np.int32(0)
        for at in range(first[b], first[b + 1]):
            known, f = False, 0
            while not known and f < forms.shape[1] and forms[words[at], f] != np.uint64(0):
                form = forms[words[at], f]
                known = passes(sieve, mask, form) and find(table, mask, form) >= 0
                known = known or (bits & bit_of(form) != np.uint64(0) and _is_one(form, forms, own))
                f += 1
            found[p] += weight[words[at]] if known else np.int32(0)
