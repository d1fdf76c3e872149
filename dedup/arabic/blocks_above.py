"""The block above the first paragraph (:mod:`dedup.arabic.blocks`).

Its lines are read from the body's start to the second paragraph, since the first may be a standfirst with the date
below it. Lines that say what they are get their label; then, from line to line, what may be furniture beside them; and
a person's name alone is the writer's, or a caption if the story names the person, as is what he is in the line below.

A byline that names a place or an agency is left to :mod:`dedup.arabic.heads`; only what proves to be no head is marked
here. So the block is judged twice: before a head is looked for behind it, and once more beside the head.

Chronicles and timetables open their parts with dates: where dates alone in a line stand further down as well, none is
marked for its shape; nor in a decree, which has its number and date above the text.

Cost: only for texts whose first line is short (``scan.edges``). Limits: a block longer than ``BLOCK`` lines is not
read to its end.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from dedup.arabic.block_lines import TURN
from dedup.arabic.blocks import ABOVE, PICTURE, SHORT, Seen, paragraph, seen, text_of
from dedup.arabic.credit_context import SEVERAL
from dedup.arabic.date_lines import NONE, date_line
from dedup.arabic.line_words import Shape, first_names, person
from dedup.arabic.page import SPACES, Page
from dedup.arabic.phrase_table import PLACE
from dedup.arabic.picture_lines import POSED, SHOWN, STANDING
from dedup.model import Mark, Span

BLOCK = 14
"""Lines of the longest block: date, place, name, three buttons, caption, standfirst, related links. Set by hand."""
FIRST_LINE = 100
"""Code points of the first line above which there is no block: a date with everything beside it. Set by hand."""
POINTS = 4
"""Lines of the longest standfirst in points. Set by hand."""
POSITION_WORDS = 22
"""Words of the longest line that says what a writer is. Set by hand."""
DATE_CHARACTERS, DATES = 40, 3
"""Further down, so many lines of that length that are dates make a chronicle; pages print one or two more below."""

TAKEN_BY = 6
"""Words of the longest line that says who took a picture: two names and their agency. Set by hand."""

_POSITION = re.compile(
    r"\*?\s*(?:كاتبة?|باحثة?|أستاذة?|أكاديمية?|محللة?|خبيرة?|صحافية?|صحفية?|إعلامية?|مستشارة?|محامية?|طبيبة?|ناشطة?|"
    r"مديرة?|رئيسة?|وزيرة?)\s"
)
_POINTS = frozenset("-–—•*")
_NUMBERED = re.compile(r"(?:^|\n)\s*الرقم\s*:")
_SURE = {
    **{
        label: label
        for label in ("date", "byline", "caption", "navigation", "share", "counter", "section", "banner", "contact")
    },
    "credit": "byline",
    "signature": "byline",
}
"""What sure lines above a story are: letters there are the writer's."""
_ABOVE_IT = frozenset({"byline", "section", "banner"})
"""Of these, what stands above the first paragraph only: below it a line that looks like one is a subhead."""
_BESIDE_PLACES = SPACES + "/-–—،"
_COUNTRY = re.compile(r"\([^()\d]{2,24}\)")
"""What may stand between the places of a dateline, and behind them."""
_UNDER, _ALONE = frozenset({POSED, SHOWN}), frozenset({POSED, SHOWN, STANDING, TURN})
_BESIDE = frozenset({"date", "byline", "share", "counter", "caption", "section", "credit", "dateline"})
"""Labels beside which a line that may be furniture is."""


class Opening(NamedTuple):
    """The lines from the body's start to the second paragraph; number ``story`` is the first paragraph."""

    lines: list[Span]
    story: int


def opening(page: Page, marks: list[Mark], *, headless: bool = False) -> Opening | None:
    """The lines among which there may be a block; None if the text opens with its story, has no paragraph soon, or one
    line above it of which nothing can be said here."""
    text, at, end = page.text, behind_points(page) or page.top, len(page.text)
    stop = text.find("\n", at, at + FIRST_LINE + 1)
    if stop < 0:
        return None
    below = page.begin(stop)
    if (marks or page.named) and _left(page, Span(at, stop), below, marks, headless):
        return None
    stop = text.find("\n", below, below + 2 * SHORT)
    second = page.trimmed(below, stop) if stop >= 0 else Span(below, min(below + 2 * SHORT + 1, end))
    if stop >= 0 and (not paragraph(page, second) or _POSITION.match(text, below) or _short_third(page, stop)):
        return _read(page, at)
    line = page.trimmed(at, below)
    return Opening([line, second], 1) if _tells(page, line, marks, headless) else None


def behind_points(page: Page) -> int:
    """Where the points end with which a page opens above its date and writer: a standfirst of one to four lines, each
    behind a dash or a dot; 0: it opens otherwise, or what stands below them is no short line."""
    text, at = page.text, page.top
    if text[at : at + 1] not in _POINTS:
        return 0
    for number in range(POINTS + 1):
        if text[at : at + 1] not in _POINTS or text[at + 1 : at + 2] != " ":
            short = text.find("\n", at, at + FIRST_LINE + 1)
            return at if number and short >= 0 else 0
        stop = text.find("\n", at, at + 2 * SHORT)
        if stop < 0:
            return 0
        at = page.begin(stop)
    return 0


def _short_third(page: Page, stop: int) -> bool:
    """Whether the line behind the first paragraph is short: that may be a standfirst, with a date below it."""
    third = page.begin(stop)
    return third < len(page.text) and page.text.find("\n", third, third + FIRST_LINE + 1) >= 0


def _left(page: Page, line: Span, below: int, marks: list[Mark], headless: bool) -> bool:
    """Whether the only line above a long paragraph has a mark already, or names what heads look for, and no picture."""
    if page.text.find("\n", below, below + 2 * SHORT) >= 0:
        return False
    if page.named and not headless and page.named[0].start < line.end:
        return page.text.find(")", line.start, line.end) < 0
    return any(mark.start <= line.start and line.end <= mark.end + 1 for mark in marks)


def _tells(page: Page, line: Span, marks: list[Mark], headless: bool) -> bool:
    """Whether the only line above a long paragraph may be marked here."""
    one = seen(page, line, marks)
    if not isinstance(one, Shape) or _left_to_heads(page, line, one, headless=headless):
        return False
    return one.sure or one in _UNDER or (one.label == "byline" and person(text_of(page, line)))


def _read(page: Page, at: int) -> Opening | None:
    """The lines from a position to the second paragraph, if there is a first one with lines above it."""
    lines: list[Span] = []
    text, end, first = page.text, len(page.text), 0
    while at < end and len(lines) < BLOCK:
        stop = text.find("\n", at, at + 2 * SHORT)
        if stop < 0 and first and at + 2 * SHORT < end:
            break
        line = page.trimmed(at, stop if stop >= 0 else end)
        if paragraph(page, line) and not _position(page, lines, line):
            if first or not lines:
                break
            first = len(lines)
        lines.append(line)
        at = page.begin(line.end)
    return Opening(lines, first) if first else None


def top_marks(page: Page, block: Opening, marks: list[Mark], *, headless: bool) -> list[Mark]:
    """The furniture of the block, where no mark lies yet. ``headless``: heads have been looked for."""
    lines, story = block
    known = [seen(page, line, marks) for line in lines]
    label: list[str | None] = [None] * len(lines)
    for n, one in enumerate(known):
        if isinstance(one, Shape) and _left_to_heads(page, lines[n], one, headless=headless):
            continue
        if isinstance(one, Shape) and one.sure and one.label in _SURE:
            label[n] = _SURE[one.label] if n < story or _SURE[one.label] not in _ABOVE_IT else None
        elif one in _UNDER and n < story:
            label[n] = "caption"
    _taken_below(page, lines, known, label)
    _spread(page, lines, known, label)
    _name_above(page, block, known, label, marks)
    found = [
        Mark(line.start, line.end, kind, PICTURE if kind == "caption" else ABOVE)
        for line, kind, one in zip(lines, label, known, strict=True)
        if kind is not None and not isinstance(one, str)
    ]
    return _without_chronicle(page, found) if found else found


def _taken_below(page: Page, lines: list[Span], known: list[Seen], label: list[str | None]) -> None:
    """The photographer in a line of its own, below words that end with the sign of rights."""
    for n in range(1, len(lines)):
        over, one = lines[n - 1], known[n]
        if label[n - 1] == "caption" and page.text[over.end - 1] == "©" and page.has_at_most(TAKEN_BY, lines[n]):
            label[n] = None if isinstance(one, str) else "caption"


def _left_to_heads(page: Page, line: Span, one: Shape, *, headless: bool) -> bool:
    """Whether a line may be a head: a byline that names a place or an agency, until heads have been looked for; and
    "place (agency)" for good, since the words under a picture say what is to be seen, not only where."""
    if one.label in ("byline", "signature"):
        return not headless and any(line.start <= hit.start < line.end for hit in page.named)
    return one.label == "caption" and _dateline(page, line)


def _dateline(page: Page, line: Span) -> bool:
    """Whether a line is a place, or some, with the day or the country beside it, then an agency in brackets, and no
    more."""
    text = page.text
    bracket = max(text.rfind("(", *line), text.rfind("[", *line))
    if bracket < 0 or not _credits_only(page, page.trimmed(bracket + 1, line.end)):
        return False
    at = line.start
    for hit in page.named:
        if at <= hit.start < bracket:
            if hit.meaning.what != PLACE or (text[at : hit.start].strip(_BESIDE_PLACES) and at == line.start):
                return False
            at = hit.end
    rest = text[at:bracket].strip(_BESIDE_PLACES)
    return at > line.start and (not rest or _COUNTRY.fullmatch(rest) is not None or date_line(rest) != NONE)


def _credits_only(page: Page, inside: Span) -> bool:
    """Whether a bracket's inside is an agency's name, or "agencies"."""
    name = page.trimmed(inside.start, inside.end)
    bare = page.text[name.start : name.end].rstrip(")]. ")
    if SEVERAL.fullmatch(bare):
        return True
    end = name.start + len(bare)
    return any(hit.start <= name.start and hit.end == end and hit.meaning.agency for hit in page.named)


def _position(page: Page, lines: list[Span], line: Span) -> bool:
    """Whether a line below a name tells what its bearer is."""
    if not lines or not _POSITION.match(page.text, line.start, line.end) or not page.has_at_most(POSITION_WORDS, line):
        return False
    return lines[-1].end - lines[-1].start <= SHORT and person(text_of(page, lines[-1]))


def _spread(page: Page, lines: list[Span], known: list[Seen], label: list[str | None]) -> None:
    """From line to line, what may be furniture is furniture beside it; a name beside a picture is one of a list."""
    doubtful = [n for n, one in enumerate(known) if label[n] is None and isinstance(one, Shape) and not one.sure]
    changed = bool(doubtful)
    while changed:
        changed = False
        for n in doubtful:
            one = known[n]
            near = {label[k] or known[k] for k in (n - 1, n + 1) if 0 <= k < len(lines)} & _BESIDE
            if label[n] is not None or not near or not isinstance(one, Shape) or one in _ALONE:
                continue
            if one.label != "byline" or near != {"caption"} or person(text_of(page, lines[n])):
                label[n], changed = one.label, True


def _name_above(page: Page, block: Opening, known: list[Seen], label: list[str | None], marks: list[Mark]) -> None:
    """A person's name as the last line above the first paragraph, or above the words of what he is."""
    lines, story = block
    for n in range(max(0, story - 2), story):
        one = known[n]
        if not isinstance(one, Shape) or one.label != "byline" or not person(text_of(page, lines[n])):
            continue
        if any(label[k] is None and known[k] is None for k in range(n)):
            continue
        if not all(_POSITION.match(page.text, line.start, line.end) for line in lines[n + 1 : story]):
            continue
        for k in range(n + 1, story):
            label[k] = "byline"
        if label[n] is None:
            below = [mark.start for mark in marks if mark.start > lines[n].end]
            name, end = first_names(text_of(page, lines[n])), min(below, default=len(page.text))
            label[n] = "caption" if page.text.find(name, lines[story].start, end) >= 0 else "byline"


def _without_chronicle(page: Page, found: list[Mark]) -> list[Mark]:
    """Without the dates if dates alone in a line divide the text as well, or a number stands above them."""
    if not any(mark.label == "date" for mark in found):
        return found
    behind = [line for line in page.lines if line.start >= found[-1].end and line.end - line.start <= DATE_CHARACTERS]
    dates = sum(date_line(text_of(page, line)) != NONE for line in behind)
    if dates < DATES and not _NUMBERED.search(page.text, page.body_start, found[0].end):
        return found
    return [mark for mark in found if mark.label != "date"]
