"""`triplehelix train`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the models.",
)
@click.option(
    "--ontology", "layer", type=click.Path(path_type=Path), help="Folder with your own .ttl and .tsv files."
)
def train(gold: Path, output: Path, layer: Path | None) -> None:
    """Fit the learned components to the annotated documents in GOLD (NAME.json beside NAME.txt).

    The same documents give the same files. It takes a few minutes; the models that ship were made this way.

    Example: triplehelix train annotated/ -o models
    """
    from ..extract.training import train_folder

    count = train_folder(gold, output, layer)
    click.echo(f"Trained on {count} documents; the models are in {output}")


COMMANDS = (train,)
