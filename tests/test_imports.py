"""The shape of the program: arrows between its rooms never turn back, and help costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "dedup"

ROWS = [
    {"model", "settings", "errors", "memory", "notices"},
    {"kernels"},
    {"corpus"},
    {"arabic"},
    {"sketch"},
    {"intake"},
    {"match"},
    {"near"},
    {"story"},
    {"report"},
    {"evaluate"},
    {"pipeline"},
    {"outputs"},
    {"cli", "__main__"},
]
"""A module imports from its own row and the rows above it."""
ROW = {name: number for number, names in enumerate(ROWS) for name in names}

MODULES = sorted(PACKAGE.rglob("*.py"))


def _imported(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= (
                {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "dedup" else {node.module}
            )
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def _room(dotted: str) -> str:
    return dotted.split(".")[1]


def test_every_room_has_a_row_and_every_row_is_there() -> None:
    there = {path.relative_to(PACKAGE).with_suffix("").parts[0] for path in MODULES}
    assert there - {"__init__"} == ROW.keys()
    assert sum(map(len, ROWS)) == len(ROW)


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_from_its_row_and_above(module: Path) -> None:
    place = module.relative_to(PACKAGE).with_suffix("").parts[0]
    if place == "__init__":
        return
    ours = {name for name in _imported(module) if name.startswith("dedup.")}
    later = {name for name in ours if ROW[_room(name)] > ROW[place]}
    assert not later


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_numba_lives_in_kernels_and_pyarabic_in_fold(module: Path) -> None:
    roots = {name.split(".")[0] for name in _imported(module)}
    if "kernels" not in module.parts:
        assert not roots & {"numba", "llvmlite"}
    if module != PACKAGE / "arabic" / "fold.py":
        assert "pyarabic" not in roots


@pytest.mark.parametrize("words", [["--help"], ["cluster", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(words: list[str]) -> None:
    heavy = ("numba", "pyarrow", "scipy", "numpy", "rich", "trafilatura")
    code = (
        "import sys; from dedup.cli import main\n"
        f"try: main({words!r})\n"
        "except SystemExit as done: assert not done.code\n"
        f"print('loaded:', [name for name in {heavy!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


def test_a_job_with_compiled_kernels_loads_no_numba(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("خبر قصير\nقال الوزير إن الأمر مهم\n", "utf-8")
    code = (
        "import sys; from dedup.kernels import compiling; compiling.prepare(lambda: None)\n"
        "from dedup.near import near_copies; from dedup.pipeline import cluster\n"
        f"near_copies([{str(tmp_path)!r}]), cluster([{str(tmp_path)!r}])\n"
        "print('loaded:', [name for name in ('numba', 'scipy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"
