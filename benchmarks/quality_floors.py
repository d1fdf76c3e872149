"""Floors: what quality has reached, it may not lose unnoticed.

``floors.json`` holds, beside the fingerprint of the data it was measured on, the least that each figure must be (or the
most, where less is better). A run whose figure falls behind fails. On other data nothing can be compared, and the run
says so and fails too: whoever changes labels or articles has to write floors for them on purpose.

``--write-floors`` moves floors only towards the better, and on new data writes new ones beside the old. So nothing
gets worse in silence: to lower a floor somebody has to change the file by hand, in a commit of its own.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parent / "floors.json"
_STEPS = 1_000
"""Floors are rounded to a thousandth towards the worse, so that the last digit of a processor does not decide."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its target (None: there is none); ``more`` says whether more of it is better, ``floored`` if it
    has a floor too (a cost that may be traded for quality has only its target)."""

    name: str
    value: float
    target: float | None
    more: bool = True
    floored: bool = True

    def reached(self) -> bool:
        """Whether it meets its target."""
        return self.target is None or not self.behind(self.target)

    def behind(self, bound: float) -> bool:
        """Whether it is worse than this."""
        return self.value < bound if self.more else self.value > bound

    def floor(self) -> float:
        """The floor that it would set."""
        rounded = math.floor(self.value * _STEPS) if self.more else math.ceil(self.value * _STEPS)
        return rounded / _STEPS


Groups = Mapping[str, tuple[str, Sequence[Measured]]]
"""Name of the data -> its fingerprint and the figures measured on it."""


def complaints(groups: Groups, file: Path = FILE) -> list[str]:
    """A sentence for each figure that is behind its floor, and for data that has no floors."""
    stored = _stored(file)
    found = []
    for name, (fingerprint, figures) in groups.items():
        floors = stored.get(fingerprint)
        if floors is None:
            found.append(
                f"{name}: {file.name} knows other data than this ({fingerprint}), so nothing was compared; "
                "if the data changed on purpose, write floors for it with --write-floors"
            )
            continue
        for figure in figures:
            bound = floors["floors"].get(figure.name)
            if bound is not None and figure.behind(bound):
                found.append(f"{name}: {figure.name} is {figure.value:.4f}, and was {bound} already")
    return found


def write(groups: Groups, file: Path = FILE) -> None:
    """Move the floors of this data to what was measured, where that is better."""
    stored = _stored(file)
    for name, (fingerprint, figures) in groups.items():
        floors = stored.setdefault(fingerprint, {"data": name, "floors": {}})["floors"]
        for figure in figures:
            if not figure.floored:
                continue
            better = max if figure.more else min
            floors[figure.name] = better(floors.get(figure.name, figure.floor()), figure.floor())
    file.write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _stored(file: Path) -> dict[str, Any]:
    if not file.exists():
        return {}
    content: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return content
