"""Folding: one word has one token, whatever the newsroom's spelling, and the token knows its place."""

from __future__ import annotations

import json
import unicodedata
import zipfile
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarabic import araby

from dedup.arabic.compiled_fold import stored
from dedup.arabic.fold import PERSIAN_URDU, asked_entries, fold, fold_batch, fold_table, folded_form, rules, utf8
from dedup.kernels.memory import SLACK
from tests import naive
from tests.strategies import figures, texts


def words(text: str) -> list[str]:
    return [token.folded for token in fold(text)]


@given(texts)
def test_the_kernel_equals_its_naive_twin(text: str) -> None:
    assert [tuple(token) for token in fold(text)] == naive.fold_texts(text)


@given(texts)
def test_a_token_is_what_its_span_folds_to(text: str) -> None:
    for token in fold(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.folded in words(text[token.start : token.end])


@given(texts)
def test_spans_are_in_order_and_a_batch_folds_each_text_as_if_alone(text: str) -> None:
    starts = [token.start for token in fold(text)]
    assert starts == sorted(starts)
    pieces = [text, "", "كلمة أخرى", text[::-1]]
    raw = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, raw)], dtype=np.int32)
    batch = fold_batch(np.frombuffer(b"".join(raw), np.uint8), offsets)
    assert [batch.tokens(i) for i in range(4)] == [fold(piece) for piece in pieces]


@given(st.one_of(texts, figures))
def test_what_stands_before_a_token_is_noted(text: str) -> None:
    behind = -1
    for token, before in zip(fold(text), fold_batch(*_column(text)).before.tolist(), strict=True):
        sign = text[token.start - 1 : token.start]
        assert bool(before & 2) == (sign in (" ", "\N{NO-BREAK SPACE}"))
        assert bool(before & 4) == (sign in (".", ",", ":", "،", "٫") and behind == token.start - 1)
        behind = token.end


def _column(text: str) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    raw = utf8(text)
    return np.frombuffer(raw, np.uint8), np.array([0, len(raw)], np.int32)


@pytest.mark.parametrize("blessings", [1, 15, 500])
def test_expansions_among_many_short_texts_stay_within_the_room(blessings: int) -> None:
    pieces = ["x"] * (1000 - blessings) + ["\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}"] * blessings
    raw = [piece.encode() for piece in pieces]
    batch = fold_batch(np.frombuffer(b"".join(raw), np.uint8), np.cumsum([0, *map(len, raw)], dtype=np.int32))
    assert batch.token_end[-1] + 1 + SLACK <= len(batch.letters)
    assert [len(batch.tokens(row)) for row in (0, 999)] == [1, 4]
    assert batch.letters[: batch.token_end[-1]].tobytes().decode().endswith("صلي الله عليه وسلم")


@given(texts)
def test_composed_and_decomposed_spellings_fold_alike(text: str) -> None:
    without_hangul = "".join(char for char in text if not "\uac00" <= char <= "\ud7a3")
    composed = unicodedata.normalize("NFC", without_hangul)
    assert words(unicodedata.normalize("NFD", composed)) == words(composed)


@given(texts)
def test_folding_what_is_folded_changes_nothing(text: str) -> None:
    once = words(text)
    assert words(" ".join(once)) == once


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("قَالَ الوَزِيرُ", "قال الوزير"),
        ("الأمــيــر", "الامير"),
        ("مدرسة", "مدرسه"),
        ("مستشفى", "مستشفي"),
        ("مسؤول شئون", "مسوول شيون"),
        ("کتاب کبیر", "كتاب كبير"),
        ("٢٠٢٤ ۲۰۲۴", "2024 2024"),
        ("ﻻ ﻷن ﻹن ﻵن", "لا لان لان لان"),
        ("كُتُب\u200cخانة", "كتبخانه"),
        ("\u202bالرياض\u202c", "الرياض"),
        ("ﷲ ﷺ", "الله صلي الله عليه وسلم"),
        ("هـذا ٱلرحمـٰن", "هذا الرحمن"),
        ("ﺍﻟﻌﺮﺑﻴﺔ", "العربيه"),
        ("ڤيينا پاريس", "فيينا باريس"),
        ("CNN Ünïcode", "cnn unicode"),
    ],
)
def test_spellings_of_one_word_meet(left: str, right: str) -> None:
    assert words(left) == words(right) == right.split()


@pytest.mark.parametrize(("left", "right"), [("19 شخصا", "17 شخصا"), ("علي", "علا"), ("سوء", "سو")])
def test_what_tells_two_stories_apart_stays_apart(left: str, right: str) -> None:
    assert words(left) != words(right)


def test_punctuation_ends_a_token_and_marks_do_not() -> None:
    assert words("صباح،مساء (ليل)/نهار") == ["صباح", "مساء", "ليل", "نهار"]
    assert words("#قمة_الرياض 3.5% ٣٫٥٪") == ["قمه", "الرياض", "3", "5", "3", "5"]


def test_a_lone_surrogate_is_one_code_point_that_ends_a_token() -> None:
    assert [(token.folded, token.start) for token in fold("ا\ud800ب")] == [("ا", 0), ("ب", 2)]


def test_an_expansion_longer_than_the_text_fits() -> None:
    assert len(words("ﷺ" * 10_000)) == 3 * 10_000 + 1


def _as_pyarabic(text: str) -> str:
    text = araby.strip_tatweel(araby.strip_tashkeel(araby.normalize_ligature(text)))
    return str(araby.normalize_teh(araby.normalize_hamza(text, method="tasheel")))


DIFFERENCES = {
    "\N{ARABIC LETTER ALEF MAKSURA}": "ي",
    "\N{ARABIC LETTER SUPERSCRIPT ALEF}": "",
    "\N{ARABIC MADDAH ABOVE}": "",
    "\N{ARABIC HAMZA ABOVE}": "",
    "\N{ARABIC HAMZA BELOW}": "",
    "\N{ARABIC SMALL WAW}": "",
    "\N{ARABIC SMALL YEH}": "",
    "\N{ARABIC LETTER HIGH HAMZA}": "",
    **PERSIAN_URDU,
}
"""Where folding differs from pyarabic on purpose; the reasons stand in dedup.arabic.fold."""


def test_every_letter_of_the_arabic_block_folds_as_pyarabic_says_or_is_a_listed_difference() -> None:
    for code in range(0x0620, 0x06D4):
        char = chr(code)
        if char.isalpha() and char not in DIFFERENCES and unicodedata.normalize("NFKD", char) == char:
            assert folded_form(char) == (_as_pyarabic(char) or ""), f"U+{code:04X}"
    for ligature in araby.LIGUATURES:
        assert folded_form(ligature) == araby.normalize_ligature(ligature)


@pytest.mark.parametrize("char", DIFFERENCES, ids=lambda char: unicodedata.name(char))
def test_each_difference_from_pyarabic_is_as_listed(char: str) -> None:
    assert folded_form(char) == DIFFERENCES[char]
    assert folded_form(char) != _as_pyarabic(char)


def test_presentation_forms_that_pyarabic_leaves_are_resolved() -> None:
    assert _as_pyarabic("\ufe8d\ufedf\ufee0\ufeea") == "\ufe8d\ufedf\ufee0\ufeea"
    assert words("\ufe8d\ufedf\ufee0\ufeea") == ["الله"]
    resolved = [folded_form(chr(code)) for code in range(0xFE80, 0xFEFD)]
    assert all(form and all("ء" <= letter <= "ي" for letter in form) for form in resolved)


def _articles(shared: Path) -> list[str]:
    found = []
    for archive in sorted((shared / "data" / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                found += [record["content"] for record in json.loads(opened.read(name))]
    return found


def test_every_real_article_folds_as_pyarabic_and_the_listed_differences_say(shared: Path) -> None:
    """pyarabic on the whole text, then the differences, then splitting at what is no letter: the same tokens."""
    differences = str.maketrans(DIFFERENCES)
    rest = {chr(code): folded_form(chr(code)) for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF}
    arabic = {chr(code) for code in range(0x0621, 0x0653)}
    separators = str.maketrans({c: " " if f is None else f for c, f in rest.items() if c not in arabic and f != c})
    articles = _articles(shared)
    assert len(articles) > 20_000
    raw = [article.encode() for article in articles]
    for start in range(0, len(articles), 500):
        part, encoded = articles[start : start + 500], raw[start : start + 500]
        offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
        folded = fold_batch(np.frombuffer(b"".join(encoded), np.uint8), offsets)
        for i, article in enumerate(part):
            expected = _as_pyarabic(article.translate(differences)).translate(separators).split()
            first, last = folded.first_token[i], folded.first_token[i + 1]
            letters = folded.letters[folded.token_start[first] : folded.token_end[last - 1]] if last > first else b""
            assert bytes(letters).decode().split() == expected


def test_the_table_kept_ready_is_what_the_rules_say() -> None:
    """After a change to the rules: ``python -m dedup.arabic.compiled_fold``."""
    ready = stored(rules())
    if ready is None:
        pytest.skip("kept for another Unicode or another pyarabic than these")
    made = asked_entries()
    assert np.array_equal(ready.codes, made.codes)
    assert np.array_equal(ready.entries, made.entries)
    assert ready.expansion_bytes.tobytes() == made.expansion_bytes.tobytes()
    assert np.array_equal(ready.expansion_at, made.expansion_at)


def test_the_table_covers_unicode_and_agrees_with_the_rule() -> None:
    table = fold_table()
    assert len(table.entries) == 0x110000
    assert words("한국 中文 𠀀𠀁") == ["한국", "中文", "𠀀𠀁"]
    assert int(table.entries[ord(" ")]) == 0
    marks = [code for code in range(0x20000, 0x110000) if unicodedata.category(chr(code)) in ("Mn", "Me", "Cf")]
    assert set(table.entries[marks].tolist()) == {1 << 56}
    chars = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000 and not 0xAC00 <= code < 0xD7A4]
    raw = "".join(chars).encode()
    folded = fold_batch(np.frombuffer(raw, np.uint8), np.cumsum([0, *(len(c.encode()) for c in chars)], dtype=np.int32))
    letters, first = bytes(folded.letters), folded.first_token.tolist()
    places = list(zip(folded.token_start.tolist(), folded.token_end.tolist(), strict=True))
    for n, char in enumerate(chars):
        found = [letters[start:end].decode() for start, end in places[first[n] : first[n + 1]]]
        assert found == (folded_form(char) or "").split(), f"U+{ord(char):04X}"
