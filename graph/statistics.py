"""What a graph holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from .views import CORE_CLASSES, STATUSES, GraphView

OUTRIGHT = ("ongoing", "established")
"""The statuses whose statements are asserted as facts."""


@dataclass(frozen=True, slots=True)
class Statistics:
    """Counts of a graph; mappings are ordered for reading: the ontology's order, else most first.

    `linked` counts entities with an identifier elsewhere, `bilingual` those labelled in English and Chinese,
    `facts` the distinct triples asserted outright, `corroborated` the statements that two documents or more
    make, `by_predicate` the statements of a predicate by status.
    """

    documents: int
    entities: int
    mentions: int
    statements: int
    facts: int
    negated: int
    corroborated: int
    quotes: int
    linked: int
    bilingual: int
    mean_confidence: float
    by_language: Mapping[str, int]
    by_type: Mapping[str, int]
    by_class: Mapping[str, int]
    by_mechanism_group: Mapping[str, int]
    by_status: Mapping[str, int]
    by_predicate: Mapping[str, Mapping[str, int]]
    by_rule: Mapping[str, int]

    def as_dict(self) -> dict[str, object]:
        """The same as plain data, for JSON."""
        return asdict(self)


def statistics(graph: GraphView) -> Statistics:
    """The statistics of a graph.

    Entities that no text names and no statement connects (the regions around the others) are not counted.
    """
    statements = graph.statements
    connected = {end for s in statements for end in (s.subject, s.object)}
    entities = [e for e in graph.entities.values() if e.mentions or e.iri in connected]
    outright = {
        (s.subject, s.predicate, s.object) for s in statements if s.status in OUTRIGHT and not s.negated
    }
    predicates = Counter(s.predicate for s in statements)
    per_predicate = {p: Counter(s.status for s in statements if s.predicate == p) for p in predicates}
    return Statistics(
        documents=len(graph.documents),
        entities=len(entities),
        mentions=sum(e.mentions for e in entities),
        statements=len(statements),
        facts=len(outright),
        negated=sum(s.negated for s in statements),
        corroborated=sum(len({e.document for e in s.evidence}) > 1 for s in statements),
        quotes=len({(e.document, e.begin, e.end) for s in statements for e in s.evidence}),
        linked=sum(bool(e.same_as) for e in entities),
        bilingual=sum({"en", "zh"} <= e.labels.keys() for e in entities),
        mean_confidence=round(sum(s.confidence for s in statements) / len(statements), 3)
        if statements
        else 0.0,
        by_language=_most_first(d.language for d in graph.documents.values()),
        by_type=_in_order(Counter(e.type for e in entities), CORE_CLASSES),
        by_class=_most_first(e.cls for e in entities),
        by_mechanism_group=_most_first(e.mechanism_type for e in entities if e.mechanism_type),
        by_status=_in_order(Counter(s.status for s in statements), STATUSES),
        by_predicate={
            p: _in_order(per_predicate[p], STATUSES) for p in _most_first(s.predicate for s in statements)
        },
        by_rule=_most_first(rule for s in statements for rule in s.rule.split()),
    )


def _most_first(values: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(values).items(), key=lambda item: (-item[1], item[0])))


def _in_order(counts: Mapping[str, int], order: Iterable[str]) -> dict[str, int]:
    return {key: counts.get(key, 0) for key in order}
