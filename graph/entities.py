"""Entities gathered from every document: which names, classes and surface forms each has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox

from ..ontology import Authority, Ontology, Schema, fold
from ..ontology.namespaces import RDF, RDFS, SKOS, TH
from .background import authority_iri, describe
from .terms import node, text


@dataclass(slots=True)
class Naming:
    """What documents call one entity that is in no authority file; the order of documents does not matter.

    Names are told apart by language: an entity has several only where a user says that two are one.
    """

    type: str
    language: str
    classes: Counter[str] = field(default_factory=Counter)
    names: dict[str, Counter[str]] = field(default_factory=dict)
    surfaces: dict[str, set[str]] = field(default_factory=dict)

    @property
    def cls(self) -> str:
        """The finer class most documents give it, or its core class."""
        finer = Counter({cls: n for cls, n in self.classes.items() if cls != self.type})
        return _most_common(finer) if finer else self.type

    @property
    def languages(self) -> list[str]:
        """The languages of its names, sorted, its own first."""
        return sorted(self.names, key=lambda language: (language != self.language, language))

    def name(self, language: str | None = None) -> str:
        """The name most documents use; of equally frequent ones the first in alphabetical order."""
        return _most_common(self.names[language or self.languages[0]])

    def other_names(self, language: str) -> list[str]:
        """Names and surface forms that are more than another spelling or one word of the name, sorted."""
        name = self.name(language)
        known, found = {fold(name)}, []
        for candidate in sorted({*self.names[language], *self.surfaces.get(language, ())}):
            folded = fold(candidate)
            if folded not in known and not _is_short_form(folded, fold(name)):
                known.add(folded)
                found.append(candidate)
        return found


@dataclass(slots=True)
class EntityRegister:
    """Every entity that documents name: those of the authority file by key, others by IRI.

    `merged` are names of other entities that a user says are entries of the authority file, by key.
    """

    keys: set[str] = field(default_factory=set)
    new: dict[str, Naming] = field(default_factory=dict)
    merged: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))

    def add_new(
        self, iri: str, *, type: str, cls: str, name: str, language: str, surfaces: Iterable[str] = ()
    ) -> None:
        """Take in an entity of one document that is in no authority file."""
        naming = self.new.setdefault(iri, Naming(type, language))
        # Which document comes first must not decide; an IRI that names its language does.
        naming.language = language if f"/{language}/" in iri else naming.language
        naming.classes[cls] += 1
        naming.names.setdefault(language, Counter())[name.strip()] += 1
        naming.surfaces.setdefault(language, set()).update(surfaces)

    def quads(self, ontology: Ontology, base: str) -> Iterator[ox.Quad]:
        """The description of every entity."""
        for key in self.keys:
            entry = ontology.authority.entries[key]
            for triple in describe(entry, ontology.schema, base):
                yield ox.Quad(triple.subject, triple.predicate, triple.object)
            yield from _merged_names(entry, self.merged.get(key, ()), base)
        for iri, naming in self.new.items():
            yield from _describe_new(iri, naming, ontology.schema)


def _merged_names(entry: Authority, names: Iterable[tuple[str, str]], base: str) -> Iterator[ox.Quad]:
    known = {(label.language, fold(label.text)) for label in entry.labels}
    for language, name in names:
        if (language, fold(name)) not in known:
            subject = node(authority_iri(entry.key, base))
            yield ox.Quad(subject, node(f"{SKOS}altLabel"), text(name, language))


def _describe_new(iri: str, naming: Naming, schema: Schema) -> Iterator[ox.Quad]:
    entity = node(iri)
    for cls in {naming.cls, naming.type}:
        yield ox.Quad(entity, node(f"{RDF}type"), node(schema.classes[cls].iri))
    for language in naming.languages:
        name = text(naming.name(language), language)
        yield ox.Quad(entity, node(f"{RDFS}label"), name)
        yield ox.Quad(entity, node(f"{SKOS}prefLabel"), name)
        for other in naming.other_names(language):
            yield ox.Quad(entity, node(f"{SKOS}altLabel"), text(other, language))
    if naming.type == "Mechanism":
        groups = (schema.mechanism_group_of(naming.name(one), one) for one in naming.languages)
        group = next(filter(None, groups), None)
        if group:
            concept = node(schema.mechanism_groups[group].iri)
            yield ox.Quad(entity, node(f"{TH}mechanismType"), concept)


def _is_short_form(folded: str, name: str) -> bool:
    """Whether a form is no more than one word of the name ("the Ministry") or the end of a Chinese one."""
    return not folded or folded in name.split() or (not folded.isascii() and name.endswith(folded))


def _most_common(counter: Counter[str]) -> str:
    return min(counter, key=lambda item: (-counter[item], item))
