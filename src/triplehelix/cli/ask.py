"""`triplehelix query`, `questions` and `show`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..errors import QueryError

if TYPE_CHECKING:
    from ..graph.profile import Profile
    from ..graph.queries import Result
    from ..graph.questions import Question

WORDS = {
    "en": {
        "question": "question",
        "asks": "what it asks",
        "parameters": "parameters",
        "required": "required",
        "default": "default {}",
        "parameter": "{} ({}, {}): {}, for example {}",
        "same": "same as {}",
        "counts": "{} mentions in {} documents, {} statements",
        "negated": ", negated",
        "quote": "“{}” — {}, {}–{}",
    },
    "zh": {
        "question": "问题",
        "asks": "问什么",
        "parameters": "参数",
        "required": "必填",
        "default": "默认 {}",
        "parameter": "{}（{}，{}）：{}，例如 {}",
        "same": "等同于 {}",
        "counts": "在 {1} 份文件中出现 {0} 次，{2} 条陈述",
        "negated": "，否定",
        "quote": "“{}”——{}，第 {}–{} 字符",
    },
}
"""What is printed besides names and figures."""

GRAPH = click.argument("graph", type=click.Path(path_type=Path))


@click.command()
@GRAPH
@click.argument("question")
@click.option(
    "-p",
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a question's parameter.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    default="table",
    show_default=True,
)
@click.option(
    "--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True, help="Language of labels."
)
@click.option(
    "--questions", "folder", type=click.Path(path_type=Path, exists=True), help="Your own .rq files."
)
def query(
    graph: Path, question: str, parameters: tuple[str, ...], form: str, lang: str, folder: Path | None
) -> None:
    """Ask GRAPH (a build's folder or an RDF file) a named question, a .rq file or SPARQL text.

    Example: triplehelix query out leaders-in-region -p region="Yangtze River Delta"

    Example: triplehelix query out "SELECT ?s ?o WHERE { ?s th:leads ?o }" -f csv
    """
    from ..graph.queries import run_query
    from ..graph.questions import ask, load_questions
    from ..graph.store import open_graph

    store = open_graph(graph)
    questions = load_questions((folder,) if folder else ())
    if question in questions:
        result = ask(store, questions[question], _values(parameters), language=lang)
    elif question.endswith(".rq"):
        from ..graph.questions import read_question

        path = Path(question)
        if not path.is_file():
            raise QueryError(
                f"{question} is no file and no named question; `triplehelix questions` lists those."
            )
        text = path.read_text(encoding="utf-8")
        named = text.lstrip().startswith("# title")
        result = (
            ask(store, read_question(path), _values(parameters), language=lang)
            if named
            else run_query(store, text)
        )
    elif "{" in question:
        result = run_query(store, sys.stdin.read() if question == "-" else question)
    else:
        from ..graph.questions import find_question

        find_question(questions, question)
        return
    _print_result(result, form)


@click.command()
@click.argument("name", required=False)
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
def questions(name: str | None, lang: str) -> None:
    """List the named questions, or show one with its parameters and its SPARQL.

    Example: triplehelix questions leaders-in-region
    """
    from ..graph.questions import find_question, load_questions

    known, words = load_questions(), WORDS[lang]
    if name is None:
        table = Table(words["question"], words["asks"], words["parameters"])
        for item in known.values():
            table.add_row(item.name, item.title(lang), Text(", ".join(_signature(item))))
        _console().print(table)
        return
    item = find_question(known, name)
    click.echo(f"{item.title(lang)}\n{item.about(lang)}\n")
    for parameter in item.parameters:
        need = words["required"] if parameter.required else words["default"].format(parameter.default)
        about = words["parameter"].format(parameter.name, parameter.type, need, *parameter.about(lang))
        click.echo(f"  {about}")
    click.echo(f"\n{item.sparql.strip()}")


@click.command()
@GRAPH
@click.argument("entity")
@click.option("--lang", type=click.Choice(["en", "zh"]), default="en", show_default=True)
@click.option(
    "--quotes",
    type=click.IntRange(0),
    default=2,
    show_default=True,
    help="Sentences shown for each statement.",
)
def show(graph: Path, entity: str, lang: str, quotes: int) -> None:
    """Show one ENTITY of GRAPH by label, alias or IRI: names, ids, statements and the sentences behind them.

    Example: triplehelix show out "Ministry of Education"
    """
    from ..graph.profile import profile
    from ..graph.store import open_graph

    _print_profile(profile(open_graph(graph), entity, language=lang), lang, quotes)


def _values(parameters: tuple[str, ...]) -> dict[str, str]:
    values = {}
    for item in parameters:
        name, equals, value = item.partition("=")
        if not equals or not name:
            raise QueryError(f"The parameter {item!r} is not of the form NAME=VALUE.")
        values[name] = value
    return values


def _signature(question: Question) -> list[str]:
    return [p.name if p.required else f"[{p.name}]" for p in question.parameters]


def _print_result(result: Result, form: str) -> None:
    if form != "table":
        click.echo({"csv": result.csv, "json": result.json, "turtle": result.turtle}[form](), nl=False)
        return
    heads, rows = result.table()
    table = Table(*heads)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)
    click.echo(f"{len(rows)} rows", err=True)


def _print_profile(found: Profile, lang: str, quotes: int) -> None:
    from ..graph.views import label_of

    entity, words = found.entity, WORDS[lang]
    click.echo(f"{label_of(entity, lang)} · {_term(entity.cls, lang)} ({_term(entity.type, lang)})")
    click.echo(f"  {entity.iri}")
    for language, labels in sorted(entity.labels.items()):
        click.echo(f"  {language}: {'; '.join(labels)}")
    for iri in entity.same_as:
        click.echo(f"  {words['same'].format(iri)}")
    click.echo(f"  {words['counts'].format(entity.mentions, entity.documents, len(found.statements))}")
    for item in found.statements:
        statement = item.statement
        predicate, other = _term(statement.predicate, lang), label_of(item.other, lang)
        arrow = f"{predicate} → {other}" if item.outgoing else f"← {predicate} {other}"
        status = _term(statement.status, lang) + (words["negated"] if statement.negated else "")
        click.echo(f"\n  {arrow}  [{status}; {statement.confidence:.2f}; {statement.rule}]")
        for quote in item.quotes[:quotes]:
            source = quote.document.title or quote.document.source
            line = words["quote"].format(" ".join(quote.text.split()), source, quote.begin, quote.end)
            click.echo(f"    {line}")


def _term(name: str, lang: str) -> str:
    """A class, a predicate or a status in Chinese where it has a Chinese name; in English as it is."""
    from ..graph.report_pages import WORDS as STATUS_WORDS
    from ..ontology import load_schema

    if lang == "en":
        return name
    schema = load_schema()
    info = schema.classes.get(name) or schema.predicates.get(name)
    return info.label_zh if info else STATUS_WORDS[lang].get(name, name)


def _console() -> Console:
    # Piped output must not be cut at 80 columns.
    return Console() if sys.stdout.isatty() else Console(width=200)


COMMANDS = (query, questions, show)
