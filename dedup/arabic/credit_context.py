"""The words around a name: what makes it a source, what makes it a mention, and where an unquoted name ends.

All patterns look at the few words right before or behind a name; most of those for the words before are endings
(:mod:`dedup.arabic.endings`), which fail at the first letters before it. Patterns that decide the same thing are one
ending, and what one ending decides alone is asked before another.

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
BEHIND = 40
"""Code points behind a name within which its verb stands. Set by hand."""

OF_AN_AGENCY = Ending(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|وكالت[اىي]|وكالات|أنباء|انباء|الأنباء|الانباء)\s*(?:ال\w+\s+){0,2}[«\"“({\[']*\s*$",
    r"وكالت[اىي]\s+(?:(?:ال)?[أا]نباء\s+)?[«\"“({]?\w+[»”\")}]?\s+و\s*[«\"“({]?$",
    r"وكال[ةه]\s+(?:ال)?[أا]نباء\s[^.\n«\"“({]{1,50}\s[«\"“({]$",
    stems="وكال نباء",
)
""" "The agency ...", the second of "the two agencies A and ...", or a description before the name: "the agency that
the ... run, «...»"."""
MEDIUM = Ending(
    r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه]|تلفزيون|راديو|إذاع[ةه]|مؤسس[ةه]|زميل[ةه]|"
    r"يومي[ةه]|فضائي[ةه])"
    r"\s+(?:\w+\s+)?[«\"“({\[']*\s*$",
    r"(?:^|\s)[وفبلك]{0,2}(?:[أا]سبوعي[ةه]|دوري[ةه]|نشر[ةه]|محط[ةه]|منص[ةه]|قنوات|هيئ[ةه] البث)\s+[«\"“({\[']+\s*$",
)
SITE = Ending(r"(?:^|\s)[وفبلك]{0,2}(?:موقع|بواب[ةه]|منص[ةه])\s+[«\"“({\[']*$")
"""What an agency has as well; a newspaper of its name is another."""
MEDIUM_WORD = re.compile(
    r"[وفبلك]{0,2}(?:لل|ال)?(?:صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه])\s+[«\"“({]?"
)
OPENING_QUOTES = frozenset('«"“{')
REST_OF_NAME = re.compile(r"(?: [^\W_]+){1,3}(?=[»”\"}])")
"""Behind a name that a quotation mark opens: further words of it up to the mark that closes it."""
QUALIFIES = re.compile(r"ال\w{2,}ي[ةه]")
"""A word that says of a paper what it is or where it is from, and does not make it another one."""
MEDIUM_BEHIND = re.compile(r"(?:صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|بواب[ةه])\s+[«\"“({]?$|[«\"“({]$")
PHOTO_CREDIT = Ending(
    r"(?:©\s*(?:AFP\s*/|AP\s*/)?|(?:Credit|Photo|Photograph|Photographer|Image|Source)\s*:|"
    r"صور[ةه] من(?: [أا]رشيف)?\s*:|"
    r"[-–—|]\s*(?:المصدر|مصدر الصور[ةه]|الصور[ةه]|تصوير)\s*:)\s*(?:[A-Za-z]+\s*/\s*)?$",
    stems="© : /",
)
PHOTO_BRACKET = Ending(
    r"[(\[]\s*(?:صور[ةه]\s+)?(?:(?:من\s+)?(?:ال)?[أا]رشيف\w*|صور[ةه]|تصوير|عدس[ةه]|خاص)\s*[-–—/،:]\s*$",
)
"""The agency that has taken a picture: "© agency", "Credit: agency", "(archive - agency)"."""
OPEN_BRACKET = re.compile(r"[(\[{]\s*[«\"“]?\s*$")
CLOSE_BRACKET = re.compile(r"\s*[»”\"]?\s*[)\]}]")
QUOTED = re.compile(r"[«\"“'{(]\s*$")
DIRECT = Ending(
    r"\b(?=\w)(?!ال[^ت])[وف]?(?:"
    r"بحسب|حسب|حسبما|وفق|وفقا|طبقا|نقلا عن|نقلت|ذكرت|أوردت|اوردت|أفادت|افادت|قالت|عن|"
    r"أضافت|بثت|نشرت|أوضحت|أعلنت|اعلنت|كشفت|مراسل|مراسلة|مراسلو|مراسلي|مصور|مصورو|أبلغ|أخبر|جاء في|[أا]شارت|"
    r"[أا]كدت|كتبت|لفتت|نوهت|ر[أا]ت|علقت|رصدت|التقت|علمت|حذرت|نسبت|تناقلت|تداولت|عرضت|رجحت|توقعت|زعمت|[أا]جرت|[أا]ظهرت|"
    r"في معلومات|[أا]ذاعت|(?:بالاتفاق|بترتيب|بالترتيب) مع|"
    r"انفردت|حاورت|استطلعت|[أا]هتمت|عنونت|اعتبرت|خصصت|وصفت|تناولت|[أا]برزت|حللت|استعرضت|نبهت|ربطت|خلصت|تساءلت|[أا]ثنت|استعادت|"
    r"(?:نشرت|بثت|[أا]وردت|نقلت|ذكرت|تناقلت|[أا]جرت|[أا]عدت|[أا]ذاعت|عرضت|وصفت|كشفت|كتبت|ترجمت)(?:ه|ها)"
    r")\s*"
    r"(?:[وفب]?(?:ما|به|عنه|عنها|ذلك|لما|معلومات|مصادر)\s+)?(?:نقلته|ذكرته|أوردته|نقلت|ذكرت|أفادت)?\s*[«\"“”({']*\s*$"
)
_TOLD = r"(?:^|[\s«\"“(])[وف]?لـ?[\s«\"“”({']*$"
TOLD = Ending(_TOLD)
TOLD_MEDIUM = Ending(
    r"\b[وف]?(?:ل|لل)(?:وكال[ةه]|صحيف[ةه]|جريد[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|موقع|تلفزيون|راديو|إذاع[ةه]|محط[ةه]|يومي[ةه]|فضائي[ةه]|قنوات)"
    r"(?: أنباء| الأنباء| تلفزيون)?\s*[«\"“({']*$",
    _TOLD,
)
"""To the medium, or "to" alone, written together with the name or before its quotation mark."""
WORKING = Ending(
    r"\b[وفب]?(?:يعمل|تعمل|عمل|عملت|العامل|العامل[ةه]|بيع|ملكي[ةه]|ناشر[ةه]?|الناشر[ةه]?|مالك[ةه]?|المالك[ةه]?|تابع[ةه]?|التابع[ةه]?|رئيس\w*|تحرير|مقال\w*)"
    r"\s+(?:\S+\s+){0,2}[«\"“({']*(?:[وف]?ل\w*\s*[«\"“({']*)?$"
)
SAYING = re.compile(
    r"(?:^|[\s«\"“(،.])[وفبلك]?(?:ا?ل)?"
    + one_of(
        r"حسب|حسبما|بحسب|وفق\w*|طبق\w*|نقل\w*|تناقل\w*|ذكر\w*|[أا]ورد\w*|[أا]فاد\w*|قال\w*|قول\w*|يقول|تقول|[أا]ضاف\w*|يضيف|[أا]علن\w*|"
        r"[أا]وضح\w*|[أا]كد\w*|[أا]شار\w*|صرح\w*|صرّح\w*|تصريح\w*|حديث\w*|تحدث\w*|متحدثا?|مقابل[ةه]|مقابلات|لقاء|حوار\w*|بث\w*|بثّ\w*|نشر\w*|"
        r"تلق\w*|علم\w*|[أا]بلغ\w*|[أا]خبر\w*|كشف\w*|رو[ىت]\w*|يروي|مراسل\w*|مصور\w*|مصوّر\w*|صحافي\w*|صحفي\w*|استطلاع\w*|استطلع\w*|مسح\w*|"
        r"لم (?:تتمكن|تستطع)|شاهد|شهود|تعداد|حصيل[ةه]|إحصاء|تقرير\w*|تقارير|بيان\w*|تحليل\w*|"
        r"حسابات|[أا]سئل[ةه]|سؤال|اطلع\w*|أطلع\w*|تابع\w*|رصد\w*|"
        r"تعليق\w*|معلومات|شرح\w*|[أا]قر\w*|اعتبر\w*|[أا]جرت\w*|تجري\w*|قدر\w*|توقع\w*|زعم\w*|وصف\w*|نسب\w*|كتب\w*|لفت\w*|خبر|نبأ|اتصال\w*|[أا]ظهر\w*|التق\w*|برقي[ةه]|"
        r"جمع\w*|حصل\w*|استناد\w*|نفى|نفت|أسر|صورة|صور|لقطات|مصادر|مصدر|بواسط[ةه]|عبر|خاص|"
        r"علقت|[أا]نتقدت|[أا]هتمت|ر[أا]ت|[أا]برزت|عنونت|حذرت|تناولت|سلطت|تساءلت|روت|توصلت|رجحت|وصفت|شككت|نوهت|نبه\w*|تكهنت|صر[حّ]\w*|مصر[حّ]ا?"
    )
    + r"(?=[\s«\"“(،:]|$)"
)
OF_A_PAPER = re.compile(
    r"(?:^|[\s«\"“(،.])[وف]?"
    + one_of(
        r"دع|طالب|حث|هاجم|[أا]تهم|عرض|[أا]ذاع|تداول|عنون|[أا]هتم|خصص|رجح|استعرض|ورد|[أا]عد|حلل|استعاد|[أا]ثن|ربط|خلص"
    )
    + r"(?:ت(?:ه|ها)?(?=\s|$)|(?<=ورد) (?:في|على))"
)
"""Further verbs in the few words before an outlet's name."""
AFTERWARDS = re.compile(
    r"[\s»”\")}\]]*(?:(?:ال(?!صادر)\w+|للأنباء|للانباء|\([^)]{1,20}\)|[«\"“][^»”\"]{1,20}[»”\"])[\s،]*){0,3}"
    r"(?:أن|ان|إن|بأن|بان|أنه|انه|أنها|انها|عن|عنه|نقلا|نقلاً|فإن|فان|قوله|قولها|قائل\w*|قال|قالت|ذكرت|نقلت|أفادت|أوردت|أوضحت|أضافت|أعلنت|كشفت|أكدت|تحدثت|"
    r"اكدت|نشرت|بثت|أشارت|اشارت|رأت|كتبت|رصدت|لفتت|علقت|حذرت|توقعت|رجحت|نسبت|بقوله|بقولها|فقد|تقول|فتقول|ترى|فترى|اعتبرت|عنونت|ف\w+ت|تنقل|تذكر|تفيد|تؤكد|تضيف|تكشف)\b"
)
SAYS = re.compile(
    r"[»”\")}]*[\s،]*(?:ال\w+ي[ةه]\s+)?"
    r"(?:قالت|ذكرت|نقلت|[أا]فادت|[أا]وردت|[أا]وضحت|[أا]علنت|كشفت|[أا]كدت|نشرت|بثت|[أا]شارت|ر[أا]ت|كتبت|رصدت|لفتت|علقت|توقعت|رجحت|"
    r"نسبت|تقول|ترى|اعتبرت|عنونت)\b"
)
"""Behind a common word in quotation marks: it says something, so it is a paper's name."""
HAD = Ending(
    r"(?:^|\s)[وف]?كان(?:ت)?\s+"
    r"(?:(?:وكال[ةه]|صحيف[ةه]|شبك[ةه]|قنا[ةه]|موقع|مجل[ةه]|جريد[ةه]|إذاع[ةه]|تلفزيون|بواب[ةه]|محط[ةه]|يومي[ةه]|[أا]سبوعي[ةه]|"
    r"دوري[ةه]|نشر[ةه]|منص[ةه])\s+(?:(?:ال)?[أا]نباء\s+)?(?:ال\w+ي[ةه]?\s+){0,2})?"
    r"[«\"“({]*$"
)
DONE = re.compile(
    r"(?:\s*\([^)\n]{1,20}\))?[\s»”\")}]*(?:(?!قد\b)\w+\s+){0,4}"
    r"(?:قد\s+(?!(?:توقف|[أا]غلق|تعرض|فاز|احتفل|استضاف|بد[أا]|[أا]طلق|اشتر|رفع|[أا]قال|عين|تأسس|صدر|تلق|قرر|نال)\w*)\w+|"
    r"\w+ت|[أا]ول\s+من)(?=[\s،])"
)
HAD_SAID = re.compile(
    r"(?:\s*\([^)\n]{1,20}\))?[\s»”\")}]*(?:(?!قد\b)\w+\s+){0,4}(?:قد\s+)?"
    + one_of(
        r"ذكر|نقل|[أا]فاد|[أا]ورد|كشف|نشر|بث|[أا]علن|[أا]شار|[أا]كد|[أا]وضح|كتب|رجح|توقع|زعم|حذر|لفت|نسب|عرض|[أا]ذاع|رصد|[أا]تهم|"
        r"[أا]جر|ربط|تحدث|وصف|خصص|تناول|قال|[أا]نفرد|[أا]دع|[أا]ول\s+من"
    )
    + r"(?:ت|ى)?(?:ه|ها)?(?=[\s،])"
)
"""Behind the name of a medium that "had": what it had said, since one that is in no lexicon may have done anything."""
HAD_BEFORE = Ending(r"(?:^|\s)[وف]?كانت?\s+$")
LINE_HEAD = re.compile(r"[\s*•]*+(?:[^\s.،:]+(?:\s*،)?\s+){0,3}[^\s.،:]*\.?\s*[-–—/(]\s*[«\"“(]*$")
DATED_HEAD = re.compile(r"[\s*•]*+(?:[^\s.،:]+\s+){1,4}[0-9٠-٩]{1,2}\s+[^\W\d]+(?:\s+[0-9٠-٩]{4})?\s*[(\[]\s*")
"""A line as some wires open it: place, day and month, then the agency in brackets."""
AGENCIES = "وكالات"
GENERAL_HEAD = re.compile(
    rf"\s*(?:[^\W\d_]++\s++){{1,3}}[-–—ـ]\s*((?:ال)?{AGENCIES})(?=\s*[\n:؛\-–—]|\s+(?!ال)[^\W\d_])"
)
"""A first line that says "place - agencies"."""
SEVERAL_CLOSING = re.compile(rf"[(\[]\s*((?:ال)?{AGENCIES})\s*[)\]][\s.]*$")
WRITTEN_IN = re.compile(
    r"(?:^|\n)[ \t*•-]*(?:كتبت?|كتبوا|كتبا)[ \t:/-]+(?:[^\W\d_]+[ \t]+){2,4}(?:في|عبر)[ \t]+"
    r"(?:(?:صحيف[ةه]|جريد[ةه]|مجل[ةه]|موقع)[ \t]+)?[«\"“]([^»”\"\n]{2,30})[»”\"][ \t]*:"
)
"""Above a piece: who wrote it, in which paper."""
ENCLOSED = re.compile(r"[(/\[][\s«\"“]*$")
SLASH_BEHIND = re.compile(
    r"[»”\"]?[ \t]*/[ \t]*(?:(?=(?:[^\W\d_]+[ \t]+){3}[^\n])([^\W\d_])|(?:[^\W\d_]+[ \t]*){1,2}(?:\n|$))"
)
"""Behind the name of an agency that opens a line: a slash, and its sentence or its place."""
BUTTON_BEFORE = Ending(r"(?:مشارك[ةه]|شارك|طباع[ةه]|A[+-])[ \t]*$")
SEVERAL = re.compile(rf"(?:^|[^\w])((?:ال)?{AGENCIES})(?:[^\w]|$)")
"""A byline of agencies without a name."""
AND_SEVERAL = re.compile(rf"(?:[+،,/&\-–—|]\s*و?|\sو)((?:ال)?{AGENCIES})(?=\W*$|\s*\+)")
"""Behind a name, which a sign or "and" parts from it: further agencies without a name."""
WIRE_HEAD = re.compile(
    r"\s*+(?>(?:[(\[]\s*+)?)(?=[A-Za-z])((?:[A-Z][A-Za-z]*\s){0,2}[A-Z]?[A-Za-z]*[Ww]ire)\s*[)\]]?\s*[-–—/:]"
)
"""A first line that opens with a distributor of press releases, which are all called "... wire"."""
HEAD_END = re.compile(r"[\s»”\")]*(?:[:\uff1a]|[)/]\s*[-–—])")
EMPLOYED = Ending(
    r"\b(?=\w)[وفبلك]{0,2}(?:ال|لل)?(?:"
    r"رئيس\w*|مدير\w*|مديرة|عام|تحرير|مقر|مكتب|مكاتب|مبنى|عضو|أعضاء|وفد|مندوب\w*|ممثل\w*|ممثلي|موظف\w*|مسؤول\w*|مندوبي|الخبير\s+\S+\s+\S+\s+\S+\s+في|"
    r"باسم|تومسون|طومسون|شركة|اتفاقي[ةه]|مذكر[ةه]|تأسيس|إنشاء|تطوير|زيار[ةه]|زار|"
    r"لزملائه|زميل(?:ه|ها|هم|نا|ته|تها|تهم|تنا)?|زملا[ءئؤ]\w*|"
    r"مجموع[ةه]|مؤسس[ةه]|جائز[ةه]|جوائز|محلل\w*|خبير\w*|العامل\w*|يعمل\w*|(?<!ال)عمل|تعمل"
    r")(?:\s+(?:ال)?(?:سابق|[أا]سبق|حالي)[ةه]?)?(?:\s+لها?)?\s*(?:في|لدى|ب|من|مع|لـ)?\s*[«\"“({']*\s*$"
)
_EMPLOYEES = (
    r"(?:^|\s)[وفبل]{0,2}(?:[أا]عوان|عمال|[إا]طارات|كوادر|نقاب[ةه]|"
    r"(?:صحفي|صحافي|[إا]علامي|موظف|عامل|مستخدم|متعاون|تقني|محرر|مصور|مراسل|مذيع)(?:و|ي|ات))\s+"
)
EMPLOYEES = Ending(
    _EMPLOYEES + r"(?:و(?:صحفي|صحافي|[إا]علامي|موظف|عامل|مستخدم|تقني|محرر|عمال|[أا]عوان)[وي]?\s+)?"
    r"(?:(?:صحيف|وكال|مجل|قنا|شبك|إذاع|محط|جريد|مؤسس)[ةه]\s+|(?:موقع|تلفزيون|راديو)\s+)?[«\"“({']*$",
)
"""Those who work for the name, in the plural, right before it."""
LABOUR = re.compile(
    r"[إا]ضراب|(?:^|\s)[وف]?(?:[أا]ضرب|[يت]ضرب)(?:ت|وا|ون)?(?=\s|$)|[اإ]عتص[ام]\w*|[يت]عتصم\w*|احتجاج|"
    r"[اإ]حتج[ّ]?(?:ت|وا)?(?=\s|$)|[يت]حتج\w*|رواتب|"
    r"(?:^|\s)(?:ب|ل)?(?:ال)?[أا]جور|مستحقات|تسريح|سر[ّ]?حت|الشار[ةه] الحمراء|نقاب[ةه]|نقابي|فصل تعسفي"
)
"""What employees are in the news for themselves."""
AMONG = Ending(
    r"(?:^|\s)(?:بما في ذلك|بما فيها|من بينها|من بينهم|من بين|بينها|بينهم|بينهما|ومنها|منها|من ضمنها|مثل|أمثال|"
    r"على غرار|بمشارك[ةه]|وممثلي|بحضور|رؤساء تحرير|"
    r"وسائل الإعلام)(?:\s[^.]{0,40})?$",
    stems="بين منها مثل مثال بما غرار مشارك حضور تحرير وسائل",
)
_OF_A_MEDIUM = (
    r"(?:[وفبلك]{0,2}(?:ال|لل)?(?:صحيف|وكال|مجل|قنا|شبك|إذاع|محط|جريد)(?:[ةه]|ت[يا])\s+|"
    r"(?:موقع|تلفزيون|راديو|[أا]نباء)\s+)?(?:لل?ـ?\s*|ب)?[«\"“({']*$"
)
"""What may stand between "in", "of", "for" and the name: "the paper"."""
_PERSON = r"(?:صحافي|صحفي|مصور|مراسل|مذيع|محرر|متعاون|[إا]علامي|منتج|مترجم|كاتب)(?:[ةه]|ون|ين|ا|ان|و|ات)?"
_NO_ADJECTIVE = "".join(f"(?<!{noun} )" for noun in words("spoken_of_the_press"))
_STAFF = (
    rf"(?:^|\s){_NO_ADJECTIVE}[وفبلك]{{0,2}}(?:ال|لل)?" + _PERSON + r"\s+"
    r"(?:(?:ال\w+|سابق\w*|متعاون\w*|مستقل\w*|حر|بارز\w*|ميداني\w*)\s+){0,3}"
    r"(?:(?:في|لدى|مع|من)\s+|(?=[لب]))" + _OF_A_MEDIUM
)
STAFF = Ending(_STAFF)
"""The name is that of an employer: "photographers of «...»", "the journalist at ..."."""
WITNESS = Ending(
    r"(?:^|\s)[وف]?(?:قال|[أا]فاد|ذكر|شاهد|ر[أا]ى|سمع|[أا]حصى|نقل|روى|[أا]كد|لاحظ|وصف|[أا]بلغ|[أا]خبر|[أا]ضاف|كشف|حسب|بحسب|وفق|علق|رصد|عاين|"
    r"تحدث|التق|كتب|[يت]قول|[يت]ذكر|[يت]ضيف|صرح|[أا]وضح|شهد|وثق|التقط)\w*\s+(?:(?:عن|به|بها|ذلك|عنه|إلى|الى|من|ما|مع)\s+)?(?:[^\s.،]+\s+)?"
    r"(?:ل|لل|ال)?" + _PERSON + r"\s[^.،]{0,45}$",
)
HONOURED = re.compile(
    r"(?:^|\s)[وفبل]{0,2}(?:ال)?(?:(?:جائز[ةه]|جوائز|درع|وسام|تكريم)(?=\s|$)|مذكر(?:[ةه]|ات) تفاهم|"
    r"(?:اتفاق|اتفاقي[ةه]|بروتوكول|عقد) (?:تعاون|شراك[ةه]|تبادل))"
)
"""A prize that an agency got, an agreement that it signed: in such a sentence words for speaking tell of others."""
OWN_NEWS = re.compile(
    r"[\s»”\")]*(?:\([^)\n]{1,20}\)\s*)?(?:(?:اليوم|[أا]مس)\s+)?(?:عن\s+)?"
    r"(?:[إا]طلاق|افتتاح|تدشين|تعيين|[إا]غلاق|تسريح|تحديث|توسيع)\s+(?:\w+\s+){0,2}?"
    r"(?:خدم|موقع|مكتب|مكاتب|تطبيق|منص|قنا|مدير|رئيس|محرر|صحفي|صحافي|موظف|نشر|شبك|بث|مراسل)\w*ها(?!\w)"
)
"""Behind an agency that announces something: it is of itself."""
IN_THE_NEWS = re.compile(
    r"[\s»”\")]*ال(?:سابق|جريح|مصاب|راحل|معتقل|محتجز|مختطف|مخطوف|قتيل|شهيد|مسجون|مفصول|متقاعد)[ةه]?(?!\w)"
)
"""Behind an agency whose reporter stands before it: what he has become; he speaks for himself."""
AGENCY_BEHIND = re.compile(r"وكال[ةه]\s+(?:(?:ال)?[أا]نباء\s+)?[«\"“(]?$")
BROADCASTER = Ending(r"(?:^|\s)[وفبلك]{0,2}(?:لل|ال)?(?:قنا[ةه]|فضائي[ةه]|شاش[ةه]|تلفزيون|راديو|إذاع[ةه])\s+[«\"“({]*$")
"""Before the name of a station; a paper of its name is another."""
BROADCASTING = re.compile(r"قنا[ةه]|فضائي[ةه]|تلفزيون|راديو|[إا]ذاع[ةه]|شبك[ةه]")
PRESS_PEOPLE = re.compile(r"(?:^|(?<=\s))[وفبل]{0,2}(?:ال)?(?:صحاف|صحف|مصور|مراسل)\w*")
"""Words for people of the press, which count as words for speaking elsewhere."""
REPORTER = re.compile(
    r"\s[وفبل]?(?:ال)?(?:مراسل[ةه]?|مراسلو|مراسلي|مصور[ةه]?|مصورو|مصوري)\s+"
    r"(?:(?:صحيف[ةه]|وكال[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه]|إذاع[ةه]|محط[ةه]|جريد[ةه]|موقع|تلفزيون)\s+(?:(?:ال)?[أا]نباء\s+)?)?[«\"“({]*$"
)
SPOKEN_OF = re.compile(
    r"(?:^|[\s«\"“(،.])[وفبلك]{0,2}(?:ال|لل)?"
    + one_of(
        r"[يت]?عتقل\w*|[اأ]عتقل\w*|اعتقال\w*|معتقل\w*|احتجاز|[اأ]حتجز\w*|[يت]حتجز\w*|محاكم[ةه]|مقتل|قتل|قتلت|اغتيال|استشهاد|استشهد\w*|"
        r"شهداء|إصاب[ةه]|[أا]صيب\w*|اختطاف|خطف|اختطف\w*|[إا]فراج|[أا]فرج\w*|سراح|سجن|توقيف|[أا]وقفت?|طرد|وفا[ةه]|توفي\w*|"
        r"تكريم|كرم|كرمت|جائز[ةه]|جوائز|فاز|فازت|نال|نالت|تعزي[ةه]|عزاء|نعى|نعت|رحيل|استهداف"
    )
    + r"(?=[\s«\"“(،:]|$)"
)
FATE = re.compile(
    r"[\s»”\")}]*(?:\([^)\n]{1,20}\)\s*)?(?:[^\s.،]+\s+){0,4}(?:الذي |التي )?(?:قد )?"
    r"(?:[أا]صيب|[أا]عتقل|[يت]عتقل|قتل|استشهد|فاز|توفي|[أا]فرج|خطف|"
    r"اختطف|[أا]وقف|احتجز|سجن|رحل عن|نال|كرم)(?:ت|وا|ا)?(?=[\s،.])"
)
"""A reporter who is the news: taken, hurt, honoured, as the words before him or behind the name say."""
SAW = re.compile(
    r"[\s»”\")}]*(?:\([^)\n]{1,20}\)\s*)?[،]?\s*(?:(?:في|إلى|الى)\s+\S+\s+){0,2}(?:قد\s+|إنه\s+|انه\s+)?"
    r"(?:سمع|شاهد|ر[أا][ىو]|قال|كتب|[أا]فاد|ذكر|[أا]حصى|عاين|لاحظ|إن|[أا]ن|يقول|تقول)[واته]{0,3}\b"
)
"""But its reporter saw or tells it, as the words before the name or behind it say."""
TOPIC = Ending(r"\s[وف]?(?:ب?[أا]ن|إن)\s+" + _OF_A_MEDIUM)
"""Something is said about it: the name opens the clause that is said."""
REFUSED = Ending(
    r"(?:طلب|طلبا|طلبات|رسال[ةه]|رسائل|استفسار|استفسارات|اتصال|اتصالات|[أا]سئل[ةه])\s+(?:(?:ال)?تعليق\s+)?(?:من\s+|وجهته\s+|ل(?=ل|وكال|صحيف))?"
    + _OF_A_MEDIUM,
)
TO_COMMENT = re.compile(
    r"[\s»”\")}]*(?:\([^)\n]{1,20}\)\s*)?(?:ل?طلب\s+|تطلب\s+)?(?:لل|ل|بال|ال)?(?:تعليق|حصول على تعليق|إدلاء|رد)\b"
)
"""Someone did not answer "a request of the agency for comment"."""
FIRST_ON = Ending(
    r"(?:(?:^|\s)(?:[أا]ولا|ل[أا]ول مر[ةه]|للمر[ةه] ال[أا]ولى)\s+(?:على|في)|\bappeared first on)\s+"
    r"(?:موقع\s+|صحيف[ةه]\s+)?[«\"“]?$",
)
"""Where the text appeared first, as sites close what they took over."""
VIA = Ending(r"\sعبر\s+[«\"“({]$")
PRESENT = Ending(
    r"(?:^|\s)[وفب]?(?:ال)?(?:ممثل|مندوب|موفد)(?:ون|ين|ان|ات|ا|[ةه])?\s+عن\s+(?:(?!نقلا)[^\s.،؛]+\s+){0,5}(?:و?عن\s+)?"
    + _OF_A_MEDIUM,
    stems="ممثل مندوب موفد",
)
"""Those who stand for the name at an event, and for others: "representatives of the ministry and of ..."."""
REVIEW = Ending(
    r"(?:^|[\s«\"“])[وف]?(?:نبد[أا]|ننتقل|نذهب|نتحول|نختم|نختتم|ننهي|نستهل|نتوقف|ننطلق|نطالع|نقر[أا]|نعود|نصل|قر[أا]ت|قر[أا]نا|طالعتنا|طالعت|"
    r"طالعنا|مطالعتنا|جولتنا|جولتها|جولته|نتابع|نعرض|نستعرض)\s+(?:[^\s.،]+\s+){0,8}?(?:(?:من|إلى|الى|مع|في|عند|على|عن|ب)\s+)?"
    + _OF_A_MEDIUM,
    stems="نبد ننتقل نذهب نتحول نخت ننهي نستهل نتوقف ننطلق نطالع نقر نعود نصل قرأ قرا طالع جولت نتابع نعرض نستعرض",
)
"""A review of the press goes from paper to paper."""
LAST_END = re.compile(r"(?s)[\n.!؟?…۔](?:(?<=\n)|(?<=\A.)|(?<=[\s»”\"')\]].))")
"""The last end of a sentence or line, read backward, since it is nearer from there."""
CITED = Ending(
    r"(?:^|[\s«\"“(،.])[وف]?(?:بحسب|حسب|حسبما|(?:وفق|طبق)(?:ا|اً|ًا|ا ً)?|نقل(?:ا|اً|ًا)? عن|(?:"
    r"ذكر|قال|نقل|[أا]فاد|[أا]ورد|كشف|نشر|بث|[أا]علن|[أا]شار|[أا]كد|[أا]وضح|[أا]ضاف|كتب|علق|ر[أا]|تناول|رجح|"
    r"توقع|[أا]ظهر|عنون|تكهن|زعم|[أا]دع|حذر|لفت|نوه|نسب|تناقلت|تداولت|عرض|[أا]ذاع|رصد|[أا]تهم|[أا]نتقد|هاجم|[أا]عتبر|[أا]جر|[أا]عد|"
    r"[أا]هتم|وصف|نبه|استعرض|تحدث"
    r")(?:ت|ته|ه|تها|ها)?|[أا]جرى|[أا]برزت|[أا]دعى|تقول|تذكر|يقول|يذكر|جاء في|ورد (?:في|على))\s+"
    r"(?:(?:ما|فيما|عن|عنه|عنها|به|أمس|اليوم|تقرير|تحقيق|موقع|له|لها|نشرته|ذكرته|نقلته|أوردته|ذكرت|نقلت|أوردت|ذكر|أورده|"
    r"نشره|أفادت)\s+){0,2}$"
)
PUBLISHED = Ending(
    r"(?:^|[\s«\"“(،.])[وف]?(?:(?:نقل|نشر|[أا]ورد|ذكر|بث|[أا]عد|[أا]جر|[أا]ذاع|تناقل)(?:ت|ا|ى)?(?:ه|ها|هما)\s+(?:(?!على|عبر)[^\s.،]+\s+){0,4}$|"
    r"(?:كتبت?(?:ه|ها)?|(?:مقال|مقالة|مقاله|مقالها|تحقيق|تقرير|افتتاحية)\s+(?:لها?|له|نشر\w*|كتب\w*))\s+"
    r"(?:[^\s.]+\s+){0,7}(?:في|(?:على|عبر) صفحات)\s+$)"
)
"""What a medium published: "in an interview which it broadcast ...", "... wrote in ..."."""
TOWARD = Ending(
    r"(?:الدخول|السماح|زيارة|بزيارة|الوصول|وصول|الرجوع|العودة|الانضمام|التقدم|التقديم|الانتقال|توجه|إضافة|بالنسبة|التابع|تابع|"
    r"انضم\w*|نسخة|مشاهد\w*|متابع\w*|مقر|يعود|تعود|السابق|الرسمي|سبق|الرابط|"
    r"(?:مراسل|كاتب|محرر|مذيع|مصور|مدير|رئيس)ا|الكاتب|المعروف|المملوك\w*|مملوك\w*|إدارة|[يت]?سمح\w*|ترخيص|حساب\w*|الاجتماعي|"
    r"الأولى|عدد|غلاف|المالك\w*|شبكة|طريقة|مشروع|المشغل\w*)\s+$"
)
BELONGS = Ending(
    r"(?:التابع[ةه]?|المتابع\w*|المشاهد\w*|القارئ|الاجتماعي|حسابات?|المملوك\w*|الشقيق[ةه]?|أحد فروع)\s+$",
)
"""Before "of it", which is written like "to it": what belongs to a medium, and who follows it."""
SPOKEN_WITH = Ending(
    r"(?:مقابل[ةه]|مقابلات|حوار\S*|حديث\S*|لقاء\S*|تصريح\S*|مداخل[ةه]|مكالم[ةه])\s+(?:\S+\s+){0,4}(?:مع|إلى|الى|عبر)\s+$",
    r"(?:مقابل[ةه]|حوار|حديث|لقاء|تصريح\S*|مداخل[ةه]|ظهور)\s+(?:(?:هاتفي|متلفز|تلفزيوني|تليفزيوني|مباشر|[إا]ذاعي|مصور|خاص|له|لها|بث|"
    r"صحفي|صحافي|مطول|سابق)(?:[ةه]|ا)?\s+){0,3}(?:على|في)\s+(?:شاش[ةه]\s+|[أا]ثير\s+)?$",
)
NISBA = re.compile(r"(?!ال)\w{3,}ي")
MASCULINE = re.compile(r"(?:موقع|تلفزيون|راديو)$")
"""The media of which NISBA may be an adjective ("a British site"); those of the others end in "ya"."""
PRESS = re.compile(r"\s+(?:ال)?(?:لل[أا]نباء|[إا]خباري[ةه]|نيوز|برس)")
INFORMED = Ending(
    r"(?:^|\s)[وف]?[أا](?:بلغ|خبر|طلع)\w*\s(?:\S+\s+){0,6}[«\"“]?$",
)
QUOTED_NAME = re.compile(r"\s*(?:الـ?\s*)?[«\"“({'‘]\s*([^»”“″\")}'’\n]{2,40}?)\s*[»”“″\")}'’]")
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
    r"(?:مقابل[ةه]|حوار\w*|حديث\w*|لقاء\w*|تصريح\w*|مداخل[ةه]|مكالم[ةه]|اتصال\w*)\s(?:\S+\s+){0,5}(?:على|عبر|مع|إلى|الى))\s+"
    r"(?:(?:ال)?(?:تلفزيون|راديو|قنا[ةه]|شبك[ةه]|إذاع[ةه]|محط[ةه]|صحيف[ةه]|مجل[ةه]|موقع|مؤسس[ةه]|منص[ةه]|هيئ[ةه]|برنامج)\s+"
    r"(?:\S+\s+){0,3}?)?(?:لل?ـ?|ال)?\s*[«\"“”(]?$",
    stems="مقابل حديث لقاء تصريح مداخل مكالم اتصال حوار",
)
_STATION = (
    r"(?:شاش[ةه]\s+|[أا]ثير\s+)?"
    r"(?:(?:ال)?(?:قنا[ةه]|قنوات|فضائي[ةه]|تلفزيون|راديو|إذاع[ةه]|محط[ةه]|شاش[ةه])\s+)?[«\"“(]*$"
)
PROGRAMME = Ending(
    r"(?:برنامج\w*|حلق[ةه]|(?:على|في|خلال|عبر)\s+حص[ةه])\s[^.\n]{2,70}\s(?:(?:على|عبر|في|ب)\s*|[يت](?:بث|عرض|ذيع|نتج)(?:ه|ها)\s+)"
    + _STATION,
    r"(?:^|[\s،])[وبل]?(?:ضيف(?:ا|[ةه]|اً|ًا)?|استضافت?(?:ه|ها|هم))\s+(?:[^.\n]{0,60}\s)?(?:على|عبر|في|ب)\s*" + _STATION,
    stems="برنامج حلق حصة حصه ضيف ضاف",
)
"""A guest's words in a programme "that is shown on the channel ...", or as a guest of the channel."""
ALONE_BEHIND = re.compile(
    r"\s*(?:$|[^\w\s]|\n|(?:[إا]لى|وفقا|نقلا|بحسب|حسب|و[أا]ن|اليوم|أمس|امس|مساء|صباح|الرسمي[ةه]|الحكومي[ةه]|في|من|على|نسخ[ةه]|ذلك|تصريح\w*|خبر\w*|عبر|"
    r"للأنباء|للانباء|ال(?:سبت|[أا]حد|[إا]ثنين|ثلاثاء|[أا]ربعاء|خميس|جمع[ةه])|ال\w{3,}ي[ةه])\b)"
)
"""What may stand behind a doubtful name without quotes: a name of two words begins with half of the world's words."""
JOINT = re.compile(r"[»”\"]?\s*[،,/+&\-–—]\s*[«“\"]?")
AND_NEXT = re.compile(r"[»”\"]?\s*(?:و|و?\s*(?:وكال[ةه]|وكالت[يا]|صحيف[ةه]|قنا[ةه])\s*)?[«\"“]?")
AND_MORE = re.compile(
    r"[»”\"]?\s*(?:[،,/+&\-–—]\s*(?:و?وكالات|الوكالات)|"
    r"[،,]\s*[«“\"]?[^\W\d]+(?:\s[^\W\d]+)?(?=[»”\"]?\s*[)\]}]))"
)
"""Behind an agency's name "agencies", or another name that closes the same bracket: the outlet's own, or a place."""
NAMED_TWICE = re.compile(r"\s*\([^)\n]{1,20}\)\s*(?:\n|$|:)")
"""Behind an agency's name its abbreviation, and no more in the line, or what it tells."""
TELLS = re.compile(r"[»”\"]?\s*(?:\([^)\n]{1,20}\)\s*)?:(?!//)")
"""Behind an agency that opens a line: it tells what follows."""
GOES_ON = re.compile(r"[»”\"]? [«\"“(]?[ء-غف-ي]")
"""Behind a name in the middle of a sentence, as most are: none in a row, at the end of a bracket, a head or a text."""
PICTURES = frozenset({"photographer", "caption", "caption-line", "picture-words", "picture-from"})
"""Marks of pictures: an agency named there has taken them."""
OFFICIAL = re.compile(r"(?:\s+وال(?:تلفزيون|[إا]ذاع[ةه]))?(?:\s+ال(?:رسمي|حكومي|وطني|عام)[ةه]?)?(?=\s+ال)")
"""Between "the television" and its country: what it is, or the radio beside it."""
STATE_MEDIUM = re.compile(r"(?:[وفبك]|وب)?(?:ال|لل)(?:تلفزيون|[إا]ذاع[ةه])")
LISTED_MEDIUM = re.compile(
    r"(?:[وفبك]|وب)?(?:ال|لل)(?:صحيف[ةه]|مجل[ةه]|(?:موقع|قنا[ةه]|جريد[ةه])\s+ال\w+)"
    r"|[وفبكل]{0,2}هيئ[ةه] البث"
)
DESCRIBED_NAME = re.compile(r"(?:\s+ال\w+){0,3}\s*[«\"“({'‘]\s*((?![\d٠-٩])[^»”\")}'’\n]{2,30}?)\s*[»”\")}'’]")
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
SECTIONS = frozenset(words("sections"))
LETTER = re.compile(r"[^\W\d_]")
PERSONAL = frozenset(words("personal"))
ADJECTIVAL = re.compile(r"[وفب]?(?:ال|لل)(?:فرنسي[ةه]|[أا]لماني[ةه]|[أا]وروبي[ةه])")
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
    r"\b(?:ال)?(?:مدير|رئيس|مؤسس|محرر|سكرتير|مستشار|صاحب|مالك)(?:[ةه]|ي|و|ا)?\s+(?:ال\w+\s+)?(?:\b[وف]?لل?\w*\s*)?[«\"“(]?$",
)
"""An office before "of the agency", which is written like "to the agency"."""
ELSEWHERE = Ending(
    r"(?:^|\s)[وف]?(?:(?:حضر(?:ه|ها|ته|تها)?|[يت]حضر(?:ه|ها)?|بحضور|حضور)\s+(?:[^\s.،]+\s+){0,4}|"
    r"حضر\w*\s+(?:مراسل|صحاف|صحف|مندوب|ممثل)\w*\s+(?:[^\s.،]+\s+){0,9}و?)[«\"“({']*$",
    r"(?:سؤال|[أا]سئل[ةه]|استفسار\w*)\s+(?:وجه\w*\s+)?(?:من\s+|ل|طرحه\s+|طرحها\s+)(?:مراسل|مندوب|صحفي|صحافي)\w*\s+(?:في\s+|من\s+)?"
    + _OF_A_MEDIUM,
    r"(?:^|\s)[وفبل]?(?:ال)?(?:اعتقل\w*|اعتقال|احتجاز|احتجز\w*|محاكم[ةه]|مقتل|قتل\w*|خطف\w*|اختطاف|"
    r"[إا]فراج عن|[أا]فرج\w* عن|سراح|[إا]صاب[ةه]|[أا]صيب\w*|استشهد\w*|استشهاد|جرح\w*|[أا]وقف\w*|توقيف|استهدف\w*|"
    r"استهداف|وفا[ةه]|توفي\w*|طرد\w*|دخل|سجن\w*|حبس|منع\w*|نجا\w*|"
    r"فاز\w*|حصل\w*|نال\w*|كرم\w*|تكريم|اغتيال|اعتد\w+ على)\s+"
    r"(?:\S+\s+)?(?:مراسل\w*|مصور\w*|صحافي\w*|صحفي\w*)\s+"
    r"(?:(?:ل|لل)?(?:صحيف[ةه]|وكال[ةه]|مجل[ةه]|قنا[ةه]|شبك[ةه])\s+)?[«\"“(]?$",
    stems="حض مراسل مصور صحافي صحفي مندوب",
)
"""The agency's reporter is one of the audience, asked at a press conference, what others print too, or is the news."""
EMPLOYER = Ending(
    _STAFF,
    r"(?:^|\s)[وف]?(?:[يت]عمل|يعملون|عمل|عملت|عملوا|العامل\w*|عامل[ةه]?|عاملين|(?:ال)?متعاون\w*|انتقل\w*|[يت]نتقل|"
    r"انضم\w*|[يت]نضم|التحق\w*|[يت]لتحق|[يت]?تعاون\w*|انتقالها?|انضمامها?|التحاقها?|استقال\w*|تقاعد\w*|طرد\w*|فصل\w*)\s+"
    r"(?:(?:[^\s.،]+\s+){0,3}?(?:في|لدى|مع|من|إلى|الى|لصالح|لحساب)\s+|(?=[لب]))" + _OF_A_MEDIUM,
    r"(?:^|\s)[وفبلك]{0,2}(?:ال|لل)?(?:قسم|[أا]قسام|هيئ[ةه] (?:ال)?تحرير|غرف[ةه] (?:ال)?[أا]خبار|[إا]دار[ةه]|فريق|"
    r"دائر[ةه]|نقاب[ةه]|[أا]رشيف|ملكي[ةه]|ملاك|مالك\w*|[أا]سهم|حص[ةه])\s+(?:[^\s.،]+\s+){0,2}?(?:في\s+)?"
    r"(?:(?:صحيف|وكال|مجل|قنا|شبك|إذاع|محط|جريد)[ةه]\s+|(?:موقع|تلفزيون|راديو|[أا]نباء)\s+)?[«\"“({']*$",
    r"(?:كان|كانت|عمل|عملت|يعمل|تعمل|[أا]صبح)\s+(?:\S+\s+){0,2}(?:صحافي|صحفي|محرر|كاتب|مراسل|مصور|مذيع)(?:ا|[ةه])\s+"
    r"(?:\S+\s+){0,2}(?:في|لدى|مع|ل)\s*(?:صحيف[ةه]\s+|وكال[ةه]\s+|مجل[ةه]\s+|قنا[ةه]\s+|شبك[ةه]\s+)?[«\"“(]?$",
)
"""It is an employer's; somebody works or goes there; or a part of it, or what somebody owns of it, is the subject."""
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


def words_before(text: str, start: int) -> str:
    """What stands before a place, as far as its verb may be."""
    return text[max(0, start - REACH) : start]


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind a name without such signs, looked for in both at once, as most texts have none."""
    begin, stop = max(0, start - REACH), end + BEHIND
    before, after = text[begin:start], text[end:stop]
    return (_SIGNS.sub("", before), _SIGNS.sub("", after)) if _SIGNS.search(text, begin, stop) else (before, after)


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
    """What stands before a name within its sentence and line.

    >>> sentence("It said so. As told")
    ' As told'
    """
    ended = LAST_END.search(before[::-1])
    return before[len(before) - ended.start() :] if ended else before
