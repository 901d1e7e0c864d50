"""Pairs of occurrences in a Chinese sentence that a predicate may join, with what the relation model sees of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...ontology.triggers import load_triggers
from ..coreference import Referent
from ..pairs import FrameMatch, Pair, allowed_predicates
from .occurrences import OccurrenceFinder
from .pair_features import PairReader
from .register import read_register
from .surroundings import SentenceView
from .triggers import trigger_links
from .words import word_groups

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...ontology import Ontology, Schema
    from ...ontology.frames import Frame
    from ..occurrences import Occurrence

LONGEST = 180
"""How many characters may stand between the two ends of a pair."""


class CandidateFinder:
    """Finds candidates with one ontology; holds no state of a document."""

    def __init__(self, ontology: Ontology) -> None:
        layers = [path for path in ontology.layers if path.suffix == ".ttl"]
        self._schema: Schema = ontology.schema
        self._triggers: Mapping[str, Sequence[Frame]] = load_triggers(layers)
        groups = word_groups()
        self._known = (
            frozenset(self._triggers) | groups["preposition"] | groups["causative"] | groups["modal"]
        )
        self._joinable: dict[tuple[str, str], bool] = {}

    def candidates(self, doc: Doc, referents: Sequence[Referent]) -> Iterator[tuple[Pair, list[str]]]:
        """Every ordered pair that some core predicate may join, sentence by sentence, with its features."""
        texts = [token.text for token in doc]
        counts = [len(referent.mentions) for referent in referents]
        by_sentence = OccurrenceFinder(doc, referents).by_sentence()
        register = read_register(doc)
        for index, sentence in enumerate(doc.sents):
            if index not in by_sentence:
                continue
            view = SentenceView(doc, texts, sentence, by_sentence[index], self._known)
            links = trigger_links(view, self._triggers, self._schema)
            reader = PairReader(view, counts, self._triggers, register)
            found = view.found
            for s, subject in enumerate(found):
                for o, target in enumerate(found):
                    if not self._may_relate(subject, target):
                        continue
                    matches = _nearest_first(links.get((s, o), ()), target)
                    yield Pair(subject, target, sentence, matches), reader.features(s, o, matches)

    def _may_relate(self, subject: Occurrence, target: Occurrence) -> bool:
        if subject.referent == target.referent or abs(subject.start - target.start) > LONGEST:
            return False
        if "mention" not in (subject.form, target.form):
            return False
        key = subject.type, target.type
        if key not in self._joinable:
            self._joinable[key] = bool(allowed_predicates(self._schema, *key))
        return self._joinable[key]


def _nearest_first(matches: Sequence[FrameMatch], target: Occurrence) -> tuple[FrameMatch, ...]:
    """The direct matches before the inherited ones, those whose word stands nearest to the object first."""
    return tuple(sorted(matches, key=lambda m: (m.implied, abs(target.start - m.predicate.i), m.frame.name)))
