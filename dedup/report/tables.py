"""The report as tables: seven, each as CSV and as Parquet, for spreadsheets and data frames.

    stories        one line a story                    its origin, size, outlets, times
    members        one line an article of a story      with its shares and derivation
    passages       one line a carrier of a passage     where it stands, and where in the quoted article
    outlets        one line an outlet
    outlet_sources one line a source of an outlet      how much of the outlet rests on it
    outlet_pairs   one line a cell of the outlet matrix
    credits        one line a credit of any article

Both files of a table hold the same values in the same order; a missing value is an empty cell. CSV is for
spreadsheets: UTF-8 behind a byte order mark (without one Excel takes Arabic for an old Western encoding) with a header,
lines end with a line feed, and a cell is quoted where it must be. The headlines of news are not harmless there:
a spreadsheet takes a cell that begins with ``= + - @`` or a control character for a formula and runs it, quotes or
not. So such a text gets an apostrophe in front, and so does one that begins with an apostrophe: taking one leading
apostrophe off every cell that has one gives the value back. Numbers are written as they are. Parquet, for programs,
needs none of it.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from dedup.model import Report
from dedup.report.aside import Writer
from dedup.settings import TABLES

_RISKY = tuple("=+-@'\t\r\n\0")
_HEADER = 4096
"""Bytes in which the header of a table of ours ends."""
Row = tuple[Any, ...]

_COUNTS = frozenset((
    "size", "words", "start", "end", "of_start", "of_end", "of_passage_start", "of_passage_end", "number", "articles",
    "in_stories", "wholly", "partly", "shared_words", "repeats", "stories", "together", "after", "passages", "outlets",
    "credited",
))  # fmt: skip
_FIGURES = frozenset((
    "confidence", "shared_share", "own_share", "similarity", "story_share", "shared_word_share", "article_share",
    "word_share", "together_share", "after_share", "median_lag_minutes",
))  # fmt: skip
"""Columns that hold whole numbers, and those that hold others; the rest holds text."""


def rows(report: Report) -> dict[str, Iterator[Row]]:
    """The lines of every table, in the order of its columns."""
    return {
        "stories": _stories(report),
        "members": _members(report),
        "passages": _passages(report),
        "outlets": _outlets(report),
        "outlet_sources": _outlet_sources(report),
        "outlet_pairs": _outlet_pairs(report),
        "credits": _credits(report),
    }


def _stories(report: Report) -> Iterator[Row]:
    for c in report.clusters:
        o = c.origin
        yield (
            c.id, len(c.members), len(c.outlets), c.first_published, c.last_published, c.medoid, o.kind, o.id, o.name,
            o.confidence, "; ".join(evidence.says for evidence in o.evidence), len(c.passages),
        )  # fmt: skip


def _members(report: Report) -> Iterator[Row]:
    for c in report.clusters:
        for m in c.members:
            yield (
                c.id, m.id, m.path, m.outlet, m.title, m.published, m.published_precision, m.collected, m.url, m.byline,
                m.words, "; ".join(m.credits), m.shared_share, m.own_share, m.derived, m.text_xxh64,
            )  # fmt: skip


def _passages(report: Report) -> Iterator[Row]:
    for c in report.clusters:
        for number, p in enumerate(c.passages):
            for carrier in p.carriers:
                yield (
                    c.id, number, p.of, p.start, p.end, p.words, carrier.id, carrier.start, carrier.end,
                    carrier.of_start, carrier.of_end, carrier.similarity, p.quote,
                )  # fmt: skip


def _outlets(report: Report) -> Iterator[Row]:
    for o in report.outlets:
        yield tuple(getattr(o, name) for name in TABLES["outlets"])


def _outlet_sources(report: Report) -> Iterator[Row]:
    for o in report.outlets:
        for source in o.sources:
            yield (o.outlet, *(getattr(source, name) for name in TABLES["outlet_sources"][1:]))


def _outlet_pairs(report: Report) -> Iterator[Row]:
    for pair in report.outlet_pairs:
        yield tuple(getattr(pair, name) for name in TABLES["outlet_pairs"])


def _credits(report: Report) -> Iterator[Row]:
    for article in report.articles:
        for credit in article.credits:
            yield (article.id, *(credit[name] for name in TABLES["credits"][1:]))


def write_tables(report: Report, folder: Path, opened: Writer) -> None:
    """Write the tables for ``folder``, which exists; raises OutputFailed."""
    for name, lines in rows(report).items():
        columns = TABLES[name]
        table = list(lines)
        with opened(folder / f"{name}.csv") as out:
            out.write(_csv(columns, table))
        with opened(folder / f"{name}.parquet") as out:
            pq.write_table(_arrow(columns, table), out, compression="zstd", store_schema=False)


def is_table(path: Path) -> bool:
    """Whether a file has the columns of a table of this tool; raises OSError."""
    with path.open("rb") as data:
        if path.suffix == ".csv":
            columns = data.readline(_HEADER).decode("utf-8-sig", "replace").rstrip("\r\n").split(",")
        else:
            try:
                columns = pq.read_schema(data).names
            except pa.ArrowException:
                return False
    return tuple(columns) in TABLES.values()


def outputs(folder: Path) -> list[Path]:
    """The files that :func:`write_tables` writes."""
    return [folder / f"{name}.{kind}" for name in TABLES for kind in ("csv", "parquet")]


def _csv(columns: Iterable[str], table: Iterable[Row]) -> bytes:
    lines = _Lines()
    writer = csv.writer(lines, lineterminator=_Lines.END)
    writer.writerow(columns)
    writer.writerows([_harmless(value) for value in line] for line in table)
    return lines.text.getvalue().encode("utf-8-sig")


class _Lines:
    """Lines of Python's writer, which quotes a carriage return only where its own lines end with one."""

    END = "\r\n"

    def __init__(self) -> None:
        self.text = io.StringIO()

    def write(self, line: str) -> None:
        """Take one line of the table, however many breaks its cells hold."""
        self.text.write(line.removesuffix(self.END) + "\n")


def _harmless(value: object) -> object:
    if isinstance(value, str) and value.startswith(_RISKY):
        return "'" + value
    return value


def _arrow(columns: tuple[str, ...], table: list[Row]) -> pa.Table:
    schema = pa.schema([(name, _type(name)) for name in columns])
    values = zip(*table, strict=True) if table else ([] for _ in columns)
    return pa.table([pa.array(column, field.type) for column, field in zip(values, schema, strict=True)], schema=schema)


def _type(column: str) -> pa.DataType:
    if column in _COUNTS:
        return pa.int64()
    return pa.float64() if column in _FIGURES else pa.string()
