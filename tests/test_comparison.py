"""Two articles beside each other: what is said of them is true, and it can be read on any terminal."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import dedup
from dedup.cli import main
from dedup.model import Comparison
from dedup.pipeline import compare, compare_files
from dedup.report.comparison import WIDE, columns_of, in_one_line, shown
from dedup.report.json_format import schema
from tests.test_pipeline import story, write

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
WIRE, BRIEF = SEEDS / "noor-alkhalij/2024-03-04-morocco-port.txt", SEEDS / "afaq/2024-03-05-port-brief.txt"
INVISIBLE = "\u200e\u2068\u2069"


@pytest.fixture(scope="module")
def seeds() -> Comparison:
    return compare_files(str(WIRE), str(BRIEF))


def test_equal_texts_are_a_copy_whatever_their_length() -> None:
    for text in ("أعلنت الوزارة", story(1), ""):
        pair = dedup.compare(text, text).pair
        assert (pair.relation, pair.probability, pair.jaccard) == ("copy", 1, 1)


def test_a_lone_surrogate_is_a_replacement_character() -> None:
    compared = dedup.compare(f"\ud800 {story(1)}", story(1))
    assert compared.a.text == f"\ufffd {story(1)}"
    assert "copy" in shown(dedup.compare("\ud800", "\ufffd"), 80, colours=False)


def test_a_file_name_that_is_no_utf8_is_shown(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    for path in (name, str(tmp_path / "b.txt")):
        Path(path).write_text(story(1), "utf-8")
    compared = compare_files(name, str(tmp_path / "b.txt"))
    assert (compared.pair.relation, compared.a.name) == ("copy", f"{tmp_path}/\\xff.txt")
    assert CliRunner().invoke(main, ["compare", name, name]).exit_code == 0


def test_a_file_name_cannot_steer_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31m\nb.txt"
    path.write_text(story(1), "utf-8")
    line = next(line for line in shown(compare_files(str(path), str(path)), 80, False).splitlines() if "words" in line)
    assert line.startswith(f"a  {tmp_path}/a[31m b.txt: 60 words")


def test_the_one_line_says_which_text_is_too_short() -> None:
    long = "كلمة " * 12
    assert in_one_line(compare("قصير", long)).endswith("; a is too short to be compared")
    assert in_one_line(compare(long, "قصير")).endswith("; b is too short to be compared")
    assert "too short" not in in_one_line(compare(long, long))


def test_strangers_have_nothing_in_common() -> None:
    compared = dedup.compare(story(1), story(2))
    assert (compared.pair.relation, compared.pair.passages) == ("unrelated", ())
    assert "no passage in common" in shown(compared, 80, colours=False)


def test_texts_without_a_common_story_may_share_a_passage_and_the_first_line_says_so() -> None:
    one = f"{story(1)} {story(3)}"
    compared = dedup.compare(one, " ".join([story(2), story(4), *one.split()[-20:]]))
    assert (compared.pair.relation, len(compared.pair.passages or ())) == ("unrelated", 1)
    first = "unrelated: no common story found{} (probability"
    assert shown(compared, 80, colours=False).startswith(first.format(", but a passage in common"))
    formulas = tuple(replace(passage, formula=True) for passage in compared.pair.passages or ())
    for passages, words in ((formulas, ", but a formula in common"), ((), ""), (None, "")):
        other = replace(compared, pair=replace(compared.pair, passages=passages))
        assert shown(other, 80, colours=False).startswith(first.format(words))


def test_a_pair_has_the_figures_it_has_in_a_run(tmp_path: Path) -> None:
    texts = [story(1), " ".join([*story(1).split()[:40], *story(2).split()[:20]])]
    pair = dedup.compare(texts[0], texts[1]).pair
    path = write(tmp_path / "a.jsonl", [{"text": text} for text in texts])
    (listed,) = dedup.cluster([path]).pairs()
    for name in ("jaccard", "containment_a", "containment_b", "shared", "probability", "relation", "passages"):
        assert getattr(pair, name) == getattr(listed, name)


DISPATCH = (
    "أعلن مصنع الأسمدة في المدينة الساحلية أن إنتاجه بلغ {} طنا خلال الشهر الماضي، وأنه صدّر منها {} طنا إلى أربع دول "
    "في شرق آسيا، فيما بلغ عدد العاملين فيه {} عاملا بعد افتتاح خط الإنتاج الثالث على شاطئ الخليج."
)
REWRITE = (
    "قال مدير مصنع الأسمدة إن خط الإنتاج الثالث رفع عدد العمال إلى {2} عاملا، وإن {0} طنا خرجت من المصنع في شهر واحد، "
    "ذهب منها {1} طنا إلى أسواق شرق آسيا عبر ميناء المدينة الساحلية على شاطئ الخليج."
)
FIGURES = ("15,820", "9,310", "1,245")


@pytest.mark.parametrize(("thousands", "other"), [(",", ""), (".", ""), (".", ","), (" ", ""), ("٬", ",")])
def test_a_rewrite_is_judged_alike_however_thousands_are_set_apart(thousands: str, other: str) -> None:
    ours, theirs = ([figure.replace(",", sign) for figure in FIGURES] for sign in (thousands, other))
    as_wanted = dedup.compare(DISPATCH.format(*FIGURES), REWRITE.format(*FIGURES)).pair
    found = dedup.compare(DISPATCH.format(*ours), REWRITE.format(*theirs)).pair
    assert found.features == as_wanted.features
    assert found.same_story


def test_passages_stand_where_they_are_said_to(seeds: Comparison) -> None:
    assert seeds.pair.relation in ("excerpt", "expansion", "rewrite")
    assert seeds.pair.passages
    assert seeds.a.text == WIRE.read_text("utf-8")
    for passage in seeds.pair.passages:
        for side, (start, end) in ((seeds.a, passage.a), (seeds.b, passage.b)):
            assert side.text[start:end] == side.text[start:end].strip()
    assert (seeds.a.credits, seeds.b.credits) == (("reuters",), ())


def test_the_sides_change_places(seeds: Comparison) -> None:
    turned = compare_files(str(BRIEF), str(WIRE))
    assert turned.pair.containment_a == seeds.pair.containment_b
    assert [(p.b, p.a) for p in turned.pair.passages or ()] == [(p.a, p.b) for p in seeds.pair.passages or ()]


@pytest.mark.parametrize("width", [1, 20, 33, 60, 80, 99, 100, 101, 160])
def test_no_line_is_wider_than_the_terminal_and_no_word_is_cut(seeds: Comparison, width: int) -> None:
    lines = shown(seeds, width, colours=False).splitlines()
    passage = lines[next(n for n, line in enumerate(lines) if line.startswith("passage")) :]
    longest = max(columns_of(word) for side in (seeds.a, seeds.b) for word in side.text.split())
    assert max(columns_of(line) for line in passage) <= max(width, 4 + longest, 45)
    printed = {word.strip(INVISIBLE) for line in passage for word in line.split()}
    start, end = (seeds.pair.passages or ())[0].a
    assert set(seeds.a.text[start:end].split()) <= printed


def test_in_two_columns_every_cell_is_closed_and_lines_begin_left(seeds: Comparison) -> None:
    lines = [line for line in shown(seeds, WIDE, colours=False).splitlines() if "\u2068" in line]
    assert len(lines) > 3
    for line in lines:
        assert line.startswith("\u200e\u2068")
        assert line.count("\u2068") == line.count("\u2069") == 2
        assert line.index("\u2069") < line.rindex("\u2068")


def test_in_one_column_there_is_nothing_but_text(seeds: Comparison) -> None:
    printed = shown(seeds, 80, colours=False)
    assert not {c for c in printed if unicodedata.category(c) == "Cc"} - {"\n"}
    assert "\u2068" not in printed


def test_what_one_side_lacks_is_underlined_where_colours_are_wanted() -> None:
    words = story(1).split()
    other = " ".join([*words[:30], "تعديل", *words[31:]])
    printed = shown(dedup.compare(story(1), other), 80, colours=True)
    assert printed.count("\x1b[4m") == printed.count("\x1b[24m") == 2
    assert "\x1b[4mتعديل\x1b[24m" in printed


def test_a_text_cannot_steer_the_terminal() -> None:
    evil = story(1) + " \x1b[31mأحمر\x1b[0m \u202eمقلوب\u202c " + story(1)
    printed = shown(dedup.compare(evil, evil), 120, colours=False)
    assert "\x1b" not in printed
    assert "\u202e" not in printed


def test_columns_are_counted_as_a_terminal_shows_them() -> None:
    assert columns_of("كتب") == 3
    assert columns_of("كَتَبَ") == 3
    assert columns_of("ك\u200dتب") == 3
    assert columns_of("新闻") == 4


# On the command line


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["compare", *(str(word) for word in words)])
    assert "Traceback" not in done.output
    return done.exit_code, done.output


def test_compare_shows_two_files_and_pipes_without_colours() -> None:
    words = [sys.executable, "-m", "dedup", "compare", str(WIRE), str(BRIEF)]
    done = subprocess.run(words, capture_output=True, check=True, env={**os.environ, "COLUMNS": "70"})
    printed = done.stdout.decode("utf-8")
    assert "credits reuters" in printed
    assert "passage 1 of" in printed
    assert "\x1b" not in printed


def test_json_is_the_comparison_with_the_texts_its_offsets_count_in(seeds: Comparison) -> None:
    code, said = run("--json", WIRE, BRIEF)
    data = json.loads(said)
    jsonschema.validate(data, {"$ref": "#/$defs/comparison", "$defs": schema()["$defs"]})
    assert code == 0
    assert (data["pair"]["relation"], data["pair"]["probability"]) == (seeds.pair.relation, seeds.pair.probability)
    assert data["pair"]["features"] == seeds.pair.features
    assert (data["pair"]["a"], data["pair"]["b"]) == (data["a"]["name"], data["b"]["name"]) == (str(WIRE), str(BRIEF))
    for told, passage in zip(data["pair"]["passages"], seeds.pair.passages or (), strict=True):
        for side, span in (("a", passage.a), ("b", passage.b)):
            assert data[side]["text"][slice(*told[side])] == getattr(seeds, side).text[slice(*span)] != ""
    assert run("--json", WIRE, BRIEF) == (code, said)


def test_quiet_is_one_line() -> None:
    assert run("-q", WIRE, BRIEF)[1].splitlines() == run(WIRE, BRIEF)[1].splitlines()[:1]


def test_json_and_quiet_together_are_wrong_usage() -> None:
    assert run("-q", "--json", WIRE, BRIEF)[0] == 2


def test_a_record_is_named_by_its_number_broken_ones_counted_or_by_its_id(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    lines = [{"id": "x7", "text": story(1)}, None, {"id": "x9", "text": story(2)}, {"id": "x#1", "text": story(1)}]
    path.write_text("".join((json.dumps(line) if line else "{broken") + "\n" for line in lines), "utf-8")
    assert run(f"{path}#0", f"{path}#3")[1].startswith("copy")
    assert run(f"{path}#x7", f"{path}#3")[1].startswith("copy")
    assert run(f"{path}#0", f"{path}#2")[1].startswith("unrelated")
    code, said = run(f"{path}#1", f"{path}#0")
    assert code == 1
    assert "record 1 could not be read" in said
    code, said = run(f"{path}#4", f"{path}#0")
    assert (code, "it has no record 4; it holds 3 articles" in said) == (1, True)
    code, said = run(path, f"{path}#0")
    assert (code, "Say which, counting from 0" in said) == (1, True)


def test_a_file_with_a_hash_in_its_name_is_that_file(tmp_path: Path) -> None:
    for name in ("a#1.txt", "b.txt"):
        (tmp_path / name).write_text(f"عنوان\n\n{story(1)}", "utf-8")
    assert run(tmp_path / "a#1.txt", tmp_path / "b.txt")[1].startswith("copy")


def test_what_is_missing_or_empty_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_text(story(1), "utf-8")
    assert run(tmp_path / "nothing.txt", tmp_path / "b.txt")[0] == 1
    code, said = run(tmp_path / "a.pdf", tmp_path / "b.txt")
    assert (code, "no article could be read" in said) == (1, True)


def test_texts_too_short_to_compare_are_no_story_unless_they_are_equal() -> None:
    """Two telegrams of one line have nothing that could tell them apart, and furniture alone is no text."""
    one, other = "عاجل\nاستقالة رئيس الوزراء البريطاني", "عاجل\nوفاة الرئيس الأمريكي الأسبق"
    for a, b in ((one, other), ("", "كلمة"), ("د.سامي المنصور", "د.خالد النجار")):
        pair = dedup.compare(a, b).pair
        assert (pair.relation, pair.same_story, pair.probability) == ("unrelated", False, 0)
