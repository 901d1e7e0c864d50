"""Named questions: each answers on the golden graph, in either language, and the same under rdflib."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from triplehelix.errors import OntologyError, QueryError
from triplehelix.extract.annotations import AnnotatedDocument
from triplehelix.graph.assembly import assemble
from triplehelix.graph.binding import PARAMETER_TYPES, bind, find_by_label
from triplehelix.graph.queries import Result
from triplehelix.graph.questions import ANY, ask, find_question, load_questions, read_question
from triplehelix.graph.store import store_of
from triplehelix.ontology import Ontology
from triplehelix.ontology.namespaces import PREFIXES

GOLDEN = Path(__file__).parent / "golden"
ID = "https://w3id.org/triplehelix/id/"
QUESTIONS = load_questions()
VALUES = {
    "region": "YRD",
    "mechanism": "Lantern Fellowship Scheme",
    "actor": "Ministry of Education",
    "one": "Ministry of Education",
}
"""What the golden graph is asked wherever a question needs a value."""
LABORATORY, COMPANY = "Tideline Laboratory", "Northgate Robotics"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(GOLDEN / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return rdflib.Graph().parse(GOLDEN / "graph.ttl")


def values_for(name: str) -> dict[str, str]:
    return {p.name: VALUES[p.name] for p in QUESTIONS[name].parameters if p.required}


def labels(result: Result, column: int = 0) -> list[str]:
    return [row[column] for row in result.table()[1]]


def test_there_are_questions_enough() -> None:
    assert len(QUESTIONS) >= 18
    assert list(QUESTIONS) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_question_finds_something(store: ox.Store, name: str) -> None:
    result = ask(store, QUESTIONS[name], values_for(name))
    assert len(result) > 0
    assert not any("https://" in cell for row in result.table()[1] for cell in row)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_rdflib_gives_the_same_answer(store: ox.Store, graph: rdflib.Graph, name: str, language: str) -> None:
    question = QUESTIONS[name]
    values = {p.name: values_for(name).get(p.name, p.default) for p in question.parameters}
    values["lang"] = language
    bound = {
        p.name: bind(store, p.type, value)[0]
        for p in question.parameters
        if (value := values[p.name]) is not None and value != ANY
    }
    ours = ask(store, question, values_for(name), language=language)
    theirs = graph.query(
        question.sparql, initNs=PREFIXES, initBindings={k: _rdflib(v) for k, v in bound.items()}
    )
    columns = [str(v) for v in theirs.vars or ()]
    rows = {tuple(_text(row[columns.index(name)]) for name in ours.variables) for row in theirs}
    assert {tuple(None if t is None else t.value for t in row) for row in ours.rows} == rows


def _rdflib(term: ox.NamedNode | ox.Literal) -> rdflib.term.Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _text(term: object) -> str | None:
    return None if term is None else str(term)


def test_questions_read_an_assembled_graph(first: AnnotatedDocument, ontology: Ontology) -> None:
    store = store_of(assemble([first], ontology).quads)
    roles = ask(store, QUESTIONS["actor-roles"], {"actor": "教育部"})
    assert roles.table()[1][0][:4] == ("Ministry of Education", "does", "leads", "joint training scheme")
    assert "Hefei" in labels(ask(store, QUESTIONS["leaders-in-region"], {"region": "Yangtze River Delta"}), 3)
    for question in QUESTIONS.values():
        if not any(parameter.required for parameter in question.parameters):
            ask(store, question)


def test_a_question_is_plain_sparql_that_declares_its_own_prefixes(store: ox.Store) -> None:
    for question in QUESTIONS.values():
        store.query(question.sparql)


def test_a_region_includes_what_lies_inside_it(store: ox.Store) -> None:
    question = QUESTIONS["leaders-in-region"]
    assert "Hefei Municipal Government" in labels(ask(store, question, {"region": "Anhui"}))
    assert "Hefei Municipal Government" in labels(ask(store, question, {"region": "长江三角洲"}))
    assert "Hefei Municipal Government" not in labels(ask(store, question, {"region": "Shanghai"}))


def test_the_three_strategic_regions_are_asked_for_by_default(store: ox.Store) -> None:
    assert labels(ask(store, QUESTIONS["shared-mechanisms"])) == ["Lantern Fellowship Scheme"]
    nearer = {"first": "Hefei", "second": "Anhui", "third": "China"}
    assert labels(ask(store, QUESTIONS["shared-mechanisms"], nearer)) == ["Hefei talent pilot"]


def test_a_default_that_the_graph_does_not_hold_gives_an_empty_answer() -> None:
    assert len(ask(ox.Store(), QUESTIONS["shared-mechanisms"])) == 0


def test_an_offer_without_a_leader_is_shown_once(store: ox.Store) -> None:
    rows = ask(store, QUESTIONS["talent-offers"]).table()[1]
    assert [row[1:] for row in rows] == [
        ("Lantern Fellowship Scheme", "planned", "Ministry of Education"),
        ("mentoring channel", "established", ""),
    ]


def test_a_proposal_that_is_under_way_elsewhere_is_no_open_proposal(store: ox.Store) -> None:
    rows = ask(store, QUESTIONS["open-proposals"]).table()[1]
    assert ("Hefei Municipal Government", "leads", "Hefei talent pilot") in rows
    assert ("Harbour University", "leads", "shared instrument platform") not in rows


def test_negated_statements_are_only_where_they_are_asked_for(store: ox.Store) -> None:
    negated = ask(store, QUESTIONS["negated-statements"])
    assert labels(negated) == ["Hefei Municipal Government"]
    leaders = ask(store, QUESTIONS["leaders-in-region"], {"region": "Hefei"})
    assert labels(leaders, 2) == ["proposed"]


def test_disagreeing_documents_are_shown_with_what_each_says(store: ox.Store) -> None:
    rows = ask(store, QUESTIONS["status-conflicts"]).table()[1]
    statuses = {frozenset((row[3], row[5])) for row in rows}
    assert statuses == {frozenset(("proposed", "ongoing")), frozenset(("not established", "proposed"))}


def test_a_history_runs_from_the_oldest_document(store: ox.Store) -> None:
    rows = ask(store, QUESTIONS["mechanism-history"], {"mechanism": "Hefei talent pilot"}).table()[1]
    dates = [row[1] for row in rows]
    assert dates == sorted(dates)
    assert rows[0][1:6] == ("2024-03-05", "report.txt", "leads", "established", "not")


def test_cooperation_is_found_from_either_side(store: ox.Store) -> None:
    for actor, partner in ((LABORATORY, COMPANY), (COMPANY, LABORATORY)):
        assert labels(ask(store, QUESTIONS["cooperation"], {"actor": actor}), 1) == [partner]


def test_labels_come_in_the_language_asked_for_or_else_the_other(store: ox.Store) -> None:
    chinese = ask(store, QUESTIONS["talent-offers"], language="zh").table()[1]
    assert ("青年科研人员", "灯火青年计划", "planned", "教育部") in chinese
    assert labels(ask(store, QUESTIONS["cooperation"], language="zh"))[0] == "Northgate Robotics"


def test_groups_and_statuses_narrow_the_mechanisms(store: ox.Store) -> None:
    question = QUESTIONS["mechanisms-by-group"]
    for group in ("plat", "platforms, infrastructure and sharing", "创新平台与资源共享"):
        rows = ask(store, question, {"group": group, "state": "proposed"}).table()[1]
        assert rows == (("plat", "shared instrument platform", "proposed"),)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Yangtze River Delta", ["yrd"]),
        ("YRD", ["yrd"]),
        ("the yangtze  river delta", ["yrd"]),
        ("长三角", ["yrd"]),
        (f"{ID}yrd", ["yrd"]),
        ("Hefei", ["hefei"]),
        ("delta", ["yrd"]),
        ("hai", ["shanghai"]),
    ],
)
def test_regions_are_found_by_label_alias_or_part(store: ox.Store, text: str, found: list[str]) -> None:
    assert find_by_label(store, text, "region") == tuple(ox.NamedNode(ID + key) for key in found)


def test_a_text_that_fits_several_entities_asks_for_each(store: ox.Store) -> None:
    result = ask(store, QUESTIONS["actor-roles"], {"actor": "university"})
    assert set(labels(result)) == {"Harbour University"}
    result = ask(store, QUESTIONS["actor-roles"], {"actor": "universit"})
    assert set(labels(result)) == {"Harbour University", "local universities"}


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("leaders-in-region", {}, "needs region"),
        ("leaders-in-region", {"region": "Shangai"}, "called 'Shangai'; did you mean 'Shanghai'"),
        ("leaders-in-region", {"region": " "}, "empty"),
        ("leaders-in-region", {"place": "Hefei"}, "no parameter 'place'; its parameters are region, lang"),
        ("leaders-in-region", {"region": "Hefei", "lang": "fr"}, "use en or zh"),
        ("leaders-in-region", {"region": 'x"} INSERT DATA {'}, "no region called"),
        ("leaders-in-region", {"region": "https://exa<mple"}, "no IRI"),
        ("recurring-mechanisms", {"least": "many"}, "no whole number"),
        ("mechanisms-by-group", {"state": "done"}, "the statuses are proposed"),
        ("mechanisms-by-group", {"group": "a}b"}, "no mechanism group"),
    ],
)
def test_wrong_values_are_explained(store: ox.Store, name: str, values: dict[str, str], message: str) -> None:
    with pytest.raises(QueryError, match=message):
        ask(store, QUESTIONS[name], values)


def test_an_unknown_question_names_those_there_are() -> None:
    with pytest.raises(QueryError, match="no question called 'who'; the questions are actor-roles, "):
        find_question(QUESTIONS, "who")


HEADER = "# title: {en: Fields, zh: 领域}\n# description: All fields.\n"


def test_a_layer_adds_and_replaces_questions(tmp_path: Path, store: ox.Store) -> None:
    (tmp_path / "fields.rq").write_text(f"{HEADER}SELECT ?s {{ ?s a th:Field }}", encoding="utf-8")
    (tmp_path / "support.rq").write_text(f"{HEADER}SELECT ?s {{ ?s a th:Field }}", encoding="utf-8")
    questions = load_questions([tmp_path])
    assert len(ask(store, questions["fields"])) == 1
    assert questions["support"].title("zh") == "领域"
    assert len(questions) == len(QUESTIONS) + 1


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("SELECT * { ?s ?p ?o }", 1, "header is missing"),
        ("# title: {en: A}\n# description: b\nSELECT * {}", 1, "no title in 'zh'"),
        ("# title: {en: A, zh: B}\n# about: x\nSELECT * {}", 2, "does not know 'about'"),
        ("# title: {en: A, zh: B}\nSELECT ?s { ?s ?p ?o }", 1, "has no description"),
        ("# title: {en: A, zh: B\n# description: x\nSELECT * {}", 2, "is not YAML"),
        (
            f"{HEADER}# parameters:\n#   s: {{type: thing, help: x, example: y}}\nSELECT ?s {{}}",
            4,
            "no known type",
        ),
        (f"{HEADER}# parameters:\n#   s: {{type: text, example: y}}\nSELECT ?s {{}}", 4, "gives s no help"),
        (f"{HEADER}# parameters:\n#   s: {{type: text, help: y}}\nSELECT ?s {{}}", 4, "gives s no example"),
        (
            f"{HEADER}# parameters:\n#   a b: {{type: text, help: y, example: z}}\nSELECT ?s {{}}",
            4,
            "variable",
        ),
        (
            f"{HEADER}# parameters:\n#   x: {{type: text, help: y, example: z}}\nSELECT ?s {{}}",
            4,
            "SELECT clause",
        ),
        (f"{HEADER}SELECT ?s {{\n ?s a }}", 4, "syntax error"),
        (f"{HEADER}ASK {{}}", 1, "is a SELECT query"),
        (f"{HEADER}SELECT * {{ SERVICE <urn:x> {{}} }}", 1, "another server"),
    ],
)
def test_a_wrong_file_is_named_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "wrong.rq"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError) as caught:
        read_question(path)
    assert f"wrong.rq, line {line}: " in str(caught.value)
    assert message in str(caught.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match="cannot be read as a question"):
        load_questions([tmp_path / "none.rq"])


def test_examples_of_shipped_questions_are_bilingual_and_complete() -> None:
    for question in QUESTIONS.values():
        assert question.title("en") != question.title("zh")
        assert question.description.endswith(".")
        for parameter in question.parameters:
            assert parameter.type in PARAMETER_TYPES
            assert parameter.example and parameter.help


def test_every_question_is_told_in_chinese_too() -> None:
    for question in load_questions().values():
        assert question.about("zh").endswith("。") and question.about("zh") != question.about("en")
        for parameter in question.parameters:
            assert not parameter.about("zh")[0].isascii(), (question.name, parameter.name)


def test_a_question_of_ones_own_may_have_an_english_description_alone(tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    path.write_text(HEADER + "SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    question = read_question(path)
    assert question.about("zh") == question.about("en") == "All fields."
