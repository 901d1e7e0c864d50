"""Fine-tuning the encoder on annotated documents with PyTorch, and writing it for ONNX Runtime.

Needs the extra `train`. The order of the examples, the dropout and the starting weights follow from `SEED`, so the
same documents give the same network on the same machine.
"""

from __future__ import annotations

import json
import logging
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import nn
from transformers import BertModel

from .encoder import (
    FORMS,
    ORDERS,
    PIECE_SHAPES,
    SUFFIXES,
    Plan,
    SpanPair,
    Window,
    between,
    format_plan,
    pair_kinds,
    windows,
)

log = logging.getLogger(__name__)

SEED = 1
EPOCHS = 8
BATCH = 8
BODY_RATE, OUTPUT_RATE = 2e-4, 8e-4
WARM_UP = 0.1
DROPOUT = 0.15
VOCABULARY = 20_000
"""Word pieces kept, the commonest ones: a rarer word is then read as more and shorter pieces."""

PAIR_WEIGHT = 2.0
KEPT_NEGATIVES = 0.6
"""Share of the unrelated pairs that one pass over the documents looks at, drawn anew each time."""

LayerSpans = Mapping[str, Sequence[tuple[int, int, str]]]


class LabelledPair(NamedTuple):
    """A pair with its predicate and the predicates that the types allow; "none" is always among these."""

    pair: SpanPair
    predicate: str
    allowed: frozenset[str]


class Lesson(NamedTuple):
    """One annotated document: spans (begin, end, type) of each layer, and labelled pairs."""

    text: str
    spans: LayerSpans
    pairs: Sequence[LabelledPair]


class _Example(NamedTuple):
    window: Window
    labels: dict[str, torch.Tensor]
    ranges: list[tuple[tuple[int, int], tuple[int, int]]]
    kinds: list[tuple[int, int, int, int]]
    predicates: list[int]
    allowed: list[list[bool]]


class _Network(nn.Module):
    def __init__(self, body: BertModel, plan: Plan) -> None:
        super().__init__()
        width = body.config.hidden_size
        self.body = body
        self.shapes = nn.Embedding(PIECE_SHAPES, width)
        nn.init.zeros_(self.shapes.weight)
        self.drop = nn.Dropout(DROPOUT)
        self.labels = nn.ModuleDict({k: nn.Linear(width, len(v)) for k, v in plan.labels.items()})
        self.types = nn.Embedding(len(plan.types), 24)
        self.forms = nn.Embedding(len(FORMS), 8)
        self.orders = nn.Embedding(len(ORDERS), 8)
        self.hidden = nn.Linear(3 * width + 2 * 24 + 8 + 8, 256)
        self.out = nn.Linear(256, len(plan.predicates))

    def states(self, ids: torch.Tensor, shapes: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        embedded = self.body.embeddings.word_embeddings(ids) + self.shapes(shapes)
        output: torch.Tensor = self.body(inputs_embeds=embedded, attention_mask=mask).last_hidden_state
        return output

    def judge(self, states: torch.Tensor, example: _Example, chosen: Sequence[int]) -> torch.Tensor:
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


def fit_encoder(lessons: Sequence[Lesson], plan: Plan, folder: Path, language: str) -> None:
    """Fine-tune the encoder on annotated documents and write its four files to `folder`."""
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    with TemporaryDirectory() as unpacked:
        body, tokenizer = _base(Path(unpacked))
    network = _Network(body, plan)
    examples = [example for lesson in lessons for example in _examples(tokenizer, lesson, plan)]
    _optimise(network, examples, plan)
    _write(network, tokenizer, plan, folder, language)


def _base(folder: Path) -> tuple[BertModel, Tokenizer]:
    """The pretrained network and its tokenizer with the vocabulary cut to the commonest pieces."""
    from all_minilm_l6_v2 import extract_model

    path = extract_model(str(folder))
    path = next(path.rglob("tokenizer.json")).parent
    raw = json.loads((path / "tokenizer.json").read_text(encoding="utf-8"))
    kept = _kept_pieces(raw["model"]["vocab"])
    raw["model"]["vocab"] = {piece: n for n, (piece, _) in enumerate(kept)}
    raw["truncation"] = raw["padding"] = raw["post_processor"] = None
    raw["added_tokens"] = [{**t, "id": raw["model"]["vocab"][t["content"]]} for t in raw["added_tokens"]]
    body = BertModel.from_pretrained(str(path), add_pooling_layer=False, attn_implementation="eager")
    weights = body.embeddings.word_embeddings.weight.data[[old for _, old in kept]].clone()
    body.embeddings.word_embeddings = nn.Embedding.from_pretrained(weights, freeze=True)
    body.config.vocab_size = len(kept)
    return body, Tokenizer.from_str(json.dumps(raw))


def _kept_pieces(vocabulary: Mapping[str, int]) -> list[tuple[str, int]]:
    """Pieces to keep with their old numbers: marks, single characters, then the commonest in Latin script."""
    by_number = sorted(vocabulary.items(), key=lambda item: item[1])
    marks = [item for item in by_number if item[0] in ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")]
    usable = [(piece, n) for piece, n in by_number if not _is_mark(piece) and _is_latin(piece)]
    short = [item for item in usable if len(item[0].removeprefix("##")) == 1]
    rest = [item for item in usable if len(item[0].removeprefix("##")) > 1]
    chosen = [*marks, *short, *rest[: VOCABULARY - len(marks) - len(short)]]
    return sorted(chosen, key=lambda item: item[1])


def _is_mark(piece: str) -> bool:
    return len(piece) > 1 and piece.startswith("[")


def _is_latin(piece: str) -> bool:
    return all(ord(c) < 0x250 or 0x2000 <= ord(c) < 0x2100 for c in piece)


def _examples(tokenizer: Tokenizer, lesson: Lesson, plan: Plan) -> Iterator[_Example]:
    for window in windows(tokenizer, lesson.text):
        labels = {
            layer: torch.tensor(_piece_labels(window, lesson.spans[layer], names))
            for layer, names in plan.labels.items()
        }
        example = _Example(window, labels, [], [], [], [])
        for labelled in lesson.pairs:
            _add_pair(example, labelled, plan)
        yield example


def _piece_labels(window: Window, spans: Sequence[tuple[int, int, str]], names: Sequence[str]) -> list[int]:
    outside = names.index("O")
    labels = [outside] * len(window.offsets)
    for begin, end, kind in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        pieces = range(*_pieces(window, begin, end))
        if any(labels[i] != outside for i in pieces):
            continue
        for i in pieces:
            labels[i] = names.index(f"{'B' if i == pieces.start else 'I'}-{kind}")
    return labels


def _pieces(window: Window, begin: int, end: int) -> tuple[int, int]:
    inside = [i for i, (b, e) in enumerate(window.offsets) if b < end and e > begin]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _add_pair(example: _Example, labelled: LabelledPair, plan: Plan) -> None:
    pair, offsets = labelled.pair, example.window.offsets
    low, high = offsets[0][0], offsets[-1][1]
    if min(pair.subject[0], pair.object[0]) < low or max(pair.subject[1], pair.object[1]) > high:
        return
    s, o = _pieces(example.window, *pair.subject), _pieces(example.window, *pair.object)
    example.ranges.append((s, o))
    example.kinds.append(pair_kinds(plan, pair, s, o))
    example.allowed.append([name in labelled.allowed for name in plan.predicates])
    known = labelled.predicate if labelled.predicate in labelled.allowed else "none"
    example.predicates.append(plan.predicates.index(known))


def _optimise(network: _Network, examples: list[_Example], plan: Plan) -> None:
    body = [p for p in network.body.parameters() if p.requires_grad]
    known = {id(p) for p in network.body.parameters()}
    output = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": BODY_RATE}, {"params": output, "lr": OUTPUT_RATE}], weight_decay=0.01
    )
    steps = EPOCHS * math.ceil(len(examples) / BATCH)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)
    )
    network.train()
    for epoch in range(EPOCHS):
        random.shuffle(examples)
        total = 0.0
        for start in range(0, len(examples), BATCH):
            loss = _loss(network, examples[start : start + BATCH], plan)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            optimiser.zero_grad()
            total += loss.item()
        log.info("encoder, pass %d of %d: loss %.3f", epoch + 1, EPOCHS, total * BATCH / len(examples))


def _loss(network: _Network, batch: Sequence[_Example], plan: Plan) -> torch.Tensor:
    ids, shapes, mask = _tensors(batch)
    # Sixteen-bit products are what makes an ordinary processor fast enough; sums and weights stay in 32 bits.
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = network.states(ids, shapes, mask)
    states = states.float()
    dropped = network.drop(states)
    loss = torch.zeros(())
    for layer in plan.labels:
        inside = torch.cat([dropped[row, 1 : 1 + len(e.window.ids)] for row, e in enumerate(batch)])
        wanted = torch.cat([example.labels[layer] for example in batch])
        loss = loss + nn.functional.cross_entropy(network.labels[layer](inside), wanted)
    none = plan.predicates.index("none")
    scored, expected = [], []
    for row, example in enumerate(batch):
        chosen = [
            n for n, y in enumerate(example.predicates) if y != none or random.random() < KEPT_NEGATIVES
        ]
        if chosen:
            scored.append(network.judge(states[row, 1:], example, chosen))
            expected += [example.predicates[n] for n in chosen]
    if scored:
        loss = loss + PAIR_WEIGHT * nn.functional.cross_entropy(torch.cat(scored), torch.tensor(expected))
    return loss


def _tensors(batch: Sequence[_Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(example.window.ids) for example in batch) + 2
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    for row, (window, *_) in enumerate(batch):
        marked = [FIRST_MARK, *window.ids, LAST_MARK]
        ids[row, : len(marked)] = torch.tensor(marked)
        shapes[row, 1 : 1 + len(window.shapes)] = torch.tensor(window.shapes)
        mask[row, : len(marked)] = 1
    return ids, shapes, mask


FIRST_MARK, LAST_MARK = 2, 3
"""Numbers of [CLS] and [SEP] in the cut vocabulary, whose first five entries are the marks."""


class _Body(nn.Module):
    def __init__(self, network: _Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: torch.Tensor, shapes: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        states = self.network.states(ids, shapes, torch.ones_like(ids))
        return states, torch.cat([layer(states) for layer in self.network.labels.values()], dim=-1)


class _Pairs(nn.Module):
    def __init__(self, network: _Network) -> None:
        super().__init__()
        self.network = network

    def forward(self, pooled: torch.Tensor, kinds: torch.Tensor) -> torch.Tensor:
        return self.network.weigh(pooled, kinds).softmax(dim=-1)


def _write(network: _Network, tokenizer: Tokenizer, plan: Plan, folder: Path, language: str) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    body, pairs, pieces, description = (folder / f"{language}-{suffix}" for suffix in SUFFIXES)
    network.eval()
    ids = torch.full((1, 16), 10, dtype=torch.long)
    pooled, kinds = torch.zeros((2, 3 * network.body.config.hidden_size)), torch.zeros((2, 4), dtype=torch.long)
    with TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _export(_Body(network), full, {"ids": ids, "shapes": torch.zeros_like(ids)}, ("states", "scores"), 1)
        plain = Path(scratch) / "pairs.onnx"
        _export(_Pairs(network), plain, {"pooled": pooled, "kinds": kinds}, ("probabilities",), 0)
        # Seven bits of eight: with the eighth, processors without VNNI saturate and give other results.
        for source, target in ((full, body), (plain, pairs)):
            quantize_dynamic(
                str(source), str(target), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True
            )
    tokenizer.save(str(pieces), pretty=False)
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
