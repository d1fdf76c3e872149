"""Papers that a review of the press goes through, named in quotes and in no lexicon: "«...», which wrote that ...".

No word for a medium stands before them, since the page says above that it tells what the papers write. So a quoted name
is a paper's where a review leads to it ("we end our round with «...»"), where it opens a paragraph, alone or behind
"as for", and has written something, and behind "wrote" or before "which wrote".

Cost: one look for "the papers" in the opening of pages that are judged for credits. Limits: only the first mention of a
paper is credited, and a page is judged only if it names a known paper or "the paper" somewhere.
"""

from __future__ import annotations

import re

from dedup.arabic import credit_context as context
from dedup.arabic.page import Page, covered
from dedup.model import Credit, Mark

OPENING = 400
"""Code points of a body within which it says that it is a review. Set by hand."""
NAME_WORDS = 4
"""Words of the longest name of a paper."""

_PAPERS = "الصحف"
_REVIEW = re.compile(
    r"جولتنا|(?:جول[ةه]|قراء[ةه]|مطالع[ةه]|عرض|رصيف)\s+(?:\S+\s+){0,4}(?:ال)?صحف(?:\s|$)|(?:عناوين|[أا]قوال|افتتاحيات|اهتمامات|مانشيت\w*)\s+الصحف|"
    r"الصحف\s+(?:\S+\s+){0,3}(?:الصادر[ةه]|الصباحي[ةه]|في مقالاتها|في [أا]عدادها)"
)
_NAMED = re.compile(r"[«\"“]([^\W\d_][^»”\"\n«“]{1,28})[»”\"]")
_PAPER = r"صحيف[ةه]|جريد[ةه]|يومي[ةه]|[أا]سبوعي[ةه]"
_PRINTED = r"كتبت|[أا]وردت|نشرت|عنونت|[أا]فردت|خصصت|تطرقت|ذكرت|[أا]فادت"
"""What papers do with a story, before their name or behind it."""
_DWELT = r"تناولت|نقلت|ركزت|اهتمت|سلطت|رصدت"
"""What they do with it behind their name."""
_WROTE = re.compile(
    r"\s?،?\s*(?:(?:التي|فقد|و?قد|بدورها|[أا]يضا|من جهتها|ف)\s*)*"
    rf"(?:{_PRINTED}|{_DWELT}|[أا]شارت|علمت|كشفت|[أا]ضافت|تحدثت|قالت|لفتت|[أا]برزت|توقفت|[أا]خبرت|حاورت|[أا]نجزت|تساءلت|علقت)\b"
)
_LEADS = re.compile(
    r"(?:^|\n)[ \t*•\-–]*(?:(?:و?[أا]ما|ومن جهتها|من جهتها|بدورها|وبدورها|من جانبها|ومن جانبها)\s*،?\s*)?"
    rf"(?:(?:في|عن|لدى)\s+)?(?:(?:{_PAPER}|مجل[ةه])\s+)?$"
)
_WHICH = re.compile(rf"\s?،?\s*التي\s+(?:قد\s+)?(?:{_PRINTED}|{_DWELT})\b")
_NO_PAPER = re.compile(
    r"(?:ال)?(?:حرك[ةه]|حزب|جبه[ةه]|لجن[ةه]|هيئ[ةه]|[أا]مم|بيت ال[أا]بيض|مجلس|وزار[ةه]|منظم[ةه]|اتحاد|نقاب[ةه])"
)
"""How names of others open that make statements too."""
_READ = re.compile(r"\s?،?\s*(?:نقر[أا]|نطالع|نجد|جاء|ورد|كتب|كتبت)\b")
_IN = re.compile(r"(?:^|\s)[وف]?(?:في|[إا]لى|ختاما مع|نعرج على)\s+$")
_WRITTEN = re.compile(rf"(?:^|[\s،])[وف]?(?:{_PRINTED})\s+(?:(?:{_PAPER})\s+)?$")


def is_review(page: Page) -> bool:
    """Whether a page says at its beginning that it tells what the papers write."""
    end = page.body_start + OPENING
    return page.text.find(_PAPERS, 0, end) >= 0 and _REVIEW.search(page.text, 0, end) is not None


def reviewed(page: Page, marks: list[Mark], found: list[Credit]) -> list[Credit]:
    """A credit by name for each paper of a review that is not credited yet."""
    text = page.text
    papers: dict[str, Credit] = {}
    for named in _NAMED.finditer(text, page.body_start):
        name, (start, end) = named[1].strip(), named.span(1)
        if name in papers or len(name.split()) > NAME_WORDS or _NO_PAPER.match(name) or covered(marks, start, end):
            continue
        before = text[max(0, named.start() - context.REACH) : named.start()]
        if not _written(before, text, named.end()):
            continue
        if all(one.start is None or one.end is None or not (one.start < end and start < one.end) for one in found):
            papers[name] = Credit(start, end, "attribution", None, name, 0.7)
    return list(papers.values())


def _written(before: str, text: str, end: int) -> bool:
    """Whether what stands before a quoted name, which ends at ``end``, or behind it says that it is a paper's."""
    wrote = _WROTE.match(text, end) is not None
    if wrote and (_WHICH.match(text, end) or _LEADS.search(before)):
        return True
    if _WRITTEN.search(before) or (_IN.search(before) and (_READ.match(text, end) or _WHICH.match(text, end))):
        return True
    return context.REVIEW.ends(context.sentence(before))
