"""The rarity and slot kernels do what the obvious versions do, and winnowing keeps its promise."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from hypothesis import given
from hypothesis import strategies as st

from dedup.kernels.openings import count_found, openings
from dedup.kernels.rarity import count_phrases, flag_rare, phrase_sets, share_rare, shared_phrases, winnow
from dedup.kernels.slots import compare_slots
from tests import naive_rarity
from tests.word_streams import BREAK, VOCABULARY, corpora, every_pair, streams, words_of

lengths = st.integers(1, 4)
windows = st.integers(1, 5)
Hashes = npt.NDArray[np.uint64]
BIG = 1 << 20
"""Counters enough that the few phrases of a test do not meet."""


def winnowed(texts: Sequence[Sequence[int]], words: int, window: int) -> list[list[int]]:
    made = words_of(texts)
    out, first = np.empty(len(made.stream), np.uint64), np.empty(len(texts) + 1, np.int64)
    written = winnow(made.stream, made.first_word, words, window, out, first)
    assert written == first[-1]
    return [out[start:end].tolist() for start, end in itertools.pairwise(first.tolist())]


def sets_of(texts: Sequence[Sequence[int]], words: int) -> tuple[Hashes, npt.NDArray[np.int64]]:
    made = words_of(texts)
    out, first = np.empty(len(made.stream), np.uint64), np.empty(len(texts) + 1, np.int64)
    written = phrase_sets(made.stream, made.first_word, np.ones(len(texts), np.bool_), words, out, first)
    return out[:written], first


@given(corpora, lengths, windows)
def test_winnowing_equals_its_naive_twin(texts: list[list[int]], words: int, window: int) -> None:
    assert winnowed(texts, words, window) == [naive_rarity.winnow(text, words, window) for text in texts]


@given(streams, streams, streams, streams, lengths, windows, st.data())
def test_a_shared_run_gives_a_fingerprint_in_common(
    before: list[int], behind: list[int], ahead: list[int], after: list[int], words: int, window: int,
    data: st.DataObject,
) -> None:  # fmt: skip
    """Any run of window + words - 1 unmarked words that two texts share, wherever it stands in them."""
    size = window + words - 1
    run = data.draw(st.lists(st.sampled_from(VOCABULARY), min_size=size, max_size=size))
    one, other = winnowed([before + run + behind, ahead + run + after], words, window)
    assert set(one) & set(other)


@given(streams, streams, st.lists(st.sampled_from(VOCABULARY), min_size=12, max_size=20), lengths, windows)
def test_what_is_chosen_inside_a_run_does_not_depend_on_where_it_stands(
    before: list[int], after: list[int], run: list[int], words: int, window: int
) -> None:
    alone, inside = winnowed([run, before + run + after], words, window)
    assert set(alone) <= set(inside)


@given(streams, lengths, windows)
def test_no_fingerprint_crosses_a_break(text: list[int], words: int, window: int) -> None:
    parts = naive_rarity.runs(text)
    apart = {fingerprint for part in winnowed(parts, words, window) for fingerprint in part}
    assert set(winnowed([text], words, window)[0]) == apart


def test_fingerprints_thin_a_long_text_out() -> None:
    """About 2 in window + 1 phrases are kept."""
    text = np.random.default_rng(1).integers(1, 2**63, 20_000).tolist()
    kept = len(winnowed([text], 3, 4)[0])
    assert 0.38 < kept / len(text) < 0.42


@given(corpora, lengths)
def test_phrase_sets_hold_each_phrase_once_in_order(texts: list[list[int]], words: int) -> None:
    sets, first = sets_of(texts, words)
    for n, text in enumerate(texts):
        found = sets[first[n] : first[n + 1]].tolist()
        assert found == [naive_rarity.phrase_hash(p) & ~1 for p in naive_rarity.distinct_phrases(text, words)]


@given(corpora, lengths, st.data())
def test_texts_that_are_not_wanted_have_no_phrases(texts: list[list[int]], words: int, data: st.DataObject) -> None:
    wanted = np.array(data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts))), np.bool_)
    made = words_of(texts)
    out, first = np.empty(len(made.stream), np.uint64), np.empty(len(texts) + 1, np.int64)
    phrase_sets(made.stream, made.first_word, wanted, words, out, first)
    all_sets, all_first = sets_of(texts, words)
    for n in range(len(texts)):
        expected = all_sets[all_first[n] : all_first[n + 1]].tolist() if wanted[n] else []
        assert out[first[n] : first[n + 1]].tolist() == expected


@given(corpora, lengths, st.integers(0, 3))
def test_a_phrase_is_rare_when_few_texts_hold_it(texts: list[list[int]], words: int, limit: int) -> None:
    sets, first = sets_of(texts, words)
    counters, rare = np.zeros(BIG, np.uint16), np.empty(len(texts), np.int32)
    count_phrases(sets, first, np.arange(len(texts), dtype=np.int64), counters)
    flag_rare(sets, first, counters, limit, rare)
    counts = naive_rarity.counted(texts, words)
    for n, text in enumerate(texts):
        expected = [counts[phrase] <= limit for phrase in naive_rarity.distinct_phrases(text, words)]
        assert (sets[first[n] : first[n + 1]] & np.uint64(1)).astype(bool).tolist() == expected
        assert rare[n] == sum(expected)


@given(corpora, lengths)
def test_a_small_table_counts_too_much_but_never_too_little(texts: list[list[int]], words: int) -> None:
    sets, first = sets_of(texts, words)
    small, big = np.zeros(4, np.uint16), np.zeros(BIG, np.uint16)
    for counters in (small, big):
        count_phrases(sets, first, np.arange(len(texts), dtype=np.int64), counters)
    assert small.sum() == big.sum()
    by_address = big.reshape(4, -1).sum(axis=1)
    assert small.tolist() == by_address.tolist()


def test_a_counter_that_is_full_stays_full() -> None:
    sets, first = sets_of([VOCABULARY[:3]], 3)
    counters = np.full(16, 0xFFFE, np.uint16)
    for _ in range(3):
        count_phrases(sets, first, np.zeros(1, np.int64), counters)
    assert sorted(counters.tolist()) == [0xFFFE] * 15 + [0xFFFF]


@given(corpora, lengths, st.integers(0, 3))
def test_shared_phrases_equal_set_arithmetic(texts: list[list[int]], words: int, limit: int) -> None:
    sets, first = sets_of(texts, words)
    counters, own = np.zeros(BIG, np.uint16), np.empty(len(texts), np.int32)
    count_phrases(sets, first, np.arange(len(texts), dtype=np.int64), counters)
    flag_rare(sets, first, counters, limit, own)
    rare = {phrase for phrase, count in naive_rarity.counted(texts, words).items() if count <= limit}
    pairs = every_pair(len(texts))
    found = np.empty((3, len(pairs)), np.int32)
    shared_phrases(sets, first, pairs, *found)
    expected = [
        naive_rarity.shared(texts[a], texts[b], words, rare) for a, b in itertools.combinations(range(len(texts)), 2)
    ]
    assert found.T.tolist() == [list(figures) for figures in expected]
    for least in range(4):
        enough = np.empty(len(pairs), np.bool_)
        share_rare(sets, first, pairs, least, enough)
        assert enough.tolist() == [rare_ones >= least for _, rare_ones, _ in expected]


@given(corpora)
def test_slots_equal_the_naive_twin(texts: list[list[int]]) -> None:
    made, pairs = words_of(texts), every_pair(len(texts))
    found = np.empty((2, len(pairs)), np.int32)
    compare_slots(made.stream, made.first_word, pairs, *found)
    expected = [naive_rarity.compare_slots(texts[a], texts[b]) for a, b in itertools.combinations(range(len(texts)), 2)]
    assert found.T.tolist() == [list(figures) for figures in expected]


def test_two_bulletins_of_one_template_conflict_where_they_differ() -> None:
    said, seven, twelve = VOCABULARY[:3], VOCABULARY[7], VOCABULARY[8]
    one, other = [*said, seven, *said, BREAK], [*said, twelve, *said, BREAK]
    made = words_of([one, other])
    found = np.empty((2, 1), np.int32)
    compare_slots(made.stream, made.first_word, every_pair(2), *found)
    assert found.ravel().tolist() == [1, 1]


@given(corpora, st.integers(0, 3), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
def test_openings_equal_the_naive_twin(texts: list[list[int]], limit: int, words: int, numbers: int, days: int) -> None:
    made, (sets, first) = words_of(texts), sets_of(texts, 1)
    counters, own = np.zeros(BIG, np.uint16), np.empty(len(texts), np.int32)
    count_phrases(sets, first, np.arange(len(texts), dtype=np.int64), counters)
    flag_rare(sets, first, counters, limit, own)
    rare = {word for (word,), count in naive_rarity.counted(texts, 1).items() if count <= limit}
    out, begin = np.empty(len(texts) * (words + numbers), np.uint64), np.empty(len(texts) + 1, np.int64)
    names, figures = np.empty(len(texts), np.int32), np.empty(len(texts), np.int32)
    day = np.empty(len(texts), np.int8)
    weekdays = np.array(VOCABULARY[2:5], np.uint64)
    written = openings(
        sets, first, made.stream, made.first_word, weekdays, words, numbers, days, out, begin, names, figures, day
    )
    assert written == begin[-1]
    for n, text in enumerate(texts):
        said, counted, named = naive_rarity.opening(text, rare, words, numbers, days, VOCABULARY[2:5])
        assert out[begin[n] : begin[n + 1]].tolist() == [word & ~1 for word in said] + counted
        assert (names[n], figures[n], day[n]) == (len(said), len(counted), named)
    pairs = np.array([a << 32 | b for a in range(len(texts)) for b in range(len(texts))], np.uint64)
    found = np.empty((2, len(pairs)), np.int32)
    count_found(out, begin, sets, first, pairs, *found)
    for (a, b), figures_found in zip(itertools.product(range(len(texts)), repeat=2), found.T.tolist(), strict=True):
        said, counted, _ = naive_rarity.opening(texts[b], rare, words, numbers, days, [])
        assert figures_found == [len({*said} & {*texts[a]}), len({*counted} & {*texts[a]})]
