"""Feed the readers wounded files for a given time: ``python -m benchmarks.fuzz_readers [SECONDS] [FIRST_SEED]``.

Every input is a sound file of one kind with one to eight random wounds (``tests/corpus_mutants.py``), so a fault
is named by kind, seed and number of wounds, and can be had again. Prints inputs tried and faults found; exit code 1 if
there are any. Where the real articles are at hand (``../shared``) some of them are wounded too.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path

from tests.corpus_mutants import check, sound, wounded

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def _kinds(folder: Path) -> dict[str, bytes]:
    kinds = sound(folder)
    if SHARED.is_dir():
        kinds["real.html"] = (SHARED / "arabic-html" / "cnn_arabic_2013.html").read_bytes()
        kinds["real.zip"] = (SHARED / "saudinewsnet" / "2015-07-23.zip").read_bytes()
        kinds["real.txt"] = (SHARED / "arabic-html" / "cnn_arabic_2013.txt").read_bytes()
    return kinds


def main(seconds: float = 60, seed: int = 0) -> int:
    """Run for so many seconds."""
    tried: Counter[str] = Counter()
    faults: list[str] = []
    end = time.monotonic() + seconds
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made) / "in"
        kinds = _kinds(Path(made))
        while time.monotonic() < end:
            for name, before in kinds.items():
                wounds = 1 + seed % 8
                try:
                    started = time.monotonic()
                    check(folder, name, before, wounded(before, seed, wounds), single=wounds == 1)
                    if time.monotonic() - started > 10:
                        faults.append(f"{name}, seed {seed}, {wounds} wounds: took {time.monotonic() - started:.0f} s")
                except Exception:
                    faults.append(f"{name}, seed {seed}, {wounds} wounds: {traceback.format_exc(limit=-2)}")
                tried[name] += 1
            seed += 1
    for fault in faults[:20]:
        print(fault)
    each = ", ".join(f"{name} {count}" for name, count in tried.items())
    print(f"{sum(tried.values()):,} inputs tried ({each}), {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*(float(one) if n == 0 else int(one) for n, one in enumerate(sys.argv[1:3]))))  # type: ignore[arg-type]
