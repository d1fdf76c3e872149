"""Marks of a batch: what they promise of any text, and that no article loses its story."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.arabic.annotation import STORY_WORDS
from dedup.arabic.fold import fold
from dedup.arabic.learned import learn
from dedup.arabic.marks import Marker
from tests.marked_text import mark_text, mark_texts, shipped

PHRASES = [phrase for kind in shipped().furniture for phrase in kind.phrases]
TEXT = st.lists(
    st.sampled_from(
        [
            *PHRASES,
            "قال الوزير إن الخطة جاهزة.",
            "الرياض",
            " - ",
            "\n",
            "\n\n",
            ":",
            "رويترز",
            "(",
            ")",
            "12/3/2024",
            "a@b.com",
            "\u202b",
        ]
    ),
    max_size=25,
).map(" ".join)


@settings(max_examples=200, deadline=None)
@given(TEXT, st.integers(0, 8))
def test_marks_are_sorted_and_those_of_a_label_do_not_overlap(text: str, body_start: int) -> None:
    body_start = min(body_start, len(text))
    batch = mark_texts([text], body_starts=[body_start])
    marks = batch.marks(0)
    assert list(marks) == sorted(marks)
    ends: dict[str, int] = {}
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert mark.start >= ends.get(mark.label, 0)
        ends[mark.label] = mark.end
        assert mark.evidence
    tokens = fold(text)
    under = [any(t.start < m.end and m.start < t.end for m in marks) for t in tokens]
    assert batch.token_marked.tolist() == under


@given(st.lists(TEXT, max_size=4))
@settings(max_examples=30, deadline=None)
def test_an_article_is_marked_alike_alone_and_in_a_batch(texts: list[str]) -> None:
    batch = mark_texts(texts)
    for row, text in enumerate(texts):
        alone = mark_text(text)
        assert (batch.marks(row), batch.credits(row), batch.segments(row)) == (
            alone.marks,
            alone.credits,
            alone.segments,
        )


def test_headline_repeated_in_the_text_is_marked() -> None:
    page = mark_text("الوزير يفتتح المعرض السنوي\nافتتح الوزير المعرض السنوي أمس.", title="الوزير يفتتح المعرض السنوي")
    assert page.under("title") == ["الوزير يفتتح المعرض السنوي"]


def test_first_line_of_a_text_file_is_its_title() -> None:
    text = "عنوان الخبر\nوصل الوفد أمس إلى المدينة."
    assert mark_text(text, body_start=12).under("title") == ["عنوان الخبر"]


def test_a_section_name_as_first_line_leaves_the_title_to_the_second() -> None:
    text = "العالم\n\nعنوان الخبر الكبير هنا\n\nوصل الوفد أمس إلى المدينة."
    page = mark_text(text, body_start=7)
    assert page.under("section") == ["العالم"]
    assert page.under("title") == ["عنوان الخبر الكبير هنا"]


def test_prose_with_the_words_of_furniture_stays_story() -> None:
    text = (
        "وقال المصدر إن إعلان النتائج تأخر، ومن أراد المزيد فليقرأ أيضا تقرير اللجنة. شارك في المؤتمر عشرون باحثا، "
        "والتقط المصور صورة تذكارية. وانتهى اللقاء بعد ساعتين، ثم تابع الوفد جولته في أقسام المعرض."
    )
    assert mark_text(text).marks == ()


def _articles(shared: Path) -> Iterator[dict[str, str]]:
    for path in sorted((shared / "data" / "saudinewsnet").glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield from json.loads(archive.read(name))


def test_every_real_article_keeps_a_sentence(shared: Path) -> None:
    articles = [article for article in _articles(shared) if len((article["content"] or "").split()) >= STORY_WORDS]
    assert len(articles) > 20_000
    texts = [article["content"].encode("utf-8", "replace").decode() for article in articles]
    batch = mark_texts(texts, titles=[a["title"] for a in articles], outlets=[a["source"] for a in articles])
    learned = learn([batch.sample])
    assert len(Marker(shipped()).again(batch, learned)) > 1_000
    lost = []
    for row, text in enumerate(texts):
        at, kept = 0, 0
        for mark in batch.marks(row):
            assert 0 <= mark.start < mark.end <= len(text)
            kept = max(kept, len(text[at : mark.start].split()))
            at = max(at, mark.end)
        if max(kept, len(text[at:].split())) < 5:
            lost.append((articles[row]["url"], text))
    assert lost == []


def test_marked_words_hold_every_mark(shared: Path) -> None:
    article = next(_articles(shared))
    page = mark_texts([article["content"]])
    assert page.token_marked.dtype == bool


@pytest.mark.parametrize("text", ["", " \n ", "\u0640", "🙂"])
def test_texts_without_words_have_no_marks(text: str) -> None:
    assert mark_text(text).marks == ()


PARAGRAPHS = (
    "بدأت البلدية صيانة الطرق الساحلية، وقال المهندس المشرف إن العمل ينتهي قبل الشتاء بعد تركيب الإنارة في الأحياء.",
    "وأضاف أن الميزانية المرصودة تكفي المرحلة الأولى من المشروع، وأن الثانية تبدأ بعد موافقة المجلس في جلسته القادمة.",
)
AROUND = {
    "a broadcaster's page": [
        "شارِكْ", "list of 3 items", "list 1 of 3", "end of list", "المصدر : الضفة + وكالات", "تابع الجزيرة نت على:",
        "آخر تحديث: 12/3/2024 09:15", "حقوق الطبع والنشر محفوظة",
    ],
    "a page with comments": [
        "اشترك الآن في النشرة البريدية لجريدتنا، لتصلك آخر الأخبار يوميا", "تعليقات الزوار",
        "التعليقات الواردة تعبر عن آراء أصحابها", "شروط التعليق: عدم الإساءة للكاتب أو للأشخاص", "عدد التعليقات 0",
    ],
    "a page with pictures": [
        "التعليق على الصورة، عمال يرممون الطريق", "قصص مقترحة", "قصص مقترحة نهاية", "ح.م", "شارك هذه الصفحة عبر",
    ],
    "a page of links": [
        "للاطلاع على النص الأصلي اضغط (هنا)", "لا يفوتك: افتتاح الجسر الجديد", "تابعونا على واتساب", "إقرأ المزيد",
    ],
    "a blog's buttons": [
        "انقر للمشاركة على فيسبوك (فتح في نافذة جديدة)", "معجب بهذه:", "إعجاب تحميل...", "اترك تعليقا إلغاء الرد",
    ],
    "the foot of a site": [
        "هذا الموقع يستخدم ملفات تعريف الارتباط لتحسين تجربتك", "سياسة الخصوصية", "اتصل بنا", "أعلن معنا",
    ],
}  # fmt: skip


@pytest.mark.parametrize("lines", AROUND.values(), ids=AROUND.keys())
def test_what_sites_put_around_a_story_is_marked_and_the_story_is_not(lines: list[str]) -> None:
    half = len(lines) // 2
    page = mark_text("\n".join([PARAGRAPHS[0], *lines[:half], PARAGRAPHS[1], *lines[half:]]))
    marked = {at for mark in page.marks for at in range(mark.start, mark.end)}
    assert [line for line in lines if page.text.index(line) not in marked] == []
    for paragraph in PARAGRAPHS:
        start = page.text.index(paragraph)
        assert marked.isdisjoint(range(start, start + len(paragraph)))
