"""The report: what it says of a cluster, in which bytes, and that a failure costs nothing written before."""

from __future__ import annotations

import copy
import dataclasses
import json
import math
import os
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jsonschema
import numpy as np
import orjson
import pyarrow as pa
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from dedup import pipeline
from dedup.arabic.annotation import Annotation
from dedup.corpus.schema import SCHEMA
from dedup.errors import OutputFailed
from dedup.intake import Corpus, Host
from dedup.match.compare import Pairs
from dedup.match.features import SENTENCES
from dedup.match.rarity import Phrases
from dedup.match.verdicts import Verdicts
from dedup.model import RELATIONS, Credit, Mark, Notice, Origin, OutletSource, Report, Skipped
from dedup.report import json_format
from dedup.report.aside import replacing
from dedup.report.build import build
from dedup.report.found import Found, Stories, described, texts_told
from dedup.report.json_columns import strings
from dedup.report.json_format import as_data, schema, write_pairs, write_report
from dedup.report.passages import rounded
from dedup.report.summary import summary
from dedup.settings import Settings
from dedup.sketch.minhash import joined
from dedup.sketch.shingles import Shingles

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
STORY = "أعلنت وزارة الصحة اليوم أن حملة التطعيم ضد الحصبة بلغت مئة ألف طفل في المحافظات الشمالية خلال أسبوع واحد"


def article(name: str, **fields: object) -> dict[str, object]:
    blank = {column.name: None for column in SCHEMA}
    return {**blank, "id": name, "path": name, "text": f"نص {name}", "body_start": 0, **fields}


def found(
    articles: Sequence[dict[str, object]],
    clusters: list[list[int]],
    pairs: dict[tuple[int, int], int],
    words: Sequence[int] | None = None,
    unlike: Mapping[tuple[int, int], str] = MappingProxyType({}),
) -> Found:
    """A run by hand; ``pairs`` holds the shingles in common of articles that have ten each.

    Every pair is a rewrite, but for those whose relation is told in ``unlike``.
    """
    a, b = np.array(sorted(pairs), np.int64).reshape(-1, 2).T
    shared = np.array([pairs[pair] for pair in sorted(pairs)], np.int64)
    ten = np.full(len(pairs), 10, np.int64)
    corpus = Corpus(
        pa.Table.from_pylist(list(articles), schema=SCHEMA),
        dataclasses.replace(
            joined([]),
            words=np.array(words or [100] * len(articles), np.int32),
            shingles=Shingles.of_batch(np.zeros(0, np.uint64), 10 * np.arange(len(articles) + 1, dtype=np.int64)),
            content=np.arange(len(articles), dtype=np.uint64),
        ),
        annotations={},
        segments={},
        skipped=[],
        notices=[],
    )
    verdicts = Verdicts(
        Pairs(a, b, shared, ten, ten),
        np.full(len(pairs), 0.9),
        np.array([RELATIONS.index(unlike.get(pair, "rewrite")) for pair in sorted(pairs)], np.int8),
        np.full(len(pairs), 0.75),
        np.zeros(len(pairs), np.int64),
        np.full((len(pairs), len(SENTENCES)), 0.5),
    )
    return told_of(corpus, verdicts, Stories(clusters, {}))


NOTHING_FREQUENT = Phrases(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))


def told_of(corpus: Corpus, verdicts: Verdicts, stories: Stories) -> Found:
    groups = [np.array(rows, np.int64) for rows in stories.clusters]
    texts = texts_told(corpus, verdicts, groups, NOTHING_FREQUENT, False, map)
    return described(corpus, verdicts, stories, [], [], texts, map)


def three() -> Found:
    """A cluster of three of which the second is the middle, an article alone, and one that is too short."""
    articles = [
        article("a/1.txt", title="عنوان «أول»", outlet="الخليج"),
        article("b/2.txt", outlet="afaq", url="https://example.org/2"),
        article("b/3.txt", outlet="afaq", byline="واس"),
        article("c/4.txt"),
        article("c/5.txt"),
    ]
    made = found(articles, [[0, 1, 2]], {(0, 1): 9, (1, 2): 8, (0, 2): 6}, [100, 90, 80, 70, 5])
    skipped = [Skipped("z.json", 3, "the record is cut off"), Skipped("z.json", None, "the file is cut off")]
    return with_corpus(made, skipped=skipped, notices=[Notice("a/1.txt", None, "read as windows-1256")])


def with_corpus(run: Found, **changed: Any) -> Found:
    corpus = dataclasses.replace(run.corpus, **changed)
    return dataclasses.replace(told_of(corpus, run.verdicts, run.stories), notices=run.notices)


def report_of(run: Found, **settings: Any) -> Report:
    return build(run, Settings(**settings))


def cluster_of(run: Found) -> dict[str, Any]:
    (cluster,) = as_data(report_of(run))["clusters"]
    return dict(cluster)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Result:
    """A whole run over files: two copies, one broken file, one that is too short."""
    folder = tmp_path_factory.mktemp("news")
    record = {"id": "x1", "text": STORY, "title": "حملة", "source": "أفق", "date": "2024-03-05 10:30:00"}
    (folder / "one.jsonl").write_text(json.dumps(record, ensure_ascii=False) + "\n{broken\n", "utf-8")
    (folder / "two.txt").write_text(f"الحصبة\n{STORY}", "utf-8")
    (folder / "three.txt").write_text("خبر\nقصير", "utf-8")
    return pipeline.cluster([folder], Settings(texts="full"))


# What is said of a cluster


def test_the_medoid_resembles_the_others_most() -> None:
    assert cluster_of(three())["medoid"] == "b/2.txt"


def test_of_equally_central_members_the_first_is_the_medoid() -> None:
    run = found([article(name) for name in "abc"], [[0, 1, 2]], {(0, 1): 9, (0, 2): 9, (1, 2): 9})
    assert cluster_of(run)["medoid"] == "a"


def test_matches_with_other_clusters_do_not_make_a_medoid() -> None:
    pairs = {(0, 1): 9, (1, 2): 8, (0, 2): 6, (0, 3): 10, (0, 4): 10, (3, 4): 9}
    run = found([article(name) for name in "abcde"], [[0, 1, 2], [3, 4]], pairs)
    assert [cluster.medoid for cluster in report_of(run).clusters] == ["b", "d"]


def test_the_evidence_is_one_pair_for_each_member_with_the_medoid() -> None:
    pairs = cluster_of(three())["pairs"]
    assert [(pair["a"], pair["b"]) for pair in pairs] == [("a/1.txt", "b/2.txt"), ("b/2.txt", "b/3.txt")]
    assert pairs[0] == {
        "a": "a/1.txt",
        "b": "b/2.txt",
        "relation": "rewrite",
        "same_story": True,
        "probability": 0.9,
        "jaccard": 9 / 11,
        "containment_a": 0.9,
        "containment_b": 0.9,
        "shared": 9,
        "shingles_a": 10,
        "shingles_b": 10,
        "rare_containment": 0.75,
        "features": dict.fromkeys(SENTENCES, 0.5),
        "passages": [],
    }


def test_a_pair_of_different_stories_is_listed_but_is_evidence_of_nothing() -> None:
    """0 and 2 resemble each other most, as two bulletins do; without that pair 1 is the medoid."""
    pairs = {(0, 1): 7, (1, 2): 7, (0, 2): 9}
    run = found([article(name) for name in "abc"], [[0, 1, 2]], pairs, unlike={(0, 2): "formula"})
    cluster = cluster_of(run)
    assert cluster["medoid"] == "b"
    assert [(pair["a"], pair["b"], pair["same_story"]) for pair in cluster["pairs"]] == [
        ("a", "b", True),
        ("b", "c", True),
    ]
    assert [(pair.relation, pair.same_story) for pair in run.listed()][1] == ("formula", False)


def test_what_a_feature_cannot_tell_is_null_and_equal_texts_have_no_features() -> None:
    run = found([article(name) for name in "abc"], [[0, 1, 2]], {(0, 1): 9, (1, 2): 10})
    features = run.verdicts.features
    features[0, 1] = np.nan
    features[1] = np.nan
    seen = [pair["features"] for pair in cluster_of(run)["pairs"]]
    assert list(seen[0].values())[:3] == [0.5, None, 0.5]
    assert seen[1] is None


def test_a_member_that_does_not_match_the_medoid_shows_its_strongest_pair() -> None:
    """0 is the medoid; 4 matches 1, 2 and 3 only, best of all 2."""
    pairs = {(0, 1): 9, (0, 2): 9, (0, 3): 9, (1, 4): 6, (2, 4): 7, (3, 4): 6}
    run = found([article(name) for name in "abcde"], [[0, 1, 2, 3, 4]], pairs)
    shown = [(pair["a"], pair["b"]) for pair in cluster_of(run)["pairs"]]
    assert shown == [("a", "b"), ("a", "c"), ("a", "d"), ("c", "e")]


def test_the_evidence_grows_with_the_members_and_not_with_their_pairs() -> None:
    every = {(a, b): 9 for a in range(30) for b in range(a + 1, 30)}
    run = found([article(f"{n:02}") for n in range(30)], [list(range(30))], every)
    assert len(cluster_of(run)["pairs"]) == 29


def test_the_id_of_a_cluster_stays_when_later_articles_join() -> None:
    articles = [article(name) for name in "abc"]
    before = cluster_of(found(articles, [[0, 1]], {(0, 1): 9}))
    after = cluster_of(found(articles, [[0, 1, 2]], {(0, 1): 9, (0, 2): 9, (1, 2): 9}))
    assert before["id"] == after["id"] == "c" + xxhash.xxh64_hexdigest(b"a")


def test_outlets_are_named_once_and_unknown_ones_not_at_all() -> None:
    assert cluster_of(three())["outlets"] == ["afaq", "الخليج"]
    run = found([article("a"), article("b")], [[0, 1]], {(0, 1): 9})
    assert cluster_of(run)["outlets"] == []


def published(moment: str | None, precision: str | None = "second", zone: str | None = None) -> dict[str, object]:
    """Columns as the reader fills them: UTC where a zone is named, the outlet's wall clock otherwise."""
    when = None if moment is None else datetime.fromisoformat(moment)
    return {"published": when, "published_precision": precision, "published_zone": zone}


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        (published("2024-03-05T00:00:00", "day"), "2024-03-05"),
        (published("2024-03-04T21:00:00", "day", "+03:00"), "2024-03-05"),
        (published("2024-03-05T10:30:00", "minute"), "2024-03-05T10:30"),
        (published("2024-03-05T10:30:00", "minute", "+03:00"), "2024-03-05T13:30+03:00"),
        (published("2024-03-05T10:30:07", "second", "-04:30"), "2024-03-05T06:00:07-04:30"),
        (published("2024-03-05T10:30:07", "second", "+00:00"), "2024-03-05T10:30:07+00:00"),
        (published("2024-03-05T10:30:07"), "2024-03-05T10:30:07"),
        (published(None, None), None),
    ],
)
def test_publication_is_told_in_the_outlets_zone_and_no_more_precisely_than_known(
    columns: dict[str, object], expected: str | None
) -> None:
    cluster = cluster_of(found([article("a", **columns), article("b")], [[0, 1]], {(0, 1): 9}))
    assert cluster["members"][0]["published"] == expected
    assert cluster["members"][0]["published_precision"] == columns["published_precision"]
    assert (cluster["first_published"], cluster["last_published"]) == (expected, expected)


def test_a_cluster_begins_with_its_earliest_and_ends_with_its_latest_moment() -> None:
    """13:30 in Riyadh is before 11:00 in London, though it does not look so."""
    riyadh = published("2024-03-05T10:30:00", "minute", "+03:00")
    london = published("2024-03-05T11:00:00", "minute", "+00:00")
    articles = [article("a", **london), article("b"), article("c", **riyadh)]
    cluster = cluster_of(found(articles, [[0, 1, 2]], {(0, 1): 9, (0, 2): 9}))
    assert cluster["first_published"] == "2024-03-05T13:30+03:00"
    assert cluster["last_published"] == "2024-03-05T11:00+00:00"


def test_the_time_of_collection_is_never_one_of_publication() -> None:
    crawled = article("a", collected=datetime(2024, 3, 5, 1, 2, 3))
    cluster = cluster_of(found([crawled, article("b")], [[0, 1]], {(0, 1): 9}))
    assert cluster["members"][0]["collected"] == "2024-03-05T01:02:03"
    assert cluster["members"][0]["published"] is None
    assert cluster["first_published"] is None


def test_totals_count_what_the_report_lists() -> None:
    data = as_data(report_of(three()))
    assert data["too_short"] == ["c/5.txt"]
    assert data["corpus"] == {
        "articles": 5,
        "words": 345,
        "outlets": {"afaq": 2, "الخليج": 1},
        "without_outlet": 2,
        "without_published": 5,
        "segments": 0,
        "marked": {},
        "credits": {},
        "too_short": 1,
        "pairs": 3,
        "clusters": 1,
        "round_ups": 0,
        "families": 0,
        "clustered_articles": 3,
        "skipped": 2,
        "notices": 1,
    }


def marked() -> Found:
    """Of the three, the first has marks and credits, and the third stood glued under it; the fourth is a round-up."""
    byline = Credit(None, None, "byline", "spa", "وكالة الأنباء السعودية", 0.9)
    named = [
        byline,
        Credit(4, 7, "parenthesis", "spa", "وكالة الأنباء السعودية", 0.88),
        Credit(9, 14, "source", None, "صدى البلد", 0.7),
        Credit(20, 24, "mention", "afp", "فرانس برس", 0.5),
    ]
    marks = (Mark(0, 3, "title", "first line"), Mark(4, 7, "credit", "parenthesis"), Mark(30, 40, "credit", "closing"))
    run = with_corpus(
        three(),
        annotations={0: Annotation(marks, tuple(named), ()), 3: Annotation((), (byline,), ())},
        segments={2: Host("a/1.txt", 50, 90)},
    )
    return dataclasses.replace(run, stories=Stories([[0, 1, 2]], {3: [0]}))


def test_a_member_names_its_sources_once_and_mere_mentions_not_at_all() -> None:
    members = cluster_of(marked())["members"]
    assert [member["credits"] for member in members] == [["spa", "صدى البلد"], [], []]


def test_a_segment_says_where_it_stood() -> None:
    members = cluster_of(marked())["members"]
    assert [member["segment"] for member in members] == [None, None, {"of": "a/1.txt", "start": 50, "end": 90}]


def test_marks_are_counted_and_their_spans_given_when_asked_for() -> None:
    first, second = as_data(report_of(marked()))["articles"]
    assert (first["id"], first["labels"], first["marks"]) == ("a/1.txt", {"credit": 2, "title": 1}, [])
    assert (second["id"], len(second["credits"])) == ("c/4.txt", 1)
    with_spans = as_data(report_of(marked(), marks=True))["articles"][0]
    assert with_spans["marks"][0] == {"start": 0, "end": 3, "label": "title", "evidence": "first line"}
    assert [credit["start"] for credit in with_spans["credits"]] == [None, 4, 9, 20]


def test_articles_are_counted_by_mark_and_by_source() -> None:
    totals = as_data(report_of(marked()))["corpus"]
    assert (totals["marked"], totals["segments"]) == ({"credit": 1, "title": 1}, 1)
    assert list(totals["credits"].items()) == [("spa", 2), ("صدى البلد", 1)]


def test_a_round_up_is_listed_with_the_clusters_it_agrees_with() -> None:
    data = as_data(report_of(marked()))
    assert data["round_ups"] == [{"id": "c/4.txt", "clusters": [data["clusters"][0]["id"]]}]
    assert data["corpus"]["round_ups"] == 1


def test_round_ups_keep_their_clusters_when_these_are_put_in_order() -> None:
    stories = Stories.in_order([[8, 6], [3, 1], [5, 4]], {9: [0, 1], 2: [2]})
    assert stories == Stories([[1, 3], [4, 5], [6, 8]], {2: [1], 9: [0, 2]})
    assert list(stories.round_ups) == [2, 9]


def test_skipped_are_in_order_whole_files_before_records() -> None:
    assert [entry["record"] for entry in as_data(report_of(three()))["skipped"]] == [None, 3]


def test_texts_are_carried_when_asked_for_and_those_of_clusters_only() -> None:
    assert "texts" not in as_data(report_of(three()))
    assert set(as_data(report_of(three(), texts="full"))["texts"]) == {"a/1.txt", "b/2.txt", "b/3.txt"}


def test_a_member_can_be_checked_against_its_text(real: pipeline.Result) -> None:
    data = as_data(real.report)
    members = [member for cluster in data["clusters"] for member in cluster["members"]]
    assert members
    for member in members:
        assert member["text_xxh64"] == xxhash.xxh64_hexdigest(data["texts"][member["id"]].encode())


# The format


def reports(real: pipeline.Result) -> Iterator[Report]:
    yield real.report
    yield report_of(three())
    yield report_of(three(), texts="full", window_days=3, text_field="نص")
    yield report_of(marked())
    yield report_of(marked(), marks=True, keep_furniture=True, credited_to=("spa",))
    yield report_of(found([article("alone")], [], {}))
    columns = [
        published("2024-03-05", "day"),
        published("2024-03-05", "minute"),
        published("2024-03-05", "second", "+03:00"),
    ]
    yield report_of(found([article(str(n), **c) for n, c in enumerate(columns)], [[0, 1, 2]], {(0, 1): 9, (0, 2): 9}))


def test_every_report_fits_the_schema(real: pipeline.Result) -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    validator = jsonschema.Draft202012Validator(schema())
    for report in reports(real):
        validator.validate(json.loads(json.dumps(as_data(report))))


def test_every_line_of_the_pairs_file_fits_the_schema_of_a_pair(tmp_path: Path) -> None:
    """Passages that were not looked for are null; where they were looked for, and none is there, the list is empty."""
    validator = jsonschema.Draft202012Validator({"$ref": "#/$defs/pair", "$defs": schema()["$defs"]})
    write_pairs(pipeline.cluster([SEEDS]).pairs(), tmp_path / "pairs.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines()]
    for line in lines:
        validator.validate(line)
        asked = line["same_story"] or line["relation"] == "shared-passage"
        assert (line["passages"] is not None) == asked
    assert any(line["passages"] is None for line in lines)


def test_the_schema_describes_every_field_and_allows_no_other() -> None:
    def objects(node: object) -> Iterator[dict[str, Any]]:
        if isinstance(node, dict):
            if isinstance(node.get("properties"), dict) and "description" in node:
                yield node
            node = list(node.values())
        if isinstance(node, list):
            for part in node:
                yield from objects(part)

    seen = list(objects(schema()))
    objects_defined = [node for node in (schema(), *schema()["$defs"].values()) if "properties" in node]
    assert len(seen) == len(objects_defined) == 26
    for node in seen:
        assert node["additionalProperties"] is False
        assert set(node["properties"]) - set(node["required"]) <= {"texts"}
        assert not [n for n, field in node["properties"].items() if "description" not in field and "$ref" not in field]


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (["extra"], 1),
        (["schema_version"], 1),
        (["clusters", 0, "size"], 1),
        (["clusters", 0, "extra"], 1),
        (["clusters", 0, "id"], "c1"),
        (["clusters", 0, "pairs", 0, "jaccard"], 1.5),
        (["clusters", 0, "members", 0, "words"], "7"),
        (["clusters", 0, "members", 0, "published"], "5/3/2024"),
        (["clusters", 0, "members", 0, "published"], "2024-03-05"),
        (["clusters", 0, "members", 0, "published_precision"], "day"),
        (["corpus", "outlets", "afaq"], "two"),
        (["clusters", 0, "pairs", 0, "relation"], "twin"),
        (["clusters", 0, "pairs", 0, "same_story"], False),
        (["clusters", 0, "pairs", 0, "features", "rare"], "much"),
        (["settings", "workers"], 2),
        (["settings", "jaccard"], None),
    ],
)
def test_the_schema_refuses_what_no_report_holds(place: list[str | int], value: object) -> None:
    data = copy.deepcopy(as_data(report_of(three())))
    node: Any = data
    for step in place[:-1]:
        node = node[step]
    node[place[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema())


def test_the_same_report_gives_the_same_bytes(tmp_path: Path) -> None:
    write_report(report_of(three()), tmp_path / "one.json")
    write_report(report_of(three()), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_what_went_wrong_is_told_in_the_same_order_whatever_came_first(tmp_path: Path) -> None:
    run = three()
    later = dataclasses.replace(run, notices=[Notice("", None, "pairs kept")])
    turned = dataclasses.replace(later, notices=run.corpus.notices)
    turned = with_corpus(turned, skipped=run.corpus.skipped[::-1], notices=later.notices)
    assert as_data(report_of(later)) == as_data(report_of(turned))


def test_arabic_stands_in_the_file_as_it_is_read(tmp_path: Path) -> None:
    write_report(report_of(three()), tmp_path / "report.json")
    written = (tmp_path / "report.json").read_text("utf-8")
    assert '"عنوان «أول»"' in written
    assert "\\u" not in written
    assert written.endswith("}\n")


def test_a_written_report_reads_back_as_it_was(tmp_path: Path, real: pipeline.Result) -> None:
    for report in reports(real):
        write_report(report, tmp_path / "report.json")
        assert json.loads((tmp_path / "report.json").read_text("utf-8")) == as_data(report)


@pytest.mark.parametrize("piece", [1, 2, 3, 7])
def test_a_report_written_in_pieces_has_the_bytes_of_one_written_at_once(
    piece: int, real: pipeline.Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_format, "_PIECE", piece)
    for report in reports(real):
        report = dataclasses.replace(report, too_short=tuple("abcdefg"))
        at_once = orjson.dumps(as_data(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)
        assert json_format.encoded(report) == at_once


def test_the_pairs_file_has_one_pair_a_line_with_exact_figures(tmp_path: Path) -> None:
    run = three()
    write_pairs(run.listed(), tmp_path / "pairs.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "pairs.jsonl").read_text("utf-8").splitlines()]
    assert [(pair["a"], pair["b"], pair["shared"]) for pair in lines] == [
        ("a/1.txt", "b/2.txt", 9),
        ("a/1.txt", "b/3.txt", 6),
        ("b/2.txt", "b/3.txt", 8),
    ]
    for pair in lines:
        assert pair["jaccard"] == pair["shared"] / (pair["shingles_a"] + pair["shingles_b"] - pair["shared"])


def test_the_summary_names_the_largest_clusters_and_counts_the_rest() -> None:
    names = [article(f"{n:02}", title="عنوان") for n in range(11)]
    clusters = [[0, 1], [2, 3], [4, 5, 6], [7, 8], [9, 10]]
    run = found(names, clusters, {(0, 1): 9, (2, 3): 9, (4, 5): 9, (5, 6): 8, (7, 8): 9, (9, 10): 9})
    said = summary(report_of(run)).splitlines()
    assert said[0].startswith("11 articles of 0 outlets: 5 clusters hold 11 of them, 6 pairs listed")
    assert said[1].startswith("figures: Jaccard with the medoid, the article most like the others")
    assert "  3 articles, 0 outlets" in said[3]
    assert said[4:7] == ["    0.82  04  عنوان", "  medoid  05  عنوان", "    0.67  06  عنوان"]
    assert said[-1] == "and 2 more clusters"


def test_the_medoid_alone_is_called_so_and_a_member_without_a_listed_pair_has_no_figure() -> None:
    run = found([article(f"{n}") for n in range(4)], [[0, 1, 2, 3]], {(0, 1): 9, (1, 2): 8})
    assert summary(report_of(run)).splitlines()[4:] == ["    0.82  0", "  medoid  1", "    0.67  2", "       -  3"]


def test_one_of_a_kind_is_told_in_the_singular() -> None:
    names = [article(f"{n:02}", outlet="afaq") for n in range(9)]
    run = found(names, [[0, 1], [2, 3], [4, 5], [6, 7]], {(n, n + 1): 9 for n in (0, 2, 4, 6)}, [100] * 8 + [5])
    said = summary(report_of(with_corpus(run, notices=[Notice("a", None, "read as windows-1256")]))).splitlines()
    assert said[0].startswith("9 articles of 1 outlet: 4 clusters hold 8 of them, 4 pairs listed")
    assert said[1] == "1 too short to compare; 1 notice"
    assert said[4].endswith("  2 articles, 1 outlet")
    assert "and 1 more cluster" in said


def test_a_member_is_told_by_day_and_outlet_unless_its_id_tells_them() -> None:
    when = {"published": datetime(2024, 3, 5), "published_precision": "day"}
    names = [
        article("2", title="معرض", outlet="الجسر", **when),
        article("3", outlet="الجسر"),
        article("afaq/2024-03-05-x.txt", outlet="afaq", title="معرض", **when),
        article("4", outlet="4.example", **when),
    ]
    said = summary(report_of(found(names, [[0, 1, 2, 3]], {(0, 1): 9, (0, 2): 9, (0, 3): 9}))).splitlines()
    assert said[4:8] == [
        "  medoid  2  2024-03-05 الجسر  معرض",
        "    0.82  3  الجسر",
        "    0.82  afaq/2024-03-05-x.txt  معرض",
        "    0.82  4  2024-03-05 4.example",
    ]


def test_nothing_in_the_summary_steers_the_terminal_or_splits_a_line() -> None:
    bad = "x\x1b[31m\x07\n\u2028\u202ey\x9b"
    names = [article(f"{bad}{n}", title=bad, outlet=f"{bad}{n}") for n in range(2)]
    report = report_of(found(names, [[0, 1]], {(0, 1): 9}))
    source = OutletSource(bad, bad, 1, 1, 1, 1, 1)
    outlets = tuple(dataclasses.replace(outlet, in_stories=1, sources=(source,)) for outlet in report.outlets)
    origin = Origin("agency", None, bad, 0.5, ())
    clusters = tuple(dataclasses.replace(cluster, id=bad, origin=origin) for cluster in report.clusters)
    said = summary(dataclasses.replace(report, outlets=outlets, clusters=clusters))
    assert not {c for c in said if unicodedata.category(c) == "Cc"} - {"\n"}
    assert not set(said) & {"\u2028", "\u202e"}
    plain = "x[31m  y"
    lines = said.splitlines()
    assert lines[3] == f"{plain}  2 articles, 2 outlets, from {plain} (0.50)"
    assert [line[8:] for line in lines[4:6]] == [f"  {plain}{n}  {plain}" for n in range(2)]
    assert [line.split("  x", 1)[1] for line in lines[8:]] == [f"[31m  y{n}: {plain} 1" for n in range(2)]


# Writing


def left_in(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def write_half_of(path: Path, failure: BaseException) -> None:
    with replacing(path) as out:
        out.write(b"half")
        raise failure


def test_a_failure_on_the_way_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("old")
    with pytest.raises(RuntimeError):
        write_half_of(tmp_path / "report.json", RuntimeError())
    assert left_in(tmp_path) == ["report.json"]
    assert (tmp_path / "report.json").read_text() == "old"


def test_an_interrupted_run_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_half_of(tmp_path / "report.json", KeyboardInterrupt())
    assert left_in(tmp_path) == []


def test_until_all_is_written_the_old_file_stands(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("old")
    with replacing(tmp_path / "report.json") as out:
        out.write(b"new")
        out.flush()
        assert (tmp_path / "report.json").read_text() == "old"
    assert (tmp_path / "report.json").read_text() == "new"
    assert left_in(tmp_path) == ["report.json"]


def in_a_process_that(limits: str, target: Path) -> str:
    """Write a megabyte to ``target`` under the given limits; what was said about it."""
    code = (
        "import os, resource, sys\nfrom pathlib import Path\nfrom dedup.errors import OutputFailed\n"
        "from dedup.report.aside import replacing\n"
        f"{limits}\n"
        "try:\n"
        "    with replacing(Path(sys.argv[1])) as out:\n"
        "        for _ in range(16): out.write(bytes(65_536))\n"
        "except OutputFailed as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(target)], capture_output=True, text=True, check=True)
    return done.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="sets a limit of the operating system")
def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "report.json").write_text("old")
    said = in_a_process_that("resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))", tmp_path / "report.json")
    assert said.startswith(f"{tmp_path / 'report.json'}: could not be written (File too large). ")
    assert left_in(tmp_path) == ["report.json"]
    assert (tmp_path / "report.json").read_text() == "old"


@pytest.mark.skipif(sys.platform == "win32", reason="gives up rights as Unix has them")
def test_a_folder_that_may_not_be_written_to_is_a_sentence(tmp_path: Path) -> None:
    """The superuser may write anywhere, so the process becomes nobody first."""
    folder = tmp_path / "closed"
    folder.mkdir()
    folder.chmod(0o555)
    said = in_a_process_that("if os.geteuid() == 0: os.seteuid(65534)", folder / "report.json")
    assert said.startswith(f"{folder / 'report.json'}: could not be written (Permission denied). ")
    assert left_in(folder) == []


def test_a_missing_folder_is_a_sentence(tmp_path: Path) -> None:
    target = tmp_path / "nowhere" / "report.json"
    with pytest.raises(OutputFailed, match="could not be written"):
        write_report(report_of(three()), target)


def test_a_new_file_has_the_rights_of_any_other(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("")
    write_report(report_of(three()), tmp_path / "report.json")
    assert (tmp_path / "report.json").stat().st_mode == (tmp_path / "other").stat().st_mode


def test_a_long_name_in_arabic_leaves_room_for_what_stands_beside_it(tmp_path: Path) -> None:
    """A file name has 255 bytes, an Arabic letter two."""
    target = tmp_path / ("خ" * 125 + ".json")
    write_report(report_of(three()), target)
    assert left_in(tmp_path) == [target.name]


def test_a_symbolic_link_stays_one_and_its_file_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "results").mkdir()
    (tmp_path / "latest.json").symlink_to(tmp_path / "results" / "report.json")
    write_report(report_of(three()), tmp_path / "latest.json")
    assert (tmp_path / "latest.json").is_symlink()
    assert left_in(tmp_path / "results") == ["report.json"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs a named pipe")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    """So that ``-o /dev/stdout`` prints, and ``-o /dev/null`` leaves the device."""
    os.mkfifo(tmp_path / "pipe")
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append((tmp_path / "pipe").read_bytes()), daemon=True)
    reader.start()
    write_report(report_of(three()), tmp_path / "pipe")
    reader.join(timeout=10)
    assert json.loads(read[0]) == as_data(report_of(three()))
    assert (tmp_path / "pipe").is_fifo()


@given(st.lists(st.one_of(st.floats(0, 1), st.integers(0, 20_000).map(lambda half: half / 20_000)), max_size=50))
def test_shares_are_rounded_as_decimals_are(values: list[float]) -> None:
    near = [other for value in values for other in (value, math.nextafter(value, 2), math.nextafter(value, -1))]
    assert rounded(np.array(near, np.float64)).tolist() == [round(value, 4) for value in near]


@given(st.lists(st.text(st.sampled_from('",\\\n\u2028 [a')), max_size=6))
def test_strings_are_written_at_once_as_they_are_one_by_one(values: list[str]) -> None:
    assert strings(values).to_pylist() == [orjson.dumps(value).decode() for value in values]


def test_a_line_of_the_pairs_file_is_the_pair_as_a_value(tmp_path: Path, real: pipeline.Result) -> None:
    """A file is written column by column; what is known of no pair, and ids that need escapes, are written alike."""
    odd = found(
        [article(name) for name in ('"quoted"', "ب\\n", "c", "d")], [[0, 1, 2]], {(0, 1): 9, (1, 2): 10, (2, 3): 1}
    )
    odd.verdicts.features[0, 1] = np.nan
    odd.verdicts.features[1] = np.nan
    for run in (real.found, odd, found([article("a")], [], {})):
        write_pairs(run.listed(), tmp_path / "columns.jsonl")
        write_pairs(list(run.listed()), tmp_path / "values.jsonl")
        assert (tmp_path / "columns.jsonl").read_bytes() == (tmp_path / "values.jsonl").read_bytes()
