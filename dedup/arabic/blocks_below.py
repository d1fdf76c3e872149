"""The block below the last paragraph (:mod:`dedup.arabic.blocks`), and what closes the last sentence.

Lines are read from the last one upward until a paragraph, or a line that tells something. A line that says what it is
is marked, or is nothing but what pages say of themselves; a name if the story has ended above it, without a farewell,
which a signature would follow; numbers and buttons beside furniture. Reading goes on above a line that says nothing
only if furniture stands above it.

Somebody amid something, or doing something somewhere, is the words under a picture beside furniture; alone it may be
the story's last sentence.

Two or more lines of a few words each, most of which the story holds word by word, are its *keywords*; so is a single
line of nothing but words of the story. A verse, a list or a table holds words that the story has not; below an
agency's line or a source line, where the story is over, one that it holds is enough. Three lines or more of nothing but
sections' names right below a paragraph or furniture are the site's menu, unless the paragraph ends with what they list;
two headlines, one behind an arrow and one before it, are the pages before and behind this one.

Of the last lines above the block, those are taken that only a desk writes: "(writing by ...; editing by ...)", letters
by slashes, "(end) A B".

Cost: only for texts whose last line is short (``scan.edges``) or furniture below a short one; nearly all of them end
with their first look at that line. Limits: a name of one word is known by the list of given names only.
"""

from __future__ import annotations

import re

from dedup.arabic.block_lines import TURN, entries, signed
from dedup.arabic.blocks import BEHIND, BELOW, CLOSED, PICTURE, POSITION, SHORT, Seen, ended, paragraph, seen, text_of
from dedup.arabic.line_words import COUNTRIES, FAREWELL, GIVEN, SECTIONS, Shape, first_names, folded, person
from dedup.arabic.page import BULLETS, STORY_LINE, Page, covered
from dedup.arabic.page_talk import of_page
from dedup.arabic.phrase_table import AGENCY
from dedup.arabic.picture_lines import POSED, STANDING
from dedup.arabic.words import words
from dedup.model import Mark, Span

BLOCK = 28
"""Lines of the longest block: related links, buttons, a comment's form, ten keywords. Set by hand."""
LAST = 4
"""Lines above the block among which the desk's line may stand. Set by hand."""
NEAR = 400
"""Code points above a last line that says nothing within which furniture must stand. Set by hand."""
INITIALS = 40
"""Code points of the longest line of editors' initials. Set by hand."""
KEYWORD = 4
"""Words of the longest keyword."""
MISSING, MISSING_OF = 1, 5
"""Words that the story may have in another form, and of how many in one line of keywords. Set by hand."""
MENU = 3
"""Sections' names of the shortest menu, one below the other. Set by hand."""
LISTING = 80
"""Code points at the end of a paragraph within which it says what is listed below it. Set by hand."""
TALK_WORDS = 3
"""Words in Arabic of the shortest line that is the page's because all of its words are. Set by hand."""
STEM = 3
"""Letters of the shortest word without its article that is looked for alone."""
HELD = 0.6
"""Share of a block's keywords that the story holds word by word; it holds others in another form. Set by hand."""
TIMETABLE = 3
"""So many dates in one block are a timetable's."""

_FUNCTION, _RANKS = frozenset(words("function")) - {"اليوم", "أمس"}, frozenset(words("ranks"))
"""Words that hold a sentence together, of which keywords have none ("today" and "yesterday" are in papers' names); and
titles and ranks, which stand before a name."""
_PUNCTUATED = re.compile(r"[.،,:؛؟!?»«\"()\[\]/*•×]|^\s*[-–—]|\d\s*[-–—]")
_ARROWS = frozenset("→⟶⟵←")
_ARTICLES = re.compile(
    r"(?:^|\s)(?:و?[وبلك]?(?:ال|لل))?(?:فئ(?:[ةه]|ات)|[أا]قسام|مجالات?|[أا]بواب|محاور|حقول|قطاعات?|تخصصات?|ملفات|عناوين|"
    r"موضوعات|مواضيع|صفحات|زوايا|جوائز|مسابقات?|فروع|[آا]تي[ةه]?|تالي[ةه]?|ه[يو]|"
    r"(?:ثلاث|[أا]ربع|خمس|ست|سبع|ثمان|ثماني|تسع|عشر)[ةه]? \w+)(?!\w)"
)
"""What a sentence names whose list stands below it: categories, parts, fields, so and so many of them."""
_WORDS = re.compile(r"[\u0621-\u064a]{2,}")
_STARRED = re.compile(
    r"\*\s*(?:كاتب|باحث|أستاذ|أكاديمي|محلل|خبير|صحافي|صحفي|إعلامي|مستشار|محام|طبيب|ناشط|مدير|رئيس|وزير|شاعر|روائي|ناقد)"
)
_SET_APART = frozenset('«"“(*')
"""One of these stands before the name of a paper in a line of its own."""
_CLOSED_BY = re.compile(r"[\s/\\*()\[\]\-–—=.:ـ]*")
_LETTERS = r"(?:[\u0621-\u064a]{1,2}[\s./]+){1,6}[\u0621-\u064a]{1,2}\.?\s*"
_SIGNED_BY = re.compile(
    rf"\s*(?:/\s*(?:[^\W\d_.]+\.?\s?){{1,3}}){{1,3}}\s*|[\s:)/\]]*[\d٠-٩/\s.-]{{4,20}}[)\s]*|[\s)]*{_LETTERS}"
    rf"|\s*[-–—]\s*[^\W\d_]+(?: [^\W\d_]+)?\s*\)\s*(?:{_LETTERS})?"
)
"""Behind the agency at the end: names or letters by slashes, the day, the place it reports from."""
_TAIL = re.compile(
    r"(?<=[.!؟»\")])\s*(?:[(/\-]+\s*(?:النهاية|انتهى|يتبع|نهاية الخبر)\s*[)/\-]+)\s*"
    r"(?:[\u0621-\u064a]{1,3}(?:[\s./]+[\u0621-\u064a]{1,3}){1,6})?$"
)
"""Behind the last sentence: "(end) A B / C D"."""
_SIGNS = re.compile(r"[\d@|#A-Za-z]")
_END_WORD = re.compile("نهاية|انتهى|يتبع")
_BUTTONS = frozenset({"share", "counter", "date", "other"})

Block = list[tuple[Span, Seen]]
"""Lines from the last one up, and what is known of each."""


def bottom_marks(page: Page, marks: list[Mark]) -> list[Mark]:
    """The furniture of the block below the last paragraph, where no mark lies yet, and behind its last sentence."""
    if marks and _all_marked(page, marks):
        return []
    block, last = _block(page, marks)
    if last is None:
        return []
    covers = [isinstance(one, str) for _, one in block]
    found = [] if all(covers) else _marked(page, block, last)
    if len(block) == len(found) + sum(covers):
        found += _tail(page, last, marks)
    return found + _desk(page, last, marks) if block else found


def _all_marked(page: Page, marks: list[Mark]) -> bool:
    """Whether a mark takes all that stands below a paragraph with a full stop that is no short line: nothing
    is left to be said."""
    text, end = page.text, len(page.text) - 3
    for mark in marks:
        if mark.end >= end:
            stop = page.trimmed(page.body_start, mark.start).end
            return text[stop - 1] == "." and text.rfind("\n", max(stop - SHORT, 0), stop) < 0 < stop - SHORT
    return False


def _block(page: Page, marks: list[Mark]) -> tuple[Block, Span | None]:
    """The lines below the last paragraph, and that paragraph; None if there is none, or nothing to be said of them."""
    block: Block = []
    whole = page.trimmed(page.body_start, len(page.text))
    end = whole.end
    while end > whole.start and len(block) < BLOCK:
        line = page.line_at(end - 1)
        if line.start < whole.start:
            break
        one = seen(page, line, marks)
        if not isinstance(one, str):
            if block and paragraph(page, line):
                return block, line
            one = (_closing(page, line) or one) if page.sources else one
            if (one is None or not one.sure) and _talk(text_of(page, line)):
                one = Shape("other", True)
            if one is None and not _promising(page, line, marks, block):
                return block, line if block else None
            if one is None and (_told(page, line) or not page.has_at_most(STORY_LINE, line)):
                return block, line
        block.append((line, one))
        end = page.trimmed(whole.start, line.start).end
    return block, None


def _promising(page: Page, line: Span, marks: list[Mark], block: Block) -> bool:
    """Whether a line that says nothing may be a keyword, or stand below furniture, as a line with a number does; or
    above furniture."""
    if block and any(_known(one) for _, one in block):
        return True
    if _keyword(page, line, KEYWORD if block else 2 * KEYWORD) and _FUNCTION.isdisjoint(text_of(page, line).split()):
        return True
    if block:
        return False
    near = line.start - NEAR
    return any(mark.end > near for mark in marks) or _SIGNS.search(page.text, line.start, line.end) is not None


def _talk(line: str) -> bool:
    """Whether a line of some words is nothing but what pages say of themselves: "print | share | comments (0)"."""
    return len(_WORDS.findall(line)) >= TALK_WORDS and line[-1] != ":" and "«" not in line and of_page(line)


def _told(page: Page, line: Span) -> bool:
    """Whether a line of three words or more ends a sentence."""
    return ended(page, line) and not page.has_at_most(2, line)


def _tail(page: Page, last: Span, marks: list[Mark]) -> list[Mark]:
    if _END_WORD.search(page.text, max(last.start, last.end - 60), last.end) is None:
        return []
    tail = _TAIL.search(page.text, max(last.start, last.end - 60), last.end)
    if tail is None:
        return []
    span = page.trimmed(tail.start(), tail.end())
    return [] if covered(marks, span.start, span.end) else [Mark(span.start, span.end, "credit", BEHIND)]


def _desk(page: Page, last: Span, marks: list[Mark]) -> list[Mark]:
    """The desk's line and editors' initials in the last lines, though the site's own sentences stand below them."""
    text, line = page.text, last
    found: list[Mark] = []
    if text.find("تحرير", last.end - LAST * SHORT, last.end) < 0 and text.find("/", last.end - 2 * SHORT, last.end) < 0:
        return found
    for _ in range(LAST):
        end = page.trimmed(page.body_start, line.start).end
        if end <= page.body_start:
            break
        above = page.line_at(end - 1)
        size = line.end - line.start
        asked = size <= 2 * SHORT and (text[line.start] in "([" or (size <= INITIALS and "/" in text_of(page, line)))
        if asked and ended(page, above) and signed(text_of(page, line)) and not covered(marks, line.start, line.end):
            found.append(Mark(line.start, line.end, "credit", CLOSED))
        line = above
    return found


def _marked(page: Page, block: Block, last: Span) -> list[Mark]:
    """The marks of a block below the paragraph ``last``."""
    found: list[Mark] = []
    if sum(isinstance(one, Shape) and one.label == "date" for _, one in block) >= TIMETABLE:
        block = [(line, None if isinstance(one, Shape) and one.label == "date" else one) for line, one in block]
    beside, n = False, 0
    while n < len(block):
        line, one = block[n]
        run = 0 if isinstance(one, str) else _keywords(page, block, n, last)
        menu = 0 if run or isinstance(one, str) else _menu(page, block, n, last)
        if menu:
            found.append(Mark(block[n + menu - 1][0].start, line.end, "navigation", BELOW))
            run = menu
        elif run:
            found.append(Mark(block[n + run - 1][0].start, line.end, "keywords", BELOW))
        elif not isinstance(one, str):
            mark = _mark(page, block, n, last, beside)
            if mark is None and not any(_known(other) and other != "title" for _, other in block[n + 1 :]):
                break
            found += [mark] if mark else []
            beside = mark is not None
        else:
            beside = one != "title"
        beside, n = beside or run > 0, n + max(run, 1)
    return found


def _known(one: Seen) -> bool:
    """Whether a line is furniture whatever stands around it."""
    return isinstance(one, str) or (one is not None and one.sure)


def _mark(page: Page, block: Block, n: int, last: Span, beside: bool) -> Mark | None:
    """The mark of a line of the block; ``beside``: the line below it is furniture."""
    line, one = block[n]
    above, over = block[n + 1] if n + 1 < len(block) else (last, None)
    if not isinstance(one, Shape):
        starred = _STARRED.match(page.text, line.start, line.end)
        return Mark(line.start, line.end, "byline", POSITION) if starred else None
    label: str | None = one.label
    if label == "signature":
        listed = _signature(over) or (n > 0 and _signature(block[n - 1][1]))
        alone = not listed and (_known(over) or (above == last and ended(page, above)))
        label = "byline" if alone else None
    elif one.sure and label in ("section", "banner"):
        label = label if beside or _known(over) else None
    elif one.sure:
        label = None if one.label == "contact" and page.text[above.end - 1] == ":" else label
    elif one in (POSED, STANDING):
        label = "caption" if beside or _known(over) else None
    elif label == "byline":
        label = _name(page, line, above) if above == last or _known(over) else None
        label = label if ended(page, above) or _known(over) else None
    elif label == "keywords":
        label = label if page.text[above.end - 1] != ":" and _entries_held(page, line) else None
    elif one == TURN:
        label = label if any(_turned(page, line, *block[k]) for k in (n - 1, n + 1) if 0 <= k < len(block)) else None
    elif not beside or label not in _BUTTONS:
        label = None
    evidence = {"caption": PICTURE, "credit": CLOSED}.get(label or "", BELOW)
    return Mark(line.start, line.end, label, evidence) if label else None


def _turned(page: Page, line: Span, other: Span, one: Seen) -> bool:
    """Whether of two lines with an arrow one has it before its headline and the other behind: the pages before and
    behind this one. Points of a list, or a rise and a fall, have it on one side."""
    return one == TURN and (page.text[line.start] in _ARROWS) != (page.text[other.start] in _ARROWS)


def _signature(one: Seen) -> bool:
    """Whether a line is "Name - place", of which several are a list."""
    return isinstance(one, Shape) and one.label == "signature"


def _name(page: Page, line: Span, above: Span) -> str | None:
    """A person's name below the story: the writer's, a caption if the story has it, nothing under a farewell."""
    text = text_of(page, line)
    if FAREWELL.search(page.text, above.start, above.end):
        return None
    if not person(text) and folded(text).strip(BULLETS) not in GIVEN:
        return None
    return "caption" if page.text.find(first_names(text), 0, line.start) >= 0 else "byline"


def _keywords(page: Page, block: Block, n: int, last: Span) -> int:
    """How many lines from ``n`` upward are keywords of the story; 0: none are."""
    run = n
    while run < len(block) and _keyword(page, block[run][0], KEYWORD) and _may_be_keyword(block, n, run):
        run += 1
    above, over = block[run] if run < len(block) else (last, None)
    listed = run - n > 2 and page.text[above.end - 1] != ":"
    if isinstance(over, str) or _closes(over) or ended(page, above) or listed:
        if run - n > 1:
            least = 1 if _closes(over) else HELD * (run - n)
            return run - n if _several_held(page, [line for line, _ in block[n:run]], least) else 0
        line, one = block[n]
        alone = n + 1 == len(block) or isinstance(block[n + 1][1], str)
        if alone and (run == n + 1 or (one is None and _keyword(page, line, 2 * KEYWORD))):
            return int(_all_held(page, line))
    return 0


def _menu(page: Page, block: Block, n: int, last: Span) -> int:
    """How many lines from ``n`` upward are the sections of a site, one below the other; 0: too few, or countries only,
    or a list that belongs to what stands above it: a short line, or a paragraph that names what is listed."""
    run = n
    while run < len(block) and folded(text_of(page, block[run][0])).strip(BULLETS) in SECTIONS:
        run += 1
    above, over = block[run] if run < len(block) else (last, None)
    told = ended(page, above) and paragraph(page, above) and not _listing(page, above)
    if run - n < MENU or not (told or _known(over)):
        return 0
    named = {folded(text_of(page, line)).strip(BULLETS) for line, _ in block[n:run]}
    return run - n if len(named - COUNTRIES) > 1 else 0


def _listing(page: Page, last: Span) -> bool:
    """Whether the end of the last paragraph names what a list below it would hold."""
    return _ARTICLES.search(page.text, max(last.start, last.end - LISTING), last.end) is not None


def _several_held(page: Page, lines: list[Span], least: float) -> bool:
    """Whether the story holds so many of some lines, from the last upward; a list of other things made of its words,
    none of which it holds as it stands, is none."""
    end, keywords = lines[-1].start, [text_of(page, line) for line in lines]
    apart = len({keyword.split()[0] for keyword in keywords}) == len(keywords)
    held = sum(_holds(page, keyword, end, apart=apart) for keyword in keywords)
    if held == len(keywords) and not any(page.text.find(one.strip(BULLETS), 0, end) >= 0 for one in keywords):
        return False
    return held >= least


def _closes(one: Seen) -> bool:
    """Whether the story has ended above what stands below such a line: an agency's own, or a source line."""
    return one == "source" or (isinstance(one, Shape) and one.label == "credit")


def _may_be_keyword(block: Block, first: int, n: int) -> bool:
    """Whether a line says nothing else; the name of a network among keywords is one."""
    one = block[n][1]
    if one == "share":
        return first < n < len(block) - 1 and block[n + 1][1] not in ("share", "related")
    return one is None or (isinstance(one, Shape) and not one.sure and one.label in ("byline", "section"))


def _keyword(page: Page, line: Span, most: int) -> bool:
    return page.has_at_most(most, line) and not _PUNCTUATED.search(text_of(page, line).rstrip(" ،,"))


def _holds(page: Page, keyword: str, end: int, *, apart: bool = True) -> bool:
    """Whether the story holds a keyword, or each of its words, some with the article; only the first of lines that
    begin alike and are not ``apart``, as those of a list do, or without its article."""
    bare = keyword.strip(BULLETS)
    if page.text.find(bare, 0, end) >= 0 or (bare.startswith("ال") and page.text.find(bare[2:], 0, end) >= 0):
        return True
    if not apart:
        return False
    stems = [word.removeprefix("ال") for word in bare.split()]
    return all(len(stem) >= STEM and _has_word(page, stem, end) for stem in stems)


def _has_word(page: Page, stem: str, end: int) -> bool:
    """Whether the story has a word, some particles and the article before it or none."""
    word = re.compile(rf"(?<!\w)[وفبكل]{{0,2}}(?:ال|لل)?{re.escape(stem)}(?!\w)")
    return page.text.find(stem, 0, end) >= 0 and word.search(page.text, 0, end) is not None


def _entries_held(page: Page, line: Span) -> bool:
    """Whether the story holds half of the entries of a list."""
    parts = entries(text_of(page, line))
    return 2 * sum(_holds(page, part, line.start) for part in parts) >= len(parts)


def _all_held(page: Page, line: Span) -> bool:
    """Whether a line of three words or more is nothing but words of the story and names of sections, without one that
    makes a sentence."""
    text = text_of(page, line)
    parts = text.split()
    if len(parts) < 3 or not _FUNCTION.isdisjoint(parts) or parts[0] in _RANKS or person(text):
        return False
    held = [page.text.find(word.removeprefix("ال"), 0, line.start) >= 0 for word in parts]
    known = [one or folded(word) in SECTIONS for one, word in zip(held, parts, strict=True)]
    return any(held) and known.count(False) <= (MISSING if len(parts) >= MISSING_OF else 0)


def _closing(page: Page, line: Span) -> Shape | None:
    """An agency alone in a line, or with those who signed for it. A paper called as a city is one in quotes or brackets
    only."""
    if line.end - line.start > SHORT // 2:
        return None
    for hit in reversed(page.sources):
        if hit.end <= line.start:
            break
        if hit.meaning.what == AGENCY and line.start <= hit.start and hit.end <= line.end:
            before, agency = page.text[line.start : hit.start], hit.meaning.agency
            if not _CLOSED_BY.fullmatch(before):
                return None
            if agency is not None and agency.kind == "outlet" and not hit.meaning.sure and not _SET_APART & {*before}:
                return None
            alone = _CLOSED_BY.fullmatch(page.text, hit.end, line.end)
            return Shape("credit", True) if alone or _SIGNED_BY.fullmatch(page.text, hit.end, line.end) else None
    return None
