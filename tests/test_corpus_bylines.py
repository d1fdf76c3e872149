"""Bylines of pages: whole, whoever is named, wherever the page says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from trafilatura.utils import load_html

from dedup.corpus import pages
from dedup.corpus.bylines import WORDS, byline_of
from dedup.corpus.page_parts import STORY_LETTERS
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
        (linked({"@graph": [{}, {"@type": "Report", "author": [{"name": "رويترز"}, {"name": "واس"}]}]}), "رويترز, واس"),
        (linked({"@type": ["Thing", "BlogPosting"], "author": "واس"}), "واس"),
        (linked({"@type": "https://schema.org/Report", "author": "واس"}) + '<meta name="author" content="ن">', "واس"),
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


@pytest.mark.parametrize(
    ("element", "said"),
    [
        ('<div class="byline"><span>عمان</span><span>بترا</span></div>', "عمان بترا"),
        ('<div class="byline"><div>سمر خالد</div><div>القاهرة - رويترز</div></div>', "سمر خالد القاهرة - رويترز"),
        ('<div class="byline">عمان<br>بترا</div>', "عمان بترا"),
        ('<div class="byline"><a>سمر</a>، <a>خالد</a> (<b>رويترز</b>)</div>', "سمر، خالد (رويترز)"),
        ('<span class="author">بترا<script>var a = 1;</script><style>b {}</style></span>', "بترا"),
        ('<span class="author"><!-- قديم -->بترا</span>', "بترا"),
    ],
)
def test_a_byline_of_several_elements_is_read_as_readers_see_it(tmp_path: Path, element: str, said: str) -> None:
    assert byline(tmp_path, body=element) == said


ABOUT = "صحيفة إلكترونية أردنية مستقلة تأسست عام 2011"
LONG = f"{ABOUT} وتصدر عن دار النشر"


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (f'<div class="author-box"><h5>الرابية نيوز</h5><p>{ABOUT}</p></div>', "الرابية نيوز"),
        ('<div class="author-box"><h3>الرابية نيوز</h3><p>صحيفة أردنية</p></div>', "الرابية نيوز"),
        (f'<div class="author-box"><h3>بقلم</h3><h4>سمر خالد</h4><p>{ABOUT}</p></div>', "سمر خالد"),
        (f'<div class="author-info"><a href="/w/1">سمر خالد</a> {LONG}</div>', "سمر خالد"),
        (f'<div class="author-info"><a rel="author" href="/w/1">سمر خالد</a> {LONG}</div>', "سمر خالد"),
        (f'<div class="author-info"><b class="author-name">سمر خالد</b> <a>{LONG}</a></div>', "سمر خالد"),
        (f'<div class="author-info">{LONG} <a href="/w/1">المزيد من أخباره</a></div>', None),
        (f'<div class="author-page"><h3>خبر آخر</h3><p>{LONG * 12}</p></div>', None),
        ('<div class="byline"><h4>سمر خالد</h4><span>رويترز</span></div>', "سمر خالد رويترز"),
        ('<div class="byline">القاهرة - سمر خالد ونور حسن - أ ش أ - أ ف ب</div>',
         "القاهرة - سمر خالد ونور حسن - أ ش أ - أ ف ب"),
    ],
)  # fmt: skip
def test_of_a_box_about_the_writer_the_name_alone_is_the_byline(box: str, said: str | None) -> None:
    markup = page(STORIES[0]).replace("</article>", f"{box}</article>")
    assert byline_of(load_html(markup)) == said


@pytest.mark.parametrize(
    "around",
    [
        '<form id="aspnetForm" method="post">', '<div class="content-sidebar-wrap">', '<div class="right-sidebar">',
        '<div class="post comments-open">', '<aside id="main">',
    ],
)  # fmt: skip
def test_what_is_around_the_headline_too_is_the_articles_whatever_it_is_called(tmp_path: Path, around: str) -> None:
    name, other = '<span class="author">عمان - بترا</span>', '<span class="author">نور</span>'
    markup = page(STORIES[0]).replace("</h1>", f"</h1>{name}")
    closing = f"</{around[1:].split()[0]}>"
    whole_page = markup.replace("<article>", f"{around}<article>").replace("</article>", f"</article>{closing}")
    assert byline_of(load_html(whole_page)) == "عمان - بترا"
    beside = markup.replace("</article>", f"</article>{around}<h1><a>خبر آخر</a></h1>{other}{closing}")
    assert byline_of(load_html(beside)) == "عمان - بترا"


def test_an_article_element_is_the_story_when_it_is_longer_than_a_card(tmp_path: Path) -> None:
    name = '<div class="content-sidebar-wrap"><article><h2>عنوان</h2><span class="author">بترا</span>'
    for letters, found in ((STORY_LETTERS, "بترا"), (STORY_LETTERS - 20, None)):
        story = f"<p>{'ك' * letters}</p></article></div>"
        assert byline_of(load_html(f"<html><body><h1><a>الموقع</a></h1>{name}{story}</body></html>")) == found
        assert byline_of(load_html(f"<html><body>{name}{story}</body></html>")) == found
    comment = f'<article class="comment-body"><p>{"ك" * 900}</p><b class="author">قارئ</b></article>'
    assert (
        byline_of(load_html(f"<html><body><h1>عنوان</h1><div class='comments'>{comment}</div></body></html>")) is None
    )


@pytest.mark.parametrize(
    "other",
    [
        {"@type": "NewsArticle", "comment": [{"@type": "Comment", "author": {"name": "قارئ"}}]},
        {"@type": "NewsArticle", "comment": {"@type": "Article", "author": "قارئ"}},
        {"@type": "NewsArticle", "review": {"@type": "Article", "author": "ناقد"}},
        {"@type": "ItemList", "itemListElement": [{"@type": "Article", "author": {"name": "سامي"}}]},
        {"@type": "WebSite", "author": "الموقع"},
        {"@type": "ReportageOfWhatever", "author": "الموقع"},
        {"author": "الموقع"},
        {"@type": 7, "author": "الموقع"},
    ],
)
def test_linked_data_names_the_author_of_the_article_and_of_nothing_else(tmp_path: Path, other: object) -> None:
    assert byline_of(load_html(f"<html><head>{linked(other)}</head><body><p>خبر</p></body></html>")) is None
    article = {"@type": "NewsArticle", "author": {"name": "عمان - بترا"}}
    assert byline(tmp_path, linked([other, article])) == "عمان - بترا"


@pytest.mark.parametrize(
    "label", ["بقلم", "الكاتب:", "كتب :", "المصدر", "بواسطة", "المزيد للكاتب", "Admin", "(المحرر)"]
)
def test_a_label_or_a_user_of_the_system_alone_is_no_byline(tmp_path: Path, label: str) -> None:
    shown = f'<span class="author-label">{label}</span>'
    assert byline(tmp_path, body=f'{shown}<span class="author-name">عمان - بترا</span>') == "عمان - بترا"
    assert byline(tmp_path, body=f'<div class="author">{shown} <b>سمر خالد</b></div>') == f"{label} سمر خالد"
    assert byline(tmp_path, f'<meta name="author" content="{label}">') is None
    assert (
        byline(tmp_path, linked({"@type": "Article", "author": label}) + '<meta name="author" content="واس">') == "واس"
    )


def test_an_article_is_read_however_many_classes_are_called_an_author(tmp_path: Path) -> None:
    comments = "".join(f'<li class="comment-author-u{n}">تعليق {n}</li>' for n in range(7_000))
    assert byline(tmp_path, body='<b class="author">بترا</b>', below=f"<ol>{comments}</ol>") == "بترا"


def test_a_page_is_read_without_its_byline_where_looking_for_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(tree: object) -> str:
        raise ValueError(tree)

    monkeypatch.setattr(pages, "byline_of", fail)
    assert byline(tmp_path) is None


def test_a_page_that_names_nobody_has_no_byline(tmp_path: Path) -> None:
    assert byline(tmp_path) is None


def test_the_agency_of_a_pages_byline_is_credited(tmp_path: Path) -> None:
    assert byline(tmp_path, body='<span class="author">عمان - بترا</span>') == "عمان - بترا"
    assert [list(one) for one in credited(read_corpus([tmp_path], Settings()))] == [["petra"]]


DAY = "الثلاثاء، 17 نوفمبر 2026 02:15 م"


@pytest.mark.parametrize(
    ("under", "said"),
    [
        (f"</font><br>أ ش أ<br>{DAY}<br>", "أ ش أ"),
        (f"</font><br>كتبت - سمر خالد<br><i>{DAY}</i>", "كتبت - سمر خالد"),
        (f"</font><script>var a = 1;</script>أ ش أ<br>{DAY}<br>", "أ ش أ"),
        (f"</font><p>حوادث</p>{DAY}<br>", None),
        (f"</font><br>المصدر:<br>{DAY}<br>", None),
        (f"</font><br>{DAY}<br>{DAY}<br>", None),
        ("</font><br>أ ش أ<br>شارك<br>", None),
        (f"</font> خبر آخر <br>أ ش أ<br>{DAY}<br>", None),
    ],
)
def test_a_line_between_the_headline_and_the_date_is_a_byline(under: str, said: str | None) -> None:
    head = "<head><title>مرآة النيل : افتتاح جسر الواحة</title></head>"
    story = "<div>افتتح المحافظ الجسر.</div>"
    markup = f"<html>{head}<body><font>افتتاح جسر الواحة{under}{story}</body></html>"
    assert byline_of(load_html(markup)) == said
    other = markup.replace("<font>افتتاح جسر", "<font>إغلاق جسر")
    assert byline_of(load_html(other)) is None
