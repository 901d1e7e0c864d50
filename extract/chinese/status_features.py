"""What the status model sees of a relation in a Chinese document, and how the statuses of a document are decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from ..annotations import Status
from ..status import StatusReading
from .evocation import evoking_span, kind_of
from .status import Mood, StatusReader
from .status_cues import status_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..maxent import Classifier
    from ..pairs import Pair
    from .register import Register

LEVELS = range(1, 10)
SENTENCE_WEIGHT, DOCUMENT_WEIGHT = 0.4, 0.2
"""How much the other relations of the sentence and of the document count."""
PENDING = frozenset({"proposed", "planned", "ongoing"})
STATES = frozenset({"affiliatedWith", "locatedIn"})
"""Predicates of lasting states, which a demand in the same sentence does not touch."""


def status_features(doc: Doc, stated: Sequence[tuple[Pair, str]]) -> list[list[str]]:
    """Features of the status of each relation (a pair and its predicate), in the order given."""
    reader = StatusReader(doc)
    return [_features(reader, pair, predicate) for pair, predicate in stated]


def decide_statuses(doc: Doc, stated: Sequence[tuple[Pair, str]], model: Classifier) -> list[StatusReading]:
    """The status of each relation of a document, in the order given.

    What the model says of the other relations of the sentence and of the document counts too: one sentence has one
    mood more often than not.
    """
    reader = StatusReader(doc)
    own = [model.probabilities(_features(reader, pair, predicate)) for pair, predicate in stated]
    sentences: dict[int, list[Mapping[str, float]]] = defaultdict(list)
    lasting = [predicate in STATES for _, predicate in stated]
    for (pair, _), state, probabilities in zip(stated, lasting, own, strict=True):
        if not state:
            sentences[pair.sentence.start].append(probabilities)
    far = _mean([p for members in sentences.values() for p in members])
    near = {start: _mean(members) for start, members in sentences.items()}
    readings = []
    for (pair, _), state, probabilities in zip(stated, lasting, own, strict=True):
        around = near.get(pair.sentence.start)
        if around and not state:
            rest = 1 - SENTENCE_WEIGHT - DOCUMENT_WEIGHT
            probabilities = {
                s: rest * p + SENTENCE_WEIGHT * around[s] + DOCUMENT_WEIGHT * far[s]
                for s, p in probabilities.items()
            }
        status = max(sorted(probabilities), key=lambda label: probabilities[label])
        cue = "model"
        if is_in_review(reader, pair):
            status, cue = "established", "review"
        negated = is_negated(reader, pair)
        readings.append(StatusReading(cast("Status", status), negated, cue))
    return readings


def is_in_review(reader: StatusReader, pair: Pair) -> bool:
    """True for a sentence of the part of a report that tells what has been done, unless it demands or promises."""
    mood = reader.mood(pair.sentence)
    ahead = {c.status for c in mood.cues if c.kind == "adverb"}
    return mood.section == "established" and reader.register.genre != "law" and not ahead & PENDING


def is_negated(reader: StatusReader, pair: Pair) -> bool:
    """True where a word of denial stands right in front of the verb that says the relation, or of its adverbs."""
    verb = evoking_span(reader.doc, pair)
    if verb is None:
        return False
    start = verb[0]
    adverbs = status_cues()["adverb"]
    for cue in reversed(reader.mood(pair.sentence).cues):
        if cue.kind == "negation" and cue.end <= start:
            between = "".join(reader.texts[cue.end : start])
            return not between or between in adverbs or (len(between) <= 2 and between.endswith(("地", "再")))
    return False


def _features(reader: StatusReader, pair: Pair, predicate: str) -> list[str]:
    mood, register = reader.mood(pair.sentence), reader.register
    kind = kind_of(pair)
    low = min(pair.subject.start, pair.object.start)
    high = max(pair.subject.start, pair.object.start)
    verb = evoking_span(reader.doc, pair)
    place = verb[0] if verb else low
    row = ["bias", f"predicate={predicate}", f"kind={kind}|{predicate}", f"genre={register.genre}"]
    row.append(f"genre={register.genre}|{kind}")
    row.append(f"genre={register.genre}|{predicate}")
    row += _cue_features(mood, place, high, kind, predicate, register)
    if verb:
        word = "".join(reader.texts[verb[0] : verb[1]])
        row += [f"verb={word}", f"verb={word}|{register.genre}"]
        own = status_cues()["verb"].get(word, "-")
        row += [f"own={own}|{register.genre}", f"own={own}|{predicate}"]
        if any(c.kind == "after" and verb[1] <= c.start <= verb[1] + 1 for c in mood.cues):
            row += ["perfect", f"perfect|{register.genre}"]
    row += _register_features(register)
    for name, end in (("s", pair.subject), ("o", pair.object)):
        row.append(f"{name}type={end.type}|{register.genre}")
        row.append(f"{name}form={end.form}{end.via}")
    return row


def _cue_features(
    mood: Mood, place: int, high: int, kind: str, predicate: str, register: Register
) -> Iterator[str]:
    clause = mood.clause_of(place)
    ahead = mood.before(place + 1)
    near = next((c for c in ahead if mood.clause_of(c.start) == clause), None)
    far = ahead[0] if ahead else None
    first = next((c for c in mood.cues if c.kind == "adverb"), None)
    latest = next((c for c in mood.before(high) if mood.clause_of(c.start) == mood.clause_of(high)), None)
    yield f"voice={mood.voice}|{mood.is_bare}"
    yield f"voice={mood.voice}|{mood.is_bare}|{register.genre}"
    yield f"voice={mood.voice}|{mood.is_bare}|{near.status if near else '-'}"
    for name, cue in (("near", near), ("far", far), ("first", first), ("latest", latest)):
        status = cue.status if cue else "-"
        yield f"{name}={status}"
        yield f"{name}={status}|{kind}"
        yield f"{name}={status}|{register.genre}"
        yield f"{name}cue={cue.text if cue else '-'}"
    behind = next((c for c in mood.cues if c.kind == "after" and mood.clause_of(c.start) == clause), None)
    yield f"behind={behind.text if behind else '-'}|{predicate}"
    for cue in mood.cues:
        if cue.kind == "time":
            yield f"time={cue.status}"
            yield f"time={cue.text}"
    if not any(c.kind == "adverb" for c in mood.cues):
        yield f"plain|{register.genre}"
        yield f"carried={mood.carried}|{register.genre}"
    verbs = [c for c in mood.before(place + 1, ("verb",)) if mood.clause_of(c.start) == clause]
    governing = verbs[-1] if verbs else None
    yield f"governing={governing.status if governing else '-'}|{register.genre}"
    yield f"governing={governing.text if governing else '-'}"
    yield f"carried={mood.carried}|{near.status if near else '-'}"
    yield f"heading={mood.heading}"
    yield f"heading={mood.heading}|{near.status if near else '-'}"


def _register_features(register: Register) -> Iterator[str]:
    for name, value in register._asdict().items():
        for level in LEVELS:
            if value >= level:
                yield f"{name}>={level}"


def _mean(members: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return (
        {status: sum(m[status] for m in members) / len(members) for status in members[0]} if members else {}
    )
