"""What the README shows is what the tool prints, and its commands are ones that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.readme import README, demo, filled, measured
from dedup.cli import main

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = re.findall(r"^dedup ([^#\n]+)", README.read_text("utf-8"), re.MULTILINE)


def test_the_example_is_what_the_demo_prints() -> None:
    text = README.read_text("utf-8")
    assert filled(text, "demo", demo()) == text


def test_the_figures_are_those_that_were_measured() -> None:
    text = README.read_text("utf-8")
    assert filled(text, "quality", measured()) == text


@pytest.mark.parametrize("line", COMMANDS)
def test_every_command_shown_has_the_options_it_is_shown_with(line: str) -> None:
    command, *rest = shlex.split(line)
    known = CliRunner().invoke(main, [command, "--help"]).output
    assert rest
    assert all(word in known for word in rest if word.startswith("-"))
