"""One scan of a folded batch: lines, bodies, and every known phrase where its class allows it.

Marks, titles and samples all start from here. The compiled loop is :mod:`dedup.kernels.scan`; this module gives it the
lexicon's table and room for what it finds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.edge_lines import EDGE_WORDS
from dedup.arabic.fold import Folded
from dedup.arabic.page import STORY_LINE
from dedup.arabic.phrase_table import PhraseTable
from dedup.kernels.scan import scan_texts

HEAD_TOKENS = 30
"""Words among which a head is looked for: a stacked headline of 24 and a dateline."""
TAIL_TOKENS = 60
"""Words from the end among which tail phrases count: a list of keywords or a block of message numbers. Set by hand."""
END_BYTES = 8
"""Bytes at the end of a text among which its last letter or sign is looked for, behind spaces."""

_ENDING = np.zeros(256, np.bool_)
_ENDING[np.frombuffer(b'.!?")]*', np.uint8)] = True
"""Bytes that end a sentence or an address."""

U64 = npt.NDArray[np.uint64]
I32 = npt.NDArray[np.int32]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scan:
    """What the scan of a batch finds.

    ``lines`` int32: the tokens that begin a line, ascending. ``first_body`` int64: each text's first token behind its
    title. ``text, token, phrase`` int32: phrase ``phrase`` of the table begins at that token of that text; in order of
    place, longer ones first.
    """

    lines: I32
    first_body: I64
    text: I32
    token: I32
    phrase: I32


def scan(folded: Folded, body_start: I32, table: PhraseTable) -> Scan:
    """Scan a folded batch; ``body_start`` in code points."""
    room, first_body = 256 + len(folded.span_start) // 16, np.empty(len(folded.first_token) - 1, np.int64)
    while True:
        text, token, phrase = (np.empty(room, np.int32) for _ in range(3))
        found = scan_texts(
            folded.hashes, folded.span_start, folded.span_end, folded.before, folded.first_token, body_start,
            table.bitmap, table.keys, table.group, table.group_at, table.phrase_at, table.words, table.place,
            table.announcing, HEAD_TOKENS, TAIL_TOKENS, first_body, text, token, phrase,
        )  # fmt: skip
        if found >= 0:
            lines = np.flatnonzero(folded.before & np.uint8(1)).astype(np.int32)
            return Scan(lines, first_body, text[:found], token[:found], phrase[:found])
        room *= 4


def edge_rows(folded: Folded, found: Scan, raw: npt.NDArray[np.uint8], offsets: I32) -> I64:
    """Texts with a short first line above a long one, or a short last or only line, or letters of an address, without a
    full stop: what :mod:`dedup.arabic.edge_lines` looks at. Ascending."""
    articles, lines = len(folded.first_token) - 1, found.lines
    first = np.searchsorted(lines, found.first_body)
    last = np.searchsorted(lines, folded.first_token[1:]) - 1
    several = np.flatnonzero(last > first)
    ends = np.append(lines, np.int32(len(folded.span_start)))
    size = np.diff(ends)
    edged = np.zeros(articles, np.bool_)
    edged[several] = (size[first[several]] <= EDGE_WORDS) & (size[first[several] + 1] >= STORY_LINE)
    short = np.zeros(articles, np.bool_)
    short[several[size[last[several]] <= EDGE_WORDS]] = True
    only = np.flatnonzero((last == first) & (first < len(size)))
    short[only[size[last[only]] <= EDGE_WORDS]] = True
    written = np.flatnonzero(np.diff(offsets) > END_BYTES)
    tail = raw[offsets[written + 1][:, None].astype(np.int64) - np.arange(1, END_BYTES + 1)]
    blank = (tail == ord(" ")) | (tail == ord("\n"))
    closing = tail[np.arange(len(written)), np.argmin(blank, axis=1)]
    ascii_letter = (closing < 0x80) & (closing >= ord("0"))
    edged[written] |= ~_ENDING[closing] & (short[written] | ascii_letter)
    return np.flatnonzero(edged)


def numbered(names: pa.StringArray) -> tuple[tuple[str | None, ...], I32]:
    """The distinct values of a column, and the number of each row's (int32)."""
    encoded = names.dictionary_encode(null_encoding="encode")
    return tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy()
