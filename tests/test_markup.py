"""Markup: what a page's code left in a text is no word of it, and every sign keeps its place."""

from __future__ import annotations

import json
import re
from pathlib import Path
from time import process_time
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import pipeline
from dedup.arabic.fold import fold, fold_batch, fold_column, read_column, utf8_column
from dedup.arabic.markup import readable
from tests import naive
from tests.strategies import BREAKS, LETTERS, texts

STORY = [
    "أعلنت هيئة الموانئ في مدينة الساحل اليوم افتتاح رصيف جديد للصيادين بعد عامين من أعمال الترميم والتوسعة.",
    "وقال رئيس الهيئة إن الرصيف يتسع لمئة وعشرين قاربا ويضم مخزنا مبردا وسوقا صغيرة لبيع السمك بالجملة.",
    "وأضاف أن المرحلة الثانية تبدأ في الربيع المقبل وتشمل ورشة لصيانة المحركات ومدرسة لتعليم الغوص.",
]  # fmt: skip
PLAIN = "\n".join(STORY)
POLL = (
    " #vote_box ul { padding: 0; margin: 0; } .vote { border:solid 1px #ccc; } @media (max-width: 600px) { .vote { "
    "width: 90%; } } jQuery(document).ready(function(){ jQuery('#vote').submit(function() { if (x == '') "
    "{ alert('اختر إجابة'); } return false; }); }); var plot = draw('pie', [[ ['a1', 30], ['a2', 82] ]], "
    "{ legend:{ show:false } }); "
)


def words(text: str) -> list[str]:
    return [token.folded for token in fold(readable(text))]


@pytest.mark.parametrize(
    "marked_up",
    [
        "".join(f"<p>{paragraph}</p>\n" for paragraph in STORY),
        "<div class='body'>" + "<br />".join(STORY) + "</div>",
        "&lt;p&gt;" + "&lt;/p&gt;&lt;p style=&quot;x&quot;&gt;".join(STORY) + "&lt;/p&gt;",
        PLAIN.replace(" ", "&nbsp;"),
        PLAIN.replace("الساحل", "<strong>الساحل</strong>"),
        PLAIN.replace("الساحل", '<a href="https://example.org/a?b=1&c=2" title="رابط">الساحل</a>'),
        "".join(f"&#{ord(letter)};" if letter.isalpha() else letter for letter in PLAIN),
        "".join(f"&#x{ord(letter):X};" if letter.isalpha() else letter for letter in PLAIN),
        "<script>var a = 'نص';</script>" + PLAIN + "<style>.a{b:c}</style><!-- تعليق -->",
        "[vc_row][caption id='a' width='300']" + PLAIN + "[/caption][/vc_row]",
        PLAIN.replace("\n", " googletag.cmd.push(function() { googletag.display('div-1'); }); "),
        PLAIN.replace("\n", "\n(adsbygoogle = window.adsbygoogle || []).push({});\n"),
        PLAIN.replace("\n", POLL),
        PLAIN + '{"@context": "https://schema.org", "headline": "عنوان {آخر}", "a": {"b": [1]}}',
        "<![CDATA[" + PLAIN + "]]>",
        PLAIN.replace("\n", " /* إعداد الصفحة */ .page { color: red; } "),
    ],
)  # fmt: skip
def test_a_text_has_the_words_that_its_reader_sees(marked_up: str) -> None:
    assert words(marked_up) == words(PLAIN)
    assert len(readable(marked_up)) == len(marked_up)


@pytest.mark.parametrize(
    "prose",
    [
        "نقلت «رويترز» عن مسؤول في R&D أن السعر < 5 دولارات وأن x > y في جدول <عاجل> نشرته AT&T.",
        "خدمة {واشنطن بوست} خاص بـ{الشرق الأوسط} [رويترز] [1] [صور] {نص: آخر}",
        "لغة البرمجة function وكلمة var ونافذة window. والمستند document في الدرس الأول",
        "قال (jQuery) إن المكتبة مفتوحة؛ وإن & علامة الوصل && تستعمل هنا.",
        "المعادلة: a = b * (c + d); وهي معروفة، و/أو */ نجمة /*",
        "بريد المحرر [email@example.org] ورقم [A1]",
    ],
)
def test_prose_is_left_as_it_stands(prose: str) -> None:
    assert readable(prose) == prose


def test_signs_stand_at_their_words_and_block_elements_end_lines() -> None:
    text = "<p>قال &laquo;الوزير&raquo; إن</p><li>بند &#8211; آخر"
    shown = readable(text)
    assert shown.split() == ["قال", "«الوزير»", "إن", "بند", "–", "آخر"]
    assert [len(line.split()) for line in shown.split("\n")] == [0, 3, 0, 3]
    assert text[shown.index("الوزير") :].startswith("الوزير")


PIECES = st.one_of(
    st.text(alphabet=LETTERS + BREAKS + "<>&{}[]()=;'\"/*!-#", max_size=20),
    st.sampled_from(
        ["<p>", "</p>", "<br/>", "<script>", "</script>", "<!--", "-->", "&nbsp;", "&#1575;", "&laquo;", "&quot;",
         "[caption ", "]", "var a =", "function(", "jQuery(", "});", "{", "}", "a:b;", '{"@a":', "/*", "*/", "window.",
         "&lt;p&gt;", "//"]
    ),
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_sign_that_is_shown_stands_at_its_own_place(text: str) -> None:
    shown = readable(text)
    assert len(shown) == len(text)
    for place, (sign, own) in enumerate(zip(shown, text, strict=True)):
        if sign != own and sign not in " \n\N{ARABIC TATWEEL}":
            # an entity's sign stands somewhere in the entity
            assert re.search(r"&[^&;]*;?$", text[: place + 1]) or text[place] in ";&" or re.match(r"\w*;", text[place:])


@given(st.one_of(texts, st.lists(PIECES, max_size=12).map("".join)))
def test_folding_tells_where_markup_may_stand(text: str) -> None:
    folded = fold_column(pa.array(["نص", text.replace("\x00", ""), "آخر"], pa.string()))
    shown, again = read_column(pa.array([text.replace("\x00", "")], pa.string()))
    assert shown[0].as_py() == readable(text.replace("\x00", ""))
    assert again.tokens(0) == fold(readable(text.replace("\x00", "")))
    assert folded.tokens(1) == again.tokens(0)


@given(texts)
def test_only_texts_with_a_sign_of_markup_are_looked_at(text: str) -> None:
    folded = fold_batch(*utf8_column(pa.array([text], pa.string())))
    assert bool(folded.signs[0]) == naive.may_hold_markup(text)
    if not folded.signs[0]:
        assert readable(text) == text


@pytest.mark.parametrize(
    "text",
    ["<script " * 20_000, "<script>" * 20_000, "<!--" * 20_000, "{/*" * 40_000, "var a = { " * 10_000,
     "a{" * 20_000 + "}" * 20_000, "{jQuery('" * 10_000, "&amp;" * 20_000 + "x", "[caption " * 10_000,
     '{"a":' * 20_000, "{var a=1;//" * 10_000, "{var a=1;" + " " * 80_000 + "x", ("x " * 150 + "{a:b}") * 300],
    ids=lambda text: text[:10],
)  # fmt: skip
def test_markup_that_never_ends_costs_no_square(text: str) -> None:
    begin = process_time()
    assert len(readable(text)) == len(text)
    assert process_time() - begin < 2


def test_copies_with_markup_are_copies_and_passages_point_into_the_text_as_it_was(tmp_path: Path) -> None:
    html = "<div>" + "".join(f"<p>{one.replace('الساحل', '<b>الساحل</b>')}</p>" for one in STORY) + "</div>"
    records: list[dict[str, Any]] = [
        {"id": "a", "outlet": "أ", "title": "رصيف &quot;جديد&quot; <b>للصيادين</b>", "text": PLAIN},
        {"id": "b", "outlet": "ب", "title": "افتتاح رصيف", "text": html},
    ]
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    result = pipeline.cluster([path])
    (cluster,) = result.report.clusters
    (pair,) = result.pairs()
    assert (pair.relation, pair.jaccard) == ("copy", 1.0)
    assert [member.title for member in cluster.members] == ['رصيف "جديد" للصيادين', "افتتاح رصيف"]
    assert pair.passages is not None
    (passage,) = pair.passages
    plain, marked_up = PLAIN[slice(*passage.a)], html[slice(*passage.b)]
    assert marked_up.startswith("أعلنت هيئة الموانئ في مدينة <b>الساحل</b> اليوم")
    assert words(plain) == words(marked_up)


def test_polls_of_one_paper_are_not_one_story_for_their_style_sheet(tmp_path: Path) -> None:
    asked = [
        "يسأل القراء هذا الأسبوع عن مواعيد الحافلات الجديدة في الأحياء الشمالية وهل تناسب الطلاب والعمال جميعا؟",
        "كيف تقضي إجازة الربيع مع الأسرة وأي المدن الجبلية تفضل لزيارة قصيرة لا تتجاوز ثلاثة أيام متتالية؟",
    ]
    path = tmp_path / "polls.jsonl"
    path.write_text(
        "".join(json.dumps({"title": one[:20], "text": one + POLL}, ensure_ascii=False) + "\n" for one in asked),
        encoding="utf-8",
    )
    result = pipeline.cluster([path])
    assert result.report.clusters == ()
    assert not any(pair.same_story for pair in result.pairs())
