"""What the status model sees of a relation: the cues of its clause and the register of its document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, cast

from .annotations import Status
from .features import governing_verb
from .status import StatusReading, is_imperative, read_status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .maxent import Classifier
    from .pairs import Pair


SOFT_CUES = frozenset({"plain", "finite"})
"""Cues that say little: no modal, no governing verb, only tense."""

STATES = frozenset({"affiliatedWith", "locatedIn", "partOf"})
"""Predicates of lasting states, which a demand in the same sentence does not touch."""


class Register(NamedTuple):
    """Shares of a document's sentences, in tenths, that carry a kind of cue."""

    will: int
    should: int
    past: int
    imperative: int


def read_register(doc: Doc) -> Register:
    """How a document speaks: promises, demands, reports or bare imperatives."""
    counts = [0, 0, 0, 0]
    total = 0
    for sentence in doc.sents:
        total += 1
        words = {t.lower_ for t in sentence}
        counts[0] += bool(words & {"will", "'ll", "’ll"})
        counts[1] += bool(words & {"should", "must", "need", "necessary", "shall"})
        counts[2] += sentence.root.tag_ in ("VBD",) or "has" in words or "have" in words
        counts[3] += is_imperative(sentence.root)
    return Register(*(min(9, 10 * c // max(1, total)) for c in counts))


def evoking_token(doc: Doc, pair: Pair) -> Token:
    """The verb (or event noun) whose clause says the relation."""
    if pair.frames:
        return pair.frames[0].predicate
    s, o = doc[pair.subject.root], doc[pair.object.root]
    lower = o if pair.object.type != "Region" else s
    return lower if lower.pos_ == "VERB" else governing_verb(lower)


def status_features(doc: Doc, pair: Pair, predicate: str, register: Register) -> list[str]:
    """Features of the status of `predicate` between the two ends of `pair`."""
    verb = evoking_token(doc, pair)
    reading = presented(verb, pair.sentence.root, register)
    nested = pair.subject.start <= pair.object.start and pair.object.end <= pair.subject.end
    kind = "nested" if nested else "framed" if pair.frames else "loose"
    firm = reading.cue not in SOFT_CUES
    main = presented(pair.sentence.root, pair.sentence.root, register)
    row = [
        "bias",
        f"rule={reading.status}",
        f"rule={reading.status}|firm={firm}",
        f"cue={reading.cue}",
        f"rule={reading.status}|{kind}",
        f"rule={reading.status}|{predicate}",
        f"main={main.status}|{kind}",
        f"main={main.status}|{predicate}",
        f"predicate={predicate}",
        f"predicate={predicate}|{kind}",
    ]
    tenor = max(("will", "should", "past"), key=lambda name: (getattr(register, name), name))
    if firm:
        return [*row, f"tenor={tenor}|firm"]
    tense = "past" if verb.tag_ in ("VBD", "VBN") else "present"
    demanding = register.should + register.imperative
    row += [f"tenor={tenor}|{reading.cue}", f"tense={tense}|{reading.cue}|demanding={min(demanding // 3, 2)}"]
    return row


def decide_status(
    doc: Doc, pair: Pair, predicate: str, register: Register, model: Classifier
) -> StatusReading:
    """The status of a relation: by rule where the text gives a cue, by the trained model where it gives none."""
    reading = presented(evoking_token(doc, pair), pair.sentence.root, register)
    if reading.cue not in SOFT_CUES and predicate not in STATES:
        return reading
    probabilities = model.probabilities(status_features(doc, pair, predicate, register))
    status = max(sorted(probabilities), key=lambda label: probabilities[label])
    return reading._replace(status=cast("Status", status))


def presented(verb: Token, root: Token, register: Register) -> StatusReading:
    """The status of a clause in its document: bare infinitives follow the sentence, imperatives the register.

    "Set up a fund." is a plan in a government's own programme ("we will …") and a proposal elsewhere.
    """
    reading = read_status(verb)
    if reading.cue == "plain" and verb.i != root.i:
        reading = read_status(root)._replace(negated=reading.negated)
    if reading.cue == "imperative" and register.will > max(1, register.should):
        return reading._replace(status="planned", cue="programme")
    return reading
