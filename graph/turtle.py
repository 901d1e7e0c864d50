"""A graph as Turtle for people: documents, entities, statements, sentences, mentions, each sorted.

Oxigraph writes the triples (rdflib's writer took half of a whole build); it groups what comes in a row, so
the order made here is the layout.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

import pyoxigraph as ox

from ..ontology.namespaces import ITSRDF, NIF, PREFIXES, PROV, RDF, RDFS, SKOS, TH
from .terms import node

SECTIONS = ("Documents", "Entities", "Statements", "Sentences", "Mentions")
_SECTION_OF_TYPE = {
    f"<{TH}SourceDocument>": 0,
    f"<{RDF}Statement>": 2,
    f"<{NIF}Sentence>": 3,
    f"<{NIF}Phrase>": 4,
}
_PREDICATES_FIRST = (
    f"{RDF}type",
    f"{RDFS}label",
    f"{SKOS}prefLabel",
    f"{SKOS}altLabel",
    f"{RDF}subject",
    f"{RDF}predicate",
    f"{TH}finerPredicate",
    f"{RDF}object",
    f"{TH}status",
    f"{TH}negated",
    f"{NIF}referenceContext",
    f"{NIF}beginIndex",
    f"{NIF}endIndex",
    f"{NIF}anchorOf",
    f"{ITSRDF}taIdentRef",
    f"{TH}confidence",
    f"{TH}rule",
    f"{PROV}wasDerivedFrom",
)
_PREDICATE_RANK = {predicate: rank for rank, predicate in enumerate(_PREDICATES_FIRST)}
_OFFSETS = re.compile(r"^(.*#)(?:char|sentence)=(\d+),(\d+)$")


def turtle(triples: Iterable[ox.Triple], base: str) -> bytes:
    """The triples as UTF-8 Turtle with `base` and the usual prefixes; the same bytes for the same set."""
    by_section = _by_section(set(triples))
    parts = [_header(base)]
    for number, title in enumerate(SECTIONS):
        if by_section[number]:
            parts.append(f"\n# {title}\n\n".encode() + _blocks(by_section[number], base))
    return b"".join(parts)


def _header(base: str) -> bytes:
    lines = [f"@base <{base}> .", *(f"@prefix {p}: <{iri}> ." for p, iri in sorted(PREFIXES.items()))]
    return "\n".join(lines).encode() + b"\n"


def _by_section(triples: set[ox.Triple]) -> dict[int, list[ox.Triple]]:
    kind = node(f"{RDF}type")
    section = {
        triple.subject: _SECTION_OF_TYPE[str(triple.object)]
        for triple in triples
        if triple.predicate == kind and str(triple.object) in _SECTION_OF_TYPE
    }
    found: dict[int, list[ox.Triple]] = defaultdict(list)
    for triple in triples:
        found[section.get(triple.subject, 1)].append(triple)
    return found


def _blocks(triples: list[ox.Triple], base: str) -> bytes:
    """The triples of one section, a block per subject, without the header."""
    written = ox.serialize(
        sorted(triples, key=_order), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES, base_iri=base
    )
    assert written is not None
    header = re.match(rb"(?:@.*\n)*", written)
    assert header is not None
    body = written[header.end() :].replace(b" .\n", b" .\n\n").rstrip(b"\n")
    return body.replace(b"\n\t", b"\n    ") + b"\n"


def _order(triple: ox.Triple) -> tuple[str, int, int, int, str, str]:
    subject, predicate = str(triple.subject)[1:-1], triple.predicate.value
    place = _OFFSETS.match(subject)
    document, begin, end = (place[1], int(place[2]), int(place[3])) if place else (subject, 0, 0)
    return document, begin, end, _PREDICATE_RANK.get(predicate, 99), predicate, str(triple.object)
