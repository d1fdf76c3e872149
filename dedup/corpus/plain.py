"""Text files: one article each; its first line is the title where it can be one.

The text is the whole decoded file, so spans count from the file's first letter (a byte order mark is no letter). The
title stays part of it; ``body_start`` says where the story's own text begins:

    text[:body_start]   blank lines, the title and its line break
    text[body_start:]   what counts as story text

A file of a single line has no title, and a first line longer than any headline is the story's first paragraph.

>>> title_of("العنوان\\n\\nالخبر")
('العنوان', 8)
>>> title_of("سطر واحد")
(None, 0)
"""

from __future__ import annotations

import re

TITLE_WORDS = 40
"""Words a title may have: twice the longest of the Saudi corpus (18 words)."""

_HEAD = 1024
"""Bytes in which a first line and the beginning of a second are looked for first."""

_FIRST_LINE = re.compile(r"\s*([^\r\n]*)(?:\r\n|\n|\r|$)")


def title_of(text: str) -> tuple[str | None, int]:
    """Title and body start of a text."""
    found = _FIRST_LINE.match(text)
    if found is None:
        return None, 0
    line, start = found[1].strip(), found.end()
    if not line or start >= len(text) or text[start:].isspace() or len(line.split()) > TITLE_WORDS:
        return None, 0
    return line, start


def title_of_bytes(data: bytes) -> tuple[str | None, int]:
    """The same from UTF-8 bytes; nearly always the first bytes are enough."""
    title, start = title_of(data[:_HEAD].decode("utf-8", "ignore"))
    if title is None and len(data) > _HEAD:
        return title_of(data.decode("utf-8", "ignore"))
    return title, start
