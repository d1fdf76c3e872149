"""The voice of one article: what it says of where it comes from.

:mod:`dedup.arabic.credits` finds who is named, and in which construction. What such a name says of the whole text is
decided here, from the words before it and from the byline field:

    looks back     "the paper had reported (kana)"    background, and no source of this text: the credit is dropped
    statement      "he told the agency"               somebody spoke to the agency, so its reporter wrote this down
    no statement   "according to the agency's (li-)   the same preposition, after a word for a document, an office or a
                   reporter"                          person of the agency
    several        "agencies" in a byline field       a source without a name, where the field names none
    picture        "© agency", "(agency)" in the words under a picture: no source of the text
    claim          "exclusive" in head or byline      the report is the outlet's own, unless "agencies" stands beside it

Why words before the name are enough: the Arabic verb and its preposition stand before their object, so what qualifies a
name has been said when the name comes. A mention says nothing of the source and is left out; so is a name without an
entry in the lexicon in a head that claims the report: it is the outlet's own or its reporter's.

Cost: a few patterns over ``_NEAR`` code points an attribution; a text is asked for only where there is one, or a head;
byline fields, which repeat, are read once each. Limits: a construction that opens further back than ``_NEAR`` is not
seen, and none that follows the name. What the members of a story say together is :mod:`dedup.story.sources`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from dedup.arabic.credit_kinds import CONFIDENCE, PICTURE
from dedup.model import Credit, Span, value

HEAD_OR_FOOT = ("byline", "dateline", "source", "closing")
SEVERAL = re.compile(r"(?:ال)?وكالات\b")
"""No name: the text says that agencies have it."""
_SPOKEN_TO = re.compile(r"(?:^|[\s«\"“(])[وف]?(?:لـ?\s?|ل(?:ل|)وكال[ةه]\s+)[«\"“({']*$")
_TO = re.compile(r"[وف]?ل(?:ل|وكال[ةه])")
_NOT_SPOKEN_TO = re.compile(
    r"(?:^|[\s.،؛»”)])[وفبك]?(?:ا?ل)?(?:وفق|طبق|خلاف|بيان|مراسل|مصور|مكتب|تقرير)\S*\s+(?:\S{0,3}ل\S*\s*)?[«\"“({']*$"
)
"""According to it, a statement, reporter, photographer, office, report of it."""
_HAD = re.compile(r"(?:^|\s)[وف]?كان(?:ت)?\s+(?:\S+\s+){0,2}[«\"“({']*$")
_OWN = re.compile(r"(?:^|\W)(?:خاص|حصري|حصريا|حصرياً|انفراد)(?:\W|$)")
_NEAR = 40
"""Code points before a name in which "to the agency" stands, and what might say that it is no statement."""


@value
class Voice:
    """What one article says of where it comes from; ``statements`` are those of its ``credits`` that someone spoke to;
    ``claims``: it calls the report its own, at ``claim`` (None: in the byline field); ``signed``: it has a byline or a
    head, whatever they say."""

    row: int
    id: str
    outlet: str | None
    credits: tuple[Credit, ...] = ()
    statements: tuple[Credit, ...] = ()
    claims: bool = False
    claim: Span | None = None
    signed: bool = False

    def names(self, source: str | None, name: str | None) -> bool:
        """Whether it names the source, in whichever way."""
        return any((c.agency, c.name) == (source, name) for c in self.credits)

    def credits_strongly(self, source: str | None, name: str | None) -> bool:
        """Whether it names the source at its head or foot."""
        return any(c.kind in HEAD_OR_FOOT and (c.agency, c.name) == (source, name) for c in self.credits)


def voice(
    row: int, name: str, outlet: str | None, text: str | None, credits: Sequence[Credit], heads: Sequence[Span],
    byline: str | None,
) -> Voice:  # fmt: skip
    """From an article's credits, the spans of its head, and its byline field, which may say "agencies" and no name;
    ``text`` may be None where credits and head need no reading."""
    if not credits and not heads and byline is None:
        return Voice(row, name, outlet)
    kept = tuple([credit for credit in credits if credit.kind != "mention" and not of_a_picture(credit)])
    several, claims = (None, False) if byline is None else _read(byline)
    if several is not None and not any(credit.start is None for credit in kept):
        kept += (Credit(None, None, "byline", None, several, CONFIDENCE["byline"]),)
    statements: tuple[Credit, ...] = ()
    claim = None
    if text is not None:
        kept = tuple([credit for credit in kept if not reported_earlier(text, credit)])
        statements = tuple([credit for credit in kept if spoken_to(text, credit)])
        claim = next((head for head in heads if _claimed(text[head.start : head.end])), None)
        if claim is not None:
            kept = tuple(credit for credit in kept if credit.agency is not None or not _inside(credit, claim))
    signed = bool(heads) or bool(byline and byline.strip())
    return Voice(row, name, outlet, kept, statements, claims or claim is not None, claim, signed)


@lru_cache(maxsize=4096)
def _read(byline: str) -> tuple[str | None, bool]:
    """What a byline field says of "agencies", in which word, and whether it calls the report its own."""
    several = SEVERAL.search(byline)
    return None if several is None else several[0], _claimed(byline)


def of_a_picture(credit: Credit) -> bool:
    """Whether a credit says who has taken a picture, not who wrote the text."""
    return credit.kind == "closing" and credit.confidence <= PICTURE


def reported_earlier(text: str, credit: Credit) -> bool:
    """Whether an attribution looks back ("the paper had reported"): background, and no source of this text."""
    if credit.kind != "attribution" or credit.start is None:
        return False
    before = text[max(0, credit.start - _NEAR) : credit.start]
    return "كان" in before and _HAD.search(before) is not None


def _inside(credit: Credit, head: Span) -> bool:
    return credit.start is not None and head.start <= credit.start < head.end


@lru_cache(maxsize=4096)
def _claimed(head: str) -> bool:
    """Whether a head calls the report the outlet's own, and no agencies' beside it."""
    return _OWN.search(head) is not None and SEVERAL.search(head) is None


def spoken_to(text: str, credit: Credit) -> bool:
    """Whether an attribution says that somebody spoke to the agency."""
    if credit.kind != "attribution" or credit.start is None or credit.end is None:
        return False
    before = text[max(0, credit.start - _NEAR) : credit.start]
    told = _TO.match(text, credit.start, credit.end) or _SPOKEN_TO.search(before)
    return told is not None and _NOT_SPOKEN_TO.search(before) is None
