"""What annotated documents teach: labels of tokens, labelled pairs, and which findings are right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .coreference import Referent
from .gold import GoldDocument, GoldRelation
from .mention_spans import MentionSpan
from .pairs import Pair
from .relations import NONE

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .grammar import Grammar

LabelledRows = tuple[Sequence[Sequence[str]], Sequence[str]]
"""Features of the items of a sequence, and a label for each."""

EVIDENCE_SLACK = 2
"""Code points that a sentence may begin behind its evidence: a quotation mark or a bullet."""

Found = tuple[list[Referent], list[str]]
"""Referents of a document and, for each, the annotated entity it stands for or ""."""


class Examples(NamedTuple):
    """What one document teaches: (features, label) sequences of length one."""

    relations: list[LabelledRows]
    statuses: list[LabelledRows]


def examples_of(
    gold: GoldDocument,
    doc: Doc,
    views: Iterable[Found],
    grammar: Grammar,
) -> Examples:
    """Examples from the annotated mentions and from those that taggers find in the document."""
    examples = Examples([], [])
    for referents, ids in views:
        stated: list[tuple[Pair, GoldRelation]] = []
        for pair, features, relation in labelled_pairs(gold, doc, referents, ids, grammar):
            examples.relations.append(([features], [relation.predicate if relation else NONE]))
            if relation:
                stated.append((pair, relation))
        cues = grammar.status_features(doc, [(pair, relation.predicate) for pair, relation in stated])
        examples.statuses.extend(
            ([row], [relation.status]) for row, (_, relation) in zip(cues, stated, strict=True)
        )
    return examples


def judged_mentions(gold: GoldDocument, doc: Doc, found: Found) -> Iterator[tuple[float, bool]]:
    """The confidence of each found mention, and whether the annotation has one like it of the same type."""
    for referent in found[0]:
        for mention in referent.mentions:
            span = doc[mention.start : mention.end]
            right = any(
                other.type == mention.type
                and overlaps(span.start_char, span.end_char, other.begin, other.end)
                for other in gold.mentions
            )
            yield mention.confidence, right


def labelled_sentences(
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
    grammar: Grammar,
) -> Iterator[tuple[Pair, list[str], GoldRelation | None]]:
    """Candidate pairs with what the annotation says of them, in order; `ids` gives for each referent the annotated
    entity it stands for, or "" for none.

    Of pairs that are related, those count that stand in the sentence of the evidence or, when none does, nearest
    to it; what is said of the same two elsewhere is unknown, so it is left out.
    """
    relations = {(r.subject, r.object): r for r in gold.relations}
    symmetric = {(r.object, r.subject): r for r in gold.relations if r.predicate == "cooperatesWith"}
    candidates = []
    nearest: dict[tuple[str, str], int] = {}
    for pair, features in grammar.candidates(doc, referents):
        ends = ids[pair.subject.referent], ids[pair.object.referent]
        relation = relations.get(ends) or symmetric.get(ends)
        away = _distance(pair, relation.begin) if relation else 0
        nearest[ends] = min(away, nearest.get(ends, away))
        candidates.append((pair, features, relation, ends, away))
    for pair, features, relation, ends, away in candidates:
        if relation is None or away == nearest[ends]:
            yield pair, features, relation


def _distance(pair: Pair, begin: int) -> int:
    """How many code points the sentence of a pair is away from where the evidence begins; 0 for the same."""
    if pair.sentence.start_char - EVIDENCE_SLACK <= begin < pair.sentence.end_char:
        return 0
    return min(abs(pair.sentence.start_char - begin), abs(pair.sentence.end_char - begin))


def stands_for(doc: Doc, referent: Referent, gold: GoldDocument) -> str:
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
