"""Marks in a text: what is annotated against what was found, and the pieces of a sentence to write them with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from ..extract.found import Place
from ..extract.mistakes import MentionMistake, mention_mistakes
from ..extract.scoring import Judged

MARKS = ("right", "inexact", "missed", "invented", "type", "boundary")
"""The kinds of marks in a text, as the style sheet calls them."""

MARK_OF = {
    "missed": "missed",
    "invented": "invented",
    "wrong type": "type",
    "wrong boundary": "boundary",
    "inexact": "inexact",
}
FOUND = "found"
"""The mark around what was found, where it ends elsewhere than what is annotated."""


class Mark(NamedTuple):
    """A stretch of a text to mark; `label` is set behind its end, `title` shown on pointing at it."""

    begin: int
    end: int
    kind: str
    label: str
    title: str


class Token(NamedTuple):
    """A piece of a sentence to write: `text`, after opening `opened` and before closing `closed` marks.

    `labels` are those of the marks that end here for good.
    """

    opened: tuple[Mark, ...]
    text: str
    closed: int
    labels: tuple[Mark, ...]


def tokens(text: str, begin: int, end: int, marks: Iterable[Mark]) -> Iterator[Token]:
    """The stretch from `begin` to `end` with marks as nested elements; one that crosses another is parted.

    >>> [t.text for t in tokens("abcd", 0, 4, [Mark(0, 2, "", "", ""), Mark(1, 3, "", "", "")])]
    ['a', 'b', 'c', 'd']
    """
    ordered = sorted(marks, key=lambda m: (m.begin, -m.end, m.kind))
    edges = sorted({begin, end, *(m.begin for m in ordered), *(m.end for m in ordered)})
    active: list[Mark] = []
    for here, there in pairwise(edges):
        wanted = [mark for mark in ordered if mark.begin <= here and there <= mark.end]
        following = [mark for mark in ordered if mark.begin <= there < mark.end]
        opened = wanted[len(active) :]
        kept = 0
        while kept < min(len(wanted), len(following)) and wanted[kept] == following[kept]:
            kept += 1
        ended = tuple(mark for mark in reversed(wanted) if mark.end == there and mark.label)
        yield Token(tuple(opened), text[here:there], len(wanted) - kept, ended)
        active = wanted[:kept]


def marks_of(judged: Judged) -> Iterator[Mark]:
    """All marks of a document; what was found is marked beside what is annotated where it ends elsewhere."""
    text = judged.gold.text
    confidence = {mention.place: mention.confidence for mention in judged.found.mentions}
    for annotated, found in judged.pairs.items():
        if annotated == found:
            yield Mark(*annotated[:2], "right", annotated[2], f"{annotated[2]}, right")
    for mistake in mention_mistakes(judged):
        kind = MARK_OF[mistake.kind]
        yield Mark(*mistake.place[:2], kind, _label(mistake), _title(text, mistake, confidence))
        if mistake.annotated and mistake.found and mistake.annotated[:2] != mistake.found[:2]:
            yield Mark(*mistake.found[:2], FOUND, "", f"found as {mistake.found[2]}")


def _label(mistake: MentionMistake) -> str:
    if mistake.annotated and mistake.found and mistake.kind == "wrong type":
        return f"{mistake.annotated[2]}, not {mistake.found[2]}"
    return mistake.place[2]


def _title(text: str, mistake: MentionMistake, confidence: dict[Place, float]) -> str:
    parts: list[str] = [mistake.kind if mistake.kind != "inexact" else "right, ends elsewhere"]
    for name, place in (("annotated", mistake.annotated), ("found", mistake.found)):
        if place:
            parts.append(f"{name}: {place[2]} “{' '.join(text[place[0] : place[1]].split())}”")
    if mistake.found:
        parts.append(f"confidence {confidence.get(mistake.found, 0):.2f}")
    return "; ".join(parts)
