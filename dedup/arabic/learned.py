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
stories
and TAIL_SHARE of the articles, and not in other outlets as well: what several outlets end with is a formula of the
trade ("progress and prosperity"), which belongs to the story.

A piece of a head ("the paper's name - follow-ups") that an outlet repeats is a *name*, by which
:mod:`dedup.arabic.heads` knows the bylines that occur once.

Order does not matter: learning counts sets. Cost: one hash a line and some fifteen an article on the way, one sort
in the end; benchmarks/marks.py prints both. Limits: an outlet with fewer than STORIES articles teaches nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import xxhash

from dedup.arabic.fold import Folded
from dedup.arabic.sample import (
    I32,
    LINE_WORDS,
    PIECE_WORDS,
    PIECES,
    TAIL_SIZES,
    U64,
    Sample,
    edge_hashes,
    line_table,
)
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
class Learned:
    """What was learned: sorted keys (hash of a line or tail, salted with its outlet) and how many stories repeat
    each."""

    line_keys: U64
    line_stories: npt.NDArray[np.int64]
    tail_keys: U64
    tail_stories: npt.NDArray[np.int64]
    name_keys: U64
    outlet_names: dict[str | None, frozenset[str]]

    def names(self, outlet: str | None) -> frozenset[str]:
        """What the outlet repeats in the heads of its articles, such as its own name."""
        return self.outlet_names.get(outlet, frozenset())

    def affected(self, taken: Sample) -> npt.NDArray[np.int64]:
        """Rows of a batch that hold something learned and must be marked again."""
        salt = _salts(taken.outlets)
        hit = np.zeros(len(taken.outlets), np.bool_)
        hit[taken.line_row[np.isin(taken.line_hash ^ salt[taken.line_row], self.line_keys)]] = True
        hit |= np.isin(_tail_keys(taken.tails, salt), self.tail_keys).any(axis=1)
        named = np.isin(taken.pieces ^ salt[:, None], self.name_keys).any(axis=1)
        return np.flatnonzero(hit | (named & ~taken.headed))

    def marks(self, folded: Folded, hashes: U64, lines: I32, outlets: pa.StringArray) -> dict[int, list[Mark]]:
        """The learned furniture of a folded batch, by row."""
        salt = _salts(outlets)
        found: dict[int, list[Mark]] = {}
        row, runs, words, _, _ = line_table(folded, hashes, lines)
        at = _found(runs ^ salt[row], self.line_keys)
        for line in np.flatnonzero((at >= 0) & (words <= LINE_WORDS)).tolist():
            first, last = int(lines[line]), int(lines[line] + words[line]) - 1
            top = first == int(folded.first_token[row[line]])
            label = "byline" if top and int(words[line]) <= 2 * PIECE_WORDS else "other"
            evidence = f"a line under {int(self.line_stories[at[line]])} stories of the outlet"
            _append(found, int(row[line]), folded, first, last, label, evidence)
        self._tail_marks(found, folded, hashes, salt)
        return found

    def _tail_marks(self, found: dict[int, list[Mark]], folded: Folded, hashes: U64, salt: U64) -> None:
        _, tails = edge_hashes(folded, hashes)
        at = _found(_tail_keys(tails, salt), self.tail_keys)
        for row in np.flatnonzero((at >= 0).any(axis=1)).tolist():
            size = int(np.flatnonzero(at[row] >= 0)[-1])
            last = int(folded.first_token[row + 1]) - 1
            evidence = f"a tail of {int(self.tail_stories[at[row, size]])} stories of the outlet"
            _append(found, row, folded, last - TAIL_SIZES[size] + 1, last, "other", evidence)


def learn(samples: Sequence[Sample]) -> Learned:
    """What each outlet repeats under different stories; the order of the samples does not matter."""
    outlets = [outlet for taken in samples for outlet in taken.outlets.to_pylist()]
    number = {outlet: n for n, outlet in enumerate(dict.fromkeys(outlets))}
    code = np.array([number[outlet] for outlet in outlets], np.int64)
    articles = np.bincount(code, minlength=len(number))
    salt = np.concatenate([_salts(taken.outlets) for taken in samples]) if samples else np.zeros(0, np.uint64)
    offsets = np.cumsum([0, *(len(taken.outlets) for taken in samples)])
    lines = _learned_lines(samples, offsets, code, salt, articles)
    tails = _learned_tails(samples, code, salt, articles)
    return Learned(*lines, *tails, *_learned_names(samples, code, salt, list(number), articles))


def _learned_lines(
    samples: Sequence[Sample],
    offsets: npt.NDArray[np.int64],
    code: npt.NDArray[np.int64],
    salt: U64,
    articles: npt.NDArray[np.int64],
) -> tuple[U64, npt.NDArray[np.int64]]:
    row = np.concatenate(
        [taken.line_row + offset for taken, offset in zip(samples, offsets, strict=False)] or [np.zeros(0, np.int64)]
    )
    runs = np.concatenate([taken.line_hash for taken in samples] or [np.zeros(0, np.uint64)])
    edge = np.concatenate([taken.line_edge for taken in samples] or [np.zeros(0, np.bool_)])
    story = np.concatenate([taken.story for taken in samples] or [np.zeros((0, 2), np.uint64)])
    other = np.where(story[row, 0] == runs, story[row, 1], story[row, 0])
    with_others = other != 0
    row, runs, edge, other = row[with_others], runs[with_others], edge[with_others], other[with_others]
    keys, first, stories = _stories(runs ^ salt[row], other)
    at_edge, places = _share(runs ^ salt[row], edge, keys)
    share = stories / articles[code[row[first]]]
    enough = (stories >= STORIES) & (share >= SHARE)
    chosen = enough & ((at_edge >= EDGE_SHARE * places) | (share >= MIDDLE_SHARE))
    return keys[chosen], stories[chosen]


def _learned_tails(
    samples: Sequence[Sample], code: npt.NDArray[np.int64], salt: U64, articles: npt.NDArray[np.int64]
) -> tuple[U64, npt.NDArray[np.int64]]:
    tails = np.concatenate([taken.tails for taken in samples] or [np.zeros((0, len(TAIL_SIZES)), np.uint64)])
    opening = np.concatenate([taken.opening for taken in samples] or [np.zeros(0, np.uint64)])
    keys = _tail_keys(tails, salt)
    row = np.repeat(np.arange(len(tails)), len(TAIL_SIZES))
    there = keys.ravel() != 0
    row, flat, bare = row[there], keys.ravel()[there], tails.ravel()[there]
    found, first, stories = _stories(flat, opening[row])
    enough = (stories >= TAIL_STORIES) & (stories >= TAIL_SHARE * articles[code[row[first]]])
    found, first, stories = found[enough], first[enough], stories[enough]
    candidates = np.isin(bare, bare[first])
    pairs = np.unique(np.stack([bare[candidates], code[row[candidates]].astype(np.uint64)]), axis=1)
    names, outlets = np.unique(pairs[0], return_counts=True)
    own = outlets[np.searchsorted(names, bare[first])] == 1 if len(first) else np.zeros(0, np.bool_)
    return found[own], stories[own]


def _learned_names(
    samples: Sequence[Sample],
    code: npt.NDArray[np.int64],
    salt: U64,
    outlets: list[str | None],
    articles: npt.NDArray[np.int64],
) -> tuple[U64, dict[str | None, frozenset[str]]]:
    """Keys and texts of the head pieces that an outlet repeats."""
    pieces = np.concatenate([taken.pieces for taken in samples] or [np.zeros((0, PIECES), np.uint64)])
    opening = np.concatenate([taken.opening for taken in samples] or [np.zeros(0, np.uint64)])
    names: dict[str | None, set[str]] = {}
    places = [(s, row) for s, taken in enumerate(samples) for row in range(len(taken.outlets))]
    flat, row = pieces.ravel(), np.repeat(np.arange(len(pieces)), PIECES)
    there = flat != 0
    number = np.flatnonzero(there)
    flat, row = flat[there], row[there]
    keys, first, stories = _stories(flat ^ salt[row], opening[row])
    chosen = (stories >= TAIL_STORIES) & (stories >= TAIL_SHARE * articles[code[row[first]]])
    for at in first[chosen].tolist():
        s, local = places[int(row[at])]
        k = int(number[at]) % PIECES
        text = samples[s].texts[local].as_py()
        piece = text[int(samples[s].piece_start[local, k]) : int(samples[s].piece_end[local, k])]
        names.setdefault(outlets[int(code[row[at]])], set()).add(piece)
    return keys[chosen], {outlet: frozenset(found) for outlet, found in names.items()}


def _stories(keys: U64, story: U64) -> tuple[U64, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
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


def _share(
    keys: U64, flags: npt.NDArray[np.bool_], distinct: U64
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """For every distinct key, how often its flag is set, and how often it occurs."""
    at = np.searchsorted(distinct, keys)
    return np.bincount(at[flags], minlength=len(distinct)), np.bincount(at, minlength=len(distinct))


def _salts(outlets: pa.StringArray) -> U64:
    """One number for each row's outlet; hashes are salted with it, so that outlets do not mix."""
    known: dict[str | None, int] = {}
    for outlet in outlets.to_pylist():
        if outlet not in known:
            known[outlet] = xxhash.xxh3_64_intdigest((outlet or "").encode(), seed=1)
    return np.array([known[outlet] for outlet in outlets.to_pylist()], np.uint64)


def _tail_keys(tails: U64, salt: U64) -> U64:
    """Tail hashes salted with outlet and size; 0 stays 0, for no tail."""
    sizes = np.arange(1, len(TAIL_SIZES) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    return np.where(tails == 0, np.uint64(0), tails ^ salt[:, None] ^ sizes[None, :])


def _found(keys: U64, among: U64) -> npt.NDArray[np.int64]:
    """Index of each key among sorted ones, or -1."""
    if not len(among):
        return np.full(keys.shape, -1, np.int64)
    at = np.minimum(np.searchsorted(among, keys), len(among) - 1)
    return np.where((among[at] == keys) & (keys != 0), at, -1)


def _append(
    found: dict[int, list[Mark]], row: int, folded: Folded, first: int, last: int, label: str, evidence: str
) -> None:
    mark = Mark(int(folded.span_start[first]), int(folded.span_end[last]), label, evidence)
    found.setdefault(row, []).append(mark)
