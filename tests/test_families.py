"""Families: stories from one mould, each in touch with the centre, told with a phrase that can be looked up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.compare import exact
from dedup.match.features import SENTENCES
from dedup.match.verdicts import Verdicts
from dedup.model import RELATIONS
from dedup.settings import FAMILY_STORIES
from dedup.sketch.minhash import sketch
from dedup.story.families import Family, families, stars
from tests.growth import LINEAR, growth
from tests.sketched_texts import folded, sentence

MOULD = "يكون الطقس حارا إلى شديد الحرارة على شرق ووسط المملكة مع فرصة لهبوب رياح سطحية مثيرة للأتربة والغبار"
NEVER = np.datetime64("NaT", "D")


def bulletin(number: int) -> str:
    return f"{sentence(number, 8)} {MOULD} {sentence(number + 50, 8)}"


def found(
    texts: Sequence[str], relation: str = "formula", clusters: Sequence[Sequence[int]] = (),
    days: Sequence[str] | None = None, outlets: Sequence[str | None] | None = None,
) -> list[Family]:  # fmt: skip
    """The families where all pairs have this relation; a line above a text is its title."""
    return prepared(texts, relation, clusters, days, outlets)()


def prepared(
    texts: Sequence[str], relation: str = "formula", clusters: Sequence[Sequence[int]] = (),
    days: Sequence[str] | None = None, outlets: Sequence[str | None] | None = None,
) -> Callable[[], list[Family]]:  # fmt: skip
    """What finds them."""
    batch, body_start = folded(texts), np.array([text.find("\n") + 1 for text in texts])
    sketches = sketch(batch, batch.span_start < np.repeat(body_start, np.diff(batch.first_token)))
    every = np.array([a << 32 | b for a in range(len(texts)) for b in range(a + 1, len(texts))], np.uint64)
    pairs = exact(sketches, every)
    zeros: npt.NDArray[np.float64] = np.zeros(len(pairs))
    codes = np.full(len(pairs), RELATIONS.index(relation), np.int8)
    judged = Verdicts(pairs, zeros, codes, zeros, zeros.astype(np.int64), np.zeros((len(pairs), len(SENTENCES))))
    outlet = pa.array(outlets or [None] * len(texts), pa.string())
    articles = pa.table({"text": list(texts), "body_start": body_start, "outlet": outlet})
    day = np.array(days or ["NaT"] * len(texts), "datetime64[D]")
    return partial(families, judged, clusters, (), sketches, articles, day, {})


def test_bulletins_of_some_days_are_a_family_with_their_outlets_and_days() -> None:
    days = ["2015-07-22", "NaT", "2015-07-21"]
    (family,) = found([bulletin(1), bulletin(2), bulletin(3)], days=days, outlets=["ب", "ا", None])
    assert (family.id, family.rows, family.stories) == ("f1", (0, 1, 2), 3)
    assert (family.first, family.last, family.outlets) == ("2015-07-21", "2015-07-22", ("ا", "ب"))


def test_two_from_one_mould_are_no_family() -> None:
    assert found([bulletin(1), bulletin(2)]) == []


@pytest.mark.parametrize("relation", [name for name in RELATIONS if name != "formula"])
def test_only_formulas_tie_a_family(relation: str) -> None:
    assert found([bulletin(n) for n in range(4)], relation) == []


def test_a_mould_too_small_for_the_texts_ties_nothing() -> None:
    assert found([f"{sentence(n, 40)} {' '.join(MOULD.split()[:8])}" for n in range(4)]) == []


def test_prints_of_one_bulletin_count_as_one_story() -> None:
    texts = [bulletin(1), bulletin(1) + " نهاية", bulletin(2), bulletin(2) + " نهاية"]
    assert found(texts, clusters=[[0, 1], [2, 3]]) == []
    (family,) = found([*texts, bulletin(3)], clusters=[[0, 1], [2, 3]])
    assert (family.rows, family.stories) == ((0, 1, 2, 3, 4), 3)


def test_the_phrase_is_the_mould_as_it_stands_in_the_text_of_the_centre() -> None:
    texts = [bulletin(n).replace("الأتربة", "الأتربـة") for n in range(5)]
    (family,) = found(texts)
    assert family.phrase == MOULD.replace("الأتربة", "الأتربـة")
    assert family.span is not None
    assert texts[family.centre][family.span.start : family.span.end] == family.phrase


@pytest.mark.parametrize("number", ["5,820", "12.345.678", "2015", "0,750"])
def test_a_phrase_with_a_number_stands_where_it_is_printed(number: str) -> None:
    mould = f"{number} {MOULD} {number}"
    (family,) = found([f"{sentence(n, 8)} {mould} {sentence(n + 50, 8)}" for n in range(5)])
    assert family.phrase == mould


def test_a_phrase_in_the_title_too_stands_in_the_text() -> None:
    (family,) = found([f"{MOULD}\n{bulletin(n)}" for n in range(5)])
    assert family.span is not None
    assert family.phrase == MOULD
    assert family.span.start > len(MOULD)


numbers = st.sampled_from(["5", "57", "820", "5,820", "0", "057", "5820", "12.345.678"])


@given(st.lists(numbers, min_size=1, max_size=12))
def test_a_phrase_of_numbers_stands_where_it_is_printed(series: list[str]) -> None:
    mould = f"{' '.join(series)} {MOULD}"
    (family,) = found([f"{sentence(n, 8)} {mould} {sentence(n + 50, 8)}" for n in range(4)])
    assert family.phrase == mould


def test_where_a_phrase_of_numbers_stands_costs_its_length() -> None:
    def of_numbers(count: int) -> Callable[[], object]:
        row = "57 " * count
        return prepared([f"{row}{sentence(n, 8)} {row}{MOULD}" for n in range(4)])

    assert growth(of_numbers, 2_000) < LINEAR


def test_a_phrase_stands_in_half_of_the_stories_not_in_the_centre_alone() -> None:
    longer = f"{MOULD} {sentence(90, 30)}"
    (family,) = found([f"{longer} {sentence(91, 20)}", *(bulletin(n) for n in range(4))])
    assert family.phrase == MOULD


def test_without_dates_there_is_no_first_and_last() -> None:
    (family,) = found([bulletin(n) for n in range(3)])
    assert (family.first, family.last) == (None, None)


def test_a_chain_of_moulds_is_not_one_family() -> None:
    """Condolence, congratulation, invitation: neighbours share half their words, the ends none."""
    chain = [(n, n + 1) for n in range(8)]
    assert all(len(family) == 3 for family in stars(chain))
    assert len(stars(chain)) == 3


edges = st.sets(st.tuples(st.integers(0, 11), st.integers(0, 11)).filter(lambda pair: pair[0] < pair[1]))


def obvious(ties: set[tuple[int, int]]) -> list[list[int]]:
    """Look for the node with most neighbours again and again."""
    left = set(ties)
    made: list[list[int]] = []
    while True:
        near: dict[int, set[int]] = {}
        for x, y in left:
            near.setdefault(x, set()).add(y)
            near.setdefault(y, set()).add(x)
        centre = min(near, key=lambda node: (-len(near[node]), node), default=None)
        if centre is None or len(near[centre]) + 1 < FAMILY_STORIES:
            return made
        made.append([centre, *sorted(near[centre])])
        left = {(x, y) for x, y in left if not {x, y} & set(made[-1])}


@given(edges)
def test_moulds_are_those_of_the_obvious_version(ties: set[tuple[int, int]]) -> None:
    assert stars(sorted(ties)) == obvious(ties)


@given(edges)
def test_every_member_is_tied_to_the_centre_and_in_one_family(ties: set[tuple[int, int]]) -> None:
    members = [node for family in stars(sorted(ties)) for node in family]
    assert len(members) == len(set(members))
    for centre, *others in stars(sorted(ties)):
        assert all((min(centre, node), max(centre, node)) in ties for node in others)
        assert len(others) + 1 >= FAMILY_STORIES
