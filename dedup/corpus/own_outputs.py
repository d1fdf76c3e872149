"""Outputs of earlier runs that lie among the input: recognised by how they begin, and left out.

A report is JSON whose first key is ``"format": "dedup-report"``; a pairs file is a line-wise JSON file whose records
name two articles and their overlap (``a``, ``b``, ``jaccard``, ``containment_a``) and have no text; a table has exactly
the columns of one that ``--csv`` writes.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from dedup.settings import REPORT_FORMAT, TABLES

SNIFFED = 4096
"""Bytes from which an output of ours is recognised; its telling keys stand at its beginning."""

_REPORT = re.compile(rb'\s*\{\s*"format"\s*:\s*"' + REPORT_FORMAT.encode() + rb'"')
_PAIR_KEYS = [re.compile(rb'"' + key + rb'"\s*:') for key in (b"b", b"jaccard", b"containment_a")]
_PAIRS = re.compile(rb'\s*\{\s*"a"\s*:')
_TEXT = re.compile(rb'"(?:text|content|body)"\s*:')


def own_output(head: bytes) -> str | None:
    """What a notice says of a file that this tool wrote; None for any other file."""
    head = head[:SNIFFED]
    if _REPORT.match(head):
        return "it is a report of this tool and was left out"
    line = head.split(b"\n", 1)[0]
    if _PAIRS.match(line) and all(key.search(line) for key in _PAIR_KEYS) and not _TEXT.search(line):
        return "it is a pairs file of this tool and was left out"
    return None


def own_table(columns: Collection[str]) -> str | None:
    """The same for a table without text, by its columns."""
    if any(set(columns) == set(names) for names in TABLES.values()):
        return "it is a table of this tool and was left out"
    return None
