"""The trained models of one language, loaded together from the folder that training wrote."""

from __future__ import annotations

import shutil
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
NAMES = (*(f"{name}.crfsuite.xz" for name in LINEAR), "settings.json")
"""What the files of a set of models are called, behind the language and a hyphen; `SUFFIXES` are the encoder's."""


@dataclass(frozen=True, slots=True)
class Models:
    """What was trained together and must be used together."""

    taggers: Mapping[str, SequenceTagger]
    encoder: Encoder | None
    relations: Classifier
    status: Classifier
    settings: ModelSettings
    fingerprint: str


@cache
def load_models(language: str, folder: str | None = None) -> Models:
    """The models of a language in `folder`, or those that ship where there is no folder or it holds none of them.

    Raises `OntologyError` when a file is missing or broken.
    """
    if folder is not None and files_of(Path(folder), language):
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
    linear = {name: folder / f"{language}-{name}.crfsuite.xz" for name in LINEAR}
    settings = folder / f"{language}-settings.json"
    return Models(
        {layer: SequenceTagger(linear[layer], layer) for layer in LAYERS},
        encoder_in(folder, language),
        Classifier(linear["relations"]),
        Classifier(linear["status"]),
        parse_settings(settings.read_text(encoding="utf-8"), settings.name),
        _fingerprint(files_of(folder, language)),
    )


def encoder_in(folder: Path, language: str) -> Encoder | None:
    """The encoder among the models in `folder`, None where they were trained without one."""
    return Encoder(folder, language) if (folder / f"{language}-{SUFFIXES[0]}").is_file() else None


def files_of(folder: Path, language: str) -> list[Path]:
    """The files of a language's models in `folder`, those of the encoder last."""
    names = [f"{language}-{name}" for name in (*NAMES, *SUFFIXES)]
    return [folder / name for name in names if (folder / name).is_file()]


def copy_models(source: Path, target: Path, language: str) -> None:
    """Copy a language's models; `target` is made where it is missing."""
    target.mkdir(parents=True, exist_ok=True)
    for path in files_of(source, language):
        shutil.copyfile(path, target / path.name)


def copy_encoder(source: Path, target: Path, language: str) -> None:
    """Copy a language's encoder, if there is one."""
    for name in SUFFIXES:
        path = source / f"{language}-{name}"
        if path.is_file():
            shutil.copyfile(path, target / path.name)


def _fingerprint(paths: Sequence[Path]) -> str:
    digest = sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()
