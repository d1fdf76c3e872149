"""Openings: what the first sentences of two texts say of each other.

News puts who, what and where into its first sentences. So the rare words of an opening are the story's names, and a
rewrite, an excerpt, an article that goes on with other things still has them somewhere; a second bulletin from the same
mould opens with other names, other figures, another day of the week. Four numbers for a pair:

    words     of the rare words in one's opening, which part the other has anywhere; the better of both ways
    numbers   how many of the numbers in both openings the other text lacks
    days      0 if the day that each names is the same, one half where one names none; if they name two, one half and
              their share of words

    periods   the share of words of two that report on different months, quarters or halves of a year, else 0

The day is that of their datelines (:mod:`dedup.match.days`); where one has none there, the first day of the week that
each names in its opening.

Of two texts of *one outlet* the lack of such words says more: an outlet that prints a story again opens it as before,
and what opens otherwise is the next bulletin, audience, raid. (The pairs that moulds were learned from hold 5 of one
story within one outlet and 126 of one mould, the real pairs 27 and 20. The price is outlets that run a story twice with
another lead: of 705 such real pairs with a Jaccard of 0.2 or more some 30 fewer are one story.) What is all one
outlet's may be one folder's; :func:`dedup.match.headlines.printers` says whose name tells.

The *share of words* is which part of the poorer text's words the other has: desks that write a dispatch anew may take
another day for it, but who keeps the words and changes the day writes the next bulletin. (Of the labelled pairs that
name two weekdays and share 0.6 of their words or more 11 are one story and 123 are from one mould. F1 with 1 in place
of one half and the share: real pairs, cross-validated, 0.986, now 0.988; real pairs that are only tested 0.853, now
0.880; two of five corpora of other countries 0.935 and 0.835, now 0.956 and 0.861, the others as before. A share of the
words for ``numbers`` as well helps two of these corpora and costs the real pairs 0.003.)

A *period* is what a monthly or quarterly bulletin is for: prices "for the month of June", profits "of the second
quarter". Only such phrases count, not every month that is named, and the first of each opening. Of labelled pairs both
of which name one, 29 of one story and 4 from one mould name the same, and all 8 that name two are from one mould. (They
are pairs of corpora that are tested on; the coefficient was fitted to ``invented-periods``, which was written for it.
Precision of two of these corpora 0.978 and 0.985, now 1.000; nothing is missed for it.)

Cost: none of its own, nearly; whoever counts the words that two texts share sees where they stand.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.arabic.fold import fold_column
from dedup.corpus.dates import MONTHS
from dedup.kernels.openings import openings, periods, shared_words
from dedup.match.compare import in_pieces
from dedup.match.rarity import Phrases
from dedup.settings import OPENING_DAYS, OPENING_NUMBERS, OPENING_WORDS
from dedup.sketch.minhash import Words

WEEKDAYS = ("السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة")
_MONTH_OF = ("لشهر", "لشهري", "بشهر", "خلال شهر", "عن شهر")
"""What a bulletin of a month has before it. (Not "in" or "of": that is when something happens. Nor do months of the
Hijra count: of the moon of one month they say that another ends.)"""
_PARTS = {
    "الربع والربع للربع بالربع الثلاثي للثلاثي": ("الأول", "الثاني", "الثالث", "الرابع الأخير"),
    "النصف والنصف للنصف بالنصف السداسي للسداسي": ("الأول", "الثاني الأخير"),
}
"""Quarters and halves of a year, as the east and the west of the Arab world have them."""
_OF_NO_YEAR = (
    "عشر", "من القرن", "من المباراة", "من مباراة", "من اللقاء", "من لقاء", "من المواجهة", "من مواجهة", "من الشوط",
    "من شوط", "من الملعب", "من ملعب",
)  # fmt: skip
"""What follows a half that is none of a year: that of a match, a pitch, a century; or goes on with the ordinal."""
NOTHING_SAID = 0.5
"""Share where there is nothing to be shared, and what two texts say of their days if one names none."""
_Counts = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Openings:
    """Of n texts, int32 (n,): ``words``, the rare words of the opening; ``places``, how many different words stand
    where its numbers are looked for, and ``numbers``, how many of them are numbers. ``weekday, period`` int8 (n,): -1
    where none is named; periods of one kind have the same number divided by 16."""

    words: _Counts
    places: _Counts
    numbers: _Counts
    weekday: npt.NDArray[np.int8]
    period: npt.NDArray[np.int8]


def told(words: Phrases, stream: Words) -> tuple[_Counts, _Counts, Openings]:
    """Of all texts whose ``words`` are known, in their order in ``stream``: how many numbers they have, int32 (n,), how
    many rare ones, and their openings."""
    texts = len(words.rare)
    counts, (weekday, period) = np.empty((5, texts), np.int32), np.empty((2, texts), np.int8)
    lengths = (OPENING_WORDS, OPENING_NUMBERS, OPENING_DAYS)
    openings(words.sets, words.first, stream.stream, stream.first_word, _weekdays(), *lengths, counts, weekday)
    periods(stream.stream, stream.first_word, *_periods(), OPENING_DAYS, period)
    return counts[0], counts[1], Openings(counts[2], counts[3], counts[4], weekday, period)


@dataclass(frozen=True, slots=True)
class Shared:
    """Of n pairs, int32 (n,): words in common, rare ones, numbers, rare numbers; the rare words of a's opening that b
    has, of b's opening that a has; the numbers of both openings that the other text has."""

    words: _Counts
    rare: _Counts
    numbers: _Counts
    rare_numbers: _Counts
    opening_a: _Counts
    opening_b: _Counts
    opening_numbers: _Counts


def shared(
    words: Phrases, known: Openings, pairs: npt.NDArray[np.uint64], mapper: Callable[..., Iterable[Any]] = map
) -> Shared:
    """Compare the words of ``pairs`` (sorted ``a << 32 | b``)."""
    look = partial(shared_words, words.sets, words.first, OPENING_WORDS, known.places)
    return Shared(*in_pieces(look, pairs, len(Shared.__slots__), mapper))


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of n pairs, (n,) each, float64 and int32: the four numbers above."""

    words: npt.NDArray[np.float64]
    numbers: _Counts
    days: npt.NDArray[np.float64]
    periods: npt.NDArray[np.float64]


def agreement(
    known: Openings, found: Shared, named: npt.NDArray[np.int16], a: npt.NDArray[np.int64], b: npt.NDArray[np.int64],
    share: npt.NDArray[np.float64],
) -> Agreement:  # fmt: skip
    """What the openings of a and b say of each other, by the words that were ``found`` to be shared, which are that
    ``share`` of the poorer text's, and by the days ``named`` (n,) in the datelines of all texts, -1 where none is."""
    shares = _share(found.opening_a, known.words[a]), _share(found.opening_b, known.words[b])
    numbers = known.numbers[a] + known.numbers[b] - found.opening_numbers
    dated = (named[a] >= 0) & (named[b] >= 0)
    day_a, day_b = (np.where(dated, named[side], known.weekday[side]) for side in (a, b))
    days = np.where(day_a == day_b, 0.0, NOTHING_SAID + share)
    days[(day_a < 0) | (day_b < 0)] = NOTHING_SAID
    one, other = known.period[a], known.period[b]
    comparable = (one >= 0) & (other >= 0) & (one >> 4 == other >> 4)
    return Agreement(np.maximum(*shares), numbers, days, np.where(comparable & (one != other), share, 0.0))


def _share(part: _Counts, whole: _Counts) -> npt.NDArray[np.float64]:
    return np.where(whole > 0, part / np.maximum(whole, 1), NOTHING_SAID)


@functools.cache
def _weekdays() -> npt.NDArray[np.uint64]:
    """The hashes of the names of the days."""
    return fold_column(pa.array(WEEKDAYS, pa.string())).hashes


@functools.cache
def _periods() -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int8]]:
    """The phrases that name a period, uint64 (m, k), hashes of words with 0 behind the last, and the number of each;
    before them those that begin like one and name none, -1."""
    named = [
        (f"{lead} {name}", month - 1) for lead in _MONTH_OF for name, month in MONTHS.items() if not name[0].isascii()
    ]
    for kind, (leads, ordinals) in enumerate(_PARTS.items(), start=1):
        parts = [(name, 16 * kind + n) for n, names in enumerate(ordinals) for name in names.split()]
        of_a_year = [(f"{lead} {name}", number) for lead in leads.split() for name, number in parts]
        named += [(f"{phrase} {tail}", -1) for phrase, _ in of_a_year for tail in _OF_NO_YEAR] + of_a_year
    folded = fold_column(pa.array([phrase for phrase, _ in named], pa.string()))
    lengths = np.diff(folded.first_token)
    phrases = np.zeros((len(named), int(lengths.max())), np.uint64)
    phrases[np.arange(phrases.shape[1]) < lengths[:, None]] = folded.hashes
    return phrases, np.array([number for _, number in named], np.int8)
