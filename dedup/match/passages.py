"""Passages: the stretches two texts share, as spans in both originals.

Three steps, all over words (folded, hashed), none over characters:

    seed     phrases of one to three words that both texts have               kernels.passages
    extend   seeds near each other in both texts, in any order, are a cluster, and a box is drawn round it
    merge    boxes that together cover one stretch of either text become one; what is long and similar enough stays

So a passage may hold other words than its twin, left-out words, phrases in another order, shuffled words; what it may
not hold is a gap of more than :data:`~dedup.settings.PASSAGE_GAP` tokens without any seed (``PASSAGE_REACH`` where
nearly all words are matched).

    similarity = 2 * matched / (words of a's stretch + words of b's)

where *matched* counts the words both stretches have, a repeated word as often as the poorer stretch has it. Order does
not enter. A passage is maximal: the words before it differ, and the words behind it differ (or a text ends there, or
marked text begins). Each has, in a or in b, ``PASSAGE_LEAST`` words that no stronger one covers: what one text says
twice and the other once is two passages that overlap in one text. (Between articles of one story 0.5 % of the words of
passages are in two of a pair.)

A passage is a *formula* if of the distinct phrases of three words that its two stretches have in common a part of less
than :data:`~dedup.settings.FORMULA_RARE_PART` is rare in the sense of :mod:`dedup.match.rarity`, and fewer than the
shortest passage has in all: a long dispatch that many outlets reworded keeps enough that is its own.

Cost: linear in the words of the two texts, whatever they repeat (the bound is in :mod:`dedup.kernels.passages`): the
20,300 passages of 16,143 pairs of articles take 0.34 s of processor time, two texts of 100,000 words each at most
0.06 s.
Figures of quality are in ``benchmarks/README.md``. Tried and left out: words without their proclitics and pronouns as
seeds; paraphrases gain (0.81 to 0.89 on the development half), shuffled words and verbatim copies lose as much. Idea:
Sanchez-Perez, Sidorov, Gelbukh, "A winning approach to text alignment for text reuse detection at PAN 2014".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import Folded, fold_column, utf8
from dedup.kernels.alignment import find_passages
from dedup.kernels.boxes import A0, A1, B0, B1, COLUMNS, MATCHED, RARE, SHARED
from dedup.kernels.marks import mark_tokens
from dedup.kernels.numerals import join_numbers
from dedup.kernels.passages import hash_set
from dedup.match.rarity import Phrases, background, borrow, distinct_phrases, flagged, no_counts
from dedup.settings import (
    FORMULA_RARE_PART,
    PASSAGE_ANCHORS,
    PASSAGE_CHANCE,
    PASSAGE_DENSE,
    PASSAGE_GAP,
    PASSAGE_LEAST,
    PASSAGE_ORDERED,
    PASSAGE_REACH,
    PASSAGE_SEEDS,
    PASSAGE_SHORTEST,
    PASSAGE_SIMILARITY,
    RARE_PHRASE,
)
from dedup.sketch.lsh import distinct, sides
from dedup.sketch.minhash import Words

_Mapper = Callable[..., Iterable[Any]]
_PIECE = 1 << 18
"""Words of the texts that a worker aligns at a time: some 480 pairs of articles, 10 ms of work. Between two pieces it
may wait 5 ms for the interpreter, if Python is at work beside it."""


@dataclass(frozen=True, slots=True)
class TextWords:
    """The story words of n texts: those of text i are ``[first[i]:first[i+1]]`` of the other arrays.

    ``hashes`` uint64: as in :class:`~dedup.sketch.minhash.Sketches`, bit 0 set for a number. ``start, end`` int32: code
    points, ``text[start:end]`` is the word as printed. ``place`` int32: its number among all words of its text, marked
    ones too, so words that follow each other in print differ by 1. ``first`` int64 (n + 1).
    """

    hashes: npt.NDArray[np.uint64]
    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]
    place: npt.NDArray[np.int32]
    first: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.first) - 1

    def stream(self) -> Words:
        """The words as a stream with a 0 where marked tokens stand between two words, as sketches hold it."""
        inside = np.ones(len(self.hashes), np.bool_)
        inside[self.first[:-1][np.diff(self.first) > 0]] = False
        broken = np.flatnonzero(inside & (np.diff(self.place, prepend=0) != 1))
        first = self.first + np.searchsorted(broken, self.first)
        return Words(np.insert(self.hashes, broken, np.uint64(0)), first)


@dataclass(frozen=True, slots=True)
class Passages:
    """Passages of n pairs: those of pair i are ``[first[i]:first[i+1]]``, by their place in a.

    ``a, b`` int32 (m, 2): code points, ``text_a[a[k, 0]:a[k, 1]]``. ``a_words, b_words`` int32 (m, 2): the same in
    words of :class:`TextWords`, from the text's first word. ``similarity`` float64 (m,) and ``formula`` bool (m,): see
    the head of this module. ``first`` int64 (n + 1).
    """

    first: npt.NDArray[np.int64]
    a: npt.NDArray[np.int32]
    b: npt.NDArray[np.int32]
    a_words: npt.NDArray[np.int32]
    b_words: npt.NDArray[np.int32]
    similarity: npt.NDArray[np.float64]
    formula: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.similarity)

    def of(self, pairs: npt.NDArray[np.int64]) -> Passages:
        """Those of some of the pairs, given by position, in that order."""
        counts = np.diff(self.first)[pairs]
        first = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)])
        kept = np.repeat(self.first[pairs] - first[:-1], counts) + np.arange(first[-1])
        return Passages(
            first, self.a[kept], self.b[kept], self.a_words[kept], self.b_words[kept], self.similarity[kept],
            self.formula[kept],
        )  # fmt: skip

    def followed_by(self, other: Passages) -> Passages:
        """Those of all pairs of both, one after the other."""
        first = np.concatenate([self.first[:-1], other.first + self.first[-1]])
        columns = ("a", "b", "a_words", "b_words", "similarity", "formula")
        return Passages(first, *(np.concatenate([getattr(self, name), getattr(other, name)]) for name in columns))


def text_words(
    texts: pa.Array | pa.ChunkedArray,
    marked: Sequence[Sequence[tuple[Any, ...]]],
    body_start: npt.NDArray[np.int64],
    mapper: _Mapper = map,
) -> TextWords:
    """The words of ``texts`` (a string column) that are story.

    Left out are the tokens that overlap a span of ``marked`` (for each text spans or marks, which begin with start and
    end in code points) and those that begin before ``body_start`` (n,). Raises ValueError if these are not as many as
    the texts.
    """
    if not len(texts) == len(marked) == len(body_start):
        counts = f"{len(texts)} texts, {len(marked)} lists of marks, {len(body_start)} starts of bodies"
        raise ValueError(f"{counts}: give one of each for every text")
    chunks = texts.chunks if isinstance(texts, pa.ChunkedArray) else [texts]
    rows = np.cumsum([0, *map(len, chunks)])
    places = list(zip(chunks, rows[:-1].tolist(), rows[1:].tolist(), strict=True))

    def of_chunk(one: tuple[Any, int, int]) -> TextWords:
        chunk, begin, end = one
        return story_words(fold_column(chunk.cast(pa.string())), marked[begin:end], body_start[begin:end])

    return end_to_end(list(mapper(of_chunk, places)), mapper)


def story_words(
    folded: Folded, marked: Sequence[Sequence[tuple[Any, ...]]], body_start: npt.NDArray[np.int64]
) -> TextWords:
    """The same of texts that have been folded."""
    counts = np.diff(folded.first_token)
    dropped = folded.span_start < np.repeat(body_start, counts)
    flat = [(row, span[0], span[1]) for row, spans in enumerate(marked) for span in spans]
    if flat:
        rows, starts, ends = (np.array(column, np.int32) for column in zip(*flat, strict=True))
        mark_tokens(rows, starts, ends, folded.span_start, folded.span_end, folded.first_token, dropped)
    kept = np.flatnonzero(~dropped)
    place = (kept - np.repeat(folded.first_token[:-1], counts)[kept]).astype(np.int32)
    first = np.searchsorted(kept, folded.first_token).astype(np.int64)
    words = TextWords(folded.hashes[kept], folded.span_start[kept], folded.span_end[kept], place, first)
    return _without_parts(words) if join_numbers(words.hashes, place, folded.before[kept], first) else words


def _without_parts(words: TextWords) -> TextWords:
    """The words without those that became 0 for being parts of the number before them, which ends where they do."""
    part = words.hashes == 0
    before = np.concatenate([np.zeros(1, np.int32), np.cumsum(part, dtype=np.int32)])
    kept = np.flatnonzero(~part)
    ends = np.append(kept[1:], len(part)) - 1
    first = words.first - before[words.first]
    place = words.place[kept] - before[kept] + np.repeat(before[words.first[:-1]], np.diff(first))
    return TextWords(words.hashes[kept], words.start[kept], words.end[ends], place, first)


def end_to_end(parts: Sequence[TextWords], mapper: _Mapper = map) -> TextWords:
    """The texts of several parts, one after the other."""
    begins = np.cumsum([0, *(len(part.hashes) for part in parts)]).tolist()
    first = [part.first[:-1] + begin for part, begin in zip(parts, begins, strict=False)]
    room = begins[-1]
    whole = TextWords(
        np.empty(room, np.uint64), np.empty(room, np.int32), np.empty(room, np.int32), np.empty(room, np.int32),
        np.concatenate([*first, [room]]).astype(np.int64),
    )  # fmt: skip

    def lay(part: TextWords, begin: int) -> None:
        place = slice(begin, begin + len(part.hashes))
        whole.hashes[place], whole.place[place] = part.hashes, part.place
        whole.start[place], whole.end[place] = part.start, part.end

    list(mapper(lay, parts, begins))
    return whole


def passages(
    words: TextWords, pairs: npt.NDArray[np.uint64], rarity: Phrases | None = None, mapper: _Mapper = map
) -> Passages:
    """Align ``pairs``, uint64 (n,) ``a << 32 | b``, positions of texts in ``words``; sorted ones cost least.

    ``rarity`` are phrases of three words, rare ones flagged (:meth:`dedup.match.vocabulary.Vocabulary.frequent`); one
    it does not know is rare. None: what the background table knows, all that can be said of two texts alone. Raises
    ValueError for a text that is not there.
    """
    missing = np.flatnonzero(np.maximum(*sides(pairs)) >= len(words))
    if len(missing):
        raise ValueError(f"pair {missing[0]} names a text behind the last of {len(words)}; pairs are a << 32 | b")
    return aligning(words, pairs, frequent_phrases(_by_background(words) if rarity is None else rarity), mapper)()


def aligning(
    words: TextWords, pairs: npt.NDArray[np.uint64], frequent: npt.NDArray[np.uint64], mapper: _Mapper
) -> Callable[[], Passages]:
    """Begin to align, given the table of :func:`frequent_phrases`; every text must be there. What it gives waits for
    the workers and puts together what they found."""

    def align(piece: npt.NDArray[np.uint64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        first = np.empty(len(piece) + 1, np.int64)
        room = 4 * len(piece) + 64
        while True:
            boxes = np.empty((room, COLUMNS), np.int64)
            count = find_passages(
                words.hashes, words.place, words.first, piece, frequent, np.array(PASSAGE_SEEDS, np.int64),
                PASSAGE_GAP, PASSAGE_REACH, PASSAGE_CHANCE, PASSAGE_ANCHORS, PASSAGE_LEAST, PASSAGE_SHORTEST,
                PASSAGE_SIMILARITY, PASSAGE_DENSE, PASSAGE_ORDERED, boxes, first,
            )  # fmt: skip
            if count <= room:
                return boxes[:count], first
            room = count

    begun = mapper(align, _pieces(words, pairs))

    def finished() -> Passages:
        found = list(begun)
        boxes = np.concatenate([np.zeros((0, COLUMNS), np.int64), *(boxes for boxes, _ in found)])
        counts = np.concatenate([np.zeros(1, np.int64), *(np.diff(first) for _, first in found)])
        return _spans(words, pairs, np.cumsum(counts), boxes)

    return finished


def _pieces(words: TextWords, pairs: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint64]]:
    """Pairs in pieces of about as many words; a pair of long texts is a piece of its own."""
    lengths = np.diff(words.first)
    before = np.cumsum(sum(lengths[text] for text in sides(pairs))) // _PIECE
    return np.split(pairs, np.flatnonzero(np.diff(before)) + 1) if len(pairs) else []


def _spans(
    words: TextWords, pairs: npt.NDArray[np.uint64], first: npt.NDArray[np.int64], boxes: npt.NDArray[np.int64]
) -> Passages:
    """Boxes of words as passages of code points."""
    spans = []
    for text, low, high in zip(sides(np.repeat(pairs, np.diff(first))), (A0, B0), (A1, B1), strict=True):
        begin = words.first[text]
        stretch = np.column_stack([words.start[begin + boxes[:, low]], words.end[begin + boxes[:, high] - 1]])
        spans.append((stretch, boxes[:, [low, high]].astype(np.int32)))
    (a, a_words), (b, b_words) = spans
    length = boxes[:, A1] - boxes[:, A0] + boxes[:, B1] - boxes[:, B0]
    formula = boxes[:, RARE] < np.minimum(FORMULA_RARE_PART * boxes[:, SHARED], PASSAGE_LEAST - 2)
    return Passages(first, a, b, a_words, b_words, 2 * boxes[:, MATCHED] / np.maximum(length, 1), formula)


def frequent_phrases(rarity: Phrases, mapper: _Mapper = map) -> npt.NDArray[np.uint64]:
    """The phrases that are not flagged as rare, as the kernel looks them up (open addressing)."""
    starts = range(0, len(rarity.sets), _PIECE)
    found = mapper(_not_rare, [rarity.sets[start : start + _PIECE] for start in starts])
    table: npt.NDArray[np.uint64] = hash_set(distinct(np.concatenate([np.zeros(0, np.uint64), *found])))
    return table


def _not_rare(flagged: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    return flagged[np.flatnonzero(flagged & np.uint64(1) == 0)]


def _by_background(words: TextWords) -> Phrases:
    """The phrases of three words of all texts, rare unless the background table knows them as frequent."""
    found = distinct_phrases(words.stream(), np.ones(len(words), np.bool_), 3)
    counters = no_counts(len(found.sets), 3)
    borrow(counters, background(), 3, 0)
    return flagged(found, counters, RARE_PHRASE)


def passages_of_texts(text_a: str, text_b: str) -> Passages:
    """Passages of two texts as they stand, nothing marked; formulas as the background table knows them."""
    column = pa.array([utf8(text).decode() for text in (text_a, text_b)], pa.string())
    words = text_words(column, [(), ()], np.zeros(2, np.int64))
    return passages(words, np.array([1], np.uint64))
