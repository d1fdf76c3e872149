"""Headlines: what another text lacks of one, in whatever form Arabic gives a word, equals its obvious twin."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.arabic.fold import fold
from dedup.match.headlines import _OPENINGS, _PREFIXES, lacking, printers
from dedup.match.rarity import Background, background
from dedup.settings import HEADLINE_WORDS
from tests.naive import unmarked_words, word_hash
from tests.sketched_texts import headlines_of, sketched
from tests.word_streams import every_pair

WORDS = (
    "الوزير", "وزير", "للوزير", "وبالوزير", "والوزراء", "وزراء", "فلسطين", "لفلسطين", "بفلسطين", "سطين", "ولل", "الال",
    "اللاللوزير", "في", "مصر", "لمصر", "وكالة", "كالة", "لل", "ب", "12", "500", "12,500", "3.5", "والABCDE", "ABCDE",
)  # fmt: skip
written = st.lists(st.sampled_from(WORDS), max_size=8).map(" ".join)


def stripped(word: str) -> str:
    taken = "و"
    while len(word.encode()) >= 10 and len(taken) == 1:
        taken = next((one for one in _OPENINGS if word.startswith(one)), "")
        word = word[len(taken) :]
    return word


def forms(text: str) -> dict[int, set[int]]:
    """Of each different word of a headline, by its hash, the hashes of its forms."""
    tokens = {word_hash(token.folded): token.folded for token in fold(text)}
    found: dict[int, set[int]] = {}
    for word in unmarked_words(text, [False] * len(fold(text))):
        token = tokens.get(word, "0")
        others = set() if token[0].isdigit() else {word_hash(one + stripped(token)) for one in _PREFIXES}
        found[word] = {word, *others}
    return found


def naive(headlines: Sequence[str | None], texts: Sequence[str], known: Background | None) -> float:
    """What the second text lacks of the first's headline, or the first of the second's."""
    had = []
    for one, other in ((0, 1), (1, 0)):
        wanted = forms(headlines[one] or "")
        there = {*unmarked_words(texts[other], [False] * len(fold(texts[other]))), *forms(headlines[other] or "")}
        weight = {word: rarity(word, known) for word in wanted}
        if wanted:
            had.append(sum(weight[word] for word in wanted if wanted[word] & there) / sum(weight.values()))
    return 1 - max(had, default=np.nan)


def rarity(word: int, known: Background | None) -> int:
    if known is None:
        return 1
    stories = int(known.stories_with(np.array([word], np.uint64))[0])
    return round(1000 * float(np.log((known.stories + 1) / (stories + 1))))


def lacks(headlines: Sequence[str | None], texts: Sequence[str], known: Background | None = None) -> float:
    found = lacking(headlines_of(headlines, known), sketched(texts).running(), every_pair(2))
    return float(found[0])


@settings(deadline=None)
@given(st.tuples(*[st.none() | written] * 2), st.tuples(written, written), st.booleans())
def test_what_is_lacking_equals_the_naive_twin(
    headlines: tuple[str | None, str | None], texts: tuple[str, str], weighed: bool
) -> None:
    known = background() if weighed else None
    assert lacks(headlines, texts, known) == pytest.approx(naive(headlines, texts, known), nan_ok=True)


@settings(deadline=None)
@given(st.lists(st.tuples(st.none() | written, written), min_size=2, max_size=6))
def test_a_pair_does_not_depend_on_the_others(articles: list[tuple[str | None, str]]) -> None:
    headlines, texts = zip(*articles, strict=True)
    pairs = every_pair(len(articles))
    every = lacking(headlines_of(headlines), sketched(texts).running(), pairs)
    for pair, found in zip(pairs.tolist(), every.tolist(), strict=True):
        rows = pair >> 32, pair & 0xFFFFFFFF
        alone = lacks([headlines[row] for row in rows], [texts[row] for row in rows])
        assert found == pytest.approx(alone, nan_ok=True)


def test_a_word_is_had_with_whatever_is_written_onto_its_front() -> None:
    told = "استقبل الملك وزيرا وبحث مع رئيس الوفد علاقات البلدين"
    assert lacks(["الملك والوفد", None], ["", told]) == 0
    assert lacks(["للبلدين", None], ["", told]) == 0
    assert lacks(["السفير", None], ["", told]) == 1


def test_an_excerpt_is_not_blamed_for_a_headline_of_what_was_cut() -> None:
    dispatch = "أعلنت الوزارة فتح الطريق بعد إصلاح الجسر وقال المهندس إن العمل دام شهرا"
    assert lacks(["فتح الطريق", "المهندس يشرح العمل"], ["أعلنت الوزارة فتح الطريق", dispatch]) == 0


def test_only_one_headline_is_asked_if_there_is_but_one_and_nothing_is_known_without_any() -> None:
    assert lacks([None, "حريق المصنع"], ["حريق في المصنع", "نص"]) == 0
    assert lacks([None, "حريق المصنع"], ["فيضان في المدينة", "نص"]) == 1
    assert np.isnan(lacks([None, ""], ["حريق في المصنع", "حريق في المصنع"]))


def test_a_rare_word_weighs_more_than_one_that_everybody_has() -> None:
    assert 0 < lacks(["في الشمبانزي", None], ["", "الشمبانزي"], background()) < 0.2
    assert lacks(["في الشمبانزي", None], ["", "في"], background()) > 0.8


def test_a_record_that_is_its_own_headline_is_read_only_so_far() -> None:
    long = " ".join(f"كلمة{n}" for n in range(3 * HEADLINE_WORDS))
    known = headlines_of([long])
    assert known.total.tolist() == [1000 * HEADLINE_WORDS]


def test_no_text_has_no_headline() -> None:
    known = headlines_of([])
    assert len(known.total) == len(known.words) == 0


def test_the_background_knows_in_how_many_stories_a_word_is() -> None:
    everywhere, nowhere = background().stories_with(np.array([word_hash("في"), word_hash("شمبانزيات")], np.uint64))
    assert everywhere > background().stories // 2
    assert nowhere == 0
    empty = np.zeros(0, np.uint32)
    none = Background((empty,) * 3, (np.zeros(0, np.uint16),) * 3, 0)
    assert none.stories_with(np.array([word_hash("في")], np.uint64)).tolist() == [0]


def test_a_name_tells_who_printed_an_article_unless_it_is_a_day_or_that_of_the_whole_corpus() -> None:
    def told(*names: str | None) -> list[int]:
        return list(printers(pa.chunked_array([pa.array(names, pa.string())])))

    a, b, nobody, again, day = told("الرأي", "spa", None, "الرأي", "2015-07-21")
    assert a == again != b
    assert min(a, b) >= 0 > max(nobody, day)
    assert told("corpus", "corpus", "corpus") == [-1, -1, -1]
    assert told("corpus", "corpus", "spa") == [-1, -1, 1]
    assert told(None, None) == [-1, -1]
    assert told() == []
