"""What a run has found, before it is put into words: :func:`described` asks the rooms of ``story`` one by one.

Two kinds of work are done beside others. Who speaks in which story is read while texts are aligned, which is compiled
and leaves Python free; and if the pairs will be listed, the texts of those are aligned while Python tells of stories
and builds the report. Nothing depends on which is done first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any

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
from dedup.story.voices import Voice


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
    ``alone`` are articles outside them whose origin is known; ``threads`` align the passages of listed pairs."""

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
    threads: int = 1

    @property
    def articles(self) -> pa.Table:
        """The articles as one table."""
        return self.corpus.articles

    def listed(self) -> Listed:
        """The pairs in canonical order."""
        return Listed(self.articles, self.verdicts, self.texts, self.threads)

    def values(self, positions: npt.NDArray[np.int64]) -> Iterator[Pair]:
        """Some of the pairs as values."""
        chosen = self.verdicts.where(positions)
        return pair_values(self.articles, chosen, pair_passages(self.texts, chosen, with_passages(chosen)))


def _at_once(work: Callable[..., Any], *arguments: Any) -> Future[Any]:
    done: Future[Any] = Future()
    done.set_result(work(*arguments))
    return done


@dataclass(frozen=True, slots=True)
class Beside:
    """What may be done beside other work: how to hand it over, and whether the pairs will be listed."""

    submit: Callable[..., Future[Any]] = _at_once
    listing: bool = False


def described(
    corpus: Corpus, verdicts: Verdicts, stories: Stories, moulds: list[Family], notices: list[Notice],
    frequent: Phrases, mapper: Mapper, beside: Beside = Beside(),
) -> Found:  # fmt: skip
    """What is said of stories and outlets: shared text, origin, derivation, who runs whose stories."""
    articles, clusters = corpus.articles, stories.clusters
    moments, sources = Moments.of(articles), Sources.of(corpus)
    speaking = beside.submit(_speaking, corpus, sources, clusters, moments)
    groups, members = end_to_end(clusters)
    shown = exhibits(groups, members, articles.num_rows, verdicts)
    listed = verdicts.pairs.where(with_passages(verdicts))
    needed = np.zeros(articles.num_rows, np.bool_)
    needed[listed.a] = needed[listed.b] = needed[members] = True
    rows = np.flatnonzero(needed)
    texts = Texts.of(articles, corpus.annotations, corpus.sketches.content, rows, frequent, mapper)
    found = shared_text(Members.of(groups, texts.places(members), texts.equal), shown.medoids, texts, mapper)
    quotes = quoted(found)
    if beside.listing:
        beside.submit(texts.align, asked(texts, listed)[0])
    voices, others = speaking.result()
    stories_told = told(sources, found, quotes, members, moments, voices)
    everything = [*stories_told, *others.values()]
    totals = outlet_totals(articles["outlet"], corpus.sketches.words)
    shared = shared_with_others(found, members, articles["outlet"])
    table = outlet_rows(totals, everything, corpus.sketches.words, shared)
    matrix = outlet_pairs(totals, groups, members, articles["outlet"], moments)
    return Found(corpus, verdicts, stories, moulds, notices, shown, texts, quotes, stories_told, others, table, matrix)


def _speaking(
    corpus: Corpus, sources: Sources, clusters: list[list[int]], moments: Moments
) -> tuple[dict[int, Voice], dict[int, Told]]:
    """What the members of stories say of where they come from, and the articles outside that say it. One task, so that
    of two workers the other is free for what is compiled."""
    return voices_of(corpus, [row for rows in clusters for row in rows]), alone(corpus, sources, clusters, moments)
