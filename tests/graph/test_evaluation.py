"""Measuring a graph: what it holds of annotated documents, and the page that shows the mistakes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from triplehelix.errors import GraphError
from triplehelix.extract.annotations import AnnotatedDocument, Entity, Mention, RelationMention, Span
from triplehelix.extract.gold import GoldDocument, GoldMention, GoldRelation
from triplehelix.extract.scoring import Evaluation, Figure
from triplehelix.graph.assembly import assemble
from triplehelix.graph.evaluation import as_document, evaluate_annotated, evaluate_store, found_in, names_in
from triplehelix.graph.evaluation_page import evaluation_html, write_evaluation
from triplehelix.graph.marked_text import Mark, tokens
from triplehelix.graph.store import store_of
from triplehelix.ontology import Ontology

TEXT = "The Ministry of Tides plans a <b>Lantern Scheme</b>. Schools in Eastmoor Bay join the Lantern Scheme & pay.\n"
VOID = {"meta", "br", "wbr", "input"}


def span(words: str, start: int = 0) -> tuple[int, int]:
    begin = TEXT.index(words, start)
    return begin, begin + len(words)


GOLD = GoldDocument(
    "tides",
    TEXT,
    "en",
    (
        GoldMention(*span("Ministry of Tides"), "G", "Government"),
        GoldMention(*span("Lantern Scheme"), "M", "Mechanism"),
        GoldMention(*span("Schools"), "A", "ActorGroup"),
        GoldMention(*span("Eastmoor Bay"), "R", "Region"),
        GoldMention(*span("Lantern Scheme", 60), "M", "Mechanism"),
    ),
    (
        GoldRelation("G", "leads", "M", "planned", False, 0),
        GoldRelation("A", "participatesIn", "M", "established", False, TEXT.index("Schools")),
        GoldRelation("A", "locatedIn", "R", "established", False, TEXT.index("Schools")),
    ),
)


@pytest.fixture(scope="module")
def annotated() -> AnnotatedDocument:
    """What an extraction might make of it: one wrong status, one wrong predicate, one wrong type, one miss."""

    def mention(words: str, entity: str, confidence: float, start: int = 0) -> Mention:
        begin, end = span(words, start)
        return Mention(begin, end, words, entity, "tagger", confidence)

    def relation(
        subject: str, predicate: str, target: str, status: str, confidence: float
    ) -> RelationMention:
        return RelationMention(
            subject, predicate, target, status, False, confidence, "frame-x", (Span(0, len(TEXT) - 1),)
        )

    return AnnotatedDocument(
        as_document(GOLD),
        (Span(0, len(TEXT) - 1),),
        (
            Entity("0", "Government", "Government", "Ministry of Tides"),
            Entity("1", "Mechanism", "Mechanism", "Lantern Scheme"),
            Entity("2", "ActorGroup", "ActorGroup", "Schools"),
            Entity("3", "Organization", "Organization", "Eastmoor Bay"),
        ),
        (
            mention("Ministry of Tides", "0", 0.9),
            mention("Lantern Scheme", "1", 0.8),
            mention("Schools", "2", 0.5),
            mention("Eastmoor Bay", "3", 0.4),
        ),
        (
            relation("0", "leads", "1", "established", 0.7),
            relation("2", "leads", "1", "established", 0.2),
        ),
    )


@pytest.fixture(scope="module")
def evaluation(annotated: AnnotatedDocument, ontology: Ontology) -> Evaluation:
    return evaluate_annotated([GOLD], [annotated], ontology)


def test_what_a_graph_holds_of_a_document_is_judged(evaluation: Evaluation) -> None:
    assert evaluation.exact == Figure(3, 4, 3, 5)
    assert evaluation.relations == Figure(1, 2, 1, 3)
    assert evaluation.statuses == {("planned", "established"): 1}


def test_confidences_and_rules_come_along(annotated: AnnotatedDocument, ontology: Ontology) -> None:
    found = found_in(store_of(assemble([annotated], ontology).quads), ["tides", "other"])["tides"]
    assert sorted(m.confidence for m in found.mentions) == [0.4, 0.5, 0.8, 0.9]
    assert {(r.predicate, r.confidence, r.rule, r.begins) for r in found.relations} == {
        ("leads", 0.7, "frame-x", (0,)),
        ("leads", 0.2, "frame-x", (0,)),
    }
    assert found.label(found.relations[0].object) == "Lantern Scheme"


def test_statements_below_a_confidence_are_left_out(annotated: AnnotatedDocument, ontology: Ontology) -> None:
    store = store_of(assemble([annotated], ontology).quads)
    assert evaluate_store([GOLD], store, min_confidence=0.5).relations == Figure(1, 1, 1, 3)


def test_a_document_that_the_graph_does_not_hold_is_missed(
    annotated: AnnotatedDocument, ontology: Ontology
) -> None:
    store = store_of(assemble([annotated], ontology).quads)
    other = GoldDocument("elsewhere", TEXT, "en", GOLD.mentions, GOLD.relations)
    assert names_in(store, ["tides", "elsewhere"]) == {"tides"}
    assert evaluate_store([other], store).relaxed == Figure(0, 0, 0, 5)


class Page(HTMLParser):
    """The marks of a page with their words, and whether its tags are balanced."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.classes: list[str] = []
        self.marked: list[tuple[str, str]] = []
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag not in VOID:
            self.open.append(tag)
            self.classes.append(values.get("class") or "")
        if values.get("id"):
            self.ids.add(values["id"] or "")
        if tag == "a":
            self.links.append(values["href"] or "")
        assert not any(name.startswith("on") for name in values)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self.classes.pop()

    def handle_data(self, data: str) -> None:
        if self.open and (self.open[-1] == "mark" or self.classes[-1].startswith(("tag ", "status"))):
            self.marked.append((self.classes[-1], data))


def test_the_page_marks_each_kind_of_mistake(evaluation: Evaluation) -> None:
    page = Page(evaluation_html(evaluation, title="Tides"))
    assert ("right", "Ministry of Tides") in page.marked
    assert ("missed", "Lantern Scheme") in page.marked
    assert ("type", "Eastmoor Bay") in page.marked
    assert ("tag type", "Region, not Organization") in page.marked
    assert ("status off", "planned, found established") in page.marked
    assert page.open == []


def test_the_page_tells_relations_and_their_reasons(evaluation: Evaluation) -> None:
    words = " ".join(re.sub(r"<[^>]*>", " ", evaluation_html(evaluation)).split())
    assert "Ministry of Tides leads Lantern Scheme planned, found established" in words
    assert "Schools participatesIn Lantern Scheme established found as leads" in words
    assert "Schools leads Lantern Scheme established annotated as participatesIn · 0.20 · frame-x" in words
    assert "Schools locatedIn Eastmoor Bay established not joined" in words


def test_the_page_is_one_file_and_runs_nothing(evaluation: Evaluation) -> None:
    text = evaluation_html(evaluation, title="<script>alert(1)</script>")
    assert "<script" not in text
    assert "&lt;b&gt;" in text
    assert "default-src 'none'" in text
    page = Page(text)
    assert all(link.startswith("#") and link[1:] in page.ids for link in page.links)


def test_marks_may_cross(evaluation: Evaluation) -> None:
    pieces = list(tokens("abcdef", 0, 6, [Mark(0, 4, "x", "X", ""), Mark(2, 6, "y", "Y", "")]))
    depth = 0
    for piece in pieces:
        depth += len(piece.opened) - piece.closed
        assert depth >= 0
    assert depth == 0
    assert "".join(piece.text for piece in pieces) == "abcdef"
    assert [(p.text, [m.label for m in p.labels]) for p in pieces] == [
        ("ab", []),
        ("cd", ["X"]),
        ("ef", ["Y"]),
    ]


def test_a_page_that_cannot_be_written_says_so(evaluation: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="cannot be written"):
        write_evaluation(evaluation, tmp_path / "no" / "page.html")
    write_evaluation(evaluation, tmp_path / "page.html")
    assert [p.name for p in tmp_path.iterdir()] == ["page.html"]
