"""What a graph holds of what documents say, and that the order of documents never shows in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplehelix.errors import GraphError
from triplehelix.extract.annotations import (
    AnnotatedDocument,
    Document,
    Entity,
    Mention,
    RelationMention,
    Span,
)
from triplehelix.graph.assembly import Assembly, assemble
from triplehelix.graph.queries import run_query
from triplehelix.graph.store import store_of
from triplehelix.ontology import Ontology

STATUSES = st.sampled_from(["proposed", "planned", "ongoing", "established"])
CORES = ("Government", "Mechanism", "Region", "Mechanism")
KEYS = ("moe", None, "hefei", None)

Rows = Callable[..., list[tuple[str, ...]]]


@pytest.fixture
def rows() -> Rows:
    """What a pattern finds in a graph: the values of the variables named, as text."""

    def ask(assembly: Assembly, pattern: str, names: str = "*") -> list[tuple[str, ...]]:
        found = run_query(store_of(assembly.quads), f"SELECT {names} {{ {pattern} }}")
        return list(found.table()[1])

    return ask


@pytest.fixture(scope="module")
def graph(ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument) -> Assembly:
    return assemble([first, second], ontology)


def test_a_proposal_a_plan_and_a_denial_are_never_asserted_as_facts(graph: Assembly, rows: Rows) -> None:
    voucher = '?voucher skos:prefLabel "innovation voucher"@en .'
    assert rows(graph, f"{voucher} ?s ?p ?o FILTER(?s = ?voucher && ?p = th:appliesIn)") == []
    assert rows(graph, f"{voucher} ?who th:leads ?voucher") == []
    assert rows(graph, "?who th:participatesIn ?what") == []
    assert len(rows(graph, "?s th:status th:proposed ; rdf:predicate th:appliesIn")) == 1
    assert len(rows(graph, "?s th:negated true ; th:status th:established")) == 1


def test_a_finer_predicate_is_found_as_its_core_predicate(graph: Assembly, rows: Rows) -> None:
    assert len(rows(graph, "?who th:establishes ?what ; th:leads ?what")) == 1
    statements = rows(graph, "?s th:finerPredicate ?finer ; rdf:predicate ?core", "?finer ?core")
    assert statements == [("th:establishes", "th:leads")]


def test_the_same_said_in_two_documents_is_one_statement_with_both_sentences(
    graph: Assembly, rows: Rows
) -> None:
    said = "?s rdf:predicate th:leads ; th:status th:ongoing ; "
    assert len(rows(graph, f"{said} prov:wasDerivedFrom ?sentence", "?s")) == 2
    assert len(rows(graph, said, "DISTINCT ?s")) == 1
    assert rows(graph, f"{said} th:rule ?rule", "?rule") == [("run-direct",), ("run-perfect",)]
    assert rows(graph, f"{said} th:confidence ?sure", "?sure") == [("0.9",)]


def test_an_entity_has_its_finer_class_and_its_core_class(graph: Assembly, rows: Rows) -> None:
    assert rows(graph, "?e a th:Ministry, th:Government")
    assert rows(graph, '?e a th:TrainingScheme, th:Mechanism ; skos:prefLabel "Joint Training Scheme"@en')
    assert rows(graph, "?e a th:Region, th:City")


def test_labels_of_the_authority_file_come_in_both_languages_and_hidden_ones_do_not(
    graph: Assembly, rows: Rows
) -> None:
    assert rows(graph, '?e skos:prefLabel "合肥"@zh, "Hefei"@en ; skos:altLabel "Hefei City"@en')
    assert rows(graph, '?e ?p "Hofei"@en') == []


def test_a_described_mechanism_is_grouped_by_its_words(graph: Assembly, rows: Rows) -> None:
    assert rows(graph, '?e skos:prefLabel "Joint Training Scheme"@en ; th:mechanismType th:mechanism-edu')


def test_the_chain_of_regions_is_background_and_not_a_statement(graph: Assembly, rows: Rows) -> None:
    chain = '?city skos:prefLabel "Hefei"@en ; dcterms:isPartOf+ ?delta . ?delta a th:UrbanCluster'
    assert len(rows(graph, chain)) == 1
    assert rows(graph, "?s th:partOf ?o") == []
    background = {str(q.predicate.value) for q in graph.quads if isinstance(q.graph_name, ox.NamedNode)}
    assert "http://purl.org/dc/terms/isPartOf" in background
    assert rows(graph, '?e skos:prefLabel "Ningbo"@en') == []


def test_a_document_carries_its_metadata_and_digests(graph: Assembly, rows: Rows) -> None:
    assert rows(
        graph,
        '?d a th:SourceDocument ; dcterms:source "texts/first.txt" ; dcterms:title "Training notice"@en ; '
        'dcterms:date "2024-03-05"^^xsd:date ; dcterms:language "en" ; th:sha256 ?sha ; th:textSha256 ?sha',
    )


def test_offsets_slice_the_kept_text_to_the_quote(graph: Assembly, rows: Rows) -> None:
    place = "?place nif:beginIndex ?begin ; nif:endIndex ?end ; nif:anchorOf ?quote"
    found = rows(graph, f"{place} ; nif:referenceContext/th:textFile ?file", "?file ?begin ?end ?quote")
    assert len(found) == 13
    for file, begin, end, quote in found:
        assert graph.texts[file][int(begin) : int(end)] == quote


def test_one_file_at_two_paths_is_one_document_with_two_sources(
    ontology: Ontology, first: AnnotatedDocument, rows: Rows
) -> None:
    copy = replace(first, document=replace(first.document, source="copy.txt", title=None))
    graph = assemble([first, copy], ontology)
    both = '?d a th:SourceDocument ; dcterms:source "copy.txt", "texts/first.txt" ; dcterms:title ?title'
    assert rows(graph, both, "?title") == [("Training notice",)]
    assert len(graph.texts) == 1
    assert set(graph.documents) == {"copy.txt", "texts/first.txt"}


def test_one_file_read_as_two_texts_is_two_documents(ontology: Ontology, first: AnnotatedDocument) -> None:
    other = AnnotatedDocument(replace(first.document, source="first.html", text="Other."), (), (), (), ())
    graph = assemble([first, other], ontology)
    assert sorted(graph.texts.values()) == sorted(["Other.", first.document.text])
    assert len(set(graph.documents.values())) == 2


def test_cooperation_is_kept_in_one_direction(ontology: Ontology, first: AnnotatedDocument) -> None:
    def cooperation(one: str, other: str) -> AnnotatedDocument:
        relation = RelationMention(
            one, "cooperatesWith", other, "ongoing", False, 0.5, "sign", (Span(0, 66),)
        )
        return replace(first, relations=(relation,))

    assert assemble([cooperation("E1", "E4")], ontology) == assemble([cooperation("E4", "E1")], ontology)


def test_a_relation_of_a_thing_to_itself_is_left_out(ontology: Ontology, first: AnnotatedDocument) -> None:
    twin = Entity("E9", "Mechanism", "Mechanism", "Joint Training Scheme")
    mention = Mention(35, 56, "joint training scheme", "E9", "x", 0.5)
    part = RelationMention("E9", "partOf", "E2", "ongoing", False, 0.5, "part", (Span(0, 66),))
    annotated = replace(
        first, entities=(*first.entities, twin), mentions=(*first.mentions, mention), relations=(part,)
    )
    assert not any("partOf" in str(quad) for quad in assemble([annotated], ontology).quads)


def test_short_forms_are_no_other_names(ontology: Ontology, first: AnnotatedDocument, rows: Rows) -> None:
    short = (Mention(0, 3, "Scheme", "E2", "x", 0.5), Mention(0, 3, "training pact", "E2", "x", 0.5))
    graph = assemble([replace(first, mentions=(*first.mentions, *short))], ontology)
    other_names = rows(graph, '?e skos:prefLabel "joint training scheme"@en ; skos:altLabel ?alt', "?alt")
    assert other_names == [("training pact",)]


def test_a_wrong_base_is_refused_before_anything_is_read(ontology: Ontology) -> None:
    with pytest.raises(GraphError, match="base"):
        assemble([], ontology, "no iri")


def test_nothing_gives_an_empty_graph(ontology: Ontology) -> None:
    assert assemble([], ontology) == Assembly(frozenset(), {}, {})


@st.composite
def annotated_documents(draw: st.DrawFn) -> AnnotatedDocument:
    text = draw(st.text(min_size=8, max_size=40))
    names = st.one_of(
        st.sampled_from(["fund", "Fund", "the fund", "pilot", "</script>"]), st.text(min_size=1)
    )
    entities = tuple(
        Entity(f"E{n}", core, core, draw(names), key=key)
        for n, (core, key) in enumerate(zip(CORES, KEYS, strict=True))
    )
    spans = st.integers(0, 7).flatmap(lambda begin: st.tuples(st.just(begin), st.integers(begin + 1, 8)))
    mentions = tuple(
        Mention(begin, end, text[begin:end], draw(st.sampled_from(entities)).id, "r", draw(st.floats(0, 1)))
        for begin, end in draw(st.lists(spans, max_size=4))
    )
    relations = tuple(
        RelationMention(
            *ends,
            draw(STATUSES),
            draw(st.booleans()),
            draw(st.floats(0, 1)),
            draw(st.sampled_from("ab")),
            (Span(0, 8),),
        )
        for ends in draw(st.lists(st.sampled_from(ENDS), max_size=4))
    )
    source = draw(st.sampled_from(["a.txt", "b.txt", "c.txt"]))
    title = draw(st.sampled_from([None, "One", "Two"]))
    document = Document(source, text, sha256(text.encode()).hexdigest(), title=title)
    return AnnotatedDocument(document, (Span(0, 8),), entities, mentions, relations)


ENDS = (("E0", "leads", "E1"), ("E0", "establishes", "E1"), ("E1", "appliesIn", "E2"), ("E1", "partOf", "E3"))


@settings(deadline=None, max_examples=60)
@given(data=st.data(), documents=st.lists(annotated_documents(), max_size=4))
def test_the_order_of_documents_never_shows(
    ontology: Ontology, data: st.DataObject, documents: list[AnnotatedDocument]
) -> None:
    shuffled = data.draw(st.permutations(documents))
    assert assemble(documents, ontology) == assemble(shuffled, ontology)


@settings(deadline=None, max_examples=30)
@given(documents=st.lists(annotated_documents(), max_size=3))
def test_every_fact_has_a_statement_that_allows_it(
    ontology: Ontology, documents: list[AnnotatedDocument]
) -> None:
    store = store_of(assemble(documents, ontology).quads)
    unfounded = """ASK { ?s ?p ?o . VALUES ?p { th:leads th:appliesIn th:partOf }
        FILTER NOT EXISTS { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; th:status ?status .
            FILTER(?status IN (th:ongoing, th:established)) FILTER NOT EXISTS { ?st th:negated true } } }"""
    assert run_query(store, unfounded).answer is False
