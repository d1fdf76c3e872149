"""Where the lines of a text begin, at which byte a code point stands, and which tokens lie under marks.

Folding keeps no newline, so lines come from the raw bytes. First every block of 64 bytes is asked, without a branch,
how many code points it holds and whether there may be a newline among them; then only the blocks that may hold one are
looked at again, eight bytes at a time, and the code points before a newline are counted by masks.

    a byte is a newline    x = byte ^ 0x0A is zero      (x & 0x7F) + 0x7F | x   has no bit 0x80
    a code point begins    with every byte that is no continuation 0b10xxxxxx

Cost, 72.8 MB with 121,000 lines, one core: 24 ms, of which the first pass 7 ms; with one pass that branched at every
block with a newline 42 ms, since a wrong guess waits for memory. Source of the zero byte test: H. S. Warren, Hacker's
Delight, 2nd ed., section 6-1.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int32, int64, kernel, readonly, uint8, void
from dedup.kernels.hashing import right
from dedup.kernels.memory import load_u8, load_u64
from dedup.kernels.parts import inlined, part

RAW = readonly(uint8[::1])
OFFSETS = readonly(int32[::1])
_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_LOWS, _NEWLINES = np.uint64(0x7F7F7F7F7F7F7F7F), np.uint64(0x0A0A0A0A0A0A0A0A)


@inlined
def _newlines(word):
    """Bit 0x80 of each byte that is a newline."""
    odd = word ^ _NEWLINES
    return ~(((odd & _LOWS) + _LOWS) | odd) & _HIGHS


@inlined
def _tails(word):
    """Bit 0x01 of each byte that continues a code point."""
    return right(word, 7) & ~right(word, 6) & _ONES


@inlined
def _count(ones):
    """How many bytes have bit 0x01."""
    return np.int32(right(ones * _ONES, 56))


@inlined
def _begin_line(span_start, t, last, point, lines, written):
    """Note the first token at or behind a newline at code point ``point``; returns it and how many are noted."""
    while t < last and span_start[t] < point:
        t += 1
    if t < last and lines[written - 1] != t:
        lines[written] = t
        written += 1
    return t, written


@inlined
def _count_blocks(raw, begin, end, points, found):
    """Code points of every whole block of 64 bytes, and whether it may hold a newline; returns how many blocks."""
    block = np.uint64(0)
    for i in range(begin, end - 63, 64):
        tails, newlines = np.uint64(0), np.uint64(0)
        for k in range(8):
            word = load_u64(raw, i + 8 * k)
            odd = word ^ _NEWLINES
            newlines |= (odd - _ONES) & ~odd & _HIGHS
            tails += _tails(word)
        points[block] = np.uint64(64) - right(tails * _ONES, 56)
        found[block] = newlines
        block += np.uint64(1)
    return block


@inlined
def _word_at(raw, i, begin, end):
    """The bytes ``raw[i : i + 8]``, those from ``end`` on as 0; nothing outside ``begin:end`` is read."""
    if i + 8 <= end:
        return load_u64(raw, i)
    if end - begin >= 8:
        return right(load_u64(raw, end - 8), 8 * (8 - (end - i)))
    word = np.uint64(0)
    for k in range(i, end):
        word |= load_u8(raw, k) << np.uint64(8 * (k - i))
    return word


@part
def text_lines(raw, begin, end, span_start, first, last, points, found, lines, written):
    """Write the numbers of those of the tokens ``first:last`` of the text ``raw[begin:end]`` that begin a line.

    The first token always does. A line without a token does not appear. ``points`` and ``found`` are room for a number
    for each block of 64 bytes and one more. Returns how many lines are written, those of the texts before included.
    """
    if first == last:
        return written
    lines[written] = first
    written += 1
    blocks = _count_blocks(raw, begin, end, points, found)
    found[blocks] = np.uint64(1)
    point, t = np.int32(0), first
    for block in range(blocks + np.uint64(1)):
        if found[block] == np.uint64(0):
            point += np.int32(points[block])
            continue
        i = begin + 64 * np.int64(block)
        for at in range(i, min(i + 64, end), 8):
            word = _word_at(raw, at, begin, end)
            newlines, tails = _newlines(word), _tails(word)
            while newlines != np.uint64(0):
                before = (newlines & (~newlines + np.uint64(1))) - np.uint64(1)
                here = point + _count(before & _ONES) - np.int32(1) - _count(tails & before)
                t, written = _begin_line(span_start, t, last, here, lines, written)
                newlines &= newlines - np.uint64(1)
            point += np.int32(8) - _count(tails)
    return written


@part
def byte_at(raw, begin, end, point):
    """The index of the first byte of code point ``point`` of the text ``raw[begin:end]``."""
    i = begin
    while i + 8 <= end:
        codes = np.int32(8) - _count(_tails(load_u64(raw, i)))
        if codes > point:
            break
        point -= codes
        i += 8
    while i < end:
        if (load_u8(raw, i) & np.uint64(0xC0)) != np.uint64(0x80):
            if point == 0:
                break
            point -= 1
        i += 1
    return i


@kernel(void(int32[::1], int32[::1], int32[::1], int32[::1], int32[::1], int64[::1], boolean[::1]))
def mark_tokens(mark_text, mark_start, mark_end, span_start, span_end, first_token, marked):
    """Set ``marked[t]`` for every token that overlaps ``mark_start[m]:mark_end[m]`` of text ``mark_text[m]``."""
    for m in range(len(mark_text)):
        low, high = first_token[mark_text[m]], first_token[mark_text[m] + 1]
        last = high
        while low < high:
            middle = (low + high) // 2
            if span_end[middle] <= mark_start[m]:
                low = middle + 1
            else:
                high = middle
        while low < last and span_start[low] < mark_end[m]:
            marked[low] = True
            low += 1
