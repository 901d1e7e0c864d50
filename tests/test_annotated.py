"""The annotated texts of our own: they load, they keep to the guidelines' format, and they teach every predicate."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from triplehelix.extract.gold import GoldDocument, read_gold
from triplehelix.extract.gold_problems import check_gold
from triplehelix.ontology import load_ontology

FOLDER = Path(__file__).parents[1] / "annotated" / "zh"


@pytest.fixture(scope="module")
def golds() -> list[GoldDocument]:
    return read_gold(FOLDER)


def test_they_keep_to_the_format(golds: list[GoldDocument]) -> None:
    assert {gold.language for gold in golds} == {"zh"}
    assert check_gold(FOLDER, golds, load_ontology().schema) == []


def test_each_text_has_its_annotation() -> None:
    assert {p.stem for p in FOLDER.glob("*.txt")} == {p.stem for p in FOLDER.glob("*.json")}


def test_every_type_and_predicate_is_taught(golds: list[GoldDocument]) -> None:
    schema = load_ontology().schema
    predicates = Counter(r.predicate for gold in golds for r in gold.relations)
    assert set(predicates) == set(schema.core_predicates)
    statuses = Counter(r.status for gold in golds for r in gold.relations)
    assert set(statuses) == {"proposed", "planned", "ongoing", "established"}
    assert any(r.negated for gold in golds for r in gold.relations)
