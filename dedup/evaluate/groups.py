"""Clusters against true groups: B-cubed and the adjusted Rand index.

Every labelled article belongs to one true group. One that no cluster holds is a cluster of its own; articles without a
label are taken out of the clusters. Let C(e) be the cluster of article e, and L(e) its group.

**B-cubed** asks each article how pure its cluster is and how complete, and takes the mean of the N answers:

    precision = mean of |C(e) & L(e)| / |C(e)|       recall = mean of |C(e) & L(e)| / |L(e)|
    F1        = 2 * precision * recall / (precision + recall)

**The adjusted Rand index** looks at pairs of articles: S of them share group and cluster, G share a group, K a cluster,
out of P = N (N - 1) / 2. By chance, with the sizes as they are, one expects G K / P in both:

    ARI = (S - G K / P) / ((G + K) / 2 - G K / P)

1 is perfect, 0 is chance. Where the denominator is 0 (all alone, or all together, in both) the two are equal: ARI = 1.

Worked by hand: the groups {1 2 3} {4 5} and the clusters {1 2} {3 4 5}.
B-cubed precision: 1 and 2 see 2/2, 3 sees 1/3, 4 and 5 see 2/3; in all 11/3, by 5. Recall: 1 and 2 see 2/3, 3 sees 1/3,
4 and 5 see 2/2; again 11/3. ARI: S = 2 (1-2, 4-5), G = 4, K = 4, P = 10: (2 - 1.6) / (4 - 1.6) = 1/6.

>>> found = compare({"1": "x", "2": "x", "3": "y", "4": "y", "5": "y"}, dict(zip("12345", "aaabb")))
>>> round(found.bcubed_precision, 3), round(found.bcubed_recall, 3), round(found.bcubed_f1, 3), round(found.ari, 3)
(0.733, 0.733, 0.733, 0.167)

**Groups from labelled pairs.** Where labels speak of pairs, the groups are the connected components over pairs labelled
``same``; an article without such a pair is a group of its own. A component is in conflict with itself when it holds a
pair labelled template, event or none: then it is not known who is right, so its articles are set aside and the pair is
reported. ``part`` says nothing here. Such groups are only as complete as the labels: of two groups that no label
compares, the stories may still be one, and a cluster that rightly holds both loses precision. How many of its
pairs nobody has labelled is given as ``unlabelled_together``; unless it is 0, precision, F1 and ARI are too low.

Sources: Bagga, Baldwin, Entity-based cross-document coreferencing using the vector space model, 1998 (B-cubed); Amigo,
Gonzalo, Artiles, Verdejo, A comparison of extrinsic clustering evaluation metrics based on formal constraints, 2009
(why B-cubed); Hubert, Arabie, Comparing partitions, 1985 (ARI).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from math import comb

from dedup.evaluate.labels import LEFT_OUT, POSITIVE, Key, Label, key_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """A pair that was labelled as different stories, though a chain of pairs labelled ``same`` joins the two."""

    a: str
    b: str
    relation: str
    line: int


@dataclass(frozen=True, slots=True)
class Derived:
    """The group of every article of labelled pairs, named by its first article; those in conflict are left out."""

    groups: dict[str, str]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True)
class GroupScores:
    """How clusters agree with true groups; a score of no articles at all is None."""

    derivation: str
    articles: int
    groups: int
    clusters: int
    bcubed_precision: float | None
    bcubed_recall: float | None
    bcubed_f1: float | None
    ari: float | None
    pairs_in_groups: int
    pairs_in_clusters: int
    pairs_in_both: int
    unlabelled_together: int | None
    conflicts: tuple[Conflict, ...]


def groups_of(labels: Sequence[Label]) -> Derived:
    """The groups that follow from labelled pairs.

    >>> labelled = [("a", "b", "same"), ("b", "c", "same"), ("c", "d", "none"), ("e", "f", "part")]
    >>> groups_of([Label((a, b), relation, None, None, 1, 2) for a, b, relation in labelled]).groups
    {'a': 'a', 'b': 'a', 'c': 'a', 'd': 'd', 'e': 'e', 'f': 'f'}
    """
    parent = {article: article for label in labels for article in label.key}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = article = parent[parent[article]]
        return article

    for label in labels:
        if label.relation == POSITIVE:
            first, other = sorted(map(root, label.key))
            parent[other] = first
    different = [label for label in labels if label.relation not in (POSITIVE, LEFT_OUT)]
    broken = [label for label in different if root(label.key[0]) == root(label.key[1])]
    aside = {root(label.key[0]) for label in broken}
    groups = {article: root(article) for article in sorted(parent) if root(article) not in aside}
    return Derived(groups, tuple(Conflict(*label.key, label.relation, label.line) for label in broken))


def compare(
    cluster_of: Mapping[str, str],
    group_of: Mapping[str, str],
    conflicts: tuple[Conflict, ...] = (),
    labelled: Collection[Key] | None = None,
) -> GroupScores:
    """Score clusters against groups; ``labelled`` are the pairs from which the groups were derived, if they were."""
    homes = {article: _home(article, cluster_of) for article in group_of}
    both = Counter((group, homes[article]) for article, group in group_of.items())
    groups = Counter(group_of.values())
    clusters = Counter(homes.values())
    precision = _mean([(n, Fraction(n, clusters[home])) for (_, home), n in both.items()])
    recall = _mean([(n, Fraction(n, groups[group])) for (group, _), n in both.items()])
    shared, grouped, clustered = (_pairs(sizes.values()) for sizes in (both, groups, clusters))
    return GroupScores(
        "labels" if labelled is None else "components of same pairs",
        len(group_of),
        len(groups),
        len(clusters),
        _number(precision),
        _number(recall),
        _number(2 * precision * recall / (precision + recall) if precision and recall else None),
        _number(_ari(shared, grouped, clustered, len(group_of))),
        grouped,
        clustered,
        shared,
        None if labelled is None else _unlabelled(cluster_of, group_of, labelled),
        conflicts,
    )


def _home(article: str, cluster_of: Mapping[str, str]) -> tuple[str, str]:
    """Its cluster; of an article without one, a cluster that no other can be in."""
    return ("cluster", cluster_of[article]) if article in cluster_of else ("alone", article)


def _mean(answers: list[tuple[int, Fraction]]) -> Fraction | None:
    """The mean of answers, each given by so many articles; exact, so the order of articles cannot show."""
    articles = sum(count for count, _ in answers)
    return sum((count * answer for count, answer in answers), Fraction(0)) / articles if articles else None


def _number(exact: Fraction | None) -> float | None:
    return None if exact is None else float(exact)


def _pairs(sizes: Iterable[int]) -> int:
    return sum(comb(size, 2) for size in sizes)


def _ari(both: int, groups: int, clusters: int, articles: int) -> Fraction | None:
    """Multiplied by 2 P above and below, so that whole numbers remain."""
    if not articles:
        return None
    expected = 2 * groups * clusters
    most = (groups + clusters) * comb(articles, 2)
    return Fraction(2 * both * comb(articles, 2) - expected, most - expected) if most != expected else Fraction(1)


def _unlabelled(cluster_of: Mapping[str, str], group_of: Mapping[str, str], labelled: Collection[Key]) -> int:
    """Pairs of one cluster and two groups on which no label speaks."""
    members = defaultdict(list)
    for article in group_of:
        if article in cluster_of:
            members[cluster_of[article]].append(article)
    inside = (pair for cluster in members.values() for pair in combinations(cluster, 2))
    return sum(group_of[a] != group_of[b] and key_of(a, b) not in labelled for a, b in inside)
