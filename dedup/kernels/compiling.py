"""The first use: kernels are compiled, which takes seconds, so it is said, and two cores share the work.

numba compiles one kernel at a time in a process, and loads from its cache what another process has put there. So when
the first kernel has to be compiled, a second process is started that compiles :data:`ASIDE`, while this one compiles
the others and then waits for it. Should the second process fail, this one compiles everything itself.

numba announces a compilation as an event; loading a cached kernel is none. Measured, two cores, empty cache: 20.5 s of
processor time, 11.4 s on the clock.
"""

from __future__ import annotations

import atexit
import contextlib
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import dedup.kernels

ASIDE = ("alignment", "titles")
"""The modules that the second process compiles, half of the work."""
_PATIENCE = 120
"""Seconds to wait for the second process."""

_listening: list[Any] = []
_started: list[subprocess.Popen[bytes]] = []


def prepare(say: Callable[[], None]) -> None:
    """Load all kernels; if one has to be compiled for that, call ``say``, once, and share the work."""
    _announce(say)
    for name in modules():
        if name not in ASIDE:
            import_module(f"dedup.kernels.{name}")
    if _started:
        with contextlib.suppress(subprocess.TimeoutExpired):
            _started[0].wait(_PATIENCE)
    aside()
    _forget()


def modules() -> list[str]:
    """The kernel modules."""
    return [module.name for module in iter_modules(dedup.kernels.__path__) if module.name != "compiling"]


def _announce(say: Callable[[], None]) -> None:
    """Have it said, and the work shared, when the first kernel of this process has to be compiled."""
    from numba.core import event

    class Announcement(event.Listener):
        def on_start(self, started: Any) -> None:
            _forget()
            say()
            if not _started:
                _share()

        def on_end(self, ended: Any) -> None:
            pass

    _forget()
    _listening.append(Announcement())
    event.register("numba:compile", _listening[0])


def _forget() -> None:
    from numba.core import event

    while _listening:
        event.unregister("numba:compile", _listening.pop())


def _share() -> None:
    """Start the second process, with this very package and nothing of the working directory; it ends with its work, and
    nobody reads what it says."""
    root = str(Path(dedup.__file__).parents[1])
    program = f"import sys; sys.path.insert(0, {root!r}); from dedup.kernels.compiling import aside; aside()"
    line = [sys.executable, "-P", "-c", program]
    nothing = subprocess.DEVNULL
    with contextlib.suppress(OSError):
        _started.append(subprocess.Popen(line, stdin=nothing, stdout=nothing, stderr=nothing))
        atexit.register(_started[0].poll)


def aside() -> None:
    """What the second process does."""
    for name in ASIDE:
        import_module(f"dedup.kernels.{name}")
