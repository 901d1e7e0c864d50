"""Whether a clause or a phrase denies what it speaks of: "not", "has yet to", "failed to", "without", "no city"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .status_cues import status_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
NOBODY = frozenset({"nobody", "none", "nothing"})
PSEUDO = frozenset({"only", "just", "merely", "simply"})
"""What "not" does not deny behind it: "not only"."""


def is_negated(predicate: Token) -> bool:
    """True where a negation belongs to this very predicate ("has not yet set up"), not to one above it."""
    return (
        any(_denies(child) for child in predicate.children)
        or (predicate.dep_ == "pcomp" and _excludes(predicate.head))
        or (predicate.dep_ == "xcomp" and predicate.head.lemma_.lower() in status_cues()["denial"])
        or (predicate.dep_ == "xcomp" and is_pending(predicate.head))
    )


def is_pending(verb: Token) -> bool:
    """True for "have" of "have yet to open"."""
    return verb.lemma_ in ("have", "be") and any(c.lower_ == "yet" for c in verb.children)


def excludes_noun(noun: Token) -> bool:
    """True for the noun of "without a fund", "rather than a fund", "for lack of a fund", "the absence of a fund"."""
    start, doc = noun.left_edge.i, noun.doc
    before = doc[max(0, start - 2) : start].text.lower()
    if before in ("instead of", "rather than") or before.endswith("without"):
        return True
    of = noun.head
    return noun.dep_ == "pobj" and of.lower_ == "of" and of.head.lemma_.lower() in status_cues()["missing"]


def _denies(child: Token) -> bool:
    """True for "not", "no longer", "hardly", and for "nobody" and "no city" in the place of an argument."""
    negations = status_cues()["negation"]
    following = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
    if child.dep_ in ARGUMENTS:
        # "no fewer than ten cities" is ten cities.
        determiners = (c for c in child.children if c.dep_ == "det" and c.lower_ in ("no", "neither"))
        return child.lower_ in NOBODY or any(
            child.doc[d.i + 1].tag_ not in ("JJR", "RBR") for d in determiners
        )
    if child.dep_ == "neg":
        return following == "longer" if child.lower_ == "no" else following not in PSEUDO
    before = child.doc[child.i - 1].lower_ if child.i else ""
    return child.dep_ == "advmod" and (
        child.lower_ in negations or (child.lower_ == "longer" and before == "no")
    )


def _excludes(preposition: Token) -> bool:
    """True for "without", "instead of", "rather than"."""
    before = preposition.doc[preposition.i - 1].lower_ if preposition.i else ""
    return preposition.lower_ == "without" or before in ("instead", "rather")
