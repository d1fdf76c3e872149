"""What a passage promises: words as printed, as long as they agree, the same from either side."""

from __future__ import annotations

import itertools
import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.articles import articles, days
from dedup.arabic.fold import fold
from dedup.match.passages import Passages, TextWords, passages, passages_of_texts, text_words
from dedup.match.rarity import Phrases, distinct_phrases
from dedup.settings import PASSAGE_GAP, PASSAGE_LEAST, PASSAGE_SHORTEST, PASSAGE_SIMILARITY
from dedup.sketch.minhash import Words, sketch
from tests.sketched_texts import FORMULA, folded, sentence
from tests.strategies import BREAKS, digits, figures, words

PARAGRAPH = " ".join(sentence(topic) for topic in range(3))
"""60 words, none twice."""


def column(texts: Sequence[str]) -> pa.Array:
    return pa.array(list(texts), pa.string())


def unmarked(texts: Sequence[str]) -> TextWords:
    return text_words(column(texts), [()] * len(texts), np.zeros(len(texts), np.int64))


def every_pair(count: int) -> npt.NDArray[np.uint64]:
    return np.array([a << 32 | b for a, b in itertools.combinations(range(count), 2)], np.uint64)


def rows(found: Passages) -> list[tuple[object, ...]]:
    return [
        (tuple(a), tuple(b), tuple(words_a), tuple(words_b), similarity, formula)
        for a, b, words_a, words_b, similarity, formula in zip(
            found.a.tolist(), found.b.tolist(), found.a_words.tolist(), found.b_words.tolist(),
            found.similarity.tolist(), found.formula.tolist(), strict=True,
        )
    ]  # fmt: skip


def quotes(found: Passages, a: str, b: str) -> list[tuple[str, str]]:
    spans = zip(found.a.tolist(), found.b.tolist(), strict=True)
    return [(a[one[0] : one[1]], b[other[0] : other[1]]) for one, other in spans]


def assert_whole_words(text: str, spans: npt.NDArray[np.int32], places: npt.NDArray[np.int32]) -> None:
    """Each span begins and ends where a word does, and holds the words its places say."""
    words = unmarked([text])
    for (start, end), (first, last) in zip(spans.tolist(), places.tolist(), strict=True):
        assert (words.start[first], words.end[last - 1]) == (start, end)
        assert unmarked([text[start:end]]).hashes.tolist() == words.hashes[first:last].tolist()


def assert_maximal(words: TextWords, a: int, b: int, found: Passages) -> None:
    """The words before a passage differ, and so do the words behind it."""
    one, other = (words.hashes[words.first[text] : words.first[text + 1]] for text in (a, b))
    place_a, place_b = (words.place[words.first[text] : words.first[text + 1]] for text in (a, b))
    for (a0, a1), (b0, b1) in zip(found.a_words.tolist(), found.b_words.tolist(), strict=True):
        if a0 and b0 and place_a[a0] - place_a[a0 - 1] == place_b[b0] - place_b[b0 - 1] == 1:
            assert one[a0 - 1] != other[b0 - 1]
        if a1 < len(one) and b1 < len(other) and place_a[a1] - place_a[a1 - 1] == place_b[b1] - place_b[b1 - 1] == 1:
            assert one[a1] != other[b1]


def part(found: Passages, pair: int) -> Passages:
    chosen = slice(int(found.first[pair]), int(found.first[pair + 1]))
    first = np.array([0, chosen.stop - chosen.start], np.int64)
    return Passages(
        first, found.a[chosen], found.b[chosen], found.a_words[chosen], found.b_words[chosen],
        found.similarity[chosen], found.formula[chosen],
    )  # fmt: skip


@st.composite
def related_texts(draw: st.DrawFn) -> tuple[str, str]:
    """Two texts that have sentences in common, each with its own punctuation, vowel signs and order."""
    vocabulary = draw(st.lists(words, min_size=12, max_size=40, unique=True))
    sentences = st.lists(st.sampled_from(vocabulary), min_size=4, max_size=30)
    common = draw(st.lists(sentences, min_size=1, max_size=3))
    texts = []
    for _ in range(2):
        chosen = [*draw(st.permutations(common)), *draw(st.lists(sentences, max_size=2))]
        flat = [word for one in draw(st.permutations(chosen)) for word in one]
        breaks = draw(st.lists(st.sampled_from(BREAKS), min_size=1, max_size=5))
        texts.append("".join(word + breaks[n % len(breaks)] for n, word in enumerate(flat)))
    return texts[0], texts[1]


@given(related_texts())
@settings(deadline=None)
def test_a_passage_is_whole_words_and_cannot_be_longer(texts: tuple[str, str]) -> None:
    found = passages_of_texts(*texts)
    assert_whole_words(texts[0], found.a, found.a_words)
    assert_whole_words(texts[1], found.b, found.b_words)
    assert_maximal(unmarked(texts), 0, 1, found)


@given(related_texts())
@settings(deadline=None)
def test_what_a_shares_with_b_is_what_b_shares_with_a(texts: tuple[str, str]) -> None:
    one, other = passages_of_texts(*texts), passages_of_texts(*reversed(texts))
    swapped = [(b, a, words_b, words_a, *rest) for a, b, words_a, words_b, *rest in rows(other)]
    assert sorted(rows(one)) == sorted(swapped)


@given(st.lists(related_texts(), min_size=1, max_size=3), st.randoms())
@settings(deadline=None)
def test_neither_order_nor_workers_change_anything(several: list[tuple[str, str]], order: random.Random) -> None:
    texts = unmarked([text for pair in several for text in pair])
    pairs = every_pair(len(texts))
    found = passages(texts, pairs)
    shuffled = order.sample(range(len(pairs)), len(pairs))
    again = passages(texts, pairs[shuffled], None, lambda align, pieces: [align(piece) for piece in pieces])
    for place, pair in enumerate(shuffled):
        assert rows(part(again, place)) == rows(part(found, pair))


@given(related_texts())
@settings(deadline=None)
def test_similarity_is_the_share_of_words_that_both_stretches_have(texts: tuple[str, str]) -> None:
    found = passages_of_texts(*texts)
    for one, other, similarity in zip(found.a.tolist(), found.b.tolist(), found.similarity.tolist(), strict=True):
        a, b = (
            [token.folded for token in fold(text[span[0] : span[1]])]
            for text, span in zip(texts, (one, other), strict=True)
        )
        matched = sum(min(a.count(word), b.count(word)) for word in set(a))
        assert similarity == pytest.approx(2 * matched / (len(a) + len(b)))
        assert PASSAGE_SIMILARITY <= similarity <= 1


def test_a_copy_is_one_passage_whatever_stands_around_it() -> None:
    a = f"{sentence(7)}. {PARAGRAPH}، {sentence(8)}"
    b = f"{sentence(9)}\n{PARAGRAPH}"
    found = passages_of_texts(a, b)
    assert quotes(found, a, b) == [(PARAGRAPH, PARAGRAPH)]
    assert found.similarity.tolist() == [1.0]


def test_spelling_does_not_matter_and_the_span_is_as_printed() -> None:
    a = PARAGRAPH
    b = f"{sentence(9)} " + PARAGRAPH.replace("ة", "ه").replace("حمو", "حَمُـو")
    found = passages_of_texts(a, b)
    assert quotes(found, a, b) == [(a, b[len(sentence(9)) + 1 :])]


def test_changed_left_out_and_added_words_stay_inside() -> None:
    tokens = PARAGRAPH.split()
    edited = [*tokens[:10], "كلمة", *tokens[11:30], *tokens[33:45], *sentence(8, 5).split(), *tokens[45:]]
    b = f"{sentence(9)} {' '.join(edited)} {sentence(5)}"
    assert quotes(passages_of_texts(PARAGRAPH, b), PARAGRAPH, b) == [(PARAGRAPH, " ".join(edited))]


@pytest.mark.parametrize("seed", range(3))
def test_shuffled_words_and_shuffled_phrases_are_one_passage(seed: int) -> None:
    tokens = PARAGRAPH.split()
    by_words = " ".join(random.Random(seed).sample(tokens, len(tokens)))
    phrases = [tokens[n : n + 12] for n in range(0, len(tokens), 12)]
    by_phrases = " ".join(word for one in random.Random(seed).sample(phrases, len(phrases)) for word in one)
    for shuffled in (by_words, by_phrases):
        a, b = f"{sentence(7)} {PARAGRAPH} {sentence(8)}", f"{sentence(9)} {shuffled}"
        assert quotes(passages_of_texts(a, b), a, b) == [(PARAGRAPH, shuffled)]


def test_more_than_the_gap_between_parts_them() -> None:
    for words_between, count in ((PASSAGE_GAP - 1, 1), (PASSAGE_GAP + 1, 2)):
        hole = " ".join(f"حشو{chr(0x628 + n)}" for n in range(words_between))
        assert len(set(hole.split())) == words_between
        rest = " ".join(sentence(topic) for topic in (4, 5, 6))
        a, b = f"{PARAGRAPH} {hole} {rest}", f"{PARAGRAPH} {sentence(11, words_between)} {rest}"
        found = passages_of_texts(a, b)
        assert len(found) == count


def test_a_short_text_needs_fewer_words() -> None:
    brief = sentence(1, 2 * PASSAGE_SHORTEST)
    assert quotes(passages_of_texts(brief, brief), brief, brief) == [(brief, brief)]
    for shared_words, count in ((PASSAGE_LEAST - 1, 0), (PASSAGE_LEAST, 1)):
        common = sentence(1, shared_words)
        a, b = f"{sentence(5)} {common} {sentence(6)}", f"{sentence(7)} {common} {sentence(8)}"
        assert quotes(passages_of_texts(a, b), a, b) == [(common, common)] * count


def test_passages_overlap_only_where_a_text_says_it_twice() -> None:
    a, b = f"{sentence(7)} {PARAGRAPH}", f"{PARAGRAPH} {sentence(8)} {sentence(9)} {PARAGRAPH}"
    found = passages_of_texts(a, b)
    assert quotes(found, a, b) == [(PARAGRAPH, PARAGRAPH)] * 2
    assert found.a.tolist()[0] == found.a.tolist()[1]
    assert found.b[0, 1] < found.b[1, 0]


def test_marked_words_are_in_no_phrase_and_count_as_a_gap() -> None:
    intruder = " ".join(f"إعلان{chr(0x628 + n)}" for n in range(PASSAGE_GAP + 1))
    head, tail = f"{PARAGRAPH}", " ".join(sentence(topic) for topic in (4, 5, 6))
    a = f"{head} {intruder} {tail}"
    b = a.replace("إعلان", "دعاية")
    start = len(head) + 1
    marks: list[list[tuple[int | str, ...]]]
    marks = [[(start, start + len(intruder))], [(start, start + len(intruder), "ad", "said so")]]
    found = passages(text_words(column([a, b]), marks, np.zeros(2, np.int64)), np.array([1], np.uint64))
    assert quotes(found, a, b) == [(head, head), (tail, tail)]


@pytest.mark.parametrize("written", ["5,820", "5.820", "5 820", "٥٬٨٢٠", "1,234,567", "12.345"])
def test_a_number_with_thousands_is_one_word_as_long_as_it_is_printed(written: str) -> None:
    whole = "".join(token.folded for token in fold(written))
    a, b = f"{sentence(1)} {written} {sentence(2)}", f"{sentence(1)} {whole} {sentence(2)}"
    found = unmarked([a, b])
    at = found.start.tolist().index(a.index(written))
    assert a[found.start[at] : found.end[at]] == written
    apart = found.first[1]
    assert found.hashes[:apart].tolist() == found.hashes[apart:].tolist()
    assert found.place[:apart].tolist() == found.place[apart:].tolist() == list(range(apart))
    made = passages(found, np.array([1], np.uint64))
    assert quotes(made, a, b) == [(a, b)]
    assert made.similarity.tolist() == [1]


def test_a_number_does_not_grow_over_a_mark() -> None:
    text = "بلغ الإنتاج 5 820 طنا"
    at = text.index("820")
    for mark, left in (((at, at + 3), ["5"]), ((at - 2, at - 1), ["820"])):
        found = text_words(column([text]), [[mark]], np.zeros(1, np.int64))
        shown = [text[a:b] for a, b in zip(found.start.tolist(), found.end.tolist(), strict=True)]
        assert shown == ["بلغ", "الإنتاج", *left, "طنا"]


@pytest.mark.parametrize("behind", [".خبر", ". 7", "، 7.7"])
def test_decimals_are_no_chain_unless_digits_follow_right_behind_a_point(behind: str) -> None:
    text = f"بلغ 5.3{behind}"
    found = text_words(column([text]), [()], np.zeros(1, np.int64))
    assert text[found.start[1] : found.end[1]] == "5.3"


def test_words_before_the_body_are_no_story() -> None:
    a = f"{sentence(3)}\n{PARAGRAPH}"
    found = text_words(column([a]), [()], np.array([len(sentence(3)) + 1]))
    assert [a[start:end] for start, end in zip(found.start, found.end, strict=True)] == PARAGRAPH.split()
    assert found.place[0] == len(sentence(3).split())


@given(
    st.lists(st.one_of(st.lists(st.one_of(words, digits), max_size=12).map(" ".join), figures), max_size=4), st.data()
)
def test_the_words_are_those_of_the_sketch(texts: list[str], data: st.DataObject) -> None:
    batch = folded(texts)
    tokens = [fold(text) for text in texts]
    marked = [[data.draw(st.booleans()) for _ in one] for one in tokens]
    marks = [
        [(token.start, token.end) for token, out in zip(one, flags, strict=True) if out]
        for one, flags in zip(tokens, marked, strict=True)
    ]
    known = sketch(batch, np.array([flag for flags in marked for flag in flags], np.bool_))
    found = text_words(column(texts), marks, np.zeros(len(texts), np.int64))
    assert found.stream().stream.tolist() == known.stream.tolist()
    assert found.stream().first_word.tolist() == known.first_word.tolist()
    in_chunks = pa.chunked_array([column(texts[:1]), column(texts[1:])], pa.string())
    again = text_words(in_chunks, marks, np.zeros(len(texts), np.int64))
    for name in ("hashes", "start", "end", "place", "first"):
        assert getattr(again, name).tolist() == getattr(found, name).tolist()


def test_a_formula_is_known_from_the_background_and_from_the_corpus() -> None:
    titles = (
        f"{FORMULA} ولي العهد نائب رئيس مجلس الوزراء وزير الداخلية صاحب السمو الملكي الأمير محمد بن نايف بن عبدالعزيز"
    )
    a, b = f"{sentence(1)} {titles} {sentence(2)}", f"{sentence(3)} {titles} {sentence(4)}"
    assert passages_of_texts(a, b).formula.tolist() == [True]
    a, b = f"{sentence(1)} {PARAGRAPH}", f"{sentence(3)} {PARAGRAPH}"
    texts, pair = unmarked([a, b]), np.array([1], np.uint64)
    assert passages_of_texts(a, b).formula.tolist() == [False]
    assert passages(texts, pair, rarity_of(texts.stream(), rare=True)).formula.tolist() == [False]
    assert passages(texts, pair, rarity_of(texts.stream(), rare=False)).formula.tolist() == [True]


def rarity_of(stream: Words, rare: bool) -> Phrases:
    found = distinct_phrases(stream, np.ones(len(stream.first_word) - 1, np.bool_), 3)
    counts = found.counts().astype(np.int32)
    return Phrases(found.sets | np.uint64(rare), found.first, counts, counts * rare)


def test_no_texts_no_pairs_no_words() -> None:
    assert len(text_words(column([]), [], np.zeros(0, np.int64))) == 0
    assert passages(unmarked(["كلمة"]), np.zeros(0, np.uint64)).first.tolist() == [0]
    for a, b in (("", ""), ("", PARAGRAPH), ("...", "؟"), ("\ud800", PARAGRAPH)):
        assert passages_of_texts(a, b).first.tolist() == [0, 0]


def test_a_dispatch_that_keeps_enough_rare_phrases_is_no_formula() -> None:
    rare_words, frequent_words = PASSAGE_LEAST, 80
    shared = f"{sentence(1, rare_words)} {' '.join(sentence(topic) for topic in (2, 3, 4, 5))}"
    texts, pair = unmarked([shared, shared]), np.array([1], np.uint64)
    found = distinct_phrases(texts.stream(), np.ones(2, np.bool_), 3)
    sets, first = found.sets, found.first
    for rare, formula in ((PASSAGE_LEAST - 2, False), (PASSAGE_LEAST - 3, True)):
        flags = (np.arange(len(sets)) % (len(sets) // 2) < rare).astype(np.uint64)
        known = Phrases(sets | flags, first, np.diff(first).astype(np.int32), np.full(2, rare, np.int32))
        assert len(sets) == 2 * (rare_words + frequent_words - 2)
        assert passages(texts, pair, known).formula.tolist() == [formula]


def test_what_does_not_fit_together_is_refused() -> None:
    with pytest.raises(ValueError, match="2 texts, 1 lists of marks, 2 starts of bodies: give one of each"):
        text_words(column(["أ", "ب"]), [()], np.zeros(2, np.int64))
    with pytest.raises(ValueError, match=r"pair 1 names a text behind the last of 2; pairs are a << 32 \| b"):
        passages(unmarked(["أ", "ب"]), np.array([1, 2], np.uint64))


def test_passages_of_real_articles_are_whole_words_and_maximal(shared: Path) -> None:
    texts = [article.text for article in articles(days(shared)[:1])][:1_500]
    known = unmarked(texts)
    pairs = [(a, b) for a, b in itertools.combinations(range(0, 1_500, 25), 2)]
    near = [(a, a + 1) for a in range(1_499)]
    packed = np.array([a << 32 | b for a, b in sorted({*pairs, *near})], np.uint64)
    found = passages(known, packed)
    assert len(found) > 50
    for n in np.flatnonzero(np.diff(found.first)).tolist():
        a, b = int(packed[n]) >> 32, int(packed[n]) & 0xFFFFFFFF
        one = part(found, n)
        assert_whole_words(texts[a], one.a, one.a_words)
        assert_whole_words(texts[b], one.b, one.b_words)
        assert_maximal(known, a, b, one)


LONG = 100_000


def long_texts() -> dict[str, Callable[[random.Random], tuple[list[int], list[int]]]]:
    """Pairs of long texts, as word numbers, of the kinds that make an aligner quadratic."""
    frequent = [1 / (n + 1) for n in range(20_000)]

    def prose(r: random.Random) -> list[int]:
        return r.choices(range(20_000), frequent, k=LONG)

    return {
        "identical": lambda r: ((text := prose(r)), text),
        "unrelated": lambda r: (prose(r), prose(r)),
        "one word": lambda r: ([1] * LONG, [1] * LONG),
        "one formula": lambda r: (list(range(10)) * (LONG // 10), list(range(10)) * (LONG // 10)),
        "two periods": lambda r: ((list(range(10)) * LONG)[:LONG], (list(range(7)) * LONG)[:LONG]),
        "eight words": lambda r: (r.choices(range(8), k=LONG), r.choices(range(8), k=LONG)),
        "all words shuffled": lambda r: (list(range(LONG)), r.sample(range(LONG), LONG)),
        "backwards": lambda r: (list(range(LONG)), list(range(LONG))[::-1]),
        "each word twice": lambda r: (
            r.sample([*range(LONG // 2)] * 2, LONG),
            r.sample([*range(LONG // 2)] * 2, LONG),
        ),
        "eight times the same": lambda r: ([*range(LONG // 8)] * 8, [*range(LONG // 8)] * 8),
        "shuffled blocks": lambda r: (
            list(range(LONG)),
            [word for start in r.sample(range(0, LONG, 30), LONG // 30) for word in range(start, start + 30)],
        ),
    }


@pytest.mark.slow
@pytest.mark.parametrize("kind", long_texts())
def test_a_hundred_thousand_words_take_less_than_two_seconds(kind: str) -> None:
    one, other = long_texts()[kind](random.Random(7))
    passages_of_texts(PARAGRAPH, PARAGRAPH)
    alphabet = "ابتثجحخدذرزسشصضطظعغف"
    a, b = (
        " ".join("".join(alphabet[int(digit)] for digit in str(word)) for word in text[:LONG]) for text in (one, other)
    )
    before = time.process_time()
    found = passages_of_texts(a, b)
    assert time.process_time() - before < 2
    if one == other:
        assert found.a_words.tolist() == [[0, len(one)]]
