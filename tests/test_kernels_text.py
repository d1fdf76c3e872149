"""Hashing, shingling and signing: bit for bit what the libraries of the field give."""

from __future__ import annotations

import itertools
import json
import random
import zipfile
from pathlib import Path

import numpy as np
import pytest
import xxhash
from hypothesis import given
from hypothesis import strategies as st

from dedup.arabic.fold import fold, fold_batch
from dedup.kernels.overlap import shared_shingles
from dedup.kernels.text import xxh3_64
from dedup.settings import NUM_PERM, SHINGLE_WORDS
from dedup.sketch.minhash import (
    Sketches,
    chosen,
    from_datasketch,
    joined,
    permutations,
    shingle_hash,
    sketch,
    to_datasketch,
)
from tests import naive
from tests.strategies import figures, texts, words
from tests.word_streams import every_pair


def sketched(pieces: list[str], marked: list[bool] | None = None) -> Sketches:
    raw = [piece.encode() for piece in pieces]
    folded = fold_batch(np.frombuffer(b"".join(raw), np.uint8), np.cumsum([0, *map(len, raw)], dtype=np.int32))
    flags = np.zeros(len(folded.token_start), np.bool_)
    if marked is not None:
        flags[:] = (marked * (1 + len(flags)))[: len(flags)]
    return sketch(folded, flags)


@pytest.mark.parametrize("length", [*range(0, 300), 511, 512, 513, 1023, 1024, 1025, 1087, 1088, 2048, 2049, 9999])
def test_xxh3_equals_the_xxhash_package_at_every_length_class(length: int) -> None:
    data = random.Random(length).randbytes(length)
    padded = np.frombuffer(b"\xaa" * 3 + data + b"\x55" * 16, np.uint8).copy()
    assert xxh3_64(padded, 3, 3 + length) == xxhash.xxh3_64_intdigest(data)


@given(
    st.lists(st.one_of(texts, figures), min_size=1, max_size=4),
    st.lists(st.booleans(), min_size=1, max_size=9),
)
def test_shingles_and_signatures_equal_xxhash_and_datasketch(pieces: list[str], marked: list[bool]) -> None:
    made = sketched(pieces, marked)
    position = 0
    for i, piece in enumerate(pieces):
        tokens = [token.folded for token in fold(piece)]
        flags = [(marked * (1 + position + n))[position + n] for n in range(len(tokens))]
        position += len(tokens)
        expected = naive.shingles(tokens, flags, SHINGLE_WORDS)
        found = made.shingles.of(i).tolist()
        assert found == [xxhash.xxh3_64_intdigest(shingle.encode()) for shingle in expected]
        assert made.signatures[i].tolist() == naive.signature(expected)
        assert made.words[i] == flags.count(False)
        stream = made.stream[made.first_word[i] : made.first_word[i + 1]].tolist()
        assert stream == naive.unmarked_words(piece, flags)


@given(st.lists(words, max_size=12), st.lists(words, max_size=12))
def test_content_is_equal_exactly_for_equal_tokens(left: list[str], right: list[str]) -> None:
    made = sketched([" ".join(left), "  «" + "، ".join(left) + "» ", " ".join(right)])
    assert made.content[0] == made.content[1]
    same = [token.folded for token in fold(" ".join(left))] == [token.folded for token in fold(" ".join(right))]
    assert bool(made.content[0] == made.content[2]) == same


@given(st.lists(st.tuples(st.sampled_from(["5", "820", "345", "قال"]), st.booleans()), min_size=2, max_size=9))
def test_content_tells_whether_a_mark_keeps_a_number_apart(drawn: list[tuple[str, bool]]) -> None:
    """What is aligned once for equal texts has as many words in each."""
    plain = [name for name, marked in drawn if not marked]
    made, alone = (
        sketched([" ".join(name for name, _ in drawn)], [marked for _, marked in drawn]),
        sketched([" ".join(plain)]),
    )
    streams = [one.stream[one.stream != 0].tolist() for one in (made, alone)]
    if made.content[0] == alone.content[0]:
        assert streams[0] == streams[1]


@pytest.mark.parametrize("other", ["2,1", "2،1", "٢٫١", "2:1", "2.10", "1ر2", "١٠ر٢"])
def test_a_number_with_decimals_is_one_word_whatever_the_sign(other: str) -> None:
    made = sketched([f"بلغت {written} نقطة" for written in ("2.1", other)])
    one, two = (made.stream[made.first_word[i] : made.first_word[i + 1]].tolist() for i in (0, 1))
    assert one == two
    assert len(one) == 3


@pytest.mark.parametrize(
    ("written", "words"),
    [("2.0", 1), ("1,234.5", 1), ("0.125", 1), ("21.7.2015", 3), ("1,2,3", 3), ("2-1", 2), ("2 . 1", 2), ("2. 1", 2)],
)
def test_digits_are_decimals_right_behind_a_point_that_is_no_chain(written: str, words: int) -> None:
    assert sketched([f"بلغت {written} نقطة"]).first_word.tolist() == [0, 2 + words]


def test_zeros_behind_a_point_change_no_number() -> None:
    made = sketched(["بلغت 2.00 نقطة", "بلغت 2 نقطة"])
    assert made.stream[:3].tolist() == made.stream[3:].tolist()


def test_a_mark_within_a_number_makes_another_text_of_it() -> None:
    joined, apart = sketched(["قال 820 345"]), sketched(["قال 820 5 345"], [False, False, True, False])
    assert joined.words.tolist() == apart.words.tolist() == [3]
    assert joined.content[0] != apart.content[0]


def test_real_articles_have_the_signature_that_datasketch_gives_them(shared: Path) -> None:
    with zipfile.ZipFile(shared / "data" / "saudinewsnet" / "2015-07-26.zip") as archive:
        records = json.loads(archive.read("2015-07-26.json"))
    articles = [record["content"] for record in records[::4]]
    made = sketched(articles)
    assert len(articles) > 300
    for i, article in enumerate(articles):
        tokens = [token.folded for token in fold(article)]
        assert made.signatures[i].tolist() == naive.signature(
            naive.shingles(tokens, [False] * len(tokens), SHINGLE_WORDS)
        )


def test_permutations_are_datasketchs_and_do_not_overflow() -> None:
    from datasketch import MinHash

    multipliers, addends = permutations()
    theirs = MinHash(num_perm=NUM_PERM, seed=1).permutations
    assert multipliers.tolist() == theirs[0].tolist()
    assert addends.tolist() == theirs[1].tolist()
    assert all(a % 2 == 1 for a in multipliers.tolist())
    x = 0xFFFFFFFF
    exact = [(a * x + b) % 2**32 for a, b in zip(multipliers.tolist(), addends.tolist(), strict=True)]
    assert (multipliers * np.uint32(x) + addends).tolist() == exact


def test_a_signature_goes_to_datasketch_and_back() -> None:
    words_of_text = ["قال", "وزير", "الخارجية", "إن", "المباحثات", "التي", "جرت", "أمس", "كانت", "مثمرة", "وبناءة"]
    made = sketched([" ".join(words_of_text)])
    minhash = to_datasketch(made.signatures[0])
    assert (from_datasketch(minhash) == made.signatures[0]).all()
    more = naive.shingles([token.folded for token in fold("وأضاف الوزير في ختام تصريحه للصحفيين")], [False] * 6, 5)
    minhash.update(more[0].encode())
    assert not (minhash.hashvalues == made.signatures[0]).all()
    assert shingle_hash(more[0].encode()) == xxhash.xxh3_64_intdigest(more[0].encode()) % 2**32


def test_a_foreign_minhash_is_refused() -> None:
    from datasketch import MinHash

    with pytest.raises(ValueError, match="affine32"):
        from_datasketch(MinHash(num_perm=128, seed=1, scheme="legacy"))
    with pytest.raises(ValueError, match="64 permutations"):
        from_datasketch(MinHash(num_perm=64, seed=1))


@given(st.lists(texts, max_size=5), st.integers(0, 5))
def test_batches_joined_equal_one_batch(pieces: list[str], cut: int) -> None:
    whole, parts = sketched(pieces), joined([sketched(pieces[:cut]), sketched(pieces[cut:])])
    for name in Sketches.__dataclass_fields__.keys() - {"shingles"}:
        assert getattr(whole, name).tolist() == getattr(parts, name).tolist()
    rows = np.arange(len(pieces))[::-1]
    taken = parts.shingles.take(rows)
    for place, row in enumerate(rows.tolist()):
        assert whole.shingles.of(row).tolist() == parts.shingles.of(row).tolist() == taken.of(place).tolist()


@given(st.lists(texts, max_size=5), st.integers(0, 5), st.data())
def test_sketches_chosen_out_of_batches_are_those_taken_from_all(
    pieces: list[str], cut: int, data: st.DataObject
) -> None:
    parts = [sketched(pieces[:cut]), sketched(pieces[cut:])]
    rows = np.array(data.draw(st.permutations(range(len(pieces)))), np.int64)[: data.draw(st.integers(0, 5))]
    found, wanted = chosen(parts, rows), joined(parts).take(rows)
    for name in Sketches.__dataclass_fields__.keys() - {"shingles"}:
        assert getattr(found, name).tolist() == getattr(wanted, name).tolist()
    for row in range(len(rows)):
        assert found.shingles.of(row).tolist() == wanted.shingles.of(row).tolist()


@given(st.lists(texts, min_size=2, max_size=5), st.integers(0, 5))
def test_shingles_are_compared_where_they_lie(pieces: list[str], cut: int) -> None:
    found = joined([sketched(pieces[:cut]), sketched(pieces[cut:])]).shingles
    pairs = every_pair(len(pieces))
    shared = np.empty(len(pairs), np.int32)
    shared_shingles(found.addresses(), found.counts, pairs, shared)
    sets = [set(found.of(row).tolist()) for row in range(len(pieces))]
    assert shared.tolist() == [len(a & b) for a, b in itertools.combinations(sets, 2)]


@given(st.lists(texts, max_size=5))
def test_what_is_compared_no_more_keeps_its_counts(pieces: list[str]) -> None:
    whole = sketched(pieces)
    counted = whole.counted()
    assert counted.too_short().tolist() == whole.too_short().tolist()
    assert counted.shingle_counts().tolist() == whole.shingle_counts().tolist()
    assert counted.words.tolist() == whole.words.tolist()
    assert counted.shingles.arrays == ()
    assert counted.signatures.size == 0


def test_no_batch_at_all_is_an_empty_sketch() -> None:
    assert len(joined([])) == 0
