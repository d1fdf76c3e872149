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

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.annotation import NOTHING, Annotation
from dedup.kernels.rarity import phrases
from dedup.match.passages import text_words
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
    articles: pa.Table, day: npt.NDArray[np.datetime64], annotations: Mapping[int, Annotation],
) -> list[Family]:  # fmt: skip
    """The families among judged pairs (all that were judged, listed or not), the largest first.

    ``judged`` names the first of each of ``copies`` (groups of equal texts), ``clusters`` are rows of articles;
    ``articles`` needs the columns text, body_start and outlet, ``day`` is NaT where none is known; ``annotations`` are
    what the sketches were made with.
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
        phrase, span = _phrase(sketches, articles, annotations, stories)
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


def _phrase(
    sketches: Sketches, articles: pa.Table, annotations: Mapping[int, Annotation], stories: Sequence[int]
) -> tuple[str | None, Span | None]:
    """The longest run of the centre that half of the stories hold, as text and where it stands."""
    looked_at, centre = stories[:PHRASE_STORIES], stories[0]
    held = np.concatenate([distinct(_phrases(sketches, row)) for row in looked_at])
    phrase, holders = np.unique(held, return_counts=True)
    common = phrase[(2 * holders >= len(looked_at)) & (phrase > 0)]
    begin, length = _longest_run(np.isin(_phrases(sketches, centre), common).tolist())
    if length == 0:
        return None, None
    text, body_start = articles["text"].slice(centre, 1), articles["body_start"].slice(centre, 1).to_numpy()
    words = text_words(text, [annotations.get(centre, NOTHING).marks], body_start.astype(np.int64))
    before = sketches.stream[sketches.first_word[centre] :][:begin]
    first = int(np.count_nonzero(before))
    span = Span(int(words.start[first]), int(words.end[first + length + _WORDS - 2]))
    return text[0].as_py()[span.start : span.end], span


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
