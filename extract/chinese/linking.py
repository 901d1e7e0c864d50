"""Which entry of the authority file a Chinese mention means.

A name that one entry has is that entry, unless the text says otherwise: bodies of other countries, of provinces and
cities, short forms that need context. A name that several have is decided by the place beside it, then by the
places and bodies of the document, else it stays unlinked and is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..annotations import Unlinked
from ..known import HOME, Known
from ..links import ELSEWHERE, NEEDS_PLACE, SEVERAL, Link, left_open, unlinked
from .compact import CompactText, compact, compact_form
from .context import NAMES, ChineseContext
from .contextual_names import bare_places, contextual_names
from .places import SEATED, home_of, known_for
from .relative_names import is_relative, whole_name
from .word_lists import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...ontology import Ontology
    from ..lexicon import LexiconMatch
    from ..mention_spans import MentionSpan

QUOTES = "“”「」‘’《》〈〉\"'"
TOGETHER = re.compile(r"(?:三地|两地|四地|地区|区域|全域|各地|三省市|城市群)$")
"""What may stand behind the name of a region without making it another one."""

LONGEST_COUNTRY = 8
"""Characters of the name of a country in front of that of a body."""

LEVELS = frozenset("省市区县州")


class ChineseLinker:
    """Links the mentions of Chinese documents to one ontology; keeps no state of a document."""

    def __init__(self, ontology: Ontology) -> None:
        self._ontology = ontology
        self._known = known_for(ontology)
        self._english = Known(ontology, "en")
        self._places = dict(_places(ontology))

    def link(
        self, doc: Doc, spans: Sequence[MentionSpan], matches: Sequence[LexiconMatch]
    ) -> tuple[list[Link], list[Unlinked]]:
        """The mentions of `doc` linked, in order, and those that are left open."""
        source = compact(doc)
        home = home_of(doc, matches, self._known)
        spans = [self._with_keys(source, span) for span in spans]
        spans += contextual_names(source, spans, matches, self._known, home)
        spans += bare_places(source, spans, doc._.policy_words)
        spans.sort(key=lambda m: (m.start, -m.end, m.type))
        document = ChineseContext(self._known, source, spans, home)
        links: list[Link] = []
        left: list[Unlinked] = []
        for span in spans:
            link, reason = self._link(source, span, document)
            links.append(link)
            if reason:
                left.append(unlinked(doc, span, reason))
        return links, left

    def _is_on_sight(self, key: str, text: str) -> bool:
        return (self._english if text.isascii() else self._known).is_on_sight(key, text)

    def _place(self, text: str) -> str | None:
        return self._places.get(compact_form(text))

    def _with_keys(self, source: CompactText, span: MentionSpan) -> MentionSpan:
        """The mention with the entries of its type that have its name."""
        if span.keys:
            return span
        text = source.surface(span.start, span.end)
        for form in dict.fromkeys((text, text.strip(QUOTES), TOGETHER.sub("", text))):
            keys = self._keys(form, span.type)
            if keys:
                return span._replace(keys=keys)
        return span

    def _keys(self, form: str, kind: str) -> tuple[str, ...]:
        schema, authority = self._ontology.schema, self._ontology.authority
        languages = ("zh", "en") if form.isascii() else ("zh",)
        for language in languages:
            keys = tuple(
                entry.key
                for entry in authority.candidates(form, language)
                if schema.core_of(entry.cls) == kind
            )
            if keys:
                return keys
        return ()

    def _link(
        self, source: CompactText, span: MentionSpan, document: ChineseContext
    ) -> tuple[Link, str | None]:
        text = source.surface(span.start, span.end)
        if span.type in NAMES:
            owned = (
                self._campus(source, span, text)
                or self._owned(source, span, text)
                or self._relative(source, span, text, document)
            )
            if owned is not None:
                return owned, None
        if not span.keys:
            return Link(span, None), None
        if len(span.keys) > 1:
            chosen = self._beside(source, span) or document.supported(span.keys)
            return (Link(span, chosen), None) if chosen else (left_open(span), SEVERAL)
        key = span.keys[0]
        if span.type not in NAMES:
            return Link(span, key), None
        if self._is_elsewhere(source, span, key):
            return left_open(span), ELSEWHERE
        if text in words_in("shared_names.zh.tsv") and document.is_foreign_to(
            self._known.country(key) or HOME
        ):
            return left_open(span), ELSEWHERE
        if not self._is_on_sight(key, text) and not document.supports(key, text, span):
            return left_open(span), NEEDS_PLACE
        return Link(span, key), None

    def _owned(self, source: CompactText, span: MentionSpan, text: str) -> Link | None:
        """A shared name behind the name of another country: "越南教育部"; it becomes part of the name."""
        if span.type == "Region":
            return None
        shared = words_in("shared_names.zh.tsv")
        start, country = span.start, ""
        for length in range(2, min(LONGEST_COUNTRY, len(text) - 1) + 1):
            if text[length:] in shared and self._is_country(text[:length]):
                country = text[:length]
        bare = text[len(country) :]
        if not country and text in shared:
            for first in range(max(0, span.start - LONGEST_COUNTRY), span.start - 1):
                if self._is_country(source.surface(first, span.start)):
                    country, start = source.surface(first, span.start), first
                    break
        if not country or self._place(country) == HOME:
            return None
        keys = self._keys(country + bare, span.type)
        longer = span._replace(start=start, keys=keys)
        return Link(longer, keys[0] if len(keys) == 1 else None, country + bare if not keys else None)

    def _campus(self, source: CompactText, span: MentionSpan, text: str) -> Link | None:
        """A body with the place of its own campus in brackets: "香港科技大学（广州）"."""
        if span.type not in ("University", "ResearchOrg") or source.surfaces[span.end : span.end + 1] not in (
            ["（"],
            ["("],
        ):
            return None
        closing = next(
            (i for i in range(span.end + 2, span.end + 8) if source.surfaces[i : i + 1] in (["）"], [")"])), 0
        )
        place = self._place(source.surface(span.end + 1, closing)) if closing else None
        if place is None or (len(span.keys) == 1 and self._known.lies_in(span.keys[0], place)):
            return None
        longer = span._replace(
            end=closing + 1, keys=self._keys(source.surface(span.start, closing + 1), span.type)
        )
        return Link(longer, longer.keys[0] if len(longer.keys) == 1 else None)

    def _is_country(self, text: str) -> bool:
        key = self._place(text)
        return key is not None and self._known.entries[key].cls == "Country"

    def _relative(
        self, source: CompactText, span: MentionSpan, text: str, document: ChineseContext
    ) -> Link | None:
        """A body or place of the document's own province or city: "省教育厅", "本市"."""
        if span.keys and self._is_on_sight(span.keys[0], text):
            return None
        name, start = text, span.start
        if (
            span.type != "Region"
            and span.start
            and source.surfaces[span.start - 1] in LEVELS
            and not is_relative(text)
        ):
            before = source.surfaces[span.start - 2] if span.start > 1 else ""
            if before in "各级跨、":
                return None
            name, start = source.surfaces[span.start - 1] + text, span.start - 1
        if span.type == "Region" or is_relative(name):
            whole = whole_name(self._known, name, document.home, span.type)
            if whole is None:
                return left_open(span._replace(keys=())) if span.type != "Region" else None
            keys = self._keys(whole.name, span.type)
            longer = span._replace(start=start, keys=keys)
            return Link(longer, keys[0] if len(keys) == 1 else None, None if keys else whole.name)
        return None

    def _beside(self, source: CompactText, span: MentionSpan) -> str | None:
        """The one of several entries that lies in the place right in front: "安徽" in "安徽朝阳"."""
        for first in range(max(0, span.start - 8), span.start - 1):
            near = self._place(source.surface(first, span.start))
            if near is not None:
                fitting = [key for key in span.keys if self._known.lies_in(key, near)]
                return fitting[0] if len(fitting) == 1 else None
        return None

    def _is_elsewhere(self, source: CompactText, span: MentionSpan, key: str) -> bool:
        """Whether the place right in front is none in which a namesake that is a district or city lies."""
        if span.type != "Region" or self._known.entries[key].cls not in SEATED or span.start < 2:
            return False
        if self._known.entries[key].cls in ("Province", "SpecialAdministrativeRegion"):
            return False
        for first in range(max(0, span.start - 8), span.start - 1):
            near = self._place(source.surface(first, span.start))
            if near is None or self._known.entries[near].cls not in ("City", "Province"):
                continue
            text = source.surface(first, span.start)
            is_whole = text[-1:] in "省市" or self._known.entries[key].cls in ("District", "County")
            return is_whole and not self._known.lies_in(key, near)
        return False


def _places(ontology: Ontology) -> Iterator[tuple[str, str]]:
    """The names, as in a compact text, that only one region has, each with its key."""
    entries, core_of = ontology.authority.entries, ontology.schema.core_of
    for surface, keys, _ in ontology.authority.surfaces("zh"):
        regions = [key for key in keys if core_of(entries[key].cls) == "Region"]
        if len(regions) == 1 and len(surface) > 1:
            yield compact_form(surface), regions[0]


def linker_for(ontology: Ontology) -> ChineseLinker:
    """The linker of an ontology, made once."""
    linker = _LINKERS.get(ontology.fingerprint)
    if linker is None:
        linker = _LINKERS[ontology.fingerprint] = ChineseLinker(ontology)
    return linker


_LINKERS: dict[str, ChineseLinker] = {}
