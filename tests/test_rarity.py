"""Story frequency: prints are tight groups, never chains, and rarity is counted in them."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.evaluate.labels import read_labels
from dedup.intake import outlet_codes, read_corpus
from dedup.kernels.firsts import add_counts
from dedup.kernels.rarity import phrases
from dedup.match.compare import exact
from dedup.match.rarity import (
    LENGTHS,
    Background,
    Printed,
    Prints,
    addresses,
    background,
    borrow,
    distinct_phrases,
    no_counts,
    prints,
)
from dedup.match.vocabulary import Vocabulary
from dedup.near import distinct_texts, near_identical
from dedup.pipeline import days
from dedup.settings import (
    PRINT_ALIKE,
    PRINT_END,
    PRINT_JACCARD,
    PRINT_NUMBERS,
    PRINT_SERIES,
    PRINT_SHARE,
    RARE_PHRASE,
    RARE_WORD,
    Settings,
)
from tests import naive_rarity
from tests.sketched_texts import FORMULA, known_phrases, sentence, sketched

DISPATCH = 60
"""Words of the invented dispatches; 58 phrases of three words."""


def grouped(texts: list[str], outlets: list[int] | None = None, days: list[str] | None = None) -> Prints:
    """The prints among texts of which every pair may be one; by default of one outlet, on days that nobody knows."""
    sketches = sketched(texts)
    every = np.array([a << 32 | b for a in range(len(texts)) for b in range(a + 1, len(texts))], np.uint64)
    pairs = exact(sketches, every)
    day = np.array(days or ["NaT"] * len(texts), "datetime64[D]")
    return prints(pairs, sketches.running(), Printed(np.array(outlets or [0] * len(texts), np.int64), day))


def reworded(text: str, places: list[int]) -> str:
    """The words at these places replaced by others."""
    words = text.split()
    for place in places:
        words[place] = f"بديل{words[place]}"
    return " ".join(words)


def test_a_print_lacks_sentences_or_has_a_few_words_changed() -> None:
    dispatch = sentence(1, DISPATCH)
    cut = " ".join(dispatch.split()[:40])
    assert grouped([dispatch, cut, reworded(dispatch, [30]), sentence(2, DISPATCH)]).first.tolist() == [0, 0, 0, 3]


@pytest.mark.parametrize(("changed", "group"), [([10, 30], 0), ([10, 30, 50], 1)])
def test_scattered_changes_of_more_than_the_share_make_another_story(changed: list[int], group: int) -> None:
    """Each costs three of 58 phrases: two leave 0.90 of them, three 0.84."""
    dispatch = sentence(1, DISPATCH)
    assert grouped([dispatch, reworded(dispatch, changed)]).first.tolist() == [0, group]


def test_the_same_bulletin_with_other_figures_is_another_story() -> None:
    body = sentence(1, DISPATCH)
    today, tomorrow = f"{body} العظمى 41 درجة", f"{body} العظمى 43 درجة"
    assert grouped([today, f"{today} {sentence(3, 4)}", tomorrow]).first.tolist() == [0, 0, 2]


def test_phrases_are_counted_in_the_fullest_print_wherever_it_stands() -> None:
    dispatch = sentence(1, DISPATCH)
    cut = " ".join(dispatch.split()[10:])
    assert grouped([cut, sentence(2), dispatch, dispatch]).fullest.tolist() == [2, 1, 2, 2]
    assert grouped([cut, sentence(2), dispatch, dispatch]).first.tolist() == [0, 1, 0, 0]


def test_two_prints_cut_at_either_end_meet_in_the_dispatch_and_nowhere_else() -> None:
    """Half of each stands in the other: without the dispatch they are two stories."""
    words = sentence(1, DISPATCH).split()
    head, tail = " ".join(words[:40]), " ".join(words[20:])
    assert grouped([head, tail]).first.tolist() == [0, 1]
    assert grouped([head, tail, " ".join(words)]).first.tolist() == [0, 0, 0]


def test_a_chain_of_bulletins_is_no_group() -> None:
    """Each changes two more words of the one before; no two are in a group that are not prints of one."""
    chain = [reworded(sentence(1, DISPATCH), list(range(5, 5 + 8 * n, 4))) for n in range(6)]
    found = grouped(chain)
    for row, fullest in enumerate(found.fullest.tolist()):
        assert found.fullest[fullest] == fullest
        assert row == fullest or grouped([chain[row], chain[fullest]]).first.tolist() == [0, 0]
    assert len(set(found.first.tolist())) >= 3


lines = st.lists(st.integers(0, 4), min_size=1, max_size=6)


@settings(deadline=None)
@given(st.lists(st.tuples(lines, st.integers(0, 2), st.integers(0, 3)), min_size=2, max_size=6))
def test_prints_are_those_of_the_obvious_version(drawn: list[tuple[list[int], int, int]]) -> None:
    """Texts are sentences in some order and a count of readers; groups by sets of word triples and numbers, counted by
    hand."""
    texts = [
        " ".join([*(f"{sentence(n, 7)} في {2000 + n}" for n in one), sentence(9), f"{readers + 1}00" * (readers > 0)])
        for one, _, readers in drawn
    ]
    outlets = [outlet for _, outlet, _ in drawn]
    found = grouped(texts, outlets)
    words = [text.split() for text in texts]
    fullest = naive_rarity.prints(words, outlets, PRINT_SHARE, PRINT_NUMBERS, PRINT_ALIKE, PRINT_SERIES, PRINT_END)
    assert found.fullest.tolist() == fullest
    assert found.first.tolist() == [fullest.index(home) for home in fullest]


def counted_pages(count: int) -> list[str]:
    """A dispatch on pages that show how often each was read."""
    return [f"{sentence(1, DISPATCH)} قرئ {1000 + 7 * n} مرة" for n in range(count)]


def test_pages_of_one_dispatch_that_show_other_counts_of_readers_are_its_prints() -> None:
    apart = [0, 1, 2]
    assert grouped(counted_pages(3), [0, 1, 2]).first.tolist() == [0, 0, 0]
    assert grouped(counted_pages(3), [0, 1, 2], ["2024-03-01", "2024-03-02", "2024-03-01"]).first.tolist() == [0, 0, 0]
    assert grouped(counted_pages(3), [-1, -1, -1], ["2024-03-01"] * 3).first.tolist() == [0, 0, 0]
    assert grouped(counted_pages(3), [-1, -1, -1]).first.tolist() == apart  # nobody knows whose they are, or when


def bulletins(count: int) -> list[str]:
    """A bulletin with a figure in its sentence."""
    return [f"{sentence(1, 20)} بلغ {1000 + 7 * n} {sentence(2, DISPATCH)}" for n in range(count)]


def test_a_figure_inside_the_text_is_forgiven_only_if_outlets_and_days_are_known() -> None:
    """Hourly bulletins of nobody knows whom; those of three outlets, of nobody knows when; a later toll."""
    apart, days = [0, 1, 2], ["2024-03-01", "2024-03-02", "2024-03-01"]
    assert grouped(bulletins(3), [-1, -1, -1], ["2024-03-01"] * 3).first.tolist() == apart
    assert grouped(bulletins(3), [0, 1, 2]).first.tolist() == apart
    assert grouped(bulletins(3), [0, 1, 2], days).first.tolist() == [0, 0, 0]


def test_bulletins_that_differ_in_one_figure_are_no_prints_of_each_other() -> None:
    """Those of one outlet, and those of other days."""
    apart = [0, 1, 2]
    assert grouped(counted_pages(3), [0, 0, 0]).first.tolist() == apart
    assert grouped(counted_pages(3), [0, 0, 0], ["2024-03-01"] * 3).first.tolist() == apart
    assert grouped(counted_pages(3), [0, 1, 2], ["2024-03-01", "2024-03-04", "2024-03-07"]).first.tolist() == apart


def test_a_series_of_bulletins_is_known_by_its_outlets_where_days_are_not() -> None:
    """Three days in three outlets, each bulletin in all of them: three stories, of which the texts are equal."""
    days, outlets = counted_pages(3) * 3, [n // 3 for n in range(9)]
    assert grouped(days, outlets).first.tolist() == [0, 1, 2] * 3
    assert grouped(days[:2] * 3, [n // 2 for n in range(6)]).first.tolist() == [0, 1, 0, 0, 0, 0]  # a toll that rose


def test_of_two_numbers_none_is_forgiven() -> None:
    pages = [f"{page} في {n} دقائق" for n, page in enumerate(counted_pages(2))]
    assert grouped(pages, [0, 1]).first.tolist() == [0, 1]


def test_groups_do_not_depend_on_the_order_of_different_texts() -> None:
    dispatch = sentence(1, DISPATCH)
    texts = [
        dispatch,
        " ".join(dispatch.split()[:45]),
        reworded(dispatch, [20]),
        sentence(2),
        f"{dispatch} {sentence(2)}",
    ]
    fullest = grouped(texts).fullest
    for order in itertools.permutations(range(len(texts))):
        moved = grouped([texts[n] for n in order]).fullest
        assert [order[moved[order.index(n)]] for n in range(len(texts))] == fullest.tolist()


def test_no_group_of_prints_holds_bulletins_of_two_days(shared: Path) -> None:
    """Of the labelled pairs that are alike by their formulas only, none is one story when phrases are counted."""
    with ThreadPoolExecutor() as pool:
        corpus = read_corpus(sorted((shared / "data" / "saudinewsnet").glob("*.zip")), Settings(), pool=pool)
        distinct = distinct_texts(corpus.sketches)
        near = near_identical(corpus.sketches, distinct, PRINT_JACCARD, pool).pairs
        printed = Printed(outlet_codes(corpus.articles["outlet"]), days(corpus).known)
        story = prints(near, corpus.sketches.running(), printed, pool.map).first
    for group in distinct.copies:
        story[group] = story[group[0]]
    home = dict(zip(corpus.articles["id"].to_pylist(), story.tolist(), strict=True))
    labels = read_labels(shared / "gold" / "pairs.tsv")
    assert not isinstance(labels, dict)
    formulas = [label.key for label in labels if label.relation == "template"]
    assert len(formulas) > 200
    assert [pair for pair in formulas if home[pair[0]] == home[pair[1]]] == []


def vocabulary_of(texts: list[str], firsts: list[int] | None = None, known: Background | None = None) -> Vocabulary:
    counting = np.arange(len(texts)) if firsts is None else np.array(firsts, np.int64)
    return known_phrases(sketched(texts), counting, known)


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


@pytest.mark.parametrize(("stories", "borrowed"), [(1, 7), (5, 4), (9, 0), (10, 0), (30, 0)])
def test_a_corpus_borrows_what_it_lacks_to_the_stories_of_the_background(stories: int, borrowed: int) -> None:
    """Of a count of 8 in 10 stories: 8 * (10 - n) / 10, rounded down, on top of its own."""
    texts = [f"{sentence(n)} {FORMULA}" for n in range(max(stories, 10))]
    words = sketched(texts).running()
    for length in LENGTHS:
        found = distinct_phrases(words, np.ones(len(texts), np.bool_), length)
        own = no_counts(len(found.sets), length)
        places = addresses(found.sets, len(own))
        add_counts(places, np.ones(len(places), np.int64), own.half, own.cells)
        before = own.at(np.arange(len(own)))
        at = np.flatnonzero(before == 1)[:1]
        address = (at.astype(np.uint64) << np.uint64(33 - len(own).bit_length())).astype(np.uint32)
        borrow(own, Background((address,) * 3, (np.array([8], np.uint16),) * 3, 10), length, stories)
        after = own.at(np.arange(len(own)))
        assert after[at] - before[at] == borrowed
        assert np.array_equal(np.delete(after, at), np.delete(before, at))


def test_no_limit_of_rarity_is_beyond_what_a_counter_holds() -> None:
    assert no_counts(0, 1).full > RARE_WORD
    assert min(no_counts(0, 2).full, no_counts(0, 3).full) > RARE_PHRASE


def test_a_counter_stays_full_whatever_it_borrows() -> None:
    table = Background((np.zeros(1, np.uint32),) * 3, (np.array([60_000], np.uint16),) * 3, 10)
    for length in LENGTHS:
        counters = no_counts(0, length)
        borrow(counters, table, length, 0)
        assert counters.at(np.arange(2)).tolist() == [counters.full, 0]


def test_a_background_made_of_the_corpus_changes_nothing_in_it() -> None:
    """A corpus that is large enough decides for itself."""
    texts = [f"{sentence(n)} {FORMULA}" for n in range(30)]
    for part in (30, 20):
        table = _background_of(texts[:part])
        alone, helped = vocabulary_of(texts), vocabulary_of(texts, known=table)
        assert (alone.triples.sets == helped.triples.sets).all()
        assert (alone.words.sets == helped.words.sets).all()


def _background_of(texts: list[str]) -> Background:
    words, every = sketched(texts).running(), np.ones(len(texts), np.bool_)
    places, counts = [], []
    for length in LENGTHS:
        found = distinct_phrases(words, every, length)
        counters = no_counts(len(found.sets), length)
        address = addresses(found.sets, len(counters))
        add_counts(address, np.ones(len(address), np.int64), counters.half, counters.cells)
        counts_at = counters.at(np.arange(len(counters)))
        kept = np.flatnonzero(counts_at > (RARE_WORD if length == 1 else RARE_PHRASE))
        shift = np.uint64(33 - len(counters).bit_length())
        places.append((kept.astype(np.uint64) << shift).astype(np.uint32))
        counts.append(counts_at[kept].astype(np.uint16))
    return Background(tuple(places), tuple(counts), len(texts))


def test_the_background_holds_what_is_frequent_and_nothing_else() -> None:
    table = background()
    for length, places, counts in zip(LENGTHS, table.addresses, table.counts, strict=True):
        assert places.dtype == np.uint32
        assert counts.min() > (RARE_WORD if length == 1 else RARE_PHRASE)
        assert (np.diff(places.astype(np.int64)) > 0).all()


@pytest.mark.parametrize(
    "formula",
    [
        FORMULA,
        "بسم الله الرحمن الرحيم",
        "السلام عليكم ورحمة الله وبركاته",
        "صاحب السمو الملكي الأمير",
        "رئيس مجلس الوزراء وزير الداخلية",
        "تغمده الله بواسع رحمته",
        "حضرة صاحب السمو أمير البلاد المفدى",
        "جلالة الملك محمد السادس نصره الله",
        "لقي ثلاثة أشخاص مصرعهم في حادث مروري",
        "رئيس جمهورية كازاخستان الصديقة",
        "أغلق مؤشر سوق الأسهم السعودية اليوم مرتفعا",
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
    stream = made.stream.tolist()
    assert sorted(stream[:3]) == sorted(stream[3:])
    whole = [tuple(stream[at : at + 3]) for at in range(4)]
    assert out.tolist() == [*map(naive_rarity.phrase_hash, whole), 0, 0]
    assert out[0] != out[3]
