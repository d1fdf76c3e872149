"""Scores against labels: every figure below is counted by hand, every refusal names its line."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from dedup import pipeline
from dedup.cli import main
from dedup.errors import DedupError, LabelsUnreadable, PathMissing
from dedup.evaluate import Scores, evaluate
from dedup.evaluate.groups import compare, groups_of
from dedup.evaluate.labels import RELATIONS, Label, key_of, read_labels
from dedup.evaluate.same_story import _by_number
from dedup.report.json_format import SCHEMA_VERSION, write_pairs, write_report
from dedup.settings import PROBABILITY_FLOOR, Settings

LABELS = """\
a\tb\trelation\tconfidence\tstratum\tweight\tnote
p\tq\tsame\th\tS1 J>=.7\t1\tone dispatch
r\tq\tsame\th\tS10 rest\t6\t
p\tr\tsame\tl\tS2 J.5-.7\t2\t
s\tt\ttemplate\th\tS1 J>=.7\t4\tweather
s\tu\tevent\tl\tS2 J.5-.7\t1\t
t\tu\tnone\th\tS2 J.5-.7\t2\t
v\tw\tpart\th\tS1 J>=.7\t100\tdigest
"""


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    path = tmp_path / "labels.tsv"
    path.write_text(LABELS, "utf-8")
    return path


def pairs_file(tmp_path: Path, *pairs: dict[str, object]) -> Path:
    path = tmp_path / "pairs.jsonl"
    path.write_text("".join(json.dumps(pair, ensure_ascii=False) + "\n" for pair in pairs), "utf-8")
    return path


def report_file(tmp_path: Path, clusters: Sequence[Sequence[str]], **more: object) -> Path:
    listed = [{"id": f"c{n}", "members": [{"id": one} for one in ids]} for n, ids in enumerate(clusters)]
    report = {"format": "dedup-report", "schema_version": 1, "clusters": listed, "too_short": [], **more}
    path = tmp_path / "report.json"
    path.write_text(json.dumps(report, ensure_ascii=False, indent=2), "utf-8")
    return path


def pair(a: str, b: str, **more: object) -> dict[str, object]:
    return {"a": a, "b": b, "jaccard": 0.6, **more}


def data_of(scores: Scores) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(scores.as_json())
    return data


# A pairs file against labelled pairs


def test_precision_recall_and_f1_plain_and_weighted(tmp_path: Path, labels: Path) -> None:
    """Called: two of the three same (weights 1 and 6 of 9) and the template (4)."""
    found = evaluate(pairs_file(tmp_path, pair("p", "q"), pair("q", "r"), pair("s", "t")), labels).same_story
    assert found is not None
    assert (found.all.pairs, found.all.same, found.all.called, found.all.right) == (6, 3, 3, 2)
    assert (found.all.precision, found.all.recall, found.all.f1) == (2 / 3, 2 / 3, 4 / 6)
    assert (found.all.weighted_precision, found.all.weighted_recall, found.all.weighted_f1) == (7 / 11, 7 / 9, 14 / 20)


def test_the_order_within_a_pair_does_not_matter(tmp_path: Path, labels: Path) -> None:
    one = evaluate(pairs_file(tmp_path, pair("p", "q"), pair("q", "r"), pair("s", "t")), labels)
    other = evaluate(pairs_file(tmp_path, pair("t", "s"), pair("q", "p"), pair("r", "q")), labels)
    assert one == other


def test_a_pair_that_is_not_listed_was_not_called_the_same(tmp_path: Path, labels: Path) -> None:
    found = evaluate(pairs_file(tmp_path, pair("x", "y")), labels).same_story
    assert found is not None
    assert (found.all.called, found.all.precision, found.all.recall, found.all.f1) == (0, None, 0, 0)


def test_a_listed_pair_counts_as_its_judge_says_and_as_same_where_nobody_judged(tmp_path: Path, labels: Path) -> None:
    listed = [pair("p", "q", same_story=True), pair("q", "r", same_story=False), pair("p", "r")]
    scores = evaluate(pairs_file(tmp_path, *listed), labels)
    assert scores.coverage.listed_pairs == 3
    assert scores.same_story is not None
    assert scores.same_story.all.right == 2


def test_a_pairs_file_is_cut_at_another_threshold(tmp_path: Path, labels: Path) -> None:
    given = [pair("p", "q", probability=0.4, same_story=False), pair("q", "r", probability=0.9, same_story=True)]
    path = pairs_file(tmp_path, *given)
    called = []
    for threshold in (None, 0.9, 0.95, 0.4, 0):
        scores = evaluate(path, labels, threshold)
        assert scores.same_story is not None
        assert scores.threshold == threshold
        called.append(scores.same_story.all.called)
    assert called == [1, 1, 0, 2, 2]


def test_a_file_cut_anew_says_what_a_run_with_that_threshold_says(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    labels = root / "benchmarks" / "labels" / "stories-pairs.tsv"
    scores = []
    for run in (0.5, 0.95):
        path = tmp_path / f"{run}.jsonl"
        write_pairs(pipeline.cluster([root / "seeds"], Settings(threshold=run)).pairs(), path)
        scores.append([evaluate(path, labels, threshold).same_story for threshold in (0.5, 0.95)])
        assert evaluate(path, labels).same_story == scores[-1][(0.5, 0.95).index(run)]
    for one, other in zip(*scores, strict=True):
        assert one is not None
        assert other is not None
        assert (one.all, one.by_relation) == (other.all, other.by_relation)


def test_below_the_floor_of_listing_pairs_are_missing_and_it_is_said(tmp_path: Path, labels: Path) -> None:
    path = pairs_file(tmp_path, pair("p", "q", probability=0.4))
    said = {t: evaluate(path, labels, t).as_text() for t in (None, PROBABILITY_FLOOR, 0.05)}
    assert ["are missing" in text for text in said.values()] == [False, False, True]
    assert "Called same: probability >= 0.05." in said[0.05]


def test_a_threshold_needs_probabilities(tmp_path: Path, labels: Path) -> None:
    with pytest.raises(LabelsUnreadable, match="line 1: the pair has no probability"):
        evaluate(pairs_file(tmp_path, pair("p", "q")), labels, 0.5)
    words = ["evaluate", str(report_file(tmp_path, [["p", "q"]])), str(labels), "--threshold", "0.5"]
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, "--threshold cuts a pairs file anew" in done.stderr) == (2, True)


def test_pairs_labelled_part_are_counted_apart(tmp_path: Path, labels: Path) -> None:
    without = evaluate(pairs_file(tmp_path, pair("p", "q")), labels).same_story
    found = evaluate(pairs_file(tmp_path, pair("p", "q"), pair("v", "w")), labels).same_story
    assert found is not None
    assert without is not None
    assert found.all == without.all
    assert found.by_stratum == without.by_stratum
    part = found.by_relation["part"]
    assert (part.pairs, part.called, part.share, part.weighted_share) == (1, 1, 1, 1)


def test_each_relation_tells_how_many_of_it_were_called_the_same(tmp_path: Path, labels: Path) -> None:
    found = evaluate(pairs_file(tmp_path, pair("p", "q"), pair("q", "r"), pair("s", "t")), labels).same_story
    assert found is not None
    called = {name: (share.pairs, share.called) for name, share in found.by_relation.items()}
    assert called == {"same": (3, 2), "part": (1, 0), "template": (1, 1), "event": (1, 0), "none": (1, 0)}
    assert found.by_relation["same"].weighted_share == 7 / 9


def test_strata_and_confidences_are_scored_apart_in_the_order_of_their_numbers(tmp_path: Path, labels: Path) -> None:
    found = evaluate(pairs_file(tmp_path, pair("p", "q"), pair("s", "t")), labels).same_story
    assert found is not None
    assert list(found.by_stratum) == ["S1 J>=.7", "S2 J.5-.7", "S10 rest"]
    first = found.by_stratum["S1 J>=.7"]
    assert (first.pairs, first.precision, first.weighted_precision, first.recall) == (2, 1 / 2, 1 / 5, 1)
    assert {name: (score.pairs, score.recall) for name, score in found.by_confidence.items()} == {
        "h": (4, 1 / 2),
        "l": (2, 0),
    }


def test_what_each_label_was_found_to_be_is_told_where_pairs_say_it(tmp_path: Path, labels: Path) -> None:
    found = evaluate(pairs_file(tmp_path, pair("p", "q", relation="copy"), pair("s", "t", relation="formula")), labels)
    confusion = data_of(found)["same_story"]["confusion"]
    assert {found: count for found, count in confusion["same"].items() if count} == {"copy": 1, "not listed": 2}
    assert {found: count for found, count in confusion["template"].items() if count} == {"formula": 1}
    assert sum(count for row in confusion.values() for count in row.values()) == 7
    assert data_of(evaluate(pairs_file(tmp_path, pair("p", "q")), labels))["same_story"]["confusion"] is None


def test_the_shortest_labels_have_three_columns_in_any_order(tmp_path: Path) -> None:
    """A byte order mark and Windows line ends are what a spreadsheet leaves."""
    labels = tmp_path / "short.tsv"
    labels.write_bytes("\ufeffrelation\tb\ta\r\nsame\tخبر 1\tخبر 2\r\n\r\nnone\tx\ty".encode())
    found = evaluate(pairs_file(tmp_path, pair("خبر 1", "خبر 2")), labels).same_story
    assert found is not None
    assert (found.all.pairs, found.all.f1, found.all.weighted_f1) == (2, 1, 1)
    assert found.by_stratum == found.by_confidence == {}


def test_labels_of_another_corpus_are_noticed(tmp_path: Path, labels: Path) -> None:
    known = evaluate(pairs_file(tmp_path, pair("p", "elsewhere"), pair("x", "y")), labels)
    assert (known.coverage.labelled_pairs, known.coverage.labelled_articles, known.coverage.named_articles) == (7, 8, 1)
    assert "same corpus" not in known.as_text()
    assert "Do both speak of the same corpus" in evaluate(pairs_file(tmp_path, pair("x", "y")), labels).as_text()


def test_the_tables_say_what_the_json_says(tmp_path: Path, labels: Path) -> None:
    said = evaluate(pairs_file(tmp_path, pair("p", "q"), pair("q", "r"), pair("s", "t")), labels).as_text()
    assert said == (
        "7 labelled pairs of 8 articles; the result names 5 of the articles.\n"
        "It lists 3 of the pairs; the others count as not the same story.\n"
        "\n"
        "same story         pairs  same  called same  right  precision  recall     F1  w.precision  w.recall   w.F1\n"
        "all                    6     3            3      2      0.667   0.667  0.667        0.636     0.778  0.700\n"
        "confidence h           4     2            3      2      0.667   1.000  0.800        0.636     1.000  0.778\n"
        "confidence l           2     1            0      0          -   0.000  0.000            -     0.000  0.000\n"
        "stratum S1 J>=.7       2     1            2      1      0.500   1.000  0.667        0.200     1.000  0.333\n"
        "stratum S2 J.5-.7      3     1            0      0          -   0.000  0.000            -     0.000  0.000\n"
        "stratum S10 rest       1     1            1      1      1.000   1.000  1.000        1.000     1.000  1.000\n"
        "\n"
        "w.: weighted. Pairs labelled part are in the table below only.\n"
        "\n"
        "labelled  pairs  called same  share  w.share\n"
        "same          3            2  0.667    0.778\n"
        "part          1            0  0.000    0.000\n"
        "template      1            1  1.000    1.000\n"
        "event         1            0  0.000    0.000\n"
        "none          1            0  0.000    0.000"
    )


def test_the_order_of_lines_does_not_change_a_figure(tmp_path: Path, labels: Path) -> None:
    """Weights are summed exactly, so not even the last digit moves."""
    chance = random.Random(1)
    rows = [
        f"{a}\t{b}\t{chance.choice(['same', 'none'])}\t{chance.random()}"
        for a, b in itertools.combinations("abcdefgh", 2)
    ]
    listed = pairs_file(tmp_path, *(pair(a, b) for a, b in itertools.combinations("abcdef", 2)))
    scores = []
    for _ in range(3):
        chance.shuffle(rows)
        labels.write_text("\n".join(["a\tb\trelation\tweight", *rows]), "utf-8")
        scores.append(evaluate(listed, labels).as_json())
    assert len(set(scores)) == 1


# A report against labelled pairs


def test_a_report_tells_which_labelled_pairs_share_a_cluster(tmp_path: Path, labels: Path) -> None:
    scores = evaluate(report_file(tmp_path, [["p", "q", "s", "t"], ["v", "w"]], too_short=["u"]), labels)
    assert (scores.result, scores.coverage.named_articles, scores.coverage.pairs_too_short) == ("report", 7, 2)
    assert scores.same_story is not None
    called = {name: share.called for name, share in scores.same_story.by_relation.items()}
    assert called == {"same": 1, "part": 1, "template": 1, "event": 0, "none": 0}
    assert scores.same_story.by_relation["same"].weighted_share == 1 / 9
    assert (scores.same_story.all.precision, scores.same_story.all.recall) == (1 / 2, 1 / 3)


def test_two_articles_without_a_cluster_do_not_share_one(tmp_path: Path, labels: Path) -> None:
    scores = evaluate(report_file(tmp_path, []), labels)
    assert scores.same_story is not None
    assert scores.same_story.all.called == 0


def test_groups_follow_from_pairs_labelled_same(tmp_path: Path, labels: Path) -> None:
    """{p q r} and five alone; the cluster {p q s t} and four alone. B-cubed precision: p and q see 2/4, s and t 1/4,
    four see 1: 5.5/8. Recall: p and q see 2/3, r sees 1/3, five see 1: 6 2/3 of 8. S = 1, G = 3, K = 6, P = 28."""
    groups = evaluate(report_file(tmp_path, [["p", "q", "s", "t"], ["other", "more"]]), labels).groups
    assert groups is not None
    assert (groups.derivation, groups.articles, groups.groups, groups.clusters) == ("components of same pairs", 8, 6, 5)
    assert groups.bcubed_precision == 5.5 / 8
    assert groups.bcubed_recall == pytest.approx(20 / 24)
    assert groups.ari == pytest.approx((1 - 18 / 28) / (4.5 - 18 / 28))
    assert (groups.pairs_in_both, groups.pairs_in_groups, groups.pairs_in_clusters) == (1, 3, 6)


def test_what_no_label_says_of_a_cluster_is_counted(tmp_path: Path, labels: Path) -> None:
    """Of the pairs across {p q} and {s t} none was labelled; s and t was."""
    scores = evaluate(report_file(tmp_path, [["p", "q", "s", "t"]]), labels)
    assert scores.groups is not None
    assert scores.groups.unlabelled_together == 4
    assert "4 pairs. Precision, F1 and ARI may be better than shown." in scores.as_text()


def test_a_story_that_labels_contradict_is_set_aside_and_named(tmp_path: Path, labels: Path) -> None:
    with labels.open("a", encoding="utf-8") as file:
        file.write("q\tx\tsame\nx\tr\ttemplate\nx\tp\tpart\n")
    scores = evaluate(report_file(tmp_path, [["p", "q"], ["s", "t"]]), labels)
    assert scores.groups is not None
    (conflict,) = scores.groups.conflicts
    assert (conflict.a, conflict.b, conflict.relation, conflict.line) == ("r", "x", "template", 10)
    assert scores.groups.articles == 5
    assert "line 10: r, x: template" in scores.as_text()


def test_a_shared_passage_contradicts_nothing() -> None:
    said = [("a", "b", "same"), ("b", "c", "same"), ("a", "c", "part")]
    derived = groups_of([Label((a, b), relation, None, None, 1, 2) for a, b, relation in said])
    assert derived.conflicts == ()
    assert derived.groups == {"a": "a", "b": "a", "c": "a"}


# A report against labelled groups


def test_labelled_groups_score_a_report(tmp_path: Path) -> None:
    """The example of the module head, 9 being no labelled article."""
    labels = tmp_path / "groups.tsv"
    labels.write_text("id\tstory\tnote\n1\tport\t\n2\tport\tcut\n3\tport\n4\tbank\n5\tbank\n", "utf-8")
    scores = evaluate(report_file(tmp_path, [["1", "2", "9"], ["3", "4", "5"]]), labels)
    assert scores.same_story is None
    assert scores.groups is not None
    assert scores.groups.bcubed_f1 == pytest.approx(11 / 15)
    assert scores.groups.ari == pytest.approx(1 / 6)
    assert scores.as_text() == (
        "5 labelled articles; the result names 5 of the articles.\n"
        "\n"
        "groups  articles  groups  clusters  B3 precision  B3 recall  B3 F1    ARI\n"
        "all            5       2         2         0.733      0.733  0.733  0.167\n"
        "\n"
        "Groups: labels. Pairs in one group: 4, in one cluster: 4, in both: 2."
    )


def test_labelled_groups_cannot_score_a_pairs_file(tmp_path: Path) -> None:
    labels = tmp_path / "groups.tsv"
    labels.write_text("id\tstory\n1\tport\n", "utf-8")
    with pytest.raises(LabelsUnreadable, match=r"groups\.tsv, line 1: .* give report\.json"):
        evaluate(pairs_file(tmp_path, pair("1", "2")), labels)


partitions = st.lists(st.integers(0, 4), min_size=1, max_size=9)


def naive_scores(clusters: Mapping[str, str], groups: Mapping[str, str]) -> tuple[float, float, float]:
    """B-cubed article by article, ARI pair by pair."""
    together = {e: {o for o in groups if o == e or (e in clusters and clusters.get(o) == clusters[e])} for e in groups}
    alike = {e: {o for o in groups if groups[o] == groups[e]} for e in groups}
    precision = sum(len(together[e] & alike[e]) / len(together[e]) for e in groups) / len(groups)
    recall = sum(len(together[e] & alike[e]) / len(alike[e]) for e in groups) / len(groups)
    pairs = list(itertools.combinations(groups, 2))
    in_cluster = sum(b in together[a] for a, b in pairs)
    in_group = sum(b in alike[a] for a, b in pairs)
    in_both = sum(b in together[a] & alike[a] for a, b in pairs)
    chance = in_cluster * in_group / len(pairs) if pairs else 0
    most = (in_cluster + in_group) / 2
    return precision, recall, 1 if most == chance else (in_both - chance) / (most - chance)


@given(partitions, st.data())
def test_scores_are_those_of_their_definitions(stories: list[int], data: st.DataObject) -> None:
    """Some articles are in no cluster (0)."""
    groups = {str(n): f"story {story}" for n, story in enumerate(stories)}
    found = data.draw(st.lists(st.integers(0, 3), min_size=len(stories), max_size=len(stories)))
    clusters = {str(n): f"c{cluster}" for n, cluster in enumerate(found) if cluster} | {"unlabelled": "c1"}
    scores = compare(clusters, groups)
    expected = naive_scores(clusters, groups)
    assert (scores.bcubed_precision, scores.bcubed_recall, scores.ari) == pytest.approx(expected)


@given(partitions)
def test_clusters_equal_to_the_groups_are_perfect(stories: list[int]) -> None:
    groups = {str(n): str(story) for n, story in enumerate(stories)}
    scores = compare(groups, groups)
    assert (scores.bcubed_precision, scores.bcubed_recall, scores.bcubed_f1, scores.ari) == (1, 1, 1, 1)


def test_all_together_and_all_alone_are_what_they_are() -> None:
    groups = dict(zip("abcd", "xxyy", strict=True))
    together = compare(dict.fromkeys("abcd", "c"), groups)
    alone = compare({}, groups)
    assert (together.bcubed_precision, together.bcubed_recall, together.ari) == (0.5, 1, 0)
    assert (alone.bcubed_precision, alone.bcubed_recall, alone.ari) == (1, 0.5, 0)


def test_no_article_left_gives_no_score() -> None:
    scores = compare({"a": "c"}, {})
    assert (scores.bcubed_precision, scores.bcubed_f1, scores.ari) == (None, None, None)


# What a file is, is told by what it holds


@pytest.mark.parametrize("indent", [None, 2])
def test_a_report_is_known_by_its_content_however_it_is_written(
    tmp_path: Path, labels: Path, indent: int | None
) -> None:
    report = json.loads(report_file(tmp_path, [["p", "q"]]).read_text("utf-8"))
    path = tmp_path / "pairs.jsonl"
    path.write_text(json.dumps(report, indent=indent, sort_keys=True), "utf-8")
    assert evaluate(path, labels).result == "report"


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_a_file_without_any_pair_is_no_result(tmp_path: Path, labels: Path, content: str) -> None:
    path = pairs_file(tmp_path)
    path.write_text(content)
    done = CliRunner().invoke(main, ["evaluate", str(path), str(labels)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith(f"dedup: {path}: it holds no pair, so there is nothing to score")


def test_help_names_every_column_of_a_labels_file() -> None:
    said = CliRunner().invoke(main, ["evaluate", "--help"]).output
    assert {"a", "b", "relation", "confidence", "stratum", "weight", "id", "story"} <= set(said.split())
    assert all(relation in said for relation in RELATIONS)


def test_blank_lines_between_pairs_are_passed_over(tmp_path: Path, labels: Path) -> None:
    path = tmp_path / "pairs.jsonl"
    path.write_text('\n{"a": "p", "b": "q"}\n\n{"a": "r", "b": "q"}', "utf-8")
    assert evaluate(path, labels).coverage.listed_pairs == 2


@pytest.mark.parametrize("mark", ["utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path: Path, mark: str) -> None:
    """Editors and spreadsheets put one there."""
    pairs, report = pairs_file(tmp_path, pair("p", "q"), pair("q", "r")), report_file(tmp_path, [["p", "q"]])
    for path in (pairs, report):
        path.write_text(path.read_text("utf-8"), mark)
    (tmp_path / "labels.tsv").write_text(LABELS, mark)
    for path in (pairs, report):
        assert evaluate(path, tmp_path / "labels.tsv").coverage.named_articles > 0


def test_a_stratum_may_have_a_number_longer_than_python_reads(tmp_path: Path) -> None:
    names = [f"S{'9' * digits}" for digits in (5000, 2, 1)]
    rows = [f"p{n}\tq\tsame\t{name}" for n, name in enumerate(names)]
    (tmp_path / "labels.tsv").write_text("\n".join(["a\tb\trelation\tstratum", *rows]), "utf-8")
    found = evaluate(pairs_file(tmp_path, pair("p0", "q")), tmp_path / "labels.tsv").same_story
    assert found is not None
    assert list(found.by_stratum) == names[::-1]


def test_the_heaviest_labels_have_scores(tmp_path: Path) -> None:
    rows = [f"p{n}\tq\tsame\t1e18" for n in range(1000)]
    (tmp_path / "labels.tsv").write_text("\n".join(["a\tb\trelation\tweight", *rows]), "utf-8")
    found = evaluate(pairs_file(tmp_path, pair("p0", "q")), tmp_path / "labels.tsv").same_story
    assert found is not None
    assert (found.all.weighted_precision, found.all.weighted_recall) == (1, 1 / 1000)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# Title\n", "line 1: this begins neither a pairs file .* nor a report"),
        ('{"id": 1}\n', "line 1: this begins neither"),
        ("[1, 2]", "line 1: this begins neither"),
        ('{"a": "p", "b": "q"}\n{"a": "p"\n', "line 2: this is no JSON object with the ids a and b"),
        ('{"a": "p", "b": "q"}\n\n{"a": "p"}\n', "line 3: this is no JSON object with the ids a and b"),
        ('{"a": "p", "b": "q"}\n["a", "b"]\n', "line 2: this is no JSON object"),
        ('{"a": 1, "b": 2}\n', "line 1: this is no JSON object with the ids"),
        ('{"a": "p", "b": "q"}\n{"a": "q", "b": "p"}\n', "line 2: the pair q, p was already on line 1"),
        ('{"a": "p", "b": "q", "same_story": null}\n', "line 1: same_story is neither true nor false"),
        ('{"format": "dedup-report", "schema_version": 99}', "schema_version 99, and only 2 is known"),
        ('{"format": "dedup-report", "schema_version": 1}', r"not as report\.schema\.json has it \('clusters'\)"),
        (
            '{"format": "dedup-report", "schema_version": 1, "too_short": [], "clusters": '
            '[{"id": "c1", "members": [{"id": "p"}]}, {"id": "c2", "members": [{"id": "p"}]}]}',
            "p is a member of c1 and of c2",
        ),
    ],
)
def test_a_result_that_is_none_is_refused_in_a_sentence(tmp_path: Path, labels: Path, content: str, said: str) -> None:
    path = tmp_path / "result"
    path.write_text(content, "utf-8")
    with pytest.raises(LabelsUnreadable, match=said) as refused:
        evaluate(path, labels)
    assert str(refused.value).startswith(str(path))
    assert str(refused.value).endswith(".")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "line 1: the first line names no columns; wanted are a, b and relation, or id and story"),
        (b"a,b,relation\n", "line 1: the columns are a,b,relation; wanted are .* separated by tabs"),
        (b"a\tb\ta\trelation\n", "line 1: the column 'a' is named twice"),
        (b"a\tb\trelation\n", "there is no label under the header line"),
        (b"a\tb\trelation\np\tq\tsmae\n", "line 2: the relation 'smae' is none of same, part, template, event, none"),
        (b"a\tb\trelation\n\np\tq\n", "line 3: the column 'relation' is empty"),
        (b"a\tb\trelation\n\tq\tsame\n", "line 2: the column 'a' is empty"),
        (b"a\tb\trelation\np\tq\tsame\tx\n", "line 2: there are 4 columns, but the first line names 3"),
        (b"a\tb\trelation\np\tp\tsame\n", r"line 2: an article is paired with itself \(p\)"),
        (b"a\tb\trelation\np\tq\tsame\nq\tp\tnone\n", "line 3: this pair was already labelled on line 2"),
        (b"a\tb\trelation\tweight\np\tq\tsame\tmuch\n", r"line 2: the weight 'much' is no number from 0 to 1e\+18"),
        (b"a\tb\trelation\tweight\np\tq\tsame\t1e308\n", r"line 2: the weight '1e308' is no number from 0 to 1e\+18"),
        (b"a\tb\trelation\tweight\np\tq\tsame\t-1\n", "line 2: the weight '-1' is no number"),
        (b"a\tb\trelation\tweight\np\tq\tsame\tnan\n", "line 2: the weight 'nan' is no number"),
        (b"a\tb\trelation\np\tq\xff\tsame\n", "line 2: byte 4 of the line is not UTF-8"),
        (b"id\tstory\nx\tport\nx\tbank\n", "line 3: x already has its story on line 2"),
        (b"id\tstory\nx\n", "line 2: the column 'story' is empty"),
    ],
)
def test_labels_that_cannot_be_meant_are_refused_with_their_line(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "labels.tsv"
    path.write_bytes(content)
    with pytest.raises(LabelsUnreadable, match=said) as refused:
        read_labels(path)
    assert str(refused.value).startswith(str(path))
    assert str(refused.value).endswith(".")


def test_a_file_that_is_not_there_is_a_sentence(tmp_path: Path, labels: Path) -> None:
    with pytest.raises(PathMissing, match="no such file"):
        evaluate(tmp_path / "nothing", labels)
    with pytest.raises(DedupError, match="could not be read"):
        evaluate(tmp_path, labels)


def test_the_version_of_reports_that_are_written_can_be_scored(tmp_path: Path, labels: Path) -> None:
    assert evaluate(report_file(tmp_path, [["p", "q"]], schema_version=SCHEMA_VERSION), labels).result == "report"


# The command, and the real labels


def test_the_command_prints_tables_or_json(tmp_path: Path, labels: Path) -> None:
    pairs = pairs_file(tmp_path, pair("p", "q"))
    tables = CliRunner().invoke(main, ["evaluate", str(pairs), str(labels)])
    as_json = CliRunner().invoke(main, ["evaluate", "--json", str(pairs), str(labels)])
    assert (tables.exit_code, as_json.exit_code) == (0, 0)
    assert tables.output == evaluate(pairs, labels).as_text() + "\n"
    assert json.loads(as_json.output) == data_of(evaluate(pairs, labels))


def test_the_command_says_what_is_wrong_and_fails(tmp_path: Path, labels: Path) -> None:
    done = CliRunner().invoke(main, ["evaluate", str(labels), str(labels)])
    assert done.exit_code == 1
    assert done.stderr.startswith(f"dedup: {labels}, line 1: this begins neither a pairs file")


def test_perfect_results_score_perfectly_on_the_gold_labels(tmp_path: Path, shared: Path) -> None:
    gold = read_labels(shared / "gold" / "pairs.tsv")
    assert isinstance(gold, tuple)
    derived = groups_of(gold)
    assert derived.conflicts == ()
    listed = pairs_file(tmp_path, *(pair(*label.key) for label in gold if label.relation == "same"))
    by_pairs = evaluate(listed, shared / "gold" / "pairs.tsv").same_story
    assert by_pairs is not None
    assert (by_pairs.all.f1, by_pairs.all.weighted_f1) == (1, 1)
    stories: dict[str, list[str]] = {}
    for one, story in derived.groups.items():
        stories.setdefault(story, []).append(one)
    clusters = [members for members in stories.values() if len(members) > 1]
    by_clusters = evaluate(report_file(tmp_path, clusters), shared / "gold" / "pairs.tsv")
    assert by_clusters.groups is not None
    assert (by_clusters.groups.bcubed_f1, by_clusters.groups.ari) == (1, 1)


def test_the_groups_and_the_pairs_labelled_for_the_seeds_say_the_same() -> None:
    folder = Path(__file__).resolve().parents[1] / "benchmarks" / "labels"
    for name in ("stories", "traps"):
        pairs, groups = read_labels(folder / f"{name}-pairs.tsv"), read_labels(folder / f"{name}-groups.tsv")
        assert isinstance(pairs, tuple)
        assert isinstance(groups, dict)
        derived = groups_of(pairs)
        assert derived.conflicts == ()
        for a, b in itertools.combinations(derived.groups, 2):
            assert (derived.groups[a] == derived.groups[b]) == (groups[a] == groups[b]), key_of(a, b)


def test_what_a_run_writes_can_be_scored(tmp_path: Path) -> None:
    """Every labelled article that a pair or a cluster names is known by the very id the labels use."""
    root = Path(__file__).resolve().parents[1]
    result = pipeline.cluster([root / "seeds"])
    write_pairs(result.pairs(), tmp_path / "pairs.jsonl")
    write_report(result.report, tmp_path / "report.json")
    labels = root / "benchmarks" / "labels" / "stories-pairs.tsv"
    by_pairs, by_report = (evaluate(tmp_path / name, labels) for name in ("pairs.jsonl", "report.json"))
    assert (by_pairs.result, by_report.result) == ("pairs", "report")
    for scores in (by_pairs, by_report):
        assert scores.coverage.named_articles > 20
        assert scores.same_story is not None
        assert scores.same_story.all.right > 20
    assert by_pairs.same_story is not None
    assert by_pairs.same_story.confusion is not None


def test_strata_stand_in_the_order_of_their_numbers_whatever_noughts_lead_them() -> None:
    assert sorted(["S07", "S5", "S10", "S5 b"], key=_by_number) == ["S5", "S5 b", "S07", "S10"]
