"""Outputs: what is written where, and what of the user's is never written over."""

from __future__ import annotations

import errno
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dedup.errors import OutputFailed, PathEmpty
from dedup.outputs import STDOUT, place
from dedup.pipeline import cluster
from dedup.report.aside import together
from dedup.report.files import write_folder
from tests.rights import run_without_rights
from tests.test_cli import run
from tests.test_pipeline import story, write

TOO_LONG = "x" * 300


@pytest.fixture
def articles(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two articles, ``in``, in the current folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    for n, outlet in enumerate(("x", "y")):
        write(tmp_path / "in" / f"{n}.jsonl", [{"text": story(1), "source": outlet}])
    return tmp_path / "in"


@pytest.mark.parametrize("option", ["-o", "--pairs"])
@pytest.mark.parametrize("inputs", [["in"], ["in/0.jsonl", "in/1.jsonl"], ["linked"], ["in", "in/0.jsonl"]])
def test_an_article_named_as_output_is_refused_and_kept(articles: Path, inputs: list[str], option: str) -> None:
    (articles.parent / "linked").mkdir()
    (articles.parent / "linked" / "a.jsonl").symlink_to(articles / "0.jsonl")
    before = (articles / "0.jsonl").read_bytes()
    done = run("cluster", *inputs, "-q", option, "in/0.jsonl")
    assert done.exit_code == 1
    assert done.output.startswith("dedup: in/0.jsonl: could not be written (it lies in the input and is no report")
    assert (articles / "0.jsonl").read_bytes() == before


@pytest.mark.parametrize("option", ["-o", "--pairs"])
def test_the_lexicon_that_is_read_is_not_written_over(articles: Path, option: str) -> None:
    mine = articles.parent / "mine.toml"
    mine.write_text('[[outlet]]\nname = "الساحل"\nhosts = ["sahil.example"]\n', "utf-8")
    done = run("cluster", "in", "-q", "--lexicon", "mine.toml", option, "mine.toml")
    assert (done.exit_code, "it is the lexicon" in done.output) == (1, True)
    assert mine.read_text("utf-8").startswith("[[outlet]]")


def test_what_lies_in_the_input_unread_is_kept_too(articles: Path) -> None:
    (articles / "notes.docx").write_bytes(b"mine")
    assert run("cluster", "in", "-q", "-o", "in/notes.docx").exit_code == 1
    assert (articles / "notes.docx").read_bytes() == b"mine"


def test_an_empty_file_an_earlier_output_and_a_file_elsewhere_are_replaced(articles: Path) -> None:
    (articles / "report.json").touch()
    (articles.parent / "elsewhere.json").write_text("{}")
    for _ in range(2):
        words = ("-o", "in/report.json", "--pairs", "in/pairs.jsonl")
        assert run("cluster", "in", "-q", *words).exit_code == 0
        assert run("cluster", "in", "-q", "-o", "in/pairs.jsonl", "--pairs", "in/report.json").exit_code == 0
        assert run("cluster", "in", "-q", "-o", "elsewhere.json").exit_code == 0
    assert json.loads((articles.parent / "elsewhere.json").read_bytes())["corpus"]["articles"] == 2


@pytest.mark.parametrize("csv", ["new", "./new/", "in/../new"])
def test_report_and_pairs_may_lie_in_the_folder_that_is_made_for_the_tables(articles: Path, csv: str) -> None:
    done = run("cluster", "in", "-q", "--csv", csv, "-o", "new/r.json", "--pairs", "new/p.jsonl")
    assert (done.exit_code, done.output) == (0, "")
    assert {"r.json", "p.jsonl", "stories.csv"} <= {path.name for path in (articles.parent / "new").iterdir()}
    done = run("cluster", "in", "-q", "--csv", "other", "-o", "newer/r.json")
    assert "there is no folder newer" in done.output
    assert not (articles.parent / "other").exists()


@pytest.mark.skipif(not Path("/dev/null").is_char_device(), reason="needs a device that takes all")
def test_what_nobody_wants_goes_into_one_device(articles: Path) -> None:
    assert run("cluster", "in", "-q", "-o", "/dev/null", "--pairs", "/dev/null").exit_code == 0
    assert "the same name" in run("cluster", "in", "-q", "-o", "x", "--pairs", "./x").output


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="needs terminals")
def test_two_outputs_to_one_terminal_are_refused(articles: Path) -> None:
    reader, writer = os.openpty()
    try:
        terminal = os.ttyname(writer)
        (articles.parent / "link").symlink_to(terminal)
        for pairs in (terminal, "link"):
            done = run("cluster", "in", "-q", "-o", terminal, "--pairs", pairs)
            assert (done.exit_code, "the same name" in done.output) == (2, True)
    finally:
        os.close(reader)
        os.close(writer)


def test_a_folder_of_tables_that_cannot_be_made_is_told_of(articles: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def mkdir(folder: Path, exist_ok: bool) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "mkdir", mkdir)
    done = run("cluster", "in", "-q", "--csv", "new")
    assert done.output.startswith("dedup: new: could not be written (No space left on device)")
    assert done.exit_code == 1


def test_a_dash_in_a_folder_is_a_file_of_that_name(articles: Path) -> None:
    done = run("cluster", "in", "-o", "./-")
    assert "2 articles of 2 outlets" in done.stdout
    assert json.loads((articles.parent / "-").read_bytes())["format"] == "dedup-report"


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/dev/../dev/stdout"])
def test_what_the_system_calls_stdout_is_a_dash(articles: Path, name: str) -> None:
    dash, named = run("cluster", "in", "-o", "-"), run("cluster", "in", "-o", name)
    assert named.stdout_bytes == dash.stdout_bytes
    assert json.loads(named.stdout_bytes)["format"] == "dedup-report"
    assert "2 articles of 2 outlets" in named.stderr
    assert run("cluster", "in", "-o", name, "--pairs", "-").exit_code == 2


def test_names_of_outputs() -> None:
    assert place("-") == place("/dev/stdout") == STDOUT
    assert place("./-") != STDOUT != place("-.json")
    with pytest.raises(PathEmpty):
        place("")


@pytest.mark.parametrize("option", ["-o", "--pairs", "--csv"])
@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        (TOO_LONG, "File name too long"),
        ("loop", os.strerror(errno.ELOOP)),
        ("loop/report.json", os.strerror(errno.ELOOP)),
        ("in/0.jsonl/report.json", "there is no folder in/0.jsonl"),
    ],
)
def test_a_place_that_cannot_be_is_a_sentence(articles: Path, option: str, name: str, sentence: str) -> None:
    (articles.parent / "loop").symlink_to("loop")
    done = run("cluster", "in", option, name)
    assert (done.exit_code, done.stderr) == (
        1,
        f"dedup: {name}: could not be written ({sentence}). "
        "What stood there before is untouched; remove the cause and run again.\n",
    )


@pytest.mark.parametrize("name", ["stories.csv", "outlets.graphml"])
def test_a_table_whose_name_is_a_link_that_loops_is_a_sentence(articles: Path, name: str) -> None:
    (articles.parent / "tables").mkdir()
    (articles.parent / "tables" / name).symlink_to(name)
    done = run("cluster", "in", "--csv", "tables", "-q")
    assert done.stderr.startswith(f"dedup: tables/{name}: could not be written ({os.strerror(errno.ELOOP)}).")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["-o", "kept/r.json"], "kept/r.json: could not be written (no permission to write in the folder "),
        (["--pairs", "kept/p.jsonl"], "kept/p.jsonl: could not be written (no permission to write in the folder "),
        (["--csv", "kept/tables"], "kept/tables: could not be written (no permission to write in the folder "),
        (["--csv", "kept"], "kept: could not be written (no permission to write in the folder kept)"),
        (["-o", "closed/r.json"], "closed/r.json: could not be written (Permission denied)"),
    ],
)
def test_a_folder_that_may_not_be_written_to_is_refused_before_anything_is_read(
    articles: Path, words: list[str], sentence: str
) -> None:
    for name, rights in (("kept", 0o555), ("closed", 0)):
        (articles.parent / name).mkdir()
        (articles.parent / name).chmod(rights)
    done = run_without_rights(["cluster", "missing", *words], articles.parent)
    assert (done.returncode, done.stderr.startswith(f"dedup: {sentence}")) == (1, True), done.stderr


def test_a_device_may_be_written_to_whatever_its_folder(articles: Path) -> None:
    done = run_without_rights(["cluster", "in", "-q", "-o", os.devnull], articles.parent)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(sys.platform == "win32", reason="removes the current folder")
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("cluster a.txt", "a.txt"),
        ("compare a.txt b.txt", "a.txt"),
        ("cluster {folder} -o r.json", "r.json"),
        ("cluster {folder} --csv tables", "tables"),
    ],
)
def test_a_current_folder_that_is_gone_is_a_sentence(articles: Path, words: str, name: str) -> None:
    said = _where_the_folder_is_gone(articles, words)
    assert said.stderr.splitlines()[-1].startswith(f"dedup: {name}: the current folder was removed")
    assert said.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="removes the current folder")
def test_whole_paths_need_no_current_folder(articles: Path) -> None:
    said = _where_the_folder_is_gone(articles, "cluster {folder} -q -o {folder}/r.json")
    assert said.returncode == 0, said.stderr
    assert (articles / "r.json").exists()


def _where_the_folder_is_gone(articles: Path, words: str) -> subprocess.CompletedProcess[str]:
    gone = articles.parent / "gone"
    gone.mkdir()
    program = f"{shlex.quote(sys.executable)} -m dedup {words.format(folder=shlex.quote(str(articles)))}"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    line = f"cd {shlex.quote(str(gone))} && rmdir {shlex.quote(str(gone))} && {program}"
    return subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, check=False)


# Several files of one run


@pytest.mark.parametrize("files_before", [1, 8, 14])
def test_of_the_tables_of_a_full_disk_none_is_new(
    articles: Path, monkeypatch: pytest.MonkeyPatch, files_before: int
) -> None:
    """The disk is full when so many of fifteen files are written."""
    tables = articles.parent / "tables"
    tables.mkdir()
    write_folder(cluster([articles / "0.jsonl"]).report, tables)
    before = {path.name: path.read_bytes() for path in tables.iterdir()}
    report = cluster([articles]).report
    monkeypatch.setattr(os, "fsync", _full_after(files_before))
    with pytest.raises(OutputFailed, match="No space left"):
        write_folder(report, tables)
    assert {path.name: path.read_bytes() for path in tables.iterdir()} == before
    monkeypatch.undo()
    write_folder(report, tables)
    after = {path.name: path.read_bytes() for path in tables.iterdir()}
    assert after.keys() == before.keys()
    assert after["outlets.csv"] != before["outlets.csv"]


def _full_after(files: int) -> Callable[[int], None]:
    written: list[int] = []

    def fsync(descriptor: int) -> None:
        if len(written) == files:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        written.append(descriptor)

    return fsync


def test_files_that_belong_together_take_their_places_together(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).write_text("old")
    with together() as opened:
        for name in ("a", "b"):
            with opened(tmp_path / name) as out:
                out.write(b"new")
        assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["old", "old"]
    assert [(tmp_path / name).read_text() for name in ("a", "b")] == ["new", "new"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
