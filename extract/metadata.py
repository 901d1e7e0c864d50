"""What is known of a document beside its text: title, date, publisher, URL, language.

Each source of metadata gives a `Metadata`; the more deliberate one wins, field by field: the sidecar file,
then the document's own (front matter, page metadata, file properties), then its first lines.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any
from urllib.parse import urlsplit

from .dates import parse_date

LANGUAGE_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
FRONT_MATTER_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "标题"),
    "date": ("date", "published", "pubdate", "issued", "日期", "成文日期", "发布日期"),
    "publisher": ("publisher", "organization", "organisation", "site", "发文机关", "发布机构", "来源"),
    "url": ("url", "source_url", "link", "source", "网址", "链接"),
    "language": ("language", "lang", "语言"),
}
# What programs write into a title property when nobody did.
PLACEHOLDER_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)\b.*|untitled.*|document\s?\d*|title|文档\s?\d*|无标题.*|未命名.*"
    r"|slide \d+|powerpoint presentation|print|.*\.(?:docx?|pdf|indd|pptx?|wps|html?|txt|tex|dvi|qxd))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Title, ISO date (YYYY, YYYY-MM or YYYY-MM-DD), publisher, URL and language, where known."""

    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    language: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """This metadata, with the fields it lacks taken from `other`."""
        return Metadata(*(getattr(self, f.name) or getattr(other, f.name) for f in fields(self)))


def split_front_matter(text: str) -> tuple[Metadata, int]:
    """The metadata of YAML front matter at the head of `text`, and where the body begins (0 without any)."""
    match = FRONT_MATTER.match(text)
    if match is None:
        return Metadata(), 0
    values = _front_matter_values(match[1])
    return (Metadata(), 0) if values is None else (_of_values(values), match.end())


def file_properties(*, title: str | None, date: str | None, publisher: str | None, text: str) -> Metadata:
    """Properties that a program wrote into a file, without those that say nothing of the document.

    A date property tells when the file was made, which may be years after the document: it counts only when
    the opening of the text names the same year.
    """
    iso = parse_date(date or "")
    return Metadata(
        title=plausible_title(title),
        date=iso if iso and iso[:4] in text[:3000] else None,
        publisher=clean_line(publisher),
    )


def plausible_title(title: str | None) -> str | None:
    """`title` on one line, or None for a placeholder, a file name, an address or something overlong."""
    line = clean_line(title)
    if line is None or len(line) > 300 or not re.search(r"[^\W\d_]{2}", line):
        return None
    return None if PLACEHOLDER_TITLE.fullmatch(line) or clean_url(line) else line


def clean_line(text: str | None) -> str | None:
    """`text` with its white space collapsed and control characters dropped; None when nothing is left."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ufeff]", " ", text or "").split()) or None


def clean_url(text: str | None) -> str | None:
    """`text` when it is an absolute web address, else None."""
    url = (text or "").strip()
    if re.search(r"[\s<>\"{}|\\^`\x00-\x20]", url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def clean_language(text: str | None) -> str | None:
    """The primary part of a language tag in lower case (`zh-CN` gives `zh`), None when it is no tag."""
    match = LANGUAGE_TAG.fullmatch((text or "").strip())
    return match[1].lower() if match else None


def _front_matter_values(block: str) -> Mapping[str, Any] | None:
    import yaml

    try:
        values = yaml.load(block, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError):
        values = None
    if isinstance(values, dict):
        return values
    # An unquoted or a Chinese colon is the usual slip; the lines still say what is meant.
    pairs = {k: v.strip("'\" ") for k, v in re.findall(r"^(\w+)[:：][ \t]*(.*)$", block, re.MULTILINE)}
    known = {key for keys in FRONT_MATTER_KEYS.values() for key in keys}
    return pairs if known & {key.lower() for key in pairs} else None


def _of_values(values: Mapping[str, Any]) -> Metadata:
    lower = {str(k).lower(): v for k, v in values.items() if isinstance(v, str)}
    given = {field: [lower[k] for k in keys if lower.get(k)] for field, keys in FRONT_MATTER_KEYS.items()}
    # `source` holds an address in some texts and a publisher's name in others.
    source = lower.get("source", "")
    publishers = given["publisher"] + ([] if clean_url(source) else [source])
    return Metadata(
        title=next(filter(None, map(clean_line, given["title"])), None),
        date=next(filter(None, map(parse_date, given["date"])), None),
        publisher=next(filter(None, map(clean_line, publishers)), None),
        url=next(filter(None, map(clean_url, given["url"])), None),
        language=next(filter(None, map(clean_language, given["language"])), None),
    )
