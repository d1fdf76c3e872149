"""What a batch leaves for learning: hashes of its lines, its heads' pieces and its tails, and what tells stories apart.

A sample is some 25 bytes a line and 130 an article, so a million articles fit into memory; the texts are held by
reference only, for the few names that are read out of them in the end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import Folded
from dedup.kernels.phrases import hash_edges, hash_lines, head_pieces

EDGE_LINES = 3
"""Lines from the top or bottom of a text that count as its edge."""
TAIL_SIZES = (2, 3, 4, 6, 8, 12, 16, 24)
"""Words in the tails that are hashed."""
OPENING_WORDS = 8
"""A flattened article is known by its first words: copies edited at the end keep them."""
LINE_WORDS = 40
"""Longer lines are paragraphs; a repeated one is quoted, not furniture."""
PIECES, PIECE_WORDS = 3, 4
"""Pieces of a head that are kept, and the words of the longest: a paper's name or a person's."""

U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Sample:
    """What one batch leaves for learning. Line arrays are parallel; the rest has a row an article.

    ``line_row, line_hash, line_words, line_edge``: a line's article, hash, words, and whether it is at an edge.
    ``story``: hash of the longest line and of the second longest. ``tails``: hashes of the last TAIL_SIZES words.
    ``pieces, piece_start, piece_end``: the first pieces of the head and their places in ``texts``; ``headed``: the
    lexicon has found a head, so that a learned name would add nothing.
    """

    outlets: pa.StringArray
    texts: pa.StringArray
    line_row: I32
    line_hash: U64
    line_words: I32
    line_edge: npt.NDArray[np.bool_]
    story: U64
    opening: U64
    tails: U64
    pieces: U64
    piece_start: I32
    piece_end: I32
    headed: npt.NDArray[np.bool_]


def sample(
    folded: Folded,
    hashes: U64,
    lines: I32,
    texts: pa.StringArray,
    outlets: pa.StringArray,
    headed: npt.NDArray[np.bool_],
) -> Sample:
    """The sample of a folded batch, from its token hashes and line starts, and which articles have a head already."""
    row, runs, words, edge, story = line_table(folded, hashes, lines)
    articles = len(folded.first_token) - 1
    opening, tails = edge_hashes(folded, hashes)
    pieces = np.zeros((articles, PIECES), np.uint64)
    start, end = np.zeros((articles, PIECES), np.int32), np.zeros((articles, PIECES), np.int32)
    head_pieces(hashes, folded.first_token, lines, folded.span_start, folded.span_end, PIECE_WORDS, pieces, start, end)
    short = words <= LINE_WORDS
    return Sample(
        outlets,
        texts,
        row[short],
        runs[short],
        words[short],
        edge[short],
        story,
        opening,
        tails,
        pieces,
        start,
        end,
        headed,
    )


def line_table(folded: Folded, hashes: U64, lines: I32) -> tuple[I32, U64, I32, npt.NDArray[np.bool_], U64]:
    """Article, hash, words and edge of every line, and of every article the hashes of its two longest lines."""
    row, words = np.empty(len(lines), np.int32), np.empty(len(lines), np.int32)
    runs, edge = np.empty(len(lines), np.uint64), np.empty(len(lines), np.bool_)
    longest = np.empty((len(folded.first_token) - 1, 2), np.uint64)
    hash_lines(hashes, folded.first_token, lines, EDGE_LINES, row, runs, words, edge, longest)
    return row, runs, words, edge, longest


def edge_hashes(folded: Folded, hashes: U64) -> tuple[U64, U64]:
    """The opening and the tails of every article."""
    articles = len(folded.first_token) - 1
    opening, tails = np.empty(articles, np.uint64), np.empty((articles, len(TAIL_SIZES)), np.uint64)
    hash_edges(hashes, folded.first_token, np.array(TAIL_SIZES, np.int64), OPENING_WORDS, opening, tails)
    return opening, tails
