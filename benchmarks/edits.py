"""Twelve edits that change how an Arabic text is spelled and nothing of what it says.

Each takes a text and a random generator and gives the text as another newsroom, keyboard, converter or font would have
stored it. Rule and rate stand in :data:`EDITS`, from which the table is made. A *word* is a run of letters and marks, a
*letter* here one of the 36 Arabic letters; where the rate is "all", nothing is random.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from random import Random
from typing import NamedTuple

Edit = Callable[[str, Random], str]

_LETTER = re.compile("[\u0621-\u063a\u0641-\u064a]")
_WORD = re.compile("[\u0621-\u065f\u0670-\u06d3]+")
_JOINING = re.compile("(?<=[بتثجحخسشصضطظعغفقكلمنهيئ])(?=[\u0621-\u063a\u0641-\u064a])")
"""Places inside a word where the letter before joins the one after: where tatweel and ZWNJ can stand."""

_TASHKEEL = [chr(code) for code in range(0x64B, 0x653)]
"""FATHATAN to SUKUN, shadda among them."""
_TATWEEL = "\N{ARABIC TATWEEL}"
_ZWNJ = "\N{ZERO WIDTH NON-JOINER}"
_BIDI = [
    "\N{RIGHT-TO-LEFT MARK}", "\N{LEFT-TO-RIGHT MARK}", "\N{ARABIC LETTER MARK}", "\N{RIGHT-TO-LEFT EMBEDDING}",
    "\N{POP DIRECTIONAL FORMATTING}", "\N{RIGHT-TO-LEFT ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}",
]  # fmt: skip
_ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
_LATIN_PUNCTUATION = str.maketrans("،؛؟٪٫٬", ",;?%.,")
_PERSIAN = str.maketrans({"ك": "\N{ARABIC LETTER KEHEH}", "ي": "\N{ARABIC LETTER FARSI YEH}"})
_LAM_ALEF = {"لا": "\ufefb", "لأ": "\ufef7", "لإ": "\ufef9", "لآ": "\ufef5"}
"""Isolated forms; behind a letter that joins the final form is used, the next code point."""


def tashkeel(text: str, random: Random) -> str:
    """A vowel sign behind 15 % of the letters."""
    return _LETTER.sub(lambda m: m[0] + random.choice(_TASHKEEL) if random.random() < 0.15 else m[0], text)


def tatweel(text: str, random: Random) -> str:
    """One to three tatweels at a joining place of 10 % of the words."""

    def stretched(match: re.Match[str]) -> str:
        places = [place.start() for place in _JOINING.finditer(match[0])]
        if not places or random.random() >= 0.10:
            return match[0]
        place = random.choice(places)
        return match[0][:place] + _TATWEEL * random.randint(1, 3) + match[0][place:]

    return _WORD.sub(stretched, text)


def hamza_less_alef(text: str, random: Random) -> str:
    """Every alef with hamza or madda as a bare alef."""
    return re.sub("[أإآ]", "ا", text)


def ta_marbuta_to_ha(text: str, random: Random) -> str:
    """Every ta marbuta as ha."""
    return text.replace("ة", "ه")


def alef_maksura_to_ya(text: str, random: Random) -> str:
    """Every alef maksura as ya."""
    return text.replace("ى", "ي")


def persian_letters(text: str, random: Random) -> str:
    """Every kaf and ya as the Persian keyboard types them."""
    return text.translate(_PERSIAN)


def arabic_digits(text: str, random: Random) -> str:
    """Every ASCII digit as an Arabic-Indic one."""
    return text.translate(_ARABIC_DIGITS)


def bidi_marks(text: str, random: Random) -> str:
    """A direction mark before 5 % of the words and behind another 5 %."""

    def marked(match: re.Match[str]) -> str:
        chance = random.random()
        if chance < 0.05:
            return random.choice(_BIDI) + match[0]
        return match[0] + random.choice(_BIDI) if chance < 0.10 else match[0]

    return _WORD.sub(marked, text)


def lam_alef_ligatures(text: str, random: Random) -> str:
    """Every lam-alef as its ligature, isolated or final as the letter before demands."""

    def ligature(match: re.Match[str]) -> str:
        isolated = _LAM_ALEF[match[1]]
        return chr(ord(isolated) + 1) if _JOINING.match(match.string, match.start()) else isolated

    return re.sub("(ل[اأإآ])", ligature, text)


def zero_width_non_joiner(text: str, random: Random) -> str:
    """A ZWNJ at a joining place of 10 % of the words."""

    def parted(match: re.Match[str]) -> str:
        places = [place.start() for place in _JOINING.finditer(match[0])]
        if not places or random.random() >= 0.10:
            return match[0]
        place = random.choice(places)
        return match[0][:place] + _ZWNJ + match[0][place:]

    return _WORD.sub(parted, text)


def latin_punctuation(text: str, random: Random) -> str:
    """Every Arabic comma, semicolon, question mark, percent sign and separator as the Latin one."""
    return text.translate(_LATIN_PUNCTUATION)


def decomposed(text: str, random: Random) -> str:
    """NFD."""
    return unicodedata.normalize("NFD", text)


class Rule(NamedTuple):
    """An edit as the table names it."""

    name: str
    rule: str
    edit: Edit


EDITS = (
    Rule("tashkeel", "one of U+064B to U+0652 behind 15 % of the letters", tashkeel),
    Rule("tatweel", "1 to 3 tatweels between two joining letters in 10 % of the words", tatweel),
    Rule("hamza-less alef", "أ إ آ to ا, all", hamza_less_alef),
    Rule("ta marbuta", "ة to ه, all", ta_marbuta_to_ha),
    Rule("alef maksura", "ى to ي, all", alef_maksura_to_ya),
    Rule("Persian kaf and ya", "ك to U+06A9, ي to U+06CC, all", persian_letters),
    Rule("Arabic-Indic digits", "0-9 to ٠-٩, all", arabic_digits),
    Rule("bidi marks", "RLM, LRM, ALM, RLE, PDF, RLI or PDI before 5 % of the words, behind another 5 %", bidi_marks),
    Rule("lam-alef ligatures", "لا لأ لإ لآ to U+FEF5-FEFC, all", lam_alef_ligatures),
    Rule("ZWNJ", "U+200C between two joining letters in 10 % of the words", zero_width_non_joiner),
    Rule("Latin punctuation", "، ؛ ؟ ٪ ٫ ٬ to , ; ? % . , all", latin_punctuation),
    Rule("decomposed", "NFC to NFD", decomposed),
)
