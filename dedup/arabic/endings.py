"""What stands right before a name, and how a pattern with a long list of words is made quick.

Whether a name is a source hangs on the words before it, so the patterns for them end with ``$`` and are searched in the
last ``TAIL`` code points. Most hold a list of verbs, and ``re`` tries each of a list at each word. Two things spare
that: a pattern may tell stems of which it holds one (:class:`Ending`), and a list is put together by first letters
(:func:`one_of`), so a word is compared with some twenty letters instead of sixty words. Over the real corpus the five
longest lists take 23 ms instead of 37.
"""

from __future__ import annotations

import re

TAIL = 70
"""Code points before a name in which what must stand right before it is looked for: longer than any such phrase."""

_ALTERNATIVE = re.compile(r"(?:\[[^]]*\]|\((?:\[[^]]*\]|[^()[])*\)|[^|[(])+")
_FIRST = re.compile(r"(?:\[[^]]*\]|[^[(\\])(?![?*+])")
"""One of several alternatives, with brackets one deep; its first letter, or letters to choose from, if it is one."""


class Ending:
    """What may stand right before a name: a pattern that ends with ``$``, and stems of which it holds one.

    Where none of the stems stands the pattern is not tried: 0.2 us to 0.6 us in place of 1 us to 3 us, twenty times an
    article with a name in it.
    """

    __slots__ = ("pattern", "stems")

    def __init__(self, pattern: str, stems: str = "") -> None:
        self.pattern = re.compile(pattern)
        self.stems = tuple(stems.split()) or ("",)

    def ends(self, before: str) -> bool:
        """Whether what stands before a name ends with the pattern."""
        tail = before[-TAIL:]
        for stem in self.stems:
            if stem in tail:
                return self.pattern.search(tail) is not None
        return False


def one_of(alternatives: str) -> str:
    """A group of alternatives ("a|b|c") that matches what they match, put together by their first letters.

    For patterns of which only is asked whether they match: of two alternatives the later may come first.

    >>> one_of("said|told|stated|[tc]old")
    '(?:s(?:aid|tated)|t(?:old)|[tc](?:old))'
    """
    groups: dict[str, list[str]] = {}
    for one in _ALTERNATIVE.findall(alternatives):
        first = _FIRST.match(one)
        letter = first[0] if first else ""
        groups.setdefault(letter, []).append(one[len(letter) :])
    return "(?:" + "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in groups.items()) + ")"
