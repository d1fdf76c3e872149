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
from dedup.arabic.page import CLOSES, EDGE, OPENS, STORY_LINE, TAIL
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
_BRACKET = np.zeros(256, np.bool_)
_BRACKET[np.frombuffer(b")]", np.uint8)] = True
"""Bytes that end the words under a picture or the desk's line."""

BLOCK_LINE = 100
"""Code points of the first or last line of a text that may have a block there: a date line with everything beside it,
a name, a button. Set by hand."""

RULE = 8
"""Signs and spaces behind which a last line may have a block however it ends: a rule of signs before editors' initials.
Set by hand."""

CREDIT_WORDS = 4
"""Words of the longest credit of a picture by which a first line of more than ``EDGE_WORDS`` may be the words under it:
"- sites of social media". Set by hand."""

DATE_FIGURES = 2
"""Words in figures by which a short first line may be a date: the day and the year."""

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


def edges(folded: Folded, found: Scan, raw: npt.NDArray[np.uint8], offsets: I32) -> dict[int, int]:
    """Texts whose edges have the shape of no sentence, ascending, and which of them (:data:`dedup.arabic.page.EDGE`):

    EDGE     a short first line above a long one (:mod:`dedup.arabic.edge_lines`)
    TAIL     a short last or only line, or letters of an address, without a full stop (the same)
    OPENS    a short first line above a line of either kind, or with figures in it, or a sign before its last words
             (:mod:`dedup.arabic.blocks_above`)
    CLOSES   a short last line without a full stop, or with a bracket at its end, or below a text that ``OPENS``
             (:mod:`dedup.arabic.blocks_below`)
    """
    lines = found.lines
    first = np.searchsorted(lines, found.first_body)
    last = np.searchsorted(lines, folded.first_token[1:]) - 1
    several = np.flatnonzero(last > first)
    ends = np.append(lines, np.int32(len(folded.span_start)))
    size, width = np.diff(ends), folded.span_end[ends[1:] - 1] - folded.span_start[lines]
    edged = np.zeros(len(first), np.uint8)
    opens, closes = first[several], last[several]
    above = (size[opens] <= EDGE_WORDS) & (size[opens + 1] >= STORY_LINE)
    short = width[opens] <= BLOCK_LINE
    edged[several] = above * np.uint8(EDGE) | (short & (above | (width[opens + 1] <= BLOCK_LINE))) * np.uint8(OPENS)
    for text in several[short & (edged[several] == 0)].tolist():
        line = int(first[text])
        edged[text] = OPENS if _figures(folded, ends, line) >= DATE_FIGURES or _parted(folded, ends, line) else 0
    only = np.flatnonzero((last == first) & (first < len(size)))
    shape = np.zeros(len(first), np.uint8)
    shape[several] = (size[closes] <= EDGE_WORDS) * np.uint8(TAIL) | (width[closes] <= BLOCK_LINE) * np.uint8(CLOSES)
    gap = folded.span_start[lines[closes]] - folded.span_end[lines[closes] - 1]
    edged[several[(gap > RULE) & (width[closes] <= BLOCK_LINE // 2)]] |= np.uint8(CLOSES)
    shape[only] = (size[last[only]] <= EDGE_WORDS) * np.uint8(TAIL)
    _endings(edged, shape, raw, offsets)
    rows = np.flatnonzero(edged)
    return dict(zip(rows.tolist(), edged[rows].tolist(), strict=True))


def _endings(edged: npt.NDArray[np.uint8], shape: npt.NDArray[np.uint8], raw: npt.NDArray[np.uint8], at: I32) -> None:
    """Add the texts whose last line has one of those shapes, by the letter or sign at their end."""
    written = np.flatnonzero(np.diff(at) > END_BYTES)
    tail = raw[at[written + 1][:, None].astype(np.int64) - np.arange(1, END_BYTES + 1)]
    blank = (tail == ord(" ")) | (tail == ord("\n"))
    closing = tail[np.arange(len(written)), np.argmin(blank, axis=1)]
    ascii_letter = (closing < 0x80) & (closing >= ord("0"))
    goes_on, bracket = ~_ENDING[closing], _BRACKET[closing]
    edged[written] |= np.where(goes_on, shape[written] | ascii_letter * np.uint8(TAIL), 0).astype(np.uint8)
    also = bracket | (edged[written] & OPENS != 0)
    edged[written] |= np.where(also, shape[written] & np.uint8(CLOSES), 0).astype(np.uint8)


def _figures(folded: Folded, ends: I32, line: int) -> int:
    """How many words of a line begin with a figure."""
    opening = folded.letters[folded.token_start[ends[line] : ends[line + 1]]]
    return int(np.count_nonzero((opening >= ord("0")) & (opening <= ord("9"))))


def _parted(folded: Folded, ends: I32, line: int) -> bool:
    """Whether a dash, a bracket or the like parts the last words of a line, as it does the credit of a picture."""
    last = int(ends[line + 1])
    begin = max(int(ends[line]) + 1, last - CREDIT_WORDS)
    return bool(np.any(folded.span_start[begin:last] - folded.span_end[begin - 1 : last - 1] > 1))


def numbered(names: pa.StringArray) -> tuple[tuple[str | None, ...], I32]:
    """The distinct values of a column, and the number of each row's (int32)."""
    encoded = names.dictionary_encode(null_encoding="encode")
    return tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy()
