"""Kinds of furniture that pages of many sites print: what is marked, and what looks alike and stays the story."""

from __future__ import annotations

import pytest

from tests.marked_text import Marked, mark_text

TITLE = "بلدية الميناء تغلق الجسر القديم أمام السيارات"
LEAD = (
    "أغلقت بلدية الميناء أمس الجسر القديم أمام السيارات بعد ظهور شقوق في إحدى دعائمه، وطلبت من السكان استعمال الطريق "
    "الساحلي حتى نهاية الشهر المقبل."
)
MORE = "وقال رئيس البلدية إن المهندسين فحصوا الدعائم كلها ووجدوا أن واحدة منها فقط تحتاج إلى إصلاح عاجل قبل الشتاء."


def page(above: str = "", below: str = "", *, between: str = "") -> Marked:
    """A page with its title in the first line, lines above and below a story of two paragraphs."""
    text = "\n".join(part for part in (TITLE, above, LEAD, between, MORE, below) if part)
    return mark_text(text, body_start=len(TITLE))


def left(marked: Marked) -> str:
    """What is left of a page, without empty lines."""
    return "\n".join(line.strip() for line in marked.unmarked().splitlines() if line.strip())


STORY = f"{LEAD}\n{MORE}"


@pytest.mark.parametrize(
    "line",
    [
        "اقتصاد > الميناء", "أخبار البلد || محليات", "إذاعة صوت المرفأ 98.3 - معكم أينما كنتم",
        "مرفأ نيوز .. عين على الحقيقة", "الاثنين 4 مارس 2024 - الساعة 10:15 ص بتوقيت صنعاء",
        "زوارق على رصيف المرفأ القديمصورة من: dpa/picture alliance", f"{TITLE} - راديو المرفأ",
        "تم النشر بواسطة: سامي خالد", "مرفأ نيوز -",
    ],
)  # fmt: skip
def test_lines_above_the_story_are_marked(line: str) -> None:
    assert left(page(line)) == STORY


@pytest.mark.parametrize(
    "line",
    [
        "انتهى / 12", "// انتهى 25 / م ج", "ساهم في هذا التقرير سامي خالد من المدينة القديمة.",
        "اقتصاد\nرياضة\nثقافة\nالعالم", "التعليقات معطلة.", "انضم إلينا عبر", "برامجنا", "(لن يتم نشره)",
        "النقر للمشاركة على فيسبوك (فتح في نافذة جديدة)", "متعلقات\nافتتاح سوق السمك الجديد", "تحرير: س.ن",
        "اقرأ/ي أيضا: افتتاح سوق السمك الجديد", TITLE, f"{TITLE} الثقيلة", "مرفأ24/ أ ف ب",
        "★★★★☆ (12 صوتا)", "→ افتتاح سوق السمك الجديد\nوفاة الأديب المعروف ←",
    ],
)  # fmt: skip
def test_lines_below_the_story_are_marked(line: str) -> None:
    assert left(page(below=line)) == STORY


def test_an_end_mark_with_its_number_behind_the_last_sentence_is_marked() -> None:
    assert mark_text(f"{LEAD}\n{MORE}/انتهى9").under("other") == ["/انتهى9"]


def test_a_view_of_an_event_between_paragraphs_is_a_caption_beside_other_furniture() -> None:
    assert left(page("4 مارس 2024 - 10:15 ص", between="جانب من مراسم افتتاح الجسر")) == STORY


def test_a_summary_that_the_lead_says_again_is_marked() -> None:
    said = "أغلقت بلدية الميناء الجسر القديم أمام السيارات بعد ظهور شقوق في إحدى دعائمه."
    assert page(said).under("summary") == [said]
    asked = f"{said} تفاصيل أوفى في المقال."
    assert left(page(asked)) == STORY


def test_points_above_writer_and_dateline_stay_and_the_dateline_credits() -> None:
    points = "- رئيس البلدية: واحدة من الدعائم فقط تحتاج إلى إصلاح عاجل قبل الشتاء وقبل موسم الأمطار"
    marked = page(f"{points}\nسامي خالد\n4 مارس 2024\nإسطنبول/ الأناضول")
    assert ("dateline", "anadolu") in marked.credited() or ("byline", "anadolu") in marked.credited()
    assert left(marked) == f"{points}\n{STORY}"


@pytest.mark.parametrize(
    "line",
    [
        "مصر / السعودية", "العراق > اليمن", "الحقيقة .. والوهم", "الشتاء على الأبواب - والجسر مغلق",
        "إذاعة المرفأ قالت إنها على موجة 98.3 أوقفت البث", "العمل انتهى عند الفجر", "فحص الدعائم واحدة واحدة",
    ],
)  # fmt: skip
def test_what_looks_alike_between_paragraphs_stays_the_story(line: str) -> None:
    assert line in left(page(between=line))


def test_the_lead_stays_though_the_second_paragraph_explains_it() -> None:
    short = "أغلقت بلدية الميناء الجسر القديم أمام السيارات بعد ظهور شقوق."
    text = f"{TITLE}\n{short}\nوأوضحت البلدية أن إغلاق الجسر القديم أمام السيارات جاء بعد ظهور شقوق في إحدى دعائمه."
    assert short in mark_text(text, body_start=len(TITLE)).unmarked()


def test_a_poem_keeps_the_line_after_which_it_is_called() -> None:
    verses = "يا طير سلم لي على بحر الهوى\nوقل له إن القلوب ظمأى\nوإن ليل الساهرين طويل\nيا طير سلم لي على بحر الهوى"
    title = "يا طير سلم لي على بحر الهوى"
    assert mark_text(f"{title}\n{verses}", body_start=len(title)).unmarked().count(title) == 2


def test_a_source_line_with_a_writer_credits_nobody() -> None:
    assert page(below="المصدر: سامي خالد - المدينة القديمة").credited() == []
    assert page(below="المصدر: سامي الصالحي").credited() == []
    assert page(below="المصدر: سامي خالد").credited() == []
    assert page(below="المصدر: سامي أبو رمانة").credited() == []
    assert page(below="المصدر: بوابة الساحل").credited() == [("source", None)]


@pytest.mark.parametrize("name", ["هلا أخبار", "صباح الخير", "صباح الخير يا بحر", "مجدي نيوز", "هدى الشرق"])
def test_a_source_whose_name_begins_like_a_given_name_is_no_writer(name: str) -> None:
    assert page(below=f"المصدر: {name}").credited() == [("source", None)]


def test_those_who_stand_for_an_agency_make_it_no_source() -> None:
    said = "وحضر الحفل ممثلون عن البلدية وعن وكالة رويترز، قبل أن يغادروا المدينة مساء."
    assert page(below=said).credited() == []
    had = "وكانت وكالة الأنباء الرسمية (سانا) قد نشرت القرار قبل يومين في موقعها."
    assert page(below=had).credited() == [("attribution", "sana")]


@pytest.mark.parametrize("line", ["4 مارس 2024 - 10:15 ص", "الرئيسية / أخبار", "شارك"])
def test_a_region_alone_in_its_line_is_no_paper_on_a_page_with_its_sites_furniture(line: str) -> None:
    assert page(f"الشرق الأوسط\n{line}").credited() == []
    assert page(f"{line}\nالشرق الأوسط").credited() == []
    assert page(f"«الشرق الأوسط»\n{line}").credited() == [("byline", "asharqalawsat")]


def test_a_region_alone_above_a_bare_story_is_the_paper_that_it_was_taken_from() -> None:
    assert page("الشرق الأوسط").credited() == [("byline", "asharqalawsat")]
    assert page("الشرق الأوسط\nسامي خالد").credited() == [("byline", "asharqalawsat")]


def test_a_pictures_keeper_is_no_source() -> None:
    assert ("closing", "picture-alliance") not in page(
        "زوارق على الرصيف القديم. صورة من: dpa/picture alliance"
    ).credited()


def test_the_pages_own_desk_credits_nobody() -> None:
    rights = "الآراء المنشورة لا تعبر بالضرورة عن رأي موقع مرفأ الآن"
    assert page("مرفأ الآن - خاص -", rights).credited() == []


def test_an_end_mark_takes_no_word_of_the_last_sentence() -> None:
    assert mark_text(f"{LEAD}\n{MORE}(النهاية)\nس ن / خ م").unmarked().rstrip().endswith("قبل الشتاء.")
