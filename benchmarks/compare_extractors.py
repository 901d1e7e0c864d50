"""The extraction beside others that run offline, on annotated documents, judged by one scorer.

    python -m venv compare && compare/bin/pip install . textacy triplet-extract lemminflect
    compare/bin/pip install git+https://github.com/mmxgn/spacy-clausie     # claucy, from its repository
    compare/bin/python benchmarks/compare_extractors.py GOLD [NAME …]

GOLD is a folder of annotated documents (NAME.json beside NAME.txt). What is not installed is named and left out.
All use the small English model. Compared are: the named entities of the model alone; textacy's subject-verb-object
triples; the clauses of claucy (a ClausIE port); the triples of triplet-extract (a port of Stanford OpenIE); and
this extraction.

The others know neither our types nor our predicates, so what they find is mapped, as kindly as can be:

- An argument is taken for the noun phrase around its head, without article or possessive; conjuncts are arguments
  of their own. Pronouns and clauses are none.
- Its type is that of the authority file, of its form as a name ("… Bureau"), of its named entity, or of its head
  noun in our table. An argument that none of them types takes the type that its relation asks for; without a
  relation it is left out rather than counted as invented.
- The named entities of the model count as mentions too, as any user of these libraries has them.
- A triple is the relation that our frames give for its verb and the roles of its two arguments (subject, object,
  object of a preposition), where the types allow it. Every two arguments of one verb are tried.
- Its status is read off the verb by our rules without their trained part.
- Arguments with the same words are one entity.

The last column but one asks what their triples alone are worth: there an argument is the annotated mention around
its head, where there is one, with its type and entity. The speed counts parsing and extraction, not the mapping.
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from triplehelix.errors import TripleHelixError
from triplehelix.extract import load_pipeline
from triplehelix.extract.found import Found, FoundMention, FoundRelation
from triplehelix.extract.gold import GoldDocument, GoldMention, read_gold
from triplehelix.extract.heads import head_classes
from triplehelix.extract.language import load_english
from triplehelix.extract.names import name_forms
from triplehelix.extract.scoring import Evaluation, evaluate_found
from triplehelix.extract.status import read_status
from triplehelix.graph.evaluation import as_document, evaluate_annotated
from triplehelix.ontology import Frame, Ontology, fold, load_frames, load_ontology

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span, Token

ENTITIES = {
    "PERSON": "Person",
    "GPE": "Region",
    "LOC": "Region",
    "ORG": "Organization",
    "LAW": "PolicyDocument",
}
HEADS = {
    "instrument": "Mechanism",
    "people": "TalentGroup",
    "organisation": "ActorGroup",
    "document": "PolicyDocument",
    "field": "Field",
    "body": "Government",
    "place": "Region",
}
"""Our classes of head nouns and the core types they stand for, the first that fits."""

PREPOSITIONS = frozenset(
    "about across at by for from in into of on over through to towards under with".split()
)
UNNAMED = ("Mechanism", "ActorGroup", "TalentGroup", "Field")
"""Types of unnamed things, which an untyped argument may take, the first that fits."""


class Argument(NamedTuple):
    """An argument by its head, in a role as frames call them: agent, theme, prep:X."""

    head: Token
    role: str


class Said(NamedTuple):
    """A verb with its arguments."""

    verb: Token
    arguments: tuple[Argument, ...]


Extractor = Callable[["Doc"], Iterator[Said]]


class Missing(Exception):
    """A package that is not installed; says how to get it."""


class Reading:
    """One document with what is needed to turn what others say of it into mentions and relations of ours.

    Where annotated mentions are `given`, only those count as arguments.
    """

    def __init__(
        self,
        doc: Doc,
        ontology: Ontology,
        frames: Mapping[str, Sequence[Frame]],
        given: Sequence[GoldMention] = (),
    ) -> None:
        self._doc, self._ontology, self._frames = doc, ontology, frames
        self._given = sorted(given, key=lambda m: m.end - m.begin)
        names = [(doc[form.start : form.end], form.cls) for form in name_forms(doc)]
        self._names = {t.i: ontology.schema.core_of(cls) for span, cls in names for t in span}
        self._phrases: dict[int, Span] = {chunk.root.i: chunk for chunk in doc.noun_chunks}
        for span in (*doc.ents, *(span for span, _ in names)):
            if len(span) > len(self._phrases.get(span.root.i, ())):
                self._phrases[span.root.i] = span

    def found(self, said: Sequence[Said]) -> Found:
        """Everything said of the document, and the named entities of the model."""
        mentions = {_mention(span, kind) for span, kind in self._entities()}
        relations: dict[tuple[str, str, str], FoundRelation] = {}
        for one in said:
            mentions.update(m for m in map(self._typed, one.arguments) if m)
            for first, second in permutations(one.arguments, 2):
                ends = self._relate(one.verb, first, second)
                if ends is None:
                    continue
                predicate, subject, target = ends
                mentions |= {subject, target}
                if subject.entity != target.entity:
                    status = read_status(one.verb)
                    relation = FoundRelation(
                        subject.entity, predicate, target.entity, status.status, status.negated
                    )
                    relations.setdefault(relation.triple, relation)
        return Found(tuple(sorted(mentions)), tuple(relations.values()))

    def _relate(
        self, verb: Token, first: Argument, second: Argument
    ) -> tuple[str, FoundMention, FoundMention] | None:
        schema = self._ontology.schema
        subject, target = self._typed(first), self._typed(second)
        frames = self._frames.get(verb.lemma_.lower(), ())
        roles = first.role, second.role
        for frame in frames:
            if (frame.subject_role, frame.object_role) != roles:
                continue
            info = schema.predicates[frame.predicate]
            s = subject or self._guess(first, info.domain)
            o = target or self._guess(second, info.range)
            if s and o and schema.allows(frame.predicate, s.type, o.type):
                return frame.predicate, s, o
        return None

    def _guess(self, argument: Argument, wanted: frozenset[str]) -> FoundMention | None:
        """An untyped argument with the unnamed type that a relation asks for."""
        if self._given:
            return None
        kinds = [kind for kind in UNNAMED if kind in wanted]
        phrase = self._phrase(argument.head)
        return _mention(phrase, kinds[0]) if phrase is not None and kinds else None

    def _typed(self, argument: Argument) -> FoundMention | None:
        if self._given:
            offset = argument.head.idx
            around = (m for m in self._given if m.begin <= offset < m.end)
            return next((FoundMention(m.begin, m.end, m.type, m.entity) for m in around), None)
        phrase = self._phrase(argument.head)
        kind = self._type(phrase) if phrase is not None else None
        return _mention(phrase, kind) if phrase is not None and kind else None

    def _phrase(self, head: Token) -> Span | None:
        """The noun phrase around a head, without what it opens with."""
        if head.pos_ not in ("NOUN", "PROPN"):
            return None
        phrase = self._phrases.get(head.i) or head.doc[head.i : head.i + 1]
        while len(phrase) > 1 and phrase[0].tag_ in ("DT", "PDT", "WDT", "PRP$", "POS", "``", "''", "CD"):
            phrase = phrase[1:]
        return phrase

    def _type(self, phrase: Span) -> str | None:
        schema, authority = self._ontology.schema, self._ontology.authority
        known = {schema.core_of(entry.cls) for entry in authority.candidates(phrase.text, "en")}
        if len(known) == 1:
            return known.pop()
        if phrase.root.i in self._names and phrase.root.text[:1].isupper():
            return self._names[phrase.root.i]
        if phrase.root.ent_type_ in ENTITIES:
            return ENTITIES[phrase.root.ent_type_]
        classes = head_classes().get(phrase.root.lemma_.lower(), ())
        return next((kind for name, kind in HEADS.items() if name in classes), None)

    def _entities(self) -> Iterator[tuple[Span, str]]:
        for entity in self._doc.ents:
            span = entity[1:] if len(entity) > 1 and entity[0].lower_ == "the" else entity
            if entity.label_ in ENTITIES:
                known = self._type(span) if span.root.text[:1].isupper() else None
                yield span, known or ENTITIES[entity.label_]


def nothing(doc: Doc) -> Iterator[Said]:
    """No triples: the named entities alone."""
    return iter(())


def textacy_triples(nlp: Language) -> Extractor:
    """Subject-verb-object triples of textacy."""
    triples = _import("textacy.extract.triples", "textacy").subject_verb_object_triples

    def extract(doc: Doc) -> Iterator[Said]:
        for subjects, verbs, objects in triples(doc):
            verb = next((t for t in reversed(verbs) if t.pos_ == "VERB"), verbs[-1])
            arguments = [Argument(token, _role(token)) for token in (*subjects, *objects)]
            yield Said(verb, tuple(a for a in arguments if a.role))

    return extract


def claucy_clauses(nlp: Language) -> Extractor:
    """Clauses of claucy with subject, objects, complement and adverbials."""
    extract_clauses = _import("claucy.claucy", "git+https://github.com/mmxgn/spacy-clausie").extract_clauses

    def extract(doc: Doc) -> Iterator[Said]:
        for sentence in doc.sents:
            for clause in extract_clauses(sentence):
                if clause.verb is None:
                    continue
                parts = (clause.subject, clause.direct_object, clause.indirect_object, clause.complement)
                heads = [part.root for part in parts if part is not None]
                for adverbial in clause.adverbials:
                    heads += [t for t in adverbial.root.children if t.dep_ in ("pobj", "agent")]
                yield Said(clause.verb.root, tuple(_conjuncts(heads)))

    return extract


def openie_triples(nlp: Language) -> Extractor:
    """Triples of triplet-extract, found again in their sentence word for word."""
    package = _import("triplet_extract", "triplet-extract")
    # It loads the same model once more, by the name it has elsewhere.
    with patch("spacy.load", lambda *_, **__: load_english()):
        extractor = package.OpenIEExtractor(nlp=nlp)

    def extract(doc: Doc) -> Iterator[Said]:
        for sentence in doc.sents:
            for triple in extractor.extract_triplet_objects(sentence.text):
                subject, target = _find(sentence, triple.subject), _find(sentence, triple.object)
                relation = triple.relation.lower().split()
                verbs = [t for t in sentence if t.pos_ in ("VERB", "AUX") and t.lower_ in relation]
                if subject is None or target is None or not verbs:
                    continue
                last = relation[-1]
                role = "theme" if last == verbs[-1].lower_ or last not in PREPOSITIONS else f"prep:{last}"
                passive = subject.root.dep_ == "nsubjpass"
                arguments = [
                    Argument(t, "theme" if passive else "agent") for t in _with_conjuncts(subject.root)
                ]
                arguments += [
                    Argument(t, "agent" if passive and last == "by" else role)
                    for t in _with_conjuncts(target.root)
                ]
                yield Said(verbs[-1], tuple(arguments))

    return extract


EXTRACTORS: Mapping[str, Callable[[Language], Extractor]] = {
    "named entities": lambda nlp: nothing,
    "textacy": textacy_triples,
    "claucy": claucy_clauses,
    "triplet-extract": openie_triples,
}
OURS = "triplehelix"


def _import(module: str, package: str) -> Any:
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise Missing(f"not installed ({error}); get it with: pip install {package}") from None


def _mention(span: Span, kind: str) -> FoundMention:
    return FoundMention(span.start_char, span.end_char, kind, f"{kind} {fold(span.text)}")


def _conjuncts(heads: Sequence[Token]) -> Iterator[Argument]:
    for head in heads:
        role = _role(head)
        for token in _with_conjuncts(head) if role else ():
            yield Argument(token, role)


def _with_conjuncts(head: Token) -> tuple[Token, ...]:
    return (head, *head.conjuncts)


def _role(token: Token) -> str:
    """The role of an argument in its clause; "" where it has none that frames know."""
    while token.dep_ == "conj":
        token = token.head
    if token.dep_ in ("nsubj", "csubj"):
        return "agent"
    if token.dep_ in ("dobj", "nsubjpass", "attr", "oprd", "dative", "obj"):
        return "theme"
    if token.dep_ == "pobj":
        passive = token.head.dep_ == "agent"
        return "agent" if passive else f"prep:{token.head.lower_}"
    return ""


def _find(sentence: Span, words: str) -> Span | None:
    """The stretch of a sentence in which words stand in this order, others between them or not."""
    wanted = words.lower().split()
    begin = sentence.text.lower().find(words.lower())
    if wanted and begin >= 0:
        return sentence.char_span(begin, begin + len(words), alignment_mode="expand")
    places: list[int] = []
    for token in sentence:
        if len(places) < len(wanted) and token.lower_ == wanted[len(places)]:
            places.append(token.i)
    return sentence.doc[places[0] : places[-1] + 1] if wanted and len(places) == len(wanted) else None


class Row(NamedTuple):
    """What one extractor achieves; `given` is its evaluation on the annotated mentions."""

    name: str
    found: Evaluation
    given: Evaluation | None
    words_per_second: float


def compare(golds: Sequence[GoldDocument], names: Sequence[str]) -> Iterator[Row]:
    """A row for each extractor; which package is missing is printed."""
    words = sum(len(gold.text.split()) for gold in golds)
    nlp, ontology, frames = load_english(), load_ontology(), load_frames("en")
    for name, make in EXTRACTORS.items():
        if name not in names:
            continue
        try:
            extract = make(nlp)
        except Missing as reason:
            print(f"{name}: {reason}", file=sys.stderr)
            continue
        start = time.process_time()
        read = [(doc, list(extract(doc))) for doc in nlp.pipe(gold.text for gold in golds)]
        seconds = time.process_time() - start
        found, given = {}, {}
        for gold, (doc, said) in zip(golds, read, strict=True):
            found[gold.name] = Reading(doc, ontology, frames).found(said)
            given[gold.name] = Reading(doc, ontology, frames, gold.mentions).found(said)
        yield Row(name, evaluate_found(golds, found), evaluate_found(golds, given), words / seconds)
    if OURS in names:
        pipeline = load_pipeline()
        start = time.process_time()
        annotated = list(pipeline.annotate(map(as_document, golds)))
        seconds = time.process_time() - start
        yield Row(OURS, evaluate_annotated(golds, annotated, pipeline.ontology), None, words / seconds)


def main() -> None:
    """Print the table."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    names = sys.argv[2:] or [*EXTRACTORS, OURS]
    if unknown := set(names) - {*EXTRACTORS, OURS}:
        sys.exit(
            f"No extractor is called {', '.join(sorted(unknown))}; there are {', '.join(EXTRACTORS)}, {OURS}."
        )
    try:
        golds = [gold for gold in read_gold(Path(sys.argv[1])) if gold.language == "en"]
    except TripleHelixError as error:
        sys.exit(str(error))
    print(f"{len(golds)} documents; precision, recall and F1 of mentions (relaxed) and relations\n")
    print(
        "| extractor | mentions P | R | F1 | relations P | R | F1 | found | status | F1, mentions given | words/s |"
    )
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|")
    for row in compare(golds, names):
        mentions, relations = row.found.relaxed, row.found.relations
        cells = [
            row.name,
            *(f"{x:.2f}" for one in (mentions, relations) for x in (one.precision, one.recall, one.f1)),
            f"{relations.found:,}",
            f"{row.found.status_accuracy:.2f}" if row.found.statuses else "–",
            f"{row.given.relations.f1:.2f}" if row.given else "–",
            f"{row.words_per_second:,.0f}",
        ]
        print(f"| {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
