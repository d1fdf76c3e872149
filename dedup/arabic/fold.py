"""Folding: the spellings of one word become one token, and every token keeps its place in the original.

Arabic newsrooms write the same word in many ways: with or without vowel signs, hamza and the dots of ta marbuta and
ya, stretched with tatweel, with the Persian keyboard's kaf and ya, with ligatures out of a PDF. To a hash these are
different words. So each code point is mapped, by one table, to its folded form:

    letter or digit   its folded letters                  part of a token
    mark              nothing                             stays inside the token it stands in
    anything else     -                                   ends the token

A token is a maximal run of letters, digits and marks. Folding is a function of the single code point, never of its
neighbours, which is why it is one table, why its cost does not depend on the rules, and why the *n*-th token of a
text has one place: ``text[start:end]`` with start the token's first code point and end behind its last.

A number with thousands set apart or with decimals is therefore several tokens. That 5,820 and 5.820 are what the next
desk writes 5820, and 2.1 is one number, is known where words are compared (:mod:`dedup.kernels.numerals`).

The rules are pyarabic's, asked code point by code point (``strip_tashkeel``, ``strip_tatweel``,
``normalize_ligature``, ``normalize_hamza(method="tasheel")``, ``normalize_teh``), with these differences:

    alef maksura -> ya          pyarabic keeps it; Egyptian papers write final ya without dots, Gulf papers with
    dagger alef, Quranic signs  dropped like other vowel signs; pyarabic keeps them, so a quoted verse would differ
    combining hamza and madda   dropped; pyarabic makes the hamza an alef and keeps the madda, so that the decomposed
                                spelling of the letter (NFD) would differ from the composed one
    presentation forms          all are resolved by their Unicode decomposition; pyarabic knows four lam-alefs
    Persian and Urdu letters    the Arabic letter they stand for (see PERSIAN_URDU); pyarabic keeps them

Beyond Arabic: digits of every script become ASCII, other letters their unaccented lower case, invisible and
bidirectional characters vanish. Digits stay: they tell one weather bulletin from the next.

>>> [token.folded for token in fold("قَالَ وَزِيرُ الصِّحَّةِ ٢٠٢٤")]
['قال', 'وزير', 'الصحه', '2024']
>>> text = "الأُســــرَة"
>>> [(token.folded, text[token.start : token.end]) for token in fold(text)]
[('الاسره', 'الأُســــرَة')]

Cost: one table look-up a code point; figures in :mod:`dedup.kernels.text`. The table is kept ready
(:mod:`dedup.arabic.compiled_fold`). Source: T. Zerrouki, PyArabic (the rules); Unicode 14.0 and later,
UnicodeData (decompositions, digits).
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import xxhash
from pyarabic import araby

from dedup.arabic.compiled_fold import Asked, stored
from dedup.corpus.markup import Places, readable, utf8_column, with_shown, with_signs
from dedup.kernels.hashing import MASKS, hash_tokens
from dedup.kernels.memory import SLACK
from dedup.kernels.text import fold_texts

PERSIAN_URDU = {
    "\N{ARABIC LETTER KEHEH}": "ك",
    "\N{ARABIC LETTER SWASH KAF}": "ك",
    "\N{ARABIC LETTER FARSI YEH}": "ي",
    "\N{ARABIC LETTER YEH BARREE}": "ي",
    "\N{ARABIC LETTER YEH BARREE WITH HAMZA ABOVE}": "ي",
    "\N{ARABIC LETTER E}": "ي",
    "\N{ARABIC LETTER YEH WITH TAIL}": "ي",
    "\N{ARABIC LETTER HEH GOAL}": "ه",
    "\N{ARABIC LETTER HEH GOAL WITH HAMZA ABOVE}": "ه",
    "\N{ARABIC LETTER HEH DOACHASHMEE}": "ه",
    "\N{ARABIC LETTER HEH WITH YEH ABOVE}": "ه",
    "\N{ARABIC LETTER TEH MARBUTA GOAL}": "ه",
    "\N{ARABIC LETTER AE}": "ه",
    "\N{ARABIC LETTER ALEF WASLA}": "ا",
    "\N{ARABIC LETTER ALEF WITH WAVY HAMZA ABOVE}": "ا",
    "\N{ARABIC LETTER ALEF WITH WAVY HAMZA BELOW}": "ا",
    "\N{ARABIC LETTER NOON GHUNNA}": "ن",
    "\N{ARABIC LETTER PEH}": "ب",
    "\N{ARABIC LETTER TCHEH}": "ج",
    "\N{ARABIC LETTER JEH}": "ز",
    "\N{ARABIC LETTER VEH}": "ف",
    "\N{ARABIC LETTER GAF}": "ك",
    "\N{ARABIC LETTER TTEH}": "ت",
    "\N{ARABIC LETTER DDAL}": "د",
    "\N{ARABIC LETTER RREH}": "ر",
}
"""Letters of Persian and Urdu keyboards and fonts, and the Arabic letter an Arabic desk writes for them. The last
eight occur in foreign names only, where desks differ about them ("Peugeot" with one or three dots)."""

_PYARABIC_FIRST, _PYARABIC_LAST = araby.HAMZA, araby.SUKUN
"""The block in which pyarabic knows every character."""
_VANISHING = ("Mn", "Me", "Cf")
"""Unicode categories of marks that combine with a letter and of invisible characters."""
_VANISHING_LETTERS = frozenset("\N{ARABIC TATWEEL}\N{ARABIC SMALL WAW}\N{ARABIC SMALL YEH}\N{ARABIC LETTER HIGH HAMZA}")
"""Letters by category, marks by use."""
_LETTERS_END = 0x20000
"""Planes 0 and 1 are asked code point by code point; above them there are only ideographs."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_KEPT = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0x20000, 0x2F800), (0x30000, 0x32000))
"""Ideographs and Hangul syllables: letters that fold to themselves, set in one go. (Decomposed Hangul, which no Arabic
newsroom types, therefore differs from composed; asking for 11,172 decompositions took half of the table's time.)"""
_UNSEEN = ((0xE0001, 0xE0002), (0xE0020, 0xE0080), (0xE0100, 0xE01F0))
"""Tags and variation selectors, the only marks above the ideographs."""
_TABLE_SIZE = 0x110000
EXPANSIONS = 1024
"""Room for letters that fold to several, in bytes: for fifteen of the longest, the blessing on the Prophet in one sign
(33 bytes, counted twice). A batch with more is folded again with twice the room for everything."""
_DROPPED = np.uint64(1 << 56)
_THREE_BYTES, _FOUR_BYTES = 0x800, 0x10000
"""The first code points of three and of four UTF-8 bytes."""
_ENDING = frozenset(
    ["Cc", "Cn", "Co", "Cs", "Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "Sc", "Sk", "Sm", "So", "Zl", "Zp", "Zs"]
)
"""Unicode categories of what is no letter, digit or mark."""


class Token(NamedTuple):
    """A folded word and its place in the original: ``text[start:end]``."""

    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Folded:
    """The tokens of a batch of texts, as arrays.

    ``letters`` uint8: folded UTF-8, tokens joined by one space, readable ``SLACK`` bytes beyond its last token.
    ``token_start, token_end`` int32: token t is ``letters[token_start[t]:token_end[t]]``.
    ``span_start, span_end`` int32: its code points in the original text.
    ``before`` uint8: what stands before it, bit 0 the text's beginning or a newline, bit 1 (right before) a space,
    bit 2 a lone point, comma or colon behind another token.
    ``first_token`` int64, one longer than there are texts: text i has tokens ``first_token[i]:first_token[i+1]``.
    """

    letters: npt.NDArray[np.uint8]
    token_start: npt.NDArray[np.int32]
    token_end: npt.NDArray[np.int32]
    span_start: npt.NDArray[np.int32]
    span_end: npt.NDArray[np.int32]
    before: npt.NDArray[np.uint8]
    first_token: npt.NDArray[np.int64]

    @cached_property
    def hashes(self) -> npt.NDArray[np.uint64]:
        """The hash of each token (:mod:`dedup.kernels.hashing`): bit 0 set for a number, and never 0."""
        hashes = np.empty(len(self.token_start), np.uint64)
        hash_tokens(self.letters, MASKS, self.token_start, self.token_end, hashes)
        return hashes

    def tokens(self, text: int) -> list[Token]:
        """The tokens of one text of the batch as Python values (slow; for a look, not for a corpus)."""
        first, last = int(self.first_token[text]), int(self.first_token[text + 1])
        return [
            Token(
                self.letters[self.token_start[t] : self.token_end[t]].tobytes().decode(),
                int(self.span_start[t]),
                int(self.span_end[t]),
            )
            for t in range(first, last)
        ]


def fold(text: str) -> list[Token]:
    """The tokens of one text. A lone surrogate counts as U+FFFD, one for one."""
    raw = utf8(text)
    return fold_batch(np.frombuffer(raw, np.uint8), np.array([0, len(raw)], np.int32)).tokens(0)


def fold_batch(raw: npt.NDArray[np.uint8], offsets: npt.NDArray[np.int32]) -> Folded:
    """Fold the texts ``raw[offsets[i]:offsets[i+1]]`` (valid UTF-8)."""
    table = fold_table()
    begin, end = int(offsets[0]), int(offsets[-1])
    raw, offsets = raw[begin:end], offsets - np.int32(begin)
    most = len(raw) // 2 + len(offsets) + EXPANSIONS // 4 + 1
    room = len(raw) + len(offsets) + 64 + SLACK + EXPANSIONS
    while True:
        letters = np.empty(room, np.uint8)
        start, stop, span_start, span_end = (np.empty(most, np.int32) for _ in range(4))
        before, first_token = np.empty(most, np.uint8), np.empty(len(offsets), np.int64)
        written = fold_texts(
            raw, offsets, table.entries, table.expansion_bytes, table.expansion_at, letters, start, stop, span_start,
            span_end, before, first_token,
        )  # fmt: skip
        if written >= 0:
            tokens = int(first_token[-1])
            start, stop, span_start, span_end = (one[:tokens] for one in (start, stop, span_start, span_end))
            return Folded(letters, start, stop, span_start, span_end, before[:tokens], first_token)
        room, most = 2 * room, 2 * most


@dataclass(frozen=True, slots=True)
class Read:
    """A column as a reader sees it (:mod:`dedup.corpus.markup`): ``texts``, the Arrow column of what is shown, the
    given one if no text has markup; ``folded``, its tokens, their spans in what is shown; ``places``: of the texts that
    have markup, by number, where what they show stands in them."""

    texts: Any
    folded: Folded
    places: dict[int, Places]

    def inward(self, at: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
        """Places in the texts, int32 (n,), as places in what is shown."""
        if not self.places:
            return at
        moved = at.copy()
        for row, places in self.places.items():
            moved[row] = places.inward(int(at[row]))
        return moved


def fold_column(texts: Any) -> Folded:
    """Fold an Arrow string column (``pyarrow.StringArray``) as a reader sees it; spans are spans of the texts. Where it
    lies, without a copy, if there is no markup."""
    read = read_column(texts)
    folded = read.folded
    if not read.places:
        return folded
    start, end = folded.span_start.copy(), folded.span_end.copy()
    for row, places in read.places.items():
        tokens = slice(int(folded.first_token[row]), int(folded.first_token[row + 1]))
        start[tokens] = places.start[folded.span_start[tokens]]
        end[tokens] = places.end[folded.span_end[tokens] - 1]
    return replace(folded, span_start=start, span_end=end)


def read_column(texts: Any) -> Read:
    """Fold a column as a reader sees it; spans are spans of what is shown."""
    looked_at = ((row, readable(texts[row].as_py())) for row in with_signs(texts))
    read = {row: found for row, found in looked_at if found is not None}
    texts = with_shown(texts, {row: shown for row, (shown, _) in read.items()})
    return Read(texts, fold_batch(*utf8_column(texts)), {row: places for row, (_, places) in read.items()})


def fold_nothing() -> Folded:
    """A batch of no text."""
    return fold_batch(np.zeros(0, np.uint8), np.zeros(1, np.int32))


def utf8(text: str) -> bytes:
    """UTF-8 of a text; a lone surrogate becomes U+FFFD, one for one."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", text).encode()


@dataclass(frozen=True, slots=True)
class FoldTable:
    """The table in the kernel's form; see :mod:`dedup.kernels.text` for the bits of an entry."""

    entries: npt.NDArray[np.uint64]
    expansion_bytes: npt.NDArray[np.uint8]
    expansion_at: npt.NDArray[np.int32]


@functools.cache
def fold_table() -> FoldTable:
    """The table; 1.1 million entries, of which the first 131,072 are asked for one by one and kept ready."""
    asked = stored(rules()) or asked_entries()
    entries = np.zeros(_TABLE_SIZE, np.uint64)
    entries[asked.codes] = asked.entries
    for first, end in _KEPT:
        entries[first:end] = _kept(np.arange(first, end, dtype=np.uint64))
    for first, end in _UNSEEN:
        entries[first:end] = _DROPPED
    return FoldTable(entries, asked.expansion_bytes, asked.expansion_at)


def rules() -> bytes:
    """A hash of pyarabic's rules, as the file they stand in: another pyarabic may fold otherwise."""
    return xxhash.xxh3_128_hexdigest(Path(str(araby.__file__)).read_bytes()).encode()


def asked_entries() -> Asked:
    """The entries of all code points that the rules are asked about, by the rules."""
    entries = np.zeros(_LETTERS_END, np.uint64)
    expansions: list[bytes] = []
    plain: list[int] = []
    for code, char in _asked_for():
        if code >= _THREE_BYTES and _is_plain(char):
            plain.append(code)
            continue
        folded = folded_form(char)
        if folded is None:
            continue
        encoded = folded.encode()
        if not encoded:
            entries[code] = _DROPPED
        elif len(encoded) <= len(char.encode()) and b" " not in encoded:
            entries[code] = 2 << 56 | len(encoded) << 32 | int.from_bytes(encoded, "little")
        else:
            entries[code] = 3 << 56 | len(expansions)
            expansions.append(encoded)
    codes = np.array(plain, np.uint64)
    for width in (codes[codes < _FOUR_BYTES], codes[codes >= _FOUR_BYTES]):
        entries[width] = _kept(width)
    at = np.cumsum([0, *map(len, expansions)], dtype=np.int32)
    filled = np.flatnonzero(entries)
    return Asked(filled.astype(np.int32), entries[filled], np.frombuffer(b"".join(expansions), np.uint8), at)


def _asked_for() -> Iterator[tuple[int, str]]:
    """The code points of planes 0 and 1 that may be part of a token, but for the ranges that are kept as they are."""
    bounds = [0, *chain.from_iterable(_KEPT)]
    for first, end in zip(bounds[::2], bounds[1::2], strict=False):
        for code in range(first, min(end, _LETTERS_END)):
            if unicodedata.category(char := chr(code)) not in _ENDING:
                yield code, char


def _is_plain(char: str) -> bool:
    """Whether a letter has no case, no decomposition and no Arabic counterpart, so that it folds to itself."""
    return (
        unicodedata.category(char) == "Lo"
        and not unicodedata.decomposition(char)
        and char not in PERSIAN_URDU
        and char not in _VANISHING_LETTERS
    )


def _kept(codes: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Entries that keep code points as they are; all of three UTF-8 bytes, or all of four."""
    u = np.uint64
    tail = [u(0x80) | (codes >> u(shift) & u(0x3F)) for shift in (0, 6, 12)]
    kept: npt.NDArray[np.uint64]
    if not (codes >= _FOUR_BYTES).any():
        kept = u(2 << 56 | 3 << 32) | (u(0xE0) | codes >> u(12)) | tail[1] << u(8) | tail[0] << u(16)
        return kept
    head = u(2 << 56 | 4 << 32) | (u(0xF0) | codes >> u(18))
    kept = head | tail[2] << u(8) | tail[1] << u(16) | tail[0] << u(24)
    return kept


def folded_form(char: str) -> str | None:
    """What one character folds to: None ends a token, "" is dropped, a space inside separates tokens.

    >>> folded_form("أ"), folded_form("ـ"), folded_form("،"), folded_form("ﷲ"), folded_form("É")
    ('ا', '', None, 'الله', 'e')
    """
    category = unicodedata.category(char)
    if category in _VANISHING or char in _VANISHING_LETTERS:
        return ""
    if category[0] not in "LNM":
        return None
    parts = unicodedata.normalize("NFKD", char)
    if parts == char:
        return _folded_letter(char)
    return "".join(_folded_part(part) for part in parts).strip()


def _folded_part(part: str) -> str:
    if unicodedata.category(part) in _VANISHING or part in _VANISHING_LETTERS:
        return ""
    return _folded_letter(part) if part.isalnum() else " "


def _folded_letter(char: str) -> str:
    """Fold one letter or digit that has no decomposition."""
    if _PYARABIC_FIRST <= char <= _PYARABIC_LAST:
        char = araby.strip_tatweel(araby.strip_tashkeel(araby.normalize_ligature(char)))
        char = araby.normalize_teh(araby.normalize_hamza(char, method="tasheel"))
        return char.replace(araby.ALEF_MAKSURA, araby.YEH)
    if char in PERSIAN_URDU:
        return PERSIAN_URDU[char]
    decimal = unicodedata.decimal(char, None)
    return char.casefold() if decimal is None else str(decimal)
