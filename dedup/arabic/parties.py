"""Agencies that are in the news themselves: what they say, or are said to have reported, is no source of the story.

A sentence may name an agency with a verb of speech and take nothing from it:

    denied      "the ministry denied what the agency had published", "what the agency reported is untrue"
    back then   "the agency had reported at the time that ...": background, told by somebody else now
    doing       "the agency apologised for", "sued", "laid off", "the authority closed the agency's office"
    party       "the agency said" beside a sentence in which it does or suffers such a thing, or anywhere below an
                opening that is about it
    in its pay  "the crew took the photographer of the agency to hospital": no witness, though "took" also means
                "quoted"

What somebody tells such an agency, also in an interview about an agreement with others, is told to a source as ever;
and a party that quotes others or publishes something reports (``_SAYS``), for a news agency can be both. A denial that
an agency carries ("denied it in a report that the agency published"), what it has found to be untrue, and what its
people and offices see are taken from it.

Deeds count for agencies only: a paper that attacks, defends or condemns has written so.

Cost: asked of attributions only, a few patterns each; 3 % of marking, measured on 22,953 articles. Limits: the deeds
are a list; an agency whose deed is told further away than in the sentence before, and not in the opening, counts as the
source of what it says.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from dedup.arabic import credit_context as context
from dedup.arabic.endings import Ending, one_of
from dedup.arabic.page import Hit, Page
from dedup.arabic.phrase_table import Agency

_SPELT = str.maketrans("أإآةى", "اااهي")
"""Letters that are written for one another."""

OPENING = 250
"""Code points of a body in which it says what it is about: a headline and the first sentence. Set by hand."""
BEFORE = 400
"""Code points before a statement in which the sentence before it lies. Set by hand."""

_CLAUSE = 12
"""Code points before a name in which more than its verb stands, so that others may do something to it. Set by hand."""

_MEDIUM = (
    r"(?:[وفبلك]{0,2}(?:ال|لل)?(?:صحيف|وكال|مجل|قنا|شبك|إذاع|محط|جريد)(?:[ةه]|ت[يا])\s+(?:(?:ال)?[أا]نباء\s+)?|"
    r"(?:موقع|تلفزيون|راديو)\s+)?[«\"“(']*"
)
"""What may stand between a word and the name: "the agency"."""
_CALLED = r"(?:\s*\([^)\n]{1,20}\))?[\s»”\")}]*(?:ال\w+ي[ةه]\s+)?(?:لل[أا]نباء\s+)?(?:\([^)\n]{1,20}\)\s*)?"
"""Behind a name: its abbreviation, and what kind of agency it is."""
_KIND_OF = r"(?:\s*\([^)\n]{1,20}\))?[»”\"]?\s+(?:ال\w+ي[ةه]\s+)?(?:لل[أا]نباء\s+)?(?:\([^)\n]{1,20}\)\s*)?"
"""The same where no bracket that has opened before the name closes."""

_REPORTED = (
    one_of(r"نشر|[أا]ورد|نقل|ذكر|بث|تناقل|تداول|[أا]ذاع|زعم|روج|[أا]ثار|كتب|نسب|قال|[أا]علن|[أا]فاد")
    + r"ت?(?:ه|ها)?\s+(?:عنه\s+|عنها\s+|عن\s+)?"
)
_NEWS = (
    r"(?:ال)?(?:[أا]نباء|[أا]خبار|خبر|تقرير|تقارير|معلومات|مزاعم|رواي[ةه]|[أا]دعاءات|نب[أا]|شائعات|تسريبات|تحقيق)\s+"
)
_CARRIERS = (
    "وفق", "وفقا", "طبقا", "حسب", "بحسب", "تبعا", "على", "في", "عبر", "خلال", "ضمن", "إلى", "الى", "حد", "نحو", "بعد",
    "إثر", "اثر", "رغم", "بموجب", "بسبب", "هو", "هي", "هذا", "ذلك",
)  # fmt: skip
"""Right behind these words stands what carries the denial, or what else there is, and not what is denied."""
_WHAT = (
    "".join(rf"(?<!\b{word} )(?<!\bو{word} )" for word in _CARRIERS) + r"(?:"
    rf"(?:(?:ل|ب|م|ع)?ما|مما|عما|{_NEWS}(?:[^\s.،]+\s+){{0,2}}?(?:التي|الذي))\s+(?:قد\s+)?"
    rf"(?:{_REPORTED}|(?:جاء|ورد)\s+(?:في|على|عبر|عن)\s+(?:\w+\s+)??)|"
    r"(?:خبر|تقرير|نب[أا]|مزاعم|[أا]دعاءات|رواي[ةه])(?:ا|اً|ًا)?\s+(?:ل(?=ل|وكال)|نشرته\s+|[أا]وردته\s+|بثته\s+)?|"
    r"المنسوب[ةه]?\s+(?:(?:[إا]لى|الي)\s+|ل(?=ل|وكال)))"
)
"""What an agency has reported, said of as a thing: "what it published", "the report of ..."; and not that which carries
something else: "in a report that it published", "which is what it reported"."""
_STILL_DENIED = (
    r"(?:(?![وف]?"
    + one_of(
        r"[أا]كد|قال|[أا]ضاف|[أا]وضح|[أا]شار|[أا]علن|ذكر|شدد|لفت|تابع|كشف|صرح|[أا]فاد|مؤكد|قائل|مضيف|موضح|مشير|مستشهد|مستند|مستدل|"
        r"مستعين|استناد|استشهاد|نقلا"
    )
    + r"(?:ت|وا|ا|[ةه])?\s|"
    r"(?:ذلك|و?لكن\w*|بينما|حيث|ل[أا]ن\w*|(?:غير|إلا|الا)\s+[أا]ن\w*|هذا\s+ما)\s)[^\s.،؛:]+\s+){0,8}?"
)
"""Words between a denial and its object: none that says something else, names what is relied on, or begins a new
clause."""
_DENIED = re.compile(
    r"(?:^|[\s،«\"“])[وف]?(?:"
    r"نف(?:ى|ي|ت|وا|تا)|[يت]نفي|نافي(?:ا|اً|ًا|[ةه])|نفيه(?:ا|م)?|(?:ال)?نفي|كذ[ّ]?ب(?:ت|وا)?|[يت]كذ[ّ]?ب|تكذيب|"
    r"مكذب(?:ا|اً|ًا|[ةه])|دحض(?:ت)?|[يت]دحض|فن[ّ]?د(?:ت)?|[يت]فن[ّ]?د|مفند(?:ا|اً|ًا|[ةه])|[أا]ستنكرت?|[أا]ستهجنت?|"
    r"لا صح[ةه]|لا [أا]ساس|عدم (?:صح[ةه]|دق[ةه])"
    rf")\s+{_STILL_DENIED}{_WHAT}{_MEDIUM}$"
)
_FALSE = (
    r"(?:(?:غير|ليس)\s+(?:صحيح|دقيق)|عار(?:ٍ|ي[ةه]?)?\s+(?:\S+\s+)?(?:عن|من)\s|"
    r"لا\s+[أا]ساس|لا\s+صح[ةه]|محض|مفبرك|ملفق|كاذب|لا\s+يمت)"
)
"""Words that call something untrue."""
_THAT = r"(?:(?<!عن )(?<!من )[وف]?ب?[أإا]ن(?:ه|ها|هم)?\s)"
""" "That", and not "about that"."""
_UNTRUE = re.compile(_CALLED + rf"(?:(?!{_THAT})[^\s.]+\s+){{0,6}}?{_FALSE}")
"""Behind "what it published": that it is untrue. Behind a "that" stands what it has found, and calls untrue itself."""
_UNTRUE_REPORT = re.compile(
    _CALLED + rf"(?:(?!{_THAT}|(?:عن|حول|بش[أا]ن|[إا]لى|على|في|من)\s)[^\s.]+\s+){{0,2}}?{_FALSE}"
)
"""The same right behind "the report of ...": what it is about may be untrue as well."""
_DESCRIBED = re.compile(
    rf"(?:^|\s)[وف]?(?:وصف(?:ت|وا|ا)?|[يت]صف|واصف(?:ا|[ةه]))\s+(?:[^\s.،]+\s+){{0,5}}?{_WHAT}{_MEDIUM}$"
)
_AS_UNTRUE = re.compile(_CALLED + rf"(?:[^\s.]+\s+){{0,4}}?ب[أا]نه?ا?\s+{_FALSE}")
"""Somebody described what it reported, behind the name "as untrue", which is written like "that it is untrue"."""
_THING = Ending(
    rf"(?:^|\s)[وف]?(?:ما|(?:التي|الذي)(?:\s+قد)?)\s+(?:[^\s.،]+\s+){{0,4}}?{_MEDIUM}$", stems="ما التي الذي"
)
"""Of those the ones that say "what it published", of which a whole sentence may follow."""
_SAID_OF = Ending(rf"(?:^|(?<=\s)){_WHAT}{_MEDIUM}$", stems="ما التي الذي خبر تقرير نبأ نبا مزاعم دعاءات رواي المنسوب")

_THEN = (
    r"(?:حينها|[آأا]نذاك|[آأا]نئذ|وقتها|وقتئذ|وقتذاك|حينئذ|حينذاك|يومها|يومئذ|يومذاك|"
    r"في\s+(?:حينه|حينها|وقتها|ذلك\s+(?:الوقت|الحين)))"
)
_LATELY = r"(?:(?:الشهر|العام)\s+(?:الماضي|الفائت|المنصرم)|السن[ةه]\s+(?:الماضي[ةه]|الفائت[ةه]))"
"""A time that is past, behind the name; said of what it published it dates that, and the quotation is the story's."""
_REPORT_OF = rf"{_CALLED}(?:(?:في\s+)?(?:تقرير|خبر|بيان)\s+(?:ل?ها\s+)?)?"
_SAID_THEN = r"\s+(?:[أإا]ن|ب[أا]ن|عن|نقلا|[أإا]نه|[أإا]نها)\s"
"""Behind the name "in a report of its own", and what it said behind the time."""
_BACK_THEN = re.compile(rf"{_REPORT_OF}{_THEN}(?:\s*[،:]|{_SAID_THEN})")
_BACK_LATELY = re.compile(rf"{_REPORT_OF}{_LATELY}{_SAID_THEN}")
_PUBLISHED_IT = Ending(
    r"(?:^|\s)[وف]?(?:"
    + one_of(r"نشر|[أا]ورد|نقل|ذكر|بث|[أا]ذاع|كتب|[أا]علن|[أا]جر|[أا]عد|[أا]صدر|نفذ|كشف|جمع|عرض|ترجم|[أا]نجز|حصل")
    + rf")ت?(?:ها|هما|هم|ه)\s+(?:عنه\s+|عنها\s+)?{_MEDIUM}$",
)
"""What an agency published, and not that it said so: "figures that it published"."""
_THEN_IT = Ending(
    rf"(?:^|\s)[وف]?{_REPORTED}{_THEN}\s+{_MEDIUM}$|(?:^|[\s،])و?{_THEN}\s*،?\s+{_REPORTED}{_MEDIUM}$",
    stems="حين وقت نذاك ئذ يوم",
)

_DEEDS = one_of(
    r"[أا]عتذر|تراجع|سحب|حذف|صح[ّ]?ح|صو[ّ]?ب|وق[ّ]?ع|[أا]برم|قاض|سر[ّ]?ح|[أا]ستغن|[أا]قال|عي[ّ]?ن|وظ[ّ]?ف|فصل|[أا]طلق|دش[ّ]?ن|"
    r"[أا]فتتح|فتح|[أا]غلق|[أا]نش[أا]|[أا]سس|فاز|نال|حصد|تعر[ّ]?ض|خسر|ند[ّ]?د|[أا]دان|[أا]ستنكر|شجب|[أا]حتج|طالب|دع|رفض|نع|"
    r"[أا]حتفل|[أا]ستضاف|نظ[ّ]?م|[أا]شتر|باع|[أا]ستحوذ|[أا]ندمج|تعاقد|قر[ّ]?ر|تخل|[أا]متنع|[أا]عرب|[أا]سف|كر[ّ]?م|هن[ّ]?[أا]"
)
_DID = rf"{_DEEDS}(?:ت|ى|ا)?"
_DOES = (
    r"(?:س?[يت]|س)(?:"
    + one_of(
        r"عتذر|تراجع|سحب|حذف|صحح|صوب|برم|قاض|سر[ّ]?ح|ستغن|قيل|عي[ّ]?ن|وظف|فصل|طلق|دشن|فتتح|فتح|غلق|نش[ئأا]|ؤسس|فوز|نال|"
        r"حصد|تعرض|خسر|ندد|دين|ستنكر|شجب|حتج|طالب|دعو|رفض|نع|حتفل|ستضيف|نظم|شتر|بيع|ستحوذ|ندمج|تعاقد|قرر|عتزم|تخل|"
        r"متنع|عرب|[أا]سف|كر[ّ]?م|هن[ّ]?ئ|ستأنف|ستانف"
    )
    + r")(?:ى|ي|و)?|(?:ي|س[يت])وقع"
)
"""What it does or will do; "توقع" is "signs", and much oftener "has forecast"."""
_RAISED = r"(?:رفعت?|[يت]رفع|[أا]قامت?)"
_DOING = Ending(rf"(?:^|[\s«\"“(،.])[وف]?(?:قد\s+)?(?:{_DID}|{_DOES}|{_RAISED})\s+{_MEDIUM}$")
_SUES = Ending(rf"(?:^|[\s«\"“(،.])[وف]?(?:قد\s+)?{_RAISED}\s+{_MEDIUM}$")
"""It raised something: a deed if that is a case at law (``_A_CASE``), and not a forecast."""
_A_CASE = re.compile(_CALLED + r"(?:\S+\s+){0,2}?(?:دعو[ىي]|دعاوى|قضي[ةه]|شكو[ىي])(?=\s|$)")
_BEFELL = (
    r"(?:[يت]?تعر[ّ]?ض|[أا]خترق|[أا]غلق|[أا]قتحم|داهم|قصف|دم[ّ]?ر|تضر[ّ]?ر|[أا]ستهدف|حجب|تعطل|توقف|عاد|قرصن|حظر|[أا]وقف|[أا]صيب|"
    r"[أا]حترق|صودر|[يت]عود)(?:ت|وا)?"
)
"""What befalls a site or an office."""
_FATE = (
    r"(?:(?:قتل|استشهد|توفي|[أا]صيب|جرح|[أا]عتقل|احتجز|[أا]وقف|خطف|اختطف|[أا]فرج|فقد|سجن|نجا|طرد|[يت]?تعرض|[أا]ضرب|"
    r"استقال)(?:ت|وا|ا)?"
    r"(?!\s+(?:\d|(?:ما |نحو |قرابة )?(?:واحد|[إا]ثن|ثلاث|[أا]ربع|خمس|ست[ةه]|سبع|ثماني|تسع|عشر|مئ|مائ|عدد|"
    r"بعض|كل|جميع|معظم)))|"
    r"(?:كان|لا يزال|ما زال|ما يزال|لا تزال|ما زالت)(?:ت|وا)?\s+(?:محتجز|معتقل|مفقود|موقوف|مسجون|مختطف|رهن|قيد)\w*)"
)
"""What befalls a reporter; "was" and "is still" tell it with a word for a captive only. With a number behind it others
were killed. (Not that he was kept out: an agency says so of what it reports all the same.)"""
_MEANWHILE = (
    r"(?:(?!(?:شاهد|ر[أا]|[يت]ر[ىو]|سمع|[أا]حص|عد|نقل|وثق|رصد|عاين|كان|التقط|صور|تحدث|قال|[أا]فاد|ذكر|[أا]كد|سجل|تلق|علم|تابع)\w*\s)"
    r"[^\s.،]+\s+){0,3}?"
)
"""A name or a place between them and their fate; whom they saw or counted has another."""
_SIGNS = Ending(rf"(?:^|[\s«\"“(،.])[وف]?توقع\s+{_MEDIUM}$")
_A_CONTRACT = re.compile(
    _CALLED + r"(?:[^\s.،]+\s+){0,3}?(?:ال)?(?:اتفاق\w*|مذكر[ةه]|عقد\w*)\s+(?:[^\s.،]+\s+){0,3}?مع\s"
)
"""It signs, if an agreement with somebody stands behind the name; otherwise it has forecast."""
_ITSELF = re.compile(
    _CALLED
    + rf"(?:(?!عن|نقل)\S+\s+){{0,2}}?ب?[أإا]نها\s+(?:قد\s+)?(?:{_DID}|{_DOES}|متمسك|تقف|تتمسك|قلق|تشعر|فخور|سعيد|تحقق)"
    + r"[ةه]?(?=[\s،.]|$)|"
    + _CALLED
    + r"(?:(?!عن|نقل)\S+\s+){0,2}?ب?[أإا]ن\s+(?:"
    + rf"(?:(?:موقع|حساب|حسابات|مكتب|مكاتب|مقر|خوادم|شبك|بث|خدم|خدمات)ت?ها\s+{_MEANWHILE}(?:قد\s+)?{_BEFELL}|"
    + r"(?:(?:[أا]حد|عددا من|ثلاث[ةه] من|اثنين من|بعض)\s+)?(?:مصور|مراسل|صحفي|صحافي|موظف)ي?ت?ها\s+"
    + rf"{_MEANWHILE}(?:قد\s+)?{_FATE})(?=[\s،.]|$))"
)
"""What it says of itself, of what befell its site and offices, or of the fate of its reporters. What its offices count
and its reporters see is the story's."""
_DEED_BEHIND = re.compile(_KIND_OF + rf"(?:قد\s+)?(?:{_DEEDS}ت|{_DOES})(?=[\s،.])")
"""The deed behind the name, as in headlines. A noun is written like "he did" ("opening", "fall"), and agencies are
feminine."""
_HEADING = re.compile(r"[-–—/|:(\[،][\s«\"“']*$")
"""Before a name in a head or in brackets: the deed behind it is somebody else's."""
_OF_IT = (
    r"(?:مكتب|مكاتب|موقع|حساب|حسابات|عمل|[أا]عمال|بث|رخص[ةه]|ترخيص|مقر|مبنى|صحفيي|صحافيي|مراسل|مراسلي|مصور|مصوري|نشاط|[أا]نشط[ةه]|"
    r"خدمات|خدم[ةه]|اعتماد|دخول)"
)
_OTHERS = r"(?:(?!(?:وفق|حسب|بحسب|طبق|نقل|قال|ذكر|عن|على|إن|[أا]ن|ما|لل|لوكال)\w*\s)[^\s.،:]+\s+)"
_SUFFERS = (
    r"(?:قد\s+)?[يت]?(?:"
    + one_of(
        r"حظر|[أا]?غلق|[أا]?قتحم|داهم|[أا]?خترق|قرصن|هاجم|[أا]?ستهدف|قصف|[أا]?وقف|منع|سحب|[أا]?لغ|طرد|غر[ّ]?م|قاض|حجب|عاقب|صادر|"
        r"[أا]?تهم|شتر|[أا]?ستحوذ|تعر[ّ]?ض|منح|كر[ّ]?م"
    )
    + r")(?:ت|وا|ون|ى|ي)?\s+"
)
"""What others do to it."""
_LOSES = rf"{_SUFFERS}{_OTHERS}{{1,3}}{_OF_IT}(?:ا|اً|ًا)?\s+(?:في\s+|من\s+)?"
"""What others do to what is its own, which may be "an office of"."""
_SUSPENDED = rf"(?:عل[ّ]?قت?|[يت]عل[ّ]?ق|تعر[ّ]?ضت?)\s+{_OTHERS}{{0,3}}{_OF_IT}\s+(?:في\s+|من\s+)?"
"""A verb that means "commented" too; and "its site was hacked"."""
_TALK = r"[وفبل]?(?:ال)?(?:مقابل|حوار|حديث|لقاء|تصريح|اتصال|مكالم|مداخل|محادث|دردش|جلس|مؤتمر|رسال)\w*\s"
"""Words for an interview, and for a talk."""
_WITH_IT = (
    r"[بل]?(?:ال)?(?:اتفاق|اتفاقي[ةه]|مذكر[ةه]|عقد|شراك[ةه]|تعاون|دعو[ىي]|قضي[ةه])(?:ا|اً|ًا)?\s+"
    rf"(?:(?!{_TALK}){_OTHERS}){{0,3}}(?:مع|ضد)\s+"
)
"""An agreement with it, a case against it; an interview about one is held with a source."""
_INVOLVED = re.compile(
    rf"(?:^|[\s«\"“(،.])[وف]?(?:{_LOSES}|{_SUFFERS}{_OTHERS}{{1,2}}|{_SUSPENDED}|{_WITH_IT}){_MEDIUM}$"
)
_DEPRIVED = re.compile(rf"(?:^|[\s«\"“(،.])[وف]?(?:{_LOSES}|{_SUSPENDED}){_MEDIUM}$")
"""The same before "to it", which is written like "of it"."""

_SAYS = Ending(
    r"(?:^|[\s«\"“(،.])[وف]?(?:(?:قال|[أا]علن|[أا]كد|[أا]وضح|[أا]ضاف|[أا]شار|شدد|لفت|[أا]فاد)ت?|[يت](?:قول|ؤكد|علن|وضح|ضيف)|"
    rf"(?:ب|و)?حسب|وفقا?|بحسب)\s+(?:ل(?=ل|وكال))?{_MEDIUM}$"
)
"""It says something itself, and does not pass on what others say."""

_PRESS = ("مصور", "مراسل", "صحفي", "صحافي", "مذيع", "محرر", "علامي", "منتج", "مترجم", "كاتب")
_PEOPLE = r"(?:ال)?(?:صحافي|صحفي|مصور|مراسل|مذيع|محرر|[إا]علامي|منتج|مترجم|كاتب)"
_TAKEN = re.compile(rf"(?:^|\s)[وف]?[يت]?نقل\w*\s+{_PEOPLE}(?:[ةه]|ا|ين)?\s[^.،]{{0,45}}$")
_OBJECT = re.compile(
    r"(?:^|\s)(?:[وف]?(?:نقل|شاهد|ر[أا]|رصد|وصف|وثق|عاين|التقط)(?:ت|وا|نا)|"
    r"[أإا]نه(?:ا|م)?\s+(?:قد\s+)?(?:شاهد|ر[أا]|نقل)\w*)"
    rf"\s+{_PEOPLE}(?:ا|ين)?\s[^.،]{{0,45}}$"
)
"""A woman or several people, or "he" who is named before, do something to a man: an Arabic verb before its subject
agrees with it."""
_KIN = re.compile(
    r"(?:^|\s)[وفبل]?(?:زوج[ةه]?|محامي[ةه]?|والد[ةه]?|شقيق[ةه]?|[أا]خت?|[إا]بن[ةه]?|[أا]سر[ةه]|عائل[ةه]|جثمان|جناز[ةه])\s+"
    rf"{_PEOPLE}(?:[ةه]|ا|ين)?\s+(?:(?:في|لدى|من)\s+)?{_MEDIUM}$"
)
"""The wife, the lawyer, the family of one who works for the name."""
_THAT_HE = re.compile(rf"(?:^|\s)(?:ب[أا]ن|[أإا]ن)\s+{_PEOPLE}(?:[ةه]|ا|ين|ات)?\s[^.،]{{0,45}}$")
_TO = re.compile(
    r"[^.،]*?\s(?:[إا]لى|الي)\s(?!(?:العالم|القراء|قرائ|المشاهدين|مشاهدي|المتابعين|متابعي|الجمهور|الناس|الر[أا]ي)\w*\s)"
)
"""Where he was carried; to the world and to readers he carries something himself."""
_ABOUT = re.compile(r"[^.،]*?\sعن\s")
_ENDS = re.compile(r"[.!؟?…۔][»”\"')\]]*\s+|\n\s*")


@lru_cache(maxsize=1024)
def _openings(names: tuple[str, ...], short: tuple[str, ...]) -> frozenset[str]:
    """The first words of an agency's names."""
    return frozenset([name.split(None, 1)[0].translate(_SPELT) for name in (*names, *short)])


def in_the_news(page: Page, agencies: Sequence[Hit], sentence: str, after: str, hit: Hit, agency: Agency) -> bool:
    """Whether a name that its sentence seems to take something from is in the news itself. Who says something *to* it
    speaks of himself."""
    if back_then(sentence, after):
        return True
    if len(sentence) >= _CLAUSE and (denied(sentence, after) or _is_object(sentence, after)):
        return True
    if agency.kind == "outlet":
        return False
    if told_it(page.text, sentence, hit, agency):
        return _DEPRIVED.search(sentence) is not None
    if not _SAYS.ends(sentence):
        return _does(sentence, after)
    return _ITSELF.match(after) is not None or _is_party(page, agencies, hit, agency)


def told_it(text: str, sentence: str, hit: Hit, agency: Agency) -> bool:
    """Whether "to" stands before a name, or its medium, or is written together with it."""
    return context.TOLD_MEDIUM.ends(sentence) or written_with(text, hit, agency) == "ل"


def written_with(text: str, hit: Hit, agency: Agency) -> str:
    """ "To" or "in" written together with a name; "" where the name itself begins so, or with another letter."""
    start = hit.start
    start += text[start] in "وف"
    if text[start] not in "لب":
        return ""
    opening = text[start : hit.end].split(None, 1)[0].translate(_SPELT)
    return "" if opening in _openings(agency.names, agency.short) else opening[0]


def denied(sentence: str, after: str) -> bool:
    """Whether what a name has reported is denied."""
    if not _SAID_OF.ends(sentence):
        return False
    untrue = _UNTRUE if _THING.ends(sentence) else _UNTRUE_REPORT
    if _DENIED.search(sentence) is not None or untrue.match(after) is not None:
        return True
    return _AS_UNTRUE.match(after) is not None and _DESCRIBED.search(sentence) is not None


def back_then(sentence: str, after: str) -> bool:
    """Whether a name reported something at a time that is past."""
    if _BACK_THEN.match(after) is not None or _THEN_IT.ends(sentence):
        return True
    return _BACK_LATELY.match(after) is not None and not _PUBLISHED_IT.ends(sentence)


def no_witness(sentence: str, after: str) -> bool:
    """Whether one who works for a name is seen, carried or spoken of, and tells nothing himself."""
    return _THAT_HE.search(sentence) is not None or _is_object(sentence, after)


def _is_object(sentence: str, after: str) -> bool:
    """Whether one who works for a name is carried or seen by others, or his family tells of him."""
    if not any(map(sentence.__contains__, _PRESS)):
        return False
    if _KIN.search(sentence) or _OBJECT.search(sentence):
        return True
    return _TAKEN.search(sentence) is not None and _TO.match(after) is not None and _ABOUT.match(after) is None


def _does(sentence: str, after: str) -> bool:
    """Whether a name does or suffers something that is no reporting, as the words right around it say."""
    if _SIGNS.ends(sentence) and _A_CONTRACT.match(after) is not None:
        return True
    if context.DIRECT.ends(sentence):
        return False
    if _DOING.ends(sentence):
        return not _SUES.ends(sentence) or _A_CASE.match(after) is not None
    return len(sentence) >= _CLAUSE and _INVOLVED.search(sentence) is not None and context.SAYS.match(after) is None


def _is_party(page: Page, agencies: Sequence[Hit], hit: Hit, agency: Agency) -> bool:
    """Whether the opening, or the sentence before a statement, tells what the agency that makes it did or suffered."""
    body, start = page.body_start, itemgetter(0)
    first = max(body, hit.start - BEFORE)
    here, opened = bisect_left(agencies, hit.start, key=start), bisect_left(agencies, body + OPENING, key=start)
    within = (*agencies[: min(here, opened)], *agencies[max(opened, bisect_left(agencies, first, key=start)) : here])
    same = [one for one in within if one.start >= body and one.meaning.agency is agency]
    if not same:
        return False
    ends = [found.end() for found in _ENDS.finditer(page.text, first, hit.start)]
    near = ends[-2] if len(ends) > 1 else first
    return any(_acts(page.text, one, agency) for one in same if one.start < body + OPENING or one.start >= near)


def _acts(text: str, hit: Hit, agency: Agency) -> bool:
    """Whether a name does or suffers something, also behind it as in headlines; in brackets and heads it does not."""
    before, behind = context.around(text, hit.start, hit.end)
    sentence = context.sentence(before)
    if context.OPEN_BRACKET.search(before[-8:]):
        return False
    if told_it(text, sentence, hit, agency):
        return _DEPRIVED.search(sentence) is not None
    if _does(sentence, behind):
        return True
    if _DEED_BEHIND.match(behind) is None or _HEADING.search(sentence):
        return False
    return not (context.DIRECT.ends(sentence) or _SAYS.ends(sentence))
