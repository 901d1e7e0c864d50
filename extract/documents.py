"""Documents from files: each source read once, with its metadata; what cannot be read is reported."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from ..errors import DocumentError, EmptyDocument, SourceError, UnreadableDocument, UnsupportedDocument
from .annotations import Document
from .detection import READ, detect_language
from .metadata import Metadata
from .readers import PACKED, read_content, reader_for, sniff
from .sidecar import SIDECAR, Sidecar, load_sidecar
from .sources import Failure, Source, cannot_read, find_documents, shown

MAX_BYTES = 10_000_000
# Not to wait for whoever writes into a pipe; where the system has no such flag, it has no such files.
NON_BLOCKING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_documents(
    sources: Sequence[str | Path],
    *,
    stdin: BinaryIO | None = None,
    max_bytes: int = MAX_BYTES,
    language: str | None = None,
) -> Iterator[Document | Failure]:
    """Each document under `sources`, or why it was not read, sorted by source; one in memory at a time.

    What is wrong with a folder's `metadata.csv` comes before the folder's first document. `max_bytes` bounds
    the text of one document; `language` (en or zh) is that of all of them, whatever they or their metadata say.
    Raises `SourceError` as `find_documents` does and for another language, before any document is read; never
    for what is wrong with one document.
    """
    found = find_documents(sources, stdin=stdin)
    return _read_all(found, max_bytes, _checked(language))


def read_document(
    source: Source | str | Path,
    *,
    metadata: Metadata | None = None,
    max_bytes: int = MAX_BYTES,
    language: str | None = None,
) -> Document:
    """One document, with `metadata` (by default the line of a `metadata.csv` beside it) over its own.

    `language` (en or zh) goes over both. Raises a `DocumentError` when the document cannot be read:
    `EmptyDocument`, `UnsupportedDocument` or `UnreadableDocument`.
    """
    if not isinstance(source, Source):
        source = Source(shown(Path(source)), Path(source))
    if metadata is None:
        metadata = _sidecar_of(source).rows.get(_file_name(source), Metadata())
    reader = reader_for(source.name) if source.stream is None else None
    data = _bytes_of(source, max_bytes * (PACKED if reader is None or reader.packed else 1))
    reader = reader or sniff(data)
    if not reader.packed and len(data) > max_bytes:
        raise _too_large(source.name, max_bytes)
    if not data:
        raise EmptyDocument(f"{source.name} is an empty file; put text in it or leave it out.")
    text, own, media_type = read_content(data, source.name, reader, max_bytes=max_bytes)
    if not text.strip("\ufeff\u200b \t\n\r\f\v\xa0\u3000\u2028\u2029") or text.isspace():
        raise EmptyDocument(
            f"{source.name} holds no text, only white space or marks; put text in it or leave it out."
        )
    if len(text) > max_bytes:
        raise _too_large(source.name, max_bytes)
    known = metadata.over(own)
    return Document(
        source=source.name,
        text=text,
        sha256=sha256(data).hexdigest(),
        language=_checked(language) or known.language or detect_language(text),
        title=known.title,
        date=known.date,
        publisher=known.publisher,
        url=known.url,
        media_type=media_type,
        forced=language is not None,
    )


def _checked(language: str | None) -> str | None:
    if language is not None and language not in READ:
        raise SourceError(f"{language!r} is no language that is read; use {' or '.join(READ)}.")
    return language


def _read_all(
    found: Iterator[Source | Failure], max_bytes: int, language: str | None
) -> Iterator[Document | Failure]:
    sidecars: dict[Path | None, Sidecar] = {}
    for source in found:
        if isinstance(source, Failure):
            yield source
            continue
        folder = source.path.parent if source.path is not None else None
        if folder not in sidecars:
            sidecars[folder] = _sidecar_of(source)
            for problem in sidecars[folder].problems:
                yield Failure(shown(folder / SIDECAR) if folder is not None else source.name, problem)
        metadata = sidecars[folder].rows.get(_file_name(source), Metadata())
        try:
            document = read_document(source, metadata=metadata, max_bytes=max_bytes, language=language)
        except DocumentError as error:
            yield Failure(source.name, error)
        else:
            yield document


def _sidecar_of(source: Source) -> Sidecar:
    if source.path is None:
        return Sidecar()
    folder = source.path.parent
    return load_sidecar(folder, shown(folder / SIDECAR))


def _file_name(source: Source) -> str:
    return source.path.name if source.path is not None else ""


def _bytes_of(source: Source, limit: int) -> bytes:
    """The bytes of a source, at most `limit`; raises `UnreadableDocument` when there are more."""
    try:
        if source.stream is not None:
            data = source.stream.read(limit + 1)
        else:
            assert source.path is not None  # a source has one or the other
            data = _read_file(source.path, source.name, limit)
    except OSError as error:
        raise cannot_read(source.name, error) from None
    if len(data) > limit:
        raise _too_large(source.name, limit)
    return data


def _read_file(path: Path, name: str, limit: int) -> bytes:
    descriptor = os.open(path, os.O_RDONLY | NON_BLOCKING)
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        os.close(descriptor)
        raise UnsupportedDocument(f"{name} is a folder, pipe or device, not a file; pipe its text in with -.")
    with os.fdopen(descriptor, "rb") as file:
        if status.st_size > limit:
            raise _too_large(name, limit, status.st_size)
        return file.read(limit + 1)


def _too_large(name: str, limit: int, size: int | None = None) -> UnreadableDocument:
    stated = f"has {size:,} bytes, over" if size is not None else "is over"
    return UnreadableDocument(f"{name} {stated} the limit of {limit:,} bytes; split it or raise the limit.")
