"""rensa as its README shows it: ``RMinHash.from_token_sets``, one LSH index, ``insert_many``, ``query_all``.

32 bands are what rensa's own deduplicator chooses for a threshold of 0.5. Its digest matrices were tried and left: an
index filled from them tells that a row has a partner but not which, so the flagged fifth of the rows has to be signed
a second time, and fed from Python strings they were no quicker (shingling and signing 3.3 s against 2.5 s).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from rensa import RMinHash, RMinHashLSH

from benchmarks.peers.stages import Pairs, Stages, run
from benchmarks.peers.text import LEAST, NUM_PERM, read, shingles, verified

BANDS = 32
SEED = 42


def pairs_of(path: Path, stages: Stages) -> Pairs:
    """JSONL to verified pairs."""
    stages.enter("read")
    ids, texts = read(path)
    stages.enter("shingle, sign")
    signatures = RMinHash.from_token_sets((shingles(text) for text in texts), num_perm=NUM_PERM, seed=SEED)
    return matched(ids, signatures, lambda row: shingles(texts[row]), stages)


def matched(
    ids: list[str], signatures: list[RMinHash], shingles_of: Callable[[int], list[str]], stages: Stages
) -> Pairs:
    """Signatures to verified pairs: one index, and every row asked for its neighbours."""
    stages.enter("lsh")
    index = RMinHashLSH(threshold=LEAST, num_perm=NUM_PERM, num_bands=BANDS)
    index.insert_many(signatures)
    answers = index.query_all(signatures)
    stages.enter("verify")
    candidates = ((a, b) for a, found in enumerate(answers) for b in found if a < b)
    return verified(ids, shingles_of, candidates)


if __name__ == "__main__":
    run(pairs_of)
