"""A graph as Turtle for people: documents, entities, statements, sentences, mentions, each sorted.

Oxigraph writes the triples (rdflib's writer took half of a whole build); it groups what comes in a row, so
the order made here is the layout. Ordering works on lines of N-Triples, which sort many times faster than
terms compare.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import TypeAlias

import pyoxigraph as ox

from ..ontology.namespaces import ITSRDF, NIF, PREFIXES, PROV, RDF, RDFS, SKOS, TH

SECTIONS = ("Documents", "Entities", "Statements", "Sentences", "Mentions")
_TYPE = f"<{RDF}type>".encode()
_SECTION_OF_TYPE = {
    f"<{TH}SourceDocument> .\n".encode(): 0,
    f"<{RDF}Statement> .\n".encode(): 2,
    f"<{NIF}Sentence> .\n".encode(): 3,
    f"<{NIF}Phrase> .\n".encode(): 4,
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
_PREDICATE_RANK = {f"<{predicate}>".encode(): rank for rank, predicate in enumerate(_PREDICATES_FIRST)}
_OFFSETS = re.compile(rb"^(.*#)(?:char|sentence)=(\d+),(\d+)>$")

Line: TypeAlias = "tuple[bytes, bytes, bytes]"
"""Subject, predicate, and the rest of a line of N-Triples."""


def turtle(triples: Iterable[ox.Triple], base: str) -> bytes:
    """The triples as UTF-8 Turtle with `base` and the usual prefixes; the same bytes for the same set."""
    blocks = _blocks(triples)
    parts = [_header(base)]
    for number, title in enumerate(SECTIONS):
        if blocks[number]:
            ordered = b"".join(block for _, block in sorted(blocks[number]))
            parts.append(f"\n# {title}\n\n".encode() + _layout(ordered, base))
    return b"".join(parts)


def sorted_ntriples(triples: Iterable[ox.Triple]) -> list[bytes]:
    """The distinct triples as sorted lines of N-Triples."""
    written = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return sorted(set(written.splitlines(keepends=True)))


def _header(base: str) -> bytes:
    lines = [f"@base <{base}> .", *(f"@prefix {p}: <{iri}> ." for p, iri in sorted(PREFIXES.items()))]
    return "\n".join(lines).encode() + b"\n"


def _blocks(triples: Iterable[ox.Triple]) -> dict[int, list[tuple[tuple[bytes, int, int], bytes]]]:
    """The triples of each subject, ready to be sorted, by section."""
    lines = (_split(line) for line in sorted_ntriples(triples))
    found: dict[int, list[tuple[tuple[bytes, int, int], bytes]]] = defaultdict(list)
    for subject, group in groupby(lines, key=itemgetter(0)):
        block = sorted(group, key=_predicate_order)
        sections = [_SECTION_OF_TYPE.get(rest, 1) for _, predicate, rest in block if predicate == _TYPE]
        section = next((number for number in sections if number != 1), 1)
        found[section].append((_place(subject), b"".join(b" ".join(line) for line in block)))
    return found


def _split(line: bytes) -> Line:
    subject, predicate, rest = line.split(b" ", 2)
    return subject, predicate, rest


def _predicate_order(line: Line) -> tuple[int, bytes, bytes]:
    return _PREDICATE_RANK.get(line[1], len(_PREDICATE_RANK)), line[1], line[2]


def _place(subject: bytes) -> tuple[bytes, int, int]:
    """A sort key by which mentions and sentences stand in the order of the text."""
    found = _OFFSETS.match(subject)
    return (found[1], int(found[2]), int(found[3])) if found else (subject, 0, 0)


def _layout(ntriples: bytes, base: str) -> bytes:
    """The triples in the given order as Turtle without a header, an empty line after each subject."""
    written = ox.serialize(
        (quad.triple for quad in ox.parse(ntriples, format=ox.RdfFormat.N_TRIPLES)),
        format=ox.RdfFormat.TURTLE,
        prefixes=PREFIXES,
        base_iri=base,
    )
    assert written is not None
    header = re.match(rb"(?:@.*\n)*", written)
    assert header is not None
    body = written[header.end() :].replace(b" .\n", b" .\n\n").rstrip(b"\n")
    return body.replace(b"\n\t", b"\n    ") + b"\n"
