"""The shared text of stories as it is quoted: stretches of their fullest copies, and who carries each.

The *fullest copy* of a story is the reference with the most words in shared passages. The shared text is quoted from
it, in its order: stretches of it that overlapping passages cover are one. What other references share beyond that (a
passage of which less than half has been quoted already) follows, each quoted from the fullest that has it. Where all
texts of a story have been compared with each other, each may be quoted.

A stretch is carried by all copies of the text that is quoted, and where a passage leads to another text, by those of
that one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.story.groups import Groups
from dedup.story.ranges import LOW, Numbers, united
from dedup.story.shared_text import SharedText


@dataclass(frozen=True, slots=True)
class Quoted:
    """The stretches of each story, in the order of quoting, and the carriers of each, by member and words.

    ``stories``: the stretches of each story; ``member`` int64 (s,): whose text is quoted; ``at`` (s, 2): its words.
    ``carriers``: those of each stretch; ``carrier`` int64 (c,): a member; ``carried`` (c, 2): its words, which answer
    to words ``of`` (c, 2) of the text that is quoted; ``similarity`` float64 (c,).
    """

    stories: Groups
    member: Numbers
    at: Numbers
    carriers: Groups
    carrier: Numbers
    carried: Numbers
    of: Numbers
    similarity: npt.NDArray[np.float64]

    def words(self) -> Numbers:
        """Words of the shared text of each story."""
        lengths = np.append(0, np.cumsum(self.at[:, 1] - self.at[:, 0]))
        return np.diff(lengths[self.stories.first])

    def carried_words(self, members: int) -> Numbers:
        """How many words of the shared text each of so many members carries."""
        both = self.carriers.number() << 32 | self.carrier
        begins = np.diff(both, prepend=-1) != 0
        run = np.cumsum(begins) - 1 << 32
        words = united(run | self.of[:, 0], run | self.of[:, 1]).words(int(begins.sum()))
        return np.bincount(self.carrier[begins], words, members).astype(np.int64)


def quoted(found: SharedText) -> Quoted:
    """Lay down the shared text of each story, from its fullest reference on."""
    members, links, texts = found.members, found.links, len(found.length)
    story = members.texts.number()
    left = np.bincount(story, ~found.reference, len(members.texts))
    quotable = found.reference | (left <= 1)[story]
    rank = np.empty(texts, np.int64)
    rank[np.lexsort((-found.shared.words(texts), ~quotable, story))] = np.arange(texts)
    links = links.where(quotable[links.text()])
    before = rank[links.to()] < rank[links.text()]
    known = united(links.start[before], links.end[before])
    links = links.where(2 * known.held(links.start, links.end) < links.end - links.start)
    whole = np.flatnonzero(quotable & (members.copies.sizes() > 1) & (known.words(texts) == 0))
    pieces = united(
        np.concatenate([whole << 32, links.start]), np.concatenate([whole << 32 | found.length[whole], links.end])
    )
    order = np.argsort(rank[pieces.text()] << 32 | pieces.start & LOW)
    stretch = np.empty(len(order), np.int64)
    stretch[order] = np.arange(len(order))
    text, at = pieces.text()[order], np.column_stack([pieces.start, pieces.end])[order] & LOW
    number = np.concatenate([np.arange(len(order)), stretch[np.searchsorted(pieces.start, links.start, "right") - 1]])
    by = np.concatenate([text, links.to()])
    carried = np.concatenate([at, np.column_stack([links.to_start, links.to_end]) & LOW])
    of = np.concatenate([at, np.column_stack([links.start, links.end]) & LOW])
    similarity = np.concatenate([np.ones(len(order)), links.similarity])
    each = np.repeat(np.arange(len(by)), members.copies.sizes()[by])
    carrier = members.copy[members.copies.items(by)]
    sort = np.lexsort((_one(of)[each], _one(carried)[each], number[each] << 32 | carrier))
    each = each[sort]
    return Quoted(
        Groups.of_numbers(story[text], len(members.texts)), members.copy[members.copies.first[text]], at,
        Groups.of_numbers(number[each], len(order)), carrier[sort], carried[each], of[each], similarity[each],
    )  # fmt: skip


def _one(ranges: Numbers) -> Numbers:
    """Two positions as one number that sorts as they do."""
    return ranges[:, 0] << 32 | ranges[:, 1]
