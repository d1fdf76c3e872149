"""The tool itself through its library: the job the peers do, and beyond it.

    ours near WORKERS INPUT... PAIRS.jsonl    pairs from Jaccard 0.5 on, texts as they stand: the peers' job
    ours all WORKERS INPUT... PAIRS.jsonl     what ``dedup cluster -o --pairs`` does: marks, judge, clusters, report,
                                              both written (the report beside the pairs)

Reading and sketching overlap (one thread parses while the others sketch), so they are one stage here. Stages are
timed by wrapping the functions that the job's module calls; what a job does not need is not loaded.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson

from benchmarks.peers.stages import Stages
from dedup.settings import Settings

_STAGES = {
    "read_corpus": "read, shingle, sign",
    "candidate_pairs": "lsh",
    "exact": "verify",
    "judge": "judge",
    "_stories": "cluster",
    "build": "report",
}
"""Function of the pipeline to the stage it makes up."""
OTHER = "other"


def watched(module: ModuleType, stages: Stages) -> None:
    """Make the functions that a module calls tell the watch when they begin and end."""
    for function, stage in _STAGES.items():
        if hasattr(module, function):
            setattr(module, function, _timed(getattr(module, function), stage, stages))


def _timed(function: Callable[..., Any], stage: str, stages: Stages) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        stages.enter(stage)
        try:
            return function(*args, **named)
        finally:
            stages.enter(OTHER)

    return timed


def near(sources: list[Path], workers: int, target: Path, stages: Stages) -> int:
    """Near copies only, written with their Jaccard; returns the number of articles."""
    from dedup import near as job

    watched(job, stages)
    stages.enter(OTHER)
    corpus, pairs = job.near_copies(sources, Settings(workers=workers, keep_furniture=True))
    stages.enter("write")
    ids = corpus.articles["id"].to_pylist()
    rows = zip(pairs.a.tolist(), pairs.b.tolist(), pairs.jaccard().tolist(), strict=True)
    with target.open("wb") as out:
        for a, b, jaccard in rows:
            out.write(orjson.dumps({"a": ids[a], "b": ids[b], "jaccard": jaccard}, option=orjson.OPT_APPEND_NEWLINE))
    return int(corpus.articles.num_rows)


def everything(sources: list[Path], workers: int, target: Path, stages: Stages) -> int:
    """What the command line does; returns the number of articles."""
    import dedup.arabic.learned
    import dedup.arabic.marks  # noqa: F401
    from dedup import near as first_half
    from dedup import pipeline
    from dedup.report.json_format import write_pairs, write_report

    for module in (first_half, pipeline):
        watched(module, stages)
    stages.enter(OTHER)
    with pipeline.uncollected(), ThreadPoolExecutor(1) as meanwhile:
        written: list[Future[None]] = []
        settings = Settings(workers=workers)
        result = pipeline.cluster(
            sources, settings, on_pairs=lambda listed: written.append(meanwhile.submit(write_pairs, listed, target))
        )
        report = result.report
        stages.enter("write")
        write_report(report, target.with_suffix(".report.json"))
        for one in written:
            one.result()
    return int(str(result.report.corpus["articles"]))


def main() -> None:
    """Run one of the two and print stages and numbers as JSON."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the command line does
    job = {"near": near, "all": everything}[sys.argv[1]]
    workers = int(sys.argv[2])
    *sources, target = map(Path, sys.argv[3:])
    stages = Stages()
    articles = job(sources, workers, target, stages)
    stages.enter(None)
    with target.open("rb") as written:
        numbers = {"articles": articles, "pairs": sum(1 for _ in written)}
    print(json.dumps({**stages.seconds, **numbers}))


if __name__ == "__main__":
    main()
