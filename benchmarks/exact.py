"""Which articles really share at least this much: counted the obvious way, as a judge of the tool's own counting.

Nothing of the tool's path is used but its rule for what is markup. Words come from the slow twin of folding (one
character at a time, from Unicode's and pyarabic's definitions), shingles are Python strings, and equal means equal
strings: no hash of ours is involved, so a collision of hashes would show as a difference. All pairs with any shingle in
common are counted by one sparse matrix product, without a filter that could be wrong:

    incidence[i, s] = 1 where article i has shingle s      shared = incidence @ incidence.T

Cost: the sum over shingles of (articles that have it) squared; 2e7 for the 22,953 articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from dedup.corpus.markup import readable
from dedup.settings import SHINGLE_WORDS
from tests.naive import folded_character

_ROWS = 1_000
"""Articles a product takes at a time, to bound its memory."""


class _Folding(dict[int, str]):
    """A table for str.translate that asks for a character when it first occurs."""

    def __missing__(self, code: int) -> str:
        folded = folded_character(chr(code))
        self[code] = " " if folded is None else folded
        return self[code]


_FOLDING = _Folding()


def unmarked_tokens(text: str, marked: Sequence[tuple[int, int]] = ()) -> list[list[str]]:
    """Folded words of what is not marked, one list for each stretch between marked spans (no shingle crosses one).

    >>> unmarked_tokens("قالت الوزارة: اقرأ أيضا إنها", [(14, 23)])
    [['قالت', 'الوزاره'], ['انها']]
    """
    read = readable(text)
    if read is not None:
        text, marked = read[0], [(read[1].inward(first), read[1].inward(end)) for first, end in marked]
    stretches, start = [], 0
    for first, end in [*sorted(marked), (len(text), len(text))]:
        stretches.append(text[start:first].translate(_FOLDING).split())
        start = max(start, end)
    return [words for words in stretches if words]


def shingles(stretches: Iterable[Sequence[str]]) -> set[str]:
    """Distinct runs of SHINGLE_WORDS words, as strings."""
    return {
        " ".join(words[i : i + SHINGLE_WORDS]) for words in stretches for i in range(len(words) - SHINGLE_WORDS + 1)
    }


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Pairs of sets as arrays of one length, sorted by (a, b), a < b; ``counts[i]`` is the size of set i."""

    a: npt.NDArray[np.int64]
    b: npt.NDArray[np.int64]
    shared: npt.NDArray[np.int64]
    counts: npt.NDArray[np.int64]

    def jaccard(self) -> npt.NDArray[np.float64]:
        """Shared over all."""
        quotient: npt.NDArray[np.float64] = self.shared / (self.counts[self.a] + self.counts[self.b] - self.shared)
        return quotient


def all_pairs(sets: Iterable[set[str]], least: float) -> Overlaps:
    """Every pair of sets with Jaccard >= least (> 0)."""
    numbers: dict[str, int] = {}
    rows = [np.fromiter((numbers.setdefault(s, len(numbers)) for s in found), np.int64) for found in sets]
    counts = np.array([len(row) for row in rows], np.int64)
    incidence = _incidence(rows, counts, len(numbers))
    blocks = [*_similar(incidence, counts, least)]
    a, b, shared = (np.concatenate([block[part] for block in blocks]) for part in range(3))
    order = np.lexsort((b, a))
    return Overlaps(a[order], b[order], shared[order], counts)


def _incidence(rows: list[npt.NDArray[np.int64]], counts: npt.NDArray[np.int64], width: int) -> sparse.csr_array:
    """The matrix of articles and shingles, without the columns of shingles that only one article has."""
    columns = np.concatenate([*rows, np.zeros(0, np.int64)])
    holders = np.bincount(columns, minlength=width)
    several = holders[columns] > 1
    owner = np.repeat(np.arange(len(rows)), counts)[several]
    ones = np.ones(len(owner), np.int32)
    return sparse.csr_array((ones, (owner, columns[several])), shape=(len(rows), width))


def _similar(
    incidence: sparse.csr_array, counts: npt.NDArray[np.int64], least: float
) -> Iterator[tuple[npt.NDArray[np.int64], ...]]:
    transposed = incidence.T.tocsr()
    for start in range(0, incidence.shape[0], _ROWS):
        product = (incidence[start : start + _ROWS] @ transposed).tocoo()
        a, b, shared = product.row.astype(np.int64) + start, product.col.astype(np.int64), product.data.astype(np.int64)
        kept = (a < b) & (shared / (counts[a] + counts[b] - shared) >= least)
        yield a[kept], b[kept], shared[kept]
