"""Coordination distributes: what is said of one member of a list is said of the others.

"A, B and C establish X and Y" are six statements; when the model is sure of one of them, it must not drop the
others because a member stands far from the verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .pairs import Pair

SHARED = 0.75
"""What a member keeps of the best probability in its list."""


class Scored(NamedTuple):
    """A predicate read from one pair, before pairs of the same two referents are brought together."""

    pair: Pair
    predicate: str
    probability: float


@dataclass(slots=True)
class _Group:
    best: float = 0.0


def distribute(doc: Doc, scored: Iterable[Scored]) -> Iterator[Scored]:
    """The same pairs with each probability raised to `SHARED` of the best in its pair of lists."""
    items = list(scored)
    groups: dict[tuple[int, str, int], _Group] = defaultdict(_Group)
    for item in items:
        group = groups[_group_key(doc, item)]
        group.best = max(group.best, item.probability)
    for item in items:
        shared = SHARED * groups[_group_key(doc, item)].best
        yield item if item.probability >= shared else item._replace(probability=shared)


def _group_key(doc: Doc, item: Scored) -> tuple[int, str, int]:
    subject, target = item.pair.subject, item.pair.object
    if subject.form == "unspoken":
        return -subject.root - 1, item.predicate, first_of_list(doc[target.root]).i
    return first_of_list(doc[subject.root]).i, item.predicate, first_of_list(doc[target.root]).i


def first_of_list(token: Token) -> Token:
    """The first member of the coordination that a noun stands in; the noun itself when it stands alone."""
    while (
        token.dep_ == "conj" and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN", "ADJ", "X")
    ):
        token = token.head
    return token
