"""Hashes of tokens, and of runs of tokens: what words are known by from folding on.

    hash(token) = fold over its bytes, eight at a time:  h = (h >> 31 ^ h + word) * K;  bit 1 set, bit 0 for a number

Equal tokens have equal hashes; unequal ones share one with probability 2**-62 a pair, so what is found by hash is taken
as found without looking at the letters again. A number is a token that begins with a digit, and no hash is 0.

    hash(number) = scatter(1 and its digits, read as one number) << 2 | 3

holds for a number of up to :data:`DIGITS` digits. Scattering can be taken back, so what such a hash stands for is known
from it (:func:`read_number`), and "5" and "820" make 5820 without their letters
(:mod:`dedup.kernels.numerals`). The 1 before the digits keeps "05" and "5" apart. A number with decimals has a hash of
both parts (:func:`hash_decimal`), also where it is one token: some desks write the decimals first and the letter ra
between, 63ra54 for 54.63 (449 times in 22,683 articles).

A run of tokens adds up the mixed hashes of its words, each offset by its number in the run. The sum knows the order,
and no word waits for the one before it: a chain of multiplications would take three times as long.

Indices in hot loops are unsigned where they can be: numba tests signed ones for being negative.

Cost, 6.7 M tokens, one core: 21 to 27 ms, 2 of them for numbers (twice that with a branch for tokens of more than eight
bytes; XXH3 of each word took 100 ms). Source: the multipliers are primes of XXH64.
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import int32, kernel, uint8, uint64, void
from dedup.kernels.memory import load_entry, load_u8, load_u64
from dedup.kernels.parts import inlined, part

K0, K1, K2 = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
DIGITS = 18
"""Digits of the longest number that its hash tells: with a 1 before them they are below 2**62."""
GROUP = np.uint64(1000)
"""A group of three digits is read as 1000 and more, for the 1 before its digits."""
FULL = np.uint64(2 * 10**9)
"""Nine digits with a 1 before them are below it; a fourth group is the last, 999,999,999,999. What goes on in threes
beyond that is a table."""
_WIDTH = np.uint64(2**62 - 1)
_BACK = np.uint64(pow(int(K0), -1, 2**62))
"""What multiplying by K0 is taken back with."""
MASKS = np.array([[(1 << 8 * max(0, min(8, n - 8 * w))) - 1 for w in range(3)] for n in range(25)], np.uint64).ravel()
"""For a token of n bytes, up to 24, which bytes of its first three words are its own: ``MASKS[3 * n : 3 * n + 3]``."""


@inlined
def right(x, n):
    """``x`` shifted right by n bits."""
    return x >> np.uint64(n)


@inlined
def mixed(h, x):
    """One step of a hash: ``h`` with the word ``x``."""
    h = (h ^ x) * K1
    return h ^ right(h, 32)


@inlined
def of_run(hashes, first, last):
    """The hash of the tokens ``first:last``."""
    h = np.uint64(last - first) * K2
    for t in range(first, last):
        h += mixed(hashes[t], np.uint64(t - first) * K0)
    return h


@inlined
def _scatter(value):
    """Another number below 2**62, by which it is known: multiplying by an odd number can be taken back, and so can this
    shift, which is half of the width."""
    value = (value ^ right(value, 31)) * K0 & _WIDTH
    return value ^ right(value, 31)


@inlined
def _gather(scattered):
    """What :func:`_scatter` made of it, taken back."""
    value = (scattered ^ right(scattered, 31)) * _BACK & _WIDTH
    return value ^ right(value, 31)


@inlined
def read_number(h):
    """The digits behind a 1 of the number with this hash; of other words, and of a longer number, something else below
    2**62, which is below a million with probability 2**-42."""
    return _gather(right(h, 2))


@inlined
def hash_number(value):
    """The hash of the number whose digits behind a 1 are ``value``."""
    return _scatter(value) << np.uint64(2) | np.uint64(3)


@inlined
def opens(digits):
    """The same digits behind a 1 if groups of three may follow them: up to three, the first no 0. Else 0."""
    one, two = digits - np.uint64(11) < np.uint64(9), digits - np.uint64(110) < np.uint64(90)
    three = digits - np.uint64(1100) < np.uint64(900)
    return digits if one | two | three else np.uint64(0)


@inlined
def with_group(opened, digits):
    """The digits of a number that :func:`opens` and the three of the next word; 0 if it has not three, or nothing may
    follow (0)."""
    group = digits - GROUP
    grows = (opened != np.uint64(0)) & (opened < FULL) & (group < GROUP)
    return opened * GROUP + group if grows else np.uint64(0)


@inlined
def hash_decimal(whole, decimals):
    """The hash of a number with decimals, both as digits behind a 1; without the zeros at their end, so that of 2.0 is
    that of 2."""
    while decimals % np.uint64(10) == np.uint64(0):
        decimals //= np.uint64(10)
    if decimals == np.uint64(1):
        return hash_number(whole)
    return mixed(hash_number(whole), decimals) | np.uint64(3)


@kernel(void(uint64[::1], uint64[::1], uint64[::1]))
def pair_keys(first, second, keys):
    """The keys of phrases whose first two words have these hashes; two equal words must not cancel out."""
    for n in range(len(keys)):
        keys[n] = mixed(right(first[n], 1), second[n])


@part
def _digits(letters, i, end):
    """The digits ``letters[i:end]`` behind a 1, as a number, and 0 if one of them is none."""
    value = np.uint64(1)
    while i < end:
        digit = load_u8(letters, i) - np.uint64(48)
        if digit >= np.uint64(10):
            return np.uint64(0)
        value = value * np.uint64(10) + digit
        i += 1
    return value


@part
def _around_ra(letters, i, end):
    """The hash of ``letters[i:end]`` if that is up to six decimals, a ra and a number of up to twelve digits, else 0.
    Three decimals are the thousands that they would be behind a point."""
    ra = i
    while ra < end and load_u8(letters, ra) - np.uint64(48) < np.uint64(10):
        ra += 1
    if ra - i > 6 or end - ra > 14 or end - ra < 3:
        return np.uint64(0)
    if load_u8(letters, ra) != np.uint64(0xD8) or load_u8(letters, ra + 1) != np.uint64(0xB1):
        return np.uint64(0)
    decimals, whole = _digits(letters, i, ra), _digits(letters, ra + 2, end)
    if whole == np.uint64(0):
        return np.uint64(0)
    longer = with_group(opens(whole), decimals)
    return hash_number(longer) if longer != np.uint64(0) else hash_decimal(whole, decimals)


@inlined
def token_hash(letters, masks, i, end):
    """The hash of the token ``letters[i:end]``; ``masks`` are :data:`MASKS`.

    Twenty-four bytes without a branch: of Arabic words half are longer than eight bytes, 3 % longer than sixteen and
    hardly any longer than 24, and a mispredicted branch costs more than two loads.
    """
    n = end - i
    digit = load_u8(letters, i) - np.uint64(48) < np.uint64(10)
    if digit and n <= DIGITS + 2:
        value = _digits(letters, i, end) if n <= DIGITS else np.uint64(0)
        number = hash_number(value) if value != np.uint64(0) else _around_ra(letters, i, end)
        if number != np.uint64(0):
            return number
    at = min(n, np.int64(24)) * 3
    h = (load_u64(letters, i) & load_entry(masks, at)) * K0
    h = ((h ^ right(h, 29)) + (load_u64(letters, i + 8) & load_entry(masks, at + 1))) * K1
    h = ((h ^ right(h, 31)) + (load_u64(letters, i + 16) & load_entry(masks, at + 2)) + np.uint64(n)) * K0
    i += 24
    while i < end:
        h = mixed(h, load_u64(letters, i) & load_entry(masks, min(end - i, np.int64(8)) * 3))
        i += 8
    return ((h ^ right(h, 32)) & ~np.uint64(3)) | np.uint64(2) | np.uint64(digit)


@kernel(void(uint8[::1], uint64[::1], int32[::1], int32[::1], uint64[::1]))
def hash_tokens(letters, masks, token_start, token_end, hashes):
    """Hash every token ``letters[token_start[t]:token_end[t]]``; letters are readable 24 bytes beyond the last one's
    start, ``masks`` are :data:`MASKS`."""
    for t in range(np.uint64(len(token_start))):
        hashes[t] = token_hash(letters, masks, np.int64(token_start[t]), np.int64(token_end[t]))
