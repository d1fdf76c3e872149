"""The compiled loops. numba is imported in this package and nowhere else.

Arrays in, arrays out: no text, no settings, no decision lives here. Every kernel releases the GIL, so threads run over
batches of articles; each has an obvious twin in ``tests/naive*.py`` and hypothesis holds the two equal. Signatures are
explicit, so there is exactly one machine version of each, compiled at first use and cached on disk.

``memory``   unaligned loads and stores, the 128-bit product
``text``     UTF-8 -> folded tokens; tokens -> hashed shingles and MinHash signature
``overlap``  band keys, candidate pairs, exact overlap of shingle sets
``phrases``  known phrases, lines and titles in a batch of tokens
``rarity``   fingerprints, phrases and how often they occur, overlap by rarity
``slots``    the same surroundings, another word
``utf8``     whether bytes are UTF-8, one JSON object a line
"""

from __future__ import annotations

import gc
import sys

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
