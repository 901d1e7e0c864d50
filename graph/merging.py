"""Entities that a user says are one: under which IRI they go, and which decisions a build could use."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import OntologyError
from ..extract.annotations import Entity
from ..ontology import Ontology
from ..ontology.merges import Reference
from .background import authority_iri
from .identity import entity_iri


@dataclass(frozen=True, slots=True)
class Applied:
    """A user's decision as it is written, where it stands, and which of the two the documents name."""

    entity: str
    same_as: str
    where: str
    entity_named: bool
    same_as_named: bool


class Merging:
    """Takes each entity to the IRI it goes under; the order in which entities come decides nothing."""

    def __init__(self, ontology: Ontology, base: str) -> None:
        self._merges = ontology.merges
        self._base = base
        self._sides = [(self._iri(m.entity, m.type), self._iri(m.same_as, m.type)) for m in self._merges]
        self._target: dict[str, str] = {}
        self._named: set[str] = set()
        keys = {side.key for m in self._merges for side in (m.entity, m.same_as) if side.key}
        self._keys = {authority_iri(key, base): key for key in keys}
        entries, schema = ontology.authority.entries, ontology.schema
        self._types = {iri: (schema.core_of(entries[key].cls), iri) for iri, key in self._keys.items()}
        for entity, same in self._sides:
            self._join(entity, same)

    def key(self, iri: str) -> str | None:
        """The key of the authority file's entry that an IRI belongs to, None for an entity of its own."""
        return self._keys.get(iri)

    def take(self, iri: str, type: str) -> str:
        """The IRI under which an entity goes; OntologyError when it is of another type than what it is to be."""
        target = self._target.get(iri)
        if target is None:
            return iri
        self._named.add(iri)
        known, other = self._types.setdefault(target, (type, iri))
        if known != type:
            where = next(m.where for m, sides in zip(self._merges, self._sides, strict=True) if iri in sides)
            raise OntologyError(
                f"{where}: {iri} is a {type} and {other} a {known}; only entities of one core class can be one."
            )
        return target

    def applied(self) -> Iterator[Applied]:
        """Each decision with whether the entities taken so far could use it, in the order of the file."""
        for merge, (entity, same) in zip(self._merges, self._sides, strict=True):
            yield Applied(
                merge.entity.written,
                merge.same_as.written,
                merge.where,
                entity in self._named,
                same in self._named,
            )

    def _iri(self, side: Reference, type: str) -> str:
        if side.key:
            return authority_iri(side.key, self._base)
        if side.iri:
            return side.iri
        return entity_iri(Entity("", type, type, side.name), side.language, self._base)

    def _join(self, entity: str, same: str) -> None:
        """Let both go where the first goes, or, where one is in the authority file, to that entry."""
        targets = [self._target.get(iri, iri) for iri in (entity, same)]
        target = next((t for t in targets if t in self._keys), targets[0])
        members = {iri for iri, old in self._target.items() if old in targets} | {entity, same, *targets}
        self._target.update((iri, target) for iri in members)
