"""Marking of single texts, as tests want to look at it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from dedup.arabic.fold import fold_column, read_column
from dedup.arabic.learned import Learned
from dedup.arabic.lexicon import Lexicon, load
from dedup.arabic.marks import BatchMarks, Marker
from dedup.model import Credit, Mark, Segment


@functools.cache
def shipped() -> Lexicon:
    """The lexicon of the project."""
    return load()


@dataclass(frozen=True)
class Marked:
    """One text and what marking found in it."""

    text: str
    marks: tuple[Mark, ...]
    credits: tuple[Credit, ...]
    segments: tuple[Segment, ...]

    def under(self, label: str) -> list[str]:
        """The stretches with a label, without the spaces around them."""
        return [self.text[mark.start : mark.end].strip() for mark in self.marks if mark.label == label]

    def credited(self) -> list[tuple[str, str | None]]:
        """Kind and agency of every credit that is no mention."""
        return [(credit.kind, credit.agency) for credit in self.credits if credit.kind != "mention"]

    def mentioned(self) -> list[tuple[str, str | None]]:
        """Kind and agency of every mention."""
        return [(credit.kind, credit.agency) for credit in self.credits if credit.kind == "mention"]

    def unmarked(self) -> str:
        """The text without its marks."""
        kept, at = [], 0
        for mark in self.marks:
            kept.append(self.text[at : mark.start])
            at = max(at, mark.end)
        return "".join([*kept, self.text[at:]])


def mark_texts(
    texts: list[str],
    *,
    titles: list[str | None] | None = None,
    outlets: list[str | None] | None = None,
    bylines: list[str | None] | None = None,
    body_starts: list[int] | None = None,
    lexicon: Lexicon | None = None,
    learned: Learned | None = None,
) -> BatchMarks:
    """The marks of a batch of texts."""
    nothing = [None] * len(texts)
    column, title, outlet, byline = (
        pa.array(values, pa.string()) for values in (texts, titles or nothing, outlets or nothing, bylines or nothing)
    )
    starts = np.array(body_starts or [0] * len(texts), np.int32)
    marker = Marker(lexicon or shipped())
    titles_folded = fold_column(title.fill_null(""))
    read = read_column(column)
    return marker.mark_batch(read.folded, read.texts, titles_folded, outlet, byline, read.inward(starts), learned)


def mark_text(
    text: str,
    *,
    title: str | None = None,
    outlet: str | None = None,
    byline: str | None = None,
    body_start: int = 0,
    lexicon: Lexicon | None = None,
) -> Marked:
    """The marks of one text."""
    batch = mark_texts(
        [text], titles=[title], outlets=[outlet], bylines=[byline], body_starts=[body_start], lexicon=lexicon
    )
    return Marked(text, batch.marks(0), batch.credits(0), batch.segments(0))
