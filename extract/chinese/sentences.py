"""Sentences and clauses of Chinese text, by punctuation and layout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

END = re.compile(r"[。！？!?]+[”’」』）)》]*")
STOPS = frozenset("。！？!?；;：:，,、")
WRAPPED = 0.9
"""A line is wrapped, not ended, when it is at least so long as most lines and no punctuation ends it."""

CLAUSE_MARKS = frozenset("，,；;：:。！？!?")


def sentence_starts(text: str) -> Iterator[int]:
    """Offsets (code points) at which sentences begin; white space in front of a sentence belongs to the one before."""
    breaks = {match.end() for match in END.finditer(text)} | set(_line_ends(text))
    yield 0
    last = 0
    for position in sorted(breaks):
        start = position
        while start < len(text) and text[start].isspace():
            start += 1
        if last < start < len(text):
            yield start
            last = start


def _line_ends(text: str) -> Iterator[int]:
    """Where lines end that end a sentence: all, unless the text is wrapped at a width and the line is full."""
    lines = list(re.finditer(r"[^\n]*\n?", text))
    width = _width([match[0].strip() for match in lines])
    for match, following in pairwise(lines):
        line = match[0].rstrip()
        is_full = width and len(line) >= width * WRAPPED and following[0].strip()
        if not (is_full and line and line[-1] not in STOPS):
            yield match.end()


def _width(lines: list[str]) -> int:
    """The width that a text's lines are wrapped at; 0 where each line is a paragraph."""
    filled = sorted(len(line) for line in lines if line)
    if len(filled) < 6:
        return 0
    widest = filled[-1]
    full = sum(length >= widest * WRAPPED for length in filled)
    return widest if 15 <= widest <= 60 and full * 2 >= len(filled) else 0


def clauses(sentence: Span) -> Iterator[tuple[int, int]]:
    """The clauses of a sentence as tokens [start, end): parted by commas and the like outside brackets and quotes."""
    doc: Doc = sentence.doc
    start, depth = sentence.start, 0
    for token in sentence:
        text = token.text
        if text in "（(《“":
            depth += 1
        elif text in "）)》”":
            depth = max(0, depth - 1)
        elif text in CLAUSE_MARKS and not depth:
            if start < token.i:
                yield start, token.i
            start = token.i + 1
    if start < sentence.end and doc[start : sentence.end].text.strip():
        yield start, sentence.end
