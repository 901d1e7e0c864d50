"""What a document speaks of, by which ambiguous names are decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..ontology import fold
from .abbreviations import abbreviations
from .annotations import BODIES
from .known import HOME, Known
from .shared_names import demonyms

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .mention_spans import MentionSpan

FOREIGN = 4
"""How many times as often as its own country another one must be named to be the one that is meant."""

CAPITALS = re.compile(r"[A-Z][A-Z&]{2,}")
CAPITALISED = re.compile(r"\b[A-Z][a-z]+\b")
NAMES = BODIES | {"Region"}


class Context:
    """What one document speaks of: places and bodies that are sure, countries, abbreviations it explains."""

    def __init__(self, known: Known, doc: Doc, spans: Sequence[MentionSpan]) -> None:
        self._known = known
        self.decided: Mapping[tuple[str, str], set[str]] = {}
        self.explained = {doc[a.short].text: doc[a.start : a.end].text for a in abbreviations(doc)}
        sure = [span for span in spans if len(span.keys) == 1]
        self.named: set[str] = set()
        self._forms: dict[str, set[str]] = {}
        self.countries: Counter[str] = Counter()
        for span in sure:
            key, text = span.keys[0], doc[span.start : span.end].text
            if known.is_on_sight(key, text) and text not in self.explained:
                self.named.add(key)
                self._forms.setdefault(key, set()).add(fold(text))
            if span.type in NAMES and known.is_placed(key, text):
                self.countries[known.country(key) or ""] += 1
        self.countries.update(
            demonyms()[word] for word in CAPITALISED.findall(doc.text) if word in demonyms()
        )
        del self.countries[""]
        self._places = {key for key in self.named if "Region" in known.types_of([key])}
        self._seats = self._places | {
            k for place in self._places for k in known.above(place) if known.is_seat(k)
        }
        self._seats -= {HOME}

    def supported(self, keys: Sequence[str], *, by_country: bool = True) -> str | None:
        """The one of several entries that the document speaks of, else None."""
        for spoken_of in (self.named, self._seats):
            fitting = [
                key for key in keys if key in self.named or spoken_of & (self._known.above(key) - {HOME})
            ]
            if len(fitting) == 1:
                return fitting[0]
            if fitting:
                return None
        countries = {key: self._known.country(key) for key in keys}
        if by_country and len(set(countries.values())) == len(keys) and self.countries:
            most = self.countries.most_common(2)
            if len(most) == 1 or most[0][1] > most[1][1]:
                return next((key for key, country in countries.items() if country == most[0][0]), None)
        return None

    def supports_any(self, keys: Sequence[str], text: str) -> bool:
        """Whether a name that needs context may mean one of its entries here."""
        if any(key in self.named for key in keys):
            return True
        if self._known.types_of(keys) == {"PolicyDocument"}:
            return self.foreign_to(HOME) is None
        if CAPITALS.fullmatch(text):
            countries = {self._known.country(key) for key in keys}
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
        above = self._known.above(key) - {HOME}
        if (self._seats | self.named) & above:
            return True
        return any(key in self._known.above(place) for place in self._places)
