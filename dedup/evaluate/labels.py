"""Labels: what people said of pairs of articles, or to which story they said an article belongs.

A labels file is UTF-8 text, a line each, its columns separated by tabs and named by the first line. Two forms:

    a   b   relation   [confidence]   [stratum]   [weight]     a labelled pair; a and b in any order
    id  story                                                  an article and its story

Other columns (a note) are passed over. ``relation`` is one of :data:`RELATIONS`; ``weight`` says how many pairs of the
corpus a drawn pair stands for, 1 where nothing is said. A pair or an article that is labelled twice would count twice,
so it is an error, and so is everything else that cannot be meant.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from dedup.errors import LabelsUnreadable, PathMissing

POSITIVE = "same"
LEFT_OUT = "part"
RELATIONS = (POSITIVE, LEFT_OUT, "template", "event", "none")
"""One is the same story, ``part`` is neither (a shared passage), the others are not."""

_WANTED = "wanted are a, b and relation, or id and story, separated by tabs"

_HEAVIEST = 1e18
"""Weight of a label, at most: the pairs of a billion and a half articles. So the sums of weights are finite."""

Key = tuple[str, str]
"""The two ids of a pair in ascending order, so that (a, b) and (b, a) are one pair."""


@dataclass(frozen=True, slots=True)
class Label:
    """What was said of one pair, and on which line."""

    key: Key
    relation: str
    confidence: str | None
    stratum: str | None
    weight: float
    line: int


@dataclass(frozen=True, slots=True)
class _Row:
    """One line by column name; says where it stands when it has to complain."""

    path: Path
    line: int
    columns: dict[str, str]

    def wanted(self, name: str) -> str:
        if not (value := self.columns[name]):
            raise self.error(f"the column '{name}' is empty")
        return value

    def error(self, cause: str) -> LabelsUnreadable:
        return LabelsUnreadable(str(self.path), self.line, cause)


def read_labels(path: Path) -> tuple[Label, ...] | dict[str, str]:
    """Labelled pairs in the order of the file, or the story of every labelled article."""
    with opened(path) as file:
        header, rows = _rows(path, file)
        if {"a", "b", "relation"} <= set(header):
            found: tuple[Label, ...] | dict[str, str] = _pairs(rows)
        elif {"id", "story"} <= set(header):
            found = _stories(rows)
        else:
            raise LabelsUnreadable(str(path), 1, f"the columns are {', '.join(header)}; {_WANTED}")
    if not found:
        raise LabelsUnreadable(str(path), None, "there is no label under the header line")
    return found


@contextlib.contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read bytes from; what the system says against it becomes a sentence."""
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise PathMissing(str(path)) from error
    except OSError as error:
        raise LabelsUnreadable(str(path), None, f"could not be read ({error.strerror or error})") from error


def key_of(a: str, b: str) -> Key:
    """The pair, whichever way round it was given."""
    return (a, b) if a <= b else (b, a)


def _rows(path: Path, file: BinaryIO) -> tuple[list[str], Iterator[_Row]]:
    lines = _lines(path, file)
    header = next(lines, (1, [""]))[1]
    if not any(header):
        raise LabelsUnreadable(str(path), 1, f"the first line names no columns; {_WANTED}")
    if twice := next((name for name in header if header.count(name) > 1), None):
        raise LabelsUnreadable(str(path), 1, f"the column '{twice}' is named twice")

    def rows() -> Iterator[_Row]:
        for line, cells in lines:
            if len(cells) > len(header):
                cause = f"there are {len(cells)} columns, but the first line names {len(header)}"
                raise LabelsUnreadable(str(path), line, cause)
            if any(cells):
                padded = cells + [""] * (len(header) - len(cells))
                yield _Row(path, line, dict(zip(header, padded, strict=True)))

    return header, rows()


def _lines(path: Path, file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    for line, raw in enumerate(file, 1):
        try:
            text = raw.decode("utf-8-sig" if line == 1 else "utf-8")
        except UnicodeDecodeError as error:
            cause = f"byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8"
            raise LabelsUnreadable(str(path), line, cause) from error
        yield line, text.rstrip("\r\n").split("\t")


def _pairs(rows: Iterator[_Row]) -> tuple[Label, ...]:
    labels: dict[Key, Label] = {}
    for row in rows:
        key = key_of(row.wanted("a"), row.wanted("b"))
        if key[0] == key[1]:
            raise row.error(f"an article is paired with itself ({key[0]})")
        if key in labels:
            raise row.error(f"this pair was already labelled on line {labels[key].line}; keep one of the two")
        relation = row.wanted("relation")
        if relation not in RELATIONS:
            raise row.error(f"the relation '{relation}' is none of {', '.join(RELATIONS)}")
        confidence, stratum = row.columns.get("confidence") or None, row.columns.get("stratum") or None
        labels[key] = Label(key, relation, confidence, stratum, _weight(row), row.line)
    return tuple(labels.values())


def _weight(row: _Row) -> float:
    said = row.columns.get("weight") or "1"
    try:
        weight = float(said)
    except ValueError:
        weight = math.nan
    if not 0 <= weight <= _HEAVIEST:
        raise row.error(f"the weight '{said}' is no number from 0 to {_HEAVIEST:g}")
    return weight


def _stories(rows: Iterator[_Row]) -> dict[str, str]:
    stories: dict[str, str] = {}
    line_of: dict[str, int] = {}
    for row in rows:
        article = row.wanted("id")
        if article in stories:
            raise row.error(f"{article} already has its story on line {line_of[article]}; keep one of the two")
        stories[article], line_of[article] = row.wanted("story"), row.line
    return stories
