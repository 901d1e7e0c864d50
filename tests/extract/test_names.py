"""Names told by their form, with no authority file."""

from __future__ import annotations

import pytest
from spacy.language import Language

from triplehelix.errors import OntologyError
from triplehelix.extract.names import name_forms, name_heads, parse_name_forms
from triplehelix.ontology import Ontology


def forms(nlp: Language, text: str) -> list[tuple[str, str]]:
    doc = nlp(text)
    return [(doc[f.start : f.end].text, f.cls) for f in name_forms(doc)]


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("Northlake University opened a school.", "Northlake University", "University"),
        ("The University of Northlake opened a school.", "University of Northlake", "University"),
        ("The Ministry of Rail Safety met.", "Ministry of Rail Safety", "Ministry"),
        ("The school of Northlake University in Hefei met.", "Northlake University", "University"),
        ("The staff of Orchid Robotics Ltd. met.", "Orchid Robotics Ltd.", "Enterprise"),
        ("The Low-altitude Flight Office met.", "Low-altitude Flight Office", "Government"),
        ("The Harbour City Institute for Tidal Power met.", "Harbour City Institute for Tidal Power", None),
        ("The Council of Arts and Letters met.", "Council of Arts and Letters", "Government"),
    ],
)
def test_a_head_word_makes_a_name(text: str, name: str, cls: str | None, nlp: Language) -> None:
    [(found, given)] = forms(nlp, text)
    assert found == name
    assert cls in (None, given)


def test_two_names_are_two(nlp: Language) -> None:
    text = "The project of Northlake University and Orchid Robotics Ltd. began."
    assert [name for name, _ in forms(nlp, text)] == ["Northlake University", "Orchid Robotics Ltd."]


def test_an_article_begins_another_name(nlp: Language) -> None:
    text = "It met the Northlake Skills Centre Council and the Harbour Flight Office in May."
    assert [name for name, _ in forms(nlp, text)] == [
        "Northlake Skills Centre Council",
        "Harbour Flight Office",
    ]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("The university opened a school.", id="lower case"),
        pytest.param("The Council met.", id="a head word alone"),
        pytest.param("Tidal Power is rising in Harbour City.", id="no head word"),
        pytest.param("Firms met. University staff met.", id="across sentences"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_name(text: str, nlp: Language) -> None:
    assert forms(nlp, text) == []


def test_head_words_give_classes_of_the_ontology(ontology: Ontology) -> None:
    assert {cls for _, cls in name_heads().values()} <= set(ontology.schema.classes)


@pytest.mark.parametrize("row", ["Guild", "Guild\tany", "Guild\tmiddle\tAssociation", "Guild\tany\tA\tB"])
def test_a_wrong_row_is_named_by_its_line(row: str) -> None:
    with pytest.raises(OntologyError, match=r"names\.tsv, line 3: expected word, position"):
        parse_name_forms(f"word\tposition\tclass\nBank\tany\tBank\n{row}\n", "names.tsv")
