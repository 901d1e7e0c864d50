"""Which mentions of a sentence are tried as ends of a relation."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.extract.pairs import Pair, PairFinder, allowed_predicates
from triplehelix.ontology import Ontology
from triplehelix.ontology.frames import load_frames

FRAMES = load_frames("en")


def referents(doc: Doc, **types: str) -> list[Referent]:
    """One referent for each word, by type."""
    found = []
    for word, kind in types.items():
        spans = [MentionSpan(t.i, t.i + 1, kind, (), "test", 0.9) for t in doc if t.text == word]
        found.append(Referent(kind, kind, word, None, spans))
    return found


def pairs(doc: Doc, things: list[Referent], ontology: Ontology, speaker: int | None = None) -> list[Pair]:
    return list(PairFinder(doc, things, ontology.schema, FRAMES, speaker).pairs())


def named(found: list[Pair], things: list[Referent]) -> set[tuple[str, str]]:
    return {(things[p.subject.referent].name, things[p.object.referent].name) for p in found}


def test_only_ends_that_a_predicate_may_join(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("The bureau launched a programme in Hefei.")
    things = referents(doc, bureau="Government", programme="Mechanism", Hefei="Region")
    found = named(pairs(doc, things, ontology), things)
    assert found >= {("bureau", "programme"), ("programme", "Hefei"), ("bureau", "Hefei")}
    assert not found & {("Hefei", "programme"), ("Hefei", "bureau")}


def test_the_frame_of_the_verb_is_given(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("The bureau launched a programme.")
    pair = pairs(doc, referents(doc, bureau="Government", programme="Mechanism"), ontology)[0]
    assert [m.frame.predicate for m in pair.frames] == ["leads"]
    assert pair.frames[0].predicate.text == "launched"


def test_sentences_are_kept_apart(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("The bureau met. A programme began.")
    assert not pairs(doc, referents(doc, bureau="Government", programme="Mechanism"), ontology)


def test_a_pronoun_takes_up_the_topic(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("The bureau met. It launched a programme.")
    things = referents(doc, bureau="Government", programme="Mechanism")
    pair = pairs(doc, things, ontology)[-1]
    assert {(end.form, doc[end.start].text) for end in (pair.subject, pair.object)} == {
        ("pronoun", "It"),
        ("mention", "programme"),
    }


def test_we_are_the_speaker_if_there_is_one(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("We launched a programme. The bureau met.")
    things = referents(doc, bureau="Government", programme="Mechanism")
    assert not pairs(doc, things, ontology)
    assert ("bureau", "programme") in named(pairs(doc, things, ontology, speaker=0), things)


def test_nothing_is_paired_with_itself(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("The bureau supports the bureau.")
    assert not pairs(doc, referents(doc, bureau="Government"), ontology)


def test_allowed_predicates_follow_domain_and_range(ontology: Ontology) -> None:
    assert "leads" in allowed_predicates(ontology.schema, "Government", "Mechanism")
    assert "leads" not in allowed_predicates(ontology.schema, "Mechanism", "Government")
    assert allowed_predicates(ontology.schema, "Field", "Person") == ()
