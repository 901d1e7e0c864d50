"""Names that mean an entry only where the document's context speaks for it, and stand there without being found.

Short forms of a body that the document names in full ("南大" beside 南京大学), bodies of the document's own region
("教育局" in Hong Kong), and provinces by one character where somebody is in, comes to or leaves them ("在京").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from ..annotations import BODIES, NAMED
from ..known import HOME
from ..mention_spans import MentionSpan
from .word_lists import words_in

if TYPE_CHECKING:
    from ..known import Known
    from ..lexicon import LexiconMatch
    from .compact import CompactText
    from .tokens import Word

CONFIDENCE: Final = 0.9
SHORT_CONFIDENCE: Final = 0.6
SPECIAL: Final = "SpecialAdministrativeRegion"
GOVERNING: Final = frozenset("cdpuvxt")
"""Parts of speech that a place may follow which no modifier makes another one."""

STAYING: Final = frozenset("在驻来赴留离入返抵")
"""Verbs of one character whose object is a place."""

OTHER_WORDS: Final = frozenset("新黑台贵吉甘云申")
"""Short forms of provinces that are mostly another word behind such a verb."""

PLAIN: Final = frozenset("党主席中央")


def contextual_names(
    source: CompactText,
    spans: Sequence[MentionSpan],
    matches: Sequence[LexiconMatch],
    known: Known,
    home: str | None,
) -> Iterator[MentionSpan]:
    """Mentions by names that need context and have it, where no name was found yet, in order."""
    regions = {span.end: span for span in spans if span.type == "Region"}
    taken = {
        i
        for span in spans
        if span.type in NAMED or span.type == "Region"
        for i in range(span.start, span.end)
    }
    named = {
        span.keys[0]
        for span in spans
        if len(span.keys) == 1 and known.is_on_sight(span.keys[0], source.surface(span.start, span.end))
    }
    near = {*named, *([home] if home else [])}
    near |= {above for key in near for above in known.above(key) if known.is_seat(above)}
    for match in matches:
        if (
            not match.contextual
            or len(match.keys) != 1
            or not taken.isdisjoint(range(match.start, match.end))
        ):
            continue
        key, text = match.keys[0], source.surface(match.start, match.end)
        kind = next(iter(known.types_of([key])))
        if kind == "Region" and len(text) == 1:
            fits = _is_stayed_in(source, match.start, text, key == home)
        elif kind == "Region":
            fits = bool(known.above(key) & near - {HOME}) and _is_listed(source, match.start, regions)
        else:
            own = {place for place in known.above(key) if known.entries[place].cls == SPECIAL}
            is_own = bool(own) and own == {k for k in near if known.entries[k].cls in (SPECIAL, "Province")}
            is_plain = text in words_in("plain_names.zh.tsv")
            fits = kind in BODIES and len(text) > 1 and (key in named or is_own or is_plain)
            fits = fits and text not in PLAIN and not _is_relative(source, match.start)
        if fits:
            yield MentionSpan(match.start, match.end, kind, match.keys, "lexicon:context", CONFIDENCE)


def _is_listed(source: CompactText, start: int, regions: Mapping[int, MentionSpan]) -> bool:
    """Whether a place stands in a list behind another one: "沈阳、朝阳"."""
    return start > 0 and source.surfaces[start - 1] in ("、", "和", "与") and start - 1 in regions


def bare_places(
    source: CompactText, spans: Sequence[MentionSpan], words: Sequence[Word]
) -> Iterator[MentionSpan]:
    """ "新区" and the like where the document has named the one that is meant, right behind what can govern them."""
    ends = {source.surface(span.start, span.end)[-2:] for span in spans if span.type == "Region"}
    wanted = {text for text in words_in("bare_places.zh.tsv") if text[-2:] in ends}
    if not wanted:
        return
    taken = {i for span in spans for i in range(span.start, span.end)}
    for before, word in pairwise((None, *words)):
        if word is None or source.surface(word.start, word.end) not in wanted or word.start in taken:
            continue
        if before is None or before.tag[:1] in GOVERNING:
            yield MentionSpan(word.start, word.end, "Region", (), "short-form", SHORT_CONFIDENCE)


def _is_stayed_in(source: CompactText, start: int, text: str, is_home: bool) -> bool:
    before = source.surfaces[start - 1] if start else ""
    return before in STAYING and (is_home or text not in OTHER_WORDS)


def _is_relative(source: CompactText, start: int) -> bool:
    """Whether a level in front says that another body of the name is meant: "市教育局"."""
    return start > 0 and source.surfaces[start - 1] in frozenset("省市区县州")
