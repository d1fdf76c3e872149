"""What spares marking a look changes nothing: with every gate open, and nothing remembered, the same is found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.arabic import (
    block_lines,
    blocks,
    credit_context,
    credits,
    date_lines,
    edge_lines,
    heads,
    parties,
    unknown_media,
)
from dedup.arabic.endings import TAIL, Ending, mirrored, one_of
from dedup.arabic.learned import _often
from dedup.arabic.page import Hit
from dedup.arabic.words import words
from tests.marked_text import mark_texts, shipped

AGENCIES = [name for one in list(shipped().agencies.values())[:60] for name in (*one.names, *one.short)]
FURNITURE = [phrase for kind in shipped().furniture for phrase in kind.phrases]
PLACES = ["الرياض", "القاهرة", "جدة", "واشنطن", *words("writers")]
PLAIN = [
    "وكالات", "الوكالات", "نايف عبدالله", "أحمد علي", "عين اليوم", "PR Newswire", "قال الوزير", "نقلت عن", "وأضاف أن",
    "في", "12 مارس", "للأنباء", "قناة", "صحيفة", "موقع", "وكالة", "جانب من الحضور", "a@b.com",
    "الأحد 7 مايو 2023", "قبل 3 ساعات", "كتب: سامر النجار", "م.س / ن.ع", "سوق الخضار (رويترز)", "+", "1532", "#حديقة",
    "انطلقت أمس فعاليات المعرض الدولي الرابع للكتاب بمشاركة عشرين دارا من ست دول وسط حضور كبير من الزوار والكتاب.",
]  # fmt: skip
SEPARATORS = [" ", "\n", " - ", ": ", " (", ") ", " «", "» ", "/", ". ", "\n\n", "، ", " | ", "* ", "  "]
ENDINGS = [one for one in vars(credit_context).values() if isinstance(one, Ending)]
PIECES = st.one_of(*(st.sampled_from(pool) for pool in (AGENCIES, FURNITURE, PLACES, PLAIN, PLAIN)))
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(SEPARATORS)), min_size=1, max_size=14).map(
    lambda pieces: "".join(piece + separator for piece, separator in pieces)
)


def _company(self: credits.Judgement, hit: Hit) -> tuple[int, int]:
    """Every agency of the page is asked whether it joins the row."""
    text, first, last = self._page.text, hit.start, hit.end
    for other in self._agencies:
        if other.start >= last and credit_context.JOINT.fullmatch(text, last, other.start):
            last = other.end
    for other in reversed(self._agencies):
        if other.end <= first and credit_context.JOINT.fullmatch(text, other.end, first):
            first = other.start
    more = credit_context.AND_MORE.match(text, last)
    return first, more.end() if more else last


def _ends(ending: Ending, tail: str) -> bool:
    return ending.pattern.search(tail) is not None


def _sentence(before: str) -> str:
    ended = re.match(r"(?s:.*)(?:\n|[.!؟?…۔](?=[\s»”\"')\]]|$))", before)
    return before[ended.end() :] if ended else before


@contextmanager
def _ungated() -> Iterator[None]:
    with (
        patch.object(heads, "_names_something_behind", lambda page, end: True),
        patch.object(heads, "_by_words", heads._by_words.__wrapped__),
        patch.object(edge_lines, "_by_content", edge_lines._by_content.__wrapped__),
        patch.object(blocks, "shape", block_lines.shape.__wrapped__),
        patch.object(block_lines, "date_line", date_lines.date_line.__wrapped__),
        patch.object(credit_context, "GOES_ON", re.compile("(?!)")),
        patch.object(unknown_media, "_medium", unknown_media._medium.__wrapped__),
        patch.object(parties, "_openings", parties._openings.__wrapped__),
        patch.object(credits, "may_name", lambda page: True),
        patch.object(credit_context, "sentence", _sentence),
        patch.object(Ending, "ends_whole", _ends),
        patch.object(Ending, "ends", lambda ending, before: _ends(ending, before[-TAIL:])),
        patch.object(credits.Judgement, "_company", _company),
        patch("dedup.arabic.marks.AGENCIES", ""),
    ):
        yield


@settings(max_examples=300)
@given(st.lists(TEXTS, min_size=1, max_size=6), st.lists(PIECES, min_size=6, max_size=6), st.booleans())
def test_gates_change_nothing(texts: list[str], bylines: list[str], titled: bool) -> None:
    fields: list[str | None] = list(bylines[: len(texts)])
    starts = [text.find("\n") + 1 if titled else 0 for text in texts]
    found = mark_texts(texts, bylines=fields, body_starts=starts)
    with _ungated():
        wanted = mark_texts(texts, bylines=fields, body_starts=starts)
    assert found.found == wanted.found
    assert found.bylines == wanted.bylines


@given(st.data(), st.sampled_from([one for one in ENDINGS if one.stems]))
def test_what_a_pattern_matches_holds_one_of_its_stems(data: st.DataObject, ending: Ending) -> None:
    matched = data.draw(st.from_regex(ending.pattern, fullmatch=True))
    assert any(stem in matched for stem in ending.stems)


@given(st.data(), st.sampled_from(ENDINGS), PIECES, st.sampled_from([*SEPARATORS, ""]), st.integers(0, 90))
def test_patterns_read_backward_match_what_they_match_read_forward(
    data: st.DataObject, ending: Ending, piece: str, separator: str, length: int
) -> None:
    matched = data.draw(st.from_regex(ending.pattern))
    for before in (matched, piece + separator + matched, matched + separator, matched[-length:], piece + separator):
        assert ending.ends_whole(before) == _ends(ending, before)
        assert ending.ends(before) == _ends(ending, before[-TAIL:])


@given(
    st.lists(
        st.sampled_from(
            ["ab", "a", "[ab]c", "a?c", "(?:b|ab)c", r"\ba", r"a+\b", "(?=ab|c)", "(?!ab|c)", "(?<=b)c", "(?<!b)c"]
        ),
        min_size=1,
        max_size=4,
    ),
    st.text("abc \n"),
)
def test_a_mirrored_pattern_is_found_in_the_text_read_backward(pieces: list[str], text: str) -> None:
    for pattern in ("".join(pieces), f"(?:{'|'.join(pieces)})", f"(?:^|c)(?:{''.join(pieces)}){{0,2}}"):
        wanted = re.search(pattern + "$", text) is not None
        assert (re.match(mirrored(pattern + "$"), text[::-1]) is not None) == wanted


@given(st.text("ab .»\n"))
def test_a_sentence_begins_behind_the_last_end(before: str) -> None:
    assert credit_context.sentence(before) == _sentence(before)


@given(
    st.lists(st.sampled_from(["ab", "a", "b", "[ab]c", "a?c", "(?:b|ab)c", "a[bc]", "ca+", r"c\w"]), min_size=1),
    st.text("abc "),
)
def test_alternatives_put_together_match_what_they_match_one_by_one(alternatives: list[str], text: str) -> None:
    wanted = any(re.search(rf"\b(?:{one})$", text) for one in alternatives)
    assert (re.search(rf"\b{one_of('|'.join(alternatives))}$", text) is not None) == wanted


@given(st.lists(st.integers(0, 6).map(lambda n: n << 61 | n), max_size=60), st.integers(1, 5))
def test_keys_that_occur_often_are_those_counted_one_by_one(keys: list[int], least: int) -> None:
    times = Counter(keys)
    wanted = [place for place, key in enumerate(keys) if key and times[key] >= least]
    assert _often(np.array(keys, np.uint64), least).tolist() == wanted
