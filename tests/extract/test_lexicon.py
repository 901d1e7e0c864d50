"""Looking labels up in a text: longest first, blind to how they are written, not to what they say."""

from __future__ import annotations

from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.extract.lexicon import Lexicon
from triplehelix.ontology import Ontology

BLANK = spacy.blank("en")
LEXICON = Lexicon(
    [
        ("Harbour City", ("harbour",), False),
        ("Harbour City University", ("university",), False),
        ("University", ("any-university",), True),
        ("Low-altitude Flight Office", ("flight",), False),
        ("MOST", ("most",), False),
        ("CAS", ("cas",), False),
        ("Lakeside", ("lakeside-east", "lakeside-west"), False),
        ("The Delta", ("delta",), False),
        ("Bureau for Trade", ("trade-old",), True),
        ("bureau for trade", ("trade-new",), False),
    ]
)


def found(text: str) -> list[tuple[str, tuple[str, ...]]]:
    doc = BLANK(text)
    return [(doc[m.start : m.end].text, m.keys) for m in LEXICON.matches(doc)]


def test_the_longest_label_wins() -> None:
    assert found("at Harbour City University today") == [("Harbour City University", ("university",))]
    assert found("in Harbour City today") == [("Harbour City", ("harbour",))]


def test_labels_side_by_side_are_both_found() -> None:
    assert [keys for _, keys in found("Harbour City CAS Harbour City")] == [
        ("harbour",),
        ("cas",),
        ("harbour",),
    ]


@pytest.mark.parametrize(
    "written",
    [
        "harbour city",
        "HARBOUR CITY",
        "Harbour-City",
        "Harbour–City",
        "Ｈａｒｂｏｕｒ Ｃｉｔｙ",
        "Harbour\u00a0City",
        "Harbour\nCity",
    ],
)
def test_case_width_hyphens_and_spaces_do_not_matter(written: str) -> None:
    assert [keys for _, keys in found(f"In {written} it began.")] == [("harbour",)]


@pytest.mark.parametrize("written", ["low altitude flight office", "Low‑Altitude Flight Office"])
def test_a_hyphen_in_the_label_does_not_matter(written: str) -> None:
    assert [keys for _, keys in found(f"The {written} opened.")] == [("flight",)]


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        pytest.param("Most firms, mostly the most able", [], id="ordinary word"),
        pytest.param("MOST issued a notice", [("most",)], id="acronym"),
        pytest.param("In case of need, cas or not", [], id="letters of another acronym"),
        pytest.param("CAS runs it", [("cas",)], id="another acronym"),
    ],
)
def test_an_acronym_needs_its_capitals(text: str, keys: list[tuple[str, ...]]) -> None:
    assert [k for _, k in found(text)] == keys


def test_a_shared_label_offers_all_its_owners() -> None:
    assert found("In Lakeside")[0][1] == ("lakeside-east", "lakeside-west")


def test_a_label_is_no_part_of_a_word() -> None:
    assert found("Lakesiders and Harbour Citylights") == []


def test_labels_one_letter_apart_stay_apart() -> None:
    assert found("Lakeside and Lakesida, Harbor City") == [("Lakeside", ("lakeside-east", "lakeside-west"))]


def test_a_label_found_on_sight_somewhere_needs_no_context() -> None:
    doc = BLANK("the bureau for trade; a university")
    assert [m.contextual for m in LEXICON.matches(doc)] == [False, True]


def test_punctuation_parts_a_label() -> None:
    assert found("in the harbour, city firms") == []
    assert found("the harbour. City firms") == []


def test_a_text_without_letters_has_no_labels() -> None:
    assert found("") == []
    assert found("1 2 3 … —") == []


@given(
    st.lists(
        st.sampled_from(
            ["Harbour", "City", "University", "MOST", "most", ",", "the", "Delta", "\n", "深圳", "🚄"]
        )
    )
)
def test_matches_are_in_order_and_apart(words: list[str]) -> None:
    doc = BLANK(" ".join(words))
    matches = list(LEXICON.matches(doc))
    assert all(m.start < m.end <= len(doc) and m.keys for m in matches)
    assert all(a.end <= b.start for a, b in pairwise(matches))


def test_the_ontology_is_compiled(ontology: Ontology) -> None:
    lexicon = Lexicon.from_ontology(ontology, "en")
    doc = BLANK("Most cities wrote to MOST and to the ministry of education.")
    assert [m.keys for m in lexicon.matches(doc) if not m.contextual] == [("act-most",), ("act-moe",)]
