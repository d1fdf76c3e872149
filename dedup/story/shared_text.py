"""The shared text of a story: the passages that two or more of its members carry, and who carries each.

Members with equal words are one text. A text is a *reference* when it has been compared with all others of its story:

    1. the medoid is a reference
    2. then the text with the most words in no shared passage yet, as long as those could make a passage,
       REFERENCES times at most
    3. last the text with the most words in shared passages, if it is none yet
    4. a text that is left alone is one: all others have been compared with it

so stories of up to nine texts are compared as far as anything can still be found, and one of thousands costs nine
comparisons a text. Formulas are left out. How the shared text is quoted: :mod:`dedup.story.quoted`.

Of a member's unmarked words

    own      stand in a stretch of OWN_WINDOW words of which hardly one is in a phrase of two words that any other
             member has; those of them that are do not count if they stand in a shared passage
    shared   stand in a shared passage and are not own: a passage is one stretch though a paragraph of it has no twin
    the rest is reworded: its sentences are found elsewhere in the story, in other words

A paragraph that an outlet wrote itself and one it reworded have both no passage in common with the story; but the
reworded one still has its names, figures and set phrases.

Cost: one alignment for each comparison; for the own words, one look into a table for each word of a story
(:mod:`dedup.kernels.own`). All stories are taken up at once, for what is done between alignments is little. (3,204
stories with 10,130 members, quoted: 0.15 s of processor time one by one, 0.03 s at once.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.kernels.own import count_own
from dedup.settings import OWN_SUPPORT, OWN_WINDOW, PASSAGE_LEAST, REFERENCES
from dedup.sketch.lsh import packed
from dedup.story.groups import Groups
from dedup.story.ranges import LOW, Numbers, Ranges, united
from dedup.story.texts import Mapper, Texts

_PIECE = 256
"""Stories a worker counts at a time: some 200,000 words, 4 ms of work."""


@dataclass(frozen=True, slots=True)
class Members:
    """Who is in the stories, and the texts they have: all int64.

    ``stories``: the members of each story; ``place`` (m,): the place of each, ascending in a story; ``text`` (m,): its
    text. ``texts``: the texts of each story; ``words_of`` (t,): the first place that has their words, which another
    story may have too. ``copies``: the members that have each text, as positions in ``copy`` (m,).
    """

    stories: Groups
    place: Numbers
    text: Numbers
    texts: Groups
    words_of: Numbers
    copies: Groups
    copy: Numbers

    @classmethod
    def of(cls, stories: Groups, place: Numbers, equal: Numbers) -> Members:
        """Of stories given as places; ``equal``: for each place the first with the same words."""
        distinct, text = np.unique(stories.number() << 32 | equal[place], return_inverse=True)
        texts = Groups.of_numbers(distinct >> 32, len(stories))
        copies = Groups.of_sizes(np.bincount(text))
        return cls(stories, place, text, texts, distinct & LOW, copies, np.argsort(text, kind="stable"))


@dataclass(frozen=True, slots=True)
class Links:
    """Passages of two texts of a story, told from either: ``start, end`` words of the one, ``to_start, to_end`` of the
    other (int64, as :mod:`dedup.story.ranges` numbers them); ``similarity`` float64."""

    start: Numbers
    end: Numbers
    to_start: Numbers
    to_end: Numbers
    similarity: npt.NDArray[np.float64]

    def text(self) -> Numbers:
        """The text each begins in."""
        return self.start >> 32

    def to(self) -> Numbers:
        """The text each leads to."""
        return self.to_start >> 32

    @classmethod
    def joined(cls, several: Sequence[Links]) -> Links:
        """All of them."""
        names = ("start", "end", "to_start", "to_end", "similarity")
        return cls(*(np.concatenate([getattr(links, name) for links in several]) for name in names))

    def where(self, kept: npt.NDArray[np.bool_]) -> Links:
        """Only those where ``kept`` is true."""
        return Links(
            self.start[kept], self.end[kept], self.to_start[kept], self.to_end[kept], self.similarity[kept]
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SharedText:
    """What the texts of each story share. Of each text: ``length``, whether it is a ``reference`` (bool), its ``own``
    words, and those of them ``within`` shared passages (int64); ``shared``: its words in such passages, all if there
    are two of it."""

    members: Members
    length: Numbers
    reference: npt.NDArray[np.bool_]
    links: Links
    shared: Ranges
    own: Numbers
    within: Numbers

    def shared_words(self) -> Numbers:
        """Words of each text in shared passages that are not own."""
        return self.shared.words(len(self.length)) - self.within

    def common(self) -> dict[int, float]:
        """Which part of the words of text a stands in passages that it shares with b: by ``a << 32 | b``."""
        pairs, number = np.unique(self.links.text() << 32 | self.links.to(), return_inverse=True)
        words = united(number << 32 | self.links.start & LOW, number << 32 | self.links.end & LOW).words(len(pairs))
        return dict(zip(pairs.tolist(), (words / self.length[pairs >> 32]).tolist(), strict=True))


def shared_text(members: Members, medoids: Numbers, texts: Texts, mapper: Mapper = map) -> SharedText:
    """The shared text of each story; ``medoids``: one member of each."""
    search = _Search(members, texts, mapper)
    asked = members.text[medoids[members.texts.sizes() > 1]]
    for _ in range(REFERENCES):
        search.compare(asked)
        asked = search.following()
        if not len(asked):
            break
    search.compare(search.left_out())
    outside, within = _own_words(members, search.shared, texts, mapper)
    links = Links.joined(search.links)
    return SharedText(members, search.length, search.reference, links, search.shared, outside + within, within)


class _Search:
    """What has been compared so far."""

    def __init__(self, members: Members, texts: Texts, mapper: Mapper) -> None:
        self._members, self._texts, self._mapper = members, texts, mapper
        self._story = members.texts.number()
        self.length = texts.lengths()[members.words_of]
        self.reference = np.zeros(len(self.length), np.bool_)
        self.links: list[Links] = []
        again = np.flatnonzero(members.copies.sizes() > 1)
        self.shared = united(again << 32, again << 32 | self.length[again])

    def compare(self, references: Numbers) -> None:
        """Compare new references, one of a story, with its other texts, where that has not been done."""
        stories = self._story[references]
        other = self._members.texts.items(stories)
        reference = np.repeat(references, self._members.texts.sizes()[stories])
        missing = ~self.reference[other] & (other != reference)
        self.reference[references] = True
        a, b = np.minimum(other, reference)[missing], np.maximum(other, reference)[missing]
        words_of = self._members.words_of
        distinct, number = np.unique(packed(words_of[a], words_of[b]), return_inverse=True)
        found = self._texts.align(distinct, self._mapper).of(number)
        kept = np.flatnonzero(~found.formula)
        of_pair = np.repeat(np.arange(len(a)), np.diff(found.first))[kept]
        from_a, until_a = (a[of_pair] << 32 | words[kept] for words in found.a_words.T)
        from_b, until_b = (b[of_pair] << 32 | words[kept] for words in found.b_words.T)
        similarity = found.similarity[kept]
        self.links.append(Links(from_a, until_a, from_b, until_b, similarity))
        self.links.append(Links(from_b, until_b, from_a, until_a, similarity))
        start, end = (self.shared.start, from_a, from_b), (self.shared.end, until_a, until_b)
        self.shared = united(np.concatenate(start), np.concatenate(end))

    def following(self) -> Numbers:
        """The text of each story to be compared with all others next, where there is one."""
        missing = self.length - self.shared.words(len(self.length))
        missing[self.reference] = -1
        best = self._members.texts.best(missing)
        return best[(self._left() > 1) & (missing[best] >= PASSAGE_LEAST)]

    def left_out(self) -> Numbers:
        """The fullest text of each story, where it has not been compared with all others."""
        full = self._members.texts.best(self.shared.words(len(self.length)))
        return full[(self._left() > 1) & ~self.reference[full]]

    def _left(self) -> Numbers:
        """How many texts of each story are no reference."""
        return np.bincount(self._story, ~self.reference, len(self._members.texts)).astype(np.int64)


def _own_words(members: Members, shared: Ranges, texts: Texts, mapper: Mapper) -> tuple[Numbers, Numbers]:
    """Of each text its own words outside shared passages and within: none where a story has but one, and none within
    where two members have the text."""
    outside, within = np.zeros((2, len(members.words_of)), np.int64)
    ranges = Groups.of_numbers(shared.text(), len(outside))

    def count(stories: Numbers) -> None:
        theirs, sizes = members.texts.items(stories), members.texts.sizes()[stories]
        found, held = np.empty((2, len(theirs)), np.int64), ranges.items(theirs)
        count_own(
            texts.words.hashes, texts.words.first, members.words_of[theirs], Groups.of_sizes(sizes).first,
            Groups.of_sizes(ranges.sizes()[theirs]).first, shared.start[held] & LOW, shared.end[held] & LOW,
            OWN_WINDOW, OWN_SUPPORT, *found,
        )  # fmt: skip
        outside[theirs], within[theirs] = found

    several = np.flatnonzero(members.texts.sizes() > 1)
    list(mapper(count, [several[start : start + _PIECE] for start in range(0, len(several), _PIECE)]))
    within[members.copies.sizes() > 1] = 0
    return outside, within
