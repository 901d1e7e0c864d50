"""Learned labelling of tokens: linear-chain conditional random fields, one for each layer of types.

A field of study may stand inside the name of a programme, so types that may overlap are in different layers.
The models are CRFsuite files (Okazaki 2007) under `data/`; decoding works on the marginal probabilities, so
that each span comes with a probability and the balance between missing and inventing spans can be set.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import pycrfsuite

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
FORBIDDEN = -1e4
RECALL_BIASES = (0.7, 2.0)
"""How far the decoder leans to finding: first for likely spans, then for candidates that relations may need."""


class LabelledSpan(NamedTuple):
    """Tokens `start` to `end` (exclusive) of a sequence, their type and its probability."""

    start: int
    end: int
    type: str
    probability: float


class SequenceTagger:
    """A trained CRF over B-/I-/O labels."""

    def __init__(self, path: str, *, recall_biases: Sequence[float] = RECALL_BIASES) -> None:
        self._crf = pycrfsuite.Tagger()
        self._crf.open(path)
        self._labels: list[str] = self._crf.labels()
        self._transitions = _transitions(self._labels)
        self._biases = recall_biases

    def spans(self, rows: Sequence[Sequence[str]]) -> Iterator[LabelledSpan]:
        """Labelled spans of one sentence, given its token features: the likely ones, then those worth a look.

        A later pass leans more to finding and only adds what keeps clear of the spans before it.
        """
        if not rows or self._labels == ["O"]:
            return
        self._crf.set(rows)
        marginals = np.array([[self._crf.marginal(y, i) for y in self._labels] for i in range(len(rows))])
        if "O" in self._labels and (marginals[:, self._labels.index("O")] > 0.98).all():
            return
        taken: set[int] = set()
        for bias in self._biases:
            for start, end, kind in _runs(self._decode(marginals, bias)):
                if taken & set(range(start, end)):
                    continue
                taken.update(range(start, end))
                inside = [j for j, y in enumerate(self._labels) if y[2:] == kind]
                yield LabelledSpan(start, end, kind, float(marginals[start:end, inside].sum(axis=1).mean()))

    def _decode(self, marginals: np.ndarray, bias: float) -> list[str]:
        scores = np.log(marginals + 1e-9)
        scores[:, self._labels.index("O")] -= bias
        best = scores[0] + np.array([FORBIDDEN if y.startswith("I-") else 0.0 for y in self._labels])
        pointers = []
        for row in scores[1:]:
            options = best[:, None] + self._transitions
            pointers.append(options.argmax(axis=0))
            best = options.max(axis=0) + row
        path = [int(best.argmax())]
        for pointer in reversed(pointers):
            path.append(int(pointer[path[-1]]))
        return [self._labels[i] for i in reversed(path)]


@cache
def load_tagger(name: str) -> SequenceTagger:
    """The tagger shipped as `data/<name>.crfsuite`."""
    with as_file(files(__package__) / "data" / f"{name}.crfsuite") as path:
        return SequenceTagger(str(path))


def _transitions(labels: Sequence[str]) -> np.ndarray:
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
