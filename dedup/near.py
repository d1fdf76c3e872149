"""Near copies: the first half of the work, and all that cleaning a corpus needs.

    distinct_texts   equal texts once                            (match.compare)
    near_identical   signatures -> suspects -> exact overlap     (sketch.lsh, match.compare)

:func:`near_copies` is a job of its own beside :func:`dedup.pipeline.cluster`: it loads none of the stages that judge
and tell stories, which saves 0.15 s.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from dedup.arabic.fold import fold
from dedup.intake import Corpus, Paths, Progress, read_corpus
from dedup.match.compare import Pairs, copies, exact, spread, with_counts
from dedup.notices import flood_notices
from dedup.settings import WANTED_RECALL, Settings
from dedup.sketch.lsh import candidate_pairs, choose, most_pairs, sides
from dedup.sketch.minhash import Sketches


def near_copies(
    paths: Paths, settings: Settings | None = None, *, progress: Progress | None = None
) -> tuple[Corpus, Pairs]:
    """Only the pairs from ``settings.jaccard`` on, exactly compared.

    What tools for cleaning corpora do; nothing is judged, so templates count like copies. Combine it with
    ``keep_furniture`` to compare texts with all but their titles.
    """
    settings = settings or Settings()
    with ThreadPoolExecutor(settings.threads()) as pool:
        corpus = read_corpus(paths, settings, (), progress, pool, with_words=False)
        distinct = distinct_texts(corpus.sketches)
        near = near_identical(corpus.sketches, distinct, settings.jaccard, pool)
    found = spread(near.pairs.packed(), distinct.copies, within=True, most=most_pairs(len(corpus.sketches)))
    shared = corpus.sketches.shingle_counts()[sides(found.pairs)[0]]
    different = found.origin >= 0
    shared[different] = near.pairs.shared[found.origin[different]]
    flooded = replace(corpus, notices=corpus.notices + flood_notices(near.cut, 0, found.left_out))
    return flooded, with_counts(corpus.sketches, found.pairs, shared)


@dataclass(frozen=True, slots=True)
class Distinct:
    """``firsts``: the rows to compare, one of each group of equal texts; ``copies``: these groups."""

    firsts: npt.NDArray[np.int64]
    copies: list[npt.NDArray[np.int64]]


def distinct_texts(sketches: Sketches) -> Distinct:
    """The articles long enough to compare, equal texts once."""
    eligible = np.flatnonzero(~sketches.too_short())
    alike = copies(sketches.content, eligible)
    return Distinct(eligible[alike.first[eligible] == eligible], alike.groups())


@dataclass(frozen=True, slots=True)
class Near:
    """The n near-identical ``pairs`` that were found; which of them say no more than that both are part of a flood
    (``star``, (n,)); and of how many texts not all pairs may have been found (``cut``)."""

    pairs: Pairs
    star: npt.NDArray[np.bool_]
    cut: int


def near_identical(sketches: Sketches, distinct: Distinct, jaccard: float, pool: ThreadPoolExecutor) -> Near:
    """The distinct texts that banding suspects, compared exactly, from ``jaccard`` on."""
    bands, rows = choose(jaccard, WANTED_RECALL)
    suspects = candidate_pairs(sketches.signatures, distinct.firsts, bands, rows, pool.map)
    compared = exact(sketches, suspects.pairs, pool.map)
    near = compared.jaccard() >= jaccard
    return Near(compared.where(near), suspects.star[near], suspects.cut)


def short_twins(corpus: Corpus) -> list[npt.NDArray[np.int64]]:
    """Groups of articles too short to compare whose text and title are equal."""
    short = np.flatnonzero(corpus.sketches.too_short() & (corpus.sketches.words > 0))
    twins: dict[tuple[int, str], list[int]] = {}
    for group in copies(corpus.sketches.content, short).groups():
        for row in group.tolist():
            title = " ".join(token.folded for token in fold(corpus.articles["title"][row].as_py() or ""))
            if title:
                twins.setdefault((int(corpus.sketches.content[row]), title), []).append(row)
    return [np.array(rows, np.int64) for rows in twins.values() if len(rows) > 1]
