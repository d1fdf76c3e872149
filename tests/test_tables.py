"""The tables and the network: both kinds hold the same, no cell runs as a formula, edges are cells of the matrix."""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pyarrow.parquet as pq
import pytest

from dedup import pipeline
from dedup.model import Report
from dedup.report.files import outputs_in, write_folder
from dedup.report.graph import graphml
from dedup.report.json_format import as_data, write_pairs, write_report
from dedup.report.tables import _csv, is_table
from dedup.settings import TABLES, Settings
from tests.test_pipeline import story, write

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
NAMES = list(TABLES)


@pytest.fixture(scope="module")
def seeds() -> Report:
    return pipeline.cluster([SEEDS], Settings(texts="shared")).report


@pytest.fixture(scope="module")
def folder(seeds: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("tables")
    write_folder(seeds, written)
    return written


def csv_lines(folder: Path, name: str) -> list[list[str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.reader(lines))


def plain(cell: str) -> str:
    return cell.removeprefix("'")


@pytest.mark.parametrize("name", NAMES)
def test_both_kinds_of_a_table_hold_the_same(folder: Path, name: str) -> None:
    table = pq.read_table(folder / f"{name}.parquet")
    header, *lines = csv_lines(folder, name)
    assert header == table.column_names == list(TABLES[name])
    assert len(lines) == table.num_rows > 0
    for line, record in zip(lines, table.to_pylist(), strict=True):
        for cell, value in zip(line, record.values(), strict=True):
            assert plain(cell) == ("" if value is None else str(value))


def test_the_tables_hold_what_the_report_holds(folder: Path, seeds: Report) -> None:
    data = as_data(seeds)
    tables = {name: pq.read_table(folder / f"{name}.parquet").to_pylist() for name in NAMES}
    members = [(c["id"], m["id"], m["derived"], m["shared_share"]) for c in data["clusters"] for m in c["members"]]
    assert [
        tuple(m[k] for k in ("story_id", "article_id", "derived", "shared_share")) for m in tables["members"]
    ] == members
    assert [(s["story_id"], s["origin_id"]) for s in tables["stories"]] == [
        (c["id"], c["origin"]["id"]) for c in data["clusters"]
    ]
    carriers = [
        (c["id"], k["id"], k["start"], k["end"]) for c in data["clusters"] for p in c["passages"] for k in p["carriers"]
    ]
    assert [tuple(p[k] for k in ("story_id", "article_id", "start", "end")) for p in tables["passages"]] == carriers
    assert tables["outlet_pairs"] == data["outlet_pairs"]
    sources = [(o["outlet"], s["id"], s["words"], s["word_share"]) for o in data["outlets"] for s in o["sources"]]
    assert [tuple(s[k] for k in ("outlet", "id", "words", "word_share")) for s in tables["outlet_sources"]] == sources
    assert [o["shared_words"] for o in tables["outlets"]] == [o["shared_words"] for o in data["outlets"]]
    assert len(tables["credits"]) == sum(len(article["credits"]) for article in data["articles"])


@pytest.mark.parametrize(
    "title", ["=1+1", "+966 11", "-عاجل", "@الوزارة", "\t=1+1", "'مقتبس'", '=HYPERLINK("x";"y")', "عادي, «نص»"]
)
def test_no_headline_runs_as_a_formula_and_every_one_comes_back(tmp_path: Path, title: str) -> None:
    records = [{"text": story(1), "title": title, "source": outlet} for outlet in ("x", "=y")]
    write_folder(pipeline.cluster([write(tmp_path / "a.jsonl", records)]).report, tmp_path)
    header, *lines = csv_lines(tmp_path, "members")
    place, outlet = header.index("title"), header.index("outlet")
    kept = pq.read_table(tmp_path / "members.parquet")["title"].to_pylist()
    for line, value in zip(lines, kept, strict=True):
        assert not line[place].startswith(tuple("=+-@\t\r"))
        assert plain(line[place]) == value
    assert [line[outlet] for line in lines] == ["x", "'=y"]


@pytest.mark.parametrize("title", ["a\rb", "a\nb", "a\r\nb", "ab\r", "\rab\r\n"])
def test_a_line_break_in_a_cell_is_quoted(title: str) -> None:
    columns = ("one", "two")
    data = _csv(columns, [(title, "x"), ("y", title)])
    first, second, third = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert (first, third[0], second[1]) == (list(columns), "y", "x")
    assert plain(second[0]) == plain(third[1]) == title
    assert data.startswith(b"\xef\xbb\xbfone,two\n")
    assert data.endswith(b'"\n')


def test_a_spreadsheet_is_told_that_it_is_utf_8(folder: Path) -> None:
    """Excel takes a file without a byte order mark for one in the encoding of its country."""
    for name in NAMES:
        assert (folder / f"{name}.csv").read_bytes().startswith("\ufeff".encode() + TABLES[name][0].encode())


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_table_is_known_with_its_byte_order_mark_and_without(seeds: Report, tmp_path: Path, mark: bytes) -> None:
    table = tmp_path / "outlets.csv"
    table.write_bytes(mark + ",".join(TABLES["outlets"]).encode() + b"\n")
    assert is_table(table)
    write_folder(seeds, tmp_path)
    assert len(csv_lines(tmp_path, "outlets")) == 1 + len(seeds.outlets) > 1
    table.write_bytes(mark + b"mine," + ",".join(TABLES["outlets"]).encode() + b"\n")
    assert not is_table(table)


def test_numbers_stay_numbers(folder: Path) -> None:
    header, *lines = csv_lines(folder, "members")
    shares = [line[header.index("own_share")] for line in lines]
    values = pq.read_table(folder / "members.parquet")["own_share"].to_pylist()
    assert [float(share) for share in shares] == values
    assert len(set(values)) > 2


def test_a_run_without_stories_writes_empty_tables(tmp_path: Path) -> None:
    write_folder(pipeline.cluster([write(tmp_path / "a.jsonl", [{"text": story(1)}])]).report, tmp_path)
    for name in NAMES:
        assert csv_lines(tmp_path, name) == [list(TABLES[name])]
        assert pq.read_table(tmp_path / f"{name}.parquet").num_rows == 0
    assert ElementTree.parse(tmp_path / "outlets.graphml").getroot() is not None


def test_tables_lying_in_the_input_are_not_read(tmp_path: Path, folder: Path) -> None:
    write(tmp_path / "a.jsonl", [{"text": story(1), "source": "x"}] * 2)
    for path in outputs_in(folder):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    report = pipeline.cluster([tmp_path]).report
    assert report.corpus["articles"] == 2
    assert {notice.path for notice in report.notices} == {p.name for p in outputs_in(folder)} - {"outlets.graphml"}


# The network

GRAPHML = "{http://graphml.graphdrawing.org/xmlns}"


def network(report: Report) -> tuple[dict[str, dict[str, str]], dict[tuple[str, str], dict[str, Any]]]:
    """Nodes by outlet and edges by their two outlets, with their figures."""
    root = ElementTree.fromstring(graphml(report))
    names = {key.get("id"): key.get("attr.name") for key in root.iter(f"{GRAPHML}key")}
    (graph,) = root.iter(f"{GRAPHML}graph")

    def figures(element: ElementTree.Element) -> dict[str, str]:
        return {str(names[data.get("key")]): str(data.text) for data in element.iter(f"{GRAPHML}data")}

    nodes = {str(node.get("id")): figures(node) for node in graph.iter(f"{GRAPHML}node")}
    edges = {}
    for edge in graph.iter(f"{GRAPHML}edge"):
        ends = nodes[str(edge.get("source"))]["label"], nodes[str(edge.get("target"))]["label"]
        edges[ends] = {**figures(edge), "directed": edge.get("directed", "true")}
    return {node["label"]: node for node in nodes.values()}, edges


def test_the_edges_are_the_cells_of_the_matrix(seeds: Report) -> None:
    nodes, edges = network(seeds)
    assert {name: int(node["articles"]) for name, node in nodes.items()} == {
        o.outlet: o.articles for o in seeds.outlets
    }
    cells = {(c.first, c.second): c for c in seeds.outlet_pairs if c.after}
    assert edges.keys() == cells.keys()
    assert len(edges) > 20
    for ends, cell in cells.items():
        figures = edges[ends]
        assert figures["directed"] == "true"
        assert (int(figures["stories"]), int(figures["after"])) == (cell.stories, cell.after)
        assert float(figures["median_lag_minutes"]) == cell.median_lag_minutes


def test_where_no_publication_is_known_one_edge_stands_for_both_directions(tmp_path: Path) -> None:
    report = pipeline.cluster([write(tmp_path / "a.jsonl", [{"text": story(1), "source": o} for o in "xyz"])]).report
    _, edges = network(report)
    assert {ends: figures["directed"] for ends, figures in edges.items()} == dict.fromkeys(
        [("x", "y"), ("x", "z"), ("y", "z")], "false"
    )


def test_an_outlet_with_any_name_makes_a_file_that_parses(tmp_path: Path) -> None:
    records = [{"text": story(1), "source": outlet} for outlet in ('<"&">', "صحيفة\u0001 الخليج", "\U0001f4f0")]
    nodes, edges = network(pipeline.cluster([write(tmp_path / "a.jsonl", records)]).report)
    assert set(nodes) == {'<"&">', "صحيفة الخليج", "\U0001f4f0"}
    assert len(edges) == 3


# The same bytes


def test_no_order_of_files_and_no_number_of_workers_changes_a_byte(tmp_path: Path) -> None:
    written = []
    for turn, workers in enumerate((1, 3)):
        paths = sorted(SEEDS.iterdir())
        random.Random(turn).shuffle(paths)
        result = pipeline.cluster(paths, Settings(workers=workers, texts="shared"))
        out = tmp_path / str(turn)
        out.mkdir()
        write_folder(result.report, out)
        write_report(result.report, out / "report.json")
        write_pairs(result.pairs(), out / "pairs.jsonl")
        written.append({path.name: path.read_bytes() for path in sorted(out.iterdir())})
    assert len(written[0]) == 2 * len(TABLES) + 3
    assert written[0] == written[1]


def test_the_report_carries_the_passages_when_asked_for(seeds: Report) -> None:
    quotes = [p["quote"] for c in as_data(seeds)["clusters"] for p in c["passages"]]
    assert quotes
    assert all(quotes)
    without = pipeline.cluster([SEEDS]).report
    assert {p.quote for c in without.clusters for p in c.passages} == {None}
    assert "texts" not in json.dumps(list(as_data(seeds)))
