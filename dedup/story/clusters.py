"""Clusters: articles that agree with each other, not merely with a neighbour.

Matches are not transitive. On real news, a third of the pairs inside the connected components of Jaccard >= 0.3 are
below the threshold themselves: A quotes B, B quotes C, and A has nothing to do with C. So two groups are merged only
with a *quorum*: more than half of all pairs between them must be matches.

    merge X and Y   if   links(X, Y) > QUORUM * |X| * |Y|

The strongest match is looked at first (Kruskal's order), and the passes are repeated until no match merges anything.
One wrong match between two stories of five articles is 1 of 25 and merges nothing; a chain A-B-C without A-C stays
{A, B}, {C} if A-B is the stronger. Finally a member that does not match more than half of its own cluster is set
free, as often as needed: it may have come in by an early merge that later ones made look odd.

Copies of one text are one node with a weight, so a dispatch printed by a thousand outlets is one node of weight 1,000.

Cost: O(m log m) for m matches and the merging of the smaller group's links into the larger's, O(m log n) in all.
Idea: average linkage with a fixed cut (Sokal, Michener 1958), on a graph whose missing edges count as 0.

>>> sorted(map(sorted, grouped({(0, 1): 0.9, (1, 2): 0.6, (3, 4): 0.8}, {})))
[[0, 1], [3, 4]]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from heapq import heapify, heappop, heappush

from dedup.settings import QUORUM

Links = dict[int, dict[int, int]]


def grouped(matches: Mapping[tuple[int, int], float], weights: Mapping[int, int]) -> list[list[int]]:
    """Groups of two and more nodes, each ascending, in the order of their first node.

    ``matches`` holds the strength of each matching pair (a < b); ``weights`` how many articles a node stands for
    (1 where it is silent). A node that stands for several articles and is in no group is not returned.
    """
    strongest_first = sorted(matches, key=lambda pair: (-matches[pair], pair))
    groups: dict[int, list[int]] = {node: [node] for pair in matches for node in pair}
    mass = {node: weights.get(node, 1) for node in groups}
    links: Links = {node: {} for node in groups}
    for a, b in matches:
        links[a][b] = links[b][a] = mass[a] * mass[b]
    home = {node: node for node in groups}
    waiting = strongest_first
    merged = True
    while merged:
        merged, undecided = False, []
        for a, b in waiting:
            x, y = home[a], home[b]
            if x == y:
                continue
            if links[x][y] > QUORUM * mass[x] * mass[y]:
                _merge(x, y, groups, mass, links, home)
                merged = True
            else:
                undecided.append((a, b))
        waiting = undecided
    neighbours = _neighbours(matches)
    agreeing = (_agreeing(group, neighbours, weights) for group in groups.values())
    return sorted(sorted(group) for group in agreeing if len(group) > 1)


def _merge(
    x: int, y: int, groups: dict[int, list[int]], mass: dict[int, int], links: Links, home: dict[int, int]
) -> None:
    """Move the smaller group, members and links counted, into the other."""
    if (len(links[x]) + len(groups[x]), -x) < (len(links[y]) + len(groups[y]), -y):
        x, y = y, x
    for node in groups[y]:
        home[node] = x
    groups[x] += groups.pop(y)
    mass[x] += mass.pop(y)
    del links[x][y]
    for z, count in links.pop(y).items():
        if z != x:
            del links[z][y]
            links[x][z] = links[z][x] = links[x].get(z, 0) + count


def _neighbours(matches: Mapping[tuple[int, int], float]) -> dict[int, list[int]]:
    neighbours: dict[int, list[int]] = defaultdict(list)
    for a, b in matches:
        neighbours[a].append(b)
        neighbours[b].append(a)
    return neighbours


def _agreeing(group: list[int], neighbours: Mapping[int, list[int]], weights: Mapping[int, int]) -> list[int]:
    """The members that match more than a quorum of the others; the worst leaves first, the later of equals.

    With the copies that a node stands for, an article of it has ``agreement + weight - 1`` of ``total - 1`` others on
    its side, and stays while that is more than a quorum of them. Between members this differs only in ``agreement +
    weight``, so that is the key of the heap, whatever the total.
    """
    weight = {node: weights.get(node, 1) for node in group}
    total = sum(weight.values())
    key = {node: sum(weight.get(other, 0) for other in neighbours[node]) + weight[node] for node in group}
    heap = [(value, -node) for node, value in key.items()]
    heapify(heap)
    while len(key) > 1 and heap:
        value, negative = heappop(heap)
        worst = -negative
        if key.get(worst) != value:
            continue
        if value - 1 > QUORUM * (total - 1):
            break
        del key[worst]
        total -= weight[worst]
        for other in neighbours[worst]:
            if other in key:
                key[other] -= weight[worst]
                heappush(heap, (key[other], -other))
    return list(key)
