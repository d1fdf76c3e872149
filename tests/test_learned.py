"""What an outlet repeats under different stories is learned; what copies repeat, or all outlets say, is not."""

from __future__ import annotations

import random

from dedup.arabic.annotation import NOTHING
from dedup.arabic.learned import STORIES, TAIL_STORIES, learn
from dedup.arabic.marks import BatchMarks, Marker
from dedup.arabic.sample import Sample
from tests.marked_text import mark_texts, shipped

WORDS = [
    "مدينة",
    "طريق",
    "ميناء",
    "جامعة",
    "مختبر",
    "باحث",
    "طالب",
    "قافلة",
    "سوق",
    "معرض",
    "كتاب",
    "مكتبة",
    "مجلس",
    "لجنة",
    "خطة",
    "مشروع",
    "شارع",
    "جسر",
    "نهر",
    "جبل",
    "مطار",
    "سفينة",
]


def _story(seed: int, words: int = 40) -> str:
    chosen = random.Random(seed)
    return "\n".join(" ".join(chosen.choice(WORDS) for _ in range(words // 2)) + "." for _ in range(2))


def _batch(texts: list[str], outlet: str = "alsahil") -> BatchMarks:
    return mark_texts(texts, outlets=[outlet] * len(texts))


def _sample(texts: list[str], outlet: str = "alsahil") -> Sample:
    return _batch(texts, outlet).sample


def _marked_again(batch: BatchMarks, *others: BatchMarks) -> list[int]:
    """The articles of a batch that hold something learned from it and others."""
    return list(Marker(shipped()).again(batch, learn([one.sample for one in (batch, *others)])))


def test_a_line_under_different_stories_is_learned() -> None:
    texts = [_story(seed) + "\nصوت الساحل معكم دائما" for seed in range(STORIES)]
    batch = _batch(texts)
    assert _marked_again(batch) == list(range(STORIES))
    assert len(learn([batch.sample]).lines) == 1


def test_a_line_under_copies_of_one_story_is_not() -> None:
    texts = [_story(1) + f"\nإضافة رقم {number}\nصوت الساحل معكم دائما" for number in range(2 * STORIES)]
    assert _marked_again(_batch(texts)) == []


def test_a_line_of_few_stories_is_not() -> None:
    texts = [_story(seed) + "\nصوت الساحل معكم دائما" for seed in range(STORIES - 1)]
    assert _marked_again(_batch(texts)) == []


def test_outlets_do_not_teach_each_other() -> None:
    mine = _batch([_story(seed) + "\nصوت الساحل معكم دائما" for seed in range(STORIES)])
    other = _batch([_story(100 + seed) + "\nصوت الساحل معكم دائما" for seed in range(STORIES - 1)], "almina")
    assert len(_marked_again(mine, other)) == STORIES
    assert len(_marked_again(other, mine)) == 0


def test_a_tail_of_flattened_texts_is_learned_unless_others_say_it_too() -> None:
    flat = [_story(seed).replace("\n", " ") + " تابعوا صوت الساحل كل مساء" for seed in range(TAIL_STORIES)]
    mine = _sample(flat)
    assert len(learn([mine]).tails) > 0
    formula = _sample(
        [_story(50 + seed).replace("\n", " ") + " تابعوا صوت الساحل كل مساء" for seed in range(TAIL_STORIES)], "almina"
    )
    assert len(learn([mine, formula]).tails) == 0


def test_the_name_an_outlet_heads_its_articles_with_is_learned() -> None:
    texts = [
        f"{name} {surname} – صوت الساحل\n" + _story(10 * i + j)
        for i, name in enumerate(["سامي", "سمر", "خالد"])
        for j, surname in enumerate(["حداد", "نجار", "خياط"])
    ]
    learned = learn([_sample(texts)])
    assert learned.names("alsahil") == {"صوت الساحل"}


def test_order_does_not_matter() -> None:
    one = _sample([_story(seed) + "\nصوت الساحل معكم دائما" for seed in range(3)])
    two = _sample([_story(10 + seed) + "\nصوت الساحل معكم دائما" for seed in range(3)])
    a, b = learn([one, two]), learn([two, one])
    assert a.lines.keys.tolist() == b.lines.keys.tolist()
    assert a.lines.stories.tolist() == b.lines.stories.tolist()


def test_nothing_is_learned_from_nothing() -> None:
    assert len(learn([]).lines) == 0


def test_what_is_learned_is_marked_without_another_scan() -> None:
    """A batch judged again is the batch marked with what is learned from the start; articles without it stay."""
    texts = [_story(seed) + "\nصوت الساحل معكم دائما" for seed in range(STORIES)] + [_story(99)]
    first = mark_texts(texts, outlets=["alsahil"] * len(texts))
    learned = learn([first.sample])
    again = Marker(shipped()).again(first, learned)
    whole = mark_texts(texts, outlets=["alsahil"] * len(texts), learned=learned)
    assert sorted(again) == list(range(STORIES))
    for row, text in enumerate(texts):
        assert again.get(row, NOTHING) == whole.found.get(row, NOTHING)
        marked = [text[mark.start : mark.end] for mark in whole.marks(row)]
        assert marked == (["صوت الساحل معكم دائما"] if row < STORIES else [])


def test_a_title_inside_the_text_hides_neither_head_nor_line() -> None:
    """The same articles, once with the title as first line of the text, teach the same and get the same marks."""
    heads = ["سامي", "سمر", "خالد", "نور", "ليلى", "ياسر", "هدى", "عمر", "رنا"]
    bodies = [f"{name} حداد – صوت الساحل\n{_story(n)}\nكل خبر في وقته" for n, name in enumerate(heads)]
    titles = [f"عنوان رقم {n} لهذا الخبر\n\n" for n in range(len(heads))]
    outlets: list[str | None] = ["alsahil"] * len(heads)
    bare = mark_texts(bodies, outlets=outlets)
    starts = [len(title) for title in titles]
    titled = mark_texts([t + b for t, b in zip(titles, bodies, strict=True)], outlets=outlets, body_starts=starts)
    learned = learn([bare.sample])
    assert learned.names("alsahil") == learn([titled.sample]).names("alsahil") == {"صوت الساحل"}
    assert learned.lines.keys.tolist() == learn([titled.sample]).lines.keys.tolist()
    one, two = Marker(shipped()).again(bare, learned), Marker(shipped()).again(titled, learned)
    for row, start in enumerate(starts):
        moved = [(m.start - start, m.end - start, m.label) for m in two[row].marks if m.label != "title"]
        assert moved == [(m.start, m.end, m.label) for m in one[row].marks] != []
