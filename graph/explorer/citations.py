"""The sentences that statements rest on, stored once, and where in them the two ends are named."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from ...ontology.folding import fold_characters
from ..views import DocumentView, EntityView, EvidenceView, GraphView

Mark = tuple[int, int, int]
"""Begin and end in code points, and whether it names the subject (0) or the object (1)."""

_CJK = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


@dataclass(slots=True)
class Citations:
    """Documents and sentences by number, in the order they were first cited."""

    graph: GraphView
    documents: list[dict[str, str | None]] = field(default_factory=list)
    sentences: list[tuple[int, int, int, str]] = field(default_factory=list)
    _documents: dict[str, int] = field(default_factory=dict)
    _sentences: dict[EvidenceView, int] = field(default_factory=dict)

    def sentence(self, evidence: EvidenceView) -> int:
        """The number of a sentence; its row holds the document's number, begin, end and text."""
        number = self._sentences.get(evidence)
        if number is None:
            number = self._sentences[evidence] = len(self.sentences)
            row = (self._document(evidence.document), evidence.begin, evidence.end, evidence.text)
            self.sentences.append(row)
        return number

    def _document(self, iri: str) -> int:
        number = self._documents.get(iri)
        if number is None:
            number = self._documents[iri] = len(self.documents)
            found = self.graph.documents.get(iri)
            document = found or DocumentView(iri, iri, None, None, "", None, None)
            self.documents.append(
                {
                    "title": document.title,
                    "date": document.date,
                    "source": document.source,
                    "url": document.url,
                    "publisher": document.publisher,
                    "language": document.language,
                }
            )
        return number


def marks(text: str, subject: EntityView, obj: EntityView) -> list[Mark]:
    """Where `text` names the two ends, sorted; of two names that overlap the longer one counts.

    Width and traditional characters do not count: the fold keeps each character's place.

    >>> bureau = EntityView("b", "Government", "Ministry", "bureau", {"en": ("bureau",)})
    >>> labs = EntityView("l", "Enterprise", "Enterprise", "Bureau Labs", {"en": ("Bureau Labs",)})
    >>> marks("The bureau funds Bureau Labs.", bureau, labs)
    [(4, 10, 0), (17, 28, 1)]
    """
    folded = fold_characters(text)
    found = [
        (match.start(), match.end(), end)
        for end, entity in enumerate((subject, obj))
        for match in _pattern(_names(entity)).finditer(folded)
    ]
    chosen: list[Mark] = []
    for mark in sorted(found, key=lambda m: (m[0] - m[1], m)):
        if all(mark[1] <= other[0] or mark[0] >= other[1] for other in chosen):
            chosen.append(mark)
    return sorted(chosen)


def _names(entity: EntityView) -> tuple[str, ...]:
    return tuple(fold_characters(name) for names in entity.labels.values() for name in names if name.strip())


@lru_cache(maxsize=8192)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """What matches any of the names, longest first, whole words where the script has words."""
    parts = []
    for name in sorted(set(names), key=lambda n: (-len(n), n)):
        words = r"\s+".join(re.escape(word) for word in name.split())
        parts.append(words if _CJK.search(name) else rf"(?<!\w){words}(?!\w)")
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)
