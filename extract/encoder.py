"""A small transformer that reads a text once and answers for its tokens and for pairs of its mentions.

The network is a pretrained one (`encoder_bases` says which) fine-tuned for two tasks together, as in Eberts & Ulges
2020, "Span-based joint entity and relation extraction": labels of word pieces, layer by layer, and the predicate
between two spans, each seen as the maximum over its pieces and over the pieces between. Both parts are ONNX files,
so that nobody needs PyTorch to run them; `encoder_training` makes them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer

from .encoder_chain import chain_marginals
from .packed import read_packed

WINDOW = 180
"""Most word pieces that are read at once; a window ends with a sentence where it can."""

ENDS = frozenset(".!?;。！？；\n")
PIECE_SHAPES = 5
FORMS = ("mention", "pronoun", "unspoken")
ORDERS = ("subject first", "object first", "overlapping")
SUFFIXES = ("encoder.onnx.xz", "pairs.onnx.xz", "encoder-tokenizer.json", "encoder.json")

Floats = NDArray[np.float32]


class Window(NamedTuple):
    """Word pieces that are read together: ids, shapes and code-point offsets [begin, end)."""

    ids: list[int]
    shapes: list[int]
    offsets: list[tuple[int, int]]


class Traits(NamedTuple):
    """What is known of the tokens of a text beside its characters: where each begins, in order, and its features.

    Features are strings "kind=value", of which a token has at most one of a kind that the network looks at.
    """

    begins: Sequence[int]
    rows: Sequence[Sequence[str]]


NO_TRAITS = Traits((), ())


class SpanPair(NamedTuple):
    """Two spans of a text, in code points, with their core types and the form of the subject."""

    subject: tuple[int, int]
    subject_type: str
    form: str
    object: tuple[int, int]
    object_type: str


class Plan(NamedTuple):
    """What the output layers answer: labels by layer, core types and predicates, in the order of their rows.

    `features` are the features of tokens that the network sees beside the pieces, sorted; a network may see none.
    `transitions` has, by layer, the scores of each label (column) behind each other one (row); a network without any
    labels every piece by itself.
    """

    labels: Mapping[str, tuple[str, ...]]
    types: tuple[str, ...]
    predicates: tuple[str, ...]
    features: tuple[str, ...] = ()
    transitions: Mapping[str, Sequence[Sequence[float]]] = MappingProxyType({})

    def columns(self, layer: str) -> slice:
        """Where the scores of a layer's labels stand among those of all layers."""
        start = 0
        for name, labels in self.labels.items():
            if name == layer:
                return slice(start, start + len(labels))
            start += len(labels)
        raise KeyError(layer)


def piece_traits(plan: Plan, offsets: Sequence[tuple[int, int]], traits: Traits) -> NDArray[np.int64]:
    """Numbers of the features that the token of each piece has, shape (pieces, kinds); 0 where it has none."""
    kinds = list(dict.fromkeys(map(kind_of, plan.features)))
    known = {name: (kinds.index(kind_of(name)), n) for n, name in enumerate(plan.features, 1)}
    # The first row is that of pieces in front of all tokens.
    numbers = np.zeros((len(traits.rows) + 1, len(kinds)), dtype=np.int64)
    for i, row in enumerate(traits.rows, 1):
        for feature in row:
            if feature in known:
                column, number = known[feature]
                numbers[i, column] = number
    begins = np.asarray(traits.begins, dtype=np.int64)
    rows: NDArray[np.int64] = numbers[np.searchsorted(begins, [begin for begin, _ in offsets], side="right")]
    return rows


def kind_of(feature: str) -> str:
    """What a feature "kind=value" is about."""
    return feature.partition("=")[0]


def windows(tokenizer: Tokenizer, text: str) -> list[Window]:
    """The word pieces of a text in windows of at most `WINDOW`, cut behind the end of a sentence if possible."""
    encoded = tokenizer.encode(text, add_special_tokens=False)
    ids, offsets = encoded.ids, encoded.offsets
    shapes = [piece_shape(text[begin:end]) for begin, end in offsets]
    found, start = [], 0
    while start < len(ids):
        stop = _window_end(text, offsets, start)
        found.append(Window(ids[start:stop], shapes[start:stop], offsets[start:stop]))
        start = stop
    return found


def _window_end(text: str, offsets: Sequence[tuple[int, int]], start: int) -> int:
    stop = min(len(offsets), start + WINDOW)
    if stop == len(offsets):
        return stop
    for cut in range(stop, start + WINDOW // 2, -1):
        begin, end = offsets[cut - 1]
        if text[begin:end] in ENDS or "\n" in text[end : offsets[cut][0]]:
            return cut
    return stop


def piece_shape(piece: str) -> int:
    """0 small letters, 1 capitals first, 2 capitals only, 3 digits, 4 anything else: the network is uncased."""
    if piece.isdigit():
        return 3
    if piece.islower():
        return 0
    if piece.isupper():
        return 2 if len(piece) > 1 else 1
    return 1 if piece[:1].isupper() else 4


class Reading:
    """What the encoder made of one text: states of its word pieces and label probabilities."""

    def __init__(self, encoder: Encoder, found: Sequence[Window], states: Floats, scores: Floats) -> None:
        self.encoder = encoder
        offsets = [offset for window in found for offset in window.offsets]
        self._lengths = [len(window.ids) for window in found]
        self._begins = np.array([begin for begin, _ in offsets], dtype=np.int64)
        self._ends = np.array([end for _, end in offsets], dtype=np.int64)
        self._states = states
        self._scores = scores
        self._pooled: dict[tuple[int, int], Floats] = {}

    def label_probabilities(self, layer: str, starts: Sequence[int], ends: Sequence[int]) -> Floats:
        """Probabilities of the labels of `layer`, shape (tokens, labels), for tokens at code points [start, end).

        A token has the labels of its first word piece; one without any (white space) is outside with certainty.
        """
        labels = self.encoder.plan.labels[layer]
        rows = np.zeros((len(starts), len(labels)), dtype=np.float32)
        rows[:, labels.index("O")] = 1.0
        if len(self._begins):
            of_pieces = self._label_probabilities(layer)
            first = np.searchsorted(self._ends, np.asarray(starts), side="right")
            inside = first < len(self._begins)
            inside[inside] = self._begins[first[inside]] < np.asarray(ends)[inside]
            rows[inside] = of_pieces[first[inside]]
        return rows

    def _label_probabilities(self, layer: str) -> Floats:
        plan = self.encoder.plan
        scores = self._scores[:, plan.columns(layer)]
        if layer not in plan.transitions:
            return _softmax(scores)
        return chain_marginals(scores, np.array(plan.transitions[layer]), self._lengths)

    def pair_probabilities(self, pairs: Sequence[SpanPair]) -> Floats:
        """Probabilities of the predicates of the plan, shape (pairs, predicates)."""
        if not pairs:
            return np.zeros((0, len(self.encoder.plan.predicates)), dtype=np.float32)
        ranges = [(self._range(*pair.subject), self._range(*pair.object)) for pair in pairs]
        pooled = np.stack([np.concatenate([self._pool(*s), self._pool(*o), self._pool(*between(s, o))])
                           for s, o in ranges])  # fmt: skip
        kinds = [
            pair_kinds(self.encoder.plan, pair, s, o) for pair, (s, o) in zip(pairs, ranges, strict=True)
        ]
        return self.encoder.judge(pooled, np.array(kinds))

    def _range(self, begin: int, end: int) -> tuple[int, int]:
        low = int(np.searchsorted(self._ends, begin, side="right"))
        return low, max(low, int(np.searchsorted(self._begins, end, side="left")))

    def _pool(self, low: int, high: int) -> Floats:
        if low >= high:
            return np.zeros(self._states.shape[1], dtype=np.float32)
        key = low, high
        if key not in self._pooled:
            self._pooled[key] = self._states[low:high].max(axis=0)
        return self._pooled[key]


def between(subject: tuple[int, int], target: tuple[int, int]) -> tuple[int, int]:
    """The stretch between two ranges; empty (low >= high) when they touch or overlap."""
    return min(subject[1], target[1]), max(subject[0], target[0])


def pair_kinds(
    plan: Plan, pair: SpanPair, subject: tuple[int, int], target: tuple[int, int]
) -> tuple[int, int, int, int]:
    """Indices of the pair's types, form and order for the embeddings of the pair layer."""
    overlapping = subject[0] < target[1] and target[0] < subject[1]
    order = 2 if overlapping else int(subject[0] > target[0])
    kinds = plan.types.index(pair.subject_type), plan.types.index(pair.object_type)
    return (*kinds, FORMS.index(pair.form), order)


class Encoder:
    """The network with its tokenizer; reading is a pure function of the text."""

    def __init__(self, folder: Path, language: str) -> None:
        body, pairs, tokenizer, plan = (folder / f"{language}-{suffix}" for suffix in SUFFIXES)
        options = onnxruntime.SessionOptions()
        # One thread: documents are what runs side by side, and sums come out the same on any machine.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session, self._pairs = (
            onnxruntime.InferenceSession(read_packed(path), options, providers=["CPUExecutionProvider"])
            for path in (body, pairs)
        )
        self._tokenizer = Tokenizer.from_file(str(tokenizer))
        self.plan = parse_plan(plan.read_text(encoding="utf-8"))
        # Every text begins with no rows of the right width, so that an empty one is no special case.
        self._nothing = [
            np.zeros((0, output.shape[-1]), dtype=np.float32) for output in self._session.get_outputs()
        ]
        self._first, self._last = (self._tokenizer.token_to_id(mark) for mark in ("[CLS]", "[SEP]"))

    def read(self, text: str, traits: Traits = NO_TRAITS) -> Reading:
        """Read a text of any length; one window after the other, so that the result depends on nothing else."""
        found = windows(self._tokenizer, text)
        offsets = [offset for window in found for offset in window.offsets]
        of_pieces = piece_traits(self.plan, offsets, traits)
        states, scores = [self._nothing[0]], [self._nothing[1]]
        start = 0
        for window in found:
            ids = np.array([[self._first, *window.ids, self._last]], dtype=np.int64)
            shapes = np.array([[0, *window.shapes, 0]], dtype=np.int64)
            seen = {"ids": ids, "shapes": shapes}
            if self.plan.features:
                inside = of_pieces[start : start + len(window.ids)]
                seen["traits"] = np.pad(inside, ((1, 1), (0, 0)))[None]
            output = self._session.run(None, seen)
            states.append(output[0][0, 1:-1])
            scores.append(output[1][0, 1:-1])
            start += len(window.ids)
        return Reading(self, found, np.concatenate(states), np.concatenate(scores))

    def judge(self, pooled: Floats, kinds: NDArray[np.int64]) -> Floats:
        """Probabilities of the predicates for pooled states (pairs, 3 * width) and kinds (pairs, 4)."""
        (found,) = self._pairs.run(None, {"pooled": pooled, "kinds": kinds})
        result: Floats = found
        return result


def parse_plan(text: str) -> Plan:
    """Read the description of the output layers that training wrote."""
    raw = json.loads(text)
    labels = {layer: tuple(names) for layer, names in raw["labels"].items()}
    features, transitions = tuple(raw.get("features", ())), raw.get("transitions", {})
    return Plan(labels, tuple(raw["types"]), tuple(raw["predicates"]), features, transitions)


def format_plan(plan: Plan) -> str:
    """The description of the output layers as JSON."""
    shown = {key: value for key, value in plan._asdict().items() if value}
    return json.dumps(shown, indent=1) + "\n"


@cache
def load_encoder(language: str) -> Encoder:
    """The encoder that ships for a language."""
    with as_file(files(__package__) / "data") as folder:
        return Encoder(folder, language)


def _softmax(scores: Floats) -> Floats:
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=1, keepdims=True)
    return result
