"""Fill the figures and examples of README.md from what is really printed.

python -m benchmarks.readme             runs the demo and reads benchmarks/results/
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_LINES, _ROWS = 12, 4


def demo() -> str:
    """The first lines that ``dedup cluster seeds`` prints, and the first of its table of outlets."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dedup", "cluster", "seeds", "-o", f"{folder}/report.json"]
        printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    lines = printed.rstrip().splitlines()
    table = next(n for n, line in enumerate(lines) if line.startswith("articles  in stories"))
    return "\n".join(["```", *lines[:_LINES], "...", "", *lines[table : table + _ROWS], "...", "```"])


def filled(text: str, section: str, content: str) -> str:
    """The text with what stands between the section's two comments replaced."""
    pattern = re.compile(f"(<!-- {section} -->\n).*?(<!-- /{section} -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"README.md has no section '{section}'")
    return pattern.sub(lambda match: match[1] + content + "\n" + match[2], text)


def measured() -> str:
    """The table of quality and speed, from the results that the benchmarks saved."""
    rows = ["| what | figure | measured by |", "|---|---|---|", *(f"| {a} | {b} | `{c}` |" for a, b, c in _rows())]
    return "\n".join(rows)


def _figures(name: str) -> dict[str, Any]:
    stored = json.loads((ROOT / "benchmarks" / "results" / f"{name}.json").read_text("utf-8"))
    figures: dict[str, Any] = stored["figures"]
    return figures


def _rows() -> Iterator[tuple[str, str, str]]:
    quality = _figures("quality")
    pairs, elsewhere, unsure = quality["pairs"], quality["elsewhere"].values(), quality["unsure"]["all"]
    everything, sure = pairs["all"], pairs["by_confidence"]["h"]
    yield (
        f"same story or not, {everything['pairs']} hand-labelled pairs, cross-validated: F1 / precision / recall",
        f"{everything['f1']:.3f} / {everything['precision']:.3f} / {everything['recall']:.3f}",
        "python -m benchmarks.quality",
    )
    yield "the same, confident labels: F1", f"{sure['f1']:.3f}", "python -m benchmarks.quality"
    yield (
        f"the same in {len(elsewhere)} invented corpora (the last: formulas of one day), confident labels: F1",
        " / ".join(f"{corpus['f1_confident']:.2f}" for corpus in elsewhere),
        "python -m benchmarks.quality",
    )
    yield (
        f"{unsure['pairs']} further pairs, of little overlap or where the judge hesitates: precision / recall",
        f"{unsure['precision']:.2f} / {unsure['recall']:.2f}",
        "python -m benchmarks.quality",
    )
    exara = _figures("passages")["exara"]["scores"]
    yield (
        "passages, ExAra 2015, half of the documents held out: plagdet verbatim to paraphrase / with shuffled words",
        f"{exara['held out']['four together']['plagdet']:.3f} / {exara['held out']['all']['plagdet']:.3f}",
        "python -m benchmarks.passages",
    )
    samples = [_figures("marks")[name] for name in ("credits", "second")]
    yield (
        "agencies credited in {} articles, and in {} others read later: precision / recall".format(
            *(sample["articles"] for sample in samples)
        ),
        ", ".join(
            f"{counts['right agency'] / counts['credited agency']:.3f} / "
            f"{counts['found agency'] / counts['labelled agency']:.3f}"
            for counts in (sample["counts"] for sample in samples)
        ),
        "python -m benchmarks.marks",
    )
    origins = _figures("sources")["real"]
    yield (
        f"origin of {origins['stories']} stories, bylines hidden: right / unknown / wrong",
        f"{origins['right']} / {origins['unknown']} / {origins['wrong']}",
        "python -m benchmarks.sources",
    )
    recall = _figures("oracle")["recall"]
    yield (
        f"pairs with Jaccard >= 0.5 found, of {recall[1]['pairs']:,}; all figures exact, none false",
        f"{recall[1]['recall']:.4f}",
        "python -m benchmarks.oracle",
    )
    speed = _figures("speed")
    ours = speed["systems"]["this tool"]
    beside = ", ".join(
        f"{name} {speed['systems'][name]['after_imports_s']['median']:.2f} s" for name in speed["ratios"]
    )
    yield (
        f"{speed['articles']:,} articles ({speed['text_mb']} MB), JSONL to verified near copies, 2 cores",
        f"{ours['after_imports_s']['median']:.2f} s ({beside})",
        "python -m benchmarks.speed",
    )
    yield (
        "the same, with marks, judge, clusters, passages, sources and report",
        f"{speed['systems']['this tool, all work']['after_imports_s']['median']:.2f} s",
        "python -m benchmarks.speed",
    )
    larger = _figures("growth")["beyond"]
    yield (
        f"{larger['articles']:,} articles by the command line: time, memory",
        f"{larger['seconds']:.0f} s, {larger['peak_mb'] / 1000:.1f} GB",
        "python -m benchmarks.growth",
    )


def main() -> None:
    """Write README.md; with --check only say whether it is up to date."""
    text = README.read_text("utf-8")
    new = filled(filled(text, "demo", demo()), "quality", measured())
    if "--check" in sys.argv[1:]:
        raise SystemExit(0 if new == text else "README.md is out of date; run python -m benchmarks.readme")
    README.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
