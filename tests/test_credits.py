"""Credits: the kinds, the words that decide them, and what is no credit."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup.arabic.credit_kinds import PICTURE
from tests.marked_text import mark_text, mark_texts, shipped

BODY = "\nبدأت البلدية صيانة الطرق الساحلية في المدينة القديمة، وقال المهندس المشرف إن العمل ينتهي قبل الشتاء المقبل."


@pytest.mark.parametrize(
    ("head", "agency", "label"),
    [
        ("الرياض – واس:", "spa", "dateline"),
        ("دبي (رويترز) -", "reuters", "dateline"),
        ("لندن - (أ ف ب):", "afp", "dateline"),
        ("الكويت 5 - 3 (كونا) --", "kuna", "dateline"),
        ("عمان 12 آذار (بترا)-", "petra", "dateline"),
        ("تونس 2 ماي (وات) -", "tap", "dateline"),
        ("نابلس 10-11-2020 وفا-", "wafa", "dateline"),
        ("المنامة في 3 مايو / بنا /", "bna", "dateline"),
        ("القاهرة - أ ش أ:", "mena", "dateline"),
        ("بكين 4 مايو (شينخوا)", "xinhua", "dateline"),
        ("سمر خالد - بيروت - رويترز:", "reuters", "byline"),
    ],
)
def test_dateline(head: str, agency: str, label: str) -> None:
    page = mark_text(head + " " + BODY.strip())
    assert page.credited() == [(label, agency)]
    assert page.under(label) == [head]


@pytest.mark.parametrize(
    "head",
    [
        "سمر خالد - طرابلس\n",
        "كتب - سامي خالد:",
        "القاهرة - سامي خالد:",
        "بيروت: ",
        "متابعات - صنعاء\n",
        "كتبت: سمر خالد\n",
    ],
)
def test_head_without_agency_is_marked_and_credits_nobody(head: str) -> None:
    page = mark_text(head + BODY.strip())
    assert page.marks[0].start == 0
    assert page.text[page.marks[0].end :].strip() == BODY.strip()
    assert page.credits == ()


@pytest.mark.parametrize(
    "text",
    [
        "الرياض - التي تستضيف القمة - شهدت أمس حركة كبيرة في الشوارع والأسواق قبل وصول الوفود المشاركة.",
        "الأهلي - الهلال: مباراة كبيرة تنتظر الجماهير مساء اليوم في الملعب الكبير بعد أيام من الاستعداد.",
        "قال الوزير: نعمل على الخطة منذ شهور، وسنعرضها على المجلس في الأسبوع المقبل ثم ننشرها كاملة.",
        "القاهرة وعمان - عاصمتان تجمعهما خطوط نقل كثيرة، ويعمل البلدان على زيادة الرحلات بينهما هذا العام.",
    ],
)
def test_a_sentence_is_no_head(text: str) -> None:
    assert mark_text(text).marks == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "agency"),
    [
        ("وأوضح البيان بحسب ما نقلت وكالة أنباء كيودو اليابانية أن العمل بدأ.", "attribution", "kyodo"),
        ("وقال مسؤول لرويترز إن المفاوضات مستمرة.", "attribution", "reuters"),
        ("وذكرت وكالة «سانا» أن الطريق فتح.", "attribution", "sana"),
        ("وكانت وكالة فرانس برس قد ذكرت أن الطريق مغلق.", "attribution", "afp"),
        ("وأفاد مراسل الجزيرة بأن الطريق فتح.", "attribution", "aljazeera"),
        ('وأفادت مراسلة "العربية" بأن الطريق فتح.', "attribution", "alarabiya"),
        ('وفي معلومات "النهار" أن الطريق يفتح غدا.', "attribution", "annahar"),
        ("وأبلغ مصدر أمني «الشرق الأوسط» أن الطريق فتح.", "attribution", "asharqalawsat"),
        ("وأكد المدرب في تصريحات لـ«العين الرياضية» أن العمل بدأ.", "attribution", "alain"),
        ("وأجرى المقابلة وفد يضم صحفيين من وسائل الإعلام، بما في ذلك وكالة الأسوشيتد برس، في المكتب.", "mention", "ap"),
        ("واستقبل الوزير رئيس وكالة الأنباء السعودية في مكتبه.", "mention", "spa"),
        ("وعاد الهدوء إلى المدينة مساء أمس. (واس)", "parenthesis", "spa"),
        ("وعاد الهدوء إلى المدينة مساء أمس.\nأ ف ب", "closing", "afp"),
        ("وعاد الهدوء إلى المدينة مساء أمس.\n// انتهى //\nواس", "closing", "spa"),
        ("وعاد الهدوء إلى المدينة مساء أمس.\nالمصدر: رويترز", "source", "reuters"),
        ("وعاد الهدوء إلى المدينة مساء أمس.\nالمصدر : صحيفة سبق", "source", "sabq"),
        ("وعاد الهدوء.\nشاهد أيضا: مذيعة في بي بي سي تروي قصتها", "mention", "bbc"),
    ],
)
def test_kind(sentence: str, kind: str, agency: str) -> None:
    page = mark_text(BODY.strip() + " " + sentence)
    assert [(credit.kind, credit.agency) for credit in page.credits] == [(kind, agency)]


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال الأب إن الحياة في القرية هادئة كما سبق أن ذكر أبناؤها.",
        "واستقبل واس ابن عمه في المطار.",
        "وأضاف أن ما حل بنا أمر صعب.",
        "ويبدأ البرنامج في أغسطس (آب) المقبل.",
        "وفاز مانشستر يونايتد على ضيفه.",
        "وقال فارس إن مهر العروس كان كتابا.",
        "وزارت البعثة وكالة الفضاء الأمريكية.",
        "وبحسب أرقام البنك الدولي زاد العدد.",
        "وقالت بنينا حداد إن العمل بدأ.",
    ],
)
def test_common_words_are_no_agencies(sentence: str) -> None:
    assert mark_text(BODY.strip() + " " + sentence).credits == ()


def test_a_source_in_no_lexicon_keeps_its_name() -> None:
    page = mark_text(BODY.strip() + "\nالمصدر: بوابة الميناء الجديد")
    (credit,) = page.credits
    assert (credit.kind, credit.agency, credit.name) == ("source", None, "بوابة الميناء الجديد")
    page = mark_text(BODY.strip() + " وذكرت صحيفة «أخبار الجزيرة الخضراء» أن العمل بدأ.")
    (credit,) = page.credits
    assert (credit.kind, credit.agency, credit.name) == ("attribution", None, "أخبار الجزيرة الخضراء")


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("وذكرت صحيفة سيبيرنت الروسية أن العمل بدأ.", "سيبيرنت"),
        ("وبحسب موقع تريند سبوتر الأمريكي فإن العمل بدأ.", "تريند سبوتر"),
        ("وقال سامي حداد لصحيفة «غانا سبورتس أون لاين» إن العمل بدأ.", "غانا سبورتس أون لاين"),
        ("وقال المدرب في مقابلة مع مجلة «ميدان السينما» إن العمل بدأ.", "ميدان السينما"),
        ("ونقل موقع (خبر بلاس) عن مصدر قوله إن العمل بدأ.", "خبر بلاس"),
        ("وقالت المتحدثة لشبكة ميغا التلفزيونية إن العمل بدأ.", "ميغا"),
    ],
)
def test_a_medium_in_no_lexicon_is_named_where_it_is_cited(sentence: str, name: str) -> None:
    (credit,) = mark_text(BODY.strip() + " " + sentence).credits
    assert (credit.kind, credit.agency, credit.name) == ("attribution", None, name)


@pytest.mark.parametrize(
    "sentence",
    [
        "وقال المدير إن زيارة موقع الوزارة مفيدة.",
        "وأعلنت شبكة الطرق الجديدة مواعيدها.",
        "ونشرت الشركة ذلك على موقع «تويتر» أمس.",
        "وذكرت صحيفة بريطانية أن العمل بدأ.",
        "وأضاف أن العمل في موقع المشروع بدأ.",
        "وقال رئيس تحرير صحيفة «الميناء» إن الحفل كبير.",
        "وأعلنت وكالة ناسا موعد الرحلة.",
        "وأكدت الوزارة أن الدخول لبوابة المسار متاح.",
        "وقال إن قناة السويس فتحت.",
    ],
)
def test_a_site_a_network_or_a_ministry_is_no_medium(sentence: str) -> None:
    assert [c for c in mark_text(BODY.strip() + " " + sentence).credits if c.kind != "mention"] == []


@pytest.mark.parametrize(
    ("behind", "credited"),
    [
        (" (رويترز، أ ف ب)", [("parenthesis", "reuters"), ("parenthesis", "afp")]),
        ("\n(واس، رويترز)", [("parenthesis", "spa"), ("parenthesis", "reuters")]),
        (" (رويترز، الشاطئ)", [("parenthesis", "reuters")]),
        ("\nواس - رويترز", [("closing", "spa"), ("closing", "reuters")]),
        ("\nع.ج/ ز.أ.ب (د ب أ، رويترز)", [("closing", "dpa"), ("closing", "reuters")]),
        ("\nRT + وكالات", [("closing", "rt")]),
        ("\nالصور من «واس»", [("source", "spa")]),
        ("\nتصوير: رويترز", [("closing", "reuters")]),
        (' "رويترز" عمال في ميناء المدينة القديمة.', [("closing", "reuters")]),
    ],
)
def test_agencies_in_a_row_and_behind_pictures(behind: str, credited: list[tuple[str, str]]) -> None:
    assert mark_text(BODY.strip() + behind).credited() == credited


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("وأبلغ المسؤول رويترز أن العمل بدأ.", "attribution"),
        ("وكانت صحيفة وول ستريت جورنال أول من كشف عن القرار.", "attribution"),
        ("وتأخر علاج أمراض مثل هذه بحسب رويترز أمس.", "attribution"),
        ("وقال رئيس التحرير لصحيفة ذا صن ذلك في الحفل.", "mention"),
    ],
)
def test_told_first_and_employed(sentence: str, kind: str) -> None:
    assert [credit.kind for credit in mark_text(BODY.strip() + " " + sentence).credits] == [kind]


def test_a_papers_own_name_behind_its_kind_credits_nobody() -> None:
    page = mark_text(BODY.strip() + " ووفقا لتحليل نشرته صحيفة «الاقتصادية» بدأ العمل.", outlet="aleqtisadiya")
    assert page.credits == ()


def test_one_breath_is_one_credit() -> None:
    page = mark_text(BODY.strip() + " وقال لوكالة الأنباء الألمانية (د.ب.أ) إن الطريق فتح.")
    assert page.credited() == [("attribution", "dpa")]


def test_an_outlet_does_not_credit_itself() -> None:
    page = mark_text(BODY.strip() + " وذكرت صحيفة سبق أن العمل بدأ.", outlet="sabq")
    assert page.credited() == []


@pytest.mark.parametrize(
    ("outlet", "name"),
    [("رأي اليوم", "صحيفة رأي اليوم"), ("الرياض", "صحيفة الرياض"), ("آر تي عربي", "قناة روسيا اليوم")],
)
def test_an_outlet_is_known_by_the_name_of_its_host(outlet: str, name: str) -> None:
    text = BODY.strip() + f" وذكرت {name} أن العمل بدأ."
    assert mark_text(text, outlet=outlet).credited() == []
    assert len(mark_text(text, outlet="البيان").credited()) == 1


def test_byline_field_credits_without_a_span() -> None:
    batch = mark_texts([BODY, BODY, BODY], bylines=["الوئام - رويترز:", None, "سمر خالد"])
    (credit,) = batch.credits(0)
    assert (credit.start, credit.end, credit.kind, credit.agency) == (None, None, "byline", "reuters")
    assert batch.credits(1) == batch.credits(2) == ()


NAMES = [name for agency in shipped().agencies.values() for name in (*agency.names, *agency.short, *agency.letters)]
PIECES = st.lists(
    st.sampled_from(
        [*NAMES, "قال", "عن", "(", ")", "«", "»", ":", "-", "\n", ".", "الرياض", "المصدر:", "2024", "وكالة"]
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(PIECES.map(" ".join), st.integers(0, 5))
def test_every_span_quotes_its_text(text: str, body_start: int) -> None:
    page = mark_text(text, body_start=min(body_start, len(text)))
    for credit in page.credits:
        assert credit.start is not None
        assert credit.end is not None
        assert 0 <= credit.start < credit.end <= len(text)
        assert text[credit.start : credit.end].strip() == text[credit.start : credit.end]
        if credit.agency is None:
            assert credit.name == text[credit.start : credit.end]
    for mark in page.marks:
        assert 0 <= mark.start < mark.end <= len(text)


WIRE = "(NilePRwire) – كشفت شركة ناشئة عن جهاز جديد للمزارع الصغيرة، بحضور وفد من رويترز."
DATED = "مقدمة الموقع للخبر.\nليانشان 12 مارس 2024 (شينخوا) أطلقت الشركة سفينتها الأولى."
SEVERAL = "تل الغزلان - وكالات افتتح المتحف الجديد أبوابه للزوار، بحضور وفد من رويترز."
SAID = "بدأت أعمال الجسر الجديد، بحسب ما نقلت وكالة أنباء شينخوا اليوم الثلاثاء."
HAD_SAID = "اكتملت أعمال الترميم. وكانت وكالة الأنباء الألمانية (د ب أ) قد نقلت عن العمدة موعدها."


@pytest.mark.parametrize(
    ("text", "kind", "agency", "quote"),
    [
        (DATED, "dateline", "xinhua", "شينخوا"),
        (SAID, "attribution", "xinhua", "وكالة أنباء شينخوا"),
        (HAD_SAID, "attribution", "dpa", "وكالة الأنباء الألمانية"),
        (WIRE, "byline", None, "NilePRwire"),
        (SEVERAL, "dateline", None, "وكالات"),
    ],
)
def test_credits_that_only_their_place_and_form_tell(text: str, kind: str, agency: str | None, quote: str) -> None:
    page = mark_text(text + BODY)
    (found,) = (credit for credit in page.credits if credit.kind != "mention")
    assert (found.kind, found.agency, text[found.start : found.end]) == (kind, agency, quote)


FORMS = [
    ("وبحسب «الفرنسية»، فقد زادت الأرباح.", "afp"),
    ("وانخفضت الأسعار وفقا للألمانية.", "dpa"),
    ("وقال مصدر قضائي للأناضول، إن الجلسة تأجلت.", "anadolu"),
    ("وأفاد مراسل الأناضول وفقا للمعلومات بأن الطريق فتح.", "anadolu"),
    ("كانت وكالة {رويترز} قد نقلت خبرا عن الرسالة.", "reuters"),
    ("وكالة «أسوشييتد برس» للأنباء رصدت هي الأخرى الاحتفال.", "ap"),
    ("ونقلت وكالة الأنباء التي يديرها المجلس «سبأ» عن الناطق قوله.", "saba"),
    ("وذكــــرت وكالة رويــترز أن السوق أغلقت.", "reuters"),
    ("وذكرت وكالتا الأناضول ودوغان أن الجسر أغلق.", "anadolu"),
    ("وفي مقابلة مع الراديو الرابع للـ«بي بي سي» قال العالم رأيه.", "bbc"),
    ("وأورد موقع «الضفة الحرة» قائمة الكتب.", None),
    ("وقال اللاعب خلال حديثه لصحيفة «الملاعب اليوم» إنه باق.", None),
    ("وكتب الباحث سامي خالد في مجلة «أفق» أن المدن تكبر.", None),
    ("وبثت محطة «صوت النهر» صورا للجسر.", None),
    ("وفي مقابلة بثها مساء أمس تلفزيون «النهر» قال الوزير رأيه.", None),
    ("وأكد اللاعب للصحيفة الأسبوعية «أفق» موعد الافتتاح.", None),
    ("ونقل التلفزيون السوري عن الوزير قوله.", None),
]


@pytest.mark.parametrize(("sentence", "agency"), FORMS)
def test_forms_in_which_a_text_says_whom_it_has_something_from(sentence: str, agency: str | None) -> None:
    text = BODY + "\n" + sentence + "\n" + BODY
    found = [c for c in mark_text(text).credits if c.kind == "attribution"]
    assert agency in [credit.agency for credit in found]


NOT_FROM = [
    "ويتحدث كثير من الناس الفرنسية في المدينة.",
    "وترجم الرواية عن الفرنسية كاتب معروف.",
    "وتصدر في المدينة مجلة «أفق» الألمانية.",
    "ودافع سمير عادل المدير العام لوكالة أنباء «تاس» عن الخطة.",
    "وكان قبل ذلك صحافيا كبيرا في صحيفة واشنطن بوست.",
    "وقال المتحدث باسم شبكة الجزيرة إن المكتب مغلق.",
    "وتحدثت المديرة في لقاء حضره مراسل وكالة رويترز.",
    "ووضع الإعلان على الصفحة الأولى لصحيفة مكة.",
    "وذكرت نينا أن المعرض ناجح.",
    "وأعلنت الشركة نشر شبكة الألياف في المدينة.",
    "ونشر مقطعا على موقع يو تيوب.",
    "وأعلنت محطة توليد الكهرباء موعد التشغيل.",
]


@pytest.mark.parametrize("sentence", NOT_FROM)
def test_what_looks_like_a_credit_and_is_none(sentence: str) -> None:
    assert [c for c in mark_text(BODY + "\n" + sentence + "\n" + BODY).credits if c.kind != "mention"] == []


def test_a_paper_of_another_country_with_the_same_name_is_credited_by_name() -> None:
    page = mark_text(BODY + "\nوبحسب صحيفة الوطن الكويتية فإن العدد زاد.")
    (credit,) = page.credits
    assert (credit.agency, credit.name) == (None, "الوطن الكويتية")


@pytest.mark.parametrize(
    ("head", "agency"),
    [
        ("الرياض 05 رمضان 1445 هـ الموافق 15 مارس 2024 م واس\n", "spa"),
        ("رام الله 3-5-2024 وفا- ", "wafa"),
        ("عبدالقادر فارس - غزة: ", None),
    ],
)
def test_dates_may_stand_before_the_agency_of_a_dateline_and_given_names_may_not(head: str, agency: str | None) -> None:
    assert [credit.agency for credit in mark_text(head + BODY).credits] == ([agency] if agency else [])


def test_the_letter_of_the_year_before_an_agency_is_no_part_of_its_name() -> None:
    page = mark_text("الرياض 05 رمضان 1445 هـ الموافق 15 مارس 2024 م واس\n" + BODY)
    assert [page.text[credit.start : credit.end] for credit in page.credits] == ["واس"]


def test_a_family_name_in_the_byline_field_is_no_agency() -> None:
    batch = mark_texts([BODY, BODY], bylines=["عبدالقادر فارس (غزة)", "غزة - فارس"])
    assert [[credit.agency for credit in batch.credits(row)] for row in range(2)] == [[], ["fars"]]


def test_an_outlet_that_calls_a_report_its_own_is_credited_by_name() -> None:
    (credit,) = mark_text("مرآة الضفة - خاص\n\n" + BODY).credits
    assert (credit.kind, credit.agency, credit.name) == ("byline", None, "مرآة الضفة")
    assert mark_text("سامي خالد - خاص\n\n" + BODY).credits == ()


@pytest.mark.parametrize("tail", ["\nرويترز - لندن", " روما - رويترز"])
def test_an_agency_with_its_place_closes_a_text(tail: str) -> None:
    (credit,) = mark_text(BODY + tail).credits
    assert (credit.kind, credit.agency) == ("closing", "reuters")


@pytest.mark.parametrize(
    "line", ["وكالة السودان للأنباء (سونا): وصلت القافلة.", '"وكالة السودان للأنباء": وصلت القافلة.']
)
def test_an_agency_that_opens_a_line_tells_what_follows(line: str) -> None:
    assert mark_text(BODY + "\n" + line + BODY).credited() == [("byline", "suna")]


def test_a_sections_name_that_an_agency_bears_too_is_none_in_a_line_of_its_own() -> None:
    assert mark_text("وطنية\nبيروت - " + BODY.strip()).credited() == []
    assert mark_text("وطنية - بيروت - " + BODY.strip()).credited() == [("dateline", "nna")]


def test_a_line_above_a_dateline_does_not_hide_its_agency() -> None:
    page = mark_text("تاريخ النشر: 10/11/2020 الساعة 07:30 مساء\nنابلس 10-11-2020 وفا- " + BODY.strip())
    assert page.credited() == [("dateline", "wafa")]


def test_a_place_and_a_date_without_brackets_are_no_dateline() -> None:
    assert mark_text("زار الوفد يوم 12 مارس شينخوا في مقرها الرئيسي." + BODY).credited() == []


SAID_SO = [
    ("وكانت صحيفة «لو سوار» البلجيكية قد كشفت عن الصفقة.", "lesoir"),
    ("واهتمت «الغارديان» بقضية المناخ.", "guardian"),
    ("وخصصت «لوموند» افتتاحيتها للانتخابات.", "lemonde"),
    ("وقالت الوزيرة لـ«الشرق الأوسط» إن الخطة جاهزة.", "asharqalawsat"),
    ('وأكد النائب في اتصال مع "العربي الجديد" أن القانون سيمر.', "alaraby"),
    ("نبدأ جولتنا من صحيفة التايمز ومقال لكاتبها الاقتصادي.", "thetimes"),
    ("ونختم جولتنا مع صحيفة ديلي تلغراف ومقال عن القطارات.", "telegraph"),
    ("قرأت في مجلة «المسار» مقالا عن الخيول.", "المسار"),
    ("ولم ترد الشركة على طلب رويترز للتعليق.", "reuters"),
    ("ولم يستجب مكتبه لطلب من وكالة أسوشيتد برس للتعليق.", "ap"),
    ("وامتنع متحدث عن التعليق لبلومبرغ.", "bloomberg"),
    ("وأول من أورد النبأ موقع بوليتيكو.", "politico"),
    ("وفقًا لتقرير نشره The Verge أمس.", "theverge"),
    ("حسبما ذكر موقع GSMArena المتخصص.", "gsmarena"),
    ("ونشرت صحيفة وول ستريت جورنال تحقيقا عن الموانئ.", "wsj"),
    ("وقالت القناة 12 الإسرائيلية إن الاجتماع تأجل.", "channel12-il"),
    ("وأفادت هيئة البث الإسرائيلية بأن الوفد غادر.", "channel11-il"),
    ("وذكرت إذاعة الجيش الإسرائيلي أن الجنود عادوا.", "armyradio-il"),
    ("ونقلت وكالة نور نيوز عن الأمين قوله ذلك.", "nournews"),
    ("وذكر تلفزيون برس تي في أن الحريق أخمد.", "presstv"),
    ("وبحسب صحيفة تايمز أوف إنديا فإن القطار خرج عن مساره.", "timesofindia"),
    ("وأظهرت لقطات نشرتها وكالة إخلاص للأنباء الحريق.", "ihlas"),
    ("وأكدت وكالة ريا نوفوستي أن السفينة أبحرت.", "ria"),
    ("وأوردت صحيفة ساوث تشاينا مورنينغ بوست أن المصنع أغلق.", "scmp"),
    ("وقالت إذاعة فرنسا الدولية إن القافلة تحركت.", "rfi"),
    ("وذكر موقع صحراء ميديا أن القافلة وصلت.", "saharamedias"),
    ("وأفادت قناة الميادين بسماع دوي انفجار.", "almayadeen"),
    ("وأفاد مراسل الجزيرة نت بأن الطريق فتح.", "aljazeera"),
    ("وقال صحفي من رويترز في المكان إن الهدوء عاد.", "reuters"),
    ("وقال شاهد لرويترز إن النار امتدت.", "reuters"),
    ("وأضاف في مداخلة هاتفية مع قناة صدى البلد أن الأسعار ستنخفض.", "sadaelbalad"),
    ("وجاء في مقال للكاتب نشره موقع ميدل إيست آي أن الحل بعيد.", "middleeasteye"),
    ("وأبلغ مسؤولان وكالة رويترز بأن الاتفاق وشيك.", "reuters"),
    ("وأوضحت المتحدثة لـ بي بي سي أن القرار نهائي.", "bbc"),
    ('وكشفت تقارير لشبكة "سكاي سبورتس" عن موعد الصفقة.', "skysports"),
    ('وأشار فابريزيو إلى ذلك، فيما ذكرت شبكة "ريليفو" أن العقد جاهز.', "relevo"),
    ("وكتب الصحفي في صحيفة معاريف أن الأزمة طويلة.", "maariv"),
    ("وكانت قناة «سواحل» ذكرت أمس أن الميناء أغلق.", "سواحل"),
    ("وكانت يومية «لوموند» قد تحدثت عن الصفقة.", "lemonde"),
    ('وكان قد قال في تصريحات لبرنامج "ملاعب" على قناة "الساحل" إن الفريق جاهز.', "الساحل"),
    ("وجاء النبأ عاجلا: رويترز تنقل عن مصادر أن الميناء أغلق.", "reuters"),
    ("وانفردت «عكاظ» بخبر إغلاق الميناء.", "okaz"),
    ("واستطلعت «الشرق الأوسط» آراء سكان المدينة.", "asharqalawsat"),
    ("وبحسب معلومات «الغارديان» فإن السفينة أبحرت.", "guardian"),
    ("وفي المقال الذي ترجمته «العربي الجديد» أن المدن تكبر.", "alaraby"),
    ("وقال المحلل لـCNN إن الأسعار ارتفعت.", "cnn"),
    ("ونسبت ارنا إلى مصدر في الوزارة أن الميناء أغلق.", "irna"),
    ('وأضاف، في مداخلة مع برنامج "مساء المدينة" المذاع على قناة "صدى البلد"، أن الأسعار ستنخفض.', "sadaelbalad"),
    ('وقال في برنامج "الميناء" على قناة "النهار" إن الأسعار ستنخفض.', "النهار"),
    ("ونقل التلفزيون الرسمي السوري عن الوزير قوله.", "التلفزيون الرسمي السوري"),
    ("وقال مصدر للإذاعة الحكومية السورية إن الجسر أغلق.", "الإذاعة الحكومية السورية"),
    ('وقال وزير العمل لصحيفة "صوت الميناء" إن الخطة جاهزة.', "صوت الميناء"),
    ("وأعلن الفائزون بالجائزة، بحسب ما نقلته وكالة رويترز.", "reuters"),
]


@pytest.mark.parametrize(("sentence", "source"), SAID_SO)
def test_papers_sites_and_channels_are_credited_for_what_they_had_said_asked_or_shown(
    sentence: str, source: str
) -> None:
    found = mark_text(BODY + "\n" + sentence + "\n" + BODY).credits
    assert source in [credit.agency or credit.name for credit in found if credit.kind == "attribution"]


FOOTS = [
    ("\nترجمة: سامي خالد\nالمصدر:\nالجزيرة نت", "aljazeera"),
    ("\nالمصدر\nموقع الميناء الجديد", "موقع الميناء الجديد"),
    ("\nنقلا عن: المصري اليوم", "almasryalyoum"),
    ("\nالمصدر: وكالة الأناضول + الجزيرة", "anadolu"),
    ("\n(أ ش أ)", "mena"),
    ("\nأ.ش.أ", "mena"),
    ("\n/ وفا /", "wafa"),
    ("\nس.م/ع.ر\nواس", "spa"),
    ("\nكونا/س ع", "kuna"),
    ("\n(النهاية) س ع / م م\nكونا", "kuna"),
    ("\nسانا", "sana"),
    ("\nواج", "aps"),
    ("\n(وات)", "tap"),
    ("\n(ومع)", "map"),
    ("\nوكالة أنباء الإمارات (وام)", "wam"),
    ("\nوام/أحمد سالم", "wam"),
    ("\n-- بترا\nس ع/م ك", "petra"),
    ("\nمتظاهرون أمام البرلمان (أ ف ب)", "afp"),
    ("\nمتظاهرون أمام البرلمان. (الأناضول)", "anadolu"),
    ("\nPhoto: Getty Images", "getty"),
    ("\nحقوق الصورة: Getty Images", "getty"),
    ("\nصدر الصورة، EPA", "epa"),
    ("\n© REUTERS / Sami Haddad", "reuters"),
    ("\n© AFP", "afp"),
    ("\nمصدر الصورة: شترستوك", "shutterstock"),
    ("\n(صورة: د ب أ)", "dpa"),
    ("\nتصوير: أسوشيتد برس", "ap"),
    ("\nظهرت المقالة أولاً على ساسة بوست.", "sasapost"),
    ("\nThe post appeared first on عنب بلدي.", "enabbaladi"),
    (
        "\nعلما بأن الموضوع الأصلي قد تم نشره ومتواجد على بوابة الميناء وقد قام فريق الساحل بالتأكد منه.",
        "بوابة الميناء",
    ),
    ("\nم.ع.ح/أ.ح (رويترز، أ ف ب)", "reuters"),
    ("\nخ.س/ ف.ي (د ب أ)", "dpa"),
]


@pytest.mark.parametrize(("foot", "source"), FOOTS)
def test_a_line_below_the_story_credits_whoever_it_names(foot: str, source: str) -> None:
    found = mark_text(BODY.strip() + foot).credits
    assert source in [credit.agency or credit.name for credit in found if credit.kind not in ("mention", "attribution")]


ABOUT_IT = [
    "وقتل في القصف مصور يعمل لوكالة رويترز.",
    "وكانت الصحفية التي تعمل لدى قناة الجزيرة في طريقها إلى المنزل.",
    "وحضر الحفل مدير مكتب وكالة الأناضول في المدينة.",
    "وأصيب مراسل قناة العربية بجروح طفيفة.",
    "وأفرجت السلطات عن صحفي في وكالة فرانس برس.",
    "واستقبل الوزير رئيس تحرير صحيفة الأهرام.",
    "ووقعت وكالة الأنباء السعودية مذكرة تفاهم مع وكالة شينخوا.",
    "وتدرب الطلاب في مقر وكالة بترا.",
    "ورفع الرئيس دعوى على صحيفة نيويورك تايمز.",
    "وأغلقت السلطات مكتب قناة الجزيرة.",
    "واشترت الشركة حصة في صحيفة الإندبندنت.",
    "وفازت مجلة تايم بالجائزة.",
    "وعين سامي خالد مديرا لوكالة سانا.",
    "وردا على سؤال لمراسل وكالة الأنباء العمانية قال الوزير إن الخطة جاهزة.",
    "وعمل الراحل مراسلا لصحيفة الحياة ثم محررا في جريدة السفير.",
    "وانضمت إلى شبكة سي إن إن عام 1990.",
    "ونظمت وكالة الأناضول دورة للصحفيين.",
    "وقالت الكاتبة إنها تحب قراءة صحيفة لوموند.",
    "وشارك في الندوة صحفيون من رويترز وأسوشيتد برس.",
    "ومن بين الضحايا مصوران من وكالة أسوشيتد برس.",
    "وأطلقت شبكة نتفليكس مسلسلا جديدا.",
    "وقال إن الموقع الأثري مهم.",
    "وكان موقع الحفر قد غمرته المياه.",
    "وكانت قناة السويس قد أغلقت أياما.",
    "وكانت منصة الحفر قد توقفت.",
    "وذكرت الشركة أن شبكة الكهرباء عادت.",
    "ونبدأ جولتنا في المدينة القديمة من سوقها.",
    "وننتقل إلى موقع آخر من المدينة.",
    "وقال المدرب: سبق أن قلت لكم ذلك.",
    "والحياة في القرية هادئة.",
    "وهذا اليوم السابع من الاعتصام.",
    "وقال الرئيس المصري اليوم إن السد اكتمل.",
    "ونشر الوزير صورة على موقع إكس.",
    "وأعلنت شركة غيتي للطاقة أرباحها.",
    "وأعلنت مجموعة بلومبرغ الخيرية دعم المشروع.",
    "وأصدرت وحدة الأبحاث في إيكونوميست تقريرا.",
    "وذهبت جائزة أفضل تقرير إلى وكالة أنباء الشرق الأوسط.",
    "وفاز بجائزة أفضل صورة المصور سامي خالد من وكالة رويترز.",
    "وقال الأمين العام إن الاتحاد وقع مذكرة تفاهم مع وكالة الصحافة الفرنسية لتدريب المحررين.",
    "وأدار الجلسة رئيس تحرير سابق في وكالة أنباء البحرين، وتناولت صور الحرب.",
    "وسار في الجنازة زملاؤه في وكالة رويترز وفرانس برس.",
    "وكان الصحافي سامي خالد، مراسل قناة «فرانس 2»، أصيب الأسبوع الماضي.",
    "وشارك سامي خالد في برنامج للمسابقات على قناة صدى البلد.",
    "وفتحت (المدينة) أسواقها للزوار.",
    "وأصيب زميل له من وكالة رويترز بجروح.",
    "وقال زميله السابق في رويترز إنه مستعد.",
    "وقال أحد سكان شارع القناة 12 إن المياه غمرت البيت.",
    "وذكرت «المدينة» القديمة في دفاتر الرحالة.",
]


@pytest.mark.parametrize("sentence", ABOUT_IT)
def test_an_employer_a_guest_or_a_topic_is_no_source(sentence: str) -> None:
    assert mark_text(BODY + "\n" + sentence + "\n" + BODY).credited() == []


@pytest.mark.parametrize(
    "line", ["المصدر: مواقع إلكترونية", "المصدر: وسائل إعلام محلية", "مصدر 2", "المصدر:\nمواقع التواصل الاجتماعي"]
)
def test_a_source_line_that_names_nobody_credits_nobody(line: str) -> None:
    assert mark_text(BODY.strip() + "\n" + line).credited() == []


PICTURES = [
    "\n© AFP",
    "\nسفن في ميناء المدينة القديمة (رويترز)",
    "\nسفن في الميناء (أرشيف - د ب أ)",
    "\nCredit: Getty Images",
]


@pytest.mark.parametrize("foot", PICTURES)
def test_a_pictures_credit_is_told_from_a_texts_by_its_confidence(foot: str) -> None:
    (credit,) = mark_text(BODY.strip() + foot).credits
    assert (credit.kind, credit.confidence <= PICTURE) == ("closing", True)
    (credit,) = mark_text(BODY.strip() + "\nرويترز").credits
    assert (credit.kind, credit.confidence > PICTURE) == ("closing", True)


@pytest.mark.parametrize(
    ("head", "kind", "agency"),
    [
        ("سيدي حمو (واج) - ", "dateline", "aps"),
        ("تل الغزلان / نينا / ", "dateline", "nina"),
        ("دبي (CNN)-- ", "dateline", "cnn"),
        ("سامي خالد (د ب أ) - ", "byline", "dpa"),
        ("القاهرة - وكالات:\n", "dateline", None),
        ("مرآة الساحل - وكالات:\n", "byline", None),
        ("آخر تحديث أمس\nطباعة شفق نيوز/ ", "byline", "shafaq"),
        ("كتب سامي حداد في «الميناء الجديد»:\n", "byline", None),
    ],
)
def test_what_stands_beside_an_agency_in_a_head_says_which_it_is(head: str, kind: str, agency: str | None) -> None:
    (credit,) = mark_text(head + BODY.strip()).credits
    assert (credit.kind, credit.agency) == (kind, agency)


def test_an_abbreviation_is_not_read_across_a_comma() -> None:
    page = mark_text("أ ب، أ ف ب\n\n" + BODY.strip())
    assert [agency for _, agency in page.credited()] == ["ap", "afp"]


def test_agencies_without_a_name_close_a_text() -> None:
    page = mark_text(BODY.strip() + " وحضر وفد من رويترز. (وكالات)")
    assert [(credit.kind, credit.name) for credit in page.credits if credit.kind != "mention"] == [
        ("parenthesis", "وكالات")
    ]


def test_the_whole_line_of_an_agency_and_its_editors_is_marked() -> None:
    assert mark_text(BODY.strip() + "\nوام/سامي خالد/ريم حداد").under("credit") == ["وام/سامي خالد/ريم حداد"]


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت النقابة إن الشرطة أوقفت ستة صحفيين، بينهم مراسلة تلفزيون فلسطين هيام الطحان أثناء المسيرة.",
        "وذهبت جائزة أفضل صورة إلى مصور وكالة الأنباء الأردنية (بترا) سامر النجار عن لقطة للمرسى القديم.",
        "وأعلنت العائلة في بيان إصابة مصور وكالة رويترز علي العطار في قدمه أثناء العاصفة.",
        "وقالت إن مصور رويترز أصيب بجروح طفيفة قرب الجسر.",
        "وأكدت البلدية أن مراسل قناة الجزيرة سامر النجار قد أصيب بجروح طفيفة قرب الجسر.",
    ],
)
def test_the_employer_of_a_reporter_who_is_the_news_is_mentioned(sentence: str) -> None:
    page = mark_text(BODY + "\n" + sentence)
    assert page.credited() == []
    assert page.mentioned() != []


@pytest.mark.parametrize(
    "sentence",
    [
        "وأصيب ستة صيادين في العاصفة، كما أفاد مراسل قناة الجزيرة من المرسى القديم.",
        "وقال مصور رويترز إن الشرطة أوقفت ستة أشخاص قرب الجسر.",
        "وتوفي رجلان غرقا، حسب مراسل وكالة رويترز الذي وصل إلى المكان.",
        "وبحسب مراسل قناة الجزيرة أصيب ستة صيادين في العاصفة.",
    ],
)
def test_a_reporter_who_tells_what_happened_to_others_is_a_source(sentence: str) -> None:
    assert [kind for kind, _ in mark_text(BODY + "\n" + sentence).credited()] == ["attribution"]


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("وذكرت نشرة «مرافئ» المتخصصة أن الجسر يفتح في الربيع.", "مرافئ"),
        ("وقال المدرب في تصريح لقنوات «مرسى سبورت» إن الفريق جاهز.", "مرسى سبورت"),
        ("وادعت هيئة البث «ميناء» أن الجسر يفتح في الربيع.", "ميناء"),
        ("وحسب فضائية «مرسى» فإن الجسر يفتح في الربيع.", "مرسى"),
        ("وأعلن الوزير في تصريح متلفز على قناة المرفأ الفضائية أن الجسر يفتح.", "المرفأ"),
        ("وأكد اللاعب، لدى نزوله ضيفا على حصة رياضية بقناة «المرفأ»، أن الفريق جاهز.", "المرفأ"),
        ("وقال الوزير في حديث لبرنامج «صباح الميناء» الذي تبثه قناة المرفأ، إن الجسر يفتح.", "المرفأ"),
        ("وكان موقع «مرافئ» قد انفرد بنشر صور الجسر الجديد.", "مرافئ"),
        ("وقرأنا في صحيفة «الخبر الساحلي» أن الجسر يفتح في الربيع.", "الخبر الساحلي"),
    ],
)
def test_media_of_further_kinds_are_credited_by_name(sentence: str, name: str) -> None:
    assert [credit.name for credit in mark_text(BODY + "\n" + sentence).credits] == [name]


@pytest.mark.parametrize(
    "sentence",
    [
        "وذكر تقرير نشره بيت التمويل أن الودائع ارتفعت.",
        "وتناقلت الخبر محطات فضائية وصحف يومية وغيرها.",
        "وكان الرجل مذيعا لنشرة الأخبار قبل أن ينتقل إلى الميناء.",
        "وتستضيف الجمعية أمسية شعرية في المرسى، وسيتم بث الحلقة عبر قناة المرفأ الفضائية.",
        "وقال إن للشركة حصة غير مسيطرة في مجلة «الإيكونوميست».",
        "وبحسب ما نشره الحساب الرسمي للبلدية فإن الجسر يفتح.",
    ],
)
def test_a_bulletin_a_share_and_what_is_yet_to_be_shown_credit_nobody(sentence: str) -> None:
    assert mark_text(BODY + "\n" + sentence).credited() == []


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("ووفقا لما كتبه المحلل سامر النجار في صحيفة هآرتس، فإن الجسر يفتح.", "haaretz"),
        ("وبحسب ما كتب المحلل في صحيفة «هآرتس» فإن الجسر يفتح.", "haaretz"),
        ("وكتب المعلق سامر النجار في «معاريف» أن الجسر يفتح.", "maariv"),
        ("وردا على سؤال عما نشرته يومية الغد عن الجسر، قال إنه يفتح.", "alghad-jo"),
        ("وقال الوزير في حديث لبرنامج «صباح الميناء» الذي تبثه قناة دجلة، إن الجسر يفتح.", "dijlah"),
    ],
)
def test_a_known_paper_is_credited_behind_its_writer_or_as_a_daily(sentence: str, agency: str) -> None:
    assert mark_text(BODY + "\n" + sentence).credited() == [("attribution", agency)]


def test_a_source_line_may_name_others_beside_a_name_or_nobody() -> None:
    page = mark_text(BODY + "\nالمصدر: رويترز + وكالات")
    assert [(credit.agency, credit.name) for credit in page.credits] == [("reuters", "رويترز"), (None, "وكالات")]
    page = mark_text(BODY + "\nالمصدر: مرسى نيوز + وكالات + مواقع التواصل")
    assert [credit.name for credit in page.credits] == ["مرسى نيوز", "وكالات"]
    assert [credit.name for credit in mark_text(BODY + "\nالمصدر: وكالات + مواقع").credits] == ["وكالات"]
    assert mark_text(BODY + "\nالمصدر: إعلام عبري").credits == ()
    assert [credit.name for credit in mark_text(BODY + "\nالمصدر: الإعلام الحربي").credits] == ["الإعلام الحربي"]


def test_a_caption_above_the_story_credits_who_took_the_picture() -> None:
    page = mark_text("وقفة الصيادين أمام مبنى البلدية في المرسى القديم صباح الأحد - AFP\n" + BODY.strip())
    assert page.credited() == [("closing", "afp")]


def test_editors_initials_and_agencies_in_one_line_name_the_agencies() -> None:
    (credit,) = mark_text("س.ن / وكالات\n" + BODY.strip()).credits
    assert (credit.kind, credit.name) == ("byline", "وكالات")


@pytest.mark.parametrize(
    ("sentence", "agency"),
    [
        ("ورد المدير في مقابلة على شاشة الـLBCI بأن الجسر يفتح.", "lbci"),
        ("وقال المدير في حديث للـBBC إن الجسر يفتح.", "bbc"),
        ("وبحسب ما نقلته الـCNN فإن الجسر يفتح.", "cnn"),
    ],
)
def test_a_channel_in_latin_letters_is_known_with_the_article_before_it(sentence: str, agency: str) -> None:
    assert mark_text(BODY + "\n" + sentence).credited() == [("attribution", agency)]


REVIEW = (
    "نبدأ جولتنا عبر الصحف الصادرة صباح الأربعاء من «مرسى اليوم»، التي كتبت أن الجسر القديم يفتح بعد شهر.\n"
    "وزادت الجريدة أن أعمال الطلاء تنتهي قبل ذلك، وأن «لجنة السكان» أشارت إلى تأخرها.\n"
    "أما «صوت الساحل» فذكرت أن سعر السمك ارتفع في السوق المركزي.\n"
    "ونختم جولتنا من «أصداء المرفأ»، التي نشرت حوارا مع رسام من المدينة.\n"
    "«البلدية الجديدة» ترد على السكان بعد أسبوع من الصمت.\n"
    "وأشارت صحيفة محلية أخرى إلى السوق."
)


def test_the_papers_of_a_press_review_are_credited_by_name() -> None:
    page = mark_text(REVIEW)
    assert [(credit.kind, credit.name) for credit in page.credits] == [
        ("attribution", "مرسى اليوم"),
        ("attribution", "صوت الساحل"),
        ("attribution", "أصداء المرفأ"),
    ]


def test_without_a_review_what_stands_in_quotes_is_no_paper() -> None:
    assert mark_text(BODY + "\nأما «صوت الساحل» فذكرت أن سعر السمك ارتفع.").credits == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "لوح صحفيو وأعوان وكالة الأناضول بتنفيذ إضراب يوم غد.",
        "واعتصم عمال وكالة الأناضول احتجاجا على تأخر رواتبهم كما قالت النقابة.",
    ],
)
def test_employees_on_strike_are_the_news_themselves(sentence: str) -> None:
    assert mark_text(BODY + "\n" + sentence).credited() == []


def test_employees_who_saw_something_are_a_source() -> None:
    sentence = "وقال صحفيو وكالة الأناضول إنهم شاهدوا الإضراب عند الجسر."
    assert mark_text(BODY + "\n" + sentence).credited() == [("attribution", "anadolu")]


def test_a_site_in_no_lexicon_is_named_behind_its_adjective() -> None:
    page = mark_text(BODY + "\nوحسب الموقع الإخباري «مرسى نت»، فإن الجسر يفتح.")
    assert [credit.name for credit in page.credits] == ["مرسى نت"]
    assert mark_text(BODY + "\nوبحسب الموقع الإلكتروني للبلدية فإن الجسر يفتح.").credits == ()


def test_a_paper_of_a_review_stands_behind_what_it_wrote_or_before_it() -> None:
    review = (
        "أبرز عناوين الصحف الصادرة اليوم الخميس كما تصل من مواقعها\n"
        "وأوردت «أصداء الساحل» أن البلدية ترد على السكان.\n"
        "وإلى «رسالة المرفأ»، التي نشرت حوارا مع رسام من المدينة.\n"
        "وقال «سامر النجار» إن «لجنة السكان» قالت له ذلك.\n"
        "وأشارت صحيفة محلية أخرى إلى السوق."
    )
    assert [credit.name for credit in mark_text(review).credits] == ["أصداء الساحل", "رسالة المرفأ"]


@pytest.mark.parametrize(
    "text",
    [
        "قنا - سامي خالد: شهدت محافظة قنا افتتاح مجمع طبي." + BODY,
        "سوهاج/قنا - سامي خالد:" + BODY,
        "نجع حمادي - قنا - سامي خالد:" + BODY,
        "البحر الاحمر/قنا - سامي خالد:" + BODY,
        "سبأ - الملكة التي حيرت المؤرخين - تعود إلى الشاشة في مسلسل جديد." + BODY,
    ],
)
def test_a_town_or_a_queen_that_is_called_like_an_agency_is_none(text: str) -> None:
    assert mark_text(text).credits == ()


@pytest.mark.parametrize(
    ("head", "credited"),
    [
        ("قنا - ", "qna"),
        ("الدوحة - قنا: زار الوفد محافظة قنا. ", "qna"),
        ("سبأ - ", "saba"),
        ("سبأ - صنعاء - ", "saba"),
    ],
)
def test_the_same_agencies_in_heads(head: str, credited: str) -> None:
    assert mark_text(head + BODY.strip()).credited() == [("dateline", credited)]


@pytest.mark.parametrize(
    ("text", "mentioned"),
    [
        (
            "وقعت وكالة الأنباء الأردنية (بترا) ووكالة أنباء البحرين اليوم اتفاقية تعاون لمدة ثلاث سنوات.",
            ["petra", "bna"],
        ),
        ("افتتحت وكالة الأنباء القطرية (قنا) مكتبا جديدا لها في تونس.", ["qna"]),
        ("أعلنت وكالة الأناضول إطلاق خدمتها باللغة الصومالية.", ["anadolu"]),
        ("وقال مراسل الجزيرة السابق إن الوضع صعب.", ["aljazeera"]),
        ("ونقل مصور فرانس برس المصاب إلى المستشفى.", ["afp"]),
    ],
)
def test_an_agency_that_is_the_news_itself_is_a_mention_and_its_sentence_the_story(
    text: str, mentioned: list[str]
) -> None:
    page = mark_text(text + BODY)
    assert page.mentioned() == [("mention", agency) for agency in mentioned]
    assert page.credited() == []
    assert page.marks == ()


def test_an_agency_that_tells_of_others_is_credited() -> None:
    text = "أعلنت وكالة الأنباء الأردنية (بترا) أن الوزير استقال، وقال مراسل الجزيرة إن الوضع صعب."
    assert mark_text(text + BODY).credited() == [("attribution", "petra"), ("attribution", "aljazeera")]


def test_a_score_is_no_dateline() -> None:
    assert mark_text("تونس 2 - الجزائر 1: هكذا انتهت مباراة الجارين." + BODY).marks == ()


@pytest.mark.parametrize("own", ["«القدس العربي» ـ", "القدس العربي -"])
def test_agencies_beside_the_paper_at_the_head_are_credited_too(own: str) -> None:
    page = mark_text(f"{own} وكالات:{BODY.replace(chr(10), ' ')}")
    assert [(credit.kind, credit.name) for credit in page.credits][1:] == [("byline", "وكالات")]


@pytest.mark.parametrize("behind", ["", "\n\nتابعوا مرسى اليوم على تلغرام"])
def test_agencies_beside_an_unknown_paper_close_the_story(behind: str) -> None:
    page = mark_text(f"{BODY.strip() * 2}\n\nمرسى اليوم - وكالات{behind}")
    assert page.under("credit") == ["مرسى اليوم - وكالات"]
    assert [(credit.kind, credit.name) for credit in page.credits] == [("source", "وكالات")]
