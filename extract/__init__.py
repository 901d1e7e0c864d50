"""Text into annotated documents: reading files, finding entities, relations and their status."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .annotations import (
    AnnotatedDocument,
    Document,
    Entity,
    Mention,
    RelationMention,
    Span,
    Status,
    Unlinked,
)
from .documents import MAX_BYTES, read_document, read_documents
from .sources import Failure

if TYPE_CHECKING:
    from .pipeline import Pipeline


def load_pipeline(layer: Path | None = None, models: Path | None = None) -> Pipeline:
    """The extraction pipeline with, on top of the ontology, the user's `layer` folder.

    `models` is a folder that `triplehelix train` wrote; without it the models that ship are used. Raises
    `OntologyError` for a wrong layer or set of models and `TripleHelixError` when no language model is installed.
    """
    # Imported here because spaCy takes a second to load and most commands do not need it.
    from .pipeline import load_pipeline as load

    return load(layer, models)


__all__ = [
    "MAX_BYTES",
    "AnnotatedDocument",
    "Document",
    "Entity",
    "Failure",
    "Mention",
    "RelationMention",
    "Span",
    "Status",
    "Unlinked",
    "load_pipeline",
    "read_document",
    "read_documents",
]
