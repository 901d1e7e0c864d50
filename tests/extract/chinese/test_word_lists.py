from __future__ import annotations

from importlib.resources import files

import pytest

from triplehelix.errors import OntologyError
from triplehelix.extract.chinese.left_edges import Head
from triplehelix.extract.chinese.names import name_heads
from triplehelix.extract.chinese.word_lists import parse_rows, rows_in, table_in, words_in
from triplehelix.ontology import load_ontology

LISTS = sorted(
    item.name
    for item in files("triplehelix.extract").joinpath("data").iterdir()
    if item.name.endswith(".zh.tsv") and item.read_text(encoding="utf-8").startswith(("word\n", "name\n"))
)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_sorted_and_has_each_word_once(name: str) -> None:
    assert words_in(name)


def test_every_class_in_the_tables_of_forms_is_one_of_the_ontology() -> None:
    schema = load_ontology().schema
    classes = {head.cls for head in name_heads().values()}
    classes |= {*table_in("document_forms.zh.tsv").values(), *table_in("place_forms.zh.tsv").values()}
    assert classes <= schema.classes.keys()


def test_every_type_of_a_bare_head_is_a_core_type() -> None:
    core = set(load_ontology().schema.core_classes)
    assert {kind for _, kind in rows_in("bare_heads.zh.tsv", 2)} <= core


def test_a_head_gives_its_class_and_what_it_needs() -> None:
    assert name_heads()["有限公司"] == Head("Enterprise", "free")


@pytest.mark.parametrize("text", ["word\n甲\t乙\n", "word\n 甲\n", "word\n乙\n乙\n"])
def test_a_broken_list_is_reported_with_its_line(text: str) -> None:
    with pytest.raises(OntologyError, match=r"list, line \d"):
        parse_rows(text, "list", 1)
