"""One article out of a file: ``page.txt``, ``file.jsonl#4`` (the record with that number, from 0), ``file.jsonl#id``.

Numbers count broken records too, as in the ids of the report. A ``#`` that belongs to the name of an existing file is
none of this. The whole file is read; it is the reader of every other command that reads it.
"""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from dedup.corpus.find import find
from dedup.corpus.ids import unique_ids
from dedup.corpus.reading import read
from dedup.errors import ArticleMissing
from dedup.model import Notice, Skipped
from dedup.settings import Settings


def one_article(named: str, settings: Settings) -> pa.Table:
    """The article that ``named`` names, as a table of one row of :data:`~dedup.corpus.schema.SCHEMA`.

    Raises PathMissing, FieldMissing and ArticleMissing.
    """
    path, record = named, ""
    if not Path(named).exists() and "#" in named:
        path, _, record = named.rpartition("#")
    articles, broken = _everything(path, settings)
    there_are = f"it holds {articles.num_rows:,} articles"
    if not articles.num_rows:
        reason = broken[0].reason if broken else "it is empty"
        raise ArticleMissing(path, f"no article could be read ({reason})", "Name a file that holds one.")
    if not record:
        if articles.num_rows == 1:
            return articles
        raise ArticleMissing(path, there_are, f"Say which, counting from 0: {path}#0.")
    ids = articles["id"].to_pylist()
    numbers = _numbers(articles.num_rows, {skipped.record for skipped in broken if skipped.record is not None})
    wanted = record.isdecimal() and int(record) in numbers
    row = numbers.index(int(record)) if wanted else ids.index(record) if record in ids else None
    if row is None:
        said = next(
            (f"record {record} could not be read ({s.reason})" for s in broken if str(s.record) == record), None
        )
        raise ArticleMissing(path, said or f"it has no record {record}; {there_are}", "They are counted from 0.")
    return articles.slice(row, 1)


def _everything(path: str, settings: Settings) -> tuple[pa.Table, list[Skipped]]:
    sources, skipped = find([path], ())
    batches = []
    for item in read(sources, settings):
        if isinstance(item, Skipped):
            skipped.append(item)
        elif not isinstance(item, Notice):
            batches.append(item)
    if not batches:
        return pa.table({"id": []}), skipped
    articles = pa.Table.from_batches(batches)
    ids, _ = unique_ids(articles["id"], articles["path"])
    return articles.set_column(0, articles.schema.field("id"), ids), skipped


def _numbers(articles: int, broken: set[int]) -> list[int]:
    """The record numbers of the articles of one file: all but those of the broken ones."""
    numbers: list[int] = []
    number = 0
    while len(numbers) < articles:
        if number not in broken:
            numbers.append(number)
        number += 1
    return numbers
