"""Pages: the article inside an HTML file, its title, its day and its outlet.

trafilatura finds the article text (paragraphs become lines) and most of the metadata. Five things are done here:

* The text of a short page, which trafilatura takes with the furniture around it (:mod:`dedup.corpus.short_pages`).
* The time. trafilatura gives a day, and where a page does not state one it guesses from whatever looks like a date. So
  what the page itself says of its time of publication (:mod:`dedup.corpus.page_times`) is read first, to the minute;
  trafilatura's day is the second choice, without its extensive search, nor by the times of comments and other articles.
* The letters. A page's own ``charset`` is often wrong: pages in windows-1256 are served as iso-8859-1, and a page that
  was moved to UTF-8 keeps the name of its old code page. So UTF-8 is UTF-8, with a few broken bytes too; what is
  plausible Arabic in an old Arabic code page is read in that, whatever it is called. Only then is the declared charset
  believed, if it is one of the web's, and nothing is believed that makes no text of the bytes.
* The byline, which is taken whole (:mod:`dedup.corpus.bylines`); trafilatura's author is the second choice. Where the
  look for it fails the page is read without it.
* The title, and the name of the site, which trafilatura takes for each other where the title element holds both
  (:mod:`dedup.corpus.page_titles`).

The outlet is the known outlet of the page's address, else the name of the site, else the address's host. When the first
line of the text is the title it is treated as in a text file: part of the text, before ``body_start``.
"""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from dedup.corpus.bylines import byline_of, whole
from dedup.corpus.dates import parse
from dedup.corpus.encodings import (
    PLAUSIBLE_BITS,
    bits,
    broken_note,
    code_page,
    decode,
    encoding_note,
    few_broken,
    in_a_row,
    latin,
    marked,
    refuse_binary,
)
from dedup.corpus.fields import OWN
from dedup.corpus.outlets import Outlets, host
from dedup.corpus.page_times import drop_others, times_of
from dedup.corpus.page_titles import Titled, titled
from dedup.corpus.short_pages import LOOKED_AT, story_of
from dedup.corpus.streams import Unreadable

T = TypeVar("T")
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_ARABIC = frozenset({"cp1256", "iso8859-6"})
_LATIN = frozenset({"cp1250", "cp1252", "cp1254", "cp1257", "mac-roman"} | {
    f"iso8859-{part}" for part in (1, 2, 3, 4, 9, 10, 13, 14, 15, 16)
})  # fmt: skip
_OTHERS = frozenset({
    "cp866", "koi8-r", "koi8-u", "cp1251", "cp1253", "cp1255", "cp1258", "tis-620",
    "gbk", "gb2312", "gb18030", "big5", "big5hkscs", "euc_jp", "shift_jis", "cp932", "euc_kr",
} | {f"iso8859-{part}" for part in (5, 7, 8, 11)})  # fmt: skip
"""Python's names of the charsets that browsers know (encoding.spec.whatwg.org, 4.2). Python knows some that are no
charset of any page, and of these a few raise what decoding should not (``undefined``, ``idna``)."""
_SHOWN_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""What browsers take for another."""


FEW_LETTERS = 200
"""Letters beyond ASCII under which a page is believed which of the two Arabic code pages it is in: of 52 lines of up to
seven words two are taken for the other."""


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
    found, byline, times = _extracted(markup, address)
    text = (found.text or "").strip() if found is not None else ""
    if not text:
        raise Unreadable("no article text was found in the page")
    url = address or found.url
    title = found.title
    row = {
        OWN + "text": text,
        OWN + "title": title,
        OWN + "published": _published(times, found.date),
        OWN + "outlet": _outlet(url, found.sitename, outlets),
        OWN + "byline": byline or whole(found.author),
        OWN + "url": url,
    }
    return Page(row, _body_start(text, title), note)


def _letters(data: bytes) -> tuple[str, str | None]:
    """The markup as text, and a note where it is not UTF-8."""
    if data.startswith(codecs.BOM_UTF8) or marked(data):
        return decode(data)
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError:
        refuse_binary(data)
    text = data.decode("utf-8", "replace")
    if few_broken(text, allowed=0):
        return text, broken_note(text)
    name, written = _declared_charset(data)
    found = code_page(data)
    if found is not None and name in _ARABIC and _little_against(data, name):
        found = name
    if found is not None:
        believed = name is not None and codecs.lookup(found).name == name
        return data.decode(found, "replace"), f"{encoding_note(found)}{_believed(written, believed)}"
    if name is not None:
        text = data.decode(name, "replace")
        if few_broken(text) and _makes_sense(text, name):
            return text, f"read as {written}{_believed(written, True)}"
    return decode(data)


def _little_against(data: bytes, name: str) -> bool:
    """Whether a declared Arabic code page makes plausible Arabic of a page, or there are too few letters to tell."""
    text = data.decode(name, "replace")
    few = sum(sign > "\x7f" for sign in text[: 100 * FEW_LETTERS]) < FEW_LETTERS
    return few_broken(text) and (few or bits(in_a_row(text)) <= PLAUSIBLE_BITS)


def _declared_charset(data: bytes) -> tuple[str | None, str | None]:
    """Python's name of the charset that a page declares, if it is one of the web's, and what the page calls it."""
    declared = _CHARSET.search(data[:4096])
    if declared is None:
        return None, None
    written = declared[1].decode("ascii").lower()
    try:
        name = codecs.lookup(written).name
    except LookupError:
        return None, written
    name = _SHOWN_AS.get(name, name)
    return name if name in _ARABIC | _LATIN | _OTHERS else None, written


def _believed(written: str | None, believed: bool) -> str:
    if written is None:
        return ""
    return ", as the page declares" if believed else f", though the page declares {written}"


def _makes_sense(text: str, name: str) -> bool:
    """Whether what a single-byte charset makes of bytes can be text: such a charset refuses hardly any byte."""
    return name in _OTHERS or latin(text) or (name in _ARABIC and bits(in_a_row(text)) <= PLAUSIBLE_BITS)


def _extracted(markup: str, address: str | None) -> tuple[Any, str | None, list[str]]:
    """What trafilatura finds, and byline and times, which are looked for before: it may take the tree apart."""
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
            return None, None, []
        byline: str | None = _looked_for(byline_of, tree, None)
        times: list[str] = _looked_for(lambda tree: list(times_of(tree)), tree, [])
        parts: Titled = _looked_for(titled, tree, Titled())
        _looked_for(drop_others, tree, None)
        found: Any = trafilatura.bare_extraction(
            tree,
            url=address,
            include_comments=False,
            with_metadata=True,
            date_extraction_params={"extensive_search": False, "original_date": True},
        )
        if found is None:
            return None, byline, times
        found.title = parts.title(" ".join((found.title or "").split()) or None)
        found.sitename = parts.site(found.sitename)
        if 0 < len(text := found.text or "") <= LOOKED_AT:
            start = _body_start(text, found.title)
            found.text = text[:start] + _looked_for(
                lambda tree: story_of(tree, text[start:]), load_html(markup), text[start:]
            )
        return found, byline, times
    except Exception as error:  # whatever a parser of wild markup comes upon, it is this page's fault alone
        raise Unreadable(f"the page could not be taken apart ({type(error).__name__})") from None


def _looked_for(look: Callable[[Any], T], tree: Any, otherwise: T) -> T:
    """What a look at a page finds: one without byline or time is still an article."""
    try:
        return look(tree)
    except Exception:  # what wild markup does to this look must not cost the page
        return otherwise


def _published(said: list[str], guessed: str | None) -> str | None:
    """The first time that can be read of those that a page says, else trafilatura's day; or what cannot be read."""
    return next(filter(parse, said), None) or guessed or next(iter(said), None)


def _outlet(url: str | None, site: str | None, outlets: Outlets) -> str | None:
    named = outlets.of_address(url) if url else None
    if named is not None and url is not None and named != host(url):
        return named
    return site or named


def _body_start(text: str, title: str | None) -> int:
    """End of the first line when it is the title."""
    line, broken, _ = text.partition("\n")
    return len(line) + 1 if broken and title and " ".join(line.split()) == title else 0
