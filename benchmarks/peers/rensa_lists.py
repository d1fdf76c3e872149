"""rensa as its README shows it: ``RMinHash.from_token_sets`` of a list of token lists, one LSH index, ``query_all``."""

from __future__ import annotations

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
    sets = [list(shingles(text)) for text in texts]
    signatures = RMinHash.from_token_sets(sets, num_perm=NUM_PERM, seed=SEED)
    stages.enter("lsh")
    index = RMinHashLSH(threshold=LEAST, num_perm=NUM_PERM, num_bands=BANDS)
    index.insert_many(signatures)
    answers = index.query_all(signatures)
    stages.enter("verify")
    candidates = ((a, b) for a, found in enumerate(answers) for b in found if a < b)
    return verified(ids, lambda row: sets[row], candidates)


if __name__ == "__main__":
    run(pairs_of)
