"""Articles outside a story that agree with a member: all of them, each once, with the member it agrees with most."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from dedup.match.compare import Pairs
from dedup.match.features import SENTENCES
from dedup.match.verdicts import Verdicts
from dedup.report.related import related

ARTICLES = 9
said = st.dictionaries(
    st.tuples(st.integers(0, ARTICLES - 1), st.integers(0, ARTICLES - 1)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from([0.2, 0.5, 0.7, 0.9]),
)
homes = st.lists(st.integers(-1, 2), min_size=ARTICLES, max_size=ARTICLES)
"""For each article the story it is in; -1: none."""


def verdicts(probability: dict[tuple[int, int], float]) -> Verdicts:
    a, b = np.array(sorted(probability), np.int64).reshape(-1, 2).T
    counts = np.ones(len(a), np.int64)
    values = np.array([probability[pair] for pair in sorted(probability)])
    nothing = np.zeros(len(a))
    features = np.zeros((len(a), len(SENTENCES)))
    return Verdicts(
        Pairs(a, b, counts, counts, counts),
        values,
        np.zeros(len(a), np.int8),
        nothing,
        nothing.astype(np.int64),
        features,
    )


def naive(
    probability: dict[tuple[int, int], float], clusters: list[list[int]], round_ups: set[int]
) -> list[list[tuple[int, int, float]]]:
    both = probability | {(b, a): value for (a, b), value in probability.items()}
    found = []
    for rows in clusters:
        theirs = []
        for outside in sorted(set(range(ARTICLES)) - set(rows) - round_ups):
            agreeing = [(-both.get((row, outside), 0.0), row) for row in rows]
            likely, member = min(agreeing)
            if -likely >= 0.5:
                theirs.append((outside, member, -likely))
        found.append(theirs)
    return found


@given(said, homes, st.sets(st.integers(0, ARTICLES - 1)))
def test_every_article_that_agrees_with_a_member_is_named_with_the_likeliest(
    probability: dict[tuple[int, int], float], home: list[int], some: set[int]
) -> None:
    clusters = [rows for n in range(3) if (rows := [row for row in range(ARTICLES) if home[row] == n])]
    round_ups = {row for row in some if home[row] < 0}
    groups, *columns = related(verdicts(probability), clusters, dict.fromkeys(round_ups), ARTICLES, 0.5)
    each = list(zip(*(column.tolist() for column in columns), strict=True))
    first = groups.first.tolist()
    found = [each[first[n] : first[n + 1]] for n in range(len(clusters))]
    assert found == naive(probability, clusters, round_ups)
