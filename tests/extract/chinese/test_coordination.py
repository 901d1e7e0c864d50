"""Lists of Chinese text, and what they share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from triplehelix.extract.chinese.candidates import CandidateFinder
from triplehelix.extract.chinese.coordination import distribute, list_numbers
from triplehelix.extract.chinese.occurrences import OccurrenceFinder
from triplehelix.extract.coordination import Scored
from triplehelix.extract.coreference import Referent
from triplehelix.ontology import Ontology

Read = Callable[[str], tuple[Doc, list[Referent]]]


def lists(read: Read, text: str, *, sides: bool = False) -> list[set[str]]:
    doc, referents = read(text)
    found = OccurrenceFinder(doc, referents).by_sentence()[0]
    numbers = list_numbers([t.text for t in doc], found, sides=sides)
    return [
        {doc[o.start : o.end].text for n, o in enumerate(found) if numbers.get(n) == number}
        for number in sorted(set(numbers.values()))
    ]


@pytest.mark.parametrize(
    "joint", ["、", "和", "与", "及", "以及", "或者", "和其他", "（简称甲）、"], ids=lambda joint: joint
)
def test_joiners_make_a_list(joint: str, marked: Read) -> None:
    text = f"{{ActorGroup:高校}}{joint}{{ActorGroup:企业}}共建{{Mechanism:平台}}。"
    assert lists(marked, text) == [{"高校", "企业"}]


def test_names_in_quotation_marks_stand_side_by_side(marked: Read) -> None:
    assert lists(marked, "推广“{Mechanism:苏科贷}”“{Mechanism:人才贷}”。") == [{"苏科贷", "人才贷"}]


def test_a_verb_parts_a_list(marked: Read) -> None:
    assert lists(marked, "{ActorGroup:高校}支持{ActorGroup:企业}。") == []


def test_people_are_listed_with_their_offices(marked: Read) -> None:
    text = "{Government:甲部}部长{Person:林望海}、{Government:乙委}主任{Person:周行远}发言。"
    assert lists(marked, text) == []


def test_sides_of_a_list_do_something_with_each_other(marked: Read) -> None:
    text = "{ActorGroup:企业}、{ActorGroup:协会}与{ActorGroup:高校}合作。"
    assert lists(marked, text) == [{"企业", "协会", "高校"}]
    assert lists(marked, text, sides=True) == [{"企业", "协会"}]


def test_what_is_said_of_one_member_is_said_of_the_others(marked: Read, ontology: Ontology) -> None:
    doc, referents = marked("{ActorGroup:高校}、{ActorGroup:企业}和{ActorGroup:院所}共建{Mechanism:平台}。")
    pairs = [
        p for p, _ in CandidateFinder(ontology).candidates(doc, referents) if p.object.type == "Mechanism"
    ]
    scored = [Scored(pair, "leads", 0.9 if pair.subject.start == 0 else 0.1) for pair in pairs]
    assert all(item.probability > 0.6 for item in distribute(doc, scored))


def test_members_of_one_side_are_not_said_to_cooperate(marked: Read, ontology: Ontology) -> None:
    doc, referents = marked("{ActorGroup:企业}、{ActorGroup:协会}与{ActorGroup:高校}合作。")
    names = [referent.name for referent in referents]
    pairs = [p for p, _ in CandidateFinder(ontology).candidates(doc, referents)]
    scored = [
        Scored(
            p,
            "cooperatesWith",
            0.9 if names[p.subject.referent] == "企业" and names[p.object.referent] == "高校" else 0.1,
        )
        for p in pairs
    ]
    raised = {
        (names[i.pair.subject.referent], names[i.pair.object.referent]): i.probability
        for i in distribute(doc, scored)
    }
    assert raised["协会", "高校"] > 0.6
    assert raised["企业", "协会"] == 0.1
