"""Everything that a build leaves in its output folder, written so that a failure leaves the old files whole.

All files are first written to a folder of their own inside the output folder and renamed only when every one
of them is complete. Texts that no document of the graph cites any more are removed last.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import GraphError
from ..ontology import Ontology, Schema
from ..ontology.namespaces import DEFAULT_BASE
from .assembly import TEXTS, Assembly, assemble
from .explorer import write_explorer
from .network import graphml
from .report import Report, summarise
from .report_pages import report_html, report_markdown
from .serialise import to_jsonld, to_nquads, to_turtle
from .store import store_of
from .tables import entities_csv, statements_csv
from .views import GraphView, main_language, view

if TYPE_CHECKING:
    from ..extract.annotations import AnnotatedDocument

UNFINISHED = ".unfinished"
"""The folder inside the output folder that holds what is not complete yet."""

OUTPUTS = (
    "graph.ttl",
    "graph.nq",
    "graph.jsonld",
    "graph.graphml",
    "entities.csv",
    "statements.csv",
    "explore.html",
    "report.html",
    "report.md",
)
"""The files of an output folder; the texts are in `texts/` beside them."""

_TEXT_FILE = re.compile(r"[0-9a-f]{16}(-[0-9a-f]{8})?\.txt")


@dataclass(frozen=True, slots=True)
class Built:
    """A graph as it was written: where, how it reads, and its report."""

    folder: Path
    view: GraphView
    report: Report


def write_outputs(
    folder: Path,
    documents: Iterable[AnnotatedDocument],
    ontology: Ontology,
    *,
    base: str = DEFAULT_BASE,
    failures: Iterable[tuple[str, str]] = (),
    title: str = "TripleHelix",
    labels: str | None = None,
) -> Built:
    """Assemble the graph of `documents` and write every output of a build into `folder`.

    `failures` are sources that could not be read, each with the reason, for the report; `labels` (en or zh) is
    the language of the report and that in which the page opens, by default that of most documents.

    Raises `GraphError` when the folder cannot be written; whatever fails, the files of an earlier build stay.
    """
    annotated = tuple(documents)
    assembly = assemble(annotated, ontology, base)
    graph = view(store_of(assembly.quads))
    report = summarise(
        graph,
        annotated,
        ontology.schema,
        failures=failures,
        merges=assembly.merges,
        title=title,
        language=labels or main_language(graph),
    )
    try:
        unfinished = _fresh_folder(folder)
        try:
            _write(unfinished, assembly, graph, report, ontology.schema, base=base, title=title)
            _move(unfinished, folder, [*assembly.texts, *OUTPUTS])
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        _remove_stale_texts(folder, assembly.texts)
    except OSError as error:
        raise GraphError(
            f"{error.filename or folder} cannot be written ({error.strerror}); "
            "free it or choose another output folder."
        ) from error
    return Built(folder, graph, report)


def _write(
    folder: Path,
    assembly: Assembly,
    graph: GraphView,
    report: Report,
    schema: Schema,
    *,
    base: str,
    title: str,
) -> None:
    (folder / TEXTS).mkdir()
    for path, text in assembly.texts.items():
        _write_bytes(folder / path, text.encode())
    written = {
        "graph.ttl": to_turtle(assembly.quads, base),
        "graph.nq": to_nquads(assembly.quads),
        "graph.jsonld": to_jsonld(assembly.quads, base),
        "graph.graphml": graphml(graph),
        "entities.csv": entities_csv(graph),
        "statements.csv": statements_csv(graph),
        "report.html": report_html(report).encode(),
        "report.md": report_markdown(report).encode(),
    }
    for name, content in written.items():
        _write_bytes(folder / name, content)
    page = folder / "explore.html"
    write_explorer(graph, page, title=title, schema=schema, language=report.language)


def _write_bytes(path: Path, content: bytes) -> None:
    with path.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _fresh_folder(folder: Path) -> Path:
    """An empty folder for unfinished files; what a build that was killed left in it is removed."""
    unfinished = folder / UNFINISHED
    folder.mkdir(parents=True, exist_ok=True)
    if unfinished.exists():
        shutil.rmtree(unfinished)
    unfinished.mkdir()
    return unfinished


def _move(source: Path, target: Path, names: Sequence[str]) -> None:
    """Rename every file into place, texts before the graphs that cite them."""
    (target / TEXTS).mkdir(exist_ok=True)
    for name in names:
        (source / name).replace(target / name)


def _remove_stale_texts(folder: Path, current: Mapping[str, str]) -> None:
    for path in (folder / TEXTS).iterdir():
        if _TEXT_FILE.fullmatch(path.name) and f"{TEXTS}/{path.name}" not in current:
            path.unlink()
