"""Lines that are nothing but a date: when a page was published, changed, or "5 hours ago".

No list of phrases knows them, since every site writes its own. But their words are few: names of days and of the
months of all calendars (January is yanayir, kanun al-thani, janvi), hours, "published", "last update", "ago", numbers.
So a line is split into words, numbers and signs, and is a date if each of them can stand in one and some of them make
one:

    sure    a day with its month or in figures, and with it a year, a weekday, an hour or a word such as "published";
            an hour with its half of the day, its zone or such a word; "two hours ago"
    bare    a day and month, a year's figures or an hour alone: a subhead may be as much

A date line also takes what pages print beside it: the number of the paper's issue, the section ("category: economy",
or one to three words behind a full date), how often it was read, and the writer before a sign. "12 March 2015: the
bridge is opened" is an entry of a chronicle and none: behind a colon or a dash something is told.

Cost: a few microseconds a line; called for short lines at the edges of pages and beside furniture only. Limits: a
weekday alone is no date; numbers in words are not read.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dedup.arabic.line_words import STRETCHED
from dedup.arabic.words import words

SURE, BARE, NONE = 2, 1, 0
DATE_WORDS = 26
"""Words, numbers and signs of the longest date line: published and changed, each with weekday, day and hour in two
calendars. Set by hand."""
BESIDE = 3
"""Words beside a full date: a section's name, or a writer's before a sign."""

_FOLD = str.maketrans("أإآٱىةـ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹éûèà\uff1a", "ااااي" + "ه" + " " + "0123456789" * 2 + "euea:")
_WROTE = frozenset(("كتب", "كتبت", "بقلم", "بواسطه"))
_STAMP = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?")
_DATED = re.compile(r"\d|قبل|منذ| ago")
"""What a date line must hold."""
_MARKS = re.compile("[\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_COUNTED = re.compile(
    r"(?:(?:عدد\s+)?(?:ال)?(?:قراءه|قراءات|مشاهدات|مشاهده|زيارات|تعليقات|lecture)\s*:?\s*\d+(?:\s*(?:مره|مرات|min))?"
    r"|\d+\s*(?:مشاهده|قراءه|مره|مرات|تعليق|تعليقات|زياره|دقائق قراءه|دقيقه قراءه|views?))(?!\w)"
)
_ISSUED = re.compile(
    r"(?:رقم\s++)?(?:ال)?عدد\s*+(?:رقم\s*+)?:?\s*+[(\[]?\s*+\d{1,6}(?!\d)\s*+(?:[)\]]|(?=$|[-–—|،/]))|السنه(?:\s+[^\W\d_]+){1,2}(?=\s*[-–—|،])|"
    r"(?:السنه|الصفحه|صفحه)\s*+:?\s*+[(\[]?\s*+\d{1,3}(?!\d)\s*+[)\]]?"
)
"""The number of the issue, the year of the paper and the page, beside the day on which it was printed."""
_CATEGORY = re.compile(r"(?:الفئه|القسم|التصنيف|في قسم)\s*:\s*[^\W\d_]+(?:\s[^\W\d_]+)?")
_ZONE = re.compile(
    r"(?:ال)?توقيت [^\W\d_]{3,}(?: (?:المكرمه|المنوره|المحتله|ظبي|الشريف|العاصمه|المحلي|الصيفي|الشتوي|غرينتش))?"
)
"""Whose hour it is, of whatever city or country: "by the time of ..."."""
_PIECE = re.compile(r"\d{1,4}([-/.\\])\d{1,2}\1\d{2,4}|\d{1,2}:\d{2}(?::\d{2})?|\d+|[^\W\d_]+|[^\w\s]|_")
_FIGURES = re.compile(r"\d{1,4}([-/.\\])(\d{1,2})\1(\d{2,4})")
_YEAR = re.compile(r"1[34]\d\d|19\d\d|20\d\d")
_SIGNS = frozenset("،,.:-–—/|()[]•·+»«~*\\؛;")
_GLUED = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")

_MONTHS, _DAYS = frozenset(words("date_months")), frozenset(words("date_days"))
_LEADS, _UNITS = frozenset(words("date_leads")), frozenset(words("date_units"))
_AGO, _CLOCKS, _REST = frozenset(words("date_ago")), frozenset(words("date_clocks")), frozenset(words("date_rest"))


@lru_cache(maxsize=4096)
def date_line(line: str) -> int:
    """How sure a line is a date and nothing else: ``SURE``, ``BARE`` or ``NONE``.

    >>> date_line("الثلاثاء 18/مارس/2025 - 09:12 ص"), date_line("قبل 5 ساعات"), date_line("3 أيار")
    (2, 2, 1)
    >>> date_line("الاثنين 7 تشرين الأول 2013 محليات"), date_line("7 مارس 2013: افتتاح الجسر")
    (2, 0)
    """
    if _DATED.search(line) is None:
        return NONE
    if _STAMP.fullmatch(line):
        return SURE
    bare = STRETCHED.sub("", _MARKS.sub("", line)).translate(_FOLD).casefold()
    bare = _CATEGORY.sub(" ", _COUNTED.sub(" ", _ISSUED.sub(" ", bare) if "عدد" in bare else bare))
    bare = _ZONE.sub("توقيت", bare) if "توقيت" in bare else bare
    pieces = [found[0] for found in _PIECE.finditer(_GLUED.sub(" ", bare))]
    if not 0 < len(pieces) <= DATE_WORDS:
        return NONE
    first, last = 0, len(pieces)
    while first < last and _what(pieces[first]) is None:
        first += 1
    begin = first
    while first < last and _what(pieces[first]) is not None:
        first += 1
    dated = _sure(pieces[begin:first])
    if dated == NONE:
        return NONE
    return dated if _beside(pieces[:begin], pieces[begin:first], pieces[first:], dated) else NONE


def _what(piece: str) -> str | None:
    """What a word, number or sign is in a date; None: it is in none."""
    if piece[0].isdigit():
        return "figures" if _FIGURES.fullmatch(piece) else "hour" if ":" in piece else "number"
    for what, known in _KNOWN:
        if piece in known:
            return what
    return "sign" if piece in _SIGNS else None


_KNOWN = (
    ("month", _MONTHS), ("day", _DAYS), ("lead", _LEADS), ("ago", _AGO), ("clock", _CLOCKS), ("unit", _UNITS),
    ("rest", _REST),
)  # fmt: skip


def _sure(pieces: list[str]) -> int:
    kinds = [_what(piece) for piece in pieces]
    held = set(kinds)
    year = any(map(_YEAR.fullmatch, pieces))
    numbers = kinds.count("number")
    if "ago" in held:
        return SURE if _passed(kinds) else NONE
    company = not held.isdisjoint({"day", "lead", "hour", "clock"})
    if "month" in held and numbers:
        return SURE if company or (year and numbers > 1) else BARE
    if "figures" in held and _possible(pieces):
        return SURE
    if "hour" in held:
        return SURE if not held.isdisjoint({"day", "lead", "clock"}) else BARE
    return BARE if len(pieces) == 1 and year else NONE


def _passed(kinds: list[str | None]) -> bool:
    """Whether "ago" counts hours or days ("5 hours ago", "two days ago"), and is not "since 1948" or "before March"."""
    at = kinds.index("ago")
    behind, before = kinds[at + 1 : at + 3], kinds[max(at - 2, 0) : at]
    if behind[:1] == ["number"]:
        return behind[1:] == ["unit"]
    return before == ["number", "unit"] or (behind[:1] == ["unit"] and behind[1:] != ["number"])


def _possible(pieces: list[str]) -> bool:
    """Whether figures set apart by signs are a day, a month and a year, and no phone number or score."""
    for piece in pieces:
        figures = _FIGURES.fullmatch(piece)
        if figures:
            parts = sorted((int(part) for part in piece.split(figures[1])), reverse=True)
            return parts[-1] <= 12 and parts[1] <= 31 and (parts[0] <= 31 or 1300 <= parts[0] <= 2100 or parts[0] < 100)
    return False


def _beside(before: list[str], date: list[str], behind: list[str], dated: int) -> bool:
    """Whether what stands beside a date is a writer before a sign, or a section or counters behind it."""
    if not before and not behind:
        return True
    full = dated == SURE and any((len(piece) == 4 and piece.isdigit()) or _FIGURES.fullmatch(piece) for piece in date)
    written = bool(before) and before[0] in _WROTE
    signed = not before or written or (date[0] in _SIGNS and date[0] not in "(.")
    told = bool(behind) and (date[0] == "في" or date[-1] in _SIGNS - {"|", ")", "/"})
    short = len(before) <= (BESIDE + 3 if written else BESIDE + 1) and len(behind) <= BESIDE
    plain = all(piece.isalpha() for piece in before) and all(piece.isalnum() or piece in "|/+-" for piece in behind)
    return full and signed and not told and short and plain
