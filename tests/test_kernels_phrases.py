"""The phrase kernels do what the obvious version does, on any text."""

from __future__ import annotations

import itertools

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.arabic.fold import Folded, fold_batch
from dedup.arabic.phrase_table import PhraseTable
from dedup.arabic.scan import Scan
from dedup.kernels.hashing import MASKS, hash_tokens, pair_keys
from dedup.kernels.marks import mark_tokens
from dedup.kernels.phrases import (
    ALONE,
    ANNOUNCED,
    ANYWHERE,
    APART,
    BITS,
    HEAD,
    LINE_START,
    START,
    TAIL,
    TAIL_LINE,
    TAIL_START,
)
from dedup.kernels.repeats import hash_edges, hash_lines, head_pieces
from dedup.kernels.scan import scan_texts
from dedup.kernels.titles import find_titles
from tests import naive_phrases

GAPS = [" ", "\n", " - ", "، ", "\n\n", " (", ") ", '"', "ـ ", "\N{NO-BREAK SPACE}", "."]
WORDS = ["واس", "قال", "عن", "الرياض", "نص", "ab", "كلمة طويلة جدا لا تنتهي", "وكالة", "x"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from(WORDS),
        st.sampled_from(GAPS),
    ),
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
    (("x",), START),
    (("ab", "واس"), TAIL_START),
    (("x", "قال"), TAIL_LINE),
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
    hash_tokens(letters, MASKS, np.zeros(1, np.int32), np.array([len(word.encode())], np.int32), hashes)
    return int(hashes[0])


def _pair_key(first: int, second: int) -> int:
    keys = np.empty(1, np.uint64)
    pair_keys(np.array([first], np.uint64), np.array([second], np.uint64), keys)
    return int(keys[0])


def _table() -> tuple[PhraseTable, list[int]]:
    """The table of PHRASES, and the number of each of its rows in that list; the bitmap suspects every token."""
    groups: dict[int, list[int]] = {}
    for number, (words, _) in enumerate(PHRASES):
        key = _pair_key(_hash(words[0]), _hash(words[1])) if len(words) > 1 else _hash(words[0])
        groups.setdefault(key, []).append(number)
    order = [number for members in groups.values() for number in members]
    keys, group = np.zeros(64, np.uint64), np.zeros(64, np.int32)
    for at, key in enumerate(groups):
        slot = key // 4 % 64
        while keys[slot]:
            slot = (slot + 1) % 64
        keys[slot], group[slot] = key, at
    announcing = np.zeros(16, np.uint64)
    for word in ANNOUNCING:
        slot = _hash(word) // 4 % 16
        while announcing[slot]:
            slot = (slot + 1) % 16
        announcing[slot] = _hash(word)
    table = PhraseTable(
        np.full(1 << BITS - 6, 2**64 - 1, np.uint64), keys, group,
        np.cumsum([0, *map(len, groups.values())], dtype=np.int32),
        np.cumsum([0, *(len(PHRASES[number][0]) for number in order)], dtype=np.int32),
        np.array([_hash(word) for number in order for word in PHRASES[number][0]], np.uint64),
        np.array([PHRASES[number][1] for number in order], np.uint8), announcing, (),
    )  # fmt: skip
    return table, order


TABLE, ORDER = _table()


def _scan(column: pa.StringArray, folded: Folded, head: int = 30, tail: int = 60, body_start: int = 0) -> Scan:
    table, body = TABLE, np.empty(len(column), np.int64)
    text, token, phrase = (np.empty(2000, np.int32) for _ in range(3))
    found = scan_texts(
        folded.hashes, folded.span_start, folded.span_end, folded.before, folded.first_token,
        np.full(len(column), body_start, np.int32), table.bitmap, table.keys, table.group, table.group_at,
        table.phrase_at, table.words, table.place, table.announcing, head, tail, body, text, token, phrase,
    )  # fmt: skip
    lines = np.flatnonzero(folded.before & np.uint8(1)).astype(np.int32)
    return Scan(lines, body, text[:found], token[:found], phrase[:found])


@given(st.lists(TEXTS, min_size=1, max_size=4), st.integers(0, 6), st.integers(0, 6), st.integers(0, 12))
def test_every_phrase_is_found_where_its_class_allows(texts: list[str], head: int, tail: int, start: int) -> None:
    column, folded = _folded(texts)
    tokens = [folded.tokens(row) for row in range(len(texts))]
    bodies = [naive_phrases.first_behind(run, start) for run in tokens]
    expected = {
        (row, at, phrase)
        for row, text in enumerate(texts)
        for at, phrase in naive_phrases.find_phrases(text, tokens[row], PHRASES, ANNOUNCING, head, tail, bodies[row])
    }
    scan = _scan(column, folded, head, tail, start)
    first = folded.first_token
    assert (scan.first_body - first[:-1]).tolist() == bodies
    found = zip(scan.text.tolist(), scan.token.tolist(), scan.phrase.tolist(), strict=True)
    assert {(i, int(t - first[i]), ORDER[p]) for i, t, p in found} == expected


@given(st.lists(st.text("ab\n سلام،\u064b😀", max_size=200), max_size=4))
def test_line_starts_are_those_of_the_raw_text(texts: list[str]) -> None:
    column, folded = _folded(texts)
    expected = [
        int(folded.first_token[row]) + start
        for row, text in enumerate(texts)
        for start in naive_phrases.line_starts(text, folded.tokens(row))
    ]
    assert _scan(column, folded).lines.tolist() == expected


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


@given(st.lists(TEXTS, min_size=1, max_size=3), st.integers(0, 9))
def test_lines_hash_alike_exactly_when_their_words_are_alike(texts: list[str], start: int) -> None:
    column, folded = _folded(texts)
    scan = _scan(column, folded, body_start=start)
    n, most = len(scan.lines), 4
    row, token, words = (np.empty(n, np.int32) for _ in range(3))
    runs, edge, longest = np.empty(n, np.uint64), np.empty(n, np.bool_), np.empty((len(texts), 2), np.uint64)
    count = hash_lines(
        folded.hashes, folded.first_token, scan.first_body, scan.lines, 1, most, row, runs, token, words, edge, longest
    )
    seen: dict[tuple[str, ...], int] = {}
    line = 0
    for number, text in enumerate(texts):
        tokens = folded.tokens(number)
        body = naive_phrases.first_behind(tokens, start)
        bounds = [at for at in naive_phrases.line_starts(text, tokens) if at >= body]
        pairs = [*itertools.pairwise([*bounds, len(tokens)])]
        lines = [tuple(t.folded for t in tokens[a:b]) for a, b in pairs]
        for k, (content, (a, _)) in enumerate(zip(lines, pairs, strict=True)):
            if len(content) > most:
                continue
            at = int(folded.first_token[number]) + a
            assert (row[line], token[line], words[line]) == (number, at, len(content))
            assert bool(edge[line]) == (k in (0, len(lines) - 1))
            assert seen.setdefault(content, int(runs[line])) == int(runs[line])
            line += 1
        two = naive_phrases.longest_two(lines)
        for content, key in zip(two, longest[number].tolist(), strict=False):
            assert seen.setdefault(content, key) == key
        assert longest[number].tolist()[len(two) :] == [0] * (2 - len(two))
    assert line == count
    assert len(set(seen.values())) == len(seen)


@given(st.lists(TEXTS, min_size=1, max_size=3), st.integers(0, 9))
def test_edges_hash_alike_exactly_when_their_words_are_alike(texts: list[str], start: int) -> None:
    column, folded = _folded(texts)
    scan = _scan(column, folded, body_start=start)
    sizes = [1, 2, 3]
    opening, tails = np.empty(len(texts), np.uint64), np.empty((len(texts), len(sizes)), np.uint64)
    hash_edges(folded.hashes, folded.first_token, scan.first_body, np.array(sizes, np.int64), 2, opening, tails)
    seen: dict[tuple[str, ...], int] = {}
    for row in range(len(texts)):
        words = [token.folded for token in folded.tokens(row)][naive_phrases.first_behind(folded.tokens(row), start) :]
        for key, size, run in [
            (int(opening[row]), 2, words[:2]),
            *((int(tails[row, k]), size, words[len(words) - size :]) for k, size in enumerate(sizes)),
        ]:
            if 2 * size > len(words):
                assert key == 0
            else:
                assert seen.setdefault(tuple(run), key) == key
    assert len(set(seen.values())) == len(seen)


@pytest.mark.parametrize(
    ("text", "found"),
    [("عنوان الخبر هنا\nنص", [0]), ("نص\nعنوان الخبر هنا", [1]), ("عنوان الخبر هنا نص", []), ("نص", [])],
)
def test_a_title_is_found_alone_on_its_line(text: str, found: list[int]) -> None:
    column, folded = _folded([text])
    _, title = _folded(["عنوان الخبر هنا"])
    scan = _scan(column, folded)
    out = [np.empty(2, np.int32) for _ in range(3)]
    count = find_titles(
        folded.hashes, folded.first_token, scan.first_body, scan.lines, folded.span_start, folded.span_end,
        title.hashes, title.first_token, 4, 3, *out,
    )  # fmt: skip
    assert out[1][:count].tolist() == found


@pytest.mark.parametrize(
    ("text", "body_start"), [("عين اليوم – الرياض\nقال", 0), ("عنوان الخبر\n\nعين اليوم – الرياض\nقال", 13)]
)
def test_pieces_end_where_more_than_a_space_stands(text: str, body_start: int) -> None:
    column, folded = _folded([text])
    scan = _scan(column, folded, body_start=body_start)
    pieces, start, end = np.zeros((1, 3), np.uint64), np.zeros((1, 3), np.int32), np.zeros((1, 3), np.int32)
    places = (scan.first_body, scan.lines, folded.span_start, folded.span_end)
    head_pieces(folded.hashes, folded.first_token, *places, 4, pieces, start, end)
    assert [text[start[0, k] : end[0, k]] for k in range(3) if pieces[0, k]] == ["عين اليوم", "الرياض"]
