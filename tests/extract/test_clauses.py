"""Who does what: roles around verbs and event nouns."""

from __future__ import annotations

import pytest
from spacy.language import Language

from triplehelix.extract.clauses import clauses
from triplehelix.extract.roles import Clause


def clause(nlp: Language, sentence: str, predicate: str) -> Clause:
    """The clause of the word `predicate`."""
    found = [c for c in clauses(nlp(sentence)) if c.predicate.text == predicate]
    assert len(found) == 1, [c.predicate.text for c in clauses(nlp(sentence))]
    return found[0]


def roles(found: Clause) -> tuple[str, str]:
    """Agents and themes as sorted words."""
    return " ".join(sorted(t.text for t in found.agents)), " ".join(sorted(t.text for t in found.themes))


@pytest.mark.parametrize(
    ("sentence", "predicate", "agents", "themes"),
    [
        pytest.param("The city funds a school.", "funds", "city", "school", id="active"),
        pytest.param("A school is funded by the city.", "funded", "city", "school", id="passive"),
        pytest.param("A school is funded.", "funded", "", "school", id="passive without agent"),
        pytest.param(
            "The city and the bank founded a school.", "founded", "bank city", "school", id="two agents"
        ),
        pytest.param(
            "The city founded schools, colleges and clinics.",
            "founded",
            "city",
            "clinics colleges schools",
            id="three themes",
        ),
        pytest.param(
            "The city encourages firms to build laboratories.",
            "build",
            "firms",
            "laboratories",
            id="object control",
        ),
        pytest.param(
            "The city encourages firms and colleges to build laboratories.",
            "build",
            "colleges firms",
            "laboratories",
            id="control by two",
        ),
        pytest.param(
            "The city plans to build a laboratory.", "build", "city", "laboratory", id="subject control"
        ),
        pytest.param(
            "The city established a fund and launched a pilot.",
            "launched",
            "city",
            "pilot",
            id="coordinated verbs share the agent",
        ),
        pytest.param(
            "The bureau designed and launched the programme.",
            "designed",
            "bureau",
            "programme",
            id="coordinated verbs share the theme",
        ),
        pytest.param(
            "The bank, which funds a school, supports the city.",
            "funds",
            "bank",
            "school",
            id="relative clause",
        ),
        pytest.param(
            "The school that was founded by the bank hires graduates.",
            "founded",
            "bank",
            "school",
            id="passive relative clause",
        ),
        pytest.param(
            "A fund launched by the city supports firms.", "launched", "city", "fund", id="past participle"
        ),
        pytest.param(
            "A college running a clinic hires graduates.",
            "running",
            "college",
            "clinic",
            id="present participle",
        ),
        pytest.param(
            "The city promotes the construction of a laboratory.",
            "promotes",
            "city",
            "construction laboratory",
            id="light noun",
        ),
        pytest.param(
            "The city set up a number of funds.", "set", "city", "funds number", id="a number of things"
        ),
        pytest.param(
            "The city's construction of a laboratory was praised.",
            "construction",
            "city",
            "laboratory",
            id="nominal form",
        ),
        pytest.param(
            "The launch of the scheme by the ministry was praised.",
            "launch",
            "ministry",
            "scheme",
            id="nominal form with by",
        ),
        pytest.param(
            "The city founded institutions such as clinics.",
            "founded",
            "city",
            "clinics institutions",
            id="examples count",
        ),
    ],
)
def test_agents_and_themes(sentence: str, predicate: str, agents: str, themes: str, nlp: Language) -> None:
    assert roles(clause(nlp, sentence, predicate)) == (agents, themes)


@pytest.mark.parametrize(
    ("sentence", "predicate", "preposition", "objects"),
    [
        pytest.param(
            "The bureau works with firms and banks.", "works", "with", "firms banks", id="two objects"
        ),
        pytest.param("The pilot was launched in Hefei.", "launched", "in", "Hefei", id="place"),
        pytest.param(
            "The bureau set up a hotline for young researchers.",
            "set",
            "for",
            "researchers",
            id="hung on the object",
        ),
        pytest.param("Colleges recruit staff through a scheme.", "recruit", "through", "scheme", id="means"),
        pytest.param(
            "The bureau supports firms by funding schools.", "supports", "by", "schools", id="gerund object"
        ),
        pytest.param("The fund is offered to scholars.", "offered", "to", "scholars", id="recipient"),
    ],
)
def test_objects_of_prepositions(
    sentence: str, predicate: str, preposition: str, objects: str, nlp: Language
) -> None:
    found = clause(nlp, sentence, predicate).prepositions
    assert [token.text for token in found[preposition]] == objects.split()


def test_an_inherited_agent_is_told_from_a_stated_one(nlp: Language) -> None:
    sentence = "The city encourages firms to build laboratories."
    assert not clause(nlp, sentence, "encourages").implied
    assert clause(nlp, sentence, "build").implied


def test_a_passive_takes_no_agent_from_the_clause_above(nlp: Language) -> None:
    found = clause(nlp, "The city opened a fund and a school was built.", "built")
    assert roles(found) == ("", "school")


def test_taking_part_is_participating(nlp: Language) -> None:
    assert clause(nlp, "Firms take part in the programme.", "take").lemma == "participate"
    assert clause(nlp, "Firms take a loan from the programme.", "take").lemma == "take"


def test_clauses_come_in_order_of_their_predicates(nlp: Language) -> None:
    doc = nlp("The city, which funds schools, plans to open a clinic. The bank helps firms grow.")
    places = [c.predicate.i for c in clauses(doc)]
    assert places == sorted(places)


def test_a_text_without_verbs_has_no_clauses(nlp: Language) -> None:
    assert clauses(nlp("")) == []
    assert clauses(nlp("A short title")) == []


@pytest.mark.parametrize(
    ("sentence", "predicate", "agents", "themes"),
    [
        pytest.param(
            "The city raised standards by founding a school.", "founding", "city", "school", id="by doing"
        ),
        pytest.param(
            "The bank's plan to found a school was praised.", "found", "bank", "school", id="whose plan it is"
        ),
        pytest.param(
            "The city helps firms in building laboratories.",
            "building",
            "firms",
            "laboratories",
            id="help in",
        ),
        pytest.param(
            "Founded by the bank, the school hires graduates.",
            "Founded",
            "bank",
            "school",
            id="participle first",
        ),
        pytest.param(
            "The city works with the bank to found a school.", "found", "bank city", "school", id="together"
        ),
        pytest.param(
            "The city set up a committee to run the school.", "run", "city committee", "school", id="purpose"
        ),
    ],
)
def test_who_is_meant_where_no_subject_stands(
    sentence: str, predicate: str, agents: str, themes: str, nlp: Language
) -> None:
    assert roles(clause(nlp, sentence, predicate)) == (agents, themes)


def test_examples_are_parts_of_what_they_exemplify(nlp: Language) -> None:
    doc = nlp("The city founded schools, including colleges and clinics.")
    [found] = [c for c in clauses(doc) if c.sense == "include"]
    assert found.predicate.text == "including"
    assert roles(found) == ("schools", "clinics colleges")
