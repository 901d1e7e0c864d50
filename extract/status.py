"""Whether a clause presents its content as proposed, planned, under way or established, and whether it denies it.

The cues are in `data/status.en.yaml`; this module climbs from a predicate through its governing verbs and
collects them. The nearest decisive cue wins; a plain finite verb is established.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, cast

import yaml

from ..errors import OntologyError
from .annotations import Status

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

FILE = "data/status.en.yaml"
ROMAN = re.compile(r"[ivxIVX]+")
STATUSES = ("proposed", "planned", "ongoing", "established")


class StatusReading(NamedTuple):
    """The status of a clause, whether it is denied, and the cue that decided."""

    status: Status
    negated: bool
    cue: str


@cache
def status_cues() -> Mapping[str, Mapping[str, str]]:
    """Cue lists by kind ("auxiliary", "verb", "adjective", "phrase"): cue -> status."""
    return parse_cues((files(__package__) / FILE).read_text(encoding="utf-8"), FILE)


def parse_cues(text: str, name: str) -> Mapping[str, Mapping[str, str]]:
    """Read the cue file; raises `OntologyError` where a status is unknown or a cue is given two."""
    raw = yaml.safe_load(text)
    cues: dict[str, dict[str, str]] = {}
    for kind, groups in raw.items():
        table = cues.setdefault(kind, {})
        for status, words in groups.items():
            if status not in (*STATUSES, "negation", "pseudo"):
                raise OntologyError(f"{name}: {kind} names the unknown status {status!r}; use {STATUSES}.")
            for word in words:
                if table.setdefault(word, status) != status:
                    raise OntologyError(f"{name}: the {kind} cue {word!r} has two statuses; keep one.")
    return cues


def read_status(predicate: Token) -> StatusReading:
    """The status of the clause whose verb (or event noun) is `predicate`."""
    negated = is_negated(predicate)
    for token in _governors(predicate):
        # "will continue to run" is under way, whatever the auxiliary says.
        if token.lemma_.lower() in ("continue", "keep") and token.dep_ != "amod":
            return StatusReading("ongoing", negated, token.lemma_.lower())
    for token in _governors(predicate):
        found = _own_cue(token, is_target=token.i == predicate.i)
        if found:
            return StatusReading(cast("Status", found[0]), negated, found[1])
    if starts_imperative(predicate.sent):
        return StatusReading("proposed", negated, "imperative")
    return StatusReading("established", negated, "plain")


def is_negated(predicate: Token) -> bool:
    """True where a negation belongs to this very predicate ("has not yet set up"), not to one above it."""
    pseudo = {"only", "just", "merely", "simply"}
    for child in predicate.children:
        if child.dep_ == "neg" and child.lower_ not in ("no",):
            following = predicate.doc[child.i + 1].lower_ if child.i + 1 < len(predicate.doc) else ""
            if following not in pseudo:
                return True
    return any(
        child.dep_ == "prep" and child.lower_ in ("without", "instead") and child.i < predicate.i
        for child in (predicate.head.children if predicate.dep_ == "pcomp" else ())
    ) or (predicate.dep_ == "pcomp" and predicate.head.lower_ in ("without", "of") and _instead(predicate.head))


def _instead(preposition: Token) -> bool:
    return preposition.lower_ == "without" or preposition.head.lower_ in ("instead", "rather")


def _governors(token: Token, limit: int = 8) -> Iterator[Token]:
    yield token
    for _ in range(limit):
        if token.head.i == token.i:
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.dep_ == "ROOT":
            yield token


def _own_cue(token: Token, *, is_target: bool) -> tuple[str, str] | None:
    cues = status_cues()
    lemma = token.lemma_.lower()
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    for auxiliary in auxiliaries:
        status = cues["auxiliary"].get(auxiliary.lower_)
        if status:
            return status, auxiliary.lower_
    status = (cues["verb_itself"] if is_target else cues["verb"]).get(lemma)
    if status:
        # "are promoting reforms, supporting firms to …" is under way; "support firms to …" is a demand.
        return ("ongoing", "progressive") if status == "proposed" and _in_progress(token) else (status, lemma)
    if token.pos_ == "ADJ" or token.dep_ == "acomp":
        status = cues["adjective"].get(lemma)
        if status:
            return status, lemma
    for child in token.children:
        if child.dep_ in ("acomp", "attr"):
            status = cues["adjective"].get(child.lemma_.lower())
            if status:
                return status, child.lower_
    if token.tag_ == "VBG" and any(a.lemma_ == "be" for a in auxiliaries):
        return "ongoing", "progressive"
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return "established", "participle"
    if is_imperative(token):
        return "proposed", "imperative"
    if token.tag_ in ("VBD", "VBZ", "VBP") or token.tag_ == "VBN" and auxiliaries:
        return "established", "finite"
    return None


def _in_progress(verb: Token) -> bool:
    if verb.tag_ != "VBG":
        return False
    if any(c.dep_ == "aux" and c.lemma_ == "be" for c in verb.children):
        return True
    return verb.dep_ in ("advcl", "conj") and verb.head.i != verb.i and _in_progress(verb.head)


def is_imperative(verb: Token) -> bool:
    """True for a base-form verb that heads its sentence (or a coordinated one) without a subject."""
    first = verb
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if first.dep_ != "ROOT" or _has_subject(first) or any(c.dep_ in ("aux", "auxpass") for c in first.children):
        return False
    return first.tag_ in ("VB", "VBP") or first.i == _first_word(verb.sent) and starts_imperative(verb.sent)


def starts_imperative(sentence: Span) -> bool:
    """True for a sentence that opens with a bare verb, as the items of plans do ("Set up a fund.").

    Taggers often take such a verb for a noun, so the verbs that plans open with are listed among the cues.
    """
    token = sentence.doc[_first_word(sentence)]
    if _has_subject(token):
        return False
    follower = sentence.doc[token.i + 1].lower_ if token.i + 1 < sentence.end else ""
    listed = token.lower_ in status_cues()["opening"] and follower not in ("of", "is", "are", "was", "were", "has", ",")
    return listed or token.tag_ == "VB"


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in verb.children)


def _first_word(sentence: Span) -> int:
    """Index of the first word behind numbering, bullets and adverbs."""
    for token in sentence:
        if not token.is_alpha or len(token.text) == 1 or ROMAN.fullmatch(token.text):
            continue
        if token.lower_.endswith("ly") and token.i + 1 < sentence.end:
            continue
        return int(token.i)
    return int(sentence.start)
