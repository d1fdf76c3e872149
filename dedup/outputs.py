"""What a run of the command line writes: report, pairs, tables; and standard output, which one of them may be.

What cannot be written, or would take the place of something that is not ours to replace, is refused before anything is
read. A file of the user's that lies among the input is such a thing: it would be dropped from the input and then lost.
Earlier outputs of the tool that lie there are replaced, and an empty file is nobody's loss.

Nothing heavy is imported here before a run begins.
"""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TextIO

from dedup.errors import FolderGone, OutputFailed, PathEmpty, StdoutFailed, UsageError

if TYPE_CHECKING:
    from concurrent.futures import Future

    from dedup.pipeline import Result
    from dedup.report.pairs import Listed

STDOUT = Path("/dev/stdout")
"""Standard output. Never opened by this name, so it may be what no system calls it."""
_STDOUT_NAMES = ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")


def place(written: str) -> Path:
    """Where an output named on the command line goes: ``-`` and the system's names for it are standard output,
    ``./-`` is a file. Raises PathEmpty."""
    if not written:
        raise PathEmpty
    return STDOUT if written == "-" or os.path.normpath(written) in _STDOUT_NAMES else Path(written)


class Outputs:
    """The files that a run writes; one of report and pairs may be :data:`STDOUT`. Used as a context, at whose end
    nothing is being written any more."""

    def __init__(self, report: Path | None, pairs: Path | None, tables: Path | None) -> None:
        from concurrent.futures import ThreadPoolExecutor

        self._report, self._pairs, self._tables = report, pairs, tables
        self.take_stdout = STDOUT in (report, pairs)
        self._own = [path for path in (report, pairs) if path is not None and path != STDOUT]
        self._meanwhile = ThreadPoolExecutor(1)
        self._written: list[Future[None]] = []

    def __enter__(self) -> Outputs:
        return self

    def __exit__(self, *raised: object) -> None:
        self._meanwhile.shutdown()

    def files(self) -> list[Path]:
        """Every file that is written, and so is not to be read."""
        if self._tables is None:
            return self._own
        from dedup.report.files import outputs_in

        return self._own + outputs_in(self._tables)

    def check(self, inputs: Sequence[str], lexicon: str | None = None) -> None:
        """Refuse what cannot be written or would take the place of one another, of an input, or of the ``lexicon``."""
        if self._report == self._pairs == STDOUT:
            raise UsageError("-o - and --pairs - would be one stream; give one of them a file.")
        if self._tables == STDOUT:
            raise UsageError("--csv writes a folder, which cannot go to stdout; give it a name.")
        if self.take_stdout:
            stdout()
        folder = [] if self._tables is None else [self._tables]
        for path in self._own + folder:
            _check_place(path, is_folder=path is self._tables, made=self._tables)
        named = self.files() + folder
        files = [place for place in map(os.path.realpath, named) if place != os.path.realpath(os.devnull)]
        if len(set(files)) < len(files):
            raise UsageError("two outputs have the same name; give each its own file.")
        for path in named:
            if lexicon is not None and os.path.realpath(path) == os.path.realpath(lexicon):
                raise OutputFailed(str(path), "it is the lexicon that is read; choose another name")
        for path in self._own:
            _check_input(path, inputs)
        if self._tables is not None:
            from dedup.report.files import check_tables

            check_tables(self._tables)

    def on_pairs(self) -> Callable[[Listed], object] | None:
        """What is done with the pairs while stories are still told; None: nothing.

        Into a pipe nothing is written then: the thread may wait for a reader, for ever, and no interrupt would end it.
        """
        into = self._pairs
        if into is None:
            return None
        from dedup.report.json_format import write_pairs

        def write(listed: Listed) -> None:
            if not _is_pipe(into):
                self._make_folder()
                self._written.append(self._meanwhile.submit(write_pairs, listed, into))

        return write

    def _make_folder(self) -> None:
        """Make the folder of the tables before the first file is written, which may lie in it."""
        if self._tables is None:
            return
        try:
            self._tables.mkdir(exist_ok=True)
        except OSError as error:
            raise OutputFailed(str(self._tables), error.strerror or str(error)) from error

    def write(self, result: Result) -> None:
        """Write what is not written yet, and wait for what is being."""
        from dedup.report.files import write_folder
        from dedup.report.json_format import write_pairs, write_report

        self._make_folder()
        if self._pairs is not None and _is_pipe(self._pairs):
            _write(self._pairs, partial(write_pairs, result.pairs()))
        if self._report is not None:
            _write(self._report, partial(write_report, result.report))
        for one in self._written:
            one.result()
        if self._tables is not None:
            write_folder(result.report, self._tables)


def _check_place(path: Path, is_folder: bool, made: Path | None) -> None:
    """Refuse a name at which nothing can be written. ``made``: a folder that is made if it is not there."""
    try:
        mode, folder = _mode(path), Path(os.path.realpath(path)).parent
    except OSError as error:
        if not path.is_absolute() and isinstance(error, FileNotFoundError):
            raise FolderGone(str(path)) from error
        raise OutputFailed(str(path), error.strerror or str(error)) from error
    if mode and is_folder != stat.S_ISDIR(mode):
        raise OutputFailed(str(path), "it is a file" if is_folder else "it is a folder")
    if made is not None and not made.exists() and folder == Path(os.path.realpath(made)):
        return  # it is made first, and is looked at by itself
    if not folder.is_dir():
        raise OutputFailed(str(path), f"there is no folder {path.parent}")
    into = path if stat.S_ISDIR(mode) else folder
    if not _is_special(mode) and not os.access(into, os.W_OK | os.X_OK):
        raise OutputFailed(str(path), f"no permission to write in the folder {into}")


def _check_input(path: Path, inputs: Sequence[str]) -> None:
    """Refuse a file that is to be read, or lies in a folder that is, unless it is empty or an earlier output."""
    if _is_special(_mode(path)) or not path.exists() or _is_ours(path):
        return
    if _is_input(os.path.realpath(path), inputs):
        cause = "it lies in the input and is no report or pairs file of this tool; choose another name"
        raise OutputFailed(str(path), cause)


def _is_ours(path: Path) -> bool:
    from dedup.corpus.own_outputs import SNIFFED, own_output

    try:
        with path.open("rb") as data:
            head = data.read(SNIFFED)
    except OSError:
        return False
    return not head or own_output(head) is not None


def _is_input(file: str, inputs: Sequence[str]) -> bool:
    """Whether a file is named, lies in a folder that is, or is what a link there leads to."""
    from dedup.corpus import find

    sources, _ = find(inputs)
    read = {os.path.realpath(source.location) for source in sources}
    roots = [os.path.realpath(one) for one in inputs]
    return file in read or any(file == root or file.startswith(os.path.join(root, "")) for root in roots)


def _mode(path: Path) -> int:
    from dedup.report.aside import mode_of

    return mode_of(path)


def _is_special(mode: int) -> bool:
    """Whether something stands there that is neither a file nor a folder: a pipe, a device."""
    return mode != 0 and not stat.S_ISREG(mode) and not stat.S_ISDIR(mode)


def _is_pipe(path: Path) -> bool:
    return path == STDOUT or (path.exists() and not path.is_file())


def _write(path: Path, write: Callable[[Path | BinaryIO], None]) -> None:
    if path != STDOUT:
        write(path)
        return
    with to_stdout():
        write(stdout().buffer)
        stdout().flush()


def stdout() -> TextIO:
    """Standard output; raises StdoutFailed where the process was started without one."""
    if sys.stdout is None:
        raise StdoutFailed("it is closed")
    return sys.stdout


@contextlib.contextmanager
def to_stdout() -> Iterator[None]:
    """Say what stdout has against being written to. A pipe whose reader has left says nothing: click ends the command
    with exit code 1. What could not be written is thrown away, or Python would try once more at its end."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        with contextlib.suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise StdoutFailed(error.strerror or str(error)) from error
