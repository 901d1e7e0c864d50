from __future__ import annotations

from collections.abc import Callable

import pytest

from triplehelix.extract.annotations import Unlinked
from triplehelix.extract.chinese.lexicon import lexicon_for
from triplehelix.extract.chinese.mentions import ChineseMentionFinder
from triplehelix.extract.chinese.places import home_place
from triplehelix.extract.chinese.resolution import resolve
from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan
from triplehelix.ontology import load_ontology

Resolve = Callable[..., tuple[list[Referent], list[Unlinked]]]
ONTOLOGY = load_ontology()


@pytest.fixture(scope="module")
def resolved() -> Resolve:
    """Referents of a text: those by lexicon and form, with further mentions (text, type) added."""
    nlp, finder = load_chinese(), ChineseMentionFinder(ONTOLOGY, {})

    def read(text: str, *more: tuple[str, str]) -> tuple[list[Referent], list[Unlinked]]:
        doc = nlp(text)
        spans = finder.mentions(doc)
        for name, kind in more:
            begin = text.find(name)
            while begin >= 0:
                span = doc.char_span(begin, begin + len(name))
                spans.append(MentionSpan(span.start, span.end, kind, (), "tagger:names", 0.8))
                begin = text.find(name, begin + len(name))
        return resolve(doc, sorted(spans), ONTOLOGY)

    return read


def by_key(found: tuple[list[Referent], list[Unlinked]]) -> dict[str | None, Referent]:
    return {referent.key or referent.name: referent for referent in found[0]}


def test_short_and_full_names_are_one_ministry(resolved: Resolve) -> None:
    found = by_key(resolved("中华人民共和国教育部印发通知，教育部负责解释。"))
    assert len(found["act-moe"].mentions) == 2


def test_the_short_form_that_a_text_explains_is_its_document(resolved: Resolve) -> None:
    found = by_key(resolved("《江淮市人才条例》（以下简称《条例》）施行。《条例》规定了奖励。"))
    assert len(found["江淮市人才条例"].mentions) == 3


def test_a_short_name_in_brackets_is_the_name_in_front(resolved: Resolve) -> None:
    found = by_key(
        resolved("星河量子研究院（星河院）成立。星河院招收博士后。", ("星河量子研究院", "ResearchOrg"))
    )
    assert len(found["星河量子研究院"].mentions) == 3


def test_a_place_in_brackets_is_no_short_name(resolved: Resolve) -> None:
    found = by_key(resolved("香港科技大学（广州）招生。广州发展很快。"))
    assert "cn-gd-guangzhou" in found


def test_a_bare_head_is_what_was_named_before(resolved: Resolve) -> None:
    found = by_key(resolved("河北雄安新区加快建设。新区集聚企业。", ("新区", "Region")))
    assert set(found) == {"na-xiongan"}


def test_a_bare_head_that_fits_nothing_stays_in_its_document(resolved: Resolve) -> None:
    referents, _ = resolved("各地建设了平台。", ("平台", "Mechanism"))
    assert [(r.name, r.local) for r in referents] == [("平台", True)]


def test_a_described_mechanism_is_known_everywhere(resolved: Resolve) -> None:
    referents, _ = resolved("建立青年科技人才举荐机制。", ("青年科技人才举荐机制", "Mechanism"))
    assert [(r.key, r.local) for r in referents] == [(None, False)]


def test_a_title_alone_is_the_person_who_was_named_with_it(resolved: Resolve) -> None:
    referents, _ = resolved("校长王晓明出席。校长表示，要支持青年。", ("校长", "Person"))
    persons = [r for r in referents if r.type == "Person" and r.name == "王晓明"]
    assert len(persons) == 1
    assert len(persons[0].mentions) >= 2


def test_a_provincial_department_is_that_of_the_province_spoken_of(resolved: Resolve) -> None:
    found = by_key(resolved("2025年安徽省政府工作报告\n省教育厅和省能源局负责。"))
    assert "gov-ah-edu" in found
    assert found["安徽省能源局"].local is False


def test_a_provincial_department_of_nowhere_is_local_and_reported(resolved: Resolve) -> None:
    referents, left = resolved("省教育厅负责指导。")
    assert [(r.key, r.local) for r in referents] == [(None, True)]
    assert [item.text for item in left] == ["省教育厅"]


def test_a_ministry_of_another_country_is_named_with_it(resolved: Resolve) -> None:
    found = by_key(resolved("越南教育部启动培训计划。"))
    assert set(found) == {"越南教育部"}


def test_a_county_is_one_with_and_without_its_level(resolved: Resolve) -> None:
    referents, _ = resolved("云水县建设园区。云水引进人才。", ("云水县", "Region"), ("云水", "Region"))
    assert len([r for r in referents if r.type == "Region"]) == 1


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("2025年安徽省政府工作报告\n全省经济稳步增长。", "cn-ah"),
        ("深圳市人才条例\n市政府设立专项资金。", "cn-gd-shenzhen"),
        ("太原、大同协同发展，全省设立基金，太原率先试点。", "cn-sx"),
        ("京津冀协同发展座谈会\n北京、天津和河北共同推进。", None),
        ("全国人才工作座谈会\n会议要求支持青年人才。", None),
        ("横琴建设提速\n澳门青年来到横琴。", "za-hengqin"),
    ],
)
def test_the_place_that_a_document_is_about(text: str, home: str | None) -> None:
    doc = load_chinese()(text)
    assert home_place(doc, lexicon_for(ONTOLOGY).matches(doc), ONTOLOGY) == home


def test_every_mention_belongs_to_one_referent(resolved: Resolve) -> None:
    referents, _ = resolved("教育部、科技部和安徽省教育厅在合肥召开会议，安徽省教育厅主办。")
    spans = [(m.start, m.end, m.type) for r in referents for m in r.mentions]
    assert len(spans) == len(set(spans)) == 5
