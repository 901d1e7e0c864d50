"""A graph as a pyvis network: entities as nodes by rank, what is said of two of them as edges.

Nodes and edges carry more than vis-network draws (names, links, sentences by number): pyvis passes it on to the
page. Nodes are numbered by rank, so that the first `n` numbers are the first view.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..views import EntityView, GraphView, StatementView, local_name
from .appearance import APPEARANCES, OTHER
from .citations import Citations, marks
from .layout import staged_layout
from .ranking import ranked

if TYPE_CHECKING:
    from pyvis.network import Network

STAGES = (40, 120, 360, 1080)
"""How many nodes the page shows at first (on a phone, on a desk) and after each "show more"."""

CURVE_STEP = 0.16
"""How much farther each parallel edge bends than the one beside it (roundness of vis-network)."""

Ends = tuple[str, str, str]
"""Subject, predicate, object."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """The network, its citations, and how many nodes each view holds."""

    network: Network
    citations: Citations
    stages: tuple[int, ...]
    left_out: int


def draw(graph: GraphView, *, title: str, limit: int) -> Drawing:
    """The pyvis network of the `limit` most connected entities of a graph and of all statements among them."""
    # Imported here: it takes a noticeable part of a command's start and most commands do not draw.
    from pyvis.network import Network

    entities = ranked(graph)
    joined = _joined(graph, {entity.iri for entity in entities[:limit]})
    neighbours = _neighbours(joined)
    kept = sorted(entities[:limit], key=lambda entity: entity.iri not in neighbours)
    number = {entity.iri: i for i, entity in enumerate(kept)}
    stages = _stages(len(neighbours))
    places = staged_layout(len(neighbours), [(number[s], number[o]) for s, _, o in joined], stages)
    citations = Citations(graph)
    network = Network(directed=True, cdn_resources="in_line", heading=title)
    for i, entity in enumerate(kept):
        at = [[int(x) for x in place[i]] for place in places if i < len(place)]
        network.add_node(i, shape="custom", at=at, **_node(entity, len(neighbours.get(entity.iri, ()))))
    bends = _bends(list(joined))
    for ends, said in joined.items():
        statements = [_statement(statement, graph, citations) for statement in said]
        details = {"predicate": ends[1], "bend": bends[ends], "statements": statements}
        network.add_edge(number[ends[0]], number[ends[2]], **details)
    network.options = _options(len(joined))
    return Drawing(network, citations, stages, len(entities) - len(kept))


def _options(edges: int) -> dict[str, object]:
    """How vis-network behaves; a dict, because pyvis takes the blanks out of options written as text."""
    return {
        "autoResize": True,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "hoverConnectedEdges": False,
            "selectConnectedEdges": False,
            "hideEdgesOnDrag": edges > 2500,
            "keyboard": {"enabled": True, "bindToWindow": False},
        },
    }


def _joined(graph: GraphView, kept: Collection[str]) -> dict[Ends, list[StatementView]]:
    """The statements of each subject, predicate and object among the entities that are kept, sorted."""
    joined: dict[Ends, list[StatementView]] = defaultdict(list)
    for statement in graph.statements:
        if statement.subject in kept and statement.object in kept:
            joined[statement.subject, statement.predicate, statement.object].append(statement)
    return dict(sorted(joined.items()))


def _neighbours(joined: Iterable[Ends]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for subject, _, obj in joined:
        found[subject].add(obj)
        found[obj].add(subject)
    return found


def _stages(count: int) -> tuple[int, ...]:
    """The sizes of the views of `count` nodes; a last step that would add little is taken at once."""
    return (*(stage for stage in STAGES if stage * 1.2 < count), count)


def _node(entity: EntityView, neighbours: int) -> dict[str, object]:
    return {
        "label": entity.label or local_name(entity.iri) or "?",
        "color": APPEARANCES.get(entity.type, OTHER).colour,
        "size": round(8 + min(16.0, 2.4 * math.sqrt(neighbours)), 1),
        "iri": entity.iri,
        "type": entity.type if entity.type in APPEARANCES else "Other",
        "cls": entity.cls,
        "labels": {language: list(names) for language, names in entity.labels.items()},
        "mechanism": entity.mechanism_type,
        "identifiers": list(entity.identifiers),
        "sameAs": list(entity.same_as),
        "mentions": entity.mentions,
        "documents": entity.documents,
    }


def _statement(statement: StatementView, graph: GraphView, citations: Citations) -> dict[str, object]:
    subject, obj = graph.entities.get(statement.subject), graph.entities.get(statement.object)
    return {
        "status": statement.status,
        "negated": statement.negated,
        "confidence": statement.confidence if math.isfinite(statement.confidence) else 0.0,
        "rule": statement.rule,
        "finer": statement.finer,
        "evidence": [
            [citations.sentence(e), marks(e.text, subject, obj) if subject and obj else []]
            for e in statement.evidence
        ],
    }


def _bends(ends: Sequence[Ends]) -> Mapping[Ends, float]:
    """How each edge bends, seen from its subject: edges between the same two nodes fan out evenly.

    Loops at one node get whole numbers from 0 instead.
    """
    between: dict[tuple[str, str], list[Ends]] = defaultdict(list)
    for edge in ends:
        between[min(edge[0], edge[2]), max(edge[0], edge[2])].append(edge)
    bends: dict[Ends, float] = {}
    for (first, second), parallel in between.items():
        for i, edge in enumerate(parallel):
            offset = i - (len(parallel) - 1) / 2
            side = 1 if edge[0] == first else -1
            bends[edge] = i if first == second else round(side * offset * CURVE_STEP, 3)
    return bends
