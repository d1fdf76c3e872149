"""One article as marking sees it: its text, its lines, and the known phrases found in it.

Furniture, heads, segments and credits all look at the same few things, so they are found once here. Every position is a
code point of the original text and every pair is half-open: ``page.text[hit.start:hit.end]``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from dedup.arabic.phrase_table import AGENCY, CUE, FURNITURE, PLACE, Meaning
from dedup.model import Mark, Span

LONG_LINE = 40
"""Words from which a line is no headline, button or label, but a paragraph. The longest title of the real
corpus has 23."""
STORY_LINE = 15
"""Words from which a line that ends like a sentence is taken as story text."""

SENTENCE_END = re.compile(r"[.!؟?…۔](?=[\s»”\"')\]]|$)")
SPACES = (
    " \t\n\r\N{NO-BREAK SPACE}\N{ZERO WIDTH SPACE}\N{RIGHT-TO-LEFT MARK}\N{LEFT-TO-RIGHT MARK}"
    "\N{ZERO WIDTH NO-BREAK SPACE}"
)
_SPACES = frozenset(SPACES)
_span = partial(tuple.__new__, Span)
"""A span of a pair, in 0.09 us instead of the 0.21 us of calling its class; a page asks for some ten."""
BULLETS = SPACES + "*•·-–—ـ«»\"“”'|/\\:.…>‹›■●▪►◄#[]()،"
"""What may stand between the beginning of a line and its first word."""
_BEFORE_SENTENCE = SPACES.replace("\n", "") + "*•·-–—«“\"'>‹■●▪►#[(/\\"

_ORNAMENTS = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0e\ufe0f\u200d]")
"""Pictures that sites set before a call; they stand there like bullets."""

EDGE, OPENS, CLOSES, TAIL = 1, 2, 4, 8
"""What the edges of a text have the shape of: a first line that is no sentence, a block above the story, one below it,
a last line that is no sentence."""


class Hit(NamedTuple):
    """A known phrase: ``text[start:end]``."""

    start: int
    end: int
    meaning: Meaning


LOOKED_AT = {"furniture": (FURNITURE,), "named": (AGENCY, PLACE), "sources": (AGENCY, CUE)}
"""What the phrases of a page mean, by the list in which the page holds them."""


class Page:
    """A text, where its body starts, and the known phrases that each step looks at, in order of place, longest first.

    ``furniture`` are the phrases of furniture, ``named`` those of agencies and places, ``sources`` those of agencies
    and cues (:data:`LOOKED_AT`). ``edged``: what shape its edges have (:data:`EDGE`). ``top``: where the first letter
    or sign of the body stands, which most steps ask for.
    """

    __slots__ = ("_lines", "body_start", "edged", "furniture", "named", "sources", "text", "top")

    def __init__(
        self, text: str, furniture: list[Hit], named: list[Hit], sources: list[Hit], body_start: int, edged: int
    ) -> None:
        self.text = text
        self.furniture = furniture
        self.named = named
        self.sources = sources
        self.body_start = body_start
        self.edged = edged
        self._lines: list[Span] | None = None
        self.top = self.begin(body_start)

    @property
    def lines(self) -> list[Span]:
        """The lines that hold more than spaces, without the spaces around them."""
        if self._lines is None:
            self._lines = self._divided()
        return self._lines

    def _divided(self) -> list[Span]:
        found = []
        start, text = 0, self.text
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            line = self.trimmed(start, end)
            if line.start < line.end:
                found.append(line)
            start = end + 1
        return found

    @property
    def body_lines(self) -> list[Span]:
        """The lines from the beginning of the body on."""
        return self.lines[bisect_left(self.lines, self.body_start, key=itemgetter(0)) :]

    def number_below(self, line: Span) -> int:
        """The number of the first line below another, of those that hold more than spaces."""
        return bisect_left(self.lines, line.end, key=itemgetter(0))

    def line_below(self, line: Span) -> Span | None:
        """The first line below another that holds more than spaces."""
        number = self.number_below(line)
        return self.lines[number] if number < len(self.lines) else None

    def places_at(self, start: int) -> list[Hit]:
        """The places, known for sure, that begin there."""
        return [hit for hit in self.named if hit.start == start and hit.meaning.what == PLACE and hit.meaning.sure]

    def sources_within(self, start: int, end: int) -> list[Hit]:
        """The phrases of ``sources`` that begin in a stretch."""
        first = bisect_left(self.sources, start, key=itemgetter(0))
        return self.sources[first : bisect_left(self.sources, end, first, key=itemgetter(0))]

    def line_at(self, position: int) -> Span:
        """The line around a position, without the spaces around it."""
        text = self.text
        start, end = text.rfind("\n", 0, position) + 1, text.find("\n", position)
        if end < 0:
            end = len(text)
        if start < end and text[start] not in _SPACES and text[end - 1] not in _SPACES:
            return _span((start, end))
        return self.trimmed(start, end)

    def trimmed(self, start: int, end: int) -> Span:
        """The stretch without spaces at its ends; empty at ``start`` if it holds nothing else."""
        text = self.text
        while start < end and text[start] in _SPACES:
            start += 1
        while end > start and text[end - 1] in _SPACES:
            end -= 1
        return _span((start, end))

    def begin(self, start: int) -> int:
        """Where the first letter or sign at or behind a position stands; the end of the text if there is none."""
        text, end = self.text, len(self.text)
        while start < end and text[start] in _SPACES:
            start += 1
        return start

    def words(self, span: Span) -> int:
        """Words of a stretch, as spaces divide it."""
        return len(self.text[span.start : span.end].split())

    def has_at_most(self, words: int, span: Span) -> bool:
        """Whether a stretch has no more words than that; a long one is not divided to its end."""
        start, end = span
        return end - start <= 2 * words or len(self.text[start:end].split(None, words)) <= words

    def sentence_at(self, position: int, line: Span) -> Span:
        """The sentence around a position within a line."""
        start, end = line
        for match in SENTENCE_END.finditer(self.text, line.start, line.end):
            if match.end() <= position:
                start = match.end()
            else:
                end = match.end()
                break
        while start < position and self.text[start] in SPACES + "»”\"')]":
            start += 1
        return self.trimmed(start, end)

    def begins_sentence(self, position: int) -> bool:
        """Whether only bullets and quotes stand between a position and the sentence or line end before it, or a picture
        that begins the line."""
        before = self.text[max(0, position - 12) : position]
        bare = before.rstrip(_BEFORE_SENTENCE)
        if (not bare and position <= 12) or bare[-1:] in '\n.!؟?…:»”")|' or "\n" in before[len(bare) :]:
            return True
        return bare[-1:] >= "\u200d" and self.begins_line(position)

    def begins_line(self, position: int) -> bool:
        """Whether only bullets stand between a position and the beginning of its line."""
        start = self.text.rfind("\n", 0, position) + 1
        before = self.text[start:position].strip(BULLETS)
        return not before or (len(before) <= 12 and not _ORNAMENTS.sub("", before).strip(BULLETS))


def covered(marks: list[Mark], start: int, end: int) -> Mark | None:
    """The first mark that overlaps a stretch."""
    for mark in marks:
        if mark.start < end and start < mark.end:
            return mark
    return None
