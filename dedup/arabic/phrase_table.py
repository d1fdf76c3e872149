"""The table of phrases: entries of the lexicon in all their forms, hashed and ordered for the kernel's search.

Arabic writes short particles together with the next word: "and", "so", "by", "to", "like" before any word, and "to" +
"the" contracted. A name is therefore looked for in all forms its first word can take:

>>> proclitic_forms("رويترز")[:4]
['رويترز', 'ورويترز', 'فرويترز', 'برويترز']
>>> [form for form in proclitic_forms("الانباء") if form.startswith("لل")]
['للانباء']

Spellings that folding removes (hamza, ta marbuta, alef maksura, vowel signs) need no form. An abbreviation spelled in
letters is found as separate letters, which is also how dots and tatweel split it, and joined in every way that desks
join it; joined forms are often words of the language, so they count as *short* names, decided by context, and two
letters are never joined (they would be "August" and "father").

Cost: some 31,000 forms are folded and hashed, so the shipped lexicon's table is kept ready
(:mod:`dedup.arabic.compiled_lexicon`, with the figures). Limits: a name is found in its own order of words only; a dual
("the two agencies") is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import numpy as np
import numpy.typing as npt

from dedup.arabic.fold import fold_batch
from dedup.arabic.words import words
from dedup.corpus.outlets import Outlets, shipped
from dedup.kernels.hashing import MASKS, hash_tokens, pair_keys
from dedup.kernels.phrases import (
    ALONE,
    ANNOUNCED,
    ANYWHERE,
    APART,
    BITS,
    HEAD,
    LINE_START,
    START,
    TAIL,
    TAIL_LINE,
    TAIL_START,
)

AGENCY, FURNITURE, PLACE, CUE = "agency", "furniture", "place", "cue"
"""What a phrase is."""
AT = {
    "line": LINE_START,
    "line-start": LINE_START,
    "start": START,
    "tail": TAIL_START,
    "tail-line": TAIL_LINE,
    "tail-list": TAIL,
    "any": ANYWHERE,
}
"""Place class of furniture's phrases; what more ``at`` asks is decided on the page."""
TO_LEAST = {AGENCY: 6, CUE: 4}
"""Letters of "to" and a doubtful name or a kind of media beyond which the two count anywhere. Set by hand: five letters
with "to" are often a verb or an adjective."""
LATIN_LETTERS = 5
"""Letters of the longest name in Latin ones before which the article is written, with a tatweel: "al-MTV". Set by
hand."""
GENERIC_AGENCY = ("وكالة أنباء", "وكالة الأنباء")
"""Open the name of an agency that is in no lexicon."""
PAPERS = ("صحيفة", "جريدة", "يومية")
"""Words for a newspaper, one of which opens its name in the lexicon; pages use them one for another."""
MEDIA_OF_TWO = ("هيئة البث",)
"""Kinds of media of two words: counts as those of one (``media``)."""


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency, wire or outlet of the lexicon."""

    id: str
    name: str
    latin: str
    country: str
    kind: str
    names: tuple[str, ...]
    short: tuple[str, ...]
    letters: tuple[str, ...]
    sites: tuple[str, ...]
    example: str
    world: bool = False

    def __hash__(self) -> int:
        """Of the id: what is remembered of an agency is asked for tens of thousands of times."""
        return hash(self.id)

    def is_outlet(self, outlet: str, outlets: Outlets | None = None) -> bool:
        """Whether an outlet, by its name or host, is this one. ``outlets``: those of the run, else the shipped ones.

        A name of ``outlets`` stands for its hosts, and a host for its name. Where they have an entry under this one's
        own name, their other entries are others, however alike their hosts are.
        """
        outlets = outlets or shipped()
        return self.is_known_as(*_outlet(outlet, outlets), outlets)

    def is_known_as(self, name: str, hosts: tuple[str, ...], listed: bool, outlets: Outlets) -> bool:
        """The same by an outlet's folded name, its hosts, and whether ``outlets`` list it."""
        names, own_entry = _outlet_names(self, outlets)
        if name in names:
            return True
        alike = any(host == site or host.startswith(site + ".") for host in hosts for site in self.sites)
        return alike and not (listed and own_entry)

    def written(self) -> tuple[str, ...]:
        """All that it is called."""
        return (self.id, self.name, *self.names, *self.short)


class FoldedNames(dict[str, str]):
    """Names as they are when folded, one space between words; one that is not among them is folded when asked for.
    (The 1,030 names that stories of 22,953 articles ask for take 60 ms one by one, 3 ms at once.)"""

    def __init__(self, names: Iterable[str] = ()) -> None:
        distinct = list(dict.fromkeys(names))
        super().__init__(zip(distinct, map(" ".join, _folded_words(distinct)), strict=True))

    def __missing__(self, name: str) -> str:
        (self[name],) = map(" ".join, _folded_words([name]))
        return self[name]


class OutletNames:
    """The outlets among agencies by their names and sites, so that of each name only those are asked that may be it.
    ``names``: other names that will be asked for, now or of ``folded``; ``run``: the outlets of the run by name and
    host, else the shipped ones."""

    def __init__(self, agencies: Iterable[Agency], names: Iterable[str] = (), run: Outlets | None = None) -> None:
        self.run = run or shipped()
        self._outlets = [one for one in agencies if one.kind == "outlet"]
        self.folded = folded = FoldedNames(chain(names, *(one.written() for one in self._outlets)))
        self._numbers: dict[str, set[int]] = {}
        for number, one in enumerate(self._outlets):
            for key in (*map(folded.__getitem__, one.written()), *one.sites):
                self._numbers.setdefault(key, set()).add(number)

    def of(self, written: str) -> list[Agency]:
        """All outlets that :meth:`Agency.is_outlet` finds in a name or host."""
        name, hosts, listed = _named(written, self.run)
        key = self.folded[name]
        labels = [host.split(".") for host in hosts]
        sites = [".".join(parts[:end]) for parts in labels for end in range(1, len(parts) + 1)]
        asked = sorted({number for way in (key, *sites) for number in self._numbers.get(way, ())})
        known = [self._outlets[number] for number in asked]
        return [one for one in known if one.is_known_as(key, hosts, listed, self.run)]


@dataclass(frozen=True, slots=True)
class Furniture:
    """One kind of furniture: its words, where they stand, and how far they reach."""

    id: str
    label: str
    phrases: tuple[str, ...]
    at: str
    colon: bool
    extent: str
    example: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase of the table means: an agency, furniture, a place or a cue, and how sure the words are."""

    what: str
    sure: bool
    words: int
    agency: Agency | None = None
    furniture: Furniture | None = None


@dataclass(frozen=True, slots=True)
class PhraseTable:
    """The phrases as :func:`dedup.kernels.scan.scan_texts` wants them; ``meanings[p]`` belongs to phrase p."""

    bitmap: npt.NDArray[np.uint64]
    keys: npt.NDArray[np.uint64]
    group: npt.NDArray[np.int32]
    group_at: npt.NDArray[np.int32]
    phrase_at: npt.NDArray[np.int32]
    words: npt.NDArray[np.uint64]
    place: npt.NDArray[np.uint8]
    announcing: npt.NDArray[np.uint64]
    meanings: tuple[Meaning, ...]


@lru_cache(maxsize=4096)
def _outlet(written: str, outlets: Outlets) -> tuple[str, tuple[str, ...], bool]:
    """An outlet's folded name, its hosts, and whether ``outlets`` list it."""
    name, hosts, has_entry = _named(written, outlets)
    return next(iter(_folded(name))), hosts, has_entry


def _named(written: str, outlets: Outlets) -> tuple[str, tuple[str, ...], bool]:
    name = outlets.of_field(written)
    hosts = outlets.listed.get(name)
    return name, hosts or (name.casefold(),), hosts is not None


@lru_cache(maxsize=1024)
def _outlet_names(one: Agency, outlets: Outlets) -> tuple[frozenset[str], bool]:
    """The folded names of an agency, and whether ``outlets`` have an entry under one of them."""
    names = _folded(*one.written())
    return names, not names.isdisjoint(_listed_names(outlets))


@lru_cache(maxsize=2)
def _listed_names(outlets: Outlets) -> frozenset[str]:
    return _folded(*outlets.listed)


def _folded(*names: str) -> frozenset[str]:
    return frozenset(" ".join(run) for run in _folded_words(list(names)))


def proclitic_forms(word: str) -> list[str]:
    """The folded word, and it with the particles that are written together with it."""
    if not "\N{ARABIC LETTER ALEF}" <= word[0] <= "\N{ARABIC LETTER YEH}":
        if not word[0].isalpha():
            return [word]
        articles = ("ال", "وال", "بال", "لل", "ولل") if len(word) <= LATIN_LETTERS else ()
        return [word, "ل" + word, "ول" + word, *(article + word for article in articles)]
    forms = [word, *(particle + word for particle in ("و", "ف", "ب", "ك", "وب"))]
    if word.startswith("ال") and len(word) > 3:
        bare = word[2:]
        contracted = bare if bare.startswith("لل") else ("ل" + bare if bare.startswith("ل") else "لل" + bare)
        return [*forms, contracted, "و" + contracted, "ف" + contracted]
    return [*forms, "ل" + word, "ول" + word, "فل" + word]


def joined_letters(letters: str) -> Iterator[str]:
    """Every way to write the letters of an abbreviation with at least two of them together.

    >>> list(joined_letters("د ب أ"))
    ['دب أ', 'د بأ', 'دبأ']
    """
    parts = letters.split()
    for joints in range(1, 2 ** (len(parts) - 1)):
        yield "".join(p + ("" if joints >> i & 1 or i == len(parts) - 1 else " ") for i, p in enumerate(parts))


def _reporters(agency: Agency) -> Iterator[str]:
    """How a channel's people are named: its name may be any word, "the island", "the event", but not behind theirs."""
    for name in agency.names if agency.kind == "outlet" else ():
        kind, _, called = name.partition(" ")
        if kind == "قناة" and called.startswith("ال") and " " not in called:
            yield from (f"{person} {called}" for person in ("مراسل", "مراسلة", "موفد", "موفدة"))


def _papers(agency: Agency) -> Iterator[str]:
    """A paper called by the other words for one as well: "the daily ..." for "the newspaper ..."."""
    called = [name.partition(" ") for name in agency.names if agency.kind == "outlet"]
    for title in dict.fromkeys(title for kind, _, title in called if kind in PAPERS and title):
        yield from (f"{kind} {title}" for kind in PAPERS)


def _described() -> Iterator[str]:
    """Kinds of media of two words, the second an adjective: "the news site"."""
    for adjective in words("described_media"):
        yield from (f"الموقع {adjective}", f"القناة {adjective}ة", f"الجريدة {adjective}ة")


def _phrases(
    agencies: dict[str, Agency], furniture: dict[str, Furniture], places: tuple[str, ...]
) -> Iterator[tuple[str, int, bool, Meaning]]:
    """Text, place class, whether with proclitic forms, meaning (words still 0)."""
    for agency in agencies.values():
        joined = [form for letters in agency.letters if len(letters.split()) > 2 for form in joined_letters(letters)]
        sure = [*agency.names, *(letters for letters in agency.letters if len(letters.split()) > 2)]
        short = [*agency.short, *joined, *(letters for letters in agency.letters if len(letters.split()) <= 2)]
        for text in sure:
            yield text, ANYWHERE, True, Meaning(AGENCY, True, 0, agency)
        for text in _papers(agency):
            yield text, ANYWHERE, True, Meaning(AGENCY, True, 0, agency)
        for text in _reporters(agency):
            yield text, ANYWHERE, False, Meaning(AGENCY, True, 0, agency)
        for text in short:
            yield text, ALONE if agency.kind == "outlet" else APART, True, Meaning(AGENCY, False, 0, agency)
    for kind in furniture.values():
        for text in kind.phrases:
            yield text, AT[kind.at], False, Meaning(FURNITURE, True, 0, None, kind)
    for text in places:
        yield text, HEAD, False, Meaning(PLACE, True, 0)
    for text in words("writers"):
        yield text, HEAD, False, Meaning(PLACE, False, 0)
    for text in GENERIC_AGENCY:
        yield text, ANYWHERE, True, Meaning(CUE, True, 0)
    for text in (*words("media"), *MEDIA_OF_TWO, *_described()):
        yield text, ANNOUNCED, True, Meaning(CUE, False, 0)


def phrase_table(agencies: dict[str, Agency], furniture: dict[str, Furniture], places: tuple[str, ...]) -> PhraseTable:
    """The table of all phrases in all forms; of a form given twice for one entry the first, surer one stays."""
    entries = list(_phrases(agencies, furniture, places))
    folded = _folded_words([text for text, _, _, _ in entries])
    seen: dict[tuple[str, ...], set[tuple[int, str]]] = {}
    rows: list[tuple[tuple[str, ...], int, Meaning]] = []
    for run, (_, place, proclitic, meaning) in zip(folded, entries, strict=True):
        if not run:
            continue
        owner = meaning.agency.id if meaning.agency else meaning.furniture.id if meaning.furniture else ""
        for first in proclitic_forms(run[0]) if proclitic else [run[0]]:
            form, where = (first, *run[1:]), place
            if first != run[0] and place in (APART, ANNOUNCED) and _spoken_to(first, meaning):
                where = ANYWHERE
            if (where, meaning.what + owner) not in seen.setdefault(form, set()):
                seen[form].add((where, meaning.what + owner))
                rows.append(
                    (form, where, Meaning(meaning.what, meaning.sure, len(form), meaning.agency, meaning.furniture))
                )
    return _searchable(rows)


def _spoken_to(form: str, meaning: Meaning) -> bool:
    """Whether a form says "to the agency" or "to the newspaper" so plainly that it needs no announcing word before it:
    written together with "to", and too long for another word to look like it. "To the site" is as often a place."""
    told = form.removeprefix("و").removeprefix("ف")
    return told.startswith("ل") and len(told) > TO_LEAST[meaning.what] and told != "لموقع"


def _folded_words(texts: list[str]) -> list[tuple[str, ...]]:
    encoded = [text.encode() for text in texts]
    offsets = np.cumsum([0, *map(len, encoded)], dtype=np.int32)
    folded = fold_batch(np.frombuffer(b"".join(encoded), np.uint8), offsets)
    if not len(folded.token_start):
        return [() for _ in texts]
    letters, first = folded.letters.tobytes(), folded.first_token
    begins = folded.token_start[np.minimum(first[:-1], len(folded.token_start) - 1)].tolist()
    sizes, ends = np.diff(first).tolist(), folded.token_end[first[1:] - 1].tolist()
    return [
        tuple(letters[begin:end].decode().split(" ")) if size else ()
        for begin, end, size in zip(begins, ends, sizes, strict=True)
    ]


def _word_hashes(words: list[str]) -> dict[str, int]:
    encoded = [word.encode() for word in words]
    ends = np.cumsum([len(word) for word in encoded], dtype=np.int32)
    starts = np.concatenate([np.zeros(1, np.int32), ends[:-1]])
    letters = np.frombuffer(b"".join(encoded) + bytes(24), np.uint8).copy()
    hashes = np.empty(len(words), np.uint64)
    hash_tokens(letters, MASKS, starts, ends, hashes)
    return dict(zip(words, hashes.tolist(), strict=True))


def _hash_set(words: list[str]) -> npt.NDArray[np.uint64]:
    size = 1 << (4 * len(words)).bit_length()
    keys = np.zeros(size, np.uint64)
    for key in _word_hashes(sorted(set(words))).values():
        slot = key >> 2 & size - 1
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot] = key
    return keys


def _keys(phrases: list[list[int]]) -> list[int]:
    """The keys of phrases, of each of which the hashes of the first two words or of the only one are given."""
    first, second = (np.array([words[at] for words in phrases], np.uint64) for at in (0, -1))
    keys = np.empty(len(phrases), np.uint64)
    pair_keys(first, second, keys)
    return [key if len(words) > 1 else words[0] for words, key in zip(phrases, keys.tolist(), strict=True)]


def bitmap_of(keys: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """The bitmap that tells of most tokens that no key begins there (:mod:`dedup.kernels.phrases`)."""
    bitmap = np.zeros(1 << BITS - 6, np.uint64)
    bits = np.uint64(1) << (keys >> np.uint64(64 - BITS) & np.uint64(63))
    np.bitwise_or.at(bitmap, (keys >> np.uint64(64 - BITS + 6)).astype(np.int64), bits)
    return bitmap


def _searchable(rows: list[tuple[tuple[str, ...], int, Meaning]]) -> PhraseTable:
    hashes = _word_hashes(sorted({word for form, _, _ in rows for word in form}))
    groups: dict[int, list[tuple[tuple[str, ...], int, Meaning]]] = {}
    for row, key in zip(rows, _keys([[hashes[word] for word in form[:2]] for form, _, _ in rows]), strict=True):
        groups.setdefault(key, []).append(row)
    size = 1 << (4 * len(groups)).bit_length()
    keys, group = np.zeros(size, np.uint64), np.zeros(size, np.int32)
    ordered: list[tuple[tuple[str, ...], int, Meaning]] = []
    group_at = [0]
    for number, (key, members) in enumerate(groups.items()):
        slot = key >> 2 & size - 1
        while keys[slot]:
            slot = (slot + 1) & (size - 1)
        keys[slot], group[slot] = key, number
        ordered += sorted(members, key=lambda row: -len(row[0]))
        group_at.append(len(ordered))
    return PhraseTable(
        bitmap_of(keys[keys != 0]), keys, group, np.array(group_at, np.int32),
        np.cumsum([0, *(len(form) for form, _, _ in ordered)], dtype=np.int32),
        np.array([hashes[word] for form, _, _ in ordered for word in form], np.uint64),
        np.array([place for _, place, _ in ordered], np.uint8),
        _hash_set([word for run in _folded_words(list(words("announcing"))) for word in run]),
        tuple(meaning for _, _, meaning in ordered),
    )  # fmt: skip
