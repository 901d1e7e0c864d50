"""What a sentence speaks of without naming it: topics, arrangements, what a list's introduction names."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from triplehelix.extract.coreference import Referent
from triplehelix.extract.language import load_english
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.extract.occurrences import OccurrenceFinder
from triplehelix.extract.pairs import PairFinder
from triplehelix.extract.sentences import NumberedSentences
from triplehelix.extract.words import part_words
from triplehelix.ontology import Ontology
from triplehelix.ontology.frames import load_frames

FRAMES = load_frames("en")


@pytest.fixture(scope="module")
def laid_out() -> Language:
    """The English model with layout before the parser, as the pipeline has it."""
    model = load_english()
    part_words(model)
    model.add_pipe("policy_sentences", first=True)
    return model


def read(model: Language, text: str) -> Doc:
    return NumberedSentences()(model(text))


def referents(doc: Doc, types: dict[str, str]) -> list[Referent]:
    """One referent for each word, by type, at every place where the word stands."""
    return [
        Referent(
            kind,
            kind,
            word,
            None,
            [MentionSpan(t.i, t.i + 1, kind, (), "t", 0.9) for t in doc if t.text == word],
        )
        for word, kind in types.items()
    ]


def unnamed(doc: Doc, things: list[Referent], speaker: int | None = None) -> set[tuple[int, str, str, str]]:
    """(sentence, referent, form, via) of everything that is not named."""
    found = OccurrenceFinder(doc, things, speaker).by_sentence()
    return {
        (number, things[o.referent].name, o.form, o.via)
        for number, occurrences in found.items()
        for o in occurrences
        if o.form != "mention"
    }


def stated(doc: Doc, things: list[Referent], ontology: Ontology, speaker: int | None = None) -> set[str]:
    """What frames propose, as "subject predicate object"."""
    return {
        f"{things[p.subject.referent].name} {m.frame.predicate} {things[p.object.referent].name}"
        for p in PairFinder(doc, things, ontology.schema, FRAMES, speaker).pairs()
        for m in p.frames
    }


G, M, D, T = "Government", "Mechanism", "PolicyDocument", "TalentGroup"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The scheme opened in May. It trains nurses.", "scheme"),
        ("The bureau launched a scheme. This will help nurses.", "scheme"),
        ("The bureau opened several schemes. Examples include a hotline.", "schemes"),
        ("The bureau runs a scheme. Its nurses live in Hefei.", "scheme"),
    ],
)
def test_an_arrangement_is_taken_up_in_the_next_sentence(text: str, wanted: str, laid_out: Language) -> None:
    doc = read(laid_out, text)
    things = referents(doc, {wanted: M, "nurses": T})
    assert (1, wanted, "pronoun", "this") in unnamed(doc, things)


def test_a_pronoun_does_not_skip_what_is_named_before_it(laid_out: Language) -> None:
    doc = read(laid_out, "The scheme opened. The fund pays nurses because it was founded for them.")
    things = referents(doc, {"scheme": M, "fund": M})
    assert not {row for row in unnamed(doc, things) if row[1] == "scheme"}


def test_what_is_said_of_this_arrangement(laid_out: Language, ontology: Ontology) -> None:
    doc = read(laid_out, "The bureau launched a scheme. It trains nurses.")
    things = referents(doc, {"bureau": G, "scheme": M, "nurses": T})
    assert stated(doc, things, ontology) >= {"bureau leads scheme", "scheme targets nurses"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Government will:\n\n• expand the scheme;\n• set up a fund.\n", id="bullets"),
        pytest.param("The Government will:\n\n(i) Expand the scheme;\n\n(ii) Set up a fund.\n", id="roman"),
        pytest.param("The Government will:\n\n1. Expand the scheme.\n2. Set up a fund.\n", id="numbers"),
        pytest.param(
            "The Government will take these steps:\n\nexpand the scheme;\nset up a fund.\n", id="lines only"
        ),
    ],
)
def test_the_actor_before_a_list_does_what_its_items_say(
    text: str, laid_out: Language, ontology: Ontology
) -> None:
    doc = read(laid_out, text)
    things = referents(doc, {"Government": G, "scheme": M, "fund": M})
    assert stated(doc, things, ontology) >= {"Government leads scheme", "Government leads fund"}


def test_a_list_ends_where_its_numbering_does(laid_out: Language) -> None:
    doc = read(
        laid_out,
        "The Government will:\n\n(i) Expand the scheme.\n\n(ii) Open a fund.\n\n14. Schools improve.\n\n"
        "15. Banks lend.\n",
    )
    things = referents(doc, {"Government": G, "Schools": "ActorGroup"})
    assert {row[0] for row in unnamed(doc, things)} == {1, 2}


def test_a_document_before_a_list_scopes_its_items(laid_out: Language) -> None:
    doc = read(laid_out, "The main tasks of the Outline are:\n\n(1) Open a fund.\n(2) Train nurses.\n")
    things = referents(doc, {"Outline": D, "fund": M})
    assert {(1, "Outline", "unspoken", "lead-in"), (2, "Outline", "unspoken", "lead-in")} <= unnamed(
        doc, things
    )


def test_the_speaker_of_a_plan_in_imperatives(laid_out: Language, ontology: Ontology) -> None:
    doc = read(laid_out, "(3) Establish a fund.\n\n(4) Implement the scheme.\n")
    things = referents(doc, {"fund": M, "scheme": M})
    things.append(Referent(G, G, "city", None, []))
    assert stated(doc, things, ontology, speaker=2) >= {"city leads fund", "city leads scheme"}
    assert not stated(doc, things, ontology)


def test_numbered_paragraphs_have_their_own_subjects(laid_out: Language, ontology: Ontology) -> None:
    doc = read(laid_out, "12. The Bureau will set up a fund.\n\n13. The Council runs a scheme.\n")
    things = referents(doc, {"Bureau": G, "Council": G, "fund": M, "scheme": M})
    assert stated(doc, things, ontology) == {"Bureau leads fund", "Council leads scheme"}


def test_captions_and_datelines_do_nothing(laid_out: Language, ontology: Ontology) -> None:
    doc = read(
        laid_out,
        "Students visit a laboratory in Hefei. (Xinhua/Li Ming)\n"
        "HEFEI, March 3 (Xinhua) -- The city opened a fund.\n",
    )
    things = referents(doc, {"Xinhua": "Organization", "fund": M, "Hefei": "Region"})
    assert not {text for text in stated(doc, things, ontology) if text.startswith("Xinhua")}


def test_a_lost_space_keeps_two_sentences_apart(laid_out: Language, ontology: Ontology) -> None:
    doc = read(laid_out, "theBureau opened a fund in the Delta.The Council ran a scheme.")
    things = referents(doc, {"Bureau": G, "fund": M, "Council": G, "scheme": M})
    assert stated(doc, things, ontology) == {"Bureau leads fund", "Council leads scheme"}
