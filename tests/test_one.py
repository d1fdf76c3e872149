"""One article out of a file: what the report calls ``path#n`` is what that name gives."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from dedup.corpus.one import one_article
from dedup.errors import ArticleMissing, PathMissing
from dedup.settings import Settings
from tests.corpus_files import STORIES, Outcome, gz, lines, page, put, reading, warc, zipped

BROKEN = b"{broken\n"


def text_of(named: str) -> str:
    (text,) = one_article(named, Settings())["text"].to_pylist()
    return str(text)


def without_ids(start: int, count: int) -> bytes:
    return lines([{"title": s["title"], "text": s["text"]} for s in STORIES[start : start + count]])


def agrees_with_the_report(file: Path) -> None:
    """Every id of the report names its article, alone and behind the name of the file."""
    found = reading(file)
    assert found.rows
    for name, row in zip(found.ids, found.rows, strict=True):
        assert text_of(f"{file}#{name}") == row["text"]
        if name.startswith(f"{file.name}#"):
            assert text_of(f"{file.parent}/{name}") == row["text"]


def leads_into_archives(folder: Path, found: Outcome, absent: Sequence[str]) -> None:
    """Every id of the report names its article below the folder, and names that are not there name none."""
    for name, row in zip(found.ids, found.rows, strict=True):
        assert text_of(f"{folder}/{name}") == row["text"]
    for name in absent:
        with pytest.raises((ArticleMissing, PathMissing)):
            one_article(f"{folder}/{name}", Settings())


def test_records_of_a_web_archive_keep_their_numbers(tmp_path: Path) -> None:
    put(tmp_path, "x.warc", warc([(story["url"], page(story)) for story in STORIES[:3]]))
    file = tmp_path / "x.warc"
    agrees_with_the_report(file)
    assert reading(file).ids == ["x.warc#1", "x.warc#3", "x.warc#5"]
    for record in ("0", "2", "6"):
        with pytest.raises(ArticleMissing, match=f"it has no record {record}"):
            one_article(f"{file}#{record}", Settings())


def test_what_is_not_there_is_said_in_a_short_sentence(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl", without_ids(0, 1))
    with pytest.raises(ArticleMissing, match=r"it has no record 1; it holds 1 article\. "):
        one_article(f"{file}#1", Settings())
    with pytest.raises(ArticleMissing) as raised:
        one_article(f"{file}#{'9' * 5000}", Settings())
    assert len(str(raised.value)) < 400 + len(str(file))
    assert "it has no record 999" in str(raised.value)


def test_records_of_a_zip_are_those_of_its_files(tmp_path: Path) -> None:
    file = zipped(tmp_path, "arch.zip", {"a.jsonl": without_ids(0, 2), "b.jsonl": BROKEN + without_ids(2, 1)})
    agrees_with_the_report(file)
    assert reading(file).ids == ["a.jsonl#0", "a.jsonl#1", "b.jsonl#1"]
    assert text_of(f"{file}#0") == STORIES[0]["text"]
    with pytest.raises(ArticleMissing, match=r"2 of its files hold a record 1\. Say which: .*arch\.zip#a\.jsonl#1"):
        one_article(f"{file}#1", Settings())
    with pytest.raises(ArticleMissing, match=r"record b\.jsonl#0 could not be read"):
        one_article(f"{file}#b.jsonl#0", Settings())
    with pytest.raises(ArticleMissing, match=r"Say which, counting from 0: .*arch\.zip#a\.jsonl#0"):
        one_article(str(file), Settings())


def test_articles_with_ids_of_their_own_have_a_number_too(tmp_path: Path) -> None:
    records = [{"id": f"x#{n}", "text": story["text"]} for n, story in enumerate(STORIES[:3])]
    put(tmp_path, "a.jsonl.gz", gz(lines(records[:1]) + BROKEN + lines(records[1:])))
    file = tmp_path / "a.jsonl.gz"
    agrees_with_the_report(file)
    assert text_of(f"{file}#2") == text_of(f"{file}#x#1") == text_of(f"{file}#a.jsonl#2") == STORIES[1]["text"]


def test_a_name_is_cut_behind_the_file_that_is_there(tmp_path: Path) -> None:
    put(tmp_path, "a#1.jsonl", without_ids(0, 2))
    zipped(tmp_path, "b.zip", {"day#1.txt": b"title\n" + STORIES[0]["text"].encode()})
    assert text_of(f"{tmp_path}/a#1.jsonl#1") == STORIES[1]["text"]
    agrees_with_the_report(tmp_path / "a#1.jsonl")
    agrees_with_the_report(tmp_path / "b.zip")


def test_an_id_of_the_report_leads_into_the_archive_that_holds_its_article(tmp_path: Path) -> None:
    put(tmp_path, "day/cup.jsonl.gz", gz(without_ids(0, 2)))
    zipped(tmp_path / "day", "arch.zip", {"a.jsonl": without_ids(2, 1), "city/b.txt": STORIES[3]["text"].encode()})
    found = reading(tmp_path)
    assert sorted(found.ids) == ["day/a.jsonl#0", "day/city/b.txt", "day/cup.jsonl#0", "day/cup.jsonl#1"]
    leads_into_archives(tmp_path, found, ("day/c.txt", "day/a.jsonl#7", "night/a.jsonl#0"))


def test_an_id_with_the_name_of_its_archive_in_front_leads_into_it(tmp_path: Path) -> None:
    zipped(tmp_path / "day", "a.zip", {"a.jsonl": without_ids(0, 2), "city/b#1.txt": STORIES[4]["text"].encode()})
    zipped(tmp_path / "day", "b.ZIP", {"a.jsonl": without_ids(2, 2), "city/b#1.txt": STORIES[5]["text"].encode()})
    found = reading(tmp_path)
    assert {"day/a.zip/a.jsonl#0", "day/b.ZIP/a.jsonl#1", "day/a.zip/city/b#1.txt"} < set(found.ids)
    leads_into_archives(tmp_path, found, ("day/a.zip/c.jsonl#0", "day/a.zip/a.jsonl#7", "day/c.zip/a.jsonl#0"))


def test_what_lies_below_a_file_that_is_no_archive_is_not_there(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", without_ids(0, 1))
    with pytest.raises((ArticleMissing, PathMissing)):
        one_article(f"{tmp_path}/a.jsonl/b.jsonl#0", Settings())


def test_a_damaged_archive_does_not_end_the_search_for_an_article(tmp_path: Path) -> None:
    whole = zipped(tmp_path, "c.zip", {"a.jsonl": without_ids(0, 1)}).read_bytes()
    directory = whole.rindex(b"PK\x01\x02")
    put(tmp_path, "a.zip", whole[:directory] + b"XX" + whole[directory + 2 :])
    put(tmp_path, "b.zip", whole[:-30])
    assert text_of(f"{tmp_path}/a.jsonl#0") == STORIES[0]["text"]
    with pytest.raises(ArticleMissing, match="no article could be read"):
        one_article(f"{tmp_path}/a.zip/a.jsonl#0", Settings())
