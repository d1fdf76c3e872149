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
from collections.abc import Callable, Iterator
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


_HEADER = 10
"""Bytes at which a gzip begins (RFC 1952, 2.3)."""

BEHIND = "behind its end stand bytes that are no gzip; what they hold is lost"

Note = Callable[[str], object]


class Unreadable(Exception):
    """A source cannot be read (further); its text says why, as a clause that follows the file's name."""


class Damage(Unreadable):
    """Packed bytes that are damaged; ``begun``: the first part of them was handed out before that was noticed."""

    def __init__(self, begun: bool) -> None:
        super().__init__("its packed bytes are damaged")
        self.begun = begun


def blocks(source: Source, size: int, note: Note) -> Iterator[bytes]:
    """The unpacked bytes of a source, in blocks of about ``size``; ``note`` takes what is to be said of them."""
    if source.member is not None:
        stream = _member_blocks(source, source.member, size)
    else:
        stream = _disk_blocks(source.location, 0, None, size)
    return _gunzip(stream, size, note) if source.gzipped else stream


def whole(source: Source, note: Note) -> tuple[bytes, Unreadable | None]:
    """All bytes of a source, or those before a fault and the fault."""
    return gathered(blocks(source, max(BLOCK, min(source.size + 1, 16 * BLOCK)), note))


def gathered(stream: Iterator[bytes]) -> tuple[bytes, Unreadable | None]:
    """All bytes of a stream, or those before a fault and the fault."""
    parts: list[bytes] = []
    try:
        parts.extend(stream)
    except Unreadable as fault:
        return b"".join(parts), fault
    return (parts[0] if len(parts) == 1 else b"".join(parts)), None


def small(source: Source, note: Note) -> bytes:
    """All bytes of a small file; one call each to open, look, read and close where nothing is packed."""
    if source.member is not None or source.gzipped:
        data, fault = whole(source, note)
        if fault is not None:
            raise fault
        return data
    handle = opened(source.location)
    try:
        status = os.fstat(handle)
        data = os.read(handle, status.st_size + 1) if stat.S_ISREG(status.st_mode) else b""
    except OSError as error:
        raise Unreadable(f"reading it failed ({(error.strerror or 'unknown cause').lower()})") from None
    finally:
        os.close(handle)
    if len(data) == status.st_size and stat.S_ISREG(status.st_mode):
        return data
    return b"".join(_disk_blocks(source.location, 0, None, BLOCK))


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
        unpacked = Packed(packed).unpacked(RAW_DEFLATE, size)
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


class Packed:
    """Packed bytes, of which one deflate stream after the other is unpacked."""

    def __init__(self, stream: Iterator[bytes]) -> None:
        self.held = b""
        self.given = 0
        self._taken = 0
        self._stream = stream

    def take(self) -> bytes:
        """What is held, or else the next block; nothing at the end."""
        block, self.held = self.held, b""
        return block or self._next()

    def _next(self) -> bytes:
        block = next(self._stream, b"")
        self._taken += len(block)
        return block

    def unpacked(self, wrapping: int, size: int) -> Iterator[bytes]:
        """One stream; what stands behind it is held. Raises after handing out all that came before a fault."""
        engine, before = zlib.decompressobj(wrapping), self.given
        while not engine.eof:
            block = engine.unconsumed_tail or self.take()
            try:
                out = engine.decompress(block, size)
            except zlib.error:
                self.held = block[1:]
                raise Damage(self.given > before) from None
            if not out and not block:
                raise Unreadable("it is cut short: the packed file ends before its end mark")
            self.given += len(out)
            check_ratio(self.given, self._taken)
            if out:
                yield out
        self.held = engine.unused_data

    def ended(self) -> bool:
        """Whether nothing follows but noughts, which fill up a block of a tape."""
        while block := self.take():
            self.held = block.lstrip(b"\0")
            if self.held:
                return False
        return True

    def at_member(self) -> bool:
        """Whether what follows begins as a gzip does."""
        while len(self.held) < _HEADER and (block := self._next()):
            self.held += block
        try:
            zlib.decompressobj(GZIP).decompress(self.held[:_HEADER])
        except zlib.error:
            return False
        return len(self.held) >= _HEADER


def _gunzip(stream: Iterator[bytes], size: int, note: Note) -> Iterator[bytes]:
    """A gzip of one or more members. Bytes behind them that are none are worth a notice, for they may have been one."""
    packed = Packed(stream)
    try:
        yield from packed.unpacked(GZIP, size)
        while not packed.ended():
            if packed.at_member():
                yield from packed.unpacked(GZIP, size)
            elif packed.given:
                note(BEHIND)
                return
            else:
                raise Unreadable(BEHIND)
    except Damage:
        if packed.given:
            raise
        raise Unreadable("it is no gzip file") from None


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
