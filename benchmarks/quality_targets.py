"""What quality is held to: the figures that have a target or a floor, by the data they were measured on."""

from __future__ import annotations

from pathlib import Path

from benchmarks import quality_elsewhere, quality_seeds
from benchmarks.articles import days, fingerprint
from benchmarks.quality_floors import Groups, Measured
from benchmarks.results import Figures

SIZES = (50, 500, 5_000)
"""Articles in the samples."""


def groups(figures: Figures, shared: Path) -> Groups:
    """The figures that have a target or a floor, by the data they were measured on."""
    found, clusters, plain = figures["pairs"], figures["clusters"], figures["pairs"]["all"]
    reprinted = figures["reprinted"]["light"]["f1"]
    gold = [
        Measured("F1, all labels", plain["f1"], 0.96),
        Measured("F1, confident labels", found["by_confidence"]["h"]["f1"], 0.97),
        Measured("precision", plain["precision"], 0.97),
        Measured("weighted F1", plain["weighted_f1"], None),
        Measured("candidates: recall of one story", figures["candidates"]["recall"], 0.985),
        Measured("candidates: pairs an article", figures["candidates"]["pairs_an_article"], 15, False, False),
        Measured("clusters: template pairs in one", clusters["template"], 0.015, more=False),
        Measured("clusters: same pairs in one", clusters["same"], 0.95),
        *(Measured(f"F1, samples of {size}", figures["samples"][str(size)]["f1"], 0.93) for size in SIZES),
        Measured("F1 with 30 more outlets", reprinted, None),
        Measured("the same: change of F1", abs(plain["f1"] - reprinted), 0.01, False, False),
        Measured("F1 without dates", figures["undated"]["f1"], None),
    ]
    seeds = figures["seeds"]
    small = [
        Measured("seeds: labels judged wrongly", seeds["pairs_wrong"], 0, more=False),
        Measured("seeds: labels clustered wrongly", seeds["clusters_wrong"], 0, more=False),
        Measured("five pages: in a cluster", seeds["pages_together"], 0, more=False),
    ]
    elsewhere = [
        measured
        for name, found in figures["elsewhere"].items()
        for measured in (
            Measured(f"{name}: F1", found["f1"], None),
            Measured(f"{name}: F1, confident labels", found["f1_confident"], None),
            Measured(f"{name}: template pairs in one cluster", found["clustered"]["template"], None, more=False),
        )
    ]
    pages = sorted((shared / "seeds").glob("*.txt"))
    return {
        "gold pairs": (fingerprint([*days(shared), shared / "gold" / "pairs.tsv"]), gold),
        "seeds": (fingerprint([*quality_seeds.files(), *pages]), small),
        "elsewhere": (fingerprint(quality_elsewhere.files()), elsewhere),
    }
