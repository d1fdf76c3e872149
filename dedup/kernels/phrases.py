"""Where known phrases begin in a batch of folded tokens, and what each line of its texts hashes to.

A phrase is a short run of folded words ("see also", an agency's name). Looking up some thousands of them at every
token must cost less than folding the token did. So a token is hashed once, two bitmaps of 65,536 bits (8 KB each,
they stay in the first-level cache) tell for nearly all tokens that no phrase begins there, and only behind them stands
an open addressing table from the first two words of a phrase (or its only one) to the phrases, longest first, whose
further words are compared by hash. Two words, because many phrases begin with a word as common as "in" or "on".

    hash(token) = fold over its bytes, eight at a time:  h = (h ^ word) * K;  h ^= h >> 32

Equal tokens have equal hashes; unequal ones share a 64-bit hash with probability 2**-64 a pair, so a hit is taken as
found without looking at the letters again.

A phrase has a *place class*: anywhere; at the start of a line; near the end of the text; set apart from both neighbours
by more than a space (a bracket, a quote, a dash): near the beginning, anywhere, or anywhere and also behind a word that
announces a source; or behind such a word and before a quote. The class is tested here, because "the source" stands in
every tenth
article but begins a line in hardly any, and a city set apart at the beginning is a dateline far more often than not.
Lines come from the
raw bytes (folding keeps no newline): 64 bytes at a time, code points counted by their leading bytes, and only a block
that holds a newline is looked at byte by byte.

Cost, 72.8 MB, 6.7 M tokens, one core: see benchmarks/marks.py, which prints each kernel's time.
"""

from __future__ import annotations

import numba as nb
import numpy as np

from dedup.kernels.memory import load_u8, load_u64

ANYWHERE, LINE_START, TAIL, HEAD, APART, ALONE, ANNOUNCED = 0, 1, 2, 3, 4, 5, 6
"""Place classes of a phrase."""
NEAR = 8
"""Words from the beginning among which a hyphen without spaces ("Damascus-agency: ") is enough to stand apart."""

_inline = nb.njit(nogil=True, inline="always", error_model="numpy")
_RAW = nb.types.Array(nb.uint8, 1, "C", readonly=True)
_OFFSETS = nb.types.Array(nb.int32, 1, "C", readonly=True)

_K0, _K1, _K2 = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_ALL = np.uint64(0xFFFFFFFFFFFFFFFF)
_ONES, _HIGHS = np.uint64(0x0101010101010101), np.uint64(0x8080808080808080)
_NEWLINES = np.uint64(0x0A0A0A0A0A0A0A0A)
_LOW32 = np.uint64(0xFFFFFFFF)


@_inline
def _right(x, n):
    return x >> np.uint64(n)


@_inline
def _mixed(h, x):
    h = (h ^ x) * _K1
    return h ^ _right(h, 32)


@nb.njit(nb.uint64(nb.uint64, nb.uint64), nogil=True, cache=True)
def pair_key(first, second):
    """The key of a phrase whose first two words have these hashes; two equal words must not cancel out."""
    return _mixed(_right(first, 1), second)


@_inline
def _low_bytes(n):
    """A mask of the n lowest bytes, n from 0 to 8 (more counts as 8, less as 0)."""
    return np.uint64(0) if n <= 0 else _right(_ALL, 64 - 8 * min(n, np.int64(8)))


@_inline
def _token_hash(letters, i, end):
    """Sixteen bytes without a branch: nearly all tokens are shorter, and a mispredicted loop costs more than a load."""
    n = end - i
    h = _mixed(np.uint64(n) * _K0, load_u64(letters, i) & _low_bytes(n))
    h = _mixed(h, load_u64(letters, i + 8) & _low_bytes(n - 8))
    i += 16
    while i < end:
        h = _mixed(h, load_u64(letters, i) & _low_bytes(end - i))
        i += 8
    return h


@nb.njit(
    nb.void(nb.uint8[::1], nb.int32[::1], nb.int32[::1], nb.uint64[::1]), nogil=True, cache=True, error_model="numpy"
)
def hash_tokens(letters, token_start, token_end, hashes):
    """Hash every token ``letters[token_start[t]:token_end[t]]``; letters are readable 16 bytes beyond the last."""
    for t in range(len(token_start)):
        hashes[t] = _token_hash(letters, np.int64(token_start[t]), np.int64(token_end[t]))


@nb.njit(
    nb.int64(_RAW, _OFFSETS, nb.int32[::1], nb.int64[::1], nb.int32[::1]), nogil=True, cache=True, error_model="numpy"
)
def line_starts(raw, offsets, span_start, first_token, lines):
    """Write the numbers of the tokens that begin a line, ascending; returns how many there are.

    The first token of a text always does. A line without a token does not appear.
    """
    written = np.int64(0)
    for text in range(len(offsets) - 1):
        t, last = first_token[text], first_token[text + 1]
        if t == last:
            continue
        lines[written] = t
        written += 1
        i, end = np.int64(offsets[text]), np.int64(offsets[text + 1])
        point = np.int32(0)
        while i < end:
            stop = min(i + 64, end)
            if stop - i == 64:
                newline, tails = np.uint64(0), np.uint64(0)
                for k in range(8):
                    word = load_u64(raw, i + 8 * k)
                    odd = word ^ _NEWLINES
                    newline |= (odd - _ONES) & ~odd & _HIGHS
                    tails += _right(word, 7) & ~_right(word, 6) & _ONES
                if newline == np.uint64(0):
                    point += np.int32(64) - np.int32(_right(tails * _ONES, 56))
                    i += 64
                    continue
            while i < stop:
                byte = load_u8(raw, i)
                i += 1
                if byte == np.uint64(10):
                    while t < last and span_start[t] < point:
                        t += 1
                    if t < last and lines[written - 1] != t:
                        lines[written] = t
                        written += 1
                if (byte & np.uint64(0xC0)) != np.uint64(0x80):
                    point += np.int32(1)
    return written


@nb.njit(
    nb.int64(
        nb.uint64[::1], nb.int64[::1], nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.uint64[:, ::1], nb.uint64[::1],
        nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.uint64[::1], nb.uint8[::1], nb.uint64[::1], nb.int64, nb.int64,
        nb.int32[::1], nb.int32[::1], nb.int32[::1],
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def find_phrases(
    hashes, first_token, lines, span_start, span_end, bitmap, keys, group, group_at,
    phrase_at, words, place, announcing, head_words, tail_words, hit_text, hit_token, hit_phrase,
):  # fmt: skip
    """Find every phrase at every token, at a token longer ones first.

    A phrase is known by a key: the mixed hashes of its first two words, or the hash of its only one. ``bitmap`` two
    rows of 1,024 words: bit ``key >> 48`` is set in row 0 for each key of two words, in row 1 for each of one.
    ``keys`` (a power of two long, 0: empty) and
    ``group`` are the table; the phrases of group g are ``group_at[g]:group_at[g+1]``, longest first, phrase p has
    the word hashes ``words[phrase_at[p]:phrase_at[p+1]]`` and the class ``place[p]``. ``announcing`` is a set of word
    hashes (a power of two long, 0: empty): behind one of them a phrase of class APART need not stand apart. Hits are
    written in order of text and token. Returns their number, or -1 if there is no room for them.
    """
    mask, few = np.uint64(len(keys) - 1), np.uint64(len(announcing) - 1)
    found = np.int64(0)
    line = np.int64(0)
    for text in range(len(first_token) - 1):
        first, last = first_token[text], first_token[text + 1]
        for t in range(first, last):
            pair = _mixed(_right(hashes[t], 1), hashes[t + 1]) if t + 1 < last else np.uint64(0)
            for single in range(2):
                h = hashes[t] if single else pair
                top = _right(h, 48)
                if (_right(bitmap[single, np.int64(_right(top, 6))], top & np.uint64(63)) & np.uint64(1)) == np.uint64(
                    0
                ):
                    continue
                slot = h & mask
                while keys[slot] != np.uint64(0) and keys[slot] != h:
                    slot = (slot + np.uint64(1)) & mask
                if keys[slot] != h or h == np.uint64(0):
                    continue
                while line < len(lines) and lines[line] < t:
                    line += 1
                begins_line = line < len(lines) and lines[line] == t
                g = group[slot]
                for p in range(group_at[g], group_at[g + 1]):
                    where = place[p]
                    if where == LINE_START and not begins_line:
                        continue
                    if where == TAIL and t < last - tail_words:
                        continue
                    begin, end = phrase_at[p], phrase_at[p + 1]
                    after = t + (end - begin)
                    if after > last:
                        continue
                    if where == HEAD and t >= first + head_words:
                        continue
                    if where >= HEAD:
                        apart = begins_line or span_start[t] - span_end[t - 1] > 1
                        gap_behind = after == last or span_start[after] - span_end[after - 1] > 1
                        if not gap_behind:
                            following = line + np.int64(begins_line)
                            while following < len(lines) and lines[following] < after:
                                following += 1
                            gap_behind = following < len(lines) and lines[following] == after
                        apart = apart and gap_behind
                        if where == ANNOUNCED:
                            apart = False
                        elif (where == HEAD and t == first) or (where == APART and gap_behind and t < first + NEAR):
                            apart = True
                        if not apart:
                            if where in (HEAD, ALONE) or t == first or (where == ANNOUNCED and not gap_behind):
                                continue
                            spot = hashes[t - 1] & few
                            while announcing[spot] != np.uint64(0) and announcing[spot] != hashes[t - 1]:
                                spot = (spot + np.uint64(1)) & few
                            if announcing[spot] == np.uint64(0):
                                continue
                    equal = True
                    for k in range(1, end - begin):
                        if hashes[t + k] != words[begin + k]:
                            equal = False
                            break
                    if equal:
                        if found == len(hit_token):
                            return np.int64(-1)
                        hit_text[found] = text
                        hit_token[found] = t
                        hit_phrase[found] = p
                        found += 1
    return found


@nb.njit(
    nb.void(
        nb.uint64[::1], nb.int64[::1], nb.int32[::1], nb.int64, nb.int32[::1], nb.uint64[::1], nb.int32[::1],
        nb.boolean[::1], nb.uint64[:, ::1],
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def hash_lines(hashes, first_token, lines, edge_lines, row, runs, words, edge, longest):
    """For every line its text, the hash of its tokens, how many they are, and whether it is near an end of its text.

    ``longest[i]`` are the hashes of the longest and the second longest line of text i (of equal ones the earlier); 0
    where there is none.
    """
    line = np.int64(0)
    for text in range(len(first_token) - 1):
        last = first_token[text + 1]
        begin = line
        first_words, second_words = np.int64(0), np.int64(0)
        longest[text, 0] = longest[text, 1] = np.uint64(0)
        while line < len(lines) and lines[line] < last:
            t = np.int64(lines[line])
            end = np.int64(lines[line + 1]) if line + 1 < len(lines) and lines[line + 1] < last else last
            h = np.uint64(end - t) * _K2
            for k in range(t, end):
                h = _mixed(h, hashes[k])
            row[line] = text
            runs[line] = h
            words[line] = end - t
            if end - t > first_words:
                longest[text, 1], second_words = longest[text, 0], first_words
                longest[text, 0], first_words = h, end - t
            elif end - t > second_words:
                longest[text, 1], second_words = h, end - t
            line += 1
        for k in range(begin, line):
            edge[k] = k - begin < edge_lines or line - k <= edge_lines


@nb.njit(
    nb.void(nb.uint64[::1], nb.int64[::1], nb.int64[::1], nb.int64, nb.uint64[::1], nb.uint64[:, ::1]),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def hash_edges(hashes, first_token, sizes, opening_words, opening, tails):
    """Hash the first ``opening_words`` tokens of text i into ``opening[i]``, the last ``sizes[k]`` into ``tails[i,
    k]``.

    0 where the text has not twice as many tokens, so that an edge is never most of a text. ``sizes`` ascend.
    """
    for text in range(len(first_token) - 1):
        first, last = first_token[text], first_token[text + 1]
        opening[text] = np.uint64(0)
        if 2 * opening_words <= last - first:
            h = _K2
            for t in range(first, first + opening_words):
                h = _mixed(h, hashes[t])
            opening[text] = h
        h = _K2
        done = np.int64(0)
        for k in range(len(sizes)):
            tails[text, k] = np.uint64(0)
            if 2 * sizes[k] > last - first:
                continue
            while done < sizes[k]:
                h = _mixed(h, hashes[last - 1 - done])
                done += 1
            tails[text, k] = h


@nb.njit(
    nb.void(nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.int64[::1], nb.boolean[::1]),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
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


@nb.njit(
    nb.int64(
        nb.uint64[::1], nb.int64[::1], nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.int32[::1],
        nb.uint64[::1], nb.int64[::1], nb.int64, nb.int64, nb.int32[::1], nb.int32[::1], nb.int32[::1],
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def find_titles(
    hashes, first_token, lines, span_start, span_end, body_start,
    title_hashes, title_first, top_lines, least_words, hit_text, hit_token, hit_words,
):  # fmt: skip
    """Where a text repeats its title: all words of it, at the start of one of its first lines or its last line.

    The word behind the title must begin a line, unless the text ends there: a headline stands alone, while a story may
    well begin with the words of its title. At most two hits a text; returns their number.
    """
    found = np.int64(0)
    line = np.int64(0)
    for text in range(len(first_token) - 1):
        first, last = first_token[text], first_token[text + 1]
        size = title_first[text + 1] - title_first[text]
        while line < len(lines) and lines[line] < first:
            line += 1
        begin = line
        while line < len(lines) and lines[line] < last:
            line += 1
        if size < least_words:
            continue
        hits = 0
        for k in range(begin, line):
            if begin + top_lines <= k < line - 1:
                continue
            t = np.int64(lines[k])
            if hits == 2 or t + size > last or span_start[t] < body_start[text]:
                continue
            equal = True
            for j in range(size):
                if hashes[t + j] != title_hashes[title_first[text] + j]:
                    equal = False
                    break
            if not equal:
                continue
            after = t + size
            if (
                after < last
                and span_start[after] - span_end[after - 1] < 2
                and (k + 1 >= line or lines[k + 1] != after)
            ):
                continue
            hit_text[found] = text
            hit_token[found] = t
            hit_words[found] = size
            found += 1
            hits += 1
    return found


@nb.njit(
    nb.void(
        nb.uint64[::1], nb.int64[::1], nb.int32[::1], nb.int32[::1], nb.int32[::1], nb.int64, nb.uint64[:, ::1],
        nb.int32[:, ::1], nb.int32[:, ::1],
    ),
    nogil=True, cache=True, error_model="numpy",
)  # fmt: skip
def head_pieces(hashes, first_token, lines, span_start, span_end, most_words, pieces, starts, ends):
    """The first pieces of every text, cut where a line break or more than a space stands between two words.

    ``pieces[i, k]`` is the hash of piece k of text i, its place ``starts[i, k]:ends[i, k]`` in code points; 0 from the
    first piece on that has more than ``most_words`` words, for there the story begins.
    """
    line = np.int64(0)
    for text in range(len(first_token) - 1):
        t, last = first_token[text], first_token[text + 1]
        story = False
        for k in range(pieces.shape[1]):
            pieces[text, k] = np.uint64(0)
            if story or t >= last:
                continue
            begin = t
            h = _K2
            while t < last and t - begin <= most_words:
                h = _mixed(h, hashes[t])
                t += 1
                while line < len(lines) and lines[line] < t:
                    line += 1
                if t < last and (span_start[t] - span_end[t - 1] > 1 or (line < len(lines) and lines[line] == t)):
                    break
            if t == last or t - begin > most_words:
                story = True
                continue
            pieces[text, k] = h
            starts[text, k] = span_start[begin]
            ends[text, k] = span_end[t - 1]
