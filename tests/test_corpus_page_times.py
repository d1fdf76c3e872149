"""When a page was published: what it says of its article, as soon as one of its words can be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from dedup.corpus import pages
from dedup.corpus.page_times import drop_others
from tests.corpus_files import STORIES, Outcome, page, put, reading
from tests.growth import LINEAR, growth

DECLARED = "<meta property='article:published_time' content='2024-03-01T10:00:00+03:00'>"
WHEN = "2015-07-21T10:30:00+03:00"


def linked(value: str) -> str:
    return f'<script type="application/ld+json">{value}</script>'


def article(when: str, kind: str = "NewsArticle") -> str:
    return f'{{"@type":"{kind}","datePublished":"{when}"}}'


def read_with(folder: Path, head: str = "", above: str = "", inside: str = "") -> Outcome:
    """A page that declares nothing but what is put into it."""
    markup = page(STORIES[0])
    assert DECLARED in markup
    markup = markup.replace(DECLARED, head).replace("<article>", f"{above}<article>").replace("</h1>", f"</h1>{inside}")
    put(folder, "page.html", markup)
    return reading(folder)


def published(folder: Path, **parts: str) -> tuple[str, str | None] | None:
    row: dict[str, Any] = read_with(folder, **parts).rows[0]
    return row["published"] and (row["published"].isoformat(), row["published_zone"])


def test_a_time_of_change_is_none_of_publication(tmp_path: Path) -> None:
    changed = '<time class="entry-date updated" datetime="2016-01-01T00:00:00+03:00">2016</time>'
    first = f'<time class="entry-date published" datetime="{WHEN}">2015</time>'
    assert published(tmp_path, inside=changed + first) == SAID
    both = f'<time class="entry-date published updated" datetime="{WHEN}">2015</time>'
    assert published(tmp_path, inside=both) == SAID


def test_an_article_that_another_links_to_is_not_the_pages(tmp_path: Path) -> None:
    head = f'{{"@type":"NewsArticle","relatedLink":[{article("2010-01-01")}]}}'
    assert published(tmp_path, head=linked(head) + linked(article(WHEN))) == SAID


SAID = ("2015-07-21T07:30:00", "+03:00")


@pytest.mark.parametrize(
    "head",
    [
        linked(f'{{"@type":"ItemList","itemListElement":[{article("2010-01-01")}]}}') + linked(article(WHEN)),
        linked(f'{{"@graph":[{article("2012-01-01", "WebPage")},{article(WHEN)}]}}'),
        linked(article("2012-01-01", "VideoObject")) + linked(article(WHEN)),
        f"<!-- {DECLARED} {linked(article('2001-01-01'))} -->{linked(article(WHEN))}",
        linked(article(WHEN, "WebPage")) + linked(article("2012-01-01", "VideoObject")),
    ],
    ids=["another article", "the page around it", "a video", "a comment", "no article but its page"],
)
def test_the_time_in_linked_data_is_that_of_the_article(tmp_path: Path, head: str) -> None:
    assert published(tmp_path, head=head) == SAID


def test_a_video_alone_does_not_say_when_its_page_was_published(tmp_path: Path) -> None:
    assert published(tmp_path, head=linked(article(WHEN, "VideoObject"))) != SAID


@pytest.mark.parametrize(
    "head",
    [
        "<meta property='article:published_time' content='1436-10-05'>" + linked(article(WHEN)),
        "<meta name='date' content='{{ date }}'><meta name='date' content='2015-07-21T10:30:00+03:00'>",
        f"<meta property='article:published_time' content=''><meta name='dc.date' content='{WHEN}'>",
        linked(article("منذ ساعتين")) + f"<meta name='pubdate' content='{WHEN}'>",
    ],
)
def test_what_cannot_be_read_hides_nothing_that_can(tmp_path: Path, head: str) -> None:
    assert published(tmp_path, head=head) == SAID


def test_what_cannot_be_read_is_told_where_nothing_else_is_said(tmp_path: Path) -> None:
    found = read_with(tmp_path, head="<meta property='article:published_time' content='1436-10-05'>")
    assert found.rows[0]["published"] is None
    assert "1436-10-05" in found.note


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        (r'"2015\/07\/21 10:30:00"', ("2015-07-21T10:30:00", None)),
        (r'"21\/07\/2015 10:30:00"', ("2015-07-21T10:30:00", None)),
        (r'"21 \u064a\u0648\u0644\u064a\u0648 2015"', ("2015-07-21T00:00:00", None)),
        (r'"2015-07-21T10:30:00\u002B03:00"', SAID),
        (r'"2015-07-21T10:30:00&#43;03:00"', SAID),
        ("1437474600", ("2015-07-21T10:30:00", "+00:00")),
    ],
)
def test_escapes_are_those_of_json(tmp_path: Path, value: str, moment: tuple[str, str | None]) -> None:
    assert published(tmp_path, head=linked(f'{{"@type":"NewsArticle","datePublished":{value}}}')) == moment


def test_linked_data_that_is_broken_is_searched_for_its_time(tmp_path: Path) -> None:
    broken = '{"@type":"NewsArticle","headline":"a "b"","datePublished":"2015\\/07\\/21 10:30:00\\u002B03:00"}'
    assert published(tmp_path, head=linked(broken)) == SAID
    assert published(tmp_path, head=linked(broken) + linked(article("2016-07-21"))) == ("2016-07-21T00:00:00", None)


@pytest.mark.parametrize(
    "other",
    [
        '<div class="related"><time itemprop="datePublished" datetime="2010-01-01">1</time></div>',
        '<aside><meta itemprop="datePublished" content="2010-01-01"></aside>',
        '<p itemscope itemtype="schema.org/VideoObject"><meta itemprop="datePublished" content="2010-01-01"></p>',
        '<section id="comments"><time class="published" datetime="2010-01-01">1</time></section>',
    ],
)
@pytest.mark.parametrize(
    "own",
    [
        f'<time itemprop="datePublished" datetime="{WHEN}">x</time>',
        f'<meta itemprop="datePublished" content="{WHEN}">',
        f'<time class="entry-date published" datetime="{WHEN}">x</time>',
        f'<time pubdate datetime="{WHEN}">x</time>',
    ],
)
def test_times_of_boxes_around_the_article_are_not_its_own(tmp_path: Path, other: str, own: str) -> None:
    assert published(tmp_path, above=other, inside=own) == SAID


def test_a_page_is_read_without_its_time_where_looking_for_it_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(tree: Any) -> None:
        raise ValueError

    monkeypatch.setattr(pages, "times_of", fail)
    assert len(read_with(tmp_path, head=linked(article(WHEN))).rows) == 1


STRANGE = '<time datetime="2019-01-01">2019</time>'


@pytest.mark.parametrize(
    "around",
    [
        f"<aside>{STRANGE}</aside>",
        f"<footer>© {STRANGE}</footer>",
        f'<div class="comments"><div class="comment">{STRANGE}<p>أحسنتم</p></div></div>',
        f"<article><h2>خبر آخر</h2>{STRANGE}</article>",
    ],
)
def test_a_time_of_something_else_on_the_page_is_no_guess(tmp_path: Path, around: str) -> None:
    assert published(tmp_path / "without", above=around) is None
    own = '<time datetime="2015-07-21">21 يوليو</time>'
    assert published(tmp_path / "with", above=around, inside=own) == ("2015-07-21T00:00:00", None)


def test_a_time_in_the_footer_of_the_article_is_its_own(tmp_path: Path) -> None:
    own = '<footer class="entry-meta"><time datetime="2015-07-21">21 يوليو</time></footer>'
    assert published(tmp_path, inside=own) == ("2015-07-21T00:00:00", None)


def test_a_readers_comment_may_be_longer_than_the_article(tmp_path: Path) -> None:
    said = "<p>هذا تعليق طويل من قارئ كتب فيه كل ما يعرفه عن الموضوع وأكثر منه بكثير.</p>" * 40
    comment = f'<div id="comments"><article class="comment">{STRANGE}{said}</article></div>'
    own = '<time datetime="2015-07-21">21 يوليو</time>'
    assert published(tmp_path, above=comment, inside=own) == ("2015-07-21T00:00:00", None)


def test_each_time_of_a_page_of_many_articles_is_looked_at_once() -> None:
    def dropping(articles: int) -> Callable[[], object]:
        other = '<article><time datetime="2019-01-01">2019</time> و <p>خبر</p></article>'
        tree = html.fromstring(
            f"<html><body><article>{'<p>خبر طويل</p>' * 9}</article>{other * articles}</body></html>"
        )
        return lambda: drop_others(tree)

    assert growth(dropping, 1_000) < LINEAR
