"""Streams of word hashes as the sketches hold them, made of a few words so that texts share something."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from dedup.sketch.minhash import Words
from tests.naive import word_hash

BREAK = 0


def word(name: str) -> int:
    """The hash of a word: bit 0 set for a number, bit 1 always."""
    return word_hash(name)


_NUMBERS = ("7", "12", "2015", "5", "820", "5820", "12500", "12650")
VOCABULARY = [word(name) for name in ("قال", "في", "من", "الرياض", "جدة", "الملك", "وزير", *_NUMBERS)]

streams = st.lists(st.sampled_from([*VOCABULARY, BREAK]), max_size=40)
corpora = st.lists(streams, min_size=2, max_size=6)


def words_of(texts: Sequence[Sequence[int]]) -> Words:
    """Several streams, one behind the other."""
    first = np.cumsum([0, *map(len, texts)], dtype=np.int64)
    return Words(np.array(list(itertools.chain(*texts)), np.uint64), first)


def every_pair(count: int) -> npt.NDArray[np.uint64]:
    """All pairs of so many texts."""
    return np.array([a << 32 | b for a, b in itertools.combinations(range(count), 2)], np.uint64)
