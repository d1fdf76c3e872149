"""Fill the figures and examples of README.md from what is really printed.

python -m benchmarks.readme             runs the demo and reads benchmarks/results/quality.json
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README = ROOT / "README.md"
_LINES = 12


def demo() -> str:
    """The first lines that ``dedup cluster seeds`` prints."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "dedup", "cluster", "seeds", "-o", f"{folder}/report.json"]
        printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    lines = printed.rstrip().splitlines()
    return "\n".join(["```", *lines[:_LINES], "...", lines[-1], "```"])


def filled(text: str, section: str, content: str) -> str:
    """The text with what stands between the section's two comments replaced."""
    pattern = re.compile(f"(<!-- {section} -->\n).*?(<!-- /{section} -->)", re.DOTALL)
    if not pattern.search(text):
        raise SystemExit(f"README.md has no section '{section}'")
    return pattern.sub(lambda match: match[1] + content + "\n" + match[2], text)


def main() -> None:
    """Write README.md; with --check only say whether it is up to date."""
    text = README.read_text("utf-8")
    new = filled(text, "demo", demo())
    results = ROOT / "benchmarks" / "results" / "summary.json"
    if results.is_file():
        rows = json.loads(results.read_text("utf-8"))
        table = ["| what | figure | how it is measured |", "|---|---|---|"]
        new = filled(new, "quality", "\n".join([*table, *(f"| {a} | {b} | {c} |" for a, b, c in rows)]))
    if "--check" in sys.argv[1:]:
        raise SystemExit(0 if new == text else "README.md is out of date; run python -m benchmarks.readme")
    README.write_text(new, "utf-8")


if __name__ == "__main__":
    main()
