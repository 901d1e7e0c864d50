"""Which mentions of a Chinese document are one thing: same form, authority entry, explained or bare short form.

Nothing is merged because it looks alike. What cannot be told from its namesakes elsewhere stays within the document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from ...ontology import fold
from ..annotations import NAMED, Unlinked
from ..coreference import UNEXPLAINED, Referent
from .compact import compact
from .lexicon import lexicon_for
from .linking import linker_for
from .relative_names import is_relative
from .short_forms import ShortForm, expand, explained, is_bare, with_level

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ...ontology import Ontology
    from ..links import Link
    from ..mention_spans import MentionSpan

DISCOUNT = 0.95
"""Confidence in a short form that the text explains, as a share of that in the name."""

PAIRS = frozenset({"“”", "「」", "‘’", "《》", "〈〉"})
TITLES_NEAR = 8


def resolve(
    doc: Doc, spans: Sequence[MentionSpan], ontology: Ontology
) -> tuple[list[Referent], list[Unlinked]]:
    """Group mentions into referents, in order of first mention; report forms left ambiguous."""
    matches = list(lexicon_for(ontology).matches(doc))
    spans, meant = _with_short_forms(doc, spans)
    links, unlinked = linker_for(ontology).link(doc, spans, matches)
    referents: dict[tuple[str, str], Referent] = {}
    by_mention: dict[tuple[int, int], Referent] = {}
    for link in _outermost(links):
        long = by_mention.get(meant.get((link.span.start, link.span.end), (-1, -1)))
        referent = long or _referent(doc, link, referents, ontology)
        referent.mentions.append(link.span)
        by_mention[link.span.start, link.span.end] = referent
    found = list({id(r): r for r in referents.values()}.values())
    return found, [*unlinked, *_unexplained(doc, found, unlinked)]


def surface_key(text: str) -> str:
    """What two mentions of one thing have in common: the folded text without spaces and quotation marks.

    >>> surface_key("“双一流” 建設") == surface_key("双一流建设")
    True
    """
    return fold(text) or text


def unquoted(text: str) -> str:
    """A name without the pair of marks that stand around all of it.

    >>> unquoted("《条例》"), unquoted("“十四五”规划"), unquoted("“十五五”规划《建议》")
    ('条例', '“十四五”规划', '“十五五”规划《建议》')
    """
    is_marked = len(text) > 2 and text[0] + text[-1] in PAIRS
    return text[1:-1] if is_marked and text[-1] not in text[1:-1] else text


def _referent(
    doc: Doc, link: Link, referents: dict[tuple[str, str], Referent], ontology: Ontology
) -> Referent:
    """The referent of a mention: one that is known, or a new one."""
    span, text = link.span, compact(doc).surface(link.span.start, link.span.end)
    form = surface_key(link.name or text)
    local = link.is_local
    if not link.key and not link.name:
        known = _expanded(doc, span, text, referents)
        if known is not None:
            return known
        # What only says of what kind it is means another thing in each document.
        local = local or is_bare(unquoted(text), span.type) or (span.type in NAMED and is_relative(text))
    identity = (span.type, f"={link.key}" if link.key else f"?{form}" if local else form)
    referent = referents.get(identity)
    if referent is None:
        cls = ontology.authority.entries[link.key].cls if link.key else span.cls or span.type
        name = link.name or (unquoted(text) if span.type != "Mechanism" else text)
        referent = referents[identity] = Referent(span.type, cls, name, link.key, local=local)
        if link.key:
            referents.setdefault((span.type, form), referent)
    return referent


def _expanded(
    doc: Doc, span: MentionSpan, text: str, referents: Mapping[tuple[str, str], Referent]
) -> Referent | None:
    bare = unquoted(text)
    if span.type == "Region":
        whole = with_level(bare, (name for kind, name in referents if kind == "Region"))
        if whole is not None:
            return referents["Region", whole]
    pointed = bare[:1] in ("该", "本") and len(bare) > 1
    if not pointed and not is_bare(bare, span.type):
        return None
    before = {key: known for (kind, key), known in referents.items() if kind == span.type and not known.local}
    if span.type == "Person":
        return _titled(doc, bare, before.values())
    key = expand(doc, span, before)
    return before[key] if key is not None else None


def _titled(doc: Doc, title: str, persons: Iterable[Referent]) -> Referent | None:
    """The one person whose name the title stands beside somewhere: "总书记" behind "习近平总书记"."""
    fitting = [
        person
        for person in persons
        if any(
            doc[m.end : m.end + len(title)].text == title
            or doc[max(0, m.start - TITLES_NEAR) : m.start].text.endswith(title)
            for m in person.mentions
        )
    ]
    return fitting[0] if len(fitting) == 1 else None


def _with_short_forms(
    doc: Doc, spans: Sequence[MentionSpan]
) -> tuple[list[MentionSpan], Mapping[tuple[int, int], tuple[int, int]]]:
    """Add the short forms that the text explains as mentions; and where each short form's long one stands."""
    ordered = sorted(spans, key=lambda m: (m.start, -m.end, m.type))
    by_end = {span.end: span for span in sorted(spans, key=lambda s: s.start, reverse=True)}
    added: dict[tuple[int, int], MentionSpan] = {}
    meant: dict[tuple[int, int], tuple[int, int]] = {}
    taken = {
        i
        for span in spans
        if span.type in NAMED or span.type == "Region"
        for i in range(span.start, span.end)
    }
    replaced: set[MentionSpan] = set()
    for short in explained(doc, ordered):
        long = by_end[short.introduced]
        there = [s for s in _over(spans, short) if s.start < short.end and short.start < s.end]
        if any(
            s.start <= short.start and short.end <= s.end and len(s.keys) == 1 and s.start < short.start
            for s in there
        ):
            continue
        same = [s for s in there if (s.start, s.end) == (short.start, short.end)]
        if same or taken.isdisjoint(range(short.start, short.end)):
            meant[short.start, short.end] = (long.start, long.end)
            replaced.update(same)
            confidence = max([long.confidence * DISCOUNT, *(s.confidence for s in same)])
            added[short.start, short.end] = long._replace(
                start=short.start, end=short.end, rule=short.rule, confidence=confidence
            )
    kept = [span for span in ordered if span not in replaced]
    return sorted([*kept, *added.values()], key=lambda m: (m.start, -m.end, m.type)), meant


def _outermost(links: Sequence[Link]) -> Iterator[Link]:
    """Without places that became part of a name: 越南 in 越南教育部."""
    names = [link.span for link in links if link.span.type in NAMED]
    for link in links:
        span = link.span
        inside = span.type == "Region" and any(n.start <= span.start and span.end <= n.end for n in names)
        if not inside:
            yield link


def _over(spans: Sequence[MentionSpan], short: ShortForm) -> Iterator[MentionSpan]:
    return (span for span in spans if span.start < short.end and short.start < span.end)


def _unexplained(doc: Doc, referents: Sequence[Referent], reported: Sequence[Unlinked]) -> Iterable[Unlinked]:
    """Short forms of bodies that stay within the document, where nothing else was said of them."""
    known = {item.begin for item in reported}
    for referent in referents:
        first = doc[referent.mentions[0].start : referent.mentions[0].end]
        if referent.local and referent.type in NAMED and first.start_char not in known:
            yield Unlinked(first.text, first.start_char, first.end_char, UNEXPLAINED)
