"""Bylines of pages: who wrote the article, as the page says it, whole.

In the Arabic press a byline is often a place and an agency ("Amman - Petra", "the paper - agencies"), and the agency is
what matters here. Tools that look for a person's name cut it at the dash, or drop what is no name. So four places are
asked in turn, and the first that says something is believed:

    an element of the page    class or itemprop says author, byline, writer...; rel="author"
    linked data               the "author" of a JSON-LD object: a name, an object with a name, or a list of them
    a meta element            author, article:author, dc.creator...
    a line                    text in no element of its own, between the headline and the date

What readers see comes first: linked data and meta elements often name whoever put the page into the system. An element
counts when it has at most :data:`WORDS` words and no clock time, is no address, and does not stand in a comment, a
footer or a list of other articles. Of a box that presents the writer the name alone counts: its heading, or the link it
begins with. Where more than :data:`SEVERAL` of them differ they are cards of writers, and none is the article's.

What belongs to the article is known by :mod:`dedup.corpus.page_parts`; of linked data only what calls itself one
counts. A label ("by:") or a user of the system ("admin") alone is nobody, wherever it stands.

Limits: where markup changes within a word, as for a first letter in another colour, a space comes into it. And a box
that is called an author's and shows a section ("features") is believed, and so is a section that is such a line.

Cost: one look for elements over the tree of the page, which is parsed anyway: 0.1 ms for a page of 30 kB, 0.8 for 70 kB
and 4 for 500 kB, on 12 pages 2 per cent of reading them; 20,000 elements that are called an author, each by a class of
its own, take 0.1 s.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from dedup.corpus.dates import parse
from dedup.corpus.json_values import as_string
from dedup.corpus.page_parts import Surroundings, linked

WORDS = 8
"""Words of more than one letter in the longest byline: two writers, a place and an agency. Longer is a box about the
writer; set by hand."""

BOX_WORDS = 80
"""Words of the longest box about a writer; what is longer holds other things as well. Set by hand."""

SEVERAL = 2
"""Different bylines that one article may show, as above and below it; set by hand."""

HEADLINE_WORDS = 3
"""Words of the shortest headline that is told by the page's title: fewer may be the name of the site or of a section;
set by hand."""

_LETTERS = 200
"""Letters, with blanks, under which a line is looked at."""
_TITLES = "//head/title/text() | //meta[@property='og:title']/@content"
_CALLED = "//@rel[.='author']/.. | //@itemprop[.='author']/.."
_NAMED = re.compile(
    r"(?:^|[\s_-]|[a-z](?=[A-Z]))(?:[Aa]uthor|[Bb]y[Ll]ine|[Ww]riter|[Rr]eporter)s?(?:$|[\s_-]|[Nn]ame|(?<=[a-z])[A-Z])"
)
"""Classes of elements that hold a byline: ``author``, ``post-author``, ``author_name``, ``articleAuthor``."""
_META = ("author", "article:author", "dc.creator", "dcterms.creator", "sailthru.author", "parsely-author", "byl")
"""Names of meta elements that hold a byline, best first."""
_NO_BYLINE = re.compile(r"^\W*\d|://|^www\.|@\w+\.\w|\d:\d\d|^\W*$")
"""A date, an address, a clock time, or signs alone."""
_NOBODY = frozenset({
    "admin", "administrator", "administrateur", "editor", "root", "user", "webmaster", "guest", "author", "by",
    "source", "writer", "written by", "posted by", "بقلم", "الكاتب", "الكاتبة", "اسم الكاتب", "كاتب", "كتب", "كتبت",
    "كتبه", "كتبها", "المحرر", "محرر", "تحرير", "المصدر", "مصدر", "بواسطة", "نشر بواسطة", "من", "إعداد", "اعداد",
    "المؤلف", "الناشر", "المزيد للكاتب", "الإدارة", "الادارة", "المدير", "مدير الموقع", "إدارة الموقع", "ادارة الموقع",
    "مشرف", "المشرف", "الاسم",
})  # fmt: skip
"""Labels and users of systems: what is left when one of them stands alone names nobody."""
_OPENING, _CLOSING = frozenset("([«"), frozenset(")]»،؛,;.:")
"""Signs that keep their word close when the texts of two elements are put together."""
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_SILENT = ("script", "style", "template")
"""Elements whose text readers do not see."""


def byline_of(tree: Any) -> str | None:
    """The byline of a parsed page (an lxml element), or None."""
    shown = dict.fromkeys(_shown(tree))
    if 0 < len(shown) <= SEVERAL:
        return next(iter(shown))
    return next((found for found in chain(_linked(tree), _declared(tree), _between(tree)) if found), None)


def whole(written: str | None) -> str | None:
    """A byline in one line, or None if it cannot be one, or names nobody."""
    words = (written or "").split()
    line = " ".join(words)
    many = sum(len(word) > 1 for word in words) > WORDS or len(words) > 2 * WORDS
    if not line or many or _NO_BYLINE.search(line):
        return None
    return None if line.strip(" :-/|()[]«».،\N{EN DASH}\N{EM DASH}").casefold() in _NOBODY else line


def _shown(tree: Any) -> Iterator[str]:
    """What the elements that readers see say, in order; of nested ones the outermost that is short enough."""
    taken: set[Any] = set()
    surroundings = Surroundings(tree)
    elements = _elements(tree)
    called = set(elements)
    for element in elements:
        if any(above in taken for above in element.iterancestors()) or not surroundings.are_the_article_s(element):
            continue
        said = _name_in_box(element, called) or whole(_text(element))
        if said is not None:
            taken.add(element)
            yield said


def _name_in_box(element: Any, called: set[Any]) -> str | None:
    """The name in a box about the writer: one with a heading and a paragraph, or with too many words for a byline and
    no element in it that is called one itself."""
    text = _text(element, BOX_WORDS)
    if len(text.split()) > BOX_WORDS:
        return None
    headings = list(element.iter(*_HEADINGS))
    about = headings and element.find(".//p") is not None
    if not about and (whole(text) is not None or any(inner in called for inner in element.iterdescendants())):
        return None
    links = (link for link in element.iter("a") if text.startswith(_text(link).strip()))
    return next(filter(None, (whole(_text(one)) for one in (*headings, *links))), None)


def _elements(tree: Any) -> list[Any]:
    """The elements that are called a byline, in order. The distinct classes are looked at first: where none is called
    so no element is asked. One path with all that are called so would break where they are some thousands."""
    names = {name for name in set(tree.xpath("//@class", smart_strings=False)) if _NAMED.search(name)}
    called: list[Any] = tree.xpath(_CALLED)
    if not names:
        return called
    others = set(called)
    return [element for element in tree.iter("*") if element.get("class") in names or element in others]


def _text(element: Any, most: int = 2 * WORDS) -> str:
    """The text of an element as readers see it, with a space where another element begins or ends: such are often boxes
    of their own. Nothing is read behind ``most`` words (of one letter or sign a byline may have some more), so
    to ask large elements costs little."""
    text, words = "", 0
    for piece in _pieces(element):
        inside = piece.strip()
        if not inside:
            text += piece[:1]
            continue
        close = not text or text[-1] in _OPENING or inside[0] in _CLOSING
        text += piece if close else f" {piece}"
        words += len(piece.split())
        if words > most:
            break
    return text


def _pieces(element: Any) -> Iterator[str]:
    if element.tag in _SILENT or not isinstance(element.tag, str):
        return
    yield element.text or ""
    for inner in element:
        yield from _pieces(inner)
        yield inner.tail or ""


def _linked(tree: Any) -> Iterator[str | None]:
    """The authors of articles in linked data, in order."""
    for article in linked(tree):
        if "author" in article:
            yield whole(as_string(article["author"]))


def _declared(tree: Any) -> Iterator[str | None]:
    """What meta elements say, best first."""
    said: dict[str, str | None] = {}
    for element in tree.iter("meta"):
        name = (element.get("name") or element.get("property") or element.get("itemprop") or "").lower()
        if name in _META:
            said[name] = said.get(name) or whole(element.get("content"))
    yield from (said.get(name) for name in _META)


def _between(tree: Any) -> Iterator[str | None]:
    """Lines in no element of their own, between a headline that the title of the page holds and a date."""
    titles = [" ".join(title.split()) for title in tree.xpath(_TITLES)]
    texts = tree.xpath("//body//text()")
    lines = [text for text in texts if text.strip() and (text.is_tail or text.getparent().tag not in _SILENT)]
    for above, line, below in zip(lines, lines[1:], lines[2:], strict=False):
        if line.is_tail and len(line) <= _LETTERS and len(below) <= _LETTERS:
            headline = " ".join(above.split())
            if headline.count(" ") + 1 >= HEADLINE_WORDS and any(headline in title for title in titles):
                yield whole(line) if parse(below) else None
