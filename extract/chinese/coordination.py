"""Coordination in Chinese: lists joined by 、和与及以及, and what is said of one member said of the others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from ..annotations import ACTORS
from ..coordination import Scored
from .words import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..occurrences import Occurrence

LONGEST_GAP = 10
SHARED = 0.85
"""What a member keeps of the best probability in its list."""


def list_numbers(texts: Sequence[str], occurrences: Sequence[Occurrence]) -> dict[int, int]:
    """For those occurrences (by position in the sequence) that are members of a list, the list they are in.

    Members are of one kind (all actors are), and only joiners, brackets and modifiers stand between them. A
    mention inside another is a member of no list with what stands outside.
    """
    numbers: dict[int, int] = {}
    last: dict[str, int] = {}
    for n, occurrence in enumerate(occurrences):
        if occurrence.form != "mention":
            continue
        kind = "actor" if occurrence.type in ACTORS else occurrence.type
        before = last.get(kind)
        if before is not None and occurrence.start < occurrences[before].end:
            continue
        last[kind] = n
        if before is not None and is_joint(texts, occurrences[before].end, occurrence.start):
            numbers[n] = numbers.setdefault(before, before)
    return numbers


def is_joint(texts: Sequence[str], start: int, end: int) -> bool:
    """Whether what stands between two mentions joins them into one list."""
    if not 0 < end - start <= LONGEST_GAP:
        return False
    groups = word_groups()
    rest = "".join(texts[start:end])
    joined = False
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
    texts = [token.text for token in doc]
    by_sentence: dict[int, dict[tuple[int, int, int], Occurrence]] = defaultdict(dict)
    for item in items:
        for o in (item.pair.subject, item.pair.object):
            by_sentence[item.pair.sentence.start][o.start, -o.end, o.referent] = o
    first: dict[tuple[int, int, int, int], int] = {}
    for sentence, found in by_sentence.items():
        keys = sorted(found)
        numbers = list_numbers(texts, [found[key] for key in keys])
        for n, key in enumerate(keys):
            first[sentence, *key] = numbers.get(n, n)
    best: dict[tuple[int, int, str, int], float] = defaultdict(float)
    groups = []
    for item in items:
        sentence = item.pair.sentence.start
        s, o = item.pair.subject, item.pair.object
        group = (
            sentence,
            first[sentence, s.start, -s.end, s.referent],
            item.predicate,
            first[sentence, o.start, -o.end, o.referent],
        )
        groups.append(group)
        best[group] = max(best[group], item.probability)
    for item, group in zip(items, groups, strict=True):
        shared = SHARED * best[group]
        yield item if item.probability >= shared else item._replace(probability=shared)
