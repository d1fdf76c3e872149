"""Ranges of words of many texts at once.

Word n of text t is ``t << 32 | n``, so a range of words is two such numbers, and ranges of different texts never meet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
LOW = 0xFFFFFFFF
"""``word & LOW``: the position of a word in its text."""


@dataclass(frozen=True, slots=True)
class Ranges:
    """Ranges ``[start[n], end[n])``, int64, ascending; no two overlap or touch."""

    start: Numbers
    end: Numbers

    def text(self) -> Numbers:
        """The text of each."""
        return self.start >> 32

    def words(self, texts: int) -> Numbers:
        """How many words of each of so many texts they hold."""
        return np.bincount(self.text(), self.end - self.start, texts).astype(np.int64)

    def held(self, start: Numbers, end: Numbers) -> Numbers:
        """How many words of each of these stretches they hold."""
        return self._before(end) - self._before(start)

    def _before(self, word: Numbers) -> Numbers:
        """How many of the words before each of these they hold."""
        length = np.append(0, self.end - self.start)
        at = np.searchsorted(self.start, word, "right")
        before: Numbers = (np.cumsum(length) - length)[at] + np.minimum(word - np.append(0, self.start)[at], length[at])
        return before


def united(start: Numbers, end: Numbers) -> Ranges:
    """The ranges, those that overlap or touch as one.

    >>> both = united(np.array([5, 9, 1, 3]), np.array([7, 12, 4, 5]))
    >>> both.start, both.end
    (array([1, 9]), array([ 7, 12]))
    """
    order = np.argsort(start)
    start, reach = start[order], np.maximum.accumulate(end[order])
    apart = start[1:] > reach[:-1]
    first, last = np.append(True, apart)[: len(start)], np.append(apart, True)[: len(start)]
    return Ranges(start[first], reach[last])
