"""The data that extraction hands on: documents, mentions, entities, relations.

Offsets count Unicode code points of `Document.text`, end exclusive. Nothing here knows of spaCy or RDF.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["proposed", "planned", "ongoing", "established"]

BODIES = frozenset({"Government", "ResearchOrg", "University", "Enterprise", "Organization"})
"""Core types of named bodies."""

NAMED = BODIES | {"Person", "PolicyDocument"}
"""Core types whose mentions are proper names: nothing inside such a name is a mention of its own."""

ACTORS = BODIES | {"Person", "ActorGroup"}
"""Core types that act."""


@dataclass(frozen=True, slots=True)
class Document:
    """One text to read, with what is known about it.

    `source` is the path or URL as the user gave it, `sha256` the digest of the file's bytes. `text` is the
    extracted text that all offsets refer to; for a plain text file it is the decoded file, unchanged.
    `language` is that of most of it, or, where it is `forced`, that of all of it, because a user says so.
    """

    source: str
    text: str
    sha256: str
    language: str = "en"
    title: str | None = None
    date: str | None = None
    publisher: str | None = None
    url: str | None = None
    media_type: str = "text/plain"
    forced: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text: code points, end exclusive."""

    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that refers to an entity by a name or a descriptive noun phrase."""

    begin: int
    end: int
    text: str
    entity: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Entity:
    """One real-world thing in one document.

    `id` is unique in the document only. `type` is one of the twelve core classes, `cls` its most specific
    class (both local names of the ontology). `key` is the authority file's key where the entity is linked.
    `local` marks a bare short form ("the Bureau") that means something else in another document. `language` is that
    of the name, "" for the document's.
    """

    id: str
    type: str
    cls: str
    name: str
    key: str | None = None
    local: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class RelationMention:
    """What one or two sentences say of two entities: subject, predicate, object by local name."""

    subject: str
    predicate: str
    object: str
    status: Status
    negated: bool
    confidence: float
    rule: str
    evidence: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A surface form that was left out or unlinked, and why (for the report)."""

    text: str
    begin: int
    end: int
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedDocument:
    """A document with all that was found in it; every sequence is sorted by position."""

    document: Document
    sentences: tuple[Span, ...]
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]
    relations: tuple[RelationMention, ...]
    unlinked: tuple[Unlinked, ...] = ()
