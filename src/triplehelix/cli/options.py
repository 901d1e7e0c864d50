"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

layer_option = click.option(
    "--ontology", "layer", type=click.Path(path_type=Path), help="Folder with your own .ttl and .tsv files."
)
models_option = click.option(
    "--models",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that `triplehelix train` wrote.",
)
min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=0.0,
    show_default=True,
    help="Leave out statements below it.",
)
language_option = click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh"]),
    help="Read everything in this language, whatever it seems to be in.",
)
