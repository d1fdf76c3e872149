"""Where known phrases begin in a batch of folded tokens.

A phrase is a short run of folded words ("see also", an agency's name). Looking up some thousands of them at every token
must cost less than folding the token did. So one bitmap (``BITS`` bits, it stays near the processor), asked by
the hashes of a token and the next, tells for nearly all tokens that no phrase begins there. The few others are written
down without a branch, and only for them stands an open addressing table from the first two words of a phrase (or its
only one) to the phrases, longest first, whose further words are compared by hash. Two words, because many phrases begin
with a word as common as "in" or "on".

A phrase has a *place class*: anywhere; at the start of a line; behind more than a space (a sentence may begin there);
near the end of the text, there also behind more than a space, or at the start of a line; set apart from both neighbours
by more than a space (a bracket, a quote, a dash): near the beginning; anywhere, or from what follows only, behind a
word that announces a source or where one of the first lines begins; anywhere and also behind such a word; or near
behind one. The class is tested here,
because "the source" stands in every tenth article but begins a line in hardly any, and a city set apart at the
beginning is a dateline far more often than not.

Cost: see :mod:`dedup.kernels.scan`.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.hashing import mixed, right
from dedup.kernels.memory import load_entry
from dedup.kernels.parts import inlined, part

ANYWHERE, LINE_START, START, TAIL, TAIL_START, TAIL_LINE, HEAD, APART, ALONE, ANNOUNCED = range(10)
"""Place classes of a phrase."""
NEAR = 8
"""Words from the beginning, or from that of one of the first lines, among which a sign behind the name is enough to
stand apart ("Damascus-agency: ", "Hebron 10-11-2020 agency- ")."""
ANNOUNCED_WITHIN = 6
"""Words before a medium's name among which the verb or "according to" must stand: "said", a name, an office, "to"."""
BITS = 20
"""The bitmap has 2**BITS bits, 128 KB. Measured with 19,827 keys on 6.7 M tokens, the whole scan: 2**19 bits 97 ms,
2**20 93 ms, 2**21 91 ms."""

_BITMAP_SHIFT = 64 - BITS
_SEPARATED = np.uint8(3)
"""Bits of what stands before a token: a newline, a space."""


@inlined
def _bit(bitmap, h):
    return right(load_entry(bitmap, np.int64(right(h, _BITMAP_SHIFT + 6))), right(h, _BITMAP_SHIFT) & np.uint64(63))


@part
def suspect(hashes, first, last, bitmap, suspects):
    """Write the numbers of those of the tokens ``first:last`` at which a phrase may begin; returns how many.

    ``bitmap``: bit ``key >> 64 - BITS`` is set for each key of the table, see :func:`scan_texts`. ``suspects`` has room
    for one more than there are tokens.
    """
    found, h = np.uint64(0), np.uint64(0)
    for t in range(np.uint64(first), np.uint64(last)):
        following = hashes[t]
        suspects[found] = np.int64(t) - 1
        found += (_bit(bitmap, h) | _bit(bitmap, mixed(right(h, 1), following))) & np.uint64(t > np.uint64(first))
        h = following
    suspects[found] = last - 1
    return np.int64(found + (_bit(bitmap, h) & np.uint64(last > first)))


@inlined
def _slot(keys, key):
    """Where a key stands in an open addressing table, or -1."""
    mask = np.uint64(len(keys) - 1)
    slot = right(key, 2) & mask
    while keys[slot] != np.uint64(0):
        if keys[slot] == key:
            return np.int64(slot)
        slot = (slot + np.uint64(1)) & mask
    return np.int64(-1)


@part
def _gap(span_start, span_end, before, t):
    """Whether a line begins with token t, or more than a space stands before it."""
    return before[t] & np.uint8(1) != 0 or span_start[t] - span_end[t - 1] > 1


@part
def _near(before, t, body, head_words):
    """Whether token t is one of the first words of the body, or of a line near its beginning."""
    begins = False
    for k in range(max(body, t - NEAR + 1), t + 1):
        begins |= before[k] & np.uint8(1) != 0
    return t < body + NEAR or (begins and t < body + head_words)


@part
def _stands_apart(where, gap_before, gap_behind, joined, begins, near):
    """Whether a phrase of class HEAD, APART or ALONE stands apart; near the beginning less is asked for. ``joined``: it
    begins a line, and a sign without spaces joins the next word to it, as in "agency/reporter/editor"."""
    if (where == HEAD and begins) or (where == APART and (joined or (gap_behind and near))):
        return True
    return gap_before and gap_behind


@inlined
def _too_early(where, t, body, last, begins_line, head_words, tail_words):
    """Whether a phrase's class forbids token t by its number alone: nearly all of the frequent words go out here."""
    if where in (LINE_START, TAIL_LINE) and not begins_line:
        return True
    if where in (TAIL, TAIL_START, TAIL_LINE) and t < last - tail_words:
        return True
    return where == HEAD and t >= body + head_words


@part
def _allowed(where, t, after, body, last, span_start, span_end, before, head_words):
    """Whether a phrase may stand at the tokens ``t:after``; 2: only behind an announcing word."""
    if where in (ANYWHERE, TAIL, LINE_START, TAIL_LINE):
        return 1
    gap_before = _gap(span_start, span_end, before, t)
    if where in (START, TAIL_START):
        return np.int64(gap_before or before[t] & _SEPARATED == np.uint8(0))
    if where == ANNOUNCED:
        return 2
    gap_behind = after == last or _gap(span_start, span_end, before, after)
    joined = before[t] & np.uint8(1) != 0 and after < last and before[after] & _SEPARATED == np.uint8(0)
    if _stands_apart(where, gap_before, gap_behind, joined, t == body, _near(before, t, body, head_words)):
        return 1
    return 0 if where == HEAD or (where == ALONE and not gap_behind) else 2


@inlined
def _announced(where, hashes, announcing, t, first):
    """Whether a word that announces a source stands before token t; before class ANNOUNCED it may stand further off."""
    k, reach = t - 1, t - (ANNOUNCED_WITHIN if where == ANNOUNCED else 1)
    while k >= first and k >= reach and _slot(announcing, hashes[k]) < 0:
        k -= 1
    return k >= first and k >= reach


@inlined
def _same_words(hashes, t, words, begin, end):
    k = 1
    while k < end - begin and hashes[t + k] == words[begin + k]:
        k += 1
    return k == end - begin


@part
def text_phrases(
    text, hashes, suspects, first, last, body, span_start, span_end, before, keys, group, group_at, phrase_at, words,
    place, announcing, head_words, tail_words, hit_text, hit_token, hit_phrase, found,
):  # fmt: skip
    """Find the phrases that begin at the suspected ones of the tokens ``first:last`` of one text; see
    :func:`scan_texts`. Returns how many are found, or -1 if there is no room for them.
    """
    for t in suspects:
        begins_line = before[t] & np.uint8(1) != 0
        for single in range(2):
            if not single and t + 1 >= last:
                continue
            slot = _slot(keys, hashes[t] if single else mixed(right(hashes[t], 1), hashes[t + 1]))
            if slot < 0:
                continue
            for p in range(group_at[group[slot]], group_at[group[slot] + 1]):
                if _too_early(place[p], t, body, last, begins_line, head_words, tail_words):
                    continue
                begin, end = phrase_at[p], phrase_at[p + 1]
                after = t + (end - begin)
                if after > last or not _same_words(hashes, t, words, begin, end):
                    continue
                allowed = _allowed(place[p], t, after, body, last, span_start, span_end, before, head_words)
                if allowed == 0 or (allowed == 2 and not _announced(place[p], hashes, announcing, t, first)):
                    continue
                if found == len(hit_token):
                    return np.int64(-1)
                hit_text[found], hit_token[found], hit_phrase[found] = text, t, p
                found += 1
    return found
