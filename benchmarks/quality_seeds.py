"""The small corpora: the project's own seeds, every label of them, and five pages of which no two belong together.

The tool runs on the files alone with the model and the background table of the package. Nothing is fitted to these
labels; a pair that is judged wrongly is listed with what the judge saw.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

from benchmarks.articles import ROOT
from benchmarks.results import Figures
from dedup import pipeline
from dedup.evaluate.labels import LEFT_OUT, POSITIVE, Label, key_of, read_labels
from dedup.evaluate.same_story import score
from dedup.match.features import SENTENCES
from dedup.match.judge import model
from dedup.model import Pair

SEEDS = ROOT / "seeds"
LABELS = tuple(ROOT / "benchmarks" / "labels" / f"{name}-pairs.tsv" for name in ("stories", "traps"))


def files() -> list[Path]:
    """Everything that the figures of the seeds depend on."""
    return [*sorted(path for path in SEEDS.rglob("*") if path.is_file()), *LABELS]


def measure(pages: Path) -> Figures:
    """Judge the seeds and the five pages."""
    result = pipeline.cluster([SEEDS])
    labels = [label for path in LABELS for label in pairs_of(path)]
    listed = {key_of(pair.a, pair.b): pair for pair in result.pairs()}
    cluster_of = {member.id: cluster.id for cluster in result.report.clusters for member in cluster.members}
    said = [label.key in listed and listed[label.key].same_story for label in labels]
    together = [_together(label, cluster_of) for label in labels]
    five = pipeline.cluster([pages])
    return {
        "articles": result.report.corpus["articles"],
        "labels": len(labels),
        "pairs_wrong": sum(_is_wrong(label, same) for label, same in zip(labels, said, strict=True)),
        "clusters_wrong": sum(_is_wrong(label, same) for label, same in zip(labels, together, strict=True)),
        "f1": score(labels, said).f1,
        "part_called_same": sum(same for label, same in zip(labels, said, strict=True) if label.relation == LEFT_OUT),
        "wrong": [
            _told(label, listed.get(label.key), same, close)
            for label, same, close in zip(labels, said, together, strict=True)
            if _is_wrong(label, same) or _is_wrong(label, close)
        ],
        "pages": five.report.corpus["articles"],
        "pages_together": sum(len(cluster.members) for cluster in five.report.clusters),
    }


def pairs_of(path: Path) -> tuple[Label, ...]:
    """The labelled pairs of a file."""
    labels = read_labels(path)
    if isinstance(labels, dict):
        raise SystemExit(f"{path}: labelled pairs are wanted here")
    return labels


def _together(label: Label, cluster_of: dict[str, str]) -> bool:
    a, b = (cluster_of.get(article) for article in label.key)
    return a is not None and a == b


def _is_wrong(label: Label, same: bool) -> bool:
    return label.relation != LEFT_OUT and same != (label.relation == POSITIVE)


def _told(label: Label, pair: Pair | None, same: bool, together: bool) -> Figures:
    a, b = label.key
    figures: Figures = {"a": a, "b": b, "labelled": label.relation, "called_same": same, "one_cluster": together}
    if pair is not None:
        figures |= {"found": pair.relation, "probability": pair.probability, "features": pair.features}
        figures["misled_by"] = _misled_by(label, pair)
    return figures


def _misled_by(label: Label, pair: Pair) -> list[str]:
    """The three features that spoke loudest for the wrong side."""
    if pair.features is None:
        return []
    seen = np.array([[pair.features[name] for name in SENTENCES]], np.float64)
    towards = model().contributions(seen)[0] * (-1 if label.relation == POSITIVE else 1)
    names = list(SENTENCES)
    return [names[n] for n in np.argsort(-towards)[:3]]


def table(figures: Figures) -> str:
    """The result as Markdown."""
    lines = [
        f"{figures['labels']} labelled pairs of {figures['articles']} articles: {figures['pairs_wrong']} judged "
        f"wrongly, {figures['clusters_wrong']} clustered wrongly. Of the five pages {figures['pages_together']} are "
        "in a cluster.\n"
    ]
    for wrong in figures["wrong"]:
        found = f"{wrong['found']}, {wrong['probability']:.2f}" if "found" in wrong else "not listed"
        where = "one cluster" if wrong["one_cluster"] else "not together"
        why = f"; misled by {', '.join(wrong['misled_by'])}" if wrong.get("misled_by") else ""
        lines.append(f"- {wrong['labelled']}: {wrong['a']}, {wrong['b']}: {found}; {where}{why}")
    return "\n".join(lines) + "\n"
