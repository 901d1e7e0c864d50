"""`triplehelix verify`, `validate` and `ontology`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from .options import layer_option

GRAPH = click.argument("graph", type=click.Path(path_type=Path))
SHOWN = 20


@click.command()
@GRAPH
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that the sources' paths start from.",
)
@click.option("--strict", is_flag=True, help="Let missing sources fail the check too.")
def verify(graph: Path, root: Path | None, strict: bool) -> None:
    """Re-read every quote of the build in folder GRAPH against the kept text and the source file.

    Exit status: 0 when every quote stands where the graph says, 1 otherwise.

    Example: triplehelix verify out
    """
    from ..graph.verify import verify as run

    report = run(graph, root=root)
    for finding in (*report.errors, *report.warnings)[:SHOWN]:
        click.echo(f"{finding.severity}: {finding.message}")
    click.echo(
        f"{report.quotes} quotes of {report.documents} documents re-read, {report.sources} sources: "
        f"{len(report.errors)} errors, {len(report.warnings)} warnings, {len(report.notes)} notes"
    )
    sys.exit(report.exit_status(strict=strict))


@click.command()
@GRAPH
def validate(graph: Path) -> None:
    """Check GRAPH (a build's folder or an RDF file) against the SHACL shapes.

    Example: triplehelix validate out
    """
    from ..graph.validate import validate as run

    report = run(graph)
    for sentence in report.sentences(SHOWN):
        click.echo(sentence)
    if not report.conforms:
        click.echo(f"{len(report.violations)} violations of the shapes")
        sys.exit(1)
    click.echo(f"{report.triples} triples conform to the shapes")


@click.group()
def ontology() -> None:
    """What can be said: classes, predicates, mechanism groups, the authority file.

    Example: triplehelix ontology check --ontology my-layer
    """


@ontology.command()
@layer_option
def check(layer: Path | None) -> None:
    """Prove that the ontology (and your layer) loads, is labelled, defined, used and fits the shapes.

    Example: triplehelix ontology check
    """
    from ..ontology import check_ontology

    report = check_ontology(layer)
    for problem in report.problems:
        click.echo(problem)
    click.echo(", ".join(f"{count:,} {name}" for name, count in report.counts.items()))
    if not report.is_sound:
        sys.exit(1)
    click.echo("The ontology is sound.")


@ontology.command()
@click.argument("name")
@layer_option
def find(name: str, layer: Path | None) -> None:
    """Look NAME up in the authority file, in either language.

    Example: triplehelix ontology find NDRC
    """
    from ..ontology import load_ontology

    loaded = load_ontology(layer)
    found = {e.key: e for language in ("en", "zh") for e in loaded.authority.candidates(name, language)}
    for entry in found.values():
        labels = "; ".join(f"{label.text}@{label.language}" for label in entry.labels[:6])
        click.echo(f"{entry.key} · {entry.cls} · {labels}")
    if not found:
        click.echo(f"No entry of the authority file is called {name}.")
        sys.exit(1)


COMMANDS = (verify, validate, ontology)
