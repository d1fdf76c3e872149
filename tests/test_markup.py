"""Markup: what a page's code left in a text is no word of it, and every sign keeps its place."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup import pipeline
from dedup.arabic.fold import fold, fold_column, read_column
from dedup.corpus.markup import readable, shown, utf8_column
from dedup.intake import read_corpus
from dedup.kernels.signs import find_signs
from dedup.settings import Settings
from tests import naive
from tests.growth import LINEAR, growth
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
    return [token.folded for token in fold(shown(text))]


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
        PLAIN.replace("\n", " /* page set up */ .page { color: red; } "),
    ],
)  # fmt: skip
def test_a_text_has_the_words_that_its_reader_sees(marked_up: str) -> None:
    assert words(marked_up) == words(PLAIN)


@pytest.mark.parametrize(
    "prose",
    [
        "نقلت «رويترز» عن مسؤول في R&D أن السعر < 5 دولارات وأن x > y في جدول <عاجل> نشرته AT&T.",
        "خدمة {واشنطن بوست} خاص بـ{الشرق الأوسط} [رويترز] [1] [صور] {نص: آخر}",
        "لغة البرمجة function وكلمة var ونافذة window. والمستند document في الدرس الأول {نص}",
        "قال (jQuery) إن المكتبة مفتوحة؛ وإن & علامة الوصل && تستعمل هنا {نص}.",
        "المعادلة: a = b * (c + d); وهي معروفة، و/أو */ نجمة /* كلمة */ {نص}",
        "بريد المحرر [email@example.org] ورقم [A1] وطائرة [Su-35] و[video شاهد لحظة الانفجار]",
        "سعر المنتج 100 $ (375) للوحدة {قل هو الله أحد}",
        "نسخة document (PDF) على الموقع وThey opened the window. Then the president (AP) said so {نص}",
        "مباراة Al-Nassr vs Al-Hilal {21:00} الليلة، BBC {12:30}، USD {rate: 3.75}",
        "The ministry said so, and they agreed {John 3:16} نص",
        '{"time":1,"blocks":[{"type":"paragraph","data":{"text":"أعلنت هيئة الموانئ"}}]}',
        "x <a حيث تبدأ الفقرة وأن y> 5 وقال if a <b and c> d",
        "https://example.org/?a=1&copy=2&lt=3 و#وسم_طويل و<Python>",
    ],
)
def test_prose_is_left_as_it_stands(prose: str) -> None:
    assert shown(prose) == prose


def test_block_elements_end_lines_and_others_part_no_word() -> None:
    text = (
        '<p><span class="dropcap">أ</span>علن <em>و</em>قال &laquo;الوزير&raquo;&nbsp;إن</p><li>بند &#8211; آخر&#10;سطر'
    )
    assert shown(text) == "أعلن وقال «الوزير» إن\nبند – آخر\nسطر"
    assert shown("<div><p>سطر</p>\n\n <p>سطر</p></div>\n<br>") == "سطر\nسطر"


PIECES = st.one_of(
    st.text(alphabet=LETTERS + BREAKS + "<>&{}[]()=;'\"/*!-#", max_size=20),
    st.sampled_from(
        ["<p>", "</p>", "<br/>", "<script>", "</script>", "<!--", "-->", "&nbsp;", "&#1575;", "&laquo;", "&quot;",
         "[caption ", "]", "var a =", "function(", "jQuery(", "});", "{", "}", "a:b;", '{"@a":', "/*", "*/", "window.",
         "&lt;p&gt;", "//"]
    ),
)  # fmt: skip


@given(st.lists(PIECES, max_size=30).map("".join))
def test_every_sign_that_is_shown_has_its_place_in_the_text(text: str) -> None:
    read = readable(text)
    if read is None:
        return
    seen, (start, end) = read
    assert len(seen) == len(start) == len(end)
    places = list(zip(start.tolist(), end.tolist(), strict=True))
    assert all(begin < stop for begin, stop in places)
    assert all(before[1] <= behind[0] for before, behind in itertools.pairwise(places))
    for sign, (begin, stop) in zip(seen, places, strict=True):
        assert text[begin:stop] == sign or sign in " \n" or text[begin] == "&"


@given(st.lists(PIECES, max_size=12).map("".join))
def test_tokens_of_a_column_are_those_of_what_is_shown_and_stand_where_it_stands(text: str) -> None:
    column = pa.array(["نص", text, "آخر"], pa.string())
    tokens, inside = fold_column(column).tokens(1), read_column(column).folded.tokens(1)
    assert [token.folded for token in tokens] == words(text)
    assert [token.folded for token in inside] == words(text)
    read = readable(text)
    for token, within in zip(tokens, inside, strict=True):
        place = (within.start, within.end) if read is None else read[1].outward(within.start, within.end)
        assert (token.start, token.end) == place


@given(st.lists(st.one_of(texts, st.lists(PIECES, max_size=12).map("".join)), max_size=5))
def test_only_texts_with_a_sign_of_markup_are_looked_at(several: list[str]) -> None:
    signs = np.empty(len(several), np.bool_)
    find_signs(*utf8_column(pa.array(several, pa.string())), signs)
    assert signs.tolist() == [naive.may_hold_markup(text) for text in several]
    assert all(readable(text) is None for text, signed in zip(several, signs.tolist(), strict=True) if not signed)


SENTENCES = [
    "الرياض - واس: قال الوزير إن العمل بدأ أمس في المرحلة الأولى من المشروع الجديد.",
    "وأبلغ مصدر أمني «الشرق الأوسط» أن الطريق فتح أمام السيارات مساء أمس.",
    "وقال مسؤول لرويترز إن المفاوضات مستمرة بين الطرفين منذ أسابيع طويلة.",
    "وذكرت صحيفة «سيبيرنت» الروسية أن العمل بدأ في الميناء الجديد أمس.",
    "وعاد الهدوء إلى المدينة مساء أمس بعد ساعات طويلة من الأمطار. (واس)",
    "وعاد الهدوء إلى المدينة مساء أمس بعد ساعات طويلة من الأمطار.\nالمصدر: بوابة الميناء",
    "وعاد الهدوء إلى المدينة مساء أمس بعد ساعات.\nاقرأ أيضا: إغلاق جسر المدينة القديم",
]
WAYS: dict[str, Callable[[str], str]] = {
    "bold words": lambda text: re.sub(r"\w+", r"<b>\g<0></b>", text),
    "links": lambda text: re.sub(r"\w+", r'<a href="https://example.org/?a=1&b=2" target="_blank">\g<0></a>', text),
    "no-break spaces": lambda text: text.replace(" ", "&nbsp;"),
    "signs": lambda text: re.sub("[«»()]", lambda sign: f"&#{ord(sign[0])};", text),
    "letters": lambda text: re.sub("[ء-ي]", lambda letter: f"&#{ord(letter[0])};", text),
    "paragraphs": lambda text: "".join(f"<p>{line}</p>" for line in text.split("\n")),
    "escaped": lambda text: "&lt;b&gt;" + text.replace(" ", " &lt;/b&gt;&lt;b&gt;") + "&lt;/b&gt;",
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("sentence", SENTENCES)
def test_marks_and_credits_are_those_of_what_is_shown(sentence: str, way: str, tmp_path: Path) -> None:
    plain = f"{sentence}\n{PLAIN}" if sentence.startswith("الرياض") else f"{PLAIN}\n{sentence}"
    marked_up = WAYS[way](plain)
    path = tmp_path / "articles.jsonl"
    records = [{"id": "plain", "text": plain}, {"id": "marked", "text": marked_up}]
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8")
    found = read_corpus(path, Settings()).annotations

    def seen(row: int, text: str) -> list[tuple[object, ...]]:
        one = found[row]
        spans: list[tuple[object, int | None, int | None]] = [(mark.label, mark.start, mark.end) for mark in one.marks]
        spans += [((credit.kind, credit.agency, credit.name), credit.start, credit.end) for credit in one.credits]
        return [(what, " ".join(shown(text[start:end]).split())) for what, start, end in spans]

    assert seen(0, plain) == seen(1, marked_up) != []


def test_an_origin_is_that_of_what_is_shown(tmp_path: Path) -> None:
    back = " وكانت رويترز قد ذكرت أن الطريق مغلق منذ أيام."
    texts = [PLAIN + back, (PLAIN + back).replace(" ", "&nbsp;"), (PLAIN + back).replace("رويترز", "<b>رويترز</b>")]
    origins = []
    for n, text in enumerate(texts):
        folder = tmp_path / str(n)
        folder.mkdir()
        records = [{"id": name, "outlet": name, "text": text} for name in ("أ", "ب")]
        (folder / "a.jsonl").write_text(
            "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), encoding="utf-8"
        )
        (cluster,) = pipeline.cluster([folder]).report.clusters
        origins.append(cluster.origin.kind)
    assert origins == ["unknown"] * 3


@pytest.mark.parametrize(
    ("before", "piece", "after"),
    [("", "<script ", ""), ("", "<script>", ""), ("", "<!--", ""), ("", "{/*x", ""), ("", "var a = { ", ""),
     ("", "a{", "}"), ("", "{jQuery('", ""), ("", "&amp;", "x"), ("", "[caption ", ""), ("", '{"@a":', ""),
     ("", "{var a=1;//", ""), ("{var a=1;", " ", "x"), ("", "x " * 150 + "{color:b}", ""), ("{function", " ", "x"),
     ("{", "$((a)\\'", ""), ("{var a=1;", "a=1;", "نص"), ("", "&lt;p ", ""), ("", "<p a=b ", ""), ("", '<p a="', ""),
     ("{", "$('a", "")],
    ids=lambda part: part[:10],
)  # fmt: skip
def test_markup_that_never_ends_costs_no_square(before: str, piece: str, after: str) -> None:
    def text(letters: int) -> str:
        count = letters // len(piece)
        return before + piece * count + (after * count if after == "}" else after)

    assert growth(lambda letters: partial(shown, text(letters)), 100_000) < LINEAR


@pytest.mark.parametrize("text", ["<!-- x --><scrıpt>نص", "<!-- --><ſtyle>نص", "<ıframe>نص &lt;ſtyle&gt;", "<K>&K;"])
def test_letters_that_are_like_others_only_in_another_case_begin_nothing(text: str) -> None:
    assert "نص" in shown(text + "نص")


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
