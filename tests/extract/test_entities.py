"""Mentions: what is marked, with what extent, and what is left to the name around it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from triplehelix.extract.annotations import AnnotatedDocument

Annotate = Callable[[str], AnnotatedDocument]


def found(annotated: AnnotatedDocument) -> set[tuple[str, str]]:
    types = {entity.id: entity.type for entity in annotated.entities}
    return {(mention.text, types[mention.entity]) for mention in annotated.mentions}


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("The Ministry of Education met.", ("Ministry of Education", "Government")),
        ("Northlake University opened a school.", ("Northlake University", "University")),
        ("It met Orchid Robotics Ltd. in May.", ("Orchid Robotics Ltd.", "Enterprise")),
        ("The bureau will set up a seed fund.", ("seed fund", "Mechanism")),
        ("The city offers a fellowship for young researchers.", ("young researchers", "TalentGroup")),
        ("The school was opened in Hefei.", ("Hefei", "Region")),
        ("The institute works on quantum computing.", ("quantum computing", "Field")),
    ],
)
def test_a_mention_has_its_type(text: str, mention: tuple[str, str], annotate: Annotate) -> None:
    assert mention in found(annotate(text))


def test_a_place_inside_a_name_is_none(annotate: Annotate) -> None:
    annotated = annotate("Fudan University in Shanghai works with the Shanghai Stock Exchange Council.")
    shanghai = [m.begin for m in annotated.mentions if m.text == "Shanghai"]
    assert shanghai == [annotated.document.text.index("Shanghai works")]


def test_articles_and_stops_are_outside(annotate: Annotate) -> None:
    annotated = annotate(
        "The Ministry of Education will set up a talent fund, a seed fund and the exchange scheme."
    )
    for mention in annotated.mentions:
        assert not mention.text.lower().startswith(("the ", "a ", "an "))
        assert mention.text[-1] not in ",.;:"


def test_a_name_is_marked_wherever_it_stands(annotate: Annotate) -> None:
    annotated = annotate("Northlake University hired staff. Firms praised Northlake University and left.")
    assert [m.text for m in annotated.mentions].count("Northlake University") == 2


def test_a_company_is_not_a_mechanism_as_well(annotate: Annotate) -> None:
    annotated = annotate("Northlake University and Orchid Robotics Ltd. have launched a computing alliance.")
    assert {kind for text, kind in found(annotated) if text == "Orchid Robotics Ltd."} == {"Enterprise"}


def test_mentions_name_their_rule(annotate: Annotate) -> None:
    annotated = annotate("The Ministry of Education met Orchid Robotics Ltd. in Hefei.")
    rules = {m.text: m.rule for m in annotated.mentions}
    assert rules["Ministry of Education"] == rules["Hefei"] == "lexicon"
    assert all(rules.values())
