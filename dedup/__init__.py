"""Near-duplicate and syndication detection for Arabic news.

>>> import dedup
>>> report = dedup.cluster("articles/").report  # doctest: +SKIP
>>> dedup.compare("أعلنت الوزارة", "أعلنت الوزارة").pair.relation
'copy'

The names here are loaded when first used, so importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dedup.model import Comparison
    from dedup.pipeline import Result, cluster, compare
    from dedup.settings import Settings

__all__ = ["Comparison", "Result", "Settings", "cluster", "compare"]

_HOME = {
    "cluster": "dedup.pipeline",
    "compare": "dedup.pipeline",
    "Comparison": "dedup.model",
    "Result": "dedup.pipeline",
    "Settings": "dedup.settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'dedup' has no attribute '{name}'")
    from importlib import import_module

    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
