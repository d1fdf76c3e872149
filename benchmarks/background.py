"""Make the background table: the words and phrases that are frequent in a reference corpus.

    python -m benchmarks.background            writes dedup/match/data/background.npz

Kept are words in more than :data:`~dedup.settings.RARE_WORD` stories and phrases of two and three words in more than
:data:`~dedup.settings.RARE_PHRASE`, each as the top 32 bits of its counter's address and its count; no text, and no
way back to one. Reference: 14 days of the Saudi Newspapers Corpus (M. Alhagri, 2015). Counters are shared by chance
(see :mod:`dedup.kernels.rarity`), so it is counted with the largest tables, in which under 2 % of phrases share one.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from benchmarks.articles import days, parser
from dedup import intake
from dedup.kernels.rarity import count_phrases
from dedup.match.rarity import LENGTHS, Background, distinct_phrases, prints
from dedup.near import distinct_texts, near_identical
from dedup.settings import RARE_PHRASE, RARE_WORD, Settings
from dedup.sketch.minhash import Sketches, Words

TABLE = Path(__file__).resolve().parents[1] / "dedup" / "match" / "data" / "background.npz"
_BITS = 28


def frequent(sketches: Sketches, firsts: npt.NDArray[np.int64]) -> Background:
    """The background table that these stories make."""
    addresses, counts = [], []
    counted = np.zeros(len(sketches), np.bool_)
    counted[firsts] = True
    for length in LENGTHS:
        counters = np.zeros(1 << _BITS, np.uint16)
        sets, first = distinct_phrases(Words(sketches.stream, sketches.first_word), counted, length)
        count_phrases(sets, first, firsts, counters)
        kept = np.flatnonzero(counters > (RARE_WORD if length == 1 else RARE_PHRASE))
        addresses.append((kept.astype(np.uint64) << np.uint64(32 - _BITS)).astype(np.uint32))
        counts.append(counters[kept])
    return Background(tuple(addresses), tuple(counts))


def main() -> None:
    """Read the reference corpus and write the table."""
    arguments = parser(__doc__).parse_args()
    with ThreadPoolExecutor() as pool:
        read = intake.read_corpus(days(arguments.shared), Settings(), (), None, pool)
        distinct = distinct_texts(read.sketches)
        story = prints(near_identical(read.sketches, distinct, Settings().jaccard, pool), len(read.sketches))
    table = frequent(read.sketches, distinct.firsts[story[distinct.firsts] == distinct.firsts])
    named: dict[str, npt.NDArray[Any]] = {f"addresses{n}": a for n, a in zip(LENGTHS, table.addresses, strict=True)}
    named |= {f"counts{n}": c for n, c in zip(LENGTHS, table.counts, strict=True)}
    TABLE.parent.mkdir(exist_ok=True)
    np.savez_compressed(TABLE, allow_pickle=False, **named)
    entries = [len(a) for a in table.addresses]
    print(f"{TABLE.name}: {entries} words, pairs and triples, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
