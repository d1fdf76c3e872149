"""The rarity and slot kernels do what the obvious versions do, and winnowing keeps its promise."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.arabic.fold import fold
from dedup.kernels.firsts import ELSEWHERE, EVERY, RARE, USEFUL, add_counts, count_first, first_seen, take_first
from dedup.kernels.numbers import MOST, compare_numbers
from dedup.kernels.openings import openings, periods, shared_words
from dedup.kernels.rarity import phrase_sets, shared_phrases, winnow
from dedup.kernels.slots import compare_slots
from dedup.match.rarity import Counters
from tests import naive, naive_rarity
from tests.word_streams import BREAK, VOCABULARY, corpora, every_pair, streams, words_of

lengths = st.integers(1, 4)
short = st.integers(1, 3)
windows = st.integers(1, 5)
halves = st.sampled_from([0, 1])
Hashes = npt.NDArray[np.uint64]
Counts = npt.NDArray[np.int32]
BIG = 1 << 20
"""Counters enough that the few phrases of a test do not meet."""


def winnowed(
    texts: Sequence[Sequence[int]], words: int, window: int, numbers: Sequence[int] | None = None, bits: int = 0
) -> list[list[int]]:
    made, number = words_of(texts), np.zeros(len(texts), np.int64) if numbers is None else np.array(numbers, np.int64)
    out, first = np.empty(len(made.stream), np.uint64), np.empty(len(texts) + 1, np.int64)
    written = winnow(made.stream, made.first_word, number, bits, words, window, out, first)
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


@given(corpora, lengths, windows, st.data())
def test_a_fingerprint_ends_in_the_number_of_its_text_and_there_is_none_without(
    texts: list[list[int]], words: int, window: int, data: st.DataObject
) -> None:
    numbers = data.draw(st.lists(st.integers(-1, 15), min_size=len(texts), max_size=len(texts)))
    expected = [
        naive_rarity.winnow(text, words, window) if n >= 0 else [] for text, n in zip(texts, numbers, strict=True)
    ]
    numbered = [[hashed & ~15 | n for hashed in text] for text, n in zip(expected, numbers, strict=True)]
    assert winnowed(texts, words, window, numbers, bits=4) == numbered


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


@given(corpora, st.data())
def test_what_is_new_at_a_place_is_what_a_set_has_not(texts: list[list[int]], data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    new, distinct = firsts_of(texts, wanted)
    made = words_of(texts)
    for n, text in enumerate(texts):
        bits = new[made.first_word[n] : made.first_word[n + 1]].tolist()
        for words in (1, 2, 3):
            found = [tuple(text[at : at + words]) for at, byte in enumerate(bits) if byte >> (words - 1) & 1]
            assert found == (naive_rarity.distinct_phrases(text, words) if wanted[n] else [])
            assert distinct[words - 1, n] == len(found)


def firsts_of(texts: Sequence[Sequence[int]], wanted: Sequence[bool]) -> tuple[npt.NDArray[np.uint8], Counts]:
    """What is new at each place, and how much of it each text has, found in two pieces."""
    made, half = words_of(texts), len(texts) // 2
    new, distinct = np.full(len(made.stream), 255, np.uint8), np.full((3, len(texts)), -1, np.int32)
    for begin, end in ((half, len(texts)), (0, half)):
        first_seen(made.stream, made.first_word, np.array(wanted, np.bool_), begin, end, new, distinct)
    return new, distinct


def counted(
    texts: Sequence[Sequence[int]], rows: Sequence[int], words: int, counters: Counters, step: int = 1, below: int = 0
) -> Counters:
    made, places = words_of(texts), np.array(rows, np.int64)
    new, _ = firsts_of(texts, [True] * len(texts))
    cells, most = counters.cells, below or counters.full
    count_first(made.stream, made.first_word, new, places, words, step, most, counters.half, cells)
    return counters


def nothing_counted(size: int, half: int) -> Counters:
    return Counters(np.zeros(size >> half, np.uint8), half)


def values(counters: Counters) -> list[int]:
    """All counters in their order."""
    return [int(count) for count in counters.at(np.arange(len(counters)))]


@given(corpora, short, st.integers(1, 3), st.data())
def test_what_is_taken_is_rare_or_frequent_as_it_is_counted_and_shared(
    texts: list[list[int]], words: int, limit: int, data: st.DataObject
) -> None:
    """Some texts are counted, phrases of the others are known."""
    rows = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True).map(sorted))
    others = [row for row in range(len(texts)) if row not in rows]
    made, (new, distinct) = words_of(texts), firsts_of(texts, [True] * len(texts))
    counters = counted(texts, rows, words, nothing_counted(BIG, half=1))
    counted(texts, others, words, counters, ELSEWHERE, 2)
    counts = naive_rarity.counted([texts[row] for row in rows], words)
    known = naive_rarity.counted([texts[row] for row in others], words)
    for kind in (RARE, USEFUL, EVERY):
        out, first = np.empty(2 * int(distinct[words - 1].sum()) + 1, np.uint64), np.empty(len(texts) + 1, np.int64)
        rare = np.empty(len(texts), np.int32)
        written = take_first(
            made.stream, made.first_word, new, words, counters.half, counters.cells, limit, kind, out, first, rare
        )
        assert written == first[-1]
        for n, text in enumerate(texts):
            expected, few = [BREAK], 0
            for phrase in naive_rarity.distinct_phrases(text, words):
                is_rare = counts[phrase] <= limit
                few += is_rare
                shared = kind == EVERY or counts[phrase] > 1 or known[phrase] > 0
                if shared if is_rare else kind != RARE:
                    expected.append(flagged(phrase, is_rare))
                elif kind == USEFUL and expected[-1] != BREAK:
                    expected.append(BREAK)
            found = [BREAK, *out[first[n] : first[n + 1]].tolist()]
            assert without_outer_breaks(found) == without_outer_breaks(expected)
            assert rare[n] == few


def flagged(phrase: tuple[int, ...], is_rare: bool) -> int:
    """The hash of a phrase as it is taken: bit 0 says that it is rare, bit 1 of a word that it is a number."""
    if len(phrase) == 1:
        return phrase[0] & ~3 | (phrase[0] & 1) << 1 | is_rare
    return naive_rarity.phrase_hash(phrase) & ~1 | is_rare


def without_outer_breaks(phrases: list[int]) -> list[int]:
    """The phrases from the first to the last."""
    places = [place for place, phrase in enumerate(phrases) if phrase != BREAK]
    return phrases[places[0] : places[-1] + 1] if places else []


@given(corpora, short, halves)
def test_a_small_table_counts_too_much_but_never_too_little(texts: list[list[int]], words: int, half: int) -> None:
    rows = range(len(texts))
    small, big = (counted(texts, rows, words, nothing_counted(size, half)) for size in (4, BIG))
    sums = np.reshape(values(big), (4, -1)).sum(axis=1)
    assert values(small) == np.minimum(sums, small.full).tolist()


@given(halves)
def test_a_counter_that_is_full_stays_full_and_spills_into_no_other(half: int) -> None:
    texts = [VOCABULARY[:3]] * 300
    full = counted(texts, range(300), 3, nothing_counted(2, half))
    assert sorted(values(full)) == [0, full.full]


@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 400)), max_size=20), halves)
def test_counts_are_added_each_to_its_counter(added: list[tuple[int, int]], half: int) -> None:
    counters, expected = nothing_counted(8, half), [0] * 8
    for counter, count in added:
        expected[counter] = min(expected[counter] + count, counters.full)
    places, counts = (np.array([one[n] for one in added], np.int64) for n in (0, 1))
    add_counts(places, counts, half, counters.cells)
    assert values(counters) == expected


@given(corpora, lengths, st.integers(0, 3))
def test_shared_phrases_equal_set_arithmetic(texts: list[list[int]], words: int, limit: int) -> None:
    sets, first = sets_of(texts, words)
    rare = {phrase for phrase, count in naive_rarity.counted(texts, words).items() if count <= limit}
    sets |= np.isin(sets, np.array([naive_rarity.phrase_hash(phrase) & ~1 for phrase in rare], np.uint64))
    pairs = every_pair(len(texts))
    found = np.empty((3, len(pairs)), np.int32)
    shared_phrases(sets, first, pairs, *found)
    expected = [
        naive_rarity.shared(texts[a], texts[b], words, rare) for a, b in itertools.combinations(range(len(texts)), 2)
    ]
    assert found.T.tolist() == [list(figures) for figures in expected]


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


@given(corpora)
def test_conflicts_of_numbers_and_numbers_kept_equal_the_naive_twin(texts: list[list[int]]) -> None:
    made, pairs = words_of(texts), every_pair(len(texts))
    found = np.empty((2, len(pairs)), np.int32)
    compare_numbers(made.stream, made.first_word, pairs, *found)
    every = itertools.combinations(range(len(texts)), 2)
    assert found.T.tolist() == [[*naive_rarity.compare_numbers(texts[a], texts[b], MOST)] for a, b in every]


def test_another_number_between_equal_words_is_a_conflict_and_another_verb_is_none() -> None:
    price, yesterday, rose, fell, riyals = (n << 8 | 2 for n in range(1, 6))
    seven, twelve = 7 << 8 | 3, 12 << 8 | 3
    bulletin, another_day, reworded = (
        [price, yesterday, verb, number, riyals] for verb, number in ((rose, seven), (rose, twelve), (fell, seven))
    )
    made = words_of([bulletin, another_day, reworded])
    conflicting, kept = np.empty((2, 3), np.int32)
    compare_numbers(made.stream, made.first_word, every_pair(3), conflicting, kept)
    assert conflicting.tolist() == [2, 0, 0]  # behind two words and between two; the third has no place of the others
    assert kept.tolist() == [0, 1, 0]  # the price that the rewrite has too


WRITTEN = ["5,820", "5.820", "5 820", "٥٬٨٢٠", "5820"]


def numbers_of(*texts: str) -> list[list[int]]:
    """Conflicts and numbers kept of each two texts."""
    made = words_of([naive.unmarked_words(text, [False] * len(fold(text))) for text in texts])
    found = np.empty((2, len(texts) * (len(texts) - 1) // 2), np.int32)
    compare_numbers(made.stream, made.first_word, every_pair(len(texts)), *found)
    return found.T.tolist()


@pytest.mark.parametrize(("one", "other"), [*itertools.combinations(WRITTEN, 2)])
def test_a_number_is_the_same_however_its_thousands_are_set_apart(one: str, other: str) -> None:
    assert numbers_of(f"بلغ الإنتاج {one} طنا في اليوم", f"بلغ الإنتاج {other} طنا في اليوم") == [[0, 0]]
    assert numbers_of(f"بلغ الإنتاج {one} طنا في اليوم", f"وصل إلى {other} من الأطنان") == [[0, 1]]


@pytest.mark.parametrize("written", WRITTEN)
def test_another_number_is_another_however_its_thousands_are_set_apart(written: str) -> None:
    assert numbers_of(f"بلغ الإنتاج {written} طنا في اليوم", "بلغ الإنتاج 5,940 طنا في اليوم")[0][0] > 0
    assert numbers_of(f"بلغ الإنتاج {written} طنا في اليوم", "بلغ الإنتاج 5940 طنا في اليوم")[0][0] > 0


def test_a_desk_that_keeps_the_thousands_alone_keeps_the_number() -> None:
    assert numbers_of("بلغ الإنتاج 363,378 طنا", "بلغ الإنتاج 363 ألف طن") == [[0, 0]]
    assert numbers_of("وصل الإنتاج إلى 363,378 طنا", "أنتج المصنع نحو 363 ألف طن") == [[0, 1]]


def test_two_figures_do_not_agree_by_their_thousands() -> None:
    assert numbers_of("بلغ الإنتاج 363,378 طنا", "بلغ الإنتاج 363,901 طنا") == [[2, 0]]
    assert numbers_of("وصل الإنتاج إلى 12,500 طن", "أنتج المصنع نحو 12,650 من الأطنان") == [[0, 0]]


@pytest.mark.parametrize("apart", ["0,820", "2014 2015", "2014,820", "5,82", "5,8201", "05,820"])
def test_what_is_no_number_with_thousands_stays_apart(apart: str) -> None:
    joined = "".join(token.folded for token in fold(apart))
    assert numbers_of(f"بلغ الإنتاج {apart} طنا", f"بلغ الإنتاج {joined} طنا")[0][0] > 0


def test_a_number_that_stands_in_the_same_words_once_is_part_of_the_formula_and_not_kept() -> None:
    widths, of, two, tons, seized, found_were = (n << 8 | 2 for n in range(1, 7))
    seven = 7 << 8 | 3
    notice, other = [widths, of, seven, BREAK, seized, seven, tons], [widths, of, seven, BREAK, found_were, seven, two]
    made = words_of([notice, other])
    conflicting, kept = np.empty((2, 1), np.int32)
    compare_numbers(made.stream, made.first_word, every_pair(2), conflicting, kept)
    assert (conflicting.tolist(), kept.tolist()) == ([0], [0])


@given(corpora)
def test_no_run_crosses_a_place_where_phrases_are_left_out(texts: list[list[int]]) -> None:
    """What ``take_first`` leaves out of sets without breaks, a 0 in its place, changes no figure of the others."""
    words = 3
    shared_by = naive_rarity.counted(texts, words)
    sets, first = sets_of(texts, words)
    sets |= np.uint64(1)
    thinned = sets.copy()
    alone = [naive_rarity.phrase_hash(phrase) | 1 for phrase, count in shared_by.items() if count == 1]
    thinned[np.isin(sets, np.array(alone, np.uint64))] = 0
    pairs = every_pair(len(texts))
    all_of_them, without = np.empty((3, len(pairs)), np.int32), np.empty((3, len(pairs)), np.int32)
    shared_phrases(sets, first, pairs, *all_of_them)
    shared_phrases(thinned, first, pairs, *without)
    assert all_of_them.tolist() == without.tolist()


def flagged_words(texts: Sequence[Sequence[int]], limit: int) -> tuple[Hashes, npt.NDArray[np.int64], set[int]]:
    """The distinct words of each text, and those that at most ``limit`` texts have."""
    rare = {word for (word,), count in naive_rarity.counted(texts, 1).items() if count <= limit}
    words = [list(dict.fromkeys(word for word in text if word != BREAK)) for text in texts]
    sets = [flagged((word,), word in rare) for word in itertools.chain(*words)]
    return np.array(sets, np.uint64), np.cumsum([0, *map(len, words)], dtype=np.int64), rare


@given(corpora, st.lists(st.lists(st.sampled_from(VOCABULARY), min_size=2, max_size=4), min_size=1), st.integers(0, 9))
def test_the_first_phrase_of_a_list_equals_the_naive_twin(
    texts: list[list[int]], listed: list[list[int]], words: int
) -> None:
    made, phrases = words_of(texts), np.zeros((len(listed), 4), np.uint64)
    for row, phrase in enumerate(listed):
        phrases[row, : len(phrase)] = phrase
    numbers, found = np.arange(len(listed), dtype=np.int8) - 1, np.empty(len(texts), np.int8)
    periods(made.stream, made.first_word, phrases, numbers, words, found)
    known = [tuple(phrase) for phrase in listed]
    assert found.tolist() == [naive_rarity.first_phrase(text, known, numbers.tolist(), words) for text in texts]


@given(corpora, st.integers(0, 3), st.integers(0, 8), st.integers(0, 8), st.integers(0, 8))
def test_openings_equal_the_naive_twin(texts: list[list[int]], limit: int, words: int, places: int, days: int) -> None:
    made, (sets, first, rare) = words_of(texts), flagged_words(texts, limit)
    counts, day = np.empty((5, len(texts)), np.int32), np.empty(len(texts), np.int8)
    weekdays = np.array(VOCABULARY[2:5], np.uint64)
    openings(sets, first, made.stream, made.first_word, weekdays, words, places, days, counts, day)
    opened = [naive_rarity.opening(text, rare, words, places, days, VOCABULARY[2:5]) for text in texts]
    for n, (text, (names, numbers, named)) in enumerate(zip(texts, opened, strict=True)):
        figures = {word for word in text if word & 1}
        in_places = len({*text[:places]} - {BREAK})
        assert counts[:, n].tolist() == [len(figures), len(figures & rare), len(names), in_places, len(numbers)]
        assert day[n] == named
    pairs = every_pair(len(texts))
    found = np.empty((7, len(pairs)), np.int32)
    shared_words(sets, first, words, counts[3], pairs, *found)
    for (a, b), given_words in zip(itertools.combinations(range(len(texts)), 2), found.T.tolist(), strict=True):
        both = {*texts[a]} & {*texts[b]} - {BREAK}
        figures = {word for word in both if word & 1}
        of_a, of_b = ({*opened[text][0]} & both for text in (a, b))
        in_either = sum(len({*opened[text][1]} & both) for text in (a, b))
        expected = [both, both & rare, figures, figures & rare, of_a, of_b]
        assert given_words == [*map(len, expected), in_either]
