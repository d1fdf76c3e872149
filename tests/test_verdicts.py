"""Verdicts: what is listed, how it can be cut again, and what it says of copies."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.match.features import LAST, Suspects
from dedup.match.judge import Model, model
from dedup.match.rarity import background
from dedup.match.verdicts import Verdicts, for_articles, judged, listed
from dedup.model import RELATIONS, SAME_STORY
from dedup.settings import PASSAGE_WORDS, PROBABILITY_FLOOR, Settings
from dedup.sketch.minhash import Sketches
from tests.sketched_texts import FORMULA, known_phrases, sentence, sketched, undated
from tests.word_streams import every_pair

BRIEF = f"{sentence(1)} {sentence(2)}"
LONG = f"{BRIEF} {sentence(3)} {sentence(4)} {sentence(5)}"
stories = st.lists(
    st.lists(st.sampled_from([*(sentence(n) for n in range(6)), FORMULA, "بلغت 25 درجة"]), min_size=2, max_size=6).map(
        " ".join
    ),
    min_size=2,
    max_size=5,
    unique=True,
)


def verdicts_on(
    texts: list[str], chosen: Settings | None = None, judge: Model | None = None
) -> tuple[Sketches, Verdicts]:
    sketches, every = sketched(texts), np.arange(len(texts), dtype=np.int64)
    known = known_phrases(sketches, every, background(), [" ".join(text.split()[-3:]) for text in texts])
    day = undated(len(texts))
    suspects = Suspects.of(known, every_pair(len(texts)))
    return sketches, judged(sketches, day, known, suspects, judge or model(), chosen or Settings())


@settings(deadline=None)
@given(stories, st.floats(-3, 3), st.sampled_from([0.0, 0.05, 0.5, 0.9]))
def test_what_is_listed_does_not_depend_on_how_many_pairs_had_their_slots_looked_at(
    texts: list[str], weight: float, threshold: float
) -> None:
    """Whether conflicts speak for a pair or against it."""
    weights = model().weight.copy()
    weights[LAST] = weight
    judge, chosen = replace(model(), weight=weights), Settings(threshold=threshold)
    _, few = verdicts_on(texts, chosen, judge)
    _, every = verdicts_on(texts, replace(chosen, jaccard=0), judge)
    assert not np.isnan(every.features[:, LAST]).any()
    every = listed(every, chosen)
    assert few.pairs.packed().tolist() == every.pairs.packed().tolist()
    np.testing.assert_array_equal(few.features, every.features)
    assert few.probability.tolist() == every.probability.tolist()
    assert few.relation.tolist() == every.relation.tolist()


def said(found: Verdicts) -> dict[tuple[int, int], str]:
    names = [RELATIONS[code] for code in found.relation]
    return dict(zip(zip(found.pairs.a.tolist(), found.pairs.b.tolist(), strict=True), names, strict=True))


def test_a_brief_is_an_excerpt_of_the_dispatch_and_the_dispatch_an_expansion() -> None:
    assert said(verdicts_on([BRIEF, LONG])[1]) == {(0, 1): "excerpt"}
    assert said(verdicts_on([LONG, BRIEF])[1]) == {(0, 1): "expansion"}


def test_what_is_said_of_a_text_is_said_of_its_copies_the_right_way_round() -> None:
    sketches, between = verdicts_on([BRIEF, LONG, BRIEF, LONG])
    firsts = between.where((between.pairs.a == 0) & (between.pairs.b == 1))
    found, _ = for_articles(sketches, firsts, [np.array([0, 2]), np.array([1, 3])])
    assert said(found) == {
        (0, 1): "excerpt", (0, 2): "copy", (0, 3): "excerpt",
        (1, 2): "expansion", (1, 3): "copy", (2, 3): "excerpt",
    }  # fmt: skip
    np.testing.assert_allclose(found.pairs.containment_a(), [1, 1, 1, found.pairs.containment_a()[3], 1, 1])
    assert found.pairs.containment_a()[3] < 0.5


def test_equal_texts_are_one_story_without_being_looked_at() -> None:
    sketches, between = verdicts_on([LONG, LONG])
    found, _ = for_articles(sketches, between.where(np.zeros(len(between), np.bool_)), [np.array([0, 1])])
    assert said(found) == {(0, 1): "copy"}
    assert (found.probability.tolist(), found.pairs.jaccard().tolist()) == ([1.0], [1.0])
    assert np.isnan(found.features).all()


def test_spreading_nothing_gives_nothing() -> None:
    sketches, between = verdicts_on([sentence(1), sentence(2)])
    assert len(between) == 0
    assert len(for_articles(sketches, between, [])[0]) == 0


@given(stories)
@settings(deadline=None)
def test_a_listed_pair_has_a_reason_to_be_listed(texts: list[str]) -> None:
    _, found = verdicts_on(texts)
    passages = found.rare_run >= PASSAGE_WORDS
    assert ((found.pairs.jaccard() >= 0.5) | (found.probability >= PROBABILITY_FLOOR) | passages).all()


@given(stories, st.sampled_from([0.1, 0.3, 0.7, 0.9, 0.99]))
@settings(deadline=None)
def test_cutting_a_listed_pair_at_another_threshold_gives_what_a_run_would_have_given(
    texts: list[str], threshold: float
) -> None:
    _, saved = verdicts_on(texts)
    _, again = verdicts_on(texts, Settings(threshold=threshold))
    assert (saved.pairs.packed() == again.pairs.packed()).all()
    assert (saved.probability == again.probability).all()
    cut = (saved.probability >= threshold).tolist()
    assert [relation in SAME_STORY for relation in said(again).values()] == cut


@given(stories)
@settings(deadline=None)
def test_a_probability_has_six_digits_before_it_is_compared(texts: list[str]) -> None:
    """So what stands in a file is what was compared, to the last digit."""
    _, found = verdicts_on(texts)
    assert [float(f"{p:.6f}") for p in found.probability] == found.probability.tolist()


@pytest.mark.parametrize(("odds", "same"), [(-1e-9, True), (1e-9, True), (-1e-4, False)])
def test_the_last_bit_of_a_machine_decides_nothing(odds: float, same: bool) -> None:
    """A pair within half a millionth of the threshold is on it."""
    nothing = np.zeros(len(model().weight))
    judge = Model(nothing, nothing + 1, nothing, odds)
    _, found = verdicts_on([LONG, LONG + " " + sentence(9)], judge=judge)
    assert [relation in SAME_STORY for relation in said(found).values()] == [same]
