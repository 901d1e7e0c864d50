"""Which mentions of a document are one thing: same form, authority entry, abbreviation, short form.

Nothing is merged by string similarity. Ambiguous authority entries are decided by the places and bodies that
the document names, or stay unlinked and are reported.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ..ontology import fold
from .abbreviations import QUOTES, abbreviations
from .annotations import NAMED, Unlinked
from .defined_terms import defined_terms
from .entities import surface_key
from .linking import linker_for
from .mention_spans import MentionSpan
from .short_forms import expand

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..ontology import Ontology

SHORT_HEADS = frozenset(
    """academy administration agency area association authority bank bureau centre center college commission
    committee company council court delta department district fund government group hub institute laboratory
    ministry office park plan programme program province region scheme school university zone""".split()
)
SPOKEN_OF = 3
"""How often a place must be named for its government to be "the Government"."""

GOVERNMENTS = frozenset({"government", "sar", "hksar", "municipal", "provincial", "city"})
QUALIFIERS = frozenset(
    {"central", "city", "county", "local", "municipal", "national", "provincial", "sar", "state"}
)
HOME_SHARE = 0.4

UNEXPLAINED = "a short form, and the document does not say of what"


@dataclass(slots=True)
class Referent:
    """One thing in one document: its mentions in order, and the authority entry it is linked to, if any."""

    type: str
    cls: str
    name: str
    key: str | None
    mentions: list[MentionSpan] = field(default_factory=list)
    local: bool = False


def resolve(
    doc: Doc, spans: Sequence[MentionSpan], ontology: Ontology
) -> tuple[list[Referent], list[Unlinked]]:
    """Group mentions into referents, in order of first mention; report forms left ambiguous."""
    spans, equal = _with_short_forms(doc, spans)
    links, unlinked = linker_for(ontology).link(doc, spans)
    referents: dict[tuple[str, str], Referent] = {}
    for span, key, name, is_local in links:
        if name:
            form = fold(name)
        else:
            known = equal.get((span.start, span.end)) or expand(doc, span, referents)
            form = known or surface_key(doc, span.start, span.end)
        # What could be one of several is none of those that are known here.
        identity = (span.type, f"={key}" if key else f"?{form}" if is_local else form)
        referent = referents.get(identity)
        if referent is None:
            cls = ontology.authority.entries[key].cls if key else span.cls or span.type
            text = name or doc[span.start : span.end].text
            referent = referents[identity] = Referent(span.type, cls, text, key, local=is_local)
            if key:
                referents.setdefault((span.type, form), referent)
        referent.mentions.append(span)
    unique = list({id(r): r for r in referents.values()}.values())
    settled = settle_short_forms(unique, ontology)
    return settled, [*unlinked, *_unexplained(doc, settled, unlinked)]


def _unexplained(doc: Doc, referents: Sequence[Referent], reported: Sequence[Unlinked]) -> Iterable[Unlinked]:
    """Short forms of bodies that stay within the document, where nothing else was said of them."""
    known = {item.begin for item in reported}
    for referent in referents:
        first = doc[referent.mentions[0].start : referent.mentions[0].end]
        if referent.local and referent.type in NAMED and first.start_char not in known:
            yield Unlinked(first.text, first.start_char, first.end_char, UNEXPLAINED)


def settle_short_forms(referents: Sequence[Referent], ontology: Ontology) -> list[Referent]:
    """Give bare names ("the Government") the body that the document is about, or keep them to this document.

    A document that speaks mostly of one place means the government of that place; the authority file must know
    exactly one. Anything else would merge the governments of all documents into one.
    """
    by_key = {referent.key: referent for referent in referents if referent.key}
    home = _home_government(referents, ontology)
    settled = []
    for referent in referents:
        words = set(fold(referent.name).split())
        bare = words and not words - SHORT_HEADS - QUALIFIERS
        if not referent.key and referent.type == "Mechanism" and len(words) == 1:
            # "the scheme", "a platform": another one in each document.
            referent.local = True
        if referent.key or referent.type not in NAMED or not bare:
            settled.append(referent)
        elif home and words <= GOVERNMENTS and home in by_key and by_key[home] is not referent:
            by_key[home].mentions += referent.mentions
            by_key[home].mentions.sort()
        elif home and words <= GOVERNMENTS:
            referent.key, referent.cls = home, ontology.authority.entries[home].cls
            by_key[home] = referent
            settled.append(referent)
        else:
            referent.local = True
            settled.append(referent)
    return settled


def _home_government(referents: Sequence[Referent], ontology: Ontology) -> str | None:
    """The government of the place that at least `HOME_SHARE` of a document's place names refer to."""
    places = {r.key: len(r.mentions) for r in referents if r.type == "Region" and r.key}
    total = sum(len(r.mentions) for r in referents if r.type == "Region")
    if not places:
        return None
    place, count = max(places.items(), key=lambda item: (item[1], item[0]))
    if count < HOME_SHARE * total or count < SPOKEN_OF:
        return None
    label = ontology.authority.label(place, "en") or ""
    found = {
        entry.key
        for name in (f"{label} Government", f"Government of {label}", f"{label} Municipal Government")
        for entry in ontology.authority.candidates(name, "en")
        if place in entry.part_of
    }
    return found.pop() if len(found) == 1 else None


def _with_short_forms(
    doc: Doc, spans: Sequence[MentionSpan]
) -> tuple[list[MentionSpan], Mapping[tuple[int, int], str]]:
    """Add the short forms that the text explains as mentions; give them the form of what they stand for."""
    by_end: dict[int, MentionSpan] = {}
    for span in sorted(spans, key=lambda s: s.start, reverse=True):
        by_end[span.end] = span
    occupied = {i for span in spans for i in range(span.start, span.end)}
    added: dict[tuple[int, int], MentionSpan] = {}
    equal: dict[tuple[int, int], str] = {}
    meant: dict[str, MentionSpan] = {}
    for rule, start, end, stop in _explained(doc):
        long = by_end.get(stop)
        if long is None or (long.start <= start and end <= long.end):
            continue
        form = surface_key(doc, long.start, long.end)
        meant.setdefault(form, long)
        equal[start, end] = form
        if occupied.isdisjoint(range(start, end)):
            confidence = long.confidence * 0.95
            added[start, end] = long._replace(start=start, end=end, rule=rule, confidence=confidence)
    retyped = []
    for span in spans:
        owner = meant.get(equal.get((span.start, span.end), ""))
        retyped.append(span._replace(type=owner.type, keys=owner.keys, cls=owner.cls) if owner else span)
    return sorted([*retyped, *added.values()], key=lambda m: (m.start, -m.end, m.type)), equal


def _explained(doc: Doc) -> Iterator[tuple[str, int, int, int]]:
    """Every place of a short form that the text explains: rule, start, end, and where the long form ends."""
    for short in abbreviations(doc):
        for token in doc:
            if token.text == doc[short.short].text:
                yield "abbreviation", token.i, token.i + 1, short.end
    for term in defined_terms(doc):
        closing = doc[term.introduced - 1].text if term.introduced else ""
        yield "defined-term", term.start, term.end, term.introduced - (closing in QUOTES)
