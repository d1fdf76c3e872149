"""How far a furniture phrase reaches: a word, the rest of its line, a list of links, the end of the text.

The one rule behind all extents: **a paragraph is never taken by a phrase in it.** A line of more than ``LONG_LINE``
words gives only the sentence, a list of links ends at the first line that reads like a story, and what runs "to the
end" does so only when little is left. So an error costs a sentence, not an article.

Limits: links are told from paragraphs by length and final punctuation; a list of whole sentences is taken up to the
second long one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from operator import itemgetter

from dedup.arabic.block_lines import shape
from dedup.arabic.closed_lines import (
    CLOSING,
    ENDS,
    SOMEBODY,
    both_ways,
    buttons,
    contributes,
    counts,
    edits,
    elsewhere,
    ends_dispatch,
    numbered,
    pointed,
    posted,
    scored,
    shut,
)
from dedup.arabic.line_words import restates
from dedup.arabic.page import BULLETS, LONG_LINE, SENTENCE_END, SPACES, STORY_LINE, Hit, Page
from dedup.arabic.page_talk import disclaims, ends_sentence, of_page, only_page_words, says
from dedup.arabic.phrase_table import AGENCY
from dedup.arabic.picture_lines import CAPTION, POSED
from dedup.arabic.words import words
from dedup.model import Span

DISCLAIMER_WORDS = 90
"""A disclaimer is one paragraph of the site's, here up to this many words; set by hand."""
COMPANY_WORDS, RIGHTS_WORDS = 150, 12
"""Words of the longest company text below a release, and of the longest line of rights. Set by hand."""
PRESSED_WORDS, TAKEN_WORDS = 25, 7
"""Words of the longest line that asks to press a link, and of the longest "taken from ..." without a colon. Set by
hand."""
FOLLOWED_WORDS = 8
"""Words of the longest "follow us on a network" that says no more. Set by hand."""
CLOSED_LETTERS = 400
"""Letters of the longest rest of a line that is read to its last word. Set by hand."""
BESIDE_PHRASES = 8
"""Phrases of a line beside a field that are looked at: each is also found within longer ones."""
_BARE = BULLETS + "*:0123456789"
LINK_WORDS = 4
"""Words of the shortest headline in a list of links whose heading may mean other things. Set by hand."""
UNENDED_WORDS = 6
"""Words of the longest line about comments that is no sentence. Set by hand."""
CALL_WORDS, SITE_WORDS = 3, 4
"""Words before "read the whole story on" in its sentence, as in "for more details ...", and of the longest name of a
site behind it. Set by hand."""
SCORE_LETTERS = 16
"""Letters behind a word for "ended" within which a result stands."""
HEAD_LINES = 4
"""Lines at the top among which a summary for search engines stands (title, summary, headline, first paragraph)."""
SAID_AGAIN = 0.6
"""Share of its longer words that a teaser's line has in common with the lead, to be nothing but its summary. Set by
hand."""
LEAD_LINES = 6
"""Lines below a summary among which the lead stands: date, reading time, caption, buttons. Set by hand."""
_LEADING = frozenset(BULLETS) - frozenset('.…،)]»”"')
_WRITER = re.compile(r"\s*(?:لل|ال|ل)?كاتب")
COLON = re.compile(r"[\s»”\")]*[:\uff1a]")
"""Right behind a phrase: the quote or bracket that closes it, and a colon, also the full-width one (U+FF1A)."""
COLON_OR_DASH = re.compile(r"[\s»”\")]*(?:[:\uff1a]|[ \t][-–—][ \t])")
"""Before the headline of another story some sites set a dash."""
_ADDRESS = re.compile(r"@|https?:|www\.|\.com|\d{5}")
_LINK_BEFORE = re.compile(r"[\s*•-]*https?://(?:www\.|mobile\.|m\.)?")
"""Before a network's name in a line that is an address."""
_CLOSED = re.compile(r"[\s/*\\#()\[\].:!\-–—،,\d]*+(?:[ء-ي]{1,2}(?:[\s./]++[ء-ي]{1,2}){0,5})?[\s/*\\#()\[\].\d]*+")
"""Behind an end mark: signs, a number, editors' initials."""
_DIGIT = re.compile(r"\d")
_FIRST_ON = re.compile(
    r"\s(?:[أا]ول(?:ا|اً|ًا)\s+(?:على|في)|(?:appeared|published) first (?:on|in))\s+(?:(?!ثم\s)\S+\s+){0,3}\S+\s*$"
)
"""The name of a site, of four words at most, ends the line."""
_CORRECTED = re.compile(r"نسخ[ةه] سابق[ةه]|\bورد\b|الصواب|والصحيح|خط[أا]|سهوا|عُ?دّ?ل|[Ee]arlier version|[Cc]orrect")
"""What an editor's note says of the text it corrects."""
_YEAR_BEFORE, _YEAR_BEHIND = re.compile(r"(?:©|(?:19|20)\d\d)\W*$"), re.compile(r"\W*(?:©|(?:19|20)\d\d)")
"""Right before "all rights reserved", and right behind it: no sentence, though a full stop ends it."""
_TOGETHER = re.compile(r"تابِ?ع|متابع[ةه]|وكالات|[أا]\.? ?ف\.? ?ب")
"""Whose text a site's own is put together from."""
_SIGNED = re.compile(r"\W*(?:[^\W\d_]+ ){0,3}[^\W\d_]+[»”\")]*\s*[-–—ـ/|+]\s*")
"""A name of four words at most and a sign before "agencies"; a known name is credited by :mod:`credit_lines`."""
_KEYS = re.compile(r"[:\uff1a،,؛;|/#•·\-–—\n]")
"""Signs between keywords."""
_SET_APART = re.compile(r"[\s»”\")]*[:\uff1a|/#•\-–—]")
"""Signs behind a word for keywords that no sentence has there."""
_FUNCTION = frozenset(words("function"))
_SEPARATED = re.compile(r"[/»>|›\\]|←")
_REACHED = re.compile(r"@|https?:|www\.|\d{6}|هاتف|لمزيد من المعلومات|للمزيد من المعلومات|تأسس")
"""How a company is reached, or when it was founded."""
_SAID = re.compile(r"(?<!\w)[وف]?(?:قال\w*|[أا]كد\w*|[أإا]ن|[أإا]نه|[أإا]نها)\s")
"""Before a phrase: somebody says it, so it is the story's."""
_TAKEN = re.compile(r"نقلا|منقول|ظهر|نشر هذا|رابط")
_READ_TIMES = re.compile(
    r"\s*(?:(?:هذا|هذه) )?(?:(?:ال)?(?:خبر|مقال[ةه]?|موضوع|صفح[ةه]|تقرير|ماد[ةه]|مشارك[ةه]|تدوين[ةه])(?: حتى الآن)?)?"
    r"[\s:\[(]*[\d٠-٩][\d٠-٩.,٬]*[\s\])]*"
    r"(?:(?:من )?(?:مر[ةه]|مرات|زائر|زائرا|قارئ|شخصا?|مشاهد[ةه]?|قراء[ةه]|زيار[ةه]))?[\s.]*"
)
"""Behind "was read": the article, and how often."""
_CHANNEL = re.compile(
    r"\b(?:قناة|تطبيق|صفحة|حساب|جروب|مجموعة|النشرة|نشرة|موقع|ال[إا]شعارات|(?:جوجل|غوغل|قوقل) نيوز|"
    r"[Gg]oogle|Telegram|WhatsApp|(?:ال)?واتس ?اب|(?:ال)?تي?ل[يغج]|فيسبوك|فايسبوك|تويتر|يوتيوب|[اإ]نست)"
)
"""Where a page can be followed."""
_DO = re.compile(
    r"\b(?:(?:اشترك|انضم)(?:وا)?|للاشتراك|للانضمام|[اإ]ضغط|[اإ]نقر|تابعو?نا|تابعوا|يمكنكم?|زوروا|حملوا|احصلوا|كونوا|"
    r"الاشتراك (?:في|ب))\b"
)
"""What the reader is to do there."""
_LINKED = re.compile(r"https?://|t\.me/|www\.")
"""Or where it is: an address is the last word."""
_FOLLOWED = re.compile(
    r"^[\s*•]*(?:تابع|انضم|اشترك) (?!.*[.،؛:]).*\s(?:على|في|عبر) (?:[أا]خبار (?:غوغل|جوجل|قوقل)|"
    r"(?:جوجل|غوغل|قوقل) نيوز|Google News|"
    r"واتس ?اب|WhatsApp|تي?ل[يغج]\w+|Telegram|نبض)\s*$"
)
"""Or that it is followed on a network, which ends the line."""
_OURS = re.compile(
    r"\b(?:و?ب?(?:قناتنا|قنواتنا|صفحتنا|صفحاتنا|موقعنا|تطبيقنا|نشرتنا|حساباتنا|حسابنا|مجموعتنا|منصاتنا|رسالتنا)|"
    r"[اإ](?:ضغط|نقر)(?:وا)? هنا|بريدك|مجانا عبر|من (?:ال)?أخبار (?:\w+ ){0,2}(?:الآن|اليوم))\b"
)
"""The page speaks of itself, or of its reader."""
_ARROW = re.compile(r">{2,}|[⬇⬅\U0001f447]\ufe0f?")
"""What a call to press a link ends with."""
_ADDRESSED = re.compile(r"(?:ت|ي)صلكم?\b|بريدكم?\b|\bsms\b|[@]|https?:|www\.", re.IGNORECASE)
"""What its reader gets."""

Extent = Callable[[Page, Hit, Span], Span | None]
"""From a page, a hit and its line to the marked stretch, or None: no furniture here."""


def _phrase(page: Page, hit: Hit, line: Span) -> Span | None:
    return Span(hit.start, hit.end)


def _from(page: Page, hit: Hit, line: Span) -> int:
    """Where the marked stretch begins: with the bullets and quotes right before the phrase."""
    start, begin, text = hit.start, line.start, page.text
    while start > begin and text[start - 1] in _LEADING:
        start -= 1
    if start == begin or not text[begin:start].strip(BULLETS):
        return page.begin(begin)
    return page.begin(start)


def _rest(page: Page, hit: Hit, line: Span) -> Span | None:
    start = _from(page, hit, line)
    rest = Span(start, line.end)
    if page.has_at_most(LONG_LINE, rest):
        return rest
    rest = Span(start, page.sentence_at(hit.start, line).end)
    return rest if page.has_at_most(LONG_LINE, rest) else None


def _line(page: Page, hit: Hit, line: Span) -> Span | None:
    return line if page.has_at_most(DISCLAIMER_WORDS, line) else page.sentence_at(hit.start, line)


def _sentence(page: Page, hit: Hit, line: Span) -> Span | None:
    sentence = page.sentence_at(hit.start, line)
    return sentence if page.has_at_most(LONG_LINE, sentence) else None


def _sentences(page: Page, hit: Hit, line: Span) -> Span | None:
    if page.words(line) > DISCLAIMER_WORDS or len(page.lines) == 1:
        return _sentence(page, hit, line)
    start = page.sentence_at(hit.start, line).start
    before = Span(line.start, start)
    told = not page.has_at_most(STORY_LINE - 1, before) and not disclaims(page.text[before.start : before.end])
    return Span(start, line.end) if told else line


def _list(page: Page, hit: Hit, line: Span) -> Span | None:
    if page.text[hit.end : line.end].strip(BULLETS):
        return _rest(page, hit, line)
    end = line.end
    for below in page.lines[page.number_below(line) :]:
        if reads_like_story(page, below):
            break
        end = below.end
        if page.text[end - 6 : end] == " نهاية":
            break
    return Span(_from(page, hit, line), end)


def reads_like_story(page: Page, line: Span) -> bool:
    """Whether a line below a list of links is a paragraph: long, or of middle length and ended like a sentence."""
    words = page.words(line)
    ended = page.text[line.start : line.end].rstrip(SPACES + "»”\"')")[-1:] in ".،؛:"
    return words > LONG_LINE or (ended and words >= STORY_LINE) or words > 25


def _end(page: Page, hit: Hit, line: Span) -> Span | None:
    start = _from(page, hit, line)
    rest = Span(start, page.trimmed(start, len(page.text)).end)
    return rest if page.has_at_most(LONG_LINE, rest) else _rest(page, hit, line)


def _breadcrumb(page: Page, hit: Hit, line: Span) -> Span | None:
    short = page.words(line) <= STORY_LINE
    return line if short and _SEPARATED.search(page.text, hit.end, line.end) else None


def _head_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """A summary line at the top, which ends with the phrase's sentence, if a story follows below it."""
    top = page.body_lines
    if line in top[:HEAD_LINES] and len(top) > 2 and page.words(line) <= DISCLAIMER_WORDS:
        rest = page.sentence_at(hit.start, line)
        return line if rest.end >= line.end - 2 else None
    return None


def _top_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """An introduction: one of the first lines, with a story below it."""
    top = page.body_lines
    return line if line in top[:HEAD_LINES] and len(top) > 1 and page.words(line) <= DISCLAIMER_WORDS else None


def _name(page: Page, hit: Hit, line: Span) -> Span | None:
    """The phrase and a name behind it, up to the line's end or the next furniture."""
    behind = [other.start for other in page.furniture if hit.end < other.start < line.end]
    end = page.trimmed(hit.end, min([line.end, *behind])).end
    return Span(_from(page, hit, line), end) if page.words(Span(hit.end, end)) <= 6 else None


def _short(page: Page, hit: Hit, line: Span) -> Span | None:
    """A line that is no longer than a headline, if nobody says it."""
    return line if page.has_at_most(STORY_LINE, line) and not says(page.text[line.start : line.end]) else None


def _text_by(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Text: so-and-so, with agencies": a short line that says of whose texts it is made."""
    together = _TOGETHER.search(page.text, hit.end, line.end)
    return line if together and page.has_at_most(STORY_LINE, line) else None


def _note(page: Page, hit: Hit, line: Span) -> Span | None:
    """What an editor says of an earlier version of the text."""
    return _rest(page, hit, line) if _CORRECTED.search(page.text, hit.end, line.end) else None


def _short_line(page: Page, hit: Hit, line: Span) -> Span | None:
    asked = page.text[line.end - 1] in "؟?"
    return line if page.words(line) <= 6 and not asked else None


def _dated_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """A line that names a day or an hour and is no sentence."""
    bare = page.text[line.start : line.end]
    if line not in page.body_lines[:HEAD_LINES] + page.lines[-HEAD_LINES:]:
        return None
    dated = _DIGIT.search(bare) or (COLON.match(page.text, hit.end) and page.words(line) <= 6)
    return line if dated and page.words(line) <= 14 and bare.rstrip(CLOSING)[-1:] not in (".", "،") else None


def _address(page: Page, hit: Hit, line: Span) -> Span | None:
    """An address or a number behind its word, and the lines below it that are no paragraph."""
    below = page.lines[page.number_below(line) :]
    told = next((one.start for one in below if reads_like_story(page, one)), len(page.text))
    end = page.trimmed(hit.start, told).end
    if page.words(Span(hit.start, end)) > LONG_LINE or not _ADDRESS.search(page.text, hit.end, end):
        return None
    if _LINK_BEFORE.fullmatch(page.text, line.start, hit.start):
        return line
    return Span(_from(page, hit, line), end)


def _closing(page: Page, hit: Hit, line: Span) -> Span | None:
    """The agency's end mark: nothing but slashes, digits and the agency's name behind it, to the end of the text; or
    of its own line, where it is put between signs."""
    if scored(page.text[hit.end : hit.end + SCORE_LETTERS]):
        return None
    bare = page.text[line.start : hit.start].rstrip("(/[#* ")
    between = len(bare) < hit.start - line.start and page.text[hit.start - 1] != " "
    if between and (not bare or bare[-1] in '.!؟»”"') and not page.text[hit.end : line.end].strip(BULLETS):
        below = page.line_below(line)
        signed = below is not None and _CLOSED.fullmatch(page.text, below.start, below.end) is not None
        start = hit.start
        while start > line.start and page.text[start - 1] in "/\\*#([- ":
            start -= 1
        start = page.begin(start)
        return Span(start, below.end if signed and below is not None else line.end)
    end, behind = page.trimmed(hit.start, len(page.text)).end, hit.end
    for agency in page.sources:
        if agency.meaning.what == AGENCY and agency.start >= behind:
            if _CLOSED.fullmatch(page.text, behind, agency.start) is None:
                return None
            behind = agency.end
    if _CLOSED.fullmatch(page.text, behind, end) is None:
        return None
    start = hit.start
    while start > line.start and page.text[start - 1] in "/\\*#([- ":
        start -= 1
    return page.trimmed(start, end)


def _source(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Source: X": a colon, or a known name right behind, and no more than a name."""
    start = _from(page, hit, line)
    named = any(h.meaning.what == AGENCY for h in page.sources_within(hit.end, hit.end + 4))
    alone = not page.text[hit.end : line.end].strip(BULLETS)
    if alone and page.text[hit.start : hit.end] != "وكالات":
        return _source_below(page, start, line)
    taken = _TAKEN.match(page.text, hit.start) is not None and page.words(line) <= TAKEN_WORDS
    if not (alone or named or taken or COLON.match(page.text, hit.end)):
        return None
    end = line.end
    if page.words(Span(hit.end, end)) > 9:
        end = page.sentence_at(hit.start, line).end
    return Span(start, end) if page.words(Span(hit.end, end)) <= 9 else None


def _source_below(page: Page, start: int, line: Span) -> Span | None:
    """ "Source" alone in a line, and the name in the next one."""
    below = page.line_below(line)
    if below is None or page.words(below) > 4 or page.text[below.end - 1] in ".،؟!:":
        return None
    return Span(start, below.end)


def _credit_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """A service's name as the last line or lines; a sentence that begins with the same word goes on."""
    bare = page.text[line.start : line.end].rstrip(SPACES)
    if not page.begins_line(hit.start) or page.words(line) > 10 or (ends_sentence(bare) and bare[0] != "*"):
        return None
    quoted = any(sign in page.text[hit.end : line.end] for sign in '«"“{:') or page.text[line.start] in "*("
    return line if quoted else None


def _pieces(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Other pieces by the writer" and their titles, often glued together, to the end of the text."""
    start = _from(page, hit, line)
    end = page.trimmed(start, len(page.text)).end
    written = _WRITER.match(page.text, hit.end) or "كاتب" in page.text[hit.start : hit.end]
    return Span(start, end) if written and page.words(Span(start, end)) <= DISCLAIMER_WORDS else None


def _footnote(page: Page, hit: Hit, line: Span) -> Span | None:
    """The writer's position behind the text: with an asterisk, or as the last line of its own without a full stop."""
    start, end = _from(page, hit, line), page.trimmed(hit.start, len(page.text)).end
    starred = "*" in page.text[start : hit.start]
    alone = page.begins_line(hit.start) and page.text[end - 1] not in ".:،؟!"
    if not page.text[page.body_start : start].strip():
        return None
    if end > line.end or not (starred or alone) or SENTENCE_END.search(page.text, hit.start, end - 1):
        return None
    if not starred and shape(page.text[line.start : end]) in (CAPTION, POSED):
        return None
    return Span(start, end) if page.words(Span(start, end)) <= STORY_LINE else None


def _invitation(page: Page, hit: Hit, line: Span) -> Span | None:
    """A call to follow or join the site, as it says itself: "our channel", or a channel and what to do about it."""
    rest = _rest(page, hit, line)
    if rest is None:
        return None
    said = page.text[rest.start : rest.end]
    if _OURS.search(said):
        return rest
    if _CHANNEL.search(said) and (_DO.search(said) or _LINKED.search(said.rsplit(None, 1)[-1])):
        return rest
    return rest if _FOLLOWED.search(said) and page.has_at_most(FOLLOWED_WORDS, rest) else None


def _pressed(page: Page, hit: Hit, line: Span) -> Span | None:
    """The line, or the sentence of a long one, that ends with "press here"."""
    if not page.has_at_most(PRESSED_WORDS, line):
        line = page.sentence_at(hit.start, line)
    behind = Span(hit.end, line.end)
    told = ends_sentence(page.text[line.start : line.end]) and not only_page_words(page.text[hit.end : line.end])
    return line if not told and page.has_at_most(PRESSED_WORDS, line) and page.has_at_most(3, behind) else None


def _skip(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Skip the podcast and continue reading", "go to the next part" """
    said = page.text[line.start : line.end]
    return (
        line if "وواصل القراءة" in said or ("الجزء التالي" in said and page.has_at_most(RIGHTS_WORDS, line)) else None
    )


def _comments(page: Page, hit: Hit, line: Span) -> Span | None:
    """The readers' comments below: to the end of the text, if that is its lesser part and holds no paragraph."""
    end = page.trimmed(line.start, len(page.text)).end
    below = page.lines[page.number_below(line) :]
    if end - line.start > (len(page.text) - page.body_start) // 2:
        return line
    return line if any(not page.has_at_most(LONG_LINE, other) for other in below) else Span(line.start, end)


def _clause(page: Page, hit: Hit, line: Span) -> Span | None:
    """The sentence in which a page speaks of itself; of one that tells something before, what stands behind the last
    comma."""
    sentence = page.sentence_at(hit.start, line)
    if says(page.text[hit.start : sentence.end]):
        return None
    if sentence.end == line.end and _restated_below(page, line):
        return line
    if not page.has_at_most(STORY_LINE, Span(sentence.start, hit.start)):
        comma = max(page.text.rfind(sign, sentence.start, hit.start) for sign in "،,")
        if comma < 0:
            return None
        sentence = page.trimmed(comma, sentence.end)
    elif sentence.start > line.start and _headed(page, line, sentence.start):
        sentence = Span(line.start, sentence.end)
    return sentence if page.has_at_most(LONG_LINE, sentence) else None


def _headed(page: Page, line: Span, start: int) -> bool:
    """Whether what is searched for, with two dots behind it, is all that stands before a sentence in one of the first
    lines: "The price of gold today.. many look for it"."""
    before = page.trimmed(line.start, start)
    dotted = page.text[before.end - 2 : before.end] in ("..", "….", "……") or page.text[before.end - 1] == "…"
    return dotted and page.has_at_most(STORY_LINE, before) and line in page.body_lines[:HEAD_LINES]


def _late(page: Page, line: Span) -> bool:
    """Whether a line begins in the second half of the body."""
    return 2 * (line.start - page.body_start) > len(page.text) - page.body_start


def _company(page: Page, hit: Hit, line: Span) -> Span | None:
    return _company_below(page, hit, line) or _rest(page, hit, line)


def _company_below(page: Page, hit: Hit, line: Span) -> Span | None:
    """What a company says of itself below its release, with names and numbers, to the end of the text."""
    end = page.trimmed(line.start, len(page.text)).end
    if not (_late(page, line) and page.has_at_most(COMPANY_WORDS, Span(line.end, end))):
        return None
    return Span(_from(page, hit, line), end) if _REACHED.search(page.text, line.end, end) else None


def _author(page: Page, hit: Hit, line: Span) -> Span | None:
    """A box about the writer below the story: the line and the short paragraph below it."""
    below = page.line_below(line)
    if not _late(page, line) or below is None or not page.has_at_most(LONG_LINE, below):
        return line
    return Span(line.start, below.end)


def _copyright(page: Page, hit: Hit, line: Span) -> Span | None:
    """The whole line where it is short, the sign before the phrase included."""
    return line if page.has_at_most(RIGHTS_WORDS, line) else _rest(page, hit, line)


def _restated_below(page: Page, line: Span) -> bool:
    """Whether one of the first lines says what one of the next few says again: it stands above the story's lead."""
    if line not in page.body_lines[:HEAD_LINES] or not page.has_at_most(LONG_LINE, line):
        return False
    number, said = page.number_below(line), page.text[line.start : line.end]
    leads = [one for one in page.lines[number : number + LEAD_LINES] if reads_like_story(page, one)]
    return bool(leads) and restates(page.text[leads[0].start : leads[0].end], said, SAID_AGAIN)


def _behind(page: Page, hit: Hit, line: Span) -> str | None:
    """The rest of a phrase's line, if it is no paragraph."""
    rest = Span(hit.end, line.end)
    short = line.end - hit.end <= CLOSED_LETTERS and page.has_at_most(LONG_LINE, rest)
    return page.text[hit.end : line.end] if short else None


def _from_phrase(known: Callable[[str], bool]) -> Extent:
    """From the phrase to the end of its line, if what stands behind it there is all ``known``
    (:mod:`dedup.arabic.closed_lines`)."""

    def extent(page: Page, hit: Hit, line: Span) -> Span | None:
        behind = _behind(page, hit, line)
        return Span(_from(page, hit, line), line.end) if behind is not None and known(behind) else None

    return extent


def _whole_line(known: Callable[[str], bool], most: int | None = None) -> Extent:
    """The same for the whole line, which may have no more than so many words."""

    def extent(page: Page, hit: Hit, line: Span) -> Span | None:
        behind = _behind(page, hit, line) if most is None or page.has_at_most(most, line) else None
        return line if behind is not None and known(behind) else None

    return extent


def _with_agencies(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "The paper - agencies" as a line of its own right below the last sentence of the story."""
    text, above = page.text, page.trimmed(page.body_start, line.start)
    if text[hit.end : line.end].strip(BULLETS) or above.start == above.end or not _late(page, line):
        return None
    signed = _SIGNED.fullmatch(text, line.start, hit.start) is not None
    known = any(one.meaning.what == AGENCY for one in page.sources_within(line.start, line.end))
    return line if signed and not known and text[above.start : above.end].rstrip(CLOSING)[-1:] in ENDS else None


def _called(page: Page, hit: Hit, line: Span) -> Span | None:
    """A call to follow the site, which an arrow ends; what ends like a sentence must speak of the site, a network or
    the reader's mail."""
    rest = _rest(page, hit, line)
    if rest is None:
        return None
    arrow = _ARROW.search(page.text, hit.end, rest.end)
    if arrow is not None and of_page(page.text[hit.start : arrow.start()]):
        return Span(rest.start, arrow.end())
    said = page.text[rest.start : rest.end]
    ours = (
        said.rstrip(CLOSING)[-1:] not in ENDS or _OURS.search(said) or _CHANNEL.search(said) or _ADDRESSED.search(said)
    )
    return rest if ours else None


def _unended(page: Page, hit: Hit, line: Span) -> Span | None:
    """A short line that is no sentence."""
    ends = page.text[line.start : line.end].rstrip(CLOSING)[-1:] in ENDS
    return line if not ends and page.has_at_most(UNENDED_WORDS, line) else None


def _numbers(page: Page, hit: Hit, line: Span) -> Span | None:
    """What a page counts and its number, or an office's telephone: nothing else is in the line."""
    short = line.end - line.start <= CLOSED_LETTERS and page.has_at_most(STORY_LINE, line)
    return line if short and counts(page.text[line.start : line.end]) else None


def _office(page: Page, hit: Hit, line: Span) -> Span | None:
    """An office's telephone below the last paragraph; between two it is the story's."""
    below = page.lines[page.number_below(line) :]
    return None if any(reads_like_story(page, one) for one in below) else _numbers(page, hit, line)


def _both_ways(page: Page, hit: Hit, line: Span) -> Span | None:
    """The stories before and behind this one in the site, in one line with arrows."""
    short = line.end - line.start <= CLOSED_LETTERS and page.has_at_most(LONG_LINE, line)
    return line if short and both_ways(page.text[line.start : line.end]) else None


def _beside(page: Page, line: Span) -> bool:
    """Whether the line above or below is nothing but another phrase of furniture."""
    number = page.number_below(line)
    for one in page.lines[max(0, number - 2) : number + 1]:
        first = bisect_left(page.furniture, one.start, key=itemgetter(0))
        for hit in page.furniture[first : first + BESIDE_PHRASES] if one != line else ():
            alone = hit.end <= one.end and not page.text[one.start : hit.start].strip(_BARE)
            if alone and not page.text[hit.end : one.end].strip(_BARE):
                return True
    return False


def _field(page: Page, hit: Hit, line: Span) -> Span | None:
    """A field's name, in brackets or beside another; alone it may be a poem's line."""
    bracketed = page.text[line.start] == "(" and page.text[line.end - 1] == ")"
    return line if bracketed or _beside(page, line) else None


def _menu(page: Page, hit: Hit, line: Span) -> Span | None:
    """An entry of a site's menu, beside another or as the last line; above a paragraph it may be a subhead."""
    return line if page.line_below(line) is None or _beside(page, line) else None


def _tail_links(page: Page, hit: Hit, line: Span) -> Span | None:
    """A word over other stories' headlines, which end the page; belongings are called by the same."""
    below = page.lines[page.number_below(line) :]
    headlines = all(
        page.words(one) >= LINK_WORDS and not reads_like_story(page, one) and page.text[one.end - 1] not in ".،:؛!"
        for one in below
    )
    return Span(line.start, below[-1].end) if below and headlines and _late(page, line) else None


def _tags(page: Page, hit: Hit, line: Span) -> Span | None:
    """Keywords behind their word, or in the lines below it; a sentence ends them, and one that begins with the word is
    none (:func:`_is_told`)."""
    if page.text[hit.end : line.end].strip(BULLETS):
        return None if _is_told(page, hit, line) else _rest(page, hit, line)
    end = line.end
    for below in page.lines[page.number_below(line) :]:
        if not page.has_at_most(STORY_LINE, below) or page.text[below.end - 1] in ".؛:؟!»”":
            break
        end = below.end
    return Span(_from(page, hit, line), end)


def _tail_tags(page: Page, hit: Hit, line: Span) -> Span | None:
    """The same behind the last sentence of the text."""
    return None if _is_told(page, hit, line) else _end(page, hit, line)


def _is_told(page: Page, hit: Hit, line: Span) -> bool:
    """Whether what stands behind a word for keywords is a sentence of which it is part: it ends like one, no colon or
    bar is right behind the word, and it has no sign as between keywords or a word that holds a sentence together."""
    behind = page.text[hit.end : line.end].rstrip("»”\"'")
    if behind[-1:] not in (".", "؟", "!") or behind[-2:] == ".." or _SET_APART.match(behind):
        return False
    return not _KEYS.search(behind) or not _FUNCTION.isdisjoint(re.findall(r"\w+", behind))


def _ended_line(page: Page, hit: Hit, line: Span) -> Span | None:
    """The end mark in a line of its own, with its signs or number, below a sentence; more of the page stands below."""
    above = page.trimmed(page.body_start, line.start)
    if above.start == above.end or page.text[above.end - 1] not in '.!؟»”")…':
        return None
    text, behind = page.text, _behind(page, hit, line)
    ended = behind is not None and ends_dispatch(text[line.start : hit.start], text[hit.start : hit.end], behind)
    return line if ended else None


def _contributed(page: Page, hit: Hit, line: Span) -> Span | None:
    """The sentence in which a desk says who else worked on the report, in the second half of the page."""
    if _behind(page, hit, line) is None or not page.has_at_most(LONG_LINE, line) or not _late(page, line):
        return None
    said, at = [], line.start
    for agency in page.sources_within(line.start, line.end):
        if agency.meaning.what == AGENCY and agency.start >= at:
            said += [page.text[at : agency.start], SOMEBODY]
            at = agency.end
    return line if contributes("".join([*said, page.text[at : line.end]])) else None


def _in_full(page: Page, hit: Hit, line: Span) -> Span | None:
    """One of the first lines, with a story below it, that ends in "read the whole story on" and the site's name. What
    stands before it goes too if it is a headline that trails off, or the lead says it again."""
    sentence = page.sentence_at(hit.start, line)
    called = page.has_at_most(SITE_WORDS, Span(hit.end, line.end)) and sentence.end >= line.end - 1
    opened = page.has_at_most(CALL_WORDS, Span(sentence.start, hit.start))
    named = _FUNCTION.isdisjoint(page.text[hit.end : line.end].split())
    said = _SAID.search(page.text, sentence.start, hit.start)
    if not (called and opened and named) or said or line == page.lines[-1]:
        return None
    if _restated_below(page, line) or (_trails_off(page, line, sentence) and page.has_at_most(PRESSED_WORDS, line)):
        return _top_line(page, hit, line)
    return sentence if _top_line(page, hit, line) else None


def _trails_off(page: Page, line: Span, sentence: Span) -> bool:
    """Whether what stands before a sentence in its line ends in dots."""
    return page.text[line.start : sentence.start].rstrip().endswith(("..", "…"))


def _teaser(page: Page, hit: Hit, line: Span) -> Span | None:
    """One of the first lines, above a story, that ends with the phrase: "... here are the latest details". A sentence
    before it tells of the story, if it asks nothing and the lead does not say it again."""
    if page.text[hit.end : line.end].strip(BULLETS + "!؟?"):
        return None
    sentence = page.sentence_at(hit.start, line)
    begins = page.has_at_most(CALL_WORDS, Span(sentence.start, hit.start))
    if _top_line(page, hit, line) is None or (begins and _SAID.search(page.text, sentence.start, hit.start)):
        return None
    if _restated_below(page, line):
        return line
    asked = _question_before(page, sentence, line) if begins and page.has_at_most(LONG_LINE, line) else sentence
    if asked != sentence:
        return asked
    if not page.has_at_most(STORY_LINE, line):
        return sentence if sentence.start > line.start and begins else None
    told = sentence.start > line.start and not _trails_off(page, line, sentence)
    whole = line if line != page.lines[-1] else None
    return sentence if whole is not None and told else whole


def _question_before(page: Page, sentence: Span, line: Span) -> Span:
    """A sentence with the questions of its line right before it."""
    while page.text[line.start : sentence.start].rstrip()[-1:] in ("؟", "?"):
        mark = len(page.text[: sentence.start].rstrip()) - 1
        sentence = Span(page.sentence_at(mark, line).start, sentence.end)
    return sentence


def _rights(page: Page, hit: Hit, line: Span) -> Span | None:
    """The same behind the site's name, in a line near the end that is no sentence."""
    text, ends = page.text, page.text[line.start : line.end].rstrip(CLOSING)[-1:]
    dated = _YEAR_BEFORE.search(text, line.start, hit.start) or _YEAR_BEHIND.match(text, hit.end, line.end)
    said = (ends in ".،:؟!" and not (ends == "." and dated)) or _SAID.search(text, line.start, hit.start)
    return line if not said and page.has_at_most(RIGHTS_WORDS, line) and _late(page, line) else None


def _counted(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Read 1453 times": a short line with a number; one in brackets may be longer."""
    most = 8 if page.text[line.start] in "[(" else 6
    return (
        line
        if page.words(line) <= most
        and not ends_sentence(page.text[line.start : line.end])
        and _DIGIT.search(page.text, hit.end, line.end)
        else None
    )


def _captioned(page: Page, hit: Hit, line: Span) -> Span | None:
    """The words under a picture, if its credit ends them: "... Picture from: ..."."""
    return line if shape(page.text[line.start : line.end]) == CAPTION else None


def _times(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "This article was read 3211 times": what was, how often, and nothing else."""
    return line if _READ_TIMES.fullmatch(page.text, hit.end, line.end) else None


def _first_on(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "The post ... appeared first on ...", as blogs close what they send out."""
    rest = Span(page.begin(hit.start), line.end)
    return rest if page.has_at_most(LONG_LINE, rest) and _FIRST_ON.search(page.text, hit.end - 1, line.end) else None


def _list_item(page: Page, hit: Hit, line: Span) -> Span | None:
    """The place in a list of links, and the headline below it."""
    if page.words(line) > 6:
        return None
    below = page.line_below(line)
    whole = page.text[line.start : line.end].split()[1:2] == ["of"]
    if below is None or whole or reads_like_story(page, below):
        return line
    return Span(line.start, below.end)


def _neighbour(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Previous" and "next", each with the headline in the line below it."""
    below = page.line_below(line)
    headline = below is not None and not reads_like_story(page, below) and page.text[below.end - 1] not in ".،:؛"
    return Span(line.start, below.end) if below is not None and headline else line


def _own_words(page: Page, hit: Hit, line: Span) -> Span | None:
    """From the phrase to the end of its line, if a page may say all of that; nobody may be speaking before it."""
    before = page.text[line.start : hit.start].rstrip()
    if line.end - hit.start > CLOSED_LETTERS or not (page.begins_line(hit.start) or before[-1:] in ".!؟?…|"):
        return None
    return Span(_from(page, hit, line), line.end) if of_page(page.text[hit.start : line.end]) else None


def _disclaims(page: Page, hit: Hit, line: Span) -> Span | None:
    """The paragraph or sentence of a site's disclaimer, if the sentence around the phrase is one as a whole."""
    sentence = page.sentence_at(hit.start, line)
    ours = page.has_at_most(DISCLAIMER_WORDS, sentence) and disclaims(page.text[sentence.start : sentence.end])
    return _sentences(page, hit, line) if ours else None


def _details(page: Page, hit: Hit, line: Span) -> Span | None:
    """ "Here are the details" and no more: which ones, and who gave them, is told by the story."""
    behind = Span(hit.end, page.sentence_at(hit.start, line).end)
    return _clause(page, hit, line) if page.has_at_most(CALL_WORDS, behind) else None


def _headline(page: Page, hit: Hit, line: Span) -> Span | None:
    """The headline of another piece, behind a word and a colon: no sentence."""
    return None if ends_sentence(page.text[line.start : line.end]) else _rest(page, hit, line)


EXTENTS: dict[str, Extent] = {
    "phrase": _phrase,
    "rest": _rest,
    "line": _line,
    "sentence": _sentence,
    "sentences": _sentences,
    "list": _list,
    "end": _end,
    "tail-tags": _tail_tags,
    "breadcrumb": _breadcrumb,
    "head-line": _head_line,
    "top-line": _top_line,
    "name": _name,
    "short": _short,
    "short-line": _short_line,
    "text-by": _text_by,
    "note": _note,
    "dated-line": _dated_line,
    "address": _address,
    "closing": _closing,
    "source": _source,
    "credit-line": _credit_line,
    "pieces": _pieces,
    "footnote": _footnote,
    "invitation": _invitation,
    "pressed": _pressed,
    "skip": _skip,
    "comments": _comments,
    "clause": _clause,
    "company": _company,
    "company-below": _company_below,
    "copyright": _copyright,
    "rights": _rights,
    "teaser": _teaser,
    "ended-line": _ended_line,
    "contributed": _contributed,
    "by-letters": _whole_line(edits, STORY_LINE),
    "elsewhere": _from_phrase(elsewhere),
    "buttons": _from_phrase(buttons),
    "called": _called,
    "with-agencies": _with_agencies,
    "unended": _unended,
    "numbers": _numbers,
    "office": _office,
    "both-ways": _both_ways,
    "pointed": _from_phrase(pointed),
    "shut": _whole_line(shut),
    "field": _field,
    "menu": _menu,
    "tail-links": _tail_links,
    "numbered": _whole_line(numbered),
    "posted": _whole_line(posted, STORY_LINE),
    "tags": _tags,
    "in-full": _in_full,
    "counted": _counted,
    "first-on": _first_on,
    "times": _times,
    "captioned": _captioned,
    "list-item": _list_item,
    "neighbour": _neighbour,
    "author": _author,
    "own-words": _own_words,
    "disclaims": _disclaims,
    "details": _details,
    "headline": _headline,
}
