"""From a broken array every sound element is read whole, and nothing within one is taken for an element."""

from __future__ import annotations

import json
import random
import sys
import tracemalloc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.corpus.json_files import document
from dedup.corpus.records import Reading
from dedup.settings import Settings
from tests.corpus_files import put, reading
from tests.growth import LINEAR, growth, steps

FIELDS = Reading.under(Settings()).fields


def article(number: int, comments: int = 2, key: str = "title") -> dict[str, Any]:
    """An article with objects in it, some of which begin as it does."""
    said = [{key: f"تعليق {number}-{n}", "text": 'قال: "نعم"، [هكذا] {و\\هكذا}'} for n in range(comments)]
    meta = {key: f"وسم {number}", "tags": [{"title": "أ", "text": "ب"}]}
    return {"title": f"خبر {number}", "meta": meta, "text": f"نص {number}", "comments": said, "n": number}


def written(records: Sequence[Any], **form: Any) -> list[str]:
    return [json.dumps(record, **form) for record in records]


def found(parts: Sequence[str], opening: str = "[", closing: str = "]") -> list[Any]:
    """What a document of these parts holds that is JSON."""
    held = []
    for record in document((opening + ",\n".join(parts) + closing).encode(), FIELDS).records:
        try:
            held.append(json.loads(bytes(record)))
        except ValueError:
            continue
    return held


CUTS = [
    '{"title": "ا', '{"title": "ا"', '{"title": "ا", "text":', '{"title": "ا", "n": 1', '{"title": "ا", "text": "ب\\',
    '{"title": "ا", "tags": ["ب"', '{"title": "ا", "tags": [', '{"title": "ا", "meta": {"text": "ب"',
]  # fmt: skip


@pytest.mark.parametrize("cut", CUTS)
@pytest.mark.parametrize("many", [1, 40])
@pytest.mark.parametrize("comments", [2, 100])
@pytest.mark.parametrize("key", ["title", "user"])
def test_behind_elements_without_an_end_sound_ones_are_whole(cut: str, many: int, comments: int, key: str) -> None:
    sound = [article(n, comments, key) for n in range(4)]
    texts = written(sound, ensure_ascii=False)
    assert found([cut] * many + texts[:2] + [cut] * many + texts[2:]) == sound


@pytest.mark.parametrize("cut", [CUTS[0], CUTS[1], '{"title": "ا", "comments": [{"title": "ب"}'])
@pytest.mark.parametrize("closing", ["]", ""])
def test_elements_without_an_end_cost_their_length(cut: str, closing: str) -> None:
    def prepared(count: int) -> Callable[[], object]:
        part = cut.replace("ا", "ا" * 150)
        return partial(document, ("[" + ",\n".join([part] * count) + closing).encode(), FIELDS)

    assert growth(prepared, 8_000) < LINEAR


@pytest.mark.parametrize("within", ["[", '[{"a":', '{"a":'])
def test_what_is_nested_in_a_broken_element_costs_its_length(within: str) -> None:
    def prepared(count: int) -> Callable[[], object]:
        closing = "".join({"[": "]", "{": "}"}.get(sign, "") for sign in reversed(within))
        return partial(
            document, ('[{"a": 1}, {"b": x ' + within * count + "1" + closing * count + "]").encode(), FIELDS
        )

    assert growth(prepared, 8_000) < LINEAR


@pytest.mark.parametrize(
    "wrong", ['"title": خبر "x"', '"title": "قال "نعم" له"', '"title" "x"', '"title": "x\\"', '"title":: 1']
)
@pytest.mark.parametrize("key", ["title", "user"])
def test_what_a_broken_element_holds_is_no_element(wrong: str, key: str) -> None:
    sound = [article(n, key=key) for n in range(4)]
    texts = written(sound, ensure_ascii=False)
    texts[1] = texts[1].replace('"title": "خبر 1"', wrong)
    assert found(texts) == [sound[0], *sound[2:]]


def test_an_element_that_begins_otherwise_is_read_behind_a_broken_one() -> None:
    first, last = {"title": "أ", "text": "ب"}, {"text": "ب", "title": "أ"}
    other = {"id": 1, "title": "أ", "comments": [first, first]}
    for broken in ('{"title": خبر "ا"}', '{"title": "ا", "text": "ب"'):
        assert found(["{}", broken, json.dumps(other), json.dumps(last)]) == [{}, other, last]


def test_a_file_cut_short_within_its_last_element_has_none_of_its_comments() -> None:
    texts = written([article(n, 3) for n in range(3)])
    for end in range(texts[2].index('"comments"'), texts[2].rindex("]")):
        if not (last := texts[2][:end]).rstrip().endswith(("}", "]")):
            assert found([*texts[:2], last], closing="") == [article(0, 3), article(1, 3)]


@pytest.mark.parametrize("closing", ["]}", '], "total": 3}', ""])
def test_an_element_that_lacks_its_end_does_not_take_those_behind_it(closing: str) -> None:
    sound = [{"title": f"خبر {n}", "text": "نص", "tags": ["أ"]} for n in range(3)]
    texts = written(sound)
    broken = texts[0].removesuffix("]}")
    assert found([broken, *texts], '{"articles": [', closing) == sound
    assert found([texts[0], broken, *texts[1:]], '{"articles": [', closing) == sound


WOUNDS = ["cut", *'{}[]":', "خ"]


def wounded(text: str, chance: random.Random) -> str:
    """An element without its end, without one of its signs, or with one too many."""
    wound: str = chance.choice(WOUNDS)
    place = chance.randrange(1, len(text))
    if wound == "cut":
        return text[:place]
    signs = [at for at, sign in enumerate(text) if sign == wound]
    if not signs or chance.random() < 0.3:
        return text[:place] + wound + text[place:]
    at = chance.choice(signs)
    return text[:at] + text[at + 1 :]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.booleans(), min_size=2, max_size=20), st.integers(0, 1 << 30), st.sampled_from(["title", "user"]),
    st.sampled_from([None, 1]),
)  # fmt: skip
def test_sound_elements_are_whole_whatever_is_wrong_beside_them(
    broken: list[bool], seed: int, key: str, indent: int | None
) -> None:
    chance = random.Random(seed)
    records = [article(n, chance.randrange(4), key) for n in range(len(broken))]
    texts = written(records, ensure_ascii=False, indent=indent)
    parts = [wounded(text, chance) if wrong else text for text, wrong in zip(texts, broken, strict=True)]
    sound = [record for record, wrong in zip(records, broken, strict=True) if not wrong]
    held = found(parts)
    assert [record for record in held if record in sound] == sound
    within = [value for record in sound for value in (record["meta"], *record["comments"])]
    assert not [value for value in held if value in within]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ('{"response": {"docs": [', "]}}"),
        ('{"meta": {"n": 1}, "items": [', "]}"),
        ('{"hits": {"total": 5, "hits": [', "]}}"),
        ('{"rss": {"channel": {"title": "الخبر", "item": [', "]}}}"),
        ('{"status": "ok", "news_of_today": [', '], "total": 9}'),
    ],
)
def test_a_fault_in_an_envelope_however_it_is_made_costs_one_element(opening: str, closing: str) -> None:
    sound = [article(n, 2) for n in range(5)]
    texts = written(sound, ensure_ascii=False)
    broken = [*texts[:2], texts[2].replace('"text": "', '"text": '), *texts[3:]]
    assert found(broken, opening, closing) == [*sound[:2], *sound[3:]]
    assert found([*texts, texts[0][:30]], opening, "") == sound


@pytest.mark.parametrize("opening", ['{"articles": [', '{"response": {"docs": ['])
def test_a_number_that_only_python_writes_costs_no_article_of_an_envelope(opening: str) -> None:
    texts = [json.dumps({**article(n), "score": float("nan")}) for n in range(3)]
    closing = "]" + "}" * opening.count("{")
    assert [one["title"] for one in found(texts, opening, closing)] == [article(n)["title"] for n in range(3)]


def test_of_a_list_cut_short_no_sound_element_is_lost_whose_lists_hold_lists_of_their_name() -> None:
    sound = [
        {"title": f"خبر {n}", "replies": [{"text": "أ", "replies": [{"text": "ب", "replies": []}]}]} for n in range(4)
    ]
    assert found([*written(sound), '{"title": "خبر'], closing="") == sound


ENVELOPES = [
    ('{"articles": [', ']}'), ('{"meta": {"n": 1}, "items": [', '], "total": 3}'), ("[", "]"),
    ('{"response": {"docs": [', '], "n": {"a": []}}, "took": 3}'), ('{"status": "ok", "news": [', '], "total": 3}'),
    ('{"took": 1, "hits": {"total": 3, "hits": [', ']}, "aggregations": {"a": {"buckets": [{"key": "x"}]}}}'),
]  # fmt: skip
FAULTS = [
    ('"text": "', '"text": '), ('"text": "', '"text": خبر, "more": "'), ('"meta": {', '"meta": '), (', "n": ', '"n": '),
    ('"title": "', '"title": '), ('"n": ', '"n": [')
]  # fmt: skip


def hits(records: Sequence[Any]) -> list[Any]:
    """Records as a dump of Elasticsearch holds them."""
    return [{"_index": "news", "_id": f"h{record['n']}", "_source": record} for record in records]


@pytest.mark.parametrize(("before", "after"), FAULTS)
@pytest.mark.parametrize("of_elasticsearch", [False, True])
@pytest.mark.parametrize("broken", [(), (0,), (1,), (0, 1), (0, 1, 2)])
def test_documents_one_behind_another_are_read_whichever_is_broken(
    tmp_path: Path, before: str, after: str, of_elasticsearch: bool, broken: tuple[int, ...]
) -> None:
    for first in range(len(ENVELOPES)):
        text, sound = "", []
        for which in range(3):
            opening, closing = ENVELOPES[(first + which) % 2 if which else first]
            records = [{**article(3 * which + n), "meta": {"id": n, "tags": ["أ"]}} for n in range(3)]
            parts = written(hits(records) if of_elasticsearch else records, ensure_ascii=False)
            if which in broken:
                parts[1] = parts[1].replace(before, after, 1)
                del records[1]
            sound += [record["text"] for record in records]
            text += opening + "\n" + ",\n".join(parts) + "\n" + closing + "\n"
        put(tmp_path, "a.json", text)
        read = reading(tmp_path)
        assert read.texts == sound
        assert len(read.skipped) == len(broken)


@pytest.mark.parametrize(("opening", "closing"), ENVELOPES)
def test_documents_put_together_with_their_byte_order_marks_are_read(
    tmp_path: Path, opening: str, closing: str
) -> None:
    parts = written([article(n) for n in range(4)], ensure_ascii=False)
    broken = opening + "\n" + ",\n".join([parts[0], '{"title": x "y"}', parts[1]]) + "\n" + closing + "\n"
    sound = opening + "\n" + ",\n".join(parts[2:]) + "\n" + closing + "\n"
    put(tmp_path, "a.json", "".join("\ufeff" + one for one in (broken, sound, broken)))
    read = reading(tmp_path)
    assert read.texts == [f"نص {n}" for n in (0, 1, 2, 3, 0, 1)]
    assert [one.record for one in read.skipped] == [1, 6]


@pytest.mark.parametrize(("opening", "closing"), ENVELOPES)
@pytest.mark.parametrize("length", [12, 40, 80])
def test_a_document_behind_one_that_lacks_its_end_is_read(opening: str, closing: str, length: int) -> None:
    sound = [article(n) for n in range(6)]
    parts = written(sound, ensure_ascii=False)
    cut = opening + ",\n".join([*parts[:3], parts[0][:length]]) + "\n"
    assert found(parts[3:], cut + opening, closing) == sound


@pytest.mark.parametrize("cut", ['"text": "نص', '"comments": [', '"title": "خ', '"_source": {'])
@pytest.mark.parametrize(("opening", "closing"), ENVELOPES)
def test_what_a_dump_of_elasticsearch_holds_is_read_beside_a_broken_hit(
    tmp_path: Path, cut: str, opening: str, closing: str
) -> None:
    records = [article(n) for n in range(5)]
    parts = written(hits(records), ensure_ascii=False)
    parts[2] = parts[2][: parts[2].index(cut) + len(cut)]
    put(tmp_path, "a.json", opening + ",\n".join(parts) + closing)
    read = reading(tmp_path)
    assert read.ids == ["h0", "h1", "h3", "h4"]
    assert read.texts == [record["text"] for record in (*records[:2], *records[3:])]


def test_a_list_beside_that_of_a_broken_document_is_told_of(tmp_path: Path) -> None:
    parts = written([article(n) for n in range(3)], ensure_ascii=False)
    broken = ",\n".join([*parts, '{"title": x "y"}'])
    put(tmp_path, "a.json", f'{{"articles": [{broken}], "latest": [{parts[0]}]}}')
    read = reading(tmp_path)
    assert read.texts == ["نص 0", "نص 1", "نص 2"]
    assert read.note.startswith("1 record of its list 'latest' left out")


@pytest.mark.parametrize(
    "opening", ['{"articles": [', '{"response": {"docs": [', '{"status": "ok", "news_of_today": [']
)
@pytest.mark.parametrize("cut", [8, 200, None])
def test_a_broken_envelope_is_read_once_and_little_of_it_is_held(opening: str, cut: int | None) -> None:
    """Cut within an element in its midst, or at its end."""

    def broken(opening: str) -> bytes:
        parts = written([article(n) for n in range(2_000)], ensure_ascii=False)
        parts[1_000] = parts[1_000][:cut]
        text = opening + ",\n".join(parts)
        return (text + "]" + "}" * opening.count("{") if cut else text[:-1]).encode()

    bare, data = broken("["), broken(opening)
    read = partial(document, data, FIELDS)
    assert steps(read, "json_recovery") < 1.1 * steps(partial(document, bare, FIELDS), "json_recovery")
    tracemalloc.start()
    records = read().records
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most - sum(map(sys.getsizeof, records)) < len(data) / 4
