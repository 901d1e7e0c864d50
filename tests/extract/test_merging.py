"""Short quotations and known names become single tokens."""

from __future__ import annotations

import pytest
import spacy
from spacy.language import Language

from triplehelix.extract.merging import quoted

BLANK = spacy.blank("en")


def quotations(text: str) -> list[str]:
    doc = BLANK(text)
    return [doc[start:end].text for start, end in quoted(doc)]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("the “use first, pay later” scheme", ["use first, pay later"]),
        ('the "use first, pay later" scheme', ["use first, pay later"]),
        ("the ‘open door’ scheme", ["open door"]),
        ("“one stop” and “two keys”", ["one stop", "two keys"]),
    ],
)
def test_short_quotations(text: str, inside: list[str]) -> None:
    assert quotations(text) == inside


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("the “hub”", id="one word needs no merging"),
        pytest.param("“We will build it.”", id="a sentence"),
        pytest.param("“a b c d e f g h i j k l m”", id="long"),
        pytest.param("“an open end", id="never closed"),
        pytest.param("an open end”", id="never opened"),
        pytest.param("“two\nlines apart”", id="over a line end"),
        pytest.param('“mixed marks"', id="other mark closes"),
    ],
)
def test_what_is_left_alone(text: str) -> None:
    assert quotations(text) == []


def test_known_names_are_merged_whole(nlp: Language) -> None:
    doc = nlp("The Ministry of Human Resources and Social Security met in Hefei.")
    assert doc[1].text == "Ministry of Human Resources and Social Security"


def test_a_merged_name_is_read_as_a_noun(nlp: Language) -> None:
    doc = nlp("The Ministry of Human Resources and Social Security funds the “use first, pay later” scheme.")
    [verb] = [token for token in doc if token.text == "funds"]
    assert verb.pos_ == "VERB"
    assert [t.text for t in verb.lefts if t.dep_ == "nsubj"] == [doc[1].text]
