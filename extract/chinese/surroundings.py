"""A sentence as the relation model reads it: clauses, the free words around each mention, lists, nesting."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..annotations import ACTORS
from .coordination import list_numbers
from .sentences import clauses
from .words import FreeWord, free_words, word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from ..occurrences import Occurrence

NOTHING = "-"


class Profile(NamedTuple):
    """What stands around one occurrence: words by their text, `NOTHING` where there is none.

    `before` and `after` are the neighbours of its list, `governor` the nearest verb or preposition in front of the
    list in the clause and `governor2` the one before that, `relative` whether 的 parts the governor from the list;
    `verb` and `verb2` are the first verbs behind the list in the clause.
    """

    outer: int
    list_start: int
    list_end: int
    clause: int
    before: str
    after: str
    governor: str
    governor2: str
    relative: bool
    verb: str
    verb2: str
    head: str
    is_first_actor: bool


@dataclass(slots=True)
class SentenceView:
    """One sentence with its occurrences; `verbs` are the words of the trigger frames."""

    doc: Doc
    texts: Sequence[str]
    sentence: Span
    found: Sequence[Occurrence]
    known: frozenset[str]
    lists: Mapping[int, int] = field(init=False)
    sides: Mapping[int, int] = field(init=False)
    words: list[FreeWord] = field(init=False)
    verbal: list[FreeWord] = field(init=False)
    bounds: list[int] = field(init=False)
    profiles: list[Profile] = field(init=False)
    covered: list[bool] = field(init=False)
    _starts: list[int] = field(init=False)
    _verbal_starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        start, end = self.sentence.start, self.sentence.end
        self.covered = [False] * end
        for o in self.found:
            for i in range(o.start, min(o.end, end)):
                self.covered[i] = True
        self.lists = list_numbers(self.texts, self.found)
        self.sides = list_numbers(self.texts, self.found, sides=True)
        self.words = free_words(self.doc, self.texts, start, end, self.covered, self.known)
        self.bounds = [clause[0] for clause in clauses(self.sentence)] or [start]
        groups = word_groups()
        marks = groups["preposition"] | groups["causative"]
        self.verbal = [w for w in self.words if w.verbal or w.text in marks]
        self._starts = [w.start for w in self.words]
        self._verbal_starts = [w.start for w in self.verbal]
        self.profiles = [self._profile(n) for n in range(len(self.found))]

    def clause_of(self, token: int) -> int:
        """The number of the clause that a token stands in."""
        return max(0, bisect_right(self.bounds, token) - 1)

    def verbs_between(self, start: int, end: int) -> list[FreeWord]:
        """Verbs and prepositions of tokens [start, end) that lie outside mentions."""
        return self.verbal[bisect_left(self._verbal_starts, start) : bisect_left(self._verbal_starts, end)]

    def words_between(self, start: int, end: int) -> list[FreeWord]:
        """Words of tokens [start, end) that lie outside mentions."""
        return self.words[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def members(self, n: int, *, side: bool = False) -> list[int]:
        """The members of the list (or of its side of one) that an occurrence is in, itself alone in none."""
        lists = self.sides if side else self.lists
        if n not in lists:
            return [n]
        return [k for k, number in lists.items() if number == lists[n]]

    def _outer(self, n: int) -> int:
        o = self.found[n]
        best = n
        for k, other in enumerate(self.found):
            if other.start <= o.start and o.end <= other.end:
                widest = self.found[best]
                if other.end - other.start > widest.end - widest.start:
                    best = k
        return best

    def _profile(self, n: int) -> Profile:
        o = self.found[n]
        outer = n if o.start == o.end else self._outer(n)
        members = [self.found[k] for k in self.members(outer, side=True)]
        start, end = min(m.start for m in members), max(m.end for m in members)
        clause = self.clause_of(o.start)
        first, last = self._clause_span(clause, self.clause_of(max(start, end - 1)))
        behind = bisect_left(self._starts, end)
        after = self._text(behind, last)
        if after in ("等", "等等"):
            after = self._text(behind + 1, last)
        ahead = bisect_left(self._starts, start) - 1
        before = self.words[ahead].text if ahead >= 0 and self._starts[ahead] >= first else NOTHING
        own = bisect_left(self._verbal_starts, start) - 1
        governor = self._verb(own, first)
        governor2 = self._verb(own - 1, first)
        relative = own >= 0 and any(
            w.text == "的" for w in self.words_between(self._verbal_starts[own], start)
        )
        return Profile(
            outer,
            start,
            end,
            clause,
            before,
            after,
            governor,
            governor2,
            relative,
            *self._following(end, last),
            head_of(self.doc, self.texts, o),
            o.type in ACTORS
            and not any(k.type in ACTORS and k.form == "mention" and k.start < start for k in self.found),
        )

    def _clause_span(self, first: int, last: int) -> tuple[int, int]:
        end = self.bounds[last + 1] if last + 1 < len(self.bounds) else self.sentence.end
        return self.bounds[first], end

    def _text(self, number: int, last: int) -> str:
        if number < len(self.words) and self.words[number].start < last:
            return self.words[number].text
        return NOTHING

    def _verb(self, number: int, first: int) -> str:
        if number >= 0 and self._verbal_starts[number] >= first:
            return self.verbal[number].text
        return NOTHING

    def _following(self, start: int, last: int) -> tuple[str, str]:
        modal = word_groups()["modal"]
        verbs = [w.text for w in self.verbs_between(start, last) if w.text not in modal][:2]
        first, second, *_ = *verbs, NOTHING, NOTHING
        return first, second


def head_of(doc: Doc, texts: Sequence[str], occurrence: Occurrence) -> str:
    """The segmenter's last word of a mention, at most four characters of it."""
    if occurrence.start == occurrence.end:
        return NOTHING
    words = doc._.policy_words
    number = bisect_left(words, (occurrence.end,)) - 1
    start = max(words[number][0], occurrence.start, occurrence.end - 4) if number >= 0 else occurrence.start
    return "".join(texts[start : occurrence.end])
