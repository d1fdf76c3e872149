"""Lines at the edge of a text that are no sentence: a writer's name, an address, the words under a picture.

Pages print them above or below the story, and no phrase announces them; they are known by their shape and place:

    above     a short line without a full stop, with a paragraph below it
    below     short lines without a full stop, under a paragraph that ends with one

and by what they hold. An address alone is *contact*; "part of the audience" is a *caption*; and a person's name is a
caption if the story names the person, and else the *byline* of the writer, who does not name himself. A name is known
by its first word, one of some three hundred given names, or by a title before it; above a story that says it word by
word, an office or any two or three words without the article are the name of who is pictured. Where such a name is all
there is of a text, it stood under a picture. Below the story a line set apart by
an empty one is a caption too, whatever it says: a subhead would have a story below it.

What says neither is left alone: a heading above the first paragraph, the end of a poem, a list, and a signature under a
farewell, which belong to the text.

Cost: only texts are looked at whose first line is short and second long, or whose last line is short and ends without a
full stop. Limits: a name that begins with a family's name is not known.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dedup.arabic.line_words import FAREWELL
from dedup.arabic.page import BULLETS, EDGE, SPACES, STORY_LINE, TAIL, Page, covered
from dedup.arabic.words import words
from dedup.model import Mark, Span

EDGE_WORDS = 8
"""Words of the longest name, address or caption at an edge. Set by hand."""
BELOW = 4
"""Lines below a story that are looked at: a gallery's captions."""

_GIVEN = frozenset(words("given_names"))
_RANKS = frozenset(words("ranks"))
_ABBREVIATED = re.compile(r"(?:[أا]\s*\.?\s*)?د\s*[./]\s*|[أام]\s*[./]\s*|م\s*[./]\s*")
_CAPTION = re.compile(
    r"(?:جانب من|جانب|لقطة|لقطات|صورة|صوره|صور|مشهد|مشاهد|من اليمين|من اليسار|منظر|ضوئية|لوحة من|جماعية|"
    r"(?:[أا]ثناء|عند|لحظة|[أا]حد|[إا]حدى) ال\w+|من (?:ال(?:حضور|حفل|لقاء|زيارة|مباراة|معرض|تكريم|استقبال|اجتماع|تدريب|"
    r"معايدة|فعاليات|مهرجان|مسيرة|جولة|توقيع|افتتاح|ورشة|ندوة|تدشين|موقع|اتفاقية)|حفل|تدريبات|معايدة|عمليات|مشاركات|"
    r"أعمال|فعاليات|جلسات?|لقاء|زيارة|تكريم|استقبال|توقيع|مباراة|اجتماع|احتفالات?|افتتاح|داخل))\b"
)
"""How the words under a picture begin; "of the audience" for "part of the audience"."""
_OFFICE = re.compile(
    r"(?:معالي |سمو |سعادة )?(?:ال)?(?:وزير|[أا]مير|مدير|رئيس|محافظ|وكيل|نائب|[أا]مين|عميد|قائد|سفير|ولي|خادم|مدرب|"
    r"مساعد|متحدث)[ةه]?\s"
)
_POSED = re.compile(r"\S+\s+م\w{2,}(?:ا|\u064b\u0627|\u0627\u064b)\s")
"""Somebody "presiding over the meeting", "visiting a school"."""
_ADDRESS = re.compile(
    r"(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{3,}|(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,6}/\S+|"
    r"(?:قنا[ةه]|صفح[ةه]|حساب|مجموع[ةه]|جروب|كروب)\s(?:\S+\s){1,5}@\w{3,})"
)
"""An address alone, or a channel's name and its address."""
_ADDRESS_TAIL = re.compile(r"(?:^|\n|(?<![A-Za-z])[.!؟…»\"*])\s*((?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@\w{3,}))\s*$")
_END_TAIL = re.compile(r"[.!؟»”\")]\s*([(/\\*\-–—]+\s*انته[ىي]\s*[/\\*\-–—]*\s*[0-9٠-٩]{1,3})\s*$")
_ENDED = re.compile(r"[.!؟?…۔][»”\")\]]*$")
_OPEN = '.!؟?…۔:،؛,»”")…'
_EMPTY_LINE = re.compile(r"\n\s*\n\s*$")
_PLACED = re.compile(r"\s*[-–—ـ/]\s*(?=\S)")
_FUNCTION = frozenset(words("function"))
"""Words that hold a sentence together: none is part of a writer's name."""


def edge_marks(page: Page, marks: list[Mark]) -> list[Mark]:
    """The lines at the edges of a page that are no story, where no mark lies yet; only edges that have the shape are
    looked at (:func:`dedup.arabic.scan.edges`)."""
    if not page.edged & TAIL:
        start = page.top
        return _above(page, Span(start, page.line_at(start).end), marks)
    whole = page.trimmed(page.body_start, len(page.text))
    if whole.start == whole.end:
        return []
    stop = page.text.find("\n", whole.start, whole.end)
    if stop < 0:
        return _names_only(page, whole, marks) or _behind(page, whole, marks)
    first, last = page.trimmed(whole.start, stop), page.line_at(whole.end - 1)
    above = _above(page, first, marks) if page.edged & EDGE else []
    return above + (_below(page, first, last, marks) or _behind(page, whole, marks))


def _names_only(page: Page, whole: Span, marks: list[Mark]) -> list[Mark]:
    """Nothing but a person or an office in one line: what a page kept is the name under its picture. Other short lines
    are left alone; a headline without a story is a story."""
    if not _short(page, whole) or covered(marks, whole.start, whole.end):
        return []
    line = page.text[whole.start : whole.end]
    words = line.split()
    plain = _FUNCTION.isdisjoint(words) and all(word.replace(".", "").isalpha() for word in words)
    named = plain and (_OFFICE.match(line + " ") or _ABBREVIATED.match(line) or _person(line))
    return [Mark(whole.start, whole.end, "caption", "all there is")] if named else []


def _above(page: Page, line: Span, marks: list[Mark]) -> list[Mark]:
    if covered(marks, line.start, line.end) or not _short(page, line):
        return []
    second = page.line_at(page.begin(line.end))
    if page.has_at_most(STORY_LINE - 1, second):
        return []
    below = [mark.start for mark in marks if mark.start > line.end]
    story = Span(second.start, min(below, default=len(page.text)))
    label = _label(page, line, story) or _pictured(page, line, story)
    return [Mark(line.start, line.end, label, "above the story")] if label else []


def _below(page: Page, first: Span, line: Span, marks: list[Mark]) -> list[Mark]:
    """From the last line up, as long as lines say what they are; without a paragraph that ends above them only
    addresses."""
    found: list[Mark] = []
    while len(found) < BELOW and line.start > first.end:
        if covered(marks, line.start, line.end) or not _short(page, line):
            return _addresses(found)
        label = _label(page, line, Span(0, line.start))
        if (
            label is None
            and _EMPTY_LINE.search(page.text, max(0, line.start - 40), line.start)
            and not page.has_at_most(1, line)
        ):
            label = "caption"
        if label is None:
            return _addresses(found)
        found.append(Mark(line.start, line.end, label, "below the story"))
        line = page.line_at(page.trimmed(first.start, line.start).end - 1)
        if _ENDED.search(page.text, max(line.start, line.end - 8), line.end):
            signed = FAREWELL.search(page.text, line.start, line.end) is not None
            return _addresses(found) if signed or page.has_at_most(EDGE_WORDS - 1, line) else found
    return _addresses(found)


def _addresses(found: list[Mark]) -> list[Mark]:
    """Those that are no story whatever stands above them."""
    return [mark for mark in found if mark.label == "contact"]


def _behind(page: Page, whole: Span, marks: list[Mark]) -> list[Mark]:
    """An address alone, or the agency's end mark with its number, behind the last sentence."""
    start, end = max(page.body_start, whole.end - 80), whole.end
    if page.text[end - 1].isdigit() and (ended := _END_TAIL.search(page.text, start, end)):
        taken = covered(marks, ended.start(1), end)
        return [] if taken else [Mark(ended.start(1), end, "other", "behind the story")]
    if page.text.find("@", start, end) < 0 or not page.text[end - 1].isascii():
        return []
    address = _ADDRESS_TAIL.search(page.text, start, end)
    if address is None or covered(marks, address.start(1), end):
        return []
    return [Mark(address.start(1), address.end(1), "contact", "behind the story")]


def _short(page: Page, line: Span) -> bool:
    return page.text[line.end - 1] not in _OPEN and page.has_at_most(EDGE_WORDS, line)


def _label(page: Page, line: Span, story: Span) -> str | None:
    """What a line is, by what it holds and whether the story holds it too; None: nothing known."""
    label, person = _by_content(page.text[line.start : line.end])
    if person and page.text.find(person, story.start, story.end) >= 0:
        return "caption"
    return label


@lru_cache(maxsize=4096)
def _by_content(line: str) -> tuple[str | None, str]:
    """What a line is by what it holds, and the name of the person that makes it a caption if the story has it too; the
    same writers head one article after the other."""
    content = line.strip(BULLETS)
    if _ADDRESS.fullmatch(content):
        return "contact", ""
    if _CAPTION.match(content):
        return "caption", ""
    name = _PLACED.split(content, maxsplit=1)
    person = _person(name[0])
    if person is None:
        return None, ""
    if len(name) > 1:
        return ("byline" if len(name[1].split()) <= 3 else None), ""
    ranked, bare = person
    return ("caption", "") if ranked else ("byline", " ".join(bare[:2]))


def _pictured(page: Page, line: Span, story: Span) -> str | None:
    """Who is in the picture above a story that tells of them: an office or a name that stands in it word by word, or
    somebody in a pose. A name without the article in two or three words; with it, it may be a subject."""
    content = page.text[line.start : line.end].strip(BULLETS + "@")
    name = content.split()
    if _POSED.match(content):
        return "caption"
    if not _FUNCTION.isdisjoint(name) or not all(word.isalpha() for word in name):
        return None
    if page.text.find(content, story.start, story.end) < 0:
        return None
    if _OFFICE.match(content + " "):
        return "caption"
    return "caption" if 2 <= len(name) <= 3 and not any(word.startswith("ال") for word in name) else None


def _person(text: str) -> tuple[bool, list[str]] | None:
    """Whether a rank stands before it, and the words of a person's name; None if it is none.

    >>> _person("د. خالد النجار")
    (False, ['خالد', 'النجار'])
    >>> _person("الأمير خالد بن سعد")
    (True, ['خالد', 'بن', 'سعد'])
    >>> _person("خالد يفتتح المعرض الكبير في مدينة الرياض")
    """
    plain = _ABBREVIATED.sub("", text.strip(SPACES), count=1)
    name = [word.strip("،*") for word in plain.split()]
    ranked = bool(name) and name[0] in _RANKS
    if ranked:
        name = name[1:]
    if not 1 + (not ranked) <= len(name) <= 5 or not _FUNCTION.isdisjoint(name):
        return None
    if any(not word.isalpha() or word.endswith("ات") for word in name):
        return None
    if name[0] not in _GIVEN and not name[0].startswith("عبدال"):
        return None
    if any(word[0] in "يت" and word not in _GIVEN for word in name[1:]):
        return None
    return ranked, name
