"""Results as files: ``results/<name>.json``, one form for all, and the Markdown tables made from them.

    command   what was typed
    machine   processor, cores, memory, Python and library versions
    corpus    name, number of files, fingerprint of their bytes
    figures   what was measured; each benchmark's ``table`` knows its own

No clock and no path of this machine is in a result, so two runs differ by what was measured alone.
"""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from benchmarks.articles import fingerprint

FOLDER = Path(__file__).resolve().parent / "results"
Figures = dict[str, Any]

_LIBRARIES = ("numpy", "numba", "pyarrow", "orjson", "xxhash", "scipy", "datasketch", "rensa")


def machine() -> dict[str, Any]:
    """Where this was measured."""
    pages, page = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    return {
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)),
        "memory_gb": round(pages * page / 2**30),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in _LIBRARIES},
    }


def _processor() -> str:
    """The model's name and, since virtual machines hide it, the numbers that tell its generation."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    first = dict(line.split(":", 1) for line in lines[: lines.index("")] if ":" in line)
    known = {key.strip(): value.strip() for key, value in first.items()}
    flags = known.get("flags", "").split()
    vectors = next((name for name in ("avx512f", "avx2", "sse2") if name in flags), "none")
    name, family, model = (known.get(key, "?") for key in ("model name", "cpu family", "model"))
    return f"{name}, family {family} model {model}, {vectors}"


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def save(name: str, files: Sequence[Path], figures: Figures) -> None:
    """Write one result; ``files`` are the corpus, identified by their bytes."""
    content = {
        "command": command(name),
        "machine": machine(),
        "corpus": {"name": files[0].parent.name, "files": len(files), "fingerprint": fingerprint(files)},
        "figures": figures,
    }
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def load(name: str) -> dict[str, Any] | None:
    """A saved result, or None."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def command(name: str) -> str:
    """What was typed, without the place of the corpus."""
    kept, skip = [], False
    for word in sys.argv[1:]:
        if not skip and not word.startswith("--shared"):
            kept.append(word)
        skip = word == "--shared"
    return " ".join(["python", "-m", f"benchmarks.{name}", *kept])


def markdown(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; every column but the first is aligned right."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def met(reached: bool) -> str:
    """How a table says whether a target is reached."""
    return "met" if reached else "**missed**"
