"""What a page says of itself and to its reader, told from sentences of the story that begin alike.

"Subscribe to the canal", asked the farmers; "give your mail and telephone", asked the officer. The phrase alone does
not tell whose words these are; the rest of its sentence does:

    of_page   every word is one that pages use of themselves, of what they print and of what readers do there
              (``page_parts``, ``page_words``), and one names a part of the page: "did you like the article? rate it"
    is_told   a full stop, and nothing that speaks of the page or to its reader; or somebody says it: ", he advised"
    invites   a call that ends in a full stop: behind the network or the address nothing is told any more
    disclaims most words are the page's, and nobody says it

So a word that no list has makes the line the story's: an error costs a line of furniture, not a sentence of the story.

Cost: a split of the sentence and a few looks at sets, for lines that begin with such a phrase. Limits: a page that
calls itself by an unknown name speaks as somebody else would.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dedup.arabic.closed_lines import CLOSING, COUNTED, ELSEWHERE, NETWORKS, REACHED, WORD, known, plain
from dedup.arabic.words import words

_PARTS = frozenset(words("page_parts"))
_WORDS = _PARTS.union(words("page_words"), ELSEWHERE, COUNTED)
_LINKS = frozenset(map(plain, words("page_links")))
"""Words between others that tell nothing of whose sentence it is."""
_KNOWN = _WORDS | _LINKS
_NAMED = _PARTS | NETWORKS
_QUOTED = re.compile(r"«[^»]{2,30}»")
_PREFIXES = ("", "ال", "و", "وال", "ل", "لل", "ب", "بال", "ول", "ولل", "وب", "وبال", "ف", "فال")
_VERB = (
    "قال|يقول|تقول|نصح|ينصح|تنصح|طلب|طالب|سال|يسال|تسال|حذر|يحذر|تحذر|اوصي|اوصا|صاح|هتف|كتب|يكتب|تكتب|ناشد|يناشد|تناشد|نبه|ذكر"
    "|غني|غنت|رد|اجاب|علق|اضاف|اوضح|اكد|يؤكد|تؤكد|يوكد|توكد|اعلن|وعد|هدد|شكا|سخر|كشف|تذكر|يتذكر|تتذكر|روي|روا|يروي|تروي|همس|خاطب|نادي|دعا"
    "|صرح|اعترف|امر|قرا|كرر|ردد"
)
_SAID = re.compile(
    r"(?<!\w)(?:[وف]?(?:قال|قالت|قالوا|يقول|تقول|اكد|اكدت|اوضح|اوضحت|اضاف|اضافت|اعلن|اعلنت|ذكر|ذكرت|هكذا)"
    r"|وفق|وفقا|بحسب|حسب|حسبما|طبقا)(?!\w)(?! المصدر)"
)
_SAID_BEHIND = re.compile(
    rf"[،,»\"”]\s*(?:هكذا(?!\w)|(?:كما |هذا ما )?(?:{_VERB})(?:ت|ا|وا|ه|ها|هم|نا|ني|ته|تها|تهم|تنا)?(?!\w))"
)
"""Who says it, behind a comma or the end of a quotation."""
_THAT = re.compile(r"(?<!\w)[بل]?ان(?:ه|ها|هم)?(?!\w)")
"""Before it stands who says so, or who decided it."""
_OF_THE_PAGE = re.compile(
    r"[a-z@]|\d{5}|(?<!\w)[وفبل]{0,2}(?:لك|لكم|معنا|لنا|الينا|انت|انتم|عبرنا|لدينا|نحن|يرجي|الرجاء|هنا|الان|مجانا"
    r"|(?:[تي]صل|يمكن|جهاز|هاتف|بريد|راي|تعليق|متصفح|تجربت|حساب|اصدقائ|موافقت|اشتراك)كم?"
    r"|(?:قنات|قنوات|صفحت|صفحات|موقع|تطبيق|نشرت|حسابات|حساب|مجموعت|منصات|رسالت|خدمات)نا"
    r"|(?:هذا|هذه) (?:الخبر|المقال|المقاله|الموضوع|الصفحه|النشره|الماده|التطبيق|المحتوي)"
    r"|(?:هواتف|اجهزت)كم|لتبق[يو]ا?|حول الموضوع|الا بموافقه|اصحابها|كاتبيها"
    r"|لدي \w+(?: \w+)?(?=\.)"
    r"|الموقع|موقع|لموقع|صحيفه|جريده|وكاله|شبكه|قناه|مجله|بوابه|مؤسسه|شركه|المصدر|اذن|خطي|التعليقات|التعليق|النشره"
    rf"|الناشر|النشر|القراء|{'|'.join(sorted(NETWORKS))})(?!\w)"
)
"""The page speaks of itself, of what it is made of and where it is found, or to its reader."""
_REACHING = re.compile(
    rf"(?<!\w)(?:[وبل]?(?:{'|'.join(sorted(NETWORKS))}|واتس اب|لينكد ان|فيس بوك|تيك توك|سناب شات|نبض"
    r"|(?:جوجل|غوغل|قوقل) نيوز|اخبار (?:جوجل|غوغل|قوقل))"
    r"|هنا|مجانا|[تي]صلكم?|بريدكم?|اصدقائكم?|هواتفكم?|هاتفكم?|معنا|عبرنا|الينا|لدينا"
    r"|[وبل]?(?:قنات|قنوات|صفحت|صفحات|موقع|تطبيق|نشرت|حسابات|حساب|منصات|رسالت)نا)(?!\w)|[a-z@]\S*|\d{5,}"
)
"""Where a page can be reached, and how it calls what is its own and its reader's."""
_PURPOSE = re.compile(r"[\s،,]*و?(?:ل(?:معرفه|متابعه|مشاهده|لاطلاع|لحصول|تلقي|مزيد|تصلكم?|تبقي|تبقوا)|ليصلكم?)(?!\w)")
"""What the call is good for: "to know", "to follow"."""
_ADDRESS_AT = re.compile(r"(?<!\S)\S*@|https?:|www\.|(?<!\S)\S*\.com\b|t\.me/|[+\d][\d\s-]{4,}")
_WRITERS = "معنا بنا الكاتب الكاتبه كاتب المقال المحرر التحرير الاداره اداره والاعلان والاستفسار"
_CONTACT = ELSEWHERE.union(COUNTED, _WRITERS.split())
"""Words between "to get in touch" and an address that is the page's."""


def ends_sentence(text: str) -> bool:
    """Whether a text ends in a full stop, whatever quote or bracket closes it; two dots trail off."""
    closed = text.rstrip(CLOSING)
    return closed.endswith(".") and not closed.endswith("..")


def says(text: str) -> bool:
    """Whether a text tells behind a comma who says it.

    >>> says("سجل بريدك وهاتفك، طلب منه الضابط."), says("سجل بريدك، طلبات كثيرة وصلت.")
    (True, False)
    """
    return _SAID_BEHIND.search(plain(text)) is not None


def of_page(text: str) -> bool:
    """Whether all words of a text are such as pages say of themselves and to their readers, and one names a part of a
    page, a network or an address; a name in quotes may be the site's.

    >>> of_page("هل أعجبك الموضوع؟ قيّم المقال"), of_page("هل أعجبك الموضوع؟ سأل الأستاذ"), of_page("لحظة بلحظة")
    (True, False, False)
    """
    bare, named = plain(text), False
    for stem in _stems(_QUOTED.sub(" ", bare)):
        if stem not in _KNOWN:
            return False
        named = named or stem in _NAMED
    return named or REACHED.search(bare) is not None


def only_page_words(text: str) -> bool:
    """The same, though no part of a page be named."""
    return _KNOWN.issuperset(_stems(plain(text)))


def disclaims(sentence: str) -> bool:
    """Whether a sentence that holds "does not reflect the opinion of" is the page's: it names a part of the page, has
    more of the page's words than of others, and nobody says it or holds that it is so.

    >>> disclaims("الآراء الواردة في المقال لا تعبر بالضرورة عن رأي مركز البحوث.")
    True
    >>> disclaims("تصريحات النائب لا تعبر بالضرورة عن رأي الحكومة.")
    False
    """
    bare = plain(sentence)
    found = [stem for stem in _stems(bare) if stem not in _LINKS]
    others = sum(stem not in _WORDS for stem in found)
    held = _THAT.search(bare)
    ours = held is None or _KNOWN.issuperset(_stems(bare[: held.start()]))
    return ours and not _PARTS.isdisjoint(found) and 2 * others < len(found) and not _said(bare)


def invites(sentence: str) -> bool:
    """Whether a call to follow that ends in a full stop is the page's: all of its words are such as pages use, or none
    but these stand behind the last network, address or own channel that it names, unless it says what for.

    >>> invites("تابعوا «الميناء» على تلغرام."), invites("اشترك في قناة الطفل على يوتيوب مليون مشاهد.")
    (True, False)
    """
    bare = plain(sentence)
    if _said(bare):
        return False
    named = list(_REACHING.finditer(bare))
    if not named:
        return of_page(sentence)
    rest = bare[named[-1].end() :]
    return any(_PURPOSE.match(bare, one.end()) for one in named) or _KNOWN.issuperset(_stems(rest))


def is_told(behind: str) -> bool:
    """Whether words behind a phrase of the page's are the rest of a sentence of the story: it ends with a full stop,
    has words that no button has, and speaks neither to the reader nor of the page; or it says who said so.

    >>> is_told(" أكثر من مليون مستخدم في أسبوعه الأول."), is_told(" الصباح لتصلك الأخبار."), is_told(" على تويتر.")
    (True, False, False)
    """
    bare = plain(behind)
    if not ends_sentence(bare) or known(bare) is not None:
        return False
    return _said(bare) or _OF_THE_PAGE.search(bare) is None


def is_told_address(behind: str) -> bool:
    """Whether a sentence behind "to get in touch" or "e-mail" names somebody other than the page or its writer.

    >>> is_told_address(" مع الجمعية والتبرع: هاتف 065551234."), is_told_address(" معنا: هاتف 065551234.")
    (True, False)
    """
    bare = plain(behind)
    if not ends_sentence(bare):
        return False
    found = _ADDRESS_AT.search(bare)
    before = bare[: found.start()] if found else bare
    return not _CONTACT.issuperset(WORD.findall(before))


def _said(bare: str) -> bool:
    """Whether a plain text names its source."""
    return _SAID.search(bare) is not None or _SAID_BEHIND.search(bare) is not None


def _stems(bare: str) -> Iterator[str]:
    """The words of a plain text, without the particles and the article before those that are known without them;
    addresses and numbers are left out."""
    for token in bare.split():
        if not REACHED.search(token):
            yield from map(_stem, WORD.findall(token))


def _stem(word: str) -> str:
    """A word as the lists have it, or as it is."""
    stems = [word[len(prefix) :] for prefix in _PREFIXES if word.startswith(prefix)]
    return next((stem for known_ones in (_PARTS, _KNOWN) for stem in stems if stem in known_ones), word)
