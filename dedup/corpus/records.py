"""From columns as the files hold them to record batches of the one schema.

Every reader, fast or slow, hands over the same thing: :class:`Rows`, one string column a field of interest. Everything
that gives these strings a meaning happens here, column by column: choosing among several fields, dates, outlets,
blank to null. So two ways of reading the same bytes cannot differ in meaning, only in how they got the strings.

The number of a record within its file is known only when all before it are counted, and pieces of a file are read side
by side; so ids are given last, in order, by :meth:`Finished.batch`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from dedup.corpus.dates import YEARS, Moment, file_day, is_hijri, parse, with_zone
from dedup.corpus.fields import Fields, local
from dedup.corpus.markup import shown, with_shown, with_signs
from dedup.corpus.outlets import Outlets
from dedup.corpus.schema import SCHEMA
from dedup.corpus.source import Source
from dedup.corpus.teasers import without_teasers
from dedup.model import Notice, Skipped
from dedup.settings import Settings

Item: TypeAlias = "pa.RecordBatch | Skipped | Notice"
"""What reading yields."""

OddDate = tuple[int, str, str]
"""Row, "hijri" or "unreadable", and what it said."""

STAMP = pa.timestamp("s")
_VISIBLE = r"[^\s\p{Z}\x{0B}\x{1C}-\x{1F}\x{85}\x{200B}-\x{200F}\x{FEFF}]"
_STAMP_LENGTHS = tuple({"min": length, "max": length} for length in (len("YYYY-MM-DD"), len("YYYY-MM-DD hh:mm:ss")))
"""Of strings of one of these lengths Arrow takes only the dates that their pattern shows; all else it refuses."""


@dataclass
class Reading:
    """What a run of readers shares: settings, field names, outlets."""

    settings: Settings
    fields: Fields
    outlets: Outlets

    @classmethod
    def under(cls, settings: Settings) -> Reading:
        """The reading that given settings ask for."""
        return cls(settings, Fields(settings), Outlets(settings.lexicon))


@dataclass
class Rows:
    """Articles as their files hold them: field name -> strings; ``numbers`` counts them within the file.

    ``numbers`` is None where a file is one article; ``sources`` then has one entry a row, otherwise one for all.
    """

    columns: dict[str, pa.Array]
    numbers: pa.Array | None
    sources: Sequence[Source]
    body_start: pa.Array | None = None


@dataclass
class Finished:
    """A batch but for its ids, and the dates that could not be read."""

    arrays: dict[str, pa.Array]
    ids: pa.Array
    numbers: pa.Array | None
    odd_dates: list[OddDate] = field(default_factory=list)

    def batch(self, first: int = 0) -> pa.RecordBatch:
        """The batch, ``first`` being the number of records of the file before it."""
        path = self.arrays["path"]
        made = path
        if self.numbers is not None:
            number = pc.cast(pc.add(self.numbers, first), pa.string())
            made = pc.if_else(pc.is_valid(number), pc.binary_join_element_wise(path, number, "#"), path)
        arrays = {**self.arrays, "id": pc.coalesce(self.ids, made)}
        return pa.RecordBatch.from_arrays([arrays[name] for name in SCHEMA.names], schema=SCHEMA)


def finish(rows: Rows, reading: Reading) -> Finished:
    """Give the strings their meaning."""
    length = len(next(iter(rows.columns.values())))
    chosen = reading.fields.chosen(rows.columns)
    filling = {role: [rows.columns[name] for name in names] for role, names in chosen.items()}
    filling["published"] = _zoned(rows.columns, chosen["published"], chosen["greenwich"])
    filling["byline"] = [_with_letters(column) for column in filling["byline"]]
    held = {role: _first_filled(columns, length) for role, columns in filling.items()}
    if "text" not in reading.fields.asked:
        held["text"] = without_teasers(held["text"], filling["text"])
    published, precision, zone, odd = dates(held["published"])
    collected, _, _, odd_collected = dates(held["collected"])
    published, precision = _file_days(rows, published, precision)
    outlet = _outlets(rows, held["outlet"], held["url"], reading.outlets)
    start = rows.body_start if rows.body_start is not None else _repeated(0, length, pa.int32())
    arrays = {
        "text": pc.fill_null(_without_blanks(held["text"]), ""),
        "title": trimmed(_without_markup(held["title"])),
        "outlet": outlet,
        "published": published,
        "published_precision": precision,
        "published_zone": zone,
        "collected": collected,
        "url": trimmed(held["url"]),
        "byline": trimmed(_without_markup(held["byline"])),
        "path": _per_row(rows, length, lambda source: source.path),
        "body_start": start,
    }
    return Finished(arrays, trimmed(held["id"]), rows.numbers, odd + odd_collected)


def trimmed(strings: pa.Array) -> pa.Array:
    """Without white space around; null where nothing is left."""
    if strings.null_count == len(strings):
        return strings
    bare = pc.utf8_trim_whitespace(strings)
    return pc.if_else(pc.equal(bare, ""), pa.scalar(None, pa.string()), bare)


def _without_markup(strings: pa.Array) -> pa.Array:
    """Titles and names as they are shown."""
    if strings.null_count == len(strings):
        return strings
    written = {row: text for row in with_signs(strings) if (text := strings[row].as_py())}
    read = {row: " ".join(seen.split()) for row, text in written.items() if (seen := shown(text)) != text}
    return with_shown(strings, read)


def blank(strings: pa.Array) -> pa.Array:
    """True where a string is null or holds nothing visible. The search ends at the first visible letter."""
    return pc.invert(pc.fill_null(pc.match_substring_regex(strings, _VISIBLE), False))


def _first_filled(columns: list[pa.Array], length: int) -> pa.Array:
    """Row by row, the first of several columns that holds something visible."""
    if not columns:
        return pa.nulls(length, pa.string())
    if len(columns) == 1:
        return columns[0]
    return pc.coalesce(*[_without_blanks(column) for column in columns])


def _with_letters(column: pa.Array) -> pa.Array:
    """Null instead of what holds no letter: a number is the writer's in the system, and no name."""
    named = pc.match_substring_regex(column, r"\p{L}")
    return column if pc.all(named).as_py() else pc.if_else(named, column, pa.scalar(None, pa.string()))


def _zoned(columns: dict[str, pa.Array], published: list[str], greenwich: list[str]) -> list[pa.Array]:
    """The dates of publication, best first: local ones with the zone that the same moment in UTC tells, then moments
    given in UTC alone."""
    in_utc = {local(name): columns[name] for name in reversed(greenwich)}
    named = {name: in_utc.pop(local(name), None) for name in published}
    beside = [columns[name] if utc is None else _pairs(columns[name], utc) for name, utc in named.items()]
    return beside + [_pairs(pa.nulls(len(utc), pa.string()), utc) for utc in in_utc.values()]


def _pairs(clocks: pa.Array, utc: pa.Array) -> pa.Array:
    return pa.array(map(with_zone, clocks.to_pylist(), utc.to_pylist()), pa.string())


def _without_blanks(column: pa.Array) -> pa.Array:
    """Null instead of what is blank; the column itself where nothing is, since copying long texts costs."""
    empty = blank(column)
    return pc.if_else(empty, pa.scalar(None, pa.string()), column) if pc.any(empty).as_py() else column


def _repeated(value: object, length: int, kind: pa.DataType) -> pa.Array:
    return pa.repeat(pa.scalar(value, kind), length) if value is not None else pa.nulls(length, kind)


def _per_row(rows: Rows, length: int, of: Callable[[Source], str | None]) -> pa.Array:
    """A string of each row's source."""
    if len(rows.sources) == 1:
        return _repeated(of(rows.sources[0]), length, pa.string())
    return pa.array([of(source) for source in rows.sources], pa.string())


def _outlets(rows: Rows, field: pa.Array, url: pa.Array, outlets: Outlets) -> pa.Array:
    """The outlet field; else the address's host; else the first folder."""
    named = _mapped(trimmed(field), outlets.of_field)
    if named.null_count:
        address = pc.if_else(pc.is_null(named), url, pa.scalar(None, pa.string()))
        named = pc.coalesce(named, _mapped(address, outlets.of_address))
    if named.null_count:
        named = pc.coalesce(named, _per_row(rows, len(named), lambda source: source.outlet))
    return named


def _mapped(strings: pa.Array, rule: Callable[[str], str | None]) -> pa.Array:
    """A rule applied to each distinct string."""
    if strings.null_count == len(strings):
        return strings
    coded = pc.dictionary_encode(strings)
    return pc.take(pa.array([rule(value) for value in coded.dictionary.to_pylist()], pa.string()), coded.indices)


def _file_days(rows: Rows, published: pa.Array, precision: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Where a file is one article and its fields name no day, the day at the start of its name."""
    if rows.numbers is not None and rows.numbers.null_count == 0:
        return published, precision
    if published.null_count == 0:
        return published, precision
    single = [True] * len(published) if rows.numbers is None else pc.is_null(rows.numbers).to_pylist()
    sources = rows.sources if len(rows.sources) == len(published) else list(rows.sources) * len(published)
    named = [file_day(source.name) if alone else None for source, alone in zip(sources, single, strict=True)]
    day = pa.array([moment and moment.seconds for moment in named], pa.int64()).cast(STAMP)
    exact = pa.array([moment and moment.precision for moment in named], pa.string())
    return pc.coalesce(published, day), pc.coalesce(precision, pc.if_else(pc.is_null(published), exact, precision))


def dates(written: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array, list[OddDate]]:
    """Moments, precisions and zones of dates as written, and those that are not understood.

    Dates all written ``YYYY-MM-DD hh:mm:ss`` (or the day alone) are turned by Arrow at once; all else value by value.
    """
    strings = trimmed(written)
    length = len(strings)
    texts = pa.nulls(length, pa.string())
    if strings.null_count == length:
        return pa.nulls(length, STAMP), texts, texts, []
    if pc.min_max(pc.binary_length(strings)).as_py() in _STAMP_LENGTHS:
        try:
            moments = pc.cast(strings, STAMP)
        except pa.ArrowInvalid:
            return _dates_one_by_one(strings)
        years = pc.min_max(pc.year(moments)).as_py()
        no_date = pc.any(pc.equal(moments.cast(pa.int64()), 0)).as_py()  # the first second of 1970
        if years["min"] in YEARS and years["max"] in YEARS and not no_date:
            precision = pc.if_else(pc.equal(pc.binary_length(strings), 10), "day", "second")
            return moments, precision, texts, []
    return _dates_one_by_one(strings)


def _dates_one_by_one(strings: pa.Array) -> tuple[pa.Array, pa.Array, pa.Array, list[OddDate]]:
    coded = pc.dictionary_encode(strings)
    written = coded.dictionary.to_pylist()
    moments: list[Moment | None] = [parse(text) for text in written]
    seconds = pa.array([moment and moment.seconds for moment in moments], pa.int64()).cast(STAMP)
    precision = pa.array([moment and moment.precision for moment in moments], pa.string())
    zone = pa.array([moment and moment.zone for moment in moments], pa.string())
    odd = {
        n: ("hijri" if is_hijri(text) else "unreadable", text)
        for n, (text, moment) in enumerate(zip(written, moments, strict=True))
        if moment is None
    }
    seen = [(row, *odd[n]) for row, n in enumerate(coded.indices.to_pylist()) if n in odd] if odd else []
    taken = [pc.take(column, coded.indices) for column in (seconds, precision, zone)]
    return taken[0], taken[1], taken[2], seen
