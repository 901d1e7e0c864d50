"""Which candidates go into the graph: sure mentions, and less sure ones that a sure relation needs.

A class of actors or a described mechanism counts only where something is said of it, so mentions are searched
with high recall and the relations found between them help to decide.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from .annotations import RelationMention
from .coreference import Referent


def select(
    referents: Sequence[Referent], relations: Sequence[RelationMention], mention_threshold: float
) -> tuple[list[Referent], list[RelationMention]]:
    """The referents that are sure by themselves or have a relation, and the relations with renumbered ends."""
    related = {int(end) for r in relations for end in (r.subject, r.object)}
    kept = [
        number
        for number, referent in enumerate(referents)
        if number in related or max(m.confidence for m in referent.mentions) >= mention_threshold
    ]
    numbers = {str(old): str(new) for new, old in enumerate(kept)}
    return [referents[n] for n in kept], [_renumbered(relation, numbers) for relation in relations]


def _renumbered(relation: RelationMention, numbers: Mapping[str, str]) -> RelationMention:
    return replace(relation, subject=numbers[relation.subject], object=numbers[relation.object])
