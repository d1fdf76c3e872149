"""One article's marks: furniture, segments, head and credits put together, and kept from covering the story.

The order matters once: a head is looked for behind the furniture at the top, credits are judged by the marks around
them, and segments take their credits and dates from all. The last word has the story: a text of ``STORY_WORDS`` words
or more keeps ``MIN_WORDS`` of them unmarked, or the least certain marks are dropped, one after the other.

A title or section line above the body is marked *title* (or *section* if it is the name of one; then the line below it
is the title).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from dedup.arabic.blocks import ABOVE, BELOW, PICTURE, SHORT, for_credits
from dedup.arabic.blocks_above import FIRST_LINE, Opening, behind_points, opening, top_marks
from dedup.arabic.blocks_below import bottom_marks
from dedup.arabic.blocks_within import letters_within, within_marks
from dedup.arabic.credit_heads import opens_with_agencies
from dedup.arabic.credit_lines import closes_story, has_source_line, may_say_so
from dedup.arabic.credits import Judgement
from dedup.arabic.edge_lines import edge_marks
from dedup.arabic.extents import LEAD_LINES, reads_like_story
from dedup.arabic.furniture import furniture_marks
from dedup.arabic.heads import HEAD_CHARACTERS, Head, find_head
from dedup.arabic.line_words import bare_words, folded, restates
from dedup.arabic.page import CLOSES, EDGE, OPENS, SENTENCE_END, TAIL, Page, covered
from dedup.arabic.segments import find_segments, with_credits
from dedup.arabic.words import words
from dedup.corpus.markup import Places
from dedup.model import Credit, Mark, Segment, Span
from dedup.settings import MIN_WORDS

STORY_WORDS = 40
"""A text of so many words or more has a story, and at least MIN_WORDS of it stay unmarked: with fewer it would be too
short to compare. A shorter text may be furniture altogether."""
SLOGAN_WORDS = 4
"""Words up to which a line between a known title and the dateline is a section's name or the paper's slogan; a longer
one is a standfirst, and tells of the story. Set by hand."""
REPEATED, TITLE_WORDS = 15, 24
"""Code points of the shortest headline that is known again in another line, by so many of which it is looked for, and
words of the longest such line. Set by hand."""
SITE_WORDS = 5
"""Words of the longest name of a site behind a repeated title. Set by hand."""
SUMMARY_LINES, SHORTEST_SUMMARY, SUMMARY_CHARACTERS, OPENING_CHARACTERS = 3, 12, 400, 10
"""First lines among which a summary of the story stands, words of the shortest one, code points of the longest one, and
those at its beginning with which the lead begins too: two words. Set by hand."""
SUMMARISED, SUMMARY_END = 0.8, 3
"""Share of a summary's words that the lead's first sentence has where it orders them otherwise, and last words that
both end with then. Set by hand."""
TITLED = 0.8
"""Share of a headline's longer words that its other form in the same page has too. Set by hand."""
HEADLINE_WORDS = 6
"""Words of the shortest headline that is known in a line below the story; chants are shorter. Set by hand."""
_FUNCTION = frozenset(words("function"))
"""Words that hold a sentence together: none is part of a site's name."""
_SIGNED_HEAD, HEAD_LOOK = re.compile(r"[-–—/|]"), 30
"""Signs one of which stands behind an unknown head, and code points within which it must. Set by hand."""
_OWN_NAME = re.compile(
    r"[(\[]?((?:[^\W\d_]+ ){1,2}(?:نيوز|نت|بوست|برس|[أا]ونلاين|[إا]نفو|تايمز))[)\]]?[ \t]*[-–—/|][ \t]*"
    r"(?:(?:خاص|متابعات|متابع[ةه])[ \t]*[-–—/|:][ \t]*)?(?:\n\s*)?(?=[^\W\d_])"
)
"""A site's own name, as sites are called, and a sign; no colon, behind which the site would be saying something, and no
number for a name, which scenes, articles of a law and hours have too."""
_SAID_BY = frozenset(("بحسب", "حسب", "وفق", "وفقا", "نقلا", "قال", "قالت"))
"""Words before a name that make it the source of what is told."""
_WITHIN = frozenset(("هو", "هي", "وهو", "وهي", "هذا", "هذه", "الذي", "التي"))
"""Words that go on with the name before a dash, as an apposition does."""
_SITE = re.compile(r"[ \t]*[-–—|»«‹›][ \t]*([^\W\d_][^\n:.؟!،/]{1,40})(?=\n|\Z)")
_SITE_NAME = re.compile(
    r"(?:[^\W\d_]+ ){1,2}(?:نيوز|نت|برس|بوست|[أا]ونلاين|[إا]نفو|تايمز|24)|"
    r"(?:صحيف[ةه]|جريد[ةه]|مجل[ةه]|راديو|[إا]ذاع[ةه])(?: ال[^\W\d_]{2,}){1,2}|راديو (?![يتو])[^\W\d_]{3,}|"
    r"(?:ب?ال)?(?:صورة?|فيديو|فديو)(?: (?:[وأ] ?)?(?:ب?ال)?(?:صورة?|فيديو|توضيحي[ةه]|[أا]رشيفي[ةه]|تعبيري[ةه])){0,2}"
)
"""What stands behind a headline that is no part of it: how sites, papers and stations are called, or a picture."""
SECTION_NAMES = frozenset(words("sections"))
"""One-word names of sections that stand as first line of a scraped page."""
_ABOVE = frozenset(words("above"))
_DATED, _SHAPED = frozenset({"date", "caption"}), frozenset({ABOVE, BELOW, PICTURE})
"""What the blocks of a page must hold for its text to be looked through for captions and dates as well."""


class Annotation(NamedTuple):
    """What marking found in one article."""

    marks: tuple[Mark, ...]
    credits: tuple[Credit, ...]
    segments: tuple[Segment, ...]

    def outward(self, places: Places) -> Annotation:
        """The same, found in what a text shows, as spans of the text."""

        def span(one: Span | None) -> Span | None:
            return one and Span(*places.outward(one.start, one.end))

        def credits(some: tuple[Credit, ...]) -> tuple[Credit, ...]:
            return tuple(one.moved(places.outward) for one in some)

        def segment(one: Segment) -> Segment:
            start, end = places.outward(one.start, one.end)
            return Segment(start, end, span(one.title), credits(one.credits), span(one.date))

        return Annotation(
            tuple(Mark(*places.outward(one.start, one.end), one.label, one.evidence) for one in self.marks),
            credits(self.credits),
            tuple(map(segment, self.segments)),
        )


NOTHING = Annotation((), (), ())


def annotated(page: Page, given: list[Mark], known: frozenset[str]) -> Annotation | None:
    """Furniture, segments, head and credits of one page, given its repeated titles and learned furniture."""
    given = [_with_site(page, mark) for mark in given] if given else given
    marks = [*given, *furniture_marks(page)] if page.furniture else [*given]
    segments = find_segments(page, marks) if marks else []
    if segments:
        marks = [_before_segments(mark, segments) for mark in marks]
    pointed = behind_points(page) if page.named else 0
    block = opening(page, marks) if (page.edged & OPENS or pointed) and not _only_a_head(page, given) else None
    if block is not None:
        marks += top_marks(page, block, marks, headless=False)
    head, above = _head(page, marks, known, pointed) if page.named or known else (None, [])
    if page.body_start:
        titles = _title_lines(page, marks)
        marks += titles
        if titles and titles[0].label == "title":
            above = [mark for mark in above if page.has_at_most(SLOGAN_WORDS, Span(mark.start, mark.end))]
        marks += _summary(page, marks)
        if head is None:
            marks += _unknown_head(page, marks)
    marks += above
    if head is not None:
        marks.append(Mark(head.start, head.end, head.label, "head"))
        if page.edged & OPENS and "\n" in page.text[head.pieces[-1].end : head.end]:
            head = _second(page, block, marks, known) or head
        if head.label == "dateline" and page.text.find("/", head.end) >= 0:
            marks += letters_within(page, marks)
    closes = bool(page.edged & CLOSES) or (bool(page.furniture) and _ends_marked(page, marks))
    if page.edged or closes:
        marks += _edges(page, block, [*marks, *_as_marks(segments)], head, closes)
    outside = [mark for mark in _surviving(page, marks, segments) if mark.start < mark.end] if marks else marks
    judged = for_credits(page, outside) if closes else outside
    credits = Judgement(page, judged, head, known).credits() if _may_credit(page, outside, head) else []
    marks = _surviving(page, outside + _credit_marks(page, credits), segments) if credits else outside
    if not segments:
        return Annotation(_merged(marks), tuple(credits), ()) if marks or credits else None
    segments = [with_credits(segment, credits, marks) for segment in segments]
    inside = {credit for segment in segments for credit in segment.credits}
    marks += _as_marks(segments)
    return Annotation(_merged(marks), tuple(credit for credit in credits if credit not in inside), tuple(segments))


def _with_site(page: Page, mark: Mark) -> Mark:
    """A repeated title with what stands behind it in its line: the site's name, or that a picture was beside it. Other
    words there are the headline's or the story's own ("... - and the town protests"), as is a place or an agency."""
    if mark.label != "title":
        return mark
    behind = _SITE.match(page.text, mark.end)
    if behind is None:
        return mark
    site = page.trimmed(*behind.span(1))
    if not page.has_at_most(SITE_WORDS, site) or _SITE_NAME.fullmatch(page.text, *site) is None:
        return mark
    named = any(mark.end < hit.start < behind.end() for hit in page.named)
    return mark if named else mark._replace(end=site.end)


def _summary(page: Page, marks: list[Mark]) -> list[Mark]:
    """One of the first lines that the lead right below it says again word for word: the page's summary of its story. A
    first paragraph that the second one explains begins otherwise."""
    text, at = page.text, page.top
    for _ in range(SUMMARY_LINES):
        stop = text.find("\n", at, at + SUMMARY_CHARACTERS)
        if stop < 0:
            return []
        again = page.begin(stop)
        if text.startswith(text[at : at + OPENING_CHARACTERS], again):
            return _said_again(page, page.trimmed(at, stop), page.line_at(again), marks)
        if stop - at > FIRST_LINE:
            return []
        at = again
    return []


def _said_again(page: Page, line: Span, lead: Span, marks: list[Mark]) -> list[Mark]:
    """A sentence as summary, if the first one of the lead below it is longer and holds all of its words in their order,
    or ends with the same words and holds most of them. A chronicle that goes on, a speaker who says more and a verse
    that returns have other words, another end or no full stop."""
    text = page.text
    stop = SENTENCE_END.search(text, *lead)
    first = Span(lead.start, stop.end() if stop is not None else lead.end)
    if text[line.end - 1] != "." or first.end - first.start <= line.end - line.start:
        return []
    if page.has_at_most(SHORTEST_SUMMARY - 1, line) or covered(marks, line.start, line.end) is not None:
        return []
    if not reads_like_story(page, lead):
        return []
    held = _holds(*(bare_words(folded(text[span.start : span.end])) for span in (first, line)))
    return [Mark(line.start, line.end, "summary", "the lead says it again")] if held else []


def _holds(lead: list[str], summary: list[str]) -> bool:
    """Whether the words of a sentence hold those of its summary, all in their order whatever stands between them, or
    most of them and the last ones at its end too."""
    rest = iter(lead)
    if all(word in rest for word in summary):
        return True
    known = set(lead)
    ended = lead[-SUMMARY_END:] == summary[-SUMMARY_END:]
    return ended and sum(word in known for word in summary) >= SUMMARISED * len(summary)


def _unknown_head(page: Page, marks: list[Mark]) -> list[Mark]:
    """What stands before the first sentence of a page with its title above, and names nothing known: the site itself,
    as sites are called, before a sign."""
    start = page.begin(_top(page, marks)) if len(marks) > 1 else page.top
    if _SIGNED_HEAD.search(page.text, start, start + HEAD_LOOK) is None:
        return []
    found = _OWN_NAME.match(page.text, start)
    if found is None or covered(marks, *found.span()) is not None:
        return []
    if not (_FUNCTION | _SAID_BY).isdisjoint(found[1].split()):
        return []
    line = page.line_at(found.end())
    first = page.text[found.end() : line.end].split(None, 1)
    told = reads_like_story(page, Span(found.end(), line.end)) and not (first and first[0] in _WITHIN)
    return [Mark(start, page.trimmed(start, found.end()).end, "byline", "before the first sentence")] if told else []


def _as_marks(segments: list[Segment]) -> list[Mark]:
    return [Mark(segment.start, segment.end, "segment", "a second story") for segment in segments]


def _head(page: Page, marks: list[Mark], known: frozenset[str], pointed: int) -> tuple[Head | None, list[Mark]]:
    """The head behind the furniture at the top, and the lines stacked above it: looked for if an agency, a place or a
    desk's word stands near, or the outlet has names of its own. ``pointed``: where the points of a standfirst end, if
    the page opens with them."""
    if pointed:
        behind = _top(page, marks, pointed) if marks else pointed
        near = any(behind <= hit.start < behind + HEAD_CHARACTERS for hit in page.named)
        head = find_head(page, behind, known)[0] if near else None
        if head is not None and any(piece.what == "agency" for piece in head.pieces):
            return head, []
    top = _top(page, marks) if marks else page.body_start
    if known or page.named[0].start < top + 2 * HEAD_CHARACTERS:
        return find_head(page, top, known)
    return None, []


def _second(page: Page, block: Opening | None, marks: list[Mark], known: frozenset[str]) -> Head | None:
    """The dateline of the first paragraph where the head is a line of its own, with the day or more below it:
    "agency", "12 March 2024", "London (agency) - ..."."""
    if not page.named or page.named[-1].end <= marks[-1].end:
        return None
    if block is not None and block.story > 1:
        marks += top_marks(page, block, marks, headless=True)
    top = _top(page, marks)
    if not any(top <= hit.start < top + HEAD_CHARACTERS for hit in page.named):
        return None
    head, above = find_head(page, top, known)
    if head is None or above:
        return None
    kinds = [piece.what for piece in head.pieces]
    if "agency" not in kinds or (kinds[0] not in ("place", "date") and page.text[head.start] not in "(["):
        return None
    marks.append(Mark(head.start, head.end, head.label, "head"))
    return head


def _only_a_head(page: Page, given: list[Mark]) -> bool:
    """Whether the first line, above a long one, is repeated by the outlet, or names a place or an agency and has no
    bracket, as the words under a picture do: left to :func:`find_head`."""
    if not page.edged & EDGE:
        return False
    start = page.body_start
    if given and given[0].end - start <= FIRST_LINE and given[0].evidence[:6] == "a line":
        return True
    end = page.text.find("\n", page.top)
    return bool(page.named) and page.named[0].start < end and page.text.find(")", start, end) < 0


def _edges(page: Page, block: Opening | None, taken: list[Mark], head: Head | None, closes: bool) -> list[Mark]:
    """The blocks above and (if it ``closes`` with one) below the story and the lines at its edges; above it again what
    was left to be a head, and what stands beside it."""
    found: list[Mark] = []
    lone = head is not None and block is None and "\n" in page.text[head.pieces[-1].end : head.end]
    if lone and page.edged & OPENS and page.named:
        block = opening(page, taken, headless=True)
    if page.edged & OPENS and page.named and (block is not None or head is None):
        early = page.named[:4] if block is None and page.named[0].start <= page.body_start + FIRST_LINE else []
        if not all(covered(taken, hit.start, hit.end) for hit in early):
            block = opening(page, taken, headless=True)
        if block is not None and (head is None or lone or block.story > 1):
            found = top_marks(page, block, taken, headless=True)
    if closes:
        found += bottom_marks(page, [*taken, *found])
    shaped = [*taken, *found] if found or block is not None else []
    by_shape = [mark.label for mark in shaped if mark.evidence in _SHAPED]
    if by_shape:
        found += within_marks(page, shaped, views_only=_DATED.isdisjoint(by_shape))
    return found + edge_marks(page, [*taken, *found]) if page.edged & (EDGE | TAIL) else found


def _ends_marked(page: Page, marks: list[Mark]) -> bool:
    """Whether the last line is furniture however long it is, and a short line without a full stop above it: there may
    be a block."""
    text, end = page.text, len(page.text) - 3
    for mark in marks:
        if mark.end >= end:
            above = text[max(page.body_start, mark.start - SHORT) : mark.start].rstrip()
            return above[-1:] != "." and "\n" in above
    return False


def _may_credit(page: Page, marks: list[Mark], head: Head | None) -> bool:
    if page.sources or (head is not None and head.label == "byline"):
        return True
    if opens_with_agencies(page):
        return True
    if not {"source", "credit"}.isdisjoint([mark.label for mark in marks]):
        return True
    return has_source_line(page) or may_say_so(page)


def _before_segments(mark: Mark, segments: list[Segment]) -> Mark:
    """A list of links above a segment ends where the segment's headline begins."""
    for segment in segments:
        if mark.start < segment.start < mark.end:
            return mark._replace(end=segment.start)
    return mark


def _top(page: Page, marks: list[Mark], start: int = 0) -> int:
    """The end of the furniture at the beginning of the text, or from ``start`` on."""
    top = start or page.body_start
    for mark in sorted(marks) if len(marks) > 1 else marks:
        if mark.start > top and mark.start > page.begin(top):
            break
        above = mark.label in _ABOVE or mark.evidence in ("head", ABOVE)
        if above and mark.end - page.body_start < len(page.text) // 2:
            top = max(top, mark.end)
    return top


def _title_lines(page: Page, marks: list[Mark]) -> list[Mark]:
    """The first line of a text file: its title, or a section's name with the title in the line below."""
    span = page.trimmed(0, page.body_start)
    first = page.text[span.start : span.end]
    if first not in SECTION_NAMES:
        return [Mark(span.start, span.end, "title", "first line"), *_headed_again(page, first, marks)] if first else []
    found = [Mark(span.start, span.end, "section", "first line")]
    below = next(iter(page.body_lines), None)
    if below is not None and page.text[below.end - 1] not in ".،:" and page.words(below) <= 24:
        found.append(Mark(below.start, below.end, "title", "below the section's name"))
        again, size = page.begin(below.end), below.end - below.start
        if size >= REPEATED and page.text.startswith(page.text[below.start : below.end], again):
            repeated = Mark(again, again + size, "title", "below the section's name")
            found += [] if covered(marks, again, again + size) else [_with_site(page, repeated)]
    return found


def _headed_again(page: Page, title: str, marks: list[Mark]) -> list[Mark]:
    """Lines that print the title once more, or as the site's list of news has it: they begin with the same words, say
    nearly all of it and are no sentence. Pages do so above the story and below it; between its paragraphs such a line
    is a chant, a refrain or a subhead."""
    text, opening = page.text, title[:REPEATED]
    at = text.find(opening, page.body_start) if len(title) >= REPEATED else -1
    found: list[Mark] = []
    told: _Story | None = None
    while at >= 0:
        line = page.line_at(at)
        short = line.start == at and line.end - line.start <= 2 * len(title) and text[line.end - 1] not in ".،؛:؟"
        free = short and page.has_at_most(TITLE_WORDS, line) and covered(marks, line.start, line.end) is None
        if free and restates(text[line.start : line.end], title, TITLED):
            told = told or _story(page)
            if _outside(page, line, title, told):
                found.append(Mark(line.start, line.end, "title", "the title again"))
        at = text.find(opening, max(line.end, at + 1))
    return found


class _Story(NamedTuple):
    """Where the first line begins that reads like a story, and the last one, and where the first lines end."""

    first: int
    last: int
    top: int


def _story(page: Page) -> _Story:
    """Where a page tells; behind the text and before it: nowhere."""
    lines = page.body_lines
    told = [line.start for line in lines if reads_like_story(page, line)]
    top = lines[:LEAD_LINES][-1].end if lines else 0
    return _Story(told[0], told[-1], top) if told else _Story(len(page.text), -1, top)


def _outside(page: Page, line: Span, title: str, story: _Story) -> bool:
    """Whether a line with the headline stands right above the story, or below all of it and under a full stop, there a
    headline that is too long for a chant."""
    if line.start < story.first:
        return story.last >= 0 and line.start < story.top
    above = page.lines[page.number_below(line) - 2]
    return line.start > story.last and page.text[above.end - 1] in '.!؟»”")' and len(title.split()) >= HEADLINE_WORDS


def _credit_marks(page: Page, credits: list[Credit]) -> list[Mark]:
    """Bare credits are no story: an agency alone in brackets or behind the last sentence, brackets included."""
    marks: list[Mark] = []
    for credit in credits:
        if credit.kind in ("parenthesis", "closing") and credit.start is not None and credit.end is not None:
            start, end = credit.start, credit.end
            while start > 0 and page.text[start - 1] in '([{«"“/*- ':
                start -= 1
            while end < len(page.text) and page.text[end] in ')]}»”"/* ':
                end += 1
            span: Span = page.trimmed(start, end)
            if credit.kind == "closing" and closes_story(page, credit.start, credit.end):
                span = page.line_at(credit.start)
            marks.append(Mark(span.start, span.end, "credit", credit.kind))
    return marks


_CERTAINTY = {label: rank for rank, label in enumerate(words("certainty"))}
"""Labels from the most certain; the others come behind."""


def _surviving(page: Page, marks: list[Mark], segments: list[Segment]) -> list[Mark]:
    """The marks, without the least certain ones if otherwise nothing of the story were left; a title stays marked."""
    glued = _length(segments) if segments else 0
    while 2 * (_length(marks) + glued) > len(page.text):
        left = _unmarked_words(page, [*marks, *_as_marks(segments)])
        behind = [mark for mark in marks if mark.end > page.body_start]
        if not behind or left >= MIN_WORDS or len(page.text.split()) < STORY_WORDS:
            break
        weakest = max(behind, key=lambda mark: (_CERTAINTY.get(mark.label, 99), mark.end - mark.start))
        marks = [mark for mark in marks if mark is not weakest]
    return marks


def _length(spans: Sequence[Mark] | Sequence[Segment]) -> int:
    size = 0
    for span in spans:
        size += span[1] - span[0]
    return size


def _unmarked_words(page: Page, marks: list[Mark]) -> int:
    left, at = 0, 0
    for mark in sorted(marks):
        if mark.start > at:
            left += len(page.text[at : mark.start].split())
        at = max(at, mark.end)
    return left + len(page.text[at:].split())


def _merged(marks: Sequence[Mark]) -> tuple[Mark, ...]:
    """Sorted marks, those of one label joined where they overlap."""
    if len(marks) < 2:
        return tuple(marks)
    by_label: dict[str, Mark] = {}
    merged: list[Mark] = []
    for mark in sorted(set(marks)):
        before = by_label.get(mark.label)
        if before is not None and mark.start < before.end:
            merged.remove(before)
            mark = before._replace(end=max(before.end, mark.end))
        by_label[mark.label] = mark
        merged.append(mark)
    return tuple(sorted(merged))
