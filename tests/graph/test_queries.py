"""SPARQL over a graph: what it gives, what it refuses, and that its order never changes."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplehelix.errors import QueryError
from triplehelix.graph.queries import run_query
from triplehelix.graph.sparql import check_reads_only, tokens

GOLDEN = Path(__file__).parent / "golden"
ID = "https://w3id.org/triplehelix/id/"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(GOLDEN / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return store


def test_prefixes_need_not_be_declared(store: ox.Store) -> None:
    result = run_query(store, "SELECT ?label { ?s a th:Field ; skos:prefLabel ?label }")
    assert result.table() == (("label",), (("quantum sensing",),))


def test_a_declared_prefix_replaces_ours(store: ox.Store) -> None:
    assert len(run_query(store, "PREFIX th: <urn:other#> SELECT * { ?s a th:Field }")) == 0


def test_results_render_as_table_csv_and_json(store: ox.Store) -> None:
    result = run_query(store, "SELECT ?s ?label { ?s a th:Enterprise ; skos:prefLabel ?label }")
    assert result.table()[1] == ((f"{ID}northgate", "Northgate Robotics"),)
    assert result.csv().splitlines() == ["s,label", f"{ID}northgate,Northgate Robotics"]
    binding = json.loads(result.json())["results"]["bindings"][0]
    assert binding["label"] == {"type": "literal", "value": "Northgate Robotics", "xml:lang": "en"}


def test_a_label_column_stands_for_its_entity_in_the_table_alone(store: ox.Store) -> None:
    result = run_query(store, "SELECT ?s ?sLabel { ?s a th:Enterprise ; skos:prefLabel ?sLabel }")
    assert result.table() == (("s",), (("Northgate Robotics",),))
    assert result.variables == ("s", "sLabel")


def test_rows_are_rdf_terms(store: ox.Store) -> None:
    row = run_query(store, "SELECT ?s ?no { ?s a th:Enterprise OPTIONAL { ?s th:none ?no } }").rows[0]
    assert row == (ox.NamedNode(f"{ID}northgate"), None)


def test_ask_answers_yes_or_no(store: ox.Store) -> None:
    assert run_query(store, "ASK { ?s a th:Person }").answer is False
    assert run_query(store, "ASK { ?s a th:Field }").table() == (("answer",), (("yes",),))


@pytest.mark.parametrize("verb", ["DESCRIBE ?s", "CONSTRUCT { ?s a [ a th:Place ] }"])
def test_graphs_render_as_the_same_turtle_each_time(store: ox.Store, verb: str) -> None:
    runs = {run_query(store, f"{verb} WHERE {{ ?s a th:Region }}").turtle() for _ in range(5)}
    assert len(runs) == 1
    text = runs.pop()
    again = ox.Store()
    again.load(text.encode(), format=ox.RdfFormat.TURTLE)
    assert len(again) > 0
    assert text.startswith("@prefix ")


def test_graphs_render_as_csv_and_json_too(store: ox.Store) -> None:
    result = run_query(store, "CONSTRUCT WHERE { ?s th:issues ?o }")
    assert result.csv().splitlines()[1].endswith(f"#issues,{ID}notice")
    assert json.loads(result.json())[0]["@id"] == f"{ID}moe"


def test_only_graphs_render_as_turtle(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="Only CONSTRUCT and DESCRIBE"):
        run_query(store, "ASK {}").turtle()


def test_bindings_fix_variables_to_terms(store: ox.Store) -> None:
    query = "SELECT ?who ?what { ?who th:leads ?what }"
    rows = run_query(store, query, bindings={"what": ox.NamedNode(f"{ID}platform")}).rows
    assert [row[0] for row in rows] == [ox.NamedNode(f"{ID}harbour-university")]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c ORDER BY DESC(?n)",
        "SELECT * { ?s a th:Region } LIMIT 3",
        "SELECT ?s { ?s a th:Region } LIMIT 2 OFFSET 1",
        "SELECT ?c (COUNT(?s) AS ?n) { ?s a ?c } GROUP BY ?c HAVING (?n > 1) LIMIT 4 # the end",
        "SELECT ?l { ?s skos:prefLabel ?l } VALUES ?s { <https://w3id.org/triplehelix/id/hefei> }",
        "SELECT ?s { { SELECT ?s { ?s a th:Region } ORDER BY ?s LIMIT 4 } }",
    ],
)
def test_order_does_not_depend_on_how_the_graph_was_loaded(query: str) -> None:
    quads = list(ox.parse(path=str(GOLDEN / "graph.ttl"), format=ox.RdfFormat.TURTLE))
    answers = set()
    for order in (quads, quads[::-1], quads[1::2] + quads[::2]):
        store = ox.Store()
        store.extend(order)
        answers.add(run_query(store, query).json())
    assert len(answers) == 1


@pytest.mark.parametrize(
    "query",
    [
        "INSERT DATA { th:a th:b th:c }",
        "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/x.ttl>",
        "# SELECT\nCLEAR ALL",
        "with <urn:g> delete { ?s ?p ?o } where { ?s ?p ?o }",
    ],
)
def test_updates_are_refused(store: ox.Store, query: str) -> None:
    before = len(store)
    with pytest.raises(QueryError, match="would change the graph"):
        run_query(store, query)
    assert len(store) == before


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        "select * { service silent ?x { ?s ?p ?o } }",
        "PREFIX a: <urn:a> SELECT * {SERVICEa:b{?s ?p ?o}}",
        "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:1/>{ ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c FILTER(?a<?b)SERVICE?x#>\n{ ?s ?p ?o } }",
        "SELECT * { FILTER(?a<?b&&'>'!=?c)SERVICE<http://127.0.0.1:1/>{?s ?p ?o} FILTER(?d!='') }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    ],
)
def test_no_other_server_is_asked(query: str) -> None:
    with pytest.raises(QueryError, match="another server"):
        check_reads_only(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a th:Service }",
        "SELECT * { ?s skos:prefLabel 'SERVICE { }' } # SERVICE",
        "SELECT * { <http://example.org/service> ?p ?o }",
    ],
)
def test_the_word_service_may_be_used(store: ox.Store, query: str) -> None:
    run_query(store, query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("", "The query is empty"),
        ("What leads what?", "begins with 'WHAT'"),
        ("SELECT ?s {\n  ?s a ?x FILTER(?x ==3)\n}", "line 2, column 22 before '=3)'"),
        ("SELECT ?s { ?s a th:Region", "line 1, column 27 at the end of the line; expected "),
        ("SELECT ?s {\n  ?s a foo:Bar }", "The prefix foo: at line 2, column 8 is not declared"),
        ("SELECT ?a { ?a ?b ?c } GROUP BY ?b", "a variable that is unbound"),
    ],
)
def test_a_wrong_query_is_explained_in_one_sentence(store: ox.Store, query: str, message: str) -> None:
    with pytest.raises(QueryError) as caught:
        run_query(store, query)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
    assert str(caught.value).endswith(".")


def test_binding_a_variable_that_is_not_selected_is_an_error(store: ox.Store) -> None:
    with pytest.raises(QueryError, match="cannot be run"):
        run_query(store, "SELECT ?s { ?s a ?c }", bindings={"c": ox.NamedNode(ID)})


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="?a:<>{}()'\"\\#@. \nSERVICE1", max_size=40))
def test_any_text_is_cut_into_tokens_in_order(text: str) -> None:
    found = list(tokens(text))
    assert all(text[t.begin : t.begin + len(t.text)] == t.text for t in found)
    assert [t.begin for t in found] == sorted({t.begin for t in found})
