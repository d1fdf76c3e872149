"""The parts of a page's title element: the headline, and the name of the site before or behind it.

``<title>`` often holds both, with a bar, a colon or a dash between them, and either may come first. Which is which the
page itself says:

    the name of the site     a part that a meta element gives as such (og:site_name)
    the headline             the longest other part that the page prints by itself, in no link: the name of the site is
                             a picture or a link to the front page, and a headline with such a sign in it is printed as
                             a whole; else what is left beside the name of the site

A title that was found and is printed is believed.

Limit: of a page that has neither the headline is not known. Cost: one look at all elements, 0.1 ms for a page of 30 kB.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

_BETWEEN = re.compile(r"\s+[|:\N{EN DASH}\N{EM DASH}\N{BULLET}\N{MIDDLE DOT}«»‹›<>*~-]\s+")
_OF_SITES = re.compile(r"site|publisher|application-name", re.IGNORECASE)
"""Names of meta elements that hold the name of the site."""


class Titled(NamedTuple):
    """What a title element holds: the whole and what is on either side of a sign, those of them that the page prints,
    the likely headline, and what the page calls its site."""

    parts: frozenset[str] = frozenset()
    printed: frozenset[str] = frozenset()
    headline: str | None = None
    sites: frozenset[str] = frozenset()

    def title(self, found: str | None) -> str | None:
        """The title that was found, but the headline where that is a part of the title element and not printed."""
        return self.headline if self.headline and found in self.parts - self.printed else found

    def site(self, found: str | None) -> str | None:
        """The name that was found for the site, but none where that is the headline, or may be: words of the title
        element with a full stop in them, which trafilatura takes for an address; the page does not call its site so."""
        doubtful = found is not None and "." in found and len(found.split()) > 1 and found in self.parts - self.sites
        return None if doubtful or found == self.headline else found


def titled(tree: Any) -> Titled:
    """What the title element of a parsed page (an lxml element) holds."""
    element = tree.find(".//head/title")
    whole = _line(element.text_content()) if element is not None else ""
    sides = [(whole[: sign.start()], whole[sign.end() :]) for sign in _BETWEEN.finditer(whole)]
    if not sides:
        return Titled()
    parts = frozenset({whole, *(part for pair in sides for part in pair)})
    sites = frozenset(_line(meta.get("content")) for meta in tree.iter("meta") if _OF_SITES.search(_called(meta)))
    printed = frozenset(_printed(tree, parts - sites))
    left = [rest for one, two in sides for site, rest in ((one, two), (two, one)) if site in sites]
    return Titled(parts, printed, max(printed or left, key=len, default=None), sites)


def _printed(tree: Any, parts: frozenset[str]) -> Iterator[str]:
    """The parts that an element in no link prints, by itself or before another element."""
    for element in tree.iterfind(".//body//*"):
        text = _line(element.text)
        if (
            text in parts
            and element.tag not in ("a", "script", "style")
            and next(element.iterancestors("a"), None) is None
        ):
            yield text


def _called(meta: Any) -> str:
    return str(meta.get("property") or meta.get("name") or "")


def _line(text: str | None) -> str:
    return " ".join((text or "").split())
