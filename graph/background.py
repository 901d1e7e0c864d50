"""What the authority file knows of the entities that documents name: labels, identifiers, where they belong.

Part-of is world knowledge, not something a text said. It is written as `dcterms:isPartOf`, never as a
statement or `th:partOf`, and in a named graph of its own, so that a query can reach a region from its cities
and a reader can still tell the two apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from ..ontology import Authority, AuthorityFile, Schema
from ..ontology.namespaces import DCTERMS, RDF, RDFS, SKOS, TH
from .terms import node, text, when

AUTHORITY_GRAPH = "graph/authority"
"""The named graph of background knowledge, below the base."""


def authority_iri(key: str, base: str) -> str:
    """The IRI of an entity of the authority file."""
    return f"{base}{key}"


def describe(entry: Authority, schema: Schema, base: str) -> Iterator[ox.Triple]:
    """Classes, labels and identifiers of an entity of the authority file."""
    iri = node(authority_iri(entry.key, base))
    for cls in {entry.cls, schema.core_of(entry.cls)}:
        yield ox.Triple(iri, node(f"{RDF}type"), node(schema.classes[cls].iri))
    for predicate, label in _labels(entry):
        yield ox.Triple(iri, node(predicate), label)
    for identifier in (entry.key, *entry.identifiers):
        yield ox.Triple(iri, node(f"{DCTERMS}identifier"), text(identifier))
    for same in entry.same_as:
        yield ox.Triple(iri, node(f"{SKOS}exactMatch"), node(same))
    if entry.mechanism_type:
        concept = node(schema.mechanism_groups[entry.mechanism_type].iri)
        yield ox.Triple(iri, node(f"{TH}mechanismType"), concept)
    if entry.date:
        yield ox.Triple(iri, node(f"{DCTERMS}date"), when(entry.date))


def _labels(entry: Authority) -> Iterator[tuple[str, ox.Literal]]:
    """One preferred label in each language and the other shown ones; hidden ones are for matching alone."""
    shown = sorted(
        (label.language, label.kind != "pref", label.text) for label in entry.labels if label.kind != "hidden"
    )
    preferred: dict[str, str] = {}
    for language, _, name in shown or [("en", False, entry.key)]:
        if language not in preferred:
            preferred[language] = name
            yield f"{RDFS}label", text(name, language)
            yield f"{SKOS}prefLabel", text(name, language)
        elif name != preferred[language]:
            yield f"{SKOS}altLabel", text(name, language)


def background(
    named: Iterable[str], authority: AuthorityFile, schema: Schema, base: str
) -> Iterator[ox.Quad]:
    """The part-of chains above the named entries (keys), with the description of every entry on the way."""
    graph = node(f"{base}{AUTHORITY_GRAPH}")
    named = set(named)
    for entry in _with_ancestors(named, authority):
        if entry.key not in named:
            for triple in describe(entry, schema, base):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for parent in entry.part_of:
            if parent in authority.entries:
                yield ox.Quad(
                    node(authority_iri(entry.key, base)),
                    node(f"{DCTERMS}isPartOf"),
                    node(authority_iri(parent, base)),
                    graph,
                )


def group_labels(used: Iterable[str], schema: Schema, base: str) -> Iterator[ox.Quad]:
    """What the mechanism groups with these IRIs are called, so that a graph can be read without the ontology."""
    wanted, graph = set(used), node(f"{base}{AUTHORITY_GRAPH}")
    for group in schema.mechanism_groups.values():
        if group.iri in wanted:
            yield ox.Quad(node(group.iri), node(f"{RDF}type"), node(f"{SKOS}Concept"), graph)
            yield ox.Quad(node(group.iri), node(f"{SKOS}prefLabel"), text(group.label_en, "en"), graph)
            yield ox.Quad(node(group.iri), node(f"{SKOS}prefLabel"), text(group.label_zh, "zh"), graph)


def _with_ancestors(keys: Iterable[str], authority: AuthorityFile) -> Iterator[Authority]:
    waiting, seen = list(keys), set(keys)
    while waiting:
        entry = authority.entries[waiting.pop()]
        yield entry
        above = [key for key in entry.part_of if key in authority.entries and key not in seen]
        seen.update(above)
        waiting += above
