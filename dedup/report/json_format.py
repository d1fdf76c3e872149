"""The JSON report and the pairs file: the two formats other programs read.

Same run, same bytes: keys in a fixed order, lists in canonical order, UTF-8 as it is (never ``\\u`` escapes), numbers
as the shortest decimal that reads back equal, no clock, no machine path. Both files are whole or absent
(:mod:`dedup.report.aside`).

History of ``schema_version``:

    1   settings, corpus, clusters (members, a pair for each), round_ups, articles (credits, marks), too_short, skipped,
        notices, texts on request
    2   clusters: origin, passages (the shared text), related; members: shared_share, own_share, derived; pairs:
        passages; articles: origin; families, outlets, outlet_pairs; texts = shared quotes the passages

The schema itself is ``report.schema.json`` beside this module; the tests validate every report they make against it.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from dedup.model import Cluster, Pair, Report
from dedup.report.aside import replacing
from dedup.report.pairs import Listed
from dedup.settings import REPORT_FORMAT

SCHEMA_VERSION = 2
_PIECE = 256
"""Values of a list that are written at a time: of clusters some 1.5 MB of text. (16 or 64 take as long, 1,024 a tenth
longer.)"""


def schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the report."""
    loaded: dict[str, Any] = json.loads(files("dedup.report").joinpath("report.schema.json").read_text("utf-8"))
    return loaded


def encoded(report: Report) -> bytes:
    """The report as it is written. (orjson writes values of :mod:`dedup.model` as objects, field by field.)"""
    return b"".join(_pieces(report))


def _pieces(report: Report) -> Iterator[bytes | memoryview]:
    """The report as text, some values of its lists at a time: an object that holds these alone is written, and what
    stands around them is cut off.

    So memory is used again while it is at hand. (27 MB: 34 ms of processor time encoded and written, 55 as one piece.)
    """
    before = b"{"
    for name, value in _fields(report).items():
        opened = len(f'{{\n  "{name}": [')
        cuts = range(0, len(value), _PIECE) if isinstance(value, tuple) and value else (0,)
        for start in cuts:
            part = value[start : start + _PIECE] if len(cuts) > 1 else value
            text = memoryview(orjson.dumps({name: part}, option=orjson.OPT_INDENT_2))
            yield before
            yield text[opened if start else len("{") : -len("\n}" if start == cuts[-1] else "\n  ]\n}")]
            before = b","
    yield b"\n}\n"


def _fields(report: Report) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "format": REPORT_FORMAT,
        "schema_version": SCHEMA_VERSION,
        "settings": report.settings,
        "corpus": report.corpus,
        "clusters": tuple(map(_cluster, report.clusters)),
        "round_ups": report.round_ups,
        "families": report.families,
        "outlets": report.outlets,
        "outlet_pairs": report.outlet_pairs,
        "articles": report.articles,
        "too_short": report.too_short,
        "skipped": report.skipped,
        "notices": report.notices,
    }
    return fields | {"texts": report.texts} if report.texts else fields


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
        "related": cluster.related,
    }


def write_report(report: Report, place: Path | BinaryIO) -> None:
    """Write the report; raises OutputFailed and leaves what was there before (of a stream OSError)."""
    with _writing(place) as out:
        out.writelines(_pieces(report))


def write_pairs(pairs: Iterable[Pair], place: Path | BinaryIO) -> None:
    """Write one pair a line."""
    lines = pairs.lines() if isinstance(pairs, Listed) else map(_line, pairs)
    with _writing(place) as out:
        out.writelines(lines)


def _writing(place: Path | BinaryIO) -> contextlib.AbstractContextManager[BinaryIO]:
    return replacing(place) if isinstance(place, Path) else contextlib.nullcontext(place)


def _line(pair: Pair) -> bytes:
    return orjson.dumps(pair, option=orjson.OPT_APPEND_NEWLINE)
