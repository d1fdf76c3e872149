"""Short pages: the paragraphs of a story of a few sentences, without what stands around them.

trafilatura gives a page up whose story is short, and takes the text of the whole article element, or of the page:
headline, buttons, tags and the box about the author in one line with the story. Two stories of two sentences then have
more of that in common than not. So a short text is looked at again, by the structure of the page alone.

The page is split into runs: text between two block elements or line breaks. What is a menu, a comment, a button, a
headline or a list by its tag, role or place (:mod:`dedup.corpus.page_parts`) has none, and one that is mostly links is
none of the story's. Runs of some words are prose. The story is the runs of one element:

    an element called a body     ``itemprop="articleBody"``, or a class or id such as ``entry-content``: the one with
                                 most prose, of those within each other the innermost
    else in the article or main  the element in which most prose stands; what stands one level deeper counts half, and
    element, else in the body    boxes of one class beside each other are parts of one story; short lines at its ends
                                 that are no paragraphs go

trafilatura's text stays where there is no such element, where the story is long, where its text has not got the
story, and where more sentences would be lost than kept: a story may be set in other ways than these. Where it has
kept the paragraphs in lines of their own none may be lost.

Limit: a comment that no tag, class or id tells from a paragraph beside it is kept with it. Cost: pages of up to
:data:`LOOKED_AT` letters of text are parsed once more: 0.5 ms for a page of 3 kB, 5 for 70 kB, 20 for 500 kB.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from dedup.corpus.page_parts import Surroundings

STORY = 600
"""Letters of the longest story that is taken: four sentences. Longer ones trafilatura finds; set by hand."""
LOOKED_AT = 2500
"""Letters of the longest text of trafilatura's that is looked at again: a story, menus and some comments."""
_WORDS = 7
"""Words of a run that is prose; bylines, dates and counts of readers have fewer."""
_SENTENCE_WORDS = 4
"""Words of one that ends with a full stop."""

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "div", "dl", "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
    "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th",
    "thead", "tr", "ul",
})  # fmt: skip
_NO_TEXT = frozenset({
    "h1", "button", "label", "select", "option", "textarea", "input", "figcaption", "script", "style",
    "noscript", "iframe", "template", "object",
})  # fmt: skip
_ROLES = frozenset({
    "alert", "alertdialog", "banner", "button", "complementary", "contentinfo", "dialog", "form", "menu",
    "navigation", "search", "toolbar",
})  # fmt: skip
_RELATIONS = frozenset({"author", "tag"})
_BODY = re.compile(
    r"(?:^|[\s_-])(?:entry|post|article|story|news)[_-]?(?:content|body|text)(?:$|\s)|(?:^|\s)articleBody(?:$|\s)",
    re.IGNORECASE,
)
"""Classes and ids of the element that holds a story."""
_SENTENCE = re.compile(r"[.!?؟…][\"'»”)\]]*$")


class _Run(NamedTuple):
    text: str
    block: Any
    """The innermost block element around it."""

    @property
    def prose(self) -> int:
        """Its letters, if it is prose; those of a sentence with its full stop count twice."""
        words, sentence = len(self.text.split()), bool(_SENTENCE.search(self.text))
        return len(self.text) * (1 + sentence) if words >= (_SENTENCE_WORDS if sentence else _WORDS) else 0

    @property
    def holder(self) -> Any:
        """The element that it stands in; a paragraph is the run itself."""
        return self.block.getparent() if self.block.tag == "p" else self.block


def story_of(tree: Any, found: str) -> str:
    """The text of a page (an lxml element): its story if that is short and in what was found, else what was found."""
    runs = list(_runs(tree))
    story = _story(tree, runs)
    length, whole = sum(len(run.text) for run in story), _joined(found)
    if (
        whole == "".join(_joined(run.text) for run in story)
        or not 0 < length <= STORY
        or not all(_joined(run.text) in whole for run in story if run.prose)
    ):
        return found
    texts = {run.text for run in story}
    beside = {run.text for run in runs if run.prose and _SENTENCE.search(run.text)} - texts
    lost = sum(len(text) for text in beside if _joined(text) in whole)
    lines = set(map(_joined, found.split("\n")))
    apart = all(_joined(run.text) in lines for run in story)
    return found if lost > (0 if apart else length) else "\n".join(run.text for run in story)


def _joined(text: str) -> str:
    return "".join(text.split())


def _shown(sign: str) -> bool:
    """Whether trafilatura keeps a sign in a text."""
    return sign.isprintable() or sign.isspace()


def _runs(tree: Any) -> Iterator[_Run]:
    """The runs of a page that are not mostly links, in order."""
    from lxml import etree  # comes with trafilatura, without which no page is read

    surroundings = Surroundings(tree)
    blocks, pieces, linked, links = [tree], [""], 0, 0
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        starts, is_block = event == "start", element.tag in _BLOCKS
        if is_block:
            text = " ".join("".join(filter(_shown, "".join(pieces))).split())
            if text and 2 * linked <= len(text):
                yield _Run(text, blocks[-1])
            pieces, linked = [], 0
        if starts and _left_out(element, surroundings):
            walk.skip_subtree()
            written = " "
        else:
            written = element.text if starts else element.tail
        if is_block:
            if starts:
                blocks.append(element)
            else:
                blocks.pop()
        if element.tag == "a":
            links += 1 if starts else -1
        pieces.append(written or "")
        linked += len((written or "").strip()) if links else 0


def _left_out(element: Any, surroundings: Surroundings) -> bool:
    """Whether nothing in an element is the story's."""
    return (
        element.tag in _NO_TEXT
        or element.get("role") in _ROLES
        or not _RELATIONS.isdisjoint(element.get("rel", "").split())
        or element.get("hidden") is not None
        or not surroundings.are_the_article_s(element)
    )


def _story(tree: Any, runs: list[_Run]) -> list[_Run]:
    """The runs of the element that holds the story; none if there is no prose."""
    prose = [run for run in runs if run.prose]
    holds: Counter[Any] = Counter()
    for run in prose:
        holds.update(dict.fromkeys((run.block, *run.block.iterancestors()), run.prose))
    called = [one for one in holds if one.tag != "body" and _is_a_body(one)]
    if called:
        story = max(called, key=lambda one: (holds[one], sum(1 for _ in one.iterancestors())))
        return [run for run in runs if _within(run, story)]
    for path in (".//article", ".//main | .//*[@role='main']", ".//body", "."):
        scope = max((one for one in tree.xpath(path) if one in holds), key=holds.__getitem__, default=None)
        if scope is not None:
            return _densest(scope, runs)
    return []


def _densest(scope: Any, runs: list[_Run]) -> list[_Run]:
    """The runs of the element in a scope in which most prose stands, without short lines at its ends."""
    weights: Counter[Any] = Counter()
    for run in runs:
        if run.prose and _within(run, scope):
            weights[run.holder] += 2 * run.prose
            if run.holder is not scope:
                weights[run.holder.getparent()] += run.prose
    best = max(weights.values())
    story = next(one for one in scope.iter() if weights[one] == best)
    if story is not scope and any(weights[one] and _alike(one, story) for one in story.getparent() if one is not story):
        story = story.getparent()
    inside = [run for run in runs if _within(run, story)]
    ends = [at for at, run in enumerate(inside) if run.prose or run.block.tag == "p" or _SENTENCE.search(run.text)]
    ends = [at for at in ends if inside[at].holder is story] or ends
    return inside[ends[0] : ends[-1] + 1]


def _alike(one: Any, other: Any) -> bool:
    """Whether two boxes beside each other may be parts of one story."""
    return bool(one.tag == other.tag == "div" and one.get("class") == other.get("class"))


def _is_a_body(element: Any) -> bool:
    called = f"{element.get('class', '')} {element.get('id', '')}"
    return element.get("itemprop") == "articleBody" or bool(_BODY.search(called))


def _within(run: _Run, element: Any) -> bool:
    return run.block is element or any(around is element for around in run.block.iterancestors())
