"""What kernels are made of: functions that only other kernels call, and small arrays to begin with.

numba gives each compiled function two doors, one for Python and one for C, and compiles them too. A part needs neither;
without them, and without numpy's general ways of filling an array, the first use takes 6 s less.
"""

from __future__ import annotations

import numba as nb
import numpy as np

part = nb.njit(nogil=True, error_model="numpy", no_cpython_wrapper=True, no_cfunc_wrapper=True)
"""A function of kernels that Python must never call (there is no door: the process would crash); LLVM puts it where it
is called."""

step = nb.njit(nogil=True, error_model="numpy")
"""The same with a door for Python: a step of a kernel that tests compare with its twin by itself."""


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
