"""A whole build: sources read, annotated, assembled and written."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from ..errors import SourceError
from ..extract import AnnotatedDocument, Document, Failure, load_pipeline, read_documents
from ..extract.detection import READ, language_name
from ..extract.documents import MAX_BYTES
from ..ontology.namespaces import DEFAULT_BASE
from .lock import locked
from .outputs import Built, write_outputs

if TYPE_CHECKING:
    from ..extract.pipeline import Pipeline

log = logging.getLogger(__name__)


class Problem(NamedTuple):
    """A source that was left out and why; `skipped` marks a file of another kind that nobody asked for."""

    source: str
    reason: str
    skipped: bool = False


def build(
    sources: Sequence[str | Path],
    folder: Path,
    *,
    layer: Path | None = None,
    models: Path | None = None,
    base: str = DEFAULT_BASE,
    min_confidence: float = 0.0,
    max_bytes: int = MAX_BYTES,
    language: str | None = None,
    title: str = "TripleHelix",
    labels: str | None = None,
    stdin: BinaryIO | None = None,
    progress: Callable[[str], None] | None = None,
) -> tuple[Built, list[Problem]]:
    """Build the graph of `sources` into `folder` and tell which sources were left out, and why.

    `layer` is a folder with a user's own ontology, `models` one that training wrote, `language` (en or zh) that
    of all documents, whatever they seem to be in. A document in neither is left out.
    `labels` (en or zh) is the language of the report and that in which the page opens.
    `progress` is called with the name of each document that was annotated or left out. Raises `SourceError`
    when no source holds a document that could be read; what an earlier build wrote then stays.
    """
    documents = read_documents(sources, stdin=stdin, max_bytes=max_bytes, language=language)
    problems: list[Problem] = []
    pipeline = load_pipeline(layer, models)
    with locked(folder):
        tell = progress or (lambda _: None)
        annotated = list(_annotated(documents, pipeline, problems, min_confidence, tell))
        if not annotated:
            first = f" First reason: {problems[0].reason}" if problems else ""
            raise SourceError(f"None of the sources could be read, so nothing was built.{first}")
        failures = [(problem.source, problem.reason) for problem in problems]
        built = write_outputs(
            folder, annotated, pipeline.ontology, base=base, failures=failures, title=title, labels=labels
        )
    return built, problems


def _annotated(
    documents: Iterator[Document | Failure],
    pipeline: Pipeline,
    problems: list[Problem],
    min_confidence: float,
    progress: Callable[[str], None],
) -> Iterator[AnnotatedDocument]:
    for document in documents:
        if isinstance(document, Failure):
            problems.append(Problem(document.source, str(document.error), document.skipped))
            progress(document.source)
            continue
        if document.language not in READ:
            problems.append(Problem(document.source, _wrong_language(document)))
            progress(document.source)
            continue
        try:
            yield pipeline.annotate_one(document, min_confidence=min_confidence)
        except Exception as error:
            # One document that the extraction cannot take must not cost the user all the others.
            log.debug("%s could not be analysed", document.source, exc_info=True)
            kind = type(error).__name__
            reason = f"{document.source} could not be analysed ({kind}: {error}); please report it."
            problems.append(Problem(document.source, reason))
        progress(document.source)


def _wrong_language(document: Document) -> str:
    return (
        f"{document.source} is in {language_name(document.language)}; only English and Chinese are read. If it is in "
        "one of these, say so with --lang or in the column language of a metadata.csv beside it."
    )
