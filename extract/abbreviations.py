"""Abbreviations that a text introduces in brackets: "Low-altitude Flight Office (LAFO)".

The rule is that of Schwartz & Hearst (2003), "A simple algorithm for identifying abbreviation definitions in
biomedical text": the letters of the short form occur in the long form, in order, the first at its beginning.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from spacy.tokens import Doc

LINKS = frozenset({"and", "for", "of", "the"})
"""Words that no name begins with."""

FILLERS = frozenset(
    {"abbreviated", "as", "called", "for", "hereafter", "hereinafter", "referred", "short", "the", "to"}
)
QUOTES = frozenset("\"'“”‘’")
LONGEST = 14
"""Tokens within which a bracket must close."""

SHORT_FORM = re.compile(r"[A-Z][A-Za-z&\-]{1,9}s?")


class Abbreviation(NamedTuple):
    """A short form at token `short`, which stands for tokens `start` to `end` (exclusive)."""

    short: int
    start: int
    end: int


def abbreviations(doc: Doc) -> Iterator[Abbreviation]:
    """Abbreviations introduced in `doc`, in order: "Flight Office (FO)", "(hereinafter 'FO')", "FO (Flight Office)"."""
    for opening in doc[1:-1]:
        if opening.text[-1:] not in "(（" or not opening.text:
            continue
        closing = next((t.i for t in doc[opening.i + 1 : opening.i + LONGEST] if t.text[:1] in ")）"), None)
        if closing is None:
            continue
        inside = [t for t in doc[opening.i + 1 : closing] if t.lower_ not in FILLERS and t.text not in QUOTES]
        before = doc[opening.i - 1]
        if len(inside) == 1 and SHORT_FORM.fullmatch(inside[0].text):
            start = _long_form(doc, inside[0].text, opening.i)
            if start is not None:
                yield Abbreviation(inside[0].i, start, opening.i)
        elif len(inside) > 1 and SHORT_FORM.fullmatch(before.text):
            start = _long_form(doc, before.text, closing)
            if start == inside[0].i:
                yield Abbreviation(before.i, start, closing)


def _long_form(doc: Doc, short: str, end: int) -> int | None:
    letters = [c.lower() for c in short.rstrip("s") if c.isalpha()]
    if sum(c.isupper() for c in short) < 2:
        return None
    for start in range(end - 1, max(-1, end - len(letters) * 2 - 3), -1):
        if (
            doc[start].is_punct
            or doc[start].lower_ in LINKS
            or (doc[start].is_sent_start and start < end - 12)
        ):
            continue
        if doc[start].lower_[:1] == letters[0] and _spells(letters, doc[start:end].text.lower()):
            initials = [t.lower_[0] for t in doc[start:end] if t.text[:1].isalpha()]
            if _spells(letters, "".join(initials)) or len(initials) >= len(letters) - 1:
                return start
    return None


def _spells(letters: list[str], text: str) -> bool:
    position = 0
    for letter in letters:
        position = text.find(letter, position) + 1
        if position == 0:
            return False
    return True
