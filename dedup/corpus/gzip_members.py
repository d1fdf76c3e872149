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

from dedup.corpus.streams import BEHIND, BLOCK, GZIP, Damage, Note, Packed, Unreadable

_MEMBER = re.compile(rb"\x1f\x8b\x08")
"""RFC 1952, 2.3.1: two bytes that say gzip, and the one method there is."""

_HEAD = 4096
"""Bytes of a member that surely unpack to its first letters: names and comments in its head are short, and the tables
of deflate come to some 300 bytes at most."""


def unpacked(stream: Iterator[bytes], begins: bytes, note: Note) -> Iterator[bytes | Damage]:
    """The bytes of all members; a :class:`Damage` where one is damaged, if a later one unpacks to what ``begins`` so.

    Raises Unreadable after handing out all that came before a fault that ends the file.
    """
    packed = Packed(stream)
    while True:
        try:
            yield from packed.unpacked(GZIP, BLOCK)
        except Damage as damage:
            if not _found(packed, begins):
                raise (damage if packed.given else Unreadable("it is no gzip file")) from None
            yield damage
            continue
        if packed.ended():
            return
        if not packed.at_member():
            if not _found(packed, begins):
                note(BEHIND)
                return
            yield Damage(False)


def _found(packed: Packed, begins: bytes) -> bool:
    """Go on to the next sound member; whether there is one."""
    while held := packed.take():
        more = packed.take()
        both = held + more
        for found in _MEMBER.finditer(both, 0, len(held) + 2):
            if _opens(both[found.start() : found.start() + _HEAD], begins):
                packed.held = both[found.start() :]
                return True
        packed.held = more
    return False


def _opens(member: bytes, begins: bytes) -> bool:
    try:
        return zlib.decompressobj(GZIP).decompress(member, len(begins)) == begins
    except zlib.error:
        return False
