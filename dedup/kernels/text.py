"""From UTF-8 to tokens, from tokens to shingle hashes and a signature.

**Folding** is one pass: decode a code point, look its folded bytes up, append them, close a token at every separator.
Tokens are joined by one space, so the shingle of tokens ``t .. t+k-1`` is ``out[token_start[t] : token_end[t+k-1]]``
and is hashed where it lies. No newline is kept, so what stands before a token is noted. A table entry is one uint64 a
code point:

    bits 56-63  0 separator, 1 dropped (does not end a token), 2 folded bytes, 3 expansion
    bits 32-39  kind 2: length in bytes, 1..4 and never more than the code point's own UTF-8 (so folding does not grow)
    bits  0-31  kind 2: the bytes, first lowest; kind 3: number of the expansion

**Hashing** is XXH3 with 64 bits and seed 0 (Y. Collet, "XXH3", xxhash.com), bit for bit what
``xxhash.xxh3_64_intdigest`` gives. It was chosen over XXH64 by measurement: shingles are 17 to 128 bytes long, for
which XXH3 is a few independent products, while XXH64 ends in a loop over single bytes.

**Signing** is datasketch's scheme "affine32": the low 32 bits of the hash, mixed once by the MurmurHash3 finalizer
(a bijection), then ``min(a[p] * x + b[p] mod 2**32)`` over the shingles for each permutation p. Permutations are the
outer loop: the minimum stays in a register and the shingles stream through the vector unit.

Cost, 72.8 MB of Arabic UTF-8, 6.6 M shingles, 128 permutations, one core (Xeon, AVX-512): fold 0.135 s (0.172 s with a
span end stored at every letter instead of every word), shingle, hash and keep the distinct 0.03 s on top of signing
0.14 s (XXH64 with the same loads would add 0.09 s, with checked loads 0.22 s; shingles as the outer loop of signing
0.04 s). The hashes of single words have a cheaper function of their own (:mod:`dedup.kernels.hashing`).
"""

from __future__ import annotations

import numpy as np

from dedup.kernels.door import boolean, int32, int64, kernel, readonly, uint8, uint32, uint64
from dedup.kernels.memory import load_entry, load_u8, load_u32, load_u64, multiply_fold, store_u32
from dedup.kernels.numerals import POINT, behind_point, grown
from dedup.kernels.parts import inlined, part

_BYTES = readonly(uint8[::1])
_OFFSETS = readonly(int32[::1])
_TABLE = readonly(uint64[::1])

_XXH3_SECRET = bytes.fromhex(
    "b8fe6c3923a44bbe7c01812cf721ad1cded46de9839097db7240a4a4b7b3671fcb79e64eccc0e578825ad07dccff7221"
    "b8084674f743248ee03590e6813a264c3c2852bb91c300cb88d0658b1b532ea371644897a20df94e3819ef46a9deacd8"
    "a8fa763fe39c343ff9dcbbc7c70b4f1d8a51e04bcdb45931c89f7ec9d9787364eac5ac8334d3ebc3c581a0fffa1363eb"
    "170ddd51b7f0da49d316552629d4689e2b16be587d47a1fc8ff8b8d17ad031ce45cb3a8f95160428afd7fbcabb4b407e"
)


def _secret(i: int) -> np.uint64:
    return np.uint64(int.from_bytes(_XXH3_SECRET[i : i + 8], "little"))


_S = np.array([_secret(i) for i in range(185)], np.uint64)
_S0, _S8, _S16, _S24, _S32, _S40, _S48, _S56 = (_secret(i) for i in range(0, 64, 8))
_S64, _S72, _S80, _S88, _S96, _S104, _S112, _S120 = (_secret(i) for i in range(64, 128, 8))
_FLIP_9_LOW, _FLIP_9_HIGH = _S24 ^ _S32, _S40 ^ _S48
_FLIP_4, _FLIP_0 = _S8 ^ _S16, _S56 ^ _S64
_FLIP_1 = np.uint64(int.from_bytes(_XXH3_SECRET[0:4], "little") ^ int.from_bytes(_XXH3_SECRET[4:8], "little"))
_P1, _P2, _P3 = np.uint64(0x9E3779B185EBCA87), np.uint64(0xC2B2AE3D27D4EB4F), np.uint64(0x165667B19E3779F9)
_P4, _P5 = np.uint64(0x85EBCA77C2B2AE63), np.uint64(0x27D4EB2F165667C5)
_Q1, _Q2, _Q3 = np.uint64(0x9E3779B1), np.uint64(0x85EBCA77), np.uint64(0xC2B2AE3D)
_AVALANCHE, _RRMXMX = np.uint64(0x165667919E3779F9), np.uint64(0x9FB21C651E98DF25)
_LOW32 = np.uint64(0xFFFFFFFF)


@inlined
def _right(x, n):
    return x >> np.uint64(n)


@inlined
def _rotate(x, n):
    return (x << np.uint64(n)) | (x >> np.uint64(64 - n))


@inlined
def _swap(x):
    x = ((x & np.uint64(0x00FF00FF00FF00FF)) << np.uint64(8)) | (_right(x, 8) & np.uint64(0x00FF00FF00FF00FF))
    x = ((x & np.uint64(0x0000FFFF0000FFFF)) << np.uint64(16)) | (_right(x, 16) & np.uint64(0x0000FFFF0000FFFF))
    return (x << np.uint64(32)) | _right(x, 32)


@inlined
def _finish(h):
    h = (h ^ _right(h, 37)) * _AVALANCHE
    return h ^ _right(h, 32)


@inlined
def _finish_xxh64(h):
    h = (h ^ _right(h, 33)) * _P2
    h = (h ^ _right(h, 29)) * _P3
    return h ^ _right(h, 32)


@inlined
def _mix16(b, i, low, high):
    return multiply_fold(load_u64(b, i) ^ low, load_u64(b, i + 8) ^ high)


@inlined
def _xxh3_to_16(b, start, n):
    if n > 8:
        low = load_u64(b, start) ^ _FLIP_9_LOW
        high = load_u64(b, start + n - 8) ^ _FLIP_9_HIGH
        return _finish(np.uint64(n) + _swap(low) + high + multiply_fold(low, high))
    if n >= 4:
        x = (load_u32(b, start + n - 4) + (load_u32(b, start) << np.uint64(32))) ^ _FLIP_4
        x ^= _rotate(x, 49) ^ _rotate(x, 24)
        x *= _RRMXMX
        x = (x ^ (_right(x, 35) + np.uint64(n))) * _RRMXMX
        return x ^ _right(x, 28)
    if n > 0:
        c1, c2, c3 = load_u8(b, start), load_u8(b, start + (n >> 1)), load_u8(b, start + n - 1)
        x = (c1 << np.uint64(16)) | (c2 << np.uint64(24)) | c3 | (np.uint64(n) << np.uint64(8))
        return _finish_xxh64(x ^ _FLIP_1)
    return _finish_xxh64(_FLIP_0)


@inlined
def _xxh3_to_128(b, start, end):
    n = end - start
    h = np.uint64(n) * _P1
    if n > 32:
        if n > 64:
            if n > 96:
                h += _mix16(b, start + 48, _S96, _S104) + _mix16(b, end - 64, _S112, _S120)
            h += _mix16(b, start + 32, _S64, _S72) + _mix16(b, end - 48, _S80, _S88)
        h += _mix16(b, start + 16, _S32, _S40) + _mix16(b, end - 32, _S48, _S56)
    return _finish(h + _mix16(b, start, _S0, _S8) + _mix16(b, end - 16, _S16, _S24))


@inlined
def _accumulate(acc, b, at, secret_at):
    for i in range(8):
        value = load_u64(b, at + 8 * i)
        keyed = value ^ _S[secret_at + 8 * i]
        acc[i ^ 1] += value
        acc[i] += (keyed & _LOW32) * _right(keyed, 32)


@part
def _xxh3_long(b, start, end):
    """Above 128 bytes: rare among shingles, so not inlined."""
    n = end - start
    if n <= 240:
        h = np.uint64(n) * _P1
        for i in range(8):
            h += _mix16(b, start + 16 * i, _S[16 * i], _S[16 * i + 8])
        h = _finish(h)
        for i in range(8, n >> 4):
            h += _mix16(b, start + 16 * i, _S[16 * (i - 8) + 3], _S[16 * (i - 8) + 11])
        return _finish(h + _mix16(b, end - 16, _S[119], _S[127]))
    acc = np.empty(8, np.uint64)
    acc[0], acc[1], acc[2], acc[3], acc[4], acc[5], acc[6], acc[7] = _Q3, _P1, _P2, _P3, _P4, _Q2, _P5, _Q1
    blocks = (n - 1) >> 10
    for block in range(blocks + 1):
        stripes = 16 if block < blocks else (n - 1 - (blocks << 10)) >> 6
        for s in range(stripes):
            _accumulate(acc, b, start + (block << 10) + (s << 6), 8 * s)
        if block < blocks:
            for i in range(8):
                acc[i] = ((acc[i] ^ _right(acc[i], 47)) ^ _S[128 + 8 * i]) * _Q1
    _accumulate(acc, b, end - 64, 121)
    h = np.uint64(n) * _P1
    for i in range(4):
        h += multiply_fold(acc[2 * i] ^ _S[11 + 16 * i], acc[2 * i + 1] ^ _S[19 + 16 * i])
    return _finish(h)


@inlined
def _xxh3(b, start, end):
    n = end - start
    if n <= 16:
        return _xxh3_to_16(b, start, n)
    if n <= 128:
        return _xxh3_to_128(b, start, end)
    return _xxh3_long(b, start, end)


@kernel(uint64(uint8[::1], int64, int64))
def xxh3_64(padded, start, end):
    """XXH3, 64 bits, of ``padded[start:end]``; the array is readable 16 bytes beyond ``end``."""
    return _xxh3(padded, start, end)


@inlined
def _code_point(raw, i):
    """The code point that begins at byte ``i`` of valid UTF-8, and where the next one begins."""
    b0 = load_u8(raw, i)
    if b0 & np.uint64(0xE0) == np.uint64(0xC0):
        return ((b0 & np.uint64(0x1F)) << np.uint64(6)) | _six_bits(raw, i + 1), i + 2
    if b0 < np.uint64(0x80):
        return b0, i + 1
    if b0 < np.uint64(0xF0):
        code = ((b0 & np.uint64(0x0F)) << np.uint64(12)) | (_six_bits(raw, i + 1) << np.uint64(6))
        return code | _six_bits(raw, i + 2), i + 3
    code = ((b0 & np.uint64(0x07)) << np.uint64(18)) | (_six_bits(raw, i + 1) << np.uint64(12))
    return code | (_six_bits(raw, i + 2) << np.uint64(6)) | _six_bits(raw, i + 3), i + 4


@inlined
def _six_bits(raw, i):
    return load_u8(raw, i) & np.uint64(0x3F)


@inlined
def _blank(code):
    """Bit 1 for a space or a no-break space."""
    return np.uint64(code & ~np.uint64(0x80) == np.uint64(0x20)) << np.uint64(1)


@inlined
def _point(code):
    """Bit 2 for a point, comma or colon, the Arabic ones among them."""
    latin = (code == np.uint64(0x2E)) | (code == np.uint64(0x2C)) | (code == np.uint64(0x3A))
    return np.uint64(latin | (code == np.uint64(0x66B)) | (code == np.uint64(0x60C))) << np.uint64(2)


@inlined
def _begin(n, o, point, behind, line, last, token_start, span_start, before):
    """Token n begins at byte ``o`` of the folded text and code point ``point`` of its own, ``last`` before it."""
    token_start[n] = o
    span_start[n] = point
    before[n] = line | _blank(last) | (_point(last) if point - behind == 1 else np.uint64(0))


@inlined
def _end(n, o, behind, token_end, span_end, out):
    """Token n ends, with a space; the number of the next one and where it may begin."""
    token_end[n] = o
    span_end[n] = behind
    out[o] = 32
    return n + 1, o + 1


@kernel(
    int64(
        _BYTES, _OFFSETS, _TABLE, _BYTES, _OFFSETS,
        uint8[::1], int32[::1], int32[::1], int32[::1], int32[::1], uint8[::1], int64[::1],
    ),
)  # fmt: skip
def fold_texts(
    raw, offsets, table, expansion_bytes, expansion_at, out, token_start, token_end, span_start, span_end, before,
    first_token,
):  # fmt: skip
    """Fold texts ``raw[offsets[i]:offsets[i+1]]`` one after the other into ``out``.

    Token t of text i has number ``first_token[i] + t``; its folded bytes are ``out[token_start:token_end]`` and
    its place in the original is code points ``span_start:span_end`` of text i (dropped marks that follow a
    letter belong to the span, so a span never cuts a letter from its vowel signs). ``before`` tells what stands before
    it: bit 0 the text's beginning or a newline (behind the token before), bit 1 a space or a no-break space, right
    before it, bit 2 a point, comma or colon alone, right behind another token.
    Returns the bytes written, or -1 if the expansions did not fit into ``out``: beyond the bytes of all
    texts and one a text for the space behind it there must be twice the bytes of each expansion, and 64. Tokens need
    room for one in two bytes of the texts, one a text, and one in four of what is left to expansions.
    """
    o = np.int64(0)
    n = np.int64(0)
    room = len(out) - len(raw) - len(offsets) - 64
    for text in range(len(offsets) - 1):
        first_token[text] = n
        i = np.int64(offsets[text])
        end = np.int64(offsets[text + 1])
        point = np.int32(0)
        behind = np.int32(-1)
        inside = False
        line, code = np.uint64(1), np.uint64(0)
        while i < end:
            last = code
            code, i = _code_point(raw, i)
            entry = load_entry(table, np.int64(code))
            kind = _right(entry, 56)
            if kind == np.uint64(2):
                if not inside:
                    inside = True
                    _begin(n, o, point, behind, line, last, token_start, span_start, before)
                    line = np.uint64(0)
                store_u32(out, o, entry)
                o += np.int64(_right(entry, 32) & np.uint64(0xFF))
                behind = point + np.int32(1)
            elif kind == np.uint64(0):
                line |= np.uint64(code == np.uint64(0x0A))
                if inside:
                    inside = False
                    n, o = _end(n, o, behind, token_end, span_end, out)
            elif kind == np.uint64(1):
                if inside:
                    behind = point + np.int32(1)
            else:
                number = np.int64(entry & _LOW32)
                e0 = np.int64(expansion_at[number])
                e1 = np.int64(expansion_at[number + 1])
                room -= 2 * (e1 - e0)
                if room < 0:
                    return -1
                for e in range(e0, e1):
                    if expansion_bytes[e] != 32:
                        if not inside:
                            inside = True
                            _begin(n, o, point, behind, line, last, token_start, span_start, before)
                            line = np.uint64(0)
                        behind = point + np.int32(1)
                        out[o] = expansion_bytes[e]
                        o += 1
                    elif inside:
                        inside = False
                        n, o = _end(n, o, behind, token_end, span_end, out)
            point += np.int32(1)
        if inside:
            n, o = _end(n, o, behind, token_end, span_end, out)
    first_token[len(offsets) - 1] = n
    return o


@inlined
def _mixed(h):
    """MurmurHash3's finalizer of the low 32 bits."""
    x = np.uint32(h & _LOW32)
    x = np.uint32((x ^ (x >> np.uint32(16))) * np.uint32(0x85EBCA6B))
    x = np.uint32((x ^ (x >> np.uint32(13))) * np.uint32(0xC2B2AE35))
    return x ^ (x >> np.uint32(16))


@inlined
def _sign(mixed, distinct, multipliers, addends, signatures, text):
    """Write the signature of the shingles ``mixed[:distinct]``; a permutation's minimum stays in a register."""
    for p in range(len(multipliers)):
        a, b = multipliers[p], addends[p]
        least = np.uint32(0xFFFFFFFF)
        for s in range(distinct):
            least = min(least, np.uint32(a * mixed[s] + b))
        signatures[text, p] = least


@kernel(
    int64(
        uint8[::1], int32[::1], int32[::1], int64[::1], boolean[::1], int64,
        uint64[::1], int64[::1], uint32[::1], uint32[::1], uint32[:, ::1],
        uint64[::1], int32[::1],
    ),
)  # fmt: skip
def sketch_tokens(
    out, token_start, token_end, first_token, marked, words,
    shingles, first_shingle, multipliers, addends, signatures, content, unmarked,
):  # fmt: skip
    """Hash and sign the distinct shingles of every text of a folded batch.

    A shingle is a run of ``words`` neighbouring tokens none of which is marked. ``shingles[first_shingle[i]:
    first_shingle[i+1]]`` are the distinct hashes of text i in order of first appearance; ``signatures[i]`` is its
    MinHash (all ones where there is no shingle); ``content[i]`` is a hash of its unmarked tokens in order, equal for
    equal texts; ``unmarked[i]`` counts them. Returns the number of shingles written.
    """
    longest = np.int64(1)
    for text in range(len(first_token) - 1):
        longest = max(longest, first_token[text + 1] - first_token[text])
    size = np.int64(16)
    while size < 2 * longest:
        size *= 2
    seen = np.zeros(size, np.uint64)
    mixed = np.empty(longest, np.uint32)
    written = np.int64(0)
    for text in range(len(first_token) - 1):
        begin, end = first_token[text], first_token[text + 1]
        size = np.int64(16)
        while size < 2 * (end - begin):
            size *= 2
        seen[:size] = np.uint64(0)
        mask = np.uint64(size - 1)
        first_shingle[text] = written
        run = np.int64(0)
        count = np.int64(0)
        distinct = np.int64(0)
        digest = _P5
        for t in range(begin, end):
            if marked[t]:
                run = 0
                continue
            run += 1
            count += 1
            if run < words:
                digest = (digest ^ xxh3_64(out, np.int64(token_start[t]), np.int64(token_end[t]))) * _P1
                digest ^= _right(digest, 32)
                continue
            h = _xxh3(out, np.int64(token_start[t - words + 1]), np.int64(token_end[t]))
            digest = (digest ^ h) * _P1
            digest ^= _right(digest, 32)
            key = max(h, np.uint64(1))
            slot = _right(key, 20) & mask
            while seen[slot] != np.uint64(0) and seen[slot] != key:
                slot = (slot + np.uint64(1)) & mask
            if seen[slot] == key:
                continue
            seen[slot] = key
            shingles[written + distinct] = h
            mixed[distinct] = _mixed(h)
            distinct += 1
        _sign(mixed, distinct, multipliers, addends, signatures, text)
        written += distinct
        content[text] = digest
        unmarked[text] = count
    first_shingle[len(first_token) - 1] = written
    return written


@kernel(int64(uint64[::1], uint8[::1], int64[::1], boolean[::1], uint64[::1], int64[::1], uint64[::1]))
def unmarked_words(hashes, before, first_token, marked, stream, first_word, content):
    """The hashes of the unmarked words of every text of a folded batch, in order.

    ``stream[first_word[i]:first_word[i+1]]`` are those of text i, with a 0 wherever marked tokens stand between two
    unmarked ones. A word is a token, or a number of several (:mod:`dedup.kernels.numerals`). ``content`` are the hashes
    of :func:`sketch_tokens`: into that of text i goes where its numbers are joined, which a mark between two tokens or
    another sign may keep apart in another text. Returns the number of values written.
    """
    written = np.int64(0)
    for text in range(len(first_token) - 1):
        first_word[text] = written
        broken, count = False, np.uint64(0)
        opened, whole = np.uint64(0), np.uint64(0)
        for t in range(first_token[text], first_token[text + 1]):
            if marked[t]:
                broken, opened, whole = written > first_word[text], np.uint64(0), np.uint64(0)
                continue
            if broken:
                stream[written] = np.uint64(0)
                written += 1
                broken = False
            if hashes[t] & np.uint64(1) == np.uint64(0):  # what most are; it ends a number
                stream[written] = hashes[t]
                written += 1
                count += np.uint64(1)
                opened = whole = np.uint64(0)
                continue
            another = t + 1 < first_token[text + 1] and not marked[t + 1] and behind_point(hashes[t + 1], before[t + 1])
            number, opened, whole = grown(opened, whole, hashes[t], before[t] & POINT != 0, another)
            if number != np.uint64(0):
                stream[written - 1] = number
                content[text] = _finish(content[text] ^ count * _P1)
                continue
            stream[written] = hashes[t]
            written += 1
            count += np.uint64(1)
    first_word[len(first_token) - 1] = written
    return written
