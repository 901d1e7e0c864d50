"""What a shortened mention stands for: "the Ministry", "this model", "the Action Plan", "Li".

A short form is read by its head noun, its number and its determiner, never by how alike two strings are. The last
thing of its type that fits is meant; where one sentence names two that fit and neither is its subject, none is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

    from .mention_spans import MentionSpan

DEFINITE = frozenset({"the", "this", "these", "such", "said", "that", "those"})
POINTING = frozenset(
    {"above", "above-mentioned", "aforementioned", "aforesaid", "mentioned", "said", "same", "-"}
)
"""What may stand between the determiner and the noun."""
QUOTES = frozenset("\"'“”‘’「」《》")
LINKS = frozenset({"at", "by", "for", "in", "of", "on", "to", "under", "with"})
"""Where the modifiers behind a head noun begin ("Plan *for* …")."""
FIRMS = frozenset({"company", "enterprise", "firm", "group"})
PLURAL = frozenset({"NNS", "NNPS"})


class Known(Protocol):
    """A referent, as far as short forms need it."""

    type: str
    name: str
    mentions: list[MentionSpan]


class Candidate(NamedTuple):
    """A thing that a short form may stand for, by its key among the referents, and where it was last named."""

    key: str
    last: Span


def expand(doc: Doc, span: MentionSpan, referents: Mapping[tuple[str, str], Known]) -> str | None:
    """The key, among `referents` of the type of `span`, of what a short form stands for; None for no short form."""
    short = doc[span.start : span.end]
    before = {key: known for (kind, key), known in referents.items() if kind == span.type}
    if span.type == "Person":
        fits = [key for key, known in before.items() if len(short) == 1 and _bears(known.name, short.text)]
    elif _is_definite(short):
        fits = [key for key, known in before.items() if _shortens(short, known)]
    else:
        return None
    return _nearest(short, _candidates(doc, fits, before))


def _bears(name: str, surname: str) -> bool:
    words = name.split()
    return len(words) > 1 and surname in (words[0], words[-1])


def _is_definite(short: Span) -> bool:
    """True behind "the", "this", "such"; "above-mentioned" and a quotation mark may stand between."""
    i = short.start - 1
    while i >= 0 and (short.doc[i].lower_ in POINTING or short.doc[i].text in QUOTES):
        if short.doc[i].lower_ == "said" and short.doc[i].tag_ != "JJ":
            break
        i -= 1
    return i >= 0 and short.doc[i].lower_ in DEFINITE


def _shortens(short: Span, known: Known) -> bool:
    """True where the words of a short form are those that head a longer name or phrase."""
    words = [w for t in short for w in t.text.split()]
    long = known.name.split()
    if known.type == "Enterprise" and len(words) == 1 and words[0].lower() in FIRMS:
        return True
    core = _core(long)
    if len(long) <= len(words) or len(core) < len(words):
        return False
    plural = short[-1].tag_ in PLURAL
    if plural and not any(_is_plural(short.doc, mention) for mention in known.mentions):
        return False
    if not plural and all(_is_plural(short.doc, mention) for mention in known.mentions):
        return False
    tail = core[-len(words) :]
    named = all(w[:1].isupper() for w in words) and len(words) > 1
    if named or (len(words) > 1 and len(core) == len(words)):
        return [w.lower() for w in tail] == [w.lower() for w in words]
    return len(words) == 1 and tail[-1].lower() in (short[-1].lower_, short[-1].lemma_.lower())


def _core(words: Sequence[str]) -> Sequence[str]:
    """The words up to the first preposition: "Action Plan" of "Action Plan on …"."""
    end = next((i for i, word in enumerate(words) if i and word.lower() in LINKS), len(words))
    return words[:end]


def _is_plural(doc: Doc, mention: MentionSpan) -> bool:
    root: Token = doc[mention.start : mention.end].root
    return root.tag_ in PLURAL


def _candidates(doc: Doc, keys: Iterable[str], known: Mapping[str, Known]) -> list[Candidate]:
    # A referent is kept under its form and under its entry: count it once.
    found: dict[int, Candidate] = {}
    for key in keys:
        mention = known[key].mentions[-1]
        found[id(known[key])] = Candidate(key, doc[mention.start : mention.end])
    return sorted(found.values(), key=lambda c: c.last.start)


def _nearest(short: Span, candidates: Sequence[Candidate]) -> str | None:
    if not candidates:
        return None
    last = candidates[-1]
    rivals = [c for c in candidates if c.last.sent.start == last.last.sent.start]
    if len(rivals) == 1:
        return last.key
    subjects = [c for c in rivals if c.last.root.dep_ in ("nsubj", "nsubjpass")]
    return subjects[0].key if len(subjects) == 1 else None
