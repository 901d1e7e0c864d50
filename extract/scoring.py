"""Scores what was found in annotated documents: mentions, relations and their status.

A mention is right *exactly* with the same offsets and type; *relaxed* with the same type and an overlap of at
least half of the union, one to one, the greatest overlap first. What was found inside a longer annotated proper
name counts neither way. A relation is right where an annotated one has its predicate and each of its ends has a
mention that overlaps (at least half of the union) a mention of the annotated end; `cooperatesWith` in either
direction. Status and negation are judged on the annotated relations that were found, each by the first found
relation that says it. Figures are micro-averaged: they add up over documents.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .annotations import NAMED
from .found import Found, FoundMention, FoundRelation, Place, Triple
from .gold import GoldDocument, GoldRelation

HALF = 0.5
SYMMETRIC = "cooperatesWith"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many were found and right, found at all, annotated and reached, annotated at all."""

    right: int = 0
    found: int = 0
    reached: int = 0
    annotated: int = 0

    def __add__(self, other: Figure) -> Figure:
        return Figure(
            self.right + other.right,
            self.found + other.found,
            self.reached + other.reached,
            self.annotated + other.annotated,
        )

    @property
    def precision(self) -> float:
        """The share of what was found that is right."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of what is annotated that was found."""
        return self.reached / self.annotated if self.annotated else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall.

        >>> Figure(right=1, found=2, reached=1, annotated=1).f1
        0.6666666666666666
        """
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True)
class Judged:
    """One annotated document beside what was found in it.

    `pairs` joins annotated to found places by the relaxed rule. `reached` gives for each annotated relation that
    was found the first found one that says it, `good` the found relations that are right. `stands_for` gives the
    annotated entities that a found one can stand for.
    """

    gold: GoldDocument
    found: Found
    annotated: frozenset[Place]
    counted: frozenset[Place]
    pairs: Mapping[Place, Place]
    relations: Mapping[Triple, FoundRelation]
    wanted: Mapping[Triple, GoldRelation]
    reached: Mapping[Triple, FoundRelation]
    good: frozenset[Triple]
    stands_for: Mapping[str, frozenset[str]]

    @cached_property
    def right(self) -> frozenset[Place]:
        """The found places that are right by the relaxed rule."""
        return frozenset(self.pairs.values())

    def exact(self, kind: str | None = None) -> Figure:
        """Mentions with the same offsets and type; of one type, or of all."""
        hit = sum(1 for _ in _of(self.annotated & self.counted, kind))
        return Figure(hit, len([*_of(self.counted, kind)]), hit, len([*_of(self.annotated, kind)]))

    def relaxed(self, kind: str | None = None) -> Figure:
        """Mentions with the same type that overlap enough; of one type, or of all."""
        hit = len([*_of(self.pairs, kind)])
        return Figure(hit, len([*_of(self.counted, kind)]), hit, len([*_of(self.annotated, kind)]))

    def related(self, predicate: str | None = None) -> Figure:
        """Relations; of one predicate, or of all."""
        return Figure(*(len([*_with(t, predicate)]) for t in self._triples))

    @property
    def _triples(self) -> tuple[Iterable[Triple], ...]:
        return self.good, self.relations, self.reached, self.wanted


@dataclass(frozen=True)
class Evaluation:
    """What was found in all annotated documents, judged; documents in the order given."""

    documents: tuple[Judged, ...]

    @cached_property
    def exact(self) -> Figure:
        """Mentions with the same offsets and type."""
        return self._sum(Judged.exact)

    @cached_property
    def relaxed(self) -> Figure:
        """Mentions with the same type that overlap enough."""
        return self._sum(Judged.relaxed)

    @cached_property
    def relations(self) -> Figure:
        """Relations."""
        return self._sum(Judged.related)

    @cached_property
    def types(self) -> dict[str, tuple[Figure, Figure]]:
        """Mentions by type, sorted: exact and relaxed."""
        names = sorted({place[2] for d in self.documents for place in d.annotated | d.counted})
        return {n: (self._sum(Judged.exact, n), self._sum(Judged.relaxed, n)) for n in names}

    @cached_property
    def predicates(self) -> dict[str, Figure]:
        """Relations by predicate, sorted."""
        names = sorted({t[1] for d in self.documents for t in (*d.wanted, *d.relations)})
        return {name: self._sum(Judged.related, name) for name in names}

    @cached_property
    def statuses(self) -> Counter[tuple[str, str]]:
        """How often annotated relations of each status were found with each status ("" for none)."""
        return Counter((wanted.status, found.status or "") for wanted, found in self._matched())

    @cached_property
    def negations(self) -> Counter[tuple[bool, bool]]:
        """How often annotated relations that are negated (or not) were found negated (or not)."""
        return Counter((wanted.negated, found.negated) for wanted, found in self._matched())

    @property
    def status_accuracy(self) -> float:
        """The share of the annotated relations found that have the right status."""
        return _accuracy(self.statuses)

    @property
    def negation_accuracy(self) -> float:
        """The share of the annotated relations found whose negation is right."""
        return _accuracy(self.negations)

    def _matched(self) -> Iterator[tuple[GoldRelation, FoundRelation]]:
        for document in self.documents:
            for key, found in document.reached.items():
                yield document.wanted[key], found

    def _sum(self, figure: Callable[[Judged, str | None], Figure], kind: str | None = None) -> Figure:
        return sum((figure(document, kind) for document in self.documents), Figure())


def evaluate_found(golds: Sequence[GoldDocument], found: Mapping[str, Found]) -> Evaluation:
    """Judge what was found, by the name of the document; where there is nothing, all counts as missed."""
    return Evaluation(tuple(judge(gold, found.get(gold.name, Found())) for gold in golds))


def judge(gold: GoldDocument, found: Found) -> Judged:
    """Judge what was found in one document."""
    annotated = frozenset((m.begin, m.end, m.type) for m in gold.mentions)
    counted = frozenset(_counted(gold, annotated, found.mentions))
    stands_for = _stands_for(gold, found.mentions)
    # A triple that is said twice counts once: at its first place, with what was said of it last.
    relations = {r.triple: r for r in found.relations}
    wanted = {(r.subject, r.predicate, r.object): r for r in gold.relations}
    reached: dict[Triple, FoundRelation] = {}
    good = set()
    for triple, relation in relations.items():
        for reading in _readings(triple, stands_for):
            if reading in wanted:
                good.add(triple)
                reached.setdefault(reading, relation)
    return Judged(
        gold=gold,
        found=found,
        annotated=annotated,
        counted=counted,
        pairs=pair_places(annotated, counted),
        relations=relations,
        wanted=wanted,
        reached=reached,
        good=frozenset(good),
        stands_for=stands_for,
    )


def overlap(one: Place, other: Place) -> float:
    """The shared part of two places, as a share of their union.

    >>> overlap((0, 4, "Field"), (2, 6, "Region"))
    0.3333333333333333
    """
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared > 0 else 0.0


def pair_places(annotated: Iterable[Place], found: Iterable[Place]) -> dict[Place, Place]:
    """Annotated and found places of one type that overlap enough, one to one, the greatest overlap first."""
    return pair_up(annotated, found, lambda a, f: a[2] == f[2] and overlap(a, f) >= HALF)


def pair_up(
    annotated: Iterable[Place], found: Iterable[Place], fits: Callable[[Place, Place], bool]
) -> dict[Place, Place]:
    """Places that fit each other, one to one, the greatest overlap first."""
    candidates = list(found)
    ranked = sorted(
        ((overlap(a, f), a, f) for a in annotated for f in candidates if fits(a, f)), reverse=True
    )
    pairs: dict[Place, Place] = {}
    used: set[Place] = set()
    for _, a, f in ranked:
        if a not in pairs and f not in used:
            pairs[a] = f
            used.add(f)
    return pairs


def _counted(
    gold: GoldDocument, annotated: frozenset[Place], mentions: Iterable[FoundMention]
) -> Iterator[Place]:
    """The places found, without what lies inside a longer annotated name."""
    names = [(m.begin, m.end) for m in gold.mentions if m.type in NAMED]
    for mention in mentions:
        here = mention.begin, mention.end
        inside = any(b <= here[0] and here[1] <= e and here != (b, e) for b, e in names)
        if not inside or mention.place in annotated:
            yield mention.place


def _stands_for(gold: GoldDocument, mentions: Iterable[FoundMention]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        found[mention.entity].update(
            other.entity
            for other in gold.mentions
            if overlap(mention.place, (other.begin, other.end, other.type)) >= HALF
        )
    return {entity: frozenset(ids) for entity, ids in found.items()}


def _readings(triple: Triple, stands_for: Mapping[str, frozenset[str]]) -> Iterator[Triple]:
    """What a found relation says of annotated entities."""
    subject, predicate, target = triple
    for s in stands_for.get(subject, ()):
        for o in stands_for.get(target, ()):
            yield s, predicate, o
            if predicate == SYMMETRIC:
                yield o, predicate, s


def _of(places: Iterable[Place], kind: str | None) -> Iterator[Place]:
    return (place for place in places if kind is None or place[2] == kind)


def _with(triples: Iterable[Triple], predicate: str | None) -> Iterator[Triple]:
    return (triple for triple in triples if predicate is None or triple[1] == predicate)


def _accuracy(pairs: Counter[tuple[str, str]] | Counter[tuple[bool, bool]]) -> float:
    total = sum(pairs.values())
    return sum(n for (wanted, found), n in pairs.items() if wanted == found) / total if total else 0.0
