"""Who does what a clause leaves unsaid: what it takes over from the clause that governs it.

Control ("encourage A to build B": A is the agent of build), coordination ("design, fund and run the programme"),
participles ("Launched by A, B …").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from .roles import OBJECT_CONTROL, Clause, is_infinitive, is_passive, with_conjuncts

if TYPE_CHECKING:
    from spacy.tokens import Token

CLAUSAL = frozenset({"xcomp", "ccomp", "advcl", "conj", "acl", "pcomp", "relcl"})
SUBJECT_CONTROL = frozenset({"xcomp", "conj", "advcl", "pcomp", "acl"})
JOINING = frozenset("ally co-operate collaborate cooperate join partner team work".split())
REACH = 5
"""How many steps in the parse a verb may stand below the one that gives it its subject."""


def inherit(clause: Clause, found: Mapping[int, Clause]) -> None:
    """Fill an open agent from the governing clause, and shared objects from coordinated verbs."""
    verb = clause.predicate
    if verb.dep_ not in CLAUSAL or verb.pos_ not in ("VERB", "AUX"):
        return
    parent = _governor(verb, found)
    if parent is None:
        return
    if not clause.agents and not is_passive(verb) and verb.tag_ != "VBN":
        clause.agents = _controllers(verb, parent)
        clause.implied = bool(clause.agents)
    if verb.dep_ == "advcl" and verb.tag_ == "VBN" and not clause.themes:
        # "Launched by the ministry, the scheme …": the subject of the main clause is what was launched.
        clause.themes = _subject(parent)
    if verb.dep_ == "conj" and clause.themes:
        _share_themes(clause, parent, found)


def _share_themes(clause: Clause, parent: Clause, found: Mapping[int, Clause]) -> None:
    """Right-node raising: "design, fund and run the programme"."""
    above: Clause | None = parent
    while above is not None and not above.themes and not above.prepositions:
        above.themes = list(clause.themes)
        verb = above.predicate
        above = found.get(verb.head.i) if verb.dep_ == "conj" and verb.head.i != verb.i else None


def _governor(verb: Token, found: Mapping[int, Clause]) -> Clause | None:
    """The clause that a verb depends on, over the preposition, noun or adjective in between."""
    above = verb
    for _ in range(REACH):
        if above.head.i == above.i or above.dep_ == "relcl":
            return None
        above = above.head
        if above.i in found and above.pos_ in ("VERB", "AUX"):
            return found[above.i]
        if verb.dep_ not in ("pcomp", "acl", "xcomp"):
            return None
    return None


def _controllers(verb: Token, parent: Clause) -> list[Token]:
    """Who does what an infinitive, participle or gerund without a subject says."""
    controls = parent.lemma in OBJECT_CONTROL and bool(parent.themes)
    purpose = verb.dep_ in ("advcl", "acl") and is_infinitive(verb)
    if controls and (verb.dep_ in ("xcomp", "ccomp") or purpose):
        return list(parent.themes)
    if controls and verb.dep_ == "pcomp" and verb.head.lower_ == "in":
        return list(parent.themes)  # "help firms in building a platform"
    if verb.dep_ not in SUBJECT_CONTROL:
        return []
    doers = list(_doers(verb.head)) if verb.dep_ == "acl" else []
    if doers:
        return doers
    agents = list(parent.agents)
    if parent.lemma in JOINING:
        agents += parent.prepositions.get("with", [])
    if purpose:
        # "set up a committee to run the fund": the committee is to run it.
        agents += [theme for theme in parent.themes if theme not in agents]
    return agents


def _doers(noun: Token) -> Iterator[Token]:
    """Whose plan or effort it is: "the government's efforts to …", "efforts by the agencies to …"."""
    for child in noun.children:
        if child.dep_ == "poss":
            yield from with_conjuncts(child)
        elif child.dep_ == "prep" and child.lower_ in ("by", "of"):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield from with_conjuncts(inner)


def _subject(clause: Clause) -> list[Token]:
    return list(clause.themes) if is_passive(clause.predicate) else list(clause.agents)
