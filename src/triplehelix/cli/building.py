"""`triplehelix build`."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)
from rich.table import Table

from ..extract.documents import MAX_BYTES
from ..extract.sources import find_documents
from ..graph.outputs import OUTPUTS, Built
from ..ontology.namespaces import DEFAULT_BASE
from .options import language_option, layer_option, min_confidence_option

PARTIAL = 2
"""Exit status of a build that left sources out."""


@click.command()
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder to write to.",
)
@layer_option
@click.option(
    "--models",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that `triplehelix train` wrote.",
)
@click.option("--base", default=DEFAULT_BASE, show_default=True, help="IRI that entities live under.")
@click.option("--title", default="TripleHelix", show_default=True, help="Title of the page and the report.")
@click.option(
    "--labels",
    type=click.Choice(["en", "zh"]),
    help="Language of the report and the page; by default that of most documents.",
)
@min_confidence_option
@language_option
@click.option(
    "--max-bytes",
    type=click.IntRange(1),
    default=MAX_BYTES,
    show_default=True,
    help="Largest document to read.",
)
def build(
    sources: tuple[str, ...],
    output: Path,
    layer: Path | None,
    models: Path | None,
    base: str,
    title: str,
    labels: str | None,
    min_confidence: float,
    language: str | None,
    max_bytes: int,
) -> None:
    """Build the graph of SOURCES: files, folders, globs, or - for standard input.

    Exit status: 0 when all was built, 2 when some sources were left out (each is named), 1 when nothing was.

    Example: triplehelix build examples/ "more/*.pdf" -o out
    """
    from ..graph.build import build as run

    console = Console(stderr=True)
    total = _count(sources)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("loading the language model", total=total)

        def advance(name: str) -> None:
            bar.update(task, advance=1, description=_shorten(name))

        built, problems = run(
            sources,
            output,
            layer=layer,
            models=models,
            base=base,
            title=title,
            labels=labels,
            min_confidence=min_confidence,
            max_bytes=max_bytes,
            language=language,
            stdin=sys.stdin.buffer if "-" in sources else None,
            progress=advance,
        )
    left_out = [problem for problem in problems if not problem.skipped]
    for problem in left_out:
        click.echo(f"Left out: {problem.reason}", err=True)
    if skipped := sorted({Path(p.source).suffix or "no ending" for p in problems if p.skipped}):
        count = len(problems) - len(left_out)
        click.echo(f"Skipped {count} files of other kinds ({', '.join(skipped)}).", err=True)
    _print_summary(built, len(left_out))
    if left_out:
        sys.exit(PARTIAL)


def _count(sources: tuple[str, ...]) -> int | None:
    if "-" in sources:
        return None
    return sum(1 for _ in find_documents(sources))


def _shorten(name: str, width: int = 40) -> str:
    return name if len(name) <= width else f"…{name[-width + 1 :]}"


def _print_summary(built: Built, left_out: int) -> None:
    view = built.view
    by_status: dict[str, int] = {}
    for statement in view.statements:
        by_status[statement.status] = by_status.get(statement.status, 0) + 1
    table = Table(
        title=f"Built from {len(view.documents)} documents", title_justify="left", show_header=False
    )
    table.add_row("entities", f"{len(view.entities):,}")
    table.add_row("statements", f"{len(view.statements):,}")
    for status in ("proposed", "planned", "ongoing", "established"):
        table.add_row(f"  {status}", f"{by_status.get(status, 0):,}")
    table.add_row("left out", f"{left_out:,}")
    Console().print(table)
    click.echo(f"In {built.folder}: {', '.join(OUTPUTS)}")
    click.echo(
        f"Open {built.folder / 'explore.html'} in a browser; read {built.folder / 'report.html'} first."
    )


COMMANDS = (build,)
