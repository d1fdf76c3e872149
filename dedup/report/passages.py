"""Passages as the report names them: from words of texts to spans in articles.

Of a listed pair the passages are given when it is the same story or shares a passage. Articles with equal words share
one passage, all of their words; other texts are aligned once and their passages told of all their copies.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.match.compare import Pairs
from dedup.match.verdicts import Verdicts
from dedup.model import RELATIONS, SAME_STORY, PairPassage
from dedup.sketch.lsh import packed
from dedup.story.texts import Mapper, Texts

_DIGITS = 4
_SHARED_PASSAGE = RELATIONS.index("shared-passage")


def with_passages(verdicts: Verdicts) -> npt.NDArray[np.bool_]:
    """The pairs of which passages are told."""
    told: npt.NDArray[np.bool_] = (verdicts.relation < len(SAME_STORY)) | (verdicts.relation == _SHARED_PASSAGE)
    return told


@dataclass(frozen=True, slots=True)
class PairPassages:
    """Passages of n pairs: those of pair i are ``[first[i]:first[i+1]]``, by their spans.

    ``known`` bool (n,): whether they were looked for. ``a, b`` int32 (m, 2): code points in either text; ``similarity``
    float64 (m,), rounded as the report gives it; ``formula`` bool (m,). ``first`` int64 (n + 1).
    """

    known: npt.NDArray[np.bool_]
    first: npt.NDArray[np.int64]
    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    similarity: npt.NDArray[np.float64]
    formula: npt.NDArray[np.bool_]

    def part(self, cut: slice) -> PairPassages:
        """Those of some neighbouring pairs."""
        known = self.known[cut]
        first = self.first[cut.start : cut.start + len(known) + 1]
        at = slice(int(first[0]), int(first[-1]))
        return PairPassages(known, first - first[0], self.a[at], self.b[at], self.similarity[at], self.formula[at])

    def values(self) -> Iterator[tuple[PairPassage, ...] | None]:
        """Of each pair; None where they were not looked for."""
        a, b = ([tuple(span) for span in side.tolist()] for side in (self.a, self.b))
        told = [*map(PairPassage, a, b, self.similarity.tolist(), self.formula.tolist())]
        first = self.first.tolist()
        for known, begin, end in zip(self.known.tolist(), first, first[1:], strict=False):
            yield tuple(told[begin:end]) if known else None


def asked(texts: Texts, pairs: Pairs) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The alignments (sorted ``a << 32 | b``, places) that pairs of unequal texts need, and which one each of these
    pairs needs."""
    a, b = (texts.equal[texts.places(side)] for side in (pairs.a, pairs.b))
    apart = a != b
    distinct, number = np.unique(packed(np.minimum(a, b)[apart], np.maximum(a, b)[apart]), return_inverse=True)
    return distinct, number


def pair_passages(
    texts: Texts, verdicts: Verdicts, wanted: npt.NDArray[np.bool_], mapper: Mapper = map
) -> PairPassages:
    """The passages of the ``wanted`` pairs."""
    rows = np.flatnonzero(wanted)
    a, b = texts.places(verdicts.pairs.a[rows]), texts.places(verdicts.pairs.b[rows])
    text_a, text_b = texts.equal[a], texts.equal[b]
    words = texts.lengths()[a]
    whole = np.flatnonzero((text_a == text_b) & (words > 0))
    others = np.flatnonzero(text_a != text_b)
    distinct, number = asked(texts, verdicts.pairs.where(rows))
    found = texts.align(distinct, mapper).of(number)
    of_pair = np.repeat(others, np.diff(found.first))
    turned = (text_a > text_b)[of_pair, None]
    of_pair = np.concatenate([of_pair, whole])
    all_words = np.column_stack([np.zeros_like(whole), words[whole]])
    at_a = np.concatenate([np.where(turned, found.b_words, found.a_words), all_words])
    at_b = np.concatenate([np.where(turned, found.a_words, found.b_words), all_words])
    span_a, span_b = texts.spans(a[of_pair], at_a), texts.spans(b[of_pair], at_b)
    order = np.lexsort((span_b[:, 1], span_b[:, 0], span_a[:, 1], span_a[:, 0], of_pair))
    counts = np.bincount(rows[of_pair], minlength=len(verdicts))
    return PairPassages(
        wanted, np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]), span_a[order], span_b[order],
        rounded(np.concatenate([found.similarity, np.ones(len(whole))]))[order],
        np.concatenate([found.formula, np.zeros(len(whole), np.bool_)])[order],
    )  # fmt: skip


def rounded(similarity: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """To four digits, as decimals are rounded (numpy multiplies, so what is near a half can be off by one)."""
    found = np.round(similarity, _DIGITS)
    near = np.abs(similarity * 10**_DIGITS % 1 - 0.5) < 1e-6
    found[near] = [round(value, _DIGITS) for value in similarity[near].tolist()]
    return found
