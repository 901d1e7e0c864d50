"""Who "we", "our city", "this bureau" are, and where nobody of the document speaks."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.extract.occurrences import OccurrenceFinder
from triplehelix.extract.pairs import PairFinder
from triplehelix.extract.speakers import own_voice, phrase, speaker
from triplehelix.ontology import Ontology
from triplehelix.ontology.frames import load_frames

ADDRESS = (
    "12. The Government will open a skills hub. We will train nurses. We have set up a fund. "
    "The Harbour Monetary Office runs a hotline. The Harbour Monetary Office hired staff. "
    "The Harbour Monetary Office will report in May. We will widen the fund."
)


def governments(doc: Doc, *names: str) -> list[Referent]:
    """One government for each name, at every place where the name stands (in any case)."""
    found = []
    for name in names:
        spans = [
            doc.char_span(begin, begin + len(name), alignment_mode="expand")
            for begin in range(len(doc.text))
            if doc.text.startswith(name, begin)
        ]
        mentions = [MentionSpan(s.start, s.end, "Government", (), "t", 1.0) for s in spans if s is not None]
        found.append(Referent("Government", "Government", name, None, mentions))
    return found


def voice(nlp: Language, text: str, *names: str) -> str | None:
    doc = nlp(text)
    found = speaker(doc, governments(doc, *names))
    return found.name if found else None


def test_the_government_speaks_in_its_own_address(nlp: Language) -> None:
    assert voice(nlp, ADDRESS, "Government", "Harbour Monetary Office") == "Government"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param(
            "The HKSAR Government opened a fund. We will widen the fund.", "HKSAR Government", id="HKSAR"
        ),
        pytest.param("This bureau runs a hotline. We will open a school.", "bureau", id="this bureau"),
        pytest.param(
            "The municipal government opened a hub. Our city will build a port.",
            "municipal government",
            id="our city",
        ),
        pytest.param(
            "The municipal government opened a hub. We will build a port.", "government", id="municipal"
        ),
    ],
)
def test_a_body_that_promises_and_names_itself_is_the_speaker(text: str, name: str, nlp: Language) -> None:
    assert voice(nlp, text, name) == name


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Government opened a fund. It will widen the fund.", id="nobody"),
        pytest.param(
            "The Government should open a fund. We propose three schemes. The Government should hire nurses.",
            id="adviser",
        ),
        pytest.param("The Government opened a fund. We must train nurses. We must be bold.", id="commentary"),
        pytest.param(
            'The Government opened a fund. "We will hire nurses," the manager of a clinic said.', id="quoted"
        ),
        pytest.param(
            "The Government opened a fund. The manager said that we will hire nurses.", id="reported"
        ),
        pytest.param("The Government opened a fund. Students in the US will apply.", id="the US"),
        pytest.param("Firms welcome the Government. We will train nurses.", id="does not act"),
    ],
)
def test_a_document_without_a_speaker(text: str, nlp: Language) -> None:
    assert voice(nlp, text, "Government") is None


def test_a_body_that_only_others_speak_of_is_no_speaker(nlp: Language) -> None:
    assert voice(nlp, "The Harbour Office hired staff. We will train nurses.", "Harbour Office") is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("We will open a hub. “We need staff,” said a manager.", ["We"]),
        ("We hope that we can open a hub.", ["We", "we"]),
        ("‘We need staff,’ said a manager of our partner.", ["our"]),
        ("Our country grows. Our city will build a port.", ["Our city"]),
        ("Our ports are full.", ["Our"]),
        ("The manager of the clinic explained that we lack nurses.", []),
        ("“We need staff.\nWe will hire nurses.", ["We"]),
    ],
)
def test_what_a_document_says_in_its_own_voice(text: str, wanted: list[str], nlp: Language) -> None:
    doc = nlp(text)
    assert [phrase(doc[i]).text for i in sorted(own_voice(doc))] == wanted


def test_somebody_who_is_quoted_in_a_report_is_not_its_government(nlp: Language) -> None:
    doc = nlp(
        "The Government opened a hub. We will train nurses. “We will hire pilots,” the manager of a firm said."
    )
    things = governments(doc, "Government")
    found = OccurrenceFinder(doc, things, 0).by_sentence()
    spoken = [doc[o.start].sent.text for rows in found.values() for o in rows if o.form == "pronoun"]
    assert spoken == ["We will train nurses."]


def test_our_city_does_what_its_clause_says(nlp: Language, ontology: Ontology) -> None:
    doc = nlp("The Government opened a hub. Our city will establish a fund.")
    things = governments(doc, "Government", "fund")
    things[1].type = "Mechanism"
    things[1].mentions = [m._replace(type="Mechanism") for m in things[1].mentions]
    frames = {
        (things[p.subject.referent].name, m.frame.predicate, things[p.object.referent].name)
        for p in PairFinder(doc, things, ontology.schema, load_frames("en"), 0).pairs()
        for m in p.frames
    }
    assert ("Government", "leads", "fund") in frames
