"""The command line: names, exit codes, sentences."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner, Result

from dedup.cli import main
from dedup.kernels import machine_code
from dedup.kernels.compiling import HEAVIEST, modules
from tests.rights import run_without_rights
from tests.test_pipeline import story, write


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "in" / "a.jsonl", [{"body": story(1), "headline": "عنوان", "site": n} for n in ("x", "y")])
    return tmp_path / "in"


def test_cluster_writes_report_and_pairs_and_prints_a_summary(folder: Path, tmp_path: Path) -> None:
    done = run("cluster", folder, "-o", tmp_path / "report.json", "--pairs", tmp_path / "pairs.jsonl")
    assert done.exit_code == 0, done.output
    assert "2 articles of 2 outlets: 1 cluster holds 2 of them, 1 pair listed" in done.output
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["format"] == "dedup-report"
    assert report["clusters"][0]["outlets"] == ["x", "y"]
    (line,) = (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines()
    assert json.loads(line)["jaccard"] == 1


def test_csv_writes_tables_and_the_network(folder: Path, tmp_path: Path) -> None:
    done = run("cluster", folder, "--csv", tmp_path / "tables", "--quiet")
    assert (done.exit_code, done.output) == (0, "")
    written = sorted(path.name for path in (tmp_path / "tables").iterdir())
    names = ("credits", "members", "outlet_pairs", "outlet_sources", "outlets", "passages", "stories")
    assert written == sorted([*(f"{name}.{kind}" for name in names for kind in ("csv", "parquet")), "outlets.graphml"])


def test_tables_in_the_input_folder_change_nothing_in_a_second_run(folder: Path) -> None:
    written = []
    for _ in range(2):
        done = run("cluster", folder, "-o", folder / "report.json", "--csv", folder / "tables", "--quiet")
        assert done.exit_code == 0
        written.append({path.name: path.read_bytes() for path in (folder / "tables").iterdir()})
        report = json.loads((folder / "report.json").read_text("utf-8"))
        assert (report["corpus"]["articles"], report["skipped"], report["notices"]) == (2, [], [])
    assert written[0] == written[1]


def test_tables_cannot_be_written_where_a_file_stands(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tables").write_text("taken")
    done = run("cluster", folder, "--csv", tmp_path / "tables")
    assert done.exit_code == 1
    assert "could not be written" in done.output
    assert (tmp_path / "tables").read_text() == "taken"


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"id": ["1"], "text": [story(2)]}), out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("members.csv", f"id,text\n1,{story(2)}\n".encode()),
        ("members.csv", b""),
        ("members.csv", b"\xff\xfe"),
        ("stories.parquet", _parquet()),
        ("stories.parquet", b"no parquet"),
        ("outlets.graphml", b'<?xml version="1.0"?>\n<graphml><graph id="mine"/></graphml>\n'),
    ],
)
def test_a_file_that_this_tool_did_not_write_is_not_replaced(folder: Path, name: str, data: bytes) -> None:
    (folder / name).write_bytes(data)
    done = run("cluster", folder, "--csv", folder, "-o", folder / "report.json")
    assert done.exit_code == 1
    kind = "network" if name.endswith(".graphml") else "table"
    assert f"{name}: could not be written (it is not a {kind} of this tool" in done.output
    assert sorted(path.name for path in folder.iterdir()) == sorted(["a.jsonl", name])
    assert (folder / name).read_bytes() == data


def test_a_folder_with_the_name_of_a_table_is_refused_before_anything_is_written(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "tables" / "members.csv").mkdir(parents=True)
    done = run("cluster", folder, "--csv", tmp_path / "tables", "-o", tmp_path / "report.json")
    assert (done.exit_code, "it is a folder" in done.output) == (1, True)
    assert not (tmp_path / "report.json").exists()


def test_the_summary_ends_with_what_outlets_share(folder: Path) -> None:
    *_, head, one, other = run("cluster", folder).output.splitlines()
    assert " ".join(head.split()) == "articles in stories repeats shared words outlet: what it rests on"
    assert [line.split() for line in (one, other)] == [["1", "100%", "0", "100%", name] for name in ("x", "y")]


def test_a_source_without_a_name_is_wrong_usage(folder: Path) -> None:
    assert run("cluster", folder, "--credited-to", " ").exit_code == 2


def test_quiet_prints_nothing(folder: Path, tmp_path: Path) -> None:
    done = run("cluster", folder, "-o", tmp_path / "report.json", "--quiet")
    assert (done.exit_code, done.output) == (0, "")


@pytest.mark.parametrize("option", ["-o", "--pairs"])
def test_a_dash_is_stdout_and_the_summary_steps_aside(folder: Path, tmp_path: Path, option: str) -> None:
    """What is piped is byte for byte what a file would hold."""
    assert run("cluster", folder, option, tmp_path / "file", "-q").exit_code == 0
    for quiet in ((), ("-q",)):
        done = run("cluster", folder, option, "-", *quiet)
        assert (done.exit_code, done.stdout_bytes) == (0, (tmp_path / "file").read_bytes())
        assert ("articles of" in done.stderr) == (not quiet)


def test_a_report_goes_to_stdout_and_the_pairs_to_a_file(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = run("cluster", folder, "-o", "-", "--pairs", "pairs.jsonl", "-q")
    assert json.loads(done.stdout)["format"] == "dedup-report"
    assert (tmp_path / "pairs.jsonl").read_text("utf-8").count("\n") == 1
    assert not (tmp_path / "-").exists()


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = f"{shlex.quote(sys.executable)} -m dedup"
    words = ["bash", "-c", f"set -o pipefail; {line.format(dedup=command, folder=shlex.quote(str(folder)))}"]
    return subprocess.run(words, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
@pytest.mark.parametrize(
    "line",
    [
        "{dedup} cluster {folder} > /dev/full",
        "{dedup} cluster {folder} -o - > /dev/full",
        "{dedup} cluster {folder} --pairs - > /dev/full",
        "{dedup} compare {folder}/a.jsonl#0 {folder}/a.jsonl#1 > /dev/full",
    ],
)
def test_a_full_stdout_is_a_sentence(folder: Path, line: str) -> None:
    done = shell(line, folder)
    last = done.stderr.splitlines()[-1]
    assert done.returncode == 1
    assert last.startswith("dedup: standard output: could not be written (No space left on device).")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["", "-o -", "--pairs -"])
def test_a_closed_stdout_is_a_sentence(folder: Path, words: str) -> None:
    done = shell(f"{{dedup}} cluster {{folder}} {words} >&-", folder)
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("dedup: standard output: could not be written (it is closed).")


def test_a_reader_that_leaves_ends_the_command_quietly(tmp_path: Path) -> None:
    write(tmp_path / "in" / "a.jsonl", [{"body": story(1), "site": f"{n}"} for n in range(100)])
    for words in ("--pairs - -q", "-o - -q"):
        done = shell(f"{{dedup}} cluster {{folder}} {words} | head -c 1", tmp_path / "in")
        assert (len(done.stdout), done.stderr) == (1, "")


def test_outputs_lying_in_the_input_folder_are_not_read_again(folder: Path) -> None:
    words = ("cluster", folder, "-o", folder / "report.json", "--pairs", folder / "pairs.jsonl")
    assert run(*words).exit_code == 0
    first = [(folder / name).read_bytes() for name in ("report.json", "pairs.jsonl")]
    assert run(*words).exit_code == 0
    assert [(folder / name).read_bytes() for name in ("report.json", "pairs.jsonl")] == first
    done = run("cluster", folder, "-o", folder / "second.json")
    assert done.exit_code == 0
    second = json.loads((folder / "second.json").read_text("utf-8"))
    assert second["corpus"]["articles"] == 2
    assert len(second["notices"]) == 2


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["cluster", "missing"], 1, "there is no such file or folder"),
        (["cluster", "IN", "--text-field", "nope"], 1, "The fields there are: body, headline, site"),
        (["cluster", "IN", "-o", "no/folder/report.json"], 1, "there is no folder"),
        (["cluster", "IN", "-o", "x.json", "--pairs", "x.json"], 2, "same name"),
        (["cluster", "IN", "-o", "-", "--pairs", "-"], 2, "give one of them a file"),
        (["cluster", "IN", "--csv", "-"], 2, "cannot go to stdout"),
        (["cluster", "IN", "--csv", "no/folder/tables"], 1, "there is no folder"),
        (["cluster", "IN", "-o", "x", "--csv", "x"], 2, "same name"),
        (["cluster", "IN", "--pairs", "in/members.csv", "--csv", "in"], 2, "same name"),
        (["cluster", "IN", "-o", "in/outlets.graphml", "--csv", "in"], 2, "same name"),
        (["cluster", "IN", "--keep-furniture", "--credited-to", "spa"], 2, "--keep-furniture finds no credits"),
        (["cluster", "IN", "--keep-furniture", "--exclude-credited-to", "spa"], 2, "--keep-furniture finds no credits"),
        (["cluster", "IN", "--jaccard", "2"], 2, "0.05<=x<=1"),
        (["cluster", "IN", "--jaccard", "nan"], 2, "nan is not in the range 0.05<=x<=1"),
        (["cluster", "IN", "--threshold", "NaN"], 2, "NaN is not in the range 0<=x<=1"),
        (["cluster", "IN", "--threshold", "-inf"], 2, "0<=x<=1"),
        (["cluster", "IN", "--window", "9" * 23], 2, "is not in the range 0<=x<=3652059"),
        (["cluster", "IN", "--workers", "9" * 23], 2, "is not in the range 0<=x<=1024"),
        (["cluster", ""], 2, "a path is empty; is a variable not set?"),
        (["cluster", "IN", ""], 2, "a path is empty; is a variable not set?"),
        (["cluster", "IN", "-o", ""], 2, "a path is empty; is a variable not set?"),
        (["compare", "", "in/a.jsonl#0"], 2, "a path is empty; is a variable not set?"),
        (["compare", f"in/a.jsonl#{'9' * 5000}", "in/a.jsonl#0"], 1, "it holds 2 articles. They are counted from 0."),
        (["cluster"], 2, "Missing argument"),
        (["nothing"], 2, "No such command"),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_an_exit_code(
    folder: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], code: int, sentence: str
) -> None:
    monkeypatch.chdir(folder.parent)
    done = run(*(str(folder) if word == "IN" else word for word in words))
    assert done.exit_code == code
    assert sentence in done.output
    assert "Traceback" not in done.output


def test_a_window_as_long_as_the_calendar_is_no_limit(folder: Path) -> None:
    assert "1 cluster holds 2" in run("cluster", folder, "--window", 3_652_059).output


def test_a_named_path_that_may_not_be_read_is_skipped_as_in_a_folder(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "closed")
    shutil.copy(folder / "a.jsonl", tmp_path / "closed.jsonl")
    for closed in ("closed.jsonl", "closed"):
        (tmp_path / closed).chmod(0)
    named = ["closed.jsonl", "closed", "closed/a.jsonl", "closed/z.zip"]
    done = run_without_rights(["cluster", "in", *named, "-o", "report.json", "-q"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert report["corpus"]["articles"] == 2
    assert {(one["path"], one["reason"]) for one in report["skipped"]} == {
        ("closed.jsonl", "no permission to read it"),
        ("closed", "no permission to read this folder"),
        ("a.jsonl", "no permission to read this path"),
        ("z.zip", "no permission to read this path"),
    }


@pytest.mark.parametrize("named", ["closed/a.jsonl#0", "closed/z.zip/x#3", "closed", "closed/in/deeper.txt"])
def test_an_article_that_may_not_be_read_is_a_sentence(folder: Path, tmp_path: Path, named: str) -> None:
    (tmp_path / "closed").mkdir(0)
    done = run_without_rights(["compare", "in/a.jsonl#0", named], tmp_path)
    assert (done.returncode, "no permission to read" in done.stderr) == (1, True), done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_labels_that_may_not_be_read_are_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "labels.tsv").touch(0)
    done = run_without_rights(["evaluate", "pairs.jsonl", "labels.tsv"], tmp_path)
    assert (done.returncode, done.stderr) == (1, "dedup: labels.tsv: could not be read (Permission denied).\n")


def test_an_empty_folder_is_exit_code_1(tmp_path: Path) -> None:
    done = run("cluster", tmp_path)
    assert done.exit_code == 1
    assert "no article could be read" in done.output


def test_a_lexicon_of_ones_own_may_add_outlets_beside_agencies(folder: Path, tmp_path: Path) -> None:
    """It was saved by an editor that puts a byte order mark before everything."""
    lexicon = tmp_path / "own.toml"
    lexicon.write_text('[[outlet]]\nname = "جريدتنا"\nhosts = ["paper.example"]\n', "utf-8-sig")
    write(tmp_path / "in" / "b.jsonl", [{"body": story(2), "url": "https://m.paper.example/1"}])
    done = run("cluster", folder, "-o", tmp_path / "report.json", "--lexicon", lexicon, "-q")
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "report.json").read_text("utf-8"))["corpus"]["outlets"] == {
        "x": 1,
        "y": 1,
        "جريدتنا": 1,
    }


@pytest.mark.skipif(not Path("/dev/fd").exists(), reason="needs pipes with names")
@pytest.mark.parametrize("more", [[], ["--keep-furniture"]])
def test_a_lexicon_out_of_a_pipe_is_that_of_the_file(folder: Path, tmp_path: Path, more: list[str]) -> None:
    content = '[[outlet]]\nname = "جريدتنا"\nhosts = ["paper.example"]\n'
    lexicon = tmp_path / "own.toml"
    lexicon.write_text(content, "utf-8")
    write(tmp_path / "in" / "b.jsonl", [{"body": story(2), "url": "https://m.paper.example/1"}])
    reader, writer = os.pipe()
    os.write(writer, content.encode())
    os.close(writer)
    given = [lexicon, f"/dev/fd/{reader}"]
    done = [run("cluster", folder, "-o", "-", "-q", "--lexicon", one, *more) for one in given]
    os.close(reader)
    assert [one.exit_code for one in done] == [0, 0], done[1].output
    assert done[0].stdout == done[1].stdout
    assert "جريدتنا" in done[1].stdout


@pytest.mark.slow
def test_the_first_use_compiles_says_so_once_and_leaves_a_full_cache(tmp_path: Path, folder: Path) -> None:
    package = Path(__file__).resolve().parents[1] / "dedup"
    shutil.copytree(package, tmp_path / "dedup", ignore=shutil.ignore_patterns("__pycache__"))
    line = [sys.executable, "-m", "dedup", "cluster", str(folder), "-o", str(tmp_path / "report.json")]
    said = [subprocess.run(line, cwd=tmp_path, capture_output=True, text=True, check=True).stderr for _ in range(2)]
    assert said == ["dedup: compiling kernels, once (some seconds)...\n", ""]
    (path,) = (tmp_path / "dedup" / "kernels" / "__pycache__").glob("*.bin")
    assert set(machine_code._read(path)) == set(modules())


def test_the_modules_that_take_longest_are_kernel_modules() -> None:
    assert set(HEAVIEST) < set(modules())
    assert len(set(modules())) == len(modules())


def test_a_changed_part_of_a_kernel_asks_for_other_machine_code(tmp_path: Path) -> None:
    package = Path(__file__).resolve().parents[1] / "dedup"
    shutil.copytree(package, tmp_path / "dedup", ignore=shutil.ignore_patterns("__pycache__"))
    line = [sys.executable, "-c", "from dedup.kernels import machine_code; print(machine_code._file_name())"]

    def wanted() -> str:
        return subprocess.run(line, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    before = wanted()
    assert wanted() == before
    with (tmp_path / "dedup" / "kernels" / "parts.py").open("a") as part:
        part.write("\n# changed\n")
    assert wanted() != before
