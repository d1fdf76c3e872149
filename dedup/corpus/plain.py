"""Text files: one article each; its first line is the title where it can be one.

The text is the whole decoded file, so spans count from the file's first letter (a byte order mark is no letter). The
title stays part of it; ``body_start`` says where the story's own text begins:

    text[:body_start]   blank lines, the title and its line break
    text[body_start:]   what counts as story text

A file of a single line has no title, nor has one whose first line is longer than any headline. And a first line that
reads like the story is the story, for a paragraph taken for a title would be lost to every comparison, and the agency
in it to the credits:

* it has more words than a headline with a full stop has, and ends in one, or in a comma or a colon;
* it opens with a dateline, "place (agency) -" in the usual forms, and goes on for as long, or to a full stop;
* it is a dateline, or the name of an agency, and nothing else.

A colon or a dash alone says nothing: headlines have them as often. Measured on the 22,953 Saudi articles, read as if
each were a file, with its headline as the first line and without it:

    headlines kept as titles                       22,672 of 22,673   (by length alone all)
    leads of at most 40 words kept in the story     6,800 of  6,884   (by length alone, up to 40 words, none)

A lead is here a first line of more than ten words with more below it. Of the 2,125 shorter ones (names of writers,
captions, subheads) all but 13 still count as titles: in most a name and a place, and nothing is lost.

>>> title_of("العنوان\\n\\nالخبر")
('العنوان', 8)
>>> title_of("سطر واحد"), title_of("القاهرة (رويترز) - بدأ العمل.\\nوقال المدير إنه مستمر.")
((None, 0), (None, 0))
"""

from __future__ import annotations

import re

TITLE_WORDS = 25
"""Words a title may have: the longest of the 22,901 Saudi headlines has 23."""

STOPPED_WORDS = 10
"""Words of the longest headline that ends in a full stop: of the Saudi ones 31 do, and none has more."""

PLACE_WORDS = 3
"""Words of a place that opens a dateline ("Ras al Khaimah"); a headline in front of an agency's name has more."""

AGENCIES = (
    "رويترز", "ا ف ب", "فرانس برس", "د ب ا", "ا ب", "اسوشيتد برس", "ا ش ا", "واس", "وام", "قنا", "كونا", "بنا", "بترا",
    "العمانيه", "سبا", "سانا", "واع", "نينا", "وفا", "الاناضول", "الوطنيه للاعلام", "سونا", "وات", "واج",
    "شينخوا", "سبوتنيك", "تاس", "ارنا", "يونا", "وكالات", "الوكالات", "afp", "ap", "spa", "reuters",
)  # fmt: skip
"""Agencies as datelines of the Arabic press name them, in the spelling of :data:`_SPELT`. The lexicon knows many more;
but a name alone on a line, or between dashes, must be one that stands for little else there."""

_ENDINGS = tuple(
    {name.split()[-1][-2:].replace("ا", a).replace("ه", h) for name in AGENCIES for a in "اأ" for h in "هة"}
)
"""The last letters of these names as they are written. Asked first, since the whole pattern costs 8 microseconds."""

_HEAD = 1024
"""Bytes in which a first line and the beginning of a second are looked for first."""

_FIRST_LINE = re.compile(r"\s*([^\r\n]*)(?:\r\n|\n|\r|$)")
_SPELT = str.maketrans("أإآةى", "اااهي", "\N{ARABIC TATWEEL}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")
_CLOSED = "\"'»”)]- \N{NO-BREAK SPACE}"
"""What may stand behind the sign that ends a sentence."""
_SIGNS = _CLOSED + "/.:،\N{EN DASH}\N{EM DASH}"
_WORD = r"[^\W\d_]+"
_PLACE = rf"{_WORD}(?:\s+{_WORD}){{0,{PLACE_WORDS - 1}}}"
_DAY = r"(?:\s+\d{1,2}[^()\n]{0,40}?)?"
_AGENCY = r"(?:وكاله\s+)?(?:" + "|".join(r"[\s.]*".join(name.split()) for name in AGENCIES) + r")(?!\w)\.?"
_NAMED = rf"{_WORD}(?:[\s.]+{_WORD}){{0,3}}"
_DASH = r"\s*[-\N{EN DASH}\N{EM DASH}:]+"
_OPENED = re.compile(
    rf"(?:{_PLACE}{_DAY}\s*(?:[(\[]\s*{_NAMED}\s*[)\]]{_DASH}|/\s*{_NAMED}\s*/|{_DASH}\s*{_AGENCY}{_DASH})"
    rf"|[(\[]\s*{_AGENCY}\s*[)\]]\s*(?:{_PLACE}{_DAY})?{_DASH})",
    re.IGNORECASE,
)
_UP_TO_AGENCY = rf"{_PLACE}(?:{_DAY}\s*[-\N{{EN DASH}}\N{{EM DASH}}:/(\[،]+\s*|\s+\d{{1,2}}\s.{{3,40}}\s)"
_ALONE = re.compile(rf"\W*(?:{_UP_TO_AGENCY})?(?:{_AGENCY}\W*){{1,3}}", re.IGNORECASE)


def title_of(text: str) -> tuple[str | None, int]:
    """Title and body start of a text."""
    found = _FIRST_LINE.match(text)
    if found is None:
        return None, 0
    line, start = found[1].strip(), found.end()
    if not line or start >= len(text) or text[start:].isspace() or _tells(line):
        return None, 0
    return line, start


def _tells(line: str) -> bool:
    """Whether a first line is story and no headline."""
    words = len(line.split())
    if words > TITLE_WORDS:
        return True
    last = line.rstrip(_CLOSED)[-1:]
    if words > STOPPED_WORDS and last in (".", ":", "،"):
        return True
    if (words > STOPPED_WORDS or last == ".") and _OPENED.match(line.translate(_SPELT)):
        return True
    return line.rstrip(_SIGNS).lower().endswith(_ENDINGS) and _ALONE.fullmatch(line.translate(_SPELT)) is not None


def title_of_bytes(data: bytes) -> tuple[str | None, int]:
    """The same from UTF-8 bytes; nearly always the first bytes are enough."""
    head = data[:_HEAD].decode("utf-8", "ignore")
    title, start = title_of(head)
    if title is None and len(data) > _HEAD:
        seen = head.strip()
        if "\n" not in seen and "\r" not in seen:
            return title_of(data.decode("utf-8", "ignore"))
    return title, start
