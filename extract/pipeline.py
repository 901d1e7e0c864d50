"""From documents to annotated documents: the whole extraction behind one call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .annotations import AnnotatedDocument, Document, Entity, Mention, RelationMention, Span, Unlinked
from .components import Extractor, extractor
from .detection import document_runs
from .grammar import LANGUAGES, grammar_for, ontology_for
from .relations import sentence_bounds

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..ontology import Ontology


class Part(NamedTuple):
    """What was found in the parts of a document that are in one language."""

    sentences: list[Span]
    entities: list[Entity]
    mentions: list[Mention]
    relations: list[RelationMention]
    unlinked: Sequence[Unlinked]


class Pipeline:
    """Extraction with one ontology, in every language that has models; keeps no state between documents."""

    def __init__(self, layer: str | None = None, models: str | None = None) -> None:
        self._layer, self._models = layer, models
        self.ontology: Ontology = ontology_for(layer)

    @property
    def fingerprint(self) -> str:
        """Readers, trained models and ontology, as they decide what is found."""
        parts = [
            f"{reader.grammar.name}; models {reader.models.fingerprint[:16]}"
            for reader in map(self._reader, LANGUAGES)
        ]
        return "; ".join([*parts, f"ontology {self.ontology.fingerprint[:16]}"])

    def annotate(
        self, documents: Iterable[Document], *, min_confidence: float = 0.0
    ) -> Iterator[AnnotatedDocument]:
        """Annotate documents one after the other, in the order given.

        Relations below `min_confidence` (0 to 1) are left out.
        """
        for document in documents:
            yield self.annotate_one(document, min_confidence=min_confidence)

    def annotate_one(self, document: Document, *, min_confidence: float = 0.0) -> AnnotatedDocument:
        """Annotate one document, each paragraph in its language; relations below `min_confidence` are left out."""
        parts = [self._read(text, language) for language, text in texts_by_language(document)]
        return _joined(document, parts, min_confidence)

    def parse(self, text: str, language: str = "en") -> Doc:
        """A text as tokens and sentences, as the grammar of its language reads it."""
        return grammar_for(language, self._layer).parse(text)

    def _reader(self, language: str) -> Extractor:
        return extractor(language, self._layer, self._models)

    def _read(self, text: str, language: str) -> Part:
        reader = self._reader(language)
        encoder = reader.models.encoder
        if encoder is None or encoder.plan.features:
            doc = reader.grammar.parse(text)
        else:
            # The encoder computes outside the interpreter's lock, so it reads on a second core while this one parses;
            # one that sees features of the tokens has to wait for them.
            with ThreadPoolExecutor(1) as beside:
                reading = beside.submit(encoder.read, text)
                doc = reader.grammar.parse(text)
                doc._.policy_reading = reading.result()
        reader.extract(doc)
        return self._part(doc, reader)

    def _part(self, doc: Doc, reader: Extractor) -> Part:
        calibrate = reader.models.settings.mention_calibration
        language = reader.grammar.language
        entities, mentions = [], []
        for number, referent in enumerate(doc._.policy_referents):
            name = one_line(referent.name)
            cls = referent.cls
            if cls == referent.type:
                cls = self.ontology.schema.classify(referent.type, name, language)
            entities.append(
                Entity(str(number), referent.type, cls, name, referent.key, referent.local, language)
            )
            for m in referent.mentions:
                span = doc[m.start : m.end]
                confidence = round(calibrate(m.confidence), 4)
                mentions.append(
                    Mention(span.start_char, span.end_char, span.text, str(number), m.rule, confidence)
                )
        sentences = [Span(*sentence_bounds(doc, s.start, s.end)) for s in doc.sents if s.text.strip()]
        return Part(sentences, entities, mentions, list(doc._.policy_relations), doc._.policy_unlinked)


def load_pipeline(layer: Path | None = None, models: Path | None = None) -> Pipeline:
    """The pipeline for all languages with, on top of the ontology, the user's `layer` folder.

    `models` is a folder that training wrote; without it the models that ship are used. Parsers and models are
    loaded when a document needs them.
    """
    return Pipeline(str(layer) if layer else None, str(models) if models else None)


def texts_by_language(document: Document) -> list[tuple[str, str]]:
    """The text once for each language in it, what is in another one blanked out so that offsets stay."""
    main, text = document.language, document.text
    runs = [run for run in document_runs(document) if run.language in LANGUAGES]
    languages = sorted({run.language for run in runs}, key=lambda name: (name != main, name))
    if len(languages) < 2:
        return [(main, text)]
    found = []
    for language in languages:
        kept = list("\n" * len(text))
        for run in runs:
            if run.language == language:
                kept[run.begin : run.end] = text[run.begin : run.end]
        found.append((language, "".join(kept)))
    return found


def _joined(document: Document, parts: Sequence[Part], min_confidence: float) -> AnnotatedDocument:
    """The parts of a document as one: what the authority file knows under one key is one entity."""
    known: dict[tuple[str, str], str] = {}
    entities: list[Entity] = []
    mentions: list[Mention] = []
    relations: list[RelationMention] = []
    for part in parts:
        number = {}
        for entity in part.entities:
            same = known.get((entity.type, entity.key)) if entity.key else None
            number[entity.id] = same or str(len(entities))
            if same is None:
                entities.append(replace(entity, id=number[entity.id]))
                if entity.key:
                    known[entity.type, entity.key] = number[entity.id]
        mentions += [replace(m, entity=number[m.entity]) for m in part.mentions]
        relations += [
            replace(r, subject=number[r.subject], object=number[r.object])
            for r in part.relations
            if r.confidence >= min_confidence
        ]
    relations.sort(key=lambda r: (r.evidence[0].begin, int(r.subject), r.predicate, int(r.object)))
    return AnnotatedDocument(
        document,
        tuple(sorted(s for part in parts for s in part.sentences)),
        tuple(entities),
        tuple(sorted(mentions, key=lambda m: (m.begin, m.end, m.entity))),
        tuple(relations),
        tuple(u for part in parts for u in part.unlinked),
    )


def one_line(name: str) -> str:
    """A name without line breaks and runs of white space."""
    return re.sub(r"\s+", " ", name).strip()
