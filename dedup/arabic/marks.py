"""Marking a batch: which words take no part in similarity, and who is credited.

A scraped article is its story and what the page put around it. Nothing is deleted: a mark is a span of the original
text with a label, and the words under it are passed over by shingles, fingerprints and passages. Seven steps, each in
a module of its own:

    phrases     one scan of the batch finds all known words             kernels.phrases, lexicon
    titles      the headline repeated in the text                       kernels.phrases
    learned     lines, heads, tails the outlet repeats                  learned
    furniture   what phrases and lines mean where they stand            furniture
    segments    a second story glued under the first                    segments
    head        dateline or byline before the first word                heads
    credits     who is named as the source, and where                   credits

Only articles in which the scan found something are looked at one by one; of the real corpus that is about a third, and
each costs some tens of microseconds. Everything else of a batch costs the scan.

Invariants, property-tested: ``text[mark.start:mark.end]`` is what was marked; marks are sorted and those of one label
do not overlap; and an article keeps its story (see :mod:`dedup.arabic.annotation`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.annotation import NOTHING, Annotation, annotated
from dedup.arabic.credits import CONFIDENCE
from dedup.arabic.fold import Folded, fold_column, utf8_column
from dedup.arabic.learned import Learned
from dedup.arabic.lexicon import Lexicon
from dedup.arabic.page import Hit, Page
from dedup.arabic.sample import Sample, sample
from dedup.kernels.phrases import find_phrases, find_titles, hash_tokens, line_starts, mark_tokens
from dedup.model import Credit, Mark, Segment

HEAD_TOKENS = 30
"""Words among which a head is looked for: a stacked headline of 24 and a dateline."""
TAIL_TOKENS = 60
"""Words from the end among which tail phrases count: a list of keywords or a block of message numbers. Set by hand."""
TITLE_LINES, TITLE_WORDS = 4, 3
"""A title is looked for at the start of this many first lines, if it has this many words."""


@dataclass(frozen=True, slots=True)
class BatchMarks:
    """Marks of a batch; articles without any have no entry in ``found``.

    ``token_marked`` bool, one per token of the batch: True takes no part in shingles, fingerprints, passages.
    ``sample`` is what the batch leaves for :func:`dedup.arabic.learned.learn`.
    """

    token_marked: npt.NDArray[np.bool_]
    found: dict[int, Annotation]
    sample: Sample
    bylines: dict[int, tuple[Credit, ...]] = field(default_factory=dict)

    def marks(self, row: int) -> tuple[Mark, ...]:
        """The marks of one article, sorted by place."""
        return self.found.get(row, NOTHING).marks

    def credits(self, row: int) -> tuple[Credit, ...]:
        """Its credits: the byline field's first, then those in the text by place, without those of its segments."""
        return self.bylines.get(row, ()) + self.found.get(row, NOTHING).credits

    def segments(self, row: int) -> tuple[Segment, ...]:
        """The stories glued under it."""
        return self.found.get(row, NOTHING).segments


class Marker:
    """Marks batches by a lexicon; threads may share it, since all it remembers is a function of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._own: dict[str | None, frozenset[int]] = {}
        self._words = np.array([meaning.words for meaning in lexicon.table.meanings], np.int32)

    def mark_batch(
        self,
        folded: Folded,
        texts: pa.StringArray,
        titles: pa.StringArray,
        outlets: pa.StringArray,
        bylines: pa.StringArray,
        body_start: npt.NDArray[np.int32],
        learned: Learned | None = None,
    ) -> BatchMarks:
        """Mark the articles of a batch whose ``texts`` were folded into ``folded``."""
        scan = Scan.of(folded, texts)
        hits = self._hits(folded, scan, outlets)
        repeated = _titles(folded, scan, titles, body_start)
        taught = learned.marks(folded, scan.hashes, scan.lines, outlets) if learned is not None else {}
        found: dict[int, Annotation] = {}
        rows = sorted({*hits, *repeated, *taught, *np.flatnonzero(body_start > 0).tolist()})
        for row in rows:
            page = Page(texts[row].as_py(), hits.get(row, []), int(body_start[row]))
            known = learned.names(outlets[row].as_py()) if learned is not None else frozenset()
            annotation = annotated(page, [*repeated.get(row, ()), *taught.get(row, ())], known)
            if annotation is not None:
                found[row] = annotation
        token_marked = np.zeros(len(folded.span_start), np.bool_)
        _mark(token_marked, folded, found)
        headed = np.zeros(len(texts), np.bool_)
        headed[[row for row, one in found.items() if any(mark.evidence == "head" for mark in one.marks)]] = True
        taken = sample(folded, scan.hashes, scan.lines, texts, outlets, headed)
        return BatchMarks(token_marked, found, taken, self._byline_credits(bylines))

    def _hits(self, folded: Folded, scan: Scan, outlets: pa.StringArray) -> dict[int, list[Hit]]:
        """The known phrases by row; a paper's own name is none, it stands in every other article of it."""
        text, token, phrase = self._search(folded, scan.hashes, scan.lines)
        own = [self._own_names(outlet) for outlet in outlets.to_pylist()]
        starts = folded.span_start[token].tolist()
        ends = folded.span_end[token + self._words[phrase] - 1].tolist()
        meanings = self._lexicon.table.meanings
        hits: dict[int, list[Hit]] = {}
        for row, start, end, p in zip(text.tolist(), starts, ends, phrase.tolist(), strict=True):
            if p not in own[row]:
                hits.setdefault(row, []).append(Hit(start, end, meanings[p]))
        return hits

    def _own_names(self, outlet: str | None) -> frozenset[int]:
        """The phrases that name the outlet itself."""
        known = self._own.get(outlet)
        if known is None:
            meanings = enumerate(self._lexicon.table.meanings)
            named = (
                (p, meaning.agency) for p, meaning in meanings if meaning.agency and meaning.agency.kind == "outlet"
            )
            known = frozenset(p for p, agency in named if outlet and agency.is_outlet(outlet))
            self._own[outlet] = known
        return known

    def _search(
        self, folded: Folded, hashes: npt.NDArray[np.uint64], lines: npt.NDArray[np.int32]
    ) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
        table = self._lexicon.table
        room = 256 + len(hashes) // 16
        while True:
            text, token, phrase = (np.empty(room, np.int32) for _ in range(3))
            count = find_phrases(
                hashes, folded.first_token, lines, folded.span_start, folded.span_end, table.bitmap, table.keys,
                table.group, table.group_at, table.phrase_at, table.words, table.place, table.announcing,
                HEAD_TOKENS, TAIL_TOKENS, text, token, phrase,
            )  # fmt: skip
            if count >= 0:
                return text[:count], token[:count], phrase[:count]
            room *= 4

    def _byline_credits(self, bylines: pa.StringArray) -> dict[int, tuple[Credit, ...]]:
        """Credits out of the byline field: every agency it names, doubtful names included, since it is a byline."""
        folded = fold_column(bylines)
        hashes = _hashes(folded)
        text, token, phrase = self._search(folded, hashes, folded.first_token[:-1].astype(np.int32))
        credits: dict[int, list[Credit]] = {}
        behind = -1
        for row, at, p in zip(text.tolist(), token.tolist(), phrase.tolist(), strict=True):
            agency = self._lexicon.table.meanings[p].agency
            if agency is not None and at >= behind and agency.kind != "outlet":
                credits.setdefault(row, []).append(
                    Credit(None, None, "byline", agency.id, agency.name, CONFIDENCE["byline"])
                )
                behind = at + int(self._words[p])
        return {row: tuple(dict.fromkeys(found)) for row, found in credits.items()}


@dataclass(frozen=True, slots=True)
class Scan:
    """Hashes of a batch's tokens, and the numbers of those that begin a line."""

    hashes: npt.NDArray[np.uint64]
    lines: npt.NDArray[np.int32]

    @staticmethod
    def of(folded: Folded, texts: pa.StringArray) -> Scan:
        """Scan a folded batch; ``texts`` is the column it was folded from."""
        raw, offsets = utf8_column(texts)
        lines = np.empty(len(folded.span_start) + 1, np.int32)
        count = line_starts(raw, offsets, folded.span_start, folded.first_token, lines)
        return Scan(_hashes(folded), lines[:count])


def _hashes(folded: Folded) -> npt.NDArray[np.uint64]:
    hashes = np.empty(len(folded.token_start), np.uint64)
    hash_tokens(folded.letters, folded.token_start, folded.token_end, hashes)
    return hashes


def _titles(
    folded: Folded, scan: Scan, titles: pa.StringArray, body_start: npt.NDArray[np.int32]
) -> dict[int, list[Mark]]:
    title = fold_column(titles)
    text, token, words = (np.empty(2 * len(titles), np.int32) for _ in range(3))
    count = find_titles(
        scan.hashes, folded.first_token, scan.lines, folded.span_start, folded.span_end, body_start.astype(np.int32),
        _hashes(title), title.first_token, TITLE_LINES, TITLE_WORDS, text, token, words,
    )  # fmt: skip
    marks: dict[int, list[Mark]] = {}
    for row, t, size in zip(text[:count].tolist(), token[:count].tolist(), words[:count].tolist(), strict=True):
        span = Mark(int(folded.span_start[t]), int(folded.span_end[t + size - 1]), "title", "repeats the title")
        marks.setdefault(row, []).append(span)
    return marks


def _mark(token_marked: npt.NDArray[np.bool_], folded: Folded, found: dict[int, Annotation]) -> None:
    flat = [(row, mark.start, mark.end) for row, annotation in found.items() for mark in annotation.marks]
    if flat:
        rows, starts, ends = (np.array(column, np.int32) for column in zip(*flat, strict=True))
        mark_tokens(rows, starts, ends, folded.span_start, folded.span_end, folded.first_token, token_marked)
