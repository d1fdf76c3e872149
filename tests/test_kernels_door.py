"""The door of the kernels lets nothing in that machine code cannot bear, and their machine code is found or made."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from pkgutil import iter_modules
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt
import pytest

from dedup import kernels
from dedup.errors import NotCompiled
from dedup.kernels import compiling, machine_code
from dedup.kernels.door import int64, uint64
from dedup.kernels.overlap import band_keys
from dedup.kernels.rarity import phrase_sets
from dedup.kernels.utf8 import check_lines

SIGNATURES, ARTICLES = np.zeros((2, 4), np.uint32), np.zeros(2, np.int64)
PACKED = np.zeros(2, np.uint64)


def _frozen(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    array = array.copy()
    array.flags.writeable = False
    return array


def _misaligned(array: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.zeros(array.nbytes + 1, np.uint8)[1:].view(array.dtype)


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: band_keys(SIGNATURES, ARTICLES, 0, 4, 1),
        lambda: band_keys(SIGNATURES, ARTICLES.astype(np.int32), 0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES, ARTICLES.astype(">i8"), 0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES.ravel(), ARTICLES, 0, 4, 1, PACKED),
        lambda: band_keys(np.asfortranarray(SIGNATURES), ARTICLES, 0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES[:, ::2], ARTICLES, 0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES, [0, 1], 0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES, None, 0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES, ARTICLES, 0.0, 4, 1, PACKED),
        lambda: band_keys(SIGNATURES, ARTICLES, 0, 4, 1, _frozen(PACKED)),
        lambda: band_keys(SIGNATURES, ARTICLES, 0, 4, 1, _misaligned(PACKED)),
    ],
)
def test_an_argument_of_another_type_or_order_is_refused(wrong: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="band_keys"):
        wrong()


def test_a_number_out_of_range_is_refused() -> None:
    with pytest.raises(OverflowError, match="band_keys, first"):
        band_keys(SIGNATURES, ARTICLES, 1 << 63, 4, 1, PACKED)


def test_an_array_that_is_only_read_may_be_frozen() -> None:
    raw = _frozen(np.frombuffer(b'{"a":1}\n{"a":2}', np.uint8))
    assert check_lines(raw, 0, len(raw)) == 1


def test_a_signature_knows_no_other_array_than_one_in_c_order() -> None:
    assert int64[:, ::1].ndim == 2
    for axes in (slice(None), (slice(None), slice(None)), (slice(None, None, 1), slice(None))):
        with pytest.raises(TypeError, match="a kernel takes uint64"):
            uint64[axes]


def test_memory_that_is_not_there_is_a_memory_error() -> None:
    first, wanted = np.array([0, 1 << 57], np.int64), np.ones(1, np.bool_)
    with pytest.raises(MemoryError):
        phrase_sets(np.zeros(1, np.uint64), first, wanted, 3, np.zeros(1, np.uint64), np.zeros(2, np.int64))


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and a process that has loaded nothing yet."""
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    monkeypatch.setattr(machine_code, "_loaded", machine_code._Loaded())
    return tmp_path


def _files(cache: Path) -> list[Path]:
    return sorted(cache.rglob("*.bin"))


def test_what_is_kept_is_found_again_and_what_is_spoilt_is_not(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not machine_code.present()
    objects = {"one": b"\n\nmachine code", "two": b""}
    machine_code.keep(objects)
    (path,) = _files(cache)
    whole = path.read_bytes()
    assert machine_code._read(path) == objects
    for spoilt in (b"", whole[:-1], whole[:40], whole + b" ", whole.replace(b"code", b"c0de")):
        path.write_bytes(spoilt)
        monkeypatch.setattr(machine_code, "_loaded", machine_code._Loaded())
        assert not machine_code.present()
    path.write_bytes(whole)
    assert machine_code.present()


def test_machine_code_of_other_sources_makes_way(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    machine_code.keep({"one": b"old"})
    machine, _, ending = machine_code._file_name().partition(".")
    monkeypatch.setattr(machine_code, "_file_name", lambda: f"{machine}.0.bin")
    assert not machine_code._found()
    machine_code.keep({"one": b"new"})
    assert [path.name for path in _files(cache)] == [f"{machine}.0.bin"]
    other = cache.rglob("*.bin").__next__().with_name("kernels-other.0.bin")
    other.write_bytes(b"")
    machine_code.keep({"one": b"newer"})
    assert other.exists()
    assert ending.endswith(".bin")


def test_where_nothing_can_be_written_machine_code_stays_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path / "file"))
    monkeypatch.setattr(machine_code, "_loaded", machine_code._Loaded())
    machine_code.keep({"one": b"code"})
    assert machine_code.present()


def test_a_folder_of_sources_that_cannot_be_written_to_leaves_the_users_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    beside, users = machine_code._folders()
    assert beside == Path(machine_code.__file__).parent / "__pycache__"
    assert users.name.startswith("dedup-")


_PROGRAM = """
import sys, threading
import numpy as np
import numpy.typing as npt
from dedup.kernels import compiling
from dedup.kernels.utf8 import check_lines
compiling.prepare(lambda: print("compiling"))
raw = np.frombuffer(b"{}" + bytes([10]) + b"{}", np.uint8)
results = []
threads = [threading.Thread(target=lambda: results.append(check_lines(raw, 0, len(raw)))) for _ in range(4)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
print(results, "numba" in sys.modules)
"""


@pytest.mark.slow
def test_two_first_uses_at_once_and_a_spoilt_cache_end_well(tmp_path: Path) -> None:
    package = Path(__file__).resolve().parents[1] / "dedup"
    shutil.copytree(package, tmp_path / "dedup", ignore=shutil.ignore_patterns("__pycache__"))
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}

    def started() -> subprocess.Popen[str]:
        line = [sys.executable, "-c", _PROGRAM]
        return subprocess.Popen(line, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)

    said = [process.communicate()[0].splitlines() for process in [started(), started()]]
    assert [lines[-1] for lines in said] == ["[1, 1, 1, 1] False"] * 2
    (path,) = (tmp_path / "dedup" / "kernels" / "__pycache__").glob("*.bin")
    assert started().communicate()[0].splitlines() == ["[1, 1, 1, 1] False"]
    path.write_bytes(path.read_bytes()[:-1])
    assert started().communicate()[0].splitlines() == ["compiling", "[1, 1, 1, 1] False"]
    assert started().communicate()[0].splitlines() == ["[1, 1, 1, 1] False"]


def _nothing_can_be_written(*_: object, **__: object) -> NoReturn:
    raise FileNotFoundError(2, "No usable temporary directory found")


def test_where_no_temporary_folder_can_be_made_the_process_compiles_for_itself(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "TemporaryDirectory", _nothing_can_be_written)
    monkeypatch.setattr(compiling, "modules", lambda: ["one", "two"])
    monkeypatch.setattr(compiling, "object_code", lambda name: name.encode())
    compiling.compile_all()
    assert machine_code._loaded.objects == {"one": b"one", "two": b"two"}


@pytest.mark.slow
def test_what_a_process_compiles_for_itself_runs(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    program = f"import tempfile\ndef no(*_, **__): raise OSError\ntempfile.TemporaryDirectory = no\n{_PROGRAM}"
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "file")}
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["compiling", "[1, 1, 1, 1] True"]


def test_every_module_of_the_kernels_is_told_of() -> None:
    told = re.findall(r"^``(\w+)``", kernels.__doc__ or "", re.MULTILINE)
    assert sorted(told) == sorted(module.name for module in iter_modules(kernels.__path__))


def test_without_numba_it_is_said_what_to_do(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_compiled_aside", lambda wanted: {})
    for name in [name for name in sys.modules if name.split(".")[0] == "numba"] or ["numba"]:
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(NotCompiled, match="numba among them"):
        compiling.compile_all()
