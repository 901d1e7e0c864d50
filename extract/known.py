"""What the authority file says of entries and names, as far as linking asks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ..ontology import fold
from .annotations import BODIES
from .shared_names import demonyms, is_shared

if TYPE_CHECKING:
    from ..ontology import Authority, Ontology

HOME = "cn"
"""The country whose bodies the authority file lists in full: theirs are shared names without a country."""

SEATS = frozenset({"Province", "City", "SpecialAdministrativeRegion", "Country"})
"""Classes of places that tell namesakes apart for other places in them."""


class Known:
    """Questions about the entries of one ontology and their names in one language; answers are kept."""

    def __init__(self, ontology: Ontology, language: str = "en") -> None:
        self.ontology = ontology
        self.language = language
        self.entries: Mapping[str, Authority] = ontology.authority.entries
        self._above: dict[str, frozenset[str]] = {}
        self._on_sight: dict[str, set[str]] = {}
        for surface, keys, contextual in ontology.authority.surfaces(language):
            if not contextual:
                self._on_sight.setdefault(fold(surface), set()).update(keys)

    def above(self, key: str) -> frozenset[str]:
        """All that an entry is part of, at any distance."""
        known = self._above.get(key)
        if known is None:
            seen: set[str] = set()
            stack = list(self.entries[key].part_of)
            while stack:
                parent = stack.pop()
                if parent in self.entries and parent not in seen:
                    seen.add(parent)
                    stack += self.entries[parent].part_of
            known = self._above[key] = frozenset(seen)
        return known

    def country(self, key: str) -> str | None:
        """The country that an entry is or lies in; None for what lies in none or several."""
        found = {k for k in (key, *self.above(key)) if self.entries[k].cls == "Country"}
        return found.pop() if len(found) == 1 else None

    def place(self, name: str) -> str | None:
        """The key of the only country or region of that name, or of the country of an adjective."""
        if name in demonyms():
            return demonyms()[name]
        candidates = self.ontology.authority.candidates(name, self.language)
        regions = [entry.key for entry in candidates if self.types_of([entry.key]) == {"Region"}]
        return regions[0] if len(regions) == 1 else None

    def bodies(self, name: str) -> list[str]:
        """The keys of all bodies of that name."""
        candidates = self.ontology.authority.candidates(name, self.language)
        return [entry.key for entry in candidates if self.types_of([entry.key]) <= BODIES]

    def is_seat(self, key: str) -> bool:
        """Whether a place tells namesakes in it from those elsewhere."""
        return self.entries[key].cls in SEATS

    def types_of(self, keys: Iterable[str]) -> set[str]:
        """Core types of entries."""
        return {self.ontology.schema.core_of(self.entries[key].cls) for key in keys}

    def is_placed(self, key: str, name: str) -> bool:
        """Whether a name says itself which entry it is: it is not one that many countries or places use."""
        if key not in self._on_sight.get(fold(name), ()):
            return False
        pref = self.ontology.authority.label(key, self.language) or ""
        if self.country(key) != HOME or not is_shared(pref if name.isupper() else name):
            return True
        # "Beijing's Education Commission" needs nothing else.
        return any(self._names(above, name) for above in self.above(key))

    def is_on_sight(self, key: str, name: str) -> bool:
        """Whether a name needs no context to be taken for an entry."""
        return key in self._on_sight.get(fold(name), ())

    def is_national(self, key: str) -> bool:
        """Whether an entry is a body that other countries have under the same name."""
        return is_shared(self.ontology.authority.label(key, self.language) or "")

    def _names(self, key: str, text: str) -> bool:
        words = f" {fold(text)} "
        return any(f" {form} " in words for form in self._forms(key))

    def _forms(self, key: str) -> list[str]:
        return [fold(label.text) for label in self.entries[key].labels if label.language == self.language]

    def lies_in(self, key: str, place: str) -> bool:
        """Whether an entry lies in a place, or, where only its province is known, the place in that."""
        seats = {k for k in self.entries[key].part_of if self.is_seat(k)} - {HOME}
        return place in self.above(key) or bool(seats & self.above(place))

    def may_stand_for(self, key: str, name: str) -> bool:
        """Whether an entry has a name, or one that has all its words in order, or the other way round."""
        said = f" {fold(name)} "
        known = [f" {form} " for form in self._forms(key)]
        return any(said in label or label in said for label in known if " " in label.strip() or label == said)
