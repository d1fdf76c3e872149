"""Which parts of a page are its article's: elements by what is around them, linked data by its types.

Around an article stand boxes of other articles, comments and menus, and each has its own bylines and times. They are
known by their tags, classes and ids. What is around the headline or the story as well is no such box, whatever it is
called ("content-sidebar-wrap"). Linked data (JSON-LD) says itself what it speaks of; lists of other articles, comments
and what an article quotes lie under keys of their own.

Limit: a page whose only h1 is the name of the site and that has no article element is not told from the lists around
it. Cost: each element that is asked, and those around it, are asked once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import msgspec

STORY_LETTERS = 400
"""Letters of an article element that is the story and no card in a list: a headline and two lines have up to 300; set
by hand."""

_OTHERS = re.compile(
    r"(?:^|[\s_-])(?:comments?|respond|related|sidebar|footer|nav|menu|recommended|avatar|image|img|photo|bio|social"
    r"|share|follow|columnists?)(?:$|[\s_-])",
    re.IGNORECASE,
)
"""Classes and ids of what is no byline, and of what holds those of other articles."""
_TAGS = frozenset({"aside", "footer", "nav", "script", "style", "img", "svg", "head", "meta", "link"})
_HEADLINES = ("//h1[not(.//a) and not(ancestor::a)]", "//h1")
"""The headline, best first: the name of the site and the headlines of other articles are links."""
_TYPE = "application/ld+json"
_LINKED_DATA = f"//script[@type='{_TYPE}']"
_DEEP = 6
"""How deep articles lie in linked data: a list, a graph, a page's main entity."""
ARTICLE = re.compile(r"(?:Article|BlogPosting|(?:^|[/:])Report)$")
"""Types of linked data that are articles: those of schema.org that end so (NewsArticle, LiveBlogPosting); Report."""
_NOT_THE_ARTICLE = frozenset(
    [
        "comment",
        "comments",
        "review",
        "reviews",
        "itemListElement",
        "mentions",
        "citation",
        "isBasedOn",
        "relatedLink",
        "hasPart",
        "isPartOf",
    ]
)
"""Keys of linked data under which lie comments and other articles."""


class Surroundings:
    """Whether what is around an element belongs to the article or to something else; each element is asked once."""

    def __init__(self, tree: Any) -> None:
        self._tree = tree
        self._known: dict[Any, bool] = {}
        self._around: set[Any] | None = None

    def are_the_article_s(self, element: Any) -> bool:
        """Whether neither the element nor one around it belongs to something else than the article."""
        unknown = []
        while element is not None and element.tag not in ("body", "html") and element not in self._known:
            unknown.append(element)
            element = element.getparent()
        answer = self._known.get(element, True)
        for inner in reversed(unknown):
            answer = answer and (not _is_other(inner) or inner in self._around_the_article())
            self._known[inner] = answer
        return answer

    def _around_the_article(self) -> set[Any]:
        """The headline, the story and all elements around them."""
        if self._around is None:
            held: list[Any] = next((found[:1] for path in _HEADLINES if (found := self._tree.xpath(path))), [])
            stories = [(len(one.text_content()), one) for one in self._tree.iter("article") if not _is_other(one)]
            longest, story = max(stories, key=lambda one: one[0], default=(0, None))
            held = [*held, *([story] if longest >= STORY_LETTERS else [])]
            self._around = {around for one in held for around in (one, *one.iterancestors())}
        return self._around


def _is_other(element: Any) -> bool:
    """Whether an element looks like none of the article's."""
    return element.tag in _TAGS or bool(_OTHERS.search(f"{element.get('class', '')} {element.get('id', '')}"))


def linked(tree: Any, kind: re.Pattern[str] = ARTICLE) -> Iterator[dict[str, Any]]:
    """The objects in a page's linked data whose type is of a kind, in order."""
    for script in tree.xpath(_LINKED_DATA):
        yield from _objects(_value(script), kind, _DEEP)


def other_scripts(tree: Any) -> Iterator[str]:
    """The texts of a page's scripts, in order, but for linked data that could be taken apart."""
    for script in tree.iter("script"):
        if script.text and (script.get("type") != _TYPE or _value(script) is None):
            yield script.text


def _value(script: Any) -> Any:
    """The value of linked data, None where it cannot be taken apart."""
    try:
        return msgspec.json.decode((script.text or "").strip())
    except (msgspec.DecodeError, RecursionError):
        return None


def _objects(data: Any, kind: re.Pattern[str], deep: int) -> Iterator[dict[str, Any]]:
    """The objects of a kind in a value of linked data, in order."""
    if isinstance(data, dict):
        if _is_a(data.get("@type"), kind):
            yield data
        data = [value for key, value in data.items() if key not in _NOT_THE_ARTICLE]
    if isinstance(data, list) and deep:
        for value in data:
            yield from _objects(value, kind, deep - 1)


def _is_a(types: Any, kind: re.Pattern[str]) -> bool:
    """Whether a type of linked data, or one of several, is of a kind."""
    several = types if isinstance(types, list) else [types]
    return any(isinstance(one, str) and kind.search(one) for one in several)
