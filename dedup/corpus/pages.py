"""Pages: the article inside an HTML file, its title, its day and its outlet.

trafilatura finds the article text (paragraphs become lines) and most of the metadata. Three things are done here:

* The time. trafilatura gives a day, and where a page does not state one it guesses from whatever looks like a date. So
  what the page itself declares as its time of publication (``article:published_time``, ``datePublished``, ...) is read
  first, to the minute; trafilatura's day is the second choice, without its extensive search.
* The letters. A page's own ``charset`` is often wrong, so valid UTF-8 is UTF-8; else the declared code page, if the
  bytes make sense in it, else the one :mod:`dedup.corpus.encodings` finds.
* The byline, which is taken whole (:mod:`dedup.corpus.bylines`); trafilatura's author is the second choice. Where the
  look for it fails the page is read without it.

The outlet is the known outlet of the page's address, else the name of the site, else the address's host. When the first
line of the text is the title it is treated as in a text file: part of the text, before ``body_start``.
"""

from __future__ import annotations

import codecs
import html
import logging
import re
from typing import Any, NamedTuple

from dedup.corpus.bylines import byline_of, whole
from dedup.corpus.encodings import decode, refuse_binary
from dedup.corpus.fields import OWN
from dedup.corpus.outlets import Outlets, host
from dedup.corpus.streams import Unreadable

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_META = re.compile(r"<(?:meta|time)\b[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:.\-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_LINKED_DATA = re.compile(r'"datePublished"\s*:\s*"([^"]{4,60})"')
_TIMES = (
    "article:published_time", "og:published_time", "datepublished", "date_published", "publish_date",
    "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date", "date",
)  # fmt: skip
"""Names under which pages declare when they were published, best first."""


class Page(NamedTuple):
    """The strings of a page's article as a reader's own columns, where its body starts, and what is worth a notice."""

    row: dict[str, str | None]
    start: int
    note: str | None


def read_page(data: bytes, outlets: Outlets, address: str | None = None) -> Page:
    """The article in a page; ``address`` where the page came with one. Raises Unreadable."""
    if not data.strip():
        raise Unreadable("the file is empty")
    markup, note = _letters(data)
    found, byline = _extracted(markup, address)
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        raise Unreadable("no article text was found in the page")
    url = address or found.url
    title = " ".join((found.title or "").split()) or None
    row = {
        OWN + "text": text,
        OWN + "title": title,
        OWN + "published": declared_time(markup) or found.date,
        OWN + "outlet": _outlet(url, found.sitename, outlets),
        OWN + "byline": byline or whole(found.author),
        OWN + "url": url,
    }
    return Page(row, _body_start(text, title), note)


def _letters(data: bytes) -> tuple[str, str | None]:
    """The markup as text, and a note where it is not UTF-8."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        refuse_binary(data)
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        if codecs.lookup(name).name != "utf-8":
            return data.decode(name), f"read as {name}, as the page declares"
    except (LookupError, UnicodeDecodeError):
        pass
    return decode(data)


def _extracted(markup: str, address: str | None) -> tuple[Any, str | None]:
    """What trafilatura finds, and the byline, which is looked for before: it may take the tree apart."""
    try:
        import trafilatura
        from trafilatura.utils import load_html
    except ImportError:
        raise Unreadable("reading pages needs trafilatura: pip install trafilatura") from None
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        tree = load_html(markup)
        if tree is None:
            return None, None
        byline = _byline(tree)
        found = trafilatura.bare_extraction(
            tree,
            url=address,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        return found, byline
    except Exception as error:  # whatever a parser of wild markup comes upon, it is this page's fault alone
        raise Unreadable(f"the page could not be taken apart ({type(error).__name__})") from None


def _byline(tree: Any) -> str | None:
    """The byline, or None where looking for it fails: an article without one is still an article."""
    try:
        return byline_of(tree)
    except Exception:  # what wild markup does to this look must not cost the page
        return None


def declared_time(markup: str) -> str | None:
    """When the page says it was published, as it writes it."""
    said: dict[str, str] = {}
    for tag in _META.findall(markup):
        held = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        name = (held.get("property") or held.get("name") or held.get("itemprop") or "").lower()
        value = held.get("content") or held.get("datetime")
        if name in _TIMES and value:
            said.setdefault(name, html.unescape(value))
    linked = _LINKED_DATA.search(markup)
    if linked:
        said.setdefault("datepublished", linked[1])
    return next((said[name] for name in _TIMES if name in said), None)


def _outlet(url: str | None, site: str | None, outlets: Outlets) -> str | None:
    named = outlets.of_address(url) if url else None
    if named is not None and url is not None and named != host(url):
        return named
    return site or named


def _body_start(text: str, title: str | None) -> int:
    """End of the first line when it is the title."""
    line, broken, _ = text.partition("\n")
    return len(line) + 1 if broken and title and " ".join(line.split()) == title else 0
