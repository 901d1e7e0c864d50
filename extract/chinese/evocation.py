"""Which Chinese word says a relation, and how its two ends stand to each other."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from .words import VERBAL, words_within

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..pairs import Pair

FARTHEST = 40


def evoking_word(doc: Doc, pair: Pair) -> str:
    """The verb that says a relation; "" where no verb does."""
    span = evoking_span(doc, pair)
    return doc[span[0] : span[1]].text if span else ""


def evoking_span(doc: Doc, pair: Pair) -> tuple[int, int] | None:
    """Where the verb that says a relation stands: that of a trigger frame, else the nearest in front of the object."""
    for match in pair.frames:
        start = match.predicate.i
        longest = max((len(v) for v in match.frame.verbs if _spells(doc, start, v)), default=0)
        return start, start + max(1, longest)
    end = pair.object.start if pair.object.type != "Region" or pair.subject.start < 1 else pair.subject.start
    inside = pair.subject if pair.subject.start < end < pair.subject.end else pair.object
    return _verb_before(doc, max(pair.sentence.start, end - FARTHEST), min(end, inside.start) or end)


def _spells(doc: Doc, start: int, word: str) -> bool:
    return doc[start : start + len(word)].text == word


def _verb_before(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    words = words_within(doc._.policy_words, start, end)
    for word in reversed(words[: bisect_left(words, (end,))]):
        if word[2] in VERBAL and word[2] != "p" and word[1] <= end and word[1] - word[0] > 1:
            return word[0], word[1]
    return None


def kind_of(pair: Pair) -> str:
    """Whether one end lies in the other ("nested", "inside"), a trigger joins them ("framed") or neither ("loose")."""
    s, o = pair.subject, pair.object
    if s.start <= o.start and o.end <= s.end and o.start < o.end:
        return "nested"
    if o.start <= s.start and s.end <= o.end and s.start < s.end:
        return "inside"
    return "framed" if pair.frames else "loose"
