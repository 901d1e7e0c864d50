"""Where documents are: files, folders, glob patterns and standard input, in one settled order.

What a user names directly must exist (`SourceError`). What turns up inside a folder and cannot be read (a
link that leads nowhere or back to a folder around it, a folder without permission, a file of another kind)
becomes a `Failure`, and the rest goes on. Hidden files and folders, the lock files of office programs and
`metadata.csv` are left out.
"""

from __future__ import annotations

import errno
import glob
import os
import re
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import BinaryIO, TypeAlias

from ..errors import DocumentError, SourceError, UnreadableDocument, UnsupportedDocument
from .sidecar import SIDECAR

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".docx")
STANDARD_INPUT = "-"
WEB_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
FileId: TypeAlias = tuple[int, int] | str


@dataclass(frozen=True, slots=True)
class Source:
    """A document to read: what the user called it and where it is (standard input has a stream instead)."""

    name: str
    path: Path | None = None
    stream: BinaryIO | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that was not read, and why. `skipped`: a file of another kind that nobody asked for."""

    source: str
    error: DocumentError
    skipped: bool = False


def find_documents(
    sources: Sequence[str | Path], *, stdin: BinaryIO | None = None
) -> Iterator[Source | Failure]:
    """The documents under `sources`, each once, sorted by name, and what stood in the way.

    A source is a file, a folder (searched with all below it), a glob pattern (`*`, `?`, `[…]`, `**`) or `-`
    for standard input. Names are as the user gave them, with `/` between parts. A file that two routes lead
    to is found once, under the name that needs no link, else the first in order.

    Raises `SourceError` when nothing is named, and for a source that does not exist or holds no document.
    """
    if not sources:
        raise SourceError("No source is named; give files, folders, glob patterns, or - for standard input.")
    search = _Search()
    # Files before folders: what is named directly goes by that name.
    for given in sorted({str(s) for s in sources}, key=lambda g: (_is_folder(Path(g)), g)):
        search.start(given, stdin)
    found = search.finish()
    return iter(sorted(found, key=lambda f: f.name if isinstance(f, Source) else f.source))


def cannot_read(name: str, error: OSError) -> UnreadableDocument:
    """What the operating system said, as one of our errors."""
    if error.errno == errno.ELOOP:
        return UnreadableDocument(f"{name} is a link that leads to itself; remove it.")
    if isinstance(error, PermissionError):
        return UnreadableDocument(f"{name} may not be read (permission denied); give yourself the right to.")
    if isinstance(error, FileNotFoundError):
        return UnreadableDocument(f"{name} is gone or is a link to nothing; restore or remove it.")
    return UnreadableDocument(
        f"{name} cannot be read ({error.strerror or error}); check the file and its disk."
    )


def shown(path: Path) -> str:
    """The name of a path in output: with `/`, and with escapes for bytes that are no characters."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def unsupported(name: str) -> UnsupportedDocument:
    """That there is no reader for what `name` ends in."""
    suffix = PurePath(name).suffix
    kind = f"of a kind ({suffix}) that is not read" if suffix else "without an ending that tells its kind"
    return UnsupportedDocument(f"{name} is {kind}; give it as one of {', '.join(SUFFIXES)}.")


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder to search: for which source, and the folders around it."""

    path: Path
    given: str
    around: frozenset[FileId]


class _Search:
    """One search. Links wait until all real folders are searched: the order of sources decides nothing."""

    def __init__(self) -> None:
        self._sources: list[Source] = []
        self._failures: dict[str, Failure] = {}
        self._files: set[FileId] = set()
        self._folders: set[FileId] = set()
        self._linked_folders: list[_Folder] = []
        self._linked_files: list[tuple[Path, str, bool]] = []
        self._skipped: Counter[str] = Counter()
        self._expects: list[str] = []
        self._holds: set[str] = set()

    def start(self, given: str, stdin: BinaryIO | None) -> None:
        """Search one source as the user gave it."""
        path = Path(given)
        if given == STANDARD_INPUT:
            self._sources.append(Source(STANDARD_INPUT, stream=stdin or sys.stdin.buffer))
        elif WEB_ADDRESS.match(given):
            raise SourceError(f"{given} is a web address, which is not fetched; save the page and name that.")
        elif given.strip() and os.path.lexists(path):
            self._expects.append(given)
            if _is_folder(path):
                self._search(_Folder(path, given, _around(path)))
            else:
                self._file(path, given, asked=True)
        elif glob.has_magic(given):
            self._expects.append(given)
            for match in _matches(path, given):
                self._search_entry(match, _Folder(match.parent, given, _around(match)))
        else:
            raise SourceError(f"{given or repr(given)} does not exist; check the name.")

    def finish(self) -> list[Source | Failure]:
        """What was found, once the links are followed too."""
        while self._linked_folders:
            # The first in order, not in time: whichever leads to a folder first gives it its name.
            self._linked_folders.sort(key=_path, reverse=True)
            folder = self._linked_folders.pop()
            if _identity(folder.path) in folder.around:
                self._fail(folder.given, folder.path, _loop(shown(folder.path)))
            else:
                self._search(folder)
        for path, given, asked in sorted(self._linked_files):
            self._add(path, given, asked=asked)
        for given in self._expects:
            if given not in self._holds:
                raise SourceError(_nothing(given, self._skipped[given]))
        return [*self._sources, *self._failures.values()]

    def _search(self, folder: _Folder) -> None:
        pending = [folder]
        while pending:
            pending += self._search_one(pending.pop())

    def _search_entry(self, path: Path, folder: _Folder) -> None:
        for inner in self._entry(path, folder):
            self._search(inner)

    def _search_one(self, folder: _Folder) -> list[_Folder]:
        """Take up what one folder holds; the folders in it that are still to be searched."""
        identity = _identity(folder.path)
        if identity in self._folders:
            self._holds.add(folder.given)
            return []
        self._folders.add(identity)
        try:
            with os.scandir(folder.path) as scan:
                names = sorted(entry.name for entry in scan if not _left_out(entry.name))
        except OSError as error:
            self._fail(folder.given, folder.path, cannot_read(shown(folder.path), error))
            return []
        around = _Folder(folder.path, folder.given, folder.around | {identity})
        return [inner for name in names for inner in self._entry(folder.path / name, around)]

    def _entry(self, path: Path, folder: _Folder) -> list[_Folder]:
        try:
            is_folder = stat.S_ISDIR(path.stat().st_mode)
        except OSError as error:
            self._fail(folder.given, path, cannot_read(shown(path), error))
            return []
        inner = _Folder(path, folder.given, folder.around)
        if not is_folder:
            self._file(path, folder.given, asked=False)
        elif path.is_symlink():
            self._linked_folders.append(inner)
        else:
            return [inner]
        return []

    def _file(self, path: Path, given: str, *, asked: bool) -> None:
        if path.is_symlink():
            self._linked_files.append((path, given, asked))
        else:
            self._add(path, given, asked=asked)

    def _add(self, path: Path, given: str, *, asked: bool) -> None:
        name = shown(path)
        readable = asked or path.suffix.lower() in SUFFIXES
        if readable:
            self._holds.add(given)
        else:
            self._skipped[given] += 1
        identity = _identity(path)
        if identity in self._files:
            return
        self._files.add(identity)
        if readable:
            self._sources.append(Source(name, path))
        else:
            self._failures[name] = Failure(name, unsupported(name), skipped=True)

    def _fail(self, given: str, path: Path, error: DocumentError) -> None:
        self._holds.add(given)
        self._failures[shown(path)] = Failure(shown(path), error)


def _path(folder: _Folder) -> str:
    return folder.path.as_posix()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _left_out(name: str) -> bool:
    return name.startswith((".", "~$")) or name == SIDECAR


def _identity(path: Path) -> FileId:
    """What a file or folder is, whichever route leads to it."""
    try:
        status = path.stat()
    except OSError:
        return os.path.realpath(path)
    return (status.st_dev, status.st_ino) if status.st_ino else os.path.realpath(path)


def _around(path: Path) -> frozenset[FileId]:
    """The folders that `path` really lies in, up to the root."""
    return frozenset(map(_identity, Path(os.path.realpath(path)).parents))


def _matches(pattern: Path, given: str) -> list[Path]:
    """What a glob pattern matches, without hidden files; `**` does not follow links, which may be loops."""
    parts = pattern.parts
    first = next(i for i, part in enumerate(parts) if glob.has_magic(part))
    base = Path(*parts[:first])
    hidden_wanted = any(part.startswith(".") for part in parts[first:])
    try:
        found = list(base.glob("/".join(parts[first:])))
    except (ValueError, NotImplementedError) as error:
        raise SourceError(f"{given} is no pattern that can be searched ({error}); simplify it.") from None
    return sorted(m for m in found if hidden_wanted or not any(map(_left_out, m.relative_to(base).parts)))


def _loop(name: str) -> UnreadableDocument:
    return UnreadableDocument(
        f"{name} is a link back to a folder around it and was not followed; remove the link to end the loop."
    )


def _nothing(given: str, skipped: int) -> str:
    if glob.has_magic(given) and not skipped and not Path(given).exists():
        return f"{given} matches no file; check the pattern."
    others = f" ({skipped} of other kinds)" if skipped else ""
    return f"{given} holds no document{others}; put files in it that end in {', '.join(SUFFIXES)}."
