"""Weights on a coarse grid, so that a network packs into few bytes; it is fine-tuned on the grid, not put on it.

Each row of a matrix has a unit of its own, its largest weight divided by the number of levels; a weight is a whole
number of units. Gradients pass as if nothing were rounded (Bengio et al. 2013, "straight-through estimator").
Needs the extra `train`.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn.utils import parametrize


class Rounded(nn.Module):
    """Rounds the rows of a matrix to `levels` steps on each side of zero; with `by_row` false, all rows alike."""

    def __init__(self, levels: int, *, by_row: bool = True) -> None:
        super().__init__()
        self.levels, self.by_row = levels, by_row

    def forward(self, weights: torch.Tensor) -> torch.Tensor:
        """The rounded weights, with the gradient of the unrounded."""
        sizes = weights.detach().abs()
        largest = sizes.amax(dim=1, keepdim=True) if self.by_row else sizes.max()
        unit = (largest / self.levels).clamp(min=1e-12)
        rounded = (weights.detach() / unit).round() * unit
        return weights + (rounded - weights).detach()


def round_weights(network: nn.Module, levels: int) -> None:
    """Let all matrices of a network be rounded whenever they are used, and what does not learn once and for all.

    A table of embeddings has one unit, as ONNX Runtime keeps it, and four times the levels: most of it lies near zero.
    """
    for module in list(network.modules()):
        if isinstance(module, nn.Linear):
            parametrize.register_parametrization(module, "weight", Rounded(levels))
        elif isinstance(module, nn.Embedding) and not module.weight.requires_grad:
            module.weight.data = Rounded(4 * levels, by_row=False)(module.weight.data)


def keep_rounded(network: nn.Module) -> bool:
    """Make the rounded weights the weights, for good; false where none were rounded."""
    found = [m for m in network.modules() if parametrize.is_parametrized(m, "weight")]
    for module in found:
        parametrize.remove_parametrizations(module, "weight", leave_parametrized=True)
    return bool(found)


def drop_lowest_bit(path: Path) -> None:
    """Make the whole-number weights of the matrices in an ONNX file even, so that they pack into a sixth less."""
    import onnx
    from onnx import numpy_helper

    model = onnx.load(path)
    for initializer in model.graph.initializer:
        weights = numpy_helper.to_array(initializer)
        if weights.dtype == np.int8 and weights.ndim > 1:
            even = np.clip(np.round(weights / 2) * 2, -64, 64).astype(np.int8)
            initializer.CopyFrom(numpy_helper.from_array(even, initializer.name))
    onnx.save(model, path)
