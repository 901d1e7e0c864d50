"""The classifier over string features."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplehelix.extract.maxent import Classifier, train_sequences
from triplehelix.extract.models import load_models

EXAMPLES = [
    ([["cue=will"]], ["planned"]),
    ([["cue=should"]], ["proposed"]),
    ([["cue=has"]], ["established"]),
] * 10


def trained(path: Path) -> Classifier:
    train_sequences(path, EXAMPLES, l2=0.1, iterations=50)
    return Classifier(path)


def test_it_learns_what_it_is_shown(tmp_path: Path) -> None:
    classifier = trained(tmp_path / "model")
    assert set(classifier.labels) == {"planned", "proposed", "established"}
    for rows, [label] in EXAMPLES[:3]:
        probabilities = classifier.probabilities(rows[0])
        assert max(probabilities, key=lambda name: probabilities[name]) == label


@pytest.mark.parametrize("features", [[], ["never=seen"], ["cue=will"], ["cue=will", "cue=has"]], ids=str)
def test_probabilities_sum_to_one(features: list[str], tmp_path: Path) -> None:
    assert sum(trained(tmp_path / "model").probabilities(features).values()) == pytest.approx(1)


def test_the_same_examples_give_the_same_file(tmp_path: Path) -> None:
    trained(tmp_path / "one")
    trained(tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_status_model_ships() -> None:
    assert set(load_models("en").status.labels) == {"proposed", "planned", "ongoing", "established"}
