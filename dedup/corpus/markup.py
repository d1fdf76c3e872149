"""Markup left in a text: tags, entities, shortcodes, scripts and style sheets, which are no words.

Records of feeds and content systems hold their text as HTML, and a careless scraper leaves a page's code between its
paragraphs. As words of the text these would part copies ("p", "nbsp", "strong" stand in one and not in the other) and
join strangers (a poll's style sheet stands in all polls of a paper). So texts are folded and marked as a browser shows
them: :func:`readable` gives what is shown and where each of its signs stands in the text, so that whatever is found in
the one has its place in the other. What is quoted is the text as it stands.

    <br>, </p>, <li>, [caption id=1]   one new line, for all that stand together
    <b>, </a>, <img src="...">         nothing, so a word with a tag in it stays one word
    <script> ... </script>, <!-- -->   nothing, whatever stands inside
    &laquo;  &#8211;  &#1575;  &nbsp;  the sign itself; its place is the whole entity
    &lt;p&gt;                          the same as the tag that was escaped
    selector { color: red; }           a space: a style sheet without its tag
    function() { ... }; {"@type": }    a space: a script or linked data without its tag, as far as its brackets go

Only names of HTML's elements with attributes that look like some are tags, so "a < b" and "<urgent>" in Arabic stay. A
script begins with what begins nothing in prose (``var x =``, ``jQuery(``, ``window.x =``) and ends where its brackets
are closed and no statement follows; Arabic outside its quotation marks ends it earlier. A style sheet names a property
of CSS.

Cost: next to nothing for a text without one of the signs ``< & { [`` (:mod:`dedup.kernels.signs`); else
some microseconds to look, and 20 a kilobyte of markup. Limits: a sentence that quotes HTML is read without the
quotation; code in other shapes than these counts as words.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from dedup.kernels.signs import SIGNS, find_signs

_GONE, _HELD, _LINE = "\ufdd0", "\ufdd1", "\ufdd2"
"""Fill the place of what is not shown, and of a tag or an entity behind its sign; the end of a line that a tag makes.
(Unicode promises that no text has them.)"""
_LINES = re.compile(f"(?<![\\s{_GONE}{_HELD}])[\\s{_GONE}{_HELD}]*{_LINE}[\\s{_GONE}{_HELD}{_LINE}]*")
"""What a browser shows as one end of a line."""
_BLOCKS = (
    "address|article|aside|blockquote|body|br|button|caption|center|dd|dialog|div|dl|dt|fieldset|figcaption|figure|footer|"
    "form|h[1-6]|head|header|hgroup|hr|html|iframe|legend|li|main|marquee|menu|nav|ol|option|p|pre|section|select|table|"
    "tbody|td|template|tfoot|th|thead|title|tr|ul"
)
"""Elements that begin a line of their own."""
_INLINE = (
    "a|abbr|acronym|amp-ad|amp-img|applet|area|audio|b|base|bdi|bdo|big|cite|code|col|colgroup|data|del|details|dfn|em|"
    "embed|font|g|i|img|input|ins|kbd|label|link|map|mark|meta|nobr|noscript|object|param|path|picture|q|rp|rt|ruby|s|"
    "samp|script|small|source|span|strike|strong|style|sub|summary|sup|svg|textarea|time|track|tt|u|use|var|video|wbr|"
    r"xml|[a-z]\w{0,9}:[\w-]{1,30}"
)
"""The others, and those of other vocabularies (``o:p``, ``fb:like``)."""
_BARE_ATTRIBUTES = (
    "allowfullscreen|async|autoplay|checked|controls|defer|disabled|download|hidden|itemscope|loop|muted|novalidate|"
    "noshade|nowrap|open|playsinline|readonly|required|selected"
)


def _attributes(quote: str) -> str:
    """Attributes, each a name and a value; ``quote``: what stands for a quotation mark where they are escaped."""
    valued = (
        rf"""[\w:.@-]{{1,80}}\s{{0,9}}=\s{{0,9}}(?:"[^"<]{{0,2000}}"|'[^'<]{{0,2000}}'{quote}|[^\s"'<>&]{{1,2000}})"""
    )
    return rf"(?:\s{{1,99}}(?:{valued}|(?:{_BARE_ATTRIBUTES})\b)){{0,60}}\s{{0,99}}/?"


_ESCAPED_QUOTE = r"|&(?:amp;)?quot;(?:(?!&(?:amp;)?quot;)[^<>]){0,500}&(?:amp;)?quot;"
_MARKUP = re.compile(
    rf"""(?ai:
      <!\[CDATA\[ | \]\]> | <\?xml[^<>]{{0,200}}> | <!doctype[^<>]{{0,300}}> | <!\[(?:if[^\]<>]{{0,60}}|endif)\]>
    | </?(?:(?P<block>{_BLOCKS})|{_INLINE}){_attributes("")}>
    | &(?:amp;)?lt;/?(?:(?P<escaped>{_BLOCKS})|{_INLINE}){_attributes(_ESCAPED_QUOTE)}&(?:amp;)?gt;
    | &(?:amp;){{0,9}}(?P<entity>\#[0-9]{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,24}});
    | &(?P<bare>nbsp|quot|laquo|raquo|ldquo|rdquo|ndash|mdash|hellip|zwnj|rlm|lrm)(?![a-z0-9])
    )| (?P<shortcode>\[/?(?:adrotate|audio|caption|contact-form-7|embed|embedyt|gallery|gravityform|playlist|soundcloud|
       tweet|video|youtube|(?:vc|et_pb|fusion|su|wp|tie|td|mvc|elementor)_[a-z_-]{{1,40}})
       (?:\s[^\]\n]{{0,300}}=[^\]\n]{{0,300}})?/?\])
    """,
    re.VERBOSE,
)
_BRACKET = re.compile(r"\[[/a-z]")
_UNSEEN = re.compile(
    r"(?ai:<!--|&lt;!--|<(script|style|noscript|iframe)\b[^<>]{0,2000}>|&lt;(script|style)\b.{0,500}?&gt;)|/\*(?=[^*]*\w)"
)
"""Begins what is not shown whatever stands inside, up to :data:`_SHOWN_AGAIN`; a comment without a word is left."""
_UNSEEN_TAGS = ("<!--", "<script", "<style", "<noscript", "<iframe", "&lt;!--", "&lt;script", "&lt;style")
_SHOWN_AGAIN = {
    "<!--": re.compile("-->"),
    "&lt;!--": re.compile("--&gt;"),
    "/*": re.compile(r"\*/"),
    **{f"<{name}": re.compile(rf"(?ai:</{name}\s*>)") for name in ("script", "style", "noscript", "iframe")},
    **{f"&lt;{name}": re.compile(rf"(?ai:&lt;/{name}\s*&gt;)") for name in ("script", "style")},
}
_ARABIC = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdcf\ufdf0-\ufdff\ufe70-\ufeff]")
_CODE = re.compile(r"\{[\s{]{0,99}[\w\"'@/*.#$}(\[-]", re.ASCII)
"""What opens a block of code, and no words in braces of an Arabic text."""
_RULE_BLOCK = re.compile(r"\{[^{}]{0,4000}\}")
_SELECTOR = re.compile(r"[#.@]?[A-Za-z*][^{}<>\n;\u0600-\u06ff]*$")
_PROPERTY = re.compile(
    r"[{;\s](?:-?(?:webkit|moz|ms|o)-)?(?:align|animation|background|border|bottom|box|clear|color|content|cursor|direction|"
    r"display|fill|filter|flex|float|font|grid|height|justify|left|letter|line|list|margin|max|min|opacity|outline|overflow|"
    r"padding|position|right|stroke|text|top|transform|transition|vertical|visibility|white|width|word|z-index)[a-z-]{0,30}\s?:"
)
_LONGEST_SELECTOR = 300
_NESTED = 4
"""Blocks within blocks that are looked through: a style sheet has two."""
_STATEMENT = (
    r"(?<![\w$.])(?:(?:var|let|const)\s{1,9}[\w$]{1,60}\s{0,9}=(?!=)|"
    r"[!(]?function\s{0,9}[\w$]{0,60}\s{0,9}\([^()\u0600-\u06ff]{0,200}\)\s{0,9}\{|jQuery[.(]|\$\((?=['\"#.\w])|"
    r"(?:window|document|navigator)\.[A-Za-z]\w{0,60}\s?[.=(\[;]|(?:googletag|dataLayer|_gaq|_taboola)\s?[.=(\[|]|"
    r"\(adsbygoogle|(?:fbq|gtag|ga|twttr)\(['\"]"
)
_SCRIPT = re.compile(_STATEMENT + ")")
"""What a script begins with, and no prose."""
_OF_SCRIPTS = (
    "var", "let", "const", "function", "jQuery", "$(", "window", "document", "navigator", "googletag", "dataLayer",
    "_gaq", "_taboola", "adsbygoogle", "fbq(", "gtag(", "ga(", "twttr(",
)  # fmt: skip
"""One of these is in whatever that pattern matches; to look for them takes a tenth of its time."""
_FURTHER = re.compile(
    _STATEMENT
    + r"|(?:if|for|while|switch)\s?\(|(?:try|else|do)\s?\{|(?:return|new|throw)\b|[\w$]{1,60}(?:\.[\w$]{1,60})*\s?[=(])"
)
"""What goes on with one that has begun."""
_LINKED_DATA = re.compile(r'\{\s{0,9}"@\w{1,20}"\s{0,9}:')
_BETWEEN = re.compile(r"[\s;,)}\]]*(?://[^\n]{0,1000}\n\s*)*")
_LONGEST = 60_000
"""Code points of the longest script that is looked through; what is longer is cut there."""
_LOOKED_THROUGH = 4
"""Times its own length that is looked through of a text for the ends of scripts."""
_OPEN, _CLOSE = "([{", ")]}"
_GOES_ON = frozenset(".;,([{=|&?:+")


class Places(NamedTuple):
    """Where the signs that are shown stand in the text: sign i is ``text[start[i]:end[i]]``; int32 each, ascending."""

    start: npt.NDArray[np.int32]
    end: npt.NDArray[np.int32]

    def outward(self, start: int, end: int) -> tuple[int, int]:
        """The span of the text that a span of what is shown stands for."""
        if not len(self.start):
            return 0, 0
        first = int(self.start[start]) if start < len(self.start) else int(self.end[-1])
        return first, max(first, int(self.end[end - 1])) if end > start else first

    def inward(self, at: int) -> int:
        """The number of signs shown before a place in the text."""
        return int(np.searchsorted(self.start, at))


def readable(text: str) -> tuple[str, Places] | None:
    """What a text shows, and where it stands in it; None if it has no markup."""
    filled = _in_place(text)
    if filled is None:
        return None
    signs = np.frombuffer(filled.encode("utf-32-le", "surrogatepass"), np.uint32)
    behind = np.append(np.flatnonzero(signs != ord(_HELD)), len(signs)).astype(np.int32)
    start = np.flatnonzero((signs != ord(_GONE)) & (signs != ord(_HELD))).astype(np.int32)
    end = behind[np.searchsorted(behind, start, "right")]
    return filled.replace(_GONE, "").replace(_HELD, ""), Places(start, end)


def shown(text: str) -> str:
    """What a text shows.

    >>> shown("<p>قال &laquo;الوزير&raquo;</p>")
    'قال «الوزير»'
    """
    filled = _in_place(text)
    return text if filled is None else filled.replace(_GONE, "").replace(_HELD, "")


def utf8_column(texts: Any) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32]]:
    """The UTF-8 of an Arrow string column and the offsets of its texts in it, both as Arrow holds them."""
    _, offsets, letters = texts.buffers()
    positions = np.frombuffer(offsets, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    return np.frombuffer(letters if letters is not None else b"", np.uint8), positions


def with_signs(texts: Any) -> list[int]:
    """Which texts of an Arrow string column may have markup, by number."""
    raw, offsets = utf8_column(texts)
    signs = np.empty(len(texts), np.bool_)
    find_signs(raw, offsets, signs)
    return np.flatnonzero(signs).tolist()


def with_shown(texts: Any, shown: Mapping[int, str]) -> Any:
    """An Arrow string column with some texts, by number and ascending, as they are shown; itself if there are none."""
    if not shown:
        return texts
    import pyarrow as pa
    import pyarrow.compute as pc

    marked_up = np.zeros(len(texts), np.bool_)
    marked_up[[*shown]] = True
    return pc.replace_with_mask(texts, pa.array(marked_up), pa.array([*shown.values()], texts.type))


def _in_place(text: str) -> str | None:
    """What a text shows where it stands, with fillers where it shows nothing; None if it has no markup."""
    if not any(map(text.__contains__, SIGNS)) or any(map(text.__contains__, (_GONE, _HELD, _LINE))):
        return None
    filled = _filled(text)
    if filled == text:
        return None
    return _LINES.sub(_one_line, filled) if _LINE in filled else filled


def _filled(text: str) -> str:
    """The text with what it shows in its place, and fillers where it shows nothing."""
    tagged, code = "<" in text or "&lt;" in text, "{" in text and _CODE.search(text) is not None
    if (tagged and any(map(text.lower().__contains__, _UNSEEN_TAGS))) or (code and "/*" in text):
        text = _without_unseen(text)
    if tagged or "&" in text or _BRACKET.search(text):
        text = _MARKUP.sub(_in_its_place, text)
    if code:
        text = _without_rules(text)
        if any(map(text.__contains__, _OF_SCRIPTS)):
            text = _cut(text, _SCRIPT, _end_of_script, " ")
        if '"@' in text:
            text = _cut(text, _LINKED_DATA, _closing, " ")
    return text


def _in_its_place(found: re.Match[str]) -> str:
    """What stands in the place of a tag, an entity or a shortcode."""
    entity = found["entity"] or found["bare"]
    if entity is not None:
        return _sign(entity, len(found[0])) or found[0]
    return _fill(_LINE if found["block"] or found["escaped"] or found["shortcode"] else "", len(found[0]))


def _one_line(found: re.Match[str]) -> str:
    """One end of a line for all that stand together; none at the ends of the text."""
    whole = found[0]
    if found.start() == 0 or found.end() == len(found.string):
        return _GONE * len(whole)
    first = whole.index(_LINE)
    held = len(whole) - first - 1 - len(whole[first + 1 :].lstrip(_HELD))
    return _GONE * first + "\n" + _HELD * held + _GONE * (len(whole) - first - 1 - held)


@lru_cache(maxsize=4096)
def _fill(sign: str, length: int) -> str:
    return sign + (_HELD if sign else _GONE) * (length - len(sign))


@lru_cache(maxsize=4096)
def _sign(entity: str, length: int) -> str | None:
    """The sign that an entity stands for, and what fills its place; None: it stands for none."""
    sign = {"#10": "\n", "#13": "\n", "#xa": "\n", "#xd": "\n"}.get(entity.lower(), html.unescape(f"&{entity};"))
    if len(sign) != 1 or not (sign.isprintable() or sign.isspace() or sign in "\u200c\u200d\u200e\u200f"):
        return _fill("", length) if sign != f"&{entity};" and len(sign) == 1 else None
    return (" " if sign == "\N{NO-BREAK SPACE}" else sign) + _HELD * (length - 1)


def _without_unseen(text: str) -> str:
    """The text without comments and elements of which nothing is shown; what is never closed stays."""
    unclosed: set[str] = set()

    def end(text: str, start: int) -> tuple[int, int]:
        opened = _UNSEEN.match(text, start)
        assert opened is not None
        name, escaped = opened[1], opened[2]
        kind = f"<{name.lower()}" if name else f"&lt;{escaped.lower()}" if escaped else opened[0].lower()
        closed = None if kind in unclosed else _SHOWN_AGAIN[kind].search(text, opened.end())
        if closed is None:
            unclosed.add(kind)
        if closed is not None and kind == "/*" and _ARABIC.search(text, opened.end(), closed.start()):
            return 0, 0
        return (closed.end(), 0) if closed else (0, 0)

    return _cut(text, _UNSEEN, end, "")


def _without_rules(text: str) -> str:
    """The text without the rules of a style sheet, nested ones first."""
    for depth in range(_NESTED):
        pieces: list[str] = []
        behind = 0
        for block in _RULE_BLOCK.finditer(text):
            inside = block[0][1:-1]
            if not (_PROPERTY.search(block[0]) or (depth and inside and not inside.strip(" \n\t" + _GONE + _HELD))):
                continue
            if _ARABIC.search(inside):
                continue
            before = text[max(behind, block.start() - _LONGEST_SELECTOR) : block.start()]
            selector = _SELECTOR.search(before)
            if selector:
                start = block.start() - len(selector[0])
                pieces += [text[behind:start], _fill(" ", block.end() - start)]
                behind = block.end()
        if not pieces:
            break
        text = "".join([*pieces, text[behind:]])
    return text


def _cut(text: str, beginning: re.Pattern[str], end_of: Callable[[str, int], tuple[int, int]], instead: str) -> str:
    """The text with ``instead`` in place of every stretch that opens with ``beginning`` and ends where ``end_of`` says
    (0: nowhere), which also says how many code points it has looked through."""
    pieces: list[str] = []
    behind, left = 0, _LONGEST + _LOOKED_THROUGH * len(text)
    for found in beginning.finditer(text):
        start = found.start()
        if start < behind:
            continue
        end, looked_through = end_of(text, start)
        left -= looked_through
        if end:
            pieces += [text[behind:start], _fill(instead, end - start)]
            behind = end
        if left < 0:
            break
    return "".join([*pieces, text[behind:]]) if pieces else text


def _end_of_script(text: str, start: int) -> tuple[int, int]:
    """Where the statements that begin at ``start`` end, behind the last one that is closed; code points looked at."""
    end, looked_through = _statement(text, start)
    while end:
        following = _BETWEEN.match(text, end)
        assert following is not None
        goes_on = following.end()
        end += len(following[0].rstrip())
        if _FURTHER.match(text, goes_on) is None:
            break
        closed, more = _statement(text, goes_on)
        looked_through += more
        if not closed or looked_through > _LONGEST + _LOOKED_THROUGH * (closed - start):
            break
        end = closed
    return end, looked_through


def _statement(text: str, start: int) -> tuple[int, int]:
    """Where one statement ends, behind ``;`` or a closing bracket outside all brackets (0 if it is none), and how many
    code points were looked at."""
    depth, quoted, closed, before = 0, "", 0, ""
    stop = min(len(text), start + _LONGEST)
    for at in range(start, stop):
        sign, last = text[at], before
        before = "" if last == "\\" else sign
        if quoted:
            if sign == quoted and last != "\\":
                quoted = ""
        elif sign in "'\"`":
            quoted = sign if last != "\\" else ""
        elif sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
            if depth < 0:
                return closed or at, at - start
            closed = at + 1
            if depth == 0 and not _goes_on(text, at + 1):
                return closed, at - start
        elif sign == ";":
            closed = at + 1
            if depth == 0:
                return closed, at - start
        elif "\u0600" <= sign <= "\ufdcf" and sign.isalpha():
            return closed, at - start
    return closed, stop - start


def _goes_on(text: str, at: int) -> bool:
    """Whether a statement goes on behind a closing bracket."""
    behind = text[at : at + 40].lstrip()
    return behind[:1] in _GOES_ON or behind.startswith("else")


def _closing(text: str, start: int) -> tuple[int, int]:
    """Behind the bracket that closes the one at ``start``, quoted ones apart (0: there is none), and how many code
    points were looked at."""
    depth, quoted = 0, False
    stop = min(len(text), start + _LONGEST)
    for at in range(start, stop):
        sign = text[at]
        if sign == '"' and text[at - 1] != "\\":
            quoted = not quoted
        elif not quoted and sign in "{}":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                return at + 1, at - start
    return 0, stop - start
