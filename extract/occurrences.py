"""Where the referents of a document stand in its sentences: by name, by a pronoun, or unspoken.

A sentence says something of a thing it does not name when a pronoun looks back ("It will …", "This will …"),
when an imperative has the speaker for its subject, and when it is an item of a list whose lead-in names the
actor or the arrangement ("The Government will:", "The plan includes:").
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from .annotations import ACTORS
from .coreference import Referent
from .imperatives import is_imperative
from .sentences import ITEM
from .speakers import own_voice, phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

PERSONAL = frozenset({"it", "they", "he", "she", "its", "their", "his", "her"})
THINGS = frozenset({"it", "its", "they", "their", "this", "these"})
"""Pronouns that may stand for an arrangement or a document."""
EXAMPLES = frozenset({"components", "elements", "examples", "initiatives", "measures", "tasks"})
ARRANGEMENTS = frozenset({"Mechanism", "PolicyDocument"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
BACKWARD = SUBJECTS | {"poss", "pobj"}
LEADING_IN = re.compile(r"[:：]\s*$")
GOES_ON = re.compile(r"(?:[;；]|[,，;；]\s*(?:and|or))\s*$")
MARKER = re.compile(
    r"\s*(?:(?P<bullet>[-–•·*●▪◦])|(?P<open>\(?)(?:(?P<roman>[ivxlc]+)|(?P<digit>\d+)|[a-zA-Z])[.)])"
)


class Occurrence(NamedTuple):
    """Where a referent stands in a sentence.

    `form` is "mention", "pronoun" or "unspoken"; the last is an empty span. `via` tells more of the unnamed:
    "this" for the arrangement spoken of before, "lead-in" for what the introduction of a list names.
    """

    referent: int
    type: str
    start: int
    end: int
    root: int
    form: str
    confidence: float = 1.0
    via: str = ""


@dataclass(slots=True)
class OccurrenceFinder:
    """The occurrences of one document's referents; `speaker` is the number of the referent that "we" means."""

    doc: Doc
    referents: Sequence[Referent]
    speaker: int | None
    _sentences: list[Span] = field(default_factory=list)

    def by_sentence(self) -> Mapping[int, list[Occurrence]]:
        """Occurrences by number of the sentence: mentions by position, then what is not named."""
        self._sentences = list(self.doc.sents)
        found = self._mentions()
        self._add_pronouns(found)
        self._add_lead_ins(found)
        return found

    def _mentions(self) -> dict[int, list[Occurrence]]:
        sentence_of = {t.i: n for n, s in enumerate(self._sentences) for t in s}
        found: dict[int, list[Occurrence]] = defaultdict(list)
        for number, referent in enumerate(self.referents):
            for m in referent.mentions:
                root = self.doc[m.start : m.end].root.i
                found[sentence_of[root]].append(
                    Occurrence(number, referent.type, m.start, m.end, root, "mention", m.confidence)
                )
        for occurrences in found.values():
            occurrences.sort(key=lambda o: (o.start, o.end, o.referent))
        return found

    def _add_pronouns(self, found: dict[int, list[Occurrence]]) -> None:
        topic: int | None = None
        arrangement: int | None = None
        own = own_voice(self.doc) if self.speaker is not None else frozenset[int]()
        for index, sentence in enumerate(self._sentences):
            named = found.get(index, [])
            added = []
            for token in sentence:
                if token.i in own and self.speaker is not None:
                    added.append(self._spoken(phrase(token), self.speaker))
                elif token.dep_ not in BACKWARD:
                    continue
                elif topic is not None and _is_personal(token) and _is_first(token, named, ACTORS):
                    added.append(self._at(token, topic, "pronoun"))
                if arrangement is not None and _looks_back(token) and _is_first(token, named, ARRANGEMENTS):
                    added.append(self._at(token, arrangement, "pronoun")._replace(via="this"))
            if self.speaker is not None and is_imperative(sentence.root):
                added.append(self._unnamed(sentence.root, self.speaker))
            if added:
                found[index] += added
            topic = self._topic(found.get(index, ()), topic)
            arrangement = self._arrangement(sentence, named)

    def _at(self, token: Token, number: int, form: str) -> Occurrence:
        return Occurrence(number, self.referents[number].type, token.i, token.i + 1, token.i, form)

    def _spoken(self, words: Span, number: int) -> Occurrence:
        kind = self.referents[number].type
        return Occurrence(number, kind, words.start, words.end, words.root.i, "pronoun")

    def _unnamed(self, token: Token, number: int) -> Occurrence:
        return Occurrence(number, self.referents[number].type, token.i, token.i, token.i, "unspoken")

    def _topic(self, occurrences: Sequence[Occurrence], before: int | None) -> int | None:
        """The actor that a sentence is about, by its subject; else the one before it."""
        for occurrence in occurrences:
            if (
                occurrence.type in ACTORS
                and occurrence.form in ("mention", "pronoun")
                and not occurrence.via
                and self.doc[occurrence.root].dep_ in SUBJECTS
            ):
                return occurrence.referent
        return before

    def _arrangement(self, sentence: Span, occurrences: Sequence[Occurrence]) -> int | None:
        """The arrangement or document that a sentence is about: its subject, or the first after its verb."""
        named = [o for o in occurrences if o.type in ARRANGEMENTS]
        subjects = (o for o in named if self.doc[o.root].dep_ in SUBJECTS and o.start < sentence.root.i)
        chosen = next(subjects, None) or next((o for o in named if o.start > sentence.root.i), None)
        chosen = chosen or next(iter(named), None)
        return chosen.referent if chosen else None

    def _add_lead_ins(self, found: dict[int, list[Occurrence]]) -> None:
        for lead, items in _lists(self._sentences):
            introduced = self._introduced(self._sentences[lead], found.get(lead, ()))
            for item in items:
                root = self._sentences[item].root
                present = {o.referent for o in found.get(item, ()) if o.form == "unspoken"}
                found[item] += [
                    self._unnamed(root, n)._replace(via="lead-in") for n in introduced if n not in present
                ]

    def _introduced(self, sentence: Span, occurrences: Sequence[Occurrence]) -> list[int]:
        """The actor and the arrangement that a lead-in names for its list."""
        actor = next(
            (
                o.referent
                for o in occurrences
                if o.type in ACTORS and (self.doc[o.root].dep_ in SUBJECTS or o.form == "unspoken")
            ),
            None,
        )
        if actor is None and len(sentence) <= 6:  # "The Government:"
            actor = next((o.referent for o in occurrences if o.type in ACTORS), None)
        arrangement = next((o.referent for o in reversed(occurrences) if o.type in ARRANGEMENTS), None)
        return [number for number in (actor, arrangement) if number is not None]


def _is_personal(token: Token) -> bool:
    return token.lower_ in PERSONAL and token.dep_ != "pobj"


def _is_first(token: Token, named: Sequence[Occurrence], types: frozenset[str]) -> bool:
    """Whether no other thing of these types, which the pronoun could mean, is named before it."""
    return not any(o.type in types and o.end <= token.i for o in named)


def _looks_back(token: Token) -> bool:
    """Whether a word stands for the arrangement spoken of: "it", "this", "examples include", "among them"."""
    if token.lower_ in EXAMPLES and token.dep_ in SUBJECTS:
        return True
    if token.lower_ in ("them", "these", "which"):
        return token.dep_ == "pobj" and token.head.lower_ == "among" and token.i - token.sent.start < 3
    return token.lower_ in THINGS and (token.dep_ in SUBJECTS or token.dep_ == "poss")


def _lists(sentences: Sequence[Span]) -> Iterator[tuple[int, list[int]]]:
    """The number of each sentence that introduces a list, and of the first sentences of its items."""
    for index, sentence in enumerate(sentences[:-1]):
        if LEADING_IN.search(sentence.text):
            items = list(_items(sentences, index + 1))
            if items:
                yield index, items


def _items(sentences: Sequence[Span], first: int) -> Iterator[int]:
    style = _style(sentences[first])
    open_ended = True
    for index in range(first, len(sentences)):
        sentence = sentences[index]
        if not _begins_line(sentence):
            continue
        if _style(sentence) != style or not (style or open_ended):
            return
        yield index
        open_ended = bool(GOES_ON.search(sentence.text))


def _begins_line(sentence: Span) -> bool:
    return sentence.start > 0 and "\n" in sentence.doc[sentence.start - 1].text_with_ws


def _style(sentence: Span) -> str:
    """How an item is marked: a bullet, a number, a letter, a roman number; "" for one that is not."""
    text = sentence.text
    match = MARKER.match(text) if ITEM.match(text) else None
    if match is None:
        return ""
    kind = (
        "bullet"
        if match["bullet"]
        else "roman"
        if match["roman"]
        else "digit"
        if match["digit"]
        else "letter"
    )
    return kind + (match["open"] or "")
