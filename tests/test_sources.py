"""Where a story comes from: what its members say decides, and what contradicts itself decides nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from benchmarks import sources as benchmark
from benchmarks.results import Figures
from dedup import pipeline
from dedup.arabic.annotation import Annotation
from dedup.arabic.credit_kinds import PICTURE
from dedup.arabic.lexicon import load
from dedup.corpus.schema import SCHEMA
from dedup.intake import Corpus
from dedup.model import Credit, Mark, Origin, Span
from dedup.sketch.minhash import joined
from dedup.story.derivation import derived, witnesses
from dedup.story.moments import Moments
from dedup.story.printed import printed_agencies
from dedup.story.sources import Agencies, Common, origin
from dedup.story.telling import voices_of
from dedup.story.voices import Voice, spoken_to, voice

AGENCIES = load().agencies


def credit(agency: str | None, kind: str = "dateline", name: str | None = None, start: int = 0) -> Credit:
    return Credit(start, start + 5, kind, agency, name or (AGENCIES[agency].name if agency else "?"), 0.9)


def member(row: int, *credits: Credit, outlet: str | None = None, **more: Any) -> Voice:
    fields = {"statements": (), "claims": False, "claim": None, **more}
    return Voice(row, f"a/{row}", outlet or f"outlet {row}", credits, **fields)


def undated(n: int) -> Moments:
    return dated([None] * n)


def dated(moments: Iterable[str | None], precision: str = "minute") -> Moments:
    blank = dict.fromkeys(SCHEMA.names)
    rows = [
        {
            **blank,
            "published": None if one is None else datetime.fromisoformat(one),
            "published_precision": None if one is None else precision,
        }
        for one in moments
    ]
    return Moments.of(pa.Table.from_pylist(rows, schema=pa.schema([field.with_nullable(True) for field in SCHEMA])))


def everything(a: int, b: int) -> float:
    return 1.0


def nothing(a: int, b: int) -> float:
    return 0.0


def named(voices: list[Voice], moments: Moments | None = None, common: Common = everything) -> Origin:
    return origin(voices, moments or undated(len(voices)), Agencies(AGENCIES), common)


def test_the_agency_that_most_members_name_at_head_or_foot_is_the_origin() -> None:
    found = named(
        [member(0, credit("reuters")), member(1, credit("reuters", "byline")), member(2, credit("afp")), member(3)]
    )
    assert (found.kind, found.id, found.name) == ("agency", "reuters", "رويترز")
    assert [evidence.says for evidence in found.evidence] == [
        "رويترز is credited (dateline, byline) in 2 of 4 articles",
        "فرانس برس is credited (dateline) in 1 of 4 articles",
    ]
    assert found.evidence[0].members[0] == {"id": "a/0", "credit": "dateline", "start": 0, "end": 5}


def attributed(row: int, agency: str, **more: Any) -> Voice:
    return member(row, credit(agency, "attribution"), **more)


def test_what_two_outlets_attribute_to_an_agency_that_is_printed_has_its_origin_there() -> None:
    voices = [attributed(0, "reuters"), attributed(1, "reuters"), member(2), attributed(3, "tasnim")]
    found = origin(voices, undated(4), Agencies(AGENCIES), nothing, {"reuters"})
    assert (found.kind, found.id, found.confidence) == ("agency", "reuters", 0.95)
    assert found.evidence[0].says == "رويترز is credited (attribution) in 2 of 4 articles"


@pytest.mark.parametrize(("common", "kind"), [(everything, "agency"), (nothing, "unknown")])
def test_one_outlet_attributes_only_what_its_text_shares_with_another(common: Common, kind: str) -> None:
    voices = [attributed(0, "afp"), member(1), member(2)]
    assert origin(voices, undated(3), Agencies(AGENCIES), common, {"afp"}).kind == kind


@pytest.mark.parametrize(
    ("more", "source"), [((), "reuters"), ((credit(None, "source", "outlet 0"),), "outlet 0")], ids=["one", "two"]
)
def test_an_outlet_that_more_members_name_comes_before_what_one_attributes_to_an_agency(
    more: tuple[Credit, ...], source: str
) -> None:
    """Of an outlet's own interview one member adds what an agency had reported."""
    aside = member(1, credit(None, "source", "outlet 0"), credit("reuters", "attribution", start=300))
    voices = [member(0), aside, member(2, *more)]
    assert origin(voices, undated(3), Agencies(AGENCIES), everything, {"reuters"}).id == source


def test_attributions_to_an_agency_that_nobody_prints_are_no_origin() -> None:
    voices = [attributed(0, "tasnim"), attributed(1, "tasnim")]
    assert origin(voices, undated(2), Agencies(AGENCIES), everything, {"reuters"}).kind == "unknown"


def test_an_article_alone_rests_on_the_one_agency_it_attributes_to_unless_it_is_signed() -> None:
    def of(*voices: Voice) -> str:
        return origin(voices, undated(1), Agencies(AGENCIES), nothing, {"reuters", "afp"}).kind

    assert of(attributed(0, "reuters")) == "agency"
    assert of(attributed(0, "reuters", signed=True)) == "unknown"
    assert of(member(0, credit("reuters", "attribution"), credit("tasnim", "attribution", start=9))) == "unknown"


def test_an_agency_is_printed_if_as_many_articles_credit_it_at_head_or_foot_as_attribute_to_it() -> None:
    head, said, talked = credit("spa"), credit("wam", "attribution"), credit("kuna", "mention")
    corpus = [[head], [head, credit("spa", "attribution")], [credit("wam")], [said], [said], [talked]]
    world = {one.id for one in AGENCIES.values() if one.world}
    assert printed_agencies(corpus, AGENCIES) == world | {"spa"}
    assert "reuters" in world


def test_of_two_texts_the_one_that_holds_all_of_the_other_is_wholly_derived_if_nobody_names_a_source() -> None:
    voices, unknown = [member(0), member(1)], named([member(0), member(1)])
    assert derived(voices[0], [], unknown, 0.7, 0.3, True) == "wholly"
    assert derived(voices[0], [], unknown, 0.7, 0.3, False) == "partly"


def test_two_agencies_named_by_as_many_members_are_no_origin() -> None:
    found = named([member(0, credit("reuters")), member(1, credit("afp")), member(2)])
    assert (found.kind, found.id, found.confidence) == ("unknown", None, 0)
    assert len(found.evidence) == 2


def test_contradiction_makes_less_sure() -> None:
    agreed = named([member(n, credit("reuters")) for n in range(3)])
    doubted = named([*(member(n, credit("reuters")) for n in range(2)), member(2, credit("afp"))])
    assert doubted.id == "reuters"
    assert doubted.confidence == pytest.approx(agreed.confidence * 2 / 3, abs=1e-4)


def test_a_member_has_one_vote_however_often_it_names_the_agency() -> None:
    often = member(0, credit("reuters"), credit("reuters", "closing"), credit("reuters", "byline"))
    found = named([often, member(1, credit("afp")), member(2, credit("afp"))])
    assert found.id == "afp"


def test_brackets_count_where_no_head_or_foot_names_an_agency() -> None:
    assert named([member(0, credit("petra", "parenthesis")), member(1)]).id == "petra"
    assert named([member(0, credit("petra", "parenthesis")), member(1, credit("wam", "byline"))]).id == "wam"


def test_attributions_are_no_origin_however_many() -> None:
    found = named([member(n, credit("sana", "attribution")) for n in range(5)])
    assert found.kind == "unknown"


def test_statements_to_one_agency_in_half_of_the_members_are_an_origin() -> None:
    told = credit("reuters", "attribution")
    half = [member(0, told, statements=(told,)), member(1)]
    assert named(half).id == "reuters"
    assert named([*half, member(2)]).kind == "unknown"
    assert named([*half[:1], member(1, credit("irna", "attribution"))]).kind == "unknown"
    assert named(half[:1]).kind == "unknown", "an article alone has nobody who carries the statement too"


@pytest.mark.parametrize(
    ("before", "name", "spoken"),
    [
        ("وقال المتحدث لـ", "رويترز", True),
        ("وقال المتحدث ل", "رويترز", True),
        ("وقال في تصريح ", "لوكالة الأنباء السعودية", True),
        ("وأوضح لوكالة «", "رويترز", True),
        ("ونقلت وكالة ", "رويترز", False),
        ("وذكرت ", "رويترز", False),
        ("ووفقاً ", "لوكالة الأنباء اليمنية", False),
        ("وطبقا لـ", "رويترز", False),
        ("بحسب مراسل لوكالة ", "فرانس برس", False),
        ("وقال في بيان ", "لوكالة الأنباء الألمانية", False),
    ],
)
def test_who_speaks_to_an_agency_is_told_from_who_quotes_it(before: str, name: str, spoken: bool) -> None:
    text = f"{before}{name} إن العمل بدأ"
    one = Credit(len(before), len(before) + len(name), "attribution", "x", name, 0.9)
    assert spoken_to(text, one) is spoken


@pytest.mark.parametrize("before", ["", "x" * 60, "خبر " * 40, "\u200f🙂" * 40])
def test_an_article_is_read_as_far_as_somebody_is_named_and_no_less(before: str) -> None:
    head, rest = "خاص ", " إن الجسر قد افتتح" * 30
    texts = [f"{before}قال الوزير لوكالة {name}{rest}" for name in ("رويترز", "أ")] + [head + before + rest, before]
    names = [Credit(at, at + 6, "attribution", "x", "x", 0.9) for at in (len(before) + len("قال الوزير لوكالة "),) * 2]
    notes = [Annotation((), (name,), ()) for name in names]
    notes.append(Annotation((Mark(0, 3, "byline", "head"),), (), ()))
    blank = {**dict.fromkeys(SCHEMA.names), "body_start": 0}
    rows = [{**blank, "id": f"{n}", "path": "p", "text": text} for n, text in enumerate(texts)]
    articles = pa.concat_tables([pa.Table.from_pylist(half, schema=SCHEMA) for half in (rows[:1], rows[1:])])
    corpus = Corpus(articles, joined([]), dict(enumerate(notes)), {}, [], [])
    spoken = voices_of(corpus, [3, 2, 1, 0])
    heads = [(), (), (Span(0, 3),), ()]
    whole = [
        voice(n, f"{n}", None, text, credits, heads[n], None)
        for n, (text, credits) in enumerate(zip(texts, [(names[0],), (names[1],), (), ()], strict=True))
    ]
    assert spoken == {row: whole[row] for row in (3, 2, 1, 0)}
    assert [bool(v.statements) for v in whole] == [True, True, False, False]
    assert whole[2].claims


def test_what_had_been_reported_before_is_background() -> None:
    text = "وكانت صحيفة «سبق» قد نشرت الخبر، وأكدت عكاظ ذلك"
    back, now = (Credit(text.index(n), text.index(n) + len(n), "attribution", None, n, 0.8) for n in ("سبق", "عكاظ"))
    assert voice(0, "a", "x", text, [back, now], [], None).credits == (now,)


def test_agencies_without_a_name_speak_against_an_outlet_and_for_nobody() -> None:
    several = credit(None, "byline", "وكالات")
    found = named([member(0, several), member(1, claims=True)])
    assert found.kind == "unknown"
    assert [evidence.kind for evidence in found.evidence] == ["several"]
    assert named([member(0, several), member(1, credit("afp"))]).id == "afp"


def test_an_agency_comes_before_the_outlet_it_was_taken_from() -> None:
    chain = [member(0, credit("wam")), member(1), member(2, credit(None, "source", "outlet 1"))]
    assert named(chain).id == "wam"


def test_an_outlet_credited_by_another_is_the_origin_unless_it_came_later() -> None:
    voices = [member(0), member(1, credit(None, "source", "outlet 0"))]
    found = named(voices, dated(["2024-03-01T10:00", "2024-03-01T11:00"]))
    assert (found.kind, found.id, found.name) == ("outlet", "outlet 0", "outlet 0")
    assert named(voices).id == "outlet 0"
    assert named(voices, dated(["2024-03-01T12:00", "2024-03-01T11:00"])).kind == "unknown"


def test_an_outlet_that_names_itself_as_source_says_nothing() -> None:
    assert named([member(0, credit(None, "source", "outlet 0")), member(1)]).kind == "unknown"
    assert named([member(0, credit("okaz", "source"), outlet="okaz"), member(1)]).kind == "unknown"
    assert named([member(0, credit("okaz", "source")), member(1)]).id == "okaz"


@pytest.mark.parametrize(
    ("outlet", "agency"),
    [
        ("عكاظ", "okaz"),
        ("الحياة", "alhayat"),
        ("الرياض", "alriyadh"),
        ("العربية", "alarabiya"),
        ("آر تي عربي", "rt"),
        ("رأي اليوم", "raialyoum"),
        ("بي بي سي عربي", "bbc"),
        ("bbc", "bbc"),
        ("سي إن إن بالعربية", "cnn"),
        ("okaz.com.sa", "okaz"),
    ],
)
def test_a_member_is_the_outlet_that_another_credits_by_whichever_name(outlet: str, agency: str) -> None:
    voices = [member(0, outlet=outlet), member(1, credit(agency, "source"))]
    found = named(voices)
    assert (found.kind, found.id) == ("outlet", outlet)
    assert [how(number, voices, found, 1.0, 0.0) for number in (0, 1)] == ["not", "wholly"]
    for own in (credit(agency, "source"), credit(None, "source", AGENCIES[agency].names[0])):
        assert named([member(0, own, outlet=outlet), member(1)]).kind == "unknown"


def test_papers_of_one_title_or_one_host_are_not_taken_for_each_other() -> None:
    voices = [member(0, outlet="القدس"), member(1, credit("alqudsalarabi", "source"))]
    assert named(voices).id == "alqudsalarabi"
    assert not AGENCIES["shorouk-eg"].is_outlet("الشروق التونسية")


def test_an_outlet_whose_text_the_one_that_credits_it_does_not_carry_is_no_origin() -> None:
    assert named([member(0), member(1, credit(None, "attribution", "outlet 0"))], common=nothing).kind == "unknown"
    claimed = [member(0, claims=True), member(1)]
    assert named(claimed, common=nothing).kind == "unknown"
    assert named(claimed[:1], common=nothing).id == "outlet 0"


def test_being_first_is_told_but_proves_nothing() -> None:
    found = named([member(0), member(1)], dated(["2024-03-01T10:00", "2024-03-01T11:00"]))
    assert found.kind == "unknown"
    assert [(evidence.kind, evidence.members[0]["id"]) for evidence in found.evidence] == [("published_first", "a/0")]
    assert found.evidence[0].says == "outlet 0 published before all others"
    tie = named([member(0), member(1)], dated(["2024-03-01", "2024-03-01"], "day"))
    assert tie.evidence == ()


def test_of_one_outlet_alone_an_article_was_first() -> None:
    again = [member(0, outlet="the paper"), member(1, outlet="the paper")]
    found = named(again, dated(["2024-03-01T10:00", "2024-03-01T11:00"]))
    assert found.evidence[0].says == "a/0 published before all others"


def test_an_outlet_that_calls_a_report_its_own_is_believed_unless_another_was_earlier() -> None:
    voices = [member(0, claims=True, claim=Span(3, 9)), member(1)]
    found = named(voices)
    assert (found.kind, found.id) == ("outlet", "outlet 0")
    assert found.evidence[0].members == ({"id": "a/0", "credit": None, "start": 3, "end": 9},)
    assert named(voices, dated(["2024-03-02T10:00", "2024-03-01T10:00"])).kind == "unknown"
    assert named([*voices[:1], member(1, claims=True)]).kind == "unknown"


def test_a_claim_stands_in_a_head_or_in_the_byline_field() -> None:
    text = "المرصد - خاص\nأعلنت الوزارة خطة"
    claiming = voice(0, "a", "x", text, (), [Span(0, 12)], None)
    assert (claiming.claims, claiming.claim) == (True, Span(0, 12))
    assert voice(0, "a", "x", None, (), [], "سبق - خاص").claims
    assert not voice(0, "a", "x", "خاص بالوزارة", (), [], "سبق").claims
    assert not voice(0, "a", "x", None, (), [], "المدينة - وكالات - خاص").claims


def test_a_byline_field_that_says_agencies_is_heard() -> None:
    said = voice(0, "a", "x", None, (), [], "القاهرة - وكالات")
    assert [(one.kind, one.agency, one.name) for one in said.credits] == [("byline", None, "وكالات")]
    assert named([said, member(1, claims=True)]).evidence[0].members == (
        {"id": "a", "credit": "byline", "start": None, "end": None},
    )
    by_name = voice(0, "a", "x", None, (Credit(None, None, "byline", "afp", "فرانس برس", 0.9),), [], "أ ف ب - وكالات")
    assert [one.agency for one in by_name.credits] == ["afp"]


def test_mere_mentions_are_not_heard() -> None:
    assert voice(0, "a", "x", None, [credit("afp", "mention")], [], None).credits == ()


def test_who_has_taken_a_picture_has_not_written_the_text() -> None:
    shown = Credit(9, 14, "closing", "afp", "فرانس برس", PICTURE)
    assert voice(0, "a", "x", None, [shown], [], None).credits == ()
    assert "epa" not in printed_agencies([[Credit(9, 14, "closing", "epa", "x", PICTURE)]], AGENCIES)
    assert named([member(0, credit("getty", "closing")), member(1)]).kind == "unknown"


def agency_story(*voices: Voice) -> tuple[list[Voice], Origin]:
    return list(voices), named(list(voices))


def how(number: int, voices: list[Voice], found: Origin, shared: float, own: float) -> str:
    return derived(voices[number], witnesses(voices, found), found, shared, own)


def test_own_paragraphs_make_a_member_partly_derived() -> None:
    voices, found = agency_story(member(0, credit("afp")), member(1, credit("afp")), member(2))
    assert [how(2, voices, found, 1 - own, own) for own in (0.0, 0.2, 0.3)] == ["wholly", "wholly", "partly"]
    assert how(1, voices, found, 0.7, 0.3) == "partly"


def test_a_member_with_hardly_a_passage_of_the_story_is_not_derived_unless_it_says_so() -> None:
    voices, found = agency_story(member(0, credit("afp")), member(1, credit("afp")), member(2))
    assert [how(number, voices, found, 0.05, 0.1) for number in (1, 2)] == ["partly", "not"]
    voices, found = agency_story(member(0, credit("afp")), member(1, credit("afp")), attributed(2, "afp"))
    assert how(2, voices, found, 0.05, 0.7) == "partly"


def test_what_only_the_credited_copy_has_is_the_agencys() -> None:
    voices, found = agency_story(member(0, credit("afp")), member(1))
    assert how(0, voices, found, 0.7, 0.3) == "wholly"
    assert how(1, voices, found, 0.7, 0.3) == "partly"


def test_the_outlet_a_story_comes_from_derives_from_nobody() -> None:
    voices, found = agency_story(member(0), member(1, credit(None, "source", "outlet 0")))
    assert [how(number, voices, found, 1.0, 0.0) for number in (0, 1)] == ["not", "wholly"]


# The seeds


@pytest.fixture(scope="module")
def seeds() -> Figures:
    return benchmark.seeds()


def test_no_story_of_the_seeds_is_given_a_wrong_origin(seeds: Figures) -> None:
    assert seeds["wrong"] == 0
    assert seeds["right"] >= 31
    assert {other["story"] for other in seeds["other"]} <= {"smart-scale", "night-train"}


def test_the_articles_of_the_seeds_are_derived_as_their_authors_meant(seeds: Figures) -> None:
    assert seeds["members"] >= 50
    assert len(seeds["derived_other"]) <= 1


def test_labelled_stories_are_scored_by_the_story_that_holds_the_article(tmp_path: Path) -> None:
    lines = [
        "anchor\tmembers\tkind\torigin\tconfidence\tnote",
        "afaq/2024-03-05-port-brief.txt\t6\tagency\treuters\th\t",
        "alwarraq/2024-03-11-who-is-bouzidi.txt\t6\tagency\tspa\th\t",
        "afaq/2024-03-03-marafi-awards.txt\t6\tunknown\t\tl\t",
        "alwarraq/2024-04-16-bun.txt\t6\tagency\tafp\th\t",
        "almarsad/2024-04-11-robot.txt\t6\toutlet\talmarsad\th\tcalls it its own",
        "aljisr/2024-04-12-hasad.html\t6\tunclear\t\tl\t",
    ]
    (tmp_path / "labels.tsv").write_text("\n".join(lines) + "\n", "utf-8")
    found = benchmark.real(pipeline.cluster([benchmark.SEEDS]).report, benchmark.real_labels(tmp_path / "labels.tsv"))
    assert (found["stories"], found["right"], found["unknown"], found["wrong"], found["named"]) == (5, 3, 1, 1, 3)
    assert found["wrong_ones"] == [{"story": "alwarraq/2024-03-11-who-is-bouzidi.txt", "wanted": "spa", "said": "afp"}]


def test_the_score_tells_wrong_from_unknown() -> None:
    spa = Origin("agency", "spa", "وكالة الأنباء السعودية", 0.9, ())
    nobody = Origin("unknown", None, None, 0, ())
    assert benchmark.verdict(spa, "spa") == benchmark.verdict(spa, "وكالة الأنباء السعودية") == "right"
    assert benchmark.verdict(spa, "afp") == benchmark.verdict(spa, "unknown") == "wrong"
    assert benchmark.verdict(nobody, "afp") == benchmark.verdict(None, "afp") == "unknown"
    assert benchmark.verdict(None, "unknown") == "right"
