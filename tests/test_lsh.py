"""Banding and exact comparison: no suspect too few, no figure that is not exact."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.kernels.overlap import band_keys, bucket_pairs, drop_single, often_together
from dedup.match.compare import copies, exact, spread
from dedup.sketch.lsh import candidate_pairs, choose, collision_probability, distinct, most_pairs
from dedup.sketch.minhash import Sketches
from dedup.sketch.shingles import Shingles
from tests import naive

small_sets = st.lists(st.sets(st.integers(1, 12), max_size=8), min_size=2, max_size=8)


def sketches_of(sets: list[set[int]]) -> Sketches:
    shingles = np.array([h for s in sets for h in sorted(s, reverse=True)], np.uint64)
    first = np.cumsum([0, *map(len, sets)], dtype=np.int64)
    n = len(sets)
    nothing, starts = np.zeros(0, np.uint64), np.zeros(n + 1, np.int64)
    signatures, content, words = np.zeros((n, 128), np.uint32), np.zeros(n, np.uint64), np.zeros(n, np.int32)
    return Sketches(Shingles.of_batch(shingles, first), signatures, nothing, starts, content, words)


def packed(pairs: list[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(sorted(a << 32 | b for a, b in pairs), np.uint64)


@given(small_sets, st.data())
def test_exact_overlap_equals_set_arithmetic(sets: list[set[int]], data: st.DataObject) -> None:
    every = [(a, b) for a in range(len(sets)) for b in range(a + 1, len(sets))]
    chosen = data.draw(st.lists(st.sampled_from(every), unique=True))
    pairs = exact(sketches_of(sets), packed(chosen))
    for p, (a, b) in enumerate(sorted(chosen)):
        shared, union = len(sets[a] & sets[b]), len(sets[a] | sets[b])
        assert (pairs.a[p], pairs.b[p], pairs.shared[p]) == (a, b, shared)
        assert pairs.jaccard()[p] == (shared / union if union else 1.0)
        assert pairs.containment_a()[p] == (shared / len(sets[a]) if sets[a] else 1.0)
        assert pairs.containment_b()[p] == (shared / len(sets[b]) if sets[b] else 1.0)


@given(st.lists(st.integers(0, 2**50), max_size=40), st.lists(st.integers(0, 6), max_size=10))
def test_of_keys_that_several_have_none_is_dropped(keys: list[int], again: list[int]) -> None:
    bits = 8
    keys += [keys[place] for place in again if place < len(keys)]
    values = np.array([key << bits | n for n, key in enumerate(keys)], np.uint64)
    expected = [value for value, key in zip(values.tolist(), keys, strict=True) if keys.count(key) > 1]
    kept = values[: drop_single(values.copy(), bits, values)].tolist()
    assert [value for value in kept if value in set(expected)] == expected


def test_most_keys_that_stand_alone_are_dropped() -> None:
    alone = np.random.default_rng(1).integers(1, 2**56, 10_000, np.uint64) << np.uint64(8)
    assert drop_single(alone, 8, alone) < 4_000


@given(st.lists(st.one_of(st.integers(0, 5), st.integers(0, 2**64 - 1), st.integers(2**63, 2**63 + 9))))
def test_distinct_values_are_sorted_whatever_their_digits(values: list[int]) -> None:
    """Few digits or many, repeated or not; what is given stays as it is."""
    given_values = np.array(values, np.uint64)
    assert distinct(given_values).tolist() == sorted(set(values))
    assert given_values.tolist() == values


@given(st.lists(st.sets(st.integers(0, 9), max_size=10), max_size=8), st.integers(1, 6), st.integers(1, 3))
def test_who_is_often_together_is_counted_in_the_small_buckets(buckets: list[set[int]], limit: int, least: int) -> None:
    bits = 4
    held = np.array([key << bits | n for key, bucket in enumerate(buckets) for n in sorted(bucket)], np.uint64)
    small = [bucket for bucket in buckets if len(bucket) <= limit]
    every = list(itertools.combinations(range(10), 2))
    expected = [a << 32 | b for a, b in every if sum({a, b} <= bucket for bucket in small) >= least]
    found = np.empty(sum(len(bucket) * (len(bucket) - 1) // 2 for bucket in small) // least + 1, np.uint64)
    assert sorted(found[: often_together(held, bits, limit, least, found)].tolist()) == expected


@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=40), st.integers(1, 5), st.integers(1, 4),
    st.sets(st.integers(0, 39)),
)  # fmt: skip
def test_bucket_pairs_equal_the_naive_twin(keys: list[int], limit: int, reach: int, flooded: set[int]) -> None:
    bits = 8
    sorted_keys = np.sort(np.array([key << bits | n for n, key in enumerate(keys)], np.uint64))
    none, under_water = np.empty(0, np.uint64), np.array([n in flooded for n in range(len(keys))])
    found = np.empty(bucket_pairs(sorted_keys, bits, limit, reach, under_water, none), np.uint64)
    bucket_pairs(sorted_keys, bits, limit, reach, under_water, found)
    buckets: dict[int, list[int]] = {}
    for n, key in enumerate(keys):
        buckets.setdefault(key, []).append(n)
    assert [(int(p) >> 32, int(p) & 0xFFFFFFFF) for p in found] == naive.bucket_pairs(buckets, limit, reach, flooded)


@given(st.lists(st.lists(st.integers(0, 2), min_size=6, max_size=6), min_size=2, max_size=12))
def test_candidates_are_exactly_the_pairs_that_share_a_band(rows: list[list[int]]) -> None:
    signatures = np.array(rows, np.uint32)
    articles = np.arange(len(rows), dtype=np.int64)
    expected = [
        (a, b)
        for a in range(len(rows))
        for b in range(a + 1, len(rows))
        if any(rows[a][band : band + 3] == rows[b][band : band + 3] for band in (0, 3))
    ]
    found = candidate_pairs(signatures, articles, bands=2, rows=3)
    assert [(int(p) >> 32, int(p) & 0xFFFFFFFF) for p in found.pairs] == expected
    assert found.cut == 0


@given(st.lists(st.lists(st.integers(0, 1), min_size=6, max_size=6), min_size=2, max_size=30), st.integers(0, 300))
def test_candidates_are_no_more_than_may_be_and_keep_together_what_shares_a_band(
    rows: list[list[int]], most: int
) -> None:
    signatures, articles = np.array(rows, np.uint32), np.arange(len(rows), dtype=np.int64)
    every = candidate_pairs(signatures, articles, bands=2, rows=3).pairs.tolist()
    found = candidate_pairs(signatures, articles, bands=2, rows=3, most=most)
    pairs = set(found.pairs.tolist())
    assert found.pairs.tolist() == sorted(pairs & set(every))
    assert len(pairs) <= max(most, 2 * 2 * len(rows))
    if len(every) <= most:
        assert (found.pairs.tolist(), found.cut) == (every, 0)
    if len(pairs) < len(every):
        assert found.cut > 0
    for band in (0, 3):
        first: dict[tuple[int, ...], int] = {}
        for n, row in enumerate(rows):
            head = first.setdefault(tuple(row[band : band + 3]), n)
            assert head == n or head << 32 | n in pairs


def test_a_story_of_hundreds_stays_whole_beside_a_flood_of_thousands() -> None:
    """Pages are in one bucket of all and one of 500, prints in one of 300."""
    flood, prints, rng = 10_000, 300, np.random.default_rng(1)
    signatures = rng.integers(0, 2**32, (flood + prints, 6), np.uint32)
    signatures[:flood, :3] = 1
    signatures[:flood, 3:] = (np.arange(flood) % 20)[:, None]
    signatures[flood:, :3] = 2
    articles = np.arange(len(signatures), dtype=np.int64)
    found = candidate_pairs(signatures, articles, bands=2, rows=3)
    assert len(found.pairs) <= most_pairs(len(articles))
    assert found.cut == flood
    assert (found.pairs >> np.uint64(32) >= flood).sum() == prints * (prints - 1) // 2


def test_candidates_name_rows_of_the_corpus_not_positions_in_the_selection() -> None:
    signatures = np.zeros((9, 128), np.uint32)
    signatures[4] = 7
    found = candidate_pairs(signatures, np.array([2, 4, 8], np.int64), bands=42, rows=3)
    assert found.pairs.tolist() == [2 << 32 | 8]


def test_a_full_bucket_costs_a_strip_and_a_star_not_a_square() -> None:
    signatures = np.zeros((20_000, 128), np.uint32)
    found = candidate_pairs(signatures, np.arange(20_000, dtype=np.int64), bands=2, rows=3)
    assert len(found.pairs) < 20_000 * 33
    assert found.cut == 20_000


def test_a_band_key_keeps_the_articles_number() -> None:
    keys = np.empty(2, np.uint64)
    band_keys(np.full((2, 128), 5, np.uint32), np.array([0, 1], np.int64), 0, 3, 2, keys)
    assert (int(keys[0]) & 3, int(keys[1]) & 3) == (0, 1)
    assert int(keys[0]) >> 2 == int(keys[1]) >> 2


@pytest.mark.parametrize("jaccard", [0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95])
def test_chosen_bands_reach_the_recall_and_one_more_row_would_not(jaccard: float) -> None:
    bands, rows = choose(jaccard, 0.995)
    assert bands * rows <= 128
    assert collision_probability(jaccard, bands, rows) >= 0.995
    assert collision_probability(jaccard, 128 // (rows + 1), rows + 1) < 0.995


@given(st.lists(st.integers(0, 3), min_size=1, max_size=10), small_sets)
def test_spreading_over_copies_equals_comparing_every_article(texts: list[int], sets: list[set[int]]) -> None:
    distinct = [{*s, 100 + n} for n, s in enumerate(sets)]
    made = sketches_of([distinct[text % len(distinct)] for text in texts])
    n = len(texts)
    keys = np.array([text % len(distinct) for text in texts], np.uint64)
    alike = copies(keys, np.arange(n, dtype=np.int64))
    firsts = np.unique(alike.first).tolist()
    between = exact(made, packed([(a, b) for a in firsts for b in firsts if a < b]))
    found = spread(between.packed(), alike.groups(), within=True, most=n * n)
    articles, origin = found.pairs, found.origin
    everything = exact(made, packed([(a, b) for a in range(n) for b in range(a + 1, n)]))
    assert articles.tolist() == everything.packed().tolist()
    shared = [made.shingle_counts()[everything.a[p]] if o < 0 else between.shared[o] for p, o in enumerate(origin)]
    assert shared == everything.shared.tolist()
    assert found.left_out == 0


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.data(), st.booleans(), st.integers(0, 120))
def test_what_is_spread_is_no_more_than_may_be_and_loses_no_link(
    sizes: list[int], data: st.DataObject, within: bool, most: int
) -> None:
    rows = data.draw(st.permutations(range(sum(sizes))))
    ends = np.cumsum(sizes).tolist()
    parts = [sorted(rows[end - size : end]) for end, size in zip(ends, sizes, strict=True)]
    firsts = sorted(part[0] for part in parts)
    every_two = list(itertools.combinations(firsts, 2))
    chosen = sorted(data.draw(st.lists(st.sampled_from(every_two), unique=True))) if every_two else []
    between, groups = packed(chosen), [np.array(part) for part in sorted(parts) if len(part) > 1]
    everything = spread(between, groups, within, most=10**6)
    found = spread(between, groups, within, most)
    pairs = dict(zip(found.pairs.tolist(), found.origin.tolist(), strict=True))
    assert pairs.items() <= dict(zip(everything.pairs.tolist(), everything.origin.tolist(), strict=True)).items()
    assert list(pairs) == sorted(pairs)
    assert len(pairs) <= max(most, len(chosen) + sum(size - 1 for size in sizes))
    assert found.left_out == len(everything.pairs) - len(pairs)
    assert {a << 32 | b for a, b in chosen} <= pairs.keys()
    if within:
        assert all(part[0] << 32 | row in pairs for part in parts for row in part[1:])
    assert found.left_out == 0 or most < len(everything.pairs)


def test_of_groups_that_are_too_many_the_smallest_stay_whole() -> None:
    groups = [np.arange(0, 3), np.arange(3, 13), np.arange(13, 16), np.arange(16, 26)]
    pairs = packed([(0, 13), (3, 16)])  # 3 * 3 and 10 * 10; inside 3, 45, 3, 45
    room = {205: (205, 0), 204: (115, 90), 114: (79, 126), 78: (43, 162), 42: (37, 168), 30: (26, 179), 10: (24, 181)}
    for most, expected in room.items():
        found = spread(pairs, groups, within=True, most=most)
        assert (len(found.pairs), found.left_out) == expected


def test_a_huge_group_of_copies_is_a_star_and_loses_nobody() -> None:
    keys = np.repeat(np.array([1, 2], np.uint64), 2_500)
    alike = copies(keys, np.arange(5_000, dtype=np.int64))
    articles = spread(packed([(0, 2_500)]), alike.groups(), within=True, most=10**9).pairs
    assert len(articles) < 10_000
    rows = {int(p) >> 32 for p in articles} | {int(p) & 0xFFFFFFFF for p in articles}
    assert rows == set(range(5_000))
