"""The values that stages hand to each other. Start reading here; this module imports nothing of ours.

A span is half-open and counts code points of the original text: ``text[span.start:span.end]``. Numbers of articles
are *rows*: positions in the corpus in canonical order (sorted path, then record), so a row means the same article
whatever the order in which files were named or listed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar, dataclass_transform

_Value = TypeVar("_Value")

RELATIONS = ("copy", "edited", "excerpt", "expansion", "rewrite", "shared-passage", "formula", "unrelated")
"""What a judged pair can be, from most alike to least (:mod:`dedup.match.judge`); the first five are the same story."""
SAME_STORY = RELATIONS[:5]


@dataclass_transform(frozen_default=True)
def value(cls: type[_Value]) -> type[_Value]:
    """A dataclass whose values are frozen to the type checker, and no more than that.

    A report has some 60,000 of them. Frozen while the program runs, each field would be set by a call (a value of six
    fields 0.9 us instead of 0.2), and of slots orjson asks by name (0.8 us instead of 0.15). Nor can they be hashed.
    """
    return dataclass(cls)


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

    def moved(self, to: Callable[[int, int], tuple[int, int]]) -> Credit:
        """The same, its place handed through ``to``; the byline field stays where it is."""
        if self.start is None or self.end is None:
            return self
        start, end = to(self.start, self.end)
        return self._replace(start=start, end=end)


class Segment(NamedTuple):
    """A second story glued under the first: ``text[start:end]``, its headline, its own credits, its date line."""

    start: int
    end: int
    title: Span | None
    credits: tuple[Credit, ...]
    date: Span | None


@value
class Skipped:
    """Something of the input that could not be read, and why.

    ``path`` is relative to the given root, ``record`` counts from 0 within the file (None: the whole file), and
    ``reason`` is a sentence that says what is wrong.
    """

    path: str
    record: int | None
    reason: str


@value
class Notice:
    """Something of the input that was read, but not quite as it stood (an encoding, an id given twice, a date), or that
    was left out of a run; then ``path`` may be empty."""

    path: str
    record: int | None
    note: str


@value
class Member:
    """One article of a cluster, as the report names it; times are ISO 8601 text or None.

    ``credits`` are the sources it names (ids of the lexicon, or names); ``segment`` says of an article that was glued
    under another where it stands: ``of`` (the host's id), ``start`` and ``end`` in the host's text. Of its unmarked
    words ``shared_share`` stand in shared passages, ``own_share`` in paragraphs of which the story has nothing else;
    the rest is reworded. ``derived``: wholly, partly, or not, from the source of the story.
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
    shared_share: float
    own_share: float
    derived: str
    text_xxh64: str


@value
class Compared:
    """One of two articles that were compared: what it is called, its text, its unmarked words, whom it credits."""

    name: str
    title: str | None
    text: str
    words: int
    credits: tuple[str, ...]
    too_short: bool


@value
class Comparison:
    """Two articles and all that can be said of them: the pair, with its passages, and either side."""

    pair: Pair
    a: Compared
    b: Compared


@value
class Evidence:
    """Why an origin is named, or none: a kind, a sentence, and where it can be checked.

    ``members`` name the articles: ``id``, ``credit`` (the kind of credit, or None), ``start`` and ``end`` of the name
    in the article's text (None: the byline field, or the article as a whole).
    """

    kind: str
    says: str
    members: tuple[dict[str, object], ...]


@value
class Origin:
    """Where a story probably comes from: ``kind`` is agency, outlet or unknown.

    ``id`` is that of the lexicon, or the outlet's name in the corpus; None where the name is in neither.
    """

    kind: str
    id: str | None
    name: str | None
    confidence: float
    evidence: tuple[Evidence, ...]


@value
class Carrier:
    """One who carries a shared passage: ``text[start:end]`` of article ``id``. It answers to ``text[of_start:of_end]``
    of the article the passage is quoted from; ``similarity`` of the two stretches in [0, 1]."""

    id: str
    start: int
    end: int
    of_start: int
    of_end: int
    similarity: float


@value
class SharedPassage:
    """A stretch of the story carried by two or more: ``text[start:end]`` of article ``of``, ``words`` unmarked words
    long; ``quote`` is that stretch, if the report carries texts of passages."""

    of: str
    start: int
    end: int
    words: int
    carriers: tuple[Carrier, ...]
    quote: str | None


@value
class PairPassage:
    """A passage that two articles share: spans ``a`` and ``b`` in their texts, similarity, whether it is a formula."""

    a: tuple[int, int]
    b: tuple[int, int]
    similarity: float
    formula: bool


@value
class Pair:
    """Two articles, their exact overlap and the verdict on them; ``a`` stands before ``b`` in canonical order.

    ``containment_a`` is the share of a's shingles that b has too, ``containment_b`` the reverse; ``shared`` counts
    the distinct shingles in common, so ``jaccard == shared / (shingles_a + shingles_b - shared)``. ``relation`` is one
    of :data:`RELATIONS`, ``probability`` that of the same story, ``rare_containment`` the share of
    the poorer text's rare phrases that the other has, ``features`` what the judge looked at (None: equal texts; a value
    of None: not known). ``passages`` are what they share, in the order of a; None where it was not looked for, which
    is so for pairs that are neither the same story nor share a passage.
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
    passages: tuple[PairPassage, ...] | None = None


@value
class Related:
    """An article outside a story that is one story with the ``member`` it agrees with most; ``cluster``: its own, None
    where it has none."""

    id: str
    cluster: str | None
    member: str
    probability: float


@value
class Cluster:
    """Articles of one story: its id, its outlets, its times, the medoid's id, where it comes from, what its members
    share, its members, a pair for each, and articles outside that agree with some of them."""

    id: str
    outlets: tuple[str, ...]
    first_published: str | None
    last_published: str | None
    medoid: str
    origin: Origin
    passages: tuple[SharedPassage, ...]
    members: tuple[Member, ...]
    pairs: tuple[Pair, ...]
    related: tuple[Related, ...] = ()


@value
class Annotated:
    """What marking found in one article: credits, the number of marks of each label, with ``--marks`` their spans.

    ``origin`` is what its own credits say of an article that stands in no story; None where they say nothing, and for
    members, whose story has one.
    """

    id: str
    origin: Origin | None
    credits: tuple[dict[str, object], ...]
    labels: dict[str, int]
    marks: tuple[dict[str, object], ...]


@value
class FormulaFamily:
    """Articles of several stories written from one mould (weather, telegrams, market closes).

    ``centre`` is the id of the article that shares the mould with all others; ``phrase`` is
    ``text[start:end]`` of it, the longest run that half of the stories hold (None: no three words are). ``first_day``
    and ``last_day`` are ISO 8601, None where no day is known.
    """

    id: str
    size: int
    stories: int
    outlets: tuple[str, ...]
    first_day: str | None
    last_day: str | None
    centre: str
    phrase: str | None
    start: int | None
    end: int | None
    members: tuple[str, ...]


@value
class RoundUp:
    """An article that carries several stories and belongs to none: the clusters it is linked to."""

    id: str
    clusters: tuple[str, ...]


@value
class OutletSource:
    """How much of an outlet rests on one source: articles in all, those of them that credit it, and their words;
    shares are of all articles and words of the outlet."""

    id: str
    name: str
    articles: int
    article_share: float
    credited: int
    words: int
    word_share: float


@value
class Outlet:
    """What an outlet shares with others: counts of articles and of unmarked words.

    ``in_stories``: articles in a story that another outlet has too; ``wholly`` and ``partly`` of these are derived so;
    ``shared_words``: words in passages that another outlet carries; ``repeats``: articles in a story that the outlet
    has already; ``sources``: the sources its articles rest on, the most frequent first. Shares are of all articles and
    words of the outlet.
    """

    outlet: str
    articles: int
    words: int
    in_stories: int
    story_share: float
    wholly: int
    partly: int
    shared_words: int
    shared_word_share: float
    repeats: int
    sources: tuple[OutletSource, ...]


@value
class OutletPair:
    """One cell of the outlet matrix: what of ``second`` stands in stories of ``first``.

    ``stories`` both have (the same in both directions); ``together``: articles of ``second`` in such a story;
    ``after``: those of them that ``first`` had published earlier, and ``median_lag_minutes`` of these. Both are None
    where no publication of one can be put before or after one of the other. Shares are of all articles of ``second``.
    """

    first: str
    second: str
    stories: int
    together: int
    together_share: float
    after: int | None
    after_share: float | None
    median_lag_minutes: float | None


@value
class Report:
    """Everything a run found; JSON and every other format are writers of this one value."""

    settings: dict[str, object]
    corpus: dict[str, object]
    clusters: tuple[Cluster, ...]
    round_ups: tuple[RoundUp, ...]
    families: tuple[FormulaFamily, ...]
    outlets: tuple[Outlet, ...]
    outlet_pairs: tuple[OutletPair, ...]
    articles: tuple[Annotated, ...]
    too_short: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    notices: tuple[Notice, ...]
    texts: dict[str, str] = field(default_factory=dict)
