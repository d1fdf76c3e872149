"""Does time grow with the corpus, or faster? One day of articles to fourteen, and the exponent between.

Subsets are whole days, as the zips lie there, so that a larger one looks like a smaller one read for longer. Each run
is a process of its own, two workers; its time counts from after the imports to the pairs on disk. If time = c * n**e,
then log time is a straight line over log n, and its slope (least squares) is the exponent. The same for bytes of text,
since days differ in the length of their articles, and between the two largest subsets alone, where what is constant
weighs least: a fixed cost makes the slope over all look better than it is.

Beyond the corpus there is more of it in other words: every word of three letters or more gets an ending of its copy's,
so copies share nothing, and each has the stories, formulas and lengths of the real one (its agencies and furniture are
no longer known, which makes marking cheaper). That run is the command line's, report and pairs written, and its peak
memory says how many articles a laptop takes.
"""

from __future__ import annotations

import json
import math
import re
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import processes
from benchmarks.articles import articles, days, parser
from benchmarks.processes import use_two_cores
from benchmarks.results import Figures, markdown, met, save

MOST = 1.1
"""The exponent that must not be exceeded."""
_DAYS = (1, 2, 4, 7, 10, 14)
_NUMBERS = ("articles", "pairs")
_ENDINGS = ("", "ق", "غ", "ض", "ظف")
"""What the words of each copy end in."""
_WORD = re.compile("[\u0621-\u064a]{3,}")


def exponent(sizes: Sequence[float], times: Sequence[float]) -> float:
    """Slope of log time over log size.

    >>> round(exponent([1, 2, 4, 8], [3.0, 6.0, 12.0, 24.0]), 6)
    1.0
    """
    return statistics.linear_regression([*map(math.log, sizes)], [*map(math.log, times)]).slope


def measure(zips: Sequence[Path], runs: int, folder: Path) -> list[Figures]:
    """Median total and stages of each subset, runs of different sizes alternating."""
    sizes = sorted({min(count, len(zips)) for count in _DAYS})
    results: dict[int, list[dict[str, float]]] = {count: [] for count in sizes}
    processes.run("benchmarks.peers.ours", "all", "2", zips[-1], folder / "warm.jsonl")
    for number in range(runs):
        for count in sizes:
            done = processes.run("benchmarks.peers.ours", "all", "2", *zips[:count], folder / "pairs.jsonl")
            results[count].append(json.loads(done.output))
        print(f"run {number + 1} of {runs}", file=sys.stderr)
    return [_row(count, zips[:count], results[count]) for count in sizes]


def _row(count: int, zips: Sequence[Path], runs: list[dict[str, float]]) -> Figures:
    totals = [sum(s for name, s in run.items() if name not in _NUMBERS) for run in runs]
    return {
        "days": count,
        "articles": runs[0]["articles"],
        "pairs": runs[0]["pairs"],
        "text_mb": round(sum(len(article.text.encode()) for article in articles(zips)) / 1e6, 1),
        "seconds": round(statistics.median(totals), 3),
        "runs": sorted(round(total, 3) for total in totals),
        "stages_s": {
            name: round(statistics.median(run[name] for run in runs), 3) for name in runs[0] if name not in _NUMBERS
        },
    }


def beyond(zips: Sequence[Path], folder: Path) -> Figures:
    """What the command line takes for the corpus and its copies in other words."""
    path, count = folder / "beyond.jsonl", 0
    with path.open("w", encoding="utf-8") as out:
        for number, ending in enumerate(_ENDINGS):
            for one in articles(zips):
                if one.text:
                    text, title = (_WORD.sub(rf"\g<0>{ending}", told) for told in (one.text, one.title))
                    record = {"id": f"{number}/{one.id}", "title": title, "text": text}
                    out.write(json.dumps(record, ensure_ascii=False) + "\n")
                    count += 1
    size, outputs = path.stat().st_size, ("-o", folder / "report.json", "--pairs", folder / "pairs.jsonl")
    done = processes.dedup("cluster", path, *outputs, "--workers", "2", "--quiet")
    return {
        "articles": count,
        "mb": round(size / 1e6),
        "seconds": round(done.seconds, 1),
        "peak_mb": round(done.peak_mb),
    }


def summed_up(rows: list[Figures], runs: int) -> Figures:
    """The rows and their exponents."""
    seconds = [row["seconds"] for row in rows]
    return {
        "runs": runs,
        "rows": rows,
        "exponent_articles": round(exponent([row["articles"] for row in rows], seconds), 3),
        "exponent_bytes": round(exponent([row["text_mb"] for row in rows], seconds), 3),
        "exponent_largest_two": round(exponent([row["text_mb"] for row in rows[-2:]], seconds[-2:]), 3),
    }


def reached(figures: Figures) -> bool:
    """True when the exponent over articles is small enough."""
    return bool(figures["exponent_articles"] <= MOST)


def table(figures: Figures) -> str:
    """The result as Markdown."""
    stages = [*figures["rows"][0]["stages_s"]]
    rows = [
        (
            row["days"], f"{row['articles']:,}", row["text_mb"], f"{row['pairs']:,}", f"{row['seconds']:.3f}",
            f"{row['seconds'] / row['articles'] * 1e6:.1f}",
            *(f"{row['stages_s'].get(name, 0):.3f}" for name in stages),
        )
        for row in figures["rows"]
    ]  # fmt: skip
    head = ("days", "articles", "MB", "pairs listed", "seconds", "µs an article", *stages)
    exponents = [figures[f"exponent_{over}"] for over in ("articles", "bytes", "largest_two")]
    return (
        f"{markdown(head, rows)}\nExponent over articles **{exponents[0]:.2f}** (wanted at most {MOST}, "
        f"{met(reached(figures))}), over bytes of text {exponents[1]:.2f}, between the two largest over bytes "
        f"{exponents[2]:.2f}. Median of {figures['runs']} runs.\n\n{_beyond(figures['beyond'])}\n"
    )


def _beyond(found: Figures) -> str:
    return (
        f"The corpus {len(_ENDINGS)} times over in words of its own, {found['articles']:,} articles "
        f"({found['mb']} MB), by `dedup cluster` with report and pairs: {found['seconds']:.0f} s and "
        f"{found['peak_mb']:,} MB of memory, {found['peak_mb'] / found['articles'] * 1e3:.0f} kB an article."
    )


def main() -> None:
    """Measure, print, save; exit code 1 where the target is missed."""
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=5)
    arguments = options.parse_args()
    zips = days(arguments.shared.resolve())
    use_two_cores()
    with tempfile.TemporaryDirectory() as folder:
        larger = beyond(zips, Path(folder))
        figures = summed_up(measure(zips, arguments.runs, Path(folder)), arguments.runs) | {"beyond": larger}
    save("growth", zips, figures)
    print(table(figures))
    sys.exit(not reached(figures))


if __name__ == "__main__":
    main()
