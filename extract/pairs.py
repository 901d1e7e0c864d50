"""Pairs of mentions that one sentence might relate, and what can be observed of each pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .annotations import ACTORS
from .clauses import Clause, clauses
from .coreference import SPEAKERS, Referent
from .features import governing_verb
from .heads import head_classes
from .status import is_imperative

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from ..ontology import Schema
    from ..ontology.frames import Frame

LONGEST = 70
SURENESS = (0.3, 0.5, 0.7, 0.9)
PRONOUNS = frozenset({"it", "they", "he", "she", "its", "their", "his", "her"})


def allowed_predicates(schema: Schema, subject: str, target: str) -> tuple[str, ...]:
    """Core predicates that may join two core types, sorted by name."""
    return tuple(
        name
        for name, info in sorted(schema.predicates.items())
        if info.core == name and schema.allows(name, subject, target)
    )


class Occurrence(NamedTuple):
    """Where a referent stands in a sentence: by a mention, a pronoun, or unspoken before an imperative."""

    referent: int
    type: str
    start: int
    end: int
    root: int
    form: str  # "mention", "pronoun" or "unspoken"
    confidence: float = 1.0


class FrameMatch(NamedTuple):
    """A frame that links two tokens, and the token that evoked it."""

    frame: Frame
    predicate: Token
    implied: bool


class Pair(NamedTuple):
    """An ordered pair of occurrences in one sentence; `frames` are those that link the two."""

    subject: Occurrence
    object: Occurrence
    sentence: Span
    frames: tuple[FrameMatch, ...]


@dataclass(slots=True)
class PairFinder:
    """The pairs of one document."""

    doc: Doc
    referents: Sequence[Referent]
    schema: Schema
    frames: Mapping[str, Sequence[Frame]]
    speaker: int | None
    _links: dict[tuple[int, int], list[FrameMatch]] = field(default_factory=dict)

    def pairs(self) -> Iterator[Pair]:
        """Every ordered pair that some predicate of the ontology may join, sentence by sentence."""
        self._links = self._frame_links()
        by_sentence = self._occurrences()
        for index, sentence in enumerate(self.doc.sents):
            found = by_sentence.get(index, [])
            for subject in found:
                for target in found:
                    if subject.referent == target.referent or abs(subject.root - target.root) > LONGEST:
                        continue
                    if not self._joinable(subject.type, target.type):
                        continue
                    yield Pair(subject, target, sentence, self._frames_between(subject, target))

    def _joinable(self, subject: str, target: str) -> bool:
        return bool(allowed_predicates(self.schema, subject, target))

    def _occurrences(self) -> dict[int, list[Occurrence]]:
        sentence_of = {t.i: n for n, s in enumerate(self.doc.sents) for t in s}
        found: dict[int, list[Occurrence]] = defaultdict(list)
        for number, referent in enumerate(self.referents):
            for m in referent.mentions:
                root = self.doc[m.start : m.end].root.i
                found[sentence_of[root]].append(
                    Occurrence(number, referent.type, m.start, m.end, root, "mention", m.confidence)
                )
        for occurrences in found.values():
            occurrences.sort(key=lambda o: (o.start, o.end, o.referent))
        self._add_pronouns(found)
        return found

    def _add_pronouns(self, found: dict[int, list[Occurrence]]) -> None:
        topic: int | None = None
        for index, sentence in enumerate(self.doc.sents):
            for token in sentence:
                number = None
                if token.lower_ in SPEAKERS and self.speaker is not None:
                    number = self.speaker
                elif topic is not None and self._looks_back(token, found.get(index, ())):
                    number = topic
                if number is not None:
                    kind = self.referents[number].type
                    found[index].append(Occurrence(number, kind, token.i, token.i + 1, token.i, "pronoun"))
            root = sentence.root
            if self.speaker is not None and is_imperative(root):
                kind = self.referents[self.speaker].type
                found[index].append(Occurrence(self.speaker, kind, root.i, root.i, root.i, "unspoken"))
            topic = self._topic(found.get(index, ()), topic)

    def _looks_back(self, token: Token, occurrences: Sequence[Occurrence]) -> bool:
        """Whether a pronoun stands for the topic before it: a subject, with no actor named earlier beside it."""
        if token.lower_ not in PRONOUNS or token.dep_ not in ("nsubj", "nsubjpass", "poss"):
            return False
        return not any(o.type in ACTORS and o.form == "mention" and o.end <= token.i for o in occurrences)

    def _topic(self, occurrences: Sequence[Occurrence], before: int | None) -> int | None:
        for occurrence in occurrences:
            token = self.doc[occurrence.root]
            if (
                occurrence.type in ACTORS
                and token.dep_ in ("nsubj", "nsubjpass")
                and occurrence.form != "unspoken"
            ):
                return occurrence.referent
        return before

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


def pair_features(doc: Doc, pair: Pair, between: int) -> list[str]:
    """What the relation model sees of a pair; `between` counts the mentions that stand between the two."""
    s, o = doc[pair.subject.root], doc[pair.object.root]
    types = f"{pair.subject.type}>{pair.object.type}"
    order = "so" if pair.subject.start <= pair.object.start else "os"
    row = [
        "bias",
        f"types={types}",
        f"order={types}|{order}",
        f"form={pair.subject.form}|{pair.object.form}|{types}",
    ]
    row += _frame_features(pair, types)
    row += _path_features(s, o, types)
    row += _surface_features(doc, pair, types, order, between)
    heads = head_classes()
    row += [f"shead={c}|{types}" for c in heads.get(s.lemma_.lower(), ())]
    row += [f"ohead={c}|{types}" for c in heads.get(o.lemma_.lower(), ())]
    row += [f"s={s.lemma_.lower()}", f"o={o.lemma_.lower()}"]
    for name, occurrence in (("s", pair.subject), ("o", pair.object)):
        row += [
            f"{name}sure>{level}|{occurrence.type}" for level in SURENESS if occurrence.confidence > level
        ]
    return row


def _frame_features(pair: Pair, types: str) -> list[str]:
    row = []
    for match in pair.frames:
        row += [
            f"frame={match.frame.name}",
            f"framed={match.frame.predicate}",
            f"framed={match.frame.predicate}|{types}",
        ]
        if match.implied:
            row.append(f"implied={match.frame.predicate}")
    if not pair.frames:
        row.append(f"unframed={types}")
    return row


def _path_features(s: Token, o: Token, types: str) -> list[str]:
    up_s, up_o = _chain(s), _chain(o)
    common = next((t for t in up_s if t in up_o), None)
    if common is None:
        return ["path=none"]
    left, right = up_s[: up_s.index(common)], up_o[: up_o.index(common)]
    shape = ">".join(t.dep_ for t in left) + "^" + "<".join(t.dep_ for t in reversed(right))
    row = [f"top={common.lemma_.lower()}|{common.pos_}", f"toplemma={common.lemma_.lower()}|{types}"]
    length = len(left) + len(right)
    row.append(f"pathlen={min(length, 6)}|{types}")
    if length <= 5:
        row += [f"path={shape}", f"path={shape}|{types}", f"pathtop={shape}|{common.lemma_.lower()}"]
    row.append(f"ends={left[-1].dep_ if left else 'top'}|{right[-1].dep_ if right else 'top'}|{types}")
    row += [f"leaf={s.dep_}|{o.dep_}|{types}"]
    inner = (*left[1:], common, *right[1:])
    for token in inner:
        if token.pos_ == "VERB":
            row += [f"via={token.lemma_.lower()}", f"via={token.lemma_.lower()}|{types}"]
        elif token.dep_ == "prep":
            row += [f"viaprep={token.lower_}|{types}"]
        elif token.pos_ in ("NOUN", "PROPN"):
            row.append(f"vianoun={token.lemma_.lower()}")
    side = "s" if common == s else "o" if common == o else "-"
    row.append(f"above={side}|{types}")
    return row


def _chain(token: Token, limit: int = 25) -> list[Token]:
    chain = [token]
    while token.head.i != token.i and len(chain) < limit:
        token = token.head
        chain.append(token)
    return chain


def _surface_features(doc: Doc, pair: Pair, types: str, order: str, between: int) -> list[str]:
    a, b = (pair.subject, pair.object) if order == "so" else (pair.object, pair.subject)
    row = []
    if b.start < a.end or (a.start >= b.start and a.end <= b.end):
        inside = (
            "o-in-s"
            if pair.subject.start <= pair.object.start and pair.object.end <= pair.subject.end
            else "s-in-o"
        )
        row.append(f"nested={inside}|{types}")
    else:
        gap = [t for t in doc[a.end : b.start] if not t.is_space]
        row.append(f"gap={min(len(gap) // 3, 6)}|{types}")
        row.append(f"between={min(between, 5)}|{types}")
        if len(gap) <= 4:
            words = " ".join(t.lower_ for t in gap)
            row += [f"words={words}|{order}", f"words={words}|{order}|{types}"]
        if len(gap) > 0:
            row.append(f"last={gap[-1].lower_}|{order}|{types}")
            row.append(f"first={gap[0].lower_}|{order}|{types}")
        row += [f"has={t.lemma_.lower()}|{order}" for t in gap[:12] if t.pos_ in ("VERB", "ADP")]
    verb = governing_verb(doc[pair.object.root])
    row.append(f"overb={verb.lemma_.lower()}|{types}")
    return row
