"""Where nodes stand: apart, together when joined, and the same each time."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from triplehelix.graph.explorer.layout import GAP, Points, staged_layout


def edges_of(count: int, number: int) -> list[tuple[int, int]]:
    chance = random.Random(count)
    return [(int(count * chance.random() ** 2), chance.randrange(count)) for _ in range(number)]


def nearest(points: Points) -> float:
    apart = np.linalg.norm(points[:, None] - points[None], axis=2)
    return float((apart + np.eye(len(points)) * 1e9).min())


@pytest.mark.parametrize("stages", [(0,), (1,)], ids=["none", "one"])
def test_nothing_or_one_node_has_a_place(stages: tuple[int, ...]) -> None:
    (points,) = staged_layout(stages[0], [(0, 0)] * stages[0], stages)
    assert points.tolist() == [[0.0, 0.0]] * stages[0]


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.lists(st.tuples(st.integers(0, 39), st.integers(0, 39)), max_size=60))
def test_every_node_has_a_place_of_its_own(count: int, edges: list[tuple[int, int]]) -> None:
    within = [(a % count, b % count) for a, b in edges]
    first, whole = staged_layout(count, within, (max(1, count // 2), count))
    assert first.shape == (max(1, count // 2), 2) and whole.shape == (count, 2)
    assert np.isfinite(whole).all() and (whole == np.round(whole)).all()
    assert count == 1 or nearest(whole) > GAP / 2


def test_the_same_graph_is_always_laid_out_the_same() -> None:
    edges = edges_of(300, 500)
    again = staged_layout(300, list(reversed([(b, a) for a, b in edges])), (120, 300))
    assert all((a == b).all() for a, b in zip(staged_layout(300, edges, (120, 300)), again, strict=True))


def test_joined_nodes_stand_nearer_than_others() -> None:
    edges = edges_of(200, 260)
    (points,) = staged_layout(200, edges, (200,))
    joined = np.linalg.norm(points[[a for a, _ in edges]] - points[[b for _, b in edges]], axis=1)
    any_two = np.linalg.norm(points[:, None] - points[None], axis=2)
    assert joined.mean() < 0.6 * any_two.mean()


def test_what_is_known_stays_about_where_it_was() -> None:
    first, second = staged_layout(300, edges_of(300, 500), (120, 300))
    for axis in (0, 1):
        assert np.corrcoef(first[:, axis], second[:120, axis])[0, 1] > 0.7
