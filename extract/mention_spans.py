"""Candidates for mentions, and which gives way where two of one layer overlap."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pycrfsuite

from .annotations import NAMED
from .reading import reading_of
from .tagger import LAYERS, SequenceTagger, decode

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .encoder import Encoder

ENCODER_SHARE = 0.5
"""Weight of the encoder in the mean of the two models; half each was best in cross-validation."""

LAYER_OF = {kind: layer for layer, kinds in LAYERS.items() for kind in kinds}


class MentionSpan(NamedTuple):
    """Tokens `start` to `end` (exclusive), the core type, what the authority file offers, rule, confidence."""

    start: int
    end: int
    type: str
    keys: tuple[str, ...]
    rule: str
    confidence: float
    cls: str = ""


class TaggedSpan(NamedTuple):
    """Tokens `start` to `end` (exclusive) that the models label with a type, the layer and the probability."""

    start: int
    end: int
    type: str
    layer: str
    probability: float


def tagged_spans(
    doc: Doc,
    rows: Sequence[Sequence[str]],
    taggers: Mapping[str, SequenceTagger],
    encoder: Encoder | None,
) -> Iterator[TaggedSpan]:
    """What taggers and encoder, by the mean of their label probabilities, make of each sentence, layer by layer."""
    starts = [token.idx for token in doc]
    ends = [token.idx + len(token) for token in doc]
    items = [pycrfsuite.ItemSequence(rows[s.start : s.end]) for s in doc.sents]
    for layer, tagger in taggers.items():
        second = None
        if encoder is not None:
            second = reading_of(doc, encoder).label_probabilities(layer, starts, ends)
        for sentence, item in zip(doc.sents, items, strict=True):
            marginals = tagger.marginals(item)
            if second is not None:
                marginals += ENCODER_SHARE * (second[sentence.start : sentence.end] - marginals)
            for found in decode(layer, marginals):
                start, end = sentence.start + found.start, sentence.start + found.end
                yield TaggedSpan(start, end, found.type, layer, found.probability)


def add_span(chosen: list[MentionSpan], span: MentionSpan) -> None:
    """Add a span unless one of its layer is in the way; a longer one of the same type takes a name's place.

    A name that its form gives away takes the place of guesses that are less sure.
    """
    rivals = [
        c for c in chosen if c.start < span.end and span.start < c.end and layer_of(c) == layer_of(span)
    ]
    if not rivals:
        chosen.append(span)
        return
    if span.rule == "name-form" and all(c.confidence < span.confidence for c in rivals):
        _replace(chosen, rivals, span)
        return
    covered = all(span.start <= c.start and c.end <= span.end for c in rivals)
    if covered and span.type in NAMED and any((c.start, c.end) != (span.start, span.end) for c in rivals):
        _replace(chosen, rivals, span)


def _replace(chosen: list[MentionSpan], rivals: Sequence[MentionSpan], span: MentionSpan) -> None:
    for rival in rivals:
        chosen.remove(rival)
    chosen.append(span)


def layer_of(span: MentionSpan) -> str:
    """The layer of types in which a mention competes."""
    return LAYER_OF[span.type]
