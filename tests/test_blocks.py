"""Blocks of short lines above and below a story: what is furniture by its shape and place, and what stays the story."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dedup.arabic.block_lines import shape
from dedup.arabic.date_lines import BARE, NONE, SURE, date_line
from dedup.arabic.line_words import Shape
from tests.growth import LINEAR, SQUARE, growth
from tests.marked_text import Marked, mark_text

STORY = (
    "افتتحت بلدية المدينة أمس حديقة الميناء القديم بعد أعمال استمرت عامين، وقالت إن الدخول إليها بلا رسوم.\n"
    "وأضافت البلدية أن الحديقة تضم ملعبا ومكتبة صغيرة، وأن حديقة ثانية على طريق الساحل تفتح في الربيع المقبل."
)
"""Two paragraphs that hold: the park of the old harbour, the coast road."""


def found(page: Marked) -> list[tuple[str, str]]:
    """Label and words of every mark that does not lie in the one before it."""
    marks = [mark for n, mark in enumerate(page.marks) if not n or mark.end > page.marks[n - 1].end]
    return [(mark.label, page.text[mark.start : mark.end].strip()) for mark in marks]


@pytest.mark.parametrize(
    "line",
    [
        "الأحد 7/مايو/2023 - 10:05 ص", "09:40 م | الجمعة 2 يونيو 2017", "9 رمضان 1444هـ - 31 مارس 2023م",
        "نُشر في 08:15 - 3 نونبر 2021", "الخميس 4 جانفي 2018", "السبت 6 دجنبر 2014 - 17:20", "أمس, 12:30 GMT",
        "الاثنين 9 كانون الثاني 2017 الساعة 18:40", "2 شباط/ فبراير 2024", "قبل 3 ساعات", "منذ يومين", "قبل ساعة واحدة",
        "آخر تحديث: 5/6/2020 - 11:10 (توقيت مكة المكرمة)", "Published On 7/8/2022", "Publié le 2020-05-06 à 09:30",
        "نشرت في: 01/02/2023 - 16:12آخر تحديث: 01/02/2023 - 17:00", "٥ أيار ٢٠٢٢",
        "[الثلاثاء، 3 يوليو 2018 12:10:09 +0300]",
        "2019/04/11 | 03:25 مساءً", "الأربعاء-2014-06-18",
        "أدرج يـوم : السبت, 4 مايو 2019 10:00 الفئـة : ثقافة قراءة : 90 مرات",
        "الاثنين 6 أكتوبر 2014 محليات", "بواسطة سامر النجار – 8 آذار، 2021",
    ],
)  # fmt: skip
def test_a_line_of_nothing_but_a_date_is_one(line: str) -> None:
    assert date_line(line) == SURE


@pytest.mark.parametrize(
    ("line", "sure"),
    [
        ("7 مايو", BARE), ("2016", BARE), ("14:30", BARE), ("يوم الجمعة", NONE), ("قبل الحرب", NONE),
        ("شهر رمضان", NONE),
        ("7 مايو 2013: افتتاح الجسر", NONE), ("7 مايو 2013 - افتتاح الجسر", NONE), ("الهلال 2 - 1 النصر", NONE),
        ("من 3 إلى 9 مايو يقام المعرض", NONE), ("في 3 مايو 2015 افتتح الجسر", NONE), ("هاتف: 00 555 12 34", NONE),
        ("انتخابات 2024", NONE), ("الساعة 8 مساء: الهلال والنصر", NONE), ("45/78/3000", NONE),
    ],
)  # fmt: skip
def test_what_tells_something_or_may_be_a_subhead_is_no_sure_date(line: str, sure: int) -> None:
    assert date_line(line) == sure


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ("الأحد 7/مايو/2023 - 10:05 ص\nهيام الطحان", ["date", "byline"]),
        ("صيدا\nلمياء الصباغ\n3 مارس 2021\n+\nالخط\n-", ["byline", "byline", "date", "share", "share", "share"]),
        ("منبر الساحل - نبيهة الحداد\n12:10 - 3 مارس 2021", ["byline", "date"]),
        ("قوارب في المرسى القديم (رويترز)\n3 مارس 2021", ["caption", "date"]),
        ("حافلات في ساحة البلدية - أرشيفية", ["caption"]),
        ("عمال في الحديقة. تصوير: سامر النجار", ["caption"]),
        ("© Agency . Ivan Petrov\n11:20 GMT 3.03.2021", ["caption", "date"]),
        ("محرر الشؤون المحلية", ["byline"]),
        ("كتب: علي العطار\n3 مارس 2021", ["byline", "date"]),
        ("| علي العطار |", ["byline"]),
        ("© Agency . Boris Ivanov\nللأعلى", ["caption", "navigation"]),
        ("بقلم لوكاس بيرغر وماريا سانتوس", ["byline"]),
        ("كتب – سامر النجار:\n03:10 م | الأحد 7 مايو 2023", ["byline", "date"]),
        ("هشام العطار\nكاتب وباحث لبناني في شؤون المدن.", ["byline", "byline"]),
        ("3 مارس 2021\n1532\n0", ["date", "counter", "counter"]),
        ("ص: رويترز", ["caption"]),
        ("زوار في حديقة الميناء، 7 أيار/مايو 2023. © أ ف ب", ["caption"]),
        ("زوار في حديقة الميناء القديم صباح افتتاحها - صفحة البلدية على فيسبوك", ["caption"]),
        ("السنة الثانية عشرة - العدد 812 - الأحد 7 مايو 2023", ["date"]),
        ("صورة من الأرشيف: Omar Saleh/AP/picture alliance", ["caption"]),
        ("قوارب الصيادين عند المدخل الشمالي للمرسى القديم بعد العاصفة - AFP", ["caption"]),
        ("فريق الإنقاذ على الشاطئ - رويترز\n3 مارس 2021", ["caption", "date"]),
        ("ثقافة وفن", ["section"]),
        ("ن. بوزيان", ["byline"]),
        ("الأحد 7 مايو 2023 - العدد 812", ["date"]),
    ],
)
def test_above_the_story_lines_are_known_by_shape_and_by_what_stands_beside_them(lines: str, labels: list[str]) -> None:
    assert found(mark_text(f"{lines}\n{STORY}")) == list(zip(labels, lines.split("\n"), strict=True))


def test_a_standfirst_among_the_lines_above_stays_the_story() -> None:
    standfirst = "ملعب ومكتبة على ستة هكتارات"
    page = mark_text(f"3 مارس 2021 - 12:10\n{standfirst}\nقوارب في المرسى القديم (رويترز)\n{STORY}")
    assert [label for label, _ in found(page)] == ["date", "caption"]
    assert standfirst in page.unmarked()


@pytest.mark.parametrize(
    ("lines", "labels"),
    [
        ("م.س / ن.ع / ع.ب", ["credit"]),
        ("س ن / ع ب د", ["credit"]),
        ("-سن-", ["credit"]),
        ("/قنا/", ["credit"]),
        ("/انتهى8", ["credit"]),
        ("م.س / ن.ع\nعودة للأعلى", ["credit", "navigation"]),
        ("علي العطار", ["byline"]),
        ("(تغطية صحفية نبيهة الحداد - إعداد سامر النجار للنشرة العربية - تحرير هيام الطحان)", ["credit"]),
        ("#حديقة_الميناء #بلدية_المدينة", ["keywords"]),
        ("السابق: صيانة طريق الجبل\nالتالي: موسم الزيتون", ["navigation", "navigation"]),
        ("هيام الطحان", ["byline"]),
        ("قوارب في المرسى القديم (رويترز)", ["caption"]),
        ("3 مارس 2021 - 12:10", ["date"]),
        ("حديقة الميناء القديم، طريق الساحل، بلدية المدينة", ["keywords"]),
        ("س ن ، ع ب", ["credit"]),
        ("س.ن - ع.ب", ["credit"]),
        ("س.ن/ ع.ب (أ ف ب، د ب أ، رويترز، الأناضول)", ["credit"]),
        ("العدد 812 | الأحد 7 مايو 2023", ["date"]),
        ("صحيفة المرسى المحلية - العدد 812 - الأحد 7 مايو 2023م الموافق 17 شوال 1444هـ", ["date"]),
        ("قوارب في المرسى - مواقع التواصل الاجتماعي", ["caption"]),
        ("طباعة   أرسل إلى صديق   حفظ", ["share"]),
        ("ن. بوزيان", ["byline"]),
        ("كريم. ع", ["byline"]),
        ("================س.ن.", ["credit"]),
        ("انتهى س.ن", ["other"]),
        ("انتهى ** 2044", ["other"]),
        ("مرسى نيوز © 2010 - 2023", ["disclaimer"]),
    ],
)
def test_below_the_story_lines_are_known_by_shape(lines: str, labels: list[str]) -> None:
    assert found(mark_text(f"{STORY}\n{lines}")) == list(zip(labels, lines.split("\n"), strict=True))


def test_short_lines_that_the_story_holds_are_its_keywords() -> None:
    keywords = "حديقة الميناء القديم\nطريق الساحل\nالمدينة"
    assert found(mark_text(f"{STORY}\n{keywords}")) == [("keywords", keywords)]


@pytest.mark.parametrize("keywords", ["حديقة الميناء،\nمكتبة،\nالساحل", "مكتبات صغيرة\nحديقة الساحل\nالملعب"])
def test_keywords_may_end_with_commas_or_stand_in_the_story_word_by_word(keywords: str) -> None:
    assert found(mark_text(f"{STORY}\n{keywords}")) == [("keywords", keywords)]


def test_a_block_is_read_though_a_long_note_stands_below_it() -> None:
    note = (
        "التعليقات المنشورة لا تعبر عن رأي الموقع، ويحتفظ الموقع بحق حذف أي تعليق فيه إساءة إلى أحد أو خروج على النظام."
    )
    lines = "س ن/ ع ب/ ل م\n3 مارس 2021 - 12:10"
    assert found(mark_text(f"{STORY}\n{lines}\n{note}"))[:2] == [
        ("credit", "س ن/ ع ب/ ل م"),
        ("date", "3 مارس 2021 - 12:10"),
    ]


def test_below_an_agencys_line_short_lines_are_keywords_if_the_story_holds_one() -> None:
    keywords = "طريق الساحل\nتنزه\nمساحات خضراء"
    assert found(mark_text(f"{STORY}\n/قنا/\n{keywords}"))[-1] == ("keywords", keywords)
    assert keywords in mark_text(f"{STORY}\n{keywords}").unmarked()
    assert "هواء نقي\nتنزه" in mark_text(f"{STORY}\n/قنا/\nهواء نقي\nتنزه").unmarked()


def test_an_agency_alone_below_the_story_closes_it_though_furniture_follows() -> None:
    page = mark_text(f"{STORY}\nأ ف ب\nشارك هذا الخبر على فيسبوك")
    assert page.credited() == [("closing", "afp")]
    assert ("credit", "أ ف ب") in found(page)


def test_the_end_word_and_the_editors_behind_the_last_sentence_are_marked() -> None:
    page = mark_text(f"الكويت - 4 - 2 (كونا) -- {STORY}(النهاية) س ن / ع ب د\nأخبار ذات صلة\nموسم الزيتون")
    assert ("credit", "(النهاية) س ن / ع ب د") in found(page)


def test_the_day_of_a_link_and_the_words_under_a_picture_are_marked_between_paragraphs() -> None:
    first, second = STORY.split("\n")
    page = mark_text(f"3 مارس 2021 - 12:10\n{first}\nقوارب في المرسى القديم (رويترز)\n{second}")
    assert ("caption", "قوارب في المرسى القديم (رويترز)") in found(page)


@pytest.mark.parametrize(
    "text",
    [
        "يا ليل هل تدري بحالي\nوالنجم يسري في الأعالي\nوالموج يروي للرمال\nما كان من تلك الليالي",
        f"{STORY}\nجاءت النتائج كالتالي:\nالمركز الأول: مدرسة النور\nالمركز الثاني: مدرسة الأمل",
        f"{STORY}\nعيار 24 سجل 4851\nعيار 21 سجل 4245\nعيار 18 سجل 3638",
        f"{STORY}\nكيف بدأت الفكرة؟\nبدأت من رسالة.\nومتى تنتهي؟\nلا أعرف.",
        f"{STORY}\nوتفضلوا بقبول فائق الاحترام.\nهيام الطحان",
        f"الهلال - النصر\n{STORY}",
        f"خلافات داخل المجلس\n{STORY}",
        f"أخبار سارة لسكان الحي\n{STORY}",
        "\n".join(
            [
                STORY,
                "الأحد 7 مايو 2023",
                "الهلال والنصر",
                "الاثنين 8 مايو 2023",
                "الاتحاد",
                "الثلاثاء 9 مايو 2023",
                "الفتح",
            ]
        ),
        "\n".join(f"{day} مايو 2023\n{STORY}" for day in (7, 8, 9, 10)),
        f"{STORY}\nسامر النجار - مصر\nهيام الطحان - تونس\nنبيهة الحداد - لبنان",
        f"وفتحت الحديقة أبوابها للزوار صباح الجمعة بحسب البلدية - رويترز تنقل المشهد\n{STORY}",
        f"سوق السمك، سوق الخضار\n{STORY}",
        f"{STORY}\nب. المواعيد",
        f"{STORY}\nوتفضلوا بقبول فائق الاحترام.\nن. بوزيان",
        f"{STORY}\nص: ومتى تفتح الحديقة؟",
    ],
)
def test_poems_lists_tables_questions_letters_and_chronicles_stay_the_story(text: str) -> None:
    assert found(mark_text(text)) == []


def test_a_last_sentence_with_its_agency_is_no_caption() -> None:
    sentence = "ارتفعت أسعار الخضار في أسواق الساحل"
    assert sentence in mark_text(f"{STORY}\n{sentence} (رويترز)").unmarked()


@pytest.mark.parametrize(
    ("head", "label"),
    [
        ("موسكو – سبوتنيك. ", "dateline"),
        ("12 فبراير (رويترز) – ", "dateline"),
        ("مسقط في 4 يونيو /العمانية/ ", "dateline"),
        ("نواكشوط ,  12/06/2014  - ", "dateline"),
        ("وهران - ", "dateline"),
        ("عمان 12 آذار (بترا) من هيام الطحان - ", "dateline"),
        ("وان/ سامر النجار/ الأناضول\n", "byline"),
        ("الخرطوم: هيام الطحان\n", "byline"),
        ("تونس: «المرفأ»\n", "byline"),
    ],
)
def test_heads_are_found_in_the_forms_of_agencies_and_sites(head: str, label: str) -> None:
    page = mark_text(head + STORY.replace("افتتحت", "أعلنت"))
    assert found(page) == [(label, head.strip())]


@pytest.mark.parametrize(
    "above", ["رويترز\nالخميس 4 مايو 2023", "بقلم لوكاس بيرغر\nالخميس 4 مايو 2023", "من لوكاس بيرغر"]
)
def test_a_dateline_is_found_behind_other_furniture(above: str) -> None:
    page = mark_text(f"{above}\nلندن (رويترز) - {STORY}")
    assert ("dateline", "لندن (رويترز) -") in found(page)
    assert ("dateline", "reuters") in page.credited()


def test_between_a_known_title_and_the_dateline_a_standfirst_stays_and_a_section_goes() -> None:
    title, standfirst = "حديقة جديدة عند الميناء", "تضم ملعبا ومكتبة على ستة هكتارات"
    page = mark_text(f"{title}\n{standfirst}\nبيروت - رويترز:\n{STORY}", body_start=len(title) + 1)
    assert standfirst in page.unmarked()
    page = mark_text(f"{title}\nشؤون المدينة\nبيروت - رويترز:\n{STORY}", body_start=len(title) + 1)
    assert "شؤون المدينة" not in page.unmarked()


def test_the_preposition_on_is_not_the_name_ali() -> None:
    assert (shape("كتب: علي العطار"), shape("علي العطار")) == (Shape("byline", True), Shape("byline", False))
    assert [shape(line) for line in ("على الطريق", "عَلَى الطريق", "محمد صلاح من ليفربول")] == [None] * 3


def test_a_headline_with_a_place_before_its_colon_is_no_dateline() -> None:
    assert found(mark_text(f"وهران: ترحيل مئات العائلات من حي قديم\n{STORY}")) == []


def test_a_shape_depends_on_the_words_of_a_line_only() -> None:
    lines = ["كتب: سامر النجار", "+", "هيام الطحان", "قوارب (رويترز)"]
    assert [shape(line) for line in lines] == [shape.__wrapped__(line) for line in lines]


@pytest.mark.parametrize(
    "line",
    [
        "ص: نعم بالتأكيد",
        "شركات كبرى توقف الإعلان على المنصة - تويتر",
        "ج. خاتمة",
        "وفي نهاية المباراة قال المدرب إن جميع الحقوق محفوظة للنادي",
        "العدد 1200 شخص - 7 مايو 2023",
        "توزيع عدد 15 جهاز - 7 مايو 2023",
        "الدين القديم\nسوم المدى\nبلا لدية",
    ],
)
def test_below_the_story_what_only_looks_like_furniture_stays(line: str) -> None:
    assert found(mark_text(f"{STORY}\n{line}")) == []


@pytest.mark.parametrize(
    "line",
    [
        "وروى الصياد الناجي للمحكمة القصة الكاملة.",
        "ونشرت الوزارة على موقعها الرسمي التفاصيل كاملة.",
        "وقالت الأسرة إن الطفل المفقود يبحث عنه العديد من الأشخاص في الجبال.",
        "زادت معدلات البحث عن السكن في العاصمة، بحسب دراسة للبنك.",
        "وقالت الوزارة في بيانها: نكشف لكم في هذا البيان موقف النقابة.",
    ],
)
def test_a_sentence_that_tells_of_a_search_or_a_whole_story_is_no_introduction(line: str) -> None:
    assert found(mark_text(f"{line}\n{STORY}")) == []


def test_a_year_of_rights_beside_a_pictures_agency_is_the_pictures() -> None:
    assert found(mark_text(f"{STORY}\n© 2023 بوابة الميناء")) == [("disclaimer", "© 2023 بوابة الميناء")]
    page = mark_text(f"{STORY}\nقوارب في المرسى القديم © 2023 رويترز")
    assert page.under("caption") == ["قوارب في المرسى القديم © 2023 رويترز"]
    assert [credit.agency for credit in page.credits] == ["reuters"]


def test_what_closes_below_a_block_credits_as_it_does_at_the_end() -> None:
    note = "ملاحظة: التعليقات المنشورة لا تعبر عن رأي الموقع، وإدارة الموقع غير مسؤولة عنها، "
    note += "وتحتفظ بحق حذف أي تعليق يسيء إلى الآخرين."
    for line, agency in (("أ ف ب", "afp"), ("(رويترز)", "reuters")):
        with_note, without = mark_text(f"{STORY}\n{line}\n{note}"), mark_text(f"{STORY}\n{line}")
        assert [(c.kind, c.agency) for c in with_note.credits] == [(c.kind, c.agency) for c in without.credits]
        assert [c.agency for c in without.credits] == [agency]


@pytest.mark.parametrize(
    "line",
    [
        lambda n: "ص: " + "م" * n + "!",
        lambda n: "عدد" + " " * n,
        lambda n: "ص: " + "م " * n + "!",
        lambda n: "انتهى" + "/" * n,
        lambda n: "قوارب في المرفأ صورة من: " + "a." * n + "z" * 40,
    ],
)
def test_a_line_of_a_patterns_own_pieces_never_tries_everything(line: Callable[[int], str]) -> None:
    def prepared(length: int) -> Callable[[], None]:
        shape.cache_clear()
        date_line.cache_clear()
        return lambda: _read(line(length))

    assert growth(prepared, 30) < LINEAR
    assert growth(prepared, 1_500) < SQUARE


def _read(line: str) -> None:
    shape(line)
    date_line(line)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("الرياض (واس)", "spa"),
        ("برلين (د ب أ)", "dpa"),
        ("باريس (أ ف ب)", "afp"),
        ("دبي / لندن (رويترز)", "reuters"),
        ("القاهرة، غزة (الأناضول)", "anadolu"),
        ("أبوظبي [وام]", "wam"),
        ("طوكيو (رويترز).", "reuters"),
        ("غزة (وفا)", "wafa"),
        ("الرياض في 12 مايو (واس)", "spa"),
    ],
)
def test_a_place_and_an_agency_in_brackets_alone_in_a_line_are_a_dateline(line: str, agency: str) -> None:
    headlines = ("",) if "12" in line else ("", "افتتاح المسار الثالث أمام سكان المدينة\n")
    for above in headlines:
        page = mark_text(f"{above}{line}\n\n{STORY}")
        assert page.credited() == [("dateline", agency)]
        assert ("dateline", line.rstrip(".")) in [
            (mark.label, page.text[mark.start : mark.end].strip(" .\n")) for mark in page.marks
        ]
        assert page.under("caption") == []


def test_a_country_beside_the_place_is_part_of_the_dateline() -> None:
    page = mark_text(f"أم درمان (السودان) (أ ف ب)\n{STORY}")
    assert (page.credited(), page.under("caption")) == ([("dateline", "afp")], [])


@pytest.mark.parametrize(
    "line",
    [
        "جانب من الاجتماع (رويترز)",
        "الوزير في برلين (د ب أ)",
        "برلين من الجو (د ب أ)",
        "برلين (أرشيف)",
        "باريس (أ ف ب - أرشيف)",
        "سعاد منصور (أ ف ب)",
    ],
)
def test_what_says_more_than_a_place_before_the_brackets_is_a_pictures(line: str) -> None:
    page = mark_text(f"{line}\n{STORY}")
    assert page.under("caption") == [line]
    assert "dateline" not in [credit.kind for credit in page.credits]
