"""Attributions: whether a sentence takes something from the agency or outlet it names.

Asked of a name that no head, line, bracket or mark has decided about, by the words before and behind it:

    "according to ...", "quoting ..."           right before the name
    "... reported that", "... quoted him as"    right behind it
    "told ...", "an interview with ..."         "to" written together with the name, or the word before it
    "a review by ...", "the report in ..."      what an outlet publishes

None of them counts where the name is that of somebody's employer, of one of those present, or of the subject, nor where
the agency is in the news itself (:mod:`~dedup.arabic.parties`). A name
that is also a word ("before", "life", "we") must be vouched for first: by the word "agency" or "newspaper", by
quotation marks, by a formula that nothing else stands behind.

Cost: two short slices of text and a few regular expressions a name. Limits: an attribution whose verb stands more than
``REACH`` code points away counts as mention.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter

from dedup.arabic import credit_context as context
from dedup.arabic.page import Hit, Page
from dedup.arabic.parties import in_the_news, no_witness, written_with
from dedup.arabic.phrase_table import Agency

_FOR_NEWS = re.compile(r"[»”\"]?\s*(?:ال\w+\s+)?لل[أا]نباء")


def in_sentence(
    page: Page, agencies: Sequence[Hit], own: frozenset[str], before: str, after: str, hit: Hit, agency: Agency
) -> str | None:
    """The kind of a name between the words ``before`` and ``after`` it: an attribution, a source ("first on ..."), or a
    mere mention, as an outlet's ``own`` name always is. ``agencies``: all that the page names."""
    if own and agency.kind == "outlet" and not own.isdisjoint((*agency.names, *agency.short)):
        return "mention"
    sentence = context.sentence(before)
    if not _attributed(page, agencies, sentence, before, after, hit, agency):
        return "source" if context.FIRST_ON.ends(sentence) else "mention"
    if context.ELSEWHERE.ends(sentence) or in_the_news(page, agencies, sentence, after, hit, agency):
        return "mention"
    return "attribution"


def vouched(before: str, after: str, agency: Agency, name: str) -> bool:
    """Whether the words before a doubtful name say that it is a medium's."""
    quoted = context.QUOTED.search(before[-8:]) is not None
    if context.OF_AN_AGENCY.ends(before):
        return quoted or agency.kind != "outlet"
    if _FOR_NEWS.match(after):
        return True
    if agency.kind == "outlet":
        return context.MEDIUM.ends(before) or (quoted and _quoted_paper(before, after))
    if not quoted and name in context.PERSONAL:
        return False
    if not quoted and context.ADJECTIVAL.fullmatch(name):
        return context.ACCORDING.ends(before)
    if context.TO_IT.fullmatch(name) and (context.AFTERWARDS.match(after) or context.BREAK_BEHIND.match(after)):
        return context.SAYING.search(context.sentence(before)) is not None
    if not quoted and context.ALONE_BEHIND.match(after) is None and context.AFTERWARDS.match(after) is None:
        return False
    if context.SITE.ends(before):
        return True
    if quoted and context.VIA.ends(before):
        return context.SAYING.search(context.sentence(before)) is not None
    return context.DIRECT.ends(before) or (quoted and context.TOLD.ends(before))


def _quoted_paper(before: str, after: str) -> bool:
    """Whether a common word in quotation marks is a paper: it has reported, or somebody told it something."""
    if context.DIRECT.ends(before) or context.SAYS.match(after):
        return True
    sentence = context.sentence(before)
    if context.TOLD.ends(before):
        return context.SAYING.search(sentence) is not None
    if context.AFTERWARDS.match(after) and (context.INFORMED.ends(sentence) or _published(sentence)):
        return True
    return context.INTERVIEW.ends(sentence) or context.REVIEW.ends(sentence)


def _attributed(
    page: Page, agencies: Sequence[Hit], sentence: str, before: str, after: str, hit: Hit, agency: Agency
) -> bool:
    """Whether something is taken from a name, as its sentence says."""
    particle = written_with(page.text, hit, agency)
    if context.OWN_NEWS.match(after):
        return False
    by_reporter = page.text.startswith("مراسل", hit.start) or _reporter(sentence) is not None
    if by_reporter and context.IN_THE_NEWS.match(after):
        return False
    if context.DIRECT.ends(sentence) and not (particle and context.STAFF.ends(sentence + particle)):
        present = context.PRESENT.ends(sentence) and context.AFTERWARDS.match(after) is None
        return not present and _reports(sentence, after)
    said = context.AFTERWARDS.match(after) is not None
    reporter = None if said else _reporter(sentence)
    if reporter is not None and not context.SAW.match(after) and _spoken_of(sentence, after, reporter):
        return False
    if not (
        ((said or _telling(sentence, after, agency)) and not _employed(sentence))
        or context.INTERVIEW.ends(sentence)
        or (agency.kind == "outlet" and in_a_programme(sentence + particle))
        or (said and context.INFORMED.ends(sentence))
        or _told(before, after, particle, agency)
        or (context.TO_COMMENT.match(after) is not None and context.REFUSED.ends(sentence))
    ):
        return context.REVIEW.ends(sentence)
    if context.AMONG.ends(sentence) or _employs(sentence + particle, after) or _beside_employer(page, agencies, hit):
        return context.REVIEW.ends(sentence)
    if not said and _on_strike(sentence, after):
        return False
    if particle == "ل" and context.BELONGS.ends(sentence):
        return False
    return said or not context.TOPIC.ends(sentence) or context.HAD_SAID.match(after) is not None


def _on_strike(sentence: str, after: str) -> bool:
    """Whether those who work for a name are in the news for themselves, and tell of nothing."""
    if not context.EMPLOYEES.ends(sentence) or context.WITNESS.ends(sentence):
        return False
    return context.LABOUR.search(" ".join([sentence, *after.split()[:2]])) is not None


def in_a_programme(sentence: str) -> bool:
    """Whether somebody spoke in a programme of the station whose name follows."""
    return context.PROGRAMME.ends_whole(sentence) and context.SAYING.search(sentence) is not None


def _published(sentence: str) -> bool:
    """Whether somebody has written something in the paper whose name follows, or it has published what was told."""
    return context.PUBLISHED.ends_whole(context.MEDIUM_BEHIND.sub("", sentence))


def _reports(sentence: str, after: str) -> bool:
    """Whether an agency's reporter, where one stands before the name, says or sees something."""
    reporter = _reporter(sentence)
    if reporter is None or context.AFTERWARDS.match(after) or context.SAW.match(after):
        return True
    if _spoken_of(sentence, after, reporter):
        return False
    return context.SAYING.search(context.PRESS_PEOPLE.sub("", sentence[: reporter.start() + 1])) is not None


def _reporter(sentence: str) -> re.Match[str] | None:
    """The word for an agency's reporter right before its name."""
    if "مراسل" not in sentence and "مصور" not in sentence:
        return None
    return context.REPORTER.search(sentence)


def _spoken_of(sentence: str, after: str, reporter: re.Match[str]) -> bool:
    """Whether an agency's reporter, whose word stands there, is the news and tells none."""
    fate = context.FATE.match(after) is not None
    if context.WITNESS.ends(sentence):
        return fate and sentence[: reporter.start()].endswith(("إن", "أن", " ان"))
    told = sentence[reporter.start() :].lstrip()[:1] == "ل"
    return fate or (not told and context.SPOKEN_OF.search(sentence, 0, reporter.start() + 1) is not None)


def _beside_employer(page: Page, agencies: Sequence[Hit], hit: Hit) -> bool:
    """Whether "and" joins the name to another right before it that is somebody's employer."""
    text = page.text
    if text[hit.start] != "و" and text[hit.start - 2 : hit.start] not in ("و«", 'و"', "و“", "و "):
        return False
    here = bisect_left(agencies, hit.start, key=itemgetter(0))
    for other in reversed(agencies[:here]):
        if context.AND_NEXT.fullmatch(text, other.end, hit.start):
            before = context.bare(context.words_before(text, other.start))
            return _employs(context.sentence(before), "") or _employed(context.sentence(before))
    return False


def _employed(sentence: str) -> bool:
    """Whether an office, a building or a contract of the name stands before it, or before "the paper"; "the analyst of
    the paper has written in it" is none."""
    if not context.EMPLOYED.ends(sentence):
        bare = sentence.rstrip(' «"“({')
        at = bare.rfind(" ") + 1
        if bare[at:] not in context.MEDIA or not context.EMPLOYED.ends(bare[:at]):
            return False
    written_in = context.MEDIUM_BEHIND.sub("", sentence).endswith(" في ")
    return not (written_in and _published(sentence))


def _employs(sentence: str, after: str) -> bool:
    """Whether the name is that of somebody's employer, or a part of it is meant."""
    if not context.EMPLOYER.ends(sentence):
        return False
    if context.STAFF.ends(sentence):
        if context.SAW.match(after) or context.INTERVIEW.ends(sentence):
            return False
        return not context.WITNESS.ends(sentence) or no_witness(sentence, after)
    return not context.INTERVIEW.ends(sentence)


def _telling(sentence: str, after: str, agency: Agency) -> bool:
    """Whether the sentence tells of speaking, of an outlet right before it; or of what it has published or done."""
    outlet = agency.kind == "outlet"
    near = " " + " ".join(sentence.rstrip(' «"“({').split()[-4:]) if outlet else sentence
    if context.SAYING.search(near) or (outlet and context.OF_A_PAPER.search(near)):
        honoured = not outlet and context.HONOURED.search(sentence) is not None
        return not honoured or context.CITED.ends_whole(context.AGENCY_BEHIND.sub("", sentence))
    if outlet and _published(sentence):
        return True
    return context.HAD.ends_whole(sentence) and context.DONE.match(after) is not None


def _told(before: str, after: str, particle: str, agency: Agency) -> bool:
    """ "To" written together with the name or before its quotation mark: said to the agency. "To" is also "of" and
    "for", so an office before it, and for an outlet a sentence in which nobody speaks, say something else."""
    told = particle == "ل" or context.TOLD_MEDIUM.ends(before)
    if not told or context.WORKING.ends(before):
        return False
    if context.HEADED_BY.ends(before) and context.BEHIND_SAID.match(after) is None:
        return False
    behind = context.AFTERWARDS.match(after) or context.BEHIND_SAID.match(after)
    if agency.kind != "outlet" or behind is not None:
        return True
    said = context.TO_BEHIND.sub("", context.sentence(before))
    spoken = context.SAYING.search(said) or context.TELLING.search(said)
    return spoken is not None and not context.TOWARD.ends(said)
