"""Story frequency: prints are tight groups, never chains, and rarity is counted in them."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.evaluate.labels import read_labels
from dedup.intake import read_corpus
from dedup.kernels.rarity import phrases
from dedup.match.compare import Pairs
from dedup.match.features import Vocabulary, vocabulary
from dedup.match.rarity import LENGTHS, Background, background, counted, distinct_phrases, prints
from dedup.near import distinct_texts, near_identical
from dedup.settings import RARE_PHRASE, RARE_WORD, TIGHT_JACCARD, Settings
from dedup.sketch.minhash import Words
from tests.sketched_texts import FORMULA, sentence, sketched, titled


def pairs_of(jaccards: dict[tuple[int, int], float]) -> Pairs:
    """Pairs of texts of 1,000 shingles in all with this Jaccard."""
    found = sorted(jaccards)
    a, b = (np.array([pair[side] for pair in found], np.int64) for side in (0, 1))
    shared = np.array([round(1_000 * jaccards[pair]) for pair in found], np.int64)
    return Pairs(a, b, shared, np.full(len(found), 1_000, np.int64), shared)


def grouped(jaccards: dict[tuple[int, int], float], rows: int) -> list[int]:
    groups: list[int] = prints(pairs_of(jaccards), rows).tolist()
    return groups


def test_prints_never_chain() -> None:
    """A resembles B and B resembles C, but C does not resemble A: C is a story of its own."""
    assert grouped({(0, 1): 0.9, (1, 2): 0.9}, 3) == [0, 0, 2]
    assert grouped({(0, 1): 0.9, (1, 2): 0.9, (0, 2): 0.79}, 3) == [0, 0, 2]


def test_a_print_belongs_to_the_earliest_first_that_it_resembles() -> None:
    assert grouped({(0, 2): 0.85, (1, 2): 0.99}, 3) == [0, 1, 0]


def test_a_chain_of_bulletins_is_cut_at_every_link() -> None:
    chain = {(n, n + 1): 0.9 for n in range(9)}
    assert grouped(chain, 10) == [0, 0, 2, 2, 4, 4, 6, 6, 8, 8]


@given(
    st.dictionaries(
        st.tuples(st.integers(0, 9), st.integers(0, 9)).filter(lambda p: p[0] < p[1]),
        st.sampled_from([0.5, 0.79, 0.8, 0.95]),
    )
)
def test_every_print_resembles_its_first_and_firsts_do_not_resemble_each_other(
    jaccards: dict[tuple[int, int], float],
) -> None:
    story = grouped(jaccards, 10)
    for row, first in enumerate(story):
        assert story[first] == first
        assert row == first or jaccards[first, row] >= TIGHT_JACCARD
    firsts = sorted(set(story))
    assert all(jaccards.get(pair, 0) < TIGHT_JACCARD for pair in itertools.combinations(firsts, 2))


def test_no_group_of_prints_holds_bulletins_of_two_days(shared: Path) -> None:
    """Of the labelled pairs that are alike by their formulas only, none is one story when phrases are counted."""
    with ThreadPoolExecutor() as pool:
        corpus = read_corpus(sorted((shared / "data" / "saudinewsnet").glob("*.zip")), Settings(), pool=pool)
        distinct = distinct_texts(corpus.sketches)
        near = near_identical(corpus.sketches, distinct, Settings().jaccard, pool)
    story = prints(near, len(corpus.sketches))
    for group in distinct.copies:
        story[group] = story[group[0]]
    home = dict(zip(corpus.articles["id"].to_pylist(), story.tolist(), strict=True))
    labels = read_labels(shared / "gold" / "pairs.tsv")
    assert not isinstance(labels, dict)
    formulas = [label.key for label in labels if label.relation == "template"]
    assert len(formulas) > 200
    assert [pair for pair in formulas if home[pair[0]] == home[pair[1]]] == []


def vocabulary_of(texts: list[str], firsts: list[int] | None = None, known: Background | None = None) -> Vocabulary:
    every = np.arange(len(texts), dtype=np.int64)
    counting = every if firsts is None else np.array(firsts, np.int64)
    return vocabulary(sketched(texts), titled([""] * len(texts)), every, counting, known)


def rare_triples(known: Vocabulary, text: int) -> int:
    return int(known.triples.rare[text])


def test_a_phrase_of_a_hundred_prints_of_one_dispatch_stays_rare() -> None:
    dispatch = sentence(1)
    texts = [f"{dispatch} {sentence(n, 3)}" for n in range(2, 102)]
    assert rare_triples(vocabulary_of(texts, firsts=[0]), 50) == 21
    assert rare_triples(vocabulary_of(texts), 50) < 10


def test_a_phrase_of_a_hundred_stories_is_a_formula() -> None:
    texts = [f"{sentence(n)} {FORMULA}" for n in range(100)]
    known = vocabulary_of(texts)
    formula = len(FORMULA.split()) - 2
    assert known.triples.distinct[0] - known.triples.rare[0] == formula


@pytest.mark.parametrize(("stories", "rare"), [(RARE_PHRASE, True), (RARE_PHRASE + 1, False)])
def test_rare_means_at_most_so_many_stories(stories: int, rare: bool) -> None:
    known = vocabulary_of([f"{sentence(n)} {FORMULA}" for n in range(stories)])
    assert (known.triples.rare[0] == known.triples.distinct[0]) == rare


def test_two_files_know_their_formulas_from_the_background() -> None:
    texts = [f"{sentence(n)} {FORMULA}" for n in range(2)]
    alone, helped = vocabulary_of(texts), vocabulary_of(texts, known=background())
    formula = len(FORMULA.split()) - 2
    assert rare_triples(alone, 0) == alone.triples.distinct[0]
    assert rare_triples(helped, 0) == alone.triples.distinct[0] - formula


def test_the_frequency_is_the_larger_of_the_corpus_and_the_background() -> None:
    texts = [f"{sentence(n)} {FORMULA}" for n in range(30)]
    sketches = sketched(texts)
    words = Words(sketches.stream, sketches.first_word)
    every, stories = np.ones(len(texts), np.bool_), np.arange(len(texts), dtype=np.int64)
    for length in LENGTHS:
        sets, first = distinct_phrases(words, every, length)
        own = counted(sets, first, stories, length, None)
        both = counted(sets, first, stories, length, background())
        borrowed = counted(sets[:0], np.zeros(2, np.int64), np.zeros(1, np.int64), length, background())
        assert len(own) == len(both)
        assert (both >= own).all()
        assert both.max() == max(own.max(), borrowed.max())


def test_a_background_made_of_the_corpus_changes_nothing_in_it() -> None:
    """A corpus that is large enough decides for itself; the same holds for a background of a part of it."""
    texts = [f"{sentence(n)} {FORMULA}" for n in range(30)]
    for part in (30, 20):
        table = _background_of(texts[:part])
        alone, helped = vocabulary_of(texts), vocabulary_of(texts, known=table)
        assert (alone.triples.sets == helped.triples.sets).all()
        assert (alone.words.sets == helped.words.sets).all()


def _background_of(texts: list[str]) -> Background:
    sketches = sketched(texts)
    words, every = Words(sketches.stream, sketches.first_word), np.ones(len(texts), np.bool_)
    addresses, counts = [], []
    for length in LENGTHS:
        sets, first = distinct_phrases(words, every, length)
        counters = counted(sets, first, np.arange(len(texts), dtype=np.int64), length, None)
        kept = np.flatnonzero(counters > (RARE_WORD if length == 1 else RARE_PHRASE))
        shift = np.uint64(33 - len(counters).bit_length())
        addresses.append((kept.astype(np.uint64) << shift).astype(np.uint32))
        counts.append(counters[kept])
    return Background(tuple(addresses), tuple(counts))


def test_the_background_holds_what_is_frequent_and_nothing_else() -> None:
    table = background()
    for length, addresses, counts in zip(LENGTHS, table.addresses, table.counts, strict=True):
        assert addresses.dtype == np.uint32
        assert counts.min() > (RARE_WORD if length == 1 else RARE_PHRASE)
        assert (np.diff(addresses.astype(np.int64)) > 0).all()


@pytest.mark.parametrize(
    "formula",
    [
        FORMULA,
        "بسم الله الرحمن الرحيم",
        "السلام عليكم ورحمة الله وبركاته",
        "صاحب السمو الملكي الأمير",
        "رئيس مجلس الوزراء وزير الداخلية",
        "تغمده الله بواسع رحمته",
    ],
)
def test_verses_honorifics_and_stock_phrases_are_formulas_from_two_files_on(formula: str) -> None:
    known = vocabulary_of([f"{sentence(n)} {formula}" for n in range(2)], known=background())
    words = len(formula.split())
    assert known.triples.distinct[0] - known.triples.rare[0] >= words - 2


def test_a_phrase_hash_is_that_of_its_words_in_order() -> None:
    made = sketched(["وزير الصحة قال", "قال وزير الصحة"])
    out: npt.NDArray[np.uint64] = np.empty(len(made.stream), np.uint64)
    phrases(made.stream, 3, out)
    assert out[0] != out[3]
