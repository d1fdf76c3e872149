"""Random wounds in files of every kind: reading ends, raises nothing and loses nothing that was readable."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dedup.corpus.encodings import code_page, decode
from dedup.corpus.streams import Unreadable
from tests.corpus_mutants import check, sound, wounded

KINDS = ["a.txt", "old.txt", "a.html", "a.jsonl", "a.json", "pretty.json", "a.csv", "a.tsv", "mac.csv", "a.parquet",
         "a.warc", "a.jsonl.gz", "a.zip"]  # fmt: skip


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return sound(tmp_path_factory.mktemp("sound"))


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("wounds", [1, 5])
def test_wounded_files_do_no_harm(tmp_path: Path, files: dict[str, bytes], name: str, wounds: int) -> None:
    for seed in range(12 if name in ("a.html", "a.warc") else 30):
        check(tmp_path, name, files[name], wounded(files[name], seed, wounds), single=wounds == 1)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(st.sampled_from(KINDS), st.binary(max_size=200))
def test_any_bytes_under_any_name_do_no_harm(tmp_path: Path, name: str, content: bytes) -> None:
    check(tmp_path, name, b"", content, single=False)


@given(st.binary(max_size=80))
def test_any_bytes_decode_or_say_why(data: bytes) -> None:
    with contextlib.suppress(Unreadable):
        text, _ = decode(data)
        assert text.encode("utf-8").decode("utf-8") == text
    assert code_page(data) in (None, "cp1256", "iso8859_6")
