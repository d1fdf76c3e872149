"""The stock formulas: a line stands for every sentence its choices make, and none crosses a slot."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.background import FORMULA_STORIES, with_formulas
from benchmarks.formulas import phrases, read
from dedup.arabic.fold import fold
from dedup.match.rarity import background
from dedup.settings import RARE_PHRASE

LISTS = {"day": ["الأحد", "يوم الاثنين"]}


def of_line(line: str) -> set[tuple[str, ...]]:
    return phrases(LISTS, {"kind": [line]})


def obvious(line: str) -> set[tuple[str, ...]]:
    """Write every sentence out and cut it."""
    pieces = re.split(r"\{([^{}]*)\}", line)
    choices = [
        [piece] if n % 2 == 0 else [word for choice in piece.split("|") for word in LISTS.get(choice, [choice])]
        for n, piece in enumerate(pieces)
    ]
    found = set()
    for sentence in itertools.product(*choices):
        for part in re.split(r"(?:^| )\.\.\.(?= |$)", "".join(sentence)):
            words = part.split()
            found |= {tuple(words[at : at + size]) for size in (2, 3) for at in range(len(words) - size + 1)}
    return found


texts = st.sampled_from(
    ["بعث برقية", "إلى", "و", "أمس {day} في", "رئيس ... اليوم", "{صباح |}", "{قال|أكد أن}", "لل{وزير|أمير}"]
)


@given(st.lists(texts, min_size=1, max_size=5), st.sampled_from([" ", ""]))
def test_phrases_are_those_of_all_sentences_written_out(parts: list[str], between: str) -> None:
    line = re.sub(r"(?<! )\.\.\.|\.\.\.(?! )", " ... ", between.join(parts))
    assert of_line(line.strip()) == obvious(line.strip())


def test_no_phrase_crosses_a_slot() -> None:
    assert of_line("لقي ... مصرعهم أمس") == {("مصرعهم", "أمس")}


def test_a_choice_joins_the_letters_beside_it() -> None:
    assert of_line("{و|}قال وزير") == {("وقال", "وزير"), ("قال", "وزير")}


def test_every_line_of_the_file_is_read_as_it_was_meant() -> None:
    """Braces are closed, lists are known, and words are Arabic or figures."""
    lists, lines = read()
    assert sum(map(len, lines.values())) > 450
    for line in itertools.chain.from_iterable(lines.values()):
        assert "{" not in re.sub(r"\{[^{}]*\}", "", line), line
        assert "}" not in re.sub(r"\{[^{}]*\}", "", line), line
    words = {word for phrase in phrases(lists, lines) for word in phrase}
    assert {word for word in words if re.search("[A-Za-z{}|]", word)} == set()
    assert {word for word in words if len(fold(word)) != 1} == set()


@pytest.mark.parametrize("length", [2, 3])
def test_a_formula_is_frequent_and_nothing_becomes_rarer(length: int) -> None:
    table = background()
    again = with_formulas(table)
    assert RARE_PHRASE < FORMULA_STORIES
    assert (again.addresses[length - 1] == table.addresses[length - 1]).all()
    assert (again.counts[length - 1] == table.counts[length - 1]).all()
