"""Titles of text files: a first line is the title unless it reads like the story."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

import dedup
from dedup.arabic.lexicon import load
from dedup.corpus.plain import AGENCIES, STOPPED_WORDS, TITLE_WORDS, title_of, title_of_bytes
from dedup.intake import credited, read_corpus
from dedup.pipeline import compare_files
from dedup.settings import MIN_WORDS, Settings
from tests.corpus_files import put, reading

BELOW = "\nوقال مدير المشروع إن العمل مستمر." * 9
LEAD = "أعلن محافظ الواحة بدء العمل في الجسر الجديد الذي يربط بين ضفتي النهر"
HEADLINES = (
    "الأرصاد: أمطار غدا",
    "عاجل - انفجار في مستودع قرب الميناء",
    "الواحة تبدأ بناء الجسر (صور)",
    "رويترز: الواحة تخفض أسعار المياه",
    "سبأ تفتح مكتبا في الواحة",
    "مقتل ثلاثة في انهيار جسر قديم - رويترز",
    "اليوم (الاثنين) - انطلاق المهرجان",
    "العراق - واع - تفتح مكتبا",
    "هل يبدأ العمل في الجسر الجديد الذي يربط بين ضفتي النهر قبل نهاية العام؟",
    "لن نرحل.",
    "بالفيديو... شاهد لحظة انهيار الجسر القديم على رؤوس المارة في وسط المدينة ...",
    "الناس ينتظرون الجسر الجديد منذ سنوات والأسعار ارتفعت هذا العام كثيرا ..",
    "ريال مدريد (إسبانيا) - ليفربول (إنجلترا): موعد المباراة والقنوات الناقلة والتشكيل المتوقع لها",
    "أمير الرياض (بالنيابة): مشاريع جديدة في كل المحافظات خلال العام المقبل بإذن الله",
    "غزة / خان يونس / تجدد القصف على المدينة ومقتل عشرة في غارة جوية فجرا",
    "الواحة وحدها معا",
    "معاً",
)


@pytest.mark.parametrize("line", HEADLINES)
def test_a_headline_is_the_title_whatever_signs_it_has(line: str) -> None:
    assert title_of(line + BELOW) == (line, len(line) + 1)


SIGNED = """
_ _ _ _ _
قناة الواحة اليوم @oasis_today
انشر تؤجر 🌹 شارك القناة مع أصدقائك ليصلهم كل جديد"""


def test_a_line_above_a_signature_is_the_story(tmp_path: Path) -> None:
    news = "والي الواحة يعلن عودة التيار الكهربائي إلى أحياء شرق النهر اعتبارا من مساء اليوم"
    other = "لجنة معلمي الواحة تعلن الإضراب عن العمل ثلاثة أيام في مدارس الولاية الشمالية"
    for line in (news, other):
        assert title_of(line + SIGNED) == (None, 0)
    put(tmp_path, "a.txt", news + SIGNED)
    put(tmp_path, "b.txt", other + SIGNED)
    found = compare_files(str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert found.pair.relation != "copy"
    assert [found.a.too_short, found.b.too_short] == [False, False]


def test_words_below_a_title_have_letters_and_are_twice_as_many() -> None:
    assert title_of("العنوان\n" + "كلمة " * MIN_WORDS)[0] == "العنوان"
    assert title_of("العنوان\n" + "كلمة " * (MIN_WORDS - 1) + "_ 12 ***") == (None, 0)
    assert title_of("كلمة " * 10 + "\n" + "كلمة " * 20)[0] is not None
    assert title_of("كلمة " * 10 + "\n" + "كلمة " * 19) == (None, 0)


@pytest.mark.parametrize("end", [".", '."', ".»", ".)", ". ", ":", ":-", "،"])
def test_a_first_line_that_ends_like_a_sentence_is_the_story(end: str) -> None:
    assert title_of(LEAD + end + BELOW) == (None, 0)
    assert title_of(LEAD + BELOW)[0] == LEAD
    assert title_of(" ".join(["كلمة"] * STOPPED_WORDS) + "." + BELOW)[0] is not None


def test_a_first_line_longer_than_any_headline_is_the_story() -> None:
    assert title_of("كلمة " * TITLE_WORDS + BELOW)[0] is not None
    assert title_of("كلمة " * (TITLE_WORDS + 1) + BELOW) == (None, 0)


@pytest.mark.parametrize(
    "dateline",
    [
        "القاهرة (رويترز) - ", "سان فرانسيسكو 20 يوليو/تموز (رويترز) - ", "الدوحة /قنا/ ", "عمان - بترا - ",
        "بيروت (أ ف ب، رويترز) - ", "الرباط (و م ع) - ", "القدس /معا/ ",
        "عمان – بترا: ", "(واس) الرياض - ", "(أ ف ب) - ", "القاهرة في 3 مارس (أ ش أ) - ",
    ],
)  # fmt: skip
def test_a_first_line_that_opens_with_a_dateline_is_the_story(dateline: str) -> None:
    assert title_of(dateline + LEAD + BELOW) == (None, 0)
    assert title_of(dateline + "بدأ العمل." + BELOW) == (None, 0)


@pytest.mark.parametrize("dateline", ["الواحة (صدى الواحة): ", "الواحة /الصدى/ ", "الواحة 3 مارس (الصدى) - "])
def test_a_dateline_with_a_name_that_is_no_agency_is_the_story_if_a_full_stop_ends_it(dateline: str) -> None:
    assert title_of(dateline + "بدأ العمل." + BELOW) == (None, 0)
    for end in ("", "...", " ..", "!"):
        assert title_of(dateline + LEAD[:40] + " في المدينة القديمة اليوم" + end + BELOW)[0] is not None


@pytest.mark.parametrize(
    "line",
    [
        "الرباط - و م ع", "الرباط - و.م.ع", "القدس - معا", "طرابلس - وال", "الجزائر - وأج", "نواكشوط – و م أ",
        "رويترز", "(أ ف ب)", "أ.ف.ب", "وكالة فرانس برس", "رويترز، د ب أ", "الرياض - واس", "الدوحة /قنا/", "AFP",
        "القاهرة (رويترز) -", "عواصم - وكالات", "واشنطن 15 شوال 1436 هـ الموافق 31 يوليو 2015 م واس",
    ],
)  # fmt: skip
def test_a_dateline_or_an_agency_alone_is_no_title(line: str) -> None:
    assert title_of(line + BELOW) == (None, 0)


def test_bytes_and_letters_give_the_same_title() -> None:
    for first in (*HEADLINES, LEAD + ".", "رويترز", "x" * 3000, f"{'و' * 600} {LEAD}.", "ـ" * 3000):
        for text in (
            first + BELOW,
            f"\r\n {first} \r\n\r\n{BELOW}",
            first,
            first + "\n \n",
            f"{first}\n{' ' * 2000}{BELOW}",
            f"{first}{BELOW * 99}",
            f"{first}\u2028{BELOW[1:] * 99}{BELOW}",
        ):
            assert title_of_bytes(text.encode()) == title_of(text)


def test_agencies_that_datelines_name_are_in_the_lexicon() -> None:
    spelt = str.maketrans("أإآةى", "اااهي", ". ")
    known = {
        name.translate(spelt).casefold()
        for agency in load(None).agencies.values()
        for name in (*agency.names, *agency.short, *agency.letters)
    }
    assert {name.translate(spelt) for name in AGENCIES} - known == {"وكالات", "الوكالات"}


def test_the_agency_of_a_story_without_a_headline_is_credited(tmp_path: Path) -> None:
    put(tmp_path, "a.txt", f"القاهرة (رويترز) - {LEAD}.\n{'قال المهندس إن العمل بدأ منذ شهر واحد. ' * 5}")
    assert [list(one) for one in credited(read_corpus([tmp_path], Settings()))] == [["reuters"]]


def test_first_lines_of_the_seeds_are_their_titles(shared: Path) -> None:
    for folder in (Path(__file__).parents[1] / "seeds", shared / "seeds"):
        rows = [row for row in reading(folder).rows if row["path"].endswith(".txt")]
        assert rows
        for row in rows:
            assert row["title"] == row["text"].strip().split("\n")[0].strip(), row["path"]


def test_headlines_and_leads_of_the_real_corpus_are_told_apart(shared: Path) -> None:
    """The figures of dedup/corpus/plain.py."""
    rows = reading(shared / "data" / "saudinewsnet").rows
    held = [(row["title"], row["text"]) for row in rows if row["title"] and row["text"].strip()]
    headlines = [title_of(f"{title}\n{text}")[0] == title for title, text in held]
    assert (sum(headlines), len(headlines)) == (22_457, 22_673)
    leads = [
        title_of(text)[0] is None
        for text in (row["text"] for row in rows)
        for first in [text.strip().split("\n")[0]]
        if STOPPED_WORDS < len(first.split()) <= 40 and "\n" in text.strip()
    ]
    assert (sum(leads), len(leads)) == (6_788, 6_884)


def test_texts_compared_in_python_and_in_files_are_compared_alike(tmp_path: Path) -> None:
    draw = random.Random(1)
    body = "\n".join(" ".join(f"كلمة{draw.randrange(400)}" for _ in range(30)) + "." for _ in range(4))
    one, other = (f"{title}\n\n{body}" for title in ("عنوان أول من كلمات", "عنوان ثان من غيرها"))
    said = dedup.compare(one, other)
    read = compare_files(str(put(tmp_path, "a.txt", one)), str(put(tmp_path, "b.txt", other)))
    assert said.pair.relation == "copy"
    assert said.pair.jaccard == 1
    assert replace(said.pair, a="", b="") == replace(read.pair, a="", b="")
