"""Intake: from files to a corpus of sketched, marked articles.

    read          files -> record batches                                     one at a time, in canonical order
    taken         batch -> tokens -> marks -> shingles, signature, words      a worker each
    learn         what outlets repeat -> the articles that hold it, again     a worker a batch
    segments      second stories glued under others -> articles of their own  one batch more

Rows are in canonical order from the start (``corpus.find`` sorts); segments follow at the end, by their hosts. Workers
only compute parts whose place is fixed, so nothing depends on their number. Texts stay where Arrow read them.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dedup import corpus
from dedup.arabic.fold import Folded, fold, fold_column, fold_table, read_column
from dedup.corpus.markup import Places, shown
from dedup.corpus.outlets import Outlets, lexicon_bytes
from dedup.corpus.outlets import shipped as shipped_outlets
from dedup.corpus.schema import SCHEMA
from dedup.errors import NothingReadable
from dedup.model import Credit, Notice, Segment, Skipped
from dedup.settings import Settings, digits_of
from dedup.sketch.minhash import Sketches, chosen, sketch

if TYPE_CHECKING:  # what marks texts is loaded when texts are marked: 0.1 s
    from dedup.arabic.annotation import Annotation
    from dedup.arabic.credited_outlets import CreditedOutlets
    from dedup.arabic.learned import Learned
    from dedup.arabic.lexicon import Lexicon
    from dedup.arabic.marks import BatchMarks, Marker
    from dedup.arabic.phrase_table import Agency

Paths: TypeAlias = str | os.PathLike[str] | Sequence[str | os.PathLike[str]]
"""Folders and files to read: several, or one by itself."""

Progress = Callable[[int, int], None]
"""Called while reading with the bytes of text read so far and the bytes of all input files."""


@dataclass(frozen=True, slots=True)
class Host:
    """Where a segment comes from: the id of the article it is glued under, and its place in that text."""

    of: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Corpus:
    """The articles as one table in canonical order, their sketches, what marking found (rows without anything
    are absent), the segments among them (row -> host), what went wrong on the way, the agencies of the lexicon by id,
    the outlets of the run by name and host, and which lexicon of the user's own was read
    (:func:`~dedup.settings.digits_of`)."""

    articles: pa.Table
    sketches: Sketches
    annotations: Mapping[int, Annotation]
    segments: Mapping[int, Host]
    skipped: list[Skipped]
    notices: list[Notice]
    agencies: Mapping[str, Agency] = field(default_factory=dict)
    outlets: Outlets = field(default_factory=shipped_outlets)
    lexicon: str | None = None


@dataclass(frozen=True, slots=True)
class _Taken:
    """One batch, sketched and marked (or not marked: ``marks`` None); marks are of what the texts show, and ``places``
    tells of those with markup where that stands (:mod:`dedup.corpus.markup`); ``again``: rows sketched again."""

    batch: pa.RecordBatch
    sketches: Sketches
    marks: BatchMarks | None
    places: Mapping[int, Places]
    again: tuple[npt.NDArray[np.int64], Sketches] | None = None

    def found(self) -> Mapping[int, Annotation]:
        """What marking found, as spans of the texts."""
        if self.marks is None:
            return {}
        found = self.marks.found
        return {**found, **{row: found[row].outward(at) for row, at in self.places.items() if row in found}}


def read_corpus(
    paths: Paths,
    settings: Settings,
    exclude: Collection[Path] = (),
    progress: Progress | None = None,
    pool: ThreadPoolExecutor | None = None,
    with_words: bool = True,
) -> Corpus:
    """Everything below ``paths``. Raises NothingReadable, PathMissing, FieldMissing.

    Without words the corpus can be compared by shingles, but not judged.
    """
    if pool is None:
        with ThreadPoolExecutor(settings.threads()) as made:
            return read_corpus(paths, settings, exclude, progress, made, with_words)
    lexicon = None if settings.keep_furniture else _lexicon(settings)
    marker = None if lexicon is None else _marker(lexicon)
    own = _own_lexicon(settings) if lexicon is None else lexicon.own
    taker = _Taker(marker, with_words, _credited_outlets(settings, lexicon))
    fold_table()
    several = [paths] if isinstance(paths, str | os.PathLike) else paths
    parts, skipped, notices = _first_pass(several, settings, exclude, progress, taker, pool)
    hosts: list[tuple[int, Segment]] = []
    if marker is not None:
        parts, hosts = _second_pass(parts, taker, pool)
    articles = pa.Table.from_batches([part.batch for part in parts])
    ids, renamed = corpus.unique_ids(articles["id"], articles["path"])
    articles = articles.set_column(articles.schema.get_field_index("id"), articles.schema.field("id"), ids)
    own_rows = articles.num_rows - len(hosts)
    return Corpus(
        articles,
        _sketches(parts, pool),
        _annotations(parts, own_rows, [segment for _, segment in hosts]),
        {own_rows + n: Host(articles["id"][row].as_py(), s.start, s.end) for n, (row, s) in enumerate(hosts)},
        skipped,
        notices + renamed,
        {} if lexicon is None else lexicon.agencies,
        shipped_outlets() if lexicon is None else lexicon.outlets,
        own,
    )


def _lexicon(settings: Settings) -> Lexicon:
    from dedup.arabic.lexicon import load

    return load(Path(settings.lexicon) if settings.lexicon else None)


def _own_lexicon(settings: Settings) -> str | None:
    """Which file of the user's own is read where nothing is marked, and only its outlets count. One that cannot be read
    ends the run where these are read."""
    if settings.lexicon is None:
        return None
    try:
        return digits_of(lexicon_bytes(settings.lexicon))
    except OSError:
        return None


def _marker(lexicon: Lexicon) -> Marker:
    from dedup.arabic.marks import Marker

    return Marker(lexicon)


def _credited_outlets(settings: Settings, lexicon: Lexicon | None) -> CreditedOutlets | None:
    """What tells outlets from credits, unless the user says which field is the outlet's. The same with and without
    marking; without, the lexicon is loaded when a batch needs it."""
    if settings.outlet_field is not None:
        return None
    from dedup.arabic.credited_outlets import CreditedOutlets

    return CreditedOutlets(lambda: (lexicon or _lexicon(settings)).agencies, Outlets(settings.lexicon))


def taken_in(batch: pa.RecordBatch, settings: Settings) -> Corpus:
    """A corpus of the articles of one batch; what outlets repeat is not learned, and segments stay marks."""
    lexicon = None if settings.keep_furniture else _lexicon(settings)
    marker = None if lexicon is None else _marker(lexicon)
    part = _Taker(marker, True, _credited_outlets(settings, lexicon)).take(batch, None)
    return Corpus(
        pa.Table.from_batches([part.batch]), part.sketches, _annotations([part], len(batch), []), {}, [], [],
        {} if lexicon is None else lexicon.agencies,
        shipped_outlets() if lexicon is None else lexicon.outlets,
    )  # fmt: skip


def _first_pass(
    paths: Sequence[str | os.PathLike[str]], settings: Settings, exclude: Collection[Path],
    progress: Progress | None, taker: _Taker, pool: ThreadPoolExecutor,
) -> tuple[list[_Taken], list[Skipped], list[Notice]]:  # fmt: skip
    sources, skipped = corpus.find(paths, exclude)
    total = sum(source.size for source in sources)
    taking: list[Future[_Taken]] = []
    notices: list[Notice] = []
    text_bytes = 0
    for item in corpus.read(sources, settings, pool):
        if isinstance(item, Skipped):
            skipped.append(item)
        elif isinstance(item, Notice):
            notices.append(item)
        else:
            taking.append(pool.submit(taker.take, item, None))
            text_bytes += item.column("text").nbytes
            if progress:
                progress(text_bytes, total)
    if not taking:
        first_reason = skipped[0].reason if skipped else None
        raise NothingReadable([os.fspath(path) for path in paths], len(skipped), first_reason)
    return [future.result() for future in taking], skipped, notices


def _second_pass(
    parts: list[_Taken], taker: _Taker, pool: ThreadPoolExecutor
) -> tuple[list[_Taken], list[tuple[int, Segment]]]:
    """Mark what outlets repeat, and make articles of the segments, the last part; their hosts are told."""
    from dedup.arabic.learned import learn

    learned = learn([part.marks.sample for part in parts if part.marks is not None])
    parts = list(pool.map(lambda part: taker.again(part, learned), parts))
    hosts = _hosts(parts)
    if hosts:
        parts.append(taker.take(_segment_batch(parts, hosts), learned))
    return parts, hosts


@dataclass(frozen=True, slots=True)
class _Taker:
    """Folds, marks and sketches batches; without a marker all of a text but its title counts, without ``credited``
    outlets are what they are called."""

    marker: Marker | None
    with_words: bool
    credited: CreditedOutlets | None

    def take(self, batch: pa.RecordBatch, learned: Learned | None) -> _Taken:
        """One batch; ``learned`` is what outlets repeat, where that is known already."""
        if self.credited is not None:
            batch = self.credited.told_apart(batch)
        read = read_column(batch.column("text"))
        folded, body_start = read.folded, read.inward(batch.column("body_start").to_numpy())
        marks = None
        marked = _before(folded, body_start)
        if self.marker is not None:
            titles = fold_column(batch.column("title").fill_null(""))
            outlets, bylines = batch.column("outlet"), batch.column("byline").fill_null("")
            marks = self.marker.mark_batch(folded, read.texts, titles, outlets, bylines, body_start, learned)
            marked |= marks.token_marked
        return _Taken(batch, sketch(folded, marked, self.with_words), marks, read.places)

    def again(self, part: _Taken, learned: Learned) -> _Taken:
        """The batch with what is learned marked; only texts in which other words are marked are sketched again."""
        if self.marker is None or part.marks is None:
            return part
        from dedup.arabic.marks import same_stretches, token_marks

        again = self.marker.again(part.marks, learned)
        changed = [row for row, one in again.items() if not same_stretches(one.marks, part.marks.marks(row))]
        found = {row: one for row, one in (part.marks.found | again).items() if one.marks or one.credits}
        part = replace(part, marks=replace(part.marks, found=found))
        if not changed:
            return part
        rows = np.array(changed, np.int64)
        read = read_column(part.batch.column("text").take(pa.array(rows)))
        folded = read.folded
        marked = _before(folded, read.inward(part.batch.column("body_start").to_numpy()[rows]))
        marked |= token_marks(folded, {n: again[row] for n, row in enumerate(changed)})
        return replace(part, again=(rows, sketch(folded, marked, self.with_words)))


def _sketches(parts: list[_Taken], pool: ThreadPoolExecutor) -> Sketches:
    """The sketches of all articles, of those sketched again the later ones."""
    made = [part.sketches for part in parts]
    starts = np.cumsum([0, *map(len, made)])
    order, later = np.arange(starts[-1]), int(starts[-1])
    for start, part in zip(starts.tolist(), parts, strict=False):
        if part.again is not None:
            rows, sketches = part.again
            order[start + rows] = np.arange(later, later + len(rows))
            later += len(rows)
            made.append(sketches)
    return chosen(made, order, pool.map)


def _before(folded: Folded, body_start: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
    """The tokens before the body of their text."""
    if not body_start.any():
        return np.zeros(len(folded.token_start), np.bool_)
    return folded.span_start < np.repeat(body_start, np.diff(folded.first_token))


def _hosts(parts: list[_Taken]) -> list[tuple[int, Segment]]:
    """Every segment with the row of its host, by row and place."""
    starts = np.cumsum([0, *(len(part.sketches) for part in parts)]).tolist()
    return [
        (start + row, segment)
        for start, part in zip(starts, parts, strict=False)
        for row, one in sorted(part.found().items())
        for segment in one.segments
    ]


def _segment_batch(parts: list[_Taken], hosts: list[tuple[int, Segment]]) -> pa.RecordBatch:
    """The segments as articles: text and title of their own, outlet and address of the host, no date, no byline."""
    table = pa.Table.from_batches([part.batch for part in parts])
    rows: list[dict[str, object]] = []
    number: dict[int, int] = {}
    for row, segment in hosts:
        host = table.slice(row, 1).to_pylist()[0]
        number[row] = number.get(row, 1) + 1
        title = segment.title
        rows.append(
            {
                **dict.fromkeys(SCHEMA.names),
                "id": f"{host['id']}/{number[row]}",
                "text": host["text"][segment.start : segment.end],
                "title": " ".join(shown(host["text"][title.start : title.end]).split()) if title else None,
                "outlet": host["outlet"],
                "url": host["url"],
                "path": host["path"],
                "body_start": title.end - segment.start if title else 0,
            }
        )
    return pa.RecordBatch.from_pylist(rows, schema=SCHEMA)


def _annotations(parts: list[_Taken], own_rows: int, segments: list[Segment]) -> dict[int, Annotation]:
    """What marking found, by row of the corpus; bylines first among the credits, segments with their own credits."""
    if all(part.marks is None for part in parts):
        return {}
    from dedup.arabic.annotation import NOTHING

    found: dict[int, Annotation] = {}
    start = 0
    for part in parts:
        if part.marks is not None:
            texts, bylines = part.found(), part.marks.bylines
            for row in sorted({*texts, *bylines}):
                one, first = texts.get(row, NOTHING), bylines.get(row)
                found[start + row] = one if first is None else one._replace(credits=first + one.credits)
        start += len(part.sketches)
    for n, segment in enumerate(segments):
        known = found.get(own_rows + n, NOTHING)
        sources = {one.agency or one.name for one in known.credits}
        moved = [credit.moved(partial(_from, segment.start)) for credit in segment.credits]
        missing = [credit for credit in moved if (credit.agency or credit.name) not in sources]
        if known.credits or missing:
            found[own_rows + n] = known._replace(credits=(*known.credits, *missing))
    return _spelt_alike(found)


def _spelt_alike(found: dict[int, Annotation]) -> dict[int, Annotation]:
    """The same, with one spelling for each name of a source in no lexicon, so that all that counts sources counts it
    once: the commonest of those that fold to the same, of equally common ones the first in the corpus. Where the name
    stands does not change. (10 ms for the 6,000 such credits of 22,953 articles.)"""
    from dedup.arabic.phrase_table import FoldedNames

    written = Counter([c.name for row in sorted(found) for c in found[row].credits if c.agency is None])
    folded, commonest = FoldedNames(written), dict[str, str]()
    for name, _ in written.most_common():
        commonest.setdefault(folded[name] or name, name)
    other = {name: usual for name in written if (usual := commonest[folded[name] or name]) != name}

    def spelt(one: Credit) -> Credit:
        return one._replace(name=other[one.name]) if one.agency is None and one.name in other else one

    for row, one in found.items():
        if any(c.agency is None and c.name in other for c in one.credits):
            found[row] = one._replace(credits=tuple(map(spelt, one.credits)))
    return found


def _from(begin: int, start: int, end: int) -> tuple[int, int]:
    """A place in a text as one in the part of it that begins at ``begin``."""
    return start - begin, end - begin


def credited(corpus: Corpus) -> npt.NDArray[np.object_]:
    """For each article the ids (or names) of the sources it credits, mentions left out, as a frozenset."""
    none: frozenset[str] = frozenset()
    sources = np.full(corpus.articles.num_rows, none, object)
    for row, one in corpus.annotations.items():
        sources[row] = frozenset(credit.agency or credit.name for credit in one.credits if credit.kind != "mention")
    return sources


def outlet_codes(outlets: pa.ChunkedArray) -> npt.NDArray[np.int64]:
    """A number for the outlet of each article, int64 (n,): the same for the same name, -1 where none is known."""
    codes = outlets.combine_chunks().dictionary_encode().indices.fill_null(-1)
    return codes.to_numpy(zero_copy_only=False).astype(np.int64)  # type: ignore[no-any-return]


def sources_named(asked: Iterable[str], agencies: Mapping[str, Agency], credited: frozenset[str]) -> tuple[str, ...]:
    """The ids (or credited names) of the sources that somebody asks for, however they are written, each once.

    A source is known by its id, by its Arabic and Latin names and their short forms, with or without "agency" or the
    like before them, and where it is in no lexicon by the name it is credited by, in all spellings. Capitals, vowel
    signs, dots, spaces do not count. What is several sources' name (a dozen papers are called al-Watan) stands for
    those of them that are ``credited``, or for all if none is; what is nobody's stays as it is written.
    """
    names: dict[str, dict[str, None]] = {}
    for one in agencies.values():
        for name in (one.name, one.latin, *one.names, *one.short, *one.letters):
            names.setdefault(_bare(name), {})[one.id] = None
    for name in sorted(credited - agencies.keys()):
        names.setdefault(_bare(name), {})[name] = None
    ids = {_bare(one): one for one in agencies}
    found: dict[str, None] = {}
    for name in asked:
        exact = name if name in agencies else None if name in credited else ids.get(_bare(name))
        called = names.get(_bare(name)) or names.get(_bare(_unkinded(name))) or {}
        meant = [exact] if exact is not None else [*called]
        found.update(dict.fromkeys([one for one in meant if one in credited] or meant or [name]))
    return tuple(found)


def _unkinded(name: str) -> str:
    """A name without the kind of medium before it."""
    from dedup.arabic.words import words

    kind, _, rest = name.partition(" ")
    return rest if rest and kind in words("media") else name


def _bare(name: str) -> str:
    return "".join(token.folded for token in fold(name)) or name


def restricted(corpus: Corpus, kept: npt.NDArray[np.bool_]) -> Corpus:
    """Only the articles where ``kept`` is true."""
    rows = np.flatnonzero(kept)
    place = {int(row): n for n, row in enumerate(rows)}
    return Corpus(
        corpus.articles.filter(pa.array(kept)),  # chunk by chunk: to take rows, Arrow lays 2 GB of text end to end
        corpus.sketches.take(rows),
        {place[row]: one for row, one in corpus.annotations.items() if row in place},
        {place[row]: host for row, host in corpus.segments.items() if row in place},
        corpus.skipped,
        corpus.notices,
        corpus.agencies,
        corpus.outlets,
        corpus.lexicon,
    )
