"""Readers: from whatever lies in a folder to Arrow record batches of one schema.

``find`` lists what is there, ``read`` turns it into batches, ``unique_ids`` makes ids name one article each. All three
are deterministic: the same bytes give the same batches in the same order, whatever the order of paths or the number of
workers. What cannot be read comes back as :class:`dedup.model.Skipped`, never as an exception. Libraries that only some
kinds of file need are imported when such a file turns up.
"""

from __future__ import annotations

from dedup.corpus.find import find
from dedup.corpus.ids import unique_ids
from dedup.corpus.reading import read
from dedup.corpus.schema import SCHEMA
from dedup.corpus.source import Source

__all__ = ["SCHEMA", "Source", "find", "read", "unique_ids"]
