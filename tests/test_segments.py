"""A second story glued under the first is a story of its own; a list of links is not."""

from __future__ import annotations

import pytest

from dedup.arabic.line_words import restates
from tests.marked_text import mark_text

STORY = (
    "بدأت البلدية صيانة الطرق الساحلية في المدينة القديمة، وقال المهندس المشرف إن العمل ينتهي قبل الشتاء المقبل.\n"
    "وأضاف أن المرحلة الثانية تشمل الأرصفة والإنارة، وأن السكان سيبلغون بمواعيد الإغلاق قبل أسبوع كامل."
)
HEADLINE = "الجامعة تفتتح مختبرا لتحلية المياه في الميناء"
SECOND = (
    "افتتحت الجامعة أمس مختبرا لتحلية المياه في الميناء القديم، وحضر الافتتاح عدد من الباحثين والطلاب والمهندسين.\n"
    "وقال عميد الكلية لوكالة رويترز إن المختبر يخدم خمسين باحثا، وإن نتائجه الأولى ستنشر قبل نهاية العام الدراسي."
)


@pytest.mark.parametrize(
    "lead", ["إقرأ أيضاً:", "المصدر: بوابة الساحل\nكلمات دلالية: طرق بلدية\nاقرأ أيضا:", "أخبار ذات صلة"]
)
def test_glued_story_is_a_segment_with_its_own_credit(lead: str) -> None:
    page = mark_text(f"{STORY}\n{lead}\n{HEADLINE}\n{SECOND}")
    (segment,) = page.segments
    assert page.text[segment.start : segment.end] == f"{HEADLINE}\n{SECOND}"
    assert segment.title is not None
    assert page.text[slice(*segment.title)] == HEADLINE
    assert [credit.agency for credit in segment.credits] == ["reuters"]
    assert "reuters" not in {credit.agency for credit in page.credits}
    assert page.unmarked().strip() == STORY


def test_links_above_the_story_are_no_segment() -> None:
    page = mark_text(f"{STORY}\nأخبار ذات صلة\nوصول قافلة جديدة إلى المدينة\nالمكتبة تعلن مواعيدها الصيفية")
    assert page.segments == ()
    assert page.unmarked().strip() == STORY


def test_the_host_going_on_behind_a_link_is_no_segment() -> None:
    first, second = STORY.split("\n")
    page = mark_text(
        f"{first}\nاقرأ أيضا:\nوصول قافلة إغاثة جديدة إلى العاصمة\n{second}\n{second.replace('الثانية', 'الثالثة')}"
    )
    assert page.segments == ()
    assert second in page.unmarked()


@pytest.mark.parametrize("top", ["المصدر:\nدبي - وام\nالتاريخ: 18 مارس 2025", "المصدر: صحيفة المرسى\nاقرأ أيضا:"])
def test_what_stands_at_the_top_of_a_page_ends_no_story(top: str) -> None:
    page = mark_text(f"{top}\n{HEADLINE}\n{SECOND}")
    assert page.segments == ()
    assert SECOND in page.unmarked()


def test_a_source_at_the_top_does_not_make_what_follows_a_link_a_second_story() -> None:
    first, second = STORY.split("\n")
    page = mark_text(f"المصدر: بوابة الساحل\n{first}\nاقرأ أيضا:\nوصول قافلة جديدة إلى المدينة\n{second}\n{second}")
    assert page.segments == ()


def test_date_of_a_segment_is_not_the_hosts() -> None:
    page = mark_text(f"{STORY}\nإقرأ أيضاً:\n{HEADLINE}\n{SECOND}")
    assert page.segments[0].date is None


def test_a_lead_restates_its_headline() -> None:
    assert restates(SECOND, HEADLINE)
    assert not restates(STORY, HEADLINE)
