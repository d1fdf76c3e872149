"""Corpora of other countries and years, from which nothing is learned: what a judge of Saudi newspapers is worth there.

Each is ninety invented articles of eight outlets, half of them stories that several outlets print, cut, reorder or
rewrite, half of them bulletins of one formula about different events; the hardest cases of both, in ``elsewhere-week``,
``elsewhere-wires`` and ``elsewhere-nile`` in ordinary proportions. They were written and labelled by writers who had
not seen the tool. The tool runs on the file alone, as it is shipped.

Two more are of one kind of news each: ``elsewhere-figures``, of markets, statistics and scores, written in the ways of
different desks; ``elsewhere-officials``, of what officials of all countries do on one day, in the formulas of that:
receptions, openings, condolences, verdicts, rescues, half of them another event in the same words.
"""

from __future__ import annotations

from pathlib import Path

from benchmarks.labelled import LABELS
from benchmarks.quality_seeds import pairs_of
from benchmarks.results import Figures
from dedup import pipeline
from dedup.evaluate.labels import Label, key_of
from dedup.evaluate.same_story import score

CORPORA = (
    "elsewhere-gulf", "elsewhere-maghreb", "elsewhere-week", "elsewhere-wires", "elsewhere-nile", "elsewhere-figures",
    "elsewhere-officials",
)  # fmt: skip
"""NAME.jsonl, and NAME-pairs.tsv."""


def files() -> list[Path]:
    """Everything that the figures depend on, beside the tool."""
    return [LABELS / f"{name}{ending}" for name in CORPORA for ending in (".jsonl", "-pairs.tsv")]


def measure() -> Figures:
    """Judge and cluster each corpus."""
    return {name: _of(name) for name in CORPORA}


def _of(name: str) -> Figures:
    result = pipeline.cluster([LABELS / f"{name}.jsonl"])
    labels = pairs_of(LABELS / f"{name}-pairs.tsv")
    listed = {key_of(pair.a, pair.b): pair for pair in result.pairs()}
    cluster_of = {member.id: cluster.id for cluster in result.report.clusters for member in cluster.members}
    said = [label.key in listed and listed[label.key].same_story for label in labels]
    places = [[cluster_of.get(article) for article in label.key] for label in labels]
    together = [a is not None and a == b for a, b in places]
    sure = [n for n, label in enumerate(labels) if label.confidence == "h"]
    plain, confident = score(labels, said), score([labels[n] for n in sure], [said[n] for n in sure])
    return {
        "articles": result.report.corpus["articles"], "pairs": plain.pairs, "same": plain.same,
        "precision": plain.precision, "recall": plain.recall, "f1": plain.f1,
        "f1_confident": confident.f1,
        "called": {relation: _share(labels, said, relation) for relation in ("same", "part", "template", "event")},
        "clustered": {relation: _share(labels, together, relation) for relation in ("same", "template")},
    }  # fmt: skip


def _share(labels: tuple[Label, ...], said: list[bool], relation: str) -> float:
    of_it = [same for label, same in zip(labels, said, strict=True) if label.relation == relation]
    return round(sum(of_it) / max(len(of_it), 1), 4)


def table(figures: Figures) -> str:
    """The result as Markdown."""
    lines = [
        "| elsewhere | pairs | same | precision | recall | F1 | F1, confident | template called same | template in one "
        "cluster | same in one cluster |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, found in figures.items():
        shares = (found["called"]["template"], found["clustered"]["template"], found["clustered"]["same"])
        scores = (found[measure] for measure in ("precision", "recall", "f1", "f1_confident"))
        cells = [name.removeprefix("elsewhere-"), str(found["pairs"]), str(found["same"])]
        cells += [f"{value:.3f}" for value in scores] + [f"{share:.1%}" for share in shares]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
