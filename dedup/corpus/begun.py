"""Reading that has begun: files are read while the caller still does something else.

A program that analyses text first loads compiled kernels, a third of a second in which the disk and the other cores
would wait. Reading needs none of them. So it may be begun before, in threads of its own, and be taken over later:

    begun = Begun(paths, settings)      # reads from now on
    from dedup import pipeline          # meanwhile
    pipeline.cluster(begun, settings)

What is read before it is asked for waits in memory; whoever analyses a corpus holds its texts anyway. The items and
their order are those of :func:`dedup.corpus.reading.read`. Measured on 97 MB of JSONL, whole process with near copies
only: 1.33 s with reading begun after the imports, 1.02 s before.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from types import TracebackType

from dedup.corpus.find import find
from dedup.corpus.reading import read
from dedup.corpus.records import Item
from dedup.settings import Settings


class Begun:
    """Files being read. ``skipped``: what was left out before reading; ``size``: bytes of all files; ``pool``: the
    threads, in which the caller may queue work of its own. Leaving the context ends the threads.

    Raises PathMissing at once; what goes wrong while reading is raised by :meth:`items`.
    """

    def __init__(
        self, paths: Sequence[str | os.PathLike[str]], settings: Settings, exclude: Collection[Path] = ()
    ) -> None:
        self.paths = [os.fspath(path) for path in paths]
        sources, self.skipped = find(paths, exclude)
        self.size = sum(source.size for source in sources)
        self.pool = ThreadPoolExecutor(settings.threads(), "worker")
        self._read: SimpleQueue[Item | BaseException | None] = SimpleQueue()
        self._given_up = False
        self._reader = Thread(target=self._run, args=(read(sources, settings, self.pool),), name="reader", daemon=True)
        self._reader.start()

    def __enter__(self) -> Begun:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._given_up = True
        self._reader.join()
        self.pool.shutdown(cancel_futures=error is not None)

    def items(self) -> Iterator[Item]:
        """What :func:`~dedup.corpus.reading.read` yields, in its order; to be asked for once."""
        while (item := self._read.get()) is not None:
            if isinstance(item, BaseException):
                raise item
            yield item

    def _run(self, items: Iterator[Item]) -> None:
        try:
            for item in items:
                if self._given_up:
                    break
                self._read.put(item)
        except BaseException as error:
            self._read.put(error)
        self._read.put(None)
