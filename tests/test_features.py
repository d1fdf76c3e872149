"""Features: symmetric, bounded, NaN only where dates or headlines are missing, and each says what its sentence says."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.match.days import Days
from dedup.match.features import SENTENCES, Evidence, Suspects, evidence, promising
from dedup.match.rarity import background
from dedup.settings import LEAST_RARE_PHRASES
from tests.sketched_texts import FORMULA, known_phrases, sentence, sketched, undated

PAIR = np.array([1], np.uint64)
"""The pair of row 0 and row 1, packed."""

bulletins = st.lists(
    st.sampled_from(
        [
            sentence(1, 8),
            sentence(2, 8),
            sentence(3, 8),
            FORMULA,
            "بلغت 25 درجة",
            "بلغت 31 درجة",
            "عند 7 و 9",
            "في 2015",
        ]
    ),
    min_size=1,
    max_size=8,
).map(" ".join)
"""Texts that share sentences, formulas and slots filled with other numbers."""


HEADLINES = ("حريق في الميناء", "حريق في المطار")


def seen(
    one: str, other: str, days: tuple[str, str] = ("NaT", "NaT"), named: tuple[int, int] = (-1, -1),
    headlines: tuple[str | None, str | None] = HEADLINES, outlets: tuple[int, int] = (0, 0),
) -> Evidence:  # fmt: skip
    sketches = sketched([one, other])
    every = np.arange(2, dtype=np.int64)
    known = known_phrases(sketches, every, background(), headlines, outlets)
    return evidence(
        sketches, Days(np.array(days, "datetime64[D]"), np.array(named, np.int16)), known, Suspects.of(known, PAIR)
    )


def feature(found: Evidence, name: str) -> float:
    return float(found.features[0, list(SENTENCES).index(name)])


@settings(deadline=None)
@given(bulletins, bulletins)
def test_it_does_not_matter_which_of_the_two_comes_first(one: str, other: str) -> None:
    there, back = seen(one, other), seen(other, one, headlines=HEADLINES[::-1])
    np.testing.assert_array_equal(there.features, back.features)
    assert there.rare_containment == back.rare_containment
    assert there.rare_run == back.rare_run


@settings(deadline=None)
@given(bulletins)
def test_a_text_conflicts_with_itself_in_nothing(text: str) -> None:
    found = seen(text, text)
    for name in ("missing_words", "missing_numbers", "slot_conflicts", "opening_numbers"):
        assert feature(found, name) == 0
    assert feature(found, "word_share") == 1
    assert feature(found, "opening_words") in (0.5, 1)


@settings(deadline=None)
@given(bulletins, bulletins)
def test_features_are_finite_and_shares_are_shares(one: str, other: str) -> None:
    found = seen(one, other, days=("2024-03-01", "2024-03-09"))
    assert np.isfinite(found.features).all()
    assert (found.features >= 0).all()
    for name in ("formula_share", "word_share", "slot_conflicts", "opening_words"):
        assert feature(found, name) <= 1
    assert feature(found, "named_days") <= 0.5 + feature(found, "word_share")
    assert 0 <= found.rare_containment[0] <= 1
    assert 0 <= found.rare_share[0] <= 1


def test_two_texts_with_nothing_in_common() -> None:
    found = seen(sentence(1), sentence(2))
    assert feature(found, "rare_pairs") == feature(found, "word_share") == 0
    assert feature(found, "missing_words") == pytest.approx(np.log1p(20))
    assert (found.rare_containment[0], found.rare_share[0], found.rare_run[0]) == (0, 0, 0)


def test_an_excerpt_is_not_blamed_for_being_short() -> None:
    """The brief has all its words and numbers from the dispatch; that the dispatch has more says nothing."""
    brief = f"{sentence(1)} بلغت 25 درجة"
    found = seen(brief, f"{sentence(2)} {brief} {sentence(3)} بلغت 31 درجة مئوية")
    assert feature(found, "missing_words") == feature(found, "missing_numbers") == 0
    assert feature(found, "word_share") == feature(found, "opening_words") == 1
    assert found.rare_containment[0] == 1


def test_a_shared_formula_is_not_rare_and_a_shared_sentence_is() -> None:
    formula, story = seen(f"{sentence(5)} {FORMULA}", f"{sentence(2)} {FORMULA}"), seen(sentence(5), sentence(5))
    assert formula.rare_share[0] == 0
    assert story.rare_share[0] == 1
    assert story.rare_run[0] == 18
    assert feature(story, "formula_share") == 0 < feature(formula, "formula_share")


def test_a_run_ends_where_the_texts_part() -> None:
    found = seen(f"{sentence(5)} {sentence(2)}", f"{sentence(5)} {sentence(3)} {sentence(2, 10)}")
    assert found.rare_run[0] == 18
    assert feature(found, "rare_pairs") == pytest.approx(np.log1p(19 + 9))


def test_another_bulletin_has_other_numbers_in_its_first_lines() -> None:
    bulletin = "سجلت محطة الرصد أمس {} درجة مئوية وبلغت سرعة الرياح فيها {} كيلومترا في الساعة"
    found = seen(bulletin.format(25, 40), bulletin.format(31, 18))
    assert feature(found, "slot_conflicts") > 0
    assert feature(found, "missing_numbers") == pytest.approx(np.log1p(2))
    assert feature(found, "opening_numbers") == pytest.approx(np.log1p(4))
    same = seen(bulletin.format(25, 40), bulletin.format(25, 40))
    assert feature(same, "missing_numbers") == feature(same, "opening_numbers") == 0


def test_a_number_that_only_one_story_has_is_not_missed_but_welcome() -> None:
    """One desk prints the sum in full, the other rounds it; a figure that both print to the last digit is proof."""
    found = seen(f"{sentence(1)} 9897953", f"{sentence(1)} 9897000")
    assert feature(found, "missing_numbers") == feature(found, "rare_numbers") == 0
    assert feature(seen(f"{sentence(1)} 9897953", f"{sentence(2)} 9897953"), "rare_numbers") == np.log1p(1)


def test_an_opening_is_looked_for_in_the_whole_of_the_other_text() -> None:
    """The brief's names stand at the end of a long report whose own opening the brief lacks."""
    brief, report = sentence(1), f"{sentence(2, 30)} {sentence(3, 30)} {sentence(1)}"
    assert feature(seen(brief, report), "opening_words") == 1
    assert feature(seen(sentence(1), sentence(2)), "opening_words") == 0


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("يوم الخميس", "أمس الخميس", 0.0),
        ("يوم الخميس", "أمس الجمعة", None),
        ("يوم الخميس قبل الجمعة", "أمس الجمعة", None),
        ("يوم الأحد", "يوم الاحد", 0.0),
        ("يوم الخميس", "أمس", 0.5),
        ("أمس", "أمس", 0.5),
    ],
)
def test_the_first_day_of_the_week_that_each_names(one: str, other: str, expected: float | None) -> None:
    """None: another one, which says the more the more words are the same."""
    found = seen(f"{one} {sentence(1)}", f"{other} {sentence(1)}")
    expected = 0.5 + feature(found, "word_share") if expected is None else expected
    assert feature(found, "named_days") == expected


def test_another_day_in_the_same_words_says_more_than_in_others() -> None:
    bulletin = "أعلنت الإدارة أمس {} عن سير العمل"
    again = seen(f"{bulletin.format('السبت')} {sentence(1)}", f"{bulletin.format('الأحد')} {sentence(1)}")
    anew = seen(
        f"{bulletin.format('السبت')} {sentence(1)}", f"{bulletin.format('الأحد')} {sentence(2)} {sentence(1, 6)}"
    )
    assert 0.5 < feature(anew, "named_days") < feature(again, "named_days") < 1.5


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("لشهر يونيو", "لشهر يوليو", True),
        ("لشهر حزيران", "لشهر يونيو", False),
        ("لشهر تشرين الأول", "لشهر تشرين الثاني", True),
        ("لشهر كانون الثاني/يناير", "خلال شهر جانفي", False),
        ("خلال شهر مايو عن شهر أبريل", "عن شهر أيار", False),
        ("في الربع الأول", "في الربع الثاني", True),
        ("للربع الأخير", "بالربع الرابع", False),
        ("للثلاثي الأول", "للربع الأول", False),
        ("في النصف الأول", "في النصف الثاني", True),
        ("في الربع الأول", "والربع الثاني", True),
        ("لشهري يونيو ويوليو", "لشهري أغسطس وسبتمبر", True),
        ("في النصف الأول من المباراة", "في النصف الثاني من المباراة", False),
        ("في النصف الأول من مباراة", "في النصف الثاني من لقاء", False),
        ("في النصف الثاني من القرن للربع الأول", "للربع الثاني", True),
        ("في الربع الثاني عشر", "في الربع الأول", False),
        ("في الربع الأول", "في النصف الأول", False),
        ("لشهر يونيو", "في الربع الثاني", False),
        ("لشهر يونيو", "أمس", False),
        ("في 25 من شهر يونيو", "في مطلع شهر يوليو", False),
        ("لشهر رمضان", "لشهر شعبان", False),
        ("في الربع الخالي", "في الربع الأول", False),
    ],
)
def test_bulletins_of_two_months_or_quarters_report_on_two_periods(one: str, other: str, differ: bool) -> None:
    found = seen(f"صدرت الأسعار {one} {sentence(1)}", f"صدرت الأسعار {other} {sentence(1)}")
    assert feature(found, "named_periods") == (feature(found, "word_share") if differ else 0)


@pytest.mark.parametrize(
    ("named", "expected"),
    [((48, 48), 0.0), ((48, 49), None), ((48, -1), 0.0), ((-1, -1), 0.0)],
)
def test_the_days_of_two_datelines_go_before_the_days_of_the_week(
    named: tuple[int, int], expected: float | None
) -> None:
    """Both name Thursday in their sentences; where one has no day in its dateline, these are asked."""
    found = seen(f"يوم الخميس {sentence(1)}", f"أمس الخميس {sentence(1)}", named=named)
    assert feature(found, "named_days") == (0.5 + feature(found, "word_share") if expected is None else expected)


@pytest.mark.parametrize(
    ("headlines", "expected"),
    [
        (("الوزير يستقبل السفير", "لقاء الوزير بالسفير"), 0.0),
        (("بيان رقم ستة", "افتتاح معرض"), 1.0),
        (("بيان رقم ستة", None), 1.0),
        ((None, None), np.nan),
    ],
)
def test_the_headline_of_another_story_has_words_that_this_one_lacks(
    headlines: tuple[str | None, str | None], expected: float
) -> None:
    audience = f"استقبل الوزير أمس سفير {sentence(1)} وحضر السفير الاجتماع في لقاء"
    found = seen(audience, audience, headlines=headlines)
    assert feature(found, "lacking_headline") == pytest.approx(expected, nan_ok=True)


@pytest.mark.parametrize(("outlets", "one"), [((3, 3), True), ((3, 4), False), ((-1, -1), False)])
def test_an_outlet_that_prints_a_story_again_opens_it_as_before(outlets: tuple[int, int], one: bool) -> None:
    other = seen(f"{sentence(1)} {sentence(3)}", f"{sentence(2)} {sentence(3)}", outlets=outlets)
    assert feature(other, "own_opening") == (1 - feature(other, "opening_words") if one else 0)
    assert feature(other, "opening_words") < 1
    again = seen(f"{sentence(1)} {sentence(3)}", sentence(1), outlets=outlets)
    assert feature(again, "own_opening") == 0


def test_a_headline_tells_little_of_texts_that_share_few_words() -> None:
    """Who writes a story anew writes its headline anew."""
    anew = seen(f"{sentence(1)} {sentence(2)}", f"{sentence(1)} {sentence(3)}", headlines=("بيان", "معرض"))
    assert 0 < feature(anew, "lacking_headline") < 0.1


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (("2024-03-01", "2024-03-01"), 0.0),
        (("2024-03-02", "2024-03-01"), np.log1p(1)),
        (("2024-03-01", "2024-03-15"), np.log1p(14)),
        (("2024-03-01", "2029-03-01"), np.log1p(14)),
        (("2024-03-01", "NaT"), np.nan),
        (("NaT", "NaT"), np.nan),
    ],
)
def test_days_apart_are_capped_and_unknown_without_a_date(days: tuple[str, str], expected: float) -> None:
    assert feature(seen(sentence(1), sentence(1), days=days), "days_apart") == pytest.approx(expected, nan_ok=True)


def test_no_pairs_give_no_evidence() -> None:
    sketches, every = sketched([sentence(1)]), np.zeros(1, np.int64)
    known = known_phrases(sketches, every, None)
    nothing: npt.NDArray[np.uint64] = np.zeros(0, np.uint64)
    found = evidence(sketches, undated(1), known, Suspects.of(known, nothing))
    assert found.features.shape == (0, len(SENTENCES))
    assert len(promising(known, nothing, nothing)) == 0


@pytest.mark.parametrize("shared", range(LEAST_RARE_PHRASES + 2))
def test_a_pair_is_promising_from_a_few_rare_phrases_on(shared: int) -> None:
    """A run of n + 2 words makes n phrases of three."""
    run = sentence(9, shared + 2)
    sketches, every = sketched([f"{sentence(1)} {run}", f"{run} {sentence(2)}"]), np.arange(2, dtype=np.int64)
    known = known_phrases(sketches, every, None)
    assert len(promising(known, PAIR, PAIR[:0])) == (shared >= LEAST_RARE_PHRASES)
    assert promising(known, PAIR[:0], PAIR).pairs.tolist() == PAIR.tolist()


@settings(deadline=None)
@given(st.lists(bulletins, min_size=2, max_size=5, unique=True))
def test_a_pair_looks_the_same_whoever_else_is_compared(texts: list[str]) -> None:
    """Many pairs at once, in pieces and in any worker, give what each gives alone."""
    sketches, every = sketched(texts), np.arange(len(texts), dtype=np.int64)
    known = known_phrases(sketches, every, None)
    day = undated(len(texts))
    pairs = np.array([a << 32 | b for a in range(len(texts)) for b in range(a + 1, len(texts))], np.uint64)
    together = evidence(sketches, day, known, Suspects.of(known, pairs))
    for n, pair in enumerate(pairs):
        alone = evidence(sketches, day, known, Suspects.of(known, np.array([pair], np.uint64)))
        np.testing.assert_array_equal(together.features[n], alone.features[0])
