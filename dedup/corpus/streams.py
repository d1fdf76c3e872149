"""Bytes of a source, packed or not, in blocks; what goes wrong on the way is :class:`Unreadable`.

Every reader gets its bytes here, so the faults of disks and archives are known in one place. ``blocks`` hands out what
it has before it raises: the records before the cut in a truncated file are kept. A file that has vanished, or has
become a FIFO since the folder was listed, is found out at opening (without waiting: ``O_NONBLOCK``).

An archive may promise little and hold much. While unpacking, the ratio of bytes out to bytes in and the size the zip's
directory declares are both held to (see ``ARCHIVE_RATIO``), so a bomb costs at most 64 MB before it is found out.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
import zlib
from collections.abc import Iterator
from functools import reduce
from operator import or_

from dedup.corpus.source import Member, Source
from dedup.settings import ARCHIVE_FREE_BYTES, ARCHIVE_RATIO

BLOCK = 1 << 20
"""Bytes taken from the disk at once: large enough that a call costs nothing beside the copying."""

STORED, DEFLATED, BZIP2 = 0, 8, 12
"""Methods of packing inside a zip that are unpacked here."""

_FLAGS = ("O_NONBLOCK", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT")
"""How files are opened: without waiting, not for other programs, on Windows as bytes. No system has all."""
_READ_ONLY = reduce(or_, (getattr(os, flag, 0) for flag in _FLAGS), os.O_RDONLY)

GZIP, RAW_DEFLATE = 31, -15
"""What zlib calls the two kinds of wrapping."""


class Unreadable(Exception):
    """A source cannot be read (further); its text says why, as a clause that follows the file's name."""


class BytesBehind(Unreadable):
    """Behind a whole gzip stand bytes that are none: what was read is sound, what they hold is lost."""

    def __init__(self) -> None:
        super().__init__("behind its end stand bytes that are no gzip; what they hold is lost")


def blocks(source: Source, size: int = BLOCK) -> Iterator[bytes]:
    """The unpacked bytes of a source, in blocks of about ``size``."""
    if source.member is not None:
        stream = _member_blocks(source, source.member, size)
    else:
        stream = _disk_blocks(source.location, 0, None, size)
    return _gunzip(stream, size) if source.gzipped else stream


def whole(source: Source) -> tuple[bytes, Unreadable | None]:
    """All bytes of a source, or those before a fault and the fault."""
    return gathered(blocks(source, max(BLOCK, min(source.size + 1, 16 * BLOCK))))


def gathered(stream: Iterator[bytes]) -> tuple[bytes, Unreadable | None]:
    """All bytes of a stream, or those before a fault and the fault."""
    parts: list[bytes] = []
    try:
        parts.extend(stream)
    except Unreadable as fault:
        return b"".join(parts), fault
    return (parts[0] if len(parts) == 1 else b"".join(parts)), None


def small(source: Source) -> tuple[bytes, str | None]:
    """All bytes of a small file, and what a notice says of bytes behind them; one call each to open, look, read and
    close where nothing is packed."""
    if source.member is not None or source.gzipped:
        data, fault = whole(source)
        if fault is not None and not (data and isinstance(fault, BytesBehind)):
            raise fault
        return data, None if fault is None else str(fault)
    handle = opened(source.location)
    try:
        status = os.fstat(handle)
        data = os.read(handle, status.st_size + 1) if stat.S_ISREG(status.st_mode) else b""
    except OSError as error:
        raise Unreadable(f"reading it failed ({(error.strerror or 'unknown cause').lower()})") from None
    finally:
        os.close(handle)
    if len(data) == status.st_size and stat.S_ISREG(status.st_mode):
        return data, None
    return b"".join(_disk_blocks(source.location, 0, None, BLOCK)), None


def _disk_blocks(location: str, offset: int, length: int | None, size: int) -> Iterator[bytes]:
    """Blocks of a regular file from ``offset``; ``length`` None means up to its end."""
    handle = opened(location)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise Unreadable("it is no longer the file it was when the folder was listed")
        if offset:
            os.lseek(handle, offset, os.SEEK_SET)
        left = length
        while left is None or left > 0:
            block = os.read(handle, size if left is None else min(size, left))
            if not block:
                break
            if left is not None:
                left -= len(block)
            yield block
        if left:
            raise Unreadable("the archive ends before it")
    except OSError as error:
        raise Unreadable(f"reading it failed ({(error.strerror or 'unknown cause').lower()})") from None
    finally:
        os.close(handle)


def opened(location: str) -> int:
    """The descriptor of a file opened for reading."""
    try:
        return os.open(location, _READ_ONLY)
    except OSError as error:
        raise Unreadable(_opening_failed(error)) from None


def _opening_failed(error: OSError) -> str:
    """Why a file that was listed cannot be opened."""
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        return "it was there when the folder was listed and is gone now"
    if error.errno in (errno.EACCES, errno.EPERM):
        return "no permission to read it"
    if error.errno == errno.ENAMETOOLONG:
        return "its path is longer than the system can open; move it nearer to the root"
    return f"it could not be opened ({(error.strerror or 'unknown cause').lower()})"


def _member_blocks(source: Source, member: Member, size: int) -> Iterator[bytes]:
    """A zip's file, held to the size and the checksum that the zip's directory declares."""
    start = member.offset + _local_header(source.location, member.offset)
    packed = _disk_blocks(source.location, start, member.packed, size)
    if member.method == STORED:
        unpacked = packed
    elif member.method == DEFLATED:
        unpacked = _inflate(packed, RAW_DEFLATE, size)
    else:
        unpacked = _bunzip(packed, size)
    given = crc = 0
    for block in unpacked:
        given += len(block)
        if given > member.size:
            raise Unreadable("it unpacks to more than the archive declares; the archive is damaged or a bomb")
        crc = zlib.crc32(block, crc)
        yield block
    if given < member.size:
        raise Unreadable("it is cut short inside the archive")
    if crc != member.crc:
        raise Unreadable("its checksum is wrong, so what was read of it may be damaged")


def _local_header(location: str, offset: int) -> int:
    """Length of the header before a zip's file (APPNOTE 4.3.7: 30 bytes, a name, an extra field)."""
    head = b"".join(_disk_blocks(location, offset, 30, 30))
    signature, name, extra = struct.unpack("<4s22xHH", head)
    if signature != b"PK\x03\x04":
        raise Unreadable("the archive's directory points to the wrong place; the archive is damaged")
    return 30 + int(name) + int(extra)


def _gunzip(packed: Iterator[bytes], size: int) -> Iterator[bytes]:
    """A gzip stream of one or more members. Noughts behind a member fill up a block of a tape; other bytes that are no
    member are a fault, for they may have been one with records in it."""
    return _inflate(packed, GZIP, size)


def _inflate(packed: Iterator[bytes], wrapping: int, size: int) -> Iterator[bytes]:
    """Unpack deflate; raises after handing out all that came before a fault."""
    engine = zlib.decompressobj(wrapping)
    taken = given = 0

    def unpacked(block: bytes) -> bytes:
        nonlocal given
        try:
            out = engine.decompress(block, size)
        except zlib.error:
            damaged = "it is no gzip file" if not given and wrapping == GZIP else "its packed bytes are damaged"
            raise Unreadable(damaged) from None
        given += len(out)
        check_ratio(given, taken)
        return out

    for block in packed:
        taken += len(block)
        while block:
            if engine.eof:
                if wrapping != GZIP:
                    return
                block = block.lstrip(b"\0")
                if not block:
                    break
                if not block.startswith(b"\x1f"):
                    raise BytesBehind
                engine = zlib.decompressobj(wrapping)
            if out := unpacked(block):
                yield out
            block = engine.unused_data if engine.eof else engine.unconsumed_tail
    while not engine.eof:
        out = unpacked(b"") if taken else b""
        if not out:
            raise Unreadable("it is cut short: the packed file ends before its end mark")
        yield out


def check_ratio(given: int, taken: int) -> None:
    """Refuse to unpack on where few bytes gave very many."""
    if given > ARCHIVE_FREE_BYTES and given > ARCHIVE_RATIO * taken:
        raise Unreadable(f"it unpacks to more than {ARCHIVE_RATIO} times its size, as a zip bomb does")


def _bunzip(packed: Iterator[bytes], size: int) -> Iterator[bytes]:
    """Unpack bzip2, which a few zip programs use."""
    import bz2

    engine = bz2.BZ2Decompressor()
    for block in packed:
        try:
            out = engine.decompress(block, size)
            while out:
                yield out
                out = b"" if engine.needs_input or engine.eof else engine.decompress(b"", size)
        except (OSError, EOFError):
            raise Unreadable("its packed bytes are damaged") from None
