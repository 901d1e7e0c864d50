"""Sentence starts that a text's layout gives away: blank lines, list items, headings.

A parser trained on running text lets a sentence run on over a heading or from one list item into the next.
Starts are set before parsing, which keeps them and adds its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from statistics import median

from spacy.tokens import Doc

ITEM = re.compile(r"\s*(?:[-–•·*●▪◦]|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zA-Z])[.)]|\d{1,2}(?:\.\d{1,2})+|[§#])\s")
ENDED = re.compile(r"[.!?。！？:;：；,，]['\"”’)\]]*\s*$")
HEADING = 90
"""A line of at most so many code points without a full stop is a heading, where lines are not wrapped."""


class LayoutSentences:
    """A spaCy component that marks sentence starts; put it before the parser."""

    def __call__(self, doc: Doc) -> Doc:
        starts = set(line_starts(doc.text))
        for token in doc:
            if token.i and token.idx in starts:
                token.is_sent_start = True
        return doc


def line_starts(text: str) -> Iterator[int]:
    """Offsets (code points) of the first characters of paragraphs, list items and lines below headings."""
    lines = list(re.finditer(r"[^\n]*\n?", text))
    long_lines = [len(m[0]) for m in lines if len(m[0].strip()) > HEADING]
    wrapped = bool(long_lines) and median(long_lines) < 130 and len(long_lines) > 5
    before = ""
    for match in lines:
        line = match[0]
        if not line.strip():
            before = ""
            continue
        ended = not before or (_is_heading(before) and not wrapped)
        if ended or ITEM.match(line):
            yield match.start() + len(line) - len(line.lstrip())
        before = line


def _is_heading(line: str) -> bool:
    return len(line.strip()) <= HEADING and not ENDED.search(line)
