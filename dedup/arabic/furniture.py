"""From a known phrase to the stretch that is furniture: does it count here, and how far does it reach?

"See also" in the middle of a sentence is prose; at the start of a line it opens a link. So every entry of the lexicon
says where its phrase must stand (``at``, decided here) and what it takes with it (``extent``, decided in
:mod:`dedup.arabic.extents`). Both look at the lines of the original text, which scraped pages keep; where a page was
flattened into one line, a sentence takes the line's place.

Cost: called for articles with a furniture phrase only.
"""

from __future__ import annotations

import re
from itertools import pairwise

from dedup.arabic.extents import COLON, COLON_OR_DASH, EXTENTS
from dedup.arabic.page import SENTENCE_END, Hit, Page
from dedup.arabic.page_talk import ends_sentence, invites, is_told, is_told_address, of_page
from dedup.model import Mark, Span

_WORDED = re.compile(r"[^\W\d_ـ]")
"""A letter: beside the words of a button there are signs and numbers only ("comments (3)")."""


_THAT = re.compile(r"\s+[أا]ن\s")
"""Behind "you may care": a clause, and no headline."""
_SET_APART = re.compile(r"[\s»”\")]*(?:[:\uff1a>»/|…⬇]|\.\.|[-–—])")
"""Signs between "see also" and a headline."""
_CLOSED = frozenset(("rest", "called", "copyright", "address", "invitation", "list", "end"))
"""Extents of phrases that begin sentences of a story too, which take all that stands behind them."""


def furniture_marks(page: Page) -> list[Mark]:
    """The marks of every furniture phrase of the page, in order of place; they may overlap."""
    marks: list[Mark] = []
    for hit in page.furniture:
        kind = hit.meaning.furniture
        if kind is None or hit.start < page.body_start:
            continue
        if marks and hit.end <= marks[-1].end and marks[-1].label == kind.label:
            continue
        if kind.colon and not (COLON if kind.label != "related" else COLON_OR_DASH).match(page.text, hit.end):
            continue
        line = page.line_at(hit.start)
        if not _stands(page, hit, line, kind.at):
            continue
        span = EXTENTS[kind.extent](page, hit, line)
        if span is None or span.start == span.end:
            continue
        if kind.colon or kind.extent not in _CLOSED or not _told(page, hit, line, kind.extent, span.end):
            marks.append(Mark(span.start, span.end, kind.label, kind.id))
    return _one_after_another(page, marks) if len(marks) > 1 else marks


def _one_after_another(page: Page, marks: list[Mark]) -> list[Mark]:
    """A list of links ends where the next furniture begins."""
    marks.sort()
    for number, (mark, following) in enumerate(pairwise(marks)):
        apart = following.label in ("keywords", "contact") or page.begins_line(following.start)
        if mark.start < following.start < mark.end and mark.label != following.label and apart:
            marks[number] = mark._replace(end=page.trimmed(mark.start, following.start).end)
    return marks


def _stands(page: Page, hit: Hit, line: Span, at: str) -> bool:
    text = page.text
    if at == "line":
        return not (_WORDED.search(text, line.start, hit.start) or _WORDED.search(text, hit.end, line.end))
    if at in ("line-start", "tail-line"):
        return page.begins_line(hit.start)
    if at in ("start", "tail"):
        return page.begins_sentence(hit.start)
    if at == "tail-list":
        return page.begins_sentence(hit.start) or _repeats_story(page, hit)
    return True


def _told(page: Page, hit: Hit, line: Span, extent: str, stop: int) -> bool:
    """Whether the sentence that a phrase begins is the story's, as the words between the phrase and ``stop`` say."""
    end = min(page.sentence_at(hit.start, line).end, stop)
    said, behind = page.text[hit.start : end], page.text[hit.end : end]
    if "A" <= said[0] <= "z":
        return False
    if extent in ("called", "invitation"):
        return ends_sentence(said) and not invites(said)
    if extent == "list" and (_THAT.match(behind) or _SET_APART.match(behind)):
        return _THAT.match(behind) is not None
    return is_told_address(behind) if extent == "address" else is_told(behind) and not of_page(said)


def _repeats_story(page: Page, hit: Hit) -> bool:
    """Whether most words behind the phrase, a list without punctuation, occur before it: the story's keywords."""
    behind = page.text[hit.end :]
    if "،" in behind or SENTENCE_END.search(behind):
        return False
    words = behind.split()
    before = page.text[: hit.start]
    return len(words) >= 2 and 2 * sum(word in before for word in words) > len(words)
