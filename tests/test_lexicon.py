"""Every entry of the shipped lexicon is found in its own example, and a user's file is read or refused."""

from __future__ import annotations

import tomllib
from dataclasses import fields
from pathlib import Path

import numpy as np
import pytest

from dedup.arabic import compiled_lexicon
from dedup.arabic.lexicon import built, load
from dedup.arabic.phrase_table import Agency, Furniture, joined_letters, proclitic_forms
from dedup.arabic.words import words
from dedup.errors import LexiconUnreadable
from tests.marked_text import mark_text, shipped


@pytest.mark.parametrize("agency", shipped().agencies.values(), ids=lambda agency: agency.id)
def test_agency_is_credited_in_its_example(agency: Agency) -> None:
    assert agency.example, "every agency needs an example"
    filler = "\nواجتمع المشاركون في القاعة الكبرى وناقشوا جدول الأعمال كاملا قبل أن يغادروا المدينة مساء أمس."
    found = mark_text(agency.example.strip() + filler)
    assert agency.id in {name for kind, name in found.credited()}, found.credits


@pytest.mark.parametrize("kind", shipped().furniture, ids=lambda kind: kind.id)
def test_furniture_is_marked_in_its_example(kind: Furniture) -> None:
    text = kind.example.replace("|", "\n")
    plain = text.replace("⟦", "").replace("⟧", "")
    assert plain != text, "the marked part stands between brackets"
    wanted, position, inside = set(), 0, False
    for char in text:
        if char in "⟦⟧":
            inside = char == "⟦"
            continue
        if inside and not char.isspace():
            wanted.add(position)
        position += 1
    marked = {at for mark in mark_text(plain).marks for at in range(mark.start, mark.end) if not plain[at].isspace()}
    assert marked == wanted, plain


def test_the_lexicon_kept_ready_is_what_its_files_say() -> None:
    """After a change to the files: ``python -m dedup.arabic.lexicon``."""
    ready = compiled_lexicon.stored()
    assert ready is not None, "kept for other files than these"
    agencies, furniture, table = ready
    made = built()
    assert list(agencies.items()) == list(made.agencies.items())
    assert tuple(furniture.values()) == made.furniture
    for one in fields(table):
        kept, wanted = getattr(table, one.name), getattr(made.table, one.name)
        if one.name == "meanings":
            assert kept == wanted
        else:
            assert kept.dtype == wanted.dtype, one.name
            assert np.array_equal(kept, wanted), one.name


def test_a_lexicon_kept_for_other_files_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_lexicon, "fingerprint", lambda: "of other files")
    assert compiled_lexicon.stored() is None
    assert list(load().agencies.items()) == list(built().agencies.items())


@pytest.mark.parametrize("town", words("towns"))
def test_a_town_among_the_names_of_agencies_is_a_short_name_and_a_place(town: str) -> None:
    assert any(town in agency.short for agency in shipped().agencies.values())
    assert town in tomllib.loads((compiled_lexicon.data() / "places.toml").read_text("utf-8"))["names"]


def test_there_are_agencies_of_every_region() -> None:
    lexicon = shipped()
    assert sum(agency.kind != "outlet" for agency in lexicon.agencies.values()) >= 60
    assert {
        "spa",
        "reuters",
        "afp",
        "map",
        "suna",
        "sonna",
        "ami",
        "kcna",
        "irna",
        "seaprwire",
    } <= lexicon.agencies.keys()


@pytest.mark.parametrize(
    "form",
    [
        "أ ف ب",
        "أ.ف.ب",
        "(ا ف ب)",
        "ا. ف. ب",
        "(أف ب)",
        "(أ.ف.ب)",
        "(د ب أ)",
        "(د.ب.أ)",
        "(أ ش أ)",
        "(واس)",
        "(UPI)",
        "«واس»",
    ],
)
def test_abbreviations_with_and_without_dots_and_spaces(form: str) -> None:
    assert mark_text(f"وعاد الهدوء إلى المدينة مساء أمس بعد انتهاء الاجتماع الكبير. {form}").credited()


@pytest.mark.parametrize(
    "name", ["رويترز", "لرويترز", "وكالة رويترز", "لوكالة «رويترز»", "ووكالة رويترز", "لـ«رويترز»"]
)
def test_a_name_is_found_with_particles_written_together(name: str) -> None:
    assert ("attribution", "reuters") in mark_text(f"قال متحدث باسم الشركة في تصريح {name} إن الإنتاج عاد.").credited()


def test_forms_of_a_first_word() -> None:
    assert {"للانباء", "والانباء", "بالانباء"} <= set(proclitic_forms("الانباء"))
    assert proclitic_forms("upi") == ["upi", "لupi", "ولupi", "الupi", "والupi", "بالupi", "للupi", "وللupi"]
    assert proclitic_forms("bloomberg") == ["bloomberg", "لbloomberg", "ولbloomberg"]
    assert proclitic_forms("404") == ["404"]
    assert list(joined_letters("أ ب")) == ["أب"]


def test_a_users_file_adds_agencies_and_furniture(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(
        '[[agency]]\nid = "sahil"\nname = "وكالة أنباء الساحل"\nnames = ["وكالة أنباء الساحل"]\n'
        '[[agency]]\nid = "reuters"\nshort = ["رتز"]\n'
        '[[furniture]]\nid = "slogan"\nlabel = "banner"\nphrases = ["الخبر كما هو"]\nat = "line"\nextent = "line"\n',
        "utf-8",
    )
    lexicon = load(path)
    found = mark_text("قال الوزير لوكالة أنباء الساحل إن الخطة جاهزة منذ أشهر.\nالخبر كما هو", lexicon=lexicon)
    assert found.credited() == [("attribution", "sahil")]
    assert found.under("banner") == ["الخبر كما هو"]
    assert ("parenthesis", "reuters") in mark_text(
        "وانتهى الاجتماع مساء أمس. (رتز)\nوعاد الوفد إلى البلاد.", lexicon=lexicon
    ).credited()


def test_a_users_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('[[agency]]\nid = "sahil"\nname = "وكالة أنباء الساحل"\nshort = ["وأس"]\n', "utf-8-sig")
    assert "sahil" in load(path).agencies


SLOGAN = '[[furniture]]\nid = "f"\nphrases = ["a"]\nat = "line"\nextent = "line"\n'


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("[[agency]]\nid = 3", "is missing or no text"),
        ('[[agency]]\nid = "a"\nname = "b"', "has none of names, short, letters"),
        ('[[agency]]\nid = "a"\nname = "b"\nnames = ["c"]\nkind = "x"', "kind 'x' is none of"),
        ('[[agency]]\nid = "a"\nname = "b"\nnames = "c"', "'names' is not a list of texts"),
        ('[[agency]]\nid = "a"\nname = "b"\nnames = ["c"]\nwrong = 1', "unknown field 'wrong'"),
        ('[[agency]]\nid = "a"\nname = "b"\nnames = ["c"]\nworld = "no"', "'world' is neither true nor false"),
        ('[[furniture]]\nid = "f"\nlabel = "x"\nphrases = ["a"]\nat = "line"\nextent = "line"', "label 'x' is none of"),
        ('[[agency]]\nid = " "\nname = "b"\nnames = ["c"]', "agency  : field 'id' is missing or no text"),
        ("agency = [1]", "agency 1: is not a table"),
        (
            '[[agency]]\nid = "a"\nname = "b"\nnames = ["c"]\nkind = ["outlet"]',
            "agency a: kind '['outlet']' is none of",
        ),
        ('[[agency]]\nid = "a"\nname = 5\nnames = ["c"]', "agency a: 'name' is 5, and no text"),
        ('[[agency]]\nid = "a"\nname = ""\nnames = ["c"]', "agency a: 'name' is empty"),
        ('[[agency]]\nid = "a"\nname = "b"\nnames = ["c"]\ncountry = true', "'country' is True, and no text"),
        ('[[agency]]\nid = "a"\nname = "b"\nnames = ["!!!"]', "'!!!' in 'names' holds no letter"),
        ('[[agency]]\nid = "a"\nname = "b"\nshort = ["\u0640\u0640"]', "in 'short' holds no letter"),
        ('[[agency]]\nid = "reuters"\nshort = ["r"]\nkind = ["wire"]', "agency reuters: kind '['wire']' is none of"),
        (
            '[[agency]]\nid = "a"\nname = "b"\nnames = ["c"]\nsites = ["https://a.com/"]',
            "site 'https://a.com/' is no host",
        ),
        (f'{SLOGAN}label = ["banner"]', "furniture f: label '['banner']' is none of"),
        (f'{SLOGAN}label = "banner"\ncolon = "false"', "furniture f: 'colon' is neither true nor false"),
        (f'{SLOGAN}label = "banner"\nexample = 5', "furniture f: 'example' is 5, and no text"),
        (
            '[[furniture]]\nid = "f"\nlabel = "banner"\nphrases = ["*"]\nat = "line"\nextent = "line"',
            "'*' in 'phrases'",
        ),
        ('[[other]]\nid = "f"', "none of [[agency]], [[furniture]], [[outlet]]"),
        ("agency", "is not TOML"),
    ],
)
def test_a_broken_entry_is_named(tmp_path: Path, content: str, reason: str) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(content, "utf-8")
    with pytest.raises(LexiconUnreadable) as refused:
        load(path)
    assert str(path) in str(refused.value)
    assert reason in str(refused.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconUnreadable, match="could not be read"):
        load(tmp_path / "none.toml")
