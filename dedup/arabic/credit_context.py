"""The words around a name: what makes it a source, what makes it a mention, and where an unquoted name ends.

All patterns look at the few words right before or behind a name; most of those for the words before are endings
(:mod:`dedup.arabic.endings`). A word boundary at their start lets most places fail at once, and in the most frequent
one (``DIRECT``) the article, with which only one of its verbs begins.

The lists were read off newspapers of 2015 and say what journalists write, not what Arabic
could: a verb that is missing makes a mention of a credit, never the reverse.
"""

from __future__ import annotations

import re

from dedup.arabic.endings import Ending, one_of
from dedup.arabic.words import words

_SIGNS = re.compile("[\u0640\u064b-\u0652\u0670\u200b-\u200f\u202a-\u202e\ufeff]")
"""Tatweel, vowel signs, marks of direction: the patterns know the letters only."""
REACH = 90
"""Code points before a name within which its verb or "according to" stands: about fifteen words. Set by hand."""

AGENCY_WORDS = Ending(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|وكالت[اىي]|وكالات|أنباء|انباء|الأنباء|الانباء)\s*(?:ال\w+\s+){0,2}[«\"“({\[']*\s*$",
    "وكال نباء",
)
AGENCY_PAIR = Ending(r"وكالت[اىي]\s+(?:(?:ال)?[أا]نباء\s+)?[«\"“({]?\w+[»”\")}]?\s+و\s*[«\"“({]?$")
"""The second of two: "the two agencies A and ..."."""
AGENCY_EARLIER = Ending(r"وكال[ةه]\s+(?:ال)?[أا]نباء\s[^.\n«\"“({]{1,50}\s[«\"“({]$")
"""The agency's name follows a description of it: "the agency that the ... run, «...»"."""
MEDIUM = Ending(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه]|تلفزيون|راديو|إذاع[ةه]|مؤسس[ةه])"
    r"\s+(?:\w+\s+)?[«\"“({\[']*\s*$"
)
MEDIUM_WORD = re.compile(
    r"[وفبلك]{0,2}(?:لل|ال)?(?:صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه])\s+[«\"“({]?"
)
MEDIUM_BEHIND = re.compile(r"(?:صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه])\s+[«\"“({]?$|[«\"“({]$")
OPEN_BRACKET = re.compile(r"[(\[{]\s*[«\"“]?\s*$")
CLOSE_BRACKET = re.compile(r"\s*[»”\"]?\s*[)\]}]")
QUOTED = re.compile(r"[«\"“'{(]\s*$")
DIRECT = Ending(
    r"\b(?=\w)(?!ال[^ت])[وف]?"
    + one_of(
        r"بحسب|حسب|حسبما|وفق|وفقا|طبقا|نقلا عن|نقلت|ذكرت|أوردت|اوردت|أفادت|افادت|قالت|عن|"
        r"أضافت|بثت|نشرت|أوضحت|أعلنت|اعلنت|كشفت|مراسل|مراسلة|مراسلو|مراسلي|مصور|مصورو|أبلغ|أخبر|جاء في|[أا]شارت|"
        r"[أا]كدت|كتبت|لفتت|نوهت|ر[أا]ت|علقت|رصدت|التقت|علمت|حذرت|نسبت|تناقلت|تداولت|عرضت|رجحت|توقعت|زعمت|[أا]جرت|[أا]ظهرت|"
        r"[أا]ذاعت|(?:بالاتفاق|بترتيب|بالترتيب) مع|"
        r"(?:نشرت|بثت|[أا]وردت|نقلت|ذكرت|تناقلت|[أا]جرت|[أا]عدت|[أا]ذاعت)(?:ه|ها)"
    )
    + r"\s*"
    r"(?:[وفب]?(?:ما|به|عنه|عنها|ذلك|لما)\s+)?(?:نقلته|ذكرته|أوردته|نقلت|ذكرت|أفادت)?\s*[«\"“”({']*\s*$"
)
TOLD_MEDIUM = Ending(
    r"\b[وف]?(?:ل|لل)(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|تلفزيون|راديو|إذاع[ةه]|محط[ةه])"
    r"(?: أنباء| الأنباء| تلفزيون)?\s*[«\"“({']*$"
)
WORKING = Ending(
    r"\b[وفب]?(?:يعمل|تعمل|عمل|عملت|العامل|العامل[ةه]|بيع|ملكي[ةه]|ناشر[ةه]?|الناشر[ةه]?|مالك[ةه]?|المالك[ةه]?|تابع[ةه]?|التابع[ةه]?|رئيس\w*|تحرير|مقال\w*)"
    r"\s+(?:\S+\s+){0,2}[«\"“({']*(?:[وف]?ل\w*\s*[«\"“({']*)?$"
)
TOLD = Ending(r"(?:^|[\s«\"“(])[وف]?لـ?[\s«\"“”({']*$")
SAYING = re.compile(
    r"(?:^|[\s«\"“(،.])[وفبلك]?(?:ا?ل)?"
    + one_of(
        r"حسب|حسبما|بحسب|وفق\w*|طبق\w*|نقل\w*|تناقل\w*|ذكر\w*|[أا]ورد\w*|[أا]فاد\w*|قال\w*|قول\w*|يقول|تقول|[أا]ضاف\w*|يضيف|[أا]علن\w*|"
        r"[أا]وضح\w*|[أا]كد\w*|[أا]شار\w*|صرح\w*|صرّح\w*|تصريح\w*|حديث\w*|تحدث\w*|متحدثا?|مقابل[ةه]|مقابلات|لقاء|حوار\w*|بث\w*|بثّ\w*|نشر\w*|"
        r"تلق\w*|علم\w*|[أا]بلغ\w*|[أا]خبر\w*|كشف\w*|رو[ىت]\w*|يروي|مراسل\w*|مصور\w*|مصوّر\w*|صحافي\w*|صحفي\w*|استطلاع\w*|استطلع\w*|مسح\w*|"
        r"لم (?:تتمكن|تستطع)|شاهد|شهود|تعداد|حصيل[ةه]|إحصاء|تقرير\w*|تقارير|بيان\w*|تحليل\w*|"
        r"حسابات|[أا]سئل[ةه]|سؤال|اطلع\w*|أطلع\w*|تابع\w*|رصد\w*|"
        r"تعليق\w*|معلومات|شرح\w*|[أا]قر\w*|اعتبر\w*|[أا]جرت\w*|تجري\w*|قدر\w*|توقع\w*|زعم\w*|وصف\w*|نسب\w*|كتب\w*|لفت\w*|خبر|نبأ|اتصال\w*|[أا]ظهر\w*|التق\w*|برقي[ةه]|"
        r"جمع\w*|حصل\w*|استناد\w*|نفى|نفت|بين|أسر|صورة|صور|لقطات|مصادر|مصدر|بواسط[ةه]|عبر|خاص|"
        r"علقت|[أا]نتقدت|[أا]هتمت|ر[أا]ت|[أا]برزت|عنونت|حذرت|تناولت|سلطت|تساءلت|روت|توصلت|رجحت|وصفت|شككت|نوهت|تكهنت|صر[حّ]\w*|مصر[حّ]ا?"
    )
    + r"(?=[\s«\"“(،:]|$)"
)
AFTERWARDS = re.compile(
    r"[\s»”\")}\]]*(?:(?:ال\w+|للأنباء|للانباء|\([^)]{1,20}\)|[«\"“][^»”\"]{1,20}[»”\"])[\s،]*){0,3}"
    r"(?:أن|ان|إن|بأن|بان|أنه|انه|أنها|انها|عن|عنه|نقلا|نقلاً|فإن|فان|قوله|قولها|قائل\w*|قال|قالت|ذكرت|نقلت|أفادت|أوردت|أوضحت|أضافت|أعلنت|كشفت|أكدت|تحدثت|"
    r"اكدت|نشرت|بثت|أشارت|اشارت|رأت|كتبت|رصدت|لفتت|علقت|حذرت|توقعت|رجحت|نسبت|بقوله|بقولها|ف\w+ت)\b"
)
HAD = re.compile(r"(?:^|\s)[وف]?كان(?:ت)?\s+(?:وكال[ةه]\s+|صحيف[ةه]\s+|شبك[ةه]\s+|قنا[ةه]\s+)?[«\"“({]*$")
DONE = re.compile(r"(?:\s*\([^)\n]{1,20}\))?[\s»”\")}]*(?:\w+\s+){0,4}(?:قد\s+\w+|\w+ت|[أا]ول\s+من)\s")
LINE_HEAD = re.compile(r"[\s*•]*(?:[^\s.،:]+\s+){0,3}[^\s.،:]*\s*[-–—/(]\s*[«\"“(]*$")
DATED_HEAD = re.compile(r"[\s*•]*(?:[^\s.،:]+\s+){1,4}[0-9٠-٩]{1,2}\s+[^\W\d]+(?:\s+[0-9٠-٩]{4})?\s*[(\[]\s*")
"""A line as some wires open it: place, day and month, then the agency in brackets."""
AGENCIES = "وكالات"
GENERAL_HEAD = re.compile(
    rf"\s*(?:[^\W\d_]++\s++){{1,3}}[-–—ـ]\s*((?:ال)?{AGENCIES})(?=\s*[\n:؛\-–—]|\s+(?!ال)[^\W\d_])"
)
"""A first line that says "place - agencies"."""
SEVERAL = re.compile(rf"(?:^|[^\w])((?:ال)?{AGENCIES})(?:[^\w]|$)")
"""A byline of agencies without a name."""
WIRE_HEAD = re.compile(
    r"\s*+(?:[(\[]\s*+)?+(?=[A-Za-z])((?:[A-Z][A-Za-z]*\s){0,2}[A-Z]?[A-Za-z]*[Ww]ire)\s*[)\]]?\s*[-–—/:]"
)
"""A first line that opens with a distributor of press releases, which are all called "... wire"."""
HEAD_END = re.compile(r"[\s»”\")]*(?:[::]|[)/]\s*[-–—])")
EMPLOYED = Ending(
    r"\b(?=\w)[وفبلك]{0,2}(?:ال|لل)?"
    + one_of(
        r"رئيس\w*|مدير\w*|مديرة|عام|تحرير|مقر|مكتب|مكاتب|مبنى|عضو|أعضاء|وفد|مندوب\w*|ممثل\w*|ممثلي|موظف\w*|مسؤول\w*|مندوبي|الخبير\s+\S+\s+\S+\s+\S+\s+في|"
        r"باسم|تومسون|طومسون|شركة|اتفاقي[ةه]|مذكر[ةه]|تأسيس|إنشاء|تطوير|زيار[ةه]|زار|لزملائه|زميل\w*|محلل\w*|خبير\w*|العامل\w*|يعمل\w*|عمل|تعمل"
    )
    + r"\s*(?:في|لدى|ب|من|مع|لـ)?\s*[«\"“({']*\s*$"
)
AMONG = Ending(
    r"(?:^|\s)(?:بما في ذلك|بما فيها|من بينها|من بينهم|من بين|بينها|ومنها|منها|من ضمنها|مثل|أمثال|على غرار|بمشارك[ةه]|"
    r"وممثلي|بحضور|رؤساء تحرير|"
    r"وسائل الإعلام)(?:\s[^.]{0,40})?$",
    "بين منها مثل مثال بما غرار مشارك حضور تحرير وسائل",
)
PRESENT = Ending(
    r"(?:^|\s)[وف]?(?:حضر(?:ه|ها|ته|تها)?|[يت]حضر(?:ه|ها)?|بحضور|حضور)\s+(?:[^\s.،]+\s+){0,4}[«\"“({']*$",
    "حض",
)
"""The agency's reporter is one of the audience."""
LAST_END = re.compile(r"(?s:.*)(?:\n|[.!؟?…۔](?=[\s»”\"')\]]|$))")
CITED = Ending(
    r"(?:^|[\s«\"“(،.])[وف]?(?:بحسب|حسب|حسبما|(?:وفق|طبق)(?:ا|اً|ًا|ا ً)?|نقل(?:ا|اً|ًا)? عن|"
    + one_of(
        r"ذكر|قال|نقل|[أا]فاد|[أا]ورد|كشف|نشر|بث|[أا]علن|[أا]شار|[أا]كد|[أا]وضح|[أا]ضاف|كتب|علق|ر[أا]|تناول|رجح|"
        r"توقع|[أا]ظهر|عنون|تكهن|زعم|حذر|لفت|نوه|نسب|تناقلت|تداولت|عرض|[أا]ذاع|رصد|[أا]تهم|[أا]نتقد|هاجم|[أا]عتبر|[أا]جر|[أا]عد"
    )
    + r"(?:ت|ته|ه|تها|ها)?|[أا]جرى|[أا]برزت|تقول|تذكر|يقول|يذكر|جاء في)\s+"
    r"(?:(?:ما|فيما|عن|عنه|عنها|به|أمس|اليوم|تقرير|تحقيق|موقع|له|لها|نشرته|ذكرته|نقلته|أوردته|ذكرت|نقلت|أوردت|ذكر|أورده|"
    r"نشره|أفادت)\s+){0,2}$"
)
PUBLISHED = Ending(
    r"(?:^|[\s«\"“(،.])[وف]?(?:(?:نقل|نشر|[أا]ورد|ذكر|بث|[أا]عد|[أا]جر|[أا]ذاع|تناقل)(?:ت|ا|ى)?(?:ه|ها|هما)\s+(?:(?!على|عبر)[^\s.،]+\s+){0,4}$|"
    r"(?:كتبت?|(?:مقال|مقالة|مقاله|مقالها|تحقيق|تقرير|افتتاحية)\s+(?:لها?|له|نشر\w*|كتب\w*))\s+"
    r"(?:[^\s.]+\s+){0,7}(?:في|على صفحات)\s+$)"
)
"""What a medium published: "in an interview which it broadcast ...", "... wrote in ..."."""
TOWARD = Ending(
    r"(?:الدخول|السماح|زيارة|بزيارة|الوصول|وصول|الرجوع|العودة|الانضمام|التقدم|التقديم|الانتقال|توجه|إضافة|بالنسبة|التابع|تابع|"
    r"انضم\w*|نسخة|مشاهد\w*|متابع\w*|مقر|يعود|تعود|السابق|الرسمي|سبق|الرابط|"
    r"(?:مراسل|كاتب|محرر|مذيع|مصور|مدير|رئيس)ا|الكاتب|المعروف|المملوك\w*|مملوك\w*|إدارة|[يت]?سمح\w*|ترخيص|حساب\w*|الاجتماعي|"
    r"الأولى|عدد|غلاف|المالك\w*|شبكة|طريقة|مشروع|المشغل\w*)\s+$"
)
SPOKEN_WITH = Ending(
    r"(?:مقابل[ةه]|مقابلات|حوار\S*|حديث\S*|لقاء\S*|تصريح\S*|مداخل[ةه]|مكالم[ةه])\s+(?:\S+\s+){0,4}(?:مع|إلى|الى|عبر)\s+$",
    "مقابل حوار حديث لقاء تصريح مداخل مكالم",
)
NISBA = re.compile(r"(?!ال)\w{3,}ي")
MASCULINE = re.compile(r"(?:موقع|تلفزيون|راديو)$")
"""The media of which NISBA may be an adjective ("a British site"); those of the others end in "ya"."""
PRESS = re.compile(r"\s+(?:ال)?(?:لل[أا]نباء|[إا]خباري[ةه]|نيوز|برس)")
INFORMED = Ending(
    r"(?:^|\s)[وف]?[أا](?:بلغ|خبر|طلع)\w*\s(?:\S+\s+){0,6}[«\"“]?$",
    "بلغ خبر طلع",
)
QUOTED_NAME = re.compile(r"\s*[«\"“({'‘]\s*([^»”“″\")}'’\n]{2,40}?)\s*[»”“″\")}'’]")
NEXT_WORD = re.compile(r"[ \t\u00a0]+([\w.&’'-]*\w)")
ADJECTIVE = re.compile(r"(?:ال\w{3,}(?:ي[ةه]?|ى)|\w+دوت|[وف]?قال\w*|نشر\w*|ف\w+ت)")
DESCRIBED = re.compile(r"(?!ال)\w{3,}ي[ةه]|(?!ال)\w{4,}يين")
UNQUOTED = re.compile(r"\s*[»”\"]\s+(?=\w)")
SENTENCE_BEFORE = Ending(r"[.!؟…][»”\")]*\s*[«\"“]\s*$|^\s*[«\"“]\s*$")
VERB_FIRST = re.compile(
    r"\s*[»”\"]\s+(?!و|من (?:جهت|جانب|ناحيت))(?:[تي]\w{3,}|\w+(?<!ا)ت|قد|كانت|هي|هو|من|في|على|عن|التي|الذي|"
    r"أن|إن|ان|بأن|الآن|أيضا)\s"
)
NAME_STOP = frozenset(words("name_ends"))
PHOTOGRAPHER = re.compile(r"\s?/\s?[A-Z][a-z]+ [A-Z]")
"""Behind an agency's name in Latin letters the photographer's: "Agency/First Last"."""
INTERVIEW = Ending(
    r"(?:(?:مقابل[ةه]|حديث\w*|لقاء\w*|تصريح\w*|مداخل[ةه])\s(?:\S+\s+){0,5}في|"
    r"(?:مقابل[ةه]|حوار\w*|حديث\w*|لقاء\w*|تصريح\w*|مداخل[ةه])\s(?:\S+\s+){0,5}(?:على|عبر|مع|إلى|الى))\s+"
    r"(?:(?:ال)?(?:تلفزيون|راديو|قنا[ةه]|شبك[ةه]|إذاع[ةه]|محط[ةه]|صحيف[ةه]|مجل[ةه]|موقع)\s+(?:\S+\s+)??)?(?:لل?ـ?|ال)?\s*[«\"“”(]?$",
    "مقابل حديث لقاء تصريح مداخل حوار",
)
ALONE_BEHIND = re.compile(
    r"\s*(?:$|[^\w\s]|\n|(?:وفقا|نقلا|بحسب|حسب|و[أا]ن|اليوم|أمس|امس|مساء|صباح|الرسمي[ةه]|الحكومي[ةه]|في|من|على|نسخ[ةه]|ذلك|تصريح\w*|خبر\w*|عبر|"
    r"للأنباء|للانباء|ال(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمع[ةه])|ال\w{3,}ي[ةه])\b)"
)
"""What may stand behind a doubtful name without quotes: a name of two words begins with half of the world's words."""
JOINT = re.compile(r"[»”\"]?\s*[،,/+&\-–—]\s*[«“\"]?")
AND_MORE = re.compile(
    r"[»”\"]?\s*(?:[،,/+&\-–—]\s*(?:و?وكالات|الوكالات)|"
    r"[،,]\s*[«“\"]?[^\W\d]+(?:\s[^\W\d]+)?(?=[»”\"]?\s*[)\]}]))"
)
"""Behind an agency's name "agencies", or another name that closes the same bracket: the outlet's own, or a place."""
GOES_ON = re.compile(r"[»”\"]? [«\"“(]?[ء-غف-ي]")
"""Behind a name in the middle of a sentence, as most are: none in a row, at the end of a bracket, a head or a text."""
PICTURES = frozenset({"photographer", "caption", "caption-line", "picture-words"})
"""Marks of pictures: an agency named there has taken them."""
STATE_MEDIUM = re.compile(r"(?:[وفبك]|وب)?(?:ال|لل)(?:تلفزيون|[إا]ذاع[ةه])")
LISTED_MEDIUM = re.compile(r"(?:[وفبك]|وب)?(?:ال|لل)(?:صحيف[ةه]|مجل[ةه])")
DESCRIBED_NAME = re.compile(r"(?:\s+ال\w+ي[ةه])*\s*[«\"“({'‘]\s*([^»”\")}'’\n]{2,30}?)\s*[»”\")}'’]")
"""Adjectives, then the name in quotes: "the weekly French paper «...»"."""
_HAMZA = str.maketrans("أإآ", "ااا")
_NATIONS = {
    word.translate(_HAMZA): country for word, country in zip(words("nations")[::2], words("nations")[1::2], strict=True)
}
_NATION = re.compile(r"[\s»”\")]*\s(ال\w+?ي)(?:[ةه])?(?=[\s،.:؛»”\")]|$)")
QUOTED_MEDIA = frozenset(words("quoted_media"))
NO_MEDIUM = frozenset(words("no_medium"))
MEDIA = frozenset(word for word in words("media") if not word.startswith("ال")) - QUOTED_MEDIA


SPECIAL = frozenset({"خاص", "خاصة", "حصري", "حصريا", "انفراد"})
"""Beside the outlet's own name in a head: the report is its own."""
GIVEN_NAMES = frozenset(words("given_names"))
LETTER = re.compile(r"[^\W\d_]")
PERSONAL = frozenset(words("personal"))
ADJECTIVAL = re.compile(r"[وفب]?(?:ال|لل)(?:فرنسي[ةه]|[أا]لماني[ةه])")
"""One word for an agency that is an adjective too, or a language: without quotes only behind ACCORDING."""
ACCORDING = Ending(
    r"(?:^|[\s.،])[وف]?(?:بحسب|حسب|وفقا?|طبقا?|نقلا عن|ما (?:ذكرت|نقلت|[أا]وردت)|ذكرته|نقلته|[أا]وردته)\s+$"
)
STARRED = Ending(r"(?:^|\n)[ \t]*[*•][ \t]*(?:صحيف[ةه]|مجل[ةه]|وكال[ةه]|موقع|خدم[ةه])?\s*[«\"“{(]?$")
"""A line of its own with an asterisk, as a syndicated piece ends."""
PLACE_BEFORE = Ending(r"[.!؟»”\"\n]\s*(?:[^\W\d_]+\s+)?[^\W\d_]+\s*[-–—/]\s*[«\"“(]?$")
PLACE_BEHIND = re.compile(r"[»”\")]?\s*[-–—/]\s*(?:[^\W\d_]+\s+)?[^\W\d_]+[\s.)]*$")
"""Around an agency at the end of a text: the place it reports from."""
TO_IT = re.compile(r"[وف]?ل\w{4,}")
BREAK_BEHIND = re.compile(r"\s*(?:$|[،:«\"“(\n-])")
BEHIND_SAID = re.compile(r"[\s»”\")}\]]*(?:\([^)]{1,20}\)\s*)?(?::|«|،?\s*(?:[أإا]ن|ب[أا]ن|[أإا]نه|[أإا]نها)\b)")
HEADED_BY = Ending(
    r"\b(?:ال)?(?:مدير|رئيس|مؤسس|محرر|سكرتير|مستشار|صاحب|مالك)(?:[ةه]|ي|و)?\s+(?:ال\w+\s+)?(?:\b[وف]?لل?\w*\s*)?[«\"“(]?$",
    "مدير رئيس مؤسس محرر سكرتير مستشار صاحب مالك",
)
"""An office before "of the agency", which is written like "to the agency"."""
SUFFERED = Ending(
    r"(?:^|\s)[وفبل]?(?:ال)?(?:اعتقل\w*|اعتقال|احتجاز|احتجز\w*|محاكم[ةه]|مقتل|قتل\w*|خطف\w*|اختطاف|"
    r"[إا]فراج عن|سراح|[إا]صاب[ةه]|"
    r"وفا[ةه]|طرد\w*|دخل|سجن|اغتيال)\s+(?:\S+\s+)?(?:مراسل\w*|مصور\w*|صحافي\w*|صحفي\w*)\s+"
    r"(?:(?:ل|لل)?(?:صحيف[ةه]|وكال[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه])\s+)?[«\"“(]?$",
    "مراسل مصور صحافي صحفي",
)
"""Its reporter is the news."""
WORKED = Ending(
    r"(?:كان|كانت|عمل|عملت|يعمل|تعمل|[أا]صبح)\s+(?:\S+\s+){0,2}(?:صحافي|صحفي|محرر|كاتب|مراسل|مصور|مذيع)(?:ا|[ةه])\s+"
    r"(?:\S+\s+){0,2}(?:في|لدى|مع|ل)\s*(?:صحيف[ةه]\s+|وكال[ةه]\s+|مجل[ةه]\s+|قنا[ةه]\s+|شبك[ةه]\s+)?[«\"“(]?$",
    "كان عمل صبح",
)
TO_BEHIND = re.compile(r"(?:\b[وف]?لل?\w*\s*)?(?:تلفزيون\s+)?[«\"“({']*$")
TELLING = re.compile(
    r"(?:^|[\s«\"“(،.])[وفبلك]?(?:شدد\w*|رفض\w*|نوه\w*|ختم|اردف\w*|أردف\w*|استطرد\w*|زاد|اعترف\w*|[أا]جاب\w*|رد|ردا|ردت|عبر\w*|"
    r"[أا]عرب\w*|[أا]بد[ىت]|طالب\w*|دعا|دعت|حذر\w*|نف[ىت]\w*|[أا]دل[ىت]\w*|يكشف|يؤكد|يتحدث|يوضح|يشرح|تؤكد|تكشف|تتحدث|توضح|يعترف|"
    r"وفق\w*|خلص\w*|ألمح\w*|المح\w*|برر\w*|فسر\w*|يرى|ترى|كرر\w*|جدد\w*|انتقد\w*|هاجم\w*|خص|مقال\w*|رسال[ةه]|مضيف\w*|مؤكد\w*|موضح\w*|مشير\w*|قائل\w*|معتبر\w*)(?=[\s«\"“(،:]|$)"
)
"""Further words for speaking to somebody; too common to make a source of a name that stands in the same sentence."""


def bare(text: str) -> str:
    """A text without the signs that stand in and between its letters."""
    return _SIGNS.sub("", text) if _SIGNS.search(text) else text


def nation(behind: str) -> tuple[str, str, int] | None:
    """The nationality that stands right behind a name, its country, and where it ends.

    >>> nation(" السورية إن")
    ('السورية', 'SY', 8)
    """
    found = _NATION.match(behind)
    country = _NATIONS.get(found[1].translate(_HAMZA)) if found else None
    if found is None or country is None:
        return None
    return behind[found.start(1) : found.end()], country, found.end()


def common_word(name: str) -> bool:
    """Whether the name of an agency is the name of people, or an adjective, as well."""
    return name in PERSONAL or ADJECTIVAL.fullmatch(name) is not None


def ends_name(word: str) -> bool:
    """Whether a word behind the first of an unquoted name is no longer the name."""
    return word in NAME_STOP or ADJECTIVE.fullmatch(word) is not None


def no_medium(name: list[str], quoted: bool = False) -> bool:
    """Whether "agency", "network" or "site" means none of the press: a ministry's, the crime's, a British one."""
    first = name[0] if name else ""
    if first in NO_MEDIUM or "".join(name[:2]) in NO_MEDIUM or first in MEDIA:
        return True
    return not quoted and (first in NAME_STOP or DESCRIBED.fullmatch(first) is not None)


def sentence(before: str) -> str:
    """What stands before a name within its sentence and line."""
    ended = LAST_END.match(before)
    return before[ended.end() :] if ended else before
