"""Learned furniture: what an outlet repeats under many different stories.

No lexicon knows every site's slogan. But a line that stands at the edge of articles about a fire, a match and a budget
belongs to the site. So each batch leaves a small *sample* (hashes of its lines, of the pieces of its heads, of its
tails); over all samples of an outlet the repeated ones are counted, and the few articles that hold one are marked
again.

**Different stories, not copies.** A dispatch carried by an outlet three times repeats every line of it. An article is
therefore known by its longest line other than the one in question, and a line counts once for each such line. A line is
furniture if it stands

    under at least STORIES stories and SHARE of the outlet's articles, mostly at the edge of the text, or
    under at least MIDDLE_SHARE of them, anywhere

and a *tail* (the last words of a text, where a page was flattened into one line) if it stands under TAIL_STORIES
stories and TAIL_SHARE of the articles, and not in other outlets as well: what several outlets end with is a formula of
the trade ("progress and prosperity"), which belongs to the story.

A piece of a head ("the paper's name - follow-ups") that an outlet repeats is a *name*, by which
:mod:`dedup.arabic.heads` knows the bylines that occur once.

Order does not matter: learning counts sets. Cost: one hash a line and some fifteen an article on the way. In the end
the hashes are counted by their leading bits, and only what occurs often enough is looked at more closely (of 179,000
tails 1,800); benchmarks/marks.py prints what it takes. Limits: an outlet with fewer than
STORIES articles teaches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.arabic.sample import PIECES, TAIL_SIZES, Sample
from dedup.arabic.scan import I64, U64, Bools
from dedup.model import Mark

STORIES, SHARE = 5, 0.0055
"""Real corpus: a columnist's recurring farewell stands under 0.51 % of its outlet's articles, the most frequent subhead
of market reports under 0.32 %; the least frequent line of a news service under 0.6 %."""
MIDDLE_SHARE = 0.05
"""A line within the story is rarely the site's: sixteen times the share of the most frequent subhead (0.32 %)."""
EDGE_SHARE = 0.8
"""Share of a line's places that must be at the edge of a text."""
TAIL_STORIES, TAIL_SHARE = 8, 0.02
"""Most frequent formula at the end of an outlet's articles: 1.3 % (a wedding's congratulation); least frequent
furniture above that: 2.3 % (a columnist's message number)."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Learned hashes, sorted, under how many stories each was found, and a coarse table of their first 16 bits, which
    answers for nearly all keys that are none of them."""

    keys: U64
    stories: I64
    coarse: Bools

    @staticmethod
    def of(keys: U64, stories: I64) -> Keys:
        """Of sorted keys."""
        coarse = np.zeros(1 << 16, np.bool_)
        coarse[keys >> np.uint64(48)] = True
        return Keys(keys, stories, coarse)

    def __len__(self) -> int:
        return len(self.keys)

    def places(self, asked: U64) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """Where among the asked keys (flattened; 0 is no key) learned ones stand, and which they are."""
        flat = asked.ravel()
        at = np.flatnonzero(self.coarse[flat >> np.uint64(48)])
        number = np.searchsorted(self.keys, flat[at])
        there = (number < len(self.keys)) & (flat[at] != 0)
        there[there] = self.keys[number[there]] == flat[at[there]]
        return at[there], number[there]


@dataclass(frozen=True, slots=True)
class Learned:
    """What was learned: hashes of lines and of tails, salted with their outlets, and the names outlets head their
    articles with."""

    lines: Keys
    tails: Keys
    name_keys: Keys
    outlet_names: dict[str | None, frozenset[str]]

    def names(self, outlet: str | None) -> frozenset[str]:
        """What the outlet repeats in the heads of its articles, such as its own name."""
        return self.outlet_names.get(outlet, frozenset())

    def named(self, taken: Sample) -> list[int]:
        """Rows without a head that open with a name the outlet repeats."""
        at, _ = self.name_keys.places(taken.pieces ^ taken.salt[:, None])
        hit = np.zeros(len(taken.outlet), np.bool_)
        hit[at // PIECES] = True
        rows: list[int] = np.flatnonzero(hit & ~taken.headed).tolist()
        return rows

    def marks(self, taken: Sample) -> dict[int, list[Mark]]:
        """The learned furniture of a batch, by row; of the tails of an article the longest."""
        found: dict[int, list[Mark]] = {}
        at, number = self.lines.places(taken.line_hash ^ taken.salt[taken.line_row])
        for line, stories in zip(at.tolist(), self.lines.stories[number].tolist(), strict=True):
            label = "byline" if taken.line_top[line] else "other"
            evidence = f"a line under {stories} stories of the outlet"
            mark = Mark(int(taken.line_start[line]), int(taken.line_end[line]), label, evidence)
            found.setdefault(int(taken.line_row[line]), []).append(mark)
        at, number = self.tails.places(_tail_keys(taken))
        longest = {place // len(TAIL_SIZES): (place, key) for place, key in zip(at.tolist(), number, strict=True)}
        for row, (place, key) in longest.items():
            evidence = f"a tail of {int(self.tails.stories[key])} stories of the outlet"
            start, end = int(taken.tail_start.flat[place]), int(taken.tail_end[row])
            found.setdefault(row, []).append(Mark(start, end, "other", evidence))
        return found


def learn(samples: Sequence[Sample]) -> Learned:
    """What each outlet repeats under different stories; the order of the samples does not matter."""
    if not samples:
        nothing = Keys.of(np.zeros(0, np.uint64), np.zeros(0, np.int64))
        return Learned(nothing, nothing, nothing, {})
    number = {name: n for n, name in enumerate(dict.fromkeys(name for taken in samples for name in taken.outlets))}
    code = np.concatenate([np.array([number[name] for name in s.outlets], np.int64)[s.outlet] for s in samples])
    articles = np.bincount(code, minlength=len(number))[code]  # of each row's outlet
    names, found = _learned_names(samples, articles)
    return Learned(_learned_lines(samples, articles), _learned_tails(samples, code, articles), names, found)


def _learned_lines(samples: Sequence[Sample], articles: I64) -> Keys:
    offsets = np.cumsum([0, *(len(taken.outlet) for taken in samples)])
    row = np.concatenate([taken.line_row + offset for taken, offset in zip(samples, offsets, strict=False)])
    runs = np.concatenate([taken.line_hash for taken in samples])
    edge = np.concatenate([taken.line_edge for taken in samples])
    story = np.concatenate([taken.story for taken in samples])
    salt = np.concatenate([taken.salt for taken in samples])
    often = _often(runs ^ salt[row], STORIES)
    row, runs, edge = row[often], runs[often], edge[often]
    other = np.where(story[row, 0] == runs, story[row, 1], story[row, 0])
    with_others = other != 0
    row, runs, edge, other = row[with_others], runs[with_others], edge[with_others], other[with_others]
    keys, first, stories = _stories(runs ^ salt[row], other)
    at_edge, places = _share(runs ^ salt[row], edge, keys)
    share = stories / articles[row[first]]
    enough = (stories >= STORIES) & (share >= SHARE)
    chosen = enough & ((at_edge >= EDGE_SHARE * places) | (share >= MIDDLE_SHARE))
    return Keys.of(keys[chosen], stories[chosen])


def _learned_tails(samples: Sequence[Sample], code: I64, articles: I64) -> Keys:
    """Tails that an outlet repeats and no other outlet has."""
    bare = np.concatenate([taken.tails for taken in samples]).ravel()
    keys = np.concatenate([_tail_keys(taken) for taken in samples]).ravel()
    opening = np.concatenate([taken.opening for taken in samples])
    often = _often(keys, TAIL_STORIES)
    row = often // len(TAIL_SIZES)
    found, first, stories = _stories(keys[often], opening[row])
    enough = (stories >= TAIL_STORIES) & (stories >= TAIL_SHARE * articles[row[first]])
    found, first, stories = found[enough], first[enough], stories[enough]
    tail = bare[often[first]]
    kept = Keys.of(np.unique(tail), np.zeros(0, np.int64))
    at, number = kept.places(bare)
    pairs = np.unique(np.stack([number, code[at // len(TAIL_SIZES)]]), axis=1)
    outlets = np.bincount(pairs[0], minlength=len(kept))
    own = outlets[np.searchsorted(kept.keys, tail)] == 1
    return Keys.of(found[own], stories[own])


def _learned_names(samples: Sequence[Sample], articles: I64) -> tuple[Keys, dict[str | None, frozenset[str]]]:
    """Keys and texts of the head pieces that an outlet repeats."""
    starts = np.cumsum([0, *(len(taken.outlet) for taken in samples)])
    keys = np.concatenate([np.where(s.pieces == 0, 0, s.pieces ^ s.salt[:, None]) for s in samples]).ravel()
    opening = np.concatenate([taken.opening for taken in samples])
    often = _often(keys, TAIL_STORIES)
    row = often // PIECES
    found, first, stories = _stories(keys[often], opening[row])
    chosen = (stories >= TAIL_STORIES) & (stories >= TAIL_SHARE * articles[row[first]])
    names: dict[str | None, set[str]] = {}
    for place in often[first[chosen]].tolist():
        batch = int(np.searchsorted(starts, place // PIECES, "right")) - 1
        taken, local, k = samples[batch], place // PIECES - int(starts[batch]), place % PIECES
        piece = taken.texts[local].as_py()[int(taken.piece_start[local, k]) : int(taken.piece_end[local, k])]
        names.setdefault(taken.outlets[taken.outlet[local]], set()).add(piece)
    return Keys.of(found[chosen], stories[chosen]), {outlet: frozenset(found) for outlet, found in names.items()}


def _often(keys: U64, least: int) -> npt.NDArray[np.intp]:
    """Where keys stand that occur at least ``least`` times, ascending; 0 is no key.

    First they are counted by so many of their leading bits that hardly two different keys share them, and only those
    in full enough company are sorted: 2.4 ms for 340,000 keys, where sorting all takes 13.4 ms.
    """
    bucket = (keys >> np.uint64(64 - 1 - len(keys).bit_length())).astype(np.int64)
    crowded = np.bincount(bucket) >= least
    suspected = np.flatnonzero(crowded[bucket] & (keys != 0))
    ordered = np.sort(keys[suspected])
    same = ordered[least - 1 :] == ordered[: max(len(ordered) - least + 1, 0)]
    repeated = np.unique(ordered[: len(same)][same])
    at, _ = Keys.of(repeated, np.zeros(0, np.int64)).places(keys[suspected])
    return suspected[at]


def _stories(keys: U64, story: U64) -> tuple[U64, npt.NDArray[np.intp], I64]:
    """Distinct keys, where each first occurs, and under how many different stories."""
    distinct, first = np.unique(keys, return_index=True)
    if not len(keys):
        return distinct, first, np.zeros(0, np.int64)
    order = np.lexsort((story, keys))
    sorted_keys, sorted_story = keys[order], story[order]
    new = np.ones(len(keys), np.bool_)
    new[1:] = (sorted_keys[1:] != sorted_keys[:-1]) | (sorted_story[1:] != sorted_story[:-1])
    begins = np.searchsorted(sorted_keys, distinct)
    return distinct, first, np.add.reduceat(new.astype(np.int64), begins)


def _share(keys: U64, flags: Bools, distinct: U64) -> tuple[I64, I64]:
    """For every distinct key, how often its flag is set, and how often it occurs."""
    at = np.searchsorted(distinct, keys)
    return np.bincount(at[flags], minlength=len(distinct)), np.bincount(at, minlength=len(distinct))


def _tail_keys(taken: Sample) -> U64:
    """Tail hashes salted with outlet and size; 0 stays 0, for no tail."""
    sizes = np.arange(1, len(TAIL_SIZES) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.where(taken.tails == 0, np.uint64(0), taken.tails ^ taken.salt[:, None] ^ sizes[None, :])
