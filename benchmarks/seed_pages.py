"""Five scraped pages about one minister's week of diplomacy: five stories, and no two may be clustered.

They share a subject, names and formulas, which is what makes them a trap. The tool runs on the folder as a user would
run it; the exact overlap of every two of them is counted beside it by the independent path.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

from benchmarks.articles import parser
from benchmarks.exact import shingles, unmarked_tokens
from benchmarks.results import Figures, met, save
from dedup import pipeline

PAGES = 5


def measure(folder: Path, files: list[Path]) -> Figures:
    """Clusters and pairs found, and the closest two pages."""
    result = pipeline.cluster([folder])
    sets = [shingles(unmarked_tokens(path.read_text("utf-8").partition("\n")[2])) for path in files]
    jaccards = [len(one & other) / len(one | other) for one, other in combinations(sets, 2)]
    return {
        "pages": int(str(result.report.corpus["articles"])) - int(str(result.report.corpus["segments"])),
        "pairs": sum(pair.same_story for pair in result.pairs()),
        "clusters": len(result.report.clusters),
        "largest_jaccard": round(max(jaccards), 4),
    }


def reached(figures: Figures) -> bool:
    """True when all pages were read and none are together."""
    return bool(figures["pages"] == PAGES and figures["pairs"] == figures["clusters"] == 0)


def table(figures: Figures) -> str:
    """The result as Markdown."""
    return (
        f"{figures['pages']} pages: {figures['clusters']} clusters, {figures['pairs']} pairs called the same story "
        f"({met(reached(figures))}). The closest two share {figures['largest_jaccard']:.2%} of their word 5-grams.\n"
    )


def main() -> None:
    """Measure, print, save; exit code 1 where two pages are together."""
    arguments = parser(__doc__).parse_args()
    folder = arguments.shared / "seeds"
    files = sorted(folder.glob("*.txt"))
    if not files:
        raise SystemExit(f"no pages in {folder}; name the folder that holds seeds/ with --shared")
    figures = measure(folder, files)
    save("seed_pages", files, figures)
    print(table(figures))
    sys.exit(not reached(figures))


if __name__ == "__main__":
    main()
