"""How far furniture reaches: what a page says of itself is marked, what its story says with the same words is not."""

from __future__ import annotations

import pytest

from tests.marked_text import mark_text

STORY = (
    "بدأت البلدية صيانة الطرق الساحلية في المدينة القديمة، وقال المهندس المشرف إن العمل ينتهي قبل الشتاء المقبل.\n"
    "وأضاف أن المرحلة الثانية تشمل الأرصفة والإنارة، وأن السكان سيبلغون بمواعيد الإغلاق قبل أسبوع كامل."
)


@pytest.mark.parametrize(
    "line",
    [
        "لمتابعة أسعار الأسماك يوما بيوم انضم إلى مجموعة مرسى على واتساب",
        "يمكنكم متابعة المزيد من أخبار الميناء الآن",
        "للاشتراك في النشرة اليومية زوروا موقعنا",
        "لمشاهدة جدول الرحلات اضغط هنا",
        "تابعونا عبر صفحتنا على فيسبوك",
        "تخطى النشرة وواصل القراءة",
        "السابق: افتتاح سوق السمك الجديد",
        "التالي: إغلاق جسر الميناء يومين",
        "قراءة 812 مرة",
        "[شوهد 812 مرة، منها 3 زيارات اليوم]",
        "1,812 مشاهدة",
        "٤٫٧ ألف إعجاب   ٨١٢ تعليقاً",
        "\u202b3 تعليقات",
        "🔴 عاجل",
        "عرض هذا المنشور على Instagram",
        "We use cookies to improve your experience. Accept all | Reject",
        "صور ساخنة\nسوق السمك في صور",
        "شاهدي أيضاً: سوق السمك في صور",
        "تصحيح: ورد في نسخة سابقة أن الجسر أغلق يومين.",
        "DFM 4,480.10 ▼ 0.12%  TASI 12,015.77 ▲ 0.08%",
        "1 2 3 4 5 >>",
        "< السابق   التالي >",
        "الصفحة 1 2 3 التالي ▶▶|",
        "/نهاية الخبر/",
        "بنا 1142 جمت 14/02/2019",
        "للمزيد – افتتاح سوق السمك الجديد",
        "ظهر هذا المنشور أولاً على مرسى نيوز.",
        "The post Fish market opens appeared first on Marsa News.",
        "* المقالات المترجمة لا تعبر عن رأي الموقع",
        "وفي نهاية مقالنا نكون قد وضحنا لكم مواعيد الإغلاق.",
        "© Marsa Press 2024 All rights reserved",
        "وننشر لكم في السطور التالية مواعيد الإغلاق.",
        "نقلا عن صحيفة المرسى",
        "الموقع غير مسئول عن صحة الخبر",
        "الكلمات الدلالية\nطرق\nأرصفة",
        "تخطي إلى الجزء التالي موضوع اليوم",
        "تم طباعة هذا الخبر من موقع مرسى نيوز - جميع الحقوق محفوظة",
        "مرسى نيوز © 2024 - كافة الحقوق محفوظة",
        "مواعيد الجسر، يبحث عنها عدد كبير من المواطنين خلال الساعات الماضية.",
    ],
)
def test_a_line_in_which_the_page_speaks_of_itself_is_marked(line: str) -> None:
    assert mark_text(f"{STORY}\n{line}").unmarked().strip() == STORY


@pytest.mark.parametrize(
    "line",
    [
        "تابع الوزير عبر تطبيق خاص سير العمل في الميناء، ووجه بتسريع وتيرته قبل حلول فصل الشتاء.",
        "اشترك ثلاثون متطوعا في الحملة التي نظمتها البلدية على الشاطئ يوم الجمعة.",
        "لمتابعة تنفيذ القرار شكلت البلدية لجنة من خمسة أعضاء تجتمع كل أسبوع.",
        "ومن هنا جاءت فكرة المشروع الذي ينتظره سكان المدينة منذ سنوات.",
        "وقال إن هذه الأرقام لا تعكس بالضرورة حجم الحركة في الميناء.",
        "شاهد المئات عرض الألعاب النارية على الشاطئ مساء الخميس.",
        "قراءة التقرير تحتاج إلى خبير، كما قال عضو المجلس سامي خالد.",
        "كشف عن تفاصيل مثيرة في قضية الميناء أمام المحكمة.",
        "التالي في جدول الأعمال هو مشروع الجسر الجديد.",
        "وتتيح الميزة مشاهدة المقاطع في وضع ملء الشاشة على الهواتف القديمة والحديثة معا.",
        "شاهدوا كذلك رجلا يفر من المكان بعد إطلاق النار على المارة.",
        "تلقى تنبيهات من الأرصاد بشأن العاصفة فقرر إغلاق المدارس يوم الأحد.",
        "تلقوا آخر الأخبار عن ذويهم من البحارة الذين عادوا إلى الميناء.",
        "وكانت الصحيفة تنشر آراء القراء كل أسبوع قبل إغلاقها بقرار من البلدية.",
        "وقال النائب إن المقالات لا تعبر عن رأي الموقع الذي نشرها.",
        "ظهر الخبر أولا على صفحات التواصل ثم نفته البلدية في بيان صدر مساء أمس.",
        "تصحيح: المسار الجديد للحكومة يمر عبر البرلمان، كما قال الوزير في كلمته أمام النواب.",
        "النص: يعاقب بالحبس كل من أخفى مالا مسروقا وهو يعلم.",
        "إعداد: الطعام يكلف الأسر كثيرا في مدن الساحل.",
        "وعرض المهرجان في ليلته الأخيرة فيلم (النهاية)",
        "وقال الورثة إن جميع الحقوق محفوظة لهم بموجب العقد القديم.",
        "ويبحث عدد كبير من المواطنين في الميناء عن عمل منذ إغلاق المصنع.",
        "يتساءل الكثير من المواطنين: متى تنتهي صيانة الطريق الساحلي؟",
        "يستخدم هذا الموقع ملفات سرية، كما قال المدعي العام في المحكمة.",
        "عاجل إلى البلدية: رسالة سكان الميناء تصل مع اقتراب الشتاء وتنتظر ردا من المجلس.",
        "ظهر المقال في الصحف المحلية قبل عشر سنوات من بناء الجسر.",
        "للمزيد - كما قال - لا وقت لدى البلدية، وهي تعمل منذ سنوات على صيانة الطرق الساحلية كلها في المدينة القديمة "
        "والجديدة، وعلى بناء الأرصفة والإنارة والحدائق والأسواق والمدارس في الأحياء التي بنيت بعد الحرب وسكنها "
        "العائدون من القرى البعيدة ومن المدن الكبيرة على الساحل.",
    ],
)
def test_the_same_words_in_a_sentence_are_story(line: str) -> None:
    assert mark_text(f"{STORY}\n{line}").unmarked().strip() == f"{STORY}\n{line}"


def test_a_teaser_above_the_story_is_marked_with_its_headline() -> None:
    teaser = "إغلاق الجسر القديم يومين.. إليكم آخر التفاصيل."
    assert mark_text(f"{teaser}\n{STORY}").unmarked().strip() == STORY
    assert mark_text(f"أغلق الجسر يومين. تابعوا التفاصيل.\n{STORY}").unmarked().startswith("أغلق الجسر يومين.")
    assert "إليكم" in mark_text(f"{STORY}\nوقال لهم: إليكم آخر التفاصيل عن الجسر القديم الذي أغلق.").unmarked()


def test_a_clause_about_the_page_leaves_what_was_told_before_it() -> None:
    told = (
        "أعلنت وزارة التعليم نتيجة الشهادة الثانوية للعام الحالي بنسبة نجاح بلغت 81 بالمئة في جميع المحافظات والمدارس"
    )
    page = mark_text(f"{told}، ونستعرض لكم في السطور التالية طريقة الاستعلام.\n{STORY}")
    assert page.unmarked().strip().startswith(told)
    assert "السطور" not in page.unmarked()


def test_comments_are_marked_to_the_end_unless_a_paragraph_stands_among_them() -> None:
    comments = "التعليقات\n1 - سالم\nالله يوفقهم\n2 - قارئة\nمتى يفتح الجسر؟"
    assert mark_text(f"{STORY}\n{comments}").unmarked().strip() == STORY
    paragraph = " ".join(["وأضاف المهندس أن العمل يسير كما خطط له"] * 6)
    assert paragraph in mark_text(f"{STORY}\nالتعليقات\n1 - سالم\n{paragraph}.").unmarked()


def test_a_source_may_stand_in_the_line_below() -> None:
    assert mark_text(f"{STORY}\nالمصدر\nبوابة الساحل").unmarked().strip() == STORY
    below = "وقال المهندس إن الجسر يفتح يوم الأحد أمام الجميع."
    assert below in mark_text(f"{STORY}\nالمصدر\n{below}").unmarked()


def test_what_a_company_says_of_itself_is_marked_below_its_release_only() -> None:
    about = "نبذة عن مرسى للنقل\nتأسست الشركة سنة 1990 وتدير ستين سفينة. للمزيد من المعلومات: www.marsa.example"
    assert mark_text(f"{STORY}\n{about}").unmarked().strip() == STORY
    assert "ستين سفينة" in mark_text(f"{about}\n{STORY}\n{STORY}").unmarked()


def test_links_of_a_counted_list_are_marked_with_their_headlines() -> None:
    links = "list of 2 items\nlist 1 of 2\nافتتاح سوق السمك\nlist 2 of 2\nإغلاق جسر الميناء\nend of list"
    first, second = STORY.split("\n")
    assert mark_text(f"{first}\n{links}\n{second}").unmarked().split() == STORY.split()


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("اشترك ليصلك جديد المدينة كل مساء", "share"),
        ("متابعة أخبار مرسى على تلغرام https://t.me/marsa.example", "banner"),
        ("كل ما يعني سكان الساحل، كل صباح في بريدك", "banner"),
        ("اكتب كود التحقق", "comment"),
        ("تم قراءة هذا الموضوع 2,817 مرة", "counter"),
        ("قرئ هذا الخبر: 512", "counter"),
        ("تابع مرسى على أخبار غوغل", "banner"),
        ("رابط قناتنا على تلغرام https://t.me/marsa", "banner"),
        ("أدخل الأرقام الظاهرة في الصورة", "comment"),
        ("تومسون رويترز 2020 جميع الحقوق محفوظة.", "disclaimer"),
        ("معاييرنا: مبادئ تومسون رويترز للثقة", "disclaimer"),
        ("سامر ن", "byline"),
        ("يلفت القراء أيضا\nحريق صغير قرب السوق\nمواعيد الحافلات الجديدة", "related"),
    ],
)
def test_what_sites_print_below_their_stories(line: str, label: str) -> None:
    page = mark_text(f"{STORY}\n{line}")
    assert [(mark.label, page.text[mark.start : mark.end]) for mark in page.marks] == [(label, line)]


@pytest.mark.parametrize(
    "line",
    [
        "متابعة أخبار المدينة على تلغرام صارت عادة عند سكانها كما يقول المدير.",
        "تم قراءة هذا القرار 3 مرات في المجلس قبل أن يعتمد بالإجماع.",
        "تابع المدير، كما قال، أخبار العمال على واتساب",
        "وقال المدير إن جميع الحقوق محفوظة.",
        "اشترك في البناء عشرون عاملا من سكان الحي القديم.",
    ],
)
def test_sentences_that_begin_like_them_are_the_story(line: str) -> None:
    assert mark_text(f"{STORY}\n{line}").marks == ()


def test_what_is_searched_for_goes_with_the_introduction_behind_it() -> None:
    lead = "موعد افتتاح الجسر القديم.. يبحث الكثير من المواطنين عن موعد افتتاح الجسر القديم في المدينة."
    page = mark_text(f"{lead}\n{STORY}")
    assert [page.text[mark.start : mark.end] for mark in page.marks] == [lead]
    told = "أعلنت البلدية أن الجسر يفتح غدا. يبحث الكثير من المواطنين عن موعد افتتاح الجسر القديم في المدينة."
    page = mark_text(f"{told}\n{STORY}")
    assert [mark.start for mark in page.marks] == [told.index("يبحث")]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("المصدر: صحيفة المرسى", "source"),
        ("اقرأ أيضا: افتتاح المكتبة الجديدة في المدينة", "related"),
        ("الأحد 7 مايو 2023 09:12", "date"),
        ("كتب: سامي خالد", "byline"),
        ("قوارب في المرفأ القديم تصوير: سامي خالد", "caption"),
        ("دبي - رويترز:", "dateline"),
    ],
)
def test_a_full_width_colon_is_a_colon(line: str, label: str) -> None:
    above = label in ("dateline", "byline", "caption", "date")
    for written in (line, line.replace(":", "\N{FULLWIDTH COLON}")):
        page = mark_text(f"{written}\n{STORY}" if above else f"{STORY}\n{written}")
        assert [(mark.label, page.text[mark.start : mark.end].strip()) for mark in page.marks] == [(label, written)]
        assert [credit.name for credit in page.credits if credit.agency is None] == (
            ["صحيفة المرسى"] if label == "source" else []
        )
