"""Coordination distributes: what is said of one member of a list is said of the others.

"A, B and C establish X and Y" are six statements; when the model is sure of one of them, it must not drop the
others because a member stands far from the verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .annotations import ACTORS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .occurrences import Occurrence
    from .pairs import Pair

JOINING_WORDS = frozenset({"and", "or", "&", ";", "；", "well"})
SEPARATORS = frozenset({",", "，", "、", "/"})
FILLERS = frozenset({"as", "its", "their", "other", "both"})
BRACKETS = {"(": 1, "（": 1, "[": 1, ")": -1, "）": -1, "]": -1}
LONGEST_GAP = 9

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


def list_numbers(doc: Doc, occurrences: Sequence[Occurrence]) -> Mapping[int, int]:
    """For those occurrences (by position in the sequence) that are members of a list, the list they are in.

    The parser loses its way in long lists, so what stands between two members counts as well: commas, "and",
    articles and adjectives, a short form in brackets.
    """
    named = sorted(
        (n for n, o in enumerate(occurrences) if o.form == "mention"), key=lambda n: (occurrences[n].start, n)
    )
    last: dict[str, int] = {}
    number: dict[int, int] = {}
    sure: set[int] = set()
    for n in named:
        kind = _kind(occurrences[n])
        before = last.get(kind)
        if before is not None and occurrences[n].start < occurrences[before].end:
            continue
        last[kind] = n
        if before is None:
            continue
        joint = _joint(doc, occurrences[before], occurrences[n])
        if joint:
            list_ = number.setdefault(before, before)
            number[n] = list_
            if joint == "and" or sum(1 for m in number.values() if m == list_) > 2:
                sure.add(list_)
    return {n: list_ for n, list_ in number.items() if list_ in sure}


def _kind(occurrence: Occurrence) -> str:
    return "actor" if occurrence.type in ACTORS else occurrence.type


def _joint(doc: Doc, first: Occurrence, second: Occurrence) -> str:
    """ "and" or "," where two mentions are members of one list, else ""."""
    if second.start - first.end > LONGEST_GAP:
        return ""
    joint, bracket = "", 0
    for token in doc[first.end : second.start]:
        word = token.lower_
        if word in BRACKETS:
            bracket += BRACKETS[word]
        elif bracket:
            continue
        elif word in JOINING_WORDS:
            joint = "and"
        elif word in SEPARATORS:
            joint = joint or ","
        elif token.pos_ not in ("DET", "ADJ", "ADV", "NUM", "SPACE") and word not in FILLERS:
            return ""
    return joint


def first_of_list(token: Token) -> Token:
    """The first member of the coordination that a noun stands in; the noun itself when it stands alone."""
    while (
        token.dep_ == "conj" and token.head.i != token.i and token.head.pos_ in ("NOUN", "PROPN", "ADJ", "X")
    ):
        token = token.head
    return token
