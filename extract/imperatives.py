"""Sentences that open with a bare verb, as the items of plans do ("Set up a fund.")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .status_cues import status_cues

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

ROMAN = re.compile(r"[ivxIVX]+")
PREPOSITIONS = frozenset(
    {"among", "at", "between", "by", "for", "from", "in", "into", "of", "on", "to", "with"}
)
NO_OBJECTS = frozenset(
    {"of", "is", "are", "was", "were", "has", "have", "had", "will", "should", "can", ",", ":"}
)
"""What no imperative is followed by."""


def is_imperative(verb: Token) -> bool:
    """True for a base-form verb that heads its sentence (or a coordinated one) without a subject."""
    first = verb
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if (
        first.dep_ != "ROOT"
        or _has_subject(first)
        or any(c.dep_ in ("aux", "auxpass") for c in first.children)
    ):
        return False
    return first.tag_ in ("VB", "VBP") or (first.i == _first_word(verb.sent) and starts_imperative(verb.sent))


def starts_imperative(sentence: Span) -> bool:
    """True for a sentence that opens with a bare verb, as the items of plans do ("Set up a fund.").

    Taggers often take such a verb for a noun, so the verbs that plans open with are listed among the cues.
    """
    token = sentence.doc[_first_word(sentence)]
    if _has_subject(token):
        return False
    follower = sentence.doc[token.i + 1].lower_ if token.i + 1 < sentence.end else ""
    cues = status_cues()
    if token.lower_ in cues["noun_opening"] and follower in PREPOSITIONS:
        return False
    return (token.lower_ in cues["opening"] and follower not in NO_OBJECTS) or token.tag_ == "VB"


def _has_subject(verb: Token) -> bool:
    return any(
        c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") and not _is_numeral(c) for c in verb.children
    )


def _is_numeral(token: Token) -> bool:
    return token.pos_ != "PRON" and ROMAN.fullmatch(token.text) is not None


def _first_word(sentence: Span) -> int:
    """Index of the first word behind numbering, bullets and adverbs."""
    for token in sentence:
        if not token.is_alpha or len(token.text) == 1 or ROMAN.fullmatch(token.text):
            continue
        if token.lower_.endswith("ly") and token.i + 1 < sentence.end:
            continue
        return int(token.i)
    return int(sentence.start)
