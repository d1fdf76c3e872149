"""The scan of a batch for marking: lines and known phrases, in one pass.

Text by text, so that a step finds in the cache what the one before it has read, and nothing is kept for a batch but
lines and hits.

Cost, 72.8 MB, 6.7 M tokens, one core: 67 ms, of which half is finding lines.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, int64, kernel, uint8, uint64
from dedup.kernels.lines import OFFSETS, RAW, text_lines
from dedup.kernels.phrases import suspect, text_phrases


@kernel(
    int64(
        RAW, OFFSETS, uint64[::1], int32[::1], int32[::1], int64[::1], OFFSETS, uint64[::1], uint64[::1], int32[::1],
        int32[::1], int32[::1], uint64[::1], uint8[::1], uint64[::1], int64, int64, int32[::1],
        int64[::1], int32[::1], int32[::1], int32[::1], int64[::1],
    ),
)  # fmt: skip
def scan_texts(
    raw, offsets, hashes, span_start, span_end, first_token, body_start, bitmap, keys, group, group_at, phrase_at,
    words, place, announcing, head_words, tail_words, lines, first_body, hit_text, hit_token, hit_phrase, hits,
):  # fmt: skip
    """Write which tokens begin a line, each text's first token behind ``body_start``, and where phrases begin.

    A phrase is known by a key: the mixed hashes of its first two words, or the hash of its only one. ``bitmap``: see
    :func:`dedup.kernels.phrases.suspect`. ``keys`` (a power of two long, 0: empty) and ``group`` are the
    table; the phrases of group g are ``group_at[g]:group_at[g+1]``, longest first, phrase p has the word hashes
    ``words[phrase_at[p]:phrase_at[p+1]]`` and the class ``place[p]``. ``announcing`` is a set of word hashes (a power
    of two long, 0: empty): behind one of them a phrase of class APART need not stand apart. ``raw, offsets`` are the
    texts as they were folded. Hits are written in order of text and token, at a token longer ones first.

    Returns the number of lines; ``hits[0]`` is the number of hits (-1 if there is no room for them).
    """
    longest, most = np.int64(0), np.int64(0)
    for text in range(len(first_token) - 1):
        longest = max(longest, np.int64(offsets[text + 1]) - np.int64(offsets[text]))
        most = max(most, first_token[text + 1] - first_token[text])
    points, blocks = np.empty(longest // 64 + 1, np.uint64), np.empty(longest // 64 + 1, np.uint64)
    suspects = np.empty(most + 1, np.int64)
    line, written, found = np.int64(0), np.int64(0), np.int64(0)
    for text in range(len(first_token) - 1):
        first, last = first_token[text], first_token[text + 1]
        begin, end = np.int64(offsets[text]), np.int64(offsets[text + 1])
        line = written
        written = text_lines(raw, begin, end, span_start, first, last, points, blocks, lines, written)
        body = first
        while body < last and span_start[body] < body_start[text]:
            body += 1
        first_body[text] = body
        few = suspect(hashes, first, last, bitmap, suspects)
        found = text_phrases(
            text, raw, offsets, hashes, suspects[:few], first, last, body, lines[:written], line, span_start, span_end,
            keys, group, group_at, phrase_at, words, place, announcing, head_words, tail_words, hit_text, hit_token,
            hit_phrase, found,
        )  # fmt: skip
        if found < 0:
            break
    hits[0] = found
    return written
