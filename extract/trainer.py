"""The models of one language fitted to annotated documents, fold by fold.

What comes out is what `models` loads: one CRF for each layer of types, the encoder, the relation and the status
model, and thresholds and calibrations measured on held-out folds.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from .calibration import best_threshold, fit
from .encoder import Encoder, Plan
from .gold import GoldDocument
from .grammar import Grammar
from .maxent import Classifier, train_sequences
from .models import copy_encoder, encoder_in
from .pairs import allowed_predicates
from .reading import traits_of
from .relations import NONE, judged, span_pair
from .settings import ModelSettings, write_settings
from .tagger import LABELS, LAYERS, SequenceTagger
from .training_examples import (
    Examples,
    Found,
    examples_of,
    gold_referents,
    judged_mentions,
    labelled_pairs,
    labelled_sentences,
    stands_for,
)

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .encoder_training import Lesson

log = logging.getLogger(__name__)


class Fit(NamedTuple):
    """How a linear model is fitted: penalties, the fewest examples that a feature must occur in, most iterations."""

    l1: float
    l2: float
    minimum: int
    iterations: int


class Fits(NamedTuple):
    """How the models of a language are fitted; `encoders` are fitted without one of so many parts of the documents."""

    tagger: Fit
    relations: Fit
    status: Fit
    encoders: int


FITS = {
    "en": Fits(Fit(0.1, 0.5, 2, 150), Fit(0.0, 3.0, 4, 150), Fit(0.0, 3.0, 1, 150), 4),
    # Chinese has three times as many tokens, and features that are found once in a while fill the files.
    "zh": Fits(Fit(0.4, 0.3, 3, 150), Fit(0.3, 1.0, 3, 100), Fit(0.0, 3.0, 1, 150), 2),
}
FOLDS = 4
TOLERANCE = 0.005
"""How much F1 of mentions is given for precision; of relations, which are rarer, a fifth of it."""


class Trainer:
    """Fits the models of one language to annotated documents, parsed in the same order, and writes them.

    What is learned on top of other models is learned from what those say of documents they have not seen: each
    document belongs to a fold, and for each fold there is a set of models fitted to the others. Thresholds and
    calibrations are measured on the first `measured` documents alone; the rest are only learned from.
    """

    def __init__(
        self,
        golds: Sequence[GoldDocument],
        docs: Sequence[Doc],
        grammar: Grammar,
        folder: Path,
        *,
        measured: int | None = None,
    ) -> None:
        self._golds, self._docs, self._grammar = golds, docs, grammar
        self._measured = len(golds) if measured is None else measured
        self._folder, self._language = folder, grammar.language
        self._fits = FITS[grammar.language]
        finder = grammar.finder({})
        self._rows = [finder.features(doc) for doc in docs]

    def train(self, encoder: Path | None = None, adapted: Path | None = None) -> None:
        """Fit all models and write them; with `encoder`, a folder, its encoder is kept.

        `adapted` is a file that `encoder_adaptation.adapt` wrote, to begin a new encoder with.
        """
        everything = range(len(self._golds))
        log.info("training the taggers")
        self._train_taggers(everything, self._folder)
        for fold in range(FOLDS):
            self._fold(fold).mkdir()
            self._train_taggers(self._others(fold), self._fold(fold))
        if encoder is not None:
            for folder in (self._folder, *map(self._fold, range(FOLDS))):
                copy_encoder(encoder, folder, self._language)
        else:
            self._train_encoders(adapted)
        log.info("training the relation and status models")
        encoders = [encoder_in(self._fold(fold), self._language) for fold in range(FOLDS)]
        found = self._found(encoders)
        seen = [
            examples_of(g, d, [gold_referents(g, d), f], self._grammar)
            for g, d, f in zip(self._golds, self._docs, found, strict=True)
        ]
        self._train_joining(seen, self._folder)
        for fold in range(FOLDS):
            self._train_joining([seen[i] for i in self._others(fold)], self._fold(fold))
        log.info("calibrating on held-out folds")
        settings = self._calibrate(found, encoders)
        for folder in (self._folder, *map(self._fold, range(FOLDS))):
            write_settings(settings, folder / f"{self._language}-settings.json")

    def _train_joining(self, seen: Sequence[Examples], folder: Path) -> None:
        """Fit the relation and the status model."""
        relations = [row for examples in seen for row in examples.relations]
        statuses = [row for examples in seen for row in examples.statuses]
        path = folder / f"{self._language}-relations.crfsuite.xz"
        train_sequences(path, relations, **self._fits.relations._asdict())
        path = folder / f"{self._language}-status.crfsuite.xz"
        train_sequences(path, statuses, **self._fits.status._asdict())

    def _fold(self, number: int) -> Path:
        return self._folder / f"fold-{number}"

    def _others(self, fold: int) -> list[int]:
        return [i for i in range(len(self._golds)) if i % FOLDS != fold]

    def _train_taggers(self, chosen: Iterable[int], folder: Path) -> None:
        picked = list(chosen)
        for layer, types in LAYERS.items():
            examples = labelled_sentences(
                [self._golds[i] for i in picked],
                [self._docs[i] for i in picked],
                [self._rows[i] for i in picked],
                types,
            )
            path = folder / f"{self._language}-{layer}.crfsuite.xz"
            train_sequences(path, examples, **self._fits.tagger._asdict())

    def _train_encoders(self, adapted: Path | None) -> None:
        # Imported here because only training an encoder needs PyTorch.
        from .encoder_training import fit_encoder

        lessons = self._lessons()
        plan = Plan(
            LABELS,
            tuple(kind for kinds in LAYERS.values() for kind in kinds),
            (NONE, *self._grammar.ontology.schema.core_predicates),
        )
        log.info("training the encoder")
        fit_encoder(lessons, plan, self._folder, self._language, adapted)
        parts = self._fits.encoders
        for part in range(parts):
            log.info("training the encoder without part %d of %d", part + 1, parts)
            chosen = [lesson for i, lesson in enumerate(lessons) if i % parts != part]
            fit_encoder(chosen, plan, self._fold(part), self._language, adapted)
            # Folds are parts or parts of them, so what has not seen the part has not seen the fold.
            for fold in range(part + parts, FOLDS, parts):
                copy_encoder(self._fold(part), self._fold(fold), self._language)

    def _lessons(self) -> list[Lesson]:
        """What the encoder learns from: annotated spans, and pairs of annotated and of found mentions."""
        from .encoder_training import LabelledPair, Lesson

        schema = self._grammar.ontology.schema
        lessons = []
        for gold, doc, rows, found in zip(
            self._golds, self._docs, self._rows, self._found(None), strict=True
        ):
            spans = {
                layer: [(m.begin, m.end, m.type) for m in gold.mentions if m.type in kinds]
                for layer, kinds in LAYERS.items()
            }
            pairs = []
            for referents, ids in (gold_referents(gold, doc), found):
                for pair, _, relation in labelled_pairs(gold, doc, referents, ids, self._grammar):
                    allowed = {NONE, *allowed_predicates(schema, pair.subject.type, pair.object.type)}
                    predicate = relation.predicate if relation else NONE
                    pairs.append(LabelledPair(span_pair(doc, pair), predicate, frozenset(allowed)))
            lessons.append(Lesson(gold.text, spans, pairs, traits_of(doc, rows)))
        return lessons

    def _found(self, encoders: Sequence[Encoder | None] | None) -> list[Found]:
        """Referents of each document as models that have not seen it find them, with what they stand for.

        The relation model must learn from mentions as imperfect as those it will meet.
        """
        finders = []
        for fold in range(FOLDS):
            place = self._fold(fold)
            taggers = {
                layer: SequenceTagger(place / f"{self._language}-{layer}.crfsuite.xz", layer)
                for layer in LAYERS
            }
            finders.append(self._grammar.finder(taggers, encoders[fold] if encoders else None))
        found = []
        for number, (gold, doc) in enumerate(zip(self._golds, self._docs, strict=True)):
            referents, _ = self._grammar.resolve(doc, finders[number % FOLDS].mentions(doc))
            found.append((referents, [stands_for(doc, referent, gold) for referent in referents]))
        return found

    def _calibrate(self, found: Sequence[Found], encoders: Sequence[Encoder | None]) -> ModelSettings:
        """Calibrations and thresholds from what models say of documents that they were not trained on."""
        golds, docs = self._golds[: self._measured], self._docs[: self._measured]
        mentions = [item for g, d, f in zip(golds, docs, found) for item in judged_mentions(g, d, f)]  # noqa: B905
        relations: list[tuple[float, bool]] = []
        for fold in range(FOLDS):
            model = Classifier(self._fold(fold) / f"{self._language}-relations.crfsuite.xz")
            for i in range(fold, len(golds), FOLDS):
                relations += self._judged_relations(i, found[i], model, encoders[fold])
        return ModelSettings(
            mention_threshold=best_threshold(
                mentions, sum(len(g.mentions) for g in golds), tolerance=TOLERANCE
            ),
            relation_threshold=best_threshold(
                relations, sum(len(g.relations) for g in golds), tolerance=TOLERANCE / 5
            ),
            mention_calibration=fit(mentions),
            relation_calibration=fit(relations),
        )

    def _judged_relations(
        self, number: int, found: Found, model: Classifier, encoder: Encoder | None
    ) -> Iterator[tuple[float, bool]]:
        gold, doc, (referents, ids) = self._golds[number], self._docs[number], found
        wanted = {(r.subject, r.predicate, r.object) for r in gold.relations}
        wanted |= {(o, p, s) for s, p, o in wanted if p == "cooperatesWith"}
        best: dict[tuple[int, str, int], float] = {}
        candidates = list(self._grammar.candidates(doc, referents))
        scores = judged(doc, candidates, self._grammar.ontology.schema, model, encoder)
        for scored in self._grammar.distribute(doc, scores):
            key = scored.pair.subject.referent, scored.predicate, scored.pair.object.referent
            best[key] = max(best.get(key, 0.0), scored.probability)
        for (subject, predicate, target), probability in best.items():
            yield probability, (ids[subject], predicate, ids[target]) in wanted
