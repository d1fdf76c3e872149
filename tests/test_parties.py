"""Agencies in the news: what they say of themselves, what is denied, what they said long ago is no source."""

from __future__ import annotations

import pytest

from tests.marked_text import mark_text

BODY = "بدأت البلدية صيانة الطرق الساحلية في المدينة القديمة، وينتهي العمل قبل الشتاء المقبل كما جاء في الخطة.\n"


def _kinds(sentence: str) -> list[str]:
    return [credit.kind for credit in mark_text(BODY + sentence).credits]


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت إدارة المستشفى إن سيارة الإسعاف نقلت المصور في وكالة رويترز سامي خالد إلى غرفة العمليات.",
        "وقالت الشاهدة إنها رأت المصور في وكالة رويترز ملقى على الأرض.",
        "وأعلنت العيادة أن مسعفيها نقلوا مراسل وكالة الأناضول إلى العاصمة.",
        "وقالت إن الصحفي في وكالة فرانس برس سامي خالد غاب عن الجلسة.",
        "وقالت زوجة مراسل وكالة رويترز إنها تنتظر خبرا منه.",
        "وقال محامي المصور في وكالة الأناضول إن موكله بريء.",
    ],
)
def test_who_works_for_an_agency_and_is_carried_seen_or_spoken_of_is_no_witness(sentence: str) -> None:
    assert _kinds(sentence) == ["mention"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ونقل مراسل وكالة رويترز عن سائقين أن الطريق مغلق.",
        "وشاهد مراسل وكالة رويترز الدخان فوق الميناء.",
        "وقال المصور في وكالة الأناضول سامي خالد إن الدخان غطى الميناء.",
        "وقال الطبيب لمراسل وكالة الأناضول إن الجرحى في حال جيدة.",
        "وأبلغت المديرة مراسل رويترز أن المدرسة تفتح غدا.",
        "وقال مصور في وكالة فرانس برس إنه رأى الدخان.",
    ],
)
def test_who_works_for_an_agency_and_tells_what_he_saw_is_a_witness(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ونفى الناطق صحة ما أوردته وكالة رويترز عن بيع الميناء.",
        "ونفت الشركة في بيان الأنباء التي بثتها وكالة الأناضول عن بيع الميناء.",
        "ونفى مدير الميناء تقريرا لوكالة رويترز عن بيعه.",
        "وقالت الشركة إنه لا صحة لما نشرته وكالة بلومبرغ عن بيع الميناء.",
        "وأكد المدير عدم دقة ما جاء في تقرير وكالة رويترز.",
        "وجدد المدير نفي ما أوردته وكالة رويترز عن بيع الميناء.",
        "وقال المدير إن ما أوردته وكالة رويترز عار تماما من الصحة.",
        "وقالت البلدية إن ما نشرته صحيفة الأهرام غير صحيح.",
    ],
)
def test_what_is_denied_is_only_mentioned(sentence: str) -> None:
    assert _kinds(sentence) == ["mention"]


def test_what_is_denied_of_a_medium_in_no_lexicon_credits_nobody() -> None:
    assert _kinds('ونفت البلدية ما نشرته صحيفة "المرسى الجديد" عن الميناء.') == []
    assert _kinds('وزار الميناء أمس، وفق ما نشرته صحيفة "المرسى الجديد" عن الميناء.') == ["attribution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ونفى مسؤول في الميناء لوكالة رويترز بيع الأرصفة.",
        "ونفت الشركة، وفق ما نقلته وكالة رويترز، بيع الأرصفة.",
        "ونفت الشركة وفق ما نقلته وكالة رويترز بيع الأرصفة.",
        "ونقلت رويترز عن مدير الميناء نفيه بيع الأرصفة.",
        "ونفى المدير في تصريح بثته وكالة الأنباء السعودية بيع الأرصفة.",
        "ونفت البلدية في نبأ أوردته وكالة أنباء البحرين بيع الأرصفة.",
        "ونفى المدير في التصريحات التي نقلتها وكالة سانا بيع الأرصفة.",
    ],
)
def test_who_denies_something_to_an_agency_has_it_as_his_source(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


@pytest.mark.parametrize("then", ["حينها", "آنذاك", "انذاك", "في حينه", "وقتها", "وقتئذ", "يومها", "في ذلك الوقت"])
def test_what_an_agency_reported_at_a_time_that_is_past_is_background(then: str) -> None:
    assert _kinds(f"وذكرت وكالة رويترز {then} أن الميناء للبيع.") == ["mention"]
    assert _kinds(f"ونقلت وكالة الأنباء السعودية (واس) {then} عن المدير أن الميناء للبيع.") == ["mention"]
    assert _kinds(f"و{then}، قالت وكالة رويترز إن الميناء للبيع.") == ["mention"]
    assert _kinds(f"وذكرت وكالة رويترز أن الميناء كان {then} للبيع.") == ["attribution"]


def test_a_year_dates_what_an_agency_reported_and_not_what_a_paper_published() -> None:
    assert _kinds("ونقلت رويترز العام الماضي عن المدير أن الميناء للبيع.") == ["mention"]
    assert _kinds("وفي مقال نشرته صحيفة الأهرام العام الماضي، قال المدير ذلك.") == ["attribution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "واعتذرت وكالة الأنباء الألمانية عن خطأ في الصورة.",
        "وأعربت وكالة رويترز عن أسفها.",
        "وقالت رويترز في بيان إنها ستغلق ثلاثة مكاتب.",
        "وأعلنت وكالة الأنباء القطرية أن موقعها تعرض لهجوم.",
        "وقالت وكالة فرانس برس إن أحد مصوريها أصيب في الميناء.",
        "وقال المدير إن الاتفاق مع وكالة رويترز يمتد عامين.",
        "وقال المدير إن الهيئة حظرت موقع وكالة رويترز.",
        "وعلقت الهيئة رخصة وكالة رويترز شهرا.",
        "وأغلقت الهيئة مكتبا لوكالة رويترز في المدينة.",
    ],
)
def test_an_agency_that_does_or_suffers_something_is_the_subject(sentence: str) -> None:
    assert _kinds(sentence) == ["mention"]


@pytest.mark.parametrize(
    "sentence",
    [
        "وعلقت صحيفة «لوفيغارو» على بيع الميناء بأنه متأخر.",
        "وقالت رويترز إنها اطلعت على العقد.",
        "وقالت رويترز عن الشركة إنها قررت إغلاق الميناء.",
        "استهدف الهجوم رصيفا وأعلنت وكالة تسنيم أن الحريق أخمد.",
        "وأغلقت الشرطة الطريق حسب وكالة رويترز.",
    ],
)
def test_reporting_is_no_such_deed(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


@pytest.mark.parametrize(
    "opening",
    [
        "وقعت رويترز عقدا مع دار للنشر لتوزيع صورها.",
        "رفعت وكالة رويترز دعوى على دار للنشر.",
        "سرحت وكالة رويترز عشرين صحفيا.",
        "عينت وكالة رويترز مديرة جديدة.",
        "فازت رويترز بجائزة عن صورها.",
        "منحت لجنة التحكيم وكالة رويترز جائزتها.",
        "تعرض موقع وكالة رويترز لهجوم.",
        "حظرت الحكومة موقع وكالة رويترز.",
        "رويترز تسرح عشرين صحفيا\nالعدد هو الأكبر منذ عشرة أعوام.",
    ],
)
def test_what_an_agency_says_of_its_own_affair_is_a_partys_statement(opening: str) -> None:
    said = f"{opening} وقالت رويترز إن الأمر يسري في الربيع."
    assert {credit.kind for credit in mark_text(said).credits} == {"mention"}
    assert mark_text(f"{opening} {BODY}وقالت رويترز إن الأمر يسري في الربيع.").credited() == []
    assert mark_text(f"{opening} وقال المدير لرويترز إن الأمر يسري في الربيع.").credited() == [
        ("attribution", "reuters")
    ]


def test_further_down_a_deed_counts_for_the_next_sentence_only() -> None:
    deed = "وسحبت رويترز صورة من أرشيفها."
    assert mark_text(BODY * 4 + deed + " وقالت رويترز إن الصورة قديمة.").credited() == []
    later = mark_text(BODY * 4 + deed + "\n" + BODY * 2 + "وقالت رويترز إن السفينة وصلت.")
    assert later.credited() == [("attribution", "reuters")]


def test_a_party_that_passes_on_what_others_say_reports() -> None:
    page = mark_text("حظرت الحكومة موقع وكالة رويترز. ونقلت رويترز عن وزير أن الحظر مؤقت.")
    assert page.credited() == [("attribution", "reuters")]


def test_others_who_decide_something_by_an_agencys_report_make_it_no_party() -> None:
    page = mark_text("وبحسب وكالة رويترز قررت الحكومة رفع الرسوم. وقالت رويترز إن القرار يسري غدا.")
    assert page.credited() == [("attribution", "reuters")] * 2


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت لوكالة رويترز إنها رفضت بيع الرصيف.",
        "وقالت لرويترز إنها رفضت بيع الرصيف.",
        "وأكدت الوزيرة لوكالة الأناضول أن موقعها تعرض لهجوم.",
        "وأوضحت لوكالة فرانس برس أنها أسست المدرسة قبل عامين.",
        "واتهم في تصريح لرويترز البلدية بالتقصير.",
        "واتهم مسؤول لوكالة رويترز البلدية بالتقصير.",
        "وهاجم في حديث لوكالة الأناضول قرار البلدية.",
        "وأعرب لوكالة رويترز عن أسفه.",
        "ومنح المدير مقابلة لوكالة رويترز قال فيها إن الجسر مفتوح.",
    ],
)
def test_who_says_something_to_an_agency_speaks_of_himself(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "وتحدث المدير عن الاتفاق في مقابلة مع وكالة رويترز قائلا إنه جاهز.",
        "وكشف بنود العقد في حوار مع وكالة الأناضول.",
        "وأشاد بالتعاون خلال لقاء مع وكالة شينخوا.",
        "وتناول الاتفاق في اتصال هاتفي مع وكالة رويترز وقال إنه جيد.",
    ],
)
def test_an_interview_about_an_agreement_is_held_with_a_source(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "نفت البلدية عبر خبر نشرته وكالة سانا إغلاق الميناء.",
        "ونفت الشركة من خلال خبر نشرته وكالة سانا إغلاق الميناء.",
        "ونفى المدير ذلك استنادا إلى ما نقلته وكالة رويترز.",
        "ونفى المدير إغلاق الميناء على حد ما ذكرت وكالة تاس.",
        "ونفى المدير إغلاق الميناء تبعا لما ذكرته وكالة تاس.",
        "ونفى المدير إغلاق الميناء بناء على ما نقلته وكالة رويترز.",
        "ونفت الشركة إغلاق الميناء وهو ما نقلته وكالة تاس عن مديرها.",
        "ونفى المدير إغلاق الميناء مستشهدا بما نشرته وكالة رويترز عن حركة السفن.",
        "ونفى المدير إغلاق الميناء وأكد ما قالته وكالة تاس.",
        "ونفت البلدية الإغلاق وأوضحت الخبر الذي نشرته وكالة سانا.",
        "ونفى عمال إغلاق الميناء ضمن تقرير لوكالة فرانس برس.",
        "ونفى المدير إغلاق الميناء رغم ما نشرته وكالة رويترز.",
        "ونفى المدير إغلاق الميناء غير أن ما نشرته وكالة رويترز يؤكده.",
    ],
)
def test_a_denial_that_an_agency_carries_has_it_as_its_source(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


def test_a_denial_by_way_of_something_else_is_still_one_of_what_the_agency_published() -> None:
    assert _kinds("ونفى المدير عبر حسابه ما نشرته وكالة رويترز عن الإغلاق.") == ["mention"]
    assert _kinds("ونفى المدير بعد ساعات ما نشرته وكالة رويترز عن الإغلاق.") == ["mention"]
    assert _kinds("ونفى علمه بما نشرته وكالة رويترز عن الإغلاق.") == ["mention"]


@pytest.mark.parametrize(
    "sentence",
    [
        "ذكر تقرير لوكالة رويترز أن شكاوى السكان لا أساس لها.",
        "وأفاد خبر نشرته وكالة سانا بأن الحريق محض حادث.",
        "وأفاد التقرير الذي نشرته وكالة رويترز بأنه لا أساس للشكوى.",
        "وقال التقرير الذي نشرته وكالة رويترز إن أرقام البلدية غير دقيقة.",
        "وأكد ما أوردته وكالة الأنباء العراقية أن الأنباء عن الإغلاق غير صحيحة.",
        "وكشف تقرير لوكالة رويترز عن فواتير لا أساس لها.",
    ],
)
def test_what_an_agency_has_found_to_be_untrue_is_taken_from_it(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


def test_what_it_published_itself_may_be_untrue() -> None:
    assert _kinds("وقال المدير إن تقرير وكالة رويترز غير دقيق.") == ["mention"]
    assert _kinds("ووصف المدير ما ذكرته وكالة رويترز بأنه عار عن الصحة.") == ["mention"]
    assert _kinds("ووصف المدير الأنباء التي بثتها وكالة رويترز بأنها غير دقيقة.") == ["mention"]
    assert _kinds("وقال إن الأنباء التي أوردتها وكالة رويترز عن الإغلاق عارية من الصحة.") == ["mention"]
    assert _kinds("وقال المدير إن ما نشرته رويترز عن أن الميناء مغلق غير صحيح.") == ["mention"]


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت وكالة فرانس برس إن مصورها كان قرب الجسر وشاهد الدخان.",
        "وقالت وكالة الأناضول إن مراسلها لا يزال قرب الجسر.",
        "وقالت وكالة وفا إن مكتبها في المدينة أحصى خمس سفن.",
        "وقالت رويترز إن موظفيها شاهدوا الدخان.",
        "وقالت رويترز إن مكتبها أحصى خمسة منازل قصفت.",
        "وقالت رويترز إن مراسلها رأى رجلا أصيب قرب الجسر.",
        "وقالت وكالة الأناضول إن مراسليها منعوا من دخول الميناء حيث تجمع مئات السكان.",
        "وقالت رويترز إن مصورها في البلدة قتل ثلاثة من جيرانه في القصف.",
        "وقالت رويترز إن مراسلتها في البلدة فقد نحو عشرين من أهلها بيوتهم.",
    ],
)
def test_what_an_agencys_people_and_offices_see_is_taken_from_it(sentence: str) -> None:
    assert _kinds(sentence) == ["attribution"]


@pytest.mark.parametrize(
    "sentence",
    [
        "وقالت رويترز إن مصورها لا يزال محتجزا.",
        "وقالت رويترز إن مراسلتها توفيت في المدينة.",
        "وقالت رويترز إن مصورها سامي خالد أصيب قرب الجسر.",
        "وأعلنت وكالة الأناضول أن مكتبها في المدينة تعرض للقصف.",
        "وأعلنت رويترز أن موظفيها أضربوا عن العمل يومين.",
        "وقالت رويترز إن مصورها في البلدة قتل في القصف.",
    ],
)
def test_what_befell_an_agencys_people_and_offices_is_its_own_news(sentence: str) -> None:
    assert _kinds(sentence) == ["mention"]


def test_figures_that_an_agency_published_last_month_are_taken_from_it() -> None:
    assert _kinds("وأظهرت بيانات نشرتها وكالة رويترز الشهر الماضي أن عدد السفن زاد.") == ["attribution"]
    assert _kinds("وأظهر استطلاع أجرته وكالة رويترز العام الماضي أن السكان غاضبون.") == ["attribution"]
    assert _kinds("وذكرت وكالة رويترز الشهر الماضي أن الميناء للبيع.") == ["mention"]


def test_a_forecast_is_no_signature() -> None:
    assert _kinds("وتوقع موقع بلومبرغ أن تزيد الرسوم.") == ["attribution"]
    assert _kinds("وتوقعت بلومبرغ اتفاقا قريبا بين البلدين على خفض الإنتاج.") == ["attribution"]
    assert _kinds("وتوقع وكالة الأنباء القطرية اليوم مذكرة تفاهم مع المكتبة الوطنية.") == ["mention"]


@pytest.mark.parametrize(
    "opening",
    [
        "لندن (رويترز) أغلقت البلدية الجسر.",
        "رويترز: تراجع عدد السفن.",
        "رويترز - تراجعت حركة السفن.",
        "وقال مصدر إن الرسوم تراجعت (رويترز).",
        "رويترز تراجع عدد السفن.",
        "وأكد مصدر لرويترز فتح الجسر.",
        "وأكد مصدر لوكالة رويترز فتح الجسر.",
    ],
)
def test_a_deed_behind_a_head_or_a_bracket_or_what_was_told_is_not_the_agencys(opening: str) -> None:
    assert ("attribution", "reuters") in mark_text(f"{opening}\nوقالت رويترز إن الميناء قديم.").credited()


def test_a_reporter_carries_pictures_to_the_world() -> None:
    assert _kinds("ونقل مصور وكالة رويترز إلى العالم صورا من الميناء المغلق.") == ["attribution"]
