"""Segments: a second story glued under the first.

Aggregators print "read also:" and below it not a link but the whole next article. To a matcher the page is then a copy
of two stories and its date and credit are those of neither. The second story is cut out as a *segment*, with an id, a
headline, credits and a date of its own; for the host it is marked text.

A list of links and a glued story begin alike, so the story must show itself:

    lead ("read also", a source line, a keyword line)
    headline          a short line without a full stop
    paragraph         two or more lines that read like a story, WORDS or more in all

and below a host that has told something one of two signs must say that these paragraphs are not its own, going on
behind a link: the host has ended above the lead (source line, keywords, the agency's end mark), or the first paragraph
restates the headline, as leads do (:func:`dedup.arabic.line_words.restates`).

Cost: only pages with such a lead. Limits: a glued story without headline, or joined in running text, is not seen.
"""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from dedup.arabic.extents import reads_like_story
from dedup.arabic.line_words import restates
from dedup.arabic.page import Page
from dedup.model import Credit, Mark, Segment, Span

WORDS = 30
"""Words of the shortest segment: two lines that read like a story have as many between them."""
_ENDS = frozenset(
    {"source-line", "source-tail", "keywords", "keywords-tail", "ended", "ended-line", "edited-by", "story-link"}
)
_LEADS = _ENDS | {"see-also", "related-block"}


def find_segments(page: Page, marks: list[Mark]) -> list[Segment]:
    """The segments below the leads among the marks; credits are filled in by the caller."""
    found: list[Segment] = []
    leads = [mark for mark in marks if mark.evidence in _LEADS and _may_have(page, mark)]
    told = _told(page) if leads else None
    if told is None:
        return found
    ended = min([m.start for m in marks if m.evidence in _ENDS and m.start >= told], default=len(page.text))
    over, seen = _over_lines(page, marks), -1
    for mark in sorted(leads) if len(leads) > 1 else leads:
        line = page.line_at(mark.start)
        if line.start < told or line.start == seen or (found and mark.start < found[-1].end):
            continue
        seen = line.start if mark.end <= line.end else seen
        segment = _below(page, mark, line, over, over_at=ended < line.end)
        if segment is not None:
            found.append(segment)
    return found


def _over_lines(page: Page, marks: list[Mark]) -> dict[int, list[Mark]]:
    """The marks that overlap each line, by the line's number, in their order: asked for once a page, where a page of
    nothing but leads would ask all marks for each."""
    over: dict[int, list[Mark]] = {}
    for mark in marks:
        number = bisect_right(page.lines, mark.start, key=itemgetter(1))
        while number < len(page.lines) and page.lines[number].start < mark.end:
            over.setdefault(number, []).append(mark)
            number += 1
    return over


def _below(page: Page, lead: Mark, line: Span, over: dict[int, list[Mark]], *, over_at: bool) -> Segment | None:
    """The segment below a lead in that line, given the marks over each line; ``over_at``: the host has ended there."""

    def other(number: int) -> Mark | None:
        return next((mark for mark in over.get(number, ()) if mark is not lead), None)

    lines, first = page.lines, page.number_below(line)
    at = first
    while at < len(lines) and not reads_like_story(page, lines[at]):
        covering = other(at)
        if covering is not None and covering.start >= lines[at].start:
            return None
        at += 1
    if at == first or at == len(lines):
        return None
    stop = at
    while stop < len(lines) and other(stop) is None:
        stop += 1
    headline, body = lines[at - 1], lines[at:stop]
    stories = sum(reads_like_story(page, one) for one in body)
    if stories < 2 or sum(map(page.words, body)) < WORDS or page.words(headline) < 3:
        return None
    if not (over_at or restates(page.text[body[0].start : body[0].end], page.text[headline.start : headline.end])):
        return None
    return Segment(headline.start, body[-1].end, headline, (), None)


def _may_have(page: Page, lead: Mark) -> bool:
    """Whether below a lead there is room for a story."""
    return len(page.text) - lead.end >= 2 * WORDS and page.text.find("\n", lead.start) >= 0


def _told(page: Page) -> int | None:
    """Where the first line ends that reads like a story: what stands above it, at the top of a page, ends none."""
    return next((line.end for line in page.body_lines if reads_like_story(page, line)), None)


def with_credits(segment: Segment, credits: list[Credit], marks: list[Mark]) -> Segment:
    """The segment with those credits and that date line which lie in it."""
    own = tuple(c for c in credits if c.start is not None and segment.start <= c.start < segment.end)
    date = next(
        (Span(m.start, m.end) for m in marks if m.label == "date" and segment.start <= m.start < segment.end), None
    )
    return segment._replace(credits=own, date=date)
