"""The order in which entities come into view: the most connected first, and close to what is there already."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from ..views import EntityView, GraphView, local_name

PULL = 2
"""By how much more neighbours an entity elsewhere goes before one that is joined to what is in view."""

Weight: TypeAlias = tuple[int, int, int, str, str]
"""Sorts the weightiest first: neighbours, sentences and mentions as negative numbers, label, IRI."""


def ranked(graph: GraphView) -> list[EntityView]:
    """All entities, those without a statement last.

    Ends of statements that the graph does not describe are among them, named by their IRI.
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    sentences: dict[str, int] = defaultdict(int)
    for statement in graph.statements:
        for end, other in ((statement.subject, statement.object), (statement.object, statement.subject)):
            if end and other:
                neighbours[end].add(other)
                sentences[end] += len(statement.evidence)
    unknown = {iri: EntityView(iri, "", "", local_name(iri), {}) for iri in neighbours}
    entities = {**unknown, **graph.entities}
    weights = {
        iri: (-len(neighbours.get(iri, ())), -sentences.get(iri, 0), -entity.mentions, entity.label, iri)
        for iri, entity in entities.items()
    }
    order = _connected_order(sorted(weights.values()), weights, neighbours)
    return [entities[iri] for iri in order]


def _connected_order(
    by_weight: Sequence[Weight], weights: Mapping[str, Weight], neighbours: Mapping[str, set[str]]
) -> list[str]:
    """IRIs, each the weightiest neighbour of those before it unless one elsewhere outweighs it by far.

    So the first of them are no scatter of single nodes, and a hub far from the others is not kept waiting.
    """
    taken: dict[str, None] = {}
    near: list[Weight] = []
    for elsewhere in by_weight:
        while near and near[0][0] * PULL <= elsewhere[0]:
            _take(heapq.heappop(near)[-1], taken, near, weights, neighbours)
        _take(elsewhere[-1], taken, near, weights, neighbours)
    return list(taken)


def _take(
    iri: str,
    taken: dict[str, None],
    near: list[Weight],
    weights: Mapping[str, Weight],
    neighbours: Mapping[str, set[str]],
) -> None:
    if iri in taken:
        return
    taken[iri] = None
    for other in neighbours.get(iri, ()):
        if other not in taken:
            heapq.heappush(near, weights[other])
