"""Datelines and bylines: what stands before the first word of the story.

    Riyadh - SPA: ...      (agency) - ...      Name - the paper's name | ...      Cairo 12 March (agency) -- ...

A head is a chain of short *pieces* between separators (dash, slash, bracket, colon, line break):

    head = piece (separator piece)* separator

and every piece is a place, an agency, a date, a desk's word ("follow-ups", "wrote"), or else something short that may
be a person's name or the paper's own. A chain of unknown pieces only is no head; one known piece makes it one. A piece
of more than ``NAME_WORDS`` words, or with a function word in it, is the story: there the head ends. So "Riyadh - which
hosts the summit - saw" is none, though it opens with a place and a dash.

With a person's or a paper's name in it the head is a *byline*, otherwise a *dateline*. Where a page stacks its headline
above the dateline, the head is found at the start of the second or third line, and the lines above are *title*.

Cost: only articles with an agency, place or desk word set apart near their beginning are looked at, and of those a
line below the first only if a place or an agency stands behind it. Limits: a head of a name alone is found only where
the outlet repeats it (:mod:`dedup.arabic.learned`).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dedup.arabic.line_words import person
from dedup.arabic.page import BULLETS, SENTENCE_END, SPACES, Hit, Page
from dedup.arabic.phrase_table import PLACE
from dedup.arabic.words import words
from dedup.model import Mark, Span

NAME_WORDS = 5
"""Words of the longest piece: a name with "al" and a father's and grandfather's name, or "the Riyadh correspondent"."""
HEAD_CHARACTERS = 120
"""Code points within which a head must end: five pieces of two or three words. Set by hand."""
STACKED_LINES = 2
"""Lines that may stand above a dateline: a headline and a second one."""
STACKED_WORDS = 24
"""Words of the longest line that may stand above a dateline as its headline."""

_SEPARATOR = re.compile(
    r"(?:[-–—ـ/|():\uff1a\[\]\n،•*]|,(?!\d)|\.\.|\.\s?[-–—])(?:[\s\-–—ـ/|():\uff1a\[\]*\u200f\u200e\u00a0]|\.\.)*"
)
_BLANKS = " \t\N{NO-BREAK SPACE}"
"""What may stand before a separator; looked for behind it, since a pattern that begins with a sign finds it sooner."""
_BRACKETED = re.compile(r"\)\s*[-–—:]")
"""Behind the name of an unknown site, which stands in brackets behind its place."""
_FULL_STOP = re.compile(r"(?<![.\s])\.(?=[\s»”\")]|$)|؟")
"""Ends a sentence or a reader's question; headlines have dots in pairs, and exclamation marks."""
_OPENING = re.compile(r"[\s(\[*•\-–—|]*")
_FUNCTION_WORDS = frozenset(words("function"))
_TOLD = frozenset(("قال", "قالت", "أعلن", "أعلنت", "أكد", "أكدت", "أمس", "اليوم"))
"""Function words with which a story may begin behind its place."""
_MONTHS = words("dates")
_DATE = re.compile(r"\d|^(?:" + "|".join(_MONTHS) + r")\b")
_DESK = re.compile(
    r"^(?:و?وكالات|الوكالات|متابعات|متابعة|خاص|خاصة|مكتب|كتب|كتبت|كتبه|المحليات|محليات|تقرير|حوار|إعداد|ترجمة|تصوير|مراسل|"
    r"مراسلنا|عواصم|التحرير|غرفة الأخبار|المحرر|بقلم|أخبار|رياضة|اقتصاد|الرياضي|"
    r"رصد|تغطية|استطلاع|تحقيق|أجرى الحوار|حاوره|حاورته|أجرت الحوار|وحدة التقارير)\b"
)
_FIGURES = re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{2,4}(?=\s*[-–—:(])")
"""A day in figures, whose signs are no separators of pieces."""
_YEAR_HELD = re.compile(r"(?<!\d)\d{4}(?!\d)")
_REPORTER = re.compile(r"من\s+((?:[^\W\d_]+\s){1,3}[^\W\d_]+)")
_DATED = re.compile(r"\d{4}\s*م?ه?\s*$")
"""Year before the agency that ends a dateline: "Riyadh 15 Shawwal 1436 H, 31 July 2015 SPA"."""
_ALSO = "الموافق"
"""Between the days of two calendars, of which the first makes four words more beside the place."""
_YEAR = re.compile(r"\d{1,4}\s+")
_GOALS = re.compile(r".*\D\d{1,3}")
"""A place and a number: without an agency a score ("Tunis 2 - Algiers 1")."""
_SET_OFF = re.compile(r"[^\n:\uff1a.،؛]{3,60}?\s[-–—]\s")
"""Behind a dash the words up to the next one: what they say is put in between."""
_CAMERA = re.compile(r"تصوير|عدسة")
_REST_OF_CAMERA = re.compile(r"[^\n)]{2,40}[)\n]\s*")
_NAME_LINE = re.compile(r"(?:[^\s:]+[ \t]+){0,4}[^\s:]+[ \t]*\n")
_PAPER = re.compile(r"\s*[«\"“][^»”\"\n]{2,25}[»”\"]\s*|(?:[^\W\d_]+ ){1,2}(?:نيوز|برس|أونلاين|اونلاين)\s*")
"""The paper's own name behind its place, in quotes or as sites are called."""
_HEADLINE = re.compile(r"(?:[^\s.]+[ \t]+){3,11}[^\s.؟!]+[ \t]*\n\s*\S")
"""Four to twelve words without a full stop in a line with more below: "Place: what happened there" is a headline."""
_TELLING = frozenset({"place", "agency", "desk", "known"})
"""Pieces one of which makes a chain a head."""
_WRITING = frozenset({"name", "desk"})
"""Pieces one of which makes a head a byline."""
_TOWNS = words("towns")
_CALLED_A_TOWN = re.compile(
    r"(?<!\w)[وفبلك]{0,2}(?:ال|لل)?(?:محافظ[ةه]?|مدين[ةه]|مركز|جامع[ةه]|مستشف[ىي]|مديري[ةه] [أا]من|[أا]هالي|مطار)\s+"
    rf"({'|'.join(_TOWNS)})(?!\w)"
)
_NEIGHBOURS = "|".join(words("near_towns")).replace("_", r"\s").replace("أ", "[أا]")
_NEAR_TOWN = re.compile(rf"(?<!\w)(?:{_NEIGHBOURS})\s*[-–—/،]\s*$")
_NEAR = 20
"""Code points before the town in which a neighbour stands."""
_EDGES = frozenset(SPACES + "«»\"“”{}'")


class Piece(NamedTuple):
    """One piece of a head and what it is: place, agency, date, desk or name."""

    start: int
    end: int
    what: str


class Head(NamedTuple):
    """A head ``text[start:end]``, separators and spaces up to the story included, and its pieces."""

    start: int
    end: int
    pieces: tuple[Piece, ...]

    @property
    def label(self) -> str:
        """``byline`` with a person's or a paper's name in it, else ``dateline``."""
        return "dateline" if _WRITING.isdisjoint([piece.what for piece in self.pieces]) else "byline"


def find_head(page: Page, top: int, known: frozenset[str] = frozenset()) -> tuple[Head | None, list[Mark]]:
    """The head of a page whose furniture ends at ``top``, and the headline lines stacked above it.

    ``known`` are words the outlet repeats in its heads, such as its own name.
    """
    above: list[Mark] = []
    text, start = page.text, page.begin(top)
    for number in range(STACKED_LINES + 1):
        head = _head_at(page, start, known)
        if head is not None and (number == 0 or _certain(page, head)):
            return head, above
        end = text.find("\n", start, start + 400)
        if end < 0 or not _names_something_behind(page, end):
            break
        if not page.has_at_most(STACKED_WORDS, Span(start, end)) or _FULL_STOP.search(text, start, end):
            break
        above.append(Mark(start, page.trimmed(start, end).end, "title", "stacked above the dateline"))
        start = page.begin(end)
    return None, []


def _names_something_behind(page: Page, end: int) -> bool:
    """Whether a line below may hold a head that is :func:`_certain`, which names a place or an agency."""
    named = page.named
    return bool(named) and (named[-1].end > end or any(hit.end > end for hit in named))


def _certain(page: Page, head: Head) -> bool:
    """Below the first line a head must name a place or an agency and end like one: prose rarely does so soon."""
    named = any(piece.what in ("place", "agency") for piece in head.pieces)
    last, text = head.pieces[-1], page.text
    slashed = last.what == "agency" and text[last.start - 1] == "/" == text[last.end : head.end].strip()
    return named and (slashed or any(sign in text[last.end : head.end] for sign in "\n:\uff1a)"))


def _head_at(page: Page, start: int, known: frozenset[str]) -> Head | None:
    text = page.text
    limit = min(start + HEAD_CHARACTERS, len(text))
    opening = _OPENING.match(text, start)
    at = opening.end() if opening else start
    pieces: list[Piece] = []
    ends: list[int] = []
    while at < limit:
        dotted = _dotted(page, at) if pieces and pieces[-1].what == "place" else None
        if dotted is not None:
            pieces.append(Piece(at, dotted.end, "agency"))
            ends.append(page.begin(dotted.end + 1))
            break
        figures = _FIGURES.match(text, at, limit) if text[at].isdigit() else None
        separator = _SEPARATOR.search(text, figures.end() if figures else at, limit)
        piece = text[at : separator.start()].rstrip(_BLANKS) if separator is not None else ""
        if separator is None or not piece:
            break
        what = _kind(page, at, at + len(piece), known)
        if what is None:
            break
        pieces.append(Piece(at, at + len(piece), what))
        ends.append(separator.end())
        at = separator.end()
        if "\n" in separator[0] or (_colon(separator[0]) and not _goes_on(text, at, what)):
            break
    while pieces and not _closes(text, pieces, ends[-1]):
        pieces.pop()
        ends.pop()
    kinds = {piece.what for piece in pieces}
    if _TELLING.isdisjoint(kinds) or _in_a_sentence(page, pieces, ends[-1]):
        return None
    if "agency" not in kinds and any(p.what == "place" and _GOALS.fullmatch(text[p.start : p.end]) for p in pieces):
        return None
    if len(pieces) == 1 and pieces[0].what == "place" and not _opens_story(text, pieces[0], ends[0]):
        return None
    end = ends[-1]
    if _CAMERA.match(text, pieces[-1].start):
        rest = _REST_OF_CAMERA.match(text, end)
        end = rest.end() if rest else end
    return Head(start, end, tuple([p._replace(what="name") if p.what == "known" else p for p in pieces]))


def _in_a_sentence(page: Page, pieces: list[Piece], end: int) -> bool:
    """Whether what looks like a head is a sentence's beginning: an agency of which a verb before it tells something
    ("the agency (abbreviation) has signed"), or one whose name is a word, with what it is between dashes."""
    text, first, last = page.text, pieces[0], pieces[-1]
    if last.what != "agency":
        return False
    separator = text[last.end : end]
    if len(pieces) == 1:
        doubtful = any(hit.start == last.start and not hit.meaning.sure for hit in page.named)
        return doubtful and separator.strip() in ("-", "–", "—") and _SET_OFF.match(text, end) is not None
    told = first.what == "name" and not separator.strip(" )]»”")
    return told and any(first.start < hit.start < first.end and hit.meaning.agency is not None for hit in page.named)


def is_a_town(page: Page, hit: Hit) -> bool:
    """Whether a short name of an agency is the town that is written like it: it opens its line and the text calls it a
    town, or one near it stands before it by a slash or dash."""
    text, name = page.text, page.text[hit.start : hit.end]
    if name not in _TOWNS:
        return False
    if _NEAR_TOWN.search(text, max(0, hit.start - _NEAR), hit.start):
        return True
    opens = not text[page.line_at(hit.start).start : hit.start].strip(BULLETS)
    return opens and any(town[1] == name for town in _CALLED_A_TOWN.finditer(text))


def _dotted(page: Page, at: int) -> Hit | None:
    """An agency that a full stop sets apart from the story: "Moscow - agency. The minister said"."""
    for hit in page.named:
        if hit.start >= at:
            dotted = (
                hit.start == at
                and page.text[hit.end : hit.end + 1] == "."
                and page.text[hit.end + 1 : hit.end + 2] in (" ", "\n")
            )
            return hit if dotted and hit.meaning.agency is not None else None
    return None


def _goes_on(text: str, at: int, what: str) -> bool:
    """Whether a name in a line of its own goes on with a head: behind "wrote:", and a writer's behind his place."""
    if what not in ("desk", "place"):
        return False
    line = _NAME_LINE.match(text, at)
    return line is not None and (what == "desk" or person(line[0].strip()) or _PAPER.fullmatch(line[0]) is not None)


def _colon(separator: str) -> bool:
    """Whether a separator holds a colon, which may be the full-width one."""
    return ":" in separator or "\uff1a" in separator


def _opens_story(text: str, place: Piece, end: int) -> bool:
    """Whether a lone place is a dateline: "Riyadh: ...", but not "Riyadh, ..." or "Riyadh - which ..."."""
    separator, following = text[place.end : end], text[end : end + 12].split()
    if _colon(separator) and _HEADLINE.match(text, end):
        return False
    return _colon(separator) or not ("،" in separator or (following and following[0] in _FUNCTION_WORDS - _TOLD))


def _closes(text: str, pieces: list[Piece], end: int) -> bool:
    """Whether a head may end behind its last piece; a lone name before a dash may already be the sentence."""
    last = pieces[-1]
    separator = text[last.end : end]
    if last.what == "name":
        words = len(text[last.start : last.end].split())
        if len(pieces) > 1 and pieces[-2].what == "place" and _BRACKETED.match(text, last.end, end):
            return text[last.start - 1] == "("
        return "\n" in separator or (_colon(separator) and (words > 1 or len(pieces) > 2))
    if "،" in separator and not any(sign in separator for sign in "-–—:\uff1a/\n"):
        return False
    if last.what == "date":
        named = {piece.what for piece in pieces}
        year = "place" in named and _YEAR_HELD.search(text, last.start, last.end) is not None
        return "agency" in named or (year and any(sign in separator for sign in "-–—:\uff1a"))
    if last.what == "desk":
        agencies = text[last.start : last.end].strip() in ("وكالات", "الوكالات")
        return agencies or len(pieces) > 1 or _colon(separator) or "\n" in separator
    return True


def _kind(page: Page, start: int, end: int, known: frozenset[str]) -> str | None:
    """What a piece is, or None where it is the story already."""
    text = page.text
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    piece = text[start:end]
    words = piece.split()
    if not words or len(words) > NAME_WORDS + 2 + 4 * (_ALSO in words):
        return None
    what = _named(page, piece, start, end)
    if what is not None:
        return what
    return "known" if piece in known else _by_words(piece)


@lru_cache(maxsize=4096)
def _by_words(piece: str) -> str | None:
    """What a piece is by its words alone; the same names and desks open one article after the other."""
    words = piece.split()
    reporter = _REPORTER.fullmatch(piece)
    if reporter is not None and person(reporter[1]):
        return "date"  # like the day, it is part of an agency's dateline and makes no head
    if _DATE.search(piece):
        return "date" if len(words) <= 6 else None
    if SENTENCE_END.search(piece):
        return "name" if person(piece) else None
    if _DESK.match(piece):
        return "desk"
    if len(words) > NAME_WORDS or "،" in piece or not _FUNCTION_WORDS.isdisjoint(words):
        return None
    return "name"


def _named(page: Page, piece: str, start: int, end: int) -> str | None:
    """What a piece is by the place or agency that it names, if it names one."""
    for hit in page.named:
        if hit.start >= end:
            break
        if hit.end < start or hit.start > start + _lead(piece):
            if hit.meaning.agency is not None and hit.end >= end and _DATED.search(page.text, start, hit.start):
                return "agency"
            continue
        if hit.meaning.agency is not None and end - hit.end <= 12:
            if is_a_town(page, hit):
                return "place"
            if hit.meaning.agency.kind != "outlet":
                return "agency"
            return "place" if not hit.meaning.sure and _looks_like(page, hit) else "known"
        if hit.end >= end:
            return "place" if hit.meaning.sure else "desk"
        if hit.meaning.what == PLACE and hit.meaning.sure and _DATE.search(page.text[hit.end : end].strip()):
            return "place"
    return None


def _looks_like(page: Page, hit: Hit) -> bool:
    """Whether a paper's name with a particle before it is a city: "Fas" looks like "so" and "As"."""
    agency, name = hit.meaning.agency, page.text[hit.start : hit.end]
    if agency is None or name in agency.written():
        return False
    return any(place.end == hit.end for place in page.places_at(hit.start))


def _lead(piece: str) -> int:
    """Code points that a year or a word such as "agency" may take before an agency's name in its piece."""
    year = _YEAR.match(piece) if piece[0].isdigit() else None
    return year.end() if year else len("وكالة ") if piece.startswith(("وكالة", "وكالات")) else 1
