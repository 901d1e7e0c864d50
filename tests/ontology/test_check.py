"""`check_ontology`: sound as shipped, and precise about what is wrong in a layer or a file."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplehelix.ontology import load_authority, load_schema
from triplehelix.ontology.check import CheckReport, check_ontology, find_problems
from triplehelix.ontology.namespaces import PREFIXES
from triplehelix.ontology.terms import Terms, TurtleFile, shipped_turtle

WEIR = 'th:Weir a owl:Class ; rdfs:subClassOf th:Base ; rdfs:label "weir"@en ; '
PREFIX_LINES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


def _check(folder: Path, turtle: str) -> CheckReport:
    (folder / "mine.ttl").write_text(PREFIX_LINES + turtle, encoding="utf-8")
    return check_ontology(folder)


def _edited(name: str, old: str, new: str) -> Terms:
    sources = []
    for source in shipped_turtle():
        assert source.name != f"schema/{name}" or old in source.text
        text = source.text.replace(old, new, 1) if source.name == f"schema/{name}" else source.text
        sources.append(TurtleFile(source.name, text, shipped=True))
    return Terms(sources)


def test_the_shipped_ontology_is_sound() -> None:
    report = check_ontology()
    assert report.problems == ()
    assert report.is_sound
    assert report.counts["classes"] > 100
    assert report.counts["mechanism groups"] == 13
    assert report.counts["authority entries"] > 1000


def test_a_good_layer_is_sound_and_counted(tmp_path: Path) -> None:
    report = _check(
        tmp_path,
        'th:Weir a owl:Class ; rdfs:subClassOf th:ResearchInfrastructure ; rdfs:label "weir"@en ;\n'
        '    skos:definition "A weir for experiments."@en ; th:headWord "weir"@en .\n',
    )
    assert report.problems == ()
    assert report.counts["classes"] == check_ontology().counts["classes"] + 1


@pytest.mark.parametrize(
    ("turtle", "problem"),
    [
        pytest.param("th:Weir a owl:Class", "mine.ttl, line 17: ", id="syntax"),
        pytest.param(
            'th:Fund th:headword "kitty"@en .',
            "mine.ttl, line 17: th:headword is defined nowhere",
            id="spelling",
        ),
        pytest.param(
            WEIR + 'th:headWord "weir"@en .',
            "mine.ttl, line 17: th:Weir has no skos:definition in en or zh",
            id="undefined",
        ),
        pytest.param(
            WEIR + 'skos:definition "A weir."@en .',
            "mine.ttl, line 17: th:Weir is used nowhere",
            id="unused",
        ),
        pytest.param(
            "th:s a sh:NodeShape ; sh:targetClass th:Fund ; sh:property [ sh:minCount 1 ] .",
            "mine.ttl, line 17: th:s is no valid SHACL: ",
            id="shape",
        ),
    ],
)
def test_a_wrong_layer_is_reported_with_its_line(tmp_path: Path, turtle: str, problem: str) -> None:
    report = _check(tmp_path, turtle)
    assert not report.is_sound
    assert any(problem in p for p in report.problems), report.problems


def test_a_missing_layer_is_a_problem_and_no_exception(tmp_path: Path) -> None:
    assert "no such folder" in check_ontology(tmp_path / "nowhere").problems[0]


@pytest.mark.parametrize(
    ("name", "old", "new", "problem"),
    [
        pytest.param(
            "core.ttl",
            'rdfs:label "fund"@en , "基金"@zh',
            'rdfs:label "fund"@en',
            "th:Fund has no label in zh",
            id="unlabelled class",
        ),
        pytest.param(
            "core.ttl",
            'rdfs:label "leads"@en ,',
            "rdfs:label",
            "th:leads has no label in en",
            id="unlabelled predicate",
        ),
        pytest.param(
            "core.ttl",
            "skos:definition",
            "skos:note",
            "th:Actor has no skos:definition",
            id="undefined class",
        ),
        pytest.param(
            "core.ttl",
            'skos:scopeNote "From',
            'skos:note "From',
            "th:affiliatedWith has no skos:scopeNote",
            id="no note",
        ),
        pytest.param(
            "core.ttl", "th:rule a", "th:rules a", "shapes.ttl, line", id="shape of an unknown term"
        ),
        pytest.param("core.ttl", "th:rule a", "th:rules a", "th:rules is used nowhere", id="unused property"),
        pytest.param(
            "alignments.ttl",
            "th:Hospital rdfs",
            "th:Clinic rdfs",
            "th:Clinic is defined nowhere",
            id="alignment",
        ),
        pytest.param(
            "shapes.ttl",
            "th:proposed th:planned",
            "th:proposed",
            "other statuses than there are: without planned",
            id="status without shape",
        ),
        pytest.param(
            "shapes.ttl",
            "( th:ActorGroup th:Enterprise",
            "( th:ActorGroup",
            "other core classes than there are: without Enterprise",
            id="core class without shape",
        ),
        pytest.param(
            "shapes.ttl",
            "sh:targetNode th:issues",
            "sh:targetNode th:issued",
            "no shape checks the range of th:issues",
            id="predicate without shape",
        ),
        pytest.param(
            "shapes.ttl",
            "sh:class th:Region ;",
            "sh:class th:Field ;",
            "another range for th:appliesIn than the core: without Region and with Field",
            id="other range",
        ),
        pytest.param(
            "shapes.ttl",
            "?path a $this .",
            "?path a th:Core .",
            "th:Core is defined nowhere",
            id="name in a query",
        ),
    ],
)
def test_a_mistake_in_our_own_files_is_found(name: str, old: str, new: str, problem: str) -> None:
    schema = load_schema()
    problems = find_problems(_edited(name, old, new), schema, load_authority(schema))
    assert any(problem in p for p in problems), problems
