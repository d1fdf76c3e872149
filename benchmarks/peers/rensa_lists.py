"""rensa as its README shows it: ``RMinHash.from_token_sets`` of a list of token lists; then as in ``rensa_batch``."""

from __future__ import annotations

from pathlib import Path

from rensa import RMinHash

from benchmarks.peers.rensa_batch import SEED, matched
from benchmarks.peers.stages import Pairs, Stages, run
from benchmarks.peers.text import NUM_PERM, read, shingles


def pairs_of(path: Path, stages: Stages) -> Pairs:
    """JSONL to verified pairs."""
    stages.enter("read")
    ids, texts = read(path)
    stages.enter("shingle, sign")
    sets = [list(shingles(text)) for text in texts]
    signatures = RMinHash.from_token_sets(sets, num_perm=NUM_PERM, seed=SEED)
    return matched(ids, signatures, lambda row: sets[row], stages)


if __name__ == "__main__":
    run(pairs_of)
