"""Processes that are kept out of closed folders, as any user's are; the superuser's are not."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

_DROP, _OVERRIDE, _SEARCH = 24, 1, 2
"""PR_CAPBSET_DROP, and the two capabilities by which the superuser enters what is closed."""


def run_without_rights(words: Sequence[object], folder: Path) -> subprocess.CompletedProcess[str]:
    """``python -m dedup`` with these words, in ``folder``; skips the test where a process cannot give up its rights."""
    if not hasattr(os, "geteuid") or (os.geteuid() == 0 and not sys.platform.startswith("linux")):
        pytest.skip("gives up rights as Linux has them")
    line = [sys.executable, "-m", "dedup", *map(str, words)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}
    try:
        return subprocess.run(
            line, cwd=folder, env=environment, preexec_fn=_give_up, capture_output=True, text=True, check=False
        )
    except subprocess.SubprocessError:
        pytest.skip("a process may not give up its rights here")


def _give_up() -> None:
    if os.geteuid() == 0:
        system = ctypes.CDLL(None)
        if any(system.prctl(_DROP, right, 0, 0, 0) for right in (_OVERRIDE, _SEARCH)):
            raise OSError
