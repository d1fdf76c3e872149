"""A stop watch with named stages, and the frame of every program here."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

Pairs = list[tuple[str, str, float]]


class Stages:
    """Seconds by stage: each lasts until the next is entered."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._name: str | None = None
        self._since = time.perf_counter()

    def enter(self, name: str | None) -> None:
        """End the running stage and begin another; a name entered again goes on."""
        now = time.perf_counter()
        if self._name is not None:
            self.seconds[self._name] = self.seconds.get(self._name, 0.0) + now - self._since
        self._name, self._since = name, now


def run(pairs_of: Callable[[Path, Stages], Pairs]) -> None:
    """Run one system on ``sys.argv`` and print its stages as JSON."""
    source, target = Path(sys.argv[1]), Path(sys.argv[2])
    stages = Stages()
    pairs = pairs_of(source, stages)
    stages.enter("write")
    with target.open("w", encoding="utf-8") as out:
        for a, b, jaccard in pairs:
            out.write(json.dumps({"a": a, "b": b, "jaccard": jaccard}) + "\n")
    stages.enter(None)
    print(json.dumps(stages.seconds))
