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
_VIEW = re.compile(
    r"\n[ \t]*((?:جانب من|جوانب من|لقطات? من|مشاهد من|صور[ةه] جماعي[ةه]|صور[ةه] تذكاري[ةه]) "
    r"[^\n.؟!،:؛]{4,60}?)[ \t]*(?=\n)"
)
"""A line of its own between paragraphs that says what is to be seen of an event, and of which."""
_EVENT = re.compile(
    r"(?:مراسم|حفل|الحضور|اللقاء|لقاء|الاجتماع|اجتماع|المؤتمر|مؤتمر|جلس[ةه]|الجلس[ةه]|توقيع|التوقيع|افتتاح|الافتتاح|تدشين|التدشين|"
    r"فعاليات|الفعالي[ةه]|المباراة|مباراة|تدريبات|الندو[ةه]|ندو[ةه]|الورش[ةه]|ورش[ةه]|التكريم|تكريم|المعرض|معرض|الزيار[ةه]|زيار[ةه]|"
    r"استقبال|الاستقبال|المهرجان|مهرجان|المسير[ةه]|مسير[ةه]|التظاهر[ةه]|الوقف[ةه]|وقف[ةه]|الاحتفال|احتفال\w*|المشاركين|المشاركات|المشارك[ةه]|الجول[ةه])(?!\w)"
)
"""What pictures are taken at: a ceremony, a meeting, a match, a visit."""
VIEW_WORDS = 8
"""Words of the longest such line. Set by hand."""
_LETTERS = r"[ \t]*[\u0621-\u064a]{1,2}(?:[ .]+[\u0621-\u064a]{1,2}){0,2}[ .]*"
_SIGNED = re.compile(rf"(?<=[.!؟])\s*\n({_LETTERS}(?:/{_LETTERS}){{1,2}})(?=\n)")
"""Below a sentence: letters by slashes, and more below them."""
_DATED = frozenset({"related", "share", "caption", "counter", "section", "banner"})
"""Furniture that has a date beside it."""


def within_marks(page: Page, marks: list[Mark], *, views_only: bool = False) -> list[Mark]:
    """Dates beside furniture and captions anywhere in the text, where no mark lies yet. ``views_only``: of a page with
    neither a date nor a caption above or below its story, only what is to be seen of an event."""
    if views_only:
        return _views(page, marks)
    found = _captions(page, marks)
    found += _views(page, [*marks, *found])
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


def _views(page: Page, marks: list[Mark]) -> list[Mark]:
    """The words under a picture between two paragraphs without a credit: "part of the ceremony of ..."."""
    found: list[Mark] = []
    for view in _VIEW.finditer(page.text, page.body_start):
        line = page.trimmed(*view.span(1))
        event = _EVENT.search(page.text, line.start, line.end)
        above = page.trimmed(page.body_start, line.start)
        ended = above.start < above.end and page.text[above.end - 1] in '.!؟»”")'
        if event and ended and page.has_at_most(VIEW_WORDS, line) and not covered(marks, line.start, line.end):
            found.append(Mark(line.start, line.end, "caption", PICTURE))
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
