"""Lines that are furniture only where every word in them is known: buttons with a network's name, the end of a
dispatch, who else worked on a report.

The phrase that opens such a line opens sentences too: "he shared the throne with him", "the match ended 2-1", "three
experts worked on this legal report". So each is read to its end, and a word that is not expected there makes it the
story's.

Cost: a few expressions for lines that begin with such a phrase. Limits: a network, or a contributor, of an unknown name
is missed.
"""

from __future__ import annotations

import re

from dedup.arabic.line_words import GIVEN, TITLE, folded, is_outlet, is_person, names
from dedup.arabic.page import BULLETS
from dedup.arabic.words import words

NETWORKS = frozenset(words("networks"))
ELSEWHERE = NETWORKS | frozenset(words("elsewhere"))
_SURE = NETWORKS | {"الالكتروني", "نافذه"}
"""One of these tells a button; the other words make sentences too."""
COUNTED = frozenset(words("counted"))
_ARROW = re.compile(r"[«»‹›<>←→]")
_BOTH_WAYS = re.compile(r"(?:المقال|الخبر|الموضوع) السابق.{2,160}?(?<!\w)(?:المقال|الخبر|الموضوع) التالي(?!\w)")
WORD = re.compile(r"[^\W\d_]+")
REACHED = re.compile(r"@|https?:|www\.|\d{5}|\.com\b|t\.me/")
"""An address or a number, at which somebody can be reached."""
_PIECE = r"(?:الخبر|المقال|المقاله|الماده|التقرير|القصه|التغطيه)"
_THIS = rf"(?:هذا|هذه) {_PIECE}"
_NOW = re.compile(
    rf"(?:\s*(?:(?:علي|في|عن) (?:{_THIS}|(?:هذا|هذه) (?:الموضوع|الصفحه|المنشور|المشاركه))"
    r"|لهذا (?:الخبر|المقال|الموضوع)|لهذه (?:الماده|القصه|المقاله|الصفحه|المشاركه)"
    r"|حاليا|الان|موقتا|هنا))*[\s.!]*"
)
_INITIALS = r"[\u0621-\u064a]{1,2}(?:[\s./]+[\u0621-\u064a]{1,2}){0,3}"
_END_SIGN = r"[/\\*#)\]]"
_ENDED = re.compile(
    rf"\s*{_END_SIGN}{{1,4}}\s*(?:\d{{1,2}}:\d{{2}}\s*|\d{{1,5}}(?!\s*[-:/\d]\s*\d)\s*)?(?:[/*#.\s]*{_INITIALS})?[\s.]*{_END_SIGN}{{0,4}}[\s.]*"
    rf"|\s*[-–—]+(?:\s*\d{{1,5}}(?!\s*[-:/\d]\s*\d))?[\s.]*"
    rf"|\s*\d{{1,4}}\s*[/*#]+\s*{_INITIALS}[\s./*#)]*"
    r"|\s+[\u0621-\u064a](?:\s*\.\s*[\u0621-\u064a]{1,2}){1,3}[\s.]*"
)
"""Behind an end mark: a sign, and after it a number or the editors' initials; never a result."""
_SCORED = re.compile(r"[\s(]*\d{1,3}\s*(?:[-–—/]\s*\d{1,3}|:\s*\d(?!\d))|\s*[!؟?]")
"""Behind an end mark: a result, or the sign of an outcry; then a sentence says that something ended."""
_DASHES, _SIGNS = ("-", "–", "—"), tuple("/\\*#()[]")
ENDS, CLOSING = (".", "،", "؛", "!", "؟"), "»”\"') "
"""What ends a sentence, and no row of buttons; quotes and brackets that may stand behind it."""
_NUMBERED = re.compile(r"[\s,،.:()#]*\d{0,3}[\s.)]*")
_POSTED = re.compile(r"\s*:|.*(?<!\d)\d{1,2}:\d{2}(?!\d)|.*\b\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\b")
"""A colon behind "posted by", or an hour or a day behind the name."""
_HELPED = r"(?:ساهم|ساهمت|ساهموا|اسهم|اسهمت|شارك|شاركت)"
_MADE = r"(?:اعداد|كتابه|تغطيه|تحرير|انجاز)"
_FIRST = re.compile(rf"{_HELPED} (?:(?:في|ب) ?(?:{_MADE} )?{_THIS}|في (?:التغطيه|{_MADE} {_PIECE})(?=\s*:))(?P<who>.*)")
_LAST = re.compile(rf"{_HELPED} (?:كل من )?(?P<who>.+?) في (?:{_MADE} )?{_THIS}(?: من (?:\w+ ?){{1,3}})?")
_FROM = re.compile(r"\s(?:من|في|[-–—])\s(?:\w+ ?){1,3}$")
_ROLE = re.compile(
    r"(?:مراسل|مراسله|مراسلا|مراسلو|مراسلي|مراسلتا|كاتب|كاتبه|صحفي|صحفيه|صحافي|صحافيه|صحفيو|صحافيو|المراسل|المراسله|"
    r"الصحفي|الصحفيه|الصحافي|الصحافيه|الكاتب|الكاتبه|الزميل|الزميله|محرر|محرره)\s"
)
SOMEBODY = "⌂"
"""Stands in a line for the name of an agency or outlet that is known."""
REPORTER_WORDS = 5
"""Words of the longest "of the agency so-and-so in the capital" behind "reporter". Set by hand."""
_AFTER_COLON = re.compile(r"\s*:")
_OWN = frozenset((SOMEBODY, "الموقع", "القناه", "الصحيفه", "الوكاله", "الجريده", "الشبكه"))
_AND = re.compile(r"(?<!\sفي)(?<!\sمن)(?<!\s[-–—])\s+و\s?(?=[^\W\d_]{3})|[،,/&+]")


def elsewhere(behind: str) -> bool:
    """Whether words behind "share it on", "join us at" name nothing but networks, how they are reached, and buttons.

    >>> elsewhere(" فيسبوك (فتح في نافذة جديدة)"), elsewhere(" العرش ابنه"), elsewhere("")
    (True, False, True)
    """
    bare = plain(behind)
    if not bare:
        return True
    if bare.rstrip(CLOSING)[-1:] in ENDS:
        return False
    found = known(bare)
    return found is not None and (not _SURE.isdisjoint(found) or REACHED.search(bare) is not None)


def known(bare: str) -> set[str] | None:
    """The words of a folded text, if none is unknown; addresses and numbers are left out."""
    found: set[str] = set()
    for token in bare.split():
        if not REACHED.search(token):
            found.update(word if word in ELSEWHERE else word.removeprefix("و") for word in WORD.findall(token))
    return found if found <= ELSEWHERE else None


def buttons(behind: str) -> bool:
    """The same of a phrase that is a button itself: other buttons and numbers may stand beside it too.

    >>> buttons(": طباعة 75"), buttons(" آلاف المتابعين")
    (True, False)
    """
    bare = plain(behind)
    return bare.rstrip(CLOSING)[-1:] not in ENDS and known(bare) is not None


def counts(line: str) -> bool:
    """Whether a line has a number and nothing but what pages count: visitors, minutes, moods, telephones.

    >>> counts("زوار الموقع اليوم: 2,019"), counts("زوار الموقع اليوم 20 شخصا")
    (True, False)
    """
    bare = plain(line)
    return bare[-1:] not in ENDS and any(map(str.isdecimal, bare)) and COUNTED.issuperset(WORD.findall(bare))


def both_ways(line: str) -> bool:
    """Whether a line has the headlines before and behind in the site, with arrows."""
    bare = plain(line)
    return bare[-1:] not in ENDS and _ARROW.search(bare) is not None and _BOTH_WAYS.search(bare) is not None


def pointed(behind: str) -> bool:
    """Whether words behind "to read the whole report" say no more than where: "press here", an address, nothing.

    >>> pointed(" اضغط هنا"), pointed(" يحتاج القارئ إلى ساعة")
    (True, False)
    """
    return known(plain(behind)) is not None


def shut(behind: str) -> bool:
    """Whether words behind "comments are closed" say only on what or that it is so now.

    >>> shut(" على هذا الخبر."), shut(" على منشور الوزير بعد سيل من الشتائم")
    (True, False)
    """
    return _NOW.fullmatch(plain(behind)) is not None


def ends_dispatch(before: str, said: str, behind: str) -> bool:
    """Whether a word for "the end" alone in its line ends a dispatch, by the signs around it: "(end)", "end / A B".

    >>> ends_dispatch("(", "انتهى", ")"), ends_dispatch("", "انتهى", " / م ع"), ends_dispatch("", "انتهى", " 3/0")
    (True, True, False)
    """
    if scored(behind):
        return False
    opened, closed = before.strip()[-1:], behind.strip()[:1]
    if folded(said) != "انتهي" or opened in _DASHES:
        between = opened in (*_DASHES, *_SIGNS) and closed in (*_DASHES, *_SIGNS)
        return between and _ENDED.fullmatch(behind) is not None
    if closed in _DASHES:
        return False
    return _ENDED.fullmatch(behind) is not None or (opened in _SIGNS and not behind.strip(" ."))


def scored(behind: str) -> bool:
    """Whether a result or a sign of outcry stands behind a word for "ended": then a match did."""
    return _SCORED.match(behind) is not None


def numbered(behind: str) -> bool:
    """Whether nothing stands behind but a number: "end of YouTube post, 1"."""
    return _NUMBERED.fullmatch(behind) is not None


def posted(behind: str) -> bool:
    """Whether "posted by" has a colon behind it, or a day or an hour after the name, and is no sentence."""
    return behind.rstrip(CLOSING)[-1:] not in ENDS and (not behind.strip() or _POSTED.match(behind) is not None)


def edits(behind: str) -> bool:
    """Whether known persons, or editors' initials, stand behind "edited:".

    >>> edits(" س.ن"), edits(" سامي خالد"), edits(" ثلاث قرى"), edits(" غزة")
    (True, True, False, False)
    """
    bare = plain(behind).strip(BULLETS)
    return re.fullmatch(_INITIALS, bare) is not None or (names(bare) and all(map(is_person, _persons(bare))))


def contributes(line: str) -> bool:
    """Whether a line says, and says no more, who else worked on this report; for the name of an agency it has
    :data:`SOMEBODY`.

    Persons must have a known given name, or be called reporters of somebody; what follows a colon must be names.

    >>> contributes("ساهم في التغطية: سامي خالد"), contributes("ساهم في هذا التقرير مراسلو ⌂ في بيروت.")
    (True, True)
    >>> contributes("ساهم في إعداد هذا التقرير القانوني ثلاثة خبراء.")
    False
    """
    bare = plain(line).strip(BULLETS)
    found = _FIRST.fullmatch(bare) or _LAST.fullmatch(bare)
    if found is None:
        return False
    who = found["who"].strip(BULLETS)
    named = _AFTER_COLON.match(found["who"]) is not None and names(_FROM.sub("", who))
    parts = _persons(who)
    return bool(parts) and (named or all(map(_helped, parts)))


def _helped(part: str) -> bool:
    """Whether a part of a list is a person, an agency or outlet, or somebody's reporter."""
    bare = _FROM.sub("", part).strip(BULLETS)
    role = _ROLE.match(bare)
    if role is None:
        return bare == SOMEBODY or bare in GIVEN or is_person(bare) or is_outlet(bare)
    named = bare[role.end() :].split()
    if not named:
        return False
    titled = TITLE.match(bare) is not None and len(named) > 1 and names(" ".join(named))
    theirs = named[0] in _OWN and len(named) <= REPORTER_WORDS
    return theirs or titled or is_person(" ".join(named))


def _persons(text: str) -> list[str]:
    """The names in a text, without the signs that part them."""
    return [part.strip(BULLETS) for part in _AND.split(text) if part.strip(BULLETS)]


def plain(text: str) -> str:
    """A text as its words are compared, the preposition "on" too."""
    return folded(text).replace("\ufef0", "ي")
