"""Measures a graph, or what the extraction would put into one, against annotated documents.

What is scored is the graph itself, as its users have it: entities that were merged, statements with the status
that is kept. A document of the graph belongs to the annotated one whose name its source ends in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ..extract.annotations import AnnotatedDocument, Document
from ..extract.found import Found, FoundMention, FoundRelation
from ..extract.gold import GoldDocument
from ..extract.scoring import Evaluation, evaluate_found
from ..ontology.namespaces import DCTERMS, ITSRDF, NIF, PROV, RDF, RDFS, SKOS, TH
from .assembly import assemble
from .store import store_of
from .terms import node
from .views import CORE_CLASSES, local_name

if TYPE_CHECKING:
    from ..extract.pipeline import Pipeline
    from ..ontology import Ontology


def evaluate(
    golds: Sequence[GoldDocument],
    pipeline: Pipeline,
    *,
    min_confidence: float = 0.0,
    progress: Callable[[str], None] | None = None,
) -> Evaluation:
    """Run the extraction on annotated documents and judge the graph that it makes of them.

    Statements below `min_confidence` (0 to 1) are left out; `progress` is called with the name of each document.
    """
    annotated = []
    for gold in golds:
        annotated.append(pipeline.annotate_one(as_document(gold), min_confidence=min_confidence))
        if progress:
            progress(gold.name)
    return evaluate_annotated(golds, annotated, pipeline.ontology)


def evaluate_annotated(
    golds: Sequence[GoldDocument], annotated: Iterable[AnnotatedDocument], ontology: Ontology
) -> Evaluation:
    """Judge what an extraction made of the documents that `as_document` gives."""
    return evaluate_store(golds, store_of(assemble(annotated, ontology).quads))


def evaluate_store(
    golds: Sequence[GoldDocument], store: ox.Store, *, min_confidence: float = 0.0
) -> Evaluation:
    """Judge a graph; statements below `min_confidence` (0 to 1) are left out."""
    return evaluate_found(golds, found_in(store, {gold.name for gold in golds}, min_confidence))


def as_document(gold: GoldDocument) -> Document:
    """An annotated document as the extraction reads it."""
    digest = sha256(gold.text.encode("utf-8", "replace")).hexdigest()
    return Document(f"{gold.name}.txt", gold.text, digest, gold.language)


def found_in(store: ox.Store, names: Iterable[str], min_confidence: float = 0.0) -> dict[str, Found]:
    """What a graph holds of the documents with these names (of their files, without the ending)."""
    names_of = _documents(store, frozenset(names))
    types = {
        iri: core for core in CORE_CLASSES for iri in _subjects(store, f"{RDF}type", node(f"{TH}{core}"))
    }
    mentions = _mentions(store, names_of, types)
    relations = _relations(store, names_of, min_confidence)
    labels = {iri: _label(store, iri) for iri in types}
    return {
        name: Found(tuple(mentions[name]), tuple(relations[name]), labels)
        for found in names_of.values()
        for name in found
    }


def names_in(store: ox.Store, names: Iterable[str]) -> set[str]:
    """Those of the names that a document of the graph has."""
    return {name for found in _documents(store, frozenset(names)).values() for name in found}


def _documents(store: ox.Store, names: frozenset[str]) -> dict[str, list[str]]:
    """The names of annotated documents by the IRI of the document in the graph."""
    found: dict[str, list[str]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, node(f"{DCTERMS}source"), None, ox.DefaultGraph()):
        stem = Path(_value(quad.object)).stem
        if stem in names and stem not in found[_value(quad.subject)]:
            found[_value(quad.subject)].append(stem)
    return {iri: sorted(stems) for iri, stems in sorted(found.items()) if stems}


def _mentions(
    store: ox.Store, names_of: Mapping[str, Sequence[str]], types: Mapping[str, str]
) -> dict[str, list[FoundMention]]:
    found: dict[str, list[FoundMention]] = defaultdict(list)
    for quad in store.quads_for_pattern(None, node(f"{ITSRDF}taIdentRef"), None, ox.DefaultGraph()):
        phrase, entity = quad.subject, _value(quad.object)
        begin, end = _one(store, phrase, f"{NIF}beginIndex"), _one(store, phrase, f"{NIF}endIndex")
        if entity not in types or not begin or not end:
            continue
        confidence = float(_one(store, phrase, f"{TH}confidence") or 1)
        mention = FoundMention(int(begin), int(end), types[entity], entity, confidence)
        for name in names_of.get(_one(store, phrase, f"{NIF}referenceContext"), ()):
            found[name].append(mention)
    return defaultdict(list, {name: sorted(mentions) for name, mentions in found.items()})


def _relations(
    store: ox.Store, names_of: Mapping[str, Sequence[str]], min_confidence: float
) -> dict[str, list[FoundRelation]]:
    """Relations by document, in the order of their IRIs, which is the order they are written in."""
    found: dict[str, list[FoundRelation]] = defaultdict(list)
    for iri in sorted(_subjects(store, f"{RDF}type", node(f"{RDF}Statement"))):
        statement = node(iri)
        confidence = float(_one(store, statement, f"{TH}confidence") or 1)
        if confidence < min_confidence:
            continue
        for name, begins in _said_in(store, statement, names_of).items():
            found[name].append(
                FoundRelation(
                    subject=_one(store, statement, f"{RDF}subject"),
                    predicate=local_name(_one(store, statement, f"{RDF}predicate")),
                    object=_one(store, statement, f"{RDF}object"),
                    status=local_name(_one(store, statement, f"{TH}status")) or None,
                    negated=_one(store, statement, f"{TH}negated") in ("true", "1"),
                    confidence=confidence,
                    rule=_one(store, statement, f"{TH}rule"),
                    begins=begins,
                )
            )
    return found


def _said_in(
    store: ox.Store, statement: ox.NamedNode, names_of: Mapping[str, Sequence[str]]
) -> dict[str, tuple[int, ...]]:
    """The documents that say a statement, each with the places where its sentences begin."""
    begins: dict[str, set[int]] = defaultdict(set)
    for quad in store.quads_for_pattern(statement, node(f"{PROV}wasDerivedFrom"), None, ox.DefaultGraph()):
        if not isinstance(quad.object, (ox.NamedNode, ox.BlankNode)):
            continue
        for name in names_of.get(_one(store, quad.object, f"{NIF}referenceContext"), ()):
            begins[name].add(int(_one(store, quad.object, f"{NIF}beginIndex") or 0))
    return {name: tuple(sorted(places)) for name, places in begins.items()}


def _label(store: ox.Store, iri: str) -> str:
    for predicate in (f"{SKOS}prefLabel", f"{RDFS}label"):
        quads = store.quads_for_pattern(node(iri), node(predicate), None, ox.DefaultGraph())
        labels = sorted((q.object for q in quads if isinstance(q.object, ox.Literal)), key=str)
        english = [label for label in labels if label.language == "en"]
        if labels:
            return (english or labels)[0].value
    return local_name(iri)


def _subjects(store: ox.Store, predicate: str, target: ox.NamedNode) -> set[str]:
    quads = store.quads_for_pattern(None, node(predicate), target, ox.DefaultGraph())
    return {_value(quad.subject) for quad in quads if isinstance(quad.subject, ox.NamedNode)}


def _one(store: ox.Store, subject: ox.NamedNode | ox.BlankNode | ox.Triple, predicate: str) -> str:
    """The value of a predicate, the first where there are several; "" where there is none."""
    quads = store.quads_for_pattern(subject, node(predicate), None, ox.DefaultGraph())
    return min((_value(quad.object) for quad in quads), default="")


def _value(term: object) -> str:
    return term.value if isinstance(term, (ox.NamedNode, ox.Literal, ox.BlankNode)) else ""
