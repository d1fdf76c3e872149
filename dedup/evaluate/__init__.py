"""Scores of a result against labels made by people.

    a pairs file against labelled pairs     was each labelled pair called the same story? with a threshold of its own or
                                            the run's
    a report against labelled pairs         does it share a cluster? and, by the groups that follow, B-cubed and ARI
    a report against labelled groups        B-cubed and ARI

What a file is, is told by what it holds, not by its name. Scores are typed values; text and JSON are two writers of
the same numbers. A pairs file is read line by line: memory holds the labels and the listed pairs among them, so it may
be larger than memory; a report is read whole.
"""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from dedup.errors import LabelsUnreadable
from dedup.evaluate.groups import GroupScores, compare, groups_of
from dedup.evaluate.labels import Label, read_labels
from dedup.evaluate.results import Clustering, Listing, read_result
from dedup.evaluate.same_story import SameStory, same_story
from dedup.evaluate.text import group_tables, same_story_tables
from dedup.report.comparison import counted
from dedup.settings import PROBABILITY_FLOOR

__all__ = ["Coverage", "Scores", "evaluate"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far labels and result speak of the same articles.

    ``named_articles`` are the labelled articles that the result names at all; none of the others was put with any
    article, be it that it resembles none or that the run never saw it: neither file tells which. ``listed_pairs`` is
    known of a pairs file, ``pairs_too_short`` (one article at least was too short to compare) of a report.
    """

    labelled_pairs: int | None
    labelled_articles: int
    named_articles: int
    listed_pairs: int | None
    pairs_too_short: int | None

    def as_text(self) -> str:
        """Some sentences."""
        subject = counted(self.labelled_articles, "labelled article")
        if self.labelled_pairs is not None:
            subject = f"{counted(self.labelled_pairs, 'labelled pair')} of {self.labelled_articles:,} articles"
        said = [f"{subject}; the result names {self.named_articles:,} of the articles."]
        if self.listed_pairs is not None:
            said.append(f"It lists {self.listed_pairs:,} of the pairs; the others count as not the same story.")
        if self.pairs_too_short:
            said.append(f"Of {counted(self.pairs_too_short, 'pair')} an article was too short to compare.")
        if not self.named_articles:
            said.append("Do both speak of the same corpus, and by the same ids?")
        return "\n".join(said)


@dataclass(frozen=True, slots=True)
class Scores:
    """Everything ``dedup evaluate`` says; what does not apply to the given files is None."""

    result: str
    labels: str
    coverage: Coverage
    same_story: SameStory | None
    groups: GroupScores | None
    threshold: float | None = None
    """At which a pairs file was cut anew; None: as its run did."""

    def as_text(self) -> str:
        """Tables for a terminal."""
        parts = [self.coverage.as_text(), *_cut(self.threshold)]
        if self.same_story is not None:
            called = "called same" if self.result == "pairs" else "one cluster"
            parts += same_story_tables(self.same_story, called)
        if self.groups is not None:
            parts += group_tables(self.groups)
        return "\n\n".join(parts)

    def as_data(self) -> dict[str, object]:
        """The scores as JSON types."""
        return dataclasses.asdict(self)

    def as_json(self) -> str:
        """The same numbers, unrounded."""
        return json.dumps(self.as_data(), ensure_ascii=False, indent=2)


def _cut(threshold: float | None) -> list[str]:
    """What has to be known of another threshold."""
    if threshold is None:
        return []
    said = f"Called same: probability >= {threshold:g}. Relations found are those of the run."
    if threshold < PROBABILITY_FLOOR:
        said += (
            f"\nPairs of a probability under {PROBABILITY_FLOOR} are missing, but for a few listed for other reasons: "
            "a run lists them only with --threshold as low."
        )
    return [said]


def evaluate(result: Path, labels: Path, threshold: float | None = None) -> Scores:
    """Score ``result`` (a pairs file or a report) against ``labels``; raises LabelsUnreadable and PathMissing,
    and UsageError where a threshold is asked of a report.

    With a ``threshold`` the listed pairs of that probability or more are the same story, whatever the run's was.
    """
    truth = read_labels(labels)
    found = read_result(result, truth, threshold)
    if isinstance(truth, tuple):
        return dataclasses.replace(_against_pairs(found, truth), threshold=threshold)
    if isinstance(found, Listing):
        cause = "has the columns id and story, which score a report; give report.json, or labels with a, b and relation"
        raise LabelsUnreadable(str(labels), 1, cause)
    coverage = Coverage(None, len(truth), len(found.named & truth.keys()), None, None)
    return Scores("report", "groups", coverage, None, compare(found.cluster_of, truth))


def _against_pairs(found: Listing | Clustering, labels: tuple[Label, ...]) -> Scores:
    articles = {article for label in labels for article in label.key}
    named = len(articles & found.named)
    called = [found.together(label.key) for label in labels]
    if isinstance(found, Listing):
        coverage = Coverage(len(labels), len(articles), named, len(found.listed), None)
        relations = {key: pair.relation for key, pair in found.listed.items()}
        return Scores("pairs", "pairs", coverage, same_story(labels, called, relations), None)
    short = sum(not found.too_short.isdisjoint(label.key) for label in labels)
    coverage = Coverage(len(labels), len(articles), named, None, short)
    derived = groups_of(labels)
    scores = compare(found.cluster_of, derived.groups, derived.conflicts, {label.key for label in labels})
    return Scores("report", "pairs", coverage, same_story(labels, called, {}), scores)
