"""Whether an article derives from the source of its story: wholly, partly, or not.

The outlet a story comes from derives from nobody. Otherwise own paragraphs make a member partly derived, and one that
has hardly a passage of the story and does not name its source is not derived. Own paragraphs are those that no other
member has, and these may as well have been cut by the others; so a member is called wholly derived all the same

    where it alone credits the source: its credit speaks for all of it. Where others credit the source too and lack a
    paragraph, the paragraph is the outlet's own
    where nobody says whose the story is and there is one other text, all of which it holds: of two, one that has a
    paragraph more is rather the whole than the longer. Where several lack it, it is the outlet's own
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from dedup.model import Origin
from dedup.settings import LEAST_SHARED, PARTLY_OWN
from dedup.story.voices import Voice


def witnesses(voices: Sequence[Voice], found: Origin) -> list[int]:
    """The members, by row, that credit the agency of the story at head or foot."""
    if found.kind != "agency":
        return []
    return [v.row for v in voices if v.credits_strongly(found.id, found.name)]


def derived(
    member: Voice, crediting: Collection[int], found: Origin, shared: float, own: float, holds_all: bool = False
) -> str:
    """Whether a member is derived from the source of its story: wholly, partly, or not; by its shared and own share,
    and the rows ``crediting`` this source (:func:`witnesses`).

    ``holds_all``: the story has one other text, and all of that stands in this one.
    """
    if found.kind == "outlet" and member.outlet == found.id and member.outlet is not None:
        return "not"
    alone = len(crediting) == 1 and member.row in crediting
    if alone or (found.kind == "unknown" and holds_all):
        return "wholly"
    if shared < LEAST_SHARED:
        return "partly" if member.names(found.id, found.name) else "not"
    return "wholly" if own <= PARTLY_OWN else "partly"
