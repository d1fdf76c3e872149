"""The judge: a sum of seventeen summands that anybody can read, and a table of relations."""

from __future__ import annotations

import json
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.compare import Pairs
from dedup.match.features import SENTENCES, Evidence
from dedup.match.judge import Model, model, relations
from dedup.model import RELATIONS, SAME_STORY
from dedup.settings import PASSAGE_WORDS

COUNT = len(SENTENCES)
Features = npt.NDArray[np.float64]
rows = st.lists(
    st.lists(st.one_of(st.just(float("nan")), st.floats(-5, 5)), min_size=COUNT, max_size=COUNT),
    min_size=1,
    max_size=5,
).map(lambda values: np.array(values, np.float64))


def test_the_model_file_explains_exactly_the_features_there_are() -> None:
    stored = json.loads(files("dedup.match").joinpath("data/judge.json").read_text("utf-8"))
    assert {name: row["says"] for name, row in stored["features"].items()} == SENTENCES
    assert stored["made_by"] == "python -m benchmarks.fit_judge"
    for row in stored["features"].values():
        assert row["scale"] > 0
        assert np.isfinite([row["mean"], row["weight"]]).all()


def test_the_model_stands_in_the_order_of_the_features() -> None:
    stored = json.loads(files("dedup.match").joinpath("data/judge.json").read_text("utf-8"))["features"]
    assert model().weight.tolist() == [stored[name]["weight"] for name in SENTENCES]
    assert model().mean.tolist() == [stored[name]["mean"] for name in SENTENCES]


@pytest.mark.parametrize(
    ("name", "sign"),
    [
        ("rare_pairs", 1),
        ("opening_words", 1),
        ("missing_words", -1),
        ("slot_conflicts", -1),
        ("number_conflicts", -1),
        ("kept_numbers", 1),
        ("lacking_headline", -1),
        ("own_opening", -1),
        ("days_apart", -1),
        ("mould_mates", -1),
    ],
)
def test_what_speaks_for_one_story_has_a_positive_weight(name: str, sign: int) -> None:
    assert np.sign(model().weight[list(SENTENCES).index(name)]) == sign


def test_a_pair_without_mates_is_judged_as_if_nothing_were_known_of_moulds() -> None:
    none, unknown = np.zeros((1, COUNT)), np.zeros((1, COUNT))
    unknown[:, list(SENTENCES).index("mould_mates")] = np.nan
    assert model().probability(none) == model().probability(unknown)


@given(rows)
def test_the_log_odds_are_the_intercept_and_the_contributions(features: Features) -> None:
    judge = model()
    odds = judge.intercept + judge.contributions(features).sum(axis=1)
    probability = judge.probability(features)
    assert ((probability >= 0) & (probability <= 1)).all()
    np.testing.assert_allclose(probability, 1 / (1 + np.exp(-odds)), rtol=1e-9)


@given(rows, st.integers(0, COUNT - 1))
def test_a_feature_that_is_not_known_adds_nothing(features: Features, column: int) -> None:
    """It counts like one that is exactly the mean of all pairs."""
    unknown, average = features.copy(), features.copy()
    unknown[:, column], average[:, column] = np.nan, model().mean[column]
    assert (model().contributions(unknown)[:, column] == 0).all()
    np.testing.assert_allclose(model().probability(unknown), model().probability(average))


def test_a_pair_of_which_nothing_is_known_gets_the_intercept() -> None:
    judge = Model(np.ones(COUNT), np.ones(COUNT), np.ones(COUNT), 0.0)
    assert judge.probability(np.full((1, COUNT), np.nan)).tolist() == [0.5]


SAME, OTHER = 0.9, 0.1
SHORT, LONG = PASSAGE_WORDS - 1, PASSAGE_WORDS


@pytest.mark.parametrize(
    ("shared", "shingles", "words", "probability", "run", "rare_share", "relation"),
    [
        (95, (100, 95), (104, 99), SAME, LONG, 1.0, "copy"),
        (94, (100, 94), (104, 98), SAME, LONG, 1.0, "edited"),
        (80, (100, 100), (104, 104), SAME, LONG, 1.0, "edited"),
        (79, (100, 100), (104, 104), SAME, LONG, 1.0, "rewrite"),
        (40, (50, 100), (54, 104), SAME, LONG, 1.0, "excerpt"),
        (40, (100, 50), (104, 54), SAME, LONG, 1.0, "expansion"),
        (65, (70, 100), (70, 100), SAME, LONG, 1.0, "rewrite"),
        (39, (50, 100), (54, 104), SAME, LONG, 1.0, "rewrite"),
        (0, (50, 100), (54, 104), SAME, 0, 0.0, "rewrite"),
        (95, (100, 95), (104, 99), OTHER, LONG, 1.0, "shared-passage"),
        (40, (50, 100), (54, 104), OTHER, LONG, 0.2, "shared-passage"),
        (40, (50, 100), (54, 104), OTHER, SHORT, 0.2, "formula"),
        (40, (50, 100), (54, 104), OTHER, SHORT, 0.49, "formula"),
        (25, (50, 100), (54, 104), OTHER, SHORT, 0.5, "formula"),
        (24, (50, 100), (54, 104), OTHER, SHORT, 0.5, "unrelated"),
        (0, (50, 100), (54, 104), OTHER, 0, 0.0, "unrelated"),
    ],
)
def test_every_relation_is_as_its_definition_says(
    shared: int, shingles: tuple[int, int], words: tuple[int, int], probability: float, run: int, rare_share: float,
    relation: str,
) -> None:  # fmt: skip
    evidence = Evidence(np.zeros((1, COUNT)), np.zeros(1), np.array([rare_share]), np.array([run], np.int64))
    pair = Pairs(*(np.array([n], np.int64) for n in (0, 1, shared, *shingles)))
    words_a, words_b = (np.array([count], np.int64) for count in words)
    found = relations(pair, words_a, words_b, np.array([probability]), evidence, 0.5)
    assert [RELATIONS[code] for code in found] == [relation]


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.sampled_from([0.1, 0.5, 0.9]))
def test_a_pair_is_the_same_story_exactly_from_the_threshold_on(probabilities: list[float], threshold: float) -> None:
    n = len(probabilities)
    zeros = np.zeros(n, np.int64)
    pairs = Pairs(zeros, zeros + 1, zeros, zeros + 9, zeros + 9)
    evidence = Evidence(np.zeros((n, COUNT)), np.zeros(n), np.zeros(n), zeros)
    found = relations(pairs, zeros + 20, zeros + 20, np.array(probabilities), evidence, threshold)
    assert [RELATIONS[code] in SAME_STORY for code in found] == [p >= threshold for p in probabilities]
