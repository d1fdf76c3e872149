"""The obvious versions of the phrase kernels: Python lists of words, every phrase tried at every word."""

from __future__ import annotations

from collections.abc import Sequence

from dedup.arabic.fold import Token
from dedup.kernels.phrases import (
    ALONE,
    ANNOUNCED,
    ANNOUNCED_WITHIN,
    ANYWHERE,
    APART,
    HEAD,
    LINE_START,
    NEAR,
    START,
    TAIL,
    TAIL_LINE,
    TAIL_START,
)

Phrase = tuple[tuple[str, ...], int]
"""Folded words and place class."""


def line_starts(text: str, tokens: Sequence[Token]) -> list[int]:
    """Numbers of the tokens that are first in their text or have a newline between them and the token before."""
    return [
        number
        for number, token in enumerate(tokens)
        if number == 0 or "\n" in text[tokens[number - 1].end : token.start]
    ]


def first_behind(tokens: Sequence[Token], body_start: int) -> int:
    """Number of the first token at or behind a place."""
    return sum(token.start < body_start for token in tokens)


def find_phrases(
    text: str,
    tokens: Sequence[Token],
    phrases: Sequence[Phrase],
    announcing: set[str],
    head: int,
    tail: int,
    body: int = 0,
) -> list[tuple[int, int]]:
    """All (token, phrase) at which a phrase stands where its class allows; the body begins at token ``body``."""
    starts = set(line_starts(text, tokens))
    found = []
    for at in range(len(tokens)):
        for number, (words, place) in enumerate(phrases):
            run = tokens[at : at + len(words)]
            if tuple(token.folded for token in run) == words and _allowed(
                text, tokens, at, len(words), place, starts, announcing, head, tail, body
            ):
                found.append((at, number))
    return found


def _allowed(
    text: str,
    tokens: Sequence[Token],
    at: int,
    size: int,
    place: int,
    starts: set[int],
    announcing: set[str],
    head: int,
    tail: int,
    body: int,
) -> bool:
    after = at + size
    gap_before = at in starts or tokens[at].start - tokens[at - 1].end > 1
    wide_behind = after == len(tokens) or after in starts or tokens[after].start - tokens[after - 1].end > 1
    apart = gap_before and wide_behind
    announced = at > 0 and tokens[at - 1].folded in announcing
    begins = gap_before or text[tokens[at].start - 1] not in " \N{NO-BREAK SPACE}"
    late = at >= len(tokens) - tail
    joined = at in starts and after < len(tokens) and after not in starts
    joined = joined and text[tokens[after].start - 1] not in " \N{NO-BREAK SPACE}"
    line_begins = any(number in starts for number in range(max(body, at - NEAR + 1), at + 1))
    near = at < body + NEAR or (line_begins and at < body + head)
    return {
        ANYWHERE: True,
        LINE_START: at in starts,
        START: begins,
        TAIL: late,
        TAIL_START: late and begins,
        TAIL_LINE: late and at in starts,
        HEAD: at < body + head and (apart or at == body),
        APART: apart or announced or joined or (wide_behind and near),
        ALONE: apart or (wide_behind and announced),
        ANNOUNCED: any(token.folded in announcing for token in tokens[max(0, at - ANNOUNCED_WITHIN) : at]),
    }[place]


def marked(tokens: Sequence[Token], marks: Sequence[tuple[int, int]]) -> list[bool]:
    """Whether a token shares a code point with any mark."""
    return [any(token.start < end and start < token.end for start, end in marks) for token in tokens]


def longest_two(lines: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The longest line and the second longest, of equal ones the earlier."""
    ordered = sorted(range(len(lines)), key=lambda number: (-len(lines[number]), number))
    return [tuple(lines[number]) for number in ordered[:2]]
