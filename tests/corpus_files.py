"""Articles of our own and ways to lay them down, for the tests of reading."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa

from dedup.corpus import SCHEMA, find, read
from dedup.model import Notice, Skipped
from dedup.settings import Settings

STORIES = [
    {
        "id": f"خبر-{n}",
        "title": f"افتتاح الجسر رقم {n} في مدينة الواحة",
        "text": f"افتتح محافظ الواحة صباح اليوم الجسر رقم {n} الذي يربط بين ضفتي النهر.\n\nوقال المحافظ إن العمل في "
        f"الجسر استغرق {n + 3} أشهر، وإن المدينة كانت في حاجة إليه منذ سنوات.\nوأضاف أن المشروع التالي هو الحديقة.",
        "outlet": "صدى الواحة",
        "published": f"2024-03-{n % 28 + 1:02d} 10:{n % 60:02d}:00",
        "url": f"https://www.sada-alwaha.example/news/{n}",
        "byline": "الواحة - مراسلنا",
    }
    for n in range(40)
]
"""Forty articles with every field."""


class Outcome:
    """Everything reading gave, sorted by kind."""

    def __init__(self, items: Sequence[Any], found: Sequence[Skipped] = ()) -> None:
        self.batches = [item for item in items if isinstance(item, pa.RecordBatch)]
        self.table = pa.Table.from_batches(self.batches, SCHEMA)
        self.rows: list[dict[str, Any]] = self.table.to_pylist()
        self.skipped = [*found, *(item for item in items if isinstance(item, Skipped))]
        self.notices = [item for item in items if isinstance(item, Notice)]
        for batch in self.batches:
            batch.validate(full=True)

    @property
    def texts(self) -> list[str]:
        return [row["text"] for row in self.rows]

    @property
    def ids(self) -> list[str]:
        return [row["id"] for row in self.rows]

    @property
    def reasons(self) -> list[tuple[str, int | None, str]]:
        return [(skipped.path, skipped.record, skipped.reason) for skipped in self.skipped]

    @property
    def reason(self) -> str:
        """The one reason there is."""
        (only,) = self.skipped
        return only.reason

    @property
    def note(self) -> str:
        """The one notice there is."""
        (only,) = self.notices
        return only.note


def reading(*paths: Path | str, **settings: Any) -> Outcome:
    """Find and read."""
    sources, skipped = find(paths)
    return Outcome(list(read(sources, Settings(**settings))), skipped)


def lines(records: Sequence[Any]) -> bytes:
    """One JSON record a line."""
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)


def put(folder: Path, name: str, content: bytes | str) -> Path:
    """A file in a folder that is made if need be."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def zipped(folder: Path, name: str, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """A zip archive."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w", method) as archive:
        for member, content in members.items():
            archive.writestr(zipfile.ZipInfo(member, (2024, 1, 1, 0, 0, 0)), content, method)
    return path


def page(record: dict[str, str]) -> str:
    """An article as a page with a menu above and a footer below."""
    paragraphs = "".join(f"<p>{part}</p>" for part in record["text"].split("\n") if part.strip())
    return (
        '<!DOCTYPE html><html lang="ar" dir="rtl"><head><meta charset="utf-8">'
        f"<title>{record['title']}</title><meta property='og:title' content='{record['title']}'>"
        f"<meta property='og:site_name' content='{record['outlet']}'>"
        f"<meta property='article:published_time' content='{record['published'].replace(' ', 'T')}+03:00'>"
        f"<link rel='canonical' href='{record['url']}'></head><body>"
        "<nav><ul><li><a href='/'>الرئيسية</a></li><li><a href='/sport'>رياضة</a></li></ul></nav>"
        f"<article><h1>{record['title']}</h1>{paragraphs}</article>"
        "<footer><p>جميع الحقوق محفوظة</p></footer></body></html>"
    )


def warc(pages: Sequence[tuple[str, str]]) -> bytes:
    """A web archive of (address, page), each after its request."""
    out: list[bytes] = []
    for address, markup in pages:
        answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + markup.encode()
        for kind, block in (("request", b"GET / HTTP/1.1\r\n\r\n"), ("response", answer)):
            head = (
                f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2024-03-09T08:00:00Z\r\n"
                f"WARC-Record-ID: <urn:uuid:{len(out):032d}>\r\nContent-Type: application/http; msgtype={kind}\r\n"
                f"Content-Length: {len(block)}\r\n\r\n"
            )
            out.append(head.encode() + block + b"\r\n\r\n")
    return b"".join(out)


def gz(content: bytes) -> bytes:
    """Gzipped, the same bytes every time."""
    return gzip.compress(content, mtime=0)
