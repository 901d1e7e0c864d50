"""The sequence labeller: spans, probabilities and the lean to finding."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from triplehelix.extract.maxent import train_sequences
from triplehelix.extract.models import load_models
from triplehelix.extract.tagger import LABELS, LAYERS, LabelledSpan, SequenceTagger, decode
from triplehelix.ontology import Ontology

SENTENCES = [
    ("they run the seed fund today".split(), ["O", "O", "O", "B-Mechanism", "I-Mechanism", "O"]),
    ("they run trams".split(), ["O", "O", "O"]),
    ("seed fund , seed fund".split(), ["B-Mechanism", "I-Mechanism", "O", "B-Mechanism", "I-Mechanism"]),
] * 8


def rows(words: list[str]) -> list[list[str]]:
    return [[f"w={word}"] for word in words]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tagger") / "model"
    train_sequences(path, [(rows(words), labels) for words, labels in SENTENCES], l2=0.1, iterations=50)
    return path


def spans(model: Path, words: list[str], biases: tuple[float, ...]) -> list[LabelledSpan]:
    marginals = SequenceTagger(model, "mechanisms").marginals(rows(words))
    return list(decode("mechanisms", marginals, biases))


def test_spans_are_found(model: Path) -> None:
    words = "we run the seed fund , the seed fund".split()
    found = spans(model, words, (0.0,))
    assert [words[s.start : s.end] for s in found] == [["seed", "fund"], ["seed", "fund"]]
    assert all(s.type == "Mechanism" and 0.5 < s.probability <= 1 for s in found)


def test_marginals_are_probabilities(model: Path) -> None:
    found = SequenceTagger(model, "mechanisms").marginals(rows(["the", "seed", "fund"]))
    assert found.shape == (3, len(LABELS["mechanisms"]))
    assert found.sum(axis=1) == pytest.approx(1)


def test_no_words_no_spans() -> None:
    assert list(decode("mechanisms", np.zeros((0, 3)))) == []


def test_a_lean_to_finding_finds_no_less(model: Path) -> None:
    words = "the seed and the fund run".split()
    plain = spans(model, words, (0.0,))
    leaning = spans(model, words, (0.0, 6.0))
    assert leaning[: len(plain)] == plain
    assert sum(s.end - s.start for s in leaning) >= sum(s.end - s.start for s in plain)


def test_an_inner_label_never_opens_a_span() -> None:
    marginals = np.array([[0.1, 0.0, 0.9], [0.2, 0.1, 0.7]])
    assert all(s.start == 1 for s in decode("mechanisms", marginals, (0.0,)))


@pytest.mark.parametrize("layer", LAYERS)
def test_a_tagger_ships_for_each_layer(layer: str, ontology: Ontology) -> None:
    assert len(load_models("en").taggers[layer].marginals([["bias"]] * 3)) == 3
    assert all(ontology.schema.core_of(kind) == kind for kind in LAYERS[layer])


def test_each_type_has_one_layer() -> None:
    kinds = [kind for layer in LAYERS.values() for kind in layer]
    assert len(kinds) == len(set(kinds)) == 12
