"""Fingerprints: the candidates that banding cannot see.

A brief cut out of a long dispatch, or a rewrite with its sentences turned round, shares little of its *set* of
shingles with the source, but it still shares *runs* of words. Winnowing keeps, of every ``window`` neighbouring
phrases of ``words`` words, the one with the smallest hash. Therefore

    any run of  window + words - 1  unmarked words that two texts share gives them a fingerprint in common,

always: the window of phrases inside the run is the same in both, and so is its smallest. About 2 / (window + 1) of the
phrases is kept.

Winnowing spares work where there is much. A corpus of up to :data:`~dedup.settings.EVERY_PHRASE_WORDS` words keeps
every phrase (a window of 1): a rewrite then meets its source by any two phrases of three words.

A fingerprint held by many stories is a formula ("the custodian of the two holy mosques") and says nothing. Holders are
counted in *stories*: prints of one text are one holder, so a dispatch run by a hundred outlets keeps its fingerprints.
Two stories become candidates when they share at least :data:`~dedup.settings.FINGERPRINTS_SHARED` fingerprints of at
most :data:`~dedup.settings.FINGERPRINT_HOLDERS` holders. That bounds the cost whatever the corpus: a fingerprint makes
at most holders * (holders - 1) / 2 pairs, and a formula held by everyone makes none.

Cost: one pass over the word hashes and one sort of the fingerprints that are not alone; then each story walks through
its buckets and counts whom it meets, so that no pair is written that is not wanted. Processor time for the 6.6 M words
of 14 days: 0.02 s to winnow, 0.07 s for the rest (0.37 s when 2.6 M pairs were written and sorted). Source:
Schleimer, Wilkerson, Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD 2003.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dedup.kernels.overlap import drop_single, often_together
from dedup.kernels.rarity import winnow
from dedup.settings import (
    EVERY_PHRASE_WORDS,
    FINGERPRINT_HOLDERS,
    FINGERPRINT_WINDOW,
    FINGERPRINT_WORDS,
    FINGERPRINTS_SHARED,
)
from dedup.sketch.lsh import distinct
from dedup.sketch.minhash import Sketches, Words


def fingerprints(
    words: Words, number: npt.NDArray[np.int64], bits: int, window: int
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The fingerprints of each text: ``hashes[first[i]:first[i+1]]`` are those of text i, in order, ``number[i]`` in
    place of their lowest ``bits``. A text of a negative number has none."""
    hashes, first = np.empty(len(words.stream), np.uint64), np.empty(len(words.first_word), np.int64)
    written = winnow(words.stream, words.first_word, number, bits, FINGERPRINT_WORDS, window, hashes, first)
    return hashes[:written], first


def related_stories(
    sketches: Sketches, articles: npt.NDArray[np.int64], story: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint64]:
    """Pairs of stories that share enough rare fingerprints: sorted uint64 ``a << 32 | b``, a < b.

    ``articles`` are rows that take part, ``story[row]`` the first row of the group of prints row belongs to.
    """
    number = np.full(len(sketches), -1, np.int64)
    number[articles] = story[articles]
    bits = max(1, len(sketches).bit_length())
    words = sketches.running()
    window = 1 if len(words.stream) <= EVERY_PHRASE_WORDS else FINGERPRINT_WINDOW
    held, _ = fingerprints(words, number, bits, window)
    held = distinct(held[: drop_single(held, bits, held)])
    together = np.empty(_pairs_in_buckets(held, bits) // FINGERPRINTS_SHARED + 1, np.uint64)
    return distinct(together[: often_together(held, bits, FINGERPRINT_HOLDERS, FINGERPRINTS_SHARED, together)])


def _pairs_in_buckets(held: npt.NDArray[np.uint64], bits: int) -> int:
    """How many pairs of holders the fingerprints of few holders make."""
    key = held >> np.uint64(bits)
    sizes = np.diff(np.flatnonzero(np.diff(key, prepend=~key[:1], append=~key[-1:])))
    return int((sizes * (sizes - 1) // 2)[sizes <= FINGERPRINT_HOLDERS].sum())
