"""The obvious version of the passage kernels: tuples for phrases, sets for clusters, every stretch tried.

A text is a list of (word, place). Nothing is quick here: linkage compares all seeds with all, the best stretch is
looked for among all stretches.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

Text = Sequence[tuple[int, int]]
Phrase = tuple[int, ...]


class Seed(NamedTuple):
    """Words ``i:i + length`` of a and ``j:j + length`` of b are one phrase."""

    i: int
    j: int
    length: int


class Box(NamedTuple):
    """Words ``a0:a1`` of a, ``b0:b1`` of b."""

    a0: int
    a1: int
    b0: int
    b1: int
    anchors: int = 0

    def holds(self, seed: Seed) -> bool:
        inside_a = self.a0 <= seed.i and seed.i + seed.length <= self.a1
        return inside_a and self.b0 <= seed.j and seed.j + seed.length <= self.b1


class Passage(NamedTuple):
    """A box with its figures."""

    box: Box
    matched: int
    shared: int
    rare: int


@dataclass(frozen=True)
class Rules:
    """The numbers of :mod:`dedup.settings` by the names of the kernels."""

    limits: tuple[int, int, int]
    gap: int
    reach: int
    chance: float
    anchors: int
    least: int
    shortest: int
    similar: float
    dense: float
    ordered: float


def phrases(text: Text, words: int) -> dict[Phrase, list[int]]:
    """Where each phrase stands; two words count in either order, and no phrase crosses a gap."""
    found: dict[Phrase, list[int]] = {}
    for at in range(len(text) - words + 1):
        if text[at + words - 1][1] - text[at][1] == words - 1:
            phrase = tuple(word for word, _ in text[at : at + words])
            found.setdefault(tuple(sorted(phrase)) if words == 2 else phrase, []).append(at)
    return found


def seeds(a: Text, b: Text, limits: Sequence[int]) -> set[Seed]:
    """The phrases in common, but none that is the beginning of a longer one in common."""
    found = set()
    for length, limit in enumerate(limits, 1):
        in_a, in_b = phrases(a, length), phrases(b, length)
        for phrase in in_a.keys() & in_b.keys():
            if len(in_a[phrase]) * len(in_b[phrase]) <= limit:
                found |= {Seed(i, j, length) for i in in_a[phrase] for j in in_b[phrase]}
            elif length == 3:
                found |= {Seed(i, j, length) for i, j in zip(in_a[phrase], in_b[phrase], strict=False)}
    return {seed for seed in found if not goes_on(seed, a, b)}


def goes_on(seed: Seed, a: Text, b: Text) -> bool:
    """Whether one word more is a phrase in common too."""
    longer = [
        phrase
        for text, at in ((a, seed.i), (b, seed.j))
        for phrase in phrases(text[at : at + seed.length + 1], seed.length + 1)
    ]
    return seed.length < 3 and len(longer) == 2 and longer[0] == longer[1]


def clusters(found: Iterable[Seed], a: Text, b: Text, reach: int) -> set[frozenset[Seed]]:
    """What hangs together by neighbours."""
    left = set(found)
    made = set()
    while left:
        cluster = set()
        waiting = [left.pop()]
        while waiting:
            one = waiting.pop()
            cluster.add(one)
            near = {
                other
                for other in left
                if abs(a[one.i][1] - a[other.i][1]) <= reach and abs(b[one.j][1] - b[other.j][1]) <= reach
            }
            left -= near
            waiting.extend(near)
        made.add(frozenset(cluster))
    return made


def around(cluster: Iterable[Seed]) -> Box:
    found = list(cluster)
    return Box(
        min(seed.i for seed in found),
        max(seed.i + seed.length for seed in found),
        min(seed.j for seed in found),
        max(seed.j + seed.length for seed in found),
    )


def anchors(cluster: Iterable[Seed], box: Box) -> tuple[set[int], set[int]]:
    """Words of a and of b that a seed inside the box covers."""
    inside = [seed for seed in cluster if box.holds(seed)]
    in_a = {seed.i + n for seed in inside for n in range(seed.length)}
    return in_a, {seed.j + n for seed in inside for n in range(seed.length)}


def penalty(density: float, chance: float) -> int:
    density = min(max(density, 0.5), 0.98)
    return round(1000 * math.log((1 - chance) / (1 - density)) / math.log(density / chance))


def best_stretch(scores: Sequence[int], begin: int) -> tuple[int, int]:
    """The largest sum; of equal ones that which ends first, then the shortest."""
    stretches = [
        (-sum(scores[start:end]), end, end - start)
        for end in range(1, len(scores) + 1)
        for start in range(end)
        if sum(scores[start:end]) > 0
    ]
    if not stretches:
        return begin, begin
    _, end, length = min(stretches)
    return begin + end - length, begin + end


def trimmed(a: Text, b: Text, cluster: Iterable[Seed], chance: float, rounds: int = 16) -> Box:
    cluster = list(cluster)
    box = around(cluster)
    cost = penalty(0.5, chance)
    again = True
    for _ in range(rounds):
        in_a, in_b = anchors(cluster, box)
        words_a = {word for word, _ in a[box.a0 : box.a1]}
        words_b = {word for word, _ in b[box.b0 : box.b1]}
        scores_a = [1000 if i in in_a else 0 if a[i][0] in words_b else -cost for i in range(box.a0, box.a1)]
        scores_b = [1000 if j in in_b else 0 if b[j][0] in words_a else -cost for j in range(box.b0, box.b1)]
        now = Box(*best_stretch(scores_a, box.a0), *best_stretch(scores_b, box.b0), box.anchors)
        if now == box or now[:4] == box[:4]:
            box = now._replace(anchors=min(len(in_a), len(in_b)))
            if not again:
                break
            again = False
            cost = penalty((len(in_a) + len(in_b)) / max(now.a1 - now.a0 + now.b1 - now.b0, 1), chance)
        box = now._replace(anchors=box.anchors)
    return box


def merged(boxes: Sequence[Box], a: Text, b: Text, gap: int) -> list[Box]:
    """Part the boxes at the gaps of either side until no part has one."""
    groups = [list(boxes)] if boxes else []
    while True:
        parts = [part for group in groups for half in _parts(group, a, 0, gap) for part in _parts(half, b, 2, gap)]
        if len(parts) == len(groups):
            break
        groups = parts
    return [
        Box(
            min(box.a0 for box in group),
            max(box.a1 for box in group),
            min(box.b0 for box in group),
            max(box.b1 for box in group),
            sum(box.anchors for box in group),
        )
        for group in groups
    ]


def _parts(group: Sequence[Box], text: Text, low: int, gap: int) -> list[list[Box]]:
    parts: list[list[Box]] = []
    end = -1
    for box in sorted(group, key=lambda box: box[low]):
        if not parts or text[box[low]][1] - text[end - 1][1] > gap:
            parts.append([])
            end = box[low + 1]
        parts[-1].append(box)
        end = max(end, box[low + 1])
    return parts


def follows(text: Text, at: int) -> bool:
    """Whether word ``at`` stands in the text and directly behind the word before it."""
    return 0 < at < len(text) and text[at][1] - text[at - 1][1] == 1


def extended(box: Box, a: Text, b: Text) -> Box:
    while follows(a, box.a0) and follows(b, box.b0) and a[box.a0 - 1][0] == b[box.b0 - 1][0]:
        box = box._replace(a0=box.a0 - 1, b0=box.b0 - 1)
    while follows(a, box.a1) and follows(b, box.b1) and a[box.a1][0] == b[box.b1][0]:
        box = box._replace(a1=box.a1 + 1, b1=box.b1 + 1)
    return box


def measured(box: Box, a: Text, b: Text, rare: Callable[[Phrase], bool]) -> Passage:
    inside_a, inside_b = a[box.a0 : box.a1], b[box.b0 : box.b1]
    matched = Counter(word for word, _ in inside_a) & Counter(word for word, _ in inside_b)
    shared = phrases(inside_a, 3).keys() & phrases(inside_b, 3).keys()
    return Passage(box, matched.total(), len(shared), sum(map(rare, shared)))


def look(
    a: Text, b: Text, found: set[Seed], rules: Rules, reach: int, similar: float, rare: Callable[[Phrase], bool]
) -> list[Passage]:
    least = wanted(a, b, rules)
    drawn = [
        trimmed(a, b, cluster, rules.chance)
        for cluster in clusters(found, a, b, reach)
        if len(cluster) >= rules.anchors
    ]
    boxes = merged([box for box in drawn if box.anchors >= rules.anchors], a, b, rules.gap)
    seen = []
    for box in (extended(box, a, b) for box in boxes):
        words_a, words_b = box.a1 - box.a0, box.b1 - box.b0
        if min(words_a, words_b) >= least and 2 * box.anchors >= least:
            passage = measured(box, a, b, rare)
            if 2 * passage.matched >= similar * (words_a + words_b):
                seen.append(passage)
    return seen


def wanted(a: Text, b: Text, rules: Rules) -> int:
    return min(rules.least, max(rules.shortest, min(len(a), len(b)) // 2))


def strength(passage: Passage) -> tuple[int, ...]:
    """Lowest strongest; the same when a and b change sides."""
    box = passage.box
    words_a, words_b = box.a1 - box.a0, box.b1 - box.b0
    return -passage.matched, words_a + words_b, box.a0 + box.b0, abs(box.a0 - box.b0), abs(words_a - words_b)


def kept(found: Sequence[Passage], least: int) -> list[Passage]:
    """What covers enough words, in a or in b, that no stronger passage covers."""
    stay: list[Passage] = []
    for one in found:
        free_a = set(range(one.box.a0, one.box.a1))
        free_b = set(range(one.box.b0, one.box.b1))
        for other in kept([other for other in found if strength(other) < strength(one)], least):
            free_a -= set(range(other.box.a0, other.box.a1))
            free_b -= set(range(other.box.b0, other.box.b1))
        if max(len(free_a), len(free_b)) >= least and all(one.box[:4] != other.box[:4] for other in stay):
            stay.append(one)
    return stay


def passages(a: Text, b: Text, rules: Rules, rare: Callable[[Phrase], bool] = lambda phrase: True) -> list[Passage]:
    """What two texts share, by place in a, then in b."""
    if not a or not b:
        return []
    found = seeds(a, b, rules.limits)
    near = look(a, b, found, rules, rules.gap, rules.similar, rare)
    ordered = [passage.box for passage in near if passage.shared >= rules.ordered * passage.matched]
    left = {
        seed for seed in found if not any(box.a0 <= seed.i < box.a1 or box.b0 <= seed.j < box.b1 for box in ordered)
    }
    far = look(a, b, left, rules, rules.reach, rules.dense, rare)
    return sorted(kept(near + far, wanted(a, b, rules)), key=lambda passage: passage.box[:4])


def text(words: Sequence[int]) -> list[tuple[int, int]]:
    """A text out of words; a 0 is a marked token."""
    return [(word, place) for place, word in enumerate(words) if word]
