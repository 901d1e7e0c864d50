"""Which entry of the authority file a mention means, by what stands beside it and what the document speaks of.

A name that one entry has is that entry, unless the text says otherwise: bodies of other countries, districts of
other cities, abbreviations that the document explains differently. A name that several have is decided by the
nearest place, then by the places and bodies of the document, else it stays unlinked and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..ontology import fold
from .annotations import BODIES, Unlinked
from .bodies import BodyLinker, with_company_form
from .context import NAMES, Context
from .contextual_names import ContextualNames
from .known import HOME, Known
from .lexicon import Lexicon
from .links import ELSEWHERE, NEEDS_PLACE, SEVERAL, Link, left_open, unlinked
from .mention_types import settled
from .shared_names import is_shared

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..ontology import Ontology
    from .mention_spans import MentionSpan

BESIDE = frozenset({",", "(", "in", "of", "（", "，"})
CHANGING = frozenset(
    """Central Eastern First International National New North Northern Royal Second South Southern Third West
    Western""".split()
)
"""Words in front of the name of a body that make it that of another one."""

NUMBER = re.compile(r"\bNo\.? ?\d+ $")
YEAR = re.compile(r"(?:19|20)\d\d")
PERIOD = re.compile(r" ?[(（](?:19|20)\d\d ?[-–—] ?(?:19|20)?\d\d[)）]")


class Linker:
    """Links the mentions of documents to one ontology; keeps no state of a document."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._known = Known(ontology)
        self._bodies = BodyLinker(self._known)
        self._contextual = ContextualNames(self._known, Lexicon.from_ontology(ontology, "en"))

    def link(self, doc: Doc, spans: Sequence[MentionSpan]) -> tuple[list[Link], list[Unlinked]]:
        """The mentions of `doc` linked, with those that only the document's context brings in, in order."""
        document = Context(self._known, doc, spans)
        spans, left = self._contextual.added(doc, spans, document)
        spans = settled(doc, spans, self._known, document.explained)
        links = [self._by_neighbours(doc, span, document) for span in spans]
        document.decided = _decided(doc, links)
        for number, span in enumerate(spans):
            link = links[number]
            if link is None:
                link, reason = self._by_document(doc, span, document)
                links[number] = link
                if reason:
                    left.append(unlinked(doc, span, reason))
        return [link for link in links if link], sorted(left, key=lambda u: (u.begin, u.end))

    def _by_neighbours(self, doc: Doc, span: MentionSpan, document: Context) -> Link | None:
        """What the mention itself and the words beside it decide, or None."""
        text = doc[span.start : span.end].text
        meant = document.explained.get(text)
        if meant and span.keys and not any(self._known.may_stand_for(key, meant) for key in span.keys):
            return Link(span._replace(keys=()), None, meant)
        if span.type == "PolicyDocument":
            return self._dated(doc, span)
        if span.type in BODIES:
            numbered = _with_number(doc, span)
            if numbered is not span:
                return Link(numbered, None)
            if _is_changed(doc, span):
                whole = doc[span.start - 1 : span.end].text
                return Link(span._replace(start=span.start - 1, keys=()), None, whole)
            if len(span.keys) == 1 and self._known.is_placed(span.keys[0], text):
                near = self._namesake(doc, span, text, document)
                return Link(with_company_form(doc, span), near or span.keys[0])
            owned = self._bodies.owned(doc, span)
            if owned is not None:
                return owned
            company = self._bodies.company(doc, span)
            if company is not None:
                return company
        near = self._place_beside(doc, span) if span.keys else None
        if near is not None:
            fitting = [key for key in span.keys if near == key or self._known.lies_in(key, near)]
            if len(fitting) == 1:
                return Link(span, fitting[0])
        return None

    def _namesake(self, doc: Doc, span: MentionSpan, text: str, document: Context) -> str | None:
        """An entry that has the name only in context, where the context is its own."""
        known = span.keys[0]
        others = [key for key in self._known.bodies(text) if key != known]
        if not others:
            return None
        near = self._place_beside(doc, span)
        for key in others:
            if near is not None and self._known.lies_in(key, near) and not self._known.lies_in(known, near):
                return key
        chosen = document.supported([known, *others], by_country=False)
        return chosen if chosen != known else None

    def _dated(self, doc: Doc, span: MentionSpan) -> Link | None:
        """A document of one year or period among others of its name: "the 2024 Government Work Report"."""
        if len(span.keys) > 1:
            return None
        key = span.keys[0] if span.keys else None
        name = self._ontology.authority.label(key, "en") if key else None
        text = doc[span.start : span.end].text
        found = PERIOD.match(doc.text, doc[span.start : span.end].end_char)
        behind = doc.char_span(doc[span.start].idx, found.end()) if found else None
        if behind is not None and not YEAR.search(text):
            longer = span._replace(end=behind.end)
            is_known = key is not None and self._known.entries[key].date is not None
            return Link(longer, key) if is_known else Link(longer._replace(keys=()), None)
        year = doc[span.start - 1].text if span.start else ""
        if not key or not YEAR.fullmatch(year) or YEAR.search(f"{text} {name}"):
            return None
        # The entry stands for all years; one of them is another document.
        is_other = year not in (self._known.entries[key].date or "")
        other = span._replace(start=span.start - 1, keys=())
        return Link(other, None, f"{year} {name}") if is_other else None

    def _by_document(self, doc: Doc, span: MentionSpan, document: Context) -> tuple[Link, str | None]:
        """What the document decides, with the reason where it does not."""
        text = doc[span.start : span.end].text
        decided = document.decided.get((span.type, fold(text)), set())
        if len(decided) == 1:
            return Link(span, next(iter(decided))), None
        keys = span.keys
        if not keys:
            return Link(span, None), None
        if len(keys) > 1:
            chosen = document.supported(keys)
            return (Link(span, chosen), None) if chosen else (left_open(span), SEVERAL)
        key = keys[0]
        if span.type not in NAMES or self._known.is_placed(key, text):
            return Link(span, key), None
        if span.type in BODIES:
            is_common = is_shared(text) or (text.isupper() and self._known.is_national(key))
            return self._shared_body(span, key, text, document) if is_common else (Link(span, key), None)
        if not self._known.is_on_sight(key, text) and not document.supports_any((key,), text):
            return left_open(span), NEEDS_PLACE
        near = self._place_beside(doc, span)
        if (
            near is not None
            and near not in self._known.above(key)
            and self._known.entries[near].cls != "Country"
        ):
            return left_open(span), ELSEWHERE
        return (Link(span, key), None) if document.allows(key, text) else (left_open(span), ELSEWHERE)

    def _shared_body(
        self, span: MentionSpan, key: str, text: str, document: Context
    ) -> tuple[Link, str | None]:
        """A shared name without an owner beside it: the body of the country that the document speaks of."""
        places = [k for k in self._known.above(key) if "Region" in self._known.types_of([k])]
        national = all(self._known.entries[k].cls == "Country" for k in places)
        if not national:
            return (Link(span, key), None) if document.allows(key, text) else (left_open(span), ELSEWHERE)
        country = document.foreign_to(self._known.country(key) or HOME)
        if country is None:
            return Link(span, key), None
        if country in ("", HOME):
            return left_open(span), ELSEWHERE
        return self._bodies.foreign(span, text, country), None

    def _place_beside(self, doc: Doc, span: MentionSpan) -> str | None:
        """The place right behind ("Suzhou, Anhui", "Suzhou in Anhui") or in front ("Anhui's Suzhou")."""
        if span.end + 1 < len(doc) and doc[span.end].text in BESIDE:
            first = span.end + 1 + (doc[span.end + 1].lower_ == "the")
            for stop in range(min(len(doc), first + 4), first, -1):
                key = self._known.place(doc[first:stop].text)
                if key is not None and doc[first].text[:1].isupper():
                    return key if not _is_listed(doc, span.end, stop) else None
        if span.start and doc[span.start - 1].text in ("'s", "’s"):
            for first in range(max(0, span.start - 4), span.start - 1):
                key = self._known.place(doc[first : span.start - 1].text)
                if key is not None:
                    return key
        return None


def linker_for(ontology: Ontology) -> Linker:
    """The linker of an ontology, made once."""
    linker = _LINKERS.get(ontology.fingerprint)
    if linker is None:
        linker = _LINKERS[ontology.fingerprint] = Linker(ontology)
    return linker


_LINKERS: dict[str, Linker] = {}


def _with_number(doc: Doc, span: MentionSpan) -> MentionSpan:
    """The mention with the number that tells it from its namesakes: "No. 2 | Middle School of Haining"."""
    end = doc[span.start].idx
    found = NUMBER.search(doc.text, max(0, end - 10), end)
    before = doc.char_span(found.start(), end, alignment_mode="expand") if found else None
    return span._replace(start=before.start, keys=()) if before is not None else span


def _is_changed(doc: Doc, span: MentionSpan) -> bool:
    """Whether a word in front makes the name that of another body: "National | Sun Yat-sen University"."""
    before = doc[span.start - 1] if span.start else None
    return before is not None and before.text in CHANGING and not before.is_sent_start and bool(span.keys)


def _decided(doc: Doc, links: Sequence[Link | None]) -> Mapping[tuple[str, str], set[str]]:
    """What neighbours decided, by type and folded name, so that it holds for the whole document."""
    decided: dict[tuple[str, str], set[str]] = {}
    for link in links:
        if link is not None and link.key and len(link.span.keys) > 1:
            form = fold(doc[link.span.start : link.span.end].text)
            decided.setdefault((link.span.type, form), set()).add(link.key)
    return decided


def _is_listed(doc: Doc, comma: int, stop: int) -> bool:
    """Whether the place behind a comma is the next item of a list: "Suzhou, Anhui and Henan"."""
    if doc[comma].text not in (",", "，"):
        return False
    following = doc[stop].lower_ if stop < len(doc) else "."
    return following in ("and", "or", "&")
