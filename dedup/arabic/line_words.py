"""What short lines around a story are made of: names of persons, outlets and sections, and how words are compared.

A name is two to five plain words, of which the first is a given name that is known, or a title, or an initial with its
dot; words that make a sentence, or a subhead, are in no name.

Cost: a split of the line and a few looks at sets; what a printed line is, is remembered.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dedup.arabic.page import BULLETS, SPACES
from dedup.arabic.words import words

FAREWELL = re.compile(r"التوفيق|والسلام|السلام عليكم|تحيات|وتقبلوا|احترام|الموفق|المستعان|ورحمة الله")
"""What ends a letter, under which a name is a signature and belongs to the text."""


class Shape(NamedTuple):
    """What a line is, and whether it says so by itself."""

    label: str
    sure: bool


NAME_WORDS = 5
"""Words of the longest name: with "al", a father's and a grandfather's name."""
RESTATED = 0.5
"""Share of a headline's longer words that its first paragraph repeats. Of 3,000 titles of the real corpus 72 %
reach that with their own first paragraph, 0.1 % with another article's."""
STEM = 4
"""Letters compared: Arabic inflects at the end of words, and the article and particles before them are cut off."""
_FOLD = str.maketrans(
    "أإآةى\uff1a",
    "اااهي:",
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u200f\u200e\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
STRETCHED = re.compile(r"(?<=[^\W\d_])ـ+(?=[^\W\d_])")
"""Tatweel within a word; set apart it is a dash."""
_ON = re.compile(r"(?<!\w)ع[\u064b-\u0652]*ل[\u064b-\u0652]*ى[\u064b-\u0652\u0670]*(?!\w)")
"""The preposition, which folded would be the commonest given name, Ali; it keeps its last letter in another form."""
FUNCTION = frozenset(_ON.sub("عل\ufef0", word).translate(_FOLD) for word in words("function"))
GIVEN = frozenset(word.translate(_FOLD) for word in (*words("given_names"), *words("writers_names")))
_BETWEEN = frozenset(words("between"))
"""Words that a subhead has and a name has not, besides ``function``."""
SECTIONS = frozenset(word.translate(_FOLD) for word in (*words("sections"), *words("section_words")))
COUNTRIES = frozenset(word.translate(_FOLD) for word in words("section_countries"))
"""Those sections that are named after a country or region, which also play each other."""
_OUTLETS = frozenset(words("outlet_words"))
AND = re.compile(r"\s+و\s?(?=[^\W\d_]{2})")
TITLE = re.compile(
    r"(?:ا\s*\.?\s*)?(?:د|م|ا)\s*[./]\s*|(?:الدكتور|الدكتوره|الاستاذ|الكاتب|الكاتبه|الصحفي|الصحفيه|الزميل|الزميله)\s+"
)
_PRINTED_TITLE = re.compile(r"^(?:[أا]\s*\.?\s*)?[دمأا]\s*[./]\s*")
_INITIALLED = re.compile(
    r"(?![اأبجهوز])[\u0621-\u064a]\s?\.\s?(?:(?!ال)(?:(?:بن|بو|ايت|سي) )?[^\W\d_]{3,}(?: (?:ال)?[^\W\d_]{2,}ي)?|"
    r"ال[^\W\d_]{2,}ي(?: (?:ال)?[^\W\d_]{2,}ي)?)"
    r"|(?!ال)[^\W\d_]{3,}\s?\.\s?[\u0621-\u064a]\.?"
)
"""A writer's initial and surname, or given name and initial, with the dot; "b. rules" is a point of a list, which are
counted by A, B, J, H, W, Z."""
_SHORTENED = re.compile(r"[^\W\d_]{3,} [\u0621-\u064a]\s?\.?")
"""A given name and the surname's initial: known by the given name."""


def folded(line: str) -> str:
    """A line as its words are compared: without vowel signs and hamza, in small letters, one space between words."""
    if "ى" in line:
        line = _ON.sub("عل\ufef0", line)
    return " ".join(STRETCHED.sub("", line.translate(_FOLD)).casefold().strip(SPACES).split())


def names(text: str) -> bool:
    """Whether a text is a name, or two or three joined by "and", commas or signs."""
    parts = [part for part in re.split(r"\s+و(?=[^\W\d_]{3})|[،,/&+\-–—]", text) if part.strip()]
    return 0 < len(parts) <= 4 and all(name(part.strip(SPACES + "*.")) or is_outlet(part) for part in parts)


def name(text: str) -> bool:
    """Whether a text may be a person's name: some plain words, none of which holds a sentence together."""
    titled = TITLE.match(text)
    parts = (text[titled.end() :] if titled else text).split()
    if (
        not 1 <= len(parts) <= NAME_WORDS
        or not FUNCTION.isdisjoint(parts)
        or parts[0].startswith("ال") > (parts[0] in GIVEN)
    ):
        return False
    if not all(part.replace(".", "", 1).replace("-", "", 1).isalpha() for part in parts):
        return False
    if not _BETWEEN.isdisjoint(parts) or parts[0].endswith("ات"):
        return False
    known = parts[0] in GIVEN
    return not any(
        (part.endswith("ات") and not (known and len(parts) == 2))
        or (part[0] in "يت" and part not in GIVEN and len(parts) > 2)
        for part in parts[1:]
    )


def first_names(line: str) -> str:
    """The first two words of a name as printed, without a title; by them the story names the person too."""
    return " ".join(_PRINTED_TITLE.sub("", line.strip(BULLETS), count=1).split()[:2])


@lru_cache(maxsize=8192)
def person(line: str) -> bool:
    """Whether a line is the name of a person whose given name is known, in two words or more."""
    return is_person(folded(line).strip(BULLETS))


def is_person(text: str) -> bool:
    """The same of a folded text without bullets around it."""
    titled = TITLE.match(text)
    if _INITIALLED.fullmatch(text):
        return FUNCTION.isdisjoint(text.split())
    parts = (text[titled.end() :] if titled else text).split()
    if _SHORTENED.fullmatch(text):
        return parts[0] in GIVEN
    known = bool(parts) and (parts[0].strip(".") in GIVEN or parts[0].startswith("عبدال"))
    return len(parts) >= 2 and (known or titled is not None) and name(text)


def is_outlet(text: str) -> bool:
    """Whether a folded text is an outlet's name, as its words say ("the economic gate")."""
    parts = text.split()
    return 1 <= len(parts) <= 4 and not _OUTLETS.isdisjoint(parts) and FUNCTION.isdisjoint(parts)


def restates(paragraph: str, headline: str, share: float = RESTATED) -> bool:
    """Whether a paragraph says again what a headline says: so many of its longer words begin like a word of it."""
    wanted = _stems(headline)
    if len(wanted) < 3:
        return False
    return len(wanted & _stems(paragraph)) >= share * len(wanted)


def bare_words(text: str) -> list[str]:
    """The words of a text without the signs around them."""
    return [bare for word in text.split() if (bare := word.strip("«»\"“”'.,،:؛()!؟"))]


def _stems(text: str) -> set[str]:
    stems = set()
    for bare in bare_words(text):
        for article in ("وال", "بال", "لل", "ال"):
            if bare.startswith(article) and len(bare) > len(article) + 2:
                bare = bare[len(article) :]
                break
        if len(bare) >= STEM:
            stems.add(bare[:STEM])
    return stems
