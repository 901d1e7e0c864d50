"""The roles around one verb or event noun, read off what the parse hangs on it.

Passives ("B, built by A"), relative clauses, reduced relatives, nominal forms ("A's construction of B") and light
nouns ("promote the construction of B": B is also a theme).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "dative", "oprd", "obj", "attr"})
OBJECT_CONTROL = frozenset(
    """allow ask assign assist attract authorise authorize call call_on commission drive empower enable
    encourage entitle entrust guide help
    instruct invite lead mobilise mobilize motivate order permit persuade promote prompt push request require
    stimulate support task urge""".split()
)
ATTACHED = frozenset({"across", "for", "in", "through", "throughout", "to", "under", "with"})
LIGHT_NOUNS = frozenset(
    """construction development establishment formation creation implementation promotion introduction expansion
    formulation improvement launch adoption deployment operation building setting-up application advancement
    enhancement acceleration exploration optimisation optimization strengthening execution number series range
    batch group set variety package phase""".split()
)


@dataclass(slots=True)
class Clause:
    """A verb or event noun and the heads of what fills its roles.

    `prepositions` maps a lower-case preposition to the heads of its objects, "by" of a passive excepted.
    `agents` are those stated or controlled; `implied` tells that they were inherited from another clause.
    """

    predicate: Token
    agents: list[Token] = field(default_factory=list)
    themes: list[Token] = field(default_factory=list)
    prepositions: dict[str, list[Token]] = field(default_factory=dict)
    implied: bool = False
    sense: str = ""

    @property
    def lemma(self) -> str:
        """The verb's lemma in lower case; "participate" for "take part"; `sense` where it is given."""
        if self.sense:
            return self.sense
        lemma = self.predicate.lemma_.lower()
        if lemma == "take" and any(theme.lower_ == "part" for theme in self.themes):
            return "participate"
        return lemma


def verbal_clause(verb: Token) -> Clause:
    """What a verb itself says of its roles, and the noun that it modifies."""
    clause = Clause(verb)
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            clause.agents += with_conjuncts(child)
        elif child.dep_ == "prep" or (child.dep_ == "dative" and child.pos_ == "ADP"):
            _add_preposition(clause, child)
        elif child.dep_ in PASSIVE_SUBJECTS or child.dep_ in OBJECTS:
            clause.themes += _expand(child)
            _add_attached(clause, child)
        elif child.dep_ == "agent":
            for inner in child.children:
                clause.agents += with_conjuncts(inner)
        elif (
            child.dep_ in ("ccomp", "xcomp")
            and verb.lemma_.lower() in OBJECT_CONTROL
            and is_infinitive(child)
        ):
            for inner in child.children:
                if inner.dep_ == "nsubj":
                    clause.themes += with_conjuncts(inner)
        elif child.dep_ == "npadvmod" and verb.dep_ == "amod":
            clause.agents.append(child)  # "a state-funded laboratory"
        elif child.dep_ == "prt":
            clause.prepositions.setdefault(f"+{child.lower_}", [])
    _participle(clause)
    return clause


def nominal_clause(noun: Token) -> Clause:
    """What an event noun says of its roles: "A's construction of B", "the launch of B by A"."""
    clause = Clause(noun)
    for child in noun.children:
        if child.dep_ == "poss":
            clause.agents += with_conjuncts(child)
        elif child.dep_ == "compound":
            clause.themes.append(child)
        elif child.dep_ == "prep":
            if child.lower_ == "of":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        clause.themes += with_conjuncts(inner)
            elif child.lower_ == "by":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        clause.agents += with_conjuncts(inner)
            else:
                _add_preposition(clause, child)
    return clause


def with_conjuncts(token: Token) -> Iterator[Token]:
    """The token, what is coordinated with it, and what stands in apposition or follows "such as"."""
    seen: set[int] = set()
    stack = [token]
    while stack:
        current = stack.pop()
        if current.i in seen:
            continue
        seen.add(current.i)
        yield current
        for child in current.children:
            if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "X", "NUM"):
                stack.append(child)
            elif child.dep_ == "prep" and child.lower_ in ("as", "including", "like"):
                stack.extend(grandchild for grandchild in child.children if grandchild.dep_ == "pobj")


def is_passive(verb: Token) -> bool:
    """True for a verb in the passive voice."""
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def is_infinitive(verb: Token) -> bool:
    """True for a verb behind "to"."""
    return any(child.dep_ == "aux" and child.lower_ == "to" for child in verb.children)


def _expand(token: Token) -> Iterator[Token]:
    for member in with_conjuncts(token):
        yield member
        if member.lemma_.lower() in LIGHT_NOUNS:
            for preposition in member.children:
                if preposition.dep_ == "prep" and preposition.lower_ == "of":
                    for inner in preposition.children:
                        if inner.dep_ == "pobj":
                            yield from with_conjuncts(inner)


def _add_attached(clause: Clause, theme: Token) -> None:
    # "set up a hotline for researchers", "sign an accord with a firm": to which of the two the parser hangs the
    # preposition is chance, so it counts for the verb as well.
    for child in theme.children:
        if child.dep_ == "prep" and child.lower_ in ATTACHED:
            _add_preposition(clause, child)


def _participle(clause: Clause) -> None:
    # "a fund launched by A", "universities running the scheme": the noun before fills the open role.
    verb = clause.predicate
    if verb.dep_ == "amod" and clause.agents:
        clause.themes.append(verb.head)
    elif verb.dep_ == "acl" and verb.head.pos_ in ("NOUN", "PROPN"):
        noun = [verb.head]
        if verb.tag_ == "VBN":
            clause.themes += noun
        elif verb.tag_ == "VBG":
            clause.agents += noun
    elif verb.dep_ == "relcl" and verb.head.pos_ in ("NOUN", "PROPN"):
        noun = [verb.head]
        pronouns = ("that", "which", "who")
        if any(agent.lower_ in pronouns for agent in clause.agents) or not clause.agents:
            clause.agents = [a for a in clause.agents if a.lower_ not in pronouns]
            clause.agents += noun if not is_passive(verb) else []
        if is_passive(verb) or any(theme.lower_ in pronouns for theme in clause.themes):
            clause.themes = [theme for theme in clause.themes if theme.lower_ not in pronouns] + noun


def _add_preposition(clause: Clause, preposition: Token) -> None:
    name = preposition.lower_
    for child in preposition.children:
        if child.dep_ == "pobj":
            clause.prepositions.setdefault(name, []).extend(_expand(child))
        elif child.dep_ == "pcomp" and child.pos_ == "VERB":
            for grandchild in child.children:
                if grandchild.dep_ in OBJECTS:
                    clause.prepositions.setdefault(name, []).extend(_expand(grandchild))
        elif child.dep_ == "prep":  # "out of", "together with"
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    clause.prepositions.setdefault(child.lower_, []).extend(_expand(grandchild))
