"""Finding: from the paths a user names to a list of sources in canonical order.

The order must not depend on how the paths were named or in what order a folder lists its files, so everything found is
sorted by (relative path, root). A file is found once, however many of the given roots contain it; the outermost root
gives the path. The walk keeps its own stack, so depth is no limit, and folders are remembered by (device, inode), so a
link that leads back ends there. Links are followed after all real folders, so a real place always wins over a link to
it. Nothing is opened here but folders and the directories of zip files: a FIFO, a socket or a device is recognised by
its type and left alone.

Hidden entries (a name that begins with a dot) are the bookkeeping of other programs (``.git``, ``.DS_Store``): they are
listed as skipped, a hidden folder in one line. A file that the user names is neither hidden nor of an unknown kind: it
is read as a text, whether its folder is named as well or not.
"""

from __future__ import annotations

import errno
import os
import stat
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dedup.corpus.source import SPECIAL, Source, first_folder, kind_of, shown, unknown_kind
from dedup.errors import FolderGone, PathEmpty, PathMissing
from dedup.model import Skipped


@dataclass
class _Walk:
    """What a walk has gathered so far."""

    excluded: frozenset[str]
    named: frozenset[str] = frozenset()
    """Files that the user names, where they lie (no link in their path)."""
    taken: set[str] = field(default_factory=set)
    """Files that are read, likewise."""
    sources: list[Source] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    visited: set[tuple[int, int]] = field(default_factory=set)
    links: list[tuple[str, str, str]] = field(default_factory=list)

    def skip(self, path: str, reason: str) -> None:
        self.skipped.append(Skipped(path, None, reason))


def find(paths: Sequence[str | os.PathLike[str]], exclude: Collection[Path] = ()) -> tuple[list[Source], list[Skipped]]:
    """All readable files below the given paths, in canonical order, and what was left out with the reason.

    ``exclude`` names files and folders that are not input (the outputs of the run); they are left out in silence.
    Raises PathMissing, PathEmpty and FolderGone.
    """
    walk = _Walk(frozenset(map(os.path.realpath, exclude)))
    given = sorted({_absolute(os.fspath(path)) for path in paths}, key=lambda path: path.split(os.sep))
    given = [path for path in given if _is_there(walk, path)]
    folders = [path for path in given if os.path.isdir(path)]
    named = {path: os.path.realpath(path) for path in given if path not in folders}
    walk.named = frozenset(named.values())
    for path in sorted(folders, key=lambda path: os.path.realpath(path).split(os.sep)):
        _folder(walk, os.path.realpath(path), "", shown(path))
    for path, target in sorted(named.items(), key=lambda one: (one[0] != one[1], one[0].split(os.sep))):
        _named_file(walk, path, target)
    _follow_links(walk)
    sources = _apart(walk.sources)
    sources.sort(key=lambda source: (source.path, source.root, source.location))
    walk.skipped.sort(key=lambda skipped: (skipped.path, skipped.reason))
    return sources, walk.skipped


def _absolute(path: str) -> str:
    if not path:
        raise PathEmpty
    try:
        return os.path.abspath(path)
    except FileNotFoundError as error:
        raise FolderGone(shown(path)) from error


def _is_there(walk: _Walk, path: str) -> bool:
    """Whether a named path can be looked at; one that the system keeps from us is skipped, as in a folder."""
    try:
        os.lstat(path)
    except (FileNotFoundError, NotADirectoryError, ValueError) as error:
        raise PathMissing(shown(path)) from error
    except OSError as error:
        walk.skip(shown(os.path.basename(path)), _system(error, "path"))
        return False
    return True


def _folder(walk: _Walk, location: str, relative: str, root: str) -> None:
    """Everything below one folder; ``relative`` is "" or ends with a slash."""
    stack = [(location, relative)]
    while stack:
        location, relative = stack.pop()
        try:
            status = os.stat(location)
            if (status.st_dev, status.st_ino) in walk.visited:
                continue
            walk.visited.add((status.st_dev, status.st_ino))
            with os.scandir(location) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            walk.skip(relative.rstrip("/") or shown(os.path.basename(location)), _system(error, "folder"))
            continue
        for entry in entries:
            stack += _entry(walk, entry, relative + shown(entry.name), root)


def _entry(walk: _Walk, entry: os.DirEntry[str], path: str, root: str) -> Iterator[tuple[str, str]]:
    """Sort one entry of a folder; yields it when it is a folder to go into."""
    if walk.excluded and os.path.realpath(entry.path) in walk.excluded:
        return
    if entry.name.startswith(".") and entry.path not in walk.named:
        walk.skip(path, "its name begins with a dot, so it is taken for another program's own file")
    elif entry.is_symlink():
        walk.links.append((path, entry.path, root))
    elif entry.is_dir(follow_symlinks=False):
        yield entry.path, path + "/"
    else:
        try:
            _file(walk, entry.path, path, root, entry.stat(follow_symlinks=False))
        except OSError as error:
            walk.skip(path, _system(error, "file"))


def _named_file(walk: _Walk, path: str, target: str) -> None:
    """A file named by the user: its parent folder is its root. Not again if a given folder holds it already."""
    parent = os.stat(os.path.dirname(path))
    if (parent.st_dev, parent.st_ino) in walk.visited or target in walk.excluded:
        return
    name, root = shown(os.path.basename(path)), shown(os.path.dirname(path))
    if os.path.islink(path):
        walk.links.append((name, path, root))
        return
    _file(walk, target, name, root, os.lstat(path))


def _file(walk: _Walk, location: str, path: str, root: str, status: os.stat_result) -> None:
    """A source for a regular file of a known kind, or named; a reason for anything else. ``location`` holds no link."""
    if location in walk.taken:
        return
    special = SPECIAL.get(stat.S_IFMT(status.st_mode))
    if special:
        walk.skip(path, f"it is {special}, not a file, and was not opened")
        return
    kind, gzipped, inner = kind_of(path)
    if kind == "zip" and not gzipped:
        from dedup.corpus.archives import members

        sources, skipped = members(location, path, root)
        walk.sources += sources
        walk.skipped += skipped
        walk.taken.add(location)
    elif kind == "zip":
        walk.skip(path, "it is an archive inside an archive; unpack the outer one first")
    elif kind is None and location not in walk.named:
        walk.skip(path, unknown_kind(inner))
    else:
        source = Source(location, inner, status.st_size, first_folder(inner), kind or "text", root, gzipped)
        walk.sources.append(replace(source, archive=path) if gzipped else source)
        walk.taken.add(location)


def _follow_links(walk: _Walk) -> None:
    """Links, after all real files are known; a link to something found already is no second article."""
    while walk.links:
        pending, walk.links = sorted(walk.links), []
        for path, location, root in pending:
            try:
                status = os.stat(location)
            except OSError as error:
                walk.skip(path, _system(error, "link"))
                continue
            target = os.path.realpath(location)
            if stat.S_ISDIR(status.st_mode):
                if (status.st_dev, status.st_ino) in walk.visited:
                    walk.skip(path, "it is a link to a folder that is read anyway (or leads back into itself)")
                else:
                    _folder(walk, target, path + "/", root)
            elif target in walk.taken:
                walk.skip(path, "it is a link to a file that is read anyway")
            else:
                _file(walk, target, path, root, status)


def _apart(sources: list[Source]) -> list[Source]:
    """Packed files whose unpacked path is taken get their archive's name in front, so that ids stay apart."""
    held = Counter(source.path for source in sources)
    if len(held) == len(sources):
        return sources
    return [_with_archive(source) if held[source.path] > 1 else source for source in sources]


def _with_archive(source: Source) -> Source:
    """The source with its archive as one more folder of its path: ``2015.zip/a.json``; ``a.json.gz`` for a gz."""
    if source.member is None:
        return replace(source, path=source.archive) if source.archive else source
    folder = source.archive[: source.archive.rfind("/") + 1]
    return replace(source, path=f"{source.archive}/{source.path[len(folder) :]}")


def _system(error: OSError, what: str) -> str:
    """A sentence for what the operating system refused."""
    if what == "link" and error.errno == errno.ENOENT:
        return "it is a link to something that is not there"
    if error.errno == errno.ELOOP:
        return "it is a link that leads back to itself"
    if error.errno == errno.ENAMETOOLONG:
        return "its path is longer than the system can open; move it nearer to the root"
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"no permission to read this {what}"
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESTALE):
        return f"the {what} vanished while the input was being listed"
    return f"the system could not read this {what} ({(error.strerror or 'unknown cause').lower()})"
