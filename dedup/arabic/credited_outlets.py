"""An agency in the outlet field of a record whose address is another site's: a credit, and no outlet.

Exports of crawlers call the field that a page shows as its source by the same name as the one that says whose page it
is. A record of ``nahdapress.example`` with ``source: رويترز`` is a piece that Nahda Press prints and credits to
Reuters; taken at its word it would be a page of Reuters, "published before all others" by an outlet that the corpus
does not hold. So where a record has an address,

    outlet "رويترز", byline "ليلى"  ->  outlet "nahdapress.example", byline "ليلى, رويترز"

if its outlet is nothing but agencies of the lexicon (or "agencies", "وكالات") and its host is none of their own. The
outlet is then told from the address, as that of a record without an outlet, and what stood there counts as any byline
does (:mod:`dedup.arabic.marks`). All else stays as it is:

    a paper or a channel, also one that shares its name with an agency     it is an outlet
    no address, or one of a platform that shows everybody's pages          nothing else tells the outlet
    an address of the agency                                               it is the outlet
    a page, which names itself and not its source                          likewise
    a field that the user chose (``--outlet-field``)                       the user knows

Few agencies' hosts are listed, so a host is taken for the agency's own if a part of it is, or begins like, one of its
Latin names: ``farsnews.ir``, ``ar.afp.com``. Limit: of the rest (``yna.co.kr`` for Yonhap) the agency's own pages are
called by their host.

Cost: the distinct outlets of a batch are looked up, and where none is an agency that is all: 0.3 ms a batch of 600
records, once 2 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from dedup.arabic.phrase_table import Agency, FoldedNames, OutletNames
from dedup.arabic.words import words
from dedup.corpus.outlets import Outlets, host
from dedup.corpus.source import kind_of

PLATFORMS = frozenset({
    "facebook.com", "fb.com", "twitter.com", "x.com", "t.co", "t.me", "telegram.me", "youtube.com", "youtu.be",
    "instagram.com", "tiktok.com", "linkedin.com", "whatsapp.com", "archive.org", "archive.is", "archive.ph",
    "news.google.com", "feedproxy.google.com", "feedburner.com", "nabd.com", "bit.ly",
})  # fmt: skip
"""Hosts that show everybody's pages, archives and shortened addresses: they tell no outlet."""

_LABEL = re.compile(r"^\s*(?:ال)?مصدر\s*[:：]|^\s*source\s*:", re.IGNORECASE)
_BETWEEN = re.compile(r"\s+[\-\N{EN DASH}\N{EM DASH}]\s+|[,،;؛/|+&()\[\]«»\"\n]")
"""What stands between several names in one field, or around one."""
_SEVERAL = frozenset({"وكالات", "الوكالات"})
"""Agencies that nobody names."""
_SITE_WORDS = re.compile("(?:news|net|press|agency|online|media|info|web|tv|arabic|ar|english|en)*")
"""What agencies' sites have behind the name."""
_CONTAINED = 5
"""Letters from which a Latin name is the agency's wherever it stands in a part of a host; shorter ones stand in other
words too. Set by hand."""
_PAGES = ("html", "warc")
_KEPT = 4096
"""Distinct outlets with a host whose answer is remembered: the sites of a corpus are some hundreds."""


class _Credited(NamedTuple):
    """The agencies that a field credits, none for "agencies", and how a byline says so."""

    agencies: tuple[Agency, ...]
    said: str


class CreditedOutlets:
    """Tells credits from outlets in batches; threads may share it. ``agencies``: the lexicon's, by id, asked for only
    when a batch has outlets and addresses; ``outlets``: the outlet of an address."""

    def __init__(self, agencies: Callable[[], Mapping[str, Agency]], outlets: Outlets) -> None:
        self._load, self._outlets = agencies, outlets
        self._bare = FoldedNames()
        self._known: dict[str, _Credited | None] = {}
        self._of_address = lru_cache(_KEPT)(self._address_s_outlet)

    def told_apart(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        """The batch with each outlet that is a credit among the bylines, and the address's outlet in its place."""
        outlets, urls = batch.column("outlet"), batch.column("url")
        if outlets.null_count == len(batch) or urls.null_count == len(batch):
            return batch
        coded = pc.dictionary_encode(outlets)
        names = coded.dictionary.to_pylist()
        self._look_up(names)
        suspects = [n for n, name in enumerate(names) if self._known[name] is not None]
        if not suspects:
            return batch
        rows = pc.and_(pc.is_in(coded.indices, pa.array(suspects, coded.indices.type)), pc.is_valid(urls))
        return self._rewritten(batch, [n for n, suspect in enumerate(rows.to_pylist()) if suspect])

    def _rewritten(self, batch: pa.RecordBatch, rows: list[int]) -> pa.RecordBatch:
        """The batch with some rows' outlets looked at."""
        outlets, bylines, urls, paths = (batch.column(name) for name in ("outlet", "byline", "url", "path"))
        told: dict[int, str] = {}
        for row in rows:
            address = host(urls[row].as_py())
            outlet = self._of_address(outlets[row].as_py(), address) if address else None
            if outlet is not None and kind_of(paths[row].as_py())[0] not in _PAGES:
                told[row] = outlet
        if not told:
            return batch
        held, signed = outlets.to_pylist(), bylines.to_pylist()
        for row, outlet in told.items():
            credited = self._known[held[row]]
            signed[row] = ", ".join(filter(None, (signed[row], credited and credited.said)))
            held[row] = outlet
        for name, values in (("outlet", held), ("byline", signed)):
            place = batch.schema.get_field_index(name)
            batch = batch.set_column(place, batch.schema.field(place), pa.array(values, pa.string()))
        return batch

    def _address_s_outlet(self, written: str, address: str) -> str | None:
        """The outlet of a host, or None where it is an agency's own that is written in the field, or tells nothing."""
        outlet = self._outlets.of_address(address)
        on_platform = any(address == one or address.endswith("." + one) for one in PLATFORMS)
        if outlet in (None, written) or on_platform:
            return None
        credited, papers = self._known[written], self._papers.of(outlet)
        agencies = credited.agencies if credited is not None else ()
        own = any(_has_name(address, one) or (not papers and one.is_outlet(outlet)) for one in agencies)
        return None if own else outlet

    def _look_up(self, written: Iterable[str]) -> None:
        """Remember what fields credit; None where there is anything else in one."""
        new = {one: (one, *_parts(one)) for one in written if one not in self._known}
        if not new:
            return
        self._bare.update(FoldedNames(chain.from_iterable(new.values())))
        for one, (whole, *parts) in new.items():
            named = self._named(whole)
            several = [self._named(part) for part in parts] if named is None else [named]
            self._known[one] = _together(one, [some for some in several if some]) if all(several) else None

    def _named(self, written: str) -> _Credited | None:
        """What one name credits; None where it is no agency's, or a paper's too."""
        bare = self._bare[written]
        if bare in _SEVERAL:
            return _Credited((), written)
        found = self._by_name.get(bare.replace(" ", ""))
        if found is None and written.strip().partition(" ")[0] in words("media"):
            found = self._by_name.get("".join(bare.split()[1:]))
        if found is None or self._papers.of(written):
            return None
        phrases = chain(found[0].names, found[0].short, found[0].letters)
        is_phrase = bare.replace(" ", "") in {self._bare[one].replace(" ", "") for one in phrases}
        return _Credited(found, written if is_phrase else _phrase(found[0]))

    @cached_property
    def _agencies(self) -> Mapping[str, Agency]:
        return self._load()

    @cached_property
    def _papers(self) -> OutletNames:
        return OutletNames(self._agencies.values())

    @cached_property
    def _by_name(self) -> dict[str, tuple[Agency, ...]]:
        """The agencies by their folded names, without spaces, so that spelled letters are found in every form."""
        agencies = [one for one in self._agencies.values() if one.kind not in ("outlet", "pictures")]
        written = [(name, one) for one in agencies for name in (*one.written()[1:], one.latin, *one.letters)]
        bare = FoldedNames(name for name, _ in written)
        found: dict[str, dict[Agency, None]] = {}
        for name, one in written:
            found.setdefault(bare[name].replace(" ", ""), {})[one] = None
        return {name: tuple(some) for name, some in found.items() if name}


def _together(written: str, several: list[_Credited]) -> _Credited:
    """What the names of a field credit together; said as it is written where each name is a phrase of the lexicon."""
    agencies = tuple(chain.from_iterable(some.agencies for some in several))
    as_written = all(some.said in written for some in several)
    return _Credited(agencies, written if as_written else ", ".join(some.said for some in several))


def _phrase(one: Agency) -> str:
    """A name of an agency that is a phrase of the lexicon, as its Latin name is not."""
    return next(chain(one.names, one.short, one.letters))


def _parts(written: str) -> list[str]:
    """The names in a field that has several, or its label."""
    return [part for part in _BETWEEN.split(_LABEL.sub("", written)) if part.strip()] or [""]


def _has_name(address: str, one: Agency) -> bool:
    """Whether a part of a host is, or begins like, a Latin name of an agency."""
    parts = [piece for label in address.split(".")[:-1] for piece in (label, *label.split("-"))]
    return any(_begins_like(part, name) for name in _latin(one) for part in parts)


def _begins_like(part: str, name: str) -> bool:
    """Whether a part of a host is a Latin name, with what sites have behind one, or holds a long one."""
    if len(name) >= _CONTAINED:
        return name in part
    return part.startswith(name) and _SITE_WORDS.fullmatch(part, len(name)) is not None


@lru_cache(maxsize=1024)
def _latin(one: Agency) -> frozenset[str]:
    """The Latin names of an agency as they stand in hosts."""
    written = (one.id.partition("-")[0], one.latin, *one.names, *one.short, *one.sites)
    plain = (re.sub(r"[\W_]", "", name).lower() for name in written if name.isascii())
    return frozenset(name for name in plain if len(name) > 1)
