"""The letters of files and pages: what the bytes say counts before what a page declares."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.corpus import encodings
from dedup.corpus.encodings import as_utf8
from tests.corpus_files import STORIES, lines, page, put, reading

FRENCH = {
    **STORIES[0],
    "title": "Le pont de la ville est rouvert",
    "text": "Le préfet a rouvert ce matin le pont qui relie les deux rives, fermé pendant près d\u2019un an.\n"
    "«\xa0C\u2019était une nécessité\xa0», a déclaré le maire, évoquant les élèves privés d\u2019école.",
}


def body(folder: Path, content: bytes) -> str:
    """The words of a page."""
    put(folder, "page.html", content)
    (row,) = reading(folder).rows
    return " ".join(row["text"][row["body_start"] :].split())


def words(story: dict[str, str]) -> str:
    return " ".join(story["text"].split())


def declaring(charset: str, story: dict[str, str] = STORIES[0]) -> str:
    return page(story).replace("utf-8", charset)


@pytest.mark.parametrize(
    "charset",
    ["undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "palmos", "utf-7", "utf-16", "x-cp1256"],
)
def test_what_is_no_charset_of_the_web_is_not_believed(tmp_path: Path, charset: str) -> None:
    assert body(tmp_path, declaring(charset).encode("cp1256")) == words(STORIES[0])


@pytest.mark.parametrize("charset", ["iso-8859-1", "windows-1252", "ascii", "utf-8", "iso-8859-6", "big5", "koi8-r"])
def test_arabic_in_an_old_code_page_is_read_whatever_the_page_calls_it(tmp_path: Path, charset: str) -> None:
    assert body(tmp_path, declaring(charset).encode("cp1256")) == words(STORIES[0])
    assert reading(tmp_path).note == f"read as windows-1256, though the page declares {charset}"


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-1", "iso-8859-6", "utf-8"])
def test_a_broken_byte_makes_no_old_code_page_of_utf8(tmp_path: Path, charset: str) -> None:
    content = declaring(charset).encode().replace(b"</article>", b"<p>\xd8</p></article>")
    assert body(tmp_path, content) == f"{words(STORIES[0])} \ufffd"
    assert reading(tmp_path).note == "not quite UTF-8: 1 broken place became U+FFFD"


@pytest.mark.parametrize("charset", ["windows-1252", "iso-8859-1", "windows-1256"])
def test_french_is_read_as_its_page_declares(tmp_path: Path, charset: str) -> None:
    encoded = declaring(charset, FRENCH).encode("cp1256" if charset.endswith("6") else "cp1252", "ignore")
    assert body(tmp_path, encoded) == " ".join(FRENCH["text"].split())
    assert reading(tmp_path).note == f"read as {charset}, as the page declares"


@pytest.mark.parametrize("charset", ["windows-1256", "iso-8859-6"])
@pytest.mark.parametrize("text", ["صورة: ضوء ظل", "لندن - أ ف ب", "--(بترا)"])
def test_of_a_few_arabic_letters_a_page_is_believed_which_code_page_they_are_in(
    tmp_path: Path, charset: str, text: str
) -> None:
    story = {**STORIES[0], "title": "Photo", "outlet": "Oasis", "text": text}
    assert body(tmp_path, declaring(charset, story).encode(charset, "ignore")).endswith(text)


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("windows-1254", "Sağlık Bakanlığı dün yaptığı açıklamada aşılamanın sürdüğünü bildirdi."),
        (
            "windows-1251",
            "Сегодня утром губернатор открыл мост через реку.\nСтроительство длилось три года.",
        ),
        ("shift_jis", "今朝、知事は川の両岸を結ぶ橋を開通させた。工事には三年かかったという。\n市民は喜んでいる。"),
    ],
)
def test_other_letters_are_read_as_their_page_declares(tmp_path: Path, charset: str, text: str) -> None:
    plain = {**FRENCH, "title": "Bridge", "outlet": "Oasis", "text": text}
    assert body(tmp_path, declaring(charset, plain).encode(charset, "ignore")) == " ".join(text.split())


def test_a_page_whose_declared_code_page_makes_no_text_of_it_is_refused(tmp_path: Path) -> None:
    put(tmp_path, "page.html", declaring("iso-8859-1").encode("cp720", "ignore"))
    assert reading(tmp_path).reason.startswith("its encoding is not recognised")


def test_letters_far_down_a_page_decide_too(tmp_path: Path) -> None:
    content = declaring("iso-8859-1").replace("<head>", f"<head><script>{'x=1;' * 20_000}</script>")
    assert body(tmp_path, content.encode("cp1256")) == words(STORIES[0])


@pytest.mark.parametrize("ending", [".txt", ".jsonl", ".html"])
@pytest.mark.parametrize("encoding", ["utf-32", "utf-16"])
def test_utf_32_is_not_taken_for_utf_16_whose_mark_begins_alike(tmp_path: Path, encoding: str, ending: str) -> None:
    made = {".txt": STORIES[0]["text"], ".jsonl": lines(STORIES[:1]).decode(), ".html": page(STORIES[0])}
    put(tmp_path, f"a{ending}", made[ending].encode(encoding))
    found = reading(tmp_path)
    assert " ".join(found.texts[0].split()).endswith(words(STORIES[0]))
    assert found.note == f"read as {encoding.upper()}"


@pytest.mark.parametrize("ending", [".txt", ".json", ".jsonl", ".html", ".csv"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("cut", [0, 1])
def test_arabic_in_utf_16_is_known_without_its_mark(tmp_path: Path, encoding: str, ending: str, cut: int) -> None:
    made = {
        ".txt": STORIES[0]["text"], ".jsonl": lines(STORIES[:1]).decode(), ".html": page(STORIES[0]),
        ".json": json.dumps(STORIES[:1], ensure_ascii=False), ".csv": f'text,id\n"{STORIES[0]["text"]}",7\n',
    }  # fmt: skip
    content = f"{made[ending]}\n\n".encode(encoding)
    put(tmp_path, f"a{ending}", content[: len(content) - cut])
    found = reading(tmp_path)
    assert " ".join(found.texts[0].split()).removesuffix("\ufffd").strip().endswith(words(STORIES[0]))
    assert any(notice.note.startswith(f"read as {encoding.upper()}") for notice in found.notices)


@pytest.mark.parametrize("name", ["utf-32-le", "latin", "both", "few"])
def test_what_may_be_no_utf_16_is_not_taken_for_it(tmp_path: Path, name: str) -> None:
    text = STORIES[0]["text"]
    content = {
        "utf-32-le": text.encode("utf-32-le"),
        "latin": b"a dispatch in English\n".decode().encode("utf-16-le"),
        "both": text.encode("utf-16-le") + text.encode("utf-16-be"),
        "few": bytes(range(256)) * 8,
    }
    put(tmp_path, "a.txt", content[name])
    assert "binary" in reading(tmp_path).reason


@pytest.mark.parametrize("small", [True, False])
def test_an_archive_that_went_over_to_utf8_is_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small: bool
) -> None:
    if not small:
        monkeypatch.setattr("dedup.corpus.reading.RECORDS_SMALL", 0)
    put(tmp_path, "a.jsonl", lines(STORIES[:30]).decode().encode("cp1256") + lines(STORIES[30:]))
    found = reading(tmp_path)
    assert found.texts == [story["text"] for story in STORIES]
    assert not found.skipped


def in_blocks(content: bytes, sizes: Iterable[int]) -> Iterator[bytes]:
    at = 0
    for size in sizes:
        yield content[at : at + size]
        at += size
    yield content[at:]


LINES = st.lists(st.tuples(st.sampled_from(["cp1256", "utf-8"]), st.integers(0, 39)), max_size=6)


@given(LINES, st.lists(st.integers(0, 700), max_size=8))
def test_lines_are_told_apart_wherever_blocks_end(chosen: list[tuple[str, int]], sizes: list[int]) -> None:
    texts = [json.dumps(STORIES[n]["text"], ensure_ascii=False) for _, n in chosen]
    content = b"\n".join(text.encode(encoding) for text, (encoding, _) in zip(texts, chosen, strict=True))
    assert b"".join(as_utf8(in_blocks(content, sizes), "cp1256")).decode() == "\n".join(texts)


def test_a_line_that_ends_like_a_cut_letter_is_no_utf8() -> None:
    assert b"".join(as_utf8(["a,ب\nb,ت".encode("cp1256")], "cp1256")).decode() == "a,ب\nb,ت"


def test_of_a_line_too_long_to_be_held_no_letter_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encodings, "LONGEST_LINE", 100)
    text = STORIES[0]["text"].replace("\n", " ")
    content = text.encode("cp1256") + b"\n" + text.encode()
    held = list(as_utf8(in_blocks(content, [64] * 20), "cp1256"))
    assert b"".join(held).decode() == f"{text}\n{text}"
    assert max(map(len, held)) < 300
