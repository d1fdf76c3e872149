"""Who is credited: from an agency's name in a text to a kind of credit, or to a mere mention.

The place decides first, the words around it second:

    in the dateline                          dateline or byline
    in "Source: ..."                         source
    alone in brackets, at a sentence's end   parenthesis
    alone behind the last sentence           closing
    "according to ...", "told ...",          attribution
    "... reported that"
    in marked text, as one of those present, mention
    as the employer of a person, in none
    of the above

A name that is also a word ("before", "life", "we") counts only where one of these places or the word "agency" vouches
for it; elsewhere it is not even a mention. An agency named twice in one breath ("the German agency (DPA)") is one
credit. Where the text calls something a news agency that the lexicon does not know, the credit carries its name and no
id; the same holds for a source line and for "the newspaper «...» reported".

Confidences order the kinds by how sure their place is; they are set by hand and not calibrated. What is right and wrong
in all is measured by benchmarks/marks.py.

Cost: two short slices of text and a few regular expressions for each agency found. Limits: an attribution whose verb
stands more than ``REACH`` code points away counts as mention.
"""

from __future__ import annotations

import re

from dedup.arabic.heads import Head
from dedup.arabic.page import SENTENCE_END, Hit, Page, covered
from dedup.arabic.phrase_table import AGENCY, CUE, Agency
from dedup.arabic.words import words
from dedup.model import Credit, Mark

REACH = 90
"""Code points before a name within which its verb or "according to" stands: about fifteen words. Set by hand."""
CONFIDENCE = {
    "byline": 0.98, "dateline": 0.98, "source": 0.97, "closing": 0.95, "parenthesis": 0.93, "attribution": 0.95,
    "mention": 0.8,
}  # fmt: skip

_AGENCY_WORDS = re.compile(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|وكالت[ىي]|وكالات|أنباء|انباء|الأنباء|الانباء)\s*(?:ال\w+\s+){0,2}[«\"“({\[']*\s*$"
)
_MEDIUM = re.compile(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه]|تلفزيون|راديو|إذاع[ةه]|مؤسس[ةه])"
    r"\s+(?:\w+\s+)?[«\"“({\[']*\s*$"
)
_OPEN_BRACKET = re.compile(r"[(\[{]\s*[«\"“]?\s*$")
_CLOSE_BRACKET = re.compile(r"\s*[»”\"]?\s*[)\]}]")
_QUOTED = re.compile(r"[«\"“'{(]\s*$")
_DIRECT = re.compile(
    r"(?:بحسب|وبحسب|حسب|حسبما|وفق|وفقا|وفقاً|طبقا|طبقاً|نقلا عن|نقلاً عن|نقلت|ونقلت|ذكرت|وذكرت|أوردت|اوردت|وأوردت|أفادت|"
    r"افادت|وأفادت|وافادت|قالت|وقالت|عن|وأضافت|أضافت|بثت|نشرت|وأوضحت|أعلنت|واعلنت|وأعلنت|كشفت|مراسل|مراسلة|مصور|أبلغ|أخبر)\s*"
    r"(?:[وفب]?(?:ما|به|عنه|عنها|ذلك|لما)\s+)?(?:نقلته|ذكرته|أوردته|نقلت|ذكرت|أفادت)?\s*[«\"“({']*\s*$"
)
_TOLD_MEDIUM = re.compile(
    r"(?:^|[\s«\"“(])[وف]?(?:ل|لل)(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|تلفزيون|راديو|إذاع[ةه])"
    r"(?: أنباء| الأنباء| تلفزيون)?\s*[«\"“({']*$"
)
_WORKING = re.compile(r"(?:يعمل|تعمل|عمل|عملت|العامل|العاملة|بيع|ملكي[ةه])\s+\S*\s*\S*\s*[«\"“({']*$")
_TOLD = re.compile(r"(?:^|[\s«\"“(])[وف]?لـ?[\s«\"“({']*$")
_SAYING = re.compile(
    r"(?:^|[\s«\"“(،.])[وفبلك]?(?:ا?ل)?(?:"
    r"حسب|حسبما|بحسب|وفق\w*|طبق\w*|نقل\w*|تناقل\w*|ذكر\w*|[أا]ورد\w*|[أا]فاد\w*|قال\w*|قول\w*|يقول|تقول|[أا]ضاف\w*|يضيف|[أا]علن\w*|"
    r"[أا]وضح\w*|[أا]كد\w*|[أا]شار\w*|صرح\w*|صرّح\w*|تصريح\w*|حديث\w*|تحدث\w*|متحدثا?|مقابل[ةه]|مقابلات|لقاء|حوار\w*|بث\w*|بثّ\w*|نشر\w*|"
    r"تلق\w*|علم\w*|[أا]بلغ\w*|[أا]خبر\w*|كشف\w*|رو[ىت]\w*|يروي|مراسل\w*|مصور\w*|مصوّر\w*|صحافي\w*|صحفي\w*|استطلاع\w*|استطلع\w*|مسح\w*|"
    r"شاهد|شهود|تعداد|حصيل[ةه]|إحصاء|تقرير\w*|تقارير|بيان\w*|تحليل\w*|حسابات|[أا]سئل[ةه]|سؤال|اطلع\w*|أطلع\w*|تابع\w*|رصد\w*|"
    r"تعليق\w*|معلومات|شرح\w*|[أا]قر\w*|اعتبر\w*|[أا]جرت\w*|تجري\w*|قدر\w*|توقع\w*|زعم\w*|وصف\w*|نسب\w*|كتب\w*|لفت\w*|خبر|نبأ|اتصال\w*|[أا]ظهر\w*|التق\w*|برقي[ةه]|"
    r"جمع\w*|حصل\w*|استناد\w*|نفى|نفت|بين|أسر|صورة|صور|لقطات|مصادر|مصدر|بواسط[ةه]|عبر|خاص)(?=[\s«\"“(،:]|$)"
)
_AFTERWARDS = re.compile(
    r"[\s»”\")}\]]*(?:(?:ال\w+|للأنباء|للانباء|\([^)]{1,20}\)|[«\"“][^»”\"]{1,20}[»”\"])[\s،]*){0,3}"
    r"(?:أن|ان|إن|بأن|بان|أنه|انه|أنها|انها|عن|عنه|نقلا|نقلاً|فإن|فان|قوله|قولها|قائل\w*|قالت|ذكرت|نقلت|أفادت|أوردت|أوضحت|أضافت|أعلنت|ف\w+ت)\b"
)
_HAD = re.compile(r"(?:^|\s)[وف]?كان(?:ت)?\s+(?:وكال[ةه]\s+|صحيف[ةه]\s+|شبك[ةه]\s+|قنا[ةه]\s+)?[«\"“(]*$")
_DONE = re.compile(r"[\s»”\")]*(?:\w+\s+){0,4}(?:قد\s+\w+|\w+ت)\s")
_LINE_HEAD = re.compile(r"[\s*•]*(?:[^\s.،:]+\s+){0,3}[^\s.،:]*\s*[-–—/(]\s*[«\"“(]*$")
_HEAD_END = re.compile(r"[\s»”\")]*(?:[::]|[)/]\s*[-–—])")
_EMPLOYED = re.compile(
    r"(?:رئيس\w*|مدير\w*|مديرة|عام|تحرير|مقر|مكتب|مكاتب|مبنى|عضو|أعضاء|وفد|مندوب\w*|ممثل\w*|ممثلي|موظف\w*|مسؤول\w*|مندوبي|الخبير\s+\S+\s+\S+\s+\S+\s+في|"
    r"تومسون|طومسون|شركة|اتفاقي[ةه]|مذكر[ةه]|تأسيس|إنشاء|تطوير|زيار[ةه]|زار|لزملائه|زميل\w*|محلل\w*|خبير\w*|العامل\w*|يعمل\w*|عمل|تعمل)\s*(?:في|لدى|ب|من|مع|لـ)?\s*[«\"“({']*\s*$"
)
_AMONG = re.compile(
    r"(?:^|\s)(?:بما في ذلك|بما فيها|من بينها|من بينهم|من بين|بينها|ومنها|منها|من ضمنها|مثل|أمثال|على غرار|بمشارك[ةه]|"
    r"وممثلي|بحضور|"
    r"وسائل الإعلام)(?:\s[^.]{0,40})?$"
)
_NAME_STOP = frozenset(words("name_ends"))


class Judgement:
    """Decides about the names found in one page, given its marks and its head."""

    def __init__(self, page: Page, marks: list[Mark], head: Head | None, names: frozenset[str]) -> None:
        """``names``: what the outlet calls itself; it does not credit itself."""
        self._page = page
        self._marks = marks
        self._head = head
        self._own = names

    def credits(self) -> list[Credit]:
        """All credits of the page, in order of place."""
        found: list[Credit] = []
        behind = 0
        for hit in self._page.hits:
            agency = hit.meaning.agency
            if hit.meaning.what == AGENCY and agency is not None and hit.start >= behind:
                credit = self._of_agency(hit, agency)
                if credit is not None and self._repeats(found, credit):
                    if found[-1].agency is None:
                        found[-1] = credit._replace(start=found[-1].start)
                elif credit is not None:
                    found.append(credit)
                if credit is not None or hit.meaning.sure:
                    behind = hit.end
            elif hit.meaning.what == CUE and hit.start >= behind:
                unknown = self._of_unknown(hit)
                if unknown is not None:
                    found.append(unknown)
                    behind = unknown.end or behind
        found += self._source_lines(found) + self._agencies_unnamed(found)
        return sorted(found, key=lambda credit: credit.start or 0)

    def _repeats(self, found: list[Credit], credit: Credit) -> bool:
        """Whether the credit before names the same agency in the same breath."""
        if not found or credit.start is None or found[-1].end is None:
            return False
        between = self._page.text[found[-1].end : credit.start]
        same = found[-1].agency == credit.agency or found[-1].agency is None
        return (
            same
            and len(between) <= 14
            and not re.search(r"[.\n]", between)
            and re.search(r"^\W*(?:الرسمية)?\W*$", between) is not None
        )

    def _of_agency(self, hit: Hit, agency: Agency) -> Credit | None:
        start, end = hit.start, hit.end
        kind = self._kind(hit, agency)
        if kind is None:
            return None
        return Credit(start, end, kind, agency.id, agency.name, self._confidence(kind, hit))

    def _confidence(self, kind: str, hit: Hit) -> float:
        return CONFIDENCE[kind] if hit.meaning.sure else round(CONFIDENCE[kind] - 0.05, 2)

    def _kind(self, hit: Hit, agency: Agency) -> str | None:
        page, text = self._page, self._page.text
        start, end = hit.start, hit.end
        if start < page.body_start:
            return "mention" if hit.meaning.sure else None
        if self._head is not None and self._head.start <= start < self._head.end:
            return "byline" if self._head.label == "byline" else "dateline"
        over = [mark for mark in self._marks if mark.start < end and start < mark.end]
        if over:
            return self._in_marks(over, hit)
        before, after = text[max(0, start - REACH) : start], text[end : end + 40]
        bracketed = _OPEN_BRACKET.search(before) is not None and _CLOSE_BRACKET.match(after) is not None
        if bracketed and self._ends_here(end):
            return "parenthesis"
        if self._closes_text(before, end):
            return "closing"
        if _HEAD_END.match(after) and _LINE_HEAD.fullmatch(text, text.rfind("\n", 0, start) + 1, start):
            return "dateline"
        if not hit.meaning.sure and not bracketed and not self._vouched(before, after, agency):
            return None
        return self._in_sentence(before, after, hit, agency, bracketed)

    def _in_marks(self, over: list[Mark], hit: Hit) -> str | None:
        """A service's line and a source line credit; an agency that other furniture names is only mentioned."""
        if any(mark.label in ("source", "credit") for mark in over):
            return "source"
        if any(mark.evidence == "ended" for mark in over):
            return "closing"
        if any(mark.label == "byline" for mark in over):
            return "byline"
        return "mention" if hit.meaning.sure else None

    def _ends_here(self, end: int) -> bool:
        """Whether a bracket behind a name closes a sentence, a paragraph or the text."""
        closed = _CLOSE_BRACKET.match(self._page.text, end)
        rest = self._page.text[closed.end() : closed.end() + 4] if closed else ""
        return not rest.strip() or "\n" in rest[:2] or rest.lstrip(" ")[:1] in "."

    def _closes_text(self, before: str, end: int) -> bool:
        """Alone behind the last sentence of the text."""
        behind = self._page.text[end:].strip(' \n\t\r.»”")/*-:0123456789APM\N{NO-BREAK SPACE}')
        bare = before.rstrip(' «"“(/*-–\N{NO-BREAK SPACE}')
        return not behind and ((bare[-1:] in ".؟!\n»”" and bool(bare)) or before.endswith("\n"))

    def _vouched(self, before: str, after: str, agency: Agency) -> bool:
        """Whether the words before a doubtful name say that it is a medium's."""
        if _AGENCY_WORDS.search(before) or re.match(r"[»”\"]?\s*(?:ال\w+\s+)?لل[أا]نباء", after):
            return True
        quoted = _QUOTED.search(before) is not None
        if agency.kind == "outlet":
            return _MEDIUM.search(before) is not None or (quoted and _DIRECT.search(before) is not None)
        return _DIRECT.search(before) is not None or (quoted and _TOLD.search(before) is not None)

    def _in_sentence(self, before: str, after: str, hit: Hit, agency: Agency, bracketed: bool) -> str | None:
        ends = [match.end() for match in SENTENCE_END.finditer(before)]
        sentence = before[ends[-1] :] if ends else before
        sentence = sentence[sentence.rfind("\n") + 1 :]
        if agency.kind == "outlet" and not self._own.isdisjoint((*agency.names, *agency.short)):
            return "mention"
        if _AMONG.search(sentence):
            return "mention"
        attributed = self._told(before, hit) or _DIRECT.search(sentence) is not None
        if not attributed and _EMPLOYED.search(sentence):
            return "mention"
        if attributed or _AFTERWARDS.match(after) or (_HAD.search(sentence) and _DONE.match(after)):
            return "attribution"
        if agency.kind != "outlet" and _SAYING.search(sentence):
            return "attribution"
        if agency.kind == "outlet" and _SAYING.search(" " + " ".join(sentence.split()[-4:])):
            return "attribution"
        return "mention"

    def _told(self, before: str, hit: Hit) -> bool:
        """ "To" written together with the name or before its quotation mark: said to the agency."""
        first = self._page.text[hit.start : hit.end]
        if first.startswith("لل") or (re.match(r"[وف]?ل", first) and not first.startswith(("لوسا", "للا"))):
            return True
        if _TOLD_MEDIUM.search(before) and not _WORKING.search(before):
            return True
        return _TOLD.search(before) is not None

    def _of_unknown(self, hit: Hit) -> Credit | None:
        """A credit by name for an agency or outlet in no lexicon."""
        text = self._page.text
        if covered(self._marks, hit.start, hit.end) or hit.start < self._page.body_start:
            return None
        quoted = re.compile(r"[\s]*[«\"“]([^»”\"\n]{2,40})[»”\"]").match(text, hit.end)
        if quoted:
            start, end = (hit.start if hit.meaning.sure else quoted.start(1)), quoted.end(1)
            if any(h.meaning.what == AGENCY and quoted.start(1) <= h.start < quoted.end(1) for h in self._page.hits):
                return None
            return Credit(start, end, "attribution", None, quoted[1].strip(), 0.8)
        if not hit.meaning.sure or text[hit.end : hit.end + 2].strip() == "":
            return None
        return self._unquoted(hit)

    def _unquoted(self, hit: Hit) -> Credit | None:
        words = re.compile(r"(?:\s+\w+){1,3}").match(self._page.text, hit.end)
        kept: list[str] = []
        for word in words[0].split() if words else []:
            if word in _NAME_STOP or (kept and not word.startswith("ال")):
                break
            kept.append(word)
        if not kept or words is None:
            return None
        end = hit.end
        for word in kept:
            end = self._page.text.index(word, end) + len(word)
        return Credit(hit.start, end, "attribution", None, self._page.text[hit.start : end], 0.7)

    def _agencies_unnamed(self, found: list[Credit]) -> list[Credit]:
        """A head that says "agencies" and names none."""
        head = self._head
        if head is None or any(c.start is not None and head.start <= c.start < head.end for c in found):
            return []
        for piece in head.pieces:
            name = self._page.text[piece.start : piece.end].strip()
            if name in ("وكالات", "الوكالات"):
                at = self._page.text.index(name, piece.start)
                return [Credit(at, at + len(name), head.label, None, name, CONFIDENCE[head.label])]
        return []

    def _source_lines(self, found: list[Credit]) -> list[Credit]:
        """Named sources of source lines in which no agency was found."""
        named = []
        for mark in self._marks:
            if mark.label != "source" or any(c.start is not None and mark.start <= c.start < mark.end for c in found):
                continue
            line = self._page.text[mark.start : mark.end]
            lead = re.match(r"[^:]{0,24}:\s*", line)
            start = mark.start + (lead.end() if lead else 0)
            span = self._page.trimmed(start, mark.end)
            name = self._page.text[span.start : span.end].strip(' .،«»"“”()[]*-–')
            if name and not name.startswith("http"):
                at = self._page.text.index(name, span.start)
                named.append(Credit(at, at + len(name), "source", None, name, CONFIDENCE["source"]))
        return named
