"""What a run has found, before it is put into words: :func:`described` asks the rooms of ``story`` one by one.

What listed pairs share does not wait for the stories (:func:`texts_told`): workers align it, which is compiled, while
Python clusters and reads who speaks in which story. To lay out the words before is half Python, and nothing runs beside
it: a thread that has the interpreter hands it over every 5 ms, so beside the clustering it took four times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.intake import Corpus
from dedup.match.rarity import Phrases
from dedup.match.verdicts import Verdicts
from dedup.model import Notice, Outlet, OutletPair, Pair
from dedup.report.pairs import Listed, pair_values
from dedup.report.passages import asked, pair_passages, with_passages
from dedup.story.families import Family
from dedup.story.groups import end_to_end
from dedup.story.matrix import outlet_pairs
from dedup.story.medoids import Exhibits, exhibits
from dedup.story.moments import Moments
from dedup.story.outlets import outlet_rows, outlet_totals, shared_with_others
from dedup.story.quoted import Quoted, quoted
from dedup.story.shared_text import Members, shared_text
from dedup.story.telling import Sources, Told, alone, told, voices_of
from dedup.story.texts import Mapper, Texts


@dataclass(frozen=True, slots=True)
class Stories:
    """Rows of each cluster, ascending, by their first; row of each round-up -> positions of the clusters it links."""

    clusters: list[list[int]]
    round_ups: dict[int, list[int]]

    @classmethod
    def in_order(cls, clusters: list[list[int]], round_ups: dict[int, list[int]]) -> Stories:
        """From clusters in any order; round-ups name positions in that order."""
        ordered = [sorted(rows) for rows in clusters]
        order = sorted(range(len(ordered)), key=lambda n: ordered[n])
        place = {old: new for new, old in enumerate(order)}
        links = {row: sorted(place[old] for old in linked) for row, linked in sorted(round_ups.items())}
        return cls([ordered[old] for old in order], links)


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages found, in rows of the corpus; ``exhibits`` and ``told`` are in the order of the clusters,
    ``alone`` are articles outside them whose origin is known."""

    corpus: Corpus
    verdicts: Verdicts
    stories: Stories
    families: list[Family]
    notices: list[Notice]
    exhibits: Exhibits
    texts: Texts
    quotes: Quoted
    told: list[Told]
    alone: Mapping[int, Told]
    outlets: tuple[Outlet, ...]
    outlet_pairs: tuple[OutletPair, ...]

    @property
    def articles(self) -> pa.Table:
        """The articles as one table."""
        return self.corpus.articles

    def listed(self, threads: int = 1) -> Listed:
        """The pairs in canonical order; ``threads`` align their passages."""
        return Listed(self.articles, self.verdicts, self.texts, threads)

    def values(self, positions: npt.NDArray[np.int64]) -> Iterator[Pair]:
        """Some of the pairs as values."""
        chosen = self.verdicts.where(positions)
        return pair_values(self.articles, chosen, pair_passages(self.texts, chosen, with_passages(chosen)))


def texts_told(
    corpus: Corpus, verdicts: Verdicts, groups: Sequence[npt.NDArray[np.int64]], frequent: Phrases, listing: bool,
    mapper: Mapper,
) -> Callable[[], Texts]:  # fmt: skip
    """The texts that pairs and stories will be told of, as a function that waits for what is still at work.

    Every article of a story is in one of ``groups``, equal texts, or in a pair called one story, or (at a threshold
    beyond MOST_ODDS) at least in a likely one. ``frequent`` are the phrases that are not rare. ``listing``: all pairs
    will be asked for, and workers begin to align them.
    """
    told = with_passages(verdicts)
    likely = verdicts.pairs.where(told | (verdicts.probability >= 0.5))
    needed = np.zeros(corpus.articles.num_rows, np.bool_)
    for rows in (likely.a, likely.b, *groups):
        needed[rows] = True
    rows = np.flatnonzero(needed)
    texts = Texts.of(corpus.articles, corpus.annotations, corpus.sketches.content, rows, frequent, mapper)
    listed = asked(texts, verdicts.pairs.where(told))[0] if listing else np.zeros(0, np.uint64)
    finish = texts.aligning(listed, mapper)

    def ready() -> Texts:
        finish()
        return texts

    return ready


def described(
    corpus: Corpus, verdicts: Verdicts, stories: Stories, formulas: list[Family], notices: list[Notice],
    waited_for: Callable[[], Texts], mapper: Mapper,
) -> Found:  # fmt: skip
    """What is said of stories and outlets: shared text, origin, derivation, who runs whose stories. ``waited_for``
    is what :func:`texts_told` gives."""
    articles, clusters = corpus.articles, stories.clusters
    moments, sources = Moments.of(articles), Sources.of(corpus)
    groups, members = end_to_end(clusters)
    voices = voices_of(corpus, members.tolist())
    others = alone(corpus, sources, clusters, moments)
    shown = exhibits(groups, members, articles.num_rows, verdicts)
    texts = waited_for()
    found = shared_text(Members.of(groups, texts.places(members), texts.equal), shown.medoids, texts, mapper)
    quotes = quoted(found)
    stories_told = told(sources, found, quotes, members, moments, voices)
    everything = [*stories_told, *others.values()]
    totals = outlet_totals(articles["outlet"], corpus.sketches.words)
    shared = shared_with_others(found, members, articles["outlet"])
    table = outlet_rows(totals, everything, corpus.sketches.words, shared)
    matrix = outlet_pairs(totals, groups, members, articles["outlet"], moments)
    return Found(
        corpus, verdicts, stories, formulas, notices, shown, texts, quotes, stories_told, others, table, matrix
    )
