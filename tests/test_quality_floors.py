"""Floors of quality: they rise, they never fall in silence, and they refuse data they were not measured on."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality_floors import FILE, Groups, Measured, complaints, write


def groups(f1: float, wrong: int = 0, fingerprint: str = "abc") -> Groups:
    return {"gold": (fingerprint, [Measured("F1", f1, 0.9), Measured("wrong", wrong, 0, more=False)])}


def test_a_figure_behind_its_floor_is_told(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    write(groups(0.9714, 2), file)
    assert complaints(groups(0.9711, 2), file) == []
    assert complaints(groups(0.98, 1), file) == []
    assert complaints(groups(0.9709, 3), file) == [
        "gold: F1 is 0.9709, and was 0.971 already",
        "gold: wrong is 3.0000, and was 2.0 already",
    ]


def test_writing_moves_floors_only_towards_the_better(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    for f1, wrong in ((0.95, 3), (0.97, 5), (0.96, 1)):
        write(groups(f1, wrong), file)
    assert json.loads(file.read_text("utf-8"))["abc"]["floors"] == {"F1": 0.97, "wrong": 1.0}


def test_other_data_is_not_compared_and_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "floors.json"
    write(groups(0.97), file)
    found = complaints(groups(0.5, fingerprint="def"), file)
    assert len(found) == 1
    assert "nothing was compared" in found[0]
    write(groups(0.5, fingerprint="def"), file)
    assert complaints(groups(0.96), file)
    assert not complaints(groups(0.5, fingerprint="def"), file)


@pytest.mark.parametrize(
    ("value", "more", "reached"), [(0.9, True, True), (0.89, True, False), (0.9, False, True), (0.91, False, False)]
)
def test_a_target_is_met_on_its_own_side(value: float, more: bool, reached: bool) -> None:
    assert Measured("figure", value, 0.9, more).reached() == reached


def test_the_stored_floors_are_readable() -> None:
    stored = json.loads(FILE.read_text("utf-8"))
    assert {entry["data"] for entry in stored.values()} == {"elsewhere", "gold pairs", "seeds"}
