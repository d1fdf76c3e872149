"""The fast and the slow way of reading JSON give the same rows, and neither loses what is readable."""

from __future__ import annotations

import json
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

SOURCE = Source("a.jsonl", "a.jsonl", 0, None, "lines")
READING = Reading.under(Settings())


def rows(data: bytes, fast: bool) -> tuple[list[dict[str, Any]], list[tuple[int, str]], list[int]]:
    """What a piece of lines gives, allowing the fast way or not."""
    piece = Piece(data) if fast else Piece(records=Piece(data).split(), sound=False)
    read = read_piece(piece, SOURCE, READING, {})
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
    assert document(pretty).single
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
