"""Credits that a line of their own or their place in it makes, whatever stands around.

    the agency's line below the story     "agency", "/agency/", "agency/reporter/editor", "reporter (agency, agency)"
    the picture's credit                  "© agency", "Credit: agency", a caption "... at the harbour (agency)"
    a source line in two                  "Source:" and the name in the line below
    a source line without a colon         "quoted from ..." as a whole line
    the aggregator's formula              "the original stands on ... and our editors have ..."

The first two are told of a name that the scan has found; the others name a source that may be in no lexicon, and are
looked for where a phrase of a source line stands, or the formula's rarest word.

Cost: a slice of the line around each agency that is set apart, and one search a page with such a phrase. Limits: a line
below the story is known by the full stop above it, so one under verse or a list is not.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from dedup.arabic import credit_context as context
from dedup.arabic.credit_kinds import CONFIDENCE
from dedup.arabic.line_words import GIVEN, SECTIONS, folded, is_outlet, is_person
from dedup.arabic.page import SPACES, Page
from dedup.model import Credit, Mark, Span

STORY_BEFORE = 80
"""Code points above the line of an agency that closes a story: one sentence, the shortest story. Set by hand."""
OPENING = 300
"""Code points of a body in which a line opens it: below them a date, a section and buttons stand above. Set by hand."""
NAME_WORDS = 5
"""Words of the longest name of a source that stands in a line of its own."""
_SIGNATURE = 16
"""Code points of an editor's or reporter's initials in a line of their own ("-sh m-"); set by hand."""

_INITIALS = r"[^\W\d_]{1,2}(?:\s?[./]\s?[^\W\d_]{1,2}){0,4}\.?"
_PERSON = r"[^\W\d_]+\.?(?:[ .][^\W\d_]+){0,3}"
_BEFORE = re.compile(
    rf"[\s/\\(*\[«\"“\-–—#|]*(?:(?:{_INITIALS})[\s\-–—]*[(\[]\s*|(?:انته[ىي]|النهاي[ةه])[\s/\-–—()]*|#)?"
    r"[\s/\\(*\[«\"“]*"
)
_OWN_BEFORE = re.compile(r"\s*[^\W_]+(?: [^\W_]+){0,2}\s?/\s?")
"""The site's own name, by a slash before the agency's: "Harbour24/ agency"."""
_AFTER = re.compile(
    rf"(?:\s*\([^)\n]{{1,20}}\))?[\s»”\"]*(?:[\s)\]/\\*.\-–—|»”\"]*|\s?[/\-–—]\s?{_PERSON}(?:\s?/\s?{_PERSON}){{0,2}}\s?[)\]/]?|"
    rf"\s?[-–—]\s?{_PERSON}\s?[)\]]\s*(?:{_INITIALS})?|\s*:?[\s\d/.\-]+[)\]/]|\s?[)\]/]\s*(?:{_INITIALS}))"
)
_ENDED = re.compile(r"[.!؟?…۔][\s»”\")\]]*$")
_SIGNED = re.compile(r"[\s\-–—/()*.]*(?:[^\W\d_]{1,3}[\s./\-–—()*]*){1,4}")
_STOPPED = ".،؛:!؟?"
_B = r"[ \t\u00a0]*"
_TWO_LINES = re.compile(
    rf"(?:^|\n){_B}(?:ال)?(?:مصدر|مصادر|Source)(?: (?:الخبر|التحقق|المقال|الأصلي))?{_B}[:\uff1a؛]?{_B}"
    rf"(?:\n{_B}(?:ال)?مصدر{_B}[0-9٠-٩]+{_B})*\n+{_B}([^\n]{{2,50}}?){_B}(?=\n|$)"
)
_QUOTED_FROM = re.compile(
    rf"(?:^|\n)[ \t\u00a0*•\-(]*(?:نقلا|نقلاً|نقلًا|منقول|نقل) (?:عن|من){_B}[:/]?{_B}"
    r"([^\n:]{2,40}?)[ \t\u00a0)]*(?=\n|$)"
)
_ADDED = re.compile(r"\s\+\s")
_LEAD = re.compile(r"[^:\uff1a]{0,24}[:\uff1a]\s*")
_ORIGINAL = "ومتواجد"
PICTURED = frozenset("©:/-–—،")
"""Signs one of which stands before the name in a picture's credit, which is asked first."""
_WROTE = "\nكتب"
_FORMULA = re.compile(r"ومتواجد (?:على|في) (.{2,40}?) وقد قام")
_NOBODY = re.compile(
    r"(?:ال)?(?:[إا]علام|صحاف[ةه])[ \t]+(?:ال)?(?:عبري|[إا]سرائيلي|محلي|عربي|[أا]جنبي|غربي|دولي|عالمي|رسمي|[أا]مريكي|"
    r"[أا]ميركي|بريطاني|تركي|[إا]يراني|روسي|مصري|سوري|لبناني|عراقي|متعدد|مختلف)[ةه]?[ \t.]*|"
    r"(?:(?:ال)?(?:مصدر|مصادر|مواقع?|وسائل|صحف|متابعات?|[إا]نترنت|نت|خاص|رصد|تواصل|سوشيال|سوشال|فيسبوك|فيس ?بوك|تويتر|"
    r"يوتيوب|[إا]نستغرام|مواطن\w*|شاهد|[أا]رشيف|جريد[ةه]|صحيف[ةه]|موقع|قنا[ةه]|وكال[ةه]|تحرير|محرر|كاتب)"
    r"(?:[ \t]+(?:ال)?(?:[0-9٠-٩]+|\w+ي[ةه]?|تواصل(?: الاجتماعي)?|[إا]علام(?: \w+)?|متعدد[ةه]|مختلف[ةه]|متفرق[ةه]|"
    r"[إا]لكتروني[ةه]|ويب|[إا]نترنت))*)[ \t.]*"
)
"""What a source line says where it names nobody: "sites", "local media", "source 2"."""
_SURNAME = re.compile(r"ال\w{2,}ي|عبدال\w+|ابو|بو|ام|بن|ابن|ال")
"""What only a surname is or begins with, folded: where a family is from, "Abd al-", "Abu", "ibn"."""
_LETTER = re.compile(r"[^\W\d_]")
_PLACE_OF = re.compile(r"\s*[-–—/(|]\s*")


def closes_story(page: Page, first: int, last: int) -> bool:
    """Whether the agencies ``text[first:last]`` are, with who signs beside them, a line of their own below a story."""
    line = page.line_at(first)
    if last > line.end or line.start - page.body_start < STORY_BEFORE or line.end - line.start > 90:
        return False
    text = page.text
    if _AFTER.fullmatch(text, last, line.end) is None:
        return False
    late = 2 * (line.start - page.body_start) > len(text) - page.body_start
    if _BEFORE.fullmatch(text, line.start, first) is None and not (
        late and _OWN_BEFORE.fullmatch(text, line.start, first)
    ):
        return False
    above = page.line_at(page.trimmed(page.body_start, line.start).end - 1)
    if above.end - above.start <= _SIGNATURE and _SIGNED.fullmatch(text, *above):
        above = page.line_at(page.trimmed(page.body_start, above.start).end - 1)
    return _ENDED.search(text, max(above.start, above.end - 8), above.end) is not None


def of_a_picture(page: Page, before: str, end: int) -> bool:
    """Whether a name behind these words, which ends there, is a picture's credit."""
    if context.PHOTO_BRACKET.ends(before):
        return True
    if not context.PHOTO_CREDIT.ends(before):
        return False
    rest = page.text[end : end + 60].split("\n", 1)[0]
    return "©" in before[-12:] or not rest.strip(SPACES + ").]/|") or before.rstrip()[-1:] != ":" or "/" in rest[:3]


def under_a_picture(page: Page, start: int, end: int) -> bool:
    """Whether the brackets around a name close a short line without a full stop: the words under a picture."""
    line = page.line_at(start)
    return (
        not page.text[end : line.end].strip(SPACES + ')]»”"')
        and line.end - line.start < 240
        and len(page.text[line.start : start].split()) >= 3
        and _ENDED.search(page.text[line.start : start].rstrip(SPACES + '([«"“')) is None
    )


def has_source_line(page: Page) -> bool:
    """Whether a phrase of a source line begins a line of the page."""
    for hit in page.furniture:
        if hit.meaning.furniture is not None and hit.meaning.furniture.id == "source-line":
            return True
    return False


def may_say_so(page: Page) -> bool:
    """Whether a page without a known name may yet name its source, in the formula of aggregators or above a piece."""
    return written_above(page) or (bool(page.furniture) and _ORIGINAL in page.text)


def written_above(page: Page) -> bool:
    """Whether one of the first lines begins with "wrote"."""
    text, start = page.text, page.body_start
    return text.startswith(_WROTE[1:], start) or text.find(_WROTE, start, start + OPENING) >= 0


def may_name(page: Page) -> bool:
    """Whether :func:`sources_in_lines` may find a name: a source line stands there, or the formula's rarest word."""
    return has_source_line(page) or _ORIGINAL in page.text


def sources_in_lines(page: Page) -> Iterator[Span]:
    """The names in source lines that no colon tells, in the formulas of aggregators, and below "Source:"."""
    patterns = [_TWO_LINES, _QUOTED_FROM] if has_source_line(page) else []
    if page.furniture and _ORIGINAL in page.text:
        patterns.append(_FORMULA)
    for pattern in patterns:
        for found in pattern.finditer(page.text, page.body_start):
            name = page.trimmed(*found.span(1))
            if not nobody(page.text[name.start : name.end]) and page.text[name.end - 1] not in _STOPPED:
                yield name


def nobody(name: str) -> bool:
    """Whether what a source line says names no source.

    >>> nobody("مواقع إلكترونية"), nobody("بوابة الميناء")
    (True, False)
    """
    return _NOBODY.fullmatch(name) is not None or _LETTER.search(name) is None or len(name.split()) > NAME_WORDS


def _writer(name: str) -> bool:
    """Whether a source line names a person, alone or with the place of his report: the outlet's own writer. Sites and
    papers are called by given names too ("Hala News", "Good Morning"), so a surname or the place must tell it.

    >>> _writer("سامي خالد - المدينة القديمة"), _writer("بوابة الميناء"), _writer("صباح الخير")
    (True, False, False)
    """
    signed, *place = _PLACE_OF.split(name, maxsplit=1)
    first = folded(signed)
    parts = first.split()
    if not is_person(first) or is_outlet(first) or not SECTIONS.isdisjoint(parts):
        return False
    return bool(place) or any(part in GIVEN or _SURNAME.fullmatch(part) for part in parts[1:])


def several_in_brackets(page: Page, at: int) -> Credit | None:
    """ "(agencies)" at the end, where the word stands."""
    several = context.SEVERAL_CLOSING.search(page.text, at - 6)
    if several is None:
        return None
    return Credit(several.start(1), several.end(1), "parenthesis", None, several[1], CONFIDENCE["parenthesis"])


def written_in_a_paper(page: Page, found: list[Credit]) -> Credit | None:
    """ "So-and-so wrote in «...»:" above a piece that was taken from there."""
    start = page.body_start
    line = context.WRITTEN_IN.search(page.text[start : start + OPENING])
    if line is None or any(c.start is not None and c.start < start + line.end() for c in found):
        return None
    return Credit(start + line.start(1), start + line.end(1), "byline", None, line[1], 0.9)


def source_lines(page: Page, marks: Sequence[Mark], named: Sequence[Span], found: list[Credit]) -> list[Credit]:
    """Named sources of source lines in which no agency was found, and the "agencies" beside a name."""
    known = sorted([credit.start for credit in found if credit.start is not None])
    by_name: list[Credit] = []

    def add(credit: Credit | None) -> None:
        if credit is not None and credit.start is not None:
            by_name.append(credit)
            insort(known, credit.start)

    for mark in marks:
        beside = mark.evidence == "with-agencies"
        if mark.label != "source" and not beside:
            continue
        if not beside and not _within(known, mark):
            credit = _by_name(page, _told(page, mark))
            unnamed = credit is None or credit.name.startswith("http") or nobody(credit.name) or _writer(credit.name)
            add(None if unnamed else credit)
        others = context.AND_SEVERAL.search(page.text, mark.start, mark.end)
        if others is not None and not _within(known, Span(*others.span(1))):
            add(_by_name(page, Span(*others.span(1))))
    for span in named:
        if not _within(known, span):
            add(_by_name(page, span))
    return by_name


def _within(starts: list[int], span: Mark | Span) -> bool:
    """Whether one of these (sorted) stands in a stretch."""
    number = bisect_left(starts, span.start)
    return number < len(starts) and starts[number] < span.end


def _told(page: Page, mark: Mark) -> Span:
    """What a source line says behind its colon, up to the sign or word that adds others."""
    lead = _LEAD.match(page.text, mark.start, mark.end)
    start = lead.end() if lead else mark.start
    more = context.AND_SEVERAL.search(page.text, start, mark.end) or _ADDED.search(page.text, start, mark.end)
    return page.trimmed(start, more.start() if more else mark.end)


def _by_name(page: Page, span: Span) -> Credit | None:
    """A source by the name in a stretch, without the signs around it."""
    name = page.text[span.start : span.end].strip(' .،«»"“”()[]*-–')
    if not name:
        return None
    at = page.text.index(name, span.start)
    return Credit(at, at + len(name), "source", None, name, CONFIDENCE["source"])
