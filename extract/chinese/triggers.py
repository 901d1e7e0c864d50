"""Trigger frames tried on the clauses of a sentence: which two occurrences a word joins, and how surely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ..pairs import FrameMatch
from .words import word_groups

if TYPE_CHECKING:
    from ...ontology import Schema
    from ...ontology.frames import Frame
    from .surroundings import SentenceView
    from .words import FreeWord

Links = Mapping[tuple[int, int], list[FrameMatch]]
AGENT = frozenset({"由", "会同", "联合"})
"""Prepositions behind which stands who acts."""
MUTUAL = frozenset({"cooperatesWith"})
MARKS_BEHIND, MARKS_AHEAD = frozenset("”》’）)"), frozenset("“《‘（(")
NEAR = 4
FARTHEST = 3
"""How many verbs may stand between a trigger word and the mention behind it."""
SAME_SLOT = {
    "与": frozenset({"与", "和", "同", "跟"}),
    "对": frozenset({"对", "对于", "针对", "给予"}),
    "为": frozenset({"为", "给"}),
    "在": frozenset({"在", "于"}),
    "通过": frozenset({"通过", "采取", "采用", "借助", "运用", "利用", "依托"}),
    "围绕": frozenset({"围绕", "瞄准", "紧扣", "针对", "就"}),
    "聚焦": frozenset({"聚焦", "立足"}),
    "根据": frozenset({"根据", "按照", "依据", "依照"}),
}
"""Prepositions that open the same slot; any other opens its own."""


def trigger_links(view: SentenceView, triggers: Mapping[str, Sequence[Frame]], schema: Schema) -> Links:
    """The trigger frames that join two occurrences of a sentence, by their positions in it."""
    links: dict[tuple[int, int], list[FrameMatch]] = defaultdict(list)
    for word in view.words:
        for frame in triggers.get(word.text, ()):
            allowed = list(_types(schema, frame.predicate))
            mutual = frame.predicate in MUTUAL
            subjects, implied = _fillers(view, frame.subject_role, word, {s for s, _ in allowed}, side=mutual)
            objects, inherited = _fillers(view, frame.object_role, word, {o for _, o in allowed}, side=mutual)
            match = FrameMatch(frame, view.doc[word.start], implied or inherited)
            for s in subjects:
                for o in objects:
                    if s != o and schema.allows(frame.predicate, view.found[s].type, view.found[o].type):
                        links[s, o].append(match)
    return links


def _types(schema: Schema, predicate: str) -> Iterator[tuple[str, str]]:
    info = schema.predicates[predicate]
    for s in info.domain:
        for o in info.range:
            yield s, o


def _fillers(
    view: SentenceView, slot: str, word: FreeWord, types: set[str], *, side: bool
) -> tuple[list[int], bool]:
    """The members of the list (or of its side of one) that fills a slot, and whether it is inherited."""
    if slot == "before":
        return _before(view, word.start, types, side=side)
    if slot == "after":
        return _after(view, word.end, types), False
    if slot == "adjoining-before":
        return _adjoining(view, word.start, types, ahead=True), False
    if slot == "adjoining-after":
        return _adjoining(view, word.end, types, ahead=False), False
    return _introduced(view, slot, word.start, types), False


def _adjoining(view: SentenceView, place: int, types: set[str], *, ahead: bool) -> list[int]:
    for n, o in enumerate(view.found):
        edge, mark = (o.end, MARKS_BEHIND) if ahead else (o.start, MARKS_AHEAD)
        low, high = (edge, place) if ahead else (place, edge)
        if (
            o.type in types
            and o.form == "mention"
            and view.profiles[n].outer == n
            and 0 <= high - low <= NEAR
            and (not ahead or all(t in mark for t in view.texts[low:high]))
            and (ahead or not view.verbs_between(low, high))
        ):
            return view.members(n)
    return []


def _before(view: SentenceView, start: int, types: set[str], *, side: bool) -> tuple[list[int], bool]:
    clause = view.clause_of(start)
    prepositions = word_groups()["preposition"] - AGENT
    for n in reversed(range(len(view.found))):
        o, profile = view.found[n], view.profiles[n]
        if o.type not in types or o.end > start or profile.outer != n or o.form != "mention":
            continue
        if profile.before in prepositions:
            continue
        if profile.clause != clause:
            # The subject goes on from clause to clause: the first actor of the sentence acts.
            first = next((k for k in range(n + 1) if _may_lead(view, k, types)), n)
            return view.members(first, side=side), True
        return view.members(n, side=side), False
    unspoken = [n for n, o in enumerate(view.found) if o.form == "unspoken" and o.type in types]
    return unspoken, True


def _may_lead(view: SentenceView, n: int, types: set[str]) -> bool:
    o, profile = view.found[n], view.profiles[n]
    return (
        o.type in types
        and o.form == "mention"
        and profile.outer == n
        and profile.before not in word_groups()["preposition"] - AGENT
    )


def _after(view: SentenceView, end: int, types: set[str]) -> list[int]:
    clause = view.clause_of(end)
    for n, o in enumerate(view.found):
        profile = view.profiles[n]
        if o.type not in types or o.start < end or profile.outer != n or o.form != "mention":
            continue
        if profile.clause != clause or len(view.verbs_between(end, o.start)) > FARTHEST:
            return []
        return view.members(n)
    return []


def _introduced(view: SentenceView, slot: str, start: int, types: set[str]) -> list[int]:
    words = SAME_SLOT.get(slot, frozenset({slot}))
    clause = view.clause_of(start)
    for n in reversed(range(len(view.found))):
        o, profile = view.found[n], view.profiles[n]
        if o.type not in types or profile.outer != n or o.form != "mention" or profile.list_end > start:
            continue
        if profile.before in words and profile.clause >= clause - 1:
            return view.members(n, side=True)
    return []
