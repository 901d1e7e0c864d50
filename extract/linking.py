"""Which entry of the authority file a mention means, by what stands beside it and what the document speaks of.

A name that one entry has is that entry, unless the text says otherwise: bodies of other countries, districts of
other cities, abbreviations that the document explains differently. A name that several have is decided by the
nearest place, then by the places and bodies of the document, else it stays unlinked and is reported.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ..ontology import fold
from .abbreviations import abbreviations
from .annotations import BODIES, Unlinked
from .entities import LEXICON_CONFIDENCE, MentionSpan
from .lexicon import Lexicon, LexiconMatch
from .names import name_forms
from .nations import OwnerReader, demonyms, is_shared

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..ontology import Authority, Ontology

HOME = "cn"
"""The country whose bodies the authority file lists in full: theirs are shared names without a country."""

FOREIGN = 4
"""How many times as often as its own country another one must be named to be the one that is meant."""

UNSURE = 0.5
"""Below it, a mention that a tagger proposes gives way to a name that the document's context supports."""

SEATS = frozenset({"Province", "City", "SpecialAdministrativeRegion", "Country"})
"""Classes of places that tell namesakes apart for other places in them."""

BESIDE = frozenset({",", "(", "in", "of", "（", "，"})
CHANGING = frozenset(
    """Central Eastern First International National New North Northern Royal Second South Southern Third West
    Western""".split()
)
"""Words in front of the name of a body that make it that of another one."""

NUMBER = re.compile(r"\bNo\.? ?\d+ $")
YEAR = re.compile(r"(?:19|20)\d\d")
PERIOD = re.compile(r" ?[(（](?:19|20)\d\d ?[-–—] ?(?:19|20)?\d\d[)）]")
CAPITALS = re.compile(r"[A-Z][A-Z&]{2,}")
CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
COMPANY_TAIL = re.compile(r"\.?,? ?(?:Ltd\b\.?|Limited\b|Inc\b\.?)")
COMPANY = re.compile(
    r",? ?(?:Group )?(?:Co\.?,? ?(?:Ltd\b\.?|Limited\b)|Company Limited|Corporation Limited|Holdings?\b"
    r"(?: Limited)?|Group\b|Limited\b|Ltd\b\.?|Inc\b\.?)"
)

NAMES = BODIES | {"Region"}
NAMED = NAMES | {"Mechanism", "PolicyDocument"}

SEVERAL = "several entries of the authority file have this name and the document does not decide between them"
NEEDS_PLACE = "the authority file has this name for something that the document does not otherwise speak of"
ELSEWHERE = "the document speaks of another place than the one whose name this is in the authority file"


class Link(NamedTuple):
    """A mention with what it means: an entry's key, or another name to know it by, or only itself.

    `is_local` marks what cannot be told from its namesakes in other documents.
    """

    span: MentionSpan
    key: str | None
    name: str | None = None
    is_local: bool = False


class Linker:
    """Links the mentions of documents to one ontology; keeps no state of a document."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._entries: Mapping[str, Authority] = ontology.authority.entries
        self._lexicon = Lexicon.from_ontology(ontology, "en")
        self._owners = OwnerReader(ontology)
        self._above: dict[str, frozenset[str]] = {}
        self._on_sight: dict[str, set[str]] = {}
        for surface, keys, contextual in ontology.authority.surfaces("en"):
            if not contextual:
                self._on_sight.setdefault(fold(surface), set()).update(keys)

    def link(self, doc: Doc, spans: Sequence[MentionSpan]) -> tuple[list[Link], list[Unlinked]]:
        """The mentions of `doc` linked, with those that only the document's context brings in, in order."""
        document = _Document(self, doc, spans)
        spans, unlinked = self._with_known(doc, spans, document)
        forms = {(form.start, form.end): form.cls for form in name_forms(doc)}
        spans = _surest([self._retyped(doc, self._by_form(span, forms)) for span in spans])
        links = [self._by_neighbours(doc, span, document) for span in spans]
        document.decided = _decided(doc, links)
        for number, span in enumerate(spans):
            link = links[number]
            if link is None:
                link, reason = self._by_document(doc, span, document)
                links[number] = link
                if reason:
                    unlinked.append(_unlinked(doc, span, reason))
        return [link for link in links if link], sorted(unlinked, key=lambda u: (u.begin, u.end))

    def above(self, key: str) -> frozenset[str]:
        """All that an entry is part of, at any distance."""
        known = self._above.get(key)
        if known is None:
            seen: set[str] = set()
            stack = list(self._entries[key].part_of)
            while stack:
                parent = stack.pop()
                if parent in self._entries and parent not in seen:
                    seen.add(parent)
                    stack += self._entries[parent].part_of
            known = self._above[key] = frozenset(seen)
        return known

    def country(self, key: str) -> str | None:
        """The country that an entry is or lies in; None for what lies in none or several."""
        found = {k for k in (key, *self.above(key)) if self._entries[k].cls == "Country"}
        return found.pop() if len(found) == 1 else None

    def place(self, name: str) -> str | None:
        """The key of the only place of that name."""
        return self._owners.place(name)

    def is_seat(self, key: str) -> bool:
        """Whether a place tells namesakes in it from those elsewhere."""
        return self._entries[key].cls in SEATS

    def types_of(self, keys: Iterable[str]) -> set[str]:
        """Core types of entries."""
        return {self._ontology.schema.core_of(self._entries[key].cls) for key in keys}

    def is_placed(self, key: str, name: str) -> bool:
        """Whether a name says itself which entry it is: it is not one that many countries or places use."""
        if key not in self._on_sight.get(fold(name), ()):
            return False
        pref = self._ontology.authority.label(key, "en") or ""
        if self.country(key) != HOME or not is_shared(pref if name.isupper() else name):
            return True
        # "Beijing's Education Commission" needs nothing else.
        return any(self._names(above, name) for above in self.above(key))

    def is_on_sight(self, key: str, name: str) -> bool:
        """Whether a name needs no context to be taken for an entry."""
        return key in self._on_sight.get(fold(name), ())

    def _is_wanted(self, kind: str, match: LexiconMatch, doc: Doc) -> bool:
        """Bodies and places that need context; schemes and documents written as proper names or acronyms."""
        text = doc[match.start : match.end].text
        if kind in NAMES:
            before = doc[match.start - 1].lower_ if match.start else ""
            if CAPITALS.fullmatch(text):
                return match.contextual and before not in ("a", "an")
            named = kind in ("Region", "University") or is_shared(text)
            return match.contextual and named and text.split()[-1][:1].isupper()
        words = [t.text for t in doc[match.start : match.end] if t.is_alpha and not t.is_stop]
        if (
            kind not in ("Mechanism", "PolicyDocument")
            or not words
            or not all(word[:1].isupper() for word in words)
        ):
            return False
        return match.end - match.start > 1 or bool(CAPITALS.fullmatch(words[0] if words else ""))

    def _is_national(self, key: str) -> bool:
        """Whether an entry is a body that other countries have under the same name."""
        return is_shared(self._ontology.authority.label(key, "en") or "")

    def _names(self, key: str, text: str) -> bool:
        words = f" {fold(text)} "
        return any(
            f" {fold(label.text)} " in words for label in self._entries[key].labels if label.language == "en"
        )

    def _by_neighbours(self, doc: Doc, span: MentionSpan, document: _Document) -> Link | None:
        """What the mention itself and the words beside it decide, or None."""
        text = doc[span.start : span.end].text
        meant = document.explained.get(text)
        if meant and span.keys and not any(self._may_stand_for(key, meant) for key in span.keys):
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
            if len(span.keys) == 1 and self.is_placed(span.keys[0], text):
                near = self._namesake(doc, span, text, document)
                return Link(_with_company_form(doc, span), near or span.keys[0])
            owned = self._owned(doc, span)
            if owned is not None:
                return owned
            company = self._company(doc, span)
            if company is not None:
                return company
        near = self._place_beside(doc, span) if span.keys else None
        if near is not None:
            fitting = [key for key in span.keys if near == key or self._lies_in(key, near)]
            if len(fitting) == 1:
                return Link(span, fitting[0])
        return None

    def _namesake(self, doc: Doc, span: MentionSpan, text: str, document: _Document) -> str | None:
        """An entry that has the name only in context, where the context is its own."""
        known = span.keys[0]
        others = [key for key in self._bodies(text) if key != known]
        if not others:
            return None
        near = self._place_beside(doc, span)
        for key in others:
            if near is not None and self._lies_in(key, near) and not self._lies_in(known, near):
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
        behind = doc.char_span(span.start and doc[span.start].idx or 0, found.end()) if found else None
        if behind is not None and not YEAR.search(text):
            longer = span._replace(end=behind.end)
            return (
                Link(longer, key) if key and self._entries[key].date else Link(longer._replace(keys=()), None)
            )
        year = doc[span.start - 1].text if span.start else ""
        if key and YEAR.fullmatch(year) and not YEAR.search(f"{text} {name}"):
            # The entry stands for all years; one of them is another document.
            if self._entries[key].date is None or year not in (self._entries[key].date or ""):
                return Link(span._replace(start=span.start - 1, keys=()), None, f"{year} {name}")
        return None

    def _by_document(self, doc: Doc, span: MentionSpan, document: _Document) -> tuple[Link, str | None]:
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
            return (Link(span, chosen), None) if chosen else (_open(span), SEVERAL)
        key = keys[0]
        if span.type not in NAMES or self.is_placed(key, text):
            return Link(span, key), None
        if span.type in BODIES:
            is_common = is_shared(text) or (text.isupper() and self._is_national(key))
            return self._shared_body(span, key, text, document) if is_common else (Link(span, key), None)
        near = self._place_beside(doc, span)
        if near is not None and near not in self.above(key) and self._entries[near].cls != "Country":
            return _open(span), ELSEWHERE
        return (Link(span, key), None) if document.allows(key, text) else (_open(span), ELSEWHERE)

    def _shared_body(
        self, span: MentionSpan, key: str, text: str, document: _Document
    ) -> tuple[Link, str | None]:
        """A shared name without an owner beside it: the body of the country that the document speaks of."""
        places = [k for k in self.above(key) if "Region" in self.types_of([k])]
        national = all(self._entries[k].cls == "Country" for k in places)
        if not national:
            return (Link(span, key), None) if document.allows(key, text) else (_open(span), ELSEWHERE)
        country = document.foreign_to(self.country(key) or HOME)
        if country is None:
            return Link(span, key), None
        if country in ("", HOME):
            return _open(span), ELSEWHERE
        return self._foreign(span, text, country), None

    def _by_form(self, span: MentionSpan, forms: Mapping[tuple[int, int], str]) -> MentionSpan:
        """A name whose head word says what it is, where the tagger is not sure: the same in every sentence."""
        cls = forms.get((span.start, span.end))
        if cls is None or span.keys or span.confidence >= UNSURE or span.type not in BODIES:
            return span
        kind = self._ontology.schema.core_of(cls)
        return span._replace(type=kind, cls=cls) if kind in BODIES else span

    def _retyped(self, doc: Doc, span: MentionSpan) -> MentionSpan:
        """A scheme that was taken for a document, or the other way, and is known by its whole name."""
        if span.keys or span.type not in ("Mechanism", "PolicyDocument"):
            return span
        text = doc[span.start : span.end].text
        keys = [
            e.key for e in self._ontology.authority.candidates(text, "en") if self.is_on_sight(e.key, text)
        ]
        kinds = self.types_of(keys)
        if len(keys) != 1 or not kinds <= {"Mechanism", "PolicyDocument"} or not text[:1].isupper():
            return span
        return _sure(span._replace(type=kinds.pop(), keys=(keys[0],), rule="lexicon", confidence=0.0))

    def _owned(self, doc: Doc, span: MentionSpan) -> Link | None:
        owned = self._owners.read(doc, span.start, span.end)
        if owned is None:
            return None
        core, owner = doc[owned.start : owned.end].text, owned.owner
        span = _sure(span._replace(end=max(span.end, owned.stop)))
        if "ministry" in core.lower() or "department" in core.lower():
            span = span._replace(type="Government")
        if owner.key is None:
            return Link(span._replace(keys=()), None, f"{self._core(core)} of {owner.name}")
        country = self.country(owner.key) or owner.key
        for key in self._bodies(core):
            if self.country(key) == country and owner.key in (country, *self.above(key)):
                return Link(span._replace(keys=(key,)), key)
        if owner.key != country or (span.keys and country == HOME):
            return None
        return self._foreign(span, core, country)

    def _foreign(self, span: MentionSpan, core: str, country: str) -> Link:
        names = [label.text for label in self._entries[country].labels if label.language == "en"]
        for form in (core, *(f"{name} {core}" for name in names), *(f"{core} of {name}" for name in names)):
            for key in self._bodies(form):
                if self.country(key) == country:
                    return Link(span._replace(keys=(key,)), key)
        label = self._ontology.authority.label(country, "en") or country
        article = "the " if label.startswith(("United", "Netherlands", "Philippines", "Maldives")) else ""
        return Link(span._replace(keys=()), None, f"{self._core(core)} of {article}{label}")

    def _bodies(self, name: str) -> list[str]:
        return [
            entry.key
            for entry in self._ontology.authority.candidates(name, "en")
            if self.types_of([entry.key]) <= BODIES
        ]

    def _core(self, name: str) -> str:
        """One name for "Education Ministry" and "Ministry of Education"."""
        for key in self._bodies(name):
            pref = self._ontology.authority.label(key, "en") or ""
            if is_shared(pref) and not name.isupper():
                return pref
        found = re.fullmatch(r"(?:the )?(.+) Ministry", name, re.IGNORECASE)
        return f"Ministry of {found[1]}" if found else re.sub("^the ", "", name, flags=re.IGNORECASE)

    def _company(self, doc: Doc, span: MentionSpan) -> Link | None:
        """An enterprise of the authority file with another legal form behind its name."""
        if span.type not in ("Enterprise", "Organization"):
            return None
        if len(span.keys) == 1 and span.type == "Enterprise":
            return Link(_with_company_form(doc, span), span.keys[0])
        span = _with_company_form(doc, span)
        text = doc[span.start : span.end].text
        found = [m for m in COMPANY.finditer(text) if m.end() == len(text)]
        bare = text[: found[0].start()] if found and not span.keys else ""
        keys = [key for key in self._bodies(bare) if self.types_of([key]) == {"Enterprise"}] if bare else []
        if len(keys) != 1:
            return None if span.keys else Link(span, None)
        return Link(_sure(span._replace(keys=(keys[0],), type="Enterprise")), keys[0])

    def _place_beside(self, doc: Doc, span: MentionSpan) -> str | None:
        """The place right behind ("Suzhou, Anhui", "Suzhou in Anhui") or in front ("Anhui's Suzhou")."""
        if span.end + 1 < len(doc) and doc[span.end].text in BESIDE:
            first = span.end + 1 + (doc[span.end + 1].lower_ == "the")
            for stop in range(min(len(doc), first + 4), first, -1):
                key = self.place(doc[first:stop].text)
                if key is not None and doc[first].text[:1].isupper():
                    return key if not _is_listed(doc, span.end, stop) else None
        before = span.start - (doc[span.start - 1].text in ("'s", "’s", ",") if span.start else 0)
        if span.start and before < span.start:
            for first in range(max(0, before - 3), before):
                key = self.place(doc[first:before].text)
                if key is not None and (doc[before].text != "," or key in self._all_above(span.keys)):
                    return key if doc[before].text != "," else None
        return None

    def _lies_in(self, key: str, place: str) -> bool:
        """Whether an entry lies in a place, or, where only its province is known, the place in that."""
        seats = {k for k in self._entries[key].part_of if self.is_seat(k)} - {HOME}
        return place in self.above(key) or bool(seats & self.above(place))

    def _all_above(self, keys: Iterable[str]) -> set[str]:
        return {above for key in keys for above in self.above(key)}

    def _may_stand_for(self, key: str, name: str) -> bool:
        """Whether an entry has a name, or one that has all its words in order, or the other way round."""
        said = f" {fold(name)} "
        known = [f" {fold(label.text)} " for label in self._entries[key].labels if label.language == "en"]
        return any(said in label or label in said for label in known if " " in label.strip() or label == said)

    def _with_known(
        self, doc: Doc, spans: Sequence[MentionSpan], document: _Document
    ) -> tuple[list[MentionSpan], list[Unlinked]]:
        """Mentions with the names that need context and have it; others are reported if nobody else took them."""
        kept, unlinked = list(spans), []
        for match in self._lexicon.matches(doc):
            types = self.types_of(match.keys)
            kind = next(iter(types))
            text = doc[match.start : match.end].text
            if len(types) > 1 or not self._is_wanted(kind, match, doc):
                continue
            known = match.end - match.start > 1 and not match.contextual
            rivals = [s for s in kept if s.start < match.end and match.start < s.end and s.type in NAMED]
            if any(_reaches_beyond(s, match) or (s.confidence >= UNSURE and not known) for s in rivals):
                continue
            if not _is_name(doc, match.start, match.end):
                continue
            span = MentionSpan(
                match.start, match.end, kind, match.keys, "lexicon:context", LEXICON_CONFIDENCE
            )
            meant = document.explained.get(text)
            if meant and not any(self._may_stand_for(key, meant) for key in match.keys):
                continue
            if not match.contextual or document.supports_any(match.keys, text):
                kept = [s for s in kept if s not in rivals] + [span]
            elif kind in NAMES:
                unlinked.append(_unlinked(doc, span, SEVERAL if len(match.keys) > 1 else NEEDS_PLACE))
        return sorted(kept, key=lambda m: (m.start, -m.end, m.type)), unlinked


def linker_for(ontology: Ontology) -> Linker:
    """The linker of an ontology, made once."""
    linker = _LINKERS.get(ontology.fingerprint)
    if linker is None:
        linker = _LINKERS[ontology.fingerprint] = Linker(ontology)
    return linker


_LINKERS: dict[str, Linker] = {}


def _surest(spans: Sequence[MentionSpan]) -> list[MentionSpan]:
    """Without what is less sure where the very same words were taken for a body and for something else."""
    best: dict[tuple[int, int, bool], MentionSpan] = {}
    for span in spans:
        place = (span.start, span.end, span.type in NAMED)
        known = best.get(place)
        if known is None or (bool(span.keys), span.confidence) > (bool(known.keys), known.confidence):
            best[place] = span
    return sorted(best.values(), key=lambda m: (m.start, -m.end, m.type))


def _sure(span: MentionSpan) -> MentionSpan:
    return span._replace(confidence=max(span.confidence, LEXICON_CONFIDENCE))


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


class _Document:
    """What one document speaks of: places and bodies that are sure, countries, abbreviations it explains."""

    def __init__(self, linker: Linker, doc: Doc, spans: Sequence[MentionSpan]) -> None:
        self._linker = linker
        self.decided: Mapping[tuple[str, str], set[str]] = {}
        self.explained = {doc[a.short].text: doc[a.start : a.end].text for a in abbreviations(doc)}
        sure = [span for span in spans if len(span.keys) == 1]
        self.named: set[str] = set()
        self._forms: dict[str, set[str]] = {}
        self.countries: Counter[str] = Counter()
        for span in sure:
            key, text = span.keys[0], doc[span.start : span.end].text
            if linker.is_on_sight(key, text) and text not in self.explained:
                self.named.add(key)
                self._forms.setdefault(key, set()).add(fold(text))
            if span.type in NAMES and linker.is_placed(key, text):
                self.countries[linker.country(key) or ""] += 1
        self.countries.update(
            demonyms()[word] for word in CAPITALISED.findall(doc.text) if word in demonyms()
        )
        del self.countries[""]
        self._places = {key for key in self.named if "Region" in linker.types_of([key])}
        self._seats = self._places | {
            k for place in self._places for k in linker.above(place) if linker.is_seat(k)
        }
        self._seats -= {HOME}

    def supported(self, keys: Sequence[str], *, by_country: bool = True) -> str | None:
        """The one of several entries that the document speaks of, else None."""
        for known in (self.named, self._seats):
            fitting = [key for key in keys if key in self.named or known & (self._linker.above(key) - {HOME})]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                return None
        countries = {key: self._linker.country(key) for key in keys}
        if by_country and len(set(countries.values())) == len(keys) and self.countries:
            most = self.countries.most_common(2)
            if len(most) == 1 or most[0][1] > most[1][1]:
                return next((key for key, country in countries.items() if country == most[0][0]), None)
        return None

    def supports_any(self, keys: Sequence[str], text: str) -> bool:
        """Whether a name that needs context may mean one of its entries here."""
        if any(key in self.named for key in keys):
            return True
        if self._linker.types_of(keys) == {"PolicyDocument"}:
            return self.foreign_to(HOME) is None
        if CAPITALS.fullmatch(text):
            countries = {self._linker.country(key) for key in keys}
            return not self.countries or bool(countries & {*self.countries, None})
        near = [key for key in keys if self._is_near(key)]
        return bool(near) and " " in text.strip()

    def allows(self, key: str, text: str) -> bool:
        """Whether the document speaks of an entry by another name, or of its place, or of no place at all."""
        named_otherwise = bool(self._forms.get(key, set()) - {fold(text)})
        return named_otherwise or not self._places - {HOME} or self._is_near(key)

    def foreign_to(self, country: str) -> str | None:
        """The other country that is meant, "" when there are several, None when `country` itself is."""
        own = self.countries[country]
        others = Counter({k: n for k, n in self.countries.items() if k != country})
        if not others or sum(others.values()) < FOREIGN * own or others.total() <= own:
            return None
        best, count = others.most_common(1)[0]
        return best if count * 2 > others.total() else ""

    def _is_near(self, key: str) -> bool:
        """Whether a place that contains it, that it contains, or that lies beside it is named."""
        above = self._linker.above(key) - {HOME}
        if (self._seats | self.named) & above:
            return True
        return any(key in self._linker.above(place) for place in self._places)


def _decided(doc: Doc, links: Sequence[Link | None]) -> Mapping[tuple[str, str], set[str]]:
    """What neighbours decided, by type and folded name, so that it holds for the whole document."""
    decided: dict[tuple[str, str], set[str]] = {}
    for link in links:
        if link is not None and link.key and len(link.span.keys) > 1:
            form = fold(doc[link.span.start : link.span.end].text)
            decided.setdefault((link.span.type, form), set()).add(link.key)
    return decided


def _open(span: MentionSpan) -> Link:
    return Link(span, None, is_local=True)


def _unlinked(doc: Doc, span: MentionSpan, reason: str) -> Unlinked:
    stretch = doc[span.start : span.end]
    return Unlinked(stretch.text, stretch.start_char, stretch.end_char, reason, span.keys)


def _with_company_form(doc: Doc, span: MentionSpan) -> MentionSpan:
    """The mention with the legal form behind the name: "Tencent | Holdings"."""
    if span.type != "Enterprise":
        return span
    end = doc[span.start : span.end].end_char
    form = COMPANY_TAIL if doc[span.end - 1].text in ("Co", "Co.") else COMPANY
    found = form.match(doc.text, end)
    behind = doc.char_span(end, found.end(), alignment_mode="contract") if found else None
    return span._replace(end=behind.end) if behind is not None and behind.start == span.end else span


def _reaches_beyond(span: MentionSpan, match: LexiconMatch) -> bool:
    return span.start < match.start or match.end < span.end


def _is_listed(doc: Doc, comma: int, stop: int) -> bool:
    """Whether the place behind a comma is the next item of a list: "Suzhou, Anhui and Henan"."""
    if doc[comma].text not in (",", "，"):
        return False
    following = doc[stop].lower_ if stop < len(doc) else "."
    return following in ("and", "or", "&")


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is written as a name, in a sentence that is not all capitals."""
    first = doc[start].text
    if not first[:1].isupper():
        return False
    words = [t.text for t in doc[start].sent if t.is_alpha and len(t) > 1]
    return sum(word.isupper() for word in words) * 2 < len(words) or len(words) < 3
