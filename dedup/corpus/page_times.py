"""When pages say that they were published: all that they say, best first.

    meta elements     article:published_time, og:published_time
    linked data       datePublished of a JSON-LD object that calls itself an article
    elements          itemprop="datePublished", if neither they nor what is around them belongs to something else
    linked data       datePublished of a page
    meta elements     publish_date, dc.date, date...
    elements          <time> with a class like "published" or "entry-date", likewise
    other scripts     "datePublished": "...", in linked data that is broken too

Several are said where one cannot be read (a day of the Hijri calendar, a template that was never filled), so the caller
takes the first that :mod:`dedup.corpus.dates` understands. Videos, comments of readers, other articles and what stands
in a comment of the markup have times of their own, which are not the article's.

Limit: of several articles in linked data outside of any list the first is believed.
Cost: one look over the tree of the page, which is parsed anyway: 0.9 ms for 30 kB with 150 elements that say a time, 20
for 500 kB with 2,500.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

from dedup.corpus.json_values import as_string, sound
from dedup.corpus.page_parts import Surroundings, linked, other_scripts

_BEST = ("article:published_time", "og:published_time", "datepublished")
_OTHERS = (
    "date_published", "publish_date", "publication_date", "pubdate", "dc.date.issued", "dcterms.issued", "dc.date",
    "date",
)  # fmt: skip
"""Names under which pages declare when they were published, best first."""
_DECLARING = "//*[self::meta or self::time or @itemprop='datePublished']"
"""In one path: several joined by ``|`` cost the square of what they find, 1.9 s instead of 0.2 for 15,000."""
_PAGE = re.compile(r"(?:WebPage|ItemPage)$")
_NO_ARTICLE = re.compile(r"(?:Object|Comment|Review)s?$")
"""Types of microdata with times of their own: VideoObject, UserComments."""
_PUBLISHED = re.compile(r"(?:^|[\s_-])(?:published|pubdate|(?:entry|post|publish)-?date)(?:$|[\s_-])", re.IGNORECASE)
"""Classes of time elements, as WordPress and others have them."""
_MODIFIED = re.compile(r"^(?!.*(?:^|[\s_-])published).*(?:updated|modified)", re.IGNORECASE)
"""Classes of those that tell of a change, and not of publication as well."""
_IN_SCRIPT = re.compile(r'"datePublished"\s*:\s*"((?:[^"\\]|\\.){4,120})"')


def times_of(tree: Any) -> Iterator[str]:
    """What a parsed page (an lxml element) says of its time of publication, best first."""
    said: dict[str, list[str]] = {name: [] for name in (*_BEST, "element", *_OTHERS, "time")}
    surroundings = Surroundings(tree)
    for element in tree.xpath(_DECLARING):
        value = element.get("content") or element.get("datetime")
        name = _name(element) if value else None
        if name in said and (_is_declared(element) or _is_the_article_s(element, surroundings)):
            said[name].append(html.unescape(value))
    yield from chain.from_iterable(said[name] for name in _BEST)
    yield from _linked(linked(tree))
    yield from said["element"]
    yield from _linked(linked(tree, _PAGE))
    yield from chain.from_iterable(said[name] for name in (*_OTHERS, "time"))
    yield from chain.from_iterable(map(_in_script, other_scripts(tree)))


def drop_others(tree: Any) -> None:
    """Take the times out of a parsed page that belong to comments, margins and other articles, for whoever would guess
    by any of them."""
    times = list(tree.iter("time"))
    if not times:
        return
    surroundings = Surroundings(tree)
    articles = [one for one in tree.iter("article") if surroundings.are_the_article_s(one)]
    longest = max(articles, key=lambda one: len(one.text_content()), default=None)
    for element in [one for one in times if not _is_of(one, longest, surroundings)]:
        element.attrib.clear()
        element.text = None
        for inner in list(element):
            element.remove(inner)


def _is_of(element: Any, story: Any, surroundings: Surroundings) -> bool:
    """Whether a time is the article's: it stands in its ``footer``, or in nothing else than the page and the
    ``story``."""
    around = list(element.iterancestors())
    if story in around:
        last = next((n for n, one in enumerate(around) if one.tag == "footer"), None)
        return _is_the_article_s(
            element if last is None or last > around.index(story) else around[last + 1], surroundings
        )
    return all(one.tag != "article" for one in around) and _is_the_article_s(element, surroundings)


def _name(element: Any) -> str | None:
    """Under which name an element says a time, if it says one."""
    if _is_declared(element):
        return str(element.get("property") or element.get("name") or element.get("itemprop")).lower()
    name = (element.get("itemprop") or "").lower()
    if name == "datepublished":
        return "element"
    called = element.get("class", "")
    dated = element.tag == "time" and (
        element.get("pubdate") is not None or (_PUBLISHED.search(called) and not _MODIFIED.search(called))
    )
    return "time" if dated else name


def _is_declared(element: Any) -> bool:
    """Whether an element speaks of the page: it has a name, or stands in its head."""
    if element.tag != "meta":
        return False
    parent = element.getparent()
    named = element.get("property") or element.get("name")
    return bool(named or (parent is not None and parent.tag == "head" and element.get("itemprop")))


def _is_the_article_s(element: Any, surroundings: Surroundings) -> bool:
    """Whether an element of the body speaks of the article."""
    types = (around.get("itemtype") for around in element.iterancestors())
    if _NO_ARTICLE.search(next(filter(None, types), "")):
        return False
    return surroundings.are_the_article_s(element.getparent() if element.tag == "meta" else element)


def _linked(objects: Iterator[dict[str, Any]]) -> Iterator[str]:
    """The times of publication in linked data."""
    for one in objects:
        value = as_string(one.get("datePublished"))
        if value:
            yield html.unescape(value)


def _in_script(text: str) -> Iterator[str]:
    """The first time of publication in a script that is not taken apart."""
    found = _IN_SCRIPT.search(text)
    if found:
        try:
            yield sound(json.loads(f'"{found[1]}"', strict=False))
        except ValueError:
            yield found[1]
