"""Records with a teaser and the whole text: ``content`` "The minister said that ...", ``full_text`` all of it.

The fields of a text are believed in a fixed order (:mod:`dedup.corpus.fields`); but where the one believed first is
visibly cut, a longer one is the article. What shows a cut is an ellipsis at its end, or that the longer one begins with
it; then

* after an ellipsis, the longer text holds what stands before it, or is :data:`TIMES` as long;
* without one, it is :data:`TIMES` as long, or the short one breaks off in a sentence. A text that ends in a full stop
  and is nearly all of the longer is the article, and the rest what the site prints below it.

White space does not count. Cost: nothing for records with one text field; else one comparison of lengths a column, and
a look at the records where the later one is longer.

>>> is_teaser("The port will open ...", "The port will open on Sunday.")
True
>>> is_teaser("The port has opened.", "The port has opened. Read also: ships")
False
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from dedup.corpus.markup import with_shown

TIMES = 2
"""Times the length of a teaser from which a text is no other version of it. Set by hand."""

_ELLIPSIS = re.compile(r"\s*[\[(]?\s*(?:\.{2,}|\N{HORIZONTAL ELLIPSIS}|&hellip;|&#8230;)[.\s\])]*$")
_STOPS = tuple(".!?؟\"'»”)]>")


def without_teasers(chosen: pa.Array, columns: list[pa.Array]) -> pa.Array:
    """The texts that were chosen, row by row from several columns; a teaser gives way to the whole text."""
    if len(columns) < 2:
        return chosen
    whole: dict[int, str] = {}
    for column in columns:
        longer = pc.fill_null(pc.greater(pc.binary_length(column), pc.binary_length(chosen)), False)
        for row in pc.indices_nonzero(longer).to_pylist():
            text = whole.get(row) or chosen[row].as_py()
            other = column[row].as_py()
            if is_teaser(text, other):
                whole[row] = other
    return with_shown(chosen, dict(sorted(whole.items())))


def is_teaser(text: str, whole: str) -> bool:
    """Whether a text is the visibly cut beginning of a longer one."""
    text, whole = " ".join(text.split()), " ".join(whole.split())
    if not text or len(text) >= len(whole):
        return False
    stem = _ELLIPSIS.sub("", text)
    if stem != text:
        return stem in whole or len(whole) >= TIMES * len(text)
    return whole.startswith(text) and (len(whole) >= TIMES * len(text) or not text.endswith(_STOPS))
