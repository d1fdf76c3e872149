"""Precision, recall and F1 of "these two are the same story".

With TP the pairs labelled ``same`` and called same, FP those called same but labelled otherwise, FN those labelled
``same`` but not called so

    precision = TP / (TP + FP)      recall = TP / (TP + FN)      F1 = 2 TP / (2 TP + FP + FN)

Pairs labelled ``part`` (a passage in common, another story) are neither right nor wrong when called same: they are
counted apart. A score whose denominator is 0 is None, not 0.

Labelled pairs are rarely drawn evenly: of near-identical pairs every one may be labelled, of the rest one in a
thousand. The weighted scores count each pair as often as its weight says, so they estimate the scores over the corpus
the pairs were drawn from. In a stratum or a confidence of its own the weights are mostly equal and change little.

Three pairs are labelled same, one template; two of the same were called so, and the template. The pair that was missed
stands for 6 of the corpus, the others for 1:

>>> pairs = [("same", 1, True), ("same", 1, True), ("same", 6, False), ("template", 1, True), ("part", 9, True)]
>>> labels = [Label((f"a{n}", "b"), relation, None, None, w, n) for n, (relation, w, _) in enumerate(pairs)]
>>> found = score(labels, [called for _, _, called in pairs])
>>> round(found.precision, 3), round(found.recall, 3), round(found.f1, 3)   # 2/3, 2/3, 4/6
(0.667, 0.667, 0.667)
>>> round(found.weighted_precision, 3), found.weighted_recall, round(found.weighted_f1, 3)   # 2/3, 2/8, 4/11
(0.667, 0.25, 0.364)

Source: van Rijsbergen, Information Retrieval, 1979, chapter 7.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

from dedup.evaluate.labels import LEFT_OUT, POSITIVE, RELATIONS, Key, Label
from dedup.model import RELATIONS as FOUND_RELATIONS

_NOT_STATED = "not stated"
_NOT_LISTED = "not listed"


@dataclass(frozen=True, slots=True)
class Score:
    """The scores of some labelled pairs, plain and weighted; ``part`` is not among ``pairs``."""

    pairs: int
    same: int
    called: int
    right: int
    precision: float | None
    recall: float | None
    f1: float | None
    weighted_precision: float | None
    weighted_recall: float | None
    weighted_f1: float | None


@dataclass(frozen=True, slots=True)
class Share:
    """How many pairs of one labelled relation were called the same story."""

    pairs: int
    called: int
    share: float | None
    weighted_share: float | None


@dataclass(frozen=True, slots=True)
class SameStory:
    """All scores of labelled pairs. ``confusion[labelled][found]`` counts pairs; None if no listed pair says."""

    all: Score
    by_confidence: dict[str, Score]
    by_stratum: dict[str, Score]
    by_relation: dict[str, Share]
    confusion: dict[str, dict[str, int]] | None


def same_story(labels: Sequence[Label], called: Sequence[bool], relations: Mapping[Key, str | None]) -> SameStory:
    """Score the labels: ``called[n]`` says whether ``labels[n]`` was called the same story."""
    return SameStory(
        score(labels, called),
        _scores_by(lambda label: label.confidence, labels, called),
        _scores_by(lambda label: label.stratum, labels, called),
        {relation: _share(relation, labels, called) for relation in RELATIONS},
        _confusion(labels, relations),
    )


def score(labels: Sequence[Label], called: Sequence[bool]) -> Score:
    """The scores of some labelled pairs together."""
    counted = [(label, says) for label, says in zip(labels, called, strict=True) if label.relation != LEFT_OUT]
    same = [label.weight for label, _ in counted if label.relation == POSITIVE]
    said = [label.weight for label, says in counted if says]
    right = [label.weight for label, says in counted if says and label.relation == POSITIVE]
    plain = _measures(len(right), len(said), len(same))
    weighted = _measures(fsum(right), fsum(said), fsum(same))
    return Score(len(counted), len(same), len(said), len(right), *plain, *weighted)


def _measures(right: float, called: float, same: float) -> tuple[float | None, float | None, float | None]:
    """Precision, recall and F1; ``2 TP + FP + FN`` is ``called + same``."""
    return _ratio(right, called), _ratio(right, same), _ratio(2 * right, called + same)


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _scores_by(
    column: Callable[[Label], str | None], labels: Sequence[Label], called: Sequence[bool]
) -> dict[str, Score]:
    """One score for each value of a column; none if the labels leave the column empty."""
    parts: dict[str, tuple[list[Label], list[bool]]] = defaultdict(lambda: ([], []))
    for label, says in zip(labels, called, strict=True):
        pairs, calls = parts[column(label) or _NOT_STATED]
        pairs.append(label)
        calls.append(says)
    if parts.keys() <= {_NOT_STATED}:
        return {}
    return {name: score(*parts[name]) for name in sorted(parts, key=_by_number)}


def _by_number(name: str) -> list[str | tuple[int, str, str]]:
    """S2 before S10. The split alternates between text and number, so two keys can always be compared; of numbers,
    which may be longer than Python reads, the longer is the greater."""
    pieces = enumerate(re.split(r"(\d+)", name))
    return [(len(bare := piece.lstrip("0")), bare, piece) if place % 2 else piece for place, piece in pieces]


def _share(relation: str, labels: Sequence[Label], called: Sequence[bool]) -> Share:
    of_it = [(label.weight, says) for label, says in zip(labels, called, strict=True) if label.relation == relation]
    said = [weight for weight, says in of_it if says]
    weighted = _ratio(fsum(said), fsum(weight for weight, _ in of_it))
    return Share(len(of_it), len(said), _ratio(len(said), len(of_it)), weighted)


def _confusion(labels: Sequence[Label], relations: Mapping[Key, str | None]) -> dict[str, dict[str, int]] | None:
    if all(relation is None for relation in relations.values()):
        return None
    found = [relations.get(label.key, _NOT_LISTED) or _NOT_STATED for label in labels]
    others = sorted(set(found) - {*FOUND_RELATIONS, _NOT_LISTED})
    table = {row: dict.fromkeys((*FOUND_RELATIONS, *others, _NOT_LISTED), 0) for row in RELATIONS}
    for label, relation in zip(labels, found, strict=True):
        table[label.relation][relation] += 1
    return table
