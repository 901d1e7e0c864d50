"""What an extractor found in a document, as far as it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

Place: TypeAlias = "tuple[int, int, str]"
"""Begin, end and type of a mention; code points, end exclusive."""

Triple: TypeAlias = "tuple[str, str, str]"
"""Subject, predicate and object of a relation."""


class FoundMention(NamedTuple):
    """A mention that an extractor found; `entity` is any name that it uses for the thing."""

    begin: int
    end: int
    type: str
    entity: str
    confidence: float = 1.0

    @property
    def place(self) -> Place:
        """Where it stands and of which type it is."""
        return self.begin, self.end, self.type


class FoundRelation(NamedTuple):
    """A relation that an extractor found; `begins` are where its evidence sentences begin in the document."""

    subject: str
    predicate: str
    object: str
    status: str | None = None
    negated: bool = False
    confidence: float = 1.0
    rule: str = ""
    begins: tuple[int, ...] = ()

    @property
    def triple(self) -> Triple:
        """What it says, without how."""
        return self.subject, self.predicate, self.object


@dataclass(frozen=True, slots=True)
class Found:
    """All that an extractor found in one document; `labels` are names of entities to show."""

    mentions: tuple[FoundMention, ...] = ()
    relations: tuple[FoundRelation, ...] = ()
    labels: Mapping[str, str] | None = None

    def label(self, entity: str) -> str:
        """A name of the entity to show."""
        return (self.labels or {}).get(entity, entity)
