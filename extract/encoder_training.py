"""Fine-tuning the encoder on annotated documents with PyTorch, and writing it for ONNX Runtime.

Needs the extra `train`. The order of the examples, the dropout and the starting weights follow from `SEED`, so the
same documents give the same network on the same machine.
"""

from __future__ import annotations

import logging
import math
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer
from torch import nn

from .encoder import NO_TRAITS, Plan, SpanPair, Traits, Window, kind_of, pair_kinds, piece_traits, windows
from .encoder_bases import MARKS, Schedule, load_base
from .encoder_network import Example, Network, write_network
from .encoder_rounding import round_weights

log = logging.getLogger(__name__)

SEED = 1
WARM_UP = 0.1
FEATURE_MINIMUM = 5
"""Tokens that must have a feature for the network to see it."""

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
    """One annotated document: spans (begin, end, type) of each layer, labelled pairs, and traits of its tokens."""

    text: str
    spans: LayerSpans
    pairs: Sequence[LabelledPair]
    traits: Traits = NO_TRAITS


def fit_encoder(
    lessons: Sequence[Lesson], plan: Plan, folder: Path, language: str, adapted: Path | None = None
) -> None:
    """Fine-tune the encoder on annotated documents and write its four files to `folder`.

    `adapted` is a file of `encoder_adaptation.adapt`; without one, the base is taken as it was pretrained.
    """
    random.seed(SEED)
    torch.manual_seed(SEED)
    torch.use_deterministic_algorithms(True)
    body, tokenizer, kinds, schedule = load_base(language, adapted)
    plan = plan._replace(features=_common_features(lessons, kinds))
    network = Network(body, plan, is_chained=schedule.is_chained)
    if schedule.levels is not None:
        round_weights(network.body, schedule.levels)
    examples = [example for lesson in lessons for example in _examples(tokenizer, lesson, plan)]
    _optimise(network, examples, plan, schedule)
    write_network(network, tokenizer, plan, folder, language)


def _common_features(lessons: Sequence[Lesson], kinds: Sequence[str]) -> tuple[str, ...]:
    counts = Counter(
        feature
        for lesson in lessons
        for row in lesson.traits.rows
        for feature in row
        if kind_of(feature) in kinds
    )
    return tuple(sorted(feature for feature, count in counts.items() if count >= FEATURE_MINIMUM))


def _examples(tokenizer: Tokenizer, lesson: Lesson, plan: Plan) -> Iterator[Example]:
    for window in windows(tokenizer, lesson.text):
        labels = {
            layer: torch.tensor(_piece_labels(window, lesson.spans[layer], names))
            for layer, names in plan.labels.items()
        }
        traits = torch.from_numpy(piece_traits(plan, window.offsets, lesson.traits))
        example = Example(window, traits, labels, [], [], [], [])
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


def _add_pair(example: Example, labelled: LabelledPair, plan: Plan) -> None:
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


def _optimise(network: Network, examples: list[Example], plan: Plan, schedule: Schedule) -> None:
    body = [p for p in network.body.parameters() if p.requires_grad]
    known = {id(p) for p in network.body.parameters()}
    output = [p for p in network.parameters() if id(p) not in known]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": schedule.body_rate}, {"params": output, "lr": schedule.output_rate}],
        weight_decay=0.01,
    )
    steps = schedule.passes * math.ceil(len(examples) / schedule.batch)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda step: min(1.0, step / (WARM_UP * steps)) * max(0.0, (steps - step) / steps)
    )
    network.train()
    for number in range(schedule.passes):
        random.shuffle(examples)
        total = 0.0
        for start in range(0, len(examples), schedule.batch):
            loss = _loss(network, examples[start : start + schedule.batch], plan)
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            rate.step()
            optimiser.zero_grad()
            total += loss.item()
        mean = total * schedule.batch / len(examples)
        log.info("encoder, pass %d of %d: loss %.3f", number + 1, schedule.passes, mean)


def _loss(network: Network, batch: Sequence[Example], plan: Plan) -> torch.Tensor:
    ids, shapes, traits, mask = _tensors(batch)
    # Sixteen-bit products are what makes an ordinary processor fast enough; sums and weights stay in 32 bits.
    with torch.autocast("cpu", dtype=torch.bfloat16):
        states = network.states(ids, shapes, traits, mask)
    states = states.float()
    dropped = network.drop(states)
    loss = torch.zeros(())
    for layer in plan.labels:
        inside = torch.cat([dropped[row, 1 : 1 + len(e.window.ids)] for row, e in enumerate(batch)])
        wanted = torch.cat([example.labels[layer] for example in batch])
        loss = loss + network.label_loss(layer, inside, wanted, [len(e.window.ids) for e in batch])
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


def _tensors(batch: Sequence[Example]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(example.window.ids) for example in batch) + 2
    ids = torch.zeros((len(batch), longest), dtype=torch.long)
    shapes, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    traits = torch.zeros((*ids.shape, batch[0].traits.shape[1]), dtype=torch.long)
    for row, (window, of_pieces, *_) in enumerate(batch):
        marked = [MARKS.index("[CLS]"), *window.ids, MARKS.index("[SEP]")]
        ids[row, : len(marked)] = torch.tensor(marked)
        shapes[row, 1 : 1 + len(window.shapes)] = torch.tensor(window.shapes)
        traits[row, 1 : 1 + len(of_pieces)] = of_pieces
        mask[row, : len(marked)] = 1
    return ids, shapes, traits, mask
