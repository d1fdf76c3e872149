"""The door: how Python calls a compiled kernel. numba is not needed for it, nor ever loaded once kernels are compiled.

    @kernel(int64(uint64[::1], int64, readonly(uint8[::1]), uint64[:, ::1]))
    def f(...): ...

declares a kernel and its one machine version, in numba's notation: result, then arguments. An array has C order, one or
two axes, and may be written to unless it is ``readonly``; a result is one number or nothing (``void``).

When a kernel is first called, its machine code is taken from disk, or else made (:mod:`dedup.kernels.machine_code`).
It is then called through ctypes, which lets go of the GIL, as numba's calling convention has it:

    int32 status = f(result *, exception **, data *, length[, length], number, ...)

Machine code believes what it is told, so the door looks at every argument: another dtype, order or number of axes, a
misaligned array, one that must not be written to, a number out of range are a TypeError or an OverflowError, as with
numba. What an array holds (indices, offsets) is the caller's promise. An exception inside (there is no memory) comes
out as such.

Measured, one core: a call costs 2 us and 2 us an array, where numba's own door takes 0.3 us in all; but a kernel is
called once a batch, 277 times for near copies of 97 MB. Importing ``dedup.near`` takes 0.20 s; with numba and the
kernels of its cache it took 0.63 s.
"""

from __future__ import annotations

import ctypes
import functools
import operator
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from dedup.kernels import machine_code
from dedup.kernels.parts import Part

_C_ORDER, _ALIGNED, _WRITEABLE = 0x1, 0x100, 0x400
"""Bits of ``ndarray.flags.num`` (NPY_ARRAY_...)."""
_AXES = {1: (slice(None, None, 1),), 2: (slice(None), slice(None, None, 1))}


@dataclass(frozen=True)
class Scalar:
    """A kind of number, by numba's name. ``kind[::1]`` and ``kind[:, ::1]`` are arrays of it, ``kind(...)`` the
    signature of a kernel that returns one."""

    name: str

    def __getitem__(self, axes: slice | tuple[slice, ...]) -> Array:
        one = axes if isinstance(axes, tuple) else (axes,)
        for count, wanted in _AXES.items():
            if one == wanted:
                return Array(self, count)
        raise TypeError(f"a kernel takes {self.name}[::1] or {self.name}[:, ::1]")

    def __call__(self, *arguments: Scalar | Array) -> Signature:
        """The signature of a kernel that takes these and returns one such number."""
        return Signature(self, arguments)

    @property
    def dtype(self) -> np.dtype[Any]:
        """numpy's name of it."""
        return np.dtype("bool" if self.name == "boolean" else self.name)

    def passed(self, value: Any) -> tuple[Any, ...]:
        """A number as ctypes takes it."""
        if self.name == "float64":
            return (float(value),)
        value = operator.index(value)
        lowest, bits = (0, 64) if self.name == "uint64" else (-(1 << 63), 63)
        if not lowest <= value < 1 << bits:
            raise OverflowError(f"{value} is no {self.name}")
        return (value,)

    @property
    def c_types(self) -> tuple[Any, ...]:
        """The C arguments a number becomes."""
        return ({"int64": ctypes.c_int64, "uint64": ctypes.c_uint64, "float64": ctypes.c_double}[self.name],)


@dataclass(frozen=True)
class Array:
    """An array of one kind of number in C order."""

    kind: Scalar
    ndim: int
    writeable: bool = True

    def passed(self, value: Any) -> tuple[Any, ...]:
        """An array as ctypes takes it: address and lengths."""
        if not isinstance(value, np.ndarray) or value.dtype != self.kind.dtype or value.ndim != self.ndim:
            raise TypeError(f"{self} is wanted, not {_told(value)}")
        wanted = _C_ORDER | _ALIGNED | (_WRITEABLE if self.writeable else 0)
        if value.flags.num & wanted != wanted:
            raise TypeError(f"{self} in C order{', to write to,' if self.writeable else ''} is wanted")
        return (value.__array_interface__["data"][0], *value.shape)

    @property
    def c_types(self) -> tuple[Any, ...]:
        """The C arguments an array becomes."""
        return (ctypes.c_void_p, *(ctypes.c_int64,) * self.ndim)

    def __str__(self) -> str:
        return f"an array of {self.kind.name} with {self.ndim} axis" if self.ndim == 1 else f"{self.kind.name}[:, :]"


@dataclass(frozen=True)
class Signature:
    """What a kernel gives and takes."""

    result: Scalar
    arguments: tuple[Scalar | Array, ...]


def readonly(array: Array) -> Array:
    """An array that the kernel does not write to."""
    return Array(array.kind, array.ndim, writeable=False)


void, boolean = Scalar("void"), Scalar("boolean")
uint8, uint16, uint32, uint64 = (Scalar(f"uint{bits}") for bits in (8, 16, 32, 64))
int8, int32, int64 = (Scalar(f"int{bits}") for bits in (8, 32, 64))
float64 = Scalar("float64")


class Kernel(Part):
    """A compiled loop that Python may call."""

    def __init__(self, function: Callable[..., Any], signature: Signature) -> None:
        super().__init__(function)
        self.signature = signature
        self._opened: Callable[..., int] | None = None

    def __call__(self, *arguments: Any) -> Any:
        """Run the machine code; for what is refused see the head of the module."""
        function = self._opened or self._open()
        wanted = self.signature.arguments
        if len(arguments) != len(wanted):
            raise TypeError(f"{self.function.__name__} takes {len(wanted)} arguments, not {len(arguments)}")
        result, fault = _RESULTS[self.signature.result.name](), ctypes.c_void_p()
        flat: list[Any] = []
        for number, (kind, value) in enumerate(zip(wanted, arguments, strict=True)):
            try:
                flat += kind.passed(value)
            except (TypeError, OverflowError) as error:
                names = self.function.__code__.co_varnames
                raise type(error)(f"{self.function.__name__}, {names[number]}: {error}") from None
        if function(ctypes.byref(result), ctypes.byref(fault), *flat) > 0:
            raise _raised(fault, self.function.__name__)
        return None if self.signature.result is void else result.value

    def _open(self) -> Callable[..., int]:
        flat = [c_type for kind in self.signature.arguments for c_type in kind.c_types]
        kind = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, *flat)
        self._opened = kind(machine_code.address(*self.symbol))
        return self._opened


_RESULTS: dict[str, Any] = {
    "void": ctypes.c_void_p, "int64": ctypes.c_int64, "uint64": ctypes.c_uint64, "float64": ctypes.c_double,
}  # fmt: skip


def kernel(signature: Signature) -> Callable[[Callable[..., Any]], Kernel]:
    """Declare the function below a kernel."""
    return functools.partial(Kernel, signature=signature)


def _told(value: Any) -> str:
    if not isinstance(value, np.ndarray):
        return type(value).__name__
    return f"one of {value.dtype} with {value.ndim}"


class _Fault(ctypes.Structure):
    """numba's excinfo_t, as far as it is read: pickled (class, arguments, place)."""

    _fields_ = (("data", ctypes.c_void_p), ("size", ctypes.c_int32))


def _raised(fault: ctypes.c_void_p, name: str) -> BaseException:
    """The exception that a kernel raised."""
    known = ctypes.cast(fault, ctypes.POINTER(_Fault)).contents
    try:
        kind, arguments, *_ = pickle.loads(ctypes.string_at(known.data, known.size))
        raised = kind(*(arguments or ()))
    except Exception:
        raised = None
    return raised if isinstance(raised, BaseException) else RuntimeError(f"the kernel {name} failed")
