"""What the schema tells the extractor and the graph, and how it takes a user's Turtle."""

from __future__ import annotations

import re
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import OWL, Graph

from triplehelix.errors import OntologyError
from triplehelix.ontology import Schema, load_ontology, load_schema
from triplehelix.ontology.namespaces import PREFIXES, TH

ACTORS = {"ActorGroup", "Enterprise", "Government", "Organization", "Person", "ResearchOrg", "University"}
TURTLE = sorted(
    f.name for f in (files("triplehelix.ontology") / "schema").iterdir() if f.name.endswith(".ttl")
)
OPENING = {"Actor", "InnovationPolicyScheme", "MechanismScheme", "SourceDocument", "Status"}
"""Terms that open a section, before those sorted under them."""
FINER_LEADS = 'my:p a owl:ObjectProperty ; rdfs:subPropertyOf th:leads ; rdfs:label "p"@en '
PREFIX_LINES = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.fixture
def layer(tmp_path: Path):
    def write(turtle: str) -> list[Path]:
        path = tmp_path / "mine.ttl"
        path.write_text(
            PREFIX_LINES + "@prefix my: <https://example.org/policy#> .\n" + turtle, encoding="utf-8"
        )
        return [path]

    return write


def test_there_are_twelve_core_classes_and_twelve_core_predicates(schema: Schema) -> None:
    assert len(schema.core_classes) == len(schema.core_predicates) == 12
    assert set(schema.core_classes) > ACTORS


def test_every_class_falls_under_one_core_class_and_has_labels_in_both_languages(schema: Schema) -> None:
    for name, info in schema.classes.items():
        assert schema.core_of(name) == info.core
        assert info.core in schema.core_classes
        assert info.label_en and re.search("[\u4e00-\u9fff]", info.label_zh)


@pytest.mark.parametrize(
    ("cls", "core"),
    [
        ("Ministry", "Government"),
        ("NationalLaboratory", "ResearchOrg"),
        ("VocationalCollege", "University"),
        ("Bank", "Enterprise"),
        ("PeoplesOrganization", "Organization"),
        ("SpecialAdministrativeRegion", "Region"),
        ("FiveYearPlan", "PolicyDocument"),
        ("LeadingGroup", "Mechanism"),
        ("LaboratoryGroup", "ActorGroup"),
        ("Person", "Person"),
    ],
)
def test_a_finer_class_is_of_its_core_class(schema: Schema, cls: str, core: str) -> None:
    assert schema.core_of(cls) == core


@pytest.mark.parametrize(
    ("predicate", "subject", "object_", "allowed"),
    [
        ("leads", "Government", "Mechanism", True),
        ("leads", "Region", "Mechanism", False),
        ("leads", "Government", "PolicyDocument", False),
        ("targets", "Mechanism", "TalentGroup", True),
        ("targets", "Mechanism", "University", True),
        ("targets", "Mechanism", "Field", False),
        ("focusesOn", "PolicyDocument", "Field", True),
        ("focusesOn", "Region", "Field", False),
        ("affiliatedWith", "Person", "Government", True),
        ("partOf", "Region", "Region", True),
        ("partOf", "Mechanism", "PolicyDocument", False),
        ("heads", "Person", "University", True),
        ("heads", "University", "University", False),
        ("nothing", "Person", "Person", False),
    ],
)
def test_predicates_join_only_what_the_guidelines_let_them_join(
    schema: Schema, predicate: str, subject: str, object_: str, allowed: bool
) -> None:
    assert schema.allows(predicate, subject, object_) is allowed


def test_actor_stands_for_its_seven_classes(schema: Schema) -> None:
    assert schema.predicates["supports"].domain == schema.predicates["supports"].range == ACTORS


def test_only_cooperation_is_symmetric(schema: Schema) -> None:
    assert [name for name, info in sorted(schema.predicates.items()) if info.symmetric] == ["cooperatesWith"]


def test_a_finer_predicate_is_within_its_core_predicate(schema: Schema) -> None:
    for info in schema.predicates.values():
        core = schema.predicates[info.core]
        assert info.domain <= core.domain and info.range <= core.range
        assert info.same_type == core.same_type
        assert bool(info.refining_verbs) == (info is not core)


def test_a_verb_refines_a_predicate_only_where_the_ends_fit(schema: Schema) -> None:
    assert schema.refine("leads", "launch", "en", "Government", "Mechanism") == "establishes"
    assert schema.refine("leads", "举办", "zh", "University", "Mechanism") == "hosts"
    assert schema.refine("supports", "fund", "en", "Government", "University") == "finances"
    assert schema.refine("affiliatedWith", "head", "en", "Person", "University") == "heads"
    assert schema.refine("affiliatedWith", "head", "en", "Faculty", "University") == "affiliatedWith"
    assert schema.refine("leads", "promote", "en", "Government", "Mechanism") == "leads"


def test_an_unknown_class_is_named(schema: Schema) -> None:
    with pytest.raises(OntologyError, match="'Ministery'"):
        schema.core_of("Ministery")


def test_the_same_files_give_the_same_fingerprint_and_a_layer_another(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(PREFIX_LINES + 'th:Fund th:headWord "kitty"@en .\n')
    plain, layered = load_ontology(), load_ontology(tmp_path)
    assert plain.fingerprint == load_ontology().fingerprint != layered.fingerprint
    assert layered.layers == (tmp_path / "mine.ttl",)
    assert layered.schema.classify("Mechanism", "village kitty", "en") == "Fund"


@pytest.mark.parametrize("name", ["nowhere", "empty"])
def test_a_layer_without_files_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(OntologyError, match=name):
        load_ontology(tmp_path / name)


def test_a_layer_adds_classes_predicates_groups_and_words(layer) -> None:
    schema = load_schema(
        layer("""
my:Observatory a owl:Class ; rdfs:subClassOf th:ResearchInstitute ;
    rdfs:label "observatory of policy"@en ; th:headWord "policy observatory"@en .
my:audits a owl:ObjectProperty ; rdfs:subPropertyOf th:supports ;
    rdfs:domain th:Government ; rdfs:label "audits"@en , "审计"@zh ; th:refiningVerb "audit"@en .
my:sport a skos:Concept ; skos:inScheme th:MechanismScheme ; skos:notation "sport" ;
    skos:prefLabel "Sport"@en ; th:headWord "relay race"@en .
""")
    )
    observatory = schema.classes["Observatory"]
    assert (observatory.core, observatory.iri) == ("ResearchOrg", "https://example.org/policy#Observatory")
    assert observatory.label_zh == "observatory of policy"
    assert schema.predicates["audits"].domain == {"Government"}
    assert schema.predicates["audits"].range == ACTORS
    assert schema.refine("supports", "audit", "en", "Government", "University") == "audits"
    assert schema.mechanism_groups["sport"].label_en == "Sport"
    assert schema.mechanism_group_of("annual relay races of the city", "en") == "sport"


@pytest.mark.parametrize(
    ("turtle", "message"),
    [
        pytest.param("my:A a owl:Class ;", "line 18: .*mend the Turtle", id="syntax"),
        pytest.param("x:A a owl:Class .", "line 18: The prefix x:", id="prefix"),
        pytest.param(
            'my:A a owl:Class ; rdfs:label "a"@en .', "line 18: .*exactly one core class", id="no core"
        ),
        pytest.param(
            '\nmy:A a owl:Class ; rdfs:label "a"@en ; rdfs:subClassOf th:Fund , th:Law .',
            "line 19: .*th:Mechanism and th:PolicyDocument",
            id="two cores",
        ),
        pytest.param(
            "my:A a owl:Class ; rdfs:subClassOf th:Law .", "line 18: .*needs one label", id="no label"
        ),
        pytest.param(
            'my:Law a owl:Class ; rdfs:subClassOf th:Law ; rdfs:label "law"@en .',
            "line 18: .*local name of th:Law",
            id="taken name",
        ),
        pytest.param(
            'my:p a owl:ObjectProperty ; rdfs:label "p"@en .',
            "line 18: .*core predicate",
            id="no core predicate",
        ),
        pytest.param(
            FINER_LEADS + "; rdfs:domain th:Region .",
            "line 18: .*th:leads does not allow: Region",
            id="wide domain",
        ),
        pytest.param(
            FINER_LEADS + "; rdfs:range th:Funds .",
            "line 18: .*th:Funds, no class",
            id="unknown range",
        ),
        pytest.param(
            'th:Fund th:headWord "kitty" .', "line 18: th:Fund has a .* without a language", id="no language"
        ),
        pytest.param(
            'th:Award th:headWord "fund"@en .',
            "line 18: th:Award claims .*'fund'@en of th:Fund",
            id="claimed word",
        ),
        pytest.param(
            'my:g a skos:Concept ; skos:inScheme th:MechanismScheme ; skos:notation "fund" .',
            "line 18: .*notation",
            id="taken notation",
        ),
    ],
)
def test_a_wrong_layer_is_refused_with_its_line(layer, turtle: str, message: str) -> None:
    with pytest.raises(OntologyError, match=message):
        load_schema(layer(turtle))


def test_a_layer_that_is_not_utf8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.ttl"
    path.write_bytes(b"# fine\n# \xb2\xdd\n")
    with pytest.raises(OntologyError, match="line 2: the file is not UTF-8"):
        load_schema([path])


@pytest.mark.parametrize("name", TURTLE)
def test_the_shipped_turtle_is_read_by_other_parsers(name: str) -> None:
    path = files("triplehelix.ontology") / "schema" / name
    graph = Graph().parse(data=path.read_text(encoding="utf-8"), format="turtle")
    assert len(graph) > 50
    assert not list(graph.triples((None, OWL.imports, None)))
    if shutil.which("rapper"):
        subprocess.run(["rapper", "-q", "-i", "turtle", "-c", str(path)], check=True)


@pytest.mark.parametrize("name", ["alignments.ttl", "core.ttl", "mechanisms.ttl"])
def test_terms_are_sorted_within_each_section(name: str) -> None:
    text = (files("triplehelix.ontology") / "schema" / name).read_text(encoding="utf-8")
    for section in re.split(r"(?m)^# (?:\d\. .*|\w+)$", text):
        terms = [t for t in re.findall(r"(?m)^th:([\w-]+) ", section) if t not in OPENING]
        assert terms == sorted(terms, key=str.casefold), f"sort the terms of {name}"


def test_the_prefixes_are_those_of_the_files() -> None:
    for name in TURTLE:
        text = (files("triplehelix.ontology") / "schema" / name).read_text(encoding="utf-8")
        for prefix, iri in re.findall(r"@prefix ([\w-]+): <([^>]+)>", text):
            assert PREFIXES[prefix] == iri
    assert PREFIXES["th"] == TH
