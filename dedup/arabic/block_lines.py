"""What a short line above or below a story is, by its own words alone; where it stands is judged in
:mod:`dedup.arabic.blocks`.

    date      nothing but a date                                        dedup.arabic.date_lines
    byline    "wrote: Name", "by Name", "the economics desk", "Name - place", "outlet - Name"
    caption   words that end in the picture's credit: "(agency)", "- archive", "photo: Name", "Credit: ...", "(c)"
    posed     the same without a credit: "volunteers during the work", "the mayor amid the crowd", "part of ..."
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
from typing import NamedTuple

from dedup.arabic.date_lines import BARE, SURE, date_line
from dedup.arabic.page import BULLETS, SPACES
from dedup.arabic.words import words


class Shape(NamedTuple):
    """What a line is, and whether it says so by itself."""

    label: str
    sure: bool


CAPTION = Shape("caption", True)
POSED, SHOWN, STANDING = Shape("posed", False), Shape("shown", False), Shape("standing", False)
"""What may be the words under a picture: without a credit, above or below the story; with one behind a full stop, above
it only; or below it only."""

NAME_WORDS = 5
"""Words of the longest name: with "al", a father's and a grandfather's name."""
CAPTION_WORDS = 25
"""Words of the longest caption; pages of news agencies print up to two lines under a picture. Set by hand."""

_FEW_BEFORE, _CREDIT_WORDS = 3, 6
"""Words before an agency behind a sign up to which it is a dateline or a byline, and of the longest credit in brackets.
Set by hand."""
_PARTED = "-–—/|،,("
"""Signs that part a picture's credit from the words before it."""
_TAKEN_WORDS = 4
"""Words before a name in brackets from which they are the words under a picture. Set by hand."""

_FOLD = str.maketrans(
    "أإآةى",
    "اااهي",
    "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0670\u200f\u200e\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
)
_STRETCHED = re.compile(r"(?<=[^\W\d_])ـ+(?=[^\W\d_])")
_ON = re.compile(r"(?<!\w)ع[\u064b-\u0652]*ل[\u064b-\u0652]*ى[\u064b-\u0652\u0670]*(?!\w)")
"""The preposition, which folded would be the commonest given name, Ali; it keeps its last letter in another form."""
_FUNCTION = frozenset(_ON.sub("عل\ufef0", word).translate(_FOLD) for word in words("function"))
GIVEN = frozenset(word.translate(_FOLD) for word in (*words("given_names"), *words("writers_names")))
_BETWEEN = frozenset(words("between"))
"""Words that a subhead has and a name has not, besides ``function``."""
_SECTIONS = frozenset(word.translate(_FOLD) for word in (*words("sections"), *words("section_words")))
_OUTLETS = frozenset(words("outlet_words"))
_SHARING = frozenset(words("sharing"))
"""Buttons for sharing; a list of them is no list of keywords."""
_SHARED = _SHARING | frozenset(words("shared"))
_AND = re.compile(r"\s+و\s?(?=[^\W\d_]{2})")
_TITLE = re.compile(
    r"(?:ا\s*\.?\s*)?(?:د|م|ا)\s*[./]\s*|(?:الدكتور|الدكتوره|الاستاذ|الكاتب|الكاتبه|الصحفي|الصحفيه|الزميل|الزميله)\s+"
)
_PRINTED_TITLE = re.compile(r"^(?:[أا]\s*\.?\s*)?[دمأا]\s*[./]\s*")
_BY = re.compile(
    r"(?:و?(?:كتب|كتبت|كتبه|كتبها)(?: (?:المحرر|التقرير|الخبر))?|بقلم|بواسطه|اعداد|اعدها|اعده|"
    r"اعد التقرير|تحرير|ترجمه|حوار|حاوره|حاورها|"
    r"حاورته|حاورتها|اجري الحوار|اجرت الحوار|تقرير|تحقيق|متابعه|تغطيه|تصوير|عدسه|مراسلنا|مراسلتنا|"
    r"مراسل|مراسله|موفد|نقله|رصد|"
    r"author|role|reporting from|by|written by)(?:\s*[:،,\-–—/|]\s*|\s+)"
)
_INITIALLED = re.compile(
    r"(?![اأبج])[\u0621-\u064a]\s?\.\s?(?:(?!ال)(?:(?:بن|بو|ايت|سي) )?[^\W\d_]{3,}(?: (?:ال)?[^\W\d_]{2,}ي)?|"
    r"ال[^\W\d_]{2,}ي(?: (?:ال)?[^\W\d_]{2,}ي)?)"
    r"|(?!ال)[^\W\d_]{3,}\s?\.\s?[\u0621-\u064a]\.?"
)
"""A writer's initial and surname, or given name and initial, with the dot; "b. rules" is a point of a list, which are
counted by A, B, J."""
_SHORTENED = re.compile(r"[^\W\d_]{3,} [\u0621-\u064a]\s?\.?")
"""A given name and the surname's initial: known by the given name."""
_WROTE = frozenset(words("wrote"))
_PAPER = re.compile(r"\s+في\s+[«\"“][^»”\"]{2,30}[»”\"]?$|\s*\([^()]{2,40}\)?$")
_OPENED = re.compile(r"[:،,\-–—/|]\s*$")
_DESK = re.compile(
    r"(?:article information|(?:كتب |كتبت |بقلم )?(?:ال)?محرر (?:ال)?شؤون (?:\w++ ?){1,3}|"
    r"محرر (?:ال\w++ ?){1,2}|(?:بواسطه |اعداد |كتب )?"
    r"(?:فريق|هيئه|قسم|اسره|غرفه) (?:ال)?(?:تحرير|اخبار|الاخبار|ترجمه|الترجمه|المتابعه|"
    r"الشؤون)(?: \w+)?|(?:ال)?مراسل\w* (?:ال)?(?:شؤون|خاص|رياضي)\s?(?:\w++ ?){0,3})"
)
_SENT_FROM = re.compile(rf"([^\W\d_]+(?: [^\W\d_]+){{1,2}}) من (?:{'|'.join(words('sent_from')).replace('_', ' ')})")
"""A writer and the city from which he writes, as Moroccan sites do; from elsewhere it is a player and his club."""
_FROM = re.compile(r"من ((?:[^\W\d_]++ ?){2,5})")
_BARRED = re.compile(r"\|\s*([^|]{4,40}?)\s*\|")
_PLACED = re.compile(r"\s+[-–—|ـ/]\s+|[-–—/]\s+|\s+[-–—/]|/")
_WRITES = re.compile(r"(.{4,40})\s(?:يكتب|تكتب)\s?:?")
_COLON = re.compile(r"(?:[^\W\d_]+\s?){1,2}\s?:\s*([^:]+)")
_BRACKET = re.compile(r"\s*[(\[{]([^()\[\]{}]{0,60})[)\]}]\s*\.?$")
_INITIAL = r"[\u0621-\u064a]"
_SIGNED = rf"{_INITIAL}{{1,3}}+(?>(?:[.\s]++{_INITIAL}{{1,2}}+){{0,3}})[.\s]*+"
_LETTERS = rf"{_INITIAL}(?>(?:[.\s]++{_INITIAL}(?!{_INITIAL})){{1,3}})[.\s]*+"
_INITIALS = re.compile(
    rf"[\s\-–—ـ=*(\[]*(?>(?:{_SIGNED}[/\\][.\s]*+)+){_SIGNED}[\s\-–—ـ=*)\]]*"
    rf"|[\s\-–—ـ=*(\[]*(?>(?:{_LETTERS}[،,؛;\-–—][.\s]*+)+){_LETTERS}[\s\-–—ـ=*)\]]*"
    rf"|[\s\-–—ـ=*(\[]*{_INITIAL}(?:[.\s]+{_INITIAL}){{1,3}}[.\s]*[\s\-–—ـ=*)\]]*"
    rf"|[-–—ـ=*/]{{1,30}}\s*{_INITIAL}{{1,3}}(?:[.\s]+{_INITIAL}){{0,3}}\s*[.\-–—ـ=*/]{{1,3}}"
)
"""Letters of the editors by slashes, by commas or dashes if each set has two of them apart, alone with dots or spaces,
or between dashes. What is read is not given back: with letters to be parted in two ways a line of seventy took twenty
seconds. (Atomic groups, since CPython before 3.11.5 matches a group that is repeated possessively wrongly:
gh-106052.)"""
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
    r"[^\W\d_]{2,5} \d{3,4} (?:جمت|غرينتش|gmt|utc|ت\.? ?غ)\b[\s\d/.\-]*"
    r"|[(/*=\-–—]+\s*(?:انتهي|النهايه|يتبع)\s*[)/*=\-–—\d]*"
    rf"|انتهي[\s/*.#\-–—]*(?:[/*#\-–—]\s*[\d٠-٩]{{1,4}}[\s/*.#\-–—]*)?(?:{_INITIAL}(?:[.\s/]+{_INITIAL}{{1,2}}){{0,3}}[.\s]*)?"
)
"""The agency, hour and day that end a dispatch, or a word that says so."""
_PICTURE = re.compile(r"(?:[^\W\d_]+\s*[-–—:]\s*)?(?:https?://|www\.)\S+")
_RIGHTS_IMAGE = re.compile(
    r"©|credit\s?:|photo(?:s| by)?\s?:|getty|صوره من\s?:|(?:مصدر )?الصوره?\s?:|صور?ه?\s?:"
    r"|(?:ال)?(?:صوره?|صور) من (?:ال)?ارشيف\s?:|(?:ال)?صوره? ارشيفيه\s?:"
)
_BY_LETTER = re.compile(r"[صت]\s?:\s*+([^\W\d_][\w.]*+(?:\s++[^\W\d_][\w.]*+){0,2})\s*+")
"""A picture's credit behind the first letter of "picture" or "photography"; also an answer behind a person's."""
_YEAR_OF_RIGHTS = re.compile(r"©\s*(?:19|20)\d\d|(?:19|20)\d\d\s*©")
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
    r"(?<!\w)(?:(?:ال)?صوره? من|مصدر الصوره?|الصوره?|المصور|حقوق الصوره|foto|image|bild|photo by|courtesy)\s?:"
    r"\s*(?:[^.؟!]|(?<=\W[a-z])\.|\.(?=[a-z])){2,60}$"
    r"|(?<!\w)(?:تصوير|عدسه|صوره من|بعدسه|credit|photo)\s?[::/]\s*[^.؟!]{2,45}$"
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
_PHOTO = re.compile(
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
    r" ?[^\W\d_]{3,}(?!.* ي[^\W\d_]{3,} )"
    rf"|(?:{'|'.join(words('posed'))}) (?:[^\W\d_]+ ){{0,4}}?خلال [^\W\d_]{{3,}}(?: |$)"
    r"|(?:(?:معالي|سمو|سعاده) )?(?:ال)?(?:وزير|امير|رئيس|محافظ|والي|سفير|نائب|مدير|امين|قائد|ملك|لاعب|مدرب|فنان|"
    r"كاتب|مخرج)ه? (?:[^\W\d_]+ ){0,6}?(?:لدي [^\W\d_]{3,}|خلال ال[^\W\d_]{3,}(?:$| ال))"
)
"""A view of something; people or an officer "during the training": nobody does anything, as in no sentence."""
_POSING = frozenset(words("posing"))
_POSING_WITHIN = 6
"""Words of a line among which it says how somebody stands. Set by hand."""
_HIS = re.compile(
    r"(?:خلال|لحظ[ةه])\s+(?!عام|موسم|تاريخ|مسير|حيا|شهر|فتر|[أا]يام|سن|عمر|ساع|دور|مرحل|جلس|مد[ةه]|عقد|تعامل|تداول)[^\W\d_]{2,}(?:ه|ها|هم|هما)(?:\s|$)"
)
"""During "his" visit; of a year, a season, a session figures are told."""
_STANDING = re.compile(
    rf"(?:{'|'.join(words('posed') + words('posed_alone'))}) (?:[^\W\d_]+ ){{0,2}}?"
    r"(?:(?:امام|قرب|وسط|داخل|بجانب|بجوار|تحت|فوق|بين) [^\W\d_]{3,}|"
    r"[يت][^\W\d_]{3,} .*(?:في|امام|قرب|علي|عند|وسط|داخل|خلال|اثناء|من|الي) )"
)
"""Somebody before a wall, or doing something somewhere: below a story no sentence of it; above it a headline may be
as much."""
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
_ENTRIES = re.compile(r"\s*[،,|]\s*")
_CATEGORY = re.compile(r"(?:ال)?(?:قسم|تصنيف|فئه)\s?:\s*[^\W\d_]+(?: [^\W\d_]+)?")
_LATIN = re.compile(r"[a-z0-9 .&'+-]{2,30}")
_VERB = re.compile(
    r"[\s«\"“]*(?:[^\W\d_]{3,}[^\W\d_اي]ت|"
    r"(?:ارتفع|تراجع|قتل|اصيب|لقي|توفي|افتتح|استقبل|اعلن|وصل|فاز|شهد|بحث|وقع|كشف|اطلق|اختتم|انطلق|تعادل|خسر|حقق|ضبط|"
    r"قرر|نفي|دعا|طالب|حذر|التقي|شارك|نظم|اقام|تسلم|سجل|هبط|صعد|اغلق|ضرب|اندلع|عثر|حكم|قضي|وافق|رفض|انهي|بدا|انتهي|"
    r"تمكن|احبط|اوقف|اعتقل|غادر|عاد|زار|تلقي|هنا|عزي|ادان|استنكر|ناقش|تفقد|دشن|رعي|كرم|منح|تصدر|تاهل|استهل|جدد))\s"
)
"""A sentence that opens with its verb is the story, whoever is credited at its end; captions open with a noun."""
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


def folded(line: str) -> str:
    """A line as its words are compared: without vowel signs and hamza, in small letters, one space between words."""
    if "ى" in line:
        line = _ON.sub("عل\ufef0", line)
    return " ".join(_STRETCHED.sub("", line.translate(_FOLD)).casefold().strip(SPACES).split())


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
    return (
        _signed(bare) or _caption(line, bare) or _byline(line, bare) or _posed(line, bare) or _weak(line, bare, dated)
    )


def signed(line: str) -> bool:
    """Whether a line is the desk's in brackets, or letters of editors by slashes.

    >>> signed("(كتابة سعاد منصور - تحرير خالد عمر)"), signed("س م / ع ب"), signed("ع ب")
    (True, True, False)
    """
    bare = folded(line)
    if bare[:1] in "([":
        return _DESK_LINE.fullmatch(bare) is not None and _EDITED.search(bare) is not None
    return "/" in bare and _INITIALS.fullmatch(bare) is not None


def _signed(bare: str) -> Shape | None:
    """Lines that a sign or an opening word gives away."""
    if _INITIALS.fullmatch(bare) or _CLOSED.fullmatch(bare) or (_DESK_LINE.fullmatch(bare) and _EDITED.search(bare)):
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
    if "©" in bare and len(bare.split()) <= 12 and _YEAR_OF_RIGHTS.search(bare) and not _PHOTO.search(bare):
        return Shape("disclaimer", True)
    if _RIGHTS_IMAGE.match(bare) and len(bare.split()) <= 12:
        return Shape("disclaimer" if "rights" in bare or "الحقوق" in bare else "caption", True)
    lettered = _BY_LETTER.fullmatch(bare)
    if lettered is not None and (_PHOTO.search(lettered[1]) or _person(lettered[1])):
        return CAPTION
    if _buttons(bare):
        return Shape("share", True)
    if " و" in bare and _SECTIONS.issuperset(_AND.split(bare)):
        return Shape("section", True)
    return Shape("other", False) if _RULE.fullmatch(bare) else None


def _buttons(bare: str) -> bool:
    """Whether a line is nothing but buttons for sharing, two or more: "print   send to a friend   save"."""
    parts = bare.split()
    return len(parts) > 1 and _SHARED.issuperset(parts) and sum(part in _SHARING for part in parts) > 1


def _caption(line: str, bare: str) -> Shape | None:
    """The words under a picture, if they end in its credit: a sentence of the story may end in an agency's name too,
    but tells who said what, or begins with "and"."""
    if len(bare.split()) > CAPTION_WORDS:
        return None
    if ("صور" in bare or "لقط" in bare) and _GENERIC.fullmatch(bare):
        return None if _SPEECH.search(bare) or _VERB.match(bare) else CAPTION
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
    if found is None and ("تصوير" in bare or "عدسه" in bare):
        found = _BEHIND_CAMERA.search(bare)
    return found or _WIRED.search(bare)


def _bracketed(before: str, credited: str) -> Shape | None:
    """What a line is that ends in brackets."""
    known = _PHOTO.search(credited) is not None
    if known and _INITIALS.fullmatch(before):
        return Shape("credit", True)
    if len(credited.split()) > _CREDIT_WORDS:
        return None
    said = _SAID_TO_BE.match(credited) is not None
    if known or said or _taken(before, credited):
        return _pictured(_DASHED.sub("", before).rstrip(), CAPTION, stopped=CAPTION if said else SHOWN)
    named = len(before.split()) >= _TAKEN_WORDS and _person(credited)
    return _pictured(before.rstrip(), POSED, stopped=SHOWN) if named else None


def _pictured(before: str, one: Shape, *, stopped: Shape | None) -> Shape | None:
    """What the words before a picture's credit make of it: ``one``, or ``stopped`` if they end with a full stop; a
    sentence of the story makes nothing."""
    if not before or _VERB.match(before) or _SPEECH.search(before):
        return None
    if before[-1] in '.!؟?:»"-–—/|':
        return stopped if before[-1] == "." and before[-2:-1] != "." else None
    if _INITIALS.fullmatch(before):
        return Shape("credit", True)
    return None if _headed(before) else one


def _taken(before: str, credited: str) -> bool:
    """Whether brackets behind some words hold who took the picture: a person and an outlet, or anybody behind the
    day."""
    if len(before.split()) < _TAKEN_WORDS or not credited:
        return False
    parts = _TAKEN_BY.split(credited)
    if not all(part.replace(" ", "").isalpha() and len(part.split()) <= NAME_WORDS for part in parts):
        return False
    return _DAY_BEFORE.search(before) is not None or (len(parts) > 1 and any(map(_person, parts)))


def _posed(line: str, bare: str) -> Shape | None:
    """The words under a picture that nobody is credited for, by how they begin."""
    parts = bare.split()
    if bare[-1] in ":؟?!" or not 2 < len(parts) <= _POSED_WORDS:
        return None
    posed = _POSED.match(bare) or (parts[0] not in _FUNCTION and _amid(line, parts))
    one = POSED if posed else STANDING if _STANDING.match(bare) else None
    return None if one is None or _SPEECH.search(bare) or (one == POSED and _VERB.match(bare)) else one


def _amid(line: str, parts: list[str]) -> bool:
    """Whether a line says what somebody was amid: "during", "at the moment of his ...", "visiting"."""
    for n, part in enumerate(parts[1:_POSING_WITHIN], 1):
        if part in _POSING or part == "اثناء":
            return n + 1 < len(parts)
        if part in ("خلال", "لحظه"):
            return _HIS.search(line) is not None
        if part in _FUNCTION or (part[0] in "يت" and part not in GIVEN):
            return False
    return False


def _headed(before: str) -> bool:
    """Whether "Name - place" stands before a credit, which is a byline, not the words under a picture."""
    parts = [part.strip(BULLETS) for part in _PLACED.split(before.strip(BULLETS))]
    return len(parts) > 1 and all(name(part) or _outlet(part) for part in parts)


def _byline(line: str, bare: str) -> Shape | None:
    """Whose text it is, said by a word before the name, by a place or an outlet beside it."""
    if _DESK.fullmatch(bare.strip(BULLETS)):
        return Shape("byline", True)
    by = _BY.match(bare)
    if by is not None:
        return _written_by(bare, by[0], bare[by.end() :])
    writes = _WRITES.fullmatch(bare)
    if writes is not None:
        return Shape("byline", True) if names(writes[1]) else None
    place = _COLON.fullmatch(bare)
    if place is not None and _person(place[1].strip(BULLETS)):
        return Shape("byline", False)
    sent = _SENT_FROM.fullmatch(bare)
    if sent is not None and _person(sent[1]):
        return Shape("byline", True)
    origin = _FROM.fullmatch(bare)
    if origin is not None and _person(origin[1]):
        return Shape("byline", True)
    barred = _BARRED.fullmatch(line.strip(SPACES))
    if barred is not None and name(barred[1]) and len(barred[1].split()) > 1:
        return Shape("byline", True)
    parts = [part.strip(BULLETS) for part in _PLACED.split(bare.strip(BULLETS + "*"))]
    if 2 <= len(parts) <= 3 and all(name(part) or _outlet(part) for part in parts) and len(bare.split()) <= 10:
        sure = any(_person(part) or _outlet(part) for part in parts)
        return Shape("signature" if sure else "byline", sure)
    return None


def _written_by(bare: str, by: str, named: str) -> Shape | None:
    """A byline that opens with a word such as "by"; "report" and "dialogue" open headlines too, and need a person."""
    quoted = _PAPER.sub("", named.strip(BULLETS + "*.،"))
    if not names(quoted):
        return None
    known, word = _person(quoted) or _outlet(quoted) or _agency(quoted), by.strip(BULLETS + ",")
    if not known and (
        (word not in _WROTE and "from" not in word) or (word in ("كتب", "كتبت") and _OPENED.search(by) is None)
    ):
        return Shape("byline", False) if _OPENED.search(by) else None
    return Shape("caption" if word in ("تصوير", "عدسه") else "byline", True)


def _weak(line: str, bare: str, dated: int) -> Shape | None:
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
        or bare in _SECTIONS
        or (bare.split()[0] in ("اخبار", "قسم") and len(bare.split()) <= 3)
    ):
        return Shape("section", False)
    titled = _TITLE.match(bare)
    return Shape("byline", False) if name(bare[titled.end() :] if titled else bare) else None


def _listed(bare: str) -> bool:
    """Whether a line is a list of three or more short entries."""
    parts = entries(bare)
    return len(parts) > 2 and all(1 <= len(part.split()) <= NAME_WORDS for part in parts)


def entries(line: str) -> list[str]:
    """The entries of a list in one line."""
    return _ENTRIES.split(line.strip(BULLETS))


def names(text: str) -> bool:
    """Whether a text is a name, or two or three joined by "and", commas or signs."""
    parts = [part for part in re.split(r"\s+و(?=[^\W\d_]{3})|[،,/&+\-–—]", text) if part.strip()]
    return 0 < len(parts) <= 4 and all(name(part.strip(SPACES + "*.")) or _outlet(part) for part in parts)


def name(text: str) -> bool:
    """Whether a text may be a person's name: some plain words, none of which holds a sentence together."""
    titled = _TITLE.match(text)
    parts = (text[titled.end() :] if titled else text).split()
    if (
        not 1 <= len(parts) <= NAME_WORDS
        or not _FUNCTION.isdisjoint(parts)
        or parts[0].startswith("ال") > (parts[0] in GIVEN)
    ):
        return False
    if not all(part.replace(".", "", 1).replace("-", "", 1).isalpha() for part in parts):
        return False
    if not _BETWEEN.isdisjoint(parts) or parts[0].endswith("ات"):
        return False
    known = parts[0] in GIVEN
    return not any(
        (part.endswith("ات") and not (known and len(parts) == 2))
        or (part[0] in "يت" and part not in GIVEN and len(parts) > 2)
        for part in parts[1:]
    )


def first_names(line: str) -> str:
    """The first two words of a name as printed, without a title; by them the story names the person too."""
    return " ".join(_PRINTED_TITLE.sub("", line.strip(BULLETS), count=1).split()[:2])


@lru_cache(maxsize=8192)
def person(line: str) -> bool:
    """Whether a line is the name of a person whose given name is known, in two words or more."""
    return _person(folded(line).strip(BULLETS))


def _person(text: str) -> bool:
    titled = _TITLE.match(text)
    if _INITIALLED.fullmatch(text):
        return _FUNCTION.isdisjoint(text.split())
    parts = (text[titled.end() :] if titled else text).split()
    if _SHORTENED.fullmatch(text):
        return parts[0] in GIVEN
    known = bool(parts) and (parts[0].strip(".") in GIVEN or parts[0].startswith("عبدال"))
    return len(parts) >= 2 and (known or titled is not None) and name(text)


def _agency(text: str) -> bool:
    """Whether a text is an agency's abbreviation in letters, alone or after a name."""
    return _PHOTO.fullmatch(text) is not None


def _outlet(text: str) -> bool:
    parts = text.split()
    return 1 <= len(parts) <= 4 and not _OUTLETS.isdisjoint(parts) and _FUNCTION.isdisjoint(parts)
