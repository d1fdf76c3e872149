"""The obvious twin of shared text and quoting: one story after the other, lists of words and of links.

Own words are not counted here; :mod:`tests.test_shared_text` and :mod:`tests.test_kernels_own` hold them to their
definition.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np

from dedup.settings import PASSAGE_LEAST, REFERENCES
from dedup.story.quoted import Quoted
from dedup.story.ranges import LOW, Ranges
from dedup.story.shared_text import SharedText
from dedup.story.texts import Texts

Range = tuple[int, int]
"""Half-open positions of words in a text."""


class Carried(NamedTuple):
    """Words ``at`` of the text at ``place``, which answer to words ``of`` of the text that is quoted."""

    place: int
    at: Range
    of: Range
    similarity: float


class Stretch(NamedTuple):
    """Words ``at`` of the text at ``place``, carried by it and others; ``carriers`` by place and words."""

    place: int
    at: Range
    carriers: tuple[Carried, ...]


class Link(NamedTuple):
    """A passage of two texts: words ``at`` of ``place``, words ``to_at`` of ``to``."""

    place: int
    at: Range
    to: int
    to_at: Range
    similarity: float


@dataclass(slots=True)
class Story:
    """A story's shared text. ``members``: places. ``texts``: the first place of each of their texts, which another
    story may have too; ``copies``: the members that have it. ``links``: both ways, by the text they begin in;
    ``stretches``: the shared text; ``shared`` and ``own``: such words of each text; ``carried``: words of the shared
    text each member carries; ``share``: which part of a text stands in passages it shares with another."""

    members: list[int]
    texts: list[int]
    copies: dict[int, list[int]]
    links: dict[int, list[Link]] = field(default_factory=dict)
    references: list[int] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    shared: dict[int, list[Range]] = field(default_factory=dict)
    own: dict[int, int] = field(default_factory=dict)
    carried: dict[int, int] = field(default_factory=dict)
    share: dict[tuple[int, int], float] = field(default_factory=dict)


def naive_stories(stories: Sequence[Sequence[int]], medoids: Sequence[int], texts: Texts) -> list[Story]:
    """The shared text of each story, given as places with the place of its medoid."""
    return [_told(members, medoid, texts) for members, medoid in zip(stories, medoids, strict=True)]


def _told(members: Sequence[int], medoid: int, texts: Texts) -> Story:
    lengths = texts.lengths().tolist()
    story = _story(members, texts, lengths)
    reference: int | None = int(texts.equal[medoid])
    for _ in range(REFERENCES):
        if reference is None or len(story.texts) == 1:
            break
        _compare(story, reference, texts)
        reference = _next(story, lengths)
    if (full := _left_out(story)) is not None:
        _compare(story, full, texts)
    _quote(story, lengths)
    story.carried = carried_words(story)
    for text in story.texts:
        for other in story.texts:
            if other != text:
                there = [link.at for link in story.links.get(text, ()) if link.to == other]
                story.share[text, other] = size(united(there)) / lengths[text]
    return story


def _story(members: Sequence[int], texts: Texts, lengths: list[int]) -> Story:
    copies: dict[int, list[int]] = {}
    for place, text in zip(members, texts.equal[np.array(members, np.int64)].tolist(), strict=True):
        copies.setdefault(text, []).append(place)
    shared: dict[int, list[Range]] = {
        text: [(0, lengths[text])] if len(places) > 1 else [] for text, places in copies.items()
    }
    return Story(list(members), sorted(copies), copies, shared=shared)


def _compare(story: Story, reference: int, texts: Texts) -> None:
    """Compare a new reference with its other texts, where that has not been done."""
    for other in story.texts:
        if other != reference and other not in story.references:
            a, b = min(other, reference), max(other, reference)
            found = texts.align(np.array([a << 32 | b], np.uint64))
            for here, there, similarity, formula in zip(
                found.a_words.tolist(), found.b_words.tolist(), found.similarity, found.formula, strict=True
            ):
                if not formula:
                    story.links.setdefault(a, []).append(Link(a, tuple(here), b, tuple(there), similarity))
                    story.links.setdefault(b, []).append(Link(b, tuple(there), a, tuple(here), similarity))
    story.references.append(reference)
    _cover(story)


def _cover(story: Story) -> None:
    """Note which words of each text stand in a shared passage; those of a text with copies all do."""
    for text, links in story.links.items():
        if len(story.copies[text]) == 1:
            story.shared[text] = united([link.at for link in links])


def carried_words(story: Story) -> dict[int, int]:
    """How many words of the shared text each member carries, by place."""
    words: dict[int, int] = dict.fromkeys(story.members, 0)
    for stretch in story.stretches:
        of: dict[int, list[Range]] = {}
        for carried in stretch.carriers:
            of.setdefault(carried.place, []).append(carried.of)
        for place, ranges in of.items():
            words[place] += size(united(ranges))
    return words


def _next(story: Story, lengths: list[int]) -> int | None:
    """The text to be compared with all others next."""
    if len(story.texts) - len(story.references) < 2:
        return None
    rest = [text for text in story.texts if text not in story.references]
    missing = {text: lengths[text] - size(story.shared[text]) for text in rest}
    best = max(rest, key=lambda text: (missing[text], -text))
    return best if missing[best] >= PASSAGE_LEAST else None


def _left_out(story: Story) -> int | None:
    """The fullest text, if it has not been compared with all others."""
    if len(story.texts) <= len(story.references) + 1:
        return None
    full = max(story.texts, key=lambda text: (size(story.shared[text]), -text))
    return full if full not in story.references else None


def _quote(story: Story, lengths: list[int]) -> None:
    """Lay down the shared text, from the fullest reference on."""
    references = story.references
    if len(references) >= len(story.texts) - 1:
        references = story.texts
    quoted: list[int] = []
    for text in sorted(references, key=lambda text: (-size(story.shared[text]), text)):
        links = story.links.get(text, [])
        known = united([link.at for link in links if link.to in quoted]) if quoted else []
        if known:
            links = [link for link in links if 2 * _within(link.at, known) < link.at[1] - link.at[0]]
        whole = [(0, lengths[text])] if len(story.copies[text]) > 1 and not known else []
        for at in united([*whole, *(link.at for link in links)]):
            here = [link for link in links if at[0] <= link.at[0] and link.at[1] <= at[1]]
            story.stretches.append(Stretch(story.copies[text][0], at, _carriers(story, text, at, here)))
        quoted.append(text)


def _carriers(story: Story, text: int, at: Range, links: list[Link]) -> tuple[Carried, ...]:
    """Everyone who carries words ``at`` of a text: its copies, and the texts linked with it, each with its copies."""
    found = [Carried(place, at, at, 1.0) for place in story.copies[text]]
    for link in links:
        found += [Carried(place, link.to_at, link.at, link.similarity) for place in story.copies[link.to]]
    found.sort(key=lambda carried: carried[:3])
    return tuple(found)


def united(ranges: list[Range]) -> list[Range]:
    """The ranges, sorted, those that overlap or touch as one."""
    if len(ranges) < 2:
        return ranges
    joined: list[Range] = []
    for start, end in sorted(ranges):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def size(ranges: Iterable[Range]) -> int:
    """Words in ranges that do not overlap."""
    return sum(end - start for start, end in ranges)


def _within(at: Range, known: list[Range]) -> int:
    """Words of ``at`` that lie in ranges that do not overlap."""
    return sum(max(0, min(at[1], end) - max(at[0], start)) for start, end in known)


# The columns, story by story


def as_stories(found: SharedText, quotes: Quoted) -> list[Story]:
    """What was found and is quoted, as such values."""
    carried = quotes.carried_words(len(found.members.place)).tolist()
    stories = [_viewed(found, n, carried) for n in range(len(found.members.stories))]
    numbers = quotes.stories.number().tolist()
    for n, at in enumerate(quotes.at.tolist()):
        theirs = slice(quotes.carriers.first[n], quotes.carriers.first[n + 1])
        columns = (found.members.place[quotes.carrier], quotes.carried, quotes.of, quotes.similarity)
        carriers = zip(*(column[theirs].tolist() for column in columns), strict=True)
        everyone = tuple(Carried(place, tuple(words), tuple(of), similar) for place, words, of, similar in carriers)
        place = int(found.members.place[quotes.member[n]])
        stories[numbers[n]].stretches.append(Stretch(place, tuple(at), everyone))
    return stories


def _viewed(found: SharedText, n: int, carried: Sequence[int]) -> Story:
    members, common = found.members, found.common()
    of = slice(members.stories.first[n], members.stories.first[n + 1])
    places = members.place[of].tolist()
    numbers = range(members.texts.first[n], members.texts.first[n + 1])
    first = {text: int(members.words_of[text]) for text in numbers}
    copies: dict[int, list[int]] = {}
    for place, text in zip(places, members.text[of].tolist(), strict=True):
        copies.setdefault(first[text], []).append(place)
    story = Story(places, list(first.values()), copies)
    story.references = [first[text] for text in numbers if found.reference[text]]
    story.shared = {first[text]: _of(found.shared, text) for text in numbers}
    story.own = {first[text]: int(found.own[text]) for text in numbers}
    story.carried = dict(zip(places, carried[of], strict=True))
    story.share = {(first[a], first[b]): common.get(a << 32 | b, 0.0) for a in numbers for b in numbers if a != b}
    return story


def _of(ranges: Ranges, text: int) -> list[Range]:
    mine = ranges.text() == text
    return list(zip((ranges.start[mine] & LOW).tolist(), (ranges.end[mine] & LOW).tolist(), strict=True))
