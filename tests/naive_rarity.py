"""The obvious versions of the rarity and slot kernels: Python tuples of words, sets of them, and counting by hand.

A stream is a list of word hashes with 0 for a break. Phrases are tuples of words here, so no two can be taken for one
another; only winnowing, which orders phrases by their hash, needs :func:`phrase_hash`, in exact integers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tests.naive import word_hash

Phrase = tuple[int, ...]
_WORD = 2**64 - 1


def phrase_hash(phrase: Phrase) -> int:
    """The hash of a phrase, its words joined in order."""
    joined, *others = phrase
    for word in others:
        x = ((joined + 0x9E3779B97F4A7C15 + (word << 1)) & _WORD) * 0xBF58476D1CE4E5B9 & _WORD
        x = (x ^ x >> 29 ^ word) * 0x94D049BB133111EB & _WORD
        joined = x ^ x >> 32
    return joined


def runs(stream: Sequence[int]) -> list[list[int]]:
    """The stretches between breaks."""
    found: list[list[int]] = [[]]
    for word in stream:
        if word:
            found[-1].append(word)
        else:
            found.append([])
    return found


def phrases(stream: Sequence[int], words: int) -> list[Phrase]:
    """Every phrase in order, repeated ones too."""
    return [tuple(run[at : at + words]) for run in runs(stream) for at in range(len(run) - words + 1)]


def distinct_phrases(stream: Sequence[int], words: int) -> list[Phrase]:
    """Every phrase once, in order of first appearance."""
    return list(dict.fromkeys(phrases(stream, words)))


def winnow(stream: Sequence[int], words: int, window: int) -> list[int]:
    """The smallest hash of each window (of the whole run if it is shorter), neighbours that are equal written once."""
    found: list[int] = []
    for run in runs(stream):
        hashes = [phrase_hash(phrase) for phrase in phrases(run, words)]
        for start in range(max(1, len(hashes) - window + 1) if hashes else 0):
            smallest = min(hashes[start : start + window])
            if found[-1:] != [smallest]:
                found.append(smallest)
    return found


def counted(streams: Sequence[Sequence[int]], words: int) -> Counter[Phrase]:
    """In how many of the streams each phrase occurs."""
    return Counter(phrase for stream in streams for phrase in set(phrases(stream, words)))


def shared(a: Sequence[int], b: Sequence[int], words: int, rare: set[Phrase]) -> tuple[int, int, int]:
    """Phrases in common, the rare ones among them, and the longest stretch of rare ones that stands in both lists of
    distinct phrases in order of first appearance."""
    in_both = set(phrases(a, words)) & set(phrases(b, words))
    one, other = distinct_phrases(a, words), distinct_phrases(b, words)
    longest = 0
    for i, phrase in enumerate(one):
        j = other.index(phrase) if phrase in in_both else len(other)
        length = 0
        while (
            i + length < len(one)
            and j + length < len(other)
            and one[i + length] == other[j + length]
            and one[i + length] in rare
        ):
            length += 1
        longest = max(longest, length)
    return len(in_both), len(in_both & rare), longest


def slots(stream: Sequence[int]) -> dict[tuple[int, int], set[int]]:
    """What fills each place between two neighbours."""
    found: dict[tuple[int, int], set[int]] = {}
    for left, word, right in phrases(stream, 3):
        found.setdefault((left, right), set()).add(word)
    return found


def compare_slots(a: Sequence[int], b: Sequence[int]) -> tuple[int, int]:
    """Slots of both that are filled alike, and that conflict."""
    alike = conflicting = 0
    in_a, in_b = slots(a), slots(b)
    for slot in in_a.keys() & in_b.keys():
        if in_a[slot] & in_b[slot]:
            alike += 1
        else:
            conflicting += 1
    return alike, conflicting


def digits_of(word: int) -> str:
    """The digits of the number with this hash, and nothing for another word."""
    value = word >> 2
    value = (value ^ value >> 31) * pow(0x9E3779B185EBCA87, -1, 2**62) % 2**62
    digits = str(value ^ value >> 31)
    return digits[1:] if word & 1 and digits[0] == "1" and len(digits) <= 19 else ""


def first_group(word: int) -> int:
    """The hash of what is left of a number of five to nine digits without its groups of three, 0 for one digit."""
    digits = digits_of(word)
    group = digits[: len(digits) % 3 or 3]
    return word_hash(group) if 5 <= len(digits) <= 9 and len(group) > 1 else 0


_Filled = set[tuple[tuple[str, int, int], int]]


def numbers_in_places(stream: Sequence[int], most: int) -> tuple[_Filled, _Filled]:
    """The first numbers and their places: the two words before each, those on both sides, the two behind; no more
    places than three times ``most``. A number's first group, which is returned apart, fills the first place too."""
    written: list[tuple[tuple[str, int, int], int]] = []
    groups: list[tuple[tuple[str, int, int], int]] = []
    padded = [0, 0, *stream, 0, 0]
    for at, word in enumerate(stream, start=2):
        if not word & 1 or len(written) + len(groups) > 3 * most - 4:
            continue
        for side, one, other in (("before", at - 2, at - 1), ("around", at - 1, at + 1), ("behind", at + 1, at + 2)):
            if padded[one] and padded[other]:
                written.append(((side, padded[one], padded[other]), word))
                if side == "before" and first_group(word):
                    groups.append(((side, padded[one], padded[other]), first_group(word)))
    return set(written), set(groups)


def compare_numbers(a: Sequence[int], b: Sequence[int], most: int) -> tuple[int, int]:
    """Places of numbers in both texts, not counting those behind, that no number of both fills; and numbers of both
    that fill no place of both. One text at least has written the number so."""
    (in_a, groups_of_a), (in_b, groups_of_b) = numbers_in_places(a, most), numbers_in_places(b, most)
    ways = (in_a, in_b), (in_a, groups_of_b), (groups_of_a, in_b)
    both = {found for one, other in ways for found in one & other}
    places = {place for place, _ in in_a if place[0] != "behind"} & {place for place, _ in in_b}
    numbers = {n for one, other in ways for n in {n for _, n in one} & {n for _, n in other}}
    return len(places - {place for place, _ in both}), len(numbers - {number for _, number in both})


def opening(
    stream: Sequence[int], rare: set[int], words: int, numbers: int, days: int, weekdays: Sequence[int]
) -> tuple[list[int], list[int], int]:
    """The rare ones of the first distinct words, the distinct numbers among the first words (breaks counted as words),
    and the first day of the week among them."""
    distinct = list(dict.fromkeys(word for word in stream if word))
    names = [word for word in distinct[:words] if word in rare]
    figures = list(dict.fromkeys(word for word in stream[:numbers] if word & 1))
    day = next((weekdays.index(word) for word in stream[:days] if word in weekdays), -1)
    return names, figures, day


def first_phrase(stream: Sequence[int], phrases: Sequence[Phrase], numbers: Sequence[int], words: int) -> int:
    """The number of the first phrase that begins among the first words, the first in the list of those at one place;
    those numbered -1 are passed over."""
    for at in range(min(words, len(stream))):
        here = [n for one, n in zip(phrases, numbers, strict=True) if tuple(stream[at : at + len(one)]) == one]
        if here and here[0] >= 0:
            return here[0]
    return -1


def prints(
    texts: Sequence[Sequence[str]], outlets: Sequence[int], share: float, numbers: float, alike: float, series: int,
    end: int,
) -> list[int]:  # fmt: skip
    """For each text the fullest that has it as a print and is itself none; texts are words, those of digits numbers.
    One number among the last words is forgiven where another outlet has nearly all phrases of the fuller text, unless
    either outlet has a series of such texts."""
    triples = [{tuple(text[at : at + 3]) for at in range(len(text) - 2)} for text in texts]
    figures = [{word for word in text if word.isdigit()} for text in texts]
    home = list(range(len(texts)))
    ranked = sorted(home, key=lambda row: (-len(triples[row]), row))

    def lacks_one(other: int, fuller: int) -> bool:
        lacking = len(figures[other] - figures[fuller])
        enough = len(triples[other] & triples[fuller]) >= alike * len(triples[fuller])
        return enough and lacking == 1 > numbers * len(figures[other])

    times = [0] * len(texts)
    for place, fuller in enumerate(ranked):
        for other in ranked[place + 1 :]:
            if outlets[other] == outlets[fuller] and lacks_one(other, fuller):
                times[other] += 1
                times[fuller] += 1
    for place, fuller in enumerate(ranked):
        for other in ranked[place + 1 :] if home[fuller] == fuller else ():
            forgiven = outlets[other] != outlets[fuller] and lacks_one(other, fuller)
            missing = figures[other] - figures[fuller]
            at_end = all(at >= len(texts[other]) - end for at, word in enumerate(texts[other]) if word in missing)
            forgiven = forgiven and at_end and max(times[other], times[fuller]) < series
            few = len(figures[other] - figures[fuller]) <= numbers * len(figures[other])
            shared = len(triples[other] & triples[fuller])
            if home[other] == other and shared >= share * len(triples[other]) and (few or forgiven):
                home[other] = fuller
    return home
