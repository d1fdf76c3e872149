"""Corpora that hold one template thousands of times: what is compared stays bounded, and stories beside it whole."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from dedup.near import near_copies
from dedup.pipeline import Result, cluster
from dedup.report.json_format import as_data
from dedup.settings import Settings
from dedup.sketch import lsh
from tests.test_pipeline import groups, prints, story, write


def pages(count: int, of: int = 1) -> list[dict[str, Any]]:
    """Pages of one template, two words of 220 changed in each; ``of`` them have each text."""
    draw, words = random.Random(1), story(901, 220).split()
    made = []
    for n in range(count // of):
        page = list(words)
        for word in "اب":
            page[draw.randrange(len(page))] = f"{word}خاص{n}"
        made += [{"text": " ".join(page), "source": f"o{n % 9}"}] * of
    return made


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousandth of the room, so that a small corpus floods it."""
    monkeypatch.setattr(lsh, "PAIRS_LEAST", 1_000)
    monkeypatch.setattr(lsh, "PAIRS_AN_ARTICLE", 3)
    monkeypatch.setattr(lsh, "BUCKET_LIMIT", 50)


def notes(result: Result) -> list[str]:
    """Its notices, but for that of outlets, which these articles do not have."""
    return sorted(notice.note for notice in result.report.notices if "have no outlet" not in notice.note)


@pytest.mark.usefixtures("narrow")
def test_of_a_flood_not_every_pair_is_compared_and_that_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", prints(7, 30) + pages(400))
    result = cluster([path])
    assert [f"a.jsonl#{n}" for n in range(30)] in groups(result)
    assert len(result.found.verdicts) < 2 * 42 * 430 + lsh.most_pairs(430) < 400 * 399 / 2
    assert "texts so like a great many others that not every pair of them was compared: 400" in notes(result)
    again = [as_data(cluster([path], Settings(workers=workers)).report) for workers in (1, 3)]
    assert again == [as_data(result.report)] * 2


@pytest.mark.usefixtures("narrow")
def test_pairs_of_copies_that_are_too_many_are_not_listed_and_that_is_said(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", pages(400, of=20))
    result = cluster([path])
    most = lsh.most_pairs(400)
    assert len(result.found.verdicts) <= most
    assert [len(group) for group in groups(result)] == [400]
    left_out = 400 * 399 // 2 - len(result.found.verdicts)
    said = f"pairs of articles not listed, since they follow from those of articles with equal texts: {left_out}"
    assert notes(result) == [said]
    corpus, near = near_copies([path])
    assert len(near) <= most
    assert [notice.note for notice in corpus.notices] == [said]


@pytest.mark.usefixtures("narrow")
@pytest.mark.parametrize(("stories", "each"), [(2, 150), (8, 20)])
def test_related_stories_of_too_many_prints_are_not_all_looked_at_and_that_is_said(
    tmp_path: Path, stories: int, each: int
) -> None:
    """They quote one speech, and each is printed in many ways. (Of eight stories four times as many pairs as may be
    judged are looked at first, and all of them are promising.)"""
    speech = story(77, 40)
    records = [{"text": f"{one['text']} {speech}"} for number in range(stories) for one in prints(number, each)]
    result = cluster([write(tmp_path / "a.jsonl", records)])
    assert [len(group) for group in groups(result)] == [each] * stories
    assert len(result.found.verdicts) <= stories * each * (each - 1) // 2 + lsh.most_pairs(len(records))
    assert any(note.startswith("pairs of texts not compared, whose stories are related") for note in notes(result))


def test_an_ordinary_corpus_has_all_its_pairs(tmp_path: Path) -> None:
    result = cluster([write(tmp_path / "a.jsonl", prints(7, 100))])
    assert (len(result.found.verdicts), notes(result)) == (100 * 99 // 2, [])


@pytest.mark.slow
def test_thousands_of_pages_make_no_more_pairs_than_may_be_and_a_story_of_hundreds_stays_one(tmp_path: Path) -> None:
    result = cluster([write(tmp_path / "a.jsonl", prints(7, 300) + pages(6_000))])
    assert [f"a.jsonl#{n}" for n in range(300)] in groups(result)
    assert len(result.found.verdicts) <= 2 * lsh.most_pairs(6_300) < 6_000 * 5_999 / 8
    assert [len(family.rows) for family in result.found.families] == [6_000]
    assert "texts so like a great many others that not every pair of them was compared: 6000" in notes(result)
