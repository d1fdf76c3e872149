"""Make the background table: the words and phrases that are frequent in a reference corpus, or formulas anywhere.

    python -m benchmarks.background            writes dedup/match/data/background.npz

Kept are words in more than :data:`~dedup.settings.RARE_WORD` stories and phrases of two and three words in more than
:data:`~dedup.settings.RARE_PHRASE`, each as the top 32 bits of its counter's address and its count; no text, and no
way back to one. Reference: 14 days of the Saudi Newspapers Corpus (M. Alhagri, 2015). Counters are shared by chance
(see :mod:`dedup.match.rarity`), so it is counted with the largest tables, in which under 2 % of phrases share one.

The corpus is of one country and one summer. So the phrases of the formulas written for this project
(:mod:`benchmarks.formulas`) are added, each as if :data:`FORMULA_STORIES` stories held it; their words are not: the
name of a state says much, "the president of the republic of" it says nothing.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from benchmarks import formulas
from benchmarks.articles import days, parser
from dedup import intake, pipeline
from dedup.arabic.fold import fold_column
from dedup.match.rarity import LENGTHS, Background, Printed, Sets, addresses, distinct_phrases, prints
from dedup.near import distinct_texts, near_identical
from dedup.settings import PRINT_JACCARD, RARE_PHRASE, RARE_WORD, Settings
from dedup.sketch.minhash import Sketches, Words

TABLE = Path(__file__).resolve().parents[1] / "dedup" / "match" / "data" / "background.npz"
FORMULA_STORIES = 5 * RARE_PHRASE
"""A formula is frequent then in every corpus that is under four fifths of the reference, and left to a larger one."""
BITS = 28
Addresses = npt.NDArray[np.uint32]
Counts = npt.NDArray[np.uint16]


def frequent(sketches: Sketches, firsts: npt.NDArray[np.int64]) -> Background:
    """The background table that these stories make."""
    addresses, counts = [], []
    counted = np.zeros(len(sketches), np.bool_)
    counted[firsts] = True
    for length in LENGTHS:
        counters = story_counts(distinct_phrases(sketches.running(), counted, length))
        address, count = _kept(counters, RARE_WORD if length == 1 else RARE_PHRASE)
        addresses.append(address)
        counts.append(count)
    return Background(tuple(addresses), tuple(counts), len(firsts))


def with_formulas(table: Background) -> Background:
    """The table with the phrases of the formulas, none less frequent than it was."""
    by_length: dict[int, list[str]] = {length: [] for length in LENGTHS}
    for phrase in formulas.phrases(*formulas.read()):
        by_length[len(phrase)].append(" ".join(phrase))
    added = [_formulas_among(table, length, sorted(by_length[length])) for length in LENGTHS]
    addresses, counts = zip(*added, strict=True)
    return Background(addresses, counts, table.stories)


def _formulas_among(table: Background, length: int, phrases: list[str]) -> tuple[Addresses, Counts]:
    folded = fold_column(pa.array(phrases, pa.string()))
    found = distinct_phrases(Words(folded.hashes, folded.first_token), np.ones(len(phrases), np.bool_), length)
    counters = np.minimum(story_counts(found), 1) * np.uint16(FORMULA_STORIES)
    places = table.addresses[length - 1] >> np.uint32(32 - BITS)
    counters[places] = np.maximum(counters[places], table.counts[length - 1])
    return _kept(counters, 0)


def story_counts(found: Sets) -> Counts:
    """In how many texts the phrases of each address occur."""
    counters = np.zeros(1 << BITS, np.uint16)
    np.add.at(counters, addresses(found.sets, len(counters)), np.uint16(1))
    return counters


def _kept(counters: Counts, limit: int) -> tuple[Addresses, Counts]:
    """Address and count of every counter above ``limit``."""
    kept = np.flatnonzero(counters > limit)
    return (kept.astype(np.uint64) << np.uint64(32 - BITS)).astype(np.uint32), counters[kept]


def main() -> None:
    """Read the reference corpus and write the table."""
    arguments = parser(__doc__).parse_args()
    with ThreadPoolExecutor() as pool:
        read = intake.read_corpus(days(arguments.shared), Settings(), (), None, pool)
        distinct = distinct_texts(read.sketches)
        near = near_identical(read.sketches, distinct, PRINT_JACCARD, pool).pairs
        printed = Printed(intake.outlet_codes(read.articles["outlet"]), pipeline.days(read).known)
        story = prints(near, read.sketches.running(), printed, pool.map)
    table = with_formulas(frequent(read.sketches, np.unique(story.fullest[distinct.firsts])))
    named: dict[str, npt.NDArray[Any]] = {f"addresses{n}": a for n, a in zip(LENGTHS, table.addresses, strict=True)}
    named["stories"] = np.array(table.stories)
    named |= {f"counts{n}": c for n, c in zip(LENGTHS, table.counts, strict=True)}
    TABLE.parent.mkdir(exist_ok=True)
    np.savez_compressed(TABLE, allow_pickle=False, **named)
    entries = [len(a) for a in table.addresses]
    print(f"{TABLE.name}: {entries} words, pairs and triples, {TABLE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
