"""The sequence labeller: spans, probabilities and the lean to finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from triplehelix.extract.maxent import train_sequences
from triplehelix.extract.tagger import LAYERS, SequenceTagger, load_tagger
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
    train_sequences(str(path), [(rows(words), labels) for words, labels in SENTENCES], l2=0.1, iterations=50)
    return path


def test_spans_are_found(model: Path) -> None:
    words = "we run the seed fund , the seed fund".split()
    found = list(SequenceTagger(str(model), recall_biases=(0.0,)).spans(rows(words)))
    assert [words[s.start : s.end] for s in found] == [["seed", "fund"], ["seed", "fund"]]
    assert all(s.type == "Mechanism" and 0.5 < s.probability <= 1 for s in found)


def test_no_words_no_spans(model: Path) -> None:
    assert list(SequenceTagger(str(model)).spans([])) == []


def test_a_lean_to_finding_finds_no_less(model: Path) -> None:
    words = "the seed and the fund run".split()
    plain = list(SequenceTagger(str(model), recall_biases=(0.0,)).spans(rows(words)))
    leaning = list(SequenceTagger(str(model), recall_biases=(0.0, 6.0)).spans(rows(words)))
    assert leaning[: len(plain)] == plain
    assert sum(s.end - s.start for s in leaning) >= sum(s.end - s.start for s in plain)


@pytest.mark.parametrize("layer", LAYERS)
def test_a_tagger_ships_for_each_layer(layer: str, ontology: Ontology) -> None:
    assert list(load_tagger(f"en-{layer}").spans([["bias"]] * 3)) is not None
    assert all(ontology.schema.core_of(kind) == kind for kind in LAYERS[layer])


def test_each_type_has_one_layer() -> None:
    kinds = [kind for layer in LAYERS.values() for kind in layer]
    assert len(kinds) == len(set(kinds)) == 12
