"""One article out of a file: ``page.txt``, ``file.jsonl#4`` (the record with that number, from 0), ``file.jsonl#id``.

Numbers and ids are those of the report: broken records, and records of a web archive that are no pages, are counted
too. A zip is a file that holds files, so ``news.zip#a.jsonl#4`` is record 4 of its ``a.jsonl``; ``news.zip#4`` does
where only one of them has such a record. A ``#`` that belongs to the name of an existing file is none of this. In ids
an archive is transparent, so what is not there by its name is looked for in a ``.gz`` of that name, in a zip that is a
part of it (``news.zip/a.jsonl#4``), then in the zips of the nearest folder that is there; one that is damaged is passed
over. The whole file is read; it is the reader of every other command that reads it.
"""

from __future__ import annotations

import os
import zipfile
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from dedup.corpus.archives import member_names
from dedup.corpus.find import find
from dedup.corpus.ids import unique_ids
from dedup.corpus.reading import read
from dedup.corpus.tally import short
from dedup.errors import ArticleMissing
from dedup.model import Notice, Skipped
from dedup.settings import Settings

_DIGITS = 20
"""A number of as many digits is no record's, for no file has as many bytes. (Python refuses to read one of 4,301.)"""
_SHOWN = 120
"""Letters of a record's name that a sentence repeats: more than ids have, and less than a screen."""


def one_article(named: str, settings: Settings) -> pa.Table:
    """The article that ``named`` names, as a table of one row of :data:`~dedup.corpus.schema.SCHEMA`.

    Raises FieldMissing, ArticleMissing, and what :func:`~dedup.corpus.find.find` raises.
    """
    path, record = _cut(named)
    articles, places, broken = _everything(path, settings)
    there_are = f"it holds {articles.num_rows:,} article{'s' if articles.num_rows != 1 else ''}"
    if not articles.num_rows:
        reason = broken[0].reason if broken else "it is empty"
        raise ArticleMissing(path, f"no article could be read ({reason})", "Name a file that holds one.")
    if not record:
        if articles.num_rows == 1:
            return articles
        raise ArticleMissing(path, there_are, f"Say which, counting from 0: {path}#{_example(places)}.")
    rows = _rows(record, articles["id"].to_pylist(), places)
    if len(rows) > 1:
        first = places[rows[0]]
        cause = f"{len(rows):,} of its files hold a record {record}"
        raise ArticleMissing(path, cause, f"Say which: {path}#{first[0]}#{first[1]}.")
    if not rows:
        said = next((f"record {record} could not be read ({s.reason})" for s in broken if record in _names_of(s)), None)
        raise ArticleMissing(
            path, said or f"it has no record {short(record, _SHOWN)}; {there_are}", "They are counted from 0."
        )
    return articles.slice(rows[0], 1)


def _cut(named: str) -> tuple[str, str]:
    """The file and what is named in it: cut at the first ``#`` with a file before it, or else a folder."""
    if os.path.exists(named):
        return named, ""
    cuts = [(named[:at], named[at + 1 :]) for at, letter in enumerate(named) if letter == "#"]
    for is_there in (os.path.isfile, os.path.exists):
        for path, record in cuts:
            if is_there(path):
                return path, record
    for path, record in [(named, ""), *cuts]:
        packed = _packed(path, record)
        if packed is not None:
            return packed
    return cuts[-1] if cuts else (named, "")


def _packed(path: str, record: str) -> tuple[str, str] | None:
    """The archive that holds a path which is not there, and what is named in it.

    The archive may be part of the path, as in ids where two archives of a folder hold the same name, or lie in the
    nearest folder that is there.
    """
    if os.path.isfile(f"{path}.gz"):
        return f"{path}.gz", record
    nearest = next((parent for parent in Path(path).parents if os.path.exists(parent)), None)
    if nearest is None:
        return None
    inner = Path(path).relative_to(nearest).as_posix()
    named = f"{inner}#{record}" if record else inner
    if nearest.is_file():
        return (str(nearest), named) if nearest.suffix.lower() == ".zip" else None
    holding = (archive for archive in sorted(nearest.glob("*.[zZ][iI][pP]")) if inner in _members(archive))
    return next(((str(archive), named) for archive in holding), None)


def _members(archive: Path) -> list[str]:
    """The names in a zip; none where it is damaged, for the one that is looked for may lie in the next."""
    try:
        with zipfile.ZipFile(archive) as held:
            return member_names(held.infolist())
    except (zipfile.BadZipFile, OSError, NotImplementedError, ValueError):
        return []


def _rows(record: str, ids: list[str], places: list[tuple[str, int]]) -> list[int]:
    """The articles that ``record`` names: by number, by id, or by path and number."""
    if record.isdecimal() and len(record) < _DIGITS:
        rows = [row for row, (_, number) in enumerate(places) if number == int(record)]
        if rows:
            return rows
    if record in ids:
        return [ids.index(record)]
    return [row for row, (path, number) in enumerate(places) if record == f"{path}#{number}"][:1]


def _names_of(broken: Skipped) -> tuple[str, str]:
    return str(broken.record), f"{broken.path}#{broken.record}"


def _example(places: list[tuple[str, int]]) -> str:
    """How the first article can be named: by its number, with its file's path where there are several files."""
    path, number = places[0]
    return str(number) if len({path for path, _ in places}) == 1 else f"{path}#{number}"


def _everything(path: str, settings: Settings) -> tuple[pa.Table, list[tuple[str, int]], list[Skipped]]:
    """The articles, the place (path and record number) of each, and what was skipped."""
    sources, skipped = find([path], ())
    batches = []
    for item in read(sources, settings):
        if isinstance(item, Skipped):
            skipped.append(item)
        elif not isinstance(item, Notice):
            batches.append(item)
    if not batches:
        return pa.table({"id": []}), [], skipped
    articles = pa.Table.from_batches(batches)
    paths, given = articles["path"].to_pylist(), articles["id"].to_pylist()
    of_place = {source.place: source.path for source in sources}
    skipped = [replace(one, path=of_place.get(one.path, one.path)) for one in skipped]
    archives = {source.path for source in sources if source.kind == "warc"}
    places = _places(paths, given, archives, {(one.path, one.record) for one in skipped})
    ids, _ = unique_ids(articles["id"], articles["path"])
    return articles.set_column(0, articles.schema.field("id"), ids), places, skipped


def _places(
    paths: list[str], ids: list[str], archives: set[str], broken: set[tuple[str, int | None]]
) -> list[tuple[str, int]]:
    """Path and number of each article. A page of a web archive has its number in its id; the records of another file
    are its articles and the broken ones; a file that is one article has the number 0."""
    places: list[tuple[str, int]] = []
    following: dict[str, int] = {}
    for path, name in zip(paths, ids, strict=True):
        number = following.get(path, 0)
        while (path, number) in broken:
            number += 1
        if path in archives:
            number = int(name.removeprefix(f"{path}#"))
        places.append((path, number))
        following[path] = number + 1
    return places
