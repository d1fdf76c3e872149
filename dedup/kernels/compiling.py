"""The first use: kernels are compiled, which takes seconds, so it is said, and two processes share the work.

Each process takes the module that takes longest of those that none has taken, so both end at about the same time;
what they leave undone (they may not start, be ended, or have no folder to write to) is compiled here. Of several
programs that find no machine code one compiles and the others wait for it. A process of its own may also compile in a
way that would spoil numba for whatever else runs in it (:func:`dedup.kernels.object_code.bare`).

Limits: where Python cannot be started again (a frozen program) all is compiled here, by one processor.
"""

from __future__ import annotations

import contextlib
import gc
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from pkgutil import iter_modules

import dedup.kernels
from dedup.errors import NotCompiled
from dedup.kernels import machine_code
from dedup.kernels.object_code import bare, kernels_of, object_code

HEAVIEST = ("alignment", "text", "overlap", "rarity", "firsts", "scan", "slots", "openings", "repeats", "own")
"""Modules compiled first, by processor time, so that no process ends long after the other: 5.2, 2.1, 1.3, 1.1, 1.1,
0.9, 0.7, 0.7, 0.6 and 0.6 s."""
_PROCESSES = 2
_PATIENCE = 300
"""Seconds to wait for the processes: ten times what the slowest machine that was tried needed."""


def prepare(say: Callable[[], None]) -> None:
    """See that there are compiled kernels; call ``say`` if they have to be compiled for that."""
    if not machine_code.present():
        say()
        compile_all()


def modules() -> list[str]:
    """The modules with kernels, those that take longest first."""
    names = [module.name for module in iter_modules(dedup.kernels.__path__)]
    return [*HEAVIEST, *(name for name in names if name not in HEAVIEST and kernels_of(name))]


def compile_all() -> None:
    """Compile every kernel and keep the machine code. Raises NotCompiled where there is no numba."""
    with _one_at_a_time():
        if machine_code.present():
            return
        wanted = modules()
        objects = _compiled_aside(wanted)
        missing = [name for name in wanted if name not in objects]
        try:
            machine_code.keep(objects | {name: object_code(name) for name in missing})
        except ImportError as error:
            raise NotCompiled(str(error)) from error


def _compiled_aside(wanted: list[str]) -> machine_code.Objects:
    """What processes of their own make of the modules; each takes the next that none has taken. Nothing where this
    Python cannot be started again, or no folder can be written to, or what was written there is lost."""
    import tempfile

    if not sys.executable or getattr(sys, "frozen", False):
        return {}
    with (
        contextlib.suppress(OSError),
        tempfile.TemporaryDirectory(prefix="dedup-kernels-", ignore_cleanup_errors=True) as folder,
    ):
        _compile_into(folder)
        made = {name: Path(folder, f"{name}.o") for name in wanted}
        return {name: path.read_bytes() for name, path in made.items() if path.exists()}
    return {}


def _compile_into(folder: str) -> None:
    """Start the processes, and wait for them."""
    nothing = subprocess.DEVNULL
    root = str(Path(dedup.__file__).parents[1])
    program = f"import sys; sys.path.insert(0, {root!r}); from dedup.kernels.compiling import work; work(sys.argv[1])"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NUMBA_")}
    environment["OPENBLAS_NUM_THREADS"] = "1"  # its threads wait busily at first, 0.1 s
    started = []
    try:
        with contextlib.suppress(OSError):
            for _ in range(_PROCESSES):
                line = [sys.executable, "-P", "-c", program, folder]
                started.append(subprocess.Popen(line, stdin=nothing, stdout=nothing, stderr=nothing, env=environment))
        with contextlib.suppress(subprocess.TimeoutExpired):
            for process in started:
                process.wait(_PATIENCE)
    finally:
        for process in started:
            process.kill()
            process.wait()


def work(folder: str) -> None:
    """What a process of its own does: compile modules that no other has taken, into ``folder``."""
    gc.disable()  # it would walk hundreds of thousands of objects that stay, a tenth of the time; memory is 0.3 GB
    bare()
    for name in modules():
        with contextlib.suppress(FileExistsError):
            Path(folder, f"{name}.taken").open("x").close()
            aside = Path(folder, f"{name}.part")
            aside.write_bytes(object_code(name))
            aside.rename(Path(folder, f"{name}.o"))


@contextlib.contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Of several processes that find no machine code one compiles, the others wait (where the system can lock)."""
    with contextlib.ExitStack() as held:
        with contextlib.suppress(ImportError, OSError):
            import fcntl

            lock = held.enter_context(machine_code.lock_file())
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
