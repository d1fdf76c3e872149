"""Lines above and below a story: names, addresses and captions are marked, headings and signatures are not."""

from __future__ import annotations

import pytest

from tests.marked_text import mark_text

STORY = (
    "افتتح الوزير خالد بن سعد المعرض السنوي في المدينة أمس، وقال إن العمل في الطريق الساحلي ينتهي قبل الشتاء المقبل.\n"
    "وأضاف أن اللجنة أنهت عملها وأن المشروع يخدم سكان الأحياء القديمة كلها في السنوات المقبلة بإذن الله."
)


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("سمر النجار", "byline"),
        ("د. سمر النجار", "byline"),
        ("سامي الحداد – تربة", "byline"),
        ("عبدالمحسن بن علي الحداد", "byline"),
        ("خالد بن سعد", "caption"),
        ("الأمير سلطان بن ناصر", "caption"),
        ("جانب من الحضور", "caption"),
        ("صورة جماعية للمشاركين في المعرض", "caption"),
        ("من الحضور", "caption"),
        ("أثناء الافتتاح", "caption"),
        ("سالم متفقدا إحدى القاعات", "caption"),
    ],
)
def test_a_line_above_the_story_is_told_by_what_it_holds(line: str, label: str) -> None:
    page = mark_text(f"{line}\n{STORY}")
    assert [(mark.label, page.text[mark.start : mark.end]) for mark in page.marks] == [(label, line)]


@pytest.mark.parametrize(
    ("lines", "marks"),
    [
        ("سمر النجار", [("byline", "سمر النجار")]),
        ("سمر النجار - الرياض", [("byline", "سمر النجار - الرياض")]),
        ("خالد بن سعد", [("caption", "خالد بن سعد")]),
        ("writer.name@example.com", [("contact", "writer.name@example.com")]),
        ("@writer_name", [("contact", "@writer_name")]),
        ("t.me/marsa_news", [("contact", "t.me/marsa_news")]),
        ("قناة مرسى اليوم @marsa_news", [("contact", "قناة مرسى اليوم @marsa_news")]),
        ("جانب من الحضور\nخالد بن سعد", [("caption", "جانب من الحضور"), ("caption", "خالد بن سعد")]),
        ("\nركن الأسر المنتجة", [("caption", "ركن الأسر المنتجة")]),
        ("*كاتب وباحث في شؤون المدن", [("byline", "*كاتب وباحث في شؤون المدن")]),
    ],
)
def test_lines_below_the_story_are_told_by_what_they_hold(lines: str, marks: list[tuple[str, str]]) -> None:
    page = mark_text(f"{STORY}\n{lines}")
    assert [(mark.label, page.text[mark.start : mark.end].strip()) for mark in page.marks] == marks


@pytest.mark.parametrize(
    "text",
    [
        f"هشاشة المدن القديمة\n{STORY}",
        f"خالد يفتتح المعرض الكبير\n{STORY}",
        f"أسماء المرشحات للوظائف\n{STORY}",
        f"{STORY}\nوالله ولي التوفيق.\nسمر النجار",
        "نام القمر\nفوق الجبل\nيا ليل طال\nسمر الهوى\nوالنجم غاب\nخلف السحاب",
        f"{STORY}\nللتقديم أرسل السيرة إلى jobs@example.com",
        f"{STORY}\nركن الأسر المنتجة",
    ],
)
def test_headings_poems_signatures_and_sentences_stay(text: str) -> None:
    assert mark_text(text).marks == ()


def test_a_headline_with_dots_may_stand_above_a_dateline() -> None:
    page = mark_text(f"خطة جديدة.. والطريق يفتتح غدا\nسمر النجار - الرياض\n{STORY}")
    assert page.under("title") == ["خطة جديدة.. والطريق يفتتح غدا"]
    assert page.under("byline") == ["سمر النجار - الرياض"]


def test_a_writers_other_pieces_glued_to_the_text_are_marked_to_its_end() -> None:
    page = mark_text(f"{STORY}\nمقالات أخرى للكاتبالمدينة والبحر..أسئلة الشتاء!حديث المساء")
    assert page.under("related") == ["مقالات أخرى للكاتبالمدينة والبحر..أسئلة الشتاء!حديث المساء"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("يورغن هالستروم", "caption"),
        ("وزير النقل", "caption"),
        ("ألم في صدري", None),
        ("الطريق الساحلي", None),
        ("زيغفريد أوكونور", None),
    ],
)
def test_who_is_pictured_above_a_story_stands_in_it_word_by_word(line: str, label: str | None) -> None:
    story = STORY + "\nوحضر وزير النقل والمهندس يورغن هالستروم، الذي تحدث عن ألم في صدري أصابه على الطريق الساحلي."
    assert [mark.label for mark in mark_text(f"{line}\n{story}").marks] == ([label] if label else [])


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("د.سامي المنصور", True),
        ("رئيس مجلس الأمناء", True),
        ("افتتح الوزير المعرض أمس.", False),
        ("عدد الزوار 12 ألفا", False),
        ("الأهلي يهزم الزمالك بثلاثية نظيفة", False),
        ("زلزال يضرب اليابان", False),
    ],
)
def test_a_name_that_is_all_there_is_stood_under_a_picture(text: str, marked: bool) -> None:
    assert [mark.label for mark in mark_text(text).marks] == (["caption"] if marked else [])


@pytest.mark.parametrize("address", ["https://t.me/marsa_news", "instagram.com/marsa.news", "قناة مرسى @marsa_news"])
def test_an_address_below_a_post_without_a_full_stop_is_no_story(address: str) -> None:
    page = mark_text(f"الوزير يعلن عودة الكهرباء إلى أحياء المدينة القديمة اعتبارا من مساء اليوم\n{address}")
    assert [(mark.label, page.text[mark.start : mark.end]) for mark in page.marks] == [("contact", address)]


def test_a_name_below_a_post_without_a_full_stop_may_be_the_storys() -> None:
    page = mark_text("الوزير يعلن عودة الكهرباء إلى أحياء المدينة القديمة اعتبارا من مساء اليوم\nسمر النجار")
    assert not page.marks
