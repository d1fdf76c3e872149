"""The tool itself through its library: the job the peers do, and beyond it.

    ours near WORKERS INPUT... PAIRS.jsonl     pairs from Jaccard 0.5 on, texts as they stand: the peers' job
    ours begun WORKERS INPUT... PAIRS.jsonl    the same, reading begun before the kernels load, as the command line
                                               does: for the clock of whole processes
    ours all WORKERS INPUT... PAIRS.jsonl      what ``dedup cluster --pairs`` does: marks, judge, clusters, report

Reading and sketching overlap (some threads parse while others sketch), so they are one stage here. Stages are timed by
wrapping the functions that :mod:`dedup.pipeline` calls.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import orjson

from benchmarks.peers.stages import Stages
from dedup.corpus.begun import Begun
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


def watched(stages: Stages) -> None:
    """Make the pipeline's functions tell the watch when they begin and end."""
    from dedup import pipeline

    for function, stage in _STAGES.items():
        if hasattr(pipeline, function):
            setattr(pipeline, function, _timed(getattr(pipeline, function), stage, stages))


def _timed(function: Callable[..., Any], stage: str, stages: Stages) -> Callable[..., Any]:
    def timed(*args: Any, **named: Any) -> Any:
        stages.enter(stage)
        try:
            return function(*args, **named)
        finally:
            stages.enter(OTHER)

    return timed


def near(sources: Sequence[Path] | Begun, settings: Settings, target: Path, stages: Stages) -> int:
    """Near copies only, written with their Jaccard; returns the number of articles."""
    from dedup import pipeline

    corpus, pairs = pipeline.near_copies(sources, settings)
    stages.enter("write")
    ids = corpus.articles["id"].to_pylist()
    rows = zip(pairs.a.tolist(), pairs.b.tolist(), pairs.jaccard().tolist(), strict=True)
    with target.open("wb") as out:
        for a, b, jaccard in rows:
            out.write(orjson.dumps({"a": ids[a], "b": ids[b], "jaccard": jaccard}, option=orjson.OPT_APPEND_NEWLINE))
    return int(corpus.articles.num_rows)


def everything(sources: Sequence[Path], settings: Settings, target: Path, stages: Stages) -> int:
    """What the command line does; returns the number of articles."""
    from dedup import pipeline
    from dedup.report.json_format import write_pairs

    result = pipeline.cluster(sources, settings)
    stages.enter("write")
    write_pairs(result.pairs(), target)
    return int(str(result.report.corpus["articles"]))


def main() -> None:
    """Run one of the three and print stages and numbers as JSON."""
    job, workers = sys.argv[1], int(sys.argv[2])
    *sources, target = map(Path, sys.argv[3:])
    settings = Settings(workers=workers, keep_furniture=job != "all")
    stages = Stages()
    if job == "begun":
        stages.enter(OTHER)
        with Begun(sources, settings) as begun:
            articles = near(begun, settings, target, stages)
    else:
        watched(stages)
        stages.enter(OTHER)
        articles = {"near": near, "all": everything}[job](sources, settings, target, stages)
    stages.enter(None)
    with target.open("rb") as written:
        numbers = {"articles": articles, "pairs": sum(1 for _ in written)}
    print(json.dumps({**stages.seconds, **numbers}))


if __name__ == "__main__":
    main()
