"""Mates: further stories in the same wording, counted for the text that has fewer of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.compare import Pairs
from dedup.match.features import SENTENCES, among, mates_of
from dedup.match.moulds import mates
from dedup.settings import MATE_JACCARD

TEXTS = 7
Tie = tuple[int, int]
ties = st.sets(st.tuples(st.integers(0, TEXTS - 1), st.integers(0, TEXTS - 1)).filter(lambda tie: tie[0] < tie[1]))
stories = st.lists(st.integers(0, TEXTS - 1), min_size=TEXTS, max_size=TEXTS)
EVERY = [(a, b) for b in range(TEXTS) for a in range(b)]


def found(tied: set[Tie], story: list[int], asked: list[Tie]) -> list[float]:
    """What is counted for the pairs asked, where exactly ``tied`` are alike and lack a number."""
    a, b = np.array(sorted(tied), np.int64).reshape(-1, 2).T
    alike, lacking = np.full(len(a), MATE_JACCARD), np.ones(len(a))
    known = mates(a, b, alike, lacking, np.array(story, np.int64))
    one, other = np.array(asked, np.int64).reshape(-1, 2).T
    return known.beside(one, other).tolist()  # type: ignore[no-any-return]


def naive(tied: set[Tie], story: list[int], asked: list[Tie]) -> list[float]:
    both_ways = tied | {(b, a) for a, b in tied}

    def count(text: int, other: int) -> int:
        others = {story[end] for start, end in both_ways if start == text}
        return len(others - {story[text], story[other]})

    return [float(min(count(a, b), count(b, a))) for a, b in asked]


@given(ties, stories)
def test_mates_are_what_the_definition_says(tied: set[Tie], story: list[int]) -> None:
    assert found(tied, story, EVERY) == naive(tied, story, EVERY)


@given(ties, stories)
def test_a_pair_says_nothing_of_itself(tied: set[Tie], story: list[int]) -> None:
    for pair in EVERY[:6]:
        assert found(tied | {pair}, story, [pair]) == found(tied - {pair}, story, [pair])


def test_thirty_prints_of_a_story_are_one_mate() -> None:
    casts = {(0, 2), (0, 3), (1, 2), (1, 3)}
    assert found(casts, [0, 1, 2, 2, 4, 5, 6], [(0, 1)]) == [1]
    assert found(casts, [0, 1, 2, 3, 4, 5, 6], [(0, 1)]) == [2]


@pytest.mark.parametrize(
    ("shared", "numbers", "mate"), [(MATE_JACCARD, 1, True), (MATE_JACCARD, 0, False), (MATE_JACCARD - 0.01, 1, False)]
)
def test_a_mate_shares_wording_and_lacks_a_number(shared: float, numbers: int, mate: bool) -> None:
    """0 and 1 are each alike with 2."""
    a, b = np.array([0, 1], np.int64), np.array([2, 2], np.int64)
    known = mates(a, b, np.full(2, shared), np.log1p(np.full(2, numbers)), np.arange(3))
    assert known.beside(np.array([0]), np.array([1])).tolist() == [int(mate)]


def test_mates_enter_the_features_by_their_logarithm() -> None:
    a, b, count = np.array([0, 1], np.int64), np.array([2, 2], np.int64), np.full(2, 20)
    features = np.zeros((2, len(SENTENCES)))
    features[:, list(SENTENCES).index("missing_numbers")] = np.log1p(2)
    known = mates_of(Pairs(a, b, count // 2, count, count), features, np.arange(3))
    filled = among(known, np.array([0]), np.array([1]), features[:1])
    assert filled[0, list(SENTENCES).index("mould_mates")] == np.log1p(1)
    assert not features[:, list(SENTENCES).index("mould_mates")].any()
