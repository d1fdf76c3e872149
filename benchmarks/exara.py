"""ExAra 2015: texts with passages put in from other texts, and where from.

The corpus of the external task of AraPlagDet (Bensalem, Boukhalfa, Rosso, Abouenour, Darwish, Chikhi, "Overview of the
AraPlagDet PAN@FIRE2015 shared task on Arabic plagiarism detection", 2015): essays and encyclopedia articles, no news.
A zip holds ``suspicious-documents/*.txt``, ``source-documents/*.txt`` and, for each suspicious document,
``plagiarism-annotation/*.xml`` with a ``feature`` for each passage: offsets and lengths in characters on both sides,
and how it was disguised. No document has passages of two kinds; some have none. It is not part of the project
(``data/exara2015-part.zip`` in the folder ``shared``, one half of the corpus).

The zip does not say which pairs of documents the task compares, so :func:`benchmarks.passages` compares every
suspicious document with every source.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.plagdet import Reuse

KINDS = {
    "none": "verbatim",
    "phrase shuffling": "phrases shuffled",
    "manual synonym substitution": "synonyms",
    "manual paraphrasing": "paraphrase",
    "word shuffling": "words shuffled",
}
"""Kinds of disguise as the annotation names them, and as our tables do."""
_SUSPICIOUS, _SOURCES, _ANNOTATIONS = "suspicious-documents/", "source-documents/", "plagiarism-annotation/"


@dataclass(frozen=True, slots=True)
class Exara:
    """``suspicious`` and ``sources``: texts by file name, sorted; ``cases``: all known passages; ``kind``: that of each
    suspicious document, None without passages."""

    suspicious: dict[str, str]
    sources: dict[str, str]
    cases: tuple[Reuse, ...]
    kind: dict[str, str | None]

    def development(self) -> set[str]:
        """Every other suspicious document, from the first: what settings were chosen on. The rest is held out."""
        return set(list(self.suspicious)[::2])


def path(shared: Path) -> Path:
    """Where the zip lies."""
    found = shared / "data" / "exara2015-part.zip"
    if not found.is_file():
        raise SystemExit(f"no {found.name} in {found.parent}; name the folder that holds data/ with --shared")
    return found


def read(file: Path) -> Exara:
    """The whole corpus."""
    with zipfile.ZipFile(file) as archive:
        names = sorted(archive.namelist())

        def texts(folder: str) -> dict[str, str]:
            found = [name for name in names if name.startswith(folder) and name.endswith(".txt")]
            return {name.removeprefix(folder): archive.read(name).decode("utf-8") for name in found}

        suspicious, sources = texts(_SUSPICIOUS), texts(_SOURCES)
        cases: list[Reuse] = []
        kind: dict[str, str | None] = {}
        for name in names:
            if name.startswith(_ANNOTATIONS) and name.endswith(".xml"):
                document = name.removeprefix(_ANNOTATIONS).removesuffix(".xml") + ".txt"
                features = list(ElementTree.fromstring(archive.read(name)).iter("feature"))
                cases += (_case(document, feature) for feature in features)
                kind[document] = _kind(document, (feature.get("obfuscation", "") for feature in features))
    return Exara(suspicious, sources, tuple(cases), kind)


def _case(document: str, feature: ElementTree.Element) -> Reuse:
    def stretch(side: str) -> tuple[int, int]:
        start, length = (int(feature.attrib[f"{side}_{what}"]) for what in ("offset", "length"))
        return start, start + length

    return Reuse(document, feature.attrib["source_reference"], stretch("this"), stretch("source"))


def _kind(document: str, named: Iterable[str]) -> str | None:
    kinds = sorted(set(named))
    if len(kinds) > 1:
        raise ValueError(f"{document} has passages of several kinds ({', '.join(kinds)}); scores by kind need one")
    return KINDS[kinds[0]] if kinds else None
