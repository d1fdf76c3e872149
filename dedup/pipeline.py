"""The order of the stages, and nothing else: each step calls one stage and hands its value on.

    read_corpus      files -> articles, marked and sketched             (intake: corpus, arabic, sketch)
    distinct_texts   equal texts once                                   (near: match.compare)
    near_identical   signatures -> suspects -> exact overlap            (near: sketch.lsh, match.compare)
    suspected        rare fingerprints -> more suspects, vocabulary     (sketch.fingerprints, match.vocabulary)
    judge            suspects, and what neighbours have in common,      (match.verdicts, match.neighbours)
                     -> features -> probability, relation
    windowed         what a window of days leaves of pairs and groups   (match.window)
    texts_told       words of all texts in pairs; what these share is   (report.found: match.passages)
                     aligned beside the next two
    _stories         judged pairs -> clusters, round-ups                (story.clusters)
    families         formulas -> what is written from one mould         (story.families)
    described        clusters -> shared text, sources, outlets          (report.found: story)
    build            everything found, as one value                     (report)

Workers only ever compute parts whose place is fixed, so the result does not depend on their number.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import utf8
from dedup.corpus import source
from dedup.corpus.one import one_article
from dedup.corpus.plain import title_of
from dedup.corpus.schema import SCHEMA
from dedup.errors import NothingCredited
from dedup.intake import (
    Corpus,
    Paths,
    Progress,
    credited,
    outlet_codes,
    read_corpus,
    restricted,
    sources_named,
    taken_in,
)
from dedup.match.compare import Copies, Spread, spread
from dedup.match.days import Days
from dedup.match.features import Suspects, mates_of, promising
from dedup.match.headlines import Headlines, printers
from dedup.match.judge import model
from dedup.match.moulds import Mates
from dedup.match.neighbours import through_neighbours
from dedup.match.rarity import Background, Printed, background, prints
from dedup.match.verdicts import Verdicts, all_judged, for_articles, judged, listed, merged, undecided
from dedup.match.vocabulary import Vocabulary, vocabulary
from dedup.match.window import windowed
from dedup.memory import give_back
from dedup.model import Comparison, Notice, Pair, Report
from dedup.near import Distinct, Near, distinct_texts, near_identical, short_twins
from dedup.notices import flood_notices, outlet_notices, star_notices
from dedup.report.build import build, comparison
from dedup.report.found import Found, Stories, described, texts_told
from dedup.report.pairs import Listed
from dedup.settings import LOOKED_AT, PRINT_JACCARD, Settings
from dedup.sketch.fingerprints import related_stories
from dedup.sketch.lsh import most_pairs
from dedup.story.clusters import clusters_of_pairs
from dedup.story.families import families
from dedup.story.texts import Texts


@dataclass(frozen=True)
class Result:
    """What a run gives: the report, and the listed pairs (too many to be part of it)."""

    found: Found
    settings: Settings

    @cached_property
    def report(self) -> Report:
        """Everything found, as one value, made when it is first asked for."""
        return build(self.found, self.settings)

    def pairs(self) -> Iterator[Pair]:
        """Every listed pair in canonical order."""
        return self.found.listed(self.settings.threads())


def cluster(
    paths: Paths,
    settings: Settings | None = None,
    *,
    exclude: Collection[Path] = (),
    progress: Progress | None = None,
    on_pairs: Callable[[Listed], object] | None = None,
) -> Result:
    """Find the articles below ``paths`` (several, or one) that are one story, and group them.

    ``exclude`` are files not to be read (the outputs of this very run). ``on_pairs`` is called with the listed pairs
    while stories are still told, so that another thread can write them meanwhile; they can be asked for in any case.
    Raises NothingReadable, PathMissing, FieldMissing, LexiconUnreadable and NothingCredited; whatever can be read
    around is listed in the report instead.
    """
    settings = settings or Settings()
    with uncollected(), ThreadPoolExecutor(settings.threads()) as pool:
        corpus, settings = _asked_for(read_corpus(paths, settings, exclude, progress, pool), settings)
        give_back()
        distinct = distinct_texts(corpus.sketches)
        near = near_identical(corpus.sketches, distinct, min(settings.jaccard, PRINT_JACCARD), pool)
        day = days(corpus)
        asked = suspected(corpus, distinct, near, day, background(), pool)
        unasked = asked.left_out
        frequent = pool.submit(asked.phrases.frequent)
        seen = judge(corpus, day, asked.suspects, asked.phrases, asked.story, settings, pool)
        del asked  # its phrases are 84 MB of 22,953 articles
        between = listed(seen, settings)
        groups = distinct.copies + short_twins(corpus)
        every, unlisted = for_articles(corpus.sketches, between, groups)
        corpus = replace(corpus, sketches=corpus.sketches.counted())
        give_back()
        verdicts, undated = every, list[Notice]()
        if settings.window_days is not None:
            verdicts, between, groups, undated = windowed(corpus.articles, every, groups, settings.window_days)
        texts = texts_told(corpus, verdicts, groups, frequent.result(), on_pairs is not None, pool.map)

        def known() -> Texts:
            aligned = texts()
            if on_pairs is not None:
                on_pairs(Listed(corpus.articles, verdicts, aligned, settings.threads()))
            return aligned

        stories = _stories(between, groups, settings.threshold)
        notices = undated + star_notices(corpus.articles, groups) + flood_notices(near.cut, unasked, unlisted)
        notices += outlet_notices(corpus.articles)
        formulas = families(
            seen, stories.clusters, distinct.copies, corpus.sketches, corpus.articles, day.known, corpus.annotations
        )
        return Result(described(corpus, verdicts, stories, formulas, notices, known, pool.map), settings)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Python's collector of cycles rests meanwhile: a run makes hundreds of thousands of values that stay, none of them
    in a cycle, and the collector would walk them again and again. (0.35 s of processor time of 22,953 articles, and 0.1
    s while they are written.)"""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def compare(text_a: str, text_b: str, settings: Settings | None = None) -> Comparison:
    """Compare two texts: relation, probability, figures, passages.

    A text is read as a ``.txt`` file is: a first line that can be a title is one, and takes no part.
    Formulas are what the background table of the package knows; two texts cannot tell their own. In a run over a whole
    corpus the same pair can therefore be judged otherwise.
    """
    rows: list[dict[str, object]] = []
    for name, text in (("a", utf8(text_a).decode()), ("b", utf8(text_b).decode())):
        title, start = title_of(text)
        known = {"id": name, "path": name, "text": text, "title": title, "body_start": start}
        rows.append({**dict.fromkeys(SCHEMA.names), **known})
    return compared(pa.Table.from_pylist(rows, schema=SCHEMA), settings or Settings())


def compare_files(a: str, b: str, settings: Settings | None = None) -> Comparison:
    """The same for two articles in files, named as :mod:`dedup.corpus.one` says; raises what it raises."""
    settings = settings or Settings()
    articles = [one_article(name, settings) for name in (a, b)]
    names = [
        table.set_column(0, SCHEMA.field("id"), pa.array([source.shown(name)]))
        for table, name in zip(articles, (a, b), strict=True)
    ]
    return compared(pa.concat_tables(names), settings)


def compared(articles: pa.Table, settings: Settings) -> Comparison:
    """The comparison of the two articles of a table."""
    corpus = taken_in(articles.combine_chunks().to_batches()[0], settings)
    both = np.arange(2, dtype=np.int64)
    known = vocabulary(corpus.sketches.running(), headlines(corpus, background()), both, both, background())
    content, short = corpus.sketches.content, corpus.sketches.too_short()
    told = corpus.sketches.words[0] > 0 or articles["text"][0] == articles["text"][1]
    groups = [both] if content[0] == content[1] and told else []
    pair = Suspects.of(known, np.array([1][: not groups], np.uint64))
    seen = judged(corpus.sketches, days(corpus), known, pair, model(), replace(settings, jaccard=0))
    seen = undecided(seen) if short.any() else seen
    verdict, _ = for_articles(corpus.sketches, seen, groups)
    texts = Texts.of(corpus.articles, corpus.annotations, content, both, known.frequent())
    return comparison(corpus, verdict, texts)


def _asked_for(corpus: Corpus, settings: Settings) -> tuple[Corpus, Settings]:
    """Only the articles that credit, or do not credit, the sources asked for; notices of those that nobody credits.
    The settings with the ids of these sources, however they were named."""
    if not settings.credited_to and not settings.exclude_credited_to:
        return corpus, settings
    sources = credited(corpus)
    there_are = frozenset[str]().union(*sources)
    wanted_ids, unwanted_ids = (
        sources_named(names, corpus.agencies, there_are)
        for names in (settings.credited_to, settings.exclude_credited_to)
    )
    settings = replace(settings, credited_to=wanted_ids, exclude_credited_to=unwanted_ids)
    wanted, unwanted = frozenset(wanted_ids), frozenset(unwanted_ids)
    kept = np.array([(not wanted or bool(one & wanted)) and not one & unwanted for one in sources], np.bool_)
    if not kept.any():
        raise NothingCredited(sorted(wanted), sorted(unwanted), sorted(there_are))
    notices = [
        Notice("", None, f"no article credits '{name}', asked for by {option}")
        for option, names in (("--credited-to", wanted), ("--exclude-credited-to", unwanted))
        for name in sorted(names - there_are)
    ]
    return replace(restricted(corpus, kept), notices=corpus.notices + notices), settings


def judge(
    corpus: Corpus, day: Days, suspects: Suspects, known: Vocabulary,
    story: npt.NDArray[np.int64], settings: Settings, pool: ThreadPoolExecutor,
) -> Verdicts:  # fmt: skip
    """Verdicts on all suspected pairs of distinct texts, and on those that a common neighbour makes suspects."""

    def look(pairs: Suspects, mates: Mates | None) -> Verdicts:
        return all_judged(corpus.sketches, day, known, story, pairs, model(), settings, mates, pool.map)

    seen = look(suspects, None)
    further = Suspects.of(known, through_neighbours(suspects.pairs, seen.probability), pool.map)
    return merged(seen, look(further, mates_of(seen.pairs, seen.features, story)))


@dataclass(frozen=True, slots=True)
class Suspected:
    """``suspects``: the pairs of distinct texts to be judged; ``phrases``: these texts' phrases by rarity; ``story``
    int64 (n,): for each article the first of its prints; ``left_out``: pairs of prints of related stories that were not
    looked at, for there are too many."""

    suspects: Suspects
    phrases: Vocabulary
    story: npt.NDArray[np.int64]
    left_out: int


def suspected(
    corpus: Corpus, distinct: Distinct, near: Near, day: Days, known: Background | None,
    pool: ThreadPoolExecutor,
) -> Suspected:  # fmt: skip
    """Which pairs of distinct texts are to be judged, and by which phrases: those that are ``near``, and the promising
    ones of related stories.

    Of the latter LOOKED_AT times :func:`most_pairs` are looked at, and fewer if that makes too many promising ones. The
    pages of a flood are no prints of its first page, or thousands of them would count as one story, and their formulas
    as rare.
    """
    words, alike = corpus.sketches.running(), near.pairs.where(~near.star)
    headed = pool.submit(headlines, corpus, known)
    story = prints(alike, words, Printed(outlet_codes(corpus.articles["outlet"]), day.known), pool.map)
    most = most_pairs(len(distinct.firsts))
    looked_at = pool.submit(_related, corpus, distinct, story.first, LOOKED_AT * most)
    stories = np.unique(story.fullest[distinct.firsts])
    phrases = vocabulary(words, headed.result(), distinct.firsts, stories, known, pool.map)
    related = looked_at.result()
    found = promising(phrases, related.pairs, near.pairs.packed(), pool.map)
    if len(found) > len(near.pairs) + most:
        related = _related(corpus, distinct, story.first, most)
        found = promising(phrases, related.pairs, near.pairs.packed(), pool.map)
    return Suspected(found, phrases, story.first, related.left_out)


def _related(corpus: Corpus, distinct: Distinct, story: npt.NDArray[np.int64], most: int) -> Spread:
    """The pairs of distinct texts whose stories share rare fingerprints, and those that are prints of one story; of too
    many not all."""
    related = related_stories(corpus.sketches, distinct.firsts, story)
    return spread(related, Copies(story).groups(), within=True, most=most)


def headlines(corpus: Corpus, known: Background | None) -> Headlines:
    """The headlines of the articles, and whose they are."""
    return Headlines.of(corpus.articles["title"], printers(corpus.articles["outlet"]), known)


def days(corpus: Corpus) -> Days:
    """The days of the articles, as far as they are known or named."""
    return Days.of(corpus.articles, corpus.annotations)


def _stories(verdicts: Verdicts, groups: list[npt.NDArray[np.int64]], threshold: float) -> Stories:
    """Clusters of rows; ``groups`` are equal texts, of which ``verdicts`` name the first."""
    members = {int(group[0]): group.tolist() for group in groups}
    weights = {first: len(rows) for first, rows in members.items()}
    found = clusters_of_pairs(verdicts.pairs.a, verdicts.pairs.b, verdicts.probability, weights, threshold)
    round_ups = {row: linked for node, linked in found.round_ups.items() for row in members.pop(node, [node])}
    spread_out = [[row for node in group for row in members.pop(node, [node])] for group in found.groups]
    return Stories.in_order([*spread_out, *members.values()], round_ups)
