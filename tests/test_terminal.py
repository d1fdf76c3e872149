"""The terminal: left as it was, whatever ends a command; printed to, whatever letters it has; or not there at all."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dedup import cli
from dedup.report import comparison
from dedup.report.aside import replacing
from tests.test_cli import run
from tests.test_pipeline import story, write

HIDDEN, SHOWN = "\x1b[?25l", "\x1b[?25h"
ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    records = [{"text": story(1), "source": outlet, "title": "عنوان \u200bالخبر"} for outlet in ("x", "y")]
    return write(tmp_path / "articles.jsonl", records)


def shell(line: str, articles: Path) -> subprocess.CompletedProcess[bytes]:
    command = f"{shlex.quote(sys.executable)} -m dedup"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    words = ["bash", "-c", line.format(dedup=command, articles=shlex.quote(str(articles)))]
    return subprocess.run(words, env=environment, cwd=articles.parent, capture_output=True, check=False)


@pytest.mark.parametrize("fault", [RuntimeError, KeyboardInterrupt, None])
def test_the_cursor_comes_back_whatever_ends_reading(
    monkeypatch: pytest.MonkeyPatch, fault: type[BaseException] | None
) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    try:
        with cli._Terminal(quiet=False) as terminal:
            terminal.progress(1, 4)
            assert HIDDEN in screen.getvalue()
            assert SHOWN not in screen.getvalue()
            if fault is not None:
                raise fault
            terminal.finish()
    except (RuntimeError, KeyboardInterrupt):
        assert fault is not None
    assert screen.getvalue().count(SHOWN) == 1
    assert screen.getvalue().rindex(HIDDEN) < screen.getvalue().rindex(SHOWN)
    assert ("100%" in screen.getvalue()) == (fault is None)


@pytest.mark.skipif(sys.platform == "win32", reason="closes a stream as a Unix shell does")
@pytest.mark.parametrize("words", ["-o r.json", "-o r.json -q", "-o - > r.json"])
def test_a_closed_stderr_is_no_fault(articles: Path, words: str) -> None:
    done = shell(f"{{dedup}} cluster {{articles}} {words} 2>&-", articles)
    assert done.returncode == 0
    assert json.loads((articles.parent / "r.json").read_bytes())["corpus"]["articles"] == 2


@pytest.mark.parametrize("encoding", ["latin-1", "cp1256", "ascii", "utf-8"])
def test_letters_that_stdout_has_not_are_replaced(articles: Path, encoding: str) -> None:
    """The title has a zero-width space, which windows-1256 lacks; click writes UTF-8 where it is told ASCII."""
    two = "{dedup} compare {articles}#0 {articles}#1"
    start = f"PYTHONIOENCODING={encoding} "
    reached = "utf-8" if encoding == "ascii" else encoding
    for line in (two, "{dedup} cluster {articles}"):
        done = shell(start + line, articles)
        assert (done.returncode, done.stderr) == (0, b"")
        said = done.stdout.decode(reached)
        assert "عنوان \u200bالخبر".encode(reached, "replace").decode(reached) in said
    whole = [shell(f"{before}{two} --json", articles).stdout for before in (start, "")]
    assert whole[0] == whole[1]
    assert json.loads(whole[0])["a"]["title"] == "عنوان \u200bالخبر"


@pytest.mark.parametrize(("value", "colours"), [(None, True), ("", True), ("1", False)])
def test_no_color_speaks_only_if_it_says_something(
    articles: Path, monkeypatch: pytest.MonkeyPatch, value: str | None, colours: bool
) -> None:
    """As no-color.org has it: present and not an empty string."""
    wanted: list[bool] = []

    def shown(found: object, width: int, colours: bool) -> str:
        wanted.append(colours)
        return ""

    monkeypatch.delenv("NO_COLOR", raising=False)
    if value is not None:
        monkeypatch.setenv("NO_COLOR", value)
    monkeypatch.setattr(cli, "stdout", Terminal)
    monkeypatch.setattr(comparison, "shown", shown)
    assert run("compare", f"{articles}#0", f"{articles}#1").exit_code == 0
    assert wanted == [colours]


@pytest.fixture
def defaults() -> Iterator[None]:
    """The signals as a program finds them, and as they were afterwards."""
    before = {one: signal.signal(one, signal.SIG_DFL) for one in ENDING}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


def _write_half_of(path: Path, number: int) -> None:
    with cli._ended_as_by_interrupt(), replacing(path) as out:
        out.write(b"half")
        os.kill(os.getpid(), number)


@pytest.mark.usefixtures("defaults")
@pytest.mark.parametrize("number", ENDING)
def test_a_signal_to_end_is_an_interrupt_and_leaves_nothing_half_written(tmp_path: Path, number: int) -> None:
    with pytest.raises(KeyboardInterrupt):
        _write_half_of(tmp_path / "report.json", number)
    assert list(tmp_path.iterdir()) == []
    assert [signal.getsignal(one) for one in ENDING] == [signal.SIG_DFL] * len(ENDING)


@pytest.mark.usefixtures("defaults")
def test_a_second_signal_does_not_disturb_what_the_first_began() -> None:
    with pytest.raises(KeyboardInterrupt) as first:
        _end_again_and_again()
    assert first.value.__context__ is None


def _end_again_and_again() -> None:
    with cli._ended_as_by_interrupt():
        try:
            os.kill(os.getpid(), signal.SIGTERM)
        finally:
            for one in ENDING:
                os.kill(os.getpid(), one)


@pytest.mark.usefixtures("defaults")
def test_a_signal_that_is_ignored_stays_so() -> None:
    """As under nohup."""
    for one in ENDING:
        signal.signal(one, signal.SIG_IGN)
    with cli._ended_as_by_interrupt():
        for one in ENDING:
            os.kill(os.getpid(), one)
    assert [signal.getsignal(one) for one in ENDING] == [signal.SIG_IGN] * len(ENDING)
