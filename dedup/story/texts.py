"""The texts of stories, as words: equal ones once, and whatever two of them share when it is asked for.

A *place* is a position here: articles that no story and no listed pair needs have none. Articles whose unmarked words
are the same are aligned once; what holds for the words of the first holds for those of each, only the code points
differ (another spelling, another page around it), so passages travel as positions of words and become spans last.

What has been aligned stays known: the pairs that show why a story is one, and three of five pairs of the pairs file,
have been compared for the story's shared text. (Of 22,953 real articles 37,512 alignments are asked for and 19,186
made.)

Cost: the articles' words again, 20 bytes each; an alignment costs what :mod:`dedup.match.passages` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.annotation import NOTHING, Annotation
from dedup.arabic.fold import fold_column
from dedup.match.passages import Passages, TextWords, aligning, end_to_end, frequent_phrases, story_words
from dedup.match.rarity import Phrases

Mapper = Callable[..., Iterable[Any]]
_LONGS = np.zeros((0, 2), np.int32)
_NONE = Passages(
    np.zeros(1, np.int64), _LONGS, _LONGS, _LONGS, _LONGS, np.zeros(0, np.float64), np.zeros(0, np.bool_)
)  # fmt: skip


@dataclass(slots=True)
class _Known:
    """What has been aligned: ``pairs`` (sorted ``a << 32 | b``) and the passages of each. Replaced, never changed."""

    pairs: npt.NDArray[np.uint64] = field(default_factory=lambda: np.zeros(0, np.uint64))
    passages: Passages = _NONE


@dataclass(frozen=True, slots=True)
class Texts:
    """``rows`` int64 (n,), ascending: the article of each place; ``words``: their story words; ``equal`` int64 (n,):
    the first place with the same words; ``frequent``: a table of the phrases of three words that are not rare."""

    rows: npt.NDArray[np.int64]
    words: TextWords
    equal: npt.NDArray[np.int64]
    frequent: npt.NDArray[np.uint64]
    _known: list[_Known] = field(default_factory=lambda: [_Known()], repr=False)
    _growing: Lock = field(default_factory=Lock, repr=False)

    @classmethod
    def of(
        cls, articles: pa.Table, annotations: Mapping[int, Annotation], content: npt.NDArray[np.uint64],
        rows: npt.NDArray[np.int64], triples: Phrases, mapper: Mapper = map,
    ) -> Texts:  # fmt: skip
        """The texts of ``rows``; ``content`` are the articles' hashes of all unmarked words."""
        text, body_start = articles["text"], articles["body_start"].to_numpy().astype(np.int64)
        chunks = np.cumsum([0, *map(len, text.chunks)])
        cuts = np.searchsorted(rows, chunks)

        def words_of(number: int) -> TextWords:
            theirs = rows[cuts[number] : cuts[number + 1]]
            folded = fold_column(text.chunk(number).take(pa.array(theirs - chunks[number])).cast(pa.string()))
            marks = [annotations.get(row, NOTHING).marks for row in theirs.tolist()]
            return story_words(folded, marks, body_start[theirs])

        words = end_to_end(list(mapper(words_of, np.flatnonzero(np.diff(cuts)).tolist())), mapper)
        _, first, group = np.unique(content[rows], return_index=True, return_inverse=True)
        return cls(rows, words, first[group].astype(np.int64), frequent_phrases(triples, mapper))

    def places(self, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The places of rows, which must all have one."""
        return np.searchsorted(self.rows, rows)

    def lengths(self) -> npt.NDArray[np.int64]:
        """Words of each text."""
        return np.diff(self.words.first)

    def spans(self, places: npt.NDArray[np.int64], at: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
        """Code points (n, 2) of words ``at`` (n, 2), half-open, each in the text at its place."""
        begin = self.words.first[places]
        return np.column_stack([self.words.start[begin + at[:, 0]], self.words.end[begin + at[:, 1] - 1]])

    def align(self, pairs: npt.NDArray[np.uint64], mapper: Mapper = map) -> Passages:
        """What pairs of places share (sorted ``a << 32 | b``)."""
        self.aligning(pairs, mapper)()
        (known,) = self._known
        return known.passages.of(np.searchsorted(known.pairs, pairs))

    def aligning(self, pairs: npt.NDArray[np.uint64], mapper: Mapper) -> Callable[[], None]:
        """Begin to align them, on the threads of a pool's mapper; what it gives waits until they are known. Whoever
        else aligns meanwhile loses nothing: what is known only grows."""
        missing = np.setdiff1d(pairs, self._known[0].pairs, assume_unique=True)
        finish = aligning(self.words, missing, self.frequent, mapper)

        def finished() -> None:
            if not len(missing):
                return
            found = finish()
            with self._growing:
                (known,) = self._known
                new = np.flatnonzero(~np.isin(missing, known.pairs, assume_unique=True))
                both = np.concatenate([known.pairs, missing[new]])
                order = np.argsort(both)
                self._known[0] = _Known(both[order], known.passages.followed_by(found.of(new)).of(order))

        return finished


def strings_of(column: pa.ChunkedArray, rows: npt.NDArray[np.int64]) -> list[str]:
    """The strings of some rows, which all have one."""
    return [str(text, "utf-8") for text in encoded_of(column, rows)]


def encoded_of(column: pa.ChunkedArray, rows: npt.NDArray[np.int64]) -> Iterator[memoryview]:
    """The UTF-8 of the strings of some rows, which all have one, where Arrow holds it. (To take them at once, Arrow
    would lay the whole column end to end: 0.17 s for 77 MB of articles.)"""
    first = np.cumsum([0, *map(len, column.chunks)])
    number = np.searchsorted(first, rows, "right") - 1
    held = [
        (memoryview(data or b""), np.frombuffer(ends, np.int32)[chunk.offset :][: len(chunk) + 1].tolist())
        for chunk in column.chunks
        for _, ends, data in [chunk.buffers()]
    ]
    for chunk, at in zip(number.tolist(), (rows - first[number]).tolist(), strict=True):
        data, ends = held[chunk]
        yield data[ends[at] : ends[at + 1]]
