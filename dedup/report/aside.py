"""Files that are whole or absent: written beside their place, and renamed when all of them are on disk.

A run that is interrupted, or a disk that is full, so leaves what stood there before. Of several files that belong
together (the tables of a run) none takes its place before the last is written: a rename needs no room.

Limits: a power cut between two renames, or a folder that is changed meanwhile, leaves some new and some old. A pipe or
a device has nothing beside it and is written to.
"""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import BinaryIO

from dedup.errors import OutputFailed

Writer = Callable[[Path], AbstractContextManager[BinaryIO]]
"""Opens one of several files that take their places together."""


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """A file that takes the place of ``path`` when all of it is on disk, and vanishes if anything fails before.

    A symbolic link stays one: the file it names is replaced. Raises OutputFailed.
    """
    with together() as opened, opened(path) as out:
        yield out


@contextlib.contextmanager
def together() -> Iterator[Writer]:
    """Several such files, which take their places when the last of them is on disk."""
    written: list[tuple[str, str, Path]] = []

    @contextlib.contextmanager
    def opened(path: Path) -> Iterator[BinaryIO]:
        with _said_of(path):
            mode = mode_of(path)
            if mode and not stat.S_ISREG(mode):
                with path.open("wb") as out:
                    yield out
                return
            place = os.path.realpath(path)
            descriptor, name = tempfile.mkstemp(prefix=".dedup-", suffix=".part", dir=os.path.dirname(place))
            written.append((name, place, path))
            with os.fdopen(descriptor, "wb", buffering=1 << 20) as out:
                yield out
                out.flush()
                os.fsync(descriptor)
            os.chmod(name, 0o666 & ~_umask())

    try:
        yield opened
        for name, place, path in written:
            with _said_of(path):
                os.replace(name, place)
    finally:
        for name, _, _ in written:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(name)


def mode_of(path: Path) -> int:
    """What stands at a path, as the system has it; 0 where nothing does. Raises OSError where that cannot be told."""
    try:
        return os.stat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


@contextlib.contextmanager
def _said_of(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputFailed(str(path), error.strerror or str(error)) from error


_asking = threading.Lock()


def _umask() -> int:
    """What new files may not allow. It can only be read by setting it, for the whole process: one thread at a time."""
    with _asking:
        mask = os.umask(0)
        os.umask(mask)
    return mask
