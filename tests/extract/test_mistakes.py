"""Kinds of mistakes, their examples, and how far confidences hold."""

from __future__ import annotations

import pytest

from triplehelix.extract.found import Found, FoundMention, FoundRelation
from triplehelix.extract.gold import GoldDocument, GoldMention, GoldRelation
from triplehelix.extract.mistake_examples import examples
from triplehelix.extract.mistakes import (
    invented_relations,
    mention_mistakes,
    mention_reliability,
    missed_relations,
    reliability,
    type_confusions,
)
from triplehelix.extract.scoring import evaluate_found, judge

FIRST = "The Ministry of Tides runs the Lantern Scheme. "
TEXT = FIRST + "Eastmoor schools joined the Harbour Fund for young sailors."
PLACES = {
    "G": ("Ministry of Tides", "Government"),
    "M": ("Lantern Scheme", "Mechanism"),
    "A": ("Eastmoor schools", "ActorGroup"),
    "F": ("Harbour Fund", "Mechanism"),
    "T": ("young sailors", "TalentGroup"),
}


def mentions(*names: str) -> list[FoundMention]:
    """What is annotated under these names, found exactly."""
    return [at(PLACES[name][0], PLACES[name][1], name.lower()) for name in names]


def at(words: str, kind: str, name: str = "x", confidence: float = 1.0) -> FoundMention:
    begin = TEXT.index(words)
    return FoundMention(begin, begin + len(words), kind, name, confidence)


def gold(*relations: tuple[str, str, str]) -> GoldDocument:
    annotated = tuple(GoldMention(*m.place[:2], m.entity.upper(), m.type) for m in mentions(*PLACES))
    return GoldDocument(
        "tides",
        TEXT,
        "en",
        annotated,
        tuple(GoldRelation(*r, "established", False, len(FIRST) if r[0] != "G" else 0) for r in relations),
    )


def found(*given: FoundMention, said: tuple[tuple[str, str, str], ...] = ()) -> Found:
    relations = tuple(FoundRelation(*r, "established", begins=(0,)) for r in said)
    return Found(tuple(given), relations, {name.lower(): words for name, (words, _) in PLACES.items()})


@pytest.mark.parametrize(
    ("given", "kinds"),
    [
        pytest.param(mentions(*PLACES), [], id="all right"),
        pytest.param(mentions("G", "M", "A", "F"), ["missed"], id="one left out"),
        pytest.param([*mentions(*PLACES), at("runs", "Field")], ["invented"], id="one too many"),
        pytest.param(
            [*mentions("G", "A", "F", "T"), at("Lantern Scheme", "Field")], ["wrong type"], id="another type"
        ),
        pytest.param(
            [*mentions("G", "A", "F", "T"), at("Scheme", "Mechanism")], ["wrong boundary"], id="too short"
        ),
        pytest.param(
            [*mentions("G", "A", "F", "T"), at("the Lantern Scheme", "Mechanism")], ["inexact"], id="nearly"
        ),
    ],
)
def test_a_mention_is_wrong_in_one_way(given: list[FoundMention], kinds: list[str]) -> None:
    assert [m.kind for m in mention_mistakes(judge(gold(), found(*given)))] == kinds


def test_types_found_wrong_are_counted_both_ways() -> None:
    evaluation = evaluate_found([gold()], {"tides": found(at("Lantern Scheme", "Field"))})
    assert type_confusions(evaluation) == {("Mechanism", "Field"): 1}


@pytest.mark.parametrize(
    ("names", "said", "kind"),
    [
        ("MAF", (), "subject not found"),
        ("GAF", (), "object not found"),
        ("AF", (), "neither end found"),
        ("GM", (), "not joined"),
        ("GM", (("g", "participatesIn", "m"),), "wrong predicate"),
        ("GM", (("m", "leads", "g"),), "reversed"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else str(len(value)),
)
def test_a_missed_relation_has_a_reason(
    names: str, said: tuple[tuple[str, str, str], ...], kind: str
) -> None:
    [mistake] = missed_relations(judge(gold(("G", "leads", "M")), found(*mentions(*names), said=said)))
    assert mistake.kind == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (("g", "leads", "x"), "end not annotated"),
        (("g", "leads", "f"), "between annotated ends"),
        (("g", "participatesIn", "m"), "wrong predicate"),
        (("m", "leads", "g"), "reversed"),
    ],
    ids=lambda value: value.replace(" ", "-") if isinstance(value, str) else value[1],
)
def test_an_invented_relation_has_a_reason(said: tuple[str, str, str], kind: str) -> None:
    given = (*mentions("G", "M", "F"), at("runs", "Field"))
    [mistake] = invented_relations(judge(gold(("G", "leads", "M")), found(*given, said=(said,))))
    assert mistake.kind == kind


def test_a_second_predicate_beside_a_right_one_is_no_wrong_predicate() -> None:
    said = (("g", "leads", "m"), ("g", "participatesIn", "m"))
    judged = judge(gold(("G", "leads", "M")), found(*mentions("G", "M"), said=said))
    assert missed_relations(judged) == []
    assert [m.kind for m in invented_relations(judged)] == ["between annotated ends"]


def test_examples_name_the_file_and_quote_the_sentence() -> None:
    relations = (("G", "leads", "M"), ("A", "participatesIn", "F"))
    evaluation = evaluate_found([gold(*relations)], {"tides": found(*mentions("G", "M", "A"))})
    shown = examples(evaluation, 5)
    assert list(shown) == ["missed mentions", "missed relations"]
    [fund, sailors] = shown["missed mentions"]
    assert fund.what == "Mechanism “Harbour Fund”"
    assert fund.document == "tides"
    assert fund.sentence == TEXT.removeprefix(FIRST)
    assert sailors.what == "TalentGroup “young sailors”"
    assert shown["missed relations"][0].what == (
        "“Ministry of Tides” leads “Lantern Scheme” (established): not joined"
    )
    assert shown["missed relations"][0].sentence == FIRST.strip()
    assert len(examples(evaluation, 1)["missed mentions"]) == 1


def test_examples_come_from_all_documents_in_turn() -> None:
    golds = [gold(), GoldDocument("other", TEXT, "en", gold().mentions, ())]
    shown = examples(evaluate_found(golds, {}), 2)["missed mentions"]
    assert [example.document for example in shown] == ["tides", "other"]


def test_a_confidence_is_compared_with_what_was_right() -> None:
    given = (at("Lantern Scheme", "Mechanism", confidence=0.9), at("runs", "Field", confidence=0.95))
    [row] = mention_reliability(evaluate_found([gold()], {"tides": found(*given)}))
    assert (row.low, row.high, row.number, row.right) == (0.8, 1.0, 2, 0.5)
    assert row.confidence == pytest.approx(0.925)


def test_the_edges_of_bins_fall_into_one() -> None:
    rows = reliability([(0.0, True), (1.0, True), (0.5, False)])
    assert [row.number for row in rows] == [1, 1, 1]
