"""The figures of :mod:`benchmarks.quality` as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from benchmarks import quality_elsewhere, quality_seeds
from benchmarks.quality_folds import MEASURES
from benchmarks.results import Figures, markdown, met

_HEAD = ("pairs", "same", "precision", "recall", "F1", "weighted precision", "weighted recall", "weighted F1")


def table(figures: Figures) -> str:
    """Everything, the targets first."""
    return "\n".join(
        [
            _targets(figures),
            _pairs(figures["pairs"], figures["seeds_dealt"]),
            _unsure(figures["unsure"]),
            _clusters(figures),
            _corpora(figures),
            _ablation(figures["ablation"]),
            _errors(figures["pairs"]["errors"]),
            quality_seeds.table(figures["seeds"]),
            quality_elsewhere.table(figures["elsewhere"]),
        ]
    )


def _targets(figures: Figures) -> str:
    rows = [
        (
            one["name"], _figure(one["value"]),
            "" if one["target"] is None else f"{'at least' if one['more'] else 'at most'} {one['target']}",
            "" if one["target"] is None else met(one["met"]),
        )
        for one in figures["targets"]
    ]  # fmt: skip
    return markdown(("figure", "measured", "wanted", ""), rows)


def _by_kind(found: Figures) -> dict[str, Figures]:
    """All pairs, then those of each confidence and of each stratum."""
    rows = {"all": found["all"]}
    rows |= {f"confidence {name}": score for name, score in found["by_confidence"].items()}
    return rows | {f"stratum {name}": score for name, score in found["by_stratum"].items()}


def _pairs(found: Figures, seeds: int) -> str:
    low, high = found["all"]["interval"]
    sure_low, sure_high = found["confident_interval"]
    return (
        f"{_scores('same story', _by_kind(found))}\nMeans over {seeds} seeds of ten folds; 95 % interval of F1 "
        f"{low:.3f}-{high:.3f}, of the confident ones {sure_low:.3f}-{sure_high:.3f}.\n"
    )


def _unsure(found: Figures) -> str:
    rows = _by_kind(found)
    return (
        f"{_scores('little overlap, or doubt', rows)}\nThe shipped judge on `labels/pairs-unsure.tsv`, which nothing "
        "is learned from: strata of its own probability, U .8-1 of pairs with a Jaccard under 0.35 only.\n"
    )


def _scores(title: str, rows: Mapping[str, Figures]) -> str:
    lines = (
        (name, score["pairs"], score["same"], *(_figure(score[measure]) for measure in MEASURES))
        for name, score in rows.items()
    )
    return markdown((title, *_HEAD), lines)


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _clusters(figures: Figures) -> str:
    clusters, suspects = figures["clusters"], figures["candidates"]
    rows = (
        (
            relation, f"{figures['pairs']['called'][relation]:.1%}", f"{clusters[relation]:.1%}",
            f"{clusters[f'weighted_{relation}']:.1%}",
        )
        for relation in ("same", "part", "template", "event", "none")
    )  # fmt: skip
    return (
        f"Candidates: {suspects['pairs']:,} pairs of {suspects['articles']:,} articles "
        f"({suspects['pairs_an_article']} an article), recall of labelled pairs of one story {suspects['recall']:.3f} "
        f"(weighted {suspects['weighted_recall']:.3f}).\n\n"
        f"{markdown(('labelled', 'called same', 'in one cluster', 'weighted'), rows)}\n"
        f"Of the pairs of one story clustering parts {clusters['same_called_but_parted']:.1f} that were called so and "
        f"joins {clusters['same_joined_though_not_called']:.1f} that were not; of the templates it parts "
        f"{clusters['template_called_but_parted']:.1f} and joins {clusters['template_joined_though_not_called']:.1f}. "
        f"B-cubed precision {clusters['bcubed_precision']:.3f}, recall {clusters['bcubed_recall']:.3f}, F1 "
        f"{clusters['bcubed_f1']:.3f}; ARI {clusters['ari']:.3f}. Means over {clusters['seeds']} seeds, the whole "
        "corpus clustered for each fold with its own model.\n"
    )


def _corpora(figures: Figures) -> str:
    rows = {"the whole corpus": figures["pairs"]["all"]}
    rows |= {
        f"{score['samples']} samples of {int(size):,} articles": score for size, score in figures["samples"].items()
    }
    reprinted = figures["reprinted"]
    copies = f"{reprinted['copies']:,} reprints"
    rows |= {
        "without any dates": figures["undated"],
        f"{copies}, lightly edited": reprinted["light"],
        f"{copies}, a paragraph left out": reprinted["paragraph"],
        f"{copies}, 2 % of words changed": reprinted["rewording"],
        f"{copies}, lightly edited, frequency in articles": reprinted["by_article"],
    }
    return _scores("corpus", rows)


def _ablation(found: Figures) -> str:
    rows = {name: score for name, score in found.items() if score is not None}
    silent = [name for name, score in found.items() if score is None]
    said = f"\nNot measured, since nothing is marked: {', '.join(silent)}.\n" if silent else ""
    return _scores("judge", rows) + said


def _errors(errors: list[Figures]) -> str:
    kinds = Counter((_kind(error), error["stratum"]) for error in errors)
    counted = markdown(("remaining errors", "stratum", "pairs"), ((*kind, n) for kind, n in sorted(kinds.items())))
    lines = [
        f"- {_kind(error)} ({error['confidence']}, {error['stratum']}, {error['probability']:.2f}): {error['note']}; "
        f"misled by {' and '.join(error['misled_by'])}: {error['a']}, {error['b']}"
        for error in sorted(errors, key=_kind)
    ]
    return f"{counted}\n" + "\n".join(lines) + "\n"


def _kind(error: Figures) -> str:
    return "same, missed" if error["labelled"] == "same" else f"{error['labelled']}, called same"
