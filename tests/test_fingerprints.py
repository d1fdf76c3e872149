"""Fingerprints: rewrites are found, formulas make no pairs, and the cost has a bound."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dedup.settings import FINGERPRINT_HOLDERS, FINGERPRINT_WINDOW, FINGERPRINT_WORDS
from dedup.sketch.fingerprints import fingerprints, related_stories
from tests.sketched_texts import FORMULA, sentence, sketched

TITLES = f"{FORMULA} رئيس مجلس الوزراء"
"""Twelve words: two windows of phrases that do not overlap, so two fingerprints whatever the hash."""


def related(texts: list[str], story: list[int] | None = None) -> list[tuple[int, int]]:
    rows = np.arange(len(texts), dtype=np.int64)
    groups: npt.NDArray[np.int64] = rows if story is None else np.array(story, np.int64)
    pairs = related_stories(sketched(texts), rows, groups)
    assert pairs.tolist() == sorted(set(pairs.tolist()))
    return [(pair >> 32, pair & 0xFFFFFFFF) for pair in pairs.tolist()]


def test_a_shared_run_of_six_words_is_what_the_guarantee_says() -> None:
    assert FINGERPRINT_WINDOW + FINGERPRINT_WORDS - 1 == 6
    run = sentence(9, 6)
    words = sketched([f"{sentence(1)} {run} {sentence(2)}", f"{sentence(3)} {run}"]).running()
    hashes, first = fingerprints(words, np.zeros(2, np.int64), 0, FINGERPRINT_WINDOW)
    assert set(hashes[: first[1]].tolist()) & set(hashes[first[1] :].tolist())


def test_a_brief_cut_out_of_a_long_dispatch_is_found() -> None:
    long = " ".join(sentence(n) for n in range(30))
    assert related([long, f"{sentence(50)} {sentence(7)}", sentence(60)]) == [(0, 1)]


def test_sentences_turned_round_are_found() -> None:
    parts = [sentence(n) for n in range(6)]
    assert related([" ".join(parts), " ".join(reversed(parts))]) == [(0, 1)]


def test_a_formula_held_by_everyone_makes_no_pairs() -> None:
    """Its first phrases are kept in one text of four, where the words before them have larger hashes."""
    assert not related([f"{sentence(n)} {TITLES}" for n in range(8 * FINGERPRINT_HOLDERS)])


def test_the_same_formula_in_few_texts_does() -> None:
    assert related([f"{sentence(n)} {TITLES}" for n in range(3)]) == [(0, 1), (0, 2), (1, 2)]


def test_a_dispatch_of_a_hundred_prints_keeps_its_fingerprints() -> None:
    """Holders are stories: the hundred prints and the rewrite are two."""
    prints = [f"{sentence(1)} {sentence(2)}"] * 100
    texts = [*prints, f"{sentence(3)} {sentence(2)}"]
    assert related(texts, [0] * 100 + [100]) == [(0, 100)]
    assert not related(texts)


def test_articles_that_take_no_part_make_no_pairs_and_hold_nothing() -> None:
    texts = [f"{sentence(n)} {TITLES}" for n in range(FINGERPRINT_HOLDERS + 1)]
    rows = np.arange(len(texts), dtype=np.int64)
    pairs = related_stories(sketched(texts), np.array([3, 5], np.int64), rows)
    assert pairs.tolist() == [3 << 32 | 5]


def test_no_text_and_one_text_have_no_relations() -> None:
    assert not related([])
    assert not related([sentence(1)])


def test_the_cost_of_one_fingerprint_is_bounded() -> None:
    """At most holders * (holders - 1) / 2 pairs, just under the limit of holders; above it none."""
    texts = [f"{sentence(n)} {TITLES}" for n in range(FINGERPRINT_HOLDERS)]
    assert len(related(texts)) == FINGERPRINT_HOLDERS * (FINGERPRINT_HOLDERS - 1) // 2
