"""What the SHACL shapes let through and what they stop."""

from __future__ import annotations

from importlib.resources import files

import pytest
from pyshacl import validate
from rdflib import RDF, RDFS, SH, SKOS, Graph, Literal, Namespace, URIRef

from triplehelix.ontology import load_schema
from triplehelix.ontology.namespaces import PREFIXES, TH

ID = "https://w3id.org/triplehelix/id/"
DOC = f"<{ID}document/0011223344556677>"
DIGEST = "0f" * 32
TEXT = "The harbour office runs a pilot in Linhai."
GRAPH = (
    "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())
    + f"""
@prefix id: <{ID}> .
<{ID}document/0011223344556677> a th:SourceDocument ; dcterms:source "linhai.txt" ; dcterms:language "en" ;
    dcterms:title "Linhai"@en ; dcterms:date "2031-05"^^xsd:gYearMonth ;
    th:sha256 "{DIGEST}" ; th:textSha256 "{DIGEST}" ; th:textFile "texts/0011223344556677.txt" .
<{ID}document/0011223344556677#char=4,18> a nif:Phrase ; nif:referenceContext {DOC} ;
    nif:beginIndex "4"^^xsd:nonNegativeInteger ; nif:endIndex "18"^^xsd:nonNegativeInteger ;
    nif:anchorOf "harbour office" ; itsrdf:taIdentRef id:office ; th:confidence 0.9 .
<{ID}document/0011223344556677#sentence=0,42> a nif:Sentence ; nif:referenceContext {DOC} ;
    nif:beginIndex "0"^^xsd:nonNegativeInteger ; nif:endIndex "42"^^xsd:nonNegativeInteger ;
    nif:anchorOf "{TEXT}" .
id:office a th:Government , th:GovernmentOffice ; rdfs:label "harbour office"@en , "港口办公室"@zh ;
    skos:prefLabel "harbour office"@en ; skos:altLabel "the office"@en ; dcterms:identifier "x:1" .
id:pilot a th:Mechanism , th:Pilot ; rdfs:label "pilot"@en ; th:mechanismType th:mechanism-gov .
id:linhai a th:Region , th:City ; rdfs:label "Linhai"@en ; skos:exactMatch <https://example.org/linhai> .
<{ID}statement/1> a rdf:Statement ; rdf:subject id:office ; rdf:predicate th:leads ; rdf:object id:pilot ;
    th:finerPredicate th:hosts ; th:status th:established ; th:confidence 0.75 ; th:rule "frame-run" ;
    prov:wasDerivedFrom <{ID}document/0011223344556677#sentence=0,42> .
id:office th:leads id:pilot ; th:hosts id:pilot .
<{ID}statement/2> a rdf:Statement ; rdf:subject id:pilot ; rdf:predicate th:appliesIn ; rdf:object id:linhai ;
    th:status th:established ; th:negated true ; th:confidence 0.5 ; th:rule "frame-run" ;
    prov:wasDerivedFrom <{ID}document/0011223344556677#sentence=0,42> .
"""
)


def _shipped(*names: str) -> Graph:
    graph = Graph()
    for name in names:
        text = (files("triplehelix.ontology") / "schema" / name).read_text(encoding="utf-8")
        graph.parse(data=text, format="turtle")
    return graph


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return _shipped("shapes.ttl")


@pytest.fixture(scope="module")
def vocabulary() -> Graph:
    # What the shapes read of it, to keep the tests fast.
    whole, graph = _shipped("core.ttl", "mechanisms.ttl"), Graph()
    for predicate in (RDF.type, RDFS.subClassOf, SKOS.inScheme):
        for triple in whole.triples((None, predicate, None)):
            graph.add(triple)
    return graph


def _violations(data: Graph, shapes: Graph, vocabulary: Graph) -> Graph:
    _, report, _ = validate(data + vocabulary, shacl_graph=shapes, inplace=True)
    assert isinstance(report, Graph)
    return report


def test_a_graph_that_keeps_the_contract_conforms(shapes: Graph, vocabulary: Graph) -> None:
    report = _violations(Graph().parse(data=GRAPH, format="turtle"), shapes, vocabulary)
    assert list(report.objects(None, SH.resultMessage)) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('dcterms:source "linhai.txt" ;', "", "names its source"),
        ('dcterms:language "en"', 'dcterms:language "en" , "zh"', "exactly one language"),
        (f'th:sha256 "{DIGEST}" ;', f'th:sha256 "{DIGEST.upper()}" ;', "SHA-256 of its file"),
        (f'th:textSha256 "{DIGEST}"', 'th:textSha256 "0f"', "SHA-256 of a document's text"),
        ("a th:SourceDocument ;", "a prov:Entity ;", "refer to is a th:SourceDocument"),
        ("#char=4,18>", "#char=4-18>", "IRI of a mention"),
        ("#sentence=0,42>", "#char=0,42>", "IRI of a sentence"),
        ('beginIndex "4"', 'beginIndex "18"', "before its end"),
        ('beginIndex "4"', 'beginIndex "-4"', "begins at exactly one offset"),
        ('endIndex "18"^^xsd:nonNegativeInteger', 'endIndex "x"', "ends at exactly one offset"),
        ('nif:anchorOf "harbour office" ;', "", "holds the words"),
        ("itsrdf:taIdentRef id:office ;", "", "refers to an entity"),
        ("itsrdf:taIdentRef id:office", 'itsrdf:taIdentRef "office"', "refers to an entity"),
        ("th:confidence 0.9", "th:confidence 1.9", "A mention has exactly one confidence"),
        ("th:Government , th:GovernmentOffice", "th:GovernmentOffice", "exactly one of the twelve"),
        ("th:Government , th:GovernmentOffice", "th:Government , th:Region", "exactly one of the twelve"),
        ("th:Pilot ;", "th:Pilot , th:Reform ;", "one finer class at most"),
        ('rdfs:label "pilot"@en ;', "", "An entity has a label"),
        ('rdfs:label "pilot"@en', 'rdfs:label "pilot"@en , "trial"@en', "one label at most in each language"),
        ('rdfs:label "pilot"@en', 'rdfs:label "pilot"', "An entity has a label"),
        ('skos:altLabel "the office"@en', 'skos:altLabel "harbour office"@en', "no other label"),
        ("skos:exactMatch <https://example.org/linhai>", 'skos:exactMatch "Linhai"', "matches elsewhere"),
        ("th:mechanism-gov", "th:policy-supply", "concept of the mechanism scheme"),
        ("a th:Region , th:City ;", "a th:Region ; th:mechanismType th:mechanism-gov ;", "Only a mechanism"),
        ("rdf:predicate th:leads", "rdf:predicate th:hosts", "one of the twelve core predicates"),
        ("rdf:object id:pilot ;\n    th:finer", "rdf:object id:office ;\n    th:finer", "not its object"),
        ("th:status th:established ; th:conf", "th:status th:done ; th:conf", "four statuses"),
        ("th:status th:established ; th:conf", "th:conf", "four statuses"),
        ("th:negated true", "th:negated false", "true or absent"),
        ("th:confidence 0.75", "th:confidence 0.75 , 0.8", "A statement has exactly one confidence"),
        ('th:confidence 0.75 ; th:rule "frame-run"', "th:confidence 0.75", "names the rule"),
        (
            f"prov:wasDerivedFrom <{ID}document/0011223344556677#sentence=0,42> .\nid:",
            " .\nid:",
            "derived from",
        ),
        ("id:office th:leads id:pilot ; th:hosts", "id:office th:hosts", "must be asserted"),
        ("th:established ; th:conf", "th:planned ; th:conf", "no ongoing or established statement"),
        ("th:hosts id:pilot .", "th:hosts id:pilot . id:pilot th:appliesIn id:linhai .", "no ongoing or"),
        ("rdf:subject id:office", "rdf:subject id:linhai", "subject of th:leads is an actor"),
        ("rdf:object id:linhai", "rdf:object id:office", "object of th:appliesIn is a region"),
        ("th:finerPredicate th:hosts", "th:finerPredicate th:leads", "finer predicate, beside"),
    ],
)
def test_a_breach_of_the_contract_is_reported(
    shapes: Graph, vocabulary: Graph, old: str, new: str, message: str
) -> None:
    assert old in GRAPH
    broken = Graph().parse(data=GRAPH.replace(old, new), format="turtle")
    messages = [str(m) for m in _violations(broken, shapes, vocabulary).objects(None, SH.resultMessage)]
    assert any(message in m for m in messages), messages


def test_shapes_and_schema_allow_the_same_ends(shapes: Graph, vocabulary: Graph) -> None:
    th, schema, data = Namespace(TH), load_schema(), Graph()
    expected = set()
    for name, info in schema.predicates.items():
        for core in schema.core_classes:
            for role, side in ((RDF.subject, info.domain), (RDF.object, info.range)):
                statement, end = URIRef(f"{ID}{name}-{core}-{role}"), URIRef(f"{ID}{name}-{core}-{role}#end")
                data.add((statement, RDF.predicate, th[info.core]))
                data.add((statement, role, end))
                data.add((end, RDF.type, th[core]))
                if info.name != info.core:
                    data.add((statement, th.finerPredicate, th[name]))
                if core not in side:
                    expected.add(end)
    report = _violations(data, shapes, vocabulary)
    found = {
        value
        for result, message in report.subject_objects(SH.resultMessage)
        if " of th:" in message
        for value in report.objects(result, SH.value)
    }
    assert found == expected


def test_part_of_joins_equal_classes_only(shapes: Graph, vocabulary: Graph) -> None:
    th, data = Namespace(TH), Graph()
    for part, whole in (("Region", "Region"), ("Mechanism", "PolicyDocument")):
        statement = URIRef(f"{ID}{part}-{whole}")
        for role, core in ((RDF.subject, part), (RDF.object, whole)):
            data.add((statement, role, URIRef(f"{statement}#{role}")))
            data.add((URIRef(f"{statement}#{role}"), RDF.type, th[core]))
        data.add((statement, RDF.predicate, th.partOf))
    report = _violations(data, shapes, vocabulary)
    results = [r for r, m in report.subject_objects(SH.resultMessage) if "another class" in m]
    assert [report.value(r, SH.value) for r in results] == [URIRef(f"{ID}Mechanism-PolicyDocument")]


def test_a_validator_that_does_not_see_the_ontology_says_so(shapes: Graph) -> None:
    report = _violations(Graph().parse(data=GRAPH, format="turtle"), shapes, Graph())
    assert any("not in sight" in message for message in report.objects(None, SH.resultMessage))


def test_every_property_shape_says_what_is_wrong(shapes: Graph) -> None:
    for shape in shapes.subjects(SH.path, None):
        message = shapes.value(shape, SH.message)
        assert isinstance(message, Literal) and message.language == "en" and message.endswith(".")
