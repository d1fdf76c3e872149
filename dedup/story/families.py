"""Families: what is written from one mould, day after day, and is never one story.

Weather bulletins, telegrams between heads of state, market closes: their pairs are judged ``formula``, and it is worth
saying of which articles, for a reader who counts stories wants to leave them out, and one who studies an agency wants
to see them. A family is a *centre* and all stories that share a formula with it:

    nodes    stories: a cluster, or an article that is in none
    edges    pairs of relation ``formula`` between two stories that have at least FAMILY_SHARE of the shorter in common
    family   the story with the most edges and its neighbours, at least FAMILY_STORIES together; then the same among
             the stories that are left

Families are never chained: a telegram of condolence shares half its words with one of congratulation, that with an
invitation, and the invitation none with the first. Every member shares the mould with the centre itself.

The *phrase* of a family is the longest run of unmarked words of the centre's first article in which every phrase of
three words stands in at least half of the family's stories.

Cost: O(pairs log pairs) for the groups; for the phrases O(words) of at most PHRASE_STORIES stories of each family.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import fold_column
from dedup.kernels.numerals import join_numbers
from dedup.kernels.rarity import phrases
from dedup.match.verdicts import Verdicts
from dedup.model import RELATIONS, Span
from dedup.settings import FAMILY_SHARE, FAMILY_STORIES
from dedup.sketch.lsh import distinct, packed, sides
from dedup.sketch.minhash import Sketches
from dedup.story.groups import Groups

PHRASE_STORIES = 50
"""Stories of a family in which its phrase is looked for: enough to say what half of them hold."""
_FORMULA = RELATIONS.index("formula")
_WORDS = 3


@dataclass(frozen=True, slots=True)
class Family:
    """Articles (``rows``, ascending) of ``stories`` stories written from one mould.

    ``centre`` is the row all others share it with; ``phrase`` stands at ``span`` of its text (both None where no run of
    three words is in half of the stories); ``first`` and ``last`` are the earliest and latest known days, ISO 8601.
    """

    id: str
    centre: int
    stories: int
    rows: tuple[int, ...]
    outlets: tuple[str, ...]
    first: str | None
    last: str | None
    phrase: str | None
    span: Span | None


def families(
    judged: Verdicts, clusters: Sequence[Sequence[int]], copies: Sequence[npt.NDArray[np.int64]], sketches: Sketches,
    articles: pa.Table, day: npt.NDArray[np.datetime64],
) -> list[Family]:  # fmt: skip
    """The families among judged pairs (all that were judged, listed or not), the largest first.

    ``judged`` names the first of each of ``copies`` (groups of equal texts), ``clusters`` are rows of articles;
    ``articles`` needs the columns text and outlet, ``day`` is NaT where none is known.
    """
    story = np.arange(len(sketches), dtype=np.int64)
    for group in [*copies, *clusters]:
        story[np.asarray(group)] = min(group)
    in_order = np.argsort(story, kind="stable")
    of_story = Groups.of_numbers(story[in_order], len(sketches))
    outlet = articles["outlet"].to_pylist()
    found: list[Family] = []
    for stories in sorted(stars(_edges(judged, story)), key=lambda heads: (-len(heads), heads)):
        rows = np.sort(in_order[of_story.items(np.array(stories, np.int64))]).tolist()
        phrase, span = _phrase(sketches, articles, stories)
        first, last = _span_of_days(day[rows])
        outlets = tuple(sorted({name for row in rows if (name := outlet[row])}))
        name = f"f{len(found) + 1}"
        found.append(Family(name, stories[0], len(stories), tuple(rows), outlets, first, last, phrase, span))
    return found


def _edges(judged: Verdicts, story: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Pairs of stories, by their first rows, that share a formula."""
    share = np.maximum(judged.pairs.containment_a(), judged.pairs.containment_b())
    a, b = story[judged.pairs.a], story[judged.pairs.b]
    kept = np.equal(judged.relation, _FORMULA) & (share >= FAMILY_SHARE) & np.not_equal(a, b)
    one, other = sides(distinct(packed(np.minimum(a, b)[kept], np.maximum(a, b)[kept])))
    return list(zip(one.tolist(), other.tolist(), strict=True))


def stars(edges: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Families as lists of nodes, the centre first and then its neighbours ascending, in the order they are found.

    >>> stars([(0, 1), (0, 2), (2, 3), (3, 4), (5, 6)])
    [[0, 1, 2]]
    """
    near: dict[int, set[int]] = {}
    for x, y in edges:
        near.setdefault(x, set()).add(y)
        near.setdefault(y, set()).add(x)
    heap = [(-len(others), node) for node, others in near.items()]
    heapify(heap)
    found = []
    while heap:
        counted, node = heappop(heap)
        if node not in near:
            continue
        if -counted != len(near[node]):
            heappush(heap, (-len(near[node]), node))
            continue
        if 1 - counted < FAMILY_STORIES:
            break
        family = [node, *sorted(near[node])]
        found.append(family)
        for member in family:
            for other in near.pop(member):
                near.get(other, set()).discard(member)
    return found


def _span_of_days(days: npt.NDArray[np.datetime64]) -> tuple[str | None, str | None]:
    known = days[~np.isnat(days)]
    return (str(known.min()), str(known.max())) if len(known) else (None, None)


def _phrase(sketches: Sketches, articles: pa.Table, stories: Sequence[int]) -> tuple[str | None, Span | None]:
    """The longest run of the centre that half of the stories hold, as text and where it stands."""
    looked_at = stories[:PHRASE_STORIES]
    held = np.concatenate([distinct(_phrases(sketches, row)) for row in looked_at])
    phrase, holders = np.unique(held, return_counts=True)
    common = phrase[(2 * holders >= len(looked_at)) & (phrase > 0)]
    begin, length = _longest_run(np.isin(_phrases(sketches, stories[0]), common).tolist())
    if length == 0:
        return None, None
    start = int(sketches.first_word[stories[0]]) + begin
    words = sketches.stream[start : start + length + _WORDS - 1]
    text = articles["text"][stories[0]].as_py()
    span = _place(words, text)
    return text[span.start : span.end], span


def _phrases(sketches: Sketches, row: int) -> npt.NDArray[np.uint64]:
    """The hash of the phrase of three words at each place of an article's stream, 0 where there is none."""
    stream = sketches.stream[sketches.first_word[row] : sketches.first_word[row + 1]]
    found = np.empty(len(stream), np.uint64)
    phrases(stream, _WORDS, found)
    return found


def _longest_run(marked: Sequence[bool]) -> tuple[int, int]:
    """Start and length of the first longest run of True."""
    best, begin = (0, 0), 0
    for place, yes in enumerate([*marked, False]):
        if not yes:
            best = max(best, (place - begin, -begin))
            begin = place + 1
    return -best[1], best[0]


def _place(words: npt.NDArray[np.uint64], text: str) -> Span:
    """Where these neighbouring words stand in the text they are from."""
    folded = fold_column(pa.array([text], pa.string()))
    hashes = folded.hashes
    may_begin = np.flatnonzero((hashes == words[0]) | (hashes & words[0] & np.uint64(1) == 1)).tolist()
    wanted = words.tolist()
    at, end = next((at, end) for at in may_begin if (end := _end(wanted, hashes, folded.before, at)))
    return Span(int(folded.span_start[at]), int(folded.span_end[end - 1]))


def _end(words: Sequence[int], hashes: npt.NDArray[np.uint64], before: npt.NDArray[np.uint8], at: int) -> int:
    """Behind which token the words end if they begin at token ``at``, and 0 if they do not."""
    for word in words:
        tokens = next((n for n in range(1, 5) if _is_word(word, hashes[at : at + n], before[at : at + n])), 0)
        if not tokens:
            return 0
        at += tokens
    return at


def _is_word(word: int, tokens: npt.NDArray[np.uint64], before: npt.NDArray[np.uint8]) -> bool:
    """Whether these tokens are a word: one of them, or a number."""
    if len(tokens) == 1 or not word & 1:
        return len(tokens) == 1 and int(tokens[0]) == word
    joined, places = tokens.copy(), np.arange(len(tokens), dtype=np.int32)
    join_numbers(joined, places, before, np.array([0, len(tokens)], np.int64))
    return bool(joined[0] == word and not joined[1:].any())
