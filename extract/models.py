"""The trained models of one language, loaded together from the folder that training wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

from ..errors import OntologyError
from .encoder import SUFFIXES, Encoder
from .maxent import Classifier
from .settings import ModelSettings, parse_settings
from .tagger import LAYERS, SequenceTagger

LINEAR = (*LAYERS, "relations", "status")
NAMES = (*(f"{name}.crfsuite" for name in LINEAR), "settings.json", *SUFFIXES)
"""What the files of a set of models are called, behind the language and a hyphen."""


@dataclass(frozen=True, slots=True)
class Models:
    """What was trained together and must be used together."""

    taggers: Mapping[str, SequenceTagger]
    encoder: Encoder
    relations: Classifier
    status: Classifier
    settings: ModelSettings
    fingerprint: str


@cache
def load_models(language: str, folder: str | None = None) -> Models:
    """The models in `folder`, or those that ship.

    Raises `OntologyError` when a file is missing or broken.
    """
    if folder is not None:
        return _models(language, Path(folder))
    with as_file(files(__package__) / "data") as shipped:
        return _models(language, shipped)


def _models(language: str, folder: Path) -> Models:
    missing = [name for name in NAMES if not (folder / f"{language}-{name}").is_file()]
    if missing:
        raise OntologyError(
            f"{folder} does not hold a set of models: {language}-{missing[0]} is missing; make one with: "
            "triplehelix train"
        )
    linear = {name: str(folder / f"{language}-{name}.crfsuite") for name in LINEAR}
    settings = folder / f"{language}-settings.json"
    return Models(
        {layer: SequenceTagger(linear[layer], layer) for layer in LAYERS},
        Encoder(folder, language),
        Classifier(linear["relations"]),
        Classifier(linear["status"]),
        parse_settings(settings.read_text(encoding="utf-8"), settings.name),
        _fingerprint([folder / f"{language}-{name}" for name in NAMES]),
    )


def _fingerprint(paths: Sequence[Path]) -> str:
    digest = sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
