"""Terms that a text defines: 'hereinafter referred to as "the Centre"'."""

from __future__ import annotations

import pytest
from spacy.language import Language

from triplehelix.extract.coreference import resolve
from triplehelix.extract.defined_terms import defined_terms
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.ontology import Ontology

LONG = "Harbour Skills Training Centre"


def meant(doc_text: str, nlp: Language) -> list[str]:
    """The words that stand for what is defined."""
    doc = nlp(doc_text)
    return [doc[t.start : t.end].text for t in defined_terms(doc)]


@pytest.mark.parametrize(
    "definition",
    [
        '(hereinafter referred to as "the Centre")',
        '(hereinafter referred to as the "Centre")',
        "(hereinafter “the Centre”)",
        "(hereafter called the Centre)",
        "(“the Centre”)",
        "(the “Centre”)",
        "(referred to as “the Centre”)",
        ", hereinafter referred to as the Centre,",
        "（hereinafter referred to as “the Centre”）",
    ],
)
def test_a_defined_term_means_its_thing_from_then_on(
    definition: str, nlp: Language, ontology: Ontology
) -> None:
    doc = nlp(
        f"The Centre for Pilots closed. The {LONG} {definition} trains nurses. "
        "The city will fund the Centre. Such a centre is rare. This Centre is new."
    )
    begin = doc.text.index(LONG)
    span = doc.char_span(begin, begin + len(LONG), alignment_mode="expand")
    assert span is not None
    [referent] = resolve(doc, [MentionSpan(span.start, span.end, "ResearchOrg", (), "t", 1.0)], ontology)[0]
    surfaces = [doc[m.start : m.end].text.removeprefix("the ") for m in referent.mentions]
    assert surfaces == [LONG, "Centre", "Centre", "Centre"]
    assert {doc[m.start : m.end].sent.start for m in referent.mentions[2:]} == {
        s.start for s in doc.sents if s.text.startswith(("The city", "This Centre"))
    }


def test_a_term_without_an_article_means_its_thing_wherever_it_stands(nlp: Language) -> None:
    text = "Northlake Motors (hereinafter “Northlake”) makes buses. Northlake hired staff."
    assert meant(text, nlp) == ["Northlake", "Northlake"]


def test_a_term_defined_anew_changes_its_thing(nlp: Language, ontology: Ontology) -> None:
    doc = nlp(
        "The Harbour Fund (“the Fund”) opened. The Fund pays nurses. "
        "The Delta Fund (“the Fund”) opened. The Fund pays pilots."
    )
    spans = []
    for name in ("Harbour Fund", "Delta Fund"):
        begin = doc.text.index(name)
        span = doc.char_span(begin, begin + len(name), alignment_mode="expand")
        assert span is not None
        spans.append(MentionSpan(span.start, span.end, "Mechanism", (), "t", 1.0))
    referents, _ = resolve(doc, spans, ontology)
    ends = [[doc[m.start].sent.text.split()[-1] for m in r.mentions] for r in referents]
    assert ends == [["opened.", "opened.", "nurses."], ["opened.", "opened.", "pilots."]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Both schemes (hereinafter the same) ended. The same holds.", id="the same"),
        pytest.param("The mayor spoke (in the Centre) on Monday. The Centre is new.", id="a place"),
        pytest.param("The fund opened, the Centre closed. The Centre is new.", id="a comma"),
        pytest.param("He called it good (“a very fine day”). A day passed.", id="a quotation"),
    ],
)
def test_other_brackets_define_nothing(text: str, nlp: Language) -> None:
    assert meant(text, nlp) == []


def test_a_longer_name_is_not_the_term(nlp: Language) -> None:
    text = "The Harbour Bay Area (“the Bay”) is large. The Bay Bridge is long. The Bay grows."
    assert len(meant(text, nlp)) == 2
