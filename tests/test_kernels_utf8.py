"""Blocks of JSON lines: the vectors say of any bytes what the obvious way says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dedup.kernels.utf8 import LOOSE_BREAK, NOT_UTF8, check_lines

SOUND = [b"a", "م".encode(), "€".encode(), "😀".encode(), b"}\n{", b"{}"]
UNSOUND = [
    b"\n", b"\x80", b"\xc0\x80", b"\xc1\xbf", b"\xd8", b"\xe0\x80\x80", b"\xe2\x82", b"\xed\xa0\x80",
    b"\xf0\x8f\x80\x80", b"\xf4\x90\x80\x80", b"\xf5\x80\x80\x80", b"\xff",
]  # fmt: skip


def naive(data: bytes) -> int:
    """Decode, then look at each line break."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return NOT_UTF8
    breaks = [i for i, byte in enumerate(data) if byte == ord("\n")]
    alone = all(0 < i < len(data) - 1 and data[i - 1 : i + 2] == b"}\n{" for i in breaks)
    return len(breaks) if alone else LOOSE_BREAK


def answer(data: bytes, before: bytes = b"", behind: bytes = b"") -> int:
    return int(check_lines(np.frombuffer(before + data + behind, np.uint8), len(before), len(before) + len(data)))


pieces = st.lists(st.sampled_from(SOUND * 8 + UNSOUND), max_size=80).map(b"".join)


@given(pieces, st.binary(max_size=40), st.binary(max_size=40))
def test_the_kernel_equals_its_naive_twin_whatever_stands_around(data: bytes, before: bytes, behind: bytes) -> None:
    assert answer(data, before, behind) == naive(data)


@given(st.binary(max_size=200))
def test_the_kernel_equals_its_naive_twin_on_any_bytes(data: bytes) -> None:
    assert answer(data) == naive(data)


@pytest.mark.parametrize("wrong", [*UNSOUND, b"\xd8", "€".encode()[:2]], ids=repr)
@pytest.mark.parametrize("length", [0, 1, 29, 30, 31, 32, 33, 61, 63, 64, 65, 96])
def test_one_wrong_place_is_found_wherever_it_stands(wrong: bytes, length: int) -> None:
    letters = "م".encode() * 60
    for data in (letters[: 2 * (length // 2)] + wrong, b"x" * length + wrong + b"x" * 40, wrong + b"x" * length):
        assert answer(data) == naive(data)
        assert naive(data) < 0
