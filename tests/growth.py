"""How what something costs grows with its size: asked of processor time and of two sizes, so that neither a slow
machine nor a busy one is a failure."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

LINEAR, SQUARE = 3.0, 6.0
"""What twice the size may cost where each piece costs the same (2), and where each looks at all others (4); the rest is
for what a measurement may be wrong by. A pattern that tries everything costs a thousand times as much, or for ever."""
_TRIES = 3
_NOISE = 0.01
"""Seconds that say nothing."""


def growth(prepared: Callable[[int], Callable[[], object]], size: int) -> float:
    """How many times as long twice the size takes. ``prepared(size)`` gives what is measured, and is not itself."""
    once, twice = _cost(prepared, size), _cost(prepared, 2 * size)
    return twice / max(once, _NOISE)


def steps(work: Callable[[], object], within: str) -> int:
    """How many lines of code in files whose path holds ``within`` something runs through: the same on every machine."""
    count = 0

    def traced(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if within not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return traced

    before = sys.gettrace()
    sys.settrace(traced)
    try:
        work()
    finally:
        sys.settrace(before)
    return count


def _cost(prepared: Callable[[int], Callable[[], object]], size: int) -> float:
    """Seconds of processor time, the least of some tries."""
    spent = []
    for _ in range(_TRIES):
        work = prepared(size)
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)
