"""Relations in single sentences: who does what for whom and where."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from triplehelix.extract.annotations import AnnotatedDocument
from triplehelix.ontology import Ontology

Annotate = Callable[[str], AnnotatedDocument]


def said(annotated: AnnotatedDocument, ontology: Ontology) -> set[tuple[str, str, str]]:
    """Relations by name, with the core predicate."""
    names = {entity.id: entity.name for entity in annotated.entities}
    return {
        (names[r.subject], ontology.schema.predicates[r.predicate].core, names[r.object])
        for r in annotated.relations
    }


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        pytest.param(
            "The Ministry of Education has launched a talent programme.",
            ("Ministry of Education", "leads", "talent programme"),
            id="leads",
        ),
        pytest.param(
            "A talent programme was launched by the Ministry of Education.",
            ("Ministry of Education", "leads", "talent programme"),
            id="leads, passive",
        ),
        pytest.param(
            "The talent programme trains young engineers.",
            ("talent programme", "targets", "young engineers"),
            id="targets",
        ),
        pytest.param(
            "The Ministry of Education issued the Science Plan.",
            ("Ministry of Education", "issues", "Science Plan"),
            id="issues",
        ),
        pytest.param(
            "A licensing pilot was launched in Hefei.",
            ("licensing pilot", "appliesIn", "Hefei"),
            id="appliesIn",
        ),
    ],
)
def test_a_sentence_states_a_relation(
    text: str, relation: tuple[str, str, str], annotate: Annotate, ontology: Ontology
) -> None:
    assert relation in said(annotate(text), ontology)


def test_coordination_distributes(annotate: Annotate, ontology: Ontology) -> None:
    text = (
        "The Ministry of Education and the Ministry of Finance launched a talent programme and a seed fund."
    )
    assert {
        (actor, "leads", thing)
        for actor in ("Ministry of Education", "Ministry of Finance")
        for thing in ("talent programme", "seed fund")
    } <= said(annotate(text), ontology)


def test_the_evidence_is_the_sentence(annotate: Annotate) -> None:
    sentence = "The Ministry of Education has launched a talent programme."
    annotated = annotate(f"Trams run every day.\n\n  {sentence} \n\nThey are blue.")
    evidence = {span for r in annotated.relations for span in r.evidence}
    assert {annotated.document.text[span.begin : span.end] for span in evidence} == {sentence}


def test_nothing_is_said_across_sentences_without_a_link(annotate: Annotate) -> None:
    assert not annotate("The Ministry of Education met. Trams run in Hefei.").relations


def test_a_finer_predicate_is_allowed_where_its_core_is(annotate: Annotate, ontology: Ontology) -> None:
    annotated = annotate("The Ministry of Education has funded a talent programme for young engineers.")
    types = {e.id: e.type for e in annotated.entities}
    for relation in annotated.relations:
        core = ontology.schema.predicates[relation.predicate].core
        assert ontology.schema.allows(core, types[relation.subject], types[relation.object])


def test_relations_are_in_order_and_said_once(annotate: Annotate) -> None:
    sentence = "The Ministry of Education has launched a talent programme. "
    annotated = annotate(sentence * 3 + "The Ministry of Finance has launched a seed fund.")
    begins = [r.evidence[0].begin for r in annotated.relations]
    assert begins == sorted(begins)
    keys = [(r.subject, r.predicate, r.object) for r in annotated.relations]
    assert len(keys) == len(set(keys))


def test_a_rule_is_a_frame_or_a_pair(annotate: Annotate) -> None:
    annotated = annotate(
        "The Ministry of Education has launched a Hefei talent programme for young engineers."
    )
    assert annotated.relations
    assert all(r.rule.startswith(("frame-", "pair-")) for r in annotated.relations)
