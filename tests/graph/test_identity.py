"""IRIs: the same for the same thing, different for different things, legal whatever a name holds."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplehelix.errors import GraphError
from triplehelix.extract.annotations import Entity
from triplehelix.graph.identity import check_base, entity_iri, mention_iri, sentence_iri, slug, statement_iri
from triplehelix.graph.terms import decimal, node, text, when

BASE = "https://example.org/id/"


def new(name: str, core: str = "Mechanism", language: str = "en") -> str:
    return entity_iri(Entity("E1", core, core, name), language, BASE)


def test_the_authority_file_decides_whatever_the_name() -> None:
    names = ("Ministry of Education", "教育部", "MOE")
    assert {entity_iri(Entity("E", "Government", "Ministry", n, key="moe"), "en", BASE) for n in names} == {
        f"{BASE}moe"
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joint Training", "joint training"),
        ("the joint  training", "joint-training"),
        ("Ｒ＆Ｄ fund", "R&D fund"),
    ],
)
def test_spelling_variants_are_one_entity(one: str, other: str) -> None:
    assert new(one) == new(other)


@pytest.mark.parametrize(("one", "other"), [("Shaanxi fund", "Shanxi fund"), ("苏州大学", "宿州大学")])
def test_similar_names_are_two_entities(one: str, other: str) -> None:
    assert new(one) != new(other)


def test_language_and_type_tell_namesakes_apart() -> None:
    assert len({new("Delta"), new("Delta", "Region"), new("Delta", "Region", "zh")}) == 3


def test_names_that_differ_only_beyond_what_the_iri_shows_are_two() -> None:
    long = "joint laboratory for " + "very " * 20
    assert new(long + "old things") != new(long + "new things")


def test_chinese_names_stay_readable() -> None:
    assert "/zh/mechanism/揭榜挂帅-" in new("“揭榜挂帅”", language="zh")


@given(st.text())
def test_any_name_makes_a_legal_iri_and_a_short_slug(name: str) -> None:
    assert ox.NamedNode(new(name)).value.startswith(f"{BASE}en/mechanism/")
    assert 0 < len(slug(name)) <= 48


def test_a_mention_and_a_sentence_of_the_same_words_are_two_things() -> None:
    assert mention_iri("d", 0, 5) == "d#char=0,5"
    assert sentence_iri("d", 0, 5) == "d#sentence=0,5"


def test_a_statement_is_what_is_said_how_far_and_whether_denied() -> None:
    claims = [("a", "leads", "b", "ongoing"), ("b", "leads", "a", "ongoing"), ("a", "leads", "b", "planned")]
    iris = {statement_iri(*claim, negated, BASE) for claim in claims for negated in (False, True)}
    assert len(iris) == 6


@pytest.mark.parametrize("base", ["", "id/", "https://example.org/id", "https://exa mple.org/", "https://"])
def test_a_base_that_cannot_start_iris_is_refused(base: str) -> None:
    with pytest.raises(GraphError, match="cannot start IRIs"):
        check_base(base)


@given(st.text())
def test_any_text_can_be_escaped_into_an_iri(tail: str) -> None:
    assert node(f"https://example.org/{tail}").value.startswith("https://example.org/")


@pytest.mark.parametrize(
    ("value", "datatype"),
    [
        ("2024", "gYear"),
        ("2024-03", "gYearMonth"),
        ("2024-03-05", "date"),
        ("2024-03-05T09:30:00Z", "dateTime"),
        ("2024-02-31", "string"),
        ("2021-2025", "string"),
        ("last spring", "string"),
    ],
)
def test_a_date_is_typed_by_its_form(value: str, datatype: str) -> None:
    assert when(value).datatype.value.endswith(f"#{datatype}")
    assert when(value).value == value


def test_undecodable_bytes_in_a_file_name_do_not_stop_a_build() -> None:
    assert text("notice-\udcff.txt").value == "notice-\ufffd.txt"


@pytest.mark.parametrize(("value", "written"), [(1, "1.0"), (0.85, "0.85"), (0.123456, "0.1235"), (0, "0.0")])
def test_confidence_is_a_short_decimal(value: float, written: str) -> None:
    assert decimal(value).value == written
