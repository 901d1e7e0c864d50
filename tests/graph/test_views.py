"""A graph read as plain data: what reports, tables and the explorer see."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from triplehelix.extract.annotations import AnnotatedDocument
from triplehelix.graph.assembly import assemble
from triplehelix.graph.serialise import to_turtle
from triplehelix.graph.store import store_of
from triplehelix.graph.views import GraphView, view
from triplehelix.ontology import Ontology

ID = "https://w3id.org/triplehelix/id/"


@pytest.fixture(scope="module")
def graph(ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument) -> GraphView:
    return view(store_of(assemble([first, second], ontology).quads))


def test_an_entity_has_its_classes_labels_and_counts(graph: GraphView) -> None:
    hefei = graph.entities[f"{ID}hefei"]
    assert (hefei.type, hefei.cls, hefei.label) == ("Region", "City", "Hefei")
    assert hefei.labels == {"en": ("Hefei", "Hefei City"), "zh": ("合肥",)}
    assert hefei.same_as == ("http://www.wikidata.org/entity/Q1",)
    assert (hefei.mentions, hefei.documents, hefei.linked) == (2, 2, True)


def test_a_described_mechanism_has_its_group_and_is_not_linked(graph: GraphView) -> None:
    scheme = next(e for e in graph.entities.values() if e.label == "Joint Training Scheme")
    assert (scheme.cls, scheme.mechanism_type, scheme.linked, scheme.mentions) == (
        "TrainingScheme",
        "edu",
        False,
        3,
    )


def test_regions_that_no_text_names_are_no_entities_of_the_view(graph: GraphView) -> None:
    assert f"{ID}anhui" not in graph.entities
    assert graph.label(f"{ID}anhui") == "anhui"


def test_a_statement_has_its_ends_status_rules_and_evidence(graph: GraphView) -> None:
    ongoing = next(s for s in graph.statements if (s.predicate, s.status) == ("leads", "ongoing"))
    assert graph.label(ongoing.subject) == "Ministry of Education"
    assert graph.label(ongoing.object) == "Joint Training Scheme"
    assert (ongoing.confidence, ongoing.rule, ongoing.negated) == (0.9, "run-direct run-perfect", False)
    sources = [graph.documents[e.document].source for e in ongoing.evidence]
    assert sorted(sources) == ["texts/first.txt", "texts/later.txt"]
    assert all("Ministry of Education" in e.text for e in ongoing.evidence)


def test_a_finer_predicate_and_a_denial_show(graph: GraphView) -> None:
    assert [s.finer for s in graph.statements if s.finer] == ["establishes"]
    assert [graph.label(s.object) for s in graph.statements if s.negated] == ["innovation voucher"]


def test_a_document_has_what_is_known_of_it(graph: GraphView) -> None:
    first = next(d for d in graph.documents.values() if d.source == "texts/first.txt")
    assert (first.title, first.date, first.language, first.url) == (
        "Training notice",
        "2024-03-05",
        "en",
        None,
    )
    assert sum(graph.mentions[first.iri].values()) == 5


def test_the_view_is_the_same_from_turtle(
    graph: GraphView, ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument
) -> None:
    store = ox.Store()
    store.load(to_turtle(assemble([second, first], ontology).quads), ox.RdfFormat.TURTLE)
    assert view(store) == graph


def test_an_empty_graph_is_an_empty_view() -> None:
    assert view(ox.Store()) == GraphView()
