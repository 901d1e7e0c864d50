"""Authority names in a text: the labels of the ontology compiled to a trie over folded words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from ..ontology import fold

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from ..ontology import Ontology


MARKED = re.compile(r"([^,(]+?) ?(?:, |\()([^,()]+)\)?")
"""A label with one part behind a comma or in brackets."""

PIECE = re.compile(r"[^\s,()]+|[,()]")
BREAKS = frozenset(',;:.!?()[]"“”、，；：。')


class LexiconMatch(NamedTuple):
    """Tokens `start` to `end` (exclusive) that spell a label; `keys` own that label."""

    start: int
    end: int
    keys: tuple[str, ...]
    contextual: bool


@dataclass(slots=True)
class _Node:
    children: dict[str, _Node] = field(default_factory=dict)
    keys: tuple[str, ...] = ()
    contextual: bool = True
    cased: bool = True


class Lexicon:
    """Longest-match lookup of labels, left to right, blind to case, width and hyphens.

    A label written wholly in capitals ("MOST", "CAS") matches only where the text has capitals too.
    """

    def __init__(self, surfaces: Iterable[tuple[str, tuple[str, ...], bool]]) -> None:
        self._root = _Node()
        for surface, keys, contextual in surfaces:
            self._add(surface, keys, contextual)

    @classmethod
    def from_ontology(cls, ontology: Ontology, language: str) -> Lexicon:
        """The lexicon of all labels of the authority file in one language."""
        return cls(ontology.authority.surfaces(language))

    def _add(self, surface: str, keys: tuple[str, ...], contextual: bool) -> None:
        for words in _spellings(surface):
            self._add_words(words, surface, keys, contextual)

    def _add_words(self, words: list[str], surface: str, keys: tuple[str, ...], contextual: bool) -> None:
        node = self._root
        for word in words:
            node = node.children.setdefault(word, _Node())
        node.contextual = (contextual and node.contextual) if node.keys else contextual
        node.keys = tuple(sorted({*node.keys, *keys}))
        node.cased = node.cased and surface.isupper()

    def matches(self, doc: Doc) -> Iterator[LexiconMatch]:
        """Longest labels in `doc`, in order, without overlap."""
        words = [(word, token.i) for token in doc for word in _words(token.text) or _break(token.text)]
        position = 0
        while position < len(words):
            node, best, stop = self._root, None, position
            while stop < len(words) and (child := node.children.get(words[stop][0])) is not None:
                node, stop = child, stop + 1
                if node.keys and _ends_token(words, stop) and _case_fits(doc, node, words[stop - 1][1]):
                    best = (stop, node)
            if best is None or not _starts_token(words, position):
                position += 1
                continue
            stop, node = best
            end = _with_closing_bracket(doc, words[stop - 1][1] + 1)
            yield LexiconMatch(words[position][1], end, node.keys, node.contextual)
            position = stop


def _with_closing_bracket(doc: Doc, end: int) -> int:
    """Behind the bracket that a tokenizer cuts off: "HKUST(GZ" and ")"."""
    is_open = doc[end - 1].text.count("(") > doc[end - 1].text.count(")")
    return end + 1 if is_open and end < len(doc) and doc[end].text == ")" else end


def _spellings(surface: str) -> Iterator[list[str]]:
    """The words of a label, with its marks between them: "A, B" is also written "A (B)" and the other way."""
    words = fold(surface).split()
    if words:
        yield words
    parts = MARKED.fullmatch(surface)
    if parts is not None and (whole := fold(parts[1]).split()) and (rest := fold(parts[2]).split()):
        yield [*whole, ",", *rest]
        yield [*whole, "(", *rest, ")"]
    elif words and any(mark in surface for mark in ",("):
        yield [word for piece in PIECE.findall(surface) for word in _words(piece) or _break(piece)]


@lru_cache(maxsize=1 << 16)
def _words(text: str) -> list[str]:
    # The article is folded away only in front of a label, so a lone "the" must survive here.
    return ["the"] if text.lower() == "the" else fold(text).split()


def _break(text: str) -> list[str]:
    # "Wenzhou, city" is not "Wenzhou City": a mark ends a phrase unless the label has it too.
    return [text] if text.strip() and text.strip()[0] in BREAKS else []


def _starts_token(words: list[tuple[str, int]], position: int) -> bool:
    return position == 0 or words[position - 1][1] != words[position][1]


def _ends_token(words: list[tuple[str, int]], stop: int) -> bool:
    return stop == len(words) or words[stop][1] != words[stop - 1][1]


def _case_fits(doc: Doc, node: _Node, last: int) -> bool:
    return not node.cased or doc[last].text.isupper()
