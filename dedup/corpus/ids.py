"""Ids that name one article each, whatever the input calls them.

Nearly always all are different, and one vectorised look is enough. Where an id comes again, the later article (in
canonical order) gets ``~2``, ``~3``, ... behind its id, the first that no other article has; it depends on the order of
rows only, and that does not depend on how files were named or listed.

>>> ids = pa.chunked_array([["a", "b", "a", "a~2", "a"]])
>>> unique_ids(ids, pa.chunked_array([["x", "x", "y", "y", "y"]]))[0].to_pylist()
['a', 'b', 'a~3', 'a~2', 'a~4']
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from dedup.model import Notice


def unique_ids(ids: pa.ChunkedArray, paths: pa.ChunkedArray) -> tuple[pa.ChunkedArray, list[Notice]]:
    """The ids with repeated ones told apart, and a notice for each file that repeats some."""
    if pc.count_distinct(ids, mode="all").as_py() == len(ids):
        return ids, []
    given = ids.to_pylist()
    taken = set(given)
    following: dict[str, int] = {}
    seen: set[str] = set()
    repeats: dict[str, tuple[int, str, str]] = {}
    for row, name in enumerate(given):
        if name not in seen:
            seen.add(name)
            continue
        number = following.get(name, 2)
        while f"{name}~{number}" in taken:
            number += 1
        given[row] = renamed = f"{name}~{number}"
        taken.add(renamed)
        following[name] = number + 1
        path = paths[row].as_py()
        count, first, new = repeats.get(path, (0, name, renamed))
        repeats[path] = count + 1, first, new
    notices = [Notice(path, None, _note(*repeat)) for path, repeat in repeats.items()]
    lengths = [len(chunk) for chunk in ids.chunks]
    flat = pa.array(given, pa.string())
    starts = [sum(lengths[:n]) for n in range(len(lengths))]
    return pa.chunked_array([flat.slice(s, n) for s, n in zip(starts, lengths, strict=True)], pa.string()), notices


def _note(count: int, first: str, renamed: str) -> str:
    many = f"{count:,} ids were" if count > 1 else "an id was"
    return f"{many} given before to another article; a suffix keeps them apart (first: '{first}' is now '{renamed}')"
