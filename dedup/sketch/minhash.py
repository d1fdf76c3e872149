"""Shingles and MinHash signatures of folded texts.

A *shingle* is a run of :data:`~dedup.settings.SHINGLE_WORDS` neighbouring unmarked tokens, joined by single spaces.
Two texts are compared by the sets of their shingles: Jaccard = shared / all. The signature estimates it: under a random
permutation of all shingles, two sets have the same smallest element with probability exactly their Jaccard similarity
(Broder, "On the resemblance and containment of documents", 1997, section 2); so of 128 permutations about that share
agree.

The signature equals, to the bit, the hash values of this object of datasketch, whose indexes therefore take it:

    MinHash(num_perm=128, seed=1, hashfunc=lambda b: xxhash.xxh3_64_intdigest(b) & 0xFFFFFFFF)

updated with the UTF-8 of each shingle (scheme "affine32"). What is proven and what is measured is told in datasketch's
own comment: the permutations are bijections, their accuracy is empirical. Nothing reported rests on the estimate:
candidates are compared exactly.

Equal hashes are taken for equal shingles: with 64 bits and the 6.5 million shingles of a month of 14 newspapers
the chance of one single collision is 1e-6.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from dedup.arabic.fold import Folded, fold_nothing
from dedup.kernels.overlap import gather
from dedup.kernels.text import sketch_tokens, unmarked_words
from dedup.settings import MIN_WORDS, NUM_PERM, SEED, SHINGLE_WORDS
from dedup.sketch.shingles import Shingles

_TWISTER = 624
"""Words of the Mersenne Twister's state."""
_Ragged = tuple[npt.NDArray[np.uint64], npt.NDArray[np.int64]]
"""Values of several texts behind each other, and where those of each begin (one longer than there are texts)."""


@dataclass(frozen=True, slots=True)
class Words:
    """Word hashes of n texts: ``stream`` uint64, ``first_word`` int64 (n + 1), as :class:`Sketches` says."""

    stream: npt.NDArray[np.uint64]
    first_word: npt.NDArray[np.int64]

    def take(self, rows: npt.NDArray[np.int64]) -> Words:
        """The words of some texts, in the order of ``rows``."""
        return Words(*_gathered(self.stream, self.first_word, rows))


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of n texts, as arrays.

    ``shingles``: the distinct shingle hashes of each. ``signatures`` uint32 (n, NUM_PERM). ``stream`` uint64,
    ``first_word`` int64 (n + 1): ``stream[first_word[i]:first_word[i+1]]`` are the hashes of text i's unmarked words
    in order, bit 0 set for a number, with a 0 where marked tokens stand between; a word is a token, or a number of
    several (:mod:`dedup.kernels.numerals`). ``content`` uint64: equal only for texts with equal unmarked
    words, in sketches without words for texts with equal stretches of unmarked tokens. ``words`` int32: unmarked
    tokens.
    """

    shingles: Shingles
    signatures: npt.NDArray[np.uint32]
    stream: npt.NDArray[np.uint64]
    first_word: npt.NDArray[np.int64]
    content: npt.NDArray[np.uint64]
    words: npt.NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.words)

    def too_short(self) -> npt.NDArray[np.bool_]:
        """Texts that cannot be compared: too few unmarked words, or none of them in a run long enough for a shingle."""
        short: npt.NDArray[np.bool_] = (self.words < MIN_WORDS) | (self.shingle_counts() == 0)
        return short

    def take(self, rows: npt.NDArray[np.int64]) -> Sketches:
        """The sketches of some texts, in the order of ``rows``."""
        return Sketches(
            self.shingles.take(rows),
            self.signatures[rows],
            *_gathered(self.stream, self.first_word, rows),
            self.content[rows],
            self.words[rows],
        )

    def counted(self) -> Sketches:
        """Without signatures, and of the shingles only how many there are: for when nothing is compared any more. (That
        is 2.8 kB an article.)"""
        return replace(self, shingles=self.shingles.counted(), signatures=np.zeros((len(self), 0), np.uint32))

    def running(self) -> Words:
        """The unmarked words of all texts as they follow each other."""
        return Words(self.stream, self.first_word)

    def shingle_counts(self) -> npt.NDArray[np.int64]:
        """Distinct shingles of each text."""
        return self.shingles.counts


def sketch(folded: Folded, marked: npt.NDArray[np.bool_], with_words: bool = True) -> Sketches:
    """Sketch a folded batch; ``marked`` has one truth value a token, and no shingle holds or crosses a marked token.

    Without words the stream stays empty: enough for :func:`dedup.sketch.lsh.candidate_pairs` and exact comparison.
    """
    texts, tokens = len(folded.first_token) - 1, len(folded.token_start)
    shingles, first_shingle = np.empty(tokens, np.uint64), np.empty(texts + 1, np.int64)
    signatures, words = np.empty((texts, NUM_PERM), np.uint32), np.empty(texts, np.int32)
    content = np.empty(texts, np.uint64)
    places = (folded.letters, folded.token_start, folded.token_end, folded.first_token, marked)
    distinct = sketch_tokens(
        *places, SHINGLE_WORDS, shingles, first_shingle, *permutations(), signatures, content, words
    )
    kept, first_word = no_words(texts) if not with_words else word_stream(folded, marked, content)
    made = Shingles.of_batch(shingles[:distinct], first_shingle)
    return Sketches(made, signatures, kept, first_word, content, words)


def word_stream(folded: Folded, marked: npt.NDArray[np.bool_], content: npt.NDArray[np.uint64]) -> _Ragged:
    """The unmarked words of a folded batch, as :class:`Sketches` has them; where numbers are joined goes into
    ``content``."""
    stream = np.empty(len(folded.token_start), np.uint64)
    first_word = np.empty(len(folded.first_token), np.int64)
    written = unmarked_words(folded.hashes, folded.before, folded.first_token, marked, stream, first_word, content)
    return stream[:written].copy(), first_word


def no_words(texts: int) -> _Ragged:
    """The empty streams of some texts."""
    return np.zeros(0, np.uint64), np.zeros(texts + 1, np.int64)


def joined(parts: list[Sketches]) -> Sketches:
    """The sketches of several batches, one after the other."""
    parts = parts or [sketch(fold_nothing(), np.zeros(0, np.bool_))]
    return chosen(parts, np.arange(sum(map(len, parts)), dtype=np.int64))


def chosen(parts: list[Sketches], order: npt.NDArray[np.int64], mapper: Callable[..., Iterable[Any]] = map) -> Sketches:
    """The sketches of several batches, numbered one after the other, in the order of those numbers; copied once, a part
    at a time, side by side on the threads of a pool's ``mapper`` (most of it is waiting for fresh pages)."""
    sizes = np.concatenate([np.diff(part.first_word) for part in parts])[order]
    first_word = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    stream = np.empty(int(first_word[-1]), np.uint64)
    signatures = np.empty((len(order), NUM_PERM), np.uint32)
    starts, places = np.cumsum([0, *map(len, parts)]), np.argsort(order, kind="stable")
    of_part = np.split(places, np.searchsorted(order[places], starts[1:-1]))

    def copy(part: Sketches, start: int, place: npt.NDArray[np.int64]) -> None:
        row = order[place] - start
        gather(part.stream, part.first_word[row], part.first_word[row + 1], stream, first_word[place])
        signatures[place] = part.signatures[row]

    list(mapper(copy, parts, starts[:-1].tolist(), of_part))
    return Sketches(
        Shingles.joined([part.shingles for part in parts]).take(order),
        signatures,
        stream,
        first_word,
        np.concatenate([part.content for part in parts])[order],
        np.concatenate([part.words for part in parts])[order],
    )


def _gathered(values: npt.NDArray[np.uint64], first: npt.NDArray[np.int64], rows: npt.NDArray[np.int64]) -> _Ragged:
    starts = np.concatenate([[0], np.cumsum(np.diff(first)[rows])]).astype(np.int64)
    out = np.empty(int(starts[-1]), np.uint64)
    gather(values, first[rows], first[rows + 1], out, starts)
    return out, starts


@functools.cache
def permutations() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Multipliers (odd) and addends of the permutations ``h -> a * h + b mod 2**32``, uint32 (NUM_PERM,) each.

    Drawn as datasketch 2 draws them for scheme "affine32", by ``RandomState(SEED)`` of numpy, which is the Mersenne
    Twister seeded as its authors' paper says (Matsumoto and Nishimura, 1998; the initialisation of 2002). A test holds
    the two equal. (Importing datasketch would load scipy, a fifth of a second; numpy.random alone takes 0.01 to 0.02 s
    of the 0.4 that near copies of 22,953 articles take.)
    """
    state = [SEED]
    for position in range(1, _TWISTER):
        state.append((1812433253 * (state[-1] ^ state[-1] >> 30) + position) & 0xFFFFFFFF)
    twister = random.Random()
    twister.setstate((3, (*state, _TWISTER), None))
    drawn = np.array([twister.getrandbits(32) for _ in range(2 * NUM_PERM)], np.uint32)
    return drawn[:NUM_PERM] * np.uint32(2) + np.uint32(1), drawn[NUM_PERM:]


def to_datasketch(signature: npt.NDArray[np.uint32]) -> Any:
    """The signature as a ``datasketch.MinHash``, which can go on being updated with the UTF-8 of shingles."""
    from datasketch import MinHash

    return MinHash(hashvalues=signature.copy(), seed=SEED, hashfunc=shingle_hash, scheme="affine32")


def from_datasketch(minhash: Any) -> npt.NDArray[np.uint32]:
    """The signature of a ``datasketch.MinHash``; refuses one made with other permutations."""
    if minhash.scheme != "affine32" or minhash.seed != SEED or len(minhash) != NUM_PERM:
        raise ValueError(
            f"this MinHash has scheme {minhash.scheme}, seed {minhash.seed}, {len(minhash)} permutations; a signature "
            f"here has affine32, {SEED}, {NUM_PERM}. Make it again with these."
        )
    return np.asarray(minhash.hashvalues, np.uint32)


def shingle_hash(shingle: bytes) -> int:
    """The ``hashfunc`` to give datasketch: the low 32 bits of XXH3-64 of a shingle's UTF-8."""
    import xxhash

    return xxhash.xxh3_64_intdigest(shingle) & 0xFFFFFFFF
