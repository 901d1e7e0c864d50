"""Word documents (.docx) into text: paragraphs and table rows in order, one line each, cells parted by a tab.

Tracked insertions and content controls count, deletions do not; page heads, footnotes and comments are left
out.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..errors import UnreadableDocument, UnsupportedDocument
from .metadata import Metadata, file_properties

if TYPE_CHECKING:
    from docx.document import Document as WordFile
    from docx.oxml.xmlchemy import BaseOxmlElement

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
BREAKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
# Parts of a paragraph that are not of its text: removed words, text boxes (twice in the file), fallbacks.
LEFT_OUT = frozenset(
    {
        f"{W}del",
        f"{W}moveFrom",
        f"{W}txbxContent",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def read_word(data: bytes, name: str, *, most_bytes: int) -> tuple[str, Metadata]:
    """The text of a .docx file and its properties where they are plausible.

    `most_bytes` bounds what its parts may unpack to. Raises `UnreadableDocument` for a protected, damaged or
    oversized file and `UnsupportedDocument` for one of another kind.
    """
    _check_package(data, name, most_bytes)
    import docx

    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_blocks(document.element.body))
        return text, _properties(document, text)
    except (
        Exception
    ) as error:  # whatever a damaged package makes the parsers raise, the other documents go on
        raise UnreadableDocument(
            f"{name} is a damaged Word document ({type(error).__name__}); open and save it again."
        ) from error


def _check_package(data: bytes, name: str, most_bytes: int) -> None:
    if data.startswith(OLE_MAGIC):
        raise UnreadableDocument(
            f"{name} is protected by a password or is an old .doc file; save it as .docx without protection."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise UnreadableDocument(f"{name} is a damaged Word document; open and save it again.") from None
    if not any(part.filename == "[Content_Types].xml" for part in parts):
        raise UnsupportedDocument(f"{name} is an archive, not a Word document; give it as .docx.")
    # zipfile stops unpacking a part at the size its entry states, so the stated sizes can be relied on.
    size = sum(part.file_size for part in parts)
    if size > most_bytes:
        raise UnreadableDocument(
            f"{name} unpacks to {size:,} bytes, over the limit of {most_bytes:,}; split it."
        )


def _blocks(parent: BaseOxmlElement) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{W}p":
            yield _text(element).strip()
        elif element.tag == f"{W}tbl":
            yield from _rows(element)
        elif element.tag == f"{W}sdt":
            for content in element.iterchildren(f"{W}sdtContent"):
                yield from _blocks(content)


def _rows(table: BaseOxmlElement) -> Iterator[str]:
    for row in table.iterchildren(f"{W}tr"):
        cells = (" ".join(filter(None, _blocks(cell))) for cell in row.iterchildren(f"{W}tc"))
        yield "\t".join(filter(None, (" ".join(cell.split()) for cell in cells)))


def _text(element: BaseOxmlElement) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in BREAKS:
        return BREAKS[element.tag]
    return "".join(_text(child) for child in element if child.tag not in LEFT_OUT)


def _properties(document: WordFile, text: str) -> Metadata:
    core = document.core_properties
    return file_properties(
        title=core.title,
        date=core.created.date().isoformat() if core.created else None,
        publisher=None,
        text=text,
    )
