"""Whether a clause presents its content as proposed, planned, under way or established, and whether it denies it.

The cues are in `data/status.en.yaml`; this module climbs from a predicate through its governing verbs and
collects them. The nearest decisive cue wins; a plain finite verb is established.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj"})
NOBODY = frozenset({"nobody", "none", "nothing"})
PSEUDO = frozenset({"only", "just", "merely", "simply"})
STATUSES = ("proposed", "planned", "ongoing", "established")


class StatusReading(NamedTuple):
    """The status of a clause, whether it is denied, and the cue that decided."""

    status: Status
    negated: bool
    cue: str


@cache
def status_cues() -> Mapping[str, Mapping[str, str]]:
    """Cue lists by kind ("auxiliary", "verb", "adjective", "negation" …): cue -> status."""
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
    below = predicate
    for token in _governors(predicate):
        found = _own_cue(token, is_target=token.i == predicate.i) or _future_infinitive(token, below)
        below = token
        if found:
            return StatusReading(cast("Status", found[0]), negated, found[1])
    if starts_imperative(predicate.sent):
        return StatusReading("proposed", negated, "imperative")
    return StatusReading("established", negated, "plain")


def is_negated(predicate: Token) -> bool:
    """True where a negation belongs to this very predicate ("has not yet set up"), not to one above it."""
    return (
        any(_denies(child) for child in predicate.children)
        or (predicate.dep_ == "pcomp" and _excludes(predicate.head))
        or (predicate.dep_ == "xcomp" and predicate.head.lemma_.lower() in status_cues()["denial"])
    )


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


def _governors(token: Token, limit: int = 8) -> Iterator[Token]:
    yield token
    for _ in range(limit):
        if token.head.i == token.i:
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX", "ADJ") or token.dep_ == "ROOT":
            yield token


def _own_cue(token: Token, *, is_target: bool) -> tuple[str, str] | None:
    auxiliaries = [c for c in token.children if c.dep_ in ("aux", "auxpass")]
    return (
        _modal_cue(token, auxiliaries)
        or _verb_cue(token, auxiliaries, is_target=is_target)
        or _adjective_cue(token)
        or _form_cue(token, auxiliaries, is_target=is_target)
    )


def _modal_cue(token: Token, auxiliaries: Sequence[Token]) -> tuple[str, str] | None:
    """The cue of a modal ("should build") or of a condition ("if it builds")."""
    cues = status_cues()
    for auxiliary in auxiliaries:
        if auxiliary.lower_ in cues["auxiliary"]:
            return cues["auxiliary"][auxiliary.lower_], auxiliary.lower_
    for child in token.children:
        if child.dep_ == "mark" and child.lower_ in cues["condition"]:
            return cues["condition"][child.lower_], child.lower_
    return None


def _verb_cue(token: Token, auxiliaries: Sequence[Token], *, is_target: bool) -> tuple[str, str] | None:
    cues = status_cues()
    lemma = token.lemma_.lower()
    status = (cues["verb_itself"] if is_target else cues["verb"]).get(lemma)
    if status:
        # "are promoting reforms, supporting firms to …" is under way; "support firms to …" is a demand.
        helped = lemma in cues["enabling"] and _in_progress(token)
        return (cues["enabling"][lemma], "progressive") if helped else (status, lemma)
    if not is_target and token.lower_ in cues["adjective"] and _is_copular(token, auxiliaries):
        return cues["adjective"][token.lower_], token.lower_
    return None


def _adjective_cue(token: Token) -> tuple[str, str] | None:
    cues = status_cues()["adjective"]
    lemma = token.lemma_.lower()
    if lemma in cues and (token.pos_ == "ADJ" or token.dep_ == "acomp"):
        return cues[lemma], lemma
    for child in token.children:
        if child.dep_ in ("acomp", "attr") and child.lemma_.lower() in cues:
            return cues[child.lemma_.lower()], child.lower_
    return None


def _form_cue(token: Token, auxiliaries: Sequence[Token], *, is_target: bool) -> tuple[str, str] | None:
    """The cue of tense, aspect and mood, where no word decides."""
    subjunctive = status_cues()["subjunctive"]
    if any(a.lower_ == "being" or (a.lemma_ == "be" and token.tag_ == "VBG") for a in auxiliaries):
        return "ongoing", "progressive"
    if token.tag_ == "VBN" and token.dep_ == "acl":
        return "established", "participle"
    if is_imperative(token):
        return "proposed", "imperative"
    if token.tag_ == "VBP" and token.dep_ == "ccomp" and token.head.lemma_.lower() in subjunctive:
        return subjunctive[token.head.lemma_.lower()], "subjunctive"
    if not is_target and token.lemma_ == "be" and any(_is_infinitive(c) for c in token.children):
        return None
    if token.tag_ in ("VBD", "VBZ", "VBP") or (token.tag_ == "VBN" and auxiliaries):
        return "established", "finite"
    return None


def _is_copular(verb: Token, auxiliaries: Sequence[Token]) -> bool:
    """True for "is set to", "is going to", which the parser takes for verbs, but not for "was set up to"."""
    return any(a.lemma_ == "be" for a in auxiliaries) and not any(c.dep_ == "prt" for c in verb.children)


def _future_infinitive(governor: Token, below: Token) -> tuple[str, str] | None:
    """The cue of "is to build", and of "a plan to build" whatever became of the plan."""
    if not _is_infinitive(below):
        return None
    head, nouns = below.head, status_cues()["noun"]
    if below.dep_ == "acl" and head.lemma_.lower() in nouns:
        return nouns[head.lemma_.lower()], f"{head.lemma_.lower()} to"
    if governor.i == head.i and governor.lemma_ == "be" and below.dep_ == "xcomp":
        return "planned", "is to"
    return None


def _is_infinitive(verb: Token) -> bool:
    return verb.dep_ in ("xcomp", "acl") and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


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
    listed = token.lower_ in status_cues()["opening"] and follower not in (
        "of",
        "is",
        "are",
        "was",
        "were",
        "has",
        ",",
    )
    return listed or token.tag_ == "VB"


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
