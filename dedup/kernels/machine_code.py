"""Machine code of the kernels: kept on disk, loaded when one is called.

One file holds the object code of every kernel module. It is found again by what it depends on, so what is loaded was
made from these sources, by this numba, for this processor:

    name = hash of the sources of the kernels, numba's and llvmlite's version files, Python, processor and its features

The file lies in ``__pycache__`` beside the sources, or where NUMBA_CACHE_DIR says, or, if that cannot be written to, in
the user's own cache; where nothing can be written, every process compiles for itself. It is written aside and renamed,
and carries a checksum: what is cut or spoilt counts as absent and is made again.

Only llvmlite's loader is needed (0.03 s; numba would take 0.35 s). Machine code calls nothing but the C library.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import threading
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

import llvmlite.binding as llvm

Objects = dict[str, bytes]
"""Object code by kernel module."""

_MAGIC = b"dedup kernels 1\n"
_SOURCES = Path(__file__).parent


class _Loaded:
    """What this process has loaded: objects, and a linker for those that were asked for."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.objects: Objects | None = None
        self.linked: set[str] = set()
        self.linker: Any = None


_loaded = _Loaded()


def address(module: str, name: str) -> int:
    """Where a kernel's machine code begins; compiles all kernels if there is none yet. Safe in several threads."""
    with _loaded.lock:
        if not present():
            from dedup.kernels import compiling

            compiling.compile_all()
        return int(_linked(module).get_function_address(f"{module}.{name}"))


def present() -> bool:
    """Whether compiled kernels are at hand."""
    with _loaded.lock:
        if _loaded.objects is None:
            _loaded.objects = _found()
        return _loaded.objects is not None


def keep(objects: Objects) -> None:
    """Take newly compiled kernels into use, and write them where the next process will find them."""
    with _loaded.lock:
        _loaded.objects = objects
    for folder in _folders():
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / _file_name(), objects)
            return


def lock_file() -> IO[bytes]:
    """A file beside the machine code, to lock while it is made; OSError where nothing can be written."""
    for folder in _folders():
        with contextlib.suppress(OSError):
            folder.mkdir(parents=True, exist_ok=True)
            return (folder / "kernels.lock").open("ab")
    raise OSError("no folder can be written to")


def _linked(module: str) -> Any:
    if _loaded.linker is None:
        machine = llvm.Target.from_triple(llvm.get_process_triple()).create_target_machine()
        _loaded.linker = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    if module not in _loaded.linked:
        assert _loaded.objects is not None
        _loaded.linker.add_object_file(llvm.ObjectFileRef.from_data(_loaded.objects[module]))
        _loaded.linker.finalize_object()
        _loaded.linked.add(module)
    return _loaded.linker


def _write(path: Path, objects: Objects) -> None:
    """The file is whole or absent. Those made from other sources, by the same Python on the same processor, go."""
    names = "".join(f"{module} {len(code)}\n" for module, code in objects.items())
    body = f"{names}\n".encode() + b"".join(objects.values())
    aside = path.with_name(f"{path.name}.{os.urandom(6).hex()}")
    try:
        aside.write_bytes(_MAGIC + hashlib.blake2b(body, digest_size=16).digest() + body)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    for other in path.parent.glob(f"{path.name.partition('.')[0]}.*.bin"):
        if other != path:
            other.unlink(missing_ok=True)


def _found() -> Objects | None:
    for folder in _folders():
        with contextlib.suppress(OSError, ValueError):
            return _read(folder / _file_name())
    return None


def _read(path: Path) -> Objects:
    """ValueError if the file is not what was written."""
    data = path.read_bytes()
    head, body = data[: len(_MAGIC) + 16], data[len(_MAGIC) + 16 :]
    if head != _MAGIC + hashlib.blake2b(body, digest_size=16).digest():
        raise ValueError(f"{path} is spoilt")
    names, _, code = body.partition(b"\n\n")
    objects, at = {}, 0
    for line in names.decode().splitlines():
        module, size = line.split()
        objects[module] = code[at : at + int(size)]
        at += int(size)
    return objects


@cache
def _file_name() -> str:
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    features = llvm.get_host_cpu_features().flatten()
    machine = _digest(f"{sys.implementation.cache_tag} {llvm.get_host_cpu_name()} {features}".encode())
    sources = sorted(_SOURCES.glob("*.py"))
    made_from = [path.name.encode() + path.read_bytes() for path in sources]
    return f"kernels-{machine}.{_digest(*made_from, _version('numba'), _version('llvmlite'))}.bin"


def _version(package: str) -> bytes:
    """What tells one version of a package from another, without importing it: its version file, or else its path."""
    found = find_spec(package)
    if found is None or found.origin is None:
        return b""
    origin = Path(found.origin)
    try:
        return origin.with_name("_version.py").read_bytes()
    except OSError:
        return os.fsencode(origin)


def _digest(*parts: bytes) -> str:
    state = hashlib.blake2b(digest_size=10)
    for part in parts:
        state.update(len(part).to_bytes(8, "little") + part)
    return state.hexdigest()


def _folders() -> Iterator[Path]:
    """Where machine code may lie, best first. Shared folders have a folder for each place this package is in."""
    own = f"dedup-{_digest(os.fsencode(_SOURCES))}"
    if os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(os.environ["NUMBA_CACHE_DIR"]) / own
        return
    yield _SOURCES / "__pycache__"
    with contextlib.suppress(RuntimeError):
        yield _user_cache() / own


def _user_cache() -> Path:
    """RuntimeError where the user has no home."""
    if sys.platform == "win32" and os.environ.get("LOCALAPPDATA"):
        return Path(os.environ["LOCALAPPDATA"])
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
