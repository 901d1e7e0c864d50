"""Abbreviations that a text introduces in brackets."""

from __future__ import annotations

import pytest
import spacy

from triplehelix.extract.abbreviations import abbreviations

BLANK = spacy.blank("en")
BLANK.add_pipe("sentencizer")


@pytest.mark.parametrize(
    ("text", "long"),
    [
        ("The Flight Safety Office (FSO) opened.", "Flight Safety Office"),
        ("The Office of Flight Safety (OFS) opened.", "Office of Flight Safety"),
        ("The Harbour City Science Council (HCSC) met.", "Harbour City Science Council"),
        ("The Flight Safety Office （FSO） opened.", "Flight Safety Office"),
        ('The Flight Safety Office (hereinafter referred to as "FSO") opened.', "Flight Safety Office"),
        ("The Flight Safety Office (FSO for short) opened.", "Flight Safety Office"),
        ("FSO (Flight Safety Office) opened.", "Flight Safety Office"),
        ("It funds new research institutions (NRIs) there.", "new research institutions"),
    ],
)
def test_the_long_form_is_found(text: str, long: str) -> None:
    doc = BLANK(text)
    assert [doc[a.start : a.end].text for a in abbreviations(doc)] == [long]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The Flight Safety Office (QXZ) opened.", id="other letters"),
        pytest.param("The office (see below) opened.", id="a remark"),
        pytest.param("The Flight Safety Office (2024) opened.", id="a year"),
        pytest.param("(FSO) opened.", id="nothing before"),
        pytest.param("The Flight Safety Office (Fso) opened.", id="one capital"),
        pytest.param("Flight Safety Office, FSO", id="no brackets"),
        pytest.param("The FSO (a new seat in Harbour City) opened.", id="another remark"),
        pytest.param("FSO (the Flight Safety Office", id="never closed"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_abbreviation(text: str) -> None:
    assert list(abbreviations(BLANK(text))) == []
