"""Where two occurrences stand among the others of their sentence, and how the parse leads from one to the other."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from .roles import LIGHT_NOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from .occurrences import Occurrence

FAR, LONGEST_PATH = 25, 6
MANY = 4
Step = tuple[int, str]
"""A token and how it hangs on the one above; "" where that does not matter."""


class Surroundings:
    """The occurrences of one sentence, by position; `counts` are the numbers of mentions of each referent."""

    def __init__(self, doc: Doc, found: Sequence[Occurrence], counts: Sequence[int]) -> None:
        self._doc, self._found = doc, found
        self._counts = [min(counts[o.referent], MANY) for o in found]
        self._places: dict[str, list[int]] = defaultdict(list)
        for n, occurrence in enumerate(found):
            self._places[occurrence.type].append(n)
        self._around = [tuple(_around(found, n)) for n in range(len(found))]
        self._steps: dict[int, list[Step]] = {}

    def clues(self, s: int, o: int) -> Iterator[str]:
        """Features of the pair of the `s`-th and the `o`-th occurrence."""
        subject, target = self._found[s], self._found[o]
        types = f"{subject.type}>{target.type}"
        placed = f"{'so' if s < o else 'os'}|{types}"
        yield f"sbetween={min(self._between(subject.type, s, o), 3)}|{placed}"
        yield f"obetween={min(self._between(target.type, s, o), 3)}|{placed}"
        yield f"sothers={min(self._outside(subject.type, s, o), 2)}|{placed}"
        yield f"scount={self._counts[s]}|{types}"
        yield f"ocount={self._counts[o]}|{types}"
        for kind in sorted({self._found[n].type for n in self._around[s] if n != o}):
            yield f"swithin={kind}|{types}"
        for kind in sorted({self._found[n].type for n in self._around[o] if n != s}):
            yield f"owithin={kind}|{types}"
        yield from self._path(subject.root, target.root, types)

    def _between(self, kind: str, s: int, o: int) -> int:
        places, low, high = self._places[kind], min(s, o), max(s, o)
        return bisect_left(places, high) - bisect_left(places, low + 1)

    def _outside(self, kind: str, s: int, o: int) -> int:
        places, low, high = self._places[kind], min(s, o), max(s, o)
        return len(places) - bisect_left(places, high + 1) + bisect_left(places, low)

    def _path(self, s: int, o: int, types: str) -> Iterator[str]:
        """The path between two heads without coordination: the second member of a list is reached as the first."""
        up, down = self._chain(s), self._chain(o)
        places = {token: k for k, (token, _) in enumerate(down)}
        top = next((k for k, (token, _) in enumerate(up) if token in places), None)
        if top is None:
            yield "cpath=none"
            return
        left = [label for _, label in up[:top] if label]
        right = [label for _, label in down[: places[up[top][0]]] if label]
        if len(left) + len(right) > LONGEST_PATH:
            yield f"cpath=long|{types}"
            return
        shape = f"{'>'.join(left)}^{'<'.join(reversed(right))}"
        highest = self._doc[up[top][0]]
        yield f"cpath={shape}|{types}"
        yield f"cpath={shape}|{highest.lemma_.lower()}"
        yield f"cpath={shape}|{highest.pos_}"

    def _chain(self, i: int) -> list[Step]:
        if i not in self._steps:
            self._steps[i] = list(_steps(self._doc[i]))
        return self._steps[i]


def _around(found: Sequence[Occurrence], n: int) -> Iterator[int]:
    """The longer occurrences that one stands inside."""
    inner = found[n]
    for k, outer in enumerate(found):
        if (
            outer.start <= inner.start
            and inner.end <= outer.end
            and outer.end - outer.start > inner.end - inner.start
        ):
            yield k


def _steps(token: Token) -> Iterator[Step]:
    """From a token to the top of its sentence; prepositions by their word, "the building of" left out."""
    for _ in range(FAR):
        label = token.dep_
        if token.head.i == token.i:
            yield token.i, ""
            return
        if label in ("conj", "appos", "pobj", "pcomp"):
            label = ""
        elif label in ("prep", "agent"):
            label = token.lower_
            if label == "of" and token.head.lemma_.lower() in LIGHT_NOUNS:
                label = ""
        yield token.i, label
        token = token.head
