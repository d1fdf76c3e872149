"""How fast is the compiled part alone: fold, tokenise, shingle and sign, one core, in MB of UTF-8 a second.

The texts lie in memory as record batches of BATCH_BYTES, as the readers deliver them. One thread folds and sketches
batch after batch; the median of several passes counts, the first one (fresh pages for every array) stands beside.
Signing cannot be timed from inside a kernel, so sketching is run a second time with no permutations at all; the
difference is signing.

Costs a unit say what holds it back: nanoseconds a code point in folding, a shingle in hashing and in telling the
distinct ones apart, a permutation of one shingle in signing. For scale, the naive twins of
``tests/naive.py`` are timed on a few articles, and xxhash's own XXH3, called from Python, on the same shingles.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from typing import Any, TypeVar
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import xxhash

from benchmarks.articles import articles, days, parser
from benchmarks.results import Figures, markdown, met, save
from dedup.arabic.fold import Folded, fold_column, fold_table
from dedup.settings import BATCH_BYTES, SHINGLE_WORDS
from dedup.sketch import minhash
from dedup.sketch.minhash import Sketches
from tests import naive

WANTED, ASPIRED = 110, 200
"""MB a second of UTF-8 on one core: the target, and the mark whose distance the stages explain."""
_NAIVE_ARTICLES = 20
_KERNELS = {
    name: stage
    for name, stage in (("sketch_tokens", "shingle, hash, distinct"), ("unmarked_words", "words in order"))
    if hasattr(minhash, name)
}
"""Kernels that sketching calls, and what they do when there are no permutations."""
_T = TypeVar("_T")


def batches(texts: list[str]) -> list[pa.StringArray]:
    """The texts as Arrow columns of about BATCH_BYTES each."""
    made, held, size = [], [], 0
    for text in texts:
        held.append(text)
        size += len(text.encode())
        if size >= BATCH_BYTES:
            made.append(pa.array(held, pa.string()))
            held, size = [], 0
    return [*made, pa.array(held, pa.string())] if held else made


def one_pass(columns: list[pa.StringArray]) -> dict[str, float]:
    """Seconds of folding, of all sketching, of sketching without signing and of its kernels, over all batches."""
    seconds = dict.fromkeys(("fold", "words", "sketch", "unsigned", *_KERNELS), 0.0)
    for column in columns:
        folded = _timed(seconds, "fold", fold_column, column)
        _timed(seconds, "words", getattr, folded, "hashes")
        marked = np.zeros(len(folded.token_start), np.bool_)
        _timed(seconds, "sketch", minhash.sketch, folded, marked)
        with ExitStack() as watched:
            for name in _KERNELS:
                kernel = getattr(minhash, name)
                watched.enter_context(patch.object(minhash, name, partial(_timed, seconds, name, kernel)))
            _timed(seconds, "unsigned", hash_only, folded, marked)
    return seconds


def hash_only(folded: Folded, marked: npt.NDArray[np.bool_]) -> Sketches:
    """Sketching without a single permutation."""
    none = np.zeros(0, np.uint32)
    with patch.object(minhash, "permutations", lambda: (none, none)):
        return minhash.sketch(folded, marked)


def distinct_shingles(column: pa.StringArray) -> int:
    """Shingles that are signed, over all texts of a batch."""
    folded = fold_column(column)
    return int(hash_only(folded, np.zeros(len(folded.token_start), np.bool_)).shingle_counts().sum())


def _timed(seconds: dict[str, float], name: str, function: Callable[..., _T], *arguments: Any) -> _T:
    started = time.perf_counter()
    result = function(*arguments)
    seconds[name] += time.perf_counter() - started
    return result


def measure(texts: list[str], passes: int) -> Figures:
    """All figures of the kernel."""
    columns = batches(texts)
    fold_table()
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    first, *runs = [one_pass(columns) for _ in range(passes + 1)]
    middle = {name: statistics.median(run[name] for run in runs) for name in first}
    total = statistics.median(run["fold"] + run["words"] + run["sketch"] for run in runs)
    shingles = sum(distinct_shingles(column) for column in columns)
    code_points = sum(map(len, texts))
    sign = max(middle["sketch"] - middle["unsigned"], 0.0)
    kernels = {stage: middle[name] for name, stage in _KERNELS.items()}
    both = {"fold": middle["fold"], "hash words": middle["words"]}
    stages = {**both, **kernels, "sign": sign, "arrays": middle["unsigned"] - sum(kernels.values())}
    unit = {"fold": (code_points, "code point"), "sign": (128 * shingles, "permutation of a shingle")}
    return {
        "megabytes": round(megabytes, 1),
        "passes": passes,
        "shingles": shingles,
        "megabytes_a_second": round(megabytes / total, 1),
        "first_pass": round(megabytes / (first["fold"] + first["words"] + first["sketch"]), 1),
        "stages": [
            {
                "stage": name,
                "seconds": round(s, 3),
                "ns": round(s / unit.get(name, (shingles, ""))[0] * 1e9, 3),
                "unit": unit.get(name, (0, "shingle"))[1],
            }
            for name, s in stages.items()
        ],
        "naive": naive_twins(texts[:_NAIVE_ARTICLES]),
    }


def naive_twins(texts: list[str]) -> Figures:
    """MB a second of the slow twins, and xxhash's own time a shingle."""
    megabytes = sum(len(text.encode()) for text in texts) / 1e6
    seconds = {"fold": 0.0, "shingle": 0.0, "sign": 0.0, "xxhash": 0.0}
    hashed = 0
    for text in texts:
        words = [word for word, _, _ in _timed(seconds, "fold", naive.fold_texts, text)]
        found = _timed(seconds, "shingle", naive.shingles, words, [False] * len(words), SHINGLE_WORDS)
        _timed(seconds, "sign", naive.signature, found)
        encoded = [shingle.encode() for shingle in found]
        _timed(seconds, "xxhash", list, map(xxhash.xxh3_64_intdigest, encoded))
        hashed += len(found)
    twins = seconds["fold"] + seconds["shingle"] + seconds["sign"]
    return {
        "articles": len(texts),
        "megabytes_a_second": round(megabytes / twins, 3),
        "fold_megabytes_a_second": round(megabytes / seconds["fold"], 3),
        "xxhash_ns_a_shingle": round(seconds["xxhash"] / hashed * 1e9, 1),
    }


def reached(figures: Figures) -> bool:
    """True when the kernel is as fast as wanted."""
    return bool(figures["megabytes_a_second"] >= WANTED)


def table(figures: Figures) -> str:
    """The result as Markdown."""
    naive_figures = figures["naive"]
    speed = figures["megabytes_a_second"]
    total = sum(stage["seconds"] for stage in figures["stages"])
    rows: list[tuple[object, ...]] = [
        (s["stage"], f"{s['seconds']:.3f} s", f"{s['seconds'] / total:.0%}", f"{s['ns']} ns a {s['unit']}")
        for s in figures["stages"]
    ]
    rows.append(("**all**", f"{total:.3f} s", "", f"**{speed} MB/s** (wanted {WANTED}, {met(speed >= WANTED)})"))
    return (
        f"One core, {figures['megabytes']} MB of UTF-8, {figures['shingles']:,} shingles, 128 permutations, median of "
        f"{figures['passes']} passes.\n\n"
        + markdown(("stage", "time", "share", "cost"), rows)
        + f"\n{ASPIRED} MB/s would be {figures['megabytes'] / ASPIRED:.3f} s. "
        f"The first pass in a process, with fresh memory: {figures['first_pass']} MB/s. The naive twins: "
        f"{naive_figures['megabytes_a_second']} MB/s ({naive_figures['fold_megabytes_a_second']} in folding alone); "
        f"xxhash's own XXH3, called from Python: {naive_figures['xxhash_ns_a_shingle']} ns a shingle.\n"
    )


def main() -> None:
    """Measure, print, save; exit code 1 where the target is missed."""
    options = parser(__doc__)
    options.add_argument("--passes", type=int, default=7)
    arguments = options.parse_args()
    zips = days(arguments.shared)
    texts = [article.text for article in articles(zips) if article.text.strip()]
    figures = measure(texts, arguments.passes)
    save("kernel", zips, figures)
    print(table(figures))
    sys.exit(not reached(figures))


if __name__ == "__main__":
    main()
