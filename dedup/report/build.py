"""From rows and arrays to the values a report is made of.

A cluster's id is made of the id of its first member, so it stays when later articles join the story. As evidence it
lists one pair a member (:mod:`dedup.story.medoids`); a list of all pairs is the pairs file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from dedup.intake import Corpus, credited
from dedup.match.verdicts import Verdicts
from dedup.model import (
    Annotated,
    Cluster,
    Compared,
    Comparison,
    FormulaFamily,
    Related,
    Report,
    RoundUp,
)
from dedup.report.found import Found
from dedup.report.members import credits_of, first_and_last, member_values
from dedup.report.pairs import pair_values
from dedup.report.passages import pair_passages
from dedup.report.quotes import shared_passages
from dedup.report.related import related
from dedup.settings import PRINT_JACCARD, WANTED_RECALL, Settings
from dedup.sketch.lsh import choose
from dedup.story.families import Family
from dedup.story.groups import Groups, end_to_end
from dedup.story.texts import Texts, strings_of


def comparison(corpus: Corpus, verdict: Verdicts, texts: Texts) -> Comparison:
    """The two articles of a corpus of two, with the one verdict on them."""
    (pair,) = pair_values(corpus.articles, verdict, pair_passages(texts, verdict, np.ones(1, np.bool_)))
    short = corpus.sketches.too_short().tolist()
    words = corpus.sketches.words.tolist()
    columns = corpus.articles.select(["id", "title", "text"]).to_pylist()
    a, b = (
        Compared(one["id"], one["title"], one["text"], words[row], credits_of(corpus.annotations.get(row)), short[row])
        for row, one in enumerate(columns)
    )
    return Comparison(pair, a, b)


def build(found: Found, settings: Settings) -> Report:
    """The report of a run."""
    stories, members = end_to_end(found.stories.clusters)
    clusters = tuple(_clusters(found, stories, members, settings))
    short = np.flatnonzero(found.corpus.sketches.too_short())
    bands, rows_a_band = choose(min(settings.jaccard, PRINT_JACCARD), WANTED_RECALL)
    return Report(
        settings={**settings.described(found.corpus.lexicon), "bands": bands, "rows": rows_a_band},
        corpus=_totals(found, len(short)),
        clusters=clusters,
        round_ups=tuple(
            RoundUp(found.articles["id"][row].as_py(), tuple(clusters[n].id for n in linked))
            for row, linked in found.stories.round_ups.items()
        ),
        families=tuple(_family(found.articles, one) for one in found.families),
        outlets=found.outlets,
        outlet_pairs=found.outlet_pairs,
        articles=_annotated(found, settings.marks),
        too_short=tuple(found.articles["id"].take(pa.array(short)).to_pylist()),
        skipped=tuple(
            sorted(found.corpus.skipped, key=lambda s: (s.path, -1 if s.record is None else s.record, s.reason))
        ),
        notices=tuple(
            sorted(
                [*found.corpus.notices, *found.notices],
                key=lambda n: (n.path, -1 if n.record is None else n.record, n.note),
            )
        ),
        texts=_texts(found, clusters, members) if settings.texts == "full" else {},
    )


def _family(articles: pa.Table, one: Family) -> FormulaFamily:
    ids = articles["id"].take(pa.array(one.rows)).to_pylist()
    start, end = one.span or (None, None)
    return FormulaFamily(
        one.id, len(ids), one.stories, one.outlets, one.first, one.last, ids[one.rows.index(one.centre)],
        one.phrase, start, end, tuple(ids),
    )  # fmt: skip


def _texts(found: Found, clusters: tuple[Cluster, ...], members: npt.NDArray[np.int64]) -> dict[str, str]:
    ids = (member.id for cluster in clusters for member in cluster.members)
    return dict(zip(ids, strings_of(found.articles["text"], members), strict=True))


def _clusters(found: Found, stories: Groups, rows: npt.NDArray[np.int64], settings: Settings) -> Iterator[Cluster]:
    """The clusters, whose members are at ``rows``."""
    pairs = found.values(found.exhibits.pairs)
    members = list(member_values(found.corpus, rows, found.told))
    passages = shared_passages(found.quotes, rows, found.texts, found.articles, settings.texts == "shared")
    earliest, latest = (which.tolist() for which in first_and_last(found.articles, stories, rows))
    medoids, shown = found.exhibits.medoids.tolist(), found.exhibits.clusters.sizes().tolist()
    bounds = stories.first.tolist()
    names = ["c" + xxhash.xxh64_hexdigest(members[begin].id.encode()) for begin in bounds[:-1]]
    others = _related(found, names, settings.threshold)
    for n, (told, quoted) in enumerate(zip(found.told, passages, strict=True)):
        theirs = tuple(members[bounds[n] : bounds[n + 1]])
        yield Cluster(
            id=names[n],
            outlets=tuple(sorted({member.outlet for member in theirs if member.outlet is not None})),
            first_published=members[earliest[n]].published,
            last_published=members[latest[n]].published,
            medoid=members[medoids[n]].id,
            origin=told.origin,
            passages=quoted,
            members=theirs,
            pairs=tuple(islice(pairs, shown[n])),
            related=others[n],
        )


def _related(found: Found, names: list[str], threshold: float) -> list[tuple[Related, ...]]:
    """For each cluster the articles outside that agree with a member."""
    stories = found.stories
    groups, outside, member, probability = related(
        found.verdicts, stories.clusters, stories.round_ups, found.articles.num_rows, threshold
    )
    own = {row: name for name, rows in zip(names, stories.clusters, strict=True) for row in rows}
    ids = [found.articles["id"].take(pa.array(rows)).to_pylist() for rows in (outside, member)]
    each = [
        Related(name, own.get(row), with_whom, likely)
        for row, name, with_whom, likely in zip(outside.tolist(), *ids, probability.tolist(), strict=True)
    ]
    first = groups.first.tolist()
    return [tuple(each[begin:end]) for begin, end in pairwise(first)]


def _annotated(found: Found, with_spans: bool) -> tuple[Annotated, ...]:
    """What marking found in each article that has anything, in canonical order."""
    rows = sorted(found.corpus.annotations)
    ids = found.articles["id"].take(pa.array(rows, pa.int64())).to_pylist()
    annotated = []
    for name, row in zip(ids, rows, strict=True):
        one = found.corpus.annotations[row]
        labels: dict[str, int] = {}
        for label in sorted([mark.label for mark in one.marks]):
            labels[label] = labels.get(label, 0) + 1
        credits = tuple([credit._asdict() for credit in one.credits])
        spans = tuple([mark._asdict() for mark in one.marks]) if with_spans else ()
        origin = found.alone[row].origin if row in found.alone else None
        annotated.append(Annotated(name, origin, credits, labels, spans))
    return tuple(annotated)


def _labels(found: Found) -> Counter[str]:
    """How many articles have a mark of each label."""
    return Counter(label for one in found.corpus.annotations.values() for label in {mark.label for mark in one.marks})


def _credits(found: Found) -> dict[str, int]:
    """How many articles credit each source, the most credited first."""
    counted = Counter(source for sources in credited(found.corpus) for source in sources)
    return dict(sorted(counted.items(), key=lambda entry: (-entry[1], entry[0])))


def _totals(found: Found, short: int) -> dict[str, object]:
    articles = found.articles
    counted = pc.value_counts(articles["outlet"].drop_null()).to_pylist()
    return {
        "articles": articles.num_rows,
        "words": int(found.corpus.sketches.words.sum()),
        "outlets": {entry["values"]: entry["counts"] for entry in sorted(counted, key=lambda entry: entry["values"])},
        "without_outlet": articles["outlet"].null_count,
        "without_published": articles["published"].null_count,
        "segments": len(found.corpus.segments),
        "marked": dict(sorted(_labels(found).items())),
        "credits": _credits(found),
        "too_short": short,
        "pairs": len(found.verdicts),
        "clusters": len(found.stories.clusters),
        "round_ups": len(found.stories.round_ups),
        "families": len(found.families),
        "clustered_articles": sum(map(len, found.stories.clusters)),
        "skipped": len(found.corpus.skipped),
        "notices": len(found.corpus.notices) + len(found.notices),
    }
