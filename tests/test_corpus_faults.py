"""One fault, one line that says what is wrong and where; what lies beside it is read, and nothing hangs or crashes."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import socket
import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dedup.corpus import find, read
from dedup.corpus.gzip_members import unpacked
from dedup.corpus.streams import RAW_DEFLATE, Packed, Unreadable, _gunzip
from dedup.corpus.tables import with_line_feeds
from dedup.settings import ARCHIVE_FREE_BYTES, Settings
from tests.corpus_files import STORIES, Outcome, gz, lines, page, put, reading, warc, zipped

GOOD = {"id": "good", "text": "خبر سليم يجب أن يبقى"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder in which one good article lies beside whatever a test adds."""
    put(tmp_path, "good.jsonl", lines([GOOD]))
    return tmp_path


def fault(folder: Path) -> tuple[str, int | None, str]:
    """The only fault of a folder whose good article is read all the same."""
    found = reading(folder)
    assert found.texts == [GOOD["text"]]
    (only,) = found.reasons
    return only


@pytest.mark.parametrize(
    "name", ["a.txt", "a.json", "a.jsonl", "a.csv", "a.html", "a.parquet", "a.warc", "a.tsv", "a.txt.gz"]
)
def test_an_empty_file(folder: Path, name: str) -> None:
    put(folder, name, b"")
    path, record, reason = fault(folder)
    assert (path, record) == (name, None)
    assert "empty" in reason or "no record" in reason or "cut short" in reason


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes(range(256)) * 40, "binary"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (b"PK\x03\x04" + bytes(60), "a zip archive or an Office document"),
        (b"\x89PNG\r\n\x1a\n" + bytes(60), "a picture"),
        (b"\x00\x01\x02" * 99, "binary"),
        (b"Rar!\x1a\x07\x00" + bytes(60), "a rar archive"),
        (b"{\\rtf1\\ansi hello}", "an RTF document"),
    ],
)
def test_a_binary_named_txt(folder: Path, content: bytes, said: str) -> None:
    put(folder, "a.txt", content)
    assert said in fault(folder)[2]


def test_a_broken_line_of_a_jsonl(folder: Path) -> None:
    put(folder, "a.jsonl", lines(STORIES[:2]) + b'{"text": "x", oops}\n' + lines(STORIES[2:4]))
    found = reading(folder)
    assert len(found.rows) == 5
    ((path, record, reason),) = found.reasons
    assert (path, record) == ("a.jsonl", 2)
    assert reason == "the record is not valid JSON (expecting property name enclosed in double quotes, character 15)"


def test_invalid_utf8_inside_json(folder: Path) -> None:
    put(folder, "a.jsonl", lines(STORIES[:3]) + b'{"text": "\xd8\xa7\xff\xd8"}\n')
    found = reading(folder)
    assert len(found.rows) == 4
    assert found.reasons == [("a.jsonl", 3, "the record is not valid UTF-8 (byte 13 of the record)")]


def test_lone_surrogates_become_the_replacement_character_one_for_one(folder: Path) -> None:
    put(folder, "a.jsonl", b'{"text": "\\ud800a\\udc00\\ud83d\\ude00"}\n')
    found = reading(folder)
    assert found.texts[0] == "\ufffda\ufffd😀"
    assert not found.skipped


def test_a_key_given_twice_with_different_values(folder: Path) -> None:
    put(
        folder,
        "a.jsonl",
        '{"text": "أول", "text": "ثان"}\n{"text": "مثله", "text": "مثله"}\n{"x": 1, "x": 2, "text": "ثالث"}\n',
    )
    put(folder, "b.json", '[{"text": "أول", "text": "ثان"}, {"text": "رابع"}]')
    found = reading(folder)
    assert found.texts == ["مثله", "ثالث", "رابع", GOOD["text"]]
    said = "the key 'text' stands twice in the record with different values"
    assert found.reasons == [("a.jsonl", 0, said), ("b.json", 0, said)]


def test_a_line_longer_than_any_block(folder: Path) -> None:
    long = {"id": "long", "text": "كلمة " * 1_200_000}
    put(folder, "a.jsonl", lines([*STORIES[:2], long, *STORIES[2:4]]))
    found = reading(folder)
    assert len(found.rows) == 6
    assert not found.skipped
    assert long["text"] in found.texts


@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.jsonl.gz", "a.csv"])
def test_a_record_over_the_limit(folder: Path, name: str) -> None:
    records = [*STORIES[:2], {"id": "long", "text": "و" * 3_000_000}, *STORIES[2:4]]
    table = "\n".join(["id,text", *(f'{one["id"]},"{one["text"]}"' for one in records)])
    content = {"a.json": json.dumps(records, ensure_ascii=False), "a.csv": table}.get(name, lines(records))
    put(folder, name, gz(bytes(content)) if name.endswith("gz") else content)  # type: ignore[arg-type]
    found = reading(folder, max_record=4_000_000)
    assert len(found.rows) == 5
    ((path, record, reason),) = found.reasons
    assert (path, record) == (name, 2)
    assert "more than the 4,000,000 allowed (--max-record)" in reason


def test_a_record_over_the_limit_is_never_held(tmp_path: Path) -> None:
    with open(tmp_path / "a.jsonl", "wb") as file:
        file.write(lines([GOOD]))
        file.write(b'{"text": "')
        file.truncate(200 << 20)
        file.seek(200 << 20)
        file.write(b'"}\n')
        file.write(lines([GOOD]))
    found = reading(tmp_path, max_record=1 << 20)
    assert len(found.rows) == 2
    assert found.skipped[0].record == 1
    assert "the record is 209,715,1" in found.reason


@pytest.mark.parametrize("name", ["a.txt", "a.html"])
def test_a_text_or_page_over_the_limit(folder: Path, name: str) -> None:
    put(folder, name, "كلمة " * 1000)
    found = reading(folder, max_record=2000)
    assert found.texts == [GOOD["text"]]
    assert found.reason == "it is 9,000 bytes long, more than the 2,000 allowed for a record (--max-record)"


@pytest.mark.parametrize("kind", ["jsonl", "json", "csv"])
def test_a_truncated_gzip_keeps_the_records_before_the_cut(folder: Path, kind: str) -> None:
    records = STORIES * 20
    if kind == "csv":
        content = "id,text\n" + "".join(f'{n},"{one["text"]}"\n' for n, one in enumerate(records))
    else:
        content = lines(records).decode() if kind == "jsonl" else json.dumps(records, ensure_ascii=False)
    packed = gz(os.urandom(0) + content.encode())
    put(folder, f"a.{kind}.gz", packed[: len(packed) // 2])
    found = reading(folder)
    assert 20 < len(found.rows) < len(records)
    assert any(reason == "it is cut short: the packed file ends before its end mark" for _, _, reason in found.reasons)
    assert len(found.skipped) <= 2


BEHIND = "behind its end stand bytes that are no gzip; what they hold is lost"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl.gz", lines(STORIES[:2])),
        ("a.json.gz", json.dumps(STORIES[:2]).encode()),
        ("a.csv.gz", b"id,text\n1,x\n2,y\n"),
        ("a.warc.gz", warc([(story["url"], page(story)) for story in STORIES[:2]])),
        ("a.txt.gz", STORIES[0]["text"].encode()),
        ("a.html.gz", page(STORIES[0]).encode()),
    ],
)
@pytest.mark.parametrize("between", [0, 600, 3 << 20])
@pytest.mark.parametrize("behind", [b"no member", b"\x1f", b"\x1f\x8b", b"\x1f\x8bx", b"\x1f\x8bno member at all"])
def test_bytes_behind_a_gzip_that_are_none_are_told_of(
    folder: Path, name: str, content: bytes, between: int, behind: bytes
) -> None:
    put(folder, name, gz(content) + bytes(between))
    whole = reading(folder / name)
    put(folder, name, gz(content) + bytes(between) + behind)
    found = reading(folder / name)
    assert (found.rows, found.skipped) == (whole.rows, [])
    assert sorted(notice.note for notice in found.notices) == sorted([BEHIND, *(one.note for one in whole.notices)])
    assert len(found.rows) == (1 if name in ("a.txt.gz", "a.html.gz") else 2)


def test_a_table_of_parquet_with_bytes_behind_its_gzip_is_read(folder: Path) -> None:
    table = io.BytesIO()
    pq.write_table(pa.table({"id": ["1"], "text": [STORIES[0]["text"]]}), table)
    put(folder, "a.parquet.gz", gz(table.getvalue()) + b"no member")
    found = reading(folder / "a.parquet.gz")
    assert (len(found.rows), found.skipped, found.note) == (1, [], BEHIND)


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.csv.gz"])
def test_of_an_empty_gzip_with_bytes_behind_it_nothing_is_read(folder: Path, name: str) -> None:
    put(folder, name, gz(b"") + b"no member")
    assert fault(folder) == (name, None, BEHIND)


@pytest.mark.parametrize("size", [1, 5, 9, 10, 11, 64])
def test_a_member_is_known_wherever_a_block_ends(size: int) -> None:
    data = gz(b"one") + gz(b"two") + b"\x1f\x8b\x08"
    notes: list[str] = []
    stream = iter([data[n : n + size] for n in range(0, len(data), size)])
    assert b"".join(_gunzip(stream, 1 << 20, notes.append)) == b"onetwo"
    assert notes == [BEHIND]


@pytest.mark.parametrize("between", [0, 600, 3 << 20])
def test_noughts_between_the_members_of_a_gzip_lose_none(folder: Path, between: int) -> None:
    put(folder, "a.jsonl.gz", gz(lines(STORIES[:2])) + bytes(between) + gz(lines(STORIES[2:3])))
    found = reading(folder / "a.jsonl.gz")
    assert (len(found.rows), found.skipped) == (3, [])


def test_a_gzip_that_is_none_or_is_damaged(folder: Path) -> None:
    put(folder, "a.jsonl.gz", lines(STORIES))
    assert fault(folder) == ("a.jsonl.gz", None, "it is no gzip file")
    packed = bytearray(gz(os.urandom(40_000).hex().encode()))
    packed[20_000:20_100] = bytes(100)
    put(folder, "a.jsonl.gz", bytes(packed))
    assert all(skipped.path == "a.jsonl.gz" for skipped in reading(folder).skipped)


@pytest.mark.parametrize("name", ["../out.txt", "/etc/out.txt", "a/../../out.txt", "C:\\out.txt", "..\\out.txt"])
def test_a_zip_member_whose_name_leads_out(folder: Path, name: str) -> None:
    zipped(folder, "a.zip", {name: b"x"})
    path, record, reason = fault(folder)
    assert (path, record) == (f"a.zip/{name}".replace("\\", "/" if os.sep == "\\" else "\\"), None)
    assert reason == "its name inside the archive leads out of the archive's folder"


def test_a_zip_member_without_a_name(folder: Path) -> None:
    """A directory entry of length 0, as a damaged zip has it; found by mutating sound ones."""
    zipped(folder, "a.zip", {"x": b"text"})
    packed = bytearray((folder / "a.zip").read_bytes())
    entry = packed.index(b"PK\x01\x02")
    length = entry + 28
    assert packed[length] == 1
    packed[length] = 0
    del packed[entry + 46]
    end = packed.index(b"PK\x05\x06")
    packed[end + 12] -= 1
    put(folder, "a.zip", bytes(packed))
    assert fault(folder) == ("a.zip/", None, "it has no name inside the archive")


def renamed(folder: Path, names: dict[bytes, str]) -> None:
    """A zip of one story a name, the names as bytes that say nothing of their encoding."""
    zipped(folder, "a.zip", {chr(65 + n) * len(name): text.encode() for n, (name, text) in enumerate(names.items())})
    data = (folder / "a.zip").read_bytes()
    for n, name in enumerate(names):
        data = data.replace(bytes([65 + n]) * len(name), name)
    put(folder, "a.zip", data)


def test_names_of_a_zip_by_programs_of_other_systems(folder: Path) -> None:
    renamed(folder, {
        b"./x-first.txt": "أ", b".//a/./y-second.txt": "ب", b"afaq\\2024\\third.txt": "ج", b"both\\z/fourth.txt": "د",
        b"..hidden-not/a.txt": "ه",
    })  # fmt: skip
    found = reading(folder)
    assert {row["path"]: (row["text"], row["outlet"]) for row in found.rows if row["path"] != "good.jsonl"} == {
        "x-first.txt": ("أ", None), "a/y-second.txt": ("ب", "a"), "afaq/2024/third.txt": ("ج", "afaq"),
        "both\\z/fourth.txt": ("د", "both\\z"),
    }  # fmt: skip
    assert found.reasons == [("a.zip/..hidden-not/a.txt", None, "its name is that of another program's own file")]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1256", "cp720"])
@pytest.mark.parametrize("name", ["خبر/المدينة، ٢.txt", "صحيفة الشرق/مقال 2024.txt", "أخبار.txt"])
def test_arabic_names_of_a_zip_without_the_flag_of_utf8(folder: Path, encoding: str, name: str) -> None:
    name = name.replace("٢", "2") if encoding != "utf-8" else name
    name = name.replace("،", "") if encoding == "cp720" else name
    renamed(folder, {name.encode(encoding): "خبر"})
    assert reading(folder).rows[-1]["path"] == name


@pytest.mark.parametrize(
    "name",
    [
        "«الشرق» – عدد 5.txt", "تقرير — أول…كامل.txt", "“حوار” مع.txt", "ضغط.txt", "غزة.txt", "فضاء-غذاء.txt",
        "گزارش.txt", "پژوهش چاپ.txt", "خبر\u200c.txt",
    ],
)  # fmt: skip
def test_names_of_a_zip_with_signs_of_typography_and_persian_letters(folder: Path, name: str) -> None:
    renamed(folder, {name.encode("cp1256"): "خبر"})
    assert name in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        (
            "cp1256",
            "إن أكثر ثم أخرى ضد آل إذ إحدى بهذه أصبح أوضح حق ذكرت آب أحدث رغبة تؤدي آذار ذكرى هل يهم جدة، سوريا،",
        ),
        ("cp720", "أو سواء سوف ساعة عز هبوط سوء بوابة فوزه فوز أبواب زعزعة إعطاء إزاء طبعا أطباء"),
    ],
)
def test_names_of_a_zip_that_are_one_arabic_word(folder: Path, encoding: str, names: str) -> None:
    """Each of them could be Chinese as well, or Persian in the other Arabic page."""
    wanted = [f"{name}.txt" for name in names.split()]
    renamed(folder, {name.encode(encoding): "خبر" for name in wanted})
    assert {row["path"] for row in reading(folder).rows} == {"good.jsonl", *wanted}


@pytest.mark.parametrize("encoding", ["cp1256", "cp720"])
@pytest.mark.parametrize(
    "name",
    [
        "الائتلاف و«التنسيق» يتفقان.txt", "«أخضر الطائرة»يتجاوز الكويت.txt", "إنَّ اللهَ لا يُحِبُّ.txt", "192 بلاغاً.txt",
        "رسميًّا.txt", "آثار 2024-05-01/ضد 12.txt", "BBC أصبح.txt", "الأولىمن.txt",
    ],
)  # fmt: skip
def test_names_of_a_zip_with_quotes_at_a_letter_vowel_signs_and_digits(folder: Path, encoding: str, name: str) -> None:
    renamed(folder, {name.encode(encoding): "خبر"})
    assert name in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize("name", ["\u200fالرائد يواجه.txt", "استفتاء\u200f.txt"])
def test_a_name_of_a_zip_with_a_mark_of_direction(folder: Path, name: str) -> None:
    renamed(folder, {name.encode("cp1256"): "خبر"})
    assert name in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize("name", ["مصر.txt", "كرة/2024-05-01.txt", "متر مرة.txt", "فتح-1.txt"])
def test_names_in_an_arabic_page_that_are_valid_utf8_by_chance(folder: Path, name: str) -> None:
    name.encode("cp720").decode("utf-8")
    renamed(folder, {name.encode("cp720"): "خبر"})
    assert name in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize(
    "name",
    [
        "خبر ١٢.txt",
        "گزارش ۱۲ چین.txt",
        "«الشرق».txt",
        "ج1.txt",
        "文.txt",
        "1 – 2.txt",
        "①.txt",
        "新闻.txt",
        "étape.txt",
    ],
)
def test_any_name_of_a_zip_in_utf8_is_read_without_the_flag(folder: Path, name: str) -> None:
    renamed(folder, {name.encode(): "خبر"})
    assert name in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("新闻.txt", "gbk"), ("体育.txt", "gbk"), ("社会.txt", "gbk"), ("新聞.txt", "big5"), ("ニュース.txt", "cp932"),
        ("뉴스.txt", "cp949"), ("новости.txt", "cp866"), ("новости.txt", "cp1251"), ("политика.txt", "cp1251"),
        ("политика.txt", "koi8-r"), ("товар.txt", "cp866"), ("ειδήσεις.txt", "cp737"), ("חדשות.txt", "cp862"),
        ("haber-günü.txt", "cp857"), ("先生.txt", "gbk"), ("亚洲.txt", "gbk"), ("网友.txt", "gbk"), ("手术.txt", "gbk"),
        ("страны.txt", "cp866"), ("власти.txt", "cp866"), ("газета.txt", "cp1251"), ("видео.txt", "cp1251"),
    ],
)  # fmt: skip
def test_names_of_other_code_pages_are_no_arabic(folder: Path, name: str, encoding: str) -> None:
    renamed(folder, {name.encode(encoding): "خبر"})
    assert name.encode(encoding).decode("cp437") in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize("name", ["café-été.txt", "Straße.txt", "señor.txt", "Überraschung.txt"])
def test_names_of_western_zips_are_no_arabic(folder: Path, name: str) -> None:
    renamed(folder, {name.encode("cp437"): "خبر"})
    assert name in [row["path"] for row in reading(folder).rows]


@pytest.mark.parametrize("encoding", ["cp1256", "cp720"])
@pytest.mark.parametrize(
    "names", ["ضد BBCأخبار élève تقرير", "صحيفة/ج صحيفة/CNN-عد صحيفة/3م", "reportضد مجلس-3 finalعام حوار"]
)
def test_names_of_an_arabic_zip_are_read_alike(folder: Path, encoding: str, names: str) -> None:
    """One by one those with Latin letters in a word of theirs are none in Arabic."""
    wanted = [f"{name}.txt" for name in names.split()]
    renamed(folder, {name.encode(encoding): f"خبر {n}" for n, name in enumerate(wanted)})
    assert {row["path"] for row in reading(folder).rows} == {"good.jsonl", *wanted}


@pytest.mark.parametrize(
    ("encoding", "names"),
    [
        ("cp866", "год время человек день раз работа слово место вопрос мир"),
        ("cp1251", "наука жизнь работа вопрос книга дом новости культура"),
        ("cp737", "νόμος άρθρο γνώμη ελλάδα υγεία κόσμος"),
        ("cp862", "חוק תרבות מדע עולם דעה ספורט"),
    ],
)
def test_names_of_a_zip_in_another_page_are_no_arabic_though_one_could_be(
    folder: Path, encoding: str, names: str
) -> None:
    written = [f"{name}.txt".encode(encoding) for name in names.split()]
    renamed(folder, {name: f"خبر {n}" for n, name in enumerate(written)})
    assert {row["path"] for row in reading(folder).rows} == {"good.jsonl", *(name.decode("cp437") for name in written)}


def test_a_name_of_a_zip_in_utf8_that_could_be_arabic_is_utf8_among_others(folder: Path) -> None:
    wanted = ["大.txt", "新闻.txt"]
    renamed(folder, {name.encode(): f"خبر {n}" for n, name in enumerate(wanted)})
    assert {row["path"] for row in reading(folder).rows} == {"good.jsonl", *wanted}


def test_a_link_in_a_zip_is_no_article(folder: Path) -> None:
    with zipfile.ZipFile(folder / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "../good.jsonl")
    path, _, reason = fault(folder)
    assert (path, reason[:31]) == ("a.zip/link.txt", "it is a link inside the archive")


def test_an_encrypted_zip(folder: Path) -> None:
    archive = zipped(folder, "a.zip", {"a.txt": b"x"}).read_bytes()
    local, central = archive.index(b"PK\x03\x04"), archive.index(b"PK\x01\x02")
    flagged = bytearray(archive)
    flagged[local + 6] |= 1
    flagged[central + 8] |= 1
    put(folder, "a.zip", bytes(flagged))
    assert fault(folder) == ("a.zip/a.txt", None, "it is encrypted; unpack the archive with its password first")


def test_a_zip_bomb_by_ratio(folder: Path) -> None:
    zipped(folder, "a.zip", {"a.txt": b"x" * (ARCHIVE_FREE_BYTES + 1)})
    assert "more than 200 times its size, as a zip bomb does" in fault(folder)[2]


def test_a_gzip_bomb_by_ratio(folder: Path) -> None:
    put(folder, "a.txt.gz", gz(b"x" * (ARCHIVE_FREE_BYTES + (2 << 20))))
    assert fault(folder) == ("a.txt.gz", None, "it unpacks to more than 200 times its size, as a zip bomb does")


def test_a_zip_that_declares_less_than_it_holds(folder: Path) -> None:
    archive = bytearray(zipped(folder, "a.zip", {"a.txt": b"x" * 100_000}).read_bytes())
    central = archive.index(b"PK\x01\x02")
    archive[central + 24 : central + 28] = struct.pack("<I", 10)
    put(folder, "a.zip", bytes(archive))
    assert fault(folder)[2] == "it unpacks to more than the archive declares; the archive is damaged or a bomb"


def test_a_zip_over_the_total(folder: Path) -> None:
    archive = bytearray(zipped(folder, "a.zip", {f"{n}.txt": b"x" for n in range(40)}).read_bytes())
    place = -1
    while (place := archive.find(b"PK\x01\x02", place + 1)) >= 0:
        archive[place + 24 : place + 28] = struct.pack("<I", 0xFFFFFFF0)
    put(folder, "a.zip", bytes(archive))
    assert "bytes, more than the 68,719,476,736 allowed" in fault(folder)[2]


def test_archives_inside_archives(folder: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.txt", "x")
    zipped(folder, "a.zip", {"b.zip": inner.getvalue()})
    assert fault(folder) == ("a.zip/b.zip", None, "it is an archive inside an archive; unpack the outer one first")


def test_a_gzipped_file_inside_a_zip_is_read(folder: Path) -> None:
    zipped(folder, "a.zip", {"b.jsonl.gz": gz(lines(STORIES[:2]))})
    assert len(reading(folder).rows) == 3


def test_what_is_skipped_in_an_archive_is_named_by_where_it_lies(folder: Path) -> None:
    """And ids stay what they would be if it were unpacked."""
    broken = lines([{"text": "أول"}]) + b"{broken}\n" + lines([{"text": "ثالث"}])
    hijri = json.dumps({"text": "نص", "date": "5 شوال 1436هـ"}).encode()
    zipped(folder, "s/a.zip", {"b.jsonl": broken, "c/d.jsonl.gz": gz(broken), "e.txt": b"", "f.json": hijri})
    put(folder, "s/g.jsonl.GZ", gz(broken))
    found = reading(folder)
    places = ["s/a.zip/b.jsonl", "s/a.zip/c/d.jsonl.gz", "s/a.zip/e.txt", "s/g.jsonl.GZ"]
    assert sorted({path for path, _, _ in found.reasons}) == places
    assert [notice.path for notice in found.notices] == ["s/a.zip/f.json"]
    assert [name for name in found.ids if name.endswith("#2")] == ["s/b.jsonl#2", "s/c/d.jsonl#2", "s/g.jsonl#2"]


def test_a_truncated_or_damaged_zip(folder: Path) -> None:
    whole = zipped(folder, "a.zip", {"a.txt": STORIES[0]["text"].encode()}).read_bytes()
    put(folder, "a.zip", whole[:-30])
    assert fault(folder)[2] == "it is no zip file, or cut short (the directory at its end is missing)"
    damaged = bytearray(whole)
    damaged[40:60] = bytes(20)
    put(folder, "a.zip", bytes(damaged))
    assert "damaged" in fault(folder)[2] or "checksum" in fault(folder)[2] or "more than" in fault(folder)[2]


def test_archives_of_kinds_that_are_not_opened(folder: Path) -> None:
    put(folder, "a.tar", b"x")
    assert "archives of the kind .tar are not opened" in fault(folder)[2]


def test_a_dangling_link(folder: Path) -> None:
    (folder / "a.txt").symlink_to("nowhere")
    assert fault(folder) == ("a.txt", None, "it is a link to something that is not there")


def test_links_that_lead_back(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "self").symlink_to("self")
    put(folder, "sub/a.txt", "خبر")
    found = reading(folder)
    assert len(found.rows) == 2
    assert found.reasons == [
        ("self", None, "it is a link that leads back to itself"),
        ("sub/up", None, "it is a link to a folder that is read anyway (or leads back into itself)"),
    ]


def test_links_to_what_is_elsewhere_are_followed_once(tmp_path: Path) -> None:
    put(tmp_path, "out/a.txt", "خبر")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "x").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "y").symlink_to(tmp_path / "out")
    (tmp_path / "in" / "z.txt").symlink_to(tmp_path / "out" / "a.txt")
    found = reading(tmp_path / "in")
    assert found.ids == ["x/a.txt"]
    assert [path for path, _, _ in found.reasons] == ["y", "z.txt"]


def test_a_fifo_and_a_socket_are_never_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(folder / "a.txt")
    monkeypatch.chdir(folder)
    with socket.socket(socket.AF_UNIX) as endpoint:
        endpoint.bind("b.txt")
        found = reading(folder)
    assert found.texts == [GOOD["text"]]
    assert found.reasons == [
        ("a.txt", None, "it is a named pipe (FIFO), not a file, and was not opened"),
        ("b.txt", None, "it is a socket, not a file, and was not opened"),
    ]


def test_a_csv_without_a_text_column(folder: Path) -> None:
    put(folder, "a.csv", "name,size\na,1\n")
    path, record, reason = fault(folder)
    assert (path, record) == ("a.csv", None)
    assert reason.startswith("none of its columns is known to hold text; the fields there are: name, size. Name the")


def test_a_csv_with_unbalanced_quotes_loses_one_record(folder: Path) -> None:
    rows = [f'{n},"عنوان {n}","نص {n}\nسطر ثان"' for n in range(20)]
    rows[7] = '7,"عنوان بلا نهاية,نص 7'
    put(folder, "a.csv", "id,title,text\n" + "\n".join(rows) + "\n")
    found = reading(folder)
    assert found.ids == [str(n) for n in range(20) if n != 7] + ["good"]
    assert [(path, record) for path, record, _ in found.reasons] == [("a.csv", 7)]


def test_a_csv_with_a_quote_that_never_closes(folder: Path) -> None:
    put(folder, "a.csv", 'id,text\n1,"نص\n2,"نص آخر"\n3,نص ثالث\n4,"لا ينتهي\n')
    found = reading(folder)
    assert found.ids == ["2", "3", "good"]
    assert [(record, reason) for _, record, reason in found.reasons] == [
        (0, "a quote opens in the record and does not close"),
        (3, "a quote opens in the record and does not close"),
    ]


@pytest.mark.parametrize("slow", [False, True])
def test_lines_that_a_quote_made_one_record_are_read_each_by_itself(folder: Path, slow: bool) -> None:
    ragged = "9\n" if slow else ""
    cells = [f"نص {n}" for n in range(6)]
    cells[1], cells[4] = '"' + cells[1], cells[4] + '"'
    put(folder, "a.tsv", "id\ttext\n" + ragged + "".join(f"{n}\t{cell}\n" for n, cell in enumerate(cells)))
    put(folder, "b.csv", "id,text,day\n" + ragged + "".join(f"n{n},{cell},\n" for n, cell in enumerate(cells)))
    put(folder, "c.tsv", 'id\ttitle\ttext\n"0"\t"سنعود\tنص\n1\tأ\tنص\n2\tلن نتراجع"\tنص\n')
    found = reading(folder)
    assert [row["text"] for row in found.rows if row["path"] in ("a.tsv", "b.csv")] == cells * 2
    assert [row["title"] for row in found.rows if row["path"] == "c.tsv"] == ['"سنعود', "أ", 'لن نتراجع"']
    assert found.ids[-4:-1] == ["0", "1", "2"]
    said = "a quote opens in one record and closes in a later one: {} lines were read each by itself"
    assert [(notice.path, notice.note) for notice in found.notices] == [
        (path, said.format(count)) for path, count in (("a.tsv", 4), ("b.csv", 4), ("c.tsv", 3))
    ]


@pytest.mark.parametrize(
    "cell",
    [
        *("سطر\nسطر, آخر", "سطر\n7, آخر", "سطر\nسطر,آخر\nثالث", "سطر\n2,آخر\nثالث", "سطر\na2,آخر", "2,سطر"),
        *("بلغ عددهم\n5,820 مصابا", "كلفته\n2,5 مليون", "أولا\n3,ثانيا"),
    ],
)
def test_a_cell_of_several_lines_stays_one(folder: Path, cell: str) -> None:
    put(folder, "a.csv", f'id,text\n1,"{cell}"\n2,نص\n')
    put(folder, "b.tsv", f'id\ttext\n1\t"{cell}"\n2\tنص\n')
    put(folder, "c.csv", f'text\n"{cell}"\n"سطر\n2"\n')
    found = reading(folder)
    assert found.texts == [cell, "نص", cell, "نص", cell, "سطر\n2", GOOD["text"]]
    assert not found.notices


def test_a_csv_with_fields_of_a_megabyte(folder: Path) -> None:
    big = "كلمة " * 130_000
    put(folder, "a.csv", f'id,text\n1,"{big}\n"\n2,{big}\n3,قصير\n')
    found = reading(folder)
    assert [len(text) for text in found.texts[:3]] == [len(big) + 1, len(big), 4]
    assert not found.skipped


def test_a_csv_row_with_too_few_fields(folder: Path) -> None:
    put(folder, "a.csv", "id,title,text\n1,a,خبر\n2,خبر\n3,b,خبر\n")
    found = reading(folder)
    assert found.ids == ["1", "3", "good"]
    assert found.reasons == [("a.csv", 1, "the record has 2 fields where the header has 3")]


ROWS = [
    ["id", "title", "text"],
    ["1", "عنوان", "سطر أول\nسطر ثان"],
    ["2", 'قال "نعم"، ثم', "نص"],
    ["3", "", "x" * 90_000],
]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\r\r\n", "\r\r"])
@pytest.mark.parametrize("before", ["", "\r\n", "\r"])
@pytest.mark.parametrize("name", ["a.csv", "a.tsv", "a.csv.gz"])
def test_tables_whose_lines_end_otherwise(folder: Path, end: str, before: str, name: str) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter="\t" if "tsv" in name else ",", lineterminator=end, quoting=csv.QUOTE_ALL).writerows(ROWS)
    content = (before + out.getvalue()).encode()
    put(folder, name, gz(content) if name.endswith("gz") else content)
    found = reading(folder)
    assert [[row["id"], row["title"] or "", row["text"]] for row in found.rows[:3]] == ROWS[1:]
    assert not found.skipped


def test_a_carriage_return_alone_in_a_field_of_a_table_with_line_feeds_stays(folder: Path) -> None:
    put(folder, "a.csv", 'id,text\n1,"سطر\rسطر"\r\n')
    assert reading(folder).texts[0] == "سطر\rسطر"


def test_lone_carriage_returns_of_a_table_are_found_wherever_blocks_end() -> None:
    table = b'id,text\r1,a\r2,b\r3,"c\r\nd"\r'
    for size in range(9, len(table)):
        stream = iter([table[:size], *(bytes([code]) for code in table[size:])])
        assert b"".join(with_line_feeds(stream, "csv")) == b'id,text\n1,a\n2,b\n3,"c\r\nd"\n'


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_a_quoted_line_break_in_the_header_of_a_table(folder: Path, end: str) -> None:
    lines_ = ['id,"the title;' + end + ' of;; it;;","text"', "1,عنوان,نص", "2,عنوان,نص"]
    put(folder, "a.csv", end.join(lines_))
    found = reading(folder)
    assert (found.texts, found.skipped) == (["نص", "نص", GOOD["text"]], [])
    put(folder, "a.csv", end.join(['id,"the' + end + 'author"', "1,كاتب"]))
    assert "the fields there are: id, the author. Name" in reading(folder).reason


@pytest.mark.parametrize("header", ['id,size 5",text', 'id,5",text', 'id,"a" b",text'])
def test_a_stray_quote_in_the_header_of_a_table_takes_nothing_of_the_records(folder: Path, header: str) -> None:
    put(folder, "a.csv", header + '\n1,"a",نص\n2,"b",نص\n')
    found = reading(folder)
    assert (found.texts, found.skipped) == (["نص", "نص", GOOD["text"]], [])


def test_parquet_without_a_text_column(folder: Path) -> None:
    pq.write_table(pa.table({"name": ["a"], "size": [1]}), folder / "a.parquet")
    assert "none of its columns is known to hold text; the fields there are: name, size." in fault(folder)[2]


def test_parquet_whose_text_is_no_text(folder: Path) -> None:
    pq.write_table(pa.table({"text": [1, 2]}), folder / "a.parquet")
    found = reading(folder)
    assert found.texts == [GOOD["text"]]
    assert {reason for _, _, reason in found.reasons} == {"its text (field 'text') is of type int64, not a text"}


def test_truncated_parquet(folder: Path) -> None:
    pq.write_table(pa.Table.from_pylist(STORIES), folder / "a.parquet")
    data = (folder / "a.parquet").read_bytes()
    for cut in (3, 100, len(data) // 2, len(data) - 1):
        put(folder, "a.parquet", data[:cut])
        path, record, reason = fault(folder)
        assert (path, record) == ("a.parquet", None)
        assert reason.startswith("it is no parquet file, or cut short")


def test_a_damaged_row_group_leaves_the_others(folder: Path) -> None:
    pq.write_table(pa.Table.from_pylist(STORIES), folder / "a.parquet", row_group_size=10, compression="zstd")
    metadata = pq.read_metadata(folder / "a.parquet")
    data = bytearray((folder / "a.parquet").read_bytes())
    start = metadata.row_group(1).column(0).dictionary_page_offset or metadata.row_group(1).column(0).data_page_offset
    data[start : start + 60] = b"\xff" * 60
    put(folder, "a.parquet", bytes(data))
    found = reading(folder)
    assert found.ids == [story["id"] for story in (*STORIES[:10], *STORIES[20:])] + ["good"]
    ((_, record, reason),) = found.reasons
    assert record == 10
    assert reason.startswith("10 records from this one on could not be read")


def archive(count: int = 4) -> list[bytes]:
    """A web archive, page by page, each after its request."""
    return [warc([(story["url"], page(story))]) for story in STORIES[:count]]


def packed_pages(pages: Sequence[str]) -> list[bytearray]:
    """A web archive of pages alone, each packed by itself."""
    records = [warc([(story["url"], markup)]) for story, markup in zip(STORIES, pages, strict=False)]
    return [bytearray(gz(record[record.index(b"WARC/1.0", 1) :])) for record in records]


def test_a_truncated_warc_keeps_the_pages_before_the_cut(folder: Path) -> None:
    data = b"".join(archive())
    put(folder, "a.warc", data[: len(data) - 900])
    put(folder, "b.warc", b"no archive at all\n" * 50)
    found = reading(folder)
    assert [row["id"] for row in found.rows if row["path"] == "a.warc"] == ["a.warc#1", "a.warc#3", "a.warc#5"]
    assert [(path, record) for path, record, _ in found.reasons] == [("a.warc", 7), ("b.warc", None)]
    assert "the archive ends after" in found.reasons[0][2]
    assert "no web archive" in found.reasons[1][2]


@pytest.mark.parametrize(("change", "numbers"), [(10**6, [1]), (-200, [1, 5, 7]), (40, [1])])
def test_a_page_of_a_wrong_length_is_broken(folder: Path, change: int, numbers: list[int]) -> None:
    records = archive()
    head, length, rest = records[1].rpartition(b"Content-Length: ")
    said, behind, rest = rest.partition(b"\r\n")
    records[1] = head + length + str(int(said) + change).encode() + behind + rest
    put(folder, "a.warc", b"".join(records))
    found = reading(folder)
    assert [row["id"] for row in found.rows if row["path"] == "a.warc"] == [f"a.warc#{n}" for n in numbers]
    assert found.reasons[0][1] == 3
    assert "Content-Length" in found.reasons[0][2]


def test_a_truncated_packed_warc_keeps_the_pages_before_the_cut(folder: Path) -> None:
    for data, cut in ((b"".join(map(gz, archive())), 150), (gz(b"".join(archive())), 20)):
        put(folder, "a.warc.gz", data[:-cut])
        found = reading(folder)
        assert [row["id"] for row in found.rows[:-1]] == ["a.warc#1", "a.warc#3", "a.warc#5"]
        assert found.reasons == [("a.warc.gz", 7, "it is cut short: the packed file ends before its end mark")]


@pytest.mark.parametrize("lines_above", [b"\n", b"\r\n\r\n", b"\n" * (1 << 21)])
def test_empty_lines_above_a_web_archive_are_no_record(folder: Path, lines_above: bytes) -> None:
    put(folder, "a.warc", lines_above + b"".join(archive()))
    put(folder, "b.warc.gz", gz(lines_above) + b"".join(map(gz, archive())))
    found = reading(folder)
    assert found.ids[:-1] == [f"{name}.warc#{n}" for name in "ab" for n in (1, 3, 5, 7)]
    assert found.reasons == []


@pytest.mark.parametrize("hurt", [0, 1, 3])
def test_a_damaged_record_of_a_packed_warc_leaves_the_others(folder: Path, hurt: int) -> None:
    members = packed_pages([page(story) for story in STORIES[:4]])
    members[hurt][len(members[hurt]) // 2] ^= 0xFF
    put(folder, "a.warc.gz", b"".join(members))
    found = reading(folder)
    others = [n for n in range(4) if n != hurt]
    assert found.reasons == [("a.warc.gz", hurt if hurt < 3 else None, "its packed bytes are damaged")]
    assert [row["id"] for row in found.rows[:-1]] == [f"a.warc#{n}" for n in others]
    assert [row["url"] for row in found.rows[:-1]] == [STORIES[n]["url"] for n in others]


def test_damage_in_a_warc_packed_in_one_piece_is_its_end(folder: Path) -> None:
    filler = [f"<!-- {random.Random(n).randbytes(50_000).hex()} -->" for n in range(30)]
    pages = [page(STORIES[n]).replace("</nav>", f"</nav>{filler[n]}") for n in range(30)]
    data = bytearray(gz(warc([(story["url"], markup) for story, markup in zip(STORIES, pages, strict=False)])))
    data[-20_000] ^= 0xFF
    put(folder, "a.warc.gz", bytes(data))
    found = reading(folder)
    assert [row["url"] for row in found.rows[:12]] == [story["url"] for story in STORIES[:12]]
    assert found.reasons[-1] == ("a.warc.gz", None, "its packed bytes are damaged")


@pytest.mark.parametrize("byte", [0, 1, 2])
def test_damage_in_the_first_bytes_of_a_member_leaves_the_others(folder: Path, byte: int) -> None:
    members = packed_pages([page(story) for story in STORIES[:4]])
    members[1][byte] ^= 0xFF
    put(folder, "a.warc.gz", b"".join(members))
    found = reading(folder)
    assert [row["url"] for row in found.rows[:-1]] == [STORIES[n]["url"] for n in (0, 2, 3)]
    assert found.reasons == [("a.warc.gz", 1, "its packed bytes are damaged")]


@pytest.mark.parametrize("size", [7, 1000])
def test_noughts_between_members_are_passed_over_wherever_a_block_ends(size: int) -> None:
    data = gz(b"WARC/1 one") + bytes(2500) + gz(b"WARC/1 two")
    blocks = iter([data[n : n + size] for n in range(0, len(data), size)])
    notes: list[str] = []
    assert b"".join(map(bytes, unpacked(blocks, b"WARC/", notes.append))) == b"WARC/1 oneWARC/1 two"  # type: ignore[arg-type]


def test_a_web_archive_is_read_alike_where_there_is_no_stderr(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    records = archive()
    head, length, rest = records[1].partition(b"Content-Length: ")
    said, behind, rest = rest.partition(b"\r\n")
    records[1] = head + length + str(int(said) - 40).encode() + behind + rest
    put(folder, "a.warc", b"".join(records))
    before = reading(folder).reasons
    monkeypatch.setattr("sys.stderr", None)
    assert reading(folder).reasons == before


@pytest.mark.parametrize("damage", ["head", "middle", "checksum"])
def test_a_record_that_was_given_in_part_before_its_damage_was_noticed_is_broken(folder: Path, damage: str) -> None:
    long = random.Random(1).randbytes(1 << 20).hex()
    pages = [page(story) for story in STORIES[:3]]
    pages[1] = pages[1].replace("</nav>", f"</nav><!-- {long} -->")
    members = packed_pages(pages)
    members[1][{"head": 3, "middle": len(members[1]) // 2, "checksum": -8}[damage]] ^= 0xFF
    put(folder, "a.warc.gz", b"".join(members))
    found = reading(folder)
    assert found.reasons == [("a.warc.gz", 1, "its packed bytes are damaged")]
    assert [row["id"] for row in found.rows[:-1]] == ["a.warc#0", "a.warc#2"]


@pytest.mark.parametrize("size", [1000, 5000, 1 << 20])
def test_members_of_a_gzip_however_its_blocks_are_cut(size: int) -> None:
    parts = [b"WARC/1 " + random.Random(n).randbytes(3000).hex().encode() for n in range(6)]

    def given(members: list[bytes]) -> list[bytes | None]:
        data = b"".join(members)
        blocks = iter([data[n : n + size] for n in range(0, len(data), size)])
        return [None if isinstance(block, Unreadable) else block for block in unpacked(blocks, b"WARC/", notes.append)]

    notes: list[str] = []
    members = [gz(part) for part in parts]
    assert b"".join(block or b"?" for block in given([*members, b"\x00" * 9, b"no gzip"])) == b"".join(parts)
    assert notes == [BEHIND]
    half = len(members[2]) // 2
    members[2] = members[2][:half] + b"\x1f\x8b\x08" + members[2][half + 3 :]
    out = given(members)
    cut = out.index(None)
    assert b"".join(block or b"" for block in out[cut:]) == b"".join(parts[3:])
    assert b"".join(block or b"" for block in out[:cut]).startswith(b"".join(parts[:2]))


def test_a_folder_deeper_than_a_hundred_levels(folder: Path) -> None:
    deep = folder.joinpath(*["d"] * 150)
    put(deep, "a.txt", "خبر في القاع")
    assert reading(folder).ids == ["d/" * 150 + "a.txt", "good"]


def test_a_path_longer_than_the_system_can_open(folder: Path) -> None:
    here = os.open(folder, os.O_RDONLY)
    try:
        for _ in range(25):
            os.mkdir("n" * 200, dir_fd=here)
            below = os.open("n" * 200, os.O_RDONLY, dir_fd=here)
            os.close(here)
            here = below
    finally:
        os.close(here)
    path, _, reason = fault(folder)
    assert path.startswith("nnn")
    assert reason == "its path is longer than the system can open; move it nearer to the root"


def test_file_names_in_any_bytes(tmp_path: Path) -> None:
    for name in (b"caf\xe9.txt", "خبر عاجل.txt".encode(), b"new\nline.txt", b"tab\tquote'\".txt"):
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as file:
            file.write("خبر".encode())
    ids = reading(tmp_path).ids
    assert ids == ["caf\\xe9.txt", "new\nline.txt", "tab\tquote'\".txt", "خبر عاجل.txt"]
    assert all(one.encode() for one in ids)


def test_a_file_that_vanishes_between_listing_and_reading(folder: Path) -> None:
    names = ["a.txt", "b.jsonl", "c.json", "d.csv", "e.parquet", "f.html", "g.warc", "h.jsonl.gz"]
    for name in names:
        put(folder, name, b"x")
    put(folder, "big.json", b" " * (2 << 20))
    sources, _ = find([folder])
    for name in (*names, "big.json"):
        (folder / name).unlink()
    found = Outcome(list(read(sources, Settings())))
    assert found.texts == [GOOD["text"]]
    assert {reason for _, _, reason in found.reasons} == {"it was there when the folder was listed and is gone now"}
    assert len(found.skipped) == len(names) + 1


def test_a_file_that_becomes_a_pipe_between_listing_and_reading(folder: Path) -> None:
    names = [put(folder, name, b"x").name for name in ("a.txt", "b.csv", "c.parquet")]
    sources, _ = find([folder])
    for name in names:
        (folder / name).unlink()
        os.mkfifo(folder / name)
    found = Outcome(list(read(sources, Settings())))
    assert found.texts == [GOOD["text"]]
    assert len(found.skipped) == 3


def test_articles_of_one_word_and_of_two_million(folder: Path) -> None:
    put(folder, "one.txt", "خبر")
    put(folder, "two.txt", "عنوان\n" + "كلمة " * 2_000_000)
    found = reading(folder)
    assert sorted(len(row["text"].split()) for row in found.rows) == [1, 5, 2_000_001]


def test_a_hundred_thousand_empty_records(folder: Path) -> None:
    put(folder, "a.jsonl", b'{"text": ""}\n' * 100_000)
    put(folder, "b.jsonl", b"{}\n" * 100_000)
    found = reading(folder)
    assert len(found.rows) == 100_001
    assert [path for path, _, _ in found.reasons] == ["b.jsonl"]


def test_a_text_that_is_no_string(folder: Path) -> None:
    put(
        folder,
        "a.jsonl",
        lines([{"text": 5}, {"text": ["a", 1]}, {"text": {"x": 1}}, {"text": True}, {"text": 5, "body": "خبر"}]),
    )
    found = reading(folder)
    assert found.texts == ["خبر", GOOD["text"]]
    kinds = ("a number", "a list", "an object", "true or false")
    assert [reason for _, _, reason in found.reasons] == [
        f"its text (field 'text') is {kind}, not a text" for kind in kinds
    ]


def test_records_that_are_no_objects(folder: Path) -> None:
    put(folder, "a.json", '["خبر", 3, null, {"text": "خبر"}]')
    found = reading(folder)
    assert len(found.rows) == 2
    assert [reason for _, _, reason in found.reasons] == [
        f"the record is {kind}, not an object with fields" for kind in ("a text", "a number", "null")
    ]


@pytest.mark.parametrize("field", ["x", "author", "text"])
@pytest.mark.parametrize("depth", [400, 5_000, 20_000, 1_000_000])
def test_records_nested_without_end(folder: Path, depth: int, field: str) -> None:
    nested = b'{"title": "a", "%s": ' % field.encode() + b"[" * depth + b"]" * depth + b"}"
    put(folder, "a.jsonl", lines(STORIES[:30]) + nested + b"\n" + lines(STORIES[30:]))
    put(folder, "b.json", b"[" + nested + b"," + lines([STORIES[1] | {"id": "other"}]) + b"]")
    put(folder, "c.json", nested)
    found = reading(folder)
    assert len(found.rows) == 42
    deep = "the record is nested too deeply"
    assert found.reasons[:2] == [("a.jsonl", 30, deep), ("b.json", 0, deep)]
    assert [(path, reason) for path, _, reason in found.reasons[2:]] == [("c.json", deep)]


@pytest.mark.parametrize("nested", ["[" * 600 + '"a"' + "]" * 600, '[{"name":' * 300 + '"a"' + "}]" * 300])
def test_a_page_whose_linked_data_is_nested_deeply(folder: Path, nested: str) -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "author": ' + nested + "}</script></head>"
    put(folder, "a.html", page(STORIES[0]).replace("</head>", data))
    found = reading(folder)
    assert [row["byline"] for row in found.rows] == [None, None]


def test_packed_bytes_that_show_their_fault_only_when_all_of_them_are_taken() -> None:
    packed = bytes.fromhex("edc13101000000c2a0aceb5fc21a1e4002")
    given: list[bytes] = []
    with pytest.raises(Unreadable, match="its packed bytes are damaged"):
        given.extend(Packed(iter([packed])).unpacked(RAW_DEFLATE, 1))
    assert set(given) == {b"a"}


def test_a_page_without_an_article(folder: Path) -> None:
    put(folder, "a.html", "<html><head><title>x</title></head><body></body></html>")
    assert fault(folder) == ("a.html", None, "no article text was found in the page")


def test_a_text_in_no_known_encoding(folder: Path) -> None:
    put(folder, "a.txt", "Это новость на другом языке, и ее письмо здесь не известно.".encode("koi8-r") * 9)
    assert "its encoding is not recognised" in fault(folder)[2]


def test_hidden_and_foreign_files_are_named(folder: Path) -> None:
    put(folder, ".git/config", "x")
    put(folder, ".DS_Store", "x")
    put(folder, "photo.JPG", "x")
    put(folder, "README", "x")
    found = reading(folder)
    assert found.texts == [GOOD["text"]]
    assert [path for path, _, _ in found.reasons] == [".DS_Store", ".git", "README", "photo.JPG"]


def test_a_missing_extra_says_how_to_install_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "warcio.archiveiterator", None)
    put(folder, "a.warc", warc([(STORIES[0]["url"], page(STORIES[0]))]))
    assert fault(folder)[2] == "reading web archives needs warcio: pip install 'arabic-news-dedup[warc]'"


def test_unreadable_dates_are_counted_once_a_file(folder: Path) -> None:
    wrong = [{"text": "خبر", "date": when} for when in ("أمس", "2024-13-45", "5 شوال 1445هـ", "2024-03-01", "", None)]
    put(folder, "a.jsonl", lines(wrong))
    found = reading(folder)
    assert [(notice.path, notice.note) for notice in found.notices] == [
        (
            "a.jsonl",
            "a date of the Hijri calendar left out, since its days cannot be converted surely (first: 5 شوال 1445هـ)",
        ),
        ("a.jsonl", "2 dates could not be read and left out (first: أمس)"),
    ]
    assert [row["published"] is None for row in found.rows] == [True] * 3 + [False] + [True] * 3
