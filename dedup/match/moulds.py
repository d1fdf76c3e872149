"""Moulds: with how many other stories a text has its wording, though not its numbers, in common.

A weather bulletin, a figure of the week, a course announcement is poured into a mould again and again. Two casts of
neighbouring days share rare wording and may differ in a handful of words; looked at alone they are a rewrite. But the
corpus holds more casts, and to those each is a *mate*: a suspect that shares :data:`~dedup.settings.MATE_JACCARD` of
its shingles while everyday numbers of the poorer text (a day, a degree) are missing in the other. Who has many mates
is called one story with a further text on better evidence only. Who has none is judged as ever, for a small corpus
shows few: mates only take away, and what they take is fitted last, the other coefficients as they stand. (Fitted with
the others, their absence spoke for a pair, and two telegrams of the seeds passed for one story.)

    mates(a | b) = number of stories s, neither a's nor b's, that hold a mate of a
    mould_mates(a, b) = min(mates(a | b), mates(b | a))

Counted are stories (groups of prints), so thirty prints of one text, each cut elsewhere, are no thirty mates of each
other. No probability is asked, so one pass over the suspects is enough, and nothing that was fitted is fed back.

Cost: one sort of the mates (1,482 of 71,296 suspects of 14 days), two binary searches a pair: 8 ms of 0.3 s of judging.
Limits: who is no suspect is no mate, so with a ``--jaccard`` far under its default, which suspects more, a text can
have more of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from dedup.settings import MATE_JACCARD

_Rows = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Mates:
    """Of n texts: ``story`` int64 (n,), the story of each; ``ties``, int64, sorted, each once: ``text << 32 | story``
    for every other story that holds a mate of the text; ``count`` int64 (n,): how many these are."""

    story: _Rows
    ties: _Rows
    count: _Rows

    def beside(self, a: _Rows, b: _Rows) -> npt.NDArray[np.float64]:
        """Stories that hold a mate, other than the two of the pair; of the text that has fewer. float64, (pairs,)."""
        return np.minimum(self._of(a, b), self._of(b, a)).astype(np.float64)

    def _of(self, text: _Rows, other: _Rows) -> _Rows:
        asked = text << 32 | self.story[other]
        place = np.minimum(np.searchsorted(self.ties, asked), max(len(self.ties) - 1, 0))
        tied = self.ties[place] == asked if len(self.ties) else np.zeros(len(asked), np.bool_)
        return self.count[text] - tied


def mates(
    a: _Rows, b: _Rows, jaccard: npt.NDArray[np.float64], missing_numbers: npt.NDArray[np.float64], story: _Rows
) -> Mates:
    """The mates among suspected pairs; ``missing_numbers`` is the feature of that name."""
    alike = (jaccard >= MATE_JACCARD) & (missing_numbers > 0) & (story[a] != story[b])
    one, other = a[alike], b[alike]
    ties = np.unique(np.concatenate([one << 32 | story[other], other << 32 | story[one]]))
    return Mates(story, ties, np.bincount(ties >> 32, minlength=len(story)).astype(np.int64))
