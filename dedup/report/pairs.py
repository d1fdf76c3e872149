"""The listed pairs: as values, one by one, and as lines of the pairs file, column by column.

Both say the same: a line is what orjson writes of the value, byte for byte (a test holds them equal). Values are for
those who use the package, and for the evidence of each story; a file of thousands of pairs is written from columns
(:mod:`dedup.report.json_columns`).
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from dedup.match.features import SENTENCES
from dedup.match.verdicts import Verdicts
from dedup.model import RELATIONS, SAME_STORY, Pair
from dedup.report import json_columns as text
from dedup.report.passages import PairPassages, pair_passages, with_passages
from dedup.story.texts import Texts

_DIGITS = 4
_PIECE = 65_536
"""Pairs taken up at a time, so that those of a large corpus are never all in memory as text or values: as values some
100 MB, as text 40 MB."""
_LINES = 4_096
"""Pairs a worker writes at a time: about 12 ms of work, 2.5 MB of text."""


class Listed(Iterator[Pair]):
    """Pairs in canonical order, to go through once as values, or to be written as lines."""

    def __init__(self, articles: pa.Table, verdicts: Verdicts, texts: Texts, threads: int) -> None:
        self._articles, self._verdicts, self._texts, self._threads = articles, verdicts, texts, threads
        self._values = self._one_by_one()

    def __next__(self) -> Pair:
        return next(self._values)

    def lines(self) -> Iterator[bytes]:
        """All of them as text, some thousand at a time."""
        with ThreadPoolExecutor(self._threads) as pool:
            for piece in self._pieces():
                passages = pair_passages(self._texts, piece, with_passages(piece), pool.map)
                rows, number = np.unique(np.concatenate([piece.pairs.a, piece.pairs.b]), return_inverse=True)
                ids = text.strings(self._articles["id"].take(pa.array(rows)).to_pylist())
                a, b = (ids.take(pa.array(side)) for side in (number[: len(piece)], number[len(piece) :]))
                cuts = [slice(start, start + _LINES) for start in range(0, len(piece), _LINES)]
                parts = [(a[cut], b[cut], piece.where(np.arange(len(piece))[cut]), passages.part(cut)) for cut in cuts]
                yield from pool.map(_lines, parts)

    def _one_by_one(self) -> Iterator[Pair]:
        for piece in self._pieces():
            with ThreadPoolExecutor(self._threads) as pool:
                passages = pair_passages(self._texts, piece, with_passages(piece), pool.map)
            yield from pair_values(self._articles, piece, passages)

    def _pieces(self) -> Iterator[Verdicts]:
        for start in range(0, len(self._verdicts), _PIECE):
            yield self._verdicts.where(np.arange(start, min(start + _PIECE, len(self._verdicts))))


def pair_values(articles: pa.Table, chosen: Verdicts, told: PairPassages) -> Iterator[Pair]:
    """Verdicts, each with its passages, as values."""
    ids = articles["id"].take(pa.array(np.concatenate([chosen.pairs.a, chosen.pairs.b]))).to_pylist()
    names = [RELATIONS[relation] for relation in chosen.relation.tolist()]
    figures: Iterator[list[Any]] = (figure.tolist() for _, figure in _figures(chosen))
    same = [name in SAME_STORY for name in names]
    sides = ids[: len(chosen)], ids[len(chosen) :]
    return map(Pair, *sides, names, same, *figures, _explained(chosen), told.values())


def _explained(chosen: Verdicts) -> Iterator[dict[str, float | None] | None]:
    """The features of each pair by name; None for equal texts, which have none."""
    seen = np.round(chosen.features, _DIGITS)
    unknown = np.isnan(seen)
    known = seen.astype(object)
    known[unknown] = None
    for features, equal in zip(known.tolist(), unknown[:, 0].tolist(), strict=True):
        yield None if equal else dict(zip(SENTENCES, features, strict=True))


def _figures(chosen: Verdicts) -> tuple[tuple[str, npt.NDArray[Any]], ...]:
    """The figures of a pair that are a column each, in the order of the fields of Pair."""
    pairs = chosen.pairs
    return (
        ("probability", chosen.probability),
        ("jaccard", pairs.jaccard()),
        ("containment_a", pairs.containment_a()),
        ("containment_b", pairs.containment_b()),
        ("shared", pairs.shared),
        ("shingles_a", pairs.shingles_a),
        ("shingles_b", pairs.shingles_b),
        ("rare_containment", chosen.rare_containment),
    )


_RELATION = [f'"relation":"{name}","same_story":{str(name in SAME_STORY).lower()}' for name in RELATIONS]


def _lines(part: tuple[text.Column, text.Column, Verdicts, PairPassages]) -> bytes:
    """Pairs as lines, given the text of the ids of either side."""
    a, b, chosen, told = part
    figures = [piece for name, figure in _figures(chosen) for piece in (f'"{name}":', text.numbers(figure))]
    lines = text.joined(
        '{"a":', a, ',"b":', b, ",", text.chosen(_RELATION, chosen.relation), ",", *figures,
        '"features":', _features(chosen), ',"passages":', _passages(told), "}\n",
    )  # fmt: skip
    return text.as_bytes(lines)


def _features(chosen: Verdicts) -> text.Column:
    seen = np.round(chosen.features, _DIGITS)
    *names, last = SENTENCES
    pieces = [piece for n, name in enumerate(names) for piece in (f'"{name}":', text.numbers(seen[:, n]))]
    features = text.joined("{", *pieces, f'"{last}":', text.numbers(seen[:, -1], last=True), "}")
    return pc.if_else(pa.array(np.isnan(seen[:, 0])), pa.scalar("null"), features)


def _passages(told: PairPassages) -> text.Column:
    a, b = ((text.numbers(side[:, 0]), text.numbers(side[:, 1], last=True)) for side in (told.a, told.b))
    passages = text.joined(
        '{"a":[', *a, '],"b":[', *b, '],"similarity":', text.numbers(told.similarity),
        '"formula":', text.chosen(("false", "true"), told.formula.astype(np.int8)), "}",
    )  # fmt: skip
    return pc.if_else(pa.array(told.known), text.listed(passages, told.first), pa.scalar("null"))
