"""Files of every kind with something wrong in them, and what must hold whatever is wrong.

A mutant is made from a sound file by a few random wounds; the same seed makes the same mutant. Whatever the wound:
reading ends, raises nothing, gives valid batches, leaves the neighbour alone, and a file without articles says why. And
where one knows what was not touched, it must still be there: every line of a line-wise file that is as it was, every
element of an array that is.
"""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.corpus_files import STORIES, gz, lines, page, put, reading, warc, zipped

TOKENS = [
    b'"', b"{", b"}", b"[", b"]", b",", b"\n", b"\r", b"\\", b"\\ud800", b"\x00", b"\xff", b"\xd8", b"\xef\xbb\xbf",
    b"\xff\xfe", b"null", b"1e999", b"9" * 40, b'""', b"<", b">", b"<!--", b"\x1f\x8b", b"PK", b"\t", b";",
]  # fmt: skip
NEIGHBOUR = {"id": "neighbour", "text": "الجار السليم"}


def _table(records: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([["id", "title", "text"], *([r["id"], r["title"], r["text"].replace("\n", " ")] for r in records)])
    return out.getvalue().encode()


def _parquet(records: list[dict[str, str]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(records), out, row_group_size=5)
    return out.getvalue()


def _zip(folder: Path, records: list[dict[str, str]]) -> bytes:
    return zipped(folder, "made.zip", {"a.jsonl": lines(records), "b.txt": records[0]["text"].encode()}).read_bytes()


def sound(folder: Path) -> dict[str, bytes]:
    """A sound file of each kind; ``folder`` is for the making."""
    few = STORIES[:12]
    made = {
        "a.txt": f"{few[0]['title']}\n\n{few[0]['text']}".encode(),
        "old.txt": few[0]["text"].encode("cp1256"),
        "a.html": page(few[0]).encode(),
        "a.jsonl": lines(few),
        "a.json": json.dumps(few, ensure_ascii=False).encode(),
        "pretty.json": json.dumps({"items": few}, indent=1).encode(),
        "a.csv": _table(few),
        "a.tsv": _table(few).replace(b",", b"\t"),
        "mac.csv": _table(few).replace(b"\n", b"\r"),
        "a.parquet": _parquet(few),
        "a.warc": warc([(one["url"], page(one)) for one in few[:3]]),
        "a.jsonl.gz": gz(lines(few)),
        "a.zip": _zip(folder, few),
    }
    (folder / "made.zip").unlink()
    return made


def wounded(content: bytes, seed: int, wounds: int = 1) -> bytes:
    """The content with some random wounds."""
    chance = random.Random(seed)
    for _ in range(wounds):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([0, 1, 1, 2, 8, 100, 2000]))
        kind = chance.randrange(6)
        patch = (
            bytes([chance.randrange(256)]), b"", chance.choice(TOKENS), content[start:end] * 2,
            chance.randbytes(chance.choice([1, 3, 30])), content[chance.randrange(len(content) + 1) :][:50],
        )[kind]  # fmt: skip
        if chance.random() < 0.06:
            content, end = content[:start], start
        content = content[:start] + patch + content[end:]
    return content


def intact(name: str, before: bytes, after: bytes) -> list[str]:
    """Texts that stand in a file as they stood before, so that they must be read."""
    if name == "a.jsonl":
        kept = set(before.split(b"\n")) & set(after.split(b"\n"))
        return [json.loads(line)["text"] for line in kept if line]
    if name == "a.json":
        parts = [json.dumps(one, ensure_ascii=False).encode() for one in STORIES[:12]]
        whole = [one["text"] for one, part in zip(STORIES, parts, strict=False) if b", " + part + b", " in after]
        return whole if after.startswith(b'[{"id"') else []
    if name == "a.csv" and after.startswith(b"id,title,text\n"):
        rows = set(before.split(b"\n")[1:]) & set(after.split(b"\n"))
        return [row.decode().split(",", 2)[2] for row in rows if row]
    return []


def check(folder: Path, name: str, before: bytes, after: bytes, single: bool) -> None:
    """Read a wounded file beside a sound one."""
    put(folder, "neighbour.jsonl", lines([NEIGHBOUR]))
    put(folder, name, after)
    found = reading(folder)
    (folder / name).unlink()
    assert NEIGHBOUR["text"] in found.texts
    assert found.table.num_rows == len(found.rows)
    assert len(found.rows) > 1 or found.skipped or found.notices
    assert all(reason and "\n" not in reason and len(reason) < 800 for _, _, reason in found.reasons)
    if single:
        lost = set(intact(name, before, after)) - set(found.texts)
        assert not lost, lost
