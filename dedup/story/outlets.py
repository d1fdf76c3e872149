"""Outlets: how much of each rests on text that others have too, and on which sources.

One line an outlet, after the hand-coded studies of agency copy in newspapers (Lewis, Williams and Franklin
2008 and those that follow them), which sort articles into those taken over wholly, partly, and not, and name the
agency:

    in_stories     articles in a story that another outlet has too
    wholly, partly derived so from the story's source, of these
    shared_words   unmarked words in passages that another outlet's article carries
    repeats        articles of a story that the outlet has already
    sources        for each source the articles that rest on it: those in its stories that are derived, and those
                   outside any story that credit it, an agency or another outlet, as where they come from; how many
                   of them say so; their words

Who runs whose stories is :mod:`dedup.story.matrix`. Cost: a few dictionary entries a member.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.intake import outlet_codes
from dedup.model import Outlet, OutletSource
from dedup.story.matrix import share
from dedup.story.ranges import LOW, Numbers, united
from dedup.story.shared_text import SharedText
from dedup.story.telling import Told


@dataclass(slots=True)
class _Counts:
    in_stories: int = 0
    wholly: int = 0
    partly: int = 0
    shared_words: int = 0
    repeats: int = 0
    articles_of: Counter[tuple[str, str]] = field(default_factory=Counter)
    credited_of: Counter[tuple[str, str]] = field(default_factory=Counter)
    words_of: Counter[tuple[str, str]] = field(default_factory=Counter)


def outlet_totals(outlets: pa.ChunkedArray, words: npt.NDArray[np.int32]) -> dict[str, tuple[int, int]]:
    """Articles and unmarked words of each outlet; articles without one are in no table."""
    encoded = pc.dictionary_encode(outlets).combine_chunks()
    known = pc.is_valid(encoded.indices).to_numpy(zero_copy_only=False)
    of_row = encoded.indices.fill_null(0).to_numpy()[known]
    names = encoded.dictionary.to_pylist()
    articles = np.bincount(of_row, minlength=len(names)).tolist()
    total = np.bincount(of_row, words[known], minlength=len(names)).astype(np.int64).tolist()
    return {name: (articles[n], total[n]) for n, name in sorted(enumerate(names), key=lambda entry: entry[1])}


def shared_with_others(found: SharedText, rows: Numbers, outlets: pa.ChunkedArray) -> Numbers:
    """Of each article, by row, the words in passages that an article of another outlet carries; ``rows``: the members.
    (What is said of an article without an outlet means nothing.)"""
    code = outlet_codes(outlets)[rows]
    both = np.unique((found.members.text << 32 | code)[code >= 0])
    text, outlet = both >> 32, both & LOW
    several = np.bincount(text, minlength=len(found.length))
    only = np.full(len(several), -1)
    only[text] = outlet
    a, b = found.links.text(), found.links.to()
    links = found.links.where((several[b] > 1) | ((several[b] == 1) & (only[a] != only[b])))
    elsewhere = united(links.start, links.end).words(len(several))
    words = np.zeros(len(outlets), np.int64)
    words[rows] = np.where(several > 1, found.shared_words(), elsewhere)[found.members.text]
    return words


def outlet_rows(
    totals: Mapping[str, tuple[int, int]], told: Sequence[Told], words: npt.NDArray[np.int32], shared: Numbers
) -> tuple[Outlet, ...]:
    """One line an outlet, by name. ``totals``: its articles and words; by row ``words``: unmarked words, and
    ``shared``: those shared with other outlets."""
    counts: dict[str, _Counts] = {name: _Counts() for name in totals}
    of_row = list(zip(words.tolist(), shared.tolist(), strict=True))
    for one in told:
        _count(one, counts, of_row)
    return tuple(_line(name, *totals[name], c) for name, c in sorted(counts.items()))


def _line(name: str, articles: int, words: int, c: _Counts) -> Outlet:
    ranked = sorted(c.articles_of.items(), key=lambda entry: (-entry[1], entry[0]))
    sources = tuple(
        OutletSource(
            *source, number, share(number, articles), c.credited_of[source],
            c.words_of[source], share(c.words_of[source], words),
        )
        for source, number in ranked
    )  # fmt: skip
    return Outlet(
        name, articles, words, c.in_stories, share(c.in_stories, articles), c.wholly, c.partly,
        c.shared_words, share(c.shared_words, words), c.repeats, sources,
    )  # fmt: skip


def _count(one: Told, counts: dict[str, _Counts], of_row: Sequence[tuple[int, int]]) -> None:
    outlets = {v.outlet for v in one.voices if v.outlet is not None}
    say_so = {place["id"] for said in one.origin.evidence[:1] if said.kind == "credit" for place in said.members}
    seen: set[str] = set()
    for n, v in enumerate(one.voices):
        if v.outlet is None:
            continue
        c = counts[v.outlet]
        words, shared = of_row[v.row]
        c.repeats += v.outlet in seen
        seen.add(v.outlet)
        if len(outlets) > 1:
            c.in_stories += 1
            c.shared_words += shared
            c.wholly += one.derived[n] == "wholly"
            c.partly += one.derived[n] == "partly"
        if one.origin.name is not None and one.derived[n] != "not":
            source = (one.origin.id or one.origin.name, one.origin.name)
            c.articles_of[source] += 1
            named = any(one.origin.name in (credit.name, credit.agency) for credit in v.credits)
            c.credited_of[source] += named or v.id in say_so
            c.words_of[source] += words if one.derived[n] == "wholly" else shared
