"""All benchmarks one after the other, each in a process of its own, then the README's tables.

One that misses a target ends with exit code 1; the others still run, and this ends with 1 too.
"""

from __future__ import annotations

import subprocess
import sys

from benchmarks.articles import ROOT

NAMES = (
    "oracle",
    "speed",
    "kernel",
    "growth",
    "spelling",
    "seed_pages",
    "reading",
    "marks",
    "passages",
    "sources",
    "outlets",
)


def main() -> None:
    """Run them with the options given (``--shared``)."""
    missed = []
    for name in NAMES:
        print(f"\n## {name}\n", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *sys.argv[1:]], cwd=ROOT).returncode:
            missed.append(name)
    subprocess.run([sys.executable, "-m", "benchmarks.tables"], cwd=ROOT, check=True)
    if missed:
        sys.exit(f"targets missed in: {', '.join(missed)}")


if __name__ == "__main__":
    main()
