"""Whose a body is: the words in and beside a name that many countries use.

"Ministry of Education" names a body only together with its country: "India's Ministry of Education", "the
Vietnamese Ministry of Education", "the Ministry of Education of Kenya", "UK Department for Education".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from .known import Known
from .shared_names import is_shared

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

LONGEST_PLACE = 4
"""Words that the name of a place is looked for in, beside the name of a body."""

POSSESSIVES = frozenset({"'s", "’s", "'", "’"})
ARTICLES = frozenset({"the", "The"})


class Owner(NamedTuple):
    """Whose body one is: the key of a country or region, or, if that is unknown, its name alone."""

    key: str | None
    name: str


class Owned(NamedTuple):
    """A body named with its owner: tokens `start` to `end` of the bare name, `stop` behind an "of X"."""

    start: int
    end: int
    stop: int
    owner: Owner


class OwnerReader:
    """Reads whose a body is from the words in and beside its name."""

    def __init__(self, known: Known) -> None:
        self._known = known

    def read(self, doc: Doc, start: int, end: int) -> Owned | None:
        """The owner named in or right beside tokens `start` to `end`, where the rest is a shared name."""
        before = max(0, start - LONGEST_PLACE - 1)
        for core_start, core_end in self._cores(doc, start, end):
            owner, stop = self._behind(doc, core_end)
            if owner is None:
                owner = self._in_front(doc, before, core_start, core_start > start)
            if owner is not None:
                return Owned(core_start, core_end, max(stop, core_end), owner)
        return None

    def _cores(self, doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The parts of a name that are shared names themselves: all of it first, then without its edges."""
        fronts = [start, *self._fronts(doc, start, end)]
        ends = [end, *(i for i in range(end - 2, start, -1) if doc[i].lower_ == "of" and i + 1 < end)]
        for i in fronts:
            for j in reversed(ends):
                if i < j and is_shared(doc[i:j].text) and (j == end or self._is_owner(doc, i, j, end)):
                    yield i, j

    def _is_owner(self, doc: Doc, start: int, of: int, end: int) -> bool:
        """Whether the "of X" in a mention names the owner rather than what the body is for."""
        known = self._known.place(doc[of + 1 : end].text) or self._is_known(doc[start:of].text)
        return bool(known) and doc[end - 1].text[:1].isupper()

    def _is_known(self, name: str) -> bool:
        return bool(self._known.ontology.authority.candidates(name, "en"))

    def _fronts(self, doc: Doc, start: int, end: int) -> Iterator[int]:
        for i in range(start + 1, min(end, start + LONGEST_PLACE + 1)):
            known = doc[i - 1].text in POSSESSIVES or self._known.place(doc[start:i].text)
            # "Ruritania Ministry of Education": a country that nobody knows.
            if known or (i == start + 1 and doc[i].lower_ != "the" and self._is_known(doc[i:end].text)):
                yield i

    def _behind(self, doc: Doc, end: int) -> tuple[Owner | None, int]:
        """ "of X" with any capitalised X; ", X" and "(X)" and "in X" only with a country."""
        if end + 1 >= len(doc):
            return None, end
        link = doc[end].text
        if link not in ("of", ",", "(", "in"):
            return None, end
        first = end + 1 + (doc[end + 1].text in ARTICLES)
        for stop in range(min(len(doc), first + LONGEST_PLACE), first, -1):
            key = self._known.place(doc[first:stop].text)
            if key is not None and (link == "of" or self._is_country(key)):
                return Owner(key, doc[first:stop].text), stop if link == "of" else end
        stop = first
        while stop < min(len(doc), first + LONGEST_PLACE) and doc[stop].text[:1].isupper():
            stop += 1
        if link == "of" and stop > first:
            return Owner(None, doc[first:stop].text), stop
        return None, end

    def _in_front(self, doc: Doc, before: int, start: int, is_inside: bool) -> Owner | None:
        """ "X's", or an adjective or a country's name in front; any X that is part of the mention."""
        possessive = start > 0 and doc[start - 1].text in POSSESSIVES
        stop = start - 1 if possessive else start
        for first in range(before, stop):
            key = self._known.place(doc[first:stop].text)
            if key is not None and (possessive or self._is_country(key)):
                return Owner(key, doc[first:stop].text)
        if possessive and stop and doc[stop - 1].text[:1].isupper():
            first = stop - 1
            while first > before and doc[first - 1].text[:1].isupper() and not doc[first].is_sent_start:
                first -= 1
            return Owner(None, doc[first:stop].text)
        if is_inside or (start and self._is_unknown_name(doc[start - 1])):
            return Owner(None, doc[stop - 1].text)
        return None

    def _is_unknown_name(self, token: Token) -> bool:
        """Whether a word in front of a body can only be a country or place that nobody knows."""
        alone = token.i == 0 or not token.nbor(-1).text[:1].isupper() or token.nbor(-1).lower_ == "the"
        return (
            alone
            and token.pos_ == "PROPN"
            and token.is_title
            and token.is_alpha
            and token.dep_ == "compound"
            and not self._is_known(token.text)
        )

    def _is_country(self, key: str) -> bool:
        return self._known.entries[key].cls == "Country"
