"""PDF files into paragraphs of text, by PDFium."""

from __future__ import annotations

import re
from contextlib import closing
from typing import TYPE_CHECKING

from ..errors import EmptyDocument, UnreadableDocument
from .metadata import Metadata, file_properties
from .paragraphs import repair_paragraphs

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

PASSWORD_ERROR, SECURITY_ERROR = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
UNMAPPED = re.compile(r"[\ue000-\uf8ff\ufffd\x00-\x01\x03-\x08\x0e-\x1f]")


def read_pdf(data: bytes, name: str, *, most_characters: int) -> tuple[str, Metadata]:
    """The text of a PDF, pages joined and paragraphs made whole, and its properties where they are plausible.

    Raises `UnreadableDocument` for an encrypted, damaged or too long file and `EmptyDocument` for pages that
    are only pictures.
    """
    from pypdfium2 import PdfiumError

    try:
        with closing(_open(data, name)) as pdf:
            pages = _pages(pdf, name, most_characters)
            properties = pdf.get_metadata_dict(skip_empty=True)
    except PdfiumError as error:
        raise UnreadableDocument(
            f"{name} is a damaged PDF ({_reason(error)}); open and save it again."
        ) from None
    text = repair_paragraphs(pages)
    if not text.strip():
        raise EmptyDocument(
            f"{name} holds no text, as scanned pages do not; run text recognition (OCR) on it."
        )
    if len(UNMAPPED.findall(text)) > 0.2 * len(text):
        raise UnreadableDocument(
            f"{name} has fonts that do not say which letters they show; give its text as .txt."
        )
    return text, _properties(properties, text)


def _open(data: bytes, name: str) -> PdfDocument:
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        return PdfDocument(data)
    except PdfiumError as error:
        if error.err_code in (PASSWORD_ERROR, SECURITY_ERROR):
            raise UnreadableDocument(
                f"{name} is encrypted and needs a password; save a copy without protection."
            ) from None
        raise


def _pages(pdf: PdfDocument, name: str, most_characters: int) -> list[str]:
    pages: list[str] = []
    length = 0
    for page in pdf:
        with closing(page), closing(page.get_textpage()) as text_page:
            pages.append(text_page.get_text_range())
        length += len(pages[-1])
        if length > most_characters:
            raise UnreadableDocument(
                f"{name} holds more than {most_characters:,} characters of text; split it or raise the limit."
            )
    return pages


def _properties(properties: dict[str, str], text: str) -> Metadata:
    created = re.match(r"(?:D:)?(\d{4})(\d{2})(\d{2})", properties.get("CreationDate", ""))
    return file_properties(
        title=properties.get("Title"),
        date="-".join(created.groups()) if created else None,
        publisher=None,
        text=text,
    )


def _reason(error: Exception) -> str:
    match = re.search(r"PDFium: (.*?)\.?\)", str(error))
    return (match[1] if match else "PDFium cannot read it").lower()
