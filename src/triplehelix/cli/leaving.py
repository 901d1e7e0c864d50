"""`triplehelix export`, `explore` and `stats`."""

from __future__ import annotations

import json
from pathlib import Path

import click

GRAPH = click.argument("graph", type=click.Path(path_type=Path))
FORMATS = {
    ".ttl": "Turtle",
    ".nq": "N-Quads",
    ".jsonld": "JSON-LD",
    ".graphml": "GraphML",
}


@click.command()
@GRAPH
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--entities", is_flag=True, help="For .csv: entities instead of statements.")
def export(graph: Path, target: Path, entities: bool) -> None:
    """Write GRAPH to TARGET in the format of its ending: .ttl .nq .jsonld .graphml .csv

    Example: triplehelix export out statements.csv
    """
    from ..graph.export import export as run

    run(graph, target, entities=entities)
    click.echo(f"Wrote {target}")


@click.command()
@GRAPH
@click.argument("page", type=click.Path(path_type=Path))
@click.option("--title", default="TripleHelix", show_default=True)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def explore(graph: Path, page: Path, title: str, lang: str) -> None:
    """Write the exploration page of GRAPH to PAGE, one HTML file that opens offline.

    Example: triplehelix explore out page.html --lang zh
    """
    from ..graph.explorer import write_explorer
    from ..graph.store import open_graph
    from ..graph.views import view

    write_explorer(view(open_graph(graph)), page, title=title, language=lang)
    click.echo(f"Wrote {page}")


@click.command()
@GRAPH
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def stats(graph: Path, as_json: bool) -> None:
    """Count what GRAPH holds: entities by type, statements by predicate, status and rule.

    Example: triplehelix stats out
    """
    from ..graph.statistics import statistics
    from ..graph.store import open_graph
    from ..graph.views import view

    found = statistics(view(open_graph(graph))).as_dict()
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for name, value in found.items():
        if not isinstance(value, dict):
            click.echo(f"{name.replace('_', ' '):22}{value}")
            continue
        click.echo(f"{name.replace('_', ' ')}:")
        for key, count in value.items():
            shown = ", ".join(f"{k} {n}" for k, n in count.items()) if isinstance(count, dict) else count
            click.echo(f"  {key:28}{shown}")


COMMANDS = (export, explore, stats)
