"""Scores as tables for a terminal: three decimals, "-" where a score has no denominator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dedup.evaluate.groups import GroupScores
from dedup.evaluate.labels import LEFT_OUT
from dedup.evaluate.same_story import SameStory, Score
from dedup.report.comparison import counted

_MEASURES = ("precision", "recall", "F1")
_SHOWN = 5
"""Conflicts listed in full; the JSON has all of them."""


def same_story_tables(found: SameStory, called: str) -> list[str]:
    """The scores, the shares of each relation and, where known, what each labelled relation was found to be."""
    scores = [("all", found.all)]
    scores += [(f"confidence {name}", score) for name, score in found.by_confidence.items()]
    scores += [(f"stratum {name}", score) for name, score in found.by_stratum.items()]
    head = ("same story", "pairs", "same", called, "right", *_MEASURES, *(f"w.{measure}" for measure in _MEASURES))
    tables = [table(head, ((name, *_cells(score)) for name, score in scores))]
    shares = (
        (name, str(share.pairs), str(share.called), _figure(share.share), _figure(share.weighted_share))
        for name, share in found.by_relation.items()
    )
    note = f"w.: weighted. Pairs labelled {LEFT_OUT} are in the table below only."
    tables += [note, table(("labelled", "pairs", called, "share", "w.share"), shares)]
    if found.confusion is not None:
        seen = {name for row in found.confusion.values() for name, count in row.items() if count}
        columns = [name for name in found.confusion[LEFT_OUT] if name in seen]
        rows = ((name, *(str(row[column]) for column in columns)) for name, row in found.confusion.items())
        tables.append(table(("labelled \\ found", *columns), rows))
    return tables


def group_tables(found: GroupScores) -> list[str]:
    """The scores of groups, and what has to be known to read them."""
    figures = (found.bcubed_precision, found.bcubed_recall, found.bcubed_f1, found.ari)
    counts = (str(found.articles), str(found.groups), str(found.clusters))
    head = ("groups", "articles", "groups", "clusters", "B3 precision", "B3 recall", "B3 F1", "ARI")
    said = [
        f"Groups: {found.derivation}. Pairs in one group: {found.pairs_in_groups:,}, in one cluster: "
        f"{found.pairs_in_clusters:,}, in both: {found.pairs_in_both:,}."
    ]
    if found.unlabelled_together:
        said.append(
            f"In one cluster but two groups, with no label of their own: {counted(found.unlabelled_together, 'pair')}. "
            "Precision, F1 and ARI may be better than shown."
        )
    if found.conflicts:
        labels = counted(len(found.conflicts), "label parts", "labels part")
        said.append(f"Set aside, since pairs labelled same join what {labels}:")
        said += [f"  line {c.line}: {c.a}, {c.b}: {c.relation}" for c in found.conflicts[:_SHOWN]]
        said += ["  ..."] if len(found.conflicts) > _SHOWN else []
    return [table(head, [("all", *counts, *map(_figure, figures))]), "\n".join(said)]


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns as wide as they must be, the first to the left and the others to the right.

    >>> print(table(("fruit", "n"), [("fig", "10"), ("pomegranate", "7")]))
    fruit         n
    fig          10
    pomegranate   7
    """
    lines = [head, *rows]
    first, *others = (max(map(len, column)) for column in zip(*lines, strict=True))
    return "\n".join(
        "  ".join([line[0].ljust(first), *(cell.rjust(width) for cell, width in zip(line[1:], others, strict=True))])
        for line in lines
    )


def _cells(score: Score) -> tuple[str, ...]:
    counts = (score.pairs, score.same, score.called, score.right)
    plain = (score.precision, score.recall, score.f1)
    weighted = (score.weighted_precision, score.weighted_recall, score.weighted_f1)
    return (*map(str, counts), *map(_figure, plain), *map(_figure, weighted))


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
