"""The words around a name: what makes it a source, what makes it a mention, and where an unquoted name ends.

All patterns look at the few words right before or behind a name, so those for the words before end with ``$`` and are
searched in the last ``TAIL`` code points only; a word boundary at their start lets most places fail at once.

The lists were read off newspapers of 2015 and say what journalists write, not what Arabic
could: a verb that is missing makes a mention of a credit, never the reverse.
"""

from __future__ import annotations

import re

from dedup.arabic.words import words

REACH = 90
"""Code points before a name within which its verb or "according to" stands: about fifteen words. Set by hand."""
AGENCY_WORDS = re.compile(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|وكالت[ىي]|وكالات|أنباء|انباء|الأنباء|الانباء)\s*(?:ال\w+\s+){0,2}[«\"“({\[']*\s*$"
)
MEDIUM = re.compile(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه]|تلفزيون|راديو|إذاع[ةه]|مؤسس[ةه])"
    r"\s+(?:\w+\s+)?[«\"“({\[']*\s*$"
)
OPEN_BRACKET = re.compile(r"[(\[{]\s*[«\"“]?\s*$")
CLOSE_BRACKET = re.compile(r"\s*[»”\"]?\s*[)\]}]")
QUOTED = re.compile(r"[«\"“'{(]\s*$")
DIRECT = re.compile(
    r"\b[وف]?(?:بحسب|حسب|حسبما|وفق|وفقا|وفقاً|طبقا|طبقاً|نقلا عن|نقلاً عن|نقلت|ذكرت|أوردت|اوردت|أفادت|افادت|قالت|عن|أضافت|"
    r"بثت|نشرت|أوضحت|أعلنت|اعلنت|كشفت|مراسل|مراسلة|مصور|أبلغ|أخبر|جاء في)\s*"
    r"(?:[وفب]?(?:ما|به|عنه|عنها|ذلك|لما)\s+)?(?:نقلته|ذكرته|أوردته|نقلت|ذكرت|أفادت)?\s*[«\"“”({']*\s*$"
)
TOLD_MEDIUM = re.compile(
    r"\b[وف]?(?:ل|لل)(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|تلفزيون|راديو|إذاع[ةه]|محط[ةه])"
    r"(?: أنباء| الأنباء| تلفزيون)?\s*[«\"“({']*$"
)
WORKING = re.compile(
    r"\b[وفب]?(?:يعمل|تعمل|عمل|عملت|العامل|العامل[ةه]|بيع|ملكي[ةه]|ناشر[ةه]?|الناشر[ةه]?|مالك[ةه]?|المالك[ةه]?|تابع[ةه]?|التابع[ةه]?|رئيس\w*|تحرير|مقال\w*)"
    r"\s+(?:\S+\s+){0,2}[«\"“({']*(?:[وف]?ل\w*\s*[«\"“({']*)?$"
)
TOLD = re.compile(r"(?:^|[\s«\"“(])[وف]?لـ?[\s«\"“”({']*$")
SAYING = re.compile(
    r"(?:^|[\s«\"“(،.])[وفبلك]?(?:ا?ل)?(?:"
    r"حسب|حسبما|بحسب|وفق\w*|طبق\w*|نقل\w*|تناقل\w*|ذكر\w*|[أا]ورد\w*|[أا]فاد\w*|قال\w*|قول\w*|يقول|تقول|[أا]ضاف\w*|يضيف|[أا]علن\w*|"
    r"[أا]وضح\w*|[أا]كد\w*|[أا]شار\w*|صرح\w*|صرّح\w*|تصريح\w*|حديث\w*|تحدث\w*|متحدثا?|مقابل[ةه]|مقابلات|لقاء|حوار\w*|بث\w*|بثّ\w*|نشر\w*|"
    r"تلق\w*|علم\w*|[أا]بلغ\w*|[أا]خبر\w*|كشف\w*|رو[ىت]\w*|يروي|مراسل\w*|مصور\w*|مصوّر\w*|صحافي\w*|صحفي\w*|استطلاع\w*|استطلع\w*|مسح\w*|"
    r"شاهد|شهود|تعداد|حصيل[ةه]|إحصاء|تقرير\w*|تقارير|بيان\w*|تحليل\w*|حسابات|[أا]سئل[ةه]|سؤال|اطلع\w*|أطلع\w*|تابع\w*|رصد\w*|"
    r"تعليق\w*|معلومات|شرح\w*|[أا]قر\w*|اعتبر\w*|[أا]جرت\w*|تجري\w*|قدر\w*|توقع\w*|زعم\w*|وصف\w*|نسب\w*|كتب\w*|لفت\w*|خبر|نبأ|اتصال\w*|[أا]ظهر\w*|التق\w*|برقي[ةه]|"
    r"جمع\w*|حصل\w*|استناد\w*|نفى|نفت|بين|أسر|صورة|صور|لقطات|مصادر|مصدر|بواسط[ةه]|عبر|خاص|"
    r"علقت|[أا]نتقدت|[أا]هتمت|ر[أا]ت|[أا]برزت|عنونت|حذرت|تناولت|سلطت|تساءلت|روت|توصلت|رجحت|وصفت|شككت|نوهت|تكهنت|صر[حّ]\w*|مصر[حّ]ا?)(?=[\s«\"“(،:]|$)"
)
AFTERWARDS = re.compile(
    r"[\s»”\")}\]]*(?:(?:ال\w+|للأنباء|للانباء|\([^)]{1,20}\)|[«\"“][^»”\"]{1,20}[»”\"])[\s،]*){0,3}"
    r"(?:أن|ان|إن|بأن|بان|أنه|انه|أنها|انها|عن|عنه|نقلا|نقلاً|فإن|فان|قوله|قولها|قائل\w*|قالت|ذكرت|نقلت|أفادت|أوردت|أوضحت|أضافت|أعلنت|كشفت|أكدت|تحدثت|"
    r"اكدت|نشرت|بثت|أشارت|اشارت|رأت|كتبت|ف\w+ت)\b"
)
HAD = re.compile(r"(?:^|\s)[وف]?كان(?:ت)?\s+(?:وكال[ةه]\s+|صحيف[ةه]\s+|شبك[ةه]\s+|قنا[ةه]\s+)?[«\"“(]*$")
DONE = re.compile(r"(?:\s*\([^)\n]{1,20}\))?[\s»”\")]*(?:\w+\s+){0,4}(?:قد\s+\w+|\w+ت|[أا]ول\s+من)\s")
LINE_HEAD = re.compile(r"[\s*•]*(?:[^\s.،:]+\s+){0,3}[^\s.،:]*\s*[-–—/(]\s*[«\"“(]*$")
DATED_HEAD = re.compile(r"[\s*•]*(?:[^\s.،:]+\s+){1,4}[0-9٠-٩]{1,2}\s+[^\W\d]+(?:\s+[0-9٠-٩]{4})?\s*[(\[]\s*")
"""A line as some wires open it: place, day and month, then the agency in brackets."""
AGENCIES, WIRE = "وكالات", "ire"
"""What a text must hold in which one of the next three patterns is worth looking for; they are made with it."""
GENERAL_HEAD = re.compile(rf"\s*(?:[^\W\d_]+\s+){{1,3}}[-–—ـ]\s*((?:ال)?{AGENCIES})(?=\s*[\n:؛\-–—]|\s+[^\W\d_])")
"""A first line that says "place - agencies"."""
SEVERAL = re.compile(rf"(?:^|[^\w])((?:ال)?{AGENCIES})(?:[^\w]|$)")
"""A byline of agencies without a name."""
WIRE_HEAD = re.compile(rf"\s*[(\[]?\s*((?:[A-Z][A-Za-z]*\s){{0,2}}[A-Z]?[A-Za-z]*[Ww]{WIRE})\s*[)\]]?\s*[-–—/:]")
"""A first line that opens with a distributor of press releases, which are all called "... wire"."""
HEAD_END = re.compile(r"[\s»”\")]*(?:[::]|[)/]\s*[-–—])")
EMPLOYED = re.compile(
    r"\b[وفبلك]{0,2}(?:ال|لل)?(?:رئيس\w*|مدير\w*|مديرة|عام|تحرير|مقر|مكتب|مكاتب|مبنى|عضو|أعضاء|وفد|مندوب\w*|ممثل\w*|ممثلي|موظف\w*|مسؤول\w*|مندوبي|الخبير\s+\S+\s+\S+\s+\S+\s+في|"
    r"تومسون|طومسون|شركة|اتفاقي[ةه]|مذكر[ةه]|تأسيس|إنشاء|تطوير|زيار[ةه]|زار|لزملائه|زميل\w*|محلل\w*|خبير\w*|العامل\w*|يعمل\w*|عمل|تعمل)\s*(?:في|لدى|ب|من|مع|لـ)?\s*[«\"“({']*\s*$"
)
AMONG = re.compile(
    r"(?:^|\s)(?:بما في ذلك|بما فيها|من بينها|من بينهم|من بين|بينها|ومنها|منها|من ضمنها|مثل|أمثال|على غرار|بمشارك[ةه]|"
    r"وممثلي|بحضور|"
    r"وسائل الإعلام)(?:\s[^.]{0,40})?$"
)
LAST_END = re.compile(r"(?s:.*)(?:\n|[.!؟?…۔](?=[\s»”\"')\]]|$))")
TAIL = 70
"""Code points before a name in which what must stand right before it is looked for: longer than any such phrase."""
CITED = re.compile(
    r"(?:^|[\s«\"“(،.])[وف]?(?:بحسب|حسب|حسبما|(?:وفق|طبق)(?:ا|اً|ًا|ا ً)?|نقل(?:ا|اً|ًا)? عن|"
    r"(?:ذكر|قال|نقل|[أا]فاد|[أا]ورد|كشف|نشر|بث|[أا]علن|[أا]شار|[أا]كد|[أا]وضح|[أا]ضاف|كتب|علق|ر[أا]|تناول|رجح|توقع|"
    r"[أا]ظهر|عنون|تكهن|زعم)(?:ت|ته|ه|تها)?|[أا]برزت|تقول|تذكر|يقول|يذكر|جاء في)\s+"
    r"(?:(?:ما|فيما|عن|عنه|عنها|به|أمس|اليوم|تقرير|تحقيق|موقع|له|لها|نشرته|ذكرته|نقلته|أوردته|ذكرت|نقلت|أوردت|ذكر|أورده|"
    r"نشره|أفادت)\s+){0,2}$"
)
TOWARD = re.compile(
    r"(?:الدخول|السماح|زيارة|بزيارة|الوصول|وصول|الرجوع|العودة|الانضمام|التقدم|التقديم|الانتقال|توجه|إضافة|بالنسبة|التابع|تابع|"
    r"انضم\w*|نسخة|مشاهد\w*|متابع\w*|مقر|يعود|تعود|السابق|الرسمي|سبق|الرابط)\s+$"
)
SPOKEN_WITH = re.compile(
    r"(?:مقابل[ةه]|مقابلات|حوار\S*|حديث\S*|لقاء\S*|تصريح\S*|مداخل[ةه]|مكالم[ةه])\s+(?:\S+\s+){0,4}(?:مع|إلى|الى|عبر)\s+$"
)
NISBA = re.compile(r"(?!ال)\w{3,}ي")
PRESS = re.compile(r"\s+(?:ال)?(?:لل[أا]نباء|[إا]خباري[ةه]|نيوز|برس)")
INFORMED = re.compile(r"(?:^|\s)[وف]?[أا](?:بلغ|خبر|طلع)\w*\s(?:\S+\s+){0,6}[«\"“]?$")
QUOTED_NAME = re.compile(r"\s*[«\"“({'‘]\s*([^»”\")}'’\n]{2,40}?)\s*[»”\")}'’]")
NEXT_WORD = re.compile(r"[ \t\u00a0]+([\w.&’'-]*\w)")
ADJECTIVE = re.compile(r"(?:ال\w{3,}(?:ي[ةه]?|ى)|\w+دوت|[وف]?قال\w*|نشر\w*|ف\w+ت)")
DESCRIBED = re.compile(r"(?!ال)\w{3,}ي[ةه]|(?!ال)\w{4,}يين")
UNQUOTED = re.compile(r"[»”\"]\s+(?=\w)")
SENTENCE_BEFORE = re.compile(r"[.!؟…][»”\")]*\s*[«\"“]$|^\s*[«\"“]$")
VERB_FIRST = re.compile(r"[»”\"]\s+(?:[تي]\w{3,}|\w+ت|قد|كانت|هي|هو|من|في|على|عن|التي|الذي|أن|إن|ان|بأن|الآن|أيضا)\s")
NAME_STOP = frozenset(words("name_ends"))
PHOTOGRAPHER = re.compile(r"\s?/\s?[A-Z][a-z]+ [A-Z]")
"""Behind an agency's name in Latin letters the photographer's: "Agency/First Last"."""
INTERVIEW = re.compile(
    r"(?:(?:مقابل[ةه]|حديث\w*|لقاء\w*|تصريح\w*|مداخل[ةه])\s(?:\S+\s+){0,5}في|"
    r"(?:مقابل[ةه]|حوار\w*|حديث\w*|لقاء\w*|تصريح\w*|مداخل[ةه])\s(?:\S+\s+){0,5}(?:على|عبر|مع|إلى|الى))\s+"
    r"(?:تلفزيون|قنا[ةه]|شبك[ةه]|إذاع[ةه]|محط[ةه]|صحيف[ةه]|مجل[ةه]|موقع)?\s*[«\"“”(]?$"
)
ALONE_BEHIND = re.compile(
    r"\s*(?:$|[^\w\s]|\n|(?:اليوم|أمس|امس|مساء|صباح|الرسمي[ةه]|الحكومي[ةه]|في|من|على|نسخ[ةه]|ذلك|تصريح\w*|خبر\w*|عبر|"
    r"للأنباء|للانباء|ال(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمع[ةه])|ال\w{3,}ي[ةه])\b)"
)
"""What may stand behind a doubtful name without quotes: a name of two words begins with half of the world's words."""
JOINT = re.compile(r"[»”\"]?\s*[،,/+&\-–—]\s*[«“\"]?")
AND_AGENCIES = re.compile(r"[»”\"]?\s*[،,/+&\-–—]\s*(?:و?وكالات|الوكالات)")
AND_ANOTHER = re.compile(r"[»”\"]?\s*[،,]\s*[«“\"]?[^\W\d]+(?:\s[^\W\d]+)?(?=[»”\"]?\s*[)\]}])")
"""Another name behind an agency's that closes the same bracket: the outlet's own, or a place."""
PICTURES = frozenset({"photographer", "caption", "caption-line", "picture-words"})
"""Marks of pictures: an agency named there has taken them."""
NO_MEDIUM = frozenset(words("no_medium"))
MEDIA = frozenset(words("media"))


def ends_name(word: str) -> bool:
    """Whether a word behind the first of an unquoted name is no longer the name."""
    return word in NAME_STOP or ADJECTIVE.fullmatch(word) is not None


def no_medium(name: list[str]) -> bool:
    """Whether "agency", "network" or "site" means none of the press: a ministry's, the crime's, a British one."""
    first = name[0] if name else ""
    return first in NO_MEDIUM or first in MEDIA or first in NAME_STOP or DESCRIBED.fullmatch(first) is not None


def ends(before: str, pattern: re.Pattern[str]) -> bool:
    """Whether what stands before a name ends with a pattern."""
    return pattern.search(before[-TAIL:]) is not None


def sentence(before: str) -> str:
    """What stands before a name within its sentence and line."""
    ended = LAST_END.match(before)
    return before[ended.end() :] if ended else before
