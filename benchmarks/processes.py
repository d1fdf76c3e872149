"""Running a program and asking the system what it took.

Peak memory is the kernel's own ``ru_maxrss`` of the child. Linux counts the parent's pages at the moment of the fork
in it, so whoever calls this must be small itself: import nothing heavy before.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.articles import ROOT

CORES = 2


@dataclass(frozen=True, slots=True)
class Finished:
    """What a program printed, its wall time from start to exit, and its peak memory."""

    output: str
    seconds: float
    peak_mb: float


def run(module: str, *arguments: str | Path) -> Finished:
    """``python -m module arguments`` from the repository's root; stops everything if it fails."""
    return _run([sys.executable, "-m", module, *map(str, arguments)])


def dedup(*arguments: str | Path) -> Finished:
    """The tool's command line, as installed beside this Python."""
    return _run([str(Path(sys.executable).parent / "dedup"), *map(str, arguments)])


def _run(line: list[str]) -> Finished:
    started = time.perf_counter()
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - started
    if process.returncode:
        raise SystemExit(f"{' '.join(line)} ended with exit code {process.returncode}")
    return Finished(output, seconds, usage.ru_maxrss / 1024)


def use_two_cores() -> None:
    """Bind this process, and so its children, to two cores where there are more."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])
