"""What kernels are made of: functions that only other kernels call, and small arrays to begin with.

A part is compiled into the kernels that call it and has no door of its own; LLVM puts it where it is called. Nothing is
compiled, and numba is not loaded, when a part is declared. Called from Python, which only tests do, a part is compiled
by itself, then and there.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

OPTIONS = {"nogil": True, "error_model": "numpy"}
"""How numba compiles kernels and parts: division by zero gives what C gives, there is no test for it."""


class Part:
    """A function that kernels call. ``options`` are numba's, beside :data:`OPTIONS`."""

    def __init__(self, function: Callable[..., Any], **options: Any) -> None:
        functools.update_wrapper(self, function)
        self.function = function
        self.options = options

    @property
    def symbol(self) -> tuple[str, str]:
        """The module it stands in, among those of this package, and its name."""
        return self.function.__module__.rpartition(".")[2], self.function.__name__

    def __call__(self, *arguments: Any) -> Any:
        """Compile the part for these arguments and run it."""
        from dedup.kernels import object_code

        return object_code.in_python(self)(*arguments)


class Intrinsic(Part):
    """A function given as LLVM instructions, as :func:`numba.extending.intrinsic` takes it."""


def part(function: Callable[..., Any]) -> Part:
    """Declare the function below a part."""
    return Part(function)


def inlined(function: Callable[..., Any]) -> Part:
    """Declare the function below a part that LLVM must put where it is called, however large."""
    return Part(function, forceinline=True)


@part
def numbers(count):
    """0, 1, ... count - 1."""
    out = np.empty(count, np.int64)
    for n in range(count):
        out[n] = n
    return out


@part
def nowhere(count):
    """As many times -1, int32."""
    out = np.empty(count, np.int32)
    for n in range(count):
        out[n] = -1
    return out
