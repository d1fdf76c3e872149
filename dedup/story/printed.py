"""Whose dispatches do the outlets of a corpus print? What they attribute to these agencies is mostly taken from them.

"The agency ... reported" has two meanings. Papers say so of the agency whose dispatch they print in their own dress;
dispatches say so of an agency of the country they tell of, which their reporter has read. Which of the two it is, the
corpus shows: an agency of the first kind stands at the head or foot of other articles, one of the second kind never.
In the real corpus, byline fields included, the share of articles naming an agency that name it at head or foot is

    SPA 0.95   dpa 0.85   AFP 0.74   Reuters 0.69      ONA 0.33   KUNA 0.27   BNA 0.15   WAM 0.13   Anadolu 0.11
    Xinhua 0.11   MENA 0.09   and none for IRNA, RIA, SABA, SANA, Tasnim, WAFA, Yonhap

A small corpus may show too few heads, so the agencies that papers of all countries print count always (``world`` in the
lexicon).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from dedup.arabic.phrase_table import Agency
from dedup.model import Credit
from dedup.story.voices import HEAD_OR_FOOT, of_a_picture


def printed_agencies(credits: Iterable[Sequence[Credit]], agencies: Mapping[str, Agency]) -> frozenset[str]:
    """Agencies whose dispatches are printed: those that papers of all countries print, and those that at least as many
    articles of the corpus credit at head or foot as attribute something to them. ``credits``: one entry an article."""
    balance: Counter[str] = Counter()
    for found in credits:
        of_text = [c for c in found if c.kind != "mention" and not of_a_picture(c)]
        kinds = {(c.agency, c.kind in HEAD_OR_FOOT) for c in of_text if c.agency}
        for agency, strong in kinds:
            balance[agency] += 1 if strong else 0 if (agency, True) in kinds else -1
    return frozenset(
        one.id
        for one in agencies.values()
        if one.kind not in ("outlet", "pictures") and (one.world or (one.id in balance and balance[one.id] >= 0))
    )
