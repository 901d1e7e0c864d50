"""Settling the type of mentions on which names, tagger and abbreviations do not agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from .annotations import BODIES
from .context import NAMES
from .links import sure
from .names import name_forms

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .known import Known
    from .mention_spans import MentionSpan

NAMED = NAMES | {"Mechanism", "PolicyDocument"}
UNSURE = 0.5
"""Below it, a mention that a tagger proposes gives way to a name that the document's context supports."""


def settled(
    doc: Doc, spans: Sequence[MentionSpan], known: Known, explained: Mapping[str, str]
) -> list[MentionSpan]:
    """The mentions with the type that their form, their whole name or what they stand for gives them.

    `explained` maps abbreviations to what the document says they stand for.
    """
    forms = {(form.start, form.end): form.cls for form in name_forms(doc)}
    spans = _surest([_retyped(doc, _by_form(span, forms, known), known) for span in spans])
    return _alike(doc, spans, explained)


def _by_form(span: MentionSpan, forms: Mapping[tuple[int, int], str], known: Known) -> MentionSpan:
    """A name whose head word says what it is, where the tagger is not sure: the same in every sentence."""
    cls = forms.get((span.start, span.end))
    if cls is None or span.keys or span.confidence >= UNSURE or span.type not in BODIES:
        return span
    kind = known.ontology.schema.core_of(cls)
    return span._replace(type=kind, cls=cls) if kind in BODIES else span


def _retyped(doc: Doc, span: MentionSpan, known: Known) -> MentionSpan:
    """A scheme that was taken for a document, or the other way, and is known by its whole name."""
    if span.keys or span.type not in ("Mechanism", "PolicyDocument"):
        return span
    text = doc[span.start : span.end].text
    keys = [e.key for e in known.ontology.authority.candidates(text, "en") if known.is_on_sight(e.key, text)]
    kinds = known.types_of(keys)
    if len(keys) != 1 or not kinds <= {"Mechanism", "PolicyDocument"} or not text[:1].isupper():
        return span
    return sure(span._replace(type=kinds.pop(), keys=(keys[0],), rule="lexicon", confidence=0.0))


def _surest(spans: Sequence[MentionSpan]) -> list[MentionSpan]:
    """Without what is less sure where the very same words were taken for a body and for something else."""
    best: dict[tuple[int, int, bool], MentionSpan] = {}
    for span in spans:
        place = (span.start, span.end, span.type in NAMED)
        known = best.get(place)
        if known is None or (bool(span.keys), span.confidence) > (bool(known.keys), known.confidence):
            best[place] = span
    return sorted(best.values(), key=lambda m: (m.start, -m.end, m.type))


def _alike(doc: Doc, spans: Sequence[MentionSpan], explained: Mapping[str, str]) -> list[MentionSpan]:
    """Abbreviations are of the type of what they stand for."""
    types = {doc[s.start : s.end].text: (s.type, s.cls) for s in spans if not s.keys and s.type in NAMED}
    alike = []
    for span in spans:
        meant = types.get(explained.get(doc[span.start : span.end].text, ""))
        if meant and not span.keys and span.type in NAMED:
            span = span._replace(type=meant[0], cls=meant[1])
        alike.append(span)
    return alike
