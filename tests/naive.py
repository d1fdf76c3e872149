"""The obvious version of every kernel: slow, short, and written from the definition, not from the kernel."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence

import xxhash
from datasketch import MinHash
from pyarabic import araby

from dedup.arabic.fold import PERSIAN_URDU

IDEOGRAPHS = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xAC00, 0xD7A4), (0x20000, 0x2F800), (0x30000, 0x32000))
"""Blocks of ideographs and syllables: letters as a whole, those not yet assigned in Python's Unicode included."""


def folded_character(char: str) -> str | None:
    """None: ends a token; else the letters it adds to one (a space inside separates)."""
    if unicodedata.category(char) in ("Mn", "Me", "Cf") or char in "\u0640\u06e5\u06e6\u0674":
        return ""
    if any(first <= ord(char) < end for first, end in IDEOGRAPHS):
        return char
    if unicodedata.category(char)[0] not in "LNM" or "\U0002f800" <= char < "\U0002fa20":
        return None  # compatibility ideographs, in no newsroom's fonts, end a token
    folded = ""
    for part in unicodedata.normalize("NFKD", char):
        if unicodedata.category(part) in ("Mn", "Me", "Cf") or part in "\u0640\u06e5\u06e6\u0674":
            continue
        if not part.isalnum() and part != char:
            folded += " "
        elif unicodedata.category(part) == "Nd":
            folded += str(unicodedata.decimal(part))
        else:
            part = PERSIAN_URDU.get(part, part)
            part = araby.normalize_teh(araby.normalize_hamza(part, method="tasheel"))
            folded += part.replace("\u0649", "\u064a").casefold()
    return folded.strip()


def fold_texts(text: str) -> list[tuple[str, int, int]]:
    """Tokens with their places: (folded, start, end)."""
    tokens: list[tuple[str, int, int]] = []
    word, start, end = "", 0, 0
    for position, char in enumerate(text + " "):
        folded = folded_character(char)
        if folded is None:
            if word:
                tokens.append((word, start, end))
            word = ""
            continue
        for letter in folded:
            if letter == " ":
                if word:
                    tokens.append((word, start, end))
                word = ""
                continue
            if not word:
                start = position
            word += letter
            end = position + 1
        if word and not folded:
            end = position + 1
    return tokens


def may_hold_markup(text: str) -> bool:
    """Whether a text has a sign that markup begins with."""
    return any(sign in text for sign in "<&{[")


def shingles(words: Sequence[str], marked: Sequence[bool], length: int) -> list[str]:
    """Distinct shingles in order of first appearance."""
    runs = (range(i, i + length) for i in range(len(words) - length + 1))
    return list(dict.fromkeys(" ".join(words[j] for j in run) for run in runs if not any(marked[j] for j in run)))


def word_hash(word: str) -> int:
    """The hash of a token: of up to 18 digits, scattered so that it can be told which they are; of decimals, the letter
    ra and a number, what these have behind a point; of anything else, from its bytes eight at a time; bit 1 set, bit 0
    for a number."""
    if old := re.fullmatch("([0-9]{1,6})ر([0-9]{1,12})", word := around_ra(word)):
        return decimal_hash(old[2], old[1])
    if re.fullmatch("[0-9]{1,18}", word):
        value, width = int("1" + word), 2**62 - 1
        value = (value ^ value >> 31) * 0x9E3779B185EBCA87 & width
        return (value ^ value >> 31) << 2 | 3
    data, everything = word.encode(), 2**64 - 1
    multipliers = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F)
    pieces = [int.from_bytes(data[at : at + 8], "little") for at in range(0, max(len(data), 24), 8)]
    h = pieces[0] * multipliers[0] & everything
    h = ((h ^ h >> 29) + pieces[1]) * multipliers[1] & everything
    h = ((h ^ h >> 31) + pieces[2] + len(data)) * multipliers[0] & everything
    for piece in pieces[3:]:
        h = (h ^ piece) * multipliers[1] & everything
        h ^= h >> 32
    return (h ^ h >> 32) & ~3 | 2 | (word[0] in "0123456789")


def unmarked_words(text: str, marked: Sequence[bool]) -> list[int]:
    """Hashes of the words of the unmarked tokens, 0 where marked ones stand between."""
    stream: list[int] = []
    tokens = zip(fold_texts(text), marked, strict=True)
    for unmarked, run in itertools.groupby(tokens, key=lambda pair: not pair[1]):
        if unmarked:
            stream += [0] if stream else []
            stream += numbers_joined(text, [token for token, _ in run])
    return stream


_NUMBER = re.compile("[1-9][0-9]{0,2}(?:[ .][0-9]{3}){1,3}(?![^ .])|[^ .]+")
_DECIMALS = re.compile("[.]([0-9]{1,6})(?![^ .]|[.][0-9])")


def numbers_joined(text: str, tokens: Sequence[tuple[str, int, int]]) -> list[int]:
    """Hashes of words. One word are a number of up to three digits and the groups of three behind it, three at most;
    and a number of up to twelve digits and up to six behind a lone point, comma or colon, if no number is before or
    behind the two in the same way."""
    line, end = "", 0
    for folded, start, behind in tokens:
        line += "." if line and start == end + 1 and text[end] in ".,:\u060c\u066b" else " "
        line += around_ra(folded)
        end = behind
    hashes, at = [], 1
    while at < len(line):
        found = _NUMBER.match(line, at)
        assert found is not None
        whole, at = re.sub("[ .]", "", found[0]), found.end() + 1
        of_a_chain = re.search("(?<![^ .])[0-9][^ .]*[.]$", line[: found.start()])
        decimals = _DECIMALS.match(line, found.end()) if re.fullmatch("[0-9]{1,12}", whole) else None
        if of_a_chain or decimals is None:
            hashes.append(word_hash(whole))
        else:
            hashes.append(decimal_hash(whole, decimals[1]))
            at = decimals.end() + 1
    return hashes


def around_ra(word: str) -> str:
    """Decimals, the letter ra and a number, as the number that they are if they are its thousands or zeros."""
    word = re.sub("^([0-9]{3})ر([1-9][0-9]{0,2})$", r"\2\1", word)
    return re.sub("^0{1,6}ر([0-9]{1,12})$", r"\1", word)


def decimal_hash(whole: str, decimals: str) -> int:
    """The hash of a number with decimals: that of the number itself if they are zeros."""
    value = word_hash(whole)
    if decimals.strip("0"):
        value = (value ^ int("1" + decimals.rstrip("0"))) * 0xC2B2AE3D27D4EB4F % 2**64
        value = (value ^ value >> 32) | 3
    return value


def signature(found: Iterable[str]) -> list[int]:
    """datasketch's own MinHash of the shingles."""
    minhash = MinHash(num_perm=128, seed=1, hashfunc=lambda b: xxhash.xxh3_64_intdigest(b) & 0xFFFFFFFF)
    for shingle in found:
        minhash.update(shingle.encode())
    return [int(value) for value in minhash.hashvalues]


def bucket_pairs(buckets: dict[int, list[int]], limit: int, reach: int, flooded: set[int]) -> list[tuple[int, int]]:
    """Pairs within each bucket of ascending positions, in ascending order of key."""
    pairs = []
    for key in sorted(buckets):
        bucket = buckets[key]
        for i, j in itertools.combinations(range(len(bucket)), 2):
            if j - i <= reach or (len(bucket) <= limit and bucket[0] not in flooded):
                pairs.append((bucket[i], bucket[j]))
    return pairs
