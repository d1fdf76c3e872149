"""The JSON report and the pairs file: the two formats other programs read.

Same run, same bytes: keys in a fixed order, lists in canonical order, UTF-8 as it is (never ``\\u`` escapes), numbers
as the shortest decimal that reads back equal, no clock, no machine path. Both files are written beside their place
and renamed, so an interrupted run leaves the old file or none, never half of one.

History of ``schema_version``:

    1   settings, corpus, clusters with members and pairs, too_short, skipped, notices

The schema itself is ``report.schema.json`` beside this module; the tests validate every report they make against it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from dedup.errors import OutputFailed
from dedup.model import Cluster, Pair, Report
from dedup.settings import REPORT_FORMAT

SCHEMA_VERSION = 1


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report."""
    loaded: dict[str, Any] = json.loads(files("dedup.report").joinpath("report.schema.json").read_text("utf-8"))
    return loaded


def as_data(report: Report) -> dict[str, Any]:
    """The report as JSON types, keys in the order in which they are written."""
    data: dict[str, Any] = {
        "format": REPORT_FORMAT,
        "schema_version": SCHEMA_VERSION,
        "settings": report.settings,
        "corpus": report.corpus,
        "clusters": [_cluster(cluster) for cluster in report.clusters],
        "too_short": list(report.too_short),
        "skipped": [dataclasses.asdict(skipped) for skipped in report.skipped],
        "notices": [dataclasses.asdict(notice) for notice in report.notices],
    }
    if report.texts:
        data["texts"] = report.texts
    return data


def _cluster(cluster: Cluster) -> dict[str, Any]:
    return {
        "id": cluster.id,
        "size": len(cluster.members),
        "outlets": list(cluster.outlets),
        "first_published": cluster.first_published,
        "last_published": cluster.last_published,
        "medoid": cluster.medoid,
        "members": [dataclasses.asdict(member) for member in cluster.members],
        "pairs": [dataclasses.asdict(pair) for pair in cluster.pairs],
    }


def write_report(report: Report, path: Path) -> None:
    """Write the report; raises OutputFailed and leaves what was there before."""
    with replacing(path) as out:
        out.write(orjson.dumps(as_data(report), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def write_pairs(pairs: Iterable[Pair], path: Path) -> None:
    """Write one pair a line."""
    with replacing(path) as out:
        for pair in pairs:
            out.write(orjson.dumps(dataclasses.asdict(pair), option=orjson.OPT_APPEND_NEWLINE))


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when all of it is on disk, and vanishes if anything fails before."""
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputFailed(str(path), error.strerror or str(error)) from error
    try:
        with os.fdopen(descriptor, "wb", buffering=1 << 20) as out:
            yield out
            out.flush()
            os.fsync(descriptor)
        os.chmod(name, 0o666 & ~_umask())
        os.replace(name, path)
    except OSError as error:
        raise OutputFailed(str(path), error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(name)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
