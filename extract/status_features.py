"""What the status model sees of a relation: the cues of its clause, its two ends and the register of its document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, cast

from .annotations import Status
from .evocation import kind_of, path_between, status_verb, verb_at
from .features import governing_verb
from .register import WORDS, Register
from .status import StatusReading, cues_above
from .status_cues import status_cues
from .status_rules import read_by_rules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .maxent import Classifier
    from .occurrences import Occurrence
    from .pairs import Pair


PLAIN = ("established", "plain")

AUXILIARIES = frozenset({"has", "have", "must", "should", "will"})
DETERMINERS = frozenset("a an existing its more new our such the their these this".split())
MODIFIERS = frozenset(
    "current existing first future more new original other planned proposed upcoming".split()
)
LEVELS = (1, 2, 3, 5)
SENTENCE_WEIGHT, DOCUMENT_WEIGHT = 0.5, 0.3
"""How much the other relations of the sentence and of the document count; chosen by cross-validation."""


def status_features(doc: Doc, pair: Pair, predicate: str, register: Register) -> list[str]:
    """Features of the status of `predicate` between the two ends of `pair`."""
    verb = status_verb(doc, pair, predicate)
    cues = list(cues_above(verb))
    near = cues[0] if cues else PLAIN
    kind = kind_of(pair)
    row = ["bias", f"predicate={predicate}", f"kind={kind}", f"kind={kind}|{predicate}"]
    row += _seen_from("near", near, kind, predicate)
    row += _seen_from("main", _nearest(pair.sentence.root), kind, predicate)
    row += _chain_features(cues, near)
    row += _verb_features(verb, near, predicate, pair.sentence.root)
    row += _sentence_features(pair, kind)
    row += _register_features(register, near, predicate)
    for name, occurrence in (("s", pair.subject), ("o", pair.object)):
        row += _end_features(doc, occurrence, name, near, predicate)
    row.append(f"types={pair.subject.type}>{pair.object.type}")
    row += _before_features(doc, pair.sentence, near)
    row += _path_features(doc, pair, kind, near, predicate)
    return row


def _nearest(verb: Token) -> tuple[str, str]:
    return next(cues_above(verb), PLAIN)


def _seen_from(name: str, found: tuple[str, str], kind: str, predicate: str) -> list[str]:
    status, cue = found
    return [
        f"{name}={status}",
        f"{name}={status}|{kind}",
        f"{name}={status}|{predicate}",
        f"{name}cue={cue}",
    ]


def _chain_features(cues: list[tuple[str, str]], near: tuple[str, str]) -> list[str]:
    top = cues[-1] if cues else near
    row = [
        "chain=" + ">".join(status for status, _ in cues[:3]),
        "cues=" + ">".join(cue for _, cue in cues[:2]),
        f"top={top[0]}|{near[0]}|{near[1]}",
    ]
    if len(cues) > 1:
        row.append(f"second={cues[1][0]}|{near[1]}")
    return row


def _verb_features(verb: Token, near: tuple[str, str], predicate: str, root: Token) -> list[str]:
    status, cue = near
    lemma, above = verb.lemma_.lower(), governing_verb(verb).lemma_.lower()
    row = [
        f"verb={lemma}",
        f"verb={lemma}|{verb.tag_}",
        f"tag={verb.tag_}|{cue}",
        f"tagdep={verb.tag_}|{verb.dep_}",
        f"above={above}",
        f"above={above}|{verb.dep_}",
        f"root={root.lemma_.lower()}",
        f"roottag={root.tag_}",
    ]
    cues = status_cues()
    own = cues["verb"].get(lemma) or cues["purpose"].get(lemma)
    if own:
        row += [f"own={own}", f"own={own}|{predicate}", f"own={own}|{status}|{predicate}"]
    return row


def _sentence_features(pair: Pair, kind: str) -> Iterator[str]:
    words = {t.lower_ for t in pair.sentence}
    for name, listed in WORDS.items():
        if words & listed:
            yield f"has={name}"
            yield f"has={name}|{kind}"
    first = min(pair.subject.start, pair.object.start)
    auxiliaries = [t.lower_ for t in pair.sentence if t.i < first and t.lower_ in AUXILIARIES]
    yield f"after={auxiliaries[-1] if auxiliaries else '-'}|{kind}"
    yield f"finite={any(t.tag_ in ('VBD', 'VBZ', 'VBP', 'MD') for t in pair.sentence)}"


def _register_features(register: Register, near: tuple[str, str], predicate: str) -> Iterator[str]:
    status, cue = near
    for name in ("will", "should", "past", "imperative"):
        for level in LEVELS:
            if getattr(register, name) >= level:
                yield f"{name}>={level}"
                yield f"{name}>={level}|{cue}"
    tenor = max(("will", "should", "past", "imperative"), key=lambda name: (getattr(register, name), name))
    yield from (f"tenor={tenor}|{status}", f"tenor={tenor}|{cue}", f"tenor={tenor}|{predicate}")


def _end_features(
    doc: Doc, end: Occurrence, name: str, near: tuple[str, str], predicate: str
) -> Iterator[str]:
    """What one end of a relation tells: "the" and capitals of what exists, "a" and "new" of what is to come."""
    status, cue = _nearest(verb_at(doc[end.root]))
    yield from (f"{name}near={status}", f"{name}near={status}|{predicate}", f"{name}cue={cue}")
    yield f"{name}type={end.type}|{near[0]}"
    if end.end == end.start:
        return
    before = doc[end.start - 1].lower_ if end.start else ""
    if before in DETERMINERS:
        yield f"{name}det={before}"
        yield f"{name}det={before}|{near[0]}|{predicate}"
    named = doc[end.end - 1].text[:1].isupper()
    yield f"{name}named={named}"
    yield f"{name}named={named}|{near[0]}|{predicate}"
    for token in doc[end.start : end.end]:
        if token.lower_ in MODIFIERS:
            yield f"{name}mod={token.lower_}"


def _before_features(doc: Doc, sentence: Span, near: tuple[str, str]) -> Iterator[str]:
    if sentence.start == 0:
        return
    before = doc[sentence.start - 1].sent
    status, _ = _nearest(before.root)
    yield f"before={status}"
    yield f"before={status}|{near[1]}"
    if before.text.rstrip().endswith((":", "：")):
        yield f"intro={status}"


def _path_features(doc: Doc, pair: Pair, kind: str, near: tuple[str, str], predicate: str) -> Iterator[str]:
    path, side = path_between(doc, pair)
    yield f"path={path}|{predicate}"
    for also in (predicate, kind, side):
        yield f"path={path}|{near[0]}|{also}"
    yield f"path={path}|{near[0]}"


def decide_statuses(
    doc: Doc, stated: Sequence[tuple[Pair, str]], register: Register, model: Classifier
) -> list[StatusReading]:
    """The status of each relation (a pair and its predicate) of a document, in the order given.

    Some cues leave no choice. Elsewhere the trained model weighs cues, ends and register, and what it says of the
    other relations of the sentence and of the document counts too: one sentence has one mood more often than not.
    """
    readings = [read_by_rules(doc, pair, predicate, register) for pair, predicate in stated]
    judged = {
        i: model.probabilities(status_features(doc, *stated[i], register))
        for i, (reading, _) in enumerate(readings)
        if reading.cue != "state"
    }
    sentences: dict[int, list[Mapping[str, float]]] = defaultdict(list)
    for i, probabilities in judged.items():
        sentences[stated[i][0].sentence.start].append(probabilities)
    far = _mean(list(judged.values()))
    near = {start: _mean(members) for start, members in sentences.items()}
    return [
        reading if final else _weighed(reading, judged[i], near[stated[i][0].sentence.start], far)
        for i, (reading, final) in enumerate(readings)
    ]


def _weighed(
    reading: StatusReading, own: Mapping[str, float], near: Mapping[str, float], far: Mapping[str, float]
) -> StatusReading:
    rest = 1 - SENTENCE_WEIGHT - DOCUMENT_WEIGHT
    scores = {s: rest * own[s] + SENTENCE_WEIGHT * near[s] + DOCUMENT_WEIGHT * far[s] for s in own}
    status = max(sorted(scores), key=lambda label: scores[label])
    if status == "proposed" and reading.cue == "programme":
        status = "planned"
    return reading._replace(status=cast("Status", status))


def _mean(members: Sequence[Mapping[str, float]]) -> Mapping[str, float]:
    return (
        {status: sum(m[status] for m in members) / len(members) for status in members[0]} if members else {}
    )
