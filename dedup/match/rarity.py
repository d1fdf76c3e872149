"""Story frequency: in how many stories a word or a phrase occurs.

Overlap alone cannot tell a copy from a formula; rarity can. What two texts share is worth the more, the fewer other
stories have it. Frequencies are counted in *stories*, not articles: prints of one text are grouped first, so a
sentence that a hundred outlets took from one dispatch stays rare, and a sentence of a hundred dispatches is a formula.

Groups of prints are tight. An article is a print of a *fuller* one, which has more distinct phrases of three words, if

    shared phrases  >= PRINT_SHARE * its phrases        a sentence left out costs nothing, a word changed three phrases
    missing numbers <= PRINT_NUMBERS * its numbers      the bulletin of another day has other figures

A page has numbers of its own as well: how often it was read, the issue, a telephone; and one desk has a later toll than
another. So one number is *forgiven* an article that has all but a few of the fuller one's phrases (PRINT_ALIKE, both
ways), if another outlet printed it at about the same time; where outlet or day is not known, only if the number stands
among the last words, as those of pages do (:class:`Printed`). For bulletins that differ in a single figure come from
one outlet, hour after hour or day after day, and say it in their sentences. An article of which its own outlet has
PRINT_SERIES more like that is such a bulletin and is forgiven nothing. (Without forgiving, eleven prints of one
dispatch that each show another count of readers were eleven stories, so the dispatch was a formula.)

It belongs to the fullest such article *that is itself no print*; groups are never chained, because bulletins and
telegrams form chains, and a chain taken for one story would make its formulas look rare. So every print has the words
of one article, the fullest of its group, and phrases are counted in that one. A telegram to another head of state
changes four places of some eighty words, names of several words each, and keeps under 0.8 of its phrases; two prints
of which each desk changed 2 % of the words keep 0.98**6 = 0.89.

A small corpus cannot know its formulas: in two files every phrase is rare. So a background table is part of the
package: the words and phrases that are frequent in a month of news, with their frequencies, and the phrases of stock
formulas of other countries and other kinds of news (``data/formulas.toml``; both as hashes only, made by
``benchmarks/background.py``). A corpus of n stories borrows what it lacks to the N stories of the table,

    frequency = own count + table's count * max(0, 1 - n / N)

so what a phrase would be expected to reach in N stories. A large corpus decides for itself; two files know only what
the table knows.

Counters are a table addressed by the top bits of a phrase's hash. Two phrases may share a counter, then both look more
frequent than they are: with four counters a phrase this happens to about one phrase in five, and adds to a rare one
nearly always 1 (most phrases occur once). A table is one memory access where an exact dictionary is several. A counter
of words is a byte and stays at 255, one of longer phrases half a byte and stays at 11, more than any limit of rarity;
so a table of 8 M phrases is 16 MB, and the smaller it is, the more of it is near the processor.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.kernels.firsts import ELSEWHERE, add_counts
from dedup.kernels.rarity import phrase_sets, shared_phrases
from dedup.match.compare import Pairs, in_pieces
from dedup.settings import PRINT_ALIKE, PRINT_DAYS, PRINT_END, PRINT_NUMBERS, PRINT_SERIES, PRINT_SHARE
from dedup.sketch.lsh import packed
from dedup.sketch.minhash import Words

_SPREAD = np.uint64(0x94D049BB133111EB)
LENGTHS = (1, 2, 3)
"""Words in the phrases that are counted."""
_LEAST_BITS, _MOST_BITS = (22, 24, 25), 28
"""Counters a table has at least, by length (so that the background fills 1 % of it: 129,000 pairs, 298,000 triples),
and at most (128 MB: of a million articles, with 275 triples each, a rare one finds one count of others in its counter,
of five million one in thirty is taken for frequent)."""


@dataclass(frozen=True, slots=True)
class Counters:
    """Counters of stories, a power of two in number, each at its phrases' :func:`addresses`: the bytes of ``cells``, or
    if ``half`` is 1 two in a byte, of which the lower comes first. They stay at ``full``."""

    cells: npt.NDArray[np.uint8]
    half: int

    def __len__(self) -> int:
        return len(self.cells) << self.half

    @property
    def full(self) -> int:
        """The most stories that are counted."""
        return ELSEWHERE - 1 if self.half else 0xFF

    def at(self, addresses: npt.NDArray[np.int64]) -> npt.NDArray[np.uint8]:
        """The counts at these addresses."""
        cells = self.cells[addresses >> self.half]
        counts: npt.NDArray[np.uint8] = cells >> ((addresses & self.half) << 2).astype(np.uint8)
        return counts & np.uint8(0xFF >> 4 * self.half)


@dataclass(frozen=True, slots=True)
class Phrases:
    """The distinct phrases of n texts: ``sets`` uint64, those of text i ``sets[first[i]:first[i+1]]`` in order of first
    appearance, bit 0 set for a rare one; ``distinct`` and ``rare`` int32 (n,): how many there are. Phrases that no
    comparison asks for may be left out of the sets (:mod:`dedup.match.vocabulary`); a 0 may stand in their place."""

    sets: npt.NDArray[np.uint64]
    first: npt.NDArray[np.int64]
    distinct: npt.NDArray[np.int32]
    rare: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Background:
    """Frequent phrases of a reference corpus of ``stories``: for each length the top 32 bits of counter addresses, and
    counts."""

    addresses: tuple[npt.NDArray[np.uint32], ...]
    counts: tuple[npt.NDArray[np.uint16], ...]
    stories: int

    def stories_with(self, words: npt.NDArray[np.uint64]) -> npt.NDArray[np.int64]:
        """How many of the stories have each of these words, 0 if that is too few to be in the table."""
        known = self.addresses[0] >> np.uint32(32 - _MOST_BITS)
        asked = addresses(words, 1 << _MOST_BITS)
        at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
        return np.where(known[at] == asked, self.counts[0][at], 0).astype(np.int64) if len(known) else 0 * asked


@dataclass(frozen=True, slots=True)
class Sets:
    """The distinct phrases of n texts, none flagged: those of text i are ``sets[first[i]:first[i+1]]``."""

    sets: npt.NDArray[np.uint64]
    first: npt.NDArray[np.int64]

    def counts(self) -> npt.NDArray[np.int64]:
        """How many each text has, (n,)."""
        return self.first[1:] - self.first[:-1]

    def shared(
        self, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map
    ) -> npt.NDArray[np.int64]:
        """How many both texts of each pair (sorted ``a << 32 | b``) have."""
        shared: npt.NDArray[np.int64] = overlaps(self.sets, self.first, pairs, mapper)[0].astype(np.int64)
        return shared


@dataclass(frozen=True, slots=True)
class Prints:
    """Of n articles, int64 (n,): ``first``, the first of the group of prints that each belongs to, and ``fullest``, the
    one in which the group's phrases are counted. An article that has no print is alone."""

    first: npt.NDArray[np.int64]
    fullest: npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Printed:
    """Who printed each of n articles, and when: ``outlet`` int64 (n,), -1 where it has no name, and ``day`` datetime64
    (n,), NaT where it is not known."""

    outlet: npt.NDArray[np.int64]
    day: npt.NDArray[np.datetime64]

    def elsewhere(self, pairs: Pairs, at_end: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
        """Which of the pairs may be printings by two outlets: both known, and PRINT_DAYS apart at most; or, if what
        differs stands ``at_end``, of one day or of two outlets, as far as is known."""
        apart = np.abs(self.day[pairs.a] - self.day[pairs.b])
        named, dated = (self.outlet[pairs.a] >= 0) & (self.outlet[pairs.b] >= 0), ~np.isnat(apart)
        close = dated & (apart <= np.timedelta64(PRINT_DAYS, "D"))
        one_day = dated & (apart == np.timedelta64(0, "D"))
        found: npt.NDArray[np.bool_] = (named & close) | (at_end & (one_day | (named & ~dated)))
        return found & ~self.again(pairs)

    def again(self, pairs: Pairs) -> npt.NDArray[np.bool_]:
        """Which of the pairs one outlet printed, as far as is known."""
        return of_one_outlet(self.outlet, pairs.a, pairs.b)


def of_one_outlet(
    outlet: npt.NDArray[np.int64], a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]
) -> npt.NDArray[np.bool_]:
    """Where articles a and b (rows) have one ``outlet``; -1 is none that is known."""
    return (outlet[a] >= 0) & np.equal(outlet[a], outlet[b])


def prints(alike: Pairs, words: Words, printed: Printed, mapper: Callable[..., Iterable[Any]] = map) -> Prints:
    """Group the prints among the pairs that are ``alike`` (sorted), by their phrases of three words and numbers, and
    by who printed them when."""
    articles = len(words.first_word) - 1
    rows = np.flatnonzero(np.bincount(np.concatenate([alike.a, alike.b]), minlength=articles))
    a, b = np.searchsorted(rows, alike.a), np.searchsorted(rows, alike.b)
    theirs, every = words.take(rows), np.ones(len(rows), np.bool_)
    triples, numbers = distinct_phrases(theirs, every, 3), distinct_phrases(_numbers(theirs), every, 1)
    size, figures = triples.counts(), numbers.counts()
    a_fuller = size[a] >= size[b]
    fuller, other = np.where(a_fuller, a, b), np.where(a_fuller, b, a)
    pairs = packed(a, b)
    lacking, shared = figures[other] - numbers.shared(pairs, mapper), triples.shared(pairs, mapper)
    allowed = PRINT_NUMBERS * figures[other]
    one_more = (shared >= PRINT_ALIKE * size[fuller]) & (lacking > allowed) & (lacking <= np.maximum(allowed, 1))
    again = one_more & printed.again(alike)
    series = np.bincount(np.concatenate([alike.a[again], alike.b[again]]), minlength=articles) >= PRINT_SERIES
    at_end = np.zeros(len(pairs), np.bool_)
    at_end[one_more] = _lacks_at_end(theirs, other[one_more], fuller[one_more])
    forgiven = one_more & printed.elsewhere(alike, at_end) & ~(series[alike.a] | series[alike.b])
    is_print = (shared >= PRINT_SHARE * size[other]) & ((lacking <= allowed) | forgiven)
    fullest = np.arange(articles, dtype=np.int64)
    fullest[rows] = rows[_belongs_to(fuller[is_print], other[is_print], size)]
    first = np.arange(articles, dtype=np.int64)
    np.minimum.at(first, fullest, np.arange(articles))
    return Prints(first[fullest], fullest)


def _numbers(words: Words) -> Words:
    """The numbers among the words."""
    at = np.flatnonzero(words.stream & np.uint64(1))
    return Words(words.stream[at], np.searchsorted(at, words.first_word))


def _lacks_at_end(words: Words, other: npt.NDArray[np.int64], fuller: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """For each pair whether the numbers of the ``other`` text that the ``fuller`` one lacks stand among its last
    PRINT_END words. (A number and its pair make one key, so all pairs are looked at at once.)"""
    numbers = _numbers(words)
    first, count = numbers.first_word[:-1], np.diff(numbers.first_word)
    place = np.flatnonzero(words.stream & np.uint64(1))

    def keys(texts: npt.NDArray[np.int64]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[Any]]:
        sizes = count[texts]
        pair = np.repeat(np.arange(len(texts)), sizes)
        at = np.repeat(first[texts] - np.cumsum(sizes) + sizes, sizes) + np.arange(len(pair))
        return pair, at, numbers.stream[at] ^ (pair.astype(np.uint64) * _SPREAD)

    pair, at, theirs = keys(other)
    _, _, known = keys(fuller)
    early = ~np.isin(theirs, known) & (place[at] < words.first_word[other[pair] + 1] - PRINT_END)
    found: npt.NDArray[np.bool_] = np.bincount(pair[early], minlength=len(other)) == 0
    return found


def _belongs_to(
    fuller: npt.NDArray[np.int64], other: npt.NDArray[np.int64], size: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """For each article the fullest that has it as a print and is none itself; of equal ones the first."""
    home = np.arange(len(size), dtype=np.int64)
    order = np.lexsort((other, fuller, -size[fuller]))
    for one, another in zip(fuller[order].tolist(), other[order].tolist(), strict=True):
        if home[one] == one and home[another] == another:
            home[another] = one
    return home


def overlaps(
    sets: npt.NDArray[np.uint64], first: npt.NDArray[np.int64], pairs: npt.NDArray[np.uint64],
    mapper: Callable[..., Iterable[Any]] = map,
) -> npt.NDArray[np.int32]:  # fmt: skip
    """For each of ``pairs`` (sorted ``a << 32 | b``) the phrases shared, the rare ones among them, and the longest run
    of these: int32 (3, pairs)."""
    return in_pieces(partial(shared_phrases, sets, first), pairs, 3, mapper)


def distinct_phrases(words: Words, wanted: npt.NDArray[np.bool_], length: int) -> Sets:
    """The phrases of ``length`` words of the wanted texts; the others have none."""
    sets, first = np.empty(len(words.stream), np.uint64), np.empty(len(words.first_word), np.int64)
    written = phrase_sets(words.stream, words.first_word, wanted, length, sets, first)
    return Sets(sets[:written], first)


def addresses(phrases: npt.NDArray[np.uint64], counters: int) -> npt.NDArray[np.int64]:
    """Where among so many counters (a power of two) each phrase's is, as kernels find it: bit 0 says nothing."""
    hashes = phrases & ~np.uint64(1)
    return (hashes * _SPREAD >> np.uint64(65 - counters.bit_length())).astype(np.int64)


def flagged(found: Sets, counters: Counters, limit: int) -> Phrases:
    """Flag the phrases that ``counters`` say at most ``limit`` of."""
    rare = counters.at(addresses(found.sets, len(counters))) <= limit
    before = np.concatenate([[0], np.cumsum(rare)])
    counts, rare_ones = (np.diff(first).astype(np.int32) for first in (found.first, before[found.first]))
    return Phrases(found.sets | rare, found.first, counts, rare_ones)


def no_counts(phrases: int, length: int) -> Counters:
    """Counters for so many phrases of ``length`` words, all 0."""
    bits = min(max((4 * phrases).bit_length(), _LEAST_BITS[length - 1]), _MOST_BITS, 20 + 4 * length)
    half = int(length > 1)
    return Counters(np.zeros(1 << bits - half, np.uint8), half)


def borrow(counters: Counters, background: Background | None, length: int, stories: int) -> None:
    """Add the background's counts, each by the part of it that ``stories`` lack (rounded down)."""
    if background is None or stories >= background.stories:
        return
    places = background.addresses[length - 1] >> np.uint32(33 - len(counters).bit_length())
    missing = background.stories - stories
    borrowed = background.counts[length - 1].astype(np.int64) * missing // background.stories
    add_counts(places.astype(np.int64), borrowed, counters.half, counters.cells)


@functools.cache
def background() -> Background:
    """The table shipped with the package."""
    with files("dedup.match").joinpath("data/background.npz").open("rb") as stored, np.load(stored) as table:
        return Background(
            tuple(table[f"addresses{length}"] for length in LENGTHS),
            tuple(table[f"counts{length}"] for length in LENGTHS),
            int(table["stories"]),
        )
