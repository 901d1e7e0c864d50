"""Names that mean an entry only where the document's context speaks for it.

Such names are no mentions of their own: they are added where the document speaks of the entry or of its place,
and reported where nobody else took the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from .context import CAPITALS, NAMES, Context
from .lexicon_mentions import LEXICON_CONFIDENCE
from .links import NEEDS_PLACE, SEVERAL, unlinked
from .mention_spans import MentionSpan
from .mention_types import NAMED, UNSURE
from .shared_names import is_shared

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from .annotations import Unlinked
    from .known import Known
    from .lexicon import Lexicon, LexiconMatch


class ContextualNames:
    """Brings in the names of one authority file that need context; keeps no state of a document."""

    def __init__(self, known: Known, lexicon: Lexicon) -> None:
        self._known = known
        self._lexicon = lexicon

    def added(
        self, doc: Doc, spans: Sequence[MentionSpan], document: Context
    ) -> tuple[list[MentionSpan], list[Unlinked]]:
        """Mentions with the names that need context and have it; others are reported if nobody else took them."""
        kept, left = list(spans), []
        for match in self._lexicon.matches(doc):
            types = self._known.types_of(match.keys)
            kind = next(iter(types))
            text = doc[match.start : match.end].text
            if len(types) > 1 or not _is_wanted(kind, match, doc):
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
            if meant and not any(self._known.may_stand_for(key, meant) for key in match.keys):
                continue
            if not match.contextual or document.supports_any(match.keys, text):
                kept = [s for s in kept if s not in rivals] + [span]
            elif kind in NAMES:
                left.append(unlinked(doc, span, SEVERAL if len(match.keys) > 1 else NEEDS_PLACE))
        return sorted(kept, key=lambda m: (m.start, -m.end, m.type)), left


def _is_wanted(kind: str, match: LexiconMatch, doc: Doc) -> bool:
    """Bodies and places that need context; schemes and documents written as proper names or acronyms."""
    text = doc[match.start : match.end].text
    if kind in NAMES:
        before = doc[match.start - 1].lower_ if match.start else ""
        if CAPITALS.fullmatch(text):
            return match.contextual and before not in ("a", "an")
        named = kind in ("Region", "University") or is_shared(text)
        return match.contextual and named and text.split()[-1][:1].isupper()
    words = [t.text for t in doc[match.start : match.end] if t.is_alpha and not t.is_stop]
    is_proper = bool(words) and all(word[:1].isupper() for word in words)
    if kind not in ("Mechanism", "PolicyDocument") or not is_proper:
        return False
    return match.end - match.start > 1 or bool(CAPITALS.fullmatch(words[0]))


def _reaches_beyond(span: MentionSpan, match: LexiconMatch) -> bool:
    return span.start < match.start or match.end < span.end


def _is_name(doc: Doc, start: int, end: int) -> bool:
    """Whether a stretch is written as a name, in a sentence that is not all capitals."""
    first = doc[start].text
    if not first[:1].isupper():
        return False
    words = [t.text for t in doc[start].sent if t.is_alpha and len(t) > 1]
    return sum(word.isupper() for word in words) * 2 < len(words) or len(words) < 3
