"""What stories tell of themselves: their members' voices, their origin, and how each member derives from it.

An article in no story speaks for itself alone, by its own credits; most say nothing and are left out. The text of an
article is read only where an attribution or a head may hold more than the credit says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from dedup.arabic.annotation import NOTHING
from dedup.intake import Corpus
from dedup.model import Evidence, Origin, Span
from dedup.settings import HOLDS_ALL, PASSAGE_LEAST
from dedup.story.derivation import derived, witnesses
from dedup.story.moments import Moments
from dedup.story.printed import printed_agencies
from dedup.story.shared_text import Story, carried_words, size
from dedup.story.sources import Agencies, origin
from dedup.story.texts import Texts, strings_of
from dedup.story.voices import Voice, voice


@dataclass(frozen=True, slots=True)
class Told:
    """A story, or an article alone (``story`` None): the voices of its members in the order of ``story.members``, its
    origin, and how each member is derived, with its shares of shared and own words."""

    voices: Sequence[Voice]
    origin: Origin
    derived: Sequence[str]
    shared: Sequence[float]
    own: Sequence[float]
    story: Story | None


@dataclass(frozen=True, slots=True)
class Sources:
    """Who may be an origin: the lexicon's agencies, and those of them whose dispatches the corpus' outlets print."""

    agencies: Agencies
    printed: frozenset[str]

    @classmethod
    def of(cls, corpus: Corpus) -> Sources:
        """Those of a corpus."""
        credits = (one.credits for one in corpus.annotations.values())
        return cls(Agencies(corpus.agencies), printed_agencies(credits, corpus.agencies))


def told(
    sources: Sources, stories: Sequence[Story], texts: Texts, moments: Moments, everyone: Mapping[int, Voice]
) -> list[Told]:
    """Every story, told by the voices of its members (by row)."""
    rows = [texts.rows[story.members].tolist() for story in stories]
    lengths = texts.lengths().tolist()
    return [
        _told(sources, story, [everyone[row] for row in members], lengths, moments)
        for story, members in zip(stories, rows, strict=True)
    ]


def _told(sources: Sources, story: Story, voices: list[Voice], lengths: list[int], moments: Moments) -> Told:
    text_of = {place: text for text, copies in story.copies.items() for place in copies}
    texts = [text_of[place] for place in story.members]
    text = {v.row: one for v, one in zip(voices, texts, strict=True)}

    def common(a: int, b: int) -> float:
        return story.common(text[a], text[b], lengths[text[a]])

    found = origin(voices, moments, sources.agencies, common, sources.printed)
    found = replace(found, evidence=(*found.evidence, *_fullest(story, voices)))
    shared = [size(story.shared[text]) / max(lengths[text], 1) for text in texts]
    own = [story.own.get(text, 0) / max(lengths[text], 1) for text in texts]
    crediting, full = witnesses(voices, found), _holding_all(story, lengths)
    how = [
        derived(v, crediting, found, shared[n], own[n], text in full)
        for n, (v, text) in enumerate(zip(voices, texts, strict=True))
    ]
    return Told(voices, found, how, shared, own, story)


def _holding_all(story: Story, lengths: list[int]) -> set[int]:
    """Of a story of two texts, those that hold all of the other: it stands in shared passages and has no own words."""
    if len(story.texts) != 2:
        return set()
    a, b = story.texts
    return {
        full
        for full, part in ((a, b), (b, a))
        if not story.own.get(part, 0) and size(story.shared[part]) >= HOLDS_ALL * lengths[part]
    }


def _fullest(story: Story, voices: list[Voice]) -> tuple[Evidence, ...]:
    """Who alone has all of the shared text, if anyone: the others can have it from there, but not the reverse."""
    carried = carried_words(story)
    everything = sum(stretch.at[1] - stretch.at[0] for stretch in story.stretches)
    first, second = sorted(carried.values(), reverse=True)[:2]
    if first < everything or first - second < PASSAGE_LEAST:
        return ()
    place = max(carried, key=lambda place: carried[place])
    who = voices[story.members.index(place)]
    all_of_it = f"only {who.outlet or who.id} has all of the shared text, {first:,} words"
    says = f"{all_of_it}; of the others none has over {second:,}"
    return (Evidence("fullest_copy", says, ({"id": who.id, "credit": None, "start": None, "end": None},)),)


def alone(corpus: Corpus, sources: Sources, stories: Sequence[Sequence[int]], moments: Moments) -> dict[int, Told]:
    """The articles outside ``stories`` (rows) whose origin their own credits tell: each rests on it wholly, unless it
    calls the report its own."""
    inside = {row for rows in stories for row in rows}
    rows = [row for row in sorted(corpus.annotations) if row not in inside]
    found = {}
    for row, one in voices_of(corpus, rows).items():
        said = origin([one], moments, sources.agencies, lambda a, b: 1.0, sources.printed)
        if said.kind != "unknown":
            its_own = said.kind == "outlet" and one.outlet is not None and said.id == one.outlet
            how = "not" if its_own else "wholly"
            found[row] = Told([one], said, [how], [0.0], [0.0], None)
    return found


def voices_of(corpus: Corpus, rows: list[int]) -> dict[int, Voice]:
    """What the articles at ``rows`` say of where they come from, by row."""
    columns = corpus.articles.select(["id", "outlet", "byline"]).take(pa.array(rows, pa.int64())).to_pydict()
    noted = [corpus.annotations.get(row, NOTHING) for row in rows]
    heads = [
        [Span(mark.start, mark.end) for mark in one.marks if mark.evidence == "head"] if one.marks else []
        for one in noted
    ]
    read = [n for n, one in enumerate(noted) if heads[n] or any(c.kind == "attribution" for c in one.credits)]
    text = dict(zip(read, strings_of(corpus.articles["text"], np.array(rows, np.int64)[read]), strict=True))
    return {
        row: voice(row, name, outlet, text.get(n), noted[n].credits, heads[n], byline)
        for n, (row, name, outlet, byline) in enumerate(
            zip(rows, columns["id"], columns["outlet"], columns["byline"], strict=True)
        )
    }
