"""What a Chinese document speaks of, by which names that need context and namesakes are decided."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..annotations import BODIES
from ..known import HOME, Known
from .word_lists import words_in

if TYPE_CHECKING:
    from ..mention_spans import MentionSpan
    from .compact import CompactText

NAMES = BODIES | {"Region"}
WIDE = frozenset({"Country", "MacroRegion", "Province", "UrbanCluster"})
"""Classes of places that have no namesakes worth speaking of."""

LEVEL_WORD = re.compile(r"[省市区县](?:委|政府|级)")
FOREIGN = 4
"""How many times as often as its own country another one must be named to be the one that is meant."""


class ChineseContext:
    """What one document speaks of: its home, entries that are named surely, countries."""

    def __init__(
        self, known: Known, source: CompactText, spans: Sequence[MentionSpan], home: str | None
    ) -> None:
        self._known = known
        self.home = home
        self._text = source.original
        self.named: set[str] = set()
        self._countries: Counter[str] = Counter()
        for span in spans:
            if len(span.keys) != 1:
                continue
            key = span.keys[0]
            if known.is_on_sight(key, source.surface(span.start, span.end)):
                self.named.add(key)
                if span.type in NAMES and (country := known.country(key)):
                    self._countries[country] += 1
        self._near = set(self.named) | ({home} if home else set())
        self._near |= {above for key in self._near for above in known.above(key) if known.is_seat(above)}
        self._near -= {HOME}

    def supported(self, keys: Sequence[str]) -> str | None:
        """The one of several entries that the document speaks of, else None."""
        for spoken_of in (self.named, self._near):
            fitting = [
                key for key in keys if key in self.named or spoken_of & (self._known.above(key) - {HOME})
            ]
            if fitting:
                return fitting[0] if len(fitting) == 1 else None
        return None

    def supports(self, key: str, text: str, span: MentionSpan) -> bool:
        """Whether a name that needs context means its entry here."""
        entry = self._known.entries[key]
        if key in self.named:
            return True
        above = self._known.above(key) - {HOME}
        places = {place for place in above if self._known.types_of([place]) == {"Region"}}
        if span.type == "Region" and entry.cls in WIDE:
            return len(text) > 1 or span.rule != "lexicon"
        if span.type == "Region" or (places and entry.cls != "PartyBody"):
            inside = any(key in self._known.above(name) for name in self.named)
            return inside or bool(self._near & above) or (self.home in above if self.home else False)
        if text in words_in("local_names.zh.tsv"):
            return self.home is None and not self._has_levels()
        if span.type in ("University", "Enterprise"):
            return False
        return not self.is_foreign_to(HOME)

    def is_foreign_to(self, country: str) -> bool:
        """Whether the document names another country far more often than `country`."""
        own = self._countries[country]
        others = sum(n for other, n in self._countries.items() if other != country)
        return others >= FOREIGN and others > FOREIGN * own and (self.home is None)

    def _has_levels(self) -> bool:
        return LEVEL_WORD.search(self._text) is not None
