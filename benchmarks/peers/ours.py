"""The tool itself through its library, writing the pairs file it writes from the command line.

Reading and sketching overlap (one thread parses while the others sketch), so they are one stage here. Stages are
timed by wrapping the functions that :mod:`dedup.pipeline` calls; a stage it no longer has is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.peers.stages import Stages
from dedup import pipeline
from dedup.report.json_format import write_pairs
from dedup.settings import Settings

_STAGES = {
    "_read": "read, shingle, sign",
    "read_corpus": "read, shingle, sign",
    "candidate_pairs": "lsh",
    "exact": "verify",
    "judge": "judge",
    "_clusters": "cluster",
    "build": "report",
}
"""Function of the pipeline to the stage it makes up."""
OTHER = "other"


def watched(stages: Stages) -> None:
    """Make the pipeline's functions tell the watch when they begin and end."""
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


def main() -> None:
    """``ours WORKERS INPUT... PAIRS.jsonl``: any input the tool reads; prints stages and numbers as JSON."""
    workers = int(sys.argv[1])
    *sources, target = map(Path, sys.argv[2:])
    stages = Stages()
    watched(stages)
    stages.enter(OTHER)
    result = pipeline.cluster(sources, Settings(workers=workers))
    stages.enter("write")
    write_pairs(result.pairs(), target)
    stages.enter(None)
    with target.open("rb") as written:
        numbers = {"articles": result.report.corpus["articles"], "pairs": sum(1 for _ in written)}
    print(json.dumps({**stages.seconds, **numbers}))


if __name__ == "__main__":
    main()
