"""What comes into view first."""

from __future__ import annotations

from collections.abc import Callable

from triplehelix.graph.explorer.ranking import ranked
from triplehelix.graph.views import EntityView, GraphView, StatementView


def graph(*pairs: str, loose: str = "") -> GraphView:
    """A graph of one-letter entities: "ab" says something of a and b."""
    names = sorted({*"".join(pairs), *loose})
    statements = [StatementView(p, p[0], "leads", p[1], "ongoing", False, 1.0, "", ()) for p in pairs]
    return GraphView({n: EntityView(n, "Mechanism", "", n, {}) for n in names}, tuple(statements))


def order(view: GraphView) -> str:
    return "".join(entity.iri for entity in ranked(view))


def test_the_most_connected_come_first_and_what_nothing_is_said_of_last() -> None:
    assert order(graph("ab", "ac", "ad", "bc", loose="xy")) == "abcdxy"


def test_neighbours_come_before_others_as_weighty_elsewhere() -> None:
    assert order(graph("ab", "ac", "ad", "bc", "pq", "pr")) == "abcdpqr"


def test_a_hub_elsewhere_does_not_wait_for_small_neighbours() -> None:
    assert order(graph("ab", "ac", "ad", "ae", "pq", "pr", "ps"))[:2] == "ap"


def test_what_the_graph_does_not_describe_is_named_by_its_iri() -> None:
    known = graph("ab")
    without_b = GraphView({"a": known.entities["a"]}, known.statements)
    assert [(e.label, e.type) for e in ranked(without_b)] == [("a", "Mechanism"), ("b", "")]


def test_the_order_of_statements_does_not_matter(graph_of: Callable[[int], GraphView]) -> None:
    view = graph_of(80)
    turned = GraphView(dict(reversed(view.entities.items())), view.statements[::-1], view.documents)
    assert ranked(view) == ranked(turned)
