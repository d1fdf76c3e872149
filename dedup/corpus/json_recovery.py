"""The elements of a broken list in JSON, one after another.

An element is *whole* if its brackets, strings, colons and commas stand as in JSON; whether its numbers and escapes are
JSON too is found out when it is read. Behind a whole element stands the next one. Behind a broken one reading goes on
at

* an object that begins with a key that elements begin with, wherever it stands, for the broken one may lack its end;
* an object where no member can stand: behind a comma in the broken element itself, or behind its closing bracket.

The whole value of a member, with another member or its object's end behind it, is passed over: what it holds is no
element, be the element sound or not.

A cut between two objects of a list looks like a list that goes on, so such an element takes those behind it for its
own. If brackets are missing at the end of the file it is broken, and what it took is looked at again. If none are
missing (an envelope closes both), or the file is cut short too, others are told by the list that took them: they have
one of that name themselves.

Cost: linear in the file. Two readings from different places agree whether a byte is in a string, or differ in it until
one of them fails, for outside strings a backslash is wrong. Where they agree they see the same objects, and what an
object was found to be is kept if those around it are broken. So no more than two of them read a byte. 16,000 records of
350 bytes: 0.1 s, 0.5 s where each is cut short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_UNCLOSED = rb'"[^"\\]*+(?>(?:\\.[^"\\]*+)*)'
STRING = _UNCLOSED + rb'"'
_WORD = rb'[^",:{}\[\]\\]++'
_PLAIN = rb"(?:\s*+%b\s*+|%b)" % (STRING, _WORD)
"""A string, or what may be a number or a word of JSON."""
_MEMBER = rb"\s*+%b\s*+:%b(?:,|(?=\}))" % (STRING, _PLAIN)
_MEMBERS = re.compile(rb"\s*+,?+(?>(?:%b)*)\s*+(?:(\})|%b\s*+:\s*+(?=[{\[]))" % (_MEMBER, STRING), re.DOTALL)
_ITEMS = re.compile(rb"\s*+,?+(?>(?:%b(?:,|(?=\])))*)\s*+(?:(\])|(?=[{\[]))" % _PLAIN, re.DOTALL)
"""The rest of an object or a list: up to its end (group 1), or to the next opening in it."""
_CUT = re.compile(
    rb"\s*+,?+(?>(?:%b|%b,)*)(?:\s*+%b\s*+:?)?(?:\s*+%b[\"\\]?\s*+|%b)?\Z"
    % (_MEMBER, _PLAIN, STRING, _UNCLOSED, _WORD),
    re.DOTALL,
)
"""The rest of either where the file is cut short within it."""
_KEY = re.compile(rb'("[^"\\]*+")\s*+:\s*+\Z')
_FIRST_KEY = re.compile(rb"\{\s*+(%b)\s*+:" % STRING, re.DOTALL)
_SCALAR = re.compile(rb"(?:%b|%b)(?=\s*+[,\]])" % (STRING, _WORD), re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*+")
CLOSED = re.compile(rb"[\s\]}]*+\Z")
_SIGN = re.compile(rb"(?:(:)|(,))\s*+[{\[]|[{}\[\]]|(?<=[{\[,:])\s*+%b(?=\s*+[,:}\]])" % STRING, re.DOTALL)
"""A bracket, which may open a member's value (group 1) or stand behind a comma (2); or a string with signs around it as
in JSON, for brackets in it are none."""
_MEMBER_ENDS = re.compile(rb'\s*+(?:,\s*+"|\}\s*+[,}\]])')
_OUTER = 8
"""Levels of a file that is cut short at which a list may have taken others: an envelope's and their element's are the
first four or six."""


class Elements:
    """A broken file, and what is known of the objects and lists in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ends: dict[int, int | None] = {}
        self._keys: set[bytes] = set()
        self._any_key = False
        self._cut_short = not data.rstrip().endswith((b"]", b"}"))
        self._last_list = 0 if self._cut_short else data.rfind(b"]") + 1  # of one cut short it is some element's

    def cut(self, position: int) -> Iterator[bytes]:
        """The elements from a place on; a broken one as it stands, up to where reading goes on."""
        data = self._data
        while not CLOSED.match(data, position := _past(data, position)):
            if key := self._first_key(position):
                self._keys.add(key)
            scalar = _SCALAR.match(data, position)
            end = self.end(position) if data[position] in b"{[" else scalar and scalar.end()
            stop = end or self._resumed(position)
            yield data[position:stop]
            position = stop

    def end(self, opening: int) -> int | None:
        """Where the object or list ends that opens at a place, None if it is broken. The last one of a file that is cut
        short ends with the file."""
        data, known = self._data, self._ends.get(opening, 0)
        if known != 0:
            return known
        within, at = [opening], opening + 1
        closed: dict[int, int | None] = {}
        while within and (step := (_MEMBERS if data[within[-1]] == ord("{") else _ITEMS).match(data, at)):
            at = step.end()
            if step[1]:
                if at == self._last_list and self._has_others(within[-1], at):
                    break
                closed[within.pop()] = at
                continue
            known = self._ends.get(at, 0)
            if known is None:
                break
            if known == 0:
                within.append(at)
            at = known or at + 1
        if not within:
            self._ends |= closed if data[opening] == ord("[") else {}  # it may be looked into, an object never is
            return at
        cut = self._cut_short and _CUT.match(data, at) is not None
        if cut and not any(self._has_others(start, len(data)) for start in within[:_OUTER]):
            self._ends |= closed | dict.fromkeys(within, len(data))
        else:
            self._ends |= closed | dict.fromkeys(within, None)
        return self._ends[opening]

    def _has_others(self, opening: int, end: int) -> bool:
        """Whether a member's list holds objects that have a list of its name."""
        key = _KEY.search(self._data, max(opening - 100, 0), opening) if self._data[opening] == ord("[") else None
        again = key and re.compile(re.escape(key[1]) + rb"\s*+:\s*+\[").search(self._data, opening, end)
        return again is not None

    def _resumed(self, position: int) -> int:
        """Where reading goes on after the broken element at a place."""
        data, passed = self._data, 0
        within = bytearray(data[position : position + 1] if data[position] in b"{[" else b"")
        at = position + 1
        while found := _SIGN.search(data, at):
            at = found.end()
            opening, sign = at - 1, data[at - 1]
            if sign in b"}]":
                opened = within.rfind(b"{" if sign == ord("}") else b"[")
                del within[opened if opened >= 0 else len(within) :]
            if sign not in b"{[":
                continue
            end, key = self.end(opening), self._first_key(opening)
            member = found[1] and end and _MEMBER_ENDS.match(data, end)
            if key and not member:
                outside = not within or (found[2] and (len(within) == 1 or self._any_key))
                if outside or key in self._keys:
                    return opening
                if found[2] and end:
                    passed = passed or opening
            if end and (member or sign == ord("{")):
                at = end
            else:
                within.append(sign)
        if not within or not passed:
            return len(data)
        self._any_key = True
        return passed

    def _first_key(self, opening: int) -> bytes | None:
        found = _FIRST_KEY.match(self._data, opening)
        return found[1] if found else None


def _past(data: bytes, position: int) -> int:
    """Past white space and commas."""
    found = _BETWEEN.match(data, position)
    return found.end() if found else position
