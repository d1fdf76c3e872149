"""A teaser beside the whole text of a record is not the article."""

from __future__ import annotations

from pathlib import Path

import pytest

from dedup.corpus.teasers import is_teaser
from tests.corpus_files import lines, put, reading

WHOLE = "أعلن محافظ الواحة بدء العمل في الجسر الجديد.\nوقال المهندس إن العمل يستمر عاما كاملا في كل الضفاف."
OTHER = "افتتح وزير النقل في مدينة الميناء معرض القوارب القديمة أمس الأحد ..."


@pytest.mark.parametrize("end", ["...", " …", " [...]", "[…]", " ..", " [&hellip;]", ""])
def test_the_whole_text_wins_over_its_beginning(tmp_path: Path, end: str) -> None:
    records = [
        {"content": WHOLE[:35] + end, "full_text": WHOLE},
        {"content": WHOLE, "full_text": WHOLE[:35] + end},
        {"content": WHOLE[:35] + end, "raw_text": WHOLE},
        {"content": WHOLE[:35] + end, "body": WHOLE, "raw_text": WHOLE[:50] + end},
    ]
    put(tmp_path, "a.jsonl", lines(records))
    assert reading(tmp_path).texts == [WHOLE] * 4


def test_of_each_record_its_own_fields_are_compared(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", f'content,body\n"{OTHER}","{WHOLE}"\n"{WHOLE}","{OTHER}"\n"{WHOLE[:30]} ...","{WHOLE}"\n')
    assert reading(tmp_path).texts == [OTHER, WHOLE, WHOLE]


@pytest.mark.parametrize(
    ("text", "whole", "teaser"),
    [
        (WHOLE, WHOLE + " اقرأ أيضا: الواحة تبدأ العمل", False),
        (WHOLE, "مقدمة. " + WHOLE, False),
        (WHOLE[:-20], WHOLE, True),
        ("أول فقرة كاملة.", "أول فقرة كاملة.\n" + WHOLE, True),
        ("ملخص آخر للخبر ...", WHOLE, True),
        (WHOLE + " ...", WHOLE, False),
        ("", WHOLE, False),
    ],
)
def test_what_a_teaser_is(text: str, whole: str, teaser: bool) -> None:
    assert is_teaser(text, whole) == teaser
