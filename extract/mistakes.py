"""What kinds of mistakes there are between annotations and what was found, and how far confidences hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple, get_args

from .found import FoundRelation, Place
from .gold import GoldRelation
from .scoring import HALF, SYMMETRIC, Evaluation, Judged, overlap, pair_up

MentionKind = Literal["missed", "invented", "wrong type", "wrong boundary", "inexact"]
"""`inexact` is right by the relaxed rule; `wrong boundary` is of the right type but overlaps too little."""

MissedKind = Literal[
    "neither end found", "subject not found", "object not found", "not joined", "wrong predicate", "reversed"
]
InventedKind = Literal["end not annotated", "between annotated ends", "wrong predicate", "reversed"]

MISSED_KINDS: tuple[MissedKind, ...] = get_args(MissedKind)
INVENTED_KINDS: tuple[InventedKind, ...] = get_args(InventedKind)
MENTION_KINDS: tuple[MentionKind, ...] = get_args(MentionKind)

BINS = 5


class MentionMistake(NamedTuple):
    """An annotated place, a found one, or both that do not agree."""

    kind: MentionKind
    annotated: Place | None
    found: Place | None

    @property
    def place(self) -> Place:
        """Where to look: the annotated place, else the found one."""
        place = self.annotated or self.found
        assert place is not None
        return place


class RelationMistake(NamedTuple):
    """An annotated relation that was missed, or a found one that is not right, and why.

    `other` is the predicate on the other side where the predicate is wrong.
    """

    kind: MissedKind | InventedKind
    annotated: GoldRelation | None
    found: FoundRelation | None
    other: str = ""


class Reliability(NamedTuple):
    """What became of findings with a confidence from `low` to `high`."""

    low: float
    high: float
    number: int
    confidence: float
    right: float


def mention_mistakes(judged: Judged) -> list[MentionMistake]:
    """All mistakes about mentions of one document, in the order of the text."""
    missed = judged.annotated - judged.pairs.keys()
    invented = judged.counted - judged.right
    types = pair_up(missed, invented, lambda a, f: a[2] != f[2] and overlap(a, f) >= HALF)
    missed, invented = missed - types.keys(), invented - set(types.values())
    boundaries = pair_up(missed, invented, lambda a, f: a[2] == f[2] and overlap(a, f) > 0)
    missed, invented = missed - boundaries.keys(), invented - set(boundaries.values())
    mistakes = [
        *(MentionMistake("wrong type", a, f) for a, f in types.items()),
        *(MentionMistake("wrong boundary", a, f) for a, f in boundaries.items()),
        *(MentionMistake("inexact", a, f) for a, f in judged.pairs.items() if a != f),
        *(MentionMistake("missed", a, None) for a in missed),
        *(MentionMistake("invented", None, f) for f in invented),
    ]
    return sorted(mistakes, key=lambda m: (m.place, m.kind))


def missed_relations(judged: Judged) -> list[RelationMistake]:
    """The annotated relations of one document that were not found, and why, in the order of the text."""
    known = {entity for ids in judged.stands_for.values() for entity in ids}
    mistakes = []
    for triple, relation in judged.wanted.items():
        if triple in judged.reached:
            continue
        kind, other = _why_missed(judged, relation, known)
        mistakes.append(RelationMistake(kind, relation, None, other))
    return sorted(mistakes, key=lambda m: m.annotated.begin if m.annotated else 0)


def invented_relations(judged: Judged) -> list[RelationMistake]:
    """The found relations of one document that are not right, and why, in the order of the text."""
    mistakes = []
    for triple, relation in judged.relations.items():
        if triple not in judged.good:
            kind, other = _why_invented(judged, relation)
            mistakes.append(RelationMistake(kind, None, relation, other))
    return sorted(mistakes, key=lambda m: m.found.begins if m.found else ())


def wrong_statuses(judged: Judged) -> list[tuple[GoldRelation, FoundRelation]]:
    """The annotated relations of one document that were found with another status or negation."""
    pairs = ((judged.wanted[key], found) for key, found in judged.reached.items())
    wrong = ((w, f) for w, f in pairs if (w.status, w.negated) != (f.status, f.negated))
    return sorted(wrong, key=lambda pair: pair[0].begin)


def type_confusions(evaluation: Evaluation) -> Counter[tuple[str, str]]:
    """How often a mention of one type was found, at its place, with another: (annotated, found)."""
    return Counter(
        (mistake.annotated[2], mistake.found[2])
        for document in evaluation.documents
        for mistake in mention_mistakes(document)
        if mistake.kind == "wrong type" and mistake.annotated and mistake.found
    )


def predicate_confusions(evaluation: Evaluation) -> Counter[tuple[str, str]]:
    """How often an annotated relation was found with another predicate: (annotated, found)."""
    return Counter(
        (mistake.annotated.predicate, mistake.other)
        for document in evaluation.documents
        for mistake in missed_relations(document)
        if mistake.kind == "wrong predicate" and mistake.annotated
    )


def missed_by_predicate(evaluation: Evaluation) -> Counter[tuple[str, str]]:
    """How many relations were missed: (annotated predicate, why)."""
    return Counter(
        (mistake.annotated.predicate, mistake.kind)
        for document in evaluation.documents
        for mistake in missed_relations(document)
        if mistake.annotated
    )


def invented_by_predicate(evaluation: Evaluation) -> Counter[tuple[str, str]]:
    """How many relations were invented: (found predicate, why)."""
    return Counter(
        (mistake.found.predicate, mistake.kind)
        for document in evaluation.documents
        for mistake in invented_relations(document)
        if mistake.found
    )


def frequent_words(evaluation: Evaluation, kind: MentionKind) -> Counter[tuple[str, str]]:
    """How often mentions were mistaken in one way: (type, words in lower case)."""
    return Counter(
        (mistake.place[2], " ".join(document.gold.text[slice(*mistake.place[:2])].lower().split()))
        for document in evaluation.documents
        for mistake in mention_mistakes(document)
        if mistake.kind == kind
    )


def mention_reliability(evaluation: Evaluation) -> list[Reliability]:
    """How often mentions are right (relaxed), by the confidence they were found with."""
    judged = []
    for document in evaluation.documents:
        confidence: dict[Place, float] = {}
        for mention in document.found.mentions:
            confidence[mention.place] = max(confidence.get(mention.place, 0.0), mention.confidence)
        judged += [(confidence[place], place in document.right) for place in document.counted]
    return reliability(judged)


def relation_reliability(evaluation: Evaluation) -> list[Reliability]:
    """How often relations are right, by the confidence they were found with."""
    return reliability(
        (relation.confidence, triple in document.good)
        for document in evaluation.documents
        for triple, relation in document.relations.items()
    )


def reliability(judged: Iterable[tuple[float, bool]], bins: int = BINS) -> list[Reliability]:
    """Findings by confidence, in bins of equal width from 0 to 1; empty bins are left out.

    >>> [tuple(row) for row in reliability([(0.9, True), (1.0, True), (0.1, False)])]
    [(0.0, 0.2, 1, 0.1, 0.0), (0.8, 1.0, 2, 0.95, 1.0)]
    """
    rows: list[list[tuple[float, bool]]] = [[] for _ in range(bins)]
    for confidence, right in judged:
        rows[min(bins - 1, max(0, int(confidence * bins)))].append((confidence, right))
    return [
        Reliability(
            number / bins,
            (number + 1) / bins,
            len(row),
            sum(confidence for confidence, _ in sorted(row)) / len(row),
            sum(right for _, right in row) / len(row),
        )
        for number, row in enumerate(rows)
        if row
    ]


def _why_missed(judged: Judged, relation: GoldRelation, known: set[str]) -> tuple[MissedKind, str]:
    subject, target = relation.subject in known, relation.object in known
    if not subject or not target:
        if subject:
            return "object not found", ""
        return ("subject not found" if target else "neither end found"), ""
    between = [
        (found, turned)
        for triple, found in judged.relations.items()
        if triple not in judged.good
        for turned in _joins(judged, found, relation.subject, relation.object)
    ]
    return _named(relation.predicate, [(found.predicate, turned) for found, turned in between]) or (
        "not joined",
        "",
    )


def _why_invented(judged: Judged, found: FoundRelation) -> tuple[InventedKind, str]:
    if not judged.stands_for.get(found.subject) or not judged.stands_for.get(found.object):
        return "end not annotated", ""
    between = [
        (relation, turned)
        for triple, relation in judged.wanted.items()
        if triple not in judged.reached
        for turned in _joins(judged, found, relation.subject, relation.object)
    ]
    return _named(found.predicate, [(relation.predicate, turned) for relation, turned in between]) or (
        "between annotated ends",
        "",
    )


def _named(
    predicate: str, between: Sequence[tuple[str, bool]]
) -> tuple[Literal["reversed", "wrong predicate"], str] | None:
    """What is wrong with a relation whose ends the other side joins by these predicates, turned round or not."""
    if (predicate, True) in between:
        return "reversed", predicate
    if between:
        return "wrong predicate", min((turned, name) for name, turned in between)[1]
    return None


def _joins(judged: Judged, found: FoundRelation, subject: str, target: str) -> Iterator[bool]:
    """Whether a found relation joins two annotated entities: False as they stand, True the other way round."""
    ends = judged.stands_for.get(found.subject, frozenset()), judged.stands_for.get(found.object, frozenset())
    if subject in ends[0] and target in ends[1]:
        yield False
    elif subject in ends[1] and target in ends[0]:
        yield found.predicate != SYMMETRIC
