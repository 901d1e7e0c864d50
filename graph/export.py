"""One graph in the format that another tool wants, chosen by the ending of the file's name."""

from __future__ import annotations

from pathlib import Path

from ..errors import GraphError
from .network import graphml
from .serialise import to_jsonld, to_nquads, to_turtle
from .store import open_graph, read_quads
from .tables import entities_csv, statements_csv
from .views import view

WRITERS = {".ttl": to_turtle, ".nq": to_nquads, ".jsonld": to_jsonld}
ENDINGS = (*WRITERS, ".graphml", ".csv")


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
    if ending in WRITERS:
        return WRITERS[ending](read_quads(graph))
    shown = view(open_graph(graph))
    if ending == ".graphml":
        return graphml(shown)
    return entities_csv(shown) if entities else statements_csv(shown)
