"""The phrase kernels do what the obvious version does, on any text."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.arabic.fold import Folded, fold_batch
from dedup.arabic.marks import Scan
from dedup.kernels.phrases import (
    ALONE,
    ANNOUNCED,
    ANYWHERE,
    APART,
    HEAD,
    LINE_START,
    TAIL,
    find_phrases,
    find_titles,
    hash_lines,
    hash_tokens,
    head_pieces,
    mark_tokens,
    pair_key,
)
from tests import naive_phrases

WORDS = ["واس", "قال", "عن", "الرياض", "نص", "ab", "كلمة طويلة جدا لا تنتهي", "وكالة", "x"]
TEXTS = st.lists(
    st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", "\n", " - ", "، ", "\n\n", " (", ") ", '"', "ـ "])),
    max_size=40,
).map(lambda parts: "".join(word + gap for word, gap in parts))
PHRASES: list[naive_phrases.Phrase] = [
    (("واس",), APART),
    (("قال", "واس"), ANYWHERE),
    (("الرياض",), HEAD),
    (("عن",), LINE_START),
    (("وكاله", "واس"), ALONE),
    (("نص",), TAIL),
    (("ab", "x", "نص"), ANYWHERE),
    (("وكاله",), ANNOUNCED),
    (("قال",), ANYWHERE),
]
ANNOUNCING = {"عن", "قال"}


def _folded(texts: list[str]) -> tuple[pa.StringArray, Folded]:
    column = pa.array(texts, pa.string())
    _, offsets, letters = column.buffers()
    raw = np.frombuffer(letters if letters is not None else b"", np.uint8)
    return column, fold_batch(raw, np.frombuffer(offsets, np.int32)[: len(texts) + 1])


def _hash(word: str) -> int:
    letters = np.frombuffer(word.encode() + bytes(32), np.uint8).copy()
    hashes = np.empty(1, np.uint64)
    hash_tokens(letters, np.zeros(1, np.int32), np.array([len(word.encode())], np.int32), hashes)
    return int(hashes[0])


def _search(folded: Folded, scan: Scan, head: int, tail: int) -> set[tuple[int, int, int]]:
    groups: dict[int, list[int]] = {}
    for number, (words, _) in enumerate(PHRASES):
        key = int(pair_key(_hash(words[0]), _hash(words[1]))) if len(words) > 1 else _hash(words[0])
        groups.setdefault(key, []).append(number)
    order = [number for members in groups.values() for number in members]
    keys, group, bitmap = np.zeros(64, np.uint64), np.zeros(64, np.int32), np.full((2, 1024), 2**64 - 1, np.uint64)
    for at, key in enumerate(groups):
        slot = key % 64
        while keys[slot]:
            slot = (slot + 1) % 64
        keys[slot], group[slot] = key, at
    announcing = np.zeros(16, np.uint64)
    for word in ANNOUNCING:
        slot = _hash(word) % 16
        while announcing[slot]:
            slot = (slot + 1) % 16
        announcing[slot] = _hash(word)
    text, token, phrase = (np.empty(2000, np.int32) for _ in range(3))
    count = find_phrases(
        scan.hashes, folded.first_token, scan.lines, folded.span_start, folded.span_end, bitmap, keys, group,
        np.cumsum([0, *map(len, groups.values())], dtype=np.int32),
        np.cumsum([0, *(len(PHRASES[number][0]) for number in order)], dtype=np.int32),
        np.array([_hash(word) for number in order for word in PHRASES[number][0]], np.uint64),
        np.array([PHRASES[number][1] for number in order], np.uint8), announcing, head, tail, text, token, phrase,
    )  # fmt: skip
    first = folded.first_token
    return {
        (int(i), int(t - first[i]), order[p])
        for i, t, p in zip(text[:count], token[:count], phrase[:count], strict=True)
    }


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 6), st.integers(0, 6))
def test_every_phrase_is_found_where_its_class_allows(texts: list[str], head: int, tail: int) -> None:
    column, folded = _folded(texts)
    expected = {
        (row, token, phrase)
        for row, text in enumerate(texts)
        for token, phrase in naive_phrases.find_phrases(text, folded.tokens(row), PHRASES, ANNOUNCING, head, tail)
    }
    assert _search(folded, Scan.of(folded, column), head, tail) == expected


@given(st.lists(st.text("ab\n سلام،\u064b😀", max_size=200), max_size=4))
def test_line_starts_are_those_of_the_raw_text(texts: list[str]) -> None:
    column, folded = _folded(texts)
    expected = [
        int(folded.first_token[row]) + start
        for row, text in enumerate(texts)
        for start in naive_phrases.line_starts(text, folded.tokens(row))
    ]
    assert Scan.of(folded, column).lines.tolist() == expected


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyzسلام", max_size=40), min_size=1, unique=True))
def test_equal_words_hash_alike_and_different_words_differ(words: list[str]) -> None:
    hashes = {word: _hash(word) for word in words if word}
    assert len(set(hashes.values())) == len(hashes)
    assert all(_hash(word) == key for word, key in hashes.items())


@given(
    st.lists(TEXTS, min_size=1, max_size=3),
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(0, 60)), max_size=5),
)
def test_marked_tokens_are_those_that_share_a_code_point(texts: list[str], spans: list[tuple[int, int, int]]) -> None:
    _, folded = _folded(texts)
    marks = [(row % len(texts), min(a, b), max(a, b) + 1) for row, a, b in spans]
    token_marked = np.zeros(len(folded.span_start), np.bool_)
    columns = (
        [np.array(column, np.int32) for column in zip(*marks, strict=True)] if marks else [np.zeros(0, np.int32)] * 3
    )
    mark_tokens(*columns, folded.span_start, folded.span_end, folded.first_token, token_marked)
    expected = [
        flag
        for row in range(len(texts))
        for flag in naive_phrases.marked(folded.tokens(row), [m[1:] for m in marks if m[0] == row])
    ]
    assert token_marked.tolist() == expected


@given(st.lists(TEXTS, min_size=1, max_size=3))
def test_lines_hash_alike_exactly_when_their_words_are_alike(texts: list[str]) -> None:
    column, folded = _folded(texts)
    scan = Scan.of(folded, column)
    n = len(scan.lines)
    row, words, runs, edge = np.empty(n, np.int32), np.empty(n, np.int32), np.empty(n, np.uint64), np.empty(n, np.bool_)
    longest = np.empty((len(texts), 2), np.uint64)
    hash_lines(scan.hashes, folded.first_token, scan.lines, 1, row, runs, words, edge, longest)
    seen: dict[tuple[str, ...], int] = {}
    line = 0
    for number, text in enumerate(texts):
        tokens = folded.tokens(number)
        starts = [*naive_phrases.line_starts(text, tokens), len(tokens)]
        lines = [tuple(t.folded for t in tokens[a:b]) for a, b in itertools.pairwise(starts)] if tokens else []
        for k, content in enumerate(lines):
            assert (row[line], words[line], bool(edge[line])) == (number, len(content), k in (0, len(lines) - 1))
            assert seen.setdefault(content, int(runs[line])) == int(runs[line])
            line += 1
        two = [seen[content] for content in naive_phrases.longest_two(lines)]
        assert longest[number].tolist() == ([*two, 0, 0])[:2]
    assert line == n
    assert len(set(seen.values())) == len(seen)


@pytest.mark.parametrize(
    ("text", "found"),
    [("عنوان الخبر هنا\nنص", [0]), ("نص\nعنوان الخبر هنا", [1]), ("عنوان الخبر هنا نص", []), ("نص", [])],
)
def test_a_title_is_found_alone_on_its_line(text: str, found: list[int]) -> None:
    column, folded = _folded([text])
    _, title = _folded(["عنوان الخبر هنا"])
    scan = Scan.of(folded, column)
    hashes = np.empty(3, np.uint64)
    hash_tokens(title.letters, title.token_start, title.token_end, hashes)
    out = [np.empty(2, np.int32) for _ in range(3)]
    count = find_titles(
        scan.hashes, folded.first_token, scan.lines, folded.span_start, folded.span_end, np.zeros(1, np.int32), hashes,
        title.first_token, 4, 3, *out,
    )  # fmt: skip
    assert out[1][:count].tolist() == found


def test_pieces_end_where_more_than_a_space_stands() -> None:
    text = "عين اليوم – الرياض\nقال"
    column, folded = _folded([text])
    scan = Scan.of(folded, column)
    pieces, start, end = np.zeros((1, 3), np.uint64), np.zeros((1, 3), np.int32), np.zeros((1, 3), np.int32)
    head_pieces(scan.hashes, folded.first_token, scan.lines, folded.span_start, folded.span_end, 4, pieces, start, end)
    assert [text[start[0, k] : end[0, k]] for k in range(3) if pieces[0, k]] == ["عين اليوم", "الرياض"]
