"""What a short line above or below a story is, by its own words alone; where it stands is judged in
:mod:`dedup.arabic.blocks`.

    date      nothing but a date                                        dedup.arabic.date_lines
    byline    "wrote: Name", "by Name", "the economics desk", "Name - place", "outlet - Name"
    caption   the words under a picture                                 dedup.arabic.picture_lines
    credit    the desk's line "(writing by ...; editing by ...)", editors' initials "A.B / C.D", "A B, C D", "-ab-"
    other     keywords with "#", "previous: ...", a rule "====", an address of a picture, "(c) ..."

Some lines say so by themselves (*sure*); others could be a subhead, a name in a list or a word of a poem, and are
furniture only beside such a one: a button of one sign, a number, a name of two to four words, a section.

Cost: a few microseconds a line, remembered by its text. Limits: a name is two to five plain words, so a subhead of two
words without the article that stands right beside a date line is taken for one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from dedup.arabic.date_lines import BARE, SURE, date_line
from dedup.arabic.line_words import (
    AND,
    COUNTRIES,
    FUNCTION,
    NAME_WORDS,
    SECTIONS,
    TITLE,
    Shape,
    folded,
    is_outlet,
    is_person,
    name,
    names,
)
from dedup.arabic.page import BULLETS, SPACES
from dedup.arabic.picture_lines import (
    BY_LETTER,
    CAPTION,
    INITIAL,
    INITIALS,
    PHOTO,
    PLACED,
    RIGHTS_IMAGE,
    YEAR_OF_RIGHTS,
    caption,
    posed,
)
from dedup.arabic.words import words

_SHARING = frozenset(words("sharing"))
"""Buttons for sharing; a list of them is no list of keywords."""
_SHARED = _SHARING | frozenset(words("shared"))
_BY = re.compile(
    r"(?:و?(?:كتب|كتبت|كتبه|كتبها)(?: (?:المحرر|التقرير|الخبر))?|بقلم|بواسطه|اعداد|اعدها|اعده|"
    r"اعد التقرير|تحرير|ترجمه|حوار|حاوره|حاورها|"
    r"حاورته|حاورتها|اجري الحوار|اجرت الحوار|تقرير|تحقيق|متابعه|تغطيه|تصوير|عدسه|مراسلنا|مراسلتنا|"
    r"مراسل|مراسله|موفد|نقله|رصد|"
    r"author|role|reporting from|by|written by)(?:\s*[:،,\-–—/|]\s*|\s+)"
)
_WROTE = frozenset(words("wrote"))
_PAPER = re.compile(r"\s+في\s+[«\"“][^»”\"]{2,30}[»”\"]?$|\s*\([^()]{2,40}\)?$")
_OPENED = re.compile(r"[:،,\-–—/|]\s*$")
_DESK = re.compile(
    r"(?:article information|(?:كتب |كتبت |بقلم )?(?:ال)?محرر (?:ال)?شؤون (?:\w++ ?){1,3}|"
    r"محرر (?:ال\w++ ?){1,2}|(?:بواسطه |اعداد |كتب )?"
    r"(?:فريق|هيئه|قسم|اسره|غرفه) (?:ال)?(?:تحرير|اخبار|الاخبار|ترجمه|الترجمه|المتابعه|"
    r"الشؤون)(?: \w+)?|(?:ال)?مراسل\w* (?:ال)?(?:شؤون|خاص|رياضي)\s?(?:\w++ ?){0,3})"
)
_FROM = re.compile(r"من ((?:[^\W\d_]++ ?){2,5})")
_BARRED = re.compile(r"\|\s*([^|]{4,40}?)\s*\|")
_WRITES = re.compile(r"(.{4,40})\s(?:يكتب|تكتب)\s?:?")
_COLON = re.compile(r"(?:[^\W\d_]+\s?){1,2}\s?:\s*([^:]+)")
_DESK_LINE = re.compile(
    r"[(\[]\s*(?:تغطيه|اعداد|تقرير|شارك|شاركت|ساهم|ساهمت|اسهم|كتابه|تحرير|ترجمه|اعد|اعده|reporting|"
    r"writing|editing)\b[^\n]{3,220}[)\]]"
    r"|(?:تغطيه صحفيه|اعداد|شارك في التغطيه|شارك في اعداد التقرير|كتابه|تحرير|ترجمه|ترجمه وتحرير|"
    r"اعداد وتحرير)(?:\s*:\s*[^\n.؟!]{3,60}"
    r"|\s[^\n.؟!]{3,60}(?:للنشره|[-–—؛،/(]\s*(?:تحرير|اعداد))[^\n.؟!]{3,80})"
)
_EDITED = re.compile(r"(?:تحرير|للنشره|اعداد|ترجمه|editing)")
_RULE = re.compile(r"[\s\-–—ـ_=*.•·~#/|]{2,}")
_HASHTAGS = re.compile(r"#\s?\w+(?:[ ،,]+\w+){0,3}(?:[\s،,]*#\s?\w+(?:[ ،,]+\w+){0,3})*[\s،,]*")
_TURN = re.compile(
    r"(?:(?:الخبر|المقال|الموضوع|المقاله|الصفحه|القصه) )?(?:السابق|التالي|السابقه|التاليه|next|"
    r"previous)\s*(?:[:»›«‹>←→]\s*.{0,140})?"
)
_NUMBERED = re.compile(
    r"(?:رقم|كود|رمز) (?:الخبر|المقال|الموضوع)\s?:?\s*[\d٠-٩]+|"
    r"(?:[\d٠-٩][\d٠-٩.,٫]* (?:الف |مليون )?(?:اعجاب|اعجابا|تعليق|تعليقا|تعليقات|مشاركه|مشاركات|"
    r"مشاهده|صوره|صور)\s*){1,4}|"
    r"[\d٠-٩][\d٠-٩.,]* (?:تعليق|تعليقات|مشاهده|مشاهدات|قراءه|قراءات|زياره|زيارات|views|reads)|"
    r"عدد (?:الكلمات|القراءات|المشاهدات|الزيارات|التعليقات|مرات القراءه)\s?:?\s*[\d٠-٩]+(?: مره)?"
)
"""A page's number, and how many words it has or readers it had."""
_TRAIL = re.compile(r"\s*(?:>|›|»|←|\|\||::|\\)\s*")
_BARE_TRAIL = re.compile(r"\s+[|/]\s+")
_FRONT = frozenset(("الرئيسيه", "الصفحه الرئيسيه", "home"))
"""How a breadcrumb calls the site's front page."""
_TRAIL_WORDS = 3
"""Words of the longest entry of a breadcrumb."""
_TURNED_TO = re.compile(r"[→⟶⟵←]\s*[^→⟶⟵←]{4,140}|[^→⟶⟵←]{4,140}[^\s→⟶⟵←]\s+[→⟶⟵←]")
"""The page before or behind this one in the site, with an arrow beside its headline, as points of a list have too."""
TURN = Shape("navigation", False)
"""Such a line: furniture only as one of two, "→ ..." and "... ←"."""
_STARS = re.compile(r"[★☆⭐]{3,}\s*\(\s*[\d٠-٩]{1,6} (?:صوتا?|اصوات|تقييما?|تقييمات|votes?)\s*\)")
"""What readers think of the page, in stars, and how many; stars alone are a critic's as often."""
_PARTED = r"\s*(?:\.{2,3}|…|\||\s[-–—]\s)\s*"
_SLOGAN = re.compile(
    rf"(?:[^\W\d_]++ ){{1,2}}(?:نيوز|نت|برس|بوست|اونلاين|تايمز|الان){_PARTED}الخبر (?:من|كما|لحظه) [^.|؟!:]{{3,30}}"
    rf"|(?:[^\W\d_]++ ){{1,2}}(?:نيوز|نت|برس|بوست|اونلاين|تايمز){_PARTED}"
    r"(?:(?:عين|عينك|نافذتك|بوابتك) (?:عل\ufef0|الي) (?:الحقيقه|الخبر|الحدث|العالم|الوطن)"
    r"|(?:نبض|صوت) (?:الشارع|الوطن|المواطن|الناس|الشعب)|الحقيقه (?:كما هي|اولا|بلا رتوش)|صوت من لا صوت له)"
)
"""A site's name, as sites are called, and what sites say of themselves: "Harbour Post.. an eye on the truth"."""
_RADIO = re.compile(
    r"(?:اذاعه|راديو|radio)(?: (?![يت])[^\W\d_]+){1,3}(?: عل\ufef0(?: موجه)?)?"
    r" (?:8[7-9]|9\d|10[0-8])[.,]\d(?: ?(?:fm|اف ام|ميغاهرتز))?"
    r"(?:\s*(?:[-–—|]|\.{2,3}|…)\s*(?=[^.؟!:]*\w{2}(?:نا|كم)(?!\w))(?:[^\W\d_]+ ?){1,6})?"
)
"""A radio's name and where it is heard, alone or with a slogan that speaks to its listeners."""
_TICKS = re.compile(r"[▲▼⬆⬇]")
"""Rises and falls in a row of quotations."""
_TURNED = "<>«»‹›←→▶◀|…"
_PAGES = re.compile(
    rf"[{_TURNED}\s]*+(?>(?:(?:السابق|التالي|السابقه|التاليه|الصفحه|الاولي|الاخيره|next|previous|[\d٠-٩]{{1,3}}(?!\w))"
    rf"[{_TURNED}\s]*+){{2,}})"
)
_TURNS = re.compile(rf"[{_TURNED}]|السابق|التالي|next|previous")
"""Numbers of pages in a row, or "previous" and "next", with arrows."""
_CLOSED = re.compile(
    r"[^\W\d_]{2,5} ?\d{3,6} (?:جمت|غرينتش|gmt|utc|ت\.? ?غ)\b[\s\d/.\-]*"
    r"|[(/*=\-–—]+\s*(?:انتهي|النهايه|يتبع)\s*[)/*=\-–—\d]*"
    rf"|انتهي[\s/*.#\-–—]*(?:[/*#\-–—]\s*[\d٠-٩]{{1,4}}[\s/*.#\-–—]*)?(?:{INITIAL}(?:[.\s/]+{INITIAL}{{1,2}}){{0,3}}[.\s]*)?"
)
"""The agency, hour and day that end a dispatch, or a word that says so."""
_PICTURE = re.compile(r"(?:[^\W\d_]+\s*[-–—:]\s*)?(?:https?://|www\.)\S+")
_ENTRIES = re.compile(r"\s*[،,|]\s*")
_CATEGORY = re.compile(r"(?:ال)?(?:قسم|تصنيف|فئه)\s?:\s*[^\W\d_]+(?: [^\W\d_]+)?")
_LATIN = re.compile(r"[a-z0-9 .&'+-]{2,30}")
_BUTTON = re.compile(
    r"[+\-–|tTaA\s]{1,7}|[+\-–\s]*الخط[+\-–\s]*|حجم الخط|ا ا|خط|تكبير|تصغير|share\d?|save|copy|print|play-arrow.*|×|x"
)
_COUNTER = re.compile(
    r"(?:رقم )?(?:ال)?عدد (?:رقم )?[:(\[]?\s?[\d٠-٩]{3,6}[)\]]?|"
    r"[\d٠-٩][\d٠-٩.,]{0,6}|[\d٠-٩]{1,2}:[\d٠-٩]{2}(?::[\d٠-٩]{2})?|[\d٠-٩]+ (?:دقائق|دقيقه|مشاهده|"
    r"قراءه|تعليق|تعليقات)(?: قراءه| للقراءه)?|"
    r"(?:دقيقه|دقيقتان|دقيقتين)(?: قراءه| للقراءه)?|(?:قراءه|قراءات|المشاهدات|"
    r"مشاهدات)\s*:?\s*[\d٠-٩]+(?: مره)?|مده الفيديو.{0,40}|[\d٠-٩]+ (?:min|views|seconds).{0,60}"
)


@lru_cache(maxsize=8192)
def shape(line: str) -> Shape | None:
    """What a line is, wherever it stands; None: nothing known.

    >>> shape("كتب: سامي خالد"), shape("م.ح / ن.ع"), shape("سوق الخضار القديم (رويترز)")
    (Shape(label='byline', sure=True), Shape(label='credit', sure=True), Shape(label='caption', sure=True))
    >>> shape("سعاد منصور"), shape("+"), shape("خلافات داخل اللجنة")
    (Shape(label='byline', sure=False), Shape(label='share', sure=False), None)
    """
    dated = date_line(line)
    if dated == SURE:
        return Shape("date", True)
    bare = folded(line)
    if not bare:
        return None
    return _signed(bare) or caption(bare) or _byline(line, bare) or posed(line, bare) or _weak(bare, dated)


def signed(line: str) -> bool:
    """Whether a line is the desk's in brackets, or letters of editors by slashes.

    >>> signed("(كتابة سعاد منصور - تحرير خالد عمر)"), signed("س م / ع ب"), signed("ع ب")
    (True, True, False)
    """
    bare = folded(line)
    if bare[:1] in "([":
        return _DESK_LINE.fullmatch(bare) is not None and _EDITED.search(bare) is not None
    return "/" in bare and INITIALS.fullmatch(bare) is not None


def _signed(bare: str) -> Shape | None:
    """Lines that a sign or an opening word gives away."""
    if INITIALS.fullmatch(bare) or _CLOSED.fullmatch(bare) or (_DESK_LINE.fullmatch(bare) and _EDITED.search(bare)):
        return Shape("credit", True)
    if _HASHTAGS.fullmatch(bare):
        return Shape("keywords", True)
    if _NUMBERED.fullmatch(bare):
        return Shape("counter", True)
    if _TURN.fullmatch(bare.lstrip(BULLETS + "←→")) or (_PAGES.fullmatch(bare) and _TURNS.search(bare)):
        return Shape("navigation", True)
    if 1 < len(_TICKS.findall(bare)) > len(bare.split()) // 8:
        return Shape("other", True)
    if _PICTURE.fullmatch(bare):
        return Shape("contact", True)
    if "©" in bare and len(bare.split()) <= 12 and YEAR_OF_RIGHTS.search(bare) and not PHOTO.search(bare):
        return Shape("disclaimer", True)
    if RIGHTS_IMAGE.match(bare) and len(bare.split()) <= 12:
        return Shape("disclaimer" if "rights" in bare or "الحقوق" in bare else "caption", True)
    lettered = BY_LETTER.fullmatch(bare)
    if lettered is not None and (PHOTO.search(lettered[1]) or is_person(lettered[1])):
        return CAPTION
    if _buttons(bare):
        return Shape("share", True)
    if (" و" in bare and SECTIONS.issuperset(AND.split(bare))) or _trail(bare):
        return Shape("section", True)
    if _RADIO.fullmatch(bare) or _SLOGAN.fullmatch(bare):
        return Shape("banner", True)
    if _TURNED_TO.fullmatch(bare):
        return TURN
    if _STARS.fullmatch(bare):
        return Shape("counter", True)
    return Shape("other", False) if _RULE.fullmatch(bare) else None


def _trail(bare: str) -> bool:
    """Whether a line is where the page stands in its site, from section to section: "economy > markets". Each entry is
    a section's name, since these signs compare things too ("gold > silver"), or the first one is the site's front page;
    nothing but countries may be a match.

    >>> _trail("اسواق > الطاقه"), _trail("الرئيسيه » الموانئ"), _trail("الطاقه > المياه")
    (True, True, False)
    """
    parts = _TRAIL.split(bare.strip("»>›"))
    if 2 <= len(parts) <= 4 and parts[0] in _FRONT and all(map(_entry, parts)):
        return True
    parts = parts if len(parts) > 1 else _BARE_TRAIL.split(bare)
    return 2 <= len(parts) <= 4 and all(map(_section, parts)) and not COUNTRIES.issuperset(parts)


def _entry(part: str) -> bool:
    """Whether a part of a line may be an entry of a breadcrumb: a few plain words."""
    parts = part.split()
    return 0 < len(parts) <= _TRAIL_WORDS and FUNCTION.isdisjoint(parts) and all(map(str.isalpha, parts))


def _section(part: str) -> bool:
    """Whether it is a section's name, or "news of ...", or "the ... section"."""
    parts = part.split()
    opens = bool(parts) and (parts[0] in SECTIONS or parts[0].removeprefix("ال") in SECTIONS)
    return opens and len(parts) <= _TRAIL_WORDS and (len(parts) == 1 or parts[0] in ("اخبار", "قسم", "تقارير"))


def _buttons(bare: str) -> bool:
    """Whether a line is nothing but buttons for sharing, two or more: "print   send to a friend   save"."""
    parts = bare.split()
    return len(parts) > 1 and _SHARED.issuperset(parts) and sum(part in _SHARING for part in parts) > 1


def _byline(line: str, bare: str) -> Shape | None:
    """Whose text it is, said by a word before the name, by a place or an outlet beside it."""
    if _DESK.fullmatch(bare.strip(BULLETS)):
        return Shape("byline", True)
    by = _BY.match(bare)
    if by is not None:
        return _written_by(by[0], bare[by.end() :])
    writes = _WRITES.fullmatch(bare)
    if writes is not None:
        return Shape("byline", True) if names(writes[1]) else None
    place = _COLON.fullmatch(bare)
    if place is not None and is_person(place[1].strip(BULLETS)):
        return Shape("byline", False)
    origin = _FROM.fullmatch(bare)
    if origin is not None and is_person(origin[1]):
        return Shape("byline", True)
    barred = _BARRED.fullmatch(line.strip(SPACES))
    if barred is not None and name(barred[1]) and len(barred[1].split()) > 1:
        return Shape("byline", True)
    parts = [part.strip(BULLETS) for part in PLACED.split(bare.strip(BULLETS + "*"))]
    if 2 <= len(parts) <= 3 and all(name(part) or is_outlet(part) for part in parts) and len(bare.split()) <= 10:
        sure = any(is_person(part) or is_outlet(part) for part in parts)
        return Shape("signature" if sure else "byline", sure)
    return None


def _written_by(by: str, named: str) -> Shape | None:
    """A byline that opens with a word such as "by"; "report" and "dialogue" open headlines too, and need a person."""
    if by.startswith(("تحرير", "اعداد", "ترجمه", "للنشره")) and INITIALS.fullmatch(named.strip()):
        return Shape("byline", True)
    quoted = _PAPER.sub("", named.strip(BULLETS + "*.،"))
    if not names(quoted):
        return None
    known, word = is_person(quoted) or is_outlet(quoted) or _agency(quoted), by.strip(BULLETS + ",")
    if not known and (
        (word not in _WROTE and "from" not in word) or (word in ("كتب", "كتبت") and _OPENED.search(by) is None)
    ):
        return Shape("byline", False) if _OPENED.search(by) else None
    return Shape("caption" if word in ("تصوير", "عدسه") else "byline", True)


def _weak(bare: str, dated: int) -> Shape | None:
    """What is furniture only beside furniture."""
    if dated == BARE:
        return Shape("date", False)
    if _listed(bare):
        return Shape("share" if _SHARING.issuperset(entries(bare)) else "keywords", False)
    if _BUTTON.fullmatch(bare):
        return Shape("share", "الخط" in bare)
    if _COUNTER.fullmatch(bare):
        return Shape("counter", False)
    if _LATIN.fullmatch(bare) and len(bare.split()) <= 3:
        return Shape("other", False)
    if (
        _CATEGORY.fullmatch(bare)
        or bare in SECTIONS
        or (bare.split()[0] in ("اخبار", "قسم") and len(bare.split()) <= 3)
    ):
        return Shape("section", False)
    titled = TITLE.match(bare)
    return Shape("byline", False) if name(bare[titled.end() :] if titled else bare) else None


def _listed(bare: str) -> bool:
    """Whether a line is a list of three or more short entries."""
    parts = entries(bare)
    return len(parts) > 2 and all(1 <= len(part.split()) <= NAME_WORDS for part in parts)


def entries(line: str) -> list[str]:
    """The entries of a list in one line."""
    return _ENTRIES.split(line.strip(BULLETS))


def _agency(text: str) -> bool:
    """Whether a text is an agency's abbreviation in letters, alone or after a name."""
    return PHOTO.fullmatch(text) is not None
