"""How fast, beside the libraries people use: one run, one JSONL file, two cores, alternating, medians.

Every system turns the same file (empty texts removed) into a file of pairs with Jaccard >= 0.5 of word 5-grams, from
128 permutations, each pair verified exactly; :mod:`benchmarks.peers` holds one program a system and says how each is
written. Two clocks:

    after imports   from the end of the imports to the pairs on disk; the system's own stages
    whole process   from starting Python to its exit

We do more than the peers: mark furniture and credits, judge what is no near-copy, group into clusters, build the
report. So two times are given for us: *the peers' job* (``near.near_copies`` on texts as they stand), which is what
is set against them, and *all work*, ``dedup cluster FILE --pairs PAIRS``. Folding is in both. The peers' Python runs on
one core, as their documentation shows it (rensa signs batches with threads of its own), so our time with one worker
stands beside. Kernels are compiled and cached before the first measured run.

rensa is run twice: "rensa" hands it a list of token lists, as its README shows; "rensa, streamed" a generator, which
its README does not show but which is twice as fast, because the garbage collector has no million lists to walk. What
we mean to reach is set against what a peer's own documentation shows.

Not equal is what is found: a peer counts pairs of its own tokens, unfolded, with its own default banding. So the last
column says what share of the pairs that truly are there, by its own tokens, it found.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from benchmarks import processes
from benchmarks.articles import days, parser
from benchmarks.processes import Finished, use_two_cores
from benchmarks.results import Figures, markdown, met, save

AFTER_IMPORTS, WHOLE = 10, 5
"""How many times as fast as each peer we mean to be, by either clock."""
PEAK_MB = 1024
LEAST = 0.5
STREAMED = "rensa, streamed"
PEERS = {"rensa": "rensa_lists", STREAMED: "rensa_batch", "datasketch": "datasketch_bulk"}
OURS, ONE_WORKER, ALL = "this tool", "this tool, 1 worker", "this tool, all work"
_STAGES = (
    "read", "shingle, sign", "read, shingle, sign", "lsh", "verify", "write", "other", "judge", "cluster", "report",
)  # fmt: skip


def programs(jsonl: Path, folder: Path) -> dict[str, Callable[[], Finished]]:
    """What is run in turn, by name; each writes ``folder/<name>.jsonl``."""

    def peer(name: str) -> Finished:
        return processes.run(f"benchmarks.peers.{PEERS[name]}", jsonl, folder / f"{name}.jsonl")

    def ours(name: str, job: str, workers: str) -> Finished:
        return processes.run("benchmarks.peers.ours", job, workers, jsonl, folder / f"{name}.jsonl")

    return {
        OURS: lambda: ours(OURS, "near", "2"),
        ONE_WORKER: lambda: ours(ONE_WORKER, "near", "1"),
        ALL: lambda: ours(ALL, "all", "2"),
        **{name: lambda name=name: peer(name) for name in PEERS},  # type: ignore[misc]
    }


def alternate(runs: int, by_name: dict[str, Callable[[], Finished]]) -> dict[str, list[Finished]]:
    """Each program once a round, each round beginning with another one."""
    for name in (OURS, ALL):
        by_name[name]()
    results: dict[str, list[Finished]] = {name: [] for name in by_name}
    names = [*by_name]
    for number in range(runs):
        start = number % len(names)
        for name in names[start:] + names[:start]:
            results[name].append(by_name[name]())
            print(f"run {number + 1} of {runs}: {name} {results[name][-1].seconds:.2f} s", file=sys.stderr)
    return results


def summed_up(results: dict[str, list[Finished]], folder: Path) -> dict[str, Figures]:
    """Median of each clock, and the stages of the run that is the median after imports."""
    systems = {}
    for name, runs in results.items():
        stages = [{k: v for k, v in json.loads(run.output).items() if k in _STAGES} for run in runs]
        totals = [sum(stage.values()) for stage in stages]
        middle = totals.index(statistics.median_low(totals))
        systems[name] = {
            "after_imports_s": _median(totals),
            "whole_process_s": _median([run.seconds for run in runs]),
            "stages_s": {stage: round(s, 3) for stage, s in stages[middle].items()},
            "peak_mb": round(max(run.peak_mb for run in runs)),
            "pairs": len(near_copies(folder / f"{name}.jsonl")),
        }
    return systems


def near_copies(path: Path) -> set[tuple[str, str]]:
    """The pairs of a pairs file that reach LEAST (ours lists others too)."""
    pairs = map(json.loads, path.open(encoding="utf-8"))
    return {(pair["a"], pair["b"]) for pair in pairs if pair["jaccard"] >= LEAST}


def _median(seconds: list[float]) -> Figures:
    return {"median": round(statistics.median(seconds), 3), "runs": sorted(round(s, 3) for s in seconds)}


def true_pairs(jsonl: Path, folder: Path, systems: dict[str, Figures]) -> None:
    """Add to each system how many pairs its own tokens have in truth, and the share of them it found."""
    from benchmarks.exact import all_pairs, unmarked_tokens
    from benchmarks.exact import shingles as folded_shingles
    from benchmarks.peers.text import read, shingles
    from dedup.settings import MIN_WORDS

    ids, texts = read(jsonl)
    words = [unmarked_tokens(text) for text in texts]
    ours = [folded_shingles(found) if sum(map(len, found)) >= MIN_WORDS else set() for found in words]
    del words
    for sets, names in ((ours, [OURS, ONE_WORKER, ALL]), ([set(shingles(text)) for text in texts], [*PEERS])):
        exact = all_pairs(sets, LEAST)
        truth = {(ids[a], ids[b]) for a, b in zip(exact.a.tolist(), exact.b.tolist(), strict=True)}
        for name in names:
            found = near_copies(folder / f"{name}.jsonl") & truth
            systems[name] |= {"true_pairs": len(truth), "recall": round(len(found) / len(truth), 4)}


def ratios(systems: dict[str, Figures]) -> dict[str, Figures]:
    """How many times as fast as each peer, by either clock."""
    ours = systems[OURS]
    return {
        name: {
            clock: round(systems[name][clock]["median"] / ours[clock]["median"], 1)
            for clock in ("after_imports_s", "whole_process_s")
        }
        for name in PEERS
    }


def reached(figures: Figures) -> bool:
    """True when every target is reached."""
    faster = [
        ratio["after_imports_s"] >= AFTER_IMPORTS and ratio["whole_process_s"] >= WHOLE
        for name, ratio in figures["ratios"].items()
        if name != STREAMED
    ]
    return all(faster) and figures["peak_mb"] < PEAK_MB


def table(figures: Figures) -> str:
    """The result as Markdown: the systems, their stages, the ratios."""
    systems, ratio = figures["systems"], figures["ratios"]
    times = ("after_imports_s", "whole_process_s")
    rows = [
        (
            name, *(f"{s[time]['median']:.2f} s" for time in times),
            f"{s['peak_mb']:,} MB", f"{s['pairs']:,}", f"{s['true_pairs']:,}", f"{s['recall']:.3f}",
        )
        for name, s in systems.items()
    ]  # fmt: skip
    head = ("system", "after imports", "whole process", "peak memory", "pairs found", "true pairs", "recall")
    stages = [name for name in _STAGES if any(name in s["stages_s"] for s in systems.values())]
    spent = [
        (name, *(f"{s['stages_s'][stage]:.2f}" if stage in s["stages_s"] else "" for stage in stages))
        for name, s in systems.items()
    ]
    faster = [
        (
            name,
            _told(name, r["after_imports_s"], AFTER_IMPORTS),
            _told(name, r["whole_process_s"], WHOLE),
        )
        for name, r in ratio.items()
    ]
    return (
        f"{figures['articles']:,} articles, {figures['text_mb']} MB of text, median of {figures['runs']} runs.\n\n"
        + markdown(head, rows)
        + "\nSeconds a stage, of the run that is the median:\n\n"
        + markdown(("system", *stages), spent)
        + "\nTimes as fast:\n\n"
        + markdown(("than", "after imports", "whole process"), faster)
        + f"\nPeak memory of `dedup cluster` on the zips with report and pairs: {figures['peak_mb']:,} MB "
        f"(wanted under {PEAK_MB:,}, {met(figures['peak_mb'] < PEAK_MB)}).\n"
    )


def _told(peer: str, ratio: float, wanted: int) -> str:
    return f"{ratio}" if peer == STREAMED else f"{ratio} (wanted {wanted}, {met(ratio >= wanted)})"


def main() -> None:
    """Measure, print, save; exit code 1 where a target is missed."""
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=5)
    arguments = options.parse_args()
    zips = days(arguments.shared)
    use_two_cores()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        jsonl = folder / "articles.jsonl"
        text_bytes = int(processes.run("benchmarks.articles", "--shared", arguments.shared.resolve(), jsonl).output)
        results = alternate(arguments.runs, programs(jsonl, folder))
        whole = ("-o", folder / "report.json", "--pairs", folder / "pairs.jsonl", "--workers", "2", "--quiet")
        peak = processes.dedup("cluster", *zips, *whole).peak_mb
        systems = summed_up(results, folder)
        articles = sum(1 for _ in jsonl.open(encoding="utf-8"))
        true_pairs(jsonl, folder, systems)
    figures: Figures = {
        "articles": articles,
        "text_mb": round(text_bytes / 1e6, 1),
        "runs": arguments.runs,
        "systems": systems,
        "ratios": ratios(systems),
        "peak_mb": round(peak),
    }
    save("speed", zips, figures)
    print(table(figures))
    sys.exit(not reached(figures))


if __name__ == "__main__":
    main()
