"""From rows and arrays to the values a report is made of.

A cluster's id is made of the id of its first member, so it stays when later articles join the story. Its *medoid* is
the member that resembles the others most. As evidence it lists one pair a member: with the medoid, or, where these two
do not match, the member's strongest; a list of all pairs, which grows with the square of the size, is the pairs file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import xxhash

from dedup.match.compare import Pairs
from dedup.model import Cluster, Member, Notice, Pair, Report, Skipped
from dedup.settings import MIN_WORDS, WANTED_RECALL, Settings
from dedup.sketch.lsh import choose
from dedup.sketch.minhash import Sketches


@dataclass(frozen=True, slots=True)
class Found:
    """What the stages found, in rows of ``articles``."""

    articles: pa.Table
    sketches: Sketches
    pairs: Pairs
    clusters: list[list[int]]
    skipped: list[Skipped]
    notices: list[Notice]

    def listed(self) -> Iterator[Pair]:
        """The pairs as values, in canonical order."""
        ids = self.articles["id"].to_pylist()
        p = self.pairs
        columns = (p.a, p.b, p.jaccard(), p.containment_a(), p.containment_b(), p.shared, p.shingles_a, p.shingles_b)
        for a, b, *figures in zip(*(column.tolist() for column in columns), strict=True):
            yield Pair(ids[a], ids[b], *figures)


def build(found: Found, settings: Settings) -> Report:
    """The report of a run."""
    members = np.array([row for rows in found.clusters for row in rows], np.int64)
    table = found.articles.take(pa.array(members)).to_pylist()
    described = dict(zip(members.tolist(), table, strict=True))
    evidence = _evidence(found)
    clusters = tuple(_cluster(found, rows, described, evidence[n]) for n, rows in enumerate(found.clusters))
    short = np.flatnonzero(found.sketches.words < MIN_WORDS)
    bands, rows_a_band = choose(settings.jaccard, WANTED_RECALL)
    return Report(
        settings={**settings.described(), "bands": bands, "rows": rows_a_band},
        corpus=_totals(found, len(short)),
        clusters=clusters,
        too_short=tuple(found.articles["id"].take(pa.array(short)).to_pylist()),
        skipped=tuple(sorted(found.skipped, key=lambda s: (s.path, -1 if s.record is None else s.record, s.reason))),
        notices=tuple(sorted(found.notices, key=lambda n: (n.path, -1 if n.record is None else n.record, n.note))),
        texts={r["id"]: r["text"] for r in table} if settings.texts == "full" else {},
    )


def _totals(found: Found, short: int) -> dict[str, object]:
    articles = found.articles
    counted = pc.value_counts(articles["outlet"].drop_null()).to_pylist()
    return {
        "articles": articles.num_rows,
        "words": int(found.sketches.words.sum()),
        "outlets": {entry["values"]: entry["counts"] for entry in sorted(counted, key=lambda entry: entry["values"])},
        "without_outlet": articles["outlet"].null_count,
        "without_published": articles["published"].null_count,
        "too_short": short,
        "pairs": len(found.pairs),
        "clusters": len(found.clusters),
        "clustered_articles": sum(map(len, found.clusters)),
        "skipped": len(found.skipped),
        "notices": len(found.notices),
    }


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Of one cluster: its medoid (a row) and the positions in ``Found.pairs`` of one pair for every other member."""

    medoid: int
    pairs: list[int]


def _evidence(found: Found) -> list[_Evidence]:
    cluster_of = np.full(found.articles.num_rows, -1, np.int64)
    for number, rows in enumerate(found.clusters):
        cluster_of[rows] = number
    pairs = found.pairs
    inside = np.flatnonzero((cluster_of[pairs.a] == cluster_of[pairs.b]) & (cluster_of[pairs.a] >= 0))
    jaccard = pairs.jaccard()
    agreement = np.zeros(found.articles.num_rows)
    np.add.at(agreement, pairs.a[inside], jaccard[inside])
    np.add.at(agreement, pairs.b[inside], jaccard[inside])
    of_row: dict[int, list[tuple[float, int, int]]] = defaultdict(list)
    for p in inside.tolist():
        a, b = int(pairs.a[p]), int(pairs.b[p])
        of_row[a].append((-float(jaccard[p]), b, p))
        of_row[b].append((-float(jaccard[p]), a, p))
    return [_cluster_evidence(rows, agreement[rows].tolist(), of_row) for rows in found.clusters]


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


def _cluster(found: Found, rows: list[int], described: dict[int, dict[str, Any]], evidence: _Evidence) -> Cluster:
    name = {row: str(described[row]["id"]) for row in rows}
    one = np.array(evidence.pairs, np.int64)
    p = found.pairs
    chosen = Pairs(p.a[one], p.b[one], p.shared[one], p.shingles_a[one], p.shingles_b[one])
    columns = (chosen.a, chosen.b, chosen.jaccard(), chosen.containment_a(), chosen.containment_b())
    counts = (chosen.shared, chosen.shingles_a, chosen.shingles_b)
    dated = sorted((described[row]["published"], row) for row in rows if described[row]["published"] is not None)
    return Cluster(
        id="c" + xxhash.xxh64_hexdigest(name[rows[0]].encode()),
        outlets=tuple(sorted({str(outlet) for row in rows if (outlet := described[row]["outlet"]) is not None})),
        first_published=_published(described[dated[0][1]]) if dated else None,
        last_published=_published(described[dated[-1][1]]) if dated else None,
        medoid=name[evidence.medoid],
        members=tuple(_member(described[row], int(found.sketches.words[row])) for row in rows),
        pairs=tuple(
            Pair(name[a], name[b], *figures)
            for a, b, *figures in zip(*(column.tolist() for column in (*columns, *counts)), strict=True)
        ),
    )


def _member(article: dict[str, object], words: int) -> Member:
    text = str(article["text"])
    return Member(
        id=str(article["id"]),
        path=str(article["path"]),
        outlet=_text(article["outlet"]),
        title=_text(article["title"]),
        published=_published(article),
        published_precision=_text(article["published_precision"]),
        collected=_iso(article["collected"]),
        url=_text(article["url"]),
        byline=_text(article["byline"]),
        words=words,
        text_xxh64=xxhash.xxh64_hexdigest(text.encode()),
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _iso(value: object) -> str | None:
    return value.isoformat() if isinstance(value, datetime) else None


def _published(article: dict[str, object]) -> str | None:
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
