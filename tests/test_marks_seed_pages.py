"""The five scraped pages the project began from: what is furniture in them, who is credited, what is a second story."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dedup.model import Segment
from tests.marked_text import Marked, mark_text

Seed = Callable[[str], Marked]


@pytest.fixture(scope="module")
def seed(shared: Path) -> Seed:
    def read(number: str) -> Marked:
        path = next(shared.glob(f"seeds/{number}_*.txt"))
        text = path.read_text("utf-8")
        return mark_text(text, title=text.partition("\n")[0].strip(), body_start=text.index("\n") + 1)

    return read


def test_press_release_page(seed: Seed) -> None:
    page = seed("000")
    assert page.credited() == [("dateline", "seaprwire")]
    assert ("mention", "ap") in page.mentioned()
    assert all(agency in ("ap", "seaprwire") for _, agency in page.mentioned())
    (disclaimer,) = page.under("disclaimer")
    assert disclaimer.startswith("يتم توفير المقال")
    assert disclaimer.endswith("فيما يتعلق بذلك.")
    (section,) = page.under("section")
    assert section.startswith("القطاعات:")
    (company,) = page.under("company")
    assert company.startswith("يوفر SeaPRwire")
    assert company.endswith("ولغات أخرى.")
    (dateline,) = page.under("dateline")
    assert dateline.startswith("(SeaPRwire)")


def test_see_also_lines_in_the_middle(seed: Seed) -> None:
    page = seed("001")
    related = page.under("related")
    assert len(related) == page.text.count("شاهد ايضاً:") == 3
    assert all(line.startswith("شاهد ايضاً:") and "\n" not in line for line in related)
    (summary,) = page.under("summary")
    assert summary.startswith("قادة اليابان")
    assert summary.endswith("وورلد برس عربي.")
    assert page.credited() == []
    assert page.mentioned() == [("mention", "bbc")]


def test_page_with_section_introduction_and_comment_form(seed: Seed) -> None:
    page = seed("002")
    assert "العالم" in page.under("section")
    assert any(stretch.startswith("• أقسام تهمك") for stretch in page.under("section"))
    (introduction,) = page.under("introduction")
    assert "هذا هو موضوع مقالنا" in introduction
    assert introduction.endswith("الاهتمام.")
    assert any(stretch.startswith("مقالات ذات صلة") for stretch in page.under("related"))
    assert "اترك تعليقاً" in page.under("comment")
    assert any(stretch.startswith("لن يتم نشر") for stretch in page.under("comment"))
    assert "زر الذهاب إلى الأعلى" in page.under("navigation")
    assert page.credited() == [("attribution", "kyodo")]
    assert page.unmarked().strip().endswith("في حالات الطوارئ.") or page.unmarked().strip().endswith("الطوارئ.")


def test_summary_and_related_headlines(seed: Seed) -> None:
    page = seed("003")
    (summary,) = page.under("summary")
    assert summary.endswith("اكتشف المزيد عن هذه الشراكة الاستراتيجية.")
    (related,) = page.under("related")
    assert related.startswith("أخبار ذات صلة")
    assert related.endswith("للأمن والدبلوماسية")
    assert page.credited() == []


def test_second_story_glued_under_the_first(seed: Seed) -> None:
    page = seed("004")
    (date,) = page.under("date")
    assert date.startswith("تاريخ النشر:")
    (keywords,) = page.under("keywords")
    assert keywords.startswith("كلمات دلالية:")
    assert keywords.endswith("واشنطن")
    (source,) = [credit for credit in page.credits if credit.kind == "source"]
    assert (source.agency, source.name) == (None, "بوابة الفجر")
    assert page.credited() == [("source", None)]
    (segment,) = page.segments
    assert isinstance(segment, Segment)
    assert segment.title is not None
    assert page.text[slice(*segment.title)] == "كوريا الشمالية تندد بالتدريبات العسكرية بين واشنطن وسول وطوكيو"
    assert page.text[segment.start : segment.end].rstrip().endswith('حافة كين".')
    assert [credit.agency for credit in segment.credits] == ["kcna"]
    assert "نددت كوريا" not in page.unmarked()
