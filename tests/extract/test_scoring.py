"""Scoring: what counts as right, told on a text small enough to count by hand."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import pytest

from triplehelix.extract.annotations import ACTORS, Status
from triplehelix.extract.found import Found, FoundMention, FoundRelation
from triplehelix.extract.gold import GoldDocument, GoldMention, GoldRelation, read_gold
from triplehelix.extract.scoring import Evaluation, Figure, evaluate_found

TEXT = "The Ministry of Tides runs the Lantern Scheme for young sailors in Eastmoor Bay."
SCORER = Path(__file__).parents[3] / "shared" / "gold"
"""The scorer that the annotated set comes with, where it lies beside the project."""


def place(words: str) -> tuple[int, int]:
    begin = TEXT.index(words)
    return begin, begin + len(words)


def annotated(name: str, words: str, kind: str) -> GoldMention:
    return GoldMention(*place(words), name, kind)


def found(name: str, words: str, kind: str, confidence: float = 1.0) -> FoundMention:
    return FoundMention(*place(words), kind, name, confidence)


MENTIONS = (
    annotated("G", "Ministry of Tides", "Government"),
    annotated("M", "Lantern Scheme", "Mechanism"),
    annotated("T", "young sailors", "TalentGroup"),
    annotated("R", "Eastmoor Bay", "Region"),
)
LEADS = GoldRelation("G", "leads", "M", "established", False, 0)
SAID = FoundRelation("g", "leads", "m", "established")


def gold(*relations: GoldRelation, mentions: tuple[GoldMention, ...] = MENTIONS) -> GoldDocument:
    return GoldDocument("a", TEXT, "en", mentions, relations)


def score(
    document: GoldDocument, *mentions: FoundMention, said: tuple[FoundRelation, ...] = ()
) -> Evaluation:
    return evaluate_found([document], {"a": Found(mentions, said)})


MINISTRY, SCHEME = found("g", "Ministry of Tides", "Government"), found("m", "Lantern Scheme", "Mechanism")


@pytest.mark.parametrize(
    ("words", "kind", "exact", "relaxed"),
    [
        pytest.param("Lantern Scheme", "Mechanism", 1, 1, id="the same span"),
        pytest.param("the Lantern Scheme", "Mechanism", 0, 1, id="most of it shared"),
        pytest.param("Lantern", "Mechanism", 0, 1, id="exactly half of it"),
        pytest.param("Scheme", "Mechanism", 0, 0, id="less than half"),
        pytest.param("Lantern Scheme", "Field", 0, 0, id="another type"),
    ],
)
def test_a_mention_needs_its_type_and_half_of_its_span(
    words: str, kind: str, exact: int, relaxed: int
) -> None:
    evaluation = score(gold(), found("x", words, kind))
    assert evaluation.exact == Figure(exact, 1, exact, 4)
    assert evaluation.relaxed == Figure(relaxed, 1, relaxed, 4)


def test_two_findings_cannot_both_be_one_annotation() -> None:
    evaluation = score(gold(), SCHEME, found("n", "the Lantern Scheme", "Mechanism"))
    assert evaluation.relaxed == Figure(1, 2, 1, 4)


def test_what_lies_inside_a_name_counts_neither_way() -> None:
    inside = found("x", "Tides", "Region")
    assert score(gold(), inside).relaxed.found == 0
    assert score(gold(), found("x", "Lantern", "Field")).relaxed.found == 1, "no proper name around it"
    assert score(gold(), found("x", "Ministry of Tides", "Organization")).relaxed.found == 1, "not inside"


def test_figures_by_type_are_of_that_type_only() -> None:
    evaluation = score(gold(), SCHEME, found("x", "young sailors", "ActorGroup"))
    assert evaluation.types["Mechanism"] == (Figure(1, 1, 1, 1), Figure(1, 1, 1, 1))
    assert evaluation.types["TalentGroup"][1] == Figure(0, 0, 0, 1)
    assert evaluation.types["ActorGroup"][1] == Figure(0, 1, 0, 0)


def test_a_relation_needs_its_predicate_and_both_ends() -> None:
    assert score(gold(LEADS), MINISTRY, SCHEME, said=(SAID,)).relations == Figure(1, 1, 1, 1)
    other = SAID._replace(predicate="participatesIn")
    assert score(gold(LEADS), MINISTRY, SCHEME, said=(other,)).relations == Figure(0, 1, 0, 1)
    assert score(gold(LEADS), MINISTRY, said=(SAID,)).relations == Figure(0, 1, 0, 1)
    turned = FoundRelation("m", "leads", "g")
    assert score(gold(LEADS), MINISTRY, SCHEME, said=(turned,)).relations == Figure(0, 1, 0, 1)


def test_the_ends_of_a_relation_may_have_another_type() -> None:
    wrong = found("m", "Lantern Scheme", "Field")
    assert score(gold(LEADS), MINISTRY, wrong, said=(SAID,)).relations == Figure(1, 1, 1, 1)


@pytest.mark.parametrize(("predicate", "right"), [("cooperatesWith", 1), ("supports", 0)])
def test_only_cooperation_has_no_direction(predicate: str, right: int) -> None:
    wanted = GoldRelation("T", predicate, "G", "ongoing", False, 0)
    sailors = found("t", "young sailors", "TalentGroup")
    evaluation = score(gold(wanted), MINISTRY, sailors, said=(FoundRelation("g", predicate, "t", "ongoing"),))
    assert evaluation.relations.right == right


def test_two_found_entities_may_both_stand_for_one() -> None:
    again = found("n", "the Lantern Scheme", "Mechanism")
    said = (SAID, FoundRelation("g", "leads", "n", "planned"))
    evaluation = score(gold(LEADS), MINISTRY, SCHEME, again, said=said)
    assert evaluation.relations == Figure(2, 2, 1, 1)
    assert evaluation.statuses == {("established", "established"): 1}, "the first one found is asked"


def test_status_and_negation_are_judged_on_what_matches() -> None:
    wanted = (LEADS, GoldRelation("M", "targets", "T", "planned", True, 0))
    said = (
        SAID._replace(status="proposed"),
        FoundRelation("m", "targets", "t", "planned", negated=True),
        FoundRelation("m", "appliesIn", "r", "ongoing"),
    )
    sailors, bay = found("t", "young sailors", "TalentGroup"), found("r", "Eastmoor Bay", "Region")
    evaluation = score(gold(*wanted), MINISTRY, SCHEME, sailors, bay, said=said)
    assert evaluation.statuses == {("established", "proposed"): 1, ("planned", "planned"): 1}
    assert evaluation.status_accuracy == 0.5
    assert evaluation.negations == {(False, False): 1, (True, True): 1}
    assert evaluation.negation_accuracy == 1.0


def test_nothing_found_is_zero_and_no_error() -> None:
    evaluation = evaluate_found([gold(LEADS)], {})
    assert (evaluation.relaxed.f1, evaluation.relations.f1, evaluation.status_accuracy) == (0, 0, 0)
    assert evaluation.relaxed.annotated == 4


def scorer() -> tuple[Any, Any]:
    """The modules `gold` and `score` of the annotated set."""
    if not (SCORER / "score.py").is_file():
        pytest.skip("the annotated set with its scorer is not beside the project")
    sys.path.insert(0, str(SCORER))
    try:
        import gold as theirs
        import score as scoring
    finally:
        sys.path.remove(str(SCORER))
    return theirs, scoring


@pytest.mark.parametrize("folder", ["en-dev", "en-train", "zh-dev"])
def test_the_scorer_of_the_annotated_set_says_the_same(folder: str) -> None:
    theirs, scoring = scorer()
    golds = read_gold(SCORER / folder)
    guessed = {document.name: guess(document, random.Random(7)) for document in golds}
    predictions = {}
    for name, one in guessed.items():
        predictions[name] = prediction = scoring.Prediction()
        prediction.mentions = {(*m.place, m.entity) for m in one.mentions}
        prediction.statements = {r.triple: r.status for r in one.relations}
    figures, _, _ = scoring.score(theirs.load_all(SCORER / folder), predictions)
    evaluation = evaluate_found(golds, guessed)
    ours: dict[str, Figure] = {
        "mentions exact": evaluation.exact,
        "mentions relaxed": evaluation.relaxed,
        "relations": evaluation.relations,
        **{f"type {name}": relaxed for name, (_, relaxed) in evaluation.types.items()},
        **{f"predicate {name}": figure for name, figure in evaluation.predicates.items()},
    }
    for name, figure in ours.items():
        said = figures.pop(name)
        assert (said["predicted"], said["gold"]) == (figure.found, figure.annotated), name
        shares = round(figure.precision, 4), round(figure.recall, 4), round(figure.f1, 4)
        assert (said["p"], said["r"], said["f1"]) == shares, name
    status = figures.pop("status")
    assert (status["accuracy"], status["of"]) == (
        round(evaluation.status_accuracy, 4),
        sum(evaluation.statuses.values()),
    )
    assert not any(one["gold"] or one["predicted"] for one in figures.values())


def guess(document: GoldDocument, chance: random.Random) -> Found:
    """Annotations shifted, retyped, left out and invented at random, as an extractor might find them."""
    kinds = sorted({*ACTORS, *(m.type for m in document.mentions)})
    mentions = []
    for mention in document.mentions:
        for _ in range(chance.choice((0, 1, 1, 1, 2))):
            begin = max(0, mention.begin + chance.choice((-6, -1, 0, 0, 0, 2)))
            end = max(begin + 1, mention.end + chance.choice((-3, 0, 0, 0, 0, 8)))
            kind = mention.type if chance.random() < 0.8 else chance.choice(kinds)
            entity = mention.entity if chance.random() < 0.7 else f"{mention.entity}-{chance.randrange(3)}"
            mentions.append(FoundMention(begin, end, kind, entity))
    entities = sorted({m.entity for m in mentions}) or ["none"]
    statuses = (*Status.__args__, None)
    relations = [
        FoundRelation(r.subject, r.predicate, r.object, chance.choice(statuses))
        if chance.random() < 0.6
        else FoundRelation(chance.choice(entities), r.predicate, chance.choice(entities), "ongoing")
        for r in document.relations
    ]
    turned = [r._replace(subject=r.object, object=r.subject) for r in relations[::3]]
    return Found(tuple(mentions), tuple({r.triple: r for r in (*relations, *turned)}.values()))
