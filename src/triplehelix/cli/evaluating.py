"""`triplehelix evaluate`."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn
from rich.table import Table

from ..errors import DocumentError, SourceError
from .options import layer_option, min_confidence_option

if TYPE_CHECKING:
    from ..extract.gold import GoldDocument
    from ..extract.mistakes import Reliability
    from ..extract.scoring import Evaluation, Figure

PARTIAL = 2
"""Exit status when annotated documents were left out."""

STATUSES = ("proposed", "planned", "ongoing", "established")
NO, YES = "not negated", "negated"


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    help="Score this graph (a build's folder or an RDF file) instead of running the extraction.",
)
@layer_option
@click.option(
    "--models",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder that `triplehelix train` wrote.",
)
@min_confidence_option
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), help="Only documents in this language.")
@click.option("--errors", type=click.IntRange(0), default=0, help="Show so many examples of each mistake.")
@click.option("--html", "page", type=click.Path(path_type=Path), help="Write a page that shows all mistakes.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def evaluate(
    gold: Path,
    graph: Path | None,
    layer: Path | None,
    models: Path | None,
    min_confidence: float,
    language: str | None,
    errors: int,
    page: Path | None,
    as_json: bool,
) -> None:
    """Measure the extraction on the annotated documents in GOLD (NAME.json beside NAME.txt).

    Relaxed means the same type and an overlap of at least half; a relation is right when its predicate is and both
    of its ends are. Exit status: 0 when all documents were scored, 2 when some were left out (each is named).

    Example: triplehelix evaluate annotated/ --errors 5 --html mistakes.html
    """
    golds, left_out = _readable(gold, layer, language, every_language=graph is not None)
    if page is not None and not page.resolve().parent.is_dir():
        raise SourceError(f"{page} cannot be written, its folder does not exist; make it first.")
    evaluation = _scored(golds, graph, layer, models, min_confidence)
    if page is not None:
        from ..graph.evaluation_page import write_evaluation

        write_evaluation(evaluation, page, title=f"Mistakes in {gold.resolve().name}")
    if as_json:
        from ..extract.evaluation_summary import summary

        click.echo(json.dumps(summary(evaluation, errors=errors), ensure_ascii=False, indent=1))
    else:
        print_evaluation(evaluation, errors)
        if page is not None:
            click.echo(f"Open {page} in a browser to see them in the text.")
    if left_out:
        sys.exit(PARTIAL)


def _readable(
    folder: Path, layer: Path | None, language: str | None, *, every_language: bool
) -> tuple[list[GoldDocument], list[GoldDocument]]:
    """The annotated documents of a folder that can be scored, and those that cannot; says what is odd.

    With `language` only those in it, the others being no problem.
    """
    from ..extract.detection import READ, language_name
    from ..extract.gold import read_gold
    from ..extract.gold_problems import check_gold
    from ..ontology import load_ontology

    if not folder.is_dir():
        raise SourceError(f"{folder} is no folder; give one that holds annotated documents.")
    golds = read_gold(folder)
    for note in check_gold(folder, golds, load_ontology(layer).schema):
        click.echo(f"Note: {note}", err=True)
    if language:
        golds = [gold for gold in golds if gold.language == language]
    chosen = [gold for gold in golds if every_language or gold.language in READ]
    left_out = [gold for gold in golds if gold not in chosen]
    for gold in left_out:
        name = language_name(gold.language)
        click.echo(f"Left out: {gold.name} is in {name}; English and Chinese are read.", err=True)
    if not chosen:
        wanted = language_name(language) if language else "English or Chinese"
        raise DocumentError(f"{folder} holds no annotated document in {wanted}.")
    return chosen, left_out


def _scored(
    golds: Sequence[GoldDocument],
    graph: Path | None,
    layer: Path | None,
    models: Path | None,
    min_confidence: float,
) -> Evaluation:
    from ..graph.evaluation import evaluate as run
    from ..graph.evaluation import evaluate_store, names_in

    if graph is not None:
        from ..graph.store import open_graph

        store = open_graph(graph)
        known = names_in(store, {gold.name for gold in golds})
        for gold in golds:
            if gold.name not in known:
                click.echo(
                    f"Note: {graph} holds no document {gold.name}; all of it counts as missed.", err=True
                )
        return evaluate_store(golds, store, min_confidence=min_confidence)
    from ..extract import load_pipeline

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("loading the language model", total=len(golds))
        return run(
            golds,
            load_pipeline(layer, models),
            min_confidence=min_confidence,
            progress=lambda name: bar.update(task, advance=1, description=name),
        )


def print_evaluation(evaluation: Evaluation, errors: int) -> None:
    """Print the figures of an evaluation as tables, with so many examples of each mistake."""
    from ..extract.evaluation_summary import mistakes_by_kind
    from ..extract.mistake_examples import examples
    from ..extract.mistakes import (
        mention_reliability,
        predicate_confusions,
        relation_reliability,
        type_confusions,
    )

    console = Console() if sys.stdout.isatty() else Console(width=120)
    tables = [
        _overall(evaluation),
        _by_type(evaluation),
        _figures("Relations by predicate", evaluation.predicates.items()),
        _statuses(evaluation),
        _negations(evaluation),
        *(_mistakes(f"Mistakes: {name}", kinds) for name, kinds in mistakes_by_kind(evaluation).items()),
        _confusions("Types found wrong", type_confusions(evaluation)),
        _confusions("Predicates found wrong", predicate_confusions(evaluation)),
        _reliability("Mentions found with", mention_reliability(evaluation)),
        _reliability("Relations found with", relation_reliability(evaluation)),
    ]
    for table in tables:
        if table.row_count:
            console.print(table)
    for kind, found in examples(evaluation, errors).items() if errors else ():
        click.echo(f"\n{kind.capitalize()}")
        for example in found:
            click.echo(f"  {example.what}\n      {example.document}: {example.sentence}")


def _overall(evaluation: Evaluation) -> Table:
    figures = {
        "mentions, exact": evaluation.exact,
        "mentions, relaxed": evaluation.relaxed,
        "relations": evaluation.relations,
    }
    return _figures(f"{len(evaluation.documents)} annotated documents", figures.items())


def _figures(title: str, rows: Iterable[tuple[str, Figure]]) -> Table:
    table = _table(title, "", "precision", "recall", "F1", "found", "annotated")
    for name, one in rows:
        table.add_row(name, *_shares(one), f"{one.found:,}", f"{one.annotated:,}")
    return table


def _by_type(evaluation: Evaluation) -> Table:
    table = _table(
        "Mentions by type (relaxed)", "", "precision", "recall", "F1", "exact F1", "found", "annotated"
    )
    for name, (exact, relaxed) in evaluation.types.items():
        table.add_row(
            name, *_shares(relaxed), f"{exact.f1:.3f}", f"{relaxed.found:,}", f"{relaxed.annotated:,}"
        )
    return table


def _statuses(evaluation: Evaluation) -> Table:
    total = sum(evaluation.statuses.values())
    table = _table(
        f"Status of matched relations: {evaluation.status_accuracy:.3f} of {total} right",
        "annotated as",
        *(f"found {status}" for status in STATUSES),
    )
    for wanted in STATUSES if total else ():
        table.add_row(wanted, *(str(evaluation.statuses[wanted, found]) for found in STATUSES))
    return table


def _negations(evaluation: Evaluation) -> Table:
    table = _table(
        f"Negation of matched relations: {evaluation.negation_accuracy:.3f} right",
        "annotated as",
        f"found {NO}",
        f"found {YES}",
    )
    for wanted, name in ((False, NO), (True, YES)) if evaluation.negations else ():
        table.add_row(name, *(str(evaluation.negations[wanted, found]) for found in (False, True)))
    return table


def _mistakes(title: str, kinds: dict[str, int]) -> Table:
    table = _table(title, "", "number")
    for kind, number in kinds.items():
        table.add_row(kind, f"{number:,}")
    return table


def _confusions(title: str, pairs: Counter[tuple[str, str]]) -> Table:
    table = _table(title, "annotated as", "number")
    for (wanted, found), number in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        table.add_row(f"{wanted}, found as {found}", str(number))
    return table


def _reliability(title: str, rows: Iterable[Reliability]) -> Table:
    table = _table(title, "confidence", "number", "mean confidence", "share right")
    for row in rows:
        table.add_row(
            f"{row.low:.1f}–{row.high:.1f}", f"{row.number:,}", f"{row.confidence:.2f}", f"{row.right:.2f}"
        )
    return table


def _table(title: str, first: str, *others: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for name in others:
        table.add_column(name, justify="right")
    return table


def _shares(one: Figure) -> tuple[str, str, str]:
    return f"{one.precision:.3f}", f"{one.recall:.3f}", f"{one.f1:.3f}"


COMMANDS = (evaluate,)
