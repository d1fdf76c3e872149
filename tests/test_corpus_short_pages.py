"""Short pages: the text is the paragraphs of the story, whatever stands around them."""

from __future__ import annotations

from pathlib import Path

import pytest
from trafilatura.utils import load_html

from dedup.corpus.short_pages import STORY, story_of
from dedup.settings import Settings
from tests.corpus_files import STORIES, page, put, reading

FIRST = "افتتحت بلدية الساحل صباح اليوم سوقا جديدة للسمك قرب الميناء القديم بعد أعمال دامت عاما."
SECOND = "ودعا رئيس البلدية الباعة إلى نقل بسطاتهم قبل نهاية الشهر."
MENU = "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/l'>محليات</a></li></ul></nav>"
ABOVE = (
    "<h1>سوق جديدة للسمك</h1><div class='info'><span>بواسطة صحيفة الرصيف</span> <span>لا توجد تعليقات</span></div>"
    "<div class='buttons'><a>شارك على فيسبوك</a><a>شارك على تويتر</a><a>واتساب</a></div>"
)
BELOW = (
    "<div class='labels'>الوسوم: <a rel='tag'>الساحل</a> <a rel='tag'>أسماك</a></div>"
    "<div class='box'><h5>صحيفة الرصيف</h5><p>صحيفة يومية مستقلة تأسست عام 2011</p></div>"
)
AROUND = (
    "<section id='comments'><ol><li><b>قارئ</b><p>الله يعطيهم العافية على هذا العمل الجميل والمفيد.</p></li></ol>"
    "</section>"
    "<aside><h3>الأكثر قراءة</h3><ul><li><a>سعر الخبز يثير جدلا واسعا تحت قبة البرلمان اليوم</a></li></ul></aside>"
    "<footer>جميع الحقوق محفوظة لصحيفة الرصيف</footer>"
)


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def whole(story: str) -> str:
    """A page of a news site with the story in its article."""
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>سوق جديدة للسمك</title></head><body>"
        "<div id='notice'>نستخدم ملفات تعريف الارتباط لتحسين تجربتك وباستمرارك توافق على سياستنا. "
        "<button>موافق</button></div>"
        f"{MENU}<main><article>{ABOVE}{story}{BELOW}</article>{AROUND}</main></body></html>"
    )


def text_of(tmp_path: Path, markup: str) -> str:
    put(tmp_path, "a.html", markup)
    (text,) = reading(tmp_path).texts
    return text


@pytest.mark.parametrize(
    "story",
    [
        f"<div class='entry-content'>{paragraphs(FIRST, SECOND)}</div>",
        f"<div itemprop='articleBody'>{FIRST}<br><br>{SECOND}</div>",
        f"<div class='x'>{paragraphs(FIRST, SECOND)}</div>",
        f"<div class='x'><div class='t'>{FIRST}</div><div class='t'>{SECOND}</div></div>",
        f"<div class='x'><div>{paragraphs(FIRST)}</div><div>{paragraphs(SECOND)}</div></div>",
        paragraphs(FIRST, SECOND),
        f"{FIRST}<br><br>{SECOND}",
        f"<div class='entry-content'><p>\u200f{FIRST.replace('بلدية', 'بل&shy;دية')}</p>{paragraphs(SECOND)}</div>",
        f"<div class='entry-content'><figure><figcaption>صورة أرشيفية للسوق القديم في الميناء من عام مضى"
        f"</figcaption></figure>{paragraphs(FIRST)}<blockquote>{paragraphs(SECOND)}</blockquote></div>",
        f"<div class='x'>{FIRST} <button>نسخ</button><br>{SECOND}<form><label>بريدك</label></form></div>",
    ],
)
def test_the_text_is_the_paragraphs(tmp_path: Path, story: str) -> None:
    assert text_of(tmp_path, whole(story)) == f"{FIRST}\n{SECOND}"


def test_one_sentence_is_found_without_article_and_body(tmp_path: Path) -> None:
    """An old site: a table for the layout, lines broken by hand."""
    markup = (
        "<html><head><meta charset='utf-8'><title>سوق</title></head><body><table><tr><td colspan=2><a>الرئيسية</a> | "
        "<a>حوادث</a></td></tr><tr><td><b>سوق جديدة</b><br>كتب - محمود سالم<br>الثلاثاء، 17 نوفمبر 2026<br>"
        f"{FIRST}<br><br>عدد المشاهدات: 1432<br>شارك: <a>Facebook</a></td><td><b>آخر الأخبار</b><br>طقس الغد</td></tr>"
        "</table><center>حقوق النشر محفوظة</center></body></html>"
    )
    assert text_of(tmp_path, markup) == FIRST


def test_a_sentence_of_a_few_words_is_prose(tmp_path: Path) -> None:
    assert text_of(tmp_path, whole(paragraphs("توفي الفنان سامر النجار."))) == "توفي الفنان سامر النجار."


def test_the_class_of_the_body_element_tells_nothing(tmp_path: Path) -> None:
    markup = whole(paragraphs(FIRST, SECOND)).replace("<body>", "<body class='news-text'>")
    assert text_of(tmp_path, markup) == f"{FIRST}\n{SECOND}"


def test_short_lines_within_the_story_stay(tmp_path: Path) -> None:
    lines = ("الفجر: 5:41", "الظهر: 12:21", "مع مراعاة فروق التوقيت")
    story = f"<div class='entry-content'>{paragraphs(FIRST, *lines)}</div>"
    assert text_of(tmp_path, whole(story)) == "\n".join((FIRST, *lines))


def test_different_short_stories_of_one_site_are_apart(tmp_path: Path) -> None:
    from dedup import pipeline

    for number, text in enumerate((FIRST, "فصلت شركة الكهرباء التيار عن حي المنارة صباح أمس لأعمال صيانة المحولات.")):
        put(tmp_path, f"{number}.html", whole(f"<div class='entry-content'>{paragraphs(text)}</div>"))
    assert not list(pipeline.cluster([tmp_path], Settings()).pairs())


def test_what_was_found_stays() -> None:
    long = [f"{FIRST} {number}" for number in range(STORY // len(FIRST) + 1)]
    lead, rest = (
        f"<div class='entry-content'>{paragraphs(SECOND)}</div>",
        f"<div>{paragraphs(FIRST, FIRST + ' تم.')}</div>",
    )
    for story, found in [
        (f"<div class='entry-content'>{paragraphs(*long)}</div>", "\n".join(["عنوان", *long])),
        (f"<div class='entry-content'>{paragraphs(FIRST)}</div>", SECOND),
        (lead + rest, f"{SECOND}\n{FIRST}\n{FIRST} تم."),
        (paragraphs(SECOND) + f"<div class='entry-content'>{paragraphs(FIRST)}</div>", f"{SECOND}\n{FIRST}"),
        ("<div class='entry-content'></div>", SECOND),
        (f"<div class='entry-content'>{paragraphs(FIRST, SECOND)}</div>", f"{FIRST}  {SECOND}"),
    ]:
        assert story_of(load_html(f"<html><body>{MENU}{story}</body></html>"), found) == found


def test_a_headline_that_was_found_stays_above_the_story(tmp_path: Path) -> None:
    text = text_of(tmp_path, page({**STORIES[0], "text": f"{FIRST}\n{SECOND}"}))
    assert text.split("\n")[-2:] == [FIRST, SECOND]
