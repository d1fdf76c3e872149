"""What a batch leaves for learning: hashes of its lines, its heads' pieces and its tails, and what tells stories apart.

A sample is 22 bytes a line and 185 an article, so a million articles fit into memory; the texts are held by
reference only, for the few names that are read out of them in the end. Places are kept with the hashes, so that what is
learned can be marked without folding a text again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import xxhash

from dedup.arabic.fold import Folded
from dedup.arabic.scan import I32, U64, Bools, Scan
from dedup.kernels.repeats import hash_edges, hash_lines, head_pieces

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


@dataclass(frozen=True, slots=True)
class Sample:
    """What one batch leaves for learning. Line arrays are parallel; the rest has a row an article.

    ``outlet`` int32: number of each row's outlet in ``outlets``; ``salt``: a number for it, the same in every batch.
    ``line_row, line_hash, line_start, line_end, line_edge, line_top``: a line's article, hash, place in code points,
    whether it is at an edge, and whether it is short and the first. ``story``: hash of the longest line and of the
    second longest. ``tails``: hashes of the last TAIL_SIZES words, ``tail_start, tail_end`` their places. ``pieces,
    piece_start, piece_end``: the first pieces of the head and their places in ``texts``; ``headed``: the lexicon has
    found a head, so that a learned name would add nothing.
    """

    outlets: tuple[str | None, ...]
    outlet: I32
    salt: U64
    texts: pa.StringArray
    line_row: I32
    line_hash: U64
    line_start: I32
    line_end: I32
    line_edge: Bools
    line_top: Bools
    story: U64
    opening: U64
    tails: U64
    tail_start: I32
    tail_end: I32
    pieces: U64
    piece_start: I32
    piece_end: I32
    headed: Bools


def sample(
    folded: Folded, scan: Scan, texts: pa.StringArray, outlets: tuple[str | None, ...], outlet: I32, headed: Bools
) -> Sample:
    """The sample of a folded batch: its scan, its outlets and the number of each row's, and which rows have a head."""
    salts = np.array([xxhash.xxh3_64_intdigest((name or "").encode(), seed=1) for name in outlets], np.uint64)
    lines, edges, pieces = _lines(folded, scan), _edges(folded, scan), _pieces(folded, scan)
    return Sample(outlets, outlet, salts[outlet], texts, *lines, *edges, *pieces, headed)


def _lines(folded: Folded, scan: Scan) -> tuple[I32, U64, I32, I32, Bools, Bools, U64]:
    """Article, hash, place, edge and top of every short line, and of every article the hashes of its longest two."""
    n = len(scan.lines)
    row, token, words = (np.empty(n, np.int32) for _ in range(3))
    runs, edge = np.empty(n, np.uint64), np.empty(n, np.bool_)
    longest = np.empty((len(folded.first_token) - 1, 2), np.uint64)
    n = hash_lines(
        folded.hashes, folded.first_token, scan.first_body, scan.lines, EDGE_LINES, LINE_WORDS, row, runs, token, words,
        edge, longest,
    )  # fmt: skip
    row, token, words, runs, edge = row[:n].copy(), token[:n], words[:n], runs[:n].copy(), edge[:n].copy()
    top = (token == scan.first_body[row]) & (words <= 2 * PIECE_WORDS)
    return row, runs, folded.span_start[token], folded.span_end[token + words - 1], edge, top, longest


def _edges(folded: Folded, scan: Scan) -> tuple[U64, U64, I32, I32]:
    """The opening of every article, its tails and their places."""
    articles, sizes = len(folded.first_token) - 1, np.array(TAIL_SIZES, np.int64)
    opening, tails = np.empty(articles, np.uint64), np.empty((articles, len(sizes)), np.uint64)
    hash_edges(folded.hashes, folded.first_token, scan.first_body, sizes, OPENING_WORDS, opening, tails)
    after = folded.first_token[1:]
    if not len(folded.span_start):
        return opening, tails, np.zeros(tails.shape, np.int32), np.zeros(articles, np.int32)
    token = np.where(tails == 0, 0, after[:, None] - sizes)
    return opening, tails, folded.span_start[token], folded.span_end[np.maximum(after - 1, 0)]


def _pieces(folded: Folded, scan: Scan) -> tuple[U64, I32, I32]:
    articles = len(folded.first_token) - 1
    pieces = np.zeros((articles, PIECES), np.uint64)
    start, end = np.zeros((articles, PIECES), np.int32), np.zeros((articles, PIECES), np.int32)
    head_pieces(
        folded.hashes, folded.first_token, scan.first_body, scan.lines, folded.span_start, folded.span_end, PIECE_WORDS,
        pieces, start, end,
    )  # fmt: skip
    return pieces, start, end
