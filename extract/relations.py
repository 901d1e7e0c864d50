"""Relations between the referents of a document, each with status, evidence, rule and confidence.

Dependency frames of the ontology propose, a trained model over frames, parse path and wording decides; what no
frame covers may still be said ("the Harbour City fellowship" applies in Harbour City) and then carries the rule
"pair". The model's probability is the confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from .annotations import RelationMention, Span
from .calibration import Calibration
from .coordination import Scored
from .coreference import Referent
from .encoder import Encoder, SpanPair
from .maxent import Classifier
from .occurrences import Occurrence
from .pairs import Pair, allowed_predicates
from .reading import reading_of
from .status import StatusReading

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from spacy.tokens import Doc

    from ..ontology import Schema
    from .grammar import Candidate, Grammar

NONE = "none"
FRAME_FLOOR, AGAINST_FRAME = 0.35, 0.3
ENCODER_SHARE = 0.3
"""Weight of the encoder in the geometric mean of the two models."""


class RelationFinder:
    """Finds relations with one ontology and one pair of models; holds no state of a document."""

    def __init__(
        self,
        grammar: Grammar,
        relation_model: Classifier,
        status_model: Classifier,
        encoder: Encoder | None = None,
        *,
        threshold: float,
        calibration: Calibration | None = None,
    ) -> None:
        self._grammar = grammar
        self._schema = grammar.ontology.schema
        self._relation_model = relation_model
        self._encoder = encoder
        self._status_model = status_model
        self._threshold = threshold
        self._calibration = calibration or Calibration(())

    def relations(self, doc: Doc, referents: Sequence[Referent]) -> list[RelationMention]:
        """Relations of a document, sorted; subject and object are numbers of `referents` as text."""
        best: dict[tuple[int, str, int], Scored] = {}
        for scored in self._grammar.distribute(doc, self._scored(doc, referents)):
            if scored.probability < self._threshold:
                continue
            key = _key(scored)
            if key not in best or best[key].probability < scored.probability:
                best[key] = scored
        kept = list(_without_reverse(best))
        stated = [(scored.pair, scored.predicate) for scored in kept]
        readings = self._grammar.statuses(doc, stated, self._status_model)
        found = [self._finish(doc, scored, reading) for scored, reading in zip(kept, readings, strict=True)]
        return sorted(found, key=lambda r: (r.evidence[0].begin, int(r.subject), r.predicate, int(r.object)))

    def _scored(self, doc: Doc, referents: Sequence[Referent]) -> Iterator[Scored]:
        candidates = list(self._grammar.candidates(doc, referents))
        yield from judged(doc, candidates, self._schema, self._relation_model, self._encoder)

    def _finish(self, doc: Doc, scored: Scored, reading: StatusReading) -> RelationMention:
        pair = scored.pair
        frame = next((m.frame.name for m in pair.frames if m.frame.predicate == scored.predicate), None)
        return RelationMention(
            subject=str(pair.subject.referent),
            predicate=self._finer(doc, scored, frame),
            object=str(pair.object.referent),
            status=reading.status,
            negated=reading.negated,
            confidence=round(self._calibration(scored.probability), 4),
            rule=frame or f"pair-{scored.predicate}",
            evidence=(Span(*sentence_bounds(doc, pair.sentence.start, pair.sentence.end)),),
        )

    def _finer(self, doc: Doc, scored: Scored, frame: str | None) -> str:
        """The sub-property that the verb expresses ("funds" for "leads"), where a frame found the verb."""
        if frame is None:
            return scored.predicate
        pair, language = scored.pair, self._grammar.language
        verb = self._grammar.evoking_word(doc, pair)
        return self._schema.refine(scored.predicate, verb, language, pair.subject.type, pair.object.type)


def judged(
    doc: Doc,
    candidates: Sequence[Candidate],
    schema: Schema,
    model: Classifier,
    encoder: Encoder | None,
) -> Iterator[Scored]:
    """The likeliest predicate of each candidate pair with its score, in order.

    Without an encoder the score is the model's probability, with one the weighted geometric mean of both.
    """
    second = encoder_views(doc, [pair for pair, _ in candidates], encoder) if encoder else None
    for number, (pair, features) in enumerate(candidates):
        probabilities = dict(model.probabilities(features))
        if second is not None and encoder is not None:
            for name, other in zip(encoder.plan.predicates, second[number], strict=True):
                own = probabilities.get(name, 0.0)
                probabilities[name] = own ** (1 - ENCODER_SHARE) * float(other) ** ENCODER_SHARE
        yield Scored(pair, *best_predicate(schema, pair, probabilities))


def encoder_views(doc: Doc, pairs: Sequence[Pair], encoder: Encoder) -> NDArray[np.float32]:
    """What the encoder says of pairs: probabilities of the predicates of its plan, one row for each pair."""
    return reading_of(doc, encoder).pair_probabilities([span_pair(doc, pair) for pair in pairs])


def span_pair(doc: Doc, pair: Pair) -> SpanPair:
    """The pair as the encoder takes it: code points; an unspoken subject stands at its verb."""
    subject, target = _extent(doc, pair.subject), _extent(doc, pair.object)
    return SpanPair(subject, pair.subject.type, pair.subject.form, target, pair.object.type)


def _extent(doc: Doc, occurrence: Occurrence) -> tuple[int, int]:
    if occurrence.start == occurrence.end:
        token = doc[occurrence.root]
        return token.idx, token.idx + len(token)
    span = doc[occurrence.start : occurrence.end]
    return span.start_char, span.end_char


def best_predicate(schema: Schema, pair: Pair, probabilities: Mapping[str, float]) -> tuple[str, float]:
    """The likeliest predicate that may join the two ends of a pair, with its probability.

    A frame whose roles the two ends fill themselves is worth at least `FRAME_FLOOR`, and what speaks against it
    counts less, so that a frame added to the ontology works without training.
    """
    allowed = allowed_predicates(schema, pair.subject.type, pair.object.type)
    weighed = dict(probabilities)
    stated = {m.frame.predicate for m in pair.frames if not m.implied and pair.subject.form != "unspoken"}
    for name in allowed if stated else ():
        own = weighed.get(name, 0.0)
        weighed[name] = max(own, FRAME_FLOOR) if name in stated else own * AGAINST_FRAME
    predicate = max(allowed, key=lambda name: (weighed.get(name, 0.0), name))
    return predicate, weighed.get(predicate, 0.0)


def sentence_bounds(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Code-point offsets of a sentence without the white space around it."""
    while start < end - 1 and doc[start].is_space:
        start += 1
    while end - 1 > start and doc[end - 1].is_space:
        end -= 1
    return doc[start].idx, doc[end - 1].idx + len(doc[end - 1])


def _key(scored: Scored) -> tuple[int, str, int]:
    s, o = scored.pair.subject.referent, scored.pair.object.referent
    if scored.predicate == "cooperatesWith" and s > o:
        s, o = o, s
    return s, scored.predicate, o


def _without_reverse(best: Mapping[tuple[int, str, int], Scored]) -> Iterator[Scored]:
    """Of "A supports B" and "B supports A" keep the likelier."""
    for (s, predicate, o), scored in best.items():
        reverse = best.get((o, predicate, s))
        if reverse is None or (reverse.probability, o) < (scored.probability, s):
            yield scored
