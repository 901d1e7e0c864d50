"""Fitting the learned components to annotated documents; the same data give the same files.

Four kinds of model come out, all CRFsuite files: one sequence labeller for each layer of types, the relation
model and the status model.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from ..ontology import Ontology
from ..ontology.frames import Frame, load_frames
from .calibration import best_threshold, fit
from .coreference import Referent, resolve
from .entities import MentionFinder, MentionSpan
from .gold import GoldDocument, GoldRelation, read_gold
from .maxent import Classifier, train_sequences
from .pairs import Pair
from .relations import NONE, best_predicate, pairs_with_features
from .settings import ModelSettings, write_settings
from .status_features import read_register, status_features
from .tagger import LAYERS, SequenceTagger

if TYPE_CHECKING:
    from spacy.tokens import Doc

log = logging.getLogger(__name__)

TAGGER_L2, RELATION_L2, STATUS_L2 = 1.0, 3.0, 3.0
ITERATIONS = 150
FOLDS = 4
TOLERANCE = 0.005
"""How much F1 of mentions is given for precision; of relations, which are rarer, a fifth of it."""

LabelledRows = tuple[Sequence[Sequence[str]], Sequence[str]]
Found = tuple[list[Referent], list[str]]
"""Referents of a document and, for each, the annotated entity it stands for or ""."""


def train_folder(source: Path, target: Path, layer: Path | None = None) -> int:
    """Fit all models to the annotated English documents of a folder; returns how many there were.

    The files in `target` are replaced only when all are complete. Raises `DocumentError` for a folder that holds
    no annotated document.
    """
    from .pipeline import load_pipeline

    golds = [gold for gold in read_gold(source) if gold.language == "en"]
    pipeline = load_pipeline(layer)
    docs = [pipeline.parse(gold.text) for gold in golds]
    frames = load_frames("en", [path for path in pipeline.ontology.layers if path.suffix == ".ttl"])
    with TemporaryDirectory() as folder:
        train(golds, docs, pipeline.ontology, frames, Path(folder))
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted(Path(folder).iterdir()):
            shutil.copyfile(path, target / path.name)
    return len(golds)


def train(
    golds: Sequence[GoldDocument],
    docs: Sequence[Doc],
    ontology: Ontology,
    frames: Mapping[str, Sequence[Frame]],
    folder: Path,
    *,
    language: str = "en",
) -> None:
    """Fit all models to `golds`, parsed as `docs` (same order), and write them to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    finder = MentionFinder(ontology, {})
    rows = [finder.features(doc) for doc in docs]
    for layer, types in LAYERS.items():
        log.info("training the %s tagger", layer)
        train_sequences(
            str(folder / f"{language}-{layer}.crfsuite"),
            _sentences(golds, docs, rows, types),
            l2=TAGGER_L2,
            iterations=ITERATIONS,
            minimum=2,
        )
    log.info("training the relation and status models")
    found = list(_jackknifed(golds, docs, rows, ontology))
    seen = [
        _examples(g, d, [gold_referents(g, d), f], ontology, frames)
        for g, d, f in zip(golds, docs, found, strict=True)
    ]
    path = folder / f"{language}-relations.crfsuite"
    _train_relations(path, [row for examples in seen for row in examples.relations])
    path = folder / f"{language}-status.crfsuite"
    train_sequences(str(path), [row for e in seen for row in e.statuses], l2=STATUS_L2, iterations=ITERATIONS)
    log.info("calibrating on held-out folds")
    settings = calibrate(golds, docs, found, [e.relations for e in seen], ontology, frames)
    write_settings(settings, folder / f"{language}-settings.json")


class Examples(NamedTuple):
    """What one document teaches: (features, label) sequences of length one."""

    relations: list[LabelledRows]
    statuses: list[LabelledRows]


def _examples(
    gold: GoldDocument,
    doc: Doc,
    views: Iterable[Found],
    ontology: Ontology,
    frames: Mapping[str, Sequence[Frame]],
) -> Examples:
    """Examples from the annotated mentions and from those that taggers find in the document."""
    register = read_register(doc)
    examples = Examples([], [])
    for referents, ids in views:
        for pair, features, relation in labelled_pairs(gold, doc, referents, ids, ontology, frames):
            examples.relations.append(([features], [relation.predicate if relation else NONE]))
            if relation:
                cues = status_features(doc, pair, relation.predicate, register)
                examples.statuses.append(([cues], [relation.status]))
    return examples


def _train_relations(path: Path, examples: Iterable[LabelledRows]) -> None:
    train_sequences(str(path), examples, l2=RELATION_L2, iterations=ITERATIONS, minimum=2)


def calibrate(
    golds: Sequence[GoldDocument],
    docs: Sequence[Doc],
    found: Sequence[Found],
    examples: Sequence[Sequence[LabelledRows]],
    ontology: Ontology,
    frames: Mapping[str, Sequence[Frame]],
) -> ModelSettings:
    """Calibrations and thresholds from what models say of documents that they were not trained on."""
    mentions = [
        item for g, d, f in zip(golds, docs, found, strict=True) for item in _judged_mentions(g, d, f)
    ]
    relations: list[tuple[float, bool]] = []
    with TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            path = Path(folder) / str(fold)
            held_in = [row for i, rows in enumerate(examples) if i % FOLDS != fold for row in rows]
            _train_relations(path, held_in)
            model = Classifier(str(path))
            for i in range(fold, len(golds), FOLDS):
                relations += _judged_relations(golds[i], docs[i], found[i], model, ontology, frames)
    return ModelSettings(
        mention_threshold=best_threshold(mentions, sum(len(g.mentions) for g in golds), tolerance=TOLERANCE),
        relation_threshold=best_threshold(
            relations, sum(len(g.relations) for g in golds), tolerance=TOLERANCE / 5
        ),
        mention_calibration=fit(mentions),
        relation_calibration=fit(relations),
    )


def _judged_mentions(gold: GoldDocument, doc: Doc, found: Found) -> Iterator[tuple[float, bool]]:
    for referent in found[0]:
        for mention in referent.mentions:
            span = doc[mention.start : mention.end]
            right = any(
                other.type == mention.type
                and overlaps(span.start_char, span.end_char, other.begin, other.end)
                for other in gold.mentions
            )
            yield mention.confidence, right


def _judged_relations(
    gold: GoldDocument,
    doc: Doc,
    found: Found,
    model: Classifier,
    ontology: Ontology,
    frames: Mapping[str, Sequence[Frame]],
) -> Iterator[tuple[float, bool]]:
    referents, ids = found
    wanted = {(r.subject, r.predicate, r.object) for r in gold.relations}
    wanted |= {(o, p, s) for s, p, o in wanted if p == "cooperatesWith"}
    best: dict[tuple[int, str, int], float] = {}
    for pair, features in pairs_with_features(doc, referents, ontology.schema, frames):
        predicate, probability = best_predicate(ontology.schema, model, pair, features)
        key = pair.subject.referent, predicate, pair.object.referent
        best[key] = max(best.get(key, 0.0), probability)
    for (subject, predicate, target), probability in best.items():
        yield probability, (ids[subject], predicate, ids[target]) in wanted


def _sentences(
    golds: Sequence[GoldDocument],
    docs: Sequence[Doc],
    rows: Sequence[Sequence[list[str]]],
    types: Iterable[str],
) -> Iterator[LabelledRows]:
    for gold, doc, features in zip(golds, docs, rows, strict=True):
        labels = bio_labels(gold, doc, frozenset(types))
        for sentence in doc.sents:
            yield features[sentence.start : sentence.end], labels[sentence.start : sentence.end]


def bio_labels(gold: GoldDocument, doc: Doc, types: frozenset[str]) -> list[str]:
    """B-/I-/O labels of the tokens for the mentions of some types, longest first."""
    labels = ["O"] * len(doc)
    for mention in sorted(gold.mentions, key=lambda m: (m.begin - m.end, m.begin)):
        span = doc.char_span(mention.begin, mention.end, alignment_mode="expand")
        if (
            mention.type not in types
            or span is None
            or any(labels[i] != "O" for i in range(span.start, span.end))
        ):
            continue
        for i in range(span.start, span.end):
            labels[i] = f"{'B' if i == span.start else 'I'}-{mention.type}"
    return labels


def gold_referents(gold: GoldDocument, doc: Doc) -> Found:
    """The annotated entities as referents, with their ids in the same order."""
    referents: dict[str, Referent] = {}
    for mention in gold.mentions:
        span = doc.char_span(mention.begin, mention.end, alignment_mode="expand")
        if span is None:
            continue
        referent = referents.setdefault(mention.entity, Referent(mention.type, mention.type, span.text, None))
        referent.mentions.append(MentionSpan(span.start, span.end, mention.type, (), "gold", 1.0))
    return list(referents.values()), list(referents)


def labelled_pairs(
    gold: GoldDocument,
    doc: Doc,
    referents: Sequence[Referent],
    ids: Sequence[str],
    ontology: Ontology,
    frames: Mapping[str, Sequence[Frame]],
) -> Iterator[tuple[Pair, list[str], GoldRelation | None]]:
    """Candidate pairs with what the annotation says of them; pairs it states in another sentence are left out.

    `ids` gives for each referent the annotated entity it stands for, or "" for none.
    """
    relations = {(r.subject, r.object): r for r in gold.relations}
    symmetric = {(r.object, r.subject): r for r in gold.relations if r.predicate == "cooperatesWith"}
    for pair, features in pairs_with_features(doc, referents, ontology.schema, frames):
        ends = ids[pair.subject.referent], ids[pair.object.referent]
        relation = relations.get(ends) or symmetric.get(ends)
        if relation is None:
            yield pair, features, None
        elif pair.sentence.start_char - 2 <= relation.begin < pair.sentence.end_char:
            yield pair, features, relation


def _jackknifed(
    golds: Sequence[GoldDocument],
    docs: Sequence[Doc],
    rows: Sequence[Sequence[list[str]]],
    ontology: Ontology,
) -> Iterator[Found]:
    """Referents of each document as taggers that have not seen it find them, with the entities they stand for.

    The relation model must learn from mentions as imperfect as those it will meet.
    """
    finders = []
    with TemporaryDirectory() as folder:
        for fold in range(FOLDS):
            chosen = [i for i in range(len(golds)) if i % FOLDS != fold]
            taggers = {}
            for layer, types in LAYERS.items():
                path = f"{folder}/{fold}-{layer}"
                examples = _sentences(
                    [golds[i] for i in chosen], [docs[i] for i in chosen], [rows[i] for i in chosen], types
                )
                train_sequences(path, examples, l2=TAGGER_L2, iterations=ITERATIONS, minimum=2)
                taggers[layer] = SequenceTagger(path)
            finders.append(MentionFinder(ontology, taggers))
        for number, (gold, doc) in enumerate(zip(golds, docs, strict=True)):
            referents, _ = resolve(doc, finders[number % FOLDS].mentions(doc), ontology)
            yield referents, [_stands_for(doc, referent, gold) for referent in referents]


def _stands_for(doc: Doc, referent: Referent, gold: GoldDocument) -> str:
    for mention in referent.mentions:
        span = doc[mention.start : mention.end]
        for other in gold.mentions:
            if overlaps(span.start_char, span.end_char, other.begin, other.end):
                return other.entity
    return ""


def overlaps(begin: int, end: int, other_begin: int, other_end: int) -> bool:
    """True where two stretches share at least half of their union, as the relaxed score asks."""
    shared = min(end, other_end) - max(begin, other_begin)
    return shared * 2 >= max(end, other_end) - min(begin, other_begin)
