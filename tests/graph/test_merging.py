"""Entities that a user says are one: one node with the names and the statements of both."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256

import pytest

from triplehelix.errors import OntologyError
from triplehelix.extract.annotations import (
    AnnotatedDocument,
    Document,
    Entity,
    Mention,
    RelationMention,
    Span,
)
from triplehelix.graph.assembly import assemble
from triplehelix.graph.store import store_of
from triplehelix.graph.views import GraphView, view
from triplehelix.ontology import Ontology
from triplehelix.ontology.merges import parse_merges

CHINESE = "教育部在合肥开展联合培养试点。"
HEADER = "entity\tsame_as\ttype\tnote\n"


@pytest.fixture
def chinese() -> AnnotatedDocument:
    """The ministry runs in Chinese what it runs in English in `first`."""
    surfaces = {"E1": "教育部", "E2": "联合培养试点", "E3": "合肥"}
    return AnnotatedDocument(
        Document("texts/zh.txt", CHINESE, sha256(CHINESE.encode()).hexdigest(), language="zh"),
        (Span(0, len(CHINESE)),),
        (
            Entity("E1", "Government", "Ministry", "教育部", key="moe"),
            Entity("E2", "Mechanism", "TrainingScheme", "联合培养试点"),
            Entity("E3", "Region", "City", "合肥", key="hefei"),
        ),
        tuple(
            Mention(CHINESE.index(s), CHINESE.index(s) + len(s), s, e, "lexicon", 0.9) for e, s in surfaces.items()
        ),
        (RelationMention("E1", "leads", "E2", "ongoing", False, 0.8, "trigger", (Span(0, len(CHINESE)),)),),
    )  # fmt: skip


def deciding(ontology: Ontology, *lines: str) -> Ontology:
    """The ontology with decisions of a user's."""
    text = HEADER + "".join(f"{line}\n" for line in lines)
    return replace(
        ontology, merges=tuple(parse_merges(text, "merges.tsv", ontology.schema, ontology.authority))
    )


def graph_of(ontology: Ontology, *documents: AnnotatedDocument) -> GraphView:
    return view(store_of(assemble(documents, ontology).quads))


def mechanisms(graph: GraphView) -> list[dict[str, tuple[str, ...]]]:
    return [dict(e.labels) for e in graph.entities.values() if e.type == "Mechanism"]


def test_without_a_decision_two_languages_keep_two_mechanisms(
    ontology: Ontology, first: AnnotatedDocument, chinese: AnnotatedDocument
) -> None:
    assert len(mechanisms(graph_of(ontology, first, chinese))) == 2


@pytest.mark.parametrize("turned", [False, True], ids=["as given", "documents turned round"])
def test_a_pair_becomes_one_mechanism_with_both_names_and_all_that_is_said(
    ontology: Ontology, first: AnnotatedDocument, chinese: AnnotatedDocument, turned: bool
) -> None:
    decided = deciding(ontology, "联合培养试点@zh\tjoint training scheme@en\tMechanism\t")
    documents = [first, chinese][:: -1 if turned else 1]
    graph = graph_of(decided, *documents)
    (mechanism,) = (e for e in graph.entities.values() if e.type == "Mechanism")
    assert mechanism.labels == {"zh": ("联合培养试点",), "en": ("joint training scheme",)}
    assert "/zh/mechanism/" in mechanism.iri
    (led,) = (s for s in graph.statements if s.predicate == "leads")
    assert {graph.documents[e.document].source for e in led.evidence} == {"texts/first.txt", "texts/zh.txt"}
    assert assemble(documents, decided).quads == assemble(documents[::-1], decided).quads


def test_what_is_joined_to_an_entry_of_the_authority_file_goes_under_its_iri(
    ontology: Ontology, chinese: AnnotatedDocument
) -> None:
    graph = graph_of(deciding(ontology, "联合培养试点@zh\tdouble-first\tMechanism\t"), chinese)
    (mechanism,) = (e for e in graph.entities.values() if e.type == "Mechanism")
    assert mechanism.iri.endswith("/id/double-first")
    assert mechanism.labels["zh"] == ("联合培养试点",) and mechanism.linked


def test_decisions_reach_from_line_to_line(
    ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument, chinese: AnnotatedDocument
) -> None:
    decided = deciding(
        ontology,
        "联合培养试点@zh\tjoint training scheme@en\tMechanism\t",
        "innovation voucher@en\t联合培养试点@zh\tMechanism\t",
    )
    assert len(mechanisms(graph_of(decided, first, second, chinese))) == 1


def test_an_earlier_graphs_iri_names_an_entity(
    ontology: Ontology, first: AnnotatedDocument, chinese: AnnotatedDocument
) -> None:
    graph = graph_of(ontology, first, chinese)
    here, there = (e.iri for e in graph.entities.values() if e.type == "Mechanism")
    merged = graph_of(deciding(ontology, f"{here}\t{there}\t\t"), first, chinese)
    assert [e.iri for e in merged.entities.values() if e.type == "Mechanism"] == [here]


def test_entities_of_different_types_are_refused_with_the_line(
    ontology: Ontology, first: AnnotatedDocument
) -> None:
    university = next(e.iri for e in graph_of(ontology, first).entities.values() if e.type == "University")
    decided = deciding(ontology, "# a slip", f"{university}\tjoint training scheme@en\tMechanism\t")
    with pytest.raises(OntologyError, match=r"^merges\.tsv, line 3: .* only entities of one core class"):
        assemble([first], decided)


def test_the_build_tells_which_decisions_had_something_to_join(
    ontology: Ontology, first: AnnotatedDocument, chinese: AnnotatedDocument
) -> None:
    decided = deciding(
        ontology,
        "联合培养试点@zh\tjoint training scheme@en\tMechanism\t",
        "揭榜试点@zh\tjoint training scheme@en\tMechanism\t",
    )
    found = [(a.entity, a.entity_named, a.same_as_named) for a in assemble([first, chinese], decided).merges]
    assert found == [("联合培养试点@zh", True, True), ("揭榜试点@zh", False, True)]
