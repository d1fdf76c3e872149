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
        "اقتصاد > طاقة", "الرئيسية » أخبار البلدية » الجسور", "أخبار البلد || محليات", "راديو المرفأ 101.5 fm",
        "إذاعة صوت المرفأ 98.3 - معكم أينما كنتم",
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


@pytest.mark.parametrize(
    "line",
    [
        "جانب من مراسم افتتاح الجسر", "جانب من الحضور الرسمي في القاعة الكبرى", "صورة جماعية بعد التكريم",
        "جانب من جلسة مناقشة الخطة", "جانب من اللقاء في صيدا",
    ],
)  # fmt: skip
def test_a_view_of_an_event_between_paragraphs_is_a_caption_beside_other_furniture(line: str) -> None:
    assert left(page("4 مارس 2024 - 10:15 ص", between=line)) == STORY


@pytest.mark.parametrize(
    "line",
    [
        "جانب من الاجتماع كان سريا", "لقطات من المباراة تثير الجدل", "جانب من الحضور قاطع اللقاء",
        "جوانب من لقاء العمالقة",
        "جانب من المؤتمر أغضب السكان", "جانب من لقاء أزعج البلدية", "جانب من الحضور التقى الرئيس", "جانب من الجسر",
    ],
)  # fmt: skip
def test_a_subhead_about_an_event_stays_the_story(line: str) -> None:
    assert line in left(page("4 مارس 2024 - 10:15 ص", between=line))


def test_a_view_of_an_event_stays_where_no_sentence_ends_above_it() -> None:
    line = "جانب من مراسم افتتاح الجسر"
    assert line in left(page("4 مارس 2024 - 10:15 ص", between=f"ومن صور اليوم\n{line}"))


def test_a_summary_that_the_lead_says_again_is_marked() -> None:
    said = "أغلقت بلدية الميناء الجسر القديم أمام السيارات بعد ظهور شقوق في إحدى دعائمه."
    assert page(said).under("summary") == [said]
    asked = f"{said} تفاصيل أوفى في المقال."
    assert left(page(asked)) == STORY


def test_a_summary_in_another_order_is_one_if_the_lead_ends_alike() -> None:
    said = "عثر صيادون قبالة جزيرة الرمل شمالي المدينة على سفينة خشبية نادرة غرقت قبل ثلاثة قرون."
    lead = "عثر صيادون من حي المرفأ على سفينة خشبية نادرة قبالة جزيرة الرمل شمالي المدينة، غرقت قبل ثلاثة قرون."
    text = f"سفينة قديمة تحت الماء\n{said}\n{lead}\n{MORE}"
    assert mark_text(text, body_start=21).under("summary") == [said]


@pytest.mark.parametrize(
    ("line", "lead"),
    [
        (
            "وصلت فرق الإنقاذ إلى الجسر القديم وبدأت عند الفجر البحث عن المفقودين تحت الركام.",
            "وصلت فرق الإنقاذ إلى المدينة عند الفجر بعد ساعة، وبدأت البحث عن المفقودين تحت ركام الجسر القديم.",
        ),
        (
            "يا مدينة البحر والصيادين والليل الطويل الذي لا ينتهي في الشتاء أبدا",
            "يا مدينة البحر والصيادين والليل الطويل الذي لا ينتهي في الشتاء أبدا إلا حين تعود المراكب من سفرها البعيد.",
        ),
        (
            "قال الوزير إن الحكومة سترفع أجور المعلمين في المدارس.",
            "قال الوزير إن الحكومة سترفع أجور المعلمين والأطباء في المدارس والمستشفيات، وقال إنها تبني خمسين مدرسة.",
        ),
    ],
)  # fmt: skip
def test_a_chronicle_a_verse_and_a_speech_that_go_on_are_no_summary(line: str, lead: str) -> None:
    title = "ما الذي حدث في المدينة"
    assert mark_text(f"{title}\n{line}\n{lead}\n{MORE}", body_start=len(title)).under("summary") == []


def test_points_above_writer_and_dateline_stay_and_the_dateline_credits() -> None:
    points = "- رئيس البلدية: واحدة من الدعائم فقط تحتاج إلى إصلاح عاجل قبل الشتاء وقبل موسم الأمطار"
    marked = page(f"{points}\nسامي خالد\n4 مارس 2024\nإسطنبول/ الأناضول")
    assert ("dateline", "anadolu") in marked.credited()
    assert left(marked) == f"{points}\n{STORY}"


ALIKE = [
    "مصر / السعودية", "العراق > اليمن", "مصر > المغرب > تونس", "الذهب > الفضة > اقتصاد", "الشراع > المرساة",
    "الحقيقة .. والوهم", "قناة الملاحة .. نبض التجارة البحرية", "اليوم.. الحقيقة تنتصر في المحكمة",
    "موقع الحادث.. عين الكاميرا", "الآن .. أخبار سارة للصيادين", "الشتاء على الأبواب - والجسر مغلق",
    "إذاعة المرفأ قالت إنها على موجة 98.3 أوقفت البث", "محطة الكهرباء تنتج 98.5 ميغاواط", "صوت الأغلبية 95.3 %",
    "إذاعة المرفأ 98.3 تتوقف بسبب العاصفة", "راديو المرفأ يعود 98.3", "إذاعة المرفأ 98.3 - وقف البث بعد العاصفة",
    "→ السوق ترتفع 3 نقاط", "★★★★☆", "تقييم: 8 (جيد)",
    "العمل انتهى عند الفجر", "مرفأ الآن .. صوت الشعب",
]  # fmt: skip
ABOVE_ONLY = ["باحث متخصص في الآثار يكتشف مقبرة ملكية", "كاتب مقيم في المدينة فاز بالجائزة", "فحص الدعائم واحدة واحدة"]
"""Below the story a writer's position and keywords look like these."""


@pytest.mark.parametrize("line", [*ALIKE, *ABOVE_ONLY])
def test_what_looks_alike_between_paragraphs_stays_the_story(line: str) -> None:
    assert line in left(page(between=line))


@pytest.mark.parametrize("line", [*ALIKE, *ABOVE_ONLY])
def test_what_looks_alike_above_the_story_stays(line: str) -> None:
    assert line in left(page(line))


@pytest.mark.parametrize("line", ALIKE)
def test_what_looks_alike_as_last_line_stays(line: str) -> None:
    assert line in left(page(below=line))


def test_points_with_arrows_stay_beside_furniture() -> None:
    points = "→ السوق ترتفع 3 نقاط\n→ والجسر يفتح غدا"
    assert points in left(page(f"4 مارس 2024 - 10:15 ص\n{points}"))
    assert points in left(page(below=f"{points}\nطباعة\nشارك على فيسبوك"))


@pytest.mark.parametrize(
    "said",
    [
        "وتوزع الجوائز على خمسة أقسام.", "وتشمل الجائزة الفئات الآتية", "وفي الكتاب أبواب هي:",
        "وللدورة ثلاثة مجالات رئيسة.",
        "وتوزع الجوائز هذا العام كما في الأعوام السابقة على خمسة أقسام.",
        "ويحب سامي خالد كما قال لنا في بيته القديم أربعة أشياء.",
    ],
)  # fmt: skip
def test_a_list_that_the_last_sentence_announces_is_no_menu(said: str) -> None:
    listed = "ثقافة\nرياضة\nاقتصاد\nسياسة"
    assert listed in left(page(below=f"{said}\n{listed}"))


@pytest.mark.parametrize("line", ["رياضة / سياسة", "المحلي > الدولي", "مرفأ نيوز .. عين على الحقيقة"])
def test_sections_and_slogans_stand_above_the_first_paragraph_or_beside_furniture(line: str) -> None:
    assert left(page(line)) == STORY
    assert line in left(page("4 مارس 2024 - 10:15 ص", between=line))
    assert line in left(page(below=line))
    assert left(page(below=f"{line}\nطباعة   إرسال   شارك")) == STORY


@pytest.mark.parametrize("said", ["يحب أربعة أشياء.", "اهتماماته كثيرة.", "أقرأ كل صباح."])
def test_a_list_below_a_short_sentence_is_no_menu(said: str) -> None:
    listed = "سياسة\nرياضة\nفن\nاقتصاد"
    assert listed in left(page(below=f"{said}\n{listed}"))


def test_a_list_of_countries_is_no_menu() -> None:
    listed = "مصر\nتونس\nالمغرب\nلبنان"
    assert listed in left(page(below=listed))


@pytest.mark.parametrize(
    "head",
    [
        "المادة 24: ", "الحلقة 24 - ", "الساعة 24: ", "الرئيس- ", "س- ", "سؤال- ", "الماء- ", "تطبيق ميديا / ",
        "مدير مرفأ بوست: ", "مسلسل مرفأ نيوز - الذي ", "بحسب مرفأ نيوز - ",
    ],
)  # fmt: skip
def test_what_opens_a_sentence_before_a_sign_is_no_head(head: str) -> None:
    text = f"{TITLE}\n{head}{LEAD}\n{MORE}"
    assert head.strip() in mark_text(text, body_start=len(TITLE)).unmarked()


@pytest.mark.parametrize("head", ["مرفأ نيوز - ", "(المرفأ أونلاين) / خاص - ", "ميناء بوست | "])
def test_a_site_that_opens_the_first_sentence_is_its_head(head: str) -> None:
    text = f"{TITLE}\n{head}{LEAD}\n{MORE}"
    assert left(mark_text(text, body_start=len(TITLE))) == STORY


@pytest.mark.parametrize(
    "tail",
    [
        " - والسكان يحتجون",
        " » والنيابة تحقق",
        " – رحمه الله",
        " - موقع أثري جديد",
        " | بوابة الجحيم",
        " - شبكة تنكشف",
        " - صحيفة تكشف السبب",
    ],
)
def test_the_tail_of_a_repeated_headline_is_no_site(tail: str) -> None:
    assert tail.strip() in mark_text(f"{TITLE}{tail}\n{STORY}", title=TITLE).unmarked()


@pytest.mark.parametrize("tail", [" - مرفأ نيوز", " | صحيفة المرفأ", " - صورة توضيحية", " » بالفيديو والصور"])
def test_a_site_or_a_picture_behind_a_repeated_headline_is_marked_with_it(tail: str) -> None:
    assert left(mark_text(f"{TITLE}{tail}\n{STORY}", title=TITLE)) == STORY


def test_an_agency_behind_a_repeated_headline_stays_out_of_its_mark() -> None:
    marked = mark_text(f"{TITLE} - موقع رويترز\n{STORY}", title=TITLE)
    assert marked.under("title") == [TITLE]


def test_the_lead_stays_though_the_second_paragraph_begins_alike_and_explains_it() -> None:
    lead = "أغلقت بلدية الميناء الجسر القديم أمام السيارات والحافلات بعد ظهور شقوق عميقة في دعائمه الحجرية."
    told = "أغلقت بلدية الميناء قبل عامين الجسر نفسه أمام الحافلات بعد ظهور شقوق في دعائمه، ثم فتحته."
    assert mark_text(f"{TITLE}\n{lead}\n{told} {LEAD}", body_start=len(TITLE)).under("summary") == []


def test_editors_letters_end_a_story_though_a_longer_one_stands_below() -> None:
    other = "\n".join([f"{LEAD} {MORE} {LEAD}"] * 3)
    marked = mark_text(f"{TITLE}\n{LEAD}\n{MORE}\nتحرير: س.ن\nحريق في سوق الأقمشة\n{other}", body_start=len(TITLE))
    assert "تحرير: س.ن" not in marked.unmarked()
    (segment,) = marked.segments
    assert segment.title is not None
    assert marked.text[segment.title.start : segment.title.end] == "حريق في سوق الأقمشة"


def test_a_poem_keeps_the_line_after_which_it_is_called() -> None:
    title = "يا مراكب الصيادين عودي من البحر البعيد"
    verses = [title, "وقولي له إن القلوب الظامئات حيارى", "وإن ليل الساهرين بلا نجوم يطول", title]
    assert mark_text("\n".join([title, *verses]), body_start=len(title)).unmarked().count(title) == 2
    ended = [title, f"{verses[1]}.", f"{verses[2]}!", title]
    assert mark_text("\n".join([title, *ended]), body_start=len(title)).unmarked().count(title) == 2


@pytest.mark.parametrize("said", ["وكتب على الجدار.", "وكتب على الجدار"])
def test_a_chant_between_paragraphs_or_at_the_end_stays_though_the_page_is_called_after_it(said: str) -> None:
    chant = "سنبقى فوق رصيف المرفأ القديم طوال العمر"
    between = f"{chant}\n{LEAD}\n{said}\n{chant}\n{MORE}"
    assert mark_text(between, body_start=len(chant)).unmarked().count(chant) == 1
    short = "سنبقى فوق رصيف المرفأ القديم"
    last = f"{short}\n{LEAD}\n{MORE}\n{said}\n{short}"
    assert mark_text(last, body_start=len(short)).unmarked().count(short) == 1


def test_a_headline_below_words_that_lead_to_it_stays() -> None:
    assert TITLE in left(page(below=f"وجاء في لافتة على الجدار\n{TITLE}"))


def test_a_headline_far_down_among_short_lines_stays() -> None:
    lines = "\n".join(f"البند {word} من الخطة" for word in ("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس"))
    assert TITLE in left(page(f"{lines}\n{TITLE}"))


def test_a_repeated_headline_is_marked_above_the_story_and_below_it() -> None:
    assert left(page(TITLE)) == STORY
    assert left(page(below=TITLE)) == STORY
    assert TITLE in left(page(between=TITLE))


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


@pytest.mark.parametrize("line", ["بيروت (رويترز)", "بيروت 4 مارس (رويترز)", "بيروت (لبنان) (رويترز)"])
def test_a_place_and_an_agency_in_brackets_alone_in_a_line_are_a_dateline_and_no_caption(line: str) -> None:
    marked = page(line)
    assert marked.credited() == [("dateline", "reuters")]
    assert marked.under("caption") == []


def test_the_words_under_a_picture_with_a_place_in_them_are_a_caption() -> None:
    assert page("رصيف المرفأ في بيروت (رويترز)").under("caption") == ["رصيف المرفأ في بيروت (رويترز)"]


def test_a_site_before_an_agency_ends_a_page_in_its_second_half_only() -> None:
    line = "الساحل/ رويترز"
    assert page(below=line).credited() == [("closing", "reuters")]
    early = mark_text(f"{TITLE}\n{LEAD}\n{line}\n{MORE}\n{MORE}\n{MORE}", body_start=len(TITLE))
    assert early.credited() == []
    assert line in early.unmarked()


def test_an_unknown_name_behind_a_place_is_the_heads_between_two_brackets_only() -> None:
    assert left(mark_text(f"{TITLE}\nبيروت (مرفأ الساحل) - {STORY}", body_start=len(TITLE))) == STORY
    open_ended = mark_text(f"{TITLE}\nبيروت - مرفأ الساحل) - {STORY}", body_start=len(TITLE))
    assert "مرفأ الساحل) - " in open_ended.unmarked()


@pytest.mark.parametrize("line", ["انتهت", "النهاية", "انتهى عهد الجسور", "انتهى العمل / 3"])
def test_an_end_word_without_signs_or_with_other_words_between_paragraphs_stays(line: str) -> None:
    assert line in left(page(between=line))
