"""`triplehelix train`."""

from __future__ import annotations

import logging
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
@click.option(
    "--keep-encoder",
    is_flag=True,
    help="Fit only the models around the encoder that ships; needs no PyTorch.",
)
def train(gold: Path, output: Path, layer: Path | None, keep_encoder: bool) -> None:
    """Fit the learned components to the annotated documents in GOLD (NAME.json beside NAME.txt).

    The same documents give the same files; the models that ship were made this way. Fine-tuning the encoder needs
    the extra "train" and takes most of the time: about a quarter of an hour for 70 documents on two cores.

    Example: triplehelix train annotated/ -o models
    """
    from ..extract.training import train_folder

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    count = train_folder(gold, output, layer, keep_encoder=keep_encoder)
    click.echo(f"Trained on {count} documents; the models are in {output}")


COMMANDS = (train,)
