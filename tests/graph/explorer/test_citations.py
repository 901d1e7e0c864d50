"""The two ends of a statement in its sentences."""

from __future__ import annotations

import pytest

from triplehelix.graph.explorer.citations import Citations, marks
from triplehelix.graph.views import DocumentView, EntityView, EvidenceView, GraphView


def entity(*names: str) -> EntityView:
    return EntityView(names[0], "Mechanism", "", names[0], {"en": names})


@pytest.mark.parametrize(
    ("text", "subject", "obj", "found"),
    [
        ("Tide Lab joins the Sea Fund.", ["Tide Lab"], ["Sea Fund"], ["Tide Lab", "Sea Fund"]),
        ("HU joins the tide  fund.", ["Harbour University", "HU"], ["Tide Fund"], ["HU", "tide  fund"]),
        ("The fundamental fund.", ["fund"], ["x"], ["fund"]),
        ("潮汐大学参与潮汐基金。", ["潮汐大学"], ["潮汐基金"], ["潮汐大学", "潮汐基金"]),
        ("𠀀𠀀 meets 潮汐大学", ["潮汐大学"], ["𠀀𠀀"], ["𠀀𠀀", "潮汐大学"]),
        ("Tide Fund and Tide Fund Office", ["Tide Fund"], ["Tide Fund Office"], ["Tide Fund", "Tide Fund Office"]),
        ("It joins them (a+b).", ["C++"], ["(a+b)"], ["(a+b)"]),
        ("Nobody is named.", ["x"], ["", " "], []),
    ],
    ids=["names", "alias and case", "whole words", "Chinese", "beyond the BMP", "the longer name", "signs", "none"],
)  # fmt: skip
def test_marks_are_the_names_of_the_ends(
    text: str, subject: list[str], obj: list[str], found: list[str]
) -> None:
    assert [text[begin:end] for begin, end, _ in marks(text, entity(*subject), entity(*obj))] == found


def test_a_sentence_and_a_document_are_stored_once() -> None:
    documents = {"d": DocumentView("d", "a.txt", "A", None, "en", None, None)}
    citations = Citations(GraphView(documents=documents))
    first, second = EvidenceView("d", 0, 2, "a."), EvidenceView("d", 3, 5, "b.")
    assert [citations.sentence(e) for e in (first, second, first)] == [0, 1, 0]
    assert citations.sentences == [(0, 0, 2, "a."), (0, 3, 5, "b.")]
    assert [d["source"] for d in citations.documents] == ["a.txt"]


def test_a_document_that_the_graph_does_not_describe_is_named_by_its_iri() -> None:
    citations = Citations(GraphView())
    citations.sentence(EvidenceView("https://example.org/d", 0, 2, "a."))
    assert citations.documents[0]["source"] == "https://example.org/d"


def test_names_are_marked_in_traditional_and_full_width_characters() -> None:
    council = EntityView("c", "Government", "Government", "State Council", {"zh": ("国务院",)})
    plan = EntityView("p", "Mechanism", "Mechanism", "AI+", {"zh": ("AI+行动（试行）",)})
    text = "經國務院批准，實施ＡＩ＋行動(試行)。"
    assert [(text[begin:end], role) for begin, end, role in marks(text, council, plan)] == [
        ("國務院", 0),
        ("ＡＩ＋行動(試行)", 1),
    ]
