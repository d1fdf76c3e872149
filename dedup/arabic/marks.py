"""Marking a batch: which words take no part in similarity, and who is credited.

A scraped article is its story and what the page put around it. Nothing is deleted: a mark is a span of the original
text with a label, and the words under it are passed over by shingles, fingerprints and passages. Nine steps, each in
a module of its own:

    phrases     one scan of the batch finds all known words             kernels.phrases, lexicon
    titles      the headline repeated in the text                       kernels.titles
    learned     lines, heads, tails the outlet repeats                  learned
    furniture   what phrases and lines mean where they stand            furniture
    segments    a second story glued under the first                    segments
    blocks      short lines above and below the story, by their shape   blocks, block_lines, picture_lines, date_lines
    head        dateline or byline before the first word                heads
    edge lines  names, addresses and captions above and below           edge_lines
    credits     who is named as the source, and where                   credits

Only articles in which the scan found something are looked at one by one; of the real corpus that is 45 %, and three in
four of these are given a mark or a credit. Everything else of a batch costs the scan. What the scan found is kept as
*clues*, some 16 bytes a phrase, so that an article which holds something learned is judged again without being folded
or scanned again.

Whoever adds a rule must know what spares looks:

    a page is looked at for a known phrase, a title, a body behind a title, or an edge (``scan.edges``), for
    nothing else; and it holds its phrases by use (``page.LOOKED_AT``), so a new kind of phrase goes into those lists
    ``heads`` passes over a line below the first when no place or agency stands behind it, since a head there must be
    ``_certain``; what ``_by_words``, ``edge_lines._by_content``, ``block_lines.shape`` and ``date_lines.date_line``
    answer is remembered, so they may look at nothing but the words they are given
    whether one of several papers of one name is credited may hang on its kind and its words, not on which it is, where
    none is credited at all (``credits.Judgement.credits``)
    ``scan.edges`` says of each text which of its edges may have a block, and only there one is looked for
    a pattern of the words before a name (``endings.Ending``) is read backward, so a back reference or a ``$`` in its
    middle has no place in it; it may tell stems of which it holds one, without which it is not tried; and what sets a
    name apart is not looked for where the sentence goes on (``GOES_ON``)
    where several patterns must hold or fail together, those that decide most often are asked first
    the shipped lexicon and the fold table are kept ready (``compiled_lexicon``, ``compiled_fold``): after a change to
    the TOML files, to ``phrase_table`` or to ``fold`` they are made again, as the tests that hold them equal say

tests/test_marks_gates.py opens all of these at once and holds the result equal.

Invariants, property-tested: ``text[mark.start:mark.end]`` is what was marked; marks are sorted and those of one label
do not overlap; and an article keeps its story (see :mod:`dedup.arabic.annotation`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, repeat

import numpy as np
import pyarrow as pa

from dedup.arabic.annotation import NOTHING, Annotation, annotated
from dedup.arabic.credit_context import AGENCIES, SEVERAL, common_word
from dedup.arabic.credit_kinds import CONFIDENCE
from dedup.arabic.fold import Folded, fold_batch
from dedup.arabic.learned import Learned
from dedup.arabic.lexicon import Lexicon
from dedup.arabic.page import LOOKED_AT, Hit, Page
from dedup.arabic.phrase_table import OutletNames
from dedup.arabic.sample import Sample, sample
from dedup.arabic.scan import I32, Bools, Scan, edges, numbered, scan
from dedup.corpus.markup import utf8_column
from dedup.kernels.marks import mark_tokens
from dedup.kernels.titles import find_titles
from dedup.model import Credit, Mark, Segment

TITLE_LINES, TITLE_WORDS = 4, 3
"""A title is looked for at the start of this many first lines, if it has this many words."""
BYLINES_KEPT = 100_000
"""Byline fields whose credits are remembered: the twelve newspapers of the real corpus have 6,800 different ones."""

_NAME_BEFORE = re.compile(r"\w[ \u00a0]$")
NO_NAMES: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clues:
    """What the scan of a batch found, all that judging its articles needs.

    ``row, start, end, phrase`` int32: phrase ``phrase`` of the lexicon's table stands at ``text[start:end]`` of a row,
    in order of row and place, longer ones first. ``titles``: headlines repeated in the text, by row;
    ``edged``: rows whose edges have the shape of no sentence, and which (:func:`dedup.arabic.scan.edges`).
    """

    texts: pa.StringArray
    body_start: I32
    row: I32
    start: I32
    end: I32
    phrase: I32
    titles: dict[int, list[Mark]]
    edged: dict[int, int]


@dataclass(frozen=True, slots=True)
class BatchMarks:
    """Marks of a batch; articles without any have no entry in ``found``.

    ``token_marked`` bool, one per token of the batch: True takes no part in shingles, fingerprints, passages.
    ``sample`` is what the batch leaves for :func:`dedup.arabic.learned.learn`, ``clues`` for :meth:`Marker.again`.
    """

    token_marked: Bools
    found: dict[int, Annotation]
    sample: Sample
    clues: Clues
    bylines: dict[int, tuple[Credit, ...]] = field(default_factory=dict)

    def marks(self, row: int) -> tuple[Mark, ...]:
        """The marks of one article, sorted by place."""
        return self.found.get(row, NOTHING).marks

    def credits(self, row: int) -> tuple[Credit, ...]:
        """Its credits: the byline field's first, then those in the text by place, without those of its segments."""
        return self.bylines.get(row, ()) + self.found.get(row, NOTHING).credits

    def segments(self, row: int) -> tuple[Segment, ...]:
        """The stories glued under it."""
        return self.found.get(row, NOTHING).segments


class Marker:
    """Marks batches by a lexicon; threads may share it, since all it remembers is a function of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._meanings = lexicon.table.meanings
        self._table = lexicon.table
        agencies = [meaning.agency for meaning in self._meanings]
        number = {agency.id: n for n, agency in enumerate(lexicon.agencies.values())}
        self._owner = np.array([number[agency.id] if agency else -1 for agency in agencies], np.int32)
        self._number, self._outlets = number, OutletNames(lexicon.agencies.values(), run=lexicon.outlets)
        self._own: dict[str | None, Bools] = {}
        self._none_own = np.zeros(len(agencies), np.bool_)
        self._credited: dict[str, tuple[Credit, ...]] = {}
        self._words = np.array([meaning.words for meaning in self._meanings], np.int32)
        self._looked_at = [
            np.array([meaning.what in kinds for meaning in self._meanings], np.bool_) for kinds in LOOKED_AT.values()
        ]

    def mark_batch(
        self,
        folded: Folded,
        texts: pa.StringArray,
        titles: Folded,
        outlets: pa.StringArray,
        bylines: pa.StringArray,
        body_start: I32,
        learned: Learned | None = None,
    ) -> BatchMarks:
        """Mark the articles of a batch whose ``texts`` were folded into ``folded``, and their titles into ``titles``.

        Null outlets are outlets without a name; ``learned`` is what outlets repeat, where that is known already.
        """
        scanned = scan(folded, body_start, self._table)
        named = numbered(outlets)
        clues = self._clues(folded, scanned, texts, titles, named, body_start)
        looked_at = body_start > 0
        looked_at[clues.row] = True
        looked_at[[*clues.titles, *clues.edged]] = True
        found = self._judged(clues, np.flatnonzero(looked_at).tolist())
        headed = np.zeros(len(texts), np.bool_)
        headed[[row for row, one in found.items() for mark in one.marks if mark.evidence == "head"]] = True
        taken = sample(folded, scanned, texts, *named, headed)
        if learned is not None:
            found |= self._again(clues, taken, learned, {*found, *clues.row.tolist()})
            found = {row: one for row, one in found.items() if one is not NOTHING}
        return BatchMarks(token_marks(folded, found), found, taken, clues, self._byline_credits(bylines))

    def again(self, marks: BatchMarks, learned: Learned) -> dict[int, Annotation]:
        """What is found in those articles of a marked batch that hold something learned, by row, ascending."""
        return self._again(marks.clues, marks.sample, learned, set())

    def _again(self, clues: Clues, taken: Sample, learned: Learned, also: set[int]) -> dict[int, Annotation]:
        """What is found in those that hold something learned, and in ``also``, by row, ascending."""
        names = [learned.names(outlet) for outlet in taken.outlets]
        repeated = learned.marks(taken)
        rows = sorted({*also, *repeated, *learned.named(taken)})
        known = {row: (repeated.get(row, []), names[taken.outlet[row]]) for row in rows}
        return dict.fromkeys(rows, NOTHING) | self._judged(clues, rows, known)

    def _clues(
        self, folded: Folded, found: Scan, texts: pa.StringArray, titles: Folded,
        outlets: tuple[tuple[str | None, ...], I32], body_start: I32,
    ) -> Clues:  # fmt: skip
        """The known phrases and titles; a paper's own name is no clue, it stands in every other article of it, and nor
        is another phrase that begins with the same word."""
        row, token, phrase = found.text, found.token, found.phrase
        own = [self._own_names(name) for name in outlets[0]]
        known = [n for n, one in enumerate(own) if one is not self._none_own]
        if known:
            place = np.zeros(len(own), np.int32)
            place[known] = np.arange(1, 1 + len(known))
            named = np.stack([self._none_own, *(own[n] for n in known)])[place[outlets[1][row]], phrase]
            begins = np.zeros(len(folded.span_start), np.bool_)  # np.isin takes a fiftieth of all marking
            begins[token[named]] = True
            kept = ~begins[token]
            row, token, phrase = row[kept], token[kept], phrase[kept]
        start, end = folded.span_start[token], folded.span_end[token + self._words[phrase] - 1]
        edged = edges(folded, found, *utf8_column(texts))
        return Clues(texts, body_start, row, start, end, phrase, _titles(folded, found, titles), edged)

    def _judged(
        self, clues: Clues, rows: list[int], known: dict[int, tuple[list[Mark], frozenset[str]]] | None = None
    ) -> dict[int, Annotation]:
        """Marks, credits and segments of some rows, ascending; ``known``: what is learned of each."""
        raw, offsets = utf8_column(clues.texts)
        letters, begins = raw.data, offsets.tolist()
        body_start, titles, edged = clues.body_start.tolist(), clues.titles, clues.edged
        found: dict[int, Annotation] = {}
        furniture, named, sources = self._hits(clues, np.array(rows, np.int32))
        for n, row in enumerate(rows):
            text = str(letters[begins[row] : begins[row + 1]], "utf-8")
            page = Page(text, furniture[n], named[n], sources[n], body_start[row], edged.get(row, 0))
            taught, names = known[row] if known is not None else ([], NO_NAMES)
            annotation = annotated(page, [*titles.get(row, ()), *taught], names)
            if annotation is not None:
                found[row] = annotation
        return found

    def _hits(self, clues: Clues, rows: I32) -> Iterator[list[list[Hit]]]:
        """For each of the lists of a page (:data:`LOOKED_AT`) the hits of some rows, a list a row."""
        asked = np.zeros(len(clues.texts), np.bool_)
        asked[rows] = True
        at = np.flatnonzero(asked[clues.row])
        row, phrase = clues.row[at], clues.phrase[at]
        meanings = map(self._meanings.__getitem__, phrase.tolist())
        places = zip(clues.start[at].tolist(), clues.end[at].tolist(), meanings, strict=True)
        hits = list(map(tuple.__new__, repeat(Hit), places))
        for looked_at in self._looked_at:
            chosen = np.flatnonzero(looked_at[phrase])
            some = list(map(hits.__getitem__, chosen.tolist()))
            begins = [*np.searchsorted(row[chosen], rows).tolist(), len(some)]
            yield [some[begin:end] for begin, end in pairwise(begins)]

    def _own_names(self, outlet: str | None) -> Bools:
        """Which phrases name the outlet itself; of outlets that none names, all of a crawl's hosts, one array."""
        known = self._own.get(outlet)
        if known is None:
            own = [self._number[one.id] for one in self._outlets.of(outlet)] if outlet else []
            known = np.isin(self._owner, np.array(own, np.int32)) if own else self._none_own
            known = self._own[outlet] = known if known.any() else self._none_own
        return known

    def _byline_credits(self, bylines: pa.StringArray) -> dict[int, tuple[Credit, ...]]:
        """Credits out of the byline field: every agency it names, doubtful names included, since it is a byline; else
        "agencies" where it says just that."""
        fields = bylines.to_pylist()
        if len(self._credited) > BYLINES_KEPT:
            self._credited = {}
        known = self._credited
        new = [field for field in dict.fromkeys(fields) if field and field not in known]
        if new:
            known.update(dict.fromkeys(new, ()) | self._read_bylines(new))
        return {row: found for row, field in enumerate(fields) if field and (found := known[field])}

    def _read_bylines(self, fields: list[str]) -> dict[str, tuple[Credit, ...]]:
        """The credits of those fields that have any."""
        encoded = [field.encode() for field in fields]
        raw = np.frombuffer(b"".join(encoded), np.uint8)
        offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
        folded = fold_batch(raw, offsets)
        found = scan(folded, np.zeros(len(fields), np.int32), self._table)
        starts = folded.span_start[found.token].tolist()
        ends = folded.span_end[found.token + self._words[found.phrase] - 1].tolist()
        credits: dict[str, dict[Credit, None]] = {}
        place = (-1, 0)
        for n, start, end, p in zip(found.text.tolist(), starts, ends, found.phrase.tolist(), strict=True):
            agency, field = self._meanings[p].agency, fields[n]
            if agency is None or agency.kind == "outlet" or (n, start) < place or self._of_a_person(field, start, end):
                continue
            credit = Credit(None, None, "byline", agency.id, agency.name, CONFIDENCE["byline"])
            credits.setdefault(field, {})[credit] = None
            place = n, end
        for field in fields:
            if AGENCIES in field and field not in credits and (several := SEVERAL.search(field)):
                credits[field] = {Credit(None, None, "byline", None, several[1], CONFIDENCE["byline"]): None}
        return {field: tuple(one) for field, one in credits.items()}

    @staticmethod
    def _of_a_person(field: str, start: int, end: int) -> bool:
        """Whether an agency's name that people bear too stands behind another word, as a family name does."""
        return common_word(field[start:end]) and _NAME_BEFORE.search(field, max(0, start - 2), start) is not None


def token_marks(folded: Folded, found: dict[int, Annotation]) -> Bools:
    """Which tokens of a folded batch are marked: those that share a code point with a mark of their row."""
    marked = np.zeros(len(folded.span_start), np.bool_)
    flat = [(row, mark.start, mark.end) for row, annotation in found.items() for mark in annotation.marks]
    if flat:
        rows, starts, ends = (np.array(column, np.int32) for column in zip(*flat, strict=True))
        mark_tokens(rows, starts, ends, folded.span_start, folded.span_end, folded.first_token, marked)
    return marked


def same_stretches(one: Sequence[Mark], other: Sequence[Mark]) -> bool:
    """Whether two lists of marks mark the same stretches, whatever they call them."""
    return {(mark.start, mark.end) for mark in one} == {(mark.start, mark.end) for mark in other}


def _titles(folded: Folded, found: Scan, titles: Folded) -> dict[int, list[Mark]]:
    """The titles that their texts repeat, by row."""
    text, token, words = (np.empty(2 * len(titles.first_token), np.int32) for _ in range(3))
    count = find_titles(
        folded.hashes, folded.first_token, found.first_body, found.lines, folded.span_start, folded.span_end,
        titles.hashes, titles.first_token, TITLE_LINES, TITLE_WORDS, text, token, words,
    )  # fmt: skip
    marks: dict[int, list[Mark]] = {}
    for row, t, size in zip(text[:count].tolist(), token[:count].tolist(), words[:count].tolist(), strict=True):
        span = Mark(int(folded.span_start[t]), int(folded.span_end[t + size - 1]), "title", "repeats the title")
        marks.setdefault(row, []).append(span)
    return marks
