"""From a known phrase to the stretch that is furniture: does it count here, and how far does it reach?

"See also" in the middle of a sentence is prose; at the start of a line it opens a link. So every entry of the lexicon
says where its phrase must stand (``at``) and what it takes with it (``extent``). Both are decided on the lines of the
original text, which scraped pages keep; where a page was flattened into one line, a sentence takes the line's place.

The one rule behind all extents: **a paragraph is never taken by a phrase in it.** A line of more than ``LONG_LINE``
words gives only the sentence, a list of links ends at the first line that reads like a story, and what runs "to the
end" does so only when little is left. So an error costs a sentence, not an article.

Cost: called for articles with a furniture phrase only. Limits: links are told from paragraphs by length and final
punctuation; a list of whole sentences is taken up to the second long one.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from dedup.arabic.page import BULLETS, LONG_LINE, SENTENCE_END, SPACES, STORY_LINE, Hit, Page
from dedup.arabic.phrase_table import AGENCY
from dedup.model import Mark, Span

DISCLAIMER_WORDS = 90
"""A disclaimer or a company's text is one paragraph of the site's, here up to this many words; set by hand."""
HEAD_LINES = 4
"""Lines at the top among which a summary for search engines stands (title, summary, headline, first paragraph)."""
_LEADING = frozenset(BULLETS) - frozenset('.…،)]»”"')
_COUNTED = BULLETS + "0123456789٠١٢٣٤٥٦٧٨٩"
"""A button may count: "comments (3)"."""
_WRITER = re.compile(r"\s*(?:لل|ال|ل)?كاتب")
_COLON = re.compile(r"[\s»”\")]*[::]")
_ADDRESS = re.compile(r"@|https?:|www\.|\.com|\d{5}")
_CLOSED = re.compile(r"[\s/*\\#()\[\].:!\-–—،,\d]*(?:ت\s*م)?[\s/*\\#()\[\].\d]*")
_DIGIT = re.compile(r"\d")
_SEPARATED = re.compile(r"[/»>|›\\]|←")

Extent = Callable[[Page, Hit, Span], Span | None]
"""From a page, a hit and its line to the marked stretch, or None: no furniture here."""


def furniture_marks(page: Page) -> list[Mark]:
    """The marks of every furniture phrase of the page, in order of place; they may overlap."""
    marks: list[Mark] = []
    for hit in page.furniture:
        kind = hit.meaning.furniture
        if kind is None or hit.start < page.body_start:
            continue
        if marks and hit.end <= marks[-1].end and marks[-1].label == kind.label:
            continue
        if kind.colon and not _COLON.match(page.text, hit.end):
            continue
        line = page.line_at(hit.start)
        if not _stands(page, hit, line, kind.at):
            continue
        span = _EXTENTS[kind.extent](page, hit, line)
        if span is not None and span.start < span.end:
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
        return not text[line.start : hit.start].strip(_COUNTED) and not text[hit.end : line.end].strip(_COUNTED)
    if at in ("line-start", "tail-line"):
        return page.begins_line(hit.start)
    if at in ("start", "tail"):
        return page.begins_sentence(hit.start)
    if at == "tail-list":
        return page.begins_sentence(hit.start) or _repeats_story(page, hit)
    return True


def _repeats_story(page: Page, hit: Hit) -> bool:
    """Whether most words behind the phrase, a list without punctuation, occur before it: the story's keywords."""
    behind = page.text[hit.end :]
    if "،" in behind or SENTENCE_END.search(behind):
        return False
    words = behind.split()
    before = page.text[: hit.start]
    return len(words) >= 2 and 2 * sum(word in before for word in words) > len(words)


def _phrase(page: Page, hit: Hit, line: Span) -> Span | None:
    return Span(hit.start, hit.end)


def _from(page: Page, hit: Hit, line: Span) -> int:
    """Where the marked stretch begins: with the bullets and quotes right before the phrase."""
    start, begin, text = hit.start, line.start, page.text
    while start > begin and text[start - 1] in _LEADING:
        start -= 1
    if start == begin or not text[begin:start].strip(BULLETS):
        return page.begin(begin)
    return page.begin(start)


def _rest(page: Page, hit: Hit, line: Span) -> Span | None:
    start = _from(page, hit, line)
    rest = Span(start, line.end)
    if page.has_at_most(LONG_LINE, rest):
        return rest
    rest = Span(start, page.sentence_at(hit.start, line).end)
    return rest if page.has_at_most(LONG_LINE, rest) else None


def _line(page: Page, hit: Hit, line: Span) -> Span | None:
    return line if page.has_at_most(DISCLAIMER_WORDS, line) else page.sentence_at(hit.start, line)


def _sentence(page: Page, hit: Hit, line: Span) -> Span | None:
    sentence = page.sentence_at(hit.start, line)
    return sentence if page.has_at_most(LONG_LINE, sentence) else None


def _sentences(page: Page, hit: Hit, line: Span) -> Span | None:
    if page.words(line) <= DISCLAIMER_WORDS and len(page.lines) > 1:
        return line
    return _sentence(page, hit, line)


def _list(page: Page, hit: Hit, line: Span) -> Span | None:
    if page.text[hit.end : line.end].strip(BULLETS):
        return _rest(page, hit, line)
    end = line.end
    for below in page.lines:
        if below.start >= line.end:
            if reads_like_story(page, below):
                break
            end = below.end
    return Span(_from(page, hit, line), end)


def reads_like_story(page: Page, line: Span) -> bool:
    """Whether a line below a list of links is a paragraph: long, or of middle length and ended like a sentence."""
    words = page.words(line)
    ended = page.text[line.start : line.end].rstrip(SPACES + "»”\"')")[-1:] in ".،؛:"
    return words > LONG_LINE or (ended and words >= STORY_LINE) or words > 25


def _end(page: Page, hit: Hit, line: Span) -> Span | None:
    start = _from(page, hit, line)
    rest = Span(start, page.trimmed(start, len(page.text)).end)
    return rest if page.has_at_most(LONG_LINE, rest) else _rest(page, hit, line)


def _breadcrumb(page: Page, hit: Hit, line: Span) -> Span | None:
    short = page.words(line) <= STORY_LINE
    return line if short and _SEPARATED.search(page.text, hit.end, line.end) else None


def _head_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """A summary line at the top, which ends with the phrase's sentence, if a story follows below it."""
    top = [span for span in page.lines if span.end > page.body_start]
    if line in top[:HEAD_LINES] and len(top) > 2 and page.words(line) <= DISCLAIMER_WORDS:
        rest = page.sentence_at(hit.start, line)
        return line if rest.end >= line.end - 2 else None
    return None


def _top_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """An introduction: one of the first lines, with a story below it."""
    top = [span for span in page.lines if span.end > page.body_start]
    return line if line in top[:HEAD_LINES] and len(top) > 1 and page.words(line) <= DISCLAIMER_WORDS else None


def _name(page: Page, hit: Hit, line: Span) -> Span | None:
    """The phrase and a name behind it, up to the line's end or the next furniture."""
    behind = [other.start for other in page.furniture if hit.end < other.start < line.end]
    end = page.trimmed(hit.end, min([line.end, *behind])).end
    return Span(_from(page, hit, line), end) if page.words(Span(hit.end, end)) <= 6 else None


def _short_line(page: Page, hit: Hit, line: Span) -> Span | None:
    return line if page.words(line) <= 6 else None


def _dated_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """A line that names a day or an hour and is no sentence."""
    bare = page.text[line.start : line.end]
    if line not in [
        *[span for span in page.lines if span.end > page.body_start][:HEAD_LINES],
        *page.lines[-HEAD_LINES:],
    ]:
        return None
    dated = _DIGIT.search(bare) or (_COLON.match(page.text, hit.end) and page.words(line) <= 6)
    return line if dated and page.words(line) <= 14 and bare[-1] not in ".،" else None


def _address(page: Page, hit: Hit, line: Span) -> Span | None:
    end = page.trimmed(hit.start, len(page.text)).end
    if page.words(Span(hit.start, end)) > LONG_LINE or not _ADDRESS.search(page.text, hit.end, end):
        return None
    return Span(_from(page, hit, line), end)


def _closing(page: Page, hit: Hit, line: Span) -> Span | None:
    """The agency's end mark: nothing but slashes, digits and the agency's name behind it."""
    end, behind = page.trimmed(hit.start, len(page.text)).end, hit.end
    for agency in page.sources:
        if agency.meaning.what == AGENCY and agency.start >= behind:
            if _CLOSED.fullmatch(page.text, behind, agency.start) is None:
                return None
            behind = agency.end
    if _CLOSED.fullmatch(page.text, behind, end) is None:
        return None
    start = hit.start
    while start > line.start and page.text[start - 1] in "/\\*#([- ":
        start -= 1
    return page.trimmed(start, end)


def _source(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Source: X": a colon, or a known name right behind, and no more than a name."""
    start = _from(page, hit, line)
    named = any(h.meaning.what == AGENCY and 0 <= h.start - hit.end <= 3 for h in page.sources)
    alone = not page.text[hit.end : line.end].strip(BULLETS)
    if alone and page.text[hit.start : hit.end] != "وكالات":
        return None
    if not (alone or named or _COLON.match(page.text, hit.end)):
        return None
    end = line.end
    if page.words(Span(hit.end, end)) > 9:
        end = page.sentence_at(hit.start, line).end
    return Span(start, end) if page.words(Span(hit.end, end)) <= 9 else None


def _credit_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """A service's name as the last line or lines; a sentence that begins with the same word goes on."""
    bare = page.text[line.start : line.end].rstrip(SPACES)
    if not page.begins_line(hit.start) or page.words(line) > 10 or (bare[-1] == "." and bare[0] != "*"):
        return None
    quoted = any(sign in page.text[hit.end : line.end] for sign in '«"“{:') or page.text[line.start] in "*("
    return line if quoted else None


def _pieces(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Other pieces by the writer" and their titles, often glued together, to the end of the text."""
    start = _from(page, hit, line)
    end = page.trimmed(start, len(page.text)).end
    written = _WRITER.match(page.text, hit.end) or "كاتب" in page.text[hit.start : hit.end]
    return Span(start, end) if written and page.words(Span(start, end)) <= DISCLAIMER_WORDS else None


def _footnote(page: Page, hit: Hit, line: Span) -> Span | None:
    """The writer's position behind the text: with an asterisk, or as the last line of its own without a full stop."""
    start, end = _from(page, hit, line), page.trimmed(hit.start, len(page.text)).end
    starred = "*" in page.text[start : hit.start]
    alone = page.begins_line(hit.start) and page.text[end - 1] not in ".:،؟!"
    if not page.text[page.body_start : start].strip():
        return None
    if end > line.end or not (starred or alone) or SENTENCE_END.search(page.text, hit.start, end - 1):
        return None
    return Span(start, end) if page.words(Span(start, end)) <= STORY_LINE else None


_EXTENTS: dict[str, Extent] = {
    "phrase": _phrase,
    "rest": _rest,
    "line": _line,
    "sentence": _sentence,
    "sentences": _sentences,
    "list": _list,
    "end": _end,
    "breadcrumb": _breadcrumb,
    "head-line": _head_line,
    "top-line": _top_line,
    "name": _name,
    "short-line": _short_line,
    "dated-line": _dated_line,
    "address": _address,
    "closing": _closing,
    "source": _source,
    "credit-line": _credit_line,
    "pieces": _pieces,
    "footnote": _footnote,
}
