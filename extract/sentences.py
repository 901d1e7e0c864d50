"""Sentence starts that a text's layout gives away: blank lines, list items, headings, lost spaces.

A parser trained on running text lets a sentence run on over a heading or from one list item into the next, and
takes the number of a paragraph for a sentence. Starts are set, or ruled out, before parsing; the parser keeps
to them and adds its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from spacy.tokens import Doc

if TYPE_CHECKING:
    from spacy.tokens import Token

ITEM = re.compile(r"\s*(?:[-–•·*●▪◦]|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zA-Z])[.)]|\d{1,2}(?:\.\d{1,2})+|[§#])\s")
NUMBER = re.compile(
    r"[^\S\n]*(?:[-–•·*●▪◦]|\(?(?:\d{1,3}(?:\.\d{1,2})*|[ivxlc]{1,5}|[IVXLC]{1,5}|[a-zA-Z])[.)]+)[^\S\n]+(?=\S)"
)
CLAUSE_END = re.compile(r"[;；]\s*(?:and|or)?$")
ENDED = re.compile(r"[.!?。！？:;：；,，]['\"”’)\]]*\s*$")
HEADING = 90
"""A line of at most so many code points without a full stop is a heading, where lines are not wrapped."""
NARROW, WIDE, FULL, FULL_LINES = 50, 130, 0.75, 0.7
"""Lines are wrapped when the longest is between the first two and most that go on are nearly as long."""

LOST_SPACE = re.compile(r"(?<=[a-z)\]”’%][.!?])(?=[\"“(]?[A-Z][a-z]*\b)")
ADDRESS = frozenset("./@")
HOSTS = frozenset({"cn", "com", "edu", "gov", "net", "org", "www"})
CLOSING = frozenset(",.;:!?)]}%”’、，。；：")


class LayoutSentences:
    """A spaCy component that marks sentence starts; put it before the parser."""

    def __call__(self, doc: Doc) -> Doc:
        starts = set(line_starts(doc.text))
        numbered = list(paragraph_numbers(doc.text, starts))
        starts |= {end for _, end in numbered}
        ruled_out = {i for begin, end in numbered for i in range(begin + 1, end)}
        lost = {match.start() for match in LOST_SPACE.finditer(doc.text)}
        for token in doc[1:]:
            if token.idx in starts:
                token.is_sent_start = True
            elif token.idx in lost:
                token.is_sent_start = _ends_sentence(doc, token.i)
            elif token.idx in ruled_out or _only_closes(token):
                token.is_sent_start = False
        return doc


class NumberedSentences:
    """A spaCy component that gives a paragraph's number to its first sentence; put it after the parser.

    Parsed together, a number may be taken for the subject; left apart, it would be a sentence of its own.
    """

    def __call__(self, doc: Doc) -> Doc:
        firsts = {end for _, end in paragraph_numbers(doc.text, set(line_starts(doc.text)))}
        if not firsts:
            return doc
        heads = {}
        sentences = list(doc.sents)
        for number, sentence in pairwise(sentences):
            if sentence.start_char in firsts and len(number) <= 3:
                heads[number.root.i] = sentence.root.i - number.root.i
        if heads:
            values = doc.to_array(["HEAD", "DEP"])
            meta = doc.vocab.strings.add("meta")
            for i, head in heads.items():
                values[i] = (np.int64(head).astype(np.uint64), meta)
            doc.from_array(["HEAD", "DEP"], values)  # type: ignore[arg-type]
        return doc


def _only_closes(token: Token) -> bool:
    return token.text in CLOSING and not token.nbor(-1).is_space


def _ends_sentence(doc: Doc, i: int) -> bool:
    """Whether the full stop before token `i`, which no space follows, is one, not a part of an address."""
    before = doc[i - 2] if i > 1 else doc[0]
    return (
        doc[i - 1].text in (".", "!", "?")
        and doc[i].lower_ not in HOSTS
        and before.lower_ not in HOSTS
        and not set(before.text) & ADDRESS
    )


def paragraph_numbers(text: str, starts: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Where the number, letter or bullet that heads a line's sentence ("12. We will …") begins, and what follows it."""
    for start in sorted(starts):
        match = NUMBER.match(text, start)
        if match:
            yield start, match.end()


def line_starts(text: str) -> Iterator[int]:
    """Offsets (code points) of the first characters of paragraphs, list items and lines below headings."""
    lines = list(re.finditer(r"[^\n]*\n?", text))
    width = _wrapped_at([m[0].strip() for m in lines])
    before = ""
    for match in lines:
        line = match[0]
        if not line.strip():
            before = ""
            continue
        if ITEM.match(line) or _ends_paragraph(before, line.lstrip(), width):
            yield match.start() + len(line) - len(line.lstrip())
        before = line


def _ends_paragraph(before: str, line: str, width: int) -> bool:
    """Whether a line ends its paragraph before `line`; `width` is 0 for lines that are not wrapped."""
    before = before.strip()
    if not before:
        return True
    if width:
        return len(before) < width * FULL / 2 and not ENDED.search(before)
    if CLAUSE_END.search(before):
        return True
    if line[:1].islower():
        return False
    return len(before) <= HEADING and not ENDED.search(before)


def _wrapped_at(lines: Sequence[str]) -> int:
    """The width that a text's lines are wrapped at; 0 where a line is a paragraph."""
    inner = [len(line) for line, following in pairwise(lines) if line and following]
    width = max(map(len, lines), default=0)
    if not NARROW <= width <= WIDE or len(inner) < 3:
        return 0
    full = sum(length >= width * FULL for length in inner)
    return width if full >= FULL_LINES * len(inner) else 0
