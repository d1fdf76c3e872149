"""The same articles, however they are packed, give the same texts; each kind keeps the meaning of its fields."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.corpus.records import Reading
from dedup.corpus.tables import Layout, fast_rows, slow_records
from dedup.errors import FieldMissing
from dedup.settings import Settings
from tests.corpus_files import STORIES, gz, lines, page, put, reading, warc, zipped


def as_csv(records: list[dict[str, str]], delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(records[0]), delimiter=delimiter)
    writer.writeheader()
    writer.writerows(records)
    return out.getvalue().encode()


def as_parquet(records: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), out, row_group_size=7)
    return out.getvalue()


def as_files(
    folder: Path, records: list[dict[str, str]], ending: str, content: Callable[[dict[str, str]], bytes]
) -> None:
    for n, record in enumerate(records):
        put(folder, f"{n:03d}{ending}", content(record))


RECORDS: dict[str, Callable[[list[dict[str, str]]], bytes]] = {
    "a.jsonl": lines,
    "a.ndjson": lines,
    "a.json": lambda held: json.dumps(held).encode(),
    "pretty.json": lambda held: json.dumps({"articles": held}, indent=2, ensure_ascii=False).encode(),
    "bom.json": lambda held: b"\xef\xbb\xbf" + json.dumps(held, ensure_ascii=False).encode(),
    "utf16.jsonl": lambda held: lines(held).decode().encode("utf-16"),
    "old.jsonl": lambda held: lines(held).decode().encode("cp1256"),
    "a.csv": as_csv,
    "semicolon.csv": lambda held: as_csv(held, ";"),
    "bom.csv": lambda held: b"\xef\xbb\xbf" + as_csv(held),
    "old.csv": lambda held: as_csv(held).decode().encode("iso8859_6"),
    "a.tsv": lambda held: as_csv(held, "\t"),
    "a.parquet": as_parquet,
    "a.csv.gz": lambda held: gz(as_csv(held)),
    "a.parquet.gz": lambda held: gz(as_parquet(held)),
    "a.jsonl.gz": lambda held: gz(lines(held[:9])) + gz(lines(held[9:])),
}


@pytest.mark.parametrize("name", RECORDS)
def test_every_kind_of_records_gives_the_same_rows(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a/plain.jsonl", lines(STORIES))
    put(tmp_path, f"b/{name}", RECORDS[name](STORIES))
    wanted, found = reading(tmp_path / "a"), reading(tmp_path / "b")
    assert not found.skipped
    assert [{**row, "path": ""} for row in found.rows] == [{**row, "path": ""} for row in wanted.rows]
    assert [notice.note for notice in found.notices] == (
        ["read as UTF-16"] if "16" in name else [] if "old" not in name
        else ["read as windows-1256" if name.endswith("jsonl") else "read as ISO-8859-6"]
    )  # fmt: skip


@pytest.mark.parametrize("name", ["a.zip", "b.zip"])
def test_a_zip_of_every_kind(tmp_path: Path, name: str) -> None:
    zipped(tmp_path, name, {f"{n:02d}-{kind}": make(STORIES) for n, (kind, make) in enumerate(RECORDS.items())})
    found = reading(tmp_path)
    assert not found.skipped
    assert found.texts == [story["text"] for story in STORIES] * len(RECORDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256", "iso8859_6"])
def test_text_files_of_every_encoding_give_the_same_texts(tmp_path: Path, encoding: str) -> None:
    as_files(tmp_path, STORIES, ".txt", lambda story: f"{story['title']}\n\n{story['text']}".encode(encoding))
    found = reading(tmp_path)
    assert [row["text"][row["body_start"] :].lstrip("\n") for row in found.rows] == [story["text"] for story in STORIES]
    assert [row["title"] for row in found.rows] == [story["title"] for story in STORIES]
    assert len(found.notices) == (0 if encoding.startswith("utf-8") else len(STORIES))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "iso8859_6"])
def test_pages_give_the_article_with_its_metadata(tmp_path: Path, encoding: str) -> None:
    as_files(tmp_path, STORIES[:5], ".html", lambda story: page(story).replace("utf-8", encoding).encode(encoding))
    for row, story in zip(reading(tmp_path).rows, STORIES, strict=False):
        body = row["text"][row["body_start"] :]
        assert body.split("\n") == [part for part in story["text"].split("\n") if part]
        assert row["title"] == story["title"]
        assert row["outlet"] == story["outlet"]
        assert row["url"] == story["url"]
        hour = datetime.fromisoformat(story["published"])
        assert row["published"] == hour.replace(hour=hour.hour - 3)
        assert (row["published_precision"], row["published_zone"]) == ("second", "+03:00")


def test_a_web_archive_gives_its_pages(tmp_path: Path) -> None:
    data = warc([(story["url"], page(story)) for story in STORIES[:5]])
    put(tmp_path, "a.warc", data)
    put(tmp_path, "b.warc.gz", gz(data[:4000]) + gz(data[4000:]))
    found = reading(tmp_path)
    assert not found.skipped
    assert found.ids == [f"{name}.warc#{n}" for name in "ab" for n in (1, 3, 5, 7, 9)]
    assert [notice.note for notice in found.notices] == ["5 of its 10 records are no pages and were left out"] * 2
    assert {row["collected"] for row in found.rows} == {datetime(2024, 3, 9, 8)}
    assert [row["url"] for row in found.rows] == [story["url"] for story in STORIES[:5]] * 2
    assert all(row["text"].endswith("هو الحديقة.") for row in found.rows)


def test_the_same_real_articles_from_every_kind(tmp_path: Path, shared: Path) -> None:
    real = [
        {"id": row["id"], "title": row["title"] or "", "text": row["text"]}
        for row in reading(shared / "data" / "saudinewsnet" / "2015-07-26.zip").rows[:500]
    ]
    for name, make in RECORDS.items():
        if not name.startswith("old"):
            put(tmp_path, f"{name}/{name}", make(real))
            assert [(row["id"], row["text"]) for row in reading(tmp_path / name).rows] == [
                (one["id"], one["text"] if one["text"].strip() else "") for one in real
            ], name


def test_real_articles_are_told_apart_in_the_old_code_pages(tmp_path: Path, shared: Path) -> None:
    texts = [text for text in reading(shared / "data" / "saudinewsnet" / "2015-07-26.zip").texts if len(text) > 40][
        :500
    ]
    for encoding in ("cp1256", "iso8859_6"):
        plain = [text.encode(encoding, "ignore") for text in texts]
        for n, content in enumerate(plain):
            put(tmp_path, f"{encoding}/{n:03d}.txt", content)
        assert reading(tmp_path / encoding).texts == [content.decode(encoding) for content in plain]


def test_real_pages_give_their_articles(shared: Path) -> None:
    rows = {row["path"]: row for row in reading(shared / "data" / "arabic-html").rows}
    lbc, cnn, assabah = (rows[f"{name}.html"] for name in ("lbcgroup_2026", "cnn_arabic_2013", "assabah_tn"))
    gold = (shared / "data" / "arabic-html" / "cnn_arabic_2013.txt").read_text("utf-8").split()
    assert len(set(gold) & set(cnn["text"].split())) > 0.9 * len(set(gold))
    assert cnn["outlet"] == "سي إن إن بالعربية"
    wanted = json.loads((shared / "data" / "arabic-html" / "assabah_tn.gold.json").read_text("utf-8"))
    (expected,) = wanted.values()
    assert all(part in assabah["text"] for part in expected["with"])
    assert not any(part in assabah["text"] for part in expected["without"])
    assert lbc["outlet"] == "إل بي سي آي"
    assert lbc["text"].startswith("أثار ظهور دونالد ترامب")
    assert lbc["published"] is not None


def test_parquet_of_other_types(tmp_path: Path) -> None:
    table = pa.table(
        {
            "id": pa.array([1, 2]),
            "text": pa.array(["خبر", "خبر آخر"]).dictionary_encode(),
            "title": pa.array(["عنوان", None], pa.large_string()),
            "date": pa.array([datetime(2024, 3, 1, 10), None], pa.timestamp("us", "Asia/Riyadh")),
            "authors": pa.array([["أ", "ب"], None]),
            "source": pa.array([{"name": "الجسر"}, {"name": None}]),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    first, second = reading(tmp_path).rows
    assert (first["id"], first["title"], first["byline"], first["outlet"]) == ("1", "عنوان", "أ, ب", "الجسر")
    assert first["published"] == datetime(2024, 3, 1, 10)
    assert (second["text"], second["title"], second["byline"], second["published"]) == ("خبر آخر", None, None, None)


def test_parquet_bytes_that_are_no_utf8_break_their_record_only(tmp_path: Path) -> None:
    pq.write_table(
        pa.table({"text": pa.array(["خبر".encode(), b"\xff\xfe", None], pa.binary())}), tmp_path / "a.parquet"
    )
    found = reading(tmp_path)
    assert found.texts == ["خبر", ""]
    assert found.reasons == [("a.parquet", 1, "the record's text is not valid UTF-8")]


MOMENT = datetime(2015, 7, 21, 10, 30)


@pytest.mark.parametrize(
    ("role", "column", "given"),
    [
        ("outlet", pa.array([[("name", "الجسر")], []], pa.map_(pa.string(), pa.string())), ["الجسر", None]),
        ("published", pa.array([{"$date": MOMENT}, {"$date": None}]), [MOMENT, None]),
        ("published", pa.array([[MOMENT], []], pa.list_(pa.timestamp("ns"))), [MOMENT, None]),
        ("id", pa.array([{"value": Decimal("1.50")}, {"value": Decimal("2.00")}]), ["1.50", "2.00"]),
        ("byline", pa.array([["أ".encode()], [b"b", b"c"]]), ["أ", "b, c"]),
        ("published", pa.array([2**62, 86_400 * 10**6]).cast(pa.timestamp("us")), [None, datetime(1970, 1, 2)]),
        ("published", pa.array([MOMENT, None], pa.timestamp("us", "Mars/Phobos")), [MOMENT, None]),
    ],
)
def test_parquet_of_nested_and_odd_values(tmp_path: Path, role: str, column: pa.Array, given: list[Any]) -> None:
    if "1970" in str(given) and not pa.types.is_nested(column.type):
        column = pa.StructArray.from_arrays([column], ["$date"])
    pq.write_table(pa.table({"text": ["خبر", "خبر آخر"], role: column}), tmp_path / "a.parquet")
    found = reading(tmp_path)
    assert [row[role] for row in found.rows] == given
    assert not found.skipped


@pytest.mark.parametrize(
    ("name", "values"),
    [("content", [["x"], ["y"]]), ("body", [{"x": 1}, {"x": 2}]), ("story", [1, 2]), ("article", [True, False])],
)
def test_a_column_beside_the_text_that_is_called_like_one_is_passed_over(
    tmp_path: Path, name: str, values: list[Any]
) -> None:
    pq.write_table(pa.table({"text": ["خبر", "خبر آخر"], name: values}), tmp_path / "a.parquet")
    found = reading(tmp_path)
    assert found.texts == ["خبر", "خبر آخر"]
    assert not found.skipped


@pytest.mark.parametrize(
    "records",
    [
        [{"text": None, "content": ["فقرة", "وأخرى"]}, {"text": "خبر", "content": ["x"]}],
        [{"text": ["فقرة"], "body": None}, {"text": ["x"], "body": "خبر"}, {"text": None, "body": None}],
        [{"content": {"rendered": "خبر"}, "title": {"rendered": "عنوان"}}, {"content": None, "title": None}],
        [{"text": None, "story": 1}, {"text": "خبر", "story": 2}, {"text": None, "story": None}],
    ],
)
def test_parquet_and_json_agree_on_what_is_a_text(tmp_path: Path, records: list[dict[str, Any]]) -> None:
    put(tmp_path, "a/a.jsonl", lines(records))
    (tmp_path / "b").mkdir()
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "b/a.jsonl.parquet")
    wanted, found = reading(tmp_path / "a"), reading(tmp_path / "b")
    assert [(row["text"], row["title"]) for row in found.rows] == [(row["text"], row["title"]) for row in wanted.rows]
    assert [record for _, record, _ in found.reasons] == [record for _, record, _ in wanted.reasons]


def test_a_name_with_dots_is_a_path_into_the_structs_of_parquet(tmp_path: Path) -> None:
    records = [{"a": {"b": {"c": "خبر"}, "d": "x"}, "text": "غيره"}, {"a": None, "text": "غيره"}]
    pq.write_table(pa.Table.from_pylist(records), tmp_path / "a.parquet")
    pq.write_table(pa.table({"a.b.c": ["خبر آخر"], "a": ["x"]}), tmp_path / "b.parquet")
    found = reading(tmp_path, text_field="a.b.c", title_field="a.d")
    assert [(row["text"], row["title"]) for row in found.rows] == [("خبر", "x"), ("غيره", None), ("خبر آخر", None)]
    with pytest.raises(FieldMissing):
        reading(tmp_path / "a.parquet", text_field="a.b.e")


def test_parquet_whose_text_stands_twice(tmp_path: Path) -> None:
    pq.write_table(pa.Table.from_arrays([pa.array(["أ"])] * 2, names=["text", "text"]), tmp_path / "a.parquet")
    assert reading(tmp_path).reason == "its column 'text' stands there twice, and which is meant cannot be known"


@pytest.mark.parametrize(
    "names",
    [
        ("رقم الخبر", "عنوان الخبر", "نص الخبر", "مصدر الخبر", "تاريخ الخبر", "رابط الخبر", "كاتب الخبر"),
        ("رقم المقال", "عنوان المقال", "نص المقال", "المصدر", "تاريخ المقال", "رابط المقال", "كاتب المقال"),
        ("\u200fالمعرّف", "العُنوان", "النـــص", "المَصدر", "التأريخ\u200e", "\u202bرابط\u202c", "كاتب"),
        ("\u200fid", "title ", "te\u200bxt", "\u2067source\u2069", "date", "url", "author\u200f"),
    ],
)
def test_arabic_names_of_fields(tmp_path: Path, names: tuple[str, ...]) -> None:
    cells = ("7", "عنوان", "نص", "الجسر", "2024-03-01", "https://a.example/7", "أ")
    put(tmp_path, "a.csv", ",".join(names) + "\n" + ",".join(cells) + "\n")
    put(tmp_path, "b.jsonl", lines([dict(zip(names, cells, strict=True))]))
    for row in reading(tmp_path).rows:
        told = [row[role] for role in ("id", "title", "text", "outlet", "published", "url", "byline")]
        assert told == [*cells[:4], datetime(2024, 3, 1), *cells[5:]]


@pytest.mark.parametrize(
    ("name", "above"),
    [("a.csv", "sep=;\r\n"), ("a.csv", '"sep=;"\n'), ("a.csv", "\ufeffsep=;\r\n"), ("a.csv", "  \n\t\r\n\n")],
)
def test_what_excel_and_others_write_above_a_table(tmp_path: Path, name: str, above: str) -> None:
    put(tmp_path, name, above + 'id;"a,b,c,d";text\n1;x;خبر\n2;y;"خبر;\nآخر"\n')
    found = reading(tmp_path)
    assert (found.ids, found.texts) == (["1", "2"], ["خبر", "خبر;\nآخر"])
    assert not found.skipped


def test_the_separator_that_excels_first_line_names_is_believed(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", "sep=;\nid,x,y;text\n1;خبر\n")
    put(tmp_path, "b.csv", "sep=,\n")
    found = reading(tmp_path)
    assert found.texts == ["خبر"]
    assert found.reasons == [("b.csv", None, "the file holds no record")]


def test_a_tsv_of_one_column(tmp_path: Path) -> None:
    put(tmp_path, "a.tsv", "النص\nخبر, ثم\nخبر; آخر\n")
    put(tmp_path, "b.tsv", "id,text\n1,خبر\n")
    assert reading(tmp_path).texts == ["خبر, ثم", "خبر; آخر", "خبر"]


fields = st.text('ab ,;"\nنص\t', max_size=6)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(fields, min_size=3, max_size=3), min_size=1, max_size=6), st.sampled_from([0, 1]))
def test_arrow_and_python_agree_on_tables(made: list[list[str]], quoting: Any) -> None:
    out = io.StringIO()
    csv.writer(out, quoting=quoting, lineterminator="\n").writerows(made)
    data = out.getvalue().encode()
    layout = Layout("id,title,text", "csv", Reading.under(Settings()))
    slow = list(slow_records([data], layout, 1 << 20))
    assert slow == [row for row in made if row != [""]]
    fast = fast_rows(data, layout, 1 << 20)
    if fast is not None:
        assert [
            list(row) for row in zip(*(fast[name].to_pylist() for name in ("id", "title", "text")), strict=True)
        ] == slow
