"""The whole extraction on texts put together from small pieces, however odd their characters."""

from __future__ import annotations

import itertools
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from triplehelix.extract.annotations import AnnotatedDocument, Document
from triplehelix.extract.english import PIECE, _pieces
from triplehelix.extract.pipeline import Pipeline
from triplehelix.ontology import Ontology

Annotate = Callable[[str], AnnotatedDocument]

STATUSES = {"proposed", "planned", "ongoing", "established"}
NOTICE = """Notice on young engineers

The Ministry of Education will set up a talent fund for young engineers. Universities should establish a joint
training scheme for overseas researchers in Shanghai. Northlake University (NLU) has launched a quantum computing
alliance in Hefei. NLU is promoting the tenure reform.

1. Expand the fellowship programme.
2. Suzhou has not yet opened a talent hub.
"""
FRAGMENTS = [
    "The Ministry of Education will set up a talent fund for young engineers.",
    "Universities should join the “use first, pay later” scheme.",
    "Northlake University (NLU) launched an alliance in Hefei.",
    "NLU’s laboratory works on quantum computing",
    "教育部将在上海设立人才基金。",
    "🚄🚄",
    "e\u0301cole",
    "Xi'an\u00a0and\u00a0Suzhou",
    "\u00a0",
    "\ufeff",
    "\u200b",
    "1. Expand the fellowship programme",
    "(MOST)",
    "*** ---",
    "“",
    '"the',
    "\t",
]
GLUE = [" ", "\n", "\n\n", "  ", "", "\n \n", "; "]
TEXTS = st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(GLUE)), max_size=8).map(
    lambda parts: "".join(a + b for a, b in parts)
)


def check(annotated: AnnotatedDocument, ontology: Ontology) -> None:
    """What holds of every annotated document."""
    text = annotated.document.text
    entities = {entity.id: entity for entity in annotated.entities}
    assert len(entities) == len(annotated.entities)
    for mention in annotated.mentions:
        assert text[mention.begin : mention.end] == mention.text
        assert mention.text.strip()
        assert mention.entity in entities
        assert 0 <= mention.confidence <= 1
    assert list(annotated.mentions) == sorted(annotated.mentions, key=lambda m: (m.begin, m.end, m.entity))
    assert {m.entity for m in annotated.mentions} == set(entities)
    for before, after in itertools.pairwise(annotated.sentences):
        assert before.begin <= before.end <= after.begin
    assert all(0 <= s.begin <= s.end <= len(text) for s in annotated.sentences)
    for report in annotated.unlinked:
        assert text[report.begin : report.end] == report.text
    for entity in annotated.entities:
        assert ontology.schema.core_of(entity.cls) == entity.type
        assert entity.key is None or entity.key in ontology.authority.entries
        assert "\n" not in entity.name
    sentences = set(annotated.sentences)
    for relation in annotated.relations:
        subject, target = entities[relation.subject], entities[relation.object]
        assert ontology.schema.allows(relation.predicate, subject.type, target.type)
        assert relation.status in STATUSES
        assert 0 <= relation.confidence <= 1
        assert relation.evidence
        assert sentences.issuperset(relation.evidence)
        assert relation.rule


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS)
def test_offsets_slice_to_the_surface(annotate: Annotate, ontology: Ontology, text: str) -> None:
    check(annotate(text), ontology)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n", "\n\n\n", "🚄", "。", "a", "\u00a0\n\u00a0", "The", "﻿", "“", "1.", "\x00", "教育"],
    ids=repr,
)
def test_texts_with_nothing_to_say(text: str, annotate: Annotate, ontology: Ontology) -> None:
    annotated = annotate(text)
    check(annotated, ontology)
    assert not annotated.relations


def test_a_notice_in_full(annotate: Annotate, ontology: Ontology) -> None:
    annotated = annotate(NOTICE)
    check(annotated, ontology)
    names = {e.id: e.name for e in annotated.entities}
    said = {(names[r.subject], names[r.object]): (r.predicate, r.status) for r in annotated.relations}
    assert said["Ministry of Education", "talent fund"][1] == "planned"
    assert said["talent fund", "young engineers"] == ("targets", "planned")
    assert {"Hefei", "Shanghai", "Northlake University"} <= set(names.values())


def test_line_ends_do_not_matter(annotate: Annotate) -> None:
    """Documents arrive with bare line feeds; a stray carriage return shifts offsets and nothing else."""
    plain, windows = annotate(NOTICE), annotate(NOTICE.replace("\n\n", "\r\n\r\n"))
    assert [m.text for m in plain.mentions] == [m.text for m in windows.mentions]


def test_the_same_text_gives_the_same_result(annotate: Annotate) -> None:
    first = annotate(NOTICE)
    annotate("Another text on a licensing pilot in Hefei comes between.")
    assert annotate(NOTICE) == first


def test_documents_do_not_see_each_other(pipeline: Pipeline) -> None:
    documents = [
        Document(f"{n}.txt", text, "0" * 64) for n, text in enumerate(["", NOTICE, "Suzhou.", NOTICE])
    ]
    found = list(pipeline.annotate(documents))
    assert [a.document for a in found] == documents
    assert found[1].relations == found[3].relations
    assert found[1].mentions == found[3].mentions


def test_unsure_relations_can_be_left_out(pipeline: Pipeline) -> None:
    document = Document("notice.txt", NOTICE, "0" * 64)
    everything = pipeline.annotate_one(document).relations
    least, *_, most = sorted(relation.confidence for relation in everything)
    middle = (least + most) / 2
    sure = pipeline.annotate_one(document, min_confidence=middle).relations
    assert 0 < len(sure) < len(everything)
    assert set(sure) == {r for r in everything if r.confidence >= middle}


@pytest.mark.parametrize(
    "sentence",
    [
        "Universities should establish a joint training scheme for young engineers.",
        "The Ministry of Education will establish a joint training scheme for young engineers.",
        "The ministry encourages universities to establish a joint training scheme for young engineers.",
        "It is necessary for universities to establish a joint training scheme for young engineers.",
        "The Ministry of Education plans to establish a joint training scheme for young engineers.",
        "If universities establish a joint training scheme for young engineers, firms will follow.",
        "The outline proposes that universities establish a joint training scheme for young engineers.",
        "1. Establish a joint training scheme for young engineers.",
    ],
)
def test_a_proposal_is_never_presented_as_a_fact(sentence: str, annotate: Annotate) -> None:
    annotated = annotate(sentence)
    types = {e.id: e.type for e in annotated.entities}
    said = [
        r
        for r in annotated.relations
        if types[r.object] == "Mechanism"
        or (types[r.subject], types[r.object]) == ("Mechanism", "TalentGroup")
    ]
    assert said
    assert {r.status for r in said} <= {"proposed", "planned"}


def test_a_denied_relation_says_so(annotate: Annotate) -> None:
    annotated = annotate("The Ministry of Education has not yet established a talent fund.")
    [relation] = [r for r in annotated.relations if r.subject == annotated.mentions[0].entity]
    assert relation.negated


@given(st.text("ab. \n!", max_size=300), st.integers(10, 40))
def test_cutting_loses_no_character(text: str, size: int) -> None:
    pieces = list(_pieces(text, size))
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= size for piece in pieces[:-1])


def test_a_text_is_cut_between_lines() -> None:
    text = "A line of words.\n" * 40
    assert all(piece.endswith("\n") for piece in _pieces(text, 100) if piece)


def test_a_text_without_lines_is_cut_between_sentences() -> None:
    text = "A line of words. " * 40
    assert all(piece.endswith(". ") for piece in _pieces(text, 100) if piece)


def test_a_long_text_is_read_to_its_end(annotate: Annotate, ontology: Ontology) -> None:
    filler = f"Trams run every day.{' ' * 400}\n" * 125
    assert len(filler) > PIECE
    text = filler + "\nThe Ministry of Education will set up a talent fund for young engineers.\n"
    annotated = annotate(text)
    check(annotated, ontology)
    assert next(m.text for m in annotated.mentions if m.begin >= len(filler)) == "Ministry of Education"


def test_the_fingerprint_tells_model_and_ontology(pipeline: Pipeline) -> None:
    assert "core_web_sm" in pipeline.fingerprint
    assert pipeline.ontology.fingerprint[:16] in pipeline.fingerprint
