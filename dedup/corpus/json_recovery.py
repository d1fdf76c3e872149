"""The elements of a broken list in JSON, one after another.

The standard library decodes one element; where it fails, reading goes on at the next object that begins with the same
key as the first, or else behind the next "}, " that an object follows.

An element that is cut short may take those behind it for its own parts before that is noticed, and where many are, each
would cost the rest of the file. So an element is looked for up to the next place where one may begin, then further on
(an element may hold objects), and to the end of all that it may hold only until that has failed :data:`_IN_VAIN` times.

Cost: linear in the file, sound or not: 16,000 records of 350 bytes, the first of which begins with another key and one
of which is broken, 0.05 s. The bytes are held a second time, as text.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator

_FIRST_KEY = re.compile(rb'\s*\{\s*("(?:[^"\\]|\\.){0,100}"\s*:)')
_BETWEEN = re.compile(rb"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)
_NEXT = re.compile(rb"\}\s*,\s*(?=\{)")
_AHEAD = (0, 1, 7, 63)
"""How many places where an element may begin are passed over until it is found to end: the next, then further on."""
_IN_VAIN = 8
"""Elements without an end that are looked for as far as they may reach; each costs the rest of the file at most."""
_CUT = 16
"""Letters before the end of what was looked at within which a failure may be that of the cut: a number, a word of JSON,
an escape (two of six letters each for one letter)."""


class Elements:
    """A broken file, and where its elements may begin."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._text = data.decode("latin-1")  # places in the text are those in the bytes; JSON's signs are ASCII in both
        self._end = len(data.rstrip())
        self._in_vain = 0
        self._starts: list[int] = []
        self._behind: list[int] = []
        self._places: list[int] = []

    def one_ends(self, position: int) -> bool:
        """Whether a whole element stands at a place."""
        return self._element_end(position) is not None

    def cut(self, position: int) -> Iterator[bytes]:
        """The elements from a place on; a broken one as it stands, up to where reading goes on."""
        first = _FIRST_KEY.match(self._data, position)
        key = re.escape(first[1]) if first else rb'"'
        self._starts = [found.start() for found in re.compile(rb"\{\s*" + key).finditer(self._data, position)]
        following = [found.span() for found in _NEXT.finditer(self._data, position)]
        self._behind = [start + 1 for start, _ in following]
        self._places = sorted({*self._starts, *(end for _, end in following)})
        while True:
            position = _past(self._data, position)
            last = self._data[position : position + 1]
            if not last or (last == b"]" and position + 1 == self._end):
                return
            stop = self._element_end(position) or self._resumed(position + 1)
            yield self._data[position:stop]
            position = stop

    def _element_end(self, position: int) -> int | None:
        """End of the element at a place, None if it is broken."""
        start = bisect_right(self._starts, position)
        reach = self._starts[start + _AHEAD[-1]] if start + _AHEAD[-1] < len(self._starts) else len(self._data)
        following = bisect_right(self._places, position)
        for ahead in _AHEAD:
            if following + ahead >= len(self._places) or (end := self._places[following + ahead]) >= reach:
                break
            try:
                return position + int(_DECODER.raw_decode(self._text[position:end])[1])
            except (ValueError, RecursionError) as error:
                if not _may_be_the_cut(error, end - position):
                    return None
        if self._in_vain == _IN_VAIN:
            return None
        try:
            if reach == len(self._data):
                return int(_DECODER.raw_decode(self._text, position)[1])  # uncut: a copy would cost the rest each time
            return position + int(_DECODER.raw_decode(self._text[position:reach])[1])
        except (ValueError, RecursionError):
            self._in_vain += 1
            return None

    def _resumed(self, position: int) -> int:
        """Where reading goes on after a broken element: at the next start, or else behind the next "}, "."""
        for places in (self._starts, self._behind):
            n = bisect_left(places, position)
            if n < len(places):
                return places[n]
        closed = self._data[self._end - 1 : self._end] == b"]" and self._end - 1 > position
        return self._end - 1 if closed else len(self._data)


def _may_be_the_cut(error: Exception, length: int) -> bool:
    """Whether a failure is one that more of the element may mend: it stands at the end, or a string has none."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= length - _CUT


def _past(data: bytes, position: int) -> int:
    """Past white space and commas."""
    found = _BETWEEN.match(data, position)
    return found.end() if found else position
