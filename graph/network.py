"""The graph as a network: entities as nodes, statements as edges, as GraphML for Gephi, Cytoscape or yEd."""

from __future__ import annotations

import io
import re

import networkx as nx

from .views import GraphView

_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def to_networkx(graph: GraphView) -> nx.MultiDiGraph[str]:
    """A directed multigraph: nodes by entity IRI, edges by statement IRI.

    Nodes carry `label`, `type`, `class`, `mentions` and `degree`; edges `label` (the predicate), `predicate`,
    `finer`, `status`, `negated`, `confidence`, `sentences` (how many), and the `quote` and `document` of the
    first sentence.
    """
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for iri, entity in graph.entities.items():
        labels = {f"label_{language}": names[0] for language, names in entity.labels.items() if language}
        network.add_node(
            iri,
            label=entity.label,
            type=entity.type,
            **{"class": entity.cls},
            mentions=entity.mentions,
            **labels,
        )
    for statement in graph.statements:
        first = statement.evidence[0] if statement.evidence else None
        document = graph.documents.get(first.document) if first else None
        network.add_edge(
            statement.subject,
            statement.object,
            key=statement.iri,
            label=statement.finer or statement.predicate,
            predicate=statement.predicate,
            finer=statement.finer or "",
            status=statement.status,
            negated=statement.negated,
            confidence=statement.confidence,
            quote=first.text if first else "",
            document=document.source if document else "",
            sentences=len(statement.evidence),
        )
    for iri, degree in network.degree():
        network.nodes[iri]["degree"] = degree
    return network


def graphml(graph: GraphView) -> bytes:
    """GraphML of the network; characters that XML cannot hold become U+FFFD."""
    network = to_networkx(graph)
    for attributes in network.nodes.values():
        _clean(attributes)
    for attributes in network.edges.values():
        _clean(attributes)
    written = io.BytesIO()
    nx.write_graphml_xml(network, written, prettyprint=True)
    return written.getvalue()


def _clean(attributes: dict[str, object]) -> None:
    for name, value in attributes.items():
        if isinstance(value, str):
            attributes[name] = _NOT_IN_XML.sub("\ufffd", value)
