"""What the hash needs of the machine and numba has no word for: unaligned loads and stores, a folded 128-bit product.

Each intrinsic is one or two LLVM instructions. They do no bounds check: a caller allocates :data:`SLACK` bytes more
than it uses, and indices are never negative (numba's own indexing would test for that at every byte, which alone cost
a third of the hashing time: 0.44 s against 0.31 s for 6.6 M shingles). numba and llvmlite are imported where
instructions are written, since the machine code of kernels is used without them.
"""

from __future__ import annotations

from typing import Any

from dedup.kernels.parts import Intrinsic

SLACK = 16
"""Bytes an output buffer has beyond its last used one, so that a store of eight may overhang."""


def _pointer(context: Any, builder: Any, array_type: Any, array: Any, index: Any, bits: int) -> Any:
    from llvmlite import ir

    data = context.make_array(array_type)(context, builder, array).data
    return builder.bitcast(builder.gep(data, [index]), ir.IntType(bits).as_pointer())


def _loader(bits: int) -> Intrinsic:
    def load(typing_context: Any, array: Any, index: Any) -> Any:
        from llvmlite import ir
        from numba import types

        def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
            value = builder.load(_pointer(context, builder, signature.args[0], args[0], args[1], bits))
            value.align = 1
            return value if bits == 64 else builder.zext(value, ir.IntType(64))

        return types.uint64(array, types.intp), codegen

    return Intrinsic(load)


load_u64 = _loader(64)
"""``load_u64(bytes, i)``: the eight bytes from i, first byte lowest."""
load_u32 = _loader(32)
"""``load_u32(bytes, i)``: the four bytes from i, first byte lowest, as uint64."""
load_u8 = _loader(8)
"""``load_u8(bytes, i)``: one byte as uint64."""


@Intrinsic
def load_at(typing_context: Any, address: Any) -> Any:
    """``load_at(address)``: the eight bytes at an address of this process; who asks keeps alive what lies there."""
    from llvmlite import ir
    from numba import types

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        value = builder.load(builder.inttoptr(args[0], ir.IntType(64).as_pointer()))
        value.align = 1
        return value

    return types.uint64(types.uint64), codegen


@Intrinsic
def load_entry(typing_context: Any, table: Any, index: Any) -> Any:
    """``load_entry(table, i)``: element i of a uint64 array, index not checked for being negative."""
    from numba import types

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        data = context.make_array(signature.args[0])(context, builder, args[0]).data
        return builder.load(builder.gep(data, [args[1]]))

    return types.uint64(table, types.intp), codegen


@Intrinsic
def fetch(typing_context: Any, array: Any, index: Any) -> Any:
    """``fetch(bytes, i)``: byte i will be wanted soon, for reading and writing."""
    from llvmlite import ir
    from numba import types

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer, number = _pointer(context, builder, signature.args[0], args[0], args[1], 8), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [pointer.type, number, number, number])
        prefetch = builder.module.declare_intrinsic("llvm.prefetch", [pointer.type], kind)
        builder.call(prefetch, [pointer, number(1), number(3), number(1)])
        return context.get_dummy_value()

    return types.void(array, types.uint64), codegen


@Intrinsic
def store_u32(typing_context: Any, array: Any, index: Any, value: Any) -> Any:
    """``store_u32(bytes, i, value)``: write the low four bytes of value at i, lowest first."""
    from llvmlite import ir
    from numba import types

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        pointer = _pointer(context, builder, signature.args[0], args[0], args[1], 32)
        builder.store(builder.trunc(args[2], ir.IntType(32)), pointer).align = 1
        return context.get_dummy_value()

    return types.void(array, types.intp, types.uint64), codegen


@Intrinsic
def multiply_fold(typing_context: Any, a: Any, b: Any) -> Any:
    """``(a * b)`` as 128 bits, its low half xor its high half."""
    from llvmlite import ir
    from numba import types

    u64, u128 = ir.IntType(64), ir.IntType(128)

    def codegen(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        product = builder.mul(builder.zext(args[0], u128), builder.zext(args[1], u128))
        high = builder.trunc(builder.lshr(product, ir.Constant(u128, 64)), u64)
        return builder.xor(builder.trunc(product, u64), high)

    return types.uint64(types.uint64, types.uint64), codegen
