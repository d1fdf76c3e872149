"""The shared text of a story: what is quoted stands there, who carries it has it, and nothing costs squares."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dedup import pipeline
from dedup.arabic.fold import fold
from dedup.corpus.schema import SCHEMA
from dedup.match.passages import Passages
from dedup.match.rarity import Phrases
from dedup.report.json_format import as_data, schema
from dedup.settings import OWN_SUPPORT, OWN_WINDOW, REFERENCES, Settings
from dedup.story.groups import end_to_end
from dedup.story.quoted import quoted as quoted_text
from dedup.story.ranges import united
from dedup.story.shared_text import Members, SharedText, shared_text
from dedup.story.texts import Mapper, Texts
from tests.naive_shared_text import Story, as_stories, naive_stories
from tests.test_pipeline import story as words_of
from tests.test_pipeline import write

NOTHING_FREQUENT = Phrases(np.zeros(0, np.uint64), np.zeros(1, np.int64), np.zeros(0, np.int32), np.zeros(0, np.int32))
SEEDS = Path(__file__).resolve().parents[1] / "seeds"


def texts_of(texts: Sequence[str]) -> Texts:
    blank = {**dict.fromkeys(SCHEMA.names), "id": "x", "path": "x", "body_start": 0}
    table = pa.Table.from_pylist([{**blank, "text": text} for text in texts], schema=SCHEMA)
    content = np.array([list(texts).index(text) for text in texts], np.uint64)
    return Texts.of(table, {}, content, np.arange(len(texts)), NOTHING_FREQUENT)


def found_in(stories: Sequence[Sequence[int]], medoids: Sequence[int], texts: Texts) -> SharedText:
    groups, place = end_to_end(stories)
    members = Members.of(groups, place, texts.equal)
    return shared_text(members, np.array([place.tolist().index(one) for one in medoids], np.int64), texts)


def told(texts: Sequence[str]) -> tuple[Story, Texts]:
    read = texts_of(texts)
    found = found_in([range(len(texts))], [0], read)
    (story,) = as_stories(found, quoted_text(found))
    return story, read


def quoted(story: Story, texts: Texts, written: Sequence[str]) -> list[str]:
    places, at = np.array([s.place for s in story.stretches]), np.array([s.at for s in story.stretches])
    spans = texts.spans(places, at).tolist()
    return [written[s.place][start:end] for s, (start, end) in zip(story.stretches, spans, strict=True)]


A, B, C, D = (words_of(number, 40) for number in range(4))


def test_what_two_share_is_quoted_once_with_both_who_carry_it() -> None:
    written = [f"{A} {B}", f"{A} {C}"]
    story, texts = told(written)
    assert quoted(story, texts, written) == [A]
    (stretch,) = story.stretches
    assert [carried.place for carried in stretch.carriers] == [0, 1]
    assert story.shared == {0: [(0, 40)], 1: [(0, 40)]}
    assert story.own == {0: 40, 1: 40}


def test_the_shared_text_is_quoted_from_the_fullest_copy_and_in_its_order() -> None:
    written = [f"{C} {A}", f"{A} {D} {B} {words_of(9, 40)} {C}", f"{B} {words_of(8, 40)}"]
    story, texts = told(written)
    assert quoted(story, texts, written) == [A, B, C]
    assert {stretch.place for stretch in story.stretches} == {1}


def test_what_the_fullest_copy_lacks_follows_from_others() -> None:
    written = [f"{A} {B}", f"{A} {C} {words_of(7, 9)} {B}", f"{C} {D}", f"{D} {A}"]
    story, texts = told(written)
    assert quoted(story, texts, written) == [f"{A} {C}", B, D]
    assert [stretch.place for stretch in story.stretches] == [1, 1, 2]


def test_equal_texts_are_one_text_and_each_carries_it() -> None:
    written = [A, A, A]
    story, texts = told(written)
    (stretch,) = story.stretches
    assert [carried.place for carried in stretch.carriers] == [0, 1, 2]
    assert story.texts == [0]
    assert quoted(story, texts, written) == [A]


def test_copies_of_one_of_the_texts_carry_what_it_carries() -> None:
    story, _ = told([f"{A} {B}", f"{A} {B}", A])
    assert story.shared == {0: [(0, 80)], 2: [(0, 40)]}
    assert {carried.place for stretch in story.stretches for carried in stretch.carriers} == {0, 1, 2}


def test_paragraphs_of_its_own_are_told_from_reworded_ones() -> None:
    draw = random.Random(3)
    reworded = B.split()
    pieces = [reworded[n : n + 3] for n in range(0, 40, 3)]
    draw.shuffle(pieces)
    mixed = " ".join(word for piece in pieces for word in (*piece, f"حشو{draw.random()}"))
    story, _ = told([f"{A} {B}", f"{A} {mixed}", f"{A} {D}"])
    assert story.own[1] == 0
    assert story.own[2] == 40


def test_a_paragraph_of_its_own_within_a_passage_is_own_and_not_shared() -> None:
    """Words that every text has in another order make a passage go on over it."""
    draw = random.Random(5)
    aside = [word for n in range(40) for word in (f"خاص{n}", "في", "من")[: 1 + draw.randrange(3)]][:60]
    other = [word for n in range(40) for word in (f"كلام{n}", "من", "في")[: 1 + draw.randrange(3)]][:60]
    written = [f"{A} {' '.join(aside)} {B}", f"{A} {' '.join(other)} {B}", f"{A} {B}"]
    story, _ = told(written)
    assert story.own[0] == story.own[1] == 60
    assert all(own_words(story, written, text) == 60 for text in (0, 1))


def test_two_who_align_at_the_same_time_both_find_what_they_asked_for() -> None:
    texts = texts_of([f"{A} {B}", f"{A} {C}", f"{B} {C}", f"{A} {D}"])
    one, other = np.array([0 << 32 | 1, 0 << 32 | 2], np.uint64), np.array([0 << 32 | 2, 1 << 32 | 3], np.uint64)
    finish_one, finish_other = texts.aligning(one, map), texts.aligning(other, map)
    finish_other()
    finish_one()
    expected = [texts_of([f"{A} {B}", f"{A} {C}", f"{B} {C}", f"{A} {D}"]).align(pairs) for pairs in (one, other)]
    for pairs, alone in zip((one, other), expected, strict=True):
        assert texts.align(pairs).a.tolist() == alone.a.tolist()


class Counting:
    """Texts that count the pairs they are asked to align."""

    def __init__(self, texts: Texts) -> None:
        self.texts, self.asked = texts, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.texts, name)

    def align(self, pairs: npt.NDArray[np.uint64], mapper: Mapper = map) -> Passages:
        self.asked += len(pairs)
        return self.texts.align(pairs, mapper)


@pytest.mark.parametrize("members", [40, 80])
def test_a_large_story_costs_a_bounded_number_of_comparisons_a_member(members: int) -> None:
    written = [f"{A} {words_of(100 + n, 30)}" for n in range(members)]
    counting: Any = Counting(texts_of(written))
    found_in([range(members)], [0], counting)
    assert counting.asked <= (REFERENCES + 1) * members


def test_copies_with_nothing_more_to_find_are_compared_once() -> None:
    written = [" ".join([*A.split()[: 20 + n], f"سطر{n}", *A.split()[20 + n :]]) for n in range(15)]
    counting: Any = Counting(texts_of(written))
    found_in([range(15)], [0], counting)
    assert counting.asked == 14


parts = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 60), st.integers(1, 20)), max_size=20)


@given(parts, parts)
def test_united_ranges_hold_the_same_words_and_do_not_touch(
    made: list[tuple[int, int, int]], asked: list[tuple[int, int, int]]
) -> None:
    def words(some: list[tuple[int, int, int]]) -> list[set[int]]:
        return [set(range(text << 32 | start, (text << 32 | start) + length)) for text, start, length in some]

    def ends(some: list[tuple[int, int, int]]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        start = np.array([text << 32 | start for text, start, _ in some], np.int64)
        return start, start + np.array([length for *_, length in some], np.int64)

    everything = set[int]().union(*words(made))
    joined = united(*ends(made))
    pieces = list(zip(joined.start.tolist(), joined.end.tolist(), strict=True))
    assert {word for start, end in pieces for word in range(start, end)} == everything
    assert all(one[1] < other[0] for one, other in itertools.pairwise(pieces))
    assert joined.words(3).tolist() == [sum(word >> 32 == text for word in everything) for text in range(3)]
    assert joined.held(*ends(asked)).tolist() == [len(one & everything) for one in words(asked)]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=6), min_size=2, max_size=20), st.data())
def test_shared_text_of_all_stories_equals_the_naive_twin(made: list[list[int]], data: st.DataObject) -> None:
    blocks = [words_of(300 + n, 4 + 3 * n) for n in range(10)]
    texts = texts_of([" ".join(blocks[n] for n in numbers) for numbers in made])
    story_of = data.draw(st.lists(st.integers(0, 2), min_size=len(made), max_size=len(made)))
    stories = [[place for place, story in enumerate(story_of) if story == n] for n in range(3)]
    stories = [places for places in stories if len(places) > 1]
    medoids = [data.draw(st.sampled_from(places)) for places in stories]
    found = found_in(stories, medoids, texts)
    for story, twin in zip(as_stories(found, quoted_text(found)), naive_stories(stories, medoids, texts), strict=True):
        twin.references.sort()
        twin.links, twin.own = {}, story.own
        assert story == twin


def own_words(story: Story, written: Sequence[str], text: int) -> int:
    """The definition, word by word."""
    words = [[token.folded for token in fold(one)] for one in written]
    elsewhere = {pair for n, other in enumerate(words) if n != text for pair in itertools.pairwise(other)}
    mine = words[text]
    held = [False] * len(mine)
    for n in range(len(mine) - 1):
        if (mine[n], mine[n + 1]) in elsewhere:
            held[n] = held[n + 1] = True
    own = [False] * len(mine)
    width = min(OWN_WINDOW, len(mine))
    for n in range(len(mine) - width + 1):
        if sum(held[n : n + width]) <= OWN_SUPPORT * width:
            own[n : n + width] = [True] * width
    for start, end in story.shared[text]:
        own[start:end] = [one and not supported for one, supported in zip(own[start:end], held[start:end], strict=True)]
    return sum(own) if len(story.copies[text]) == 1 else 0


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.integers(0, 12), min_size=1, max_size=14), min_size=2, max_size=5))
def test_own_words_are_counted_as_they_are_defined(made: list[list[int]]) -> None:
    blocks = [words_of(50 + n, 11) for n in range(13)]
    written = [" ".join(blocks[n] for n in numbers) + f" ختام{row}" for row, numbers in enumerate(made)]
    story, _ = told(written)
    assert story.own == {text: own_words(story, written, text) for text in story.texts}


def fullest(tmp_path: Path, *texts: str) -> list[tuple[str, str]]:
    records = [{"text": text, "source": f"o{n}"} for n, text in enumerate(texts)]
    (cluster,) = pipeline.cluster([write(tmp_path / "a.jsonl", records)]).report.clusters
    evidence = [one for one in cluster.origin.evidence if one.kind == "fullest_copy"]
    return [(str(one.members[0]["id"])[-1], one.says) for one in evidence]


def test_who_alone_has_all_of_the_shared_text_is_told(tmp_path: Path) -> None:
    says = "only o1 has all of the shared text, 80 words; of the others none has over 60"
    assert fullest(tmp_path, " ".join(f"{A} {B}".split()[:60]), f"{A} {B}", " ".join(f"{A} {B}".split()[30:])) == [
        ("1", says)
    ]
    assert fullest(tmp_path, f"{A} {B}", f"{A} {B}", A) == []
    assert fullest(tmp_path, f"{A} {B}", f"{A} {B} ختام") == []


# Through the whole pipeline


def check_spans(result: pipeline.Result) -> int:
    """Every span of the report and of the pairs lies in its text, on word boundaries; how many there were."""
    articles = result.found.articles
    text = dict(zip(articles["id"].to_pylist(), articles["text"].to_pylist(), strict=True))
    bounds: dict[str, tuple[set[int], set[int]]] = {}

    def check(name: str, start: int, end: int) -> None:
        if name not in bounds:
            tokens = fold(text[name])
            bounds[name] = {token.start for token in tokens}, {token.end for token in tokens}
        assert 0 <= start < end <= len(text[name])
        assert start in bounds[name][0]
        assert end in bounds[name][1]

    spans = 0
    for cluster in result.report.clusters:
        members = {member.id for member in cluster.members}
        for passage in cluster.passages:
            assert passage.quote == text[passage.of][passage.start : passage.end]
            carriers = {carrier.id for carrier in passage.carriers}
            assert passage.of in carriers <= members
            assert len(carriers) > 1
            for carrier in passage.carriers:
                check(carrier.id, carrier.start, carrier.end)
                check(passage.of, carrier.of_start, carrier.of_end)
                assert passage.start <= carrier.of_start < carrier.of_end <= passage.end
                spans += 2
        for evidence in cluster.origin.evidence:
            for place in evidence.members:
                if isinstance(start := place["start"], int) and isinstance(end := place["end"], int):
                    assert text[str(place["id"])][start:end].strip()
        for member in cluster.members:
            assert 0 <= member.shared_share + member.own_share <= 1.0001
    for pair in result.pairs():
        assert (pair.passages is not None) == (pair.same_story or pair.relation == "shared-passage")
        for found in pair.passages or ():
            check(pair.a, *found.a)
            check(pair.b, *found.b)
            spans += 2
    return spans


def test_every_span_of_the_seeds_is_what_it_says() -> None:
    result = pipeline.cluster([SEEDS], Settings(texts="shared"))
    assert check_spans(result) > 250
    carriers = {c.id for cluster in result.report.clusters for passage in cluster.passages for c in passage.carriers}
    assert "minassa24/2024-04-22-inara.txt/2" in carriers, "a segment carries what its story shares"


def test_every_span_of_a_day_of_real_news_is_what_it_says(shared: Path) -> None:
    day = sorted((shared / "data" / "saudinewsnet").glob("*.zip"))[0]
    result = pipeline.cluster([day], Settings(texts="shared"))
    assert check_spans(result) > 1_000
    jsonschema.Draft202012Validator(schema()).validate(as_data(result.report))


@pytest.mark.parametrize("number", range(6))
def test_every_span_of_invented_files_is_what_it_says(tmp_path: Path, number: int) -> None:
    """Text files with the title inside, records, vowel signs, wide letters, line breaks, and copies of all of them."""
    draw = random.Random(number)
    blocks = [words_of(200 + n, 25) for n in range(8)]

    def dressed(block: str) -> str:
        return " ".join(
            draw.choice(("{}", "{}،", "«{}»", "{}\u064e", "\U0001f4f0 {}", "{}\n")).format(w) for w in block.split()
        )

    made = []
    for _ in range(14):
        chosen = draw.sample(blocks[: 3 + number], k=draw.randint(2, 3))
        made.append(" ".join(dressed(block) for block in chosen))
    made += draw.sample(made, 4)
    for n, body in enumerate(made[::2]):
        (tmp_path / f"outlet{n % 3}").mkdir(exist_ok=True)
        (tmp_path / f"outlet{n % 3}" / f"{n}.txt").write_text(f"عنوان رقم {n}\n\n{body}", "utf-8")
    write(tmp_path / "more.jsonl", [{"text": body, "title": "عنوان", "source": "x"} for body in made[1::2]])
    assert check_spans(pipeline.cluster([tmp_path], Settings(texts="shared"))) > 0


def test_a_pair_told_from_its_other_side_has_the_same_passages(tmp_path: Path) -> None:
    """Copies of two texts stand in either order; each pair tells the same words."""
    left, right = f"{A} {B}", f"{A} {C}"
    write(tmp_path / "a.jsonl", [{"text": text} for text in (left, right, left, right)])
    found = {}
    for pair in pipeline.cluster([tmp_path]).pairs():
        texts = {pair.a[-1]: (left, right)[int(pair.a[-1]) % 2], pair.b[-1]: (left, right)[int(pair.b[-1]) % 2]}
        found[pair.a[-1], pair.b[-1]] = [
            (texts[pair.a[-1]][slice(*p.a)], texts[pair.b[-1]][slice(*p.b)]) for p in pair.passages or ()
        ]
    assert found["0", "1"] == found["1", "2"] == found["0", "3"] == found["2", "3"] == [(A, A)]
    assert found["0", "2"] == [(left, left)]
