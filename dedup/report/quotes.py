"""The shared text of stories as the report names it: from words of texts to spans in articles."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.model import Carrier, SharedPassage
from dedup.report.passages import rounded
from dedup.story.quoted import Quoted
from dedup.story.ranges import Numbers
from dedup.story.texts import Texts, strings_of


def shared_passages(
    quotes: Quoted, rows: Numbers, texts: Texts, articles: pa.Table, with_quotes: bool
) -> Iterator[tuple[SharedPassage, ...]]:
    """The shared text of each story; passages are quoted if ``with_quotes``. ``rows``: the members of all stories."""
    place = texts.places(rows)
    ids = articles["id"].take(pa.array(rows)).to_pylist()
    at = texts.spans(place[quotes.carrier], quotes.carried)
    of = texts.spans(place[quotes.member[quotes.carriers.number()]], quotes.of)
    spans = texts.spans(place[quotes.member], quotes.at)
    figures = (*at.T.tolist(), *of.T.tolist(), rounded(quotes.similarity).tolist())
    carriers = map(Carrier, [ids[member] for member in quotes.carrier.tolist()], *figures)
    told = map(
        SharedPassage,
        [ids[member] for member in quotes.member.tolist()],
        *spans.T.tolist(),
        (quotes.at[:, 1] - quotes.at[:, 0]).tolist(),
        (tuple(islice(carriers, count)) for count in quotes.carriers.sizes().tolist()),
        _quotes(rows[quotes.member], spans, articles["text"]) if with_quotes else [None] * len(spans),
    )
    return (tuple(islice(told, count)) for count in quotes.stories.sizes().tolist())


def _quotes(rows: Numbers, spans: npt.NDArray[np.int32], column: pa.ChunkedArray) -> list[str]:
    """The stretches ``spans`` of the texts at ``rows``, each text read once."""
    distinct, number = np.unique(rows, return_inverse=True)
    read = strings_of(column, distinct)
    return [read[n][start:end] for n, (start, end) in zip(number.tolist(), spans.tolist(), strict=True)]
