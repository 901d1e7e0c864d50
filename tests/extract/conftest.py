"""The language model, the ontology and the pipeline, loaded once for all tests of extraction."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from triplehelix.extract.annotations import AnnotatedDocument, Document
from triplehelix.extract.language import load_english
from triplehelix.extract.pipeline import Pipeline
from triplehelix.ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def ontology() -> Ontology:
    """The ontology that ships."""
    return load_ontology()


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The English model with names merged before parsing, as the pipeline has it."""
    model = load_english()
    model.add_pipe("policy_names", first=True)
    return model


@pytest.fixture(scope="session")
def pipeline() -> Pipeline:
    """The extraction pipeline that ships."""
    return Pipeline()


@pytest.fixture(scope="session")
def annotate(pipeline: Pipeline) -> Callable[[str], AnnotatedDocument]:
    """Annotates a text as one document."""
    return lambda text: pipeline.annotate_one(Document("text.txt", text, "0" * 64))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder `texts` in the working folder."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "texts").mkdir()
    return tmp_path / "texts"
