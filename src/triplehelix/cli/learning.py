"""`triplehelix train`."""

from __future__ import annotations

import logging
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from .evaluating import print_evaluation
from .options import layer_option

if TYPE_CHECKING:
    from ..extract.scoring import Evaluation


@click.command()
@click.argument("gold", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.argument("more", type=click.Path(path_type=Path, exists=True, file_okay=False), nargs=-1)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="Folder for the models.",
)
@layer_option
@click.option(
    "--adapt",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of unannotated texts on which the encoder's pretraining is continued first.",
)
@click.option(
    "--keep-encoder",
    is_flag=True,
    help="Fit only the models around the encoder that ships; needs no PyTorch.",
)
@click.option(
    "--cross-validate", is_flag=True, help="Measure, for each document, the models fitted to the other folds."
)
def train(
    gold: Path,
    more: tuple[Path, ...],
    output: Path,
    layer: Path | None,
    adapt: Path | None,
    keep_encoder: bool,
    cross_validate: bool,
) -> None:
    """Fit the learned components to the annotated documents in GOLD (NAME.json beside NAME.txt).

    Documents in the folders MORE are learned from too, but thresholds, confidences and the cross-validation are
    measured on those in GOLD. English and Chinese documents may stand side by side; each language gets its models.

    The same documents give the same files; the models that ship were made this way. Fine-tuning the encoder needs
    the extra "train" and takes most of the time: about a quarter of an hour for 70 documents on two cores.

    Example: triplehelix train annotated/ -o models
    """
    from ..extract.training import train_folder

    _show_progress()
    with TemporaryDirectory() as folds:
        kept = Path(folds) if cross_validate else None
        count = train_folder(
            gold, output, layer, more=more, adapt=adapt, keep_encoder=keep_encoder, folds=kept
        )
        click.echo(f"Trained on {count} documents; the models are in {output}")
        if cross_validate:
            print_evaluation(_cross_validated(gold, Path(folds), layer), errors=0)


def _show_progress() -> None:
    # Only our own messages: the libraries that write networks report every node.
    logger = logging.getLogger("triplehelix")
    logger.setLevel(logging.INFO)
    logger.addHandler(logging.StreamHandler())
    logger.propagate = False


def _cross_validated(gold: Path, folds: Path, layer: Path | None) -> Evaluation:
    """Each document judged with the models of its fold, which have not seen it."""
    from ..extract import load_pipeline
    from ..extract.gold import read_gold
    from ..extract.grammar import LANGUAGES
    from ..extract.trainer import FOLDS
    from ..graph.evaluation import as_document, evaluate_annotated
    from ..ontology import load_ontology

    documents = read_gold(gold)
    golds = [[g for g in documents if g.language == language] for language in LANGUAGES]
    annotated = []
    for fold in range(FOLDS):
        pipeline = load_pipeline(layer, folds / f"fold-{fold}")
        for of_language in golds:
            annotated += [pipeline.annotate_one(as_document(g)) for g in of_language[fold::FOLDS]]
    return evaluate_annotated([g for some in golds for g in some], annotated, load_ontology(layer))


COMMANDS = (train,)
