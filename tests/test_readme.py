"""What the README shows is what the tool prints, and its commands are ones that exist."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.readme import README, demo, filled, measured
from dedup.arabic.lexicon import load
from dedup.cli import main
from tests.marked_text import mark_text

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


def test_the_lexicon_shown_is_read_and_each_of_its_entries_found(tmp_path: Path) -> None:
    (shown,) = re.findall(r"^```toml\n(.*?)^```", README.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    path = tmp_path / "own.toml"
    path.write_text(shown, "utf-8")
    lexicon = load(path)
    story = "افتتح المحافظ الجسر الجديد صباح أمس بحضور الأهالي. وقال إن العمل استغرق ثلاثة أعوام كاملة."
    for name in ("وكالة الشاطئ الأزرق", "الشاطئ الأزرق", "و.ش.ز"):
        assert ("byline", "coast") in mark_text(story, byline=name, lexicon=lexicon).credited()
    marked = mark_text(f"{story}\nانضموا إلى قناتنا المرئية الآن", lexicon=lexicon)
    assert marked.under("share") == ["انضموا إلى قناتنا المرئية الآن"]
    assert lexicon.outlets.of_address("https://www.coast-mirror.example/news/1") == "مرآة الشاطئ"
