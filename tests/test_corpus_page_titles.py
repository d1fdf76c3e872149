"""Titles of pages: the headline and the name of the site, whichever comes first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from trafilatura.utils import load_html

from dedup.corpus.page_titles import titled
from tests.corpus_files import STORIES, put, reading

HEADLINE = "زلازل وفيضانات.. حصاد الأسبوع"
SITE = "مرآة الساحل"
STORY = "".join(f"<p>{part}</p>" for part in STORIES[0]["text"].split("\n"))


def row(tmp_path: Path, title: str, above: str = "", head: str = "") -> tuple[str, str]:
    """Title and outlet of a page without a headline element."""
    put(
        tmp_path,
        "folder/a.html",
        f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body><a>{SITE}</a>{above}"
        f"<div>{STORY}</div></body></html>",
    )
    (found,) = reading(tmp_path).rows
    return found["title"], found["outlet"]


@pytest.mark.parametrize("sign", [":", "|", "-", "–", "»"])
@pytest.mark.parametrize("first", [True, False])
def test_the_headline_is_what_the_page_prints(tmp_path: Path, sign: str, first: bool) -> None:
    """Whichever stands first, and no headline is an outlet: the folder is."""
    title = f"{SITE} {sign} {HEADLINE}" if first else f"{HEADLINE} {sign} {SITE}"
    assert row(tmp_path, title, f"<font><b>{HEADLINE}</b></font><br>كتب - سامر") == (HEADLINE, "folder")


def test_the_name_of_the_site_is_no_headline(tmp_path: Path) -> None:
    meta = f"<meta property='og:site_name' content='{SITE}'>"
    assert row(tmp_path, f"{SITE} | {HEADLINE}", head=meta) == (HEADLINE, SITE)
    assert row(tmp_path, f"{SITE} | {HEADLINE} | {SITE}", f"<b>{SITE}</b>", meta)[1] == SITE


def test_the_name_of_the_site_in_linked_data_stays(tmp_path: Path) -> None:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "publisher": {"name": SITE}}
    script = f"<script type='application/ld+json'>{json.dumps(data, ensure_ascii=False)}</script>"
    assert row(tmp_path, f"{SITE} | {HEADLINE}", f"<b>{HEADLINE}</b>", script) == (HEADLINE, SITE)


def test_a_headline_is_no_outlet_where_it_is_not_known(tmp_path: Path) -> None:
    assert row(tmp_path, f"{SITE} : {HEADLINE}")[1] == "folder"


def test_a_headline_with_a_sign_in_it_is_whole() -> None:
    page = "<html><head><title>{0}</title></head><body><b>{0}</b></body></html>"
    assert titled(load_html(page.format("الوزير : لا زيادة"))).title("الوزير") == "الوزير : لا زيادة"


def test_a_headline_that_is_found_and_printed_stays(tmp_path: Path) -> None:
    """A section and the site's motto are no headlines, however long."""
    motto = "صحيفة يومية تصدر عن مؤسسة الساحل للنشر والتوزيع"
    meta = f"<meta property='og:site_name' content='{SITE}'>"
    assert row(tmp_path, f"{HEADLINE} - {motto}", f"<div>{motto}</div><h1>{HEADLINE}</h1>")[0] == HEADLINE
    assert row(tmp_path, f"{HEADLINE} | محليات | {SITE}", f"<h1>{HEADLINE}</h1>", meta) == (HEADLINE, SITE)


def test_a_title_from_elsewhere_and_one_without_sides_stay() -> None:
    page = load_html(f"<html><head><title>{SITE} : {HEADLINE}</title></head><body><b>{HEADLINE}</b></body></html>")
    assert titled(page).title("عنوان آخر") == "عنوان آخر"
    assert titled(page).site("CNNArabic.com") == "CNNArabic.com"
    assert titled(load_html(f"<html><head><title>{HEADLINE}</title></head></html>")).title(None) is None
