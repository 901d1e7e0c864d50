"""What rules say of the status of a relation in its document, and whether that leaves a choice to the model."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from .annotations import Status
from .evocation import kind_of, path_between, status_verb
from .negation import excludes_noun
from .status import SOFT_CUES, StatusReading, read_status
from .status_cues import status_cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .pairs import Pair
    from .register import Register

STATES = frozenset({"affiliatedWith", "locatedIn", "partOf"})
"""Predicates of lasting states, which a demand in the same sentence does not touch."""

DECISIVE = frozenset(
    """continue keep programme progressive question will decide plan intend pledge vow must ought shall should need
    needs necessary essential urge call request require recommend suggest propose""".split()
)
"""Cues that leave no choice where a verb joins the two ends; elsewhere the model weighs them."""


def read_by_rules(doc: Doc, pair: Pair, predicate: str, register: Register) -> tuple[StatusReading, bool]:
    """What the rules say of a relation, and whether that is final."""
    verb = status_verb(doc, pair, predicate)
    reading = presented(verb, pair.sentence.root, register)
    if is_denied(doc, pair):
        reading = reading._replace(negated=True)
    demand = status_cues()["verb"].get(verb.lemma_.lower())
    if predicate == "setOutIn" and reading.cue in SOFT_CUES and demand:
        # "the outline proposes a new fund"
        return reading._replace(status=cast("Status", demand), cue=verb.lemma_.lower()), True
    if is_lasting(doc, pair, predicate):
        return reading._replace(status="established", cue="state"), True
    decisive = reading.cue in DECISIVE and predicate not in STATES
    return reading, decisive and kind_of(pair) in ("framed", "loose")


def is_denied(doc: Doc, pair: Pair) -> bool:
    """True where one end stands behind "without", "instead of", "lack of": the text denies what joins it."""
    return any(excludes_noun(doc[end.root]) for end in (pair.subject, pair.object) if end.form == "mention")


def is_lasting(doc: Doc, pair: Pair, predicate: str) -> bool:
    """True for what a noun phrase takes for granted, whatever is demanded of it ("should help firms in Wuhu")."""
    if predicate == "partOf":
        return pair.subject.type == pair.object.type == "Region"
    return predicate in STATES and (kind_of(pair) == "nested" or path_between(doc, pair)[0] == "nominal")


def presented(verb: Token, root: Token, register: Register) -> StatusReading:
    """The status of a clause in its document: bare infinitives follow the sentence, imperatives the register.

    "Set up a fund." is a plan in a government's own programme ("we will …") and a proposal elsewhere.
    """
    reading = read_status(verb)
    if reading.cue == "plain" and verb.i != root.i:
        reading = read_status(root)._replace(negated=reading.negated)
    if reading.cue == "imperative" and register.promise > register.should:
        return reading._replace(status="planned", cue="programme")
    return reading
