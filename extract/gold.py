"""Annotated documents to learn from and to measure on (format of the annotation guidelines, schema 1).

A folder holds `NAME.json` beside `NAME.txt`. A mention string is matched wherever it occurs on word boundaries,
longest first; `{"text": …, "only": [2]}` takes the second occurrence only.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import DocumentError
from .annotations import NAMED


class GoldMention(NamedTuple):
    """A span of the text (code points, end exclusive) that refers to the entity `entity`."""

    begin: int
    end: int
    entity: str
    type: str


class GoldRelation(NamedTuple):
    """A relation between two entity ids; `begin` is where its evidence sentence begins in the text."""

    subject: str
    predicate: str
    object: str
    status: str
    negated: bool
    begin: int


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """One annotated document."""

    name: str
    text: str
    language: str
    mentions: tuple[GoldMention, ...]
    relations: tuple[GoldRelation, ...]


def read_gold(folder: Path) -> list[GoldDocument]:
    """All annotated documents of a folder, sorted by name; raises `DocumentError` that names the file."""
    found = [read_gold_document(path) for path in sorted(folder.glob("*.json"))]
    if not found:
        raise DocumentError(f"{folder} holds no annotated document (NAME.json beside NAME.txt).")
    return found


def read_gold_document(path: Path) -> GoldDocument:
    """One annotated document."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        text = (path.parent / raw["doc"]).read_text(encoding="utf-8")
        mentions = _resolve(raw["entities"], text)
        relations = tuple(
            GoldRelation(
                r["subject"],
                r["predicate"],
                r["object"],
                r["status"],
                bool(r.get("negated")),
                max(0, text.find(r["evidence"])),
            )
            for r in raw["relations"]
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DocumentError(f"{path} is not an annotated document: {error}.") from error
    return GoldDocument(path.stem, text, raw.get("language", "en"), mentions, relations)


def _resolve(entities: list[dict[str, Any]], text: str) -> tuple[GoldMention, ...]:
    candidates = {
        GoldMention(begin, end, entity["id"], entity["type"])
        for entity in entities
        for item in entity["mentions"]
        for begin, end in _occurrences(text, item)
    }
    kept: list[GoldMention] = []
    for mention in sorted(candidates, key=lambda m: (m.begin - m.end, m.begin, m.entity)):
        around = [k for k in kept if k.begin <= mention.begin and mention.end <= k.end]
        if any(
            k.entity == mention.entity or k.type == mention.type or _is_name_around(k, mention)
            for k in around
        ):
            continue
        kept.append(mention)
    return tuple(sorted(kept, key=lambda m: (m.begin, m.end)))


def _is_name_around(outer: GoldMention, inner: GoldMention) -> bool:
    return outer.type in NAMED and (outer.begin, outer.end) != (inner.begin, inner.end)


def _occurrences(text: str, item: str | dict[str, Any]) -> Iterator[tuple[int, int]]:
    surface = item if isinstance(item, str) else item["text"]
    only = None if isinstance(item, str) else item.get("only")
    left = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", surface) else ""
    right = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", surface) else ""
    for number, match in enumerate(re.finditer(left + re.escape(surface) + right, text), 1):
        if only is None or number in only:
            yield match.span()
