"""Clusters: what may merge and what may not, whatever the order in which pairs arrive.

Where a test compares two computations, it gives log-odds in eighths in place of probabilities, so that every sum is
exact and equal means are equal in both.
"""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Iterable, Mapping
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dedup.settings import CLUSTER_ODDS, MOST_ODDS
from dedup.story.clusters import Clusters, clusters
from tests import naive_clusters

Pairs = dict[tuple[int, int], float]


def found(probability: Pairs, weights: Mapping[int, int] | None = None, threshold: float = 0.5) -> list[list[int]]:
    return clusters(probability, weights or {}, threshold).groups


def by_odds(odds: Pairs, weights: Mapping[int, int], threshold: float = 0.0) -> Clusters:
    """Log-odds in place of probabilities; the threshold 0 stands for one half."""
    with patch("dedup.story.clusters._odds", lambda value: value):
        return clusters(odds, weights, threshold)


def story(nodes: Iterable[int], probability: float = 0.9) -> Pairs:
    return dict.fromkeys(itertools.combinations(sorted(nodes), 2), probability)


PRIMES = [n for n in range(2, 110) if all(n % divisor for divisor in range(2, n))]


@st.composite
def graphs(draw: st.DrawFn, nodes: int = 8, distinct: bool = False) -> Pairs:
    """Sparse, dense and in between; few different log-odds, so that ties are common, or no two means alike.

    (Roots of different primes: no sum of some is a multiple of a sum of others.)
    """
    possible = list(itertools.combinations(range(draw(st.integers(2, nodes))), 2))
    drawn = draw(st.lists(st.sampled_from(possible), unique=True))
    if draw(st.booleans()):
        drawn = [pair for pair in possible if pair not in drawn]
    if distinct:
        order = draw(st.permutations(range(len(drawn))))
        return {pair: PRIMES[place] ** 0.5 - 3 for pair, place in zip(drawn, order, strict=True)}
    return {pair: draw(st.sampled_from([-MOST_ODDS, -2.5, -1.0, 0.0, 1.125, 2.5, 4.0, MOST_ODDS])) for pair in drawn}


weighings = st.dictionaries(st.integers(0, 7), st.integers(1, 6))


def test_nothing_gives_no_cluster() -> None:
    assert clusters({}, {}, 0.5) == Clusters([], {})
    assert clusters({}, {3: 7}, 0.5) == Clusters([], {})


def test_two_are_a_cluster_when_their_probability_is_well_above_the_threshold() -> None:
    """13/32 of a unit of log-odds above the threshold: 0.6002 where it is 0.5, 0.857 where it is 0.8."""
    assert found({(3, 8): 0.61}) == [[3, 8]]
    assert found({(3, 8): 0.60}) == []
    assert found({(3, 8): 0.86}, threshold=0.8) == [[3, 8]]
    assert found({(3, 8): 0.85}, threshold=0.8) == []


@pytest.mark.parametrize("threshold", [1.0, 0.999999, 0.9999, 0.9997, 0.9996, 0.9995, 0.999])
def test_at_the_highest_thresholds_no_pair_of_a_cluster_is_under_them(threshold: float) -> None:
    """However sure a pair is, and however many of its cluster are surer."""
    under = threshold - 0.000001
    others = story(range(100), 1.0)
    assert found({(0, 1): under}, threshold=threshold) == []
    assert found({(0, 1): under}, {0: 1000, 1: 1000}, threshold=threshold) == []
    assert found(others | {(n, 100): under for n in range(100)}, threshold=threshold) == [list(range(100))]
    assert found(others | {(0, 100): under}, threshold=threshold) == [list(range(100))]
    assert found(others, threshold=threshold) == [list(range(100))]
    assert found({(0, 1): 1.0, (1, 2): 1.0}, threshold=threshold) == [[0, 1]]


@pytest.mark.parametrize("count", [3, 4, 5, 50])
def test_a_chain_is_not_a_cluster(count: int) -> None:
    """A quotes B, B quotes C: A has nothing to do with C."""
    chain = {(n, n + 1): 0.95 - n / 1000 for n in range(count - 1)}
    assert found(chain) == [[n, n + 1] for n in range(0, count - 1, 2)]


def test_of_a_chain_of_three_the_stronger_pair_wins() -> None:
    assert found({(0, 1): 0.7, (1, 2): 0.9}) == [[1, 2]]


def test_two_sure_pairs_outweigh_one_that_is_not_listed_but_a_sure_chain_still_falls_apart() -> None:
    assert found({(0, 1): 0.9999, (1, 2): 0.9999}) == [[0, 1, 2]]
    assert max(map(len, found({(n, n + 1): 0.9999 for n in range(49)}))) <= 4


@pytest.mark.parametrize("probability", [0.7, 0.9, 0.99, 1.0])
def test_one_wrong_pair_does_not_merge_two_stories_of_five(probability: float) -> None:
    """However sure: it is one of 25. (Tried between any two of the ten.)"""
    stories = story(range(5)) | story(range(5, 10))
    for wrong in itertools.product(range(5), range(5, 10)):
        groups = found(stories | {wrong: probability})
        assert all(max(group) < 5 or min(group) >= 5 for group in groups if set(group) - set(wrong))


def test_a_wrong_pair_no_surer_than_the_right_ones_changes_nothing() -> None:
    stories = story(range(5)) | story(range(5, 10))
    assert found(stories | {(4, 5): 0.9}) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]


def test_two_halves_of_a_story_are_joined_by_the_mean_of_their_pairs() -> None:
    """Of 25 pairs so many at 0.95 (log-odds 2.94), the others not listed (-3): 15 give a mean of 0.57, 14 of 0.33."""
    between = [(a, 5 + (a + shift) % 5) for shift in range(5) for a in range(5)]
    halves = story(range(5), 0.99) | story(range(5, 10), 0.99)
    assert len(found(halves | dict.fromkeys(between[:15], 0.95))) == 1
    assert len(found(halves | dict.fromkeys(between[:14], 0.95))) == 2


def test_a_member_that_came_in_early_and_disagrees_with_the_rest_is_set_free() -> None:
    """0 enters by its sure pair with 1 while the cluster is small; of seven others two are not enough."""
    agreeing = story(range(1, 8), 0.95) | {(0, 1): 0.999, (0, 2): 0.999}
    assert found(agreeing) == [[1, 2, 3, 4, 5, 6, 7]]
    assert found(agreeing | dict.fromkeys([(0, 3), (0, 4)], 0.999)) == [[0, 1, 2, 3, 4, 5, 6, 7]]


def test_a_node_of_many_copies_does_not_hide_another_that_disagrees() -> None:
    """3 agrees with the four copies of 2 alone; who falls short is asked of articles, not of nodes by weight."""
    odds = {(1, 2): 5.0, (1, 5): 1.0, (2, 3): 4.5, (2, 4): -1.0, (2, 5): 3.0, (4, 5): 5.0}
    assert by_odds(odds, {1: 2, 2: 4, 3: 2, 5: 6}).groups == [[1, 2, 4, 5]]


def test_copies_that_agree_with_half_of_a_cluster_stay_together_in_it() -> None:
    """Each of the two copies of 4 agrees with its other copy and with 0, which is enough; so it is with 5."""
    assert by_odds({(0, 4): 8.0, (0, 5): 8.0}, {4: 2, 5: 4}).groups == [[0, 4, 5]]


def round_up(prints: int) -> Pairs:
    """Three stories of three, and an article (9) that agrees with so many prints of each."""
    stories = [range(3 * n, 3 * n + 3) for n in range(3)]
    listed = {pair: value for nodes in stories for pair, value in story(nodes, 0.99).items()}
    return listed | {(node, 9): 0.98 for nodes in stories for node in list(nodes)[:prints]}


def test_a_round_up_of_three_stories_joins_none_and_is_listed_with_them() -> None:
    made = clusters(round_up(3), {}, 0.5)
    assert made.groups == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    assert made.round_ups == {9: [0, 1, 2]}


def test_an_article_that_agrees_with_one_print_of_each_story_is_no_round_up() -> None:
    made = clusters(round_up(1), {}, 0.5)
    assert made == Clusters([[0, 1, 2], [3, 4, 5], [6, 7, 8]], {})


def test_a_digest_that_opens_with_a_story_of_one_article_is_a_round_up_by_weaker_ties() -> None:
    """9 is taken for a longer version of 0, and is tied at 0.3 to two other stories; two articles more would know."""
    others = story(range(3, 6), 0.99) | story(range(6, 9), 0.99)
    ties = dict.fromkeys([(n, 9) for n in range(3, 9)], 0.3)
    assert clusters(others | ties | {(0, 9): 0.83}, {}, 0.5) == Clusters([[3, 4, 5], [6, 7, 8]], {9: [0, 1]})
    two = others | ties | {(0, 9): 0.83, (1, 9): 0.83, (0, 1): 0.9}
    assert clusters(two, {}, 0.5) == Clusters([[0, 1, 9], [3, 4, 5], [6, 7, 8]], {})


def test_agreeing_with_three_stories_that_agree_with_each_other_is_no_round_up() -> None:
    listed = round_up(3) | {(a, b): 0.5 for a, b in itertools.combinations(range(9), 2) if a // 3 != b // 3}
    assert clusters(listed, {}, 0.5).round_ups == {}


@given(graphs(), weighings)
def test_the_result_is_that_of_the_obvious_implementation(odds: Pairs, weights: dict[int, int]) -> None:
    made = by_odds(odds, weights)
    assert (made.groups, made.round_ups) == naive_clusters.clusters(odds, weights, CLUSTER_ODDS)


@pytest.mark.parametrize("seed", range(20))
def test_stories_with_noise_between_them_are_as_in_the_obvious_implementation(seed: int) -> None:
    chance = random.Random(seed)
    odds = {
        pair: chance.randint(-8, 64) / 8
        for pair in itertools.combinations(range(18), 2)
        if chance.random() < (0.8 if pair[0] // 4 == pair[1] // 4 else 0.15)
    } | {(n, 17): 6.0 for n in range(0, 17, 2)}
    weights = {node: chance.randint(1, 4) for node in range(0, 18, 3)}
    made = by_odds(odds, weights)
    assert (made.groups, made.round_ups) == naive_clusters.clusters(odds, weights, CLUSTER_ODDS)


@given(graphs(), weighings, st.randoms(use_true_random=False))
def test_the_order_of_pairs_does_not_matter(odds: Pairs, weights: dict[int, int], chance: random.Random) -> None:
    listed = {pair: 1 / (1 + 2**-value) for pair, value in odds.items()}
    shuffled = list(listed.items())
    chance.shuffle(shuffled)
    assert clusters(dict(shuffled), weights, 0.5) == clusters(listed, weights, 0.5)


@given(graphs(), weighings, st.lists(st.integers(1, 5), min_size=8, max_size=8))
def test_other_articles_in_between_change_nothing(odds: Pairs, weights: dict[int, int], gaps: list[int]) -> None:
    """More of a corpus moves rows apart, but keeps their order."""
    row = list(itertools.accumulate(gaps))
    moved = {(row[a], row[b]): value for (a, b), value in odds.items()}
    made, apart = by_odds(odds, weights), by_odds(moved, {row[node]: count for node, count in weights.items()})
    assert apart.groups == [[row[node] for node in group] for group in made.groups]
    assert apart.round_ups == {row[node]: stories for node, stories in made.round_ups.items()}


@given(graphs(distinct=True), st.permutations(range(8)))
def test_with_no_two_alike_not_even_the_order_of_articles_matters(odds: Pairs, order: list[int]) -> None:
    moved = {(min(order[a], order[b]), max(order[a], order[b])): value for (a, b), value in odds.items()}
    made, turned = by_odds(odds, {}), by_odds(moved, {})
    assert sorted(sorted(order[node] for node in group) for group in made.groups) == turned.groups


@given(graphs(), graphs())
def test_stories_elsewhere_change_nothing(odds: Pairs, elsewhere: Pairs) -> None:
    beside = {(a + 100, b + 100): value for (a, b), value in elsewhere.items()}
    assert by_odds(odds | beside, {}).groups == by_odds(odds, {}).groups + by_odds(beside, {}).groups


@given(graphs(nodes=6, distinct=True), weighings)
def test_a_weight_does_what_as_many_copies_would(odds: Pairs, weights: dict[int, int]) -> None:
    """Groups that hold a single text are left out: with weights they are no group of clustering."""
    explicit, articles = naive_clusters.with_copies(odds, weights)
    weighed, written_out = by_odds(odds, weights), by_odds(explicit, {})
    assume(not weighed.round_ups and not written_out.round_ups)
    groups = [[article for node in group for article in articles[node]] for group in weighed.groups]
    assert [group for group in written_out.groups if group not in articles] == groups


def connected_stories(stories: int, size: int) -> tuple[Pairs, list[list[int]]]:
    """Stories of which each pair is listed; each hangs on the next by one pair, and on two others by chance."""
    chance = random.Random(size)
    groups = [list(range(n * size, (n + 1) * size)) for n in range(stories)]
    listed = {pair: 0.9 + chance.random() / 10 for group in groups for pair in itertools.combinations(group, 2)}
    for n in range(stories - 1):
        listed[groups[n][-1], groups[n + 1][0]] = 0.8
        for _ in range(2):
            a, b = sorted(chance.sample(range(stories * size), 2))
            listed.setdefault((a, b), 0.7)
    return listed, groups


@pytest.mark.parametrize("size", [5, 20])
def test_a_component_of_fifty_thousand_falls_into_its_stories_in_seconds(size: int) -> None:
    listed, stories = connected_stories(50_000 // size, size)
    began = time.process_time()
    groups = found(listed)
    assert time.process_time() - began < 60
    assert groups == stories


def test_a_chain_of_fifty_thousand_stays_apart_in_seconds() -> None:
    began = time.process_time()
    groups = found({(n, n + 1): 0.9 for n in range(49_999)})
    assert time.process_time() - began < 60
    assert {len(group) for group in groups} == {2}


def test_an_article_that_fifty_thousand_strangers_resemble_is_a_round_up_in_seconds() -> None:
    began = time.process_time()
    made = clusters({(0, n): 0.9 for n in range(1, 50_000)}, {}, 0.5)
    assert time.process_time() - began < 60
    assert made.groups == []
    assert list(made.round_ups) == [0]
