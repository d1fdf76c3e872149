"""The elements of a broken list in JSON, one after another.

An element is *whole* if its brackets, strings, colons and commas stand as in JSON; whether its numbers and escapes are
JSON too is found out when it is read. Behind a whole element stands the next one. Behind a broken one reading goes on
at

* an object that begins with a key that elements begin with, wherever it stands, for the broken one may lack its end;
* an object where no member can stand: behind a comma in the broken element itself, or behind its closing bracket.

The whole value of a member, with another member or its object's end behind it, is passed over: what it holds is no
element, be the element sound or not.

A cut between two objects of a list looks like a list that goes on, so such an element takes those behind it for its
own. If brackets are missing at the end of the document it is broken, and what it took is looked at again. If none are
missing (an envelope closes both), or the file is cut short too, others are told by the list that took them: they have
one of that name themselves.

A file may hold several documents. The next one begins behind a closing bracket with no comma between, as no element
does; and where the one before it lacks its end, at the beginning of a line behind such a bracket, or with the key that
documents begin with.

Cost: linear in the file. Two readings from different places agree whether a byte is in a string, or differ in it until
one of them fails, for outside strings a backslash is wrong. Where they agree they see the same objects, and what an
object was found to be is kept if those around it are broken. So no more than two of them read a byte. 16,000 records of
350 bytes: 0.1 s, 0.5 s where each is cut short. Memory: 16 bytes an element, for what is in a whole one is never asked
again: beyond the elements themselves less than 1 MB for 47 MB of envelope, up to 347 MB with all that is in them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from codecs import BOM_UTF8
from collections.abc import Sequence

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
_BETWEEN = re.compile(rb"[\s,%b]*+" % BOM_UTF8)
CLOSED = re.compile(rb"[\s\]}]*+\Z")
_SIGN = re.compile(rb"(?:(:)|(,))\s*+[{\[]|[{}\[\]]|(?<=[{\[,:])\s*+%b(?=\s*+[,:}\]])" % STRING, re.DOTALL)
"""A bracket, which may open a member's value (group 1) or stand behind a comma (2); or a string with signs around it as
in JSON, for brackets in it are none."""
_MEMBER_ENDS = re.compile(rb'\s*+(?:,\s*+"|\}\s*+[,}\]])')
_GOES_ON = re.compile(rb"\s*+[,\]]")
"""Behind an element of a list."""
_ENDED = re.compile(rb"\s*+(?:\Z|[{\[]|%b)" % BOM_UTF8)
_LIST_MISSED = re.compile(rb"[\s\]}]*+(?:\Z|[{\[]|%b|,\s*+%b\s*+:)" % (BOM_UTF8, STRING), re.DOTALL)
"""Where the end of the list that is read has been passed: the end of a document, or a member behind an element."""
_LOOKED_BACK = 200
"""Bytes of white space that may stand before a document."""
_OUTER = 8
"""Levels of a file that is cut short at which a list may have taken others: an envelope's and their element's are the
first four or six."""


class Elements:
    """A broken file, and what is known of the objects and lists in it."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._ends: dict[int, int | None] = {}
        self._openings, self._closings = array("q"), array("q")
        self._last_opening = -1
        self._keys: set[bytes] = set()
        self._documents: set[bytes] = set()
        self._any_key = False
        self._cut_short = not data.rstrip().endswith((b"]", b"}"))

    def begins_document(self, position: int) -> bool:
        """Whether a document begins at a place: at the start of the file, behind one with no comma between, or where an
        object begins with a key that documents begin with, and elements not."""
        data, key = self._data, self._first_key(position)
        begins = self._sign_before(position) in (b"", b"}", b"]") or (key in self._documents and key not in self._keys)
        if begins and key:
            self._documents.add(key)
        return begins and data[position] in b"{["

    def _sign_before(self, position: int) -> bytes:
        before = self._data[max(position - _LOOKED_BACK, 0) : position]
        return before.removesuffix(BOM_UTF8).rstrip()[-1:]

    def stop(self, position: int, around: Sequence[int] = ()) -> int:
        """Where the element ends that stands at a place; behind a broken one, where reading goes on. ``around``: the
        objects around the list that it stands in."""
        data = self._data
        if key := self._first_key(position):
            self._keys.add(key)
        if data[position] not in b"{[":
            scalar = _SCALAR.match(data, position)
            return scalar.end() if scalar else self._resumed(position, around)
        end = self.end(position)
        if around and end and not _GOES_ON.match(data, end) and not (self._cut_short and end == len(data)):
            end = self._read([position], position + 1, data.rfind(b"]", position, end) + 1)
        return end or self._resumed(position, around)

    def end(self, opening: int, looked_into: bool = False) -> int | None:
        """Where the object or list ends that opens at a place, None if it is broken. The last one of a file that is cut
        short ends with the file. ``looked_into``: what is in it will be asked for, too."""
        known = self._known(opening)
        return known if known != 0 else self._read([opening], opening + 1, keep=looked_into)

    def rest(self, around: Sequence[int], at: int) -> int | None:
        """Where the document ends of which these objects are open at a place; None if it does not end there."""
        end = self._read([*around], at, last_list=-1)
        return end if end and _ENDED.match(self._data, end) else None

    def forget(self, start: int) -> None:
        """Forget what was found last, behind a place."""
        while self._ends and next(reversed(self._ends)) >= start:
            self._ends.popitem()
        _drop(self._openings, self._closings, start)
        self._last_opening = self._openings[-1] if self._openings else -1

    def _known(self, opening: int) -> int | None:
        """What :meth:`end` found; 0 for what was not asked."""
        if opening <= self._last_opening:
            place = bisect_left(self._openings, opening)
            if self._openings[place] == opening:
                return self._closings[place]
        return self._ends.get(opening, 0)

    def _read(self, within: list[int], at: int, last_list: int = 0, keep: bool = False) -> int | None:
        """:meth:`end` of the outermost of what opens at some places, the inmost going on at another. A list that ends
        at ``last_list``, or holds what begins as the outermost does, is broken if it has taken others."""
        data, opening, ends, last = self._data, within[0], self._ends, self._last_opening
        closed: dict[int, int | None] = {}  # outside elements
        inner: dict[int, int | None] = {}  # in the element that is read
        element, curly, members, items = 0, ord("{"), _MEMBERS.match, _ITEMS.match
        openings, closings = array("q"), array("q")
        beginning = _FIRST_KEY.match(data, opening) if last_list > 0 else None
        begins = beginning and beginning[0]
        while within and (step := (members if data[within[-1]] == curly else items)(data, at)):
            at = step.end()
            if step[1]:
                suspect = at == last_list or (begins and data.find(begins, within[-1], at) >= 0)
                if suspect and self._has_others(within[-1], at):
                    break
                start = within.pop()
                if not element:
                    closed[start] = at
                elif start != element:
                    inner[start] = at
                else:
                    openings.append(start)
                    closings.append(at)
                    inner.clear()  # it is never looked into
                    element = 0
                continue
            known = ends.get(at, 0) if at > last else self._known(at)
            if known is None:
                at = len(data) + 1
                break
            if known == 0 or at < last_list <= known:  # the latter may have taken others
                if not element and data[at] == curly != data[within[-1]]:
                    element = at
                within.append(at)
                known = 0
            at = known or at + 1
        if not within:
            if keep or data[opening] == ord("["):
                self._keep(closed, openings, closings)
            return at
        cut = self._cut_short and _CUT.match(data, at) is not None
        missed = not (cut or last_list) and _LIST_MISSED.match(data, at) is not None
        if missed and (last_list := data.rfind(b"]", opening, at) + 1):
            # the element that is open, or the last one, may have taken those behind it
            taking = element or (openings[-1] if closings and closings[-1] >= last_list else opening)
            if taking == opening:
                return self._read([opening], opening + 1, last_list)
            _drop(openings, closings, taking)
            self._keep(closed, openings, closings)
            if end := self._read([taking], taking + 1, last_list):
                self._keep({}, array("q", [taking]), array("q", [end]))
        else:
            self._keep(closed | inner, openings, closings)
        self._leave_open(within, cut)
        return ends[opening]

    def _leave_open(self, within: list[int], cut: bool) -> None:
        """Keep what is found of what lacks its end: where the file is cut short the same whoever asks, but for what is
        nested so deeply that only the outermost is asked."""
        size = len(self._data)
        others = [cut and self._has_others(start, size) for start in within[: 2 * _OUTER]]
        for level, start in enumerate(within):
            first = level if len(within) == len(others) else 0
            self._ends[start] = size if cut and not any(others[first : first + _OUTER]) else None

    def _keep(self, ends: dict[int, int | None], openings: array[int], closings: array[int]) -> None:
        """Keep what was found: of elements in the order of the file, which are many, in arrays."""
        self._ends |= ends
        if openings and openings[0] > self._last_opening:
            self._openings.extend(openings)
            self._closings.extend(closings)
            self._last_opening = openings[-1]
        else:
            self._ends |= zip(openings, closings, strict=True)

    def _has_others(self, opening: int, end: int) -> bool:
        """Whether a member's list holds objects that have a list of its name."""
        key = _KEY.search(self._data, max(opening - 100, 0), opening) if self._data[opening] == ord("[") else None
        again = key and re.compile(re.escape(key[1]) + rb"\s*+:\s*+\[").search(self._data, opening, end)
        return again is not None

    def _resumed(self, position: int, around: Sequence[int]) -> int:
        """Where reading goes on after the broken element at a place."""
        data, passed = self._data, 0
        within = bytearray(data[position : position + 1] if data[position] in b"{[" else b"")
        at = position + 1
        while found := _SIGN.search(data, at):
            at = found.end()
            opening, sign = at - 1, data[at - 1]
            if sign in b"}]":
                if sign == ord("]") and around and not within and self.rest(around, at):
                    return opening
                opened = within.rfind(b"{" if sign == ord("}") else b"[")
                del within[opened if opened >= 0 else len(within) :]
            if sign not in b"{[":
                continue
            if data[opening - 1] == ord("\n") and self._sign_before(opening) in b"}]":
                return opening
            end, key = self.end(opening), self._first_key(opening)
            member = found[1] and end and _MEMBER_ENDS.match(data, end)
            if key and not member:
                outside = not within or (found[2] and (len(within) == 1 or self._any_key))
                if outside or key in self._keys or key in self._documents:
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


def _drop(openings: array[int], closings: array[int], start: int) -> None:
    """Drop what opens behind a place."""
    while openings and openings[-1] >= start:
        openings.pop()
        closings.pop()


def past(data: bytes, position: int) -> int:
    """Past white space, commas and byte order marks."""
    found = _BETWEEN.match(data, position)
    return found.end() if found else position
