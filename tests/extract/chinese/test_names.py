from __future__ import annotations

from collections.abc import Callable

import pytest

from triplehelix.errors import OntologyError
from triplehelix.extract.chinese.document_forms import document_class
from triplehelix.extract.chinese.lexicon import lexicon_for
from triplehelix.extract.chinese.names import name_forms, parse_heads
from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.extract.chinese.word_lists import parse_words
from triplehelix.ontology import load_ontology

Forms = Callable[[str], dict[str, str]]


@pytest.fixture(scope="module")
def forms() -> Forms:
    """Names by their form in a text, with their classes."""
    ontology, nlp = load_ontology(), load_chinese()
    lexicon = lexicon_for(ontology)
    kinds = {key: ontology.schema.core_of(e.cls) for key, e in ontology.authority.entries.items()}

    def found(text: str) -> dict[str, str]:
        doc = nlp(text)
        return {
            doc[form.start : form.end].text: form.cls for form in name_forms(doc, lexicon.matches(doc), kinds)
        }

    return found


@pytest.mark.parametrize(
    ("text", "name", "cls"),
    [
        ("海宁市教育局印发通知", "海宁市教育局", "LocalDepartment"),
        ("会同省科技厅制定办法", "省科技厅", "LocalDepartment"),
        ("支持辽宁星光实验室建设", "辽宁星光实验室", "Laboratory"),
        ("北京大学数学科学学院招生", "北京大学数学科学学院", "University"),
        ("星河智能科技有限公司宣布", "星河智能科技有限公司", "Enterprise"),
        ("市、区人民政府应当支持", "市、区人民政府", "LocalGovernment"),
        ("省委提出新要求", "省委", "PartyBody"),
        ("由国务院教育行政部门负责", "国务院教育行政部门", "Government"),
        ("《关于加强青年人才培养的意见》印发", "关于加强青年人才培养的意见", "Opinion"),
        ("《江淮市人才發展條例》施行", "江淮市人才發展條例", "Regulation"),
        ("省长王晓明出席会议", "王晓明", "Person"),
        ("到浙江德清县考察", "德清县", "County"),
    ],
)
def test_a_name_is_known_by_its_form(forms: Forms, text: str, name: str, cls: str) -> None:
    assert forms(text).get(name) == cls


@pytest.mark.parametrize(
    "text",
    [
        "建设一批省实验室",
        "支持高等学校和科研院所发展",
        "培育5家龙头企业集团",
        "优化科技创新布局",
        "县级以上人民政府应当支持",
        "各级人民政府应当支持",
        "上市公司质量提高",
        "支持建设一流大学",
        "推进中小学校建设",
    ],
)
def test_a_kind_of_thing_is_no_name(forms: Forms, text: str) -> None:
    assert not forms(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("支持海宁市教育局开展试点", "海宁市教育局"),
        ("省教育厅与海宁市科技局共建", "海宁市科技局"),
        ("企业、高校和辽宁星光实验室", "辽宁星光实验室"),
        ("近日的海宁市教育局会议", "海宁市教育局"),
        ("一批江苏省星光研究院", "江苏省星光研究院"),
    ],
)
def test_a_name_begins_where_something_identifies_it(forms: Forms, text: str, name: str) -> None:
    assert name in forms(text)


def test_a_person_is_found_again_without_a_title(forms: Forms) -> None:
    doc = "省长王晓明出席会议。王晓明强调，要支持人才。"
    assert forms(doc).keys() == {"王晓明"}


def test_what_is_named_after_a_person_is_no_person(forms: Forms) -> None:
    assert "习近平" not in forms("以习近平新时代中国特色社会主义思想为指导")


def test_the_ending_of_a_title_says_what_a_document_is() -> None:
    assert document_class("江淮市技术转移条例（修订）") == "Regulation"
    assert document_class("红楼梦") is None


@pytest.mark.parametrize("text", ["head\tclass\tneeds\n学院\tUniversity\teverything", "head\n学院"])
def test_a_broken_table_of_heads_is_reported_with_its_line(text: str) -> None:
    with pytest.raises(OntologyError, match="heads, line 2"):
        parse_heads(text, "heads")


def test_a_list_out_of_order_is_reported_with_its_line() -> None:
    with pytest.raises(OntologyError, match="list, line 3"):
        parse_words("word\n乙\n丙\n", "list")
