"""How fast is reading: the same articles from every kind of file to record batches, and single files against ``cat``.

Each kind is read several times in turn, in one process with two workers, after the imports; the median counts. Sizes
are those of the unpacked files. ``cat`` is ``find -print0 | xargs -0 cat > /dev/null`` over the same folder of single
text files: what the disk cache and the system calls cost by themselves.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.json
import pyarrow.parquet

from benchmarks.articles import days, parser
from benchmarks.processes import use_two_cores
from benchmarks.results import Figures, markdown, save
from dedup import corpus
from dedup.settings import Settings


def rows_of(path: Path | Sequence[Path]) -> pa.Table:
    """All articles of some files, read by ourselves."""
    sources, skipped = corpus.find([path] if isinstance(path, Path) else path)
    items = list(corpus.read(sources, Settings(workers=2)))
    assert not skipped
    return pa.Table.from_batches([item for item in items if isinstance(item, pa.RecordBatch)])


def lay_down(zips: Sequence[Path], folder: Path) -> dict[str, list[Path]]:
    """The articles in every kind of file."""
    found = rows_of(zips).select(["id", "title", "text", "outlet", "url"])
    rows = found.to_pylist()
    made = {kind: folder / f"articles.{kind}" for kind in ("jsonl", "json", "csv", "parquet", "jsonl.gz")}
    lines = b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)
    made["jsonl"].write_bytes(lines)
    made["json"].write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    pa.csv.write_csv(found, made["csv"])
    pa.parquet.write_table(found, made["parquet"])
    with open(made["jsonl.gz"], "wb") as packed:
        subprocess.run(["gzip", "-6", "-c", made["jsonl"]], stdout=packed, check=True)
    for number, row in enumerate(rows):
        place = folder / "txt" / str(row["outlet"])
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.txt").write_text(f"{row['title'] or ''}\n\n{row['text']}", "utf-8")
    return {
        "zip of json": list(zips),
        **{kind: [path] for kind, path in made.items()},
        "single txt files": [folder / "txt"],
    }


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call, the garbage of earlier ones cleared away."""
    gc.collect()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def cat(folder: Path) -> None:
    """Read all files of a folder with cat."""
    command = f"find '{folder}' -type f -print0 | xargs -0 cat > /dev/null"
    subprocess.run(["sh", "-c", command], check=True)


def measure(zips: Sequence[Path], runs: int, folder: Path) -> Figures:
    """Median seconds of every kind, and of cat."""
    kinds = lay_down(zips, folder)
    times: dict[str, list[float]] = {kind: [] for kind in [*kinds, "cat"]}
    for _ in range(runs):
        for kind, paths in kinds.items():
            times[kind].append(timed(lambda paths=paths: rows_of(paths)))  # type: ignore[misc]
        times["cat"].append(timed(lambda: cat(folder / "txt")))
    table = rows_of(kinds["jsonl"])
    return {
        "articles": table.num_rows,
        "text_mb": round(table["text"].nbytes / 1e6, 1),
        "runs": runs,
        "seconds": {kind: round(statistics.median(taken), 3) for kind, taken in times.items()},
    }


def table(figures: Figures) -> str:
    """The figures as Markdown."""
    count, size = figures["articles"], figures["text_mb"]
    rows = [
        [kind, f"{seconds:.2f}", f"{size / seconds:,.0f}", f"{count / seconds:,.0f}"]
        for kind, seconds in figures["seconds"].items()
    ]
    return markdown(["read from", "seconds", "MB of text a second", "articles a second"], rows)


def main() -> None:
    """Measure and save."""
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=5, help="runs of each kind (default 5)")
    arguments = options.parse_args()
    zips = days(arguments.shared)
    use_two_cores()
    with tempfile.TemporaryDirectory() as folder:
        figures = measure(zips, arguments.runs, Path(folder))
    save("reading", zips, figures)
    print(table(figures), file=sys.stdout)


if __name__ == "__main__":
    main()
