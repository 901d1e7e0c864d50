"""Opens a graph that was built, or any RDF file, for queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from ..errors import GraphError

GRAPH_FILES = ("graph.nq", "graph.ttl", "graph.jsonld")
"""The files of an output folder that hold the whole graph, quickest to read first."""


def open_graph(path: Path | str) -> ox.Store:
    """The graph of an output folder or of an RDF file, in memory.

    Reads `.ttl .nt .nq .trig .rdf .xml .jsonld .n3`. The default graph holds every triple, those of named
    graphs too. Raises `GraphError` when there is no graph or it cannot be read.
    """
    file = graph_file(Path(path))
    store = ox.Store()
    try:
        with file.open("rb") as stream:
            store.bulk_load(stream, _format(file), base_iri=file.resolve().as_uri())
    except OSError as error:
        raise GraphError(f"{file} cannot be read ({error.strerror}); check its permissions.") from None
    except (SyntaxError, ValueError) as error:
        raise _unreadable(file, error) from None
    _fold_named_graphs(store)
    return store


def read_quads(path: Path) -> Iterator[ox.Quad]:
    """The quads of an output folder or of an RDF file as they are written there.

    A store keeps every integer as `xsd:integer`; what must come out as it went in is read with this. Raises
    `GraphError` as `open_graph` does.
    """
    file = graph_file(path)
    try:
        yield from ox.parse(path=str(file), format=_format(file), base_iri=file.resolve().as_uri())
    except OSError as error:
        raise GraphError(f"{file} cannot be read ({error.strerror}); check its permissions.") from None
    except (SyntaxError, ValueError) as error:
        raise _unreadable(file, error) from None


def store_of(quads: Iterable[ox.Quad]) -> ox.Store:
    """The quads as a store whose default graph holds every triple."""
    store = ox.Store()
    store.bulk_extend(quads)
    _fold_named_graphs(store)
    return store


def graph_file(path: Path) -> Path:
    """The file that holds the graph: `path` itself, or the one in an output folder."""
    if path.is_dir():
        for name in GRAPH_FILES:
            if (path / name).is_file():
                return path / name
        raise GraphError(f"{path} holds no graph; build one there with: triplehelix build SOURCES -o {path}.")
    if not path.exists():
        raise GraphError(f"{path} does not exist; give the output folder of a build or an RDF file.")
    return path


def _unreadable(file: Path, error: Exception) -> GraphError:
    reason = str(error).split(". ")[0]
    return GraphError(f"{file} is not a readable graph: {reason}; build it again or mend it.")


def _format(file: Path) -> ox.RdfFormat:
    found = ox.RdfFormat.from_extension(file.suffix.lstrip(".").lower())
    if found is None:
        raise GraphError(
            f"{file} has no suffix of an RDF format; use .ttl, .nt, .nq, .trig, .rdf or .jsonld."
        )
    return found


def _fold_named_graphs(store: ox.Store) -> None:
    named = [
        quad for graph in store.named_graphs() for quad in store.quads_for_pattern(None, None, None, graph)
    ]
    store.bulk_extend(ox.Quad(quad.subject, quad.predicate, quad.object) for quad in named)
