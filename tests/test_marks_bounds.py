"""No line and no page costs more than it should: patterns do not try everything, and long pages are walked once."""

from __future__ import annotations

import itertools
import re
import time
from pathlib import Path

import pytest

from dedup.arabic.block_lines import shape, signed
from dedup.arabic.date_lines import date_line
from dedup.settings import MIN_WORDS
from tests.marked_text import mark_text

PARAGRAPH = (
    "بدأت البلدية صيانة الطرق الساحلية في المدينة القديمة، وقال المهندس المشرف إن العمل ينتهي قبل الشتاء المقبل."
)
SECONDS = 2.0
"""A line takes some milliseconds and a page some tenths of a second; patterns that try everything take minutes."""

STARTS = ("", "من ", "محرر ", "مراسل شؤون ", "كتب ", "(تحرير ", "#", "قبل ", "صورة ")
ATOMS = ("ل", "عمر/", "سو/", "ا.", "1/", " ", "- ", "# ا ", "كتب ", "(", "12:30 ", "مارس ", "رويترز/")
ENDS = ("", "1", "عبدالرحمن", " المصدر", ")")


@pytest.mark.parametrize("start", STARTS)
def test_a_line_is_shaped_in_no_time_whatever_it_repeats(start: str) -> None:
    begun = time.perf_counter()
    for atom, end in itertools.product(ATOMS, ENDS):
        line = (start + atom * (280 // len(atom)))[:270] + end
        shape(line)
        signed(line)
        date_line(line)
    assert time.perf_counter() - begun < SECONDS


@pytest.mark.parametrize(
    "unit",
    [
        "نقلا عن\n", "المصدر:\nموقع خبر\n", "اقرأ أيضا:\nعنوان الخبر\n", "(رويترز) ", "رويترز/", "رويترز، ", "لوكالة ",
        "التعليقات\n", "12 مارس 2024\n", "سوق الخضار (رويترز)\n", "السابق\n", "#وسم ", "##", "تصوير: سامي\n",
        "اقرأ أيضا: خبر\n12 مارس 2024\n",
    ],
)  # fmt: skip
def test_a_page_of_one_thing_again_and_again_is_marked_in_time(unit: str) -> None:
    page = f"{PARAGRAPH}\n{unit * (12_000 // len(unit))}\n{PARAGRAPH}"
    begun = time.perf_counter()
    marked = mark_text(page)
    assert time.perf_counter() - begun < SECONDS
    assert all(0 <= mark.start < mark.end <= len(page) for mark in marked.marks)


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
