"""Chinese: characters as tokens, names by lexicon and form, trigger words with slots in place of a parse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING

from .candidates import CandidateFinder
from .coordination import distribute
from .evocation import evoking_word
from .mentions import ChineseMentionFinder
from .resolution import resolve
from .status_features import decide_statuses, status_features
from .tokens import load_chinese

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...ontology import Ontology
    from ..annotations import Unlinked
    from ..coordination import Scored
    from ..coreference import Referent
    from ..encoder import Encoder
    from ..grammar import Candidate
    from ..maxent import Classifier
    from ..mention_spans import MentionSpan
    from ..pairs import Pair
    from ..status import StatusReading
    from ..tagger import SequenceTagger


class Chinese:
    """The Chinese grammar with one ontology; holds no state of a document."""

    language = "zh"

    def __init__(self, ontology: Ontology) -> None:
        self.ontology = ontology
        self._nlp = load_chinese()
        self._candidates = CandidateFinder(ontology)

    @property
    def name(self) -> str:
        """The segmenter, whose words are among what the models see."""
        return f"zh characters, rjieba {version('rjieba')}"

    def parse(self, text: str) -> Doc:
        """A text as characters with words, sentences and parts of speech."""
        return self._nlp.tokenizer(text)

    def finder(
        self, taggers: Mapping[str, SequenceTagger], encoder: Encoder | None = None
    ) -> ChineseMentionFinder:
        """What finds mentions with these models."""
        return ChineseMentionFinder(self.ontology, taggers, encoder)

    def resolve(self, doc: Doc, spans: Sequence[MentionSpan]) -> tuple[list[Referent], list[Unlinked]]:
        """Mentions grouped into referents, and forms left ambiguous."""
        return resolve(doc, spans, self.ontology)

    def candidates(self, doc: Doc, referents: Sequence[Referent]) -> Iterator[Candidate]:
        """Every pair of occurrences that some predicate may join, with its features."""
        return self._candidates.candidates(doc, referents)

    def distribute(self, doc: Doc, scored: Iterable[Scored]) -> Iterator[Scored]:
        """The same scored pairs, lists sharing what is said of one member."""
        return distribute(doc, scored)

    def status_features(self, doc: Doc, stated: Sequence[tuple[Pair, str]]) -> list[list[str]]:
        """What the status model sees of relations."""
        return status_features(doc, stated)

    def statuses(
        self, doc: Doc, stated: Sequence[tuple[Pair, str]], model: Classifier
    ) -> list[StatusReading]:
        """The status of each relation."""
        return decide_statuses(doc, stated, model)

    def evoking_word(self, doc: Doc, pair: Pair) -> str:
        """The verb that says a relation; "" where none does."""
        return evoking_word(doc, pair)
