"""The obvious version of clustering: lists of nodes, every mean counted anew when it is asked for, in fractions.

It is given log-odds, not probabilities. O(n^3) and worse.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from fractions import Fraction

from dedup.settings import MOST_ODDS, ROUND_UP_STORIES, STRANGERS_ODDS, TIED_ODDS, UNLISTED_ODDS

Odds = Mapping[tuple[int, int], float]
Group = list[int]


class Graph:
    """Nodes that stand for one or more articles, and what the pairs of articles say."""

    def __init__(self, odds: Odds, weights: Mapping[int, int]) -> None:
        self.odds = {pair: value for pair, value in odds.items() if value > UNLISTED_ODDS or value <= -MOST_ODDS}
        self.weight = {node: weights.get(node, 1) for pair in self.odds for node in pair}

    def pair(self, a: int, b: int) -> Fraction:
        return Fraction(self.odds.get((min(a, b), max(a, b)), UNLISTED_ODDS))

    def mean(self, some: Iterable[int], others: Iterable[int]) -> Fraction:
        """Mean over all pairs of articles, one of each side."""
        both = [(self.weight[a] * self.weight[b], self.pair(a, b)) for a, b in itertools.product(some, others)]
        return sum((count * value for count, value in both), Fraction(0)) / sum(count for count, _ in both)

    def surplus(self, node: int, group: Group, cut: float) -> Fraction:
        """By how much an article's log-odds to all others of its group, its copies among them, exceed the cut."""
        others = [(self.weight[other], self.pair(node, other)) for other in group if other != node]
        said = [(self.weight[node] - 1, Fraction(MOST_ODDS)), *others]
        return sum((count * (value - Fraction(cut)) for count, value in said), Fraction(0))


def clusters(odds: Odds, weights: Mapping[int, int], cut: float) -> tuple[list[Group], dict[int, list[int]]]:
    """Groups of two and more without round-ups, and for each round-up the positions of its stories."""
    graph = Graph(odds, weights)
    groups = merged(graph, [[node] for node in sorted(graph.weight)], cut)
    for _ in range(3):
        staying = [staying_in(graph, group, cut) for group in groups]
        freed = sorted(graph.weight.keys() - set(itertools.chain(*staying)))
        if not freed:
            break
        groups = merged(graph, staying + [[node] for node in freed], cut)
    strangers = {node: stories_of(graph, groups, node, cut) for node in sorted(graph.weight)}
    round_ups = {node: stories for node, stories in strangers.items() if len(stories) >= ROUND_UP_STORIES}
    without = [sorted(set(group) - round_ups.keys()) for group in groups]
    listed = sorted(group for group in without if len(group) > 1)
    place = {position: listed.index(group) for position, group in enumerate(without) if len(group) > 1}
    return listed, {node: sorted(place[n] for n in stories if n in place) for node, stories in round_ups.items()}


def merged(graph: Graph, groups: list[Group], cut: float) -> list[Group]:
    """Merge the two groups of highest mean, of equals those that begin first, until no mean reaches the cut."""
    groups = sorted(map(sorted, groups))
    while True:
        means = [(-graph.mean(x, y), x, y) for x, y in itertools.combinations(groups, 2) if linked(graph, x, y)]
        if not means or -min(means)[0] < cut:
            return groups
        _, x, y = min(means)
        groups = sorted([*(group for group in groups if group not in (x, y)), sorted(x + y)])


def linked(graph: Graph, x: Group, y: Group) -> bool:
    return any((min(pair), max(pair)) in graph.odds for pair in itertools.product(x, y))


def staying_in(graph: Graph, group: Group, cut: float) -> Group:
    """While an article falls short of the cut, the one furthest from it leaves with its copies, of equals the first."""
    kept = list(group)
    while len(kept) > 1:
        worst = min(kept, key=lambda node: (graph.surplus(node, kept, cut), node))
        if graph.surplus(worst, kept, cut) >= 0:
            break
        kept.remove(worst)
    return kept


def stories_of(graph: Graph, groups: list[Group], node: int, cut: float) -> list[int]:
    """Positions of groups that agree with the node, the closest first, and with none of those before it."""
    rest = [[other for other in group if other != node] for group in groups]
    near = [n for n, group in enumerate(rest) if group and linked(graph, [node], group)]
    own = [other for group, others in zip(groups, rest, strict=True) if node in group for other in others]
    alone = linked(graph, [node], own) and sum(graph.weight[other] for other in own) == 1
    agreeing = [n for n in near if graph.mean([node], rest[n]) >= (min(cut, TIED_ODDS) if alone else cut)]
    found: list[int] = []
    for n in sorted(agreeing, key=lambda n: (-graph.mean([node], rest[n]), groups[n])):
        if all(graph.mean(rest[n], rest[other]) < STRANGERS_ODDS for other in found):
            found.append(n)
    return found


def with_copies(odds: Odds, weights: Mapping[int, int]) -> tuple[dict[tuple[int, int], float], list[Group]]:
    """The same pairs with every copy as an article of its own, and the articles that each node became.

    Copies are sure of each other, and each says of others what its node said.
    """
    size = [weights.get(node, 1) for node in range(1 + max((b for _, b in odds), default=-1))]
    ends = list(itertools.accumulate(size))
    articles = [list(range(end - count, end)) for end, count in zip(ends, size, strict=True)]
    explicit = {pair: MOST_ODDS for copies in articles for pair in itertools.combinations(copies, 2)}
    for (a, b), value in odds.items():
        explicit.update(dict.fromkeys(itertools.product(articles[a], articles[b]), value))
    return explicit, articles
