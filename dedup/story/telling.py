"""What stories tell of themselves: their members' voices, their origin, and how each member derives from it.

An article in no story speaks for itself alone, by its own credits; most say nothing and are left out. The text of an
article is read only where an attribution or a head may hold more than the credit says, and no further than to there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.arabic.annotation import NOTHING
from dedup.corpus.markup import readable
from dedup.intake import Corpus
from dedup.model import Credit, Evidence, Origin, Span
from dedup.settings import HOLDS_ALL, PASSAGE_LEAST
from dedup.story.derivation import derived, witnesses
from dedup.story.moments import Moments
from dedup.story.printed import printed_agencies
from dedup.story.quoted import Quoted
from dedup.story.ranges import Numbers
from dedup.story.shared_text import SharedText
from dedup.story.sources import Agencies, origin
from dedup.story.texts import encoded_of
from dedup.story.voices import Voice, voice

_LONGEST = 4
"""Bytes of the longest code points of UTF-8."""


@dataclass(frozen=True, slots=True)
class Told:
    """A story, or an article alone: the voices of its members, its origin, and how each member is derived, with its
    shares of shared and own words."""

    voices: Sequence[Voice]
    origin: Origin
    derived: Sequence[str]
    shared: Sequence[float]
    own: Sequence[float]


@dataclass(frozen=True, slots=True)
class Sources:
    """Who may be an origin: the lexicon's agencies, and those of them whose dispatches the corpus' outlets print."""

    agencies: Agencies
    printed: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus) -> Sources:
        """Those of a corpus."""
        credits = [one.credits for one in corpus.annotations.values() if one.credits]
        names = {name for some in credits for c in some for name in (c.agency, c.name) if name is not None}
        outlets = pc.unique(corpus.articles["outlet"]).drop_null().to_pylist()
        agencies = Agencies(corpus.agencies, sorted(names.union(outlets)), corpus.outlets)
        return cls(agencies, printed_agencies(credits, corpus.agencies))


def told(
    sources: Sources, found: SharedText, quotes: Quoted, rows: Numbers, moments: Moments, everyone: Mapping[int, Voice]
) -> list[Told]:
    """Every story, told by the voices of its members (``rows``)."""
    members = found.members
    voices, text = [everyone[row] for row in rows.tolist()], members.text.tolist()
    text_of, shares = dict(zip(rows.tolist(), text, strict=True)), found.common()
    length = np.maximum(found.length, 1)
    shared, own, full = (
        of_text[members.text].tolist()
        for of_text in (found.shared_words() / length, found.own / length, _holding_all(found))
    )
    fullest = _fullest(found, quotes, voices)

    def common(a: int, b: int) -> float:
        return 1.0 if text_of[a] == text_of[b] else shares.get(text_of[a] << 32 | text_of[b], 0.0)

    stories = []
    first = members.stories.first.tolist()
    for begin, end, all_of_it in zip(first, first[1:], fullest, strict=False):
        theirs = voices[begin:end]
        source = origin(theirs, moments, sources.agencies, common, sources.printed)
        if all_of_it is not None:
            source = replace(source, evidence=(*source.evidence, all_of_it))
        crediting = witnesses(theirs, source)
        how = [
            derived(v, crediting, source, *rest)
            for v, *rest in zip(theirs, shared[begin:end], own[begin:end], full[begin:end], strict=True)
        ]
        stories.append(Told(theirs, source, how, shared[begin:end], own[begin:end]))
    return stories


def _holding_all(found: SharedText) -> npt.NDArray[np.bool_]:
    """Which texts, of stories of two, hold all of the other: it stands in shared passages and has no own words."""
    texts = found.members.texts
    held = (found.own == 0) & (found.shared_words() >= HOLDS_ALL * found.length)
    a = texts.first[:-1][texts.sizes() == 2]
    full = np.zeros(len(held), np.bool_)
    full[a], full[a + 1] = held[a + 1], held[a]
    return full


def _fullest(found: SharedText, quotes: Quoted, voices: Sequence[Voice]) -> list[Evidence | None]:
    """Who of each story alone has all of the shared text, if anyone: the others can have it from there, but not the
    reverse."""
    stories = found.members.stories
    carried = quotes.carried_words(len(voices))
    best = stories.best(carried)
    most = carried[best]
    carried[best] = -1
    second = stories.greatest(carried)
    evidence: list[Evidence | None] = [None] * len(stories)
    for n in np.flatnonzero((most >= quotes.words()) & (most - second >= PASSAGE_LEAST)).tolist():
        who = voices[best[n]]
        all_of_it = f"only {who.outlet or who.id} has all of the shared text, {most[n]:,} words"
        says = f"{all_of_it}; of the others none has over {second[n]:,}"
        place: dict[str, object] = {"id": who.id, "credit": None, "start": None, "end": None}
        evidence[n] = Evidence("fullest_copy", says, (place,))
    return evidence


def alone(corpus: Corpus, sources: Sources, stories: Sequence[Sequence[int]], moments: Moments) -> dict[int, Told]:
    """The articles outside ``stories`` (rows) whose origin their own credits tell: each rests on it wholly, unless it
    calls the report its own."""
    inside = {row for rows in stories for row in rows}
    rows = [row for row in sorted(corpus.annotations) if row not in inside]
    found = {}
    for row, one in voices_of(corpus, rows).items():
        if not one.credits and not one.claims:
            continue
        said = origin([one], moments, sources.agencies, lambda a, b: 1.0, sources.printed)
        if said.kind != "unknown":
            its_own = said.kind == "outlet" and one.outlet is not None and said.id == one.outlet
            how = "not" if its_own else "wholly"
            found[row] = Told([one], said, [how], [0.0], [0.0])
    return found


def voices_of(corpus: Corpus, rows: list[int]) -> dict[int, Voice]:
    """What the articles at ``rows`` say of where they come from, by row."""
    columns = corpus.articles.select(["id", "outlet", "byline"]).take(pa.array(rows, pa.int64())).to_pydict()
    noted = [corpus.annotations.get(row, NOTHING) for row in rows]
    heads = [
        [Span(mark.start, mark.end) for mark in one.marks if mark.evidence == "head"] if one.marks else ()
        for one in noted
    ]
    credits = [one.credits for one in noted]
    until = np.fromiter(map(_read_until, heads, credits), np.int64, len(rows))
    read = np.flatnonzero(until)
    encoded = encoded_of(corpus.articles["text"], np.array(rows, np.int64)[read])
    texts: list[str | None] = [None] * len(rows)
    for n, text, points in zip(read.tolist(), encoded, until[read].tolist(), strict=True):
        texts[n] = str(text[: _LONGEST * points], "utf-8", "ignore")  # of a character that is cut nothing is left
    spoken = map(_voice, rows, columns["id"], columns["outlet"], texts, credits, heads, columns["byline"])
    return dict(zip(rows, spoken, strict=True))


def _voice(
    row: int, name: str, outlet: str | None, text: str | None, credits: Sequence[Credit], heads: Sequence[Span],
    byline: str | None,
) -> Voice:  # fmt: skip
    """The voice of an article, whose text is read as it is shown."""
    read = None if text is None else readable(text)
    if read is None:
        return voice(row, name, outlet, text, credits, heads, byline)
    shown, places = read

    def inward(start: int, end: int) -> tuple[int, int]:
        return places.inward(start), places.inward(end)

    inside = {one.moved(inward): one for one in credits}
    within = [Span(*inward(head.start, head.end)) for head in heads]
    said = voice(row, name, outlet, shown, [*inside], within, byline)
    claim = said.claim and heads[within.index(said.claim)]
    spoken, statements = (tuple(inside.get(one, one) for one in these) for these in (said.credits, said.statements))
    return replace(said, credits=spoken, statements=statements, claim=claim)


def _read_until(heads: Sequence[Span], credits: Sequence[Credit]) -> int:
    """How many code points of a text hold its heads and attributions."""
    if not heads and not credits:
        return 0
    return max([head.end for head in heads] + [c.end or 0 for c in credits if c.kind == "attribution"], default=0)
