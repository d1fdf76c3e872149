"""Sources in no lexicon: "the newspaper «...» reported", "told the site ...", "according to the agency ...".

A word for a medium (newspaper, channel, site, agency) opens the name, and the words before it say whether something is
taken from it: a verb of saying or "according to" right before it, "told" written together with it, or an interview with
it. The name is what stands in quotes behind it, with "the newspaper" also behind an adjective; without quotes it is
one to three words, as far as an adjective, a conjunction or a sign shows where it ends, else the first. "The Syrian
television" names itself.

Not every network or site is of the press: a list of words (ministry, crime, road, a social network) says which are not,
and an adjective alone ("a British newspaper") names nobody.

Cost: a few regular expressions for each such word near an announcing one. Limits: an unquoted name of more than three
words is cut.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from operator import itemgetter

from dedup.arabic import credit_context as context
from dedup.arabic.attributions import in_a_programme
from dedup.arabic.page import Hit, Page, covered
from dedup.arabic.parties import back_then, denied
from dedup.arabic.phrase_table import AGENCY
from dedup.model import Credit, Mark


def credit_unknown(page: Page, marks: list[Mark], hit: Hit) -> Credit | None:
    """A credit by name for an agency or outlet in no lexicon. What is named is asked first: it is seen at once, and
    refuses three in five."""
    if covered(marks, hit.start, hit.end) or hit.start < page.body_start:
        return None
    credit = _named(page, hit)
    if credit is None:
        return None
    end = credit.end or hit.end
    if not hit.meaning.sure and not _taken_from(page, hit, end):
        return None
    before, after = context.around(page.text, hit.start, end)
    sentence = context.sentence(before)
    return None if denied(sentence, after) or back_then(sentence, after) else credit


def _named(page: Page, hit: Hit) -> Credit | None:
    """The credit that a medium's name behind its word makes, if something is taken from it."""
    text = page.text
    cue = text[hit.start : hit.end]
    what = _medium(cue)
    if what == "none":
        return None
    if what == "state":
        return _of_a_state(page, hit)
    described = what == "listed"
    quoted = (context.DESCRIBED_NAME if described else context.QUOTED_NAME).match(text, hit.end)
    if quoted:
        start, end = (hit.start if hit.meaning.sure else quoted.start(1)), quoted.end(1)
        if _names_agency(page, quoted.start(1), end) or context.no_medium(quoted[1].split(), quoted=True):
            return None
        return Credit(start, end, "attribution", None, quoted[1].strip(), 0.8)
    if hit.meaning.sure:
        return _unquoted(page, hit) if text[hit.end : hit.end + 2].strip() else None
    return _plain(page, hit) if what == "plain" else None


@lru_cache(maxsize=1024)
def _medium(cue: str) -> str:
    """How the medium that a word announces is named: by its "state", by quotes behind adjectives ("listed"), only in
    quotes ("quoted"), or with or without them ("plain"); or it is another word ("none")."""
    if context.STATE_MEDIUM.fullmatch(cue):
        return "state"
    if context.LISTED_MEDIUM.fullmatch(cue):
        return "listed"
    if cue.endswith("نشره"):
        return "none"  # "published it", which folds to the same letters as "bulletin"
    return "plain" if context.QUOTED_MEDIA.isdisjoint((cue, cue[1:], cue.lstrip("وفبلك"))) else "quoted"


def _of_a_state(page: Page, hit: Hit) -> Credit | None:
    """Radio or television named by its country."""
    official = context.OFFICIAL.match(page.text, hit.end)
    behind = official.end() if official else hit.end
    named = context.nation(page.text[behind : behind + 30])
    if named is None:
        return None
    start, end = hit.start + (page.text[hit.start] in "وفبك"), behind + named[2]
    if page.text.startswith("لل", start):
        return Credit(start + 2, end, "attribution", None, "ال" + page.text[start + 2 : end], 0.7)
    return Credit(start, end, "attribution", None, page.text[start:end], 0.7)


def _taken_from(page: Page, hit: Hit, end: int) -> bool:
    """Whether something is said by, to or in a medium, whose name ends there, not only about it."""
    sentence = context.sentence(context.bare(context.words_before(page.text, hit.start)))
    if context.CITED.ends(sentence) or context.PUBLISHED.ends(sentence):
        return True
    in_one = page.text[hit.start] == "ب" and page.text[hit.start + 1 : hit.end] in context.MEDIA
    if in_a_programme(sentence + "ب" if in_one else sentence):
        return True
    if context.REVIEW.ends(sentence) and not page.text.startswith("إذاعة", hit.start):
        return True
    if context.HAD_BEFORE.ends(sentence):
        return context.HAD_SAID.match(page.text, end) is not None
    if context.STAFF.ends(sentence + page.text[hit.start]) and not context.WITNESS.ends(sentence):
        return False
    if page.text[hit.start] == "ل":
        told = context.SAYING.search(sentence) is not None and not context.TOWARD.ends(sentence)
    else:
        told = context.SPOKEN_WITH.ends(sentence)
    return told and not (
        context.AMONG.ends(sentence) or context.EMPLOYED.ends(sentence) or context.WORKING.ends(sentence)
    )


def _names_agency(page: Page, start: int, end: int) -> bool:
    """Whether an agency's name begins in a stretch."""
    number = bisect_left(page.sources, start, key=itemgetter(0))
    while number < len(page.sources) and page.sources[number].start < end:
        if page.sources[number].meaning.what == AGENCY:
            return True
        number += 1
    return False


def _plain(page: Page, hit: Hit) -> Credit | None:
    """A medium whose name stands without quotes: up to three words, as far as the sentence shows where it ends."""
    text, at = page.text, hit.end
    kept: list[tuple[int, int]] = []
    ended = False
    while len(kept) <= 3 and not ended:
        word = context.NEXT_WORD.match(text, at)
        ended = word is None or (bool(kept) and context.ends_name(word[1]))
        if word is not None and not ended:
            kept.append(word.span(1))
            at = word.end()
    name = [text[start:end] for start, end in kept]
    adjective = (
        context.MASCULINE.search(page.text[hit.start : hit.end]) and context.NISBA.fullmatch(name[0]) if name else None
    )
    if not name or context.no_medium(name) or (len(name) == 1 and adjective):
        return None
    start, end = kept[0][0], kept[-1][1] if ended else kept[0][1]
    agency = text[hit.start : hit.end].endswith(("وكالة", "وكاله"))
    if _names_agency(page, hit.start, end) or (agency and not context.PRESS.match(text, end)):
        return None
    return Credit(start, end, "attribution", None, text[start:end], 0.7)


def _unquoted(page: Page, hit: Hit) -> Credit | None:
    words = re.compile(r"(?:\s+\w+){1,3}").match(page.text, hit.end)
    kept: list[str] = []
    for word in words[0].split() if words else []:
        if word in context.NAME_STOP or (kept and not word.startswith("ال")):
            break
        kept.append(word)
    if not kept or words is None:
        return None
    end = hit.end
    for word in kept:
        end = page.text.index(word, end) + len(word)
    for other in page.sources:
        known = other.meaning.agency
        if other.meaning.what == AGENCY and known is not None and hit.end <= other.start < end:
            return Credit(hit.start, max(end, other.end), "attribution", known.id, known.name, 0.9)
    return Credit(hit.start, end, "attribution", None, page.text[hit.start : end], 0.7)
