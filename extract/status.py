"""Whether a clause presents its content as proposed, planned, under way or established.

The cues are in `data/status.en.yaml`; this module climbs from a predicate through its governing verbs and
collects them. The nearest decisive cue wins; a plain finite verb is established.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from .annotations import Status
from .imperatives import is_imperative, starts_imperative
from .negation import is_negated, is_pending
from .status_cues import status_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

LIGHT_VERBS = frozenset({"be", "make", "reach", "take"})
SOFT_CUES = frozenset({"plain", "finite", "participle"})
"""Cues that say little: no modal, no governing verb, only tense."""


class StatusReading(NamedTuple):
    """The status of a clause, whether it is denied, and the cue that decided."""

    status: Status
    negated: bool
    cue: str


def read_status(predicate: Token) -> StatusReading:
    """The status of the clause whose verb (or event noun) is `predicate`."""
    negated = is_negated(predicate)
    status, cue = next(cues_above(predicate), ("established", "plain"))
    if status == "established" and cue in SOFT_CUES and predicate.sent.text.rstrip().endswith(("?", "？")):
        return StatusReading("proposed", negated, "question")
    return StatusReading(cast("Status", status), negated, cue)


def cues_above(predicate: Token) -> Iterator[tuple[str, str]]:
    """The cues of a predicate and of the verbs that govern it, as (status, cue), nearest first."""
    below, effort = predicate, None
    for token in _governors(predicate):
        found = _own_cue(token, below) or _infinitive_cue(token, below)
        below = token
        if found and found[1] in status_cues()["effort"]:
            effort = found
        elif found and effort and found[1] in SOFT_CUES:
            # "made efforts to build" is under way, "should make efforts to build" is a demand.
            yield effort
            effort = None
        elif found:
            yield found
            effort = None
    if starts_imperative(predicate.sent):
        yield "proposed", "imperative"
    elif effort:
        yield effort


def _governors(token: Token, limit: int = 8) -> Iterator[Token]:
    yield token
    for _ in range(limit):
        if token.head.i == token.i:
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.dep_ == "ROOT":
            yield token


def _own_cue(token: Token, below: Token) -> tuple[str, str] | None:
    """The cue of a verb itself, seen from `below`, the verb under it on the way up (or itself)."""
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    return (
        _lasting_cue(token, below)
        or _modal_cue(token, auxiliaries)
        or _verb_cue(token, below, auxiliaries)
        or _adjective_cue(token)
        or _form_cue(token, below, auxiliaries)
    )


def _lasting_cue(token: Token, below: Token) -> tuple[str, str] | None:
    """The cue of "will continue to run", which is under way whatever the auxiliary says.

    "Continue to run it." is a demand, and what a clause beside it says has a mood of its own.
    """
    lemma = token.lemma_.lower()
    lasting = status_cues()["lasting"]
    if lemma not in lasting or token.dep_ == "amod" or is_imperative(token):
        return None
    beside = below.i != token.i and below.head.i == token.i and below.dep_ == "advcl"
    return None if beside else (lasting[lemma], lemma)


def _modal_cue(token: Token, auxiliaries: Sequence[Token]) -> tuple[str, str] | None:
    """The cue of a modal ("should build") or of a condition ("if it builds")."""
    cues = status_cues()
    for auxiliary in auxiliaries:
        if auxiliary.lower_ == "would" and token.dep_ == "ccomp" and token.head.tag_ == "VBD":
            # "announced that it would build": the future of then.
            return "planned", "would"
        if auxiliary.lower_ in cues["auxiliary"]:
            return cues["auxiliary"][auxiliary.lower_], auxiliary.lower_
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ in cues["condition"]:
            return cues["condition"][child.lower_], child.lower_
    return None


def _verb_cue(token: Token, below: Token, auxiliaries: Sequence[Token]) -> tuple[str, str] | None:
    cues = status_cues()
    lemma = token.lemma_.lower()
    is_target = token.i == below.i
    status = (cues["verb_itself"] if is_target else cues["verb"]).get(lemma)
    if status and lemma in cues["enabling"] and _is_promised(token):
        # "will encourage firms to build" is what will be; the verb above decides.
        return None
    if status:
        # "are promoting reforms, supporting firms to …" is under way; "support firms to …" is a demand.
        helped = lemma in cues["enabling"] and _in_progress(token)
        return (cues["enabling"][lemma], "progressive") if helped else (status, lemma)
    if lemma in cues["phase"] and _is_complement(below, token):
        return cues["phase"][lemma], lemma
    if lemma in cues["mention"] and below.tag_ == "VBG" and _is_complement(below, token):
        return cues["mention"][lemma], lemma
    if not is_target and token.lower_ in cues["adjective"] and _is_copular(token, auxiliaries):
        return cues["adjective"][token.lower_], token.lower_
    return None


def _is_promised(verb: Token) -> bool:
    """True under "will", which coordinated verbs and those that depend on them share."""
    while True:
        if any(c.dep_ == "aux" and c.lower_ in ("will", "'ll", "’ll") for c in verb.children):
            return True
        if verb.dep_ not in ("conj", "advcl", "xcomp", "ccomp") or verb.head.i == verb.i:
            return False
        verb = verb.head


def _is_complement(verb: Token, governor: Token) -> bool:
    """True for "build" under "begin to build", "building" under "succeed in building"."""
    if verb.dep_ == "pcomp":
        return bool(verb.head.head.i == governor.i)
    return verb.dep_ in ("xcomp", "ccomp") and verb.head.i == governor.i


def _adjective_cue(token: Token) -> tuple[str, str] | None:
    cues = status_cues()["adjective"]
    lemma = token.lemma_.lower()
    if lemma in cues and (token.pos_ == "ADJ" or token.dep_ == "acomp"):
        return cues[lemma], lemma
    for child in token.children:
        if child.dep_ in ("acomp", "attr") and child.lemma_.lower() in cues:
            return cues[child.lemma_.lower()], child.lower_
    if token.lemma_ == "be":
        return _weighty_cue(token)
    return None


def _weighty_cue(copula: Token) -> tuple[str, str] | None:
    """The cue of "is of great significance (to build)"."""
    nouns = status_cues()["noun"]
    for child in copula.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for noun in child.children:
                if noun.dep_ == "pobj" and noun.lemma_.lower() in nouns:
                    return nouns[noun.lemma_.lower()], noun.lemma_.lower()
    return None


def _form_cue(token: Token, below: Token, auxiliaries: Sequence[Token]) -> tuple[str, str] | None:
    """The cue of tense, aspect and mood, where no word decides."""
    subjunctive = status_cues()["subjunctive"]
    is_target = token.i == below.i
    if any(a.lower_ == "being" or (a.lemma_ == "be" and token.tag_ == "VBG") for a in auxiliaries):
        return "ongoing", "progressive"
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return "established", "participle"
    if is_imperative(token):
        return "proposed", "imperative"
    if token.tag_ == "VBP" and token.dep_ == "ccomp" and token.head.lemma_.lower() in subjunctive:
        return subjunctive[token.head.lemma_.lower()], "subjunctive"
    if not is_target and ((_is_infinitive(below) and below.head.i == token.i) or _noun_above(below)):
        # "is to build", "has to build", "signed a pledge to build": the infinitive decides.
        return None
    if token.tag_ in ("VBD", "VBZ", "VBP") or (token.tag_ == "VBN" and auxiliaries and not _has_to(token)):
        return "established", "finite"
    return None


def _is_copular(verb: Token, auxiliaries: Sequence[Token]) -> bool:
    """True for "is set to", "is going to", which the parser takes for verbs, but not for "was set up to"."""
    return any(a.lemma_ == "be" for a in auxiliaries) and not any(c.dep_ == "prt" for c in verb.children)


def _infinitive_cue(governor: Token, below: Token) -> tuple[str, str] | None:
    """The cue of "is to build", "has to build", "signed a memorandum to build", "a plan to build"."""
    cues = status_cues()
    noun = _noun_above(below)
    if noun is not None:
        lemma = noun.lemma_.lower()
        return (
            (cues["effort"][lemma], lemma)
            if lemma in cues["effort"]
            else (cues["noun"][lemma], f"{lemma} to")
        )
    if governor.i == below.i or not _is_infinitive(below) or below.head.i != governor.i:
        return None
    lemma = governor.lemma_.lower()
    if lemma in cues["purpose"]:
        return cues["purpose"][lemma], f"{lemma} to"
    if below.dep_ == "xcomp" and is_pending(governor):
        return "established", "yet to"
    if below.dep_ == "xcomp" and lemma == "have":
        return "proposed", "has to"
    if below.dep_ == "xcomp" and lemma == "be":
        content = cues["content"]
        subject = next((c for c in governor.children if c.dep_ == "nsubj"), None)
        named = subject is not None and subject.lemma_.lower() in content
        return (content[subject.lemma_.lower()], "finite") if named and subject else ("planned", "is to")
    finite = governor.tag_ in ("VBD", "VBZ", "VBP") or (governor.tag_ == "VBN" and not _has_to(governor))
    return ("established", "finite") if finite else None


def _noun_above(verb: Token) -> Token | None:
    """The noun that decides an infinitive or gerund behind it ("a plan to build", "the need for building").

    Behind a light verb the parser hangs them to the verb: "a decision was made to build", "made progress in building".
    """
    head = verb.head
    if verb.dep_ == "pcomp" and head.dep_ == "prep":
        head = head.head
    elif not _is_infinitive(verb):
        return None
    nouns = status_cues()["noun"].keys() | status_cues()["effort"].keys()
    candidates = [head] if head.pos_ == "NOUN" else []
    if head.lemma_.lower() in LIGHT_VERBS:
        candidates = [c for c in head.children if c.dep_ in ("attr", "dobj", "nsubjpass") and c.i < verb.i]
    return next((noun for noun in candidates if noun.lemma_.lower() in nouns), None)


def _is_infinitive(verb: Token) -> bool:
    return verb.dep_ in ("xcomp", "acl", "advcl", "relcl") and _has_to(verb)


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def _in_progress(verb: Token) -> bool:
    if verb.tag_ != "VBG":
        return False
    if any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        return True
    return verb.dep_ in ("advcl", "conj") and verb.head.i != verb.i and _in_progress(verb.head)
