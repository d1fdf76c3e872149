"""The passage kernels equal their obvious twins, on texts that share, repeat and shuffle few words."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.kernels.alignment import find_passages
from dedup.kernels.boxes import A0, ANCHORS, B1, COLUMNS, MATCHED, RARE, SHARED
from dedup.kernels.passages import clusters, hash_set, index, probe, seeds
from dedup.kernels.rarity import phrases as phrase_hashes
from tests import naive_passages as naive
from tests.naive_passages import Passage, Rules, Seed
from tests.word_streams import word

WORDS = [word(name) for name in ("قال", "في", "من", "الرياض", "جدة", "الملك", "وزير", "7", "12", "2015", "أمس", "إلى")]
MARKED = 0
DEFAULT = Rules((4, 16, 64), 25, 60, 0.2, 4, 18, 6, 0.4, 0.75, 0.25)
SMALL = Rules((4, 9, 16), 3, 8, 0.2, 2, 5, 2, 0.4, 0.75, 0.25)
TIGHT = Rules((1, 2, 4), 2, 4, 0.1, 1, 3, 1, 0.3, 0.6, 0.5)


@st.composite
def pairs_of_texts(draw: st.DrawFn, few: int = 4, most: int = 60) -> tuple[list[int], list[int]]:
    """A text of words and marked tokens, and another made of its pieces, words of its own, and shuffled pieces."""
    vocabulary = WORDS[: draw(st.integers(few, len(WORDS)))]
    token = st.sampled_from([*vocabulary, *vocabulary, MARKED])
    a = draw(st.lists(token, min_size=1, max_size=most))
    b: list[int] = []
    for _ in range(draw(st.integers(0, 4))):
        start = draw(st.integers(0, len(a) - 1))
        piece = a[start : start + draw(st.integers(1, 20))]
        b += draw(st.permutations(piece)) if draw(st.booleans()) else piece
        b += draw(st.lists(token, max_size=4))
    return a, b


def laid_out(
    texts: Sequence[Sequence[int]],
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int32], npt.NDArray[np.int64]]:
    """Words, places and firsts as the kernels take them."""
    made = [naive.text(words) for words in texts]
    flat = [pair for text in made for pair in text]
    first = np.cumsum([0, *map(len, made)], dtype=np.int64)
    return np.array([w for w, _ in flat], np.uint64), np.array([p for _, p in flat], np.int32), first


def found_by_kernel(
    texts: Sequence[Sequence[int]], pairs: Sequence[tuple[int, int]], rules: Rules, frequent: Sequence[int] = ()
) -> list[npt.NDArray[np.int64]]:
    hashes, place, first = laid_out(texts)
    packed = np.array([a << 32 | b for a, b in pairs], np.uint64)
    first_out, out = np.empty(len(pairs) + 1, np.int64), np.empty((1_000, COLUMNS), np.int64)
    count = find_passages(
        hashes, place, first, packed, hash_set(np.array(frequent, np.uint64)), np.array(rules.limits, np.int64),
        rules.gap, rules.reach, rules.chance, rules.anchors, rules.least, rules.shortest, rules.similar, rules.dense,
        rules.ordered, out, first_out,
    )  # fmt: skip
    assert count == first_out[-1] <= len(out)
    return [out[first_out[n] : first_out[n + 1]] for n in range(len(pairs))]


def as_row(passage: Passage, rules: Rules) -> list[int]:
    """As the kernel writes it: rare phrases are counted up to as many as the shortest passage has phrases."""
    rare = min(passage.rare, rules.least - 2)
    return [*passage.box[:4], passage.box.anchors, passage.matched, passage.shared, rare]


@given(pairs_of_texts(), st.sampled_from([SMALL.limits, DEFAULT.limits, TIGHT.limits]), st.integers(1, 9))
@settings(deadline=None)
def test_seeds_and_clusters_equal_the_naive_twin(
    texts: tuple[list[int], list[int]], limits: tuple[int, int, int], reach: int
) -> None:
    hashes, place, first = laid_out(texts)
    known = index(hashes, place, first[0], first[1])
    found = seeds(known, probe(hashes, place, first[1], first[2], known), np.array(limits, np.int64))
    grouped, ends = clusters(found, place[: first[1]], place[first[1] :], reach)
    a, b = map(naive.text, texts)
    expected = naive.seeds(a, b, limits)
    assert len(found) == len(expected)
    assert set(map(unpacked, found.tolist())) == expected
    made = {frozenset(map(unpacked, grouped[begin:end].tolist())) for begin, end in itertools.pairwise(ends.tolist())}
    assert made == naive.clusters(expected, a, b, reach)


def unpacked(seed: int) -> Seed:
    """A seed as the kernel packs it."""
    return Seed(seed >> 2 & 0xFFFFFFFF, seed >> 34, seed & 3)


@given(pairs_of_texts(), st.sampled_from([SMALL, TIGHT, DEFAULT]))
@settings(max_examples=300, deadline=None)
def test_passages_equal_the_naive_twin(texts: tuple[list[int], list[int]], rules: Rules) -> None:
    found = found_by_kernel(texts, [(0, 1)], rules)[0]
    a, b = map(naive.text, texts)
    assert found.tolist() == [as_row(passage, rules) for passage in naive.passages(a, b, rules)]


@given(pairs_of_texts(), st.data())
@settings(deadline=None)
def test_rare_phrases_are_those_that_are_not_in_the_table(
    texts: tuple[list[int], list[int]], data: st.DataObject
) -> None:
    a, b = map(naive.text, texts)
    known = sorted(naive.phrases(a, 3))
    frequent = set(data.draw(st.lists(st.sampled_from(known), unique=True))) if known else set()
    hashes = [_hash(phrase) for phrase in sorted(frequent)]
    found = found_by_kernel(texts, [(0, 1)], SMALL, hashes)[0]
    expected = naive.passages(a, b, SMALL, lambda phrase: phrase not in frequent)
    assert found.tolist() == [as_row(passage, SMALL) for passage in expected]


def _hash(phrase: Sequence[int]) -> int:
    out = np.empty(3, np.uint64)
    phrase_hashes(np.array(phrase, np.uint64), 3, out)
    return int(out[0]) & ~1


@given(pairs_of_texts(), st.sampled_from([SMALL, TIGHT, DEFAULT]))
@settings(max_examples=300, deadline=None)
def test_a_and_b_may_change_sides(texts: tuple[list[int], list[int]], rules: Rules) -> None:
    one, other = found_by_kernel(texts, [(0, 1), (1, 0)], rules)
    swapped = other[:, [2, 3, 0, 1, ANCHORS, MATCHED, SHARED, RARE]]
    assert sorted(one.tolist()) == sorted(swapped.tolist())


@given(st.lists(pairs_of_texts(most=25), min_size=2, max_size=3))
@settings(deadline=None)
def test_a_pair_has_the_same_passages_whatever_pairs_are_asked_with_it(
    several: list[tuple[list[int], list[int]]],
) -> None:
    texts = [text for pair in several for text in pair]
    pairs = [(a, b) for a in range(len(texts)) for b in range(a + 1, len(texts))]
    together = found_by_kernel(texts, pairs, SMALL)
    for pair, found in zip(pairs, together, strict=True):
        assert found.tolist() == found_by_kernel(texts, [pair], SMALL)[0].tolist()


def test_what_does_not_fit_is_counted() -> None:
    hashes, place, first = laid_out([WORDS * 4, WORDS * 4])
    out, first_out = np.full((0, COLUMNS), -1, np.int64), np.empty(2, np.int64)
    count = find_passages(
        hashes, place, first, np.array([1], np.uint64), hash_set(np.zeros(0, np.uint64)),
        np.array(DEFAULT.limits, np.int64), 25, 60, 0.2, 4, 18, 6, 0.4, 0.75, 0.25, out, first_out,
    )  # fmt: skip
    assert count == 1
    assert first_out.tolist() == [0, 1]


@pytest.mark.parametrize("times", [1, 3, 40])
def test_a_repeated_word_and_a_repeated_formula_are_one_passage(times: int) -> None:
    for text in ([WORDS[0]] * 6 * times, WORDS[:7] * times):
        found = found_by_kernel([text, text], [(0, 1)], SMALL)[0]
        assert found[:, [A0, B1]].tolist() == [[0, len(text)]]
