"""Short forms that a text gives to a thing in so many words: 'the Training Centre (hereinafter "the Centre")'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_CALLED = (
    r"(?:(?:referred\s+to|known|abbreviated)\s+(?:simply\s+|collectively\s+)?as|called|abbreviated\s+to)"
)
_LATER = rf"(?:here(?:in)?after|henceforth)(?:,?\s+{_CALLED})?"
_TERM = r"[A-Z][\w&-]*(?:\s+(?:(?:and|for|of|on)\s+)?[A-Z][\w&-]*){0,4}"
_QUOTED = rf"""(?:(?P<d1>the)\s+)?["“‘](?:(?P<d2>the)\s+)?(?P<quoted>{_TERM})[,.]?["”’]"""
_BARE = rf"(?:(?P<d3>the)\s+)?(?P<bare>{_TERM}|(?<=\bthe\s)[a-z][\w-]+)"
BRACKETED = re.compile(rf"[(（]\s*(?:(?:{_LATER}|{_CALLED}|or|in\s+short,?)\s*)?{_QUOTED}\s*[)）]")
ANNOUNCED = re.compile(rf"[(（,，]\s*{_LATER}\s+(?:{_QUOTED}|{_BARE})\s*(?=[)）,，.;])")
"""With "hereinafter" neither brackets nor quotation marks are needed."""

DETERMINERS = frozenset({"such", "that", "the", "this"})
NO_TERMS = frozenset({"same"})


class DefinedTerm(NamedTuple):
    """Tokens `start` to `end` (exclusive) mean what the mention that ends before token `introduced` names."""

    introduced: int
    start: int
    end: int


def defined_terms(doc: Doc) -> Iterator[DefinedTerm]:
    """Every place where a term stands that the text defines, from its definition on, in the order of definitions.

    A term defined with "the" means its thing only behind "the", "this", "such".
    """
    text, seen = doc.text, set()
    for match in sorted((*BRACKETED.finditer(text), *ANNOUNCED.finditer(text)), key=lambda m: m.start()):
        found = {name: value for name, value in match.groupdict().items() if value}
        group = "quoted" if "quoted" in found else "bare"
        term = found[group]
        before = doc.char_span(match.start(), match.start() + 1, alignment_mode="expand")
        if before is None or match.start(group) in seen or term in NO_TERMS:
            continue
        seen.add(match.start(group))
        definite = any(name.startswith("d") for name in found)
        for begin in _places(text, term, match.start(group)):
            span = doc.char_span(begin, begin + len(term), alignment_mode="expand")
            if span is not None and _fits(
                span, term, definite=definite, defining=begin == match.start(group)
            ):
                yield DefinedTerm(before.start, span.start, span.end)


def _places(text: str, term: str, begin: int) -> Iterator[int]:
    for match in re.compile(rf"(?<!\w){re.escape(term)}(?!\w)").finditer(text, begin):
        yield match.start()


def _fits(span: Span, term: str, *, definite: bool, defining: bool) -> bool:
    """Whether a span is the term alone: not part of a longer name, and with the article that it was given."""
    words = span.text.split()
    if words[0].lower() in DETERMINERS:
        return span.text == f"{words[0]} {term}"
    if span.text != term:
        return False
    doc = span.doc
    before = doc[span.start - 1].lower_ if span.start else ""
    longer = span.end < len(doc) and doc[span.end].tag_ == "NNP" and doc[span.end].text[:1].isupper()
    return defining or ((before in DETERMINERS or not definite) and not longer)
