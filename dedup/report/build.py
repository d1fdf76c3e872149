"""From rows and arrays to the values a report is made of.

A cluster's id is made of the id of its first member, so it stays when later articles join the story. Its *medoid* is
the member that resembles the others most. As evidence it lists one pair a member: with the medoid, or, where these two
do not match, the member's strongest; a list of all pairs, which grows with the square of the size, is the pairs file.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from dedup.intake import Corpus, credited
from dedup.match.features import SENTENCES
from dedup.match.judge import RELATIONS, SAME_STORY
from dedup.match.verdicts import Verdicts
from dedup.model import Annotated, Cluster, Member, Notice, Pair, Report, RoundUp
from dedup.settings import TIGHT_JACCARD, WANTED_RECALL, Settings
from dedup.sketch.lsh import choose

_FEATURE_DIGITS = 4
_PIECE = 65_536
"""Pairs made into Python values at a time: about 100 MB."""


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
    """What the stages found, in rows of the corpus."""

    corpus: Corpus
    verdicts: Verdicts
    stories: Stories
    notices: list[Notice]

    @property
    def articles(self) -> pa.Table:
        """The articles as one table."""
        return self.corpus.articles

    def listed(self) -> Iterator[Pair]:
        """The pairs as values, in canonical order."""
        for start in range(0, len(self.verdicts), _PIECE):
            yield from self.values(np.arange(start, min(start + _PIECE, len(self.verdicts))))

    def values(self, positions: npt.NDArray[np.int64]) -> Iterator[Pair]:
        """Some of the pairs as values."""
        chosen = self.verdicts.where(positions)
        pairs, features = chosen.pairs, np.round(chosen.features, _FEATURE_DIGITS).tolist()
        ids = self.articles["id"].take(pa.array(np.concatenate([pairs.a, pairs.b]))).to_pylist()
        figures = (
            chosen.relation, chosen.probability, pairs.jaccard(), pairs.containment_a(), pairs.containment_b(),
            pairs.shared, pairs.shingles_a, pairs.shingles_b, chosen.rare_containment,
        )  # fmt: skip
        rows = zip(ids[: len(chosen)], ids[len(chosen) :], features, *(f.tolist() for f in figures), strict=True)
        for a, b, seen, relation, *rest in rows:
            name = RELATIONS[relation]
            explained = None if math.isnan(seen[0]) else dict(zip(SENTENCES, map(_known, seen), strict=True))
            yield Pair(a, b, name, name in SAME_STORY, *rest, explained)  # type: ignore[call-arg]


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def build(found: Found, settings: Settings) -> Report:
    """The report of a run."""
    members = np.array([row for rows in found.stories.clusters for row in rows], np.int64)
    table = found.articles.drop_columns("text").take(pa.array(members)).to_pylist()
    described = dict(zip(members.tolist(), table, strict=True))
    evidence = _evidence(found)
    pairs = found.values(np.array([p for shown in evidence for p in shown.pairs], np.int64))
    clusters = tuple(
        _cluster(found, rows, described, shown.medoid, tuple(islice(pairs, len(shown.pairs))))
        for rows, shown in zip(found.stories.clusters, evidence, strict=True)
    )
    short = np.flatnonzero(found.corpus.sketches.too_short())
    bands, rows_a_band = choose(min(settings.jaccard, TIGHT_JACCARD), WANTED_RECALL)
    return Report(
        settings={**settings.described(), "bands": bands, "rows": rows_a_band},
        corpus=_totals(found, len(short)),
        clusters=clusters,
        round_ups=tuple(
            RoundUp(found.articles["id"][row].as_py(), tuple(clusters[n].id for n in linked))
            for row, linked in found.stories.round_ups.items()
        ),
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
        texts=_texts(found, described) if settings.texts == "full" else {},
    )


def _texts(found: Found, described: dict[int, dict[str, Any]]) -> dict[str, str]:
    return {article["id"]: found.articles["text"][row].as_py() for row, article in described.items()}


def _annotated(found: Found, with_spans: bool) -> tuple[Annotated, ...]:
    """What marking found in each article that has anything, in canonical order."""
    ids = found.articles["id"].take(pa.array(sorted(found.corpus.annotations), pa.int64())).to_pylist()
    annotated = []
    for name, (_, one) in zip(ids, sorted(found.corpus.annotations.items()), strict=True):
        labels = Counter(mark.label for mark in one.marks)
        credits = tuple(credit._asdict() for credit in one.credits)
        spans = tuple(mark._asdict() for mark in one.marks) if with_spans else ()
        annotated.append(Annotated(name, credits, dict(sorted(labels.items())), spans))
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
        "clustered_articles": sum(map(len, found.stories.clusters)),
        "skipped": len(found.corpus.skipped),
        "notices": len(found.corpus.notices) + len(found.notices),
    }


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Of one cluster: its medoid (a row) and the positions in ``Found.verdicts`` of one pair for every other member."""

    medoid: int
    pairs: list[int]


def _evidence(found: Found) -> list[_Evidence]:
    cluster_of = np.full(found.articles.num_rows, -1, np.int64)
    for number, rows in enumerate(found.stories.clusters):
        cluster_of[rows] = number
    pairs = found.verdicts.pairs
    same = found.verdicts.relation < len(SAME_STORY)
    inside = np.flatnonzero(same & (cluster_of[pairs.a] == cluster_of[pairs.b]) & (cluster_of[pairs.a] >= 0))
    jaccard = pairs.jaccard()
    agreement = np.zeros(found.articles.num_rows)
    np.add.at(agreement, pairs.a[inside], jaccard[inside])
    np.add.at(agreement, pairs.b[inside], jaccard[inside])
    of_row: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for p in inside.tolist():
        a, b = int(pairs.a[p]), int(pairs.b[p])
        of_row[a].append((-float(jaccard[p]), b, p))
        of_row[b].append((-float(jaccard[p]), a, p))
    return [_cluster_evidence(rows, agreement[rows].tolist(), of_row) for rows in found.stories.clusters]


def _cluster_evidence(
    rows: list[int], agreement: list[float], of_row: dict[int, list[tuple[float, int, int]]]
) -> _Evidence:
    medoid = rows[max(range(len(rows)), key=lambda n: (agreement[n], -n))]
    chosen = set()
    for row in rows:
        if row != medoid and of_row[row]:
            with_medoid = [p for _, other, p in of_row[row] if other == medoid]
            chosen.add(with_medoid[0] if with_medoid else min(of_row[row])[2])
    return _Evidence(medoid, sorted(chosen))


def _cluster(
    found: Found, rows: list[int], described: dict[int, dict[str, Any]], medoid: int, pairs: tuple[Pair, ...]
) -> Cluster:
    name = {row: str(described[row]["id"]) for row in rows}
    dated = sorted((described[row]["published"], row) for row in rows if described[row]["published"] is not None)
    return Cluster(
        id="c" + xxhash.xxh64_hexdigest(name[rows[0]].encode()),
        outlets=tuple(sorted({str(outlet) for row in rows if (outlet := described[row]["outlet"]) is not None})),
        first_published=_published(described[dated[0][1]]) if dated else None,
        last_published=_published(described[dated[-1][1]]) if dated else None,
        medoid=name[medoid],
        members=tuple(_member(found, row, described[row]) for row in rows),
        pairs=pairs,
    )


def _member(found: Found, row: int, article: dict[str, Any]) -> Member:
    return Member(
        id=article["id"],
        path=article["path"],
        outlet=article["outlet"],
        title=article["title"],
        published=_published(article),
        published_precision=article["published_precision"],
        collected=_iso(article["collected"]),
        url=article["url"],
        byline=article["byline"],
        words=int(found.corpus.sketches.words[row]),
        credits=_sources(found, row),
        segment=_segment(found, row),
        text_xxh64=xxhash.xxh64_hexdigest(found.articles["text"][row].as_buffer()),
    )


def _sources(found: Found, row: int) -> tuple[str, ...]:
    one = found.corpus.annotations.get(row)
    return tuple(dict.fromkeys(c.agency or c.name for c in one.credits if c.kind != "mention")) if one else ()


def _segment(found: Found, row: int) -> dict[str, object] | None:
    host = found.corpus.segments.get(row)
    if host is None:
        return None
    return {"of": host.of, "start": host.start, "end": host.end}


def _iso(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None


def _published(article: dict[str, Any]) -> str | None:
    """ISO 8601 in the zone the outlet names, cut to the precision that is known."""
    moment, zone = article["published"], article["published_zone"]
    if not isinstance(moment, datetime):
        return None
    if isinstance(zone, str):
        sign = -1 if zone.startswith("-") else 1
        hours, minutes = zone.lstrip("+-").split(":")
        moment += sign * timedelta(hours=int(hours), minutes=int(minutes))
    precision = article["published_precision"]
    if precision == "day":
        return moment.date().isoformat()
    return moment.isoformat(timespec="minutes" if precision == "minute" else "seconds") + (str(zone) if zone else "")
