"""Does the tool find every pair, and is every figure it prints right? Measured against an exact all-pairs count.

The oracle (:mod:`benchmarks.exact`) counts the shingles that any two articles have in common; the tool runs on the
zips as they lie there. Compared are all pairs of eligible articles (as the tool defines them: MIN_WORDS unmarked words
or more) with exact Jaccard >= 0.5: which are missing, which are not there in truth, and whether Jaccard, both
containments and the three counts agree exactly, not nearly. Copies of one text are trivially found, so recall between
different texts is given apart. Beside the measured recall stands what banding promises: the mean of P(s) over the
pairs. It is an expectation: articles of one bulletin are missed together.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from benchmarks.articles import Article, articles, days, parser
from benchmarks.exact import Overlaps, all_pairs, shingles, unmarked_tokens
from benchmarks.results import Figures, markdown, met, save
from dedup import pipeline
from dedup.model import Pair
from dedup.settings import MIN_WORDS, WANTED_RECALL, Settings
from dedup.sketch.lsh import choose, collision_probability

LEAST = 0.5
FLOORS = {0.7: 0.9999, 0.5: 0.995}
"""Recall that must be reached for pairs at or above each Jaccard."""
_EDGES = (0.5, 0.55, 0.6, 0.7, 0.8, 0.95, 1.01)


@dataclass(frozen=True, slots=True)
class Truth:
    """The eligible articles' ids, the exact pairs of their numbers, and which pairs are copies of one text."""

    articles: int
    ids: list[str]
    pairs: Overlaps
    copies: npt.NDArray[np.bool_]
    short_twins: set[tuple[str, str]]
    stretches: dict[str, list[list[str]]]


def truth(corpus: Sequence[Article]) -> Truth:
    """Count everything the slow way."""
    stretches = [unmarked_tokens(article.text) for article in corpus]
    words = [sum(map(len, found)) for found in stretches]
    eligible = [i for i, count in enumerate(words) if count >= MIN_WORDS and shingles(stretches[i])]
    pairs = all_pairs((shingles(stretches[i]) for i in eligible), LEAST)
    joined = [" ".join(" ".join(words) for words in stretches[i]) for i in eligible]
    copies = np.array([joined[a] == joined[b] for a, b in zip(pairs.a.tolist(), pairs.b.tolist(), strict=True)], bool)
    short = [i for i, count in enumerate(words) if 0 < count < MIN_WORDS]
    twins = _short_twins(corpus, stretches, short)
    by_id = {article.id: found for article, found in zip(corpus, stretches, strict=True)}
    return Truth(len(corpus), [corpus[i].id for i in eligible], pairs, copies, twins, by_id)


def _short_twins(corpus: Sequence[Article], stretches: list[list[list[str]]], short: list[int]) -> set[tuple[str, str]]:
    """Pairs of articles too short to compare, with equal text and equal, not empty title."""
    groups: dict[tuple[str, str], list[str]] = {}
    for i in short:
        title = " ".join(" ".join(words) for words in unmarked_tokens(corpus[i].title))
        if title:
            groups.setdefault((str(stretches[i]), title), []).append(corpus[i].id)
    return {(a, b) for ids in groups.values() for n, a in enumerate(ids) for b in ids[n + 1 :]}


def compare(known: Truth, found: Sequence[Pair]) -> Figures:
    """Recall, false pairs, wrong figures."""
    listed = {(pair.a, pair.b): pair for pair in found}
    named = [(known.ids[a], known.ids[b]) for a, b in zip(known.pairs.a.tolist(), known.pairs.b.tolist(), strict=True)]
    held = np.array([name in listed for name in named], bool)
    others = sorted(set(listed) - set(named) - known.short_twins)
    extra = [name for name in others if listed[name].jaccard >= LEAST]
    below = [name for name in others if listed[name].jaccard < LEAST]
    jaccard = known.pairs.jaccard()
    different = ~known.copies
    bands = choose(LEAST, WANTED_RECALL)
    promised = np.array([collision_probability(s, *bands) for s in jaccard.tolist()])
    return {
        "articles": known.articles,
        "eligible": len(known.ids),
        "bands": list(bands),
        "recall": [_recall(f">= {least}", jaccard >= least, held, promised, floor) for least, floor in FLOORS.items()]
        + [
            _recall(f">= {least}, different texts", (jaccard >= least) & different, held, promised, None)
            for least in FLOORS
        ]
        + [
            _recall(f"{low} to {min(high, 1)}", (jaccard >= low) & (jaccard < high) & different, held, promised, None)
            for low, high in pairwise(_EDGES)
        ],
        "listed": len(found),
        "short_twins": len(known.short_twins),
        "short_twins_found": len(known.short_twins & set(listed)),
        "false": len(extra),
        "listed_below": len(below),
        "wrong_figures": sum(
            _figures(known.pairs, p) != _printed(listed[name]) for p, name in enumerate(named) if name in listed
        )
        + sum(_counted(known, *name) != _printed(listed[name]) for name in below),
        "missed_pairs": [[*named[p], round(float(jaccard[p]), 4)] for p in np.flatnonzero(~held).tolist()[:50]],
        "false_pairs": [list(pair) for pair in extra[:50]],
    }


def _recall(
    name: str, wanted: npt.NDArray[np.bool_], held: npt.NDArray[np.bool_], promised: npt.NDArray[np.float64],
    floor: float | None,
) -> Figures:  # fmt: skip
    pairs, found = int(wanted.sum()), int((wanted & held).sum())
    return {
        "jaccard": name,
        "pairs": pairs,
        "found": found,
        "recall": round(found / pairs, 6) if pairs else None,
        "promised": round(float(promised[wanted].mean()), 6) if pairs else None,
        "floor": floor,
    }


def _figures(pairs: Overlaps, p: int) -> tuple[float, ...]:
    a, b, shared = (int(x) for x in (pairs.counts[pairs.a[p]], pairs.counts[pairs.b[p]], pairs.shared[p]))
    return shared / (a + b - shared), shared / a, shared / b, shared, a, b


def _counted(known: Truth, a: str, b: str) -> tuple[float, ...]:
    """The figures of one pair that is listed for another reason than its Jaccard."""
    one, other = shingles(known.stretches[a]), shingles(known.stretches[b])
    shared = len(one & other)
    return shared / len(one | other), shared / len(one), shared / len(other), shared, len(one), len(other)


def _printed(pair: Pair) -> tuple[float, ...]:
    return pair.jaccard, pair.containment_a, pair.containment_b, pair.shared, pair.shingles_a, pair.shingles_b


def reached(figures: Figures) -> bool:
    """True when every floor holds and nothing is false or wrong."""
    floors = [row["recall"] is None or row["recall"] >= row["floor"] for row in figures["recall"] if row["floor"]]
    twins = figures["short_twins"] == figures["short_twins_found"]
    return all(floors) and twins and not figures["false"] and not figures["wrong_figures"]


def table(figures: Figures) -> str:
    """The result as Markdown."""
    rows = [
        (
            row["jaccard"], f"{row['pairs']:,}", f"{row['found']:,}",
            "-" if row["recall"] is None else f"{row['recall']:.5f}",
            "-" if row["promised"] is None else f"{row['promised']:.5f}",
            f"{row['floor']} {met(row['recall'] is None or row['recall'] >= row['floor'])}" if row["floor"] else "",
        )
        for row in figures["recall"]
    ]  # fmt: skip
    exact = markdown(("exact Jaccard", "pairs", "found", "recall", "promised", "floor"), rows)
    return (
        f"{exact}\n{figures['eligible']:,} of {figures['articles']:,} articles are long enough to compare; "
        f"{figures['listed']:,} pairs listed ({figures['listed_below']:,} for another reason than their Jaccard), "
        f"{figures['false']} of them false, {figures['wrong_figures']} with a wrong figure; "
        f"{figures['short_twins_found']} of {figures['short_twins']} pairs of equal short texts with "
        f"equal titles found. {figures['bands'][0]} bands of {figures['bands'][1]} rows.\n"
    )


def main() -> None:
    """Measure, print, save; exit code 1 where a floor is missed."""
    arguments = parser(__doc__).parse_args()
    zips = days(arguments.shared)
    known = truth([*articles(zips)])
    found = [*pipeline.cluster(zips, Settings(jaccard=LEAST, keep_furniture=True)).pairs()]
    figures = compare(known, found)
    save("oracle", zips, figures)
    print(table(figures))
    sys.exit(not reached(figures))


if __name__ == "__main__":
    main()
