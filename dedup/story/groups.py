"""Things of many groups end to end: members of stories, texts of stories, ranges of texts.

A story has three members on average, and a loop over thousands of such lists costs more than what is done in it. So
what belongs to groups lies in one array, that of group g at ``[first[g]:first[g + 1]]``, and is asked of all at once.

>>> groups = Groups.of_sizes(np.array([2, 3]))
>>> groups.number()
array([0, 0, 1, 1, 1])
>>> groups.best(np.array([5, 7, 1, 4, 4]))
array([1, 3])
>>> groups.items(np.array([1]))
array([2, 3, 4])
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Groups:
    """``first`` int64 (n + 1): where the items of each of n groups begin, and where the last end."""

    first: npt.NDArray[np.int64]

    @classmethod
    def of_sizes(cls, sizes: npt.NDArray[np.int64]) -> Groups:
        """Groups of so many items each."""
        return cls(np.concatenate([np.zeros(1, np.int64), np.cumsum(sizes, dtype=np.int64)]))

    @classmethod
    def of_numbers(cls, numbers: npt.NDArray[np.int64], groups: int) -> Groups:
        """From the group of each item, ascending."""
        return cls.of_sizes(np.bincount(numbers, minlength=groups))

    def __len__(self) -> int:
        return len(self.first) - 1

    def sizes(self) -> npt.NDArray[np.int64]:
        """Items of each group."""
        return np.diff(self.first)

    def number(self) -> npt.NDArray[np.int64]:
        """The group of each item."""
        return np.repeat(np.arange(len(self)), self.sizes())

    def items(self, groups: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """The items of some groups, end to end."""
        begin = self.first[groups]
        sizes = self.first[groups + 1] - begin
        ends = np.cumsum(sizes)
        return np.repeat(begin - ends + sizes, sizes) + np.arange(sizes.sum())

    def greatest(self, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """The greatest value of each group; none may be empty."""
        return np.maximum.reduceat(values, self.first[:-1]) if len(self) else values[:0]

    def best(self, values: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
        """The first item of each group that has its greatest value; no group may be empty."""
        number = self.number()
        at = np.flatnonzero(values == self.greatest(values)[number])
        return at[np.flatnonzero(np.diff(number[at], prepend=-1))]


def end_to_end(lists: Sequence[Sequence[int]]) -> tuple[Groups, npt.NDArray[np.int64]]:
    """Lists of numbers as groups, and the numbers."""
    sizes = np.fromiter(map(len, lists), np.int64, len(lists))
    return Groups.of_sizes(sizes), np.fromiter(chain.from_iterable(lists), np.int64, int(sizes.sum()))
