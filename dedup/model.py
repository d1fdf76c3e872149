"""The values that stages hand to each other. Start reading here; this module imports nothing of ours.

A span is half-open and counts code points of the original text: ``text[span.start:span.end]``. Numbers of articles
are *rows*: positions in the corpus in canonical order (sorted path, then record), so a row means the same article
whatever the order in which files were named or listed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open stretch of code points: ``text[start:end]``."""

    start: int
    end: int


class Mark(NamedTuple):
    """A stretch of an article that is not its story: ``text[start:end]``, what it is, and why we think so."""

    start: int
    end: int
    label: str
    evidence: str


class Credit(NamedTuple):
    """A source that an article names: ``text[start:end]``, or the byline field where both are None.

    ``kind`` is byline, dateline, attribution, source, parenthesis, closing, or mention (named, but not as a source).
    ``agency`` is an id of the lexicon; None: a source in no lexicon. ``name`` is as a person reads it.
    """

    start: int | None
    end: int | None
    kind: str
    agency: str | None
    name: str
    confidence: float


class Segment(NamedTuple):
    """A second story glued under the first: ``text[start:end]``, its headline, its own credits, its date line."""

    start: int
    end: int
    title: Span | None
    credits: tuple[Credit, ...]
    date: Span | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something of the input that could not be read, and why.

    ``path`` is relative to the given root, ``record`` counts from 0 within the file (None: the whole file), and
    ``reason`` is a sentence that says what is wrong.
    """

    path: str
    record: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something of the input that was read, but not quite as it stood (an encoding, an id given twice, a date)."""

    path: str
    record: int | None
    note: str


@dataclass(frozen=True, slots=True)
class Member:
    """One article of a cluster, as the report names it; times are ISO 8601 text or None.

    ``credits`` are the sources it names (ids of the lexicon, or names); ``segment`` says of an article that was glued
    under another where it stands: ``of`` (the host's id), ``start`` and ``end`` in the host's text.
    """

    id: str
    path: str
    outlet: str | None
    title: str | None
    published: str | None
    published_precision: str | None
    collected: str | None
    url: str | None
    byline: str | None
    words: int
    credits: tuple[str, ...]
    segment: dict[str, object] | None
    text_xxh64: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles, their exact overlap and the verdict on them; ``a`` stands before ``b`` in canonical order.

    ``containment_a`` is the share of a's shingles that b has too, ``containment_b`` the reverse; ``shared`` counts
    the distinct shingles in common, so ``jaccard == shared / (shingles_a + shingles_b - shared)``. ``relation`` is one
    of :data:`dedup.match.judge.RELATIONS`, ``probability`` that of the same story, ``rare_containment`` the share of
    the poorer text's rare phrases that the other has, ``features`` what the judge looked at (None: equal texts; a value
    of None: not known).
    """

    a: str
    b: str
    relation: str
    same_story: bool
    probability: float
    jaccard: float
    containment_a: float
    containment_b: float
    shared: int
    shingles_a: int
    shingles_b: int
    rare_containment: float
    features: dict[str, float | None] | None


@dataclass(frozen=True, slots=True)
class Cluster:
    """Articles of one story: its id, its outlets, its times, the medoid's id, its members, and a pair for each."""

    id: str
    outlets: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    medoid: str
    members: tuple[Member, ...]
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Annotated:
    """What marking found in one article: credits, the number of marks of each label, with ``--marks`` their spans."""

    id: str
    credits: tuple[dict[str, object], ...]
    labels: dict[str, int]
    marks: tuple[dict[str, object], ...]


@dataclass(frozen=True, slots=True)
class RoundUp:
    """An article that carries several stories and belongs to none: the clusters it is linked to."""

    id: str
    clusters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a run found; JSON and every other format are writers of this one value."""

    settings: dict[str, object]
    corpus: dict[str, object]
    clusters: tuple[Cluster, ...]
    round_ups: tuple[RoundUp, ...]
    articles: tuple[Annotated, ...]
    too_short: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[Notice, ...]
    texts: dict[str, str] = field(default_factory=dict)
