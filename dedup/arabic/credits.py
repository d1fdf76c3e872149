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
    as the employer of a person, in none
    of the above

A name that is also a word ("before", "life", "we") counts only where one of these places or the word "agency" vouches
for it; elsewhere it is not even a mention. An agency named twice in one breath ("the German agency (DPA)") is one
credit. Where the text calls something a news agency that the lexicon does not know, the credit carries its name and no
id; the same holds for a source line and for "the newspaper «...» reported".

Confidences order the kinds by how sure their place is; they are set by hand and not calibrated. A picture's credit has
one of its own (:data:`PICTURE`), by which it is told from the text's. What is right and wrong
in all is measured by benchmarks/marks.py.

Cost: two short slices of text and a few regular expressions for each agency found. Limits: an attribution whose verb
stands more than ``REACH`` code points away counts as mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from operator import itemgetter

from dedup.arabic import credit_context as context
from dedup.arabic.credit_lines import (
    OPENING,
    PICTURED,
    closes_story,
    may_name,
    nobody,
    of_a_picture,
    sources_in_lines,
    under_a_picture,
    written_above,
)
from dedup.arabic.heads import Head
from dedup.arabic.page import Hit, Page
from dedup.arabic.phrase_table import AGENCY, CUE, Agency
from dedup.arabic.unknown_media import credit_unknown
from dedup.model import Credit, Mark

PICTURE = 0.75
"""Confidence of a closing credit that is a picture's: it is right as often, but says nothing of who wrote the text."""
CONFIDENCE = {
    "byline": 0.98, "dateline": 0.98, "source": 0.97, "closing": 0.95, "parenthesis": 0.93, "attribution": 0.95,
    "mention": 0.8, "picture": PICTURE,
}  # fmt: skip


_DOUBTFUL = {kind: round(sure - 0.05, 2) for kind, sure in CONFIDENCE.items()}
_UNKNOWN_HEADS = ((context.GENERAL_HEAD, "dateline"), (context.WIRE_HEAD, "byline"))
"""What a first line that is no known head looks like, and what it is."""
_BREATH = re.compile(r"\W*(?:الرسمية)?\W*")
_ROW = 200
"""Code points around a name in which the others of its row are looked for: the longest name has 60."""
_BUTTON = 40
"""Code points of the longest button that may stand before an agency that opens a line; set by hand."""
_LETTERS = 16
"""Code points of the longest abbreviation with its dots, spaces and marks of direction; set by hand."""
_FOR_NEWS = re.compile(r"[»”\"]?\s*(?:ال\w+\s+)?لل[أا]نباء")
_SPELT = str.maketrans("أإآةى", "اااهي")
"""Letters that are written for one another."""
_LEAD = re.compile(r"[^:]{0,24}:\s*")


@lru_cache(maxsize=1024)
def _openings(names: tuple[str, ...], short: tuple[str, ...]) -> frozenset[str]:
    """The first words of an agency's names."""
    return frozenset([name.split(None, 1)[0].translate(_SPELT) for name in (*names, *short)])


def _listed_letters(page: Page, hit: Hit) -> bool:
    """Whether an abbreviation is found across the comma of two ("A P, A F P")."""
    return hit.end - hit.start <= _LETTERS and "،" in page.text[hit.start : hit.end]


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
            found += self._source_lines(found)
        found += self._agencies_unnamed(found)
        return sorted(found, key=lambda credit: credit.start or 0) if len(found) > 1 else found

    def _repeats(self, found: list[Credit], credit: Credit) -> bool:
        """Whether the credit before names the same agency in the same breath."""
        if not found or credit.start is None or found[-1].end is None:
            return False
        between = self._page.text[found[-1].end : credit.start]
        same = found[-1].agency == credit.agency or found[-1].agency is None
        return same and len(between) <= 14 and not {".", "\n"} & {*between} and _BREATH.fullmatch(between) is not None

    def _of_agency(self, hit: Hit, agency: Agency) -> Credit | None:
        start, end = hit.start, hit.end
        kind = self._kind(hit, agency)
        if kind is None:
            return None
        if agency.kind == "outlet" and kind == "attribution" and (other := self._namesake(hit, agency)):
            return other
        if agency.kind == "outlet" and kind == "attribution" and self._of_a_station(hit, agency):
            return Credit(start, end, kind, None, self._page.text[start:end], 0.7)
        shown = "closing" if kind == "picture" else kind
        return Credit(start, end, shown, agency.id, agency.name, self._confidence(kind, hit))

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

    def _of_a_station(self, hit: Hit, agency: Agency) -> bool:
        """Whether a station is named as a paper is that broadcasts nothing: it is credited by name."""
        if hit.meaning.sure or any(context.BROADCASTING.search(name) for name in agency.names):
            return False
        papers = any("صحيفة" in name or "جريدة" in name for name in agency.names)
        return papers and context.BROADCASTER.ends(context.words_before(self._page.text, hit.start))

    def _confidence(self, kind: str, hit: Hit) -> float:
        return CONFIDENCE[kind] if hit.meaning.sure else _DOUBTFUL[kind]

    def _kind(self, hit: Hit, agency: Agency) -> str | None:
        page, text = self._page, self._page.text
        start, end = hit.start, hit.end
        if start < page.body_start:
            return "mention" if hit.meaning.sure else None
        if self._head is not None and self._head.start <= start < self._head.end:
            if context.common_word(text[start:end]) and (text[end : end + 1] == "\n" or not self._opens_piece(start)):
                return None
            if agency.kind == "outlet" and not hit.meaning.sure and self._in_a_section_line(self._head):
                return None
            return self._head_kind(self._head, start)
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
        if not hit.meaning.sure and not bracketed and not self._vouched(before, after, agency, text[start:end]):
            return None
        kind = self._in_sentence(before, after, hit, agency)
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

    def _in_a_section_line(self, head: Head) -> bool:
        """Whether a piece of the head is a section's name, so that a common word beside it is one as well."""
        pieces = [self._page.text[piece.start : piece.end].strip(' «»"') for piece in head.pieces]
        return not context.SECTIONS.isdisjoint(pieces)

    def _head_kind(self, head: Head, start: int) -> str:
        """Dateline or byline, as the head is. A place and an outlet are a dateline, though it may have been taken for
        who writes; and so is an unknown place before an agency between slashes or in brackets."""
        if head.label != "byline":
            return "dateline"
        others = [piece for piece in head.pieces if not piece.start <= start <= piece.end]
        placed = any(piece.what == "place" for piece in others)
        if placed and all(piece.what in ("place", "date", "agency") for piece in others):
            return "dateline"
        if not others or others[0].start > start or not all(one.what in ("place", "date", "name") for one in others):
            return "byline"
        enclosed = context.ENCLOSED.search(self._page.text[max(head.start, start - 4) : start]) is not None
        names = [self._page.text[piece.start : piece.end].split() for piece in others if piece.what == "name"]
        unknown = all(len(name) <= 2 and name[0] not in context.GIVEN_NAMES for name in names)
        return "dateline" if enclosed and unknown else "byline"

    def _opens_piece(self, start: int) -> bool:
        """Whether a piece of the head begins with the name: behind another word it is a family name or an adjective."""
        pieces = self._head.pieces if self._head is not None else ()
        return any(
            piece.start <= start <= piece.end and not context.LETTER.search(self._page.text, piece.start, start)
            for piece in pieces
        )

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
            return "byline"
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
        for other in map(names.__getitem__, range(here + 1, len(names))):
            if other.start >= last:
                if other.start > most or not context.JOINT.fullmatch(text, last, other.start):
                    break  # and what stands further off has this one's letters before it
                last = other.end
        for other in map(names.__getitem__, range(here - 1, -1, -1)):
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

    def _vouched(self, before: str, after: str, agency: Agency, name: str) -> bool:
        """Whether the words before a doubtful name say that it is a medium's."""
        quoted = context.QUOTED.search(before[-8:]) is not None
        if context.OF_AN_AGENCY.ends(before):
            return quoted or agency.kind != "outlet"
        if _FOR_NEWS.match(after):
            return True
        if agency.kind == "outlet":
            return context.MEDIUM.ends(before) or (quoted and self._quoted_paper(before, after))
        if not quoted and name in context.PERSONAL:
            return False
        if not quoted and context.ADJECTIVAL.fullmatch(name):
            return context.ACCORDING.ends(before)
        if context.TO_IT.fullmatch(name) and (context.AFTERWARDS.match(after) or context.BREAK_BEHIND.match(after)):
            return context.SAYING.search(context.sentence(before)) is not None
        if not quoted and context.ALONE_BEHIND.match(after) is None and context.AFTERWARDS.match(after) is None:
            return False
        if context.SITE.ends(before):
            return True
        if quoted and context.VIA.ends(before):
            return context.SAYING.search(context.sentence(before)) is not None
        return context.DIRECT.ends(before) or (quoted and context.TOLD.ends(before))

    @staticmethod
    def _quoted_paper(before: str, after: str) -> bool:
        """Whether a common word in quotation marks is a paper: it has reported, or somebody told it something."""
        if context.DIRECT.ends(before) or context.SAYS.match(after):
            return True
        sentence = context.sentence(before)
        if context.TOLD.ends(before):
            return context.SAYING.search(sentence) is not None
        return context.INTERVIEW.ends(sentence) or context.REVIEW.ends(sentence)

    def _in_sentence(self, before: str, after: str, hit: Hit, agency: Agency) -> str | None:
        if self._own and agency.kind == "outlet" and not self._own.isdisjoint((*agency.names, *agency.short)):
            return "mention"
        sentence = context.sentence(before)
        if not self._attributed(sentence, before, after, hit, agency):
            return "source" if context.FIRST_ON.ends(sentence) else "mention"
        return "mention" if context.ELSEWHERE.ends(sentence) else "attribution"

    def _attributed(self, sentence: str, before: str, after: str, hit: Hit, agency: Agency) -> bool:
        """Whether something is taken from a name, as its sentence says."""
        particle = self._particle(hit, agency)
        if context.DIRECT.ends(sentence) and not (particle and context.STAFF.ends(sentence + particle)):
            return self._reports(sentence, after)
        said = context.AFTERWARDS.match(after) is not None
        if not (
            ((said or self._telling(sentence, after, agency)) and not self._employed(sentence))
            or context.INTERVIEW.ends(sentence)
            or (agency.kind == "outlet" and self._in_a_programme(sentence))
            or (said and context.INFORMED.ends(sentence))
            or self._told(before, after, particle, agency)
            or (context.TO_COMMENT.match(after) is not None and context.REFUSED.ends(sentence))
        ):
            return context.REVIEW.ends(sentence)
        if context.AMONG.ends(sentence) or self._employs(sentence + particle, after) or self._beside_employer(hit):
            return context.REVIEW.ends(sentence)
        if particle == "ل" and context.BELONGS.ends(sentence):
            return False
        return said or not context.TOPIC.ends(sentence) or context.HAD_SAID.match(after) is not None

    @staticmethod
    def _in_a_programme(sentence: str) -> bool:
        """Whether somebody spoke in a programme of the station whose name follows."""
        return context.PROGRAMME.ends_whole(sentence) and context.SAYING.search(sentence) is not None

    @staticmethod
    def _reports(sentence: str, after: str) -> bool:
        """Whether an agency's reporter, where one stands before the name, says or sees something."""
        if "مراسل" not in sentence and "مصور" not in sentence:
            return True
        reporter = context.REPORTER.search(sentence)
        if reporter is None or context.AFTERWARDS.match(after) or context.SAW.match(after):
            return True
        return context.SAYING.search(context.PRESS_PEOPLE.sub("", sentence[: reporter.start() + 1])) is not None

    def _beside_employer(self, hit: Hit) -> bool:
        """Whether "and" joins the name to another right before it that is somebody's employer."""
        text = self._page.text
        if text[hit.start] != "و" and text[hit.start - 2 : hit.start] not in ("و«", 'و"', "و“", "و "):
            return False
        here = bisect_left(self._agencies, hit.start, key=itemgetter(0))
        for other in reversed(self._agencies[:here]):
            if context.AND_NEXT.fullmatch(text, other.end, hit.start):
                before = context.bare(context.words_before(text, other.start))
                return self._employs(context.sentence(before), "") or self._employed(context.sentence(before))
        return False

    def _particle(self, hit: Hit, agency: Agency) -> str:
        """ "To" or "in" written together with a name; "" where the name itself begins so, or with another letter."""
        text, start = self._page.text, hit.start
        start += text[start] in "وف"
        if text[start] not in "لب":
            return ""
        opening = text[start : hit.end].split(None, 1)[0].translate(_SPELT)
        return "" if opening in _openings(agency.names, agency.short) else opening[0]

    @staticmethod
    def _employed(sentence: str) -> bool:
        """Whether an office, a building or a contract of the name stands before it, or before "the paper"."""
        if context.EMPLOYED.ends(sentence):
            return True
        bare = sentence.rstrip(' «"“({')
        at = bare.rfind(" ") + 1
        return bare[at:] in context.MEDIA and context.EMPLOYED.ends(bare[:at])

    @staticmethod
    def _employs(sentence: str, after: str) -> bool:
        """Whether the name is that of somebody's employer, or a part of it is meant."""
        if not context.EMPLOYER.ends(sentence):
            return False
        if context.STAFF.ends(sentence):
            told = context.WITNESS.ends(sentence) or context.SAW.match(after) or context.INTERVIEW.ends(sentence)
            return not told
        return not context.INTERVIEW.ends(sentence)

    def _telling(self, sentence: str, after: str, agency: Agency) -> bool:
        """Whether the sentence tells of speaking, of an outlet right before it; or of what it has published or done."""
        outlet = agency.kind == "outlet"
        near = " " + " ".join(sentence.rstrip(' «"“({').split()[-4:]) if outlet else sentence
        if context.SAYING.search(near) or (outlet and context.OF_A_PAPER.search(near)):
            honoured = not outlet and context.HONOURED.search(sentence) is not None
            return not honoured or context.CITED.ends_whole(context.AGENCY_BEHIND.sub("", sentence))
        if outlet and context.PUBLISHED.ends_whole(context.MEDIUM_BEHIND.sub("", sentence)):
            return True
        return context.HAD.ends_whole(sentence) and context.DONE.match(after) is not None

    def _told(self, before: str, after: str, particle: str, agency: Agency) -> bool:
        """ "To" written together with the name or before its quotation mark: said to the agency. "To" is also "of" and
        "for", so an office before it, and for an outlet a sentence in which nobody speaks, say something else."""
        told = particle == "ل" or context.TOLD_MEDIUM.ends(before)
        if not told or context.WORKING.ends(before):
            return False
        if context.HEADED_BY.ends(before) and context.BEHIND_SAID.match(after) is None:
            return False
        behind = context.AFTERWARDS.match(after) or context.BEHIND_SAID.match(after)
        if agency.kind != "outlet" or behind is not None:
            return True
        said = context.TO_BEHIND.sub("", context.sentence(before))
        spoken = context.SAYING.search(said) or context.TELLING.search(said)
        return spoken is not None and not context.TOWARD.ends(said)

    def _agencies_unnamed(self, found: list[Credit]) -> list[Credit]:
        """A head that says "agencies" and names none, or names a distributor of press releases in no lexicon, or calls
        the report the outlet's own."""
        head = self._head
        text = self._page.text
        last = text.rfind(context.AGENCIES, max(6, len(text) - 20))
        if last >= 0 and (several := self._several_in_brackets(last)) is not None:
            return [several]
        if written_above(self._page) and (written := self._written_in_a_paper(found)) is not None:
            return [written]
        if head is None:
            return self._unknown_head(found)
        if any(c.start is not None and head.start <= c.start < head.end for c in found):
            return []
        for piece in head.pieces:
            name = self._page.text[piece.start : piece.end].strip()
            if name in ("وكالات", "الوكالات"):
                at = self._page.text.index(name, piece.start)
                kind = self._head_kind(head, piece.start)
                return [Credit(at, at + len(name), kind, None, name, CONFIDENCE[kind])]
        if not any(text[piece.start : piece.end].strip() in context.SPECIAL for piece in head.pieces):
            return []
        names = [self._page.trimmed(piece.start, piece.end) for piece in head.pieces if piece.what == "name"]
        if len(names) == 1:
            name = self._page.text[names[0].start : names[0].end]
            if name.split()[0] not in context.GIVEN_NAMES:
                return [Credit(*names[0], head.label, None, name, CONFIDENCE[head.label])]
        return []

    def _several_in_brackets(self, at: int) -> Credit | None:
        """ "(agencies)" at the end, where the word stands."""
        several = context.SEVERAL_CLOSING.search(self._page.text, at - 6)
        if several is None:
            return None
        return Credit(several.start(1), several.end(1), "parenthesis", None, several[1], CONFIDENCE["parenthesis"])

    def _written_in_a_paper(self, found: list[Credit]) -> Credit | None:
        """ "So-and-so wrote in «...»:" above a piece that was taken from there."""
        start = self._page.body_start
        line = context.WRITTEN_IN.search(self._page.text[start : start + OPENING])
        if line is None or any(c.start is not None and c.start < start + line.end() for c in found):
            return None
        return Credit(start + line.start(1), start + line.end(1), "byline", None, line[1], 0.9)

    def _unknown_head(self, found: list[Credit]) -> list[Credit]:
        """The same in a first line that is no known head: of an unknown place, or opening with the distributor."""
        text, start = self._page.text, self._page.body_start
        heads = _UNKNOWN_HEADS[:1] if "ء" <= text[start : start + 1] <= "ي" else _UNKNOWN_HEADS
        for pattern, kind in heads:
            line = pattern.match(text, start)
            if line and not any(c.start is not None and c.start < line.end() for c in found):
                return [Credit(line.start(1), line.end(1), kind, None, line[1], round(CONFIDENCE[kind] - 0.05, 2))]
        return []

    def _source_lines(self, found: list[Credit]) -> list[Credit]:
        """Named sources of source lines in which no agency was found."""
        named = []
        for mark in self._marks:
            if mark.label != "source" or any(c.start is not None and mark.start <= c.start < mark.end for c in found):
                continue
            line = self._page.text[mark.start : mark.end]
            lead = _LEAD.match(line)
            start = mark.start + (lead.end() if lead else 0)
            span = self._page.trimmed(start, mark.end)
            name = self._page.text[span.start : span.end].strip(' .،«»"“”()[]*-–')
            if name and not name.startswith("http") and not nobody(name):
                at = self._page.text.index(name, span.start)
                named.append(Credit(at, at + len(name), "source", None, name, CONFIDENCE["source"]))
        for span in self._named:
            if not any(c.start is not None and span.start <= c.start < span.end for c in [*found, *named]):
                name = self._page.text[span.start : span.end].strip(' .،«»"“”()[]*-–')
                at = self._page.text.index(name, span.start)
                named.append(Credit(at, at + len(name), "source", None, name, CONFIDENCE["source"]))
        return named
