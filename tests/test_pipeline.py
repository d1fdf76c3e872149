"""The whole run: what is one story is together, what is not is apart, and nothing depends on order or workers."""

from __future__ import annotations

import hashlib
import json
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import dedup
from dedup.arabic.lexicon import load
from dedup.cli import main
from dedup.errors import NothingCredited, NothingReadable
from dedup.intake import read_corpus, sources_named
from dedup.near import near_copies
from dedup.pipeline import Result, cluster
from dedup.report.json_format import as_data, write_pairs, write_report
from dedup.settings import MIN_WORDS, Settings
from tests.sketched_texts import FORMULA, sentence

VOCABULARY = [
    a + b + c for a in ("وزير", "مدير", "سفير", "خبير") for b in ("ال", "في", "من", "عن") for c in "بتثجحخدذرز"
]


def story(number: int, length: int = 60) -> str:
    """A text of its own words: two different numbers share no shingle."""
    draw = random.Random(number)
    return " ".join(f"{draw.choice(VOCABULARY)}{number}" for _ in range(length))


def write(path: Path, records: list[dict[str, Any]]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records), "utf-8")
    return path


def groups(result: Result) -> list[list[str]]:
    return [[member.id for member in found.members] for found in result.report.clusters]


def test_copies_and_light_edits_are_one_cluster_and_other_stories_stay_out(tmp_path: Path) -> None:
    words = story(1).split()
    edited = " ".join([*words[:30], "تعديل", *words[31:]])
    texts = [story(1), story(1), edited, story(2), story(3)]
    path = write(tmp_path / "a.jsonl", [{"text": text, "source": f"o{n}"} for n, text in enumerate(texts)])
    result = cluster([path])
    assert groups(result) == [["a.jsonl#0", "a.jsonl#1", "a.jsonl#2"]]
    by_ids = {(pair.a[-1], pair.b[-1]): pair for pair in result.pairs()}
    assert by_ids["0", "1"].jaccard == 1
    light = by_ids["0", "2"]
    assert light.shared == 51
    assert light.jaccard == 51 / (light.shingles_a + light.shingles_b - 51)
    assert light.containment_a == 51 / light.shingles_a


def test_spelling_habits_do_not_hide_a_copy(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    text = "أكَّدَ وزيرُ الصحة أنّ المستشفى الجديد في إربد سيستقبل ١٢٠ مريضًا يوميًا اعتبارًا من الأحد المقبل، وفق بيان"
    plain = "اكد وزير الصحه ان المستشفي الجديد فى اربد سيستقبل 120 مريضا يوميا اعتبارا من الاحد المقبل, وفق بيان"
    (tmp_path / "a" / "x.txt").write_text("عنوان أول\n\n" + text, "utf-8")
    (tmp_path / "b" / "y.txt").write_text("عنوان آخر\n\n" + plain, "utf-8")
    result = cluster([tmp_path])
    assert groups(result) == [["a/x.txt", "b/y.txt"]]
    assert [pair.jaccard for pair in result.pairs()] == [1.0]
    assert result.report.clusters[0].outlets == ("a", "b")


def test_empty_and_short_texts_neither_crash_nor_merge(tmp_path: Path) -> None:
    short = "لم يصدر تعليق من الوزارة"
    records = [
        {"text": "", "title": "خبر"},
        {"text": "", "title": "خبر"},
        {"text": short, "title": "الوزارة لا تعلق"},
        {"text": short, "title": "عنوان مختلف"},
        {"text": short, "title": "الوزارة لا تعلّق"},
        {"text": short, "title": ""},
        {"text": short},
        {"text": story(1)},
    ]
    result = cluster([write(tmp_path / "a.jsonl", records)])
    assert groups(result) == [["a.jsonl#2", "a.jsonl#4"]]
    assert result.report.too_short == tuple(f"a.jsonl#{n}" for n in range(7))


def test_a_thousand_articles_of_a_few_words_are_only_listed(tmp_path: Path) -> None:
    records = [{"text": story(1, MIN_WORDS - 1), "title": f"عنوان {n}"} for n in range(1000)]
    result = cluster([write(tmp_path / "a.jsonl", records)])
    assert groups(result) == []
    assert len(result.report.too_short) == 1000


def test_five_thousand_copies_of_one_text_cost_lines_not_squares(tmp_path: Path) -> None:
    records = [{"text": story(1)}] * 5_000 + [{"text": story(1) + " ختام آخر مختلف"}] * 3
    result = cluster([write(tmp_path / "a.jsonl", records)])
    assert [len(found) for found in groups(result)] == [5_003]
    assert len(list(result.pairs())) < 30_000
    assert any("5000 articles have the same text" in notice.note for notice in result.report.notices)


def test_a_chain_of_overlaps_is_not_one_story(tmp_path: Path) -> None:
    words = " ".join(story(n, 40) for n in range(4)).split()
    texts = [" ".join(words[start : start + 90]) for start in (0, 45, 90)]
    result = cluster([write(tmp_path / "a.jsonl", [{"text": text} for text in texts])])
    same = [(pair.a[-1], pair.b[-1]) for pair in result.pairs() if pair.same_story]
    assert same == [("0", "1"), ("1", "2")]
    assert [len(found) for found in groups(result)] == [2]


def test_a_window_keeps_apart_what_was_published_far_apart(tmp_path: Path) -> None:
    dates = ["2024-03-01", "2024-03-02T23:00:00", "2024-03-09", None]
    path = write(tmp_path / "a.jsonl", [{"text": story(1), "published": date} for date in dates])
    result = cluster([path], Settings(window_days=2))
    listed = {(pair.a[-1], pair.b[-1]) for pair in result.pairs()}
    assert listed == {("0", "1"), ("0", "3"), ("1", "3"), ("2", "3")}
    assert any("no date of publication" in notice.note for notice in result.report.notices)


def test_a_day_without_a_time_is_the_day_of_a_night_in_a_zone(tmp_path: Path) -> None:
    """By UTC 01:00 in Riyadh is still the day before."""
    dates = ["2015-07-22T01:00:00+03:00", "2015-07-22", "2015-07-22 08:00:00"]
    records = [{"text": f"{story(1)} {n}", "published": date} for n, date in enumerate(dates)]
    result = cluster([write(tmp_path / "a.jsonl", records)], Settings(window_days=0))
    assert [len(found) for found in groups(result)] == [3]
    assert {pair.features and pair.features["days_apart"] for pair in result.pairs()} == {0}


def test_an_article_without_a_date_does_not_join_what_the_window_keeps_apart(tmp_path: Path) -> None:
    """Whether the three texts are equal or each has a word of its own."""
    for words in (("",) * 3, ("أولا", "ثانيا", "ثالثا")):
        records = [
            {"text": f"{story(1)} {word}", "published": date}
            for word, date in zip(words, ("2024-03-01", "2024-05-09", None), strict=True)
        ]
        result = cluster([write(tmp_path / "a.jsonl", records)], Settings(window_days=2))
        assert {(pair.a[-1], pair.b[-1]) for pair in result.pairs()} == {("0", "2"), ("1", "2")}
        assert [len(found) for found in groups(result)] == [2]


def corpus(folder: Path) -> list[Path]:
    draw = random.Random(7)
    texts = [story(n % 40, 80) for n in range(120)]
    for n in draw.sample(range(120), 60):
        words = texts[n].split()
        words[draw.randrange(80)] = "غيرها"
        texts[n] = " ".join(words)
    paths = []
    for part in range(6):
        records = [{"text": texts[n], "source": f"o{n % 7}"} for n in range(part, 120, 6)]
        paths.append(write(folder / f"{part}.jsonl", records))
    return paths


def test_same_bytes_whatever_the_order_of_files_the_workers_and_the_run(tmp_path: Path) -> None:
    paths = corpus(tmp_path / "in")
    seen = set()
    for n, (order, workers) in enumerate(
        [(paths, 1), (paths[::-1], 2), ([tmp_path / "in"], 2), (paths[3:] + paths[:3], 3)]
    ):
        result = cluster(order, Settings(workers=workers))
        write_report(result.report, tmp_path / f"{n}.json")
        write_pairs(result.pairs(), tmp_path / f"{n}.jsonl")
        seen.add(((tmp_path / f"{n}.json").read_bytes(), (tmp_path / f"{n}.jsonl").read_bytes()))
    assert len(seen) == 1


def test_pairs_written_while_stories_are_told_are_those_of_the_result(tmp_path: Path) -> None:
    corpus(tmp_path / "in")
    result = cluster([tmp_path / "in"], on_pairs=lambda listed: write_pairs(listed, tmp_path / "meanwhile.jsonl"))
    write_pairs(result.pairs(), tmp_path / "after.jsonl")
    written = (tmp_path / "meanwhile.jsonl").read_bytes()
    assert written.count(b"\n") > 50
    assert written == (tmp_path / "after.jsonl").read_bytes()


def test_a_higher_jaccard_lists_a_subset_with_the_same_figures(tmp_path: Path) -> None:
    corpus(tmp_path / "in")
    low = {(p.a, p.b): p for p in cluster([tmp_path / "in"], Settings(jaccard=0.5)).pairs()}
    high = {(p.a, p.b): p for p in cluster([tmp_path / "in"], Settings(jaccard=0.9)).pairs()}
    assert {key for key, pair in low.items() if pair.jaccard >= 0.9} <= high.keys() <= low.keys()
    assert all(pair == low[key] for key, pair in high.items())


def test_the_report_says_what_it_was_made_with_and_holds_texts_only_when_asked(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", [{"text": story(1)}, {"text": story(1)}])
    data = as_data(cluster([path], Settings(texts="full")).report)
    assert data["texts"] == {"a.jsonl#0": story(1), "a.jsonl#1": story(1)}
    assert data["settings"]["bands"], data["settings"]["rows"] == (42, 3)
    assert "workers" not in data["settings"]
    assert "texts" not in as_data(cluster([path]).report)


def test_the_fingerprint_changes_with_what_shapes_a_sketch_only() -> None:
    plain = Settings()
    assert replace(plain, jaccard=0.8, workers=3).fingerprint() == plain.fingerprint()


def test_nothing_readable_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingReadable, match="no article could be read"):
        cluster([tmp_path / "empty"])


def test_five_scraped_pages_on_kindred_subjects_are_five_stories(shared: Path) -> None:
    result = cluster([shared / "seeds"])
    assert groups(result) == []
    assert not any(pair.same_story for pair in result.pairs())
    assert result.report.corpus["segments"] == 1


def test_the_seeds_fall_into_their_eight_wire_stories() -> None:
    root = Path(__file__).resolve().parents[1]
    lines = (root / "benchmarks" / "labels" / "stories-groups.tsv").read_text("utf-8").splitlines()[1:]
    story_of = dict(line.split("\t")[:2] for line in lines)
    found = groups(cluster([root / "seeds"]))
    told = [[story_of[name] for name in group if name in story_of] for group in found]
    whole = [group for group in told if group]
    assert len(whole) == len(set(story_of.values())) == 8
    assert all(len(set(group)) == 1 for group in whole)
    assert sum(map(len, whole)) == len(story_of)


@pytest.mark.parametrize("kind", [str, Path])
def test_one_path_by_itself_is_one_path(tmp_path: Path, kind: type[str] | type[Path]) -> None:
    write(tmp_path / "a.jsonl", [{"text": story(1)}, {"text": story(1)}])
    one = kind(tmp_path)
    assert groups(cluster(one)) == groups(cluster([one])) == [["a.jsonl#0", "a.jsonl#1"]]
    assert len(near_copies(one)[1]) == 1


def test_the_package_shows_the_names_it_has() -> None:
    assert {"cluster", "compare", "Comparison", "Result", "Settings"} <= set(dir(dedup))
    assert all(hasattr(dedup, name) for name in dedup.__all__)


def test_one_article_and_articles_without_title_or_outlet_are_a_corpus_too(tmp_path: Path) -> None:
    result = cluster([write(tmp_path / "a.jsonl", [{"text": story(1)}])], Settings(workers=1))
    assert (groups(result), result.report.corpus["articles"]) == ([], 1)
    nothing = cluster([write(tmp_path / "b.jsonl", [{"text": ""}, {"text": " "}])], Settings(workers=1))
    assert len(nothing.report.too_short) == 2


def test_a_corpus_can_be_restricted_to_those_who_credit_an_agency(tmp_path: Path) -> None:
    records = [
        {"text": f"الرياض (رويترز) - {story(1)}", "title": "أ"},
        {"text": f"الرياض (رويترز) - {story(1)}", "title": "ب"},
        {"text": story(1), "title": "ج"},
    ]
    path = write(tmp_path / "a.jsonl", records)
    assert groups(cluster([path])) == [["a.jsonl#0", "a.jsonl#1", "a.jsonl#2"]]
    assert groups(cluster([path], Settings(credited_to=("reuters",)))) == [["a.jsonl#0", "a.jsonl#1"]]
    assert groups(cluster([path], Settings(exclude_credited_to=("reuters",)))) == []
    with pytest.raises(NothingCredited, match="The sources credited are: reuters"):
        cluster([path], Settings(credited_to=("afp",)))


@pytest.mark.parametrize("name", ["reuters", "Reuters", "REUTERS", "رويترز", "رُويتَرز", "روتيرز"])
def test_an_agency_is_asked_for_by_any_name_and_the_report_has_its_id(tmp_path: Path, name: str) -> None:
    records = [
        {"text": f"الرياض ({agency}) - {story(n)}", "outlet": "x"} for n, agency in enumerate(("رويترز", "د ب أ"))
    ]
    path = write(tmp_path / "a.jsonl", records)
    for settings, option in (
        (Settings(credited_to=(name, "reuters")), "credited_to"),
        (Settings(exclude_credited_to=(name,)), "exclude_credited_to"),
    ):
        report = cluster([path], settings).report
        assert report.corpus["articles"] == 1
        assert (report.settings[option], report.notices) == (("reuters",), ())


def test_a_source_is_known_by_its_id_its_names_and_as_it_is_credited() -> None:
    agencies = load().agencies

    def ids(name: str, *credited: str) -> tuple[str, ...]:
        return sources_named([name], agencies, frozenset(credited))

    assert [ids(name) for name in ("Agence France-Presse", "وكالة الصحافة الفرنسية", "أ.ف.ب", "Afp")] == [("afp",)] * 4
    assert ids("واس") == ids("Saudi press agency") == ("spa",)
    assert ids("وكالة رويترز") == ids("رويترز") == ("reuters",)
    assert ids("الوطن", "alwatan-sa") == ("alwatan-sa",)
    assert len(ids("الوطن")) > 3
    assert ids("صحيفه المدي", "صحيفة المدي") == ("صحيفة المدي",)
    assert ids("nobody") == ("nobody",)
    spellings = ("مرسى الآن", "مرسى الان")
    assert ids("مرسى الآن", *spellings) == ids("مرسي الان", *spellings) == tuple(sorted(spellings))
    assert set(ids("الوطن", "الوطن", "alwatan-sa")) == {"الوطن", "alwatan-sa"}


def _crediting(*names: str) -> list[dict[str, str]]:
    return [
        {"text": f"{story(n)} وقال المدير في حوار مع صحيفة «{name}» إن العمل بدأ.", "source": "x"}
        for n, name in enumerate(names)
    ]


def test_a_source_in_no_lexicon_has_one_spelling_the_commonest(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", _crediting("مرسى الآن", "مرسى الان", "مرسى الان", "رصيف إكس", "رصيف اكس"))
    corpus = read_corpus([path], Settings())
    names = [credit.name for one in corpus.annotations.values() for credit in one.credits]
    assert names == ["مرسى الان"] * 3 + ["رصيف إكس"] * 2
    texts = corpus.articles["text"].to_pylist()
    spans = [texts[row][one.credits[0].start : one.credits[0].end] for row, one in corpus.annotations.items()]
    assert spans == ["مرسى الآن", "مرسى الان", "مرسى الان", "رصيف إكس", "رصيف اكس"]


@pytest.mark.parametrize("name", ["مرسى الآن", "مرسى الان", "صحيفة مرسي الآن"])
def test_a_source_in_no_lexicon_is_found_in_every_spelling(name: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", _crediting("مرسى الآن", "مرسى الان", "رصيف إكس"))
    assert cluster([path], Settings(credited_to=(name,))).report.corpus["articles"] == 2
    assert cluster([path], Settings(exclude_credited_to=(name,))).report.corpus["articles"] == 1


def test_an_outlet_of_ones_own_lexicon_is_known_as_its_own_agency(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        '[[outlet]]\nname = "المرسى"\nhosts = ["marsa.example"]\n'
        '[[agency]]\nid = "marsa"\nkind = "outlet"\nname = "صحيفة مرسى الشمال"\nnames = ["صحيفة مرسى الشمال"]\n'
        'sites = ["marsa.example"]\n',
        "utf-8",
    )
    text = f"{story(1, 60)}\nالمصدر: صحيفة مرسى الشمال"
    records = [{"text": text, "url": f"https://www.{host}/1"} for host in ("marsa.example", "other.example")]
    path = write(tmp_path / "in" / "a.jsonl", records)
    (found,) = cluster([path], Settings(lexicon=str(own))).report.clusters
    (own_credits,) = (member.credits for member in found.members if member.outlet == "المرسى")
    assert "marsa" not in own_credits
    assert (found.origin.kind, found.origin.id) == ("outlet", "المرسى")


def test_a_source_asked_for_that_nobody_credits_is_noted(tmp_path: Path) -> None:
    records = [{"text": f"الرياض (رويترز) - {story(1)}", "title": "أ"}, {"text": story(1), "title": "ب"}]
    path = write(tmp_path / "a.jsonl", [{**record, "source": "x"} for record in records])
    for settings, option in (
        (Settings(credited_to=("reuters", "reutres")), "--credited-to"),
        (Settings(exclude_credited_to=("reuters", "reutres")), "--exclude-credited-to"),
    ):
        report = cluster([path], settings).report
        assert report.corpus["articles"] == 1
        assert [notice.note for notice in report.notices] == [f"no article credits 'reutres', asked for by {option}"]


def test_furniture_takes_no_part_unless_it_is_kept(tmp_path: Path) -> None:
    menu = "\n".join(["شاهد أيضا: " + story(50 + n, 8) for n in range(6)])
    path = write(tmp_path / "a.jsonl", [{"text": f"{story(n, 40)}\n{menu}"} for n in (1, 2)])
    assert not any(pair.jaccard for pair in cluster([path]).pairs())
    kept = [pair.jaccard for pair in cluster([path], Settings(keep_furniture=True, jaccard=0.2)).pairs()]
    assert kept
    assert kept[0] > 0.2


@pytest.mark.parametrize(("without", "noted"), [(1, False), (2, False), (3, True), (4, True)])
def test_it_is_said_when_most_articles_have_no_outlet(tmp_path: Path, without: int, noted: bool) -> None:
    for n in range(4):
        write(tmp_path / ("" if n < without else f"outlet-{n}") / f"{n}.jsonl", [{"text": story(n)}])
    report = cluster([tmp_path]).report
    assert [notice.note.partition(", so")[0] for notice in report.notices] == (
        [f"{without} of 4 articles have no outlet"] if noted else []
    )
    assert all(notice.note.endswith("or name the field with --outlet-field") for notice in report.notices)
    assert report.corpus["notices"] == noted


def test_titles_take_no_part_even_where_furniture_is_kept(tmp_path: Path) -> None:
    for n in (1, 2):
        (tmp_path / f"{n}.txt").write_text(f"عنوان {story(10 + n, 6)}\n\n{story(1)}", "utf-8")
    (pair,) = cluster([tmp_path], Settings(keep_furniture=True)).pairs()
    assert pair.jaccard == 1
    for command in ("cluster", "compare"):
        assert "all of each text but its title" in " ".join(CliRunner().invoke(main, [command, "-h"]).output.split())


def test_near_copies_are_the_pairs_from_jaccard_on(tmp_path: Path) -> None:
    corpus(tmp_path / "in")
    settings = Settings(keep_furniture=True)
    read, near = near_copies([tmp_path / "in"], settings)
    ids = read.articles["id"].to_pylist()
    told = {(ids[a], ids[b]): j for a, b, j in zip(near.a, near.b, near.jaccard().tolist(), strict=True)}
    listed = cluster([tmp_path / "in"], settings).pairs()
    assert told == {(pair.a, pair.b): pair.jaccard for pair in listed if pair.jaccard >= 0.5}


def test_a_second_story_glued_under_the_first_is_an_article_of_its_own(shared: Path, tmp_path: Path) -> None:
    page = (shared / "seeds" / "004_b667a227aae9b741.txt").read_text("utf-8")
    second = page[page.index("نددت كوريا الشمالية -اليوم") :]
    (tmp_path / "page.txt").write_text(page, "utf-8")
    (tmp_path / "other.txt").write_text("كوريا الشمالية تندد\n" + second, "utf-8")
    result = cluster([tmp_path])
    assert groups(result) == [["other.txt", "page.txt/2"]]
    segment = result.report.clusters[0].members[1].segment
    assert segment is not None
    assert segment["of"] == "page.txt"
    assert page[int(str(segment["start"])) : int(str(segment["end"]))].endswith(second.strip())


def prints(number: int, count: int) -> list[dict[str, Any]]:
    """One text printed by many, each with a word or two of its own."""
    draw = random.Random(number)
    texts = []
    for n in range(count):
        words = story(number, 200).split()
        words[draw.randrange(200)] = f"خاص{n}"
        texts.append({"text": " ".join(words)})
    return texts


@pytest.mark.parametrize("page", ["{text} هاتف {number}", "الخبر رقم {number} {text}", "{text} شوهد {number} مرة"])
@pytest.mark.parametrize("count", [3, 11, 40])
def test_a_number_of_the_page_does_not_make_a_formula_of_a_story_that_many_print(
    tmp_path: Path, page: str, count: int
) -> None:
    """Each outlet's page has another; that its wording is in eleven places says nothing against the story."""
    pages = [page.format(text=story(1, 120), number=4821 + 37 * n) for n in range(count)]
    records = [{"text": text, "outlet": f"outlet{n}", "published": "2024-03-02"} for n, text in enumerate(pages)]
    others = [{"text": story(2 + n, 120), "outlet": "outlet0"} for n in range(20)]
    result = cluster([write(tmp_path / "a.jsonl", records + others)])
    assert [len(found) for found in groups(result)] == [count]


@pytest.mark.parametrize("jaccard", [0.5, 0.8, 0.9, 1.0])
def test_the_jaccard_asked_for_lists_pairs_and_leaves_clusters_as_they_are(tmp_path: Path, jaccard: float) -> None:
    result = cluster([write(tmp_path / "a.jsonl", prints(1, 40))], Settings(jaccard=jaccard))
    assert [len(found) for found in groups(result)] == [40]


@pytest.mark.parametrize("threshold", [0.0, 0.5, 0.9995, 1.0])
def test_copies_are_together_at_any_threshold(tmp_path: Path, threshold: float) -> None:
    records = [{"text": story(1)}, {"text": story(1)}, {"text": story(2)}]
    result = cluster([write(tmp_path / "a.jsonl", records)], Settings(threshold=threshold))
    assert ["a.jsonl#0", "a.jsonl#1"] in groups(result)


def test_a_window_keeps_a_thousand_prints_of_one_day_together(tmp_path: Path) -> None:
    records = [{"text": story(1), "published": "2024-03-01"}] * 1_100 + [
        {"text": story(1), "published": "2024-04-01"}
    ] * 2
    result = cluster([write(tmp_path / "a.jsonl", records)], Settings(window_days=3))
    assert sorted(len(found) for found in groups(result)) == [2, 1_100]


def test_a_segment_names_its_host_whatever_the_corpus_is_restricted_to() -> None:
    seeds = Path(__file__).resolve().parents[1] / "seeds"
    sources = cluster([seeds]).report.corpus["credits"]
    assert isinstance(sources, dict)
    for source in sources:
        for settings in (Settings(credited_to=(source,)), Settings(exclude_credited_to=(source,))):
            members = [member for found in cluster([seeds], settings).report.clusters for member in found.members]
            assert all(m.id.startswith(f"{m.segment['of']}/") for m in members if m.segment is not None)


def test_what_is_written_from_one_mould_is_reported_as_a_family(tmp_path: Path) -> None:
    """Fifteen telegrams share a formula, and five of them each time a phrase besides; two articles share nothing."""
    telegrams = [f"{sentence(n, 25)} {FORMULA} {FORMULA} {sentence(50 + n // 5, 5)}" for n in range(15)]
    texts = telegrams + [sentence(n, 60) for n in (201, 202)]
    records = [{"text": text, "outlet": f"o{n % 4}", "date": f"2024-03-{n + 1:02}"} for n, text in enumerate(texts)]
    report = as_data(cluster([write(tmp_path / "in.jsonl", records)]).report)
    assert [family["members"] for family in report["families"]] == [
        [f"in.jsonl#{n}" for n in range(start, start + 5)] for start in (0, 5, 10)
    ]
    family = report["families"][1]
    assert (family["size"], family["stories"], report["corpus"]["families"]) == (5, 5, 3)
    assert (family["first_day"], family["last_day"]) == ("2024-03-06", "2024-03-10")
    assert family["outlets"] == ["o0", "o1", "o2", "o3"]
    text = telegrams[int(family["centre"].partition("#")[2])]
    assert text[family["start"] : family["end"]] == family["phrase"]
    assert family["phrase"] == f"{FORMULA} {FORMULA} {sentence(51, 5)}"


def test_the_first_line_of_a_text_file_is_never_part_of_the_story(tmp_path: Path) -> None:
    """The title stays out, so its words are nobody's passage, though the other text has them too."""
    title = sentence(1, 12)
    text = f"{title}\n{sentence(2, 24)}"
    write(tmp_path / "in" / "a" / "a.jsonl", [{"text": text}])
    (tmp_path / "in" / "z").mkdir()
    (tmp_path / "in" / "z" / "a.txt").write_text(text, "utf-8")
    for order in ("az", "za"):
        (tmp_path / "in" / order[0]).rename(tmp_path / "in" / f"1{order}")
        (tmp_path / "in" / order[1]).rename(tmp_path / "in" / f"2{order}")
        result = cluster([tmp_path / "in"])
        assert result.report.corpus["articles"] == 2
        (pair,) = result.pairs()
        assert [(p.a[0], p.b[0]) for p in pair.passages or ()] == [(len(title) + 1, len(title) + 1)]
        (tmp_path / "in" / f"1{order}").rename(tmp_path / "in" / order[0])
        (tmp_path / "in" / f"2{order}").rename(tmp_path / "in" / order[1])


def test_a_story_told_again_outside_the_window_has_its_own_shared_text(tmp_path: Path) -> None:
    """Two texts of one story in January, the same two in March: two clusters, each with all of its passages."""
    long, cut = sentence(1, 120), " ".join([*sentence(1, 120).split()[:90], *sentence(2, 20).split()])
    records = [
        {"text": text, "outlet": outlet, "date": day}
        for day, outlets in (("2024-01-01", "AB"), ("2024-03-01", "CD"))
        for text, outlet in zip((long, cut), outlets, strict=True)
    ]
    report = cluster([write(tmp_path / "in.jsonl", records)], Settings(window_days=3)).report
    assert [found.outlets for found in report.clusters] == [("A", "B"), ("C", "D")]
    assert [[member.shared_share for member in found.members] for found in report.clusters] == [[0.75, 0.8182]] * 2
    assert all(len(found.passages) == 1 for found in report.clusters)


@pytest.mark.parametrize("keep_furniture", [False, True])
def test_a_report_names_the_lexicon_that_was_read_though_it_is_gone(tmp_path: Path, keep_furniture: bool) -> None:
    records = [{"text": story(1), "url": f"https://{name}.example/1"} for name in ("one", "other")]
    lexicon = tmp_path / "own.toml"
    lexicon.write_text('[[outlet]]\nname = "جريدتنا"\nhosts = ["one.example"]\n', "utf-8")
    read = hashlib.sha256(lexicon.read_bytes()).hexdigest()[:16]
    settings = Settings(lexicon=str(lexicon), keep_furniture=keep_furniture)
    result = cluster([write(tmp_path / "a.jsonl", records)], settings)
    lexicon.unlink()
    assert result.report.settings["lexicon"] == read
    assert result.report.corpus["outlets"] == {"other.example": 1, "جريدتنا": 1}


def test_a_report_without_a_lexicon_of_ones_own_names_none(tmp_path: Path) -> None:
    assert cluster([write(tmp_path / "a.jsonl", [{"text": story(1)}])]).report.settings["lexicon"] is None
