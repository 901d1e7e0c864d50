"""What names of the authority file say of a text, whatever its language: labels of tokens, and sure mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .annotations import NAMED
from .mention_spans import MentionSpan

if TYPE_CHECKING:
    from ..ontology import Ontology
    from .lexicon import LexiconMatch

LEXICON_CONFIDENCE = 0.9


class LexiconReader:
    """Reads lexicon matches with the core types of the entries that own them."""

    def __init__(self, ontology: Ontology) -> None:
        schema = ontology.schema
        self._kinds = {key: schema.core_of(entry.cls) for key, entry in ontology.authority.entries.items()}

    def types_of(self, keys: Iterable[str]) -> set[str]:
        """Core types of authority entries."""
        return {self._kinds[key] for key in keys}

    def _lexicon_labels(self, matches: Iterable[LexiconMatch]) -> dict[int, str]:
        labels = {}
        for match in matches:
            types = sorted(self.types_of(match.keys))
            label = types[0] if len(types) == 1 else "Several"
            label += "?" if match.contextual else ""
            for i in range(match.start, match.end):
                labels[i] = f"{'B' if i == match.start else 'I'}-{label}"
        return labels

    def _named(self, matches: Iterable[LexiconMatch]) -> Iterator[MentionSpan]:
        for match in matches:
            types = self.types_of(match.keys)
            if match.contextual or len(types) != 1:
                continue
            kind = types.pop()
            if kind in NAMED or kind == "Region":
                yield MentionSpan(match.start, match.end, kind, match.keys, "lexicon", LEXICON_CONFIDENCE)
