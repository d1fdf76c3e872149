"""Passages as the report names them: from words of texts to spans in articles.

Of a listed pair the passages are given when it is the same story or shares a passage. Articles with equal words share
one passage, all of their words; other texts are aligned once and their passages told of all their copies.
"""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.match.verdicts import Verdicts
from dedup.model import RELATIONS, SAME_STORY, Carrier, PairPassage, SharedPassage
from dedup.story.shared_text import Story
from dedup.story.texts import Texts

_DIGITS = 4
_SHARED_PASSAGE = RELATIONS.index("shared-passage")


def with_passages(verdicts: Verdicts) -> npt.NDArray[np.bool_]:
    """The pairs of which passages are told."""
    told: npt.NDArray[np.bool_] = (verdicts.relation < len(SAME_STORY)) | (verdicts.relation == _SHARED_PASSAGE)
    return told


def pair_passages(
    texts: Texts, verdicts: Verdicts, wanted_ones: npt.NDArray[np.bool_], threads: int = 1
) -> list[tuple[PairPassage, ...] | None]:
    """The passages of the wanted pairs; None for the others."""
    found: list[tuple[PairPassage, ...] | None] = [None] * len(verdicts)
    wanted = np.flatnonzero(wanted_ones)
    if not len(wanted):
        return found
    a, b = texts.places(verdicts.pairs.a[wanted]), texts.places(verdicts.pairs.b[wanted])
    first_a, first_b = texts.equal[a], texts.equal[b]
    low, high = np.minimum(first_a, first_b), np.maximum(first_a, first_b)
    asked, number = np.unique(low.astype(np.uint64) << np.uint64(32) | high.astype(np.uint64), return_inverse=True)
    distinct = asked[(asked >> np.uint64(32)) != (asked & np.uint64(0xFFFFFFFF))]
    with ThreadPoolExecutor(threads) as pool:
        aligned = texts.align(distinct, pool.map)
    rank = np.searchsorted(distinct, asked[number])
    for p, i, j, same, turned, n in zip(
        wanted.tolist(), a.tolist(), b.tolist(), (low == high).tolist(), (first_a > first_b).tolist(), rank.tolist(),
        strict=True,
    ):  # fmt: skip
        if same:
            found[p] = _whole(texts, i, j)
            continue
        told = []
        for k in range(int(aligned.first[n]), int(aligned.first[n + 1])):
            one, other = aligned.a_words[k].tolist(), aligned.b_words[k].tolist()
            at, to = (other, one) if turned else (one, other)
            figures = round(float(aligned.similarity[k]), _DIGITS), bool(aligned.formula[k])
            told.append(PairPassage(texts.span(i, *at), texts.span(j, *to), *figures))
        found[p] = tuple(sorted(told, key=lambda passage: (passage.a, passage.b)))
    return found


def _whole(texts: Texts, a: int, b: int) -> tuple[PairPassage, ...]:
    """The one passage of articles with equal words."""
    words = int(texts.lengths()[a])
    if not words:
        return ()
    return (PairPassage(texts.span(a, 0, words), texts.span(b, 0, words), 1.0, False),)


def shared_passages(
    texts: Texts, story: Story, name: Mapping[int, str], column: pa.ChunkedArray | None
) -> tuple[SharedPassage, ...]:
    """The shared text of a story; ``name``: ids by row; ``column``: the texts of all articles, to quote passages."""
    read: dict[int, str] = {}
    told = []
    for stretch in story.stretches:
        start, end = texts.span(stretch.place, *stretch.at)
        carriers = tuple(
            Carrier(
                name[int(texts.rows[carried.place])],
                *texts.span(carried.place, *carried.at),
                *texts.span(stretch.place, *carried.of),
                round(carried.similarity, _DIGITS),
            )
            for carried in stretch.carriers
        )
        row = int(texts.rows[stretch.place])
        if column is not None and row not in read:
            read[row] = column[row].as_py()
        quote = read[row][start:end] if column is not None else None
        told.append(SharedPassage(name[row], start, end, stretch.at[1] - stretch.at[0], carriers, quote))
    return tuple(told)
