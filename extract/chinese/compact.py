"""A text as names are looked up in it: folded character by character, without spaces and quotation marks.

Offsets of the compact text lead back to tokens, so that a name is found however it is spaced, quoted or wrapped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.tokens import Doc

from ...ontology.folding import fold_characters

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUOTES: Final = "“”‘’\"'「」『』〝〞＂"
OPENING: Final = dict(zip("”’」』〞", "“‘「『〝", strict=True))
CLOSING: Final = {opening: closing for closing, opening in OPENING.items()}
SPACES: Final = " \t\n\r\x0b\x0c\u00a0\u2002\u2003\u2009\u200b\u3000\ufeff"

_SKIPPED = np.zeros(0x110000, dtype=bool)
_SKIPPED[[ord(character) for character in QUOTES + SPACES]] = True
_DROPPED: Final = str.maketrans("", "", QUOTES + SPACES)

if not Doc.has_extension("policy_compact"):
    Doc.set_extension("policy_compact", default=None)


class CompactText:
    """The text of a document without spaces and quotation marks; `text` is folded."""

    __slots__ = ("_borders", "_starts_sentence", "doc", "text", "tokens")

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        codes = np.frombuffer(fold_characters(doc.text).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        kept = np.flatnonzero(~_SKIPPED[codes])
        self.text = codes[kept].tobytes().decode("utf-32-le", "surrogatepass")
        lengths = doc.to_array("LENGTH").astype(np.int64)
        self.tokens: NDArray[np.int64] = np.repeat(np.arange(len(doc)), lengths)[kept]
        """The token of each character of `text`."""
        borders = np.zeros(len(doc) + 1, dtype=bool)
        borders[[word.start for word in doc._.policy_words]] = True
        borders[-1] = True
        self._borders = borders
        self._starts_sentence = doc.to_array("SENT_START") == 1

    def span(self, begin: int, end: int) -> tuple[int, int] | None:
        """Tokens [start, end) of characters [begin, end); None where those end inside a token or a sentence."""
        start, last = int(self.tokens[begin]), int(self.tokens[end - 1])
        if begin and self.tokens[begin - 1] == start:
            return None
        if end < len(self.tokens) and self.tokens[end] == last:
            return None
        if last - start + 1 != end - begin and self._starts_sentence[start + 1 : last + 1].any():
            return None
        return self._with_quotes(start, last + 1)

    def is_joined(self, position: int) -> bool:
        """Whether nothing, no quotation mark or space, parts a character from the one in front."""
        return bool(self.tokens[position] - self.tokens[position - 1] == 1)

    def is_border(self, token: int) -> bool:
        """Whether the segmenter has a word begin at a token."""
        return bool(self._borders[token])

    def _with_quotes(self, start: int, end: int) -> tuple[int, int]:
        """Take in the quotation mark in front of or behind a name whose counterpart is inside."""
        if end - start < 3:
            return start, end
        doc = self.doc
        marks = [doc[i].text for i in range(start, end) if doc[i].text in OPENING or doc[i].text in CLOSING]
        if marks:
            if start and OPENING.get(marks[0]) == doc[start - 1].text:
                start -= 1
            if end < len(doc) and CLOSING.get(marks[-1]) == doc[end].text:
                end += 1
        return start, end


def compact(doc: Doc) -> CompactText:
    """The compact text of a document, made once."""
    if doc._.policy_compact is None:
        doc._.policy_compact = CompactText(doc)
    found: CompactText = doc._.policy_compact
    return found


def compact_form(name: str) -> str:
    """A name as it stands in a compact text.

    >>> compact_form("“雙一流”建設 ")
    '双一流建设'
    """
    return fold_characters(name).translate(_DROPPED)
