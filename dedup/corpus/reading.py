"""Reading: from sources to record batches, in order, on all cores.

Work is cut into jobs. A job has a part that may run anywhere (decode, parse, give meaning) and a part that runs in
order (number the records, count complaints, say what was skipped). A small pool runs the first parts a few jobs ahead;
the second parts run as the caller asks for more, in the order of the sources. So the number of workers changes when
something is computed, never what.

Small files are read in groups of about a batch, so that twenty thousand files of one article each make a few hundred
batches and not twenty thousand. Large ones are cut into pieces of about a batch. Memory holds a few jobs: it is bounded
by the workers, the batch size and the longest record; only a JSON array, an HTML page or a packed table is held whole.
"""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from typing import Any

from dedup.corpus.encodings import as_utf8, encoding_note, stream_encoding
from dedup.corpus.json_files import are_lines, document, element_pieces, line_pieces
from dedup.corpus.json_pieces import Hints, Read, read_piece
from dedup.corpus.own_outputs import own_output, own_table
from dedup.corpus.records import Item, Reading
from dedup.corpus.small_files import SMALL_KINDS, read_group
from dedup.corpus.source import Source
from dedup.corpus.streams import Unreadable, blocks, gathered
from dedup.corpus.tally import FileTally, the_fields
from dedup.settings import BATCH_BYTES, Settings

AHEAD = 2
"""Jobs waiting beyond those being worked on: enough that no worker waits for the disk."""

GROUP_FILES = 4096
"""Small files in one job, however small they are."""

RECORDS_SMALL = 1 << 16
"""Bytes up to which a JSON file is read in a group, record by record; Arrow pays from about thirty records on."""


@dataclass
class Job:
    """``work`` runs in the pool (None: nothing to do), then ``settle`` in order with what it returned."""

    work: Callable[[], Any] | None
    settle: Callable[[Any], Iterator[Item]]


def read(sources: Sequence[Source], settings: Settings, pool: ThreadPoolExecutor | None = None) -> Iterator[Item]:
    """Record batches of the schema, in the order of the sources, with a line for all that was skipped or noteworthy.

    Jobs run in ``pool``, where the caller may queue its own work on the batches between them, so that there are no more
    busy threads than workers; without one they run in a pool made for this call. Raises FieldMissing at the end if a
    field is asked for that no file has.
    """
    workers = settings.threads()
    if pool is None:
        with ThreadPoolExecutor(workers, "reader") as own:
            yield from read(sources, settings, own)
        return
    reading = Reading.under(settings)
    for items in _in_order(_jobs(sources, reading), workers + AHEAD, pool):
        yield from items
    reading.fields.check()


def _in_order(jobs: Iterator[Job], ahead: int, pool: ThreadPoolExecutor) -> Iterator[Iterator[Item]]:
    """Run jobs a little ahead, settle them in order."""
    waiting: deque[tuple[Job, Future[Any] | None]] = deque()
    try:
        while True:
            for job in islice(jobs, ahead - len(waiting)):
                waiting.append((job, pool.submit(job.work) if job.work else None))
            if not waiting:
                return
            job, future = waiting.popleft()
            yield job.settle(future.result() if future else None)
    finally:
        for _, future in waiting:
            if future is not None:
                future.cancel()


def _jobs(sources: Sequence[Source], reading: Reading) -> Iterator[Job]:
    """The jobs that read all sources, in their order."""
    group: list[Source] = []
    size = 0
    for source in sources:
        small = _is_small(source)
        if group and (not small or size + source.size > BATCH_BYTES or len(group) >= GROUP_FILES):
            yield Job(partial(read_group, group, reading), iter)
            group, size = [], 0
        if small:
            group.append(source)
            size += source.size
        else:
            yield from _file_jobs(source, reading)
    if group:
        yield Job(partial(read_group, group, reading), iter)


def _is_small(source: Source) -> bool:
    return source.kind in ("text", "html") or (source.kind in SMALL_KINDS and source.size <= RECORDS_SMALL)


def _file_jobs(source: Source, reading: Reading) -> Iterator[Job]:
    """The jobs of one large file, or of one that is packed so that its size is not known."""
    tally = FileTally(source, reading)
    makers = {"parquet": _parquet_jobs, "warc": _warc_jobs, "csv": _table_jobs, "tsv": _table_jobs}
    try:
        yield from makers.get(source.kind, _json_jobs)(source, reading, tally)
    except Unreadable as fault:
        yield Job(None, partial(_fault, tally, str(fault)))
    yield Job(None, lambda _: tally.close())


def _fault(tally: FileTally, reason: str, _: None) -> Iterator[Item]:
    yield tally.fault(reason)


def _settled(tally: FileTally, read: Read, _: None) -> Iterator[Item]:
    return tally.settle(read)


def _utf8(source: Source, tally: FileTally) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a file and all of them, in UTF-8 without a byte order mark."""
    stream = blocks(source, BATCH_BYTES, tally.note)
    try:
        head = next(stream, b"")
    except Unreadable:
        head, stream = b"", blocks(source, BATCH_BYTES, tally.note)
    encoding = stream_encoding(head)
    if encoding is None:
        head = head.removeprefix(codecs.BOM_UTF8)
        return head, chain([head], stream)
    tally.note(encoding_note(encoding))
    return b"".join(as_utf8([head], encoding)), as_utf8(chain([head], stream), encoding)


def _json_jobs(source: Source, reading: Reading, tally: FileTally) -> Iterator[Job]:
    """Lines are streamed, documents held whole; the first block tells which it is."""
    head, stream = _utf8(source, tally)
    note = own_output(head)
    if note:
        tally.left_out(note)
        return
    hints: Hints = {}
    if are_lines(head, named=source.kind == "lines"):
        for piece in line_pieces(stream, reading.settings.max_record):
            yield Job(partial(read_piece, piece, source, reading, hints), tally.settle)
        return
    data, fault = gathered(stream)
    if fault is not None and not data:
        raise fault
    found = document(data, reading.fields)
    del data
    tally.single = found.single
    tally.beside(found.beside)
    for piece in element_pieces(found):
        yield Job(partial(read_piece, piece, source, reading, hints), tally.settle)
    if fault is not None:
        raise fault


def _table_jobs(source: Source, reading: Reading, tally: FileTally) -> Iterator[Job]:
    """CSV and TSV."""
    from dedup.corpus.tables import table_reads

    _, stream = _utf8(source, tally)
    yield from _reads_jobs(table_reads(stream, source, reading, tally.names, tally.note), tally)


def _parquet_jobs(source: Source, reading: Reading, tally: FileTally) -> Iterator[Job]:
    from dedup.corpus.parquet import parquet_reads

    yield from _reads_jobs(parquet_reads(source, reading, tally.names, tally.note), tally)


def _reads_jobs(reads: Iterator[Read | str], tally: FileTally) -> Iterator[Job]:
    """Tables are parsed as they are asked for; a string says that there is no text column."""
    for found in reads:
        if isinstance(found, str) and (note := own_table(tally.names)):
            tally.left_out(note)
            return
        if isinstance(found, str):
            raise Unreadable(f"{found}; {the_fields(tally.names)}")
        yield Job(None, partial(_settled, tally, found))


def _warc_jobs(source: Source, reading: Reading, tally: FileTally) -> Iterator[Job]:
    from dedup.corpus.warc import Pages, read_stored

    pages = Pages(source, reading.settings.max_record, tally.note)
    try:
        for group in pages.groups():
            yield Job(partial(read_stored, group, source, reading), tally.settle)
    finally:
        tally.others(pages.count, pages.others)
