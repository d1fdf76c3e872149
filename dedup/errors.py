"""Every error a user can meet, on one page: what is wrong, where, what to do, and the exit code.

An error ends the program with its ``exit_code``: 1, or 2 where the call itself was wrong. A broken article is none; it
becomes a :class:`dedup.model.Skipped` and the run goes on.
"""

from __future__ import annotations


class DedupError(Exception):
    """Base of all; its text is one or two sentences for the person at the terminal."""

    exit_code = 1


class UsageError(DedupError):
    """The options contradict each other or cannot be meant so."""

    exit_code = 2


class NothingReadable(DedupError):
    """No article could be read from any of the given paths."""

    def __init__(self, paths: list[str], skipped: int, first_reason: str | None) -> None:
        where = ", ".join(paths[:3]) + (f" and {len(paths) - 3} more" if len(paths) > 3 else "")
        why = f" ({skipped} skipped, the first because: {first_reason})" if first_reason else ""
        super().__init__(
            f"no article could be read from {where}{why}. "
            "Give a folder, or files of a kind listed by 'dedup cluster --help'."
        )


class PathMissing(DedupError):
    """A given path does not exist."""

    def __init__(self, path: str) -> None:
        super().__init__(f"{path}: there is no such file or folder. Check the path; quote it if it holds spaces.")


class PathEmpty(UsageError):
    """A given path is empty text."""

    def __init__(self) -> None:
        super().__init__("a path is empty; is a variable not set? The current folder is written as a dot.")


class FolderGone(DedupError):
    """The current folder was removed, so a relative path leads nowhere."""

    def __init__(self, path: str) -> None:
        super().__init__(
            f"{path}: the current folder was removed, so this path leads nowhere. "
            "Change to a folder that is there, or write the whole path."
        )


class ArticleMissing(DedupError):
    """A path names no article, or more than one."""

    def __init__(self, path: str, cause: str, remedy: str) -> None:
        super().__init__(f"{path}: {cause}. {remedy}")


class FieldMissing(DedupError):
    """A field asked for by --text-field and its like is in no record of any file."""

    def __init__(self, paths: list[str], option: str, name: str, there_are: list[str]) -> None:
        listed = ", ".join(there_are) or "none"
        where = paths[0] + (f" and {len(paths) - 1:,} more files" if len(paths) > 1 else "")
        super().__init__(f"{where}: no field '{name}' (asked for by {option}). The fields there are: {listed}.")


class NothingCredited(DedupError):
    """No article credits the sources asked for by --credited-to and --exclude-credited-to."""

    def __init__(self, wanted: list[str], unwanted: list[str], there_are: list[str]) -> None:
        asked = " and ".join(
            [f"credited to {', '.join(wanted)}"] * bool(wanted)
            + [f"not credited to {', '.join(unwanted)}"] * bool(unwanted)
        )
        listed = ", ".join(there_are[:40]) or "none"
        super().__init__(f"no article is {asked}. The sources credited are: {listed}.")


class OutputFailed(DedupError):
    """An output file could not be written."""

    def __init__(self, path: str, cause: str) -> None:
        super().__init__(
            f"{path}: could not be written ({cause}). "
            "What stood there before is untouched; remove the cause and run again."
        )


class StdoutFailed(DedupError):
    """Standard output takes nothing: what it leads to is full, or it is closed."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            f"standard output: could not be written ({cause}). Lead it to a file with room, or to a terminal."
        )


class NotCompiled(DedupError):
    """The kernels could not be compiled."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            f"the kernels could not be compiled ({cause}). Install the package again with its dependencies, "
            "numba among them: 'pip install --force-reinstall arabic-news-dedup'."
        )


class LabelsUnreadable(DedupError):
    """A labels or pairs file given to evaluate is not one."""

    def __init__(self, path: str, line: int | None, cause: str) -> None:
        where = f"{path}, line {line}" if line is not None else path
        super().__init__(f"{where}: {cause}.")


class LexiconUnreadable(DedupError):
    """A lexicon of agencies and furniture is not one, or an entry of it is not whole."""

    def __init__(self, path: str, entry: str | None, cause: str, examples: str = "dedup/arabic/data") -> None:
        where = f"{path}, {entry}" if entry else path
        super().__init__(f"{where}: {cause}. Entries have the form of those in {examples}.")
