"""SHACL validation: what keeps the contract passes, what breaks it is named with the remedy."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from triplehelix.errors import GraphError, OntologyError
from triplehelix.graph.validate import ValidationReport, validate

GRAPH = Path(__file__).parent / "golden" / "graph.ttl"


def altered(tmp_path: Path, old: str, new: str) -> ValidationReport:
    text = GRAPH.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "graph.ttl"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return validate(path)


def test_a_sound_graph_conforms() -> None:
    report = validate(GRAPH)
    assert report.conforms
    assert report.violations == ()
    assert report.triples == len(set(ox.parse(path=str(GRAPH))))


def test_quads_and_folders_are_taken_too(tmp_path: Path) -> None:
    quads = [
        ox.Quad(q.subject, q.predicate, q.object, ox.NamedNode("urn:any")) for q in ox.parse(path=str(GRAPH))
    ]
    assert validate(quads).conforms
    (tmp_path / "graph.ttl").write_bytes(GRAPH.read_bytes())
    assert validate(tmp_path).conforms


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("th:status th:proposed ; ", "", "exactly one of the four statuses; add th:status."),
        ("th:status th:proposed", "th:status th:proposed, th:planned", "keep one th:status."),
        ("th:confidence 0.45", "th:confidence 1.45", "a decimal from 0 to 1; correct th:confidence '1.45'."),
        ('th:rule "golden.leads"', 'th:rule ""', "names the rule that produced it; correct th:rule ''."),
        ("rdf:object :young", "rdf:object :shanghai", "triplehelix/id/shanghai or take the statement out."),
        (":moe th:leads :lantern .", "", "must be asserted; correct "),
        (":harbour-university a th:University ;", ":harbour-university", "core classes; "),
    ],
)
def test_what_breaks_the_contract_is_named_with_a_remedy(
    tmp_path: Path, old: str, new: str, sentence: str
) -> None:
    report = altered(tmp_path, old, new)
    assert not report.conforms
    assert any(sentence in said for said in report.sentences(50)), report.sentences(50)
    assert all(said.endswith(".") and "\n" not in said for said in report.sentences(50))


def test_each_rule_is_shown_once_before_any_twice(tmp_path: Path) -> None:
    text = GRAPH.read_text(encoding="utf-8").replace("th:confidence 0.9", "th:confidence 9.9")
    path = tmp_path / "graph.ttl"
    path.write_text(text.replace("th:status th:proposed", "th:status th:wished", 1), encoding="utf-8")
    report = validate(path)
    assert len(report.violations) > 10
    assert len({said.split(": ", 1)[1].split(";")[0] for said in report.sentences(3)}) == 3
    assert next(iter(report.by_message.values())) == max(report.by_message.values())


def test_a_layer_may_bring_shapes_of_its_own(tmp_path: Path) -> None:
    layer = tmp_path / "layer.ttl"
    layer.write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix th: <https://w3id.org/triplehelix/ontology#> .
        th:NoFieldShape a sh:NodeShape ; sh:targetClass th:Field ; sh:nodeKind sh:Literal ;
            sh:message "No field is wanted."@en ; sh:severity sh:Warning .""",
        encoding="utf-8",
    )
    report = validate(GRAPH, layers=[layer])
    assert [(v.severity, v.message) for v in report.violations] == [("warning", "No field is wanted.")]


def test_unreadable_input_is_explained(tmp_path: Path) -> None:
    broken = tmp_path / "graph.ttl"
    broken.write_text("this is no Turtle", encoding="utf-8")
    with pytest.raises(GraphError, match="not a readable graph"):
        validate(broken)
    with pytest.raises(GraphError, match="does not exist"):
        validate(tmp_path / "none.ttl")
    with pytest.raises(GraphError, match="is empty"):
        validate([])
    with pytest.raises(OntologyError, match=r"graph\.ttl cannot be read as Turtle"):
        validate(GRAPH, layers=[broken])
