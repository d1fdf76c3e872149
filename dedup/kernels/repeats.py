"""What an outlet may repeat in a text: hashes of its lines, its edges, and the pieces of its head.

All of it is looked for behind ``first_body``: a title that stands inside the text is the story's, and must not hide the
head below it.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int32, int64, kernel, uint64, void
from dedup.kernels.hashing import of_run
from dedup.kernels.parts import inlined


@inlined
def _note_longest(longest, text, words, h, first_words, second_words):
    """Keep the hashes of the two longest lines; returns their words."""
    if words > first_words:
        longest[text, 1], longest[text, 0] = longest[text, 0], h
        return words, first_words
    if words > second_words:
        longest[text, 1] = h
        return first_words, words
    return first_words, second_words


@kernel(
    int64(
        uint64[::1], int64[::1], int64[::1], int32[::1], int64, int64, int32[::1], uint64[::1],
        int32[::1], int32[::1], boolean[::1], uint64[:, ::1],
    ),
)  # fmt: skip
def hash_lines(hashes, first_token, first_body, lines, edge_lines, most_words, row, runs, token, words, edge, longest):
    """For every line of at most ``most_words`` words its text, the hash of its tokens, the number of its first token,
    how many they are, and whether it is one of the ``edge_lines`` at an end of its text; returns how many there are.

    ``longest[i]`` are the hashes of the longest and the second longest line of text i (of equal ones the earlier); 0
    where there is none.
    """
    line, written = np.int64(0), np.int64(0)
    for text in range(len(first_token) - 1):
        last = first_token[text + 1]
        while line < len(lines) and lines[line] < first_body[text]:
            line += 1
        begin, end = line, line
        while end < len(lines) and lines[end] < last:
            end += 1
        first_words, second_words = np.int64(0), np.int64(0)
        longest[text, 0] = longest[text, 1] = np.uint64(0)
        while line < end:
            t = np.int64(lines[line])
            after = np.int64(lines[line + 1]) if line + 1 < end else last
            h = of_run(hashes, t, after)
            first_words, second_words = _note_longest(longest, text, after - t, h, first_words, second_words)
            if after - t <= most_words:
                row[written], runs[written], token[written], words[written] = text, h, t, after - t
                edge[written] = line - begin < edge_lines or end - line <= edge_lines
                written += 1
            line += 1
    return written


@kernel(void(uint64[::1], int64[::1], int64[::1], int64[::1], int64, uint64[::1], uint64[:, ::1]))
def hash_edges(hashes, first_token, first_body, sizes, opening_words, opening, tails):
    """Hash the first ``opening_words`` tokens of text i into ``opening[i]``, the last ``sizes[k]`` into ``tails[i,
    k]``.

    0 where the text has not twice as many tokens, so that an edge is never most of a text.
    """
    for text in range(len(first_token) - 1):
        first, last = first_body[text], first_token[text + 1]
        opening[text] = np.uint64(0)
        if 2 * opening_words <= last - first:
            opening[text] = of_run(hashes, first, first + opening_words)
        for k in range(len(sizes)):
            tails[text, k] = np.uint64(0)
            if 2 * sizes[k] <= last - first:
                tails[text, k] = of_run(hashes, last - sizes[k], last)


@kernel(
    void(
        uint64[::1], int64[::1], int64[::1], int32[::1], int32[::1], int32[::1], int64,
        uint64[:, ::1], int32[:, ::1], int32[:, ::1],
    ),
)  # fmt: skip
def head_pieces(
    hashes, first_token, first_body, lines, span_start, span_end, most_words, pieces, starts, ends
):  # fmt: skip
    """The first pieces of every text, cut where a line break or more than a space stands between two words.

    ``pieces[i, k]`` is the hash of piece k of text i, its place ``starts[i, k]:ends[i, k]`` in code points; 0 from the
    first piece on that has more than ``most_words`` words, for there the story begins.
    """
    line = np.int64(0)
    for text in range(len(first_token) - 1):
        t, last = first_body[text], first_token[text + 1]
        story = False
        for k in range(pieces.shape[1]):
            pieces[text, k] = np.uint64(0)
            if story or t >= last:
                continue
            begin = t
            while t < last and t - begin <= most_words:
                t += 1
                while line < len(lines) and lines[line] < t:
                    line += 1
                if t < last and (span_start[t] - span_end[t - 1] > 1 or (line < len(lines) and lines[line] == t)):
                    break
            if t == last or t - begin > most_words:
                story = True
                continue
            pieces[text, k] = of_run(hashes, begin, t)
            starts[text, k] = span_start[begin]
            ends[text, k] = span_end[t - 1]
