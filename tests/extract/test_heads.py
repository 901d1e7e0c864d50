"""The table of head nouns."""

from __future__ import annotations

import pytest

from triplehelix.errors import OntologyError
from triplehelix.extract.heads import CLASSES, head_classes, parse_heads


def test_nouns_have_classes() -> None:
    assert "instrument" in head_classes()["programme"]
    assert head_classes()["engineer"] == ("people",)
    assert {cls for classes in head_classes().values() for cls in classes} == CLASSES


def test_nouns_are_lemmas_in_lower_case() -> None:
    assert all(noun == noun.lower().strip() for noun in head_classes())


def test_the_table_is_sorted() -> None:
    nouns = list(head_classes())
    assert nouns == sorted(nouns), "sort the rows of extract/data/heads.en.tsv"


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param("tram\tvehicle", "line 2: unknown class vehicle; use body", id="unknown class"),
        pytest.param("tram", "line 2: unknown class", id="no class"),
        pytest.param("\tpeople", "line 2: unknown class", id="no noun"),
        pytest.param("aide\tpeople\naide\tbody", "line 3: the noun 'aide' stands twice", id="twice"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(rows: str, said: str) -> None:
    with pytest.raises(OntologyError, match=rf"heads\.tsv, {said}"):
        parse_heads(f"noun\tclasses\n{rows}\n", "heads.tsv")
