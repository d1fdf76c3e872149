"""The first use: kernels are compiled, which takes seconds, so it is said, and two cores share the work.

numba compiles one kernel at a time in a process, and loads from its cache what another process has put there. So when
the first kernel has to be compiled, a second process is started that compiles the kernel modules from the last to the
first, while this one goes on from the first to the last; where they meet, the rest is in the cache. Nobody waits for
the other: should the second process fail, this one compiles everything itself.

numba announces a compilation as an event; loading a cached kernel is none. Measured, two cores, empty cache: 10.5 s
alone, 7.3 s shared.
"""

from __future__ import annotations

import atexit
import contextlib
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import dedup.kernels

FIRST = ("memory", "utf8", "text")
"""The modules that every job loads first, so the last that the second process comes to."""

_listening: list[Any] = []
_started: list[subprocess.Popen[bytes]] = []


def announce(say: Callable[[], None]) -> None:
    """When the first kernel of this process has to be compiled, call ``say``, once, and have the work shared; whoever
    announced before is forgotten."""
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
    """Start the second process; it ends with its work, and nobody reads what it says."""
    line = [sys.executable, "-m", "dedup.kernels.compiling"]
    nothing = subprocess.DEVNULL
    with contextlib.suppress(OSError):
        _started.append(subprocess.Popen(line, stdin=nothing, stdout=nothing, stderr=nothing))
        atexit.register(_started[0].poll)


def modules() -> list[str]:
    """The kernel modules, those that every job loads first at the end."""
    names = [module.name for module in iter_modules(dedup.kernels.__path__) if module.name != "compiling"]
    return sorted(names, key=lambda name: (FIRST[::-1].index(name) if name in FIRST else -1, name))


if __name__ == "__main__":
    for kernel in modules():
        import_module(f"dedup.kernels.{kernel}")
