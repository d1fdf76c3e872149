"""Markup left in a text: tags, entities, shortcodes, scripts and style sheets, which are no words.

Records of feeds and content systems hold their text as HTML, and a careless scraper leaves a page's code between its
paragraphs. As words of the text these would part copies ("p", "nbsp", "strong" stand in one and not in the other) and
join strangers (a poll's style sheet stands in all polls of a paper). So a text is folded, marked and quoted as it
reads: :func:`readable` gives a string of the same length in which every sign stands at its own code point and markup is
blank, so a span of the one is a span of the other.

    <br>, </p>, <li> ...              a newline (it ends a line to a reader), then spaces
    <b>, </a>, <img ...>, [caption]   spaces
    &lt;p&gt;                         the same as the tag that was escaped
    <script> ... </script>, <!-- -->  spaces, whatever stands inside
    &laquo;  &#8211;  &#1575;         the sign itself; the rest of its code points are filled so that no word is cut
    selector { property: value; }     spaces: a style sheet without its tag
    function() { ... }; {"@type": }   spaces: a script or linked data without its tag, as far as its brackets go

Only names of HTML's elements are tags, so "a < b" and "<urgent>" in Arabic stay. A script begins with words that begin
none in prose (``var x =``, ``jQuery(``, ``window.``) and ends where its brackets are closed and no statement follows;
Arabic outside its quotation marks ends it earlier.

Cost: nothing for a text without one of the signs ``< & { [``, which folding tells (:mod:`dedup.kernels.text`); else
some microseconds to look, and 20 a kilobyte of markup. Limits: a sentence that quotes HTML is read without the
quotation; code in other shapes than these counts as words.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache

SIGNS = "<&{["
"""What markup begins with."""
_BLOCKS = (
    "address|article|aside|blockquote|body|br|button|caption|center|dd|div|dl|dt|fieldset|figcaption|figure|"
    "footer|form|h1|h2|h3|h4|h5|h6|head|header|hr|html|legend|li|main|nav|ol|option|p|pre|section|select|"
    "table|tbody|td|tfoot|th|thead|title|tr|ul"
)
"""Elements that begin a line of their own."""
_INLINE = (
    "a|abbr|amp-ad|amp-img|area|audio|b|base|bdi|bdo|big|cite|code|col|colgroup|data|del|details|dfn|em|embed|"
    "font|g|i|iframe|img|input|ins|kbd|label|link|map|mark|meta|noscript|object|param|path|picture|q|rp|rt|"
    "ruby|s|samp|script|small|source|span|strike|strong|style|sub|summary|sup|svg|textarea|time|track|tt|u|"
    "use|var|video|wbr"
)
"""The others."""
_SHORTCODES = (
    r"ad|ads|adrotate|audio|caption|contact-form-7|embed|embedyt|gallery|googleapps|gravityform|instagram|playlist|"
    r"soundcloud|tweet|video|youtube|(?:vc|et_pb|fusion|su|wp|tie|td|mvc|elementor|rev|wpdiscuz)[_-][\w-]+"
)
_SPACE = r"[\s\u00a0]"
_ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff"
_MARKUP = re.compile(
    rf"""
      <!\[CDATA\[ | \]\]> | <\?xml[^<>]*> | <!doctype[^<>]*>
    | </?(?P<tag>{_BLOCKS}|{_INLINE})(?:{_SPACE}[^<>]*|/)?>
    | &(?:amp;)*lt;/?(?P<escaped>{_BLOCKS}|{_INLINE})(?:{_SPACE}(?:(?!&(?:amp;)*gt;)[^<>]){{0,500}}|/)?&(?:amp;)*gt;
    | &(?:amp;)*(?P<entity>\#[0-9]{{1,7}}|\#x[0-9a-f]{{1,6}}|[a-z][a-z0-9]{{1,24}});
    | &(?P<bare>nbsp|quot|laquo|raquo|ldquo|rdquo|ndash|mdash|hellip|zwnj|rlm|lrm)\b
    | \[/?(?:{_SHORTCODES})(?:{_SPACE}[^\]\n]{{0,400}})?/?\]
    """,
    re.VERBOSE | re.IGNORECASE,
)
_BRACKET = re.compile(r"\[[/a-zA-Z]")
_LINE_ENDING = frozenset(_BLOCKS.split("|"))
_UNSEEN = re.compile(r"<!--|<(script|style|noscript|iframe)\b[^<>]*>|/\*(?=[^*]*\w)", re.IGNORECASE)
"""Begins what is not shown whatever stands inside, up to :data:`_SHOWN_AGAIN`; a comment without a word is left."""
_UNSEEN_TAGS = ("<!--", "<script", "<style", "<noscript", "<iframe")
_SHOWN_AGAIN: dict[str | None, re.Pattern[str]] = {
    None: re.compile("-->"),
    "/*": re.compile(r"\*/"),
    **{name: re.compile(rf"</{name}{_SPACE}*>", re.IGNORECASE) for name in ("script", "style", "noscript", "iframe")},
}
_BLOCK = re.compile(rf"\{{[^{{}}{_ARABIC}]*\}}")
_SELECTOR = re.compile(rf"[#.@]?[A-Za-z*][^{{}}<>\n;{_ARABIC}]*$")
_PROPERTY = re.compile(r"[\w-]\s*:")
_LONGEST_SELECTOR = 300
_NESTED = 4
"""Blocks within blocks that are looked through: a style sheet has two."""
_STATEMENT = (
    r"(?<![\w$.])(?:(?:var|let|const)\s+[\w$]+\s*=|(?:[!(]\s*)?function\b\s*[\w$]*\s*\(|(?:jQuery|\$)\s*[.(]|"
    r"(?:window|document|googletag|dataLayer|_gaq|_taboola)\s*[.\[=|(]|\(adsbygoogle|(?:fbq|gtag|ga|twttr)\s*\(\s*['\"]"
)
_SCRIPT = re.compile(_STATEMENT + ")")
"""What a script begins with, and no prose."""
_OF_SCRIPTS = (
    "var ", "let ", "const ", "function", "jQuery", "$", "window", "document", "googletag", "dataLayer", "_gaq",
    "_taboola", "adsbygoogle", "fbq", "gtag", "ga", "twttr",
)  # fmt: skip
"""One of these is in whatever that pattern matches; to look for them takes a tenth of its time."""
_FURTHER = re.compile(
    _STATEMENT
    + r"|(?:if|for|while|switch)\s*\(|(?:try|else|do)\s*\{|(?:return|new|throw)\b|[\w$]+(?:\.[\w$]+)*\s*(?:=|\())"
)
"""What goes on with one that has begun."""
_LINKED_DATA = re.compile(r'\{\s*"[@\w-]+"\s*:')
_BETWEEN = re.compile(r"[\s;,)}\]]*(?://[^\n]{0,1000}\n\s*)*")
_LONGEST = 60_000
"""Code points of the longest script that is looked through; what is longer is cut there."""
_TRIES = 20
"""Beginnings without an end that are followed up in one text."""
_OPEN, _CLOSE = "([{", ")]}"


def readable(text: str) -> str:
    """The text with its markup blank, code point for code point; the text itself if it has none."""
    tagged, code = "<" in text, "{" in text
    if (tagged and any(map(text.lower().__contains__, _UNSEEN_TAGS))) or (code and "/*" in text):
        text = _without_unseen(text)
    if tagged or "&" in text or _BRACKET.search(text):
        text = _MARKUP.sub(_blank, text)
    if code:
        text = _without_rules(text)
        if any(map(text.__contains__, _OF_SCRIPTS)):
            text = _cut(text, _SCRIPT, _end_of_script)
        text = _cut(text, _LINKED_DATA, _closing)
    return text


def _blank(found: re.Match[str]) -> str:
    """What stands in the place of a tag, an entity or a shortcode."""
    entity = found["entity"] or found["bare"]
    if entity is None:
        return _spaces(len(found[0]), (found["tag"] or found["escaped"] or "").lower() in _LINE_ENDING)
    before = found.string[found.start() - 1 : found.start()]
    return _sign(entity, len(found[0]), not before or before in " \n([") or found[0]


@lru_cache(maxsize=4096)
def _spaces(length: int, line: bool) -> str:
    return ("\n" if line else " ") + " " * (length - 1)


@lru_cache(maxsize=4096)
def _sign(entity: str, length: int, first: bool) -> str | None:
    """The sign that an entity stands for, and what fills its place: behind a letter the tatweel, which words drop; an
    opening sign, or a quotation mark that stands ``first``, comes last, so that nothing parts it from its word. None:
    it stands for none."""
    sign = html.unescape(f"&{entity};")
    if len(sign) != 1:
        return None
    kind = unicodedata.category(sign)
    if kind[0] in "LMN":
        return sign + "\N{ARABIC TATWEEL}" * (length - 1)
    if kind == "Cf":
        return sign * length
    if kind[0] in "CZ":
        return " " * length
    return sign.rjust(length) if kind in ("Ps", "Pi") or (sign in "\"'" and first) else sign.ljust(length)


def _without_unseen(text: str) -> str:
    """The text without comments and elements of which nothing is shown; what is never closed stays."""
    unclosed: set[str | None] = set()

    def end(text: str, start: int) -> int:
        opened = _UNSEEN.match(text, start)
        assert opened is not None
        kind = "/*" if opened[0] == "/*" else opened[1] and opened[1].lower()
        closed = None if kind in unclosed else _SHOWN_AGAIN[kind].search(text, opened.end())
        if closed is None:
            unclosed.add(kind)
        return closed.end() if closed else 0

    return _cut(text, _UNSEEN, end, tries=len(text))


def _without_rules(text: str) -> str:
    """The text without the rules of a style sheet, nested ones first."""
    for depth in range(_NESTED):
        pieces: list[str] = []
        behind = 0
        for block in _BLOCK.finditer(text):
            before = text[max(behind, block.start() - _LONGEST_SELECTOR) : block.start()]
            selector = _SELECTOR.search(before)
            if selector and (_PROPERTY.search(block[0]) or (depth and not block[0][1:-1].strip())):
                start = block.start() - len(selector[0])
                pieces += [text[behind:start], " " * (block.end() - start)]
                behind = block.end()
        if not pieces:
            break
        text = "".join([*pieces, text[behind:]])
    return text


def _cut(text: str, beginning: re.Pattern[str], end_of: Callable[[str, int], int], tries: int = _TRIES) -> str:
    """The text with every stretch blank that opens with ``beginning`` and ends where ``end_of`` says (0: nowhere)."""
    pieces: list[str] = []
    behind = 0
    for found in beginning.finditer(text):
        start = found.start()
        if start < behind or not tries:
            continue
        end = end_of(text, start)
        if end:
            pieces += [text[behind:start], " " * (end - start)]
            behind = end
        else:
            tries -= 1
    return "".join([*pieces, text[behind:]]) if pieces else text


def _end_of_script(text: str, start: int) -> int:
    """Where the statements that begin at ``start`` end: behind the last one that is closed."""
    end = _statement(text, start)
    while end:
        following = _BETWEEN.match(text, end)
        end = max(end, len(text[: following.end()].rstrip())) if following else end
        if following is None or _FURTHER.match(text, following.end()) is None:
            break
        closed = _statement(text, following.end())
        if not closed:
            break
        end = closed
    return end


def _statement(text: str, start: int) -> int:
    """Where one statement ends: behind ``;`` or a closing bracket outside all brackets; 0 if it is none."""
    depth, quoted, closed = 0, "", 0
    for at in range(start, min(len(text), start + _LONGEST)):
        sign = text[at]
        if quoted:
            if sign == quoted and text[at - 1] != "\\":
                quoted = ""
            continue
        if sign in "'\"`":
            quoted = sign
        elif sign in _OPEN:
            depth += 1
        elif sign in _CLOSE:
            depth -= 1
            if depth < 0:
                return closed or at
            closed = at + 1
            if depth == 0 and not _goes_on(text, at + 1):
                return at + 1
        elif sign == ";":
            closed = at + 1
            if depth == 0:
                return at + 1
        elif "\u0600" <= sign <= "\ufeff" and sign.isalpha():
            return closed
    return closed


def _goes_on(text: str, at: int) -> bool:
    """Whether a statement goes on behind a closing bracket."""
    behind = text[at : at + 40].lstrip()
    return behind[:1] in (".", ";", ",", "(", "[", "{", "=", "|", "&", "?", ":", "+") or behind.startswith("else")


def _closing(text: str, start: int) -> int:
    """Where the bracket that opens at ``start`` is closed, quoted ones apart; 0 if nowhere."""
    depth, quoted = 0, False
    for at in range(start, min(len(text), start + _LONGEST)):
        sign = text[at]
        if sign == '"' and text[at - 1] != "\\":
            quoted = not quoted
        elif not quoted and sign in "{}":
            depth += 1 if sign == "{" else -1
            if depth == 0:
                return at + 1
    return 0
