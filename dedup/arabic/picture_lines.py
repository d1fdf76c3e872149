"""The words under a picture, by themselves: a credit that ends a line, or people who are only to be seen.

    caption   words that end in the picture's credit: "(agency)", "- archive", "photo: Name", "Credit: ...", "(c)"
    posed     the same without a credit: "volunteers during the work", "the mayor amid the crowd", "part of ..."

A sentence of the story may end in an agency's name too, but it tells who said what, opens with its verb, or begins with
"and"; so do subheads and datelines, which have few words before the sign. Where a line stands is judged in
:mod:`dedup.arabic.blocks`.

Cost: what a credit must hold is asked first, so most lines end with one look. Limits: a plain caption without a credit,
in which nobody poses, reads like a subhead and is none.
"""

from __future__ import annotations

import re

from dedup.arabic.line_words import FUNCTION, GIVEN, NAME_WORDS, Shape, is_outlet, is_person, name
from dedup.arabic.page import BULLETS, SPACES
from dedup.arabic.words import words

CAPTION = Shape("caption", True)
POSED, SHOWN, STANDING = Shape("posed", False), Shape("shown", False), Shape("standing", False)
"""What may be the words under a picture: without a credit, above the story or among furniture below it; with one behind
a full stop, above it only; or among furniture below it only."""
CAPTION_WORDS = 25
"""Words of the longest caption; pages of news agencies print up to two lines under a picture. Set by hand."""
_FEW_BEFORE, _CREDIT_WORDS = 3, 6
"""Words before an agency behind a sign up to which it is a dateline or a byline, and of the longest credit in brackets.
Set by hand."""
_PARTED = "-–—/|،,("
"""Signs that part a picture's credit from the words before it."""
_TAKEN_WORDS = 4
"""Words before a name in brackets from which they are the words under a picture. Set by hand."""
PLACED = re.compile(r"\s+[-–—|ـ/]\s+|[-–—/]\s+|\s+[-–—/]|/")
_BRACKET = re.compile(r"\s*[(\[{]([^()\[\]{}]{0,60})[)\]}]\s*\.?$")
INITIAL = r"[\u0621-\u064a]"
_SIGNED = rf"{INITIAL}{{1,3}}+(?>(?:[.\s]++{INITIAL}{{1,2}}+){{0,3}})[.\s]*+"
_LETTERS = rf"{INITIAL}(?>(?:[.\s]++{INITIAL}(?!{INITIAL})){{1,3}})[.\s]*+"
INITIALS = re.compile(
    rf"[\s\-–—ـ=*(\[]*(?>(?:{_SIGNED}[/\\][.\s]*+)+){_SIGNED}[\s\-–—ـ=*)\]]*"
    rf"|[\s\-–—ـ=*(\[]*(?>(?:{_LETTERS}[،,؛;\-–—][.\s]*+)+){_LETTERS}[\s\-–—ـ=*)\]]*"
    rf"|[\s\-–—ـ=*(\[]*{INITIAL}(?:[.\s]+{INITIAL}){{1,3}}[.\s]*[\s\-–—ـ=*)\]]*"
    rf"|[-–—ـ=*/]{{1,30}}\s*{INITIAL}{{1,3}}(?:[.\s]+{INITIAL}){{0,3}}\s*[.\-–—ـ=*/]{{1,3}}"
)
"""Letters of the editors by slashes, by commas or dashes if each set has two of them apart, alone with dots or spaces,
or between dashes. What is read is not given back: with letters to be parted in two ways a line of seventy took twenty
seconds. (Atomic groups, since CPython before 3.11.5 matches a group that is repeated possessively wrongly:
gh-106052.)"""
RIGHTS_IMAGE = re.compile(
    r"©|credit\s?:|photo(?:s| by)?\s?:|getty|صوره من\s?:|(?:مصدر )?الصوره?\s?:|صور?ه?\s?:"
    r"|(?:ال)?(?:صوره?|صور) من (?:ال)?ارشيف\s?:|(?:ال)?صوره? ارشيفيه\s?:"
)
BY_LETTER = re.compile(r"[صت]\s?:\s*+([^\W\d_][\w.]*+(?:\s++[^\W\d_][\w.]*+){0,2})\s*+")
"""A picture's credit behind the first letter of "picture" or "photography"; also an answer behind a person's."""
YEAR_OF_RIGHTS = re.compile(r"©\s*(?:19|20)\d\d|(?:19|20)\d\d\s*©")
_BEHIND_SIGN = re.compile(
    r"[-–—/|،,.(]\s*(?:صوره?|[تص]|المصدر)\s?:\s*[^.؟!]{2,45}$"
    r"|[-–—/|،,.]\s*(?:ارشيفيه|ارشيف|صوره ارشيفيه|صوره تعبيريه|تعبيريه|صوره من|الصوره من|تصوير|عدسه|getty|afp|ap|epa|"
    r"reuters|ria|رويترز|غيتي|جيتي|اسوشيتد|فرانس برس|سبوتنيك|مواقع التواصل)\b[^.؟!]{0,45}$"
    r"|(?<=\s)[-–—/|]\s*(?:ا\s?\.?\s?ف\s?\.?\s?ب|د\s?\.?\s?ب\s?\.?\s?ا|ا\s?\.?\s?ب(?:\s?\.?\s?ا)?|"
    r"وكالات|الوكالات)\.?$"
    r"|(?<=\s)[-–—|]\s*(?:(?:ال)?اناضول|(?:ال)?انترنت|شينخوا|(?:ال)?(?:تواصل|سوشيال) (?:ال)?(?:اجتماعي|ميديا)|"
    r"(?:صفحه|حساب|حسابه|حسابها|صفحته|صفحتها) [^.؟!]{0,40}(?:فيسبوك|فيس بوك|تويتر|اكس|انستغرام|انستجرام))$"
)
"""A picture's credit behind a sign, at the end of a line."""
_BEHIND_WORD = re.compile(
    r"(?:(?:صوره من(?= ?:)|(?<!\w)(?:(?:ال)?صوره? من|مصدر الصوره?|المصور|حقوق الصوره|foto|image|bild|photo by|"
    r"courtesy)|"
    r"[.،…\-–—|/(]\s*الصوره?))\s?:\s*(?:[^.؟!]|(?<=\W[a-z])\.(?![a-z])|\.(?=[a-z])){2,60}$"
    r"|(?<!\w)(?:تصوير|عدسه|صوره من|بعدسه|credit|photo)\s?[:/]\s*[^.؟!]{2,45}$"
)
_BEHIND_RIGHTS = re.compile(r"[.،]?\s*©[^.؟!]{0,45}$")
_BEHIND_LATIN = re.compile(
    r"(?:\.|(?<=\s))\s*(?:copyright\s+)?[a-z&.-]+(?: [a-z&.-]+){0,2}\s?/\s?[a-z][a-z .&/-]{2,45}$"
    r"|[.\s]\s*copyright\s+[a-z][a-z .&/-]{1,45}$"
)
_BEHIND_CAMERA = re.compile(r"\s(?:تصوير|عدسه) (?:[^\W\d_]+ ?){2,3}$")
"""The same behind a word and a colon, behind the sign of rights, in Latin letters, and with no sign."""
_WIRED = re.compile(r"[-–—|/]\s*(?:واس|وام|كونا|بترا|قنا|سانا|وفا|واع|سونا|وات|شينخوا|نوفوستي)$")
"""An agency behind words that may be a sentence of its dispatch as well."""
_SAID_TO_BE = re.compile(
    r"(?:(?:ال)?صوره?(?: من)?|(?<!\w)[تص]|تصوير|عدسه|المصور|حقوق الصوره|foto|image|bild|photo|photo by|"
    r"credit|courtesy)\s?[:/]|©"
)
"""A credit behind which nothing else can be meant, so that the words before it may be whole sentences."""
_ARCHIVE = re.compile(r"ارشيف|تعبيريه|تصوير|عدسه|صوره من|الصوره?\s?:|مواقع التواصل|انترنت|©|credit|photo|المصدر")
_GENERIC = re.compile(
    r"(?:ال)?(?:صوره|صور) (?:تعبيريه|ارشيفيه|من الارشيف|متداوله|توضيحيه|تخيليه)(?:\s*[-/|(]?\s*[^.؟!]{0,30})?"
    r"|(?:ال)?(?:صوره|صور|لقطه) (?:من ارشيف|التقطت|التقطها|ملتقطه|وزعتها|وزعها|نشرتها|نشرها|قدمتها|"
    r"جويه|ثابته من|من مقطع|من شريط|من فيديو|عبر الاقمار|بالاقمار|(?:ل|من |عن )?وكاله|"
    r"من صفحه|من حساب|من موقع|عن موقع|من الصفحه|من المصدر) ?[^؟!]{0,120}"
    r"|[^.؟!:]{8,100} في (?:صوره|صور|لقطه) (?:ارشيفيه|من الارشيف|من ارشيف|سابقه|التقطت|"
    r"ملتقطه|متداوله|تعود|وزعتها|نشرتها|من مقطع|من فيديو)[^.؟!]{0,60}"
)
PHOTO = re.compile(
    r"\b(?:ارشيف|ارشيفيه|من الارشيف|الفرنسيه|الاوروبيه|الاناضول|رويترز|غيتي|جيتي|اسوشيتد|اسوشييتد|"
    r"فرانس برس|وكالات|وكاله|مواقع التواصل|التواصل الاجتماعي|"
    r"الانترنت|انترنت|الجزيره|سبوتنيك|شينخوا|تصوير|عدسه|مصدر|متداوله|خاص|فيسبوك|تويتر|منصه|اكس|"
    r"انستغرام|يوتيوب|موقع|صفحه|حساب|تعبيريه|توضيحيه|دالاتي|بلومبرغ|بلومبيرغ|نوفوستي|الوكاله الوطنيه|المكتب الاعلامي|"
    r"ا\s?\.?\s?ف\s?\.?\s?ب|ا\s?\.?\s?ب|د\s?\.?\s?ب\s?\.?\s?ا|ا\s?\.?\s?ب\s?\.?\s?ا|واس|وام|كونا|بترا|قنا|سانا|واع|"
    r"getty|afp|ap|epa|reuters|dpa|ria|tass|istock|shutterstock|x|facebook|twitter|instagram|imago|alamy|"
    r"bloomberg|anadolu|sputnik|xinhua|picture alliance)\b"
)
_DAY_BEFORE = re.compile(
    r"[-–—،,|]\s*[\d٠-٩]{1,4}([-/.])[\d٠-٩]{1,2}\1[\d٠-٩]{2,4}\s*$|"
    rf"[-–—،,|]\s*(?:[^\W\d_]+ )?[\d٠-٩]{{1,2}}\s?[/ ]\s?(?:{'|'.join(sorted(words('date_months')))})"
    r"\b[^\W\d_/ ]*(?: ?/? ?[^\W\d_]+)?(?:\s?[/ ]?\s?[\d٠-٩]{4})?\s*$"
)
"""The day on which a picture was taken, right before its credit."""
_DASHED = re.compile(r"(?<=\w\s)\s*[-–—|/]\s*$")
_TAKEN_BY = re.compile(r"\s*[/\-–—،,|]\s*")
_POSED_WORDS = 16
"""Words of the longest line that is the words under a picture though nobody is credited. Set by hand."""
_POSED = re.compile(
    r"(?:جانب من|لقطه من|لقطات من|لقطه جماعيه|مشهد من|مشهد عام|منظر عام|صوره جماعيه|صوره تذكاريه|"
    r"مجموعه من (?=ال(?:[^\W\d_]+ين|اطفال|طلاب|طالبات|مشاركات|متطوعات|شباب|زوار)(?: |$)))"
    r" ?[^\W\d_]{3,}"
    rf"|(?:{'|'.join(words('posed'))}) (?:[^\W\d_]+ ){{0,4}}?(?:خلال|اثناء) [^\W\d_]{{3,}}(?: |$)"
    r"|(?:(?:معالي|سمو|سعاده) )?(?:ال)?(?:وزير|امير|رئيس|محافظ|والي|سفير|نائب|مدير|امين|قائد|ملك|لاعب|مدرب|فنان|"
    r"كاتب|مخرج)ه? (?:[^\W\d_]+ ){0,6}?(?:لدي [^\W\d_]{3,}|خلال ال[^\W\d_]{3,}(?:$| ال))"
)
"""A view of something; people or an officer "during the training": nobody does anything, as in no sentence."""
_TELLS = re.compile(r"\s(?:[يت][^\W\d_]{3,}|[^\W\d_]{3,}وا)\s")
"""A verb in the midst of a line: somebody does something, as in a headline or a lead."""
_POSING = frozenset(words("posing"))
_POSING_WITHIN = 6
"""Words of a line among which it says how somebody stands. Set by hand."""
_HIS = re.compile(
    r"(?:خلال|لحظ[ةه]|[أا]ثناء)\s+(?!عام|[أا]سبوع|نصف|ربع|عهد|مباري|موسم|تاريخ|مسير|حيا|شهر|فتر|[أا]يام|سن|عمر|ساع|دور|مرحل|جلس|مد[ةه]|عقد|تعامل|تداول)[^\W\d_]{2,}(?:ه|ها|هم|هما)(?:\s|$)"
)
"""During "his" visit; of a year, a season, a session figures are told."""
_STANDING = re.compile(
    rf"(?:{'|'.join(words('posed') + words('posed_alone'))}) (?:[^\W\d_]+ ){{0,2}}?"
    r"(?:(?:امام|قرب|وسط|داخل|بجانب|بجوار|تحت|فوق|بين) [^\W\d_]{3,}|"
    r"[يت][^\W\d_]{3,} .*(?:في|امام|قرب|علي|عند|وسط|داخل|خلال|اثناء|من|الي) )"
)
"""Somebody before a wall, or doing something somewhere: a picture's words among furniture below a story; a headline or
a sentence elsewhere may be as much."""
_BARE = (
    r"(?:وقفه|وقفات|وزير\w*|وزراء|وزاره|وفد|وفود|وصول|وحده|وحدات|وثيق\w*|وثائق|وجبه|وجبات|ورشه|وسط|وسائل|وكيل\w*|وكاله|ولي|والد\w*|"
    r"وادي|واجهه|ورود|وضع|وداع|فريق|فرق|فتاه|فتيات|فنان\w*|فيديو|فلسطين\w*|فرنسي\w*|فندق|فنادق|فيضان\w*|فوهه|فعالي\w*|فصل|فصول|"
    r"فضاء|فحص|فيروس|فستان|فواكه|فلاح\w*|فقراء|فقره|فرع|فروع|فرحه|فلكي\w*|فاعليات)\s"
)
"""Nouns of captions whose first letter is no "and"."""
_SPEECH = re.compile(
    r"(?:\b[وف]?(?:ان|انه|انها|قال|قالت|اضاف|اضافت|اكد|اكدت|اعلن|اعلنت|اوضح|حيث|لكن)\b|"
    rf"^(?!{_BARE})(?:و|ف)[^\W\d_]{{3,}}ت?\s)"
)
_VERB = re.compile(
    r"[\s«\"“]*(?:[^\W\d_]{3,}[^\W\d_اي]ت|"
    r"(?:ارتفع|تراجع|قتل|اصيب|لقي|توفي|افتتح|استقبل|اعلن|وصل|فاز|شهد|بحث|وقع|كشف|اطلق|اختتم|انطلق|تعادل|خسر|حقق|ضبط|"
    r"قرر|نفي|دعا|طالب|حذر|التقي|شارك|نظم|اقام|تسلم|سجل|هبط|صعد|اغلق|ضرب|اندلع|عثر|حكم|قضي|وافق|رفض|انهي|بدا|انتهي|"
    r"تمكن|احبط|اوقف|اعتقل|غادر|عاد|زار|تلقي|هنا|عزي|ادان|استنكر|ناقش|تفقد|دشن|رعي|كرم|منح|تصدر|تاهل|استهل|جدد))\s"
)
"""A sentence that opens with its verb is the story, whoever is credited at its end; captions open with a noun."""


def caption(bare: str) -> Shape | None:
    """The words under a picture, if they end in its credit: a sentence of the story may end in an agency's name too,
    but tells who said what, or begins with "and"."""
    if len(bare.split()) > CAPTION_WORDS:
        return None
    if ("صور" in bare or "لقط" in bare) and _GENERIC.fullmatch(bare):
        return None if _SPEECH.search(bare) or _VERB.match(bare) or _TELLS.search(bare) else CAPTION
    bracket = _BRACKET.search(bare) if bare[-1] in ")]}." else None
    if bracket is not None:
        return _bracketed(bare[: bracket.start()], bracket[1])
    behind = _credited_behind(bare)
    if behind is None:
        return None
    before = bare[: behind.start()].rstrip(SPACES + _PARTED)
    if len(before.split()) <= _FEW_BEFORE and _ARCHIVE.search(behind[0]) is None:
        return None
    said = _SAID_TO_BE.search(behind[0]) is not None
    return _pictured(before, CAPTION if said or behind.re is not _WIRED else SHOWN, stopped=CAPTION if said else None)


def _credited_behind(bare: str) -> re.Match[str] | None:
    """A picture's credit at the end of a line; what it must hold is asked first."""
    found = _BEHIND_SIGN.search(bare)
    if found is None and (":" in bare or "/" in bare):
        found = _BEHIND_WORD.search(bare)
    if found is None and "©" in bare:
        found = _BEHIND_RIGHTS.search(bare)
    if found is None and "a" <= bare[-1] <= "z" and "www" not in bare and "http" not in bare:
        found = _BEHIND_LATIN.search(bare)
        found = None if found is not None and found[0][0] != "." and not PHOTO.search(found[0]) else found
    if found is None and ("تصوير" in bare or "عدسه" in bare):
        found = _BEHIND_CAMERA.search(bare)
    return found or _WIRED.search(bare)


def _bracketed(before: str, credited: str) -> Shape | None:
    """What a line is that ends in brackets."""
    known = PHOTO.search(credited) is not None
    if known and INITIALS.fullmatch(before):
        return Shape("credit", True)
    if len(credited.split()) > _CREDIT_WORDS:
        return None
    said = _SAID_TO_BE.match(credited) is not None
    if not (known or said or _taken(before, credited)):
        return None
    return _pictured(_DASHED.sub("", before).rstrip(), CAPTION, stopped=CAPTION if said else SHOWN)


def _pictured(before: str, one: Shape, *, stopped: Shape | None) -> Shape | None:
    """What the words before a picture's credit make of it: ``one``, or ``stopped`` if they end with a full stop; a
    sentence of the story makes nothing."""
    if not before or _VERB.match(before) or _SPEECH.search(before):
        return None
    if before[-1] in '.!؟?:»"-–—/|':
        return stopped if before[-1] == "." and before[-2:-1] != "." else None
    if INITIALS.fullmatch(before):
        return Shape("credit", True)
    return None if _headed(before) else one


def _taken(before: str, credited: str) -> bool:
    """Whether brackets behind some words hold who took the picture: a person and an outlet, or any two behind the
    day."""
    if len(before.split()) < _TAKEN_WORDS or not credited:
        return False
    parts = _TAKEN_BY.split(credited)
    if not all(part.replace(" ", "").isalpha() and len(part.split()) <= NAME_WORDS for part in parts):
        return False
    return len(parts) > 1 and (_DAY_BEFORE.search(before) is not None or any(map(is_person, parts)))


def posed(line: str, bare: str) -> Shape | None:
    """The words under a picture that nobody is credited for, by how they begin."""
    parts = bare.split()
    if ":" in bare or bare[-1] in "؟?!" or not 2 < len(parts) <= _POSED_WORDS:
        return None
    amid = not _TELLS.search(bare) and (_POSED.match(bare) or (parts[0] not in FUNCTION and _amid(line, parts)))
    one = POSED if amid else STANDING if _STANDING.match(bare) else None
    return None if one is None or _SPEECH.search(bare) or (one == POSED and _VERB.match(bare)) else one


def _amid(line: str, parts: list[str]) -> bool:
    """Whether a line says what somebody was amid: "during", "at the moment of his ...", "visiting"."""
    for n, part in enumerate(parts[1:_POSING_WITHIN], 1):
        if part in _POSING:
            return n + 1 < len(parts)
        if part in ("خلال", "لحظه", "اثناء"):
            return _HIS.search(line) is not None
        if part in FUNCTION or (part[0] in "يت" and part not in GIVEN):
            return False
    return False


def _headed(before: str) -> bool:
    """Whether "Name - place" stands before a credit, which is a byline, not the words under a picture."""
    parts = [part.strip(BULLETS) for part in PLACED.split(before.strip(BULLETS))]
    return len(parts) > 1 and all(name(part) or is_outlet(part) for part in parts)
