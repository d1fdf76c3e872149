"""Who is credited: from an agency's name in a text to a kind of credit, or to a mere mention.

The place decides first, the words around it second:

    in the dateline                          dateline or byline
    in "Source: ..."                         source
    alone in brackets, at a sentence's end   parenthesis
    alone behind the last sentence, or the   closing
    credit of a picture
    "according to ...", "told ...",          attribution
    "... reported that"
    in marked text, as one of those present, mention
    as the employer of a person, as the
    news itself, in none of the above

What a place says is told by :mod:`~dedup.arabic.credit_heads` and :mod:`~dedup.arabic.credit_lines`, what a sentence
says by :mod:`~dedup.arabic.attributions`, who is in the news himself by :mod:`~dedup.arabic.parties`, how sure each
kind is by :mod:`~dedup.arabic.credit_kinds`.

A name that is also a word ("before", "life", "we") counts only where one of these places or the word "agency" vouches
for it; elsewhere it is not even a mention. An agency named twice in one breath ("the German agency (DPA)") is one
credit. Where the text calls something a news agency that the lexicon does not know, the credit carries its name and no
id (:mod:`~dedup.arabic.unknown_media`); the same holds for a source line and for "the newspaper «...» reported".

Cost: two short slices of text and a few regular expressions for each agency found.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from operator import itemgetter

from dedup.arabic import credit_context as context
from dedup.arabic.attributions import in_sentence, vouched
from dedup.arabic.credit_heads import head_kind, in_a_section_line, is_a_place, is_a_region, opens_piece, unnamed
from dedup.arabic.credit_kinds import CONFIDENCE, DOUBTFUL
from dedup.arabic.credit_lines import (
    OPENING,
    PICTURED,
    closes_story,
    may_name,
    of_a_picture,
    several_in_brackets,
    source_lines,
    sources_in_lines,
    under_a_picture,
    written_above,
    written_in_a_paper,
)
from dedup.arabic.heads import Head, is_a_town
from dedup.arabic.page import Hit, Page
from dedup.arabic.phrase_table import AGENCY, CUE, Agency
from dedup.arabic.press_reviews import is_review, reviewed
from dedup.arabic.unknown_media import credit_unknown
from dedup.model import Credit, Mark

_BREATH = re.compile(r"\W*(?:الرسمية)?\W*")
_ROW = 200
"""Code points around a name in which the others of its row are looked for: the longest name has 60."""
_ROW_NAMES = 12
"""Names on either side that may stand in a row with one: no desk thanks more, and a page of nothing but names would be
looked at once for each."""
_BUTTON = 40
"""Code points of the longest button that may stand before an agency that opens a line; set by hand."""
_PARTED = frozenset("،()")
_SLASH_BEFORE = re.compile(r"((?<![^\W_])(?:[A-Z]{2,5}|dpa|epa|afp))? ?/ ?\Z")
"""A slash, and before it an agency's abbreviation in Latin letters."""
_WORD = re.compile(r"[^\W\d_]+")
_ERA = re.compile(r"(?:م|هـ?)\s+(?=[^\W\d_]{3})")
"""The letter of the year before an agency that ends a dateline, by which the lexicon knows it there ("2015 A.D. SPA"):
no part of its name."""
_LETTERS = 16
"""Code points of the longest abbreviation with its dots, spaces and marks of direction; set by hand."""


def _listed_letters(page: Page, hit: Hit) -> bool:
    """Whether an abbreviation is found across the comma or bracket of two ("A P, A F P", "a.b (d b a)")."""
    found = page.text[hit.start : hit.end]
    if len(found) > _LETTERS or _PARTED.isdisjoint(found):
        return False
    return "،" in found or all(len(word) <= 2 for word in _WORD.findall(found))


class Judgement:
    """Decides about the names found in one page, given its marks and its head."""

    __slots__ = ("_agencies", "_head", "_marks", "_named", "_own", "_page", "_sources")

    def __init__(self, page: Page, marks: list[Mark], head: Head | None, names: frozenset[str]) -> None:
        """``names``: what the outlet calls itself; it does not credit itself."""
        self._page = page
        self._marks = marks
        self._head = head
        self._own = names
        self._sources = page.sources
        if len(page.sources) > 1:
            self._sources = [hit for hit in page.sources if hit.meaning.words < 2 or not _listed_letters(page, hit)]
        self._named = list(sources_in_lines(page)) if page.furniture and may_name(page) else []
        self._agencies = [hit for hit in self._sources if hit.meaning.what == AGENCY]

    def credits(self) -> list[Credit]:
        """All credits of the page, in order of place."""
        found: list[Credit] = []
        behind, refused = 0, (0, 0, False, "")
        for hit in self._sources:
            agency = hit.meaning.agency
            if hit.meaning.what == AGENCY and agency is not None and hit.start >= behind:
                asked = hit.start, hit.end, hit.meaning.sure, agency.kind
                if asked == refused:
                    continue  # of seven papers of one name that none is credited does not hang on which it is
                credit = self._of_agency(hit, agency)
                refused = asked if credit is None else refused
                if credit is not None and self._repeats(found, credit):
                    if found[-1].agency is None:
                        found[-1] = credit._replace(start=found[-1].start)
                elif credit is not None:
                    found.append(credit)
                if credit is not None or hit.meaning.sure:
                    behind = hit.end
            elif hit.meaning.what == CUE and hit.start >= behind:
                unknown = credit_unknown(self._page, self._marks, hit)
                if unknown is not None:
                    found.append(unknown)
                    behind = unknown.end or behind
        if self._marks or self._named:
            found += source_lines(self._page, self._marks, self._named, found)
        if is_review(self._page):
            found += reviewed(self._page, self._marks, found)
        found += self._unnamed(found)
        return sorted(found, key=lambda credit: credit.start or 0) if len(found) > 1 else found

    def _repeats(self, found: list[Credit], credit: Credit) -> bool:
        """Whether the credit before names the same agency in the same breath."""
        if not found or credit.start is None or found[-1].end is None:
            return False
        between = self._page.text[found[-1].end : credit.start]
        same = found[-1].agency == credit.agency or found[-1].agency is None
        return same and len(between) <= 14 and not {".", "\n"} & {*between} and _BREATH.fullmatch(between) is not None

    def _of_agency(self, hit: Hit, agency: Agency) -> Credit | None:
        era = _ERA.match(self._page.text, hit.start, hit.end)
        start, end = era.end() if era else hit.start, hit.end
        kind = self._kind(hit, agency)
        if kind is None or (agency.kind == "pictures" and self._distributes(hit)):
            return None
        if agency.kind == "outlet" and kind == "attribution":
            other = self._namesake(hit, agency) or self._longer(hit)
            if other is not None:
                return other
        if agency.kind == "outlet" and kind == "attribution" and self._of_a_station(hit, agency):
            return Credit(start, end, kind, None, self._page.text[start:end], 0.7)
        shown = "closing" if kind == "picture" else kind
        return Credit(start, end, shown, agency.id, agency.name, self._confidence(kind, hit))

    def _distributes(self, hit: Hit) -> bool:
        """Whether a slash puts who keeps a picture behind the agency that took it: that one is credited."""
        slash = _SLASH_BEFORE.search(self._page.text, max(0, hit.start - 9), hit.start)
        return slash is not None and (bool(slash[1]) or any(other.end == slash.start() for other in self._agencies))

    def _namesake(self, hit: Hit, agency: Agency) -> Credit | None:
        """A paper of the same name in another country, as the adjective behind it says: it is credited by name. Papers
        of London (GB) are called by the country of their owners as well."""
        named = context.nation(self._page.text[hit.end : hit.end + 30])
        if named is None or agency.country in ("GB", named[1]):
            return None
        medium = context.MEDIUM_WORD.match(self._page.text, hit.start, hit.end)
        start, end = medium.end() if medium else hit.start, hit.end
        if self._page.text[end : end + 1].isspace():
            end += named[2]
        return Credit(start, end, "attribution", None, self._page.text[start:end], 0.7)

    def _longer(self, hit: Hit) -> Credit | None:
        """A paper whose name in quotes goes on behind the known one ("the paper «... Sport»") is another."""
        text = self._page.text
        medium = context.MEDIUM_WORD.match(text, hit.start, hit.end)
        if medium is None or text[medium.end() - 1] not in context.OPENING_QUOTES:
            return None
        rest = context.REST_OF_NAME.match(text, hit.end)
        if rest is None or context.nation(rest[0]) or all(map(context.QUALIFIES.fullmatch, rest[0].split())):
            return None
        return Credit(medium.end(), rest.end(), "attribution", None, text[medium.end() : rest.end()], 0.7)

    def _of_a_station(self, hit: Hit, agency: Agency) -> bool:
        """Whether a station is named as a paper is that broadcasts nothing: it is credited by name."""
        if hit.meaning.sure or any(context.BROADCASTING.search(name) for name in agency.names):
            return False
        papers = any("صحيفة" in name or "جريدة" in name for name in agency.names)
        return papers and context.BROADCASTER.ends(context.words_before(self._page.text, hit.start))

    def _confidence(self, kind: str, hit: Hit) -> float:
        return CONFIDENCE[kind] if hit.meaning.sure else DOUBTFUL[kind]

    def _kind(self, hit: Hit, agency: Agency) -> str | None:
        page, text = self._page, self._page.text
        start, end = hit.start, hit.end
        if start < page.body_start:
            return "mention" if hit.meaning.sure else None
        if self._head is not None and self._head.start <= start < self._head.end:
            if context.common_word(text[start:end]) and (
                text[end : end + 1] == "\n" or not opens_piece(page, self._head, start)
            ):
                return None
            if is_a_town(page, hit):
                return None
            doubtful = agency.kind == "outlet" and not hit.meaning.sure
            if doubtful and (in_a_section_line(page, self._head) or is_a_place(page, hit)):
                return None
            if doubtful and len(self._head.pieces) == 1 and is_a_region(page, hit, self._marks):
                return None
            return head_kind(page, self._head, start)
        if self._named and any(span.start <= start < span.end for span in self._named):
            return "source"
        marks = self._marks
        over = [mark for mark in marks if mark.start < end and start < mark.end] if marks else marks
        if over and (kind := self._in_marks(over, hit)):
            return kind if kind != "mention" or not self._pictured(hit, agency) else "picture"
        if over:
            return None
        before, bracketed = context.words_before(text, start), False
        if agency.kind != "outlet" and self._alone(before, end):
            return "closing"
        if before.rstrip()[-1:] in PICTURED and of_a_picture(page, before, end):
            return "picture"
        if not context.GOES_ON.match(text, end) or context.NAMED_TWICE.match(text, end):
            kind, bracketed = self._apart(hit, agency, before)
            if kind is not None:
                return kind
        before, after = context.around(text, start, end)
        if not hit.meaning.sure and not bracketed and not vouched(before, after, agency, text[start:end]):
            return None
        kind = in_sentence(page, self._agencies, self._own, before, after, hit, agency)
        glued = kind == "mention" and bracketed and hit.meaning.sure and agency.kind != "outlet"
        return "picture" if glued else kind

    def _apart(self, hit: Hit, agency: Agency, before: str) -> tuple[str | None, bool]:
        """The kind of a name that a sign behind it, and one before it, set apart; and whether it stands in brackets."""
        text, start, end = self._page.text, hit.start, hit.end
        first, last = self._company(hit)
        row = before[: len(before) - (start - first)] if first < start else before
        bracketed = (
            context.CLOSE_BRACKET.match(text, last) is not None and context.OPEN_BRACKET.search(row[-8:]) is not None
        )
        if bracketed and self._ends_here(last):
            return "picture" if under_a_picture(self._page, first, last) else "parenthesis", True
        if context.PHOTOGRAPHER.match(text, end, end + 40) or self._closes_text(row, last, hit, agency):
            return "closing", bracketed
        if agency.kind != "outlet" and closes_story(self._page, first, last):
            return "closing", bracketed
        after, line = context.bare(text[end : end + 40]), text.rfind("\n", 0, start) + 1
        opened = self._opens_line(hit, max(line, self._page.body_start))
        if opened is not None:
            return ("byline" if opened[1] else "dateline"), bracketed
        if hit.meaning.sure and not text[line:start].strip(' \t"«“*•-–') and context.TELLS.match(text, end):
            return "byline", bracketed
        if context.HEAD_END.match(after) and context.LINE_HEAD.fullmatch(text, line, start):
            return "dateline", bracketed
        if context.CLOSE_BRACKET.match(after) and context.DATED_HEAD.fullmatch(text, line, start):
            return "dateline", bracketed
        return None, bracketed

    def _opens_line(self, hit: Hit, line: int) -> re.Match[str] | None:
        """What stands behind the slash of an agency or site that opens one of the first lines, if it is one."""
        if not hit.meaning.sure or line > self._page.body_start + OPENING or hit.start - line > _BUTTON:
            return None
        text = self._page.text
        if text[line : hit.start].strip() and not context.BUTTON_BEFORE.ends(text[line : hit.start]):
            return None
        return context.SLASH_BEHIND.match(text, hit.end)

    def _pictured(self, hit: Hit, agency: Agency) -> bool:
        """Whether an agency that a mark covers stands in brackets under a picture, or is its credit."""
        text = self._page.text
        before = context.words_before(text, hit.start)
        if before.rstrip()[-1:] in PICTURED and of_a_picture(self._page, before, hit.end):
            return True
        if agency.kind == "outlet":
            return False
        first, last = self._company(hit)
        opened = context.OPEN_BRACKET.search(text[max(0, first - 8) : first])
        if opened is None or context.CLOSE_BRACKET.match(text, last) is None:
            return False
        return under_a_picture(self._page, first, last)

    def _in_marks(self, over: list[Mark], hit: Hit) -> str | None:
        """A service's line and a source line credit; an agency that other furniture names is only mentioned."""
        labels = [mark.label for mark in over]
        if "source" in labels or "credit" in labels:
            return "source"
        if context.FIRST_ON.ends(context.bare(context.words_before(self._page.text, hit.start))):
            return "source"
        evidence = [mark.evidence for mark in over]
        if not context.PICTURES.isdisjoint(evidence):
            return "picture"
        if "ended" in evidence:
            return "closing"
        if "byline" in labels:
            return None if not hit.meaning.sure and is_a_place(self._page, hit) else "byline"
        return "mention" if hit.meaning.sure else None

    def _company(self, hit: Hit) -> tuple[int, int]:
        """Where the row of agencies begins and ends in which a name stands: "(agency, agency)", "agency + agencies"."""
        text, first, last, names = self._page.text, hit.start, hit.end, self._agencies
        if len(names) > 1:
            first, last = self._row(bisect_left(names, first, key=itemgetter(0)), first, last)
        more = context.AND_MORE.match(text, last)
        return first, more.end() if more else last

    def _row(self, here: int, first: int, last: int) -> tuple[int, int]:
        """Where the names joined to the one with that number begin and end."""
        text, names, most = self._page.text, self._agencies, last + _ROW
        for other in names[here + 1 : here + 1 + _ROW_NAMES]:
            if other.start >= last:
                if other.start > most or not context.JOINT.fullmatch(text, last, other.start):
                    break  # and what stands further off has this one's letters before it
                last = other.end
        for other in reversed(names[max(0, here - _ROW_NAMES) : here]):
            if other.start < first - _ROW:
                break
            if other.end <= first and context.JOINT.fullmatch(text, other.end, first):
                first = other.start
        return first, last

    def _ends_here(self, end: int) -> bool:
        """Whether a bracket behind a name closes a sentence, a paragraph or the text."""
        closed = context.CLOSE_BRACKET.match(self._page.text, end)
        rest = self._page.text[closed.end() : closed.end() + 4] if closed else ""
        return not rest.strip() or "\n" in rest[:2] or rest.lstrip(" ")[:1] in "."

    def _closes_text(self, before: str, end: int, hit: Hit, agency: Agency) -> bool:
        """Alone behind the last sentence of the text, or with the place it reports from. A doubtful name without quotes
        behind a quoted one is an adjective ("the German"), and that of a paper a keyword ("the city")."""
        behind = self._page.text[end:].strip(' \n\t\r.»”")/*-:0123456789APM\N{NO-BREAK SPACE}')
        bare = before.rstrip(' «"“(/*-–\N{NO-BREAK SPACE}')
        signed = bare.rstrip() != before.rstrip() or end > hit.end
        if agency.kind == "outlet" and not hit.meaning.sure and not signed:
            return False
        ends = ".؟!\n»”" if hit.meaning.sure or signed else ".؟!\n"
        alone = (bare[-1:] in ends and bool(bare)) or before.endswith("\n")
        if not behind:
            return alone or context.PLACE_BEFORE.ends(before) or context.STARRED.ends(before)
        return alone and context.PLACE_BEHIND.match(self._page.text, end) is not None

    def _alone(self, before: str, end: int) -> bool:
        """In quotes between two sentences: the credit of a picture whose words were glued in."""
        behind = context.UNQUOTED.match(self._page.text, end)
        if behind is None or not context.SENTENCE_BEFORE.ends(before):
            return False
        return (
            context.AFTERWARDS.match(self._page.text, end) is None
            and context.VERB_FIRST.match(self._page.text, end) is None
        )

    def _unnamed(self, found: list[Credit]) -> list[Credit]:
        """What is credited without a name of the lexicon: by "(agencies)" at the end, by a line above the piece, or by
        the head."""
        page, text = self._page, self._page.text
        last = text.rfind(context.AGENCIES, max(6, len(text) - 20))
        if last >= 0 and (several := several_in_brackets(page, last)) is not None:
            return [] if several.start in [credit.start for credit in found] else [several]
        if written_above(page) and (written := written_in_a_paper(page, found)) is not None:
            return [written]
        return [credit for credit in unnamed(page, self._head, found) if not self._says_of_itself(credit.name)]

    def _says_of_itself(self, name: str) -> bool:
        """Whether the page calls itself so, in its own disclaimer or line of rights."""
        text = self._page.text
        return any(mark.label == "disclaimer" and text.find(name, mark.start, mark.end) >= 0 for mark in self._marks)
