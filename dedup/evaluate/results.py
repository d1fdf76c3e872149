"""Reading what is to be scored: a pairs file (one JSON object a line) or a report (one JSON object).

A listed pair counts as the same story when its ``same_story`` says so or, where that field is absent, because it is
listed; where a threshold is given, when its ``probability`` reaches that, just as in a run with this threshold. A pair
that is not listed counts as not the same. Of a report, two articles count as put together when one
cluster holds both.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from dedup.errors import LabelsUnreadable, UsageError
from dedup.evaluate.labels import Key, Label, key_of, opened
from dedup.report.json_format import SCHEMA_VERSION
from dedup.settings import REPORT_FORMAT


@dataclass(frozen=True, slots=True)
class ListedPair:
    """What a pairs file says of a labelled pair."""

    same: bool
    relation: str | None
    line: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Of a pairs file, the labelled pairs that it lists, and the labelled articles that any of its pairs names."""

    listed: dict[Key, ListedPair]
    named: set[str]

    def together(self, key: Key) -> bool:
        """Whether the pair was called the same story."""
        return key in self.listed and self.listed[key].same


@dataclass(frozen=True, slots=True)
class Clustering:
    """Of a report, the cluster of every article that has one."""

    cluster_of: dict[str, str]
    too_short: set[str]

    @property
    def named(self) -> set[str]:
        """Articles that the report names."""
        return self.cluster_of.keys() | self.too_short

    def together(self, key: Key) -> bool:
        """Whether one cluster holds both."""
        a, b = (self.cluster_of.get(article) for article in key)
        return a is not None and a == b


def read_result(
    path: Path, labels: Iterable[Label] | dict[str, str], threshold: float | None = None
) -> Listing | Clustering:
    """Read what ``path`` holds, as far as the labels speak of it. Needs no seeking: ``<(zcat ...)`` will do."""
    with opened(path) as file:
        lines = ((line, raw) for line, raw in _numbered(file) if not raw.isspace())
        line, first = next(lines, (1, b""))
        opening = _json(first)
        if not first:
            cause = "it holds no pair, so there is nothing to score; write it anew with 'dedup cluster --pairs'"
            raise LabelsUnreadable(str(path), None, cause)
        if isinstance(opening, dict) and {"a", "b"} <= opening.keys():
            pairs = [] if isinstance(labels, dict) else list(labels)
            return _listing(path, chain([(line, first)], lines), pairs, threshold)
        report = opening if opening is not None else _json(first + file.read())
    if not isinstance(report, dict) or report.get("format") != REPORT_FORMAT:
        cause = "this begins neither a pairs file (a JSON object with a and b on each line) nor a report of dedup"
        raise LabelsUnreadable(str(path), line, cause)
    if threshold is not None:
        raise UsageError("--threshold cuts a pairs file anew; a report's clusters are those of its run.")
    return _clustering(path, report)


def _numbered(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """The lines with their numbers, from 1; without the byte order mark that editors put before the first."""
    for line, raw in enumerate(file, 1):
        yield line, raw.removeprefix(codecs.BOM_UTF8) if line == 1 else raw


def _json(text: bytes) -> Any:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return None


def _listing(path: Path, lines: Iterable[tuple[int, bytes]], labels: list[Label], threshold: float | None) -> Listing:
    wanted = {label.key for label in labels}
    articles = {article for key in wanted for article in key}
    listed: dict[Key, ListedPair] = {}
    named: set[str] = set()
    for line, raw in lines:
        pair = _json(raw)
        a, b = (pair.get("a"), pair.get("b")) if isinstance(pair, dict) else (None, None)
        if not isinstance(a, str) or not isinstance(b, str):
            raise LabelsUnreadable(str(path), line, "this is no JSON object with the ids a and b")
        key = key_of(a, b)
        named.update(articles.intersection(key))
        if key in wanted:
            if key in listed:
                raise LabelsUnreadable(str(path), line, f"the pair {a}, {b} was already on line {listed[key].line}")
            listed[key] = _listed(path, line, pair, threshold)
    return Listing(listed, named)


def _listed(path: Path, line: int, pair: dict[str, object], threshold: float | None) -> ListedPair:
    same, relation = pair.get("same_story", True), pair.get("relation")
    if not isinstance(same, bool):
        raise LabelsUnreadable(str(path), line, "same_story is neither true nor false")
    if threshold is not None:
        probability = pair.get("probability")
        if not isinstance(probability, int | float):
            raise LabelsUnreadable(str(path), line, "the pair has no probability to hold against --threshold")
        same = probability >= threshold
    return ListedPair(same, None if relation is None else str(relation), line)


def _clustering(path: Path, report: dict[str, Any]) -> Clustering:
    version = report.get("schema_version")
    if not isinstance(version, int) or version > SCHEMA_VERSION:
        cause = f"the report has schema_version {version}, and only {SCHEMA_VERSION} is known here; update dedup"
        raise LabelsUnreadable(str(path), None, cause)
    cluster_of: dict[str, str] = {}
    try:
        for cluster in report["clusters"]:
            for member in cluster["members"]:
                if cluster_of.setdefault(member["id"], cluster["id"]) != cluster["id"]:
                    cause = f"{member['id']} is a member of {cluster_of[member['id']]} and of {cluster['id']}"
                    raise LabelsUnreadable(str(path), None, cause)
        return Clustering(cluster_of, set(report["too_short"]))
    except (KeyError, TypeError) as error:
        cause = f"the report is not as report.schema.json has it ({error}); write it anew with 'dedup cluster -o'"
        raise LabelsUnreadable(str(path), None, cause) from error
