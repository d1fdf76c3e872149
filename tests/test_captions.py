"""The words under pictures, above and below a story: by their credit, by who stands in them, never a sentence of it."""

from __future__ import annotations

import pytest

from dedup.arabic.block_lines import shape
from dedup.arabic.line_words import Shape
from dedup.arabic.picture_lines import POSED, SHOWN, STANDING
from tests.marked_text import mark_text

STORY = (
    "افتتحت بلدية المدينة أمس حديقة الميناء القديم بعد أعمال استمرت عامين، وقالت إن الدخول إليها بلا رسوم.\n"
    "وأضافت البلدية أن الحديقة تضم ملعبا ومكتبة صغيرة، وأن حديقة ثانية على طريق الساحل تفتح في الربيع المقبل."
)
CAPTION = Shape("caption", True)


@pytest.mark.parametrize(
    "line",
    [
        "صيادون على رصيف المرفأ عند الفجر. صورة من: imago images/B. Sample",
        "قوارب في المرفأ القديم - الصورة: مرسى",
        "عامل النظافة متوسطا زملاءه في الساحة (دالاتي ونهرا)",
        "تلاميذ في باحة المدرسة، ضاحية المرفأ - 3 شباط 2025 (مرسى بلدي/ هيام الطحان)",
        "قوارب في المرفأ القديم [رويترز]",
        "قوارب في المرفأ القديم - (بترا)",
        "قوارب في المرفأ القديم. صورة: إيفي",
        "قوارب في المرفأ القديم (ت: هيام الطحان)",
        "قوارب في المرفأ القديم. Keystone / Hayam Sample",
        "حريق في مستودع الأخشاب - أ.ف.ب",
        "رئيس البلدية في صورة من الأرشيف",
        "صورة من أرشيف رويترز لمبنى البلدية",
        "الصورة من صفحة البلدية",
    ],
)
def test_a_credit_tells_the_words_under_a_picture_wherever_they_stand(line: str) -> None:
    assert shape(line) == CAPTION
    assert mark_text(f"الأحد 7 مايو 2023\n{line}\n{STORY}").under("caption") == [line]
    assert mark_text(f"{STORY}\n{line}").under("caption") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "متطوعون أثناء طلاء السور الجديد",
        "النجار خلال لقائه سكان الحي",
        "مدير الحديقة متحدثا إلى الزوار",
        "جانب من افتتاح المكتبة",
    ],
)
def test_people_amid_something_are_in_a_picture_though_nobody_is_credited(line: str) -> None:
    assert shape(line) == POSED
    assert mark_text(f"{line}\n{STORY}").under("caption") == [line]
    assert mark_text(f"{STORY}\n{line}\nشارك الخبر").under("caption") == [line]


def test_whoever_is_amid_something_below_a_story_is_in_a_picture_only_among_furniture() -> None:
    assert mark_text(f"{STORY}\nالنجار خلال لقائه سكان الحي").under("caption") == []


def test_an_agency_behind_a_full_stop_is_a_pictures_above_the_story_only() -> None:
    line = "باحة المدرسة القديمة قرب المرفأ. (رويترز)"
    assert shape(line) == SHOWN
    page = mark_text(f"{line}\n{STORY}")
    assert page.under("caption") == [line]
    assert page.credited() == [("closing", "reuters")]
    assert mark_text(f"{STORY}\n{line}").under("caption") == []


def test_somebody_doing_something_is_in_a_picture_among_furniture_below_the_story_only() -> None:
    line = "أطفال يلعبون قرب النافورة"
    assert shape(line) == STANDING
    assert mark_text(f"{STORY}\n{line}\nشارك الخبر").under("caption") == [line]
    assert mark_text(f"{STORY}\n{line}").under("caption") == []
    assert mark_text(f"{line}\n{STORY}").under("caption") == []
    assert mark_text(f"الأحد 7 مايو 2023\n{line}\n{STORY}").under("caption") == []


@pytest.mark.parametrize("taken", ["هيام الطحان", "Hayam Sample/Marsa", "مرسى برس"])
def test_the_photographer_stands_below_the_sign_of_rights(taken: str) -> None:
    page = mark_text(f"قوارب ملونة في المرفأ القديم ©\n{taken}\n{STORY}")
    assert page.under("caption") == ["قوارب ملونة في المرفأ القديم ©", taken]


@pytest.mark.parametrize(
    "line",
    [
        "وزير النقل خلال أيام في المدينة",
        "أرباح الشركة خلال عامها الأول",
        "أسعار القوارب خلال جلسة أمس",
        "قوارب جديدة في المرفأ القديم",
        "مجموعة من الأسئلة بلا جواب",
        "قال الوزير إن الجسر يفتح غدا (رويترز)",
        "واستقبلت المدينة زوارها أثناء العيد",
        "استقبلت المدينة زوارها - رويترز",
        "ما يراه الصياد أثناء الليل؟",
        "عمليات التجميل أثناء الحمل",
        "مكاسب الشركة خلال أسبوعها الثاني",
        "الرئيس خلال المؤتمر الصحفي: لن نتراجع",
        "محافظ المدينة خلال الاجتماع الطارئ يأمر بإغلاق المدارس يومين",
        "مجموعة من المشاركين في المؤتمر طالبوا بتأجيل الجلسة",
        "مسلحون يقتلون خمسة جنود في هجوم على نقطة تفتيش",
        "تلاميذ في باحة المدرسة - 3/2/2025 (مرسى بلدي)",
        "قوارب ملونة في المرفأ (هيام الطحان)",
        "تغيرت الصورة: الفريق يعود إلى القمة",
        "سعر صرف اليورو اليوم EUR/USD",
    ],
)
def test_sentences_and_subheads_are_no_pictures_words(line: str) -> None:
    assert mark_text(f"{line}\n{STORY}").under("caption") == []
    assert mark_text(f"{STORY}\n{line}").under("caption") == []


@pytest.mark.parametrize(
    "line",
    ["صيادون قرب السد. صورة من: picture alliance/dpa", "قوارب في المرفأ القديم. Photo by: Hayam Sample"],
)
def test_a_pictures_credit_in_the_middle_of_a_page_marks_its_line(line: str) -> None:
    first, second = STORY.split("\n")
    assert mark_text(f"{first}\n{line}\n{second}").under("caption") == [line]


def test_a_sentence_that_speaks_of_a_picture_is_the_story() -> None:
    page = mark_text(STORY + "\nوقالت البلدية إن صورة من: المرفأ وصلت إليها، وإنها تحقق في مصدرها.")
    assert page.under("caption") == []


def test_a_writer_is_known_by_an_initial_before_two_surnames() -> None:
    assert mark_text(f"سامي الحداد من الناظور\n{STORY}").marks == ()
    page = mark_text(f"فاس: س. الحدادي الزموري\n{STORY}")
    assert [page.text[mark.start : mark.end].strip() for mark in page.marks] == ["فاس: س. الحدادي الزموري"]
    assert page.credits == ()
    assert mark_text(f"سامي يخاف من الأمواج\n{STORY}").marks == ()


def test_editors_letters_stand_between_a_dispatch_and_a_story_glued_below_it() -> None:
    first, second = STORY.split("\n")
    glued = (
        "حديقة ثالثة قرب السد\nتبدأ البلدية أعمال حديقة ثالثة قرب السد في الخريف، وقالت إن العمل فيها ينتهي بعد عام."
    )
    page = mark_text(f"كسلا 3-4-2012م (سونا) - {first}\n{second}\n\nس ن / م ح\n\n{glued}")
    assert ("byline", "س ن / م ح") in [(mark.label, page.text[mark.start : mark.end]) for mark in page.marks]
    page = mark_text(f"كسلا 3-4-2012م (سونا) - {first}\n{second}\n\nطلب / عرض\n\n{glued}")
    assert "byline" not in [mark.label for mark in page.marks]
