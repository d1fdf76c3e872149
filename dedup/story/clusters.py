"""Clusters: articles that agree with each other, not merely with a neighbour.

Matches are not transitive: A quotes B, B quotes C, and A has nothing to do with C. So two groups are merged on the
evidence of *all* pairs between them, by their mean log-odds:

    L(X, Y) = mean of log(p / (1 - p)) over all pairs of X and Y        merge while L(X, Y) >= cut

A pair that was not listed, or hardly would have been, counts :data:`~dedup.settings.UNLISTED_ODDS`. A single pair's say
is limited to :data:`~dedup.settings.MOST_ODDS` either way; one that is denied that far counts so. The best merge comes
first. One wrong match between two stories of five articles is one summand of 25: they stay apart. A chain A-B-C without
A-C becomes {A, B} and {C}.

The cut has the same limit. From a threshold of 0.9995 on that is where it stands, and a pair under the threshold, which
may be as sure as pairs can be said to be, counts :data:`~dedup.settings.CLUSTER_ODDS` less: so all pairs of a cluster
reach the threshold there.

An early merge can look odd in the end. So afterwards a member whose mean log-odds to the rest of its cluster is under
the cut is set free, the worst first, and linking goes on with the freed ones alone; three rounds at most.

A *round-up* (digest, live page) agrees with several stories that do not agree with each other. It is recognised by
that: its mean log-odds to :data:`~dedup.settings.ROUND_UP_STORIES` stories reach the cut, while those of these stories
to each other, the article left out, are under :data:`~dedup.settings.STRANGERS_ODDS`. It belongs to none and is listed
with its links. Where its own story would be one other article, a single pair's word is all there is, and a digest reads
much like the story it opens with; there :data:`~dedup.settings.TIED_ODDS` in place of the cut are enough.

Copies of one text are one node with a weight, so a dispatch printed by a thousand outlets is one node of weight 1,000.

A mean reaches the cut only where a pair does, and a round-up is tied by pairs that reach
:data:`~dedup.settings.TIED_ODDS` at least. So groups that no chain of such *ties* connects never merge nor share a
round-up: each component of ties is clustered by itself, and one of which all pairs are there and reach the cut (are
*strong*) is a cluster as it stands. (19,937 pairs of 14 days: 0.21 s all at once, 0.07 s by component; 1,580 of 2,486
components are clusters as they stand, the largest of the others has 163 nodes.)

Cost: O(m log m) for m listed pairs, plus O(d log d) for each merge of groups with d neighbours, the smaller moved into
the larger. Source: average linkage (Sokal, Michener 1958); log-odds as its similarity is correlation clustering's
weighting (Bansal, Blum, Chawla 2004).

>>> clusters({(0, 1): 0.99, (1, 2): 0.7, (3, 4): 0.8}, {}, 0.5).groups
[[0, 1], [3, 4]]
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

import numpy as np
import numpy.typing as npt

from dedup.settings import CLUSTER_ODDS, MOST_ODDS, ROUND_UP_STORIES, STRANGERS_ODDS, TIED_ODDS, UNLISTED_ODDS
from dedup.story.groups import Groups

_ROUNDS = 3
"""Rounds of setting members free and linking again."""
_SURE = MOST_ODDS - UNLISTED_ODDS
"""What two copies say of each other, counted as in Links."""
_Nodes = npt.NDArray[np.int64]
_Entry = tuple[float, int, int, int, int, int, int]
"""-mean, the first nodes of both groups, their names, their versions: the best merge is the least."""
Said = tuple[int, int, float]
"""A pair of nodes, and (log-odds - UNLISTED_ODDS) * the pairs of articles it stands for."""
Links = dict[int, dict[int, float]]
"""Node or group -> its neighbours -> sum of (log-odds - UNLISTED_ODDS) over the pairs between, weights multiplied."""


@dataclass(frozen=True, slots=True)
class Clusters:
    """``groups`` of two and more nodes, each ascending, by their first node; ``round_ups``: node -> the positions in
    ``groups`` of the stories it agrees with (those of one article only are not among them)."""

    groups: list[list[int]]
    round_ups: dict[int, list[int]]


def clusters(probability: Mapping[tuple[int, int], float], weights: Mapping[int, int], threshold: float) -> Clusters:
    """Cluster the nodes of listed pairs (a < b) with the probability that each is the same story.

    ``weights`` says how many articles a node stands for (1 where it is silent). A cluster of one node is not returned,
    whatever its weight.
    """
    pairs = sorted(probability)
    a, b = np.array(pairs, np.int64).reshape(-1, 2).T
    return clusters_of_pairs(a, b, np.array([probability[pair] for pair in pairs], np.float64), weights, threshold)


def clusters_of_pairs(
    a: _Nodes, b: _Nodes, probability: npt.NDArray[np.float64], weights: Mapping[int, int], threshold: float
) -> Clusters:
    """The same of pairs as arrays: nodes int64, a < b, sorted by both, no pair twice."""
    (limit,) = _odds(np.array([threshold]))
    cut = min(float(limit) + CLUSTER_ODDS, MOST_ODDS)
    odds = _odds(probability)
    odds = np.where(probability < threshold, np.minimum(odds, cut - CLUSTER_ODDS), odds)
    listed = (odds > UNLISTED_ODDS) | (odds <= -MOST_ODDS)
    whole, parts = _components(a[listed], b[listed], odds[listed], weights, cut)
    made = [_of_component(said, weights, cut) for said in parts]
    groups = sorted([*whole, *(group for one in made for group in one.groups)])
    place = {group[0]: position for position, group in enumerate(groups)}
    round_ups = {
        node: sorted(place[one.groups[n][0]] for n in linked) for one in made for node, linked in one.round_ups.items()
    }
    return Clusters(groups, dict(sorted(round_ups.items())))


def _of_component(said: Iterable[Said], weights: Mapping[int, int], cut: float) -> Clusters:
    linkage = _Linkage(said, weights, cut)
    linkage.merge()
    for _ in range(_ROUNDS):
        if not linkage.set_free():
            break
        linkage.merge()
    return linkage.result()


def _components(
    a: _Nodes, b: _Nodes, odds: npt.NDArray[np.float64], weights: Mapping[int, int], cut: float
) -> tuple[list[list[int]], list[Iterable[Said]]]:
    """The components of ties: those of which all pairs are strong, as nodes; of the others what the pairs inside say.

    A pair from one component to another says nothing.
    """
    ties = odds >= min(cut, TIED_ODDS)
    home = _connected(int(b.max(initial=-1)) + 1, a[ties], b[ties])
    inside = np.flatnonzero(home[a] == home[b])
    inside = inside[np.argsort(home[a[inside]], kind="stable")]
    a, b, odds = a[inside], b[inside], odds[inside]
    nodes, pairs = (Groups.of_sizes(np.bincount(home[of], minlength=len(home))) for of in (slice(None), a))
    strong, count = np.bincount(home[a], odds >= cut, len(home)), nodes.sizes()
    tied, whole = count > 1, 2 * strong == count * (count - 1)
    weight = np.ones(len(home), np.int64)
    known = {node: articles for node, articles in weights.items() if node < len(home)}
    weight[list(known)] = list(known.values())
    columns = a.tolist(), b.tolist(), ((odds - UNLISTED_ODDS) * (weight[a] * weight[b])).tolist()
    by_home, at, said = np.argsort(home, kind="stable").tolist(), nodes.first.tolist(), pairs.first.tolist()
    return [by_home[at[n] : at[n + 1]] for n in np.flatnonzero(tied & whole).tolist()], [
        zip(*(column[said[n] : said[n + 1]] for column in columns), strict=True)
        for n in np.flatnonzero(tied & ~whole).tolist()
    ]


def _connected(nodes: int, one: _Nodes, other: _Nodes) -> _Nodes:
    """For each node 0 .. nodes - 1 the first that edges tie it to.

    In each round every tree of nodes is hung under the lowest that an edge leads to, then made flat; at least half of
    the trees that can go on do, so there are O(log nodes) rounds (Shiloach, Vishkin 1982).
    """
    home = np.arange(nodes)
    while len(one):
        np.minimum.at(home, np.maximum(home[one], home[other]), np.minimum(home[one], home[other]))
        while not np.array_equal(home[home], home):
            home = home[home]
        apart = home[one] != home[other]
        one, other = one[apart], other[apart]
    return home


def _odds(probability: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Their log-odds; the logarithm is that of the C library, for numpy's can differ in the last bit."""
    kept = np.clip(probability, 1e-9, 1 - 1e-9)
    odds = np.array([*map(math.log, (kept / (1 - kept)).tolist())], np.float64)
    return np.clip(odds, -MOST_ODDS, MOST_ODDS)


class _Linkage:
    """The state of clustering: groups named by a node of theirs, and links between groups."""

    def __init__(self, said: Iterable[Said], weights: Mapping[int, int], cut: float) -> None:
        self.cut = cut - UNLISTED_ODDS
        self.near: Links = defaultdict(dict)
        for a, b, value in said:
            self.near[a][b] = self.near[b][a] = value
        self.weight = {node: weights.get(node, 1) for node in self.near}
        self.members = {node: [node] for node in self.near}
        self.mass = dict(self.weight)
        self.links: Links = {node: dict(others) for node, others in self.near.items()}
        self.home = {node: node for node in self.near}

    def merge(self) -> None:
        """Merge the two groups of highest mean until none reaches the cut."""
        version = dict.fromkeys(self.members, 0)
        first = {name: min(nodes) for name, nodes in self.members.items()}

        def entries(x: int, others: Iterable[tuple[int, float]]) -> Iterator[_Entry]:
            mass, enough = self.mass[x], self.cut * self.mass[x]
            for y, total in others:
                if total >= enough * self.mass[y]:
                    one, other = (x, y) if first[x] < first[y] else (y, x)
                    mean = total / (mass * self.mass[y])
                    yield (-mean, first[one], first[other], one, other, version[one], version[other])

        heap = [
            entry
            for x, others in self.links.items()
            for entry in entries(x, [(y, total) for y, total in others.items() if x < y])
        ]
        heapify(heap)
        while heap:
            *_, x, y, at_x, at_y = heappop(heap)
            if version.get(x) != at_x or version.get(y) != at_y:
                continue
            kept, gone = self._join(x, y)
            first[kept] = min(first[x], first[y])
            version[kept] += 1
            del version[gone]
            for entry in entries(kept, self.links[kept].items()):
                heappush(heap, entry)

    def _join(self, x: int, y: int) -> tuple[int, int]:
        """Move the group with fewer members and links into the other; returns (kept, gone)."""
        if len(self.members[x]) + len(self.links[x]) < len(self.members[y]) + len(self.links[y]):
            x, y = y, x
        for node in self.members[y]:
            self.home[node] = x
        self.members[x] += self.members.pop(y)
        self.mass[x] += self.mass.pop(y)
        del self.links[x][y]
        near, links = self.links[x], self.links
        for z, total in links.pop(y).items():
            if z != x:
                others = links[z]
                del others[y]
                near[z] = others[x] = near.get(z, 0.0) + total
        return x, y

    def set_free(self) -> bool:
        """Make a group of its own of every member that disagrees with the rest of its group; True if there was one."""
        several = [nodes for name, nodes in sorted(self.members.items()) if len(nodes) > 1 and self.mass[name] > 2]
        freed = [node for nodes in several for node in self._disagreeing(nodes)]
        if freed:
            alone = set(freed)
            groups = [[n for n in nodes if n not in alone] for nodes in self.members.values()]
            self._regroup([nodes for nodes in groups if nodes] + [[node] for node in freed])
        return bool(freed)

    def _disagreeing(self, nodes: list[int]) -> list[int]:
        """Members under the cut, the worst first, each judged by those that are left.

        What is asked is asked of an article: the copies that its node stands for are sure of it, and leave with it.
        """
        inside, freed = set(nodes), []
        total = sum(self.weight[node] for node in nodes)
        said = {node: _SURE * (self.weight[node] - 1) for node in nodes}
        for node in nodes:
            said[node] += sum(value for other, value in self.near[node].items() if other in inside) / self.weight[node]
        heap = [(value, node) for node, value in said.items()]
        heapify(heap)
        while len(inside) > 1 and heap:
            value, node = heappop(heap)
            if node not in inside or value != said[node]:
                continue
            if value >= self.cut * (total - 1):
                break
            inside.discard(node)
            freed.append(node)
            total -= self.weight[node]
            for other, value in self.near[node].items():
                if other in inside:
                    said[other] -= value / self.weight[other]
                    heappush(heap, (said[other], other))
        return freed

    def _regroup(self, groups: list[list[int]]) -> None:
        self.members = {min(nodes): nodes for nodes in groups}
        self.home = {node: name for name, nodes in self.members.items() for node in nodes}
        self.mass = {name: sum(self.weight[node] for node in nodes) for name, nodes in self.members.items()}
        self.links = {name: {} for name in self.members}
        for node in sorted(self.near):
            x = self.home[node]
            for other, value in self.near[node].items():
                y = self.home[other]
                if x != y:
                    self.links[x][y] = self.links[x].get(y, 0.0) + value

    def result(self) -> Clusters:
        """The groups without their round-ups, and these."""
        tied = [
            node
            for node in (sorted(self.near) if len(self.members) >= ROUND_UP_STORIES else ())
            if len({self.home[other] for other in self.near[node]}) >= ROUND_UP_STORIES
        ]
        several = {node: names for node in tied if len(names := self._strangers(node)) >= ROUND_UP_STORIES}
        groups = {}
        for name, nodes in self.members.items():
            kept = sorted(node for node in nodes if node not in several)
            if len(kept) > 1:
                groups[name] = kept
        order = sorted(groups, key=lambda name: groups[name])
        place = {name: position for position, name in enumerate(order)}
        round_ups = {node: sorted(place[name] for name in names if name in place) for node, names in several.items()}
        return Clusters([groups[name] for name in order], round_ups)

    def _strangers(self, node: int) -> list[int]:
        """Names of groups that the node agrees with and that have nothing to do with each other, the closest first;
        none where it agrees with too few for a round-up."""
        gain: dict[int, float] = defaultdict(float)
        for other, value in self.near[node].items():
            gain[self.home[other]] += value
        own = self.home[node]
        mass = {name: self.mass[name] - (self.weight[node] if name == own else 0) for name in gain}
        enough = min(self.cut, TIED_ODDS - UNLISTED_ODDS) if mass.get(own) == 1 else self.cut
        agreeing = [name for name, value in gain.items() if value >= enough * self.weight[node] * mass[name]]
        if len(agreeing) < ROUND_UP_STORIES:
            return []
        found: dict[int, None] = {}
        for name in sorted(agreeing, key=lambda name: (-gain[name] / mass[name], min(self.members[name]))):
            if all(self._apart(name, other, own, gain, mass) for other in self.links[name] if other in found):
                found[name] = None
        return list(found)

    def _apart(self, x: int, y: int, own: int, gain: dict[int, float], mass: dict[int, int]) -> bool:
        """Whether two groups have nothing to do with each other once the node (of group ``own``) is left out."""
        total = self.links[x].get(y, 0.0)
        if own in (x, y):
            total -= gain[y if own == x else x]
        return total < (STRANGERS_ODDS - UNLISTED_ODDS) * mass[x] * mass[y]
