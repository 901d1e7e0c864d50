"""Learned labelling of tokens: two models whose opinions are averaged, one layer of types at a time.

A field of study may stand inside the name of a programme, so types that may overlap are in different layers. A
linear-chain conditional random field (CRFsuite, Okazaki 2007; files under `data/`) knows the parse, the lexicon
and head-noun classes; the `encoder` knows words in context. Decoding works on their mean marginal probabilities,
so that each span comes with a probability and the balance between missing and inventing spans can be set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import numpy as np
import pycrfsuite
from numpy.typing import NDArray

from .packed import read_packed

LAYERS: dict[str, tuple[str, ...]] = {
    "names": (
        "Government",
        "ResearchOrg",
        "University",
        "Enterprise",
        "Organization",
        "Person",
        "PolicyDocument",
        "Region",
    ),
    "mechanisms": ("Mechanism",),
    "classes": ("ActorGroup", "TalentGroup", "Field"),
}
LABELS: dict[str, tuple[str, ...]] = {
    layer: ("O", *(f"{position}-{kind}" for kind in kinds for position in "BI"))
    for layer, kinds in LAYERS.items()
}
FORBIDDEN = -1e4
RECALL_BIASES = (0.7, 2.0)
"""How far the decoder leans to finding: first for likely spans, then for candidates that relations may need."""

SURELY_OUTSIDE = 0.99
Floats = NDArray[np.floating]
Rows: TypeAlias = "Sequence[Sequence[str]] | pycrfsuite.ItemSequence"
"""Features of the tokens of one sentence; an `ItemSequence` spares converting them for each tagger."""


class LabelledSpan(NamedTuple):
    """Tokens `start` to `end` (exclusive) of a sequence, their type and its probability."""

    start: int
    end: int
    type: str
    probability: float


class SequenceTagger:
    """A trained CRF over the labels of one layer."""

    def __init__(self, path: Path, layer: str) -> None:
        self._crf = pycrfsuite.Tagger()
        # The tagger does not keep what it reads from.
        self._content = read_packed(path)
        self._crf.open_inmemory(self._content)
        self._labels = [(label, LABELS[layer].index(label)) for label in self._crf.labels()]
        self._width = len(LABELS[layer])
        self._outside_known = "O" in self._crf.labels()

    def marginals(self, rows: Rows) -> Floats:
        """Label probabilities of one sentence, shape (tokens, labels of the layer), given token features."""
        size = len(rows)
        found = np.zeros((size, self._width))
        self._crf.set(rows)
        if not self._outside_known:
            return self._filled(found, range(size))
        found[:, 0] = [self._crf.marginal("O", i) for i in range(size)]
        # Nine tokens in ten are surely outside; to ask for all their labels would take longest of all.
        return self._filled(found, np.flatnonzero(found[:, 0] < SURELY_OUTSIDE))

    def _filled(self, found: Floats, positions: Iterable[int]) -> Floats:
        for i in positions:
            for label, column in self._labels:
                found[i, column] = self._crf.marginal(label, int(i))
        return found


def decode(layer: str, marginals: Floats, biases: Sequence[float] = RECALL_BIASES) -> Iterator[LabelledSpan]:
    """Spans of one sentence from its label probabilities: the likely ones, then those worth a look.

    A later pass leans more to finding and only adds what keeps clear of the spans before it.
    """
    labels = LABELS[layer]
    taken: set[int] = set()
    for bias in biases:
        if (marginals[:, 1:].max(axis=1, initial=0.0) <= marginals[:, 0] * np.exp(-bias)).all():
            continue
        for start, end, kind in _runs(_best_path(marginals, labels, bias)):
            if taken & set(range(start, end)):
                continue
            taken.update(range(start, end))
            inside = [j for j, y in enumerate(labels) if y[2:] == kind]
            yield LabelledSpan(start, end, kind, float(marginals[start:end, inside].sum(axis=1).mean()))


def _best_path(marginals: Floats, labels: tuple[str, ...], bias: float) -> list[str]:
    transitions = _transitions(labels)
    scores = np.log(marginals + 1e-9)
    scores[:, 0] -= bias
    best = scores[0] + np.array([FORBIDDEN if y.startswith("I-") else 0.0 for y in labels])
    pointers = []
    for row in scores[1:]:
        options = best[:, None] + transitions
        pointers.append(options.argmax(axis=0))
        best = options.max(axis=0) + row
    path = [int(best.argmax())]
    for pointer in reversed(pointers):
        path.append(int(pointer[path[-1]]))
    return [labels[i] for i in reversed(path)]


@cache
def _transitions(labels: tuple[str, ...]) -> Floats:
    """What may follow what: an inner label only behind one of its own type."""
    allowed = np.zeros((len(labels), len(labels)))
    for a, before in enumerate(labels):
        for b, after in enumerate(labels):
            if after.startswith("I-") and (before == "O" or before[2:] != after[2:]):
                allowed[a, b] = FORBIDDEN
    return allowed


def _runs(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    start, kind = 0, ""
    for i, label in enumerate([*labels, "O"]):
        if kind and (label == "O" or label.startswith("B-") or label[2:] != kind):
            yield start, i, kind
            kind = ""
        if label != "O" and not kind:
            start, kind = i, label[2:]
