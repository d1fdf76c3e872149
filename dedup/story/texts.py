"""The texts of stories, as words: equal ones once, and whatever two of them share when it is asked for.

A *place* is a position here: articles that no story and no listed pair needs have none. Articles whose unmarked words
are the same are aligned once; what holds for the words of the first holds for those of each, only the code points
differ (another spelling, another page around it), so passages travel as positions of words and become spans last.

Cost: the articles' words again, 20 bytes each; an alignment costs what :mod:`dedup.match.passages` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.annotation import NOTHING, Annotation
from dedup.match.passages import Passages, TextWords, passages, text_words
from dedup.match.rarity import Phrases

Mapper = Callable[..., Iterable[Any]]
_LOW = np.uint64(0xFFFFFFFF)
_PIECE = 512
"""Texts a worker folds at a time: some 1.5 MB, as in a record batch."""


@dataclass(frozen=True, slots=True)
class Texts:
    """``rows`` int64 (n,), ascending: the article of each place; ``words``: their story words; ``equal`` int64 (n,):
    the first place with the same words; ``frequent``: the phrases of three words that are not rare."""

    rows: npt.NDArray[np.int64]
    words: TextWords
    equal: npt.NDArray[np.int64]
    frequent: Phrases

    @classmethod
    def of(
        cls, articles: pa.Table, annotations: Mapping[int, Annotation], content: npt.NDArray[np.uint64],
        rows: npt.NDArray[np.int64], triples: Phrases, mapper: Mapper = map,
    ) -> Texts:  # fmt: skip
        """The texts of ``rows``; ``content`` are the articles' hashes of all unmarked words."""
        taken = articles.select(["text", "body_start"]).take(pa.array(rows))
        marks = [annotations.get(row, NOTHING).marks for row in rows.tolist()]
        column = _cut(taken["text"])
        words = text_words(column, marks, taken["body_start"].to_numpy().astype(np.int64), mapper)
        _, first, group = np.unique(content[rows], return_index=True, return_inverse=True)
        equal = first[group].astype(np.int64)
        return cls(rows, words, equal, _frequent(triples))

    def places(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The places of rows, which must all have one."""
        return np.searchsorted(self.rows, rows)

    def lengths(self) -> npt.NDArray[np.int64]:
        """Words of each text."""
        return np.diff(self.words.first)

    def span(self, place: int, start: int, end: int) -> tuple[int, int]:
        """Code points of the words [start, end) of a text."""
        begin = int(self.words.first[place])
        return int(self.words.start[begin + start]), int(self.words.end[begin + end - 1])

    def align(self, pairs: npt.NDArray[np.uint64], mapper: Mapper = map) -> Passages:
        """What pairs of places share (sorted ``a << 32 | b``)."""
        return passages(self.words, pairs, self.frequent, mapper)


def _cut(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """The same column in pieces that workers can share."""
    pieces = [column.slice(start, _PIECE).chunks for start in range(0, len(column), _PIECE)]
    return pa.chunked_array([chunk for piece in pieces for chunk in piece], column.type)


def _frequent(triples: Phrases) -> Phrases:
    """Only the frequent phrases, each once: all that an alignment asks for."""
    sets = np.unique(triples.sets[triples.sets & np.uint64(1) == 0])
    return Phrases(sets, np.array([0, len(sets)]), np.array([len(sets)], np.int32), np.zeros(1, np.int32))


def sides(pairs: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The two places of packed pairs."""
    return (pairs >> np.uint64(32)).astype(np.int64), (pairs & _LOW).astype(np.int64)
