"""Furniture by its shape between the paragraphs (:mod:`dedup.arabic.blocks`): the day of a link, the words under a
picture.

Only a page that has such furniture above or below its story is looked at: in a page without a date line or a caption
there, a line between paragraphs that ends in a name in brackets is as often a subhead. Editors' letters by slashes in a
line of their own stand under an agency's dispatch, though a second story was glued below it.
"""

from __future__ import annotations

import re

from dedup.arabic.blocks import PICTURE, SHORT, seen, text_of
from dedup.arabic.date_lines import SURE, date_line
from dedup.arabic.page import Page, covered
from dedup.arabic.picture_lines import CAPTION
from dedup.model import Mark, Span

_PICTURED = re.compile(
    r"(?:\([^()\n]{2,40}\)|(?:تصوير|عدسة|[Cc]redit|أرشيف|تعبيرية|توضيحية|المصدر|صورة من)[^\n.؟!]{0,45})[ \t]*(?=\n|$)"
)
"""The end of a line that may be a picture's credit."""
_LETTERS = r"[ \t]*[\u0621-\u064a]{1,2}(?:[ .]+[\u0621-\u064a]{1,2}){0,2}[ .]*"
_SIGNED = re.compile(rf"(?<=[.!؟])\s*\n({_LETTERS}(?:/{_LETTERS}){{1,2}})(?=\n)")
"""Below a sentence: letters by slashes, and more below them."""
_DATED = frozenset({"related", "share", "caption", "counter", "section", "banner"})
"""Furniture that has a date beside it."""


def within_marks(page: Page, marks: list[Mark]) -> list[Mark]:
    """Dates beside furniture and captions anywhere in the text, where no mark lies yet."""
    found = _captions(page, marks)
    return found + _dates(page, [*marks, *found])


def letters_within(page: Page, marks: list[Mark]) -> list[Mark]:
    """Editors' letters by slashes between two paragraphs."""
    found: list[Mark] = []
    for signed in _SIGNED.finditer(page.text, page.body_start):
        line = page.trimmed(*signed.span(1))
        if covered(marks, line.start, line.end) is None:
            found.append(Mark(line.start, line.end, "byline", "editors' letters"))
    return found


def _dates(page: Page, marks: list[Mark]) -> list[Mark]:
    """Dates alone in a line right above or below a mark."""
    found: list[Mark] = []
    dated: set[Span] = set()
    for mark in marks:
        if mark.label not in _DATED:
            continue
        for at in (page.begin(mark.end), page.trimmed(page.body_start, mark.start).end - 1):
            if not page.body_start <= at < len(page.text):
                continue
            line = page.line_at(at)
            if line.end - line.start > SHORT // 2 or line in dated or date_line(text_of(page, line)) != SURE:
                continue
            if covered(marks, line.start, line.end) is None:
                dated.add(line)
                found.append(Mark(line.start, line.end, "date", "beside furniture"))
    return found


def _captions(page: Page, marks: list[Mark]) -> list[Mark]:
    """The words under a picture: lines that end in its credit."""
    found: list[Mark] = []
    for credited in _PICTURED.finditer(page.text, page.body_start):
        line = page.line_at(credited.start())
        again = bool(found) and line.start < found[-1].end
        if line.end - line.start > SHORT or line.start < page.body_start or again:
            continue
        if seen(page, line, marks) == CAPTION:
            found.append(Mark(line.start, line.end, "caption", PICTURE))
    return found
