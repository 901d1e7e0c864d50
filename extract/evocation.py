"""Which verb says a relation, and how the phrases of its two ends hang together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .features import governing_verb

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .pairs import Pair


def evoking_token(doc: Doc, pair: Pair) -> Token:
    """The verb (or event noun) whose clause says the relation."""
    if pair.frames:
        return pair.frames[0].predicate
    s, o = doc[pair.subject.root], doc[pair.object.root]
    return verb_at(o if pair.object.type != "Region" else s)


def verb_at(token: Token) -> Token:
    """The token itself where it is a verb, else the verb that governs it."""
    return token if token.pos_ == "VERB" else governing_verb(token)


def status_verb(doc: Doc, pair: Pair, predicate: str) -> Token:
    """The verb whose mood the relation has: what a document sets out is as sure as the clause that says it."""
    if predicate == "setOutIn":
        return verb_at(doc[pair.subject.root])
    own = next((m.predicate for m in pair.frames if m.frame.predicate == predicate), None)
    return own if own is not None else evoking_token(doc, pair)


def kind_of(pair: Pair) -> str:
    """Whether one end lies in the other ("nested", "inside"), a frame joins them ("framed") or neither ("loose")."""
    s, o = pair.subject, pair.object
    if s.start <= o.start and o.end <= s.end:
        return "nested"
    if o.start <= s.start and s.end <= o.end:
        return "inside"
    return "framed" if pair.frames else "loose"


def path_between(doc: Doc, pair: Pair) -> tuple[str, str]:
    """Whether a verb stands between the two ends ("firms run it") or they are one noun phrase ("firms in it").

    The second part tells which end governs the other: "s", "o" or, for neither, "-".
    """
    s, o = doc[pair.subject.root], doc[pair.object.root]
    up_s, up_o = [s, *s.ancestors], [o, *o.ancestors]
    common = next((t for t in up_s if t in up_o), None)
    if common is None:
        return "none", "-"
    between = [*up_s[: up_s.index(common)], common, *up_o[: up_o.index(common)]]
    # "including" and "regarding" are tagged as verbs.
    verbal = any(t.pos_ in ("VERB", "AUX") and t.dep_ != "prep" for t in between)
    return "verbal" if verbal else "nominal", "s" if common == s else "o" if common == o else "-"
