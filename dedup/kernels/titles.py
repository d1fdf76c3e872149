"""Where a text repeats its title.

All words of the title, at the start of one of the first lines or of the last line. The word behind the title must begin
a line, unless the text ends there: a headline stands alone, while a story may well begin with the words of its title.

Cost: a comparison of one hash for most of the few lines looked at.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, int64, kernel, uint64
from dedup.kernels.parts import inlined


@inlined
def _same(hashes, t, title_hashes, first, size):
    j = 0
    while j < size and hashes[t + j] == title_hashes[first + j]:
        j += 1
    return j == size


@kernel(
    int64(
        uint64[::1], int64[::1], int64[::1], int32[::1], int32[::1], int32[::1],
        uint64[::1], int64[::1], int64, int64, int32[::1], int32[::1], int32[::1],
    ),
)  # fmt: skip
def find_titles(
    hashes, first_token, first_body, lines, span_start, span_end,
    title_hashes, title_first, top_lines, least_words, hit_text, hit_token, hit_words,
):  # fmt: skip
    """Find the titles: text, first token and words of each; at most two a text. Returns their number.

    Text i's title has the hashes ``title_hashes[title_first[i]:title_first[i+1]]``, at least ``least_words`` of them.
    """
    found, line = np.int64(0), np.int64(0)
    for text in range(len(first_token) - 1):
        first, last = first_body[text], first_token[text + 1]
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
            t = np.int64(lines[k])
            after = t + size
            if (begin + top_lines <= k < line - 1) or hits == 2 or after > last:
                continue
            if not _same(hashes, t, title_hashes, title_first[text], size):
                continue
            next_line = k + 1 < line and lines[k + 1] == after
            if after == last or next_line or span_start[after] - span_end[after - 1] >= 2:
                hit_text[found], hit_token[found], hit_words[found] = text, t, size
                found += 1
                hits += 1
    return found
