"""Object code: what numba makes of a module's kernels, written as one object.

numba types a kernel and the parts it is made of and writes LLVM code for each. What numba would do besides is left out:
doors for Python and for C, optimising every part by itself, machine code of every part. The code of a module is put
together once, optimised once and written once. In a process that does nothing else this is done by taking the place of
numba's code generator (:func:`bare`); without that, numba's own is used, and it takes longer.

Every kernel gets a *door*, a function of addresses, lengths and numbers that makes arrays of them and calls it; its
native function is what Python calls (:mod:`dedup.kernels.door`). Arrays that kernels make need memory, which numba's
runtime, that is not there, would give: :func:`_memory` takes its place with malloc and free. That nothing else is
missing is looked at before an object is given away (:func:`_check`), so a kernel fails when compiled, not when it runs.

Cost, all kernels, alternating with all that numba does: 0.63 of the processor time, 12.9 s instead of 20.5 s. Parts
that numba itself inlined before types are known, over and over, took 2.6 s more. Limits: kernels may not use lists,
strings or printing; names of numba's insides (``JITCodeLibrary``, ``_final_module``) are relied upon, here only.
"""

from __future__ import annotations

import sys
import types
from importlib import import_module
from typing import Any

from dedup.kernels.door import Array, Kernel, Scalar, void
from dedup.kernels.parts import OPTIONS, Intrinsic, Part

_C_LIBRARY = {"memset", "memcpy", "memmove", "malloc", "free", "log", "exp", "pow", "log2", "log10", "round", "rint"}
"""What machine code may call."""
_HEADER = 48
"""Bytes of numba's MemInfo: count of references, destructor and its argument, data, size, allocator."""


def kernels_of(name: str) -> list[Kernel]:
    """The kernels that a module of this package declares."""
    module = import_module(f"dedup.kernels.{name}")
    return [one for one in vars(module).values() if isinstance(one, Kernel) and one.symbol[0] == name]


class _Functions:
    """Kernels and parts as numba's functions: copies of them in whose global names the others are numba's too."""

    def __init__(self, **options: Any) -> None:
        self._options = {**OPTIONS, **options}
        self._made: dict[Part, Any] = {}
        self._names: dict[str, dict[str, Any]] = {}

    def __call__(self, one: Part) -> Any:
        import numba
        from numba.extending import intrinsic

        if one not in self._made:
            if isinstance(one, Intrinsic):
                self._made[one] = intrinsic(one.function)
            else:
                function = one.function
                names = self._names_in(function.__module__)
                copy = types.FunctionType(function.__code__, names, function.__name__, closure=function.__closure__)
                self._made[one] = numba.njit(**self._options, **one.options)(copy)
        return self._made[one]

    def _names_in(self, module: str) -> dict[str, Any]:
        if module not in self._names:
            names = self._names[module] = dict(vars(sys.modules[module]))
            names.update({name: self(one) for name, one in list(names.items()) if isinstance(one, Part)})
        return self._names[module]


in_python = _Functions()
"""Parts as functions that Python may call; for tests."""
_without_doors = _Functions(no_cpython_wrapper=True, no_cfunc_wrapper=True)


def object_code(name: str) -> bytes:
    """The machine code of a module's kernels, as an object file."""
    from numba.core import codegen
    from numba.core.compiler_lock import global_compiler_lock

    with global_compiler_lock:
        made = {one: _door(one) for one in kernels_of(name)}
        generator = next(iter(made.values())).library.codegen
        library = generator.create_library(name)
        module = library._final_module
        for part in _put_together([door.library for door in made.values()]):
            module.link_in(part._final_module, preserve=True)
        module.link_in(_memory(generator))
        for one, door in made.items():
            module.get_function(door.fndesc.llvm_func_name).name = ".".join(one.symbol)
        doors = {".".join(one.symbol) for one in made}
        for function in module.functions:
            if not function.is_declaration and function.name not in doors:
                function.linkage = "internal"
        codegen.CPUCodeLibrary._optimize_final_module(library)
        _check(name, module)
        return bytes(generator._tm.emit_object(module))


def _put_together(libraries: list[Any]) -> list[Any]:
    """The libraries and, where they do not hold them already, those they need; each once."""
    found = dict.fromkeys(libraries)
    waiting = list(found)
    while waiting:
        library = waiting.pop()
        library._ensure_finalized()
        if getattr(library, "bare", False):
            new = [one for one in library._linking_libraries if one not in found]
            found.update(dict.fromkeys(new))
            waiting += new
    return list(found)


def _check(name: str, module: Any) -> None:
    """A symbol that nobody has would end the process when the code is loaded."""
    called = {function.name for function in module.functions if function.is_declaration}
    strange = {symbol for symbol in called if not symbol.startswith("llvm.")} - _C_LIBRARY
    if strange:
        raise RuntimeError(f"kernels of {name} call {', '.join(sorted(strange))}, which only numba's runtime has")


def _door(one: Kernel) -> Any:
    """numba's result of compiling a kernel's door."""
    import numba

    names, c_types, passed = [], [], []
    for number, kind in enumerate(one.signature.arguments):
        if isinstance(kind, Array):
            lengths = [f"n{number}_{axis}" for axis in range(kind.ndim)]
            names += [f"a{number}", *lengths]
            c_types += [numba.types.CPointer(_numba(kind.kind)), *(numba.int64,) * kind.ndim]
            passed.append(f"carray(a{number}, ({', '.join(lengths)},))")
        else:
            names.append(f"a{number}")
            c_types.append(_numba(kind))
            passed.append(names[-1])
    result = one.signature.result
    source = f"def door({', '.join(names)}):\n    {'' if result is void else 'return '}kernel({', '.join(passed)})\n"
    given: dict[str, Any] = {"__name__": __name__, "kernel": _without_doors(one), "carray": numba.carray}
    exec(source, given)
    signature = _numba(result)(*c_types)
    door = numba.njit(signature, **OPTIONS, no_cpython_wrapper=True, no_cfunc_wrapper=True)(given["door"])
    return door.overloads[signature.args]


def _numba(kind: Scalar) -> Any:
    """numba's word for a kind of number."""
    import numba

    return getattr(numba, kind.name)


def bare() -> None:
    """Let numba in this process, which must not have compiled anything yet, write LLVM code and do no more with it."""
    sys.modules["scipy"] = None  # type: ignore[assignment]  # numba would look for its BLAS, which takes 0.15 s
    from numba.core import codegen

    class Library(codegen.JITCodeLibrary):
        """Code as it was written: not put together with what it calls, not optimised, not made to run."""

        bare = True

        def _optimize_functions(self, module: Any) -> None:
            pass

        def finalize(self) -> None:
            self._finalized = True

        def get_pointer_to_function(self, name: str) -> int:
            return 0

    class Generator(codegen.JITCPUCodegen):
        _library_class = Library

        def _customize_tm_options(self, options: dict[str, Any]) -> None:
            super()._customize_tm_options(options)
            options.update(reloc="pic", codemodel="default")
            options.pop("jit", None)

        def _add_module(self, module: Any) -> None:
            pass

        def set_env(self, name: str, env: Any) -> None:
            pass

    codegen.JITCPUCodegen = Generator


def _memory(generator: Any) -> Any:
    """What numba's code asks of its runtime: aligned memory behind a MemInfo with one reference, and to free it."""
    import llvmlite.binding as llvm
    from llvmlite import ir

    word, count, byte = ir.IntType(64), ir.IntType(32), ir.IntType(8).as_pointer()
    module = generator._create_empty_module("memory")
    malloc = ir.Function(module, ir.FunctionType(byte, [word]), "malloc")
    free = ir.Function(module, ir.FunctionType(ir.VoidType(), [byte]), "free")

    allocate = ir.Function(module, ir.FunctionType(byte, [word, count]), "NRT_MemInfo_alloc_aligned")
    build = ir.IRBuilder(allocate.append_basic_block())
    size, align = allocate.args[0], build.zext(allocate.args[1], word)
    room = build.add(align, ir.Constant(word, _HEADER))
    header = build.call(malloc, [build.add(size, room)])
    with build.if_then(build.icmp_unsigned("==", header, ir.Constant(byte, None))):
        build.ret(ir.Constant(byte, None))
    last = build.add(build.ptrtoint(header, word), build.sub(room, ir.Constant(word, 1)))
    data = build.and_(last, build.neg(align))
    fields = build.bitcast(header, word.as_pointer())
    zero = ir.Constant(word, 0)
    for number, value in enumerate([ir.Constant(word, 1), zero, zero, data, size, zero]):
        build.store(value, build.gep(fields, [ir.Constant(count, number)]))
    build.ret(header)

    release = ir.Function(module, ir.FunctionType(ir.VoidType(), [byte]), "NRT_MemInfo_call_dtor")
    build = ir.IRBuilder(release.append_basic_block())
    build.call(free, [release.args[0]])
    build.ret_void()
    return llvm.parse_assembly(str(module))
