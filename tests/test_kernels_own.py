"""The kernel of own words equals its obvious twin: every window tried, every phrase looked for in every other text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.kernels.own import count_own
from tests.naive_shared_text import Range, united
from tests.word_streams import VOCABULARY

Text = Sequence[int]
words = st.sampled_from(range(40))
texts = st.lists(words, max_size=30)
ranges = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=3)
stories = st.lists(st.lists(st.tuples(texts, ranges), min_size=1, max_size=4), min_size=1, max_size=4)


def naive(text: Text, others: Sequence[Text], shared: Sequence[Range], window: int, support: float) -> tuple[int, int]:
    elsewhere = {phrase for other in others for phrase in itertools.pairwise(other)}
    supported = [
        any(phrase in elsewhere for phrase in itertools.pairwise(text[max(0, n - 1) : n + 2])) for n in range(len(text))
    ]
    width = min(window, len(text))
    windows = [range(n, n + width) for n in range(len(text) - width + 1)]
    apart = {n for one in windows if sum(supported[n] for n in one) <= support * width for n in one}
    inside = {n for start, end in shared for n in range(start, end)}
    return len(apart - inside), len([n for n in apart & inside if not supported[n]])


@given(stories, st.integers(1, 12), st.sampled_from([0.0, 0.15, 0.5]))
@settings(deadline=None)
def test_own_words_equal_the_naive_twin(
    made: list[list[tuple[list[int], list[tuple[int, int]]]]], window: int, support: float
) -> None:
    flat = [text for story in made for text, _ in story]
    shared = [united([(start, start + length) for start, length in parts]) for story in made for _, parts in story]
    hashes = np.array([VOCABULARY[0] + 4 * word for text in flat for word in text], np.uint64)
    first = np.cumsum([0, *map(len, flat)], dtype=np.int64)
    of = np.array(list(itertools.chain(*shared)), np.int64).reshape(-1, 2)
    outside, within = np.full((2, len(flat)), -1, np.int64)
    count_own(
        hashes, first, np.arange(len(flat)), np.cumsum([0, *map(len, made)], dtype=np.int64),
        np.cumsum([0, *map(len, shared)], dtype=np.int64), of[:, 0].copy(), of[:, 1].copy(), window, support,
        outside, within,
    )  # fmt: skip
    stories_of = [n for n, story in enumerate(made) for _ in story]
    expected = [
        naive(
            text,
            [other for m, other in enumerate(flat) if m != n and stories_of[m] == stories_of[n]],
            shared[n],
            window,
            support,
        )
        for n, text in enumerate(flat)
    ]
    assert [*zip(outside.tolist(), within.tolist(), strict=True)] == expected
