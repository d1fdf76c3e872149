"""Where a story comes from, by what its members say themselves; unknown, where they contradict or say nothing.

Five kinds of testimony, strongest first. The first that any member gives decides; a tie within it decides nothing.

    head or foot    an agency in a byline, dateline, closing or source line      these say: this text is the agency's
    brackets        an agency alone in brackets
    statements      "he told the agency": half of the members carry it, and no   who was spoken to has written it
                    other agency is named
    attributions    "the agency reported", of an agency whose dispatches the     papers say so of what they have printed
                    outlets of the corpus print
    outlets         a paper or site named as source at head or foot; or one of the members' outlets, credited in
                    any way by another that has half of its text from there, and not published after it; or one
                    that calls the report its own, if half of the others have half of their text from there

An agency comes before an outlet, because a source line names the last link of the chain, an agency its first. Of other
agencies "the agency reported" names the source of a sentence, see :mod:`dedup.story.printed`. And where more members
name an outlet than attribute something to an agency, what they attribute is an aside, and the outlet is the origin.
Statements and attributions count where two outlets have them, or a member that has half of its text in common with
another: a round-up names sources of its other subjects. An article alone speaks by an attribution if it is unsigned and
names one agency. Being first is no testimony: the first to print a dispatch is not its author. It is told as evidence,
and so is who has everything that the others have.

    confidence = share of such testimony that was right * members who name the origin / all who name one

The shares are measured on the real corpus. Head or foot: how often, where several outlets name one, an outlet taken at
random agrees with most of the others, and how often two that agree do; the counts are in benchmarks/README.md
(``python -m benchmarks.sources``). In stories whose byline fields had been taken away, the agency of the byline was the
one spoken to in 18 of 18 cases, and the one of attributions in 60 of 62: 19 of 19 where two outlets name it. (Of
attributions to whichever agency 64 of 115 were right.) Of 18 articles alone that were read, 15 have their text from the
agency they name.
Brackets, outlets and claims do not occur in that sample; their shares are set by hand, and those measured on few cases
are set lower than they came out.

Cost: a few dictionary entries a member.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dedup.arabic.phrase_table import Agency, OutletNames
from dedup.corpus.outlets import Outlets
from dedup.model import Credit, Evidence, Origin, Span
from dedup.settings import FROM_THERE
from dedup.story.moments import Moments
from dedup.story.voices import HEAD_OR_FOOT, SEVERAL, Voice

Common = Callable[[int, int], float]
"""Which part of the words of one row stands in passages that another carries."""
_RIGHT = {
    "named": (0.95, 0.99),
    "brackets": (0.9,),
    "statements": (0.92,),
    "attributions": (0.92, 0.95),
    "alone": (0.83,),
    "outlets": (0.8,),
    "claim": (0.8,),
}
"""How often a testimony is right, if one outlet gives it, and if two or more do."""
_AN_AGENCY = re.compile(r"(?:ال)?وكال[ةه]\b|\S*[Ww]ire$")
"""In no lexicon: what the text calls an agency, and distributors of press releases."""


class Agencies:
    """The agencies of the lexicon by id, and the outlets among them by name; ``names``: other names that will be asked
    for; ``run``: the outlets of the run by name and host, else the shipped ones."""

    def __init__(self, by_id: Mapping[str, Agency], names: Iterable[str] = (), run: Outlets | None = None) -> None:
        self._by_id, self._outlets = by_id, OutletNames(by_id.values(), names, run)
        self.folded = self._outlets.folded

    def holds(self, credit: Credit) -> bool:
        """Whether a credit names an agency, and no paper or site."""
        if credit.agency is None:
            return _AN_AGENCY.match(credit.name) is not None
        return credit.agency not in self._by_id or self._by_id[credit.agency].kind not in ("outlet", "pictures")

    def of_pictures(self, credit: Credit) -> bool:
        """Whether a credit names who takes or keeps pictures, and writes no text."""
        known = self._by_id.get(credit.agency) if credit.agency is not None else None
        return known is not None and known.kind == "pictures"

    def outlets(self, credit: Credit) -> list[Agency]:
        """The outlets of the lexicon that a credit names. A page's own name is no phrase there and has no id."""
        if credit.agency is not None:
            return [self._by_id[credit.agency]] if credit.agency in self._by_id else []
        return self._outlets.of(credit.name)

    def is_outlet(self, one: Agency, outlet: str | None) -> bool:
        """Whether an outlet, by its name or host, is one of the lexicon's."""
        return one.is_outlet(outlet or "", self._outlets.run)


@dataclass(frozen=True, slots=True)
class _Named:
    """A source, and who names it with which credits."""

    id: str | None
    name: str
    by: dict[int, list[Credit]]


def origin(
    voices: Sequence[Voice],
    moments: Moments,
    agencies: Agencies,
    common: Common,
    printed: Collection[str] = frozenset(),
) -> Origin:
    """The likely origin of a story told by ``voices``, one of each member.

    ``common(a, b)``: which part of the words of row a stands in passages that row b carries. ``printed``: agencies
    whose dispatches the outlets of the corpus print, see :mod:`dedup.story.printed`.
    """
    since = _since(voices, moments)
    if any(v.credits for v in voices):
        for testimony, tally in _agencies_named(voices, agencies, common, printed):
            if tally and testimony == "attributions":
                outlets = _outlets(voices, moments, agencies, common)
                if _most(outlets) > _most(tally):
                    return _decided("outlet", "outlets", outlets, voices, since)
            if tally:
                alone = testimony == "attributions" and len(voices) == 1
                return _decided("agency", "alone" if alone else testimony, tally, voices, since)
        several = {v.row: [c for c in v.credits if SEVERAL.match(c.name)] for v in voices}
        if any(several.values()):
            return _unknown(
                Evidence("several", "agencies are credited, but none by name", _places(voices, several)), *since
            )
        if outlets := _outlets(voices, moments, agencies, common):
            return _decided("outlet", "outlets", outlets, voices, since)
    claims = [v for v in voices if v.claims and v.outlet is not None]
    owners = sorted({v.outlet for v in claims if v.outlet is not None})
    if len(owners) == 1 and _followed(claims, voices, moments, common):
        places = tuple(_place(v, None, v.claim) for v in claims)
        evidence = Evidence("claim", f"{owners[0]} calls the report its own", places)
        return Origin("outlet", owners[0], owners[0], _RIGHT["claim"][0], (evidence, *since))
    return _unknown(*since)


def _most(tally: list[_Named]) -> int:
    """How many members name the source that most of them name."""
    return max([len(named.by) for named in tally], default=0)


def _followed(claims: list[Voice], voices: Sequence[Voice], moments: Moments, common: Common) -> bool:
    """Whether nobody was earlier than those who claim a report, and half of the others take half their text there."""
    others = [v for v in voices if v not in claims]
    if any(moments.earlier(other.row, claim.row) for claim in claims for other in others):
        return False
    following = [v for v in others if any(common(v.row, claim.row) >= FROM_THERE for claim in claims)]
    return 2 * len(following) >= len(others)


def _unknown(*evidence: Evidence) -> Origin:
    return Origin("unknown", None, None, 0.0, evidence)


def _agencies_named(
    voices: Sequence[Voice], agencies: Agencies, common: Common, printed: Collection[str]
) -> Iterator[tuple[str, list[_Named]]]:
    """The kinds of testimony for an agency, strongest first, each with what it says."""
    yield "named", _tally(voices, agencies, HEAD_OR_FOOT)
    yield "brackets", _tally(voices, agencies, ("parenthesis",))
    yield "statements", _statements(voices, agencies, common)
    yield "attributions", _attributions(voices, agencies, common, printed)


def _tally(voices: Sequence[Voice], agencies: Agencies, kinds: Collection[str]) -> list[_Named]:
    """The agencies credited by these kinds of credits, and by whom."""
    found: dict[tuple[str | None, str], dict[int, list[Credit]]] = {}
    for v in voices:
        for credit in v.credits:
            if credit.kind in kinds and agencies.holds(credit):
                found.setdefault(_key(credit), {}).setdefault(v.row, []).append(credit)
    return [_Named(source, name, by) for (source, name), by in found.items()]


def _key(credit: Credit) -> tuple[str | None, str]:
    return credit.agency, credit.name


def _statements(voices: Sequence[Voice], agencies: Agencies, common: Common) -> list[_Named]:
    """The one agency that half of the members quote as spoken to, if no member of the story names another, and they
    speak of the story."""
    by = {v.row: [c for c in v.statements if agencies.holds(c)] for v in voices if v.statements}
    by = {row: credits for row, credits in by.items() if credits}
    if len(voices) < 2 or 2 * len(by) < len(voices):
        return []
    named = {_key(credit) for v in voices for credit in v.credits if agencies.holds(credit)}
    if len(named) != 1:
        return []
    ((source, name),) = named
    found = _Named(source, name, by)
    return [found] if _of_the_story(found, voices, common) else []


def _of_the_story(named: _Named, voices: Sequence[Voice], common: Common) -> bool:
    """Whether two outlets name a source, or one that has half of its text in common with another member: an article of
    several subjects names sources that the story knows nothing of."""
    if len({v.outlet for v in voices if v.row in named.by}) > 1:
        return True
    return any(common(row, v.row) >= FROM_THERE for row in named.by for v in voices if v.row != row)


def _attributions(
    voices: Sequence[Voice], agencies: Agencies, common: Common, printed: Collection[str]
) -> list[_Named]:
    """The printed agencies to which members attribute something, if they speak of the story; an article alone must be
    unsigned and name one agency only."""
    named = [one for one in _tally(voices, agencies, ("attribution",)) if one.id in printed]
    if len(voices) == 1:
        others = {_key(c) for v in voices for c in v.credits if agencies.holds(c)}
        return named if len(others) == 1 and not voices[0].signed else []
    return [one for one in named if _of_the_story(one, voices, common)]


def _outlets(voices: Sequence[Voice], moments: Moments, agencies: Agencies, common: Common) -> list[_Named]:
    """The papers and sites credited at head or foot, and members' outlets that others credit, follow, and carry."""
    found: dict[tuple[str | None, str], dict[int, list[Credit]]] = {}
    of_outlet: dict[str, list[Voice]] = {}
    others = [(v, credit) for v in voices for credit in v.credits if not agencies.holds(credit)]
    credits = [(v, credit) for v, credit in others if not agencies.of_pictures(credit)]
    for v in voices if credits else ():
        if v.outlet is not None:
            of_outlet.setdefault(agencies.folded[v.outlet], []).append(v)
    for v, credit in credits:
        entries = agencies.outlets(credit)
        written = {agencies.folded[credit.name], agencies.folded[credit.agency or credit.name]}
        named = [
            name
            for name in sorted(of_outlet)
            if name in written or any(agencies.is_outlet(one, of_outlet[name][0].outlet) for one in entries)
        ]
        if v.outlet is not None and agencies.folded[v.outlet] in named:
            continue
        theirs = [w for name in named for w in of_outlet[name]]
        source = theirs[0].outlet if theirs else credit.agency
        before = [w for w in theirs if not moments.earlier(v.row, w.row) and common(v.row, w.row) >= FROM_THERE]
        if before or (not theirs and credit.kind in (*HEAD_OR_FOOT, "parenthesis")):
            named_so = source if theirs and source else credit.name
            found.setdefault((source, named_so), {}).setdefault(v.row, []).append(credit)
    return [_Named(source, name, by) for (source, name), by in found.items()]


def _decided(
    kind: str, testimony: str, tally: list[_Named], voices: Sequence[Voice], since: tuple[Evidence, ...]
) -> Origin:
    """The source that most members name; unknown if several are named by as many."""
    ranked = sorted(tally, key=lambda named: (-len(named.by), named.id or "", named.name))
    evidence = tuple(
        Evidence("credit", _says(named, testimony, len(voices)), _places(voices, named.by)) for named in ranked
    )
    best = ranked[0]
    if len(ranked) > 1 and len(ranked[1].by) == len(best.by):
        return _unknown(*evidence, *since)
    right = _RIGHT[testimony][: len({v.outlet for v in voices if v.row in best.by})][-1]
    confidence = round(right * len(best.by) / sum(len(named.by) for named in ranked), 4)
    return Origin(kind, best.id, best.name, confidence, (*evidence, *since))


def _says(named: _Named, testimony: str, of: int) -> str:
    kinds = ", ".join(dict.fromkeys(credit.kind for row in sorted(named.by) for credit in named.by[row]))
    how = "spoken to" if testimony == "statements" else f"credited ({kinds})"
    return f"{named.name} is {how} in {len(named.by)} of {of} articles"


def _places(voices: Sequence[Voice], by: Mapping[int, list[Credit]]) -> tuple[dict[str, object], ...]:
    return tuple(
        _place(v, credit.kind, None if credit.start is None or credit.end is None else Span(credit.start, credit.end))
        for v in voices
        for credit in by.get(v.row, ())
    )


def _place(v: Voice, kind: str | None, span: Span | None) -> dict[str, object]:
    start, end = (None, None) if span is None else (span.start, span.end)
    return {"id": v.id, "credit": kind, "start": start, "end": end}


def _since(voices: Sequence[Voice], moments: Moments) -> tuple[Evidence, ...]:
    """Who was first, if that can be told: a fact, though no proof."""
    first = moments.first_of([v.row for v in voices]) if len(voices) > 1 else None
    if first is None:
        return ()
    (who,) = [v for v in voices if v.row == first]
    alone = len({v.outlet for v in voices}) == 1
    says = f"{who.id if alone else who.outlet or who.id} published before all others"
    return (Evidence("published_first", says, (_place(who, None, None),)),)
