"""One graph in the format that another tool wants, chosen by the ending of the file's name."""

from __future__ import annotations

from pathlib import Path

from ..errors import GraphError
from .network import graphml
from .serialise import to_jsonld, to_nquads, to_turtle
from .store import open_graph
from .tables import entities_csv, statements_csv
from .views import view

ENDINGS = (".ttl", ".nq", ".jsonld", ".graphml", ".csv")


def export(graph: Path, target: Path, *, entities: bool = False) -> None:
    """Write the graph in `graph` (a build's folder or an RDF file) to `target`.

    A `.csv` holds statements, or entities when asked. The file is replaced only when the new one is complete.
    Raises `GraphError` for an unknown ending or a graph that cannot be read.
    """
    if target.suffix not in ENDINGS:
        raise GraphError(f"{target} has no ending that names a format; use one of {', '.join(ENDINGS)}.")
    content = _content(graph, target.suffix, entities)
    unfinished = target.with_name(f".{target.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(target)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise GraphError(f"{target} cannot be written ({error.strerror}); choose another place.") from error


def _content(graph: Path, ending: str, entities: bool) -> bytes:
    store = open_graph(graph)
    if ending == ".ttl":
        return to_turtle(store)
    if ending == ".nq":
        return to_nquads(store)
    if ending == ".jsonld":
        return to_jsonld(store)
    if ending == ".graphml":
        return graphml(view(store))
    return entities_csv(view(store)) if entities else statements_csv(view(store))
