"""Everything a graph holds on one entity: names, statements with status, and the sentences that say them."""

from __future__ import annotations

from dataclasses import dataclass

import pyoxigraph as ox

from ..errors import GraphError, QueryError
from .binding import find_by_label
from .collation import collation_key
from .views import DocumentView, EntityView, GraphView, StatementView, label_of, view


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a document: offsets in code points, end exclusive."""

    document: DocumentView
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ProfileStatement:
    """A statement seen from one of its ends: `outgoing` where the entity is its subject."""

    statement: StatementView
    outgoing: bool
    other: EntityView
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """An entity with its statements: as subject first, then by predicate, status and the other's label."""

    entity: EntityView
    statements: tuple[ProfileStatement, ...]


def profile(store: ox.Store, name: str, *, language: str = "en") -> Profile:
    """The profile of the entity that a label, an alias or a full IRI names.

    `language` orders the statements by the others' labels. Raises GraphError where the name fits no entity,
    or several.
    """
    try:
        found = find_by_label(store, name)
    except QueryError as error:
        raise GraphError(str(error)) from error
    graph = view(store)
    entities = [graph.entities[node.value] for node in found if node.value in graph.entities]
    if not entities:
        raise GraphError(f"The graph holds no entity {name}; give a label, an alias or the IRI of one.")
    if len(entities) > 1:
        listed = "; ".join(f"{label_of(e, language)} ({e.cls}, {e.iri})" for e in entities[:5])
        more = f" and {len(entities) - 5} more" if len(entities) > 5 else ""
        raise GraphError(
            f"{name!r} fits {len(entities)} entities: {listed}{more}; give a fuller name or an IRI."
        )
    return profile_of(graph, entities[0], language=language)


def profile_of(graph: GraphView, entity: EntityView, *, language: str = "en") -> Profile:
    """The profile of an entity of a graph view."""
    seen = [
        ProfileStatement(s, s.subject == entity.iri, graph.entities[other], _quotes(graph, s))
        for s in graph.statements
        if entity.iri in (s.subject, s.object)
        and (other := s.object if s.subject == entity.iri else s.subject) in graph.entities
    ]
    seen.sort(
        key=lambda p: (
            not p.outgoing,
            p.statement.predicate,
            collation_key(label_of(p.other, language)),
            p.statement.status,
            p.statement.iri,
        )
    )
    return Profile(entity, tuple(seen))


def _quotes(graph: GraphView, statement: StatementView) -> tuple[Quote, ...]:
    quotes = [
        Quote(graph.documents[e.document], e.begin, e.end, e.text)
        for e in statement.evidence
        if e.document in graph.documents
    ]
    return tuple(sorted(quotes, key=lambda q: (q.document.date or "", q.document.source, q.begin)))
