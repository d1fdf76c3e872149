"""The same articles written in every format the tool reads, as other programs would write them.

Where a format has files of one article, the n-th is called ``a0000`` and so on and lies in its outlet's folder; where
it has records, the n-th record is the n-th article and has no id. So the number at the end of an id names the article.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tests.corpus_files import gz, lines, page, put, zipped

Article = dict[str, str]
"""title, text, outlet, url, published."""

Writer = Callable[[Path, Sequence[Article]], object]

_NUMBER = re.compile(r"(\d+)(?:\.\w+)?$")


def number(name: str) -> int:
    """Which article an id names: ``الرياض/a0012.txt`` and ``articles.csv#12`` are number 12."""
    found = _NUMBER.search(name)
    assert found is not None, name
    return int(found[1])


def as_text(article: Article) -> str:
    """The title, an empty line, the text."""
    return f"{article['title']}\n\n{article['text']}"


def as_page(article: Article) -> str:
    """A page with a menu above and a footer below, each line of the text a paragraph."""
    return page({name: html.escape(value) for name, value in article.items()})


def as_csv(articles: Sequence[Article]) -> bytes:
    """A table with a line of names."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(articles[0]))
    writer.writeheader()
    writer.writerows(articles)
    return out.getvalue().encode()


def as_parquet(articles: Sequence[Article]) -> bytes:
    """A packed table of several groups of rows."""
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(articles)), out, row_group_size=150)
    return out.getvalue()


def as_warc(articles: Sequence[Article], packed: bool) -> bytes:
    """A crawl: one answer an article, each a member of its own where packed."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    for article in articles:
        answer = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        markup = as_page(article).encode()
        record = writer.create_warc_record(
            article["url"], "response", io.BytesIO(markup), len(markup), http_headers=answer,
            warc_headers_dict={"WARC-Date": "2015-07-22T08:00:00Z"},
        )  # fmt: skip
        writer.write_record(record)
    return out.getvalue()


def _members(articles: Sequence[Article], ending: str, content: Callable[[Article], bytes]) -> dict[str, bytes]:
    return {f"{one['outlet']}/a{n:04d}{ending}": content(one) for n, one in enumerate(articles)}


def _files(ending: str, content: Callable[[Article], bytes]) -> Writer:
    def write(folder: Path, articles: Sequence[Article]) -> None:
        for name, data in _members(articles, ending, content).items():
            put(folder, name, data)

    return write


def _file(name: str, content: Callable[[Sequence[Article]], bytes]) -> Writer:
    return lambda folder, articles: put(folder, name, content(articles))


def _as_json(articles: Sequence[Article]) -> bytes:
    return json.dumps(list(articles), ensure_ascii=False, indent=1).encode()


WRITERS: dict[str, Writer] = {
    "txt": _files(".txt", lambda one: as_text(one).encode()),
    "windows-1256": _files(".txt", lambda one: as_text(one).encode("cp1256")),
    "html": _files(".html", lambda one: as_page(one).encode()),
    "json": _file("articles.json", _as_json),
    "jsonl": _file("articles.jsonl", lines),
    "csv": _file("articles.csv", as_csv),
    "parquet": _file("articles.parquet", as_parquet),
    "warc": _file("crawl.warc", lambda articles: as_warc(articles, packed=False)),
    "warc.gz": _file("crawl.warc.gz", lambda articles: as_warc(articles, packed=True)),
    "gz": _file("articles.jsonl.gz", lambda articles: gz(lines(articles))),
    "zip of json": lambda folder, articles: zipped(folder, "articles.zip", {"articles.json": _as_json(articles)}),
    "zip of txt": lambda folder, articles: zipped(
        folder, "articles.zip", _members(articles, ".txt", lambda one: as_text(one).encode())
    ),
}
"""Format -> how to write articles into a folder."""
