"""Holds a graph against the SHACL shapes of the ontology.

pySHACL runs on an rdflib graph in memory, without inference and without the advanced features: of the
ontology only class hierarchy and scheme membership are put beside the data. Measured on one core: 4 s for
50,000 triples, 12 s for 200,000, in proportion to their number; over oxrdflib's store it took more than 20
times as long, since every look-up crosses into Oxigraph and back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ..errors import GraphError, OntologyError
from ..ontology.namespaces import PREFIXES, RDF, RDFS, SH, SKOS
from .store import read_quads

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

SHAPES = "schema/shapes.ttl"
VOCABULARY = ("schema/core.ttl", "schema/mechanisms.ttl")

_ADVICE = {
    "MinCountConstraintComponent": "add {path}",
    "HasValueConstraintComponent": "add it to {path}",
    "MaxCountConstraintComponent": "keep one {path}",
    "UniqueLangConstraintComponent": "keep one {path} in each language",
    "NodeConstraintComponent": "mend the node's other errors or its IRI",
    "ClassConstraintComponent": "correct the class of {value} or take the statement out",
    "OrConstraintComponent": "correct the class of {value} or take the statement out",
    "SPARQLConstraintComponent": "correct {value}",
}
_GENERAL_ADVICE = "correct {path} {value}"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that a shape does not allow: on which node, at which property, with which value, and why.

    `constraint` is the local name of the SHACL constraint component; IRIs have the usual prefixes.
    """

    node: str
    path: str
    value: str
    constraint: str
    severity: str
    message: str

    def sentence(self) -> str:
        """The violation as one sentence: the node, the rule, and what to do."""
        advice = _ADVICE.get(self.constraint, _GENERAL_ADVICE)
        remedy = " ".join(advice.format(path=self.path, value=self.value).split())
        return f"{self.node}: {self.message.rstrip('.')}; {remedy}."


@dataclass(frozen=True, slots=True)
class ValidationReport:
    """Whether a graph keeps its contract; violations are sorted by node, property and value."""

    conforms: bool
    triples: int
    violations: tuple[Violation, ...]

    @property
    def by_message(self) -> Mapping[str, int]:
        """How often each rule is broken, most first."""
        counts = Counter(violation.message for violation in self.violations)
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))

    def sentences(self, limit: int = 20) -> tuple[str, ...]:
        """The first violations as sentences, one of each rule before a second of any."""
        turns: Counter[str] = Counter()
        ranked = []
        for violation in self.violations:
            ranked.append((turns[violation.message], violation))
            turns[violation.message] += 1
        ranked.sort(key=lambda item: item[0])
        return tuple(violation.sentence() for _, violation in ranked[:limit])


def validate(graph: Path | Iterable[ox.Quad], *, layers: Sequence[Path] = ()) -> ValidationReport:
    """The report on an output folder, an RDF file or quads, named graphs folded into one.

    A file is read as it is written: a store would turn offsets into plain integers. `layers` are Turtle files
    of a user's ontology, which may hold shapes too. Raises GraphError or OntologyError where a file cannot be
    read.
    """
    from pyshacl import validate as shacl  # takes a second to import, with rdflib

    data = _rdflib_graph(read_quads(graph) if isinstance(graph, Path) else graph)
    triples = len(data)
    if not triples:
        raise GraphError(
            "The graph is empty, so there is nothing to validate; build it from documents first."
        )
    vocabulary, shapes = _schema(layers)
    for triple in vocabulary:
        data.add(triple)
    conforms, results, _ = shacl(
        data,
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        meta_shacl=False,
        do_owl_imports=False,
        inplace=True,  # the graph is a copy of our own already
    )
    violations = tuple(sorted(_violations(results), key=_order))
    return ValidationReport(bool(conforms), triples, violations)


def _order(violation: Violation) -> tuple[str, str, str, str]:
    return violation.node, violation.path, violation.value, violation.message


def _rdflib_graph(quads: Iterable[ox.Quad]) -> Graph:
    """The triples as an rdflib graph; twice as fast as writing and parsing N-Triples."""
    from rdflib import Graph

    graph, known = Graph(), {}

    def convert(term: Any) -> Node:
        if term not in known:
            known[term] = _rdflib_term(term)
        return known[term]

    add = graph.store.add
    for quad in quads:
        add((convert(quad.subject), convert(quad.predicate), convert(quad.object)), graph)
    return graph


def _rdflib_term(term: ox.NamedNode | ox.BlankNode | ox.Literal) -> Node:
    from rdflib import BNode, Literal, URIRef

    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if term.language is not None:
        return Literal(term.value, lang=term.language)
    if term.datatype.value == f"{PREFIXES['xsd']}string":
        return Literal(term.value)
    return Literal(term.value, datatype=URIRef(term.datatype.value))


def _schema(layers: Sequence[Path]) -> tuple[Graph, Graph]:
    """What the shapes read of the vocabulary, and the shapes."""
    from rdflib import Graph, URIRef

    whole, shapes, vocabulary = Graph(), Graph(), Graph()
    root = files("triplehelix.ontology")
    shapes.parse(data=root.joinpath(SHAPES).read_text(encoding="utf-8"), format="turtle")
    for name in VOCABULARY:
        whole.parse(data=root.joinpath(name).read_text(encoding="utf-8"), format="turtle")
    for path in layers:
        try:
            text = path.read_text(encoding="utf-8")
            whole.parse(data=text, format="turtle")
        except (OSError, UnicodeDecodeError, SyntaxError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise OntologyError(f"{path} cannot be read as Turtle: {reason}.") from error
        if SH in text:
            shapes.parse(data=text, format="turtle")
    for iri in (f"{RDF}type", f"{RDFS}subClassOf", f"{SKOS}inScheme"):
        for triple in whole.triples((None, URIRef(iri), None)):
            vocabulary.add(triple)
    return vocabulary, shapes


def _violations(results: Graph) -> Iterator[Violation]:
    from rdflib import Namespace

    sh = Namespace(SH)
    for result in results.objects(None, sh.result):
        texts = sorted(str(text) for text in results.objects(result, sh.resultMessage))
        component = str(results.value(result, sh.sourceConstraintComponent))
        yield Violation(
            node=_short(results.value(result, sh.focusNode)),
            path=_short(results.value(result, sh.resultPath)),
            value=_short(results.value(result, sh.value)),
            constraint=component.rsplit("#", 1)[-1],
            severity=str(results.value(result, sh.resultSeverity)).rsplit("#", 1)[-1].lower(),
            message=_shorten_iris(" ".join(texts[0].split()) if texts else "It does not fit its shape."),
        )


def _short(term: Node | None) -> str:
    """A term for people: IRIs with a prefix where one fits, literals quoted, complex paths left out."""
    from rdflib import BNode, Literal

    if term is None or isinstance(term, BNode):
        return ""
    if isinstance(term, Literal):
        text = str(term)
        return repr(text if len(text) <= 60 else f"{text[:57]}…")
    return _shorten_iris(str(term))


def _shorten_iris(text: str) -> str:
    for prefix, namespace in PREFIXES.items():
        text = text.replace(namespace, f"{prefix}:")
    return text
