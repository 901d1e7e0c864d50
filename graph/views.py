"""What reports, tables, the explorer and `show` read from a graph: plain data, no RDF.

A `GraphView` holds entities and documents by IRI and statements sorted by subject, predicate, object and
status. Offsets count code points, end exclusive. Classes, predicates and statuses are local names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import pyoxigraph as ox

from ..ontology.namespaces import DCTERMS, ITSRDF, NIF, PROV, RDF, RDFS, SCHEMA, SKOS, TH

CORE_CLASSES = (
    "Government",
    "ResearchOrg",
    "University",
    "Enterprise",
    "Organization",
    "Person",
    "ActorGroup",
    "Mechanism",
    "Region",
    "PolicyDocument",
    "TalentGroup",
    "Field",
)
"""The twelve core classes, actors first."""

STATUSES = ("proposed", "planned", "ongoing", "established")
"""The four statuses, from wish to fact."""

MECHANISM_CONCEPT = "mechanism-"
"""What the local name of a mechanism group's concept begins with, before the group's key."""


@dataclass(frozen=True, slots=True)
class EntityView:
    """One entity: `type` is its core class, `cls` its most specific one, `labels` by language, best first.

    `mentions` and `documents` count where it is named; `identifiers` come from the authority file.
    """

    iri: str
    type: str
    cls: str
    label: str
    labels: Mapping[str, tuple[str, ...]]
    mechanism_type: str | None = None
    same_as: tuple[str, ...] = ()
    mentions: int = 0
    documents: int = 0
    identifiers: tuple[str, ...] = ()

    @property
    def linked(self) -> bool:
        """Whether the authority file knows it."""
        return bool(self.identifiers)


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A sentence that says a statement: the document's IRI, the offsets in its text, and the sentence."""

    document: str
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """What the documents say of two entities (IRIs), with its evidence sorted by document and position.

    `predicate` is the core predicate; `finer` the sub-property the text expresses, where there is one. `rule`
    names the rules that found it, separated by a space.
    """

    iri: str
    subject: str
    predicate: str
    object: str
    status: str
    negated: bool
    confidence: float
    rule: str
    evidence: tuple[EvidenceView, ...]
    finer: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A source document; `source` is its path or URL as given (the first where it was read twice)."""

    iri: str
    source: str
    title: str | None
    date: str | None
    language: str
    url: str | None
    publisher: str | None


@dataclass(frozen=True, slots=True)
class GraphView:
    """A whole graph; mappings are sorted by IRI.

    `entities` are those that a document mentions or a statement is about, not the regions and bodies that the
    authority file puts above them. `mentions` counts mentions by document and entity.
    """

    entities: Mapping[str, EntityView] = field(default_factory=dict)
    statements: tuple[StatementView, ...] = ()
    documents: Mapping[str, DocumentView] = field(default_factory=dict)
    mentions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """The label of an entity, or the end of its IRI."""
        entity = self.entities.get(iri)
        return entity.label if entity else local_name(iri)


Values: TypeAlias = Mapping[str, tuple[ox.Literal | ox.NamedNode, ...]]
"""The values of one subject by predicate IRI."""


def view(store: ox.Store) -> GraphView:
    """The graph in `store` (every named graph of it) as plain data."""
    documents = {iri: _document(iri, values) for iri, values in _instances(store, TH + "SourceDocument")}
    sentences = dict(_instances(store, NIF + "Sentence"))
    mentions = _mentions(store)
    statements = [_statement(iri, values, sentences) for iri, values in _instances(store, RDF + "Statement")]
    return GraphView(
        entities=_entities(store, mentions, {end for s in statements for end in (s.subject, s.object)}),
        statements=tuple(
            sorted(statements, key=lambda s: (s.subject, s.predicate, s.object, s.status, s.negated, s.iri))
        ),
        documents=documents,
        mentions=mentions,
    )


def main_language(graph: GraphView) -> str:
    """The language that most documents of a graph are in, English where they are as many."""
    chinese = sum(document.language == "zh" for document in graph.documents.values())
    return "zh" if 2 * chinese > len(graph.documents) else "en"


def label_of(entity: EntityView, language: str = "en") -> str:
    """The entity's best label in a language, or in whichever it has."""
    return next(iter(entity.labels.get(language, ())), entity.label)


def local_name(iri: str) -> str:
    """What follows the last `#` or `/` of an IRI.

    >>> local_name("https://w3id.org/triplehelix/ontology#leads")
    'leads'
    """
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _mentions(store: ox.Store) -> dict[str, Counter[str]]:
    """How often each document mentions each entity."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for _, values in _instances(store, f"{NIF}Phrase"):
        for document in _all(values, f"{NIF}referenceContext"):
            found[document].update(_all(values, f"{ITSRDF}taIdentRef"))
    return dict(sorted(found.items()))


def _entities(
    store: ox.Store, mentions: Mapping[str, Counter[str]], in_statements: Collection[str]
) -> dict[str, EntityView]:
    total: Counter[str] = Counter()
    documents: Counter[str] = Counter()
    for counts in mentions.values():
        total.update(counts)
        documents.update(counts.keys())
    found = {}
    for core in CORE_CLASSES:
        for iri, values in _instances(store, TH + core):
            if iri in total or iri in in_statements:
                found[iri] = _entity(iri, core, values, total[iri], documents[iri])
    return dict(sorted(found.items()))


def _entity(iri: str, core: str, values: Values, mentions: int, documents: int) -> EntityView:
    classes = sorted({local_name(v.value) for v in values.get(RDF + "type", ())} - {*CORE_CLASSES, "Actor"})
    labels = _labels(values)
    preferred = labels.get("en") or next(iter(labels.values()), (local_name(iri),))
    kind = _one(values, TH + "mechanismType")
    return EntityView(
        iri=iri,
        type=core,
        cls=classes[0] if classes else core,
        label=preferred[0],
        labels=labels,
        mechanism_type=local_name(kind).removeprefix(MECHANISM_CONCEPT) if kind else None,
        same_as=_all(values, SKOS + "exactMatch"),
        mentions=mentions,
        documents=documents,
        identifiers=_all(values, DCTERMS + "identifier"),
    )


def _labels(values: Values) -> dict[str, tuple[str, ...]]:
    by_language: dict[str, dict[str, None]] = defaultdict(dict)
    for predicate in (SKOS + "prefLabel", RDFS + "label", SKOS + "altLabel"):
        for value in values.get(predicate, ()):
            if isinstance(value, ox.Literal):
                by_language[value.language or ""][value.value] = None
    return {language: tuple(texts) for language, texts in sorted(by_language.items())}


def _statement(iri: str, values: Values, sentences: Mapping[str, Values]) -> StatementView:
    evidence = (
        _evidence(sentences[sentence])
        for sentence in _all(values, PROV + "wasDerivedFrom")
        if sentence in sentences
    )
    finer = _one(values, TH + "finerPredicate")
    return StatementView(
        iri=iri,
        subject=_one(values, RDF + "subject") or "",
        predicate=local_name(_one(values, RDF + "predicate") or ""),
        object=_one(values, RDF + "object") or "",
        status=local_name(_one(values, TH + "status") or ""),
        negated=_one(values, TH + "negated") in ("true", "1"),
        confidence=float(_one(values, TH + "confidence") or 0),
        rule=" ".join(_all(values, TH + "rule")),
        evidence=tuple(sorted(evidence, key=lambda e: (e.document, e.begin, e.end))),
        finer=local_name(finer) if finer else None,
    )


def _evidence(values: Values) -> EvidenceView:
    return EvidenceView(
        document=_one(values, NIF + "referenceContext") or "",
        begin=int(_one(values, NIF + "beginIndex") or 0),
        end=int(_one(values, NIF + "endIndex") or 0),
        text=_one(values, NIF + "anchorOf") or "",
    )


def _document(iri: str, values: Values) -> DocumentView:
    return DocumentView(
        iri=iri,
        source=_one(values, DCTERMS + "source") or "",
        title=_one(values, DCTERMS + "title"),
        date=_one(values, DCTERMS + "date"),
        language=_one(values, DCTERMS + "language") or "",
        url=_one(values, SCHEMA + "url"),
        publisher=_one(values, DCTERMS + "publisher"),
    )


def _instances(store: ox.Store, cls: str) -> Iterator[tuple[str, Values]]:
    """The named instances of a class with their values, sorted by IRI."""
    typed = store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), ox.NamedNode(cls), None)
    for subject in sorted({q.subject.value for q in typed if isinstance(q.subject, ox.NamedNode)}):
        yield subject, _values(store.quads_for_pattern(ox.NamedNode(subject), None, None, None))


def _values(quads: Iterable[ox.Quad]) -> Values:
    values: dict[str, set[ox.Literal | ox.NamedNode]] = defaultdict(set)
    for quad in quads:
        if isinstance(quad.object, (ox.Literal, ox.NamedNode)):
            values[quad.predicate.value].add(quad.object)
    return {predicate: tuple(sorted(found, key=str)) for predicate, found in values.items()}


def _all(values: Values, predicate: str) -> tuple[str, ...]:
    return tuple(value.value for value in values.get(predicate, ()))


def _one(values: Values, predicate: str) -> str | None:
    return next(iter(_all(values, predicate)), None)
