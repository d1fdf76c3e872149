"""The day of an article: from its field, from its page's date line, from its dateline, in this order."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import pipeline
from dedup.intake import read_corpus
from dedup.match.days import Days
from dedup.pipeline import days
from dedup.settings import Settings

STORY = (
    "افتتح رئيس البلدية جسرا جديدا يصل ضفتي الوادي بعد أعمال دامت سبعة أعوام وكلفت ستين مليونا.\n"
    "وحضر الافتتاح مهندسون شاركوا في التخطيط ومواطنون من القرى المجاورة رحبوا باختصار الطريق إلى السوق.\n"
    "ويتوقع أن تعبره ثلاثة آلاف مركبة في اليوم، وأن تغلق العبارة القديمة نهاية العام بعد قرن من الخدمة."
)
DATE_LINE = "الأربعاء 8 مارس 2023 - 09:36 م"


def days_of(folder: Path, *records: dict[str, str]) -> Days:
    lines = [json.dumps({"id": str(n), **record}, ensure_ascii=False) for n, record in enumerate(records)]
    (folder / "articles.jsonl").write_text("\n".join(lines), "utf-8")
    return days(read_corpus(folder, Settings(workers=1)))


def known(folder: Path, text: str, **fields: str) -> str:
    return str(days_of(folder, {"text": text, **fields}).known[0])


def named(folder: Path, text: str) -> int:
    return int(days_of(folder, {"text": text}).named[0])


def test_a_day_stands_in_the_field_before_it_stands_on_the_page(tmp_path: Path) -> None:
    assert known(tmp_path, f"{DATE_LINE}\n{STORY}", published="2023-03-05") == "2023-03-05"
    assert known(tmp_path, f"{DATE_LINE}\n{STORY}") == "2023-03-08"
    assert known(tmp_path, STORY) == "NaT"


@pytest.mark.parametrize(
    ("published", "day"),
    [
        ("2015-07-22T01:00:00+03:00", "2015-07-22"),
        ("2015-07-21T22:00:00-05:00", "2015-07-21"),
        ("2015-07-22T23:30:00Z", "2015-07-22"),
        ("2015-07-22 01:00:00", "2015-07-22"),
    ],
)
def test_the_day_is_that_of_the_outlets_own_clock(tmp_path: Path, published: str, day: str) -> None:
    assert known(tmp_path, STORY, published=published) == day
    line = "الأربعاء 8 مارس 2023 - 01:36 GMT+3"
    assert known(tmp_path, f"{line}\n{STORY}") == "2023-03-08"


def test_a_date_line_is_read_as_a_browser_shows_it(tmp_path: Path) -> None:
    assert known(tmp_path, f"<p>الأربعاء 8&nbsp;مارس <b>2023</b> - 09:36 م</p>\n<p>{STORY}</p>") == "2023-03-08"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (f"{DATE_LINE}\nآخر تحديث: الخميس 9 مارس 2023 - 10:00\n{STORY}", "2023-03-08"),
        (f"{STORY}\n{DATE_LINE}", "2023-03-08"),
        (f"{DATE_LINE}\n{STORY}\nالاثنين 2 يناير 2023 - 11:20", "2023-03-08"),
        (f"{STORY}\nالاثنين 2 يناير 2023 - 11:20\nالثلاثاء 3 يناير 2023 - 12:20", "NaT"),
        (f"<p>{DATE_LINE}</p>\n<p>{STORY}</p>\n<p>الاثنين 2 يناير 2023 - 11:20</p>", "2023-03-08"),
        (f"&nbsp;\n{DATE_LINE}\n{STORY}\nالاثنين 2 يناير 2023 - 11:20", "2023-03-08"),
    ],
    ids=["two lines above", "one line below", "above and below", "two below", "in markup", "below a space in markup"],
)
def test_which_date_line_is_the_pages_own(tmp_path: Path, text: str, day: str) -> None:
    assert known(tmp_path, text) == day


@pytest.mark.parametrize(
    ("head", "day"),
    [
        ("عمان 18 تشرين الثاني (بترا) - ", "2000-11-18"),
        ("أبوظبي في 30 يونيو / وام / ", "2000-06-30"),
        ("عمان 18 تشرين الثاني (صدى) - ", "2000-11-18"),
        ("الخرطوم 7-3-2023 (سونا) - ", "2000-03-07"),
        ("الرياض 12 شوال 1436هـ الموافق 28 يوليو 2015 م واس\n", "2000-07-28"),
        ("الرياض 28 يوليو 2015م الموافق 12 شوال 1436هـ واس\n", "2000-07-28"),
        ("مدينة الكويت 18 نوفمبر (كونا) - ", "2000-11-18"),
        ("القاهرة - ميدان 25 يناير - 3 مارس (رويترز) - ", "2000-03-03"),
    ],
)
def test_the_day_of_a_dateline_is_that_of_any_year(tmp_path: Path, head: str, day: str) -> None:
    since = np.datetime64(day, "D") - np.datetime64("2000-01-01", "D")
    assert named(tmp_path, head + STORY) == since.astype(int)


def test_the_day_of_a_dateline_with_its_year_stands_in_for_one_that_is_not_known(tmp_path: Path) -> None:
    head = "الرياض 28 يوليو 2015 م واس\n"
    assert known(tmp_path, head + STORY) == "2015-07-28"
    assert known(tmp_path, f"{DATE_LINE}\n{head}{STORY}") == "2023-03-08"
    assert known(tmp_path, head + STORY, published="2015-07-29") == "2015-07-29"
    assert known(tmp_path, "الرياض 28 يوليو (واس) - " + STORY) == "NaT"


NO_DAY = [
    "عمان (بترا) - ",
    "الرياض 12 شوال 1436هـ واس\n",
    "",
    "القاهرة - ميدان 25 يناير - رويترز: ",
    "شارع 14 تموز - بغداد (رويترز) - ",
]


@pytest.mark.parametrize("head", NO_DAY)
def test_a_dateline_without_a_gregorian_day_names_none(tmp_path: Path, head: str) -> None:
    assert named(tmp_path, head + STORY) == -1


@given(st.integers(0, 365), st.integers(0, 365))
def test_days_of_datelines_are_apart_by_the_shorter_way_round_the_year(one: int, other: int) -> None:
    both = Days(np.full(2, np.datetime64("NaT"), "datetime64[D]"), np.array([one, other], np.int16))
    a, b = np.array([0, 1]), np.array([1, 0])
    steps = min((one - other) % 366, (other - one) % 366)
    assert both.apart(a, b).tolist() == [steps, steps]


def test_known_days_are_apart_whatever_the_datelines_say() -> None:
    both = Days(np.array(["2024-03-01", "2024-03-09"], "datetime64[D]"), np.array([60, 60], np.int16))
    assert both.apart(np.array([0]), np.array([1])).tolist() == [8]
    one = Days(np.array(["2024-03-01", "NaT"], "datetime64[D]"), np.array([60, -1], np.int16))
    assert np.isnan(one.apart(np.array([0]), np.array([1]))).all()


def test_the_datelines_of_two_days_tell_bulletins_of_one_mould_apart() -> None:
    """The same words below both; the day alone moves the verdict, though it is no word of the story."""

    def bulletin(day: str, town: str) -> str:
        return (
            f"عمان {day} (بترا) - يكون الطقس غدا لطيفا في أغلب مناطق المملكة وحارا نسبيا في الأغوار والعقبة وتهب رياح "
            f"شمالية غربية معتدلة تنشط على فترات وتثير الغبار في مناطق البادية ومحافظة {town} وما حولها من القرى."
        )

    same = pipeline.compare(bulletin("8 آذار", "المفرق"), bulletin("8 آذار", "الكرك")).pair
    other = pipeline.compare(bulletin("8 آذار", "المفرق"), bulletin("13 آذار", "الكرك")).pair
    assert other.probability < same.probability - 0.1
