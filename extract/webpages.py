"""Web pages into their main text, one paragraph a line and without navigation, and their metadata."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from html import unescape
from typing import TYPE_CHECKING

from ..errors import UnreadableDocument
from .dates import parse_date
from .encodings import decode_text
from .metadata import Metadata, clean_line, clean_url, plausible_title

if TYPE_CHECKING:
    from trafilatura.settings import Document as Page

CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)|<\?xml[^>]{0,200}?encoding=[\"']([A-Za-z0-9_.-]+)",
    re.IGNORECASE,
)
# What pages of Chinese governments declare, by their own standard.
DECLARED = re.compile(
    r"<meta\s[^>]{0,80}?name\s*=\s*[\"'](?P<name>ArticleTitle|PubDate|ContentSource)[\"'][^>]{0,80}?"
    r"content\s*=\s*(?P<quote>[\"'])(?P<content>.{1,300}?)(?P=quote)",
    re.IGNORECASE,
)
NAVIGATION = (
    "//nav",
    "//footer",
    "//aside",
    "//*[@role='navigation' or @role='banner' or @role='contentinfo']",
    "//body/header[not(.//h1)]",
    "//header[.//nav]",
)
# Dates by what the page declares, not by guessing from its text, and never by today's date.
DATES = {"extensive_search": False, "original_date": True, "max_date": "2199-12-31"}
SHORT = 250


def read_page(data: bytes, name: str) -> tuple[str, Metadata]:
    """The main text of an HTML page (empty when it has none) and its metadata."""
    declared = CHARSET.search(data[:4096])
    charset = (declared[1] or declared[2]).decode("ascii") if declared else None
    html = decode_text(data, name, declared=charset)
    if not html.strip():
        return "", Metadata()
    with _quiet():
        try:
            page, text = _main_text(html)
        except (
            Exception
        ) as error:  # whatever hostile markup makes the parsers raise, the other documents go on
            raise UnreadableDocument(
                f"{name} cannot be read as a web page ({type(error).__name__}); save it again or as text."
            ) from error
    return text, _declared(html).over(_page_metadata(page) if page is not None else Metadata())


def _main_text(html: str) -> tuple[Page | None, str]:
    short = _extract(html, smallest=1)
    text = _text_of(short)
    if len(text) < SHORT:
        # A short page, or the wrong part of a long one: then the usual search finds far more.
        usual = _extract(html, smallest=SHORT)
        if len(_text_of(usual)) > 5 * max(len(text), 20):
            return usual, _text_of(usual)
    return short, text


def _extract(html: str, *, smallest: int) -> Page | None:
    from trafilatura import bare_extraction
    from trafilatura.settings import Document, use_config

    config = deepcopy(use_config())
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(smallest))
    page = bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        prune_xpath=list(NAVIGATION),
        config=config,
        date_extraction_params=dict(DATES),
    )
    return page if isinstance(page, Document) else None


def _text_of(page: Page | None) -> str:
    return "\n".join(_clean_lines(page.text or "")) if page is not None else ""


def _clean_lines(text: str) -> Iterator[str]:
    """Lines without the marks that stand for list items and table cells."""
    for line in text.splitlines():
        row = re.fullmatch(r"\|(.*)\|\s*", line)
        cells = [cell.strip() for cell in row[1].split("|")] if row else [line.strip().removeprefix("- ")]
        cleaned = "\t".join(filter(None, cells))
        if cleaned and not re.fullmatch(r"[\s|-]+", cleaned):
            yield cleaned


def _declared(html: str) -> Metadata:
    found = {match["name"].lower(): unescape(match["content"]) for match in DECLARED.finditer(html[:50_000])}
    return Metadata(
        title=plausible_title(found.get("articletitle")),
        date=parse_date(found.get("pubdate", "")[:10].strip()),
        publisher=clean_line(found.get("contentsource")),
    )


def _page_metadata(page: Page) -> Metadata:
    return Metadata(
        title=plausible_title(page.title),
        date=parse_date(page.date or ""),
        publisher=clean_line(page.sitename),
        url=clean_url(page.url),
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the libraries log about a page from the user; what matters becomes an error of ours."""
    loggers = [logging.getLogger(n) for n in ("trafilatura", "htmldate", "justext", "courlan", "readability")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
