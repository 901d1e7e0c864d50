"""A graph in numbers."""

from __future__ import annotations

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from triplehelix.graph.statistics import Statistics, statistics
from triplehelix.graph.views import GraphView, view

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def numbers() -> Statistics:
    store = ox.Store()
    store.load(path=str(GOLDEN / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return statistics(view(store))


def test_documents_and_statements_are_counted(numbers: Statistics) -> None:
    assert (numbers.documents, numbers.statements, numbers.negated) == (3, 23, 1)
    assert numbers.by_language == {"en": 2, "zh": 1}
    assert sum(numbers.by_status.values()) == numbers.statements
    assert sum(sum(row.values()) for row in numbers.by_predicate.values()) == numbers.statements


def test_regions_that_no_text_names_are_not_counted(numbers: Statistics) -> None:
    assert numbers.by_type["Region"] == 5
    assert numbers.entities == sum(numbers.by_type.values()) == sum(numbers.by_class.values()) == 18


def test_a_negated_or_proposed_statement_is_no_fact(numbers: Statistics) -> None:
    store = ox.Store()
    store.load(path=str(GOLDEN / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    plain = [q for q in store if q.subject.value.startswith("https://w3id.org/triplehelix/id/")]
    namespace = "https://w3id.org/triplehelix/ontology#"
    facts = [q for q in plain if q.predicate.value.removeprefix(namespace) in numbers.by_predicate]
    assert numbers.facts == len(facts)


def test_what_two_documents_say_is_corroborated(numbers: Statistics) -> None:
    assert numbers.corroborated == 1


def test_groups_come_most_first_and_types_in_the_ontology_order(numbers: Statistics) -> None:
    assert list(numbers.by_predicate)[:2] == ["appliesIn", "leads"]
    assert next(iter(numbers.by_type)) == "Government"
    assert list(numbers.by_status) == ["proposed", "planned", "ongoing", "established"]


def test_the_numbers_are_plain_data(numbers: Statistics) -> None:
    assert json.loads(json.dumps(numbers.as_dict()))["documents"] == 3


def test_an_empty_graph_has_zeros() -> None:
    empty = statistics(GraphView())
    assert (empty.statements, empty.mean_confidence, empty.by_predicate) == (0, 0.0, {})
