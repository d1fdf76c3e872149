"""Dates as records and pages write them -> a moment, how precise it is, and the zone it names.

Understood: ISO 8601 and ``YYYY-MM-DD hh:mm:ss``; RFC 2822; seconds, milli-, micro- or nanoseconds since 1970; compact
``20150721``; ``/Date(1437474600000)/``; day/month/year with slashes, dots or dashes (day first, as Arabic pages write
it, unless only month first is possible); and prose with a month's name: English ("10th, November 2023 GMT"), French
("1er août 2025") or Arabic as the Levant and Iraq, Egypt and the Gulf, Algeria, Tunisia and Morocco write it, doubled
forms ("مارس/آذار") included. Digits may be Arabic or Persian. A time of the day may stand behind its clock time or
before it ("3:00 عصرا", "م 10:30"); of several dates written alike the first counts, with its own time. The first second
of 1970 is what programs write where they know no date, and is none.

A Hijri date is never converted: the calendars differ by sighting, so a day would be a guess. It gives no moment, and
the caller says so. A moment in a named zone is turned to UTC; without a zone it stays the outlet's wall clock.

>>> parse("10th, November 2023 GMT")
Moment(seconds=1699574400, precision='day', zone='+00:00')
>>> parse("الثلاثاء ٢١ تموز/يوليو ٢٠١٥ - 10:30 م").seconds == parse("2015-07-21 22:30").seconds
True
>>> parse("5 شوال 1436هـ") is None and is_hijri("5 شوال 1436هـ")
True
"""

from __future__ import annotations

import re
from calendar import timegm
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple

from dedup.corpus.unseen import TATWEEL, UNSEEN

YEARS = range(1800, 2200)
"""Years taken for real: the Arabic press begins with al-Waqa'i al-Misriyya in 1828."""

_FIRST, _END = (timegm((year, 1, 1, 0, 0, 0)) for year in (YEARS.start, YEARS.stop))
"""The same in seconds since 1970."""

HIJRI_YEARS = range(1240, 1600)
"""Hijri years of the same span, 1824 to 2170."""


_QUARTER, _MOST_QUARTERS = 15 * 60, 14 * 4
"""Zones are quarters of an hour apart, and at most 14 hours from Greenwich."""

_MINUTE = 60
"""Seconds under which a clock time without seconds is the same moment as one with them."""


class Moment(NamedTuple):
    """Seconds since 1970 (UTC if ``zone`` is given, else wall clock), "day", "minute" or "second", and "+03:00"."""

    seconds: int
    precision: str
    zone: str | None


_MONTHS = (
    "january jan يناير كانون|الثاني جانفي ينير janvier janv",
    "february feb فبراير شباط فيفري février fevrier févr fevr",
    "march mar مارس آذار اذار أذار mars",
    "april apr أبريل ابريل إبريل نيسان أفريل افريل avril avr",
    "may مايو أيار ايار ماي mai",
    "june jun يونيو يونيه حزيران جوان juin",
    "july jul يوليو يوليه تموز جويلية يوليوز juillet juil",
    "august aug أغسطس اغسطس آب اب أوت اوت غشت août aout",
    "september sep sept سبتمبر أيلول ايلول شتنبر septembre",
    "october oct أكتوبر اكتوبر تشرين|الأول تشرين|الاول octobre",
    "november nov نوفمبر تشرين|الثاني نونبر novembre",
    "december dec ديسمبر كانون|الأول كانون|الاول دجنبر décembre decembre déc",
)
MONTHS = {name.replace("|", " "): 1 + n for n, names in enumerate(_MONTHS) for name in names.split()}
"""Month names in English, in French and in the Arabic of all regions."""

HIJRI_MONTHS = (
    "محرم صفر ربيع|الأول ربيع|الاول ربيع|الثاني ربيع|الآخر ربيع|الاخر جمادى|الأولى جمادى|الاولى جمادى|الآخرة "
    "جمادى|الاخرة جمادى|الثانية رجب شعبان رمضان شوال ذو|القعدة ذي|القعدة ذو|الحجة ذي|الحجة"
).replace("|", " ")

_DIGITS = {ord(digit): str(n % 10) for n, digit in enumerate("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹")}
_MARKS = re.compile(f"[{TATWEEL}{UNSEEN}]+")
_NAMES = "|".join(sorted((re.escape(name).replace("\\ ", r"\s+") for name in MONTHS), key=len, reverse=True))
_NAME = rf"(?<!\w)(?:{_NAMES})(?!\w)\.?"
_NAME_ALONE = re.compile(rf"(?<!\w)({_NAMES})(?!\w)")
_DOUBLED = rf"(?P<name>{_NAME}(?:\s*[/(\-،]\s*{_NAME}\)?)*)"
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)")
_COMPACT = re.compile(
    r"(?P<y>(?:18|19|20|21)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)"
    r"(?:T?(?P<rest>\d{4}(?:\d\d)?)(?P<z>Z|[+-]\d\d:?\d\d)?|(?P<utc>Z))?$"
)
_A_YEAR = re.compile(r"\d{4}")
_DAY_FIRST = re.compile(r"(?<!\d)(?P<d>\d{1,2})\s*[-/.]\s*(?P<m>\d{1,2})\s*[-/.]\s*(?P<y>\d{4})(?!\d)")
_PROSE = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|er)?[\s,،\-]*(?:of\s+|من\s+)?{_DOUBLED}"
    r"[\s,،\-]*(?:سنة\s+|عام\s+)?(?P<y>\d{4})(?!\d)"
    rf"|{_DOUBLED.replace('<name>', '<name2>')}"
    r"[\s,،\-]*(?P<d2>\d{1,2})(?:st|nd|rd|th|er)?\s*[,،]?\s*(?P<y2>\d{4})(?!\d)",
    re.IGNORECASE,
)
_YEARLESS = re.compile(rf"(?<!\d)(?P<d>\d{{1,2}})[\s,،\-]*(?:من\s+)?{_DOUBLED}", re.IGNORECASE)
_LEAP_YEAR = 2000
"""Any year with all the days there are."""
_NO_HIJRI_YEAR = re.compile(r"\s*م(?!\w)")
"""The letter that says of a year that it is none of the Hijra; that of the afternoon is the same, and where it stands
right behind a date, a clock time behind it is no reason to take it for that one: "21/7/2015 م 10:30"."""
_YEAR_LAST = re.compile(
    r"([a-z]{3,9} \d{1,2}) (\d{1,2}:\d{2}:\d{2}(?: [+-]\d{4}| [a-z]{1,5})?) (\d{4})$", re.IGNORECASE
)
"""``Tue Jul 21 10:30:00 +0000 2015``, as C and some services write it: the time stands within the date."""
_OF_DOTNET = re.compile(r"\\?/Date\((-?\d+)(?:[+-]\d{4})?\)\\?/")
"""``/Date(1437474600000)/``: thousandths of seconds since 1970, with or without the zone of the machine."""
_HALF = (
    r"(?:[ap]\.?m\b\.?|[صم](?!\w)|(?:قبل|بعد)\s+(?:ال)?ظهر(?!\w)"
    r"|(?:صباح|مساء|ظهر|عصر|ليل|فجر)(?:\u064b?\u0627\u064b?|\u064b)?(?!\w))"
)
"""Halves and times of the day; behind the words FATHATAN and ALEF in either order, or neither."""
_TIME = re.compile(
    rf"(?:(?<!\w)(?P<ahead>{_HALF})\s*)?"
    r"(?<![\d:.+\-])(?P<h>\d{1,2}):(?P<n>\d{2})(?::(?P<s>\d{2})(?:[.,]\d+)?)?(?![\d:])"
    rf"\s*(?P<half>{_HALF})?",
    re.IGNORECASE,
)
_ZONE = re.compile(r"(?:(?<=\d)\s*|\b(?:GMT|UTC)\s*)(?P<sign>[+\-\u2212])(?P<zh>\d{1,2}):?(?P<zm>\d{2})?\b\s*$")
_UTC = re.compile(r"(?:(?<=\d)Z|\b(?:GMT|UTC|UT)|(?:توقيت\s+)?(?:غرينتش|جرينتش|غرينيتش|جرينيتش))\W*$", re.IGNORECASE)
_COMMENT = re.compile(r"\s*[\[(][^\[\]()]*[\])]\s*$")
"""The zone's name behind its offset: ``+03:00[Asia/Riyadh]``, ``-0500 (EST)``. In others it is all: ``(GMT+3)``."""
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{12,13}|\d{15,16}|\d{18,19}")
_FILE_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?!\d)")


@lru_cache(maxsize=4096)
def parse(written: str) -> Moment | None:
    """The moment a text names, or None."""
    moment = _moment(_plain(written))
    return None if moment is not None and moment.seconds == 0 else moment


def _moment(text: str) -> Moment | None:
    compact = _COMPACT.match(text)
    moment = compact and _compact(compact)  # 202403051030 would be milliseconds of 1976, when nobody published online
    if moment is None and _EPOCH.fullmatch(text):
        return _epoch(text)
    if compact:
        return moment
    day = _day(text)
    if day is None:
        return None
    found, start, end = day
    return _at(found, _behind(text, start, end, found), text[:start])


def with_zone(clock: str | None, utc: str | None) -> str | None:
    """A clock time with the zone that the same moment in UTC tells, as ISO 8601; what is given where it tells none.

    >>> with_zone("2026-11-19T08:00:00", "2026-11-19T06:00:00")
    '2026-11-19T08:00:00+02:00'
    >>> with_zone("2026-11-19T08:00:00", "0000-00-00T00:00:00")
    '2026-11-19T08:00:00'
    """
    moment, shown = parse(utc or ""), parse(clock or "")
    if moment is None or moment.precision == "day":
        return utc if clock is None else clock
    if shown is None:
        return f"{_iso(moment.seconds)}Z"
    quarters = round((shown.seconds - moment.seconds) / _QUARTER)
    off = abs(shown.seconds - moment.seconds - quarters * _QUARTER)
    if shown.zone or shown.precision == "day" or abs(quarters) > _MOST_QUARTERS or off >= _MINUTE:
        return clock
    hours, rest = divmod(abs(quarters), 4)
    return f"{_iso(moment.seconds + quarters * _QUARTER)}{'-' if quarters < 0 else '+'}{hours:02d}:{15 * rest:02d}"


def _iso(seconds: int) -> str:
    return (datetime(1970, 1, 1) + timedelta(seconds=seconds)).isoformat()


def _behind(text: str, start: int, end: int, day: date) -> str:
    """What stands behind a date and is its own: another date, as of the last change, has a time of its own."""
    after = text[end:]
    letter = _NO_HIJRI_YEAR.match(after)
    if letter:
        after = after[letter.end() :]
    other = _day(after) if _A_YEAR.search(after) else None
    if other is None or other[0] == day:
        return after
    return "" if _TIME.search(text[:start]) else after[: other[1]]  # where times stand before dates, so does the next


def day_of_year(written: str) -> int:
    """The first Gregorian day that a text names by its month's name, or with a year, as a day of a leap year from 0; -1
    if there is none.

    >>> day_of_year("عمان 1 آذار (وكالة)"), day_of_year("رام الله 6-3-2023"), day_of_year("12 شوال 1436هـ")
    (60, 65, -1)
    """
    text = _plain(written)
    found = _day(text)
    day = found[0].replace(year=_LEAP_YEAR) if found is not None else _yearless_day(text)
    return -1 if day is None else day.timetuple().tm_yday - 1


def _yearless_day(text: str) -> date | None:
    """The first day with a month's name in a text."""
    for found in _YEARLESS.finditer(text):
        day = _of_names(found["name"], _LEAP_YEAR, int(found["d"]))
        if day is not None:
            return day
    return None


def is_hijri(written: str) -> bool:
    """Whether a text that gave no moment looks like a date of the Hijri calendar."""
    text = _MARKS.sub("", written.translate(_DIGITS))
    if re.search(r"\d\s*(?:هـ|ه|هجري)(?!\w)", text + " ") or any(f" {name} " in f" {text} " for name in _hijri_names()):
        return True
    years = (int(year) for year in re.findall(r"(?<!\d)\d{4}(?!\d)", text))
    return any(year in HIJRI_YEARS for year in years)


def file_day(name: str) -> Moment | None:
    """The day at the start of a file name.

    >>> file_day("2015-07-26-summit.txt").precision
    'day'
    """
    return _file_day(name[:11])


@lru_cache(maxsize=1024)
def _file_day(start: str) -> Moment | None:
    found = _FILE_DAY.match(start)
    day = found and _valid(int(found[1]), int(found[2]), int(found[3]))
    return Moment(timegm(day.timetuple()), "day", None) if day else None


@lru_cache(maxsize=1)
def _hijri_names() -> tuple[str, ...]:
    joined = re.findall(r"(?:ربيع|جمادى|ذو|ذي) \S+|\S+", HIJRI_MONTHS)
    return tuple(joined)


def _epoch(text: str) -> Moment | None:
    """Seconds since 1970, or their thousandths, millionths, billionths, told apart by the number of digits."""
    digits = len(text.lstrip("-").partition(".")[0])
    scale = {9: 1, 10: 1, 12: 10**3, 13: 10**3, 15: 10**6, 16: 10**6, 18: 10**9, 19: 10**9}[digits]
    seconds = int(text.partition(".")[0]) // scale
    return Moment(seconds, "second", "+00:00") if _FIRST <= seconds < _END else None


def _compact(found: re.Match[str]) -> Moment | None:
    day = _valid(int(found["y"]), int(found["m"]), int(found["d"]))
    if day is None:
        return None
    rest = found["rest"]
    if rest is None:
        return Moment(timegm(day.timetuple()), "day", "+00:00" if found["utc"] else None)
    clock = f"{rest[:2]}:{rest[2:4]}" + (f":{rest[4:]}" if rest[4:] else "")
    return _at(day, f" {clock}{found['z'] or ''}", "")


def _day(text: str) -> tuple[date, int, int] | None:
    """The first Gregorian day in a text, and where it stands."""
    for pattern in (_ISO, _PROSE, _DAY_FIRST):
        for found in pattern.finditer(text):
            day = _named_day(found) if pattern is _PROSE else _numbered_day(found)
            if day is not None:
                return day, found.start(), found.end()
    return None


def _numbered_day(found: re.Match[str]) -> date | None:
    """Day of a date in numbers; day before month unless that cannot be."""
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    return _valid(year, month, day) or (_valid(year, day, month) if found.re is _DAY_FIRST else None)


def _named_day(found: re.Match[str]) -> date | None:
    """Day of a date with a month's name; doubled names must mean the same month."""
    name, day, year = (found[group] or found[group + "2"] for group in ("name", "d", "y"))
    return _of_names(name, int(year), int(day))


def _of_names(names: str, year: int, day: int) -> date | None:
    """The day of a month with one name or two."""
    spelled = (" ".join(part.lower().split()) for part in _NAME_ALONE.findall(names.lower()))
    months = {MONTHS[part] for part in spelled}
    return _valid(year, months.pop(), day) if len(months) == 1 else None


def _plain(written: str) -> str:
    """A text with European digits and single spaces, cut where no date goes on; what machines write in their own
    ways, in the usual one."""
    text = " ".join(_MARKS.sub("", written.translate(_DIGITS)).split())[:200]
    if text[-5:-4] == " ":
        return _YEAR_LAST.sub(r"\1 \3 \2", text)
    return _OF_DOTNET.sub(r"\1", text) if "/Date(" in text else text


def _valid(year: int, month: int, day: int) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _at(day: date, after: str, before: str) -> Moment | None:
    """A day with the clock time and the zone that stand beside it."""
    seconds = timegm(day.timetuple())
    found = _TIME.search(after.replace("T", " ", 1) if after[:1] in "Tt" else after) or _TIME.search(before)
    precision = "day"
    if found:
        hour, minute, second = int(found["h"]), int(found["n"]), int(found["s"] or 0)
        hour = _of_the_day(hour, (found["half"] or found["ahead"] or "").lower())
        if hour > 23 or minute > 59 or second > 60:
            return Moment(seconds, "day", None)
        seconds += 3600 * hour + 60 * minute + min(second, 59)
        precision = "minute" if found["s"] is None else "second"
    return _zoned(seconds, precision, after)


def _of_the_day(hour: int, half: str) -> int:
    """The hour of the day of one on a clock of twelve hours: what is called noon begins at ten, and night at six."""
    if not half or hour > 12:
        return hour
    hour %= 12
    first = half[0]
    later = first in "pمعب" or (first == "ظ" and hour < 10) or (first == "ل" and hour >= 6)
    return hour + 12 * later


def _zoned(seconds: int, precision: str, after: str) -> Moment:
    """Turn to UTC what names its zone."""
    ways = (_COMMENT.sub("", after), after.rstrip(" )]"))
    found = next(filter(None, map(_ZONE.search, ways)), None) if precision != "day" else None
    if found is None:
        return Moment(seconds, precision, "+00:00" if any(map(_UTC.search, ways)) else None)
    hours, minutes = int(found["zh"]), int(found["zm"] or 0)
    if hours > 14 or minutes > 59:
        return Moment(seconds, precision, None)
    sign = 1 if found["sign"] == "+" else -1
    zone = f"{'+' if sign > 0 else '-'}{hours:02d}:{minutes:02d}"
    return Moment(seconds - sign * (3600 * hours + 60 * minutes), precision, zone)
