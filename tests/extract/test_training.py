"""Training on annotated documents of one's own: files that load, are the same each time, and complain in time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from triplehelix.errors import DocumentError, OntologyError, TripleHelixError
from triplehelix.extract import Document, load_pipeline, training
from triplehelix.extract.models import NAMES, load_models
from triplehelix.extract.trainer import FOLDS
from triplehelix.extract.training import train_folder

BODIES = ("Kelso Harbour Board", "Northlake Council", "Orchid Academy", "Alder Institute", "Marsh Foundation")
SCHEMES = ("seed bursary", "tide fellowship", "welding course", "salt archive project", "night school fund")


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("annotated")
    for n, (body, scheme) in enumerate(zip(BODIES, SCHEMES, strict=True)):
        text = f"The {body} runs a {scheme}. Last year the {body} opened the {scheme} to sailors."
        content = {
            "doc": f"d{n}.txt",
            "language": "en",
            "schema": 1,
            "entities": [
                {"id": "E1", "type": "Government", "name": body, "mentions": [body]},
                {"id": "E2", "type": "Mechanism", "name": scheme, "mentions": [scheme]},
            ],
            "relations": [
                {
                    "subject": "E1",
                    "predicate": "leads",
                    "object": "E2",
                    "status": "ongoing",
                    "evidence": f"The {body} runs a",
                }
            ],
        }
        (folder / f"d{n}.txt").write_text(text, encoding="utf-8")
        (folder / f"d{n}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(annotated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    assert train_folder(annotated, folder, keep_encoder=True) == len(BODIES)
    return folder


def test_the_pipeline_runs_on_the_new_models(trained: Path) -> None:
    pipeline = load_pipeline(models=trained)
    text = "The Northlake Council runs a tide fellowship."
    found = pipeline.annotate_one(Document("d.txt", text, "0" * 64))
    assert any(text[m.begin : m.end] == "tide fellowship" for m in found.mentions)
    assert pipeline.fingerprint != load_pipeline().fingerprint


def test_the_same_documents_give_the_same_files(annotated: Path, trained: Path, tmp_path: Path) -> None:
    train_folder(annotated, tmp_path, keep_encoder=True)
    for name in NAMES:
        assert (tmp_path / f"en-{name}").read_bytes() == (trained / f"en-{name}").read_bytes(), name


def test_each_fold_has_models_of_its_own(annotated: Path, tmp_path: Path) -> None:
    train_folder(annotated, tmp_path / "all", keep_encoder=True, folds=tmp_path)
    names = [load_models("en", str(tmp_path / f"fold-{fold}")).fingerprint for fold in range(FOLDS)]
    assert len(set(names)) == FOLDS


def test_a_missing_model_is_named(trained: Path, tmp_path: Path) -> None:
    for path in trained.iterdir():
        if path.name != "en-relations.crfsuite.xz":
            (tmp_path / path.name).write_bytes(path.read_bytes())
    with pytest.raises(OntologyError, match=r"en-relations\.crfsuite\.xz is missing"):
        load_models("en", str(tmp_path))


def test_an_encoder_is_not_trained_without_pytorch(
    annotated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(training, "find_spec", lambda name: None)
    with pytest.raises(TripleHelixError, match=r"triplehelix\[train\].*--keep-encoder"):
        train_folder(annotated, tmp_path / "models")
    assert not (tmp_path / "models").exists()


def test_nothing_to_learn_from(tmp_path: Path) -> None:
    with pytest.raises(DocumentError):
        train_folder(tmp_path, tmp_path / "models", keep_encoder=True)
    assert not (tmp_path / "models").exists()


@pytest.mark.slow
def test_the_command_measures_what_it_trained(annotated: Path, tmp_path: Path) -> None:
    command = shutil.which("triplehelix", path=str(Path(sys.executable).parent)) or "triplehelix"
    options = ["--keep-encoder", "--cross-validate", "-o", str(tmp_path / "models")]
    done = subprocess.run(
        [command, "train", str(annotated), *options],
        capture_output=True,
        check=False,
        timeout=300,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert f"Trained on {len(BODIES)} documents" in done.stdout
    assert "relaxed" in done.stdout
    assert "Traceback" not in done.stderr
