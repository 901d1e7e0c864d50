"""Coordination in Chinese: lists joined by 、和与及以及, and what is said of one member said of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..annotations import ACTORS
from ..coordination import Scored
from .words import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..occurrences import Occurrence

BODIES_AND_GROUPS = ACTORS - {"Person"}
"""Actors that stand in one list; people are listed with their offices ("甲部部长张三、乙委主任李四")."""
PARTING = frozenset("与同跟")
SIDE_BY_SIDE = frozenset({"”“", "》《", "」「"})
"""What parts the members of a list of names in quotation marks."""
LONGEST_GAP = 10
SHARED = 0.75
"""What a member keeps of the best probability in its list."""

_Place = tuple[int, int, int, str]


def list_numbers(
    texts: Sequence[str], occurrences: Sequence[Occurrence], *, sides: bool = False
) -> dict[int, int]:
    """For those occurrences (by position in the sequence) that are members of a list, the list they are in.

    Members are of one kind (all bodies and groups are), and only joiners, brackets and modifiers stand between
    them. With `sides`, 与 parts the actors that do something with each other: "A、B与C合作" has A and B on one side.
    """
    numbers: dict[int, int] = {}
    last: dict[str, int] = {}
    for n, occurrence in enumerate(occurrences):
        if occurrence.form != "mention":
            continue
        kind = "actor" if occurrence.type in BODIES_AND_GROUPS else occurrence.type
        before = last.get(kind)
        if before is not None and occurrence.start < occurrences[before].end:
            continue
        last[kind] = n
        if before is None:
            continue
        start = occurrences[before].end
        parted = sides and kind == "actor" and any(t in PARTING for t in texts[start : occurrence.start])
        if not parted and is_joint(texts, start, occurrence.start):
            numbers[n] = numbers.setdefault(before, before)
    return numbers


def is_joint(texts: Sequence[str], start: int, end: int) -> bool:
    """Whether what stands between two mentions joins them into one list."""
    if not 0 < end - start <= LONGEST_GAP:
        return False
    groups = word_groups()
    rest = "".join(texts[start:end])
    joined = rest in SIDE_BY_SIDE
    while rest:
        if rest[0] in "（(":
            closing = max(rest.find("）"), rest.find(")"))
            if closing < 0:
                return False
            rest = rest[closing + 1 :]
            continue
        for length in range(min(4, len(rest)), 0, -1):
            if rest[:length] in groups["joiner"]:
                joined, rest = True, rest[length:]
                break
            if rest[:length] in groups["filler"]:
                rest = rest[length:]
                break
        else:
            return False
    return joined


def distribute(doc: Doc, scored: Iterable[Scored]) -> Iterator[Scored]:
    """The same pairs with each probability raised to `SHARED` of the best in its pair of lists."""
    items = list(scored)
    places = _first_members(doc, items)
    best: dict[tuple[int, int, str, int], float] = defaultdict(float)
    groups: list[tuple[int, int, str, int]] = []
    for item in items:
        sentence = item.pair.sentence.start
        ends = (places[sentence][_place(o)] for o in (item.pair.subject, item.pair.object))
        group = (sentence, next(ends), item.predicate, next(ends))
        if group[1] == group[3]:
            # Of the members of one list, those on one side of 与 do the same with each of those on the other.
            sides = places[~sentence]
            group = (
                ~sentence,
                sides[_place(item.pair.subject)],
                item.predicate,
                sides[_place(item.pair.object)],
            )
            if group[1] == group[3]:
                group = (~sentence, ~len(groups), item.predicate, 0)
        groups.append(group)
        best[group] = max(best[group], item.probability)
    for item, group in zip(items, groups, strict=True):
        shared = SHARED * best[group]
        yield item if item.probability >= shared else item._replace(probability=shared)


def _place(occurrence: Occurrence) -> _Place:
    return occurrence.start, -occurrence.end, occurrence.referent, occurrence.via


def _first_members(doc: Doc, items: Iterable[Scored]) -> Mapping[int, Mapping[_Place, int]]:
    """By the start of the sentence: for each occurrence the first member of its list, by position among them.

    What is unspoken is listed by how it was introduced. Under the complement of the start: of its side of a list.
    """
    texts = [token.text for token in doc]
    found: dict[int, dict[_Place, Occurrence]] = defaultdict(dict)
    for item in items:
        for o in (item.pair.subject, item.pair.object):
            found[item.pair.sentence.start][_place(o)] = o
    first: dict[int, dict[_Place, int]] = {}
    for sentence, by_place in found.items():
        places = sorted(by_place)
        for key, sides in ((sentence, False), (~sentence, True)):
            numbers = list_numbers(texts, [by_place[place] for place in places], sides=sides)
            for n, place in enumerate(places):
                if by_place[place].form == "unspoken":
                    numbers[n] = next(k for k, other in enumerate(places) if other[3] == place[3])
            first[key] = {place: numbers.get(n, n) for n, place in enumerate(places)}
    return first
