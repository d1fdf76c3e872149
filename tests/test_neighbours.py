"""Suspects through a common neighbour: all of them, none twice, none that was judged, and not too many."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.neighbours import through_neighbours
from dedup.settings import NEIGHBOURS_ASKED

Odds = dict[tuple[int, int], float]
judged_pairs = st.dictionaries(
    st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.0, 0.4, 0.5, 0.9, 1.0]),
)


def asked(probability: Odds) -> list[tuple[int, int]]:
    pairs = sorted(probability)
    packed = np.array([a << 32 | b for a, b in pairs], np.uint64)
    found = through_neighbours(packed, np.array([probability[pair] for pair in pairs], np.float64))
    return [(int(pair) >> 32, int(pair) & 0xFFFFFFFF) for pair in found]


def test_two_prints_of_a_dispatch_are_asked_what_they_are_to_each_other() -> None:
    assert asked({(0, 1): 0.9, (1, 2): 0.6}) == [(0, 2)]


def test_a_pair_that_was_judged_is_not_asked_again_and_a_weak_one_leads_nowhere() -> None:
    assert asked({(0, 1): 0.9, (0, 2): 0.1, (1, 2): 0.9}) == []
    assert asked({(0, 1): 0.9, (1, 2): 0.49}) == []
    assert asked({}) == []


@given(judged_pairs)
def test_it_is_every_pair_of_two_strong_neighbours_of_one_article(probability: Odds) -> None:
    strong = {pair for pair, value in probability.items() if value >= 0.5}
    near = {n: {a + b - n for a, b in strong if n in (a, b)} for n in range(10)}
    expected = {pair for ends in near.values() for pair in itertools.combinations(sorted(ends), 2)}
    assert asked(probability) == sorted(expected - probability.keys())


def test_of_an_article_with_many_neighbours_only_the_most_probable_are_asked() -> None:
    star = {(0, n): 1 - n / 1000 for n in range(1, 3 * NEIGHBOURS_ASKED)}
    assert asked(star) == list(itertools.combinations(range(1, NEIGHBOURS_ASKED + 1), 2))
