"""Which field of a record means what: the usual names, in the order in which they are believed.

A role (text, title, ...) is filled from the first of its names that holds something; a text that is a teaser gives way
to the whole one (:mod:`dedup.corpus.teasers`). Names are compared without regard to case and to ``_``, ``-``, ``.``,
``:`` and blanks, so ``datePublished``, ``date_published`` and ``DATE PUBLISHED`` are one name; nor to vowel signs,
stretched letters and marks of direction, which nobody sees or searches. Names stand from the specific to the vague:
``publish_date`` is believed before ``date``.

``published`` and ``collected`` are two roles and never stand in for each other: the first is the outlet's word, the
second a crawler's clock. ``timestamp`` is with the crawlers, because the large web corpora use it so.

``greenwich`` is the same moment as ``published`` once more, in UTC, as WordPress gives it: a name of that role with
``gmt`` or ``utc`` behind it (``date``, ``date_gmt``), also where the user asks for it as the date of publication.

>>> plain("Date-Published") == plain("datePublished"), plain("المعرّف") == plain("المعرف")
(True, True)
>>> Fields(Settings()).chosen(["URL", "Body", "title", "content"])["text"]
['content', 'Body']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from dedup.corpus.unseen import TATWEEL, UNSEEN
from dedup.errors import FieldMissing
from dedup.settings import Settings

ROLES = ("id", "text", "title", "outlet", "published", "greenwich", "collected", "url", "byline")

ALIASES: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "_id", "uuid", "guid", "article_id", "doc_id", "document_id", "المعرف", "معرف", "معرف الخبر", "رقم الخبر",
        "رقم المقال",
    ),
    "text": (
        "text", "content", "body", "article", "article_text", "article_body", "article_content", "maintext",
        "main_text", "full_text", "fulltext", "body_text", "content_text", "content_html", "content_encoded",
        "text_content", "plain_text", "raw_text", "news_text", "story", "نص الخبر", "نص المقال", "النص", "نص",
        "محتوى الخبر", "المحتوى", "محتوى", "الخبر", "contenu", "texte", "corps",
    ),
    "title": (
        "title", "headline", "article_title", "heading", "news_title", "عنوان الخبر", "عنوان المقال", "العنوان",
        "عنوان", "titre",
    ),
    "outlet": (
        "outlet", "source", "publisher", "newspaper", "source_name", "site_name", "media_name", "site", "website",
        "domain", "source_domain", "hostname", "مصدر الخبر", "المصدر", "مصدر", "الصحيفة",
    ),
    "published": (
        "published", "date_published", "published_at", "published_date", "published_time", "published_on", "pub_date",
        "publish_date", "publish_time", "date_publish", "publication_date", "datetime", "date", "time", "تاريخ النشر",
        "تاريخ الخبر", "تاريخ المقال", "التاريخ", "التأريخ", "تاريخ", "تأريخ", "date_publication",
        "date_de_publication",
    ),
    "collected": (
        "collected", "collected_at", "date_collected", "date_extracted", "extracted_at", "crawled", "crawled_at",
        "crawl_date", "crawl_time", "date_crawled", "fetched", "fetched_at", "fetch_time", "date_fetched", "scraped",
        "scraped_at", "scrape_date", "date_scraped", "retrieved", "retrieved_at", "date_retrieved", "downloaded",
        "download_date", "date_download", "accessed", "warc_date", "timestamp",
    ),
    "url": (
        "url", "link", "href", "canonical", "canonical_url", "source_url", "article_url", "web_url", "رابط الخبر",
        "رابط المقال", "الرابط", "رابط", "lien",
    ),
    "byline": (
        "byline", "author", "authors", "author_name", "creator", "writer", "reporter", "journalist", "كاتب الخبر",
        "كاتب المقال", "الكاتب", "كاتب", "auteur",
    ),
}  # fmt: skip
"""Role -> names, best first."""

OPTIONS = {
    "text": "--text-field",
    "title": "--title-field",
    "outlet": "--outlet-field",
    "published": "--date-field",
    "byline": "--byline-field",
    "id": "--id-field",
    "url": "--url-field",
}
"""Role -> the option that names its field."""


_GREENWICH = re.compile(r"(?:gmt|utc)$")
_JOINTS = re.compile(r"[\s_\-.:]+")
_UNSEEN = re.compile(f"[{TATWEEL}\u064b-\u0652\u0670{UNSEEN}]+")
"""What is not seen, and ARABIC TATWEEL, FATHATAN to SUKUN, SUPERSCRIPT ALEF."""


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A field name without case, joints and what is not seen; a leading underscore (``_id``) goes too."""
    return _UNSEEN.sub("", _JOINTS.sub("", name)).casefold()


def local(name: str) -> str:
    """The plain name of the local time whose moment in UTC a field gives.

    >>> local("date_gmt"), local("date")
    ('date', 'date')
    """
    return _GREENWICH.sub("", plain(name))


OWN = "\0"
"""Begins the names of columns that are no fields of a file, but what a reader itself knows to be the text and so on."""

_RANKS = {
    (role, plain(alias)): rank for role, aliases in ALIASES.items() for rank, alias in reversed([*enumerate(aliases)])
}


class Fields:
    """The names in force: for a role the one the user asked for, then the usual ones; and whether a run met that one.

    The usual ones count where a record has nothing in the asked-for field, for what is delivered by several hands has
    several names for one thing. Not so for the date: a record has several, which mean different things.

    An asked-for name with dots is also a path (``paths``): ``content.rendered`` is what ``content`` holds under
    ``rendered``, where no field has that very name. An asked-for field that only some files have is none of the user's
    mistakes: archives are mixed. One that no file has is. So each file says which fields it has (:meth:`met`), and the
    run is asked at its end (:meth:`check`).
    """

    def __init__(self, settings: Settings) -> None:
        asked = {
            "text": settings.text_field,
            "title": settings.title_field,
            "outlet": settings.outlet_field,
            "published": settings.date_field,
            "byline": settings.byline_field,
            "id": settings.id_field,
            "url": settings.url_field,
        }
        self.asked = {role: name for role, name in asked.items() if name is not None}
        self.paths = sorted({name for name in self.asked.values() if "." in name})
        self._found: set[str] = set()
        self._names: set[str] = set()
        self._lacking: list[str] = []
        self.role_of = lru_cache(maxsize=4096)(self._role_of)
        """The role a field fills and its rank among the names of that role; None for a field of no interest. Kept, for
        every record has the same (195,000 read one by one: 7.7 s of processor time, 9.8 without)."""

    def fills(self, name: str, *roles: str) -> bool:
        """Whether a field fills one of some roles."""
        role = self.role_of(name)
        return role is not None and role[0] in roles

    def met(self, path: str, names: set[str]) -> None:
        """A file of records has these fields. Threads call it side by side; nothing depends on who comes first."""
        if not self.asked:
            return
        found = {role for role, name in self.asked.items() if name in names}
        self._found.update(found)
        self._names.update(names)
        if len(found) < len(self.asked):
            self._lacking.append(path)

    def check(self) -> None:
        """Raise FieldMissing for an asked-for field that no file of records had, if there was one."""
        for role, name in self.asked.items():
            if role not in self._found and self._lacking:
                raise FieldMissing(sorted(self._lacking), OPTIONS[role], name, sorted(self._names))

    def lacking_text(self, records: int | None = None) -> str:
        """Why a file without texts is skipped: a table, or one of so many records (0: it is one itself)."""
        asked = self.asked.get("text")
        field = "text field" if asked is None else f"field '{asked}' (asked for by --text-field)"
        if records is None:
            return "none of its columns is known to hold text" if asked is None else f"it has no {field}"
        return f"it has no {field}" if records == 0 else f"none of its {records:,} records has a {field}"

    def _role_of(self, name: str) -> tuple[str, int] | None:
        if name.startswith(OWN) and name[len(OWN) :] in ROLES:
            return name[len(OWN) :], -1
        for role, asked in self.asked.items():
            if name == asked:
                return "greenwich" if role == "published" and local(name) != plain(name) else role, 0
        key = plain(name)
        for role in ROLES:
            rank = None if role == "published" and role in self.asked else _RANKS.get((role, key))
            if rank is not None:
                return role, rank + 1
        return self._greenwich(key)

    def _greenwich(self, key: str) -> tuple[str, int] | None:
        """The role and rank of a moment in UTC: those of the local time beside it."""
        told = local(key)
        asked = self.asked.get("published")
        rank = _RANKS.get(("published", told)) if asked is None else 0 if told == plain(asked) else None
        return None if rank is None or told == key else ("greenwich", rank)

    def chosen(self, names: Iterable[str]) -> dict[str, list[str]]:
        """Role -> the fields that fill it, best first; equal ranks (``Text``, ``text``) in order of their spelling."""
        ranked: dict[str, list[tuple[int, str]]] = {role: [] for role in ROLES}
        for name in set(names):
            found = self.role_of(name)
            if found is not None:
                ranked[found[0]].append((found[1], name))
        return {role: [name for _, name in sorted(held)] for role, held in ranked.items()}
