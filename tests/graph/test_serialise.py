"""Every format a graph is written in: sorted, legal, and the same graph when read again."""

from __future__ import annotations

import csv
import io
import json
import random
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Iterable
from pathlib import Path

import networkx as nx
import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Graph
from rdflib.compare import isomorphic

from triplehelix.errors import GraphError
from triplehelix.extract.annotations import AnnotatedDocument
from triplehelix.graph.assembly import assemble
from triplehelix.graph.network import graphml
from triplehelix.graph.serialise import to_jsonld, to_nquads, to_turtle
from triplehelix.graph.store import open_graph, store_of
from triplehelix.graph.tables import entities_csv, guarded, statements_csv
from triplehelix.graph.terms import node, text
from triplehelix.graph.views import (
    DocumentView,
    EntityView,
    EvidenceView,
    GraphView,
    StatementView,
    view,
)
from triplehelix.ontology import Ontology

BASE = "https://w3id.org/triplehelix/id/"
HOSTILE = (
    'He said "yes"\\no',
    "line\nbreak\r\ttab",
    "rocket 🚀 合肥",
    "</script><img onerror=alert(1)>",
    "]]>&amp;",
    "bell\x07 and null\x00",
    "=HYPERLINK(1)",
)


@pytest.fixture(scope="module")
def quads(ontology: Ontology, first: AnnotatedDocument, second: AnnotatedDocument) -> frozenset[ox.Quad]:
    return assemble([first, second], ontology).quads


@pytest.fixture(scope="module")
def hostile() -> GraphView:
    """A graph with every hostile text as label, quote, title and path."""
    entities = {
        f"{BASE}e{n}": EntityView(f"{BASE}e{n}", "Field", "Field", label, {"en": (label,)})
        for n, label in enumerate(HOSTILE)
    }
    documents = {
        f"{BASE}d{n}": DocumentView(f"{BASE}d{n}", t, t, None, "en", None, None)
        for n, t in enumerate(HOSTILE)
    }
    statements = tuple(
        StatementView(
            f"{BASE}statement/{n}",
            f"{BASE}e0",
            "focusesOn",
            f"{BASE}e{n}",
            "ongoing",
            False,
            0.5,
            "r",
            (EvidenceView(f"{BASE}d{n}", 0, 1, quote),),
        )
        for n, quote in enumerate(HOSTILE)
    )
    return GraphView(entities, statements, documents)


@pytest.mark.parametrize("write", [to_turtle, to_nquads, to_jsonld], ids=["turtle", "nquads", "jsonld"])
def test_the_order_of_quads_never_shows(write, quads: frozenset[ox.Quad]) -> None:  # type: ignore[no-untyped-def]
    shuffled = list(quads) * 2
    random.Random(7).shuffle(shuffled)
    assert write(shuffled) == write(quads)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
def test_all_formats_hold_the_same_triples(quads: frozenset[ox.Quad]) -> None:
    turtle = Graph().parse(data=to_turtle(quads), format="turtle")
    jsonld = Graph().parse(data=to_jsonld(quads), format="json-ld")
    triples = {quad.triple for quad in ox.parse(to_nquads(quads), format=ox.RdfFormat.N_QUADS)}
    assert isomorphic(turtle, jsonld)
    assert len(turtle) == len(triples) == len({quad.triple for quad in quads})


def test_turtle_reads_from_documents_to_mentions_one_block_per_subject(quads: frozenset[ox.Quad]) -> None:
    lines = to_turtle(quads).decode().splitlines()
    assert lines[0] == f"@base <{BASE}> ."
    headings = [line for line in lines if line.startswith("# ")]
    assert headings == ["# Documents", "# Entities", "# Statements", "# Sentences", "# Mentions"]
    subjects = [line.split()[0] for line in lines if line.startswith("<")]
    assert len(subjects) == len(set(subjects))
    assert "    rdf:predicate th:leads ;" in lines


def test_mentions_stand_in_the_order_of_the_text(quads: frozenset[ox.Quad]) -> None:
    turtle = to_turtle(quads).decode()
    begins = [
        int(line.split("#char=")[1].split(",")[0])
        for line in turtle.splitlines()
        if line.startswith("<document/1b4ee5161bc73722#char=")
    ]
    assert begins == sorted(begins) and max(begins) > 99


def test_nquads_keep_background_knowledge_in_a_graph_of_its_own(quads: frozenset[ox.Quad]) -> None:
    lines = to_nquads(quads).decode().splitlines()
    assert lines == sorted(lines)
    assert [line for line in lines if "isPartOf" in line] == [
        line for line in lines if "isPartOf" in line and line.endswith(f"<{BASE}graph/authority> .")
    ]


@pytest.mark.skipif(shutil.which("rapper") is None, reason="raptor2-utils is not installed")
@pytest.mark.parametrize("parser", ["turtle", "nquads"])
def test_raptor_reads_it_without_a_warning(parser: str, quads: frozenset[ox.Quad], tmp_path: Path) -> None:
    path = tmp_path / "graph"
    path.write_bytes(to_turtle(quads) if parser == "turtle" else to_nquads(quads))
    run = subprocess.run(
        ["rapper", "-i", parser, "-c", str(path)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert "warning" not in run.stderr.lower()


NAMES = st.one_of(st.sampled_from(HOSTILE), st.text())
TRIPLES = st.builds(
    lambda s, p, o: ox.Triple(node(BASE + s), node(f"https://example.org/{p}"), o),
    st.one_of(st.sampled_from(["hefei", "document/1#char=1,2", "document/1#char=10,12", "", "a:b"]), NAMES),
    st.sampled_from(["p", "q r", "#x"]),
    st.one_of(
        st.builds(text, NAMES, st.sampled_from([None, "en", "zh"])),
        st.builds(lambda o: node(BASE + o), NAMES),
        st.just(ox.Literal("0.5", datatype=node("http://www.w3.org/2001/XMLSchema#decimal"))),
    ),
)


@settings(deadline=None, max_examples=80)
@given(st.lists(TRIPLES, max_size=12))
def test_whatever_texts_hold_is_read_again_unchanged(triples: list[ox.Triple]) -> None:
    quads = [ox.Quad(t.subject, t.predicate, t.object) for t in triples]
    assert _read(to_turtle(quads), ox.RdfFormat.TURTLE) == set(triples)
    assert _read(to_nquads(quads), ox.RdfFormat.N_QUADS) == set(triples)
    assert _read(to_jsonld(quads), ox.RdfFormat.JSON_LD) == set(triples)


def _read(data: bytes, format: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(data, format=format)}


def test_jsonld_has_one_subject_a_line(quads: frozenset[ox.Quad]) -> None:
    written = to_jsonld(quads).decode()
    assert json.loads(written)["@context"]["th"] == "https://w3id.org/triplehelix/ontology#"
    lines = [line for line in written.splitlines() if line.startswith('{"@id"')]
    assert len(lines) == len(json.loads(written)["@graph"])


def _rows(table: bytes) -> list[dict[str, str]]:
    assert table.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline="")))


def test_tables_hold_quotes_offsets_status_and_source(quads: frozenset[ox.Quad]) -> None:
    graph = view(store_of(quads))
    rows = _rows(statements_csv(graph))
    planned = next(row for row in rows if row["status"] == "planned")
    assert planned["quote"] == "Riverside University will join the joint training scheme."
    assert (planned["source"], planned["begin"], planned["end"]) == ("texts/first.txt", "67", "124")
    assert (planned["title"], planned["date"]) == ("Training notice", "2024-03-05")
    assert sum(row["negated"] == "true" for row in rows) == 1
    assert len(rows) == sum(len(s.evidence) for s in graph.statements)
    entities = _rows(entities_csv(graph))
    assert entities[0]["label"] == "Joint Training Scheme"
    assert {row["labels_zh"] for row in entities} >= {"合肥", "教育部"}


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "  =1", "\t=1", "\x00=1"])
def test_no_cell_runs_as_a_formula(cell: str) -> None:
    assert guarded(cell)[0] in ("'", "\ufffd")


def test_hostile_texts_stay_one_cell_each(hostile: GraphView) -> None:
    rows = _rows(statements_csv(hostile))
    assert len(rows) == len(HOSTILE)
    assert {row["quote"] for row in rows} >= {HOSTILE[0], HOSTILE[1], HOSTILE[3], "'=HYPERLINK(1)"}


def test_graphml_holds_entities_and_statements(quads: frozenset[ox.Quad]) -> None:
    network = nx.parse_graphml(graphml(view(store_of(quads))).decode())
    assert network.nodes[f"{BASE}hefei"] == {
        "label": "Hefei",
        "label_en": "Hefei",
        "label_zh": "合肥",
        "type": "Region",
        "class": "City",
        "mentions": 2,
        "degree": 2,
    }
    labels = sorted(edge["label"] for _, _, edge in network.edges(data=True))
    assert labels == ["appliesIn", "appliesIn", "establishes", "leads", "leads", "participatesIn"]
    assert {edge["status"] for _, _, edge in network.edges(data=True)} == {
        "ongoing",
        "established",
        "planned",
        "proposed",
    }
    assert all(edge["quote"] and edge["document"] for _, _, edge in network.edges(data=True))


def test_graphml_is_legal_xml_whatever_texts_hold(hostile: GraphView) -> None:
    found = ET.fromstring(graphml(hostile))
    texts = {data.text for data in found.iter("{http://graphml.graphdrawing.org/xmlns}data")}
    assert "bell\ufffd and null\ufffd" in texts
    assert "</script><img onerror=alert(1)>" in texts


def test_a_graph_opens_from_its_folder_and_from_each_format(
    quads: frozenset[ox.Quad], tmp_path: Path
) -> None:
    (tmp_path / "graph.nq").write_bytes(to_nquads(quads))
    (tmp_path / "graph.ttl").write_bytes(to_turtle(quads))
    (tmp_path / "graph.jsonld").write_bytes(to_jsonld(quads))
    views = [view(open_graph(path)) for path in (tmp_path, *sorted(tmp_path.iterdir()))]
    assert views[0].statements and all(v == views[0] for v in views)


def test_plain_queries_reach_named_graphs_too(quads: frozenset[ox.Quad], tmp_path: Path) -> None:
    (tmp_path / "graph.nq").write_bytes(to_nquads(quads))
    ask = "ASK { ?s <http://purl.org/dc/terms/isPartOf> ?o }"
    assert bool(open_graph(tmp_path).query(ask))


def _broken(tmp_path: Path) -> Iterable[tuple[Path, str]]:
    (tmp_path / "empty").mkdir()
    (tmp_path / "broken.ttl").write_text("<a> <b> .")
    (tmp_path / "notes.csv").write_text("no graph")
    yield tmp_path / "empty", "holds no graph"
    yield tmp_path / "broken.ttl", "not a readable graph"
    yield tmp_path / "notes.csv", "no suffix of an RDF format"
    yield tmp_path / "nowhere.ttl", "does not exist"


def test_what_is_no_graph_is_refused_in_one_sentence(tmp_path: Path) -> None:
    for path, message in _broken(tmp_path):
        with pytest.raises(GraphError, match=message) as error:
            open_graph(path)
        assert "\n" not in str(error.value)
