"""The directory of a zip: which of its files are read, and why the others are not.

Only the directory at the zip's end is read here, never the content. A name that would leave the folder (``../``, a
leading slash, a drive letter) is refused although nothing is ever written to disk: its path goes into ids and reports,
and whoever packed it so did not mean well. A zip that declares more than the limits in ``settings`` is refused whole.
"""

from __future__ import annotations

import posixpath
import re
import stat
import zipfile
from collections.abc import Sequence

from dedup.corpus.encodings import latin
from dedup.corpus.letter_pairs import word_bits
from dedup.corpus.source import Member, Source, first_folder, kind_of, shown, unknown_kind
from dedup.corpus.streams import BZIP2, DEFLATED, STORED
from dedup.model import Skipped
from dedup.settings import ARCHIVE_FREE_BYTES, ARCHIVE_RATIO, ARCHIVE_TOTAL_BYTES

ENCRYPTED = 0x1
"""Flag bit of an encrypted file (APPNOTE 4.4.4)."""

NAME_IS_UTF8 = 0x800
"""Flag bit of a name in UTF-8 (APPNOTE 4.4.4, bit 11)."""

ON_UNIX = 3
"""Who made a file, where its attributes are those of Unix (APPNOTE 4.4.2.2)."""

ARABIC_PAGES: tuple[str, ...] = ("cp1256", "cp720")
"""How Arabic Windows spells names without UTF-8: its programs, and its own folders packed as a zip. Words in the second
page, which is rarer, must be a bit cheaper."""

_LETTERS = "\u0621-\u063a\u0641-\u064a\u0679\u067e\u0686\u0688\u0691\u0698\u06a9\u06af\u06ba\u06be\u06c1\u06cc\u06d2"
"""Arabic letters, and those of Persian and Urdu."""
_ARABIC = re.compile(
    f"[\x00-\x7f{_LETTERS}\u0640\u064b-\u0652\u060c\u061b\u061f\u0660-\u0669\u06f0-\u06f9\xa0\xab\xb7\xbb"
    "\u200c-\u200f\u2013\u2014\u2018\u2019\u201c\u201d\u2022\u2026]*"
)
"""These, vowel signs, digits, comma, semicolon, question mark; the signs of typography (NO-BREAK SPACE, quotes, MIDDLE
DOT, joiners, marks of direction, dashes, BULLET, ELLIPSIS); and ASCII."""

_ARABIC_WORD = re.compile(f"[{_LETTERS}]{{2}}")

_WORD = re.compile(f"[{_LETTERS}]+")
_NO_LETTER = re.compile(f"[^\x00-\x7f{_LETTERS}]")
_SIGN_WITHIN = re.compile(f"{_NO_LETTER.pattern}(?<!\u0627\u064b)(?<![\u060c\u061b\u061f\u200e\u200f](?![{_LETTERS}]))")
"""What is no letter, nor FATHATAN behind ALEF, nor punctuation or a mark of direction with no letter behind it."""

_WITHIN_WORDS = re.compile("[\u0640\u064b-\u0652]")
"""TATWEEL and vowel signs."""

_MISPLACED = re.compile(f"(?<![{_LETTERS}\u0640\u064b-\u0652])[\u064b-\u0652]|[A-Za-z][\u200c-\u200f]")
"""What no Arabic has: a vowel sign without a letter, and a joiner or mark of direction behind a Latin letter."""

_FOREIGN = re.compile("[^\x00-\x7f\u0621-\u063a\u0641-\u064a]")
"""What is no letter of Arabic itself."""

_SIGN_BITS, _FOREIGN_BITS = 6.5, 5.0
"""Bits of a sign that is no letter, and bits on top for what is foreign where two pages are compared; set by hand."""

_MEAN_BITS, _SPARE_BITS = 5.5, 11.0
"""Bits a sign of a name may cost, and what the whole may cost beyond. Of the 20,000 words found most often in the Saudi
corpus one costs more, of 7,960 headlines four. Limit: a word may cost as little in another page's letters. Of the 1,000
commonest words of Russian a third is taken for Arabic in cp866, one of seven in cp1251; of names of two one of 40."""

_MORE_BITS = 4.0
"""What each further name of an archive may cost beyond. Words of two letters cost 1.5 bits in the mean, Russian ones 13
bits. Of names drawn from words of eight languages in 14 code pages, alone, with a number or with a Latin word, 0.5 %
are misread in archives of three, 0.3 % of five, 0.1 % of 20; 5.4 % if each is judged by itself. Limit: a name that
another program added to an Arabic archive, in another page, is misread."""

_MOST = 0.7
"""Share of an archive's names that must have the form of Arabic. Set by hand."""

_SIDE_BY_SIDE = re.compile("[^\x00-\x7f]{2}")
"""Letters of UTF-8. Where in no name one stands beside another, each may be three Arabic letters in cp720, as in 171 of
20,000 words. Of 3,755 Chinese letters 66, alone in UTF-8, are taken for Arabic."""

_CHINESE = re.compile(rb"(?:[\x00-\x7f]|[\xb0-\xd7][\xa1-\xfe])*")
"""Bytes that are common Chinese letters in GB2312, two bytes each."""

_CHINESE_TOO_BITS = 7.25
"""Mean bits of a name that may be Chinese as well. Of 4,000 names of common Chinese letters taken at random, 45 of two
letters are still taken for Arabic, 18 of three and none of four."""

_OF_TWO = re.compile("ضد|إذ|آب|ضم|جو|ذو|حج|ضخ|آر|دو|حث|شو|صك|سج|زر|خذ|شل|حذ|شح|رو|رح|شئ|اى|حظ|دع|ثق|ضع|دق")
"""Words of two letters that cost more."""

_AS_IN_ARABIC = str.maketrans(
    "\u067e\u0686\u0698\u06af\u06a9\u06cc\u06c1\u06be\u06d2\u06ba\u0679\u0688\u0691", "بجزككيههينتدر"
)
"""Letters of Persian and Urdu as the Arabic ones they were made of, whose bits are known."""

BOOKKEEPING = re.compile(r"(^|/)(\.|__MACOSX/)")
"""Names that other programs leave in archives: hidden files, and the folder that macOS adds."""


def members(location: str, path: str, root: str) -> tuple[list[Source], list[Skipped]]:
    """Sources for the readable files of a zip at relative ``path``, and the rest with reasons."""
    try:
        with zipfile.ZipFile(location) as archive:
            listing = sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset))
    except zipfile.BadZipFile:
        return [], [Skipped(path, None, "it is no zip file, or cut short (the directory at its end is missing)")]
    except (OSError, ValueError, NotImplementedError, RuntimeError, UnicodeError) as error:
        return [], [Skipped(path, None, f"its zip directory could not be read ({error})")]
    reason = _refused(listing)
    if reason:
        return [], [Skipped(path, None, reason)]
    folder = path[: path.rfind("/") + 1]
    sources: list[Source] = []
    skipped: list[Skipped] = []
    for info, name in zip(listing, member_names(listing), strict=True):
        if info.filename.endswith(("/", "\\")):
            continue
        reason = _member_refused(info, name)
        if reason:
            skipped.append(Skipped(f"{path}/{shown(name)}", None, reason))
            continue
        kind, gzipped, inner = kind_of(folder + shown(name))
        member = Member(info.header_offset, info.compress_size, info.file_size, info.compress_type, info.CRC)
        outlet = first_folder(inner)
        source = Source(location, inner, info.file_size, outlet, kind or "", root, gzipped, member, path, shown(name))
        sources.append(source)
    if not sources and not skipped:
        skipped.append(Skipped(path, None, "the zip is empty"))
    return sources, skipped


def member_names(listing: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of a zip's files, folders joined by "/" alone. Some Windows programs join them by "\\"; a name that has
    both is left as it is, and so is one that leads out of the archive's folder."""
    return [name if not name or _leads_out(name) else _joined(name) for name in _spelled(listing)]


def _joined(name: str) -> str:
    return posixpath.normpath(name if "/" in name else name.replace("\\", "/"))


def _spelled(listing: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The files' names. Without the flag that says UTF-8 zipfile reads CP437, but many programs write UTF-8 all the
    same, and those of Arabic Windows an Arabic code page: it is the one that makes Arabic words of all that is not
    ASCII, the commoner ones if both do. One program wrote the archive, so its names are judged together."""
    names = {number: info.filename for number, info in enumerate(listing)}
    written = {number: name for number, info in enumerate(listing) if (name := _of_unknown_page(info)) is not None}
    in_utf8 = {number: text for number, name in written.items() if (text := _in_utf8(name)) is not None}
    others = {number: name for number, name in written.items() if number not in in_utf8}
    sure = any(map(_SIDE_BY_SIDE.search, in_utf8.values()))
    if sure or not others:
        names |= in_utf8
    judged = others if sure else written
    page = _page([*judged.values()], ARABIC_PAGES if others else ARABIC_PAGES[1:])
    if page is not None:
        names |= {number: name.decode(page, errors="replace") for number, name in judged.items()}
    return [*names.values()]


def _of_unknown_page(info: zipfile.ZipInfo) -> bytes | None:
    """A name as it was written, if it is not known how."""
    if info.flag_bits & NAME_IS_UTF8 or info.filename.isascii():
        return None
    try:
        return info.filename.encode("cp437")
    except UnicodeEncodeError:
        return None


def _in_utf8(name: bytes) -> str | None:
    try:
        return name.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _page(written: list[bytes], pages: Sequence[str]) -> str | None:
    """The page in which names are Arabic, the commoner words if they are in both; None if in none. Names of Latin words
    say nothing, since few of their letters are beyond ASCII."""
    chinese = len(pages) == 1 or all(map(_CHINESE.fullmatch, written))
    costs: dict[str, float] = {}
    for rank, page in enumerate(pages):
        names = [name for name in (one.decode(page, errors="replace") for one in written) if not latin(name)]
        formed = [name for name in names if _ARABIC.fullmatch(name) and not _MISPLACED.search(name)]
        if formed and len(formed) >= _MOST * len(names) and _are_arabic(formed, chinese):
            costs[page] = rank + sum(map(_page_bits, formed)) * len(written) / len(formed)
    return min(costs, key=lambda page: costs[page], default=None)


def _are_arabic(names: list[str], chinese: bool) -> bool:
    """Whether what is not ASCII in names are words such as Arabic has; ``chinese``: they may be Chinese as well."""
    if not any(map(_ARABIC_WORD.search, names)):
        return False
    size, bits = sum(sign > "\x7f" for name in names for sign in name), sum(map(_bits, names))
    if not chinese:
        return bits <= _MEAN_BITS * size + _SPARE_BITS + _MORE_BITS * (len(names) - 1)
    common = bits <= _CHINESE_TOO_BITS * size or all(_OF_TWO.fullmatch("".join(_words(name))) for name in names)
    return common and sum(not _SIGN_WITHIN.search(name) for name in names) >= _MOST * len(names)


def _page_bits(name: str) -> float:
    """Bits by which readings of one name are compared."""
    return _bits(name) + _FOREIGN_BITS * len(_FOREIGN.findall(name))


def _bits(name: str) -> float:
    """Bits of all that is not ASCII in a name."""
    return sum(map(word_bits, _words(name))) + _SIGN_BITS * len(_NO_LETTER.findall(name))


def _words(name: str) -> list[str]:
    """The words of a name beyond ASCII, in the letters that Arabic has."""
    return _WORD.findall(_WITHIN_WORDS.sub("", name).translate(_AS_IN_ARABIC))


def _leads_out(name: str) -> bool:
    return name.startswith(("/", "\\")) or bool(re.match(r"[A-Za-z]:", name)) or ".." in re.split(r"[/\\]", name)


def _refused(listing: list[zipfile.ZipInfo]) -> str | None:
    """Why a whole zip is not read: it unpacks to more than is sensible."""
    packed = sum(info.compress_size for info in listing)
    size = sum(info.file_size for info in listing)
    if size > ARCHIVE_TOTAL_BYTES:
        return f"it would unpack to {size:,} bytes, more than the {ARCHIVE_TOTAL_BYTES:,} allowed"
    if size > ARCHIVE_FREE_BYTES and size > ARCHIVE_RATIO * packed:
        return f"it would unpack to {size:,} bytes, more than {ARCHIVE_RATIO} times its size, as a zip bomb does"
    return None


def _member_refused(info: zipfile.ZipInfo, name: str) -> str | None:
    """Why one file of a zip is not read."""
    if not name:
        return "it has no name inside the archive"
    if _leads_out(name):
        return "its name inside the archive leads out of the archive's folder"
    if BOOKKEEPING.search(name):
        return "its name is that of another program's own file"
    if info.create_system == ON_UNIX and stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link inside the archive; only what it leads to could be read"
    if info.flag_bits & ENCRYPTED:
        return "it is encrypted; unpack the archive with its password first"
    kind, _, inner = kind_of(name)
    if kind == "zip":
        return "it is an archive inside an archive; unpack the outer one first"
    if kind is None:
        return unknown_kind(inner)
    if info.compress_type not in (STORED, DEFLATED, BZIP2):
        return f"it is packed by a method ({info.compress_type}) that is not read; pack the archive again as deflate"
    return None
