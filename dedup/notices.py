"""What a run says of itself beside its result: what was too much to compare or to list, what is missing, what to do."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup.model import Notice
from dedup.settings import COPY_PAIRS_LIMIT


def flood_notices(cut: int, unasked: int, unlisted: int) -> list[Notice]:
    """What is said where there were too many pairs: of texts in buckets that were ``cut``, of pairs of texts in related
    stories that nobody looked at, and of pairs that follow from others and are not listed."""
    notes = [
        (cut, f"texts so like a great many others that not every pair of them was compared: {cut}"),
        (unasked, f"pairs of texts not compared, whose stories are related but have too many prints: {unasked}"),
        (
            unlisted,
            f"pairs of articles not listed, since they follow from those of articles with equal texts: {unlisted}",
        ),
    ]
    return [Notice("", None, note) for count, note in notes if count]


def star_notices(articles: pa.Table, groups: list[npt.NDArray[np.int64]]) -> list[Notice]:
    """Groups of equal texts, so many that not all their pairs are listed."""
    return [
        Notice(
            articles["path"][int(group[0])].as_py(),
            None,
            f"{len(group)} articles have the same text; of their pairs only those with the first are listed",
        )
        for group in groups
        if len(group) > COPY_PAIRS_LIMIT
    ]


def outlet_notices(articles: pa.Table) -> list[Notice]:
    """What to do where most articles have no outlet: then nearly all that a run says of outlets is left out."""
    without, count = articles["outlet"].null_count, articles.num_rows
    if 2 * without <= count:
        return []
    note = f"{without:,} of {count:,} articles have no outlet, so nothing is said of who runs whose stories; "
    remedy = "give the folder above the outlets' folders, or name the field with --outlet-field"
    return [Notice("", None, note + remedy)]
