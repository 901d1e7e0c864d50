"""Probabilities along chains of labels, against counting every path."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from numpy.typing import NDArray

from triplehelix.extract.encoder_chain import chain_marginals

Floats = NDArray[np.float32]
LENGTHS = (3, 1, 4)


@pytest.fixture
def scores() -> Floats:
    return np.random.default_rng(0).normal(size=(sum(LENGTHS), 3)).astype(np.float32)


@pytest.fixture
def transitions() -> Floats:
    return np.random.default_rng(1).normal(size=(3, 3)).astype(np.float32)


def counted(scores: Floats, transitions: Floats) -> Floats:
    total = np.zeros_like(scores)
    for path in product(range(scores.shape[1]), repeat=len(scores)):
        weight = sum(scores[i, label] for i, label in enumerate(path))
        weight += sum(transitions[a, b] for a, b in pairwise(path))
        for i, label in enumerate(path):
            total[i, label] += np.exp(weight)
    return total / total.sum(axis=1, keepdims=True)


def test_each_chain_has_the_probabilities_of_all_its_paths(scores: Floats, transitions: Floats) -> None:
    stops = np.cumsum(LENGTHS)
    expected = [counted(scores[a:b], transitions) for a, b in pairwise([0, *stops])]
    assert chain_marginals(scores, transitions, LENGTHS) == pytest.approx(np.concatenate(expected), abs=1e-5)


def test_what_may_not_follow_is_improbable_whatever_its_own_score(scores: Floats) -> None:
    scores = np.zeros((2, 3), dtype=np.float32)
    scores[0, 0] = scores[1, 2] = 8
    transitions = np.zeros((3, 3), dtype=np.float32)
    transitions[:2, 2] = -30
    probabilities = chain_marginals(scores, transitions, [2])
    assert probabilities[0, 0] + probabilities[1, 2] < 1.01


def test_long_chains_neither_vanish_nor_overflow(transitions: Floats) -> None:
    scores = np.random.default_rng(2).normal(scale=30, size=(2000, 3)).astype(np.float32)
    probabilities = chain_marginals(scores, transitions, [2000])
    assert np.isfinite(probabilities).all()
    assert probabilities.sum(axis=1) == pytest.approx(1, abs=1e-4)


def test_nothing_to_label(transitions: Floats) -> None:
    assert chain_marginals(np.zeros((0, 3), dtype=np.float32), transitions, []).shape == (0, 3)
