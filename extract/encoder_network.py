"""The encoder as a PyTorch network: layers on top of a pretrained one, and how it is written for ONNX Runtime.

Needs the extra `train`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from .encoder import FORMS, ORDERS, PIECE_SHAPES, SUFFIXES, Plan, Window, between, format_plan, kind_of
from .encoder_rounding import drop_lowest_bit, keep_rounded
from .packed import write_packed

DROPOUT, TRAIT_DROPOUT = 0.15, 0.1
FORBIDDEN, SMALLEST = -30.0, 1e-30
TYPE_WIDTH, KIND_WIDTH, HIDDEN_WIDTH = 24, 8, 256


class Example(NamedTuple):
    """A window, traits and labels (by layer) of its pieces, and its pairs: ranges, kinds, predicates, what may be."""

    window: Window
    traits: torch.Tensor
    labels: dict[str, torch.Tensor]
    ranges: list[tuple[tuple[int, int], tuple[int, int]]]
    kinds: list[tuple[int, int, int, int]]
    predicates: list[int]
    allowed: list[list[bool]]


class Network(nn.Module):
    """The pretrained body with one output layer for each layer of types and one for pairs."""

    def __init__(self, body: BertModel, plan: Plan, *, is_chained: bool = False) -> None:
        super().__init__()
        width = body.config.hidden_size
        chained = plan.labels if is_chained else {}
        self.transitions = nn.ParameterDict({k: nn.Parameter(_allowed(v)) for k, v in chained.items()})
        self.body = body
        self.shapes = nn.Embedding(PIECE_SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.drop = nn.Dropout(DROPOUT)
        self.traits: nn.Embedding | None = None
        if plan.features:
            self.traits = nn.Embedding(len(plan.features) + 1, width, padding_idx=0)
            nn.init.zeros_(self.traits.weight)
            self.drop_traits = nn.Dropout(TRAIT_DROPOUT)
        self.labels = nn.ModuleDict({k: nn.Linear(width, len(v)) for k, v in plan.labels.items()})
        self.types = nn.Embedding(len(plan.types), TYPE_WIDTH)
        self.forms = nn.Embedding(len(FORMS), KIND_WIDTH)
        self.orders = nn.Embedding(len(ORDERS), KIND_WIDTH)
        self.hidden = nn.Linear(3 * width + 2 * TYPE_WIDTH + 2 * KIND_WIDTH, HIDDEN_WIDTH)
        self.out = nn.Linear(HIDDEN_WIDTH, len(plan.predicates))

    def states(
        self, ids: torch.Tensor, shapes: torch.Tensor, traits: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """States of word pieces, shape (texts, pieces, width); `traits` has a further dimension, of kinds."""
        embedded = self.body.embeddings.word_embeddings(ids) + self.shapes(shapes)
        if self.traits is not None:
            kept = self.drop_traits(torch.ones_like(traits, dtype=embedded.dtype)).unsqueeze(-1)
            embedded = embedded + (self.traits(traits) * kept).sum(dim=2)
        output: torch.Tensor = self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return output

    def label_loss(
        self, layer: str, states: torch.Tensor, wanted: torch.Tensor, lengths: Sequence[int]
    ) -> torch.Tensor:
        """Mean loss of the labels of pieces, of windows of `lengths` pieces one behind the other."""
        scores = self.labels[layer](states)
        if layer not in self.transitions:
            return nn.functional.cross_entropy(scores, wanted)
        first = torch.zeros(len(scores), dtype=torch.bool)
        first[torch.tensor([0, *lengths[:-1]]).cumsum(0)] = True
        return chain_loss(scores, self.transitions[layer], wanted, first) / len(scores)

    def judge(self, states: torch.Tensor, example: Example, chosen: Sequence[int]) -> torch.Tensor:
        """Scores of the predicates for chosen pairs of one example; states start behind the first mark."""
        ranges = [r for n in chosen for r in (*example.ranges[n], between(*example.ranges[n]))]
        pooled = _range_maxima(states, ranges).view(len(chosen), -1)
        scores = self.weigh(pooled, torch.tensor([example.kinds[n] for n in chosen]))
        allowed = torch.tensor([example.allowed[n] for n in chosen])
        return scores.masked_fill(~allowed, -1e4)

    def weigh(self, pooled: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        """Scores of the predicates for pooled states (pairs, 3 * width) and kinds (pairs, 4)."""
        tables = (self.types, self.types, self.forms, self.orders)
        embedded = [table(kinds[:, i]) for i, table in enumerate(tables)]
        seen = torch.cat([self.drop(pooled), *embedded], dim=1)
        scores: torch.Tensor = self.out(self.drop(torch.relu(self.hidden(seen))))
        return scores


def _allowed(labels: Sequence[str]) -> torch.Tensor:
    """Zero where a label may stand behind another, far below it where it may not."""
    return torch.tensor(
        [[FORBIDDEN if y.startswith("I-") and x[2:] != y[2:] else 0.0 for y in labels] for x in labels]
    )


def chain_loss(
    scores: torch.Tensor, transitions: torch.Tensor, wanted: torch.Tensor, first: torch.Tensor
) -> torch.Tensor:
    """Negative log probability of the labels `wanted`; where `first` is true a new chain begins.

    The sum over all paths is a product of matrices, one for each step, and multiplied two by two.
    """
    joined = ~first[1:, None, None]
    steps = transitions * joined + scores[1:, None, :]
    while len(steps) > 1:
        odd = steps[len(steps) // 2 * 2 :]
        left, right = steps[0 : len(steps) // 2 * 2 : 2], steps[1 : len(steps) // 2 * 2 : 2]
        by_row, by_column = left.detach().amax(2, keepdim=True), right.detach().amax(1, keepdim=True)
        product = torch.bmm((left - by_row).exp(), (right - by_column).exp())
        steps = torch.cat([product.clamp(min=SMALLEST).log() + by_row + by_column, odd])
    total = torch.logsumexp((scores[0][:, None] + steps[0]).flatten() if len(steps) else scores[0], 0)
    between = transitions[wanted[:-1], wanted[1:]] * joined.flatten()
    return total - scores.gather(1, wanted[:, None]).sum() - between.sum()


def _range_maxima(states: torch.Tensor, ranges: Sequence[tuple[int, int]]) -> torch.Tensor:
    """Maxima of the rows [low, high) of `states`, zeros for empty ranges; shape (ranges, width).

    A sparse table (maxima of all stretches of 1, 2, 4, … rows) answers each range with two look-ups.
    """
    longest = max((high - low for low, high in ranges), default=0)
    tables = [states]
    while 2 ** len(tables) <= longest:
        last, step = tables[-1], 2 ** (len(tables) - 1)
        tables.append(torch.maximum(last[: len(last) - step], last[step:]))
    starts = torch.tensor([0, *(len(table) for table in tables)]).cumsum(0)
    rows = torch.cat(tables)
    lows, highs = torch.tensor(ranges).T
    lengths = (highs - lows).clamp(min=1)
    level = torch.log2(lengths.float()).floor().long()
    low_rows = starts[level] + lows.clamp(max=len(states) - 1)
    high_rows = torch.where(highs > lows, starts[level] + highs - 2**level, low_rows)
    return torch.maximum(rows[low_rows], rows[high_rows]) * (highs > lows).unsqueeze(1)


class _Body(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(
        self, ids: torch.Tensor, shapes: torch.Tensor, traits: torch.Tensor | None = None
    ) -> tuple[torch.Tensor, torch.Tensor]:
        seen = torch.zeros((*ids.shape, 0), dtype=torch.long) if traits is None else traits
        states = self.network.states(ids, shapes, seen, torch.ones_like(ids))
        return states, torch.cat([layer(states) for layer in self.network.labels.values()], dim=-1)


class _Pairs(nn.Module):
    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pooled: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        return self.network.weigh(pooled, kinds).softmax(dim=-1)


def write_network(network: Network, tokenizer: Tokenizer, plan: Plan, folder: Path, language: str) -> None:
    """Write the four files of an encoder to `folder`."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    body, pairs, pieces, description = (folder / f"{language}-{suffix}" for suffix in SUFFIXES)
    network.eval()
    was_rounded = keep_rounded(network)
    ids = torch.full((1, 16), 10, dtype=torch.long)
    inputs = {"ids": ids, "shapes": torch.zeros_like(ids)}
    if plan.features:
        kinds_seen = len({kind_of(feature) for feature in plan.features})
        inputs["traits"] = torch.zeros((1, 16, kinds_seen), dtype=torch.long)
    pooled, kinds = (
        torch.zeros((2, 3 * network.body.config.hidden_size)),
        torch.zeros((2, 4), dtype=torch.long),
    )
    with TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _export(_Body(network), full, inputs, ("states", "scores"), 1)
        plain = Path(scratch) / "pairs.onnx"
        _export(_Pairs(network), plain, {"pooled": pooled, "kinds": kinds}, ("probabilities",), 0)
        # Seven bits of eight: with the eighth, processors without VNNI saturate and give other results.
        for source, target in ((full, body), (plain, pairs)):
            small = source.with_suffix(".small.onnx")
            quantize_dynamic(
                str(source), str(small), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
            )
            if target == body and not was_rounded:
                drop_lowest_bit(small)
            write_packed(target, small.read_bytes())
    tokenizer.save(str(pieces), pretty=False)
    transitions = {
        layer: rows.detach().round(decimals=4).tolist() for layer, rows in network.transitions.items()
    }
    plan = plan._replace(transitions=transitions)
    description.write_text(format_plan(plan), encoding="utf-8", newline="\n")


def _export(
    module: nn.Module, path: Path, inputs: Mapping[str, torch.Tensor], outputs: Sequence[str], free: int
) -> None:
    """Write a module as ONNX; dimension `free` of all inputs and outputs may have any length."""
    torch.onnx.export(
        module,
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=list(outputs),
        dynamic_axes={name: {free: "length"} for name in (*inputs, *outputs)},
        dynamo=False,
    )
