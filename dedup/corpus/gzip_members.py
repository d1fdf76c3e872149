"""A gzip of many members, read on behind one that is damaged.

Web archives are packed record by record, so that each can be read alone. Behind damage the next member is found by the
three bytes that every one begins with, and by what it unpacks to: in a megabyte of packed bytes the three stand by
chance in one of sixteen, but what follows them then never unpacks to the first word of a record. Where no member is
found, as in an archive packed in one piece, the damage is the end.

Cost: nothing before damage; behind it at most two blocks are held. Limits: what the block of a megabyte gave in which
damage was noticed is lost with it, for it may be damaged unseen; and damage that goes unnoticed for more than a block
may hide the members within it.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from dedup.corpus.streams import BLOCK, GZIP, Unreadable, check_ratio

_MEMBER = re.compile(rb"\x1f\x8b\x08")
"""RFC 1952, 2.3.1: two bytes that say gzip, and the one method there is."""

_HEAD = 4096
"""Bytes of a member that surely unpack to its first letters: names and comments in its head are short, and the tables
of deflate come to some 300 bytes at most."""


class Damage(Unreadable):
    """A damaged member; ``begun``: the first part of it was handed out before that was noticed."""

    def __init__(self, begun: bool) -> None:
        super().__init__("its packed bytes are damaged")
        self.begun = begun


def unpacked(packed: Iterator[bytes], begins: bytes) -> Iterator[bytes | Damage]:
    """The bytes of all members; a :class:`Damage` where one is damaged, if a later one unpacks to what ``begins`` so.

    Raises Unreadable after handing out all that came before a fault that ends the file.
    """
    engine = zlib.decompressobj(GZIP)
    taken = given = before = 0
    for block in packed:
        taken += len(block)
        while block:
            if engine.eof:
                block = block.lstrip(b"\0")
                if not block:
                    break
                if not block.startswith(b"\x1f"):
                    block = _next_member(block, packed, begins)
                    if not block:
                        return
                    yield Damage(False)
                engine, before = zlib.decompressobj(GZIP), given
            try:
                out = engine.decompress(block, BLOCK)
            except zlib.error:
                block = _next_member(block[1:], packed, begins)
                if not block:
                    raise Damage(given > before) if given else Unreadable("it is no gzip file") from None
                yield Damage(given > before)
                engine, before = zlib.decompressobj(GZIP), given
                continue
            given += len(out)
            check_ratio(given, taken)
            if out:
                yield out
            block = engine.unused_data if engine.eof else engine.unconsumed_tail
    while not engine.eof:
        try:
            out = engine.decompress(b"", BLOCK) if taken else b""
        except zlib.error:
            raise Damage(given > before) from None
        if not out:
            raise Unreadable("it is cut short: the packed file ends before its end mark")
        given += len(out)
        check_ratio(given, taken)
        yield out


def _next_member(held: bytes, packed: Iterator[bytes], begins: bytes) -> bytes:
    """What there is from the next sound member on; nothing where none is left."""
    while held:
        more = next(packed, b"")
        both = held + more
        for found in _MEMBER.finditer(both, 0, len(held) + 2):
            if _opens(both[found.start() : found.start() + _HEAD], begins):
                return both[found.start() :]
        held = more
    return b""


def _opens(member: bytes, begins: bytes) -> bool:
    try:
        return zlib.decompressobj(GZIP).decompress(member, len(begins)) == begins
    except zlib.error:
        return False
