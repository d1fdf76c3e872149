"""The JSON report and the pairs file: the two formats other programs read.

Same run, same bytes: keys in a fixed order, lists in canonical order, UTF-8 as it is (never ``\\u`` escapes), numbers
as the shortest decimal that reads back equal, no clock, no machine path. Both files are written beside their place
and renamed, so an interrupted run leaves the old file or none, never half of one.

History of ``schema_version``:

    1   settings, corpus, clusters (members, a pair for each), round_ups, articles (credits, marks), too_short, skipped,
        notices, texts on request
    2   clusters: origin, passages (the shared text); members: shared_share, own_share, derived; pairs: passages;
        articles: origin; families, outlets, outlet_pairs; texts = shared quotes the passages

The schema itself is ``report.schema.json`` beside this module; the tests validate every report they make against it.
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import threading
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from dedup.errors import OutputFailed
from dedup.model import Cluster, Pair, Report
from dedup.report.pairs import Listed
from dedup.settings import REPORT_FORMAT

SCHEMA_VERSION = 2


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report."""
    loaded: dict[str, Any] = json.loads(files("dedup.report").joinpath("report.schema.json").read_text("utf-8"))
    return loaded


def encoded(report: Report) -> bytes:
    """The report as it is written. (orjson writes values of :mod:`dedup.model` as objects, field by field.)"""
    data: dict[str, Any] = {
        "format": REPORT_FORMAT,
        "schema_version": SCHEMA_VERSION,
        "settings": report.settings,
        "corpus": report.corpus,
        "clusters": [_cluster(cluster) for cluster in report.clusters],
        "round_ups": report.round_ups,
        "families": report.families,
        "outlets": report.outlets,
        "outlet_pairs": report.outlet_pairs,
        "articles": report.articles,
        "too_short": report.too_short,
        "skipped": report.skipped,
        "notices": report.notices,
    }
    if report.texts:
        data["texts"] = report.texts
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON types, exactly what a reader of the file gets."""
    data: dict[str, Any] = orjson.loads(encoded(report))
    return data


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "id": cluster.id,
        "size": len(cluster.members),
        "outlets": cluster.outlets,
        "first_published": cluster.first_published,
        "last_published": cluster.last_published,
        "medoid": cluster.medoid,
        "origin": cluster.origin,
        "passages": cluster.passages,
        "members": cluster.members,
        "pairs": cluster.pairs,
    }


def write_report(report: Report, path: Path) -> None:
    """Write the report; raises OutputFailed and leaves what was there before."""
    with replacing(path) as out:
        out.write(encoded(report))


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Write one pair a line."""
    lines = pairs.lines() if isinstance(pairs, Listed) else map(_line, pairs)
    with replacing(path) as out:
        out.writelines(lines)


def _line(pair: Pair) -> bytes:
    return orjson.dumps(pair, option=orjson.OPT_APPEND_NEWLINE)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when all of it is on disk, and vanishes if anything fails before.

    A symbolic link stays one: the file it names is replaced. A pipe or a device (``/dev/stdout``) is written to.
    """
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as out:
                yield out
            return
        place = path.resolve()
        descriptor, name = tempfile.mkstemp(prefix=".dedup-", suffix=".part", dir=place.parent)
    except OSError as error:
        raise OutputFailed(str(path), error.strerror or str(error)) from error
    try:
        with os.fdopen(descriptor, "wb", buffering=1 << 20) as out:
            yield out
            out.flush()
            os.fsync(descriptor)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, place)
    except OSError as error:
        raise OutputFailed(str(path), error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


_asking = threading.Lock()


def _umask() -> int:
    """What new files may not allow. It can only be read by setting it, for the whole process: one thread at a time."""
    with _asking:
        mask = os.umask(0)
        os.umask(mask)
    return mask
