"""What a head credits: the kind of a name in it, and sources that it names without being one of the lexicon.

A head is "place - agency:" (a dateline) or "agency, name -" (a byline), as :mod:`dedup.arabic.heads` finds it. A name
in it that is also a word counts where it opens a piece of the head and no piece is a section's name. A head may also
say "agencies" and name none, name a distributor of press releases in no lexicon, or call the report the outlet's own;
and a first line may do the same that is no known head, since its place is unknown.

Cost: a look at the pieces of a head, of which there are at most a handful.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dedup.arabic import credit_context as context
from dedup.arabic.credit_kinds import CONFIDENCE
from dedup.arabic.heads import HEAD_CHARACTERS, Head
from dedup.arabic.page import Hit, Page
from dedup.model import Credit, Mark

_UNKNOWN_HEADS: tuple[tuple[re.Pattern[str], str], ...] = (
    (context.GENERAL_HEAD, "dateline"),
    (context.WIRE_HEAD, "byline"),
)
"""What a first line that is no known head looks like, and what it is."""


_REGIONS = frozenset(("الشرق الأوسط", "الشرق الاوسط", "الخليج", "المغرب العربي"))
"""Parts of the world after which papers are named, and sections of sites that are no paper's."""
_OF_A_SITE = frozenset(("date", "section", "share", "counter", "navigation", "summary", "related"))
"""Marks of what a site prints around its pages, and an aggregator or a forum does not copy."""


def head_kind(page: Page, head: Head, start: int) -> str:
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
    enclosed = context.ENCLOSED.search(page.text[max(head.start, start - 4) : start]) is not None
    names = [page.text[piece.start : piece.end].split() for piece in others if piece.what == "name"]
    unknown = all(len(name) <= 2 and name[0] not in context.GIVEN_NAMES and "." not in name[0] for name in names)
    return "dateline" if enclosed and unknown else "byline"


def in_a_section_line(page: Page, head: Head) -> bool:
    """Whether a piece of the head is a section's name, so that a common word beside it is one as well."""
    pieces = [page.text[piece.start : piece.end].strip(' «»"') for piece in head.pieces]
    return not context.SECTIONS.isdisjoint(pieces)


def is_a_place(page: Page, name: Hit) -> bool:
    """Whether a name above the story is a place too: "Fas:", which looks like "so" and the name of a paper, "As"."""
    return any(hit.end >= name.end for hit in page.places_at(name.start))


def is_a_region(page: Page, name: Hit, marks: Sequence[Mark]) -> bool:
    """Whether a paper's name alone in its line, without quotes, is the world's part that the page is filed under: where
    the page has a date, buttons or a menu of its site. In a text that has none it tells where that was taken from."""
    line = page.line_at(name.start)
    if line != (name.start, name.end) or page.text[name.start : name.end] not in _REGIONS:
        return False
    return any(mark.label in _OF_A_SITE for mark in marks)


def opens_piece(page: Page, head: Head | None, start: int) -> bool:
    """Whether a piece of the head begins with the name: behind another word it is a family name or an adjective."""
    pieces = head.pieces if head is not None else ()
    return any(
        piece.start <= start <= piece.end and not context.LETTER.search(page.text, piece.start, start)
        for piece in pieces
    )


def unnamed(page: Page, head: Head | None, found: list[Credit]) -> list[Credit]:
    """A head that says "agencies" and names none, or names a distributor of press releases in no lexicon, or calls
    the report the outlet's own."""
    if head is None:
        return _unknown_head(page, found)
    named = {c.start for c in found if c.start is not None and head.start <= c.start < head.end}
    agencies = [hit for hit in page.sources if hit.meaning.agency is not None and hit.meaning.agency.kind != "outlet"]
    if any(hit.start in named for hit in agencies):
        return []
    for piece in head.pieces:
        name = page.text[piece.start : piece.end].strip()
        if name in ("وكالات", "الوكالات"):
            at = page.text.index(name, piece.start)
            kind = head_kind(page, head, piece.start)
            return [Credit(at, at + len(name), kind, None, name, CONFIDENCE[kind])]
    if named or not any(page.text[piece.start : piece.end].strip() in context.SPECIAL for piece in head.pieces):
        return []
    names = [page.trimmed(piece.start, piece.end) for piece in head.pieces if piece.what == "name"]
    if len(names) == 1:
        name = page.text[names[0].start : names[0].end]
        if name.split()[0] not in context.GIVEN_NAMES:
            return [Credit(*names[0], head.label, None, name, CONFIDENCE[head.label])]
    return []


def opens_with_agencies(page: Page) -> bool:
    """Whether the first line may be a head that says "place - agencies"; the word is asked for before its pattern."""
    start = page.body_start
    if page.text.find(context.AGENCIES, start, start + HEAD_CHARACTERS) < 0:
        return False
    return context.GENERAL_HEAD.match(page.text, start) is not None


def _unknown_head(page: Page, found: list[Credit]) -> list[Credit]:
    """The same in a first line that is no known head: of an unknown place, or opening with the distributor."""
    text, start = page.text, page.body_start
    heads = _UNKNOWN_HEADS
    if "ء" <= text[start : start + 1] <= "ي":
        heads = _UNKNOWN_HEADS[:1] if opens_with_agencies(page) else ()
    for pattern, kind in heads:
        line = pattern.match(text, start)
        if line and not any(c.start is not None and c.start < line.end() for c in found):
            return [Credit(line.start(1), line.end(1), kind, None, line[1], round(CONFIDENCE[kind] - 0.05, 2))]
    return []
