"""Reading: what is found, in what order, what ids and fields mean."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dedup.corpus import SCHEMA, find, read, unique_ids
from dedup.errors import FieldMissing, LexiconUnreadable, PathMissing
from dedup.settings import Settings
from tests.corpus_files import STORIES, Outcome, gz, lines, put, reading, zipped


def test_the_order_is_canonical_however_paths_are_named(tmp_path: Path) -> None:
    for name in ("b/2.txt", "a/9.txt", "b/10.txt", "a/1.jsonl"):
        put(tmp_path, name, lines(STORIES[:1]) if name.endswith("l") else f"خبر {name}")
    whole = [source.path for source in find([tmp_path])[0]]
    assert whole == ["a/1.jsonl", "a/9.txt", "b/10.txt", "b/2.txt"]
    forwards, backwards = (find([tmp_path / x for x in order])[0] for order in (("a", "b"), ("b", "a")))
    assert forwards == backwards


def test_a_file_is_read_once_however_many_given_paths_hold_it(tmp_path: Path) -> None:
    file = put(tmp_path, "outlet/a.txt", "خبر")
    for paths in ([tmp_path, file], [file, tmp_path], [tmp_path / "outlet", tmp_path, tmp_path]):
        assert [source.path for source in find(paths)[0]] == ["outlet/a.txt"]


def test_a_file_named_by_way_of_a_link_is_read_once(tmp_path: Path) -> None:
    file = put(tmp_path, "real/x.txt", "خبر")
    (tmp_path / "a link").symlink_to(tmp_path / "real")
    (tmp_path / "other").symlink_to(tmp_path / "real")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "sub").symlink_to(tmp_path / "real")
    (tmp_path / "in" / "y.txt").symlink_to(file)
    linked, other = tmp_path / "a link" / "x.txt", tmp_path / "other" / "x.txt"
    for paths in ([file, linked], [linked, file, other], [linked, other], [file, tmp_path / "in"], [tmp_path, linked]):
        found, _ = find(paths)
        assert [source.location for source in found] == [str(file)]
        assert find(paths[::-1]) == find(paths)


@pytest.mark.parametrize("name", ["notes", ".draft.txt", "sub/article.v2", ".hidden/x"])
def test_a_file_that_is_named_is_read_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    file = put(tmp_path, f"in/{name}", "خبر")
    put(tmp_path, "in/other", "خبر")
    (tmp_path / "link").symlink_to(file)
    for paths in ([file], [tmp_path / "link"], [file, tmp_path / "in"], [tmp_path / "in", tmp_path / "link"]):
        found, skipped = find(paths)
        assert [(source.location, source.kind) for source in found] == [(str(file), "text")]
        assert "other" in {one.path for one in skipped} or tmp_path / "in" not in paths


def test_excluded_outputs_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "خبر")
    report = put(tmp_path, "out/report.json", "{}")
    assert [source.path for source in find([tmp_path], [report])[0]] == ["a.txt"]
    assert find([tmp_path], [tmp_path / "out"]) == find([tmp_path], [report])


def test_a_path_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PathMissing, match="no such file"):
        find([tmp_path / "nowhere"])


def test_batches_have_the_schema_and_do_not_depend_on_workers(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines(STORIES * 200))
    put(tmp_path, "b.json", json.dumps(STORIES * 100, ensure_ascii=False))
    for n in range(50):
        put(tmp_path, f"t/{n}.txt", STORIES[n % 40]["title"] + "\n" + STORIES[n % 40]["text"])
    sources, _ = find([tmp_path])
    runs = [list(read(sources, Settings(workers=workers))) for workers in (1, 2, 5)]
    assert runs[0] == runs[1] == runs[2]
    assert len(runs[0]) > 4
    assert all(batch.schema == SCHEMA for batch in Outcome(runs[0]).batches)


def test_ids_are_the_field_or_the_path_and_the_number(tmp_path: Path) -> None:
    put(tmp_path, "x/named.jsonl", lines(STORIES[:2]))
    put(tmp_path, "x/lines.jsonl", lines([{"text": "خبر"}, {"text": "خبر آخر"}]))
    put(tmp_path, "x/one.json", '{"text": "خبر"}')
    put(tmp_path, "x/list.json", '[{"text": "خبر"}]')
    put(tmp_path, "x/flat.txt", "خبر")
    assert reading(tmp_path).ids == [
        "x/flat.txt",
        "x/lines.jsonl#0",
        "x/lines.jsonl#1",
        "x/list.json#0",
        "خبر-0",
        "خبر-1",
        "x/one.json",
    ]
    assert reading(tmp_path / "x" / "flat.txt").ids == ["flat.txt"]


def test_broken_records_are_counted_in_ids(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", '{"text": "أول"}\n\n{"text": \n{"text": "ثالث"}\n')
    found = reading(tmp_path)
    assert found.ids == ["a.jsonl#0", "a.jsonl#2"]
    assert [skipped.record for skipped in found.skipped] == [1]


def test_archives_are_transparent(tmp_path: Path) -> None:
    zipped(tmp_path, "s/2015.zip", {"2015.json": b'[{"text": "a"}]', "deep/b.txt": "خبر".encode()})
    put(tmp_path, "s/x.jsonl.gz", gz(lines([{"text": "b"}])))
    assert reading(tmp_path).ids == ["s/2015.json#0", "s/deep/b.txt", "s/x.jsonl#0"]


def test_archives_that_hold_the_same_path_are_told_apart_by_their_names(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        zipped(tmp_path, name, {"data.json": b'[{"text": "a"}]'})
    put(tmp_path, "x.txt", "خبر")
    put(tmp_path, "x.txt.gz", gz("خبر".encode()))
    assert reading(tmp_path).ids == ["one.zip/data.json#0", "two.zip/data.json#0", "x.txt", "x.txt.gz"]


def test_repeated_ids_get_a_suffix_no_other_has(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"id": "7", "text": "a"}, {"id": 7, "text": "b"}, {"id": "7~2", "text": "c"}]))
    table = reading(tmp_path).table
    ids, notices = unique_ids(table["id"], table["path"])
    assert ids.to_pylist() == ["7", "7~3", "7~2"]
    assert [notice.path for notice in notices] == ["a.jsonl"]
    assert unique_ids(ids, table["path"]) == (ids, [])


@pytest.mark.parametrize(
    ("address", "outlet"),
    [
        ("https://t.me/Channel_One/5", "t.me/channel_one"),
        ("https://t.me/s/channel_one?before=9", "t.me/channel_one"),
        ("telegram.me/channel_one", "t.me/channel_one"),
        ("https://t.me/s/5", "t.me/5"),
        ("https://t.me/c/1234567/5", "t.me/1234567"),
        ("https://t.me/+AbCd", None),
        ("https://t.me/joinchat/AbCd", None),
        ("https://t.me", None),
        ("https://m.facebook.com/echo.news/posts/1?ref=http://a.example/b", "facebook.com/echo.news"),
        ("https://www.facebook.com/permalink.php?story_fbid=1", None),
        ("https://twitter.com/echo/status/1", "x.com/echo"),
        ("https://x.com/i/status/1", None),
        ("https://www.youtube.com/@echo", "youtube.com/echo"),
        ("https://www.youtube.com/channel/UC1/videos", "youtube.com/uc1"),
        ("https://youtube.com/watch?v=1", None),
        ("https://echo.blogspot.com/2025/1.html", "echo.blogspot.com"),
        ("https://echo.wordpress.com/2025/1", "echo.wordpress.com"),
        ("https://www.paper.example/1", "paper.example"),
        ("https://m.paper.example/1", "paper.example"),
        ("https://amp.paper.example/1", "paper.example"),
        ("http://www.m.paper.example", "paper.example"),
        ("https://team.example.com/1", "team.example.com"),
        ("https://m.example/1", "m.example"),
    ],
)
def test_the_outlet_of_an_address(tmp_path: Path, address: str, outlet: str | None) -> None:
    put(tmp_path, "a.jsonl", lines([{"text": "خبر", "url": address}]))
    assert reading(tmp_path).rows[0]["outlet"] == outlet


def test_a_channel_can_be_given_a_name(tmp_path: Path) -> None:
    own = put(tmp_path, "own.toml", '[[outlet]]\nname = "صدى"\nhosts = ["https://t.me/Echo", "echo.example"]\n')
    addresses = ("https://t.me/s/echo/7", "http://amp.echo.example/1")
    put(tmp_path, "a.jsonl", lines([{"text": "خبر", "url": one} for one in addresses]))
    assert [row["outlet"] for row in reading(tmp_path / "a.jsonl", lexicon=str(own)).rows] == ["صدى"] * 2


def test_outlet_is_the_field_then_the_host_then_the_first_folder(tmp_path: Path) -> None:
    records = [
        {"text": "a", "source": "سبق", "url": "https://www.alriyadh.com/1"},
        {"text": "b", "url": "https://www.News.example/1"},
        {"text": "c", "link": "http://sport.aljazeera.net:80/x"},
        {"text": "d"},
        {"text": "e", "domain": "www.ahram.org.eg"},
    ]
    put(tmp_path, "folder/deep/a.jsonl", lines(records))
    put(tmp_path, "flat.txt", "خبر")
    outlets = [row["outlet"] for row in reading(tmp_path).rows]
    assert outlets == [None, "سبق", "news.example", "الجزيرة نت", "folder", "الأهرام"]


def test_a_users_lexicon_names_outlets(tmp_path: Path) -> None:
    put(tmp_path, "in/a.jsonl", lines([{"text": "a", "url": "https://m.sada.example/1"}]))
    own = put(tmp_path, "own.toml", '[[outlet]]\nname = "صدى"\nhosts = ["www.sada.example"]\n')
    assert reading(tmp_path / "in", lexicon=str(own)).rows[0]["outlet"] == "صدى"


@pytest.mark.parametrize(
    ("entry", "cause"),
    [
        ('name = "صدى"', "[[outlet]] صدى: an outlet needs a name and a list of hosts"),
        ('name = "صدى"\nhosts = []', "[[outlet]] صدى: an outlet needs a name and a list of hosts"),
        ('name = 5\nhosts = ["a.example"]', "[[outlet]] 1: an outlet needs a name and a list of hosts"),
        ('name = "صدى"\nhosts = ["sada"]', "[[outlet]] صدى: 'sada' is no host such as 'example.com'"),
        ('name = "صدى"\nhosts = ["a.example"]\nsite = "b"', "[[outlet]] صدى: unknown field 'site'"),
    ],
)
def test_a_broken_outlet_is_named_with_where_to_look(tmp_path: Path, entry: str, cause: str) -> None:
    put(tmp_path, "in/a.jsonl", lines([{"text": "a", "url": "https://m.sada.example/1"}]))
    bad = put(tmp_path, "bad.toml", f"[[outlet]]\n{entry}\n")
    with pytest.raises(LexiconUnreadable) as refused:
        reading(tmp_path / "in", lexicon=str(bad))
    assert str(refused.value).startswith(f"{bad}, {cause}")
    assert str(refused.value).endswith("Entries have the form of those in dedup/corpus/data/outlets.toml.")


def test_usual_field_names_are_recognised_in_any_case(tmp_path: Path) -> None:
    record = {
        "UUID": "x", "articleBody": "النص", "Headline": "العنوان", "Authors": ["أحمد", "ليلى"],
        "datePublished": "2024-03-01", "crawledAt": "2024-03-02T10:00:00Z",
        "Link": "http://a.example/1", "publisher": {"name": "الجسر"},
    }  # fmt: skip
    put(tmp_path, "a.jsonl", lines([record]))
    (row,) = reading(tmp_path).rows
    assert row == {
        "id": "x", "text": "النص", "title": "العنوان", "outlet": "الجسر", "published": datetime(2024, 3, 1),
        "published_precision": "day", "published_zone": None, "collected": datetime(2024, 3, 2, 10),
        "url": "http://a.example/1", "byline": "أحمد, ليلى", "path": "a.jsonl", "body_start": 0,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["المعرف", "رقم الخبر", "رقم_الخبر", "معرف"])
def test_arabic_field_names_are_recognised_the_id_among_them(tmp_path: Path, name: str) -> None:
    record = {
        name: "خ-7",
        "العنوان": "عنوان",
        "النص": "خبر",
        "المصدر": "الجسر",
        "التاريخ": "2024-03-01",
        "الكاتب": "واس",
    }
    put(tmp_path, "a.jsonl", lines([record]))
    put(tmp_path, "b.csv", f"{','.join(record)}\n{','.join(record.values())}\n")
    for row in reading(tmp_path).rows:
        assert (row["id"], row["title"], row["text"], row["outlet"]) == ("خ-7", "عنوان", "خبر", "الجسر")
        assert (row["published"], row["byline"]) == (datetime(2024, 3, 1), "واس")


def test_the_first_filled_of_several_names_counts(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.jsonl",
        lines([{"content": "ثان", "text": " "}, {"content": "ثان", "text": "أول"}, {"content": None, "body": "ثالث"}]),
    )
    assert reading(tmp_path).texts == ["ثان", "أول", "ثالث"]


def test_an_asked_for_field_counts_alone(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"text": "ملخص", "Nass": "النص", "when": "2024-01-01", "date": "2023-01-01"}] * 3))
    found = reading(tmp_path, text_field="Nass", date_field="when")
    assert found.texts == ["النص"] * 3
    assert found.rows[0]["published"] == datetime(2024, 1, 1)


@pytest.mark.parametrize("kind", ["a.jsonl", "a.json", "big.jsonl", "a.csv"])
def test_an_asked_for_field_that_no_record_has_names_those_there_are(tmp_path: Path, kind: str) -> None:
    records = [{"text": "خبر", "heading": "عنوان"}] * (60_000 if kind.startswith("big") else 2)
    content = {"csv": b"text,heading\na,b\n", "json": json.dumps(records).encode()}.get(
        kind[-4:].strip("."), lines(records)
    )
    put(tmp_path, kind, content)
    with pytest.raises(FieldMissing, match=r"no field 'titel' \(asked for by --title-field\).* heading, text"):
        reading(tmp_path, title_field="titel")


def test_files_that_lack_the_asked_for_text_and_any_other_are_skipped(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"Nass": "خبر", "id": "x"}] * 2))
    put(tmp_path, "b.jsonl", lines([{"inhalt": "خبر", "id": "y"}] * 2))
    put(tmp_path, "big.jsonl", lines([{"inhalt": "خبر " * 200, "id": "y"}] * 200))
    put(tmp_path, "c.json", json.dumps({"inhalt": "خبر"}))
    put(tmp_path, "d.csv", "id,inhalt\n1,خبر\n")
    put(tmp_path, "e.txt", "خبر")
    found = reading(tmp_path, text_field="Nass")
    assert [row["path"] for row in found.rows] == ["a.jsonl", "a.jsonl", "e.txt"]
    asked = "field 'Nass' (asked for by --text-field); the fields there are: "
    assert sorted((path, reason.partition(" Name")[0]) for path, _, reason in found.reasons) == [
        ("b.jsonl", f"none of its 2 records has a {asked}id, inhalt."),
        ("big.jsonl", f"none of its 200 records has a {asked}id, inhalt."),
        ("c.json", f"it has no {asked}inhalt."),
        ("d.csv", f"it has no {asked}id, inhalt."),
    ]


def test_a_field_asked_for_besides_the_text_may_be_missing_in_some_files(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"text": "خبر", "kicker": "عنوان", "key": "7"}]))
    put(tmp_path, "b.csv", "text,title\nخبر,عنوان\n")
    found = reading(tmp_path, title_field="kicker", id_field="key")
    assert (found.ids, [row["title"] for row in found.rows]) == (["7", "b.csv#0"], ["عنوان"] * 2)
    assert not found.skipped


def test_a_field_that_no_file_has_is_told_once_with_the_fields_of_all(tmp_path: Path) -> None:
    for name, field in (("b.jsonl", "body"), ("a.jsonl", "corpus"), ("c.csv", "inhalt")):
        put(tmp_path, name, f"id,{field}\n1,خبر\n" if name == "c.csv" else lines([{field: "خبر"}]))
    for workers in (1, 3):
        with pytest.raises(
            FieldMissing, match=r"a\.jsonl and 2 more files: no field 'x' .*: body, corpus, id, inhalt\."
        ):
            reading(tmp_path, text_field="x", workers=workers)


def test_a_record_with_an_empty_text_is_an_article_without_words(tmp_path: Path) -> None:
    put(
        tmp_path,
        "a.jsonl",
        lines([{"text": ""}, {"text": None}, {"text": " \n\u200f"}, {"title": "بلا نص"}, {"text": "خبر"}]),
    )
    found = reading(tmp_path)
    assert found.texts == ["", "", "", "خبر"]
    assert found.reasons == [("a.jsonl", 3, "the record has no text field")]


def test_a_file_without_any_text_field_is_one_line(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"title": "عنوان", "kind": n} for n in range(50)]))
    assert reading(tmp_path).reasons == [
        (
            "a.jsonl",
            None,
            "none of its 50 records has a text field; the fields there are: kind, title. "
            "Name the right one with --text-field",
        )
    ]


@pytest.mark.parametrize("wrapped", ["articles", "Items", "data"])
def test_a_list_inside_an_object_is_a_list_of_records(tmp_path: Path, wrapped: str) -> None:
    put(tmp_path, "a.json", json.dumps({"status": "ok", wrapped: STORIES[:3]}, indent=2))
    assert reading(tmp_path).texts == [story["text"] for story in STORIES[:3]]


def test_lines_named_json_and_an_array_named_jsonl_are_read_as_what_they_are(tmp_path: Path) -> None:
    put(tmp_path, "lines.json", lines(STORIES[:2]))
    put(tmp_path, "array.jsonl", json.dumps(STORIES[2:4], indent=1))
    assert reading(tmp_path).texts == [story["text"] for story in (*STORIES[2:4], *STORIES[:2])]


def test_a_text_files_title_is_its_first_line_and_stays_in_the_text(tmp_path: Path) -> None:
    put(tmp_path, "o/2024-03-05-jisr.txt", "\ufeff\n العنوان \r\n\r\n" + "الخبر كله. " * 6)
    (row,) = reading(tmp_path).rows
    assert row["text"] == "\n العنوان \r\n\r\n" + "الخبر كله. " * 6
    assert row["title"] == "العنوان"
    assert row["text"][row["body_start"] :] == "\r\n" + "الخبر كله. " * 6
    assert (row["published"], row["published_precision"]) == (datetime(2024, 3, 5), "day")


@pytest.mark.parametrize(
    "text", ["سطر واحد", "سطر واحد\n\n", "كلمة " * 50 + "\nثم سطر", "x" * 3000 + " " + "كلمة " * 41 + "\nثم"]
)
def test_a_single_or_long_first_line_is_no_title(tmp_path: Path, text: str) -> None:
    put(tmp_path, "a.txt", text)
    (row,) = reading(tmp_path).rows
    assert (row["text"], row["title"], row["body_start"]) == (text, None, 0)


def test_a_days_file_of_many_records_says_nothing_of_when_they_were_published(tmp_path: Path) -> None:
    put(tmp_path, "2024-03-05.jsonl", lines([{"text": "خبر", "date_extracted": "2024-03-06 10:00:00"}]))
    (row,) = reading(tmp_path).rows
    assert row["published"] is None
    assert row["collected"] == datetime(2024, 3, 6, 10)


@pytest.mark.parametrize("words", [10, 20_000])
@pytest.mark.parametrize("sound", [True, False])
def test_the_day_in_the_name_of_a_file_of_one_record_is_taken_whatever_its_size(
    tmp_path: Path, words: int, sound: bool
) -> None:
    record = json.dumps({"text": "خبر " * words, "title": "عنوان"}, ensure_ascii=False)
    put(tmp_path, "2024-03-05-jisr.json", record if sound else record.replace("عنوان", "\\ud800"))
    (row,) = reading(tmp_path).rows
    assert (row["id"], row["published"]) == ("2024-03-05-jisr.json", datetime(2024, 3, 5))


def test_own_outputs_are_recognised(tmp_path: Path) -> None:
    put(tmp_path, "report.json", '{"format": "dedup-report", "schema_version": 1, "texts": {"a": "b"}}')
    pair = {"a": "x", "b": "y", "relation": "copy", "jaccard": 1.0, "containment_a": 1.0, "containment_b": 1.0}
    put(tmp_path, "pairs.jsonl", lines([pair, pair]))
    put(tmp_path, "big/pairs.jsonl", lines([pair] * 20_000))
    found = reading(tmp_path)
    assert not found.rows
    assert not found.skipped
    assert [notice.note.split(" of ")[0] for notice in found.notices] == ["it is a pairs file"] * 2 + ["it is a report"]


def test_the_real_corpus_is_read_without_options(shared: Path) -> None:
    found = reading(shared / "data" / "saudinewsnet")
    assert len(found.rows) == 22_953
    assert not found.skipped
    assert not found.notices
    assert found.table["outlet"].null_count == found.table["collected"].null_count == 0
    assert found.table["published"].null_count == 22_953
    assert found.ids[0] == "2015-07-21.json#0"


def test_batches_hold_about_a_megabyte_or_one_longer_record(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([*STORIES * 100, {"text": "و" * 3_000_000}, *STORIES * 100]))
    sizes = [(len(batch), batch.column("text").nbytes) for batch in reading(tmp_path).batches]
    assert sum(rows for rows, _ in sizes) == 8_001
    assert [rows for rows, size in sizes if size > 2_500_000] == [1]


def test_reading_can_be_given_up_half_way(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines(STORIES * 500))
    stream: Any = read(find([tmp_path])[0], Settings(workers=2))
    assert len(Outcome([next(stream)]).rows) > 100
    stream.close()


def test_arabic_names_inside_a_zip_are_read_with_and_without_the_flag(tmp_path: Path) -> None:
    flagged = bytearray(zipped(tmp_path, "a.zip", {"خبر.txt": "نص الخبر".encode()}).read_bytes())
    assert reading(tmp_path).ids == ["خبر.txt"]
    for mark, place in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        flagged[flagged.index(mark) + place] &= 0xF7
    put(tmp_path, "a.zip", bytes(flagged))
    assert reading(tmp_path).ids == ["خبر.txt"]


def test_memory_is_bounded_by_the_batches_in_flight(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines(STORIES * 2500))
    pool = pa.default_memory_pool()
    before, most = pool.bytes_allocated(), 0
    for _ in read(find([tmp_path])[0], Settings(workers=2)):
        most = max(most, pool.bytes_allocated() - before)
    assert (tmp_path / "a.jsonl").stat().st_size > 50 << 20
    assert most < 24 << 20


def test_libraries_of_rare_kinds_are_loaded_only_when_such_a_file_turns_up(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines(STORIES))
    put(tmp_path, "b.txt", "خبر")
    program = (
        "import sys; from dedup.corpus import find, read; from dedup.settings import Settings;"
        f"print(len(list(read(find([{str(tmp_path)!r}])[0], Settings()))));"
        "print(sorted({'trafilatura', 'lxml', 'warcio', 'pyarrow.parquet', 'pyarrow.csv'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split("\n")[1] == "[]"


def test_files_are_read_where_the_system_lacks_what_opening_them_may_ask_for(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", "خبر")
    put(tmp_path, "b.jsonl", lines(STORIES * 40))
    pq.write_table(pa.table({"text": ["خبر"]}), tmp_path / "c.parquet")
    program = (
        "import os\n"
        "for flag in ('O_NONBLOCK', 'O_CLOEXEC'): delattr(os, flag)\n"
        "from dedup.corpus import find, read; from dedup.settings import Settings\n"
        f"print(sum(item.num_rows for item in read(find([{str(tmp_path)!r}])[0], Settings())))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "1602", done.stderr
