"""Sentences with marked mentions ("{Government:市教育局}设立{Mechanism:助学金}。") as documents with referents."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from spacy.tokens import Doc

from triplehelix.extract.chinese.tokens import load_chinese
from triplehelix.extract.coreference import Referent
from triplehelix.extract.mention_spans import MentionSpan

MARK = re.compile(r"\{(\w+):|\}")
Marked = tuple[Doc, list[Referent]]


def _read(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    text, spans, open_marks, position = "", [], [], 0
    for match in MARK.finditer(marked):
        text += marked[position : match.start()]
        position = match.end()
        if match[1]:
            open_marks.append((len(text), match[1]))
        else:
            begin, kind = open_marks.pop()
            spans.append((begin, len(text), kind))
    return text + marked[position:], spans


@pytest.fixture(scope="session")
def marked() -> Callable[[str], Marked]:
    """Reads a text with marked mentions; the same words with the same type are one referent."""
    nlp = load_chinese()

    def read(text: str) -> Marked:
        plain, spans = _read(text)
        doc = nlp(plain)
        referents: dict[tuple[str, str], Referent] = {}
        for begin, end, kind in sorted(spans):
            span = doc.char_span(begin, end)
            name = plain[begin:end]
            referent = referents.setdefault((kind, name), Referent(kind, kind, name, None))
            referent.mentions.append(MentionSpan(span.start, span.end, kind, (), "marked", 1.0))
        return doc, list(referents.values())

    return read
