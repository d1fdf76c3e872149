"""Fill README.md's tables from results/*.json, so that no figure in it is typed by hand.

Between ``<!-- begin: NAME -->`` and ``<!-- end: NAME -->`` stands what NAME's ``table`` makes of its saved figures,
under the command and the machine they come from. ``--check`` writes nothing and ends with exit code 1 where the README
does not say what the results say.
"""

from __future__ import annotations

import argparse
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.results import load

README = Path(__file__).resolve().parent / "README.md"
_PART = re.compile(r"(<!-- begin: (\w+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)


def filled(readme: str) -> str:
    """The README with every part made anew from its result."""
    return _PART.sub(lambda part: part[1] + _section(part[2]) + part[3], readme)


def _section(name: str) -> str:
    result = load(name)
    if result is None:
        return f"\nNot measured yet: `python -m benchmarks.{name}`\n\n"
    table = import_module(f"benchmarks.{name}").table(result["figures"])
    return f"\n`{result['command']}`\n\n{table}\n{_origin(result)}\n\n"


def _origin(result: dict[str, Any]) -> str:
    machine, corpus = result["machine"], result["corpus"]
    libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items() if version)
    where = f"{machine['processor']}; {machine['cores']} cores, {machine['memory_gb']} GB; Python {machine['python']}"
    return (
        f"<sub>{where}, "
        f"{libraries}; {corpus['name']}, {corpus['files']} files, fingerprint {corpus['fingerprint']}.</sub>"
    )


def main() -> None:
    """Rewrite the README, or check it."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--check", action="store_true", help="write nothing; exit code 1 where the README is behind")
    check = options.parse_args().check
    before = README.read_text(encoding="utf-8")
    after = filled(before)
    if not check:
        README.write_text(after, encoding="utf-8")
    elif before != after:
        sys.exit("benchmarks/README.md does not say what benchmarks/results say; run python -m benchmarks.tables")


if __name__ == "__main__":
    main()
