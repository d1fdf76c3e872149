"""Text files: one article each; its first line is the title where it can be one.

The text is the whole decoded file, so spans count from the file's first letter (a byte order mark is no letter). The
title stays part of it; ``body_start`` says where the story's own text begins:

    text[:body_start]   blank lines, the title and its line break
    text[body_start:]   what counts as story text

A file of a single line has no title, nor has one whose first line is longer than any headline. And a first line that
reads like the story is the story, for a paragraph taken for a title would be lost to every comparison, and the agency
in it to the credits:

* it has more words than a headline with a full stop has, and ends in one, or in a comma or a colon; two or three dots
  are no full stop, for headlines trail off so;
* it opens with a dateline, "place (agency) -" in the usual forms, and goes on for as long; the agency is one of
  :data:`AGENCIES`, for headlines have brackets and slashes too ("Real Madrid (Spain) - Liverpool (England)");
* it opens with a dateline that may name anyone, and ends in a full stop;
* it is a dateline, or the name of an agency, and nothing else;
* what is below it is no article: it has fewer than :data:`~dedup.settings.MIN_WORDS` words, or fewer than
  :data:`TIMES_TITLE` times as many as the line. A post of one line with a channel's signature below is such a text:
  without its line two posts of the channel are the same. Words have letters; a rule of signs has none.

A colon or a dash alone says nothing: headlines have them as often. Measured on the 22,953 Saudi articles, read as if
each were a file, with its headline as the first line and without it:

    headlines kept as titles                       22,457 of 22,673   (by length alone all)
    leads of at most 40 words kept in the story     6,788 of  6,884   (by length alone, up to 40 words, none)

Of the 216 headlines that are lost, 195 stand above fewer than MIN_WORDS words, 20 above too few for them, and one ends
like a sentence. A lead is here a first line of more than ten words with more below it; 14 of those that are lost end in
two dots. Of the 2,129 shorter ones (names of writers, captions, subheads) all but 16 still count as titles: in most a
name and a place, and nothing is lost.

>>> title_of("العنوان\\n\\n" + "الخبر " * 12), title_of("العنوان\\n\\nالخبر")
(('العنوان', 8), (None, 0))
>>> title_of("سطر واحد"), title_of("القاهرة (رويترز) - بدأ العمل.\\nوقال المدير إنه مستمر.")
((None, 0), (None, 0))
"""

from __future__ import annotations

import re
from itertools import islice

from dedup.settings import MIN_WORDS

TITLE_WORDS = 25
"""Words a title may have: the longest of the 22,901 Saudi headlines has 23."""

STOPPED_WORDS = 10
"""Words of the longest headline that ends in a full stop: of the Saudi ones 31 do, and none has more."""

TIMES_TITLE = 2
"""Below a headline stands more than the headline: a lead alone is twice as long. Set by hand."""

PLACE_WORDS = 3
"""Words of a place that opens a dateline ("Ras al Khaimah"); a headline in front of an agency's name has more."""

AGENCIES = (
    "رويترز", "ا ف ب", "فرانس برس", "د ب ا", "ا ب", "اسوشيتد برس", "ا ش ا", "واس", "وام", "قنا", "كونا", "بنا", "بترا",
    "العمانيه", "سبا", "سانا", "واع", "نينا", "وفا", "الاناضول", "الوطنيه للاعلام", "سونا", "وات",
    "و م ع", "و ا ج", "و م ا", "وال", "معا", "شينخوا", "سبوتنيك", "تاس", "ارنا", "يونا", "وكالات", "الوكالات", "afp",
    "ap", "spa", "reuters",
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
_LETTERED = re.compile(r"[^\W\d_]\S*")
_SPELT = str.maketrans("أإآةى", "اااهي", "\N{ARABIC TATWEEL}\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}")
_CLOSED = "\"'»”)]- \N{NO-BREAK SPACE}"
"""What may stand behind the sign that ends a sentence."""
_SIGNS = _CLOSED + "/.:،\N{EN DASH}\N{EM DASH}"
_WORD = r"[^\W\d_]+"
_PLACE = rf"{_WORD}(?:\s+{_WORD}){{0,{PLACE_WORDS - 1}}}"
_DAY = r"(?:\s+\d{1,2}[^()\n]{0,40}?)?"
_NO_MORE = r"(?![\w\u064b-\u0652])"
"""Neither letters nor vowel signs follow: with one at its end a name is another word ("together")."""
_NAME = "|".join(r"[\s.]*".join(name.split()) for name in AGENCIES)
_AGENCY = rf"(?:وكاله\s+)?(?:{_NAME}){_NO_MORE}\.?"
_ANYONE = rf"{_WORD}(?:[\s.]+{_WORD}){{0,3}}"
_DASH = r"\s*[-\N{EN DASH}\N{EM DASH}:]+"


def _opening(named: str) -> re.Pattern[str]:
    """Datelines that open a line: with what is ``named`` in brackets or between slashes, or an agency between signs."""
    return re.compile(
        rf"(?:{_PLACE}{_DAY}\s*(?:[(\[]\s*{named}\s*[)\]]{_DASH}|/\s*{named}\s*/|{_DASH}\s*{_AGENCY}{_DASH})"
        rf"|[(\[]\s*{_AGENCY}\s*[)\]]\s*(?:{_PLACE}{_DAY})?{_DASH})",
        re.IGNORECASE,
    )


_OPENED = _opening(rf"{_AGENCY}(?:\W+{_AGENCY})?")
_OPENED_BY_ANYONE = _opening(_ANYONE)
_UP_TO_AGENCY = rf"{_PLACE}(?:{_DAY}\s*[-\N{{EN DASH}}\N{{EM DASH}}:/(\[،]+\s*|\s+\d{{1,2}}\s.{{3,40}}\s)"
_ALONE = re.compile(rf"\W*(?:{_UP_TO_AGENCY})?(?:{_AGENCY}\W*){{1,3}}", re.IGNORECASE)


def title_of(text: str) -> tuple[str | None, int]:
    """Title and body start of a text."""
    found = _FIRST_LINE.match(text)
    if found is None:
        return None, 0
    line, start = found[1].strip(), found.end()
    if not line or _tells(line) or not _is_article(text, start, line):
        return None, 0
    return line, start


def _is_article(text: str, start: int, title: str) -> bool:
    """Whether what is below a title is long enough for an article."""
    wanted = max(MIN_WORDS, TIMES_TITLE * len(title.split()))
    return sum(1 for _ in islice(_LETTERED.finditer(text, start), wanted)) == wanted


def _tells(line: str) -> bool:
    """Whether a first line is story and no headline."""
    words = len(line.split())
    if words > TITLE_WORDS:
        return True
    end = line.rstrip(_CLOSED)[-2:]
    stopped = end.endswith(".") and end != ".."
    long = words > STOPPED_WORDS
    if long and (stopped or end.endswith((":", "،"))):
        return True
    if long or stopped:
        spelt = line.translate(_SPELT)
        if _OPENED.match(spelt) or (stopped and _OPENED_BY_ANYONE.match(spelt)):
            return True
    return line.rstrip(_SIGNS).lower().endswith(_ENDINGS) and _ALONE.fullmatch(line.translate(_SPELT)) is not None


def title_of_bytes(data: bytes) -> tuple[str | None, int]:
    """The same from UTF-8 bytes; nearly always the first bytes are enough."""
    head = data[:_HEAD].decode("utf-8", "ignore")
    title, start = title_of(head)
    if title is None and len(data) > _HEAD:
        return title_of(data.decode("utf-8", "ignore"))
    return title, start
