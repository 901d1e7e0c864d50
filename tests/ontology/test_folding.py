from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.errors import OntologyError
from triplehelix.ontology.folding import fold, fold_characters, parse_traditional, simplified


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("國務院", "国务院"),
        ("香港特別行政區政府", "香港特别行政区政府"),
        ("ＡＩ＋教育", "AI+教育"),
        ("中国 科学院", "中国科学院"),
        ("中国（安徽）自由贸易试验区", "中国(安徽)自由贸易试验区"),
    ],
)
def test_one_name_written_in_two_ways_has_one_form(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("山西", "陕西"), ("苏州大学", "宿州大学"), ("乾县", "干县")])
def test_two_names_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=("Cs",))))
def test_folding_characters_keeps_every_offset(text: str) -> None:
    folded = fold_characters(text)
    assert len(folded) == len(text)
    assert fold_characters(folded) == folded


@given(st.text(alphabet="國国學学 ＡaA（(乾干後后"))
def test_folding_a_folded_form_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_no_simplified_character_is_replaced_itself() -> None:
    assert not simplified().keys() & set(simplified().values())


@pytest.mark.parametrize("text", ["h\n國\n", "h\n國国\t国\n", "h\n國\t国\n國\t国\n", "h\n國\t学\n学\t國\n"])
def test_a_broken_table_is_reported_with_its_line(text: str) -> None:
    with pytest.raises(OntologyError, match=r"characters, line \d"):
        parse_traditional(text, "characters")
