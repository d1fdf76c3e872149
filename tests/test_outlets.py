"""Who runs whose stories: only publication gives direction, and every cell can be counted again by hand."""

from __future__ import annotations

import itertools
import json
import random
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.outlets import again, agree
from dedup import pipeline
from dedup.corpus.schema import SCHEMA
from dedup.model import OutletPair, Report
from dedup.report.json_format import write_pairs, write_report
from dedup.settings import Settings
from dedup.story.groups import Groups, end_to_end
from dedup.story.matrix import outlet_pairs
from dedup.story.moments import Moments
from tests.test_pipeline import story, write


def moments(*published: tuple[str | None, str | None, str | None]) -> Moments:
    """From (time as the reader stores it: UTC where a zone is named, precision, zone)."""
    rows = [
        {"published": when and datetime.fromisoformat(when), "published_precision": precision, "published_zone": zone}
        for when, precision, zone in published
    ]
    columns = ("published", "published_precision", "published_zone")
    return Moments.of(pa.Table.from_pylist(rows, schema=pa.schema([SCHEMA.field(name) for name in columns])))


MINUTES = 60
DAY = 86_400


@pytest.mark.parametrize(
    ("a", "b", "lag"),
    [
        (("2024-03-01T10:00", "minute", None), ("2024-03-01T10:05", "minute", None), 5 * MINUTES),
        (("2024-03-01T10:00:10", "second", None), ("2024-03-01T10:00:50", "minute", None), 0),
        (("2024-03-01T00:00", "day", None), ("2024-03-01T23:00", "minute", None), 0),
        (("2024-03-01T00:00", "day", None), ("2024-03-02T00:30", "minute", None), DAY),
        (("2024-03-01T21:30", "minute", "+03:00"), ("2024-03-01T22:00", "minute", "+00:00"), 30 * MINUTES),
        (("2024-03-01T21:30", "minute", "+03:00"), ("2024-03-01T00:00", "day", None), -DAY),
        (("2024-03-01T21:30", "minute", "+03:00"), ("2024-03-02T00:40", "minute", None), 10 * MINUTES),
    ],
)
def test_two_moments_are_compared_as_precisely_as_the_coarser_is_known(
    a: tuple[str, str, str | None], b: tuple[str, str, str | None], lag: int
) -> None:
    both = moments(a, b)
    assert both.lag(0, 1) == lag
    assert both.lag(1, 0) == -lag
    assert both.earlier(0, 1) == (lag > 0)


def test_what_is_not_known_is_never_earlier() -> None:
    some = moments((None, None, None), ("2024-03-01T10:00", "minute", None))
    assert not some.earlier(0, 1)
    assert not some.earlier(1, 0)
    assert some.first_of([0, 1]) is None


def test_the_first_is_before_all_others_or_there_is_none() -> None:
    some = moments(*((f"2024-03-01T{hour}:00", "minute", None) for hour in (12, 10, 10, 11)))
    assert some.first_of([0, 1, 3]) == 1
    assert some.first_of([0, 1, 2, 3]) is None
    assert some.first_of([1]) is None


def first_and_last(*published: tuple[str | None, str | None, str | None]) -> tuple[int, int]:
    """Of one story."""
    first, last = moments(*published).first_and_last(Groups.of_sizes(np.array([len(published)])))
    return int(first[0]), int(last[0])


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ([("2024-03-01T07:30", "minute", "+03:00"), ("2024-03-01T09:00", "minute", None)], (1, 0)),
        ([("2024-03-01T07:30", "minute", "+03:00"), ("2024-03-01T08:00", "minute", "+00:00")], (0, 1)),
        (
            [
                ("2024-03-01T07:30", "minute", "+03:00"), ("2024-03-01T08:00", "minute", "+00:00"),
                ("2024-03-01T11:00", "minute", None),
            ],
            (0, 2),
        ),
        ([("2024-02-29T22:30", "minute", "+03:00"), ("2024-03-01T00:00", "day", None)], (1, 0)),
        ([("2024-03-01T00:00", "day", "+00:00"), ("2024-02-29T22:30", "minute", "+03:00")], (0, 1)),
        ([(None, None, None), ("2024-03-01T10:00", "minute", None)], (1, 1)),
        ([(None, None, None), (None, None, None)], (0, 0)),
    ],
    ids=["a clock", "instants", "both", "a day", "a day in a zone", "one unknown", "all unknown"],
)  # fmt: skip
def test_first_and_last_are_ordered_as_pairs_of_outlets_are(
    published: list[tuple[str | None, str | None, str | None]], expected: tuple[int, int]
) -> None:
    assert first_and_last(*published) == expected


TIMES = st.tuples(
    st.integers(0, 30).map(lambda n: f"2024-03-{1 + n // 24:02d}T{n % 24:02d}:00"),
    st.sampled_from(["minute", "day"]),
    st.sampled_from([None, "+00:00", "+03:00", "-05:00"]),
)


@given(st.lists(st.lists(TIMES, min_size=1, max_size=5), min_size=1, max_size=4))
def test_none_is_earlier_than_the_first_nor_later_than_the_last_if_any_is_such(
    stories: list[list[tuple[str, str, str | None]]],
) -> None:
    some = moments(*(time for story in stories for time in story))
    groups = Groups.of_sizes(np.array([len(story) for story in stories]))
    firsts, lasts = some.first_and_last(groups)
    for n, (first, last) in enumerate(zip(firsts.tolist(), lasts.tolist(), strict=True)):
        rows = range(groups.first[n], groups.first[n + 1])
        begin = [a for a in rows if not any(some.earlier(b, a) for b in rows)]
        end = [a for a in rows if not any(some.earlier(a, b) for b in rows)]
        assert first in (begin or rows)
        assert last in (end or rows)
        strictly = [a for a in rows if len(rows) > 1 and all(some.earlier(a, b) for b in rows if b != a)]
        assert some.first_of(list(rows)) == next(iter(strictly), None)


def cells(report: Report) -> dict[tuple[str, str], OutletPair]:
    return {(cell.first, cell.second): cell for cell in report.outlet_pairs}


def news(folder: Path, records: list[dict[str, Any]]) -> Report:
    return pipeline.cluster([write(folder / "a.jsonl", records)]).report


def run_of(outlet: str, number: int, when: str | None = None, **more: str) -> dict[str, Any]:
    dates = {} if when is None else {"published": when}
    return {"text": story(number), "source": outlet, **dates, **more}


def test_a_cell_counts_what_the_first_published_earlier(tmp_path: Path) -> None:
    report = news(
        tmp_path,
        [
            run_of("x", 1, "2024-03-01T10:00"), run_of("y", 1, "2024-03-01T10:30"),
            run_of("x", 2, "2024-03-02T10:00"), run_of("y", 2, "2024-03-02T11:30"),
            run_of("x", 3, "2024-03-03T12:00"), run_of("y", 3, "2024-03-03T10:00"),
            run_of("y", 4, "2024-03-04T10:00"),
        ],
    )  # fmt: skip
    cell, back = cells(report)["x", "y"], cells(report)["y", "x"]
    assert (cell.stories, cell.together, cell.after, cell.median_lag_minutes) == (3, 3, 2, 60)
    assert (cell.together_share, cell.after_share) == (0.75, 0.5)
    assert (back.stories, back.after, back.after_share, back.median_lag_minutes) == (3, 1, 0.3333, 120)


def test_a_tie_within_the_precision_gives_no_direction(tmp_path: Path) -> None:
    report = news(tmp_path, [run_of("x", 1, "2024-03-01"), run_of("y", 1, "2024-03-01T23:00")])
    assert [(c.stories, c.after, c.median_lag_minutes) for c in report.outlet_pairs] == [(1, 0, None), (1, 0, None)]


def test_the_time_of_collection_gives_none_and_the_matrix_is_symmetric(tmp_path: Path) -> None:
    days = ["2024-03-01T10:00:00", "2024-03-09T10:00:00", "2024-03-17T10:00:00"]
    records = [run_of(o, n % 3, crawled_at=days[n % 3]) for n, o in enumerate("xyzxyzxyyz")]
    report = news(tmp_path, records)
    found = cells(report)
    assert found
    for (first, second), cell in found.items():
        assert (cell.after, cell.after_share, cell.median_lag_minutes) == (None, None, None)
        assert cell.stories == found[second, first].stories


def test_an_outlets_own_copies_are_counted_apart(tmp_path: Path) -> None:
    report = news(tmp_path, [run_of("x", 1), run_of("x", 1), run_of("x", 1), run_of("y", 2), run_of("z", 2)])
    lines = {line.outlet: line for line in report.outlets}
    assert (lines["x"].repeats, lines["x"].in_stories, lines["x"].shared_words) == (2, 0, 0)
    assert (lines["y"].repeats, lines["y"].in_stories, lines["y"].shared_words) == (0, 1, 60)
    assert set(cells(report)) == {("y", "z"), ("z", "y")}


def test_words_shared_with_the_same_outlet_alone_are_not_counted(tmp_path: Path) -> None:
    a, b, c = story(1, 40), story(2, 40), story(3, 40)
    texts = [("x", f"{a} {b}"), ("x", f"{a} {b}"), ("y", f"{a} {c}"), ("x", f"{b} {a}")]
    report = news(tmp_path, [{"text": text, "source": outlet} for outlet, text in texts])
    assert [len(cluster.members) for cluster in report.clusters] == [4]
    assert {line.outlet: line.shared_words for line in report.outlets} == {"x": 120, "y": 40}


def test_articles_without_an_outlet_are_in_no_line(tmp_path: Path) -> None:
    report = news(tmp_path, [{"text": story(1)}, run_of("x", 1), run_of("y", 1)])
    assert [line.outlet for line in report.outlets] == ["x", "y"]
    assert set(cells(report)) == {("x", "y"), ("y", "x")}


def test_sources_count_those_that_say_so_and_those_that_do_not(tmp_path: Path) -> None:
    records = [run_of("x", 1, author="رويترز"), run_of("y", 1), run_of("y", 2, author="رويترز"), run_of("y", 3)]
    lines = {line.outlet: line for line in news(tmp_path, records).outlets}
    assert [(s.id, s.articles, s.credited, s.words) for s in lines["x"].sources] == [("reuters", 1, 1, 60)]
    assert [(s.id, s.articles, s.credited, s.words) for s in lines["y"].sources] == [("reuters", 2, 1, 120)]


def test_an_article_alone_rests_on_the_outlet_that_it_credits(tmp_path: Path) -> None:
    records = [
        {"text": story(1) + "\nالمصدر: صحيفة عكاظ", "source": "x"},
        {"text": story(2) + "\nالمصدر: صحيفة عكاظ", "source": "عكاظ"},
        {"text": story(3), "source": "y", "author": "y - خاص"},
    ]
    lines = {line.outlet: line for line in news(tmp_path, records).outlets}
    assert [(s.id, s.articles, s.credited) for s in lines["x"].sources] == [("okaz", 1, 1)]
    assert lines["عكاظ"].sources == lines["y"].sources == ()


def test_a_member_that_credits_another_by_a_longer_name_says_so(tmp_path: Path) -> None:
    records = [
        {"text": story(1), "source": "عكاظ"},
        {"text": story(1) + "\nالمصدر: صحيفة عكاظ", "source": "x"},
    ]
    lines = {line.outlet: line for line in news(tmp_path, records).outlets}
    assert [(s.id, s.articles, s.credited) for s in lines["x"].sources] == [("عكاظ", 1, 1)]
    assert lines["عكاظ"].sources == ()


def counted_again(report: Report) -> dict[tuple[str, str], tuple[int, int, int, float | None]]:
    """The matrix out of the report's members alone, article by article; times all of one precision."""
    totals: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, 0, 0, []])
    for cluster in report.clusters:
        outlets = sorted({str(member.outlet) for member in cluster.members})
        for first in outlets:
            for second in outlets:
                if first == second:
                    continue
                cell = totals[first, second]
                cell[0] += 1
                for member in cluster.members:
                    if member.outlet == second:
                        cell[1] += 1
                        now = datetime.fromisoformat(str(member.published))
                        times = [datetime.fromisoformat(str(m.published)) for m in cluster.members if m.outlet == first]
                        if min(times) < now:
                            cell[2] += 1
                            cell[3].append((now - min(times)) / timedelta(minutes=1))
    return {key: (a, b, c, median(lags) if lags else None) for key, (a, b, c, lags) in totals.items()}


@pytest.mark.parametrize("seed", range(20))
def test_the_matrix_is_what_counting_by_hand_gives(tmp_path: Path, seed: int) -> None:
    draw = random.Random(seed)
    records = [
        run_of(draw.choice("wxyz"), draw.randrange(4), f"2024-03-0{draw.randint(1, 3)}T1{draw.randint(0, 3)}:00")
        for _ in range(14)
    ]
    report = news(tmp_path, records)
    found = {
        key: (cell.stories, cell.together, cell.after, cell.median_lag_minutes) for key, cell in cells(report).items()
    }
    assert found == counted_again(report)


def by_definition(
    stories: Sequence[Sequence[int]], outlets: Sequence[str | None], when: Moments
) -> dict[tuple[str, str], tuple[int, int, int | None, float | None]]:
    """The matrix out of all lags between articles of two outlets, whatever their precision and zone."""
    found: dict[tuple[str, str], list[Any]] = defaultdict(lambda: [0, 0, False, []])
    for rows in stories:
        for first, second in itertools.permutations({outlets[row] for row in rows} - {None}, 2):
            theirs, following = ([row for row in rows if outlets[row] == name] for name in (first, second))
            cell = found[str(first), str(second)]
            cell[0] += 1
            cell[1] += len(following)
            for row in following:
                lags = [when.lag(other, row) for other in theirs if when.known(other) and when.known(row)]
                cell[2] |= bool(lags)
                cell[3] += [lag for lag in [max(lags, default=0)] if lag > 0]
    return {
        key: (stories, together, len(lags) if comparable else None, median(lags) / 60 if lags else None)
        for key, (stories, together, comparable, lags) in found.items()
    }


@given(
    st.lists(
        st.tuples(
            st.integers(0, 2), st.sampled_from(["w", "x", "y", None]), st.integers(0, 60 * 60),
            st.sampled_from([None, "second", "minute", "day"]), st.sampled_from([None, "+03:00", "-05:00"]),
        ),
        max_size=14,
    )
)  # fmt: skip
def test_the_matrix_equals_its_definition_at_all_precisions(
    made: list[tuple[int, str | None, int, str | None, str | None]],
) -> None:
    start = datetime(2024, 3, 1, 20)
    when = moments(
        *(
            (None if precision is None else (start + timedelta(seconds=10 * tens)).isoformat(), precision, zone)
            for _, _, tens, precision, zone in made
        )
    )
    outlets = [outlet for _, outlet, *_ in made]
    stories = [[row for row, one in enumerate(made) if one[0] == n] for n in range(3)]
    totals = {name: (outlets.count(name), 0) for name in ("w", "x", "y")}
    found = outlet_pairs(totals, *end_to_end(stories), pa.chunked_array([pa.array(outlets, pa.string())]), when)
    assert list(found) == sorted(found, key=lambda cell: (cell.first, cell.second))
    assert {
        (cell.first, cell.second): (cell.stories, cell.together, cell.after, cell.median_lag_minutes) for cell in found
    } == by_definition(stories, outlets, when)


def test_three_numbers_of_the_real_table_come_out_of_the_pairs_file(shared: Path, tmp_path: Path) -> None:
    """Stories of two outlets, and articles of the first in them, from the pairs and the members' outlets alone."""
    zips = sorted((shared / "data" / "saudinewsnet").glob("*.zip"))[:3]
    result = pipeline.cluster(zips, Settings())
    write_report(result.report, tmp_path / "report.json")
    write_pairs(result.pairs(), tmp_path / "pairs.jsonl")
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    checked = again(report, tmp_path / "pairs.jsonl", zips)
    assert len(checked) == 3
    assert all(agree(line) for line in checked)
    assert checked[0]["loose"] <= report["corpus"]["clustered_articles"] // 500
