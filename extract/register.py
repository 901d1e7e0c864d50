"""How a document speaks: promises of a government, demands of an adviser, reports, bare imperatives of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .imperatives import is_imperative

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

WORDS = {
    "will": frozenset({"will", "'ll", "’ll"}),
    "should": frozenset({"should", "must", "need", "needs", "necessary", "shall"}),
    "has": frozenset({"has", "have", "had"}),
    "can": frozenset({"can", "may", "could"}),
    "now": frozenset({"already", "currently", "now", "recently"}),
    "last": frozenset({"ago", "last", "since"}),
    "next": frozenset({"next", "upcoming"}),
}
"""Words of a sentence that tell of its time and mood, wherever they stand."""
PROMISING = frozenset({"government", "i", "we"})


class Register(NamedTuple):
    """Shares of a document's sentences, in tenths, that carry a kind of cue.

    `promise` counts those in which the author or a government says what it will do.
    """

    will: int
    should: int
    past: int
    imperative: int
    promise: int = 0


def read_register(doc: Doc) -> Register:
    """How a document speaks: promises, demands, reports or bare imperatives."""
    counts = [0, 0, 0, 0, 0]
    total = 0
    for sentence in doc.sents:
        total += 1
        words = {t.lower_ for t in sentence}
        counts[0] += bool(words & WORDS["will"])
        counts[1] += bool(words & WORDS["should"])
        counts[2] += sentence.root.tag_ in ("VBD",) or "has" in words or "have" in words
        counts[3] += is_imperative(sentence.root)
        counts[4] += any(t.lower_ in WORDS["will"] and _promises(t.head) for t in sentence)
    return Register(*(min(9, 10 * c // max(1, total)) for c in counts))


def _promises(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ in PROMISING for c in verb.children)
