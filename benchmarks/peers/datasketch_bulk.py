"""datasketch as its documentation shows it: ``MinHash.bulk``, an insertion session, a query an article.

The hash is xxhash instead of the default SHA1 (its documentation names it among the quicker ones), and the index
chooses its own bands for the threshold of 0.5: 25 of 5 rows.
"""

from __future__ import annotations

from pathlib import Path

import xxhash
from datasketch import MinHash, MinHashLSH

from benchmarks.peers.stages import Pairs, Stages, run
from benchmarks.peers.text import LEAST, NUM_PERM, read, shingles, verified


def pairs_of(path: Path, stages: Stages) -> Pairs:
    """JSONL to verified pairs."""
    stages.enter("read")
    ids, texts = read(path)
    stages.enter("shingle, sign")
    tokens = ([shingle.encode() for shingle in shingles(text)] for text in texts)
    signatures = MinHash.bulk(tokens, num_perm=NUM_PERM, hashfunc=xxhash.xxh32_intdigest)
    stages.enter("lsh")
    index = MinHashLSH(threshold=LEAST, num_perm=NUM_PERM)
    with index.insertion_session() as session:
        for row, signature in enumerate(signatures):
            session.insert(row, signature, check_duplication=False)
    answers = [index.query(signature) for signature in signatures]
    stages.enter("verify")
    candidates = ((a, b) for a, found in enumerate(answers) for b in found if a < b)
    return verified(ids, lambda row: shingles(texts[row]), candidates)


if __name__ == "__main__":
    run(pairs_of)
