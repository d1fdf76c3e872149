"""Which letters the bytes of a file are: UTF-8, UTF-16, UTF-32 with its mark, windows-1256 or ISO-8859-6.

A byte order mark decides at once. Arabic in UTF-16 without one is known by every second byte: it is 06 in Arabic
letters and 00 in spaces, and the bytes between are never 00. Else valid UTF-8 is UTF-8: Arabic in another encoding is
practically never valid by accident, since nearly every byte would have to be followed by one of a fixed range. For the
two old Arabic code pages a letter count decides. They agree from alef to dad and differ behind, so read with the wrong
table the commonest letters (lam, mim, nun, waw, ya) turn into rare ones or into French vowels. The score is the mean
number of bits a letter costs under the frequencies of Arabic news,

    score(text) = mean over all signs beyond ASCII of -log2 p(sign)

The cheaper table wins if it stays under :data:`PLAUSIBLE_BITS`. Measured on 5,671 articles of the Saudi corpus,
written in both code pages: the right table costs 4.5 bits in the median and 6.5 at most, the wrong one 7.0 in the
median, and not one article was taken for the other page. Russian, Greek and Hebrew in their old code pages cost 7.1 to
11.7. A longer text must also hold one of the commonest words, which no wrong table produces.

A UTF-8 file with a few broken bytes (cut in the middle of a letter, say) is not thrown away: each broken sequence
becomes U+FFFD, and a notice says how many.

Of files of records the lines in the first 64 kB decide, by their majority. An archive that began in an old code page
and went on in UTF-8 holds both, so in such a file each line that is UTF-8 stays as it is. Limit: in one that is UTF-8
by that majority older lines are skipped as broken records.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from dedup.corpus.streams import Unreadable

_WORD = re.compile(r"[^\W\d_]+")
PLAUSIBLE_BITS = 6.6
"""Bits a sign may cost: between the dearest Arabic (6.5) and the cheapest other letters (7.1)."""

BROKEN_SHARE = 0.01
"""Share of broken sequences among the signs beyond ASCII up to which a file is still UTF-8."""

SAMPLE = 1 << 16
"""Bytes that decide: tens of thousands of letters, where a thousand would do."""

LONGEST_LINE = 1 << 26
"""Bytes of a line in an old code page that are held to be looked at as a whole: as many as a record may have, by
default."""

CODE_PAGES = {"cp1256": "windows-1256", "iso8859_6": "ISO-8859-6"}

_BITS = {
    sign: bits
    for bits, signs in (
        (2.7, "ا"), (3.1, "ل"), (3.8, "ي"), (3.9, "م"), (4.3, "ون"), (4.5, "تر"), (4.9, "بعةد"), (5.3, "فهسق"),
        (5.8, "أحك"), (6.2, "ج"), (6.8, "ش،طصخىإ"), (7.4, "ضزذث"), (8.1, "ئغء"), (8.7, "ظ"), (9.5, "\u064bؤ»«آ"),
        (10.5, "\xa0\u0651ـ"), (11.5, "\u064f\u064e\u0650؟؛”“"), (13.0, "–\u0652\u064d\u064c•…"),
    )
    for sign in signs
}  # fmt: skip
"""Sign -> -log2 of its share of all signs beyond ASCII in the Saudi corpus."""

_OTHER_BITS = 16.0
_COMMON = re.compile(r"(?<!\w)(?:في|من|على|أن|ان|إلى|الى|التي|عن|مع|ما|الذي|لا|أو|هذا)(?!\w)")
_COMMON_FROM = 100
"""Words from which one of these 15 must be there: they are 13 % of the words of the Saudi corpus."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_LETTERS_BEYOND = re.compile(r"(?:(?![\x00-\x7f])\w)+")
_MARKED = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; that of UTF-16 is the beginning of one of UTF-32, and so comes behind it."""

_ARABIC_SHARE, _HIGH_SHARE = 0.02, 0.9
"""Shares of every second byte in UTF-16 that are at least 06, and 06 or 00: a page may be nearly all markup; what else
there is are dashes and quotes. Set by hand."""

_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_MAGIC = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a zip archive or an Office document",
    b"\xd0\xcf\x11\xe0": "an old Office document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"\x1f\x8b": "a gzip file",
    b"SQLite format 3": "a database",
    b"PAR1": "a parquet file",
    b"\x7fELF": "a program",
    b"Rar!\x1a\x07": "a rar archive",
}
TELLING = frozenset(mark[:1] for mark in (*_MAGIC, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
"""First bytes that ask for a closer look: of marks of an encoding, or of a kind of file that is no text."""


def decode(data: bytes) -> tuple[str, str | None]:
    """The text of a file without its byte order mark, and what is worth a notice; raises Unreadable."""
    if data.startswith(codecs.BOM_UTF8):
        data = data[3:]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _not_utf8(data)
    if marked(data):
        return _not_utf8(data)
    if "\0" in text[:SAMPLE] or data.startswith(b"%PDF-") or data.startswith(b"{\\rtf"):
        refuse_binary(data)
    return text, None


def marked(data: bytes) -> str | None:
    """Python's name of the encoding beyond UTF-8 whose byte order mark stands before the data, or of UTF-16 without."""
    return next((name for mark, name in _MARKED.items() if data.startswith(mark)), None) or _utf_16(data[:SAMPLE])


def _utf_16(sample: bytes) -> str | None:
    """Python's name of the order of bytes in which a sample is Arabic in UTF-16 without a mark, or None."""
    if b"\0" not in sample:
        return None
    halves = sample[::2], sample[1::2]
    for name, low, high in (("utf-16-le", *halves), ("utf-16-be", *halves[::-1])):
        arabic, of_ascii = high.count(6), high.count(0)
        if 0 not in low and arabic > _ARABIC_SHARE * len(high) and arabic + of_ascii > _HIGH_SHARE * len(high):
            return name
    return None


def _not_utf8(data: bytes) -> tuple[str, str | None]:
    name = marked(data)
    if name is not None:
        try:
            return data.decode(name), encoding_note(name)
        except UnicodeDecodeError:
            text = data.decode(name, "replace")
            if text.count("\ufffd") <= 1 + BROKEN_SHARE * len(text):
                return text, f"{encoding_note(name)}; {text.count(chr(0xFFFD))} broken places became U+FFFD"
    refuse_binary(data)
    name = code_page(data)
    if name is not None:
        return data.decode(name, "replace"), encoding_note(name)
    text = data.decode("utf-8", "replace")
    if few_broken(text) and len(text) > 1:
        return text, broken_note(text)
    raise Unreadable(
        "its encoding is not recognised (UTF-8, UTF-16, UTF-32 with its mark, windows-1256 and ISO-8859-6 are)"
    )


def few_broken(text: str, allowed: int = 1) -> bool:
    """Whether a text decoded with U+FFFD for what is broken has few of them among its signs beyond ASCII; ``allowed``
    however few signs there are."""
    return text.count("\ufffd") <= max(allowed, BROKEN_SHARE * sum(1 for sign in text if sign > "\x7f"))


def broken_note(text: str) -> str:
    """What a notice says of UTF-8 with broken places."""
    broken = text.count("\ufffd")
    return f"not quite UTF-8: {broken} broken place{'s' if broken > 1 else ''} became U+FFFD"


def refuse_binary(data: bytes) -> None:
    """Raise for what is no text at all: known file marks, or more than 1 % control characters."""
    for mark, named in _MAGIC.items():
        if data.startswith(mark):
            raise Unreadable(f"it is {named}, not a text, whatever its name says")
    sample = data[:SAMPLE]
    if len(sample) - len(sample.translate(None, _CONTROLS)) > 0.01 * len(sample):
        raise Unreadable("it is binary, not a text (control characters all over)")


def code_page(data: bytes) -> str | None:
    """Python's name of the old Arabic code page that makes these bytes plausible Arabic, or None."""
    first = _BEYOND_ASCII.search(data)
    if first is None:
        return None
    sample = data[first.start() : first.start() + SAMPLE]
    scored = []
    for name in CODE_PAGES:
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        scored.append((bits(text), name, text))
    best = min(scored, default=None)
    if best is None or best[0] > PLAUSIBLE_BITS:
        return None
    lacking = _COMMON.search(best[2]) is None and len(re.findall(r"\w+", best[2])) >= _COMMON_FROM
    return None if lacking else best[1]


def bits(text: str) -> float:
    """Mean bits a sign beyond ASCII costs under the frequencies of Arabic news; infinite without any such sign."""
    costs = [_BITS.get(sign, _OTHER_BITS) for sign in text if sign > "\x7f"]
    return sum(costs) / len(costs) if costs else float("inf")


def latin(text: str) -> bool:
    """Whether most words with letters beyond ASCII have others too, as in French or Turkish."""
    words = [word for word in _WORD.findall(text) if not word.isascii()]
    return 2 * sum(any(letter.isascii() for letter in word) for word in words) >= len(words)


def in_a_row(text: str) -> str:
    """The letters beyond ASCII that follow another: those of Arabic words, and what a wrong table makes of them."""
    return "".join(run for run in _LETTERS_BEYOND.findall(text) if len(run) > 1)


def stream_encoding(head: bytes) -> str | None:
    """Encoding of a file of records from its first bytes; None for UTF-8, also where single records are broken."""
    name = marked(head)
    if name is not None:
        return name
    try:
        head.decode("utf-8")
        return None
    except UnicodeDecodeError:
        pass
    lines = [line for line in head[:SAMPLE].split(b"\n") if not line.isascii()]
    broken = [line for line in lines if not is_utf8(line, final=False)]
    return code_page(b"\n".join(broken)) if len(broken) * 2 > len(lines) else None


def is_utf8(line: bytes, final: bool = True) -> bool:
    """Whether a line is valid; where it is not ``final``, whether it may be the beginning of one that is."""
    try:
        codecs.utf_8_decode(line, "strict", final)
    except UnicodeDecodeError:
        return False
    return True


def as_utf8(blocks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Blocks in another encoding as UTF-8. In an old code page lines that are UTF-8 already stay as they are."""
    if encoding in CODE_PAGES:
        yield from (_lines_as_utf8(lines, encoding) for lines in _of_whole_lines(blocks))
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for block in blocks:
        yield decoder.decode(block).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _of_whole_lines(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """The bytes of blocks, cut behind line breaks; a line longer than is held, behind spaces."""
    held: list[bytes] = []
    size = 0
    for block in blocks:
        size += len(block)
        cut = 1 + block.rfind(b"\n" if size < LONGEST_LINE else b" ")
        if cut:
            yield b"".join([*held, block[:cut]])
            held, size = [], len(block) - cut
        held.append(block[cut:])
    yield b"".join(held)


def _lines_as_utf8(lines: bytes, encoding: str) -> bytes:
    """Lines in an old code page or in UTF-8 as UTF-8."""
    return b"\n".join(
        line if is_utf8(line) else line.decode(encoding, "replace").encode("utf-8") for line in lines.split(b"\n")
    )


def encoding_note(encoding: str) -> str:
    """What a notice says of an encoding."""
    return f"read as {CODE_PAGES.get(encoding, encoding.upper())}"
