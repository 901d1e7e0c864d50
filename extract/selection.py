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
    referents: Sequence[Referent],
    relations: Sequence[RelationMention],
    mention_threshold: float,
    needed: float = 0.0,
) -> tuple[list[Referent], list[RelationMention]]:
    """The referents that are sure by themselves or have a relation, and the relations with renumbered ends.

    A relation with an end that is not sure by itself must reach the confidence `needed`, as it vouches for both.
    """
    sure = [max(m.confidence for m in referent.mentions) >= mention_threshold for referent in referents]
    held = [r for r in relations if r.confidence >= needed or (sure[int(r.subject)] and sure[int(r.object)])]
    related = {int(end) for r in held for end in (r.subject, r.object)}
    kept = [number for number, alone in enumerate(sure) if alone or number in related]
    numbers = {str(old): str(new) for new, old in enumerate(kept)}
    return [referents[n] for n in kept], [_renumbered(relation, numbers) for relation in held]


def _renumbered(relation: RelationMention, numbers: Mapping[str, str]) -> RelationMention:
    return replace(relation, subject=numbers[relation.subject], object=numbers[relation.object])
