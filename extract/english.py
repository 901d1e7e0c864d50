"""English: a spaCy parse with names merged, dependency frames, and the modules that read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from ..ontology.frames import load_frames
from .coordination import distribute
from .coreference import resolve
from .entities import MentionFinder
from .evocation import evoking_token
from .grammar import user_turtle
from .language import load_english, model_name
from .pair_features import pair_features
from .pairs import PairFinder
from .register import read_register
from .speakers import speaker
from .status_features import decide_statuses, status_features
from .words import part_words

if TYPE_CHECKING:
    from spacy.language import Language

    from ..ontology import Ontology
    from .annotations import Unlinked
    from .coordination import Scored
    from .coreference import Referent
    from .encoder import Encoder
    from .grammar import Candidate
    from .maxent import Classifier
    from .mention_spans import MentionSpan
    from .pairs import Pair
    from .status import StatusReading
    from .tagger import SequenceTagger


PIECE = 50_000
"""Code points that the parser is given at once; its memory grows with them, the result does not change."""

BATCH = 16
UNUSED = ("ner",)
"""Parts of the language model that cost time and that nothing here asks: the encoder knows names better."""


class English:
    """The English grammar with one ontology; holds no state of a document."""

    language = "en"

    def __init__(self, ontology: Ontology, layer: str | None = None) -> None:
        self.ontology = ontology
        self._layer = layer
        self._frames = load_frames("en", user_turtle(ontology))
        self._nlp: Language | None = None

    @property
    def name(self) -> str:
        """Name and version of the spaCy model."""
        return model_name(self.nlp)

    @property
    def nlp(self) -> Language:
        """The spaCy pipeline behind `parse`, loaded at the first call."""
        if self._nlp is None:
            self._nlp = _loaded(self._layer)
        return self._nlp

    def parse(self, text: str) -> Doc:
        """A text with names merged, tagged and parsed."""
        return parse_text(self.nlp, text)

    def finder(self, taggers: Mapping[str, SequenceTagger], encoder: Encoder | None = None) -> MentionFinder:
        """What finds mentions with these models."""
        return MentionFinder(self.ontology, taggers, encoder)

    def resolve(self, doc: Doc, spans: Sequence[MentionSpan]) -> tuple[list[Referent], list[Unlinked]]:
        """Mentions grouped into referents, and forms left ambiguous."""
        return resolve(doc, spans, self.ontology)

    def candidates(self, doc: Doc, referents: Sequence[Referent]) -> Iterator[Candidate]:
        """Every pair of occurrences in one sentence that some predicate may join, with its features."""
        voice = speaker(doc, referents)
        number = next((n for n, r in enumerate(referents) if r is voice), None)
        finder = PairFinder(doc, referents, self.ontology.schema, self._frames, number)
        starts = sorted({m.start for r in referents for m in r.mentions})
        for pair in finder.pairs():
            low, high = sorted((pair.subject, pair.object), key=lambda o: o.start)
            between = sum(1 for s in starts if low.end <= s < high.start)
            yield pair, pair_features(doc, pair, between)

    def distribute(self, doc: Doc, scored: Iterable[Scored]) -> Iterator[Scored]:
        """The same scored pairs, lists sharing what is said of one member."""
        return distribute(doc, scored)

    def status_features(self, doc: Doc, stated: Sequence[tuple[Pair, str]]) -> list[list[str]]:
        """What the status model sees of relations."""
        register = read_register(doc)
        return [status_features(doc, pair, predicate, register) for pair, predicate in stated]

    def statuses(
        self, doc: Doc, stated: Sequence[tuple[Pair, str]], model: Classifier
    ) -> list[StatusReading]:
        """The status of each relation."""
        return decide_statuses(doc, stated, read_register(doc), model)

    def evoking_word(self, doc: Doc, pair: Pair) -> str:
        """The lemma of the verb that says a relation."""
        return evoking_token(doc, pair).lemma_.lower()


def _loaded(layer: str | None) -> Language:
    """The language model with what stands around its parser: words parted, layout, names as one word, numbers."""
    nlp = load_english(exclude=UNUSED)
    part_words(nlp)
    nlp.add_pipe("policy_sentences", first=True)
    nlp.add_pipe("policy_names", first=True, config={"ontology": layer})
    nlp.add_pipe("policy_numbers", after="parser")
    nlp.max_length = max(nlp.max_length, PIECE * 4)
    return nlp


def parse_text(nlp: Language, text: str) -> Doc:
    """A text as `nlp` reads it; long texts in pieces, their memory being bounded so."""
    pieces = list(nlp.pipe(_pieces(text), batch_size=BATCH))
    return pieces[0] if len(pieces) == 1 else Doc.from_docs(pieces, ensure_whitespace=False)


def _pieces(text: str, size: int = PIECE) -> Iterator[str]:
    """Cut a long text at ends of lines, or of sentences, without losing a character."""
    start = 0
    while len(text) - start > size:
        window = text[start : start + size]
        cut = window.rfind("\n") + 1
        if cut < size // 2:
            ends = [m.end() for m in re.finditer(r"[.!?]\s", window)]
            cut = ends[-1] if ends and ends[-1] >= size // 2 else cut
        if cut < size // 2:
            cut = window.rfind(" ") + 1 or size
        yield text[start : start + cut]
        start += cut
    yield text[start:]
