"""Tells when kernels are being compiled, so that the first run's seconds are explained.

numba announces a compilation as an event; loading a cached kernel is none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def announce(say: Callable[[], None]) -> None:
    """Call ``say`` once, when the first kernel of this process has to be compiled."""
    from numba.core import event

    class Announcement(event.Listener):
        def on_start(self, started: Any) -> None:
            event.unregister("numba:compile", self)
            say()

        def on_end(self, ended: Any) -> None:
            pass

    event.register("numba:compile", Announcement())
