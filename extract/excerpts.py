"""Sentences of a plain text for showing it, told by layout and punctuation alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

from .annotations import Span
from .sentences import line_starts

SENTENCE_END = re.compile(
    r"[.!?;][\"'”’)\]]*\s+(?=[\"'“‘(\[•]?[A-Z])|[。！？；][”’）」』]*|(?<=[a-z)])[.!?](?=[A-Z\[][a-z])"
)
NO_END = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Prof|No|Nos|Art|St|vs|Inc|Ltd|Co|e\.g|i\.e|[A-Z])|^\s*[\d.()]+)\.$"
)
UNWRAPPED = 130
"""A text with a longer line than that has a line for each paragraph."""


class Excerpts:
    """The sentences of one text; they cover it without gaps and never part one of `whole`."""

    def __init__(self, text: str, whole: Iterable[tuple[int, int]] = ()) -> None:
        self.text = text
        starts = sorted({0, *line_starts(text), *_ends(text)})
        inside = {i for begin, end in whole for i in range(begin + 1, end)}
        self._starts = [start for start in starts if start not in inside and start < len(text)]

    def __iter__(self) -> Iterator[Span]:
        for begin, end in pairwise([*self._starts, len(self.text)]):
            yield Span(begin, end)

    def at(self, offset: int) -> Span:
        """The sentence that holds an offset (code points)."""
        number = max(0, bisect_right(self._starts, offset) - 1)
        edges = [*(self._starts or [0]), len(self.text)]
        return Span(edges[number], edges[number + 1])

    def sentence(self, offset: int) -> str:
        """The sentence that holds an offset, on one line."""
        span = self.at(offset)
        return " ".join(self.text[span.begin : span.end].split())


def _ends(text: str) -> Iterator[int]:
    if max(map(len, text.splitlines()), default=0) > UNWRAPPED:
        yield from (match.end() for match in re.finditer(r"\n\s*", text))
    for match in SENTENCE_END.finditer(text):
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start() + 1]
        if not NO_END.search(before):
            yield match.end()
