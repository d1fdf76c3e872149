"""Fingerprints: the candidates that banding cannot see.

A brief cut out of a long dispatch, or a rewrite with its sentences turned round, shares little of its *set* of
shingles with the source, but it still shares *runs* of words. Winnowing keeps, of every ``window`` neighbouring
phrases of ``words`` words, the one with the smallest hash. Therefore

    any run of  window + words - 1  unmarked words that two texts share gives them a fingerprint in common,

always: the window of phrases inside the run is the same in both, and so is its smallest. About 2 / (window + 1) of the
phrases are kept.

A fingerprint held by many stories is a formula ("the custodian of the two holy mosques") and says nothing. Holders are
counted in *stories*: prints of one text are one holder, so a dispatch run by a hundred outlets keeps its fingerprints.
Two stories become candidates when they share at least :data:`~dedup.settings.FINGERPRINTS_SHARED` fingerprints of at
most :data:`~dedup.settings.FINGERPRINT_HOLDERS` holders. That bounds the cost whatever the corpus: a fingerprint makes
at most holders * (holders - 1) / 2 pairs, and a formula held by everyone makes none.

Cost: one pass over the word hashes, one sort of the fingerprints. Source: Schleimer, Wilkerson, Aiken, "Winnowing:
local algorithms for document fingerprinting", SIGMOD 2003.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from dedup.kernels.overlap import bucket_pairs
from dedup.kernels.rarity import winnow
from dedup.settings import FINGERPRINT_HOLDERS, FINGERPRINT_WINDOW, FINGERPRINT_WORDS, FINGERPRINTS_SHARED
from dedup.sketch.lsh import distinct
from dedup.sketch.minhash import Sketches


def fingerprints(
    stream: npt.NDArray[np.uint64], first_word: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]:
    """The fingerprints of each text: ``hashes[first[i]:first[i+1]]`` are those of text i, in order."""
    hashes = np.empty(len(stream), np.uint64)
    first = np.empty(len(first_word), np.int64)
    written = winnow(stream, first_word, FINGERPRINT_WORDS, FINGERPRINT_WINDOW, hashes, first)
    return hashes[:written], first


def related_stories(
    sketches: Sketches, articles: npt.NDArray[np.int64], story: npt.NDArray[np.int64]
) -> npt.NDArray[np.uint64]:
    """Pairs of stories that share enough rare fingerprints: sorted uint64 ``a << 32 | b``, a < b.

    ``articles`` are rows that take part, ``story[row]`` the first row of the group of prints row belongs to.
    """
    hashes, first = fingerprints(sketches.stream, sketches.first_word)
    takes_part = np.zeros(len(sketches), np.bool_)
    takes_part[articles] = True
    counts = np.diff(first)
    kept = np.repeat(takes_part, counts)
    holders = np.repeat(story, counts)[kept].astype(np.uint64)
    bits = max(1, len(sketches).bit_length())
    held = distinct((hashes[kept] >> np.uint64(bits) << np.uint64(bits)) | holders)
    return _often(_pairs_in_small_buckets(held, bits))


def _pairs_in_small_buckets(held: npt.NDArray[np.uint64], bits: int) -> npt.NDArray[np.uint64]:
    key = held >> np.uint64(bits)
    starts = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if len(key) else np.zeros(0, np.int64)
    sizes = np.diff(starts, append=len(key))
    useful = held[np.repeat((sizes > 1) & (sizes <= FINGERPRINT_HOLDERS), sizes)]
    none = np.empty(0, np.uint64)
    pairs = np.empty(bucket_pairs(useful, bits, FINGERPRINT_HOLDERS, 0, none), np.uint64)
    bucket_pairs(useful, bits, FINGERPRINT_HOLDERS, 0, pairs)
    return pairs


def _often(pairs: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The pairs that occur at least FINGERPRINTS_SHARED times."""
    pairs.sort()
    reach = FINGERPRINTS_SHARED - 1
    return distinct(pairs[reach:][pairs[reach:] == pairs[: len(pairs) - reach]])
