"""Two articles beside each other: relation, figures, passages, for a terminal or as JSON.

Where the terminal is wide enough the two sides of a passage stand in two columns, else one under the other. Arabic is
laid out by the terminal, not here: letters are printed in the order they are read, and every cell of a line with two
columns is wrapped in an isolate behind a left-to-right mark, so that a terminal which orders right-to-left text does
it within the cell and leaves the columns in their places. A terminal that does not shows nothing of these marks.

Lines break between words only. A word of one side that the other side of the passage lacks is underlined when colours
are wanted; otherwise the lines hold text alone, fit for a pipe.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import orjson

from dedup.arabic.fold import fold
from dedup.model import Compared, Comparison, Pair, PairPassage

WIDE = 100
"""Columns from which two stand beside each other: 48 each, some eight Arabic words."""
_NARROWEST = 20
_GUTTER = "  "
_LEFT_TO_RIGHT, _ISOLATE, _END = "\u200e", "\u2068", "\u2069"
_STEERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Embeddings, overrides, isolates, and their ends."""
_UNDERLINE, _PLAIN = "\x1b[4m", "\x1b[24m"
_TOO_SHORT = "too short to be compared"
_SENTENCES = {
    "copy": "the same text",
    "edited": "the same text, edited",
    "excerpt": "a is an excerpt of b",
    "expansion": "a is an expansion of b",
    "rewrite": "the same story, rewritten",
    "shared-passage": "different stories that share a passage",
    "formula": "different stories that share formulas",
    "unrelated": "no common story found",
}


def shown(comparison: Comparison, width: int, colours: bool) -> str:
    """The comparison as lines of at most ``width`` columns (longer only where one word is)."""
    pair, sides = comparison.pair, (comparison.a, comparison.b)
    width = max(width, _NARROWEST)
    lines = [headline(pair), ""]
    for label, side, share in zip("ab", sides, (pair.containment_a, pair.containment_b), strict=True):
        lines += _described(label, side, share)
    lines += ["", *_figures(pair)]
    passages = pair.passages or ()
    for number, passage in enumerate(passages, 1):
        what = "formula" if passage.formula else "passage"
        lines += ["", f"{what} {number} of {len(passages)}, similarity {passage.similarity:.2f}"]
        lines += _passage(passage, comparison, width, colours)
    if not passages:
        lines += ["", "no passage in common"]
    return "\n".join(line.rstrip() for line in lines)


def headline(pair: Pair) -> str:
    """What the two are to each other, and how sure that is."""
    return f"{pair.relation}: {_sentence(pair)} (probability {pair.probability:.3f})"


def in_one_line(comparison: Comparison) -> str:
    """The same, and which of the two is too short for it to say much."""
    sides = (("a", comparison.a), ("b", comparison.b))
    return headline(comparison.pair) + "".join(f"; {label} is {_TOO_SHORT}" for label, side in sides if side.too_short)


def as_json(comparison: Comparison) -> str:
    """The comparison as ``$defs/comparison`` of the report's schema has it, the texts that offsets count in with it."""
    return orjson.dumps(comparison, option=orjson.OPT_INDENT_2).decode()


def _sentence(pair: Pair) -> str:
    """What the relation means. Two texts can hold the same paragraph and yet be unrelated: it was too short, or its
    phrases too frequent, to count as a shared passage or a formula."""
    said = _SENTENCES[pair.relation]
    if pair.relation != "unrelated" or not pair.passages:
        return said
    return f"{said}, but {'a formula' if all(p.formula for p in pair.passages) else 'a passage'} in common"


def _described(label: str, side: Compared, share: float) -> list[str]:
    size = counted(side.words, "word") + (f", {_TOO_SHORT}" if side.too_short else "")
    lines = [f"{label}  {clean(side.name)}: {size}, {share:.0%} of its shingles in the other"]
    if side.title:
        lines.append(f"   {clean(' '.join(side.title.split()))}")
    if side.credits:
        lines.append(f"   credits {clean(', '.join(side.credits))}")
    return lines


def _figures(pair: Pair) -> list[str]:
    shared = counted(pair.shared, "shingle")
    return [
        f"Jaccard {pair.jaccard:.3f} ({shared} shared of {pair.shingles_a:,} and {pair.shingles_b:,}), "
        f"rare containment {pair.rare_containment:.3f}"
    ]


class _Word(NamedTuple):
    text: str
    lacking: bool


def _passage(passage: PairPassage, comparison: Comparison, width: int, colours: bool) -> list[str]:
    texts = [
        side.text[start:end]
        for side, (start, end) in zip((comparison.a, comparison.b), (passage.a, passage.b), strict=True)
    ]
    words = [_words(text, other) for text, other in zip(texts, reversed(texts), strict=True)]
    heads = [f"{label} {start}-{end}" for label, (start, end) in zip("ab", (passage.a, passage.b), strict=True)]
    if width < WIDE:
        lines = []
        for head, side in zip(heads, words, strict=True):
            lines += [f"  {head}", *("    " + _styled(line, colours) for line in _lines(side, width - 4))]
        return lines
    column = (width - len(_GUTTER)) // 2
    left, right = (list(_lines(side, column)) for side in words)
    lines = [heads[0].ljust(column) + _GUTTER + heads[1]]
    for n in range(max(len(left), len(right))):
        cells = [_cell(side[n] if n < len(side) else [], column, colours) for side in (left, right)]
        lines.append(_LEFT_TO_RIGHT + _GUTTER.join(cells))
    return lines


def _words(text: str, other: str) -> list[_Word]:
    """The printed words of a stretch, and whether the other stretch lacks one of their folded words."""
    there = Counter(token.folded for token in fold(other))
    lacking = []
    for token in fold(text):
        if there[token.folded]:
            there[token.folded] -= 1
        else:
            lacking.append((token.start, token.end))
    words, at = [], 0
    for printed in text.split():
        start = text.index(printed, at)
        at = start + len(printed)
        words.append(_Word(clean(printed), any(begin < at and start < end for begin, end in lacking)))
    return words


def clean(text: str) -> str:
    """Without control characters, which could steer the terminal, and marks of direction, which could leave a cell.

    White space of any kind becomes a space, so that a line stays one.
    """
    kept = (" " if c.isspace() else c for c in text if c not in _STEERING)
    return "".join(c for c in kept if unicodedata.category(c) != "Cc")


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun.

    >>> counted(1, "pair"), counted(1200, "pair"), counted(0, "story", "stories")
    ('1 pair', '1,200 pairs', '0 stories')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def columns_of(text: str) -> int:
    """Columns of a terminal that a text takes: none for marks and invisible characters, two for wide ones."""
    wide = {"W": 2, "F": 2}
    return sum(
        0 if unicodedata.category(c) in ("Mn", "Me", "Cf") else wide.get(unicodedata.east_asian_width(c), 1)
        for c in text
    )


def _lines(words: list[_Word], width: int) -> Iterator[list[_Word]]:
    line: list[_Word] = []
    used = 0
    for word in words:
        needed = columns_of(word.text)
        if line and used + 1 + needed > width:
            yield line
            line, used = [], 0
        used += needed + (1 if line else 0)
        line.append(word)
    if line:
        yield line


def _styled(line: list[_Word], colours: bool) -> str:
    return " ".join(f"{_UNDERLINE}{word.text}{_PLAIN}" if colours and word.lacking else word.text for word in line)


def _cell(line: list[_Word], width: int, colours: bool) -> str:
    used = columns_of(" ".join(word.text for word in line))
    return _ISOLATE + _styled(line, colours) + _END + " " * max(0, width - used)
