"""Which reader a file's bytes go to, by the name's ending, and what comes out of it.

Every reader takes bytes and gives text and metadata. Text is what all offsets refer to:

- plain text is the decoded file, front matter included, unchanged but for line ends, which are `\\n` (as
  `Path.read_text` makes them), and a byte order mark, which is gone;
- of Markdown, web pages, PDF and Word it is the extracted text, without marks, front matter and navigation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePath
from typing import NamedTuple

from ..errors import UnsupportedDocument
from .encodings import decode_text
from .metadata import Metadata, split_front_matter
from .openings import opening_metadata
from .sources import unsupported

# How many times the allowed text a PDF or Word file may take: most of it is pictures and fonts.
PACKED = 20

SITE_BEHIND = re.compile(r"\s*[-_–—|｜]")
"""What parts a page's title from the name of its site."""


class Content(NamedTuple):
    """The text of a document, what it says of itself, and what kind of file it came from."""

    text: str
    metadata: Metadata
    media_type: str


class Reader(NamedTuple):
    """A media type, its reader (of bytes, name, limit in bytes), and whether files hold more than text."""

    media_type: str
    read: Callable[[bytes, str, int], tuple[str, Metadata]]
    packed: bool = False


def reader_for(name: str) -> Reader:
    """The reader for files named so; raises `UnsupportedDocument` when there is none."""
    reader = READERS.get(PurePath(name).suffix.lower())
    if reader is None:
        raise unsupported(name)
    return reader


def sniff(data: bytes) -> Reader:
    """The reader for data without a name (standard input), by how it begins."""
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf-"):
        return READERS[".pdf"]
    if head.startswith(b"pk\x03\x04"):
        return READERS[".docx"]
    if head.startswith((b"<!doctype html", b"<html")):
        return READERS[".html"]
    return READERS[".txt"]


def read_content(data: bytes, name: str, reader: Reader, *, max_bytes: int) -> Content:
    """The text and metadata of `data`, with what the first lines of the text add."""
    text, metadata = reader.read(data, name, max_bytes)
    _, body = split_front_matter(text) if reader.media_type == "text/plain" else (None, 0)
    opening = opening_metadata(text[body:])
    if reader.packed and opening.date:
        # When a file was made says less than what the text says.
        metadata = replace(metadata, date=opening.date)
    title = metadata.title or ""
    if opening.title and title.startswith(opening.title) and SITE_BEHIND.match(title, len(opening.title)):
        metadata = replace(metadata, title=opening.title)
    return Content(text, metadata.over(opening), reader.media_type)


def _plain(data: bytes, name: str, limit: int) -> tuple[str, Metadata]:
    _refuse_disguise(data, name)
    text = decode_text(data, name)
    return text, split_front_matter(text)[0]


def _markdown(data: bytes, name: str, limit: int) -> tuple[str, Metadata]:
    from .markdown import markdown_text

    text, metadata = _plain(data, name, limit)
    return markdown_text(text[split_front_matter(text)[1] :]), metadata


def _page(data: bytes, name: str, limit: int) -> tuple[str, Metadata]:
    from .webpages import read_page

    _refuse_disguise(data, name)
    return read_page(data, name)


def _pdf(data: bytes, name: str, limit: int) -> tuple[str, Metadata]:
    from .pdf import read_pdf

    return read_pdf(data, name, most_characters=limit)


def _word(data: bytes, name: str, limit: int) -> tuple[str, Metadata]:
    from .word import read_word

    return read_word(data, name, most_bytes=limit * PACKED)


def _refuse_disguise(data: bytes, name: str) -> None:
    """Say what a file really is, where its first bytes tell."""
    for magic, kind, advice in DISGUISES:
        if data.startswith(magic):
            raise UnsupportedDocument(f"{name} is {kind}, not text; {advice}.")


DISGUISES = (
    (b"%PDF-", "a PDF", "rename it to end in .pdf"),
    (b"PK\x03\x04", "a Word document or an archive", "rename a Word document to end in .docx"),
    (b"\xd0\xcf\x11\xe0", "an old Office document", "save it as .docx"),
    (b"{\\rtf", "rich text", "save it as .docx or .txt"),
    (b"\x89PNG", "a picture", "give the text that it shows"),
    (b"\xff\xd8\xff", "a picture", "give the text that it shows"),
)
READERS: dict[str, Reader] = {
    ".txt": Reader("text/plain", _plain),
    ".md": Reader("text/markdown", _markdown),
    ".markdown": Reader("text/markdown", _markdown),
    ".html": Reader("text/html", _page),
    ".htm": Reader("text/html", _page),
    ".xhtml": Reader("text/html", _page),
    ".pdf": Reader("application/pdf", _pdf, packed=True),
    ".docx": Reader(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word, packed=True
    ),
}
