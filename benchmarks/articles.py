"""The real articles: 14 days of the Saudi Newspapers Corpus, read here without a line of the tool's own readers.

The corpus lies outside the repository (its licence forbids copies in it): ``saudinewsnet/<day>.zip``, each holding one
JSON array. An article's id is the one the tool gives it, ``<day>.json#<n>``, so results can be compared by id.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


class Article(NamedTuple):
    """What the benchmarks need of a record."""

    id: str
    title: str
    text: str


def parser(description: str | None) -> argparse.ArgumentParser:
    """A command line with the one option all benchmarks have."""
    made = argparse.ArgumentParser(description=(description or "").split("\n")[0])
    made.add_argument("--shared", type=Path, default=SHARED, help="folder with data/ (default: beside the repository)")
    return made


def days(shared: Path) -> list[Path]:
    """The zips, one a day, oldest first."""
    found = sorted((shared / "data" / "saudinewsnet").glob("*.zip"))
    if not found:
        raise SystemExit(f"no zips in {shared}/data/saudinewsnet; name the folder that holds data/ with --shared")
    return found


def articles(zips: Iterable[Path]) -> Iterator[Article]:
    """Every record, empty ones too."""
    for path in zips:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(archive.namelist()):
                for number, record in enumerate(json.loads(archive.read(name))):
                    yield Article(f"{name}#{number}", record["title"] or "", record["content"] or "")


def write_jsonl(found: Iterable[Article], path: Path) -> int:
    """Write the articles that have a text, one a line; returns the bytes of their texts."""
    text_bytes = 0
    with path.open("w", encoding="utf-8") as out:
        for article in found:
            if article.text.strip():
                out.write(json.dumps(article._asdict(), ensure_ascii=False) + "\n")
                text_bytes += len(article.text.encode())
    return text_bytes


def fingerprint(files: Sequence[Path]) -> str:
    """16 hex digits of the files' names and bytes."""
    digest = hashlib.sha256()
    for path in files:
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def main() -> None:
    """Write the articles of all days as JSONL (a process of its own, so that the caller stays small)."""
    options = parser(__doc__)
    options.add_argument("output", type=Path)
    arguments = options.parse_args()
    print(write_jsonl(articles(days(arguments.shared)), arguments.output))


if __name__ == "__main__":
    main()
