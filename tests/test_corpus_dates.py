"""Dates as records and pages write them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.corpus.dates import MONTHS, file_day, is_hijri, parse
from dedup.corpus.records import dates
from tests.corpus_files import put, reading


def written(text: str) -> tuple[str, str, str | None] | None:
    moment = parse(text)
    return moment and (datetime.fromtimestamp(moment.seconds, UTC).isoformat()[:19], moment.precision, moment.zone)


@pytest.mark.parametrize(
    ("text", "moment", "precision", "zone"),
    [
        ("2015-07-21", "2015-07-21T00:00:00", "day", None),
        ("2015-07-21 02:51:32", "2015-07-21T02:51:32", "second", None),
        ("2015-07-21T02:51", "2015-07-21T02:51:00", "minute", None),
        ("2015-07-21T02:51:32.123Z", "2015-07-21T02:51:32", "second", "+00:00"),
        ("2015-07-21T02:51:32+03:00", "2015-07-20T23:51:32", "second", "+03:00"),
        ("Tue, 21 Jul 2015 02:51:32 +0300", "2015-07-20T23:51:32", "second", "+03:00"),
        ("Tue, 21 Jul 2015 02:51:32 GMT", "2015-07-21T02:51:32", "second", "+00:00"),
        ("1437450692", "2015-07-21T03:51:32", "second", "+00:00"),
        ("21 juillet 2015", "2015-07-21T00:00:00", "day", None),
        ("1er août 2015", "2015-08-01T00:00:00", "day", None),
        ("Publié le 3 févr. 2015 à 10:00", "2015-02-03T10:00:00", "minute", None),
        ("mar. 5 mars 2024", "2024-03-05T00:00:00", "day", None),
        ("Mar 5, 2024", "2024-03-05T00:00:00", "day", None),
        ("1437450692000", "2015-07-21T03:51:32", "second", "+00:00"),
        ("1437450692.25", "2015-07-21T03:51:32", "second", "+00:00"),
        ("20150721", "2015-07-21T00:00:00", "day", None),
        ("201507210251", "2015-07-21T02:51:00", "minute", None),
        ("201513210251", "1976-05-21T07:53:30", "second", "+00:00"),
        ("20150721025132", "2015-07-21T02:51:32", "second", None),
        ("7258118399", "2199-12-31T23:59:59", "second", "+00:00"),
        ("2015-07-21T02:51:32+03:00[Asia/Riyadh]", "2015-07-20T23:51:32", "second", "+03:00"),
        ("2015-07-21T02:51Z[UTC]", "2015-07-21T02:51:00", "minute", "+00:00"),
        ("2015-07-21T02:51Z[Africa/Abidjan]", "2015-07-21T02:51:00", "minute", "+00:00"),
        ("Tue, 21 Jul 2015 02:51:32 -0500 (EST)", "2015-07-21T07:51:32", "second", "-05:00"),
        ("Tue Jul 21 2015 02:51:32 GMT+0300 (توقيت السعودية)", "2015-07-20T23:51:32", "second", "+03:00"),
        ("Tue, 21 Jul 2015 02:51:32 (GMT)", "2015-07-21T02:51:32", "second", "+00:00"),
        ("21/07/2015 02:51 (GMT+3)", "2015-07-20T23:51:00", "minute", "+03:00"),
        ("2015-07-21 02:51 (محدث)", "2015-07-21T02:51:00", "minute", None),
        ("20150721T025132Z", "2015-07-21T02:51:32", "second", "+00:00"),
        ("21/07/2015 10:30", "2015-07-21T10:30:00", "minute", None),
        ("07/21/2015", "2015-07-21T00:00:00", "day", None),
        ("03/04/2015", "2015-04-03T00:00:00", "day", None),
        ("10th, November 2023 GMT", "2023-11-10T00:00:00", "day", "+00:00"),
        ("تاريخ النشر: 10th, November 2023 GMT", "2023-11-10T00:00:00", "day", "+00:00"),
        ("Nov. 10, 2023 5:30 PM", "2023-11-10T17:30:00", "minute", None),
        ("15 مارس/آذار 2024 الساعة 14:05", "2024-03-15T14:05:00", "minute", None),
        ("الأحد، 5 تشرين الأول (أكتوبر) 2020", "2020-10-05T00:00:00", "day", None),
        ("الأربعاء ٢١ كانون الثاني ٢٠١٥ ٠٩:١٥ ص", "2015-01-21T09:15:00", "minute", None),
        ("١٢:٠٥ م - ۳ مايو ۲۰۲۱", "2021-05-03T12:05:00", "minute", None),
        ("12:05 ص 3 مايو 2021", "2021-05-03T00:05:00", "minute", None),
        ("9 جويلية 2020", "2020-07-09T00:00:00", "day", None),
        ("12 غشت 2020", "2020-08-12T00:00:00", "day", None),
        ("21 يوليو 2015 الموافق 5 شوال 1436هـ", "2015-07-21T00:00:00", "day", None),
        ("2015-07-21 22:30 بتوقيت غرينتش", "2015-07-21T22:30:00", "minute", "+00:00"),
        ("Tue Jul 21 10:30:00 2015", "2015-07-21T10:30:00", "second", None),
        ("Tue Jul 21 10:30:00 +0300 2015", "2015-07-21T07:30:00", "second", "+03:00"),
        ("Tue Jul 21 10:30:00 UTC 2015", "2015-07-21T10:30:00", "second", "+00:00"),
        ("20150721T103000+0300", "2015-07-21T07:30:00", "second", "+03:00"),
        ("20150721T1030-04:00", "2015-07-21T14:30:00", "minute", "-04:00"),
        ("20150721Z", "2015-07-21T00:00:00", "day", "+00:00"),
        ("/Date(1437474600000)/", "2015-07-21T10:30:00", "second", "+00:00"),
        ("\\/Date(1437474600000+0300)\\/", "2015-07-21T10:30:00", "second", "+00:00"),
    ],
)
def test_dates_are_understood(text: str, moment: str, precision: str, zone: str | None) -> None:
    assert written(text) == (moment, precision, zone)


@pytest.mark.parametrize(
    ("time", "clock"),
    [
        ("1:30 ظهرا", "13:30"), ("1:30 ظهرًا", "13:30"), ("12:30 ظهراً", "12:30"), ("11:30 ظهرا", "11:30"),
        ("3:00 عصرا", "15:00"), ("3:00 عصر الثلاثاء", "15:00"),
        ("5:00 بعد الظهر", "17:00"), ("5:00 بعد ظهر", "17:00"), ("9:15 قبل الظهر", "09:15"),
        ("10:30 مساءا", "22:30"), ("10:30 مساءً", "22:30"), ("10:30 مساء", "22:30"), ("12:30 مساء", "12:30"),
        ("10:30 ليلا", "22:30"), ("12:30 ليلا", "00:30"), ("1:30 ليلاً", "01:30"),
        ("3:30 فجرا", "03:30"), ("12:30 صباحًا", "00:30"), ("10:30 صباحاً", "10:30"),
        ("PM 10:30", "22:30"), ("am 12:30", "00:30"), ("م 10:30", "22:30"), ("ص 12:30", "00:30"),
        ("مساء 8:05", "20:05"),
        ("22:30 م", "22:30"), ("22:30 ليلا", "22:30"), ("AM 10:30 PM", "22:30"),
        ("10:30 ما زال", "10:30"), ("10:30 مساحة", "10:30"), ("إم 10:30", "10:30"),
    ],
)  # fmt: skip
def test_times_of_the_day_stand_behind_the_clock_time_or_before_it(time: str, clock: str) -> None:
    assert written(f"21/07/2015 - {time}") == (f"2015-07-21T{clock}:00", "minute", None)
    assert written(f"{time} - 21 يوليو 2015") == (f"2015-07-21T{clock}:00", "minute", None)


@pytest.mark.parametrize(
    "text",
    [
        "21 يوليو 2015 م 10:30", "21 يوليو 2015م 10:30", "21/07/2015م 10:30", "1436/10/05 هـ - 2015/07/21 م 10:30",
        "21/7/2015 م 10:30", "2015/7/21 م 10:30", "2015/7/21 م الساعة 10:30", "21/7/2015 م - 10:30 ص",
        "21/7/2015 م الموافق 5/10/1436 هـ 10:30",
    ],
)  # fmt: skip
def test_the_letter_of_a_year_that_is_none_of_the_hijra_makes_no_afternoon(text: str) -> None:
    assert written(text) == ("2015-07-21T10:30:00", "minute", None)


@pytest.mark.parametrize("sign", "\u061c\u0640\u200b\u200d\u200f\u202e\u2060\u2066\u2069\ufeff")
def test_what_is_not_seen_changes_no_date(sign: str) -> None:
    for text in ("21/7/2015 10:30", "21 يوليو 2015 10:30", "2015-07-21 10:30"):
        assert written(sign.join(text)) == ("2015-07-21T10:30:00", "minute", None)


@pytest.mark.parametrize("text", ["21/7/2015 10:30 م", "21/7/2015 م 10:30 م", "م 10:30 21/7/2015"])
def test_the_letter_beside_the_clock_time_makes_an_afternoon(text: str) -> None:
    assert written(text) == ("2015-07-21T22:30:00", "minute", None)


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("نشر 21/07/2015 - آخر تحديث 22/07/2015 - 11:20", "2015-07-21T00:00:00", "day"),
        ("نشر 21/07/2015 10:30 - آخر تحديث 22/07/2015 - 11:20", "2015-07-21T10:30:00", "minute"),
        ("10:30 - 21/7/2015 | 11:45 - 22/7/2015", "2015-07-21T10:30:00", "minute"),
        ("2015/07/21 - 21 يوليو 2015 10:30", "2015-07-21T10:30:00", "minute"),
        ("21 يوليو 2015 الموافق 5/10/1436 هـ 10:30", "2015-07-21T10:30:00", "minute"),
    ],
)
def test_a_date_does_not_take_the_time_of_another(text: str, moment: str, precision: str) -> None:
    assert written(text) == (moment, precision, None)


@pytest.mark.parametrize(
    "text",
    [
        "", "أمس", "2015", "July 2015", "2015-13-41", "5 مارس/نيسان 2020", "31 فبراير 2020", "منذ 3 ساعات",
        "0000-00-00", "9999999999", "7258118400", "-9999999999", "9999999999999999999",
    ],
)  # fmt: skip
def test_what_names_no_day_is_no_date(text: str) -> None:
    assert parse(text) is None
    assert not is_hijri(text)


@pytest.mark.parametrize("text", ["5 شوال 1436هـ", "1436-10-05", "١٢ ربيع الأول ١٤٤٥", "الجمعة 3 رمضان 1445"])
def test_hijri_dates_are_known_for_what_they_are(text: str) -> None:
    assert parse(text) is None
    assert is_hijri(text)


@pytest.mark.parametrize(("name", "month"), MONTHS.items())
def test_every_month_name_names_its_month(name: str, month: int) -> None:
    assert written(f"7 {name} 2021") == (f"2021-{month:02d}-07T00:00:00", "day", None)
    assert written(f"{name} 7, 2021") == (f"2021-{month:02d}-07T00:00:00", "day", None)


def test_only_the_start_of_a_file_name_is_a_day() -> None:
    assert file_day("2024-03-05-jisr.txt") is not None
    assert file_day("jisr-2024-03-05.txt") is None
    assert file_day("2024-03-051.txt") is None


@given(
    st.lists(
        st.one_of(
            st.none(),
            st.datetimes(datetime(1801, 1, 1), datetime(2199, 1, 1)).map(lambda d: d.isoformat(" ", "seconds")),
            st.sampled_from(["2024-03-01", "", "x", "2024-02-30", "1445-01-01"]),
        )
    )
)
def test_dates_all_at_once_are_those_one_by_one(texts: list[str | None]) -> None:
    moments, precisions, zones, odd = dates(pa.array(texts, pa.string()))
    singly = [parse(text) if text else None for text in texts]
    assert moments.cast(pa.int64()).to_pylist() == [moment and moment.seconds for moment in singly]
    assert precisions.to_pylist() == [moment and moment.precision for moment in singly]
    assert zones.to_pylist() == [moment and moment.zone for moment in singly]
    assert [row for row, _, _ in odd] == [
        n for n, (text, moment) in enumerate(zip(texts, singly, strict=True)) if text and not moment
    ]


@given(st.text("0123456789٠١-/:. TZ+،هـمارسآذار", max_size=40))
def test_nothing_crashes_on_what_looks_like_a_date(text: str) -> None:
    moment = parse(text)
    assert moment is None or moment.precision in ("day", "minute", "second")


@pytest.mark.parametrize(
    ("record", "moment", "zone"),
    [
        ({"date": "2026-11-19T08:00:00", "date_gmt": "2026-11-19T06:00:00"}, "2026-11-19T06:00:00", "+02:00"),
        ({"date_gmt": "2026-11-18 22:30:00", "date": "2026-11-19 04:00:00"}, "2026-11-18T22:30:00", "+05:30"),
        ({"date": "2026-11-18 22:30:00", "date_utc": "2026-11-19 01:30:00Z"}, "2026-11-19T01:30:00", "-03:00"),
        ({"pubDate": "2026-11-19 08:00", "pubDate_gmt": "2026-11-19 06:00:20"}, "2026-11-19T06:00:20", "+02:00"),
        ({"date": "2026-11-19T08:00:00+03:00", "date_gmt": "2026-11-19T06:00:00"}, "2026-11-19T05:00:00", "+03:00"),
        ({"date": "2026-11-19T08:00:00", "date_gmt": "2026-11-19T06:07:00"}, "2026-11-19T08:00:00", None),
        ({"date": "2026-11-19T08:00:00", "date_gmt": "2026-11-17T08:00:00"}, "2026-11-19T08:00:00", None),
        ({"date": "2026-11-19", "date_gmt": "2026-11-18T22:00:00"}, "2026-11-19T00:00:00", None),
        ({"date": "2026-11-19T08:00:00", "date_gmt": "0000-00-00T00:00:00"}, "2026-11-19T08:00:00", None),
        ({"date": "2026-11-19T08:00:00", "modified_gmt": "2026-11-19T06:00:00"}, "2026-11-19T08:00:00", None),
        ({"date_gmt": "2026-11-19T06:00:00"}, "2026-11-19T06:00:00", "+00:00"),
        ({"modified_gmt": "2026-11-19T06:00:00"}, None, None),
    ],
)
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_local_time_has_the_zone_that_the_same_moment_in_utc_tells(
    tmp_path: Path, name: str, record: dict[str, str], moment: str | None, zone: str | None
) -> None:
    put(tmp_path, name, json.dumps({"text": "نص", "title": "عنوان", **record}))
    (row,) = reading(tmp_path).rows
    assert (row["published"] and row["published"].isoformat(), row["published_zone"]) == (moment, zone)


def test_a_date_field_that_is_asked_for_has_its_own_moment_in_utc(tmp_path: Path) -> None:
    record = {"text": "نص", "modified": "2026-11-19T08:00:00", "date": "2026-11-19T07:00:00"}
    record |= {"date_gmt": "2026-11-19T05:00:00", "modified_gmt": "2026-11-19T06:00:00"}
    put(tmp_path, "a.json", json.dumps(record))
    (row,) = reading(tmp_path, date_field="modified").rows
    assert (row["published"].isoformat(), row["published_zone"]) == ("2026-11-19T06:00:00", "+02:00")


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
@pytest.mark.parametrize("field", ["date_gmt", "times.modifiedUTC"])
def test_a_date_field_that_is_asked_for_by_its_name_in_utc_is_in_utc(tmp_path: Path, name: str, field: str) -> None:
    record = {"text": "نص", "date": "2026-11-19T08:00:00", "date_gmt": "2026-11-19T06:00:00"}
    record |= {"times": {"modifiedUTC": "2026-11-19T06:00:00"}}  # type: ignore[dict-item]
    put(tmp_path, name, json.dumps(record))
    (row,) = reading(tmp_path, date_field=field).rows
    assert (row["published"].isoformat(), row["published_zone"]) == ("2026-11-19T06:00:00", "+00:00")


@pytest.mark.parametrize(
    "text", ["1970-01-01", "1970-01-01 00:00:00", "1970-01-01T00:00:00Z", "0000000000", "1 January 1970"]
)
def test_what_programs_write_where_they_know_no_date_is_none(text: str) -> None:
    assert parse(text) is None
    moments, *_ = dates(pa.array([text, "1970-01-02 00:00:00"[: max(len(text), 10)]]))
    assert moments.null_count == 1
