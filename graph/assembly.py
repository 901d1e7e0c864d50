"""Annotated documents into one graph: a pure function of their content, whatever their order.

The default graph holds what texts say; the named graph `<base>graph/authority` what the authority file adds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..extract.detection import detect_language
from ..ontology import Ontology
from ..ontology.namespaces import DCTERMS, DEFAULT_BASE, ITSRDF, NIF, SCHEMA, TH, XSD
from .background import authority_iri, background, group_labels
from .entities import EntityRegister
from .identity import check_base, document_iri, document_name, entity_iri, mention_iri
from .merging import Applied, Merging
from .statements import TYPE, Claim, Sentence, Support, orient, statement_quads
from .terms import clean, decimal, integer, node, text, when

if TYPE_CHECKING:
    from ..extract.annotations import AnnotatedDocument, Document, Entity, Mention, RelationMention

MECHANISM_TYPE = node(f"{TH}mechanismType")

TEXTS = "texts"
"""The folder beside the graph that holds the texts all offsets refer to."""


@dataclass(frozen=True, slots=True)
class Assembly:
    """A graph and the texts it cites.

    `quads` have no order (every way of writing them sorts); `texts` has each text by its path relative to the
    graph, and `documents` the IRI of the document that each source became. `merges` are the user's decisions
    that two entities are one, and whether there was something to join.
    """

    quads: frozenset[ox.Quad]
    texts: Mapping[str, str]
    documents: Mapping[str, str]
    merges: tuple[Applied, ...] = ()


def assemble(
    documents: Iterable[AnnotatedDocument], ontology: Ontology, base: str = DEFAULT_BASE
) -> Assembly:
    """The graph of `documents`.

    Files with the same bytes and the same text are one document with several sources. Statements of the same
    subject, predicate, object, status and negation are one, with the evidence of all. A statement whose two
    ends are one entity, or that no sentence says, is left out.
    """
    builder = _Builder(ontology, check_base(base))
    for name, copies in _distinct(documents):
        builder.add(name, copies)
    return Assembly(
        quads=frozenset(builder.quads()),
        texts=dict(sorted(builder.texts.items())),
        documents=dict(sorted(builder.sources.items())),
        merges=tuple(builder.merges()),
    )


def text_file(name: str) -> str:
    """Where the text of the document of that name is kept, relative to the graph."""
    return f"{TEXTS}/{name}.txt"


def _distinct(documents: Iterable[AnnotatedDocument]) -> Iterator[tuple[str, Sequence[AnnotatedDocument]]]:
    """Each distinct document by name with its copies, first source first.

    Where two readers made different texts of the same bytes, every text but the first gets a longer name.
    """
    by_content: dict[str, dict[str, list[AnnotatedDocument]]] = defaultdict(lambda: defaultdict(list))
    for annotated in documents:
        by_content[annotated.document.sha256][_text_digest(annotated.document.text)].append(annotated)
    for file_digest, texts in sorted(by_content.items()):
        for n, (text_digest, copies) in enumerate(sorted(texts.items())):
            name = document_name(file_digest)
            if len(copies) > 1:
                copies.sort(key=lambda a: (a.document.source, repr(a)))
            yield (f"{name}-{text_digest[:8]}" if n else name), copies


class _Builder:
    """Collects what documents say; each `add` commutes with the others."""

    def __init__(self, ontology: Ontology, base: str) -> None:
        self.texts: dict[str, str] = {}
        self.sources: dict[str, str] = {}
        self._ontology = ontology
        self._base = base
        self._entities = EntityRegister()
        self._merging = Merging(ontology, base)
        self._claims: dict[Claim, Support] = defaultdict(Support)
        self._quads: list[ox.Quad] = []

    def add(self, name: str, copies: Sequence[AnnotatedDocument]) -> None:
        iri = document_iri(name, self._base)
        first, content = copies[0], clean(copies[0].document.text)
        self.texts[text_file(name)] = content
        self.sources.update((copy.document.source, iri) for copy in copies)
        self._quads += _document_quads(iri, name, copies, content)
        entities = {entity.id: self._entity(entity, first) for entity in _in_use(first)}
        self._quads += _mention_quads(iri, first.mentions, entities, content)
        for claim, confidence, rule, sentences in _claims(iri, first.relations, entities, content):
            oriented = orient(claim, self._ontology.schema)
            self._claims[oriented].add(confidence, rule, sentences)

    def merges(self) -> Iterator[Applied]:
        return self._merging.applied()

    def quads(self) -> Iterator[ox.Quad]:
        schema, authority = self._ontology.schema, self._ontology.authority
        yield from self._quads
        groups: set[str] = set()
        for quad in (
            *self._entities.quads(self._ontology, self._base),
            *background(self._entities.keys, authority, schema, self._base),
        ):
            if quad.predicate == MECHANISM_TYPE and isinstance(quad.object, ox.NamedNode):
                groups.add(quad.object.value)
            yield quad
        yield from group_labels(groups, schema, self._base)
        yield from statement_quads(self._claims, schema, self._base)

    def _entity(self, entity: Entity, annotated: AnnotatedDocument) -> str:
        """The entity's IRI, having noted it."""
        language = entity.language or annotated.document.language
        known = entity.key is not None and entity.key in self._ontology.authority.entries
        if known:
            iri = authority_iri(str(entity.key), self._base)
        else:
            iri = entity_iri(entity, language, self._base, annotated.document.sha256)
        target = self._merging.take(iri, entity.type)
        key = entity.key if known else self._merging.key(target)
        if key is not None:
            self._entities.keys.add(key)
            if not known:
                self._entities.merged[key].add((language, entity.name.strip()))
            return target
        self._entities.add_new(
            target,
            type=entity.type,
            cls=entity.cls,
            name=entity.name,
            language=language,
            surfaces=[m.text for m in annotated.mentions if m.entity == entity.id],
        )
        return target


def _in_use(annotated: AnnotatedDocument) -> list[Entity]:
    """The entities that a mention or a relation refers to."""
    used = {m.entity for m in annotated.mentions}
    used.update(end for r in annotated.relations for end in (r.subject, r.object))
    return [entity for entity in annotated.entities if entity.id in used]


def _document_quads(
    iri: str, name: str, copies: Sequence[AnnotatedDocument], content: str
) -> Iterator[ox.Quad]:
    documents = [copy.document for copy in copies]
    first, document = documents[0], node(iri)
    yield ox.Quad(document, TYPE, node(f"{TH}SourceDocument"))
    for source in {d.source for d in documents}:
        yield ox.Quad(document, node(f"{DCTERMS}source"), text(source))
    yield ox.Quad(document, node(f"{DCTERMS}language"), text(first.language))
    yield ox.Quad(document, node(f"{DCTERMS}format"), text(first.media_type))
    yield ox.Quad(document, node(f"{TH}sha256"), text(first.sha256))
    yield ox.Quad(document, node(f"{TH}textFile"), text(text_file(name)))
    yield ox.Quad(document, node(f"{TH}textSha256"), text(_text_digest(content)))
    yield from _metadata_quads(document, documents)


def _metadata_quads(document: ox.NamedNode, copies: Sequence[Document]) -> Iterator[ox.Quad]:
    """Title, date, publisher and address, each from the first copy that has it."""
    title = next((d.title for d in copies if d.title), None)
    day = next((d.date for d in copies if d.date), None)
    publisher = next((d.publisher for d in copies if d.publisher), None)
    url = next((d.url for d in copies if d.url), None)
    if title:
        # The title of a bilingual document may be in the language that less of it is in.
        yield ox.Quad(document, node(f"{DCTERMS}title"), text(title, detect_language(title)))
    if day:
        yield ox.Quad(document, node(f"{DCTERMS}date"), when(day))
    if publisher:
        yield ox.Quad(document, node(f"{DCTERMS}publisher"), text(publisher))
    if url:
        address = ox.Literal(clean(url), datatype=node(f"{XSD}anyURI"))
        yield ox.Quad(document, node(f"{SCHEMA}url"), address)


def _mention_quads(
    iri: str, mentions: Sequence[Mention], entities: Mapping[str, str], content: str
) -> Iterator[ox.Quad]:
    confidence: dict[tuple[int, int], float] = defaultdict(float)
    for mention in mentions:
        place = mention.begin, mention.end
        confidence[place] = max(confidence[place], mention.confidence)
        phrase = node(mention_iri(iri, *place))
        yield ox.Quad(phrase, node(f"{ITSRDF}taIdentRef"), node(entities[mention.entity]))
    for (begin, end), value in confidence.items():
        phrase = node(mention_iri(iri, begin, end))
        yield ox.Quad(phrase, TYPE, node(f"{NIF}Phrase"))
        yield ox.Quad(phrase, node(f"{NIF}referenceContext"), node(iri))
        yield ox.Quad(phrase, node(f"{NIF}beginIndex"), integer(begin))
        yield ox.Quad(phrase, node(f"{NIF}endIndex"), integer(end))
        yield ox.Quad(phrase, node(f"{NIF}anchorOf"), text(content[begin:end]))
        yield ox.Quad(phrase, node(f"{TH}confidence"), decimal(value))


def _claims(
    iri: str, relations: Sequence[RelationMention], entities: Mapping[str, str], content: str
) -> Iterator[tuple[Claim, float, str, list[Sentence]]]:
    for relation in relations:
        subject, object_ = entities[relation.subject], entities[relation.object]
        sentences = [Sentence(iri, s.begin, s.end, content[s.begin : s.end]) for s in relation.evidence]
        if subject == object_ or not sentences:
            continue
        claim = Claim(subject, relation.predicate, object_, relation.status, relation.negated)
        yield claim, relation.confidence, relation.rule, sentences


def _text_digest(content: str) -> str:
    return sha256(clean(content).encode()).hexdigest()
