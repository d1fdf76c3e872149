"""The shared text of a story: the passages that two or more of its members carry, and who carries each.

Members with equal words are one text. A text is a *reference* when it has been compared with all others of its story:

    1. the medoid is a reference
    2. then the text with the most words in no shared passage yet, as long as those could make a passage,
       REFERENCES times at most
    3. last the text with the most words in shared passages, if it is none yet
    4. a text that is left alone is one: all others have been compared with it

so stories of up to nine texts are compared as far as anything can still be found, and one of thousands costs nine
comparisons a text. Formulas are left out. The *fullest copy* is the reference with the most words in shared passages.
The shared text is quoted from it, in its order: stretches of it that overlapping passages cover are one. What other
references share beyond that follows, each quoted from the fullest that has it.

Of a member's unmarked words

    shared   stand in a shared passage
    own      stand in a stretch of OWN_WINDOW words of which hardly one is in a phrase of two words that any other
             member has, and in no shared passage
    the rest is reworded: its sentences are found elsewhere in the story, in other words

A paragraph that an outlet wrote itself and one it reworded have both no passage in common with the story; but the
reworded one still has its names, figures and set phrases.

Cost: one alignment for each comparison; for the own words, one look into a table for each word of a story
(:mod:`dedup.kernels.own`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from dedup.kernels.own import count_own
from dedup.match.passages import sides
from dedup.settings import OWN_SUPPORT, OWN_WINDOW, PASSAGE_LEAST, REFERENCES
from dedup.story.texts import Mapper, Texts

Range = tuple[int, int]
"""Half-open positions of words in a text."""
_PIECE = 256
"""Stories a worker counts at a time: some 200,000 words, 4 ms of work."""


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
    ``stretches``: the shared text; ``shared`` and ``own``: such words of each text."""

    members: list[int]
    texts: list[int]
    copies: dict[int, list[int]]
    links: dict[int, list[Link]] = field(default_factory=dict)
    references: list[int] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)
    shared: dict[int, list[Range]] = field(default_factory=dict)
    own: dict[int, int] = field(default_factory=dict)

    def common(self, text: int, other: int, length: int) -> float:
        """Which part of a text's ``length`` words stands in passages that it shares with another."""
        if text == other:
            return 1.0
        return size(united([link.at for link in self.links.get(text, ()) if link.to == other])) / max(length, 1)


def shared_text(
    stories: Sequence[Sequence[int]], medoids: Sequence[int], texts: Texts, mapper: Mapper = map
) -> list[Story]:
    """The shared text of each story, given as places with the place of its medoid."""
    lengths = texts.lengths().tolist()
    found = [_story(members, texts, lengths) for members in stories]
    wanted = texts.equal[np.array(medoids, np.int64)].tolist()
    waiting = [(story, first) for story, first in zip(found, wanted, strict=True) if len(story.texts) > 1]
    for _ in range(REFERENCES):
        _compare(waiting, texts, mapper)
        waiting = [(story, following) for story, _ in waiting if (following := _next(story, lengths)) is not None]
        if not waiting:
            break
    _compare([(story, fullest) for story in found if (fullest := _left_out(story)) is not None], texts, mapper)
    for story in found:
        _quote(story, lengths)
    several = [story for story in found if len(story.texts) > 1]
    pieces = [several[start : start + _PIECE] for start in range(0, len(several), _PIECE)]
    list(mapper(lambda piece: _count_own(piece, texts), pieces))
    return found


def _story(members: Sequence[int], texts: Texts, lengths: list[int]) -> Story:
    copies: dict[int, list[int]] = {}
    for place, text in zip(members, texts.equal[np.array(members, np.int64)].tolist(), strict=True):
        copies.setdefault(text, []).append(place)
    shared: dict[int, list[Range]] = {
        text: [(0, lengths[text])] if len(places) > 1 else [] for text, places in copies.items()
    }
    return Story(list(members), sorted(copies), copies, shared=shared)


def _compare(waiting: list[tuple[Story, int]], texts: Texts, mapper: Mapper) -> None:
    """Compare each story's new reference with its other texts, where that has not been done."""
    asked: dict[int, list[Story]] = {}
    for story, reference in waiting:
        for other in story.texts:
            if other != reference and other not in story.references:
                asked.setdefault(min(other, reference) << 32 | max(other, reference), []).append(story)
        story.references.append(reference)
    pairs = np.array(sorted(asked), np.uint64)
    found = texts.align(pairs, mapper)
    of_pair = np.repeat(np.arange(len(pairs)), np.diff(found.first))
    kept = np.flatnonzero(~found.formula)
    a, b = (side[of_pair[kept]].tolist() for side in sides(pairs))
    here, there = (map(tuple, words[kept].tolist()) for words in (found.a_words, found.b_words))
    for place, at, to, to_at, similarity in zip(a, here, b, there, found.similarity[kept].tolist(), strict=True):
        for story in asked[place << 32 | to]:
            story.links.setdefault(place, []).append(Link(place, at, to, to_at, similarity))
            story.links.setdefault(to, []).append(Link(to, to_at, place, at, similarity))
    for story, _ in waiting:
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


def _count_own(several: list[Story], texts: Texts) -> None:
    """Count the own words of every text of these stories."""
    places = np.array([text for story in several for text in story.texts], np.int64)
    shared = [story.shared[text] for story in several for text in story.texts]
    flat = np.array([at for ranges in shared for at in ranges], np.int64).reshape(-1, 2)
    own = np.zeros(len(places), np.int64)
    count_own(
        texts.words.hashes, texts.words.first, places, _firsts(len(story.texts) for story in several),
        _firsts(map(len, shared)), flat[:, 0].copy(), flat[:, 1].copy(), OWN_WINDOW, OWN_SUPPORT, own,
    )  # fmt: skip
    counted = iter(own.tolist())
    for story in several:
        story.own = dict(zip(story.texts, islice(counted, len(story.texts)), strict=True))


def _firsts(counts: Iterable[int]) -> npt.NDArray[np.int64]:
    """Where each begins if so many lie end to end, and where the last ends."""
    return np.cumsum([0, *counts], dtype=np.int64)
