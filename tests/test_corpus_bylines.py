"""Bylines of pages: whole, whoever is named, wherever the page says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dedup.corpus.bylines import WORDS
from dedup.intake import credited, read_corpus
from dedup.settings import Settings
from tests.corpus_files import STORIES, page, put, reading


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data, ensure_ascii=False)}</script>'


def byline(tmp_path: Path, head: str = "", body: str = "", below: str = "") -> str | None:
    """The byline of a page with more in its head, above its story, and below its article."""
    markup = page(STORIES[0]).replace("</head>", f"{head}</head>").replace("</h1>", f"</h1>{body}")
    put(tmp_path, "a.html", markup.replace("</article>", f"</article>{below}"))
    (row,) = reading(tmp_path).rows
    return row["byline"]  # type: ignore[no-any-return]


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ('<span class="author">عمان - بترا</span>', "عمان - بترا"),
        ('<div class="author">الغد - وكالات</div>', "الغد - وكالات"),
        ('<p class="author-name">(أ ف ب)</p>', "(أ ف ب)"),
        ('<div class="post-author"><span class="author">الواحة:</span> <b>رويترز</b></div>', "الواحة: رويترز"),
        ('<p>كتب <a rel="author" href="/x">سامر النجار</a></p>', "سامر النجار"),
        ('<span itemprop="author"><span itemprop="name">سامر النجار - واس</span></span>', "سامر النجار - واس"),
        ('<span class="articleAuthor">الرياض - واس</span>', "الرياض - واس"),
        ('<div class="Byline">بقلم سامر النجار</div><div class="byline">رويترز</div>', "بقلم سامر النجار"),
    ],
)
def test_an_element_that_readers_see_gives_the_byline_whole(tmp_path: Path, element: str, said: str) -> None:
    assert byline(tmp_path, body=element) == said


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ('<meta name="author" content="رويترز">', "رويترز"),
        ('<meta property="article:author" content="عمان - بترا">', "عمان - بترا"),
        ('<meta property="article:author" content="https://x.example"><meta name="DC.creator" content="واس">', "واس"),
        (linked({"@type": "NewsArticle", "author": {"@type": "Organization", "name": "رويترز"}}), "رويترز"),
        (linked({"@graph": [{}, {"author": [{"name": "رويترز"}, {"name": "د ب أ"}]}]}), "رويترز, د ب أ"),
        (linked({"author": "أ ف ب"}) + '<meta name="author" content="المحرر">', "أ ف ب"),
        ('<script type="application/ld+json">{"author": broken</script><meta name="author" content="واس">', "واس"),
    ],
)  # fmt: skip
def test_what_a_page_declares_counts_where_it_shows_no_byline(tmp_path: Path, head: str, said: str) -> None:
    assert byline(tmp_path, head) == said
    assert byline(tmp_path, head, '<span class="writer">عمان - بترا</span>') == "عمان - بترا"


@pytest.mark.parametrize(
    "other",
    [
        f'<div class="author">{"كلمة " * (WORDS + 1)}</div>',
        '<div class="author">5 مارس 2024</div>',
        '<div class="author">الواحة 10:30</div>',
        '<div class="author"></div>',
        '<div class="author-bio">كاتب من الواحة</div>',
        '<div class="comments"><span class="author">قارئ</span></div>',
        '<footer><span class="author">فريق الموقع</span></footer>',
        '<div class="authorized">مصرح به</div>',
        "".join(f'<div class="card"><span class="author">كاتب {name}</span></div>' for name in ("أول", "ثان", "ثالث")),
    ],
)
def test_what_is_called_an_author_and_is_no_byline_is_passed_over(tmp_path: Path, other: str) -> None:
    assert byline(tmp_path, '<meta name="author" content="رويترز">', below=other) == "رويترز"


def test_a_page_that_names_nobody_has_no_byline(tmp_path: Path) -> None:
    assert byline(tmp_path) is None


def test_the_agency_of_a_pages_byline_is_credited(tmp_path: Path) -> None:
    assert byline(tmp_path, body='<span class="author">عمان - بترا</span>') == "عمان - بترا"
    assert [list(one) for one in credited(read_corpus([tmp_path], Settings()))] == [["petra"]]
