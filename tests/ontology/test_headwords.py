"""Head words: which class and which mechanism group the words of a name lead to."""

from __future__ import annotations

import pytest

from triplehelix.ontology import Schema, load_schema
from triplehelix.ontology.headwords import HeadWordClashError, HeadWords


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema()


@pytest.mark.parametrize(
    ("core", "name", "language", "cls"),
    [
        ("Mechanism", "seed funds for county hospitals", "en", "Fund"),
        ("Mechanism", "system of ministerial consultations", "en", "System"),
        ("Mechanism", "Pilot Zones for Green Shipping", "en", "DemonstrationZone"),
        ("Mechanism", "青年教师出国进修资助", "zh", "Subsidy"),
        ("Mechanism", "“银龄讲学”计划", "zh", "Programme"),
        ("PolicyDocument", "Regulations on Vocational Schools", "en", "Regulation"),
        ("PolicyDocument", "西部海洋能发展规划（2031—2035年）", "zh", "Plan"),
        ("Government", "Ministry of Tides", "en", "Ministry"),
        ("ResearchOrg", "State Key Laboratory of Tidal Energy", "en", "KeyLaboratory"),
        ("ResearchOrg", "潮汐能全国重点实验室", "zh", "KeyLaboratory"),
        ("ActorGroup", "small and medium-sized companies", "en", "EnterpriseGroup"),
        ("Region", "West River Bay Area", "en", "UrbanCluster"),
        ("Field", "tidal energy", "en", "Field"),
        ("Enterprise", "Tidalis", "en", "Enterprise"),
    ],
)
def test_the_head_of_a_name_decides_its_class(
    schema: Schema, core: str, name: str, language: str, cls: str
) -> None:
    assert schema.classify(core, name, language) == cls


@pytest.mark.parametrize(
    ("name", "language", "group"),
    [
        ("system of ministerial consultations", "en", "gov"),
        ("talent evaluation system", "en", "talent"),
        ("teaching evaluation system", "en", "eval"),
        ("mechanism for sharing of research vessels", "en", "plat"),
        ("apprenticeships", "en", "edu"),
        ("潮汐能成果转化基地建设", "zh", "plat"),
        ("科研经费包干制试点办法", "zh", "gov"),
        ("海洋人才引进", "zh", "talent"),
        ("xyz", "en", None),
        ("", "zh", None),
    ],
)
def test_the_words_of_a_description_lead_to_a_group(
    schema: Schema, name: str, language: str, group: str | None
) -> None:
    assert schema.mechanism_group_of(name, language) == group


def test_the_longest_head_word_wins() -> None:
    heads = HeadWords.compile({"A": {"en": ("plan",)}, "B": {"en": ("action plan",)}})
    assert [heads.of_head(name, "en") for name in ("plan", "Action Plans", "actions")] == ["A", "B", None]


def test_a_head_word_belongs_to_one_owner() -> None:
    with pytest.raises(HeadWordClashError) as clash:
        HeadWords.compile({"A": {"en": ("plan",)}, "B": {"en": ("Plans",)}})
    assert clash.value.owners == ("A", "B")
