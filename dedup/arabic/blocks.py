"""Blocks of short lines above the first paragraph and below the last: what a page prints there is furniture by its
shape and place, whatever site it is.

    above    headline, date, writer, place, reading time, caption, buttons, and among them at times a standfirst
    below    caption, keywords one by one, initials, the desk's line, the writer, previous and next, dates

A line that says what it is (:mod:`dedup.arabic.block_lines`) is marked where it stands in such a block
(:mod:`dedup.arabic.blocks_above`, :mod:`dedup.arabic.blocks_below`). One that only could be furniture (a name, a
button, a number) is marked beside furniture, and so from line to line. What says nothing stays the story: a standfirst,
a subhead, a verse, a row of a table.

This module holds what both look at: which line is a paragraph, what is known of a line, and how credits see the marks.
"""

from __future__ import annotations

import re

from dedup.arabic.block_lines import shape
from dedup.arabic.line_words import Shape
from dedup.arabic.page import STORY_LINE, Page, covered
from dedup.arabic.picture_lines import CAPTION
from dedup.model import Mark, Span

SHORT = 140
"""Code points of the longest line of a block: a caption of two lines under a picture. Set by hand."""
FEW = 7
"""Words up to which a line is no paragraph, however it ends: "Share it!", "5 min.", "A.B." Set by hand."""

ABOVE, BELOW, BEHIND = "above the story", "below the story", "behind the story"
PICTURE, CLOSED, POSITION = "caption", "closes the story", "a writer's position"
"""Evidence of what blocks mark; credits are judged by the second three."""

_STOPS, _CLOSERS = frozenset(".!؟?…۔"), frozenset("»”\")]'")
_CREDITED = re.compile(r"\)$|[©/|]|تصوير|عدسة|[Cc]redit|أرشيف|تعبيرية|توضيحية|المصدر|صورة|تحرير|\d:\d\d")
"""What a line of a paragraph's length must hold to be a date, the words under a picture or the desk's line."""
_AS = {CLOSED: "ended", POSITION: POSITION}

Seen = Shape | str | None
"""What is known of a line: the label of a mark that covers it, or its shape, or nothing."""


def ended(page: Page, line: Span) -> bool:
    """Whether a line ends like a sentence."""
    text, (start, end) = page.text, line
    while end > start and text[end - 1] in _CLOSERS:
        end -= 1
    return end > start and text[end - 1] in _STOPS


def paragraph(page: Page, line: Span) -> bool:
    """Whether a line is a paragraph: long, or of some words and ended like a sentence, and no picture's words."""
    size = line.end - line.start
    if size > 2 * SHORT:
        return True
    if page.has_at_most(FEW, line):
        return False
    if ended(page, line):
        return True
    if page.has_at_most(STORY_LINE - 1, line):
        return False
    if _CREDITED.search(page.text, line.start, line.end) is None:
        return True
    one = shape(page.text[line.start : line.end])
    return one is None or not (one.sure or one.label == "keywords")


def seen(page: Page, line: Span, marks: list[Mark]) -> Seen:
    """The label of the mark that covers a line, or the line's shape; a caption is known from the photographer's name in
    it, which has a mark of its own already."""
    over = covered(marks, line.start, line.end) if marks else None
    if over is not None and (over.label != "caption" or over.start <= line.start):
        return over.label
    one = shape(page.text[line.start : line.end]) if line.end - line.start <= SHORT else None
    return one if over is None or one == CAPTION else over.label


def for_credits(page: Page, marks: list[Mark]) -> list[Mark]:
    """The marks as the judgement of credits takes them: an agency alone below the story is its end mark, in brackets it
    is judged like any other; and what a writer is credits nobody."""
    if all(mark.evidence not in _AS for mark in marks):
        return marks
    return [
        mark._replace(label="other", evidence=_AS[mark.evidence]) if mark.evidence in _AS else mark
        for mark in marks
        if mark.evidence != CLOSED or "(" not in page.text[mark.start : mark.end]
    ]


def text_of(page: Page, line: Span) -> str:
    """The words of a line."""
    return page.text[line.start : line.end]
