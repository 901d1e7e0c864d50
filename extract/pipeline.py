"""From documents to annotated documents: the whole extraction behind one call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from spacy.tokens import Doc

from .annotations import AnnotatedDocument, Document, Entity, Mention, Span
from .components import Extractor, extractor
from .language import load_english, model_name
from .relations import sentence_bounds
from .words import part_words

if TYPE_CHECKING:
    from spacy.language import Language

    from ..ontology import Ontology

PIECE = 50_000
"""Code points that the parser is given at once; its memory grows with them, the result does not change."""

BATCH = 16
UNUSED = ("ner",)
"""Parts of the language model that cost time and that nothing here asks: the encoder knows names better."""


class Pipeline:
    """Extraction with one language model and one ontology; keeps no state between documents."""

    def __init__(self, nlp: Language, extractor: Extractor) -> None:
        self._nlp = nlp
        self._extractor = extractor
        self.ontology: Ontology = extractor.ontology
        self._nlp.max_length = max(self._nlp.max_length, PIECE * 4)

    @property
    def fingerprint(self) -> str:
        """Language model, trained models and ontology, as they decide what is found."""
        trained = self._extractor.models.fingerprint
        return f"{model_name(self._nlp)}; models {trained[:16]}; ontology {self.ontology.fingerprint[:16]}"

    def annotate(
        self, documents: Iterable[Document], *, min_confidence: float = 0.0
    ) -> Iterator[AnnotatedDocument]:
        """Annotate documents one after the other, in the order given.

        Relations below `min_confidence` (0 to 1) are left out.
        """
        for document in documents:
            yield self.annotate_one(document, min_confidence=min_confidence)

    def annotate_one(self, document: Document, *, min_confidence: float = 0.0) -> AnnotatedDocument:
        """Annotate one document; relations below `min_confidence` (0 to 1) are left out."""
        encoder = self._extractor.models.encoder
        # The encoder computes outside the interpreter's lock, so it reads on a second core while this one parses.
        with ThreadPoolExecutor(1) as beside:
            reading = beside.submit(encoder.read, document.text)
            doc = self.parse(document.text)
            doc._.policy_reading = reading.result()
        return self._annotated(document, doc, min_confidence)

    def parse(self, text: str) -> Doc:
        """A text with names merged, tagged and parsed."""
        return parse_text(self._nlp, text)

    def _annotated(self, document: Document, doc: Doc, min_confidence: float) -> AnnotatedDocument:
        self._extractor.extract(doc)
        calibrate = self._extractor.models.settings.mention_calibration
        entities, mentions = [], []
        for number, referent in enumerate(doc._.policy_referents):
            name = _one_line(referent.name)
            cls = referent.cls
            if cls == referent.type:
                cls = self.ontology.schema.classify(referent.type, name, "en")
            entities.append(Entity(str(number), referent.type, cls, name, referent.key, referent.local))
            for m in referent.mentions:
                span = doc[m.start : m.end]
                confidence = round(calibrate(m.confidence), 4)
                mentions.append(
                    Mention(span.start_char, span.end_char, span.text, str(number), m.rule, confidence)
                )
        relations = tuple(r for r in doc._.policy_relations if r.confidence >= min_confidence)
        return AnnotatedDocument(
            document,
            tuple(Span(*sentence_bounds(doc, s.start, s.end)) for s in doc.sents),
            tuple(entities),
            tuple(sorted(mentions, key=lambda m: (m.begin, m.end, m.entity))),
            relations,
            tuple(doc._.policy_unlinked),
        )


def load_pipeline(layer: Path | None = None, models: Path | None = None) -> Pipeline:
    """The English pipeline with, on top of the ontology, the user's `layer` folder.

    `models` is a folder that training wrote; without it the models that ship are used.
    """
    ontology = str(layer) if layer else None
    nlp = load_english(exclude=UNUSED)
    prepare(nlp, ontology)
    return Pipeline(nlp, extractor(ontology, str(models) if models else None))


def prepare(nlp: Language, ontology: str | None = None) -> Language:
    """Add to a language model what stands around its parser: words parted, layout, names as one word, numbers."""
    part_words(nlp)
    nlp.add_pipe("policy_sentences", first=True)
    nlp.add_pipe("policy_names", first=True, config={"ontology": ontology})
    nlp.add_pipe("policy_numbers", after="parser")
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


def _one_line(name: str) -> str:
    return re.sub(r"\s+", " ", name).strip()
