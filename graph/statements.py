"""Statements gathered from every document: the same thing said twice is one statement with more evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import pyoxigraph as ox

from ..ontology import Schema
from ..ontology.namespaces import NIF, PROV, RDF, TH
from .identity import sentence_iri, statement_iri
from .terms import decimal, integer, node, text

FACTUAL = frozenset({"ongoing", "established"})
"""The statuses that make a statement a fact, unless it is negated."""

TYPE = node(f"{RDF}type")
TRUE = ox.Literal(True)


class Claim(NamedTuple):
    """What is said: entities by IRI, the predicate as said (the finer one where there is one)."""

    subject: str
    predicate: str
    object: str
    status: str
    negated: bool

    @property
    def is_fact(self) -> bool:
        """Whether the plain triple may be asserted."""
        return self.status in FACTUAL and not self.negated


class Sentence(NamedTuple):
    """A sentence of a document (by IRI) that says something: offsets in code points, end exclusive."""

    document: str
    begin: int
    end: int
    text: str


@dataclass(slots=True)
class Support:
    """What speaks for a claim: the best confidence of any sentence, all rules, all sentences."""

    confidence: float = 0.0
    rules: set[str] = field(default_factory=set)
    sentences: set[Sentence] = field(default_factory=set)

    def add(self, confidence: float, rule: str, sentences: Iterable[Sentence]) -> None:
        """Take in one more place that makes the claim; the order of calls does not matter."""
        self.confidence = max(self.confidence, confidence)
        self.rules.add(rule)
        self.sentences.update(sentences)


def orient(claim: Claim, schema: Schema) -> Claim:
    """The claim in the one direction it is kept in: for symmetric predicates the lesser IRI comes first."""
    if schema.predicates[claim.predicate].symmetric and claim.object < claim.subject:
        return claim._replace(subject=claim.object, object=claim.subject)
    return claim


def statement_quads(claims: Mapping[Claim, Support], schema: Schema, base: str) -> Iterator[ox.Quad]:
    """Statements, the sentences they are derived from, and the facts that may be asserted."""
    sentences: set[Sentence] = set()
    for claim, support in claims.items():
        said = schema.predicates[claim.predicate]
        core = schema.predicates[said.core]
        yield from _statement(claim, support, node(said.iri), node(core.iri), base)
        sentences |= support.sentences
    for sentence in sentences:
        yield from _sentence(sentence)


def _statement(
    claim: Claim, support: Support, said: ox.NamedNode, core: ox.NamedNode, base: str
) -> Iterator[ox.Quad]:
    iri = node(statement_iri(*claim, base))
    subject, object_ = node(claim.subject), node(claim.object)
    yield ox.Quad(iri, TYPE, node(f"{RDF}Statement"))
    yield ox.Quad(iri, node(f"{RDF}subject"), subject)
    yield ox.Quad(iri, node(f"{RDF}predicate"), core)
    yield ox.Quad(iri, node(f"{RDF}object"), object_)
    if said != core:
        yield ox.Quad(iri, node(f"{TH}finerPredicate"), said)
    yield ox.Quad(iri, node(f"{TH}status"), node(f"{TH}{claim.status}"))
    if claim.negated:
        yield ox.Quad(iri, node(f"{TH}negated"), TRUE)
    yield ox.Quad(iri, node(f"{TH}confidence"), decimal(support.confidence))
    for rule in support.rules:
        yield ox.Quad(iri, node(f"{TH}rule"), text(rule))
    for sentence in support.sentences:
        yield ox.Quad(iri, node(f"{PROV}wasDerivedFrom"), node(sentence_iri(*sentence[:3])))
    if claim.is_fact:
        for predicate in {said, core}:
            yield ox.Quad(subject, predicate, object_)


def _sentence(sentence: Sentence) -> Iterator[ox.Quad]:
    iri = node(sentence_iri(*sentence[:3]))
    yield ox.Quad(iri, TYPE, node(f"{NIF}Sentence"))
    yield ox.Quad(iri, node(f"{NIF}referenceContext"), node(sentence.document))
    yield ox.Quad(iri, node(f"{NIF}beginIndex"), integer(sentence.begin))
    yield ox.Quad(iri, node(f"{NIF}endIndex"), integer(sentence.end))
    yield ox.Quad(iri, node(f"{NIF}anchorOf"), text(sentence.text))
