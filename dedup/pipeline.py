"""The order of the stages, and nothing else: each step calls one stage and hands its value on.

    find, read        files -> record batches                     (corpus)
    fold, sketch      batch -> tokens -> shingles and signature   (arabic, sketch)   one worker a batch
    candidate_pairs   signatures -> suspects                      (sketch.lsh)       one worker a band
    exact             suspects -> exact overlap                   (match.compare)    one worker a piece
    grouped           matches -> clusters                         (story.clusters)
    Report            everything found, as one value              (model)

Rows are in canonical order from the start (``find`` sorts), workers only ever compute parts whose place is fixed, so
the result does not depend on their number.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import corpus
from dedup.arabic.fold import Folded, fold, fold_batch, fold_table
from dedup.errors import NothingReadable
from dedup.match.compare import Copies, Pairs, copies, exact, spread
from dedup.model import Notice, Pair, Report, Skipped
from dedup.report.build import Found, build
from dedup.settings import COPY_PAIRS_LIMIT, MIN_WORDS, WANTED_RECALL, Settings
from dedup.sketch.lsh import candidate_pairs, choose
from dedup.sketch.minhash import Sketches, joined, sketch
from dedup.story.clusters import grouped

Progress = Callable[[int, int], None]
"""Called while reading with the bytes of text read so far and the bytes of all input files."""


@dataclass(frozen=True, slots=True)
class Result:
    """What a run gives: the report, and the listed pairs (too many to be part of it)."""

    report: Report
    found: Found

    def pairs(self) -> Iterator[Pair]:
        """Every listed pair in canonical order."""
        return self.found.listed()


@dataclass(frozen=True, slots=True)
class _Read:
    """The corpus as read: one table in canonical order, its sketches, and what went wrong on the way."""

    articles: pa.Table
    sketches: Sketches
    skipped: list[Skipped]
    notices: list[Notice]


def cluster(
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings | None = None,
    *,
    exclude: Collection[Path] = (),
    progress: Progress | None = None,
) -> Result:
    """Find the near-identical articles below ``paths`` and group them.

    ``exclude`` are files not to be read (the outputs of this very run). Raises NothingReadable, PathMissing and
    FieldMissing; whatever can be read around is listed in the report instead.
    """
    settings = settings or Settings()
    with ThreadPoolExecutor(settings.workers or os.cpu_count() or 1) as pool:
        read = _read(paths, settings, exclude, progress, pool)
        alike = copies(read.sketches.content, np.flatnonzero(read.sketches.words >= MIN_WORDS))
        between = _compare(read.sketches, alike, settings, pool)
        groups = alike.groups() + _short_twins(read)
        pairs = spread(read.sketches, between, groups)
        pairs, undated = _within_window(read.articles, pairs, settings.window_days)
        clusters = _clusters(between, groups) if settings.window_days is None else _clusters(pairs, [])
    notices = read.notices + undated + _star_notices(read.articles, groups)
    found = Found(read.articles, read.sketches, pairs, clusters, read.skipped, notices)
    return Result(build(found, settings), found)


def _read(
    paths: Sequence[str | os.PathLike[str]],
    settings: Settings,
    exclude: Collection[Path],
    progress: Progress | None,
    pool: ThreadPoolExecutor,
) -> _Read:
    sources, skipped = corpus.find(paths, exclude)
    total = sum(source.size for source in sources)
    batches: list[pa.RecordBatch] = []
    sketching: list[Future[Sketches]] = []
    notices: list[Notice] = []
    text_bytes = 0
    fold_table()
    for item in corpus.read(sources, settings):
        if isinstance(item, Skipped):
            skipped.append(item)
        elif isinstance(item, Notice):
            notices.append(item)
        else:
            batches.append(item)
            sketching.append(pool.submit(sketch_batch, item))
            text_bytes += item.column("text").nbytes
            if progress:
                progress(text_bytes, total)
    if not batches:
        first_reason = skipped[0].reason if skipped else None
        raise NothingReadable([os.fspath(path) for path in paths], len(skipped), first_reason)
    articles = pa.Table.from_batches(batches)
    ids, renamed = corpus.unique_ids(articles["id"], articles["path"])
    articles = articles.set_column(articles.schema.get_field_index("id"), articles.schema.field("id"), ids)
    return _Read(articles, joined([future.result() for future in sketching]), skipped, notices + renamed)


def sketch_batch(batch: pa.RecordBatch) -> Sketches:
    """Fold and sketch the texts of one record batch."""
    folded = fold_column(batch.column("text"))
    return sketch(folded, _outside_body(folded, batch.column("body_start").to_numpy()))


def fold_column(texts: pa.StringArray) -> Folded:
    """Fold an Arrow string column where it lies, without a copy."""
    _, offsets, letters = texts.buffers()
    if letters is None:
        letters = pa.py_buffer(b"")
    positions = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return fold_batch(np.frombuffer(letters, np.uint8), positions)


def _outside_body(folded: Folded, body_start: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """True for tokens that stand before the body of their text: the title line of a ``.txt`` file."""
    starts = np.repeat(body_start, np.diff(folded.first_token))
    return folded.span_start < starts


def _compare(sketches: Sketches, alike: Copies, settings: Settings, pool: ThreadPoolExecutor) -> Pairs:
    """Compare the first article of each group of copies with all it may resemble; keep what reaches the Jaccard."""
    eligible = np.flatnonzero((sketches.words >= MIN_WORDS) & (sketches.shingle_counts() > 0))
    firsts = eligible[alike.first[eligible] == eligible]
    bands, rows = choose(settings.jaccard, WANTED_RECALL)
    suspects = candidate_pairs(sketches.signatures, firsts, bands, rows, pool.map)
    compared = exact(sketches, suspects, pool.map)
    return compared.where(compared.jaccard() >= settings.jaccard)


def _short_twins(read: _Read) -> list[npt.NDArray[np.int64]]:
    """Groups of articles too short to compare whose text and title are equal."""
    words = read.sketches.words
    short = np.flatnonzero((words < MIN_WORDS) & (words > 0))
    twins: dict[tuple[int, str], list[int]] = {}
    for group in copies(read.sketches.content, short).groups():
        for row in group.tolist():
            title = " ".join(token.folded for token in fold(read.articles["title"][row].as_py() or ""))
            if title:
                twins.setdefault((int(read.sketches.content[row]), title), []).append(row)
    return [np.array(rows, np.int64) for rows in twins.values() if len(rows) > 1]


def _within_window(articles: pa.Table, pairs: Pairs, days: int | None) -> tuple[Pairs, list[Notice]]:
    """Drop pairs published more than ``days`` apart; a pair of which one has no date stays, and is counted."""
    if days is None:
        return pairs, []
    published = articles["published"].to_numpy().astype("datetime64[D]")
    apart = np.abs(published[pairs.a] - published[pairs.b])
    unknown = np.isnat(apart)
    notices = []
    if unknown.any():
        note = f"{int(unknown.sum())} pairs kept regardless of --window: one of the two has no date of publication"
        notices.append(Notice("", None, note))
    return pairs.where(unknown | (apart <= np.timedelta64(days, "D"))), notices


def _clusters(matches: Pairs, groups: list[npt.NDArray[np.int64]]) -> list[list[int]]:
    """Rows of each cluster; ``groups`` are copies, of which ``matches`` name the first."""
    members = {int(group[0]): group.tolist() for group in groups}
    strength = dict(
        zip(zip(matches.a.tolist(), matches.b.tolist(), strict=True), matches.jaccard().tolist(), strict=True)
    )
    stories = grouped(strength, {first: len(rows) for first, rows in members.items()})
    spread_out = [[row for node in story for row in members.pop(node, [node])] for story in stories]
    return sorted(sorted(story) for story in [*spread_out, *members.values()])


def _star_notices(articles: pa.Table, groups: list[npt.NDArray[np.int64]]) -> list[Notice]:
    return [
        Notice(
            articles["path"][int(group[0])].as_py(),
            None,
            f"{len(group)} articles have the same text; of their pairs only those with the first are listed",
        )
        for group in groups
        if len(group) > COPY_PAIRS_LIMIT
    ]
