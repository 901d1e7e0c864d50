"""Who speaks in a document as "we", "our city", "this bureau", and where it is the document that speaks.

A government's own report or address promises ("we will open …") and says "the Government" of itself; an adviser
demands ("we should …") and argues ("we find …"). What stands in quotation marks or is reported of somebody else
("the manager said we …") is not in the document's voice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from .register import WORDS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .coreference import Referent

SPEAKERS = frozenset({"we", "us", "our", "ours"})
SEATS = frozenset(
    """administration agency authority board bureau city commission committee council county department district
    government ministry municipality office prefecture province""".split()
)
"""Who "our …" and "this …" are when they act; "our country" is not the government that writes."""

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SELF = frozenset({"government", "hksar", "municipal", "provincial", "sar"})
"""Words by which a government speaks of itself alone: "the Government", "the HKSAR Government"."""

REPORTING = frozenset(
    """add admit announce argue believe claim comment complain declare emphasise emphasize explain express hope note
    observe point recall remark reply report say state stress suggest tell think write""".split()
)
ARGUING = frozenset(
    """advise advocate analyse analyze argue believe call clarify conclude demystify discuss examine expect find hold
    hope investigate need note observe propose recommend see show suggest think urge want""".split()
)
"""What authors say of themselves, and governments rarely."""

OBLIGED = WORDS["should"] | {"ought", "can", "could", "may", "might"}
SPOKEN_OF, ACTING = 3, 2
"""How often a government must be named, and as acting, for "we" to mean it, unless it is "the Government"."""

QUOTATION = re.compile(
    r"“[^”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|(?<!\w)‘[^’\n]*(?:’(?!\w))|「[^」\n]*」", re.MULTILINE
)


def own_voice(doc: Doc) -> frozenset[int]:
    """The tokens "we", "us", "our" that the document itself says, neither quoted nor reported of others."""
    found = [token for token in doc if token.lower_ in SPEAKERS and token.text != "US"]
    if not found:
        return frozenset()
    quoted = [match.span() for match in QUOTATION.finditer(doc.text)]
    return frozenset(
        token.i
        for token in found
        if not _is_within(token, quoted) and not _is_reported(token) and _is_own(token)
    )


def _is_within(token: Token, quoted: Sequence[tuple[int, int]]) -> bool:
    return any(begin <= token.idx < end for begin, end in quoted)


def _is_reported(token: Token) -> bool:
    """True for "we" under "Li said", not for that under "we hope"."""
    below = token
    for verb in token.ancestors:
        if below.dep_ in ("ccomp", "parataxis") and verb.lemma_.lower() in REPORTING:
            subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
            if any(c.lower_ not in ("i", "we") for c in subjects):
                return True
        below = verb
    return False


def _is_own(token: Token) -> bool:
    """False for "our country", "our nation": they are not the government that writes."""
    return token.lower_ != "our" or token.head.lower_ not in ("country", "motherland", "nation", "world")


def phrase(token: Token) -> Span:
    """The words by which the speaker is meant: "we", or "our city" where the city acts."""
    seat = token.head
    acts = token.lower_ == "our" and seat.lower_ in SEATS and seat.dep_ in SUBJECTS and seat.i == token.i + 1
    return token.doc[token.i : token.i + 1 + acts]


class Voice(NamedTuple):
    """How often a document says what it will do or has done, and how often what should be or what it argues."""

    promises: int
    demands: int


def voice_of(doc: Doc, own: frozenset[int]) -> Voice:
    """The voice of the clauses whose subject is "we" or "our city"."""
    promises = demands = 0
    for number in sorted(own):
        subject = phrase(doc[number]).root
        if subject.dep_ in SUBJECTS:
            promises += _is_promised(subject.head)
            demands += _is_demanded(subject.head)
    return Voice(promises, demands)


def _is_promised(verb: Token) -> bool:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    return (
        bool(auxiliaries & (WORDS["will"] | WORDS["has"] | {"shall", "are"})) and verb.lemma_ not in ARGUING
    )


def _is_demanded(verb: Token) -> bool:
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    return bool(auxiliaries & (OBLIGED - {"shall"})) or (not auxiliaries and verb.lemma_ in ARGUING)


def speaker(doc: Doc, referents: Sequence[Referent]) -> Referent | None:
    """Whom "we" means: the government that the document calls "the Government" or speaks of most as acting.

    None where nobody speaks, where "we" demand and argue more than promise, and where no government is named.
    """
    own = own_voice(doc)
    if not own:
        return None
    promises, demands = voice_of(doc, own)
    if demands and demands >= promises:
        return None
    best: tuple[bool, int, int] | None = None
    chosen = None
    for referent in referents:
        score = _standing(doc, referent, promising=promises > 0) if referent.type == "Government" else None
        if score is not None and (best is None or score > best):
            best, chosen = score, referent
    return chosen


def _standing(doc: Doc, referent: Referent, *, promising: bool) -> tuple[bool, int, int] | None:
    """How much a government may be the speaker (greater is likelier), None for not at all."""
    spans = [doc[m.start : m.end] for m in referent.mentions]
    acting = [s.root for s in spans if s.root.dep_ in ("nsubj", "poss")]
    addressed = sum(_is_demanded(root.head) for root in acting if root.dep_ == "nsubj")
    names_itself = promising and any(_is_self(span) for span in spans)
    if addressed * 2 > len(acting) or not acting:
        return None
    if not names_itself and (len(spans) < SPOKEN_OF or len(acting) < ACTING):
        return None
    return names_itself, len(acting), len(spans)


def _is_self(span: Span) -> bool:
    """True for "the Government", "the HKSAR Government", "this bureau"."""
    doc, start = span.doc, span.start
    while start and doc[start - 1].lower_ in SELF:
        start -= 1
    words = doc[start : span.end].text.lower().split()
    before = doc[start - 1].lower_ if start else ""
    determiner = words.pop(0) if words[0] in ("the", "this") and len(words) > 1 else before
    if determiner == "this":
        return len(words) == 1 and words[0] in SEATS
    return determiner == "the" and words[-1] == "government" and set(words) <= SELF
