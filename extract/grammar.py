"""What differs from language to language, behind one interface; everything else in the extraction is shared.

A grammar is made for one ontology and keeps no state of a document. Adding a language means writing one of these,
naming it in `grammar_for`, and training its models.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from ..ontology import Ontology, load_ontology

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .annotations import Unlinked
    from .coordination import Scored
    from .coreference import Referent
    from .encoder import Encoder
    from .maxent import Classifier
    from .mention_spans import MentionSpan
    from .pairs import Pair
    from .status import StatusReading
    from .tagger import SequenceTagger

Candidate = tuple["Pair", list[str]]
"""A pair of occurrences with what the relation model sees of it."""


class MentionFinding(Protocol):
    """Finds candidates for mentions with one set of taggers."""

    def features(self, doc: Doc) -> list[list[str]]:
        """What the taggers see of each token."""

    def mentions(self, doc: Doc) -> list[MentionSpan]:
        """Candidates for mentions, also unlikely ones, sorted by position."""


class Grammar(Protocol):
    """How documents of one language are read."""

    language: str
    """ISO 639-1: "en", "zh"."""

    ontology: Ontology

    @property
    def name(self) -> str:
        """What reads the language, with its version, for the fingerprint of a build."""

    def parse(self, text: str) -> Doc:
        """A text as tokens and sentences, with whatever syntax the language's reader gives."""

    def finder(self, taggers: Mapping[str, SequenceTagger], encoder: Encoder | None = None) -> MentionFinding:
        """What finds mentions with these models."""

    def resolve(self, doc: Doc, spans: Sequence[MentionSpan]) -> tuple[list[Referent], list[Unlinked]]:
        """Mentions grouped into referents, in order of first mention, and forms left ambiguous."""

    def candidates(self, doc: Doc, referents: Sequence[Referent]) -> Iterator[Candidate]:
        """Every pair of occurrences that some predicate may join, with its features."""

    def distribute(self, doc: Doc, scored: Iterable[Scored]) -> Iterator[Scored]:
        """The same scored pairs, what is said of one member of a list being said of the others."""

    def status_features(self, doc: Doc, stated: Sequence[tuple[Pair, str]]) -> list[list[str]]:
        """What the status model sees of relations (a pair and its predicate), in the order given."""

    def statuses(
        self, doc: Doc, stated: Sequence[tuple[Pair, str]], model: Classifier
    ) -> list[StatusReading]:
        """The status of each relation of a document, in the order given."""

    def evoking_word(self, doc: Doc, pair: Pair) -> str:
        """The verb (its dictionary form) that says a relation."""


LANGUAGES = ("en", "zh")


@cache
def ontology_for(layer: str | None) -> Ontology:
    """The ontology with the user's own one in the folder `layer`, loaded once in a process."""
    return load_ontology(Path(layer) if layer else None)


@cache
def grammar_for(language: str, layer: str | None = None) -> Grammar:
    """The grammar of one of `LANGUAGES`, with the user's ontology in `layer`; made once in a process."""
    # Imported here because each brings a reader that takes time and memory, and most runs need only one.
    if language == "zh":
        from .chinese.grammar import Chinese

        return Chinese(ontology_for(layer))
    from .english import English

    return English(ontology_for(layer), layer)


def user_turtle(ontology: Ontology) -> list[Path]:
    """The Turtle files of the user's own layers."""
    return [path for path in ontology.layers if path.suffix == ".ttl"]
