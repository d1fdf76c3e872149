"""The compiled loops. numba is imported in this package and nowhere else.

Arrays in, arrays out: no text, no settings, no decision lives here. Every kernel releases the GIL, so threads run over
batches of articles; each has an obvious twin in ``tests/naive*.py`` and hypothesis holds the two equal. Signatures are
explicit, so there is exactly one machine version of each, compiled at first use and cached on disk.

``parts``    what kernels are made of: functions without a door for Python
``sets``     phrases of words, tables of hashes and their sieves
``memory``   unaligned loads and stores, the 128-bit product
``text``     UTF-8 -> folded tokens; tokens -> hashed shingles and MinHash signature
``overlap``  band keys, candidate pairs, exact overlap of shingle sets
``hashing``  hashes of tokens and of runs of tokens
``lines``    lines of a text, tokens under marks
``phrases``  known phrases in a text's tokens
``scan``     all three, text by text, over a batch
``titles``   where a text repeats its title
``repeats``  hashes of lines, edges and heads, by which repetition is known
``rarity``   fingerprints, phrases and how often they occur, overlap by rarity
``slots``    the same surroundings, another word
``openings`` the first words of a text, and whether another has them
``utf8``     whether bytes are UTF-8, one JSON object a line
``passages`` seeds that two texts share, and their clusters
``boxes``    stretches of two texts around a cluster
``alignment`` which of these are passages
"""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path

if "numba" not in sys.modules and "scipy" not in sys.modules:
    # numba looks for scipy's BLAS when it is first used, which takes 0.15 s, and no kernel does linear algebra. It is
    # made to find none for the moment of its import; whoever imports scipy later gets it as usual. Meanwhile garbage is
    # not collected: the collector would walk the hundreds of thousands of objects that come to stay (0.04 s).
    sys.modules["scipy"] = None  # type: ignore[assignment]
    collecting = gc.isenabled()
    gc.disable()
    try:
        import numba.np.arraymath
        import numba.np.linalg  # noqa: F401
    finally:
        del sys.modules["scipy"]
        if collecting:
            gc.enable()


def _forget_what_is_stale() -> None:
    """Have kernels compiled anew after any of their sources has changed.

    numba compares a cached kernel with the file it stands in, not with the files of the parts that went into it, so a
    kernel would go on running with a part as it once was. Where the cache is (beside the sources, in the user's cache,
    or where NUMBA_CACHE_DIR says), numba itself is asked.
    """
    from numba.core.caching import CompileResultCacheImpl

    sources = Path(__file__).parent.glob("*.py")
    made_from = repr(sorted((path.name, path.stat().st_mtime_ns, path.stat().st_size) for path in sources))
    with contextlib.suppress(OSError, RuntimeError):
        cache = Path(CompileResultCacheImpl(_forget_what_is_stale).locator.get_cache_path())
        known = cache / "kernels.sources"
        if known.exists() and known.read_text("utf-8") == made_from:
            return
        for index in cache.glob("*.nbi"):
            index.unlink(missing_ok=True)
        cache.mkdir(parents=True, exist_ok=True)
        known.write_text(made_from, "utf-8")


_forget_what_is_stale()
