"""What is to be read: one :class:`Source` a file, or a file inside an archive, with the text that goes into ids.

``path`` is what the user sees and what ids are made of: relative to the given root, parts joined by "/", always valid
UTF-8. ``location`` is what the system opens; it may hold the undecodable bytes of a file name as Python keeps them
(surrogate escapes). An archive is transparent: a packed file's path is the path it would have if the archive had been
unpacked where it lies. What is said of a file names its ``place`` instead, for there is no file of that path.
"""

from __future__ import annotations

import posixpath
import stat
from dataclasses import dataclass

KINDS = {
    ".txt": "text",
    ".text": "text",
    ".json": "json",
    ".jsonl": "lines",
    ".ndjson": "lines",
    ".jsonlines": "lines",
    ".jl": "lines",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".shtml": "html",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".parquet": "parquet",
    ".pq": "parquet",
    ".warc": "warc",
}
"""File name endings and the reader they go to; compared without regard to case."""

ARCHIVES = {".tar", ".tgz", ".bz2", ".xz", ".7z", ".rar", ".zst", ".lz4", ".z"}
"""Archives that are not opened, but known well enough to say so."""


SPECIAL = {
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
"""What stands in a folder and is no file; opening one may wait for ever."""


@dataclass(frozen=True, slots=True)
class Member:
    """Where a zip holds one of its files: offset of the local header, packed and unpacked bytes, method, checksum."""

    offset: int
    packed: int
    size: int
    method: int
    crc: int


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read; ``size`` counts unpacked bytes where they are known, those on the disk otherwise.

    ``archive`` is the relative path of the zip or gz that holds it, "" for a file lying open; ``inside`` its name in a
    zip.
    """

    location: str
    path: str
    size: int
    outlet: str | None
    kind: str
    root: str = ""
    gzipped: bool = False
    member: Member | None = None
    archive: str = ""
    inside: str = ""

    @property
    def place(self) -> str:
        """Where the file is found: its path on the disk; for one in a zip that of the zip and its name there.

        >>> Source("n.zip", "2015/a.txt", 9, None, "text", archive="n.zip", inside="2015/a.txt.gz").place
        'n.zip/2015/a.txt.gz'
        """
        return f"{self.archive}/{self.inside}" if self.inside else self.archive or self.path

    @property
    def name(self) -> str:
        """Last part of the path."""
        return posixpath.basename(self.path)


def kind_of(name: str) -> tuple[str | None, bool, str]:
    """Reader for a file name, whether it is gzipped, and the name without ``.gz``.

    >>> kind_of("2015-07-21.JSONL.gz")
    ('lines', True, '2015-07-21.JSONL')
    >>> kind_of("photo.jpg")
    (None, False, 'photo.jpg')
    """
    stem, ending = posixpath.splitext(name)
    gzipped = ending.lower() == ".gz"
    inner = stem if gzipped else name
    ending = posixpath.splitext(inner)[1].lower()
    return ("zip" if ending == ".zip" else KINDS.get(ending)), gzipped, inner


def first_folder(path: str) -> str | None:
    """The first folder of a relative path: the outlet of last resort; None for a file lying flat."""
    head, slash, _ = path.partition("/")
    return head if slash else None


def shown(name: str) -> str:
    r"""A file name as valid UTF-8 text; bytes that are no UTF-8 appear as ``\xNN``.

    >>> shown("caf\udce9.txt")
    'caf\\xe9.txt'
    """
    try:
        name.encode()
    except UnicodeEncodeError:
        return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return name


def unknown_kind(name: str) -> str:
    """Why a file of a kind that has no reader is skipped."""
    ending = posixpath.splitext(name)[1].lower()
    if ending in ARCHIVES:
        return f"archives of the kind {ending} are not opened; unpack it, or pack it as .zip or .gz"
    named = f"its kind ({ending})" if ending else "a file without a name ending"
    return f"{named} is not one of those read here (txt, html, json, jsonl, csv, tsv, parquet, warc, zip, gz)"
