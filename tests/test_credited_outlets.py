"""An agency in the outlet field of another site's page is its credit; whatever names an outlet stays one."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dedup.arabic.credited_outlets import CreditedOutlets
from dedup.arabic.lexicon import load
from dedup.arabic.marks import Marker
from dedup.corpus.outlets import Outlets
from dedup.corpus.schema import SCHEMA
from dedup.pipeline import Result, cluster, compare_files
from dedup.settings import Settings
from tests.corpus_files import STORIES, page, put

LEXICON = load()
TELLER = CreditedOutlets(lambda: LEXICON.agencies, Outlets())
NAHDA = "https://www.nahdapress.example/news/1"


def batch(outlets: Sequence[str | None], url: str | None, byline: str | None, path: str) -> pa.RecordBatch:
    row = {**dict.fromkeys(SCHEMA.names), "id": "1", "text": "خبر", "path": path, "body_start": 0}
    row |= {"url": url, "byline": byline}
    return pa.RecordBatch.from_pylist([{**row, "outlet": outlet} for outlet in outlets], schema=SCHEMA)


def told(outlet: str | None, url: str | None, byline: str | None = None, path: str = "a.jsonl") -> tuple[Any, Any]:
    (row,) = TELLER.told_apart(batch([outlet], url, byline, path)).to_pylist()
    return row["outlet"], row["byline"]


@pytest.mark.parametrize(
    "outlet",
    [
        "رويترز", "واس", "الأناضول", "وكالة الأناضول", "أ ف ب", "أ.ف.ب", "(د ب أ)", "AFP", "وكالة رويترز", "وكالات",
        "رويترز، وكالات", "رويترز - أ ف ب", "بلومبرغ",
    ],
)  # fmt: skip
def test_an_agency_on_another_sites_page_is_a_byline_and_the_address_tells_the_outlet(outlet: str) -> None:
    assert told(outlet, NAHDA) == ("nahdapress.example", outlet)
    assert told(outlet, NAHDA, "ليلى أحمد") == ("nahdapress.example", f"ليلى أحمد, {outlet}")
    assert told(outlet, "https://www.alriyadh.com/1") == ("الرياض", outlet)


@pytest.mark.parametrize(("outlet", "byline"), [("Anadolu Agency", "وكالة الأناضول"), ("Reuters", "Reuters")])
def test_a_latin_name_is_a_byline_that_is_read(outlet: str, byline: str) -> None:
    assert told(outlet, NAHDA) == ("nahdapress.example", byline)


@pytest.mark.parametrize(
    ("outlet", "url"),
    [
        ("رويترز", None),
        ("رويترز", "لا عنوان"),
        ("رويترز", "https://ara.reuters.com/1"),
        ("واس", "https://www.spa.gov.sa/1"),
        ("أ ف ب", "https://www.afp.com/ar/1"),
        ("وكالة أسوشيتد برس", "https://apnews.com/1"),
        ("وكالة فارس", "https://ar.farsnews.ir/1"),
        ("الأناضول", "https://www.aa.com.tr/ar/1"),
        ("معا", "https://www.maannews.net/1"),
        ("رويترز", "https://t.me/reuters/1"),
        ("رويترز", "https://web.archive.org/web/2020/https://ara.reuters.com/1"),
        ("سبق", NAHDA),
        ("الأنباء الكويتية", NAHDA),
        ("الشرق الأوسط", NAHDA),
        ("الجزيرة نت", NAHDA),
        ("الجزيرة + وكالات", NAHDA),
        ("رويترز بالعربية", NAHDA),
        ("Getty Images", NAHDA),
        (None, NAHDA),
        ("nahdapress.example", NAHDA),
    ],
)
def test_what_is_or_may_be_an_outlet_stays_one(outlet: str | None, url: str | None) -> None:
    given = batch([outlet], url, "ليلى", "a.jsonl")
    assert TELLER.told_apart(given) is given


@pytest.mark.parametrize("path", ["a.html", "x/a.htm", "a.warc"])
def test_a_page_names_itself(path: str) -> None:
    assert told("رويترز", NAHDA, path=path) == ("رويترز", None)


def test_a_paper_that_shares_a_name_with_an_agency_is_not_the_agencys_site() -> None:
    assert told("كونا", "https://www.alanba.com.kw/1") == ("الأنباء الكويتية", "كونا")


def test_each_listed_site_of_an_agency_is_its_own() -> None:
    listed = tomllib.loads(files("dedup.corpus").joinpath("data/outlets.toml").read_text("utf-8"))["outlet"]
    sites = [(one["name"], host) for one in listed for host in one["hosts"]]
    of_agencies = [(name, host) for name, host in sites if told(name, NAHDA) != (name, None)]
    assert len(of_agencies) > 20
    assert [told(name, f"https://{host}/1") for name, host in of_agencies] == [(name, None) for name, _ in of_agencies]


def _names() -> Iterator[str]:
    for one in LEXICON.agencies.values():
        if one.kind not in ("outlet", "pictures"):
            yield from (name for name in (one.name, *one.names, *one.short, *one.letters, one.latin) if name)


def test_whatever_an_agency_is_called_it_is_credited_in_the_byline() -> None:
    fields = [field for name in _names() for field in (name, f"{name} - وكالات", f"المصدر: {name}")]
    rows = TELLER.told_apart(batch(fields, NAHDA, "ليلى أحمد", "a.jsonl")).to_pylist()
    moved = {field: row["byline"] for field, row in zip(fields, rows, strict=True) if row["outlet"] != field}
    credits = Marker(LEXICON)._read_bylines(list(dict.fromkeys(moved.values())))
    assert not [byline for byline in moved.values() if not any(c.agency for c in credits.get(byline, ()))]
    assert all("الأنباء الكويتية" in field or "(" in field for field in set(fields) - set(moved))
    assert len(moved) > 1500


def records(**more: str) -> list[dict[str, str]]:
    first, second, third = STORIES[:3]
    text = "\n".join(story["text"] for story in (first, second, third))
    return [
        {"id": "nahda", "text": text, "source": "رويترز", "url": NAHDA, "date": "2024-03-05 08:00:00", **more},
        {"id": "sada", "text": text, "source": "صدى", "url": "https://sada.example/1", "date": "2024-03-05 10:00:00"},
        {"id": "own", "text": text, "source": "رويترز", "url": "https://reuters.com/1", "date": "2024-03-05 09:00:00"},
    ]


def clustered(folder: Path, made: list[dict[str, str]], **settings: Any) -> Result:
    put(folder, "a.jsonl", "\n".join(json.dumps(one, ensure_ascii=False) for one in made))
    return cluster([folder], Settings(**settings))


def test_outlets_credits_origin_and_who_was_first(tmp_path: Path) -> None:
    report = clustered(tmp_path, records(author="ليلى أحمد")).report
    (found,) = report.clusters
    assert {member.id: (member.outlet, member.byline) for member in found.members} == {
        "nahda": ("nahdapress.example", "ليلى أحمد, رويترز"),
        "sada": ("صدى", None),
        "own": ("رويترز", None),
    }
    assert {member.id: member.credits for member in found.members} == {"nahda": ("reuters",), "sada": (), "own": ()}
    assert (found.origin.kind, found.origin.id) == ("agency", "reuters")
    says = [evidence.says for evidence in found.origin.evidence]
    assert says == [
        "رويترز is credited (byline) in 1 of 3 articles",
        "nahdapress.example published before all others",
    ]
    assert {line.outlet: line.articles for line in report.outlets} == {"nahdapress.example": 1, "رويترز": 1, "صدى": 1}


def test_the_outlet_is_the_same_where_nothing_is_marked(tmp_path: Path) -> None:
    (found,) = clustered(tmp_path, records(), keep_furniture=True).report.clusters
    assert found.outlets == ("nahdapress.example", "رويترز", "صدى")


def test_of_two_articles_side_by_side_the_credit_is_told_too(tmp_path: Path) -> None:
    file = put(tmp_path, "a.jsonl", "\n".join(json.dumps(one, ensure_ascii=False) for one in records()))
    seen = compare_files(f"{file}#0", f"{file}#2", Settings())
    assert (seen.a.credits, seen.b.credits) == (("reuters",), ())


def test_a_field_that_the_user_chose_is_the_outlet(tmp_path: Path) -> None:
    (found,) = clustered(tmp_path, records(), outlet_field="source").report.clusters
    assert found.outlets == ("رويترز", "صدى")
    assert [member.byline for member in found.members] == [None] * 3


def test_the_name_of_a_saved_pages_site_is_its_outlet(tmp_path: Path) -> None:
    put(tmp_path, "a.html", page({**STORIES[0], "outlet": "رويترز"}))
    put(tmp_path, "b.html", page({**STORIES[0], "outlet": "رويترز"}))
    (found,) = cluster([tmp_path], Settings()).report.clusters
    assert found.outlets == ("رويترز",)
