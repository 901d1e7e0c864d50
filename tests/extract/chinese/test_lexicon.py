from __future__ import annotations

from collections.abc import Callable

import pytest

from triplehelix.errors import OntologyError
from triplehelix.extract.chinese.lexicon import ChineseLexicon, lexicon_for, parse_borders
from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.ontology import load_ontology

Find = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def find() -> Find:
    """The labels that are found on sight in a text, as written."""
    lexicon, nlp = lexicon_for(load_ontology()), load_chinese()

    def found(text: str) -> list[str]:
        doc = nlp(text)
        return [doc[m.start : m.end].text for m in lexicon.matches(doc) if not m.contextual]

    return found


def keys(text: str) -> list[tuple[str, ...]]:
    return [match.keys for match in lexicon_for(load_ontology()).matches(load_chinese()(text))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("教育部和财政部印发通知", ["教育部", "财政部"]),
        ("上海交通大学设立奖学金", ["上海交通大学"]),
        ("湖北大学设立奖学金", ["湖北大学"]),
        ("中央财经大学设立奖学金", ["中央财经大学"]),
        ("山西和陕西两省", ["山西", "陕西"]),
        ("中国教育部表示", ["中国", "教育部"]),
        ("北京大学生命科学学院招生", ["北京大学", "生命科学"]),
    ],
)
def test_the_longest_name_is_found(find: Find, text: str, names: list[str]) -> None:
    assert find(text) == names


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("教育部门要加强指导", "教育部"),
        ("教育部长出席", "教育部"),
        ("发展中国家需要援助", "中国"),
        ("武汉大学生就业服务月启动", "武汉大学"),
        ("江苏省级财政加大投入", "江苏省"),
        ("北京市场持续扩大", "北京市"),
        ("坚持中国特色社会主义道路", "中国"),
        ("隆重庆祝教师节", "重庆"),
        ("以上海洋经济项目", "上海"),
        ("海南北部地区", "南北"),
    ],
)
def test_a_piece_of_another_word_is_no_name(find: Find, text: str, name: str) -> None:
    assert name not in find(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("國務院印發通知", "國務院"),
        ("香港特別行政區政府公布", "香港特別行政區政府"),
        ("中国 科学院公布", "中国 科学院"),
        ("“双一流”建设高校名单", "“双一流”建设高校"),
        ("香港科技大学(广州)招生", "香港科技大学(广州)"),
        ("项目由ＵＮＥＳＣＯ发起", "ＵＮＥＳＣＯ"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, name: str) -> None:
    doc = load_chinese()(text)
    found = [doc[m.start : m.end].text for m in lexicon_for(load_ontology()).matches(doc)]
    assert name in found


def test_a_name_does_not_reach_into_the_next_line(find: Find) -> None:
    assert "上海大学" not in find("许多青年来到上海\n大学毕业生就业会举行")


def test_an_acronym_needs_its_capitals() -> None:
    lexicon, nlp = ChineseLexicon([("STEM", ("stem",), False)]), load_chinese()
    assert [m.keys for m in lexicon.matches(nlp("开展STEM教育"))] == [("stem",)]
    assert not lexicon.matches(nlp("开展stem教育"))


def test_matches_carry_their_entries_in_order() -> None:
    assert ("act-moe",) in keys("教育部印发通知")


@pytest.mark.parametrize(
    "text",
    ["head\n部\tbehind\t门", "head\n部\taround\t门\t\t教育部门", "head\n部门\tbehind\t门\t\t教育部门"],
)
def test_a_broken_table_of_borders_is_reported_with_its_line(text: str) -> None:
    with pytest.raises(OntologyError, match="borders, line 2"):
        parse_borders(text, "borders")
