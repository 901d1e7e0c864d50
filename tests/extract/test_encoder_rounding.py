"""Weights on a coarse grid: few values, gradients as before, and no trace once they are kept."""

from __future__ import annotations

import pytest

torch = pytest.importorskip("torch")

from triplehelix.extract.encoder_rounding import keep_rounded, round_weights  # noqa: E402

LEVELS = 15


def test_a_row_has_no_more_values_than_the_grid() -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(200, 3)
    round_weights(layer, LEVELS)
    assert all(len(row.unique()) <= 2 * LEVELS + 1 for row in layer.weight)


def test_rounding_moves_no_weight_further_than_half_a_unit() -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(200, 3)
    before = layer.weight.detach().clone()
    round_weights(layer, LEVELS)
    unit = before.abs().amax(dim=1, keepdim=True) / LEVELS
    assert ((layer.weight - before).abs() <= unit / 2 + 1e-6).all()


def test_a_rounded_layer_still_learns() -> None:
    torch.manual_seed(0)
    layer = torch.nn.Linear(4, 1)
    round_weights(layer, LEVELS)
    layer(torch.ones(1, 4)).sum().backward()
    assert torch.equal(layer.parametrizations.weight.original.grad, torch.ones(1, 4))


def test_what_is_kept_is_rounded_and_plain() -> None:
    torch.manual_seed(0)
    network = torch.nn.Sequential(torch.nn.Linear(50, 2), torch.nn.ReLU())
    round_weights(network, LEVELS)
    rounded = network[0].weight.detach().clone()
    keep_rounded(network)
    assert torch.equal(network[0].weight, rounded)
    assert set(network.state_dict()) == {"0.weight", "0.bias"}
