"""The vocabulary: what is left out of it is missed by no comparison."""

from __future__ import annotations

import itertools
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.match.rarity import Phrases, overlaps
from dedup.match.vocabulary import Vocabulary, vocabulary
from tests import naive_rarity
from tests.sketched_texts import headlines_of
from tests.word_streams import corpora, every_pair, words_of


def known_of(texts: list[list[int]], counting: list[int], limit: int = 1) -> Vocabulary:
    """The vocabulary of all texts, counted in some, where rare is what at most ``limit`` of these have."""
    every, rows = np.arange(len(texts), dtype=np.int64), np.array(counting, np.int64)
    with patch("dedup.match.vocabulary.RARE_PHRASE", limit), patch("dedup.match.vocabulary.RARE_WORD", limit):
        return vocabulary(words_of(texts), headlines_of([None] * len(texts)), every, rows, None)


def figures(phrases: Phrases, texts: list[list[int]]) -> list[tuple[int, ...]]:
    """Shared phrases, rare ones and longest run of each pair."""
    return [tuple(column) for column in overlaps(phrases.sets, phrases.first, every_pair(len(texts))).T.tolist()]


@settings(deadline=None)
@given(corpora, st.data())
def test_overlaps_are_those_of_all_phrases(texts: list[list[int]], data: st.DataObject) -> None:
    counting = data.draw(st.lists(st.integers(0, len(texts) - 1), unique=True).map(sorted))
    known = known_of(texts, counting)
    for words, phrases in ((1, known.words), (2, known.pairs), (3, known.triples)):
        counts = naive_rarity.counted([texts[row] for row in counting], words)
        distinct = [naive_rarity.distinct_phrases(text, words) for text in texts]
        rare = {phrase for phrase in itertools.chain(*distinct) if counts[phrase] <= 1}
        expected = [naive_rarity.shared(a, b, words, rare) for a, b in itertools.combinations(texts, 2)]
        found = figures(phrases, texts)
        if words == 2:  # of pairs no frequent ones are kept
            assert [rare_ones for _, rare_ones, _ in found] == [rare_ones for _, rare_ones, _ in expected]
        else:
            assert found == expected
        assert phrases.distinct.tolist() == [len(one) for one in distinct]
        assert phrases.rare.tolist() == [len(rare & set(one)) for one in distinct]


@settings(deadline=None)
@given(corpora)
def test_the_frequent_phrases_are_those_that_are_not_rare(texts: list[list[int]]) -> None:
    known = known_of(texts, list(range(len(texts))))
    counts = naive_rarity.counted(texts, 3)
    frequent = sorted(naive_rarity.phrase_hash(phrase) & ~1 for phrase, count in counts.items() if count > 1)
    assert known.frequent().sets.tolist() == frequent


@settings(deadline=None)
@given(corpora)
def test_numbers_are_all_there(texts: list[list[int]]) -> None:
    known = known_of(texts, list(range(len(texts))))
    counts = naive_rarity.counted(texts, 1)
    numbers = [{word for word in text if word & 1} for text in texts]
    assert known.numbers.tolist() == [len(one) for one in numbers]
    assert known.rare_numbers.tolist() == [sum(counts[word,] <= 1 for word in one) for one in numbers]
