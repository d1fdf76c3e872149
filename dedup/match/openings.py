"""Openings: what the first sentences of two texts say of each other.

News puts who, what and where into its first sentences. So the rare words of an opening are the story's names, and a
rewrite, an excerpt, an article that goes on with other things still has them somewhere; a second bulletin from the same
mould opens with other names, other figures, another day of the week. Three numbers for a pair:

    words     of the rare words in one's opening, which part the other has anywhere; the better of both ways
    numbers   how many of the numbers in both openings the other text lacks
    weekdays  0 if the first day of the week that each names is the same, 1 if not, one half where one names none

Cost: an opening is some twenty words to look up in each direction; the table of a text is made once for all its pairs.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import fold_column
from dedup.kernels.openings import count_found, openings
from dedup.match.compare import in_pieces
from dedup.match.rarity import Phrases
from dedup.settings import OPENING_DAYS, OPENING_NUMBERS, OPENING_WORDS
from dedup.sketch.minhash import Words

WEEKDAYS = ("السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة")
NOTHING_SAID = 0.5
"""Share where there is nothing to be shared, and what two texts say of their weekdays if one names none."""


@dataclass(frozen=True, slots=True)
class Openings:
    """Of n texts: ``opening`` uint64, that of text i is ``opening[first[i]:first[i+1]]`` (bit 0: a number); ``words``
    and ``numbers`` int32 (n,): how many there are; ``weekday`` int8 (n,): -1 where none is named."""

    opening: npt.NDArray[np.uint64]
    first: npt.NDArray[np.int64]
    words: npt.NDArray[np.int32]
    numbers: npt.NDArray[np.int32]
    weekday: npt.NDArray[np.int8]

    @staticmethod
    def of(words: Phrases, stream: Words) -> Openings:
        """The openings of all texts whose ``words`` are known, in their order in ``stream``."""
        texts = len(words.rare)
        out = np.empty(texts * (OPENING_WORDS + OPENING_NUMBERS), np.uint64)
        first = np.empty(texts + 1, np.int64)
        rare, figures, weekday = np.empty(texts, np.int32), np.empty(texts, np.int32), np.empty(texts, np.int8)
        lengths = (OPENING_WORDS, OPENING_NUMBERS, OPENING_DAYS)
        written = openings(
            words.sets, words.first, stream.stream, stream.first_word, _weekdays(), *lengths,
            out, first, rare, figures, weekday,
        )  # fmt: skip
        return Openings(out[:written].copy(), first, rare, figures, weekday)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of n pairs, (n,) each, float64 and int32: the three numbers above."""

    words: npt.NDArray[np.float64]
    numbers: npt.NDArray[np.int32]
    weekdays: npt.NDArray[np.float64]


def agreement(
    known: Openings, words: Phrases, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map
) -> Agreement:
    """Compare the openings of ``pairs`` (sorted ``a << 32 | b``) with the words of the other text."""
    a, b = (pairs >> np.uint64(32)).astype(np.int64), (pairs & np.uint64(0xFFFFFFFF)).astype(np.int64)
    of_b = _found(known, words, pairs, mapper)
    turned = pairs << np.uint64(32) | pairs >> np.uint64(32)
    order = np.argsort(turned)
    of_a = np.empty_like(of_b)
    of_a[:, order] = _found(known, words, turned[order], mapper)
    shares = (_share(found[0], known.words[opener]) for found, opener in ((of_a, a), (of_b, b)))
    numbers = known.numbers[a] + known.numbers[b] - of_a[1] - of_b[1]
    day_a, day_b = known.weekday[a], known.weekday[b]
    weekdays = np.where((day_a < 0) | (day_b < 0), NOTHING_SAID, day_a != day_b)
    return Agreement(np.maximum(*shares), numbers, weekdays)


def _found(
    known: Openings, words: Phrases, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]]
) -> npt.NDArray[np.int32]:
    """Words and numbers of each opener's opening that stand in the text; pairs are sorted ``text << 32 | opener``."""
    return in_pieces(partial(count_found, known.opening, known.first, words.sets, words.first), pairs, 2, mapper)


def _share(part: npt.NDArray[np.int32], whole: npt.NDArray[np.int32]) -> npt.NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), NOTHING_SAID)


@functools.cache
def _weekdays() -> npt.NDArray[np.uint64]:
    """The hashes of the names of the days."""
    return fold_column(pa.array(WEEKDAYS, pa.string())).hashes
