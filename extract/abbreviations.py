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

SHORT_FORM = re.compile(r"[A-Z][A-Za-z&\-]{1,9}s?")


class Abbreviation(NamedTuple):
    """A short form at token `short`, which stands for tokens `start` to `end` (exclusive)."""

    short: int
    start: int
    end: int


def abbreviations(doc: Doc) -> Iterator[Abbreviation]:
    """Abbreviations introduced in `doc`, in order."""
    for token in doc[1:-1]:
        before, after = doc[token.i - 1], doc[token.i + 1]
        if before.text[-1:] in "(（" and after.text[:1] in ")）" and SHORT_FORM.fullmatch(token.text):
            start = _long_form(doc, token.text, before.i)
            if start is not None:
                yield Abbreviation(token.i, start, before.i)


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
