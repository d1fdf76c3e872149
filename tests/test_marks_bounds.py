"""No line and no page costs more than it should: patterns do not try everything, and long pages are walked once."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from dedup.arabic.block_lines import shape, signed
from dedup.arabic.date_lines import date_line
from dedup.settings import MIN_WORDS
from tests.growth import LINEAR, SQUARE, growth, steps
from tests.marked_text import mark_text

PARAGRAPH = (
    "بدأت البلدية صيانة الطرق الساحلية في المدينة القديمة، وقال المهندس المشرف إن العمل ينتهي قبل الشتاء المقبل."
)
STARTS = ("", "من ", "محرر ", "مراسل شؤون ", "كتب ", "(تحرير ", "#", "قبل ", "صورة ")
ATOMS = ("ل", "عمر/", "سو/", "ا.", "1/", " ", "- ", "# ا ", "كتب ", "(", "12:30 ", "مارس ", "رويترز/")
ENDS = ("", "1", "عبدالرحمن", " المصدر", ")")


@pytest.mark.parametrize("start", STARTS)
def test_a_line_twice_as_long_takes_twice_the_time_whatever_it_repeats(start: str) -> None:
    def prepared(length: int) -> Callable[[], None]:
        shape.cache_clear()
        date_line.cache_clear()
        lines = [(start + atom * length)[:length] + end for atom, end in itertools.product(ATOMS, ENDS)]
        return partial(_read, lines)

    assert growth(prepared, 135) < LINEAR


def _read(lines: list[str]) -> None:
    for line in lines:
        shape(line)
        signed(line)
        date_line(line)


@pytest.mark.parametrize(
    "unit",
    [
        "نقلا عن\n", "المصدر:\nموقع خبر\n", "اقرأ أيضا:\nعنوان الخبر\n", "(رويترز) ", "رويترز/", "رويترز، ", "لوكالة ",
        "التعليقات\n", "12 مارس 2024\n", "سوق الخضار (رويترز)\n", "السابق\n", "#وسم ", "##", "تصوير: سامي\n",
        "اقرأ أيضا: خبر\n12 مارس 2024\n",
    ],
)  # fmt: skip
def test_a_page_of_one_thing_again_and_again_costs_its_square_at_most(unit: str) -> None:
    def page(length: int) -> str:
        return f"{PARAGRAPH}\n{unit * (length // len(unit))}\n{PARAGRAPH}"

    assert growth(lambda length: partial(mark_text, page(length)), 6_000) < SQUARE
    marked = mark_text(page(12_000))
    assert all(0 <= mark.start < mark.end <= len(page(12_000)) for mark in marked.marks)


def test_a_row_of_names_is_not_walked_once_for_each_of_them() -> None:
    def page(length: int) -> str:
        return f"{PARAGRAPH}\n{'رويترز/' * (length // 7)}\n{PARAGRAPH}"

    assert growth(lambda length: partial(mark_text, page(length)), 14_000) < LINEAR


@pytest.mark.parametrize("line", ["منذ عام 1948", "قبل عام 2020", "قبل يوم 5 مارس", "منذ مارس"])
def test_since_and_before_a_date_are_no_date_line(line: str) -> None:
    assert date_line(line) == 0


@pytest.mark.parametrize("line", ["قبل 5 ساعات", "منذ يومين", "قبل قليل", "2 hours ago", "نشر قبل ساعة"])
def test_ago_is_one(line: str) -> None:
    assert date_line(line) == 2


def test_a_row_of_buttons_is_no_list_of_keywords() -> None:
    assert shape("شارك | تويتر | واتساب | طباعة") == ("share", False)
    assert shape("أخبار ذات علاقة | اطبع الصفحة") != ("signature", True)


def test_credits_alone_leave_words_of_a_text_unmarked_too() -> None:
    page = mark_text("(رويترز)\n" * 400 + "انتهى التقرير.")
    assert len(page.unmarked().split()) >= MIN_WORDS


PACKAGE = Path(__file__).resolve().parents[1] / "dedup"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_group_is_repeated_possessively(path: Path) -> None:
    """CPython before 3.11.5 matches such groups wrongly (gh-106052); ``(?>(?:...)+)`` says the same and is right."""
    groups = [
        (number, line.strip())
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(r"\)(?:[*+?]|\{+\d*,?\d*\}+)\+", line)
    ]
    assert groups == []


HEADLINE = "بلدية الميناء تغلق الجسر القديم أمام السيارات"
_BLANKS = " " * 200


@pytest.mark.parametrize(
    ("above", "unit", "below"),
    [
        pytest.param(_BLANKS, f"{HEADLINE}\n \n", "", id="headlines below blanks"),
        pytest.param("", "المصدر: بوابة الساحل\nسطر قصير\n", "", id="end marks"),
        pytest.param("", "اقرأ أيضا: خبر قصير\nكلمتان هنا\n", "سطر قصير\n", id="links"),
        pytest.param(_BLANKS, f"جانب من الحفل\n{PARAGRAPH}\n", "", id="views below blanks"),
    ],
)
def test_a_page_twice_as_long_of_headlines_leads_or_views_takes_twice_the_steps(
    above: str, unit: str, below: str
) -> None:
    def page(times: int) -> str:
        top = f"{above * times}\n4 مارس 2024 - 10:15 ص" if "جانب" in unit else above * times or PARAGRAPH
        return f"{HEADLINE}\n{top}\n{unit * times}{PARAGRAPH}\n{below * times}"

    mark_text(page(2), body_start=len(HEADLINE))
    few = 40 if above else 400
    once, twice = (
        steps(partial(mark_text, page(n), body_start=len(HEADLINE)), "/dedup/arabic/") for n in (few, 2 * few)
    )
    assert once > 10 * few
    assert twice < LINEAR * once
