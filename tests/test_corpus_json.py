"""The fast and the slow way of reading JSON give the same rows, and neither loses what is readable."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.corpus.json_files import are_lines, document, line_pieces
from dedup.corpus.json_pieces import Piece, fast_table, read_piece
from dedup.corpus.json_shape import NESTED, nested_too_deeply
from dedup.corpus.records import Reading
from dedup.corpus.source import Source
from dedup.settings import Settings
from tests.corpus_files import STORIES, lines, put, reading
from tests.growth import LINEAR, growth

SOURCE = Source("a.jsonl", "a.jsonl", 0, None, "lines")
READING = Reading.under(Settings())


def rows(data: bytes, fast: bool) -> tuple[list[dict[str, Any]], list[tuple[int, str]], list[int]]:
    """What a piece of lines gives, allowing the fast way or not: it takes no field of unknown type."""
    read = read_piece(Piece(data), SOURCE, READING, {} if fast else {"": None})
    batch = read.finished.batch().to_pylist() if read.finished else []
    return batch, read.rest.broken, read.rest.textless


def nested(levels: int, opening: str, inmost: str = '"a"') -> str:
    """A value under so many levels that all open alike."""
    closing = "".join({"[": "]", "{": "}"}.get(sign, "") for sign in reversed(opening))
    return opening * levels + inmost + closing * levels


def depth(text: str) -> int:
    """Levels of lists and objects, sign by sign."""
    deepest = level = 0
    inside = escaped = False
    for sign in text:
        if inside:
            inside, escaped = escaped or sign != '"', sign == "\\" and not escaped
        elif sign == '"':
            inside = True
        else:
            level += (sign in "[{") - (sign in "]}")
            deepest = max(deepest, level)
    return deepest


patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
letters = st.text('ab "\\\n\t/\x00\x7f\u00a0\u200fنصأ\u064b٣\ud800\udc00😀', max_size=8)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), letters, st.just("2024-03-01"),
    st.just("1710000000"), st.just("٥ مارس/آذار ٢٠٢٤"), st.lists(st.one_of(st.none(), letters), max_size=3),
    st.dictionaries(st.sampled_from(["name", "text", "x"]), letters, max_size=2),
)  # fmt: skip
names = st.sampled_from(
    [
        "id",
        "text",
        "Text",
        "content",
        "title",
        "date",
        "published",
        "author",
        "source",
        "url",
        "timestamp",
        "x",
        "y",
        "ن",
    ]
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "value", "x"]), inner),
    max_leaves=12,
)
records = st.dictionaries(names, trees, max_size=6)
alike = st.lists(names, max_size=6, unique=True).flatmap(
    lambda held: st.lists(st.fixed_dictionaries({"text": letters, **dict.fromkeys(held, scalars)}), max_size=5)
)


@patient
@given(st.one_of(st.lists(records, max_size=6), alike), st.booleans(), st.sampled_from([None, 1]))
def test_fast_and_slow_agree_on_any_records(made: list[dict[str, Any]], ascii_only: bool, indent: int | None) -> None:
    written = [json.dumps(one, ensure_ascii=ascii_only, indent=indent).encode("utf-8", "replace") for one in made]
    data = b"\n".join(written) + b"\n"
    assert rows(data, fast=True) == rows(data, fast=False)


@patient
@given(st.lists(st.sampled_from([
    b'{"text": "a"}', b'{"text": "b", "x": 1}', b'{"text": ', b'"c"}', b"{}", b"", b" ", b'{"text": "d"}{"text": "e"}',
    b'{"x": {}, "text": "\xd9"}', b'{"text": "\\ud800", "id": 3}', b'{"text": "f", "text": "g"}', b"[1]", b"\xff",
    b'{"text": "h", "t\\u0065xt": "i"}', b'{"text": "j", "x": 1, "x": 2}', b'{"text": NaN}', b'{"text": "k\tl"}',
    b'{"text": ["m"]}', b'{"text": "n", "author": ["a", null]}', b'{"text": "o", "author": ["a", "b"]}', b"null",
    b'{"text": "p", "date": 1710000000}', b'{"text": "q", "date": "2024-03-01"}', b'{"title": "r"}', b'{"text": null}',
    b'{"text": "s"},', b'\xef\xbb\xbf{"text": "t"}', b'{"_source": {"text": "u"}}', b'{"text": {"rendered": "v"}}',
]), max_size=6), st.sampled_from([b"\n", b"\r\n", b"\n\n"]))  # fmt: skip
def test_fast_and_slow_agree_on_any_lines(made: list[bytes], between: bytes) -> None:
    data = between.join(made)
    assert rows(data, fast=True) == rows(data, fast=False)


@patient
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["x", "author", "source", "date", "id", "text"]),
            st.sampled_from([1, 30, 33, 99, 101, 199, 200, 201, 350, 700, 980, 1100, 6_000]),
            st.sampled_from(["[", '{"name":', '[{"name":', '{"x":', '["]",', '[{"[":"[","name":']),
            st.booleans(),
        ),
        max_size=4,
    ),
    st.sampled_from([1, 70]),
    st.booleans(),
)
def test_whatever_the_nesting_each_record_is_read_or_broken(
    made: list[tuple[str, int, str, bool]], flat: int, whole: bool
) -> None:
    deep = [
        f'{{"title": "خبر", "{name}": {nested(levels, opening) if whole else opening * levels}'
        + (', "text": "خبر"}' if name != "text" else "}")
        for name, levels, opening, whole in made
    ]
    data = "\n".join([*['{"text": "خبر", "author": ["a", "b"]}'] * flat, *deep]).encode() + b"\n"
    batch, broken, textless = rows(data, fast=True)
    assert (batch, broken, textless) == rows(data, fast=False)
    assert len(batch) + len(broken) + len(textless) == flat + len(deep)
    assert [row["text"] for row in batch[:flat]] == ["خبر"] * flat
    too_deep = [flat + n for n, line in enumerate(deep) if depth(line) > NESTED]
    assert [n for n, reason in broken if reason == "the record is nested too deeply"] == too_deep


@given(st.text('[]{}"\\a', max_size=40), st.integers(0, 2), st.sampled_from(["[", '{"a":', '["]",']))
def test_brackets_in_strings_are_no_levels(text: str, more: int, opening: str) -> None:
    line = nested(NESTED - 2 + more, opening, inmost=text)
    assert nested_too_deeply(line.encode()) == (depth(line) > NESTED)


def test_what_lies_too_deep_to_be_a_name_is_none_and_the_article_is_read() -> None:
    line = f'{{"text": "خبر", "author": {nested(3, "[")}, "source": {nested(150, "[")}}}\n'
    ((row,), broken, _) = rows(line.encode(), fast=True)
    assert (row["byline"], row["outlet"], broken) == ("a", None, [])


def test_keys_that_are_data_do_not_become_columns() -> None:
    made = [{"text": "خبر", "seen": {f"user {n} {k}": 1 for k in range(3)}} for n in range(400)]
    assert fast_table(lines(made), None, READING, {}) is None
    batch, broken, _ = rows(lines(made), fast=True)
    assert (len(batch), broken) == (400, [])


def test_fields_that_only_some_records_have_are_read_as_columns() -> None:
    made = [{"text": "خبر", "tags": [{"id": n}], **({f"field {n % 25}": 1} if n % 3 else {})} for n in range(400)]
    assert fast_table(lines(made), None, READING, {}) is not None


def test_the_fast_way_is_taken_for_plain_records() -> None:
    taken = fast_table(lines(STORIES), None, READING, {})
    assert taken is not None
    assert set(taken[0]) == {"id", "title", "text", "outlet", "published", "url", "byline"}


def test_a_field_that_comes_late_is_not_missed() -> None:
    late = lines([*[{"text": "خبر", "n": 1}] * 50, {"text": "خبر", "TITLE": "عنوان", "tags": ["x"]}])
    batch, _, _ = rows(late, fast=True)
    assert [row["title"] for row in batch] == [None] * 50 + ["عنوان"]
    assert fast_table(late, None, READING, {}) is not None


@pytest.mark.parametrize("line", [b'{"text": "a"}{"text": "b"}', b'{"text": "a"', b'{"text": "a"} x', b"['text']"])
def test_a_line_that_is_not_one_object_is_one_broken_record(line: bytes) -> None:
    batch, broken, _ = rows(b'{"text": "1"}\n' + line + b'\n{"text": "2"}\n', fast=True)
    assert [row["text"] for row in batch] == ["1", "2"]
    assert [number for number, _ in broken] == [1]


@patient
@given(
    st.lists(st.one_of(st.binary(max_size=6).filter(lambda part: b"\n" not in part), st.just(b"x" * 40)), max_size=12),
    st.integers(1, 9),
)
def test_lines_are_cut_right_wherever_blocks_end(parts: list[bytes], size: int) -> None:
    data = b"\n".join(parts)
    blocks = [data[start : start + size] for start in range(0, len(data), size)]
    pieces = list(line_pieces(blocks, limit=20))
    kept = [line for piece in pieces for line in piece.lines.split(b"\n") if 0 < len(line) <= 20]
    assert kept == [part for part in parts if 0 < len(part) <= 20]
    inside = [len(line) for piece in pieces for line in piece.lines.split(b"\n") if len(line) > 20]
    assert sorted(inside + [piece.too_long for piece in pieces if piece.too_long]) == [40] * parts.count(b"x" * 40)


def test_one_broken_record_of_an_array_leaves_the_others(tmp_path: Path) -> None:
    whole = json.dumps(STORIES[:5], ensure_ascii=False)
    for wrong in ('"id": خبر', '"id" "x"', '"id": "x" "y"'):
        put(tmp_path, "a.json", whole.replace('"id": "خبر-2"', wrong))
        found = reading(tmp_path)
        assert found.ids == ["خبر-0", "خبر-1", "خبر-3", "خبر-4"]
        assert [(skipped.path, skipped.record) for skipped in found.skipped] == [("a.json", 2)]


@pytest.mark.parametrize("damage", ['"title": t', '"title": ["t"'])
def test_a_broken_array_whose_records_begin_otherwise_than_the_first_costs_its_length(damage: str) -> None:
    def prepared(count: int) -> Callable[[], object]:
        records = ['{"title": "t", "text": "' + "ن" * 100 + '"}' for _ in range(count)]
        records[1::2] = [record.replace('"title": "t"', damage) for record in records[1::2]]
        data = ("[" + ",\n".join(['{"id": 1}', *records]) + "]").encode()
        return partial(document, data, READING.fields)

    assert growth(prepared, 4_000) < LINEAR


def test_arrays_put_together_cost_their_length() -> None:
    def prepared(count: int) -> Callable[[], object]:
        array = '[\n{"text": "' + "ن" * 400 + '"}\n]\n'
        return partial(document, (array * count).encode(), READING.fields)

    assert growth(prepared, 8_000) < LINEAR


def test_elements_with_many_objects_in_them_are_whole_beside_a_broken_one(tmp_path: Path) -> None:
    others = [{"title": story["title"], "text": story["text"], "tags": [{"n": 1}] * 200} for story in STORIES[1:20]]
    whole = json.dumps([STORIES[0], *others], ensure_ascii=False)
    put(tmp_path, "a.json", whole.replace('"id": "خبر-0"', '"id": خبر'))
    found = reading(tmp_path)
    assert found.texts == [story["text"] for story in STORIES[1:20]]
    assert [one.record for one in found.skipped] == [0]


def test_an_array_that_is_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    data = json.dumps(STORIES, ensure_ascii=False, indent=1).encode()
    for cut in (len(data) // 2, len(data) - 3, len(data) - 1):
        put(tmp_path, "a.json", data[:cut])
        found = reading(tmp_path)
        complete = data[:cut].count(b"}")
        assert found.ids == [story["id"] for story in STORIES[:complete]]
        assert len(found.skipped) == (1 if complete < len(STORIES) else 0)


def test_documents_and_lines_are_told_apart() -> None:
    pretty = json.dumps(STORIES[0], indent=1).encode()
    assert not are_lines(pretty)
    assert document(pretty, READING.fields).single
    assert not are_lines(json.dumps(STORIES, indent=1).encode())
    assert are_lines(lines(STORIES[:2]))
    assert are_lines(b'{"broken"\n{"text": "a"}\n')


def test_numbers_and_objects_serve_as_ids_dates_and_names(tmp_path: Path) -> None:
    record = {
        "_id": {"$oid": "5f"},
        "text": "خبر",
        "date": 1710000000,
        "source": {"id": None, "name": "الجسر"},
        "author": [{"name": "ليلى"}],
    }
    put(tmp_path, "a.jsonl", lines([record, {**record, "_id": 7, "date": 1710000000500.0}]))
    first, second = reading(tmp_path).rows
    assert (first["id"], first["outlet"], first["byline"]) == ("5f", "الجسر", "ليلى")
    assert second["id"] == "7"
    assert first["published"] == second["published"]


RECORDS = [json.dumps({key: story[key] for key in ("id", "title", "text")}, ensure_ascii=False) for story in STORIES]
TEXTS = [story["text"] for story in STORIES]


@pytest.mark.parametrize("size", [3, 40])
@pytest.mark.parametrize(
    "opening", ['{"articles": [\n', '{"count": 3, "articles": [\n', '{"response": {"docs": [\n', "[\n"]
)
def test_an_object_around_records_that_stand_one_a_line_is_a_document(tmp_path: Path, opening: str, size: int) -> None:
    closing = "\n]" + "}" * opening.count("{") + "\n"
    for name in ("a.json", "a.jsonl"):
        put(tmp_path, name, opening + ",\n".join(RECORDS[:size] * 10) + closing)
        found = reading(tmp_path / name)
        assert found.texts == TEXTS[:size] * 10
        assert not found.skipped


def _envelope(first: int, count: int, **more: Any) -> str:
    return json.dumps({"articles": [json.loads(record) for record in RECORDS[first : first + count]], **more})


@pytest.mark.parametrize("size", [1, 60])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_objects_around_records_one_a_line_give_their_records(tmp_path: Path, name: str, size: int) -> None:
    put(tmp_path, name, "\n".join([_envelope(0, 3), "{broken", _envelope(3, 2), RECORDS[7]] * size))
    found = reading(tmp_path)
    assert found.texts == [*TEXTS[:5], TEXTS[7]] * size
    assert [one.record for one in found.skipped] == [3 + 7 * n for n in range(size)]


@pytest.mark.parametrize("size", [1, 60])
def test_a_line_around_objects_without_texts_is_one_skipped_record(tmp_path: Path, size: int) -> None:
    textless = {"id": "x", "items": [{"tag": "أ"}, {"tag": "ب"}, {"tag": "ج"}]}
    put(tmp_path, "a.jsonl", "\n".join([json.dumps(textless), _envelope(0, 2)] * size))
    found = reading(tmp_path)
    assert found.texts == TEXTS[:2] * size
    assert [one.record for one in found.skipped] == [3 * n for n in range(size)]


@pytest.mark.parametrize("count", [1, 40])
@pytest.mark.parametrize("end", ["", "\n"])
def test_an_object_around_records_is_read_alike_whatever_its_files_name(tmp_path: Path, count: int, end: str) -> None:
    for name in ("a.json", "b.jsonl"):
        put(tmp_path, name, _envelope(0, count, total=count) + end)
        found = reading(tmp_path / name)
        assert (found.texts, found.skipped, found.notices) == (TEXTS[:count], [], [])


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("size", [1, 100])
def test_a_second_list_of_records_is_told_of(tmp_path: Path, name: str, size: int) -> None:
    more = [{"text": text} for text in TEXTS[5:7]] * size
    put(tmp_path, name, _envelope(0, 3, items=more, authors=[{"name": "أ"}], comments=more))
    found = reading(tmp_path)
    assert found.texts == TEXTS[:3]
    assert found.note.startswith(f"{2 * size} records of its list 'items' left out")


@pytest.mark.parametrize("name", ["a.json", "a.jsonl"])
@pytest.mark.parametrize("count", [2, 2000])
def test_a_comma_behind_each_line_is_no_part_of_the_record(tmp_path: Path, name: str, count: int) -> None:
    put(tmp_path, name, ",\n".join(RECORDS[:2] * count) + ",\n")
    found = reading(tmp_path)
    assert found.texts == TEXTS[:2] * count
    assert not found.skipped


def test_a_damaged_first_line_is_no_document(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", RECORDS[0][:-20] + "\n" + "\n".join(RECORDS[1:4]))
    put(tmp_path, "b.json", RECORDS[0][:-20] + "\n" + "\n".join(RECORDS[4:6]))
    found = reading(tmp_path)
    assert found.texts == TEXTS[1:6]
    assert [(path, record) for path, record, _ in found.reasons] == [("a.jsonl", 0), ("b.json", 0)]


@pytest.mark.parametrize("around", [{"content": "آخر الأخبار"}, {"status": "ok", "body": "ok"}, {"article": "x"}])
@pytest.mark.parametrize("name", ["articles", "results", "data"])
def test_an_object_with_a_word_beside_its_articles_is_no_article(
    tmp_path: Path, around: dict[str, str], name: str
) -> None:
    put(tmp_path, "a.json", json.dumps({**around, name: [{"text": text} for text in TEXTS[:2]]}))
    assert reading(tmp_path).texts == TEXTS[:2]


def test_comments_beside_an_article_without_a_text_are_no_articles(tmp_path: Path) -> None:
    comments = [{"id": 1, "text": "رائع"}, {"id": 2, "text": "سيئ"}]
    put(tmp_path, "a.json", json.dumps({"article_html": "<p>خبر</p>", "url": "u", "comments": comments}))
    put(tmp_path, "b.json", json.dumps({"article_html": "<p>خبر</p>", "comments": comments}))
    put(tmp_path, "c.json", json.dumps({"data": {"text": TEXTS[0]}, "related": {"items": comments}}))
    assert not set(reading(tmp_path).texts) & {"رائع", "سيئ"}


def test_a_record_broken_in_a_list_is_no_opening_of_a_list_of_records(tmp_path: Path) -> None:
    lines = ['{"title": "عنوان", "id": "1", "tags": [', *(json.dumps({"text": text}) for text in TEXTS[:2])]
    put(tmp_path, "a.jsonl", "\n".join(lines))
    found = reading(tmp_path)
    assert found.texts == TEXTS[:2]
    assert [one.record for one in found.skipped] == [0]


@pytest.mark.parametrize("name", ["items", "entries", "posts", "news", "data", "comments"])
def test_an_object_with_a_text_is_the_record_whatever_lists_it_has(tmp_path: Path, name: str) -> None:
    for field in ("text", "content"):
        article = {"id": "x", field: TEXTS[0], name: [{"text": "تعليق"}, {"text": "تعليق ثان"}]}
        put(tmp_path, "a.json", json.dumps(article))
        assert reading(tmp_path).texts == [TEXTS[0]]
    put(tmp_path, "a.json", json.dumps({"content": {"rendered": TEXTS[0]}, name: [{"text": "تعليق"}]}))
    assert reading(tmp_path).texts == [TEXTS[0]]


def test_the_only_list_of_objects_counts_but_not_that_of_an_article(tmp_path: Path) -> None:
    records = [json.loads(record) for record in RECORDS[:3]]
    put(tmp_path, "a.json", json.dumps({"stories": records, "tags": ["أ"], "text": " "}))
    assert reading(tmp_path).texts == TEXTS[:3]
    for other in ({"images": [{"text": "صورة"}]}, {"more": {"items": [{"text": "خبر آخر"}]}}):
        put(tmp_path, "a.json", json.dumps({"title": "عنوان", "bodyHtml": TEXTS[0], **other}))
        assert "it has no text field; the fields there are: bodyHtml" in reading(tmp_path).reason
    put(tmp_path, "a.json", json.dumps({"stories": records, "authors": [{"name": "أ"}]}))
    assert "it has no text field" in reading(tmp_path).reason


def test_a_broken_object_with_a_text_says_so(tmp_path: Path) -> None:
    put(tmp_path, "a.json", json.dumps({"text": TEXTS[0], "items": [{"tag": "أ"}, {"tag": "ب"}]})[:-1])
    found = reading(tmp_path)
    assert not found.rows
    assert found.reasons[0][2].startswith("the record is not valid JSON")
    put(tmp_path, "a.json", json.dumps({"count": 2, "items": [{"text": "أ"}, {"text": "ب"}]})[:-1])
    assert reading(tmp_path).texts == ["أ", "ب"]


def test_null_in_a_list_is_one_broken_record(tmp_path: Path) -> None:
    put(tmp_path, "a.json", '{"articles": [' + RECORDS[0] + ", null, " + RECORDS[1] + "]}")
    found = reading(tmp_path)
    assert found.texts == TEXTS[:2]
    assert found.reasons == [("a.json", 1, "the record is null, not an object with fields")]


def test_objects_over_several_lines_of_a_jsonl(tmp_path: Path) -> None:
    pretty = [json.dumps({"tags": ["أ"], **json.loads(record)}, indent=2) for record in RECORDS[:3]]
    put(tmp_path, "a.jsonl", "\n".join(pretty))
    put(tmp_path, "b.jsonl", pretty[0])
    found = reading(tmp_path)
    assert found.texts == [*TEXTS[:3], TEXTS[0]]
    assert not found.skipped


def test_files_put_together_with_their_byte_order_marks(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", "".join("\ufeff" + record + "\n" for record in RECORDS[:4]))
    found = reading(tmp_path)
    assert found.texts == TEXTS[:4]
    assert not found.skipped


def test_hits_of_elasticsearch_are_the_records_in_them(tmp_path: Path) -> None:
    hits = [{"_index": "news", "_id": f"h{n}", "_source": {"text": TEXTS[n], "title": "عنوان"}} for n in range(3)]
    hits[2]["_source"] |= {"id": "own", "items": [{"text": "تعليق"}]}  # type: ignore[operator]
    put(tmp_path, "a.json", json.dumps({"took": 1, "hits": {"total": 3, "hits": hits}}))
    put(tmp_path, "b.jsonl", lines(hits))
    put(tmp_path, "c.json", json.dumps(hits[2]))
    found = reading(tmp_path)
    assert found.texts == [*TEXTS[:3], *TEXTS[:3], TEXTS[2]]
    assert found.ids == ["h0", "h1", "own"] * 2 + ["own"]
    put(tmp_path, "d.jsonl", '{"_source": {"text": "أ", "text": "ب"}}\n')
    assert "the key 'text' stands twice" in reading(tmp_path / "d.jsonl").reason
    put(tmp_path, "d.jsonl", '{"text": "خبر", "_source": {"text": "غيره"}}\n')
    assert reading(tmp_path / "d.jsonl").texts == ["خبر"]


def test_posts_of_wordpress(tmp_path: Path) -> None:
    post = {
        "id": 7, "date": "2024-03-01T10:00:00", "link": "https://a.example/7",
        "title": {"rendered": "عنوان"}, "content": {"rendered": TEXTS[0], "protected": False},
        "excerpt": {"rendered": "مقتطف"}, "_links": {"items": [{"text": "رابط"}]},
    }  # fmt: skip
    put(tmp_path, "a.json", json.dumps([post]))
    put(tmp_path, "b.json", json.dumps(post))
    rows = reading(tmp_path).rows
    assert [(row["id"], row["title"], row["text"], row["url"]) for row in rows] == [
        ("7", "عنوان", TEXTS[0], "https://a.example/7")
    ] * 2


def test_a_list_of_strings_is_a_text_where_there_is_no_other(tmp_path: Path) -> None:
    records = [{"text": ["فقرة", "وأخرى"]}, {"text": ["وسم"], "body": "خبر"}, {"text": ["فقرة", 3]}, {"text": []}]
    put(tmp_path, "a.jsonl", lines(records))
    found = reading(tmp_path)
    assert found.texts == ["فقرة\nوأخرى", "خبر"]
    assert [(record, reason) for _, record, reason in found.reasons] == [
        (n, "its text (field 'text') is a list, not a text") for n in (2, 3)
    ]


def test_a_name_with_dots_is_a_path_where_no_field_has_it(tmp_path: Path) -> None:
    nested = {"a": {"b": TEXTS[0], "c": "عنوان"}, "text": "غيره"}
    put(tmp_path, "a.jsonl", lines([nested, {"a.b": TEXTS[1], "a": {"b": "غيره"}}, {"a": "x"}]))
    put(tmp_path, "b.json", json.dumps({**nested, "items": [{"text": "تعليق"}]}))
    found = reading(tmp_path, text_field="a.b", title_field="a.c")
    assert found.texts == [TEXTS[0], TEXTS[1], TEXTS[0]]
    assert [row["title"] for row in found.rows] == ["عنوان", None, "عنوان"]
    assert found.reasons == [("a.jsonl", 2, "the record has no text field")]
    put(tmp_path, "c.jsonl", lines([{"text": TEXTS[0], "a": {"c": "عنوان"}}] * 3))
    assert reading(tmp_path / "c.jsonl", title_field="a.c").rows[2]["title"] == "عنوان"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"author": 3}, None),
        ({"author": "٣"}, None),
        ({"author": 3, "author_name": "سامر النجار"}, "سامر النجار"),
        ({"author": 3, "_embedded": {"author": [{"id": 3, "name": "سامر النجار"}]}}, "سامر النجار"),
        ({"author": 3, "_embedded": {"author": [{"code": "rest_user_invalid_id"}]}}, None),
        ({"author": "رويترز", "author_name": "سامر النجار"}, "رويترز"),
    ],
)
@pytest.mark.parametrize("before", [0, 70])
def test_a_writer_s_number_is_no_byline(tmp_path: Path, fields: dict[str, Any], said: str | None, before: int) -> None:
    """Nor behind records without it, where the fast way has begun."""
    put(tmp_path, "a.jsonl", lines([{"text": "نص"}] * before + [{"text": "نص", **fields}]))
    assert reading(tmp_path).rows[-1]["byline"] == said


NEWS = "أعلن محافظ الواحة بدء العمل في الجسر الجديد الذي يربط بين ضفتي النهر وقال إن العمل يستمر عاما."


def test_a_record_with_nothing_but_a_description_has_it_for_a_text(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([
        {"title": "أ", "description": f"&lt;p&gt;{NEWS}&lt;/p&gt;", "link": "https://a.example/1"},
        {"title": "ب", "description": "وصف قصير"},
        {"title": "ج", "text": "خبر", "description": NEWS},
        {"title": "د", "summary": NEWS},
    ]))  # fmt: skip
    found = reading(tmp_path)
    assert found.texts == [f"&lt;p&gt;{NEWS}&lt;/p&gt;", "خبر", NEWS]
    assert [(one.record, one.reason) for one in found.skipped] == [(1, "the record has no text field")]


def test_the_description_of_an_object_around_records_is_no_article(tmp_path: Path) -> None:
    around = {"description": NEWS, "articles": [{"text": "خبر"}, {"text": "آخر"}]}
    put(tmp_path, "a.json", json.dumps(around, ensure_ascii=False))
    put(tmp_path, "b.jsonl", lines([around]))
    assert reading(tmp_path).texts == ["خبر", "آخر"] * 2


def test_atom_as_json_has_its_text_in_a_list_of_kinds(tmp_path: Path) -> None:
    kinds = [{"type": "text/plain", "value": "خبر"}, {"type": "text/html", "value": f"<p>{NEWS}</p>"}]
    entry = {"id": "1", "title": "خبر", "published": "2025-11-18T10:00:00Z", "content": kinds}
    put(tmp_path, "a.json", json.dumps({"entries": [entry]}, ensure_ascii=False))
    put(tmp_path, "b.jsonl", lines([{**entry, "content": kinds[1]}]))
    assert reading(tmp_path).texts == [f"<p>{NEWS}</p>"] * 2


def test_a_telegram_export_is_read(tmp_path: Path) -> None:
    pieces = [{"type": "hashtag", "text": "#الواحة"}, "\n", {"type": "bold", "text": "عاجل "}, NEWS]
    posts = [
        {"id": 1, "type": "message", "date": "2025-11-18T14:03:11", "from": "صدى", "text": pieces},
        {"id": 2, "type": "message", "date": "2025-11-18T15:03:11", "text": NEWS},
    ]
    export = {"name": "صدى الواحة", "type": "public_channel", "id": 7, "messages": posts}
    put(tmp_path, "result.json", json.dumps(export, ensure_ascii=False))
    found = reading(tmp_path)
    assert found.texts == [f"#الواحة\nعاجل {NEWS}", NEWS]
    assert [row["outlet"] for row in found.rows] == ["صدى الواحة"] * 2
    assert [str(row["published"]) for row in found.rows] == ["2025-11-18 14:03:11", "2025-11-18 15:03:11"]
    assert reading(tmp_path, text_field="messages.text").texts == found.texts


@pytest.mark.parametrize("path", ["parts.0.value", "parts.1.words.0"])
def test_a_path_leads_into_lists(tmp_path: Path, path: str) -> None:
    record = {"id": "1", "text": "غيره", "parts": [{"value": NEWS}, {"words": [NEWS]}]}
    put(tmp_path, "a.jsonl", lines([record]))
    put(tmp_path, "b.json", json.dumps([record], ensure_ascii=False))
    assert reading(tmp_path, text_field=path).texts == [NEWS] * 2


def test_a_path_chooses_the_list_that_is_read(tmp_path: Path) -> None:
    put(tmp_path, "a.json", json.dumps({"items": [{"text": "صورة"}], "dispatches": [{"said": NEWS}]}))
    assert reading(tmp_path, text_field="dispatches.said").texts == [NEWS]


def test_a_named_field_counts_where_it_is_and_the_usual_names_elsewhere(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"fond": NEWS, "text": "غيره"}, {"text": "خبر"}, {"fond": " ", "body": "آخر"}]))
    put(tmp_path, "b.jsonl", lines([{"content": "خبر"}]))
    put(tmp_path, "c.csv", "body\nخبر\n")
    assert reading(tmp_path, text_field="fond").texts == [NEWS, "خبر", "آخر", "خبر", "خبر"]


def test_a_named_text_stays_though_it_is_a_teaser(tmp_path: Path) -> None:
    put(tmp_path, "a.jsonl", lines([{"content": NEWS[:40] + " ...", "full_text": NEWS}]))
    assert reading(tmp_path, text_field="content").texts == [NEWS[:40] + " ..."]


def test_french_names_are_known(tmp_path: Path) -> None:
    for number, name in enumerate(("contenu", "texte", "corps")):
        record = {
            "Titre": "أ",
            name: NEWS,
            "date_publication": "2025-11-18",
            "auteur": "علي",
            "lien": "http://a.example/1",
        }
        put(tmp_path, f"{number}.jsonl", lines([{**record, "source": "الصدى"}]))
    for row in reading(tmp_path).rows:
        assert [row[role] for role in ("title", "text", "byline", "url", "outlet")] == [
            "أ", NEWS, "علي", "http://a.example/1", "الصدى",
        ]  # fmt: skip
        assert str(row["published"]) == "2025-11-18 00:00:00"
