"""One entity: its names, what is said of it, and the quotes."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from triplehelix.errors import GraphError
from triplehelix.graph.profile import profile

GOLDEN = Path(__file__).parent / "golden"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    store = ox.Store()
    store.load(path=str(GOLDEN / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    return store


@pytest.mark.parametrize(
    "name",
    [
        "Ministry of Education",
        "MOE",
        "教育部",
        "the ministry of education",
        "https://w3id.org/triplehelix/id/moe",
    ],
)
def test_an_entity_is_found_by_any_of_its_names(store: ox.Store, name: str) -> None:
    found = profile(store, name)
    assert found.entity.label == "Ministry of Education"
    assert found.entity.labels["zh"] == ("教育部",)


def test_statements_are_seen_from_either_end_with_their_quotes(store: ox.Store) -> None:
    found = profile(store, "Tideline Laboratory")
    seen = [(s.outgoing, s.statement.predicate, s.other.label) for s in found.statements]
    assert seen == [
        (True, "affiliatedWith", "Harbour University"),
        (True, "cooperatesWith", "Northgate Robotics"),
        (True, "focusesOn", "quantum sensing"),
        (True, "locatedIn", "Shanghai"),
        (False, "supports", "Ministry of Education"),
    ]
    assert all(
        quote.text in (GOLDEN / quote.document.source).read_text() for quote in found.statements[0].quotes
    )


def test_quotes_run_from_the_oldest_document(store: ox.Store) -> None:
    lead = next(s for s in profile(store, "灯火青年计划").statements if s.statement.predicate == "leads")
    assert [quote.document.source for quote in lead.quotes] == ["report.txt", "news.zh.txt"]


def test_negated_statements_are_shown_as_such(store: ox.Store) -> None:
    found = profile(store, "Hefei talent pilot")
    assert [(s.statement.status, s.statement.negated) for s in found.statements if not s.outgoing] == [
        ("established", True),
        ("proposed", False),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Minstry of Education", "did you mean 'Ministry of Education'"),
        ("https://example.org/nothing", "holds no entity"),
        ("laboratori", "holds no entity called"),
        ("hefei ", None),
        ("universit", "fits 2 entities: Harbour University \\(University, "),
    ],
)
def test_a_name_must_fit_one_entity(store: ox.Store, name: str, message: str | None) -> None:
    if message is None:
        assert profile(store, name).entity.type == "Region"
        return
    with pytest.raises(GraphError, match=message):
        profile(store, name)
