"""The shingles of a corpus, left where they were made.

They are the largest thing a corpus keeps besides its texts (8 bytes a word), and only those of candidate pairs are ever
looked at again. So nothing copies them: joining batches and choosing texts rearranges where each text's shingles lie,
and the kernel that compares them is told their :meth:`Shingles.addresses`. (Joined into one array, 6.6 M shingles took
0.02 to 0.16 s, most of it waiting for fresh pages.)
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True)
class Shingles:
    """Distinct shingle hashes of n texts, in order of first appearance.

    Those of text i are ``arrays[array[i]][begin[i] : begin[i] + counts[i]]``; ``arrays`` uint64, the rest int64 (n,).
    """

    arrays: tuple[npt.NDArray[np.uint64], ...]
    array: npt.NDArray[np.int64]
    begin: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]

    @classmethod
    def of_batch(cls, hashes: npt.NDArray[np.uint64], first: npt.NDArray[np.int64]) -> Shingles:
        """Those of one batch: text i has ``hashes[first[i]:first[i+1]]``."""
        return cls((hashes,), np.zeros(len(first) - 1, np.int64), first[:-1], np.diff(first))

    @classmethod
    def joined(cls, parts: Sequence[Shingles]) -> Shingles:
        """Those of several batches, one after the other."""
        before = np.cumsum([0, *(len(part.arrays) for part in parts)])
        return cls(
            tuple(array for part in parts for array in part.arrays),
            np.concatenate([part.array + n for part, n in zip(parts, before.tolist(), strict=False)]),
            np.concatenate([part.begin for part in parts]),
            np.concatenate([part.counts for part in parts]),
        )

    def take(self, rows: npt.NDArray[np.int64]) -> Shingles:
        """Those of some texts, in the order of ``rows``."""
        return Shingles(self.arrays, self.array[rows], self.begin[rows], self.counts[rows])

    def counted(self) -> Shingles:
        """Only how many each text has."""
        nowhere = np.zeros(len(self.counts), np.int64)
        return Shingles((), nowhere, nowhere, self.counts)

    def of(self, text: int) -> npt.NDArray[np.uint64]:
        """Those of one text."""
        array, begin = self.arrays[int(self.array[text])], int(self.begin[text])
        return array[begin : begin + int(self.counts[text])]

    def addresses(self) -> npt.NDArray[np.uint64]:
        """Where in memory those of each text begin, for the kernel that compares them; this must outlive its use."""
        return np.array([values.ctypes.data for values in self.arrays], np.uint64)[self.array] + np.uint64(8) * (
            self.begin.astype(np.uint64)
        )
