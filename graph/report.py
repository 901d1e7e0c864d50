"""The report of a build: what was found per document and type, how certain, and what was left out and why.

`summarise` gathers it as plain data; `report_pages` writes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..ontology import ClassInfo, MechanismGroup, PredicateInfo, Schema
from .collation import collation_key
from .merging import Applied
from .views import CORE_CLASSES, STATUSES, EntityView, GraphView, StatementView, label_of

if TYPE_CHECKING:
    from ..extract.annotations import AnnotatedDocument

ACTORS = CORE_CLASSES[:7]
TOP = 15
"""How many actors and mechanisms are listed."""

UNLINKED_SHOWN = 200
"""How many unlinked forms are listed; the report says how many more there are."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """What one document gave: entities by core class, mentions, statements by status."""

    source: str
    title: str | None
    date: str | None
    publisher: str | None
    language: str
    entities: Mapping[str, int]
    mentions: int
    statements: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TypeRow:
    """How many entities of a core class there are, how often they are mentioned, how many are linked."""

    label: str
    entities: int
    linked: int
    mentions: int


@dataclass(frozen=True, slots=True)
class PredicateRow:
    """How many statements of a predicate have each status; `negated` counts those of them that are denied."""

    label: str
    statuses: Mapping[str, int]
    negated: int
    total: int


@dataclass(frozen=True, slots=True)
class TopRow:
    """An actor or a mechanism that much is said of."""

    label: str
    other_label: str
    kind: str
    partners: int
    statements: int
    documents: int


@dataclass(frozen=True, slots=True)
class UnlinkedRow:
    """A form that was left out or unlinked, where (the first sources) and why."""

    text: str
    reason: str
    candidates: tuple[str, ...]
    places: int
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report says; sequences are in the order they are shown in."""

    title: str
    documents: tuple[DocumentRow, ...]
    types: tuple[TypeRow, ...]
    predicates: tuple[PredicateRow, ...]
    statuses: Mapping[str, int]
    facts: int
    mentions: int
    actors: tuple[TopRow, ...]
    mechanisms: tuple[TopRow, ...]
    unlinked: tuple[UnlinkedRow, ...]
    unlinked_more: int
    failures: tuple[tuple[str, str], ...]
    merges: tuple[Applied, ...] = ()
    language: str = "en"

    @property
    def entities(self) -> int:
        """How many distinct entities were found."""
        return sum(row.entities for row in self.types)

    @property
    def statements(self) -> int:
        """How many distinct statements were found."""
        return sum(self.statuses.values())


def summarise(
    graph: GraphView,
    documents: Iterable[AnnotatedDocument],
    schema: Schema,
    *,
    failures: Iterable[tuple[str, str]] = (),
    merges: Iterable[Applied] = (),
    title: str = "TripleHelix",
    language: str = "en",
) -> Report:
    """The report of a graph.

    `documents` are asked only for what was left unlinked; `failures` are sources that could not be read, each
    with the reason; `merges` are the user's decisions that two entities are one. `language` (en or zh) is
    that of the report.
    """
    unlinked = _unlinked(documents)
    return Report(
        title=title,
        documents=_document_rows(graph),
        types=_type_rows(graph, schema, language),
        predicates=_predicate_rows(graph, schema, language),
        statuses=_by_status(graph.statements),
        facts=sum(s.status in STATUSES[2:] and not s.negated for s in graph.statements),
        mentions=sum(sum(found.values()) for found in graph.mentions.values()),
        actors=_top(graph, schema, language, ACTORS, "Mechanism"),
        mechanisms=_top(graph, schema, language, ("Mechanism",), *ACTORS),
        unlinked=unlinked[:UNLINKED_SHOWN],
        unlinked_more=max(0, len(unlinked) - UNLINKED_SHOWN),
        failures=tuple(sorted(set(failures))),
        merges=tuple(merges),
        language=language,
    )


def _document_rows(graph: GraphView) -> tuple[DocumentRow, ...]:
    said: dict[str, list[StatementView]] = defaultdict(list)
    for statement in graph.statements:
        for cited in {e.document for e in statement.evidence}:
            said[cited].append(statement)
    rows = []
    for iri, document in graph.documents.items():
        found = graph.mentions.get(iri, {})
        rows.append(
            DocumentRow(
                source=document.source,
                title=document.title,
                date=document.date,
                publisher=document.publisher,
                language=document.language,
                entities=_by_type(graph.entities[e] for e in found if e in graph.entities),
                mentions=sum(found.values()),
                statements=_by_status(said[iri]),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.source))


def _type_rows(graph: GraphView, schema: Schema, language: str) -> tuple[TypeRow, ...]:
    found: dict[str, list[EntityView]] = defaultdict(list)
    for entity in graph.entities.values():
        found[entity.type].append(entity)
    return tuple(
        TypeRow(
            label=_label(schema.classes[core], language),
            entities=len(found[core]),
            linked=sum(e.linked for e in found[core]),
            mentions=sum(e.mentions for e in found[core]),
        )
        for core in CORE_CLASSES
    )


def _predicate_rows(graph: GraphView, schema: Schema, language: str) -> tuple[PredicateRow, ...]:
    found: dict[str, list[StatementView]] = defaultdict(list)
    for statement in graph.statements:
        found[statement.predicate].append(statement)
    rows = [
        PredicateRow(
            label=_label(schema.predicates[name], language) if name in schema.predicates else name,
            statuses=_by_status(statements),
            negated=sum(s.negated for s in statements),
            total=len(statements),
        )
        for name, statements in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row.total, collation_key(row.label))))


def _top(
    graph: GraphView, schema: Schema, language: str, types: Sequence[str], *partners: str
) -> tuple[TopRow, ...]:
    """The entities of `types` that undenied statements join to most entities of the types `partners`."""
    about: dict[str, list[StatementView]] = defaultdict(list)
    partners_of: dict[str, set[str]] = defaultdict(set)
    for statement in graph.statements:
        if statement.negated:
            continue
        for end, other in ((statement.subject, statement.object), (statement.object, statement.subject)):
            about[end].append(statement)
            if other in graph.entities and graph.entities[other].type in partners:
                partners_of[end].add(other)
    ranked = sorted(
        (e for e in graph.entities.values() if e.type in types and about[e.iri]),
        key=lambda e: (
            -len(partners_of[e.iri]),
            -len(about[e.iri]),
            -e.documents,
            collation_key(label_of(e, language)),
            e.iri,
        ),
    )
    return tuple(
        TopRow(
            label=label_of(entity, language),
            other_label=_other_label(entity, language),
            kind=_kind(entity, schema, language),
            partners=len(partners_of[entity.iri]),
            statements=len(about[entity.iri]),
            documents=entity.documents,
        )
        for entity in ranked[:TOP]
    )


def _other_label(entity: EntityView, language: str) -> str:
    """The label in the other language, where it has one in both."""
    other = "en" if language == "zh" else "zh"
    return next(iter(entity.labels.get(other, ())), "") if language in entity.labels else ""


def _kind(entity: EntityView, schema: Schema, language: str) -> str:
    info = schema.mechanism_groups.get(entity.mechanism_type or "") or schema.classes.get(entity.cls)
    return _label(info, language) if info else entity.cls


def _label(info: ClassInfo | PredicateInfo | MechanismGroup, language: str) -> str:
    return info.label_zh if language == "zh" else info.label_en


def _unlinked(documents: Iterable[AnnotatedDocument]) -> tuple[UnlinkedRow, ...]:
    """Forms with reason and candidates, the most frequent first."""
    places: Counter[tuple[str, str, tuple[str, ...]]] = Counter()
    sources: dict[tuple[str, str, tuple[str, ...]], set[str]] = defaultdict(set)
    for annotated in documents:
        for item in annotated.unlinked:
            key = item.text, item.reason, tuple(item.candidates)
            places[key] += 1
            sources[key].add(annotated.document.source)
    ordered = sorted(places, key=lambda key: (-places[key], key))
    return tuple(UnlinkedRow(*key, places[key], tuple(sorted(sources[key]))[:3]) for key in ordered)


def _by_type(entities: Iterable[EntityView]) -> dict[str, int]:
    counts = Counter(entity.type for entity in entities)
    return {core: counts[core] for core in CORE_CLASSES}


def _by_status(statements: Iterable[StatementView]) -> dict[str, int]:
    counts = Counter(statement.status for statement in statements)
    return {status: counts[status] for status in STATUSES}
