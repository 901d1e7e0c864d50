"""Entities gathered from every document: which names, classes and surface forms each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from ..ontology import Ontology, Schema, fold
from ..ontology.namespaces import RDF, RDFS, SKOS, TH
from .background import describe
from .terms import node, text


@dataclass(slots=True)
class Naming:
    """What documents call one entity that is in no authority file; the order of documents does not matter."""

    type: str
    language: str
    classes: Counter[str] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    surfaces: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        """The name most documents use; of equally frequent ones the first in alphabetical order."""
        return _most_common(self.names)

    @property
    def cls(self) -> str:
        """The finer class most documents give it, or its core class."""
        finer = Counter({cls: n for cls, n in self.classes.items() if cls != self.type})
        return _most_common(finer) if finer else self.type

    @property
    def other_names(self) -> list[str]:
        """Names and surface forms that are more than another spelling or one word of the name, sorted."""
        known, found = {fold(self.name)}, []
        for candidate in sorted({*self.names, *self.surfaces}):
            folded = fold(candidate)
            if folded not in known and not _is_short_form(folded, fold(self.name)):
                known.add(folded)
                found.append(candidate)
        return found


@dataclass(slots=True)
class EntityRegister:
    """Every entity that documents name: those of the authority file by key, others by IRI."""

    keys: set[str] = field(default_factory=set)
    new: dict[str, Naming] = field(default_factory=dict)

    def add_new(self, iri: str, *, type: str, cls: str, name: str, language: str) -> Naming:
        """Take in an entity of one document that is in no authority file."""
        naming = self.new.setdefault(iri, Naming(type, language))
        naming.classes[cls] += 1
        naming.names[name.strip()] += 1
        return naming

    def quads(self, ontology: Ontology, base: str) -> Iterator[ox.Quad]:
        """The description of every entity."""
        for key in self.keys:
            for triple in describe(ontology.authority.entries[key], ontology.schema, base):
                yield ox.Quad(triple.subject, triple.predicate, triple.object)
        for iri, naming in self.new.items():
            yield from _describe_new(iri, naming, ontology.schema)


def _describe_new(iri: str, naming: Naming, schema: Schema) -> Iterator[ox.Quad]:
    entity, language = node(iri), naming.language
    for cls in {naming.cls, naming.type}:
        yield ox.Quad(entity, node(f"{RDF}type"), node(schema.classes[cls].iri))
    name = text(naming.name, language)
    yield ox.Quad(entity, node(f"{RDFS}label"), name)
    yield ox.Quad(entity, node(f"{SKOS}prefLabel"), name)
    for other in naming.other_names:
        yield ox.Quad(entity, node(f"{SKOS}altLabel"), text(other, language))
    if naming.type == "Mechanism":
        group = schema.mechanism_group_of(naming.name, language)
        if group:
            concept = node(schema.mechanism_groups[group].iri)
            yield ox.Quad(entity, node(f"{TH}mechanismType"), concept)


def _is_short_form(folded: str, name: str) -> bool:
    """Whether a form is no more than one word of the name ("the Ministry") or the end of a Chinese one."""
    return not folded or folded in name.split() or (not folded.isascii() and name.endswith(folded))


def _most_common(counter: Counter[str]) -> str:
    return min(counter, key=lambda item: (-counter[item], item))
