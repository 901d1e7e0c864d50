"""Pairs of mentions that one sentence might relate, and what can be observed of each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .clauses import clauses
from .coordination import list_numbers
from .coreference import Referent
from .imperatives import is_imperative
from .occurrences import Occurrence, OccurrenceFinder
from .roles import Clause
from .surroundings import Surroundings

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from ..ontology import Schema
    from ..ontology.frames import Frame

LONGEST = 70


def allowed_predicates(schema: Schema, subject: str, target: str) -> tuple[str, ...]:
    """Core predicates that may join two core types, sorted by name."""
    return tuple(
        name
        for name, info in sorted(schema.predicates.items())
        if info.core == name and schema.allows(name, subject, target)
    )


class FrameMatch(NamedTuple):
    """A frame that links two tokens, and the token that evoked it.

    `implied` tells that a role was inherited: from another clause, or from a member of the same list.
    """

    frame: Frame
    predicate: Token
    implied: bool


class Pair(NamedTuple):
    """An ordered pair of occurrences in one sentence.

    `frames` are those that link the two; `clues` are features of where they stand among the other mentions.
    """

    subject: Occurrence
    object: Occurrence
    sentence: Span
    frames: tuple[FrameMatch, ...]
    clues: tuple[str, ...] = ()


@dataclass(slots=True)
class PairFinder:
    """The pairs of one document."""

    doc: Doc
    referents: Sequence[Referent]
    schema: Schema
    frames: Mapping[str, Sequence[Frame]]
    speaker: int | None
    _links: dict[tuple[int, int], list[FrameMatch]] = field(default_factory=dict)
    _joinable: dict[tuple[str, str], bool] = field(default_factory=dict)

    def pairs(self) -> Iterator[Pair]:
        """Every ordered pair that some predicate of the ontology may join, sentence by sentence."""
        self._links = self._frame_links()
        by_sentence = OccurrenceFinder(self.doc, self.referents, self.speaker).by_sentence()
        counts = [len(referent.mentions) for referent in self.referents]
        for index, sentence in enumerate(self.doc.sents):
            if index in by_sentence:
                yield from self._pairs_of(sentence, by_sentence[index], counts)

    def _pairs_of(self, sentence: Span, found: Sequence[Occurrence], counts: Sequence[int]) -> Iterator[Pair]:
        lists = _members(list_numbers(self.doc, found), len(found))
        around = Surroundings(self.doc, found, counts)
        for s, subject in enumerate(found):
            for o, target in enumerate(found):
                if subject.referent == target.referent or abs(subject.root - target.root) > LONGEST:
                    continue
                if _same_word(subject, target) or not self._may_join(subject.type, target.type):
                    continue
                frames = self._frames_between(subject, target) or self._shared_frames(
                    found, lists[s], lists[o]
                )
                yield Pair(subject, target, sentence, frames, tuple(around.clues(s, o)))

    def _may_join(self, subject: str, target: str) -> bool:
        key = subject, target
        if key not in self._joinable:
            self._joinable[key] = bool(allowed_predicates(self.schema, subject, target))
        return self._joinable[key]

    def _frame_links(self) -> dict[tuple[int, int], list[FrameMatch]]:
        links: dict[tuple[int, int], list[FrameMatch]] = defaultdict(list)
        for clause in clauses(self.doc):
            for frame in self.frames.get(_verb_of(clause), ()):
                for s in _fillers(clause, frame.subject_role):
                    for o in _fillers(clause, frame.object_role):
                        if s.i != o.i:
                            links[s.i, o.i].append(FrameMatch(frame, clause.predicate, clause.implied))
        return links

    def _frames_between(self, subject: Occurrence, target: Occurrence) -> tuple[FrameMatch, ...]:
        found = {}
        for s in _tokens(subject):
            for o in _tokens(target):
                for match in self._links.get((s, o), ()):
                    if self.schema.allows(match.frame.predicate, subject.type, target.type):
                        found[match.frame.name, match.predicate.i] = match
        return tuple(found[key] for key in sorted(found))

    def _shared_frames(
        self, found: Sequence[Occurrence], subjects: Sequence[int], targets: Sequence[int]
    ) -> tuple[FrameMatch, ...]:
        """The frames of other members of the same lists, where the parser lost a member of a long list."""
        if len(subjects) + len(targets) == 2 or subjects == targets:
            return ()
        for s in subjects:
            for o in targets:
                frames = self._frames_between(found[s], found[o])
                if frames:
                    return tuple(match._replace(implied=True) for match in frames)
        return ()


def _members(numbers: Mapping[int, int], total: int) -> list[list[int]]:
    """For each of `total` occurrences the members of its list, or itself alone."""
    lists: dict[int, list[int]] = defaultdict(list)
    for n, number in numbers.items():
        lists[number].append(n)
    return [lists[numbers[n]] if n in numbers else [n] for n in range(total)]


def _same_word(a: Occurrence, b: Occurrence) -> bool:
    """Whether two readings of one pronoun, or two things left unsaid at one place, are meant."""
    return a.start == b.start and a.end == b.end and "mention" not in (a.form, b.form)


def _tokens(occurrence: Occurrence) -> Sequence[int]:
    return range(occurrence.start, occurrence.end) or (occurrence.root,)


def _verb_of(clause: Clause) -> str:
    return NOUN_VERBS.get(clause.lemma, clause.lemma)


def _fillers(clause: Clause, role: str) -> list[Token]:
    if role == "agent":
        agents = clause.agents
        if not agents and is_imperative(clause.predicate):
            return [clause.predicate]
        return agents
    if role == "theme":
        return clause.themes
    return clause.prepositions.get(role.removeprefix("prep:"), [])


NOUN_VERBS = {
    "adoption": "adopt",
    "building": "build",
    "collaboration": "collaborate",
    "construction": "construct",
    "cooperation": "cooperate",
    "co-operation": "cooperate",
    "creation": "create",
    "cultivation": "cultivate",
    "development": "develop",
    "establishment": "establish",
    "funding": "fund",
    "hosting": "host",
    "implementation": "implement",
    "introduction": "introduce",
    "issuance": "issue",
    "launch": "launch",
    "organisation": "organise",
    "organization": "organize",
    "participation": "participate",
    "partnership": "partner",
    "promotion": "promote",
    "publication": "publish",
    "recruitment": "recruit",
    "release": "release",
    "support": "support",
    "training": "train",
}
